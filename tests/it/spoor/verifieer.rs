//! `maatstaf verifieer`: every cause of a difference, and none where there is none.

use std::fs;

use serde_json::Value;

use crate::job::{Seen, TestJob};
use crate::spoor::lines;
use crate::support::{export, files_below, with};

const MANIFEST: &str = "r/herkomst/manifest.json";
const WORDS: [&str; 9] = [
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

/// A small report in `r`, of `exports`.
fn small() -> TestJob {
    let job = TestJob::new().file("exports/a.csv", lines());
    job.run(&WORDS).check(0, &[]);
    job
}

impl TestJob {
    fn verify(&self, more: &[&str]) -> Seen {
        self.run(&[&["verifieer", "r"], more].concat())
    }

    /// Changes a file of the report.
    fn edit(&self, name: &str, old: &str, new: &str) {
        let text = with(&self.read(name), old, new);
        self.place.write(name, text);
    }
}

#[test]
fn a_report_follows_from_its_files_also_elsewhere_and_from_a_dataset() {
    let job = small();
    job.verify(&[]).check(0, &["OK     r volgt uit zijn bestanden", "alle gelijk tot op de byte"]);
    let value: Value = serde_json::from_str(&job.verify(&["--json"]).check(0, &[]).out).unwrap();
    assert_eq!(value["gelijk"], true);
    fs::create_dir(job.place.path("elders")).unwrap();
    fs::rename(job.place.path("exports"), job.place.path("elders/oud")).unwrap();
    job.verify(&["--stil"]).check(3, &["exports/a.csv ontbreekt", "--bron"]);
    job.verify(&["--bron", "elders/oud"]).check(0, &["OK     "]);
    job.run(&["lees", "elders/oud", "--regio", "oefenregio", "--naar", "anders", "--stil"])
        .check(0, &[]);
    // The path as shown belongs to what a report says.
    job.verify(&["--dataset", "anders"]).check(3, &["exports/a.csv ontbreekt"]);
    fs::rename(job.place.path("elders/oud"), job.place.path("elders/exports")).unwrap();
    job.run(&["lees", "elders/exports", "--regio", "oefenregio", "--naar", "dataset", "--stil"])
        .check(0, &[]);
    job.verify(&[]).check(0, &["OK     "]);
    fs::remove_dir_all(job.place.path("elders")).unwrap();
    job.verify(&["--dataset", "dataset"]).check(0, &["OK     "]);
    let left = job.names();
    assert_eq!(left, ["anders", "dataset", "r"]);
}

#[test]
fn every_cause_of_a_difference_is_told_with_its_file() {
    type Case = (fn(&TestJob), &'static [&'static str]);
    let cases: [Case; 8] = [
        (
            |job| drop(job.place.write("exports/a.csv", export(&[&[]]))),
            &["oorzaak: de invoer is veranderd", "exports/a.csv is veranderd: sha256 was"],
        ),
        (
            |job| job.edit("r/rapport.html", "</body>", " </body>"),
            &["na het maken veranderd", "rapport.html"],
        ),
        (
            |job| fs::remove_file(job.place.path("r/rapport.xlsx")).unwrap(),
            &["een bestand van het rapport is weg", "rapport.xlsx: ontbreekt"],
        ),
        (
            |job| drop(job.place.write("r/eigen.txt", "x")),
            &["dat niet bij het rapport hoort", "eigen.txt"],
        ),
        (
            |job| job.edit("r/herkomst/sql/kosten_totaal.sql", "GROUP BY", "GROUP  BY"),
            &["een definitie (regio of query) is veranderd", "herkomst/sql/kosten_totaal.sql"],
        ),
        (
            |job| job.edit(MANIFEST, "\"kwartaal\": \"2025-K3\"", "\"kwartaal\": \"2025-K2\""),
            &[
                "de instellingen zijn veranderd",
                "de opdracht zegt --kwartaal 2025-K3, het manifest 2025-K2",
            ],
        ),
        (
            |job| {
                job.edit(
                    MANIFEST,
                    &format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION")),
                    "\"version\": \"0.0.1\"",
                );
            },
            &["een andere versie van het programma", "gemaakt met maatstaf 0.0.1, dit is"],
        ),
        (|job| job.edit(MANIFEST, "\"value\":15000}", "\"value\":15001}"), &["wordt 15000"]),
    ];
    let good = files_below(&small().place.path(""));
    for (change, words) in cases {
        let job = good.iter().fold(TestJob::new(), |job, (name, bytes)| job.file(name, bytes));
        change(&job);
        let seen = job.verify(&[]);
        seen.check(7, words);
        seen.check(7, &["FOUT  r volgt niet meer uit zijn bestanden", "oplossing:"]);
    }
}

