//! A return file as XLSX: the letter, a sheet per table, what must be corrected elsewhere, and the hidden lists.

use anyhow::Result;
use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::report::retour::brief::Regel;
use crate::report::retour::keuzes::Lijst;
use crate::report::retour::{Elders, Retour, werkbladen};

/// The sheet with the lists; the reader passes it over.
pub(super) const KEUZES: &str = "Keuzes";
/// The sheet with what cannot be corrected in a cell here.
pub(super) const ELDERS: &str = "Elders te verbeteren";
/// A4.
const PAPER: u8 = 9;
/// Width of the text of the letter, in characters.
const BRIEF: u16 = 90;
/// Height of a line, in points.
const LINE: f64 = 15.0;

/// How cells look.
pub(super) struct Opmaak {
    pub(super) kop: Format,
    pub(super) tekst: Format,
    pub(super) geld: Format,
    titel: Format,
    banner: Format,
    tussenkop: Format,
    pub(super) regel: Format,
    aantal: Format,
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
            tekst: top().set_text_wrap(),
            geld: top().set_num_format("#,##0.00"),
            titel: top().set_bold().set_font_size(16).set_text_wrap(),
            banner: top().set_bold().set_font_color("#9C0006").set_text_wrap(),
            tussenkop: Format::new().set_bold().set_font_size(12).set_align(FormatAlign::Bottom),
            regel: top().set_num_format("0"),
            aantal: top().set_num_format("#,##0"),
        }
    }
}

impl Retour {
    /// The workbook.
    ///
    /// # Errors
    /// Never but by a mistake of this program: every limit of Excel is kept before it is met.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        Ok(self.werkboek()?.save_to_buffer()?)
    }

    fn werkboek(&self) -> Result<Workbook, XlsxError> {
        let mut book = Workbook::new();
        let mut properties = DocProperties::new()
            .set_title(&self.titel)
            .set_subject(&self.banner)
            .set_author("maatstaf");
        if let Some(made) = dag(self.peildatum) {
            properties = properties.set_creation_datetime(&made);
        }
        book.set_properties(&properties);
        let opmaak = Opmaak::new();
        self.brief(book.add_worksheet(), &opmaak)?;
        for blad in &self.bladen {
            let sheet = book.add_worksheet();
            sheet.set_name(&blad.naam)?;
            werkbladen::schrijf(sheet, blad, &self.lijsten, &opmaak)?;
            self.pagina(sheet, true);
        }
        if !self.elders.is_empty() {
            let sheet = book.add_worksheet();
            sheet.set_name(ELDERS)?;
            elders(sheet, &self.elders, &opmaak)?;
            self.pagina(sheet, true);
        }
        if !self.lijsten.is_empty() {
            keuzes(book.add_worksheet(), &self.lijsten)?;
        }
        Ok(book)
    }

    /// Paper, and for whom it is on every page.
    fn pagina(&self, sheet: &mut Worksheet, is_wide: bool) {
        sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
        if is_wide {
            sheet.set_landscape();
        }
        // An ampersand begins a code in headers and footers.
        let banner: String = self.banner.replace('&', "&&").chars().take(200).collect();
        sheet.set_header(format!("&L{banner}")).set_footer("&R&P van &N");
    }

    fn brief(&self, sheet: &mut Worksheet, opmaak: &Opmaak) -> Result<(), XlsxError> {
        sheet.set_name("Brief")?;
        sheet.set_column_width(0, BRIEF)?.set_column_width(1, 10)?.set_column_width(2, 16)?;
        sheet.set_screen_gridlines(false);
        self.pagina(sheet, false);
        for (row, regel) in (0..).zip(&self.brief) {
            let height = match regel {
                Regel::Titel(text) => 1.6 * hoogte(text, BRIEF),
                Regel::Kop(_) => 30.0,
                Regel::Tekst(text) | Regel::Banner(text) | Regel::Oorzaak { tekst: text, .. } => {
                    hoogte(text, BRIEF) + 3.0
                }
                Regel::OorzaakKop => 18.0,
            };
            sheet.set_row_height(row, height)?;
            match regel {
                Regel::Titel(text) => {
                    sheet.write_string_with_format(row, 0, text, &opmaak.titel)?
                }
                Regel::Banner(text) => {
                    sheet.write_string_with_format(row, 0, text, &opmaak.banner)?
                }
                Regel::Kop(text) => sheet.set_row_height(row, 30)?.write_string_with_format(
                    row,
                    0,
                    text,
                    &opmaak.tussenkop,
                )?,
                Regel::Tekst(text) => {
                    sheet.write_string_with_format(row, 0, text, &opmaak.tekst)?
                }
                Regel::OorzaakKop => sheet
                    .write_string_with_format(row, 0, "Oorzaak, en wat u kunt doen", &opmaak.kop)?
                    .write_string_with_format(row, 1, "Regels", &opmaak.kop)?
                    .write_string_with_format(row, 2, "Bedrag (euro)", &opmaak.kop)?,
                Regel::Oorzaak { tekst, regels, bedrag_ct } => {
                    sheet.write_string_with_format(row, 0, tekst, &opmaak.tekst)?;
                    if let Some(ct) = bedrag_ct {
                        let euros = *ct as f64 / 100.0;
                        sheet.write_number_with_format(row, 2, euros, &opmaak.geld)?;
                    }
                    sheet.write_number_with_format(row, 1, *regels as f64, &opmaak.aantal)?
                }
            };
        }
        Ok(())
    }
}

fn elders(sheet: &mut Worksheet, regels: &[Elders], opmaak: &Opmaak) -> Result<(), XlsxError> {
    let columns = [
        ("Bestand", 40),
        ("Plaats", 18),
        ("Wat er is", 44),
        ("Wat te doen", 60),
        ("Bedrag (euro)", 14),
    ];
    for (column, (heading, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, heading, &opmaak.kop)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, regel) in (1..).zip(regels) {
        let texts = [&regel.bestand, &regel.plaats, &regel.wat, &regel.oplossing];
        for (column, text) in (0..).zip(texts) {
            sheet.write_string_with_format(row, column, text, &opmaak.tekst)?;
        }
        let heights = texts.iter().zip(columns).map(|(text, (_, width))| hoogte(text, width));
        sheet.set_row_height(row, heights.fold(LINE, f64::max))?;
        if let Some(ct) = regel.bedrag_ct {
            sheet.write_number_with_format(row, 4, ct as f64 / 100.0, &opmaak.geld)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    Ok(())
}

/// Every list in a column of its own, under its name.
fn keuzes(sheet: &mut Worksheet, lijsten: &[Lijst]) -> Result<(), XlsxError> {
    sheet.set_name(KEUZES)?.set_hidden(true);
    for (column, lijst) in (0..).zip(lijsten) {
        sheet.write_string(0, column, format!("Keuzes: {}", lijst.naam))?;
        for (row, keuze) in (1..).zip(&lijst.keuzes) {
            sheet.write_string(row, column, keuze)?;
        }
    }
    Ok(())
}

/// Height that a wrapped text needs, in points: not every program works that out when it opens a file.
pub(super) fn hoogte(text: &str, width: u16) -> f64 {
    // Most letters are narrower than the digit in which a width is counted.
    let per_line = usize::from(width) * 11 / 10;
    let lines = text.lines().map(|line| line.chars().count().div_ceil(per_line).max(1));
    // A row of Excel is no higher than 409 points.
    (LINE * lines.sum::<usize>() as f64).clamp(LINE, 400.0)
}

/// A day as Excel counts it; `None` before 1900.
pub(super) fn dag(date: NaiveDate) -> Option<ExcelDateTime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, month, day).ok()
}
