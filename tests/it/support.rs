//! What the walks share: a small job, tables as text, exports and messages in miniature.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use maatstaf::dataset::Dataset;
use maatstaf::dataset::parquet::read_whole;
use maatstaf::region::Region;
use maatstaf::run::{Lees, Silent, lees};
use maatstaf::typing::cells::date_of;
use maatstaf::typing::pseudonym::Key;
use polars::prelude::Column;
use tempfile::TempDir;

/// Two clients from the range that never belongs to a person.
pub(crate) const BSN_1: &str = "999900006";
pub(crate) const BSN_2: &str = "999900018";

/// A row of a table: column → value as text, empty for null.
pub(crate) type Row = BTreeMap<String, String>;

/// True when what came out is written where it was expected: `UPDATE_EXPECT=1`.
#[allow(
    clippy::disallowed_methods,
    reason = "UPDATE_EXPECT says that a person will read the difference"
)]
pub(crate) fn update_expect() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

/// The folder of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The practice region as it is kept in the project.
pub(crate) fn sample_data() -> PathBuf {
    root().join("sample-data")
}

/// A folder of its own for one test.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Names in the folder, hidden ones included.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub(crate) fn key() -> Key {
    Key::new([7; 32])
}

pub(crate) fn region() -> Region {
    Region::load("oefenregio", None).unwrap()
}

/// Files → dataset, as the command does it.
pub(crate) fn read_into(
    inputs: &[PathBuf],
    target: &Path,
    key: &Key,
    is_stopped: bool,
) -> anyhow::Result<Dataset> {
    read_as(inputs, target, &region(), key, is_stopped)
}

fn read_as(
    inputs: &[PathBuf],
    target: &Path,
    region: &Region,
    key: &Key,
    is_stopped: bool,
) -> anyhow::Result<Dataset> {
    let job = Lees {
        inputs,
        target,
        region,
        aliases: &region.aliases,
        forced: &BTreeMap::new(),
        stijlen: &[],
        key,
        stop: &AtomicBool::new(is_stopped),
    };
    lees(&job, &mut Silent)
}

/// Files → dataset with the key of the tests.
#[track_caller]
pub(crate) fn read(inputs: &[PathBuf], target: &Path) -> Dataset {
    read_into(inputs, target, &key(), false).unwrap()
}

/// Files → dataset of a region, with the key of the tests.
#[track_caller]
pub(crate) fn read_region(inputs: &[PathBuf], target: &Path, region: &Region) -> Dataset {
    read_as(inputs, target, region, &key(), false).unwrap()
}

/// All files below a folder, by path relative to it, sorted.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                out.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    out
}

/// A Parquet file as text.
pub(crate) fn rows_of(path: &Path) -> Vec<Row> {
    let frame = read_whole(path, &[]).unwrap();
    let mut rows = vec![Row::new(); frame.height()];
    for column in frame.columns() {
        let name = column.name().to_string();
        for (row, text) in rows.iter_mut().zip(texts(column)) {
            row.insert(name.clone(), text);
        }
    }
    rows
}

fn texts(column: &Column) -> Vec<String> {
    if let Ok(values) = column.str() {
        return values.iter().map(|v| v.unwrap_or_default().to_owned()).collect();
    }
    if let Ok(values) = column.i64() {
        return values.iter().map(|v| v.map_or_else(String::new, |v| v.to_string())).collect();
    }
    if let Ok(values) = column.bool() {
        return values.iter().map(|v| v.map_or_else(String::new, |v| v.to_string())).collect();
    }
    let days = column.date().unwrap().physical();
    let iso = |day: i32| date_of(day).unwrap().to_string();
    days.iter().map(|v| v.map_or_else(String::new, iso)).collect()
}

/// A derived table; empty when it is not there.
pub(crate) fn derived(dataset: &Dataset, table: &str) -> Vec<Row> {
    if dataset.has(table) { rows_of(&dataset.derived(table)) } else { Vec::new() }
}

