//! Messages among each other: numbers that are used twice, and answers that differ from what they answer.
//!
//! Enters: the derived declaraties, counted or not, and the answers. Leaves: hits.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use polars::prelude::{DataFrame, DataType, LazyFrame, PolarsResult, UnionArgs, col, concat, lit};

use crate::checks::regel::day;
use crate::checks::regels::key;
use crate::checks::stroom::{Batch, columns, for_each_batch, scan, text};
use crate::checks::treffers::Treffers;
use crate::dataset::manifest::Uitkomst;
use crate::dataset::parquet::computing;
use crate::dataset::spill::Spill;
use crate::rejects::{Reject, Rule, Severity};
use crate::schema::DECLARATIES;

const IJW: &str = "iJw 3.2";

/// A message has an identification of its own.
pub(super) const TR056: Rule = Rule {
    code: "TR056",
    severity: Severity::Waarschuwing,
    title: "identificatie van het bericht is al eerder gebruikt",
    explanation: "Een afzender gebruikt een identificatie één keer per soort bericht. Hier hebben twee declaraties van verschillende dagen \
        dezelfde. De regels tellen mee; een antwoord (JW325) wordt gekoppeld met de dagtekening erbij.",
    remedy: "vraag de aanbieder of dit twee declaraties zijn, of één die opnieuw is gestuurd",
    source: IJW,
};
/// A declaratie has a number of its own.
pub(super) const TR333: Rule = Rule {
    code: "TR333",
    severity: Severity::Waarschuwing,
    title: "declaratienummer is al eerder gebruikt",
    explanation: "Een declaratienummer is uniek per aanbieder (OP349). Hier staat het in twee berichten. De regels tellen mee; een bericht dat \
        in zijn geheel is afgewezen, geldt als niet verstuurd en telt hierbij niet.",
    remedy: "vraag de aanbieder of dit twee declaraties zijn, of één die opnieuw is gestuurd",
    source: IJW,
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR056, &TR333];

/// What names a message, and where it is.
const MESSAGE: &[&str] = &["agb", "identificatie", "dagtekening", "declaratienummer", "bron"];

/// A number that must be of one message: what is used once, and by whom.
struct Number {
    rule: &'static Rule,
    column: &'static str,
    /// Key of the sender and the number, and key of the message that uses it.
    of: fn(&Message<'_>) -> Option<(u64, u64)>,
}

const NUMBERS: [Number; 2] = [
    Number {
        rule: &TR056,
        column: "identificatie",
        of: |m| Some((key(&(m.agb, m.identificatie)), key(&m.dagtekening))),
    },
    Number {
        rule: &TR333,
        column: "declaratienummer",
        of: |m| {
            let is_used = m.is_used && !m.declaratienummer.is_empty();
            let message = key(&(m.identificatie, m.dagtekening));
            is_used.then(|| (key(&(m.agb, m.declaratienummer)), message))
        },
    },
];

/// A message with lines.
struct Message<'f> {
    agb: &'f str,
    identificatie: &'f str,
    declaratienummer: &'f str,
    dagtekening: i32,
    bron: &'f str,
    regel: i64,
    bedrag_ct: i64,
    /// Not refused as a whole.
    is_used: bool,
}

/// Judges the numbers of all messages; `folder` is for keys that do not fit in memory.
pub(super) fn check(
    [declaraties, others]: [&Path; 2],
    folder: &Path,
    hits: &mut Treffers,
) -> Result<()> {
    let mut used = NUMBERS.map(|_| Spill::new(folder));
    let mut disk = Ok(());
    for_each_message(messages(declaraties, others)?, |message| {
        for (number, spill) in NUMBERS.iter().zip(&mut used) {
            let pair = (number.of)(&message);
            if disk.is_ok()
                && let Some(pair) = pair
            {
                disk = spill.extend(&[pair]);
            }
        }
    })?;
    disk?;
    for (number, spill) in NUMBERS.iter().zip(used) {
        let mut twice = BTreeSet::new();
        spill.for_each_part(|part| {
            let groups = part.chunk_by(|a, b| a.0 == b.0);
            // Sorted by number and message: two messages differ at the ends.
            twice.extend(groups.filter(|g| g[0].1 != g[g.len() - 1].1).map(|group| group[0].0));
        })?;
        if !twice.is_empty() {
            report(number, &twice, messages(declaraties, others)?, hits)?;
        }
    }
    Ok(())
}

