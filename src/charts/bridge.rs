//! From one total to another by steps that add up, in whole cents.
//!
//! Enters: [`Bridge`]. Leaves: shapes and a description. More is a full bar, less a hatched one; each
//! label has its sign. A hidden step has no place here, because the others would give it away: callers
//! leave the figure out or join the step to another.

use anyhow::{Context, ensure};

use crate::charts::canvas::{Anchor, Canvas, Point};
use crate::charts::font;
use crate::charts::marks::{self, Meaning};
use crate::charts::theme::WIDTH;
use crate::charts::theme::{ACCENT, AXIS, INK, LABEL, MARGIN, MUTED, REST, SMALL_LABEL, Type};
use crate::charts::{ChartKind, Drawn, Kind, words};
use crate::dutch;

/// How a bridge is drawn.
pub const KIND: ChartKind = ChartKind {
    name: "brug",
    question: "Waardoor veranderde het totaal?",
    draw: |kind, canvas, top| match kind {
        Kind::Bridge(bridge) => Some(draw(bridge, canvas, top)),
        _ => None,
    },
};

/// Widest column of names.
const NAME_MAX: f64 = 220.0;
/// From here on rows are set smaller.
const MANY: usize = 20;
/// Totals are cut when the course between them takes less than this part of the axis.
const CUT_BELOW: f64 = 0.3;
/// Part of the axis before the lowest total when totals are cut.
const CUT_ROOM: f64 = 0.35;

/// From one total to another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bridge {
    /// Where it begins: `2025-K2`.
    pub start: Amount,
    /// What changed, in the order of drawing: `volume`, `prijs`, `mix`, `correctie`.
    pub steps: Vec<Amount>,
    /// Where it ends; must be the start and all steps together.
    pub end: Amount,
}

/// A named amount.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Amount {
    /// Name at the left.
    pub label: String,
    /// Eurocents; below zero is less.
    pub bedrag_ct: i64,
}

impl Amount {
    /// A named amount in eurocents.
    pub fn new(label: &str, bedrag_ct: i64) -> Self {
        Self { label: label.to_owned(), bedrag_ct }
    }
}

/// One row: from where to where, in cents.
struct Row<'a> {
    amount: &'a Amount,
    is_total: bool,
    from_ct: i64,
    to_ct: i64,
}

impl Row<'_> {
    /// `€ 1.234,00` for a total, `+ € 1.234,00` for a step.
    fn written(&self) -> String {
        let text = dutch::euro_ct(self.amount.bedrag_ct);
        if self.is_total { text } else { dutch::with_plus(self.amount.bedrag_ct, &text) }
    }
}

/// Where amounts lie.
struct Scale {
    left: f64,
    low_ct: f64,
    per_ct: f64,
    is_cut: bool,
}

impl Scale {
    fn x(&self, amount_ct: i64) -> f64 {
        self.left + (amount_ct as f64 - self.low_ct) * self.per_ct
    }

    /// Where a total begins: at zero, or at the left edge when totals are cut.
    fn zero(&self) -> f64 {
        if self.is_cut { self.left } else { self.x(0) }
    }
}

/// Sizes that depend on the number of rows.
struct Measures {
    face: Type,
    pitch: f64,
    thickness: f64,
    lines: usize,
}

fn draw(bridge: &Bridge, canvas: &mut Canvas, top: f64) -> anyhow::Result<Drawn> {
    let rows = rows_of(bridge)?;
    let top = marks::key(canvas, top, &meanings(&rows));
    let measures = if rows.len() > MANY {
        Measures { face: SMALL_LABEL, pitch: 19.0, thickness: 12.0, lines: 1 }
    } else {
        Measures { face: LABEL, pitch: 34.0, thickness: 20.0, lines: 2 }
    };
    let bold = measures.face.bold();
    let fit = |row: &Row<'_>| font::fit(&row.amount.label, bold, NAME_MAX, measures.lines);
    let names: Vec<Vec<String>> = rows.iter().map(fit).collect();
    let widest = names.iter().flatten().map(|line| font::width(line, bold)).fold(0.0, f64::max);
    let texts = rows.iter().map(|row| font::width(&row.written(), bold)).fold(0.0, f64::max);
    let scale = scale_of(&rows, (MARGIN + widest + 12.0, WIDTH - MARGIN - texts - 8.0));
    let bottom = draw_rows(canvas, top, &rows, &names, (&scale, &measures));
    if !scale.is_cut {
        return Ok(Drawn { bottom, desc: describe(&rows) });
    }
    let note = "De balken van de totalen zijn ingekort, zodat de stappen te zien zijn.";
    let lines = font::wrap(note, AXIS, WIDTH - 2.0 * MARGIN);
    let bottom = canvas.lines((MARGIN, bottom + 6.0), Anchor::Start, AXIS, &lines);
    Ok(Drawn { bottom, desc: words::sentences(&[describe(&rows), note.to_owned()]) })
}

