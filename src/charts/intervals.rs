//! Estimates with their uncertainty, one row per peer, against a common reference.
//!
//! Enters: [`Intervals`] with the intervals computed by the caller. Leaves: shapes and a description. A
//! hidden estimate takes its whole row along. An interval that runs far beyond everything else is cut
//! with an arrow, so that the others stay readable.

use anyhow::ensure;

use crate::charts::bars::{HIDDEN, decimals_of};
use crate::charts::canvas::{Anchor, Canvas, Point};
use crate::charts::marks::{self, Meaning, or};
use crate::charts::rows::{RowText, Rows, lay_rows};
use crate::charts::theme::{ACCENT, AXIS, INK, MARGIN, MUTED, WHITE, WIDTH};
use crate::charts::{ChartKind, Drawn, Kind, ensure_finite, font, words};
use crate::dutch;

/// How intervals are drawn.
pub const KIND: ChartKind = ChartKind {
    name: "intervallen",
    question: "Hoe zeker is elk cijfer, en waar ligt het tegenover de andere?",
    draw: |kind, canvas, top| match kind {
        Kind::Intervals(intervals) => Some(draw(intervals, canvas, top)),
        _ => None,
    },
};

/// Upper ends count for the axis up to this many times the highest estimate.
const END_ROOM: f64 = 2.0;

/// Estimates with their uncertainty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Intervals {
    /// What is measured, under the axis: `per 10.000 jeugdigen`.
    pub unit: String,
    /// What a dot is and what heads the values; `cijfer` when empty.
    pub estimate_label: String,
    /// What a line is; `met 95% zekerheid` when empty.
    pub interval_label: String,
    /// What a tick is: `verwacht naar de andere gemeenten`; `verwacht` when empty.
    pub expected_label: String,
    /// The vertical line through all rows.
    pub reference: Option<f64>,
    /// Its name, above it: `regio 13,9`.
    pub reference_label: String,
    /// What a hollow dot is; `klein aantal` when empty.
    pub small_label: String,
    /// What a flagged dot is; `opvallend` when empty.
    pub flagged_label: String,
    /// The rows in the order of drawing.
    pub rows: Vec<IntervalRow>,
}

/// One peer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IntervalRow {
    /// Name at the left.
    pub label: String,
    /// The estimate; `None` is a hidden value, and then only the name and `onderdrukt` stand in the row.
    pub estimate: Option<f64>,
    /// Lower and upper end of its interval.
    pub interval: Option<(f64, f64)>,
    /// What would be expected of this peer.
    pub expected: Option<f64>,
    /// The estimate as written; when empty the value itself.
    pub text: String,
    /// Remark at the right.
    pub note: String,
    /// Hollow: a small number.
    pub small: bool,
    /// Asks for a conversation: a diamond and bold letters.
    pub flagged: bool,
}

impl IntervalRow {
    fn written(&self, decimals: u8) -> String {
        match self.estimate {
            None => HIDDEN.to_owned(),
            Some(value) if self.text.is_empty() => dutch::decimal(value, decimals),
            Some(_) => self.text.clone(),
        }
    }
}

impl Intervals {
    fn shown(&self) -> impl Iterator<Item = (&IntervalRow, f64)> {
        self.rows.iter().filter_map(|row| Some((row, row.estimate?)))
    }

    fn decimals(&self) -> u8 {
        decimals_of(self.shown().map(|(_, value)| value))
    }

    /// What the axis has to hold.
    fn extent(&self) -> (f64, f64) {
        let own = self.shown().flat_map(|(row, value)| [Some(value), row.expected]);
        let middles: Vec<f64> = own.chain([self.reference]).flatten().collect();
        let highest = middles.iter().copied().fold(0.0, f64::max);
        let ends = || self.shown().filter_map(|(row, _)| row.interval);
        let end = ends().map(|(_, high)| high).fold(0.0, f64::max);
        let low = middles.into_iter().chain(ends().map(|(low, _)| low)).fold(0.0, f64::min);
        (low, if highest > 0.0 { highest.max(end.min(END_ROOM * highest)) } else { end })
    }
}