/// One row per message that was not sent twice.
fn messages(declaraties: &Path, others: &Path) -> Result<LazyFrame> {
    let refused = Uitkomst::Afgewezen.name();
    let own = [MESSAGE, &["regel", "bedrag_ct"]].concat();
    let counted = scan(declaraties)?
        .select(columns(&own))
        .with_column(lit(1_i64).cast(DataType::Int64).alias("telt"));
    let telt = col("uitkomst").neq(lit(refused)).cast(DataType::Int64);
    let others = scan(others)?
        .filter(col("uitkomst").neq(lit(Uitkomst::DubbelBericht.name())))
        .with_column(telt.alias("telt"))
        .select(columns(&[own.as_slice(), &["telt"]].concat()));
    let both = computing(concat([counted, others], UnionArgs::default()), "de berichten")?;
    Ok(both.filter(col("identificatie").is_not_null()).group_by(columns(MESSAGE)).agg([
        col("regel").min(),
        col("bedrag_ct").sum(),
        col("telt").max(),
    ]))
}

fn for_each_message(frame: LazyFrame, mut visit: impl FnMut(Message<'_>)) -> Result<()> {
    for_each_batch(frame, |frame: &DataFrame| -> PolarsResult<()> {
        let batch = Batch(frame);
        let (agb, bron) = (batch.texts("agb")?, batch.texts("bron")?);
        let identificatie = batch.texts("identificatie")?;
        let nummer = batch.texts("declaratienummer")?;
        let dagtekening = batch.dates("dagtekening")?;
        let (regel, bedrag) = (batch.ints("regel")?, batch.ints("bedrag_ct")?);
        let telt = batch.ints("telt")?;
        for row in 0..frame.height() {
            visit(Message {
                agb: text(agb, row),
                identificatie: text(identificatie, row),
                declaratienummer: text(nummer, row),
                dagtekening: dagtekening.physical().get(row).unwrap_or(i32::MAX),
                bron: text(bron, row),
                regel: regel.get(row).unwrap_or_default(),
                bedrag_ct: bedrag.get(row).unwrap_or_default(),
                is_used: telt.get(row) == Some(1),
            });
        }
        Ok(())
    })
}

/// Every message but the first of each number.
fn report(
    number: &Number,
    twice: &BTreeSet<u64>,
    messages: LazyFrame,
    hits: &mut Treffers,
) -> Result<()> {
    let mut found: Vec<(u64, i32, String, i64, i64, u64)> = Vec::new();
    for_each_message(messages, |m| {
        if let Some((key, message)) = (number.of)(&m).filter(|(key, _)| twice.contains(key)) {
            let place = (m.bron.to_owned(), m.regel, m.bedrag_ct);
            found.push((key, m.dagtekening, place.0, place.1, place.2, message));
        }
    })?;
    found.sort();
    for group in found.chunk_by(|a, b| a.0 == b.0) {
        let (first, first_day) = (group[0].5, group[0].1);
        for (_, dagtekening, bron, regel, bedrag_ct, message) in group {
            if *message == first {
                continue;
            }
            let said = |when: i32| format!("dagtekening {}", day(when));
            let hit = Reject {
                table: DECLARATIES.name.to_owned(),
                column: number.column.to_owned(),
                found: said(*dagtekening),
                expected: format!("een eigen nummer; eerder gebruikt met {}", said(first_day)),
                bedrag_ct: Some(*bedrag_ct),
                ..Reject::new(number.rule, bron, regel.unsigned_abs())
            };
            hits.add(number.rule, hit);
        }
    }
    Ok(())
}