/// Every derived table, rows in the order of the file.
pub(crate) fn all_derived(dataset: &Dataset) -> BTreeMap<String, Vec<Row>> {
    let folder = dataset.folder().join("afgeleid");
    files_below(&folder)
        .into_keys()
        .map(|name| (name.clone(), rows_of(&folder.join(name))))
        .collect()
}

/// Whole number in a cell; nought when it is empty.
pub(crate) fn number(row: &Row, column: &str) -> i64 {
    let text = row.get(column).unwrap_or_else(|| panic!("no column {column}"));
    if text.is_empty() { 0 } else { text.parse().unwrap() }
}

/// Replaces a text that must be there.
#[track_caller]
pub(crate) fn with(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old} is not in the text");
    text.replacen(old, new, 1)
}

/// The line, from 1, on which a text stands.
#[track_caller]
pub(crate) fn line_with(bytes: &[u8], needle: &str) -> u64 {
    let at = bytes.windows(needle.len()).position(|w| w == needle.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{needle} is not in the file"));
    1 + bytes[..at].split(|byte| *byte == b'\n').skip(1).count() as u64
}

const COLUMNS: &[(&str, &str)] = &[
    ("gemeente", "9901"),
    ("agb", "99000101"),
    ("bsn", BSN_1),
    ("referentienummer", "R1"),
    ("vorig_referentienummer", ""),
    ("toewijzingnummer", ""),
    ("productcode", "45A04"),
    ("periode_begin", "01-07-2025"),
    ("periode_eind", "31-07-2025"),
    ("declaratieperiode_begin", ""),
    ("volume", "4"),
    ("eenheid", "uur"),
    ("tarief", "12,50"),
    ("bedrag", "50,00"),
    ("debet_credit", ""),
    ("dagtekening", "05-08-2025"),
];

/// An export of declaraties; each row is a good line of € 50 with these cells changed.
#[track_caller]
pub(crate) fn export(rows: &[&[(&str, &str)]]) -> String {
    let mut out: String =
        COLUMNS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";") + "\n";
    for changes in rows {
        for (name, _) in *changes {
            assert!(COLUMNS.iter().any(|(known, _)| known == name), "{name}");
        }
        let cell = |(name, good): &(&str, &'static str)| {
            changes.iter().find(|(n, _)| n == name).map_or(*good, |(_, text)| text).to_owned()
        };
        out += &(COLUMNS.iter().map(cell).collect::<Vec<_>>().join(";") + "\n");
    }
    out
}

/// An export of toewijzingen: number, AGB code, BSN, reason of change.
pub(crate) fn toewijzingen(rows: &[(&str, &str, &str, &str)]) -> String {
    let line = |(nummer, agb, bsn, reden): &(&str, &str, &str, &str)| {
        format!("9901;{agb};{bsn};{nummer};45A04;01-01-2025;31-12-2025;{reden};01-01-2025\n")
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    let heading = "gemeente;agb;bsn;toewijzingnummer;productcode;ingangsdatum;einddatum;\
                   reden_wijziging;toewijzingsdatum\n";
    format!("{heading}{}", lines.concat())
}

/// A message; the header stands on line 3 and names the message `B1` of 5 August 2025.
pub(crate) fn message(name: &str, code: &str, more: &str, body: &str) -> String {
    let ns = name.to_lowercase();
    let (from, to) = if name == "JW323" { ("99001201", "9901") } else { ("9901", "99001201") };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<m:Bericht xmlns:ijw="http://www.istandaarden.nl/ijw/3_2/basisschema/schema" xmlns:m="http://www.istandaarden.nl/ijw/3_2/{ns}/schema">
<m:Header><m:BerichtCode>{code}</m:BerichtCode><m:BerichtVersie>3</m:BerichtVersie><m:BerichtSubversie>2</m:BerichtSubversie><m:Afzender>{from}</m:Afzender><m:Ontvanger>{to}</m:Ontvanger><m:BerichtIdentificatie><ijw:Identificatie>B1</ijw:Identificatie><ijw:Dagtekening>2025-08-05</ijw:Dagtekening></m:BerichtIdentificatie><m:XsdVersie><ijw:BasisschemaXsdVersie>1.0.0</ijw:BasisschemaXsdVersie><ijw:BerichtXsdVersie>1.0.0</ijw:BerichtXsdVersie></m:XsdVersie>{more}</m:Header>
{body}
</m:Bericht>
"#
    )
}

