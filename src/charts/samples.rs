//! Charts for the tests: ordinary ones and every awkward case. All names and numbers are made up.

use crate::charts::{Bar, Bars, Chart, Kind};

mod lines;
mod lorenz;
pub(crate) mod rows;
mod strips;
pub(crate) mod trechters;

pub(crate) const LONG: &str =
    "Coöperatieve Vereniging Samenwerkende Jeugdhulpaanbieders Middengebied en Omstreken U.A.";

fn chart(stem: &str, kind: Kind) -> Chart {
    Chart {
        stem: stem.to_owned(),
        title: "Zeist sloot 14 maatwerkovereenkomsten, 27 per 10.000 jeugdigen; de andere gemeenten samen 13,9"
            .to_owned(),
        subtitle: "Nieuwe maatwerkovereenkomsten per 10.000 jeugdigen, 2025-K3, n = 46".to_owned(),
        source: "Bron: declaraties en register, oefenregio · maatwerk_nieuw".to_owned(),
        kind,
    }
}

/// A small chart with a title of choice.
pub(crate) fn titled(title: &str) -> Chart {
    Chart { title: title.to_owned(), ..bars(2) }
}

/// That many ordinary bars, the second one highlighted.
pub(crate) fn bars(n: u32) -> Chart {
    let bars = (0..n).map(|i| Bar {
        highlight: i == 1,
        ..Bar::new(&format!("Gemeente {}", i + 1), Some(f64::from(1200 - i * 28)), "")
    });
    chart(
        "staven",
        Kind::Bars(Bars {
            unit: "overeenkomsten".to_owned(),
            bars: bars.collect(),
            ..Bars::default()
        }),
    )
}

fn named_bars(stem: &str, values: &[(&str, Option<f64>, &str)]) -> Chart {
    let bars = values.iter().map(|(label, value, text)| Bar::new(label, *value, text)).collect();
    chart(stem, Kind::Bars(Bars { unit: "euro".to_owned(), bars, ..Bars::default() }))
}

fn marked_bars() -> Chart {
    let bar = |label: &str, value: f64, marker: f64| Bar {
        marker: Some(marker),
        ..Bar::new(label, Some(value), &crate::dutch::percent(value, 1))
    };
    let bars = vec![
        bar(LONG, 0.41, 0.22),
        bar("Aanbieder B", 0.22, 0.22),
        bar("Aanbieder C", 0.02, 0.31),
        Bar { marker: Some(0.9), ..Bar::new("Aanbieder D", None, "4") },
    ];
    let bars =
        Bars { unit: "aandeel".to_owned(), bars, marker_label: "aandeel in cliënten".to_owned() };
    chart("staven-met-streep", Kind::Bars(bars))
}

/// Numbers that look scattered and are the same everywhere.
fn scatter(i: u32) -> f64 {
    f64::from((i * 7919 + 104_729) % 1000) / 1000.0
}

fn bar_cases() -> Vec<Chart> {
    let many_named =
        (0..40).map(|i| Bar::new(&format!("{LONG} {i}"), Some(scatter(i) * 90.0 - 20.0), ""));
    vec![
        bars(5),
        Chart { stem: "staven-veertig".to_owned(), ..bars(40) },
        Chart { stem: "staven-een".to_owned(), ..bars(1) },
        Chart { stem: "staven-leeg".to_owned(), ..bars(0) },
        marked_bars(),
        named_bars(
            "staven-euro",
            &[
                (LONG, Some(1_234_567.0), "€ 1.234.567,00"),
                ("'s-Gravenhage", Some(812_000.5), "€ 812.000,50"),
                ("Een & <b>twee</b> \"drie\"", Some(90_000.0), "€ 90.000,00"),
                ("Kleinste", Some(0.01), "€ 0,01"),
                ("Geen", Some(0.0), "€ 0,00"),
                ("Verborgen", None, "3"),
                ("Onbreekbarenaamzonderspatiesdieveelbrederisdandekolom", None, ""),
            ],
        ),
        named_bars("staven-nul", &[("A", Some(0.0), "0"), ("B", Some(0.0), "0"), ("C", None, "")]),
        named_bars(
            "staven-negatief",
            &[
                ("Volume", Some(120_000.0), "€ 120.000"),
                ("Prijs", Some(40_500.0), "€ 40.500"),
                ("Correctie", Some(-310_000.0), "− € 310.000"),
                ("Mix", Some(-1.0), "− € 1"),
            ],
        ),
        named_bars(
            "staven-groot",
            &[
                ("Verkeerd geboekt", Some(9_876_543_210.0), "€ 9.876.543.210,00"),
                ("Gewoon", Some(81_200.0), "€ 81.200,00"),
                ("Klein", Some(0.01), "€ 0,01"),
            ],
        ),
        named_bars(
            "staven-verborgen",
            &[
                ("Zeist", Some(14.0), ""),
                ("Utrecht", Some(9.0), ""),
                ("Bunnik", None, "3"),
                ("Rhenen", None, "2"),
            ],
        ),
        named_bars("staven-alleen-negatief", &[("A", Some(-4.0), ""), ("B", Some(-9.5), "")]),
        chart("staven-lang", Kind::Bars(Bars { bars: many_named.collect(), ..Bars::default() })),
    ]
}

/// Every kind of chart in every case that has to look right.
pub(crate) fn all() -> Vec<Chart> {
    let mut charts = bar_cases();
    charts.extend(lines::all());
    charts.extend(lorenz::all());
    charts.extend(strips::all());
    charts.extend(trechters::all());
    charts.extend(rows::all());
    charts
}
