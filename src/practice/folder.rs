//! From the plan to a folder on disk.
//!
//! Enters: the plan. Leaves: all files, under a temporary name until the last one is written, and the [`Summary`].

use std::collections::BTreeMap;
use std::fs;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::answers::Ledger;
use super::archive::Archive;
use super::assignments::{self, Assignment};
use super::calendar::{FULL_MONTHS, THIN_MONTH};
use super::export::Export;
use super::lines::{self, Line};
use super::messages::{self, Message};
use super::plan::{Kind, Plan};
use super::registers::REGISTERS;
use super::texts;
use super::world::{self, EXPORTS, ExportFile, TOTAL_OFF_CT, ZIPPED};

/// Where the messages stand, with the slash that follows.
const MESSAGE_FOLDER: &str = "berichten/";
/// The zip in which the messages of [`ZIPPED`] stand.
const ARCHIVE: &str = "berichten_elfenbankje.zip";

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
    let result = fs::create_dir_all(temporary.join(MESSAGE_FOLDER))
        .with_context(|| unwritable(naar))
        .and_then(|()| write_into(plan, &temporary))
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
    for register in &REGISTERS {
        register.write(plan, folder).with_context(|| unwritable(&folder.join(register.file)))?;
        writer.files += 1;
    }
    let mut answers = serde_json::to_string_pretty(&texts::answers(plan, &writer.ledger))?;
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

/// Cases per aanbieder and gemeente, sorted by client.
pub(super) type Groups = BTreeMap<(u32, u32), Vec<u32>>;

/// The kind of a case that goes out in a message apart from the others of its month.
pub(super) fn message_of_its_own(kind: Kind) -> Option<Kind> {
    matches!(kind, Kind::WrongTotal | Kind::Truncated | Kind::RefusedMessage).then_some(kind)
}

/// Cases of the aanbieders that send messages, as they are put together in one message.
pub(super) fn groups(plan: &Plan) -> Groups {
    let mut groups = Groups::new();
    for (position, case) in (0..).zip(&plan.cases).filter(|(_, case)| case.in_messages()) {
        groups.entry((case.aanbieder, case.gemeente)).or_default().push(position);
    }
    for cases in groups.values_mut() {
        cases.sort_by_key(|position| (plan.case(*position).client, *position));
    }
    groups
}

/// Lines that are declared in a month: those of the month itself and late ones.
pub(super) fn declared_in(plan: &Plan, cases: &[u32], declared: i32) -> Vec<Line> {
    let mut lines = Vec::new();
    for case in cases {
        for month in (declared - 2).max(0)..=declared {
            lines::add_lines(plan, *case, month, &mut lines);
        }
    }
    lines.retain(|line| line.declared == declared);
    lines
}

/// The name under which a message is known: in the folder, or in the zip as if that were a folder.
fn shown(aanbieder: u32, name: &str) -> String {
    if ZIPPED == Some(aanbieder) {
        format!("{ARCHIVE}/{name}")
    } else {
        format!("{MESSAGE_FOLDER}{name}")
    }
}

struct Writer<'p> {
    plan: &'p Plan,
    folder: &'p Path,
    ledger: Ledger<'p>,
    files: u64,
    /// Where the messages of one aanbieder go.
    archive: Option<Archive>,
}

