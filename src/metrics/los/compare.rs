//! Comparisons: of what with what, names of gemeenten and dates written as text.
//!
//! Enters: both sides of a comparison. Leaves: a condition.

use chrono::NaiveDate;
use sqlparser::ast::{BinaryOperator, Expr, Spanned};
use sqlparser::tokenizer::Location;

use crate::metrics::antwoord::Soort;
use crate::metrics::los::expr::Reader;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::literals::quoted;
use crate::metrics::los::types::{Aard, Basis, Letterlijk, Uitdrukking};
use crate::metrics::sql::nearest;
use crate::schema::normalise_heading;

/// `a = b`, `a < b` and so on.
pub(super) fn compare(
    reader: &mut Reader<'_, '_>,
    left: &Expr,
    op: &BinaryOperator,
    right: &Expr,
) -> Uitkomst<Uitdrukking> {
    let (a, b) = (reader.value(left)?, reader.value(right)?);
    let (a, b) = alike(reader, a, left, b, right)?;
    let sign = match op {
        BinaryOperator::Eq => "=",
        BinaryOperator::NotEq => "<>",
        BinaryOperator::Lt => "<",
        BinaryOperator::LtEq => "<=",
        BinaryOperator::Gt => ">",
        _ => ">=",
    };
    Ok(Uitdrukking::condition(format!("({} {sign} {})", a.sql, b.sql), &[&a, &b]))
}

/// `a BETWEEN low AND high`.
pub(super) fn between(
    reader: &mut Reader<'_, '_>,
    of: &Expr,
    low: &Expr,
    high: &Expr,
    negated: bool,
) -> Uitkomst<Uitdrukking> {
    let read = reader.value(of)?;
    let (from, to) = (reader.value(low)?, reader.value(high)?);
    let (_, from) = alike(reader, read.clone(), of, from, low)?;
    let (read, to) = alike(reader, read, of, to, high)?;
    let sql = format!("({0} >= {1} AND {0} <= {2})", read.sql, from.sql, to.sql);
    let sql = if negated { format!("(NOT {sql})") } else { sql };
    Ok(Uitdrukking::condition(sql, &[&read, &from, &to]))
}

/// `a IN (1, 2)`.
pub(super) fn in_list(
    reader: &mut Reader<'_, '_>,
    of: &Expr,
    list: &[Expr],
    negated: bool,
) -> Uitkomst<Uitdrukking> {
    let read = reader.value(of)?;
    let mut any = Vec::new();
    for item in list {
        let value = reader.value(item)?;
        if !value.relations.is_empty() {
            return Err(Fout::at(
                item,
                "in een lijst staan alleen waarden; gebruik = en OR voor kolommen",
            ));
        }
        let (_, value) = alike(reader, read.clone(), of, value, item)?;
        any.push(format!("{} = {}", read.sql, value.sql));
    }
    let sql = format!("({})", any.join(" OR "));
    let sql = if negated { format!("(NOT {sql})") } else { sql };
    Ok(Uitdrukking::condition(sql, &[&read]))
}

/// `a LIKE 'x%'`.
pub(super) fn like(
    reader: &mut Reader<'_, '_>,
    word: &str,
    of: &Expr,
    pattern: &Expr,
    negated: bool,
) -> Uitkomst<Uitdrukking> {
    let read = reader.value(of)?;
    if read.aard.basis != Basis::Tekst {
        return Err(Fout::at(
            of,
            format!("{word} kijkt naar een tekst, maar dit is {}", read.aard.basis.name()),
        ));
    }
    let Some(Letterlijk::Tekst(pattern)) = reader.value(pattern)?.literal else {
        return Err(Fout::at(pattern, format!("achter {word} hoort een tekst, zoals 'Zorg%'")));
    };
    let not = if negated { "NOT " } else { "" };
    let sql = format!("({} {not}{word} {})", read.sql, quoted(&pattern));
    Ok(Uitdrukking::condition(sql, &[&read]))
}

/// Both sides, when they can be compared; a literal takes the form of the other side.
pub(super) fn alike(
    reader: &Reader<'_, '_>,
    a: Uitdrukking,
    at_a: &Expr,
    b: Uitdrukking,
    at_b: &Expr,
) -> Uitkomst<(Uitdrukking, Uitdrukking)> {
    let (a, b) = match (a.literal.clone(), b.literal.clone()) {
        (None, Some(Letterlijk::Tekst(text))) => {
            let b = as_the_other(reader, &a.aard, &text, at_b)?.unwrap_or(b);
            (a, b)
        }
        (Some(Letterlijk::Tekst(text)), None) => {
            let a = as_the_other(reader, &b.aard, &text, at_a)?.unwrap_or(a);
            (a, b)
        }
        _ => (a, b),
    };
    if a.aard.basis.fits(b.aard.basis) {
        return Ok((a, b));
    }
    let (one, other) = (a.aard.basis, b.aard.basis);
    let mut what = format!("{} is niet te vergelijken met {}", one.name(), other.name());
    if one == Basis::Tekst && other.is_number() && b.literal.is_some() {
        what = format!("{what}; zet de waarde tussen enkele aanhalingstekens");
    } else if one.is_number() && other == Basis::Tekst && b.literal.is_some() {
        what = format!("{what}; laat de aanhalingstekens weg");
    }
    Err(Fout::at(at_b, what))
}

/// A text beside a gemeente is the name or code of one, and beside a date a date.
fn as_the_other(
    reader: &Reader<'_, '_>,
    other: &Aard,
    text: &str,
    at: &Expr,
) -> Uitkomst<Option<Uitdrukking>> {
    if other.basis == Basis::Datum {
        return date(text, at.span().start).map(Some);
    }
    if other.soort != Soort::Gemeente {
        return Ok(None);
    }
    let gemeenten = reader.compiler.omgeving.gemeenten;
    let wanted = normalise_heading(text);
    let by_name = gemeenten.iter().find(|(_, naam)| normalise_heading(naam) == wanted);
    let is_code = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let code = match by_name {
        Some((code, _)) => code.as_str(),
        None if is_code => text,
        None => {
            let near = nearest(text, gemeenten.iter().map(|(_, naam)| naam.as_str()));
            let near = if near.is_empty() {
                let names: Vec<&str> = gemeenten.iter().map(|(_, naam)| naam.as_str()).collect();
                format!("; kies uit: {}", names.join(", "))
            } else {
                near
            };
            return Err(Fout::at(at, format!("onbekende gemeente '{text}'{near}")));
        }
    };
    let aard = Aard::plain(Basis::Tekst, Soort::Gemeente);
    let literal = Some(Letterlijk::Tekst(code.to_owned()));
    Ok(Some(Uitdrukking {
        sql: quoted(code),
        aard,
        column: None,
        relations: [].into(),
        literal,
        is_constant: true,
    }))
}

/// A date written as `2025-08-01` or `1-8-2025`.
pub(super) fn date(text: &str, at: Location) -> Uitkomst<Uitdrukking> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(text, "%d-%m-%Y"));
    let Ok(day) = day else {
        let what = format!("'{text}' is geen datum; schrijf '2025-08-01' of '01-08-2025'");
        return Err(Fout::on(at, what));
    };
    // As a number of days: the engine complains, in English, of a text that becomes a date.
    let days = day.signed_duration_since(NaiveDate::default()).num_days();
    let sql = format!("CAST({days} AS DATE)");
    let aard = Aard::plain(Basis::Datum, Soort::Datum);
    Ok(Uitdrukking {
        sql,
        aard,
        column: None,
        relations: [].into(),
        literal: None,
        is_constant: true,
    })
}
