//! Editions per gemeente: what one gemeente reads about another, and what it cannot find out.

mod bestanden;
mod sommen;
mod verborgen;

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use chrono::{Days, NaiveDate};
use maatstaf::dataset::Dataset;
use maatstaf::disclosure::{Edities, Published, PublishedOutcome};
use maatstaf::findings::{Context, Judged, judge};
use maatstaf::metrics::{Measured, MeasuredCell, Query};
use maatstaf::period::Kwartaal;
use maatstaf::practice::generate_cases;
use maatstaf::region::{Publiek, Region};
use maatstaf::report::compose::{Input, compose};
use maatstaf::report::templates::Templates;
use maatstaf::run::{Rapport, Silent, measure};

use crate::support::{Place, read_region, sample_data};

/// A region with its figures.
struct Regio {
    /// Keeps the dataset until the end.
    _place: Place,
    region: Region,
    kwartaal: Kwartaal,
    peildatum: NaiveDate,
    dataset: Dataset,
    measured: Vec<Measured>,
    judged: Judged,
    edities: OnceLock<Edities<'static>>,
}

impl Regio {
    fn new(place: Place, name: &str, inputs: &[std::path::PathBuf]) -> Self {
        let region = Region::load(name, None).unwrap();
        let dataset = read_region(inputs, &place.path("set"), &region);
        let kwartaal: Kwartaal = "2025-K3".parse().unwrap();
        let peildatum = kwartaal.last_day() + Days::new(30);
        let job = Rapport {
            region: &region,
            kwartaal,
            peildatum,
            publiek: Publiek::Intern,
            queries: &Query::load_all(None).unwrap(),
            templates: None,
            command: &[],
            exit: 0,
            is_above_threshold: false,
            only: None,
            stop: &AtomicBool::new(false),
        };
        let measured = measure(&job, &dataset, &mut Silent).unwrap();
        let context = Context { region: &region, kwartaal, peildatum, measured: &measured };
        let judged = judge(&context);
        let edities = OnceLock::new();
        Self { _place: place, region, kwartaal, peildatum, dataset, measured, judged, edities }
    }

    fn codes(&self) -> Vec<&str> {
        self.region.gemeenten.iter().map(|gemeente| gemeente.code.as_str()).collect()
    }

    fn judged(&self, measured: &[Measured]) -> Judged {
        judge(&Context {
            region: &self.region,
            kwartaal: self.kwartaal,
            peildatum: self.peildatum,
            measured,
        })
    }

    /// What a gemeente may see.
    fn published(&'static self, code: &str) -> Published {
        self.edities().voor(code).unwrap()
    }

    /// The editions, decided once.
    fn edities(&'static self) -> &'static Edities<'static> {
        let made =
            || Edities::new(&self.measured, &self.judged, &self.region, Publiek::Intern).unwrap();
        self.edities.get_or_init(made)
    }

    /// Addresses that the gemeente may not see.
    fn verborgen(&'static self, code: &str) -> BTreeSet<String> {
        self.edities().verborgen(code)
    }

    /// The page of a gemeente.
    fn page(&'static self, code: &str) -> String {
        self.page_of(&self.published(code))
    }

    /// The page of a gemeente, had the figures been these and had the same been hidden.
    fn page_if(&'static self, measured: &[Measured], code: &str) -> String {
        let judged = self.judged(measured);
        self.page_of(&self.edities().over(measured, &judged).voor(code).unwrap())
    }

    fn page_of(&self, published: &Published) -> String {
        let document = compose(&Input {
            published,
            manifest: &self.dataset.manifest,
            causes: &[],
            retouren: &[],
            region: &self.region,
            kwartaal: self.kwartaal,
            peildatum: self.peildatum,
            is_above_threshold: false,
            only: None,
        })
        .unwrap();
        let templates = Templates::load(None).unwrap();
        String::from_utf8(maatstaf::report::alone(&document, &templates).unwrap()).unwrap()
    }
}

/// The practice region as it is kept in the project, read once.
fn oefenregio() -> &'static Regio {
    static REGIO: OnceLock<Regio> = OnceLock::new();
    REGIO.get_or_init(|| Regio::new(Place::new(), "oefenregio", &[sample_data()]))
}

