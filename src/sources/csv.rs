//! Delimited text: `;`, `,`, tab or `|`, in any encoding a Dutch office writes, quoted fields with delimiters and line
//! breaks.
//!
//! Enters: one file. Leaves: blocks of raw rows, cut at record ends. The reading is strict: a record whose
//! quoting is broken or whose number of fields differs from the heading is a reject of its *first line*, and
//! reading resumes on the next line, so that one stray quote never swallows or shifts what follows.
//! The `csv` crate is lenient here (it joins text behind a closing quote and lets a field run to the end of
//! the file), which is why records are cut by our own code.

mod cut;
mod dialect;
mod records;
mod window;

use std::sync::Arc;

use anyhow::Result;

use self::dialect::{Decision, Dialect, decide};
use self::records::Records;
use self::window::{CHUNK, Window};
use crate::rejects::{Reject, Rule, excerpt};
use crate::sources::archive::Refusal;
use crate::sources::encoding::{Encoding, head_text};
use crate::sources::headers;
use crate::sources::input::Input;
use crate::sources::rules::{MS204, MS205, MS267};
use crate::sources::{Block, Format, Opened, Reading, Sink};

/// Headings that are not used, of which this many are told.
const MAX_UNUSED: usize = 60;

/// Delimited text as a [`Format`].
pub const FORMAT: Format = Format { name: "CSV", recognises, read, whole_file: false };

/// Anything that is text: no NUL byte, and not a marked-up document.
fn recognises(head: &[u8]) -> bool {
    let body = head_text(head);
    !body.contains(&0) && !body.trim_ascii_start().starts_with(b"<") && looks_like_text(&body)
}

/// Random bytes hold many control characters; text holds next to none.
fn looks_like_text(body: &[u8]) -> bool {
    let control = body.iter().filter(|b| **b < 32 && !matches!(**b, b'\t' | b'\n' | b'\r')).count();
    control * 100 <= body.len()
}

fn read(opened: &Opened<'_>, sink: &mut Sink<'_>) -> Result<()> {
    read_in_chunks(opened, CHUNK, sink)
}

/// Reads a file `chunk` bytes at a time: the rows do not depend on that number.
fn read_in_chunks(opened: &Opened<'_>, chunk: usize, sink: &mut Sink<'_>) -> Result<()> {
    let mut window = match Window::open(opened.input, chunk) {
        Ok(window) => window,
        Err(error) => return sink(unreadable(opened, &error)),
    };
    let decision = decide(window.rest(), window.is_last(), opened.aliases, opened.table);
    let (rule, found) = match decision {
        Decision::Table(dialect) => return read_table(opened, &mut window, *dialect, sink),
        Decision::Empty => (&MS205, MS205.title.to_owned()),
        Decision::Foreign(separator) => (&MS267, format!("scheidingsteken {separator}")),
        Decision::Unknown(guesses) => (&MS204, headers::guesses(&guesses)),
    };
    let reading = Some(Reading::unused(FORMAT.name, found.clone()));
    sink(Block { reading, ..refusal(opened, rule, found) })
}

/// A block with nothing but the reason why the file is not read, or not further.
fn refusal(opened: &Opened<'_>, rule: &'static Rule, found: String) -> Block {
    Block {
        file: Some(Arc::clone(&opened.file)),
        rejects: vec![Reject { found, ..Reject::new(rule, &opened.file.path, 0) }],
        ..Block::default()
    }
}

fn unreadable(opened: &Opened<'_>, error: &std::io::Error) -> Block {
    let Refusal { rule, reason } = opened.input.refusal(error);
    refusal(opened, rule, reason)
}

fn read_table(
    opened: &Opened<'_>,
    window: &mut Window,
    dialect: Dialect,
    sink: &mut Sink<'_>,
) -> Result<()> {
    let mut reading = Some(describe(&dialect, opened.input, window.has_bom()));
    window.consume(dialect.len);
    let mut records = Records::new(opened, dialect);
    loop {
        let mut block = records.next_block(window);
        block.reading = reading.take();
        sink(block)?;
        if window.is_done() {
            return Ok(());
        }
        if let Err(error) = window.fill() {
            return sink(unreadable(opened, &error));
        }
    }
}

fn describe(dialect: &Dialect, input: &Input, has_bom: bool) -> Reading {
    let delimiter = match dialect.delimiter {
        b';' => "puntkomma".to_owned(),
        b',' => "komma".to_owned(),
        b'\t' => "tab".to_owned(),
        b'|' => "verticale streep".to_owned(),
        other => format!("'{}'", char::from(other)),
    };
    let matched = &dialect.heading.matched;
    let pairs = dialect.heading.headings.iter().zip(&matched.targets);
    let used = |(heading, target): (&String, &Option<usize>)| {
        target.map(|position| (heading.clone(), matched.table.columns[position].name.to_owned()))
    };
    let encoding = match input.encoding() {
        Encoding::Utf8 if has_bom => "UTF-8 met BOM",
        other => other.name(),
    };
    let remark = match dialect.n_preamble {
        0 => String::new(),
        1 => "1 regel boven de kop niet gebruikt".to_owned(),
        n => format!("{n} regels boven de kop niet gebruikt"),
    };
    Reading {
        format: FORMAT.name.to_owned(),
        table: matched.table.name.to_owned(),
        encoding: encoding.to_owned(),
        delimiter,
        columns: pairs.clone().filter_map(used).collect(),
        // A heading that is not used may be anything, even a row of data.
        unused: pairs
            .filter(|(heading, target)| target.is_none() && !headers::is_of_correction(heading))
            .map(|(heading, _)| excerpt(heading))
            .take(MAX_UNUSED)
            .collect(),
        remark,
        ..Reading::unused("", String::new())
    }
}

#[cfg(test)]
mod edges;
#[cfg(test)]
mod tests;
