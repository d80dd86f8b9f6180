//! From the plan to a folder on disk.
//!
//! Enters: the plan. Leaves: all files, under a temporary name until the last one is written, and the [`Summary`].

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::answers::Ledger;
use super::archive::Archive;
use super::calendar::THIN_MONTH;
use super::export::Export;
use super::exports::{EXPORTS, ExportFile};
use super::lines::{self, Line};
use super::plan::Plan;
use super::post::MESSAGE_FOLDER;
use super::registers::{GEMEENTEN_FILE, PLANNEN, REGISTERS};
use super::texts;
use super::world::{self, OUTSIDE};

/// What has been made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Number of files.
    pub bestanden: u64,
    /// Declared lines, without those of files delivered twice.
    pub regels: u64,
    /// Signed sum of the lines in eurocents, without those of files delivered twice.
    pub bedrag_ct: i64,
    /// Number of clients.
    pub clienten: u64,
}

/// Refuses a folder in which something would be lost.
///
/// # Errors
/// When the path is a file, or a folder with something in it.
pub(super) fn refuse_filled(naar: &Path) -> anyhow::Result<()> {
    if naar.is_file() {
        bail!("{} is een bestand; kies een map die nog niet bestaat", naar.display());
    }
    if naar.is_dir() && fs::read_dir(naar).with_context(|| unreadable(naar))?.next().is_some() {
        bail!(
            "de map {} bestaat al en is niet leeg; kies een andere map of maak deze leeg",
            naar.display()
        );
    }
    Ok(())
}

fn unreadable(path: &Path) -> String {
    format!("de map {} is niet te lezen; controleer uw rechten", path.display())
}

/// Says that something cannot be written.
pub(super) fn unwritable(path: &Path) -> String {
    format!(
        "{} is niet te schrijven; controleer of er ruimte is en of u rechten hebt",
        path.display()
    )
}

/// Writes everything beside the wanted folder and puts it in place at the end.
///
/// # Errors
/// When something cannot be written; nothing is left behind then.
pub(super) fn write_whole(plan: &Plan, naar: &Path) -> anyhow::Result<Summary> {
    whole(naar, |temporary| {
        let messages = temporary.join(MESSAGE_FOLDER);
        fs::create_dir_all(messages).with_context(|| unwritable(naar))?;
        write_into(plan, temporary)
    })
}

/// Fills a folder under a temporary name and puts it in place at the end.
///
/// # Errors
/// When something cannot be written; nothing is left behind then.
pub(super) fn whole<T>(
    naar: &Path,
    fill: impl FnOnce(&Path) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let target = std::path::absolute(naar).with_context(|| unwritable(naar))?;
    let Some(name) = target.file_name() else {
        bail!(
            "{} is geen map waarin een oefenregio past; kies een map die nog niet bestaat",
            naar.display()
        );
    };
    let temporary = target.with_file_name(format!(".{}.deel", name.to_string_lossy()));
    if temporary.is_dir() {
        // Left behind by a run that was killed.
        fs::remove_dir_all(&temporary).with_context(|| unwritable(naar))?;
    }
    let result = fs::create_dir_all(&temporary)
        .with_context(|| unwritable(naar))
        .and_then(|()| fill(&temporary))
        .and_then(|summary| {
            if target.is_dir() {
                fs::remove_dir(&target).with_context(|| unwritable(naar))?;
            }
            fs::rename(&temporary, &target).with_context(|| unwritable(naar))?;
            Ok(summary)
        });
    if result.is_err() {
        // The first error is the one to report; a folder that cannot be removed is named by its own name.
        drop(fs::remove_dir_all(&temporary));
    }
    result
}

