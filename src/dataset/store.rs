//! The dataset under construction: base tables come file by file, derived tables and the manifest at the end.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::dataset::encode::Encoded;
use crate::dataset::manifest::{FORM, FileEntry, Manifest, Opdracht};
use crate::dataset::parquet::{Writer, io_error};
use crate::dataset::place::Place;
use crate::dataset::places::Places;
use crate::dataset::vervangen::{self, Vervanging};
use crate::dataset::{
    BASE, CROSS_REJECTS, DERIVED, Dataset, LOAD_REJECTS, MANIFEST, REJECTED, Unsuitable,
    read_manifest,
};
use crate::rejects::Reject;

/// Folders that only grow: what a file gave stays as it was when it was read.
const KEPT: [&str; 2] = [BASE, REJECTED];

/// A dataset under construction, in a folder beside its target.
pub struct Store {
    place: Place,
    /// What it remembers; filled while reading.
    pub manifest: Manifest,
    unit: String,
    /// Per folder and table.
    writers: BTreeMap<(&'static str, &'static str), Writer>,
    pub(super) rejects: BufWriter<File>,
    /// Length of the rejects when the unit began.
    rejects_before: u64,
    pub(super) vervangen: BTreeSet<Vervanging>,
}

impl Store {
    /// Begins a dataset at `target`. An existing one is extended: its base tables are taken over.
    ///
    /// # Errors
    /// When the target is no dataset of ours, was made with another key or for another region, or cannot be written.
    pub fn create(target: &Path, key_mark: &str, regio: &str) -> Result<Self> {
        let place = Place::claim(target)?;
        let mut manifest = Manifest {
            vorm: FORM,
            programma: format!("maatstaf {}", env!("CARGO_PKG_VERSION")),
            sleutel_kenmerk: key_mark.to_owned(),
            regio_sha256: String::new(),
            regio: String::new(),
            bestanden: Vec::new(),
            rapportage: BTreeMap::new(),
            opdracht: Opdracht::default(),
        };
        if target.exists() {
            let known = read_manifest(target)?;
            if known.sleutel_kenmerk != key_mark {
                bail!(Unsuitable(format!(
                    "de dataset {} is met een andere sleutel gemaakt; gebruik dezelfde sleutel (--sleutel) of een nieuwe map",
                    target.display()
                )));
            }
            if !known.regio.is_empty() && known.regio != regio {
                bail!(Unsuitable(format!(
                    "de dataset {} is gemaakt voor regio {}; kies die regio of een nieuwe map",
                    target.display(),
                    known.regio
                )));
            }
            manifest.bestanden = known.bestanden;
            manifest.opdracht = known.opdracht;
            for kept in KEPT {
                take_over(&target.join(kept), &place.folder().join(kept))?;
            }
        }
        let load_rejects = place.folder().join(LOAD_REJECTS);
        if target.join(LOAD_REJECTS).is_file() {
            fs::copy(target.join(LOAD_REJECTS), &load_rejects)
                .map_err(|error| io_error(&error, target))?;
        }
        let rejects = append_to(&load_rejects)?;
        let (unit, writers) = (String::new(), BTreeMap::new());
        let vervangen = vervangen::read(target)?;
        Ok(Self { place, manifest, unit, writers, rejects, rejects_before: 0, vervangen })
    }

    /// The folder in which the tables are while they are being made.
    pub fn folder(&self) -> &Path {
        self.place.folder()
    }

    /// The file that was read with each content, by its hash.
    pub fn known(&self) -> HashMap<String, FileEntry> {
        let read = self.manifest.bestanden.iter().filter(|entry| entry.dubbel_van.is_empty());
        read.map(|entry| (entry.sha256.clone(), entry.clone())).collect()
    }

    /// Begins a unit: the base tables of one export, or of one group of messages.
    pub fn begin_unit(&mut self, name: &str) -> Result<()> {
        self.end_unit()?;
        name.clone_into(&mut self.unit);
        self.rejects_before = self
            .rejects
            .stream_position()
            .map_err(|error| io_error(&error, self.place.folder()))?;
        Ok(())
    }

    /// Takes back everything of the unit, rejects included, as if it had not begun. It can be filled anew.
    pub fn abandon_unit(&mut self) -> Result<()> {
        self.discard_unit()?;
        let back_to = self.rejects_before;
        let undo = |rejects: &mut BufWriter<File>| {
            rejects.flush()?;
            rejects.get_ref().set_len(back_to)?;
            rejects.seek(SeekFrom::Start(back_to)).map(|_| ())
        };
        undo(&mut self.rejects).map_err(|error| io_error(&error, self.place.folder()))
    }

    /// Adds accepted rows of a table to the unit.
    pub fn append(&mut self, table: &'static str, rows: &Encoded) -> Result<()> {
        self.put(BASE, table, rows)
    }

    /// Adds rejected rows of a table to the unit.
    pub fn append_rejected(&mut self, table: &'static str, rows: &Encoded) -> Result<()> {
        self.put(REJECTED, table, rows)
    }

    fn put(&mut self, folder: &'static str, table: &'static str, rows: &Encoded) -> Result<()> {
        let path = self.unit_file(folder, table);
        self.writers.entry((folder, table)).or_insert_with(|| Writer::new(path)).put(rows)
    }

    /// Where rows of the unit go.
    fn unit_file(&self, folder: &str, table: &str) -> PathBuf {
        self.place.folder().join(folder).join(table).join(format!("{}.parquet", self.unit))
    }

    /// Ends the unit.
    pub fn end_unit(&mut self) -> Result<()> {
        for (_, writer) in std::mem::take(&mut self.writers) {
            writer.finish()?;
        }
        Ok(())
    }

