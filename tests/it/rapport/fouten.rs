//! What goes wrong with `rapport`: its message, its exit code, and nothing half on the disk.

use std::fs;

use crate::job::TestJob;
use crate::rapport::shown;
use crate::support::{export, files_below, root, sample_data, with};

/// A query of the user with this SQL under a good header.
fn query(sql: &str) -> String {
    let text = fs::read_to_string(root().join("queries/maatwerk_kosten.sql")).unwrap();
    let header = text.split_inclusive("---*/\n").next().unwrap();
    format!("{header}{sql}\n")
}

fn sample() -> String {
    shown(&sample_data())
}

#[test]
fn a_folder_that_exists_is_kept() {
    let job = TestJob::new().file("uit/eigen.txt", "blijft").folder("leeg").file("bestand", "x");
    let sample = sample();
    job.run(&["rapport", &sample, "--uit", "uit"]).refused(2, &["bestaat al", "--overschrijf"]);
    job.run(&["rapport", &sample, "--uit", "leeg"]).refused(2, &["bestaat al"]);
    job.run(&["rapport", &sample, "--uit", "bestand", "--overschrijf"])
        .refused(2, &["geen gewone map"]);
    job.run(&["rapport", &sample, "--uit", "uit", "--overschrijf"])
        .refused(2, &["niet door maatstaf gemaakt", "kies met --uit een andere map"]);
    assert_eq!(fs::read_to_string(job.place.path("uit/eigen.txt")).unwrap(), "blijft");
    assert_eq!(job.names(), ["bestand", "leeg", "uit"]);
}

#[test]
fn an_own_report_is_replaced_and_a_file_of_the_user_in_it_is_not() {
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    let words =
        ["rapport", "a.csv", "--regio", "oefenregio", "--kwartaal", "2025-K3", "--uit", "uit"];
    let again = [&words[..], &["--overschrijf"]].concat();
    job.run(&words).check(0, &["OK     rapport over 2025-K3", "open uit/LEESMIJ.html"]);
    let before = files_below(&job.place.path("uit"));
    job.run(&words).refused(2, &["bestaat al"]);
    job.run(&again).check(0, &[]);
    assert!(before == files_below(&job.place.path("uit")));
    job.place.write("uit/notitie.txt", "van mij");
    job.run(&again).refused(2, &["notitie.txt", "verloren zou gaan"]);
    assert_eq!(job.names(), ["a.csv", "uit"]);
    assert!(job.place.path("uit/rapport.html").is_file());
}

#[test]
fn a_quarter_and_an_audience_are_words_from_a_list() {
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    let run = |more: &[&str]| {
        job.run(&[&["rapport", "a.csv", "--regio", "oefenregio", "--uit", "uit"], more].concat())
    };
    for wrong in ["2025-3", "K3-2025", "2025-K5", "2025K3", "derde"] {
        run(&["--kwartaal", wrong]).refused(2, &[wrong, "geen kwartaal", "2025-K3"]);
    }
    run(&["--kwartaal", "2024-K1"])
        .refused(2, &["geen declaraties over 2024-K1", "2025-07 tot en met 2025-07", "--kwartaal"]);
    // One month is not a whole quarter, so that one is not chosen by itself.
    run(&[]).refused(2, &["geen kwartaal waarvan alle drie de maanden", "--kwartaal"]);
    run(&["--publiek", "iedereen"]).refused(2, &["onbekend publiek 'iedereen'", "intern of regio"]);
    run(&["--publiek", "openbaar"]).refused(2, &["'openbaar' kan nog niet", "afgerond"]);
    run(&["--peildatum", "31-02-2025"]).refused(2, &["'31-02-2025' is geen datum", "30-10-2025"]);
    assert_eq!(job.names(), ["a.csv"]);
}

#[test]
fn without_files_or_dataset_there_is_nothing_to_report() {
    let job = TestJob::new().file("leeg.csv", "");
    job.run(&["rapport"]).refused(2, &["geen BRON gegeven", "--dataset"]);
    job.run(&["rapport", "weg", "--uit", "uit"]).refused(3, &["weg bestaat niet"]);
    job.run(&["rapport", "--dataset", "weg", "--regio", "zou", "--uit", "uit"])
        .refused(3, &["de map weg bestaat niet", "maatstaf lees"]);
    job.run(&["rapport", "leeg.csv", "--regio", "zou", "--uit", "uit"])
        .check(3, &["niets herkend", "bestand is leeg"]);
    assert_eq!(job.names(), ["leeg.csv"]);
}

