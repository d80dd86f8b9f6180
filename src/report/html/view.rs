//! A document as the templates see it: numbered, with every value already in its Dutch form.
//!
//! Enters: a [`Document`]. Leaves: plain values for the template engine. Does not know HTML.

mod table;

use std::fmt::Write as _;

use serde::Serialize;

use crate::dutch;
use crate::report::document::{
    Block, Definition, Document, FigureBlock, FileLink, Finding, NoteKind, Section, Table, Tone,
    Verdict,
};

use table::TableView;

/// What stands on every page.
#[derive(Serialize)]
struct PageView {
    title: String,
    subtitle: String,
    region: String,
    kwartaal: String,
    peildatum: String,
    banner: String,
    program: String,
    /// Title and banner as CSS strings, for the margins of the printed page.
    title_css: String,
    banner_css: String,
}

#[derive(Serialize)]
pub(super) struct ReportView {
    page: PageView,
    purpose: String,
    verdict: VerdictView,
    findings: Vec<FindingView>,
    accounts: Vec<TableView>,
    coverage: Vec<BlockView>,
    sections: Vec<SectionView>,
}

#[derive(Serialize)]
pub(super) struct LeesmijView {
    page: PageView,
    verdict: VerdictView,
    counts: Vec<TermView>,
    blocks: Vec<BlockView>,
    files: Vec<FileView>,
    edities: Vec<FileView>,
    n_tables: usize,
    n_figures: usize,
    next_steps: Vec<String>,
}

#[derive(Serialize)]
struct VerdictView {
    tone: &'static str,
    label: &'static str,
    text: String,
}

#[derive(Serialize)]
struct SectionView {
    id: String,
    number: usize,
    title: String,
    /// The first sentence of the conclusion, and what follows it.
    conclusion: Option<(String, String)>,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum BlockView {
    Heading { text: String },
    Paragraph { text: String },
    List { items: Vec<String> },
    Findings { findings: Vec<FindingView> },
    Table { table: TableView },
    Figure { figure: FigureView },
    Note { tone: &'static str, label: &'static str, text: String },
    Definitions { items: Vec<TermView> },
    Files { files: Vec<FileView> },
}

#[derive(Serialize)]
struct FindingView {
    text: String,
    /// What a reader wants to know at once.
    key_facts: Vec<TermView>,
    /// What unfolds; empty on the first page, where a link leads to the chapter that has it.
    facts: Vec<TermView>,
    address: Option<String>,
    /// Anchor and title of the chapter that tells more.
    section: Option<(String, String)>,
}

#[derive(Serialize)]
struct TermView {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct FileView {
    path: String,
    text: String,
}

#[derive(Serialize)]
struct FigureView {
    stem: String,
    number: usize,
    caption: String,
    alt: String,
    svg: String,
    svg_path: String,
    png_path: String,
    csv_path: String,
    data: TableView,
}

/// Facts that stand under a finding without unfolding it.
const KEY_FACTS: [&str; 2] = ["Berust op", "Wie kan dit beïnvloeden"];

/// Rows of the data behind a figure; the rest is in its CSV, linked below it.
const IN_DETAILS: usize = 25;

/// Counts tables and figures in reading order.
struct Numbering<'a> {
    sections: &'a [Section],
    tables: usize,
    figures: usize,
    /// Tables of the report have a CSV file; those of `LEESMIJ.html` and of an edition do not.
    has_csv: bool,
}

/// The report, with links to the other files of its folder, or as a page that is mailed without them.
pub(super) fn report(document: &Document, has_files: bool) -> ReportView {
    let mut numbering =
        Numbering { sections: &document.sections, tables: 0, figures: 0, has_csv: has_files };
    let front = &document.front;
    let accounts = front.accounts.iter().map(|table| numbering.table(table)).collect();
    let coverage = numbering.blocks(&front.coverage);
    let findings = front.findings.iter().map(|finding| numbering.finding(finding)).collect();
    let sections = document
        .sections
        .iter()
        .enumerate()
        .map(|(n, section)| SectionView {
            id: section.id.clone(),
            number: n + 1,
            title: section.title.clone(),
            conclusion: section.conclusion.as_deref().map(first_sentence),
            blocks: numbering.blocks(&section.blocks),
        })
        .collect();
    ReportView {
        page: page(document),
        purpose: front.purpose.clone(),
        verdict: verdict(&front.verdict),
        findings,
        accounts,
        coverage,
        sections,
    }
}

pub(super) fn leesmij(document: &Document) -> LeesmijView {
    let mut numbering = Numbering { sections: &[], tables: 0, figures: 0, has_csv: false };
    let leesmij = &document.leesmij;
    LeesmijView {
        page: page(document),
        verdict: verdict(&leesmij.verdict),
        counts: terms(&leesmij.counts),
        blocks: numbering.blocks(&leesmij.blocks),
        files: leesmij.files.iter().map(file).collect(),
        edities: leesmij.edities.iter().map(file).collect(),
        n_tables: document.tables().count(),
        n_figures: document.figures().count(),
        next_steps: leesmij.next_steps.clone(),
    }
}

impl Numbering<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Vec<BlockView> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &Block) -> BlockView {
        match block {
            Block::Heading(text) => BlockView::Heading { text: text.clone() },
            Block::Paragraph(text) => BlockView::Paragraph { text: text.clone() },
            Block::List(items) => BlockView::List { items: items.clone() },
            Block::Findings(findings) => {
                BlockView::Findings { findings: findings.iter().map(|f| self.finding(f)).collect() }
            }
            Block::Table(table) => BlockView::Table { table: self.table(table) },
            Block::Figure(figure) => BlockView::Figure { figure: self.figure(figure) },
            Block::Note(kind, text) => {
                BlockView::Note { tone: note_tone(*kind), label: kind.label(), text: text.clone() }
            }
            Block::Definitions(items) => BlockView::Definitions { items: terms(items) },
            Block::Files(files) => BlockView::Files { files: files.iter().map(file).collect() },
        }
    }

    fn table(&mut self, table: &Table) -> TableView {
        self.tables += 1;
        let csv_path = self.has_csv.then(|| format!("tabellen/{}.csv", table.id));
        TableView::new(
            table,
            format!("tabel-{}", table.id),
            format!("Tabel {}", self.tables),
            csv_path,
        )
    }

    fn figure(&mut self, figure: &FigureBlock) -> FigureView {
        self.figures += 1;
        let id = format!("gegevens-{}", figure.stem());
        let name = format!("Gegevens bij figuur {}", self.figures);
        // Without files beside it the page has every row, and links to nothing.
        let path = |path: String| if self.has_csv { path } else { String::new() };
        let in_details = if self.has_csv { IN_DETAILS } else { usize::MAX };
        FigureView {
            stem: figure.stem().to_owned(),
            number: self.figures,
            caption: figure.caption().to_owned(),
            alt: figure.alt().to_owned(),
            svg: figure.svg().to_owned(),
            svg_path: path(figure.svg_path()),
            png_path: path(figure.png_path()),
            csv_path: path(figure.csv_path()),
            data: TableView::new(figure.data(), id, name, None).at_most(in_details),
        }
    }

    fn finding(&self, finding: &Finding) -> FindingView {
        let section = finding.section.as_ref().and_then(|id| {
            let n = self.sections.iter().position(|section| section.id == *id)?;
            Some((id.clone(), format!("{} {}", n + 1, self.sections[n].title)))
        });
        let is_told_elsewhere = section.is_some();
        let (key_facts, facts): (Vec<&Definition>, Vec<&Definition>) =
            finding.facts.iter().partition(|fact| KEY_FACTS.contains(&fact.term.as_str()));
        FindingView {
            text: finding.text.clone(),
            key_facts: key_facts.into_iter().map(term).collect(),
            facts: facts.into_iter().filter(|_| !is_told_elsewhere).map(term).collect(),
            address: addresses(&finding.addresses).filter(|_| !is_told_elsewhere),
            section,
        }
    }
}

