//! The example and the four real regions with what was planted for their rules: read, measured and judged once.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use chrono::{Days, NaiveDate};
use maatstaf::findings::{Context, Judged, judge};
use maatstaf::metrics::{Measured, Query};
use maatstaf::period::Kwartaal;
use maatstaf::practice::generate_cases;
use maatstaf::region::{Publiek, Region};
use maatstaf::run::{Rapport, Silent, measure};

use crate::support::{Place, read_region, sample_data};

/// The region of the example, and its quarter.
const EXAMPLE: (&str, &str) = ("oefenregio", "2025-K3");
/// The real regions.
const REAL: [&str; 4] = ["zou", "oost-veluwe", "midden-holland", "holland-rijnland"];

/// A region with data, measured and judged.
pub(super) struct Streek {
    /// Its id.
    pub(super) naam: &'static str,
    /// Its rules.
    pub(super) region: Region,
    /// The quarter reported on.
    pub(super) kwartaal: Kwartaal,
    /// The day from which is looked back.
    pub(super) peildatum: NaiveDate,
    /// Every figure.
    pub(super) measured: Vec<Measured>,
    /// Everything that is said.
    pub(super) judged: Judged,
    /// The folder that was read.
    pub(super) input: PathBuf,
    /// Keeps the folder.
    _place: Place,
}

/// All five, made once.
pub(super) fn all() -> &'static [Streek] {
    static MADE: LazyLock<Vec<Streek>> = LazyLock::new(|| {
        let (naam, kwartaal) = EXAMPLE;
        let example = make(Place::new(), naam, kwartaal, sample_data());
        let real = REAL.iter().map(|naam| {
            let place = Place::new();
            let summary = generate_cases(naam, &place.path("gevallen")).unwrap();
            let input = place.path("gevallen");
            make(place, naam, &summary.kwartaal, input)
        });
        std::iter::once(example).chain(real).collect()
    });
    &MADE
}

fn make(place: Place, naam: &'static str, kwartaal: &str, input: PathBuf) -> Streek {
    let region = Region::load(naam, None).unwrap();
    let kwartaal: Kwartaal = kwartaal.parse().unwrap();
    let peildatum = kwartaal.last_day() + Days::new(30);
    let dataset = read_region(std::slice::from_ref(&input), &place.path("dataset"), &region);
    let queries: Vec<Arc<Query>> = Query::load_all(None).unwrap();
    let job = Rapport {
        region: &region,
        kwartaal,
        peildatum,
        publiek: Publiek::Intern,
        queries: &queries,
        templates: None,
        command: &[],
        exit: 0,
        is_above_threshold: false,
        only: None,
        stop: &AtomicBool::new(false),
    };
    let measured = measure(&job, &dataset, &mut Silent).unwrap();
    let judged = judge(&Context { region: &region, kwartaal, peildatum, measured: &measured });
    Streek { naam, region, kwartaal, peildatum, measured, judged, input, _place: place }
}