#[test]
fn an_own_query_that_is_wrong_is_named_with_its_line() {
    let sample = sample();
    let wrong_column = query(
        "SELECT gemente AS gemeente, kwartaal, client, aanbieder, SUM(bedrag_ct) AS bedrag_ct\nFROM declaraties\n\
         GROUP BY gemente, kwartaal, client, aanbieder",
    );
    for (sql, message) in [
        (wrong_column, &["onbekende kolom 'gemente'", "bedoelde u 'gemeente'?"][..]),
        (query("DELETE FROM declaraties"), &["'DELETE' mag niet", "precies een SELECT"]),
        (
            query("SELECT * FROM read_csv('/etc/hostname')"),
            &["'read_csv' mag niet", "alleen de tabellen van de dataset"],
        ),
        (query("SELECT 1; SELECT 2"), &["meer dan een opdracht"]),
        ("SELECT 1".to_owned(), &["eigen.sql"]),
    ] {
        let line = if sql.starts_with("/*") { "vragen/eigen.sql:19" } else { "vragen/eigen.sql" };
        let job = TestJob::new().file("vragen/eigen.sql", sql);
        let seen = job.run(&["rapport", &sample, "--uit", "uit", "--queries", "vragen"]);
        seen.refused(2, message);
        seen.check(2, &[line]);
        assert_eq!(job.names(), ["vragen"]);
    }
    let job = TestJob::new();
    job.run(&["rapport", &sample, "--uit", "uit", "--queries", "weg"])
        .refused(2, &["weg", "controleer het pad"]);
    assert_eq!(job.names(), [""; 0]);
}

#[test]
fn an_own_template_that_is_wrong_is_named_with_its_line() {
    let sample = sample();
    let page = fs::read_to_string(root().join("reports/sjabloon/rapport.html")).unwrap();
    let last = page.lines().count() + 1;
    for (text, message) in [
        (
            "een\n{% if %}\n".to_owned(),
            "eigen/rapport.html, regel 2: de schrijfwijze klopt niet".to_owned(),
        ),
        (
            page + "{{ bestaat_niet }}\n",
            format!("eigen/rapport.html, regel {last}: deze naam bestaat niet"),
        ),
    ] {
        let job = TestJob::new().file("eigen/rapport.html", text);
        job.run(&["rapport", &sample, "--uit", "uit", "--sjabloon", "eigen"])
            .refused(2, &[&message]);
        assert_eq!(job.names(), ["eigen"]);
    }
    let job = TestJob::new().folder("leeg");
    job.run(&["rapport", &sample, "--uit", "uit", "--sjabloon", "leeg"])
        .refused(2, &["staat geen sjabloon"]);
    assert_eq!(job.names(), ["leeg"]);
}

#[test]
fn a_region_file_with_a_slip_is_shown_with_its_line_and_the_nearest_key() {
    let region = fs::read_to_string(root().join("regions/oefenregio.toml")).unwrap();
    let line = 1 + region.lines().position(|line| line.starts_with("uit_producten")).unwrap();
    let job = TestJob::new().file("eigen.toml", with(&region, "uit_producten", "uit_producen"));
    job.run(&["rapport", &sample(), "--regio", "eigen.toml", "--uit", "uit"])
        .refused(2, &["eigen.toml", &format!("regel {line}"), "bedoelde u \"uit_producten\"?"]);
    assert_eq!(job.names(), ["eigen.toml"]);
}

#[test]
fn a_dataset_is_reported_on_for_its_own_region_only() {
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    job.run(&["lees", "a.csv", "--regio", "oefenregio", "--sleutel", "k", "--naar", "set"])
        .check(0, &[]);
    let run = |regio: &[&str]| {
        job.run(
            &[&["rapport", "--dataset", "set", "--kwartaal", "2025-K3", "--uit", "uit"], regio]
                .concat(),
        )
    };
    run(&["--regio", "zou"]).refused(2, &["gemaakt voor regio oefenregio", "--regio oefenregio"]);
    let region = fs::read_to_string(root().join("regions/oefenregio.toml")).unwrap();
    job.place.write("oefenregio.toml", region + "\n# later\n");
    run(&["--regio", "oefenregio.toml"]).refused(2, &["veranderd sinds de dataset is gemaakt"]);
    assert_eq!(job.names(), ["a.csv", "k", "oefenregio.toml", "set"]);
}

