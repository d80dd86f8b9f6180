//! What clap found wrong, in Dutch.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// English names of commands.
const ALIASES: &[&str] = &[
    "report",
    "ingest",
    "check",
    "practice",
    "explain",
    "region",
    "query",
    "completions",
    "trace",
    "verify",
];

/// One Dutch message for a mistake on the command line, with a remedy. `command` is the one that was given, with a space
/// behind it, or nothing.
pub(crate) fn message(error: &clap::Error, command: &str) -> String {
    let of = |kind| error.get(kind).map(text).unwrap_or_default();
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let main = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("onbekende opdracht '{}'", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument if arg.starts_with('-') => format!("onbekende optie '{arg}'"),
        ErrorKind::UnknownArgument => format!(
            "'{arg}' is een woord te veel; zet wat bij elkaar hoort tussen aanhalingstekens, zoals \"SELECT …\""
        ),
        ErrorKind::MissingRequiredArgument => format!("er ontbreekt: {arg}"),
        ErrorKind::MissingSubcommand => "geen opdracht gegeven".to_owned(),
        ErrorKind::ValueValidation | ErrorKind::InvalidValue if value.is_empty() => {
            format!("bij {arg} hoort een waarde")
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            format!("'{value}' past niet bij {arg}")
        }
        ErrorKind::ArgumentConflict => {
            format!("{arg} kan maar één keer, of niet samen met een andere optie")
        }
        ErrorKind::TooManyValues => format!("te veel waarden bij {arg}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("te weinig waarden bij {arg}")
        }
        ErrorKind::InvalidUtf8 => "de opdracht bevat tekens die niet te lezen zijn".to_owned(),
        _ => "de opdracht klopt niet".to_owned(),
    };
    let near =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
            .into_iter()
            .map(of)
            .find(|text| !text.is_empty());
    let remedy = near.map_or_else(
        || format!("zie: maatstaf {command}--help"),
        |near| format!("bedoelde u '{near}'? Zie anders: maatstaf {command}--help"),
    );
    format!("{main}; {remedy}")
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(one) => one.clone(),
        // The first is the nearest; English aliases are understood but not taught.
        ContextValue::Strings(many) => {
            let taught = many.iter().find(|word| !ALIASES.contains(&word.as_str()));
            taught.or(many.first()).cloned().unwrap_or_default()
        }
        _ => String::new(),
    }
}
