//! The planted answers of the practice region against what the reader finds in tables and on the page.

use std::collections::{BTreeMap, BTreeSet};

use maatstaf::practice::{Options, generate};
use serde_json::Value;

use crate::rapport::{Report, answers, sample, shown};
use crate::support::Place;

const KWARTAAL: &str = "2025-K3";

type Row = BTreeMap<String, String>;

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// Cents of `1234,56`.
fn cents(row: &Row, column: &str) -> i64 {
    let text = &row[column];
    assert_eq!(text.split(',').nth(1).map(str::len), Some(2), "{column}: {text}");
    text.replace(',', "").parse().unwrap()
}

/// Thousandths of `1234,5`.
fn milli(row: &Row, column: &str) -> i64 {
    let (whole, rest) = row[column].split_once(',').unwrap_or((&row[column], ""));
    format!("{whole}{rest:0<3}").parse().unwrap()
}

fn count(row: &Row, column: &str) -> i64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {}", row[column]))
}

/// Minutes of `173,5` hours.
fn minutes(row: &Row, column: &str) -> f64 {
    (row[column].replace(',', ".").parse::<f64>().unwrap() * 60.0).round()
}

/// The words of the report for a unit of care.
fn eenheid(code: &str) -> &str {
    match code {
        "01" => "minuut",
        "04" => "uur",
        "14" => "etmaal",
        "16" => "dagdeel",
        "82" => "stuk",
        other => panic!("no word for unit {other}"),
    }
}

/// `45A04/04` as two cells of a table.
fn product(text: &str) -> (String, String) {
    let (code, unit) = text.split_once('/').unwrap();
    (code.to_owned(), eenheid(unit).to_owned())
}

#[test]
fn maatwerk_per_gemeente_has_the_agreements_and_euros_that_were_planted() {
    let answers = answers();
    let planted = answers["kwartalen"][KWARTAAL]["maatwerk"].as_object().unwrap();
    let table = sample().table("tabellen/maatwerk_per_gemeente.csv");
    let mut total = [0; 4];
    for one in planted.values() {
        let naam = one["naam"].as_str().unwrap();
        let row = table.iter().find(|row| row["Gemeente"] == naam).unwrap();
        let found = [
            count(row, "Nieuw"),
            count(row, "Waarvan vrije keuze door maatregel"),
            count(row, "Lopend op de laatste dag"),
            cents(row, "Kosten maatwerk (euro)"),
        ];
        let keys = ["nieuw", "nieuw_jr", "lopend_op_einde", "kosten_ct"];
        assert_eq!(found, keys.map(|key| number(&one[key])), "{naam}");
        for (sum, found) in total.iter_mut().zip(found) {
            *sum += found;
        }
    }
    assert_eq!(table.len(), planted.len() + 1);
    let region = table.last().unwrap();
    assert_eq!(region["Gemeente"], "Regio");
    assert_eq!(count(region, "Nieuw"), total[0]);
    assert_eq!(count(region, "Waarvan vrije keuze door maatregel"), total[1]);
    assert_eq!(cents(region, "Kosten maatwerk (euro)"), total[3]);
    let apart = answers["bevindingen"]["jr_apart"].as_array().unwrap();
    assert_eq!(total[1], i64::try_from(apart.len()).unwrap(), "agreements with JR stand apart");
}

