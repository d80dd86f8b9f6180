//! What the SQL of a query may say.
//!
//! Enters: a query with a checked header. Leaves: the tables it reads and the columns it returns, or one Dutch
//! message with the line. Does not touch a file: the SQL is planned over empty tables.

use polars::prelude::{DataType, IntoLazy, PlSmallStr, PolarsError, Schema};
use polars::sql::{SQLContext, extract_table_identifiers};

use crate::metrics::draws::COLUMNS;
use crate::metrics::personen;
use crate::metrics::query::{Contributor, Kind, Query, QueryError};
use crate::metrics::signaal;
use crate::metrics::tables;
use crate::metrics::words::{Word, words};
use crate::schema::{Column, Dtype, TABLES};

/// What is known of a query after planning.
pub(super) struct Checked {
    pub(super) tables: Vec<String>,
    pub(super) columns: Vec<String>,
    pub(super) bool_columns: Vec<String>,
}

/// Statements and functions that do something else than read the dataset.
const FORBIDDEN: &[&str] = &[
    "insert", "update", "delete", "create", "drop", "truncate", "alter", "copy", "explain", "show",
    "attach", "pragma", "into", "call", "execute", "merge", "grant", "install", "load", "unnest",
];

/// Most signs and joining words: what is longer is too deep to be planned.
const MAX_SIGNS: usize = 1200;

/// Checks the SQL and plans it over empty tables.
pub(super) fn check_sql(query: &Query) -> Result<Checked, QueryError> {
    let words = words(&query.sql);
    check_statement(query, &words)?;
    check_persons(query)?;
    let tables = check_tables(query, &words)?;
    let schema = plan(query, &tables, &words)?;
    check_result(query, &schema)?;
    let bool_columns = schema
        .iter()
        .filter(|(_, dtype)| **dtype == DataType::Boolean)
        .map(|(name, _)| name.to_string())
        .collect();
    let columns = schema.iter_names().map(ToString::to_string).collect();
    Ok(Checked { tables, columns, bool_columns })
}

fn check_statement(query: &Query, words: &[Word]) -> Result<(), QueryError> {
    let wrong = |line, what: String| Err(QueryError::at(&query.path, line, what));
    let is_sign = |word: &&Word| {
        let is_joint = ["and", "or", "not", "union", "join"].iter().any(|known| word.is(known));
        is_joint || word.is(",") || !word.text.contains(|c: char| c.is_alphanumeric())
    };
    if let Some(last) = words.iter().filter(is_sign).nth(MAX_SIGNS) {
        let what = "te veel voorwaarden en bewerkingen voor één query; maak er twee van";
        return wrong(last.line, what.to_owned());
    }
    let Some(first) = words.first() else {
        return wrong(0, "onder de kop staat geen SQL; schrijf een SELECT".to_owned());
    };
    if let Some(end) = words.iter().position(|word| word.is(";"))
        && let Some(next) = words.get(end + 1)
    {
        return wrong(
            next.line,
            "meer dan een opdracht; een query is precies een SELECT".to_owned(),
        );
    }
    for word in words {
        let lower = word.text.to_lowercase();
        if lower.starts_with("read_") || lower.starts_with("scan_") {
            return wrong(
                word.line,
                format!(
                    "'{}' mag niet: een query leest alleen de tabellen van de dataset",
                    word.text
                ),
            );
        }
        if !word.quoted && FORBIDDEN.contains(&lower.as_str()) {
            return wrong(
                word.line,
                format!("'{}' mag niet: een query is precies een SELECT", word.text),
            );
        }
        if word.is("\\") {
            return wrong(word.line, "een backslash mag niet in een query".to_owned());
        }
    }
    if !first.is("select") && !first.is("with") {
        return wrong(
            first.line,
            format!("begint met '{}'; een query begint met SELECT of WITH", first.text),
        );
    }
    for three in words.windows(3) {
        if (three[0].is("from") || three[0].is("join")) && three[1].is_name() && three[2].is("(") {
            let what = "is een tabelfunctie; een query leest alleen de tabellen van de dataset";
            return wrong(three[1].line, format!("'{}' {what}", three[1].text));
        }
    }
    Ok(())
}

