//! What is said about na-ijl.
//!
//! Enters: [`Naijl`]. Leaves: one sentence for the chapter, and a finding when the quarter is provisional.

use crate::dutch::{counted, date_long, euro_whole, n_of, percent};
use crate::findings::naijl::{Naijl, NaijlKwartaal, Verwachting};
use crate::findings::toets::{Drempel, KETTING, Toets};
use crate::findings::{Chapter, Conclusion, Context, Finding, Invloed};

/// "€ 1.200 (tussen € 900 en € 1.600)".
pub(super) fn nog_te_komen(expected: &Verwachting) -> String {
    let range = expected
        .bereik_ct
        .map(|(low, high)| format!(" (tussen {} en {})", euro_whole(low), euro_whole(high)));
    format!("{}{}", euro_whole(expected.nog_te_komen_ct), range.unwrap_or_default())
}

/// "2025-K3 is voorlopig: naar schatting is 91,2% gedeclareerd".
pub(crate) fn voorlopig_zin(one: &NaijlKwartaal) -> String {
    match &one.verwachting {
        Ok(expected) => format!(
            "{} is voorlopig: naar schatting is {} van de kosten gedeclareerd",
            one.kwartaal,
            percent(expected.volledigheid, 1)
        ),
        Err(_) => format!("{} is voorlopig: het is te vroeg voor een schatting", one.kwartaal),
    }
}

pub(super) fn conclusion(context: &Context<'_>, found: &Naijl) -> Option<Conclusion> {
    let run = found.kwartaal(context.kwartaal)?;
    let stand = date_long(found.stand);
    let text = match &run.verwachting {
        Ok(expected) if expected.is_niets() => format!(
            "De kosten van {} zijn naar schatting volledig gedeclareerd; stand {stand}.",
            run.kwartaal
        ),
        Ok(expected) => {
            let state = if run.is_voorlopig {
                voorlopig_zin(run)
            } else {
                format!(
                    "Van de kosten van {} is naar schatting {} gedeclareerd",
                    run.kwartaal,
                    percent(expected.volledigheid, 1)
                )
            };
            let to_come = nog_te_komen(expected);
            format!("{state}. Er komt naar verwachting nog {to_come} bij; stand {stand}.")
        }
        Err(reason) => format!("{} ({reason}); stand {stand}.", voorlopig_zin(run)),
    };
    Some(Conclusion { chapter: Chapter::Naijl, text, cites: found.cites.clone() })
}

/// The quarter of the run, when it is below the setting of the region.
pub(super) fn finding(context: &Context<'_>, found: &Naijl) -> Option<Finding> {
    let run = found.kwartaal(context.kwartaal).filter(|run| run.is_voorlopig)?;
    let expected = run.verwachting.as_ref().ok()?;
    let setting = &context.region.drempels.volledigheid_minimum;
    let known: i64 = found.maanden.iter().filter_map(|maand| maand.bekend_ct.last()).sum();
    Some(Finding {
        chapter: Chapter::Naijl,
        text: format!(
            "{}, minder dan de {} van de regio. Er komt naar verwachting nog {} bij. Welke aanbieders moeten nog declareren?",
            voorlopig_zin(run),
            grens(setting.waarde),
            nog_te_komen(expected)
        ),
        belang_ct: expected.nog_te_komen_ct.abs(),
        basis: format!(
            "Dagtekeningen tot en met {}; hoe eerdere maanden in de tijd volliepen.",
            date_long(found.stand)
        ),
        toets: Toets {
            waargenomen: format!("{} gedeclareerd", euro_whole(run.bekend_ct)),
            verwacht: Some(format!(
                "{} in totaal",
                euro_whole(run.bekend_ct + expected.nog_te_komen_ct)
            )),
            bereik: expected.bereik_ct.map(|(low, high)| {
                let total = |ct: i64| euro_whole(run.bekend_ct + ct);
                format!("{} tot {} in totaal", total(low), total(high))
            }),
            n: format!(
                "{} van zorg, {}",
                counted(n_of(found.maanden.len()), "maand", "maanden"),
                euro_whole(known)
            ),
            methode: KETTING,
            drempel: Some(Drempel::of(
                setting,
                format!("ten minste {} gedeclareerd", grens(setting.waarde)),
            )),
        },
        invloed: Invloed::Aanbieder,
        cites: found.cites.clone(),
    })
}

/// A limit without a decimal it does not need: `95%`, `99,5%`.
pub(crate) fn grens(aandeel: f64) -> String {
    let rounded = percent(aandeel, 1);
    rounded.strip_suffix(",0%").map_or_else(|| rounded.clone(), |whole| format!("{whole}%"))
}