#[test]
fn every_quarter_of_the_register_is_in_the_table_and_the_manifest() {
    let answers = answers();
    let figures = sample().figures();
    let table = sample().table("tabellen/maatwerk_nieuw_per_kwartaal.csv");
    let quarters = answers["kwartalen"].as_object().unwrap();
    assert_eq!(quarters.len(), 8);
    for (kwartaal, answer) in quarters {
        for (code, one) in answer["maatwerk"].as_object().unwrap() {
            let naam = one["naam"].as_str().unwrap();
            let row = table.iter().find(|row| row["Gemeente"] == naam).unwrap();
            assert_eq!(count(row, kwartaal), number(&one["nieuw"]), "{naam} {kwartaal}");
            let at = |query: &str, free: &str| {
                number(&figures[&format!("{query}/{code}/{free}/{kwartaal}/aantal")]["value"])
            };
            let found = [
                at("maatwerk_nieuw", "totaal"),
                at("maatwerk_nieuw", "ja"),
                at("maatwerk_nieuw", "totaal") - at("maatwerk_nieuw", "nee"),
                at("maatwerk_lopend", "totaal"),
            ];
            let planted = ["nieuw", "nieuw_jr", "nieuw_jr", "lopend_op_einde"];
            assert_eq!(found, planted.map(|key| number(&one[key])), "{naam} {kwartaal}");
        }
    }
}

#[test]
fn coordination_has_the_minutes_and_clients_that_were_planted() {
    let answers = answers();
    let answer = &answers["kwartalen"][KWARTAAL];
    let planted = answer["coordinatie"].as_object().unwrap();
    let table = sample().table("tabellen/coordinatie_per_aanbieder.csv");
    assert_eq!(table.len(), planted.len() + 1);
    for (aanbieder, one) in planted {
        let row = table.iter().find(|row| row["Aanbieder"] == *aanbieder).unwrap();
        assert!((minutes(row, "Uren (uur)") - number(&one["minuten"]) as f64).abs() < 0.5);
        assert_eq!(count(row, "Cliënten"), number(&one["clienten"]), "{aanbieder}");
    }
    let all: i64 = planted.values().map(|one| number(&one["minuten"])).sum();
    assert!((minutes(table.last().unwrap(), "Uren (uur)") - all as f64).abs() < 0.5);
    let involved = sample().table("figuren/betrokken_aanbieders.csv");
    let found: BTreeMap<String, i64> = involved
        .iter()
        .map(|row| (row["Aantal aanbieders"].replace('+', ""), count(row, "Cliënten")))
        .collect();
    let planted = answer["clienten_per_aantal_aanbieders"].as_object().unwrap();
    assert_eq!(found, planted.iter().map(|(n, value)| (n.clone(), number(value))).collect());
    let most = answers["bevindingen"]["coordinatie_ver_boven_verwachting"].as_str().unwrap();
    assert!(sample().page("rapport.html").contains(&format!("{most} declareerde 79% van de uren")));
}

#[test]
fn euros_above_the_tariff_are_those_that_were_planted() {
    let answers = answers();
    let mut planted = BTreeMap::new();
    for (aanbieder, products) in
        answers["kwartalen"][KWARTAAL]["boven_tarief_ct"].as_object().unwrap()
    {
        for (name, ct) in products.as_object().unwrap() {
            planted.insert((aanbieder.clone(), product(name)), number(ct));
        }
    }
    let table = sample().table("tabellen/tarief_boven_regio.csv");
    let found = table.iter().map(|row| {
        let product = (row["Product"].clone(), row["Eenheid"].clone());
        ((row["Aanbieder"].clone(), product), cents(row, "Boven het regionale tarief (euro)"))
    });
    assert_eq!(found.collect::<BTreeMap<_, _>>(), planted);
    assert_eq!(planted.len(), 2);
}

#[test]
fn products_have_the_euros_volumes_and_clients_that_were_planted() {
    let answers = answers();
    let answer = &answers["kwartalen"][KWARTAAL];
    let found: BTreeMap<_, _> = sample()
        .table("tabellen/kosten_per_product.csv")
        .iter()
        .map(|row| {
            let key = (row["Product"].clone(), row["Eenheid"].clone());
            (key, (cents(row, "Kosten (euro)"), milli(row, "Volume (eenheden)")))
        })
        .collect();
    let planted = answer["producten"].as_object().unwrap().iter().map(|(name, sum)| {
        (product(name), (number(&sum["bedrag_ct"]), number(&sum["volume_duizendsten"])))
    });
    assert_eq!(found, planted.collect());
    let total = &sample().figures()[&format!("kosten_totaal/totaal/{KWARTAAL}/bedrag_ct")];
    assert_eq!(number(&total["value"]), number(&answer["geteld"]["bedrag_ct"]));
    assert_eq!(number(&total["n"]), number(&answer["clienten"]));
}

