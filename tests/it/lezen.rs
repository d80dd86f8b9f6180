//! Reading: nothing gets lost, the order of files means nothing, and a dataset is whole or absent.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use maatstaf::dataset::Dataset;
use maatstaf::dataset::manifest::{Manifest, Sum};
use maatstaf::rejects::Reject;
use maatstaf::run::Interrupted;
use maatstaf::typing::pseudonym::Key;

use crate::support::{
    PRODUCT, Place, Row, all_derived, derived, export, files_below, jw301, jw323_of, jw325, key,
    number, read, read_into, root, rows_of, sample_data, with,
};

/// What must not depend on order or batching: derived tables as sorted rows, the account per content, and what rules
/// across files say.
type Outcome = (BTreeMap<String, Vec<Row>>, String, Vec<Reject>);

fn outcome(dataset: &Dataset) -> Outcome {
    let mut tables = all_derived(dataset);
    for rows in tables.values_mut() {
        rows.sort();
    }
    let accounts = serde_json::to_string(&dataset.manifest.rapportage).unwrap();
    (tables, accounts, dataset.rejects().unwrap())
}

/// The accounts close, and agree with rows and cents counted again in the tables themselves.
#[track_caller]
fn check_conservation(dataset: &Dataset) {
    let manifest: &Manifest = &dataset.manifest;
    assert_eq!(manifest.open_accounts(), [""; 0]);
    let mut stored: BTreeMap<String, Sum> = BTreeMap::new();
    for (name, _) in files_below(&dataset.folder().join("basis")) {
        for row in rows_of(&dataset.folder().join("basis").join(&name)) {
            let is_declaratie = name.starts_with("declaraties/");
            let bedrag_ct = if is_declaratie { number(&row, "bedrag_ct") } else { 0 };
            stored.entry(row["bron"].clone()).or_default().add(Sum { regels: 1, bedrag_ct });
        }
    }
    for entry in manifest.bestanden.iter().filter(|entry| entry.dubbel_van.is_empty()) {
        let bron = entry.sha256.get(..16).unwrap_or_default();
        let rows = stored.remove(bron).unwrap_or_default();
        assert_eq!(rows, entry.account.aanvaard, "{}", entry.pad);
    }
    assert!(stored.is_empty(), "rows of no file: {stored:?}");
    let mut reported: BTreeMap<(String, String), Sum> = BTreeMap::new();
    for (table, counted) in [("declaraties", "geteld"), ("declaraties_niet_geteld", "")] {
        for row in derived(dataset, table) {
            let uitkomst = row.get("uitkomst").map_or(counted, String::as_str).to_owned();
            let sum = Sum { regels: 1, bedrag_ct: number(&row, "bedrag_ct") };
            reported.entry((row["bron"].clone(), uitkomst)).or_default().add(sum);
        }
    }
    for (bron, account) in &manifest.rapportage {
        for (uitkomst, sum) in &account.uitkomsten {
            let found = reported.remove(&(bron.clone(), uitkomst.name().to_owned()));
            assert_eq!(found, Some(*sum), "{bron} {}", uitkomst.name());
        }
    }
    assert!(reported.is_empty(), "{reported:?}");
}

#[test]
fn nothing_gets_lost_in_the_practice_region() {
    let place = Place::new();
    check_conservation(&read(&[sample_data()], &place.path("dataset")));
}

