//! Plain chart descriptions → SVG, and PNG from the same SVG.
//!
//! Enters: a [`Chart`], plain numbers and finished Dutch texts. Leaves: a [`Figure`], an SVG text with a
//! text alternative. Does not know tables, regions or disclosure: it draws what it is given, so callers
//! hand over published values only. Same chart, same bytes.
//!
//! A new kind of chart is a variant of [`Kind`] with its line in [`Kind::has_values`], a file with a
//! [`ChartKind`], and a line in [`CHARTS`].

pub mod accessible;
pub mod axis;
pub mod bars;
pub mod bridge;
pub mod canvas;
pub mod font;
pub mod funnel;
mod funnel_key;
mod funnel_labels;
mod funnel_plane;
pub mod intervals;
pub mod line;
mod line_labels;
pub mod lorenz;
mod lorenz_labels;
mod marks;
pub mod png;
pub mod range;
mod rows;
pub mod strip;
mod strip_layout;
pub mod theme;
mod words;

#[cfg(test)]
mod samples;

use anyhow::{Context, ensure};

use crate::charts::canvas::{Anchor, Canvas, clean};
use crate::charts::theme::{MARGIN, SOURCE, SUBTITLE, TITLE, WIDTH};

pub use crate::charts::bars::{Bar, Bars};
pub use crate::charts::bridge::{Amount, Bridge};
pub use crate::charts::funnel::{Funnel, FunnelDot, Limits, XScale};
pub use crate::charts::intervals::{IntervalRow, Intervals};
pub use crate::charts::line::{Line, Series};
pub use crate::charts::lorenz::Lorenz;
pub use crate::charts::png::png;
pub use crate::charts::range::{RangeRow, Ranges, Verdict};
pub use crate::charts::strip::{Dot, Strip, StripRow};

/// What to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// File stem and beginning of the ids: lower-case ASCII letters, digits, `_` and `-`.
    pub stem: String,
    /// The finding, as a sentence.
    pub title: String,
    /// Measure, unit, period and n.
    pub subtitle: String,
    /// Source and name of the query.
    pub source: String,
    /// The values.
    pub kind: Kind,
}

/// The kinds of chart with their values.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Amounts side by side.
    Bars(Bars),
    /// From one total to another.
    Bridge(Bridge),
    /// Rates against size.
    Funnel(Funnel),
    /// Estimates with their uncertainty.
    Intervals(Intervals),
    /// Amounts through time.
    Line(Line),
    /// How evenly something is divided.
    Lorenz(Lorenz),
    /// Seen against what chance gives.
    Ranges(Ranges),
    /// Separate prices per product.
    Strip(Strip),
}

impl Kind {
    /// True when there is something to draw; hidden values count, as they are shown as hidden.
    pub fn has_values(&self) -> bool {
        match self {
            Self::Bars(bars) => !bars.bars.is_empty(),
            Self::Bridge(bridge) => !bridge.steps.is_empty(),
            Self::Funnel(funnel) => funnel.dots.iter().any(|dot| dot.y.is_some()),
            Self::Intervals(intervals) => !intervals.rows.is_empty(),
            Self::Line(line) => {
                line.series.iter().any(|series| series.values.iter().any(Option::is_some))
            }
            Self::Lorenz(lorenz) => !lorenz.points.is_empty(),
            Self::Ranges(ranges) => !ranges.rows.is_empty(),
            Self::Strip(strip) => !strip.rows.is_empty(),
        }
    }

    /// Bars and lines without what stands beside a hidden value: its text, its tick.
    fn seen(&self) -> Option<Self> {
        match self {
            Self::Bars(bars) => {
                let seen = |bar: &Bar| match bar.value {
                    Some(_) => bar.clone(),
                    None => Bar { highlight: bar.highlight, ..Bar::new(&bar.label, None, "") },
                };
                let seen = bars.bars.iter().map(seen).collect();
                Some(Self::Bars(Bars { bars: seen, ..bars.clone() }))
            }
            Self::Line(line) => {
                let mut line = line.clone();
                for series in &mut line.series {
                    for (text, value) in series.texts.iter_mut().zip(&series.values) {
                        if value.is_none() {
                            text.clear();
                        }
                    }
                }
                Some(Self::Line(line))
            }
            _ => None,
        }
    }
}

/// One kind of chart: what it answers and how it is drawn.
#[derive(Debug)]
pub struct ChartKind {
    /// Name in the documentation.
    pub name: &'static str,
    /// The question it answers, in Dutch.
    pub question: &'static str,
    /// Draws below the given edge; `None` when the values belong to another kind.
    pub draw: fn(&Kind, &mut Canvas, f64) -> Option<anyhow::Result<Drawn>>,
}

