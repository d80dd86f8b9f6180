//! Functions: which ones there are, and what each makes of its arguments.
//!
//! Enters: a call. Leaves: an expression. A name that is not in the list is refused, with the nearest that is.

use sqlparser::ast::{CeilFloorKind, DateTimeField, Expr, Function, Spanned};

use crate::metrics::antwoord::Soort;
use crate::metrics::los::aggregates::AGGREGATES;
use crate::metrics::los::call::{ALIASES, Aanroep, Argument, taken_apart};
use crate::metrics::los::expr::Reader;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::types::{Basis, Uitdrukking};
use crate::metrics::los::units;
use crate::metrics::los::windows::WINDOWS;
use crate::metrics::sql::nearest;

/// Functions of a single row, with the fewest and the most arguments.
const SCALARS: &[(&str, usize, usize)] = &[
    ("abs", 1, 1),
    ("ceil", 1, 1),
    ("coalesce", 2, 20),
    ("concat", 1, 20),
    ("day", 1, 1),
    ("ends_with", 2, 2),
    ("floor", 1, 1),
    ("greatest", 2, 20),
    ("least", 2, 20),
    ("left", 2, 2),
    ("length", 1, 1),
    ("lower", 1, 1),
    ("ltrim", 1, 1),
    ("month", 1, 1),
    ("nullif", 2, 2),
    ("quarter", 1, 1),
    ("replace", 3, 3),
    ("right", 2, 2),
    ("round", 1, 2),
    ("rtrim", 1, 1),
    ("starts_with", 2, 2),
    ("substr", 2, 3),
    ("trim", 1, 1),
    ("upper", 1, 1),
    ("year", 1, 1),
];

impl Reader<'_, '_> {
    /// A function of any kind.
    pub(super) fn function(&mut self, function: &Function) -> Uitkomst<Uitdrukking> {
        let call = taken_apart(function)?;
        if call.over.is_some() {
            return self.window(&call);
        }
        if AGGREGATES.contains(&call.name.as_str()) {
            return self.aggregate(&call);
        }
        if WINDOWS.contains(&call.name.as_str()) {
            let what = format!(
                "{} heeft OVER (PARTITION BY … ORDER BY …) nodig",
                call.name.to_uppercase()
            );
            return Err(Fout::on(call.at, what));
        }
        self.scalar(&call)
    }

    /// Functions that the parser knows by their own form.
    pub(super) fn spelled_function(&mut self, expr: &Expr) -> Uitkomst<Uitdrukking> {
        let none = CeilFloorKind::DateTimeField(DateTimeField::NoDateTime);
        let (name, args): (&str, Vec<&Expr>) = match expr {
            Expr::Ceil { expr, field } if *field == none => ("ceil", vec![expr]),
            Expr::Floor { expr, field } if *field == none => ("floor", vec![expr]),
            Expr::Trim { trim_where: None, trim_what: None, expr, trim_characters: None } => {
                ("trim", vec![expr])
            }
            Expr::Substring {
                expr,
                substring_from: Some(from),
                substring_for,
                special: _,
                shorthand: _,
            } => {
                let length = substring_for.as_deref();
                ("substr", [Some(&**expr), Some(&**from), length].into_iter().flatten().collect())
            }
            other => return Err(Fout::at(other, "deze vorm kan niet; schrijf functie(kolom)")),
        };
        let at = expr.span().start;
        let args = args.into_iter().map(Argument::Expr).collect();
        let name = name.to_owned();
        self.scalar(&Aanroep { name, args, is_distinct: false, filter: None, over: None, at })
    }

