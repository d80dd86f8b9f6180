//! What a chapter opens with when no figure gives it a conclusion.

use crate::findings::signalen::regels_in;
use crate::findings::{Chapter, NietTeBepalen};
use crate::report::compose::Input;

/// Why there is nothing to conclude: figures that may not be seen, questions without an answer, or nothing switched on.
pub(super) fn without_figures(input: &Input<'_>, chapter: Chapter) -> String {
    let judged = input.published.judged();
    if judged.withheld.contains(&chapter) {
        return "De conclusie van dit hoofdstuk rust op aantallen die te klein zijn om te tonen."
            .to_owned();
    }
    let of = judged.niet_te_bepalen.iter().filter(|open| open.chapter == chapter);
    let (rules, own): (Vec<&NietTeBepalen>, Vec<&NietTeBepalen>) =
        of.partition(|open| !regels_in(&open.question).is_empty());
    if let Some(open) = own.first() {
        let question = open.question.trim();
        return format!(
            "{question} Dat is niet te bepalen: {}.",
            open.reason.trim().trim_end_matches('.')
        );
    }
    let is_told = judged.signalen.iter().any(|signaal| signaal.chapter == chapter);
    if !rules.is_empty() && !is_told {
        return "Geen van de regels van de regio in dit hoofdstuk kon worden beoordeeld; wat daarvoor nodig is, staat in het hoofdstuk \
                Niet te bepalen."
            .to_owned();
    }
    if is_told {
        return "De regels van de regio in dit hoofdstuk zijn alleen ter informatie; zij geven geen aanleiding tot een vraag."
            .to_owned();
    }
    "In dit hoofdstuk viel dit kwartaal niets te tellen, en er staan geen regels van de regio voor aan."
        .to_owned()
}
