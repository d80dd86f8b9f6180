//! The rows behind figures of one query, and whether they alone make the figure.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;

use crate::metrics::rijen::{Rij, afkomst, ruim};
use crate::metrics::{self, Measured, MeasuredCell, Query};
use crate::run::herkomst::{Nareken, rapport_job};
use crate::run::rapport::with_input;
use crate::trace::spoor::RijenSoort;

/// The rows behind one figure.
pub struct Achter {
    /// The rows.
    pub rijen: BTreeSet<Rij>,
    /// What they are.
    pub soort: RijenSoort,
}

/// The rows behind the figures with these keys, in the same order.
///
/// # Errors
/// When the dataset cannot be read.
pub fn achter(job: &Nareken<'_>, query: &Arc<Query>, keys: &[Vec<String>]) -> Result<Vec<Achter>> {
    let queries = [Arc::clone(query)];
    with_input(&rapport_job(job, &queries), job.dataset, |input| {
        let measured = metrics::measure(&queries, input, |_| ())?;
        let followed = afkomst(query, input)?;
        let one = |key: &Vec<String>| -> Result<Achter> {
            let reason = match &followed {
                Ok(afkomst) => {
                    let rijen = afkomst.van(key);
                    let alone = afkomst.alleen(query, input, &rijen)?;
                    if is_same(&measured[0], &alone, key) {
                        return Ok(precies(rijen));
                    }
                    "met alleen de gevolgde rijen komt er een ander getal uit"
                }
                Err(reason) => reason,
            };
            Ok(wijder(ruim(query, input, key)?, reason))
        };
        keys.iter().map(one).collect()
    })
}

fn precies(rijen: BTreeSet<Rij>) -> Achter {
    let uitleg =
        "precies de rijen van dit getal: met alleen deze rijen komt hetzelfde eruit".to_owned();
    let soort = RijenSoort { aantal: rijen.len() as u64, precies: true, uitleg };
    Achter { rijen, soort }
}

fn wijder(rijen: BTreeSet<Rij>, reason: &str) -> Achter {
    let uitleg =
        format!("alle rijen waaruit dit getal is gekozen, meer dan het getal zelf telt ({reason})");
    let soort = RijenSoort { aantal: rijen.len() as u64, precies: false, uitleg };
    Achter { rijen, soort }
}

/// True when the figure is the same, with who stands behind it. A figure without rows is 0, and so is one that is absent.
fn is_same(whole: &Measured, alone: &Measured, key: &[String]) -> bool {
    let of = |measured: &'_ Measured| -> Option<MeasuredCell> {
        let mut cells = measured.levels().iter().flat_map(|level| &level.cells);
        cells.find(|cell| cell.key == key).cloned()
    };
    let told = |cell: Option<MeasuredCell>| {
        cell.map_or((0, 0, 0, 0), |cell| {
            let euros = cell.bedrag_ct.unwrap_or_default();
            let n = |count: Option<u32>| count.unwrap_or_default();
            (cell.value, euros, n(cell.clienten), n(cell.aanbieders))
        })
    };
    told(of(whole)) == told(of(alone))
}
