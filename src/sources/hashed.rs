//! Files that were found → what each is, with its hash. An archive becomes the files in it.

use std::io::Read as _;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::sources::archive::{self, Content, LIMITS, Refusal};
use crate::sources::csv;
use crate::sources::encoding::{Detector, Encoding};
use crate::sources::gather::{Candidate, to_hex};
use crate::sources::input::Input;
use crate::sources::raw::SourceFile;
use crate::sources::rules::MS265;
use crate::sources::{Format, format_of};

/// How many first bytes decide on the format.
pub const HEAD_BYTES: usize = 64 * 1024;

/// A candidate after its bytes were seen once: its first bytes, and its hash.
pub struct Hashed {
    /// The candidate; for a file in an archive with its name behind that of the archive.
    pub candidate: Candidate,
    /// Its identity, or why it could not be read.
    pub file: Result<SourceFile, Refusal>,
    /// How it will be read, decided on its first bytes; `None` when nothing here reads it.
    pub format: Option<&'static Format>,
    /// Where its bytes come from, decoded when it is text in another encoding than UTF-8.
    pub input: Input,
}

/// Hashes files side by side, in the order of their shown names. What cannot be read becomes a reason, not an error:
/// one locked file must not hide the others.
///
/// When `stop` is set this ends soon, and what it gives then is of no use.
pub fn hash_all(candidates: &[Candidate], stop: &AtomicBool) -> Vec<Hashed> {
    let hash = |one: &Candidate| hash_one(one.clone(), Input::File(one.path.clone()), stop);
    let mut out: Vec<Hashed> = candidates.par_iter().flat_map(hash).collect();
    out.sort_by(|a, b| a.candidate.shown.cmp(&b.candidate.shown));
    out
}

/// The file itself, or the files in it.
fn hash_one(candidate: Candidate, input: Input, stop: &AtomicBool) -> Vec<Hashed> {
    match look(&input, stop) {
        Ok(Look::File(seen)) => vec![Hashed {
            file: Ok(SourceFile {
                path: candidate.shown.clone(),
                sha256: seen.sha256,
                bytes: seen.bytes,
            }),
            candidate,
            format: format_of(&seen.head),
            input: match seen.encoding {
                Encoding::Utf8 => input,
                other => Input::Text(Box::new(input), other),
            },
        }],
        Ok(Look::Archive(content)) => hash_entries(candidate, input, content, stop),
        Err(refusal) => vec![refused(candidate, input, refusal)],
    }
}

fn refused(candidate: Candidate, input: Input, refusal: Refusal) -> Hashed {
    Hashed { candidate, file: Err(refusal), format: None, input }
}

fn hash_entries(
    candidate: Candidate,
    input: Input,
    content: Content,
    stop: &AtomicBool,
) -> Vec<Hashed> {
    let entries = content.entries.into_par_iter();
    let mut out: Vec<Hashed> = entries
        .flat_map(|(name, entry)| {
            let shown = format!("{}/{name}", candidate.shown);
            hash_one(Candidate { path: candidate.path.clone(), shown }, Input::Entry(entry), stop)
        })
        .collect();
    out.extend(content.refused.map(|refusal| refused(candidate, input, refusal)));
    out
}

/// What one walk over the bytes tells.
enum Look {
    File(Seen),
    Archive(Content),
}

struct Seen {
    sha256: String,
    bytes: u64,
    head: Vec<u8>,
    /// Of text only; everything else is read as it is.
    encoding: Encoding,
}

fn look(input: &Input, stop: &AtomicBool) -> Result<Look, Refusal> {
    let unreadable = |error: std::io::Error| input.refusal(&error);
    let mut file = input.open().map_err(unreadable)?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(unreadable)?;
    if let Some(content) = unpack(input, &head)? {
        return Ok(Look::Archive(content));
    }
    let is_text = format_of(&head).is_some_and(|format| format.name == csv::FORMAT.name);
    let mut hasher = Sha256::new();
    let mut detector = Detector::default();
    let mut see = |bytes: &[u8]| {
        if is_text {
            detector.feed(bytes);
        }
        hasher.update(bytes);
    };
    see(&head);
    let mut bytes = head.len() as u64;
    let mut buffer = if head.len() < HEAD_BYTES { Vec::new() } else { vec![0u8; 1 << 20] };
    while !buffer.is_empty() && !stop.load(Ordering::Relaxed) {
        let n = file.read(&mut buffer).map_err(unreadable)?;
        if n == 0 {
            break;
        }
        see(&buffer[..n]);
        bytes += n as u64;
    }
    let encoding = if is_text { detector.finish() } else { Encoding::Utf8 };
    Ok(Look::File(Seen { sha256: to_hex(&hasher.finalize()), bytes, head, encoding }))
}

/// What is in it, when it is an archive and not a workbook.
fn unpack(input: &Input, head: &[u8]) -> Result<Option<Content>, Refusal> {
    match input {
        _ if !archive::is_zip(head) => Ok(None),
        Input::File(path) => archive::open(path, head, &LIMITS),
        _ if archive::is_workbook(head) => Ok(None),
        _ => Err(Refusal::new(&MS265, "")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256() {
        let dir = tempfile::tempdir().unwrap();
        for (size, expected) in [(3, "ba7816bf8f01cfea"), (1_000_000, "cdc76e5c9914fb92")] {
            let path = dir.path().join("x");
            std::fs::write(&path, if size == 3 { b"abc".to_vec() } else { vec![b'a'; size] })
                .unwrap();
            let Ok(Look::File(seen)) = look(&Input::File(path), &AtomicBool::new(false)) else {
                panic!("{size}")
            };
            assert_eq!((&seen.sha256[..16], seen.bytes), (expected, size as u64));
        }
    }
}
