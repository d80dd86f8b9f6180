//! Regional rules: the only place where a number with a regional meaning enters the program.
//!
//! Enters: `regions/<name>.toml` (embedded, or a file of the user), `regions/jeugdigen.csv`.
//! Leaves: a checked [`Region`], or one Dutch message with file, line and remedy.
//! Does not know the data of a run, nor which finding uses a rule.

mod afspraken;
mod checked;
mod checker;
mod columns;
mod document;
mod faults;
mod gemeentelijst;
mod gemeenten;
mod genoemd;
mod ingesteld;
mod jeugdigen;
pub mod nieuw;
pub mod regels;
mod rules;
pub mod settings;
pub mod stijl;
pub mod velden;
mod wire;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::NaiveDate;
use include_dir::Dir;
use include_dir::include_dir;
use sha2::Digest;
use sha2::Sha256;

use crate::region::checker::Checker;
use crate::region::document::Document;
use crate::region::regels::RegelKeuze;
use crate::region::stijl::Leverancier;
use crate::region::wire::WireFile;

pub use afspraken::Afspraken;
pub use gemeentelijst::gemeentelijst;
pub use genoemd::Genoemd;
pub use ingesteld::Ingesteld;
pub use regels::Stand;
pub use rules::{
    AdviesRegels, CoordinatieRegels, DisclosureRegels, Drempels, EvaluatieRegels, Evenredigheid,
    Geldigheid, Gemeente, Grondslag, Herindeling, Instelling, Jeugdigen, JeugdwetRegels,
    KostenRegels, MaatwerkRegels, MandaatRegels, OpDeGrens, ProductRegels, Publiek, Segment,
    Tarief, TekenRegel,
};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/regions");
/// How a built-in file is shown.
const EMBEDDED_PREFIX: &str = "ingebouwd: ";

/// One region with its rules, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Short name: the stem of the file.
    pub id: String,
    /// Name as it is printed.
    pub naam: String,
    /// Documents the rules come from, in Dutch.
    pub bron: String,
    /// The gemeenten, by code; never empty.
    pub gemeenten: Vec<Gemeente>,
    /// Gemeenten that were merged into these.
    pub herindelingen: Vec<Herindeling>,
    /// Segments of the care; empty when the region has none.
    pub segmenten: Vec<Segment>,
    /// Per canonical table: normalised heading to column.
    pub aliases: BTreeMap<String, BTreeMap<String, String>>,
    /// Maatwerk.
    pub maatwerk: MaatwerkRegels,
    /// Zorgcoordinatie.
    pub coordinatie: CoordinatieRegels,
    /// Tariffs of products that have no row in `producten`.
    pub tarieven: Vec<Tarief>,
    /// Costs.
    pub kosten: KostenRegels,
    /// Thresholds.
    pub drempels: Drempels,
    /// The small-number rule.
    pub disclosure: DisclosureRegels,
    /// The law.
    pub jeugdwet: JeugdwetRegels,
    /// Terms for advice, when the region has them.
    pub advies: Option<AdviesRegels>,
    /// Who may sign, when the region says so.
    pub mandaat: Option<MandaatRegels>,
    /// Evaluation of the agreements, when the region has one.
    pub evaluatie: Option<EvaluatieRegels>,
    /// Suppliers of exports whose notation is frozen.
    pub leveranciers: Vec<Leverancier>,
    /// Values of `declaraties.kanaal` that are the normal way (Z46, H04); empty = no rule.
    pub kanalen: Vec<String>,
    /// Minutes per unit of care; a unit that is absent cannot be converted.
    pub minuten_per_eenheid: BTreeMap<String, i64>,
    /// Product codes by what they are (consult, vervoer, overbrugging, verblijf, ambulant).
    pub productgroepen: BTreeMap<String, Vec<String>>,
    /// Which product codes the region works with.
    pub producten: ProductRegels,
    /// Days a child may wait for care (H12).
    pub treeknorm_dagen: Option<Instelling<i64>>,
    /// From this day on no aanbieder enters (H19).
    pub toetreding_gesloten: Option<NaiveDate>,
    /// Terms, counts and toegangen that some regions agreed on.
    pub afspraken: Afspraken,
    /// Which rules of which documents are on.
    pub regels: RegelKeuze,
    /// Children shipped with the program for the gemeenten of this region.
    pub jeugdigen: Vec<Jeugdigen>,
    /// The region file as it was read.
    pub text: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Where the file stands, as shown: `ingebouwd: zou.toml` or the path.
    pub path: String,
}