#[test]
fn nothing_gets_lost_in_broken_files() {
    let place = Place::new();
    let good = export(&[
        &[],
        &[("referentienummer", "R2"), ("bedrag", "x"), ("periode_begin", "02-07-2025")],
    ]);
    // Six records: good, without amount, ragged, open quote, blank, wrong BSN with its amount.
    let broken = format!("{good}9901;te kort\n9901;\"open;{}\n\n{}\n", ";".repeat(12), {
        let bad = export(&[&[("bsn", "999900007"), ("referentienummer", "R3")]]);
        bad.lines().nth(1).unwrap().to_owned()
    });
    place.write("in/a.csv", &broken);
    place.write("in/b.csv", &broken);
    place.write("in/m.xml", jw323_of(&["R1", "R2"]));
    let wrong_total = jw323_of(&["R3", "R4"]).replace("TotaalBedrag>10000<", "TotaalBedrag>9999<");
    place.write("in/n.xml", with(&wrong_total, ">B1<", ">B2<"));
    let half = jw323_of(&["R5", "R6"]);
    place.write("in/o.xml", &half[..half.find("R6").unwrap()]);
    place.write("in/p.txt", "niets van dit alles");
    let dataset = read(&[place.path("in")], &place.path("dataset"));
    check_conservation(&dataset);
    let account = |name: &str| {
        let entry =
            dataset.manifest.bestanden.iter().find(|entry| entry.pad == format!("in/{name}"));
        entry.unwrap().account
    };
    let sum = |regels, bedrag_ct| Sum { regels, bedrag_ct };
    let a = account("a.csv");
    assert_eq!((a.gelezen, a.aanvaard, a.afgekeurd), (sum(6, 10_000), sum(1, 5000), sum(4, 5000)));
    assert_eq!((a.blanco, a.onleesbaar_bedrag, a.dubbel), (1, 3, sum(0, 0)));
    let b = account("b.csv");
    assert_eq!(
        (b.gelezen, b.dubbel, b.aanvaard, b.blanco),
        (sum(6, 10_000), sum(5, 10_000), sum(0, 0), 1)
    );
    assert_eq!(account("m.xml").aanvaard, sum(2, 10_000));
    assert_eq!(
        (account("n.xml").gelezen, account("n.xml").afgekeurd),
        (sum(2, 10_000), sum(2, 10_000))
    );
    assert_eq!(
        (account("o.xml").gelezen, account("o.xml").afgekeurd),
        (sum(1, 5000), sum(1, 5000))
    );
    assert_eq!(account("p.txt").gelezen, sum(0, 0));
}

/// Files that all say something about each other.
fn entangled(place: &Place) -> Vec<PathBuf> {
    let t7 = ("toewijzingnummer", "T7");
    let credit =
        |name| [("referentienummer", name), ("vorig_referentienummer", "R1"), ("bedrag", "-50,00")];
    let loose =
        [("referentienummer", "C9"), ("vorig_referentienummer", "R99"), ("bedrag", "-50,00")];
    let again = [("referentienummer", "R3"), t7];
    let first = jw323_of(&["R1", "R2"]);
    vec![
        place.write("in/a.csv", export(&[&[], &[("referentienummer", "R2"), t7]])),
        // The same reference once more, and the same prestatie under another one.
        place.write("in/b.csv", export(&[&[], &again])),
        place.write("in/c.csv", export(&[&credit("C1"), &loose])),
        place.write("in/d.csv", export(&[&credit("C2"), &credit("C3")])),
        place.write("in/m.xml", &first),
        // The same message with one line more.
        place.write("in/n.xml", jw323_of(&["R1", "R2", "R4"])),
        place.write("in/x.xml", jw325("B1", 10_000, &["R2"])),
        // A toewijzing, and its withdrawal a month later.
        place.write("in/t.xml", jw301(10_001, PRODUCT, "")),
        place.write("in/u.xml", withdrawn(10_001)),
    ]
}

fn withdrawn(nummer: u32) -> String {
    let later = jw301(
        nummer,
        PRODUCT,
        "<m:Einddatum>2025-01-01</m:Einddatum><m:RedenWijziging>13</m:RedenWijziging>",
    );
    with(&later, "2024-12-01", "2025-01-15")
}

