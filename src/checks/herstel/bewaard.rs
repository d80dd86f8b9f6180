//! The rejected rows of one table: found by what names them, with what came in their place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use polars::prelude::{
    BooleanChunked, Column, DataFrame, IntoColumn, NamedFrom, NewChunkedArray, PolarsResult, Series,
};

use crate::dataset::Store;
use crate::dataset::parquet::{computing, read_whole};
use crate::dataset::slices::side_by_side;
use crate::dataset::vervangen::Vervanging;
use crate::schema::{DECLARATIES, Table};
use crate::typing::TypedTable;
use crate::typing::rejected::OF_MESSAGE;

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Plek {
    pub(super) bron: String,
    pub(super) regel: u64,
}

impl Plek {
    pub(super) fn new(bron: &str, regel: u64) -> Self {
        Self { bron: bron.to_owned(), regel }
    }
}

/// AGB code and reference.
type Referentie = (String, String);

/// Rejected rows of one table: those that were rejected when they were read, or across files.
#[derive(Debug)]
pub(super) struct Bewaard {
    table: &'static Table,
    /// Rejected across files.
    is_kruis: bool,
    /// The rows as they are kept.
    pub(super) frame: DataFrame,
    /// Where each stands.
    plekken: Vec<Plek>,
    /// What came in the place of each.
    vervangen: Vec<Option<Plek>>,
    op_plek: BTreeMap<Plek, Vec<usize>>,
    op_referentie: BTreeMap<Referentie, Vec<usize>>,
    /// Accepted lines with the reference of a rejected one, credits apart.
    elders: BTreeMap<(Referentie, bool), Plek>,
}

impl Bewaard {
    /// Reads the rejected rows of a table; `kruis` are the lines that were rejected across files.
    pub(super) fn load(
        store: &Store,
        table: &'static Table,
        kruis: &BTreeSet<Plek>,
        stop: &AtomicBool,
    ) -> Result<Self> {
        let mut frame = DataFrame::empty();
        for file in store.rejected(table.name)? {
            add(&mut frame, read_whole(&file, &[])?)?;
        }
        let mut out = Self::of(store, table, frame, false)?;
        out.elders = elders(store, table, &out.op_referentie, kruis, stop)?;
        Ok(out)
    }

    /// Reads the accepted declaraties at these places, which a rule across files rejected.
    pub(super) fn load_kruis(
        store: &Store,
        plekken: &BTreeSet<Plek>,
        stop: &AtomicBool,
    ) -> Result<Self> {
        let mut frame = DataFrame::empty();
        let messages = of_messages(store);
        let work = |_: usize, slice: &DataFrame| {
            let here = computing(self::plekken(slice), DECLARATIES.label)?;
            let is_it = here.iter().map(|plek| plekken.contains(plek)).collect::<Vec<_>>();
            let mask = BooleanChunked::from_slice("".into(), &is_it);
            let mut rows = computing(slice.filter(&mask), DECLARATIES.label)?;
            let here = here.iter().zip(&is_it).filter(|(_, is_it)| **is_it);
            let of_message: Vec<bool> =
                here.map(|(plek, _)| messages.contains(&plek.bron)).collect();
            let of_message = Series::new(OF_MESSAGE.into(), of_message).into_column();
            computing(rows.with_column(of_message).map(|_| ()), DECLARATIES.label)?;
            Ok(rows)
        };
        if !plekken.is_empty() {
            let files = store.base(DECLARATIES.name)?;
            side_by_side(&files, &[], stop, work, |rows| add(&mut frame, rows))?;
        }
        Self::of(store, &DECLARATIES, frame, true)
    }

    fn of(
        store: &Store,
        table: &'static Table,
        mut frame: DataFrame,
        is_kruis: bool,
    ) -> Result<Self> {
        frame.rechunk_mut();
        let plekken = computing(plekken(&frame), "de afgekeurde regels")?;
        let mut op_plek: BTreeMap<Plek, Vec<usize>> = BTreeMap::new();
        for (at, plek) in plekken.iter().enumerate() {
            op_plek.entry(plek.clone()).or_default().push(at);
        }
        let mut op_referentie: BTreeMap<Referentie, Vec<usize>> = BTreeMap::new();
        for (at, referentie) in referenties(&frame).into_iter().enumerate() {
            if let Some(referentie) = referentie {
                op_referentie.entry(referentie).or_default().push(at);
            }
        }
        let mut vervangen = vec![None; plekken.len()];
        let is_of = |one: &&Vervanging| one.tabel == table.name && one.kruis == is_kruis;
        for one in store.vervangen().iter().filter(is_of) {
            let rows = op_plek.get(&Plek::new(&one.bron, one.regel));
            if let Some(at) = rows.and_then(|rows| rows.get(one.nummer as usize)) {
                vervangen[*at] = Some(Plek::new(&one.door_bron, one.door_regel));
            }
        }
        let elders = BTreeMap::new();
        Ok(Self { table, is_kruis, frame, plekken, vervangen, op_plek, op_referentie, elders })
    }

    /// The open row with the AGB code and reference of a mended row, when there is one and no more.
    pub(super) fn by_reference(
        &self,
        typed: &TypedTable<'_>,
        row: usize,
        is_taken: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let rows = self.op_referentie.get(&referentie(typed, row)?)?;
        let mut open = rows.iter().filter(|at| self.vervangen[**at].is_none() && !is_taken(**at));
        let first = open.next()?;
        open.next().is_none().then_some(*first)
    }

