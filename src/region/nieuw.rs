//! A region file to fill in: every section and field with what it means, what holds without it and an example.
//!
//! Enters: a name, gemeenten as somebody wrote them, and a region to begin from. Leaves: text that is a good region file at
//! once, or what is wrong in Dutch. Touches the disk only to keep the file.

use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anyhow::{anyhow, bail};
use toml::{Table, Value};

use crate::region::document::shown;
use crate::region::gemeentelijst::{gemeentelijst, zoek};
use crate::region::ingesteld::at;
use crate::region::rules::Gemeente;
use crate::region::velden::{Nodig, Opzet, Sectie, Veld, secties};
use crate::region::{Region, WITHOUT, embedded_text};

/// Characters on a line of comment.
const WIDTH: usize = 110;
/// Keys of a region without rules that only make sense there.
const EIGEN: &[(&str, &str)] = &[
    ("region.bron", "vul hier de documenten in waar de afspraken in staan"),
    (
        "coordinatie.reden_niet",
        "De regio heeft nog niet ingevuld welke productcode zorgcoördinatie is. Dit verandert als die code in dit regiobestand staat.",
    ),
];
/// What names gemeenten, and so belongs to those of another region.
const VAN_GEMEENTEN: &[&str] = &["herindelingen", "toegangen", "mandaat.per_gemeente_ct"];

/// What a new region file begins with.
pub struct Nieuw<'a> {
    /// Name as it is printed.
    pub naam: &'a str,
    /// Gemeenten by name, code or `code=naam`; none takes those of `zoals`.
    pub gemeenten: &'a [String],
    /// The region whose settings it gets.
    pub zoals: Option<&'a Region>,
}

impl Nieuw<'_> {
    /// The text of the file.
    ///
    /// # Errors
    /// When a gemeente is not known or there is none.
    pub fn tekst(&self) -> anyhow::Result<String> {
        let set = self.settings()?;
        let mut out = format!(
            "# Regiobestand van {}. Een regel als #sleutel = waarde is een voorbeeld: haal het # weg en verander de waarde.\n\
             # Controleer het daarna met: maatstaf regio controleer BESTAND\n\
             #\n\
             # Een getal heeft een punt (0.05), tekst staat tussen aanhalingstekens, een datum is jjjj-mm-dd.\n\
             # Een drempel heeft een waarde, een grondslag (\"norm\" = afgesproken of gekozen, \"feit\" = onderbouwd met cijfers) en\n\
             # een bron; alle drie staan in het rapport. Wat de afspraken niet noemen, laat u weg: dat heet dan niet te bepalen.\n",
            self.naam
        );
        if let Some(zoals) = self.zoals {
            writeln!(
                out,
                "#\n# De waarden komen uit {}: kijk ze na, en zet de eigen bron erbij.",
                zoals.naam
            )?;
        }
        for sectie in secties() {
            section(&mut out, sectie, at(&set, sectie.naam))?;
        }
        // What is wrong here is a mistake in a name or code somebody gave.
        Region::parse(&out, "nieuw regiobestand")?;
        Ok(out)
    }

    /// The settings it begins with.
    fn settings(&self) -> anyhow::Result<Table> {
        let empty = embedded_text(&format!("{WITHOUT}.toml"));
        let mut set: Table = self.zoals.map_or(empty, |region| region.text.as_str()).parse()?;
        if self.zoals.is_none() {
            for (key, value) in EIGEN {
                put(&mut set, key, Some(Value::String((*value).to_owned())));
            }
        }
        put(&mut set, "region.naam", Some(Value::String(self.naam.to_owned())));
        if !self.gemeenten.is_empty() {
            for key in VAN_GEMEENTEN {
                put(&mut set, key, None);
            }
            let gemeenten =
                self.found()?.into_iter().map(|one| (one.code, Value::String(one.naam)));
            put(&mut set, "region.gemeenten", Some(Value::Table(gemeenten.collect())));
        } else if self.zoals.is_none() {
            bail!(
                "een regio heeft gemeenten nodig; schrijf bijvoorbeeld --gemeenten \"Zeist,Bunnik\", of --zoals zou om met een andere regio te beginnen"
            );
        }
        Ok(set)
    }

    fn found(&self) -> anyhow::Result<Vec<Gemeente>> {
        let lijst = gemeentelijst();
        let mut out: Vec<Gemeente> = Vec::new();
        for written in self.gemeenten.iter().filter(|written| !written.trim().is_empty()) {
            let one = zoek(written, &lijst).map_err(|wrong| anyhow!(wrong))?;
            if out.iter().any(|other| other.code == one.code) {
                bail!(
                    "gemeente {} ({}) is twee keer genoemd; noem haar één keer",
                    one.naam,
                    one.code
                );
            }
            out.push(one);
        }
        Ok(out)
    }
}

