//! Zorgcoordinatie over aanbieders.
//!
//! First form: shares beside shares, Lorenz, Gini and Hoover over the aanbieders that could have coordinated,
//! those without coordination included. A Gini is never 0 under chance, so it is not called high or low here.

use std::collections::BTreeMap;

use crate::dutch::{count, counted, decimal, hours, percent};
use crate::findings::figures::{Figure, whole_cents};
use crate::findings::toets::{TELLING, Toets};
use crate::findings::{Chapter, Conclusion, Context, Finding, Invloed, Judged, NietTeBepalen};
use crate::region::Evenredigheid;
use crate::stats::inequality::{LorenzPoint, concentration, gini, hoover, lorenz};

const QUESTION: &str = "Is zorgcoördinatie evenredig verdeeld over de aanbieders?";

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
    /// Lorenz curve of the minutes.
    pub lorenz: Vec<LorenzPoint>,
    /// Gini (uncorrected).
    pub gini: f64,
    /// Number of equal aanbieders that would be as concentrated: 1 / HHI.
    pub effectief_aantal: f64,
    /// Hoover: the share that would have to move for an even division.
    pub hoover: f64,
    /// Addresses it uses.
    pub cites: Vec<String>,
}

pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    match verdeling(context) {
        Ok(verdeling) => {
            conclude(context, &verdeling, judged);
            judged.verdeling = Some(verdeling);
        }
        Err((reason, remedy)) => judged.niet_te_bepalen.push(NietTeBepalen {
            chapter: Chapter::Zorgcoordinatie,
            question: QUESTION.to_owned(),
            reason,
            remedy,
        }),
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
    if eligible.is_empty() {
        return Err("geen enkele cliënt had meer dan één aanbieder; dan is er niets om de uren mee te vergelijken".to_owned());
    }
    let values: Vec<f64> = delen.values().map(|(minuten, _)| *minuten as f64).collect();
    let wrong = |error: crate::stats::NotComputable| error.to_string();
    let (points, gini) = (lorenz(&values).map_err(wrong)?, gini(&values).map_err(wrong)?);
    let hoover = hoover(&values).map_err(wrong)?;
    let effectief_aantal = concentration(&values).map_err(wrong)?.effective_number;
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
    Ok(Verdeling { delen, negatief, lorenz: points, gini, effectief_aantal, hoover, cites })
}

fn conclude(context: &Context<'_>, verdeling: &Verdeling, judged: &mut Judged) {
    let total: i64 = verdeling.delen.iter().map(|deel| deel.minuten).sum();
    let active = verdeling.delen.iter().filter(|deel| deel.minuten > 0).count();
    let first = &verdeling.delen[0];
    let text = format!(
        "In {} is {} uur zorgcoördinatie gedeclareerd door {} van de {} aanbieders die konden coördineren; {} van de uren zou moeten \
         verschuiven voor gelijke delen.",
        context.kwartaal,
        hours(total),
        count(i64::try_from(active).unwrap_or(i64::MAX)),
        count(i64::try_from(verdeling.delen.len()).unwrap_or(i64::MAX)),
        percent(verdeling.hoover, 0)
    );
    judged.conclusions.push(Conclusion {
        chapter: Chapter::Zorgcoordinatie,
        text,
        cites: verdeling.cites.clone(),
    });
    if context.region.coordinatie.evenredigheid != Evenredigheid::Geen {
        judged.findings.push(largest(context, verdeling, first));
    }
}

fn largest(context: &Context<'_>, verdeling: &Verdeling, first: &Deel) -> Finding {
    let clients = context.cells("coordinatie_clienten", &["aanbieder", "kwartaal"]);
    let clients = clients.iter().find(|figure| figure.key("aanbieder") == first.aanbieder);
    let kosten: i64 = context
        .cells("kosten_per_product", &["productcode", "eenheid", "kwartaal"])
        .iter()
        .filter(|figure| {
            context.region.coordinatie.codes.iter().any(|code| code == figure.key("productcode"))
        })
        .map(Figure::value)
        .sum();
    let for_whom =
        clients.map(|figure| format!(", voor {}", counted(figure.value(), "cliënt", "cliënten")));
    let mut involved = context.cells("betrokken_aanbieders", &["aantal_aanbieders", "kwartaal"]);
    involved.retain(|figure| figure.key("aantal_aanbieders") != "1");
    let text = format!(
        "{} declareerde {} van de uren zorgcoördinatie ({} uur{}) en gaf zorg aan {} van de {} cliënten met meer dan één aanbieder. \
         Past die verdeling bij de afspraken tussen de aanbieders?",
        first.aanbieder,
        percent(first.aandeel_uren, 0),
        hours(first.minuten),
        for_whom.unwrap_or_default(),
        count(first.clienten),
        count(involved.iter().map(Figure::value).sum())
    );
    let informative = match context.region.coordinatie.evenredigheid {
        Evenredigheid::Informatief => {
            "De regio kent geen regel voor een evenredige verdeling; dit is informatie. "
        }
        _ => "",
    };
    let hours_of = context.cells("coordinatie_uren", &["aanbieder", "kwartaal"]);
    let own = hours_of.iter().find(|figure| figure.key("aanbieder") == first.aanbieder);
    let mut cites: Vec<String> = own.iter().map(|figure| figure.address()).collect();
    cites.extend(verdeling.cites.iter().cloned());
    cites.extend(clients.map(Figure::address));
    cites.extend(involved.iter().map(Figure::address));
    Finding {
        chapter: Chapter::Zorgcoordinatie,
        text,
        belang_ct: whole_cents(kosten as f64 * first.aandeel_uren),
        basis: format!(
            "{informative}Aandelen; Gini {}, Hoover {}. Of het verschil groter is dan toeval, wordt in deze versie niet getoetst.",
            decimal(verdeling.gini, 2),
            decimal(verdeling.hoover, 2)
        ),
        toets: Toets {
            waargenomen: format!("{} uur", hours(first.minuten)),
            verwacht: None,
            bereik: None,
            n: counted(
                i64::try_from(verdeling.delen.len()).unwrap_or(i64::MAX),
                "aanbieder",
                "aanbieders",
            ),
            methode: TELLING,
            drempel: None,
        },
        invloed: Invloed::Aanbieder,
        cites,
    }
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
