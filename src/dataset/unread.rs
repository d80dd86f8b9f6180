//! Files that could not be read whole, and are offered again.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;

use anyhow::{Context as _, Result};

use crate::dataset::manifest::FileEntry;
use crate::dataset::parquet::io_error;
use crate::dataset::store::append_to;
use crate::dataset::{LOAD_REJECTS, Store};
use crate::rejects::{Reject, Severity};

impl Store {
    /// Forgets what earlier runs told of files by these names that could not be read whole: no row of them was kept,
    /// and this run tells how they are now. Such an entry has no hash, and its rejects are about no line.
    pub fn forget_unread<'p>(&mut self, offered: impl Iterator<Item = &'p str>) -> Result<()> {
        let offered: BTreeSet<&str> = offered.collect();
        let is_unread =
            |entry: &FileEntry| entry.sha256.is_empty() && offered.contains(entry.pad.as_str());
        let all = self.manifest.bestanden.iter();
        let again: BTreeSet<String> =
            all.filter(|entry| is_unread(entry)).map(|entry| entry.pad.clone()).collect();
        if again.is_empty() {
            return Ok(());
        }
        self.manifest.bestanden.retain(|entry| !is_unread(entry));
        let path = self.folder().join(LOAD_REJECTS);
        let failed = |error: std::io::Error| io_error(&error, &path);
        self.rejects.flush().map_err(failed)?;
        let mut kept = String::new();
        for line in fs::read_to_string(&path).map_err(failed)?.lines() {
            let reject: Reject = serde_json::from_str(line)
                .with_context(|| format!("{} is beschadigd", path.display()))?;
            let is_about_it = reject.line == 0 && reject.severity == Severity::Fataal;
            if !(is_about_it && again.contains(&reject.file)) {
                kept.push_str(line);
                kept.push('\n');
            }
        }
        fs::write(&path, kept).map_err(failed)?;
        self.rejects = append_to(&path)?;
        Ok(())
    }
}
