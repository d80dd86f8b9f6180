//! Declaraties as an export: three dialects, and rows that are broken on purpose.
//!
//! Enters: lines. Leaves: a CSV file, and for each line the number of the line in the file on which it begins.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::faults::CellFault;
use super::lines::Line;
use super::notation::{push_day, push_euros, push_number, push_volume, unit_word};
use super::plan::Plan;
use super::rng::Rng;
use super::world::{self, Dialect, GEMEENTEN};

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Gemeente,
    Agb,
    Client,
    Referentie,
    Toewijzing,
    Categorie,
    Product,
    Begin,
    Eind,
    Volume,
    Eenheid,
    Tarief,
    Bedrag,
    DebetCredit,
    Vorige,
    Dagtekening,
    Wet,
    Opmerking,
}

type Columns = &'static [(Cell, &'static str)];

const PUNTKOMMA: Columns = &[
    (Cell::Gemeente, "Gemeente"),
    (Cell::Agb, "AGB-code"),
    (Cell::Client, "Clientnummer"),
    (Cell::Referentie, "Referentienummer"),
    (Cell::Toewijzing, "Toewijzingnummer"),
    (Cell::Product, "Productcode"),
    (Cell::Begin, "Begindatum"),
    (Cell::Eind, "Einddatum"),
    (Cell::Volume, "Volume"),
    (Cell::Eenheid, "Eenheid"),
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
    (Cell::Gemeente, "gemeentecode"),
    (Cell::Agb, "zorgaanbieder agb"),
    (Cell::Client, "bsn"),
    (Cell::Toewijzing, "toewijzing"),
    (Cell::Categorie, "categorie"),
    (Cell::Product, "product code"),
    (Cell::Begin, "productperiode van"),
    (Cell::Eind, "productperiode tot"),
    (Cell::Opmerking, "opmerking"),
    (Cell::Volume, "geleverd volume"),
    (Cell::Eenheid, "eenheidcode"),
    (Cell::Tarief, "producttarief"),
    (Cell::Bedrag, "ingediend bedrag"),
    (Cell::DebetCredit, "dc"),
    (Cell::Dagtekening, "indiendatum"),
    (Cell::Wet, "domein"),
];

const TAB: Columns = &[
    (Cell::Agb, "Aanbieder AGB"),
    (Cell::Gemeente, "Gemeente code"),
    (Cell::Client, "Clientnr"),
    (Cell::Toewijzing, "Beschikkingsregelnummer"),
    (Cell::Product, "Voorzieningcode"),
    (Cell::Begin, "Startdatum"),
    (Cell::Eind, "Einddatum productperiode"),
    (Cell::Volume, "Aantal"),
    (Cell::Eenheid, "Eenheid"),
    (Cell::Tarief, "Tarief per eenheid"),
    (Cell::Bedrag, "Declaratiebedrag"),
    (Cell::DebetCredit, "D/C"),
    (Cell::Referentie, "Regelnummer aanbieder"),
    (Cell::Vorige, "Referentie vorige"),
    (Cell::Dagtekening, "Factuurdatum"),
];

/// Columns of a dialect, with their headings.
pub(super) fn columns(dialect: Dialect) -> Columns {
    match dialect {
        Dialect::Puntkomma => PUNTKOMMA,
        Dialect::Komma => KOMMA,
        Dialect::Tab => TAB,
    }
}

fn delimiter(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Puntkomma => ";",
        Dialect::Komma => ",",
        Dialect::Tab => "\t",
    }
}

/// A file being written.
pub(super) struct Export {
    out: BufWriter<File>,
    dialect: Dialect,
    row: String,
    next_line: u64,
}

impl Export {
    /// Begins a file with its headings.
    pub(super) fn create(path: &Path, dialect: Dialect) -> std::io::Result<Self> {
        let out = BufWriter::with_capacity(1 << 18, File::create(path)?);
        let mut export = Self { out, dialect, row: String::new(), next_line: 1 };
        if dialect == Dialect::Puntkomma {
            export.out.write_all(b"\xef\xbb\xbf")?;
        }
        let headings: Vec<&str> = columns(dialect).iter().map(|(_, heading)| *heading).collect();
        export.row = headings.join(delimiter(dialect));
        export.end_row()?;
        Ok(export)
    }

    /// Writes a line and gives the number of the file line on which it begins.
    pub(super) fn write(&mut self, plan: &Plan, line: &Line) -> std::io::Result<u64> {
        self.row.clear();
        if let Some(fault) = line.cell_fault {
            self.row = self.broken_row(plan, line, fault);
        } else {
            for (position, (cell, _)) in columns(self.dialect).iter().enumerate() {
                if position > 0 {
                    self.row.push_str(delimiter(self.dialect));
                }
                push_cell(&mut self.row, plan, line, (*cell, self.dialect));
            }
        }
        self.end_row()
    }

    /// Writes a line with nothing on it.
    pub(super) fn write_blank(&mut self) -> std::io::Result<u64> {
        self.row.clear();
        self.end_row()
    }

    /// Writes what is still in memory.
    pub(super) fn finish(mut self) -> std::io::Result<()> {
        self.out.flush()
    }