    /// True for rows of this table.
    pub(super) fn is_of(&self, table: &str) -> bool {
        self.table.name == table
    }

    /// Rejected rows at a place.
    pub(super) fn at(&self, plek: &Plek) -> &[usize] {
        self.op_plek.get(plek).map_or(&[], Vec::as_slice)
    }

    /// What came in the place of a row.
    pub(super) fn vervangen(&self, at: usize) -> Option<&Plek> {
        self.vervangen[at].as_ref()
    }

    /// The accepted line with the AGB code and reference of a mended row, both debits or both credits.
    pub(super) fn elsewhere(&self, typed: &TypedTable<'_>, row: usize) -> Option<Plek> {
        let is_credit = typed.texts("debet_credit")?[row].as_deref() == Some("C");
        self.elders.get(&(referentie(typed, row)?, is_credit)).cloned()
    }

    /// That a rejected row has another in its place.
    pub(super) fn replaced(&self, at: usize, door: &Plek) -> Vervanging {
        let plek = &self.plekken[at];
        let same = self.at(plek);
        let nummer = same.iter().position(|other| *other == at).unwrap_or_default();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let bedrag = self.frame.column("bedrag_ct").and_then(Column::i64).ok();
        let bedrag = bedrag.filter(|_| self.table.name == DECLARATIES.name);
        Vervanging {
            tabel: self.table.name.to_owned(),
            bron: plek.bron.clone(),
            regel: plek.regel,
            nummer: number(nummer),
            samen: number(same.len()),
            door_bron: door.bron.clone(),
            door_regel: door.regel,
            bedrag_ct: bedrag.and_then(|amounts| amounts.get(at)),
            kruis: self.is_kruis,
        }
    }
}

/// Adds rows with the same columns.
fn add(frame: &mut DataFrame, rows: DataFrame) -> Result<()> {
    if frame.width() == 0 {
        *frame = rows;
        return Ok(());
    }
    computing(frame.vstack_mut(&rows).map(|_| ()), "de afgekeurde regels")
}

/// The files that are messages.
fn of_messages(store: &Store) -> BTreeSet<String> {
    let read = store.manifest.bestanden.iter().filter(|entry| entry.sha256.len() >= 16);
    let messages = read.filter(|entry| entry.lezing.format.starts_with("iJw"));
    messages.map(|entry| entry.sha256[..16].to_owned()).collect()
}

fn plekken(frame: &DataFrame) -> PolarsResult<Vec<Plek>> {
    if frame.width() == 0 {
        return Ok(Vec::new());
    }
    let (bron, regel) = (frame.column("bron")?.str()?, frame.column("regel")?.i64()?);
    let plek = |at: usize| {
        let regel = regel.get(at).unwrap_or_default().cast_unsigned();
        Plek::new(bron.get(at).unwrap_or_default(), regel)
    };
    Ok((0..frame.height()).map(plek).collect())
}

/// AGB code and reference per row; none where the table has no such columns.
fn referenties(frame: &DataFrame) -> Vec<Option<Referentie>> {
    let text = |name: &str| frame.column(name).and_then(Column::str).ok();
    let (Some(agb), Some(nummer)) = (text("agb"), text("referentienummer")) else {
        return Vec::new();
    };
    let pair = |at: usize| Some((agb.get(at)?.to_owned(), nummer.get(at)?.to_owned()));
    (0..frame.height()).map(pair).collect()
}

fn referentie(typed: &TypedTable<'_>, row: usize) -> Option<Referentie> {
    let text = |name: &str| typed.texts(name)?[row].as_deref().map(str::to_owned);
    Some((text("agb")?, text("referentienummer")?))
}

/// Accepted declaraties with one of these references that were not rejected after all; of several the first by file and
/// line.
fn elders(
    store: &Store,
    table: &Table,
    wanted: &BTreeMap<Referentie, Vec<usize>>,
    kruis: &BTreeSet<Plek>,
    stop: &AtomicBool,
) -> Result<BTreeMap<(Referentie, bool), Plek>> {
    let mut out: BTreeMap<(Referentie, bool), Plek> = BTreeMap::new();
    if wanted.is_empty() || table.name != DECLARATIES.name {
        return Ok(out);
    }
    let columns = ["agb", "referentienummer", "debet_credit", "bron", "regel"];
    let work = |_: usize, frame: &DataFrame| {
        let marks = computing(frame.column("debet_credit").and_then(Column::str), table.label)?;
        let plekken = computing(plekken(frame), table.label)?;
        let rows = referenties(frame).into_iter().enumerate();
        let found = rows.filter_map(|(at, referentie)| {
            let referentie = referentie.filter(|one| wanted.contains_key(one))?;
            let plek = plekken[at].clone();
            (!kruis.contains(&plek)).then(|| ((referentie, marks.get(at) == Some("C")), plek))
        });
        Ok(found.collect::<Vec<_>>())
    };
    side_by_side(&store.base(table.name)?, &columns, stop, work, |found| {
        for (key, plek) in found {
            let known = out.entry(key).or_insert_with(|| plek.clone());
            if plek < *known {
                *known = plek;
            }
        }
        Ok(())
    })?;
    Ok(out)
}
