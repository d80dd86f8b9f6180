//! Labels of a line chart: at the points of a single series, or at the ends of several.
//!
//! Enters: the plot with its lines drawn. Leaves: labels that touch neither each other nor the line
//! they belong to, where there is room. Does not scale or draw lines.

use crate::charts::canvas::{Anchor, Canvas, Point, crosses, overlap, text_box};
use crate::charts::font;
use crate::charts::line::{Line, Plot, Series, looks};
use crate::charts::theme::{LABEL, REST};

/// Widest label at the end of a line.
const END_MAX: f64 = 170.0;
/// With more points than this only the first, last, highest and lowest are labelled.
const MOST_LABELLED: usize = 16;

/// Lines of text at the end of each series, and the value they belong to.
pub(crate) struct EndLabel {
    pub(crate) lines: Vec<String>,
    pub(crate) anchor: Option<(usize, f64)>,
}

pub(crate) fn end_labels(line: &Line) -> Vec<EndLabel> {
    line.series
        .iter()
        .map(|series| {
            let anchor = series.known().last().copied();
            let mut lines = font::fit(&series.name, LABEL, END_MAX, 3);
            if let Some((i, _)) = anchor {
                // At the end of the axis a value reads as that of the last period.
                let value = if i + 1 == line.x.len() {
                    series.written(i)
                } else {
                    format!("{} in {}", series.written(i), line.x[i])
                };
                lines.extend(font::fit(&value, LABEL.bold(), END_MAX, 1));
            }
            EndLabel { lines, anchor }
        })
        .collect()
}

/// Labels the points of a single series: last, highest, lowest and first before the others, and none
/// that would touch another.
pub(crate) fn point_labels(series: &Series, canvas: &mut Canvas, plot: &Plot) {
    let known = series.known();
    let Some(last) = known.last().copied() else { return };
    let by_value = |a: &&(usize, f64), b: &&(usize, f64)| a.1.total_cmp(&b.1);
    let mut order = vec![last];
    order.extend(known.iter().max_by(by_value));
    order.extend(known.iter().min_by(by_value));
    order.extend(known.first());
    if known.len() <= MOST_LABELLED {
        order.extend(&known);
    }
    let mut texts = canvas.text_boxes();
    let points = known.iter().map(|point| plot.point(*point));
    let points: Vec<[f64; 4]> = points.map(|(x, y)| [x - 5.0, y - 5.0, x + 5.0, y + 5.0]).collect();
    let mut done = vec![false; plot.n];
    for (rank, (i, value)) in order.into_iter().enumerate() {
        if std::mem::replace(&mut done[i], true) {
            continue;
        }
        let (x, y) = plot.point((i, value));
        let face = if i == last.0 { LABEL.bold() } else { LABEL };
        let text = series.written(i);
        let places: Vec<(Point, Anchor)> = if i == last.0 {
            vec![((x + 9.0, y + 4.5), Anchor::Start), ((x + 8.0, y - 5.0), Anchor::Start)]
        } else {
            places(series, i, (x, y), plot)
        };
        let clear = |(at, anchor): &(Point, Anchor)| {
            let text_box = text_box(*at, *anchor, face, &text);
            let inside = text_box[0] > plot.left && text_box[3] < plot.bottom;
            let [left, top, right, bottom] = text_box;
            let padded = [left - 8.0, top, right + 8.0, bottom];
            inside
                && !texts.iter().any(|other| overlap(*other, padded))
                && !points.iter().any(|other| overlap(*other, text_box))
        };
        let through = |(at, anchor): &(Point, Anchor)| {
            let [left, top, right, bottom] = text_box(*at, *anchor, face, &text);
            let text_box = [left - 2.0, top, right + 2.0, bottom];
            known.windows(2).any(|pair| crosses(text_box, plot.point(pair[0]), plot.point(pair[1])))
        };
        let free: Vec<(Point, Anchor)> = places.into_iter().filter(clear).collect();
        if let Some((at, anchor)) = free.iter().find(|place| !through(place)) {
            canvas.text_on_white(*at, *anchor, face, &text);
            texts.push(text_box(*at, *anchor, face, &text));
        } else if let Some((at, anchor)) = free.first().filter(|_| rank == 0) {
            canvas.text(*at, *anchor, face, &text);
            texts.push(text_box(*at, *anchor, face, &text));
        }
    }
}

