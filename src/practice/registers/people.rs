//! Who is concerned: measures, plans and budgets of children.

use super::{Rows, day, made, word, yes};
use crate::practice::calendar::{self, FULL_MONTHS};
use crate::practice::columns::Value;
use crate::practice::plan::{Case, Kind, Plan};
use crate::practice::rng::Rng;
use crate::practice::world::{GEMEENTEN, JB, JR, REGION};

pub(super) const MAATREGELEN: &[&str] = &[
    "Clientnummer",
    "Soort maatregel",
    "Begindatum",
    "Einddatum",
    "Uitvoerder",
    "Overleg CJG gevoerd",
];

pub(super) const PLANNEN: &[&str] = &[
    "Clientnummer",
    "Gemeente",
    "Coordinator AGB",
    "Plan aanwezig",
    "Regievoerder",
    "Uren coordinatie",
    "Type uitvoerder",
    "Afgesproken uren",
    "Datum afspraak toeslag",
    "Voorwaarden vervuld",
    "Extra uren",
    "Begindatum",
    "Einddatum",
];

pub(super) const PGB: &[&str] =
    &["Gemeente", "Clientnummer", "Begindatum", "Einddatum", "PGB bedrag"];

pub(super) fn maatregelen(plan: &Plan) -> Rows<'_> {
    let row = |client: u32, soort: &'static str, case: &Case| {
        let mut rng = Rng::of(&[plan.zaad, 23, u64::from(client)]);
        let asked = !(plan.signalen && rng.chance(15));
        vec![
            Value::Whole(i64::from(plan.bsn(client))),
            word(soort),
            Value::Day(case.ingang),
            day(case.eind),
            word("GI De Vuurtoren"),
            if soort == "JB" { yes(asked) } else { Value::Empty },
        ]
    };
    let declared = plan.cases.iter().filter_map(move |case| match case.product {
        JB => Some(row(case.client, "JB", case)),
        JR => Some(row(case.client, "JR", case)),
        _ => None,
    });
    let agreed =
        plan.overeenkomsten.iter().filter(|o| !o.maatregel.is_empty()).map(move |overeenkomst| {
            let case = plan.case(overeenkomst.case);
            row(case.client, overeenkomst.maatregel, case)
        });
    let voluntary = plan
        .cases
        .iter()
        .filter(|case| case.kind == Kind::Coordination)
        .step_by(23)
        .map(move |case| row(case.client, "preventief", case));
    Box::new(declared.chain(agreed).chain(voluntary))
}

pub(super) fn plannen(plan: &Plan) -> Rows<'_> {
    let planned = (0_u64..).zip(&plan.cases).filter(|(_, case)| case.kind == Kind::Coordination);
    let rows = planned.map(move |(position, case)| plan_of(plan, position, case));
    Box::new(rows.chain(std::iter::once(unclear_plan(plan))))
}

fn plan_of(plan: &Plan, position: u64, case: &Case) -> Vec<Value> {
    let mut rng = Rng::of(&[plan.zaad, 13, position]);
    let regie = ["gezin", "aanbieder", "lokale toegang"][rng.weighted(&[6, 4, 1])];
    let eind = case.eind.filter(|eind| eind.month() < FULL_MONTHS);
    let is_there = rng.chance(90);
    let uren = rng.between(10, 52);
    // Drawn apart, so that what stood here before stays as it was.
    let mut rng = Rng::of(&[plan.zaad, 24, position]);
    let who = ["aanbieder", "sociaal team", "RCG", "GI"][rng.weighted(&[17, 1, 1, 1])];
    let over = if plan.signalen && rng.chance(8) { -4 } else { rng.between(0, 6) };
    let has_extra = plan.signalen && rng.chance(6);
    let begin = calendar::first_day(case.first);
    vec![
        Value::Whole(i64::from(plan.bsn(case.client))),
        word(GEMEENTEN[case.gemeente as usize].code),
        word(case.agb_code()),
        yes(is_there),
        word(regie),
        made(uren.to_string()),
        word(who),
        made((uren + over).to_string()),
        if has_extra { Value::Day(begin) } else { Value::Empty },
        if has_extra { Value::Whole(rng.between(3, 5)) } else { Value::Empty },
        if has_extra { Value::Whole(rng.between(2, 10)) } else { Value::Empty },
        Value::Day(begin),
        day(eind),
    ]
}

/// A plan of which it is not clear whether it is there (MS221); the last row.
fn unclear_plan(plan: &Plan) -> Vec<Value> {
    let texts = [
        "9901",
        "99000101",
        "misschien",
        "gezin",
        "12",
        "aanbieder",
        "12",
        "",
        "",
        "",
        "01-01-2024",
        "",
    ];
    let mut row: Vec<Value> = texts.map(word).into();
    row.insert(0, Value::Whole(i64::from(plan.bsn(plan.odd_client))));
    row
}

/// Budgets of a year, for some of the children in care.
pub(super) fn pgb(plan: &Plan) -> Rows<'_> {
    let ordinary = (0_u64..)
        .zip(&plan.cases)
        .filter(|(_, case)| case.kind == Kind::Regular && (case.gemeente as usize) < REGION);
    Box::new(ordinary.step_by(41).map(move |(position, case)| {
        let mut rng = Rng::of(&[plan.zaad, 25, position]);
        let first = rng.month(0, FULL_MONTHS - 6);
        vec![
            word(GEMEENTEN[case.gemeente as usize].naam),
            Value::Whole(i64::from(plan.bsn(case.client))),
            Value::Day(calendar::first_day(first)),
            Value::Day(calendar::last_day(first + 11)),
            Value::Cents(rng.between(12, 90) * 25_000),
        ]
    }))
}
