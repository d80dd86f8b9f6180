//! The Lorenz curve: how evenly something is divided.
//!
//! Enters: [`Lorenz`], cumulative shares from (0, 0) to (1, 1). Leaves: shapes and a description. Does not
//! compute shares or measures; their texts are given.

use anyhow::ensure;

use crate::charts::canvas::{Anchor, Canvas, Point};
use crate::charts::lorenz_labels::{band_label, curve_labels};
use crate::charts::theme::{ACCENT, AXIS, BAND, GRID, INK, LABEL, MARGIN, MUTED, REST, WIDTH};
use crate::charts::{ChartKind, Drawn, Kind, font, words};
use crate::dutch;

/// How a Lorenz curve is drawn.
pub const KIND: ChartKind = ChartKind {
    name: "lorenz",
    question: "Hoe gelijk is het verdeeld?",
    draw: |kind, canvas, top| match kind {
        Kind::Lorenz(lorenz) => Some(draw(lorenz, canvas, top)),
        _ => None,
    },
};

/// Side of the square.
pub(crate) const SIDE: f64 = 360.0;
/// Up to this many points every point gets a dot.
const FEW: usize = 31;

/// A Lorenz curve with what chance would give.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lorenz {
    /// Cumulative shares (x, y) between 0 and 1, rising; (0, 0) and (1, 1) are added when absent.
    pub points: Vec<(f64, f64)>,
    /// What runs along x: `aandeel van de aanbieders`.
    pub x_label: String,
    /// What runs along y: `aandeel van de uren`.
    pub y_label: String,
    /// The measures in words, one line each: `Gini: 0,42`, `Hoover: 31% zou moeten verschuiven`.
    pub summary: Vec<String>,
    /// Curves that chance gives when division is fair: (x, lowest y, highest y), rising in x.
    pub band: Vec<(f64, f64, f64)>,
}

/// The square on the sheet.
#[derive(Clone, Copy)]
pub(crate) struct Square {
    pub(crate) left: f64,
    pub(crate) bottom: f64,
}

impl Square {
    pub(crate) fn at(self, (x, y): Point) -> Point {
        (self.left + x * SIDE, self.bottom - y * SIDE)
    }
}

fn draw(lorenz: &Lorenz, canvas: &mut Canvas, top: f64) -> anyhow::Result<Drawn> {
    let points = checked(lorenz)?;
    let axis_title = font::fit(&lorenz.y_label, AXIS, WIDTH - 2.0 * MARGIN, 2);
    let top = canvas.lines((MARGIN, top), Anchor::Start, AXIS, &axis_title) + 10.0;
    let square = Square { left: MARGIN + font::width("100%", AXIS) + 10.0, bottom: top + SIDE };
    if !lorenz.band.is_empty() {
        let mut outline: Vec<Point> =
            lorenz.band.iter().map(|(x, low, _)| square.at((*x, *low))).collect();
        outline.extend(lorenz.band.iter().rev().map(|(x, _, high)| square.at((*x, *high))));
        canvas.area(outline.clone(), BAND);
        canvas.line(&outline, REST, 0.75);
    }
    axes(canvas, square);
    canvas.dashed(square.at((0.0, 0.0)), square.at((1.0, 1.0)), MUTED, (1.5, 6.0));
    let curve: Vec<Point> = points.iter().map(|point| square.at(*point)).collect();
    canvas.line(&curve, ACCENT, 2.75);
    if curve.len() <= FEW {
        for point in &curve {
            canvas.disc(*point, 3.5, ACCENT);
        }
    }
    curve_labels(lorenz, &points, canvas, square);
    band_label(lorenz, canvas, square);
    beside(lorenz, canvas, (square.left + SIDE + 28.0, top));
    let below = font::fit(&lorenz.x_label, AXIS, SIDE + 40.0, 2);
    let middle = square.left + SIDE / 2.0;
    let bottom = canvas.lines((middle, square.bottom + 24.0), Anchor::Middle, AXIS, &below);
    Ok(Drawn { bottom, desc: describe(lorenz, &points) })
}

/// The points with both ends, or why they are no Lorenz curve.
fn checked(lorenz: &Lorenz) -> anyhow::Result<Vec<Point>> {
    let band = lorenz.band.iter().flat_map(|(x, low, high)| [*x, *low, *high]);
    let own = lorenz.points.iter().flat_map(|(x, y)| [*x, *y]);
    for share in own.chain(band) {
        ensure!(
            (-1e-9..=1.0 + 1e-9).contains(&share),
            "een aandeel in een Lorenzcurve ligt niet tussen 0 en 1: {share}"
        );
    }
    let mut points = lorenz.points.clone();
    if points.first().is_none_or(|(x, _)| *x > 1e-9) {
        points.insert(0, (0.0, 0.0));
    }
    if points.last().is_none_or(|(x, _)| *x < 1.0 - 1e-9) {
        points.push((1.0, 1.0));
    }
    let rising =
        points.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1 + 1e-9);
    ensure!(rising, "de punten van een Lorenzcurve moeten oplopen");
    Ok(points)
}

