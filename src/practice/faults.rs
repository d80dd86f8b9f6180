//! Which ordinary lines go wrong, and how.
//!
//! Enters: a plan with all its care. Leaves: one fault per chosen case and month. A case is chosen at most once, so
//! that no line has two faults and every answer is certain.

use anyhow::Context;

use super::calendar::FULL_MONTHS;
use super::plan::{Case, Kind, LooseToewijzing, Plan};
use super::rng::Rng;
use super::special;
use super::world::{
    self, IN_ANKER, IN_KRUIDENTUIN, IN_LINDE, IN_NACHTEGAAL, IN_STERRENWACHT, KIKKERPOEL, Lijst,
    MESSAGES, VERVOER,
};

/// A cell or a row that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellFault {
    TooFewFields,
    TooManyFields,
    OpenQuote,
    Amount,
    ErrorCell,
    /// A warning only.
    ErrorCategorie,
    ImpossibleDate,
    AbsurdYear,
    ShortBsn,
    LongBsn,
    WrongBsn,
    NoBsn,
    LetterInAgb,
    LongCode,
    UnknownGemeente,
    ShortGemeente,
    UnknownUnit,
    NotUtf8,
    /// A warning only.
    DoubtfulText,
    /// A warning only.
    OtherCategory,
    EmptyVolume,
    UnreadableVolume,
    HugeVolume,
    UnknownMark,
    /// A warning only.
    FineTarief,
    /// A warning only.
    FineVolume,
}

