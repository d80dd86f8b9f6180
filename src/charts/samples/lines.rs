//! Lines for the tests.

use super::{LONG, chart, scatter};
use crate::charts::{Chart, Kind, Line, Series};

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

pub(super) fn all() -> Vec<Chart> {
    let rising = some(&[3.0, 5.0, 4.0, 9.0, 14.0, 13.0, 18.0, 12.0]);
    let gaps = [Some(8.0), None, Some(6.0), Some(7.0), None, None, Some(9.0), Some(4.0)];
    let hidden = [None, Some(6.0), None, Some(7.0), None, None, Some(9.0), None];
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
            "lijn-veertig",
            &[("Zeist", &(0..40).map(|i| Some((scatter(i) * 100.0).round())).collect::<Vec<_>>())],
        ),
        line("lijn-groot", &[("Een", &some(&[1.0, 2.0, 9e9])), ("Twee", &some(&[1.0, 2.0, 3.0]))]),
        line(
            "lijn-lang",
            &[(LONG, &rising), ("Onbreekbarenaamzonderspatiesdieveelbrederisdandekolom", &gaps)],
        ),
        line("lijn-verborgen", &[("Zeist", &hidden), ("De Bilt", &same)]),
        line("lijn-leeg", &[("Niets", &[None, None, None])]),
    ]
}
