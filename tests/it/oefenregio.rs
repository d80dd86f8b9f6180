//! The planted answers of the practice region against what the program makes of its files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use maatstaf::dataset::Dataset;
use maatstaf::dataset::manifest::Sum;
use maatstaf::practice::{Options, generate};
use maatstaf::rejects::{Reject, Severity};
use serde_json::{Map, Value};

use crate::support::{Place, Row, derived, files_below, number, read, sample_data};

/// The dataset of the practice region, with what is asked of it again and again.
struct Practice {
    /// Keeps the folder until the end.
    _place: Place,
    dataset: Dataset,
    answers: Value,
    rejects: Vec<Reject>,
    /// Counted lines, without credits that found no debit: the answers keep those apart.
    counted: Vec<Row>,
    loose: Vec<Row>,
}

fn practice() -> &'static Practice {
    static MADE: OnceLock<Practice> = OnceLock::new();
    MADE.get_or_init(|| {
        let place = Place::new();
        let dataset = read(&[sample_data()], &place.path("dataset"));
        let answers =
            serde_json::from_slice(&fs::read(sample_data().join("antwoorden.json")).unwrap())
                .unwrap();
        let rejects = dataset.rejects().unwrap();
        let is_loose = |row: &Row| {
            let place =
                (dataset.manifest.path_of(&row["bron"]), number(row, "regel").unsigned_abs());
            rejects.iter().any(|r| {
                ["OP366", "TR323", "TR390"].contains(&r.code.as_str())
                    && (r.file.as_str(), r.line) == place
            })
        };
        let (loose, counted) = derived(&dataset, "declaraties").into_iter().partition(is_loose);
        Practice { _place: place, dataset, answers, rejects, counted, loose }
    })
}

impl Practice {
    fn answer(&self, path: &[&str]) -> &Value {
        path.iter().fold(&self.answers, |value, name| &value[*name])
    }

    fn quarters(&self) -> &Map<String, Value> {
        self.answer(&["kwartalen"]).as_object().unwrap()
    }

    /// Counted lines of a quarter.
    fn of<'p>(&'p self, kwartaal: &'p str) -> impl Iterator<Item = &'p Row> {
        self.counted.iter().filter(move |row| row["kwartaal"] == kwartaal)
    }

    /// The line that stands on this line of this file, among rows of declaraties.
    fn at<'r>(&self, rows: &'r [Row], file: &str, line: u64) -> Option<&'r Row> {
        rows.iter().find(|row| {
            self.dataset.manifest.path_of(&row["bron"]) == file
                && number(row, "regel").unsigned_abs() == line
        })
    }
}

/// The file of a planted fault as the program shows it; empty when no file is meant.
fn shown_in(folder: &str, hit: &Value) -> String {
    match hit["bestand"].as_str().unwrap() {
        "" => String::new(),
        file => format!("{folder}/{file}"),
    }
}

fn ct(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// An object of numbers.
fn numbers(value: &Value) -> BTreeMap<String, i64> {
    value.as_object().unwrap().iter().map(|(name, value)| (name.clone(), ct(value))).collect()
}

/// Adds up a column per key.
fn sums<'r>(
    rows: impl Iterator<Item = &'r Row>,
    key: impl Fn(&Row) -> String,
    column: &str,
) -> BTreeMap<String, i64> {
    let mut out = BTreeMap::new();
    for row in rows {
        *out.entry(key(row)).or_default() += number(row, column);
    }
    out
}

/// Different clients per key.
fn clients<'r>(
    rows: impl Iterator<Item = &'r Row>,
    key: impl Fn(&Row) -> String,
) -> BTreeMap<String, i64> {
    let mut out: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        out.entry(key(row)).or_default().insert(&row["client"]);
    }
    out.into_iter().map(|(key, clients)| (key, i64::try_from(clients.len()).unwrap())).collect()
}

