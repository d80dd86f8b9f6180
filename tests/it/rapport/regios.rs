//! Other regions and poorer input: what is not known is not told as nought.

use crate::rapport::{Report, shown};
use crate::support::{BSN_1, BSN_2, Place, export, root, with};

const ONE: &str = "99000101";
const TWO: &str = "99000102";

/// Three months of care by two aanbieders in two gemeenten, in the year; `product` of the first line of each month.
fn declaraties(gemeenten: [&str; 2], year: &str, product: &str) -> String {
    let mut rows: Vec<Vec<(&str, String)>> = Vec::new();
    for (month, last) in [("07", "31"), ("08", "31"), ("09", "30")] {
        for (at, (bsn, agb)) in
            [(BSN_1, ONE), (BSN_1, TWO), (BSN_2, ONE), (BSN_2, TWO)].into_iter().enumerate()
        {
            rows.push(vec![
                ("gemeente", gemeenten[at / 2].to_owned()),
                ("agb", agb.to_owned()),
                ("bsn", bsn.to_owned()),
                ("referentienummer", format!("R{month}{at}")),
                ("productcode", if at == 0 { product } else { "45A04" }.to_owned()),
                ("periode_begin", format!("01-{month}-{year}")),
                ("periode_eind", format!("{last}-{month}-{year}")),
                ("dagtekening", format!("05-10-{year}")),
            ]);
        }
    }
    let rows: Vec<Vec<(&str, &str)>> = rows
        .iter()
        .map(|row| row.iter().map(|(name, text)| (*name, text.as_str())).collect())
        .collect();
    export(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// A report on one file of declaraties and nothing else.
fn of(regio: &str, text: &str, more: &[&str]) -> Report {
    let place = Place::new();
    let file = shown(&place.write("declaraties.csv", text));
    Report::make_in(place, &[&[file.as_str(), "--regio", regio], more].concat())
}

/// The part of a page between two texts.
#[track_caller]
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let start = page.rfind(from).unwrap_or_else(|| panic!("{from} is not on the page"));
    let rest = &page[start..];
    &rest[..rest.find(to).unwrap_or_else(|| panic!("{to} is not on the page"))]
}

fn chapter<'p>(page: &'p str, title: &str, next: &str) -> &'p str {
    between(page, &format!("|{title}|"), &format!("|{next}|"))
}

#[test]
fn zou_has_no_product_for_coordination_and_says_so_with_its_reason() {
    let report = of("zou", &declaraties(["0355", "0310"], "2025", "45A75"), &[]);
    let page = report.page("rapport.html");
    let part = chapter(&page, "Zorgcoördinatie over aanbieders", "Kosten en uitschieters");
    let why =
        "Niet te bepalen: de werkafspraken van regio ZOU noemen geen product voor zorgcoördinatie";
    assert!(part.contains(why), "{part}");
    assert!(part.contains("Wat helpt: leg in het regiobestand"), "{part}");
    assert!(!part.contains("..") && !part.contains("0,0 uur"), "{part}");
    let list = chapter(&page, "10|Niet te bepalen", "11|Verantwoording");
    assert!(
        list.contains("|De werkafspraken van regio ZOU noemen geen product voor zorgcoördinatie")
    );
    assert!(list.contains("Wat helpt: leg in het regiobestand"), "{list}");
    for name in [
        "tabellen/coordinatie_per_aanbieder.csv",
        "figuren/coordinatie_aandeel.svg",
        "figuren/coordinatie_lorenz.svg",
    ] {
        assert!(!report.files.contains_key(name), "{name}");
    }
}

#[test]
fn without_a_register_agreements_are_not_determinable_and_never_nought() {
    for (regio, gemeenten) in [
        ("zou", ["0355", "0310"]),
        ("oost-veluwe", ["0200", "0301"]),
        ("midden-holland", ["0513", "1892"]),
        ("holland-rijnland", ["0546", "0575"]),
        ("oefenregio", ["9901", "9902"]),
    ] {
        let report = of(regio, &declaraties(gemeenten, "2025", "45A04"), &[]);
        let page = report.page("rapport.html");
        let question = "Hoeveel maatwerkovereenkomsten zijn er per gemeente? Niet te bepalen: geen maatwerkovereenkomsten (register) aangeleverd";
        assert_eq!(page.matches(question).count(), 1, "{regio}: in its chapter");
        let list = chapter(&page, "10|Niet te bepalen", "11|Verantwoording");
        assert!(list.contains("|Geen maatwerkovereenkomsten (register) aangeleverd|"), "{list}");
        assert!(list.contains("Hoeveel maatwerkovereenkomsten zijn er per gemeente?"), "{list}");
        assert!(
            page.contains("Welke maatwerkovereenkomsten lopen binnenkort af? Niet te bepalen"),
            "{regio}"
        );
        assert!(!page.contains("0 nieuwe maatwerkovereenkomsten"), "{regio}");
        assert!(!report.files.contains_key("figuren/maatwerk_nieuw.svg"), "{regio}");
        assert!(!report.files.contains_key("tabellen/aflopend.csv"), "{regio}");
        let figures = report.figures();
        assert!(!figures.keys().any(|address| address.starts_with("maatwerk_nieuw/")
            || address.starts_with("maatwerk_lopend/")));
        let queries = report.manifest()["queries"].clone();
        for query in ["maatwerk_nieuw", "maatwerk_lopend", "aflopend"] {
            assert!(
                queries[query]["unknown"].as_str().unwrap().contains("register"),
                "{regio} {query}"
            );
        }
        if let Some(table) = report.files.get("tabellen/maatwerk_per_gemeente.csv") {
            let heading = String::from_utf8_lossy(table);
            assert!(!heading.lines().next().unwrap().contains("Nieuw"), "{regio}");
        }
    }
}

