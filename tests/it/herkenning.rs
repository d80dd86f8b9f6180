//! Coordination that cannot be recognised is unknown, and never nought.

use crate::queries::Case;
use crate::support::root;
use maatstaf::metrics::Query;

/// Care of three aanbieders to one child, without product, activity, plan or fee that shows coordination.
const ZORG: &str = "
== regio
min_aanbieders,zonder_coordinatie_aanbieders,aandeel_uren_procent,verhouding_procent,wijziging,toeslag_voorwaarden
2,3,33,100,2025-08-01,5
== gemeenten_regio
gemeente,naam
9001,Aadorp
== aanbieders
agb,aanbieder,geschoold_1g1p,geschoold_voorzitten
91,De Eik,0,0
92,De Linde,1,1
== plannen
gemeente,client,ingangsdatum,plan_aanwezig
9001,1,2025-07-01,ja
== declaraties
gemeente,client,agb,aanbieder,toewijzingnummer,periode_begin,periode_eind,maand,minuten,volume_milli,bedrag_ct
9001,1,91,De Eik,T1,2025-07-01,2025-07-31,2025-07,60,1000,8000
9001,1,92,De Linde,T2,2025-07-01,2025-07-31,2025-07,60,1000,8000
9001,1,93,De Wilg,T3,2025-07-01,2025-07-31,2025-07,60,1000,8000
";

/// Cases by verdict.
fn verdicts(query: &str) -> Vec<(String, i64)> {
    let all = Query::load_all(Some(&root().join("queries"))).unwrap();
    let query = all.into_iter().find(|one| one.id == query).unwrap();
    let measured = Case::read(ZORG).measure(&[query]).remove(0);
    let level = &measured.levels()[0];
    let verdict = |cell| measured.key_of(cell, "oordeel").to_owned();
    level.cells.iter().map(|cell| (verdict(cell), cell.value)).collect()
}

#[test]
fn where_no_coordination_can_be_recognised_nothing_is_as_agreed_and_nothing_is_hit() {
    let unknown = |n| vec![("onbekend".to_owned(), n)];
    for (query, n) in [
        ("m06_toeslag_zonder_afspraak", 1),
        ("m07_toeslag_na_wijziging", 1),
        ("m09_zonder_coordinatie", 1),
        ("m11_coordinatie_zonder_scholing", 2),
        ("m12_aandeel_coordinatie", 1),
        ("m13_niet_in_verhouding", 1),
        ("o15_coordinatie_bij_meer_aanbieders", 1),
        ("o19_gemeente_zonder_coordinatie", 1),
    ] {
        assert_eq!(verdicts(query), unknown(n), "{query}");
    }
}
