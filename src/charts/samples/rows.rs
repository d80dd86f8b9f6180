//! Ranges, intervals and bridges for the tests.

use super::{LONG, chart, scatter};
use crate::charts::{
    Amount, Bridge, Chart, IntervalRow, Intervals, Kind, RangeRow, Ranges, Verdict,
};

fn ranges(stem: &str, rows: Vec<RangeRow>) -> Chart {
    let ranges = Ranges {
        unit: "keer zorgcoördinator".to_owned(),
        observed_label: "werkelijk".to_owned(),
        expected_label: "verwacht als het lot beslist".to_owned(),
        range_label: "wat het lot in 95 van de 100 gevallen geeft".to_owned(),
        rows,
        ..Ranges::default()
    };
    chart(stem, Kind::Ranges(ranges))
}

fn range_row(label: &str, observed: f64, expected: f64) -> RangeRow {
    let half = (2.0 * f64::sqrt(expected)).round();
    let range = ((expected - half).max(0.0).round(), (expected + half).round());
    let flagged = observed < range.0 || observed > range.1;
    RangeRow {
        label: label.to_owned(),
        observed: Some(observed),
        expected: Some(expected),
        range: Some(range),
        note: if flagged { "meer dan toeval verklaart".to_owned() } else { String::new() },
        verdict: if flagged { Verdict::Flagged } else { Verdict::Within },
        ..RangeRow::default()
    }
}

fn withheld(label: &str, observed: f64, expected: f64) -> RangeRow {
    RangeRow {
        verdict: Verdict::Withheld,
        note: "te weinig cliënten".to_owned(),
        ..range_row(label, observed, expected)
    }
}

/// A range plot of one ordinary row and one hidden row.
pub(crate) fn hidden_range(row: RangeRow) -> Chart {
    let hidden = RangeRow { label: "Verborgen".to_owned(), observed: None, ..row };
    ranges("bereik-verborgen", vec![range_row("Aanbieder A", 31.0, 18.0), hidden])
}

/// A row of which all words are too long for their columns.
fn long_rows() -> Vec<RangeRow> {
    let row = |label: &str, note: &str| RangeRow {
        note: note.to_owned(),
        verdict: Verdict::Flagged,
        ..range_row(label, 1_234_567.5, 900_000.0)
    };
    vec![
        row(LONG, "meer dan toeval verklaart, ook na correctie voor het aantal cliënten"),
        row(
            "Onbreekbarenaamzonderspatiesdieveelbrederisdandekolom",
            "Onbreekbareopmerkingzonderspaties",
        ),
        RangeRow { label: LONG.to_owned(), ..RangeRow::default() },
    ]
}

/// A row on both sides of zero, as a difference can be.
fn below(label: &str, observed: f64) -> RangeRow {
    RangeRow { range: Some((-9.0, 9.0)), expected: Some(0.0), ..range_row(label, observed, 1.0) }
}

