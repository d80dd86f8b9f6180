//! The list of rules: `docs/RULES.md` and the manual say what the program says.

use std::collections::BTreeSet;
use std::fs;

use maatstaf::checks::all_rules;
use maatstaf::checks::lijst::{ZONDER_TOETS, groepen, markdown};
use maatstaf::findings::regels;
use maatstaf::inventaris::{self, Staat};
use maatstaf::metrics::Query;
use maatstaf::region::Region;
use maatstaf::schema::{ANTWOORDEN, Column, Dtype, Need, TABLES};

use crate::job::TestJob;
use crate::support::{root, update_expect};

#[test]
fn the_list_of_rules_is_made_from_the_program() {
    let path = root().join("docs/RULES.md");
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let expected = markdown() + &regels::markdown(&queries());
    if update_expect() && kept != expected {
        fs::write(&path, expected).unwrap();
    } else {
        assert_eq!(kept, expected, "run with UPDATE_EXPECT=1");
    }
}

fn queries() -> Vec<std::sync::Arc<Query>> {
    Query::load_all(Some(&root().join("queries"))).unwrap()
}

/// The numbers of the inventory: letter, first and last of each row of numbers.
const IDS: &[(char, u32, u32)] = &[
    ('Z', 1, 13),
    ('Z', 20, 28),
    ('Z', 30, 49),
    ('Z', 50, 62),
    ('Z', 70, 72),
    ('O', 1, 23),
    ('M', 1, 22),
    ('H', 1, 33),
];

/// Rules of which no data of a region can tell anything.
const NIET_MEETBAAR: [&str; 4] = ["H03", "H27", "M15", "M21"];

#[test]
fn every_rule_of_the_four_regions_has_a_state() {
    let wanted: Vec<String> = (IDS.iter())
        .flat_map(|(letter, first, last)| (*first..=*last).map(move |n| format!("{letter}{n:02}")))
        .collect();
    let known: Vec<&str> = inventaris::alle().map(|regel| regel.id).collect();
    assert_eq!(known, wanted);
    let codes: BTreeSet<&str> = all_rules().iter().map(|rule| rule.code).collect();
    let queries = queries();
    for regel in inventaris::alle() {
        assert!(regel.wat.ends_with('.') && regel.wat.len() > 20, "{}: {}", regel.id, regel.wat);
        match regel.staat {
            Staat::Query(ids) => {
                assert!(!ids.is_empty());
                for id in ids {
                    assert!(queries.iter().any(|query| query.id == *id), "{}: {id}", regel.id);
                }
            }
            Staat::Toets(of) => {
                assert!(of.iter().all(|code| codes.contains(code)), "{}: {of:?}", regel.id);
            }
            Staat::NietMeetbaar(text) => {
                assert!(NIET_MEETBAAR.contains(&regel.id), "{}: {text}", regel.id);
            }
            Staat::Onderdeel(text) | Staat::Context(text) => {
                assert!(text.len() > 20, "{}: {text}", regel.id);
            }
        }
    }
}

#[test]
fn a_query_of_a_rule_is_named_by_that_rule_and_its_settings_exist() {
    let regions: Vec<Region> =
        Region::names().iter().map(|name| Region::load(name, None).unwrap()).collect();
    for query in queries() {
        let Some(id) = &query.regel else { continue };
        let regel = inventaris::regel(id).unwrap();
        let is_named = matches!(regel.staat, Staat::Query(ids) if ids.contains(&query.id.as_str()));
        assert!(is_named, "{id} does not name {}", query.id);
        let stem = format!("{}_", id.to_lowercase());
        assert!(query.id.starts_with(&stem), "{}: begin its name with {stem}", query.id);
        for key in query.signaal.iter().flat_map(|kop| &kop.drempels) {
            let is_known = regions.iter().any(|region| region.drempel(key).is_some());
            assert!(is_known, "{}: no region has {key}", query.id);
        }
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
    job.run(&["uitleg", "z25", "--regio", "zou"])
        .check(0, &["Z25", "Afspraak", "Zuidoost-Utrecht"]);
    job.run(&["uitleg", "O02"]).check(0, &["52", "Midden-IJssel/Oost-Veluwe"]);
    assert_eq!(job.names(), [""; 0]);
}

const BEGIN: &str = "<!-- begin: gemaakt uit het programma -->\n";
const END: &str = "<!-- einde -->";

/// What a cell of a column may hold, in the words of the manual.
fn in_words(dtype: Dtype) -> String {
    let words = match dtype {
        Dtype::Text => "tekst",
        Dtype::Gemeente => "code of naam",
        Dtype::Agb => "acht cijfers",
        Dtype::Eenheid => "code of woord",
        Dtype::Int => "geheel getal",
        Dtype::Milli => "getal",
        Dtype::Cent => "bedrag",
        Dtype::Date => "datum",
        Dtype::Bool => "ja of nee",
        Dtype::Client | Dtype::Pseudonym => "persoon",
        Dtype::Filled => "tekst, alleen gevuld of niet",
        Dtype::BirthYear => "datum, alleen het jaar en het kwartaal van 18 worden",
        Dtype::Choice(choices) => {
            let word = |choice: &maatstaf::schema::choices::Choice| match choice.also {
                [] => choice.word.to_owned(),
                also => format!("{} ({})", choice.word, also.join(", ")),
            };
            let words: Vec<String> = choices.iter().map(word).collect();
            return format!("een van: {}", words.join("; "));
        }
    };
    words.to_owned()
}

fn row(column: &Column) -> String {
    let must = match column.need {
        Need::Required => "ja",
        Need::Heading => "kop",
        _ => "",
    };
    // The unit in which a value is kept says nothing about what stands in a file.
    let label = column.label;
    let label = ["eurocent", "duizendsten"].iter().fold(label, |label, unit| {
        label.split_once(&format!(" ({unit}")).map_or(label, |(name, _)| name)
    });
    let kind = in_words(column.dtype);
    format!("| `{}` | {must} | {kind} | {label} | {} |\n", column.name, column.aliases.join(", "))
}

#[test]
fn the_columns_in_the_manual_are_those_of_the_program() {
    let path = root().join("docs/HANDLEIDING.md");
    let kept = fs::read_to_string(&path).unwrap();
    let (before, rest) = kept.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let mut list = String::new();
    for table in TABLES.iter().filter(|table| table.name != ANTWOORDEN.name) {
        list.extend(["#### ", table.label, ": `", table.name, "`\n\n"]);
        list += "| kolom | moet | soort | wat het is | ook herkend |\n|---|---|---|---|---|\n";
        list.extend(table.columns.iter().filter(|column| column.need.is_supplied()).map(row));
        list += "\n";
    }
    let expected = format!("{before}{BEGIN}{list}{END}{after}");
    if update_expect() && kept != expected {
        fs::write(&path, expected).unwrap();
    } else {
        assert_eq!(kept, expected, "run with UPDATE_EXPECT=1");
    }
}
