//! An answer beside those that were given before.
//!
//! Enters: an answer, and which of its rows come too near to an earlier one. Leaves: the answer without those rows, or the
//! refusal when nothing is left. Why a row goes is told, and never by how many children.

use std::collections::BTreeSet;
use std::fmt;

use crate::disclosure::antwoord::logboek::HOOGSTENS;
use crate::disclosure::antwoord::{Antwoord, Cel};
use crate::disclosure::published::Shown;
use crate::dutch::{counted, n_of};
use crate::metrics::antwoord::Waarde;
use crate::metrics::populatie::{Sleutel, sleutel};

/// Why nothing of an answer is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Geweigerd {
    /// All of it comes too near to what was answered before.
    Dichtbij {
        /// Fewest children behind a figure.
        minimum: i64,
    },
    /// So much was answered that the next answer cannot be laid beside all of it.
    Vol,
}

impl fmt::Display for Geweigerd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dichtbij { minimum } => write!(
                f,
                "dit antwoord is geweigerd: naast een eerder antwoord over deze dataset zou uit te rekenen zijn hoe het met \
                 minder dan {minimum} jeugdigen zit\n      vraag grover: laat een voorwaarde weg, of neem gemeenten, producten \
                 of kwartalen samen; het eerdere antwoord kunt u opnieuw vragen"
            ),
            Self::Vol => write!(
                f,
                "over deze dataset zijn buiten intern al {HOOGSTENS} vragen beantwoord, en een nieuw antwoord is niet naast nog \
                 meer te leggen; wat al is gevraagd, kunt u opnieuw vragen, en het rapport heeft geen grens"
            ),
        }
    }
}

impl std::error::Error for Geweigerd {}

impl Antwoord {
    /// The keys of the rows of which at least one figure can be seen that is not nought.
    pub fn getoond(&self) -> BTreeSet<Sleutel> {
        let shown = self.delen.rijen.iter().filter(|rij| self.has_figure(rij));
        shown.map(|rij| self.sleutel(rij)).collect()
    }

    /// The answer without the figures of these rows.
    ///
    /// # Errors
    /// [`Geweigerd`] when no figure is left.
    pub fn zonder(mut self, te_dicht: &BTreeSet<Sleutel>, minimum: i64) -> Result<Self, Geweigerd> {
        let is_hit = |rij: &Vec<Cel>| self.has_figure(rij) && te_dicht.contains(&self.sleutel(rij));
        let hits: Vec<usize> =
            (0..self.delen.rijen.len()).filter(|at| is_hit(&self.delen.rijen[*at])).collect();
        if hits.is_empty() {
            return Ok(self);
        }
        for at in &hits {
            let cells = self.delen.rijen[*at].iter_mut().zip(&self.delen.kolommen);
            for (cel, _) in cells.filter(|(_, kolom)| !kolom.is_sleutel) {
                cel.waarde = Shown::Hidden;
            }
        }
        if self.getoond().is_empty() {
            return Err(Geweigerd::Dichtbij { minimum });
        }
        let rows = counted(n_of(hits.len()), "rij is", "rijen zijn");
        self.delen.opmerkingen.push(format!(
            "{rows} onderdrukt om wat eerder over deze dataset is geantwoord: naast elkaar zou uit te rekenen zijn hoe het met \
             minder dan {minimum} jeugdigen zit; vraag grover, zonder een voorwaarde of over meer samen"
        ));
        Ok(self)
    }

    fn has_figure(&self, rij: &[Cel]) -> bool {
        let mut cells = rij.iter().zip(&self.delen.kolommen);
        cells.any(|(cel, kolom)| !kolom.is_sleutel && is_figure(&cel.waarde))
    }

    fn sleutel(&self, rij: &[Cel]) -> Sleutel {
        let cells = rij.iter().zip(&self.delen.kolommen).filter(|(_, kolom)| kolom.is_sleutel);
        let texts: Vec<String> = cells.map(|(cel, _)| tekst(&cel.waarde)).collect();
        sleutel(texts.iter().map(String::as_str))
    }
}

/// Nought tells that there is nobody.
fn is_figure(waarde: &Shown<Waarde>) -> bool {
    match waarde {
        Shown::Value(Waarde::Leeg | Waarde::Geheel(0)) | Shown::Hidden | Shown::Unknown(_) => false,
        Shown::Value(Waarde::Getal(number)) => *number != 0.0,
        Shown::Value(_) => true,
    }
}

/// A key as SQL gives it.
fn tekst(waarde: &Shown<Waarde>) -> String {
    match waarde {
        Shown::Value(Waarde::Tekst(text)) => text.clone(),
        Shown::Value(Waarde::Geheel(number)) => number.to_string(),
        Shown::Value(Waarde::Getal(number)) => number.to_string(),
        Shown::Value(Waarde::Datum(date)) => date.to_string(),
        Shown::Value(Waarde::JaNee(true)) => "ja".to_owned(),
        Shown::Value(Waarde::JaNee(false)) => "nee".to_owned(),
        Shown::Value(Waarde::Leeg) | Shown::Hidden | Shown::Unknown(_) => {
            crate::metrics::ONBEKEND.to_owned()
        }
    }
}
