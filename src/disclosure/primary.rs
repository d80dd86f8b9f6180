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
    let query = &measured.query;
    let outcome = match &measured.outcome {
        Outcome::NotDeterminable { reason } => PublishedOutcome::NotDeterminable(reason.clone()),
        // Dossiers are of single children, for whomever; what was computed from them is in the judgements.
        Outcome::Draws(_) => {
            if minimum.is_some() {
                hidden.insert(query.id.clone());
            }
            PublishedOutcome::Withheld
        }
        Outcome::List { .. } if minimum.is_some() => {
            // Rows are agreements of single children, and so is their number.
            hidden.insert(query.id.clone());
            PublishedOutcome::Withheld
        }
        Outcome::List { columns, rows } => {
            PublishedOutcome::List(List { columns: columns.clone(), rows: rows.clone() })
        }
        Outcome::Cells(levels) => {
            let one = |level: &Level| {
                let cells = level
                    .cells
                    .iter()
                    .map(|cell| publish_cell(measured, cell, minimum, hidden))
                    .collect();
                (level.keys.clone(), cells)
            };
            PublishedOutcome::Cells(levels.iter().map(one).collect())
        }
    };
    // A row of a work list is the case of one child.
    let werklijst = measured.werklijst.as_ref().filter(|_| minimum.is_none());
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
    minimum: Option<i64>,
    hidden: &mut BTreeSet<String>,
) -> PublishedCell {
    let address = measured.address(cell, &measured.query.value);
    let is_hidden = minimum.is_some_and(|minimum| is_small(cell, minimum));
    if is_hidden {
        hidden.insert(address.clone());
    }
    let ratio_address = cell.ratio.as_ref().map(|ratio| measured.address(cell, ratio.column));
    if let (true, Some(address)) = (is_hidden, &ratio_address) {
        hidden.insert(address.clone());
    }
    let bedrag_address = cell.bedrag_ct.map(|_| measured.address(cell, BEDRAG));
    if let (true, Some(address)) = (is_hidden, &bedrag_address) {
        hidden.insert(address.clone());
    }
    let show = |value| if is_hidden { Shown::Hidden } else { Shown::Value(value) };
    PublishedCell {
        key: cell.key.clone(),
        value: show(cell.value),
        bedrag_ct: cell.bedrag_ct.map(show),
        clienten: cell.clienten.map(|n| show(i64::from(n))),
        aanbieders: cell.aanbieders.map(i64::from),
        ratio: cell.ratio.as_ref().map(|ratio| match &ratio.outcome {
            Ok(_) if is_hidden => Shown::Hidden,
            Ok(value) => Shown::Value(*value),
            Err(reason) => Shown::Unknown(reason.clone()),
        }),
        noemer: cell
            .ratio
            .as_ref()
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
    let is_case = cell.bedrag_ct.is_some();
    let children = cell.clienten.filter(|n| *n > 0 || !is_case);
    let n = children.map_or(cell.value.abs(), i64::from);
    (1..minimum).contains(&n)
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
    }

    #[test]
    fn cases_that_name_no_child_are_counted_themselves() {
        let cases = |value| MeasuredCell { bedrag_ct: Some(1_120_000), ..cell(value, Some(0)) };
        assert!(is_small(&cases(1), 10));
        assert!(!is_small(&cases(10), 10));
        assert!(!is_small(&cases(0), 10));
    }
}
