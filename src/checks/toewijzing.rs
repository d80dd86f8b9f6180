//! Toewijzingen: the newest version of each, and what declaraties say against it.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use foldhash::fast::FixedState;

use crate::checks::regels::{KeyMap, Regel, key};
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
    "gemeente",
    "toewijzingnummer",
    "client",
    "agb",
    "toewijzingsdatum",
    "toewijzingstijd",
    "reden_wijziging",
    "referentie_aanbieder",
    "ingangsdatum",
    "einddatum",
    "bron",
    "regel",
];

/// What a declaratie is held against; small, because it is looked up for every line.
struct Newest {
    row: u32,
    agb: u32,
    client: i64,
    is_deleted: bool,
}

/// The newest version of every toewijzing.
pub(super) struct Toewijzingen {
    /// All versions, with the columns that tell them apart.
    tabel: Tabel,
    /// Per row of the base tables: the newest version, and not withdrawn.
    pub(super) is_newest: Vec<bool>,
    /// Newest version by key of gemeente and number, withdrawn ones included.
    by_key: KeyMap<Newest>,
    /// AGB codes that occur, each with a number of its own.
    aanbieders: HashMap<String, u32, FixedState>,
    /// Hits of TR332.
    pub(super) rejects: Vec<Reject>,
}

impl Toewijzingen {
    /// Collapses the versions (`OP033x1`, IV013): newest date and time wins; of a repeated one that with a reason or
    /// a reference of the aanbieder, because an unchanged repeat leaves those empty (IV099, IV097).
    pub(super) fn collapse(files: &[PathBuf]) -> Result<Self> {
        let tabel = Tabel::load_columns(&TOEWIJZINGEN, files, COLUMNS)?;
        let mut keyed: Vec<(u64, usize)> = (0..tabel.n_rows())
            .map(|row| {
                (key(&(tabel.text("gemeente", row), tabel.text("toewijzingnummer", row))), row)
            })
            .collect();
        keyed.sort_unstable();
        let mut out = Self {
            is_newest: vec![false; tabel.n_rows()],
            by_key: KeyMap::with_capacity_and_hasher(keyed.len(), BuildHasherDefault::default()),
            aanbieders: HashMap::default(),
            rejects: Vec::new(),
            tabel,
        };
        for group in keyed.chunk_by(|a, b| a.0 == b.0) {
            let mut rows: Vec<usize> = group.iter().map(|(_, row)| *row).collect();
            rows.sort_by(|a, b| out.version(*a).cmp(&out.version(*b)));
            let last = *rows.last().expect("a number has at least one version");
            out.report_mixed(&rows, last);
            let is_deleted = out.is_deleted(last);
            out.is_newest[last] = !is_deleted;
            let agb = out.tabel.text("agb", last);
            let next =
                u32::try_from(out.aanbieders.len()).expect("aanbieders are counted in thousands");
            let agb = match out.aanbieders.get(agb) {
                Some(known) => *known,
                None => *out.aanbieders.entry(agb.to_owned()).or_insert(next),
            };
            let client = out.tabel.int("client", last).unwrap_or_default();
            let row = u32::try_from(last).context("er zijn te veel toewijzingen")?;
            out.by_key.insert(group[0].0, Newest { row, agb, client, is_deleted });
        }
        Ok(out)
    }

    /// True when the line is about this toewijzing indeed, and not about another with the same 64-bit key.
    fn is_about(&self, newest: &Newest, regel: &Regel<'_>) -> bool {
        let text = |column: &str| self.tabel.text(column, newest.row as usize);
        text("gemeente") == regel.gemeente && text("toewijzingnummer") == regel.toewijzingnummer
    }

    fn version(&self, row: usize) -> (Option<i32>, &str, bool, &str, i64) {
        let text = |column| self.tabel.text(column, row);
        let is_said =
            !text("reden_wijziging").is_empty() || !text("referentie_aanbieder").is_empty();
        let place = (text("bron"), self.tabel.int("regel", row).unwrap_or_default());
        (
            self.tabel.date("toewijzingsdatum", row),
            text("toewijzingstijd"),
            is_said,
            place.0,
            place.1,
        )
    }

    fn is_deleted(&self, row: usize) -> bool {
        match self.tabel.text("reden_wijziging", row) {
            DELETED => true,
            DELETED_BEFORE_2022 => {
                self.tabel.date("ingangsdatum", row) == self.tabel.date("einddatum", row)
            }
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
    pub(super) fn new(toewijzingen: &'t Toewijzingen) -> Self {
        Self { toewijzingen }
    }

    /// False when the line must leave (TR384). Aanbieders without any toewijzing are not judged: theirs were
    /// not supplied.
    pub(super) fn link(
        &self,
        regel: &Regel<'_>,
        linked: &mut Linked,
        rejects: &mut Vec<Reject>,
    ) -> bool {
        let Some(key) = regel.toewijzing_key() else { return true };
        let Some(agb) = self.toewijzingen.aanbieders.get(regel.agb) else { return true };
        let Some(newest) = self.toewijzingen.by_key.get(&key) else {
            linked.n_unknown += 1;
            if linked.pending.len() < MAX_PENDING {
                linked.pending.push(reject(&TR338, regel));
            }
            return true;
        };
        linked.n_known += 1;
        let agrees = !newest.is_deleted && newest.client == regel.client && newest.agb == *agb;
        // The exact comparison is for hits only: they are few, and only they are told.
        if agrees || !self.toewijzingen.is_about(newest, regel) {
            return true;
        }
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
