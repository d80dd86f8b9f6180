//! The ordinary care of the region: episodes of clients at one to four aanbieders, with zorgcoordinatie.
//!
//! Enters: the plan with a seed. Leaves: clients and cases in the plan.

use super::calendar::{self, Day, FULL_MONTHS, THIN_MONTH};
use super::plan::{Case, Kind, Plan};
use super::rng::Rng;
use super::world::{
    self, AANBIEDERS, COORDINATIE_MINUUT, COORDINATIE_UUR, GEMEENTEN, LINDE, REGION, VUURTOREN,
};

/// Clients of ordinary care; the other test BSNs are kept for maatwerk and exceptions.
const MAX_CLIENTS: usize = 8_300;
/// Months a client may have been in care before the first month declared.
const BEFORE: i32 = 8;

/// Fills the plan with ordinary care until about the wanted number of lines is reached.
pub(super) fn settle(plan: &mut Plan) {
    // Maatwerk and exceptions add about a ninth to a small region, and a fixed number to a large one.
    let wanted = plan.regels - (plan.regels / 9).min(3_800);
    let mut lines = 0;
    let mut episode = 0_u64;
    while lines < wanted {
        let mut rng = Rng::of(&[plan.zaad, 1, episode]);
        episode += 1;
        let begin = rng.month(-BEFORE, FULL_MONTHS - 1);
        let end = begin + length(&mut rng) - 1;
        if end < 0 {
            continue;
        }
        let client = client_of(plan, &mut rng);
        lines += add_episode(plan, &mut rng, client, (begin, end));
    }
}

/// The day a client was born: nobody is eighteen before the last quarter is over, and some are soon after.
pub(super) fn birth_day(plan: &Plan, client: u32) -> Day {
    let days = Rng::of(&[plan.zaad, 21, u64::from(client)]).below(4_800) as u64;
    Day::new(2007, 11, 15).plus(days)
}

/// Months an episode lasts: mostly 1 to 11, sometimes longer than a year.
fn length(rng: &mut Rng) -> i32 {
    let months = 1 + rng.month(0, 5) + rng.month(0, 5);
    if rng.chance(15) { months + rng.month(4, 12) } else { months }
}

/// A new client as long as there are test BSNs, else one of the clients there are.
fn client_of(plan: &mut Plan, rng: &mut Rng) -> u32 {
    if plan.clients.len() < MAX_CLIENTS {
        let weights: Vec<u64> = GEMEENTEN[..REGION].iter().map(|g| g.gewicht).collect();
        let gemeente = u32::try_from(rng.weighted(&weights)).expect("a handful of gemeenten");
        return plan.add_client(gemeente);
    }
    u32::try_from(rng.below(MAX_CLIENTS)).expect("a few thousand clients")
}

fn add_episode(plan: &mut Plan, rng: &mut Rng, client: u32, span: (i32, i32)) -> u64 {
    let gemeente = plan.clients[client as usize];
    let chosen = choose(rng, gemeente);
    let mut lines = 0;
    let mut shared = span;
    for (turn, aanbieder) in chosen.iter().enumerate() {
        let part = if turn == 0 { span } else { part_of(rng, span) };
        shared = (shared.0.max(part.0), shared.1.min(part.1));
        let case = care(plan, rng, (client, *aanbieder), part);
        lines += case.n_months();
        plan.add(case);
    }
    if chosen.len() > 1 && !chosen.contains(&VUURTOREN) {
        lines += add_coordination(plan, rng, client, (&chosen, shared));
    }
    lines
}

/// One to four different aanbieders that work in the gemeente.
fn choose(rng: &mut Rng, gemeente: u32) -> Vec<u32> {
    let wanted = rng.weighted(&[60, 25, 11, 4]) + 1;
    let mut chosen: Vec<u32> = Vec::new();
    while chosen.len() < wanted {
        let weights: Vec<u64> = (0..)
            .zip(&AANBIEDERS)
            .map(
                |(position, a)| {
                    if a.serves(gemeente) && !chosen.contains(&position) { a.gewicht } else { 0 }
                },
            )
            .collect();
        chosen.push(u32::try_from(rng.weighted(&weights)).expect("a handful of aanbieders"));
    }
    chosen
}