#[test]
fn a_gemeente_of_which_nothing_was_supplied_has_unknown_costs() {
    let report = of("zou", &declaraties(["0355", "0310"], "2025", "45M04"), &[]);
    // The register is missing, and in this region part of the maatwerk is known by it only.
    assert!(
        report
            .text("figuren/alt-teksten.txt")
            .contains(": Maatwerk kostte ten minste € 150 in 2025-K3")
    );
    let table = report.table("tabellen/maatwerk_per_gemeente.csv");
    let costs = |naam: &str| {
        table.iter().find(|row| row["Gemeente"] == naam).unwrap()["Kosten maatwerk (euro)"].clone()
    };
    assert_eq!((costs("Zeist").as_str(), costs("De Bilt").as_str()), ("150,00", "0,00"));
    for naam in ["Bunnik", "Wijk bij Duurstede", "Utrechtse Heuvelrug"] {
        assert_eq!(costs(naam), "niet te bepalen", "{naam}");
    }
    assert_eq!(costs("Regio"), "150,00");
}

#[test]
fn declaraties_alone_give_a_whole_report() {
    let report = of("oefenregio", &declaraties(["9901", "9902"], "2025", "45A04"), &[]);
    for name in [
        "LEESMIJ.html",
        "rapport.html",
        "herkomst/manifest.json",
        "tabellen/kosten_per_product.csv",
    ] {
        assert!(report.files.contains_key(name), "{name}");
    }
    let page = report.page("rapport.html");
    assert!(page.contains("Elke gelezen regel en elke eurocent is verantwoord."));
    assert!(page.contains("Bron: 1 aangeleverd bestand, vraag kosten_per_product"), "{page}");
    let rows = report.table("tabellen/kosten_per_product.csv");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["Kosten (euro)"], "600,00");
    let list = chapter(&page, "10|Niet te bepalen", "11|Verantwoording");
    for question in ["overeenkomsten", "zorgcoördinatie", "tarief"] {
        assert!(list.contains(question), "{question}: {list}");
    }
}

#[test]
fn oost_veluwe_counts_coordination_and_says_when_its_rules_hold() {
    let note = "De afspraken over zorgcoördinatie gelden van 1 januari 2019 tot en met 31 december 2021. Dit kwartaal valt daarbuiten";
    for (year, is_outside) in [("2021", false), ("2025", true)] {
        let report = of("oost-veluwe", &declaraties(["0200", "0301"], year, "45A75"), &[]);
        let page = report.page("rapport.html");
        let part = chapter(&page, "Zorgcoördinatie over aanbieders", "Kosten en uitschieters");
        assert_eq!(part.contains(note), is_outside, "{year}: {part}");
        assert!(part.contains(
            "Deze regio kent geen regel dat zorgcoördinatie evenredig verdeeld moet zijn."
        ));
        assert!(
            part.contains("is 12,0 uur zorgcoördinatie gedeclareerd door 1 aanbieder"),
            "{part}"
        );
        // The only coordinator gave no other care, so that nobody else can be held against it.
        assert!(
            part.contains(
                "evenredig verdeeld over de aanbieders? Niet te bepalen: bij geen enkele cliënt"
            ),
            "{part}"
        );
        // Maatwerk is something else in this region, and nothing recognises it.
        assert!(page.contains(
            "Wat kostte maatwerk per gemeente? Niet te bepalen: de regio kent geen regel"
        ));
        assert!(!report.files.contains_key("figuren/maatwerk_kosten.svg"));
    }
}

