//! Every mistake of a region file at once, for who writes one.
//!
//! Enters: the text. Leaves: the mistakes, by line. Reading stops at the first mistake; here what is wrong is taken
//! out, or lent from the practice region, and the rest is read again, until nothing is wrong any more.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use crate::region::Region;
use crate::region::document::{Document, Mistake};
use crate::region::wire::WireFile;

/// More mistakes than anybody mends in one go.
const MAX: usize = 100;

/// A step from the file to a value: a key, or a place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// Where a value stands.
type Way = Vec<Step>;

/// Every mistake, by line; empty when the file is a good region file. `example` is a file without mistakes.
pub(super) fn all(text: &str, shown_path: &str, example: &str) -> Vec<String> {
    let document = Document { path: shown_path, text };
    let (_, errors) = DeTable::parse_recoverable(text);
    let mut found: Vec<Mistake> = errors.iter().map(|error| document.mistake(error)).collect();
    let padded = format!("{}{example}", " ".repeat(text.len()));
    if found.is_empty()
        && let (Ok(file), Ok(example)) = (DeTable::parse(text), DeTable::parse(&padded))
    {
        let work = Work { document: &document, file, example, gone: Vec::new() };
        found = work.run();
    }
    found.sort_by_key(|mistake| mistake.at);
    let mut out: Vec<String> = found.into_iter().map(|mistake| mistake.text).collect();
    out.dedup();
    out
}

struct Work<'d, 't> {
    document: &'d Document<'d>,
    file: Spanned<DeTable<'t>>,
    /// Its places lie behind those of the file, so that the two cannot be confused.
    example: Spanned<DeTable<'t>>,
    /// What was taken out.
    gone: Vec<Way>,
}

impl Work<'_, '_> {
    fn run(mut self) -> Vec<Mistake> {
        let mut found = Vec::new();
        for _ in 0..MAX {
            let Some(mistake) = self.first() else { break };
            // What was lent cannot be wrong, except beside what it was lent to.
            if mistake.span.start >= self.document.text.len() && mistake.missing.is_none() {
                break;
            }
            let (is_new, can_go_on) = match &mistake.missing {
                Some(key) => self.lend(&mistake.span, key),
                None => self.take_out(mistake.span.start, mistake.meant.as_deref()),
            };
            if is_new {
                found.push(mistake);
            }
            if !can_go_on {
                break;
            }
        }
        found
    }

    /// The first mistake of what is left.
    fn first(&self) -> Option<Mistake> {
        let wire = match WireFile::deserialize(Deserializer::from(self.file.clone())) {
            Ok(wire) => wire,
            Err(error) => return Some(self.document.mistake(&error)),
        };
        let checked = Region::of(wire, self.document.text, self.document.path);
        checked.err().and_then(|error| error.downcast().ok())
    }

    /// Takes out what stands at a place. Says whether the mistake is one of the user, and whether to go on. The key that
    /// was `meant` is then missing, which is the same mistake.
    fn take_out(&mut self, at: usize, meant: Option<&str>) -> (bool, bool) {
        let mut way = Way::new();
        if !find(self.file.get_ref(), at, &mut way) {
            return (true, false);
        }
        // A part may be wrong because of what was taken out of it.
        let is_new = !self.gone.iter().any(|gone| gone.starts_with(&way));
        let is_gone = remove(self.file.get_mut(), &way);
        if let (Some(meant), Some((_, parent))) = (meant, way.split_last()) {
            self.gone.push([parent, &[Step::Key(meant.to_owned())]].concat());
        }
        self.gone.push(way);
        (is_new, is_gone)
    }

    /// Lends a key that is missing in the table of this place. When it is missing because it was taken out, that is no
    /// mistake of its own.
    fn lend(&mut self, table: &Range<usize>, key: &str) -> (bool, bool) {
        let mut way = Way::new();
        if !find_table(self.file.get_ref(), table, &mut way) {
            way.clear();
        }
        let parent = way.clone();
        way.push(Step::Key(key.to_owned()));
        let is_new = !self.gone.contains(&way);
        if let Some((key, value)) = get(self.example.get_ref(), &way)
            && insert(self.file.get_mut(), &parent, key.clone(), value.clone())
        {
            return (is_new, true);
        }
        // The practice region does not have it either: the whole part goes.
        let is_gone = !parent.is_empty() && remove(self.file.get_mut(), &parent);
        self.gone.push(parent);
        (is_new, is_gone)
    }
}

