//! Lorenz curves for the tests.

use super::{LONG, chart, scatter};
use crate::charts::{Chart, Kind, Lorenz};

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

/// The same with the longest words that it can get.
fn long_words(mut chart: Chart) -> Chart {
    if let Kind::Lorenz(lorenz) = &mut chart.kind {
        lorenz.x_label =
            format!("aandeel van de aanbieders, van weinig naar veel uren, zonder {LONG}");
        lorenz.y_label = format!("aandeel van de uren zorgcoördinatie in de regio van {LONG}");
        lorenz.summary.push(format!("De grootste is {LONG}"));
    }
    chart
}

pub(super) fn all() -> Vec<Chart> {
    let forty: Vec<f64> = {
        let mut amounts: Vec<f64> = (0..40).map(|i| 1.0 + scatter(i) * 60.0).collect();
        amounts.sort_by(f64::total_cmp);
        amounts
    };
    let mut huge = vec![1.0; 9];
    huge.push(1e9);
    vec![
        lorenz("lorenz", &[2.0, 5.0, 8.0, 8.0, 12.0, 20.0, 33.0, 60.0], true),
        lorenz("lorenz-scheef", &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 97.0], true),
        lorenz("lorenz-gelijk", &[5.0; 40], false),
        lorenz("lorenz-begin", &[0.0, 0.0, 0.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0], false),
        lorenz("lorenz-twee", &[1.0, 3.0], true),
        lorenz("lorenz-een", &[7.0], true),
        lorenz("lorenz-veertig", &forty, true),
        lorenz("lorenz-groot", &huge, true),
        long_words(lorenz("lorenz-lang", &[2.0, 5.0, 8.0, 40.0], true)),
    ]
}