    fn end_row(&mut self) -> std::io::Result<u64> {
        let begin = self.next_line;
        let within = self.row.bytes().filter(|byte| *byte == b'\n').count();
        self.next_line += 1 + within as u64;
        self.row.push_str(if self.dialect == Dialect::Puntkomma { "\r\n" } else { "\n" });
        self.out.write_all(self.row.as_bytes())?;
        Ok(begin)
    }

    fn broken_row(&self, plan: &Plan, line: &Line, fault: CellFault) -> String {
        let mut cells: Vec<String> = Vec::new();
        for (cell, _) in columns(self.dialect) {
            let mut text = String::new();
            push_cell(&mut text, plan, line, (*cell, self.dialect));
            cells.push(text);
        }
        let at = |wanted| {
            columns(self.dialect)
                .iter()
                .position(|(cell, _)| *cell == wanted)
                .expect("every dialect has it")
        };
        // One fault in a row: no remark over two lines beside it.
        if let Some(remark) = columns(self.dialect).iter().position(|(c, _)| *c == Cell::Opmerking)
        {
            cells[remark].clear();
        }
        match fault {
            CellFault::TooFewFields => drop(cells.remove(at(Cell::Eenheid))),
            CellFault::TooManyFields => cells.insert(at(Cell::Volume), "extra".to_owned()),
            CellFault::OpenQuote => "\"niet afgesloten".clone_into(&mut cells[at(Cell::Opmerking)]),
            CellFault::Amount => "12.34,5".clone_into(&mut cells[at(Cell::Bedrag)]),
            CellFault::ImpossibleDate => "31-02-2025".clone_into(&mut cells[at(Cell::Begin)]),
            CellFault::AbsurdYear => cells[at(Cell::Begin)].replace_range(..4, "0202"),
            CellFault::ShortBsn => drop(cells[at(Cell::Client)].pop()),
            CellFault::WrongBsn => {
                cells[at(Cell::Client)] = (plan.bsn(plan.case(line.case).client) ^ 1).to_string();
            }
            CellFault::ShortAgb => drop(cells[at(Cell::Agb)].pop()),
            CellFault::LongCode => cells[at(Cell::Product)].push('3'),
            CellFault::UnknownGemeente => {
                "Nergenshuizen".clone_into(&mut cells[at(Cell::Gemeente)]);
            }
            CellFault::UnknownUnit => "weekend".clone_into(&mut cells[at(Cell::Eenheid)]),
            CellFault::EmptyVolume => cells[at(Cell::Volume)].clear(),
        }
        cells.join(delimiter(self.dialect))
    }
}

fn push_cell(out: &mut String, plan: &Plan, line: &Line, what: (Cell, Dialect)) {
    let case = plan.case(line.case);
    let (cell, dialect) = what;
    let gemeente = &GEMEENTEN[case.gemeente as usize];
    let product = world::product_at(case.product);
    match cell {
        // A name means nothing outside the region, so only gemeenten of the region are written by name.
        Cell::Gemeente if dialect == Dialect::Puntkomma => out.push_str(gemeente.naam),
        Cell::Gemeente => out.push_str(gemeente.code),
        Cell::Agb => out.push_str(case.agb_code()),
        Cell::Client => push_number(out, i64::from(plan.bsn(case.client)), 1),
        Cell::Referentie => out.push_str(&line.referentie.text()),
        Cell::Toewijzing => push_number(out, i64::from(line.toewijzing), 1),
        Cell::Categorie => out.push_str(product.categorie()),
        Cell::Product => out.push_str(product.code),
        Cell::Begin => push_day(out, line.begin, dialect),
        Cell::Eind => push_day(out, line.eind, dialect),
        Cell::Volume => push_volume(out, line.volume_milli, dialect),
        Cell::Eenheid if dialect == Dialect::Tab => out.push_str(unit_word(product.eenheid)),
        Cell::Eenheid => out.push_str(product.eenheid),
        Cell::Tarief => {
            if let Some(tarief) = line.tarief_ct {
                push_euros(out, tarief, dialect);
            }
        }
        Cell::Bedrag => push_euros(out, line.bedrag_ct, dialect),
        Cell::DebetCredit => out.push(if line.vorige.is_some() { 'C' } else { 'D' }),
        Cell::Vorige => {
            if let Some(vorige) = line.vorige {
                out.push_str(&vorige.text());
            }
        }
        Cell::Dagtekening => push_day(out, line.dagtekening, dialect),
        Cell::Wet => {
            out.push_str(if line.fate == super::lines::Fate::Wmo { "Wmo" } else { "Jeugdwet" });
        }
        Cell::Opmerking => out.push_str(remark(plan, line)),
    }
}

/// A remark now and then, with everything a careless reader stumbles over.
fn remark(plan: &Plan, line: &Line) -> &'static str {
    let seed =
        [plan.zaad, 9, u64::from(line.case), u64::try_from(line.month).expect("a declared month")];
    match Rng::of(&seed).below(30) {
        0 => "\"afgestemd, zie planning\"",
        1 => "\"eerste regel van de opmerking\ntweede regel, met een komma\"",
        2 => "\"volgens \"\"afspraak\"\" van mei\"",
        3 => "akkoord",
        _ => "",
    }
}
