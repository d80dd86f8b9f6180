//! One sheet of rows: values as Excel numbers, dates and texts, faulty cells marked, choices as drop-downs.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula,
    IgnoreError, Note, Worksheet, XlsxError, utility,
};

use crate::dataset::afgekeurd::Waarde;
use crate::report::retour::keuzes::Lijst;
use crate::report::retour::werkboek::{KEUZES, Opmaak, dag, hoogte};
use crate::report::retour::{Blad, Cel, Inhoud, Kolom, Rij};
use crate::schema::{Column, Dtype, HERKOMST_BESTAND, HERKOMST_REGEL, REDEN};

/// Notes on one sheet: with more of them a workbook opens slowly, and the first column says the same.
const MAX_NOTES: usize = 2_000;
/// Characters of a text that a cell takes.
const MAX_TEXT: usize = 32_767;
/// Characters of the message of a cell.
const MAX_MESSAGE: usize = 255;
/// Width of a column, in characters: from, to.
const WIDTH: (usize, usize) = (11, 28);
/// Rows that decide how wide a column is.
const LOOKED_AT: usize = 500;
/// Height of the headings, in points: three lines.
const HEIGHT_KOP: f64 = 46.0;
/// Width of the column with the file a row came from, at most.
const WIDTH_BESTAND: usize = 60;
/// Width of the column that says what is wrong.
const WIDTH_REDEN: u16 = 52;

type Written = Result<(), XlsxError>;

/// How the cells of one column look: as they are, and where they are at fault.
struct Vorm {
    gewoon: Format,
    fout: Format,
}

impl Vorm {
    fn van(dtype: Dtype) -> Self {
        let number = match dtype {
            Dtype::Cent => "#,##0.00",
            Dtype::Date => "dd-mm-yyyy",
            Dtype::Int => "0",
            Dtype::Milli => "General",
            // Codes keep the nought they begin with, also when they are typed anew.
            _ => "@",
        };
        let is_number = matches!(dtype, Dtype::Cent | Dtype::Int | Dtype::Milli);
        let base = Format::new().set_num_format(number).set_align(FormatAlign::Top);
        let base = if is_number { base } else { base.set_align(FormatAlign::Left).set_indent(1) };
        let gewoon = base.clone();
        let gewoon =
            if dtype == Dtype::Client { gewoon.set_background_color("#EDEDED") } else { gewoon };
        let fout = base
            .set_bold()
            .set_background_color("#FFE699")
            .set_border(FormatBorder::Medium)
            .set_border_color("#B35900");
        Self { gewoon, fout }
    }
}

