//! Editions: what one gemeente alone may see.
//!
//! Enters: figures and judgements of the whole region. Leaves: a [`Published`] per gemeente. An edition is mailed, so it is
//! never for the audience `intern`: figures of others are protected as in `regio`, and beyond that no figure is shown of
//! which a hidden one is the only part, or nearly (`sommen`). What is about the gemeente alone is shown, small or not:
//! it is its own administration. Rows of single children are in no edition.

use std::collections::BTreeSet;

use crate::disclosure::primary;
use crate::disclosure::published::{Parts, Published};
use crate::disclosure::sommen::Sommen;
use crate::findings::Judged;
use crate::metrics::{Measured, MeasuredCell};
use crate::region::{Publiek, Region};

/// Editions of one run, made one by one.
pub struct Edities<'a> {
    measured: &'a [Measured],
    judged: &'a Judged,
    region: &'a Region,
    audience: Publiek,
    sommen: Sommen,
    /// Reasons for which whole queries have no answer.
    redenen: BTreeSet<&'a str>,
}

impl<'a> Edities<'a> {
    /// Looks once at which figures are sums of which.
    pub fn new(
        measured: &'a [Measured],
        judged: &'a Judged,
        region: &'a Region,
        audience: Publiek,
    ) -> Self {
        Self {
            measured,
            judged,
            region,
            audience: if audience == Publiek::Intern { Publiek::Regio } else { audience },
            sommen: Sommen::new(measured),
            redenen: measured.iter().filter_map(Measured::reason).collect(),
        }
    }

    /// What the gemeente with this code may see.
    pub fn voor(&self, code: &str) -> Published {
        let minimum = self.region.disclosure.minimum;
        let hidden = self.sommen.verborgen(code, minimum);
        // Lists and dossiers are cited by their query, and are no figure of a level: nothing may rest on what is not known
        // to be shown.
        let is_hidden = |address: &str| self.sommen.position(address).is_none_or(|at| hidden[at]);
        let publish = |one: &Measured| {
            let is_blind = one.query.hides_children();
            let of_cell = |address: &str, _: &MeasuredCell| is_blind || is_hidden(address);
            primary::publish_where(one, false, &of_cell)
        };
        let measures = self.measured.iter().map(publish).collect();
        let judged = self.judged.voor_gemeente(code, &is_hidden, &self.redenen);
        Published::new(Parts {
            measures,
            n_withheld: self.judged.findings.len() - judged.findings.len(),
            judged,
            audience: self.audience,
            gemeente: Some(code.to_owned()),
            minimum: Some(minimum),
            n_hidden: hidden.iter().filter(|hidden| **hidden).count(),
        })
    }

    /// Addresses of the figures that the gemeente with this code may not see, by query and keys.
    pub fn verborgen(&self, code: &str) -> BTreeSet<String> {
        let hidden = self.sommen.verborgen(code, self.region.disclosure.minimum);
        let addresses = self.measured.iter().flat_map(|one| {
            let cells = one.levels().iter().flat_map(|level| &level.cells);
            cells.map(|cell| one.address(cell, &one.query.value))
        });
        addresses
            .filter(|address| self.sommen.position(address).is_some_and(|at| hidden[at]))
            .collect()
    }
}