/// Between addresses.
const SEPARATOR: &str = " · ";
/// More addresses than this under one sentence are counted; the manifest has them all.
const MAX_ADDRESSES: usize = 8;

/// The addresses under a sentence, as one text.
fn addresses(all: &[String]) -> Option<String> {
    let shown = all.iter().take(MAX_ADDRESSES).cloned().collect::<Vec<_>>().join(SEPARATOR);
    let rest = all.len().saturating_sub(MAX_ADDRESSES);
    let more = if rest > 0 { format!("{SEPARATOR}… en nog {rest}") } else { String::new() };
    (!all.is_empty()).then(|| shown + &more)
}

/// A sentence ends at a full stop with a capital after it; numbers and codes have none.
fn first_sentence(text: &str) -> (String, String) {
    let is_end = |at: &usize| text[at + 2..].chars().next().is_some_and(char::is_uppercase);
    let end = text.match_indices(". ").map(|(at, _)| at).find(is_end);
    let (first, rest) = end.map_or((text, ""), |at| text.split_at(at + 1));
    (first.to_owned(), rest.trim_start().to_owned())
}

fn page(document: &Document) -> PageView {
    PageView {
        title: document.title.clone(),
        subtitle: document.subtitle.clone(),
        region: document.region.clone(),
        kwartaal: document.kwartaal.to_string(),
        peildatum: dutch::date_long(document.peildatum),
        banner: document.banner.clone(),
        program: document.program.clone(),
        title_css: css_string(&document.title),
        banner_css: css_string(&document.banner),
    }
}

fn verdict(verdict: &Verdict) -> VerdictView {
    let tone = match verdict.tone {
        Tone::Goed => "goed",
        Tone::LetOp => "letop",
        Tone::Fout => "fout",
    };
    VerdictView { tone, label: verdict.tone.label(), text: verdict.text.clone() }
}

fn note_tone(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Toelichting => "toelichting",
        NoteKind::LetOp => "letop",
        NoteKind::NietTeBepalen => "onbepaald",
        NoteKind::Fout => "fout",
    }
}

fn terms(items: &[Definition]) -> Vec<TermView> {
    items.iter().map(term).collect()
}

fn term(item: &Definition) -> TermView {
    TermView { term: item.term.clone(), text: item.text.clone() }
}

fn file(file: &FileLink) -> FileView {
    FileView { path: file.path.clone(), text: file.text.clone() }
}

/// A quoted CSS string that can end neither itself nor the style element.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '<' | '>' | '&') || c.is_control() {
            write!(out, "\\{:x} ", u32::from(c)).expect("a text takes every text");
        } else {
            out.push(c);
        }
    }
    out.push('"');
    out
}