/// A prestatie of four hours for € 50 in July 2025, on one line; a reference `R2<R1` credits R1.
pub(crate) fn prestatie(reference: &str) -> String {
    let (reference, previous) = reference.split_once('<').unwrap_or((reference, ""));
    let (dc, previous) = if previous.is_empty() {
        ("D", String::new())
    } else {
        ("C", format!("<ijw:VorigReferentieNummer>{previous}</ijw:VorigReferentieNummer>"))
    };
    format!(
        "<m:Prestatie><m:ProductReferentie><ijw:ReferentieNummer>{reference}</ijw:ReferentieNummer>{previous}\
         </m:ProductReferentie><m:ToewijzingNummer>{}</m:ToewijzingNummer>\
         <m:ProductCategorie>45</m:ProductCategorie><m:ProductCode>45A04</m:ProductCode>\
         <m:ProductPeriode><ijw:Begindatum>2025-07-01</ijw:Begindatum><ijw:Einddatum>2025-07-31</ijw:Einddatum>\
         </m:ProductPeriode><m:GeleverdVolume>4</m:GeleverdVolume><m:Eenheid>04</m:Eenheid>\
         <m:ProductTarief>1250</m:ProductTarief><m:IngediendBedrag><ijw:Bedrag>5000</ijw:Bedrag>\
         <ijw:DebetCredit>{dc}</ijw:DebetCredit></m:IngediendBedrag></m:Prestatie>\n",
        // Each prestatie has a toewijzing of its own, unless a test makes two alike.
        10_000 + reference.trim_start_matches(char::is_alphabetic).parse::<u32>().unwrap()
    )
}

/// A JW323 with these prestaties per client and this total in signed cents.
pub(crate) fn jw323(total_ct: i64, clients: &[(&str, String)]) -> String {
    let dc = if total_ct < 0 { "C" } else { "D" };
    let client = |(bsn, prestaties): &(&str, String)| {
        format!(
            "<m:Client><m:Bsn>{bsn}</m:Bsn><m:Prestaties>\n{prestaties}</m:Prestaties></m:Client>\n"
        )
    };
    let text = clients.iter().map(client).collect::<Vec<_>>().concat();
    let body = format!(
        "<m:Declaratie><m:DeclaratieNummer>DN1</m:DeclaratieNummer>\n\
         <m:DeclaratiePeriode><ijw:Begindatum>2025-07-01</ijw:Begindatum><ijw:Einddatum>2025-07-31</ijw:Einddatum>\
         </m:DeclaratiePeriode><m:DeclaratieDagtekening>2025-08-05</m:DeclaratieDagtekening>\n\
         <m:TotaalIngediendBedrag><ijw:TotaalBedrag>{}</ijw:TotaalBedrag><ijw:DebetCredit>{dc}</ijw:DebetCredit>\
         </m:TotaalIngediendBedrag>\n<m:Clienten>{text}</m:Clienten></m:Declaratie>",
        total_ct.abs()
    );
    message("JW323", "490", "", &body)
}

/// A JW323 with prestaties of one client, all debit but those written `R2<R1`.
pub(crate) fn jw323_of(references: &[&str]) -> String {
    let lines: String = references.iter().map(|reference| prestatie(reference)).collect();
    let credits = references.iter().filter(|reference| reference.contains('<')).count();
    let total =
        5000 * (i64::try_from(references.len()).unwrap() - 2 * i64::try_from(credits).unwrap());
    jw323(total, &[(BSN_1, lines)])
}