#[test]
fn any_order_and_any_batching_gives_the_same_derived_tables() {
    let place = Place::new();
    let files = entangled(&place);
    let whole = read(&files, &place.path("alles"));
    check_conservation(&whole);
    let expected = outcome(&whole);
    let codes: Vec<&str> = expected.2.iter().map(|r| r.code.as_str()).collect();
    for code in ["TR314", "TR389", "TR390", "TR323", "TR384", "MS002"] {
        assert!(codes.contains(&code), "the files no longer provoke {code}: {codes:?}");
    }
    // In two goes: each file and each pair before all others, and after them.
    let n = u32::try_from(files.len()).unwrap();
    let is_small = |first: &usize| first.count_ones() <= 2 || first.count_ones() >= n - 2;
    for first in (1..(1_usize << n) - 1).filter(is_small) {
        let of = |wanted: bool| -> Vec<PathBuf> {
            let pick = files.iter().enumerate().filter(|(i, _)| ((first >> i) & 1 == 1) == wanted);
            pick.map(|(_, path)| path.clone()).collect()
        };
        let target = place.path(&format!("twee-{first}"));
        read(&of(true), &target);
        let found = outcome(&read(&of(false), &target));
        assert_eq!(found, expected, "first {:?}", of(true));
    }
    // One by one: backwards, and forwards from two places.
    for (turn, is_reversed) in [(0, true), (2, false), (5, false)] {
        let mut order = files.clone();
        order.rotate_left(turn);
        if is_reversed {
            order.reverse();
        }
        let target = place.path(&format!("een-{turn}"));
        for file in &order {
            read(std::slice::from_ref(file), &target);
        }
        assert_eq!(outcome(&Dataset::open(&target).unwrap()), expected, "{order:?}");
    }
}

#[test]
fn the_practice_region_may_come_in_two_goes() {
    let place = Place::new();
    let expected = outcome(&read(&[sample_data()], &place.path("alles")));
    // A file is shown by the folder that was offered, so that both goes must offer the same names.
    let copy = place.path("sample-data");
    for half in 0..2_usize {
        for (i, (name, bytes)) in files_below(&sample_data()).into_iter().enumerate() {
            if (i + half) % 2 == 0 {
                place.write(&format!("sample-data/{name}"), bytes);
            }
        }
        let dataset = read(std::slice::from_ref(&copy), &place.path("delen"));
        if half == 0 {
            fs::remove_dir_all(&copy).unwrap();
        } else {
            let found = outcome(&dataset);
            assert_eq!(found.0, expected.0);
            assert_eq!(found.1, expected.1);
            // Of two files with the same content the one that came first is the one that is kept.
            let without_doubles = |rejects: Vec<Reject>| -> Vec<Reject> {
                let kept = rejects.into_iter().filter(|reject| reject.code != "MS002");
                kept.map(|reject| Reject { file: reject.file.replace("_opnieuw", ""), ..reject })
                    .collect()
            };
            assert_eq!(without_doubles(found.2), without_doubles(expected.2.clone()));
            check_conservation(&dataset);
        }
    }
}

#[test]
fn the_same_file_in_the_same_place_is_no_news_and_elsewhere_a_double() {
    let place = Place::new();
    let text = export(&[&[], &[("referentienummer", "R2"), ("periode_begin", "02-07-2025")]]);
    let file = place.write("in/a.csv", &text);
    let target = place.path("dataset");
    let first = read(std::slice::from_ref(&file), &target);
    let expected = outcome(&first);
    let again = read(std::slice::from_ref(&file), &target);
    assert_eq!(outcome(&again), expected);
    assert_eq!(again.manifest, first.manifest);
    let elsewhere = place.write("later/kopie.csv", &text);
    let doubled = read(&[elsewhere], &target);
    assert_eq!(outcome(&doubled).0, expected.0);
    let entry = doubled.manifest.bestanden.iter().find(|entry| entry.pad == "kopie.csv").unwrap();
    assert_eq!(
        (entry.dubbel_van.as_str(), entry.account.dubbel),
        ("a.csv", Sum { regels: 2, bedrag_ct: 10_000 })
    );
    assert_eq!(doubled.rejects().unwrap()[0].code, "MS002");
    check_conservation(&doubled);
}

