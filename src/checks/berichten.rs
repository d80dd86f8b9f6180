//! Messages among each other: numbers that are used twice.
//!
//! Enters: the messages of the derived declaraties, counted or not. Leaves: hits. Numbers that two messages share are found on disk
//! (32 bytes per message, in memory at most 64 MB); of those messages some 80 bytes are kept in memory.

use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use foldhash::fast::FixedState;

use crate::checks::bericht::{Bericht, walk};
use crate::checks::regel::day;
use crate::checks::regels::{key, proof};
use crate::checks::texts::Texts;
use crate::checks::treffers::Treffers;
use crate::dataset::spill::Spill;
use crate::rejects::{Reject, Rule, Severity};
use crate::schema::DECLARATIES;

const IJW: &str = "iJw 3.2";

/// A message has an identification of its own.
pub(super) const TR056: Rule = Rule {
    code: "TR056",
    severity: Severity::Waarschuwing,
    title: "identificatie van het bericht is al eerder gebruikt",
    explanation: "Een afzender gebruikt een identificatie één keer per soort bericht. Hier hebben twee declaraties van verschillende dagen \
        dezelfde. De regels tellen mee; een antwoord (JW325) wordt gekoppeld met de dagtekening erbij.",
    remedy: "vraag de aanbieder of dit twee declaraties zijn, of één die opnieuw is gestuurd",
    source: IJW,
};
/// A declaratie has a number of its own.
pub(super) const TR333: Rule = Rule {
    code: "TR333",
    severity: Severity::Waarschuwing,
    title: "declaratienummer is al eerder gebruikt",
    explanation: "Een declaratienummer is uniek per aanbieder (OP349). Hier staat het in twee berichten. De regels tellen mee; een bericht dat \
        in zijn geheel is afgewezen, geldt als niet verstuurd en telt hierbij niet.",
    remedy: "vraag de aanbieder of dit twee declaraties zijn, of één die opnieuw is gestuurd",
    source: IJW,
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR056, &TR333];