fn range_cases() -> Vec<Chart> {
    let usual = vec![
        range_row("Aanbieder A", 42.0, 38.4),
        range_row("Aanbieder B", 31.0, 18.0),
        range_row(LONG, 12.0, 15.2),
        range_row("Aanbieder D", 2.0, 13.7),
        RangeRow { label: "Aanbieder E".to_owned(), ..RangeRow::default() },
        withheld("Aanbieder F", 3.0, 1.4),
        withheld("Aanbieder G", 0.0, 0.6),
    ];
    let many = (0..40).map(|i| {
        let expected = (40.0 - f64::from(i)) * 2.0 + 0.4;
        let observed = (expected * (0.4 + 1.2 * scatter(i))).round();
        let name = if i % 7 == 3 { format!("{LONG} {i}") } else { format!("Aanbieder {}", i + 1) };
        if i > 36 { withheld(&name, 1.0, 2.0) } else { range_row(&name, observed, expected) }
    });
    let zero = |label: &str| RangeRow { observed: Some(0.0), ..withheld(label, 0.0, 0.0) };
    let bare = |label: &str, value: f64, text: &str| RangeRow {
        label: label.to_owned(),
        observed: Some(value),
        text: text.to_owned(),
        ..RangeRow::default()
    };
    vec![
        ranges("bereik", usual),
        ranges("bereik-veertig", many.collect()),
        ranges("bereik-een", vec![range_row("Aanbieder A", 20.0, 18.5)]),
        ranges("bereik-nul", vec![zero("A"), zero("B")]),
        ranges(
            "bereik-groot",
            vec![range_row("Aanbieder A", 9_876_543.0, 12.0), range_row("Aanbieder B", 3.0, 4.5)],
        ),
        ranges("bereik-leeg", Vec::new()),
        ranges("bereik-kaal", vec![bare("A", 12.25, "12,3 uur"), bare("B", 7.5, "7,5 uur")]),
        hidden_range(RangeRow::default()),
        ranges("bereik-lang", long_rows()),
        ranges("bereik-negatief", vec![below("Aanbieder A", -12.0), below("Aanbieder B", -3.0)]),
    ]
}

fn intervals(stem: &str, reference: Option<f64>, rows: Vec<IntervalRow>) -> Chart {
    let intervals = Intervals {
        unit: "per 10.000 jeugdigen".to_owned(),
        estimate_label: "per 10.000".to_owned(),
        expected_label: "verwacht naar de andere gemeenten".to_owned(),
        reference,
        reference_label: reference
            .map_or_else(String::new, |value| format!("regio {}", crate::dutch::decimal(value, 1))),
        rows,
        ..Intervals::default()
    };
    chart(stem, Kind::Intervals(intervals))
}

fn interval_row(label: &str, estimate: f64, (low, high): (f64, f64)) -> IntervalRow {
    IntervalRow {
        label: label.to_owned(),
        estimate: Some(estimate),
        interval: Some((low, high)),
        expected: Some(13.5),
        small: high - low > 25.0,
        ..IntervalRow::default()
    }
}

/// An interval panel of one ordinary row and one hidden row.
pub(crate) fn hidden_interval(row: IntervalRow) -> Chart {
    let hidden = IntervalRow { label: "Verborgen".to_owned(), estimate: None, ..row };
    let rows = vec![interval_row("Zeist", 27.0, (15.0, 45.0)), hidden];
    intervals("intervallen-verborgen", Some(13.9), rows)
}

fn interval_cases() -> Vec<Chart> {
    let flagged =
        |row: IntervalRow, note: &str| IntervalRow { flagged: true, note: note.to_owned(), ..row };
    let usual = vec![
        interval_row("Bunnik", 12.1, (5.8, 22.2)),
        flagged(interval_row("De Bilt", 3.2, (0.7, 9.4)), "opvallend, kan toeval zijn"),
        interval_row("Gemeente met een heel lange samengestelde naam", 14.0, (9.0, 20.9)),
        IntervalRow { label: "Rhenen".to_owned(), ..IntervalRow::default() },
        interval_row("Woudenberg", 0.0, (0.0, 210.4)),
        flagged(interval_row("Zeist", 27.0, (15.0, 45.0)), "wijkt duidelijk af"),
    ];
    let many = (0..40).map(|i| {
        let rate = (scatter(i) * 300.0).round() / 10.0;
        let half = 2.0 + 20.0 * scatter(i + 77);
        interval_row(&format!("Gemeente {}", i + 1), rate, ((rate - half).max(0.0), rate + half))
    });
    let long = vec![
        flagged(
            interval_row(LONG, 1_234_567.8, (1_000_000.0, 1_500_000.0)),
            "wijkt duidelijk af van alle andere gemeenten in de regio",
        ),
        interval_row(
            "Onbreekbarenaamzonderspatiesdieveelbrederisdandekolom",
            1_300_000.0,
            (900_000.0, 2_000_000.0),
        ),
        IntervalRow { label: LONG.to_owned(), ..IntervalRow::default() },
    ];
    let zero = |label: &str| IntervalRow {
        expected: Some(0.0),
        interval: Some((0.0, 0.0)),
        ..interval_row(label, 0.0, (0.0, 0.0))
    };
    vec![
        intervals("intervallen", Some(13.9), usual),
        intervals("intervallen-veertig", Some(13.9), many.collect()),
        intervals("intervallen-een", None, vec![interval_row("Zeist", 27.0, (15.0, 45.0))]),
        intervals("intervallen-nul", Some(0.0), vec![zero("A"), zero("B")]),
        intervals(
            "intervallen-groot",
            Some(13.9),
            vec![
                interval_row("Zeist", 98_765.4, (90_000.0, 110_000.0)),
                interval_row("Rhenen", 12.0, (5.0, 20.0)),
            ],
        ),
        intervals("intervallen-leeg", Some(1.0), Vec::new()),
        hidden_interval(IntervalRow::default()),
        intervals("intervallen-lang", Some(1_234_567.8), long),
        intervals(
            "intervallen-negatief",
            Some(-1.5),
            vec![
                interval_row("Krimp", -27.0, (-45.0, -15.0)),
                interval_row("Groei", 12.0, (-5.0, 20.0)),
            ],
        ),
    ]
}