/// A child is counted and passed on under its own name, and nothing is made of it. Queries of the program were read by
/// more than one person and shown to keep to it by the tests on two keys.
fn check_persons(query: &Query) -> Result<(), QueryError> {
    match personen::wrong_use(&query.sql) {
        Some(found) if !query.is_built_in() => {
            Err(QueryError::at(&query.path, found.regel, found.wat))
        }
        _ => Ok(()),
    }
}

/// The tables the SQL reads, each of them known.
fn check_tables(query: &Query, words: &[Word]) -> Result<Vec<String>, QueryError> {
    let mut named = extract_table_identifiers(&query.sql, true, true)
        .map_err(|error| unreadable(query, &error))?;
    named.sort();
    let own = own_names(words);
    if let Some(name) = own.iter().find(|name| tables::columns(name, query).is_some()) {
        let what = format!("'{name}' achter WITH is ook een tabel; kies een andere naam");
        return Err(QueryError::at(&query.path, line_of_word(words, name), what));
    }
    named.retain(|name| !own.contains(&name.as_str()));
    for name in &named {
        if tables::columns(name, query).is_none() {
            let known = tables::names(query);
            let near = nearest(name, known.iter().map(String::as_str));
            let line = line_of_word(words, name.rsplit('.').next().unwrap_or(name));
            return Err(QueryError::at(
                &query.path,
                line,
                format!("onbekende tabel '{name}'{near}"),
            ));
        }
    }
    for (name, param) in &query.params {
        let Some(wanted) = param.soort.kolom() else { continue };
        let known = named.iter().filter_map(|table| tables::columns(table, query)).flatten();
        if !known.into_iter().any(|(column, dtype)| column == wanted && dtype == DataType::String) {
            let what = format!(
                "parameter '{name}': geen tabel van deze query heeft een tekstkolom '{wanted}'"
            );
            return Err(QueryError::at(
                &query.path,
                query.line_of(&format!("[params.{name}")),
                what,
            ));
        }
    }
    Ok(named)
}

