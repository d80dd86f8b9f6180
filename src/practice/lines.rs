//! From the plan to declared lines: volume, price, amount, and what becomes of each line.
//!
//! Enters: a case and a month. Leaves: the lines of that month, with the fate the plan gives them. Any line can be
//! made at any moment from the seed, so nothing has to be kept in memory.

use super::calendar::{self, Day, THIN_MONTH};
use super::faults::CellFault;
use super::plan::{Case, Kind, Plan, toewijzingnummer};
use super::planted;
use super::rng::Rng;
use super::world::{
    self, ANKER, BEGELEIDING, COORDINATIE_MINUUT, COORDINATIE_UUR, GANZEPAS, GGZ_VRIJ, IJSSELHOEK,
    KLEIN_RHENOY, LICHT, LINDE, Lijst, REGENBOOGBRUG, VERVOER, ZEVENSTER,
};

/// Where a line must end up in the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// In the figures.
    Counted,
    /// Refused when its row is read.
    RowRejected,
    /// Refused because of another row.
    CrossRejected,
    /// Leaves the counts together with its credit or debit.
    Netted,
    /// A credit that finds no debit.
    LooseCredit,
    /// Refused by the gemeente in a JW325.
    RefusedByGemeente,
    /// For another gemeente.
    OutsideRegion,
    /// Wmo.
    Wmo,
    /// In a message of which the total is wrong.
    FileRejected,
}

/// Name of a line at its aanbieder: case, month, and a number for a second line of the same month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Referentie {
    pub(super) case: u32,
    pub(super) month: i32,
    pub(super) nth: u8,
}

impl Referentie {
    /// One that no line has.
    pub(super) fn unknown(self) -> Self {
        Self { nth: 9, ..self }
    }

    /// As it is written, at most 20 letters and digits.
    pub(super) fn text(self) -> String {
        format!("R{:07}M{:02}V{}", self.case, self.month, self.nth)
    }
}

/// A declared line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) case: u32,
    /// Month of the care.
    pub(super) month: i32,
    /// Month in which it is declared.
    pub(super) declared: i32,
    pub(super) referentie: Referentie,
    /// Present for a credit.
    pub(super) vorige: Option<Referentie>,
    pub(super) toewijzing: u32,
    pub(super) begin: Day,
    pub(super) eind: Day,
    /// Thousandths of the unit.
    pub(super) volume_milli: i64,
    /// Eurocents per unit.
    pub(super) tarief_ct: Option<i64>,
    /// Eurocents, never negative; see [`Line::signed_ct`].
    pub(super) bedrag_ct: i64,
    pub(super) dagtekening: Day,
    pub(super) fate: Fate,
    /// Rules that must name this line.
    pub(super) codes: &'static [&'static str],
    pub(super) cell_fault: Option<CellFault>,
    /// Code with which the gemeente refuses it.
    pub(super) retourcode: Option<&'static str>,
}

impl Line {
    /// Amount with its sign: a credit is negative.
    pub(super) fn signed_ct(&self) -> i64 {
        if self.vorige.is_some() { -self.bedrag_ct } else { self.bedrag_ct }
    }
}

/// Adds the lines of a case for care in a month; a line may be declared later than that month.
pub(super) fn add_lines(plan: &Plan, position: u32, month: i32, out: &mut Vec<Line>) {
    let case = plan.case(position);
    if !case.covers(month) {
        return;
    }
    let line = plain(plan, position, month);
    if let Kind::Spoiled(spoil) = case.kind {
        return planted::add_spoiled(plan, spoil, line, out);
    }
    match plan.plants.get(&(position, month)).filter(|_| case.planted) {
        None => out.push(line),
        Some(plant) => planted::add(plan, *plant, line, out),
    }
}