#[test]
fn all_differences_are_told_when_asked() {
    let job = small();
    job.place.write("r/eigen.txt", "x");
    job.edit("r/LEESMIJ.html", "</body>", " </body>");
    let brief = job.verify(&[]);
    brief.check(7, &["2 verschillen", "LEESMIJ.html", "-v toont alle verschillen"]);
    assert!(!brief.out.contains("eigen.txt"), "{}", brief.out);
    job.verify(&["-v"]).check(7, &["LEESMIJ.html", "eigen.txt"]);
    let value: Value = serde_json::from_str(&job.verify(&["--json"]).check(7, &[]).out).unwrap();
    assert_eq!(value["verschillen"].as_array().unwrap().len(), 2);
}

#[test]
fn what_the_user_said_about_reading_and_looks_is_kept_in_the_report() {
    let heading = |text: String| text.replacen("bedrag;", "Te betalen;", 1);
    let sql = fs::read_to_string(crate::support::root().join("queries/kosten_totaal.sql")).unwrap();
    let css =
        fs::read_to_string(crate::support::root().join("reports/sjabloon/stijl.css")).unwrap();
    let job = TestJob::new()
        .file("exports/a.csv", heading(lines()))
        .file(
            "exports/maatstaf.toml",
            "regio = \"oefenregio\"\n[kolommen.declaraties]\n\"Te betalen\" = \"bedrag_ct\"\n",
        )
        .file("vragen/eigen_kosten.sql", sql)
        .file("vorm/stijl.css", css + "\n/* eigen */\n");
    let words = [
        "rapport",
        "exports",
        "--kwartaal",
        "2025-K3",
        "--uit",
        "r",
        "--stil",
        "--queries",
        "vragen",
        "--sjabloon",
        "vorm",
        "--stijl",
        "bedrag=1.234,56",
        "--peildatum",
        "31-10-2025",
    ];
    job.run(&words).check(0, &[]);
    let manifest: Value = serde_json::from_str(&job.read(MANIFEST)).unwrap();
    assert_eq!(manifest["reading"]["stijl"], serde_json::json!(["bedrag=1.234,56"]));
    assert!(manifest["queries"]["eigen_kosten"].is_object());
    for folder in ["vragen", "vorm"] {
        fs::remove_dir_all(job.place.path(folder)).unwrap();
    }
    fs::remove_file(job.place.path("exports/maatstaf.toml")).unwrap();
    job.verify(&["-v"]).check(0, &["OK     "]);
}

#[test]
fn a_report_of_one_question_and_one_for_others_follow_too() {
    let job = TestJob::new().file("exports/a.csv", lines());
    job.run(&["lees", "exports", "--regio", "oefenregio", "--naar", "dataset", "--stil"])
        .check(0, &[]);
    let tail = ["--regio", "oefenregio", "--kwartaal", "2025-K3", "--stil", "--uit"];
    job.run(&[&["verdeling", "--dataset", "dataset"], &tail[..], &["v"]].concat()).check(0, &[]);
    job.run(&[&["rapport", "exports", "--publiek", "regio"], &tail[..], &["p"]].concat())
        .check(0, &[]);
    fs::remove_dir_all(job.place.path("dataset")).unwrap();
    for map in ["v", "p"] {
        job.run(&["verifieer", map, "-v"]).check(0, &["OK     "]);
    }
    job.run(&["verify", "exports"]).refused(2, &["geen rapport van maatstaf"]);
}
