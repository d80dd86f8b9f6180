//! Published figures, accounts and rejects → the document.
//!
//! Enters: [`Input`]. Leaves: a [`Document`] in the order in which people read. One file per chapter; a new
//! chapter is a file here and a line in `CHAPTERS`. Does not know HTML, files or pixels.

mod aflopend;
mod cellen;
mod conclusie;
pub mod editie;
mod evenredigheid;
mod jaar;
mod kolommen;
mod kosten;
mod leesmij;
mod maatwerk;
mod naijl;
mod niet_te_bepalen;
mod overzichten;
mod signalen;
mod verandering;
mod verantwoording;
mod voorlopig;
mod voorpagina;
mod zorgcoordinatie;

use anyhow::Result;
use chrono::NaiveDate;

use crate::charts::{self, Chart};
use crate::checks::oorzaken::Oorzaak;
use crate::dataset::manifest::Manifest;
use crate::disclosure::Published;
use crate::dutch::n_of;
use crate::findings::toets::GEVALLEN;
use crate::findings::{self, Chapter};
use crate::period::Kwartaal;
use crate::region::Region;
use crate::report::document::{Block, Definition, Document, FigureBlock, Finding, Section, Table};
use crate::report::retour::Retour;
use crate::report::shown;
use niet_te_bepalen::undetermined;
pub use niet_te_bepalen::undetermined_text;

/// What a report is made from.
pub struct Input<'a> {
    /// What may be seen.
    pub published: &'a Published,
    /// Files and accounts of the dataset.
    pub manifest: &'a Manifest,
    /// Rejects by cause.
    pub causes: &'a [Oorzaak],
    /// Return files; empty where the audience may not see rows.
    pub retouren: &'a [Retour],
    /// The region.
    pub region: &'a Region,
    /// The quarter.
    pub kwartaal: Kwartaal,
    /// The day from which is looked back.
    pub peildatum: NaiveDate,
    /// True when more euros were rejected than the region accepts.
    pub is_above_threshold: bool,
    /// Only this chapter, with what every report has; `None` for all.
    pub only: Option<Chapter>,
}

impl Input<'_> {
    /// True when so few lines stand behind an amount that it may be that of one child, and the audience may not see
    /// that.
    pub fn is_small(&self, regels: u64) -> bool {
        let minimum = self.published.minimum().unwrap_or(0);
        regels > 0 && regels.cast_signed() < minimum
    }

    /// True for the gemeente whose edition this is.
    pub fn is_eigen(&self, code: &str) -> bool {
        self.published.gemeente() == Some(code)
    }

    /// True when the audience may see accounts of single files: a message can be about one child.
    pub fn sees_files(&self) -> bool {
        self.published.minimum().is_none()
    }
}

