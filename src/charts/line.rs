//! Amounts through time, one line per series.
//!
//! Enters: [`Line`]. Leaves: shapes and a description. The axis always holds zero. Series differ in
//! colour, in marker and by a label at their end; provisional last periods are dashed and hollow.

use anyhow::ensure;

use crate::charts::bars::decimals_of;
use crate::charts::canvas::{Anchor, Canvas, Point};
use crate::charts::line_labels::{EndLabel, end_labels, place_ends, point_labels};
use crate::charts::marks::Marker;
use crate::charts::theme::{
    AXIS, Colour, GRID, INK, LABEL, MARGIN, MAX_SERIES, MUTED, WIDTH, palette,
};
use crate::charts::{ChartKind, Drawn, Kind, axis, ensure_finite, font, words};
use crate::dutch;

/// How lines are drawn.
pub const KIND: ChartKind = ChartKind {
    name: "lijn",
    question: "Hoe verloopt het door de tijd?",
    draw: |kind, canvas, top| match kind {
        Kind::Line(line) => Some(draw(line, canvas, top)),
        _ => None,
    },
};

/// Height of the plot when labels do not ask for more.
const HEIGHT: f64 = 230.0;
/// Space between the axis and the first point, and after the last.
const INSET: f64 = 26.0;
/// What stands under a period that is not complete.
const PROVISIONAL: &str = "voorlopig";

/// Amounts through time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// What is measured, above the axis: `overeenkomsten`, `euro`.
    pub unit: String,
    /// The periods, oldest first.
    pub x: Vec<String>,
    /// At most [`MAX_SERIES`] series.
    pub series: Vec<Series>,
    /// How many of the last periods are not complete yet.
    pub n_provisional: usize,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Name at the end of the line.
    pub name: String,
    /// One value per period; `None` (hidden or unknown) interrupts the line.
    pub values: Vec<Option<f64>>,
    /// The values as written, one per period; empty to write the values themselves.
    pub texts: Vec<String>,
}

impl Line {
    /// True for the last periods that are not complete yet.
    fn is_provisional(&self, i: usize) -> bool {
        i + self.n_provisional >= self.x.len()
    }
}

impl Series {
    pub(crate) fn written(&self, i: usize) -> String {
        let own = self.texts.get(i).filter(|text| !text.is_empty());
        own.cloned().unwrap_or_else(|| {
            let decimals = decimals_of(self.values.iter().flatten().copied());
            self.values[i].map_or_else(String::new, |value| dutch::decimal(value, decimals))
        })
    }

    /// Position and value of the periods that have one.
    pub(crate) fn known(&self) -> Vec<(usize, f64)> {
        self.values.iter().enumerate().filter_map(|(i, value)| Some((i, (*value)?))).collect()
    }
}

/// The rectangle of the plot and its scales.
pub(crate) struct Plot {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    ticks: Vec<f64>,
    pub(crate) n: usize,
}

impl Plot {
    fn step(&self) -> f64 {
        (self.right - self.left - 2.0 * INSET) / (self.n.max(2) - 1) as f64
    }

    fn x(&self, i: usize) -> f64 {
        if self.n == 1 {
            f64::midpoint(self.left, self.right)
        } else {
            self.left + INSET + self.step() * i as f64
        }
    }

    pub(crate) fn y(&self, value: f64) -> f64 {
        let (low, high) = (self.ticks[0], self.ticks[self.ticks.len() - 1]);
        self.bottom - (value - low) / (high - low) * (self.bottom - self.top)
    }

    pub(crate) fn point(&self, (i, value): (usize, f64)) -> Point {
        (self.x(i), self.y(value))
    }
}

