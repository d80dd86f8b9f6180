//! Na-ijl: how much of a quarter has been declared, what is still to come, and which quarters are provisional.
//!
//! Enters: euros per month of care and months of delay. Leaves: [`Naijl`], the one place that answers "is this
//! quarter provisional". Does not know how a provisional quarter is shown.

mod driehoek;
#[cfg(test)]
mod tests;
mod zinnen;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::findings::figures::{Figure, whole_cents};
use crate::findings::naijl::driehoek::{Cel, Driehoek, driehoek};
use crate::findings::{Chapter, Context, Judged, NietTeBepalen};
use crate::metrics::ONBEKEND;
use crate::period::{Kwartaal, Maand};
use crate::stats::runoff::{RunOff, RunOffRow, chain_ladder, range95};

pub(crate) use zinnen::{grens, voorlopig_zin};

const QUESTION: &str = "Hoe compleet is het kwartaal, en wat komt er nog bij?";

/// Months of care on which an expectation rests: eight quarters.
const MAANDEN: i32 = 24;

/// Below this part of the euros with a dagtekening the rest says too little about the whole.
const MIN_MET_DAGTEKENING: f64 = 0.5;

/// What is known of how declarations run in.
#[derive(Debug, Clone, PartialEq)]
pub struct Naijl {
    /// The last dagtekening of the dataset: what was declared later is unknown.
    pub stand: NaiveDate,
    /// Months of care with their run-off, oldest first.
    pub maanden: Vec<NaijlMaand>,
    /// Per number of months of delay: the expected part (0–1) of the final euros that is known by then; `None`
    /// where it cannot be computed.
    pub volledigheid: Vec<Option<f64>>,
    /// The eight quarters up to that of the run, oldest first.
    pub kwartalen: Vec<NaijlKwartaal>,
    /// Queries that read declarations: a figure of theirs is as provisional as its quarter.
    pub op_declaraties: BTreeSet<String>,
    /// Addresses it uses.
    pub cites: Vec<String>,
}

/// The run-off of one month of care.
#[derive(Debug, Clone, PartialEq)]
pub struct NaijlMaand {
    /// `2025-07`.
    pub maand: String,
    /// Eurocents known after 0, 1, 2 … months; ends where the future begins.
    pub bekend_ct: Vec<i64>,
    /// Expected in the end, eurocents.
    pub verwacht_ct: Option<f64>,
}

/// How complete a quarter is.
#[derive(Debug, Clone, PartialEq)]
pub struct NaijlKwartaal {
    /// The quarter.
    pub kwartaal: Kwartaal,
    /// Declared so far, of lines with a dagtekening.
    pub bekend_ct: i64,
    /// Declared so far, of lines without one: of these nothing can be said.
    pub zonder_dagtekening_ct: i64,
    /// What is still to come, or why that cannot be told.
    pub verwachting: Result<Verwachting, String>,
    /// True when less has been declared than the region asks, or a month of it is too young to tell.
    pub is_voorlopig: bool,
}

/// What is still to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verwachting {
    /// Eurocents; below zero when corrections are expected to lower the quarter.
    pub nog_te_komen_ct: i64,
    /// 95% range of that, eurocents; `None` where the months do not show how much they differ.
    pub bereik_ct: Option<(i64, i64)>,
    /// Known part (0–1) of what is expected in the end.
    pub volledigheid: f64,
}

impl Verwachting {
    /// True when nothing is to come, and nothing may come.
    fn is_niets(&self) -> bool {
        self.nog_te_komen_ct == 0 && self.bereik_ct == Some((0, 0))
    }
}

impl Naijl {
    /// The quarter, when it is one of the eight.
    pub fn kwartaal(&self, kwartaal: Kwartaal) -> Option<&NaijlKwartaal> {
        self.kwartalen.iter().find(|one| one.kwartaal == kwartaal)
    }

