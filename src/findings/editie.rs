//! What may be said in the edition of one gemeente.
//!
//! Enters: all judgements, and which figures that gemeente may not see. Leaves: judgements that rest on nothing hidden.
//! What does not name the figures it rests on one by one (completeness in parts, effects of a change, lotteries, products
//! that were not compared) is left out whole, or reduced to what concerns the gemeente alone.

use std::collections::BTreeSet;

use crate::findings::kosten::NietVergeleken;
use crate::findings::{Chapter, Judged, Naijl, Veranderingen};

impl Judged {
    /// What the gemeente with this code may read. `redenen` are the reasons for which whole queries have no answer: what
    /// else is not determinable can be so because of a few children.
    #[must_use]
    pub(crate) fn voor_gemeente(
        &self,
        code: &str,
        is_hidden: &dyn Fn(&str) -> bool,
        redenen: &BTreeSet<&str>,
    ) -> Self {
        let mut out = self.clone().without_any(is_hidden);
        // Rows of these are of the region or of single children, and no edition has their chapter.
        let is_told = |chapter: &Chapter| {
            ![Chapter::Naijl, Chapter::Verandering, Chapter::Aflopend].contains(chapter)
        };
        out.findings.retain(|finding| is_told(&finding.chapter));
        out.conclusions.retain(|conclusion| is_told(&conclusion.chapter));
        out.withheld.retain(is_told);
        out.veranderingen = Veranderingen::default();
        // Each was drawn over the clients of that gemeente alone.
        let own = self.evenredig.iter().filter(|one| one.gemeente.as_deref() == Some(code));
        out.evenredig = own.cloned().collect();
        out.kosten.niet_vergeleken = NietVergeleken::default();
        out.niet_te_bepalen
            .retain(|one| is_told(&one.chapter) && redenen.contains(one.reason.as_str()));
        out.naijl = self.naijl.as_ref().map(voorlopig_alleen);
        out.naleving = self.naleving.clone().map(|mut naleving| {
            // Steps of a gemeente are cases of that gemeente alone.
            naleving.gemeenten.retain(|known, _| known == code);
            naleving.cites.clear();
            naleving
        });
        out
    }
}

/// Which quarters are provisional, without a number: figures of declarations must say so.
fn voorlopig_alleen(naijl: &Naijl) -> Naijl {
    let mut out = naijl.clone();
    out.maanden.clear();
    out.volledigheid.clear();
    out.cites.clear();
    for kwartaal in &mut out.kwartalen {
        kwartaal.bekend_ct = 0;
        kwartaal.zonder_dagtekening_ct = 0;
        kwartaal.verwachting = Err("staat niet in een editie".to_owned());
    }
    out
}