/// The file that shows nearly every key.
const EXAMPLE: &str = "oefenregio.toml";
/// Name of the file with the settings that hold without a region.
const WITHOUT: &str = "zonder-regio";

impl Region {
    /// Reads and checks the text of a region file; `shown_path` stands in front of every message.
    ///
    /// # Errors
    /// The first mistake, in Dutch, with line and remedy.
    pub fn parse(text: &str, shown_path: &str) -> anyhow::Result<Self> {
        Self::of(Document { path: shown_path, text }.read()?, text, shown_path)
    }

    /// Checks what was read.
    fn of(wire: WireFile, text: &str, shown_path: &str) -> anyhow::Result<Self> {
        let checker = Checker(Document { path: shown_path, text });
        let gemeenten = checker.gemeenten(wire.region.gemeenten)?;
        let aliases = columns::check(&checker.0, &wire.columns)?;
        let herindelingen = checker.herindelingen(wire.herindelingen, &gemeenten)?;
        Ok(Self {
            id: stem(shown_path).to_owned(),
            naam: checker.text(wire.region.naam)?,
            bron: checker.text(wire.region.bron)?,
            maatwerk: checker.maatwerk(wire.maatwerk)?,
            coordinatie: checker.coordinatie(wire.coordinatie)?,
            tarieven: checker.tarieven(wire.tarieven)?,
            kosten: checker.kosten(wire.kosten)?,
            drempels: checker.drempels(wire.drempels)?,
            disclosure: checker.disclosure(&wire.disclosure)?,
            jeugdwet: checker.jeugdwet(wire.jeugdwet)?,
            advies: wire.advies.map(|advies| checker.advies(advies)).transpose()?,
            mandaat: wire
                .mandaat
                .map(|mandaat| checker.mandaat(mandaat, &gemeenten))
                .transpose()?,
            evaluatie: wire.evaluatie.map(|evaluatie| checker.evaluatie(evaluatie)).transpose()?,
            leveranciers: checker.leveranciers(wire.leverancier, &aliases)?,
            aliases,
            kanalen: wire
                .kanaal
                .map_or(Ok(Vec::new()), |kanaal| checker.texts(kanaal.toegestaan))?,
            minuten_per_eenheid: checker.minuten(wire.minuten_per_eenheid)?,
            jeugdigen: jeugdigen::of(embedded_text("jeugdigen.csv"), &gemeenten),
            segmenten: checker.segmenten(wire.segmenten)?,
            productgroepen: checker.productgroepen(wire.productgroepen)?,
            producten: checker.producten(wire.producten)?,
            treeknorm_dagen: checker.optional(wire.wachttijd.map(|tijd| tijd.treeknorm_dagen))?,
            toetreding_gesloten: checker.toetreding(wire.contract.as_ref())?,
            afspraken: checker.afspraken(wire.afspraken, &wire.toegangen, &gemeenten)?,
            regels: checker.regels(wire.regels)?,
            gemeenten,
            herindelingen,
            text: text.to_owned(),
            sha256: hex(&Sha256::digest(text.as_bytes())),
            path: shown_path.to_owned(),
        })
    }

    /// A region by name or by path. `<extra_dir>/<name>.toml` goes before the one that is built in.
    ///
    /// # Errors
    /// When there is no such region (with the nearest name), the file cannot be read, or it holds a mistake.
    pub fn load(name_or_path: &str, extra_dir: Option<&Path>) -> anyhow::Result<Self> {
        if is_path(name_or_path) {
            return Self::read(Path::new(name_or_path));
        }
        let name = name_or_path.trim().to_lowercase();
        let file = format!("{name}.toml");
        if let Some(path) = extra_dir.map(|folder| folder.join(&file)).filter(|path| path.is_file())
        {
            return Self::read(&path);
        }
        let names = Self::names();
        if names.contains(&name) {
            return Self::parse(embedded_text(&file), &format!("{EMBEDDED_PREFIX}{file}"));
        }
        let own = extra_dir.map(names_in).unwrap_or_default();
        let known: Vec<&str> = names.iter().chain(&own).map(String::as_str).collect();
        let near = document::suggestion(&name, &known);
        let list = known.join(", ");
        let all = if near.ends_with(&list) { String::new() } else { format!(" Er zijn: {list}.") };
        Err(anyhow!(
            "onbekende regio \"{name_or_path}\"; {near}{all} (een eigen bestand kan ook: --regio pad/naam.toml)"
        ))
    }

