//! What was seen against what chance gives, one row per peer.
//!
//! Enters: [`Ranges`] with chance ranges computed by the caller. Leaves: shapes and a description. A
//! hidden value takes its whole row along: expected and range would tell about it.

use anyhow::ensure;

use crate::charts::bars::{HIDDEN, decimals_of};
use crate::charts::canvas::{Canvas, Point};
use crate::charts::marks::{self, Meaning, or};
use crate::charts::rows::{RowText, Rows, lay_rows};
use crate::charts::theme::{BAND, INK, MUTED, REST, WHITE};
use crate::charts::{ChartKind, Drawn, Kind, ensure_finite, words};
use crate::dutch;

/// How ranges are drawn.
pub const KIND: ChartKind = ChartKind {
    name: "bereik",
    question: "Wie kreeg meer of minder dan het lot zou geven?",
    draw: |kind, canvas, top| match kind {
        Kind::Ranges(ranges) => Some(draw(ranges, canvas, top)),
        _ => None,
    },
};

/// Seen against expected.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranges {
    /// What is measured, under the axis: `keer zorgcoördinator`.
    pub unit: String,
    /// What a dot is and what heads the values; `werkelijk` when empty.
    pub observed_label: String,
    /// What a tick is; `verwacht` when empty.
    pub expected_label: String,
    /// What a grey bar is: `wat het lot meestal geeft (95 van de 100 keer)`.
    pub range_label: String,
    /// What a flagged dot is; `meer dan toeval verklaart` when empty.
    pub flagged_label: String,
    /// Why nothing is called out here, for the description; empty when rows were judged.
    pub not_judged: String,
    /// The rows in the order of drawing.
    pub rows: Vec<RangeRow>,
}

/// One peer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RangeRow {
    /// Name at the left.
    pub label: String,
    /// What was seen; `None` is a hidden value, and then only the name and `onderdrukt` stand in the row.
    pub observed: Option<f64>,
    /// What chance gives on average.
    pub expected: Option<f64>,
    /// Lowest and highest that chance usually gives.
    pub range: Option<(f64, f64)>,
    /// What was seen as written; when empty the value itself.
    pub text: String,
    /// Remark at the right: `meer dan toeval verklaart`, `te weinig cliënten`. A flagged row needs one,
    /// because colour and shape never stand alone.
    pub note: String,
    /// What was concluded.
    pub verdict: Verdict,
}

/// What was concluded about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdict {
    /// Within what chance gives.
    #[default]
    Within,
    /// More or less than chance gives.
    Flagged,
    /// Too little to conclude from.
    Withheld,
}

impl RangeRow {
    fn written(&self, decimals: u8) -> String {
        match self.observed {
            None => HIDDEN.to_owned(),
            Some(value) if self.text.is_empty() => dutch::decimal(value, decimals),
            Some(_) => self.text.clone(),
        }
    }

    /// Every value that is drawn; none when the row is hidden.
    fn values(&self) -> impl Iterator<Item = f64> {
        let (low, high) = self.range.map_or((None, None), |(low, high)| (Some(low), Some(high)));
        let all = [self.observed, self.expected, low, high];
        all.into_iter().flatten().filter(|_| self.observed.is_some())
    }
}

impl Ranges {
    fn values(&self) -> impl Iterator<Item = f64> {
        self.rows.iter().flat_map(RangeRow::values)
    }

    fn decimals(&self) -> u8 {
        decimals_of(self.rows.iter().filter_map(|row| row.observed))
    }
}

