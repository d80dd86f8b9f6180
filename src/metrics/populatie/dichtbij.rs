//! Which rows of an answer come too near to an earlier answer.
//!
//! Enters: who stands behind both. Leaves: keys of rows. Compared are the rows themselves and, because who has the parts has
//! the sum, what comes of adding up the shown rows of one answer along its keys.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::metrics::populatie::drie::botst_met_twee;
use crate::metrics::populatie::{Deel, Kind, Populaties, Sleutel};

/// Most keys of which every choice is added up; of more only all together.
const MOST_KEYS: usize = 5;

/// Rows of an answer added up: the keys they have, and of each child the sum.
pub(super) struct Samen<'d> {
    rijen: Vec<&'d Sleutel>,
    pub(super) kinderen: Vec<(i64, u64)>,
}

/// An earlier answer as far as one count looks at it, to look children up in.
pub(super) struct Eerder<'d> {
    deel: &'d Deel,
    pub(super) samen: Vec<Samen<'d>>,
    /// Which of `samen` have a child with that sum.
    bij_som: HashMap<(i64, u64), Vec<usize>>,
    /// Which of `samen` that are one row have that child.
    bij_kind: HashMap<i64, Vec<usize>>,
}

/// The rows to hide. A row that is too near goes; of rows that are too near together the smallest goes, until they no longer
/// are.
pub(super) fn te_dicht(delen: &[Deel], eerder: &[Populaties], grens: usize) -> BTreeSet<Sleutel> {
    let eerder: Vec<Eerder<'_>> =
        eerder.iter().flat_map(|one| &one.delen).map(Eerder::new).collect();
    let mut weg = BTreeSet::new();
    for deel in delen {
        let others = vergelijkbaar(deel, &eerder);
        let is_followed = |other: &&Eerder<'_>| deel.is_gevolgd && other.deel.is_gevolgd;
        let followed: Vec<&Eerder<'_>> = others.iter().copied().filter(is_followed).collect();
        for (sleutel, kinderen) in &deel.groepen {
            let own = sommen(kinderen);
            // What was shown before tells nothing new: every answer since was laid beside it.
            if followed.iter().any(|other| other.heeft(&own)) {
                continue;
            }
            let is_near = others.iter().any(|other| other.botst_met(deel, kinderen, grens));
            if is_near || botst_met_twee(&own, &followed, grens) {
                weg.insert(sleutel.clone());
            }
        }
    }
    loop {
        let mut smallest = BTreeSet::new();
        for deel in delen {
            let others = vergelijkbaar(deel, &eerder);
            let left = |sleutel: &Sleutel| !weg.contains(sleutel);
            let samen = opgeteld(deel, &left);
            let found = samen.iter().filter(|one| one.rijen.len() > 1).filter(|one| {
                others.iter().any(|other| other.botst_met_som(deel.is_gevolgd, one, grens))
            });
            smallest.extend(found.filter_map(|one| kleinste(deel, one)));
        }
        if smallest.is_empty() {
            return weg;
        }
        weg.extend(smallest);
    }
}

/// Counts over other rows cannot be subtracted. Where it is not known which rows count, they may be the same.
fn vergelijkbaar<'e, 'd>(deel: &Deel, eerder: &'e [Eerder<'d>]) -> Vec<&'e Eerder<'d>> {
    let (a, is_any) = (&deel.soort, deel.soort.is_empty());
    eerder.iter().filter(|b| is_any || b.deel.soort.is_empty() || *a == b.deel.soort).collect()
}

fn sommen(kinderen: &[Kind]) -> Vec<(i64, u64)> {
    kinderen.iter().map(|kind| (kind.wie, kind.som)).collect()
}

fn kleinste(deel: &Deel, samen: &Samen<'_>) -> Option<Sleutel> {
    let size = |sleutel: &&&Sleutel| (deel.groepen[**sleutel].len(), (**sleutel).clone());
    samen.rijen.iter().min_by_key(size).map(|sleutel| (*sleutel).clone())
}

/// The rows by themselves, and added up along every choice of their keys.
fn opgeteld<'d>(deel: &'d Deel, is_left: &dyn Fn(&Sleutel) -> bool) -> Vec<Samen<'d>> {
    let shown: Vec<(&Sleutel, &Vec<Kind>)> =
        deel.groepen.iter().filter(|(sleutel, _)| is_left(sleutel)).collect();
    let n_keys = shown.first().map_or(0, |(sleutel, _)| sleutel.len());
    let all = (1_usize << n_keys.min(MOST_KEYS)) - 1;
    let choices = if n_keys > MOST_KEYS { vec![0] } else { (0..all).collect() };
    let alone = shown
        .iter()
        .map(|(sleutel, kinderen)| Samen { rijen: vec![sleutel], kinderen: sommen(kinderen) });
    let mut out: Vec<Samen<'d>> = alone.collect();
    for choice in choices {
        let mut groups: BTreeMap<Vec<&str>, Vec<(&Sleutel, &Vec<Kind>)>> = BTreeMap::new();
        for (sleutel, kinderen) in &shown {
            let kept = sleutel.iter().enumerate().filter(|(at, _)| choice & (1 << at) != 0);
            let kept = kept.map(|(_, text)| text.as_str()).collect();
            groups.entry(kept).or_default().push((sleutel, kinderen));
        }
        let several = groups.into_values().filter(|rows| rows.len() > 1);
        out.extend(several.map(|rows| samengevoegd(&rows)));
    }
    out
}