    fn scalar(&mut self, call: &Aanroep<'_>) -> Uitkomst<Uitdrukking> {
        let Some((_, least, most)) = SCALARS.iter().find(|(name, ..)| *name == call.name) else {
            return Err(unknown(call));
        };
        let name = call.name.to_uppercase();
        if call.is_distinct || call.filter.is_some() {
            let what = format!("DISTINCT en FILTER horen bij een telling, niet bij {name}");
            return Err(Fout::on(call.at, what));
        }
        if self.groups.as_ref().is_some_and(|groups| groups.is_strict) && call.name != "round" {
            let what =
                format!("{name} kan niet buiten het publiek intern; reken met + - * / en ROUND");
            return Err(Fout::on(call.at, what));
        }
        if call.args.len() < *least || call.args.len() > *most {
            let wanted =
                if least == most { least.to_string() } else { format!("{least} tot {most}") };
            let what = format!(
                "{name} hoort {wanted} waarden te krijgen, hier staan er {}",
                call.args.len()
            );
            return Err(Fout::on(call.at, what));
        }
        let mut read = Vec::new();
        for argument in &call.args {
            match argument {
                Argument::Star => {
                    return Err(Fout::on(call.at, format!("{name}(*) kan niet; noem een kolom")));
                }
                Argument::Expr(expr) => read.push((self.value(expr)?, *expr)),
            }
        }
        self.made_of(call, &read)
    }

    fn made_of(
        &mut self,
        call: &Aanroep<'_>,
        read: &[(Uitdrukking, &Expr)],
    ) -> Uitkomst<Uitdrukking> {
        let parts: Vec<&Uitdrukking> = read.iter().map(|(part, _)| part).collect();
        let name = call.name.to_uppercase();
        let plain = format!("{name}({})", list(&parts));
        let made = |sql, basis, soort| Ok(Uitdrukking::made(sql, basis, soort, &parts));
        match call.name.as_str() {
            "coalesce" | "greatest" | "least" | "nullif" => choice(plain, read),
            "abs" | "round" | "floor" | "ceil" => rounded(&name, read),
            "year" | "quarter" | "month" | "day" => {
                let field = match call.name.as_str() {
                    "year" => DateTimeField::Year,
                    "quarter" => DateTimeField::Quarter,
                    "month" => DateTimeField::Month,
                    _ => DateTimeField::Day,
                };
                self.part_of_date(&field, read[0].1)
            }
            "length" => {
                texts(&read[..1])?;
                let sql = format!("CAST({plain} AS BIGINT)");
                made(sql, Basis::Geheel, Soort::Aantal)
            }
            "left" | "right" | "substr" => {
                texts(&read[..1])?;
                for (part, at) in &read[1..] {
                    units::number(part, at)?;
                    let is_below = units::fixed(at).is_some_and(|number| number < 0.0);
                    if part.aard.basis == Basis::Getal || is_below {
                        return Err(Fout::at(*at, "hier hoort een heel getal vanaf 0 te staan"));
                    }
                }
                made(plain, Basis::Tekst, Soort::Tekst)
            }
            "starts_with" | "ends_with" => {
                texts(read)?;
                Ok(Uitdrukking::condition(plain, &parts))
            }
            "concat" => made(plain, Basis::Tekst, Soort::Tekst),
            _ => {
                texts(read)?;
                made(plain, Basis::Tekst, Soort::Tekst)
            }
        }
    }
}

fn list(parts: &[&Uitdrukking]) -> String {
    parts.iter().map(|part| part.sql.as_str()).collect::<Vec<_>>().join(", ")
}

fn texts(read: &[(Uitdrukking, &Expr)]) -> Uitkomst<()> {
    match read.iter().find(|(part, _)| !part.aard.basis.fits(Basis::Tekst)) {
        Some((part, at)) => {
            let what =
                format!("hier hoort een tekst te staan, maar dit is {}", part.aard.basis.name());
            Err(Fout::at(*at, what))
        }
        None => Ok(()),
    }
}

/// One of several values: they must be of one kind.
pub(super) fn choice(sql: String, read: &[(Uitdrukking, &Expr)]) -> Uitkomst<Uitdrukking> {
    let parts: Vec<&Uitdrukking> = read.iter().map(|(part, _)| part).collect();
    let mut made = Uitdrukking::made(sql, parts[0].aard.basis, parts[0].aard.soort, &parts);
    let mut so_far = parts[0].clone();
    for (part, at) in &read[1..] {
        if !so_far.aard.basis.fits(part.aard.basis) {
            let (one, other) = (so_far.aard.basis.name(), part.aard.basis.name());
            let what = format!("hier staat {other}, maar ervoor {one}; neem overal hetzelfde");
            return Err(Fout::at(*at, what));
        }
        let soort = units::sum(&so_far, part);
        if so_far.aard.basis == Basis::Niets || part.aard.basis == Basis::Getal {
            so_far.aard.basis = part.aard.basis;
        }
        so_far.aard.soort = soort;
        so_far.literal = so_far.literal.filter(|_| part.literal.is_some());
    }
    made.aard.basis = so_far.aard.basis;
    made.aard.soort = so_far.aard.soort;
    Ok(made)
}

