//! Funnels, ranges, intervals, bridges and bands: what is drawn is what was given.

use super::*;
use crate::charts::canvas::Point;
use crate::charts::samples::rows::{hidden_interval, hidden_range};
use crate::charts::samples::trechters::hidden;
use crate::charts::theme::{ACCENT, BAND, Colour, INK, REST, SIGNAL};

fn sample(stem: &str) -> Chart {
    samples::all().into_iter().find(|chart| chart.stem == stem).unwrap()
}

fn shapes(chart: &Chart) -> Vec<Shape> {
    lay_out(chart).unwrap().canvas.shapes
}

/// Middles of the discs of a colour and radius.
fn discs(chart: &Chart, colour: Colour) -> Vec<(Point, f64)> {
    let disc = |shape: &Shape| match shape {
        Shape::Disc(at, radius, own) if *own == colour => Some((*at, *radius)),
        _ => None,
    };
    shapes(chart).iter().filter_map(disc).collect()
}

/// Left, top, right and bottom of the rectangles of a colour.
fn rects(chart: &Chart, colour: Colour) -> Vec<[f64; 4]> {
    let rect = |shape: &Shape| match shape {
        Shape::Rect(sides, own) if *own == colour => Some(*sides),
        _ => None,
    };
    shapes(chart).iter().filter_map(rect).collect()
}

fn areas(chart: &Chart, colour: Colour) -> usize {
    let is = |shape: &&Shape| matches!(shape, Shape::Area(_, own) if *own == colour);
    shapes(chart).iter().filter(is).count()
}

fn said(chart: &Chart) -> Vec<(String, bool)> {
    let text = |shape: Shape| match shape {
        Shape::Text(_, _, face, text) => Some((text, face.bold)),
        _ => None,
    };
    shapes(chart).into_iter().filter_map(text).collect()
}

fn refused(kind: Kind) -> String {
    format!("{:#}", draw(&Chart { kind, ..samples::bars(1) }).unwrap_err())
}

#[test]
fn a_hidden_peer_leaves_no_trace_of_its_value() {
    let dot = FunnelDot { x: 9e6, text: "4".to_owned(), label: true, ..FunnelDot::default() };
    let told = FunnelDot { highlight: true, small: true, name: "Zeist".to_owned(), ..dot };
    assert_eq!(draw(&hidden(told)).unwrap(), draw(&hidden(FunnelDot::default())).unwrap());
    let range = RangeRow {
        expected: Some(4e6),
        range: Some((9.0, 3.0)),
        text: "4".to_owned(),
        note: "meer".to_owned(),
        verdict: Verdict::Flagged,
        ..RangeRow::default()
    };
    let figure = draw(&hidden_range(range)).unwrap();
    assert_eq!(figure, draw(&hidden_range(RangeRow::default())).unwrap());
    assert!(figure.svg().contains(">onderdrukt<"));
    let interval = IntervalRow {
        interval: Some((3.0, 2e6)),
        expected: Some(4e6),
        text: "4".to_owned(),
        note: "meer".to_owned(),
        small: true,
        flagged: true,
        ..IntervalRow::default()
    };
    let figure = draw(&hidden_interval(interval)).unwrap();
    assert_eq!(figure, draw(&hidden_interval(IntervalRow::default())).unwrap());
    for stem in ["trechter-verborgen", "bereik-verborgen", "intervallen-verborgen"] {
        let figure = draw(&sample(stem)).unwrap();
        assert!(figure.desc().contains("1 waarde is onderdrukt"), "{}", figure.desc());
    }
}

#[test]
fn a_funnel_draws_every_shown_dot_and_names_only_those_that_ask() {
    let chart = sample("trechter");
    let Kind::Funnel(funnel) = &chart.kind else { panic!("a funnel") };
    let n = |keep: fn(&FunnelDot) -> bool| funnel.dots.iter().filter(|dot| keep(dot)).count();
    // Each mark once more in the key: a dot, a ring, a square and a diamond.
    let plain = n(|dot| !dot.highlight && !dot.label);
    assert_eq!(discs(&chart, REST).len(), plain + 2);
    assert_eq!(rects(&chart, ACCENT).len(), n(|dot| dot.label && !dot.highlight) + 1);
    assert_eq!(areas(&chart, SIGNAL), 2);
    let texts = said(&chart);
    assert!(texts.contains(&("Zeist (27,0)".to_owned(), true)), "{texts:?}");
    assert!(texts.contains(&("De Bilt (3,2)".to_owned(), false)), "{texts:?}");
    assert!(!texts.iter().any(|(text, _)| text.starts_with("Gemeente ")), "{texts:?}");
    let named = |name: &str| texts.iter().filter(|(text, _)| text == name).count();
    assert_eq!((named("95%"), named("99,8%"), named("regio")), (2, 2, 1));
}

