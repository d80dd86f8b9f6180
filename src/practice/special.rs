//! Care that is in the plan for one reason only: a price that must exist, or an exception that must be met.
//!
//! Enters: a plan with ordinary care. Leaves: more cases in it.

use super::calendar::{self, FULL_MONTHS};
use super::grants::Misfit;
use super::plan::{Case, Kind, Plan};
use super::rng::Rng;
use super::spoils::Spoil;
use super::world::{
    BEGELEIDING, BEHANDELING, ELFENBANKJE, GANZEPAS, GGZ, GGZ_VRIJ, KIKKERPOEL, KLEIN_RHENOY,
    LICHT, LINDE, M_BEHANDELING, MAANZAAD, NACHTEGAAL, OUTSIDE, REGENBOOGBRUG, REGION, VEERPOORT,
    VERVOER, WMO, WOLKENVELD, ZEVENSTER,
};

/// Care in the last full quarter for each pair of gemeente and aanbieder that has a free price.
pub(super) fn guarantee_prices(plan: &mut Plan) {
    let offers = [
        (WOLKENVELD, GGZ_VRIJ),
        (REGENBOOGBRUG, GGZ_VRIJ),
        (KIKKERPOEL, VERVOER),
        (GANZEPAS, VERVOER),
    ];
    for (aanbieder, product) in offers {
        for gemeente in 0..u32::try_from(REGION).expect("a handful") {
            // Another aanbieder beside a client's own would take part in the lot for coordination without having been in it.
            let client = if plan.signalen {
                resident(plan, gemeente, u64::from(aanbieder), (aanbieder, product))
            } else {
                plan.add_client(gemeente)
            };
            // The price that is a hundred times too high exists in the last quarter only.
            let only_last = aanbieder == GANZEPAS && gemeente == KLEIN_RHENOY;
            let begin = if only_last { FULL_MONTHS - 3 } else { FULL_MONTHS - 5 };
            let months = (begin, FULL_MONTHS - 1);
            let mut case =
                Case::months((client, gemeente), aanbieder, product, months, Kind::Guaranteed);
            case.eind = None;
            plan.add(case);
        }
    }
}

/// A client of a gemeente, found by lot: one without this care, as long as there is one.
pub(super) fn resident(plan: &Plan, gemeente: u32, purpose: u64, care: (u32, u32)) -> u32 {
    let n = plan.clients.len();
    let begin = Rng::of(&[plan.zaad, 5, purpose, u64::from(gemeente)]).below(n);
    let mut has_care = vec![false; n];
    for case in plan.cases.iter().filter(|case| (case.aanbieder, case.product) == care) {
        has_care[case.client as usize] = true;
    }
    let find = |may: &dyn Fn(usize) -> bool| {
        let by_lot = (0..n).map(|step| (begin + step) % n);
        by_lot.filter(|position| plan.clients[*position] == gemeente).find(|at| may(*at))
    };
    let found = find(&|client| !has_care[client]).or_else(|| find(&|_| true));
    u32::try_from(found.expect("every gemeente has clients")).expect("a few thousand clients")
}

/// Wmo lines, another gemeente, a deleted toewijzing, messages that fail as a whole, maatwerk without register.
pub(super) fn add_exceptions(plan: &mut Plan) {
    for month in [4, 11, 21, 22] {
        let client = plan.add_client(0);
        plan.add(Case::months((client, 0), LINDE, WMO, (month, month), Kind::Wmo));
    }
    for month in [9, 16, 22] {
        let client = plan.add_client(OUTSIDE);
        plan.add(Case::months(
            (client, OUTSIDE),
            NACHTEGAAL,
            BEGELEIDING,
            (month, month),
            Kind::Outside,
        ));
    }
    let messages = [
        (0, ZEVENSTER, LICHT, 7, Kind::Deleted),
        (1, ZEVENSTER, LICHT, 10, Kind::WrongTotal),
        (1, ZEVENSTER, LICHT, 10, Kind::WrongTotal),
        (4, ELFENBANKJE, BEGELEIDING, 12, Kind::Truncated),
        (4, ELFENBANKJE, BEGELEIDING, 12, Kind::Truncated),
        (6, MAANZAAD, GGZ, 14, Kind::RefusedMessage),
        (6, MAANZAAD, GGZ, 14, Kind::RefusedMessage),
    ];
    for (gemeente, aanbieder, product, month, kind) in messages {
        let client = plan.add_client(gemeente);
        plan.add(Case::months((client, gemeente), aanbieder, product, (month, month), kind));
    }
    for (month, misfit) in (5..).zip(Misfit::ALL) {
        let client = plan.add_client(4);
        let kind = Kind::Misgranted(misfit);
        let holder = (client, 4);
        plan.add(Case::months(holder, misfit.aanbieder(), BEGELEIDING, (month, month), kind));
    }
    for (nth, spoil) in (0..).zip(Spoil::ALL) {
        let client = plan.add_client(2);
        let month = 4 + nth % 12;
        let kind = Kind::Spoiled(spoil);
        let case = Case::months((client, 2), ZEVENSTER, BEHANDELING, (month, month), kind);
        plan.add(case);
        if spoil == Spoil::ClientTwice {
            // The lines of the first time count.
            let kind = Kind::Spoiled(Spoil::ClientTwice);
            plan.add(Case::months((client, 2), ZEVENSTER, LICHT, (month, month), kind));
        }
    }
    let client = plan.add_client(2);
    let months = (FULL_MONTHS - 4, FULL_MONTHS - 1);
    let mut case = Case::months((client, 2), VEERPOORT, M_BEHANDELING, months, Kind::Unregistered);
    case.eind = Some(calendar::last_day(FULL_MONTHS + 2));
    plan.add(case);
}
