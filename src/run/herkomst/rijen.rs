//! The rows behind figures of one query, and whether they alone make the figure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Result;

use crate::metrics::rijen::{Rij, Rijtabel, afkomst, inhoud, ruim};
use crate::metrics::signaal::BEDRAG;
use crate::metrics::{self, Level, ListValue, Measured, Outcome, Query, TOTAAL};
use crate::run::herkomst::{Nareken, rapport_job};
use crate::run::rapport::with_input;
use crate::trace::spoor::{RijenSoort, Spoor, delen};

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
    let of = |levels: &[Level]| {
        let cell = levels.iter().flat_map(|level| &level.cells).find(|cell| cell.key == key);
        cell.map_or((0, 0, 0, 0), |cell| {
            let n = |count: Option<u32>| count.unwrap_or_default();
            let euros = cell.bedrag_ct.unwrap_or_default();
            (cell.value, euros, n(cell.clienten), n(cell.aanbieders))
        })
    };
    match (&whole.outcome, &alone.outcome) {
        (Outcome::Cells(whole), Outcome::Cells(alone)) => of(whole) == of(alone),
        (whole @ Outcome::List { .. }, alone) => whole == alone,
        _ => false,
    }
}

/// The rows behind the figure at an address, put into its origin; their cells for who wants them.
///
/// # Errors
/// When the dataset cannot be read.
pub(super) fn vul(
    job: &Nareken<'_>,
    query: &Arc<Query>,
    spoor: &mut Spoor,
) -> Result<Vec<Rijtabel>> {
    let key = match delen(query, &spoor.adres) {
        Some(delen) => delen.sleutels,
        None => vec![TOTAAL.to_owned(); query.keys.len()],
    };
    let Some(found) = achter(job, query, &[key])?.pop() else { return Ok(Vec::new()) };
    let tabellen = inhoud(job.dataset.folder(), &found.rijen)?;
    let mut per_file: BTreeMap<(&str, &str), (u64, Option<i64>)> = BTreeMap::new();
    for table in &tabellen {
        let amount = table.kolommen.iter().position(|column| column.name == BEDRAG);
        for (bron, _, cells) in &table.rijen {
            let ct = amount.map(|at| if let ListValue::Int(ct) = cells[at] { ct } else { 0 });
            let sum = per_file.entry((bron, table.tabel.name)).or_default();
            sum.0 += 1;
            sum.1 = ct.map(|ct| sum.1.unwrap_or_default() + ct);
        }
    }
    for file in &mut spoor.bronnen {
        let rows = per_file.iter().filter(|((bron, _), _)| file.sha256.starts_with(bron));
        let mut achter = (0, None);
        for (_, (n, ct)) in rows {
            achter.0 += n;
            achter.1 = ct.map(|ct| achter.1.unwrap_or_default() + ct).or(achter.1);
        }
        file.achter = Some(achter);
    }
    spoor.rijen = Some(found.soort);
    Ok(tabellen)
}
