//! The answer log: outside `intern` two answers do not tell together what one may not tell.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::{rows, vraag_in};
use crate::job::{Seen, TestJob};
use crate::support::{Place, export, files_below, read, rows_of};

const REFUSED: &[&str] =
    &["FOUT  dit antwoord is geweigerd", "minder dan 10 jeugdigen", "vraag grover"];
const HIDDEN: &str = "onderdrukt om wat eerder over deze dataset is geantwoord";

/// A BSN that could be one, different for each number.
fn bsn(n: u32) -> String {
    let mut base = 20_000_000 + n * 2;
    loop {
        let text = format!("{base:08}");
        let sum: u32 =
            (text.bytes().zip((2..=9).rev())).map(|(c, w)| u32::from(c - b'0') * w).sum();
        if sum % 11 < 10 {
            return format!("{text}{}", sum % 11);
        }
        base += 1;
    }
}

/// A dataset of 30 children in one gemeente: all have product 45A04; the first `n_other` of them have 45A53 too, and 12
/// have 45A48 too.
fn small(n_other: u32) -> (Place, PathBuf) {
    let mut lines = Vec::new();
    let mut add = |child: u32, product: &'static str| {
        let reference = format!("R{}", lines.len() + 1);
        lines.push([
            ("bsn", bsn(child)),
            ("productcode", product.to_owned()),
            ("referentienummer", reference),
        ]);
    };
    (0..30).for_each(|child| add(child, "45A04"));
    (0..n_other).for_each(|child| add(child, "45A53"));
    (10..22).for_each(|child| add(child, "45A48"));
    let cells: Vec<Vec<(&str, &str)>> = lines
        .iter()
        .map(|line| line.iter().map(|(name, text)| (*name, text.as_str())).collect())
        .collect();
    let place = Place::new();
    let file = place.write("d.csv", export(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>()));
    let folder = place.path("dataset");
    let dataset = read(&[file], &folder);
    assert_eq!(rows_of(&dataset.derived("declaraties")).len(), lines.len());
    (place, folder)
}

fn ask(job: &TestJob, folder: &std::path::Path, words: &[&str]) -> Seen {
    let more =
        ["--kwartaal", "2025-K3", "--publiek", "regio", "--dataset", folder.to_str().unwrap()];
    job.run(&[&["vraag"], words, &more].concat())
}

/// A message that tells why, and no answer.
#[track_caller]
fn refused(seen: &Seen, exit: i32, words: &[&str]) {
    seen.check(exit, words);
    assert!(seen.err.starts_with("FOUT  "), "{}", seen.err);
    assert_eq!(seen.out, "");
}

const ALL: &str = "SELECT COUNT(DISTINCT client) AS n, SUM(bedrag_ct) AS b FROM declaraties";

fn without(product: &str) -> String {
    format!("{ALL} WHERE productcode <> '{product}'")
}

fn logs(job: &TestJob) -> Vec<PathBuf> {
    let folder = job.place.path("thuis/maatstaf/logboek");
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "jsonl")).collect()
}

#[test]
fn an_answer_that_differs_by_one_child_is_refused_whichever_comes_first() {
    let (_place, folder) = small(1);
    let job = TestJob::new();
    let first = ask(&job, &folder, &[ALL]);
    first.check(0, &["30", "REGIO"]);
    let part = without("45A53");
    refused(&ask(&job, &folder, &[&part]), 6, REFUSED);
    // What was answered is answered again, and what was refused is refused again.
    assert_eq!(ask(&job, &folder, &[ALL]).out, first.out);
    refused(&ask(&job, &folder, &[&part]), 6, REFUSED);
    let other = TestJob::new();
    let before = ask(&other, &folder, &[&part]);
    before.check(0, &["30"]);
    refused(&ask(&other, &folder, &[ALL]), 6, REFUSED);
    assert_eq!(ask(&other, &folder, &[&part]).out, before.out);
    // A log that is new gives what the first gave, to the byte.
    assert_eq!(ask(&TestJob::new(), &folder, &[ALL]).out, first.out);
}