#[test]
fn agreements_that_end_within_30_60_and_90_days_are_those_that_were_planted() {
    let answers = answers();
    let ending = &answers["bevindingen"]["aflopend"];
    let table = sample().table("tabellen/aflopend.csv");
    let mut parts = Vec::new();
    for days in [30, 60, 90] {
        let rows = table.iter().filter(|row| count(row, "Nog (dagen)") <= days);
        let found: BTreeSet<&str> = rows.map(|row| row["Overeenkomst"].as_str()).collect();
        let planted = ending[days.to_string()].as_array().unwrap();
        assert_eq!(found, planted.iter().map(|id| id.as_str().unwrap()).collect(), "{days}");
        parts.push(format!("{} binnen {days} dagen", planted.len()));
    }
    assert_eq!(table.len(), ending["90"].as_array().unwrap().len());
    let sentence = format!("{}, {} en {}.", parts[0], parts[1], parts[2]);
    assert!(sample().page("rapport.html").contains(&sentence), "{sentence}");
    assert_eq!(sample().manifest()["peildatum"], ending["peildatum"]);
    for open in answers["bevindingen"]["zonder_einddatum"].as_array().unwrap() {
        assert!(table.iter().all(|row| row["Overeenkomst"] != open.as_str().unwrap()));
    }
}

/// Product, aanbieder and name of the gemeente.
type Price = ((String, String), String, String);

#[test]
fn both_unusual_prices_are_found_as_what_they_are_and_nothing_else() {
    let answers = answers();
    let gemeenten = answers["kwartalen"][KWARTAAL]["maatwerk"].as_object().unwrap();
    // A factor of a hundred is a slip of the comma and no dearer price.
    let planted = |is_slip: bool| -> BTreeSet<Price> {
        let all = answers["bevindingen"]["ongewone_prijs"].as_array().unwrap().iter();
        let of_kind = all.filter(|one| (one["factor"].as_f64().unwrap() >= 10.0) == is_slip);
        of_kind
            .map(|one| {
                let code = one["gemeente"].as_str().unwrap();
                let gemeente = gemeenten[code]["naam"].as_str().unwrap().to_owned();
                let aanbieder = one["aanbieder"].as_str().unwrap().to_owned();
                (product(one["product"].as_str().unwrap()), aanbieder, gemeente)
            })
            .collect()
    };
    let page = sample().page("rapport.html");
    for (name, is_slip) in [("opvallende_prijzen", false), ("mogelijk_komma_verkeerd", true)] {
        let table = sample().table(&format!("tabellen/{name}.csv"));
        let found: BTreeSet<Price> = table
            .iter()
            .map(|row| {
                let product = (row["Product"].clone(), row["Eenheid"].clone());
                (product, row["Aanbieder"].clone(), row["Gemeente"].clone())
            })
            .collect();
        assert_eq!((table.len(), &found), (1, &planted(is_slip)), "{name}");
        for ((code, unit), aanbieder, gemeente) in &found {
            let told = format!("oor product {code} rekende {aanbieder} in {gemeente} € ");
            let at = page.find(&told).unwrap_or_else(|| panic!("{told}"));
            let usual =
                if is_slip { "ongeveer honderd keer zo hoog als" } else { "gebruikelijk is" };
            assert!(page[at..].contains(&format!(" per {unit}")), "{unit}");
            assert!(page[at..].contains(usual), "{usual}");
        }
    }
}

