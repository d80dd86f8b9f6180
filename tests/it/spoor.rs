//! From a figure back to its rows, and whether a report still follows from its files.

mod herkomst;
mod rijen;
mod verifieer;

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use maatstaf::dataset::Dataset;
use maatstaf::report::document::{Block, FigureBlock, Value as Inhoud, is_place};
use maatstaf::run::{Nareken, Silent, nareken_alles};
use maatstaf::trace::rapportmap::Rapportmap;
use maatstaf::trace::{adres, nagerekend, tabellen};
use serde_json::Value;

use crate::support::{BSN_2, Place, export, read, root, sample_data};

static STOP: AtomicBool = AtomicBool::new(false);

/// The example in the project.
fn voorbeeld() -> Rapportmap {
    Rapportmap::open(&root().join("reports/voorbeeld")).unwrap()
}

/// An export of two good lines of two clients, together € 150.
fn lines() -> String {
    export(&[
        &[],
        &[("bsn", BSN_2), ("referentienummer", "R2"), ("volume", "8"), ("bedrag", "100,00")],
    ])
}

/// The dataset of the practice region.
fn dataset() -> &'static Dataset {
    static MADE: OnceLock<(Place, Dataset)> = OnceLock::new();
    let (_, dataset) = MADE.get_or_init(|| {
        let place = Place::new();
        let dataset = read(&[sample_data()], &place.path("dataset"));
        (place, dataset)
    });
    dataset
}

/// Addresses that the pages of the example show, as text between these marks.
fn shown(page: &str, before: &str, after: char) -> Vec<String> {
    let plain = |text: &str| {
        let signs = [
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&quot;", "\""),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
        ];
        signs.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
    };
    page.split(before).skip(1).map(|rest| plain(rest.split(after).next().unwrap())).collect()
}

#[test]
fn every_number_of_the_example_comes_out_the_same_from_its_dataset() {
    let rapport = voorbeeld();
    let job = Nareken { rapport: &rapport, dataset: dataset(), stop: &STOP };
    let published = nareken_alles(&job, &mut Silent).unwrap();
    let mut figures: BTreeMap<String, Value> = BTreeMap::new();
    for measure in published.measures() {
        figures.extend(nagerekend::cijfers(measure).unwrap());
    }
    assert!(figures.len() > 10_000, "{}", figures.len());
    for (address, then) in &rapport.herkomst.figures {
        assert_eq!(figures.get(address), Some(then), "{address}");
    }
    assert_eq!(figures.len(), rapport.herkomst.figures.len());
    let now = nagerekend::oordelen(&published).unwrap();
    let then = adres::afgeleid(&rapport.herkomst.oordelen);
    assert!(then.len() > 1_000, "{}", then.len());
    for (address, value) in &then {
        assert_eq!(now.get(address), Some(value), "{address}");
    }
    assert_eq!(now.len(), then.len());
}

#[test]
fn every_number_in_a_table_has_an_address_and_stands_so_in_the_file_of_its_table() {
    let rapport = voorbeeld();
    let job = Nareken { rapport: &rapport, dataset: dataset(), stop: &STOP };
    let document = maatstaf::run::document(&job, &mut Silent).unwrap();
    let known = adres::alle(&rapport.herkomst);
    let mut cells = tabellen::alle(&rapport.map, "tabel");
    cells.extend(tabellen::alle(&rapport.map, "figuur"));
    let (mut figures, mut places) = (0, 0);
    let data = document.figures().map(FigureBlock::data);
    for table in document.tables().chain(data) {
        for (row, n) in table.rows.iter().zip(1..) {
            for (cell, column) in row.cells.iter().zip(&table.columns) {
                let Some(address) = &cell.address else {
                    let is_word = matches!(cell.value, Inhoud::Text(_) | Inhoud::Empty);
                    assert!(is_word, "{} row {n} {}: {cell:?}", table.id, column.label);
                    continue;
                };
                if is_place(address) {
                    let text = maatstaf::report::csv::cell(cell, column.kind);
                    assert_eq!(cells.get(address), Some(&Value::from(text)), "{address}");
                    places += 1;
                } else {
                    assert!(known.contains_key(address), "{address}");
                    figures += 1;
                }
            }
        }
    }
    assert!(figures > 500 && places > 1_000, "{figures} {places}");
    let sentences = document.sections.iter().flat_map(|section| &section.blocks);
    let mut n = 0;
    for block in sentences {
        let Block::Findings(findings) = block else { continue };
        for finding in findings {
            assert!(!finding.addresses.is_empty(), "{}", finding.text);
            for address in &finding.addresses {
                assert!(known.contains_key(address), "{address}");
            }
            n += 1;
        }
    }
    assert!(n > 20, "{n}");
}

#[test]
fn every_address_that_a_page_shows_leads_somewhere() {
    let rapport = voorbeeld();
    let mut known = adres::alle(&rapport.herkomst);
    known.extend(tabellen::alle(&rapport.map, "tabel"));
    known.extend(tabellen::alle(&rapport.map, "figuur"));
    let mut n = 0;
    for page in ["rapport.html", "LEESMIJ.html"] {
        let text = std::fs::read_to_string(rapport.map.join(page)).unwrap();
        let in_cells = shown(&text, "data-adres=\"", '"');
        let of_sentences = shown(&text, "<dt>Adres</dt><dd><code>", '<');
        let of_sentences = of_sentences.iter().flat_map(|all| all.split(" · "));
        let of_sentences = of_sentences.filter(|one| !one.starts_with('…'));
        for address in in_cells.iter().map(String::as_str).chain(of_sentences) {
            let found = adres::zoek(&known, &rapport.regio, address);
            match found {
                Ok(adres::Gevonden::Getal(found)) => assert_eq!(found, address),
                // A table tells what the addresses of its numbers begin with.
                Ok(adres::Gevonden::Onder(found, below))
                    if ["tabel/", "figuur/"].iter().any(|begin| address.starts_with(begin)) =>
                {
                    assert_eq!(found, address);
                    assert!(!below.is_empty(), "{address}");
                }
                other => panic!("{address}: {other:?}"),
            }
            n += 1;
        }
    }
    assert!(n > 700, "{n}");
}
