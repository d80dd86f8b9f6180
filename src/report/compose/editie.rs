//! The edition of one gemeente: the report as far as that gemeente may see it, with its own figures first.
//!
//! Enters: what that gemeente may see. Leaves: a [`Document`] of one page that is mailed, so it names no other file.
//! Chapters about single children, files or the whole region together are left out, and the front page says so. Decides
//! nothing about what may be seen: that is done in `disclosure`.

mod kort;

use anyhow::Result;

use crate::disclosure::PublishedMeasure;
use crate::dutch;
use crate::findings::{self, Chapter};
use crate::region::Gemeente;
use crate::report::compose::{
    ChapterMaker, Input, finding, kosten, maatwerk, niet_te_bepalen, overzichten, signalen,
    verantwoording, voorlopig, voorpagina, zorgcoordinatie,
};
use crate::report::document::{
    Block, Document, FigureBlock, FileLink, Finding, Front, Leesmij, NoteKind, Section, Table,
    Tone, Value, Verdict,
};

/// The chapters of an edition, in reading order.
const CHAPTERS: &[(Chapter, ChapterMaker)] = &[
    (Chapter::Maatwerk, maatwerk::chapter),
    (Chapter::Zorgcoordinatie, zorgcoordinatie::chapter),
    (Chapter::Kosten, kosten::chapter),
    (Chapter::Proces, signalen::proces),
    (Chapter::Aanbieders, signalen::aanbieders),
    (Chapter::Signalen, signalen::signalen),
];

/// What is in the report of the region and in no edition, and why.
const WEGGELATEN: &str = "In deze editie staan niet: de na-ijl, wat er veranderde tussen kwartalen en de loting van de hele regio (die rusten op \
    bedragen en cliënten van alle gemeenten samen), aflopende overeenkomsten en werklijsten (die gaan over afzonderlijke jeugdigen), en de \
    aansluiting, de volledigheid en de afkeur (die gaan over bestanden van aanbieders). ICM kan er meer over vertellen.";

/// Where the edition of a gemeente stands in the output: `gemeenten/0355_zeist.html`.
pub fn pad(gemeente: &Gemeente) -> String {
    format!("gemeenten/{}_{}.html", gemeente.code, dutch::file_name(&gemeente.naam))
}

/// The editions of a run; a report on one question has none.
pub(super) fn links(input: &Input<'_>) -> Vec<FileLink> {
    if input.only.is_some() {
        return Vec::new();
    }
    let mut all: Vec<&Gemeente> = input.region.gemeenten.iter().collect();
    all.sort_by_cached_key(|gemeente| dutch::sort_key(&gemeente.naam));
    let link = |gemeente: &Gemeente| FileLink {
        path: pad(gemeente),
        text: format!("alleen voor gemeente {}", gemeente.naam),
    };
    all.into_iter().map(link).collect()
}

/// Puts the edition together.
pub(super) fn compose(input: &Input<'_>, code: &str) -> Result<Document> {
    let naam = super::cellen::gemeente(input, code);
    let mut sections = vec![kort::section(input, code)];
    for (chapter, make) in CHAPTERS {
        let mut section = make(input)?;
        section.blocks.extend(overzichten::blocks(input, *chapter));
        section.blocks.extend(signalen::blocks(input, *chapter));
        section.blocks.retain(|block| !matches!(block, Block::Files(_)));
        if section.blocks.is_empty() && section.conclusion.is_none() {
            let none = "Over dit onderwerp is er niets dat in deze editie kan staan.";
            section.blocks.push(Block::Paragraph(none.to_owned()));
        }
        sections.push(section);
    }
    sections.push(niet_te_bepalen::chapter(input)?);
    sections.push(verantwoording::editie(input));
    voorlopig::mark(input, &mut sections)?;
    highlight(&mut sections, naam)?;
    Ok(Document {
        title: format!(
            "Kwartaalrapport jeugdhulp {} – gemeente {naam}, regio {}",
            input.kwartaal, input.region.naam
        ),
        subtitle: String::new(),
        region: format!("{} – gemeente {naam}", input.region.naam),
        kwartaal: input.kwartaal,
        peildatum: input.peildatum,
        banner: format!("GEMEENTE {naam} – alleen voor deze gemeente"),
        program: format!("maatstaf {}", env!("CARGO_PKG_VERSION")),
        front: front(input, code, naam),
        sections,
        leesmij: none(input),
        werklijsten: Vec::new(),
    })
}