#[test]
fn the_planted_gemeente_deviates_clearly_and_no_other_does() {
    let most = answers()["bevindingen"]["maatwerk_boven_toeval"]["gemeente"].clone();
    let naam = answers()["kwartalen"][KWARTAAL]["maatwerk"][most.as_str().unwrap()]["naam"].clone();
    for table in ["maatwerk_oordeel", "maatwerk_oordeel_kwartaal"] {
        let rows = sample().table(&format!("tabellen/{table}.csv"));
        assert_eq!(rows.len(), 8, "{table}");
        let far = rows.iter().filter(|row| row["Oordeel"] == "wijkt duidelijk af");
        assert_eq!(
            far.map(|row| row["Gemeente"].as_str()).collect::<Vec<_>>(),
            [naam.as_str().unwrap()]
        );
        for row in &rows {
            let of = |column: &str| row[column].replace(',', ".").parse::<f64>().unwrap();
            let rate = of("Nieuw (overeenkomsten)") / of("Jeugdigen") * 10_000.0;
            assert!((of("Per 10.000 jeugdigen") - rate).abs() < 1e-5, "{table}: {row:?}");
            let is_small =
                of("Nieuw (overeenkomsten)") < 10.0 || of("Verwacht (overeenkomsten)") < 5.0;
            assert_eq!(row["Opmerking"] == "klein aantal", is_small, "{table}: {row:?}");
        }
    }
    let page = sample().page("rapport.html");
    assert!(page.contains(
        "Ook als er niets aan de hand is, ligt er soms een buiten: van 8 gemeenten door toeval gemiddeld minder dan één per keer."
    ));
    assert!(!page.contains("significant"));
}

#[test]
fn a_region_in_which_nothing_is_planted_has_no_gemeente_that_deviates_clearly() {
    for zaad in [11, 12] {
        let place = Place::new();
        let folder = place.path("oefendata");
        generate(&Options { regels: 3_000, zaad, signalen: false }, &folder).unwrap();
        let report = Report::make_in(place, &[&shown(&folder)]);
        let judged = report.manifest()["judged"].as_object().unwrap().clone();
        let levels: Vec<&str> = judged.values().filter_map(|one| one["grens"].as_str()).collect();
        assert_eq!(levels.len(), 16, "{zaad}");
        assert!(!levels.contains(&"99,8%"), "{zaad}: {levels:?}");
        assert!(levels.iter().filter(|level| **level == "binnen").count() >= 14, "{levels:?}");
    }
}

#[test]
fn the_first_page_names_what_was_planted_to_stand_out() {
    let answers = answers();
    let most = answers["bevindingen"]["maatwerk_boven_toeval"]["gemeente"].as_str().unwrap();
    let one = &answers["kwartalen"][KWARTAAL]["maatwerk"][most];
    let compared = |kwartaal: &str| {
        let one = &answers["kwartalen"][kwartaal]["maatwerk"][most];
        number(&one["nieuw"]) - number(&one["nieuw_jr"])
    };
    let n: i64 = ["2024-K4", "2025-K1", "2025-K2", KWARTAAL].into_iter().map(compared).sum();
    let page = sample().page("rapport.html");
    let front = &page[page.find("De belangrijkste bevindingen").unwrap()
        ..page.find("Sluiten de tellingen").unwrap()];
    let naam = one["naam"].as_str().unwrap();
    let told = format!(
        "{naam} heeft in de vier kwartalen tot en met {KWARTAAL} {n} nieuwe maatwerkovereenkomsten"
    );
    assert!(front.contains(&told), "{told}");
    assert!(front.contains("Dat wijkt duidelijk af: meer dan toeval verklaart."));
    assert!(front.contains("Daarnaast is er 1 met vrije keuze van aanbieder door een maatregel"));
    for price in answers["bevindingen"]["ongewone_prijs"].as_array().unwrap() {
        assert!(front.contains(price["aanbieder"].as_str().unwrap()));
    }
    assert!(
        front.contains(
            answers["bevindingen"]["coordinatie_ver_boven_verwachting"].as_str().unwrap()
        )
    );
}
