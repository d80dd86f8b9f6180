//! Who stands behind the answer of a query with a name.
//!
//! Enters: the query, and the rows of its answer that are shown. Leaves: [`Populaties`]. The rows of the data are followed
//! through its SQL; where that cannot be done, it is only known which children stand behind a row of the answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, DataType, PolarsResult};

use crate::metrics::extract::coded;
use crate::metrics::populatie::{Deel, Populaties, Sleutel, Telt, UNKNOWN, rijnummer, sleutel};
use crate::metrics::query::{Contributor, Kind, Query, QueryError, shared_level};
use crate::metrics::rijen::{gevolgd, uitgevoerd};
use crate::metrics::signaal::{GOED, OORDEEL, TREFFER};
use crate::metrics::{MeasureInput, ONBEKEND, failed};
use crate::schema::PER_KWARTAAL;

const CLIENT: &str = "client";
const KWARTAAL: &str = "kwartaal";
/// What is counted when the outcome is looked at too.
const WAARDE: &str = "waarde";

/// Who stands behind the rows with these keys of the answer of the query with this id, at a level. What a figure is
/// divided by follows from the quotient, so that who stands behind that counts as well.
pub fn van_query(
    (queries, id): (&[Arc<Query>], &str),
    niveau: &[String],
    getoond: &BTreeSet<Sleutel>,
    input: &MeasureInput<'_>,
) -> Result<Populaties, QueryError> {
    let mut delen = Vec::new();
    let mut next = Some(id);
    // Per row that is shown, the row of this query that belongs to it.
    let mut rows: BTreeMap<Sleutel, Sleutel> =
        getoond.iter().map(|row| (row.clone(), row.clone())).collect();
    let mut level = niveau.to_vec();
    let mut seen = BTreeSet::new();
    while let Some(query) = queries.iter().find(|query| Some(query.id.as_str()) == next) {
        if !seen.insert(&query.id) {
            break;
        }
        for mut deel in van_een(query, &level, input)? {
            deel.groepen = (rows.iter())
                .filter_map(|(row, own)| Some((row.clone(), deel.groepen.get(own)?.clone())))
                .collect();
            delen.push(deel);
        }
        next = query.denominator.as_deref();
        if let Some(below) = queries.iter().find(|other| Some(other.id.as_str()) == next) {
            let shared = shared_level(&level, below);
            let places: Vec<usize> =
                shared.iter().filter_map(|key| level.iter().position(|own| own == key)).collect();
            for own in rows.values_mut() {
                *own = places.iter().map(|at| own[*at].clone()).collect();
            }
            level = shared;
        }
    }
    Ok(Populaties::new(delen))
}

fn van_een(
    query: &Query,
    niveau: &[String],
    input: &MeasureInput<'_>,
) -> Result<Vec<Deel>, QueryError> {
    let is_about = match query.kind {
        Kind::Measure => query.contributors.contains(&Contributor::Client),
        Kind::Signaal => true,
        Kind::List | Kind::Draws => false,
    };
    if !is_about {
        return Ok(Vec::new());
    }
    let column = |key: &str| {
        let is_verdict = query.kind == Kind::Signaal && key == OORDEEL;
        if is_verdict { TREFFER.to_owned() } else { key.to_owned() }
    };
    let keys: Vec<String> = niveau.iter().map(|key| column(key)).collect();
    let mut wanted: Vec<String> = keys.clone();
    wanted.push(CLIENT.to_owned());
    if query.keys.iter().any(|key| key == KWARTAAL) && !wanted.iter().any(|key| key == KWARTAAL) {
        wanted.push(KWARTAAL.to_owned());
    }
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let fault = |error| failed(query, &error);
    let followed = gevolgd(query, &wanted, input)?;
    let Ok(added) = uitgevoerd(query, input)? else { return Ok(Vec::new()) };
    match followed {
        Ok(frame) => met_rijen(query, &keys, &frame, &added).map_err(fault),
        Err(_) => zonder_rijen(query, &keys, &added).map(|deel| vec![deel]).map_err(fault),
    }
}

/// The rows were followed: per table what counts, and all together with what comes of them.
fn met_rijen(
    query: &Query,
    keys: &[String],
    frame: &DataFrame,
    added: &DataFrame,
) -> PolarsResult<Vec<Deel>> {
    let (sleutels, of_row) = sleutels(query, keys, frame)?;
    let kinderen = kinderen(frame)?;
    let [tabel, bron, regel] = crate::metrics::rijen::SPOOR;
    let (tabel, bron) = (frame.column(tabel)?.str()?, frame.column(bron)?.str()?);
    let regel = frame.column(regel)?.i64()?;
    let kwartaal = frame.column(KWARTAAL).ok().map(Column::str).transpose()?;
    let mut per_table: BTreeMap<&str, Vec<Telt>> = BTreeMap::new();
    for at in 0..frame.height() {
        let name = tabel.get(at).unwrap_or_default();
        let is_quarterly = PER_KWARTAAL.iter().any(|(known, _)| *known == name);
        let quarter = kwartaal.filter(|_| is_quarterly).and_then(|column| column.get(at));
        let delen = [
            name.as_bytes(),
            bron.get(at).unwrap_or_default().as_bytes(),
            quarter.unwrap_or_default().as_bytes(),
        ];
        let rij = rijnummer(&delen, regel.get(at).unwrap_or_default());
        let telt = Telt { sleutel: of_row[at], kind: kinderen[at], rij };
        per_table.entry(name).or_default().push(telt);
    }
    let mut all = waarden(query, keys, added, &sleutels)?;
    if !all.is_empty() {
        all.extend(per_table.values().flatten());
    }
    let deel = |(name, telt): (&str, Vec<Telt>)| {
        Deel::new(format!("{name}:"), true, &sleutels, bekend(telt))
    };
    let mut delen: Vec<Deel> = per_table.into_iter().map(deel).collect();
    delen.push(Deel::new(WAARDE.to_owned(), true, &sleutels, bekend(all)));
    Ok(delen)
}

