//! Sentences against the figures they cite: no number is told that is not in a cell, a table or the settings.

use std::collections::{BTreeMap, BTreeSet};

use maatstaf::dutch::{count, date_long, decimal, euro_ct, euro_whole, hours, kans, percent};
use maatstaf::findings::{Context, Judged, judge};
use maatstaf::inventaris;
use maatstaf::metrics::settings::settings;
use maatstaf::metrics::{Jeugdigen, MeasureInput, Query, measure};
use serde_json::Value;

use crate::rapport::sample;
use crate::support::{Place, read, region, sample_data};

const KWARTAAL: &str = "2025-K3";

/// Queries that give rows or dossiers, no cells.
const WITHOUT_CELLS: [&str; 2] = ["aflopend", "coordinatie_loting"];

/// What is said about the practice region, with what it cites.
fn judged() -> Judged {
    let place = Place::new();
    let dataset = read(&[sample_data()], &place.path("dataset"));
    let region = region();
    let gemeenten: Vec<_> =
        region.gemeenten.iter().map(|g| (g.code.clone(), g.naam.clone())).collect();
    let jeugdigen = dataset.jeugdigen().unwrap().into_iter();
    let jeugdigen: Vec<_> =
        jeugdigen.map(|(gemeente, jaar, aantal)| Jeugdigen { gemeente, jaar, aantal }).collect();
    let kwartaal = KWARTAAL.parse().unwrap();
    let peildatum = chrono::NaiveDate::from_ymd_opt(2025, 10, 30).unwrap();
    let settings = settings(&region, kwartaal, peildatum);
    let input = MeasureInput {
        dataset: dataset.folder(),
        kwartaal,
        peildatum,
        gemeenten: &gemeenten,
        jeugdigen: &jeugdigen,
        settings: &settings,
        met_jaar: false,
        params: &BTreeMap::new(),
    };
    let measured = measure(&Query::load_all(None).unwrap(), &input, |_| ()).unwrap();
    judge(&Context { region: &region, kwartaal, peildatum, measured: &measured })
}

/// The numbers a reader sees in a sentence: not those of codes, quarters and dates.
fn numbers(sentence: &str) -> Vec<String> {
    let day = chrono::NaiveDate::from_ymd_opt(2025, 10, 30).unwrap();
    let stand = chrono::NaiveDate::from_ymd_opt(2025, 10, 22).unwrap();
    let mut text = sentence.replace(&date_long(day), "").replace(&date_long(stand), "");
    for year in 2023..=2025 {
        for quarter in 1..=4 {
            text = text.replace(&format!("{year}-K{quarter}"), "");
        }
    }
    text = text.replace("per 10.000 jeugdigen", "");
    let chars: Vec<char> = text.chars().collect();
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + chars[at..].iter().take_while(|c| is_part(**c)).count();
        let before = at.checked_sub(1).map(|before| chars[before]);
        let is_code = before.is_some_and(char::is_alphabetic)
            || chars.get(end).is_some_and(|c| c.is_alphabetic());
        let number: String = chars[at..end].iter().collect();
        let number = number.trim_end_matches(['.', ',']).to_owned();
        if !is_code {
            let percent = if chars.get(end) == Some(&'%') { "%" } else { "" };
            out.push(number + percent);
        }
        at = end;
    }
    out
}

/// Cells of one query and one level look alike: what they have in common is what they are not added up over.
fn shape(address: &str) -> String {
    let mut parts = address.split('/');
    let query = parts.next().unwrap_or_default();
    let kept = parts.map(|part| if ["totaal", "ja", "nee"].contains(&part) { part } else { "*" });
    std::iter::once(query).chain(kept).collect::<Vec<_>>().join("/")
}

/// What may be told with the figures of one statement.
struct Allowed(BTreeSet<String>);

impl Allowed {
    fn add(&mut self, text: &str) {
        self.0.insert(text.trim_start_matches("€ ").to_owned());
    }

    /// A whole number in every unit it can have.
    fn value(&mut self, column: &str, value: i64) {
        match column {
            "bedrag_ct" | "boven_tarief_ct" => {
                self.add(&euro_whole(value));
                self.add(&euro_ct(value));
            }
            "minuten" => self.add(&hours(value)),
            _ => self.add(&count(value)),
        }
    }

    fn ratio(&mut self, column: &str, value: f64) {
        if column == "per_10000" {
            self.add(&decimal(value, 1));
        } else {
            self.add(&percent(value, 1));
        }
    }