impl Writer<'_> {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.path(name);
        fs::write(&path, bytes).with_context(|| unwritable(&path))?;
        self.files += 1;
        Ok(())
    }

    fn begin_archive(&mut self) -> anyhow::Result<()> {
        if ZIPPED.is_some() {
            let path = self.path(ARCHIVE);
            self.archive = Some(Archive::create(&path).with_context(|| unwritable(&path))?);
            self.files += 1;
        }
        Ok(())
    }

    fn end_archive(&mut self) -> anyhow::Result<()> {
        let Some(archive) = self.archive.take() else { return Ok(()) };
        archive.finish().with_context(|| unwritable(&self.path(ARCHIVE)))
    }

    /// Puts a message in the folder or in the zip.
    fn put_message(&mut self, aanbieder: u32, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.path(ARCHIVE);
        match self.archive.as_mut().filter(|_| ZIPPED == Some(aanbieder)) {
            Some(archive) => archive.add(name, bytes).with_context(|| unwritable(&path)),
            None => self.put(&format!("{MESSAGE_FOLDER}{name}"), bytes),
        }
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
                    let regel = export.write(self.plan, line)?;
                    self.ledger.add(file, regel, line);
                    n_lines += 1;
                    if which.blank_after == Some(n_lines) && export.write_blank()? {
                        self.ledger.add_blank(file);
                    }
                    if which.headings_after == Some(n_lines) && export.write_headings()? {
                        self.ledger.add_headings(file);
                    }
                }
            }
        }
        let total_ct = self.ledger.file_ct(file) + which.total_off_ct;
        if let Some(regel) = export.finish(total_ct)? {
            self.ledger.add_total(file, regel, which.total_off_ct);
        }
        Ok(())
    }

    fn write_messages(&mut self) -> anyhow::Result<()> {
        let mut nummer = 0;
        for ((_, gemeente), cases) in groups(self.plan) {
            for declared in 0..FULL_MONTHS {
                let lines = declared_in(self.plan, &cases, declared);
                for kind in [
                    None,
                    Some(Kind::WrongTotal),
                    Some(Kind::Truncated),
                    Some(Kind::RefusedMessage),
                ] {
                    let fits =
                        |line: &&Line| message_of_its_own(self.plan.case(line.case).kind) == kind;
                    let of_kind: Vec<Line> = lines.iter().filter(fits).copied().collect();
                    let Some(first) = of_kind.first() else { continue };
                    nummer += 1;
                    let agb = self.plan.case(first.case).agb_code();
                    let total_off = if kind == Some(Kind::WrongTotal) { TOTAL_OFF_CT } else { 0 };
                    let message =
                        Message { nummer, gemeente, agb, declared, lines: of_kind, total_off };
                    self.write_message(&message, kind)?;
                }
            }
        }
        Ok(())
    }

    fn write_message(&mut self, message: &Message, kind: Option<Kind>) -> anyhow::Result<()> {
        let aanbieder = self.plan.case(message.lines[0].case).aanbieder;
        let own_name = message.file_name("JW323");
        let name = shown(aanbieder, &own_name);
        let (bytes, begins) = messages::jw323(self.plan, message);
        if kind == Some(Kind::Truncated) {
            let cut = &bytes[..bytes.len() * 2 / 3];
            self.ledger.add_file_hit("MS251", name, None);
            return self.put_message(aanbieder, &own_name, cut);
        }
        self.put_message(aanbieder, &own_name, &bytes)?;
        let file = self.ledger.open(name.clone());
        for (line, begin) in message.lines.iter().zip(begins) {
            self.ledger.add(file, begin, line);
        }
        if kind == Some(Kind::WrongTotal) {
            let bedrag_ct = self.ledger.file_ct(file);
            self.ledger.add_file_hit("TR358", name, Some(bedrag_ct));
            return Ok(());
        }
        let answer = messages::jw325(self.plan, message);
        self.put_message(aanbieder, &message.file_name("JW325"), &answer)?;
        if message.nummer == 1 {
            let copy = own_name.replace(".xml", "_opnieuw.xml");
            self.put_message(aanbieder, &copy, &bytes)?;
            self.ledger.add_copy(file, shown(aanbieder, &copy));
        }
        Ok(())
    }

    fn write_assignments(&mut self) -> anyhow::Result<()> {
        let path = self.path("toewijzingen.csv");
        let out = fs::File::create(&path).with_context(|| unwritable(&path))?;
        assignments::write_export(self.plan, BufWriter::new(out))
            .with_context(|| unwritable(&path))?;
        self.files += 1;
        let mut nummer = 0;
        for cases in groups(self.plan).values() {
            let client = |position: &u32| self.plan.case(*position).client;
            for of_client in cases.chunk_by(|a, b| client(a) == client(b)) {
                nummer += 1;
                let assignment = Assignment { plan: self.plan, nummer, cases: of_client };
                let aanbieder = self.plan.case(of_client[0]).aanbieder;
                let [first, newer] = assignment.file_names();
                self.put_message(aanbieder, &first, &assignment.first_message())?;
                if assignment.changes() {
                    self.put_message(aanbieder, &newer, &assignment.newer_message())?;
                }
            }
        }
        Ok(())
    }
}