    /// Every mistake in the text of a region file, by line, in Dutch; none when [`Region::parse`] accepts it.
    pub fn mistakes(text: &str, shown_path: &str) -> Vec<String> {
        let Err(first) = Self::parse(text, shown_path) else { return Vec::new() };
        let all = faults::all(text, shown_path, embedded_text(EXAMPLE));
        // What stops a run is always told.
        if all.is_empty() { vec![first.to_string()] } else { all }
    }

    /// The text of a region by name or by path, with how it is shown; for who looks at the file itself.
    ///
    /// # Errors
    /// When there is no such region or file.
    pub fn text_of(name_or_path: &str) -> anyhow::Result<(String, String)> {
        if is_path(name_or_path) {
            let path = Path::new(name_or_path);
            return Ok((document::read_text(path)?, document::shown(path)));
        }
        let region = Self::load(name_or_path, None)?;
        Ok((region.text, region.path))
    }

    /// No region: every gemeente belongs to it and nothing is recognised. For looking at files by themselves.
    ///
    /// # Panics
    /// Never: the file comes with the program and a test reads it.
    pub fn without() -> Self {
        let file = format!("{WITHOUT}.toml");
        let shown = format!("{EMBEDDED_PREFIX}{file}");
        let mut region =
            Self::parse(embedded_text(&file), &shown).expect("the file comes with the program");
        region.gemeenten.clear();
        region
    }

    /// What the region does with a rule of [`crate::inventaris`] on that day.
    pub fn stand(&self, id: &str, day: NaiveDate) -> Stand {
        // Each of these documents is about one subject as a whole, whose validity is that of its section.
        let document = match id.chars().next().map(|letter| letter.to_ascii_uppercase()) {
            Some('Z') => self.maatwerk.geldig,
            Some('O' | 'M') => self.coordinatie.geldig,
            _ => Geldigheid::default(),
        };
        self.regels.stand(id, day, document)
    }

    /// True when a row of this gemeente belongs to the region, also under a code from before a merger.
    pub fn has_gemeente(&self, code: &str) -> bool {
        self.gemeenten.is_empty()
            || self.gemeenten.iter().any(|gemeente| gemeente.code == code)
            || self.herindeling(code).is_some()
    }

    /// The merger that ended this code.
    pub fn herindeling(&self, code: &str) -> Option<&Herindeling> {
        self.herindelingen.iter().find(|one| one.oud == code)
    }

    /// Codes and names by which exports call the gemeenten, those of merged ones included.
    pub fn gemeente_names(&self) -> impl Iterator<Item = (&str, &str)> {
        let now = self.gemeenten.iter().map(|one| (one.code.as_str(), one.naam.as_str()));
        now.chain(self.herindelingen.iter().map(|one| (one.oud.as_str(), one.naam.as_str())))
    }

    /// Names of the regions that are built in, sorted.
    pub fn names() -> Vec<String> {
        let mut names = region_names(EMBEDDED.files().map(include_dir::File::path));
        names.retain(|name| name != WITHOUT);
        names
    }

    fn read(path: &Path) -> anyhow::Result<Self> {
        Self::parse(&document::read_text(path)?, &document::shown(path))
    }
}

fn is_path(name_or_path: &str) -> bool {
    name_or_path.contains(['/', '\\'])
        || Path::new(name_or_path).extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"))
}

/// Stems of the `.toml` files among these paths, sorted.
fn region_names<'a>(paths: impl Iterator<Item = &'a Path>) -> Vec<String> {
    let mut names: Vec<String> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter_map(|path| path.file_stem()?.to_str().map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// Names of the regions in a folder of the user that are not built in; none when it cannot be listed.
fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let mut names = region_names(paths.iter().map(PathBuf::as_path));
    names.retain(|name| !Region::names().contains(name));
    names
}

fn embedded_text(file: &str) -> &'static str {
    let file = EMBEDDED.get_file(file).expect("the caller names a file of the folder regions");
    file.contents_utf8().expect("our own region files are UTF-8")
}

/// The file name without folder and extension.
fn stem(shown_path: &str) -> &str {
    let path = shown_path.strip_prefix(EMBEDDED_PREFIX).unwrap_or(shown_path);
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(".toml").unwrap_or(file)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a String cannot fail");
        out
    })
}

#[cfg(test)]
mod tests;
