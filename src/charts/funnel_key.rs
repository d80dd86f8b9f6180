//! What the marks of a funnel mean: every mark that is drawn, and no other.
//!
//! Enters: a [`Funnel`]. Leaves: meanings for the key. Does not know where anything stands.

use crate::charts::canvas::{Canvas, Point};
use crate::charts::funnel::{DOT, Funnel, FunnelDot};
use crate::charts::marks::{self, Meaning, or};
use crate::charts::theme::{ACCENT, MUTED, REST};

/// Highlighted, square, hollow; how it is drawn; what it means.
type Mark = ([bool; 3], fn(&mut Canvas, Point), String);

/// Every mark that is drawn, once; a plain dot is what the others are told apart from.
pub(crate) fn meanings(funnel: &Funnel) -> Vec<Meaning> {
    let small = or(&funnel.small_label, "klein aantal");
    let outside = or(&funnel.outside_label, "opvallend");
    let highlight = or(&funnel.highlight_label, "uitgelicht");
    // Highlighted, square, hollow.
    let marks: [Mark; 6] = [
        ([false, false, false], |canvas, at| marks::dot(canvas, at, DOT, REST), plain(funnel)),
        ([false, false, true], |canvas, at| marks::ring(canvas, at, DOT, REST), small.to_owned()),
        (
            [false, true, false],
            |canvas, at| marks::square(canvas, at, DOT, (ACCENT, false)),
            outside.to_owned(),
        ),
        (
            [false, true, true],
            |canvas, at| marks::square(canvas, at, DOT, (ACCENT, true)),
            format!("{outside}, {small}"),
        ),
        (
            [true, false, false],
            |canvas, at| marks::diamond(canvas, at, 5.0, false),
            highlight.to_owned(),
        ),
        (
            [true, false, true],
            |canvas, at| marks::diamond(canvas, at, 5.0, true),
            format!("{highlight}, {small}"),
        ),
    ];
    let drawn: Vec<[bool; 3]> = funnel.shown().map(|(dot, _)| mark_of(dot)).collect();
    let of =
        |(mark, sample, text): Mark| drawn.contains(&mark).then(|| Meaning::new(sample, &text));
    // With plain dots only there is nothing to tell apart.
    let is_plain = drawn.iter().all(|mark| *mark == [false; 3]);
    let mut meanings: Vec<Meaning> =
        if is_plain { Vec::new() } else { marks.into_iter().filter_map(of).collect() };
    meanings.extend(unadjusted(funnel));
    meanings
}

/// Which mark a dot gets: highlighted, square, hollow; a highlighted one is a diamond.
fn mark_of(dot: &FunnelDot) -> [bool; 3] {
    [dot.highlight, dot.label && !dot.highlight, dot.small]
}

fn plain(funnel: &Funnel) -> String {
    or(&funnel.dots_label, "stippen").to_owned()
}

fn unadjusted(funnel: &Funnel) -> Option<Meaning> {
    let has_dashes = funnel.limits.iter().any(|limits| !limits.unadjusted.is_empty());
    let dashes: fn(&mut Canvas, Point) = |canvas, (x, y)| {
        canvas.dashed((x - 7.0, y), (x + 8.0, y), MUTED, (1.25, 3.0));
    };
    let text = or(&funnel.unadjusted_label, "grenzen zonder verbreding");
    has_dashes.then(|| Meaning::new(dashes, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_that_is_drawn_is_explained_and_no_other() {
        let dot = |highlight: bool, label: bool, small: bool| FunnelDot {
            y: Some(1.0),
            highlight,
            label,
            small,
            ..FunnelDot::default()
        };
        let told = |dots: Vec<FunnelDot>| -> Vec<String> {
            let funnel = Funnel { dots_label: "gemeenten".to_owned(), dots, ..Funnel::default() };
            meanings(&funnel).into_iter().map(|meaning| meaning.text).collect()
        };
        assert_eq!(
            told(vec![dot(true, true, true), dot(false, false, false), dot(false, false, false)]),
            ["gemeenten", "uitgelicht, klein aantal"]
        );
        assert_eq!(
            told(vec![dot(false, true, true), dot(true, false, false), dot(false, true, false)]),
            ["opvallend", "opvallend, klein aantal", "uitgelicht"]
        );
        assert_eq!(told(vec![dot(false, false, true)]), ["klein aantal"]);
        assert_eq!(told(vec![dot(false, false, false)]), [""; 0], "one mark needs no key");
        let hidden = FunnelDot { y: None, ..dot(true, false, false) };
        assert_eq!(told(vec![hidden]), [""; 0], "what is not drawn is not explained");
    }
}