#[test]
fn one_aanbieder_alone_divides_nothing() {
    let row = |referentie: &'static str, product: &'static str| {
        [
            ("gemeente", "0200"),
            ("agb", ONE),
            ("referentienummer", referentie),
            ("productcode", product),
        ]
    };
    let text = export(&[&row("R1", "45A04"), &row("R2", "45A75")]);
    let report = of("oost-veluwe", &text, &["--kwartaal", "2025-K3"]);
    let page = report.page("rapport.html");
    let part = chapter(&page, "Zorgcoördinatie over aanbieders", "Kosten en uitschieters");
    assert!(
        part.contains(
            "Niet te bepalen: er is maar één aanbieder die zorgcoördinatie gaf of kon geven"
        ),
        "{part}"
    );
    assert!(!part.contains("Gini") && !part.contains("100%"), "{part}");
    assert!(
        report.files.contains_key("tabellen/coordinatie_per_aanbieder.csv"),
        "the hours are still told"
    );
}

#[test]
fn clients_of_one_aanbieder_each_leave_nothing_to_compare_hours_with() {
    let row = |referentie: &'static str, bsn: &'static str, agb: &'static str| {
        [
            ("gemeente", "0200"),
            ("agb", agb),
            ("bsn", bsn),
            ("referentienummer", referentie),
            ("productcode", "45A75"),
        ]
    };
    let text = export(&[&row("R1", BSN_1, ONE), &row("R2", BSN_2, TWO)]);
    let page = of("oost-veluwe", &text, &["--kwartaal", "2025-K3"]).page("rapport.html");
    let part = chapter(&page, "Zorgcoördinatie over aanbieders", "Kosten en uitschieters");
    assert!(
        part.contains("Niet te bepalen: geen enkele cliënt had meer dan één aanbieder"),
        "{part}"
    );
    assert!(!part.contains("0% van de cliënten"), "{part}");
}

#[test]
fn midden_holland_has_no_product_and_a_product_list_changes_nothing() {
    let place = Place::new();
    let text = declaraties(["0513", "1892"], "2025", "45A75");
    let file = shown(&place.write("declaraties.csv", text));
    // Even a list that calls a product coordination does not make it one here.
    let list = "productcode;naam;eenheid;geldig_van;tarief;is_coordinatie\n45A75;zorg;uur;01-01-2025;12,50;ja\n";
    let list = shown(&place.write("producten.csv", list));
    let report = Report::make_in(place, &[&file, &list, "--regio", "midden-holland"]);
    let page = report.page("rapport.html");
    let part =
        chapter(&page, "Zorgcoördinatie (zorgregie) over aanbieders", "Kosten en uitschieters");
    let why = "Niet te bepalen: zorgcoördinatie is in Midden-Holland sinds 2018 deel van de gewone uren en in de declaraties niet apart herkenbaar";
    assert!(part.contains(why), "{part}");
    assert!(!part.contains("0,0 uur") && !part.contains("Gini"), "{part}");
    assert!(!report.files.contains_key("tabellen/coordinatie_per_aanbieder.csv"));
    assert_eq!(report.table("tabellen/kosten_per_product.csv").len(), 2);
}

#[test]
fn midden_holland_judges_from_plans_who_coordinates_and_knows_no_hours() {
    let place = Place::new();
    let text = declaraties(["0513", "1892"], "2025", "45A04");
    let file = shown(&place.write("declaraties.csv", text));
    let plan = |bsn: &str, gemeente: &str, agb: &str| {
        format!("{bsn};{gemeente};{agb};ja;01-07-2025;31-12-2025\n")
    };
    let heading = "BSN;Gemeente;Coordinator AGB;Plan aanwezig;Begindatum;Einddatum\n";
    let plans = format!("{heading}{}{}", plan(BSN_1, "0513", ONE), plan(BSN_2, "1892", ONE));
    let plans = shown(&place.write("plannen.csv", plans));
    let report = Report::make_in(place, &[&file, &plans, "--regio", "midden-holland"]);
    let page = report.page("rapport.html");
    let part =
        chapter(&page, "Zorgcoördinatie (zorgregie) over aanbieders", "Kosten en uitschieters");
    assert!(
        part.contains(
            "had bij 2 cliënten met zorgcoördinatie meer dan één aanbieder die kunnen doen"
        ),
        "{part}"
    );
    assert!(part.contains("Wie coördineert, komt uit de gezinsplannen."), "{part}");
    assert!(part.contains("Hoeveel uren zorgcoördinatie deed elke aanbieder? Niet te bepalen"));
    let rows = report.table("figuren/coordinatie_loting_kwartaal.csv");
    let of = |agb: &str| rows.iter().find(|row| row["Aanbieder"] == agb).unwrap();
    assert_eq!(of(ONE)["Coördineerde (cliënten)"], "2");
    assert_eq!(of(TWO)["Coördineerde (cliënten)"], "0");
    assert_eq!(of(ONE)["Verwacht (gelijke kans)"], "1");
    assert!(!report.files.contains_key("figuren/coordinatie_loting_uren.csv"));
}

