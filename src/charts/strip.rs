//! Separate prices per product on a logarithmic axis in euros.
//!
//! Enters: [`Strip`]. Leaves: shapes and a description. Twice and half lie equally far from the
//! reference. Values of zero and less have no place on this axis: they are counted in a note.

use crate::charts::canvas::{Anchor, Canvas, Point};
use crate::charts::strip_layout::{
    HALF, HALF_CENT, LANE, Placed, Scale, place, row_height, scale_of,
};
use crate::charts::theme::{
    AXIS, GRID, INK, LABEL, MARGIN, MUTED, REST, SIGNAL, SMALL_LABEL, WHITE, WIDTH,
};
use crate::charts::{ChartKind, Drawn, Kind, axis, ensure_finite, font};
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
    let dots = || strip.rows.iter().flat_map(|row| &row.dots);
    ensure_finite(dots().flat_map(|dot| [dot.value, dot.size]))?;
    let Some(scale) = scale_of(strip) else {
        let text = "Er zijn geen prijzen boven nul om te tonen.";
        canvas.text((MARGIN, top + LABEL.size), Anchor::Start, LABEL, text);
        return Ok(Drawn { bottom: top + LABEL.leading(), desc: text.to_owned() });
    };
    let top = key(strip, canvas, top);
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
    let label_top = middle - placed.label.len() as f64 * LABEL.leading() / 2.0;
    canvas.lines((MARGIN, label_top), Anchor::Start, LABEL, &placed.label);
    if placed.dots.len() < CROWD {
        fixed_prices(row, canvas, scale, middle);
    }
    for ((x, y), radius) in &placed.dots {
        canvas.disc((*x, middle + y), radius + 0.75, WHITE);
        canvas.disc((*x, middle + y), *radius, REST);
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
        diamond(canvas, (flag.x, middle), flag.radius.max(4.0));
    }
}

/// The median, thin, and the regional tariff, thick and longer.
fn fixed_prices(row: &StripRow, canvas: &mut Canvas, scale: Scale, middle: f64) {
    let bars = [(row.median, 0.75, HALF), (row.reference, 2.25, HALF + 4.0)];
    for (price, half, reach) in bars {
        if let Some(price) = price.filter(|price| *price >= HALF_CENT) {
            let x = scale.x(price);
            canvas.rect((x - half - 1.0, middle - reach), (x + half + 1.0, middle + reach), WHITE);
            canvas.rect((x - half, middle - reach), (x + half, middle + reach), INK);
        }
    }
}

fn diamond(canvas: &mut Canvas, (x, y): Point, radius: f64) {
    for (r, colour) in
        [(radius * 1.3 + 1.5, WHITE), (radius * 1.3, INK), (radius * 1.3 - 1.5, SIGNAL)]
    {
        canvas.area(vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)], colour);
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

/// Samples of what the row shows; gives the top of the rows.
fn key(strip: &Strip, canvas: &mut Canvas, top: f64) -> f64 {
    let or = |text: &str, other: &str| if text.is_empty() { other } else { text }.to_owned();
    let dot = or(&strip.dot_label, "prijs");
    let size = or(&strip.size_label, "volume");
    let mut keys = vec![(0, format!("{dot} (groter: meer {size})"))];
    if strip
        .rows
        .iter()
        .flat_map(|row| &row.dots)
        .any(|dot| dot.flagged.is_some() && dot.value >= HALF_CENT)
    {
        keys.push((1, "opvallend".to_owned()));
    }
    if strip.rows.iter().any(|row| row.reference.is_some()) {
        keys.push((2, "regionaal tarief".to_owned()));
    }
    if strip.rows.iter().any(|row| row.median.is_some()) {
        keys.push((3, "mediaan".to_owned()));
    }
    let (mut x, mut y) = (MARGIN, top);
    for (sample, meaning) in keys {
        let meaning = font::fit(&meaning, AXIS, WIDTH - 2.0 * MARGIN - 20.0, 1).concat();
        let width = 20.0 + font::width(&meaning, AXIS) + 18.0;
        if x > MARGIN && x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + AXIS.leading() + 4.0);
        }
        let middle = y + 8.0;
        match sample {
            0 => canvas.disc((x + 7.0, middle), 5.0, REST),
            1 => diamond(canvas, (x + 7.0, middle), 5.0),
            2 => canvas.rect((x + 4.75, middle - 8.0), (x + 9.25, middle + 8.0), INK),
            _ => canvas.rect((x + 6.25, middle - 8.0), (x + 7.75, middle + 8.0), INK),
        }
        canvas.text((x + 20.0, middle + 4.5), Anchor::Start, AXIS, &meaning);
        x += width;
    }
    y + AXIS.leading() + 10.0
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
        let flagged =
            row.dots.iter().filter(|dot| dot.flagged.is_some() && dot.value >= HALF_CENT).count();
        if flagged > 0 {
            text = format!("{text}, {flagged} opvallend");
        }
        said.push(text);
    }
    said.extend(notes.iter().map(|note| note.trim_end_matches('.').to_owned()));
    said.join(". ")
}

fn exact(value: f64) -> String {
    format!("€ {}", dutch::decimal(value, 2))
}
