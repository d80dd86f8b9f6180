//! The description of every figure against the table it describes: highest, lowest, first and last, counts and names.

use std::collections::BTreeMap;

use maatstaf::dutch::list;
use serde_json::Value;

use crate::eerlijk::beelden::{Beeld, beelden, feiten_van, getal_van};
use crate::eerlijk::getallen::{Eenheid, Feit, anders, lees};

/// How a description is read back.
enum Soort {
    /// One value per row: column of the name, column of the value.
    Rijen(&'static str, &'static str),
    /// Through time: column of the period, and per line the columns that are added up.
    Lijnen(&'static str, &'static [(&'static str, &'static [&'static str])]),
    /// From a total to a total: names and amounts.
    Brug,
    /// Prices per product.
    Strip,
    /// Cumulative shares.
    Lorenz,
}

/// Every figure of the report; one that is not here fails.
const SOORTEN: [(&str, Soort); 16] = [
    ("betrokken_aanbieders", Soort::Rijen("Aantal aanbieders", "Cliënten")),
    ("coordinatie_aandeel", Soort::Rijen("Aanbieder", "Uren (uur)")),
    ("coordinatie_lorenz", Soort::Lorenz),
    ("coordinatie_loting_jaar", Soort::Rijen("Aanbieder", "Coördineerde (cliënten)")),
    ("coordinatie_loting_kwartaal", Soort::Rijen("Aanbieder", "Coördineerde (cliënten)")),
    ("coordinatie_loting_uren", Soort::Rijen("Aanbieder", "Uren (uur)")),
    ("maatwerk_intervallen", Soort::Rijen("Gemeente", "Per 10.000 jeugdigen")),
    ("maatwerk_kosten", Soort::Rijen("Gemeente", "Kosten (euro)")),
    ("maatwerk_nieuw", Soort::Rijen("Gemeente", "Nieuw (overeenkomsten)")),
    ("maatwerk_trechter", Soort::Rijen("Gemeente", "Per 10.000 jeugdigen")),
    (
        "maatwerk_verloop",
        Soort::Lijnen(
            "Kwartaal",
            &[("Nieuw", &["Nieuw (overeenkomsten)"]), ("Lopend", &["Lopend (overeenkomsten)"])],
        ),
    ),
    (
        "naijl_verloop",
        Soort::Lijnen(
            "Kwartaal",
            &[
                ("Gedeclareerd", &["Gedeclareerd (euro)"]),
                ("Verwacht in totaal", &["Gedeclareerd (euro)", "Nog te verwachten (euro)"]),
            ],
        ),
    ),
    ("prijs_per_aanbieder", Soort::Strip),
    ("tarief_boven_regio", Soort::Rijen("Aanbieder", "Boven het regionale tarief (euro)")),
    ("verandering", Soort::Brug),
    ("verandering_jaar", Soort::Brug),
];

fn soort(beeld: &Beeld) -> &'static Soort {
    let found = SOORTEN.iter().find(|(stem, _)| *stem == beeld.stem);
    &found.unwrap_or_else(|| panic!("{}: say here what it draws", beeld.stem)).1
}

/// The part of a description between two texts; the last when it occurs more often.
#[track_caller]
fn between<'d>(desc: &'d str, from: &str, to: &str) -> &'d str {
    let start = desc.rfind(from).unwrap_or_else(|| panic!("no '{from}' in: {desc}")) + from.len();
    let rest = &desc[start..];
    &rest[..rest.find(to).unwrap_or_else(|| panic!("no '{to}' in: {desc}"))]
}

/// Everybody with a value, as a description names them.
fn those_with(rows: &[(String, f64)], value: f64) -> Vec<&str> {
    let with = rows.iter().filter(|(_, own)| (own - value).abs() < 1e-9);
    with.map(|(name, _)| name.as_str()).collect()
}

/// True when a text names these people: all of few, of many one and the number of the others.
fn names_them(text: &str, names: &[&str]) -> bool {
    match names {
        few if few.len() <= 3 => few.iter().all(|name| text.contains(name)),
        many => {
            many.iter().any(|name| text.starts_with(name))
                && text.ends_with(&format!(" en {} andere", many.len() - 1))
        }
    }
}

#[test]
fn the_highest_and_the_lowest_are_those_of_the_table() {
    let mut seen = 0;
    for beeld in beelden() {
        let Soort::Rijen(name, value) = soort(beeld) else { continue };
        let rows: Vec<(String, f64)> = beeld
            .rijen()
            .filter_map(|row| Some((row[*name].clone(), getal_van(&row[*value])?)))
            .collect();
        let ends =
            [f64::max, f64::min].map(|end| rows.iter().map(|(_, v)| *v).reduce(end).unwrap());
        let [high, low] = ends;
        if rows.len() < 2 || high <= low {
            let word = if rows.len() < 2 {
                "De enige waarde: "
            } else {
                "Alle getoonde waarden zijn gelijk"
            };
            assert!(beeld.desc.contains(word), "{}: {}", beeld.van(), beeld.desc);
            continue;
        }
        let told = between(&beeld.desc, "Hoogste: ", "; laagste: ");
        let lowest = between(&beeld.desc, "; laagste: ", ". ");
        for (told, value) in [(told, high), (lowest, low)] {
            let names = those_with(&rows, value);
            assert!(names_them(told, &names), "{}: '{told}' is not {names:?}", beeld.van());
            let feiten = feiten_van(value);
            let numbers = lees(told, &beeld.namen()).getallen;
            let first = numbers.iter().any(|getal| feiten.iter().any(|feit| feit.is(getal)));
            assert!(first, "{}: {told} is not {value}", beeld.van());
        }
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_line_begins_ends_peaks_and_dips_where_its_table_does() {
    let mut seen = 0;
    for beeld in beelden() {
        let Soort::Lijnen(period, lines) = soort(beeld) else { continue };
        for (name, columns) in *lines {
            let value = |row: &BTreeMap<String, String>| {
                columns.iter().map(|column| getal_van(row.get(*column)?)).sum::<Option<f64>>()
            };
            let points: Vec<(String, f64)> = beeld
                .rijen() // `2025-K3 (voorlopig)` in the table is `2025-K3` along the axis.
                .filter_map(|row| Some((row[*period].split(' ').next()?.to_owned(), value(row)?)))
                .collect();
            if points.is_empty() || !beeld.desc.contains(&format!("{name}: van ")) {
                let silent = points.is_empty() || !columns.iter().all(|column| beeld.heeft(column));
                assert!(silent, "{}: nothing on {name}", beeld.van());
                continue;
            }
            let told = between(&beeld.desc, &format!("{name}: "), ". ");
            let ends = [&points[0], &points[points.len() - 1]];
            let most = points.iter().fold(&points[0], |a, b| if b.1 > a.1 { b } else { a });
            let least = points.iter().fold(&points[0], |a, b| if b.1 < a.1 { b } else { a });
            let parts = ["van ", " naar ", "; hoogste ", ", laagste "];
            let mut rest = told;
            for ((quarter, value), part) in [ends[0], ends[1], most, least].into_iter().zip(parts) {
                rest = rest.strip_prefix(part).unwrap_or_else(|| panic!("{}: {told}", beeld.van()));
                let (number, behind) = rest.split_once(" in ").unwrap();
                assert!(
                    behind.starts_with(quarter.as_str()),
                    "{}: {quarter} in {told}",
                    beeld.van()
                );
                let getal = lees(number, &[]).getallen.remove(0);
                let is = feiten_van(*value).iter().any(|feit| feit.is(&getal));
                assert!(is, "{}: {number} is not {value}", beeld.van());
                rest = &behind[quarter.len()..];
            }
            seen += 1;
        }
    }
    assert!(seen > 6, "{seen}");
}

#[test]
fn a_bridge_names_every_step_with_its_amount_and_its_largest() {
    let mut seen = 0;
    for beeld in beelden() {
        let Soort::Brug = soort(beeld) else { continue };
        let rows: Vec<(&str, f64)> = beeld
            .rijen()
            .map(|row| (row["Onderdeel"].as_str(), getal_van(&row["Bedrag (euro)"]).unwrap()))
            .collect();
        let [start, steps @ .., end] = rows.as_slice() else { panic!("{}", beeld.van()) };
        let is = |text: &str, name: &str, value: f64| {
            let feit = Feit::new(Eenheid::Euro, value, "cel");
            let numbers = lees(text, &[]).getallen;
            text.contains(name) && numbers.iter().any(|getal| feit.is(getal))
        };
        let van_naar = between(&beeld.desc, ": van ", ". ");
        let (van, naar) = van_naar.split_once(" naar ").unwrap();
        assert!(is(van, start.0, start.1) && is(naar, end.0, end.1), "{van_naar}");
        let told: Vec<&str> = between(&beeld.desc, "De stappen: ", ". ").split("; ").collect();
        assert_eq!(told.len(), steps.len(), "{told:?}");
        for ((name, value), told) in steps.iter().zip(told) {
            assert!(is(told, name, *value), "{told} is not {name} {value}");
        }
        let up =
            steps.iter().filter(|step| step.1 > 0.0).reduce(|a, b| if b.1 > a.1 { b } else { a });
        let down =
            steps.iter().filter(|step| step.1 < 0.0).reduce(|a, b| if b.1 < a.1 { b } else { a });
        for (word, step) in [("omhoog", up), ("omlaag", down)] {
            let from = format!("Grootste stap {word}: ");
            assert_eq!(beeld.desc.contains(&from), step.is_some(), "{}", beeld.van());
            if let Some((name, value)) = step {
                let told = between(&beeld.desc, &from, ". ");
                assert!(is(told, name, *value), "{told} is not {name} {value}");
            }
        }
        seen += 1;
    }
    assert!(seen > 2, "{seen}");
}

#[test]
fn a_strip_tells_of_each_product_what_its_prices_are() {
    let mut seen = 0;
    for beeld in beelden() {
        let Soort::Strip = soort(beeld) else { continue };
        let mut products: BTreeMap<String, Vec<&BTreeMap<String, String>>> = BTreeMap::new();
        for row in beeld.rijen() {
            products
                .entry(format!("{} per {}", row["Product"], row["Eenheid"]))
                .or_default()
                .push(row);
        }
        for (product, rows) in &products {
            let told = between(&beeld.desc, &format!("{product}: "), ". ");
            let column = |name: &str| -> Vec<f64> {
                rows.iter().filter_map(|row| getal_van(row.get(name)?)).collect()
            };
            let prices = column("Prijs per eenheid (euro)");
            let low = prices.iter().copied().fold(f64::INFINITY, f64::min);
            let high = prices.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let flagged = rows.iter().filter(|row| !row["Wat opvalt"].is_empty()).count();
            let mut want = vec![("van € ", low), (" tot € ", high)];
            for (words, name) in [
                (", mediaan € ", "Mediaan (euro)"),
                (", gebruikelijk € ", "Gebruikelijk vanaf (euro)"),
                (", regionaal tarief € ", "Gebruikelijk (euro)"),
            ] {
                if told.contains(words) {
                    want.push((words, column(name)[0]));
                }
            }
            for (words, value) in want {
                let behind = told.split_once(words).unwrap_or_else(|| panic!("{words}: {told}")).1;
                let getal = lees(&format!("€ {behind}"), &[]).getallen.remove(0);
                let is = Feit::new(Eenheid::Euro, value, "cel").is(&getal);
                assert!(is, "{}: {product}{words}{getal:?} is not {value}", beeld.van());
            }
            let wanted = if flagged > 0 { format!(", {flagged} opvallend") } else { String::new() };
            assert!(
                told.ends_with(&wanted) && told.contains("opvallend") == (flagged > 0),
                "{told}"
            );
            seen += 1;
        }
    }
    assert!(seen > 3, "{seen}");
}

#[test]
fn a_lorenz_curve_is_read_at_its_half_and_at_its_end() {
    let mut seen = 0;
    for beeld in beelden() {
        let Soort::Lorenz = soort(beeld) else { continue };
        let points: Vec<(f64, f64)> = beeld
            .rijen()
            .map(|row| {
                let cell = |at: usize| getal_van(&row[&beeld.koppen[at]]).unwrap();
                (cell(0), cell(1))
            })
            .collect();
        let behind = points.iter().position(|point| point.0 >= 0.5).unwrap();
        let ((x0, y0), (x1, y1)) = (points[behind - 1], points[behind]);
        let half = y0 + (y1 - y0) * (0.5 - x0) / (x1 - x0);
        let largest = 1.0 - points[points.len() - 2].1;
        for (words, value) in [("helft heeft samen ", half), ("De grootste heeft ", largest)] {
            let told = between(&beeld.desc, words, ". ");
            let getal = lees(told, &[]).getallen.remove(0);
            let is = Feit::new(Eenheid::Procent, 100.0 * value, "de curve").is(&getal);
            assert!(is, "{}: {told} is not {value}", beeld.van());
        }
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn whoever_stands_out_in_a_description_stands_out_in_the_table() {
    let mut seen = 0;
    for beeld in beelden() {
        let (column, is_out): (&str, fn(&str) -> bool) = match beeld.stem.as_str() {
            "maatwerk_trechter" | "maatwerk_intervallen" => {
                ("Oordeel", |text| text != "binnen toeval")
            }
            stem if stem.starts_with("coordinatie_loting_")
                && stem != "coordinatie_loting_uren" =>
            {
                ("Uitkomst", |text| text.ends_with("dan toeval verklaart"))
            }
            _ => continue,
        };
        let key = if column == "Oordeel" { "Gemeente" } else { "Aanbieder" };
        let word = if beeld.stem == "maatwerk_trechter" { "Uitgelicht: " } else { "Opvallend: " };
        let out: Vec<&str> =
            beeld.rijen().filter(|row| is_out(&row[column])).map(|row| row[key].as_str()).collect();
        if out.is_empty() {
            assert!(!beeld.desc.contains("Uitgelicht: "), "{}: {}", beeld.van(), beeld.desc);
            continue;
        }
        // What stands in parentheses may hold a full stop.
        let told = between(&beeld.desc, word, "). ");
        let named: Vec<&str> =
            beeld.rijen().map(|row| row[key].as_str()).filter(|name| told.contains(name)).collect();
        assert_eq!(named, out, "{}: {told}", beeld.van());
        seen += 1;
    }
    assert!(seen > 3, "{seen}");
}

#[test]
fn no_number_in_a_description_is_without_its_table() {
    let mut wrong = Vec::new();
    let (mut told, mut noticed, mut changed) = (0, 0, 0);
    for beeld in beelden() {
        let feiten = beeld.feiten();
        let namen = beeld.namen();
        for getal in lees(&beeld.desc, &namen).getallen {
            told += 1;
            if !feiten.iter().any(|feit| feit.is(&getal)) {
                wrong.push(format!("{}: {getal:?}\n  {}", beeld.van(), beeld.desc));
            }
            // Another number in its place would be noticed; one digit is too often that of a neighbour.
            if getal.tekst.len() > 2 {
                changed += 1;
                let other = anders(&getal);
                noticed += usize::from(!feiten.iter().any(|feit| feit.is(&other)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(told > 300, "{told}");
    assert!(noticed * 100 > changed * 95, "{noticed} of {changed}");
}

#[test]
fn every_kind_of_figure_is_seen() {
    let mut missing: Vec<&str> = SOORTEN.iter().map(|(stem, _)| *stem).collect();
    missing.retain(|stem| !beelden().iter().any(|beeld| beeld.stem == *stem));
    assert_eq!(missing, [""; 0], "{}", list(&missing));
    assert!(beelden().iter().all(|beeld| beeld.manifest["schema"] != Value::Null));
}