#[test]
fn holland_rijnland_counts_coordination_when_the_product_list_says_which_it_is() {
    let text = declaraties(["0546", "0575"], "2025", "45A75");
    let report = of("holland-rijnland", &text, &[]);
    let page = report.page("rapport.html");
    let part =
        chapter(&page, "Zorgcoördinatie (coördinatie) over aanbieders", "Kosten en uitschieters");
    let why = "Niet te bepalen: de bron van Holland Rijnland noemt een product coördinatie, maar niet welke productcode dat is";
    assert!(part.contains(why), "{part}");
    let place = Place::new();
    let file = shown(&place.write("declaraties.csv", &text));
    let list = "productcode;naam;eenheid;geldig_van;tarief;is_coordinatie\n45A75;coördinatie;uur;01-01-2025;12,50;ja\n";
    let list = shown(&place.write("producten.csv", list));
    let report = Report::make_in(place, &[&file, &list, "--regio", "holland-rijnland"]);
    let page = report.page("rapport.html");
    let part =
        chapter(&page, "Zorgcoördinatie (coördinatie) over aanbieders", "Kosten en uitschieters");
    assert!(!part.contains(why) && part.contains("12,0 uur"), "{part}");
}

#[test]
fn a_merged_gemeente_counts_for_the_new_one_and_its_code_is_late_after_the_merger_only() {
    for (year, n_late, rate) in [("2018", 0, "1,428571"), ("2025", 7, "1,333333")] {
        let place = Place::new();
        let text = declaraties(["0576", "0575"], year, "45A04");
        let file = shown(&place.write("declaraties.csv", &text));
        // Children of both before the merger, of the new one after it; the old row of a later year is not added.
        let children = "gemeente;jaar;jeugdigen\n0575;2018;4000\n0576;2018;3000\n0575;2025;7500\n0576;2025;3000\n";
        let table = shown(&place.write("gemeenten.csv", children));
        let register = format!(
            "overeenkomstnummer;gemeente;bsn;agb;productcode;begindatum;einddatum;mochadocs\nMW1;0576;{BSN_1};{ONE};45A04;01-08-{year};31-12-{year};M1\n"
        );
        let register = shown(&place.write("overeenkomsten.csv", register));
        let rules = std::fs::read_to_string(root().join("regions/holland-rijnland.toml")).unwrap();
        let rules =
            shown(&place.write("hr.toml", with(&rules, "register = false", "register = true")));
        let report = Report::make_in(
            place,
            &[&file, &table, &register, "--regio", &rules, "--kwartaal", &format!("{year}-K3")],
        );
        let page = report.page("rapport.html");
        assert!(page.contains("1 nieuwe maatwerkovereenkomst"));
        assert!(!page.contains("die door een maatregel"), "{year}: this region has none");
        let late: Vec<_> = report
            .table("afkeur/afkeur.csv")
            .into_iter()
            .filter(|row| row["Code"] == "MS245")
            .collect();
        assert_eq!(late.len(), n_late, "{year}");
        assert!(late.iter().all(|row| row["Gevonden"] == "0576" && row["Verwacht"] == "0575"));
        let per_gemeente = report.table("tabellen/maatwerk_per_gemeente.csv");
        let here = per_gemeente.iter().find(|row| row["Gemeente"] == "Noordwijk").unwrap();
        assert_eq!(
            (here["Nieuw"].as_str(), here["Nieuw per 10.000 jeugdigen"].as_str()),
            ("1", rate)
        );
        let figures = report.figures();
        let here: Vec<&String> =
            figures.keys().filter(|address| address.contains("/0576/")).collect();
        assert!(here.is_empty(), "{here:?}");
        let at = format!("kosten_totaal/0575/{year}-K3/bedrag_ct");
        assert_eq!(figures[&at]["value"], 60_000, "{:?}", figures.keys().collect::<Vec<_>>());
    }
}

#[test]
fn a_region_that_does_not_ask_for_an_even_division_gets_no_lottery() {
    let place = Place::new();
    let region = std::fs::read_to_string(root().join("regions/oefenregio.toml")).unwrap();
    let region = with(&region, "evenredigheid = \"gesprek\"", "evenredigheid = \"geen\"");
    let region = shown(&place.write("eigen.toml", region));
    let text = declaraties(["9901", "9902"], "2025", "45A75");
    let file = shown(&place.write("declaraties.csv", text));
    let report = Report::make_in(place, &[&file, "--regio", &region]);
    let page = report.page("rapport.html");
    let part = chapter(&page, "Zorgcoördinatie over aanbieders", "Kosten en uitschieters");
    assert!(part.contains("uur zorgcoördinatie gedeclareerd"), "{part}");
    assert!(!part.contains("loting") && !part.contains("evenredig"), "{part}");
    assert_eq!(report.manifest()["verdeling"], serde_json::json!([]));
}