/// Names that the query gives to its own common table expressions.
fn own_names<'a>(words: &'a [Word<'a>]) -> Vec<&'a str> {
    words
        .windows(4)
        .filter(|w| {
            (w[0].is("with") || w[0].is("recursive") || w[0].is(","))
                && w[2].is("as")
                && w[3].is("(")
        })
        .map(|w| w[1].text)
        .collect()
}

fn plan(query: &Query, names: &[String], words: &[Word]) -> Result<Schema, QueryError> {
    let mut context = SQLContext::new();
    for name in names {
        let columns = tables::columns(name, query).expect("every table was found in the check");
        context.register(name, tables::empty(&columns).lazy());
    }
    let planned = context.execute(&query.sql).and_then(|mut frame| frame.collect_schema());
    match planned {
        Ok(schema) => Ok(schema.as_ref().clone()),
        Err(error) => Err(plan_error(query, names, words, &error)),
    }
}

fn plan_error(query: &Query, names: &[String], words: &[Word], error: &PolarsError) -> QueryError {
    let raw = error.to_string();
    let known: Vec<String> = (names.iter())
        .filter_map(|name| tables::columns(name, query))
        .flatten()
        .map(|(column, _)| column)
        .collect();
    // The engine lists valid columns after the one it misses.
    let said = raw.split("valid columns").next().unwrap_or(&raw);
    let quoted: Vec<&str> = said.split(['"', '\'', '`']).skip(1).step_by(2).collect();
    if let Some(name) = said.strip_prefix("unsupported function ").and(quoted.first()) {
        let what =
            format!("onbekende functie '{name}'; zie docs/QUERIES.md voor wat een query kan");
        return QueryError::at(&query.path, line_of_word(words, name), what).with_detail(raw);
    }
    let is_missing =
        said.contains("not found") || said.contains("unable to find") || said.contains("no column");
    let missing = quoted.iter().find(|name| {
        !known.iter().any(|column| column == *name) && words.iter().any(|word| word.text == **name)
    });
    if let Some(name) = missing.filter(|_| is_missing) {
        let near = nearest(name, known.iter().map(String::as_str));
        let what = format!("onbekende kolom '{name}'{near}");
        return QueryError::at(&query.path, line_of_word(words, name), what).with_detail(raw);
    }
    unreadable(query, error)
}

/// A message for SQL that does not parse, or that the engine does not support.
fn unreadable(query: &Query, error: &PolarsError) -> QueryError {
    let raw = error.to_string();
    let line = raw
        .split_once("at Line: ")
        .and_then(|(_, rest)| rest.split(',').next()?.trim().parse().ok())
        .unwrap_or(0);
    let what = "deze SQL is niet te lezen of wordt niet ondersteund; zie docs/QUERIES.md voor wat een query kan";
    QueryError::at(&query.path, line, what).with_detail(raw)
}

/// The result must hold exactly what the header promises.
fn check_result(query: &Query, schema: &Schema) -> Result<(), QueryError> {
    let named = if query.kind == Kind::Signaal { &[][..] } else { query.keys.as_slice() };
    for key in named {
        let dtype = returned(query, schema, "keys", key)?;
        let is_key = dtype.is_integer() || matches!(dtype, DataType::String | DataType::Boolean);
        if query.kind == Kind::Measure && !is_key {
            let what = format!("sleutel '{key}' is geen tekst, geheel getal of ja/nee");
            return Err(QueryError::at(&query.path, query.line_of("keys"), what));
        }
    }
    match query.kind {
        Kind::List => check_list(query, schema),
        Kind::Measure => check_measure(query, schema),
        Kind::Draws => check_draws(query, schema),
        Kind::Signaal => {
            signaal::check_columns(query, schema)?;
            check_worklist(query, schema)
        }
    }
}

/// A lottery has fixed columns: the program must know what each of them stands for.
fn check_draws(query: &Query, schema: &Schema) -> Result<(), QueryError> {
    for (name, dtype) in COLUMNS {
        let found = returned(query, schema, "kind", name)?;
        if found != dtype && !(found.is_integer() && *dtype == DataType::Int64) {
            let what = format!("kolom '{name}' van een loting moet {} zijn", called(dtype));
            return Err(QueryError::at(&query.path, query.line_of("kind"), what));
        }
    }
    let is_known = |name: &str| COLUMNS.iter().any(|(known, _)| *known == name);
    match schema.iter_names().find(|name| !is_known(name)) {
        Some(name) => {
            let what = format!("een loting heeft geen kolom '{name}'; laat hem weg");
            Err(QueryError::at(&query.path, 0, what))
        }
        None => Ok(()),
    }
}

/// A type in words.
fn called(dtype: &DataType) -> &'static str {
    match dtype {
        DataType::String => "een tekst",
        DataType::Boolean => "ja of nee",
        _ => "een geheel getal",
    }
}

/// The type of a column that the header names.
fn returned<'a>(
    query: &Query,
    schema: &'a Schema,
    field: &str,
    name: &str,
) -> Result<&'a DataType, QueryError> {
    schema.get(name).ok_or_else(|| {
        let near = nearest(name, schema.iter_names().map(PlSmallStr::as_str));
        let what = format!("de SELECT geeft geen kolom '{name}'{near}");
        QueryError::at(&query.path, query.line_of(field), what)
    })
}

