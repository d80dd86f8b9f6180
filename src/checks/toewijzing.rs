//! Toewijzingen: the newest version of each, and what declaraties say against it.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use anyhow::Result;

use crate::checks::regels::{Regel, key};
use crate::checks::tabel::Tabel;
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

/// Withdrawn: to be treated as never sent.
const DELETED: &str = "13";
/// The old code of an administrative correction; with equal dates it withdrew a toewijzing too.
const DELETED_BEFORE_2022: &str = "01";
/// Above this share of unknown numbers the toewijzingen are incomplete, not the declaraties wrong.
const INCOMPLETE_PERCENT: u64 = 10;
/// Rejects kept back until that share is known.
const MAX_PENDING: usize = 100_000;

/// The columns that tell versions apart and link them to declaraties; the table can be as long as that of the
/// declaraties, so the others stay on disk.
const COLUMNS: &[&str] = &[
    "gemeente", "toewijzingnummer", "client", "agb", "toewijzingsdatum", "toewijzingstijd", "reden_wijziging",
    "referentie_aanbieder", "ingangsdatum", "einddatum", "bron", "regel",
];

/// The newest version of every toewijzing.
pub(super) struct Toewijzingen {
    /// All versions, with the columns that tell them apart.
    tabel: Tabel,
    /// Per row of the base tables: the newest version, and not withdrawn.
    pub(super) is_newest: Vec<bool>,
    /// Newest version by key of gemeente and number, withdrawn ones included.
    by_key: HashMap<u64, usize>,
    aanbieders: HashSet<String>,
    /// Hits of TR332.
    pub(super) rejects: Vec<Reject>,
}

impl Toewijzingen {
    /// Collapses the versions (`OP033x1`, IV013): newest date and time wins; of a repeated one that with a reason or
    /// a reference of the aanbieder, because an unchanged repeat leaves those empty (IV099, IV097).
    pub(super) fn collapse(files: &[PathBuf]) -> Result<Self> {
        let tabel = Tabel::load_columns(&TOEWIJZINGEN, files, COLUMNS)?;
        let mut keyed: Vec<(u64, usize)> = (0..tabel.n_rows())
            .map(|row| (key(&(tabel.text("gemeente", row), tabel.text("toewijzingnummer", row))), row))
            .collect();
        keyed.sort_unstable();
        let mut out = Self {
            is_newest: vec![false; tabel.n_rows()],
            by_key: HashMap::with_capacity(keyed.len()),
            aanbieders: HashSet::new(),
            rejects: Vec::new(),
            tabel,
        };
        for group in keyed.chunk_by(|a, b| a.0 == b.0) {
            let mut rows: Vec<usize> = group.iter().map(|(_, row)| *row).collect();
            rows.sort_by(|a, b| out.version(*a).cmp(&out.version(*b)));
            let last = *rows.last().expect("a number has at least one version");
            out.report_mixed(&rows, last);
            out.is_newest[last] = !out.is_deleted(last);
            let agb = out.tabel.text("agb", last);
            if !out.aanbieders.contains(agb) {
                out.aanbieders.insert(agb.to_owned());
            }
            out.by_key.insert(group[0].0, last);
        }
        Ok(out)
    }

    /// The newest version of a toewijzing, compared exactly.
    fn find(&self, gemeente: &str, nummer: &str) -> Option<usize> {
        let row = *self.by_key.get(&key(&(gemeente, nummer)))?;
        let is_same = self.tabel.text("gemeente", row) == gemeente && self.tabel.text("toewijzingnummer", row) == nummer;
        is_same.then_some(row)
    }

    fn version(&self, row: usize) -> (Option<i32>, &str, bool, &str, i64) {
        let text = |column| self.tabel.text(column, row);
        let is_said = !text("reden_wijziging").is_empty() || !text("referentie_aanbieder").is_empty();
        let place = (text("bron"), self.tabel.int("regel", row).unwrap_or_default());
        (self.tabel.date("toewijzingsdatum", row), text("toewijzingstijd"), is_said, place.0, place.1)
    }

    fn is_deleted(&self, row: usize) -> bool {
        match self.tabel.text("reden_wijziging", row) {
            DELETED => true,
            DELETED_BEFORE_2022 => self.tabel.date("ingangsdatum", row) == self.tabel.date("einddatum", row),
            _ => false,
        }
    }

    fn report_mixed(&mut self, rows: &[usize], last: usize) {
        let of = |row: usize| (self.tabel.int("client", row), self.tabel.text("agb", row));
        if rows.iter().any(|row| of(*row) != of(last)) {
            let regel = self.tabel.int("regel", last).unwrap_or_default().cast_unsigned();
            self.rejects.push(Reject {
                table: TOEWIJZINGEN.name.to_owned(),
                column: "toewijzingnummer".to_owned(),
                found: excerpt(self.tabel.text("toewijzingnummer", last)),
                ..Reject::new(&TR332, self.tabel.text("bron", last), regel)
            });
        }
    }
}

/// Holds declaraties against their toewijzing.
pub(super) struct Links<'t> {
    toewijzingen: &'t Toewijzingen,
    n_known: u64,
    n_unknown: u64,
    pending: Vec<Reject>,
}

impl<'t> Links<'t> {
    /// Nothing looked at yet.
    pub(super) fn new(toewijzingen: &'t Toewijzingen) -> Self {
        Self { toewijzingen, n_known: 0, n_unknown: 0, pending: Vec::new() }
    }

    /// False when the line must leave (TR384). Aanbieders without any toewijzing are not judged: theirs were
    /// not supplied.
    pub(super) fn link(&mut self, regel: &Regel<'_>, rejects: &mut Vec<Reject>) -> bool {
        if regel.toewijzingnummer.is_empty() || !self.toewijzingen.aanbieders.contains(regel.agb) {
            return true;
        }
        let Some(row) = self.toewijzingen.find(regel.gemeente, regel.toewijzingnummer) else {
            self.n_unknown += 1;
            if self.pending.len() < MAX_PENDING {
                self.pending.push(reject(&TR338, regel));
            }
            return true;
        };
        self.n_known += 1;
        let tabel = &self.toewijzingen.tabel;
        if self.toewijzingen.is_deleted(row) {
            rejects.push(reject(&TR384, regel));
            return false;
        }
        if tabel.int("client", row) != Some(regel.client) {
            rejects.push(reject(&TR304, regel));
        }
        if tabel.text("agb", row) != regel.agb {
            rejects.push(reject(&MS003, regel));
        }
        true
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