fn axes(canvas: &mut Canvas, square: Square) {
    for quarter in 0..=4 {
        let share = f64::from(quarter) / 4.0;
        let colour = if quarter == 0 { INK } else { GRID };
        canvas.line(&[square.at((0.0, share)), square.at((1.0, share))], colour, 1.0);
        canvas.line(&[square.at((share, 0.0)), square.at((share, 1.0))], colour, 1.0);
        let (name, (x, y)) = (dutch::percent(share, 0), square.at((0.0, share)));
        canvas.text((x - 8.0, y + 4.0), Anchor::End, AXIS, &name);
        canvas.text((square.at((share, 0.0)).0, square.bottom + 17.0), Anchor::Middle, AXIS, &name);
    }
}

/// Height of the curve at `x`.
pub(crate) fn height_at(points: &[Point], x: f64) -> f64 {
    let above = points.iter().position(|point| point.0 >= x).unwrap_or(points.len() - 1).max(1);
    let ((x0, y0), (x1, y1)) = (points[above - 1], points[above]);
    if x1 > x0 { y0 + (y1 - y0) * (x - x0) / (x1 - x0) } else { y1 }
}

/// The measures and what the lines mean, to the right of the square.
fn beside(lorenz: &Lorenz, canvas: &mut Canvas, (x, top): Point) {
    let room = WIDTH - MARGIN - x;
    let mut y = top;
    for measure in &lorenz.summary {
        let lines = font::fit(measure, LABEL.bold(), room, 4);
        y = canvas.lines((x, y), Anchor::Start, LABEL.bold(), &lines) + 6.0;
    }
    y += 8.0;
    let mut keys = vec![
        (Key::Curve, "de werkelijke verdeling; hoe dieper de lijn hangt, hoe ongelijker"),
        (Key::Equal, "iedereen precies evenveel"),
    ];
    if !lorenz.band.is_empty() {
        keys.push((Key::Band, "wat het lot meestal geeft als iedereen evenveel kans heeft"));
    }
    for (key, meaning) in keys {
        let middle = y + AXIS.size * 0.62;
        match key {
            Key::Curve => canvas.line(&[(x, middle), (x + 26.0, middle)], ACCENT, 2.75),
            Key::Equal => canvas.dashed((x, middle), (x + 27.0, middle), MUTED, (1.5, 6.0)),
            Key::Band => {
                canvas.rect((x, middle - 6.0), (x + 26.0, middle + 6.0), REST);
                canvas.rect((x + 1.0, middle - 5.0), (x + 25.0, middle + 5.0), BAND);
            }
        }
        let lines = font::fit(meaning, AXIS, room - 36.0, 4);
        y = canvas.lines((x + 36.0, y), Anchor::Start, AXIS, &lines) + 8.0;
    }
}

/// Samples beside the square.
#[derive(Clone, Copy)]
enum Key {
    Curve,
    Equal,
    Band,
}

fn describe(lorenz: &Lorenz, points: &[Point]) -> String {
    let half = dutch::percent(height_at(points, 0.5), 0);
    let mut said = vec![
        format!("Lorenzcurve van {} tegen {}", lorenz.y_label, lorenz.x_label),
        format!("De kleinste helft heeft samen {half}"),
    ];
    // The last step is the largest one; a tenth of twelve would be somebody and a bit.
    if let [.., (_, before), _] = points {
        said.push(format!("De grootste heeft {}", dutch::percent(1.0 - before, 0)));
    }
    said.extend(lorenz.summary.iter().cloned());
    if !lorenz.band.is_empty() {
        let outside = points.iter().any(|(x, y)| *y < lowest_of_band(lorenz, *x) - 1e-9);
        let place = if outside { "ligt voor een deel onder" } else { "blijft binnen of boven" };
        said.push(format!("De curve {place} de band die bij loten past"));
    }
    words::sentences(&said)
}

fn lowest_of_band(lorenz: &Lorenz, x: f64) -> f64 {
    let lower: Vec<Point> = lorenz.band.iter().map(|(x, low, _)| (*x, *low)).collect();
    if lower.len() < 2 { 0.0 } else { height_at(&lower, x) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_read_between_its_points() {
        let points = [(0.0, 0.0), (0.5, 0.1), (1.0, 1.0)];
        assert!((height_at(&points, 0.25) - 0.05).abs() < 1e-12);
        assert!((height_at(&points, 0.75) - 0.55).abs() < 1e-12);
        assert!((height_at(&points, 1.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn shares_outside_their_range_or_order_are_refused() {
        let with = |points: &[Point]| Lorenz { points: points.to_vec(), ..Lorenz::default() };
        for wrong in [&[(0.5, 1.2)][..], &[(0.5, f64::NAN)], &[(0.5, 0.4), (0.6, 0.3)]] {
            assert!(checked(&with(wrong)).is_err(), "{wrong:?}");
        }
        assert_eq!(checked(&with(&[])).unwrap(), [(0.0, 0.0), (1.0, 1.0)]);
    }

    #[test]
    fn the_description_reads_the_curve() {
        let lorenz = Lorenz {
            points: vec![(0.5, 0.1), (0.9, 0.6)],
            band: vec![(0.0, 0.0, 0.0), (0.5, 0.3, 0.5), (1.0, 1.0, 1.0)],
            ..Lorenz::default()
        };
        let desc = describe(&lorenz, &checked(&lorenz).unwrap());
        assert!(desc.contains("helft heeft samen 10%"), "{desc}");
        assert!(desc.contains("De grootste heeft 40%"), "{desc}");
        assert!(desc.contains("onder de band"), "{desc}");
    }
}