/// Writes the sheet.
pub(super) fn schrijf(
    sheet: &mut Worksheet,
    blad: &Blad,
    lijsten: &[Lijst],
    opmaak: &Opmaak,
) -> Written {
    let last_row = u32::try_from(blad.rijen.len()).unwrap_or(u32::MAX);
    let herkomst = u16::try_from(blad.kolommen.len()).unwrap_or(u16::MAX) + 1;
    sheet.write_string_with_format(0, 0, REDEN, &opmaak.kop)?;
    sheet.set_row_height(0, HEIGHT_KOP)?;
    sheet.set_column_width(0, WIDTH_REDEN)?;
    for (column, kolom) in (1..).zip(&blad.kolommen) {
        koppen(sheet, column, kolom, blad, lijsten, opmaak)?;
    }
    let names = blad.rijen.iter().take(LOOKED_AT).map(|rij| rij.bestand.chars().count() + 2);
    let widest = names.max().unwrap_or(0).clamp(WIDTH.1, WIDTH_BESTAND);
    let origin = [(HERKOMST_BESTAND, widest), (HERKOMST_REGEL, WIDTH.0)];
    for (column, (heading, width)) in (herkomst..).zip(origin) {
        sheet.write_string_with_format(0, column, heading, &opmaak.kop)?;
        sheet.set_column_width(column, u16::try_from(width).unwrap_or(u16::MAX))?;
    }
    let vormen: Vec<Vorm> = blad.kolommen.iter().map(|k| Vorm::van(k.van.dtype)).collect();
    let mut n_notes = 0;
    for (row, rij) in (1..).zip(&blad.rijen) {
        rij_op(sheet, row, rij, (blad, &vormen, lijsten, opmaak), &mut n_notes)?;
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.autofilter(0, 0, last_row, herkomst + 1)?;
    sheet.ignore_error_range(1, 0, last_row, herkomst + 1, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// The heading of a column, its width, and what may be filled in below it.
fn koppen(
    sheet: &mut Worksheet,
    column: u16,
    kolom: &Kolom,
    blad: &Blad,
    lijsten: &[Lijst],
    opmaak: &Opmaak,
) -> Written {
    let kop = kolom.van.kop();
    sheet.write_string_with_format(0, column, kop, &opmaak.kop)?;
    let at = usize::from(column) - 1;
    let cells =
        blad.rijen.iter().take(LOOKED_AT).map(|rij| lengte(&rij.cellen[at], kolom, lijsten));
    let words = kop.split(' ').map(|word| word.chars().count() + word.chars().count() / 4);
    let width = cells.chain(words).max().unwrap_or(0).clamp(WIDTH.0, WIDTH.1);
    sheet.set_column_width(column, u16::try_from(width).unwrap_or(u16::MAX))?;
    if let Some(message) = persoon(kolom) {
        sheet.insert_note(0, column, &note(message))?;
    }
    let last_row = u32::try_from(blad.rijen.len()).unwrap_or(u32::MAX);
    if let Some(rule) = keuring(kolom, lijsten)? {
        sheet.add_data_validation(1, column, last_row, column, &rule)?;
    }
    Ok(())
}

/// What the user is told about a column with persons.
fn persoon(kolom: &Kolom) -> Option<&'static str> {
    if !kolom.van.is_person() {
        return None;
    }
    Some(if kolom.heeft_fout {
        "Vul alleen de gekleurde cellen in. Laat de andere leeg."
    } else {
        "Laat leeg. Wij weten nog om welke cliënt het gaat."
    })
}

/// The list or the kind of value of a column, as a warning that does not block.
fn keuring(kolom: &Kolom, lijsten: &[Lijst]) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    if let Some(message) = persoon(kolom) {
        let rule = rule.allow_any_value().set_input_title(kort(kolom.van.kop(), 32))?;
        return Ok(Some(rule.set_input_message(message)?));
    }
    let Some(at) = kolom.lijst else { return Ok(None) };
    let range = bereik(at, lijsten[at].keuzes.len());
    let rule = rule
        .allow_list_formula(Formula::new(range))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Staat niet in de lijst")?
        .set_error_message(kort(
            "Wij kennen deze waarde niet. Kies liever uit de lijst. Weet u zeker dat zij klopt, ga dan door.",
            MAX_MESSAGE,
        ))?;
    Ok(Some(rule))
}

/// The cells of a list on the hidden sheet.
fn bereik(at: usize, n: usize) -> String {
    let column = utility::column_number_to_name(u16::try_from(at).unwrap_or(u16::MAX));
    format!("={KEUZES}!${column}$2:${column}${}", n + 1)
}

fn kort(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

fn note(text: &str) -> Note {
    // A line of a note holds some fifty characters.
    let lines: usize = text.lines().map(|line| 1 + line.chars().count() / 48).sum();
    let height = u32::try_from((lines * 14 + 12).clamp(40, 400)).unwrap_or(400);
    Note::new(text)
        .set_author("maatstaf")
        .add_author_prefix(false)
        .set_width(300)
        .set_height(height)
}

type Met<'a> = (&'a Blad, &'a [Vorm], &'a [Lijst], &'a Opmaak);

fn rij_op(
    sheet: &mut Worksheet,
    row: u32,
    rij: &Rij,
    (blad, vormen, lijsten, opmaak): Met<'_>,
    n_notes: &mut usize,
) -> Written {
    sheet.write_string_with_format(row, 0, &rij.reden, &opmaak.tekst)?;
    sheet.set_row_height(row, hoogte(&rij.reden, WIDTH_REDEN))?;
    let mut column = 1;
    for ((cel, kolom), vorm) in rij.cellen.iter().zip(&blad.kolommen).zip(vormen) {
        let is_fault = !cel.noot.is_empty();
        let format = if is_fault { &vorm.fout } else { &vorm.gewoon };
        waarde(sheet, (row, column), cel, (kolom, lijsten), format)?;
        if is_fault && *n_notes < MAX_NOTES {
            sheet.insert_note(row, column, &note(&cel.noot))?;
            *n_notes += 1;
        }
        column += 1;
    }
    sheet.write_string_with_format(row, column, &rij.bestand, &opmaak.regel)?;
    sheet.write_number_with_format(row, column + 1, rij.regel as f64, &opmaak.regel)?;
    Ok(())
}

/// Writes one cell; what does not fit in one stays empty, and is then taken from the row as it was kept.
fn waarde(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cel: &Cel,
    (kolom, lijsten): (&Kolom, &[Lijst]),
    format: &Format,
) -> Written {
    match &cel.waarde {
        Some(Inhoud::Gelezen(Waarde::Int(value))) => {
            let number = *value as f64 / eenheden(kolom.van);
            sheet.write_number_with_format(row, column, number, format)?;
        }
        Some(Inhoud::Gelezen(Waarde::Date(date))) => match dag(*date) {
            Some(day) => {
                sheet.write_datetime_with_format(row, column, &day, format)?;
            }
            None => {
                sheet.write_string_with_format(row, column, date.to_string(), format)?;
            }
        },
        Some(inhoud) => match tekst(inhoud, kolom, lijsten) {
            text if !text.is_empty() && text.encode_utf16().count() <= MAX_TEXT => {
                sheet.write_string_with_format(row, column, text, format)?;
            }
            _ => {
                sheet.write_blank(row, column, format)?;
            }
        },
        None => {
            sheet.write_blank(row, column, format)?;
        }
    }
    Ok(())
}

/// What a stored number is divided by to be what people write.
fn eenheden(column: &Column) -> f64 {
    match column.dtype {
        Dtype::Cent => 100.0,
        Dtype::Milli => 1000.0,
        _ => 1.0,
    }
}

/// A cell as text, in the word of its list.
fn tekst(inhoud: &Inhoud, kolom: &Kolom, lijsten: &[Lijst]) -> String {
    match inhoud {
        Inhoud::Gevonden(text) => text.clone(),
        Inhoud::Gelezen(Waarde::Text(text)) => {
            let shown = kolom.lijst.and_then(|at| lijsten[at].getoond.get(text));
            shown.unwrap_or(text).clone()
        }
        Inhoud::Gelezen(Waarde::Bool(is_yes)) => if *is_yes { "ja" } else { "nee" }.to_owned(),
        Inhoud::Gelezen(Waarde::Int(_) | Waarde::Date(_)) => String::new(),
    }
}

/// Characters a cell takes on the screen.
fn lengte(cel: &Cel, kolom: &Kolom, lijsten: &[Lijst]) -> usize {
    let text = cel.waarde.as_ref().map(|inhoud| tekst(inhoud, kolom, lijsten));
    text.map_or(0, |text| text.chars().count() + 3)
}
