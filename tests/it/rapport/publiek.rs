//! The report for the region: what rests on too few children is nowhere in it, in no form.

#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "these names are our own")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use maatstaf::dutch::{count, decimal, euro_ct, euro_whole, hours, percent};
use serde_json::Value;

use crate::rapport::{Report, sample, shown};
use crate::support::sample_data;

/// `minimum` of the practice region.
const MINIMUM: u64 = 10;

/// The report of the practice region for gemeenten and aanbieders among themselves.
pub(super) fn regio() -> &'static Report {
    static MADE: OnceLock<Report> = OnceLock::new();
    MADE.get_or_init(|| Report::make(&[&shown(&sample_data()), "--publiek", "regio"]))
}

/// Cells of the report for ICM with at least one child behind them and fewer than the minimum.
fn small() -> BTreeMap<String, Value> {
    let all = sample().figures();
    // The ratio of a cell is its neighbour, and rests on the same children. Cases that name no child count themselves.
    let behind = |address: &str, figure: &Value| {
        let cell = address.rsplit_once('/').map_or(address, |(cell, _)| cell);
        match (figure["n"].as_u64().unwrap(), all.get(&format!("{cell}/gevallen"))) {
            (0, Some(cases)) => cases["value"].as_u64().unwrap(),
            (children, _) => children,
        }
    };
    let is_small = |(address, figure): &(&String, &Value)| {
        (1..MINIMUM).contains(&behind(address.as_str(), figure))
    };
    let figures: BTreeMap<String, Value> = all
        .iter()
        .filter(is_small)
        .map(|(address, figure)| (address.clone(), figure.clone()))
        .collect();
    assert!(figures.len() > 1000, "{}", figures.len());
    figures
}

/// What the report for the region hides, as it is for ICM.
fn verborgen() -> BTreeMap<String, Value> {
    let (all, figures) = (sample().figures(), regio().figures());
    let hidden = figures.iter().filter(|(_, figure)| figure["protected"] == Value::Bool(true));
    let known =
        hidden.filter_map(|(address, _)| Some((address.clone(), all.get(address)?.clone())));
    known.collect()
}

/// Every file that is text, by name, and for the whole region: what a gemeente sees of itself is looked at in `edities`.
fn texts(report: &Report) -> impl Iterator<Item = (&String, &str)> {
    // What a workbook holds is compared with these texts in `werkmap`.
    let is_text = |name: &str| {
        !name.ends_with(".png") && !name.ends_with(".xlsx") && !name.starts_with("gemeenten/")
    };
    report
        .files
        .iter()
        .filter(move |(name, _)| is_text(name))
        .map(|(name, bytes)| (name, std::str::from_utf8(bytes).unwrap()))
}

/// Numbers as they are written: runs of digits with points and commas, not part of a word.
fn written(text: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '_' | '-');
    text.split(|c: char| !is_part(c))
        .map(|word| word.trim_matches(['.', ',', '-']))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .filter(|word| word.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ','))
        .collect()
}

/// All forms in which a value could be written.
fn forms(address: &str, figure: &Value) -> BTreeSet<String> {
    let bare = |text: String| text.trim_start_matches("€ ").trim_start_matches('-').to_owned();
    let column = address.rsplit_once('/').unwrap().1;
    let mut out = BTreeSet::new();
    if let Some(value) = figure["value"].as_i64() {
        out.insert(bare(value.to_string()));
        out.insert(bare(count(value)));
        if column.ends_with("_ct") {
            out.extend([
                bare(euro_ct(value)),
                bare(euro_ct(value)).replace('.', ""),
                bare(euro_whole(value)),
            ]);
        }
        if column == "minuten" {
            out.insert(bare(hours(value)));
        }
        if column == "volume_milli" {
            out.insert(bare(decimal(value as f64 / 1000.0, 1)));
        }
    } else if let Some(value) = figure["value"].as_f64() {
        out.extend([bare(value.to_string()), bare(format!("{value:.6}").replace('.', ","))]);
        out.extend([bare(decimal(value, 1)), bare(percent(value, 1)).replace('%', "")]);
    }
    out
}