impl CellFault {
    /// Code of the rule that must find it.
    pub(super) fn code(self) -> &'static [&'static str] {
        match self {
            Self::TooFewFields | Self::TooManyFields => &["MS201"],
            Self::OpenQuote => &["MS202"],
            Self::Amount => &["MS217"],
            Self::ErrorCell => &["MS275"],
            Self::ErrorCategorie => &["MS276"],
            Self::ImpossibleDate => &["MS212"],
            Self::AbsurdYear => &["MS213"],
            Self::ShortBsn | Self::LongBsn => &["RS037"],
            Self::WrongBsn => &["CS002"],
            Self::NoBsn => &["MS001"],
            Self::LetterInAgb => &["RS036"],
            Self::LongCode => &["RS012"],
            Self::UnknownGemeente => &["MS214"],
            Self::ShortGemeente => &["RS035"],
            Self::NotUtf8 => &["MS203"],
            Self::DoubtfulText => &["MS261"],
            Self::OtherCategory => &["TR381"],
            Self::UnknownUnit => &["MS215"],
            Self::EmptyVolume => &["MS216"],
            Self::UnreadableVolume => &["MS218"],
            Self::HugeVolume => &["MS225"],
            Self::UnknownMark => &["MS223"],
            Self::FineTarief => &["MS222"],
            Self::FineVolume => &["MS224"],
        }
    }

    /// Whether the row stays in the figures.
    pub(super) fn is_warning(self) -> bool {
        matches!(
            self,
            Self::DoubtfulText
                | Self::OtherCategory
                | Self::ErrorCategorie
                | Self::FineTarief
                | Self::FineVolume
        )
    }

    /// Whether the amount of the row can still be read with certainty.
    pub(super) fn keeps_amount(self) -> bool {
        !matches!(
            self,
            Self::TooFewFields
                | Self::TooManyFields
                | Self::OpenQuote
                | Self::Amount
                | Self::ErrorCell
                | Self::NotUtf8
        )
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
    /// OP366.
    CreditedInPart,
    /// TR316.
    CreditInMessage,
    /// TR338: this number does not exist.
    UnknownToewijzing(u32),
    /// TR304: this toewijzing is for another client.
    OtherClient(u32),
    /// MS003: this toewijzing is for another aanbieder.
    OtherAanbieder(u32),
    /// MS007: this number is used for two clients.
    SharedToewijzing(u32),
    /// Refused in the JW325, with this code.
    Refused(&'static str),
}

/// Faults of which the month does not matter, with the export (or [`MESSAGES`]) in which they must land.
const ANY_MONTH: [(Plant, usize); 26] = [
    (Plant::Cell(Cell::TooFewFields), IN_LINDE),
    (Plant::Cell(Cell::TooManyFields), IN_KRUIDENTUIN),
    (Plant::Cell(Cell::OpenQuote), IN_KRUIDENTUIN),
    (Plant::Cell(Cell::Amount), IN_LINDE),
    (Plant::Cell(Cell::ImpossibleDate), IN_LINDE),
    (Plant::Cell(Cell::AbsurdYear), IN_KRUIDENTUIN),
    (Plant::Cell(Cell::LongBsn), IN_LINDE),
    (Plant::Cell(Cell::ShortBsn), IN_LINDE),
    (Plant::Cell(Cell::WrongBsn), IN_ANKER),
    (Plant::Cell(Cell::LetterInAgb), IN_KRUIDENTUIN),
    (Plant::Cell(Cell::LongCode), IN_ANKER),
    (Plant::Cell(Cell::UnknownGemeente), IN_LINDE),
    (Plant::Cell(Cell::UnknownUnit), IN_ANKER),
    (Plant::Cell(Cell::EmptyVolume), IN_KRUIDENTUIN),
    (Plant::Cell(Cell::NoBsn), IN_LINDE),
    (Plant::Cell(Cell::UnreadableVolume), IN_LINDE),
    (Plant::Cell(Cell::HugeVolume), IN_NACHTEGAAL),
    (Plant::Cell(Cell::UnknownMark), IN_NACHTEGAAL),
    (Plant::Cell(Cell::ErrorCell), IN_STERRENWACHT),
    (Plant::Cell(Cell::FineTarief), IN_LINDE),
    (Plant::Cell(Cell::FineVolume), IN_LINDE),
    (Plant::Cell(Cell::ShortGemeente), IN_LINDE),
    (Plant::Cell(Cell::NotUtf8), IN_LINDE),
    (Plant::EndBeforeBegin, IN_LINDE),
    (Plant::WrongAmount, IN_KRUIDENTUIN),
    (Plant::RepeatedReference, IN_LINDE),
];

/// Faults that need a later month, and of which the effect on the last quarter would be open to discussion.
const EARLY: [(Plant, usize); 22] = [
    (Plant::RepeatedLater, IN_KRUIDENTUIN),
    (Plant::RepeatedLater, MESSAGES),
    (Plant::RepeatedInMessage, MESSAGES),
    (Plant::Corrected, IN_LINDE),
    (Plant::Corrected, IN_LINDE),
    (Plant::Corrected, IN_KRUIDENTUIN),
    (Plant::Corrected, IN_ANKER),
    (Plant::Corrected, MESSAGES),
    (Plant::Corrected, MESSAGES),
    (Plant::Corrected, MESSAGES),
    (Plant::CreditWithoutDebit, IN_ANKER),
    (Plant::CreditWithoutDebit, MESSAGES),
    (Plant::CreditedTwice, IN_LINDE),
    (Plant::CreditedInPart, IN_LINDE),
    (Plant::CreditInMessage, MESSAGES),
    (Plant::Refused("0611"), MESSAGES),
    (Plant::Refused("9340"), MESSAGES),
    (Plant::Refused("9307"), MESSAGES),
    (Plant::Refused("9341"), MESSAGES),
    (Plant::Refused("9321"), MESSAGES),
    (Plant::Refused("S329"), MESSAGES),
    (Plant::Corrected, IN_KRUIDENTUIN),
];

use CellFault as Cell;

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
            let (case, month) = victim(plan, &mut rng, LAST_ANY, |case| {
                is_ordinary(case) && stands_in(case, place)
            })?;
            set(plan, case, month, what);
        }
        for (what, place) in EARLY {
            let (case, month) = victim(plan, &mut rng, LAST_EARLY, |case| {
                is_ordinary(case) && stands_in(case, place)
            })?;
            set(plan, case, month, what);
        }
        plant_toewijzingen(plan, &mut rng, u32::try_from(time)?)?;
        let in_workbook = |case: &Case| is_ordinary(case) && stands_in(case, IN_STERRENWACHT);
        let (case, month) = victim(plan, &mut rng, LAST_EARLY, in_workbook)?;
        set(plan, case, month, Plant::Cell(Cell::ErrorCategorie));
        // Without a tariff and of a product without a regional one: only the volume is strange.
        let (case, month) = victim(plan, &mut rng, LAST_EARLY, |case| {
            case.kind == Kind::Regular && case.product == VERVOER && stands_in(case, IN_ANKER)
        })?;
        set(plan, case, month, Plant::ZeroVolume);
    }
    Ok(())
}

