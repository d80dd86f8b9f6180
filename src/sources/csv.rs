//! Delimited text: `;`, `,`, tab or `|`, UTF-8, quoted fields with delimiters and line breaks.
//!
//! Enters: one file. Leaves: blocks of raw rows, cut at record ends. The reading is strict: a record whose
//! quoting is broken or whose number of fields differs from the heading is a reject of its *first line*, and
//! reading resumes on the next line, so that one stray quote never swallows or shifts what follows.
//! The `csv` crate is lenient here (it joins text behind a closing quote and lets a field run to the end of
//! the file), which is why records are cut by our own code.

use std::io::Read;
use std::sync::Arc;

use anyhow::Result;

use crate::rejects::{Reject, Rule, excerpt};
use crate::schema::{DECLARATIES, Table};
use crate::sources::gather;
use crate::sources::headers::{self, Recognised};
use crate::sources::input::Input;
use crate::sources::raw::RawTable;
use crate::sources::rules::{MS201, MS202, MS203, MS204, MS205, MS206, MS207};
use crate::sources::{Block, Counts, Format, Opened, Reading, Sink};

/// Bytes read from the file at a time; also about the size of a block.
const CHUNK: usize = 8 << 20;
/// Headings that are not used, of which this many are told.
const MAX_UNUSED: usize = 60;
/// A record longer than this has lost its closing quote.
const MAX_RECORD: usize = 1 << 20;

/// Delimited text as a [`Format`].
pub const FORMAT: Format = Format { name: "CSV", recognises, read, whole_file: false };

/// Anything that is text: no NUL byte, and not a marked-up document.
fn recognises(head: &[u8]) -> bool {
    let body = strip_bom(head);
    !body.contains(&0) && !body.trim_ascii_start().starts_with(b"<") && looks_like_text(body)
}

/// Random bytes hold many control characters; text holds next to none.
fn looks_like_text(body: &[u8]) -> bool {
    let control = body.iter().filter(|b| **b < 32 && !matches!(**b, b'\t' | b'\n' | b'\r')).count();
    control * 100 <= body.len()
}

fn strip_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// One record cut from the bytes.
#[derive(Debug, PartialEq, Eq)]
enum Cut {
    /// A record of `len` bytes (line end included) over `lines` lines; its fields are in the scratch.
    Record { len: usize, lines: u64 },
    /// Broken quoting in a line of `len` bytes.
    Broken { len: usize },
    /// The record does not end within these bytes.
    Incomplete,
}

/// Field texts of the record just cut, quotes removed.
#[derive(Debug, Default)]
struct Fields {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Fields {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.ends.iter().enumerate().map(|(i, end)| {
            let begin = if i == 0 { 0 } else { self.ends[i - 1] };
            &self.text[begin..*end]
        })
    }

    fn finish_field(&mut self) {
        self.ends.push(self.text.len());
    }

    fn is_blank(&self) -> bool {
        self.text.iter().all(u8::is_ascii_whitespace)
    }
}

/// Length of the line at the front, line end included; all that is left when there is none.
fn line_len(bytes: &[u8]) -> usize {
    memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1)
}

/// Cuts the record at the front of `bytes`. `is_last` says that nothing follows them.
fn cut(bytes: &[u8], delimiter: u8, is_last: bool, fields: &mut Fields) -> Cut {
    fields.clear();
    let newline = memchr::memchr(b'\n', bytes);
    let line = match newline {
        Some(at) => &bytes[..at],
        None if is_last => bytes,
        None if bytes.len() > MAX_RECORD => return Cut::Broken { len: bytes.len() },
        None => return Cut::Incomplete,
    };
    if memchr::memchr(b'"', line).is_some() {
        return cut_quoted(bytes, delimiter, is_last, fields);
    }
    let line_bytes = line.strip_suffix(b"\r").unwrap_or(line);
    let mut begin = 0;
    for at in memchr::memchr_iter(delimiter, line_bytes) {
        fields.text.extend_from_slice(&line_bytes[begin..at]);
        fields.finish_field();
        begin = at + 1;
    }
    fields.text.extend_from_slice(&line_bytes[begin..]);
    fields.finish_field();
    Cut::Record { len: newline.map_or(bytes.len(), |at| at + 1), lines: 1 }
}

