//! Figures that belong to a rule of the region and are no cases: a table with its sentence in the chapter they name.

mod kruistabel;
mod tabel;

use std::collections::BTreeSet;

use crate::disclosure::{PublishedCell, PublishedMeasure, Shown};
use crate::dutch::{count, euro_whole, hours_text, list, sort_key};
use crate::findings::Chapter;
use crate::findings::overzichten::Overzicht;
use crate::report::compose::Input;
use crate::report::compose::cellen::gemeente;
use crate::report::document::Block;

/// More rows than this are no reading matter: the largest stand on the page, all in the CSV.
const MAX_ROWS: usize = 10;

/// One measure with its cells of the quarter.
struct Part<'p> {
    overzicht: &'p Overzicht,
    measure: &'p PublishedMeasure,
    cells: Vec<&'p PublishedCell>,
    /// Keys that name a row.
    keys: Vec<&'p str>,
}

impl Part<'_> {
    /// The texts that name the row of a cell.
    fn texts(&self, cell: &PublishedCell) -> Vec<String> {
        self.keys.iter().map(|key| self.measure.key(cell, key).to_owned()).collect()
    }

    fn find(&self, texts: &[String]) -> Option<&PublishedCell> {
        self.cells.iter().find(|cell| self.texts(cell) == texts).copied()
    }
}

/// The figures of a chapter, in the order of their queries; those of one rule over the same rows in one table.
pub(super) fn blocks(input: &Input<'_>, chapter: Chapter) -> Vec<Block> {
    let all = input.published.judged().overzichten.iter().filter(|one| one.chapter == chapter);
    let parts: Vec<Part<'_>> = all.filter_map(|one| part(input, one)).collect();
    let groups = parts.chunk_by(|one, next| {
        one.overzicht.regel.id == next.overzicht.regel.id
            && one.overzicht.keys == next.overzicht.keys
            && have_same_children(one, next)
    });
    groups.flat_map(|group| block(input, group)).collect()
}

fn part<'p>(input: &'p Input<'_>, overzicht: &'p Overzicht) -> Option<Part<'p>> {
    let measure = input.published.measure(&overzicht.query)?;
    let names: Vec<&str> = overzicht.keys.iter().map(String::as_str).collect();
    let kwartaal = input.kwartaal.to_string();
    let has_quarter = names.contains(&"kwartaal");
    let cells: Vec<&PublishedCell> = (measure.level(&names).iter())
        .filter(|cell| !has_quarter || measure.key(cell, "kwartaal") == kwartaal)
        .collect();
    if cells.is_empty() {
        return None;
    }
    let keys = names.into_iter().filter(|key| *key != "kwartaal").collect();
    let mut part = Part { overzicht, measure, cells, keys };
    sort(input, &mut part);
    Some(part)
}

/// In an edition: that another gemeente has a row at all says that there is a child of that kind. A row of which one
/// measure may be seen stays, with the others hidden.
fn without_hidden<'p>(input: &Input<'_>, group: &[Part<'p>]) -> Vec<Part<'p>> {
    let is_seen = |part: &Part<'_>, cell: &PublishedCell| {
        let own = input.published.gemeente().is_none_or(|code| {
            part.measure.key(cell, "gemeente") == code
                || part.keys.iter().all(|key| *key == "gemeente")
        });
        own || cell.value != Shown::Hidden
    };
    let seen: BTreeSet<Vec<String>> = (group.iter())
        .flat_map(|part| {
            let cells = part.cells.iter().filter(|cell| is_seen(part, cell));
            cells.map(|cell| part.texts(cell))
        })
        .collect();
    let of = |part: &Part<'p>| {
        let cells = part.cells.iter().filter(|cell| seen.contains(&part.texts(cell)));
        Part { cells: cells.copied().collect(), keys: part.keys.clone(), ..*part }
    };
    group.iter().map(of).collect()
}

