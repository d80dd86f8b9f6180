//! Hits of rules that look at many rows: a list that stays small, with the true total behind it.
//!
//! Enters: hits in any order. Leaves: per rule the first by place, and one closing hit that stands for all others, so
//! that rows and euros add up however many there are.

use std::collections::BTreeMap;

use crate::dutch::count;
use crate::rejects::{Reject, Rule};

/// Hits kept per rule. What is beyond helps nobody who goes through a list, and would not fit in memory.
const MAX_HITS: usize = 20_000;

/// The hits so far.
#[derive(Debug)]
pub(super) struct Treffers {
    per_rule: BTreeMap<&'static str, OfRule>,
    max: usize,
}

#[derive(Debug)]
struct OfRule {
    rule: &'static Rule,
    kept: Vec<Reject>,
    regels: u64,
    bedrag_ct: Option<i64>,
    /// File and line of the last hit that is kept, once there are as many as are kept.
    last: Option<(String, u64)>,
}

impl Treffers {
    /// No hits yet.
    pub(super) fn new() -> Self {
        Self { per_rule: BTreeMap::new(), max: MAX_HITS }
    }

    /// Adds a hit of a rule.
    pub(super) fn add(&mut self, rule: &'static Rule, hit: Reject) {
        let of = self.per_rule.entry(rule.code).or_insert_with(|| OfRule {
            rule,
            kept: Vec::new(),
            regels: 0,
            bedrag_ct: None,
            last: None,
        });
        of.regels += hit.regels;
        of.bedrag_ct = plus(of.bedrag_ct, hit.bedrag_ct);
        of.kept.push(hit);
        // Cutting back now and then costs less than keeping the list in order all the time.
        if of.kept.len() >= 2 * self.max {
            of.cut(self.max);
        }
    }

    /// Adds a hit of one row without euros; `make` is called only when it can be among the first by place.
    pub(super) fn add_at(
        &mut self,
        rule: &'static Rule,
        file: &str,
        line: u64,
        make: impl FnOnce() -> Reject,
    ) {
        match self.per_rule.get_mut(rule.code) {
            Some(of) if of.is_beyond(file, line) => of.regels += 1,
            _ => self.add(rule, make()),
        }
    }

    /// The hits, by rule and place.
    pub(super) fn into_rejects(self) -> Vec<Reject> {
        let max = self.max;
        self.per_rule.into_values().flat_map(|of| of.finish(max)).collect()
    }
}

impl OfRule {
    /// Which hits stay follows from their place, never from the order in which they were found.
    fn cut(&mut self, max: usize) {
        let place = |r: &Reject| (r.file.clone(), r.line, r.column.clone(), r.found.clone());
        self.kept.sort_by_cached_key(place);
        self.kept.truncate(max);
        self.last = self
            .kept
            .last()
            .filter(|_| self.kept.len() == max)
            .map(|hit| (hit.file.clone(), hit.line));
    }

    /// True when as many hits as are kept stand before this place.
    fn is_beyond(&self, file: &str, line: u64) -> bool {
        self.last.as_ref().is_some_and(|(last, at)| (last.as_str(), *at) < (file, line))
    }

    fn finish(mut self, max: usize) -> Vec<Reject> {
        self.cut(max);
        let shown: u64 = self.kept.iter().map(|hit| hit.regels).sum();
        let shown_ct = self.kept.iter().fold(None, |sum, hit| plus(sum, hit.bedrag_ct));
        if shown < self.regels {
            let rest = self.regels - shown;
            let regels = count(rest.cast_signed());
            self.kept.push(Reject {
                found: format!("en nog {regels} regels, die niet één voor één zijn genoemd"),
                bedrag_ct: self.bedrag_ct.map(|all| all - shown_ct.unwrap_or(0)),
                regels: rest,
                ..Reject::new(self.rule, "", 0)
            });
        }
        self.kept
    }
}

fn plus(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a + b),
        (one, None) | (None, one) => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::toewijzing::TR304;

    fn through(max: usize, lines: &[u64]) -> Vec<Reject> {
        let mut treffers = Treffers { max, ..Treffers::new() };
        for line in lines {
            let bedrag_ct = Some(i64::try_from(*line).unwrap());
            treffers.add(&TR304, Reject { bedrag_ct, ..Reject::new(&TR304, "a", *line) });
        }
        treffers.into_rejects()
    }

    #[test]
    fn a_long_list_is_cut_to_the_first_places_and_still_adds_up() {
        let up: Vec<u64> = (1..=50).collect();
        let down: Vec<u64> = up.iter().rev().copied().collect();
        let found = through(3, &up);
        assert_eq!(found, through(3, &down));
        let lines: Vec<u64> = found.iter().map(|hit| hit.line).collect();
        assert_eq!(lines, [1, 2, 3, 0]);
        assert_eq!(found.iter().map(|hit| hit.regels).sum::<u64>(), 50);
        assert_eq!(found.iter().filter_map(|hit| hit.bedrag_ct).sum::<i64>(), 50 * 51 / 2);
        assert_eq!(found[3].found, "en nog 47 regels, die niet één voor één zijn genoemd");
    }

    #[test]
    fn what_cannot_be_among_the_first_is_counted_and_not_made() {
        let mut treffers = Treffers { max: 3, ..Treffers::new() };
        let mut n_made = 0;
        for line in [9, 8, 7, 6, 5, 40, 4, 50, 3, 60] {
            treffers.add_at(&TR304, "a", line, || {
                n_made += 1;
                Reject::new(&TR304, "a", line)
            });
        }
        let found = treffers.into_rejects();
        let lines: Vec<(u64, u64)> = found.iter().map(|hit| (hit.line, hit.regels)).collect();
        assert_eq!(lines, [(3, 1), (4, 1), (5, 1), (0, 7)]);
        assert_eq!(n_made, 8);
    }

    #[test]
    fn a_short_list_is_whole() {
        assert_eq!(through(3, &[2, 1]).len(), 2);
        assert!(through(3, &[]).is_empty());
    }
}
