//! The cases of one signal, as far as they are about the period of the report.

use crate::dutch::date_long;
use crate::findings::Context;
use crate::metrics::Period;
use crate::metrics::signaal::{BEDRAG, GEVALLEN, GOED, OORDEEL, Over, TREFFER};
use crate::metrics::{Measured, MeasuredCell, ONBEKEND};

/// A gemeente or aanbieder with hits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Groep {
    pub(super) naam: String,
    pub(super) treffers: i64,
    /// Address of that number.
    pub(super) address: String,
}

/// A signal added up over the period that is talked about.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Telling {
    pub(super) treffers: i64,
    pub(super) goed: i64,
    pub(super) onbekend: i64,
    pub(super) bedrag_ct: i64,
    /// Children and aanbieders behind the hits.
    pub(super) clienten: i64,
    pub(super) aanbieders: i64,
    /// Gemeenten and aanbieders with hits, by name, most hits first.
    pub(super) per_gemeente: Vec<Groep>,
    pub(super) per_aanbieder: Vec<Groep>,
    /// The period in words.
    pub(super) periode: String,
    /// Addresses of the figures, the hits first.
    pub(super) cites: Vec<String>,
}

impl Telling {
    pub(super) fn of(context: &Context<'_>, measured: &Measured) -> Self {
        let mut out = Self { periode: periode(context, measured), ..Self::default() };
        for cell in cells(context, measured, &[]) {
            let (value, cites) = (cell.value, &mut out.cites);
            match measured.key_of(cell, OORDEEL) {
                TREFFER => {
                    out.treffers = value;
                    out.bedrag_ct = cell.bedrag_ct.unwrap_or_default();
                    out.clienten = cell.clienten.map_or(0, i64::from);
                    out.aanbieders = cell.aanbieders.map_or(0, i64::from);
                    cites.insert(0, measured.address(cell, BEDRAG));
                    cites.insert(0, measured.address(cell, GEVALLEN));
                    continue;
                }
                GOED => out.goed = value,
                _ => out.onbekend = value,
            }
            cites.push(measured.address(cell, GEVALLEN));
        }
        out.per_gemeente = most(measured, &cells(context, measured, &["gemeente"]), "gemeente");
        for groep in &mut out.per_gemeente {
            groep.naam = context.gemeente(&groep.naam).to_owned();
        }
        out.per_aanbieder = most(measured, &cells(context, measured, &["aanbieder"]), "aanbieder");
        out
    }
}

/// Cells of the period of the report, by verdict and these keys. A rule that looks further back, to show how it went,
/// is told over the quarter of the report.
pub(super) fn cells<'m>(
    context: &Context<'_>,
    measured: &'m Measured,
    keys: &[&str],
) -> Vec<&'m MeasuredCell> {
    let mut wanted = vec![OORDEEL];
    wanted.extend(keys);
    let is_quarterly = measured.query.period == Period::AchtKwartalen;
    if is_quarterly {
        wanted.push("kwartaal");
    }
    let kwartaal = context.kwartaal.to_string();
    let fits =
        |cell: &&MeasuredCell| !is_quarterly || measured.key_of(cell, "kwartaal") == kwartaal;
    let level = measured.level(&wanted);
    level.map_or_else(Vec::new, |level| level.cells.iter().filter(fits).collect())
}

/// Groups with hits, most hits first, then by name.
fn most(measured: &Measured, cells: &[&MeasuredCell], key: &str) -> Vec<Groep> {
    let is_hit = |cell: &&&MeasuredCell| {
        measured.key_of(cell, OORDEEL) == TREFFER && measured.key_of(cell, key) != ONBEKEND
    };
    let groep = |cell: &&MeasuredCell| Groep {
        naam: measured.key_of(cell, key).to_owned(),
        treffers: cell.value,
        address: measured.address(cell, GEVALLEN),
    };
    let mut out: Vec<Groep> = cells.iter().filter(is_hit).map(groep).collect();
    out.sort_by(|a, b| b.treffers.cmp(&a.treffers).then_with(|| a.naam.cmp(&b.naam)));
    out
}

/// The period in words.
pub(in crate::findings) fn periode(context: &Context<'_>, measured: &Measured) -> String {
    let over = measured.query.signaal.as_ref().and_then(|kop| kop.over);
    match measured.query.period {
        _ if over == Some(Over::Kwartaal) => context.kwartaal.to_string(),
        Period::Kwartaal | Period::AchtKwartalen => context.kwartaal.to_string(),
        Period::VierKwartalen => {
            format!("{} tot en met {}", context.kwartaal.plus(-3), context.kwartaal)
        }
        Period::Alles => format!("stand op {}", date_long(context.peildatum)),
    }
}
