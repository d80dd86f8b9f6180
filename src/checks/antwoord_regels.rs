//! Answers (JW325) against the declaratie they answer to.
//!
//! Enters: the answers (few: only what was refused) and the derived declaraties. Leaves: hits, placed in the answer.

use std::path::{Path, PathBuf};

use anyhow::Result;
use polars::prelude::{
    DataFrame, IntoLazy, LazyFrame, PolarsResult, UnionArgs, UniqueKeepStrategy, col, concat, lit,
};

use crate::checks::stroom::{
    Batch, columns, for_each_batch, other_side, right_is_smaller, scan, text,
};
use crate::checks::tabel::Tabel;
use crate::checks::treffers::Treffers;
use crate::dataset::manifest::Uitkomst;
use crate::dataset::parquet::computing;
use crate::dutch::euro_ct;
use crate::rejects::{Reject, Rule, Severity, excerpt};
use crate::schema::ANTWOORDEN;

/// What is copied is equal.
pub(super) const TR367: Rule = Rule {
    code: "TR367",
    severity: Severity::Waarschuwing,
    title: "afgewezen prestatie verschilt van de declaratie",
    explanation: "Een antwoord herhaalt de afgewezen prestatie zoals zij is gedeclareerd. Hier is de cliënt of het bedrag anders. De regel met \
        dit referentienummer is als afgewezen verwerkt, met het bedrag van de declaratie.",
    remedy: "vraag de gemeente welke prestatie is afgewezen",
    source: "iJw 3.2",
};
/// The number of the declaratie.
pub(super) const TR376: Rule = Rule {
    code: "TR376",
    severity: Severity::Waarschuwing,
    title: "antwoord noemt een ander declaratienummer",
    explanation: "Een antwoord noemt het nummer van de declaratie waarop het antwoordt. De identificatie en de dagtekening wijzen een \
        declaratie met een ander nummer aan; die zijn gevolgd.",
    remedy: "vraag de gemeente op welke declaratie dit een antwoord is",
    source: "iJw 3.2",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR367, &TR376];

const MESSAGE: &[&str] = &["agb", "identificatie", "dagtekening"];
const OWN: &[&str] = &[
    "agb",
    "identificatie",
    "dagtekening",
    "declaratienummer",
    "niveau",
    "referentienummer",
    "client",
    "bedrag_ct",
    "bron",
    "regel",
];

/// Judges the answers.
pub(super) fn check(
    antwoorden: &[PathBuf],
    [declaraties, others]: [&Path; 2],
    hits: &mut Treffers,
) -> Result<()> {
    let tabel = Tabel::load_columns(&ANTWOORDEN, antwoorden, OWN)?;
    if !tabel.is_supplied() {
        return Ok(());
    }
    let answers = || tabel.frame.clone().lazy().select(other_side(OWN));
    for_each_batch(refused(answers(), scan(others)?), |frame| copies(frame, hits))?;
    for_each_batch(numbers(answers(), scan(declaraties)?, scan(others)?)?, |frame| {
        other_numbers(frame, hits)
    })
}

/// Refused lines with the answer that refuses them, where they differ.
fn refused(answers: LazyFrame, others: LazyFrame) -> LazyFrame {
    let key = [MESSAGE, &["referentienummer"]].concat();
    let of_answer: Vec<String> = key.iter().map(|name| format!("t_{name}")).collect();
    let of_answer: Vec<&str> = of_answer.iter().map(String::as_str).collect();
    let of_line = columns(&[key.as_slice(), &["client", "bedrag_ct"]].concat());
    let differs =
        col("client").neq(col("t_client")).or(col("bedrag_ct").abs().neq(col("t_bedrag_ct").abs()));
    others
        .filter(col("uitkomst").eq(lit(Uitkomst::Afgewezen.name())))
        .select(of_line)
        .join(
            answers.filter(col("t_niveau").eq(lit("prestatie"))),
            columns(&key),
            columns(&of_answer),
            right_is_smaller(),
        )
        .filter(differs)
}

fn copies(frame: &DataFrame, hits: &mut Treffers) -> PolarsResult<()> {
    let batch = Batch(frame);
    let (bron, regel) = (batch.texts("t_bron")?, batch.ints("t_regel")?);
    let client = [batch.ints("client")?, batch.ints("t_client")?];
    let bedrag = [batch.ints("bedrag_ct")?, batch.ints("t_bedrag_ct")?];
    for row in 0..frame.height() {
        let line = regel.get(row).unwrap_or_default().unsigned_abs();
        let clients = client.map(|values| values.get(row));
        let is_other_client = clients[1].is_some() && clients[0] != clients[1];
        let euros = bedrag.map(|values| values.get(row).unwrap_or_default().abs());
        // A person is never shown, not even as a pseudonym.
        let (column, found, expected) = if is_other_client {
            ("client", "een andere cliënt".to_owned(), String::new())
        } else {
            ("bedrag_ct", euro_ct(euros[1]), euro_ct(euros[0]))
        };
        let hit = Reject {
            table: ANTWOORDEN.name.to_owned(),
            column: column.to_owned(),
            found,
            expected,
            bedrag_ct: bedrag[0].get(row),
            ..Reject::new(&TR367, text(bron, row), line)
        };
        hits.add(&TR367, hit);
    }
    Ok(())
}

/// Answers of which the number is not that of the message they point to.
fn numbers(answers: LazyFrame, declaraties: LazyFrame, others: LazyFrame) -> Result<LazyFrame> {
    let own = columns(&[MESSAGE, &["declaratienummer"]].concat());
    let lines = [declaraties.select(own.clone()), others.select(own)];
    let lines = computing(concat(lines, UnionArgs::default()), "de antwoorden")?;
    let once = columns(&["t_agb", "t_identificatie", "t_dagtekening", "t_declaratienummer"]);
    let answers = answers
        .filter(col("t_declaratienummer").is_not_null())
        .group_by([once, columns(&["t_bron"])].concat())
        .agg([col("t_regel").min()]);
    let joined = lines.filter(col("identificatie").is_not_null()).join(
        answers,
        columns(MESSAGE),
        columns(&["t_agb", "t_identificatie", "t_dagtekening"]),
        right_is_smaller(),
    );
    let shown = columns(&["declaratienummer", "t_declaratienummer", "t_bron", "t_regel"]);
    Ok(joined
        .filter(col("declaratienummer").neq(col("t_declaratienummer")))
        .select(shown)
        .unique(None, UniqueKeepStrategy::Any))
}

fn other_numbers(frame: &DataFrame, hits: &mut Treffers) -> PolarsResult<()> {
    let batch = Batch(frame);
    let (bron, regel) = (batch.texts("t_bron")?, batch.ints("t_regel")?);
    let (found, expected) = (batch.texts("t_declaratienummer")?, batch.texts("declaratienummer")?);
    for row in 0..frame.height() {
        let line = regel.get(row).unwrap_or_default().unsigned_abs();
        let hit = Reject {
            table: ANTWOORDEN.name.to_owned(),
            column: "declaratienummer".to_owned(),
            found: excerpt(text(found, row)),
            expected: excerpt(text(expected, row)),
            ..Reject::new(&TR376, text(bron, row), line)
        };
        hits.add(&TR376, hit);
    }
    Ok(())
}
