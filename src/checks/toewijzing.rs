//! Toewijzingen: the newest version of each, and what declaraties say against it.

use crate::checks::regels::Regel;
use crate::checks::versies::{Gemengd, Newest, Versies};
use crate::rejects::{Reject, Rule, Severity, excerpt};
use crate::schema::{DECLARATIES, TOEWIJZINGEN};

const IJW: &str = "iJw 3.2";

/// The toewijzing is known.
pub(super) const TR338: Rule = Rule {
    code: "TR338",
    severity: Severity::Waarschuwing,
    title: "toewijzing niet gevonden",
    explanation: "Het toewijzingnummer komt bij deze gemeente niet voor in de aangeleverde toewijzingen. De regel telt mee.",
    remedy: "controleer of alle toewijzingen zijn aangeleverd, en vraag anders de aanbieder om het juiste nummer",
    source: IJW,
};
/// Too few toewijzingen to judge by.
pub(super) const MS008: Rule = Rule {
    code: "MS008",
    severity: Severity::Info,
    title: "toewijzingen niet volledig aangeleverd",
    explanation: "Van een groot deel van de declaraties is de toewijzing niet aangeleverd. Een ontbrekende toewijzing zegt dan niets over \
        de declaratie; TR338 is niet per regel gemeld.",
    remedy: "lever alle toewijzingen aan als u deze controle wilt gebruiken",
    source: "maatstaf",
};
/// The client is that of the toewijzing.
pub(super) const TR304: Rule = Rule {
    code: "TR304",
    severity: Severity::Waarschuwing,
    title: "toewijzing hoort bij een andere cliënt",
    explanation: "De cliënt op de declaratie is niet de cliënt van de toewijzing.",
    remedy: "vraag de aanbieder om het juiste toewijzingnummer",
    source: IJW,
};
/// The aanbieder is that of the toewijzing.
pub(super) const MS003: Rule = Rule {
    code: "MS003",
    severity: Severity::Waarschuwing,
    title: "toewijzing hoort bij een andere aanbieder",
    explanation: "De AGB-code op de declaratie is niet die van de toewijzing. Eén aanbieder kan meer AGB-codes hebben.",
    remedy: "controleer de groepering van AGB-codes in de tabel aanbieders",
    source: "maatstaf",
};
/// The toewijzing was not withdrawn.
pub(super) const TR384: Rule = Rule {
    code: "TR384",
    severity: Severity::Fataal,
    title: "toewijzing is verwijderd",
    explanation: "De gemeente heeft de toewijzing ongedaan gemaakt (reden wijziging 13); er kan niet op worden gedeclareerd (OP276).",
    remedy: "vraag de aanbieder de regel te crediteren",
    source: IJW,
};
/// One number, one client and aanbieder.
pub(super) const TR332: Rule = Rule {
    code: "TR332",
    severity: Severity::Waarschuwing,
    title: "toewijzingnummer is voor twee toewijzingen gebruikt",
    explanation: "Een toewijzingnummer is uniek binnen een gemeente (OP275). Hier hebben twee versies een andere cliënt of aanbieder; de nieuwste geldt.",
    remedy: "vraag de gemeente welke toewijzing bedoeld is",
    source: IJW,
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR338, &MS008, &TR304, &MS003, &TR384, &TR332];

/// Above this share of unknown numbers the toewijzingen are incomplete, not the declaraties wrong.
const INCOMPLETE_PERCENT: u64 = 10;
/// Rejects kept back until that share is known.
const MAX_PENDING: usize = 100_000;

/// Numbers that stand for more than one client or aanbieder.
pub(super) fn report_mixed(versies: &Versies) -> Vec<Reject> {
    let reject = |one: &Gemengd| Reject {
        table: TOEWIJZINGEN.name.to_owned(),
        column: "toewijzingnummer".to_owned(),
        found: excerpt(&one.nummer),
        ..Reject::new(&TR332, &one.bron, one.regel.cast_unsigned())
    };
    versies.gemengd.iter().map(reject).collect()
}

/// Holds declaraties against their toewijzing.
pub(super) struct Links<'t> {
    toewijzingen: &'t Versies,
}

/// What was found of the toewijzingen that lines name.
#[derive(Default)]
pub(super) struct Linked {
    n_known: u64,
    n_unknown: u64,
    pending: Vec<Reject>,
}

impl<'t> Links<'t> {
    /// Nothing looked at yet.
    pub(super) fn new(toewijzingen: &'t Versies) -> Self {
        Self { toewijzingen }
    }

    /// The newest version of the toewijzing each line names.
    pub(super) fn named(&self, regels: &[Regel<'_>]) -> Vec<Option<&'t Newest>> {
        let about = |regel: &Regel<'_>| Some((regel.toewijzing_key()?, regel.toewijzing_proof()));
        let wanted: Vec<Option<(u64, u64)>> = regels.iter().map(about).collect();
        self.toewijzingen.find_all(&wanted)
    }

    /// False when the line must leave (TR384); `newest` is the toewijzing it names. Aanbieders without any toewijzing are
    /// not judged: theirs were not supplied.
    pub(super) fn link(
        &self,
        regel: &Regel<'_>,
        newest: Option<&Newest>,
        linked: &mut Linked,
        rejects: &mut Vec<Reject>,
    ) -> bool {
        if regel.toewijzingnummer.is_empty() {
            return true;
        }
        let Some(agb) = self.toewijzingen.aanbieders.get(regel.agb) else { return true };
        let Some(newest) = newest else {
            linked.n_unknown += 1;
            if linked.pending.len() < MAX_PENDING {
                linked.pending.push(reject(&TR338, regel));
            }
            return true;
        };
        linked.n_known += 1;
        if newest.is_deleted {
            rejects.push(reject(&TR384, regel));
            return false;
        }
        if newest.client != regel.client {
            rejects.push(reject(&TR304, regel));
        }
        if newest.agb != *agb {
            rejects.push(reject(&MS003, regel));
        }
        true
    }
}

impl Linked {
    /// Adds what was found of other lines.
    pub(super) fn add(&mut self, other: Self) {
        self.n_known += other.n_known;
        self.n_unknown += other.n_unknown;
        let room = MAX_PENDING - self.pending.len();
        self.pending.extend(other.pending.into_iter().take(room));
    }

    /// Reports unknown numbers line by line, or once when the toewijzingen are incomplete.
    pub(super) fn finish(self, rejects: &mut Vec<Reject>) {
        let total = self.n_known + self.n_unknown;
        let is_incomplete = self.n_unknown * 100 > total * INCOMPLETE_PERCENT && total >= 100;
        if is_incomplete || self.n_unknown > MAX_PENDING as u64 {
            let found = format!("{} van de {total} regels zonder toewijzing", self.n_unknown);
            let table = TOEWIJZINGEN.name.to_owned();
            rejects.push(Reject { table, found, ..Reject::new(&MS008, "", 0) });
        } else {
            rejects.extend(self.pending);
        }
    }
}

fn reject(rule: &'static Rule, regel: &Regel<'_>) -> Reject {
    Reject {
        table: DECLARATIES.name.to_owned(),
        column: "toewijzingnummer".to_owned(),
        found: excerpt(regel.toewijzingnummer),
        bedrag_ct: Some(regel.bedrag_ct),
        ..Reject::new(rule, regel.bron, regel.regel.cast_unsigned())
    }
}
