//! The register of maatwerkovereenkomsten and the care declared under it.
//!
//! Enters: a plan with clients. Leaves: overeenkomsten, each with a client and a case of its own, so that it is
//! never in doubt which line belongs to which overeenkomst.

use super::calendar::{self, Day, FULL_MONTHS, FULL_QUARTERS};
use super::plan::{Case, Kind, Plan};
use super::rng::Rng;
use super::world::{
    BEGELEIDING, DORPSVELD, GEMEENTEN, KLAPROOS, M_BEHANDELING, M_GEZIN, M_GEZINSHUIS, M_SPECIAAL,
    REGION, VEERPOORT, VUURVLINDER, ZONNEDAUW,
};

/// The day on which the report looks ahead: 30 days after the last full quarter.
pub(super) const PEILDATUM: Day = Day::new(2025, 10, 30);

/// New overeenkomsten in a quarter, at the size of the sample.
const NEW_PER_QUARTER: i64 = 7;
/// How many more Dorpsveld concludes in the last quarter.
const EXCESS: i64 = 10;
/// Clients in the sample, about: more clients conclude more.
const SAMPLE_CLIENTS: usize = 700;
/// Days from the peildatum to the end of some overeenkomsten: the edges of 30, 60 and 90 days.
const ENDINGS: [i64; 10] = [-1, 0, 12, 30, 31, 45, 60, 61, 90, 91];

/// A maatwerkovereenkomst; client, aanbieder, product and period are those of its case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Overeenkomst {
    pub(super) case: u32,
    /// `JB`, `JR` or empty.
    pub(super) maatregel: &'static str,
    /// Position of the overeenkomst it prolongs.
    pub(super) vorige: Option<usize>,
    pub(super) reden: &'static str,
}

/// Number in the register.
pub(super) fn register_nummer(position: usize) -> String {
    format!("MW-{:04}", position + 1)
}

/// Concludes overeenkomsten for every quarter, and far more in one gemeente in the last one when there is something to
/// be found; else each falls in a gemeente by lot, as many children as many lots.
pub(super) fn conclude(plan: &mut Plan) {
    let mut rng = Rng::of(&[plan.zaad, 6]);
    let mut lots = Rng::of(&[plan.zaad, 15]);
    let scale = i64::try_from((plan.clients.len() / SAMPLE_CLIENTS).clamp(1, 8)).expect("1 to 8");
    let weights: Vec<u64> = GEMEENTEN[..REGION].iter().map(|g| g.gewicht).collect();
    for quarter in 0..FULL_QUARTERS {
        for _ in 0..NEW_PER_QUARTER * scale + rng.between(0, 2) {
            let gemeente = u32::try_from(rng.weighted(&weights)).expect("a handful");
            conclude_one(plan, &mut rng, gemeente, quarter);
        }
    }
    if plan.signalen {
        for _ in 0..EXCESS * scale {
            conclude_one(plan, &mut rng, DORPSVELD, FULL_QUARTERS - 1);
        }
    }
    let signalen = plan.signalen;
    let mut place = |planted: u32| {
        if signalen { planted } else { u32::try_from(lots.weighted(&weights)).expect("a handful") }
    };
    for gemeente in [0, DORPSVELD].map(&mut place) {
        conclude_one(plan, &mut rng, gemeente, FULL_QUARTERS - 1);
        let last = plan.overeenkomsten.len() - 1;
        plan.overeenkomsten[last].maatregel = "JR";
        plan.overeenkomsten[last].reden = "keuze jeugdreclassering";
    }
    conclude_one(plan, &mut rng, place(2), FULL_QUARTERS - 1);
    let last = plan.overeenkomsten.len() - 1;
    plan.overeenkomsten[last].maatregel = "JB";
    conclude_one(plan, &mut rng, place(1), FULL_QUARTERS);
    set_endings(plan);
    prolong(plan);
}

