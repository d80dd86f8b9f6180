//! What the chapters conclude and find, as one list to filter.
//!
//! Enters: a [`Document`]. Leaves: the sheet Samenvatting. Does not know cells.

use crate::report::document::{Block, Cell, Document, Finding, Kind, Row, Table, TableColumn};
use crate::report::workbook::lists;
use crate::report::workbook::plan::{self, Sheet};

/// Conclusions and findings, the first page before the chapters.
pub(super) fn sheet<'d>(document: &Document) -> Sheet<'d> {
    let mut table = Table::new(
        "samenvatting",
        "Samenvatting: conclusies en bevindingen per hoofdstuk",
        vec![
            TableColumn::new("Hoofdstuk", "", Kind::Text),
            TableColumn::new("Soort", "", Kind::Text),
            TableColumn::new("Tekst", "", Kind::Text),
            TableColumn::new("Waarop het rust", "", Kind::Text),
            TableColumn::new("Adres van het cijfer", "", Kind::Text),
        ],
    );
    "Een bevinding is een vraag voor het gesprek, geen oordeel. Met een adres vraagt u na waar een cijfer vandaan komt."
        .clone_into(&mut table.source_line);
    let front = document.front.findings.iter();
    table.rows.extend(front.map(|finding| row(plan::FRONT, finding)));
    for (n, section) in document.sections.iter().enumerate() {
        let chapter = plan::chapter(n, section);
        if let Some(conclusion) = &section.conclusion {
            let cells = [chapter.as_str(), "conclusie", conclusion, "", ""].map(Cell::text);
            table.rows.push(Row::new(cells.to_vec()));
        }
        for block in &section.blocks {
            if let Block::Findings(findings) = block {
                table.rows.extend(findings.iter().map(|finding| row(&chapter, finding)));
            }
        }
    }
    Sheet::list(lists::SUMMARY, table)
}

fn row(chapter: &str, finding: &Finding) -> Row {
    let facts: Vec<String> =
        finding.facts.iter().map(|fact| format!("{}: {}", fact.term, fact.text)).collect();
    let addresses = finding.addresses.join("\n");
    let cells = [chapter, "bevinding", &finding.text, &facts.join("\n"), &addresses];
    Row::new(cells.map(Cell::text).to_vec())
}
