//! Separate prices per product on a logarithmic axis in euros.
//!
//! Enters: [`Strip`]. Leaves: shapes and a description. Twice and half lie equally far from the
//! reference. Values of zero and less have no place on this axis: they are counted in a note.

use crate::charts::canvas::{Anchor, Canvas, Point};
use crate::charts::marks::{self, Meaning, or};
use crate::charts::strip_layout::{
    HALF, HALF_CENT, LANE, NOTE, Placed, Scale, names_height, place, row_height, scale_of,
};
use crate::charts::theme::{
    AXIS, BAND, GRID, INK, LABEL, MARGIN, MUTED, REST, SMALL_LABEL, SWARM, WHITE, WIDTH,
};
use crate::charts::{ChartKind, Drawn, Kind, axis, ensure_finite, font, words};
use crate::dutch;

/// How prices are drawn.
pub const KIND: ChartKind = ChartKind {
    name: "strip",
    question: "Welke prijzen wijken af van het regionale tarief of van de andere?",
    draw: |kind, canvas, top| match kind {
        Kind::Strip(strip) => Some(draw(strip, canvas, top)),
        _ => None,
    },
};

/// From this many dots on the tariff and the median are drawn over the dots instead of behind them.
const CROWD: usize = 30;
/// How to read a logarithmic axis.
const RATIO: &str = "twee keer zo duur is overal even ver";

/// Prices per product.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Strip {
    /// What a value is: `euro per uur`.
    pub unit: String,
    /// What a dot is: `aanbieder en maand`.
    pub dot_label: String,
    /// What its size is: `volume`.
    pub size_label: String,
    /// What the shaded part of a row is; `gebruikelijk` when empty.
    pub band_label: String,
    /// One row per product.
    pub rows: Vec<StripRow>,
}

/// One product.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StripRow {
    /// Name at the left.
    pub label: String,
    /// The prices.
    pub dots: Vec<Dot>,
    /// Regional tariff in euros.
    pub reference: Option<f64>,
    /// Median price in euros.
    pub median: Option<f64>,
    /// Lowest and highest usual price in euros, shaded.
    pub band: Option<(f64, f64)>,
    /// Remark under the name: `vast tarief`, `minder dan tien prijzen`.
    pub note: String,
}

/// One price.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dot {
    /// Euros.
    pub value: f64,
    /// Volume; the area of the dot grows with it.
    pub size: f64,
    /// Name of a price that asks for a conversation; drawn as a diamond with this label.
    pub flagged: Option<String>,
}

fn draw(strip: &Strip, canvas: &mut Canvas, top: f64) -> anyhow::Result<Drawn> {
    let fixed = |row: &StripRow| [row.reference, row.median];
    ensure_finite(strip.rows.iter().flat_map(fixed).flatten())?;
    let bands = strip.rows.iter().filter_map(|row| row.band);
    ensure_finite(bands.flat_map(|(low, high)| [low, high]))?;
    let dots = || strip.rows.iter().flat_map(|row| &row.dots);
    ensure_finite(dots().flat_map(|dot| [dot.value, dot.size]))?;
    let Some(scale) = scale_of(strip) else {
        let text = "Er zijn geen prijzen boven nul om te tonen.";
        canvas.text((MARGIN, top + LABEL.size), Anchor::Start, LABEL, text);
        return Ok(Drawn { bottom: top + LABEL.leading(), desc: text.to_owned() });
    };
    let top = marks::key(canvas, top, &meanings(strip));
    let rows: Vec<Placed> = strip.rows.iter().map(|row| place(row, scale)).collect();
    let bottom = top + rows.iter().map(row_height).sum::<f64>();
    let bottom_labels = ticks(canvas, scale, (top, bottom), &strip.unit);
    let mut y = top;
    for (row, placed) in strip.rows.iter().zip(&rows) {
        canvas.line(&[(MARGIN, y), (scale.right, y)], GRID, 1.0);
        draw_row(row, placed, canvas, scale, y);
        y += row_height(placed);
    }
    canvas.line(&[(scale.left, bottom), (scale.right, bottom)], INK, 1.0);
    let notes = notes(strip, &rows);
    let mut bottom = bottom_labels;
    for note in &notes {
        let lines = font::wrap(note, AXIS, WIDTH - 2.0 * MARGIN);
        bottom = canvas.lines((MARGIN, bottom + 6.0), Anchor::Start, AXIS, &lines);
    }
    Ok(Drawn { bottom, desc: describe(strip, &notes) })
}

