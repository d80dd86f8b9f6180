//! A folder that is replaced as a whole, by one program at a time, whatever stops it.
//!
//! For a target `set` these lie beside it: `.maatstaf-set.slot` (who has it), `.maatstaf-set.nieuw` (being made) and,
//! for as long as two renames take, `.maatstaf-set.oud` (what was there). Whoever takes a slot that belongs to nobody
//! first puts right what a killed run left; the new folder counts from the moment it bears its name.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Result, bail};
use rayon::prelude::*;

use super::slot::Slot;
use crate::dataset::Unsuitable;
use crate::dataset::parquet::io_error;

const PREFIX: &str = ".maatstaf-";
const SLOT: &str = ".slot";
const FRESH: &str = ".nieuw";
const ASIDE: &str = ".oud";
/// Files of which one is in every whole folder of ours: a dataset, a report.
const MARKS: [&str; 2] = ["manifest.json", "herkomst/manifest.json"];
/// A run that tidies up after others holds their slots for an instant.
const PATIENCE: Duration = Duration::from_millis(10);
const TRIES: u32 = 30;

/// A target that is ours until this is dropped, with a folder in which its next content is made.
#[derive(Debug)]
pub struct Place {
    target: PathBuf,
    names: Names,
    slot: Slot,
}

impl Place {
    /// Claims a target and makes the folder in which its content comes. What earlier runs left beside it, for this
    /// target and for others, is put right first.
    ///
    /// # Errors
    /// [`Unsuitable`] when another run has the target; otherwise what the disk says. In Dutch.
    pub fn claim(target: &Path) -> Result<Self> {
        let target = settled(target).map_err(|error| io_error(&error, target))?;
        let names = Names::of(&target)?;
        let parent = parent_of(&target);
        fs::create_dir_all(parent).map_err(|error| io_error(&error, parent))?;
        let Some(slot) = names.take().map_err(|error| io_error(&error, parent))? else {
            bail!(Unsuitable(format!(
                "{} is op dit moment in gebruik: een andere opdracht van maatstaf schrijft erin; wacht tot die klaar is en probeer het opnieuw",
                target.display()
            )));
        };
        if !slot.is_sure && names.fresh.exists() {
            bail!(Unsuitable(format!(
                "naast {} staat de map {}; werkt er geen andere opdracht van maatstaf aan, verwijder haar dan en probeer het opnieuw",
                target.display(),
                names.fresh.display()
            )));
        }
        let place = Self { target, names, slot };
        place.names.tidy().map_err(|error| io_error(&error, parent_of(&place.target)))?;
        sweep(parent_of(&place.target));
        fs::create_dir(&place.names.fresh).map_err(|error| io_error(&error, &place.names.fresh))?;
        Ok(place)
    }

    /// A folder that goes when this is dropped, and that the next run removes when this one is killed.
    ///
    /// # Errors
    /// What the disk says, in Dutch.
    pub fn passing(beside: &Path) -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        loop {
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            match Self::claim(&beside.join(format!("tijdelijk-{}-{n}", std::process::id()))) {
                // The same number on another machine that shares this disk.
                Err(error) if error.is::<Unsuitable>() => {}
                other => return other,
            }
        }
    }

    /// The folder in which the content is made.
    pub fn folder(&self) -> &Path {
        &self.names.fresh
    }

    /// The folder it becomes.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Gives the new content its name. What was there is moved aside first, and put back when that fails.
    /// `is_safe` tells which files (path below the folder) were on the disk before this run.
    ///
    /// # Errors
    /// What the disk says, in Dutch; the target is then as it was.
    pub fn put(self, is_safe: impl Fn(&Path) -> bool) -> Result<()> {
        let Self { target, names, .. } = &self;
        // Renaming does not wait for the bytes: after a power cut the name could be there and its files empty, while
        // what it replaced is gone. So the bytes go first, and the names before anything is removed.
        if !self.is_passing() {
            sync_below(&names.fresh, &is_safe).map_err(|error| io_error(&error, target))?;
        }
        let had_one = target.exists();
        if had_one {
            fs::rename(target, &names.aside).map_err(|error| io_error(&error, target))?;
        }
        if let Err(error) = fs::rename(&names.fresh, target) {
            if had_one {
                fs::rename(&names.aside, target).map_err(|error| io_error(&error, target))?;
            }
            return Err(io_error(&error, target));
        }
        sync_folder(parent_of(target)).map_err(|error| io_error(&error, target))?;
        // When it cannot go now, dropping this leaves its slot, and the next run tries again.
        let _gone = remove(&names.aside).is_ok();
        Ok(())
    }
}

