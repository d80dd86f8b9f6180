//! The letter: to whom, what it is about, what to do, and what is not in the workbook.

use std::collections::{BTreeMap, BTreeSet};

use crate::dutch::{capital, count, counted, date_long, euro_ct, n_of, plural};
use crate::region::Publiek;
use crate::rejects::Reject;
use crate::report::retour::stappen::stappen;
use crate::report::retour::verdelen::{Deel, Ontvanger};
use crate::report::retour::werkboek::ELDERS;
use crate::report::retour::{Blad, Input, MAX_RIJEN, woorden};
use crate::report::shown;

/// One row of the letter sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Regel {
    /// The name of the letter.
    Titel(String),
    /// For whom it is and for whom not.
    Banner(String),
    /// A heading.
    Kop(String),
    /// A paragraph.
    Tekst(String),
    /// The headings above the causes.
    OorzaakKop,
    /// A cause: what is wrong with what to do, the number of rows, their euros where these could be read.
    Oorzaak { tekst: String, regels: u64, bedrag_ct: Option<i64> },
}

/// The title of the workbook.
pub(super) fn titel(input: &Input<'_>) -> String {
    format!("Regels om te verbeteren – {}", input.region.naam)
}

/// For whom the workbook is; it stands above the letter and on every printed page.
pub(super) fn banner(input: &Input<'_>, aan: &Ontvanger) -> String {
    match aan {
        Ontvanger::Aanbieder(_) => format!(
            "VERTROUWELIJK – alleen voor {} en regio {}",
            naam(input, aan),
            input.region.naam
        ),
        Ontvanger::Regio => shown::banner(Publiek::Intern).to_owned(),
    }
}

/// What the workbook is, in a list of outputs.
pub(super) fn omschrijving(input: &Input<'_>, aan: &Ontvanger, deel: &Deel<'_>) -> String {
    let som = Som::van(deel);
    let what = match aan {
        Ontvanger::Aanbieder(_) => format!("retour naar {}", naam(input, aan)),
        Ontvanger::Regio => "te verbeteren in uw eigen registers".to_owned(),
    };
    format!("{what}: {}", som.tekst(deel))
}

fn naam(input: &Input<'_>, aan: &Ontvanger) -> String {
    match aan {
        Ontvanger::Aanbieder(agb) => {
            input.aanbieders.get(agb).map_or_else(|| format!("aanbieder {agb}"), Clone::clone)
        }
        Ontvanger::Regio => format!("regio {}", input.region.naam),
    }
}

/// Rows and euros of a workbook.
struct Som {
    bedrag_ct: Option<i64>,
    onleesbaar: u64,
}

impl Som {
    fn van(deel: &Deel<'_>) -> Self {
        let (mut bedrag_ct, mut onleesbaar) = (None, 0);
        for kapot in &deel.rijen {
            match kapot.rejects.iter().find_map(|reject| reject.bedrag_ct) {
                Some(ct) => *bedrag_ct.get_or_insert(0) += ct,
                None if kapot.rij.table.position("bedrag_ct").is_some() => onleesbaar += 1,
                None => {}
            }
        }
        Self { bedrag_ct, onleesbaar }
    }

    fn tekst(&self, deel: &Deel<'_>) -> String {
        let rows = counted(n_of(deel.rijen.len()), "regel", "regels");
        let euros = self.bedrag_ct.map(|ct| format!(", {}", euro_ct(ct))).unwrap_or_default();
        let loose = if deel.los.is_empty() {
            String::new()
        } else {
            format!(", en {} elders te verbeteren", count(n_of(deel.los.len())))
        };
        format!("{rows}{euros}{loose}")
    }
}

/// The whole letter.
pub(super) fn schrijf(
    input: &Input<'_>,
    aan: &Ontvanger,
    deel: &Deel<'_>,
    bladen: &[Blad],
) -> Vec<Regel> {
    let mut out = aanhef(input, aan);
    out.push(Regel::Tekst(inleiding(aan, deel)));
    if !deel.rijen.is_empty() {
        out.push(Regel::Kop("Wat er mis is".to_owned()));
        out.push(Regel::OorzaakKop);
        out.extend(oorzaken(aan, deel));
    }
    out.push(Regel::Kop("Wat u kunt doen".to_owned()));
    let steps = stappen(aan, deel, bladen);
    let numbered = steps.into_iter().zip(1..).map(|(step, n)| format!("{n}. {step}"));
    out.extend(numbered.map(Regel::Tekst));
    out.push(Regel::Kop("Wat niet in dit bestand staat".to_owned()));
    out.extend(niet_hier(aan, deel).into_iter().map(Regel::Tekst));
    if matches!(aan, Ontvanger::Aanbieder(_)) {
        let ask = "Hebt u vragen? Neem contact op met uw contactpersoon bij de regio.";
        out.push(Regel::Kop("Vragen".to_owned()));
        out.push(Regel::Tekst(ask.to_owned()));
    }
    out
}

