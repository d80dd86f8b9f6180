mod forms;
mod grants;
mod signals;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::*;

/// A folder of its own for one test, removed when the test is done.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("maatstaf-practice-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        Self(path)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = [folder.to_owned(), folder.join("berichten")]
        .iter()
        .flat_map(|place| fs::read_dir(place).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found
}

fn made(name: &str) -> (Place, Summary, Value) {
    let place = Place::new(name);
    let summary = generate(&Options::default(), &place.0).unwrap();
    let answers =
        serde_json::from_slice(&fs::read(place.0.join("antwoorden.json")).unwrap()).unwrap();
    (place, summary, answers)
}

fn ct(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_does_not() {
    let (one, summary, _) = made("one");
    let (two, _, _) = made("two");
    let other = Place::new("other");
    generate(&Options { zaad: 8, ..Options::default() }, &other.0).unwrap();
    let names = |place: &Place| -> Vec<PathBuf> {
        files(&place.0).iter().map(|path| path.strip_prefix(&place.0).unwrap().to_owned()).collect()
    };
    assert_eq!(names(&one), names(&two));
    assert_eq!(names(&one).len() as u64, summary.bestanden);
    for name in names(&one) {
        assert_eq!(
            fs::read(one.0.join(&name)).unwrap(),
            fs::read(two.0.join(&name)).unwrap(),
            "{name:?}"
        );
    }
    let linde = "declaraties_linde.csv";
    assert_ne!(fs::read(one.0.join(linde)).unwrap(), fs::read(other.0.join(linde)).unwrap());
}

#[test]
fn the_small_run_stays_within_five_megabytes() {
    let (place, _, _) = made("small");
    let bytes: u64 = files(&place.0).iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(bytes <= 5_000_000, "{bytes}");
}

#[test]
fn every_promised_code_is_planted_and_the_sum_of_rejects_is_small() {
    let (_place, _, answers) = made("codes");
    let codes: BTreeSet<&str> =
        answers["afkeur"].as_object().unwrap().keys().map(String::as_str).collect();
    let promised = BTreeSet::from([
        "CD041", "CD060", "CD075", "CD076", "CD077", "CD078", "CD079", "CD087", "CS002", "CS003",
        "CS015", "CS025", "CS100", "CS319", "CS325", "CS335", "CS336", "CS337", "CS338", "CS339",
        "CS340", "JW325", "MS001", "MS002", "MS003", "MS004", "MS005", "MS007", "MS201", "MS202",
        "MS203", "MS204", "MS205", "MS208", "MS212", "MS213", "MS214", "MS215", "MS216", "MS217",
        "MS218", "MS219", "MS221", "MS222", "MS223", "MS224", "MS225", "MS251", "MS252", "MS253",
        "MS254", "MS260", "MS261", "MS262", "MS263", "MS265", "MS267", "MS269", "MS270", "MS271",
        "MS272", "MS273", "MS275", "MS276", "MS278", "MS279", "MS280", "MS281", "MS283", "OP192",
        "OP354", "OP366", "RS001", "RS005", "RS006", "RS012", "RS032", "RS035", "RS036", "RS037",
        "RS047", "TR056", "TR101", "TR137", "TR302", "TR304", "TR307", "TR308", "TR314", "TR315",
        "TR316", "TR319", "TR321", "TR322", "TR323", "TR332", "TR333", "TR337", "TR338", "TR339",
        "TR340", "TR341", "TR342", "TR346", "TR358", "TR366", "TR367", "TR369", "TR376", "TR381",
        "TR384", "TR387", "TR388", "TR389", "TR390", "TR416", "XSD",
    ]);
    assert_eq!(codes, promised);
    let reken = &answers["reken"];
    let rejected: i64 =
        ["afgekeurd_rij", "afgekeurd_bestand", "afgekeurd_over_rijen", "afgewezen_jw325"]
            .iter()
            .map(|account| ct(&reken[account]["bedrag_ct"]))
            .sum();
    assert!(rejected > 0 && rejected * 50 < ct(&reken["gelezen"]["bedrag_ct"]));
    assert_eq!(answers["totalen"]["declaraties_linde.csv"]["lege_regels"], 1);
}

#[test]
fn the_accounts_close_and_agree_with_the_totals_per_file() {
    let (_place, summary, answers) = made("accounts");
    for key in ["regels", "bedrag_ct"] {
        let reken = answers["reken"].as_object().unwrap();
        let parts: i64 =
            reken.iter().filter(|(name, _)| *name != "gelezen").map(|(_, sum)| ct(&sum[key])).sum();
        let files: i64 =
            answers["totalen"].as_object().unwrap().values().map(|total| ct(&total[key])).sum();
        assert_eq!(parts, ct(&reken["gelezen"][key]));
        assert_eq!(parts, files);
    }
    assert_eq!(
        summary.bedrag_ct,
        ct(&answers["reken"]["gelezen"]["bedrag_ct"])
            - ct(&answers["reken"]["dubbel"]["bedrag_ct"])
    );
    let quarters: i64 = answers["kwartalen"]
        .as_object()
        .unwrap()
        .values()
        .map(|q| ct(&q["geteld"]["regels"]))
        .sum();
    assert!(
        quarters < ct(&answers["reken"]["geteld"]["regels"]),
        "the thin month lies outside the quarters"
    );
}

#[test]
fn records_stand_on_the_lines_that_the_answers_name() {
    let (place, _, answers) = made("lines");
    let mut checked = 0;
    for (code, hits) in answers["afkeur"].as_object().unwrap() {
        for hit in hits.as_array().unwrap().iter().filter(|hit| hit["referentie"].is_string()) {
            let record = record(&place.0, hit["bestand"].as_str().unwrap(), ct(&hit["regel"]));
            assert!(record.contains(hit["referentie"].as_str().unwrap()), "{code}: {hit}");
            checked += 1;
        }
    }
    assert!(checked >= 40, "{checked}");
}

/// What stands at a place, read by others than this program.
fn record(folder: &Path, file: &str, regel: i64) -> String {
    let skip = usize::try_from(regel - 1).unwrap();
    if let Some((zip, name)) = file.split_once(".zip/") {
        let bytes = fs::File::open(folder.join(format!("{zip}.zip"))).unwrap();
        let mut archive = zip::ZipArchive::new(bytes).unwrap();
        let text = std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
        return text.lines().skip(skip).take(3).collect();
    }
    let path = folder.join(file);
    let is = |end: &str| path.extension().is_some_and(|found| found == end);
    if is("xlsx") {
        return forms::sheet(&path).0[skip].iter().map(ToString::to_string).collect();
    }
    if is("parquet") {
        return forms::parquet_row(&path, skip);
    }
    let bytes = fs::read(path).unwrap();
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|fault| encoding_rs::WINDOWS_1252.decode(fault.as_bytes()).0.into_owned());
    // A prestatie names its reference two lines below the line on which it begins.
    text.lines().skip(skip).take(3).collect()
}