impl Place {
    /// True for a place within a passing folder: that goes with this run, and nobody looks for it after a power cut.
    fn is_passing(&self) -> bool {
        let parent = parent_of(&self.target).file_name().and_then(OsStr::to_str);
        parent.is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(FRESH))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What cannot go now (a file open elsewhere) stays with its slot, by which the next run finds it.
        self.slot.is_kept = self.names.tidy().is_err();
    }
}

/// Puts right what a run left that was killed while it replaced this folder; waits when it is being replaced now.
pub(super) fn restore(target: &Path) {
    let Ok(target) = settled(target) else { return };
    let Ok(names) = Names::of(&target) else { return };
    for _ in 0..TRIES {
        if target.exists() || !names.aside.exists() {
            return;
        }
        // A disk on which nothing can be locked or renamed: opening it tells that there is no dataset.
        let Ok(slot) = Slot::take(&names.slot) else { return };
        match slot {
            Some(mut slot) => slot.is_kept = !slot.is_sure || names.tidy().is_err(),
            None => sleep(PATIENCE),
        }
    }
}

/// The names of one target and what lies beside it.
#[derive(Debug)]
struct Names {
    target: PathBuf,
    slot: PathBuf,
    fresh: PathBuf,
    aside: PathBuf,
}

impl Names {
    fn of(target: &Path) -> Result<Self> {
        let Some(name) = target.file_name() else {
            bail!(Unsuitable(format!("{} is geen naam voor een map", target.display())));
        };
        let beside = |suffix: &str| {
            let mut own = OsString::from(PREFIX);
            own.push(name);
            own.push(suffix);
            target.with_file_name(own)
        };
        let (slot, fresh, aside) = (beside(SLOT), beside(FRESH), beside(ASIDE));
        Ok(Self { target: target.to_path_buf(), slot, fresh, aside })
    }

    fn take(&self) -> io::Result<Option<Slot>> {
        for _ in 0..TRIES {
            if let Some(slot) = Slot::take(&self.slot)? {
                return Ok(Some(slot));
            }
            sleep(PATIENCE);
        }
        Ok(None)
    }

    /// Brings everything back to one folder under its own name. Only for who has the slot.
    fn tidy(&self) -> io::Result<()> {
        remove(&self.fresh)?;
        if !self.aside.exists() {
            return Ok(());
        }
        if MARKS.iter().any(|mark| self.target.join(mark).is_file()) {
            return remove(&self.aside);
        }
        // An empty folder of that name was made by somebody who missed it; a full one is not ours to judge, and
        // then renaming fails and both stay.
        let _gone = fs::remove_dir(&self.target).is_ok();
        if self.target.exists() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(&self.aside, &self.target)
    }
}

/// Removes what killed runs left in a folder. What cannot be removed now is left to the next run: it is not ours.
fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.filter_map(io::Result::ok) {
        let slot = entry.file_name();
        let Some(name) = target_name(&slot) else { continue };
        let Ok(names) = Names::of(&parent.join(name)) else { continue };
        if let Ok(Some(mut slot)) = Slot::take(&names.slot) {
            slot.is_kept = !slot.is_sure || names.tidy().is_err();
        }
    }
}

/// The name of the target that a slot belongs to.
fn target_name(slot: &OsStr) -> Option<&str> {
    slot.to_str()?.strip_prefix(PREFIX)?.strip_suffix(SLOT).filter(|name| !name.is_empty())
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The target under a name of its own: not `.` or `..`, and not a link, which a rename would replace.
fn settled(target: &Path) -> io::Result<PathBuf> {
    if target.is_symlink() || (target.file_name().is_none() && target.exists()) {
        return fs::canonicalize(target);
    }
    Ok(target.to_path_buf())
}

fn parent_of(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Waits until everything below a folder is on the disk.
fn sync_below(folder: &Path, is_safe: &impl Fn(&Path) -> bool) -> io::Result<()> {
    let (mut folders, mut files) = (vec![folder.to_path_buf()], Vec::new());
    let mut at = 0;
    while let Some(next) = folders.get(at).cloned() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if !is_safe(path.strip_prefix(folder).unwrap_or(&path)) {
                files.push(path);
            }
        }
        at += 1;
    }
    // Side by side, so that the disk can take them together. Windows only does it for who may write.
    files.par_iter().try_for_each(|path| OpenOptions::new().write(true).open(path)?.sync_all())?;
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

/// Names are part of a folder; Windows writes them in order by itself and opens no folder.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests;
