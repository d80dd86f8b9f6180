//! From a figure back to its rows, and whether a report still follows from its files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use maatstaf::dataset::Dataset;
use maatstaf::metrics::Measured;
use maatstaf::run::{Nareken, Silent, achter};
use maatstaf::trace::rapportmap::Rapportmap;

use crate::support::{Place, read, root, sample_data};

fn voorbeeld() -> Rapportmap {
    Rapportmap::open(&root().join("reports/voorbeeld")).unwrap()
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

#[test]
fn rows() {
    let rapport = voorbeeld();
    let stop = AtomicBool::new(false);
    let job = Nareken { rapport: &rapport, dataset: dataset(), stop: &stop };
    let (mut good, mut bad) = (0, 0);
    for query in rapport.queries().unwrap() {
        let begin = std::time::Instant::now();
        let published = maatstaf::run::nareken(
            &job,
            &rapport.met_noemer((*query).clone()).unwrap(),
            &mut Silent,
        )
        .unwrap();
        let Some(measure) = published.measure(&query.id) else { continue };
        let cells = measure.outcome_cells();
        let step = (cells.len() / 12).max(1);
        let keys: Vec<Vec<String>> =
            cells.iter().step_by(step).map(|cell| cell.key.clone()).collect();
        let found = achter(&job, &query, &keys).unwrap();
        let exact = found.iter().filter(|one| one.soort.precies).count();
        if exact == found.len() {
            good += 1
        } else {
            bad += 1
        }
        let reason =
            found.iter().find(|one| !one.soort.precies).map(|one| one.soort.uitleg.clone());
        println!("{} {}/{} {:?} {:?}", query.id, exact, found.len(), begin.elapsed(), reason);
    }
    println!("{good} {bad}");
}