/// What drawing the values gave.
#[derive(Debug)]
pub struct Drawn {
    /// Lower edge in CSS pixels.
    pub bottom: f64,
    /// Highest, lowest, course and what is hidden, in Dutch sentences.
    pub desc: String,
}

/// Every kind of chart.
pub static CHARTS: &[ChartKind] = &[
    bars::KIND,
    bridge::KIND,
    funnel::KIND,
    intervals::KIND,
    line::KIND,
    lorenz::KIND,
    range::KIND,
    strip::KIND,
];

/// A drawn chart. Only [`draw`] makes one, so it always has a text alternative.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    stem: String,
    title: String,
    svg: String,
    desc: String,
    size: (u32, u32),
    kind: Option<Kind>,
}

impl Figure {
    /// File stem.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// The finding.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// One `svg` element without XML declaration, to stand in a page or in a file.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Text alternative: finding, measure, period, n, highest, lowest, course.
    pub fn desc(&self) -> &str {
        &self.desc
    }

    /// Width and height in CSS pixels; the PNG has twice as many.
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// The values it was drawn from, for a writer that has charts of its own: bars and lines, with nothing of what
    /// is hidden. `None` for what only a picture can show.
    pub fn kind(&self) -> Option<&Kind> {
        self.kind.as_ref()
    }
}

/// Draws a chart.
///
/// # Errors
/// When the stem cannot be a file name, the title is empty, a value is not a finite number, or the kind
/// refuses its values; the message is Dutch and names the chart.
pub fn draw(chart: &Chart) -> anyhow::Result<Figure> {
    let sheet = lay_out(chart).with_context(|| format!("grafiek '{}'", chart.stem))?;
    let drawing = sheet.canvas.paint(WIDTH, sheet.height)?;
    let with = accessible::Wrapping {
        stem: &chart.stem,
        title: &chart.title,
        desc: &sheet.desc,
        size: (WIDTH, sheet.height),
    };
    Ok(Figure {
        stem: chart.stem.clone(),
        title: clean(&chart.title),
        svg: accessible::wrap(&drawing, with),
        desc: sheet.desc,
        size: (whole(WIDTH), whole(sheet.height)),
        kind: chart.kind.seen(),
    })
}

/// A chart laid out but not painted.
struct Sheet {
    canvas: Canvas,
    height: f64,
    desc: String,
}

fn lay_out(chart: &Chart) -> anyhow::Result<Sheet> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    ensure!(
        !chart.stem.is_empty() && chart.stem.chars().all(allowed),
        "de naam mag alleen kleine letters, cijfers, _ en - bevatten"
    );
    ensure!(!clean(&chart.title).is_empty(), "de titel ontbreekt: zet daar de bevinding");
    let mut canvas = Canvas::default();
    let column = WIDTH - 2.0 * MARGIN;
    let title = font::wrap(&chart.title, TITLE, column);
    let below_title = canvas.lines((MARGIN, MARGIN), Anchor::Start, TITLE, &title);
    let subtitle = font::wrap(&chart.subtitle, SUBTITLE, column);
    let top = canvas.lines((MARGIN, below_title + 2.0), Anchor::Start, SUBTITLE, &subtitle) + 14.0;
    let drawn = CHARTS
        .iter()
        .find_map(|kind| (kind.draw)(&chart.kind, &mut canvas, top))
        .context("dit soort grafiek staat niet in CHARTS")??;
    let source = font::wrap(&chart.source, SOURCE, column);
    let bottom = canvas.lines((MARGIN, drawn.bottom + 14.0), Anchor::Start, SOURCE, &source);
    let parts = [
        chart.title.as_str(),
        &chart.subtitle,
        &drawn.desc,
        "De cijfers staan in de tabel bij deze figuur",
    ];
    Ok(Sheet { canvas, height: (bottom + MARGIN - 6.0).ceil(), desc: words::sentences(&parts) })
}

/// Refuses values that have no place on an axis.
pub(crate) fn ensure_finite(values: impl IntoIterator<Item = f64>) -> anyhow::Result<()> {
    for value in values {
        ensure!(
            value.is_finite() && value.abs() < 1e15,
            "een waarde is geen getal of veel te groot: schrijf 'niet te bepalen' in plaats van deze grafiek"
        );
    }
    Ok(())
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size in pixels is positive and small"
)]
fn whole(pixels: f64) -> u32 {
    pixels.ceil() as u32
}

#[cfg(test)]
mod tests;
