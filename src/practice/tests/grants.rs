//! The toewijzingen against the declaraties, recomputed from the plan: nothing is odd but what was planted.

use std::collections::BTreeMap;

use crate::practice::calendar::{first_day, last_day};
use crate::practice::faults::Plant;
use crate::practice::grants::grant;
use crate::practice::lines::{self, Fate, Line};
use crate::practice::plan::{Case, Kind, Plan};
use crate::practice::world;
use crate::practice::{Options, calendar};

fn plan() -> Plan {
    Plan::new(&Options::default()).unwrap()
}

/// Lines that count, of every case without a fault in its toewijzing.
fn counted(plan: &Plan) -> Vec<Line> {
    let mut out = Vec::new();
    for (position, case) in (0..).zip(&plan.cases) {
        if matches!(case.kind, Kind::Misgranted(_)) {
            continue;
        }
        for month in case.first..=case.last {
            lines::add_lines(plan, position, month, &mut out);
        }
    }
    out.retain(|line| line.fate == Fate::Counted && line.vorige.is_none());
    out.retain(|line| {
        let plant = plan.plants.get(&(line.case, line.month));
        !matches!(
            plant,
            Some(Plant::UnknownToewijzing(_) | Plant::OtherClient(_) | Plant::SharedToewijzing(_))
        )
    });
    out
}

#[test]
fn every_line_lies_within_its_toewijzing_and_on_its_edges_or_those_of_the_month() {
    let plan = plan();
    let lines = counted(&plan);
    assert!(lines.len() > 5_000);
    for line in &lines {
        let grant = grant(&plan, line.case);
        let place = line.referentie.text();
        assert!(line.begin >= grant.ingang, "TR307 {place}");
        assert!(grant.eind.is_none_or(|eind| line.eind <= eind), "TR308 {place}");
        let (first, last) = (first_day(line.month), last_day(line.month));
        assert!(line.begin == first || line.begin == grant.ingang, "TR387 {place}");
        assert!(line.eind == last || Some(line.eind) == grant.eind, "TR388 {place}");
        assert_eq!(line.begin.month(), line.eind.month(), "CS337 {place}");
        assert!(line.eind <= line.dagtekening, "TR137 {place}");
    }
}

#[test]
fn product_and_unit_of_every_line_are_those_of_its_toewijzing() {
    let plan = plan();
    for line in counted(&plan) {
        let grant = grant(&plan, line.case);
        let product = world::product_at(plan.case(line.case).product);
        assert_eq!((grant.categorie, grant.code), (product.categorie(), product.code));
        assert!(grant.omvang.is_none_or(|(_, eenheid, _)| eenheid == product.eenheid));
        assert_eq!(grant.omvang.is_some(), grant.budget_ct.is_none());
    }
}

#[test]
fn no_toewijzing_is_used_up() {
    let plan = plan();
    let mut per_month: BTreeMap<(u32, i32), i64> = BTreeMap::new();
    let mut in_all: BTreeMap<u32, (i64, i64)> = BTreeMap::new();
    for line in counted(&plan) {
        *per_month.entry((line.case, line.month)).or_default() += line.volume_milli;
        let sums = in_all.entry(line.case).or_default();
        sums.0 += line.volume_milli;
        sums.1 += line.bedrag_ct;
    }
    for ((case, month), milli) in &per_month {
        if let Some((volume, _, 4)) = grant(&plan, *case).omvang {
            assert!(*milli <= i64::from(volume) * 1000, "TR321 {case} {month}: {milli}");
        }
    }
    let mut budgets = 0;
    for (case, (milli, ct)) in &in_all {
        let grant = grant(&plan, *case);
        if let Some((volume, _, 6)) = grant.omvang {
            assert!(*milli <= i64::from(volume) * 1000, "TR322 {case}: {milli}");
        }
        if let Some(budget_ct) = grant.budget_ct {
            assert!(*ct <= budget_ct, "TR369 {case}: {ct}");
            budgets += 1;
        }
    }
    assert!(budgets > 5);
}

#[test]
fn toewijzingen_of_one_client_aanbieder_and_product_do_not_overlap() {
    let plan = plan();
    let mut spans: BTreeMap<(u32, &str, &str), Vec<&Case>> = BTreeMap::new();
    for case in plan.cases.iter().filter(|case| case.kind != Kind::Deleted) {
        let about = (case.client, case.agb_code(), world::product_at(case.product).code);
        spans.entry(about).or_default().push(case);
    }
    for (about, mut cases) in spans {
        cases.sort_by_key(|case| case.ingang);
        for pair in cases.windows(2) {
            let ends_before = pair[0].eind.is_some_and(|eind| eind < pair[1].ingang);
            assert!(ends_before, "TR302 {about:?}: {pair:?}");
        }
    }
}

#[test]
fn tariffs_are_those_of_the_list_but_for_the_two_that_are_planted() {
    let plan = plan();
    let mut above = 0;
    for line in counted(&plan) {
        let case = plan.case(line.case);
        let product = world::product_at(case.product);
        let regional = product.prijs[calendar::year_position(line.month)];
        let is_listed = product.lijst == world::Lijst::Tarief && case.kind != Kind::Maatwerk;
        let Some(tarief) = line.tarief_ct.filter(|_| is_listed) else { continue };
        let is_planted = matches!(case.aanbieder, world::ANKER | world::ZEVENSTER);
        assert!(tarief == regional || is_planted, "TR418 {}", line.referentie.text());
        above += u32::from(tarief != regional);
    }
    assert!(above > 50);
}
