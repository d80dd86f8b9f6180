//! `vraag` and the report say the same, cell for cell.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::atomic::AtomicBool;

use chrono::Days;
use maatstaf::dataset::Dataset;
use maatstaf::disclosure::{
    Antwoord, Blik, Gekozen, Gezien, PublishedOutcome, Rand, Shown, protect,
};
use maatstaf::findings::Judged;
use maatstaf::metrics::antwoord::Waarde;
use maatstaf::metrics::keuze::{Namen, kies};
use maatstaf::metrics::{Kind, Measured, Query, verwanten};
use maatstaf::period::Kwartaal;
use maatstaf::region::{Publiek, Region};
use maatstaf::run::{self, Rapport, Silent, Vraag};

use super::dataset;
use crate::support::{Place, region, root};

/// Every query of the practice region, as a report asks them.
fn measured(dataset: &Dataset, region: &Region) -> Vec<Measured> {
    let kwartaal = "2025-K3".parse().unwrap();
    let job = Rapport {
        region,
        kwartaal,
        peildatum: kwartaal.last_day() + Days::new(30),
        publiek: Publiek::Intern,
        queries: &Query::load_all(None).unwrap(),
        templates: None,
        command: &[],
        exit: 0,
        is_above_threshold: false,
        only: None,
        stop: &AtomicBool::new(false),
    };
    run::measure(&job, dataset, &mut Silent).unwrap()
}

fn gemeenten(region: &Region) -> Vec<(String, String)> {
    region.gemeenten.iter().map(|one| (one.code.clone(), one.naam.clone())).collect()
}

/// The value of every cell with an address, of every level of a query.
fn of_levels(
    gezien: &Gezien<'_>,
    query: &Query,
    blik: &Blik<'_>,
) -> BTreeMap<String, Shown<Waarde>> {
    let mut out = BTreeMap::new();
    for niveau in &query.levels {
        let waarden = BTreeMap::new();
        let gekozen = Gekozen { niveau, waarden: &waarden, is_rijen: false };
        let antwoord = Antwoord::van_query(gezien, &query.id, &gekozen, blik, Rand::default());
        let antwoord = antwoord.unwrap();
        for cel in antwoord.rijen().iter().flatten() {
            if let Some(adres) = &cel.adres {
                assert!(
                    out.insert(adres.clone(), cel.waarde.clone()).is_none(),
                    "{adres} stands twice"
                );
            }
        }
    }
    out
}

