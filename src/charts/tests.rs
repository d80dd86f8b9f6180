use super::*;
use crate::charts::canvas::{Shape, overlap, text_box};

mod matrix;
mod peers;

/// Text boxes of a chart.
fn texts(chart: &Chart) -> (f64, Vec<([f64; 4], String)>) {
    let sheet = lay_out(chart).unwrap();
    let boxes = sheet.canvas.shapes.iter().filter_map(|shape| match shape {
        Shape::Text(at, anchor, face, text) => {
            Some((text_box(*at, *anchor, *face, text), text.clone()))
        }
        _ => None,
    });
    (sheet.height, boxes.collect())
}

#[test]
fn no_text_touches_another_text_or_the_edge() {
    for chart in samples::all() {
        let (height, boxes) = texts(&chart);
        for (i, (a, text)) in boxes.iter().enumerate() {
            let inside = a[0] >= 0.0 && a[1] >= 0.0 && a[2] <= WIDTH && a[3] <= height;
            assert!(inside, "{}: '{text}' leaves the sheet: {a:?}", chart.stem);
            for (b, other) in &boxes[i + 1..] {
                assert!(!overlap(*a, *b), "{}: '{text}' touches '{other}'", chart.stem);
            }
        }
    }
}

#[test]
fn every_shape_lies_on_the_sheet() {
    for chart in samples::all() {
        let sheet = lay_out(&chart).unwrap();
        let on =
            |(x, y): (f64, f64)| (0.0..=WIDTH).contains(&x) && (0.0..=sheet.height).contains(&y);
        for shape in &sheet.canvas.shapes {
            let inside = match shape {
                Shape::Rect([left, top, right, bottom], _) => {
                    on((*left, *top)) && on((*right, *bottom))
                }
                Shape::Line(points, ..) | Shape::Area(points, _) => {
                    points.iter().all(|point| on(*point))
                }
                Shape::Disc((x, y), r, _) => on((x - r, y - r)) && on((x + r, y + r)),
                Shape::Text(at, ..) => on(*at),
            };
            assert!(inside, "{}: {shape:?}", chart.stem);
        }
    }
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    for chart in samples::all() {
        assert_eq!(draw(&chart).unwrap(), draw(&chart.clone()).unwrap());
    }
}

#[test]
fn a_picture_has_a_role_a_title_and_a_description() {
    for chart in samples::all() {
        let figure = draw(&chart).unwrap();
        let (svg, stem) = (figure.svg(), &chart.stem);
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{stem}");
        let root = svg.split_once('>').unwrap().0;
        let named =
            format!("role=\"img\" aria-labelledby=\"{stem}-titel {stem}-desc\" lang=\"nl\"");
        assert!(root.contains(&named), "{root}");
        assert!(svg.contains(&format!("<title id=\"{stem}-titel\">")), "{stem}");
        assert!(svg.contains(&format!("<desc id=\"{stem}-desc\">")), "{stem}");
        assert!(figure.desc().starts_with(&chart.title), "{stem}");
        assert!(figure.desc().contains("2025-K3, n = 46."), "{}", figure.desc());
        assert!(
            !figure.desc().contains("..") && !figure.desc().contains("NaN"),
            "{}",
            figure.desc()
        );
        assert_eq!(svg.matches("<svg").count(), 1);
        resvg::usvg::roxmltree::Document::parse(svg).unwrap();
    }
}

#[test]
fn names_from_a_file_cannot_become_markup() {
    let chart = samples::all().into_iter().find(|chart| chart.stem == "staven-euro").unwrap();
    let figure = draw(&Chart { title: "Een & <script>twee</script>".to_owned(), ..chart }).unwrap();
    assert!(figure.svg().contains("<title id=\"staven-euro-titel\">Een &amp; &lt;script&gt;twee"));
    assert!(!figure.svg().contains("<script") && !figure.svg().contains("<b>"));
    assert!(figure.svg().contains("&lt;b&gt;twee&lt;/b&gt;"));
    assert_eq!(figure.title(), "Een & <script>twee</script>");
}

#[test]
fn sizes_are_whole_and_scale_with_the_view_box() {
    for chart in samples::all() {
        let figure = draw(&chart).unwrap();
        let (width, height) = figure.size();
        let sizes = format!(
            "width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\"",
            4 * width,
            4 * height
        );
        assert!(figure.svg().contains(&sizes), "{}", chart.stem);
        for attribute in ["font-size", "x", "y", "r", "stroke-width"] {
            for value in figure.svg().split(&format!(" {attribute}=\"")).skip(1) {
                let value = value.split('"').next().unwrap();
                assert!(value.parse::<i32>().is_ok(), "{} {attribute} {value}", chart.stem);
            }
        }
    }
}

#[test]
fn numbers_are_written_the_dutch_way() {
    let svg = |stem: &str| {
        let chart = samples::all().into_iter().find(|chart| chart.stem == stem).unwrap();
        draw(&chart).unwrap().svg().to_owned()
    };
    assert!(svg("staven").contains(">1.200<") && svg("staven").contains(">1.172<"));
    assert!(svg("staven-alleen-negatief").contains(">-9,5<"));
    assert!(svg("lijn-groot").contains(">8.000.000.000<"));
    assert!(svg("strip-een").contains(">€ 80<"));
    assert!(svg("lorenz").contains(">25%<"));
}

