//! Editions: what one gemeente alone may see.
//!
//! Enters: figures and judgements of the whole region. Leaves: a [`Published`] per gemeente. An edition is mailed, so it is
//! never for the audience `intern`: figures of others are protected as in `regio`. What is about the gemeente alone is
//! shown, small or not: it is its own administration. What it knows of itself is taken into account in what it may see of
//! others, and so is the report for `regio`, which it has too. Rows of single children are in no edition.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::disclosure::Onbeveiligd;
use crate::disclosure::patroon::{Lezer, Patroon, patroon};
use crate::disclosure::published::{Parts, Published};
use crate::disclosure::stelsel::Plaats;
use crate::disclosure::tonen::Gezien;
use crate::findings::Judged;
use crate::metrics::Measured;
use crate::region::{Publiek, Region};

/// Editions of one run, made one by one.
#[derive(Debug)]
pub struct Edities<'a> {
    measured: &'a [Measured],
    judged: &'a Judged,
    region: &'a Region,
    audience: Publiek,
    /// What is hidden from each gemeente, by its code.
    patronen: BTreeMap<String, Patroon>,
}

impl<'a> Edities<'a> {
    /// Decides what each gemeente of the region may see.
    ///
    /// # Errors
    /// As [`crate::disclosure::protect`].
    pub fn new(
        measured: &'a [Measured],
        judged: &'a Judged,
        region: &'a Region,
        audience: Publiek,
    ) -> Result<Self, Onbeveiligd> {
        let minimum = region.disclosure.minimum;
        let regio = patroon(measured, Lezer { minimum, eigen: None }, None)?;
        let of_gemeente = |code: &String| {
            let lezer = Lezer { minimum, eigen: Some(code) };
            Ok((code.clone(), patroon(measured, lezer, Some(&regio))?))
        };
        let codes: Vec<String> = region.gemeenten.iter().map(|one| one.code.clone()).collect();
        Ok(Self {
            measured,
            judged,
            region,
            audience: if audience == Publiek::Intern { Publiek::Regio } else { audience },
            patronen: codes.par_iter().map(of_gemeente).collect::<Result<_, Onbeveiligd>>()?,
        })
    }

    /// The same decisions over figures and judgements of which only what is hidden may differ: so is shown that nothing of it
    /// is in an edition.
    #[must_use]
    pub fn over<'b>(&self, measured: &'b [Measured], judged: &'b Judged) -> Edities<'b>
    where
        'a: 'b,
    {
        let (region, audience) = (self.region, self.audience);
        Edities { measured, judged, region, audience, patronen: self.patronen.clone() }
    }

    /// What the gemeente with this code may see; `None` for a gemeente of another region.
    pub fn voor(&self, code: &str) -> Option<Published> {
        let gezien = Gezien::met(self.measured, self.patronen.get(code)?.clone());
        let shown = gezien.shown_addresses();
        // Lists and dossiers are cited by their query, and are no figure of a level: nothing may rest on what is not known
        // to be shown.
        let is_hidden = |address: &str| !shown.contains(address);
        let redenen: BTreeSet<&str> = self.measured.iter().filter_map(Measured::reason).collect();
        let judged = self.judged.voor_gemeente(code, &is_hidden, &redenen);
        Some(Published::new(Parts {
            measures: gezien.measures(),
            n_withheld: self.judged.findings.len() - judged.findings.len(),
            judged,
            audience: self.audience,
            gemeente: Some(code.to_owned()),
            minimum: Some(self.region.disclosure.minimum),
            n_hidden: gezien.n_verborgen(),
            bewijs: gezien.bewijs().cloned(),
        }))
    }

    /// Addresses of the figures that the gemeente with this code may not see, by query and keys.
    pub fn verborgen(&self, code: &str) -> BTreeSet<String> {
        let address = |(query, level, cell): Plaats| {
            let measured = &self.measured[query];
            let cell = measured.alle_levels().nth(level)?.cells.get(cell)?;
            Some(measured.address(cell, &measured.query.value))
        };
        let hidden = self.patronen.get(code).into_iter().flat_map(Patroon::verborgen);
        hidden.filter_map(address).collect()
    }
}
