//! Which figures an audience may not see: what is too small, and what would give that away.
//!
//! Enters: all figures, and for whom. Leaves: [`Patroon`], with for every figure that is too small the proof that it could
//! as well have been another number. A level without proof is withheld, and its query when that is not enough.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use sha2::{Digest, Sha256};

use crate::disclosure::Onbeveiligd;
use crate::disclosure::keten::{
    Cel, Failure, Microlp, Need, Pattern, Side, protect, protect_again,
};
use crate::disclosure::primary::{Gevoelig, gevoelig};
use crate::disclosure::stelsel::{Figuur, Groep, Plaats, groepen};
use crate::metrics::Measured;
use crate::sources::gather::to_hex;

/// Fewest values a number that is too small must be able to have, whatever the smallest of them is.
const LEAST_WIDTH: i64 = 5;

/// For whom figures are hidden.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lezer<'a> {
    /// Fewest children behind a figure that is shown.
    pub(super) minimum: i64,
    /// Code of the reader's own gemeente: its figures are known, small or not.
    pub(super) eigen: Option<&'a str>,
}

/// What is hidden, and how it is known to be enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Patroon {
    verborgen: BTreeSet<Plaats>,
    /// Position of each query that is withheld whole.
    ingehouden: BTreeSet<usize>,
    pub(super) bewijs: Bewijs,
}

/// How many figures are hidden and by which proof.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bewijs {
    /// Figures with too few children, or of which one child or aanbieder is too large a part.
    pub n_primair: usize,
    /// Figures that are hidden because another could be worked out from them.
    pub n_secundair: usize,
    /// Tables that agree with all that is shown and have another number in a hidden place.
    pub n_getuigen: usize,
    /// SHA-256 over these tables; they themselves would give away what is hidden.
    pub sha256: String,
}

impl Patroon {
    /// True when this figure may not be seen.
    pub(super) fn is_verborgen(&self, plaats: Plaats) -> bool {
        self.ingehouden.contains(&plaats.0) || self.verborgen.contains(&plaats)
    }

    /// Number of hidden figures.
    pub(super) fn n_verborgen(&self) -> usize {
        self.verborgen.len()
    }

    /// Every hidden figure.
    pub(super) fn verborgen(&self) -> impl Iterator<Item = Plaats> {
        self.verborgen.iter().copied()
    }
}

/// Decides for a reader; `al` are figures that are hidden whatever is found.
///
/// # Errors
/// When no way was found to protect a figure, in Dutch with the query in which it stands.
pub(super) fn patroon(
    measured: &[Measured],
    lezer: Lezer<'_>,
    al: Option<&Patroon>,
) -> Result<Patroon, Onbeveiligd> {
    let groepen = groepen(measured, lezer.eigen).map_err(Onbeveiligd)?;
    let decided: Vec<Result<Besluit, String>> =
        groepen.into_par_iter().map(|groep| besluit(measured, groep, lezer, al)).collect();
    let mut out = Patroon::default();
    let mut hash = Sha256::new();
    for besluit in decided {
        let besluit = besluit.map_err(Onbeveiligd)?;
        out.bewijs.n_primair += besluit.n_primair;
        out.bewijs.n_getuigen += besluit.n_getuigen;
        out.verborgen.extend(besluit.verborgen);
        out.ingehouden.extend(besluit.ingehouden);
        besluit.woorden.iter().for_each(|word| hash.update(word.to_le_bytes()));
    }
    out.bewijs.n_secundair = out.verborgen.len() - out.bewijs.n_primair;
    out.bewijs.sha256 = to_hex(&hash.finalize());
    Ok(out)
}

/// What was decided for one group of queries.
#[derive(Default)]
struct Besluit {
    verborgen: BTreeSet<Plaats>,
    ingehouden: BTreeSet<usize>,
    n_primair: usize,
    n_getuigen: usize,
    woorden: Vec<i64>,
}

fn besluit(
    measured: &[Measured],
    mut groep: Groep,
    lezer: Lezer<'_>,
    al: Option<&Patroon>,
) -> Result<Besluit, String> {
    let mut werk = Werk::new(measured, &groep, lezer, al);
    if werk.is_klaar() {
        return Ok(Besluit::default());
    }
    let mut earlier: Option<Pattern> = None;
    loop {
        let (needs, twins) = (werk.needs(&groep), Werk::twins(&groep));
        let pattern = match &mut earlier {
            None => protect(&groep.system, werk.hidden(&groep), &needs, &twins, &Microlp),
            Some(earlier) => {
                let hidden = werk.hidden(&groep);
                earlier.hidden.extend(&hidden);
                earlier.primary.extend(&hidden);
                protect_again(&groep.system, earlier, &needs, &twins, &Microlp)
            }
        };
        if pattern.failed.is_empty() {
            if !pattern.is_proven(&groep.system, &needs) {
                return Err(werk.unprotected(&Werk::queries(&groep)));
            }
            return Ok(werk.besluit(&groep, &pattern));
        }
        werk.give_in(&mut groep, &pattern.failed)?;
        earlier = Some(pattern);
    }
}

