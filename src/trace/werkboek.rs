//! The rows behind a number as XLSX, without persons.
//!
//! Enters: a [`Spoor`] and its rows. Leaves: the bytes of a workbook, or a file on disk. A row shows where it stands (file
//! and line) and every column of its table that cannot identify a person. Does not know why these rows.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::metrics::ListValue;
use crate::metrics::rijen::Rijtabel;
use crate::schema::{Column, Dtype};
use crate::trace::rapportmap::Rapportmap;
use crate::trace::spoor::Spoor;

/// Rows of a sheet that Excel opens with ease.
const MAX_ROWS: usize = 1_000_000;
/// Longest name of a sheet.
const MAX_NAME: usize = 31;
/// Width of a column, in characters.
const WIDTH: f64 = 18.0;
/// Width of the text on the first sheet, in characters.
const TEXT: f64 = 100.0;

struct Opmaak {
    kop: Format,
    titel: Format,
    banner: Format,
    tekst: Format,
    geld: Format,
    getal: Format,
    duizendste: Format,
    datum: Format,
}

impl Opmaak {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            kop: top()
                .set_bold()
                .set_text_wrap()
                .set_background_color("#DCE6F1")
                .set_border_bottom(FormatBorder::Thin),
            titel: top().set_bold().set_font_size(16),
            banner: top().set_bold().set_font_color("#9C0006"),
            tekst: top().set_text_wrap(),
            geld: top().set_num_format("#,##0.00"),
            getal: top().set_num_format("0"),
            duizendste: top().set_num_format("#,##0.000"),
            datum: top().set_num_format("dd-mm-yyyy"),
        }
    }
}

/// The workbook: what the number is, then a sheet per table.
///
/// # Errors
/// In Dutch when there are more rows than a sheet can hold.
pub fn werkboek(rapport: &Rapportmap, spoor: &Spoor, tabellen: &[Rijtabel]) -> Result<Vec<u8>> {
    if let Some(table) = tabellen.iter().find(|table| table.rijen.len() > MAX_ROWS) {
        bail!(
            "achter dit getal staan {} rijen van {}: meer dan in een werkblad past; kies een adres van één gemeente of kwartaal",
            crate::dutch::count(crate::dutch::n_of(table.rijen.len())),
            table.tabel.label.to_lowercase()
        );
    }
    let paden: BTreeMap<&str, &str> = (rapport.herkomst.inputs.iter())
        .filter(|one| one.duplicate_of.is_empty() && one.sha256.len() >= 16)
        .map(|one| (&one.sha256[..16], one.path.as_str()))
        .collect();
    let mut book = Workbook::new();
    let mut properties = DocProperties::new()
        .set_title(format!("Rijen achter {}", spoor.adres))
        .set_subject(BANNER)
        .set_author("maatstaf");
    if let Some(made) = dag(rapport.peildatum) {
        properties = properties.set_creation_datetime(&made);
    }
    book.set_properties(&properties);
    let opmaak = Opmaak::new();
    uitleg(book.add_worksheet(), spoor, &opmaak)?;
    for table in tabellen {
        blad(book.add_worksheet(), table, &paden, &opmaak)?;
    }
    Ok(book.save_to_buffer()?)
}

/// Printed on the first sheet.
const BANNER: &str = "INTERN – niet delen";