/// Names in Dutch order, numbers by size, and what is neither by how much it is.
fn sort(input: &Input<'_>, part: &mut Part<'_>) {
    let measure = part.measure;
    let key = part.keys.first().copied().unwrap_or_default();
    let is_number = |cell: &&PublishedCell| measure.key(cell, key).parse::<i64>().is_ok();
    if part.keys.len() == 1 && ["gemeente", "aanbieder"].contains(&key) {
        part.cells.sort_by_cached_key(|cell| sort_key(gemeente(input, measure.key(cell, key))));
    } else if part.keys.len() == 1 && part.cells.iter().all(is_number) {
        part.cells.sort_by_key(|cell| measure.key(cell, key).parse::<i64>().unwrap_or_default());
    } else if part.keys.len() == 1 || part.cells.len() > MAX_ROWS {
        part.cells.sort_by_key(|cell| std::cmp::Reverse(cell.value.value()));
    }
}

/// One column of children can stand for both only where both are about the same children.
fn have_same_children(one: &Part<'_>, next: &Part<'_>) -> bool {
    let children = |cell: &PublishedCell| cell.clienten.clone();
    one.cells.iter().all(|cell| {
        let other = next.find(&one.texts(cell));
        other.is_none_or(|other| children(other) == children(cell))
    })
}

fn block(input: &Input<'_>, group: &[Part<'_>]) -> Vec<Block> {
    let group = without_hidden(input, group);
    let is_hidden = |part: &Part<'_>| part.cells.iter().all(|cell| cell.value == Shown::Hidden);
    if input.published.gemeente().is_some() && group.iter().all(is_hidden) {
        // A table of nothing but dots is no reading matter, and an edition has many.
        let titles: Vec<&str> = group.iter().map(|part| part.overzicht.titel.as_str()).collect();
        let text = format!("{}: onderdrukt, het gaat om te weinig jeugdigen.", list(&titles));
        return vec![Block::Paragraph(text)];
    }
    tables(input, &group)
}

fn tables(input: &Input<'_>, group: &[Part<'_>]) -> Vec<Block> {
    if let [one] = group {
        if let Some(text) = alone(input, one) {
            return vec![Block::Paragraph(text)];
        }
        if let Some(table) = kruistabel::table(input, one) {
            return with_sentences(group, Block::Table(table));
        }
    }
    with_sentences(group, Block::Table(tabel::table(input, group)))
}

fn with_sentences(group: &[Part<'_>], table: Block) -> Vec<Block> {
    let told = group.iter().map(|part| part.overzicht).filter(|one| !one.zin.is_empty());
    let sentences = told.map(|one| Block::Paragraph(format!("{} ({})", one.zin, one.regel.id)));
    sentences.chain([table]).collect()
}

/// A table of one row is a sentence; what is not shown keeps its table, which says why.
fn alone(input: &Input<'_>, part: &Part<'_>) -> Option<String> {
    let ([cell], Overzicht { titel, periode, regel, eenheid, .. }) =
        (part.cells.as_slice(), part.overzicht)
    else {
        return None;
    };
    let Shown::Value(value) = cell.value else { return None };
    let told = match eenheid.as_str() {
        "eurocent" => euro_whole(value),
        "minuten" => hours_text(value),
        unit => format!("{unit}: {}", count(value)),
    };
    let children = match cell.clienten {
        None => String::new(),
        Some(Shown::Value(n)) if n == value && eenheid.starts_with("jeugdigen") => String::new(),
        Some(Shown::Value(n)) => format!(", jeugdigen: {}", count(n)),
        Some(_) => return None,
    };
    let names: Vec<String> = (part.keys.iter())
        .map(|key| name(input, key, part.measure.key(cell, key)).to_owned())
        .collect();
    Some(format!("{titel} ({periode}): {} ({told}{children}). ({})", list(&names), regel.id))
}

/// A key as it is read: a gemeente by its name.
pub(super) fn name<'i>(input: &'i Input<'_>, key: &str, text: &'i str) -> &'i str {
    if key == "gemeente" { gemeente(input, text) } else { text }
}