/// Keeps a new file; what is there stays.
///
/// # Errors
/// When there is a file already, or it cannot be written; nothing half is left.
pub fn bewaar(path: &Path, text: &str) -> anyhow::Result<()> {
    let name = shown(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let unwritable = || {
        anyhow!(
            "{name} kan niet worden geschreven; controleer of de map bestaat en u er mag schrijven"
        )
    };
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))
        .map_err(|_| unwritable())?;
    file.write_all(text.as_bytes()).map_err(|_| unwritable())?;
    file.persist_noclobber(path).map_err(|error| match error.error.kind() {
        ErrorKind::AlreadyExists => anyhow!("{name} bestaat al; kies een andere naam met --naar"),
        _ => unwritable(),
    })?;
    Ok(())
}

/// Sets or removes the value of a key with dots; a section that is not there stays away.
fn put(set: &mut Table, key: &str, value: Option<Value>) {
    match (key.split_once('.'), value) {
        (Some((first, rest)), value) => {
            if let Some(Value::Table(inner)) = set.get_mut(first) {
                put(inner, rest, value);
            }
        }
        (None, Some(value)) => {
            set.insert(key.to_owned(), value);
        }
        (None, None) => {
            set.remove(key);
        }
    }
}

fn section(out: &mut String, sectie: &Sectie, set: Option<&Value>) -> anyhow::Result<()> {
    writeln!(out, "\n# {:-<1$}", format!("{} ", sectie.titel), WIDTH - 2)?;
    comment(out, sectie.wat);
    match (sectie.opzet, set) {
        (Opzet::Vrij, set) => free(out, sectie, set.and_then(Value::as_table)),
        (Opzet::Lijst, Some(Value::Array(entries))) if !entries.is_empty() => {
            for entry in entries.iter().filter_map(Value::as_table) {
                writeln!(out, "[[{}]]", sectie.naam)?;
                for (key, value) in entry {
                    writeln!(out, "{} = {value}", bare(key))?;
                }
            }
            Ok(())
        }
        (Opzet::Lijst, _) => {
            writeln!(out, "#[[{}]]", sectie.naam)?;
            fields(out, sectie, None)
        }
        (Opzet::Tabel, set) => {
            let set = set.and_then(Value::as_table);
            let mark = if set.is_some() { "" } else { "#" };
            writeln!(out, "{mark}[{}]", sectie.naam)?;
            fields(out, sectie, set)
        }
    }
}

/// Every field: what is set as it is, the others as an example behind a `#`.
fn fields(out: &mut String, sectie: &Sectie, set: Option<&Table>) -> anyhow::Result<()> {
    for veld in sectie.velden {
        comment(out, &explained(veld));
        match set.and_then(|set| set.get(veld.naam)) {
            Some(value) => writeln!(out, "{} = {value}", veld.naam)?,
            None => writeln!(out, "#{} = {}", veld.naam, veld.voorbeeld)?,
        }
    }
    Ok(())
}

fn explained(veld: &Veld) -> String {
    match veld.nodig {
        Nodig::Verplicht => format!("{} ({})", veld.wat, veld.soort),
        Nodig::Zonder(without) => format!("{} ({}; weggelaten: {without})", veld.wat, veld.soort),
    }
}

/// A section whose keys are of the region itself.
fn free(out: &mut String, sectie: &Sectie, set: Option<&Table>) -> anyhow::Result<()> {
    let Some(veld) = sectie.velden.first() else { return Ok(()) };
    comment(out, &explained(veld));
    let filled = set.filter(|set| !set.is_empty());
    if sectie.naam == "columns" {
        // One table per canonical table.
        for (table, headings) in filled.into_iter().flatten() {
            writeln!(out, "[columns.{table}]")?;
            for (heading, column) in headings.as_table().into_iter().flatten() {
                writeln!(out, "{} = {column}", bare(heading))?;
            }
        }
        if filled.is_none() {
            out.push_str("#[columns.declaraties]\n#\"Nummer zorgaanbieder\" = \"agb\"\n");
        }
        return Ok(());
    }
    let mark = if filled.is_some() { "" } else { "#" };
    writeln!(out, "{mark}[{}]", sectie.naam)?;
    for (key, value) in filled.into_iter().flatten() {
        writeln!(out, "{} = {value}", bare(key))?;
    }
    if filled.is_none() {
        writeln!(out, "#{} = {}", example_key(sectie), veld.voorbeeld)?;
    }
    Ok(())
}

/// A key that the example of a free section can stand behind.
fn example_key(sectie: &Sectie) -> &'static str {
    match sectie.naam {
        "region.gemeenten" => "0355",
        "segmenten" => "4",
        "minuten_per_eenheid" => "16",
        "productgroepen" => "vervoer",
        "toegangen" => "\"Zeist en Bunnik\"",
        "regels.afwijkend" => "Z45",
        _ => "sleutel",
    }
}

/// A key as it is written: with quotes where it needs them.
fn bare(key: &str) -> String {
    let is_bare = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if is_bare { key.to_owned() } else { Value::String(key.to_owned()).to_string() }
}

/// Lines of comment, broken between words.
fn comment(out: &mut String, text: &str) {
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        if line.len() > 1 && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}

#[cfg(test)]
mod tests;
