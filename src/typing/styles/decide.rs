//! Counts → decisions.

use crate::region::stijl::Notatie;
use crate::schema::{Column, Dtype};
use crate::sources::raw::RawTable;
use crate::typing::cells::{DayOrder, Decimal};
use crate::typing::evidence::{Codes, Evidence};
use crate::typing::styles::{ClientKind, Decision, Frozen, Grond, Style};

/// Of values that look like a BSN this share must pass before the whole column is held to it: below it the
/// numbers are those of a back office, of which one in eleven passes by chance.
const BSN_SHARE_PERCENT: u64 = 80;
/// From one value in so many on, what contradicts the rest of its column is a second style and no slip of the pen.
pub(super) const ONE_IN: u64 = 20;

pub(super) fn decide(
    block: &RawTable,
    raw: usize,
    column: &Column,
    evidence: &Evidence,
    frozen: &Frozen<'_>,
) -> Decision {
    let is_export = !block.is_message;
    if let Some((notatie, grond)) = frozen.of(block, raw, column).filter(|_| is_export) {
        return Decision::new(as_frozen(notatie), grond);
    }
    let decision = match column.dtype {
        Dtype::Cent | Dtype::Milli if is_export => number_style(evidence),
        Dtype::Date | Dtype::BirthYear if is_export => date_style(evidence),
        Dtype::Client => {
            let kind = client_kind(block, raw, &evidence.codes);
            Decision::new(Style::Client(kind), Grond::Bestand)
        }
        _ => Decision::new(Style::None, Grond::Niets),
    };
    let pads = is_export && pads(column, decision.style, &evidence.codes);
    Decision { pads, ..decision }
}

fn as_frozen(notatie: Notatie) -> Style {
    match notatie {
        Notatie::Komma => Style::Number(Decimal::Comma),
        Notatie::Punt => Style::Number(Decimal::Point),
        Notatie::DagEerst => Style::Date(DayOrder::DayFirst),
        Notatie::MaandEerst => Style::Date(DayOrder::MonthFirst),
        Notatie::Dagnummer => Style::Date(DayOrder::Serial),
    }
}

/// The larger part decides; what contradicts it becomes a reject, cell by cell.
fn number_style(evidence: &Evidence) -> Decision {
    let Evidence { comma, point, ambiguous, .. } = *evidence;
    let of = |style, support, against| Decision {
        support,
        is_mixed: is_second_style(support, against),
        ..Decision::new(Style::Number(style), Grond::Bestand)
    };
    match (comma, point, ambiguous) {
        (0, 0, 0) => Decision::new(Style::None, Grond::Niets),
        (0, 0, _) => Decision::new(Style::Undecided, Grond::Niets),
        _ if comma >= point => of(Decimal::Comma, comma, point),
        _ => of(Decimal::Point, point, comma),
    }
}

/// Day first, unless values disprove it.
fn date_style(evidence: &Evidence) -> Decision {
    let Evidence { day_first, month_first, serials, .. } = *evidence;
    let of = |order, support, against| Decision {
        support,
        is_mixed: is_second_style(support, against),
        ..Decision::new(Style::Date(order), Grond::Bestand)
    };
    match (day_first, month_first, evidence.other_dates + evidence.ambiguous) {
        // Any date beside them makes day numbers a fault. No support: one date is enough to change this.
        (0, 0, 0) if serials > 0 => of(DayOrder::Serial, 0, 0),
        (0, 0, _) => {
            let grond = if evidence.ambiguous > 0 { Grond::Gewoonte } else { Grond::Niets };
            Decision::new(Style::Date(DayOrder::DayFirst), grond)
        }
        _ if day_first >= month_first => of(DayOrder::DayFirst, day_first, month_first),
        _ => of(DayOrder::MonthFirst, month_first, day_first),
    }
}

fn is_second_style(support: u64, against: u64) -> bool {
    against * ONE_IN >= support && against > 0
}

/// A column without evidence of its own follows the others of its file, when those agree.
pub(super) fn follow(block: &RawTable, columns: &mut [Decision], evidence: &[Evidence]) {
    let decided = |columns: &[Decision], wanted: Style| {
        columns.iter().any(|one| one.style == wanted && one.is_certain())
    };
    let only = |columns: &[Decision], one: Style, other: Style| match (
        decided(columns, one),
        decided(columns, other),
    ) {
        (true, false) => Some(one),
        (false, true) => Some(other),
        _ => None,
    };
    let number = only(columns, Style::Number(Decimal::Comma), Style::Number(Decimal::Point));
    let date = only(columns, Style::Date(DayOrder::DayFirst), Style::Date(DayOrder::MonthFirst));
    for (raw, decision) in columns.iter_mut().enumerate() {
        let Some(position) = block.targets[raw] else { continue };
        let column = &block.table.columns[position];
        let is_number = matches!(column.dtype, Dtype::Cent | Dtype::Milli) && !block.is_message;
        let (found, has_values) = match decision.style {
            Style::None | Style::Undecided if is_number => (number, decision.style != Style::None),
            Style::Date(_) if !decision.is_certain() => (date, evidence[raw].ambiguous > 0),
            _ => continue,
        };
        if let Some(style) = found {
            decision.style = style;
            // A column with nothing to read is not worth a word.
            decision.grond = if has_values { Grond::Kolommen } else { Grond::Niets };
        }
    }
}

pub(super) fn client_kind(block: &RawTable, raw: usize, codes: &Codes) -> ClientKind {
    let heading = crate::schema::normalise_heading(&block.headings[raw]);
    if block.is_message || heading == "bsn" || heading.contains("burgerservicenummer") {
        return ClientKind::Bsn;
    }
    let valid = codes.good + codes.short_good;
    let is_bsn = valid * 100 >= codes.filled * BSN_SHARE_PERCENT && codes.filled > 0;
    if is_bsn { ClientKind::Bsn } else { ClientKind::Number }
}

/// Whether short codes of a column have lost their zeros: all of them are digits, and no code kept a zero in front. A
/// BSN proves itself; of other codes, a few short ones among many are slips of the pen.
pub(super) fn pads(column: &Column, style: Style, codes: &Codes) -> bool {
    let is_lost = codes.short > 0 && codes.short_other == 0 && codes.zero_led == 0;
    let is_proven = codes.short_good * 100 >= codes.short * BSN_SHARE_PERCENT;
    let is_many = column.dtype == Dtype::Client || codes.short * ONE_IN >= codes.filled;
    is_lost && is_proven && is_many && style != Style::Client(ClientKind::Number)
}
