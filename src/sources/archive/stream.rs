//! The bytes of an archive for many readers at once, and large entries as a stream.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use zip::ZipArchive;

/// A place of its own in a file that others read too: a copy costs nothing and opens nothing.
#[derive(Debug, Clone)]
pub(super) struct Positioned {
    file: Arc<File>,
    at: u64,
    len: u64,
}

impl Positioned {
    pub(super) fn new(file: Arc<File>) -> io::Result<Self> {
        let len = file.metadata()?.len();
        Ok(Self { file, at: 0, len })
    }

    /// Size of the file.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// The number of entries the archive says to have, where its directory is of the large kind: only that one can
    /// name more than 65,535, and its size decides how much memory reading it takes.
    pub(super) fn n_entries(&mut self) -> Option<u64> {
        const LOCATOR: [u8; 4] = *b"PK\x06\x07";
        const DIRECTORY: [u8; 4] = *b"PK\x06\x06";
        // The end record, its longest remark, and the locator in front.
        let tail = self.at_most(self.len.saturating_sub(22 + 65_535 + 20), 22 + 65_535 + 20)?;
        let locator = memchr::memmem::rfind(&tail, &LOCATOR)?;
        let offset = u64::from_le_bytes(tail.get(locator + 8..locator + 16)?.try_into().ok()?);
        let record = self.at_most(offset, 56)?;
        let n = u64::from_le_bytes(record.get(32..40)?.try_into().ok()?);
        record.starts_with(&DIRECTORY).then_some(n)
    }

    /// Up to `n` bytes from a place, without moving there.
    fn at_most(&self, from: u64, n: u64) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut reader = Self { at: from, ..self.clone() };
        reader.by_ref().take(n).read_to_end(&mut out).ok()?;
        Some(out)
    }
}

impl Read for Positioned {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = read_at(&self.file, buffer, self.at)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Positioned {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

/// Bytes handed over at a time.
const PIECE: usize = 256 * 1024;
/// Pieces that may wait.
const PIECES: usize = 4;

type Piece = io::Result<Vec<u8>>;

/// Unpacks an entry beside its reader. An entry borrows its archive, which a stream cannot carry along; a thread can,
/// and unpacks while the bytes before are cut.
pub(super) fn pump(
    mut archive: ZipArchive<Positioned>,
    index: usize,
    bytes: u64,
) -> io::Result<Box<dyn Read + Send>> {
    let (sender, receiver) = sync_channel::<Piece>(PIECES);
    let unpack = move || {
        if let Err(error) = send_all(&mut archive, index, bytes, &sender) {
            // A reader that is gone needs no reason.
            drop(sender.send(Err(error)));
        }
    };
    thread::Builder::new().name("zip".to_owned()).spawn(unpack)?;
    Ok(Box::new(Pieces { receiver, piece: Vec::new(), at: 0, is_done: false }))
}

fn send_all(
    archive: &mut ZipArchive<Positioned>,
    index: usize,
    mut left: u64,
    sender: &SyncSender<Piece>,
) -> io::Result<()> {
    let mut entry = archive.by_index(index).map_err(io::Error::from)?;
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        let n = entry.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        left = left.saturating_sub(n as u64);
        if n == 0 && left > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // An empty piece is the end; without it the thread has died, and what was read is not whole.
        if sender.send(Ok(piece)).is_err() || n == 0 {
            return Ok(());
        }
    }
}

struct Pieces {
    receiver: Receiver<Piece>,
    piece: Vec<u8>,
    at: usize,
    is_done: bool,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() && !self.is_done {
            let next = self.receiver.recv().map_err(|_| io::ErrorKind::UnexpectedEof)?;
            self.piece = next?;
            self.at = 0;
            self.is_done = self.piece.is_empty();
        }
        let n = buffer.len().min(self.piece.len() - self.at);
        buffer[..n].copy_from_slice(&self.piece[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