fn uitleg(sheet: &mut Worksheet, spoor: &Spoor, opmaak: &Opmaak) -> Result<(), XlsxError> {
    sheet.set_name("Herkomst")?.set_column_width(0, WIDTH)?.set_column_width(1, TEXT)?;
    sheet.write_string_with_format(0, 0, format!("Rijen achter {}", spoor.adres), &opmaak.titel)?;
    sheet.write_string_with_format(1, 0, BANNER, &opmaak.banner)?;
    let mut lines = vec![
        ("wat", spoor.titel.clone()),
        ("vraag", spoor.vraag.clone()),
        ("waarde", spoor.getoond.clone()),
        ("periode", spoor.periode.clone()),
        (
            "uitsnede",
            spoor
                .filters
                .iter()
                .map(|(key, text)| format!("{key}: {text}"))
                .collect::<Vec<_>>()
                .join(" · "),
        ),
        ("rijen", spoor.rijen.as_ref().map(|rijen| rijen.uitleg.clone()).unwrap_or_default()),
        ("personen", "Kolommen die een persoon kunnen aanwijzen, staan hier niet bij.".to_owned()),
    ];
    let used = spoor.bronnen.iter().filter(|one| one.achter.is_some_and(|(n, _)| n > 0));
    lines.extend(used.map(|one| ("bestand", format!("{} · sha256 {}", one.pad, one.sha256))));
    for ((label, text), row) in lines.iter().filter(|(_, text)| !text.is_empty()).zip(3..) {
        sheet.write_string_with_format(row, 0, *label, &opmaak.kop)?;
        sheet.write_string_with_format(row, 1, text, &opmaak.tekst)?;
    }
    Ok(())
}

fn blad(
    sheet: &mut Worksheet,
    table: &Rijtabel,
    paden: &BTreeMap<&str, &str>,
    opmaak: &Opmaak,
) -> Result<(), XlsxError> {
    let name: String =
        table.tabel.label.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(MAX_NAME).collect();
    sheet.set_name(name)?.set_freeze_panes(1, 2)?;
    let koppen = ["Bestand", "Regel"].into_iter().chain(table.kolommen.iter().map(|one| one.kop()));
    for (kop, at) in koppen.zip(0..) {
        sheet.write_string_with_format(0, at, kop, &opmaak.kop)?.set_column_width(at, WIDTH)?;
    }
    for ((bron, regel, cells), row) in table.rijen.iter().zip(1..) {
        let pad = paden.get(bron.as_str()).copied().unwrap_or(bron.as_str());
        sheet.write_string(row, 0, pad)?;
        sheet.write_number_with_format(row, 1, *regel as f64, &opmaak.getal)?;
        for ((column, value), at) in table.kolommen.iter().zip(cells).zip(2..) {
            cel(sheet, (row, at), column, value, opmaak)?;
        }
    }
    if let (Ok(last), Ok(width)) =
        (u32::try_from(table.rijen.len()), u16::try_from(table.kolommen.len() + 1))
    {
        sheet.autofilter(0, 0, last, width)?;
    }
    Ok(())
}

fn cel(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    column: &Column,
    value: &ListValue,
    opmaak: &Opmaak,
) -> Result<(), XlsxError> {
    match value {
        ListValue::Text(text) => sheet.write_string(row, at, text)?,
        ListValue::Bool(is_so) => sheet.write_string(row, at, if *is_so { "ja" } else { "nee" })?,
        ListValue::Date(date) => match dag(*date) {
            Some(date) => sheet.write_datetime_with_format(row, at, &date, &opmaak.datum)?,
            None => sheet.write_string(row, at, date.to_string())?,
        },
        ListValue::Int(n) => {
            let (divisor, format) = match column.dtype {
                Dtype::Cent => (100.0, &opmaak.geld),
                Dtype::Milli => (1000.0, &opmaak.duizendste),
                _ => (1.0, &opmaak.getal),
            };
            sheet.write_number_with_format(row, at, *n as f64 / divisor, format)?
        }
        ListValue::Empty => sheet,
    };
    Ok(())
}

/// A date as Excel counts them; `None` before 1900.
fn dag(date: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
        .ok()
}

/// Writes a file, whole or not at all; an existing one only when it may be replaced.
///
/// # Errors
/// In Dutch when it is there already, its folder is not, or the disk refuses.
pub fn schrijf(path: &Path, bytes: &[u8], overschrijf: bool) -> Result<()> {
    let shown = path.display();
    if path.exists() && !overschrijf {
        bail!("{shown} bestaat al; kies een andere naam, of vervang het met --overschrijf");
    }
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let refused = || {
        format!(
            "{shown} is niet te schrijven; controleer de map, en sluit het bestand als het in Excel open is"
        )
    };
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(refused)?;
    file.write_all(bytes).with_context(refused)?;
    file.persist(path).with_context(refused)?;
    Ok(())
}
