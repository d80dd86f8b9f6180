use std::collections::BTreeSet;

use super::rule::Written;
use super::*;

#[test]
fn every_region_has_its_cases_and_each_has_a_near_miss() {
    let regions = case_regions();
    assert_eq!(regions, ["holland-rijnland", "midden-holland", "oost-veluwe", "zou"]);
    for regio in &regions {
        let book = Book::of(regio, None).unwrap();
        for sheet in &book.sheets {
            let lines = sheet.csv().lines().count();
            assert_eq!(lines, sheet.rows.len() + 1, "{regio} {}", sheet.tabel.name);
        }
    }
    for file in GEVALLEN.files().filter(|file| file.path().extension().is_some_and(|e| e == "toml"))
    {
        let name = file.path().to_string_lossy();
        if name == ground::BASIS {
            continue;
        }
        let rule = RuleFile::parse(file.contents_utf8().unwrap(), &name).unwrap();
        let kinds: BTreeSet<&str> = rule.cases().map(|case| case.kind.name()).collect();
        let is_measured = !rule.cijfers.is_empty();
        // Where the region lacks the setting, no case can be as agreed either.
        let is_open = kinds.iter().eq(&["onbekend"]);
        assert!(is_measured || is_open || kinds.contains("bijna"), "{name}: {kinds:?}");
        assert!(is_measured || kinds.contains("raak") || kinds.contains("onbekend"), "{name}");
    }
}

fn rows(regio: &str, text: &str, tabel: &str) -> Vec<Vec<(String, String)>> {
    let region = Region::load(regio, None).unwrap();
    let ground = Ground::of(&region).unwrap();
    let mut rules = [RuleFile::parse(text, "proef.toml").unwrap()];
    ground::number(&mut rules);
    let [rule] = &rules;
    let all = rule.cases().flat_map(|case| complete::rows_of(&ground, rule, &case).unwrap().rows);
    let of_table = all.filter(|row| row.tabel.name == tabel);
    of_table
        .map(|row| row.cells.into_iter().map(|(name, cell)| (name.to_owned(), cell)).collect())
        .collect()
}

fn cell<'r>(row: &'r [(String, String)], column: &str) -> &'r str {
    let (_, value) = row.iter().find(|(name, _)| name == column).unwrap();
    value
}

const TWO: &str = r#"
regel = "O02"
[[raak]]
geval = "{toewijzing:coordinatie}"
[[raak.declaraties]]
rij = "coordinatie"
maanden = 2
volume = "0,5"
[[raak.declaraties]]
rij = "coordinatie"
agb = "2"
maand = "begin+2m"
"#;

#[test]
fn a_row_changes_the_dossier_and_a_second_one_of_that_name_is_added() {
    let rows = rows("oost-veluwe", TWO, "declaraties");
    let seen: Vec<[&str; 4]> = rows
        .iter()
        .map(|row| {
            ["productcode", "periode_begin", "volume_milli", "bedrag_ct"].map(|c| cell(row, c))
        })
        .collect();
    assert_eq!(
        seen,
        [
            ["45A75", "01-07-2021", "0,5", "42,50"],
            ["45A75", "01-08-2021", "0,5", "42,50"],
            ["45A04", "01-07-2021", "10", "800,00"],
            ["45A04", "01-07-2021", "10", "800,00"],
            ["45A75", "01-09-2021", "4", "340,00"],
        ]
    );
    let agb: BTreeSet<&str> = rows.iter().map(|row| cell(row, "agb")).collect();
    assert_eq!(agb, BTreeSet::from(["99100101", "99100102"]));
    let references: BTreeSet<&str> = rows.iter().map(|row| cell(row, "referentienummer")).collect();
    assert_eq!(references.len(), rows.len());
}

#[test]
fn what_is_declared_is_granted_to_the_same_child_and_aanbieder() {
    let granted = rows("oost-veluwe", TWO, "toewijzingen");
    let volumes: Vec<[&str; 3]> = granted
        .iter()
        .map(|row| ["productcode", "volume_milli", "agb"].map(|c| cell(row, c)))
        .collect();
    assert_eq!(
        volumes,
        [["45A75", "52", "99100101"], ["45A04", "200", "99100101"], ["45A04", "200", "99100102"]]
    );
    let declared = rows("oost-veluwe", TWO, "declaraties");
    let numbers = |rows: &[Vec<(String, String)>]| -> BTreeSet<String> {
        rows.iter().map(|row| cell(row, "toewijzingnummer").to_owned()).collect()
    };
    assert_eq!(numbers(&granted), numbers(&declared));
}