#[test]
fn euros_of_the_same_children_tell_of_few_of_them_too() {
    // Both children with the other product have the first as well: the same 30 children, and yet two of them show.
    let (_place, folder) = small(2);
    let job = TestJob::new();
    ask(&job, &folder, &["SELECT SUM(bedrag_ct) AS b FROM declaraties"]).check(0, &["B (euro)"]);
    let sql = "SELECT SUM(bedrag_ct) AS b FROM declaraties WHERE productcode IN ('45A04', '45A48')";
    refused(&ask(&job, &folder, &[sql]), 6, REFUSED);
    // A join or a subquery is no way around it.
    let sql = "SELECT SUM(x.b) AS b FROM (SELECT client, bedrag_ct AS b FROM declaraties WHERE productcode <> '45A53') AS x";
    refused(&ask(&job, &folder, &[sql]), 6, REFUSED);
    let job = TestJob::new();
    let of_one = "SELECT SUM(bedrag_ct) AS b FROM declaraties WHERE productcode = '45A04'";
    ask(&job, &folder, &[of_one]).check(0, &["B (euro)"]);
    let sql = "SELECT SUM(d.bedrag_ct) AS b FROM declaraties d JOIN declaraties e ON d.client = e.client \
               WHERE d.productcode = '45A04' AND e.productcode <> '45A48'";
    refused(&ask(&job, &folder, &[sql]), 6, REFUSED);
}

#[test]
fn a_whole_and_two_parts_of_it_do_not_tell_what_is_left() {
    let (_place, folder) = small(2);
    let of = |product: &str| format!("{ALL} WHERE productcode = '{product}'");
    let three = [ALL.to_owned(), of("45A04"), of("45A48")];
    for last in 0..3 {
        let job = TestJob::new();
        for (at, sql) in three.iter().enumerate() {
            if at != last {
                ask(&job, &folder, &[sql]).check(0, &["B (euro)"]);
            }
        }
        refused(&ask(&job, &folder, &[&three[last]]), 6, REFUSED);
    }
}

#[test]
fn an_answer_that_differs_by_enough_children_is_given() {
    let (_place, folder) = small(1);
    let job = TestJob::new();
    ask(&job, &folder, &[ALL]).check(0, &["30"]);
    ask(&job, &folder, &[&without("45A48")]).check(0, &["30"]);
    let part = format!("{ALL} WHERE productcode = '45A48'");
    ask(&job, &folder, &[&part]).check(0, &["12"]);
}

#[test]
fn another_dataset_has_a_log_of_its_own() {
    let ((_one, one), (_two, two)) = (small(1), small(2));
    let job = TestJob::new();
    ask(&job, &one, &[ALL]).check(0, &["30"]);
    ask(&job, &two, &[&without("45A53")]).check(0, &["30"]);
    refused(&ask(&job, &two, &[ALL]), 6, REFUSED);
    assert_eq!(logs(&job).len(), 2);
}

#[test]
fn intern_is_not_remembered_and_does_not_count() {
    let (_place, folder) = small(1);
    let job = TestJob::new();
    let words = ["vraag", ALL, "--kwartaal", "2025-K3", "--dataset", folder.to_str().unwrap()];
    job.run(&words).check(0, &["INTERN"]);
    assert!(logs(&job).is_empty());
    ask(&job, &folder, &[&without("45A53")]).check(0, &["30"]);
    job.run(&words).check(0, &["INTERN", "30"]);
}

#[test]
fn a_query_with_a_name_and_a_loose_question_are_laid_beside_each_other() {
    let (_place, folder) = small(2);
    let job = TestJob::new();
    ask(&job, &folder, &["jeugdigen_met_hulp", "--per", "kwartaal"]).check(0, &["30"]);
    refused(&ask(&job, &folder, &[&without("45A53")]), 6, REFUSED);
    ask(&job, &folder, &[&without("45A48")]).check(0, &["30"]);
    // And the other way round.
    let other = TestJob::new();
    ask(&other, &folder, &[&without("45A53")]).check(0, &["30"]);
    refused(&ask(&other, &folder, &["jeugdigen_met_hulp", "--per", "kwartaal"]), 6, REFUSED);
}

