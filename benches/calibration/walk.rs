//! One practice region, from its files to the verdicts.
//!
//! Enters: a size, a seed, and whether anything is planted. Leaves: [`Seen`], of every verdict how far out it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context as _, Result};
use maatstaf::findings::maatwerk::vergelijking::Vergelijking;
use maatstaf::findings::verdeling::{Aandeel, Evenredig, MAX_Q, Termijn};
use maatstaf::findings::{Context, Judged, judge};
use maatstaf::metrics::Query;
use maatstaf::practice::{Options, generate};
use maatstaf::region::{Publiek, Region};
use maatstaf::run::{Lees, Rapport, Silent, lees, measure};
use maatstaf::stats::Level;
use maatstaf::typing::pseudonym::Key;

/// The shares that chance may flag, per level.
pub(crate) const AIMS: [f64; 2] = [0.05, 0.002];

/// The questions that are judged; the others say nothing about gemeenten or aanbieders.
const QUERIES: [&str; 2] = ["maatwerk_nieuw", "coordinatie_loting"];

/// Two rows of a table: over four quarters, and over one.
type Row = [&'static str; 2];
const GEMEENTEN: Row = ["gemeenten, maatwerk, four quarters", "gemeenten, maatwerk, quarter"];
const CLIENTS: Row = ["aanbieders, clients, four quarters", "aanbieders, clients, quarter"];
const HOURS: Row = ["aanbieders, hours, four quarters", "aanbieders, hours, quarter"];
const PART: Row = [
    "aanbieders within a gemeente, clients, four quarters",
    "aanbieders within a gemeente, clients, quarter",
];
const WHOLE: Row = ["region at once, clients, four quarters", "region at once, clients, quarter"];
const WHOLE_HOURS: Row = ["region at once, hours, four quarters", "region at once, hours, quarter"];
const NAMED: Row = [
    "region with an aanbieder of q < 0.05, four quarters",
    "region with an aanbieder of q < 0.05, quarter",
];
const ONE_GEMEENTE: Row =
    ["the gemeente, maatwerk, four quarters", "the gemeente, maatwerk, quarter"];
const ONE_CLIENTS: Row =
    ["the aanbieder, clients, four quarters", "the aanbieder, clients, quarter"];
const ONE_HOURS: Row = ["the aanbieder, hours, four quarters", "the aanbieder, hours, quarter"];
const ONE_NAMED: Row =
    ["the aanbieder has q < 0.05, four quarters", "the aanbieder has q < 0.05, quarter"];

/// How far beyond chance something is: 0 within, 1 beyond 95%, 2 beyond 99.8%.
pub(crate) type Flag = usize;

/// Verdicts by row of the table, in its order.
pub(crate) struct Seen(pub(crate) Vec<(&'static str, Vec<Flag>)>);

impl Seen {
    /// The table without signals, still empty.
    pub(crate) fn fair() -> Self {
        Self::of(&[GEMEENTEN, CLIENTS, HOURS, PART, WHOLE, WHOLE_HOURS, NAMED])
    }

    /// The table of what was planted, still empty.
    pub(crate) fn planted() -> Self {
        Self::of(&[ONE_GEMEENTE, ONE_CLIENTS, ONE_HOURS, ONE_NAMED])
    }

    fn of(rows: &[Row]) -> Self {
        Self(rows.iter().flatten().map(|row| (*row, Vec::new())).collect())
    }

    fn add(&mut self, row: &'static str, flags: impl IntoIterator<Item = Flag>) {
        let found = self.0.iter_mut().find(|(known, _)| *known == row);
        found.expect("a row of the table").1.extend(flags);
    }

    /// Adds the verdicts of another region.
    pub(crate) fn add_all(&mut self, other: Self) {
        for (row, flags) in other.0 {
            self.add(row, flags);
        }
    }
}

/// What every region shares.
pub(crate) struct Walk {
    region: Region,
    queries: Vec<Arc<Query>>,
}

impl Walk {
    pub(crate) fn new() -> Result<Self> {
        let mut queries = Query::load_all(None)?;
        queries.retain(|query| QUERIES.contains(&query.id.as_str()));
        Ok(Self { region: Region::load("oefenregio", None)?, queries })
    }

    /// Files, dataset, figures, verdicts; without a report.
    pub(crate) fn region(&self, options: &Options) -> Result<Seen> {
        let place = tempfile::tempdir()?;
        let files = place.path().join("in");
        generate(options, &files)?;
        let stop = AtomicBool::new(false);
        let read = Lees {
            inputs: std::slice::from_ref(&files),
            target: &place.path().join("dataset"),
            region: &self.region,
            aliases: &self.region.aliases,
            forced: &BTreeMap::new(),
            stijlen: &[],
            key: &Key::new([7; 32]),
            stop: &stop,
        };
        let dataset = lees(&read, &mut Silent)?;
        let kwartaal = dataset.manifest.last_full_quarter().context("no whole quarter")?;
        let job = Rapport {
            region: &self.region,
            kwartaal,
            peildatum: kwartaal.last_day(),
            publiek: Publiek::Intern,
            queries: &self.queries,
            templates: None,
            command: &[],
            exit: 0,
            is_above_threshold: false,
            only: None,
            stop: &stop,
        };
        let measured = measure(&job, &dataset, &mut Silent)?;
        let peildatum = job.peildatum;
        let context = Context { region: &self.region, kwartaal, peildatum, measured: &measured };
        let judged = judge(&context);
        if options.signalen { planted(&judged, &files) } else { Ok(fair(&judged)) }
    }
}

fn of_level(level: Level) -> Flag {
    match level {
        Level::Within => 0,
        Level::Beyond95(_) => 1,
        Level::Beyond998(_) => 2,
    }
}

/// A doubled smaller tail is below twice the tail of a level exactly when that tail is below it.
fn of_p(p: f64) -> Flag {
    AIMS.iter().filter(|aim| p < **aim).count()
}

fn is_named(deel: &Aandeel) -> bool {
    deel.q.is_some_and(|q| q < MAX_Q)
}

/// Position in a [`Row`].
fn term(one: &Evenredig) -> usize {
    usize::from(one.termijn == Termijn::Kwartaal)
}

/// The comparisons of gemeenten, in the order of a [`Row`].
fn compared(judged: &Judged) -> impl Iterator<Item = (usize, &Vergelijking)> {
    let terms = [&judged.maatwerk, &judged.maatwerk_kwartaal];
    terms.into_iter().enumerate().filter_map(|(term, one)| Some((term, one.as_ref()?)))
}

/// Every verdict on a region without signals.
fn fair(judged: &Judged) -> Seen {
    let mut seen = Seen::fair();
    for (term, one) in compared(judged) {
        seen.add(GEMEENTEN[term], one.gemeenten.iter().map(|g| of_level(g.level)));
    }
    for one in &judged.evenredig {
        let term = term(one);
        let clients = one.beoordeeld().map(|deel| of_p(deel.gelijk.p));
        if one.gemeente.is_some() {
            seen.add(PART[term], clients);
            continue;
        }
        seen.add(CLIENTS[term], clients);
        let hours = one.beoordeeld().filter_map(|deel| deel.uren);
        seen.add(HOURS[term], hours.map(|uren| of_p(uren.gelijk.p)));
        seen.add(WHOLE[term], one.telling.toets.ok().map(|toets| of_p(toets.p)));
        let hours = one.uren.as_ref().and_then(|uren| uren.toets.ok());
        seen.add(WHOLE_HOURS[term], hours.map(|toets| of_p(toets.p)));
        seen.add(NAMED[term], [usize::from(one.beoordeeld().any(is_named))]);
    }
    seen
}

/// The verdicts on what was planted; what could not be judged was not found.
fn planted(judged: &Judged, files: &Path) -> Result<Seen> {
    let answers: serde_json::Value =
        serde_json::from_slice(&fs::read(files.join("antwoorden.json"))?)?;
    let findings = &answers["bevindingen"];
    let code = findings["maatwerk_boven_toeval"]["gemeente"].as_str().context("no gemeente")?;
    let name = findings["coordinatie_ver_boven_verwachting"].as_str().context("no aanbieder")?;
    let mut seen = Seen::planted();
    for (term, one) in compared(judged) {
        let found = one.van(code).map_or(0, |found| of_level(found.level));
        seen.add(ONE_GEMEENTE[term], [found]);
    }
    for one in judged.evenredig.iter().filter(|one| one.gemeente.is_none()) {
        let term = term(one);
        let deel = one.beoordeeld().find(|deel| deel.aanbieder == name);
        seen.add(ONE_CLIENTS[term], [deel.map_or(0, |deel| of_p(deel.gelijk.p))]);
        let hours = deel.and_then(|deel| deel.uren).map_or(0, |uren| of_p(uren.gelijk.p));
        seen.add(ONE_HOURS[term], [hours]);
        seen.add(ONE_NAMED[term], [usize::from(deel.is_some_and(is_named))]);
    }
    Ok(seen)
}
