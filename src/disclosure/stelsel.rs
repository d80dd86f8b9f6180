//! The figures of a run as linear systems: which figure is the sum of which.
//!
//! Enters: all figures. Leaves: systems that have no figure in common, each with the cells of a group of queries. A figure
//! has up to three cells (its value, the children behind it, its euros) that are shown or hidden together. Queries that
//! promise the same quantity (`measure`) are one table: the same figure under two addresses is one cell.
//!
//! Distinct children do not add up. What such a sum has too much (a child in two parts) is taken as known to the reader:
//! whoever knows less can work out less. Of two queries of one quantity that do not look at quite the same rows nobody
//! knows how much they differ, and nothing tells it: that is a number of its own that can be anything.

mod noemers;
mod plek;

use std::collections::{BTreeMap, BTreeSet};

use crate::disclosure::keten::{Cel, Cell, Relation, System};
use crate::disclosure::stelsel::plek::Plek;
use crate::metrics::{Measured, MeasuredCell};

pub(super) use noemers::noemers;

/// A level of which one text is the whole of the others.
const GEHEEL: (&[&str], &str) = (&["klasse"], "alle zorg");

const KWARTAAL: &str = "kwartaal";
const GEMEENTE: &str = "gemeente";

/// Where a figure stands: position of its query, of its level and of itself in that level.
pub(super) type Plaats = (usize, usize, usize);

/// One figure of a query, in a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figuur {
    pub(super) plaats: Plaats,
    /// Its value, and when it has them its children and its euros: cells that are hidden together.
    pub(super) waarde: Cel,
    pub(super) kinderen: Option<Cel>,
    pub(super) bedrag: Option<Cel>,
    /// True when it is about the gemeente of the reader, who knows it.
    pub(super) is_eigen: bool,
    /// True when it follows from figures of the reader's own gemeente: nobody else adds to it.
    pub(super) is_bekend: bool,
}

impl Figuur {
    /// Its cells.
    pub(super) fn cellen(&self) -> impl Iterator<Item = Cel> {
        [Some(self.waarde), self.kinderen, self.bedrag].into_iter().flatten()
    }
}

/// Queries whose figures are tied to each other, and to no other.
#[derive(Debug)]
pub(super) struct Groep {
    pub(super) figuren: Vec<Figuur>,
    pub(super) system: System,
    /// Cells that are hidden together although they are of different figures.
    pub(super) samen: Vec<Vec<Cel>>,
}

/// Every system of these queries. `eigen` is the gemeente of the reader, whose figures are known and stay so.
///
/// # Errors
/// When figures contradict each other, which no data can make them do.
pub(super) fn groepen(measured: &[Measured], eigen: Option<&str>) -> Result<Vec<Groep>, String> {
    let of_group = |leden: Vec<usize>| Bouw::new(measured, &leden, eigen).groep();
    verwant(measured).into_iter().map(of_group).collect()
}

/// Positions of the queries per group: of one quantity, or told together.
fn verwant(measured: &[Measured]) -> Vec<Vec<usize>> {
    let mut groep: Vec<usize> = (0..measured.len()).collect();
    for (at, one) in measured.iter().enumerate() {
        for (before, other) in measured.iter().enumerate().take(at) {
            if one.query.is_verwant(&other.query) && groep[at] != groep[before] {
                let (from, to) = (groep[at], groep[before]);
                groep.iter_mut().filter(|one| **one == from).for_each(|one| *one = to);
            }
        }
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, groep) in groep.into_iter().enumerate() {
        out.entry(groep).or_default().push(at);
    }
    out.into_values().collect()
}

/// Name of a cell: the quantity, which of its numbers, over which time, and its keys with their texts.
type Naam<'m> = (&'m str, u8, &'static str, BTreeMap<&'m str, String>);

struct Bouw<'m> {
    eigen: Option<&'m str>,
    plekken: Vec<Plek<'m>>,
    figuren: Vec<Figuur>,
    cells: Vec<Cell>,
    relations: Vec<Relation>,
    /// Figures as sums of figures, by position.
    sommen: Vec<(usize, Vec<usize>)>,
    namen: BTreeMap<Naam<'m>, Cel>,
    samen: Vec<Vec<Cel>>,
}