fn rounded(name: &str, read: &[(Uitdrukking, &Expr)]) -> Uitkomst<Uitdrukking> {
    for (part, at) in read {
        units::number(part, at)?;
    }
    let (of, parts) = (&read[0].0, read.iter().map(|(part, _)| part).collect::<Vec<_>>());
    let is_whole = of.aard.basis == Basis::Geheel;
    if name == "ABS" || is_whole {
        let sql = if name == "ABS" { format!("ABS({})", of.sql) } else { of.sql.clone() };
        return Ok(Uitdrukking::made(sql, of.aard.basis, of.aard.soort, &parts));
    }
    let digits = match read.get(1) {
        Some((digits, at)) => {
            digits.sql.parse::<u8>().ok().filter(|digits| *digits <= 9).ok_or_else(|| {
                Fout::at(
                    *at,
                    "ROUND rondt af op 0 tot 9 decimalen; schrijf bijvoorbeeld ROUND(kolom, 2)",
                )
            })?
        }
        None => 0,
    };
    let sql = if name == "ROUND" {
        format!("ROUND({}, {digits})", of.sql)
    } else {
        format!("{name}({})", of.sql)
    };
    let soort = match of.aard.soort {
        Soort::Getal(_) => Soort::Getal(digits),
        Soort::Aantal if digits > 0 => Soort::Getal(digits),
        unit => unit,
    };
    Ok(Uitdrukking::made(sql, Basis::Getal, soort, &parts))
}

/// Functions of other engines, with what to take here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("current_date", "noem de dag: DATE '2025-08-01'"),
    ("date_diff", "trek de kolommen <datum>_dag van elkaar af (hele dagen)"),
    ("date_part", "gebruik EXTRACT(YEAR FROM kolom), of de kolom jaar, kwartaal of maand"),
    ("date_trunc", "gebruik de kolom maand, kwartaal of jaar, of <datum>_kwartaal"),
    ("dense_rank", "gebruik ROW_NUMBER"),
    ("format", "gebruik ROUND; de opmaak maakt maatstaf zelf"),
    ("iif", "gebruik CASE WHEN … THEN … ELSE … END"),
    ("if", "gebruik CASE WHEN … THEN … ELSE … END"),
    ("isnull", "gebruik COALESCE(kolom, 0), of kolom IS NULL"),
    ("len", "gebruik LENGTH"),
    ("now", "noem de dag: DATE '2025-08-01'"),
    ("nvl", "gebruik COALESCE"),
    ("rank", "gebruik ROW_NUMBER"),
    ("strftime", "gebruik de kolom maand, kwartaal of jaar"),
    ("string_agg", "zet de waarden onder elkaar met GROUP BY"),
];

pub(super) fn unknown(call: &Aanroep<'_>) -> Fout {
    let name = call.name.to_uppercase();
    if let Some((_, instead)) = ELSEWHERE.iter().find(|(other, _)| *other == call.name) {
        return Fout::on(call.at, format!("{name} kan niet; {instead}"));
    }
    let scalars = SCALARS.iter().map(|(name, ..)| *name);
    let aliases = ALIASES.iter().map(|(name, _)| *name);
    let known =
        scalars.chain(aliases).chain(AGGREGATES.iter().copied()).chain(WINDOWS.iter().copied());
    let known: Vec<String> = known.map(str::to_uppercase).collect();
    let near = nearest(&call.name, known.iter().map(String::as_str));
    Fout::on(call.at, format!("onbekende functie '{name}'{near}"))
}
