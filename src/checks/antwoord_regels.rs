//! Answers (JW325) against the declaratie they answer to.
//!
//! Enters: the answers, packed, and the derived declaraties. Leaves: hits, placed in the answer.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use polars::prelude::{DataFrame, PolarsResult};

use crate::checks::beantwoord::{Antwoorden, Message, Prestatie, WHAT, about_it};
use crate::checks::bericht::Bericht;
use crate::checks::regels::{key, proof};
use crate::checks::stroom::{Batch, text};
use crate::checks::treffers::Treffers;
use crate::dataset::manifest::Uitkomst;
use crate::dataset::parquet::computing;
use crate::dataset::slices::{Part, side_by_side_where};
use crate::dutch::euro_ct;
use crate::rejects::{Reject, Rule, Severity, excerpt};
use crate::schema::ANTWOORDEN;

/// What is copied is equal.
pub(super) const TR367: Rule = Rule {
    code: "TR367",
    severity: Severity::Waarschuwing,
    title: "afgewezen prestatie verschilt van de declaratie",
    explanation: "Een antwoord herhaalt de afgewezen prestatie zoals zij is gedeclareerd. Hier is de cliënt of het bedrag anders. De regel met \
        dit referentienummer is als afgewezen verwerkt, met het bedrag van de declaratie.",
    remedy: "vraag de gemeente welke prestatie is afgewezen",
    source: "iJw 3.2",
};
/// The number of the declaratie.
pub(super) const TR376: Rule = Rule {
    code: "TR376",
    severity: Severity::Waarschuwing,
    title: "antwoord noemt een ander declaratienummer",
    explanation: "Een antwoord noemt het nummer van de declaratie waarop het antwoordt. De identificatie en de dagtekening wijzen een \
        declaratie met een ander nummer aan; die zijn gevolgd.",
    remedy: "vraag de gemeente op welke declaratie dit een antwoord is",
    source: "iJw 3.2",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR367, &TR376];

/// Columns of a line that was refused.
const REGEL: &[&str] =
    &["agb", "identificatie", "dagtekening", "referentienummer", "client", "bedrag_ct", "uitkomst"];

/// Numbers of declaraties that an answer does not name: its position in `genoemd`, and the number.
pub(super) type Andere = BTreeSet<(usize, String)>;

impl Antwoorden {
    /// Holds the answers against the lines they refuse.
    pub(super) fn judge_lines(
        &self,
        others: &Path,
        stop: &AtomicBool,
        hits: &mut Treffers,
    ) -> Result<()> {
        if self.prestaties.is_empty() {
            return Ok(());
        }
        let is_needed = |part: &Part<'_>| part.has_any("identificatie");
        let work = |_: usize, slice: &DataFrame| computing(self.copies(slice), WHAT);
        side_by_side_where(&[others.to_path_buf()], REGEL, stop, is_needed, work, |found| {
            for hit in found {
                hits.add(&TR367, hit);
            }
            Ok(())
        })
    }

    /// Answers that differ from the line in this slice that they refuse.
    fn copies(&self, slice: &DataFrame) -> PolarsResult<Vec<Reject>> {
        let batch = Batch(slice);
        let message = Message::of(slice)?;
        let uitkomst = batch.texts("uitkomst")?;
        let (client, bedrag) = (batch.ints("client")?, batch.ints("bedrag_ct")?);
        let is_refused = |row: &usize| text(uitkomst, *row) == Uitkomst::Afgewezen.name();
        let mut out = Vec::new();
        for row in (0..slice.height()).filter(is_refused) {
            let Some(about) = message.line(row) else { continue };
            let place = about_it(&self.prestaties, about, |one| one.about);
            let answers = self.prestaties[place].iter();
            out.extend(answers.filter_map(|one| self.copy(one, client.get(row), bedrag.get(row))));
        }
        Ok(out)
    }

    /// An answer that differs from the line with this client and amount.
    fn copy(&self, one: &Prestatie, client: Option<i64>, bedrag_ct: Option<i64>) -> Option<Reject> {
        let euros = |ct: Option<i64>| ct.map(i64::abs);
        let differ = |pair: Option<(i64, i64)>| pair.is_some_and(|(a, b)| a != b);
        let is_other_client = differ(client.zip(one.client));
        let are_other_euros = differ(euros(bedrag_ct).zip(euros(one.bedrag_ct)));
        if !is_other_client && !are_other_euros {
            return None;
        }
        // A person is never shown, not even as a pseudonym.
        let (column, found, expected) = if is_other_client {
            ("client", "een andere cliënt".to_owned(), String::new())
        } else {
            let said = |ct: Option<i64>| euro_ct(euros(ct).unwrap_or_default());
            ("bedrag_ct", said(one.bedrag_ct), said(bedrag_ct))
        };
        Some(Reject {
            table: ANTWOORDEN.name.to_owned(),
            column: column.to_owned(),
            found,
            expected,
            bedrag_ct,
            ..Reject::new(&TR367, self.bronnen.text(one.bron), one.regel.unsigned_abs())
        })
    }

    /// Numbers of these messages that differ from the number in the answer to them.
    pub(super) fn other_numbers(&self, berichten: &[Bericht<'_>]) -> Andere {
        if self.genoemd.is_empty() {
            return Andere::new();
        }
        let mut out = Andere::new();
        for bericht in berichten.iter().filter(|one| !one.declaratienummer.is_empty()) {
            let names = (bericht.agb, bericht.identificatie, bericht.dagtekening);
            let about = (key(&names), proof(&names));
            let answers = about_it(&self.genoemd, about, |one| one.about);
            let is_other = |at: &usize| *self.genoemd[*at].nummer != *bericht.declaratienummer;
            let others = answers.filter(is_other);
            out.extend(others.map(|at| (at, bericht.declaratienummer.to_owned())));
        }
        out
    }

    /// Tells which answers name another number.
    pub(super) fn report(&self, andere: Andere, hits: &mut Treffers) {
        for (at, expected) in andere {
            let one = &self.genoemd[at];
            let hit = Reject {
                table: ANTWOORDEN.name.to_owned(),
                column: "declaratienummer".to_owned(),
                found: excerpt(&one.nummer),
                expected: excerpt(&expected),
                ..Reject::new(&TR376, self.bronnen.text(one.bron), one.regel.unsigned_abs())
            };
            hits.add(&TR376, hit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_differs_in_client_or_euros_and_a_sign_is_no_difference() {
        let said = |client, bedrag_ct, line_client, line_ct| {
            let one = Prestatie { about: (1, 1), bron: 0, regel: 4, client, bedrag_ct };
            let mut all = Antwoorden::default();
            all.bronnen.number("a");
            all.copy(&one, line_client, line_ct).map(|hit| hit.column)
        };
        assert_eq!(said(Some(1), Some(-500), Some(1), Some(500)), None);
        assert_eq!(said(Some(1), Some(500), Some(2), Some(400)).as_deref(), Some("client"));
        assert_eq!(said(Some(1), Some(500), Some(1), Some(400)).as_deref(), Some("bedrag_ct"));
        assert_eq!(said(None, None, Some(2), Some(400)), None);
    }
}
