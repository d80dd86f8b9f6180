//! Shows again what turned out not to be needed.

use std::collections::BTreeSet;

use super::ladder::Stand;
use super::protect::Work;
use super::system::Cel;
use super::witness::Side;

/// Proofs that are sought anew for one cell, at most: one that so many lean on is needed. A number of proofs, not a time,
/// so that every machine hides the same.
const ANEW: usize = 50;

/// Cells among which they are sought, at most.
const WIDTH: usize = 360;

impl Work<'_> {
    /// Tries to show each of these cells, the dearest first.
    pub(super) fn clean_up(&mut self, mut secondary: Vec<Cel>) {
        let weight = |cel: &Cel| {
            let cell = &self.ladder.system.cells()[*cel];
            (cell.level, cell.value.unsigned_abs())
        };
        secondary.sort_by(|a, b| weight(b).cmp(&weight(a)).then(a.cmp(b)));
        let mut served = self.served();
        for cel in secondary {
            if self.pattern.hidden.contains(&cel) {
                self.try_to_show(cel, &mut served);
            }
        }
    }

    /// Per witness the proofs it is.
    fn served(&self) -> Vec<Vec<(Cel, Side)>> {
        let mut served = vec![Vec::new(); self.pattern.witnesses.len()];
        self.pattern.proofs.iter().for_each(|(key, at)| served[*at].push(*key));
        served
    }

    fn try_to_show(&mut self, cel: Cel, served: &mut Vec<Vec<(Cel, Side)>>) {
        served.resize(self.pattern.witnesses.len(), Vec::new());
        let group = self.group(cel);
        if group.iter().any(|cel| self.pattern.primary.contains(cel)) {
            return;
        }
        let moving: BTreeSet<usize> =
            group.iter().flat_map(|cel| self.movers[*cel].iter().copied()).collect();
        let broken: Vec<usize> = moving.into_iter().filter(|at| !served[*at].is_empty()).collect();
        let before: Vec<(Cel, Stand)> =
            group.iter().map(|cel| (*cel, self.ladder.stands[*cel])).collect();
        for (cel, stand) in &before {
            if *stand == Stand::Hidden {
                self.ladder.stands[*cel] = Stand::Shown;
            }
        }
        let Some(found) = self.found_again(&group, &broken, served) else {
            for (cel, stand) in before {
                self.ladder.stands[cel] = stand;
            }
            return;
        };
        served.resize(self.pattern.witnesses.len(), Vec::new());
        for at in broken {
            served[at].clear();
        }
        for (key, at) in found {
            self.pattern.proofs.insert(key, at);
            served[at].push(key);
        }
        self.pattern.hidden.retain(|cel| !group.contains(cel));
    }

    /// Other proofs for what these witnesses prove, among what is hidden; `None` when one has none.
    fn found_again(
        &mut self,
        group: &BTreeSet<Cel>,
        broken: &[usize],
        served: &[Vec<(Cel, Side)>],
    ) -> Option<Vec<((Cel, Side), usize)>> {
        // Most attempts fail on one proof that is plainly gone: that is seen before others are sought.
        for (cel, side) in broken.iter().flat_map(|at| served[*at].iter()) {
            let wanted = self.wanted(*cel, *side)?;
            if self.known(wanted).is_none() && !self.ladder.is_thinkable(wanted) {
                return None;
            }
        }
        let mut found = Vec::new();
        let mut n_anew = 0;
        for at in broken {
            for key in &served[*at] {
                let wanted = self.wanted(key.0, key.1)?;
                if let Some(known) = self.known(wanted) {
                    found.push((*key, known));
                    continue;
                }
                n_anew += 1;
                if n_anew > ANEW {
                    return None;
                }
                self.reroute(group, *at, &served[*at]);
                let known = self.known(wanted).or_else(|| {
                    let again = self.again(wanted);
                    let found = again.or_else(|| self.ladder.among_hidden(wanted, WIDTH))?;
                    Some(self.store(found))
                });
                found.push((*key, known?));
            }
        }
        Some(found)
    }

    /// Stores a proof in which what is near takes the place of this group.
    fn reroute(&mut self, group: &BTreeSet<Cel>, at: usize, proves: &[(Cel, Side)]) {
        let witness = self.pattern.witnesses[at].clone();
        let mut moved = group.iter().copied().filter(|cel| witness.of(*cel) != 0);
        let (Some(cel), None) = (moved.next(), moved.next()) else { return };
        let may_change = |other: Cel| proves.iter().all(|(target, _)| *target != other);
        if let Some(other) = self.ladder.without(cel, &witness, may_change) {
            self.store(other);
        }
    }
}
