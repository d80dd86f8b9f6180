//! Whatever is asked, no pseudonym comes out.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::TestRunner;

use super::{KIND, proef};
use crate::metrics::antwoord::Waarde;
use crate::metrics::los::LosVraag;
use crate::region::Publiek::Intern;

/// Columns of all kinds, with children among them.
const COLUMNS: &[&str] =
    &["client", "gezin", "gemeente", "aanbieder", "bedrag_ct", "minuten", "regel", "kwartaal"];

fn expression() -> impl Strategy<Value = String> {
    let column = select(COLUMNS).prop_map(ToOwned::to_owned);
    let leaf = prop_oneof![4 => column, 1 => Just("7".to_owned()), 1 => Just("'x'".to_owned())];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let function = select(
            &[
                "COUNT",
                "SUM",
                "MIN",
                "MAX",
                "AVG",
                "MEDIAN",
                "ABS",
                "UPPER",
                "ROUND",
                "COUNT(DISTINCT ",
            ][..],
        );
        let call = (function, inner.clone()).prop_map(|(name, of)| {
            if name.ends_with(' ') { format!("{name}{of})") } else { format!("{name}({of})") }
        });
        let sign = select(&["+", "*", "/", "%", "||", "=", "<"][..]);
        let pair = (inner.clone(), sign, inner.clone())
            .prop_map(|(a, sign, b)| format!("({a} {sign} {b})"));
        let case = (inner.clone(), inner.clone())
            .prop_map(|(a, b)| format!("CASE WHEN {a} IS NULL THEN {b} ELSE {a} END"));
        let window =
            (inner.clone(), inner).prop_map(|(a, b)| format!("SUM({a}) OVER (PARTITION BY {b})"));
        prop_oneof![3 => call, 2 => pair, 1 => case, 1 => window]
    })
}

fn part() -> impl Strategy<Value = String> {
    let grouped = (subsequence(COLUMNS.to_vec(), 1..4), expression()).prop_map(|(keys, of)| {
        let keys = keys.join(", ");
        format!("SELECT {keys}, {of} AS extra FROM declaraties GROUP BY {keys}")
    });
    let plain = prop::collection::vec(expression(), 1..3).prop_map(|items| {
        let items: Vec<String> =
            items.iter().enumerate().map(|(n, item)| format!("{item} AS e{n}")).collect();
        format!("SELECT {} FROM declaraties", items.join(", "))
    });
    prop_oneof![grouped, plain]
}

fn question() -> impl Strategy<Value = String> {
    let nested = (part(), select(&["*", "e0", "extra", "COUNT(client)", "client", "MAX(e0)"][..]))
        .prop_map(|(part, item)| format!("WITH x AS ({part}) SELECT {item} FROM x"));
    let united = (part(), part()).prop_map(|(a, b)| format!("{a} UNION ALL {b}"));
    prop_oneof![3 => part(), 3 => nested, 1 => united]
}

/// True when a value is the pseudonym of a child, or can hardly be anything but made of one.
fn tells(value: &Waarde) -> bool {
    match value {
        Waarde::Geheel(number) => number.abs() >= KIND / 1000,
        Waarde::Getal(number) => number.abs() >= 1e11,
        Waarde::Tekst(text) => text.contains("77700000000"),
        Waarde::Leeg | Waarde::Datum(_) | Waarde::JaNee(_) => false,
    }
}

#[test]
fn no_answer_holds_a_child() {
    let proef = proef();
    let answered = AtomicUsize::new(0);
    let config =
        ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&question(), |sql| {
        if LosVraag::lees(&sql, "de vraag", &proef.omgeving(Intern)).is_ok() {
            let tabel = proef.ask(&sql, Intern);
            answered.fetch_add(1, Ordering::Relaxed);
            for rij in &tabel.rijen {
                prop_assert!(!rij.waarden.iter().any(tells), "{sql}: {rij:?}");
            }
        }
        Ok(())
    });
    outcome.unwrap();
    // Most are refused; enough are not to say something.
    assert!(answered.load(Ordering::Relaxed) > 60, "{answered:?}");
}
