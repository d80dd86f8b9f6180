//! Every kind of chart in every awkward case: the samples are complete, and are what their names say.

use super::*;
use crate::charts::samples::LONG;
use crate::charts::theme::{AXIS, Colour, LABEL, MARKS, QUIET, SMALL_LABEL, WHITE, palette};

/// The cases, as they end the stem of a sample. `een` is one gemeente, and so one row.
const CASES: [&str; 7] = ["lang", "een", "veertig", "nul", "groot", "verborgen", "negatief"];

/// What a kind cannot hold, and why.
const NEVER: [(&str, &str, &str); 5] = [
    ("brug", "verborgen", "the other steps would give a hidden one away"),
    ("trechter", "negatief", "a rate is never below zero; refused"),
    ("lorenz", "nul", "nothing cannot be divided; refused"),
    ("lorenz", "verborgen", "a curve without one of its points shows that point; left out"),
    ("lorenz", "negatief", "a share is never below zero; refused"),
];

/// What a sample draws: names, and values with `None` for hidden.
fn content(kind: &Kind) -> (Vec<String>, Vec<Option<f64>>) {
    match kind {
        Kind::Bars(bars) => bars.bars.iter().map(|bar| (bar.label.clone(), bar.value)).unzip(),
        Kind::Bridge(bridge) => {
            let all = [&bridge.start, &bridge.end].into_iter().chain(&bridge.steps);
            all.map(|one| (one.label.clone(), Some(one.bedrag_ct as f64))).unzip()
        }
        Kind::Funnel(funnel) => funnel.dots.iter().map(|dot| (dot.name.clone(), dot.y)).unzip(),
        Kind::Intervals(intervals) => {
            intervals.rows.iter().map(|row| (row.label.clone(), row.estimate)).unzip()
        }
        Kind::Line(line) => {
            let names = line.series.iter().map(|series| series.name.clone()).collect();
            (names, line.series.iter().flat_map(|series| series.values.clone()).collect())
        }
        Kind::Lorenz(lorenz) => {
            // What each has: the height that it adds to the curve.
            let mut before = 0.0;
            let own = lorenz.points.iter().map(|(_, y)| {
                let own = y - before;
                before = *y;
                Some(own)
            });
            (vec![lorenz.x_label.clone(), lorenz.y_label.clone()], own.collect())
        }
        Kind::Ranges(ranges) => {
            ranges.rows.iter().map(|row| (row.label.clone(), row.observed)).unzip()
        }
        Kind::Strip(strip) => {
            let names = strip.rows.iter().map(|row| row.label.clone()).collect();
            let hidden = strip.rows.iter().filter(|row| row.dots.is_empty()).map(|_| None);
            let dots = strip.rows.iter().flat_map(|row| &row.dots).map(|dot| Some(dot.value));
            (names, dots.chain(hidden).collect())
        }
    }
}

/// True when a sample is the case that ends its name.
fn is_case(case: &str, kind: &Kind) -> bool {
    let (names, values) = content(kind);
    let known: Vec<f64> = values.iter().copied().flatten().collect();
    match case {
        "lang" => names.iter().any(|name| name.contains(LONG)),
        // A bridge of one step has a beginning and an end as well.
        "een" => values.len() == if matches!(kind, Kind::Bridge(_)) { 3 } else { 1 },
        "veertig" => values.len() >= 40,
        "nul" => !known.is_empty() && known.iter().all(|value| *value == 0.0),
        "groot" => {
            let mut sizes: Vec<f64> = known.iter().map(|value| value.abs()).collect();
            sizes.sort_by(f64::total_cmp);
            // The end of a bridge is as large as its largest step.
            let behind = sizes.len() - if matches!(kind, Kind::Bridge(_)) { 3 } else { 2 };
            sizes[sizes.len() - 1] > 100.0 * sizes[behind]
        }
        "verborgen" => values.contains(&None) && !known.is_empty(),
        "negatief" => known.iter().any(|value| *value < 0.0),
        other => panic!("no case {other}"),
    }
}

#[test]
fn every_kind_has_a_sample_of_every_case() {
    let charts = samples::all();
    for kind in CHARTS {
        for case in CASES {
            let stem = format!("{}-{case}", kind.name);
            let never = NEVER.iter().any(|(name, own, _)| (*name, *own) == (kind.name, case));
            let sample = charts.iter().find(|chart| chart.stem == stem);
            assert_eq!(sample.is_none(), never, "{stem}");
            if let Some(sample) = sample {
                assert!(is_case(case, &sample.kind), "{stem} is not what its name says");
            }
        }
    }
}

#[test]
fn every_sample_has_a_name_of_its_own() {
    let mut stems: Vec<String> = samples::all().into_iter().map(|chart| chart.stem).collect();
    let n_samples = stems.len();
    stems.sort();
    stems.dedup();
    assert_eq!(stems.len(), n_samples);
}

#[test]
fn the_name_of_a_lorenz_curve_keeps_off_every_line() {
    for chart in samples::all() {
        let Kind::Lorenz(_) = &chart.kind else { continue };
        let sheet = lay_out(&chart).unwrap();
        let (_, texts) = texts(&chart);
        let (name, _) = texts.iter().find(|(_, text)| text == "werkelijk").unwrap();
        for shape in &sheet.canvas.shapes {
            let Shape::Line(points, colour, _) = shape else { continue };
            let through = points.windows(2).any(|pair| canvas::crosses(*name, pair[0], pair[1]));
            assert!(!through || *colour == theme::GRID, "{}: {shape:?}", chart.stem);
        }
    }
}

#[test]
fn every_colour_that_is_drawn_is_one_that_was_tested() {
    let mut seen: Vec<Colour> = Vec::new();
    for chart in samples::all() {
        let series = if let Kind::Line(line) = &chart.kind { line.series.len() } else { 1 };
        for shape in lay_out(&chart).unwrap().canvas.shapes {
            let colour = match shape {
                Shape::Rect(_, colour)
                | Shape::Line(_, colour, _)
                | Shape::Area(_, colour)
                | Shape::Disc(_, _, colour) => colour,
                Shape::Text(_, _, face, text) => {
                    let faces = [TITLE, SUBTITLE, LABEL, SMALL_LABEL, AXIS, SOURCE];
                    assert!(
                        faces.iter().any(|own| face == *own || face == own.bold()),
                        "{}: '{text}' in {face:?}",
                        chart.stem
                    );
                    continue;
                }
            };
            let is_known =
                [&MARKS[..], &QUIET, palette(series)].iter().any(|own| own.contains(&colour));
            assert!(is_known, "{}: {colour:?}", chart.stem);
            seen.push(colour);
        }
    }
    assert!(MARKS.iter().chain(&QUIET).all(|colour| seen.contains(colour)), "{seen:?}");
}

#[test]
fn words_on_a_bar_or_a_band_have_paper_under_them() {
    for chart in samples::all() {
        let shapes = lay_out(&chart).unwrap().canvas.shapes;
        for (at, shape) in shapes.iter().enumerate() {
            let Shape::Text(place, anchor, face, text) = shape else { continue };
            let bounds = text_box(*place, *anchor, *face, text);
            // What was painted last under the words.
            let under = shapes[..at].iter().rev().find_map(|shape| match shape {
                Shape::Rect(sides, colour) if overlap(*sides, bounds) => Some(*colour),
                _ => None,
            });
            assert!(under.is_none_or(|colour| colour == WHITE), "{}: '{text}'", chart.stem);
        }
    }
}
