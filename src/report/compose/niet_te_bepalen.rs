//! Chapter: what cannot be answered, why, and what would change it; and the notes on that in the other chapters.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::dutch::{capital, count, counted, list, n_of};
use crate::findings::signalen::regels_in;
use crate::findings::{Chapter, NietTeBepalen};
use crate::report::compose::{Input, jaar};
use crate::report::document::{Block, Definition, NoteKind, Section};

/// Title of the chapter, to which the others refer.
const TITLE: &str = "Niet te bepalen";

#[allow(clippy::unnecessary_wraps, reason = "every chapter has the same shape")]
pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let open = open_questions(input);
    let partly = partly_untold(input);
    let n = open.iter().map(|(_, questions)| questions.len()).sum::<usize>() + partly.len();
    let conclusion = match n {
        0 if input.published.gemeente().is_some() => {
            "Elke vraag in deze editie kon worden beantwoord.".to_owned()
        }
        0 => "Elke vraag van dit rapport kon worden beantwoord.".to_owned(),
        1 => "Eén vraag kon niet worden beantwoord.".to_owned(),
        n => format!("{n} vragen konden niet worden beantwoord."),
    };
    let mut blocks = Vec::new();
    if !open.is_empty() {
        blocks.push(Block::Paragraph(
            "Per oorzaak: wat helpt, en wat dan te zeggen is. Wat de meeste vragen openhoudt, staat bovenaan.".to_owned(),
        ));
        let items = open.iter().map(|(why, questions)| definition(why, questions));
        blocks.push(Block::Definitions(items.collect()));
    }
    if !partly.is_empty() {
        blocks.push(Block::Heading("Voor de meeste gevallen niet te zeggen".to_owned()));
        blocks.push(Block::List(partly));
    }
    blocks.extend(jaar::blocks(input));
    if let Some(minimum) = input.published.minimum() {
        blocks.push(Block::Note(NoteKind::LetOp, protection(input, minimum)));
    }
    Ok(Section {
        id: "niet-te-bepalen".to_owned(),
        title: TITLE.to_owned(),
        conclusion: Some(conclusion),
        blocks,
    })
}

/// A cause with what helps against it; nothing when no remedy is known.
type Why = (String, String);

/// Questions by what stands in their way, the cause of most first.
fn open_questions(input: &Input<'_>) -> Vec<(Why, Vec<String>)> {
    let mut by_why: BTreeMap<Why, Vec<String>> = BTreeMap::new();
    for open in &input.published.judged().niet_te_bepalen {
        let why = (plain(&open.reason), plain(&open.remedy));
        let questions = by_why.entry(why).or_default();
        if !questions.contains(&open.question) {
            questions.push(open.question.clone());
        }
    }
    for measure in input.published.measures() {
        let Some(reason) = measure.reason().map(plain) else { continue };
        if !by_why.keys().any(|(known, _)| known.contains(&reason)) {
            by_why.entry((reason, String::new())).or_default().push(measure.question.clone());
        }
    }
    let mut out: Vec<(Why, Vec<String>)> = by_why.into_iter().collect();
    out.sort_by_key(|(_, questions)| std::cmp::Reverse(questions.len()));
    out
}

fn definition((reason, remedy): &Why, questions: &[String]) -> Definition {
    let helps = if remedy.is_empty() { String::new() } else { format!("Wat helpt: {remedy}. ") };
    let asked: Vec<String> = questions.iter().map(|question| sentence(question)).collect();
    let text = format!("{helps}Niet te beantwoorden: {}", asked.join(" "));
    Definition::new(&capital(reason), &text)
}

fn plain(text: &str) -> String {
    text.trim().trim_end_matches('.').to_owned()
}

/// With the sign at its end that it may lack.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// A 0 beside many cases that cannot be told reads as if all were well.
fn partly_untold(input: &Input<'_>) -> Vec<String> {
    let signalen = input.published.judged().signalen.iter();
    let untold = signalen.filter(|signaal| signaal.onbekend > signaal.beoordeeld());
    untold
        .map(|signaal| {
            let [one, more] = &signaal.geval;
            format!(
                "{} ({}): van {} is het niet te zeggen, tegenover {} waarvan het wel kan.",
                signaal.titel,
                signaal.regel.id,
                counted(signaal.onbekend, one, more),
                count(signaal.beoordeeld())
            )
        })
        .collect()
}

/// What a chapter cannot say: its own questions in full, and that there are rules it cannot judge.
pub(super) fn undetermined(input: &Input<'_>, chapter: Chapter) -> Vec<Block> {
    let of = input.published.judged().niet_te_bepalen.iter().filter(|n| n.chapter == chapter);
    let (rules, own): (Vec<&NietTeBepalen>, Vec<&NietTeBepalen>) =
        of.partition(|open| !regels_in(&open.question).is_empty());
    let texts = own.into_iter().map(undetermined_text).chain(in_short(&rules));
    texts.map(|text| Block::Note(NoteKind::NietTeBepalen, text)).collect()
}

/// A question without an answer: why, and what helps.
pub fn undetermined_text(open: &NietTeBepalen) -> String {
    format!(
        "{} Niet te bepalen: {}. Wat helpt: {}.",
        open.question,
        plain(&open.reason),
        plain(&open.remedy)
    )
}

/// The rules by name, without what the chapter on them says too.
fn in_short(rules: &[&NietTeBepalen]) -> Option<String> {
    let mut ids: Vec<&str> = rules.iter().flat_map(|open| regels_in(&open.question)).collect();
    ids.sort_unstable();
    ids.dedup();
    let which = match ids.as_slice() {
        [] => return None,
        [one] => format!("Regel {one}"),
        _ => format!("{} regels van de regio ({})", count(n_of(ids.len())), list(&ids)),
    };
    Some(format!("{which}. Waarom, en wat helpt, staat in het hoofdstuk {TITLE}."))
}

/// What is hidden, why, and how that is known to be enough.
fn protection(input: &Input<'_>, minimum: i64) -> String {
    let n = |n: usize| count(n_of(n));
    let bewijs = input.published.bewijs().cloned().unwrap_or_default();
    let why = format!(
        "{} omdat er minder dan {minimum} jeugdigen achter staan of één jeugdige of aanbieder er het grootste deel van is, en {} omdat zo'n \
         cijfer eruit af te trekken zou zijn.",
        n(bewijs.n_primair),
        n(bewijs.n_secundair)
    );
    if input.published.gemeente().is_some() {
        return format!(
            "Wat alleen over uw gemeente gaat, staat er helemaal in, ook kleine aantallen: deel deze editie dus niet verder. Van andere gemeenten \
             en van de regio zijn {} cijfers onderdrukt: {why}",
            n(input.published.n_hidden())
        );
    }
    format!(
        "{} cijfers zijn onderdrukt: {why} Daarom staan er ook {} bevindingen niet in. Van elk klein getal is nagerekend dat het met alles wat \
         hier staat ook een ander getal kan zijn ({} controletabellen). Wie cijfers over jeugdigen heeft die hier niet staan, kan meer afleiden.",
        n(input.published.n_hidden()),
        n(input.published.n_withheld()),
        n(bewijs.n_getuigen)
    )
}