#[test]
fn what_comes_next_month_changes_what_was_read_this_month() {
    let place = Place::new();
    let target = place.path("dataset");
    let message = place.write("in/m.xml", jw323_of(&["R1", "R2", "R3"]));
    let old = place.write("in/t.xml", jw301(10_003, PRODUCT, ""));
    let state = |dataset: &Dataset| -> Vec<String> {
        let counted = derived(dataset, "declaraties")
            .into_iter()
            .map(|r| (r["referentienummer"].clone(), r["status"].clone()));
        let others = derived(dataset, "declaraties_niet_geteld").into_iter();
        let others = others.map(|r| (r["referentienummer"].clone(), r["uitkomst"].clone()));
        let mut all: Vec<String> = counted.chain(others).map(|(r, s)| format!("{r} {s}")).collect();
        all.sort();
        all
    };
    let dataset = read(&[message, old], &target);
    assert_eq!(state(&dataset), ["R1 ingediend", "R2 ingediend", "R3 ingediend"]);
    assert_eq!(derived(&dataset, "toewijzingen").len(), 1);
    let answer = place.write("okt/x.xml", jw325("B1", 15_000, &["R2"]));
    let dataset = read(&[answer], &target);
    assert_eq!(state(&dataset), ["R1 toegekend", "R2 afgewezen", "R3 toegekend"]);
    let credit = with(&jw323_of(&["R9<R1"]), ">B1<", ">B2<").replace(">10009<", ">10001<");
    let credit = place.write("nov/c.xml", credit);
    let dataset = read(&[credit], &target);
    assert_eq!(state(&dataset), ["R1 verrekend", "R2 afgewezen", "R3 toegekend", "R9 verrekend"]);
    let newer = place.write("dec/u.xml", withdrawn(10_003));
    let dataset = read(&[newer], &target);
    assert_eq!(state(&dataset), ["R1 verrekend", "R2 afgewezen", "R3 afgekeurd", "R9 verrekend"]);
    assert_eq!(derived(&dataset, "toewijzingen").len(), 0);
    assert!(dataset.rejects().unwrap().iter().any(|reject| reject.code == "TR384"));
    check_conservation(&dataset);
}

#[test]
fn another_key_on_a_dataset_is_refused_and_changes_nothing() {
    let place = Place::new();
    let file = place.write("in/a.csv", export(&[&[]]));
    let target = place.path("dataset");
    read(std::slice::from_ref(&file), &target);
    let before = files_below(&target);
    let Err(error) = read_into(&[file], &target, &Key::new([8; 32]), false) else {
        panic!("should refuse")
    };
    assert!(error.to_string().contains("andere sleutel"), "{error}");
    assert_eq!(files_below(&target), before);
    assert_eq!(place.names(), ["dataset", "in"]);
}

#[test]
fn a_folder_that_is_no_dataset_is_refused_and_kept() {
    let place = Place::new();
    let file = place.write("in/a.csv", export(&[&[]]));
    place.write("eigen/brief.txt", "blijft");
    place.write("kapot/manifest.json", "{");
    for (name, word) in
        [("eigen", "geen dataset"), ("kapot", "beschadigd"), ("in/a.csv", "geen dataset")]
    {
        let Err(error) = read_into(std::slice::from_ref(&file), &place.path(name), &key(), false)
        else {
            panic!("{name} should be refused")
        };
        assert!(error.to_string().contains(word), "{error}");
    }
    assert_eq!(fs::read_to_string(place.path("eigen/brief.txt")).unwrap(), "blijft");
    assert_eq!(place.names(), ["eigen", "in", "kapot"]);
    assert_eq!(files_below(&place.path("in")).len(), 1);
}

