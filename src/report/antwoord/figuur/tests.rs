//! What is drawn of an answer, and what is said when it cannot be.

use super::*;
use crate::charts;
use crate::disclosure::Shown;
use crate::metrics::antwoord::{Soort, Waarde};
use crate::region::Publiek;
use crate::report::antwoord::proef::{geheel, gemeenten, kolom, overeenkomsten, tekst};

fn drawn(antwoord: &Antwoord, soort: Option<&str>) -> Result<Drawing, String> {
    drawing(antwoord, soort, &gemeenten())
}

fn bars(antwoord: &Antwoord) -> Vec<charts::Bar> {
    match drawn(antwoord, Some("bars")).unwrap().chart.kind {
        charts::Kind::Bars(bars) => bars.bars,
        other => panic!("{other:?}"),
    }
}

/// One row per name.
fn per_naam(values: &[Shown<Waarde>]) -> Antwoord {
    let kolommen = vec![
        kolom("aanbieder", "Aanbieder", Soort::Tekst, true),
        kolom("jaar", "Jaar", Soort::Aantal, true),
        kolom("bedrag_ct", "Bedrag", Soort::Eurocent, false),
    ];
    let rij = |(n, value): (usize, &Shown<Waarde>)| {
        vec![tekst(&format!("A{n}")), geheel(2025), value.clone()]
    };
    let rijen = values.iter().enumerate().map(rij).collect();
    Antwoord::proef(Publiek::Intern, kolommen, rijen)
}

#[test]
fn bars_are_the_rows_and_the_title_is_the_highest_of_all_that_are_known() {
    let antwoord = per_naam(&[geheel(100), geheel(300_000), geheel(-5)]);
    let chart = drawn(&antwoord, None).unwrap().chart;
    assert_eq!(chart.title, "Proef: A1 het hoogst, met € 3.000,00");
    assert_eq!(chart.subtitle, "Bedrag (euro) per aanbieder, 2025");
    assert_eq!(chart.source, "INTERN – niet delen. Bron: proef");
    let values: Vec<Option<f64>> = bars(&antwoord).iter().map(|bar| bar.value).collect();
    assert_eq!(values, [Some(1.0), Some(3000.0), Some(-0.05)]);
    // Of a hidden one nobody knows, of two that are equal neither is the highest.
    for values in [[geheel(1), Shown::Hidden, geheel(9)], [geheel(9), geheel(9), geheel(1)]] {
        assert_eq!(drawn(&per_naam(&values), None).unwrap().chart.title, "Proef");
    }
}

#[test]
fn a_hidden_bar_stands_last_and_an_unknown_one_is_named_at_the_foot() {
    let unknown = Shown::Unknown("geen contracten".to_owned());
    let antwoord =
        per_naam(&[geheel(5), Shown::Hidden, unknown, geheel(4), Shown::Value(Waarde::Leeg)]);
    let bars = bars(&antwoord);
    let names: Vec<&str> = bars.iter().map(|bar| bar.label.as_str()).collect();
    assert_eq!(names, ["A0", "A3", "A1"]);
    assert_eq!((bars[2].value, bars[2].text.as_str()), (None, ""));
    let chart = drawn(&antwoord, None).unwrap().chart;
    assert_eq!(
        chart.source,
        "INTERN – niet delen. Niet te bepalen: A2. Zonder waarde: A4. Bron: proef"
    );
}

#[test]
fn forty_bars_are_drawn_and_of_more_it_is_said_what_helps() {
    let values = |n: usize| vec![geheel(7); n];
    assert_eq!(bars(&per_naam(&values(40))).len(), 40);
    let Err(reason) = drawn(&per_naam(&values(41)), None) else { panic!("41 bars") };
    assert_eq!(
        reason,
        "41 staven zijn niet te lezen, 40 is het meeste; kies er minder, bijvoorbeeld met --par aanbieder=A0; met --per splitst u \
         minder ver uit"
    );
}