fn write_into(plan: &Plan, folder: &Path) -> anyhow::Result<Summary> {
    let mut writer = Writer { plan, folder, ledger: Ledger::new(plan), files: 0, archive: None };
    writer.write_exports()?;
    writer.begin_archive()?;
    writer.write_messages()?;
    writer.write_assignments()?;
    writer.end_archive()?;
    writer.ledger.close();
    let mut registers = BTreeMap::new();
    for register in &REGISTERS {
        let last = register
            .write(plan, folder)
            .with_context(|| unwritable(&folder.join(register.file())))?;
        if register.file() == GEMEENTEN_FILE {
            writer.ledger.add_place("MS269", GEMEENTEN_FILE, last - 1);
            writer.ledger.add_place("MS269", GEMEENTEN_FILE, last);
        }
        if register.file() == PLANNEN {
            writer.ledger.add_place("MS221", PLANNEN, last);
        }
        registers.insert(register.file(), register.rows_until(last));
        writer.files += 1;
    }
    let answers = texts::answers(plan, &writer.ledger, &registers);
    let mut answers = serde_json::to_string_pretty(&answers)?;
    answers.push('\n');
    writer.put("antwoorden.json", answers.as_bytes())?;
    writer.put("README.md", texts::readme(plan).as_bytes())?;
    writer.put("maatstaf.toml", b"# Instelling voor deze map.\nregio = \"oefenregio\"\n")?;
    let sum = |account: &str| writer.ledger.sums().get(account).copied().unwrap_or_default();
    Ok(Summary {
        bestanden: writer.files,
        regels: sum("gelezen").regels - sum("dubbel").regels,
        bedrag_ct: sum("gelezen").bedrag_ct - sum("dubbel").bedrag_ct,
        clienten: plan.clients.len() as u64,
    })
}

/// The folder while it is being filled.
pub(super) struct Writer<'p> {
    pub(super) plan: &'p Plan,
    folder: &'p Path,
    pub(super) ledger: Ledger<'p>,
    pub(super) files: u64,
    /// Where the messages of one aanbieder go.
    pub(super) archive: Option<Archive>,
}

impl Writer<'_> {
    /// Where a file of this name stands.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file.
    pub(super) fn put(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.path(name);
        fs::write(&path, bytes).with_context(|| unwritable(&path))?;
        self.files += 1;
        Ok(())
    }

    fn write_exports(&mut self) -> anyhow::Result<()> {
        for (bron, export) in EXPORTS.iter().enumerate() {
            let cases =
                self.plan.cases_where(|case| world::aanbieder_at(case.aanbieder).bron == bron);
            let path = self.path(&export.naam());
            let file = self.ledger.open(export.naam());
            self.write_export(export, file, &cases).with_context(|| unwritable(&path))?;
            self.files += 1;
            if export.is_copied {
                let copy = format!("{}_opnieuw{}", export.stam, export.form.extension());
                fs::copy(&path, self.path(&copy)).with_context(|| unwritable(&path))?;
                self.ledger.add_copy(file, copy);
                self.files += 1;
            }
        }
        Ok(())
    }

    fn write_export(
        &mut self,
        which: &ExportFile,
        file: usize,
        cases: &[u32],
    ) -> std::io::Result<()> {
        let mut export = Export::create(&self.path(&which.naam()), which.form)?;
        let mut of_month: Vec<Line> = Vec::new();
        let mut n_lines = 0;
        for month in 0..=THIN_MONTH {
            for case in cases {
                of_month.clear();
                lines::add_lines(self.plan, *case, month, &mut of_month);
                for line in &of_month {
                    self.write_line(&mut export, which, (file, n_lines), line)?;
                    n_lines += 1;
                }
            }
        }
        if let Some(regel) = export.first_text_number() {
            self.ledger.add_place("MS279", &which.naam(), regel);
        }
        let total_ct = self.ledger.total_ct(file, which.form) + which.total_off_ct;
        if let Some(regel) = export.finish(total_ct)? {
            self.ledger.add_total(file, regel, which.total_off_ct);
        }
        Ok(())
    }
    /// A line, with what is odd about its place: `so_far` is the number of lines before it.
    fn write_line(
        &mut self,
        export: &mut Export,
        which: &ExportFile,
        (file, so_far): (usize, u64),
        line: &Line,
    ) -> std::io::Result<()> {
        if which.hidden_after == Some(so_far)
            && let Some(regel) = export.hide_next()?
        {
            self.ledger.add_place("MS278", &which.naam(), regel);
        }
        let regel = export.write(self.plan, line)?;
        self.ledger.add(file, regel, line);
        if which.form.drops_zeros() && self.plan.case(line.case).gemeente == OUTSIDE {
            self.ledger.add_lost_zeros(file, regel);
        }
        let written = Some(so_far + 1);
        if which.note_after == written
            && let Some(regel) = export.note_beside()?
        {
            self.ledger.add_place("MS208", &which.naam(), regel);
        }
        if which.blank_after == written && export.write_blank()? {
            self.ledger.add_blank(file);
        }
        if which.headings_after == written && export.write_headings()? {
            self.ledger.add_headings(file);
        }
        Ok(())
    }
}