fn samengevoegd<'d>(rows: &[(&'d Sleutel, &'d Vec<Kind>)]) -> Samen<'d> {
    let mut sums: BTreeMap<i64, u64> = BTreeMap::new();
    for kind in rows.iter().flat_map(|(_, kinderen)| kinderen.iter()) {
        let sum = sums.entry(kind.wie).or_default();
        *sum = sum.wrapping_add(kind.som);
    }
    let rijen = rows.iter().map(|(sleutel, _)| *sleutel).collect();
    Samen { rijen, kinderen: sums.into_iter().collect() }
}

impl<'d> Eerder<'d> {
    fn new(deel: &'d Deel) -> Self {
        let samen = opgeteld(deel, &|_| true);
        let mut bij_som: HashMap<(i64, u64), Vec<usize>> = HashMap::new();
        let mut bij_kind: HashMap<i64, Vec<usize>> = HashMap::new();
        for (at, one) in samen.iter().enumerate() {
            for (wie, som) in &one.kinderen {
                bij_som.entry((*wie, *som)).or_default().push(at);
                if one.rijen.len() == 1 || !deel.is_gevolgd {
                    bij_kind.entry(*wie).or_default().push(at);
                }
            }
        }
        Self { deel, samen, bij_som, bij_kind }
    }

    /// True when exactly this was a row of the answer.
    fn heeft(&self, own: &[(i64, u64)]) -> bool {
        let with_first = own.first().and_then(|child| self.bij_som.get(child));
        with_first.into_iter().flatten().any(|at| {
            let one = &self.samen[*at];
            one.rijen.len() == 1 && one.kinderen == own
        })
    }

    /// True when a row of another answer is too near to this one.
    fn botst_met(&self, deel: &Deel, kinderen: &[Kind], grens: usize) -> bool {
        let own = sommen(kinderen);
        let is_gevolgd = deel.is_gevolgd && self.deel.is_gevolgd;
        if is_gevolgd && self.telt_bijna_hetzelfde(&own, grens) {
            return true;
        }
        self.met_een_van(&own, grens).into_iter().any(|at| {
            let other = &self.samen[at];
            let n = verschil(&own, &other.kinderen, |_, _| false);
            if !is_gevolgd {
                // The same children with other rows: what differs may be of one of them.
                return n < grens && (n > 0 || other.rijen.len() == 1);
            }
            (1..grens).contains(&n) && self.deelt_rij(deel, kinderen, other)
        })
    }

    /// True when rows of another answer added up are too near to this one.
    fn botst_met_som(&self, is_gevolgd: bool, som: &Samen<'_>, grens: usize) -> bool {
        if is_gevolgd && self.deel.is_gevolgd {
            return self.telt_bijna_hetzelfde(&som.kinderen, grens);
        }
        self.met_een_van(&som.kinderen, grens).into_iter().any(|at| {
            let n = verschil(&som.kinderen, &self.samen[at].kinderen, |_, _| false);
            (1..grens).contains(&n)
        })
    }

    /// True when what is left after subtraction is of some children, and of fewer than the minimum.
    pub(super) fn telt_bijna_hetzelfde(&self, own: &[(i64, u64)], grens: usize) -> bool {
        // Of any `grens` children at least one counts the same in whatever is too near.
        let near: BTreeSet<usize> = (own.iter().take(grens))
            .filter_map(|child| self.bij_som.get(child))
            .flatten()
            .copied()
            .collect();
        let differs = |a: u64, b: u64| a != b;
        near.into_iter()
            .any(|at| (1..grens).contains(&verschil(own, &self.samen[at].kinderen, differs)))
    }

    /// What has at least one of the first children: whatever has nearly the same children is among these.
    pub(super) fn met_een_van(&self, own: &[(i64, u64)], grens: usize) -> BTreeSet<usize> {
        let first = own.iter().take(grens).filter_map(|(wie, _)| self.bij_kind.get(wie));
        first.flatten().copied().collect()
    }

    /// True when a row of the data counts in both: then something falls away, and the difference is about the rest.
    fn deelt_rij(&self, deel: &Deel, kinderen: &[Kind], other: &Samen<'_>) -> bool {
        let [sleutel] = other.rijen.as_slice() else { return false };
        let theirs = &self.deel.groepen[*sleutel];
        kinderen.iter().any(|kind| {
            let Ok(at) = theirs.binary_search_by_key(&kind.wie, |other| other.wie) else {
                return false;
            };
            let rows = |deel: &'_ Deel, kind: &Kind| -> Vec<u64> {
                deel.rijen[kind.van as usize..kind.tot as usize].to_vec()
            };
            let (own, other) = (rows(deel, kind), rows(self.deel, &theirs[at]));
            own.iter().any(|row| other.binary_search(row).is_ok())
        })
    }
}

/// How many children are in one of both only, or in both with sums that differ.
fn verschil(a: &[(i64, u64)], b: &[(i64, u64)], differs: fn(u64, u64) -> bool) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut n = 0;
    loop {
        match (a.peek(), b.peek()) {
            (None, None) => return n,
            (Some(one), Some(other)) if one.0 == other.0 => {
                n += usize::from(differs(one.1, other.1));
                a.next();
                b.next();
            }
            (Some(one), Some(other)) if one.0 < other.0 => {
                n += 1;
                a.next();
            }
            (Some(_), None) => {
                n += 1;
                a.next();
            }
            (_, Some(_)) => {
                n += 1;
                b.next();
            }
        }
    }
}
