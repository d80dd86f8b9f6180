//! What aanbieders have to offer and to tell: waiting times, budgets and reports.

use std::collections::BTreeMap;

use super::{Rows, word, yes};
use crate::practice::calendar::{self, Day, FULL_MONTHS};
use crate::practice::columns::Value;
use crate::practice::plan::{Case, Kind, Plan};
use crate::practice::rng::Rng;
use crate::practice::world::{self, AANBIEDERS, GEMEENTEN, REGION};

pub(super) const WACHTTIJDEN: &[&str] = &[
    "AGB-code",
    "Gemeente",
    "Segment",
    "Productcode",
    "Clientnummer",
    "Aangemeld op",
    "Start zorg",
];

pub(super) const BUDGETTEN: &[&str] = &["agb", "jaar", "segment", "budgetplafond"];

pub(super) const RAPPORTAGES: &[&str] = &[
    "AGB-code",
    "Jaar",
    "Halfjaar",
    "Ontvangen op",
    "Aantal klachten",
    "Clienttevredenheidsonderzoek",
];

/// First month of which starts of care are told: 2024-10.
const FIRST_WAIT: i32 = FULL_MONTHS - 12;

/// More are not told; a sheet ends at a million rows.
const MOST_WAITS: usize = 500_000;

/// A sample of what began in the last year, and of those who still wait.
pub(super) fn wachttijden(plan: &Plan) -> Rows<'_> {
    let began = (0_u64..).zip(&plan.cases).filter(|(_, case)| {
        case.kind == Kind::Regular
            && (case.gemeente as usize) < REGION
            && case.ingang.month() >= FIRST_WAIT
    });
    // However many begin, the register fits on one sheet of a workbook.
    let step = (plan.cases.len() / MOST_WAITS).max(3);
    Box::new(began.step_by(step).map(move |(position, case)| wait(plan, position, case)))
}

fn wait(plan: &Plan, position: u64, case: &Case) -> Vec<Value> {
    let mut rng = Rng::of(&[plan.zaad, 27, position]);
    let is_long = rng.chance(12) && plan.signalen;
    let days = if is_long { rng.between(70, 160) } else { rng.between(4, 40) };
    let asked = {
        use chrono::Datelike;
        let date = case.ingang.date() - chrono::Days::new(days.unsigned_abs());
        Day::new(date.year(), date.month(), date.day())
    };
    let waits = case.ingang.month() == FULL_MONTHS - 1 && rng.chance(20);
    let product = world::product_at(case.product);
    vec![
        word(case.agb_code()),
        word(GEMEENTEN[case.gemeente as usize].naam),
        word(product.segment),
        word(product.code),
        Value::Whole(i64::from(plan.bsn(case.client))),
        Value::Day(asked),
        if waits { Value::Empty } else { Value::Day(case.ingang) },
    ]
}

/// A ceiling per aanbieder, year and segment, some way above or below what its care would cost.
pub(super) fn budgetten(plan: &Plan) -> Rows<'_> {
    let mut expected: BTreeMap<(u32, i32, &'static str), i64> = BTreeMap::new();
    for case in &plan.cases {
        let product = world::product_at(case.product);
        if product.segment.is_empty() || world::aanbieder_at(case.aanbieder).contract.is_empty() {
            continue;
        }
        for month in case.first..=case.last {
            let jaar = calendar::year_month(month).0;
            let prijs = product.prijs[calendar::year_position(month)];
            *expected.entry((case.aanbieder, jaar, product.segment)).or_default() +=
                prijs * per_month(product.eenheid);
        }
    }
    let zaad = plan.zaad;
    Box::new(expected.into_iter().filter(|((_, jaar, _), _)| *jaar > 2023).map(
        move |((aanbieder, jaar, segment), ct)| {
            let mut rng =
                Rng::of(&[zaad, 28, u64::from(aanbieder), u64::from(jaar.unsigned_abs())]);
            // Whole thousands of euros.
            let plafond = ct / 100 * rng.between(140, 230) / 100_000 * 100_000 + 100_000;
            vec![
                word(world::aanbieder_at(aanbieder).agb[0]),
                Value::Whole(i64::from(jaar)),
                word(segment),
                Value::Cents(plafond),
            ]
        },
    ))
}

/// About how much of a product a child gets in a month.
fn per_month(eenheid: &str) -> i64 {
    match eenheid {
        "01" => 480,
        "14" => 29,
        "82" => 1,
        _ => 8,
    }
}

/// A report of every half year from every aanbieder, but for the few that forget.
pub(super) fn rapportages(plan: &Plan) -> Rows<'_> {
    const DUE: [(i64, i64, Day); 3] = [
        (2024, 1, Day::new(2024, 8, 20)),
        (2024, 2, Day::new(2025, 2, 18)),
        (2025, 1, Day::new(2025, 8, 19)),
    ];
    let (zaad, signalen) = (plan.zaad, plan.signalen);
    let contracted = (0_u64..).zip(&AANBIEDERS).filter(|(_, a)| !a.contract.is_empty());
    Box::new(contracted.flat_map(move |(position, aanbieder)| {
        DUE.into_iter().map(move |(jaar, halfjaar, due)| {
            let mut rng =
                Rng::of(&[zaad, 29, position, jaar.unsigned_abs(), halfjaar.unsigned_abs()]);
            let forgot = rng.chance(15) && signalen;
            let received = due.plus(rng.below(30) as u64);
            let told = |value: Value| if forgot { Value::Empty } else { value };
            vec![
                word(aanbieder.agb[0]),
                Value::Whole(jaar),
                Value::Whole(halfjaar),
                told(Value::Day(received)),
                told(Value::Whole(rng.between(0, 4))),
                told(yes(!(rng.chance(20) && signalen))),
            ]
        })
    }))
}
