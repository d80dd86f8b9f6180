//! The plane of a funnel: its scales, its axes, and the names at the right end of its lines.
//!
//! Enters: a [`Funnel`] that was checked. Leaves: places and shapes. Draws no dots.

use crate::charts::axis;
use crate::charts::canvas::{Anchor, Canvas, Point};
use crate::charts::font;
use crate::charts::funnel::{Funnel, XScale};
use crate::charts::line_labels::apart;
use crate::charts::theme::{AXIS, GRID, INK, MARGIN, MUTED, WIDTH};
use crate::dutch;

/// Height of the plane.
const HEIGHT: f64 = 330.0;
/// Widest name at the end of a line.
const END_MAX: f64 = 110.0;
/// Limits run out of the plane when they are more than this many times the highest dot.
const LIMIT_ROOM: f64 = 1.8;

/// The plane.
pub(crate) struct Plane {
    pub(crate) left: f64,
    pub(crate) right: f64,
    top: f64,
    bottom: f64,
    /// Where the axis title ends.
    pub(crate) below: f64,
    /// Highest rate with a place.
    pub(crate) y_high: f64,
    x_low: f64,
    x_high: f64,
    scale: XScale,
}

impl Plane {
    fn x(&self, value: f64) -> f64 {
        let part = match self.scale {
            XScale::Linear => (value - self.x_low) / (self.x_high - self.x_low),
            XScale::Log => (value / self.x_low).ln() / (self.x_high / self.x_low).ln(),
        };
        self.left + part * (self.right - self.left)
    }

    pub(crate) fn y(&self, value: f64) -> f64 {
        self.bottom - value / self.y_high * (self.bottom - self.top)
    }

    pub(crate) fn at(&self, (x, y): Point) -> Point {
        (self.x(x), self.y(y))
    }

    /// Left, top, right, bottom of where names may stand.
    pub(crate) fn frame(&self) -> [f64; 4] {
        [self.left + 3.0, self.top, self.right, self.bottom - 2.0]
    }

    /// Names the lines at their right end, moved apart where they would touch.
    pub(crate) fn end_names(&self, funnel: &Funnel, canvas: &mut Canvas) {
        let mut wanted: Vec<(f64, f64, usize)> = Vec::new();
        let mut ends: Vec<(Point, String)> = Vec::new();
        for (end, name) in ends_of(funnel) {
            let (x, y) = self.at((end.0, end.1.min(self.y_high)));
            wanted.push((y - AXIS.leading() / 2.0, AXIS.leading(), ends.len()));
            ends.push(((x, y), name));
        }
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        let tops = apart(&wanted, (self.top - 8.0, self.bottom + 6.0));
        for ((_, height, i), top) in wanted.iter().zip(tops) {
            let (from, name) = &ends[*i];
            let middle = top + height / 2.0;
            canvas.line(&[*from, (self.right + 8.0, middle)], MUTED, 0.75);
            canvas.text((self.right + 11.0, middle + 4.0), Anchor::Start, AXIS, name);
        }
    }
}

/// Right ends of the lines with their names.
fn ends_of(funnel: &Funnel) -> Vec<(Point, String)> {
    let last = |points: &[(f64, f64, f64)]| points.last().copied();
    let (_, right) = x_range(funnel);
    let mut ends = vec![((right, funnel.reference), funnel.reference_label.clone())];
    for limits in &funnel.limits {
        if let Some((x, low, high)) = last(&limits.points) {
            ends.extend([((x, low), limits.name.clone()), ((x, high), limits.name.clone())]);
        }
    }
    ends.retain(|(_, name)| !name.is_empty());
    for (_, name) in &mut ends {
        *name = font::fit(name, AXIS, END_MAX, 1).concat();
    }
    ends
}

fn xs(funnel: &Funnel) -> impl Iterator<Item = f64> {
    let limits = funnel.limits.iter().flat_map(|limits| [&limits.points, &limits.unadjusted]);
    funnel.shown().map(|(dot, _)| dot.x).chain(limits.flatten().map(|point| point.0))
}

/// Lowest and highest x with a place; some room beside the largest dot, so that it stands clear of the
/// names at the ends.
fn x_range(funnel: &Funnel) -> (f64, f64) {
    let lowest = xs(funnel).fold(f64::INFINITY, f64::min);
    let highest = xs(funnel).fold(0.0, f64::max);
    let largest = funnel.shown().map(|(dot, _)| dot.x).fold(0.0, f64::max);
    match funnel.x_scale {
        XScale::Log if highest > lowest * 1.5 => (lowest / 1.12, highest.max(largest * 1.1)),
        XScale::Log => (lowest / 2.0, highest * 2.0),
        XScale::Linear if highest > 0.0 => (0.0, highest.max(largest * 1.03)),
        XScale::Linear => (0.0, 1.0),
    }
}

