//! Figures of a rule that are no cases: spend per segment, coordination by who does it.
//!
//! Enters: measures whose header names a rule. Leaves: [`Overzicht`], with the sentence of the header filled in.

use crate::dutch::{count, counted, euro_whole, hours_text, list, n_of};
use crate::findings::signalen::lezen::periode;
use crate::findings::signalen::zinnen::aandeel;
use crate::findings::{Chapter, Context, Judged};
use crate::inventaris::{self, Regel};
use crate::metrics::signaal::Deel;
use crate::metrics::{Measured, MeasuredCell, Outcome, Period};
use crate::region::Stand;

/// A measure that belongs to a rule of the region.
#[derive(Debug, Clone, PartialEq)]
pub struct Overzicht {
    /// Id of its query.
    pub query: String,
    /// The rule.
    pub regel: &'static Regel,
    /// What it is about.
    pub titel: String,
    /// Chapter of the report.
    pub chapter: Chapter,
    /// Keys of the level that is shown: the first of the header.
    pub keys: Vec<String>,
    /// Unit of the value.
    pub eenheid: String,
    /// The period in words.
    pub periode: String,
    /// What is said of it; may be empty.
    pub zin: String,
    /// Addresses the sentence rests on.
    pub cites: Vec<String>,
}

/// Takes every measure of a rule that the region has switched on.
pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    let all = context.measured.iter().filter_map(|measured| overzicht(context, measured));
    judged.overzichten.extend(all);
}

fn overzicht(context: &Context<'_>, measured: &Measured) -> Option<Overzicht> {
    let query = &measured.query;
    let regel = inventaris::regel(query.regel.as_deref()?)?;
    let chapter = Chapter::of(query.hoofdstuk.as_deref()?)?;
    if query.signaal.is_some() || !matches!(measured.outcome, Outcome::Cells(_)) {
        return None;
    }
    if context.region.stand(regel.id, context.kwartaal.last_day()) == Stand::Uit {
        return None;
    }
    let keys = query.levels.first()?.clone();
    let names: Vec<&str> = keys.iter().map(String::as_str).collect();
    let kwartaal = context.kwartaal.to_string();
    let is_now = |cell: &&MeasuredCell| {
        !names.contains(&"kwartaal") || measured.key_of(cell, "kwartaal") == kwartaal
    };
    let cells: Vec<&MeasuredCell> = measured.level(&names)?.cells.iter().filter(is_now).collect();
    let zin = match &query.zin {
        // Of one cell there is no largest.
        Some(delen) if cells.len() > 1 => zin(context, measured, delen, &cells),
        _ => String::new(),
    };
    let cites = cells.iter().map(|cell| measured.address(cell, &query.value)).collect();
    Some(Overzicht {
        query: query.id.clone(),
        regel,
        titel: query.title.clone(),
        chapter,
        periode: if names.contains(&"kwartaal") { kwartaal } else { span(context, measured) },
        eenheid: query.unit.clone(),
        keys,
        zin,
        cites,
    })
}

/// The period of figures that are not told apart by quarter.
fn span(context: &Context<'_>, measured: &Measured) -> String {
    match measured.query.period {
        Period::AchtKwartalen => {
            format!("{} tot en met {}", context.kwartaal.plus(-7), context.kwartaal)
        }
        _ => periode(context, measured),
    }
}

fn zin(
    context: &Context<'_>,
    measured: &Measured,
    delen: &[Deel],
    cells: &[&MeasuredCell],
) -> String {
    let total: i64 = cells.iter().map(|cell| cell.value).sum();
    // Of equals the first by key.
    let largest = cells.iter().max_by(|a, b| a.value.cmp(&b.value).then_with(|| b.key.cmp(&a.key)));
    let value = |n: i64| match measured.query.unit.as_str() {
        "eurocent" => euro_whole(n),
        "minuten" => hours_text(n),
        unit => format!("{} {unit}", count(n)),
    };
    let equal = |value: i64| cells.iter().filter(move |cell| cell.value == value);
    let deel = |deel: &Deel| match deel {
        Deel::Tekst(text) => text.clone(),
        Deel::Totaal => value(total),
        Deel::Grootste => {
            let first = largest.map_or(0, |cell| cell.value);
            list(&equal(first).map(|cell| name(context, measured, cell)).collect::<Vec<_>>())
        }
        Deel::GrootsteAandeel => largest.map_or_else(String::new, |cell| {
            // Beside several names one share would read as that of all together.
            let each = if equal(cell.value).count() > 1 { "elk " } else { "" };
            format!("{each}{}", aandeel(cell.value, total))
        }),
        Deel::Cellen => counted(n_of(cells.len()), "regel", "regels"),
        // Figures of a signal do not pass the check of the header.
        _ => String::new(),
    };
    delen.iter().map(deel).collect()
}

/// The keys of a cell in words, without its quarter.
fn name(context: &Context<'_>, measured: &Measured, cell: &MeasuredCell) -> String {
    let keys = measured.query.levels.first().into_iter().flatten();
    let words = keys.filter(|key| *key != "kwartaal").map(|key| {
        let text = measured.key_of(cell, key);
        if key == "gemeente" { context.gemeente(text) } else { text }
    });
    words.collect::<Vec<_>>().join(", ")
}