    /// True when figures of declarations in this quarter may still rise or fall more than the region accepts.
    pub fn is_voorlopig(&self, kwartaal: Kwartaal) -> bool {
        self.kwartaal(kwartaal).is_some_and(|one| one.is_voorlopig)
    }

    /// The provisional quarter that a figure is about; `None` for a figure that does not rest on declarations.
    pub fn voorlopig_in(&self, address: &str) -> Option<Kwartaal> {
        let (query, rest) = address.split_once('/')?;
        let (rest, _column) = rest.rsplit_once('/')?;
        let period = rest.rsplit('/').next()?;
        if !self.op_declaraties.contains(query) {
            return None;
        }
        let mut quarters = period.split('_').filter_map(|text| text.parse().ok());
        quarters.rfind(|kwartaal| self.is_voorlopig(*kwartaal))
    }

    /// The last quarter of which the figures can be compared.
    pub fn laatste_volledige(&self) -> Option<Kwartaal> {
        self.kwartalen.iter().rev().find(|one| !one.is_voorlopig).map(|one| one.kwartaal)
    }
}

pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    match naijl(context) {
        Ok(found) => {
            judged.conclusions.extend(zinnen::conclusion(context, &found));
            judged.findings.extend(zinnen::finding(context, &found));
            judged.naijl = Some(found);
        }
        Err(Some(reason)) => judged.niet_te_bepalen.push(NietTeBepalen {
            chapter: Chapter::Naijl,
            question: QUESTION.to_owned(),
            reason,
            remedy: "lever declaraties aan met de dagtekening, over zo veel mogelijk maanden"
                .to_owned(),
        }),
        Err(None) => {}
    }
}

/// The judgement, or why there is none; no reason when the question was not asked.
fn naijl(context: &Context<'_>) -> Result<Naijl, Option<String>> {
    let (Some(measured), Some(stand)) = (context.query("naijl"), context.query("naijl_stand"))
    else {
        return Err(None);
    };
    if let Some(reason) = measured.reason().or(stand.reason()) {
        return Err(Some(reason.to_owned()));
    }
    let last = context.all_cells("naijl_stand", &["dagtekening"]);
    let last = last.iter().filter_map(|figure| figure.key("dagtekening").parse().ok()).max();
    let last: NaiveDate =
        last.ok_or_else(|| Some("geen enkele declaratie heeft een dagtekening".to_owned()))?;
    let figures = context.all_cells("naijl", &["maand", "vertraging_maanden", "kwartaal"]);
    let cells: Vec<Cel> = figures.iter().filter_map(cel).collect();
    let tot = Maand::of(context.kwartaal.last_day()).number();
    let driehoek = driehoek(&cells, Maand::of(last), tot + 1 - MAANDEN, tot).map_err(Some)?;
    let ladder = chain_ladder(&driehoek.rijen).map_err(|reason| Some(reason.to_string()))?;
    let found = describe(context, &driehoek, &ladder, last, &figures);
    let run = found.kwartaal(context.kwartaal);
    let unknown = run.and_then(|run| run.verwachting.as_ref().err());
    if let (Some(reason), Some(false)) = (unknown, run.map(|run| run.is_voorlopig)) {
        return Err(Some(reason.clone()));
    }
    Ok(found)
}

/// The numbers of a cell; `None` without a dagtekening.
fn cel(figure: &Figure<'_>) -> Option<Cel> {
    Some(Cel {
        maand: figure.key("maand").parse::<Maand>().ok()?.number(),
        vertraging: figure.key("vertraging_maanden").parse().ok()?,
        bedrag_ct: figure.value(),
    })
}