    /// The cited cells, their ratios, and what they are together with and without the first of a query.
    fn cells(cites: &[String], figures: &BTreeMap<String, Value>) -> Self {
        let mut allowed = Self(BTreeSet::new());
        let mut sums: BTreeMap<(String, &str), Vec<i64>> = BTreeMap::new();
        for address in cites.iter().collect::<BTreeSet<_>>() {
            let Some(figure) = figures.get(address) else {
                assert!(WITHOUT_CELLS.contains(&address.as_str()), "a citation that is in no cell");
                continue;
            };
            let (above, column) = address.rsplit_once('/').unwrap();
            let value = figure["value"].as_i64().unwrap();
            allowed.value(column, value);
            for ratio in ["per_10000", "aandeel"] {
                if let Some(found) = figures.get(&format!("{above}/{ratio}")) {
                    allowed.ratio(ratio, found["value"].as_f64().unwrap());
                }
            }
            sums.entry((shape(above), column)).or_default().push(value);
        }
        for ((_, column), values) in sums {
            let total: i64 = values.iter().sum();
            allowed.value(column, total);
            for value in values {
                allowed.value(column, total - value);
            }
        }
        allowed
    }

    /// What follows from the tables of a chapter: recomputed here, not taken over.
    fn tables(&mut self) {
        let number = |text: &str| text.replace(',', ".").parse::<f64>().unwrap();
        let hours: Vec<f64> = sample()
            .table("figuren/coordinatie_aandeel.csv")
            .iter()
            .map(|row| number(&row["Uren (uur)"]))
            .collect();
        let n = hours.len() as f64;
        let total: f64 = hours.iter().sum();
        self.add(&n.to_string());
        self.add(&hours.iter().filter(|value| **value > 0.0).count().to_string());
        for value in &hours {
            self.add(&percent(value / total, 0));
        }
        let above: f64 = sample()
            .table("tabellen/tarief_boven_regio.csv")
            .iter()
            .map(|row| number(&row["Boven het regionale tarief (euro)"]).max(0.0))
            .sum();
        self.add(&decimal(above, 0));
        let figures = sample().figures();
        let cents = |address: &str| figures[address]["value"].as_f64().unwrap();
        let known = cents("kosten_met_tarief/totaal/totaal/totaal/2025-K3/bedrag_ct")
            / cents("kosten_totaal/totaal/2025-K3/bedrag_ct");
        self.add(&percent(known, 0));
        let days: Vec<i64> = sample()
            .table("tabellen/aflopend.csv")
            .iter()
            .map(|row| row["Nog (dagen)"].parse().unwrap())
            .collect();
        for limit in [30, 60, 90] {
            self.add(&days.iter().filter(|day| **day <= limit).count().to_string());
        }
    }

    /// The tables of prices.
    fn prices(&mut self) {
        let number = |text: &str| text.replace(',', ".").parse::<f64>().unwrap();
        for (name, usual) in
            [("opvallende_prijzen", "Gebruikelijk"), ("mogelijk_komma_verkeerd", "Gewone prijs")]
        {
            for row in sample().table(&format!("tabellen/{name}.csv")) {
                let price = number(&row["Prijs per eenheid (euro)"]);
                let usual = number(&row[&format!("{usual} (euro)")]);
                self.add(&decimal(price, 2));
                self.add(&decimal(usual, 2));
                self.add(&percent(price / usual - 1.0, 0));
                self.add(&decimal(number(&row["Verschil over het kwartaal (euro)"]).abs(), 0));
            }
        }
        for row in sample().table("tabellen/tarief_boven_regio.csv") {
            let price = number(&row["Gemiddelde prijs van de regels erboven (euro)"]);
            let tarief = number(&row["Regionaal tarief (euro)"]);
            self.add(&decimal(price, 2));
            self.add(&decimal(tarief, 2));
            self.add(&percent(price / tarief - 1.0, 1));
        }
        // Prices and aanbieders of each group that is compared.
        let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut n_prices: BTreeMap<String, usize> = BTreeMap::new();
        for row in sample().table("figuren/prijs_per_aanbieder.csv") {
            groups.entry(row["Product"].clone()).or_default().insert(row["Aanbieder"].clone());
            *n_prices.entry(row["Product"].clone()).or_default() += 1;
        }
        for (product, aanbieders) in groups {
            self.add(&aanbieders.len().to_string());
            self.add(&n_prices[&product].to_string());
        }
    }

