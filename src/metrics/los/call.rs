//! A call of a function, taken apart.
//!
//! Enters: a call as the parser gives it. Leaves: [`Aanroep`]. Every part of a call that is not known here is refused.

use sqlparser::ast::{
    DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, Spanned, WindowSpec, WindowType,
};
use sqlparser::tokenizer::Location;

use crate::metrics::los::fout::{Fout, Uitkomst};

/// Other spellings of the same.
pub(super) const ALIASES: &[(&str, &str)] = &[
    ("ceiling", "ceil"),
    ("char_length", "length"),
    ("ifnull", "coalesce"),
    ("mean", "avg"),
    ("stddev_samp", "stddev"),
    ("substring", "substr"),
];

/// What stands between the brackets.
#[derive(Debug, Clone, Copy)]
pub(super) enum Argument<'q> {
    Star,
    Expr(&'q Expr),
}

/// A call that was taken apart.
#[derive(Debug)]
pub(super) struct Aanroep<'q> {
    /// In lower case.
    pub(super) name: String,
    pub(super) args: Vec<Argument<'q>>,
    pub(super) is_distinct: bool,
    pub(super) filter: Option<&'q Expr>,
    pub(super) over: Option<&'q WindowSpec>,
    pub(super) at: Location,
}

/// Takes a call apart; every part of it that is not known here is refused.
pub(super) fn taken_apart(function: &Function) -> Uitkomst<Aanroep<'_>> {
    let Function {
        name,
        uses_odbc_syntax,
        parameters,
        args,
        filter,
        null_treatment,
        over,
        within_group,
    } = function;
    let at = name.span().start;
    let strange =
        |what: &str| Fout::on(at, format!("{what} kan niet in een aanroep van een functie"));
    let [part] = name.0.as_slice() else { return Err(strange("een punt in de naam")) };
    let Some(ident) = part.as_ident() else { return Err(strange("deze naam")) };
    if *uses_odbc_syntax || *parameters != FunctionArguments::None || !within_group.is_empty() {
        return Err(strange("WITHIN GROUP of {fn …}"));
    }
    if null_treatment.is_some() {
        return Err(strange("IGNORE NULLS"));
    }
    let lower = ident.value.to_lowercase();
    let spelled = ALIASES.iter().find(|(other, _)| *other == lower);
    let name = spelled.map_or(lower, |(_, name)| (*name).to_owned());
    let (args, is_distinct) = match args {
        FunctionArguments::None => (Vec::new(), false),
        FunctionArguments::Subquery(_) => return Err(strange("een deelvraag")),
        FunctionArguments::List(FunctionArgumentList { duplicate_treatment, args, clauses }) => {
            if !clauses.is_empty() {
                return Err(strange("ORDER BY of LIMIT"));
            }
            let args = args.iter().map(|arg| argument(arg, at)).collect::<Uitkomst<Vec<_>>>()?;
            (args, *duplicate_treatment == Some(DuplicateTreatment::Distinct))
        }
    };
    let over = match over {
        None => None,
        Some(WindowType::WindowSpec(spec)) => Some(spec),
        Some(WindowType::NamedWindow(name)) => {
            return Err(Fout::on(
                name.span.start,
                "een venster met een naam kan niet; schrijf het achter OVER uit",
            ));
        }
    };
    Ok(Aanroep { name, args, is_distinct, filter: filter.as_deref(), over, at })
}

fn argument(arg: &FunctionArg, at: Location) -> Uitkomst<Argument<'_>> {
    match arg {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Ok(Argument::Expr(expr)),
        FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => Ok(Argument::Star),
        _ => Err(Fout::on(at, "tussen de haakjes staan alleen kolommen en waarden, of een *")),
    }
}