/// A number that must be of one message: what is used once, and by whom.
struct Nummer {
    rule: &'static Rule,
    column: &'static str,
    /// Key of the sender and the number, and key of the message that uses it.
    of: fn(&Bericht<'_>) -> Option<(u64, u64)>,
    /// A message that was refused as a whole did not use it.
    must_be_used: bool,
}

const NUMMERS: [Nummer; 2] = [
    Nummer {
        rule: &TR056,
        column: "identificatie",
        of: |b| Some((key(&(b.agb, b.identificatie)), key(&b.dagtekening))),
        must_be_used: false,
    },
    Nummer {
        rule: &TR333,
        column: "declaratienummer",
        of: |b| {
            let message = || key(&(b.identificatie, b.dagtekening));
            (!b.declaratienummer.is_empty()).then(|| (key(&(b.agb, b.declaratienummer)), message()))
        },
        must_be_used: true,
    },
];

/// Pairs of a number and the message that uses it, per kind of number.
pub(super) type Paren = [Vec<(u64, u64)>; 2];

/// Those of the messages in a slice.
pub(super) fn pairs(berichten: &[Bericht<'_>]) -> Paren {
    NUMMERS.map(|nummer| {
        let counts = |one: &&Bericht<'_>| !one.is_again && (one.is_used || !nummer.must_be_used);
        berichten.iter().filter(counts).filter_map(nummer.of).collect()
    })
}

/// The numbers of all messages.
pub(super) struct Gebruikt([Spill; 2]);

impl Gebruikt {
    /// None yet; `folder` is for pairs that do not fit in memory.
    pub(super) fn new(folder: &Path) -> Self {
        Self([Spill::new(folder), Spill::new(folder)])
    }

    /// Adds those of a slice.
    pub(super) fn add(&mut self, pairs: &Paren) -> Result<()> {
        self.0.iter_mut().zip(pairs).try_for_each(|(used, pairs)| used.extend(pairs))
    }

    /// Judges the numbers of all messages: those of two messages are looked up once more, with the place of each.
    pub(super) fn judge(
        self,
        both: [&Path; 2],
        stop: &AtomicBool,
        hits: &mut Treffers,
    ) -> Result<()> {
        let [identificaties, nummers] = self.0;
        let twice = [shared(identificaties, stop)?, shared(nummers, stop)?];
        if twice.iter().all(HashSet::is_empty) {
            return Ok(());
        }
        let mut bronnen = Texts::default();
        let mut found: [Vec<Verdacht>; 2] = [Vec::new(), Vec::new()];
        walk(
            both,
            stop,
            |berichten| verdacht(berichten, &twice),
            |of| {
                for (all, here) in found.iter_mut().zip(of) {
                    all.extend(
                        here.into_iter()
                            .map(|(one, bron)| Verdacht { bron: bronnen.number(&bron), ..one }),
                    );
                }
                Ok(())
            },
        )?;
        for (nummer, found) in NUMMERS.iter().zip(found) {
            report(nummer, whole(found, nummer.must_be_used), &bronnen, hits);
        }
        Ok(())
    }
}

type Keys = HashSet<u64, FixedState>;

/// Numbers that two messages use.
fn shared(used: Spill, stop: &AtomicBool) -> Result<Keys> {
    let mut twice = Keys::default();
    used.for_each_part(stop, |part| {
        let groups = part.chunk_by(|a, b| a.0 == b.0);
        // Sorted by number and message: two messages differ at the ends.
        twice.extend(groups.filter(|g| g[0].1 != g[g.len() - 1].1).map(|group| group[0].0));
    })?;
    Ok(twice)
}

/// A message with a number that another uses too, or a piece of one.
#[derive(Debug, Clone, Copy)]
struct Verdacht {
    /// Two independent hashes of what names the message and its file.
    about: (u64, u64),
    nummer: u64,
    message: u64,
    dagtekening: i32,
    /// Number of the file.
    bron: u32,
    regel: i64,
    bedrag_ct: i64,
    is_used: bool,
}

/// Those of a slice, each with its file.
fn verdacht(berichten: &[Bericht<'_>], twice: &[Keys; 2]) -> [Vec<(Verdacht, Box<str>)>; 2] {
    [0, 1].map(|at| {
        let one = |b: &Bericht<'_>| {
            let (nummer, message) =
                (NUMMERS[at].of)(b).filter(|(nummer, _)| twice[at].contains(nummer))?;
            let names = (b.agb, b.identificatie, b.dagtekening, b.declaratienummer, b.bron);
            let verdacht = Verdacht {
                about: (key(&names), proof(&names)),
                nummer,
                message,
                dagtekening: b.dagtekening,
                bron: 0,
                regel: b.regel,
                bedrag_ct: b.bedrag_ct,
                is_used: b.is_used,
            };
            Some((verdacht, b.bron.into()))
        };
        berichten.iter().filter(|b| !b.is_again).filter_map(one).collect()
    })
}

/// Puts the pieces of each message together.
fn whole(mut pieces: Vec<Verdacht>, must_be_used: bool) -> Vec<Verdacht> {
    pieces.sort_unstable_by_key(|one| one.about);
    let together = |group: &[Verdacht]| Verdacht {
        regel: group.iter().map(|one| one.regel).min().unwrap_or_default(),
        bedrag_ct: group.iter().map(|one| one.bedrag_ct).sum(),
        is_used: group.iter().any(|one| one.is_used),
        ..group[0]
    };
    let messages = pieces.chunk_by(|a, b| a.about == b.about).map(together);
    messages.filter(|one| one.is_used || !must_be_used).collect()
}

/// Every message but the first of each number.
fn report(nummer: &Nummer, mut found: Vec<Verdacht>, bronnen: &Texts, hits: &mut Treffers) {
    found.sort_unstable_by_key(|one| {
        let place = (bronnen.text(one.bron), one.regel);
        (one.nummer, one.dagtekening, place, one.bedrag_ct, one.message)
    });
    for group in found.chunk_by(|a, b| a.nummer == b.nummer) {
        let first = &group[0];
        for one in group.iter().filter(|one| one.message != first.message) {
            let said = |when: i32| format!("dagtekening {}", day(when));
            let hit = Reject {
                table: DECLARATIES.name.to_owned(),
                column: nummer.column.to_owned(),
                found: said(one.dagtekening),
                expected: format!(
                    "een eigen nummer; eerder gebruikt met {}",
                    said(first.dagtekening)
                ),
                bedrag_ct: Some(one.bedrag_ct),
                ..Reject::new(nummer.rule, bronnen.text(one.bron), one.regel.unsigned_abs())
            };
            hits.add(nummer.rule, hit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECE: Verdacht = Verdacht {
        about: (1, 1),
        nummer: 9,
        message: 9,
        dagtekening: 20_000,
        bron: 0,
        regel: 8,
        bedrag_ct: 100,
        is_used: false,
    };

    #[test]
    fn pieces_of_a_message_are_one_and_it_is_used_when_one_of_them_is() {
        let pieces = vec![
            PIECE,
            Verdacht { about: (2, 1), ..PIECE },
            Verdacht { regel: 3, bedrag_ct: 11, is_used: true, ..PIECE },
        ];
        let said = |all: Vec<Verdacht>| -> Vec<_> {
            all.into_iter().map(|one| (one.about, one.regel, one.bedrag_ct, one.is_used)).collect()
        };
        let used = ((1, 1), 3, 111, true);
        assert_eq!(said(whole(pieces.clone(), false)), [used, ((2, 1), 8, 100, false)]);
        assert_eq!(said(whole(pieces, true)), [used]);
    }
}