/// A part of an episode that always holds its middle month.
fn part_of(rng: &mut Rng, span: (i32, i32)) -> (i32, i32) {
    let slack = (span.1 - span.0) / 3;
    let begin = (span.0 + rng.month(0, slack)).min(FULL_MONTHS - 1);
    (begin, (span.1 - rng.month(0, slack)).max(begin).max(0))
}

/// A toewijzing at an aanbieder; begins and ends in the middle of a month now and then.
fn care(plan: &Plan, rng: &mut Rng, who: (u32, u32), span: (i32, i32)) -> Case {
    let (client, aanbieder) = who;
    let offer = world::aanbieder_at(aanbieder);
    let weights: Vec<u64> = offer.producten.iter().map(|(_, weight)| *weight).collect();
    let product = offer.producten[rng.weighted(&weights)].0;
    let gemeente = plan.clients[client as usize];
    let mut case = Case::months((client, gemeente), aanbieder, product, span, Kind::Regular);
    case.agb = agb_of(plan, client, aanbieder);
    if span.0 < span.1 && rng.chance(25) {
        case.ingang.dag = u32::try_from(rng.between(2, 20)).expect("a day");
    }
    case.first = span.0.max(0);
    case.last = span.1.min(FULL_MONTHS - 1);
    if span.1 < FULL_MONTHS {
        if span.0 < span.1 && rng.chance(25) {
            let (jaar, maand) = calendar::year_month(span.1);
            case.eind =
                Some(Day::new(jaar, maand, u32::try_from(rng.between(10, 27)).expect("a day")));
        }
    } else if !case.in_messages() && rng.chance(15) {
        case.last = THIN_MONTH;
        case.eind = Some(Day::new(2025, 10, 15));
    } else if rng.chance(40) {
        case.eind = None;
    }
    case
}

/// A client meets an aanbieder under one AGB code only.
fn agb_of(plan: &Plan, client: u32, aanbieder: u32) -> u32 {
    let n = world::aanbieder_at(aanbieder).agb.len();
    let position = Rng::of(&[plan.zaad, 2, u64::from(client), u64::from(aanbieder)]).below(n);
    u32::try_from(position).expect("one or two AGB codes")
}

/// Coordination for most clients with several aanbieders: by lot, except that De Linde takes nearly all it can when
/// there is something to be found.
fn add_coordination(
    plan: &mut Plan,
    rng: &mut Rng,
    client: u32,
    team: (&[u32], (i32, i32)),
) -> u64 {
    let (chosen, (begin, end)) = team;
    let able: Vec<u32> =
        chosen.iter().copied().filter(|a| world::aanbieder_at(*a).coordinates()).collect();
    let (begin, end) = (begin.max(0), end.min(FULL_MONTHS - 1));
    // In a fair lottery everybody who is involved takes part.
    let is_complete = plan.signalen || able.len() == chosen.len();
    let linde_takes = plan.signalen && able.contains(&LINDE);
    if able.is_empty()
        || begin > end
        || !is_complete
        || !rng.chance(if linde_takes { 90 } else { 60 })
    {
        return 0;
    }
    let lot = able[rng.below(able.len())];
    let coordinator = if linde_takes && rng.chance(92) { LINDE } else { lot };
    let messages = world::aanbieder_at(coordinator).bron == super::exports::MESSAGES;
    let product = if messages { COORDINATIE_MINUUT } else { COORDINATIE_UUR };
    let begin = begin + rng.month(0, (end - begin - 11).max(0));
    let months = (begin, end.min(begin + 11));
    let gemeente = plan.clients[client as usize];
    let mut case =
        Case::months((client, gemeente), coordinator, product, months, Kind::Coordination);
    case.agb = agb_of(plan, client, coordinator);
    let lines = case.n_months();
    plan.add(case);
    lines
}
