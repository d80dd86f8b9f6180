//! The columns of an export of declaraties, and what stands in them.
//!
//! Enters: a line of the plan. Leaves: a row of [`Value`]s, right or broken on purpose. Knows no notation.

use std::borrow::Cow;

use super::calendar::Day;
use super::faults::CellFault;
use super::form::{Dialect, Form};
use super::lines::{Fate, Line};
use super::notation::unit_word;
use super::plan::Plan;
use super::rng::Rng;
use super::world::{self, GEMEENTEN};

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    GemeenteCode,
    /// A number, without the zeros it begins with.
    GemeenteGetal,
    GemeenteNaam,
    Agb,
    Client,
    Referentie,
    Toewijzing,
    Categorie,
    Product,
    Begin,
    Eind,
    Volume,
    EenheidCode,
    EenheidWoord,
    Tarief,
    Bedrag,
    DebetCredit,
    Vorige,
    Dagtekening,
    Wet,
    Opmerking,
}

/// A value before it is written in any notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Empty,
    Text(Cow<'static, str>),
    /// A number that is no amount: it has no marks.
    Whole(i64),
    /// Thousandths.
    Milli(i64),
    Cents(i64),
    Day(Day),
    /// Written as it is, without the quotes of the dialect.
    Raw(&'static str),
    /// Bytes that are no character in UTF-8.
    NotUtf8,
    /// What a workbook shows when a formula fails.
    Error,
}

/// A column and its heading.
pub(super) type Columns = &'static [(Cell, &'static str)];

const PUNTKOMMA: Columns = &[
    (Cell::GemeenteNaam, "Gemeente"),
    (Cell::Agb, "AGB-code"),
    (Cell::Client, "Clientnummer"),
    (Cell::Referentie, "Referentienummer"),
    (Cell::Toewijzing, "Toewijzingnummer"),
    (Cell::Product, "Productcode"),
    (Cell::Begin, "Begindatum"),
    (Cell::Eind, "Einddatum"),
    (Cell::Volume, "Volume"),
    (Cell::EenheidCode, "Eenheid"),
    (Cell::Tarief, "Tarief"),
    (Cell::Bedrag, "Bedrag"),
    (Cell::DebetCredit, "Debet/Credit"),
    (Cell::Vorige, "Vorig referentienummer"),
    (Cell::Dagtekening, "Dagtekening"),
    (Cell::Wet, "Wet"),
];

const KOMMA: Columns = &[
    (Cell::Referentie, "referentie"),
    (Cell::Vorige, "oorspronkelijk referentienummer"),
    (Cell::GemeenteCode, "gemeentecode"),
    (Cell::Agb, "zorgaanbieder agb"),
    (Cell::Client, "bsn"),
    (Cell::Toewijzing, "toewijzing"),
    (Cell::Categorie, "categorie"),
    (Cell::Product, "product code"),
    (Cell::Begin, "productperiode van"),
    (Cell::Eind, "productperiode tot"),
    (Cell::Opmerking, "opmerking"),
    (Cell::Volume, "geleverd volume"),
    (Cell::EenheidCode, "eenheidcode"),
    (Cell::Tarief, "producttarief"),
    (Cell::Bedrag, "ingediend bedrag"),
    (Cell::DebetCredit, "dc"),
    (Cell::Dagtekening, "indiendatum"),
    (Cell::Wet, "domein"),
];

const TAB: Columns = &[
    (Cell::Agb, "Aanbieder AGB"),
    (Cell::GemeenteCode, "Gemeente code"),
    (Cell::Client, "Clientnr"),
    (Cell::Toewijzing, "Beschikkingsregelnummer"),
    (Cell::Product, "Voorzieningcode"),
    (Cell::Begin, "Startdatum"),
    (Cell::Eind, "Einddatum productperiode"),
    (Cell::Volume, "Aantal"),
    (Cell::EenheidWoord, "Eenheid"),
    (Cell::Tarief, "Tarief per eenheid"),
    (Cell::Bedrag, "Declaratiebedrag"),
    (Cell::DebetCredit, "D/C"),
    (Cell::Referentie, "Regelnummer aanbieder"),
    (Cell::Vorige, "Referentie vorige"),
    (Cell::Dagtekening, "Factuurdatum"),
];

const WINDOWS: Columns = &[
    (Cell::Agb, "AGB aanbieder"),
    (Cell::GemeenteCode, "Gemeentecode"),
    (Cell::Client, "Cliëntnummer"),
    (Cell::Toewijzing, "Toewijzing nr"),
    (Cell::Product, "Voorzieningcode"),
    (Cell::Begin, "Begin periode"),
    (Cell::Eind, "Eind periode"),
    (Cell::Volume, "Aantal"),
    (Cell::EenheidWoord, "Eenheid"),
    (Cell::Tarief, "Tarief per eenheid"),
    (Cell::Bedrag, "Gedeclareerd bedrag"),
    (Cell::DebetCredit, "D/C"),
    (Cell::Referentie, "Regelnummer aanbieder"),
    (Cell::Vorige, "Referentie vorige"),
    (Cell::Dagtekening, "Datum ingediend"),
];

