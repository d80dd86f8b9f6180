//! The program as a user runs it: messages, exit codes, and nothing left half.

use std::path::PathBuf;

use crate::job::TestJob;
use crate::support::{export, files_below, jw323_of, sample_data, with};

#[test]
fn files_without_content_end_with_their_own_message_and_code_three() {
    let job = TestJob::new().file("leeg.csv", "").folder("leeg").folder("x.csv");
    job.run(&["controleer", "leeg.csv"]).check(3, &["MS205", "bestand is leeg"]);
    job.run(&["controleer", "leeg"]).refused(3, &["geen bestanden gevonden in leeg"]);
    job.run(&["controleer", "x.csv"]).refused(3, &["geen bestanden gevonden in x.csv"]);
    job.run(&["controleer", "weg.csv"]).refused(3, &["weg.csv bestaat niet"]);
    job.run(&["controleer", "*.pdf"]).refused(3, &["*.pdf", "geen enkel bestand"]);
    job.run(&["controleer", "--als", "declaraties=weg.csv"]).refused(3, &["weg.csv bestaat niet"]);
    assert_eq!(job.names(), ["leeg", "leeg.csv", "x.csv"]);
}

#[test]
fn noise_and_broken_messages_are_refused_by_name() {
    let noise: Vec<u8> =
        (0..4096_u32).map(|i| i.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    let good = jw323_of(&["R1"]);
    let doctype = "<!DOCTYPE b [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<m:Bericht";
    let job = TestJob::new()
        .file("ruis.csv", noise)
        .file("half.xml", &good[..good.len() / 2])
        .file("dtd.xml", with(&good, "<m:Bericht", doctype))
        .file("entiteit.xml", with(&good, ">DN1<", ">&x;<"));
    job.run(&["controleer", "ruis.csv"]).check(3, &["MS204", "ruis.csv"]);
    job.run(&["controleer", "half.xml"]).check(3, &["MS251", "half.xml, regel 5"]);
    job.run(&["controleer", "dtd.xml"]).check(3, &["MS252", "dtd.xml, regel 2"]);
    job.run(&["controleer", "entiteit.xml"]).check(3, &["MS252", "entiteit.xml"]);
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let seen = job.run(&["controleer", "-v", "dtd.xml", "entiteit.xml"]);
    assert!(host.trim().is_empty() || !seen.out.contains(host.trim()));
}

#[test]
fn what_is_misspelt_is_answered_with_what_was_meant() {
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    for (words, message) in [
        (
            &["controler", "a.csv"][..],
            &["onbekende opdracht 'controler'", "bedoelde u 'controleer'?"][..],
        ),
        (
            &["controleer", "--regoi", "zou", "a.csv"],
            &["onbekende optie '--regoi'", "bedoelde u '--regio'?"],
        ),
        (
            &["controleer", "--als", "declaratis=a.csv"],
            &["onbekende tabel 'declaratis'", "bedoelde u 'declaraties'?"],
        ),
        (&["controleer", "--als", "a.csv"], &["--als declaraties=export.csv"]),
        (
            &["controleer", "--regio", "zoou", "a.csv"],
            &["onbekende regio \"zoou\"", "bedoelde u \"zou\"?"],
        ),
        (&["controleer", "--regio", "oefenregoi", "a.csv"], &["bedoelde u \"oefenregio\"?"]),
        (&["controleer"], &["geen BRON gegeven"]),
        (&["lees", "a.csv", "--naar", "d"], &["geen regio gekozen", "oefenregio"]),
        (&["lees", "a.csv", "--regio", "zou"], &["er ontbreekt: --naar"]),
        (&["oefenregio", "--naar", "o", "--regels", "veel"], &["'veel' past niet bij --regels"]),
        (&["oefenregio", "--naar"], &["--naar", "waarde"]),
        (&["oefenregio", "--naar", "a.csv"], &["a.csv is een bestand"]),
        (&["oefenregio", "--naar", "o", "--regio", "zuo"], &["bedoelde u \"zou\"?"]),
        (
            &["lees", "a.csv", "--regio", "oefenregio", "--naar", "."],
            &["geen dataset van maatstaf"],
        ),
        (&["controleer", "a.csv", "--sleutel", "a.csv"], &["geen sleutelbestand"]),
    ] {
        job.run(words).refused(2, message);
    }
    assert_eq!(job.names(), ["a.csv"]);
}

#[test]
fn a_mistake_in_a_region_file_is_shown_with_its_line_and_the_nearest_key() {
    let region =
        std::fs::read_to_string(crate::support::root().join("regions/oefenregio.toml")).unwrap();
    let line = 1 + region.lines().position(|line| line.starts_with("uit_producten")).unwrap();
    let job = TestJob::new()
        .file("a.csv", export(&[&[]]))
        .file("eigen.toml", with(&region, "uit_producten", "uit_producen"))
        .file("map/a.csv", export(&[&[]]))
        .file("map/maatstaf.toml", "regoi = \"zou\"\n");
    let place = format!("regel {line}");
    job.run(&["controleer", "a.csv", "--regio", "eigen.toml"])
        .refused(2, &["eigen.toml", &place, "uit_producten"]);
    job.run(&["controleer", "map"]).refused(2, &["maatstaf.toml", "regel 1", "regio"]);
}

#[test]
fn the_exit_code_says_how_much_was_rejected() {
    let later = [("referentienummer", "R2"), ("periode_begin", "02-07-2025")];
    let wrong = [("referentienummer", "R2"), ("bsn", "999900007")];
    let job = TestJob::new()
        .file("goed.csv", export(&[&[], &later]))
        .file("fout.csv", export(&[&[], &wrong]))
        .file("dubbel.csv", export(&[&[], &[("periode_begin", "02-07-2025")]]));
    let seen = job.run(&["controleer", "goed.csv"]);
    seen.check(
        0,
        &[
            "declaraties: 2 regels",
            "Er is niets afgekeurd",
            "OK     de telling sluit",
            "Verder: maatstaf rapport",
        ],
    );
    let seen = job.run(&["controleer", "fout.csv"]);
    seen.check(4, &["FOUT   CS002", "fout.csv, regel 3", "[verborgen]", "oplossing: ", "€ 50,00"]);
    job.run(&["controleer", "dubbel.csv"]).check(4, &["FOUT   TR314"]);
    let seen = job.run(&["controleer", "--stil", "fout.csv"]);
    assert_eq!((seen.exit, seen.out.as_str(), seen.err.as_str()), (4, "", ""));
    assert_eq!(job.names(), ["dubbel.csv", "fout.csv", "goed.csv"], "controleer keeps nothing");
}

#[test]
fn the_practice_region_is_read_into_a_dataset_that_can_be_added_to() {
    let job = TestJob::new().file("later.csv", export(&[&[("agb", "99000909")]]));
    let sample = sample_data().to_string_lossy().into_owned();
    let words = ["lees", &sample, "--naar", "data/set"];
    job.run(&words).check(
        0,
        &[
            "199 × iJw JW301 in sample-data/berichten: 222 regels",
            "Verder: maatstaf rapport --dataset data/set --regio oefenregio",
        ],
    );
    job.run(&["lees", "later.csv", "--regio", "oefenregio", "--naar", "data/set"])
        .check(0, &["later.csv"]);
    let before = files_below(&job.place.path("data"));
    let other =
        ["lees", "later.csv", "--regio", "oefenregio", "--naar", "data/set", "--sleutel", "andere"];
    job.run(&other).refused(2, &["andere sleutel"]);
    assert_eq!(files_below(&job.place.path("data")), before);
    assert_eq!(job.names(), ["andere", "data", "later.csv"]);
}

#[test]
fn messages_are_told_per_folder_and_only_unusual_ones_by_name() {
    let more =
        |id: &str, reference: &str| with(&jw323_of(&[reference]), ">B1<", &format!(">{id}<"));
    let good = jw323_of(&["R1"]);
    let job = TestJob::new()
        .file("in/m/1.xml", &good)
        .file("in/m/2.xml", more("B2", "R2"))
        .file("in/m/3.xml", more("B3", "R3"))
        .file("in/m/dubbel.xml", &good)
        .file("in/m/half.xml", &good[..good.len() / 2])
        .file("in/n/alleen.xml", more("B4", "R4"));
    let seen = job.run(&["controleer", "in"]);
    seen.check(
        0,
        &[
            "3 × iJw JW323 in in/m: 3 regels",
            "in/m/dubbel.xml · zelfde inhoud",
            "in/m/half.xml · JW323",
            "in/n/alleen.xml · iJw JW323",
        ],
    );
    assert!(!seen.out.contains("in/m/2.xml"), "{}", seen.out);
}

#[test]
fn help_is_dutch_leads_with_the_use_and_ends_with_an_example() {
    let job = TestJob::new();
    let help = job.run(&["--help"]);
    help.check(0, &["Gebruik: maatstaf OPDRACHT", "Voorbeelden:", "Uitgangscodes:"]);
    let commands = help.out.split("Opdrachten:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands: Vec<&str> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .collect();
    assert!(commands.len() >= 3 && commands.contains(&"lees"), "{commands:?}");
    for command in commands {
        for flag in ["--help", "-h"] {
            job.run(&[command, flag]).check(0, &["Gebruik: maatstaf", "Opties:", "Voorbeeld"]);
        }
    }
    let bare = job.run(&[]);
    assert_eq!((bare.exit, bare.out.as_str()), (2, ""));
    assert!(bare.err.contains("Voorbeelden:"));
    let version = format!("maatstaf {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(job.run(&["--versie"]).check(0, &[]).out, version);
    for (alias, command) in
        [("check", "controleer"), ("ingest", "lees"), ("practice", "oefenregio")]
    {
        assert_eq!(job.run(&[alias, "--help"]).out, job.run(&[command, "--help"]).out);
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_in_dutch_and_leaves_nothing() {
    let job = TestJob::new();
    for blocks in [1, 8, 40, 100] {
        let script = format!(
            "\"$P\" oefenregio --naar vol --stil 2>/dev/null; ulimit -f {blocks}; \"$P\" lees \"$S\" --sleutel k --naar set"
        );
        let job = TestJob::new();
        let seen = job.shell(&script);
        seen.check(1, &["FOUT  ", "schijf is vol of de bestandsgrens is bereikt", "maak ruimte"]);
        assert_eq!(job.names(), ["k", "vol"], "{blocks}");
    }
    let seen = job.shell("ulimit -f 20; exec \"$P\" oefenregio --naar vol");
    seen.refused(1, &["is niet te schrijven", "ruimte"]);
    job.shell("ulimit -f 20; exec \"$P\" controleer \"$S\"").refused(1, &["bestandsgrens"]);
    assert_eq!(job.names(), [""; 0]);
    // An existing dataset survives a run that does not fit.
    job.shell("\"$P\" lees \"$S\"/aanbieders.csv --regio oefenregio --sleutel k --naar set")
        .check(0, &[]);
    let before = files_below(&job.place.path("set"));
    job.shell("ulimit -f 8; exec \"$P\" lees \"$S\" --sleutel k --naar set")
        .check(1, &["bestandsgrens"]);
    assert_eq!(files_below(&job.place.path("set")), before);
    assert_eq!(job.names(), ["k", "set"]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_away_is_no_error() {
    let job = TestJob::new();
    let seen = job.shell("\"$P\" controleer \"$S\" | true; exit ${PIPESTATUS[0]}");
    assert_eq!(seen.exit, 0, "{}", seen.err);
    let seen = job.shell("\"$P\" controleer \"$S\" >&-; exit $?");
    assert_eq!(seen.exit, 0, "{}", seen.err);
    let seen = job.shell("\"$P\" controleer \"$S\" 2>&-; exit $?");
    assert_eq!(seen.exit, 0);
    assert!(seen.out.contains("de telling sluit"));
}

#[test]
fn the_practice_region_is_not_written_over_something() {
    let job = TestJob::new().file("map/eigen.txt", "blijft");
    job.run(&["oefenregio", "--naar", "map"]).refused(2, &["niet leeg"]);
    let found: Vec<PathBuf> = vec![job.place.path("map/eigen.txt")];
    assert!(found.iter().all(|path| path.is_file()));
    assert_eq!(job.names(), ["map"]);
}

#[test]
fn one_question_is_answered_on_the_screen_and_in_a_small_report() {
    let job = TestJob::new();
    let data = sample_data().display().to_string();
    job.run(&["lees", &data, "--regio", "oefenregio", "--naar", "dataset", "--stil"]).check(0, &[]);
    // A dataset in the folder `dataset` needs not be named.
    let said = job.run(&["verdeling", "--regio", "oefenregio", "--kwartaal", "2025-K3"]);
    said.check(0, &["uur zorgcoördinatie gedeclareerd", "het lot", "2025-K3_oefenregio_verdeling"]);
    assert!(!said.out.contains("maatwerkovereenkomst"), "{}", said.out);
    let page = job.read("2025-K3_oefenregio_verdeling/rapport.html");
    assert!(page.contains("Verdeling van de zorgcoördinatie 2025-K3"));
    assert!(page.contains("id=\"zorgcoordinatie\"") && !page.contains("id=\"maatwerk\""));
    job.run(&["verdeling", "--regio", "oefenregio", "--dataset", "weg"]).refused(3, &["weg"]);
}
