//! From a figure back to its rows, and whether a report still follows from its files.

mod herkomst;
mod rijen;
mod verifieer;

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use maatstaf::dataset::Dataset;
use maatstaf::run::{Nareken, Silent, nareken_alles};
use maatstaf::trace::rapportmap::Rapportmap;
use maatstaf::trace::{adres, nagerekend};
use serde_json::Value;

use crate::support::{BSN_2, Place, export, read, root, sample_data};

static STOP: AtomicBool = AtomicBool::new(false);

/// The example in the project.
fn voorbeeld() -> Rapportmap {
    Rapportmap::open(&root().join("reports/voorbeeld")).unwrap()
}

/// An export of two good lines of two clients, together € 150.
fn lines() -> String {
    export(&[&[], &[("bsn", BSN_2), ("volume", "8"), ("bedrag", "100,00")]])
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
fn every_address_that_a_page_shows_leads_somewhere() {
    let rapport = voorbeeld();
    let known = adres::alle(&rapport.herkomst);
    let mut n = 0;
    for page in ["rapport.html", "LEESMIJ.html"] {
        let text = std::fs::read_to_string(rapport.map.join(page)).unwrap();
        let in_cells = shown(&text, "data-adres=\"", '"');
        let of_sentences = shown(&text, "<dt>Adres</dt><dd><code>", '<');
        for address in in_cells.iter().chain(&of_sentences) {
            let found = adres::zoek(&known, &rapport.regio, address);
            let Ok(adres::Gevonden::Getal(found)) = found else { panic!("{address}: {found:?}") };
            assert_eq!(&found, address);
            n += 1;
        }
    }
    assert!(n > 700, "{n}");
}
