//! What was counted per gemeente, and whether it can be compared.
//!
//! Enters: cells of `maatwerk_nieuw`. Leaves: [`Uitkomst`]: comparisons, or why there is none.

use crate::dutch::{counted, list, n_of};
use crate::findings::figures::Figure;
use crate::findings::maatwerk::vergelijking::{QUESTION, Telling, Vergelijking, vergelijk};
use crate::findings::{Chapter, Context, NietTeBepalen};
use crate::period::Kwartaal;
use crate::stats::NotComputable;

/// The query the counts come from.
const QUERY: &str = "maatwerk_nieuw";
/// Quarters that are judged together: one alone holds too few agreements to see much.
const JAAR: i32 = 4;
/// The level that keeps agreements with a free choice apart.
const LEVEL: [&str; 3] = ["gemeente", "is_vrije_keuze", "kwartaal"];

/// What came of comparing: the four quarters, the last one alone, and what could not be told.
pub(super) struct Uitkomst {
    pub(super) jaar: Option<Vergelijking>,
    pub(super) kwartaal: Option<Vergelijking>,
    pub(super) onbepaald: Vec<NietTeBepalen>,
}

pub(super) fn judge(context: &Context<'_>) -> Uitkomst {
    let (tellingen, mut onbepaald) = tel(context, JAAR);
    let jaar = with_reason(context, JAAR, tellingen, &mut onbepaald);
    let is_more = jaar.as_ref().is_some_and(|jaar| jaar.kwartalen.len() > 1);
    // What cannot be told of one quarter was either said of the year, or follows from there being no agreement in it.
    let kwartaal = is_more.then(|| {
        let kwartalen = known_quarters(context, 1);
        vergelijk(kwartalen, 0, tel(context, 1).0, klein_aantal(context)).ok()
    });
    Uitkomst { jaar, kwartaal: kwartaal.flatten(), onbepaald }
}

fn with_reason(
    context: &Context<'_>,
    n: i32,
    tellingen: Vec<Telling>,
    onbepaald: &mut Vec<NietTeBepalen>,
) -> Option<Vergelijking> {
    let kwartalen = known_quarters(context, n);
    if kwartalen.last() != Some(&context.kwartaal) {
        onbepaald.push(not_determinable(
            "het register zegt niets over dit kwartaal",
            "lever het register aan tot en met dit kwartaal",
        ));
        return None;
    }
    let ontbrekend = usize::try_from(n).unwrap_or_default().saturating_sub(kwartalen.len());
    let n_compared = tellingen.len();
    match vergelijk(kwartalen, ontbrekend, tellingen, klein_aantal(context)) {
        Ok(vergelijking) => Some(vergelijking),
        Err(why) => {
            onbepaald.push(reason(why, n_compared));
            None
        }
    }
}

fn klein_aantal(context: &Context<'_>) -> i64 {
    context.region.drempels.klein_aantal.waarde
}

fn reason(why: NotComputable, n_compared: usize) -> NietTeBepalen {
    match why {
        NotComputable::NoValues | NotComputable::SingleValue => not_determinable(
            &format!(
                "vergelijken kan vanaf twee gemeenten met een aantal jeugdigen; het zijn er {n_compared}"
            ),
            "lever de tabel gemeenten aan met van elke gemeente het aantal jeugdigen",
        ),
        NotComputable::TotalIsZero => not_determinable(
            "er zijn in deze kwartalen geen overeenkomsten om te vergelijken",
            "controleer of het register volledig is",
        ),
        other => not_determinable(&other.to_string(), "controleer de tabel gemeenten"),
    }
}

fn not_determinable(reason: &str, remedy: &str) -> NietTeBepalen {
    NietTeBepalen {
        chapter: Chapter::Maatwerk,
        question: QUESTION.to_owned(),
        reason: reason.to_owned(),
        remedy: remedy.to_owned(),
    }
}

/// Of the quarter of the run and those before it the ones the register knows of.
fn known_quarters(context: &Context<'_>, n: i32) -> Vec<Kwartaal> {
    let cells = context.all_cells(QUERY, &LEVEL);
    let is_known = |kwartaal: &Kwartaal| {
        let text = kwartaal.to_string();
        cells.iter().any(|figure| figure.key("kwartaal") == text)
    };
    context.kwartaal.last_n(n).into_iter().filter(is_known).collect()
}

/// Counts per gemeente over the quarters; a gemeente without a number of children stays out, and is told.
fn tel(context: &Context<'_>, n: i32) -> (Vec<Telling>, Vec<NietTeBepalen>) {
    // The last quarter first: its address is the one a statement is about.
    let quarters: Vec<String> =
        known_quarters(context, n).iter().rev().map(ToString::to_string).collect();
    let cells = context.all_cells(QUERY, &LEVEL);
    let mut tellingen = Vec::new();
    let mut without: Vec<(&str, String)> = Vec::new();
    for gemeente in &context.region.gemeenten {
        let of = |free: &str| -> Vec<Figure<'_>> {
            let fits = |kwartaal: &String| {
                cells.iter().find(|figure| {
                    figure.key("gemeente") == gemeente.code
                        && figure.key("is_vrije_keuze") == free
                        && figure.key("kwartaal") == kwartaal
                })
            };
            quarters.iter().filter_map(fits).copied().collect()
        };
        let (compared, free) = (of("nee"), of("ja"));
        let Some(last) = compared.first() else { continue };
        match last.jeugdigen() {
            Ok(jeugdigen) => tellingen.push(Telling {
                code: gemeente.code.clone(),
                naam: gemeente.naam.clone(),
                aantal: compared.iter().map(Figure::value).sum(),
                laatste: last.value(),
                vrije_keuze: free.iter().map(Figure::value).sum(),
                jeugdigen,
                cites: compared.iter().chain(&free).map(Figure::address).collect(),
            }),
            Err(reason) => without.push((&gemeente.naam, reason)),
        }
    }
    (tellingen, left_out(&without))
}

fn left_out(without: &[(&str, String)]) -> Vec<NietTeBepalen> {
    if without.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = without.iter().map(|(naam, _)| *naam).collect();
    let mut reasons: Vec<&str> = without.iter().map(|(_, reason)| reason.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let n = n_of(without.len());
    vec![not_determinable(
        &format!(
            "{} buiten de vergelijking: {} ({})",
            counted(n, "gemeente blijft", "gemeenten blijven"),
            list(&names),
            reasons.join("; ")
        ),
        "lever de tabel gemeenten aan met van elke gemeente het aantal jeugdigen",
    )]
}
