//! Funnels for the tests.

use super::{LONG, chart, scatter};
use crate::charts::{Chart, Funnel, FunnelDot, Kind, Limits, XScale};

/// Limits that narrow as funnels do; their exact values do not matter here.
fn limits(
    mean: f64,
    (from, to): (f64, f64),
    (factor, wide): (f64, f64),
) -> [Vec<(f64, f64, f64)>; 2] {
    let at = |i: u32, factor: f64| {
        let x = from * (to / from).powf(f64::from(i) / 60.0);
        let half = factor * (mean * 10_000.0 / x).sqrt();
        (x, (mean - half).max(0.0), mean + half)
    };
    [factor, factor * wide].map(|factor| (0..=60).map(|i| at(i, factor)).collect())
}

fn funnel(stem: &str, dots: Vec<FunnelDot>, (from, to): (f64, f64), wide: f64) -> Chart {
    let mean = 13.9;
    let [narrow, narrow_wide] = limits(mean, (from, to), (1.96, wide));
    let [broad, broad_wide] = limits(mean, (from, to), (3.09, wide));
    let side = |name: &str, thick: bool, plain: Vec<_>, widened: Vec<_>| Limits {
        name: name.to_owned(),
        thick,
        unadjusted: if wide > 1.0 { plain } else { Vec::new() },
        points: widened,
    };
    let funnel = Funnel {
        x_label: "jeugdigen".to_owned(),
        y_label: "nieuwe maatwerkovereenkomsten per 10.000 jeugdigen".to_owned(),
        dots_label: "gemeenten".to_owned(),
        x_scale: if to / from > 20.0 { XScale::Log } else { XScale::Linear },
        reference: mean,
        reference_label: "regio".to_owned(),
        limits: vec![
            side("95%", false, narrow, narrow_wide),
            side("99,8%", true, broad, broad_wide),
        ],
        dots,
        ..Funnel::default()
    };
    chart(stem, Kind::Funnel(funnel))
}

fn dot(name: &str, x: f64, y: f64) -> FunnelDot {
    FunnelDot { name: name.to_owned(), x, y: Some(y), small: x < 4000.0, ..FunnelDot::default() }
}

fn labelled(name: &str, x: f64, y: f64) -> FunnelDot {
    FunnelDot { label: true, ..dot(name, x, y) }
}

fn ordinary(n: u32, (from, to): (f64, f64)) -> Vec<FunnelDot> {
    let one = |i: u32| {
        let x = from * (to / from).powf(scatter(i * 3));
        let chance = (13.9 * 10_000.0 / x).sqrt() * 1.6 * (scatter(i + 300) * 2.0 - 1.0);
        dot(&format!("Gemeente {}", i + 1), x, ((13.9 + chance).max(0.0) * 10.0).round() / 10.0)
    };
    (0..n).map(one).collect()
}

/// A funnel of one ordinary and one hidden dot.
pub(crate) fn hidden(dot: FunnelDot) -> Chart {
    let dots = vec![labelled("Zeist", 12_000.0, 27.0), FunnelDot { y: None, ..dot }];
    funnel("trechter-verborgen", dots, (2_000.0, 30_000.0), 1.0)
}

/// Long names everywhere.
fn long_names() -> Chart {
    let mut dots = ordinary(5, (3_000.0, 30_000.0));
    dots.push(FunnelDot { highlight: true, ..labelled(LONG, 12_400.0, 29.0) });
    dots.push(labelled(&format!("Samenwerkende {LONG}"), 14_000.0, 4.0));
    dots.push(labelled("Onbreekbarenaamzonderspatiesdieveelbrederisdandekolom", 4_000.0, 44.0));
    let mut chart = funnel("trechter-lang", dots, (3_000.0, 30_000.0), 1.0);
    if let Kind::Funnel(funnel) = &mut chart.kind {
        funnel.x_label = format!("jeugdigen in de gemeenten van {LONG}");
        funnel.y_label = format!("nieuwe maatwerkovereenkomsten met {LONG} per 10.000 jeugdigen");
        funnel.reference_label = "alle gemeenten samen".to_owned();
        funnel.highlight_label = "gemeente die meer sloot dan toeval verklaart".to_owned();
    }
    chart
}

pub(super) fn all() -> Vec<Chart> {
    let mut usual = ordinary(14, (3_000.0, 30_000.0));
    usual.push(FunnelDot { highlight: true, ..labelled("Zeist", 12_400.0, 27.0) });
    usual.push(labelled("De Bilt", 9_100.0, 3.2));
    let mut region = ordinary(40, (600.0, 140_000.0));
    region.push(labelled("Kleine gemeente", 520.0, 57.7));
    region.push(labelled(LONG, 61_000.0, 19.4));
    region.push(FunnelDot { highlight: true, ..labelled("Utrecht", 148_000.0, 9.6) });
    let crowded = |i: u32| {
        let x = 9_000.0 + 700.0 * scatter(i);
        labelled(&format!("Gemeente {}", i + 1), x, 30.0 + 3.0 * scatter(i + 40))
    };
    let zero = |i: u32| dot(&format!("Gemeente {i}"), 4000.0 * f64::from(i + 1), 0.0);
    let mut huge = ordinary(9, (3_000.0, 30_000.0));
    huge.push(FunnelDot { small: true, ..labelled("Verkeerd geteld", 3_100.0, 9_876.5) });
    let bare = Funnel {
        dots: vec![dot("Een", 0.0, 0.0)],
        x_label: "jeugdigen".to_owned(),
        ..Funnel::default()
    };
    let mut forty = ordinary(36, (3_000.0, 60_000.0));
    let outside = [(5_200.0, 41.0), (9_000.0, 34.5), (24_000.0, 21.3), (50_000.0, 6.1)];
    forty.extend(
        outside.iter().enumerate().map(|(i, (x, y))| labelled(&format!("Buiten {i}"), *x, *y)),
    );
    vec![
        funnel("trechter-veertig", forty, (3_000.0, 60_000.0), 1.0),
        long_names(),
        funnel("trechter", usual, (3_000.0, 30_000.0), 1.0),
        funnel("trechter-breed", region, (500.0, 150_000.0), 1.5),
        funnel("trechter-vol", (0..40).map(crowded).collect(), (4_000.0, 20_000.0), 1.2),
        funnel("trechter-nul", (0..6).map(zero).collect(), (4_000.0, 24_000.0), 1.0),
        funnel("trechter-groot", huge, (3_000.0, 30_000.0), 1.0),
        funnel("trechter-een", vec![labelled("Zeist", 12_000.0, 27.0)], (6_000.0, 18_000.0), 1.0),
        funnel("trechter-leeg", Vec::new(), (6_000.0, 18_000.0), 1.0),
        hidden(FunnelDot::default()),
        chart("trechter-kaal", Kind::Funnel(bare)),
    ]
}
