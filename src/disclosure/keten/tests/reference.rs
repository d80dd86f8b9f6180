//! The tables with known verdicts of `tests/vectors/disclosure-tables.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::{Cel, Cell, Microlp, Need, Pattern, Relation, System, protect};
use super::attacker::interval;

struct Case {
    name: String,
    ids: BTreeMap<String, Cel>,
    cells: Vec<Cell>,
    relations: Vec<Relation>,
    primary: Vec<Cel>,
    patterns: Vec<Value>,
}

fn cases() -> Vec<Case> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/disclosure-tables.json");
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let with_sums = |case: &&Value| case.get("relations").is_some();
    list(&file["cases"]).iter().filter(with_sums).map(case).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn case(value: &Value) -> Case {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let cells = list(&value["cells"]);
    let ids: BTreeMap<String, Cel> =
        cells.iter().enumerate().map(|(at, cell)| (text(&cell["id"]), at)).collect();
    let relation = |relation: &Value| {
        assert!(relation.get("const").is_none());
        let parts = list(&relation["parts"]).iter().map(|part| ids[&text(part)]).collect();
        Relation { total: ids[&text(&relation["total"])], parts }
    };
    let relations: Vec<Relation> = list(&value["relations"]).iter().map(relation).collect();
    let cell = |(at, cell): (usize, &Value)| {
        let n_sums = relations.iter().filter(|relation| relation.total == at).count();
        let level = u32::try_from(n_sums).unwrap();
        Cell { value: cell["value"].as_i64().unwrap(), floor: 1, level, ..Cell::default() }
    };
    Case {
        name: text(&value["id"]),
        cells: cells.iter().enumerate().map(cell).collect(),
        primary: list(&value["primary"]).iter().map(|id| ids[&text(id)]).collect(),
        patterns: list(&value["patterns"]).to_vec(),
        relations,
        ids,
    }
}

impl Case {
    fn cells_of(&self, value: &Value) -> BTreeSet<Cel> {
        list(value).iter().map(|id| self.ids[id.as_str().unwrap()]).collect()
    }

    /// The table in which exactly this pattern is hidden: nothing else can be.
    fn fixed(&self, pattern: &Value) -> (Vec<Cell>, BTreeSet<Cel>) {
        let (hidden, known) =
            (self.cells_of(&pattern["suppressed"]), self.cells_of(&pattern["knows"]));
        let mut cells = self.cells.clone();
        for (at, cell) in cells.iter_mut().enumerate() {
            cell.floor = pattern["lower"].as_i64().unwrap_or(0);
            cell.is_frozen = !hidden.contains(&at) || known.contains(&at);
        }
        (cells, hidden)
    }
}

fn audited(
    cells: &[Cell],
    relations: &[Relation],
    hidden: &BTreeSet<Cel>,
    needs: &[Need],
) -> Pattern {
    let system = System::new(cells.to_vec(), relations.to_vec()).unwrap();
    let pattern = protect(&system, hidden.clone(), needs, &[], &Microlp);
    assert_eq!(&pattern.hidden, hidden);
    assert_eq!(pattern.is_proven(&system, needs), pattern.failed.is_empty());
    pattern
}

#[test]
fn every_interval_is_reached_and_not_passed() {
    let mut n_intervals = 0;
    for case in cases() {
        let exact = case.patterns.iter().filter(|one| list_is_empty(&one["rounded_bounds"]));
        for pattern in exact {
            let (cells, hidden) = case.fixed(pattern);
            for (id, interval) in pattern["intervals_integer"].as_object().unwrap() {
                let (cel, low, high) = (case.ids[id], interval[0].as_i64(), interval[1].as_i64());
                let (low, high) = (low.unwrap(), high.unwrap());
                let failed = |low, high| {
                    let need = [Need { cel, low, high }];
                    audited(&cells, &case.relations, &hidden, &need).failed.len()
                };
                let what = format!("{}, {}: {id} in {interval}", case.name, pattern["name"]);
                assert_eq!(failed(low, high), 0, "{what}");
                assert_eq!(failed(low - 1, high + 1), 2, "{what}");
                n_intervals += 1;
            }
        }
    }
    assert!(n_intervals > 250, "{n_intervals}");
}

fn list_is_empty(value: &Value) -> bool {
    value.as_object().is_none_or(serde_json::Map::is_empty)
}

#[test]
fn the_attacker_of_the_tests_finds_the_intervals_too() {
    for case in cases().into_iter().filter(|case| case.cells.len() < 100) {
        let exact = case.patterns.iter().filter(|one| list_is_empty(&one["rounded_bounds"]));
        for pattern in exact {
            let (cells, _) = case.fixed(pattern);
            let is_unknown = |cel: Cel| !cells[cel].is_frozen;
            for (kind, is_whole) in [("intervals_lp", false), ("intervals_integer", true)] {
                for (id, known) in pattern[kind].as_object().into_iter().flatten() {
                    let seen =
                        interval(&cells, &case.relations, &is_unknown, case.ids[id], is_whole);
                    let bounds = (known[0].as_i64(), known[1].as_i64());
                    assert_eq!((seen.low, seen.high), bounds, "{}, {id}", case.name);
                }
            }
        }
    }
}

#[test]
fn every_verdict_on_protection_intervals_is_the_same() {
    let mut n_patterns = 0;
    for case in cases() {
        for pattern in case.patterns.iter().filter(|one| one.get("requirements").is_some()) {
            let (cells, hidden) = case.fixed(pattern);
            let need = |(id, interval): (&String, &Value)| Need {
                cel: case.ids[id],
                low: interval[0].as_i64().unwrap(),
                high: interval[1].as_i64().unwrap(),
            };
            let needs: Vec<Need> =
                pattern["requirements"].as_object().unwrap().iter().map(need).collect();
            let audit = audited(&cells, &case.relations, &hidden, &needs);
            let failed: BTreeSet<Cel> = audit.failed.iter().map(|one| one.need.cel).collect();
            assert_eq!(failed, case.cells_of(&pattern["unsafe"]), "{}", pattern["name"]);
            n_patterns += 1;
        }
    }
    assert_eq!(n_patterns, 3);
}

#[test]
fn every_table_with_room_gets_a_proven_pattern() {
    for case in cases() {
        let system = System::new(case.cells.clone(), case.relations.clone()).unwrap();
        let needs: Vec<Need> =
            case.primary.iter().map(|cel| Need::of_count(&system, *cel, 10)).collect();
        let pattern = protect(&system, BTreeSet::new(), &needs, &[], &Microlp);
        assert!(pattern.is_proven(&system, &needs), "{}: {:?}", case.name, pattern.failed);
    }
}

#[test]
fn the_nested_table_needs_no_more_than_the_reference_hides() {
    let case = cases().into_iter().find(|case| case.name == "jeugd-like-12x8").unwrap();
    let system = System::new(case.cells.clone(), case.relations.clone()).unwrap();
    let needs: Vec<Need> =
        case.primary.iter().map(|cel| Need::of_count(&system, *cel, 10)).collect();
    let counts = protect(&system, BTreeSet::new(), &needs, &[], &Microlp).counts();
    assert_eq!(counts.n_primary, 45);
    assert!(counts.n_secondary <= 24, "{counts:?}");
}