/// The figures of a group while is sought what to hide.
struct Werk<'a> {
    measured: &'a [Measured],
    lezer: Lezer<'a>,
    /// Figures that are too small, by position in the group, with how far their value must be able to differ.
    gevoelig: BTreeMap<usize, Gevoelig>,
    /// Figures that are hidden whatever is found.
    verborgen: BTreeSet<usize>,
    /// Queries that are withheld.
    ingehouden: BTreeSet<usize>,
    /// Smallest value that a cell turned out to be able to have, whatever is hidden.
    minst: BTreeMap<Cel, i64>,
}

impl<'a> Werk<'a> {
    fn new(
        measured: &'a [Measured],
        groep: &Groep,
        lezer: Lezer<'a>,
        al: Option<&Patroon>,
    ) -> Self {
        let others = || groep.figuren.iter().enumerate().filter(|(_, figuur)| !figuur.is_eigen);
        let judged = |figuur: &Figuur| {
            let (query, level, at) = figuur.plaats;
            let level = measured[query].alle_levels().nth(level)?;
            gevoelig(&measured[query].query, level, level.cells.get(at)?, lezer.minimum)
        };
        let gevoelig: BTreeMap<usize, Gevoelig> =
            others().filter_map(|(at, figuur)| Some((at, judged(figuur)?))).collect();
        let is_al = |figuur: &Figuur| al.is_some_and(|al| al.is_verborgen(figuur.plaats));
        let mut verborgen: BTreeSet<usize> = gevoelig.keys().copied().collect();
        verborgen.extend(others().filter(|(_, figuur)| is_al(figuur)).map(|(at, _)| at));
        let (ingehouden, minst) = (BTreeSet::new(), BTreeMap::new());
        Self { measured, lezer, gevoelig, verborgen, ingehouden, minst }
    }

    /// True when there is nothing to hide.
    fn is_klaar(&self) -> bool {
        self.verborgen.is_empty()
    }

    fn hidden(&self, groep: &Groep) -> BTreeSet<Cel> {
        self.verborgen.iter().flat_map(|at| groep.figuren[*at].cellen()).collect()
    }

    /// What every cell of a figure that is too small must be able to look like.
    fn needs(&self, groep: &Groep) -> Vec<Need> {
        let mut needs: BTreeMap<Cel, Need> = BTreeMap::new();
        let mut add = |need: Need| {
            let known = needs.entry(need.cel).or_insert(need);
            (known.low, known.high) = (known.low.min(need.low), known.high.max(need.high));
        };
        for (at, gevoelig) in &self.gevoelig {
            let figuur = &groep.figuren[*at];
            // Its whole group is withheld, so that no sum with it is shown; or it follows from what the reader has anyway.
            if self.is_alles_ingehouden(groep) || figuur.is_bekend {
                continue;
            }
            let count = |cel| Need::of_count(&groep.system, cel, self.lezer.minimum);
            if let Some(cel) = figuur.kinderen.filter(|cel| self.is_small(groep, *cel)) {
                add(count(cel));
            }
            for (cel, margin) in
                [(Some(figuur.waarde), gevoelig.marge), (figuur.bedrag, gevoelig.marge_bedrag)]
            {
                let Some(cel) = cel.filter(|cel| groep.system.value(*cel) != 0) else { continue };
                match margin {
                    None => add(count(cel)),
                    Some(margin) => {
                        let value = groep.system.value(cel);
                        let low = (value - margin).max(groep.system.floor(cel));
                        add(Need { cel, low, high: value + margin });
                    }
                }
            }
        }
        for (cel, least) in &self.minst {
            let Some(need) = needs.get_mut(cel) else { continue };
            need.low = need.low.max(*least);
            if need.high - need.low < LEAST_WIDTH {
                need.high = need.low + LEAST_WIDTH;
            }
        }
        needs.into_values().collect()
    }

