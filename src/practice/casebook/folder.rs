//! From the planted cases to a folder on disk.
//!
//! Enters: the cases of a region. Leaves: a CSV per table, `antwoorden.json`, a README and `maatstaf.toml`.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::practice::folder::{unwritable, whole};

use super::{Book, CaseSummary};

/// Explanation for who opens the folder.
const README: &str = include_str!("leesmij.md");

/// Writes the folder, whole or not at all.
///
/// # Errors
/// When something cannot be written.
pub(super) fn write(book: &Book, naar: &Path) -> anyhow::Result<CaseSummary> {
    whole(naar, |folder| {
        let files = files(book)?;
        for (name, text) in &files {
            let path = folder.join(name);
            fs::write(&path, text).with_context(|| unwritable(&path))?;
        }
        let (raak, bijna) = book.answers.counts();
        Ok(CaseSummary {
            bestanden: files.len() as u64,
            regels: book.n_rules,
            raak,
            bijna,
            kwartaal: book.ground.kwartaal.to_string(),
        })
    })
}

/// Every file with its text.
fn files(book: &Book) -> anyhow::Result<Vec<(String, String)>> {
    let (regio, kwartaal) = (&book.ground.id, book.ground.kwartaal.to_string());
    let mut out: Vec<(String, String)> = book
        .sheets
        .iter()
        .map(|sheet| (format!("{}.csv", sheet.tabel.name), sheet.csv()))
        .collect();
    out.push(("antwoorden.json".to_owned(), book.answers.json(regio, &kwartaal)?));
    let readme = README.replace("{regio}", regio).replace("{kwartaal}", &kwartaal);
    out.push(("README.md".to_owned(), readme));
    let settings =
        format!("# Instelling voor deze map.\nregio = \"{regio}\"\nkwartaal = \"{kwartaal}\"\n");
    out.push(("maatstaf.toml".to_owned(), settings));
    Ok(out)
}