impl<'m> Bouw<'m> {
    fn new(measured: &'m [Measured], leden: &[usize], eigen: Option<&'m str>) -> Self {
        let mut out = Self {
            eigen,
            plekken: Vec::new(),
            figuren: Vec::new(),
            cells: Vec::new(),
            relations: Vec::new(),
            sommen: Vec::new(),
            namen: BTreeMap::new(),
            samen: Vec::new(),
        };
        let most = leden.iter().flat_map(|at| measured[*at].levels());
        let most = most.map(|level| level.keys.len()).max().unwrap_or(0);
        for query in leden.iter().copied() {
            let n_of_quarters = measured[query].levels().len();
            for (at, level) in measured[query].alle_levels().enumerate() {
                let is_of_year = at >= n_of_quarters;
                let plek = Plek::new(&measured[query], level, is_of_year, out.figuren.len());
                let n_gone = most - level.keys.len() + usize::from(is_of_year);
                let n_gone = u32::try_from(n_gone).unwrap_or(u32::MAX);
                for (cell, one) in level.cells.iter().enumerate() {
                    out.add(&plek, one, (query, at, cell), n_gone);
                }
                out.plekken.push(plek);
            }
        }
        out
    }

    fn groep(mut self) -> Result<Groep, String> {
        let plekken = std::mem::take(&mut self.plekken);
        for whole in &plekken {
            for part in plekken.iter().filter(|part| part.is_part_of(whole)) {
                let is_between = |mid: &Plek<'_>| {
                    mid.measured.query.id == part.measured.query.id
                        && part.is_finer_than(mid)
                        && mid.is_finer_than(whole)
                        && part.is_part_of(mid)
                        && mid.is_part_of(whole)
                };
                // The same figure in two queries is told once.
                let is_told = !part.is_finer_than(whole) && part.begin < whole.begin;
                if !is_told && !plekken.iter().any(is_between) {
                    self.add_parts(whole, part);
                }
            }
            self.add_geheel(whole);
            for other in plekken.iter().filter(|other| other.begin > whole.begin) {
                self.add_samen(whole, other);
            }
        }
        if self.eigen.is_some() {
            self.mark_known();
        }
        let system = System::new(self.cells, self.relations).map_err(|_| {
            let ids = plekken.iter().map(|plek| plek.measured.query.id.as_str());
            let ids: Vec<&str> = ids.collect::<BTreeSet<_>>().into_iter().collect();
            format!("de cijfers van {} spreken elkaar tegen", ids.join(" en "))
        })?;
        Ok(Groep { figuren: self.figuren, system, samen: self.samen })
    }

    /// A sum of which only own figures are not nought is known to the reader, and so are parts of what is all its own.
    fn mark_known(&mut self) {
        let value = |bouw: &Self, at: usize| bouw.cells[bouw.figuren[at].waarde].value;
        let is_nought = |bouw: &Self, at: usize| {
            bouw.figuren[at].cellen().all(|cel| bouw.cells[cel].value == 0)
        };
        loop {
            let mut found: Vec<usize> = Vec::new();
            for (whole, parts) in &self.sommen {
                let is_known = |at: &usize| self.figuren[*at].is_bekend;
                let sum: i64 = parts.iter().map(|part| value(self, *part)).sum();
                if sum != value(self, *whole) {
                    continue;
                }
                if is_known(whole) {
                    found.extend(parts.iter().filter(|part| !is_known(part)));
                } else if parts.iter().all(|part| is_known(part) || is_nought(self, *part)) {
                    found.push(*whole);
                }
            }
            if found.is_empty() {
                return;
            }
            for at in found {
                self.figuren[at].is_bekend = true;
                for cel in self.figuren[at].cellen().collect::<Vec<Cel>>() {
                    self.cells[cel].is_frozen = true;
                }
            }
        }
    }

    fn add(&mut self, plek: &Plek<'m>, cell: &MeasuredCell, plaats: Plaats, level: u32) {
        let query = &plek.measured.query;
        let is_eigen =
            self.eigen.is_some_and(|code| plek.has(GEMEENTE) && plek.text(cell, GEMEENTE) == code);
        let period = if plek.has(KWARTAAL) { "" } else { query.period.name() };
        let keys: BTreeMap<&str, String> =
            plek.sleutels.iter().map(|key| (*key, plek.text(cell, key).to_owned())).collect();
        let mut one = |which: u8, value: i64, is_money: bool| {
            let naam = (query.measure.as_str(), which, period, keys.clone());
            let known = self.namen.get(&naam).filter(|cel| self.cells[**cel].value == value);
            if let Some(cel) = known {
                return *cel;
            }
            self.cells.push(Cell {
                value,
                floor: least(value, is_money),
                level,
                is_frozen: is_eigen,
                is_unseen: false,
            });
            self.namen.insert(naam, self.cells.len() - 1);
            self.cells.len() - 1
        };
        let waarde = one(0, cell.value, query.unit == "eurocent");
        let children = cell.clienten.map(i64::from);
        let kinderen = children.map(|n| match n {
            // A query that counts children counts them once at its lowest level: the same number.
            n if query.counts_children() && n == cell.value => waarde,
            n => one(1, n, false),
        });
        let bedrag = cell.bedrag_ct.map(|ct| one(2, ct, true));
        self.figuren.push(Figuur {
            plaats,
            waarde,
            kinderen,
            bedrag,
            is_eigen,
            is_bekend: is_eigen,
        });
    }

    /// Every figure of `whole` as the sum of its figures in `part`.
    fn add_parts(&mut self, whole: &Plek<'_>, part: &Plek<'_>) {
        let is_known = whole.measured.query.id == part.measured.query.id;
        let mut groups: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (at, cell) in part.level.cells.iter().enumerate() {
            groups
                .entry(part.texts(cell, &whole.sleutels, whole.is_jaar))
                .or_default()
                .push(part.begin + at);
        }
        for (at, cell) in whole.level.cells.iter().enumerate() {
            if let Some(parts) = groups.remove(&whole.texts(cell, &whole.sleutels, false)) {
                self.relate(whole.begin + at, &parts, is_known);
            }
        }
    }

    /// A figure as a sum, in each of its numbers that all parts have too. `is_known`: what the parts lack or have too much is
    /// taken as known.
    fn relate(&mut self, whole: usize, parts: &[usize], is_known: bool) {
        let numbers: [fn(&Figuur) -> Option<Cel>; 3] =
            [|one| Some(one.waarde), |one| one.kinderen, |one| one.bedrag];
        self.sommen.push((whole, parts.to_vec()));
        for number in numbers {
            let Some(total) = number(&self.figuren[whole]) else { continue };
            let of_parts: Option<BTreeSet<Cel>> =
                parts.iter().map(|part| number(&self.figuren[*part])).collect();
            if let Some(cells) = of_parts.filter(|cells| !cells.contains(&total)) {
                let parts = self.with_rest(total, cells.into_iter().collect(), is_known);
                self.relations.push(Relation { total, parts });
            }
        }
    }

    /// The parts with what they lack or have too much, as a cell of its own.
    fn with_rest(&mut self, total: Cel, mut parts: Vec<Cel>, is_known: bool) -> Vec<Cel> {
        let sum: i64 = parts.iter().map(|part| self.cells[*part].value).sum();
        let rest = self.cells[total].value - sum;
        if rest != 0 {
            parts.push(self.cells.len());
            self.cells.push(Cell {
                value: rest,
                floor: if is_known { rest } else { rest.saturating_mul(2).min(0) },
                level: 0,
                is_frozen: is_known,
                is_unseen: true,
            });
        }
        parts
    }

    /// The text of a level that is the whole of its other texts.
    fn add_geheel(&mut self, plek: &Plek<'_>) {
        let (keys, text) = GEHEEL;
        if !plek.level.keys.iter().eq(keys.iter()) {
            return;
        }
        let cells = plek.level.cells.iter().enumerate();
        let (whole, parts): (Vec<_>, Vec<_>) =
            cells.partition(|(_, cell)| plek.text(cell, keys[0]) == text);
        let parts: Vec<usize> = parts.into_iter().map(|(at, _)| plek.begin + at).collect();
        if let Some((at, _)) = whole.first()
            && !parts.is_empty()
        {
            self.relate(plek.begin + at, &parts, true);
        }
    }

    /// Figures of the same keys in two queries that are told together.
    fn add_samen(&mut self, one: &Plek<'_>, other: &Plek<'_>) {
        let is_same = one.sleutels.len() == other.sleutels.len()
            && one.sleutels.iter().all(|sleutel| other.has(sleutel))
            && one.is_jaar == other.is_jaar;
        if !is_same || !one.measured.query.is_samen(&other.measured.query) {
            return;
        }
        let known: BTreeMap<Vec<String>, usize> = (other.level.cells.iter().enumerate())
            .map(|(at, cell)| (other.texts(cell, &one.sleutels, false), other.begin + at))
            .collect();
        for (at, cell) in one.level.cells.iter().enumerate() {
            if let Some(twin) = known.get(&one.texts(cell, &one.sleutels, false)) {
                let cells = self.figuren[one.begin + at].cellen();
                self.samen.push(cells.chain(self.figuren[*twin].cellen()).collect());
            }
        }
    }
}

/// What a reader knows that a hidden number is at least. Noughts are shown, so a count that is hidden is 1 or more; euros
/// can be anything above nought, and below it nothing is known.
fn least(value: i64, is_money: bool) -> i64 {
    match value {
        ..0 => value.saturating_mul(2),
        0 => 0,
        _ => i64::from(!is_money),
    }
}