#[test]
fn dots_of_a_funnel_lie_where_their_values_are() {
    // On a logarithmic axis equal ratios lie equally far apart; rates rise evenly.
    let dot = |x: f64, y: f64| FunnelDot { x, y: Some(y), ..FunnelDot::default() };
    let of = |x_scale: XScale| {
        let dots = vec![dot(1_000.0, 10.0), dot(10_000.0, 20.0), dot(100_000.0, 40.0)];
        let funnel = Funnel { x_scale, dots, reference: 15.0, ..Funnel::default() };
        let chart = Chart { kind: Kind::Funnel(funnel), ..samples::bars(1) };
        discs(&chart, REST).into_iter().map(|(at, _)| at).collect::<Vec<Point>>()
    };
    let log = of(XScale::Log);
    assert!(((log[1].0 - log[0].0) - (log[2].0 - log[1].0)).abs() < 1e-6, "{log:?}");
    assert!((2.0 * (log[0].1 - log[1].1) - (log[1].1 - log[2].1)).abs() < 1e-6, "{log:?}");
    let even = of(XScale::Linear);
    assert!((10.0 * (even[1].0 - even[0].0) - (even[2].0 - even[1].0)).abs() < 1e-6, "{even:?}");
}

#[test]
fn names_in_a_funnel_keep_off_the_lines_where_there_is_room() {
    for stem in ["trechter", "trechter-breed", "trechter-groot", "trechter-een"] {
        let chart = sample(stem);
        let Kind::Funnel(funnel) = &chart.kind else { panic!("a funnel") };
        let names: Vec<[f64; 4]> = shapes(&chart)
            .iter()
            .filter_map(|shape| match shape {
                Shape::Text(at, anchor, face, text) if text.ends_with(')') => {
                    Some(text_box(*at, *anchor, *face, text))
                }
                _ => None,
            })
            .collect();
        assert_eq!(names.len(), funnel.dots.iter().filter(|dot| dot.label).count(), "{stem}");
        let around = |(at, radius): &(Point, f64)| {
            [at.0 - radius, at.1 - radius, at.0 + radius, at.1 + radius]
        };
        let dots: Vec<[f64; 4]> = discs(&chart, REST).iter().map(around).collect();
        for around in [dots, rects(&chart, ACCENT)].concat() {
            assert!(!names.iter().any(|name| overlap(*name, around)), "{stem}: a name on a dot");
        }
        for shape in shapes(&chart) {
            let Shape::Line(points, _, thickness) = shape else { continue };
            // Thinner are lines to names and the grid.
            for pair in points.windows(2).filter(|_| thickness > 1.2) {
                let through = |name: &&[f64; 4]| canvas::crosses(**name, pair[0], pair[1]);
                assert_eq!(names.iter().find(through), None, "{stem}");
            }
        }
    }
}

#[test]
fn a_row_shows_range_expected_and_seen_on_one_scale() {
    let row = RangeRow {
        label: "A".to_owned(),
        observed: Some(30.0),
        expected: Some(20.0),
        range: Some((10.0, 30.0)),
        ..RangeRow::default()
    };
    let kind = Kind::Ranges(Ranges { rows: vec![row], ..Ranges::default() });
    let chart = Chart { kind, ..samples::bars(1) };
    let rects = |colour: Colour| rects(&chart, colour);
    // The first of each stands in the key.
    let (bar, tick) = (rects(REST)[1], rects(INK)[1]);
    let seen = discs(&chart, INK)[1].0;
    assert!((bar[2] - seen.0).abs() < 1e-6, "seen at the upper end of the range");
    let middle = f64::midpoint(bar[0], bar[2]);
    assert!((middle - f64::midpoint(tick[0], tick[2])).abs() < 1e-6, "expected in its middle");
    assert_eq!(rects(BAND).len(), 2);
}

#[test]
fn what_is_flagged_has_a_shape_and_words() {
    let chart = sample("bereik");
    let texts = said(&chart);
    // Two rows and the key.
    assert_eq!(areas(&chart, SIGNAL), 3);
    assert!(texts.contains(&("Aanbieder B".to_owned(), true)));
    assert!(texts.contains(&("Aanbieder A".to_owned(), false)));
    assert!(texts.contains(&("te weinig cliënten".to_owned(), false)));
    let mute = RangeRow {
        label: "B".to_owned(),
        observed: Some(3.0),
        verdict: Verdict::Flagged,
        ..RangeRow::default()
    };
    let text = refused(Kind::Ranges(Ranges { rows: vec![mute], ..Ranges::default() }));
    assert!(text.contains("bij 'B' ontbreekt wat er opvalt"), "{text}");
}

#[test]
fn an_interval_beyond_the_axis_ends_in_an_arrow_and_is_told() {
    let told =
        |stem: &str| said(&sample(stem)).iter().any(|(text, _)| text.starts_with("Een pijl"));
    assert!(told("intervallen"));
    assert!(!told("intervallen-veertig"));
    // The arrow head, and no other area in that colour.
    assert_eq!(areas(&sample("intervallen"), ACCENT), 1);
}

