//! Figures → statements: what the numbers say in Dutch, and what cannot be said.
//!
//! Enters: measured figures and the thresholds of the region. Leaves: [`Judged`]. Every statement carries the
//! addresses of the figures it uses, so that it disappears when one of them may not be seen. A finding is a
//! question for a conversation, never a verdict. Does not know charts or pages.

mod editie;
pub mod evenredigheid;
mod figures;
pub mod kosten;
mod loting;
pub mod maatwerk;
pub(crate) mod naijl;
pub mod overzichten;
mod proces;
pub mod regels;
pub mod signalen;
pub mod toets;
pub mod verdeling;
pub(crate) mod verandering;
mod voorlopig;
mod zorgcoordinatie;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::findings::maatwerk::vergelijking::Vergelijking;
use crate::findings::signalen::Signaal;
use crate::findings::signalen::naleving::Naleving;
use crate::metrics::Measured;
pub use crate::metrics::signaal::Invloed;
use crate::period::Kwartaal;
use crate::region::Region;

pub use kosten::{KostenOordeel, Prijs, PrijsGroep};
pub use naijl::{Naijl, NaijlKwartaal, NaijlMaand, Verwachting};
pub use toets::Toets;
pub use verandering::{Effecten, ProductVerandering, Verandering, Veranderingen};
pub use verdeling::Evenredig;
pub use zorgcoordinatie::{Deel, Verdeling};

/// The chapter a statement belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chapter {
    /// Maatwerk per gemeente.
    Maatwerk,
    /// Zorgcoordinatie over aanbieders.
    Zorgcoordinatie,
    /// Costs out of line.
    Kosten,
    /// What is still to be declared.
    Naijl,
    /// What changed since an earlier quarter.
    Verandering,
    /// Agreements that end.
    Aflopend,
    /// Steps and terms of the procedure.
    Proces,
    /// The aanbieders: with and without a contract, in one gemeente or more.
    Aanbieders,
    /// What else the region agreed on.
    Signalen,
}

impl Chapter {
    /// Every chapter, in reading order.
    pub const ALL: [Self; 9] = [
        Self::Maatwerk,
        Self::Zorgcoordinatie,
        Self::Kosten,
        Self::Naijl,
        Self::Verandering,
        Self::Aflopend,
        Self::Proces,
        Self::Aanbieders,
        Self::Signalen,
    ];

    /// As the title of a report on this question alone.
    pub fn naam(self) -> &'static str {
        match self {
            Self::Maatwerk => "Maatwerk",
            Self::Zorgcoordinatie => "Verdeling van de zorgcoördinatie",
            Self::Kosten => "Kosten en uitschieters",
            Self::Naijl => "Na-ijl van declaraties",
            Self::Verandering => "Wat veranderde er",
            Self::Aflopend => "Aflopende overeenkomsten",
            Self::Proces => "Proces en termijnen",
            Self::Aanbieders => "Aanbieders",
            Self::Signalen => "Signalen voor het gesprek",
        }
    }

    /// The chapter of that name in the header of a query.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chapter| chapter.id() == name)
    }

    /// Anchor in the report.
    pub fn id(self) -> &'static str {
        match self {
            Self::Maatwerk => "maatwerk",
            Self::Zorgcoordinatie => "zorgcoordinatie",
            Self::Kosten => "kosten",
            Self::Naijl => "naijl",
            Self::Verandering => "verandering",
            Self::Aflopend => "aflopend",
            Self::Proces => "proces",
            Self::Aanbieders => "aanbieders",
            Self::Signalen => "signalen",
        }
    }
}

/// A statement that deserves a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Chapter.
    pub chapter: Chapter,
    /// One to three Dutch sentences, numbers before adjectives, ending in what to look at.
    pub text: String,
    /// Euros at stake, in cents; orders the first page.
    pub belang_ct: i64,
    /// What to know before reading the numbers: where they come from, what is left out.
    pub basis: String,
    /// The numbers that justify it.
    pub toets: Toets,
    /// Who can change it.
    pub invloed: Invloed,
    /// Addresses of the figures it uses; the first is the one it is about.
    pub cites: Vec<String>,
}

