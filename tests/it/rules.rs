//! The list of rules: `docs/RULES.md` and the manual say what the program says.

use std::collections::BTreeSet;
use std::fs;

use maatstaf::checks::all_rules;
use maatstaf::checks::lijst::{ZONDER_TOETS, groepen, markdown};

use crate::job::TestJob;
use crate::support::root;

#[test]
fn the_list_of_rules_is_made_from_the_program() {
    let path = root().join("docs/RULES.md");
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let expected = markdown();
    if std::env::var_os("UPDATE_EXPECT").is_some() && kept != expected {
        fs::write(&path, expected).unwrap();
    } else {
        assert_eq!(kept, expected, "run with UPDATE_EXPECT=1");
    }
}

#[test]
fn every_rule_is_in_one_group_and_what_is_not_judged_is_no_rule() {
    let grouped: Vec<&str> =
        groepen().iter().flat_map(|groep| &groep.rules).map(|rule| rule.code).collect();
    let codes: BTreeSet<&str> = all_rules().iter().map(|rule| rule.code).collect();
    assert_eq!(grouped.len(), codes.len());
    let mut seen = BTreeSet::new();
    for zonder in ZONDER_TOETS {
        assert!(seen.insert(zonder.code) && !codes.contains(zonder.code), "{}", zonder.code);
        for word in zonder.reden.split(|c: char| !c.is_alphanumeric()) {
            let is_code = word.len() == 5 && word.starts_with(['T', 'C', 'M', 'R', 'O', 'I']);
            let is_known = codes.contains(word) || ZONDER_TOETS.iter().any(|z| z.code == word);
            let digits = word.chars().filter(char::is_ascii_digit).count();
            // JW301 and the like are messages, not rules.
            assert!(!is_code || digits < 3 || is_known, "{}: {word}", zonder.code);
        }
    }
}

#[test]
fn the_manual_has_a_row_for_every_rule_with_its_own_words() {
    let manual = fs::read_to_string(root().join("docs/HANDLEIDING.md")).unwrap();
    let rows: Vec<Vec<&str>> =
        manual.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    let wrong: Vec<String> = all_rules()
        .iter()
        .filter(|rule| {
            let of_code: Vec<_> =
                rows.iter().filter(|row| row.len() == 6 && row[1] == rule.code).collect();
            let fits = |row: &&Vec<&str>| [row[2], row[4]] == [rule.title, rule.remedy];
            of_code.len() != 1 || !of_code.iter().all(fits)
        })
        .map(|rule| format!("| {} | {} | … | {} |", rule.code, rule.title, rule.remedy))
        .collect();
    assert!(wrong.is_empty(), "not once like this in docs/HANDLEIDING.md:\n{}", wrong.join("\n"));
}

#[test]
fn a_code_is_explained_on_the_screen() {
    let job = TestJob::new();
    job.run(&["uitleg", "tr346"]).check(0, &["TR346", "volume maal tarief", "Oplossing", "Bron"]);
    job.run(&["uitleg"]).check(0, &["MS217", "TR307", "Meer over een code"]);
    job.run(&["uitleg", "TR135"]).check(0, &["de dag van vandaag niet"]);
    job.run(&["uitleg", "TR34"]).refused(2, &["onbekende code 'TR34'", "bedoelde u TR3"]);
    job.run(&["explain", "MS006"]).check(0, &["honderd keer"]);
    assert_eq!(job.names(), [""; 0]);
}