const WORKBOOK: Columns = &[
    (Cell::GemeenteNaam, "Gemeente"),
    (Cell::Agb, "Zorgaanbieder AGB"),
    (Cell::Client, "Cliëntnummer"),
    (Cell::Toewijzing, "Toewijzingsnummer"),
    (Cell::Categorie, "Productcategorie"),
    (Cell::Product, "Productcode"),
    (Cell::Begin, "Productperiode begin"),
    (Cell::Eind, "Productperiode eind"),
    (Cell::Volume, "Volume"),
    (Cell::EenheidWoord, "Eenheid"),
    (Cell::Tarief, "Tarief"),
    (Cell::Bedrag, "Ingediend bedrag"),
    (Cell::DebetCredit, "Debet/Credit"),
    (Cell::Referentie, "Referentienummer"),
    (Cell::Vorige, "Vorig referentienummer"),
    (Cell::Dagtekening, "Factuurdatum"),
    (Cell::Wet, "Wet"),
];

const PARQUET: Columns = &[
    (Cell::GemeenteGetal, "gemeente"),
    (Cell::Agb, "agb"),
    (Cell::Client, "bsn"),
    (Cell::Referentie, "referentienummer"),
    (Cell::Vorige, "vorig_referentienummer"),
    (Cell::Toewijzing, "toewijzingnummer"),
    (Cell::Categorie, "productcategorie"),
    (Cell::Product, "productcode"),
    (Cell::Begin, "periode_begin"),
    (Cell::Eind, "periode_eind"),
    (Cell::Volume, "volume"),
    (Cell::EenheidCode, "eenheid"),
    (Cell::Tarief, "tarief"),
    (Cell::Bedrag, "bedrag"),
    (Cell::DebetCredit, "debet_credit"),
    (Cell::Dagtekening, "dagtekening"),
    (Cell::Wet, "wet"),
];

/// Columns of a form, with their headings.
pub(super) fn columns(form: Form) -> Columns {
    match form {
        Form::Text(Dialect::Puntkomma) => PUNTKOMMA,
        Form::Text(Dialect::Komma) => KOMMA,
        Form::Text(Dialect::Tab) => TAB,
        Form::Text(Dialect::Windows) => WINDOWS,
        Form::Workbook | Form::TextWorkbook => WORKBOOK,
        Form::Parquet => PARQUET,
    }
}

/// The row of a line: as it should be, or with its fault.
pub(super) fn row(plan: &Plan, line: &Line, columns: Columns, out: &mut Vec<Value>) {
    out.clear();
    out.extend(columns.iter().map(|(cell, _)| value(plan, line, *cell)));
    if let Some(fault) = line.cell_fault {
        spoil(out, columns, fault);
    }
}

/// The row that adds up the others.
pub(super) fn total_row(columns: Columns, total_ct: i64) -> Vec<Value> {
    let mut row = vec![Value::Empty; columns.len()];
    row[0] = Value::Text("Totaal".into());
    row[position(columns, Cell::Bedrag)] = Value::Cents(total_ct);
    row
}

fn position(columns: Columns, wanted: Cell) -> usize {
    columns
        .iter()
        .position(|(cell, _)| *cell == wanted)
        .expect("a fault stands in a form that can hold it")
}

fn value(plan: &Plan, line: &Line, cell: Cell) -> Value {
    let case = plan.case(line.case);
    let gemeente = &GEMEENTEN[case.gemeente as usize];
    let product = world::product_at(case.product);
    let text = |text: &'static str| Value::Text(text.into());
    match cell {
        // A name means nothing outside the region, so only gemeenten of the region are written by name.
        Cell::GemeenteNaam => text(gemeente.naam),
        Cell::GemeenteGetal => {
            Value::Whole(gemeente.code.parse().expect("a gemeente code is digits"))
        }
        Cell::GemeenteCode => text(gemeente.code),
        Cell::Agb => text(case.agb_code()),
        Cell::Client => Value::Whole(i64::from(plan.bsn(case.client))),
        Cell::Referentie => Value::Text(line.referentie.text().into()),
        Cell::Toewijzing => Value::Whole(i64::from(line.toewijzing)),
        Cell::Categorie => text(product.categorie()),
        Cell::Product => text(product.code),
        Cell::Begin => Value::Day(line.begin),
        Cell::Eind => Value::Day(line.eind),
        Cell::Volume => Value::Milli(line.volume_milli),
        Cell::EenheidWoord => text(unit_word(product.eenheid)),
        Cell::EenheidCode => text(product.eenheid),
        Cell::Tarief => line.tarief_ct.map_or(Value::Empty, Value::Cents),
        Cell::Bedrag => Value::Cents(line.bedrag_ct),
        Cell::DebetCredit => text(if line.vorige.is_some() { "C" } else { "D" }),
        Cell::Vorige => {
            line.vorige.map_or(Value::Empty, |vorige| Value::Text(vorige.text().into()))
        }
        Cell::Dagtekening => Value::Day(line.dagtekening),
        Cell::Wet => text(if line.fate == Fate::Wmo { "Wmo" } else { "Jeugdwet" }),
        Cell::Opmerking => text(remark(plan, line)),
    }
}

/// A remark now and then, with everything a careless reader stumbles over.
fn remark(plan: &Plan, line: &Line) -> &'static str {
    if line.cell_fault.is_some() {
        // One fault in a row: no remark over two lines beside it.
        return "";
    }
    let seed =
        [plan.zaad, 9, u64::from(line.case), u64::try_from(line.month).expect("a declared month")];
    match Rng::of(&seed).below(30) {
        0 => "afgestemd, zie planning",
        1 => "eerste regel van de opmerking\ntweede regel, met een komma",
        2 => "volgens \"afspraak\" van mei",
        3 => "akkoord",
        _ => "",
    }
}

fn spoil(row: &mut Vec<Value>, columns: Columns, fault: CellFault) {
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