type ChapterMaker = fn(&Input<'_>) -> Result<Section>;

/// The chapters, in reading order, with the question they answer; those without belong in every report.
const CHAPTERS: &[(Option<Chapter>, ChapterMaker)] = &[
    (Some(Chapter::Maatwerk), maatwerk::chapter),
    (Some(Chapter::Zorgcoordinatie), zorgcoordinatie::chapter),
    (Some(Chapter::Kosten), kosten::chapter),
    (Some(Chapter::Naijl), naijl::chapter),
    (Some(Chapter::Verandering), verandering::chapter),
    (Some(Chapter::Aflopend), aflopend::chapter),
    (Some(Chapter::Proces), signalen::proces),
    (Some(Chapter::Aanbieders), signalen::aanbieders),
    (Some(Chapter::Signalen), signalen::signalen),
    (None, niet_te_bepalen::chapter),
    (None, verantwoording::chapter),
];

/// Puts the report together, or the edition of one gemeente when that is what may be seen.
///
/// # Errors
/// When a chart cannot be drawn: a mistake of this program.
pub fn compose(input: &Input<'_>) -> Result<Document> {
    if let Some(code) = input.published.gemeente() {
        return editie::compose(input, code);
    }
    let is_wanted = |chapter: &Option<Chapter>| {
        input.only.is_none() || chapter.is_none() || *chapter == input.only
    };
    let mut sections = CHAPTERS
        .iter()
        .filter(|(chapter, _)| is_wanted(chapter))
        .map(|(chapter, make)| {
            let mut section = make(input)?;
            if let (Some(chapter), None) = (chapter, input.only) {
                section.blocks.extend(overzichten::blocks(input, *chapter));
                section.blocks.extend(signalen::blocks(input, *chapter));
            }
            Ok(section)
        })
        .collect::<Result<Vec<_>>>()?;
    voorlopig::mark(input, &mut sections)?;
    let what = match input.only {
        None => "Kwartaalrapport jeugdhulp",
        Some(chapter) => chapter.naam(),
    };
    let mut document = Document {
        title: format!("{what} {} – {}", input.kwartaal, input.region.naam),
        subtitle: String::new(),
        region: input.region.naam.clone(),
        kwartaal: input.kwartaal,
        peildatum: input.peildatum,
        banner: shown::banner(input.published.audience()).to_owned(),
        program: format!("maatstaf {}", env!("CARGO_PKG_VERSION")),
        front: voorpagina::front(input),
        sections,
        leesmij: leesmij::leesmij(input),
        werklijsten: signalen::werklijsten(input),
    };
    document.place_addresses();
    Ok(document)
}

/// A chapter that opens with its conclusion.
fn section(input: &Input<'_>, chapter: Chapter, title: &str, blocks: Vec<Block>) -> Section {
    let judged = input.published.judged();
    let conclusion = judged.conclusion(chapter).map(str::to_owned);
    // Silence would read as "nothing to report".
    let conclusion = conclusion.unwrap_or_else(|| conclusie::without_figures(input, chapter));
    let conclusion = Some(conclusion);
    Section { id: chapter.id().to_owned(), title: title.to_owned(), conclusion, blocks }
}

/// Statements of a chapter as questions for the conversation.
fn findings_block(input: &Input<'_>, chapter: Chapter) -> Option<Block> {
    let found: Vec<Finding> =
        input.published.judged().of(chapter).map(|f| finding(f, None)).collect();
    (!found.is_empty()).then_some(Block::Findings(found))
}

fn finding(found: &findings::Finding, section: Option<String>) -> Finding {
    // The facts stand in one line, separated: a full stop before a separator is one too many.
    let basis = found.basis.trim_end_matches('.');
    let mut facts = vec![Definition::new("Waarop dit rust", basis)];
    // That each case was judged by itself says nothing new about a rule; what it counts stands in its sentence.
    let is_rule = found.toets.methode == GEVALLEN;
    let is_told = |label: &str| !is_rule || !["Methode", "Waargenomen"].contains(&label);
    let feiten = found.toets.feiten();
    let told = feiten.iter().filter(|(label, _)| is_told(label));
    facts.extend(told.map(|(label, text)| Definition::new(label, text)));
    facts.push(Definition::new("Wie kan dit beïnvloeden", found.invloed.label()));
    Finding { text: found.text.clone(), facts, section, addresses: found.cites.clone() }
}

/// A chart with the table it is drawn from.
fn figure(chart: Chart, caption: &str, data: Table) -> Result<Option<Block>> {
    if !chart.kind.has_values() || data.rows.is_empty() {
        return Ok(None);
    }
    let drawn = charts::draw(&chart)?;
    Ok(Some(Block::Figure(Box::new(FigureBlock::new(drawn, caption, data)?))))
}

/// The same for bars and lines, which a workbook draws itself from these columns of the table.
fn figure_of(chart: Chart, caption: &str, data: Table, columns: &[usize]) -> Result<Option<Block>> {
    Ok(match figure(chart, caption, data)? {
        Some(Block::Figure(block)) => Some(Block::Figure(Box::new(block.drawn_from(columns)?))),
        other => other,
    })
}

/// Under every figure and table: where the numbers come from, and that they are provisional when they are.
fn source(input: &Input<'_>, query: &str) -> String {
    source_of(input, query) + &voorlopig::bij_bron(input, query)
}

/// Where numbers of other quarters than that of the report come from.
fn source_of(input: &Input<'_>, query: &str) -> String {
    let n = n_of(input.manifest.bestanden.len());
    format!(
        "Bron: {}, vraag {query}, {}",
        crate::dutch::counted(n, "aangeleverd bestand", "aangeleverde bestanden"),
        input.region.naam
    )
}
