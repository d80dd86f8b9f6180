//! Which figures are sums of which others, and which a reader may therefore not see.
//!
//! Enters: all figures. Leaves: for the reader of one gemeente, which are hidden. A figure is known by its query, level
//! and keys; queries that promise the same quantity (`measure`) are one table. Does not know what a figure means.
//!
//! What is promised: in every sum with a hidden figure at least two are hidden, so that none is found by adding and
//! subtracting shown ones, however often. This is no secondary protection: several sums as equations together can still
//! give a figure away, or leave it little room.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::disclosure::primary::children;
use crate::metrics::signaal::BEDRAG;
use crate::metrics::{Level, Measured, MeasuredCell};

/// Queries that tell the same lines in euros and in numbers or volume: a known price makes one of the other.
const SAMEN: [(&str, &str); 5] = [
    ("kosten_per_product", "volume_per_product"),
    ("prijs_per_aanbieder", "prijs_per_aanbieder_volume"),
    ("credit_en_nul", "credit_en_nul_bedrag"),
    ("verandering", "verandering_volume"),
    ("kosten_per_client", "clientkwartalen"),
];

/// A level of which one text is the whole of the others.
const GEHEEL: (&[&str], &str) = (&["klasse"], "alle zorg");

/// Every figure with the parts it is a sum of.
pub(super) struct Sommen {
    cellen: Vec<Cel>,
    /// Position by address: of the value, its ratio and its euros.
    adressen: BTreeMap<String, usize>,
    /// Positions, the ones with most keys first: what is hidden in a part is known before its wholes are looked at.
    volgorde: Vec<usize>,
}

/// One figure.
struct Cel {
    /// Code of its gemeente, when its level keeps that key.
    gemeente: Option<String>,
    /// Children behind it; where a query names none, what it counts.
    kinderen: i64,
    /// Ways to write it as a sum: positions of the parts.
    sommen: Vec<Vec<usize>>,
    /// Position of the figure its share is taken of.
    noemer: Option<usize>,
}

/// A level of a query, where its figures begin.
struct Plek<'m> {
    measured: &'m Measured,
    level: &'m Level,
    begin: usize,
}

impl Plek<'_> {
    /// Texts of these keys, of every cell.
    fn texts(&self, keys: &[String]) -> impl Iterator<Item = Vec<&str>> {
        let text = |cell, key: &String| self.measured.key_of(cell, key);
        self.level
            .cells
            .iter()
            .map(move |cell| keys.iter().map(|key| text(cell, key)).collect())
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// True when the figures of this level are parts of those of `whole`, or the same under another address.
    fn is_part_of(&self, whole: &Plek<'_>) -> bool {
        let (own, other) = (&self.measured.query, &whole.measured.query);
        let has_all = whole.level.keys.iter().all(|key| self.level.keys.contains(key));
        let is_same_level = whole.level.keys.len() == self.level.keys.len();
        let is_samen = SAMEN
            .iter()
            .any(|(a, b)| (own.id == *a && other.id == *b) || (own.id == *b && other.id == *a));
        if is_samen {
            return has_all && is_same_level;
        }
        let is_smaller = !is_same_level || own.id != other.id;
        let is_same_time = own.period == other.period
            || whole.level.keys.iter().any(|key| key == "kwartaal" || key == "maand");
        own.measure == other.measure && has_all && is_smaller && is_same_time
    }
}

impl Sommen {
    pub(super) fn new(measured: &[Measured]) -> Self {
        let mut out = Self { cellen: Vec::new(), adressen: BTreeMap::new(), volgorde: Vec::new() };
        let mut plekken = Vec::new();
        for one in measured {
            for level in one.levels() {
                plekken.push(Plek { measured: one, level, begin: out.cellen.len() });
                level.cells.iter().for_each(|cell| out.add(one, level, cell));
            }
        }
        for whole in &plekken {
            let parts = plekken.iter().filter(|part| part.is_part_of(whole));
            parts.for_each(|part| out.add_parts(whole, part));
            out.add_geheel(whole);
            if let Some(below) = noemer(whole, &plekken) {
                out.add_noemers(whole, below);
            }
        }
        let n_keys = plekken.iter().flat_map(|plek| {
            (0..plek.level.cells.len()).map(|at| (plek.level.keys.len(), plek.begin + at))
        });
        let mut volgorde: Vec<(usize, usize)> = n_keys.collect();
        volgorde.sort_by_key(|(n_keys, at)| (std::cmp::Reverse(*n_keys), *at));
        out.volgorde = volgorde.into_iter().map(|(_, at)| at).collect();
        out
    }

    fn add(&mut self, measured: &Measured, level: &Level, cell: &MeasuredCell) {
        let has_gemeente = level.keys.iter().any(|key| key == "gemeente");
        let at = self.cellen.len();
        let ratio = cell.ratio.as_ref().map(|ratio| ratio.column);
        let columns = [Some(measured.query.value.as_str()), ratio, cell.bedrag_ct.map(|_| BEDRAG)];
        for column in columns.into_iter().flatten() {
            self.adressen.insert(measured.address(cell, column), at);
        }
        self.cellen.push(Cel {
            gemeente: has_gemeente.then(|| measured.key_of(cell, "gemeente").to_owned()),
            kinderen: children(cell),
            sommen: Vec::new(),
            noemer: None,
        });
    }