/// Numbers of toewijzingen that do not fit: unknown, of another client, shared.
fn plant_toewijzingen(plan: &mut Plan, rng: &mut Rng, time: u32) -> anyhow::Result<()> {
    let in_semicolon = |case: &Case| is_ordinary(case) && stands_in(case, IN_LINDE);
    for nth in 0..2 {
        let (case, month) = victim(plan, rng, LAST_ANY, in_semicolon)?;
        set(plan, case, month, Plant::UnknownToewijzing(900_000_001 + 2 * time + nth));
    }
    let (case, month) = victim(plan, rng, LAST_ANY, in_semicolon)?;
    let nummer = 910_000_001 + time;
    let like = *plan.case(case);
    let gemeente = like.gemeente;
    let care = (like.aanbieder, like.product);
    let mut client = special::resident(plan, gemeente, 900 + u64::from(time), care);
    if client == plan.case(case).client {
        client = plan.add_client(gemeente);
    }
    plan.loose.push(LooseToewijzing { nummer, like: case, client, agb: None, odd: None });
    set(plan, case, month, Plant::OtherClient(nummer));
    let (case, month) = victim(plan, rng, LAST_ANY, in_semicolon)?;
    let (nummer, client) = (930_000_001 + time, plan.case(case).client);
    let agb = Some(world::aanbieder_at(KIKKERPOEL).agb[0]);
    plan.loose.push(LooseToewijzing { nummer, like: case, client, agb, odd: None });
    set(plan, case, month, Plant::OtherAanbieder(nummer));
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

/// Toewijzingen in the export that are wrong by themselves: one ends before it begins, two share a number, one lies on
/// top of another.
///
/// # Errors
/// When there are too few ordinary cases.
pub(super) fn add_odd_toewijzingen(plan: &mut Plan) -> anyhow::Result<()> {
    let mut rng = Rng::of(&[plan.zaad, 14]);
    let in_linde =
        |case: &Case| is_ordinary(case) && stands_in(case, IN_LINDE) && case.eind.is_some();
    let (like, _) = victim(plan, &mut rng, LAST_ANY, in_linde)?;
    let own = plan.case(like).client;
    let gemeente = plan.case(like).gemeente;
    let [one, two, three] = [(); 3].map(|()| plan.add_client(gemeente));
    let rows = [
        (940_000_001, one, Some("CS003")),
        (940_000_002, two, None),
        (940_000_002, three, Some("TR332")),
        (940_000_003, own, Some("TR302")),
    ];
    for (nummer, client, odd) in rows {
        plan.loose.push(LooseToewijzing { nummer, like, client, agb: None, odd });
    }
    Ok(())
}

fn stands_in(case: &Case, bron: usize) -> bool {
    world::aanbieder_at(case.aanbieder).bron == bron
}

/// Ordinary care with a regional tariff and no finding that rests on one line of it: ambulant, which is not
/// expensive, except in the export that holds no ambulant care.
fn is_ordinary(case: &Case) -> bool {
    let product = world::product_at(case.product);
    let is_ambulant = matches!(product.eenheid, "01" | "04");
    case.kind == Kind::Regular
        && product.lijst == Lijst::Tarief
        && (is_ambulant || stands_in(case, IN_STERRENWACHT))
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