fn conclude_one(plan: &mut Plan, rng: &mut Rng, gemeente: u32, quarter: usize) {
    let position = plan.overeenkomsten.len();
    let (aanbieder, product) = offer(rng, position);
    let month = i32::try_from(quarter * 3).expect("small")
        + if quarter < FULL_QUARTERS { rng.month(0, 2) } else { 0 };
    let client = plan.add_client(gemeente);
    let end = month + rng.month(3, 11);
    let mut case =
        Case::months((client, gemeente), aanbieder, product, (month, end), Kind::Maatwerk);
    if rng.chance(50) {
        case.ingang.dag = u32::try_from(rng.between(2, 24)).expect("a day");
    }
    case.last = end.min(FULL_MONTHS - 1);
    let case = plan.add(case);
    let reden =
        ["geen passend aanbod", "zorg liep al", "woonplaatsbeginsel", "rechterlijke machtiging"]
            [rng.below(4)];
    plan.overeenkomsten.push(Overeenkomst { case, maatregel: "", vorige: None, reden });
}

/// Every way in which maatwerk is recognised, in turn: sign, lookup table, register, and the ambiguous code.
fn offer(rng: &mut Rng, position: usize) -> (u32, u32) {
    match position % 10 {
        1 | 7 => ([KLAPROOS, VUURVLINDER][rng.below(2)], M_SPECIAAL),
        3 | 8 => (ZONNEDAUW, BEGELEIDING),
        5 => (KLAPROOS, M_GEZIN),
        9 => (VEERPOORT, M_GEZINSHUIS),
        _ => ([VEERPOORT, KLAPROOS, VUURVLINDER][rng.below(3)], M_BEHANDELING),
    }
}

/// Lets some overeenkomsten of the last two quarters end on the edges of the warning periods, and one never.
fn set_endings(plan: &mut Plan) {
    let recent: Vec<u32> = plan
        .overeenkomsten
        .iter()
        .map(|overeenkomst| overeenkomst.case)
        .filter(|case| (FULL_MONTHS - 6..FULL_MONTHS).contains(&plan.case(*case).ingang.month()))
        .collect();
    for (case, days) in recent.iter().zip(ENDINGS) {
        let eind =
            if days < 0 { Day::new(2025, 10, 29) } else { PEILDATUM.plus(days.unsigned_abs()) };
        let case = &mut plan.cases[*case as usize];
        case.eind = Some(eind);
        case.last = FULL_MONTHS - 1;
    }
    let endless = recent[ENDINGS.len()];
    plan.cases[endless as usize].eind = None;
    plan.cases[endless as usize].last = FULL_MONTHS - 1;
}

/// Two overeenkomsten of the first quarter are followed by a second one for the same client.
fn prolong(plan: &mut Plan) {
    for vorige in 0..2 {
        let old = *plan.case(plan.overeenkomsten[vorige].case);
        let begin = old.eind.expect("only recent ones have no end").month() + 1;
        let holder = (old.client, old.gemeente);
        let mut case =
            Case::months(holder, old.aanbieder, old.product, (begin, begin + 5), Kind::Maatwerk);
        case.last = (begin + 5).min(FULL_MONTHS - 1);
        let case = plan.add(case);
        plan.overeenkomsten.push(Overeenkomst {
            case,
            maatregel: "",
            vorige: Some(vorige),
            reden: "verlenging",
        });
    }
}

/// Days from the peildatum to a day; negative when it has passed.
pub(super) fn days_left(eind: Day) -> i64 {
    (eind.date() - PEILDATUM.date()).num_days()
}

/// Whether an overeenkomst runs on some day of a quarter.
pub(super) fn runs_in(case: &Case, quarter: usize) -> bool {
    let first = calendar::first_day(i32::try_from(quarter * 3).expect("small"));
    case.ingang <= last_day_of(quarter) && case.eind.is_none_or(|eind| eind >= first)
}

/// Whether an overeenkomst runs on the last day of a quarter.
pub(super) fn runs_at_end(case: &Case, quarter: usize) -> bool {
    let last = last_day_of(quarter);
    case.ingang <= last && case.eind.is_none_or(|eind| eind >= last)
}

fn last_day_of(quarter: usize) -> Day {
    calendar::last_day(i32::try_from(quarter * 3).expect("small") + 2)
}