#[test]
fn every_figure_of_the_example_report_is_what_vraag_answers() {
    let (dataset, region) = (Dataset::open(dataset()).unwrap(), region());
    let text = fs::read_to_string(root().join("reports/voorbeeld/herkomst/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let figures = manifest["figures"].as_object().unwrap();
    let gemeenten = gemeenten(&region);
    let blik = Blik { publiek: Publiek::Intern, minimum: 10, gemeenten: &gemeenten };
    let mut answered: BTreeMap<String, Shown<Waarde>> = BTreeMap::new();
    let mut minutes = BTreeSet::new();
    let measured = measured(&dataset, &region);
    let gezien = Gezien::new(&measured, None).unwrap();
    for one in &measured {
        answered.append(&mut of_levels(&gezien, &one.query, &blik));
        if one.query.unit == "minuten" {
            minutes.insert(one.query.id.clone());
        }
    }
    let mut n = 0;
    for (address, figure) in figures {
        let Some(found) = answered.get(address) else {
            // A rule that is not about money has no column of noughts.
            assert!(address.ends_with("/bedrag_ct") && figure["value"] == 0, "{address} {figure}");
            continue;
        };
        n += 1;
        let told = match found {
            Shown::Value(Waarde::Geheel(value)) => figure["value"].as_i64() == Some(*value),
            Shown::Value(Waarde::Getal(value)) => {
                // Minutes per so many children are shown in hours, as in the report.
                let is_hours = address.ends_with("/per_10000")
                    && minutes.contains(address.split('/').next().unwrap());
                let value = if is_hours { value * 60.0 } else { *value };
                let known = figure["value"].as_f64();
                known.is_some_and(|known| (known - value).abs() <= 1e-9 * known.abs().max(1.0))
            }
            other => figure["value"].is_null() && !matches!(other, Shown::Hidden),
        };
        assert!(told, "{address}: {found:?} is not {figure}");
    }
    assert!(n > 9000, "{n} of {}", figures.len());
    let values: BTreeSet<&str> = answered.keys().filter_map(|a| a.rsplit('/').next()).collect();
    assert!(
        values.contains("per_10000") && values.contains("aandeel") && values.contains("bedrag_ct")
    );
}

#[test]
fn outside_intern_exactly_what_the_report_hides_is_hidden() {
    let (dataset, region) = (Dataset::open(dataset()).unwrap(), region());
    let measured = measured(&dataset, &region);
    let published = protect(&measured, Judged::default(), &region, Publiek::Regio).unwrap();
    let gemeenten = gemeenten(&region);
    let minimum = region.disclosure.minimum;
    let blik = Blik { publiek: Publiek::Regio, minimum, gemeenten: &gemeenten };
    let gezien = Gezien::new(&measured, Some(minimum)).unwrap();
    let (mut n, mut n_hidden) = (0, 0);
    for one in &measured {
        let answered = of_levels(&gezien, &one.query, &blik);
        let PublishedOutcome::Cells(levels) = &published.measure(&one.query.id).unwrap().outcome
        else {
            continue;
        };
        for cell in levels.iter().flat_map(|(_, cells)| cells) {
            let expected = match &cell.value {
                Shown::Value(value) => Shown::Value(Waarde::Geheel(*value)),
                Shown::Hidden => Shown::Hidden,
                Shown::Unknown(reason) => Shown::Unknown(reason.clone()),
            };
            assert_eq!(answered.get(&cell.address), Some(&expected), "{}", cell.address);
            n += 1;
            if cell.value == Shown::Hidden {
                n_hidden += 1;
                // Beside a hidden figure nothing of the same children is shown.
                let place = cell.address.rsplit_once('/').unwrap().0;
                let beside =
                    answered.iter().filter(|(a, _)| a.rsplit_once('/').unwrap().0 == place);
                for (address, value) in beside {
                    assert!(!matches!(value, Shown::Value(_)), "{address} is shown");
                }
            }
        }
    }
    assert!(n > 3000 && n_hidden > 300, "{n} {n_hidden}");
}

/// Each query asked alone, beside its figures among those of all.
fn alone_and_among(publiek: Publiek) {
    let (dataset, region) = (Dataset::open(dataset()).unwrap(), region());
    let gemeenten = gemeenten(&region);
    let aanbieders = BTreeMap::new();
    let namen = Namen { gemeenten: &gemeenten, aanbieders: &aanbieders };
    let kwartaal: Kwartaal = "2025-K3".parse().unwrap();
    let peildatum = kwartaal.last_day() + Days::new(30);
    let minimum = region.disclosure.minimum;
    let blik = Blik { publiek, minimum, gemeenten: &gemeenten };
    let measured = measured(&dataset, &region);
    let all = Query::load_all(None).unwrap();
    let grens = (publiek != Publiek::Intern).then_some(minimum);
    let gezien = Gezien::new(&measured, grens).unwrap();
    let mut n = 0;
    for one in &measured {
        let id = &one.query.id;
        if one.query.kind == Kind::Draws {
            continue;
        }
        let mut queries = Query::load(id, None).unwrap().unwrap();
        let query = queries.iter().find(|query| query.id == *id).unwrap().clone();
        if publiek != Publiek::Intern {
            queries = verwanten(&queries, &all);
        }
        let keuze = kies(&query, &[], None, false, &namen).unwrap();
        // Each with a log of its own: beside another answer more can be hidden.
        let place = Place::new();
        let folder = place.path("logboek");
        let job = Vraag {
            region: &region,
            kwartaal,
            peildatum,
            publiek,
            gemeenten: &gemeenten,
            logboek: Some(&folder),
        };
        let alone = run::vraag(&job, &queries, id, &keuze, (&namen, false), &dataset).unwrap();
        let waarden = BTreeMap::new();
        let gekozen = Gekozen { niveau: &keuze.niveau, waarden: &waarden, is_rijen: false };
        let among = Antwoord::van_query(&gezien, id, &gekozen, &blik, Rand::default()).unwrap();
        assert_eq!(alone.rijen(), among.rijen(), "{id}");
        assert_eq!(alone.kolommen(), among.kolommen(), "{id}");
        n += 1;
    }
    assert!(n > 100, "{n}");
}

#[test]
fn a_query_that_is_loaded_alone_answers_as_among_all() {
    alone_and_among(Publiek::Intern);
}

#[test]
fn a_query_that_is_loaded_alone_hides_what_it_hides_among_all() {
    alone_and_among(Publiek::Regio);
}

#[test]
fn of_a_first_answer_the_log_hides_nothing() {
    let (dataset, region) = (Dataset::open(dataset()).unwrap(), region());
    let gemeenten = gemeenten(&region);
    let aanbieders = BTreeMap::new();
    let namen = Namen { gemeenten: &gemeenten, aanbieders: &aanbieders };
    let kwartaal = "2025-K3".parse().unwrap();
    let (mut n, mut n_signals, mut n_logged) = (0, 0, 0);
    let all = Query::load_all(None).unwrap();
    for query in &all {
        // Signals all have one form.
        n_signals += usize::from(query.kind == Kind::Signaal);
        if !(query.kind == Kind::Measure || query.kind == Kind::Signaal && n_signals % 4 == 0) {
            continue;
        }
        let place = Place::new();
        let folder = place.path("logboek");
        let job = Vraag {
            region: &region,
            kwartaal,
            peildatum: kwartaal.last_day() + Days::new(30),
            publiek: Publiek::Regio,
            gemeenten: &gemeenten,
            logboek: Some(&folder),
        };
        let queries = verwanten(&Query::load(&query.id, None).unwrap().unwrap(), &all);
        let keuze = kies(query, &[], None, false, &namen).unwrap();
        let ask =
            || run::vraag(&job, &queries, &query.id, &keuze, (&namen, false), &dataset).unwrap();
        let first = ask();
        let hidden = first.opmerkingen().iter().find(|one| one.contains("eerder"));
        assert_eq!(hidden, None, "{}", query.id);
        assert_eq!(ask(), first, "{}", query.id);
        n += 1;
        n_logged += usize::from(folder.is_dir());
    }
    assert!(n > 70 && n_logged > 40, "{n} {n_logged}");
}
