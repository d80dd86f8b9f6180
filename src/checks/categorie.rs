//! Product codes of declaraties against the categories of the product list.
//!
//! Enters: the derived declaraties and producten (small). Leaves: hits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use polars::prelude::{DataFrame, IntoColumn, IntoLazy, NamedFrom, PolarsResult, Series, col, len};

use crate::checks::combinaties::{push_lines, with_lines};
use crate::checks::stroom::{Batch, columns, for_each_batch, scan, text};
use crate::checks::tabel::Tabel;
use crate::checks::treffers::Treffers;
use crate::rejects::{Rule, Severity};
use crate::schema::PRODUCTEN;

/// The category of the product.
pub(super) const TR381: Rule = Rule {
    code: "TR381",
    severity: Severity::Waarschuwing,
    title: "productcode hoort bij een andere productcategorie",
    explanation: "De productenlijst noemt bij deze code een andere categorie dan de declaratie. Een code die niet op de lijst staat, wordt \
        niet getoetst: de eerste twee tekens van een code zeggen niet altijd de categorie.",
    remedy: "vraag de aanbieder welke van de twee klopt, of verbeter de productenlijst",
    source: "iJw 3.2",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR381];

/// What is judged.
const KIND: &[&str] = &["productcode", "productcategorie"];

/// Categories by code.
type Known<'t> = BTreeMap<&'t str, BTreeSet<&'t str>>;

/// Code, category and the categories expected, of combinations that are wrong.
type Wrong = [Vec<String>; 3];

/// Judges all combinations that occur.
pub(super) fn check(declaraties: &Path, producten: &Path, hits: &mut Treffers) -> Result<()> {
    let tabel = Tabel::load(&PRODUCTEN, &[producten.to_path_buf()])?;
    let mut known = Known::new();
    for row in 0..tabel.n_rows() {
        let categorie = tabel.text("productcategorie", row);
        if !categorie.is_empty() {
            known.entry(tabel.text("productcode", row)).or_default().insert(categorie);
        }
    }
    if known.is_empty() {
        return Ok(());
    }
    let kinds = scan(declaraties)?
        .filter(col("productcategorie").is_not_null())
        .group_by(columns(KIND))
        .agg([len()]);
    let mut wrong = Wrong::default();
    for_each_batch(kinds, |frame| judge(frame, &known, &mut wrong))?;
    report(declaraties, wrong, hits)
}

fn judge(frame: &DataFrame, known: &Known<'_>, wrong: &mut Wrong) -> PolarsResult<()> {
    let batch = Batch(frame);
    let (code, categorie) = (batch.texts("productcode")?, batch.texts("productcategorie")?);
    for row in 0..frame.height() {
        let (code, categorie) = (text(code, row), text(categorie, row));
        let Some(expected) = known.get(code).filter(|list| !list.contains(categorie)) else {
            continue;
        };
        let expected: Vec<&str> = expected.iter().copied().collect();
        for (to, value) in wrong.iter_mut().zip([code, categorie, &expected.join(" of ")]) {
            to.push(value.to_owned());
        }
    }
    Ok(())
}

fn report(declaraties: &Path, wrong: Wrong, hits: &mut Treffers) -> Result<()> {
    let n = wrong[0].len();
    if n == 0 {
        return Ok(());
    }
    let [code, categorie, expected] = wrong;
    let made = vec![
        Series::new("productcode".into(), code).into_column(),
        Series::new("productcategorie".into(), categorie).into_column(),
        Series::new("verwacht".into(), expected).into_column(),
    ];
    let lines = with_lines(scan(declaraties)?, DataFrame::new(n, made)?.lazy(), KIND);
    for_each_batch(lines, |frame| {
        let categorie = Batch(frame).texts("productcategorie")?;
        let found = |row: usize| text(categorie, row).to_owned();
        push_lines(frame, (&TR381, "productcategorie"), found, hits)
    })
}
