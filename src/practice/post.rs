//! The message traffic: JW323 with their answers, and JW301, in a folder or in a zip.
//!
//! Enters: the plan. Leaves: messages, and in the ledger what stands in them.

use std::collections::BTreeMap;
use std::fs;
use std::io::BufWriter;

use anyhow::Context;

use super::archive::Archive;
use super::assignments::{self, Assignment};
use super::calendar::FULL_MONTHS;
use super::folder::{Writer, unwritable};
use super::lines::{self, Line};
use super::messages::{self, Message};
use super::oddments;
use super::plan::{Kind, Plan};
use super::spoils::{Lines, Spoil};
use super::world::{TOTAL_OFF_CT, ZEVENSTER, ZIPPED};

/// Where the messages stand, with the slash that follows.
pub(super) const MESSAGE_FOLDER: &str = "berichten/";
/// The export of toewijzingen.
const TOEWIJZINGEN: &str = "toewijzingen.csv";
/// The zip in which the messages of [`ZIPPED`] stand.
const ARCHIVE: &str = "berichten_elfenbankje.zip";

/// Cases per aanbieder and gemeente, sorted by client.
pub(super) type Groups = BTreeMap<(u32, u32), Vec<u32>>;

/// The kind of a case that goes out in a message apart from the others of its month.
pub(super) fn message_of_its_own(kind: Kind) -> Option<Kind> {
    let is_apart = matches!(
        kind,
        Kind::WrongTotal | Kind::Truncated | Kind::RefusedMessage | Kind::Spoiled(_)
    );
    is_apart.then_some(kind)
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
    if aanbieder == ZIPPED {
        format!("{ARCHIVE}/{name}")
    } else {
        format!("{MESSAGE_FOLDER}{name}")
    }
}