/// An answer to message `identificatie` of € 50 per line that refuses these references.
pub(crate) fn jw325(identificatie: &str, ingediend_ct: i64, refused: &[&str]) -> String {
    let more = format!(
        "<m:DeclaratieIdentificatie><ijw:Identificatie>{identificatie}</ijw:Identificatie>\
         <ijw:Dagtekening>2025-08-05</ijw:Dagtekening></m:DeclaratieIdentificatie>\
         <m:XsdVersieDeclaratie><ijw:BasisschemaXsdVersie>1.0.0</ijw:BasisschemaXsdVersie>\
         <ijw:BerichtXsdVersie>1.0.0</ijw:BerichtXsdVersie></m:XsdVersieDeclaratie>\
         <m:RetourCodes><m:RetourCode>0200</m:RetourCode></m:RetourCodes>"
    );
    let codes =
        |code: &str| format!("<m:RetourCodes><m:RetourCode>{code}</m:RetourCode></m:RetourCodes>");
    let total = |name: &str, ct: i64| {
        format!(
            "<m:{name}><ijw:TotaalBedrag>{ct}</ijw:TotaalBedrag><ijw:DebetCredit>D</ijw:DebetCredit></m:{name}>\n"
        )
    };
    let lines: String = refused
        .iter()
        .map(|reference| {
            with(
                &prestatie(reference),
                "</m:Prestatie>",
                &format!("{}</m:Prestatie>", codes("0611")),
            )
        })
        .collect();
    let clients = if refused.is_empty() {
        String::new()
    } else {
        format!(
            "<m:Clienten><m:Client><m:Bsn>{BSN_1}</m:Bsn><m:Prestaties>{lines}</m:Prestaties>{}</m:Client></m:Clienten>",
            codes("0200")
        )
    };
    let toegekend_ct = ingediend_ct - 5000 * i64::try_from(refused.len()).unwrap();
    let body = format!(
        "<m:DeclaratieAntwoord><m:DeclaratieNummer>DN1</m:DeclaratieNummer>{}{}{clients}{}</m:DeclaratieAntwoord>",
        total("TotaalIngediendBedrag", ingediend_ct),
        total("TotaalToegekendBedrag", toegekend_ct),
        codes(if refused.is_empty() { "8001" } else { "0200" }),
    );
    message("JW325", "491", &more, &body)
}

/// A JW301 with one toewijzing of product 45A04 from 1 January 2025; `rest` follows its first day.
pub(crate) fn jw301(nummer: u32, product: &str, rest: &str) -> String {
    let body = format!(
        "<m:Client><m:Bsn>{BSN_1}</m:Bsn><m:Geboortedatum><ijw:Datum>2010-02-14</ijw:Datum></m:Geboortedatum>\
         <m:Geslacht>1</m:Geslacht><m:Naam><ijw:Geslachtsnaam><ijw:Achternaam>Proef</ijw:Achternaam>\
         </ijw:Geslachtsnaam></m:Naam><m:JuridischeStatus>01</m:JuridischeStatus>\
         <m:Contactgegevens><m:Contact><m:Soort>03</m:Soort></m:Contact></m:Contactgegevens>\
         <m:ToegewezenProducten>\n<m:ToegewezenProduct><m:ToewijzingNummer>{nummer}</m:ToewijzingNummer>{product}\
         <m:Toewijzingsdatum>2024-12-01</m:Toewijzingsdatum><m:Toewijzingstijd>12:34:56</m:Toewijzingstijd>\
         <m:Ingangsdatum>2025-01-01</m:Ingangsdatum>{rest}</m:ToegewezenProduct>\n</m:ToegewezenProducten></m:Client>"
    );
    message("JW301", "436", "", &body)
}

/// A product of a toewijzing with a code.
pub(crate) const PRODUCT: &str =
    "<m:Product><ijw:Categorie>45</ijw:Categorie><ijw:Code>45A04</ijw:Code></m:Product>";

/// The size of a toewijzing.
pub(crate) fn omvang(eenheid: &str, frequentie: &str) -> String {
    format!(
        "<m:Omvang><ijw:Volume>2</ijw:Volume><ijw:Eenheid>{eenheid}</ijw:Eenheid>\
         <ijw:Frequentie>{frequentie}</ijw:Frequentie></m:Omvang>"
    )
}

/// True for the name of a file that ends this way.
pub(crate) fn is_of_kind(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|own| own == extension)
}
