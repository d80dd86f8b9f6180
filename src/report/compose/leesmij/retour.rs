//! The return files on LEESMIJ: which there are, and what to do with them.

use crate::dutch::{counted, n_of};
use crate::report::compose::Input;
use crate::report::document::FileLink;
use crate::report::retour::{EIGEN, MAP, Retour};

/// Return files that are named one by one; the others stand in the same folder.
const MAX_LINKS: usize = 12;

/// Those with most rows, in the order of their names.
pub(super) fn links(input: &Input<'_>) -> Vec<FileLink> {
    let mut by_size: Vec<&Retour> = input.retouren.iter().collect();
    by_size.sort_by_key(|retour| (usize::MAX - retour.aantal, &retour.pad));
    by_size.truncate(MAX_LINKS);
    by_size.sort_by_key(|retour| (retour.pad == EIGEN, &retour.pad));
    let link =
        |retour: &&Retour| FileLink { path: retour.pad.clone(), text: retour.omschrijving.clone() };
    by_size.iter().map(link).collect()
}

/// What the reader does with them.
pub(super) fn steps(input: &Input<'_>) -> Vec<String> {
    let n = input.retouren.iter().filter(|retour| retour.pad != EIGEN).count();
    let mut out = Vec::new();
    if n > 0 {
        let files = counted(n_of(n), "bestand", "bestanden");
        out.push(format!(
            "Stuur langs een beveiligde weg elke aanbieder het eigen bestand uit de map {MAP} ({files}). Elk begint met een brief die u eerst \
             leest. Wat verbeterd terugkomt, leest u in met maatstaf lees."
        ));
    }
    if input.retouren.iter().any(|retour| retour.pad == EIGEN) {
        out.push(format!("Verbeter wat in {EIGEN} staat: dat gaat naar geen enkele aanbieder."));
    }
    out
}
