//! Rules that join tables, over the derived tables: what counts, against what was granted, agreed and answered.
//!
//! A hit never changes a figure: these are warnings and remarks. They run when the derived tables are complete, so that a
//! line that was credited, refused or found double is not judged again.

use anyhow::Result;

use crate::checks::declaraties::NOT_COUNTED;
use crate::checks::treffers::Treffers;
use crate::checks::{antwoord_regels, berichten, categorie, koppeling, naloop, stapeling, tarief};
use crate::dataset::Store;
use crate::dataset::slices::has_any;
use crate::region::Region;
use crate::rejects::Reject;
use crate::schema::{ANTWOORDEN, CONTRACTEN, DECLARATIES, PRODUCTEN, TOEWIJZINGEN};

/// Judges all tables that are there.
pub(super) fn check(store: &Store, region: &Region) -> Result<Vec<Reject>> {
    let mut hits = Treffers::new();
    let toewijzingen = store.written(TOEWIJZINGEN.name);
    if let Some(toewijzingen) = &toewijzingen {
        stapeling::check(toewijzingen, store.folder(), &mut hits)?;
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
        koppeling::check(&declaraties, toewijzingen, &mut hits)?;
    }
    if let Some(contracten) = store.written(CONTRACTEN.name) {
        let tolerance_ct = region.kosten.tarief_tolerantie_ct.waarde;
        tarief::check(&declaraties, &contracten, tolerance_ct, &mut hits)?;
    }
    if let Some(producten) = store.written(PRODUCTEN.name) {
        categorie::check(&declaraties, &producten, &mut hits)?;
    }
    let both = [declaraties.as_path(), others.as_path()];
    if has_any(&declaraties, "identificatie")? || has_any(&others, "identificatie")? {
        berichten::check(both, store.folder(), &mut hits)?;
        antwoord_regels::check(&store.base(ANTWOORDEN.name)?, both, &mut hits)?;
    }
    naloop::check(&declaraties, &mut hits)?;
    Ok(hits.into_rejects())
}
