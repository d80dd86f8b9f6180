//! The first sheet: what this is, for whom, and how to read it.
//!
//! Enters: a [`Document`]. Leaves: lines of text, one under the other, without a gap. Does not know tables.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use crate::charts::theme::{ACCENT, INK};
use crate::dutch;
use crate::report::document::Document;
use crate::report::workbook::page::Imprint;
use crate::report::workbook::styles::colour;
use crate::report::workbook::{body, heights, lists, page, styles};

/// Width of the one column, in characters.
const WIDTH: f64 = 110.0;

/// A line of the cover.
pub(super) struct Line {
    look: Look,
    text: String,
}

#[derive(Clone, Copy)]
enum Look {
    Title,
    Banner,
    Heading,
    Text,
    /// Leads to the contents.
    Link,
}

impl Line {
    fn new(look: Look, text: impl Into<String>) -> Self {
        Self { look, text: text.into() }
    }
}

/// How what is not a number is written, in both workbooks.
const READING: [&str; 7] = [
    "0: geteld, en het zijn er geen.",
    "onderdrukt: bekend, maar niet getoond, omdat er te weinig jeugdigen achter zitten.",
    "niet te bepalen: de gegevens ontbreken of zeggen er niets over. De reden staat in een opmerking bij de cel en op het blad Toelichting.",
    "Een lege cel: hier hoort niets te staan.",
    "Bedragen zijn in euro's met centen, percentages zijn delen van honderd, tijd is in uren. Codes zijn tekst en houden hun nullen.",
    "Een rij met een totaal staat vet direct onder de tabel en hoort niet bij het filter: sorteren en filteren laten haar staan.",
    "Waar een grafiek staat, hoort de tabel op hetzelfde blad daarbij. Verandert u een cel, dan verandert de grafiek mee.",
];

/// The cover of the report.
pub(super) fn report(document: &Document) -> Vec<Line> {
    let mut lines = opening(document, &document.title);
    lines.push(Line::new(Look::Heading, "Waarvoor is dit rapport"));
    lines.push(Line::new(Look::Text, &document.front.purpose));
    lines.push(Line::new(Look::Heading, "Sluit de telling"));
    let verdict = &document.front.verdict;
    lines.push(Line::new(Look::Text, format!("{}: {}", verdict.tone.label(), verdict.text)));
    if !document.front.findings.is_empty() {
        lines.push(Line::new(Look::Heading, "De belangrijkste bevindingen"));
        let findings = document.front.findings.iter().zip(1..);
        lines.extend(findings.map(|(f, n)| Line::new(Look::Text, format!("{n}. {}", f.text))));
    }
    lines.push(Line::new(Look::Heading, "Wat staat er in deze werkmap"));
    lines.push(Line::new(Look::Link, "Naar inhoud"));
    let parts = [
        "Inhoud: elk blad met een link en wat erop staat.",
        "Samenvatting: de conclusie en de bevindingen van elk hoofdstuk.",
        "Daarna één tabel per blad, in de volgorde van het rapport. Een blad dat met Fig begint, heeft een grafiek.",
        "Afkeur: welke regels niet meetellen, waarom, en hoe dat te verhelpen is.",
        "Toelichting: begrippen, rekenwijze, opmerkingen en wat niet te bepalen is.",
        "Herkomst en Adressen: waar elk blad en elk cijfer vandaan komt.",
    ];
    lines.extend(parts.map(|text| Line::new(Look::Text, text)));
    lines.extend(reading());
    lines
}

/// The cover of the work lists.
pub(super) fn cases(document: &Document) -> Vec<Line> {
    let mut lines = opening(document, &format!("Werklijsten bij {}", document.title));
    lines.push(Line::new(Look::Heading, "Waarvoor is deze werkmap"));
    let text = "Per regel van de regio staan hier de gevallen om over te praten, één rij per geval. Een rij kan over één kind gaan: \
                deel deze werkmap niet verder dan nodig is om die gevallen te bespreken. Het rapport zelf staat in rapport.xlsx.";
    lines.push(Line::new(Look::Text, text));
    lines.push(Line::new(Look::Link, "Naar inhoud"));
    lines.extend(reading());
    lines
}

fn opening(document: &Document, title: &str) -> Vec<Line> {
    vec![
        Line::new(Look::Title, title),
        Line::new(Look::Banner, &document.banner),
        Line::new(
            Look::Text,
            format!(
                "Regio {}, kwartaal {}, peildatum {}. Gemaakt met {}.",
                document.region,
                document.kwartaal,
                dutch::date_long(document.peildatum),
                document.program
            ),
        ),
    ]
}

fn reading() -> Vec<Line> {
    let heading = std::iter::once(Line::new(Look::Heading, "Zo leest u de cellen"));
    heading.chain(READING.map(|text| Line::new(Look::Text, text))).collect()
}

/// Writes the cover.
///
/// # Errors
/// When a text does not fit a cell: a mistake of this program.
pub(super) fn write(
    worksheet: &mut Worksheet,
    imprint: &Imprint,
    lines: &[Line],
) -> Result<(), XlsxError> {
    worksheet.set_name(lists::COVER)?.set_column_width(0, WIDTH)?;
    page::set_up(worksheet, imprint, None)?;
    worksheet.set_screen_gridlines(false);
    for (at, line) in (0..).zip(lines) {
        match line.look {
            Look::Link => {
                let link = body::link(lists::CONTENTS, &line.text);
                worksheet.write_url_with_format(at, 0, link, &styles::back())?;
            }
            look => {
                let text = body::cut(&line.text);
                worksheet.write_string_with_format(at, 0, text, &format(look))?;
            }
        }
        let height = match line.look {
            Look::Heading => Some(30.0),
            Look::Title => Some(27.0),
            Look::Banner | Look::Text | Look::Link => {
                heights::of_lines(heights::lines(&line.text, WIDTH))
            }
        };
        if let Some(height) = height {
            worksheet.set_row_height(at, height)?;
        }
    }
    Ok(())
}

fn format(look: Look) -> Format {
    let format = Format::new().set_text_wrap().set_font_color(colour(INK));
    match look {
        Look::Title => format.set_bold().set_font_size(18),
        Look::Banner => format.set_bold().set_font_size(12).set_font_color(colour(ACCENT)),
        Look::Heading => format
            .set_bold()
            .set_font_size(13)
            .set_font_color(colour(ACCENT))
            .set_align(FormatAlign::Bottom),
        Look::Text | Look::Link => format.set_align(FormatAlign::Top),
    }
}