/// What each child adds to each row of the answer, as if it were a row of the data: with another parameter the same rows
/// can give another sum.
fn waarden(
    query: &Query,
    keys: &[String],
    added: &DataFrame,
    known: &[Sleutel],
) -> PolarsResult<Vec<Telt>> {
    if query.kind != Kind::Measure {
        return Ok(Vec::new());
    }
    let (sleutels, of_row) = sleutels(query, keys, added)?;
    let place: HashMap<&Sleutel, u32> = known.iter().zip(0..).collect();
    let values = added.column(&query.value)?.cast(&DataType::Int64)?;
    let mut sums: BTreeMap<(u32, i64), i64> = BTreeMap::new();
    for ((sleutel, kind), value) in of_row.iter().zip(kinderen(added)?).zip(values.i64()?.iter()) {
        // A key of which no row was followed is not shown either.
        let Some(sleutel) = place.get(&sleutels[*sleutel as usize]) else { continue };
        let sum = sums.entry((*sleutel, kind)).or_default();
        *sum = sum.wrapping_add(value.unwrap_or_default());
    }
    let telt = |((sleutel, kind), sum)| Telt { sleutel, kind, rij: rijnummer(&[b"waarde"], sum) };
    Ok(sums.into_iter().map(telt).collect())
}

/// It is only known who counts.
fn zonder_rijen(query: &Query, keys: &[String], frame: &DataFrame) -> PolarsResult<Deel> {
    let (sleutels, of_row) = sleutels(query, keys, frame)?;
    let kinderen = kinderen(frame)?;
    let telt = of_row.iter().zip(kinderen).zip(0_u64..);
    let telt = telt.map(|((sleutel, kind), rij)| Telt { sleutel: *sleutel, kind, rij });
    Ok(Deel::new(String::new(), false, &sleutels, bekend(telt.collect())))
}

/// Where no case names a child, such as an agreement of several children, the cases themselves are counted.
fn bekend(mut telt: Vec<Telt>) -> Vec<Telt> {
    let named = telt.iter().filter(|row| row.kind != UNKNOWN).map(|row| row.sleutel);
    let named: BTreeSet<u32> = named.collect();
    for row in telt.iter_mut().filter(|row| !named.contains(&row.sleutel)) {
        row.kind = row.rij.cast_signed();
    }
    telt
}

fn kinderen(frame: &DataFrame) -> PolarsResult<Vec<i64>> {
    let column = frame.column(CLIENT)?.cast(&DataType::Int64)?;
    Ok(column.i64()?.iter().map(|client| client.unwrap_or(UNKNOWN)).collect())
}

/// The keys that occur, and which of them each row has.
fn sleutels(
    query: &Query,
    keys: &[String],
    frame: &DataFrame,
) -> PolarsResult<(Vec<Sleutel>, Vec<u32>)> {
    let is_verdict = |key: &String| query.kind == Kind::Signaal && key == TREFFER;
    let columns = keys.iter().map(|key| {
        let mut column = coded(frame.column(key)?.as_materialized_series())?;
        if is_verdict(key) {
            column.texts = [TREFFER, GOED, ONBEKEND].map(ToOwned::to_owned).to_vec();
        }
        Ok(column)
    });
    let columns = columns.collect::<PolarsResult<Vec<_>>>()?;
    Ok(genummerd(&columns, frame.height()))
}

/// Numbers the combinations of codes that occur.
pub(in crate::metrics) fn genummerd(
    columns: &[crate::metrics::rollup::Coded],
    n_rows: usize,
) -> (Vec<Sleutel>, Vec<u32>) {
    let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
    let mut found: Vec<Sleutel> = Vec::new();
    let mut of_row = Vec::with_capacity(n_rows);
    for row in 0..n_rows {
        let key: Vec<u32> = columns.iter().map(|column| column.codes[row]).collect();
        let number = *known.entry(key).or_insert_with_key(|key| {
            let texts = columns.iter().zip(key).map(|(column, code)| &column.texts[*code as usize]);
            found.push(sleutel(texts.map(String::as_str)));
            u32::try_from(found.len() - 1).expect("a result has fewer than 4 billion rows")
        });
        of_row.push(number);
    }
    (found, of_row)
}
