//! One program at a time in one place.
//!
//! A slot is a locked file. The operating system takes the lock back when the program ends, however it ends, so that a
//! slot that can be taken belongs to nobody: what lies beside it was left by a run that was killed.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A slot that is ours until it is dropped; its file goes with it.
#[derive(Debug)]
pub(super) struct Slot {
    path: PathBuf,
    file: Option<File>,
    /// The file stays, so that a later run finds what lies beside it.
    pub(super) is_kept: bool,
    /// The disk knows locks: nobody else has it.
    pub(super) is_sure: bool,
}

impl Slot {
    /// Takes the slot, or says `None` when another program has it.
    pub(super) fn take(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let file = open(path)?;
            let is_sure = match file.try_lock() {
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => return Ok(None),
                // A network disk without locks: better a run that is careful than no run at all.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => false,
                Err(TryLockError::Error(error)) => return Err(error),
            };
            // Between our opening and our lock the holder may have ended and taken its file away; a lock on a
            // file without a name keeps nobody out.
            if is_named(&file, path) {
                let path = path.to_path_buf();
                return Ok(Some(Self { path, file: Some(file), is_kept: false, is_sure }));
            }
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        // Windows does not remove a file that somebody has open, ourselves included; elsewhere the name must go
        // while the lock still holds. A file that stays does no harm.
        if cfg!(windows) {
            self.file = None;
        }
        let _gone = self.is_kept || fs::remove_file(&self.path).is_ok();
        self.file = None;
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        // Read and write, but no delete: the name stays as long as anybody has the file open.
        options.share_mode(3);
    }
    options.open(path)
}

/// True when the name still leads to this file.
#[cfg(unix)]
fn is_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |a: fs::Metadata, b: fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(named)) => same(ours, named),
        _ => false,
    }
}

/// An open file keeps its name here.
#[cfg(not(unix))]
fn is_named(_file: &File, _path: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_taken_once_and_leaves_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("slot");
        let slot = Slot::take(&path).unwrap().unwrap();
        assert!(Slot::take(&path).unwrap().is_none());
        drop(slot);
        assert!(!path.exists());
        let mut again = Slot::take(&path).unwrap().unwrap();
        again.is_kept = true;
        drop(again);
        assert!(path.exists());
        assert!(Slot::take(&path).unwrap().is_some());
    }

    #[test]
    fn at_most_one_of_many_has_the_slot_while_names_come_and_go() {
        use std::sync::atomic::{AtomicU32, Ordering};
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("slot");
        let (holders, taken) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    // A thread that finds it taken tries again: how often is up to the machine, not to us.
                    let mut own = 0;
                    while own < 125 {
                        let Some(slot) = Slot::take(&path).unwrap() else {
                            std::thread::yield_now();
                            continue;
                        };
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                        own += 1;
                        taken.fetch_add(1, Ordering::SeqCst);
                        holders.fetch_sub(1, Ordering::SeqCst);
                        drop(slot);
                    }
                });
            }
        });
        assert_eq!(taken.load(Ordering::SeqCst), 500);
    }
}
