//! Zorgcoordinatie against a fair lottery: the conclusion, the statements and what cannot be said.
//!
//! Enters: the dossiers of `coordinatie_loting` and the rules of the region. Leaves: [`Evenredig`] for the region and
//! every gemeente, over the quarter and the year, with the sentences that belong to it.

use crate::dutch::{count, counted, decimal, hours, list, percent};
use crate::findings::loting::{KWARTIER, Lezing};
use crate::findings::toets::{Drempel, LOTING, Toets};
use crate::findings::verdeling::{
    Aandeel, Evenredig, Geheel, Herkomst, MAX_Q, Oordeel, TegenToeval, Termijn,
    judge as judge_loting,
};
use crate::findings::zorgcoordinatie::QUESTION;
use crate::findings::{Chapter, Context, Finding, Invloed, Judged, NietTeBepalen};
use crate::metrics::{Dossiers, Outcome};
use crate::period::Kwartaal;
use crate::region::Evenredigheid;

/// The query, and the address of what is said about it: it has no cells of its own.
pub(crate) const VRAAG: &str = "coordinatie_loting";

/// Findings about aanbieders: more belongs in the table.
const MAX_FINDINGS: usize = 5;

/// Judges every part of the region in both terms; nothing when nobody says who coordinates.
pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    let Some(dossiers) = dossiers(context) else { return };
    let Some(herkomst) = herkomst(context, dossiers) else { return };
    judged.zonder_maatregelen = dossiers.afwezig.iter().any(|table| table == "maatregelen");
    let n_before = judged.evenredig.len();
    for termijn in [Termijn::Kwartaal, Termijn::Jaar] {
        let lezing = Lezing {
            regels: &context.region.coordinatie,
            herkomst,
            span: termijn.span(context.kwartaal),
        };
        let codes = context.region.gemeenten.iter().map(|g| Some(g.code.clone()));
        for gemeente in std::iter::once(None).chain(codes) {
            let loting = lezing.loting(&dossiers.dossiers, gemeente.as_deref());
            judged.evenredig.extend(judge_loting(&loting, gemeente, termijn, herkomst).ok());
        }
    }
    if judged.evenredig.len() == n_before {
        judged.niet_te_bepalen.push(nobody_to_choose_from());
    }
    if context.region.coordinatie.evenredigheid != Evenredigheid::Geen {
        let found = findings(context, judged);
        judged.findings.extend(found);
    }
}

/// Coordination there is, but for no client could anyone else have done it.
fn nobody_to_choose_from() -> NietTeBepalen {
    NietTeBepalen {
        chapter: Chapter::Zorgcoordinatie,
        question: QUESTION.to_owned(),
        reason: "bij geen enkele cliënt met zorgcoördinatie gaven de coördinator en een andere aanbieder in dezelfde maanden zorg"
            .to_owned(),
        remedy: "controleer of de declaraties van alle aanbieders zijn aangeleverd".to_owned(),
    }
}

fn dossiers<'c>(context: &'c Context<'_>) -> Option<&'c Dossiers> {
    match &context.query(VRAAG)?.outcome {
        Outcome::Draws(dossiers) => Some(dossiers),
        _ => None,
    }
}

/// Declared coordination where there is any, else the plans, where the region wants that.
fn herkomst(context: &Context<'_>, dossiers: &Dossiers) -> Option<Herkomst> {
    let mut regels = dossiers.dossiers.iter().flatten();
    if regels.any(|regel| regel.coordinatie_milli > 0) {
        return Some(Herkomst::Declaraties);
    }
    let has_plan = dossiers.dossiers.iter().flatten().any(|regel| regel.heeft_plan);
    (context.region.coordinatie.uit_plannen && has_plan).then_some(Herkomst::Plannen)
}

/// The judgement on the region in a term.
pub(crate) fn regio(judged: &Judged, termijn: Termijn) -> Option<&Evenredig> {
    judged.evenredig.iter().find(|one| one.gemeente.is_none() && one.termijn == termijn)
}

/// The term in words: "2025-K3", "de vier kwartalen tot en met 2025-K3".
pub(crate) fn in_woorden(termijn: Termijn, kwartaal: Kwartaal) -> String {
    match termijn {
        Termijn::Kwartaal => kwartaal.to_string(),
        Termijn::Jaar => format!("de vier kwartalen tot en met {kwartaal}"),
    }
}