#[test]
fn a_limit_that_is_moved_does_not_tell_of_whom_it_passes() {
    let job = TestJob::new();
    let ask = |grens: u32| {
        let grens = format!("grens_euro={grens}");
        vraag_in(&job, &["dure_hulp", "--par", &grens, "--publiek", "regio"])
    };
    // Of the sample 19 children cost more than 30.000 euros, 21 more than 28.000 and 24 more than 25.000.
    ask(30_000).check(0, &["1.055.029,90", " 19"]);
    refused(&ask(28_000), 6, REFUSED);
    refused(&ask(25_000), 6, REFUSED);
    let job = TestJob::new();
    let path = "som.sql";
    let own = |part: &str| {
        format!(
            "/*---\ntitle = \"Som\"\nquestion = \"Hoeveel?\"\nwhy = \"Proef.\"\nkind = \"measure\"\nkeys = [\"kwartaal\"]\n\
             levels = [[\"kwartaal\"]]\nvalue = \"bedrag_ct\"\nunit = \"eurocent\"\ncontributors = [\"client\"]\n\
             measure = \"som\"\nperiod = \"kwartaal\"\nowner = \"ICM\"\nreviewed = 2026-11-26\n---*/\n\
             SELECT kwartaal, client, SUM({part}) AS bedrag_ct FROM declaraties GROUP BY kwartaal, client\n"
        )
    };
    let (_place, folder) = small(2);
    job.place.write(path, own("bedrag_ct"));
    self::ask(&job, &folder, &[path]).check(0, &["Som"]);
    // The same rows, of which some now count for nought.
    job.place.write(path, own("CASE WHEN productcode = '45A53' THEN 0 ELSE bedrag_ct END"));
    refused(&self::ask(&job, &folder, &[path]), 6, REFUSED);
}

#[test]
fn a_row_that_comes_too_near_is_hidden_and_the_others_are_shown() {
    let job = TestJob::new();
    let ask = |words: &[&str]| vraag_in(&job, &[words, &["--publiek", "regio"]].concat());
    ask(&["jeugdigen_met_hulp", "--par", "kwartaal=2025-K3"]).check(0, &["59"]);
    let sql = "SELECT gemeente, COUNT(DISTINCT client) AS n FROM declaraties \
               WHERE kwartaal = '2025-K3' AND productcode <> '45M91' GROUP BY gemeente";
    let seen = ask(&[sql]);
    seen.check(0, &[HIDDEN, "vraag grover"]);
    let wilgenoord = rows(&seen).into_iter().find(|row| row.starts_with("Wilgenoord")).unwrap();
    assert!(wilgenoord.ends_with("onderdrukt"), "{wilgenoord}");
    let shown: Vec<&str> =
        rows(&seen).into_iter().filter(|row| !row.contains("onderdrukt")).collect();
    assert!(shown.len() >= 3, "{}", seen.out);
    assert_eq!(ask(&[sql]).out, seen.out);
    // Another quarter is about other declaraties, however few children came and went.
    let seen = ask(&["jeugdigen_met_hulp", "--par", "kwartaal=2025-K2"]);
    assert!(!seen.out.contains(HIDDEN), "{}", seen.out);
}

#[test]
fn a_total_and_its_parts_do_not_tell_the_part_that_is_hidden() {
    let per = "SELECT gemeente, COUNT(DISTINCT client) AS n, SUM(bedrag_ct) AS b FROM declaraties \
               WHERE kwartaal = '2025-K3' GROUP BY gemeente";
    let total = "SELECT COUNT(DISTINCT client) AS n, SUM(bedrag_ct) AS b FROM declaraties WHERE kwartaal = '2025-K3'";
    let ask = |job: &TestJob, sql: &str| vraag_in(job, &[sql, "--publiek", "regio"]);
    let job = TestJob::new();
    let seen = ask(&job, per);
    assert_eq!(
        rows(&seen).iter().filter(|row| row.contains("onderdrukt")).count(),
        1,
        "{}",
        seen.out
    );
    refused(&ask(&job, total), 6, REFUSED);
    // The total first: then another gemeente is hidden beside the one that is small.
    let job = TestJob::new();
    ask(&job, total).check(0, &["B (euro)"]);
    let seen = ask(&job, per);
    seen.check(0, &[HIDDEN]);
    assert_eq!(
        rows(&seen).iter().filter(|row| row.contains("onderdrukt")).count(),
        2,
        "{}",
        seen.out
    );
}

