//! The first records of a file → its separator and its heading.

use super::cut::{Cut, Fields, cut, line_len};
use crate::sources::Aliases;
use crate::sources::grid::{self, Cells as _, Heading, MAX_PREAMBLE, Top};
use crate::sources::headers::Match;

/// Separators that are tried, besides one that Excel's `sep=` names.
const DELIMITERS: &[u8] = b";,\t|";
/// Separators of other programs that are told by name, so that a file is not simply unknown.
const FOREIGN: &[&str] =
    &["||", "~|~", "|~|", "^|^", "::", ";;", "##", "<>", "$$", "\\t", "~", "^", ":", "#", "\u{1f}"];
/// Records behind the heading that must agree with it.
const SAMPLE: usize = 100;

/// What the beginning of a file says.
pub(super) enum Decision {
    /// It is a table.
    Table(Box<Dialect>),
    /// No table fits; the best guesses.
    Unknown(Vec<Match>),
    /// The heading fits with a separator that is not read.
    Foreign(String),
    /// Nothing but blank lines.
    Empty,
}

/// How a file is written.
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    pub(super) heading: Heading,
    /// Bytes up to and including the heading.
    pub(super) len: usize,
    /// Lines up to and including the heading.
    pub(super) lines: u64,
    /// Lines with text above the heading.
    pub(super) n_preamble: usize,
}

/// Tries every separator on the first records: the heading must fit a table, and of several the one with most fields
/// that also hold in what follows wins.
pub(super) fn decide(
    bytes: &[u8],
    is_last: bool,
    aliases: &Aliases,
    forced: Option<&str>,
) -> Decision {
    let Some(lead) = lead(bytes) else { return Decision::Empty };
    let body = &bytes[lead.len..];
    let named = lead.named.filter(|d| !DELIMITERS.contains(d));
    let mut best: Option<(usize, Dialect)> = None;
    let mut nearest: (usize, Vec<Match>) = (0, Vec::new());
    for delimiter in DELIMITERS.iter().copied().chain(named) {
        let top = records(body, delimiter, is_last);
        match grid::find_heading(&top.rows, aliases, forced) {
            Top::Heading(heading) => {
                let at = heading.at;
                let score = fit(&body[top.begin(at)..], delimiter, is_last);
                if best.as_ref().is_none_or(|(known, _)| score > *known) {
                    let n_preamble = top.rows[..at].iter().filter(|row| !is_blank(row)).count();
                    let (len, lines) = (lead.len + top.ends[at], lead.lines + top.lines[at]);
                    best = Some((score, Dialect { delimiter, heading, len, lines, n_preamble }));
                }
            }
            Top::Unknown(guesses) => {
                let n = guesses.first().map_or(0, |m| m.targets.iter().flatten().count());
                if n > nearest.0 {
                    nearest = (n, guesses);
                }
            }
        }
    }
    match best {
        Some((_, dialect)) => match longer(&bytes[..dialect.len], dialect.delimiter) {
            Some(separator) => Decision::Foreign(separator.to_owned()),
            None => Decision::Table(Box::new(dialect)),
        },
        None => match foreign(body, aliases, forced) {
            Some(separator) => Decision::Foreign(separator),
            None => Decision::Unknown(nearest.1),
        },
    }
}

/// Blank lines and Excel's `sep=;` in front.
struct Lead {
    len: usize,
    lines: u64,
    named: Option<u8>,
}

/// `None` when nothing follows.
fn lead(bytes: &[u8]) -> Option<Lead> {
    let mut out = Lead { len: 0, lines: 0, named: None };
    loop {
        let len = line_len(&bytes[out.len..]);
        let line = bytes[out.len..out.len + len].trim_ascii();
        if len == 0 {
            return None;
        }
        let is_sep = line.len() <= 5 && line.to_ascii_lowercase().starts_with(b"sep=");
        if !line.is_empty() && !is_sep {
            return Some(out);
        }
        out.named = line.get(4).copied().or(out.named);
        out.len += len;
        out.lines += 1;
    }
}

/// The first records, with where each ends.
#[derive(Default)]
struct Records {
    rows: Vec<Fields>,
    ends: Vec<usize>,
    lines: Vec<u64>,
}

impl Records {
    fn begin(&self, at: usize) -> usize {
        if at == 0 { 0 } else { self.ends[at - 1] }
    }
}

fn records(body: &[u8], delimiter: u8, is_last: bool) -> Records {
    let mut out = Records::default();
    let (mut at, mut line) = (0, 0);
    while at < body.len() && out.rows.len() <= MAX_PREAMBLE {
        let mut fields = Fields::default();
        match cut(&body[at..], delimiter, is_last, &mut fields) {
            Cut::Record { len, lines } => {
                at += len;
                line += lines;
            }
            // A title with a stray quote is no heading, and no reason to stop looking.
            Cut::Broken { len } => {
                fields.clear();
                at += len;
                line += 1;
            }
            Cut::Incomplete => break,
        }
        out.rows.push(fields);
        out.ends.push(at);
        out.lines.push(line);
    }
    out
}

fn is_blank(row: &Fields) -> bool {
    row.text.iter().all(u8::is_ascii_whitespace)
}

/// Fields in the heading times records of the sample that have as many.
fn fit(body: &[u8], delimiter: u8, is_last: bool) -> usize {
    let mut fields = Fields::default();
    let Cut::Record { len, .. } = cut(body, delimiter, is_last, &mut fields) else { return 0 };
    let n = fields.n_cells();
    let mut at = len;
    let mut same = 1;
    for _ in 0..SAMPLE {
        if at >= body.len() {
            break;
        }
        match cut(&body[at..], delimiter, is_last, &mut fields) {
            Cut::Record { len, .. } => {
                same += usize::from(fields.n_cells() == n);
                at += len;
            }
            Cut::Broken { len } => at += len,
            Cut::Incomplete => break,
        }
    }
    n * same
}

/// The separator is part of a longer one: every time it stands in the heading the rest stands around it.
fn longer(top: &[u8], delimiter: u8) -> Option<&'static str> {
    let text = String::from_utf8_lossy(top);
    let heading = text.lines().last().unwrap_or_default();
    let n = heading.matches(char::from(delimiter)).count();
    FOREIGN.iter().copied().find(|separator| {
        let within = separator.matches(char::from(delimiter)).count();
        let n_times = heading.matches(separator).count();
        within > 0 && separator.len() > 1 && n_times > 1 && n_times * within == n
    })
}

/// A separator of another program with which a line would be a heading.
fn foreign(body: &[u8], aliases: &Aliases, forced: Option<&str>) -> Option<String> {
    let head = &body[..body.len().min(64 * 1024)];
    let text = String::from_utf8_lossy(head);
    let lines: Vec<&str> = text.lines().take(MAX_PREAMBLE + 1).collect();
    FOREIGN.iter().find_map(|separator| {
        let rows: Vec<Vec<&str>> =
            lines.iter().map(|line| line.split(separator).map(unquoted).collect()).collect();
        let is_table = matches!(grid::find_heading(&rows, aliases, forced), Top::Heading(_));
        is_table.then(|| (*separator).to_owned())
    })
}

fn unquoted(cell: &str) -> &str {
    cell.trim().trim_matches('"')
}