fn n_of(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The sentence on the region: is it divided as a lottery would have done.
pub(crate) fn zin_regio(evenredig: &Evenredig, kwartaal: Kwartaal) -> String {
    let clienten = counted(n_of(evenredig.clienten), "cliënt", "cliënten");
    let hoover = &evenredig.telling.hoover;
    format!(
        "In {} had bij {clienten} meer dan één aanbieder de zorg kunnen coördineren. {} Voor gelijke delen zou {} van deze cliënten een \
         andere coördinator moeten hebben; bij loting is dat meestal {} tot {}.",
        in_woorden(evenredig.termijn, kwartaal),
        zin_toets(evenredig),
        percent(hoover.waarde, 0),
        percent(hoover.toeval.low, 0),
        percent(hoover.toeval.high, 0)
    )
}

/// The test of the whole in words, with who stands out.
fn zin_toets(evenredig: &Evenredig) -> String {
    let Ok(toets) = &evenredig.telling.toets else {
        return "Of de verdeling van loting verschilt, is niet te bepalen.".to_owned();
    };
    let chance = kans(toets.p);
    let judged = evenredig.beoordeeld().count();
    let beyond = evenredig.opvallend().count();
    let who = match (judged, beyond) {
        (0, _) => "Per aanbieder zijn het te weinig cliënten voor een oordeel.".to_owned(),
        (_, 0) => format!(
            "Geen van de {} aanbieders met genoeg cliënten wijkt meer af dan toeval verklaart.",
            count(n_of(judged))
        ),
        _ => format!(
            "Van de {} aanbieders met genoeg cliënten {} {} meer af dan toeval verklaart.",
            count(n_of(judged)),
            if beyond == 1 { "wijkt er" } else { "wijken er" },
            count(n_of(beyond))
        ),
    };
    let whole = if toets.p < MAX_Q {
        format!("Een verdeling die zo ver van loting af ligt, komt bij loting {chance} voor.")
    } else {
        format!("Een verdeling als deze komt bij loting vaak genoeg voor ({chance}).")
    };
    format!("{whole} {who}")
}

/// A chance as people say it.
pub(crate) fn kans(p: f64) -> String {
    if p <= 0.001 {
        "hooguit 1 op de 1.000 keer".to_owned()
    } else if p < 0.1 {
        format!("ongeveer {} op de 1.000 keer", decimal(p * 1000.0, 0))
    } else {
        format!("ongeveer {} op de 100 keer", decimal(p * 100.0, 0))
    }
}

/// The sentence on one aanbieder.
pub(crate) fn zin_aanbieder(deel: &Aandeel, evenredig: &Evenredig, kwartaal: Kwartaal) -> String {
    let gelijk = &deel.gelijk;
    let seen = format!(
        "{} was in {} bij {} zorgcoördinator",
        deel.aanbieder,
        in_woorden(evenredig.termijn, kwartaal),
        counted(deel.waargenomen, "cliënt", "cliënten")
    );
    let range = format!(
        "Als het lot tussen de betrokken aanbieders had beslist, was dat meestal {} keer (verwacht {})",
        bereik(gelijk),
        decimal(gelijk.verwacht, 0)
    );
    let verdict = match deel.oordeel {
        Oordeel::TeWeinig => {
            return format!(
                "{seen}; verwacht {}. Te weinig cliënten voor een oordeel.",
                decimal(gelijk.verwacht, 1)
            );
        }
        Oordeel::BinnenToeval => "Dat ligt binnen wat toeval verklaart.",
        Oordeel::Meer => "Dat is meer dan toeval verklaart.",
        Oordeel::Minder => "Dat is minder dan toeval verklaart.",
        Oordeel::NaarOmvang => {
            "Bij gelijke kansen verklaart toeval dat niet, maar het past bij de omvang van de zorg die deze aanbieder gaf."
        }
    };
    format!("{seen}. {range}. {verdict}")
}

/// "12 tot en met 24", or "7" when chance leaves one number.
pub(crate) fn bereik(chance: &TegenToeval) -> String {
    if chance.bereik.low == chance.bereik.high {
        return count(chance.bereik.low);
    }
    format!("{} tot en met {}", count(chance.bereik.low), count(chance.bereik.high))
}

/// Quarter-hours as hours.
pub(crate) fn uren(kwartieren: i64) -> String {
    hours(kwartieren * KWARTIER)
}

/// What was left out and why, one sentence each.
pub(crate) fn weggelaten(evenredig: &Evenredig) -> Vec<String> {
    let mut out: Vec<String> = evenredig
        .weggelaten
        .iter()
        .map(|(reden, n)| {
            let clienten = counted(n_of(*n), "cliënt", "cliënten");
            let verb = if *n == 1 { "telt" } else { "tellen" };
            format!("Bij {clienten} {}; die {verb} hier niet mee.", reden.tekst())
        })
        .collect();
    if evenredig.meer_coordinatoren > 0 {
        let n = n_of(evenredig.meer_coordinatoren);
        out.push(format!(
            "{} had{} meer dan één coördinator; wie het meest deed, telt.",
            counted(n, "Cliënt", "cliënten"),
            if n == 1 { "" } else { "den" }
        ));
    }
    out
}

/// Aanbieders beyond chance, over the longest term in which they are; the most euros first.
fn findings(context: &Context<'_>, judged: &Judged) -> Vec<Finding> {
    let year = regio(judged, Termijn::Jaar);
    let quarter = regio(judged, Termijn::Kwartaal);
    let mut seen = std::collections::BTreeSet::new();
    let mut out = Vec::new();
    for evenredig in [year, quarter].into_iter().flatten() {
        for deel in evenredig.opvallend() {
            let is_off = matches!(deel.oordeel, Oordeel::Meer | Oordeel::Minder);
            if is_off && seen.insert(deel.aanbieder.clone()) {
                out.push(finding(context, deel, evenredig));
            }
        }
    }
    out.sort_by(|a, b| b.belang_ct.cmp(&a.belang_ct).then_with(|| a.text.cmp(&b.text)));
    out.truncate(MAX_FINDINGS);
    out
}

fn finding(context: &Context<'_>, deel: &Aandeel, evenredig: &Evenredig) -> Finding {
    let term = &context.region.coordinatie.term;
    let mut text = zin_aanbieder(deel, evenredig, context.kwartaal);
    if let Some(hours) = &deel.uren {
        text = format!(
            "{text} Het gaat om {} uur; bij loting meestal {} tot {} uur.",
            uren(hours.waargenomen),
            uren(hours.gelijk.bereik.low),
            uren(hours.gelijk.bereik.high)
        );
    }
    let more: Vec<&str> = evenredig
        .delen
        .iter()
        .filter(|other| other.oordeel == Oordeel::Meer)
        .map(|other| other.aanbieder.as_str())
        .collect();
    if deel.oordeel == Oordeel::Minder && !more.is_empty() {
        text = format!("{text} Dat kan de keerzijde zijn van wat {} meer doet.", list(&more));
    }
    text += " Past dat bij de afspraken tussen de aanbieders?";
    let informative = match context.region.coordinatie.evenredigheid {
        Evenredigheid::Informatief => {
            "De regio kent geen regel voor een evenredige verdeling; dit is informatie. "
        }
        _ => "",
    };
    Finding {
        chapter: Chapter::Zorgcoordinatie,
        text,
        belang_ct: belang_ct(context, deel, evenredig),
        basis: format!(
            "{informative}Cliënten met {term} bij wie meer dan één aanbieder in dezelfde tijd zorg gaf; elk van die aanbieders had een gelijke kans."
        ),
        toets: toets(deel, evenredig),
        invloed: Invloed::Aanbieder,
        cites: vec![VRAAG.to_owned()],
    }
}

fn toets(deel: &Aandeel, evenredig: &Evenredig) -> Toets {
    let omvang = &deel.naar_omvang;
    Toets {
        waargenomen: counted(deel.waargenomen, "cliënt", "cliënten"),
        verwacht: Some(format!(
            "{} bij gelijke kansen, {} naar omvang van de zorg",
            decimal(deel.gelijk.verwacht, 1),
            decimal(omvang.verwacht, 1)
        )),
        bereik: Some(format!(
            "{} bij gelijke kansen, {} naar omvang (95% van alle lotingen)",
            bereik(&deel.gelijk),
            bereik(omvang)
        )),
        n: format!(
            "{} bij wie deze aanbieder had kunnen coördineren, van {} in totaal",
            counted(n_of(deel.kandidaat_bij), "cliënt", "cliënten"),
            count(n_of(evenredig.clienten))
        ),
        methode: LOTING,
        drempel: Some(Drempel::of_method(
            format!(
                "q onder {}: van de aanbieders die opvallen is gemiddeld hooguit {} toeval",
                decimal(MAX_Q, 2),
                percent(MAX_Q, 0)
            ),
            "keuze van maatstaf, Benjamini en Hochberg 1995",
        )),
    }
}

/// The costs of coordination in the quarter that belong to the difference with the expected number.
#[allow(clippy::cast_possible_truncation, reason = "amounts of a region are far below 2^53 cents")]
fn belang_ct(context: &Context<'_>, deel: &Aandeel, evenredig: &Evenredig) -> i64 {
    let codes = &context.region.coordinatie.codes;
    let kosten: i64 = context
        .cells("kosten_per_product", &["productcode", "eenheid", "kwartaal"])
        .iter()
        .filter(|figure| codes.iter().any(|code| code == figure.key("productcode")))
        .map(super::figures::Figure::value)
        .sum();
    let off = (deel.waargenomen as f64 - deel.gelijk.verwacht).abs();
    (kosten as f64 * off / evenredig.clienten.max(1) as f64).round() as i64
}

/// The names of who stands out in one part of the region.
pub(crate) fn namen(evenredig: &Evenredig) -> String {
    let names: Vec<&str> = evenredig.opvallend().map(|deel| deel.aanbieder.as_str()).collect();
    if names.is_empty() { "geen".to_owned() } else { list(&names) }
}

/// What is divided, hours where they are known.
pub(crate) fn geheel(evenredig: &Evenredig) -> (&Geheel, &'static str) {
    match &evenredig.uren {
        Some(uren) => (uren, "uren"),
        None => (&evenredig.telling, "cliënten"),
    }
}