/// Where the label of a point may stand, best first: on the side that the line leaves free.
fn places(series: &Series, i: usize, (x, y): Point, plot: &Plot) -> Vec<(Point, Anchor)> {
    let here = plot.y(series.values[i].unwrap_or_default());
    let side = |j: Option<usize>| {
        let value = j.and_then(|j| *series.values.get(j)?)?;
        Some(plot.y(value) - here)
    };
    // Positive: the neighbour lies lower on the sheet.
    let before = side(i.checked_sub(1)).unwrap_or(0.0);
    let after = side(Some(i + 1)).unwrap_or(0.0);
    let above = ((x, y - 10.0), Anchor::Middle);
    let below = ((x, y + 19.0), Anchor::Middle);
    let (left_above, right_above) =
        (((x + 4.0, y - 9.0), Anchor::End), ((x - 4.0, y - 9.0), Anchor::Start));
    if before >= -4.0 && after >= -4.0 {
        vec![above, below]
    } else if before <= 4.0 && after <= 4.0 {
        let further_left = ((x - 4.0, y - 9.0), Anchor::End);
        vec![below, left_above, right_above, further_left, above]
    } else if after < 0.0 {
        vec![left_above, ((x - 2.0, y + 19.0), Anchor::Start), below]
    } else {
        vec![right_above, ((x + 2.0, y + 19.0), Anchor::End), below]
    }
}

/// Puts the labels of several series at the right, moved apart where they would touch.
pub(crate) fn place_ends(line: &Line, canvas: &mut Canvas, plot: &Plot, ends: &[EndLabel]) {
    let x = plot.right + 10.0;
    let mut wanted: Vec<(f64, f64, usize)> = ends
        .iter()
        .enumerate()
        .filter_map(|(i, end)| {
            let height = end.lines.len() as f64 * LABEL.leading();
            Some((plot.y(end.anchor?.1) - height / 2.0, height, i))
        })
        .collect();
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
    let tops = apart(&wanted, (plot.top - 8.0, plot.bottom + 8.0));
    for ((_, height, i), top) in wanted.iter().zip(tops) {
        let end = &ends[*i];
        let Some(anchor) = end.anchor else { continue };
        let (from, middle) = (plot.point(anchor), top + height / 2.0);
        // A line to the label and no marker there: a marker behind the last period reads as one more period.
        let colour = looks(line).nth(*i).map_or(REST, |(colour, _)| *colour);
        canvas.line(&[(from.0 + 8.0, from.1), (plot.right + 6.0, middle)], colour, 0.75);
        let n_name = end.lines.len() - 1;
        let below = canvas.lines((x, top), Anchor::Start, LABEL, &end.lines[..n_name]);
        canvas.lines((x, below), Anchor::Start, LABEL.bold(), &end.lines[n_name..]);
    }
}

/// Tops of blocks (wanted top, height) in order, moved as little as needed to stand apart in a range.
pub(crate) fn apart(wanted: &[(f64, f64, usize)], (lowest, highest): (f64, f64)) -> Vec<f64> {
    let gap = 4.0;
    let mut tops = Vec::with_capacity(wanted.len());
    let mut edge = lowest;
    for (top, height, _) in wanted {
        let top = top.max(edge);
        tops.push(top);
        edge = top + height + gap;
    }
    let mut edge = highest;
    for (top, (_, height, _)) in tops.iter_mut().zip(wanted).rev() {
        *top = top.min(edge - height);
        edge = *top - gap;
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_want_the_same_place_are_moved_apart_within_the_range() {
        let wanted = [(90.0, 30.0, 0), (92.0, 30.0, 1), (95.0, 30.0, 2)];
        let tops = apart(&wanted, (0.0, 130.0));
        assert!(tops.windows(2).all(|pair| pair[1] - pair[0] >= 33.9), "{tops:?}");
        assert!(tops[0] >= 0.0 && tops[2] + 30.0 <= 130.0, "{tops:?}");
    }
}