/// Draws the rows with their names and amounts, joined by hairlines; gives the bottom.
fn draw_rows(
    canvas: &mut Canvas,
    top: f64,
    rows: &[Row<'_>],
    names: &[Vec<String>],
    (scale, measures): (&Scale, &Measures),
) -> f64 {
    let leading = measures.face.leading();
    let height_of = |name: &Vec<String>| measures.pitch.max(name.len() as f64 * leading + 8.0);
    let bottom = top + names.iter().map(height_of).sum::<f64>();
    if !scale.is_cut {
        canvas.line(&[(scale.zero(), top), (scale.zero(), bottom)], INK, 1.0);
    }
    let mut y = top;
    // Bottom of the bar before, and where it ended.
    let mut before: Option<Point> = None;
    for (row, name) in rows.iter().zip(names) {
        let height = height_of(name);
        let (middle, half) = (y + height / 2.0, measures.thickness / 2.0);
        let face = if row.is_total { measures.face.bold() } else { measures.face };
        let name_top = middle - name.len() as f64 * leading / 2.0;
        canvas.lines((scale.left - 10.0, name_top), Anchor::End, face, name);
        if let Some((x, bottom)) = before {
            canvas.line(&[(x, bottom), (x, middle - half)], MUTED, 0.75);
        }
        let end = draw_bar(row, canvas, scale, (middle - half, middle + half));
        let at = (end + 7.0, middle + face.size * 0.36);
        canvas.text_on_white(at, Anchor::Start, face, &row.written());
        before = Some((scale.x(row.to_ct), middle + half));
        y += height;
    }
    bottom
}

/// The rows, or why the bridge does not reach the other side.
fn rows_of(bridge: &Bridge) -> anyhow::Result<Vec<Row<'_>>> {
    let total = |amount| Row { amount, is_total: true, from_ct: 0, to_ct: amount.bedrag_ct };
    let mut rows = vec![total(&bridge.start)];
    let mut sum_ct = bridge.start.bedrag_ct;
    for step in &bridge.steps {
        let from_ct = sum_ct;
        sum_ct = sum_ct.checked_add(step.bedrag_ct).context("de bedragen zijn te groot")?;
        rows.push(Row { amount: step, is_total: false, from_ct, to_ct: sum_ct });
    }
    ensure!(
        sum_ct == bridge.end.bedrag_ct,
        "'{}' met alle stappen is {}, maar '{}' is {}: de brug sluit niet",
        bridge.start.label,
        dutch::euro_ct(sum_ct),
        bridge.end.label,
        dutch::euro_ct(bridge.end.bedrag_ct)
    );
    rows.push(total(&bridge.end));
    Ok(rows)
}

