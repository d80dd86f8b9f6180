//! Answers to declarations (JW325): which lines the gemeente refused.
//!
//! An answer belongs to one message: sender, identification and date must agree, because a reference alone may
//! return in another declaration.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use anyhow::Result;

use crate::checks::regels::{Regel, key};
use crate::checks::tabel::Tabel;
use crate::rejects::{Reject, Rule, Severity};
use crate::schema::ANTWOORDEN;

/// An answer refers to a declaration that is there.
pub(super) const TR337: Rule = Rule {
    code: "TR337",
    severity: Severity::Waarschuwing,
    title: "antwoord hoort bij een andere declaratie",
    explanation: "Een declaratie-antwoord (JW325) noemt de afzender, de identificatie en de dagtekening van de declaratie waarop het antwoordt. \
        Die declaratie is niet aangeleverd; er is geen regel afgewezen.",
    remedy: "lever ook het declaratiebericht aan waarop dit antwoord slaat",
    source: "iJw 3.2",
};
/// A refused line is in the declaration.
pub(super) const TR366: Rule = Rule {
    code: "TR366",
    severity: Severity::Waarschuwing,
    title: "afgewezen prestatie komt in de declaratie niet voor",
    explanation: "Het antwoord wijst een prestatie af met een referentienummer dat in de bijbehorende declaratie niet staat.",
    remedy: "vraag de gemeente om het juiste antwoordbericht",
    source: "iJw 3.2",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR337, &TR366];

/// One answer.
#[derive(Debug, Default)]
struct Antwoord {
    is_whole: bool,
    refused: BTreeMap<String, (String, i64)>,
    bron: String,
    regel: i64,
}

/// All answers, by the message they belong to.
#[derive(Debug, Default)]
pub(super) struct Antwoorden {
    answers: BTreeMap<u64, Antwoord>,
    met: Met,
}

/// Which answers found what they answer to.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// Keys of answers whose message is there.
    answers: HashSet<u64>,
    /// Refused lines that are there: key of the answer and reference.
    lines: HashSet<(u64, String)>,
}

impl Met {
    /// Adds what other lines met.
    pub(super) fn add(&mut self, other: Self) {
        self.answers.extend(other.answers);
        self.lines.extend(other.lines);
    }
}

impl Antwoorden {
    /// Reads the base tables.
    pub(super) fn load(files: &[PathBuf]) -> Result<Self> {
        let mut answers: BTreeMap<u64, Antwoord> = BTreeMap::new();
        let tabel = Tabel::load(&ANTWOORDEN, files)?;
        // In the order of the files' content: of two answers that say the same, the place may not depend on batching.
        for row in tabel.ordered() {
            let dagtekening = tabel.date("dagtekening", row).unwrap_or(i32::MAX);
            let key = key(&(tabel.text("agb", row), tabel.text("identificatie", row), dagtekening));
            let place =
                (tabel.text("bron", row).to_owned(), tabel.int("regel", row).unwrap_or_default());
            let answer = answers.entry(key).or_insert_with(|| Antwoord {
                bron: place.0.clone(),
                regel: place.1,
                ..Antwoord::default()
            });
            match tabel.text("niveau", row) {
                "bericht" | "declaratie" => answer.is_whole = true,
                "prestatie" => {
                    answer.refused.insert(tabel.text("referentienummer", row).to_owned(), place);
                }
                _ => {}
            }
        }
        Ok(Self { answers, met: Met::default() })
    }

    /// True when the line was refused. What answers met their declaration goes into `met`.
    pub(super) fn refuses(&self, regel: &Regel<'_>, met: &mut Met) -> bool {
        if self.answers.is_empty() || regel.identificatie.is_empty() {
            return false;
        }
        let key = key(&(regel.agb, regel.identificatie, regel.dagtekening));
        let Some(answer) = self.answers.get(&key) else { return false };
        met.answers.insert(key);
        let is_refused = answer.refused.contains_key(regel.referentienummer);
        if is_refused {
            met.lines.insert((key, regel.referentienummer.to_owned()));
        }
        answer.is_whole || is_refused
    }

    /// Remembers what the lines met.
    pub(super) fn met(&mut self, met: Met) {
        self.met = met;
    }

    /// `toegekend` when the declaration was answered and the line was not refused, else `ingediend`.
    pub(super) fn status(&self, agb: &str, identificatie: &str, dagtekening: i32) -> &'static str {
        let is_answered = !identificatie.is_empty()
            && self.met.answers.contains(&key(&(agb, identificatie, dagtekening)));
        if is_answered { "toegekend" } else { "ingediend" }
    }

    /// What the answers say that nothing answers to.
    pub(super) fn unmatched(&self) -> Vec<Reject> {
        let mut out = Vec::new();
        for (key, answer) in &self.answers {
            let reject = |rule, bron: &str, regel: i64| Reject {
                table: ANTWOORDEN.name.to_owned(),
                ..Reject::new(rule, bron, regel.cast_unsigned())
            };
            if !self.met.answers.contains(key) {
                out.push(reject(&TR337, &answer.bron, answer.regel));
                continue;
            }
            for (referentie, (bron, regel)) in &answer.refused {
                if !self.met.lines.contains(&(*key, referentie.clone())) {
                    out.push(reject(&TR366, bron, *regel));
                }
            }
        }
        out
    }
}
