//! Agreements that end soon.

use crate::dutch::{counted, date_long, list, n_of};
use crate::findings::toets::{Drempel, TELLING, Toets};
use crate::findings::{Chapter, Conclusion, Context, Finding, Invloed, Judged, NietTeBepalen};
use crate::metrics::{ListValue, Outcome};

/// Name of the list, and the address of what is said about it: it has no cells of its own.
const LIST: &str = "aflopend";

pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    let Some(measured) = context.query(LIST) else { return };
    let (columns, rows) = match &measured.outcome {
        Outcome::List { columns, rows } => (columns, rows),
        Outcome::NotDeterminable { reason } => {
            judged.niet_te_bepalen.push(NietTeBepalen {
                chapter: Chapter::Aflopend,
                question: "Welke maatwerkovereenkomsten lopen binnenkort af?".to_owned(),
                reason: reason.clone(),
                remedy: "lever het register van maatwerkovereenkomsten aan, met einddatums"
                    .to_owned(),
            });
            return;
        }
        Outcome::Cells(_) | Outcome::Draws(_) => return,
    };
    let days = days_left(columns, rows);
    conclude(context, &days, judged);
    judged.findings.extend(soonest(context, &days));
}

/// Days to the end of every agreement of the list.
fn days_left(columns: &[String], rows: &[Vec<ListValue>]) -> Vec<i64> {
    let at = columns.iter().position(|column| column == "dagen_tot_einde");
    let days = rows.iter().filter_map(|row| match at.and_then(|at| row.get(at)) {
        Some(ListValue::Int(days)) => Some(*days),
        _ => None,
    });
    days.collect()
}

fn within(days: &[i64], limit: i64) -> i64 {
    n_of(days.iter().filter(|d| **d <= limit).count())
}

fn conclude(context: &Context<'_>, days: &[i64], judged: &mut Judged) {
    let terms = &context.region.drempels.signaal_dagen.waarde;
    let parts: Vec<String> = terms
        .iter()
        .map(|limit| format!("{} binnen {limit} dagen", within(days, *limit)))
        .collect();
    let text = format!(
        "Vanaf {} {}: {}.",
        date_long(context.peildatum),
        if days.len() == 1 {
            "loopt 1 maatwerkovereenkomst af"
        } else {
            "lopen maatwerkovereenkomsten af"
        },
        list(&parts)
    );
    let nothing = format!(
        "Vanaf {} loopt binnenkort geen maatwerkovereenkomst af.",
        date_long(context.peildatum)
    );
    let text = if days.is_empty() { nothing } else { text };
    judged.conclusions.push(Conclusion {
        chapter: Chapter::Aflopend,
        text,
        cites: vec![LIST.to_owned()],
    });
}

/// The agreements within the shortest term, when there are any.
fn soonest(context: &Context<'_>, days: &[i64]) -> Option<Finding> {
    let setting = &context.region.drempels.signaal_dagen;
    let first = setting.waarde.first()?;
    let n = within(days, *first);
    (n > 0).then(|| Finding {
        chapter: Chapter::Aflopend,
        text: format!(
            "Binnen {first} dagen na {} {} af. Is verlengen nodig, of is er nu gecontracteerd aanbod?",
            date_long(context.peildatum),
            if n == 1 {
                "loopt 1 maatwerkovereenkomst".to_owned()
            } else {
                format!("lopen {}", counted(n, "maatwerkovereenkomst", "maatwerkovereenkomsten"))
            }
        ),
        belang_ct: 0,
        basis: "Einddatums uit het register van maatwerkovereenkomsten.".to_owned(),
        toets: Toets {
            waargenomen: counted(n, "aflopende overeenkomst", "aflopende overeenkomsten"),
            verwacht: None,
            bereik: None,
            n: format!(
                "{} die binnen de langste signaaltermijn aflopen",
                counted(
                    n_of(days.len()),
                    "overeenkomst",
                    "overeenkomsten"
                )
            ),
            methode: TELLING,
            drempel: Some(Drempel::of(setting, format!("signaaltermijn van {first} dagen"))),
        },
        invloed: Invloed::Gemeente,
        cites: vec![LIST.to_owned()],
    })
}