#[test]
fn accounts_that_do_not_close_end_with_five_and_are_on_the_first_page() {
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    job.run(&["lees", "a.csv", "--regio", "oefenregio", "--sleutel", "k", "--naar", "set"])
        .check(0, &[]);
    let path = job.place.path("set/manifest.json");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let accepted = &mut manifest["bestanden"][0]["account"]["aanvaard"]["bedrag_ct"];
    *accepted = (accepted.as_i64().unwrap() - 1).into();
    fs::write(&path, serde_json::to_string_pretty(&manifest).unwrap()).unwrap();
    let words = [
        "rapport",
        "--dataset",
        "set",
        "--regio",
        "oefenregio",
        "--kwartaal",
        "2025-K3",
        "--uit",
        "uit",
    ];
    job.run(&words).check(5, &["de telling sluit niet", "a.csv"]);
    for name in ["rapport.html", "LEESMIJ.html"] {
        let page = fs::read_to_string(job.place.path(&format!("uit/{name}"))).unwrap();
        assert!(
            page.contains("De telling sluit niet bij a.csv. Gebruik dit rapport niet"),
            "{name}"
        );
    }
    let manifest = fs::read(job.place.path("uit/herkomst/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["exit_code"], 5);
}

#[test]
fn more_rejects_than_the_region_accepts_end_with_four_and_a_report() {
    let wrong = [("referentienummer", "R2"), ("bsn", "999900007")];
    let job = TestJob::new().file("a.csv", export(&[&[], &wrong]));
    job.run(&[
        "rapport",
        "a.csv",
        "--regio",
        "oefenregio",
        "--kwartaal",
        "2025-K3",
        "--uit",
        "uit",
    ])
    .check(4, &[]);
    let page = fs::read_to_string(job.place.path("uit/rapport.html")).unwrap();
    assert!(page.contains("meer afgekeurd dan de grens van de regio"));
}

#[test]
fn a_rehearsal_writes_nothing() {
    let job = TestJob::new();
    job.run(&["rapport", &sample(), "--uit", "diep/uit", "--proef"])
        .check(0, &["er is niets geschreven", "declaraties_linde.csv", "Zou schrijven: diep/uit"]);
    assert_eq!(job.names(), [""; 0]);
}

#[test]
fn silent_means_silent_and_the_last_line_says_what_to_do_next() {
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    let words = ["rapport", "a.csv", "--regio", "oefenregio", "--kwartaal", "2025-K3"];
    let seen = job.run(&[&words[..], &["--stil", "--uit", "een"]].concat());
    assert_eq!((seen.exit, seen.out.as_str(), seen.err.as_str()), (0, "", ""));
    let seen = job.run(&words);
    seen.check(0, &[]);
    assert_eq!(
        seen.out.lines().last().unwrap(),
        "Verder: open 2025-K3_oefenregio/LEESMIJ.html in uw browser"
    );
    assert_eq!(job.names(), ["2025-K3_oefenregio", "a.csv", "een"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_report_and_keeps_the_one_there_was() {
    for blocks in [1, 8, 40, 100, 300] {
        let job = TestJob::new();
        let seen = job.shell(&format!(
            "ulimit -f {blocks}; exec \"$P\" rapport \"$S\" --stil --uit diep/uit"
        ));
        seen.check(1, &["FOUT  ", "ruimte"]);
        assert_eq!(job.names(), [""; 0], "{blocks}");
    }
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    let words = "a.csv --regio oefenregio --kwartaal 2025-K3 --stil --uit uit --overschrijf";
    job.shell(&format!("\"$P\" rapport {words}")).check(0, &[]);
    let before = files_below(&job.place.path("uit"));
    job.shell(&format!("ulimit -f 8; exec \"$P\" rapport {words}")).check(1, &["ruimte"]);
    assert!(before == files_below(&job.place.path("uit")));
    assert_eq!(job.names(), ["a.csv", "uit"]);
}