impl Writer<'_> {
    /// Begins the zip.
    pub(super) fn begin_archive(&mut self) -> anyhow::Result<()> {
        let path = self.path(ARCHIVE);
        self.archive = Some(Archive::create(&path).with_context(|| unwritable(&path))?);
        self.files += 1;
        Ok(())
    }

    /// Ends the zip.
    pub(super) fn end_archive(&mut self) -> anyhow::Result<()> {
        let Some(archive) = self.archive.take() else { return Ok(()) };
        archive.finish().with_context(|| unwritable(&self.path(ARCHIVE)))
    }

    /// Puts a message in the folder or in the zip.
    fn put_message(&mut self, aanbieder: u32, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.path(ARCHIVE);
        match self.archive.as_mut().filter(|_| aanbieder == ZIPPED) {
            Some(archive) => archive.add(name, bytes).with_context(|| unwritable(&path)),
            None => self.put(&format!("{MESSAGE_FOLDER}{name}"), bytes),
        }
    }

    /// Writes every message.
    pub(super) fn write_messages(&mut self) -> anyhow::Result<()> {
        let mut nummer = 0;
        for ((_, gemeente), cases) in groups(self.plan) {
            for declared in 0..FULL_MONTHS {
                let lines = declared_in(self.plan, &cases, declared);
                let own = |line: &Line| message_of_its_own(self.plan.case(line.case).kind);
                let mut kinds = vec![None];
                for kind in lines.iter().map(own) {
                    if !kinds.contains(&kind) {
                        kinds.push(kind);
                    }
                }
                for kind in kinds {
                    let lines: Vec<Line> =
                        lines.iter().filter(|line| own(line) == kind).copied().collect();
                    let Some(first) = lines.first() else { continue };
                    nummer += 1;
                    let agb = self.plan.case(first.case).agb_code();
                    let total_off = if kind == Some(Kind::WrongTotal) { TOTAL_OFF_CT } else { 0 };
                    let shift = spoil_of(kind).map_or(0, Spoil::shift);
                    let message =
                        Message { nummer, gemeente, agb, declared, lines, total_off, shift };
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
        if let Some(spoil) = spoil_of(kind) {
            return self.write_spoiled(message, spoil, (bytes, begins));
        }
        self.put_message(aanbieder, &own_name, &bytes)?;
        let file = self.add_lines(&name, message, &begins);
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

    /// A message that is wrong; an answer only when that is what is wrong.
    fn write_spoiled(
        &mut self,
        message: &Message,
        spoil: Spoil,
        good: (Vec<u8>, Vec<u64>),
    ) -> anyhow::Result<()> {
        let aanbieder = self.plan.case(message.lines[0].case).aanbieder;
        let own_name = message.file_name("JW323");
        let name = shown(aanbieder, &own_name);
        let text = String::from_utf8(good.0).context("a message is UTF-8")?;
        self.put_message(aanbieder, &own_name, spoil.message(text).as_bytes())?;
        let mut bedrag_ct = None;
        if spoil.lines() != Lines::Lost {
            let file = self.add_lines(&name, message, &good.1);
            bedrag_ct = spoil.tells_amount().then(|| self.ledger.file_ct(file));
        }
        if let Some(code) = spoil.on_message() {
            self.ledger.add_file_hit(code, name, bedrag_ct);
        }
        if let Some(code) = spoil.on_answer() {
            let own_name = message.file_name("JW325");
            let text = String::from_utf8(messages::jw325(self.plan, message))
                .context("a message is UTF-8")?;
            self.put_message(aanbieder, &own_name, spoil.answer(text).as_bytes())?;
            self.ledger.add_file_hit(code, shown(aanbieder, &own_name), bedrag_ct);
        }
        Ok(())
    }

    /// Messages and files that nothing depends on.
    fn write_oddments(&mut self) -> anyhow::Result<()> {
        let (bytes, places) = oddments::assignment(self.plan);
        self.put_message(ZEVENSTER, oddments::ASSIGNMENT_NAME, &bytes)?;
        let name = shown(ZEVENSTER, oddments::ASSIGNMENT_NAME);
        for (code, regel) in places {
            self.ledger.add_place(code, &name, regel);
        }
        self.put_message(ZEVENSTER, oddments::START_NAME, &oddments::start())?;
        let name = shown(ZEVENSTER, oddments::START_NAME);
        self.ledger.add_file_hit("MS254", name, None);
        for file in &oddments::USELESS {
            self.put(file.name, &file.content.concat())?;
            self.ledger.add_file_hit(file.code, file.name.to_owned(), None);
        }
        let (name, bytes) = oddments::ZIP_IN_ZIP;
        self.put_message(ZIPPED, name, bytes)?;
        self.ledger.add_file_hit("MS265", shown(ZIPPED, name), None);
        self.put(oddments::LOCKED_NAME, &oddments::locked_zip()?)?;
        self.ledger.add_file_hit("MS263", oddments::LOCKED_NAME.to_owned(), None);
        self.put(oddments::MIXED_NAME, oddments::mixed(self.plan).as_bytes())?;
        for (code, regel) in oddments::MIXED_HITS {
            self.ledger.add_place(code, oddments::MIXED_NAME, regel);
        }
        self.put(oddments::UNDECIDED_NAME, oddments::undecided(self.plan).as_bytes())?;
        self.ledger.add_unreadable("MS219", oddments::UNDECIDED_NAME, oddments::UNDECIDED_LINES);
        Ok(())
    }

    fn add_lines(&mut self, name: &str, message: &Message, begins: &[u64]) -> usize {
        let file = self.ledger.open(name.to_owned());
        for (line, begin) in message.lines.iter().zip(begins) {
            self.ledger.add(file, *begin, line);
        }
        file
    }

    /// Writes every toewijzing.
    pub(super) fn write_assignments(&mut self) -> anyhow::Result<()> {
        let path = self.path(TOEWIJZINGEN);
        let out = fs::File::create(&path).with_context(|| unwritable(&path))?;
        let places = assignments::write_export(self.plan, BufWriter::new(out))
            .with_context(|| unwritable(&path))?;
        self.files += 1;
        for (code, regel) in places {
            self.ledger.add_place(code, TOEWIJZINGEN, regel);
        }
        self.write_oddments()?;
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

fn spoil_of(kind: Option<Kind>) -> Option<Spoil> {
    match kind {
        Some(Kind::Spoiled(spoil)) => Some(spoil),
        _ => None,
    }
}
