//! Lines with a planted fault: what stands in the place of the one good line.
//!
//! Enters: a good line and its fault. Leaves: the lines that are declared instead, with the fate of each.

use super::calendar::Day;
use super::faults::Plant;
use super::lines::{Fate, Line, Referentie, dagtekening};
use super::plan::Plan;
use super::spoils::Spoil;
use super::world::LICHT;

/// Adds what is declared in the place of a good line.
pub(super) fn add(plan: &Plan, plant: Plant, line: Line, out: &mut Vec<Line>) {
    match plant {
        Plant::Corrected
        | Plant::CreditWithoutDebit
        | Plant::CreditedTwice
        | Plant::CreditedInPart
        | Plant::CreditInMessage => add_credits(plan, plant, line, out),
        Plant::RepeatedLater | Plant::RepeatedInMessage => add_repeated(plan, plant, line, out),
        _ => out.push(faulty(line, plant)),
    }
}

/// The lines of a message of its own.
pub(super) fn add_spoiled(plan: &Plan, spoil: Spoil, line: Line, out: &mut Vec<Line>) {
    let product = plan.case(line.case).product;
    if spoil == Spoil::ClientTwice && product != LICHT {
        // The first time counts.
        return out.push(line);
    }
    let line = spoil.line(line);
    out.push(line);
    if spoil == Spoil::CreditedTwice {
        out.push(Line { referentie: Referentie { nth: 1, ..line.referentie }, ..line });
    }
}

/// A second line for the same care: a new reference, declared later.
fn another(plan: &Plan, line: Line, nth: u8, later: i32) -> Line {
    let declared = line.declared + later;
    Line {
        declared,
        referentie: Referentie { nth, ..line.referentie },
        dagtekening: dagtekening(plan.case(line.case), declared),
        ..line
    }
}

fn credit(plan: &Plan, line: Line, nth: u8, later: i32) -> Line {
    Line { vorige: Some(line.referentie), fate: Fate::Netted, ..another(plan, line, nth, later) }
}

fn add_credits(plan: &Plan, plant: Plant, line: Line, out: &mut Vec<Line>) {
    let netted = Line { fate: Fate::Netted, ..line };
    match plant {
        Plant::Corrected => {
            let volume_milli = line.volume_milli + 1000;
            let bedrag_ct =
                volume_milli * line.tarief_ct.expect("ordinary care has a price") / 1000;
            let corrected = Line { volume_milli, bedrag_ct, ..another(plan, line, 2, 2) };
            out.extend([netted, credit(plan, line, 1, 2), corrected]);
        }
        Plant::CreditWithoutDebit => {
            let loose = Line {
                vorige: Some(line.referentie.unknown()),
                fate: Fate::LooseCredit,
                codes: &["TR323"],
                ..another(plan, line, 1, 1)
            };
            out.extend([line, loose]);
        }
        Plant::CreditedInPart => {
            let volume_milli = line.volume_milli - 1000;
            let bedrag_ct =
                volume_milli * line.tarief_ct.expect("ordinary care has a price") / 1000;
            let (fate, codes) = (Fate::LooseCredit, &["OP366"][..]);
            let part = Line { volume_milli, bedrag_ct, fate, codes, ..credit(plan, line, 1, 1) };
            out.extend([line, part]);
        }
        Plant::CreditedTwice => {
            let second =
                Line { fate: Fate::LooseCredit, codes: &["TR390"], ..credit(plan, line, 2, 2) };
            out.extend([netted, credit(plan, line, 1, 1), second]);
        }
        _ => {
            let same_message = Line { codes: &["TR316"], ..credit(plan, line, 1, 0) };
            out.extend([netted, same_message]);
        }
    }
}

fn add_repeated(plan: &Plan, plant: Plant, line: Line, out: &mut Vec<Line>) {
    let in_message = plant == Plant::RepeatedInMessage;
    let (later, codes): (i32, &'static [&'static str]) =
        if in_message { (0, &["TR416"]) } else { (1, &["TR389"]) };
    out.extend([line, Line { fate: Fate::CrossRejected, codes, ..another(plan, line, 1, later) }]);
}

/// The line with its fault.
fn faulty(line: Line, plant: Plant) -> Line {
    let rejected = |codes| Line { fate: Fate::RowRejected, codes, ..line };
    match plant {
        Plant::Cell(fault) if fault.is_warning() => {
            Line { cell_fault: Some(fault), codes: fault.code(), ..line }
        }
        Plant::Cell(fault) => Line { cell_fault: Some(fault), ..rejected(fault.code()) },
        Plant::EndBeforeBegin => Line {
            begin: Day { dag: 20, ..line.begin },
            eind: Day { dag: 10, ..line.begin },
            ..rejected(&["TR137"])
        },
        Plant::WrongAmount => Line { bedrag_ct: line.bedrag_ct + 1_000, ..rejected(&["TR346"]) },
        Plant::ZeroVolume => Line { volume_milli: 0, tarief_ct: None, codes: &["MS004"], ..line },
        Plant::RepeatedReference => Line {
            referentie: Referentie { month: line.month - 1, ..line.referentie },
            fate: Fate::CrossRejected,
            codes: &["TR314"],
            ..line
        },
        Plant::UnknownToewijzing(nummer) => Line { toewijzing: nummer, codes: &["TR338"], ..line },
        Plant::OtherAanbieder(nummer) => Line { toewijzing: nummer, codes: &["MS003"], ..line },
        Plant::OtherClient(nummer) => Line { toewijzing: nummer, codes: &["TR304"], ..line },
        Plant::SharedToewijzing(nummer) => {
            Line { toewijzing: nummer, codes: &["MS007", "TR338"], ..line }
        }
        Plant::Refused(code) => Line {
            fate: Fate::RefusedByGemeente,
            codes: &["JW325"],
            retourcode: Some(code),
            ..line
        },
        _ => unreachable!("lines with a second line are made elsewhere"),
    }
}
