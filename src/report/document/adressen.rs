//! Addresses by place, for numbers that are no figure of a query: `tabel/<id>/<row>/<column>`, `figuur/<stem>/<row>/<column>`.
//!
//! Enters: a document. Leaves: the same document, in which every number that stands in a CSV file has an address. Row is the
//! number of the line in that file without its heading, column its heading in plain letters. Does not know what a number is.

use std::collections::BTreeSet;

use super::{Block, Document, Table, Value};
use crate::dutch::slug;
use crate::report::csv;

/// First part of the addresses of cells of a table.
pub const TABEL: &str = "tabel";
/// First part of the addresses of cells of the data of a figure.
pub const FIGUUR: &str = "figuur";

/// The names of columns in an address, by their headings in CSV: plain letters, and never twice the same.
pub fn column_names(headings: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let one = |heading: &String| {
        let name = slug(heading);
        let mut free = name.clone();
        let mut n = 1;
        while !taken.insert(free.clone()) {
            n += 1;
            free = format!("{name}-{n}");
        }
        free
    };
    headings.iter().map(one).collect()
}

/// True for an address by place.
pub fn is_place(address: &str) -> bool {
    [TABEL, FIGUUR].iter().any(|begin| address.split('/').next() == Some(begin))
}

impl Document {
    /// Gives every number in a table or figure that has no address yet the address of its place.
    pub fn place_addresses(&mut self) {
        self.front.accounts.iter_mut().for_each(|table| place(TABEL, &table.id.clone(), table));
        let chapters = self.sections.iter_mut().flat_map(|section| &mut section.blocks);
        for block in self.front.coverage.iter_mut().chain(chapters) {
            match block {
                Block::Table(table) => place(TABEL, &table.id.clone(), table),
                Block::Figure(figure) => {
                    let stem = figure.stem().to_owned();
                    place(FIGUUR, &stem, figure.data_mut());
                }
                _ => {}
            }
        }
    }

    /// The table at an address by place.
    pub fn table_at(&self, begin: &str, name: &str) -> Option<&Table> {
        if begin == FIGUUR {
            return self
                .figures()
                .find(|figure| figure.stem() == name)
                .map(super::FigureBlock::data);
        }
        self.tables().find(|table| table.id == name)
    }
}

fn place(begin: &str, name: &str, table: &mut Table) {
    let columns = column_names(&csv::headings(table));
    for (row, n) in table.rows.iter_mut().zip(1_usize..) {
        for (cell, column) in row.cells.iter_mut().zip(&columns) {
            let is_number = !matches!(cell.value, Value::Text(_) | Value::Empty);
            if is_number && cell.address.is_none() {
                cell.address = Some(format!("{begin}/{name}/{n}/{column}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn every_number_of_a_document_gets_an_address_and_none_twice() {
        let mut document = sample::document();
        document.place_addresses();
        let figures = document.figures().map(super::super::FigureBlock::data);
        let mut seen = BTreeSet::new();
        for cell in document.tables().chain(figures).flat_map(|t| &t.rows).flat_map(|r| &r.cells) {
            let is_word = matches!(cell.value, Value::Text(_) | Value::Empty);
            assert_eq!(cell.address.is_none(), is_word, "{cell:?}");
            let place = cell.address.as_ref().filter(|address| is_place(address));
            assert!(place.is_none_or(|address| seen.insert(address.clone())), "{cell:?}");
        }
        assert!(seen.len() > 5, "{}", seen.len());
    }

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let names = ["Gelezen (regels)", "Gelezen (euro)", "Gelezen-regels"].map(ToOwned::to_owned);
        let found = column_names(&names);
        assert_eq!(found, ["gelezen-regels", "gelezen-euro", "gelezen-regels-2"]);
    }
}