#[test]
fn nothing_drawn_depends_on_what_is_hidden() {
    let with = |text: &str, marker: Option<f64>| {
        let mut chart = samples::bars(3);
        if let Kind::Bars(bars) = &mut chart.kind {
            bars.marker_label = "aandeel".to_owned();
            bars.bars[0].marker = Some(2.0);
            bars.bars.push(Bar { marker, ..Bar::new("Verborgen", None, text) });
        }
        draw(&chart).unwrap()
    };
    let figure = with("4", Some(4.0));
    assert_eq!(figure, with("99999", None));
    assert!(figure.svg().contains(">onderdrukt<"));
    assert!(figure.desc().contains("1 waarde is onderdrukt"), "{}", figure.desc());
}

#[test]
fn bars_are_as_long_as_their_values() {
    let sheet = lay_out(&samples::bars(40)).unwrap();
    let lengths: Vec<f64> = sheet
        .canvas
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Rect([left, _, right, _], _) => Some(right - left),
            _ => None,
        })
        .collect();
    assert_eq!(lengths.len(), 40);
    for (i, length) in lengths.iter().enumerate() {
        let expected = lengths[0] * (1200.0 - 28.0 * i as f64) / 1200.0;
        assert!((length - expected).abs() < 1e-6, "{i}");
    }
}

#[test]
fn the_description_tells_highest_lowest_and_course() {
    let desc = |stem: &str| {
        let chart = samples::all().into_iter().find(|chart| chart.stem == stem).unwrap();
        draw(&chart).unwrap().desc().to_owned()
    };
    assert!(desc("staven").contains("Hoogste: Gemeente 1 (1.200); laagste: Gemeente 5 (1.088)."));
    assert!(desc("staven").contains("Uitgelicht: Gemeente 2 (1.172)."));
    assert!(desc("staven-nul").contains("Alle getoonde waarden zijn gelijk; de eerste: A (0)."));
    assert!(desc("lijn").contains(
        "Zeist: van 3 in 2023-K1 naar 12 in 2024-K4; hoogste 18 in 2024-K3, laagste 3 in 2023-K1."
    ));
    assert!(desc("lijn").contains("De laatste periode is voorlopig."));
    assert!(desc("lijn-gaten").contains("3 perioden zonder getoonde waarde."));
    assert!(desc("strip-negatief").contains("2 prijzen van nul of lager staan niet op deze as."));
    assert!(desc("strip").contains("regionaal tarief € 83,00, mediaan € 84,20, 1 opvallend."));
}

#[test]
fn the_last_value_of_a_single_line_is_always_labelled() {
    for chart in samples::all() {
        let Kind::Line(Line { series, .. }) = &chart.kind else { continue };
        let [only] = series.as_slice() else { continue };
        let Some((last, _)) = only.known().last().copied() else { continue };
        let bold: Vec<String> = lay_out(&chart)
            .unwrap()
            .canvas
            .shapes
            .into_iter()
            .filter_map(|shape| match shape {
                Shape::Text(_, _, face, text) if face == theme::LABEL.bold() => Some(text),
                _ => None,
            })
            .collect();
        assert_eq!(bold, [only.written(last)], "{}", chart.stem);
    }
}

#[test]
fn a_chart_that_cannot_be_true_is_refused_in_dutch() {
    let refused = |chart: Chart| format!("{:#}", draw(&chart).unwrap_err());
    let bar = |value: f64| Chart {
        kind: Kind::Bars(Bars { bars: vec![Bar::new("A", Some(value), "")], ..Bars::default() }),
        ..samples::bars(1)
    };
    assert!(refused(bar(f64::NAN)).contains("grafiek 'staven': een waarde is geen getal"));
    assert!(refused(bar(f64::INFINITY)).contains("veel te groot"));
    for stem in ["", "Met Spatie", "../weg", "a\"b"] {
        let text = refused(Chart { stem: stem.to_owned(), ..samples::bars(1) });
        assert!(text.contains("kleine letters"), "{text}");
    }
    assert!(refused(samples::titled(" \n")).contains("de titel ontbreekt"));
    let series = Series { name: "A".to_owned(), values: vec![Some(1.0)], texts: Vec::new() };
    let line = |x: usize, n: usize| Chart {
        kind: Kind::Line(Line {
            x: vec!["2025-K1".to_owned(); x],
            series: vec![series.clone(); n],
            ..Line::default()
        }),
        ..samples::bars(1)
    };
    assert!(refused(line(2, 1)).contains("reeks 'A' heeft 1 waarden bij 2 perioden"));
    assert!(refused(line(1, 6)).contains("6 reeksen"));
}

#[test]
fn every_kind_is_in_the_list_once() {
    for chart in samples::all() {
        let takers = CHARTS
            .iter()
            .filter(|kind| (kind.draw)(&chart.kind, &mut Canvas::default(), 0.0).is_some());
        assert_eq!(takers.count(), 1, "{}", chart.stem);
    }
    let mut names: Vec<&str> = CHARTS.iter().map(|kind| kind.name).collect();
    names.dedup();
    assert_eq!(names.len(), CHARTS.len());
}

/// Writes every sample as PNG for looking at: `cargo test pictures -- --ignored`.
#[test]
#[ignore = "writes pictures to look at"]
fn pictures() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/plaatjes");
    std::fs::create_dir_all(&folder).unwrap();
    for chart in samples::all() {
        let figure = draw(&chart).unwrap();
        std::fs::write(folder.join(format!("{}.svg", figure.stem())), figure.svg()).unwrap();
        std::fs::write(folder.join(format!("{}.png", figure.stem())), png(&figure).unwrap())
            .unwrap();
    }
}