#[test]
fn an_independent_sum_of_a_tab_export_gives_the_total_of_its_file() {
    let (place, _, answers) = made("sum");
    let bytes = fs::read(place.0.join("declaraties_blauwe_anker.csv")).unwrap();
    let text = encoding_rs::WINDOWS_1252.decode(&bytes).0;
    let mut cents = 0;
    for row in text.lines().filter(|row| row.contains("\tR0")) {
        let cells: Vec<&str> = row.split('\t').collect();
        let digits: String = cells[10].chars().filter(char::is_ascii_digit).collect();
        let amount: i64 = digits.parse().unwrap();
        cents += if cells[11] == "C" { -amount } else { amount };
    }
    assert_eq!(cents, ct(&answers["totalen"]["declaraties_blauwe_anker.csv"]["bedrag_ct"]));
}

#[test]
fn the_findings_are_there_to_be_found() {
    let (_place, _, answers) = made("findings");
    let quarter = &answers["kwartalen"]["2025-K3"];
    let nieuw = |code: &str| {
        ct(&quarter["maatwerk"][code]["nieuw"]) - ct(&quarter["maatwerk"][code]["nieuw_jr"])
    };
    let others: i64 = ["9901", "9902", "9903", "9904", "9905", "9907", "9908"]
        .iter()
        .map(|code| nieuw(code))
        .sum();
    assert!(nieuw("9906") > others, "{} against {others}", nieuw("9906"));
    let coordinatie = quarter["coordinatie"].as_object().unwrap();
    let total: i64 = coordinatie.values().map(|one| ct(&one["minuten"])).sum();
    assert!(ct(&coordinatie["De Linde"]["minuten"]) * 100 > total * 35);
    assert_eq!(quarter["boven_tarief_ct"].as_object().unwrap().len(), 2);
    let prices = quarter["vrije_prijzen"].as_array().unwrap();
    for product in ["54A10/01", "42A03/82"] {
        assert!(prices.iter().filter(|one| one["product"] == product).count() >= 10);
    }
    let endings = &answers["bevindingen"]["aflopend"];
    assert!(endings["30"].as_array().unwrap().len() < endings["60"].as_array().unwrap().len());
    assert!(endings["60"].as_array().unwrap().len() < endings["90"].as_array().unwrap().len());
}

#[test]
fn a_folder_with_something_in_it_is_refused_in_dutch_and_left_alone() {
    let place = Place::new("filled");
    fs::create_dir_all(&place.0).unwrap();
    fs::write(place.0.join("eigen.txt"), "blijft").unwrap();
    let error = generate(&Options::default(), &place.0).unwrap_err().to_string();
    assert!(error.contains("niet leeg"), "{error}");
    assert_eq!(files_of_top(&place.0), 1);
    fs::remove_file(place.0.join("eigen.txt")).unwrap();
    generate(&Options { regels: 1, zaad: 1, ..Options::default() }, &place.0).unwrap();
}

fn files_of_top(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[test]
fn messages_validate_against_the_published_schemas_when_these_are_at_hand() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/ijw/xsd");
    let known = Command::new("xmllint").arg("--version").output().is_ok();
    if !schemas.is_dir() || !known {
        eprintln!("overgeslagen: xmllint of de map {} ontbreekt", schemas.display());
        return;
    }
    let (place, _, answers) = made("schemas");
    // Messages that are wrong on purpose need not validate.
    let wrong: BTreeSet<&str> = answers["afkeur"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(code, _)| code.starts_with(['C', 'M', 'O', 'R', 'X']))
        .flat_map(|(_, hits)| hits.as_array().unwrap())
        .map(|hit| hit["bestand"].as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    for kind in ["JW301", "JW323", "JW325"] {
        let of_kind: Vec<PathBuf> = files(&place.0.join("berichten/.."))
            .into_iter()
            .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(kind))
            .filter(|path| !wrong.contains(&*path.file_name().unwrap().to_string_lossy()))
            .collect();
        assert!(of_kind.len() > 100, "{kind}");
        let schema = schemas.join(format!("{kind}.xsd"));
        let out = Command::new("xmllint")
            .args(["--noout", "--schema"])
            .arg(&schema)
            .args(&of_kind)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&out.stderr);
        assert!(
            out.status.success(),
            "{}",
            text.lines().find(|line| line.contains("error")).unwrap_or_default()
        );
    }
}
