//! Zorgcoordinatie over aanbieders: the hours that were declared, and the shares beside the shares of the clients.
//!
//! Whether that is more than chance explains is told by `evenredigheid`.

use std::collections::BTreeMap;

use crate::dutch::{counted, hours, n_of};
use crate::findings::evenredigheid;
use crate::findings::evenredigheid::QUESTION;
use crate::findings::figures::Figure;
use crate::findings::verdeling::{Herkomst, Termijn};
use crate::findings::{Chapter, Conclusion, Context, Judged, NietTeBepalen};

const HOURS_QUESTION: &str = "Hoeveel uren zorgcoördinatie deed elke aanbieder?";

/// What one aanbieder does.
#[derive(Debug, Clone, PartialEq)]
pub struct Deel {
    /// The aanbieder.
    pub aanbieder: String,
    /// Minutes of coordination.
    pub minuten: i64,
    /// Share of all minutes (0–1).
    pub aandeel_uren: f64,
    /// Clients with two or more aanbieders of which this is one: for those it could have coordinated.
    pub clienten: i64,
    /// Share of all such client–aanbieder pairs (0–1): a client counts with each of its aanbieders, so that the
    /// shares of all aanbieders are one whole, as those of the hours are.
    pub aandeel_clienten: f64,
}

/// How zorgcoordinatie is divided in the quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdeling {
    /// One per aanbieder that could have coordinated or did, largest share of hours first.
    pub delen: Vec<Deel>,
    /// Aanbieders whose minutes are below zero because of a credit; they are in no share.
    pub negatief: Vec<(String, i64)>,
    /// Addresses it uses.
    pub cites: Vec<String>,
}

pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    let is_answered = evenredigheid::judge(context, judged);
    let from_plans = judged.evenredig.iter().any(|one| one.herkomst == Herkomst::Plannen);
    match verdeling(context) {
        Ok(verdeling) => {
            conclude(context, &verdeling, judged);
            if !is_answered {
                judged.niet_te_bepalen.push(evenredigheid::nobody_to_choose_from());
            }
            judged.verdeling = Some(verdeling);
        }
        Err((reason, remedy)) => {
            let question = if from_plans { HOURS_QUESTION } else { QUESTION };
            judged.niet_te_bepalen.push(NietTeBepalen {
                chapter: Chapter::Zorgcoordinatie,
                question: question.to_owned(),
                reason,
                remedy,
            });
            conclude_plans(context, judged);
        }
    }
}

/// The division, or why there is none and what would change that.
fn verdeling(context: &Context<'_>) -> Result<Verdeling, (String, String)> {
    let rules = &context.region.coordinatie;
    let no_product = || {
        let reason = rules.reden_niet.clone();
        let reason =
            reason.unwrap_or_else(|| "de regio noemt geen product voor zorgcoördinatie".to_owned());
        (as_reason(&reason), "leg in het regiobestand onder [coordinatie] de productcodes vast, of merk ze in de productenlijst".to_owned())
    };
    let uren = context.query("coordinatie_uren").ok_or_else(no_product)?;
    if let Some(reason) = uren.reason() {
        return Err((reason.to_owned(), "lever declaraties over dit kwartaal aan".to_owned()));
    }
    let minutes = context.cells("coordinatie_uren", &["aanbieder", "kwartaal"]);
    if minutes.iter().all(|figure| figure.value() == 0) {
        if rules.codes.is_empty() {
            return Err(no_product());
        }
        let codes = crate::dutch::list(&rules.codes);
        return Err((
            format!("in {} is geen zorgcoördinatie gedeclareerd ({codes})", context.kwartaal),
            "controleer of de declaraties met deze productcode zijn aangeleverd".to_owned(),
        ));
    }
    let eligible =
        context.cells("clienten_per_aanbieder", &["aanbieder", "meer_aanbieders", "kwartaal"]);
    let eligible: Vec<Figure<'_>> = eligible
        .into_iter()
        .filter(|figure| figure.key("meer_aanbieders") == "ja" && figure.value() > 0)
        .collect();
    compute(&minutes, &eligible)
        .map_err(|reason| (reason, "zie de tabel met uren per aanbieder".to_owned()))
}

