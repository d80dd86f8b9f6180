//! From text to the syntax tree of one query, with the dialect of the engine.
//!
//! Enters: text. Leaves: a query, or why the text is none, in Dutch and at its spot.

use sqlparser::ast::{Query, Statement};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::{Parser, ParserError, ParserOptions};
use sqlparser::tokenizer::Location;

use crate::metrics::los::OPDRACHTEN;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::words::{Word, words};

/// Longest text that is read.
const MAX_BYTES: usize = 50_000;
/// Most signs and words between values: a chain of them is as deep as it is long.
const MAX_SIGNS: usize = 800;

/// The one query of a text.
pub(super) fn parse(sql: &str) -> Uitkomst<Box<Query>> {
    let nowhere = Location { line: 0, column: 0 };
    if sql.len() > MAX_BYTES {
        return Err(Fout::on(nowhere, "deze vraag is te lang om een vraag te zijn"));
    }
    let signs = words(sql);
    if let Some(last) = signs.iter().filter(|word| joins(word)).nth(MAX_SIGNS) {
        let plek = Location { line: last.line as u64, column: 1 };
        return Err(Fout::on(
            plek,
            "deze vraag heeft te veel voorwaarden en bewerkingen; gebruik IN (…) of deelvragen met WITH",
        ));
    }
    if let Some(fout) = other_command(sql, signs.first()) {
        return Err(fout);
    }
    let options = ParserOptions { trailing_commas: true, ..ParserOptions::default() };
    let parser = Parser::new(&GenericDialect).with_options(options).try_with_sql(sql);
    let statements = parser.and_then(|mut parser| parser.parse_statements());
    let mut statements = statements.map_err(|error| unreadable(&error, sql))?;
    if let Some(second) = statements.get(1) {
        return Err(Fout::at(second, "meer dan een opdracht; een vraag is precies een SELECT"));
    }
    match statements.pop() {
        Some(Statement::Query(query)) => Ok(query),
        Some(other) => {
            let text = other.to_string();
            let word = text.split_whitespace().next().unwrap_or_default();
            let what = format!("'{word}' mag niet; een vraag is precies een SELECT");
            let start = Location { line: 1, column: 1 };
            Err(Fout::at(&other, what).or_on(start))
        }
        None => Err(Fout::on(nowhere, "hier staat geen SELECT")),
    }
}

/// A command that is no question is refused by its first word: what follows need not be complete for that.
fn other_command(sql: &str, first: Option<&Word<'_>>) -> Option<Fout> {
    let word = first.filter(|word| OPDRACHTEN.iter().any(|known| word.is(known)))?;
    if word.is("select") || word.is("with") {
        return None;
    }
    let line = sql.lines().nth(word.line.checked_sub(1)?)?;
    let column = line[..line.find(word.text)?].chars().count() + 1;
    let plek = Location { line: word.line as u64, column: column as u64 };
    let text = word.text.to_uppercase();
    Some(Fout::on(plek, format!("'{text}' mag niet; een vraag is precies een SELECT")))
}

/// True for what stands between two values, or before one.
fn joins(word: &Word<'_>) -> bool {
    !word.quoted
        && (["and", "or", "not", "is", "like", "between", "union", "join"]
            .iter()
            .any(|known| word.is(known))
            || word.text.chars().all(|c| !c.is_alphanumeric() && !"_,().;".contains(c)))
}

impl Fout {
    fn or_on(mut self, plek: Location) -> Self {
        self.plek = self.plek.or(Some(plek));
        self
    }
}

/// A message of the parser in Dutch; its own words are kept for whoever asks.
fn unreadable(error: &ParserError, sql: &str) -> Fout {
    let raw = match error {
        ParserError::TokenizerError(raw) | ParserError::ParserError(raw) => raw.as_str(),
        ParserError::RecursionLimitExceeded => "recursion limit",
    };
    let (said, plek) = place(raw);
    let wat = if let Some((expected, found)) =
        said.strip_prefix("Expected: ").and_then(|rest| rest.split_once(", found: "))
    {
        let found = if found == "EOF" {
            "houdt de vraag op".to_owned()
        } else {
            format!("staat '{found}'")
        };
        let hint = match found.as_str() {
            "staat 'ORDER'" | "staat 'GROUP'" => " (achter ORDER en GROUP hoort BY)",
            _ => "",
        };
        format!("hier {found}, maar er hoort te staan: {}{hint}", dutch(expected))
    } else if said.starts_with("Unterminated string") {
        "een tekst die met ' begint, eindigt niet".to_owned()
    } else if said.starts_with("Expected close delimiter") {
        "een naam die met \" begint, eindigt niet".to_owned()
    } else if matches!(error, ParserError::RecursionLimitExceeded) {
        "deze vraag heeft te veel haakjes of deelvragen in elkaar".to_owned()
    } else {
        "deze SQL is niet te lezen; schrijf SELECT … FROM … WHERE … GROUP BY …".to_owned()
    };
    let mut fout = Fout::on(if plek.line == 0 { end(sql) } else { plek }, wat);
    fout.detail = Some(raw.to_owned());
    fout
}

/// The spot behind the last word.
fn end(sql: &str) -> Location {
    let text = sql.trim_end();
    let column = text.lines().last().map_or(0, |line| line.chars().count()) + 1;
    Location { line: text.lines().count().max(1) as u64, column: column as u64 }
}

/// The message without its place, and the place.
fn place(raw: &str) -> (&str, Location) {
    let nowhere = Location { line: 0, column: 0 };
    let Some((said, at)) = raw.rsplit_once(" at Line: ") else { return (raw, nowhere) };
    let mut numbers = at.split(", Column: ").map(str::trim).map(str::parse::<u64>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(line)), Some(Ok(column))) => (said, Location { line, column }),
        _ => (raw, nowhere),
    }
}

/// What the parser expects, in Dutch where it uses words.
fn dutch(expected: &str) -> String {
    let known = [
        ("end of statement", "het einde van de vraag"),
        ("an expression", "een kolom of waarde"),
        ("expression", "een kolom of waarde"),
        ("identifier", "een naam"),
        ("an SQL statement", "SELECT"),
        ("SELECT, VALUES, or a subquery in the query body", "SELECT"),
        ("joined table", "een tabel"),
        ("identifier or ATTACH", "een naam"),
    ];
    let found = known.iter().find(|(english, _)| *english == expected);
    found.map_or_else(
        || expected.replace(", or ", " of ").replace(" or ", " of "),
        |(_, dutch)| (*dutch).to_owned(),
    )
}