fn front(input: &Input<'_>, code: &str, naam: &str) -> Front {
    let purpose = format!(
        "Deze editie is voor gemeente {naam}: haar eigen cijfers, met die van andere gemeenten en de regio voor zover zij daarvan mag zien. \
         Zij is bedoeld om een gesprek te beginnen, niet om te oordelen."
    );
    let mut coverage = Vec::new();
    if voorlopig::naam(input, input.kwartaal) != input.kwartaal.to_string() {
        let text = format!(
            "{} is voorlopig: er wordt nog gedeclareerd. Cijfers uit declaraties kunnen nog veranderen.",
            input.kwartaal
        );
        coverage.push(Block::Note(NoteKind::LetOp, text));
    }
    coverage.push(Block::Paragraph(WEGGELATEN.to_owned()));
    Front {
        purpose,
        findings: top(input, code),
        verdict: verdict(input),
        accounts: Vec::new(),
        coverage,
    }
}

/// Whether it closes, without a word on files.
fn verdict(input: &Input<'_>) -> Verdict {
    let tone = voorpagina::verdict(input).tone;
    let text = match tone {
        Tone::Goed => "Elke gelezen regel en elke eurocent is verantwoord.",
        Tone::LetOp => {
            "De telling sluit, maar niet alles wat is aangeleverd kon worden gebruikt. ICM weet wat er ontbreekt."
        }
        Tone::Fout => {
            "De telling sluit niet. Gebruik deze editie niet voordat ICM dat heeft opgelost."
        }
    };
    Verdict { tone, text: text.to_owned() }
}

/// An edition has no page of its own on what to open.
fn none(input: &Input<'_>) -> Leesmij {
    Leesmij {
        verdict: verdict(input),
        counts: Vec::new(),
        blocks: Vec::new(),
        files: Vec::new(),
        edities: Vec::new(),
        next_steps: Vec::new(),
    }
}

/// What is about the gemeente first, then what is about the region; nothing that is about another gemeente.
fn top(input: &Input<'_>, code: &str) -> Vec<Finding> {
    let all = || input.published.judged().findings.iter();
    let own = all().filter(|found| over(input, found) == Some(code));
    let of_region = all().filter(|found| over(input, found).is_none());
    own.chain(of_region)
        .take(Front::MAX_FINDINGS)
        .map(|found| finding(found, Some(found.chapter.id().to_owned())))
        .collect()
}

/// Code of the gemeente that a statement is about; `None` when it is about the region.
fn over<'i>(input: &'i Input<'_>, found: &findings::Finding) -> Option<&'i str> {
    let address = found.cites.first()?;
    let measure = input.published.measure(address.split('/').next()?)?;
    let (_, cell) = cells(measure).find(|(_, cell)| {
        cell.address == *address || cell.bedrag_address.as_deref() == Some(address)
    })?;
    let is_kept = |keys: &[String]| keys.iter().any(|key| key == "gemeente");
    let (keys, _) = cells(measure).find(|(_, one)| one.address == cell.address)?;
    is_kept(keys).then(|| measure.key(cell, "gemeente"))
}

/// Every figure of a query with the keys of its level.
fn cells(
    measure: &PublishedMeasure,
) -> impl Iterator<Item = (&[String], &crate::disclosure::PublishedCell)> {
    let levels = match &measure.outcome {
        crate::disclosure::PublishedOutcome::Cells(levels) => levels.as_slice(),
        _ => &[],
    };
    levels.iter().flat_map(|(keys, cells)| cells.iter().map(move |cell| (keys.as_slice(), cell)))
}

/// Marks the rows of the gemeente, in tables and in the data under figures.
fn highlight(sections: &mut [Section], naam: &str) -> Result<()> {
    for block in sections.iter_mut().flat_map(|section| &mut section.blocks) {
        match block {
            Block::Table(table) => mark(table, naam),
            Block::Figure(figure) => {
                let mut data = figure.data().clone();
                mark(&mut data, naam);
                let caption = figure.caption().to_owned();
                **figure = FigureBlock::new(figure.figure().clone(), &caption, data)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Marks the rows of the gemeente and no others: here the mark means "yours".
fn mark(table: &mut Table, naam: &str) {
    let at = table.columns.iter().position(|column| column.label == "Gemeente");
    let own = Value::Text(naam.to_owned());
    for row in &mut table.rows {
        row.highlight = at.is_some_and(|at| row.cells[at].value == own);
    }
}
