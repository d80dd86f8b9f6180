//! Maatwerkovereenkomsten per gemeente.

#[cfg(test)]
mod tests;
mod tellen;
pub mod vergelijking;
pub mod zinnen;

use crate::dutch::{counted, euro_whole, percent};
use crate::findings::figures::Figure;
use crate::findings::maatwerk::tellen::Uitkomst;
use crate::findings::maatwerk::vergelijking::{Oordeel, Vergelijking};
use crate::findings::{Chapter, Conclusion, Context, Finding, Invloed, Judged, NietTeBepalen};
use crate::region::Region;

const QUESTION: &str = "Hoeveel maatwerkovereenkomsten zijn er per gemeente?";
const COST_QUESTION: &str = "Wat kostte maatwerk per gemeente?";

/// True when the costs of maatwerk can be told.
pub(crate) fn has_costs(judged: &Judged) -> bool {
    !judged.niet_te_bepalen.iter().any(|n| n.question == COST_QUESTION)
}

pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    let new = context.query("maatwerk_nieuw");
    if let Some(reason) = new.and_then(|measured| measured.reason()) {
        judged.niet_te_bepalen.push(NietTeBepalen {
            chapter: Chapter::Maatwerk,
            question: QUESTION.to_owned(),
            reason: reason.to_owned(),
            remedy: "lever het register van maatwerkovereenkomsten aan".to_owned(),
        });
    } else {
        counts(context, judged);
        compare(context, judged);
    }
    costs(context, judged);
}

fn counts(context: &Context<'_>, judged: &mut Judged) {
    let Some(total) = context.total("maatwerk_nieuw") else { return };
    judged.conclusions.push(Conclusion {
        chapter: Chapter::Maatwerk,
        text: format!(
            "In {} {} {} geregistreerd in regio {}{}.",
            context.kwartaal,
            if total.value() == 1 { "is" } else { "zijn" },
            counted(total.value(), "nieuwe maatwerkovereenkomst", "nieuwe maatwerkovereenkomsten"),
            context.region.naam,
            ook_door_maatregel(context.region)
        ),
        cites: vec![total.address()],
    });
}

/// Said where agreements are counted in which a measure left the choice free; empty in a region without such measures.
pub(crate) fn ook_door_maatregel(region: &Region) -> &'static str {
    if region.maatwerk.uitzondering_maatregel.is_empty() {
        ""
    } else {
        ", ook die door een maatregel"
    }
}

/// Said where these are left out; empty in a region without such measures.
pub(crate) fn zonder_door_maatregel(region: &Region) -> &'static str {
    if region.maatwerk.uitzondering_maatregel.is_empty() {
        ""
    } else {
        ", zonder die door een maatregel"
    }
}

/// True when maatwerk that only the register tells is missing from the costs.
pub(crate) fn is_cost_a_minimum(region: &Region, register_reason: Option<&str>) -> bool {
    region.maatwerk.register && register_reason.is_some()
}

/// Every gemeente against the others: a statement for each that is beyond the 95% limits.
fn compare(context: &Context<'_>, judged: &mut Judged) {
    // The user's own folder of queries may not hold it.
    if context.query("maatwerk_nieuw").is_none() {
        return;
    }
    let Uitkomst { jaar, kwartaal, onbepaald } = tellen::judge(context);
    judged.niet_te_bepalen.extend(onbepaald);
    if let Some(jaar) = &jaar {
        let findings = jaar.opvallend().map(|oordeel| finding(context, oordeel, jaar));
        judged.findings.extend(findings);
    }
    judged.maatwerk = jaar;
    judged.maatwerk_kwartaal = kwartaal;
}

fn finding(context: &Context<'_>, oordeel: &Oordeel, jaar: &Vergelijking) -> Finding {
    let code = oordeel.telling.code.as_str();
    let kosten = context.cells("maatwerk_kosten", &["gemeente", "kwartaal"]);
    let kosten = kosten.iter().find(|figure| figure.key("gemeente") == code);
    // What is expected rests on every other gemeente.
    let own = oordeel.telling.cites.iter().cloned();
    let others = jaar.cites.iter().filter(|address| !oordeel.telling.cites.contains(address));
    let cites = own.chain(others.cloned()).chain(kosten.map(Figure::address)).collect();
    Finding {
        chapter: Chapter::Maatwerk,
        text: zinnen::zin(oordeel, jaar),
        belang_ct: kosten.map_or(0, Figure::value),
        basis: format!(
            "Aantallen uit het register, over {}. {}",
            zinnen::periode(jaar),
            zinnen::spreiding(&jaar.spreiding)
        ),
        toets: zinnen::toets(oordeel, jaar),
        invloed: Invloed::Gemeente,
        cites,
    }
}

fn costs(context: &Context<'_>, judged: &mut Judged) {
    if !context.region.maatwerk.is_recognisable() {
        judged.niet_te_bepalen.push(NietTeBepalen {
            chapter: Chapter::Maatwerk,
            question: COST_QUESTION.to_owned(),
            reason: "de regio kent geen regel waaraan maatwerk in declaraties te herkennen is"
                .to_owned(),
            remedy: "leg in het regiobestand onder [maatwerk] een regel of opzoektabel vast"
                .to_owned(),
        });
        return;
    }
    let Some(measured) = context.query("maatwerk_kosten") else { return };
    if let Some(reason) = measured.reason() {
        judged.niet_te_bepalen.push(NietTeBepalen {
            chapter: Chapter::Maatwerk,
            question: COST_QUESTION.to_owned(),
            reason: reason.to_owned(),
            remedy: "lever declaraties over dit kwartaal aan".to_owned(),
        });
        return;
    }
    let Some(total) = context.total("maatwerk_kosten") else { return };
    // Part of the maatwerk may be recognisable by the register only: without it, what is found is a minimum.
    let register = context.query("maatwerk_nieuw").and_then(|measured| measured.reason());
    let missing = register.filter(|_| is_cost_a_minimum(context.region, register));
    if let (Some(reason), 0) = (missing, total.value()) {
        judged.niet_te_bepalen.push(NietTeBepalen {
            chapter: Chapter::Maatwerk,
            question: COST_QUESTION.to_owned(),
            reason: format!("in de declaraties is geen maatwerk herkend, en {reason}"),
            remedy: "lever het register van maatwerkovereenkomsten aan".to_owned(),
        });
        return;
    }
    let share = total.ratio().map(|share| format!(", {} van alle jeugdhulp", percent(share, 1)));
    let text = format!(
        "Maatwerk kostte in {} {}{}{}.{}",
        context.kwartaal,
        if missing.is_some() { "ten minste " } else { "" },
        euro_whole(total.value()),
        share.unwrap_or_default(),
        if missing.is_some() {
            " Het register ontbreekt; maatwerk dat alleen daaraan te herkennen is, zit er niet bij."
        } else {
            ""
        }
    );
    match judged.conclusions.iter_mut().find(|c| c.chapter == Chapter::Maatwerk) {
        Some(conclusion) => {
            conclusion.text = format!("{} {text}", conclusion.text);
            conclusion.cites.push(total.address());
        }
        None => {
            judged.conclusions.push(Conclusion {
                chapter: Chapter::Maatwerk,
                text,
                cites: vec![total.address()],
            });
        }
    }
}