fn scale_of(rows: &[Row<'_>], (left, right): (f64, f64)) -> Scale {
    let ends = || rows.iter().map(|row| row.to_ct as f64);
    let lowest = ends().fold(f64::INFINITY, f64::min);
    let highest = ends().fold(f64::NEG_INFINITY, f64::max);
    let course = highest - lowest;
    let is_cut = lowest > 0.0 && course > 0.0 && course < CUT_BELOW * highest;
    let low_ct = if is_cut { lowest - course * CUT_ROOM } else { lowest.min(0.0) };
    let span = highest.max(0.0) - low_ct;
    let per_ct = if span > 0.0 { (right - left) / span } else { 0.0 };
    Scale { left, low_ct, per_ct, is_cut }
}

/// Draws a bar; gives its right end.
fn draw_bar(row: &Row<'_>, canvas: &mut Canvas, scale: &Scale, (top, bottom): (f64, f64)) -> f64 {
    let from = if row.is_total { scale.zero() } else { scale.x(row.from_ct) };
    let to = scale.x(row.to_ct);
    let (mut first, mut last) = (from.min(to), from.max(to));
    // A step that is not zero stays visible beside a huge total.
    if row.amount.bedrag_ct != 0 && last - first < 2.0 {
        (first, last) = (first - 1.0, first + 1.0);
    }
    if row.amount.bedrag_ct == 0 {
        canvas.line(&[(first, top), (first, bottom)], MUTED, 1.5);
    } else if row.is_total {
        canvas.rect((first, top), (last, bottom), REST);
        if scale.is_cut {
            marks::cut(canvas, first + 16.0, (top, bottom));
        }
    } else if row.amount.bedrag_ct > 0 {
        canvas.rect((first, top), (last, bottom), ACCENT);
    } else {
        canvas.hatched((first, top), (last, bottom));
    }
    last
}

fn meanings(rows: &[Row<'_>]) -> Vec<Meaning> {
    let has =
        |keep: fn(i64) -> bool| rows.iter().any(|row| !row.is_total && keep(row.amount.bedrag_ct));
    let mut meanings: Vec<Meaning> = Vec::new();
    if has(|ct| ct > 0) {
        let full: fn(&mut Canvas, Point) = |canvas, (x, y)| {
            canvas.rect((x - 7.0, y - 6.0), (x + 7.0, y + 6.0), ACCENT);
        };
        meanings.push(Meaning::new(full, "meer"));
    }
    if has(|ct| ct < 0) {
        let hatched: fn(&mut Canvas, Point) = |canvas, (x, y)| {
            canvas.hatched((x - 7.0, y - 6.0), (x + 7.0, y + 6.0));
        };
        meanings.push(Meaning::new(hatched, "minder"));
    }
    meanings
}

fn describe(rows: &[Row<'_>]) -> String {
    let named = |row: &Row<'_>| format!("{} {}", row.amount.label, row.written());
    let steps = || rows.iter().filter(|row| !row.is_total);
    let n = i64::try_from(steps().count()).expect("a chart has few rows");
    let steps_text = dutch::counted(n, "stap", "stappen");
    let mut said = vec![format!(
        "Brug in {steps_text}: van {} naar {}",
        named(&rows[0]),
        named(&rows[rows.len() - 1])
    )];
    let up = steps().filter(|row| row.amount.bedrag_ct > 0);
    let down = steps().filter(|row| row.amount.bedrag_ct < 0);
    if let Some(most) = up.max_by_key(|row| row.amount.bedrag_ct) {
        said.push(format!("Grootste stap omhoog: {}", named(most)));
    }
    if let Some(most) = down.min_by_key(|row| row.amount.bedrag_ct) {
        said.push(format!("Grootste stap omlaag: {}", named(most)));
    }
    if n > 0 {
        let each: Vec<String> = steps().map(named).collect();
        said.push(format!("De stappen: {}", each.join("; ")));
    }
    words::sentences(&said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bridge(start_ct: i64, steps_ct: &[i64], end_ct: i64) -> Bridge {
        let steps = steps_ct.iter().map(|ct| Amount::new("stap", *ct)).collect();
        Bridge { start: Amount::new("eerst", start_ct), steps, end: Amount::new("nu", end_ct) }
    }

    #[test]
    fn a_bridge_of_one_cent_too_little_is_refused() {
        assert!(rows_of(&bridge(100, &[7, -3], 104)).is_ok());
        let error = rows_of(&bridge(100, &[7, -3], 105)).err().unwrap().to_string();
        assert!(error.contains("'eerst' met alle stappen is € 1,04"), "{error}");
        assert!(rows_of(&bridge(i64::MAX, &[1], 0)).is_err());
    }

    #[test]
    fn a_step_is_as_long_as_its_amount_and_begins_where_the_last_ended() {
        let bridge = bridge(1000, &[500, -300], 1200);
        let rows = rows_of(&bridge).unwrap();
        let scale = scale_of(&rows, (100.0, 400.0));
        let ends: Vec<f64> = rows.iter().map(|row| scale.x(row.to_ct)).collect();
        assert_eq!(ends, [300.0, 400.0, 340.0, 340.0]);
        assert!((scale.zero() - 100.0).abs() < 1e-9 && !scale.is_cut);
    }

    #[test]
    fn totals_are_cut_only_when_steps_would_vanish() {
        let cut = |bridge: &Bridge| scale_of(&rows_of(bridge).unwrap(), (0.0, 400.0)).is_cut;
        assert!(cut(&bridge(1_000_000, &[9_000, -3_000], 1_006_000)));
        assert!(!cut(&bridge(1_000_000, &[900_000], 1_900_000)));
        assert!(!cut(&bridge(1_000_000, &[0], 1_000_000)));
        assert!(!cut(&bridge(-1_000_000, &[9_000], -991_000)));
    }
}