/// The careful path, for a record with a quote in its first line.
fn cut_quoted(bytes: &[u8], delimiter: u8, is_last: bool, fields: &mut Fields) -> Cut {
    let broken = Cut::Broken { len: line_len(bytes) };
    let mut at = 0;
    let mut lines = 1;
    loop {
        if bytes.get(at) == Some(&b'"') {
            match quoted_field(&bytes[at..], fields) {
                Some((len, breaks)) => {
                    at += len;
                    lines += breaks;
                }
                None if is_last || bytes.len() > MAX_RECORD => return broken,
                None => return Cut::Incomplete,
            }
        } else {
            let rest = &bytes[at..];
            let len = memchr::memchr2(delimiter, b'\n', rest).unwrap_or(rest.len());
            let end = if rest.get(len) == Some(&b'\n') || len == rest.len() {
                rest[..len].strip_suffix(b"\r").map_or(len, <[u8]>::len)
            } else {
                len
            };
            fields.text.extend_from_slice(&rest[..end]);
            at += end;
        }
        fields.finish_field();
        match &bytes[at..] {
            [first, ..] if *first == delimiter => at += 1,
            [b'\n', ..] => return Cut::Record { len: at + 1, lines },
            [b'\r', b'\n', ..] => return Cut::Record { len: at + 2, lines },
            [] | [b'\r'] if is_last => return Cut::Record { len: bytes.len(), lines },
            [] | [b'\r'] => return Cut::Incomplete,
            _ => return broken,
        }
    }
}

/// Reads a quoted field from its opening quote: bytes up to and including the closing one, and line breaks in it.
fn quoted_field(bytes: &[u8], fields: &mut Fields) -> Option<(usize, u64)> {
    let mut at = 1;
    let mut breaks = 0;
    loop {
        let len = memchr::memchr(b'"', &bytes[at..])?;
        let piece = &bytes[at..at + len];
        fields.text.extend_from_slice(piece);
        breaks += memchr::memchr_iter(b'\n', piece).count() as u64;
        at += len + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some((at, breaks));
        }
        fields.text.push(b'"');
        at += 1;
    }
}

/// Bytes of a file in chunks, with what was not yet consumed kept in front.
struct Window {
    file: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    begin: usize,
    is_last: bool,
}

impl Window {
    fn open(input: &Input) -> std::io::Result<Self> {
        let mut window = Self {
            file: input.open()?,
            buffer: Vec::with_capacity(CHUNK + MAX_RECORD),
            begin: 0,
            is_last: false,
        };
        window.fill()?;
        window.begin = window.buffer.len() - strip_bom(&window.buffer).len();
        Ok(window)
    }

    /// Drops what was consumed and reads one chunk more.
    fn fill(&mut self) -> std::io::Result<()> {
        self.buffer.drain(..self.begin);
        self.begin = 0;
        let before = self.buffer.len();
        let wanted = u64::try_from(CHUNK).expect("a chunk is small");
        let n = self.file.by_ref().take(wanted).read_to_end(&mut self.buffer)?;
        self.is_last = n < CHUNK;
        debug_assert_eq!(self.buffer.len(), before + n);
        Ok(())
    }

    fn rest(&self) -> &[u8] {
        &self.buffer[self.begin..]
    }
}

/// True when the first line ends on a lone carriage return.
fn has_bare_returns(bytes: &[u8]) -> bool {
    let line = &bytes[..line_len(bytes)];
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    memchr::memchr(b'\r', line).is_some() && memchr::memchr(b'"', line).is_none()
}

/// The header as decided on the first chunk.
struct Heading {
    delimiter: u8,
    headings: Vec<String>,
    len: usize,
    lines: u64,
}

/// Tries every delimiter on the first record and a sample of what follows; most fields that also hold in the
/// sample wins. Blank lines and Excel's `sep=;` in front are passed over.
fn decide(bytes: &[u8], is_last: bool) -> Option<Heading> {
    let mut skipped = 0;
    let mut lines = 0;
    loop {
        let len = line_len(&bytes[skipped..]);
        let line = bytes[skipped..skipped + len].trim_ascii();
        if len == 0 {
            return None;
        }
        if !line.is_empty() && !line.to_ascii_lowercase().starts_with(b"sep=") {
            break;
        }
        skipped += len;
        lines += 1;
    }
    let body = &bytes[skipped..];
    let (_, delimiter) = b";,\t|"
        .iter()
        .map(|delimiter| (fit(body, *delimiter, is_last), *delimiter))
        .max_by_key(|(fit, delimiter)| (*fit, std::cmp::Reverse(*delimiter)))?;
    let mut fields = Fields::default();
    let Cut::Record { len, lines: header_lines } = cut(body, delimiter, is_last, &mut fields)
    else {
        return None;
    };
    let headings = fields.iter().map(|f| String::from_utf8_lossy(f).trim().to_owned()).collect();
    Some(Heading { delimiter, headings, len: skipped + len, lines: lines + header_lines })
}