fn draw(intervals: &Intervals, canvas: &mut Canvas, top: f64) -> anyhow::Result<Drawn> {
    check(intervals)?;
    if intervals.rows.is_empty() {
        return Ok(marks::nothing(canvas, top));
    }
    let top = marks::key(canvas, top, &meanings(intervals));
    let head = or(&intervals.estimate_label, "cijfer");
    let name = intervals.reference.map_or("", |_| intervals.reference_label.as_str());
    // The name of the reference line gets a line of its own above the rows.
    let above = if name.is_empty() { top } else { top + AXIS.leading() };
    let rows = lay_rows(canvas, above, &row_texts(intervals), intervals.extent(), (head, false));
    if let Some(reference) = intervals.reference {
        draw_reference(canvas, &rows, (reference, name), top);
    }
    let mut is_cut = false;
    for (row, middle) in intervals.rows.iter().zip(&rows.middles) {
        is_cut |= draw_row(row, canvas, &rows, *middle);
    }
    let mut bottom = rows.axis(canvas, &intervals.unit);
    if is_cut {
        let note = "Een pijl: het interval loopt verder dan de as; de tabel noemt het einde.";
        let lines = font::wrap(note, AXIS, WIDTH - 2.0 * MARGIN);
        bottom = canvas.lines((MARGIN, bottom + 6.0), Anchor::Start, AXIS, &lines);
    }
    Ok(Drawn { bottom, desc: describe(intervals) })
}

fn row_texts(intervals: &Intervals) -> Vec<RowText> {
    let text = |row: &IntervalRow| RowText {
        name: row.label.clone(),
        value: row.written(intervals.decimals()),
        note: if row.estimate.is_some() { row.note.clone() } else { String::new() },
        bold: row.estimate.is_some() && row.flagged,
    };
    intervals.rows.iter().map(text).collect()
}

/// A line through all rows with its name above it.
fn draw_reference(canvas: &mut Canvas, rows: &Rows, (value, name): (f64, &str), top: f64) {
    let x = rows.x(value);
    canvas.line(&[(x, rows.top - 4.0), (x, rows.bottom)], INK, 1.5);
    let name = font::fit(name, AXIS, WIDTH / 2.0, 1).concat();
    let half = font::width(&name, AXIS) / 2.0;
    let middle = x.clamp(MARGIN + half, WIDTH - MARGIN - half);
    canvas.text((middle, top + AXIS.size), Anchor::Middle, AXIS, &name);
}

fn check(intervals: &Intervals) -> anyhow::Result<()> {
    ensure_finite(intervals.reference)?;
    for (row, estimate) in intervals.shown() {
        let (low, high) = row.interval.unwrap_or((estimate, estimate));
        ensure_finite([estimate, low, high].into_iter().chain(row.expected))?;
        ensure!(
            low <= estimate && estimate <= high,
            "het cijfer van '{}' ligt buiten zijn eigen interval",
            row.label
        );
    }
    Ok(())
}

fn meanings(intervals: &Intervals) -> Vec<Meaning> {
    let has = |keep: fn(&IntervalRow) -> bool| intervals.shown().any(|(row, _)| keep(row));
    let mut meanings = Vec::new();
    if has(|row| !row.small && !row.flagged) {
        let text = or(&intervals.estimate_label, "cijfer");
        meanings.push(Meaning::new(|canvas, at| estimate(canvas, at, 1.0, (false, false)), text));
    }
    if has(|row| row.small && !row.flagged) {
        let text = or(&intervals.small_label, "klein aantal");
        meanings.push(Meaning::new(|canvas, at| estimate(canvas, at, 1.0, (true, false)), text));
    }
    if has(|row| row.flagged && !row.small) {
        let text = or(&intervals.flagged_label, "opvallend");
        meanings.push(Meaning::new(|canvas, at| estimate(canvas, at, 1.0, (false, true)), text));
    }
    if has(|row| row.flagged && row.small) {
        let flagged = or(&intervals.flagged_label, "opvallend");
        let text = format!("{flagged}, {}", or(&intervals.small_label, "klein aantal"));
        meanings.push(Meaning::new(|canvas, at| estimate(canvas, at, 1.0, (true, true)), &text));
    }
    if has(|row| row.interval.is_some()) {
        let line: fn(&mut Canvas, Point) = |canvas, (x, y)| {
            whisker(canvas, (x - 7.0, x + 8.0), (y, 4.0));
        };
        meanings.push(Meaning::new(line, or(&intervals.interval_label, "met 95% zekerheid")));
    }
    if has(|row| row.expected.is_some()) {
        let text = or(&intervals.expected_label, "verwacht");
        meanings.push(Meaning::new(|canvas, at| expected(canvas, at, 8.0), text));
    }
    meanings
}

