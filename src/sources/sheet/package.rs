//! An office file: a zip of XML parts, each read as a stream with a limit.
//!
//! Nothing is unpacked to disk, and no part is trusted to be as small as it says: what a part may unpack to, how
//! large one text in it may be and how deep its elements may stand is bounded here, for every reader of workbooks.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read};

use quick_xml::errors::Error as XmlError;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::sources::input::Input;
use crate::sources::spool::{Spool, seekable};

/// Bytes one XML event (a tag, a text) may hold: no cell of a real workbook comes near.
const MAX_EVENT: u64 = 16 << 20;
/// Bytes a part may unpack to: a sheet of a million rows stays well below.
pub(super) const MAX_PART: u64 = 8 << 30;
/// Parts a workbook may have.
const MAX_PARTS: usize = 20_000;
/// Elements inside each other; those of office files stay below thirty.
const MAX_DEPTH: u32 = 200;

/// Why a workbook cannot be read further; in Dutch, for `found`.
#[derive(Debug)]
pub(super) enum Fault {
    /// Not what its format asks for.
    Damaged(String),
    /// It unpacks to more than can be meant.
    TooLarge(String),
    /// A document, but of a kind that is not read.
    OtherKind(String),
    /// Locked with a password.
    Locked,
    /// The operating system refused.
    Unreadable(io::Error),
}

/// The parts of an office file.
pub(super) struct Package {
    archive: ZipArchive<Spool>,
    /// Lower-case path with `/` → position: producers differ in both.
    names: BTreeMap<String, usize>,
}

impl Package {
    /// Reads the list of parts.
    pub(super) fn open(input: &Input) -> Result<Self, Fault> {
        let file = seekable(input).map_err(Fault::Unreadable)?;
        let archive = ZipArchive::new(file).map_err(|error| zip_fault(error, "het bestand"))?;
        if archive.len() > MAX_PARTS {
            return Err(Fault::TooLarge(format!("{} onderdelen", archive.len())));
        }
        let mut names = BTreeMap::new();
        for at in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(at) {
                names.entry(normal(&name)).or_insert(at);
            }
        }
        Ok(Self { archive, names })
    }

    /// True when there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&normal(name))
    }

    /// True when a part begins with this text.
    pub(super) fn has_below(&self, prefix: &str) -> bool {
        self.names.keys().any(|name| name.starts_with(prefix))
    }

    /// A part as XML; one that is not there is a fault.
    pub(super) fn xml(&mut self, name: &str, limit: u64) -> Result<Xml<'_>, Fault> {
        let part = self.part(name, limit)?;
        Ok(Xml {
            reader: Reader::from_reader(BufReader::with_capacity(1 << 16, part)),
            buffer: Vec::new(),
            depth: 0,
            part: name.to_owned(),
        })
    }

    /// The beginning of a part as text.
    pub(super) fn head(&mut self, name: &str, len: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let read = self.part(name, MAX_PART)?.take(len).read_to_end(&mut bytes);
        read.map_err(|error| inflate_fault(&error, name))?;
        Ok(bytes)
    }

    /// Unpacks a part without keeping it, so that its checksum is known to be right before a row of it counts.
    pub(super) fn verify(&mut self, name: &str) -> Result<(), Fault> {
        let mut part = self.part(name, MAX_PART)?;
        // Nothing is kept, so that only the whole counts.
        part.event = u64::MAX;
        let copied = io::copy(&mut part, &mut io::sink());
        copied.map(|_| ()).map_err(|error| inflate_fault(&error, name))
    }

    fn part(&mut self, name: &str, limit: u64) -> Result<Guard<'_>, Fault> {
        let missing = || Fault::Damaged(format!("onderdeel {} ontbreekt", short(name)));
        let at = *self.names.get(&normal(name)).ok_or_else(missing)?;
        let part = self.archive.by_index(at).map_err(|error| zip_fault(error, name))?;
        if part.encrypted() {
            return Err(Fault::Locked);
        }
        if part.size() > limit {
            return Err(Fault::TooLarge(too_large(name)));
        }
        Ok(Guard { inner: Box::new(part), left: limit, event: MAX_EVENT })
    }
}

fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A name as it may be told: parts of a hostile file may be called anything.
fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

fn too_large(name: &str) -> String {
    format!("onderdeel {} wordt bij het uitpakken te groot", short(name))
}

fn zip_fault(error: ZipError, name: &str) -> Fault {
    match error {
        ZipError::Io(error) => inflate_fault(&error, name),
        ZipError::UnsupportedArchive(text) if text.contains("assword") => Fault::Locked,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Fault::Damaged(format!("{} is op een onbekende manier ingepakt", short(name)))
        }
        ZipError::DecompressedSizeLimitExceeded { .. } => Fault::TooLarge(too_large(name)),
        _ => Fault::Damaged("de inhoudsopgave van het bestand klopt niet".to_owned()),
    }
}

fn inflate_fault(error: &io::Error, name: &str) -> Fault {
    if matches!(error.get_ref(), Some(inner) if inner.is::<Limit>()) {
        return Fault::TooLarge(too_large(name));
    }
    Fault::Damaged(format!("{} is niet heel", short(name)))
}

/// Marks an error as ours: a limit was reached.
#[derive(Debug)]
struct Limit;

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("te groot")
    }
}

impl std::error::Error for Limit {}

/// Unpacked bytes of one part, until a limit.
struct Guard<'a> {
    inner: Box<dyn Read + 'a>,
    /// What the part may still give.
    left: u64,
    /// What one event may still take.
    event: u64,
}

impl Read for Guard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let taken = u64::try_from(n).unwrap_or(u64::MAX);
        if taken > self.left || taken > self.event {
            return Err(io::Error::other(Limit));
        }
        self.left -= taken;
        self.event -= taken;
        Ok(n)
    }
}

/// A part as a stream of XML events.
pub(super) struct Xml<'a> {
    reader: Reader<BufReader<Guard<'a>>>,
    buffer: Vec<u8>,
    depth: u32,
    part: String,
}

impl Xml<'_> {
    /// The next event. A DOCTYPE is a fault, so that no entity can ever be expanded.
    pub(super) fn next(&mut self) -> Result<Event<'_>, Fault> {
        self.buffer.clear();
        self.reader.get_mut().get_mut().event = MAX_EVENT;
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(xml_fault(&error, &self.part)),
        };
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    let text = format!("{}: te veel niveaus in elkaar", short(&self.part));
                    return Err(Fault::Damaged(text));
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => {
                let text = format!("{} heeft een DOCTYPE", short(&self.part));
                return Err(Fault::Damaged(text));
            }
            Event::Eof if self.depth > 0 => {
                return Err(Fault::Damaged(format!("{} houdt te vroeg op", short(&self.part))));
            }
            _ => {}
        }
        Ok(event)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> u32 {
        self.depth
    }
}

fn xml_fault(error: &XmlError, part: &str) -> Fault {
    match error {
        XmlError::Io(error) => inflate_fault(error, part),
        _ => Fault::Damaged(format!("{} is geen geldige XML", short(part))),
    }
}

/// The value of an attribute by local name; entities resolved.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start.attributes().with_checks(false).flatten().find_map(|attribute| {
        let is_it = attribute.key.local_name().as_ref() == name;
        is_it.then(|| value(&attribute))
    })
}

/// The value of an attribute, entities resolved.
pub(super) fn value(attribute: &Attribute<'_>) -> String {
    match attribute.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => value.into_owned(),
        Err(_) => attribute.value.to_string(),
    }
}

/// Adds what an event says in text; anything but text adds nothing.
pub(super) fn push_text(event: &Event<'_>, out: &mut String) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => {
            let named = match &**reference {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => reference.resolve_char_ref().ok().flatten(),
            };
            // An entity nobody defined stays visible instead of vanishing.
            out.push(named.unwrap_or('\u{fffd}'));
        }
        _ => {}
    }
}