/// Fields in the header times records of the sample that have as many.
fn fit(body: &[u8], delimiter: u8, is_last: bool) -> usize {
    let mut fields = Fields::default();
    let Cut::Record { len, .. } = cut(body, delimiter, is_last, &mut fields) else { return 0 };
    let n = fields.ends.len();
    let mut at = len;
    let mut same = 1;
    for _ in 0..100 {
        match cut(&body[at..], delimiter, is_last, &mut fields) {
            _ if at >= body.len() => break,
            Cut::Record { len, .. } => {
                same += usize::from(fields.ends.len() == n);
                at += len;
            }
            Cut::Broken { len } => at += len,
            Cut::Incomplete => break,
        }
    }
    if n > 1 { n * same } else { 0 }
}

fn read(opened: &Opened<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let file_reject = |rule: &'static Rule, found: String| Block {
        file: Some(Arc::clone(&opened.file)),
        rejects: vec![Reject { found, ..Reject::new(rule, &opened.file.path, 0) }],
        ..Block::default()
    };
    let mut window = match Window::open(opened.input) {
        Ok(window) => window,
        Err(error) => return sink(file_reject(&MS206, gather::reason(&error).to_owned())),
    };
    if has_bare_returns(window.rest()) {
        let reading = Some(Reading::unused(FORMAT.name, MS207.title.to_owned()));
        return sink(Block { reading, ..file_reject(&MS207, String::new()) });
    }
    let Some(heading) = decide(window.rest(), window.is_last) else {
        let reading = Some(Reading::unused(FORMAT.name, MS205.title.to_owned()));
        return sink(Block { reading, ..file_reject(&MS205, String::new()) });
    };
    let matched = match headers::recognise(&heading.headings, opened.aliases, opened.table) {
        Recognised::Table(matched) => matched,
        Recognised::None(guesses) => {
            let remark = headers::guesses(&guesses);
            let reading = Some(Reading::unused(FORMAT.name, remark.clone()));
            return sink(Block { reading, ..file_reject(&MS204, remark) });
        }
    };
    let has_bom = window.begin > 0;
    let reading = describe(&heading, matched.table, &matched.targets, has_bom);
    let mut records = Records {
        opened,
        delimiter: heading.delimiter,
        headings: heading.headings.into(),
        targets: matched.targets.into(),
        table: matched.table,
        line: heading.lines + 1,
        fields: Fields::default(),
    };
    window.begin += heading.len;
    let mut reading = Some(reading);
    loop {
        let mut block = records.next_block(&mut window);
        block.reading = reading.take();
        sink(block)?;
        if window.is_last && window.rest().is_empty() {
            return Ok(());
        }
        if let Err(error) = window.fill() {
            return sink(file_reject(&MS206, gather::reason(&error).to_owned()));
        }
    }
}

fn describe(heading: &Heading, table: &Table, targets: &[Option<usize>], has_bom: bool) -> Reading {
    let delimiter = match heading.delimiter {
        b';' => "puntkomma",
        b',' => "komma",
        b'\t' => "tab",
        _ => "verticale streep",
    };
    let pairs = heading.headings.iter().zip(targets);
    let used = |(heading, target): (&String, &Option<usize>)| {
        target.map(|position| (heading.clone(), table.columns[position].name.to_owned()))
    };
    Reading {
        format: FORMAT.name.to_owned(),
        table: table.name.to_owned(),
        encoding: if has_bom { "UTF-8 met BOM" } else { "UTF-8" }.to_owned(),
        delimiter: delimiter.to_owned(),
        columns: pairs.clone().filter_map(used).collect(),
        // A heading that is not used may be anything, even a row of data.
        unused: pairs
            .filter(|(_, target)| target.is_none())
            .map(|(heading, _)| excerpt(heading))
            .take(MAX_UNUSED)
            .collect(),
        styles: Vec::new(),
        remark: String::new(),
        sheets: Vec::new(),
    }
}