#[test]
fn the_manifest_gives_no_value_and_no_number_of_children_of_a_small_cell() {
    let figures = regio().figures();
    // Beside the figures for ICM those over a year, where a quarter may be too small.
    assert!(sample().figures().keys().all(|address| figures.contains_key(address)));
    let small = small();
    for address in small.keys() {
        let figure = &figures[address];
        assert_eq!(figure["value"], Value::Null, "{address}");
        assert_eq!(figure["protected"], Value::Bool(true), "{address}");
        assert!(figure.get("n").is_none(), "{address}");
    }
    let all = sample().figures();
    let others = figures.iter().filter(|(address, _)| !small.contains_key(*address));
    let (hidden, shown): (Vec<_>, Vec<_>) =
        others.partition(|(_, figure)| figure["protected"] == Value::Bool(true));
    for (address, figure) in shown.iter().filter(|(address, _)| all.contains_key(*address)) {
        assert_eq!(figure["value"], all[*address]["value"], "{address}");
    }
    // What is too much of one, and what would give a small one away: fewer than what is shown of large ones.
    assert!(hidden.len() > 300 && hidden.len() < shown.len(), "{} {}", hidden.len(), shown.len());
    let told = &regio().manifest()["hidden"];
    let n = |name: &str| told[name].as_u64().unwrap();
    assert_eq!(n("primary") + n("secondary"), n("cells"));
    assert!(told["witnesses"]["n"].as_u64().unwrap() > n("primary"));
    assert_eq!(told["witnesses"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(regio().manifest()["verdeling"], serde_json::json!([]));
}

#[test]
fn a_value_of_a_small_cell_is_written_nowhere() {
    let small = verborgen();
    // What is shown for another reason (a larger cell, an account, a setting) proves nothing when it is found.
    let mut elsewhere: BTreeSet<String> = BTreeSet::new();
    for (address, figure) in sample().figures().iter().filter(|(a, _)| !small.contains_key(*a)) {
        elsewhere.extend(forms(address, figure));
    }
    for (address, figure) in regio().figures().iter().filter(|(_, one)| one["protected"] == false) {
        elsewhere.extend(forms(address, figure));
    }
    let manifest = regio().manifest();
    for part in ["accounts", "inputs", "checks", "outputs"] {
        for number in written(&manifest[part].to_string()) {
            elsewhere.insert(number.to_owned());
            if let Ok(ct) = number.parse::<i64>() {
                elsewhere.extend(forms("telling/bedrag_ct", &serde_json::json!({ "value": ct })));
            }
        }
    }
    for name in ["tabellen/telling_rapport.csv", "tabellen/instellingen.csv", "herkomst/regio.toml"]
    {
        let numbers = written(regio().text(name));
        elsewhere.extend(numbers.into_iter().map(ToOwned::to_owned));
    }
    // The queries are the same whatever the data.
    for (name, sql) in texts(regio()).filter(|(name, _)| name.starts_with("herkomst/sql/")) {
        assert!(sql.contains("SELECT"), "{name}");
        elsewhere.extend(written(sql).into_iter().map(ToOwned::to_owned));
    }
    // Sums of several causes or outcomes are in no list of the manifest.
    for row in regio().cells("tabellen/telling_euro.csv").iter().skip(1) {
        let cents = row[1..].iter().filter_map(|cell| cell.replace(',', "").parse::<i64>().ok());
        elsewhere.extend(
            cents.flat_map(|ct| forms("telling/bedrag_ct", &serde_json::json!({ "value": ct }))),
        );
    }
    // Rates are per 10.000 children.
    elsewhere.insert(count(10_000));
    // Short numbers occur by chance, as a coordinate or a page: the other tests look at those.
    let is_telling = |form: &String| form.chars().filter(char::is_ascii_digit).count() >= 5;
    let mut sought: BTreeMap<String, &str> = BTreeMap::new();
    for (address, figure) in &small {
        let forms = forms(address, figure).into_iter().filter(is_telling);
        sought.extend(
            forms.filter(|form| !elsewhere.contains(form)).map(|form| (form, address.as_str())),
        );
    }
    assert!(sought.len() > 1000, "{}", sought.len());
    let in_sample: usize = texts(sample())
        .map(|(_, text)| written(text).iter().filter(|word| sought.contains_key(**word)).count())
        .sum();
    assert!(in_sample > 500, "the search finds little in the report for ICM: {in_sample}");
    for (name, text) in texts(regio()).filter(|(name, _)| !name.ends_with(".svg")) {
        let found: Vec<_> =
            written(text).into_iter().filter_map(|w| sought.get_key_value(w)).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
    // Of a picture only what is to be read; coordinates are numbers too.
    for (name, text) in texts(regio()).filter(|(name, _)| name.ends_with(".svg")) {
        let read: String = text
            .split('>')
            .filter_map(|part| part.split_once("</").map(|(inner, _)| inner.to_owned() + "\n"))
            .collect();
        let found: Vec<_> =
            written(&read).into_iter().filter_map(|w| sought.get_key_value(w)).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

/// Tables about children, agreements or what was paid for them; the others hold settings, files and causes.
const COUNTING: [&str; 11] = [
    "maatwerk",
    "coordinatie",
    "kosten",
    "tarief",
    "volledigheid",
    "opvallende",
    "mogelijk",
    "credits",
    "naijl",
    "verandering",
    "aflopend",
];

#[test]
fn no_table_of_children_or_agreements_holds_a_number_below_the_minimum() {
    let counts = |name: &str| {
        name.starts_with("figuren/")
            || COUNTING.iter().any(|word| name.starts_with(&format!("tabellen/{word}")))
    };
    let is_small = |cell: &&String| cell.parse().is_ok_and(|n: u64| (1..MINIMUM).contains(&n));
    let mut seen = 0;
    for name in regio().files.keys().filter(|name| name.ends_with(".csv") && counts(name)) {
        let lines = regio().cells(name);
        for line in lines.iter().skip(1) {
            // The first cell names the row; a share of 1 is everything and no child.
            let cells = lines[0].iter().zip(line).skip(1);
            let found: Vec<&String> = cells
                .filter(|(heading, _)| !heading.contains("aandeel van 1"))
                .map(|(_, cell)| cell)
                .filter(is_small)
                .collect();
            assert!(found.is_empty(), "{name}: {line:?}");
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn a_cell_with_the_address_of_a_small_figure_says_so_on_the_page() {
    let html = regio().text("rapport.html");
    let (mut hidden, mut shown) = (0, 0);
    let small = verborgen();
    for part in html.split("data-adres=\"").skip(1) {
        let (address, rest) = part.split_once('"').unwrap();
        let cell = rest.split("</td>").next().unwrap();
        let address = address
            .replace("&#x2f;", "/")
            .replace("&amp;", "&")
            .replace("&#x27;", "'")
            .replace("&#39;", "'");
        // Of a whole table: what its addresses by place begin with.
        if address.starts_with("tabel/") || address.starts_with("figuur/") {
            continue;
        }
        if small.contains_key(&address) {
            assert!(
                cell.contains("onderdrukt") && !cell.contains(|c: char| c.is_ascii_digit()),
                "{address}: {cell}"
            );
            hidden += 1;
        } else {
            assert!(!cell.contains("onderdrukt"), "{address}: {cell}");
            shown += 1;
        }
    }
    assert!(hidden > 50 && shown > 30, "{hidden} {shown}");
}

#[test]
fn no_picture_and_no_alternative_text_tells_a_small_number() {
    let about_the_picture = [
        "staven",
        "staaf",
        "perioden",
        "periode",
        "stappen",
        "waarden",
        "waarde",
        "aanbieders",
        "aanbieder",
        "producten",
        // So many others share the highest or the lowest.
        "andere",
    ];
    let check = |name: &str, text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            let bare = word.trim_matches(['(', ')', '.', ',', ';', ':']);
            let next =
                words.get(at + 1).map_or("", |next| next.trim_matches(['.', ',', ';', ':', ')']));
            let is_small = bare.parse().is_ok_and(|n: u64| (1..MINIMUM).contains(&n));
            assert!(
                !is_small || about_the_picture.contains(&next),
                "{name}: {word} {next} in {text}"
            );
        }
    };
    let mut n = 0;
    for line in
        regio().text("figuren/alt-teksten.txt").lines().filter(|line| !line.ends_with(".svg"))
    {
        let line = line
            .split_once(": ")
            .filter(|_| line.starts_with('\u{feff}') || line.starts_with("Figuur"));
        check("alt-teksten.txt", line.map_or("", |(_, text)| text));
    }
    for (name, text) in texts(regio()).filter(|(name, _)| name.ends_with(".svg")) {
        for tag in ["title", "desc"] {
            let inner = text.split(&format!("<{tag}")).nth(1).unwrap();
            let inner = inner.split_once('>').unwrap().1.split("</").next().unwrap();
            check(name, inner);
            n += 1;
        }
    }
    assert!(n > 8);
}

#[test]
fn rows_and_lists_of_single_children_are_withheld() {
    let names: Vec<&str> = regio().files.keys().map(String::as_str).collect();
    assert!(sample().files.contains_key("afkeur/afkeur.csv"));
    assert!(sample().files.contains_key("tabellen/aflopend.csv"));
    assert!(!names.iter().any(|name| name.starts_with("afkeur/")), "{names:?}");
    assert!(!names.contains(&"tabellen/aflopend.csv"));
    for (name, text) in texts(regio()) {
        assert!(!text.contains("MW-0"), "{name} names an agreement");
        assert!(!text.contains("afkeur/afkeur.csv"), "{name} points at rows that are not there");
    }
    let page = regio().page("rapport.html");
    assert!(page.contains("staat daarom alleen in het rapport voor ICM"));
}

#[test]
fn every_page_says_for_whom_it_is_and_what_it_does_not_protect_against() {
    for name in ["rapport.html", "LEESMIJ.html"] {
        assert!(
            regio()
                .page(name)
                .contains("REGIO – alleen voor gemeenten en aanbieders van deze regio"),
            "{name}"
        );
        assert!(!regio().page(name).contains("INTERN"), "{name}");
        assert!(sample().page(name).contains("INTERN – niet delen"), "{name}");
    }
    let page = regio().page("rapport.html");
    let hidden = &regio().manifest()["hidden"];
    let n = |name: &str| count(hidden[name].as_i64().unwrap());
    for words in [
        format!("{} cijfers zijn onderdrukt", n("cells")),
        format!("{} omdat er minder dan 10 jeugdigen achter staan", n("primary")),
        format!("{} omdat zo'n cijfer eruit af te trekken zou zijn", n("secondary")),
        "Wie cijfers over jeugdigen heeft die hier niet staan, kan meer afleiden".to_owned(),
    ] {
        assert!(page.contains(&words), "{words}");
    }
}

#[test]
fn a_chapter_is_silent_about_its_conclusion_only_with_a_reason() {
    let page = regio().page("rapport.html");
    let withheld =
        "De conclusie van dit hoofdstuk rust op aantallen die te klein zijn om te tonen.";
    assert_eq!(page.matches(withheld).count(), 7, "{page}");
    assert!(page.contains("Van de kosten van 2025-K3 is naar schatting 99,0% gedeclareerd"));
}

#[test]
fn few_lines_of_an_aanbieder_are_hidden_and_still_not_missing() {
    let page = regio().page("rapport.html");
    assert!(page.contains("Van 18 aanbieders zijn er declaraties over elke maand"));
    let lines = regio().table("tabellen/volledigheid.csv");
    let of =
        |aanbieder: &str| lines.iter().find(|row| row["Aanbieder"] == aanbieder).unwrap().clone();
    assert_eq!(of("Kliniek Maanzaad")["2025-07 (regels)"], "onderdrukt");
    assert_eq!(of("De Linde")["2025-07 (regels)"], "60");
}
