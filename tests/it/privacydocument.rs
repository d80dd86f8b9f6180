//! `docs/PRIVACY.md` says what the program does: its list of columns is made here, and its example adds up.

use std::fs;

use maatstaf::schema::{Column, Dtype, Need, TABLES};
use maatstaf::typing::rejected::is_kept;

use crate::support::{root, update_expect};

const BEGIN: &str = "<!-- begin: gemaakt uit het programma -->\n";
const END: &str = "<!-- einde -->";

fn document() -> String {
    fs::read_to_string(root().join("docs/PRIVACY.md")).unwrap()
}

/// What stays of a value, in words of a reader who does not know the program.
fn what_stays(column: &Column) -> &'static str {
    if column.need == Need::Derived {
        return "berekend; staat in geen bestand";
    }
    match column.dtype {
        Dtype::Client => "pseudoniem; het nummer zelf niet",
        Dtype::Pseudonym => "pseudoniem; de waarde zelf niet",
        Dtype::Filled => "ja of nee: stond er iets; de tekst niet",
        Dtype::BirthYear => "het jaar; de datum niet",
        Dtype::Text if column.need == Need::Typed => "het kwartaal; de datum niet",
        Dtype::Text => "de tekst",
        Dtype::Gemeente | Dtype::Agb | Dtype::Eenheid => "de code",
        Dtype::Choice(_) => "het woord uit een vaste lijst",
        Dtype::Int | Dtype::Milli => "het getal",
        Dtype::Cent => "het bedrag",
        Dtype::Date => "de datum",
        Dtype::Bool => "ja of nee",
    }
}

fn row(column: &Column) -> String {
    let person = if column.is_person() { "persoon" } else { "" };
    let rejected = match (column.need.is_supplied(), column.dtype) {
        (false, _) => "niets",
        (true, _) if !is_kept(column) => "niets",
        (true, Dtype::Client) => "pseudoniem",
        (true, Dtype::Text | Dtype::Int | Dtype::Milli | Dtype::Cent) => {
            "ja, tenzij het een BSN kan zijn"
        }
        (true, _) => "ja",
    };
    format!(
        "| `{}` | {} | {person} | {} | {rejected} |\n",
        column.name,
        column.label,
        what_stays(column)
    )
}

#[test]
fn the_columns_in_the_privacy_document_are_those_of_the_program() {
    let kept = document();
    let (before, rest) = kept.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let mut list = String::new();
    for table in TABLES {
        list.extend(["### ", table.label, ": `", table.name, "`\n\n"]);
        list += "| kolom | wat het is | persoon | wat wordt bewaard | bij afkeur |\n|---|---|---|---|---|\n";
        list.extend(table.columns.iter().map(row));
        list += "\n";
    }
    let expected = format!("{before}{BEGIN}{list}{END}{after}");
    if update_expect() && kept != expected {
        fs::write(root().join("docs/PRIVACY.md"), expected).unwrap();
    } else {
        assert_eq!(kept, expected, "run with UPDATE_EXPECT=1");
    }
}

/// The numbers of a table of the example, row by row; nothing where a number is hidden.
fn example(name: &str) -> Vec<Vec<Option<i64>>> {
    let text = document();
    let (_, rest) = text.split_once(&format!("<!-- voorbeeld: {name} -->\n")).unwrap();
    let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cell = |cell: &str| match cell.trim() {
        "onderdrukt" => None,
        number => Some(number.parse().unwrap()),
    };
    rows.map(|line| line.trim_matches('|').split('|').skip(1).map(cell).collect()).collect()
}

#[test]
fn the_two_other_tables_of_the_example_agree_with_what_is_shown() {
    let shown = example("getoond");
    let hidden = shown.iter().flatten().filter(|cell| cell.is_none()).count();
    assert_eq!((shown.len(), hidden), (4, 4));
    for name in ["echt", "laag", "hoog"] {
        let table = example(name);
        for (row, seen) in table.iter().zip(&shown) {
            assert!(
                row.iter().zip(seen).all(|(cell, seen)| seen.is_none() || cell == seen),
                "{name}"
            );
            let numbers: Vec<i64> = row.iter().map(|cell| cell.unwrap()).collect();
            assert_eq!(numbers[0] + numbers[1], numbers[2], "{name}: {numbers:?}");
            assert!(numbers.iter().all(|number| *number > 0));
        }
        let (total, parts) = table.split_last().unwrap();
        for (column, total) in total.iter().enumerate() {
            let sum: i64 = parts.iter().map(|row| row[column].unwrap()).sum();
            assert_eq!(Some(sum), *total, "{name}");
        }
    }
    // From 2 to 10: what stands in the text of a small number of 4.
    let small = |name: &str| example(name)[0][0].unwrap();
    assert_eq!((small("laag"), small("echt"), small("hoog")), (2, 4, 10));
}

#[test]
fn the_privacy_document_is_found_from_where_people_begin() {
    for (file, link) in
        [("README.md", "(docs/PRIVACY.md)"), ("docs/HANDLEIDING.md", "(PRIVACY.md)")]
    {
        assert!(fs::read_to_string(root().join(file)).unwrap().contains(link), "{file}");
    }
    // Every part of the list of contents is there.
    let text = document();
    let headings: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|heading| heading.to_lowercase().replace(' ', "-"))
        .collect();
    let links: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("* ["))
        .filter_map(|line| line.split_once("](#")?.1.strip_suffix(')'))
        .collect();
    assert_eq!(links, headings);
}