fn describe(
    context: &Context<'_>,
    driehoek: &Driehoek,
    ladder: &RunOff,
    stand: NaiveDate,
    figures: &[Figure<'_>],
) -> Naijl {
    let maanden = driehoek.rijen.iter().zip(&ladder.rows).zip(driehoek.eerste..);
    let maanden = maanden.map(|((known, row), number)| NaijlMaand {
        maand: Maand::of_number(number).to_string(),
        bekend_ct: known.clone(),
        verwacht_ct: row.ultimate.ok(),
    });
    let mut undated: BTreeMap<String, i64> = BTreeMap::new();
    for figure in figures.iter().filter(|f| f.key("vertraging_maanden") == ONBEKEND) {
        *undated.entry(figure.key("kwartaal").to_owned()).or_default() += figure.value();
    }
    let minimum = context.region.drempels.volledigheid_minimum.waarde;
    let quarters = context.kwartaal.last_n(8).into_iter();
    let kwartalen = quarters.map(|kwartaal| {
        let zonder = undated.get(&kwartaal.to_string()).copied().unwrap_or_default();
        quarter(kwartaal, driehoek, ladder, zonder, minimum)
    });
    let span: Vec<String> = context.kwartaal.last_n(8).iter().map(ToString::to_string).collect();
    let totals = context.all_cells("naijl", &["kwartaal"]);
    let in_span = |figure: &&Figure<'_>| span.iter().any(|k| k == figure.key("kwartaal"));
    let reads =
        context.measured.iter().filter(|m| m.query.tables.iter().any(|t| t == "declaraties"));
    Naijl {
        stand,
        maanden: maanden.collect(),
        volledigheid: ladder.completeness.iter().map(|part| part.ok()).collect(),
        kwartalen: kwartalen.collect(),
        op_declaraties: reads.map(|measured| measured.query.id.clone()).collect(),
        cites: totals
            .iter()
            .filter(in_span)
            .chain(&context.all_cells("naijl_stand", &["dagtekening"]))
            .map(Figure::address)
            .collect(),
    }
}

/// One quarter: its three months together.
fn quarter(
    kwartaal: Kwartaal,
    driehoek: &Driehoek,
    ladder: &RunOff,
    zonder_dagtekening_ct: i64,
    minimum: f64,
) -> NaijlKwartaal {
    let rows = kwartaal.months().map(|maand| {
        let at = usize::try_from(maand.number() - driehoek.eerste).ok();
        (maand, at.and_then(|at| ladder.rows.get(at)))
    });
    let bekend_ct = rows.iter().filter_map(|(_, row)| Some(row.as_ref()?.known)).sum();
    // Months before the triangle are old; a month after it, or one of which nothing is known, may bring anything.
    let is_young = rows.iter().any(|(maand, row)| match row {
        Some(row) => row.to_come.is_err(),
        None => maand.number() >= driehoek.eerste,
    });
    let expected = expectation(&rows, bekend_ct, zonder_dagtekening_ct);
    let is_short = expected.as_ref().is_ok_and(|expected| expected.volledigheid < minimum);
    NaijlKwartaal {
        kwartaal,
        bekend_ct,
        zonder_dagtekening_ct,
        verwachting: expected,
        is_voorlopig: is_young || is_short,
    }
}

fn expectation(
    rows: &[(Maand, Option<&RunOffRow>); 3],
    bekend_ct: i64,
    zonder_ct: i64,
) -> Result<Verwachting, String> {
    let (mut to_come, mut error) = (0.0, Ok(0.0));
    for (maand, row) in rows {
        let row = row.ok_or_else(|| format!("over {maand} is te weinig bekend"))?;
        to_come += row.to_come.map_err(|reason| format!("over {maand}: {reason}"))?;
        // Added up as if the months were wrong in the same direction: the range is rather too wide than too narrow.
        error = error.and_then(|sum| row.standard_error.map(|one| sum + one));
    }
    let with = bekend_ct as f64;
    if with <= 0.0 || with < MIN_MET_DAGTEKENING * (with + zonder_ct as f64) {
        return Err("van te weinig euro's is de dagtekening bekend".to_owned());
    }
    let range = error.and_then(|error| range95(to_come, error)).ok();
    Ok(Verwachting {
        nog_te_komen_ct: whole_cents(to_come),
        bereik_ct: range.map(|range| (whole_cents(range.lower), whole_cents(range.upper))),
        volledigheid: with / (with + to_come),
    })
}