#[test]
fn a_damaged_log_stops_the_question() {
    let (_place, folder) = small(1);
    let job = TestJob::new();
    ask(&job, &folder, &[ALL]).check(0, &["30"]);
    let path = logs(&job).pop().unwrap();
    let whole = fs::read_to_string(&path).unwrap();
    let cut = |at: usize| whole[..at].to_owned();
    let lines: Vec<&str> = whole.lines().collect();
    let damaged = [
        String::new(),
        cut(whole.len() / 2),
        cut(whole.len() - 1),
        whole.replacen("productcode", "", 1).replacen("bedrag_ct", "volume_milli", 1),
        format!("{}\n{}\n", lines[0], lines[2]),
        "{}\n".to_owned(),
    ];
    for text in damaged {
        fs::write(&path, &text).unwrap();
        for sql in [ALL, &without("45A53")] {
            refused(&ask(&job, &folder, &[sql]), 2, &["antwoordlogboek", "is beschadigd"]);
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    fs::write(&path, &whole).unwrap();
    ask(&job, &folder, &[ALL]).check(0, &["30"]);
}

#[test]
fn the_log_holds_questions_and_nobody_and_lies_beside_the_key() {
    let (place, folder) = small(1);
    let job = TestJob::new();
    let before = files_below(&folder);
    ask(&job, &folder, &[ALL]).check(0, &["30"]);
    ask(&job, &folder, &["jeugdigen_met_hulp", "--csv", "hulp.csv"]);
    assert_eq!(job.names(), ["hulp.csv"]);
    assert!(files_below(&folder) == before, "the dataset is as it was");
    let text = fs::read_to_string(logs(&job).pop().unwrap()).unwrap();
    assert!(text.contains("SELECT COUNT(DISTINCT client)") && text.contains("jeugdigen_met_hulp"));
    let rows = rows_of(&folder.join("afgeleid/declaraties.parquet"));
    let pseudonyms: BTreeSet<&String> = rows.iter().map(|row| &row["client"]).collect();
    assert_eq!(pseudonyms.len(), 30);
    let numbers = (0..30).map(bsn);
    for number in numbers.chain(pseudonyms.into_iter().cloned()) {
        assert!(!text.contains(number.trim_start_matches('-')), "{number}");
    }
    drop(place);
}

#[test]
fn of_two_at_once_that_do_not_go_together_one_is_answered() {
    let (_place, folder) = small(1);
    let (all, part) = (ALL.to_owned(), without("45A53"));
    for _ in 0..3 {
        let job = TestJob::new();
        let more =
            ["--kwartaal", "2025-K3", "--publiek", "regio", "--dataset", folder.to_str().unwrap()];
        let start = |sql: &String| job.start(&[&["vraag", sql.as_str()], &more[..]].concat());
        let running: Vec<_> = [&all, &part, &all, &part].map(start).into();
        let codes: Vec<_> = running.into_iter().map(|mut one| one.wait().unwrap().code()).collect();
        assert!(
            codes == [Some(0), Some(6), Some(0), Some(6)]
                || codes == [Some(6), Some(0), Some(6), Some(0)],
            "{codes:?}"
        );
    }
}

#[test]
fn a_log_that_is_full_answers_only_what_it_has() {
    let (_place, folder) = small(1);
    let job = TestJob::new();
    ask(&job, &folder, &[ALL]).check(0, &["30"]);
    let path = logs(&job).pop().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut made = format!("{}\n{}\n", lines[0], lines[1]);
    for n in 1..100 {
        made += &(lines[1]
            .replace("\"2025-10-30\"", &format!("\"20{:02}-01-01\"", n % 90))
            .replace("AS n", &format!("AS n{n}"))
            + "\n");
    }
    let hash = Sha256::digest(made.as_bytes()).iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").unwrap();
        out
    });
    fs::write(&path, format!("{made}{{\"controle\":\"{hash}\"}}\n")).unwrap();
    refused(&ask(&job, &folder, &[&without("45A48")]), 6, &["al 100 vragen beantwoord"]);
    ask(&job, &folder, &[ALL]).check(0, &["30"]);
}
