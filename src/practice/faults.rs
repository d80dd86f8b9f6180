//! Which ordinary lines go wrong, and how.
//!
//! Enters: a plan with all its care. Leaves: one fault per chosen case and month. A case is chosen at most once, so
//! that no line has two faults and every answer is certain.

use anyhow::Context;

use super::calendar::FULL_MONTHS;
use super::plan::{Case, Kind, LooseToewijzing, Plan};
use super::rng::Rng;
use super::special;
use super::world::{self, Dialect, EXPORTS, MESSAGES, VERVOER};

/// A cell or a row that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellFault {
    TooFewFields,
    TooManyFields,
    OpenQuote,
    Amount,
    ImpossibleDate,
    AbsurdYear,
    ShortBsn,
    WrongBsn,
    ShortAgb,
    LongCode,
    UnknownGemeente,
    UnknownUnit,
    EmptyVolume,
}

impl CellFault {
    /// Code of the rule that must find it.
    pub(super) fn code(self) -> &'static [&'static str] {
        match self {
            Self::TooFewFields | Self::TooManyFields => &["MS201"],
            Self::OpenQuote => &["MS202"],
            Self::Amount => &["MS217"],
            Self::ImpossibleDate => &["MS212"],
            Self::AbsurdYear => &["MS213"],
            Self::ShortBsn => &["RS037"],
            Self::WrongBsn => &["CS002"],
            Self::ShortAgb => &["RS036"],
            Self::LongCode => &["RS012"],
            Self::UnknownGemeente => &["MS214"],
            Self::UnknownUnit => &["MS215"],
            Self::EmptyVolume => &["MS216"],
        }
    }

    /// Whether the amount of the row can still be read with certainty.
    pub(super) fn keeps_amount(self) -> bool {
        !matches!(self, Self::TooFewFields | Self::TooManyFields | Self::OpenQuote | Self::Amount)
    }
}

/// What goes wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plant {
    /// A cell or the row itself.
    Cell(CellFault),
    /// TR137.
    EndBeforeBegin,
    /// MS004, a warning.
    ZeroVolume,
    /// TR346.
    WrongAmount,
    /// TR314: the reference of the month before once more.
    RepeatedReference,
    /// TR389: the same care once more, a month later.
    RepeatedLater,
    /// TR416: the same care twice in one message.
    RepeatedInMessage,
    /// A good correction: debit, credit and new debit.
    Corrected,
    /// TR323.
    CreditWithoutDebit,
    /// TR390.
    CreditedTwice,
    /// TR316.
    CreditInMessage,
    /// TR338: this number does not exist.
    UnknownToewijzing(u32),
    /// TR304: this toewijzing is for another client.
    OtherClient(u32),
    /// MS007: this number is used for two clients.
    SharedToewijzing(u32),
    /// Refused in the JW325, with this code.
    Refused(&'static str),
}

/// Where a fault must land.
#[derive(Debug, Clone, Copy)]
enum Place {
    Export(Dialect),
    Messages,
}

impl Place {
    fn holds(self, case: &Case) -> bool {
        let bron = world::aanbieder_at(case.aanbieder).bron;
        match self {
            Self::Export(dialect) => bron < MESSAGES && EXPORTS[bron].1 == dialect,
            Self::Messages => bron == MESSAGES,
        }
    }
}

use CellFault as Cell;
use Dialect::{Komma, Puntkomma, Tab};

/// Faults of which the month does not matter.
const ANY_MONTH: [(Plant, Place); 16] = [
    (Plant::Cell(Cell::TooFewFields), Place::Export(Puntkomma)),
    (Plant::Cell(Cell::TooManyFields), Place::Export(Komma)),
    (Plant::Cell(Cell::OpenQuote), Place::Export(Komma)),
    (Plant::Cell(Cell::Amount), Place::Export(Puntkomma)),
    (Plant::Cell(Cell::ImpossibleDate), Place::Export(Puntkomma)),
    (Plant::Cell(Cell::AbsurdYear), Place::Export(Komma)),
    (Plant::Cell(Cell::ShortBsn), Place::Export(Puntkomma)),
    (Plant::Cell(Cell::WrongBsn), Place::Export(Tab)),
    (Plant::Cell(Cell::ShortAgb), Place::Export(Komma)),
    (Plant::Cell(Cell::LongCode), Place::Export(Tab)),
    (Plant::Cell(Cell::UnknownGemeente), Place::Export(Puntkomma)),
    (Plant::Cell(Cell::UnknownUnit), Place::Export(Tab)),
    (Plant::Cell(Cell::EmptyVolume), Place::Export(Komma)),
    (Plant::EndBeforeBegin, Place::Export(Puntkomma)),
    (Plant::WrongAmount, Place::Export(Komma)),
    (Plant::RepeatedReference, Place::Export(Puntkomma)),
];