fn check_measure(query: &Query, schema: &Schema) -> Result<(), QueryError> {
    let wrong = |field, what| Err(QueryError::at(&query.path, query.line_of(field), what));
    let name = &query.value;
    if !returned(query, schema, "value", name)?.is_integer() {
        let hint = "reken met eurocenten, minuten of aantallen";
        return wrong("value", format!("kolom '{name}' is geen geheel getal; {hint}"));
    }
    for contributor in &query.contributors {
        let name = contributor.column();
        let expected = match contributor {
            Contributor::Client => DataType::Int64,
            Contributor::Aanbieder => DataType::String,
        };
        if *returned(query, schema, "contributors", name)? != expected {
            let what = format!("kolom '{name}' moet ongewijzigd uit de tabel komen");
            return wrong("contributors", what);
        }
    }
    let promised = |name: &str| {
        name == query.value
            || query.keys.iter().any(|key| key == name)
            || query.contributors.iter().any(|contributor| contributor.column() == name)
    };
    if let Some(name) = schema.iter_names().find(|name| !promised(name)) {
        let hint = "noem hem in keys of laat hem weg";
        return wrong(
            "",
            format!("de SELECT geeft kolom '{name}', die niet in de kop staat; {hint}"),
        );
    }
    Ok(())
}

/// A list shows rows, so it may not show who they are about.
fn check_list(query: &Query, schema: &Schema) -> Result<(), QueryError> {
    no_person(query, schema, &[])
}

/// A work list shows rows too; the child of a case is only counted.
fn check_worklist(query: &Query, schema: &Schema) -> Result<(), QueryError> {
    no_person(query, schema, &["client"])
}

fn no_person(query: &Query, schema: &Schema, not_shown: &[&str]) -> Result<(), QueryError> {
    let is_person = |name: &str| {
        // Of a free text only "filled or not" is kept, and that tells nothing about whom.
        let tells = |c: &Column| c.name == name && c.is_person() && c.dtype != Dtype::Filled;
        TABLES.iter().any(|table| table.columns.iter().any(tells))
    };
    match schema.iter_names().find(|name| is_person(name) && !not_shown.contains(&name.as_str())) {
        Some(name) => Err(QueryError::at(
            &query.path,
            0,
            format!(
                "een lijst toont geen kolom '{name}', want die kan een persoon aanwijzen; laat hem weg"
            ),
        )),
        None => Ok(()),
    }
}

fn line_of_word(words: &[Word], text: &str) -> usize {
    words.iter().find(|word| word.text.eq_ignore_ascii_case(text)).map_or(0, |word| word.line)
}