/// The one sentence with which a chapter opens.
#[derive(Debug, Clone, PartialEq)]
pub struct Conclusion {
    /// Chapter.
    pub chapter: Chapter,
    /// The sentence.
    pub text: String,
    /// Addresses it uses.
    pub cites: Vec<String>,
}

/// A question without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NietTeBepalen {
    /// Chapter.
    pub chapter: Chapter,
    /// The question.
    pub question: String,
    /// Why there is no answer.
    pub reason: String,
    /// What would change that.
    pub remedy: String,
}

/// Everything that was said about the figures.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// Statements, the largest interest first.
    pub findings: Vec<Finding>,
    /// Of a chapter the first that may be seen is shown; a second rests on fewer figures.
    pub conclusions: Vec<Conclusion>,
    /// Chapters whose conclusion rested on a hidden figure.
    pub withheld: Vec<Chapter>,
    /// New agreements of the gemeenten against each other, over four quarters.
    pub maatwerk: Option<Vergelijking>,
    /// The same over the last quarter alone; `None` too when the register begins in it.
    pub maatwerk_kwartaal: Option<Vergelijking>,
    /// How zorgcoordinatie is divided.
    pub verdeling: Option<Verdeling>,
    /// Zorgcoordinatie against a fair lottery: the region and every gemeente, the quarter and the year.
    pub evenredig: Vec<Evenredig>,
    /// The measures were not supplied, so that no client could be left out for one.
    pub zonder_maatregelen: bool,
    /// Tariffs and unit prices.
    pub kosten: KostenOordeel,
    /// How declarations run in, and which quarters are provisional; `None` when that cannot be told.
    pub naijl: Option<Naijl>,
    /// What changed since earlier quarters.
    pub veranderingen: Veranderingen,
    /// Rules of the region that could be judged, in the order of their queries.
    pub signalen: Vec<Signaal>,
    /// Figures of rules that are no cases, in the order of their queries.
    pub overzichten: Vec<overzichten::Overzicht>,
    /// How far the agreed steps were followed.
    pub naleving: Option<Naleving>,
    /// What cannot be answered.
    pub niet_te_bepalen: Vec<NietTeBepalen>,
}

/// What judging needs besides the figures.
pub struct Context<'a> {
    /// The region.
    pub region: &'a Region,
    /// The quarter.
    pub kwartaal: Kwartaal,
    /// The day from which is looked back.
    pub peildatum: NaiveDate,
    /// All figures.
    pub measured: &'a [Measured],
}

/// Judges all figures.
pub fn judge(context: &Context<'_>) -> Judged {
    let mut judged = Judged::default();
    naijl::judge(context, &mut judged);
    maatwerk::judge(context, &mut judged);
    zorgcoordinatie::judge(context, &mut judged);
    kosten::judge(context, &mut judged);
    verandering::judge(context, &mut judged);
    proces::judge(context, &mut judged);
    signalen::judge(context, &mut judged);
    overzichten::judge(context, &mut judged);
    voorlopig::mark(&mut judged);
    judged.findings.sort_by(|a, b| b.belang_ct.cmp(&a.belang_ct).then_with(|| a.text.cmp(&b.text)));
    judged
}

impl Judged {
    /// Leaves out everything that uses a hidden figure.
    #[must_use]
    pub fn without(self, hidden: &BTreeSet<String>) -> Self {
        self.without_any(&|address| hidden.contains(address))
    }

