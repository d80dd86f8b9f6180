//! Words that a reader needs beside the numbers: what is in a count, and what is not.

use crate::rapport::sample;

/// The text on the page between two others.
#[track_caller]
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("not told: {before}"));
    rest.split_once(after).unwrap_or_else(|| panic!("not told: {after}")).0
}

#[test]
fn every_count_of_agreements_says_whether_those_under_a_measure_are_in_it() {
    let page = sample().page("rapport.html");
    for (caption, told) in [
        ("aantal en per 10.000 jeugdigen, 2025-K3", "ook"),
        ("Maatwerk per gemeente, 2025-K3", "ook"),
        ("Nieuwe maatwerkovereenkomsten per gemeente en kwartaal", "ook"),
        ("acht kwartalen tot en met 2025-K3", "ook"),
        ("de vier kwartalen tot en met 2025-K3, 43 overeenkomsten", "zonder"),
        ("op naam, de vier kwartalen tot en met 2025-K3", "zonder"),
        ("tegen de andere gemeenten samen, 2025-K3", "zonder"),
    ] {
        let whole = format!("{caption}, {told} die door een maatregel");
        assert!(page.contains(&whole), "{whole}");
    }
}

#[test]
fn the_count_of_one_quarter_in_a_finding_is_that_of_the_table_of_that_quarter() {
    let page = sample().page("rapport.html");
    let of_year = sample().table("tabellen/maatwerk_oordeel.csv");
    let of_quarter = sample().table("tabellen/maatwerk_oordeel_kwartaal.csv");
    let mut told = 0;
    for row in of_year.iter().filter(|row| row["Oordeel"] != "binnen toeval") {
        let naam = &row["Gemeente"];
        let sentence = between(&page, &format!("{naam} heeft in de vier kwartalen"), ":");
        let last = of_quarter.iter().find(|row| &row["Gemeente"] == naam).unwrap();
        let n = &last["Nieuw (overeenkomsten)"];
        assert!(sentence.ends_with(&format!(", waarvan {n} in 2025-K3")), "{sentence}");
        told += 1;
    }
    assert_eq!(told, 2);
    for row in of_year.iter().filter(|row| row["Oordeel"] == "binnen toeval") {
        let whole = format!("|{}: {} nieuwe", row["Gemeente"], row["Nieuw (overeenkomsten)"]);
        assert!(page.contains(&whole), "{whole}");
    }
}

#[test]
fn the_title_of_the_prices_counts_what_the_rows_say() {
    let rows = sample().table("figuren/prijs_per_aanbieder.csv");
    let n = |words: &str| rows.iter().filter(|row| row["Wat opvalt"].starts_with(words)).count();
    let [odd, above, slips] =
        ["opvallende prijs: ", "boven het regionale tarief", "mogelijk een komma verkeerd"].map(n);
    assert_eq!((odd, above, slips), (1, 2, 1));
    let title = format!(
        "{odd} opvallende prijs, {above} boven het regionale tarief, {slips} mogelijk een komma verkeerd bij"
    );
    assert!(sample().text("figuren/alt-teksten.txt").contains(&title), "{title}");
}

#[test]
fn clients_of_two_classes_are_said_to_be_counted_twice_with_the_sums_of_the_table() {
    let page = sample().page("rapport.html");
    let rows = sample().table("tabellen/kosten_per_client.csv");
    let of = |is_all: bool| -> i64 {
        let rows = rows.iter().filter(|row| (row["Klasse van zorg"] == "alle zorg") == is_all);
        rows.map(|row| row["Cliënten"].parse::<i64>().unwrap()).sum()
    };
    let (all, classes) = (of(true), of(false));
    assert!(classes > all);
    let told = format!("de klassen zijn opgeteld {classes}, het zijn {all} cliënten.");
    assert!(page.contains(&told), "{told}");
    assert!(page.contains("maar een paar cliënten, dan zegt het gemiddelde weinig."));
}

#[test]
fn without_credits_and_zeros_that_is_said_and_no_table_stands_there() {
    let page = sample().page("rapport.html");
    assert!(!sample().files.contains_key("tabellen/credits_en_nullen.csv"));
    assert!(page.contains("Creditregels en regels met nul, 2025-K3: er waren er geen."));
}

#[test]
fn a_suspected_slip_is_told_where_the_change_is_told() {
    let page = sample().page("rapport.html");
    let slips = sample().table("tabellen/mogelijk_komma_verkeerd.csv");
    let [slip] = slips.as_slice() else { panic!("one slip is planted") };
    let euros: f64 = slip["Verschil over het kwartaal (euro)"].replace(',', ".").parse().unwrap();
    let euros = maatstaf::dutch::decimal(euros, 0);
    let told = format!(
        "In de kosten van 2025-K3 zit mogelijk € {euros} te veel door een verschoven komma"
    );
    assert!(page.matches(&told).count() >= 3, "conclusion, finding and figure: {told}");
}

#[test]
fn the_run_off_says_when_without_a_count_of_nought_and_why_it_can_be_more_than_all() {
    let rows = sample().table("tabellen/naijl_afloop.csv");
    for column in ["Meteen", "1 maand later", "2 maanden later"] {
        let column = format!("{column} (aandeel van 1)");
        assert!(rows.iter().all(|row| row.contains_key(&column)), "{column}: {:?}", rows[0]);
    }
    let part = |text: &str| text.replace(',', ".").parse::<f64>().unwrap_or_default();
    let parts = rows.iter().map(|row| part(&row["1 maand later (aandeel van 1)"]));
    assert!(parts.fold(0.0, f64::max) > 1.0, "else there is nothing to explain");
    assert!(sample().page("rapport.html").contains("Meer dan 100% betekent"));
}