    /// What was computed from cells, recomputed by the second engine.
    fn derived(&mut self) {
        for (name, value) in sample().manifest()["derived"].as_object().unwrap() {
            let value = value.as_f64().unwrap();
            if name.ends_with("_ct") {
                self.add(&decimal((value / 100.0).round(), 0));
                self.add(&decimal((value.abs() / 100.0).round(), 0));
            } else if name.ends_with("volledigheid") {
                self.add(&percent(value, 1));
            }
        }
        let number = |text: &str| text.replace(',', ".").parse::<f64>().unwrap();
        for row in sample().table("tabellen/verandering_producten.csv") {
            self.add(&decimal(number(&row["Door prijs (euro)"]).abs(), 0));
        }
        for name in ["verandering", "verandering_jaar"] {
            let rows = sample().table(&format!("figuren/{name}.csv"));
            let bedrag = |at: usize| number(&rows[at]["Bedrag (euro)"]);
            self.add(&decimal((bedrag(rows.len() - 1) - bedrag(0)).abs(), 0));
        }
    }

    /// The lotteries of the manifest, which the second engine computes again.
    fn lotteries(&mut self, manifest: &Value) {
        let number = |value: &Value| value.as_f64().unwrap();
        for text in ["1", "100", "1.000"] {
            self.add(text);
        }
        for part in manifest["verdeling"].as_array().unwrap() {
            self.value("n", part["clienten"].as_i64().unwrap());
            let whole = &part["telling"];
            for share in [
                &whole["hoover"]["value"],
                &whole["hoover"]["chance"][0],
                &whole["hoover"]["chance"][2],
            ] {
                self.add(&percent(number(share), 0));
            }
            for times in [100.0, 1000.0] {
                self.add(&decimal(number(&whole["p"]) * times, 0));
            }
            let parts = part["delen"].as_array().unwrap();
            let judged = |deel: &&Value| deel["oordeel"] != "te weinig";
            let beyond = |deel: &&Value| {
                !["te weinig", "binnen toeval"].contains(&deel["oordeel"].as_str().unwrap())
            };
            self.add(&parts.iter().filter(judged).count().to_string());
            self.add(&parts.iter().filter(beyond).count().to_string());
            for deel in parts {
                self.value("n", deel["waargenomen"].as_i64().unwrap());
                self.add(&decimal(number(&deel["gelijk"]["verwacht"]), 0));
                self.add(&decimal(number(&deel["gelijk"]["verwacht"]), 1));
                self.value("minuten", deel["uren"]["kwartieren"].as_i64().unwrap() * 15);
                for end in [0, 1] {
                    self.value("n", deel["gelijk"]["bereik"][end].as_i64().unwrap());
                    self.value(
                        "minuten",
                        deel["uren"]["gelijk"]["bereik"][end].as_i64().unwrap() * 15,
                    );
                }
            }
        }
    }

    /// The table of the gemeenten against each other; its numbers are computed again by the second engine.
    fn comparison(&mut self) {
        let number = |text: &str| text.replace(',', ".").parse::<f64>().unwrap();
        for table in ["maatwerk_oordeel", "maatwerk_oordeel_kwartaal"] {
            for row in sample().table(&format!("tabellen/{table}.csv")) {
                self.add(&row["Nieuw (overeenkomsten)"]);
                for column in [
                    "Per 10.000 jeugdigen",
                    "Ondergrens (95%)",
                    "Bovengrens (95%)",
                    "Andere gemeenten per 10.000",
                    "Verwacht (overeenkomsten)",
                ] {
                    self.add(&decimal(number(&row[column]), 1));
                }
            }
        }
        let p = &sample().manifest()["judged"]["maatwerk_oordeel/totaal/2024-K4_2025-K3"]["p"];
        for number in numbers(&kans(p.as_f64().unwrap())) {
            self.add(&number);
        }
        // The width of the interval.
        self.add("95%");
    }

    fn settings(&mut self) {
        for row in sample().table("tabellen/instellingen.csv") {
            for number in numbers(&row["Waarde"]) {
                self.add(&number);
            }
            for number in numbers(&row["Bron"]) {
                self.add(&number);
            }
        }
    }

    /// Counts and shares of the rules, and what their documents say.
    fn rules(&mut self, judged: &Judged) {
        for signaal in &judged.signalen {
            let (hits, cases) = (signaal.treffers, signaal.beoordeeld());
            for number in signaal.drempels.iter().flat_map(|drempel| numbers(&drempel.waarde)) {
                self.add(&number);
            }
            for n in [hits, cases, signaal.onbekend] {
                self.add(&count(n));
            }
            for share in std::iter::once((hits, cases))
                .chain(signaal.verschillen.iter().map(|v| (v.treffers, v.gevallen)))
            {
                let percent = decimal(share.0 as f64 * 100.0 / share.1 as f64, 0);
                self.add(&percent);
                self.add(&format!("{percent}%"));
            }
        }
        let texts = inventaris::DOCUMENTEN.iter().map(|document| document.titel);
        for text in texts.chain(inventaris::alle().map(|regel| regel.wat)) {
            for number in numbers(text) {
                self.add(&number);
            }
        }
    }

