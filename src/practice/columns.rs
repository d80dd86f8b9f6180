//! The columns of an export of declaraties, and what stands in them.
//!
//! Enters: a line of the plan. Leaves: a row of [`Value`]s, right or broken on purpose. Knows no notation.

use std::borrow::Cow;

use super::broken;
use super::calendar::Day;
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
    Kanaal,
    Betaald,
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
    (Cell::Kanaal, "Kanaal"),
    (Cell::Betaald, "Betaald op"),
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
    (Cell::Kanaal, "kanaal"),
    (Cell::Betaald, "betaaldatum"),
];

/// Columns of a form, with their headings.
pub(super) fn columns(form: Form) -> Columns {
    match form {
        Form::Text(Dialect::Puntkomma) => PUNTKOMMA,
        Form::Text(Dialect::Komma) => KOMMA,
        Form::Text(Dialect::Tab) => TAB,
        Form::Text(Dialect::Windows) => WINDOWS,
        Form::Workbook | Form::TextWorkbook | Form::OpenDocument => WORKBOOK,
        Form::Parquet => PARQUET,
    }
}

/// The row of a line: as it should be, or with its fault.
pub(super) fn row(plan: &Plan, line: &Line, columns: Columns, out: &mut Vec<Value>) {
    out.clear();
    out.extend(columns.iter().map(|(cell, _)| value(plan, line, *cell)));
    if let Some(fault) = line.cell_fault {
        broken::spoil(out, columns, fault);
    }
}

/// The row that adds up the others.
pub(super) fn total_row(columns: Columns, total_ct: i64) -> Vec<Value> {
    let mut row = vec![Value::Empty; columns.len()];
    row[0] = Value::Text("Totaal".into());
    row[position(columns, Cell::Bedrag)] = Value::Cents(total_ct);
    row
}

/// Where a cell stands.
pub(super) fn position(columns: Columns, wanted: Cell) -> usize {
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
        Cell::Kanaal => text(kanaal(plan, line)),
        Cell::Betaald => Value::Day(line.dagtekening.plus(days_to_payment(plan, line))),
        Cell::Opmerking => text(remark(plan, line)),
    }
}

/// What is drawn for one line and nothing else.
fn lot(plan: &Plan, line: &Line, stream: u64) -> Rng {
    let month = u64::try_from(line.month).expect("a declared month");
    Rng::of(&[plan.zaad, stream, u64::from(line.case), month])
}

/// Nearly always the export; one in a hundred came as an invoice.
fn kanaal(plan: &Plan, line: &Line) -> &'static str {
    let is_invoice = lot(plan, line, 31).chance(1) && plan.signalen;
    if is_invoice { "factuur" } else { "export" }
}

/// Two to four weeks, and now and then far longer.
fn days_to_payment(plan: &Plan, line: &Line) -> u64 {
    let mut rng = lot(plan, line, 32);
    let extra = if rng.chance(4) && plan.signalen { 30 } else { 0 };
    14 + extra + rng.below(15) as u64
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
