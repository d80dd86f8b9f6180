//! Small-number protection: the only maker of [`Published`].
//!
//! Enters: figures with who stands behind them, and the judgements on them. Leaves: [`Published`]; charts and
//! report accept nothing else. Does not know how a figure is shown.
//!
//! Outside `intern` a figure is hidden when it rests on fewer children than the minimum of the region or is for the most
//! part one of them (`primary`), and so is what would give it away (`patroon`): figures that are sums of each other are one
//! linear system (`stelsel`), and for every hidden figure that is too small there are two whole-number tables that agree
//! with everything shown and have a lower and a higher number in its place (`keten`). What cites a hidden figure is
//! withheld. Editions per gemeente ([`Edities`]) leave ICM whatever the audience of the run, and are proven for a reader who
//! knows the figures of the gemeente.

mod antwoord;
mod editie;
pub mod keten;
mod patroon;
mod primary;
mod published;
mod stelsel;
mod tonen;

use std::fmt;

use crate::findings::Judged;
use crate::metrics::Measured;
use crate::region::{Publiek, Region};

pub use antwoord::{Antwoord, Blik, Cel, Gekozen, Geweigerd, Rand, logboek};
pub use editie::Edities;
pub use patroon::Bewijs;
pub use published::{List, Published, PublishedCell, PublishedMeasure, PublishedOutcome, Shown};
pub use tonen::Gezien;

/// Figures that cannot be shown in any form without giving away a hidden one. Its text is Dutch and whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onbeveiligd(pub String);

impl fmt::Display for Onbeveiligd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Onbeveiligd {}

/// Decides what may be seen by an audience.
///
/// # Errors
/// When there is no way to show some of it without giving away a hidden figure.
pub fn protect(
    measured: &[Measured],
    judged: Judged,
    region: &Region,
    audience: Publiek,
) -> Result<Published, Onbeveiligd> {
    let minimum = (audience != Publiek::Intern).then_some(region.disclosure.minimum);
    let gezien = Gezien::new(measured, minimum)?;
    let n_before = judged.findings.len();
    let judged = judged.without(&gezien.addresses());
    Ok(Published::new(published::Parts {
        n_withheld: n_before - judged.findings.len(),
        measures: gezien.measures(),
        judged,
        audience,
        gemeente: None,
        minimum,
        n_hidden: gezien.n_verborgen(),
        bewijs: gezien.bewijs().cloned(),
    }))
}
