//! Words of the user and `maatstaf.toml` → what a run needs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, anyhow};

use crate::checks::is_refusal;
use crate::cli::args::Input;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::dataset::manifest::{Manifest, ReadingAccount, Sum};
use crate::dataset::place::Place;
use crate::dataset::{Dataset, Unsuitable};
use crate::region::Region;
use crate::region::settings::{self, ProjectSettings};
use crate::region::stijl::Opdracht;
use crate::run::{Lees, Progress, lees};
use crate::schema;
use crate::schema::DECLARATIES;
use crate::sources::Aliases;
use crate::sources::gather;
use crate::sources::gather::NothingThere;
use crate::typing::pseudonym::Key;

/// Set when the user presses Ctrl-C; looked at between blocks.
pub(crate) static STOP: AtomicBool = AtomicBool::new(false);

/// The reading part of a job.
pub(crate) struct Reading {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) region: Region,
    pub(crate) settings: ProjectSettings,
    aliases: Aliases,
    forced: BTreeMap<PathBuf, &'static str>,
    stijlen: Vec<Opdracht>,
}

impl Reading {
    /// Region and settings: the command line goes before `maatstaf.toml`. `fallback` is used when no region is
    /// named at all.
    pub(crate) fn new(input: &Input, fallback: Option<Region>) -> Result<Self, Fault> {
        for word in &input.stijl {
            Opdracht::is_heel(word).map_err(Fault::usage)?;
        }
        if let Some(path) = input.bron.iter().find(|path| !path.exists() && !is_pattern(path)) {
            let error = anyhow!("{} bestaat niet; controleer de naam en de map", path.display());
            return Err(Fault { exit: Exit::Input, error });
        }
        let found = settings::find(&input.bron).or_exit(Exit::Usage)?;
        let settings = found.map(|(_, settings)| settings).unwrap_or_default();
        let named = input.regio.as_deref().or(settings.regio.as_deref());
        let region = match (named, fallback) {
            (Some(name), _) => Region::load(name, None).or_exit(Exit::Usage)?,
            (None, Some(region)) => region,
            (None, None) => {
                let names = Region::names().join(", ");
                return Err(Fault::usage(format!(
                    "geen regio gekozen; gebruik --regio met een van: {names}, of zet regio = \"…\" in maatstaf.toml naast de bestanden"
                )));
            }
        };
        let mut aliases = region.aliases.clone();
        for (table, columns) in &settings.kolommen {
            aliases.entry(table.clone()).or_default().extend(columns.clone());
        }
        let forced = forced(&input.als)?;
        let stijlen = stijlen(&input.stijl, &aliases)?;
        let mut inputs = input.bron.clone();
        // A file named with --als is read once, also when its folder is read whole.
        inputs.extend(forced.keys().cloned());
        Ok(Self { inputs, region, settings, aliases, forced, stijlen })
    }

    /// Reads everything into a dataset at `target`.
    pub(crate) fn read(
        &self,
        target: &Path,
        key: &Key,
        progress: &mut dyn Progress,
    ) -> Result<Dataset, Fault> {
        let job = Lees {
            inputs: &self.inputs,
            target,
            region: &self.region,
            aliases: &self.aliases,
            forced: &self.forced,
            stijlen: &self.stijlen,
            key,
            stop: &STOP,
        };
        lees(&job, progress).map_err(|error| {
            let exit = if error.is::<NothingThere>() {
                Exit::Input
            } else if error.is::<Unsuitable>() {
                Exit::Usage
            } else {
                Exit::Internal
            };
            Fault::new(exit, error)
        })
    }
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

fn forced(words: &[String]) -> Result<BTreeMap<PathBuf, &'static str>, Fault> {
    let mut out = BTreeMap::new();
    for word in words {
        let Some((name, path)) = word.split_once('=') else {
            return Err(Fault::usage(format!(
                "'{word}' past niet bij --als; schrijf --als declaraties=export.csv"
            )));
        };
        let Some(table) = schema::table(name) else {
            let near = schema::TABLES.iter().map(|t| t.name).max_by(|a, b| {
                strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name))
            });
            let near = near.unwrap_or_default();
            return Err(Fault::usage(format!(
                "onbekende tabel '{name}' bij --als; bedoelde u '{near}'?"
            )));
        };
        let path = PathBuf::from(path);
        if !path.is_file() {
            let error = anyhow!(
                "{} bestaat niet (bij --als); controleer de naam en de map",
                path.display()
            );
            return Err(Fault { exit: Exit::Input, error });
        }
        out.insert(gather::real(&path), table.name);
    }
    Ok(out)
}

fn stijlen(words: &[String], aliases: &Aliases) -> Result<Vec<Opdracht>, Fault> {
    words.iter().map(|word| Opdracht::lees(word, aliases).map_err(Fault::usage)).collect()
}

/// The key that stays: of `--sleutel`, else in the user's own data folder.
pub(crate) fn kept_key(given: Option<&Path>) -> Result<Key, Fault> {
    let path = match given {
        Some(path) => path.to_path_buf(),
        None => data_folder().or_exit(Exit::Usage)?.join("sleutel"),
    };
    Key::open_or_create(&path).or_exit(Exit::Usage)
}

