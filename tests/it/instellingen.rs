//! Settings of the region and the days of dates, as SQL sees them.

use std::sync::Arc;

use maatstaf::metrics::{ListValue, Measured, Outcome, Query};

use crate::queries::Case;

const HEADER: &str = r#"/*---
title = "t"
question = "q"
why = "w"
kind = "list"
period = "alles"
owner = "ICM"
reviewed = 2026-11-26
keys = []
---*/
"#;

/// Answers of a list over a case.
fn ask(sql: &str, case: &str) -> Vec<Vec<ListValue>> {
    let query = Query::parse(&format!("{HEADER}{sql}"), "eigen.sql").unwrap();
    let measured: Vec<Measured> = Case::read(case).measure(&[Arc::new(query)]);
    match &measured[0].outcome {
        Outcome::List { rows, .. } => rows.clone(),
        other => panic!("no list: {other:?}"),
    }
}

const CONTRACTEN: &str = "\n== contracten\ncontract_id,agb,soort,ingangsdatum,einddatum\n\
     C1,12345678,regulier,1970-01-02,1969-12-31\n\
     C2,12345678,LTA,2025-07-01,\n";

#[test]
fn dates_are_days_and_quarters_too_also_before_1970_and_empty_stays_empty() {
    let sql = "SELECT contract_id, ingangsdatum_dag AS dag, einddatum_dag AS einde, \
               einddatum_dag - ingangsdatum_dag AS dagen, ingangsdatum_kwartaal AS kwartaal FROM contracten";
    let text = |text: &str| ListValue::Text(text.to_owned());
    let expected = vec![
        vec![
            text("C1"),
            ListValue::Int(1),
            ListValue::Int(-1),
            ListValue::Int(-2),
            text("1970-K1"),
        ],
        vec![
            text("C2"),
            ListValue::Int(20270),
            ListValue::Empty,
            ListValue::Empty,
            text("2025-K3"),
        ],
    ];
    assert_eq!(ask(sql, CONTRACTEN), expected);
}

#[test]
fn a_star_gives_what_is_stored_and_no_days() {
    let sql = "SELECT * FROM contracten";
    let query = Query::parse(&format!("{HEADER}{sql}"), "eigen.sql").unwrap();
    assert!(query.columns.contains(&"ingangsdatum".to_owned()));
    assert!(!query.columns.iter().any(|column| column.ends_with("_dag")));
}

#[test]
fn settings_of_a_case_are_one_row_and_what_it_leaves_out_is_not_set() {
    let case =
        format!("{CONTRACTEN}== regio\nmax_uren,coordinatie_tot,pro_rata\n52,2025-08-01,nee\n");
    let sql = "SELECT r.max_uren, r.werkdagen, r.pro_rata, r.maatwerk_verboden, r.kwartaal, \
               c.ingangsdatum_dag <= r.coordinatie_tot_dag AS voor \
               FROM contracten c CROSS JOIN regio r WHERE c.soort = 'LTA'";
    let expected = vec![vec![
        ListValue::Int(52),
        ListValue::Empty,
        ListValue::Bool(false),
        ListValue::Empty,
        ListValue::Text("2025-K3".to_owned()),
        ListValue::Bool(true),
    ]];
    assert_eq!(ask(sql, &case), expected);
}

#[test]
fn a_list_of_the_region_may_be_empty_and_is_then_an_answer() {
    let sql = "SELECT c.contract_id FROM contracten c WHERE c.soort NOT IN (SELECT soort FROM contractsoorten)";
    assert_eq!(ask(sql, CONTRACTEN).len(), 2);
    let one = format!("{CONTRACTEN}== contractsoorten\nsoort\nLTA\n");
    assert_eq!(ask(sql, &one), [[ListValue::Text("C1".to_owned())]]);
}
