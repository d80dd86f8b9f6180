//! Zorgcoordinatie against a fair lottery: the conclusion, the statements and what cannot be said.
//!
//! Enters: the dossiers of `coordinatie_loting` and the rules of the region. Leaves: [`Evenredig`] for the region and
//! every gemeente, over the quarter and the year, with the sentences that belong to it.

mod zinnen;

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::dutch::{count, counted, decimal, list, n_of};
use crate::findings::loting::{Lezing, loting};
use crate::findings::toets::{Drempel, LOTING, Toets};
use crate::findings::verdeling::{
    Aandeel, Evenredig, Geheel, Herkomst, MAX_Q, Oordeel, Termijn, judge as judge_loting,
};
use crate::findings::{Chapter, Context, Finding, Invloed, Judged, NietTeBepalen};
use crate::metrics::{Dossiers, Outcome};
use crate::region::Evenredigheid;

pub(crate) use crate::findings::evenredigheid::zinnen::{
    bereik, in_woorden, namen, uren, weggelaten, zin_aanbieder, zin_regio,
};

/// The question of the chapter.
pub(super) const QUESTION: &str = "Is zorgcoördinatie evenredig verdeeld over de aanbieders?";

/// The query, and the address of what is said about it: it has no cells of its own.
pub(crate) const VRAAG: &str = "coordinatie_loting";

/// Findings about aanbieders: more belongs in the table.
const MAX_FINDINGS: usize = 5;

/// Judges every part of the region in both terms; nothing when nobody says who coordinates, or the region does not ask.
///
/// Gives false when there is coordination, but for no client anyone else could have done it.
pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) -> bool {
    if context.region.coordinatie.evenredigheid == Evenredigheid::Geen {
        return true;
    }
    let Some(dossiers) = dossiers(context) else { return true };
    let Some(herkomst) = herkomst(context, dossiers) else { return true };
    judged.zonder_maatregelen = dossiers.afwezig.iter().any(|table| table == "maatregelen");
    for termijn in [Termijn::Kwartaal, Termijn::Jaar] {
        let lezing = Lezing { herkomst, span: termijn.span(context.kwartaal) };
        let kwartalen = lezing.kwartalen(&dossiers.dossiers);
        if termijn == Termijn::Jaar && kwartalen < 2 {
            // A year of one quarter would say everything twice.
            continue;
        }
        let deelnames = lezing.deelnames(&dossiers.dossiers);
        let codes = context.region.gemeenten.iter().map(|g| Some(g.code.clone()));
        let parts: Vec<Option<String>> = std::iter::once(None).chain(codes).collect();
        let judge_part = |part: Option<String>| {
            let loting = loting(&deelnames, part.as_deref());
            judge_loting(&loting, part, (termijn, kwartalen), herkomst).ok()
        };
        let found: Vec<Option<Evenredig>> = parts.into_par_iter().map(judge_part).collect();
        judged.evenredig.extend(found.into_iter().flatten());
    }
    let found = findings(context, judged);
    judged.findings.extend(found);
    !judged.evenredig.is_empty()
}

/// Coordination there is, but for no client could anyone else have done it.
pub(super) fn nobody_to_choose_from() -> NietTeBepalen {
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

/// Aanbieders beyond chance, over the longest term in which they are; the most euros first.
fn findings(context: &Context<'_>, judged: &Judged) -> Vec<Finding> {
    let year = regio(judged, Termijn::Jaar);
    let quarter = regio(judged, Termijn::Kwartaal);
    let mut seen = std::collections::BTreeSet::new();
    let mut out = Vec::new();
    for evenredig in [year, quarter].into_iter().flatten() {
        for deel in evenredig.opvallend() {
            if seen.insert(deel.aanbieder.clone()) {
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
                "q onder {}, onder de {} van deze vergelijking",
                decimal(MAX_Q, 2),
                counted(n_of(evenredig.beoordeeld().count()), "aanbieder", "aanbieders")
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

/// What is divided, hours where they are known.
pub(crate) fn geheel(evenredig: &Evenredig) -> (&Geheel, &'static str) {
    match &evenredig.uren {
        Some(uren) => (uren, "uren"),
        None => (&evenredig.telling, "cliënten"),
    }
}