#[test]
fn a_run_that_stops_leaves_nothing_and_keeps_what_was_there() {
    let place = Place::new();
    let file = place.write("in/a.csv", export(&[&[]]));
    let target = place.path("dataset");
    let Err(error) = read_into(std::slice::from_ref(&file), &target, &key(), true) else {
        panic!("should stop")
    };
    assert!(error.is::<Interrupted>());
    assert_eq!(place.names(), ["in"]);
    read(&[file], &target);
    let before = files_below(&target);
    let more = place.write("in/b.csv", export(&[&[("referentienummer", "R2")]]));
    let Err(error) = read_into(&[more], &target, &key(), true) else { panic!("should stop") };
    assert!(error.is::<Interrupted>());
    let Err(error) = read_into(&[place.path("weg.csv")], &target, &key(), false) else {
        panic!("should refuse")
    };
    assert!(error.to_string().contains("bestaat niet"), "{error}");
    assert_eq!(files_below(&target), before);
    assert_eq!(place.names(), ["dataset", "in"]);
}

#[test]
fn the_published_messages_are_read_as_they_should_be() {
    let samples = root().join("../shared/reference/ijw/samples");
    if !samples.is_dir() {
        println!("overgeslagen: geen voorbeeldberichten naast het project");
        return;
    }
    let place = Place::new();
    // Their gemeente is none of the practice region: they are looked at without a region.
    let region = maatstaf::region::Region::without();
    let job = maatstaf::run::Lees {
        inputs: &[samples],
        target: &place.path("dataset"),
        region: &region,
        aliases: &region.aliases,
        forced: &BTreeMap::new(),
        stijlen: &[],
        key: &key(),
        stop: &std::sync::atomic::AtomicBool::new(false),
    };
    let dataset = maatstaf::run::lees(&job, &mut maatstaf::run::Silent).unwrap();
    check_conservation(&dataset);
    let counted = derived(&dataset, "declaraties");
    let total: i64 = counted.iter().map(|row| number(row, "bedrag_ct")).sum();
    assert_eq!((counted.len(), total), (4, 58_000));
    let rejects = dataset.rejects().unwrap();
    let of = |code: &str| -> Vec<&Reject> {
        rejects.iter().filter(|reject| reject.code == code).collect()
    };
    assert_eq!(of("TR314").iter().map(|r| r.bedrag_ct).collect::<Vec<_>>(), [Some(21_000)]);
    assert!(of("MS007").iter().all(|r| r.found == "10073") && of("MS007").len() == 2);
    assert_eq!(of("TR337").len(), 1);
    assert_eq!(of("MS254").len(), 11);
    assert_eq!(
        dataset.manifest.bestanden.iter().filter(|e| e.lezing.format.starts_with("iJw JW")).count(),
        14
    );
    assert_eq!(
        rejects
            .iter()
            .filter(|r| !["TR314", "MS007", "TR337", "MS254", "MS204"].contains(&r.code.as_str()))
            .count(),
        0
    );
}

#[test]
fn the_check_of_the_published_messages_names_them_all_and_shows_no_client() {
    let samples = root().join("../shared/reference/ijw/samples");
    if !samples.is_dir() {
        println!("overgeslagen: geen voorbeeldberichten naast het project");
        return;
    }
    let words = ["maatstaf".into(), "controleer".into(), samples.clone().into_os_string()];
    let outcome = maatstaf::cli::run(words);
    assert!([0, 4].contains(&(outcome.exit as u8)), "{}", outcome.text);
    let mut clients = 0;
    for (name, bytes) in files_below(&samples).iter().filter(|(name, _)| name.starts_with("JW")) {
        assert!(outcome.text.contains(&format!("samples/{name}")), "{name} in:\n{}", outcome.text);
        let text = String::from_utf8_lossy(bytes);
        for part in text.split("Bsn>").filter(|part| part.len() > 9) {
            let bsn: String = part.chars().take_while(char::is_ascii_digit).collect();
            assert!(bsn.is_empty() || !outcome.text.contains(&bsn), "{name}");
            clients += usize::from(bsn.len() == 9);
        }
    }
    assert!(clients >= 10, "{clients}");
    for words in ["TR314", "€ 210,00", "€ 790,00", "€ 580,00", "MS007", "10073", "TR337"] {
        assert!(outcome.text.contains(words), "{words} in:\n{}", outcome.text);
    }
}
