//! Children per gemeente: one number per gemeente and year, or none.
//!
//! Enters: the table gemeenten as it was read. Leaves: the rows that hold. Of two numbers for one gemeente and year
//! none is chosen: a table of CBS that is split by age or sex has such rows, and so has a file beside its correction.

use std::collections::BTreeMap;

use crate::checks::tabel::Tabel;
use crate::rejects::{Reject, Rule, Severity};
use crate::schema::GEMEENTEN;

/// Two numbers of children for one gemeente and year.
pub(super) const MS269: Rule = Rule {
    code: "MS269",
    severity: Severity::Fataal,
    title: "meer dan één aantal jeugdigen voor een gemeente en jaar",
    explanation: "Voor dezelfde gemeente en hetzelfde jaar zijn verschillende aantallen jeugdigen aangeleverd. Dat gebeurt als een tabel \
        van het CBS is uitgesplitst naar leeftijd of geslacht, of als een oude en een nieuwe tabel samen worden gelezen. Er wordt niet \
        gekozen: geen van deze regels telt mee.",
    remedy: "lever één tabel aan met per gemeente en jaar één regel voor alle jeugdigen van 0 tot en met 17 jaar",
    source: "maatstaf",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&MS269];

/// Rows that hold, in order, and a reject for each that does not. The same number twice is no contradiction.
pub(super) fn judge(tabel: &Tabel) -> (Vec<usize>, Vec<Reject>) {
    let key = |row: usize| (tabel.text("gemeente", row), tabel.int("jaar", row));
    let aantal = |row: usize| tabel.int("jeugdigen", row);
    let rows = tabel.ordered();
    // Per gemeente and year the first number, or none when there is another.
    let mut known: BTreeMap<(&str, Option<i64>), Option<i64>> = BTreeMap::new();
    for row in &rows {
        let first = known.entry(key(*row)).or_insert_with(|| aantal(*row));
        if *first != aantal(*row) {
            *first = None;
        }
    }
    let (holds, contradicted): (Vec<usize>, Vec<usize>) =
        rows.into_iter().partition(|row| known.get(&key(*row)).is_some_and(Option::is_some));
    let reject = |row: &usize| Reject {
        table: GEMEENTEN.name.to_owned(),
        column: GEMEENTEN.column("jeugdigen").label.to_owned(),
        found: aantal(*row).map_or_else(String::new, crate::dutch::count),
        ..Reject::new(
            &MS269,
            tabel.text("bron", *row),
            tabel.int("regel", *row).map_or(0, i64::cast_unsigned),
        )
    };
    let rejects = contradicted.iter().map(reject).collect();
    (holds, rejects)
}