fn bridge(stem: &str, (start, end): (&str, &str), start_ct: i64, steps: &[(&str, i64)]) -> Chart {
    let end_ct = start_ct + steps.iter().map(|(_, ct)| ct).sum::<i64>();
    let bridge = Bridge {
        start: Amount::new(start, start_ct),
        steps: steps.iter().map(|(label, ct)| Amount::new(label, *ct)).collect(),
        end: Amount::new(end, end_ct),
    };
    chart(stem, Kind::Bridge(bridge))
}

fn bridge_cases() -> Vec<Chart> {
    let quarters = ("2025-K2", "2025-K3");
    let usual = [
        ("Volume: meer cliënten", 41_234_567),
        ("Prijs: tarief per eenheid", 3_000_001),
        ("Mix: andere producten", -12_050_000),
        ("Correcties op eerdere kwartalen", -2_345_678),
    ];
    let many: Vec<(String, i64)> = (0..38_u32)
        .map(|i| {
            let ct = i64::from((i * 7919 + 104_729) % 1000) * 40_013 - 19_000_000;
            (if i == 4 { LONG.to_owned() } else { format!("Product {i}") }, ct)
        })
        .collect();
    let many: Vec<(&str, i64)> = many.iter().map(|(label, ct)| (label.as_str(), *ct)).collect();
    vec![
        bridge("brug", quarters, 60_098_765, &usual),
        bridge("brug-ingekort", quarters, 1_234_567_890, &usual),
        bridge("brug-veertig", quarters, 98_765_432, &many),
        bridge("brug-een", quarters, 0, &[("Alles is nieuw", 1)]),
        bridge("brug-nul", quarters, 0, &[("Volume", 0), ("Prijs", 0)]),
        bridge(
            "brug-negatief",
            quarters,
            -5_000_000,
            &[("Volume", 9_000_000), ("Correctie", -40_000_000), ("Prijs", 0)],
        ),
        bridge(
            "brug-groot",
            (LONG, "nu"),
            12_345,
            &[("Een cent", 1), ("Verkeerd geboekt", 987_654_321_000)],
        ),
        bridge(
            "brug-lang",
            (LONG, LONG),
            60_098_765,
            &[
                (LONG, 41_234_567),
                ("Onbreekbarenaamzonderspatiesdieveelbrederisdandekolom", -123_456),
            ],
        ),
        bridge("brug-leeg", quarters, 500, &[]),
    ]
}

pub(super) fn all() -> Vec<Chart> {
    let mut charts = range_cases();
    charts.extend(interval_cases());
    charts.extend(bridge_cases());
    charts
}