fn draw(ranges: &Ranges, canvas: &mut Canvas, top: f64) -> anyhow::Result<Drawn> {
    check(ranges)?;
    if ranges.rows.is_empty() {
        return Ok(marks::nothing(canvas, top));
    }
    let top = marks::key(canvas, top, &meanings(ranges));
    let decimals = ranges.decimals();
    let texts: Vec<RowText> = ranges
        .rows
        .iter()
        .map(|row| RowText {
            name: row.label.clone(),
            value: row.written(decimals),
            note: if row.observed.is_some() { row.note.clone() } else { String::new() },
            bold: row.observed.is_some() && row.verdict == Verdict::Flagged,
        })
        .collect();
    let low = ranges.values().fold(0.0, f64::min);
    let high = ranges.values().fold(0.0, f64::max);
    let whole = ranges.rows.iter().filter_map(|row| row.observed).all(|v| v.fract() == 0.0);
    let head = or(&ranges.observed_label, "werkelijk");
    let rows = lay_rows(canvas, top, &texts, (low, high), (head, whole));
    for (row, middle) in ranges.rows.iter().zip(&rows.middles) {
        draw_row(row, canvas, &rows, *middle);
    }
    let bottom = rows.axis(canvas, &ranges.unit);
    Ok(Drawn { bottom, desc: describe(ranges) })
}

fn check(ranges: &Ranges) -> anyhow::Result<()> {
    ensure_finite(ranges.values())?;
    for row in ranges.rows.iter().filter(|row| row.observed.is_some()) {
        ensure!(
            row.range.is_none_or(|(low, high)| low <= high),
            "het bereik van '{}' loopt van hoog naar laag",
            row.label
        );
        ensure!(
            row.verdict != Verdict::Flagged || !row.note.trim().is_empty(),
            "bij '{}' ontbreekt wat er opvalt: alleen kleur en vorm zijn niet genoeg",
            row.label
        );
    }
    Ok(())
}

fn meanings(ranges: &Ranges) -> Vec<Meaning> {
    let shown = || ranges.rows.iter().filter(|row| row.observed.is_some());
    let mut meanings = Vec::new();
    if shown().any(|row| row.range.is_some()) {
        let bar: fn(&mut Canvas, Point) = |canvas, (x, y)| {
            grey_bar(canvas, (x - 7.0, x + 8.0), (y, 4.5));
        };
        meanings.push(Meaning::new(bar, or(&ranges.range_label, "wat toeval meestal geeft")));
    }
    if shown().any(|row| row.expected.is_some()) {
        let text = or(&ranges.expected_label, "verwacht");
        meanings.push(Meaning::new(|canvas, at| tick(canvas, at, 8.0), text));
    }
    let has = |verdict: Verdict| shown().any(|row| row.verdict == verdict);
    if has(Verdict::Within) {
        let text = or(&ranges.observed_label, "werkelijk");
        meanings.push(Meaning::new(|canvas, at| observed(canvas, at, 1.0, Verdict::Within), text));
    }
    if has(Verdict::Flagged) {
        let text = or(&ranges.flagged_label, "meer dan toeval verklaart");
        meanings.push(Meaning::new(|canvas, at| observed(canvas, at, 1.0, Verdict::Flagged), text));
    }
    if has(Verdict::Withheld) {
        let draw: fn(&mut Canvas, Point) = |canvas, at| {
            observed(canvas, at, 1.0, Verdict::Withheld);
        };
        meanings.push(Meaning::new(draw, "geen oordeel"));
    }
    meanings
}

fn draw_row(row: &RangeRow, canvas: &mut Canvas, rows: &Rows, middle: f64) {
    let Some(value) = row.observed else {
        rows.hidden(canvas, middle);
        return;
    };
    if let Some((low, high)) = row.range {
        grey_bar(canvas, (rows.x(low), rows.x(high)), (middle, 5.0 * rows.size));
    }
    if let Some(expected) = row.expected {
        tick(canvas, (rows.x(expected), middle), 9.0 * rows.size);
    }
    observed(canvas, (rows.x(value), middle), rows.size, row.verdict);
}

/// A grey bar with an outline, two pixels wide at least.
fn grey_bar(canvas: &mut Canvas, (from, to): (f64, f64), (middle, half): (f64, f64)) {
    let (from, to) = if to - from < 2.0 { (from - 1.0, from + 1.0) } else { (from, to) };
    canvas.rect((from, middle - half), (to, middle + half), REST);
    if to - from > 2.0 {
        canvas.rect((from + 1.0, middle - half + 1.0), (to - 1.0, middle + half - 1.0), BAND);
    }
}