/// The innermost key or value at a place.
fn find(table: &DeTable<'_>, at: usize, way: &mut Way) -> bool {
    for (key, value) in table {
        way.push(Step::Key(key.get_ref().to_string()));
        if find_in(value, at, way) || key.span().contains(&at) {
            return true;
        }
        way.pop();
    }
    false
}

fn find_in(value: &Spanned<DeValue<'_>>, at: usize, way: &mut Way) -> bool {
    let is_inside = match value.get_ref() {
        DeValue::Table(table) => find(table, at, way),
        DeValue::Array(items) => items.iter().enumerate().any(|(index, item)| {
            way.push(Step::Index(index));
            let is_here = find_in(item, at, way);
            if !is_here {
                way.pop();
            }
            is_here
        }),
        _ => false,
    };
    is_inside || value.span().contains(&at)
}

/// The table whose place is this one.
fn find_table(table: &DeTable<'_>, place: &Range<usize>, way: &mut Way) -> bool {
    table.iter().any(|(key, value)| {
        way.push(Step::Key(key.get_ref().to_string()));
        let is_here = find_table_in(value, place, way);
        if !is_here {
            way.pop();
        }
        is_here
    })
}

fn find_table_in(value: &Spanned<DeValue<'_>>, place: &Range<usize>, way: &mut Way) -> bool {
    match value.get_ref() {
        DeValue::Table(table) => value.span() == *place || find_table(table, place, way),
        DeValue::Array(items) => items.iter().enumerate().any(|(index, item)| {
            way.push(Step::Index(index));
            let is_here = find_table_in(item, place, way);
            if !is_here {
                way.pop();
            }
            is_here
        }),
        _ => false,
    }
}

fn get<'f, 't>(table: &'f DeTable<'t>, way: &[Step]) -> Option<Entry<'f, 't>> {
    let (first, rest) = way.split_first()?;
    let Step::Key(name) = first else { return None };
    let (key, value) = table.get_key_value(name.as_str())?;
    match (rest, value.get_ref()) {
        ([], _) => Some((key, value)),
        (rest, DeValue::Table(table)) => get(table, rest),
        _ => None,
    }
}

type Key<'t> = Spanned<Cow<'t, str>>;
type Entry<'f, 't> = (&'f Key<'t>, &'f Spanned<DeValue<'t>>);

/// The table at the end of a way.
fn table_at<'f, 't>(table: &'f mut DeTable<'t>, way: &[Step]) -> Option<&'f mut DeTable<'t>> {
    let Some((first, rest)) = way.split_first() else { return Some(table) };
    let Step::Key(name) = first else { return None };
    value_at(table.get_mut(name.as_str())?, rest)
}

fn value_at<'f, 't>(
    value: &'f mut Spanned<DeValue<'t>>,
    way: &[Step],
) -> Option<&'f mut DeTable<'t>> {
    match (value.get_mut(), way) {
        (DeValue::Table(table), way) => table_at(table, way),
        (DeValue::Array(items), [Step::Index(at), rest @ ..]) => {
            value_at(items.get_mut(*at)?, rest)
        }
        _ => None,
    }
}

fn insert<'t>(
    table: &mut DeTable<'t>,
    way: &[Step],
    key: Key<'t>,
    value: Spanned<DeValue<'t>>,
) -> bool {
    table_at(table, way).is_some_and(|table| table.insert(key, value).is_none())
}

/// Removes what stands at the end of a way; of a list the whole list, unless it is one of tables.
fn remove(table: &mut DeTable<'_>, way: &[Step]) -> bool {
    match way {
        [before @ .., Step::Key(name)] => {
            table_at(table, before).is_some_and(|table| table.remove(name.as_str()).is_some())
        }
        [before @ .., Step::Key(name), Step::Index(at)] => {
            let Some(table) = table_at(table, before) else { return false };
            match table.get_mut(name.as_str()).map(Spanned::get_mut) {
                Some(DeValue::Array(items)) if *at < items.len() => {
                    let rest = items.iter().enumerate().filter(|(i, _)| i != at);
                    *items = rest.map(|(_, item)| item.clone()).collect();
                    true
                }
                _ => false,
            }
        }
        _ => false,
    }
}
