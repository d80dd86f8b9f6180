//! The first page: verdict, findings, both accounts, coverage.

mod belangrijkste;
mod tellingen;

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::manifest::{FileEntry, Uitkomst};
use crate::dutch::{count, counted, list, n_of};
use crate::findings::naijl::voorlopig_zin;
use crate::report::compose::Input;
use crate::report::document::{Block, Front, NoteKind, Tone, Verdict};
use crate::schema::{AANBIEDERS, TABLES};

pub(super) use tellingen::per_source;

pub(super) fn front(input: &Input<'_>) -> Front {
    Front {
        purpose: purpose(input),
        findings: belangrijkste::top(input),
        verdict: verdict(input),
        accounts: vec![tellingen::reading(input), tellingen::reporting(input)],
        coverage: provisional(input).into_iter().chain(coverage(input)).collect(),
    }
}

/// What the report is for.
fn purpose(input: &Input<'_>) -> String {
    let why = "Het is bedoeld om een gesprek te beginnen, niet om te oordelen.";
    match input.only {
        Some(_) => format!(
            "Dit rapport gaat over één vraag: is de zorgcoördinatie in regio {} over de aanbieders verdeeld zoals het lot dat zou doen? {why}",
            input.region.naam
        ),
        None => format!(
            "Dit rapport laat zien hoeveel maatwerkovereenkomsten de gemeenten in regio {} sloten, hoe zorgcoördinatie over de aanbieders is \
             verdeeld en welke kosten opvallen. {why}",
            input.region.naam
        ),
    }
}

pub(super) fn verdict(input: &Input<'_>) -> Verdict {
    let open = input.manifest.open_accounts();
    if !open.is_empty() {
        return Verdict {
            tone: Tone::Fout,
            text: format!(
                "De telling sluit niet bij {}. Gebruik dit rapport niet voordat dat is opgelost.",
                list(&open)
            ),
        };
    }
    if nothing_counts(input) {
        return Verdict {
            tone: Tone::LetOp,
            text: format!(
                "De telling sluit, maar geen enkele aanvaarde declaratie telt mee in regio {}. Is dit de goede regio, en hoort het kwartaal bij deze bestanden?",
                input.region.naam
            ),
        };
    }
    if input.is_above_threshold {
        return Verdict {
            tone: Tone::LetOp,
            text: "De telling sluit, maar er is meer afgekeurd dan de grens van de regio. Kijk eerst naar de afkeur.".to_owned(),
        };
    }
    let n_unread = unread(input).len();
    if n_unread > 0 {
        let n = n_of(n_unread);
        let text = format!(
            "Elke gelezen regel en elke eurocent is verantwoord. {} niet worden gelezen of gebruikt.",
            if n == 1 {
                "1 bestand kon".to_owned()
            } else {
                format!("{} bestanden konden", count(n))
            }
        );
        return Verdict { tone: Tone::LetOp, text };
    }
    Verdict {
        tone: Tone::Goed,
        text: "Elke gelezen regel en elke eurocent is verantwoord.".to_owned(),
    }
}

/// Declarations were accepted, and none of them is of this region.
fn nothing_counts(input: &Input<'_>) -> bool {
    let (reading, reporting) = input.manifest.totals();
    let counted = reporting.uitkomsten.get(&Uitkomst::Geteld).map_or(0, |sum| sum.regels);
    let others: u64 = reporting.uitkomsten.values().map(|sum| sum.regels).sum();
    reading.aanvaard.regels > 0 && others > 0 && counted == 0
}

/// That the quarter is not complete yet, when it is not.
fn provisional(input: &Input<'_>) -> Option<Block> {
    let naijl = input.published.judged().naijl.as_ref()?;
    let run = naijl.kwartaal(input.kwartaal).filter(|run| run.is_voorlopig)?;
    Some(Block::Note(
        NoteKind::LetOp,
        format!("{}. Cijfers uit declaraties kunnen nog veranderen.", voorlopig_zin(run)),
    ))
}