fn draw_row(row: &StripRow, placed: &Placed, canvas: &mut Canvas, scale: Scale, top: f64) {
    let middle = top + 6.0 + HALF;
    let label_top = (middle - names_height(placed) / 2.0).max(top + 5.0);
    let below = canvas.lines((MARGIN, label_top), Anchor::Start, LABEL, &placed.label);
    canvas.lines((MARGIN, below), Anchor::Start, NOTE, &placed.note);
    if let Some((low, high)) = row.band {
        let at = [low, high].map(|end| scale.x(end.max(HALF_CENT)));
        shade(canvas, at, (scale.left, scale.right), (middle, HALF + 2.5));
    }
    if placed.dots.len() < CROWD {
        fixed_prices(row, canvas, scale, middle);
    }
    for ((x, y), radius) in &placed.dots {
        canvas.disc((*x, middle + y), radius + 0.75, WHITE);
        canvas.disc((*x, middle + y), *radius, SWARM);
    }
    if placed.dots.len() >= CROWD {
        fixed_prices(row, canvas, scale, middle);
    }
    let names_top = middle + HALF + 6.0;
    for flag in &placed.flags {
        if let Some((lane, left, open)) = flag.place {
            let top = names_top + lane as f64 * LANE;
            if open {
                canvas.line(&[(flag.x, middle), (flag.x, top + 1.0)], MUTED, 0.75);
            }
            let at = (left, top + SMALL_LABEL.size);
            canvas.text_on_white(at, Anchor::Start, SMALL_LABEL, &flag.name);
        }
    }
    for flag in &placed.flags {
        marks::diamond(canvas, (flag.x, middle), flag.radius.max(4.0), false);
    }
}

/// The median, thin, and the regional tariff, thick; both stand out above and below the dots.
fn fixed_prices(row: &StripRow, canvas: &mut Canvas, scale: Scale, middle: f64) {
    let bars = [(row.median, 0.75, HALF + 4.0), (row.reference, 2.25, HALF + 4.0)];
    for (price, half, reach) in bars {
        if let Some(price) = price.filter(|price| *price >= HALF_CENT) {
            let x = scale.x(price);
            canvas.rect((x - half - 1.0, middle - reach), (x + half + 1.0, middle + reach), WHITE);
            upright(canvas, (x, middle), (half, reach));
        }
    }
}

/// Grid and euro labels; gives the bottom of the labels.
fn ticks(canvas: &mut Canvas, scale: Scale, (top, bottom): (f64, f64), unit: &str) -> f64 {
    let mut edge = f64::NEG_INFINITY;
    for tick in axis::logarithmic(scale.low, scale.high) {
        let (x, label) = (scale.x(tick), euros(tick));
        let half = font::width(&label, AXIS) / 2.0;
        canvas.line(&[(x, top), (x, bottom)], GRID, 1.0);
        if x - half >= edge + 8.0 && x + half <= WIDTH - 4.0 {
            canvas.line(&[(x, bottom), (x, bottom + 4.0)], MUTED, 1.0);
            canvas.text((x, bottom + 17.0), Anchor::Middle, AXIS, &label);
            edge = x + half;
        }
    }
    let text = if unit.is_empty() { RATIO.to_owned() } else { format!("{unit}; {RATIO}") };
    let lines = font::fit(&text, AXIS, WIDTH - 2.0 * MARGIN, 2);
    canvas.lines((scale.right, bottom + 22.0), Anchor::End, AXIS, &lines)
}

/// Euros as short as they are exact: `€ 80`, `€ 82,50`.
fn euros(value: f64) -> String {
    let decimals = if (value - value.round()).abs() < 1e-6 { 0 } else { 2 };
    format!("€ {}", dutch::decimal(value, decimals))
}