/// Faults that need a later month, and of which the effect on the last quarter would be open to discussion.
const EARLY: [(Plant, Place); 21] = [
    (Plant::RepeatedLater, Place::Export(Komma)),
    (Plant::RepeatedLater, Place::Messages),
    (Plant::RepeatedInMessage, Place::Messages),
    (Plant::Corrected, Place::Export(Puntkomma)),
    (Plant::Corrected, Place::Export(Puntkomma)),
    (Plant::Corrected, Place::Export(Komma)),
    (Plant::Corrected, Place::Export(Tab)),
    (Plant::Corrected, Place::Messages),
    (Plant::Corrected, Place::Messages),
    (Plant::Corrected, Place::Messages),
    (Plant::CreditWithoutDebit, Place::Export(Tab)),
    (Plant::CreditWithoutDebit, Place::Messages),
    (Plant::CreditedTwice, Place::Export(Puntkomma)),
    (Plant::CreditInMessage, Place::Messages),
    (Plant::Refused("0611"), Place::Messages),
    (Plant::Refused("9340"), Place::Messages),
    (Plant::Refused("9307"), Place::Messages),
    (Plant::Refused("9341"), Place::Messages),
    (Plant::Refused("9321"), Place::Messages),
    (Plant::Refused("S329"), Place::Messages),
    (Plant::Corrected, Place::Export(Komma)),
];

/// Last month of the early faults: 2025-03, so that what follows lies before the last full quarter.
const LAST_EARLY: i32 = 17;
const LAST_ANY: i32 = FULL_MONTHS - 1;

/// Chooses the lines that go wrong; larger regions get every fault up to twenty times.
///
/// # Errors
/// When there are too few ordinary cases.
pub(super) fn plant(plan: &mut Plan) -> anyhow::Result<()> {
    let mut rng = Rng::of(&[plan.zaad, 7]);
    let times = (plan.regels / 6_000).clamp(1, 20);
    for time in 0..times {
        for (what, place) in ANY_MONTH {
            let (case, month) =
                victim(plan, &mut rng, LAST_ANY, |case| is_ordinary(case) && place.holds(case))?;
            set(plan, case, month, what);
        }
        for (what, place) in EARLY {
            let (case, month) =
                victim(plan, &mut rng, LAST_EARLY, |case| is_ordinary(case) && place.holds(case))?;
            set(plan, case, month, what);
        }
        plant_toewijzingen(plan, &mut rng, u32::try_from(time)?)?;
        // Without a tariff and of a product without a regional one: only the volume is strange.
        let (case, month) = victim(plan, &mut rng, LAST_EARLY, |case| {
            case.kind == Kind::Regular && case.product == VERVOER && Place::Export(Tab).holds(case)
        })?;
        set(plan, case, month, Plant::ZeroVolume);
    }
    Ok(())
}

/// Numbers of toewijzingen that do not fit: unknown, of another client, shared.
fn plant_toewijzingen(plan: &mut Plan, rng: &mut Rng, time: u32) -> anyhow::Result<()> {
    let in_semicolon = |case: &Case| is_ordinary(case) && Place::Export(Puntkomma).holds(case);
    for nth in 0..2 {
        let (case, month) = victim(plan, rng, LAST_ANY, in_semicolon)?;
        set(plan, case, month, Plant::UnknownToewijzing(900_000_001 + 2 * time + nth));
    }
    let (case, month) = victim(plan, rng, LAST_ANY, in_semicolon)?;
    let nummer = 910_000_001 + time;
    let gemeente = plan.case(case).gemeente;
    let mut client = special::resident(plan, gemeente, 900 + u64::from(time));
    if client == plan.case(case).client {
        client = plan.add_client(gemeente);
    }
    plan.loose.push(LooseToewijzing { nummer, like: case, client });
    set(plan, case, month, Plant::OtherClient(nummer));
    let (one, month) = victim(plan, rng, LAST_ANY, in_semicolon)?;
    let shared = Plant::SharedToewijzing(920_000_001 + time);
    set(plan, one, month, shared);
    let first = *plan.case(one);
    let (two, month) = victim(plan, rng, LAST_ANY, |case| {
        in_semicolon(case) && case.gemeente == first.gemeente && case.client != first.client
    })?;
    set(plan, two, month, shared);
    Ok(())
}

/// Ordinary ambulant care with a regional tariff: not expensive, and no finding rests on one line of it.
fn is_ordinary(case: &Case) -> bool {
    let product = world::product_at(case.product);
    case.kind == Kind::Regular
        && product.lijst == world::Lijst::Tarief
        && matches!(product.eenheid, "01" | "04")
}

/// The first case from a random place that passes, with a month that has one before and one after it.
fn victim(
    plan: &Plan,
    rng: &mut Rng,
    last: i32,
    wanted: impl Fn(&Case) -> bool,
) -> anyhow::Result<(u32, i32)> {
    let n = plan.cases.len();
    let begin = rng.below(n);
    let position = (0..n)
        .map(|step| (begin + step) % n)
        .find(|position| {
            let case = &plan.cases[*position];
            !case.planted && case.first + 2 <= case.last.min(last) && wanted(case)
        })
        .context(
            "de oefenregio is te klein voor alle geplante fouten; kies een groter aantal regels",
        )?;
    let case = &plan.cases[position];
    Ok((u32::try_from(position)?, rng.month(case.first + 1, case.last.min(last) - 1)))
}

fn set(plan: &mut Plan, case: u32, month: i32, what: Plant) {
    plan.cases[case as usize].planted = true;
    plan.plants.insert((case, month), what);
}
