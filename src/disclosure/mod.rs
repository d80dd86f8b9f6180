//! Small-number protection: the only maker of [`Published`].
//!
//! Enters: figures with who stands behind them, and the judgements on them. Leaves: [`Published`]; charts and
//! report accept nothing else. Does not know how a figure is shown.
//!
//! What is done here now: cells that rest on fewer children than the minimum of the region are hidden outside
//! `intern`, with everything that cites them. What is not done yet: secondary protection, so that a hidden cell
//! can sometimes be found by subtraction from a total; the report says so. Editions per gemeente ([`Edities`]) leave
//! ICM whatever the audience of the run, and hide more: see `sommen`.

mod antwoord;
mod editie;
mod primary;
mod published;
mod sommen;

use std::collections::BTreeSet;

use crate::findings::Judged;
use crate::metrics::Measured;
use crate::region::{Publiek, Region};

pub use antwoord::{Antwoord, Blik, Cel, Gekozen, Geweigerd, Rand, logboek};
pub use editie::Edities;
pub use published::{List, Published, PublishedCell, PublishedMeasure, PublishedOutcome, Shown};

/// Decides what may be seen by an audience.
pub fn protect(
    measured: &[Measured],
    judged: Judged,
    region: &Region,
    audience: Publiek,
) -> Published {
    let minimum = (audience != Publiek::Intern).then_some(region.disclosure.minimum);
    let mut hidden = BTreeSet::new();
    let measures = measured.iter().map(|one| primary::publish(one, minimum, &mut hidden)).collect();
    let n_before = judged.findings.len();
    let judged = judged.without(&hidden);
    Published::new(published::Parts {
        n_withheld: n_before - judged.findings.len(),
        measures,
        judged,
        audience,
        gemeente: None,
        minimum,
        n_hidden: hidden.len(),
    })
}
