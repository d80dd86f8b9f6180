//! Which chart shows an answer, and what it is drawn from.
//!
//! Enters: an [`Antwoord`]. Leaves: a [`Drawing`], or in Dutch why there is none. Does not know pixels.

use crate::charts::{self, Chart, Figure};
use crate::disclosure::Antwoord;
use crate::report::antwoord::vorm::Shape;
use crate::report::antwoord::{Gemeenten, lijn, staven};
use crate::report::document::Table;

/// Charts that need more than a table, and the picture of the report that has one.
pub(super) const OF_REPORT: [(&str, &str); 6] = [
    ("bridge", "verandering"),
    ("funnel", "maatwerk_trechter"),
    ("intervals", "maatwerk_intervallen"),
    ("lorenz", "coordinatie_lorenz"),
    ("range", "coordinatie_loting_uren"),
    ("strip", "prijs_per_aanbieder"),
];

/// A chart with the table it is drawn from.
pub(super) struct Drawing {
    pub(super) chart: Chart,
    /// Its data, for a workbook that draws by itself.
    pub(super) data: Table,
    /// The columns of the data that are drawn.
    pub(super) columns: Vec<usize>,
}

impl Drawing {
    /// The chart as a picture.
    ///
    /// # Errors
    /// In Dutch, when a figure has no place on an axis.
    pub(super) fn drawn(&self) -> Result<Figure, String> {
        charts::draw(&self.chart).map_err(|_| {
            "een waarde is te groot om te tekenen; het getal zelf staat in de tabel".to_owned()
        })
    }
}

/// The kinds of chart that a table can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Bars,
    Line,
}

/// The chart of an answer.
///
/// # Errors
/// In Dutch: why it cannot be drawn, and what would help.
pub(super) fn drawing(
    antwoord: &Antwoord,
    soort: Option<&str>,
    gemeenten: Gemeenten<'_>,
) -> Result<Drawing, String> {
    let asked = soort.map(named).transpose()?;
    let shape = Shape::of(antwoord, gemeenten)?;
    let by_shape = if shape.period.is_some() { Wanted::Line } else { Wanted::Bars };
    let wanted = match (asked, antwoord.grafiek()) {
        (Some(wanted), _) => wanted,
        (None, None) => by_shape,
        (None, Some(header)) => match named(header)? {
            // Of one quarter there is no course: the header counts on more.
            Wanted::Line => by_shape,
            Wanted::Bars => Wanted::Bars,
        },
    };
    match wanted {
        Wanted::Bars => staven::drawing(&shape),
        Wanted::Line => lijn::drawing(&shape),
    }
}

fn named(soort: &str) -> Result<Wanted, String> {
    match soort.trim().to_lowercase().as_str() {
        "bars" | "staven" => Ok(Wanted::Bars),
        "line" | "lijn" => Ok(Wanted::Line),
        other => match OF_REPORT.iter().find(|(name, _)| *name == other) {
            Some((name, file)) => Err(format!(
                "een grafiek van de soort {name} staat alleen in het rapport (figuren/{file}.svg); --soort bars of --soort line \
                 tekent deze tabel"
            )),
            None => {
                Err(format!("onbekende soort grafiek '{soort}'; kies --soort bars of --soort line"))
            }
        },
    }
}

#[cfg(test)]
mod tests;
