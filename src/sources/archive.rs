//! A zip → its entries, each a file of its own that is read as a stream.
//!
//! Nothing is unpacked to disk under a name, so that the names in an archive can do no harm: they are only shown. What
//! an archive promises to hold is compared with limits before anything is read, and an entry never gives more than it
//! promised.

mod stream;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::ZipFileEntry;

use self::stream::{Positioned, pump};
use crate::rejects::Rule;
use crate::sources::rules::{MS205, MS262, MS263, MS264};

/// Entries up to this size are unpacked in memory; larger ones pass by in pieces.
const SMALL: u64 = 1 << 20;

/// Why a file is refused before it is read.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The rule that says so.
    pub rule: &'static Rule,
    /// What was found, in Dutch.
    pub reason: String,
}

impl Refusal {
    /// A refusal with its reason.
    pub fn new(rule: &'static Rule, reason: impl Into<String>) -> Self {
        Self { rule, reason: reason.into() }
    }
}

/// How much an archive may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Number of entries.
    pub entries: u64,
    /// Bytes of all entries together, unpacked.
    pub bytes: u64,
    /// Unpacked bytes per byte of the archive, once there are more than [`Limits::free`].
    pub ratio: u64,
    /// Unpacked bytes below which the ratio does not matter.
    pub free: u64,
}

/// Far above what a region has, and within what a laptop can read.
pub const LIMITS: Limits =
    Limits { entries: 200_000, bytes: 20_000_000_000, ratio: 200, free: 100_000_000 };

/// One file within an archive.
#[derive(Clone)]
pub struct Entry {
    archive: ZipArchive<Positioned>,
    index: usize,
    bytes: u64,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "entry {} of {} bytes", self.index, self.bytes)
    }
}

impl Entry {
    /// Opens the unpacked bytes as a stream. A stream that ends before its size, or with another checksum than the
    /// archive gives, is an error.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let mut archive = self.archive.clone();
        if self.bytes > SMALL {
            return pump(archive, self.index, self.bytes);
        }
        let mut file = archive.by_index(self.index).map_err(io::Error::from)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        if bytes.len() as u64 != self.bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Box::new(Cursor::new(bytes)))
    }
}

/// What an archive holds.
#[derive(Debug, Default)]
pub struct Content {
    /// Entries with the name under which they are shown, in the order of the archive.
    pub entries: Vec<(String, Entry)>,
    /// What of it cannot be read.
    pub refused: Option<Refusal>,
}

/// True for the first bytes of a zip, and so for those of a workbook.
pub fn is_zip(head: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|mark| head.starts_with(*mark))
}

/// True when the first names in a zip are those of a workbook, which is read as a whole.
pub fn is_workbook(head: &[u8]) -> bool {
    let names: [&[u8]; 4] = [b"[Content_Types].xml", b"mimetype", b"xl/", b"_rels/"];
    names.iter().any(|name| memchr::memmem::find(head, name).is_some())
}

/// Reads the directory of an archive; `None` when it is a workbook.
pub fn open(path: &Path, head: &[u8], limits: &Limits) -> Result<Option<Content>, Refusal> {
    let damaged = |reason: &str| Refusal::new(&MS262, reason);
    let file = File::open(path).map_err(|_| damaged("het bestand kon niet worden geopend"))?;
    let mut file =
        Positioned::new(Arc::new(file)).map_err(|_| damaged("de inhoud is niet te lezen"))?;
    let packed = file.len();
    if file.n_entries().is_some_and(|n| n > limits.entries) {
        return Err(too_many(limits));
    }
    let archive = match ZipArchive::new(file) {
        Ok(archive) => archive,
        // What it was meant to be shows at its beginning; the reader of workbooks tells what is wrong with it.
        Err(_) if is_workbook(head) => return Ok(None),
        Err(_) => return Err(damaged("de inhoudsopgave aan het eind ontbreekt of klopt niet")),
    };
    let is_part = |name: &[u8]| name == b"[Content_Types].xml" || name == b"mimetype";
    if archive.file_names_raw().any(is_part) {
        return Ok(None);
    }
    if archive.has_duplicate_names() {
        return Err(damaged("twee bestanden erin hebben dezelfde naam"));
    }
    if archive.len() as u64 > limits.entries {
        return Err(too_many(limits));
    }
    check_size(&archive, packed, limits)?;
    content(&archive).map(Some)
}

fn too_many(limits: &Limits) -> Refusal {
    Refusal::new(&MS264, format!("meer dan {} bestanden", limits.entries))
}

fn check_size(
    archive: &ZipArchive<Positioned>,
    packed: u64,
    limits: &Limits,
) -> Result<(), Refusal> {
    let mut unpacked = 0u64;
    for index in 0..archive.len() {
        unpacked = unpacked.saturating_add(entry_of(archive, index)?.size());
    }
    if unpacked > limits.bytes {
        let limit = limits.bytes / 1_000_000_000;
        return Err(Refusal::new(&MS264, format!("uitgepakt meer dan {limit} GB")));
    }
    if unpacked > limits.free && unpacked / limits.ratio > packed {
        let times = unpacked / packed.max(1);
        let reason = format!("uitgepakt {times} keer zo groot als ingepakt");
        return Err(Refusal::new(&MS264, reason));
    }
    Ok(())
}

/// What the directory says of an entry. One that cannot be found makes the whole archive unfit: what is missing is not known.
fn entry_of(archive: &ZipArchive<Positioned>, index: usize) -> Result<ZipFileEntry<'_>, Refusal> {
    let damaged = || Refusal::new(&MS262, "een bestand erin is niet te vinden");
    archive.by_index_data(index).map_err(|_| damaged())
}

fn content(archive: &ZipArchive<Positioned>) -> Result<Content, Refusal> {
    let mut out = Content::default();
    let mut locked: Vec<String> = Vec::new();
    for index in 0..archive.len() {
        let entry = entry_of(archive, index)?;
        let Some(name) = shown_name(&entry) else { continue };
        if entry.encrypted() {
            locked.push(name);
        } else {
            let bytes = entry.size();
            out.entries.push((name, Entry { archive: archive.clone(), index, bytes }));
        }
    }
    if !locked.is_empty() {
        let more = if locked.len() > 1 {
            format!(" en {} andere", locked.len() - 1)
        } else {
            String::new()
        };
        out.refused = Some(Refusal::new(&MS263, format!("{}{more}", locked[0])));
    } else if out.entries.is_empty() {
        return Err(Refusal::new(
            &MS205,
            "er staan geen bestanden met gegevens in het zip-bestand",
        ));
    }
    Ok(out)
}

/// The name of an entry as it is shown: `/` between folders whatever it was packed on. `None` for folders and for
/// what is no data.
fn shown_name(entry: &ZipFileEntry<'_>) -> Option<String> {
    if entry.is_dir() {
        return None;
    }
    let raw = entry.name_raw();
    let name = match std::str::from_utf8(raw) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => entry.name().unwrap_or_else(|_| String::from_utf8_lossy(raw)),
    };
    let plain = |c: char| if c.is_control() { '?' } else { c };
    let name: String = name.replace('\\', "/").chars().map(plain).take(300).collect();
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let is_skipped = |part: &&str| *part == "__MACOSX" || super::gather::is_skipped(part);
    (!parts.is_empty() && !parts.iter().any(is_skipped)).then(|| parts.join("/"))
}

/// Why an entry cannot be read, in Dutch.
pub fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::Unsupported => "het is ingepakt op een manier die niet wordt gelezen",
        _ => "de inhoud is beschadigd",
    }
}

#[cfg(test)]
mod tests;