    /// Every figure of `whole` as the sum of its figures in `part`.
    fn add_parts(&mut self, whole: &Plek<'_>, part: &Plek<'_>) {
        let keys = &whole.level.keys;
        let mut groups: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
        for (at, texts) in part.texts(keys).enumerate() {
            groups.entry(texts).or_default().push(part.begin + at);
        }
        for (at, texts) in whole.texts(keys).enumerate() {
            if let Some(parts) = groups.remove(&texts) {
                self.cellen[whole.begin + at].sommen.push(parts);
            }
        }
    }

    /// The text of a level that is the whole of its other texts.
    fn add_geheel(&mut self, plek: &Plek<'_>) {
        let (keys, text) = GEHEEL;
        if !plek.level.keys.iter().eq(keys.iter()) {
            return;
        }
        let texts = plek.texts(&plek.level.keys).enumerate();
        let (whole, parts): (Vec<_>, Vec<_>) = texts.partition(|(_, texts)| texts == &[text]);
        let parts: Vec<usize> = parts.into_iter().map(|(at, _)| plek.begin + at).collect();
        if let Some((at, _)) = whole.first() {
            self.cellen[plek.begin + at].sommen.push(parts);
        }
    }

    fn add_noemers(&mut self, plek: &Plek<'_>, below: &Plek<'_>) {
        let keys = &below.level.keys;
        let known: BTreeMap<Vec<&str>, usize> =
            below.texts(keys).enumerate().map(|(at, texts)| (texts, below.begin + at)).collect();
        for (at, texts) in plek.texts(keys).enumerate() {
            self.cellen[plek.begin + at].noemer = known.get(&texts).copied();
        }
    }

    /// Position of a figure by an address of it.
    pub(super) fn position(&self, address: &str) -> Option<usize> {
        self.adressen.get(address).copied()
    }

    /// Per figure whether the gemeente `eigen` may not see it. Its own figures are its own administration.
    pub(super) fn verborgen(&self, eigen: &str, minimum: i64) -> Vec<bool> {
        let is_small = |cel: &Cel| (1..minimum).contains(&cel.kinderen);
        let mut hidden: Vec<bool> =
            self.cellen.iter().map(|cel| !cel.is_van(eigen) && is_small(cel)).collect();
        loop {
            let mut is_done = true;
            for at in &self.volgorde {
                let cel = &self.cellen[*at];
                if !hidden[*at] && !cel.is_van(eigen) && self.betrays(cel, &hidden, minimum) {
                    hidden[*at] = true;
                    is_done = false;
                }
                if hidden[*at] {
                    let betraying = self.betraying(cel, eigen, &hidden);
                    is_done &= betraying.is_empty();
                    for part in betraying {
                        hidden[part] = true;
                    }
                }
            }
            if is_done {
                return hidden;
            }
        }
    }

    /// True when seeing this figure gives away a hidden one.
    fn betrays(&self, cel: &Cel, hidden: &[bool], minimum: i64) -> bool {
        cel.noemer.is_some_and(|noemer| hidden[noemer])
            || cel.sommen.iter().any(|parts| {
                let counts: Vec<i64> = (parts.iter())
                    .filter(|part| hidden[**part])
                    .map(|part| self.cellen[*part].kinderen)
                    .collect();
                !counts.is_empty() && !is_wide(&counts, minimum)
            })
    }
}

impl Sommen {
    /// Parts of a hidden figure that add up to it without any of them being hidden. Nought tells nothing.
    fn betraying(&self, cel: &Cel, eigen: &str, hidden: &[bool]) -> Vec<usize> {
        let open = cel.sommen.iter().filter(|parts| !parts.iter().any(|part| hidden[*part]));
        let is_told = |part: &&usize| {
            let part = &self.cellen[**part];
            !part.is_van(eigen) && part.kinderen > 0
        };
        open.flatten().filter(is_told).copied().collect()
    }
}

impl Cel {
    fn is_van(&self, gemeente: &str) -> bool {
        self.gemeente.as_deref() == Some(gemeente)
    }
}

/// True when the sum of hidden counts may be known: there are two or more, together they are no small number, and none
/// of them is fixed by the others being at least 1 and below the minimum.
fn is_wide(counts: &[i64], minimum: i64) -> bool {
    let (n, sum) = (i64::try_from(counts.len()).unwrap_or(i64::MAX), counts.iter().sum::<i64>());
    if n < 2 || sum < minimum {
        return false;
    }
    if counts.iter().any(|count| *count >= minimum) {
        // One that is hidden for the sake of another can be anything.
        return true;
    }
    let most = minimum - 1;
    let low = (sum - (n - 1) * most).max(1);
    let high = (sum - (n - 1)).min(most);
    high - low >= minimum / 2
}

/// The level its shares are taken of.
fn noemer<'p, 'm>(plek: &Plek<'m>, plekken: &'p [Plek<'m>]) -> Option<&'p Plek<'m>> {
    let below = plek.measured.query.denominator.as_deref()?;
    plekken.iter().find(|other| {
        let query = &other.measured.query;
        let shared = query.keys.iter().filter(|key| plek.level.keys.contains(key));
        query.id == below && shared.eq(other.level.keys.iter())
    })
}
