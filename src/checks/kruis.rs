//! Rules that join tables, over the derived tables: what counts, against what was granted, agreed and answered.
//!
//! A hit never changes a figure: these are warnings and remarks. They run when the derived tables are complete, so that a
//! line that was credited, refused or found double is not judged again. Small tables are held in memory and lines walk past:
//! once for all rules that look at a line by itself (`ronde`), once for those that look at messages (`bericht`).

use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;

use crate::checks::antwoord_regels::Andere;
use crate::checks::beantwoord::Antwoorden;
use crate::checks::berichten::{Gebruikt, pairs};
use crate::checks::categorie::Categorie;
use crate::checks::declaraties::NOT_COUNTED;
use crate::checks::naloop::Naloop;
use crate::checks::ronde::Toets;
use crate::checks::tarief::Tarief;
use crate::checks::treffers::Treffers;
use crate::checks::{bericht, koppeling, ronde, stapeling};
use crate::dataset::Store;
use crate::dataset::slices::has_any;
use crate::region::Region;
use crate::rejects::Reject;
use crate::schema::{ANTWOORDEN, CONTRACTEN, DECLARATIES, PRODUCTEN, TOEWIJZINGEN};

/// Judges all tables that are there.
pub(super) fn check(store: &Store, region: &Region, stop: &AtomicBool) -> Result<Vec<Reject>> {
    let mut hits = Treffers::new();
    let toewijzingen = store.written(TOEWIJZINGEN.name);
    if let Some(toewijzingen) = &toewijzingen {
        stapeling::check(toewijzingen, store.folder(), stop, &mut hits)?;
    }
    let (Some(declaraties), Some(others)) =
        (store.written(DECLARATIES.name), store.written(NOT_COUNTED))
    else {
        return Ok(hits.into_rejects());
    };
    let names_one = || has_any(&declaraties, "toewijzingnummer");
    if let Some(toewijzingen) = &toewijzingen
        && names_one()?
    {
        koppeling::check(&declaraties, toewijzingen, stop, &mut hits)?;
    }
    lines(store, region, &declaraties, stop, &mut hits)?;
    if has_any(&declaraties, "identificatie")? || has_any(&others, "identificatie")? {
        messages(store, [&declaraties, &others], stop, &mut hits)?;
    }
    Ok(hits.into_rejects())
}

/// Rules that look at each line by itself.
fn lines(
    store: &Store,
    region: &Region,
    declaraties: &Path,
    stop: &AtomicBool,
    hits: &mut Treffers,
) -> Result<()> {
    let tolerance_ct = region.kosten.tarief_tolerantie_ct.waarde;
    let contracten = store.written(CONTRACTEN.name);
    let tarief = contracten.map(|path| Tarief::load(&path, tolerance_ct)).transpose()?.flatten();
    let producten = store.written(PRODUCTEN.name);
    let categorie = producten.map(|path| Categorie::load(&path)).transpose()?.flatten();
    let naloop = Naloop::default();
    let mut toetsen: Vec<&dyn Toets> = vec![&naloop];
    toetsen.extend(tarief.iter().map(|one| one as &dyn Toets));
    toetsen.extend(categorie.iter().map(|one| one as &dyn Toets));
    ronde::walk(declaraties, &toetsen, stop, hits)
}

/// Rules that look at messages and the answers to them.
fn messages(store: &Store, both: [&Path; 2], stop: &AtomicBool, hits: &mut Treffers) -> Result<()> {
    let antwoorden = Antwoorden::load(&store.base(ANTWOORDEN.name)?, stop)?;
    let mut gebruikt = Gebruikt::new(store.folder());
    let mut andere = Andere::new();
    bericht::walk(
        both,
        stop,
        |berichten| (pairs(berichten), antwoorden.other_numbers(berichten)),
        |(pairs, others)| {
            andere.extend(others);
            gebruikt.add(&pairs)
        },
    )?;
    antwoorden.report(andere, hits);
    antwoorden.judge_lines(both[1], stop, hits)?;
    gebruikt.judge(both, stop, hits)
}