/// A record as it was cut.
struct Record<'b> {
    fields: &'b Fields,
    bytes: &'b [u8],
    lines: u64,
    /// The chunk it stands in is UTF-8, so that it need not be tested itself.
    is_utf8: bool,
}

/// Walks over the records of one file.
struct Records<'a> {
    opened: &'a Opened<'a>,
    delimiter: u8,
    headings: Arc<[String]>,
    targets: Arc<[Option<usize>]>,
    table: &'static Table,
    line: u64,
    fields: Fields,
}

impl Records<'_> {
    /// Consumes all whole records of the window.
    fn next_block(&mut self, window: &mut Window) -> Block {
        let (headings, targets) = (Arc::clone(&self.headings), Arc::clone(&self.targets));
        let mut table =
            RawTable::new(self.table, Arc::clone(&self.opened.file), headings, targets, false);
        let mut block = Block { file: Some(Arc::clone(&self.opened.file)), ..Block::default() };
        // Checked once per chunk; only a chunk that fails pays for a check per record.
        let is_utf8 = std::str::from_utf8(window.rest()).is_ok();
        while !window.rest().is_empty() {
            let bytes = window.rest();
            let mut fields = std::mem::take(&mut self.fields);
            let (len, lines) = match cut(bytes, self.delimiter, window.is_last, &mut fields) {
                Cut::Incomplete => {
                    self.fields = fields;
                    break;
                }
                Cut::Record { len, lines } => {
                    let record = Record { fields: &fields, bytes: &bytes[..len], lines, is_utf8 };
                    self.accept(&mut table, &mut block, &record)
                }
                Cut::Broken { len } => {
                    self.refuse(&mut block, &MS202, String::new());
                    (len, 1)
                }
            };
            self.fields = fields;
            block.counts.rows += 1;
            self.line += lines;
            window.begin += len;
        }
        block.tables.push(table);
        block
    }

    /// Adds a record to the block, or refuses it; says how many bytes and lines are consumed.
    fn accept(&self, table: &mut RawTable, block: &mut Block, record: &Record<'_>) -> (usize, u64) {
        let (fields, expected) = (record.fields, self.headings.len());
        if fields.is_blank() {
            block.counts.blank += 1;
        } else if fields.ends.len() != expected {
            // Over several lines the quote is the likelier fault, and only the first line is given up.
            let rule = if record.lines > 1 { &MS202 } else { &MS201 };
            let found = format!("{} velden, de kopregel heeft er {expected}", fields.ends.len());
            self.refuse(block, rule, found);
            return (line_len(record.bytes), 1);
        } else if !record.is_utf8 && std::str::from_utf8(&fields.text).is_err() {
            self.refuse(block, &MS203, String::new());
        } else {
            table.push(self.line, fields.iter());
        }
        (record.bytes.len(), record.lines)
    }

    fn refuse(&self, block: &mut Block, rule: &'static Rule, found: String) {
        let table = self.table.name.to_owned();
        block.rejects.push(Reject {
            table,
            found,
            ..Reject::new(rule, &self.opened.file.path, self.line)
        });
        let has_money = self.table.name == DECLARATIES.name;
        let unreadable = u64::from(has_money);
        block.counts.add(Counts {
            rejected: 1,
            rejected_unreadable: unreadable,
            ..Counts::default()
        });
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::sources::Aliases;
    use crate::sources::raw::SourceFile;

    fn blocks(content: &[u8]) -> Vec<Block> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.csv");
        std::fs::write(&path, content).unwrap();
        let file = Arc::new(SourceFile {
            path: "x.csv".into(),
            sha256: "0".repeat(64),
            bytes: content.len() as u64,
        });
        let aliases = Aliases::new();
        let input = Input::File(path);
        let opened = Opened { file, input: &input, aliases: &aliases, table: None };
        let mut out = Vec::new();
        read(&opened, &mut |block| {
            out.push(block);
            Ok(())
        })
        .unwrap();
        out
    }

    /// Rows as text, `line:cell|cell`, then the codes of the rejects.
    fn shown(content: &str) -> String {
        let mut out = Vec::new();
        for block in blocks(content.as_bytes()) {
            for table in &block.tables {
                for row in 0..table.n_rows() {
                    let cells: Vec<String> = (0..table.headings.len())
                        .map(|c| String::from_utf8_lossy(table.cell(row, c)).into_owned())
                        .collect();
                    out.push(format!("{}:{}", table.line(row), cells.join("|")));
                }
            }
            out.extend(block.rejects.iter().map(|r| format!("{}@{}", r.code, r.line)));
            if block.counts.blank > 0 {
                out.push(format!("blanco {}", block.counts.blank));
            }
        }
        out.join(" ")
    }

    #[test]
    fn delimiters_are_recognised() {
        for d in [";", ",", "\t", "|"] {
            let text = format!("gemeente{d}jaar{d}jeugdigen\n9901{d}2025{d}12\n");
            assert_eq!(shown(&text), "2:9901|2025|12", "{d}");
        }
    }

    #[test]
    fn a_byte_order_mark_and_excels_sep_line_are_passed_over() {
        assert_eq!(
            shown("\u{feff}sep=;\r\ngemeente;jaar;jeugdigen\r\n9901;2025;12\r\n"),
            "3:9901|2025|12"
        );
    }

    #[test]
    fn quoted_fields_hold_delimiters_quotes_and_line_breaks() {
        let text = "gemeente;naam;jaar;jeugdigen\n9901;\"a;\"\"b\"\"\nc\";2025;12\n9902;d;2025;13";
        assert_eq!(shown(text), "2:9901|a;\"b\"\nc|2025|12 4:9902|d|2025|13");
    }

    #[test]
    fn an_unclosed_quote_costs_one_line_only() {
        let text =
            "gemeente;naam;jaar;jeugdigen\n9901;\"a;2025;12\n9902;d;2025;13\n9903;\"e\";2025;14\n";
        assert_eq!(shown(text), "3:9902|d|2025|13 4:9903|e|2025|14 MS202@2");
        let at_the_end = "gemeente;naam;jaar;jeugdigen\n9901;\"a;2025;12\n9902;d;2025;13\n";
        assert_eq!(shown(at_the_end), "3:9902|d|2025|13 MS202@2");
    }

    #[test]
    fn text_behind_a_closing_quote_is_broken_quoting() {
        assert_eq!(shown("gemeente;naam;jaar;jeugdigen\n9901;\"a\"b;2025;12\n"), "MS202@2");
    }

    #[test]
    fn a_ragged_row_is_refused_and_a_blank_one_counted() {
        let text = "gemeente;jaar;jeugdigen\n9901;2025\n\n;;\n9902;2025;13;x\n9903;2025;1\n";
        assert_eq!(shown(text), "6:9903|2025|1 MS201@2 MS201@5 blanco 2");
    }

    #[test]
    fn bytes_that_are_not_utf8_cost_their_own_row() {
        let mut bytes = b"gemeente;naam;jaar;jeugdigen\n9901;Sint-Ma\xebrten;2025;12\n".to_vec();
        bytes.extend_from_slice("9902;België;2025;13\n".as_bytes());
        let block = blocks(&bytes).remove(0);
        assert_eq!(block.rejects[0].code, "MS203");
        assert_eq!(block.tables[0].n_rows(), 1);
    }

    #[test]
    fn records_do_not_depend_on_where_a_chunk_ends() {
        let mut text = String::from("gemeente;naam;jaar;jeugdigen\r\n");
        let filler = "x".repeat(997);
        let n = CHUNK / 1000 + 50;
        for i in 0..n {
            write!(text, "{i};\"{filler}\r\n\";2025;12\r\n").unwrap();
        }
        let blocks = blocks(text.as_bytes());
        assert!(blocks.len() > 1);
        assert_eq!(blocks.iter().map(|b| b.tables[0].n_rows()).sum::<usize>(), n);
        assert!(blocks.iter().all(|b| b.rejects.is_empty()));
        let last = blocks.last().unwrap();
        let row = last.tables[0].n_rows() - 1;
        assert_eq!(last.tables[0].line(row), 2 + 2 * (n as u64 - 1));
    }

    #[test]
    fn nothing_but_quotes_ends() {
        assert!(shown(&"\"".repeat(3_000_001)).contains("MS20"));
        let text = format!("gemeente;jaar;jeugdigen\n{}", "\"".repeat(3_000_001));
        assert!(shown(&text).contains("MS202"));
    }

    #[test]
    fn noise_is_no_text() {
        let noise: Vec<u8> =
            (0..4096u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        assert!(!recognises(&noise));
        assert!(!recognises(b"<?xml version=\"1.0\"?>"));
        assert!(recognises(b"gemeente;jaar\n"));
    }
}