/// What the marks mean.
fn meanings(strip: &Strip) -> Vec<Meaning> {
    let dot = format!(
        "{} (groter: meer {})",
        or(&strip.dot_label, "prijs"),
        or(&strip.size_label, "volume")
    );
    let mut meanings = vec![Meaning::new(|canvas, at| canvas.disc(at, 5.0, SWARM), &dot)];
    let has = |keep: fn(&StripRow) -> bool| strip.rows.iter().any(keep);
    if has(|row| row.dots.iter().any(|dot| dot.flagged.is_some() && dot.value >= HALF_CENT)) {
        let draw: fn(&mut Canvas, Point) = |canvas, at| marks::diamond(canvas, at, 5.0, false);
        meanings.push(Meaning::new(draw, "opvallend"));
    }
    if has(|row| row.reference.is_some()) {
        let draw: fn(&mut Canvas, Point) = |canvas, at| upright(canvas, at, (2.25, 8.0));
        meanings.push(Meaning::new(draw, "regionaal tarief"));
    }
    if has(|row| row.median.is_some()) {
        let draw: fn(&mut Canvas, Point) = |canvas, at| upright(canvas, at, (0.75, 8.0));
        meanings.push(Meaning::new(draw, "mediaan"));
    }
    if has(|row| row.band.is_some()) {
        let draw: fn(&mut Canvas, Point) = |canvas, (x, y)| {
            shade(canvas, [x - 7.0, x + 7.0], (x - 7.0, x + 7.0), (y, 8.0));
        };
        meanings.push(Meaning::new(draw, or(&strip.band_label, "gebruikelijk")));
    }
    meanings
}

fn upright(canvas: &mut Canvas, (x, y): Point, (half, reach): (f64, f64)) {
    canvas.rect((x - half, y - reach), (x + half, y + reach), INK);
}

/// Shaded, with its ends drawn where they are on the axis.
fn shade(canvas: &mut Canvas, at: [f64; 2], (left, right): (f64, f64), (middle, half): (f64, f64)) {
    let [from, to] = at.map(|x| x.clamp(left, right));
    canvas.rect((from, middle - half), (to, middle + half), BAND);
    for x in at.into_iter().filter(|x| (left..=right).contains(x)) {
        canvas.line(&[(x, middle - half), (x, middle + half)], REST, 1.0);
    }
}

fn notes(strip: &Strip, rows: &[Placed]) -> Vec<String> {
    let mut notes = Vec::new();
    let n_below =
        strip.rows.iter().flat_map(|row| &row.dots).filter(|dot| dot.value < HALF_CENT).count();
    let number = |n: usize| i64::try_from(n).expect("a number of dots fits");
    if n_below > 0 {
        let (n, one, more) =
            (number(n_below), "prijs van nul of lager staat", "prijzen van nul of lager staan");
        notes.push(format!("{} niet op deze as.", dutch::counted(n, one, more)));
    }
    let n_unnamed: usize = rows.iter().map(|row| row.n_unnamed).sum();
    if n_unnamed > 0 {
        let n = number(n_unnamed);
        let what = dutch::counted(n, "opvallende prijs staat", "opvallende prijzen staan");
        notes.push(format!("{what} zonder naam in de figuur; zie de tabel."));
    }
    notes
}

fn describe(strip: &Strip, notes: &[String]) -> String {
    let n_rows = i64::try_from(strip.rows.len()).expect("a chart has few rows");
    let mut said = vec![format!(
        "Stippendiagram met {}, {}, op een logaritmische as",
        dutch::counted(n_rows, "product", "producten"),
        if strip.unit.is_empty() { "in euro" } else { &strip.unit }
    )];
    for row in &strip.rows {
        let values = || row.dots.iter().map(|dot| dot.value).filter(|value| *value >= HALF_CENT);
        let (Some(low), Some(high)) = (values().reduce(f64::min), values().reduce(f64::max)) else {
            said.push(format!("{}: geen prijzen", row.label));
            continue;
        };
        let mut text = format!("{}: van {} tot {}", row.label, exact(low), exact(high));
        if let Some(reference) = row.reference {
            text = format!("{text}, regionaal tarief {}", exact(reference));
        }
        if let Some(median) = row.median {
            text = format!("{text}, mediaan {}", exact(median));
        }
        if let Some((low, high)) = row.band {
            let band = or(&strip.band_label, "gebruikelijk");
            text = format!("{text}, {band} {} tot {}", exact(low.max(0.0)), exact(high));
        }
        if !row.note.is_empty() {
            text = format!("{text}, {}", row.note);
        }
        let flagged =
            row.dots.iter().filter(|dot| dot.flagged.is_some() && dot.value >= HALF_CENT).count();
        if flagged > 0 {
            text = format!("{text}, {flagged} opvallend");
        }
        said.push(text);
    }
    said.extend(notes.iter().map(|note| note.trim_end_matches('.').to_owned()));
    words::sentences(&said)
}

fn exact(value: f64) -> String {
    format!("€ {}", dutch::decimal(value, 2))
}