#[test]
fn a_line_has_every_period_and_is_broken_where_nothing_is_known() {
    let kolommen = vec![
        kolom("maand", "Maand", Soort::Maand, true),
        kolom("aandeel", "Aandeel", Soort::Aandeel, false),
    ];
    let rij = |maand: &str, deel: f64| vec![tekst(maand), Shown::Value(Waarde::Getal(deel))];
    let rijen = vec![rij("2025-02", 0.3), rij("2024-11", 0.1), rij("2025-01", 0.2)];
    let drawing = drawn(&Antwoord::proef(Publiek::Regio, kolommen, rijen), None).unwrap();
    let charts::Kind::Line(line) = &drawing.chart.kind else { panic!("no line") };
    assert_eq!(line.x, ["2024-11", "2024-12", "2025-01", "2025-02"]);
    assert_eq!(line.series[0].values, [Some(10.0), None, Some(20.0), Some(30.0)]);
    assert_eq!(line.series[0].texts[3], "30,0%");
    assert_eq!(drawing.chart.subtitle, "Aandeel, 2024-11 tot en met 2025-02");
    assert!(drawing.chart.source.contains("geen rij"), "{}", drawing.chart.source);
    assert_eq!(drawing.data.rows.len(), 4);
}

#[test]
fn lines_are_named_by_the_other_keys_and_hold_nothing_of_what_is_hidden() {
    let drawing = drawn(&overeenkomsten(Publiek::Regio), None).unwrap();
    let charts::Kind::Line(line) = &drawing.chart.kind else { panic!("no line") };
    let names: Vec<&str> = line.series.iter().map(|series| series.name.as_str()).collect();
    assert_eq!(names, ["De Bilt", "Zeist", "’s-Gravenhage"]);
    assert_eq!(line.series[1].values, [None, Some(0.0)]);
    assert_eq!(drawing.columns, [1, 2, 3]);
}

#[test]
fn what_cannot_be_a_line_says_why() {
    let reason = |antwoord: &Antwoord| drawn(antwoord, Some("line")).err().unwrap();
    assert!(reason(&per_naam(&[geheel(1), geheel(2)])).contains("--soort bars"));
    let kolommen = vec![
        kolom("jaar", "Jaar", Soort::Aantal, true),
        kolom("naam", "Naam", Soort::Tekst, true),
        kolom("aantal", "Aantal", Soort::Aantal, false),
    ];
    let rij = |jaar, naam: &str| vec![geheel(jaar), tekst(naam), geheel(1)];
    let of = |rijen| Antwoord::proef(Publiek::Intern, kolommen.clone(), rijen);
    let many = (0..6).flat_map(|n| [rij(2024, &format!("N{n}")), rij(2025, &format!("N{n}"))]);
    let many = reason(&of(many.collect()));
    assert!(many.starts_with("meer dan 5 lijnen") && many.contains("--par naam=N0"), "{many}");
    let twice = vec![rij(2024, "a"), rij(2025, "a"), rij(2025, "a")];
    assert!(reason(&of(twice)).starts_with("er is meer dan één rij voor 2025"));
    assert!(reason(&of(vec![rij(1800, "a"), rij(2025, "a")])).contains("meer dan 120 perioden"));
}

#[test]
fn a_chart_of_the_report_is_named_with_a_file_that_is_there() {
    let figures =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/voorbeeld/figuren");
    for (name, file) in OF_REPORT {
        let reason = drawn(&per_naam(&[geheel(1)]), Some(name)).err().unwrap();
        assert!(reason.contains(&format!("figuren/{file}.svg")), "{reason}");
        assert!(figures.join(format!("{file}.svg")).is_file(), "{file}");
    }
    let reason = drawn(&per_naam(&[geheel(1)]), Some("taart")).err().unwrap();
    assert_eq!(reason, "onbekende soort grafiek 'taart'; kies --soort bars of --soort line");
}

#[test]
fn without_figures_or_with_one_that_is_too_large_there_is_no_chart() {
    let words = Antwoord::proef(
        Publiek::Intern,
        vec![kolom("naam", "Naam", Soort::Tekst, true)],
        vec![vec![tekst("a")]],
    );
    assert!(drawn(&words, None).err().unwrap().contains("lijst zonder getallen"));
    assert!(drawn(&per_naam(&[]), None).err().unwrap().contains("geen rijen"));
    assert!(
        drawn(&per_naam(&[Shown::Value(Waarde::Leeg)]), None)
            .err()
            .unwrap()
            .contains("geen enkele rij")
    );
    let large = drawn(&per_naam(&[geheel(i64::MAX)]), None).unwrap();
    assert!(large.drawn().err().unwrap().contains("te groot"));
}