fn aanhef(input: &Input<'_>, aan: &Ontvanger) -> Vec<Regel> {
    let to = match aan {
        Ontvanger::Aanbieder(agb) => match input.aanbieders.get(agb) {
            Some(naam) => format!("Aan: {naam}, AGB-code {agb}"),
            None => format!("Aan: de aanbieder met AGB-code {agb}"),
        },
        Ontvanger::Regio => format!("Aan: contractmanagement van regio {}", input.region.naam),
    };
    let van = match aan {
        Ontvanger::Aanbieder(_) => format!("Van: regio {}", input.region.naam),
        Ontvanger::Regio => "Gemaakt met het kwartaalrapport".to_owned(),
    };
    vec![
        Regel::Banner(banner(input, aan)),
        Regel::Titel(titel(input)),
        Regel::Tekst(to),
        Regel::Tekst(van),
        Regel::Tekst(format!("Rapport over kwartaal: {}", input.kwartaal)),
        Regel::Tekst(format!("Peildatum: {}", date_long(input.peildatum))),
    ]
}

fn inleiding(aan: &Ontvanger, deel: &Deel<'_>) -> String {
    let n = n_of(deel.rijen.len());
    let som = Som::van(deel);
    let mut text = Vec::new();
    if n > 0 {
        let stand = plural(n, "staat", "staan");
        text.push(match aan {
            Ontvanger::Aanbieder(_) => {
                let rows = counted(n, "regel die wij", "regels die wij");
                format!("In de gegevens over uw zorg {stand} {rows} niet konden gebruiken.")
            }
            Ontvanger::Regio => {
                let rows = counted(n, "regel die", "regels die");
                let is = plural(n, "is", "zijn");
                format!(
                    "In de bestanden {stand} {rows} niet te gebruiken {is} en niet naar een aanbieder gaan: registers van de gemeenten en de \
                     regio, of regels waarvan niet te zien is van welke aanbieder ze zijn."
                )
            }
        });
    }
    if let Some(ct) = som.bedrag_ct {
        text.push(format!("Samen gaat het om {}.", euro_ct(ct)));
    }
    if som.onleesbaar > 0 {
        let rows = counted(som.onleesbaar.cast_signed(), "regel", "regels");
        text.push(format!("Van {rows} is het bedrag niet te lezen."));
    }
    if n > 0 {
        let they =
            plural(n, "hij niet is verbeterd, telt hij", "ze niet zijn verbeterd, tellen ze");
        text.push(format!("Zolang {they} niet mee in het rapport."));
    }
    if !deel.los.is_empty() {
        let n = n_of(deel.los.len());
        let what = counted(n, "regel of bestand kunt", "regels of bestanden kunt");
        text.push(format!(
            "{what} u niet hier verbeteren; {} met wat u wel kunt doen op het blad '{ELDERS}'.",
            plural(n, "dat staat", "die staan")
        ));
    }
    text.join(" ")
}

/// Rejects of one rule, each row once.
#[derive(Default)]
struct Groep<'a> {
    plaatsen: BTreeSet<(&'a str, u64)>,
    bedrag_ct: Option<i64>,
}

impl<'a> Groep<'a> {
    fn add(&mut self, reject: &'a Reject) {
        if self.plaatsen.insert((&reject.file, reject.line))
            && let Some(ct) = reject.bedrag_ct
        {
            *self.bedrag_ct.get_or_insert(0) += ct;
        }
    }
}

/// Causes of the rows that can be corrected, most rows first.
fn oorzaken(aan: &Ontvanger, deel: &Deel<'_>) -> Vec<Regel> {
    let is_aanbieder = matches!(aan, Ontvanger::Aanbieder(_));
    let mut per_code: BTreeMap<&str, Groep<'_>> = BTreeMap::new();
    for reject in deel.rijen.iter().flat_map(|kapot| kapot.rejects.iter().copied()) {
        per_code.entry(&reject.code).or_default().add(reject);
    }
    let mut groups: Vec<(&str, Groep<'_>)> = per_code.into_iter().collect();
    groups.sort_by_key(|(code, groep)| (usize::MAX - groep.plaatsen.len(), *code));
    let one = |(code, groep): (&str, Groep<'_>)| Regel::Oorzaak {
        tekst: format!(
            "{} ({code}): {}.",
            capital(woorden::titel(code)),
            woorden::oplossing(code, is_aanbieder)
        ),
        regels: groep.plaatsen.len() as u64,
        bedrag_ct: groep.bedrag_ct,
    };
    groups.into_iter().map(one).collect()
}

fn niet_hier(aan: &Ontvanger, deel: &Deel<'_>) -> Vec<String> {
    let mut out = vec![
        "Regels met alleen een opmerking: die tellen al mee en hoeven niet te worden verbeterd."
            .to_owned(),
    ];
    if deel.hersteld > 0 {
        let rows = counted(deel.hersteld.cast_signed(), "regel die al is", "regels die al zijn");
        out.push(format!("{} verbeterd.", capital(&rows)));
    }
    let rest = deel.rijen.len().saturating_sub(MAX_RIJEN);
    if rest > 0 {
        let who = match aan {
            Ontvanger::Aanbieder(_) => "maak de export liever opnieuw",
            Ontvanger::Regio => "lever het register liever opnieuw aan",
        };
        out.push(format!(
            "Nog {}: een werkmap bevat er hooguit {}. Bij zoveel regels zit de fout in het bestand als geheel; {who}.",
            counted(n_of(rest), "regel", "regels"),
            count(n_of(MAX_RIJEN))
        ));
    }
    out
}
