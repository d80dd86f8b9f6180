//! Charts for the tests: ordinary ones and every awkward case. All names and numbers are made up.

use crate::charts::{Bar, Bars, Chart, Kind, Line, Lorenz, Series};

pub(crate) mod rows;
mod strips;
pub(crate) mod trechters;

const LONG: &str =
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

fn quarters(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{}-K{}", 2023 + i / 4, i % 4 + 1)).collect()
}

fn line(stem: &str, series: &[(&str, &[Option<f64>])]) -> Chart {
    let series: Vec<Series> = series
        .iter()
        .map(|(name, values)| Series {
            name: (*name).to_owned(),
            values: values.to_vec(),
            texts: Vec::new(),
        })
        .collect();
    let x = quarters(series[0].values.len());
    let n_provisional = usize::from(x.len() > 2);
    chart(stem, Kind::Line(Line { unit: "overeenkomsten".to_owned(), x, series, n_provisional }))
}

/// A line of which the last two periods are not complete.
fn provisional_line(values: &[Option<f64>]) -> Chart {
    let mut chart = line("lijn-voorlopig", &[("Zeist", values)]);
    if let Kind::Line(line) = &mut chart.kind {
        line.n_provisional = 2;
    }
    chart
}

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().map(|value| Some(*value)).collect()
}

fn euro_line() -> Chart {
    let mut chart = line(
        "lijn-euro",
        &[(
            "Kosten",
            &some(&[
                0.0,
                812_345.0,
                790_120.0,
                1_402_000.0,
                1_390_500.0,
                1_391_000.0,
                640_000.0,
                1_812_345.0,
            ]),
        )],
    );
    if let Kind::Line(line) = &mut chart.kind {
        line.unit = "euro".to_owned();
        for series in &mut line.series {
            let written = |value: &Option<f64>| crate::dutch::decimal(value.unwrap_or_default(), 0);
            series.texts =
                series.values.iter().map(|value| format!("€ {}", written(value))).collect();
        }
    }
    chart
}

fn lorenz(stem: &str, amounts: &[f64], band: bool) -> Chart {
    let total: f64 = amounts.iter().sum();
    let n = amounts.len() as f64;
    let mut sum = 0.0;
    let points = amounts.iter().enumerate().map(|(i, amount)| {
        sum += amount;
        ((i + 1) as f64 / n, (sum / total).min(1.0))
    });
    let fair = |i: u32| {
        let x = f64::from(i) / 20.0;
        (x, x.powf(1.5), x.powf(1.1))
    };
    let lorenz = Lorenz {
        points: points.collect(),
        x_label: "aandeel van de aanbieders, van weinig naar veel uren".to_owned(),
        y_label: "aandeel van de uren zorgcoördinatie".to_owned(),
        summary: vec![
            "Gini 0,42 (bij loten meestal 0,15 tot 0,28)".to_owned(),
            "31% van de uren zou moeten verschuiven voor een gelijke verdeling".to_owned(),
        ],
        band: if band { (0..=20).map(fair).collect() } else { Vec::new() },
    };
    chart(stem, Kind::Lorenz(lorenz))
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
                ("Correctie", Some(-310_000.0), "€ -310.000"),
                ("Mix", Some(-1.0), "€ -1"),
            ],
        ),
        named_bars("staven-alleen-negatief", &[("A", Some(-4.0), ""), ("B", Some(-9.5), "")]),
        chart("staven-lang", Kind::Bars(Bars { bars: many_named.collect(), ..Bars::default() })),
    ]
}

fn line_cases() -> Vec<Chart> {
    let rising = some(&[3.0, 5.0, 4.0, 9.0, 14.0, 13.0, 18.0, 12.0]);
    let gaps = [Some(8.0), None, Some(6.0), Some(7.0), None, None, Some(9.0), Some(4.0)];
    let same = some(&[10.0, 10.0, 11.0, 10.0, 10.0, 10.5, 10.0, 10.0]);
    let near = some(&[10.0, 10.4, 11.0, 10.2, 10.1, 10.0, 10.3, 10.2]);
    let fifth = some(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    vec![
        line("lijn", &[("Zeist", &rising)]),
        euro_line(),
        provisional_line(&rising),
        line("lijn-gaten", &[("Zeist", &gaps)]),
        line(
            "lijn-vier",
            &[
                ("Zeist", &rising),
                ("De Bilt", &gaps),
                ("Utrechtse Heuvelrug", &same),
                (LONG, &near),
            ],
        ),
        line(
            "lijn-vijf",
            &[("A", &rising), (LONG, &same), ("Derde", &near), (LONG, &fifth), ("E", &gaps)],
        ),
        line("lijn-een", &[("Zeist", &[Some(5.0)])]),
        line("lijn-twee", &[("Zeist", &[Some(5.0), Some(2.0)])]),
        line("lijn-nul", &[("Zeist", &some(&[0.0; 8]))]),
        line(
            "lijn-negatief",
            &[("Saldo", &some(&[4.5, -2.0, -7.25, 1.0])), ("Vorig", &some(&[1.0, 0.0, 0.0, -1.0]))],
        ),
        line(
            "lijn-lang",
            &[("Zeist", &(0..40).map(|i| Some((scatter(i) * 100.0).round())).collect::<Vec<_>>())],
        ),
        line("lijn-groot", &[("Een", &some(&[1.0, 2.0, 9e9])), ("Twee", &some(&[1.0, 2.0, 3.0]))]),
        line("lijn-leeg", &[("Niets", &[None, None, None])]),
    ]
}

/// Every kind of chart in every case that has to look right.
pub(crate) fn all() -> Vec<Chart> {
    let mut charts = bar_cases();
    charts.extend(line_cases());
    charts.extend([
        lorenz("lorenz", &[2.0, 5.0, 8.0, 8.0, 12.0, 20.0, 33.0, 60.0], true),
        lorenz("lorenz-scheef", &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 97.0], true),
        lorenz("lorenz-gelijk", &[5.0; 40], false),
        lorenz("lorenz-nul", &[0.0, 0.0, 0.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0], false),
        lorenz("lorenz-twee", &[1.0, 3.0], true),
    ]);
    charts.extend(strips::all());
    charts.extend(trechters::all());
    charts.extend(rows::all());
    charts
}
