//! What every chapter, figure and table of the page has, whatever was supplied.

use crate::rapport::regios::{declaraties, of};
use crate::rapport::{Report, sample};
use crate::support::is_of_kind;

/// Bytes of the page of the sample: it goes by mail, and grows with every figure.
const MAX_BYTES: usize = 480_000;

/// The chapters of a page: anchor and HTML.
fn chapters(report: &Report) -> Vec<(&str, &str)> {
    let html = report.text("rapport.html");
    let parts = html.split("<section id=\"").skip(1);
    parts.map(|part| part.split_once('"').unwrap()).collect()
}

fn has_conclusion(chapter: &str) -> bool {
    let start = "<p class=\"conclusie\"><strong>";
    let text = chapter.split(start).nth(1).and_then(|rest| rest.split("</p>").next());
    text.is_some_and(|text| text.chars().count() > 30)
}

#[test]
fn every_chapter_opens_with_a_conclusion_whatever_is_missing() {
    let little = of("zou", &declaraties(["0355", "0310"], "2025", "45A04"), &[]);
    let none = of("holland-rijnland", &declaraties(["0546", "0575"], "2025", "45A04"), &[]);
    for report in [sample(), &little, &none] {
        let all = chapters(report);
        let names: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
        let expected = "in-het-kort maatwerk zorgcoordinatie kosten naijl verandering aflopend proces \
                        aanbieders signalen niet-te-bepalen verantwoording";
        assert_eq!(names.join(" "), expected);
        for (id, chapter) in &all[1..] {
            assert!(has_conclusion(chapter), "{id}: {}", &chapter[..chapter.len().min(400)]);
        }
    }
}

#[test]
fn the_first_page_has_at_most_five_findings_and_a_link_to_the_chapter_of_each() {
    let all = chapters(sample());
    let front = all[0].1;
    let findings = front.matches("class=\"meer\"").count();
    assert!((1..=5).contains(&findings), "{findings}");
    assert!(!front.contains("<details class=\"uitleg\""), "how it was found stands in the chapter");
}

#[test]
fn the_page_of_the_sample_stays_small_enough_to_mail() {
    let bytes = sample().files["rapport.html"].len();
    assert!(bytes <= MAX_BYTES, "{bytes} bytes");
}

#[test]
fn every_figure_names_its_query_and_source() {
    let drawings: Vec<&String> =
        sample().files.keys().filter(|name| is_of_kind(name, "svg")).collect();
    assert!(drawings.len() > 10, "{drawings:?}");
    for name in drawings {
        let svg = sample().text(name);
        assert!(svg.contains("Bron: ") && svg.contains("vraag "), "{name}");
    }
}

#[test]
fn every_amount_of_a_rule_says_what_it_is_an_amount_of() {
    let is_of_rules = |name: &&String| name.starts_with("tabellen/regels_");
    let mut seen = 0;
    for name in sample().files.keys().filter(is_of_rules) {
        for row in sample().table(name) {
            if row.get("Bedrag (euro)").is_none_or(String::is_empty) {
                continue;
            }
            let what = &row["Wat dat bedrag is"];
            assert!(!what.is_empty(), "{name}: {row:?}");
            seen += 1;
        }
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn a_case_in_a_work_list_is_found_by_a_named_number() {
    let is_list = |name: &&String| name.starts_with("werklijsten/") && is_of_kind(name, "csv");
    let lists: Vec<&String> = sample().files.keys().filter(is_list).collect();
    assert!(lists.len() > 20, "{lists:?}");
    for name in lists {
        let headings = &sample().cells(name)[0];
        assert!(!headings.contains(&"Geval".to_owned()), "{name}: {headings:?}");
        let mut once = headings.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), headings.len(), "{name}: {headings:?}");
    }
}

#[test]
fn figures_of_all_quarters_together_say_of_which() {
    let page = sample().page("rapport.html");
    for title in ["Redenen van maatwerk", "Werkdagen tot het advies"] {
        let caption = page.split(title).nth(1).unwrap().split('|').next().unwrap();
        assert!(caption.contains("2023-K4 tot en met 2025-K3"), "{title}{caption}");
    }
}