#[test]
fn what_a_case_leaves_out_stays_out() {
    let text = TWO.replace("geval =", "zonder = [\"declaraties:zorg2\", \"contracten\"]\ngeval =");
    assert_eq!(rows("oost-veluwe", &text, "contracten").len(), 0);
    assert_eq!(rows("oost-veluwe", TWO, "contracten").len(), 4);
    let products: Vec<String> = rows("oost-veluwe", &text, "declaraties")
        .iter()
        .map(|row| cell(row, "productcode").to_owned())
        .collect();
    assert_eq!(products, ["45A75", "45A75", "45A04", "45A75"]);
}

#[test]
fn repeated_cases_share_no_child_and_no_aanbieder() {
    let text = TWO.replace("geval =", "keer = 12\ngeval =");
    let rows = rows("oost-veluwe", &text, "declaraties");
    let count =
        |column: &str| rows.iter().map(|row| cell(row, column)).collect::<BTreeSet<_>>().len();
    assert_eq!(
        (rows.len(), count("client"), count("agb"), count("toewijzingnummer")),
        (60, 12, 24, 36)
    );
}

#[test]
fn mistakes_name_the_case_and_what_is_wrong() {
    let region = Region::load("zou", None).unwrap();
    let ground = Ground::of(&region).unwrap();
    let told = |text: &str| -> String {
        let made = RuleFile::parse(text, "Z99.toml").and_then(|rule| {
            let cases: Vec<_> = rule.cases().collect();
            cases.iter().try_for_each(|case| complete::rows_of(&ground, &rule, case).map(drop))
        });
        format!("{:#}", made.unwrap_err())
    };
    let case = |rest: &str| format!("regel = \"Z99\"\n[[raak]]\ngeval = \"x\"\n{rest}");
    for (text, expected) in [
        ("regel = \"Z99\"".to_owned(), "er staat geen geval in"),
        ("[[raak]]".to_owned(), "de sleutel regel ontbreekt"),
        (case("keer = 0"), "keer is geen getal van 1"),
        (case("[[raak.tabel]]"), "geen tabel heet tabel"),
        (case("dossier = \"weg\""), "geen dossier heet weg"),
        (case("[[raak.overeenkomsten]]\nkleur = 1"), "overeenkomsten heeft geen kolom kleur"),
        (case("[[raak.overeenkomsten]]\nproductcode = \"99Z99\""), "product 99Z99 staat niet"),
        (case("[[raak.overeenkomsten]]\neinddatum = \"ooit\""), "\"ooit\" is geen dag"),
        (case("[[raak.overeenkomsten]]\nmaatwerk_id = \"{wat}\""), "{wat} staat nergens voor"),
    ] {
        let error = told(&text);
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_row_with_the_key_of_another_is_refused() {
    let row = Written {
        tabel: "producten".to_owned(),
        rij: None,
        values: [
            ("productcode", "45A04"),
            ("naam", "Begeleiding"),
            ("eenheid", "uur"),
            ("geldig_van", "begin"),
        ]
        .map(|(column, value)| (column.to_owned(), value.to_owned()))
        .into(),
    };
    let ground = Ground::of(&Region::load("zou", None).unwrap()).unwrap();
    let mut sheets = rows::sheets();
    rows::put(&mut sheets, complete::loose(&ground, row.clone()).unwrap()).unwrap();
    let error = rows::put(&mut sheets, complete::loose(&ground, row).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "producten: er is al een rij met 45A04 en uur en 01-07-2025");
}

#[test]
fn a_region_without_cases_is_told_which_regions_have_them() {
    let error = Book::of("oefenregio", None).err().unwrap().to_string();
    assert_eq!(
        error,
        "voor oefenregio zijn er geen oefengevallen; die zijn er voor holland-rijnland, midden-holland, oost-veluwe, zou"
    );
}