    /// The same, with a test in place of a set.
    #[must_use]
    pub(crate) fn without_any(mut self, is_hidden: &dyn Fn(&str) -> bool) -> Self {
        let is_seen = |cites: &[String]| !cites.iter().any(|address| is_hidden(address));
        for verandering in &mut self.veranderingen.alle {
            verandering.protect(is_hidden);
        }
        self.findings.retain(|finding| is_seen(&finding.cites));
        let (seen, unseen): (Vec<_>, Vec<_>) =
            self.conclusions.into_iter().partition(|c| is_seen(&c.cites));
        self.conclusions = seen;
        self.withheld.extend(unseen.iter().map(|conclusion| conclusion.chapter));
        self.kosten.retain(is_seen);
        self.maatwerk = self.maatwerk.filter(|vergelijking| is_seen(&vergelijking.cites));
        self.maatwerk_kwartaal =
            self.maatwerk_kwartaal.filter(|vergelijking| is_seen(&vergelijking.cites));
        self.verdeling = self.verdeling.filter(|verdeling| is_seen(&verdeling.cites));
        self.naijl = self.naijl.filter(|naijl| is_seen(&naijl.cites));
        self.veranderingen.alle.retain(|verandering| is_seen(&verandering.cites));
        for overzicht in &mut self.overzichten {
            // The table shows which of its cells are hidden; the sentence may not tell them.
            if !is_seen(&overzicht.cites) {
                overzicht.zin.clear();
            }
        }
        self.signalen.retain(|signaal| is_seen(&signaal.cites));
        for signaal in &mut self.signalen {
            signaal.verschillen.retain(|verschil| is_seen(&verschil.cites));
            if !is_seen(&signaal.zin_cites) {
                // The totals may be seen, and who has most of them, or differs from the others, may not.
                signaal.zin.clear();
                signaal.verschillen.clear();
            }
        }
        self.naleving = self.naleving.filter(|naleving| is_seen(&naleving.cites));
        if is_hidden(evenredigheid::VRAAG) {
            self.evenredig.clear();
        }
        self
    }

    /// Leaves only what is about one question.
    #[must_use]
    pub fn only(mut self, chapter: Chapter) -> Self {
        self.findings.retain(|finding| finding.chapter == chapter);
        self.conclusions.retain(|conclusion| conclusion.chapter == chapter);
        self.niet_te_bepalen.retain(|question| question.chapter == chapter);
        self
    }

    /// The opening sentence of a chapter.
    pub fn conclusion(&self, chapter: Chapter) -> Option<&str> {
        self.conclusions.iter().find(|c| c.chapter == chapter).map(|c| c.text.as_str())
    }

    /// Statements of a chapter, the largest interest first.
    pub fn of(&self, chapter: Chapter) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.chapter == chapter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_goes_with_the_figure_it_uses() {
        let finding = |cite: &str| Finding {
            chapter: Chapter::Maatwerk,
            text: cite.to_owned(),
            belang_ct: 0,
            basis: String::new(),
            toets: Toets {
                waargenomen: String::new(),
                verwacht: None,
                bereik: None,
                n: String::new(),
                methode: toets::TELLING,
                drempel: None,
            },
            invloed: Invloed::Beide,
            cites: vec![cite.to_owned()],
        };
        let conclusion = |chapter, cite: &str| Conclusion {
            chapter,
            text: cite.to_owned(),
            cites: vec![cite.to_owned()],
        };
        let judged = Judged {
            findings: vec![finding("a"), finding("b")],
            conclusions: vec![conclusion(Chapter::Maatwerk, "a"), conclusion(Chapter::Kosten, "b")],
            ..Judged::default()
        };
        let left = judged.without(&BTreeSet::from(["a".to_owned()]));
        assert_eq!(left.findings.len(), 1);
        assert_eq!(left.findings[0].text, "b");
        assert_eq!(
            (left.conclusion(Chapter::Maatwerk), left.conclusion(Chapter::Kosten)),
            (None, Some("b"))
        );
        assert_eq!(
            left.withheld,
            [Chapter::Maatwerk],
            "a chapter is not silent about what it may not say"
        );
    }
}