    /// Numbers that are told and stand nowhere.
    fn missing(&self, sentence: &str) -> Vec<String> {
        numbers(sentence).into_iter().filter(|number| !self.0.contains(number)).collect()
    }
}

#[test]
fn every_number_in_a_sentence_is_a_cited_cell_a_table_or_a_setting() {
    let figures = sample().figures();
    let judged = judged();
    let page = sample().page("rapport.html");
    let findings = judged.findings.iter().map(|f| (f.text.clone() + " " + &f.basis, &f.cites));
    let conclusions = judged.conclusions.iter().map(|c| (c.text.clone(), &c.cites));
    let mut told = 0;
    for (sentence, cites) in findings.chain(conclusions) {
        let mut allowed = Allowed::cells(cites, &figures);
        allowed.settings();
        allowed.tables();
        allowed.prices();
        allowed.derived();
        if cites.iter().any(|cite| cite == "coordinatie_loting") {
            allowed.lotteries(&sample().manifest());
        }
        allowed.comparison();
        allowed.rules(&judged);
        assert_eq!(allowed.missing(&sentence), [""; 0], "{sentence}\n{:?}", allowed.0);
        told += numbers(&sentence).len();
        for wrong in ["123.456", "99,9%", "417"] {
            assert_eq!(
                allowed.missing(&format!("{sentence} {wrong}")),
                [wrong],
                "would be noticed"
            );
        }
    }
    assert!(told > 40, "{told}");
    // Of a chapter the first conclusion that may be seen is on the page.
    // Its first sentence is an element of its own.
    let page = page.replace('|', " ");
    let mut seen = BTreeSet::new();
    let shown = judged.conclusions.iter().filter(|c| seen.insert(c.chapter)).map(|c| &c.text);
    for text in judged.findings.iter().map(|f| &f.text).chain(shown) {
        assert!(page.contains(text.as_str()), "not on the page: {text}");
    }
}

#[test]
fn every_statement_cites_figures_and_shows_the_address_of_the_first() {
    let judged = judged();
    let figures = sample().figures();
    let page = sample().page("rapport.html");
    assert!(judged.findings.len() >= 5 && judged.conclusions.len() == 11);
    for finding in &judged.findings {
        let first = finding.cites.first().unwrap();
        assert!(figures.contains_key(first) || WITHOUT_CELLS.contains(&first.as_str()), "{first}");
        assert!(page.contains(first.as_str()), "{first}");
    }
    assert!(judged.conclusions.iter().all(|conclusion| !conclusion.cites.is_empty()));
}

#[test]
fn a_title_of_a_chart_tells_the_figure_of_its_table() {
    let titles = sample().text("figuren/alt-teksten.txt");
    let rows = |name: &str| sample().table(&format!("figuren/{name}.csv"));
    let sum = |name: &str, column: &str| -> i64 {
        rows(name).iter().map(|row| row[column].replace(',', "").parse::<i64>().unwrap()).sum()
    };
    for title in [
        format!(
            "{} nieuwe maatwerkovereenkomsten in {KWARTAAL}",
            sum("maatwerk_nieuw", "Nieuw (overeenkomsten)")
        ),
        format!(
            "Maatwerk kostte {} in {KWARTAAL}",
            euro_whole(sum("maatwerk_kosten", "Kosten (euro)"))
        ),
        format!(
            "{} boven het regionale tarief in {KWARTAAL}",
            euro_whole(sum("tarief_boven_regio", "Boven het regionale tarief (euro)"))
        ),
    ] {
        assert!(
            titles.contains(&format!(": {title}\n")) || titles.contains(&format!(": {title}\r\n")),
            "{title}"
        );
    }
}

#[test]
fn numbers_are_told_apart_from_codes_quarters_and_dates() {
    let sentence =
        "In 2025-K3 kostte 45A12 bij De Linde € 1.234,50 (12,7%), 3 keer per 10.000 jeugdigen.";
    assert_eq!(numbers(sentence), ["1.234,50", "12,7%", "3"]);
    assert_eq!(numbers("Vanaf 30 oktober 2025: 5 binnen 30 dagen."), ["5", "30"]);
}