    /// What has no proof. A figure that cannot go as low as it should with everything hidden is known to be no less, whoever
    /// hides what: its protection begins at the smallest value it can have. For the others more is withheld.
    fn give_in(&mut self, groep: &mut Groep, failed: &[Failure]) -> Result<(), String> {
        let (down, up): (Vec<&Failure>, Vec<&Failure>) =
            failed.iter().partition(|failure| failure.side == Side::Down);
        for failure in down {
            let Need { cel, low, high: _ } = failure.need;
            let room = groep.system.value(cel) - low;
            // One by one for a number of children; of euros the first seven eighths at once.
            let least = low + (room - room / 8).clamp(1, room.max(1));
            self.minst.insert(cel, if room < 8 { low + 1 } else { least });
        }
        if up.is_empty() { Ok(()) } else { self.withhold(groep, &up) }
    }

    fn is_small(&self, groep: &Groep, cel: Cel) -> bool {
        (1..self.lezer.minimum).contains(&groep.system.value(cel))
    }

    /// Cells that are hidden together.
    fn twins(groep: &Groep) -> Vec<Vec<Cel>> {
        let of_figure = groep.figuren.iter().map(|figuur| figuur.cellen().collect::<Vec<Cel>>());
        of_figure.filter(|cells| cells.len() > 1).chain(groep.samen.iter().cloned()).collect()
    }

    fn is_alles_ingehouden(&self, groep: &Groep) -> bool {
        !self.ingehouden.is_empty() && Self::queries(groep).is_subset(&self.ingehouden)
    }

    fn queries(groep: &Groep) -> BTreeSet<usize> {
        groep.figuren.iter().map(|figuur| figuur.plaats.0).collect()
    }

    /// Takes away more, after these turned out to have no proof: first their level, then their query.
    fn withhold(&mut self, groep: &mut Groep, failed: &[&Failure]) -> Result<(), String> {
        let cells: BTreeSet<Cel> = failed.iter().map(|failure| failure.need.cel).collect();
        let figures = groep.figuren.iter().enumerate();
        let levels: BTreeSet<(usize, usize)> = (figures.clone())
            .filter(|(_, figuur)| figuur.cellen().any(|cel| cells.contains(&cel)))
            .map(|(_, figuur)| (figuur.plaats.0, figuur.plaats.1))
            .collect();
        let n_before = self.verborgen.len();
        let in_levels = figures.filter(|(_, figuur)| {
            !figuur.is_eigen && levels.contains(&(figuur.plaats.0, figuur.plaats.1))
        });
        self.verborgen.extend(in_levels.map(|(at, _)| at));
        if self.verborgen.len() > n_before {
            return Ok(());
        }
        let mut queries: BTreeSet<usize> = levels.into_iter().map(|(query, _)| query).collect();
        if queries.is_subset(&self.ingehouden) {
            // Then everything that is tied to it: of what is not shown at all nothing can be worked out.
            queries = Self::queries(groep);
        }
        if queries.is_subset(&self.ingehouden) {
            return Err(self.unprotected(&queries));
        }
        self.ingehouden.extend(queries);
        let is_gone = |figuur: &Figuur| self.ingehouden.contains(&figuur.plaats.0);
        let shown: BTreeSet<Cel> = (groep.figuren.iter())
            .filter(|figuur| !is_gone(figuur) || figuur.is_eigen)
            .flat_map(Figuur::cellen)
            .collect();
        for (at, figuur) in groep.figuren.iter().enumerate() {
            if is_gone(figuur) && !figuur.is_eigen {
                self.verborgen.insert(at);
                groep.system.withhold(figuur.cellen().filter(|cel| !shown.contains(cel)));
            }
        }
        Ok(())
    }

    fn unprotected(&self, queries: &BTreeSet<usize>) -> String {
        let ids: Vec<&str> =
            queries.iter().map(|query| self.measured[*query].query.id.as_str()).collect();
        format!(
            "de cijfers van {} zijn niet te beveiligen: een verborgen aantal is uit de andere af te leiden, ook als de vraag \
             zelf wordt weggelaten; maak het rapport voor --publiek intern, of laat deze vraag weg",
            ids.join(" en ")
        )
    }

    fn besluit(&self, groep: &Groep, pattern: &Pattern) -> Besluit {
        let is_hidden = |figuur: &Figuur| figuur.cellen().any(|cel| pattern.hidden.contains(&cel));
        let hidden = (groep.figuren.iter().enumerate())
            .filter(|(at, figuur)| self.verborgen.contains(at) || is_hidden(figuur));
        Besluit {
            verborgen: hidden.map(|(_, figuur)| figuur.plaats).collect(),
            ingehouden: self.ingehouden.clone(),
            n_primair: self.gevoelig.len(),
            n_getuigen: pattern.witnesses.len(),
            woorden: pattern.words().collect(),
        }
    }
}