/// The line as it should be.
fn plain(plan: &Plan, position: u32, month: i32) -> Line {
    let case = plan.case(position);
    let begin = case.ingang.max(calendar::first_day(month));
    let last = calendar::last_day(month);
    let eind = case.eind.map_or(last, |eind| eind.min(last));
    let mut rng = Rng::of(&[
        plan.zaad,
        3,
        u64::from(position),
        u64::try_from(month).expect("a declared month"),
    ]);
    let late =
        case.kind == Kind::Regular && !case.planted && month < THIN_MONTH - 2 && rng.chance(4);
    let volume_milli = volume(plan, position, &mut rng, (begin, eind));
    let (begin, eind) = match case.kind {
        Kind::Misgranted(misfit) => misfit.period((begin, eind)),
        _ => (begin, eind),
    };
    let tarief = tarief_ct(plan, case, month);
    let (fate, codes): (Fate, &'static [&'static str]) = match case.kind {
        Kind::Wmo => (Fate::Wmo, &[]),
        Kind::Outside => (Fate::OutsideRegion, &[]),
        Kind::Deleted => (Fate::CrossRejected, &["TR384"]),
        Kind::Misgranted(misfit) => (Fate::Counted, misfit.code()),
        Kind::WrongTotal => (Fate::FileRejected, &[]),
        Kind::RefusedMessage => (Fate::RefusedByGemeente, &["JW325"]),
        _ => (Fate::Counted, &[]),
    };
    let declared = month + i32::from(late);
    Line {
        case: position,
        month,
        declared,
        referentie: Referentie { case: position, month, nth: 0 },
        vorige: None,
        toewijzing: toewijzingnummer(position),
        begin,
        eind,
        volume_milli,
        tarief_ct: Some(tarief),
        bedrag_ct: volume_milli * tarief / 1000,
        dagtekening: dagtekening(case, declared),
        fate,
        codes,
        cell_fault: match case.kind {
            Kind::Misgranted(misfit) => misfit.cell_fault(),
            _ => None,
        },
        retourcode: None,
    }
}

/// The day a month is declared on: early in the month after it.
pub(super) fn dagtekening(case: &Case, declared: i32) -> Day {
    if declared >= THIN_MONTH {
        return Day::new(2025, 10, 22);
    }
    let day = if case.in_messages() { 5 } else { 4 + case.aanbieder % 7 };
    Day { dag: day, ..calendar::first_day(declared + 1) }
}

/// Volume in thousandths of the unit, such that volume × tarief is a whole number of cents.
fn volume(plan: &Plan, position: u32, rng: &mut Rng, period: (Day, Day)) -> i64 {
    let case = plan.case(position);
    let days = i64::from(period.1.dag - period.0.dag) + 1;
    match (case.product, world::product_at(case.product).eenheid) {
        (COORDINATIE_UUR, _) if plan.signalen && case.aanbieder == LINDE => rng.between(6, 8) * 500,
        (COORDINATIE_UUR, _) => rng.between(2, 5) * 500,
        // As many hours whoever coordinates: else those who declare minutes would stand out by hours.
        (COORDINATIE_MINUUT, _) if !plan.signalen => rng.between(2, 5) * 30_000,
        (COORDINATIE_MINUUT, _) => rng.between(12, 36) * 5_000,
        (VERVOER, _) => rng.between(4, 20) * 1000,
        (_, "82") => 1000,
        (_, "14") => (days - rng.between(0, 2)).max(1) * 1000,
        (_, "16") => rng.between(4, 16) * 1000,
        (_, unit) => {
            // The client's own level, half an hour to and fro from month to month; part of a month is less.
            let level = Rng::of(&[plan.zaad, 8, u64::from(position)]).between(8, 34);
            let halves = ((level + rng.between(-4, 4)) * days / 30).max(2);
            match unit {
                "01" => halves * 30_000,
                _ if case.in_messages() => (halves / 2) * 1000,
                _ => halves * 500,
            }
        }
    }
}

/// Price of a case in a month.
pub(super) fn tarief_ct(plan: &Plan, case: &Case, month: i32) -> i64 {
    let product = world::product_at(case.product);
    let year = calendar::year_position(month);
    let prijs = product.prijs[year];
    match (case.kind, product.lijst) {
        // An overeenkomst has one price, never above the regional tariff of its first year.
        (Kind::Maatwerk | Kind::Unregistered, _) => {
            product.prijs[calendar::year_position(case.ingang.month())] * 97 / 100 / 4 * 4
        }
        (_, Lijst::VrijePrijs) => prijs * free_price_permille(plan, case) / 1000,
        _ if !plan.signalen => prijs,
        _ if case.aanbieder == ANKER && case.product == BEGELEIDING && year == 2 => prijs + 888,
        _ if case.aanbieder == ZEVENSTER && case.product == LICHT => prijs + 9,
        _ => prijs,
    }
}

/// What a pair of gemeente and aanbieder agreed, in thousandths of the usual price: 94 to 106 percent, and two mistakes.
fn free_price_permille(plan: &Plan, case: &Case) -> i64 {
    match (case.aanbieder, case.gemeente, case.product) {
        (REGENBOOGBRUG, IJSSELHOEK, GGZ_VRIJ) if plan.signalen => 2_400,
        (GANZEPAS, KLEIN_RHENOY, VERVOER) if plan.signalen => 100_000,
        (aanbieder, gemeente, product) => {
            let pair =
                [plan.zaad, 4, u64::from(aanbieder), u64::from(gemeente), u64::from(product)];
            Rng::of(&pair).between(940, 1_060)
        }
    }
}
