//! Chapter: what cannot be answered, why, and what would change it.

use anyhow::Result;

use crate::dutch::n_of;
use crate::report::compose::{Input, undetermined_text};
use crate::report::document::{Block, NoteKind, Section};

#[allow(clippy::unnecessary_wraps, reason = "every chapter has the same shape")]
pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let mut lines: Vec<String> =
        input.published.judged().niet_te_bepalen.iter().map(undetermined_text).collect();
    for measure in input.published.measures() {
        let Some(reason) = measure.reason() else { continue };
        let is_said = lines.iter().any(|line| line.contains(reason));
        if !is_said {
            lines.push(format!("{} Niet te bepalen: {reason}.", measure.question));
        }
    }
    // A 0 beside many cases that cannot be told reads as if all were well.
    for signaal in &input.published.judged().signalen {
        if signaal.onbekend > signaal.beoordeeld() {
            let [one, more] = &signaal.geval;
            lines.push(format!(
                "{} ({}): van {} is het niet te zeggen, tegenover {} waarvan het wel kan.",
                signaal.titel,
                signaal.regel.id,
                crate::dutch::counted(signaal.onbekend, one, more),
                crate::dutch::count(signaal.beoordeeld())
            ));
        }
    }
    let conclusion = match lines.len() {
        0 if input.published.gemeente().is_some() => {
            "Elke vraag in deze editie kon worden beantwoord.".to_owned()
        }
        0 => "Elke vraag van dit rapport kon worden beantwoord.".to_owned(),
        1 => "Eén vraag kon niet worden beantwoord.".to_owned(),
        n => format!("{n} vragen konden niet worden beantwoord."),
    };
    let mut blocks = Vec::new();
    if !lines.is_empty() {
        blocks.push(Block::List(lines));
    }
    if let Some(minimum) = input.published.minimum() {
        blocks.push(Block::Note(NoteKind::LetOp, protection(input, minimum)));
    }
    Ok(Section {
        id: "niet-te-bepalen".to_owned(),
        title: "Niet te bepalen".to_owned(),
        conclusion: Some(conclusion),
        blocks,
    })
}

/// What is hidden, and what that does not yet protect against.
fn protection(input: &Input<'_>, minimum: i64) -> String {
    let n = |n: usize| crate::dutch::count(n_of(n));
    if input.published.gemeente().is_some() {
        return format!(
            "Wat alleen over uw gemeente gaat, staat er helemaal in, ook kleine aantallen: deel deze editie dus niet verder. Van andere gemeenten \
             en van de regio zijn {} cijfers onderdrukt: zij rusten op minder dan {minimum} jeugdigen, of zo'n klein getal zou eruit af te trekken zijn.",
            n(input.published.n_hidden())
        );
    }
    format!(
        "Cijfers die op minder dan {minimum} jeugdigen rusten, zijn onderdrukt: {} cellen en {} bevindingen. Een onderdrukt cijfer kan soms \
         nog worden teruggerekend uit een totaal; daartegen beschermt deze versie nog niet. Deel dit rapport daarom niet buiten de regio.",
        n(input.published.n_hidden()),
        n(input.published.n_withheld())
    )
}
