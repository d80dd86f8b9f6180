//! Which table stands on which sheet.
//!
//! Enters: a [`Document`]. Leaves: sheets in reading order, each with its name. Does not know cells.

use std::borrow::Cow;

use crate::report::document::{Block, Document, FigureBlock, Section, Table};
use crate::report::workbook::names::Names;

/// The table of causes of rejects, which has a sheet of a fixed name.
const REJECTS: &str = "afkeur_per_oorzaak";

/// A sheet with one table.
pub(super) struct Sheet<'d> {
    /// What its tab says.
    pub(super) name: String,
    /// Name of the table, for formulas and for who looks for it.
    pub(super) table_name: String,
    /// The chapter it belongs to; empty for lists about the workbook itself.
    pub(super) chapter: String,
    /// Its table.
    pub(super) table: Cow<'d, Table>,
    /// The chart of which the table is the data.
    pub(super) figure: Option<&'d FigureBlock>,
    /// The file with the same rows; empty when there is none.
    pub(super) csv: String,
    /// For each row the sheet its first cell leads to; empty when it leads nowhere.
    pub(super) links: Vec<String>,
    /// For whom it is, where the workbook has no contents to go back to.
    pub(super) alone: Option<String>,
}

impl<'d> Sheet<'d> {
    /// A list about the workbook itself.
    pub(super) fn list(name: &str, table: Table) -> Self {
        Sheet {
            name: name.to_owned(),
            table_name: format!("lijst_{}", table.id),
            chapter: String::new(),
            table: Cow::Owned(table),
            figure: None,
            csv: String::new(),
            links: Vec::new(),
            alone: None,
        }
    }

    pub(super) fn table(name: String, chapter: &str, folder: &str, table: &'d Table) -> Self {
        Sheet {
            name,
            table_name: format!("tabel_{}", table.id.replace('-', "_")),
            chapter: chapter.to_owned(),
            csv: format!("{folder}/{}.csv", table.id),
            table: Cow::Borrowed(table),
            figure: None,
            links: Vec::new(),
            alone: None,
        }
    }

    pub(super) fn figure(name: String, chapter: &str, figure: &'d FigureBlock) -> Self {
        Sheet {
            name,
            table_name: format!("figuur_{}", figure.stem().replace('-', "_")),
            chapter: chapter.to_owned(),
            csv: figure.csv_path(),
            table: Cow::Borrowed(figure.data()),
            figure: Some(figure),
            links: Vec::new(),
            alone: None,
        }
    }

    /// True for the causes of rejects, which stand behind the chapters.
    pub(super) fn is_rejects(&self) -> bool {
        self.table.id == REJECTS
    }

    /// Number of rows in the named table; the totals at the end stand below it.
    pub(super) fn n_body(&self) -> usize {
        let rows = &self.table.rows;
        rows.len() - rows.iter().rev().take_while(|row| row.is_total).count()
    }
}

/// What stands before the chapters.
pub(super) const FRONT: &str = "Eerste pagina";

/// Every table and the data of every figure, in the order of the report.
pub(super) fn report<'d>(document: &'d Document, names: &mut Names) -> Vec<Sheet<'d>> {
    let mut sheets: Vec<Sheet<'d>> = Vec::new();
    for table in &document.front.accounts {
        sheets.push(Sheet::table(names.of_table(&table.id), FRONT, "tabellen", table));
    }
    sheets.extend(of_blocks(FRONT, &document.front.coverage, names));
    for (n, section) in document.sections.iter().enumerate() {
        sheets.extend(of_blocks(&chapter(n, section), &section.blocks, names));
    }
    sheets
}

/// A chapter with its number, as the report counts them.
pub(super) fn chapter(n: usize, section: &Section) -> String {
    format!("{}. {}", n + 1, section.title)
}

fn of_blocks<'d>(chapter: &str, blocks: &'d [Block], names: &mut Names) -> Vec<Sheet<'d>> {
    let mut sheets = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table) if table.id == REJECTS => {
                sheets.push(Sheet::table("Afkeur".to_owned(), chapter, "tabellen", table));
            }
            Block::Table(table) => {
                let name = names.of_table(&table.id);
                sheets.push(Sheet::table(name, chapter, "tabellen", table));
            }
            Block::Figure(figure) => {
                sheets.push(Sheet::figure(names.of_figure(figure.stem()), chapter, figure));
            }
            _ => {}
        }
    }
    sheets
}

/// A sheet per work list.
pub(super) fn cases<'d>(document: &'d Document, names: &mut Names) -> Vec<Sheet<'d>> {
    let sheet = |table: &'d Table| {
        Sheet::table(names.of_table(&table.id), "Werklijsten", "werklijsten", table)
    };
    document.werklijsten.iter().map(sheet).collect()
}
