//! Product codes of declaraties against the categories of the product list.
//!
//! Enters: the producten (small) and the derived declaraties, slice by slice. Leaves: hits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use polars::prelude::{DataFrame, PolarsResult};

use crate::checks::ronde::{Eens, Hit, Plaatsen, Toets};
use crate::checks::stroom::Batch;
use crate::checks::tabel::Tabel;
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

/// Categories by code.
pub(super) struct Categorie(BTreeMap<String, BTreeSet<String>>);

impl Categorie {
    /// Reads the product list; `None` when it names no categories.
    pub(super) fn load(producten: &Path) -> Result<Option<Self>> {
        let tabel = Tabel::load(&PRODUCTEN, &[producten.to_path_buf()])?;
        let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in 0..tabel.n_rows() {
            let categorie = tabel.text("productcategorie", row);
            if !categorie.is_empty() {
                let code = tabel.text("productcode", row).to_owned();
                known.entry(code).or_default().insert(categorie.to_owned());
            }
        }
        Ok((!known.is_empty()).then_some(Self(known)))
    }

    /// What the list says instead of this category; `None` when it agrees or does not know the code.
    fn instead_of(&self, code: &str, categorie: &str) -> Option<String> {
        let expected = self.0.get(code).filter(|known| !known.contains(categorie))?;
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        Some(expected.join(" of "))
    }
}

impl Toets for Categorie {
    fn columns(&self) -> &'static [&'static str] {
        &["productcode", "productcategorie", "bedrag_ct", "bron", "regel"]
    }

    fn judged(&self) -> &'static str {
        "productcategorie"
    }

    fn look(&self, slice: &DataFrame, hits: &mut Vec<Hit>) -> PolarsResult<()> {
        let batch = Batch(slice);
        let (code, categorie) = (batch.texts("productcode")?, batch.texts("productcategorie")?);
        let plaatsen = Plaatsen::of(slice)?;
        let mut per_pair = Eens::new();
        for row in 0..slice.height() {
            let (Some(code), Some(categorie)) = (code.get(row), categorie.get(row)) else {
                continue;
            };
            let expected = per_pair.get((code, categorie), || self.instead_of(code, categorie));
            if let Some(expected) = expected {
                let said = [categorie, expected.as_str()];
                hits.push(plaatsen.hit(row, (&TR381, "productcategorie"), said));
            }
        }
        Ok(())
    }
}
