//! Maatwerkovereenkomsten per gemeente.

use crate::dutch::{counted, decimal, euro_whole, list, percent};
use crate::findings::figures::Figure;
use crate::findings::toets::{TELLING, Toets};
use crate::findings::{Chapter, Conclusion, Context, Finding, Invloed, Judged, NietTeBepalen};

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
    }
    costs(context, judged);
}

fn counts(context: &Context<'_>, judged: &mut Judged) {
    let Some(total) = context.total("maatwerk_nieuw") else { return };
    let mut per_gemeente = context.cells("maatwerk_nieuw", &["gemeente", "kwartaal"]);
    per_gemeente.sort_by(|a, b| {
        b.value().cmp(&a.value()).then_with(|| a.key("gemeente").cmp(b.key("gemeente")))
    });
    let kwartaal = context.kwartaal;
    let mut cites = vec![total.address()];
    let mut text = format!(
        "In {kwartaal} {} {} geregistreerd in regio {}",
        if total.value() == 1 { "is" } else { "zijn" },
        counted(total.value(), "nieuwe maatwerkovereenkomst", "nieuwe maatwerkovereenkomsten"),
        context.region.naam
    );
    let most = per_gemeente.first().filter(|most| most.value() > 0 && per_gemeente.len() > 1);
    if let Some(most) = most {
        let same: Vec<&Figure<'_>> =
            per_gemeente.iter().filter(|f| f.value() == most.value()).collect();
        let names: Vec<&str> = same.iter().map(|f| context.gemeente(f.key("gemeente"))).collect();
        let each = if names.len() > 1 { "elk " } else { "" };
        text = format!(
            "{text}, waarvan {each}{} in {}",
            crate::dutch::count(most.value()),
            list(&names)
        );
        cites.extend(same.iter().map(|f| f.address()));
    }
    text.push('.');
    judged.conclusions.push(Conclusion {
        chapter: Chapter::Maatwerk,
        text: text.clone(),
        cites: cites.clone(),
    });
    if let Some(finding) = most.and_then(|most| highest(context, most, &per_gemeente)) {
        judged.findings.push(finding);
    }
}

/// The gemeente with the most agreements, in numbers. Whether that is more than chance is not said here.
fn highest(context: &Context<'_>, most: &Figure<'_>, all: &[Figure<'_>]) -> Option<Finding> {
    let code = most.key("gemeente");
    let rate = most.ratio()?;
    let free = context
        .cells("maatwerk_nieuw", &["gemeente", "is_vrije_keuze", "kwartaal"])
        .into_iter()
        .find(|f| f.key("gemeente") == code && f.key("is_vrije_keuze") == "ja");
    let others: i64 = all.iter().filter(|f| f.key("gemeente") != code).map(Figure::value).sum();
    let kosten = context.cells("maatwerk_kosten", &["gemeente", "kwartaal"]);
    let kosten = kosten.iter().find(|f| f.key("gemeente") == code);
    let mut cites = vec![most.address()];
    cites.extend(all.iter().map(Figure::address));
    cites.extend(free.iter().map(Figure::address));
    cites.extend(kosten.iter().map(|f| f.address()));
    let mut text = format!(
        "{} heeft in {} {}: {} per 10.000 jeugdigen. De andere gemeenten hebben er samen {}.",
        context.gemeente(code),
        context.kwartaal,
        counted(most.value(), "nieuwe maatwerkovereenkomst", "nieuwe maatwerkovereenkomsten"),
        decimal(rate, 1),
        crate::dutch::count(others)
    );
    if let Some(free) = free.filter(|f| f.value() > 0) {
        text = format!(
            "{text} Bij {} van deze overeenkomsten was de keuze van de aanbieder vrij door een maatregel.",
            crate::dutch::count(free.value())
        );
    }
    text += " Past het gecontracteerde aanbod bij de vraag?";
    Some(Finding {
        chapter: Chapter::Maatwerk,
        text,
        belang_ct: kosten.map_or(0, Figure::value),
        basis: "Aantal uit het register; of het verschil groter is dan toeval, wordt in deze versie niet getoetst."
            .to_owned(),
        toets: Toets {
            waargenomen: counted(most.value(), "overeenkomst", "overeenkomsten"),
            verwacht: None,
            bereik: None,
            n: counted(most.value() + others, "overeenkomst in de regio", "overeenkomsten in de regio"),
            methode: TELLING,
            drempel: None,
        },
        invloed: Invloed::Gemeente,
        cites,
    })
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
    let missing = register.filter(|_| context.region.maatwerk.register);
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