/// Draws a row; true when its interval is cut.
fn draw_row(row: &IntervalRow, canvas: &mut Canvas, rows: &Rows, middle: f64) -> bool {
    let Some(value) = row.estimate else {
        rows.hidden(canvas, middle);
        return false;
    };
    let mut is_cut = false;
    if let Some((low, high)) = row.interval {
        let (from, to) = (rows.x(low), rows.x(high));
        is_cut = high > rows.highest();
        if is_cut {
            canvas.line(&[(from, middle), (to - 6.0, middle)], ACCENT, 2.0);
            canvas.line(&[(from, middle - 4.0), (from, middle + 4.0)], ACCENT, 1.5);
            let head = vec![(to, middle), (to - 8.0, middle - 4.5), (to - 8.0, middle + 4.5)];
            canvas.area(head, ACCENT);
        } else {
            whisker(canvas, (from, to), (middle, 4.5 * rows.size));
        }
    }
    if let Some(value) = row.expected {
        expected(canvas, (rows.x(value), middle), 9.0 * rows.size);
    }
    estimate(canvas, (rows.x(value), middle), rows.size, (row.small, row.flagged));
    is_cut
}

fn whisker(canvas: &mut Canvas, (from, to): (f64, f64), (y, half): (f64, f64)) {
    canvas.line(&[(from, y), (to, y)], ACCENT, 2.0);
    for x in [from, to] {
        canvas.line(&[(x, y - half), (x, y + half)], ACCENT, 1.5);
    }
}

fn expected(canvas: &mut Canvas, (x, y): Point, half: f64) {
    canvas.rect((x - 2.0, y - half), (x + 2.0, y + half), WHITE);
    canvas.rect((x - 1.0, y - half), (x + 1.0, y + half), MUTED);
}

fn estimate(canvas: &mut Canvas, at: Point, size: f64, (small, flagged): (bool, bool)) {
    match (flagged, small) {
        (true, small) => marks::diamond(canvas, at, 5.5 * size, small),
        (false, true) => marks::ring(canvas, at, 5.0 * size, ACCENT),
        (false, false) => marks::dot(canvas, at, 5.0 * size, ACCENT),
    }
}

fn describe(intervals: &Intervals) -> String {
    let decimals = intervals.decimals();
    let shown: Vec<(&IntervalRow, f64)> = intervals.shown().collect();
    let rows = words::counted(intervals.rows.len(), "rij", "rijen");
    let unit = words::in_unit(&intervals.unit);
    let mut said = vec![format!("Cijfers met hun onzekerheid, {rows}{unit}")];
    if intervals.reference.is_some() && !intervals.reference_label.is_empty() {
        said.push(format!("De lijn door alle rijen: {}", intervals.reference_label));
    }
    let decimal = |value: f64| dutch::decimal(value, decimals.max(1));
    let named = |row: &IntervalRow| {
        let ends = row.interval.map_or_else(String::new, |(low, high)| {
            format!(", tussen {} en {}", decimal(low), decimal(high))
        });
        format!("{} ({}{ends})", row.label, row.written(decimals))
    };
    let all = shown.iter().map(|(row, value)| (*value, named(row)));
    said.extend(words::extremes(&all.collect::<Vec<_>>()));
    let flagged: Vec<String> =
        shown.iter().filter(|(row, _)| row.flagged).map(|(row, _)| named(row)).collect();
    if !flagged.is_empty() {
        said.push(format!("Opvallend: {}", dutch::list(&flagged)));
    } else if !shown.is_empty() {
        said.push("Geen van de getoonde rijen valt op".to_owned());
    }
    let n_small = shown.iter().filter(|(row, _)| row.small).count();
    if n_small > 0 {
        said.push(format!("{} met een klein aantal", words::counted(n_small, "rij", "rijen")));
    }
    said.extend(words::hidden(intervals.rows.len() - shown.len()));
    words::sentences(&said)
}
