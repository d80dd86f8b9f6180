//! Primary protection: which cells are too small by themselves.

use std::collections::BTreeSet;

use crate::disclosure::published::{
    List, PublishedCell, PublishedMeasure, PublishedOutcome, Shown,
};
use crate::metrics::signaal::BEDRAG;
use crate::metrics::{Level, Measured, MeasuredCell, Outcome};

/// One query for an audience. `minimum` is `None` for those who may see everything.
pub(super) fn publish(
    measured: &Measured,
    minimum: Option<i64>,
    hidden: &mut BTreeSet<String>,
) -> PublishedMeasure {
    // Without children to count nothing says how many stand behind a figure of somebody's own.
    let is_blind = measured.query.hides_children();
    let is_hidden = |_: &str, cell: &MeasuredCell| {
        minimum.is_some_and(|minimum| is_blind || is_small(cell, minimum))
    };
    let published = publish_where(measured, minimum.is_none(), &is_hidden);
    match &published.outcome {
        PublishedOutcome::Cells(levels) => {
            let cells = levels.iter().flat_map(|(_, cells)| cells);
            let small = cells.filter(|cell| cell.value == Shown::Hidden);
            hidden.extend(small.flat_map(|cell| {
                let others = [&cell.ratio_address, &cell.bedrag_address].into_iter().flatten();
                std::iter::once(&cell.address).chain(others).cloned()
            }));
        }
        // What is said of a list or of dossiers cites the query itself.
        PublishedOutcome::Withheld if minimum.is_some() => {
            hidden.insert(measured.query.id.clone());
        }
        _ => {}
    }
    published
}

/// One query, with the cells that may not be seen by their address. `sees_rows`: rows of single children too.
pub(super) fn publish_where(
    measured: &Measured,
    sees_rows: bool,
    is_hidden: &dyn Fn(&str, &MeasuredCell) -> bool,
) -> PublishedMeasure {
    let query = &measured.query;
    let outcome = match &measured.outcome {
        Outcome::NotDeterminable { reason } => PublishedOutcome::NotDeterminable(reason.clone()),
        // Dossiers are of single children, for whomever; what was computed from them is in the judgements.
        Outcome::Draws(_) => PublishedOutcome::Withheld,
        // Rows are agreements of single children, and so is their number.
        Outcome::List { .. } if !sees_rows => PublishedOutcome::Withheld,
        Outcome::List { columns, rows } => {
            PublishedOutcome::List(List { columns: columns.clone(), rows: rows.clone() })
        }
        Outcome::Cells(levels) => {
            let one = |level: &Level| {
                let cells = level.cells.iter().map(|cell| publish_cell(measured, cell, is_hidden));
                (level.keys.clone(), cells.collect())
            };
            PublishedOutcome::Cells(levels.iter().map(one).collect())
        }
    };
    // A row of a work list is the case of one child.
    let werklijst = measured.werklijst.as_ref().filter(|_| sees_rows);
    PublishedMeasure {
        id: query.id.clone(),
        title: query.title.clone(),
        question: query.question.clone(),
        keys: query.keys.clone(),
        sql: query.sql.clone(),
        outcome,
        werklijst: werklijst
            .map(|hits| List { columns: hits.columns.clone(), rows: hits.rows.clone() }),
    }
}

fn publish_cell(
    measured: &Measured,
    cell: &MeasuredCell,
    is_hidden: &dyn Fn(&str, &MeasuredCell) -> bool,
) -> PublishedCell {
    let address = measured.address(cell, &measured.query.value);
    let is_hidden = is_hidden(&address, cell);
    let ratio_address = cell.ratio.as_ref().map(|ratio| measured.address(cell, ratio.column));
    let bedrag_address = cell.bedrag_ct.map(|_| measured.address(cell, BEDRAG));
    let show = |value| if is_hidden { Shown::Hidden } else { Shown::Value(value) };
    PublishedCell {
        key: cell.key.clone(),
        value: show(cell.value),
        bedrag_ct: cell.bedrag_ct.map(show),
        clienten: cell.clienten.map(|n| show(i64::from(n))),
        aanbieders: cell.aanbieders.filter(|_| !is_hidden).map(i64::from),
        ratio: cell.ratio.as_ref().map(|ratio| match &ratio.outcome {
            Ok(_) if is_hidden => Shown::Hidden,
            Ok(value) => Shown::Value(*value),
            Err(reason) => Shown::Unknown(reason.clone()),
        }),
        noemer: cell
            .ratio
            .as_ref()
            .filter(|_| !is_hidden)
            .and_then(|ratio| ratio.noemer.map(|noemer| (noemer, ratio.jaar))),
        address,
        ratio_address,
        bedrag_address,
    }
}

/// Fewer children than the minimum, but not none: a shown 0 says that nobody is there. Where a query does not
/// name its clients the value itself is the only count there is; so it is for cases of a rule that name none, such as
/// an agreement of several children.
fn is_small(cell: &MeasuredCell, minimum: i64) -> bool {
    (1..minimum).contains(&children(cell))
}

/// Children behind a cell; where a query does not name its clients, what it counts. Of rows that name no child at all it
/// is not known how many there are: at most one for each.
pub(super) fn children(cell: &MeasuredCell) -> i64 {
    match cell.clienten {
        Some(0) if cell.bedrag_ct.is_some() => cell.value.abs(),
        Some(0) => i64::from(cell.rows),
        Some(n) => i64::from(n),
        None => cell.value.abs(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: i64, clienten: Option<u32>) -> MeasuredCell {
        MeasuredCell {
            key: Vec::new(),
            value,
            bedrag_ct: None,
            clienten,
            aanbieders: None,
            top_client: [0; 2],
            top_aanbieder: [0; 2],
            rows: 0,
            ratio: None,
        }
    }

    #[test]
    fn a_cell_is_small_by_its_children_and_never_by_its_euros() {
        assert!(is_small(&cell(1_000_000, Some(9)), 10));
        assert!(!is_small(&cell(5, Some(10)), 10));
        assert!(!is_small(&cell(0, Some(0)), 10));
        assert!(is_small(&cell(3, None), 10));
        assert!(is_small(&MeasuredCell { rows: 2, ..cell(90_000, Some(0)) }, 10));
    }

    #[test]
    fn cases_that_name_no_child_are_counted_themselves() {
        let cases = |value| MeasuredCell { bedrag_ct: Some(1_120_000), ..cell(value, Some(0)) };
        assert!(is_small(&cases(1), 10));
        assert!(!is_small(&cases(10), 10));
        assert!(!is_small(&cases(0), 10));
    }
}