/// Files of which nothing is in the figures, with why; messages are told by kind in the account.
fn unread<'i>(input: &'i Input<'_>) -> Vec<&'i FileEntry> {
    let is_unread = |entry: &&FileEntry| {
        entry.lezing.table.is_empty()
            && entry.dubbel_van.is_empty()
            && !entry.lezing.format.starts_with("iJw")
    };
    input.manifest.bestanden.iter().filter(is_unread).collect()
}

/// The names of those files, for who may see files.
pub(super) fn unread_block(input: &Input<'_>) -> Vec<Block> {
    let files = unread(input);
    if files.is_empty() || !input.sees_files() {
        return Vec::new();
    }
    let line = |entry: &&FileEntry| format!("{}: {}", entry.pad, entry.lezing.remark);
    vec![
        Block::Paragraph(
            "Deze bestanden zijn niet gelezen of niet gebruikt; wat erin staat, telt nergens mee:"
                .to_owned(),
        ),
        Block::List(files.iter().map(line).collect()),
    ]
}

/// Tables that nobody supplied, and what that means.
fn absent_tables(input: &Input<'_>) -> Option<Block> {
    let supplied: BTreeSet<&str> = input
        .manifest
        .bestanden
        .iter()
        .flat_map(|entry| {
            entry.per_tabel.keys().map(String::as_str).chain([entry.lezing.table.as_str()])
        })
        .collect();
    let absent: Vec<String> = TABLES
        .iter()
        .filter(|table| !supplied.contains(table.name))
        .map(|table| table.label.to_lowercase())
        .collect();
    if absent.is_empty() {
        return None;
    }
    let agb = if supplied.contains(AANBIEDERS.name) {
        ""
    } else {
        " Zonder tabel aanbieders telt een organisatie met meer AGB-codes als meer aanbieders."
    };
    Some(Block::Paragraph(format!("Niet aangeleverd: {}.{agb}", list(&absent))))
}

/// What is not there: files, tables, and aanbieders that are missing in a month of the quarter while they declared before.
fn coverage(input: &Input<'_>) -> Vec<Block> {
    let mut blocks = unread_block(input);
    blocks.extend(absent_tables(input));
    blocks.extend(missing_months(input));
    blocks
}

fn missing_months(input: &Input<'_>) -> Vec<Block> {
    let Some(measure) = input.published.measure("volledigheid") else { return Vec::new() };
    if measure.reason().is_some() {
        return vec![Block::Paragraph("Er zijn geen declaraties aangeleverd.".to_owned())];
    }
    let mut months: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for cell in measure.level(&["aanbieder", "maand"]) {
        // A hidden number of lines is small but there: nothing is missing.
        if cell.value.value().is_none_or(|lines| lines > 0) {
            months
                .entry(measure.key(cell, "aanbieder"))
                .or_default()
                .insert(measure.key(cell, "maand"));
        }
    }
    let of_quarter: Vec<String> = input.kwartaal.months().iter().map(ToString::to_string).collect();
    let before: Vec<String> =
        input.kwartaal.plus(-1).months().iter().map(ToString::to_string).collect();
    let mut lines = Vec::new();
    for (aanbieder, known) in &months {
        let missing: Vec<&str> =
            of_quarter.iter().map(String::as_str).filter(|maand| !known.contains(maand)).collect();
        let was_there = before.iter().any(|maand| known.contains(maand.as_str()));
        if !missing.is_empty() && was_there {
            lines.push(format!("{aanbieder}: geen declaraties over {}", list(&missing)));
        }
    }
    let n = n_of(months.len());
    if lines.is_empty() {
        return vec![Block::Paragraph(format!(
            "Van {} zijn er declaraties over elke maand van {} waarin zij eerder declareerden.",
            counted(n, "aanbieder", "aanbieders"),
            input.kwartaal
        ))];
    }
    let text = format!(
        "Van {} van de {} ontbreken declaraties over {}, terwijl zij het kwartaal daarvoor wel declareerden. Hun cijfers kunnen nog stijgen.",
        count(n_of(lines.len())),
        counted(n, "aanbieder", "aanbieders"),
        input.kwartaal
    );
    vec![Block::Paragraph(text), Block::List(lines)]
}