/// `; bedoelde u 'x'?` when a known name is near, else nothing.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .map(|other| {
            (strsim::damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase()), other)
        })
        .filter(|(distance, other)| *distance <= (name.len().max(other.len()) / 3).max(1))
        .min()
        .map(|(_, other)| format!("; bedoelde u '{other}'?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"/*---
title = "t"
question = "q"
why = "w"
kind = "measure"
keys = ["gemeente"]
levels = [["gemeente"]]
value = "bedrag_ct"
unit = "eurocent"
contributors = ["client"]
measure = "kosten"
period = "kwartaal"
owner = "ICM"
reviewed = 2026-11-22
[params.wie]
type = "aanbieder"
---*/
"#;
    const GOOD: &str = "SELECT gemeente, client, SUM(bedrag_ct) AS bedrag_ct\nFROM declaraties\nGROUP BY gemeente, client";

    #[track_caller]
    fn check(sql: &str, expected: &str) {
        let error = Query::parse(&format!("{HEADER}{sql}"), "queries/proef.sql").unwrap_err();
        assert_eq!(error.message, expected, "{:?}", error.detail);
    }

    #[test]
    fn a_good_query_tells_its_tables_and_columns() {
        let sql = GOOD.replace("GROUP", "WHERE aanbieder IN (SELECT waarde FROM par_wie) GROUP");
        let query = Query::parse(&format!("{HEADER}{sql};\n"), "map/proef.sql").unwrap();
        assert_eq!(query.id, "proef");
        assert_eq!(query.tables, ["declaraties", "par_wie"]);
        assert_eq!(query.columns, ["gemeente", "client", "bedrag_ct"]);
    }

    #[test]
    fn a_wrong_name_is_met_with_line_and_the_nearest_name() {
        let sql = GOOD.replace("gemeente, client, S", "gemente, client, S");
        check(&sql, "queries/proef.sql:18: onbekende kolom 'gemente'; bedoelde u 'gemeente'?");
        let sql = GOOD.replace("GROUP", "WHERE is_maatwrk GROUP");
        check(
            &sql,
            "queries/proef.sql:20: onbekende kolom 'is_maatwrk'; bedoelde u 'is_maatwerk'?",
        );
        let sql = GOOD.replace("FROM declaraties", "FROM declaraties d WHERE d.productkode = 'x'");
        check(
            &sql,
            "queries/proef.sql:19: onbekende kolom 'productkode'; bedoelde u 'productcode'?",
        );
        let sql = GOOD.replace("declaraties", "declaratie");
        check(
            &sql,
            "queries/proef.sql:19: onbekende tabel 'declaratie'; bedoelde u 'declaraties'?",
        );
        check(
            &GOOD.replace("SUM", "SOM"),
            "queries/proef.sql:18: onbekende functie 'som'; zie docs/QUERIES.md voor wat een query kan",
        );
    }

    #[test]
    fn a_query_only_selects() {
        let one = "mag niet: een query is precies een SELECT";
        for word in
            ["DELETE FROM declaraties", "CREATE TABLE x AS SELECT 1", "TRUNCATE declaraties"]
        {
            let first = word.split(' ').next().unwrap();
            check(word, &format!("queries/proef.sql:18: '{first}' {one}"));
            check(
                &format!("{GOOD};\n{word}"),
                "queries/proef.sql:21: meer dan een opdracht; een query is precies een SELECT",
            );
        }
        check("", "queries/proef.sql: onder de kop staat geen SQL; schrijf een SELECT");
        check(
            "VALUES (1)",
            "queries/proef.sql:18: begint met 'VALUES'; een query begint met SELECT of WITH",
        );
    }

    #[test]
    fn a_query_opens_no_file_however_it_is_written() {
        for from in [
            "read_parquet('/etc/passwd')",
            "\"read_parquet\"('/etc/passwd')",
            "Read_CSV('x')",
            "declaraties, read_csv('x')",
        ] {
            let error =
                Query::parse(&format!("{HEADER}SELECT 1 FROM {from}"), "proef.sql").unwrap_err();
            assert!(error.message.contains("alleen de tabellen van de dataset"), "{error}");
        }
        check(
            "WITH x AS (SELECT 1) SELECT * FROM glob('x')",
            "queries/proef.sql:18: 'glob' is een tabelfunctie; een query leest alleen de tabellen van de dataset",
        );
        check("SELECT 1 FROM 'x.parquet'", "queries/proef.sql: onbekende tabel 'x.parquet'");
        check(
            "SELECT 1 FROM boven.declaraties",
            "queries/proef.sql:18: onbekende tabel 'boven.declaraties'",
        );
    }

    #[test]
    fn the_select_gives_what_the_header_promises() {
        check(
            &GOOD.replace("gemeente, client, S", "client, S"),
            "queries/proef.sql:6: de SELECT geeft geen kolom 'gemeente'",
        );
        check(
            &GOOD.replace("AS bedrag_ct", "AS bedrag"),
            "queries/proef.sql:8: de SELECT geeft geen kolom 'bedrag_ct'; bedoelde u 'bedrag'?",
        );
        check(
            &GOOD.replace("SUM(bedrag_ct)", "AVG(bedrag_ct)"),
            "queries/proef.sql:8: kolom 'bedrag_ct' is geen geheel getal; reken met eurocenten, minuten of aantallen",
        );
        check(
            &GOOD.replace("client, S", "client, COUNT(*) AS n, S"),
            "queries/proef.sql: de SELECT geeft kolom 'n', die niet in de kop staat; noem hem in keys of laat hem weg",
        );
    }

    #[test]
    fn sql_that_cannot_be_read_gives_dutch_and_keeps_the_rest_for_the_log() {
        let text = format!("{HEADER}SELECT (gemeente FROM declaraties");
        let error = Query::parse(&text, "proef.sql").unwrap_err();
        assert!(error.message.contains("deze SQL is niet te lezen"), "{error}");
        assert!(error.detail.is_some());
    }
}