    /// Forgets the rows of the unit.
    fn discard_unit(&mut self) -> Result<()> {
        for ((folder, table), writer) in std::mem::take(&mut self.writers) {
            // Windows removes no file that is open.
            drop(writer);
            let path = self.unit_file(folder, table);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(io_error(&error, &path));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds rejects found while reading.
    pub fn reject(&mut self, rejects: &[Reject]) -> Result<()> {
        write_rejects(&mut self.rejects, rejects, self.place.target())
    }

    /// Adds rejects found while reading a file: those of its lines are known by its content.
    pub fn reject_in(&mut self, bron: &str, rejects: &[Reject]) -> Result<()> {
        let stamped = rejects.iter().map(|reject| {
            let bron = if reject.line > 0 { bron.to_owned() } else { String::new() };
            Reject { bron, ..reject.clone() }
        });
        self.reject(&stamped.collect::<Vec<_>>())
    }

    /// Base files of a table, in a fixed order.
    pub fn base(&self, table: &str) -> Result<Vec<PathBuf>> {
        files_in(&self.place.folder().join(BASE).join(table))
    }

    /// Files with rejected rows of a table, in a fixed order.
    pub fn rejected(&self, table: &str) -> Result<Vec<PathBuf>> {
        files_in(&self.place.folder().join(REJECTED).join(table))
    }

    /// A derived table to write.
    pub fn derived(&self, table: &str) -> Writer {
        Writer::new(self.place.folder().join(DERIVED).join(format!("{table}.parquet")))
    }

    /// A derived table that was written, to read again; `None` when it was not supplied.
    pub fn written(&self, table: &str) -> Option<PathBuf> {
        let path = self.place.folder().join(DERIVED).join(format!("{table}.parquet"));
        path.is_file().then_some(path)
    }

    /// Replaces the rejects that follow from rules across files.
    pub fn cross_rejects(&mut self, rejects: &[Reject]) -> Result<()> {
        let path = self.place.folder().join(CROSS_REJECTS);
        let file = File::create(&path).map_err(|error| io_error(&error, &path))?;
        let mut out = BufWriter::new(file);
        write_rejects(&mut out, &Places::of(&self.manifest).told(rejects), &path)?;
        out.flush().map_err(|error| io_error(&error, &path))
    }

    /// Puts the dataset in place. An earlier one is moved aside first, and put back when this fails.
    pub fn finish(mut self) -> Result<Dataset> {
        self.end_unit()?;
        let folder = self.place.folder().to_path_buf();
        self.rejects.flush().map_err(|error| io_error(&error, &folder))?;
        sort_lines(&folder.join(LOAD_REJECTS))?;
        self.manifest.bestanden.sort_by(|a, b| (&a.pad, &a.sha256).cmp(&(&b.pad, &b.sha256)));
        vervangen::count(&self.vervangen, &mut self.manifest.bestanden);
        vervangen::write(&folder, &self.vervangen)?;
        let text = serde_json::to_string_pretty(&self.manifest)
            .context("het manifest is niet te maken")?;
        let path = folder.join(MANIFEST);
        fs::write(&path, text + "\n").map_err(|error| io_error(&error, &path))?;
        let Self { place, rejects, .. } = self;
        // Windows renames no folder in which a file is open.
        drop(rejects);
        let target = place.target().to_path_buf();
        // Rows of earlier runs are other names for files that were on the disk before.
        let is_kept = |path: &Path| KEPT.iter().any(|kept| path.starts_with(kept));
        place.put(|path| is_kept(path) && target.join(path).is_file())?;
        Dataset::open(&target)
    }
}

/// Base files never change, so a second name for the same bytes is enough; where the disk cannot, a copy.
fn take_over(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    for table in entries(from)? {
        let folder = to.join(table.file_name().unwrap_or_default());
        fs::create_dir_all(&folder).map_err(|error| io_error(&error, &folder))?;
        for file in files_in(&table)? {
            let copy = folder.join(file.file_name().unwrap_or_default());
            if fs::hard_link(&file, &copy).is_err() {
                fs::copy(&file, &copy).map_err(|error| io_error(&error, &copy))?;
            }
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = fs::read_dir(folder).map_err(|error| io_error(&error, folder))?;
    let mut out: Vec<PathBuf> = read.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    out.sort();
    Ok(out)
}

pub(super) fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    if folder.is_dir() { entries(folder) } else { Ok(Vec::new()) }
}

/// Opens a file to write behind what is there. Not in append mode: that cannot be made shorter on every system.
pub(super) fn append_to(path: &Path) -> Result<BufWriter<File>> {
    let open = || {
        let mut file = File::options().create(true).write(true).truncate(false).open(path)?;
        file.seek(SeekFrom::End(0))?;
        Ok(file)
    };
    open().map(BufWriter::new).map_err(|error| io_error(&error, path))
}

fn write_rejects(out: &mut BufWriter<File>, rejects: &[Reject], path: &Path) -> Result<()> {
    for reject in rejects {
        let line = serde_json::to_string(reject).context("een afkeurregel is niet te schrijven")?;
        writeln!(out, "{line}").map_err(|error| io_error(&error, path))?;
    }
    Ok(())
}

/// Puts the lines of a file in an order that does not depend on which run wrote them: a file that was refused and is
/// offered again moves to the end.
fn sort_lines(path: &Path) -> Result<()> {
    let text = fs::read_to_string(path).map_err(|error| io_error(&error, path))?;
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_sorted() {
        return Ok(());
    }
    lines.sort_unstable();
    let file = File::create(path).map_err(|error| io_error(&error, path))?;
    let mut out = BufWriter::new(file);
    for line in lines {
        writeln!(out, "{line}").map_err(|error| io_error(&error, path))?;
    }
    out.flush().map_err(|error| io_error(&error, path))
}
