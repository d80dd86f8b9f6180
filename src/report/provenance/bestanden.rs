//! The reading account of every file: `herkomst/bestanden.csv`.

use crate::dataset::manifest::{FileEntry, Term};
use crate::report::compose::Input;
use crate::report::document::{Cell, Kind, Row, Table, TableColumn, Value as CellValue};

/// Behind this many columns stand the terms of the account that hardly any file has.
const RARE_AT: usize = 7;

/// The reading account of every file.
pub(super) fn table(input: &Input<'_>) -> Table {
    let rare = input.manifest.totals().0.rare_terms();
    let mut table = Table::new(
        "bestanden",
        "Aansluiting per bestand",
        vec![
            TableColumn::new("Bestand", "", Kind::Text),
            TableColumn::new("Tabel", "", Kind::Text),
            TableColumn::new("Gelezen", "regels", Kind::Count),
            TableColumn::new("Aanvaard", "regels", Kind::Count),
            TableColumn::new("Afgekeurd", "regels", Kind::Count),
            TableColumn::new("Dubbel", "regels", Kind::Count),
            TableColumn::new("Leeg", "regels", Kind::Count),
            TableColumn::new("Bedrag onleesbaar", "regels", Kind::Count),
            TableColumn::new("Gelezen", "", Kind::Cents),
            TableColumn::new("Aanvaard", "", Kind::Cents),
            TableColumn::new("Afgekeurd", "", Kind::Cents),
            TableColumn::new("Dubbel", "", Kind::Cents),
            TableColumn::new("Opmerking", "", Kind::Text),
            TableColumn::new("SHA-256", "", Kind::Code),
        ],
    );
    let rare_columns = rare.iter().map(|(name, _)| TableColumn::new(name, "regels", Kind::Count));
    table.columns.splice(RARE_AT..RARE_AT, rare_columns);
    for entry in &input.manifest.bestanden {
        table.rows.push(file_row(entry, &rare));
    }
    table
}

fn file_row(entry: &FileEntry, rare: &[Term]) -> Row {
    let a = &entry.account;
    let int = |value: u64| Cell::new(CellValue::Int(value.cast_signed()));
    let cents = |ct: i64| Cell::new(CellValue::Cents(ct));
    let remark = if entry.dubbel_van.is_empty() {
        entry.lezing.remark.clone()
    } else {
        format!("zelfde inhoud als {}", entry.dubbel_van)
    };
    let mut cells = vec![
        Cell::text(&entry.pad),
        Cell::text(&entry.lezing.table),
        int(a.gelezen.regels),
        int(a.aanvaard.regels),
        int(a.afgekeurd.regels),
        int(a.dubbel.regels),
        int(a.blanco),
        int(a.onleesbaar_bedrag),
        cents(a.gelezen.bedrag_ct),
        cents(a.aanvaard.bedrag_ct),
        cents(a.afgekeurd.bedrag_ct),
        cents(a.dubbel.bedrag_ct),
        Cell::text(&remark),
        Cell::text(&entry.sha256),
    ];
    cells.splice(RARE_AT..RARE_AT, rare.iter().map(|(_, of)| int(of(a))));
    Row::new(cells)
}
