//! Rejects grouped by cause: one rule, how many rows, how many euros, what to do.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::rule;
use crate::rejects::{Reject, Severity};

/// All hits of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oorzaak {
    /// Code of the rule.
    pub code: String,
    /// What it did with the rows.
    pub severity: Severity,
    /// What is wrong.
    pub title: String,
    /// What to do.
    pub remedy: String,
    /// Number of rows, or of files when the rule is about files.
    pub regels: u64,
    /// Signed eurocents of those rows, each row once; `None` when no row has a readable amount.
    pub bedrag_ct: Option<i64>,
    /// The first hit.
    pub example: Reject,
}

/// Hits of one rule, and the places they are in: file and line, or what was found where there is no file.
type Group<'r> = (Vec<&'r Reject>, BTreeSet<(&'r str, u64, &'r str)>);

/// Groups rejects that are open, fatal ones first, then by number of rows. A row with a mended one in its place asks
/// nothing of anybody.
pub fn group(rejects: &[Reject]) -> Vec<Oorzaak> {
    let mut groups: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    for reject in rejects.iter().filter(|reject| reject.hersteld.is_empty()) {
        let (hits, places) = groups.entry(&reject.code).or_default();
        // A row that breaks one rule in two cells is one row; what has no place is told apart by what was found.
        let has_place = !reject.file.is_empty();
        let found = if has_place { "" } else { reject.found.as_str() };
        if places.insert((&reject.file, reject.line, found)) {
            hits.push(reject);
        }
    }
    let mut out: Vec<Oorzaak> = groups.into_values().map(|(hits, _)| cause(&hits)).collect();
    out.sort_by(|a, b| (a.severity, b.regels, &a.code).cmp(&(b.severity, a.regels, &b.code)));
    out
}

fn cause(hits: &[&Reject]) -> Oorzaak {
    // What stands for the rest of a long list has no place, and is no example.
    let first = *hits.iter().find(|hit| !hit.file.is_empty()).unwrap_or(&hits[0]);
    let rule = rule(&first.code);
    let amounts: Vec<i64> = hits.iter().filter_map(|hit| hit.bedrag_ct).collect();
    Oorzaak {
        code: first.code.clone(),
        severity: first.severity,
        title: rule.map_or_else(String::new, |rule| rule.title.to_owned()),
        remedy: rule.map_or_else(String::new, |rule| rule.remedy.to_owned()),
        regels: hits.iter().map(|hit| hit.regels).sum(),
        bedrag_ct: (!amounts.is_empty()).then(|| amounts.iter().sum()),
        example: first.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typing::rules::MS217;

    #[test]
    fn one_row_counts_once_and_euros_are_those_that_could_be_read() {
        let hit = |line, column: &str, bedrag_ct| Reject {
            column: column.to_owned(),
            bedrag_ct,
            ..Reject::new(&MS217, "a.csv", line)
        };
        let rejects = [
            hit(2, "Bedrag", None),
            hit(3, "Tarief", Some(100)),
            hit(3, "Bedrag", Some(100)),
            hit(4, "", Some(5)),
        ];
        let causes = group(&rejects);
        assert_eq!(causes.len(), 1);
        assert_eq!((causes[0].regels, causes[0].bedrag_ct), (3, Some(105)));
        assert_eq!(causes[0].title, "bedrag niet te lezen");
    }

    #[test]
    fn a_row_with_a_mended_one_in_its_place_is_no_cause_any_more() {
        let hit = |line, hersteld: &str| Reject {
            hersteld: hersteld.to_owned(),
            bedrag_ct: Some(100),
            ..Reject::new(&MS217, "a.csv", line)
        };
        let causes = group(&[hit(2, "retour.csv"), hit(3, "")]);
        assert_eq!((causes.len(), causes[0].regels, causes[0].bedrag_ct), (1, 1, Some(100)));
        assert_eq!(group(&[hit(2, "retour.csv")]), []);
    }

    #[test]
    fn a_hit_that_stands_for_more_rows_counts_them_all() {
        let row = Reject { bedrag_ct: Some(10), ..Reject::new(&MS217, "a.csv", 7) };
        let rest = Reject {
            found: "en nog 41 regels".to_owned(),
            regels: 41,
            bedrag_ct: Some(400),
            ..Reject::new(&MS217, "", 0)
        };
        let other = Reject { found: "een andere".to_owned(), ..Reject::new(&MS217, "", 0) };
        let causes = group(&[rest, other, row]);
        assert_eq!((causes[0].regels, causes[0].bedrag_ct), (43, Some(410)));
        assert_eq!(causes[0].example.line, 7);
    }
}
