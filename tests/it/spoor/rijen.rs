//! The rows behind a figure make the figure, and only the figures named here have none that do.

use std::sync::Arc;

use maatstaf::metrics::rijen::inhoud;
use maatstaf::metrics::{ListValue, Query, TOTAAL};
use maatstaf::run::{Achter, Nareken, achter};

use super::{STOP, dataset, voorbeeld};

/// Queries with figures that do not follow from rows of their own, and are told more widely: a place in an order of all
/// clients, and gemeenten without any row.
const WIJDER: &[&str] = &["kosten_per_client", "o19_gemeente_zonder_coordinatie"];

/// Figures per query that are followed to their rows; of these, all.
const SAMPLE: usize = 2;

fn keys(query: &Query, all: bool) -> Vec<Vec<String>> {
    let rapport = voorbeeld();
    let job = Nareken { rapport: &rapport, dataset: dataset(), stop: &STOP };
    let queries = rapport.met_noemer(query.clone()).unwrap();
    let published = maatstaf::run::nareken(&job, &queries, &mut maatstaf::run::Silent).unwrap();
    let Some(measure) = published.measure(&query.id) else { return Vec::new() };
    let cells = measure.outcome_cells();
    let step = if all { 1 } else { (cells.len() / SAMPLE).max(1) };
    cells.iter().step_by(step).map(|cell| cell.key.clone()).collect()
}

fn behind(query: &Arc<Query>, keys: &[Vec<String>]) -> Vec<Achter> {
    let rapport = voorbeeld();
    let job = Nareken { rapport: &rapport, dataset: dataset(), stop: &STOP };
    achter(&job, query, keys).unwrap()
}

#[test]
fn with_only_the_rows_behind_it_every_figure_comes_out_the_same() {
    let rapport = voorbeeld();
    let (mut n_figures, mut wider) = (0, Vec::new());
    for query in rapport.queries().unwrap() {
        let found = behind(&query, &keys(&query, false));
        n_figures += found.len();
        let exact = found.iter().filter(|one| one.soort.precies).count();
        if exact < found.len() {
            let reason = found.iter().find(|one| !one.soort.precies).map(|one| &one.soort.uitleg);
            println!("{}: {exact} of {}: {reason:?}", query.id, found.len());
            wider.push(query.id.clone());
        }
    }
    assert!(n_figures > 250, "{n_figures}");
    wider.retain(|id| !WIJDER.contains(&id.as_str()));
    assert_eq!(wider, [""; 0]);
    for id in WIJDER {
        let query = Arc::new(rapport.query(id).unwrap().0);
        let found = behind(&query, &keys(&query, true));
        assert!(found.iter().any(|one| !one.soort.precies), "{id} is followed after all");
    }
}

#[test]
fn the_rows_of_every_cell_add_up_to_it_and_every_row_is_in_one_cell_of_a_level() {
    let rapport = voorbeeld();
    let (query, _) = rapport.query("kosten_totaal").unwrap();
    let query = Arc::new(query);
    let keys = keys(&query, true);
    let found = behind(&query, &keys);
    let figures = &rapport.herkomst.figures;
    let mut per_level: std::collections::BTreeMap<Vec<bool>, (usize, i64)> =
        std::collections::BTreeMap::new();
    for (key, one) in keys.iter().zip(&found) {
        let tables = inhoud(dataset().folder(), &one.rijen).unwrap();
        let mut sum = 0;
        for table in &tables {
            let at = table.kolommen.iter().position(|column| column.name == "bedrag_ct").unwrap();
            for (_, _, cells) in &table.rijen {
                let ListValue::Int(ct) = cells[at] else { panic!("no amount") };
                sum += ct;
            }
        }
        let address = format!("kosten_totaal/{}/{}/bedrag_ct", key[0], key[1]);
        assert_eq!(figures[&address]["value"], sum, "{address}");
        let level: Vec<bool> = key.iter().map(|text| text == TOTAAL).collect();
        let total = per_level.entry(level).or_default();
        total.0 += one.rijen.len();
        total.1 += sum;
    }
    assert!(per_level.len() > 1, "{per_level:?}");
    let mut totals = per_level.values();
    let first = totals.next().unwrap();
    assert!(first.0 > 5_000 && totals.all(|other| other == first), "{per_level:?}");
}

#[test]
fn no_row_shows_a_column_that_can_identify_a_person() {
    let rapport = voorbeeld();
    for id in ["kosten_totaal", "maatwerk_nieuw", "z30_werkdagen", "m09_zonder_coordinatie"] {
        let (query, _) = rapport.query(id).unwrap();
        let all = vec![TOTAAL.to_owned(); query.keys.len()];
        let found = behind(&Arc::new(query), &[all]);
        let tables = inhoud(dataset().folder(), &found[0].rijen).unwrap();
        assert!(!tables.is_empty(), "{id}");
        for table in tables {
            assert!(!table.rijen.is_empty() && table.kolommen.len() > 2, "{id}");
            assert!(table.kolommen.iter().all(|column| !column.is_person()), "{id}");
            assert!(
                table.kolommen.iter().all(|column| !["client", "gezin"].contains(&column.name))
            );
        }
    }
}