fn tick(canvas: &mut Canvas, (x, y): Point, half: f64) {
    canvas.rect((x - 2.0, y - half), (x + 2.0, y + half), WHITE);
    canvas.rect((x - 1.0, y - half), (x + 1.0, y + half), INK);
}

fn observed(canvas: &mut Canvas, at: Point, size: f64, verdict: Verdict) {
    match verdict {
        Verdict::Within => marks::ring(canvas, at, 5.0 * size, INK),
        Verdict::Flagged => marks::diamond(canvas, at, 5.5 * size, false),
        Verdict::Withheld => marks::cross(canvas, at, 3.75 * size, MUTED),
    }
}

fn describe(ranges: &Ranges) -> String {
    let decimals = ranges.decimals();
    let shown: Vec<(&RangeRow, f64)> =
        ranges.rows.iter().filter_map(|row| Some((row, row.observed?))).collect();
    let named =
        shown.iter().map(|(row, value)| (*value, words::named(&row.label, &row.written(decimals))));
    let rows = words::counted(ranges.rows.len(), "rij", "rijen");
    let mut said = vec![format!("Bereikdiagram met {rows}{}", words::in_unit(&ranges.unit))];
    said.extend(words::extremes(&named.collect::<Vec<_>>()));
    let of = |verdict: Verdict| shown.iter().filter(move |(row, _)| row.verdict == verdict);
    let flagged: Vec<String> =
        of(Verdict::Flagged).map(|(row, _)| in_full(row, decimals)).collect();
    if !flagged.is_empty() {
        said.push(format!("Opvallend: {}", flagged.join("; ")));
    } else if !ranges.not_judged.is_empty() {
        said.push(ranges.not_judged.clone());
    } else if of(Verdict::Within).next().is_some() {
        said.push("Geen van de getoonde rijen valt op".to_owned());
    }
    let n_withheld = of(Verdict::Withheld).count();
    if n_withheld > 0 {
        said.push(format!(
            "{} waarover niets te zeggen is",
            words::counted(n_withheld, "rij", "rijen")
        ));
    }
    said.extend(words::hidden(ranges.rows.len() - shown.len()));
    words::sentences(&said)
}

/// A row with everything that is known of it.
fn in_full(row: &RangeRow, decimals: u8) -> String {
    let decimal = |value: f64| dutch::decimal(value, decimals_of([value]));
    let mut text = format!("{} {}", row.label, row.written(decimals));
    if let Some(expected) = row.expected {
        text = format!("{text}, verwacht {}", decimal(expected));
    }
    if let Some((low, high)) = row.range {
        text = format!("{text}, meestal {} tot {}", decimal(low), decimal(high));
    }
    format!("{text} ({})", row.note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_holds_the_marks_that_are_drawn_and_no_other() {
        let row = |observed: Option<f64>, verdict: Verdict| RangeRow {
            observed,
            verdict,
            note: "te weinig".to_owned(),
            ..RangeRow::default()
        };
        let told = |rows: Vec<RangeRow>| -> Vec<String> {
            let ranges = Ranges { rows, ..Ranges::default() };
            meanings(&ranges).into_iter().map(|meaning| meaning.text).collect()
        };
        let (flagged, withheld) = (Verdict::Flagged, Verdict::Withheld);
        assert_eq!(told(vec![row(Some(1.0), Verdict::Within)]), ["werkelijk"]);
        assert_eq!(told(vec![row(Some(1.0), withheld)]), ["geen oordeel"]);
        let both = told(vec![row(Some(1.0), flagged), row(None, withheld)]);
        assert_eq!(both, ["meer dan toeval verklaart"], "a hidden row has no mark");
        assert_eq!(told(vec![row(None, flagged)]), [""; 0]);
    }
}
