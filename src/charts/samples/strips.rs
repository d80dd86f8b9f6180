//! Strip plots for the tests.

use super::{LONG, chart, scatter};
use crate::charts::{Chart, Dot, Kind, Strip, StripRow};

fn dots(n: u32, around: f64) -> Vec<Dot> {
    (0..n)
        .map(|i| Dot {
            value: around * (0.9 + 0.2 * scatter(i)),
            size: 1.0 + 100.0 * scatter(i + 500),
            flagged: None,
        })
        .collect()
}

fn flagged(value: f64, name: &str) -> Dot {
    Dot { value, size: 60.0, flagged: Some(name.to_owned()) }
}

fn strip(stem: &str, rows: Vec<StripRow>) -> Chart {
    let (dot_label, size_label) = ("aanbieder en maand".to_owned(), "volume".to_owned());
    let unit = "euro per uur".to_owned();
    chart(stem, Kind::Strip(Strip { unit, dot_label, size_label, rows, ..Strip::default() }))
}

fn row(label: &str, dots: Vec<Dot>, reference: Option<f64>, median: Option<f64>) -> StripRow {
    StripRow { label: label.to_owned(), dots, reference, median, ..StripRow::default() }
}

pub(super) fn all() -> Vec<Chart> {
    let one = |stem: &str, label: &str, dots: Vec<Dot>, reference: Option<f64>| {
        strip(stem, vec![row(label, dots, reference, None)])
    };
    let mut below = dots(4, 12.0);
    below.push(Dot::default());
    below.push(flagged(-3.0, "Credit"));
    let mut huge = dots(40, 80.0);
    huge.push(flagged(9_876_543.21, "Verkeerd geboekt"));
    let narrow = |dot: Dot| Dot { value: 80.0 + dot.value / 100.0, ..dot };
    let alone = Dot { value: 80.0, size: 1.0, flagged: None };
    vec![
        ordinary_strip(),
        full_strip(),
        band_strip(),
        one("strip-een", "Een prijs", vec![alone], Some(80.0)),
        one("strip-smal", "Smal", dots(20, 80.0).into_iter().map(narrow).collect(), Some(81.0)),
        one(
            "strip-breed",
            "Cent tot miljoen",
            vec![flagged(0.01, "A"), flagged(1e6, "B")],
            Some(100.0),
        ),
        one("strip-negatief", "Met credits", below, None),
        one("strip-nul", "Alles nul", vec![Dot::default(); 4], None),
        one("strip-groot", "Een vergissing", huge, Some(80.0)),
        long_strip(),
        strip("strip-veertig", (0..40).map(product).collect()),
        strip(
            "strip-verborgen",
            vec![
                row("45A53 Ambulante begeleiding", dots(12, 83.0), Some(83.0), None),
                StripRow {
                    note: "prijzen onderdrukt".to_owned(),
                    ..row("43A11 Verblijf", Vec::new(), Some(310.0), None)
                },
            ],
        ),
        one("strip-leeg", "Leeg", Vec::new(), None),
    ]
}

/// One of many products, now and then with a flagged price.
fn product(i: u32) -> StripRow {
    let around = 20.0 + 300.0 * scatter(i);
    let mut dots = dots(3 + i % 9, around);
    if i.is_multiple_of(6) {
        dots.push(flagged(around * 1.6, &format!("Aanbieder {i}")));
    }
    row(&format!("45A{i:02} Product {i}"), dots, Some(around), Some(around * 0.97))
}

fn long_strip() -> Chart {
    let mut crowded = dots(12, 83.0);
    crowded.extend([flagged(131.7, LONG), flagged(133.0, &format!("Stichting {LONG}"))]);
    let rows = vec![
        StripRow { note: LONG.to_owned(), ..row(LONG, crowded, Some(83.0), Some(84.2)) },
        row("Onbreekbarenaamzonderspatiesdieveelbrederisdandekolom", dots(3, 90.0), None, None),
    ];
    let mut chart = strip("strip-lang", rows);
    if let Kind::Strip(strip) = &mut chart.kind {
        strip.unit = format!("euro per eenheid van {LONG}");
        strip.dot_label = format!("prijs van {LONG}");
    }
    chart
}

fn ordinary_strip() -> Chart {
    let mut usual = dots(40, 83.0);
    usual.push(flagged(131.7, "Aanbieder C"));
    let mut wide = dots(200, 95.0);
    wide.push(flagged(240.0, "Aanbieder met een tamelijk lange naam"));
    wide.push(flagged(242.0, "Aanbieder E"));
    wide.push(flagged(38.5, LONG));
    let long = "45A53 Ambulante begeleiding specialistisch individueel";
    let rows = vec![
        row(long, usual, Some(83.0), Some(84.2)),
        row("54001 Jeugd-ggz behandeling", wide, Some(98.4), Some(96.0)),
        row("43A11 Verblijf", dots(1, 310.0), None, Some(310.0)),
    ];
    strip("strip", rows)
}

fn band_strip() -> Chart {
    let banded = |row: StripRow, band: (f64, f64), note: &str| StripRow {
        band: Some(band),
        note: note.to_owned(),
        ..row
    };
    let fixed = |i: u32| Dot { value: 71.5, size: 3.0 + f64::from(i), flagged: None };
    let mut agreed: Vec<Dot> = (0..25).map(fixed).collect();
    agreed.push(flagged(143.0, "Aanbieder C"));
    let mut usual = dots(60, 92.0);
    usual.push(flagged(9.2, "Aanbieder D"));
    let rows = vec![
        banded(
            row("45A53 Ambulante begeleiding", usual, Some(95.0), Some(91.2)),
            (84.0, 101.0),
            "",
        ),
        row("50A01 Vervoer", dots(6, 40.0), Some(41.0), None),
        StripRow {
            note: "vast tarief € 71,50".to_owned(),
            ..row("54001 Jeugd-ggz behandeling", agreed, Some(71.5), None)
        },
        banded(
            row(LONG, dots(4, 60.0), None, Some(60.0)),
            (-5.0, 1.0e4),
            "minder dan tien prijzen: alleen tegen het tarief",
        ),
    ];
    strip("strip-band", rows)
}

fn full_strip() -> Chart {
    let named = |i: u32| flagged(60.0 + f64::from(i), &format!("Aanbieder {i}"));
    let mut crowded: Vec<Dot> = (0..20).map(named).collect();
    crowded.extend((0..12).map(|i| flagged(61.0, &format!("Gelijk {i}"))));
    crowded.extend(dots(3, 60.0));
    let rows =
        vec![row("Vol", crowded, Some(70.0), None), row("Duizend", dots(1000, 70.0), None, None)];
    strip("strip-vol", rows)
}