#[test]
fn the_kept_files_are_what_the_generator_makes() {
    let place = Place::new();
    generate(&Options { regels: 6000, zaad: 7, signalen: true }, &place.path("vers")).unwrap();
    let (made, kept) = (files_below(&place.path("vers")), files_below(&sample_data()));
    assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    let differ: Vec<&String> =
        made.iter().filter(|(name, bytes)| kept[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(
        differ.is_empty(),
        "made anew differently: {differ:?}; run: maatstaf oefenregio --naar MAP"
    );
}

/// Rules that did not speak exactly where they must: what was found and what was planted.
fn wrong_places(answers: &Value, rejects: &[Reject], folder: &str) -> Vec<String> {
    let planted = answers["afkeur"].as_object().unwrap();
    let mut wrong = Vec::new();
    for (code, hits) in planted.iter().filter(|(code, _)| *code != "JW325") {
        let place = |file: &str, line, amount: Option<i64>| (file.to_owned(), line, amount);
        let hits = hits.as_array().unwrap();
        // 0 stands for the file as a whole: then the line is where the reader noticed it.
        let whole: BTreeSet<String> = hits
            .iter()
            .filter(|hit| ct(&hit["regel"]) == 0)
            .map(|hit| shown_in(folder, hit))
            .collect();
        let expected: BTreeSet<_> = hits
            .iter()
            .map(|hit| {
                let file = shown_in(folder, hit);
                // Of a double file the euros stand in the account, not in the reject.
                let amount = if code == "MS002" { None } else { hit["bedrag_ct"].as_i64() };
                place(&file, ct(&hit["regel"]).unsigned_abs(), amount)
            })
            .collect();
        let found: BTreeSet<_> = rejects
            .iter()
            .filter(|reject| reject.code == *code)
            .map(|r| place(&r.file, if whole.contains(&r.file) { 0 } else { r.line }, r.bedrag_ct))
            .collect();
        if found != expected {
            wrong.push(format!("{code}: found {found:?}, planted {expected:?}"));
        }
    }
    wrong
}

#[test]
fn the_answers_hold_for_other_seeds_and_sizes() {
    for (regels, zaad, signalen) in [(3_000, 1, true), (9_000, 12, true), (3_000, 5, false)] {
        let place = Place::new();
        generate(&Options { regels, zaad, signalen }, &place.path("oefen")).unwrap();
        let dataset = read(&[place.path("oefen")], &place.path("dataset"));
        let answers = fs::read(place.path("oefen/antwoorden.json")).unwrap();
        let answers: Value = serde_json::from_slice(&answers).unwrap();
        let rejects = dataset.rejects().unwrap();
        let wrong = wrong_places(&answers, &rejects, "oefen");
        assert!(wrong.is_empty(), "{regels} {zaad}: {}", wrong.join("\n"));
        let unplanned: BTreeSet<&str> = rejects
            .iter()
            .map(|reject| reject.code.as_str())
            .filter(|code| answers["afkeur"].get(code).is_none())
            .collect();
        assert_eq!(unplanned, BTreeSet::from(["MS009"]), "{regels} {zaad}");
        assert_eq!(dataset.manifest.open_accounts(), [""; 0]);
    }
}

#[test]
fn every_planted_fault_is_found_at_its_place_with_its_euros_and_nothing_else_is() {
    let practice = practice();
    let planted = practice.answer(&["afkeur"]).as_object().unwrap();
    let wrong = wrong_places(&practice.answers, &practice.rejects, "sample-data");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let extra: Vec<&Reject> =
        practice.rejects.iter().filter(|reject| !planted.contains_key(&reject.code)).collect();
    // The ambiguous base product is in the answers as a finding.
    assert_eq!(extra.iter().map(|r| r.code.as_str()).collect::<Vec<_>>(), ["MS009"]);
    let ambiguous = practice.answer(&["bevindingen", "dubbelzinnig"]);
    assert_eq!(extra[0].found, ambiguous["code"].as_str().unwrap());
    let bases: Vec<&str> =
        ambiguous["basis"].as_array().unwrap().iter().map(|b| b.as_str().unwrap()).collect();
    assert_eq!(extra[0].expected, bases.join(" of "));
}

/// Rules that the practice region does not break, and why.
const NOT_PLANTED: &[(&str, &str)] = &[
    ("MS006", "a whole file a hundred times too high would drown every figure"),
    (
        "MS008",
        "needs toewijzingen that are missing for most lines; then TR338 is not told per line",
    ),
    ("MS009", "is planted, and stands in the answers as a finding"),
    ("MS010", "needs exports without reference numbers; every line here has one"),
    ("MS206", "needs a disk that does not work along"),
    ("MS226", "every register of the practice region uses the words of the manual"),
    ("MS227", "every account in the practice region is one"),
    ("MS230", "the contracts of the practice region name no tariff"),
    ("MS245", "no line has the code of the gemeente that was merged"),
    ("MS246", "needs a file that changes while it is read"),
    ("MS247", "needs a large file that breaks off half-way"),
    ("MS264", "needs a bomb"),
    ("MS274", "needs a bomb"),
    ("MS277", "needs a workbook that no program writes"),
    ("MS282", "no style is frozen in the practice region"),
    ("MS290", "needs what an aanbieder sends back; see `herstel`"),
    ("MS291", "needs what an aanbieder sends back; see `herstel`"),
    ("MS292", "needs what an aanbieder sends back; see `herstel`"),
    ("MS293", "needs what an aanbieder sends back; see `herstel`"),
    ("TR335", "care of six years ago would put a quarter of its own in every chart"),
    ("TR418", "the contracts of the practice region name no tariff"),
];

#[test]
fn every_rule_is_planted_or_it_is_told_why_not() {
    let planted = practice().answer(&["afkeur"]).as_object().unwrap();
    let rules: BTreeSet<&str> =
        maatstaf::checks::all_rules().iter().map(|rule| rule.code).collect();
    let told: BTreeSet<&str> = NOT_PLANTED.iter().map(|(code, _)| *code).collect();
    let unplanted: BTreeSet<&str> =
        rules.iter().copied().filter(|code| !planted.contains_key(*code)).collect();
    assert_eq!(unplanted, told);
}

#[test]
fn rules_are_as_severe_as_was_planned() {
    let practice = practice();
    for reject in &practice.rejects {
        let planned = practice.answer(&["ernst", &reject.code]).as_str();
        let is_fatal = planned == Some("fataal");
        assert_eq!(
            planned.is_some() && is_fatal,
            reject.severity == Severity::Fataal,
            "{}",
            reject.code
        );
    }
}

#[test]
fn refused_lines_are_those_of_the_answers_of_the_gemeente() {
    let practice = practice();
    let others = derived(&practice.dataset, "declaraties_niet_geteld");
    let hits = practice.answer(&["afkeur", "JW325"]).as_array().unwrap();
    for hit in hits {
        let file = shown_in("sample-data", hit);
        let row = practice.at(&others, &file, ct(&hit["regel"]).unsigned_abs()).unwrap();
        assert_eq!((row["uitkomst"].as_str(), row["status"].as_str()), ("afgewezen", "afgewezen"));
        assert_eq!(row["referentienummer"], hit["referentie"].as_str().unwrap());
        assert_eq!(number(row, "bedrag_ct"), ct(&hit["bedrag_ct"]));
    }
    assert_eq!(others.iter().filter(|row| row["uitkomst"] == "afgewezen").count(), hits.len());
}

#[test]
fn every_account_holds_the_rows_and_euros_that_were_planned() {
    let practice = practice();
    let (reading, reporting) = practice.dataset.manifest.totals();
    let planned = |name: &str| {
        let sum = practice.answer(&["reken", name]);
        Sum { regels: ct(&sum["regels"]).unsigned_abs(), bedrag_ct: ct(&sum["bedrag_ct"]) }
    };
    let plus =
        |a: Sum, b: Sum| Sum { regels: a.regels + b.regels, bedrag_ct: a.bedrag_ct + b.bedrag_ct };
    let found = |name: &str| {
        let found = reporting.uitkomsten.iter().find(|(uitkomst, _)| uitkomst.name() == name);
        found.map(|(_, sum)| *sum).unwrap_or_default()
    };
    for (name, planned) in [
        ("geteld", plus(planned("geteld"), planned("losse_credit"))),
        ("verrekend", planned("verrekend")),
        ("afgewezen", planned("afgewezen_jw325")),
        ("buiten_regio", planned("buiten_regio")),
        ("andere_wet", planned("wmo")),
    ] {
        assert_eq!(found(name), planned, "{name}");
    }
    assert_eq!(plus(found("dubbel"), found("afgekeurd")), planned("afgekeurd_over_rijen"));
    let mut rejected = plus(planned("afgekeurd_rij"), planned("afgekeurd_bestand"));
    // A row of another table counts among the rows, without euros.
    let elsewhere = ["plannen.csv", "toewijzingen_gemengd.csv"].map(Value::from);
    let of_code = |(code, hits): (&String, &Value)| {
        let is_fatal = practice.answer(&["ernst", code]) == "fataal";
        let hits = hits.as_array().unwrap().iter();
        hits.filter(|hit| is_fatal && elsewhere.contains(&hit["bestand"])).count() as u64
    };
    let planted = practice.answer(&["afkeur"]).as_object().unwrap();
    rejected.regels += planted.iter().map(of_code).sum::<u64>();
    assert_eq!(reading.afgekeurd, rejected);
    assert_eq!(reading.dubbel, planned("dubbel"));
    assert_eq!(reading.gelezen.bedrag_ct, planned("gelezen").bedrag_ct);
    let loose: i64 = practice.loose.iter().map(|row| number(row, "bedrag_ct")).sum();
    assert_eq!(
        Sum { regels: practice.loose.len() as u64, bedrag_ct: loose },
        planned("losse_credit")
    );
    assert_eq!(practice.dataset.manifest.open_accounts(), [""; 0]);
}

#[test]
fn every_file_holds_the_records_and_euros_that_were_written() {
    let practice = practice();
    let totals = practice.answer(&["totalen"]).as_object().unwrap();
    assert!(totals.len() > 190);
    for (name, total) in totals {
        let path = format!("sample-data/{name}");
        let entry =
            practice.dataset.manifest.bestanden.iter().find(|entry| entry.pad == path).unwrap();
        let account = &entry.account;
        let apart = account.blanco + account.koppen + account.totaalregels;
        let found = [
            account.gelezen.regels - apart,
            account.blanco,
            account.koppen,
            account.totaalregels,
            account.onleesbaar_bedrag,
        ];
        let written =
            ["regels", "lege_regels", "herhaalde_koppen", "totaalregels", "zonder_bedrag"]
                .map(|key| ct(&total[key]).unsigned_abs());
        assert_eq!(
            (found, account.gelezen.bedrag_ct),
            (written, ct(&total["bedrag_ct"])),
            "{name}"
        );
    }
}

#[test]
fn every_register_is_read_to_its_last_row() {
    let practice = practice();
    let registers = numbers(practice.answer(&["registers"]));
    assert!(registers.len() >= 13, "{registers:?}");
    for (name, rows) in registers {
        let path = format!("sample-data/{name}");
        let entry = practice.dataset.manifest.bestanden.iter().find(|entry| entry.pad == path);
        let account = &entry.unwrap_or_else(|| panic!("{name} is not read")).account;
        let apart = account.blanco + account.koppen + account.totaalregels;
        assert_eq!(account.gelezen.regels - apart, rows.unsigned_abs(), "{name}");
    }
}

#[test]
fn every_quarter_counts_the_lines_euros_and_clients_that_were_planned() {
    let practice = practice();
    assert_eq!(practice.quarters().len(), 8);
    for (kwartaal, answer) in practice.quarters() {
        let all = |_: &Row| String::new();
        let lines = practice.of(kwartaal).count();
        let euros = sums(practice.of(kwartaal), all, "bedrag_ct")[""];
        let geteld = &answer["geteld"];
        assert_eq!(
            (lines as u64, euros),
            (ct(&geteld["regels"]).unsigned_abs(), ct(&geteld["bedrag_ct"])),
            "{kwartaal}"
        );
        assert_eq!(clients(practice.of(kwartaal), all)[""], ct(&answer["clienten"]), "{kwartaal}");
        let gemeente = |row: &Row| row["gemeente"].clone();
        let kosten = sums(practice.of(kwartaal), gemeente, "bedrag_ct");
        assert_eq!(kosten, numbers(&answer["kosten_per_gemeente_ct"]), "{kwartaal}");
        let product = |row: &Row| format!("{}/{}", row["productcode"], row["eenheid"]);
        for (column, name) in [("bedrag_ct", "bedrag_ct"), ("volume_milli", "volume_duizendsten")] {
            let found = sums(practice.of(kwartaal), product, column);
            let planned = answer["producten"].as_object().unwrap().iter();
            let planned: BTreeMap<String, i64> =
                planned.map(|(code, sum)| (code.clone(), ct(&sum[name]))).collect();
            assert_eq!(found, planned, "{kwartaal} {name}");
        }
    }
}

#[test]
fn maatwerk_is_recognised_in_the_way_and_for_the_euros_that_were_planned() {
    let practice = practice();
    for (kwartaal, answer) in practice.quarters() {
        let maatwerk = || practice.of(kwartaal).filter(|row| row["is_maatwerk"] == "true");
        let how = |row: &Row| format!("{} {}", row["gemeente"], row["maatwerk_herkenning"]);
        let mut planned = BTreeMap::new();
        let mut total = BTreeMap::new();
        for (gemeente, one) in answer["maatwerk"].as_object().unwrap() {
            for (herkenning, ct) in numbers(&one["kosten_per_herkenning_ct"]) {
                planned.insert(format!("{gemeente} {herkenning}"), ct);
            }
            total.insert(gemeente.clone(), ct(&one["kosten_ct"]));
        }
        total.retain(|_, ct| *ct != 0);
        assert_eq!(sums(maatwerk(), how, "bedrag_ct"), planned, "{kwartaal}");
        assert_eq!(
            sums(maatwerk(), |row| row["gemeente"].clone(), "bedrag_ct"),
            total,
            "{kwartaal}"
        );
        let unclear = maatwerk().filter(|row| row["basisproduct"].is_empty());
        let unclear: i64 = unclear.map(|row| number(row, "bedrag_ct")).sum();
        let planned = answer["maatwerk"]
            .as_object()
            .unwrap()
            .values()
            .map(|one| ct(&one["waarvan_dubbelzinnig_ct"]));
        assert_eq!(unclear, planned.sum::<i64>(), "{kwartaal}");
    }
}

#[test]
fn agreements_begin_run_and_end_in_the_quarters_that_were_planned() {
    let practice = practice();
    let rows = derived(&practice.dataset, "overeenkomsten_per_kwartaal");
    for (kwartaal, answer) in practice.quarters() {
        for (gemeente, one) in answer["maatwerk"].as_object().unwrap() {
            let count = |wanted: &dyn Fn(&Row) -> bool| {
                let here =
                    |row: &&Row| row["kwartaal"] == *kwartaal && row["gemeente"] == *gemeente;
                rows.iter().filter(here).filter(|row| wanted(row)).count()
            };
            let is = |row: &Row, column: &str| row[column] == "true";
            let found = [
                count(&|row| is(row, "is_nieuw")),
                count(&|row| is(row, "is_nieuw") && is(row, "is_vrije_keuze")),
                count(&|_| true),
                count(&|row| is(row, "is_vrije_keuze")),
                count(&|row| is(row, "loopt_op_einde")),
            ];
            let planned = ["nieuw", "nieuw_jr", "lopend", "lopend_jr", "lopend_op_einde"]
                .map(|key| usize::try_from(ct(&one[key])).unwrap());
            assert_eq!(found, planned, "{kwartaal} {gemeente}");
        }
    }
}

#[test]
fn coordination_has_the_minutes_clients_and_euros_that_were_planned() {
    let practice = practice();
    for (kwartaal, answer) in practice.quarters() {
        let lines = || practice.of(kwartaal).filter(|row| row["is_coordinatie"] == "true");
        let who = |row: &Row| row["aanbieder"].clone();
        let planned = |key: &str| -> BTreeMap<String, i64> {
            let all = answer["coordinatie"].as_object().unwrap().iter();
            all.map(|(name, one)| (name.clone(), ct(&one[key]))).collect()
        };
        assert_eq!(sums(lines(), who, "minuten"), planned("minuten"), "{kwartaal}");
        assert_eq!(sums(lines(), who, "bedrag_ct"), planned("bedrag_ct"), "{kwartaal}");
        assert_eq!(clients(lines(), who), planned("clienten"), "{kwartaal}");
        let coordinated: BTreeSet<&str> = lines().map(|row| row["client"].as_str()).collect();
        let mut involved: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in practice.of(kwartaal) {
            involved.entry(&row["client"]).or_default().insert(&row["aanbieder"]);
        }
        let per_number = |wanted: &dyn Fn(&str) -> bool| {
            let mut out: BTreeMap<String, i64> = BTreeMap::new();
            for (_, aanbieders) in involved.iter().filter(|(client, _)| wanted(client)) {
                *out.entry(aanbieders.len().to_string()).or_default() += 1;
            }
            out
        };
        assert_eq!(
            per_number(&|_| true),
            numbers(&answer["clienten_per_aantal_aanbieders"]),
            "{kwartaal}"
        );
        let found = per_number(&|client| coordinated.contains(client));
        assert_eq!(
            found,
            numbers(&answer["gecoordineerde_clienten_per_aantal_aanbieders"]),
            "{kwartaal}"
        );
    }
}

#[test]
fn euros_above_the_tariff_and_free_prices_are_those_that_were_planned() {
    let practice = practice();
    for (kwartaal, answer) in practice.quarters() {
        let key =
            |row: &Row| format!("{} {}/{}", row["aanbieder"], row["productcode"], row["eenheid"]);
        let mut found = sums(practice.of(kwartaal), key, "boven_tarief_ct");
        found.retain(|_, ct| *ct != 0);
        let mut planned = BTreeMap::new();
        for (aanbieder, products) in answer["boven_tarief_ct"].as_object().unwrap() {
            for (product, ct) in numbers(products) {
                planned.insert(format!("{aanbieder} {product}"), ct);
            }
        }
        assert_eq!(found, planned, "{kwartaal}");
        let key = |row: &Row| {
            format!(
                "{}/{} {} {}",
                row["productcode"], row["eenheid"], row["gemeente"], row["aanbieder"]
            )
        };
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        for (column, name) in [("bedrag_ct", "bedrag_ct"), ("volume_milli", "volume_duizendsten")] {
            let found = sums(practice.of(kwartaal), key, column);
            for price in answer["vrije_prijzen"].as_array().unwrap() {
                let [product, gemeente, aanbieder] =
                    ["product", "gemeente", "aanbieder"].map(|k| text(&price[k]));
                assert_eq!(
                    found[&format!("{product} {gemeente} {aanbieder}")],
                    ct(&price[name]),
                    "{kwartaal}"
                );
            }
        }
    }
}

#[test]
fn agreements_that_end_soon_are_those_that_were_planned() {
    let practice = practice();
    let ending = practice.answer(&["bevindingen", "aflopend"]);
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let today = day(ending["peildatum"].as_str().unwrap());
    let rows = derived(&practice.dataset, "overeenkomsten");
    for days in [30, 60, 90] {
        let found: BTreeSet<&str> = rows
            .iter()
            .filter(|row| !row["einddatum"].is_empty())
            .filter(|row| (0..=days).contains(&(day(&row["einddatum"]) - today).num_days()))
            .map(|row| row["maatwerk_id"].as_str())
            .collect();
        let planned = ending[days.to_string()].as_array().unwrap();
        assert_eq!(found, planned.iter().map(|id| id.as_str().unwrap()).collect(), "{days}");
    }
    let open: Vec<&str> = rows
        .iter()
        .filter(|row| row["einddatum"].is_empty())
        .map(|row| row["maatwerk_id"].as_str())
        .collect();
    let planned = practice.answer(&["bevindingen", "zonder_einddatum"]).as_array().unwrap();
    assert_eq!(open, planned.iter().map(|id| id.as_str().unwrap()).collect::<Vec<_>>());
}
