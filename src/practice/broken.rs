//! Rows that are wrong on purpose.
//!
//! Enters: a good row. Leaves: the same with one fault.

use super::columns::{Cell, Columns, Value, position};
use super::faults::CellFault;
use super::world;

/// Puts a fault in a row.
pub(super) fn spoil(row: &mut Vec<Value>, columns: Columns, fault: CellFault) {
    let at = |wanted| position(columns, wanted);
    let text = |text: &'static str| Value::Text(text.into());
    match fault {
        CellFault::TooFewFields => drop(row.remove(at(Cell::Tarief) - 1)),
        CellFault::TooManyFields => row.insert(at(Cell::Volume), text("extra")),
        CellFault::OpenQuote => row[at(Cell::Opmerking)] = Value::Raw("\"niet afgesloten"),
        CellFault::Amount => row[at(Cell::Bedrag)] = text("12.34,5"),
        CellFault::ErrorCell => row[at(Cell::Bedrag)] = Value::Error,
        CellFault::ErrorCategorie => row[at(Cell::Categorie)] = Value::Error,
        CellFault::ImpossibleDate => row[at(Cell::Begin)] = text("31-02-2025"),
        CellFault::AbsurdYear => {
            if let Value::Day(day) = &mut row[at(Cell::Begin)] {
                day.jaar = 202;
            }
        }
        CellFault::ShortBsn => change(&mut row[at(Cell::Client)], without_a_digit),
        CellFault::LongBsn => change(&mut row[at(Cell::Client)], |bsn| bsn * 10),
        CellFault::WrongBsn => change(&mut row[at(Cell::Client)], |bsn| bsn ^ 1),
        CellFault::NoBsn => row[at(Cell::Client)] = text("000000000"),
        CellFault::LetterInAgb => {
            if let Value::Text(agb) = &mut row[at(Cell::Agb)] {
                agb.to_mut().replace_range(3..4, "O");
            }
        }
        CellFault::LongCode => {
            if let Value::Text(code) = &mut row[at(Cell::Product)] {
                code.to_mut().push('3');
            }
        }
        CellFault::UnknownGemeente => row[gemeente(columns)] = text("Nergenshuizen"),
        CellFault::ShortGemeente => row[gemeente(columns)] = text("990"),
        CellFault::NotUtf8 => row[at(Cell::Product)] = Value::NotUtf8,
        CellFault::DoubtfulText => row[at(Cell::Wet)] = text("JeugdwetÃ«"),
        CellFault::OtherCategory => row[at(Cell::Categorie)] = text("54"),
        CellFault::UnknownUnit => row[eenheid(columns)] = text("weekend"),
        CellFault::EmptyVolume => row[at(Cell::Volume)] = Value::Empty,
        CellFault::UnreadableVolume => row[at(Cell::Volume)] = text("circa 4"),
        CellFault::HugeVolume => change(&mut row[at(Cell::Volume)], |_| 200_000_000_000),
        // A third decimal that is rounded away again.
        CellFault::FineTarief => finer(row, at(Cell::Tarief)),
        CellFault::FineVolume => finer(row, at(Cell::Volume)),
        CellFault::UnknownMark => row[at(Cell::DebetCredit)] = text("?"),
    }
}

/// Eight digits that are no BSN with a zero in front either.
fn without_a_digit(bsn: i64) -> i64 {
    let short = bsn / 10;
    let is_bsn = u32::try_from(short).is_ok_and(world::passes_eleven_proof);
    if is_bsn { bsn % 100_000_000 } else { short }
}

fn finer(row: &mut [Value], at: usize) {
    let text = match row[at] {
        Value::Cents(cents) => format!("{},{:02}4", cents / 100, cents % 100),
        Value::Milli(milli) => format!("{},{:03}4", milli / 1000, milli % 1000),
        _ => return,
    };
    row[at] = Value::Text(text.into());
}

fn gemeente(columns: Columns) -> usize {
    let is_it =
        |cell: Cell| matches!(cell, Cell::GemeenteCode | Cell::GemeenteGetal | Cell::GemeenteNaam);
    columns.iter().position(|(cell, _)| is_it(*cell)).expect("every form has it")
}

fn eenheid(columns: Columns) -> usize {
    let is_it = |cell: Cell| matches!(cell, Cell::EenheidCode | Cell::EenheidWoord);
    columns.iter().position(|(cell, _)| is_it(*cell)).expect("every form has it")
}

fn change(value: &mut Value, how: impl Fn(i64) -> i64) {
    if let Value::Whole(number) | Value::Milli(number) = value {
        *number = how(*number);
    }
}
