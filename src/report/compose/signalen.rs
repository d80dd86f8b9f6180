//! The rules of the region in every chapter: what was looked at, what was hit, and the work lists behind it.

mod naleving;
mod werklijst;

use anyhow::Result;

use crate::dutch::{counted, n_of};
use crate::findings::Chapter;
use crate::findings::signalen::Signaal;
use crate::metrics::signaal::BEDRAG;
use crate::region::{Genoemd, Stand};
use crate::report::compose::cellen::{As, value_or_none};
use crate::report::compose::{Input, findings_block, section, undetermined};
use crate::report::document::{
    Block, Cell, Kind, NoteKind, Row, Section, Table, TableColumn, Value,
};

pub(super) use werklijst::werklijsten;

/// Chapter: steps and terms of the procedure.
#[allow(clippy::unnecessary_wraps, reason = "every chapter has the same shape")]
pub(super) fn proces(input: &Input<'_>) -> Result<Section> {
    let mut blocks = undetermined(input, Chapter::Proces);
    blocks.extend(findings_block(input, Chapter::Proces));
    blocks.extend(naleving::blocks(input));
    Ok(section(input, Chapter::Proces, Chapter::Proces.naam(), blocks))
}

/// Chapter: the aanbieders.
#[allow(clippy::unnecessary_wraps, reason = "every chapter has the same shape")]
pub(super) fn aanbieders(input: &Input<'_>) -> Result<Section> {
    let mut blocks = undetermined(input, Chapter::Aanbieders);
    blocks.extend(findings_block(input, Chapter::Aanbieders));
    Ok(section(input, Chapter::Aanbieders, Chapter::Aanbieders.naam(), blocks))
}

/// Chapter: everything else the region agreed on, and the work lists of all chapters.
#[allow(clippy::unnecessary_wraps, reason = "every chapter has the same shape")]
pub(super) fn signalen(input: &Input<'_>) -> Result<Section> {
    let mut blocks = undetermined(input, Chapter::Signalen);
    if input.published.judged().signalen.is_empty() && input.region.regels.is_leeg() {
        let text = "Voor deze regio staan geen regels aan. Welke aan kunnen, staat in docs/RULES.md; zet ze aan in het regiobestand.";
        blocks.push(Block::Note(NoteKind::Toelichting, text.to_owned()));
    }
    blocks.extend(findings_block(input, Chapter::Signalen));
    blocks.extend(werklijst::links(input));
    Ok(section(input, Chapter::Signalen, Chapter::Signalen.naam(), blocks))
}

/// What every chapter ends with: its rules in one table, and what is only information.
pub(super) fn blocks(input: &Input<'_>, chapter: Chapter) -> Vec<Block> {
    let signalen: Vec<&Signaal> =
        input.published.judged().signalen.iter().filter(|s| s.chapter == chapter).collect();
    if signalen.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let told: Vec<String> = (signalen.iter())
        .filter(|s| s.stand == Stand::Informatief && !s.zin.is_empty())
        .map(|s| format!("{} ({}).", s.zin.trim_end_matches('.'), s.regel.id))
        .collect();
    if !told.is_empty() {
        out.push(Block::Heading("Ter informatie".to_owned()));
        out.push(Block::List(told));
    }
    out.push(Block::Table(table(input, chapter, &signalen)));
    out
}

/// The rules of a chapter: hits, judged cases, and what could not be told.
fn table(input: &Input<'_>, chapter: Chapter, signalen: &[&Signaal]) -> Table {
    let caption = format!(
        "De {} van de regio in dit hoofdstuk: treffers op beoordeelde gevallen",
        counted(n_of(signalen.len()), "regel", "regels")
    );
    let mut table = Table::new(
        &format!("regels_{}", chapter.id()),
        &caption,
        vec![
            TableColumn::new("Regel", "", Kind::Code),
            TableColumn::new("Waar het om gaat", "", Kind::Text),
            TableColumn::new("Treffers", "", Kind::Count),
            TableColumn::new("Beoordeeld", "", Kind::Count),
            TableColumn::new("Niet te zeggen", "", Kind::Count),
            TableColumn::new("Bedrag", "", Kind::Cents),
            TableColumn::new("Wat dat bedrag is", "", Kind::Text),
            TableColumn::new("Grens", "", Kind::Text),
        ],
    );
    table.rows = signalen.iter().map(|signaal| row(input, signaal)).collect();
    // Where no rule is about money, or none has a limit, a column of dashes only takes room.
    table.without_empty_columns();
    "Een regel zonder treffers staat er ook in: daar is gekeken en niets gevonden. Uitleg per regel: maatstaf uitleg, met de code."
        .clone_into(&mut table.source_line);
    table
}

fn row(input: &Input<'_>, signaal: &Signaal) -> Row {
    let measure = input.published.measure(&signaal.query);
    let hit = measure.and_then(|measure| {
        let of = |keys: &[&str]| {
            let cells = measure.level(keys).iter();
            let kwartaal = input.kwartaal.to_string();
            cells
                .filter(|cell| measure.key(cell, "oordeel") == "treffer")
                .find(|cell| [kwartaal.as_str(), "totaal"].contains(&measure.key(cell, "kwartaal")))
        };
        of(&["oordeel"]).or_else(|| of(&["oordeel", "kwartaal"]))
    });
    let is_info = signaal.stand == Stand::Informatief;
    let titel = format!("{}{}", signaal.titel, if is_info { " (ter informatie)" } else { "" });
    Row::new(vec![
        Cell::text(signaal.regel.id),
        Cell::text(&titel),
        value_or_none(hit, As::Count),
        Cell::new(Value::Int(signaal.beoordeeld())),
        Cell::new(Value::Int(signaal.onbekend)),
        euros(signaal),
        Cell::text(match &signaal.bedrag {
            Some(bedrag) if signaal.bedrag_ct != 0 => bedrag,
            _ => "",
        }),
        Cell::text(&grens(&signaal.drempels)),
    ])
}

/// A rule that is not about money has no amount, rather than an amount of nought.
fn euros(signaal: &Signaal) -> Cell {
    let amount = match signaal.bedrag_ct {
        0 => return Cell::new(Value::Empty),
        cents => Cell::new(Value::Cents(cents)),
    };
    let is_of_euros = |address: &&String| address.ends_with(&format!("/{BEDRAG}"));
    match signaal.cites.iter().find(is_of_euros) {
        Some(address) => amount.at(address),
        None => amount,
    }
}

/// Value and ground of every setting a rule uses; a plain yes or no has none.
fn grens(drempels: &[Genoemd]) -> String {
    let one = |drempel: &Genoemd| format!("{} ({})", drempel.in_woorden(), drempel.grondslag);
    drempels.iter().map(one).collect::<Vec<_>>().join("; ")
}
