//! Marks that several charts share: rings, diamonds, and the row that says what a mark means.
//!
//! Enters: places and colours. Leaves: shapes. Does not know what is drawn.

use crate::charts::canvas::{Anchor, Canvas, Point};
use crate::charts::theme::{AXIS, Colour, INK, LABEL, MARGIN, SIGNAL, WHITE, WIDTH};
use crate::charts::{Drawn, font};

/// Room that a sample takes before its meaning.
const SAMPLE: f64 = 20.0;

/// A filled dot with a white rim, so that it stands apart from what lies under it.
pub(crate) fn dot(canvas: &mut Canvas, at: Point, radius: f64, colour: Colour) {
    canvas.disc(at, radius + 1.0, WHITE);
    canvas.disc(at, radius, colour);
}

/// A hollow dot.
pub(crate) fn ring(canvas: &mut Canvas, at: Point, radius: f64, colour: Colour) {
    dot(canvas, at, radius, colour);
    canvas.disc(at, (radius - 1.75).max(1.0), WHITE);
}

/// A filled square with a white rim, or a hollow one: told from a dot without its colour.
pub(crate) fn square(
    canvas: &mut Canvas,
    (x, y): Point,
    radius: f64,
    (colour, hollow): (Colour, bool),
) {
    let sides = [(radius + 1.0, WHITE), (radius, colour), (radius - 1.75, WHITE)];
    for (half, colour) in &sides[..if hollow { 3 } else { 2 }] {
        canvas.rect((x - half, y - half), (x + half, y + half), *colour);
    }
}

/// Two crossed lines with a white rim: something was seen of which nothing is said.
pub(crate) fn cross(canvas: &mut Canvas, (x, y): Point, radius: f64, colour: Colour) {
    for (reach, colour, thickness) in [(radius + 1.0, WHITE, 4.5), (radius, colour, 2.25)] {
        canvas.line(&[(x - reach, y - reach), (x + reach, y + reach)], colour, thickness);
        canvas.line(&[(x - reach, y + reach), (x + reach, y - reach)], colour, thickness);
    }
}

/// A diamond in the colour of a signal with a dark outline, or hollow.
pub(crate) fn diamond(canvas: &mut Canvas, (x, y): Point, radius: f64, hollow: bool) {
    let inside = if hollow { WHITE } else { SIGNAL };
    for (r, colour) in
        [(radius * 1.3 + 1.5, WHITE), (radius * 1.3, INK), (radius * 1.3 - 1.5, inside)]
    {
        canvas.area(vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)], colour);
    }
}

/// Shape of the points of a series.
#[derive(Clone, Copy)]
pub(crate) enum Marker {
    Disc,
    Square,
    Triangle,
    Diamond,
    Downward,
}

impl Marker {
    fn corners(self, (x, y): Point, r: f64) -> Vec<Point> {
        match self {
            Self::Disc => Vec::new(),
            Self::Square => vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)],
            Self::Triangle => {
                let r = r * 1.25;
                vec![(x, y - r), (x + r, y + r * 0.75), (x - r, y + r * 0.75)]
            }
            Self::Diamond => {
                let r = r * 1.35;
                vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
            }
            Self::Downward => {
                let r = r * 1.25;
                vec![(x, y + r), (x + r, y - r * 0.75), (x - r, y - r * 0.75)]
            }
        }
    }

    fn fill(self, canvas: &mut Canvas, at: Point, r: f64, colour: Colour) {
        match self {
            Self::Disc => canvas.disc(at, r, colour),
            other => canvas.area(other.corners(at, r), colour),
        }
    }

    /// Full, or hollow for a provisional value; a white rim keeps it apart from other lines.
    pub(crate) fn draw(self, canvas: &mut Canvas, at: Point, colour: Colour, hollow: bool) {
        self.fill(canvas, at, 5.5, WHITE);
        self.fill(canvas, at, 4.2, colour);
        if hollow {
            self.fill(canvas, at, 2.4, WHITE);
        }
    }
}

/// Two slanted lines through a bar: a part of it is left out.
pub(crate) fn cut(canvas: &mut Canvas, x: f64, (top, bottom): (f64, f64)) {
    let slant = |at: f64| [(at - 3.0, bottom + 2.0), (at + 3.0, top - 2.0)];
    let [low, high] = slant(x);
    let [low_right, high_right] = slant(x + 5.0);
    canvas.area(vec![low, high, high_right, low_right], WHITE);
    canvas.line(&[low, high], INK, 1.0);
    canvas.line(&[low_right, high_right], INK, 1.0);
}

/// Says that there is nothing to draw.
pub(crate) fn nothing(canvas: &mut Canvas, top: f64) -> Drawn {
    let text = "Er zijn geen waarden om te tonen.";
    canvas.text((MARGIN, top + LABEL.size), Anchor::Start, LABEL, text);
    Drawn { bottom: top + LABEL.leading(), desc: text.to_owned() }
}

/// A sample of a mark, drawn around its middle, and its meaning.
pub(crate) struct Meaning {
    /// Draws the sample, at most 16 pixels wide and high.
    pub(crate) sample: fn(&mut Canvas, Point),
    /// What it means.
    pub(crate) text: String,
}

impl Meaning {
    /// A sample with its meaning.
    pub(crate) fn new(sample: fn(&mut Canvas, Point), text: &str) -> Self {
        Self { sample, text: text.to_owned() }
    }
}

/// Meanings side by side, over more lines when they do not fit; gives the top of what comes below.
pub(crate) fn key(canvas: &mut Canvas, top: f64, meanings: &[Meaning]) -> f64 {
    let (mut x, mut y) = (MARGIN, top);
    if meanings.is_empty() {
        return top;
    }
    for meaning in meanings {
        let text = font::fit(&meaning.text, AXIS, WIDTH - 2.0 * MARGIN - SAMPLE, 1).concat();
        let width = SAMPLE + font::width(&text, AXIS) + 18.0;
        if x > MARGIN && x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + AXIS.leading() + 4.0);
        }
        let middle = y + 8.0;
        (meaning.sample)(canvas, (x + 7.0, middle));
        canvas.text((x + SAMPLE, middle + 4.5), Anchor::Start, AXIS, &text);
        x += width;
    }
    y + AXIS.leading() + 10.0
}

/// The given words, or others when there are none.
pub(crate) fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::canvas::Shape;

    #[test]
    fn a_key_goes_on_below_when_its_line_is_full() {
        let meanings = |n: usize| -> Vec<Meaning> {
            (0..n)
                .map(|_| Meaning::new(|canvas, at| canvas.disc(at, 3.0, INK), "wat het betekent"))
                .collect()
        };
        let mut canvas = Canvas::default();
        let one = key(&mut canvas, 0.0, &meanings(2));
        let two = key(&mut Canvas::default(), 0.0, &meanings(7));
        assert!(two > one);
        assert_eq!(canvas.shapes.iter().filter(|s| matches!(s, Shape::Disc(..))).count(), 2);
        assert_eq!(key(&mut canvas, 5.0, &[]).to_bits(), 5.0_f64.to_bits());
    }
}
