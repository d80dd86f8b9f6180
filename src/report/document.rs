//! The document: the only thing a writer sees of a run.
//!
//! Enters: nothing; a composer fills it with values that may be shown. Leaves: [`Document`], an ordered
//! list of sections made of headings, paragraphs, findings, tables, figures and notes.
//! Does not know files, HTML, pixels, or where a value comes from beyond its address.

mod adressen;
mod figure;
mod table;

use std::collections::BTreeSet;

use anyhow::Context as _;
use anyhow::bail;
use chrono::NaiveDate;

use crate::period::Kwartaal;

pub use adressen::{FIGUUR, TABEL, column_names, is_place};
pub use figure::FigureBlock;
pub use table::{Cell, Kind, Row, Table, TableColumn, Value};

/// A whole report.
#[derive(Debug, Clone)]
pub struct Document {
    /// Title of the report, unique per region and quarter: "Kwartaalrapport jeugdhulp 2025-K3 – regio X".
    pub title: String,
    /// One line under the title; may be empty.
    pub subtitle: String,
    /// Display name of the region.
    pub region: String,
    /// The quarter reported on.
    pub kwartaal: Kwartaal,
    /// The date on which the report looks back; takes the place of "today".
    pub peildatum: NaiveDate,
    /// For whom the report is, printed on top and on every page: "INTERN – niet delen".
    pub banner: String,
    /// Name and version of the program: "maatstaf 0.1.0".
    pub program: String,
    /// The first page.
    pub front: Front,
    /// The chapters, in reading order.
    pub sections: Vec<Section>,
    /// What only `LEESMIJ.html` tells.
    pub leesmij: Leesmij,
    /// Tables that stand in no page: `werklijsten/<id>.csv`.
    pub werklijsten: Vec<Table>,
}

/// The first page: purpose, findings, accounts and coverage.
#[derive(Debug, Clone)]
pub struct Front {
    /// What the report is for, in two sentences.
    pub purpose: String,
    /// At most [`Front::MAX_FINDINGS`] findings, the heaviest first.
    pub findings: Vec<Finding>,
    /// Whether rows and euros close, in one sentence with its tone.
    pub verdict: Verdict,
    /// The account of reading and the account of reporting.
    pub accounts: Vec<Table>,
    /// Which aanbieders, months or tables are missing.
    pub coverage: Vec<Block>,
}

impl Front {
    /// More findings than this on the first page and nobody reads them.
    pub const MAX_FINDINGS: usize = 5;
}

/// A chapter.
#[derive(Debug, Clone)]
pub struct Section {
    /// Anchor, `a-z 0-9 - _`, unique in the document.
    pub id: String,
    /// Heading of the chapter.
    pub title: String,
    /// The conclusion of the chapter in one sentence.
    pub conclusion: Option<String>,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// One thing in a chapter.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading inside a chapter, one level below the chapter.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// A list of short points without an order.
    List(Vec<String>),
    /// Questions for a conversation, the heaviest first.
    Findings(Vec<Finding>),
    /// A table; also written to `tabellen/<id>.csv`.
    Table(Table),
    /// A chart with its description and its data; boxed because it is far larger than the rest.
    Figure(Box<FigureBlock>),
    /// A remark set apart.
    Note(NoteKind, String),
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// Other files of the output folder.
    Files(Vec<FileLink>),
}

/// Why a remark is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// Background.
    Toelichting,
    /// Something that limits how a figure may be read.
    LetOp,
    /// A question that cannot be answered, with the reason and what would change it.
    NietTeBepalen,
    /// Something that went wrong.
    Fout,
}

impl NoteKind {
    /// The word that stands before the remark, so that its meaning never hangs on a colour.
    pub fn label(self) -> &'static str {
        match self {
            Self::Toelichting => "Toelichting",
            Self::LetOp => "Let op",
            Self::NietTeBepalen => "Niet te bepalen",
            Self::Fout => "Fout",
        }
    }
}

/// A statement with the numbers that carry it.
#[derive(Debug, Clone, Default)]
pub struct Finding {
    /// The statement: one or two Dutch sentences, numbers before adjectives.
    pub text: String,
    /// What it rests on, such as rule, basis, threshold and who can influence it.
    pub facts: Vec<Definition>,
    /// Id of the chapter that tells more.
    pub section: Option<String>,
    /// Addresses of the figures it uses; the first is the one it is about.
    pub addresses: Vec<String>,
}

/// A term and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The term.
    pub term: String,
    /// What it means or holds.
    pub text: String,
}

impl Definition {
    /// A term and its meaning.
    pub fn new(term: &str, text: &str) -> Self {
        Self { term: term.to_owned(), text: text.to_owned() }
    }
}

/// A file beside the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// Path inside the output folder, `/` between folders.
    pub path: String,
    /// What is in it, readable without the sentence around it.
    pub text: String,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its tone.
    pub tone: Tone,
    /// One sentence.
    pub text: String,
}

/// The tone of a verdict; shown as a word, so that it never hangs on a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Everything closes.
    Goed,
    /// Usable, with something to know.
    LetOp,
    /// Not usable before something is mended.
    Fout,
}

impl Tone {
    /// The word that stands before the verdict.
    pub fn label(self) -> &'static str {
        match self {
            Self::Goed => "In orde",
            Self::LetOp => "Let op",
            Self::Fout => "Fout",
        }
    }
}

