//! What a toewijzing grants: always enough for what is declared on it, except where a fault is planted.
//!
//! Enters: the plan. Leaves: a [`Grant`] per case, the same for a JW301 and for the export of toewijzingen.

use super::calendar::Day;
use super::faults::CellFault;
use super::lines;
use super::plan::{Case, Kind, Plan};
use super::world::{self, COORDINATIE_MINUUT, COORDINATIE_UUR, ELFENBANKJE};

/// How a toewijzing does not fit what is declared on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// TR307.
    BeginsEarly,
    /// TR308.
    EndsLate,
    /// TR387; only messages are held to whole months.
    BeginsWithin,
    /// TR388.
    EndsWithin,
    /// TR339.
    OtherCategory,
    /// TR340.
    OtherCode,
    /// TR341.
    OtherUnit,
    /// TR321: more in one month.
    TooMuch,
    /// TR322: more in all.
    TooMuchInAll,
    /// TR369.
    OverBudget,
    /// TR381: the list of products names another category; the toewijzing names none.
    OtherList,
    /// MS261, in the name of the law: nothing is wrong with the toewijzing.
    Doubtful,
}

impl Misfit {
    /// Every misfit.
    pub(super) const ALL: [Self; 12] = [
        Self::BeginsEarly,
        Self::EndsLate,
        Self::BeginsWithin,
        Self::EndsWithin,
        Self::OtherCategory,
        Self::OtherCode,
        Self::OtherUnit,
        Self::TooMuch,
        Self::TooMuchInAll,
        Self::OverBudget,
        Self::OtherList,
        Self::Doubtful,
    ];

    /// Code of the rule that must find it.
    pub(super) fn code(self) -> &'static [&'static str] {
        match self {
            Self::BeginsEarly => &["TR307"],
            Self::EndsLate => &["TR308"],
            Self::BeginsWithin => &["TR387"],
            Self::EndsWithin => &["TR388"],
            Self::OtherCategory => &["TR339"],
            Self::OtherCode => &["TR340"],
            Self::OtherUnit => &["TR341"],
            Self::TooMuch => &["TR321"],
            Self::TooMuchInAll => &["TR322"],
            Self::OverBudget => &["TR369"],
            Self::OtherList => &["TR381"],
            Self::Doubtful => &["MS261"],
        }
    }

    /// The aanbieder that declares it.
    pub(super) fn aanbieder(self) -> u32 {
        match self {
            Self::BeginsWithin | Self::EndsWithin => ELFENBANKJE,
            _ => world::WEIDEVOGEL,
        }
    }

    /// What is wrong with the line itself.
    pub(super) fn cell_fault(self) -> Option<CellFault> {
        match self {
            Self::OtherList => Some(CellFault::OtherCategory),
            Self::Doubtful => Some(CellFault::DoubtfulText),
            _ => None,
        }
    }

    /// The days of the line, when these are what is wrong.
    pub(super) fn period(self, (begin, eind): (Day, Day)) -> (Day, Day) {
        match self {
            Self::BeginsWithin => (Day { dag: 8, ..begin }, eind),
            Self::EndsWithin => (begin, Day { dag: 20, ..eind }),
            _ => (begin, eind),
        }
    }
}

/// Volume with its unit and frequency (WJ756; 4 = a month, 6 = in all).
pub(super) type Omvang = (u32, &'static str, u32);

/// The content of a toewijzing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grant {
    pub(super) categorie: &'static str,
    /// Empty when any product of the category may be given.
    pub(super) code: &'static str,
    pub(super) ingang: Day,
    pub(super) eind: Option<Day>,
    pub(super) omvang: Option<Omvang>,
    pub(super) budget_ct: Option<i64>,
}

/// What is granted for a case.
pub(super) fn grant(plan: &Plan, position: u32) -> Grant {
    let case = plan.case(position);
    let product = world::product_at(case.product);
    let right = Grant {
        categorie: product.categorie(),
        code: product.code,
        ingang: case.ingang,
        eind: case.eind,
        omvang: Some(size(case.product)),
        budget_ct: None,
    };
    match case.kind {
        // An overeenkomst with an end is a sum of money as often as it is a volume.
        Kind::Maatwerk if position.is_multiple_of(2) && case.eind.is_some() => {
            Grant { omvang: None, budget_ct: Some(enough_ct(plan, position)), ..right }
        }
        Kind::Misgranted(misfit) => wrong(right, case, misfit),
        _ => right,
    }
}

fn wrong(right: Grant, case: &Case, misfit: Misfit) -> Grant {
    let unit = world::product_at(case.product).eenheid;
    match misfit {
        Misfit::BeginsEarly => Grant { ingang: Day { dag: 15, ..right.ingang }, ..right },
        Misfit::EndsLate => Grant { eind: Some(Day { dag: 15, ..case.ingang }), ..right },
        Misfit::BeginsWithin | Misfit::EndsWithin | Misfit::Doubtful => right,
        Misfit::OtherList => Grant { categorie: "", code: "", omvang: None, ..right },
        Misfit::OtherCategory => Grant { categorie: "54", code: "", omvang: None, ..right },
        Misfit::OtherCode => Grant { code: "45A53", ..right },
        Misfit::OtherUnit => Grant { omvang: Some((20, "16", 4)), ..right },
        // Without an end nothing can be said of the whole.
        Misfit::TooMuch => Grant { eind: None, omvang: Some((1, unit, 4)), ..right },
        Misfit::TooMuchInAll => Grant { omvang: Some((1, unit, 6)), ..right },
        Misfit::OverBudget => Grant { omvang: None, budget_ct: Some(1_000), ..right },
    }
}

/// A fifth more than is declared, in whole hundreds of euros.
fn enough_ct(plan: &Plan, position: u32) -> i64 {
    let case = plan.case(position);
    let mut of_case = Vec::new();
    for month in case.first..=case.last {
        lines::add_lines(plan, position, month, &mut of_case);
    }
    let declared_ct: i64 = of_case.iter().map(|line| line.bedrag_ct).sum();
    (declared_ct * 12 / 10 / 10_000 + 1) * 10_000
}

/// Always enough for what is declared, a correction of one unit included.
fn size(product: u32) -> Omvang {
    let unit = world::product_at(product).eenheid;
    match (product, unit) {
        (COORDINATIE_UUR, _) => (52, unit, 6),
        (COORDINATIE_MINUUT, _) => (52 * 60, unit, 6),
        (_, "01") => (1_200, unit, 4),
        (_, "14") => (31, unit, 4),
        _ => (24, unit, 4),
    }
}