/// A key for a run that keeps nothing; it is forgotten with the run.
pub(crate) fn passing_key(given: Option<&Path>) -> Result<Key, Fault> {
    if let Some(path) = given {
        return Key::open_or_create(path).or_exit(Exit::Usage);
    }
    Key::random().or_exit(Exit::Internal)
}

/// Where is kept what was answered to others than ICM: in the user's own data folder, beside the key.
pub(crate) fn logboek_folder() -> Result<PathBuf, Fault> {
    let folder = data_folder().with_context(|| {
        "uw gegevensmap is niet te vinden, en buiten het publiek intern wordt daar bijgehouden wat al is beantwoord"
    });
    Ok(folder.or_exit(Exit::Usage)?.join("logboek"))
}

#[allow(
    clippy::disallowed_methods,
    reason = "where the key lies is a matter of the machine; no figure depends on it"
)]
fn data_folder() -> anyhow::Result<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        of("LOCALAPPDATA")
    } else {
        of("XDG_DATA_HOME").or_else(|| of("HOME").map(|home| home.join(".local").join("share")))
    };
    base.map(|base| base.join("maatstaf"))
        .context("uw gegevensmap is niet te vinden; geef met --sleutel aan waar het sleutelbestand mag staan")
}

/// A folder for a dataset that is not kept.
pub(crate) fn passing_folder(beside: Option<&Path>) -> Result<Place, Fault> {
    let beside = beside.map_or_else(std::env::temp_dir, Path::to_path_buf);
    Place::passing(&beside).or_exit(Exit::Internal)
}

/// How a run that read files ends: accounts first, then what was rejected.
pub(crate) fn exit_of(dataset: &Dataset, region: &Region) -> Exit {
    if !dataset.manifest.open_accounts().is_empty() {
        return Exit::Open;
    }
    let tables = per_table(dataset);
    if tables.is_empty() {
        return Exit::Input;
    }
    // A table of which every row was rejected is as good as absent, whatever it is about.
    let is_lost =
        |account: &&ReadingAccount| account.aanvaard.regels == 0 && account.afgekeurd.regels > 0;
    let share = rejected_share(&dataset.manifest, tables.get(DECLARATIES.name));
    let is_above = share > region.drempels.afkeur_euro_aandeel.waarde;
    if is_above || tables.values().any(|account| is_lost(&account)) {
        Exit::Rejects
    } else {
        Exit::Done
    }
}

/// The reading account of every table that was recognised.
fn per_table(dataset: &Dataset) -> BTreeMap<&str, ReadingAccount> {
    let mut out: BTreeMap<&str, ReadingAccount> = BTreeMap::new();
    for entry in &dataset.manifest.bestanden {
        for (table, account) in entry.accounts() {
            out.entry(table).or_default().add(account);
        }
    }
    out
}

/// Share of the declaraties that was rejected, by their row or across files: of the euros or of the rows, whichever
/// is more, because credits can make rejected euros cancel out. A row with a mended one in its place was not read.
fn rejected_share(manifest: &Manifest, reading: Option<&ReadingAccount>) -> f64 {
    let Some(reading) = reading else { return 0.0 };
    let (_, reporting) = manifest.totals();
    let mut hersteld = Sum::default();
    let of_files =
        manifest.bestanden.iter().filter_map(|entry| entry.hersteld.get(DECLARATIES.name));
    of_files.for_each(|sum| hersteld.add(*sum));
    hersteld.add(manifest.hersteld_kruis());
    let mut refused = Sum::default();
    for (_, sum) in reporting.uitkomsten.iter().filter(|(uitkomst, _)| is_refusal(**uitkomst)) {
        refused.add(*sum);
    }
    refused.add(reading.afgekeurd);
    let part = |a: i64, b: i64| if b == 0 { 0.0 } else { a.abs() as f64 / b.abs() as f64 };
    let open_ct = refused.bedrag_ct - hersteld.bedrag_ct;
    let read_ct = reading.gelezen.bedrag_ct - reading.dubbel.bedrag_ct - hersteld.bedrag_ct;
    let open = refused.regels.saturating_sub(hersteld.regels);
    let read = reading.gelezen.regels - reading.dubbel.regels - reading.without_data();
    let read = read.saturating_sub(hersteld.regels);
    part(open_ct, read_ct).max(part(open.cast_signed(), read.cast_signed()))
}

/// Makes Ctrl-C stop the run cleanly, and a full disk an error instead of a sudden end.
///
/// # Errors
/// Never for the user: without the handler the program still runs.
pub fn install_signals() {
    let stop = || STOP.store(true, Ordering::Relaxed);
    // A second installation (tests) is refused by the library, which changes nothing.
    drop(ctrlc::set_handler(stop));
    #[cfg(unix)]
    {
        // The default of this signal ends the process when a file passes the limit of the user; with a handler the
        // write fails instead, and the temporary folder is cleaned up.
        let passed = std::sync::Arc::new(AtomicBool::new(false));
        drop(signal_hook::flag::register(signal_hook::consts::SIGXFSZ, passed));
    }
}
