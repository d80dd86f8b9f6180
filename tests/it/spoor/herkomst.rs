//! `maatstaf herkomst` as a user runs it.

use serde_json::Value;

use crate::job::TestJob;
use crate::privacy::{hits, scanner};
use crate::spoor::lines;
use crate::support::{export, root, sample_data};

const ADRES: &str = "kosten_totaal/9901/2025-K3/bedrag_ct";

fn voorbeeld() -> String {
    root().join("reports/voorbeeld").to_string_lossy().into_owned()
}

fn sample() -> String {
    sample_data().to_string_lossy().into_owned()
}

/// A small report in `r`, of `exports/a.csv`.
fn small(more: &[&str]) -> TestJob {
    let job = TestJob::new().file("exports/a.csv", lines());
    let words = [
        "rapport",
        "exports",
        "--regio",
        "oefenregio",
        "--kwartaal",
        "2025-K3",
        "--uit",
        "r",
        "--stil",
    ];
    job.run(&[&words[..], more].concat()).check(0, &[]);
    job
}

#[test]
fn a_figure_tells_its_definition_its_files_and_comes_out_the_same() {
    let job = TestJob::new();
    let words = ["herkomst", ADRES, "--van", &voorbeeld(), "--bron", &sample(), "--stil"];
    job.run(&words).check(
        0,
        &[
            "nagerekend   gelijk",
            "gemeente: 9901 Wilgenoord",
            "beheer       ICM",
            "herkomst/sql/kosten_totaal.sql, dezelfde als waarmee het rapport is gemaakt",
            "precies de rijen van dit getal",
            "declaraties · sha256",
            "achter dit getal (€",
            "--regels rijen.xlsx",
        ],
    );
    let seen = job.run(&[&words[..], &["--json"]].concat());
    let value: Value = serde_json::from_str(&seen.check(0, &[]).out).unwrap();
    assert_eq!(value["nagerekend"], "gelijk");
    let files = value["bronnen"].as_array().unwrap();
    let behind = |at: usize| -> i64 {
        files.iter().map(|one| one["achter"][at].as_i64().unwrap_or(0)).sum()
    };
    assert_eq!(value["waarde"], behind(1), "the euros per file add up");
    assert_eq!(value["rijen"]["aantal"], behind(0), "the rows per file add up");
    assert!(job.names().is_empty(), "{:?}", job.names());
}

#[test]
fn a_part_of_an_address_lists_what_is_under_it_and_a_wrong_one_names_the_nearest() {
    let job = TestJob::new();
    let van = voorbeeld();
    let run = |adres: &str| job.run(&["herkomst", adres, "--van", &van]);
    job.run(&["herkomst", "--van", &van])
        .check(0, &["maatwerk_nieuw", "Nieuwe maatwerkovereenkomsten", "prijsgroep"]);
    run("maatwerk_nieuw")
        .check(0, &["maatwerk_nieuw: 480 getallen", "maatwerk_nieuw/9901", "Wilgenoord"]);
    run("maatwerk_nieuw/wilgenoord").check(0, &["maatwerk_nieuw/9901/nee"]);
    run("maatwerk_niew")
        .refused(2, &["bestaat 'maatwerk_niew' niet", "bedoelde u 'maatwerk_nieuw'?"]);
    run("kosten_totaal/9901/2025-K9")
        .refused(2, &["onder kosten_totaal/9901", "bedoelde u 'kosten_totaal/9901/2025-K"]);
    run("kosten_totaal/Wilgenord/2025-K3/bedrag_ct")
        .refused(2, &["bedoelde u 'kosten_totaal/9901'?"]);
    job.run(&["herkomst", ADRES, "--van", "weg"]).refused(2, &["weg is geen rapport van maatstaf"]);
    job.run(&["trace", ADRES]).refused(2, &["er ontbreekt: --van"]);
}

#[test]
fn a_number_computed_from_figures_says_by_which_method_and_from_what() {
    let job = TestJob::new();
    let (van, bron) = (voorbeeld(), sample());
    let run = |adres: &str| job.run(&["herkomst", adres, "--van", &van, "--bron", &bron, "--stil"]);
    run("maatwerk_oordeel/9901/2025-K3/verwacht")
        .check(0, &["nagerekend   gelijk", "docs/METHODS.md", "rust op      maatwerk_nieuw/9901"]);
    run("naijl/2025-K3/nog_te_komen_ct")
        .check(0, &["nagerekend   gelijk", "chain_ladder", "naijl_stand"]);
}

#[test]
fn rows_go_to_a_workbook_without_persons_and_never_over_another_file() {
    let job = TestJob::new().file("er.xlsx", "blijft");
    let (van, bron) = (voorbeeld(), sample());
    let run = |adres: &str, to: &str| {
        job.run(&["herkomst", adres, "--van", &van, "--bron", &bron, "--regels", to, "--stil"])
    };
    for (adres, name) in [
        (ADRES, "a.xlsx"),
        ("maatwerk_nieuw/totaal/totaal/2025-K3/aantal", "b.xlsx"),
        ("z30_werkdagen/beleid/ja/1/totaal/adviezen", "c.xlsx"),
    ] {
        run(adres, name).check(0, &[&format!("open {name} in Excel")]);
    }
    assert_eq!(job.names(), ["a.xlsx", "b.xlsx", "c.xlsx", "er.xlsx"]);
    assert_eq!(hits(&scanner(), &job.place.path("")), [""; 0]);
    run(ADRES, "er.xlsx").refused(2, &["er.xlsx bestaat al", "--overschrijf"]);
    assert_eq!(job.read("er.xlsx"), "blijft");
    run(ADRES, "rijen.csv").refused(2, &["geen naam voor een werkmap"]);
}

#[test]
fn for_others_than_icm_there_are_no_rows() {
    let job = small(&["--publiek", "regio"]);
    let words = ["herkomst", "kosten_totaal/9901/2025-K3/bedrag_ct", "--van", "r", "--stil"];
    let seen = job.run(&words);
    seen.check(0, &["waarde       onderdrukt", "nagerekend   gelijk", "onderdrukt   ja"]);
    assert!(!seen.out.contains("achter dit getal") && !seen.out.contains("150,00"), "{}", seen.out);
    job.run(&[&words[..], &["--regels", "x.xlsx"]].concat())
        .refused(2, &["rijen zijn alleen voor intern"]);
}

#[test]
fn what_is_gone_or_changed_is_named() {
    let job = small(&[]);
    let words = ["herkomst", "kosten_totaal/9901/2025-K3/bedrag_ct", "--van", "r", "--stil"];
    job.run(&words).check(0, &["waarde       € 150,00", "nagerekend   gelijk"]);
    job.place.write("exports/a.csv", export(&[&[]]));
    job.run(&words).check(3, &["€ 150,00", "exports/a.csv is veranderd: sha256 was"]);
    std::fs::remove_file(job.place.path("exports/a.csv")).unwrap();
    job.run(&words).check(3, &["exports/a.csv ontbreekt", "--bron"]);
}