fn draw(line: &Line, canvas: &mut Canvas, top: f64) -> anyhow::Result<Drawn> {
    check(line)?;
    let all: Vec<f64> =
        line.series.iter().flat_map(|s| s.values.iter().flatten().copied()).collect();
    if all.is_empty() {
        let text = "Er zijn geen waarden om te tonen.";
        canvas.text((MARGIN, top + LABEL.size), Anchor::Start, LABEL, text);
        return Ok(Drawn { bottom: top + LABEL.leading(), desc: text.to_owned() });
    }
    let ends = end_labels(line);
    let plot = frame(line, canvas, top, &ends);
    for (series, (colour, marker)) in line.series.iter().zip(looks(line)) {
        trace(line, series, canvas, &plot, (*colour, marker));
    }
    if let [only] = line.series.as_slice() {
        point_labels(only, canvas, &plot);
    } else {
        place_ends(line, canvas, &plot, &ends);
    }
    let mut bottom = plot.bottom + 20.0;
    if line.n_provisional > 0 {
        bottom += AXIS.leading();
    }
    if line.series.iter().any(has_gap) {
        let note =
            ["Waar de lijn onderbroken is, is de waarde onderdrukt of niet te bepalen.".to_owned()];
        bottom = canvas.lines((MARGIN, bottom + 4.0), Anchor::Start, AXIS, &note);
    }
    Ok(Drawn { bottom, desc: describe(line) })
}

fn check(line: &Line) -> anyhow::Result<()> {
    ensure!(
        line.series.len() <= MAX_SERIES,
        "{} reeksen in een lijngrafiek: meer dan {MAX_SERIES} zijn niet uit elkaar te houden",
        line.series.len()
    );
    for series in &line.series {
        ensure!(
            series.values.len() == line.x.len(),
            "reeks '{}' heeft {} waarden bij {} perioden",
            series.name,
            series.values.len(),
            line.x.len()
        );
        ensure_finite(series.values.iter().flatten().copied())?;
    }
    Ok(())
}

pub(crate) fn looks(line: &Line) -> impl Iterator<Item = (&'static Colour, Marker)> {
    let markers =
        [Marker::Disc, Marker::Square, Marker::Triangle, Marker::Diamond, Marker::Downward];
    palette(line.series.len()).iter().zip(markers)
}

/// Draws the axes; the plot leaves room for the labels at its right.
fn frame(line: &Line, canvas: &mut Canvas, top: f64, ends: &[EndLabel]) -> Plot {
    let values = || line.series.iter().flat_map(|series| series.values.iter().flatten().copied());
    let whole = values().all(|value| value.fract() == 0.0);
    let ticks =
        axis::linear(values().fold(0.0, f64::min), values().fold(0.0, f64::max), 5.0, whole);
    let decimals = axis::decimals(&ticks);
    let labels: Vec<String> = ticks.iter().map(|tick| dutch::decimal(*tick, decimals)).collect();
    let widest = labels.iter().map(|label| font::width(label, AXIS)).fold(0.0, f64::max);
    let end_width = if let [only] = line.series.as_slice() {
        let last = only.known().last().map_or_else(String::new, |(i, _)| only.written(*i));
        font::width(&last, LABEL.bold()) - INSET + 12.0
    } else {
        let lines = ends.iter().flat_map(|end| &end.lines);
        lines.map(|text| font::width(text, LABEL.bold())).fold(0.0, f64::max) + 10.0
    };
    let needed: f64 = ends.iter().map(|end| end.lines.len() as f64 * LABEL.leading() + 6.0).sum();
    let unit_bottom = if line.unit.is_empty() {
        top
    } else {
        canvas.text((MARGIN, top + AXIS.size), Anchor::Start, AXIS, &line.unit);
        top + AXIS.leading() + 14.0
    };
    let plot = Plot {
        left: MARGIN + widest + 8.0,
        right: WIDTH - MARGIN - end_width.max(0.0),
        top: unit_bottom,
        bottom: unit_bottom + HEIGHT.max(needed),
        ticks,
        n: line.x.len(),
    };
    for (tick, label) in plot.ticks.iter().zip(&labels) {
        let y = plot.y(*tick);
        let colour = if *tick == 0.0 { INK } else { GRID };
        canvas.line(&[(plot.left, y), (plot.right, y)], colour, 1.0);
        canvas.text((plot.left - 8.0, y + 4.0), Anchor::End, AXIS, label);
    }
    periods(line, canvas, &plot);
    plot
}