#[test]
fn a_bridge_writes_signs_and_tells_when_its_totals_are_cut() {
    let texts: Vec<String> = said(&sample("brug")).into_iter().map(|(text, _)| text).collect();
    for text in ["€ 600.987,65", "+ € 412.345,67", "− € 120.500,00", "€ 899.376,55", "minder"]
    {
        assert!(texts.iter().any(|own| own == text), "{text}: {texts:?}");
    }
    let cut = |stem: &str| draw(&sample(stem)).unwrap().desc().contains("ingekort");
    assert!(cut("brug-ingekort") && !cut("brug"));
    let short = Bridge { start: Amount::new("K2", 5), steps: vec![], end: Amount::new("K3", 6) };
    assert!(refused(Kind::Bridge(short)).contains("de brug sluit niet"));
}

#[test]
fn a_strip_shades_what_is_usual_and_says_what_is_fixed() {
    let chart = sample("strip-band");
    let bands = shapes(&chart);
    let bands = bands.iter().filter(|shape| matches!(shape, Shape::Rect(_, own) if *own == BAND));
    // Two rows and the key.
    assert_eq!(bands.count(), 3);
    assert!(said(&chart).contains(&("vast tarief € 71,50".to_owned(), false)));
    let desc = draw(&chart).unwrap().desc().to_owned();
    assert!(desc.contains("gebruikelijk € 84,00 tot € 101,00,"), "{desc}");
}

#[test]
fn several_periods_can_be_provisional() {
    let figure = draw(&sample("lijn-voorlopig")).unwrap();
    assert_eq!(figure.svg().matches(">voorlopig<").count(), 2);
    assert!(figure.desc().contains("De laatste 2 perioden zijn voorlopig."), "{}", figure.desc());
}

#[test]
fn a_band_of_chance_has_its_name_in_the_figure() {
    let named = |stem: &str| said(&sample(stem)).contains(&("wat het lot geeft".to_owned(), false));
    assert!(named("lorenz") && named("lorenz-twee"));
    assert!(!named("lorenz-gelijk"));
}

#[test]
fn descriptions_name_highest_lowest_and_what_stands_out() {
    for (stem, part) in [
        ("trechter", "Trechterdiagram met 16 gemeenten"),
        ("trechter", "Hoogste: Zeist (27,0); laagste: De Bilt (3,2)."),
        (
            "trechter",
            "Uitgelicht: Zeist (27,0). Met naam in de figuur: Zeist (27,0) en De Bilt (3,2).",
        ),
        ("bereik", "Bereikdiagram met 7 rijen, in keer zorgcoördinator."),
        ("bereik", "Hoogste: Aanbieder A (42); laagste: Aanbieder G (0)."),
        ("bereik", "Opvallend: Aanbieder B 31, verwacht 18, meestal 10 tot 26 (meer dan toeval"),
        ("bereik", "2 rijen waarover niets te zeggen is. 1 waarde is onderdrukt."),
        ("bereik-een", "Geen van de getoonde rijen valt op."),
        ("intervallen", "De lijn door alle rijen: regio 13,9."),
        ("intervallen", "Hoogste: Zeist (27,0, tussen 15,0 en 45,0)"),
        ("brug", "Brug in 4 stappen: van 2025-K2 € 600.987,65 naar 2025-K3 € 899.376,55."),
        ("brug", "Grootste stap omlaag: Mix: andere producten − € 120.500,00."),
    ] {
        let figure = draw(&sample(stem)).unwrap();
        assert!(figure.desc().contains(part), "{stem}: {}", figure.desc());
    }
}

#[test]
fn what_cannot_be_true_of_peers_is_refused() {
    let limits = |points: Vec<(f64, f64, f64)>| {
        let limits = vec![Limits { points, ..Limits::default() }];
        let dots = vec![FunnelDot { x: 5.0, y: Some(2.0), ..FunnelDot::default() }];
        refused(Kind::Funnel(Funnel { limits, dots, ..Funnel::default() }))
    };
    assert!(limits(vec![(2.0, 0.0, 1.0), (1.0, 0.0, 1.0)]).contains("moeten van links naar"));
    assert!(limits(vec![(1.0, 3.0, 1.0)]).contains("ondergrens van een trechter ligt boven"));
    assert!(limits(vec![(1.0, -3.0, 1.0)]).contains("geen waarden onder nul"));
    assert!(limits(vec![(1.0, 0.0, f64::NAN)]).contains("geen getal"));
    let zero = FunnelDot { x: 0.0, y: Some(2.0), ..FunnelDot::default() };
    let funnel = Funnel { x_scale: XScale::Log, dots: vec![zero], ..Funnel::default() };
    assert!(refused(Kind::Funnel(funnel)).contains("logaritmische as"));
    let row = IntervalRow {
        label: "A".to_owned(),
        estimate: Some(5.0),
        interval: Some((6.0, 9.0)),
        ..IntervalRow::default()
    };
    let intervals = Intervals { rows: vec![row], ..Intervals::default() };
    assert!(refused(Kind::Intervals(intervals)).contains("'A' ligt buiten zijn eigen interval"));
    let row = RangeRow { observed: Some(1.0), range: Some((4.0, 2.0)), ..RangeRow::default() };
    let ranges = Ranges { rows: vec![row], ..Ranges::default() };
    assert!(refused(Kind::Ranges(ranges)).contains("van hoog naar laag"));
}