/// A real region with a case for each of its rules, read once.
fn zou() -> &'static Regio {
    static REGIO: OnceLock<Regio> = OnceLock::new();
    REGIO.get_or_init(|| {
        let place = Place::new();
        generate_cases("zou", &place.path("gevallen")).unwrap();
        let inputs = [place.path("gevallen")];
        // Answers are for people.
        fs::remove_file(place.path("gevallen/antwoorden.json")).unwrap();
        Regio::new(place, "zou", &inputs)
    })
}

/// Every figure with its address.
fn cells(measured: &[Measured]) -> impl Iterator<Item = (&Measured, &MeasuredCell, String)> {
    measured.iter().flat_map(|one| {
        let cells = one.levels().iter().flat_map(|level| &level.cells);
        cells.map(move |cell| (one, cell, one.address(cell, &one.query.value)))
    })
}

/// Children behind a figure, or what it counts.
fn children(cell: &MeasuredCell) -> i64 {
    match cell.clienten {
        Some(n) if n > 0 || cell.bedrag_ct.is_none() => i64::from(n),
        _ => cell.value.abs(),
    }
}

/// True for a figure that is about this gemeente alone.
fn is_own(measured: &Measured, cell: &MeasuredCell, code: &str) -> bool {
    measured.query.keys.iter().zip(&cell.key).any(|(key, text)| key == "gemeente" && text == code)
}

#[test]
fn what_is_about_the_gemeente_alone_is_shown_and_small_numbers_of_others_are_not() {
    let regio = oefenregio();
    let minimum = regio.region.disclosure.minimum;
    for code in regio.codes() {
        let hidden = regio.verborgen(code);
        let (mut n_own, mut n_other) = (0, 0);
        for (measured, cell, address) in cells(&regio.measured) {
            let is_small = (1..minimum).contains(&children(cell));
            if is_own(measured, cell, code) {
                assert!(!hidden.contains(&address), "{code}: {address}");
                n_own += usize::from(is_small);
            } else if is_small {
                assert!(hidden.contains(&address), "{code}: {address}");
                n_other += 1;
            }
        }
        assert!(n_own > 20 && n_other > 500, "{code}: {n_own} {n_other}");
    }
}

#[test]
fn two_editions_show_the_same_number_wherever_both_show_one() {
    let regio = oefenregio();
    let shown = |code: &str| {
        let published = regio.published(code);
        let mut out = std::collections::BTreeMap::new();
        for measure in published.measures() {
            match &measure.outcome {
                PublishedOutcome::Cells(levels) => {
                    for cell in levels.iter().flat_map(|(_, cells)| cells) {
                        if let Some(value) = cell.value.value() {
                            out.insert(cell.address.clone(), value);
                        }
                    }
                }
                // Rows are of single children.
                PublishedOutcome::List(_) => panic!("{}: rows in an edition", measure.id),
                PublishedOutcome::Withheld | PublishedOutcome::NotDeterminable(_) => {}
            }
            assert!(measure.werklijst.is_none(), "{}", measure.id);
        }
        out
    };
    let editions: Vec<_> = regio.codes().into_iter().map(shown).collect();
    let mut n_both = 0;
    for (at, one) in editions.iter().enumerate() {
        for other in &editions[at + 1..] {
            for (address, value) in one {
                if let Some(same) = other.get(address) {
                    assert_eq!(value, same, "{address}");
                    n_both += 1;
                }
            }
        }
    }
    assert!(n_both > 1_000, "{n_both}");
}

/// Figures of which all copies are changed by `change`.
fn changed(
    measured: &[Measured],
    change: &dyn Fn(&Measured, &mut MeasuredCell, &str),
) -> Vec<Measured> {
    let mut out = measured.to_vec();
    for (one, before) in out.iter_mut().zip(measured) {
        let maatstaf::metrics::Outcome::Cells(levels) = &mut one.outcome else { continue };
        for cell in levels.iter_mut().flat_map(|level| &mut level.cells) {
            let address = before.address(cell, &before.query.value);
            change(before, cell, &address);
        }
    }
    out
}

/// Queries of one gemeente after another, for what is too much to do for all.
fn some_codes(regio: &'static Regio) -> Vec<&'static str> {
    regio.codes().into_iter().step_by(3).collect()
}

/// A query by its id.
fn query<'m>(measured: &'m [Measured], id: &str) -> &'m Arc<Query> {
    &measured.iter().find(|one| one.query.id == id).unwrap().query
}