/// The lines inside the plane, cut where they run out at its top.
pub(crate) fn clipped(points: &[Point], highest: f64) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut part: Vec<Point> = Vec::new();
    for (i, (x, y)) in points.iter().copied().enumerate() {
        if let Some((px, py)) = i.checked_sub(1).map(|before| points[before])
            && (py > highest) != (y > highest)
        {
            part.push((px + (x - px) * (highest - py) / (y - py), highest));
        }
        if y <= highest {
            part.push((x, y));
        } else if !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
    }
    parts.push(part);
    parts.retain(|part| part.len() > 1);
    parts
}

/// Lays out the plane and draws its axes.
pub(crate) fn plane_of(funnel: &Funnel, canvas: &mut Canvas, top: f64) -> Plane {
    let title = font::fit(&funnel.y_label, AXIS, WIDTH - 2.0 * MARGIN, 2);
    let top = canvas.lines((MARGIN, top), Anchor::Start, AXIS, &title) + 10.0;
    let dots = funnel.shown().map(|(_, y)| y).fold(funnel.reference, f64::max);
    let limits = funnel.limits.iter().flat_map(|limits| &limits.points);
    let limits = limits.map(|point| point.2).fold(dots, f64::max);
    let highest = if dots > 0.0 { limits.min(LIMIT_ROOM * dots) } else { limits };
    let y_ticks = axis::linear(0.0, highest, 5.0, false);
    let decimals = axis::decimals(&y_ticks);
    let names: Vec<String> = y_ticks.iter().map(|tick| dutch::decimal(*tick, decimals)).collect();
    let widest = names.iter().map(|name| font::width(name, AXIS)).fold(0.0, f64::max);
    let ends = ends_of(funnel);
    let end = ends.iter().map(|(_, name)| font::width(name, AXIS)).fold(0.0, f64::max);
    let (x_low, x_high) = x_range(funnel);
    let mut plane = Plane {
        left: MARGIN + widest + 8.0,
        right: WIDTH - MARGIN - end - 12.0,
        top,
        bottom: top + HEIGHT,
        below: top + HEIGHT,
        y_high: y_ticks[y_ticks.len() - 1],
        x_low,
        x_high,
        scale: funnel.x_scale,
    };
    for (tick, name) in y_ticks.iter().zip(&names) {
        let y = plane.y(*tick);
        let colour = if *tick == 0.0 { INK } else { GRID };
        canvas.line(&[(plane.left, y), (plane.right, y)], colour, 1.0);
        canvas.text((plane.left - 8.0, y + 4.0), Anchor::End, AXIS, name);
    }
    x_axis(funnel, canvas, &mut plane);
    plane
}

fn x_axis(funnel: &Funnel, canvas: &mut Canvas, plane: &mut Plane) {
    let mut ticks = match plane.scale {
        XScale::Linear => axis::linear(plane.x_low, plane.x_high, 5.0, plane.x_high >= 5.0),
        XScale::Log => axis::logarithmic(plane.x_low, plane.x_high),
    };
    ticks.retain(|tick| *tick <= plane.x_high);
    let decimals = if ticks.len() > 1 { axis::decimals(&ticks) } else { 0 };
    let places: Vec<(f64, String)> =
        ticks.iter().map(|tick| (plane.x(*tick), dutch::decimal(*tick, decimals))).collect();
    for (x, _) in &places {
        canvas.line(&[(*x, plane.bottom), (*x, plane.bottom + 4.0)], MUTED, 1.0);
    }
    names_below(canvas, &places, plane.bottom);
    let title = match plane.scale {
        XScale::Linear => funnel.x_label.clone(),
        XScale::Log => {
            format!("{}; op deze as is twee keer zoveel overal even ver", funnel.x_label)
        }
    };
    let lines = font::fit(&title, AXIS, plane.right - plane.left, 2);
    plane.below = canvas.lines((plane.right, plane.bottom + 22.0), Anchor::End, AXIS, &lines);
}

/// Names of ticks under an axis, left out where they would touch.
pub(crate) fn names_below(canvas: &mut Canvas, places: &[(f64, String)], bottom: f64) {
    let mut edge = f64::NEG_INFINITY;
    for (x, name) in places {
        let half = font::width(name, AXIS) / 2.0;
        if x - half >= edge + 8.0 && x - half >= 4.0 && x + half <= WIDTH - 4.0 {
            canvas.text((*x, bottom + 17.0), Anchor::Middle, AXIS, name);
            edge = x + half;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_it_leaves_and_comes_back() {
        let line = [(0.0, 30.0), (1.0, 10.0), (2.0, 5.0), (3.0, 15.0), (4.0, 25.0)];
        let parts = clipped(&line, 20.0);
        assert_eq!(parts, [vec![(0.5, 20.0), (1.0, 10.0), (2.0, 5.0), (3.0, 15.0), (3.5, 20.0)]]);
        let twice = [(0.0, 10.0), (1.0, 30.0), (2.0, 10.0)];
        assert_eq!(clipped(&twice, 20.0).len(), 2);
        assert!(clipped(&[(0.0, 30.0), (1.0, 40.0)], 20.0).is_empty());
        assert_eq!(clipped(&[(0.0, 3.0), (1.0, 4.0)], 20.0), [vec![(0.0, 3.0), (1.0, 4.0)]]);
    }
}