/// Names the periods; every so many when they do not all fit, counted back from the last.
fn periods(line: &Line, canvas: &mut Canvas, plot: &Plot) {
    let mut widest = line.x.iter().map(|name| font::width(name, AXIS)).fold(0.0, f64::max);
    if line.n_provisional > 0 {
        widest = widest.max(font::width(PROVISIONAL, AXIS));
    }
    let every = (1..=plot.n).find(|k| *k as f64 * plot.step() >= widest + 8.0).unwrap_or(plot.n);
    let last = plot.n - 1;
    for (i, name) in line.x.iter().enumerate().filter(|(i, _)| (last - i).is_multiple_of(every)) {
        let x = plot.x(i);
        canvas.line(&[(x, plot.bottom), (x, plot.bottom + 4.0)], MUTED, 1.0);
        canvas.text((x, plot.bottom + 17.0), Anchor::Middle, AXIS, name);
        if line.is_provisional(i) {
            canvas.text(
                (x, plot.bottom + 17.0 + AXIS.leading()),
                Anchor::Middle,
                AXIS,
                PROVISIONAL,
            );
        }
    }
}

fn trace(
    line: &Line,
    series: &Series,
    canvas: &mut Canvas,
    plot: &Plot,
    (colour, marker): (Colour, Marker),
) {
    let known = series.known();
    for pair in known.windows(2).filter(|pair| pair[0].0 + 1 == pair[1].0) {
        let (from, to) = (plot.point(pair[0]), plot.point(pair[1]));
        if line.is_provisional(pair[1].0) {
            canvas.dashed(from, to, colour, (2.5, 5.0));
        } else {
            canvas.line(&[from, to], colour, 2.5);
        }
    }
    for (i, value) in known {
        marker.draw(canvas, plot.point((i, value)), colour, line.is_provisional(i));
    }
}

fn has_gap(series: &Series) -> bool {
    series.values.iter().any(Option::is_none)
}

fn describe(line: &Line) -> String {
    let n_periods = i64::try_from(line.x.len()).expect("a chart has few periods");
    let unit = if line.unit.is_empty() { String::new() } else { format!(", in {}", line.unit) };
    let periods = dutch::counted(n_periods, "periode", "perioden");
    let mut said = vec![format!("Lijngrafiek over {periods}{unit}")];
    for series in &line.series {
        let known = series.known();
        let name = if series.name.is_empty() { "Verloop" } else { &series.name };
        let name = dutch::capital(name);
        let (Some(first), Some(last)) = (known.first(), known.last()) else {
            said.push(format!("{name}: geen waarden"));
            continue;
        };
        let at =
            |point: &(usize, f64)| format!("{} in {}", series.written(point.0), line.x[point.0]);
        let highest = known.iter().fold(first, |a, b| if b.1 > a.1 { b } else { a });
        let lowest = known.iter().fold(first, |a, b| if b.1 < a.1 { b } else { a });
        said.push(format!(
            "{name}: van {} naar {}; hoogste {}, laagste {}",
            at(first),
            at(last),
            at(highest),
            at(lowest)
        ));
        if has_gap(series) {
            let n = i64::try_from(series.values.len() - known.len()).expect("few periods");
            said.push(format!(
                "{} zonder getoonde waarde",
                dutch::counted(n, "periode", "perioden")
            ));
        }
    }
    match line.n_provisional.min(line.x.len()) {
        0 => {}
        1 => said.push("De laatste periode is voorlopig".to_owned()),
        n => said.push(format!("De laatste {n} perioden zijn voorlopig")),
    }
    words::sentences(&said)
}
