//! The pages as files: their names, what they link to, whose rows are marked, and who is told to send what.

use std::collections::BTreeMap;
use std::ffi::OsString;

use crate::support::{Place, files_below, sample_data};

/// A report of the sample for an audience.
fn report(publiek: &str) -> BTreeMap<String, Vec<u8>> {
    let place = Place::new();
    let (input, folder) = (sample_data(), place.path("uit"));
    let words = ["maatstaf", "rapport", "--stil", "--publiek", publiek, "--uit"];
    let words = words.map(OsString::from).into_iter().chain([folder.clone().into(), input.into()]);
    let outcome = maatstaf::cli::run(words);
    assert_eq!(outcome.exit as u8, 0, "{}{}", outcome.text, outcome.notes);
    files_below(&folder)
}

fn editions(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, String> {
    let pages = files.iter().filter(|(name, _)| name.starts_with("gemeenten/"));
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).unwrap().replace("&#39;", "'");
    pages.map(|(name, bytes)| (name.as_str(), text(bytes))).collect()
}

#[test]
fn every_gemeente_has_a_page_that_stands_alone() {
    let files = report("intern");
    let editions = editions(&files);
    assert_eq!(editions.len(), 8);
    let page = &editions["gemeenten/9903_s-gravenbroek.html"];
    assert!(page.contains("GEMEENTE 's-Gravenbroek – alleen voor deze gemeente"));
    assert!(page.contains("– gemeente 's-Gravenbroek, regio Oefenregio</title>"));
    for (name, page) in &editions {
        assert!(page.len() <= 500_000, "{name}: {} bytes", page.len());
        for link in page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(link.starts_with('#'), "{name}: {link}");
        }
        for file in
            ["figuren/", "tabellen/", "werklijsten/", "herkomst/", "afkeur/", ".csv", ".png"]
        {
            assert!(!page.contains(file), "{name} names {file}");
        }
    }
}

#[test]
fn only_the_own_rows_are_marked() {
    let files = report("intern");
    for (name, page) in editions(&files) {
        let naam = page.split("GEMEENTE ").nth(1).unwrap().split(" –").next().unwrap();
        let marked: Vec<&str> = page
            .split("<tr class=\"uitgelicht\">")
            .skip(1)
            .map(|rest| rest.split("</tr>").next().unwrap())
            .collect();
        assert!(marked.len() >= 4, "{name}: {}", marked.len());
        for row in marked {
            assert!(row.contains(naam), "{name}: {row}");
        }
    }
}

#[test]
fn an_edition_is_the_same_whoever_the_report_is_for() {
    let (intern, regio) = (report("intern"), report("regio"));
    let (intern, regio) = (editions(&intern), editions(&regio));
    assert_eq!(intern.len(), 8);
    assert!(intern == regio);
}

#[test]
fn the_page_to_read_first_lists_them_and_says_to_whom_they_go() {
    let files = report("intern");
    let page = std::str::from_utf8(&files["LEESMIJ.html"]).unwrap();
    assert!(page.contains("Stuur elke gemeente alleen haar eigen bestand."));
    for name in editions(&files).keys() {
        assert!(page.contains(&format!("href=\"{name}\"")), "{name}");
    }
}

#[test]
fn a_report_on_one_question_has_no_editions() {
    let place = Place::new();
    let folder = place.path("uit");
    let words = ["maatstaf", "verdeling", "--stil", "--uit"].map(OsString::from);
    let words = words.into_iter().chain([folder.clone().into(), sample_data().into()]);
    let outcome = maatstaf::cli::run(words);
    assert_eq!(outcome.exit as u8, 0, "{}{}", outcome.text, outcome.notes);
    let files = files_below(&folder);
    assert!(files.contains_key("rapport.html"));
    assert!(editions(&files).is_empty());
}
