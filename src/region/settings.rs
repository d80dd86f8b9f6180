//! `maatstaf.toml` beside the data: what a user does not want to type every quarter.
//!
//! Enters: the inputs of a run. Leaves: [`ProjectSettings`], or one Dutch message with file, line and remedy.
//! Does not know which command asks, nor whether the region exists.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::bail;
use serde::Deserialize;

use crate::period::Kwartaal;
use crate::region::columns;
use crate::region::document;
use crate::region::document::Document;
use crate::region::document::suggestion;
use crate::region::rules::Publiek;
use crate::region::wire::{Text, WireColumns};

/// Name of the file.
pub const FILE_NAME: &str = "maatstaf.toml";

/// Settings of one folder with data; what is absent is not set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectSettings {
    /// Name or path of the region.
    pub regio: Option<String>,
    /// Quarter, written `2025-K3`.
    pub kwartaal: Option<String>,
    /// Audience: `intern`, `regio` or `openbaar`.
    pub publiek: Option<String>,
    /// Per canonical table: normalised heading to column.
    pub kolommen: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSettings {
    regio: Option<Text>,
    kwartaal: Option<Text>,
    publiek: Option<Text>,
    #[serde(default)]
    kolommen: WireColumns,
}

impl ProjectSettings {
    /// Reads and checks the text; `shown_path` stands in front of every message.
    ///
    /// # Errors
    /// The first mistake, in Dutch, with line and remedy.
    pub fn parse(text: &str, shown_path: &str) -> anyhow::Result<Self> {
        let document = Document { path: shown_path, text };
        let wire: WireSettings = document.read()?;
        if let Some(regio) = wire.regio.as_ref().filter(|regio| regio.get_ref().trim().is_empty()) {
            return Err(document
                .error(regio.span().start, "regio is leeg; vul een naam in of haal de regel weg"));
        }
        if let Some(kwartaal) = &wire.kwartaal
            && let Err(message) = kwartaal.get_ref().parse::<Kwartaal>()
        {
            return Err(document.error(kwartaal.span().start, message));
        }
        if let Some(publiek) = &wire.publiek {
            let names = [Publiek::Intern, Publiek::Regio, Publiek::Openbaar].map(|p| p.to_string());
            let valid: Vec<&str> = names.iter().map(String::as_str).collect();
            let word = publiek.get_ref().as_str();
            if !valid.contains(&word) {
                let message = format!("onbekende waarde \"{word}\"; {}", suggestion(word, &valid));
                return Err(document.error(publiek.span().start, message));
            }
        }
        let text_of = |text: Option<Text>| text.map(|text| text.get_ref().trim().to_owned());
        Ok(Self {
            regio: text_of(wire.regio),
            kwartaal: text_of(wire.kwartaal),
            publiek: text_of(wire.publiek),
            kolommen: columns::check(&document, &wire.kolommen)?,
        })
    }
}

/// The settings in an input folder or beside an input file; `None` when there are none.
///
/// # Errors
/// When a settings file cannot be read or holds a mistake, or when two inputs bring different settings.
pub fn find(inputs: &[PathBuf]) -> anyhow::Result<Option<(PathBuf, ProjectSettings)>> {
    let mut found: Option<(PathBuf, ProjectSettings)> = None;
    for input in inputs {
        let path = beside(input);
        if !path.is_file() {
            continue;
        }
        let settings =
            ProjectSettings::parse(&document::read_text(&path)?, &document::shown(&path))?;
        match &found {
            None => found = Some((path, settings)),
            Some((first, other)) if *other != settings => bail!(
                "{} en {} zeggen niet hetzelfde; maak ze gelijk of lees de mappen apart",
                document::shown(first),
                document::shown(&path)
            ),
            Some(_) => {}
        }
    }
    Ok(found)
}

fn beside(input: &Path) -> PathBuf {
    if input.is_dir() { input.join(FILE_NAME) } else { input.with_file_name(FILE_NAME) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_found_in_an_input_folder_and_beside_an_input_file() {
        let folder = tempfile::tempdir().unwrap();
        let text = "regio = \"zou\"\nkwartaal = \"2025-K3\"\n[kolommen.declaraties]\n\"Te betalen\" = \"bedrag_ct\"\n";
        std::fs::write(folder.path().join(FILE_NAME), text).unwrap();
        for input in [folder.path().to_path_buf(), folder.path().join("declaraties.csv")] {
            let (path, settings) = find(&[input]).unwrap().unwrap();
            assert!(path.ends_with(FILE_NAME));
            assert_eq!(settings.regio.as_deref(), Some("zou"));
            assert_eq!(settings.kolommen["declaraties"]["tebetalen"], "bedrag_ct");
        }
    }

    #[test]
    fn no_settings_is_no_error_and_contradicting_settings_are() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let inputs = [one.path().to_path_buf(), two.path().to_path_buf()];
        assert!(find(&inputs).unwrap().is_none());
        std::fs::write(one.path().join(FILE_NAME), "regio = \"zou\"").unwrap();
        assert_eq!(find(&inputs).unwrap().unwrap().1.regio.as_deref(), Some("zou"));
        std::fs::write(two.path().join(FILE_NAME), "regio = \"oefenregio\"").unwrap();
        assert!(find(&inputs).unwrap_err().to_string().contains("zeggen niet hetzelfde"));
    }

    #[test]
    fn mistakes_have_file_line_and_remedy() {
        let check = |text: &str, expected: &str| {
            let found = ProjectSettings::parse(text, "data/maatstaf.toml").unwrap_err().to_string();
            assert_eq!(found, format!("data/maatstaf.toml, regel {expected}"));
        };
        check("\nregoi = \"zou\"", "2: onbekende sleutel \"regoi\"; bedoelde u \"regio\"?");
        check(
            "kwartaal = \"2025-3\"",
            "1: '2025-3' is geen kwartaal; schrijf bijvoorbeeld 2025-K3",
        );
        check("publiek = \"regios\"", "1: onbekende waarde \"regios\"; bedoelde u \"regio\"?");
        check(
            "regio = 3",
            "1: sleutel \"regio\" heeft 3; hier hoort tekst tussen aanhalingstekens",
        );
        check("regio = \" \"", "1: regio is leeg; vul een naam in of haal de regel weg");
        check(
            "[kolommen.contracten]\nX = \"tarief\"",
            "2: tabel contracten heeft geen kolom \"tarief\"; bedoelde u \"tarief_ct\"?",
        );
    }

    #[test]
    fn an_empty_file_sets_nothing() {
        assert_eq!(ProjectSettings::parse("", "m.toml").unwrap(), ProjectSettings::default());
    }
}
