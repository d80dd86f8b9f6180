//! Names beside the lines of a Lorenz curve, off the lines where there is room.
//!
//! Enters: the curve, its band and the square they are drawn in. Leaves: names. Draws no curve.

use crate::charts::canvas::{Anchor, Canvas, Point, crosses, text_box};
use crate::charts::lorenz::{Lorenz, SIDE, Square, height_at};
use crate::charts::theme::{LABEL, MUTED};

/// The point farthest below the line of equal division.
fn farthest(points: &[Point]) -> Point {
    points.iter().copied().fold((0.0, 0.0), |a, b| if b.0 - b.1 > a.0 - a.1 { b } else { a })
}

/// Names both lines where they leave room: equal division above, the curve beside itself.
pub(crate) fn curve_labels(lorenz: &Lorenz, points: &[Point], canvas: &mut Canvas, square: Square) {
    let (x, y) = square.at((0.44, 0.44));
    canvas.text_on_white((x - 10.0, y - 6.0), Anchor::End, LABEL, "gelijke verdeling");
    let (face, text) = (LABEL.bold(), "werkelijk");
    let lines = lines_of(lorenz, points, square);
    let is_free = |(at, anchor): &(Point, Anchor)| {
        let [left, top, right, bottom] = text_box(*at, *anchor, face, text);
        let inside =
            left > square.left && right < square.left + SIDE && bottom < square.bottom - 2.0;
        let padded = [left - 3.0, top - 2.0, right + 3.0, bottom + 2.0];
        inside && !lines.iter().any(|(from, to)| crosses(padded, *from, *to))
    };
    let places = beside_curve(points, square);
    if let Some((at, anchor)) = places.iter().find(|place| is_free(place)) {
        canvas.text(*at, *anchor, face, text);
        return;
    }
    // Nothing is free where the curve lies in the band or on the line of equal division: below both.
    let from = square.at((0.5, height_at(points, 0.5)));
    let (x, y) = square.at((0.72, 0.22));
    canvas.line(&[from, (x - 4.0, y - 6.0)], MUTED, 0.75);
    canvas.text_on_white((x, y), Anchor::Start, face, text);
}

/// Every line in the square that a name should keep off.
fn lines_of(lorenz: &Lorenz, points: &[Point], square: Square) -> Vec<(Point, Point)> {
    let lower: Vec<Point> = lorenz.band.iter().map(|(x, low, _)| (*x, *low)).collect();
    let upper: Vec<Point> = lorenz.band.iter().map(|(x, _, high)| (*x, *high)).collect();
    let equal = [(0.0, 0.0), (1.0, 1.0)];
    let leader = band_leader(&lower, &upper);
    [points, &lower, &upper, &equal, leader.as_slice()]
        .iter()
        .flat_map(|line| line.windows(2).map(|pair| (square.at(pair[0]), square.at(pair[1]))))
        .collect()
}

/// Places for the name of the curve, best first: below it at its right, then above it where it hangs deepest.
fn beside_curve(points: &[Point], square: Square) -> Vec<(Point, Anchor)> {
    let shares = [0.72, 0.66, 0.78, 0.6, 0.84, 0.54, 0.48, 0.42];
    let at = |share: f64| square.at((share, height_at(points, share)));
    let below = shares.map(at).map(|(x, y)| ((x + 14.0, y + 20.0), Anchor::Start));
    let (x, y) = square.at(farthest(points));
    let deepest = ((x - 10.0, (y - 12.0).min(square.bottom - 14.0)), Anchor::End);
    let above = shares.map(at).map(|(x, y)| ((x - 4.0, y - 10.0), Anchor::End));
    below.into_iter().chain([deepest]).chain(above).collect()
}

/// From the name of the band to its middle; nowhere without a band.
fn band_leader(lower: &[Point], upper: &[Point]) -> [Point; 2] {
    let name = (0.58, 0.83);
    if lower.len() < 2 {
        return [name, name];
    }
    [name, (0.7, f64::midpoint(height_at(lower, 0.7), height_at(upper, 0.7)))]
}

/// Names the band, from above the line of equal division where no curve comes.
pub(crate) fn band_label(lorenz: &Lorenz, canvas: &mut Canvas, square: Square) {
    let edge = |side: fn(&(f64, f64, f64)) -> Point| -> Vec<Point> {
        lorenz.band.iter().map(side).collect()
    };
    let (lower, upper) = (edge(|(x, low, _)| (*x, *low)), edge(|(x, _, high)| (*x, *high)));
    if lorenz.band.len() < 2 {
        return;
    }
    let [from, to] = band_leader(&lower, &upper).map(|point| square.at(point));
    canvas.line(&[(from.0 + 4.0, from.1 - 2.0), to], MUTED, 0.75);
    let (x, y) = from;
    canvas.text_on_white((x, y), Anchor::End, LABEL, "wat het lot geeft");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_point_is_the_farthest_from_equal() {
        assert_eq!(farthest(&[(0.0, 0.0), (0.5, 0.1), (1.0, 1.0)]), (0.5, 0.1));
    }
}
