//! Values that are wanted of a key, held against those that occur.

use std::collections::BTreeSet;

use crate::metrics::keuze::{AANBIEDER, Namen, aanbieder, split};
use crate::metrics::sql::nearest;
use crate::schema::normalise_heading;

/// A key of which only some values are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The key, or the column of a list.
    pub naam: String,
    /// Texts as they were given, one per `--par`; each may hold several.
    pub gegeven: Vec<String>,
    /// The values, where all that can be are known beforehand; else they are looked up in the answer.
    pub bekend: Option<Vec<String>>,
}

impl Filter {
    /// The values that are wanted, as they occur in the answer.
    ///
    /// # Errors
    /// In Dutch, about a value that does not occur, with the nearest that does.
    pub fn waarden(
        &self,
        occurring: &BTreeSet<&str>,
        namen: &Namen<'_>,
    ) -> Result<BTreeSet<String>, String> {
        if let Some(known) = &self.bekend {
            return Ok(known.iter().cloned().collect());
        }
        let mut out = BTreeSet::new();
        for text in &self.gegeven {
            let found = |part: &str| {
                let wanted = normalise_heading(&self.naam_van(part, namen));
                occurring.iter().find(|known| {
                    known.trim() == part || normalise_heading(known) == wanted && !wanted.is_empty()
                })
            };
            if let Some(whole) = found(text.trim()) {
                out.insert((*whole).to_owned());
                continue;
            }
            for part in split(text) {
                let Some(known) = found(part) else { return Err(self.onbekend(part, occurring)) };
                out.insert((*known).to_owned());
            }
        }
        if out.is_empty() {
            return Err(format!("parameter '{}': er staat geen waarde achter het =", self.naam));
        }
        Ok(out)
    }

    fn naam_van(&self, part: &str, namen: &Namen<'_>) -> String {
        if self.naam == AANBIEDER { aanbieder(part, namen) } else { part.to_owned() }
    }

    fn onbekend(&self, part: &str, occurring: &BTreeSet<&str>) -> String {
        const MANY: usize = 12;
        let naam = &self.naam;
        let near = nearest(part, occurring.iter().copied());
        if occurring.is_empty() {
            return format!("'{part}' komt niet voor bij {naam}: er is geen enkele rij");
        }
        let some: Vec<&str> = occurring.iter().take(MANY).copied().collect();
        let rest = occurring.len().saturating_sub(MANY);
        let more = if rest == 0 { String::new() } else { format!(" … en {rest} andere") };
        format!("'{part}' komt niet voor bij {naam}{near}\n      wel: {}{more}", some.join(", "))
    }
}