/// What `LEESMIJ.html` tells beside the list of files.
#[derive(Debug, Clone)]
pub struct Leesmij {
    /// How the run ended.
    pub verdict: Verdict,
    /// Counts worth knowing before opening anything: files, rows, euros, rejects.
    pub counts: Vec<Definition>,
    /// Rejects by cause and the like.
    pub blocks: Vec<Block>,
    /// Files that other parts of the program put in the folder.
    pub files: Vec<FileLink>,
    /// The editions, one page per gemeente; each goes to that gemeente alone.
    pub edities: Vec<FileLink>,
    /// What the reader can do now, in order.
    pub next_steps: Vec<String>,
}

impl Document {
    /// Every table that stands on its own, in reading order; the data of figures is not among them.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let in_blocks = self.blocks().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        self.front.accounts.iter().chain(in_blocks)
    }

    /// Every figure, in reading order.
    pub fn figures(&self) -> impl Iterator<Item = &FigureBlock> {
        self.blocks().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure.as_ref()),
            _ => None,
        })
    }

    /// Blocks of the report itself, in reading order: the first page, then the chapters.
    fn blocks(&self) -> impl Iterator<Item = &Block> {
        let chapters = self.sections.iter().flat_map(|section| &section.blocks);
        self.front.coverage.iter().chain(chapters)
    }

    /// Tests what no type can hold: unique names, rows as wide as their heading, links that lead somewhere.
    ///
    /// # Errors
    /// Names the first defect; each is a mistake in the composer, never in a user's file.
    pub fn check(&self) -> anyhow::Result<()> {
        if self.title.trim().is_empty() || self.banner.trim().is_empty() {
            bail!("a report needs a title and the audience it is for");
        }
        if self.front.findings.len() > Front::MAX_FINDINGS {
            bail!("at most {} findings on the first page", Front::MAX_FINDINGS);
        }
        let mut sections = BTreeSet::new();
        for section in &self.sections {
            check_id(&section.id)?;
            if !sections.insert(section.id.as_str()) {
                bail!("two sections named {}", section.id);
            }
        }
        self.check_tables()?;
        self.check_figures()?;
        self.check_links(&sections)
    }

    fn check_tables(&self) -> anyhow::Result<()> {
        let mut seen = BTreeSet::new();
        for table in self.tables() {
            table.check().with_context(|| format!("table {}", table.id))?;
            if !seen.insert(table.id.as_str()) {
                bail!("two tables named {}", table.id);
            }
        }
        for table in &self.werklijsten {
            table.check().with_context(|| format!("work list {}", table.id))?;
        }
        for block in &self.leesmij.blocks {
            match block {
                Block::Figure(_) => bail!("LEESMIJ.html shows no figures"),
                Block::Table(table) => {
                    table.check().with_context(|| format!("table {}", table.id))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn check_figures(&self) -> anyhow::Result<()> {
        let mut seen = BTreeSet::new();
        for figure in self.figures() {
            figure.data().check().with_context(|| format!("data of figure {}", figure.stem()))?;
            if !seen.insert(figure.stem()) {
                bail!("two figures named {}", figure.stem());
            }
        }
        Ok(())
    }

    fn check_links(&self, sections: &BTreeSet<&str>) -> anyhow::Result<()> {
        let in_blocks = self.blocks().filter_map(|block| match block {
            Block::Findings(findings) => Some(findings),
            _ => None,
        });
        for finding in self.front.findings.iter().chain(in_blocks.flatten()) {
            if let Some(section) = &finding.section
                && !sections.contains(section.as_str())
            {
                bail!("a finding points to section {section}, which does not exist");
            }
        }
        Ok(())
    }
}

/// Names that become anchors and file names: lower case, digits, `-` and `_`.
fn check_id(id: &str) -> anyhow::Result<()> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if id.is_empty()
        || !id.chars().all(fits)
        || !id.starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        bail!("not a name that can be an anchor and a file name: '{id}'");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_sample_document_is_sound() {
        sample::document().check().unwrap();
    }

    #[test]
    fn two_tables_or_figures_of_one_name_are_refused() {
        let mut document = sample::document();
        let again = document.front.accounts[0].clone();
        document.sections[0].blocks.push(Block::Table(again));
        assert!(document.check().unwrap_err().to_string().contains("two tables named"));

        let mut document = sample::document();
        let again = document.figures().next().unwrap().clone();
        document.sections[0].blocks.push(Block::Figure(Box::new(again)));
        assert!(document.check().unwrap_err().to_string().contains("two figures named"));
    }

    #[test]
    fn a_sixth_finding_on_the_first_page_is_refused() {
        let mut document = sample::document();
        let finding = document.front.findings[0].clone();
        document.front.findings = vec![finding; Front::MAX_FINDINGS + 1];
        assert!(document.check().is_err());
    }

    #[test]
    fn a_finding_that_points_nowhere_is_refused() {
        let mut document = sample::document();
        document.front.findings[0].section = Some("bestaat-niet".to_owned());
        assert!(document.check().unwrap_err().to_string().contains("bestaat-niet"));
    }

    #[test]
    fn names_with_capitals_or_accents_are_no_anchors() {
        for id in ["", "Maatwerk", "coördinatie", "a b", "-a", "a/b"] {
            assert!(check_id(id).is_err(), "{id}");
        }
        check_id("maatwerk_nieuw-2").unwrap();
    }
}