/// A sentence of the region file as the reason inside another sentence: no capital, no full stop.
fn as_reason(sentence: &str) -> String {
    let sentence = sentence.trim().trim_end_matches('.');
    let mut chars = sentence.chars();
    let first = chars.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(chars).collect()
}

fn compute(minutes: &[Figure<'_>], eligible: &[Figure<'_>]) -> Result<Verdeling, String> {
    let mut delen: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    // Hours below zero are what a credit left over; they have no share and would leave the others without one.
    let negatief: Vec<(String, i64)> = minutes
        .iter()
        .filter(|figure| figure.value() < 0)
        .map(|figure| (figure.key("aanbieder").to_owned(), figure.value()))
        .collect();
    for figure in minutes.iter().filter(|figure| figure.value() >= 0) {
        delen.entry(figure.key("aanbieder")).or_default().0 = figure.value();
    }
    for figure in eligible {
        delen.entry(figure.key("aanbieder")).or_default().1 = figure.value();
    }
    // One aanbieder has everything, and nought of nought clients is no share: neither is even or uneven.
    if delen.len() < 2 {
        return Err("er is maar één aanbieder die zorgcoördinatie gaf of kon geven; dan valt er niets te verdelen".to_owned());
    }
    if delen.values().all(|(minuten, _)| *minuten == 0) {
        return Err("na creditregels blijft er geen zorgcoördinatie over".to_owned());
    }
    if eligible.is_empty() {
        return Err("geen enkele cliënt had meer dan één aanbieder; dan is er niets om de uren mee te vergelijken".to_owned());
    }
    let total: i64 = delen.values().map(|(minuten, _)| minuten).sum();
    let pairs: i64 = delen.values().map(|(_, clienten)| clienten).sum();
    let share = |part: i64, whole: i64| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let mut delen: Vec<Deel> = delen
        .into_iter()
        .map(|(aanbieder, (minuten, clienten))| Deel {
            aanbieder: aanbieder.to_owned(),
            minuten,
            aandeel_uren: share(minuten, total),
            clienten,
            aandeel_clienten: share(clienten, pairs),
        })
        .collect();
    delen.sort_by(|a, b| b.minuten.cmp(&a.minuten).then_with(|| a.aanbieder.cmp(&b.aanbieder)));
    let cites = minutes.iter().chain(eligible).map(Figure::address).collect();
    Ok(Verdeling { delen, negatief, cites })
}

/// The hours in one sentence, with the lottery behind it where that may be told.
fn conclude(context: &Context<'_>, verdeling: &Verdeling, judged: &mut Judged) {
    let total: i64 = verdeling.delen.iter().map(|deel| deel.minuten).sum();
    let active = verdeling.delen.iter().filter(|deel| deel.minuten > 0).count();
    let text = format!(
        "In {} is {} uur zorgcoördinatie gedeclareerd door {}.",
        context.kwartaal,
        hours(total),
        counted(n_of(active), "aanbieder", "aanbieders"),
    );
    let conclusion = |text, cites| Conclusion { chapter: Chapter::Zorgcoordinatie, text, cites };
    if let Some(evenredig) = evenredigheid::regio(judged, Termijn::Kwartaal) {
        let told = format!("{text} {}", evenredigheid::zin_regio(evenredig, context.kwartaal));
        let mut cites = verdeling.cites.clone();
        cites.push(evenredigheid::VRAAG.to_owned());
        judged.conclusions.push(conclusion(told, cites));
    }
    judged.conclusions.push(conclusion(text, verdeling.cites.clone()));
}

/// Where only the plans tell who coordinates: clients, no hours.
fn conclude_plans(context: &Context<'_>, judged: &mut Judged) {
    let Some(evenredig) = evenredigheid::regio(judged, Termijn::Kwartaal) else { return };
    let text = format!(
        "{} Wie coördineert, komt uit de gezinsplannen.",
        evenredigheid::zin_regio(evenredig, context.kwartaal)
    );
    let cites = vec![evenredigheid::VRAAG.to_owned()];
    judged.conclusions.push(Conclusion { chapter: Chapter::Zorgcoordinatie, text, cites });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_the_region_file_becomes_part_of_a_sentence() {
        assert_eq!(
            as_reason("De regio noemt er geen. Zet een code in het bestand."),
            "de regio noemt er geen. Zet een code in het bestand"
        );
        assert_eq!(as_reason(""), "");
    }
}
