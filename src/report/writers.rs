//! Every form in which a report is written, as one list.
//!
//! A new form is a function here and one line in [`WRITERS`].

use std::fmt::Write as _;

use crate::charts;
use crate::report::csv;
use crate::report::document::Document;
use crate::report::folder::Output;
use crate::report::html;
use crate::report::templates::Templates;
use crate::report::workbook;

/// Files of an output: path inside the folder, bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// One form in which a report is written.
#[derive(Debug)]
pub struct Writer {
    /// Name in messages and in the order of the work.
    pub name: &'static str,
    /// Document to files.
    pub write: fn(&Document, &Templates) -> anyhow::Result<Files>,
}

/// Every form, in the order in which they are written.
pub static WRITERS: &[Writer] = &[
    Writer { name: "leesmij", write: leesmij },
    Writer { name: "rapport", write: rapport },
    Writer { name: "werkmap", write: workbook::werkmap },
    Writer { name: "tabellen", write: tabellen },
    Writer { name: "figuren", write: figuren },
];

/// Writes the document in every form.
///
/// # Errors
/// In Dutch when a template of the user is wrong or the disk refuses; in English when the document is
/// not sound, a mistake in the composer.
pub fn write(
    document: &Document,
    templates: &Templates,
    output: &mut Output,
) -> anyhow::Result<()> {
    document.check()?;
    for writer in WRITERS {
        for (path, bytes) in (writer.write)(document, templates)? {
            output.put(&path, &bytes)?;
        }
    }
    Ok(())
}

/// The document as one page that is mailed: no other file belongs to it.
///
/// # Errors
/// As [`write()`].
pub fn alone(document: &Document, templates: &Templates) -> anyhow::Result<Vec<u8>> {
    document.check()?;
    Ok(html::alone(document, templates)?.into_bytes())
}

fn leesmij(document: &Document, templates: &Templates) -> anyhow::Result<Files> {
    Ok(vec![("LEESMIJ.html".to_owned(), html::leesmij(document, templates)?.into_bytes())])
}

fn rapport(document: &Document, templates: &Templates) -> anyhow::Result<Files> {
    Ok(vec![("rapport.html".to_owned(), html::report(document, templates)?.into_bytes())])
}

#[allow(clippy::unnecessary_wraps, reason = "every writer has the same shape")]
fn tabellen(document: &Document, _: &Templates) -> anyhow::Result<Files> {
    let in_page = document.tables().map(|table| ("tabellen", table));
    let beside = document.werklijsten.iter().map(|table| ("werklijsten", table));
    Ok(in_page
        .chain(beside)
        .map(|(folder, table)| (format!("{folder}/{}.csv", table.id), csv::table(table)))
        .collect())
}

fn figuren(document: &Document, _: &Templates) -> anyhow::Result<Files> {
    let mut files = Files::new();
    let mut texts = String::from("\u{FEFF}");
    for (n, figure) in document.figures().enumerate() {
        files.push((figure.svg_path(), figure.svg().as_bytes().to_vec()));
        files.push((figure.png_path(), charts::png(figure.figure())?));
        files.push((figure.csv_path(), csv::table(figure.data())));
        let number = n + 1;
        let (stem, title, alt) = (figure.stem(), figure.title(), figure.alt());
        write!(texts, "Figuur {number}: {title}\r\n{stem}.png, {stem}.svg\r\n{alt}\r\n\r\n")
            .expect("a text takes every text");
    }
    if !files.is_empty() {
        files.push(("figuren/alt-teksten.txt".to_owned(), texts.into_bytes()));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_sample_becomes_a_folder_in_which_every_relative_link_leads_somewhere() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("uit");
        let mut output = Output::create(&target, false).unwrap();
        write(&sample::document(), &Templates::load(None).unwrap(), &mut output).unwrap();
        output.put("afkeur/afkeur.csv", &csv::rejects(&[], |_| None)).unwrap();
        let files: Vec<String> =
            output.finish().unwrap().into_iter().map(|file| file.path).collect();
        assert!(files.contains(&"figuren/maatwerk_nieuw.png".to_owned()));
        assert!(files.contains(&"tabellen/telling_lezen.csv".to_owned()));
        for page in ["LEESMIJ.html", "rapport.html"] {
            let text = std::fs::read_to_string(target.join(page)).unwrap();
            for link in text.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(
                    link.starts_with('#') || files.contains(&link.to_owned()),
                    "{page}: {link}"
                );
            }
        }
    }

    #[test]
    fn the_text_alternatives_name_every_picture() {
        let document = sample::document();
        let files = figuren(&document, &Templates::load(None).unwrap()).unwrap();
        let (_, texts) = files.iter().find(|(path, _)| path == "figuren/alt-teksten.txt").unwrap();
        let texts = String::from_utf8(texts.clone()).unwrap();
        for figure in document.figures() {
            assert!(
                texts.contains(&format!("{}.png", figure.stem())) && texts.contains(figure.alt())
            );
        }
    }

    #[test]
    fn a_document_that_is_not_sound_writes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let mut output = Output::create(&root.path().join("uit"), false).unwrap();
        let mut document = sample::document();
        document.front.accounts[0].rows[0].cells.pop();
        assert!(write(&document, &Templates::load(None).unwrap(), &mut output).is_err());
        assert!(output.files().is_empty());
    }
}
