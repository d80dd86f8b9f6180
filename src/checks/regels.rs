//! Declaraties as the rules across rows see them: walked in slices, found again by row number.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use anyhow::Result;
use polars::prelude::{DataFrame, Int64Chunked, StringChunked, PolarsResult, Column, Int32Chunked};

use crate::dataset::parquet::{computing, for_each_slice};

/// The columns a rule across rows may compare.
const COLUMNS: &[&str] = &[
    "gemeente", "agb", "client", "referentienummer", "vorig_referentienummer", "toewijzingnummer", "productcategorie",
    "productcode", "periode_begin", "periode_eind", "volume_milli", "eenheid", "tarief_ct", "bedrag_ct", "debet_credit",
    "dagtekening", "identificatie", "declaratienummer", "bron", "regel",
];

/// A declaratie, borrowed from a slice. Empty text stands for null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regel<'a> {
    /// Position over all base files, from 0.
    pub row: u32,
    pub gemeente: &'a str,
    pub agb: &'a str,
    pub client: i64,
    pub referentienummer: &'a str,
    pub vorig: &'a str,
    pub toewijzingnummer: &'a str,
    pub productcategorie: &'a str,
    pub productcode: &'a str,
    pub periode_begin: i32,
    pub periode_eind: i32,
    pub volume_milli: i64,
    pub eenheid: &'a str,
    pub tarief_ct: i64,
    pub bedrag_ct: i64,
    pub is_credit: bool,
    pub dagtekening: i32,
    pub identificatie: &'a str,
    pub declaratienummer: &'a str,
    pub bron: &'a str,
    pub regel: i64,
}

/// A declaratie that is kept while others are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub row: u32,
    pub gemeente: String,
    pub agb: String,
    pub client: i64,
    pub referentienummer: String,
    pub vorig: String,
    pub toewijzingnummer: String,
    pub productcategorie: String,
    pub productcode: String,
    pub periode: (i32, i32),
    pub volume_milli: i64,
    pub eenheid: String,
    pub tarief_ct: i64,
    pub bedrag_ct: i64,
    pub is_credit: bool,
    pub dagtekening: i32,
    pub identificatie: String,
    pub bron: String,
    pub regel: i64,
}

impl Regel<'_> {
    /// Names the line among those of its aanbieder (OP283); `None` without a referentienummer.
    pub fn referentie_key(&self) -> Option<u64> {
        (!self.referentienummer.is_empty()).then(|| key(&(self.agb, self.referentienummer)))
    }

    /// The line a credit takes back.
    pub fn vorig_key(&self) -> Option<u64> {
        (!self.vorig.is_empty()).then(|| key(&(self.agb, self.vorig)))
    }

    /// What may be declared once (TR416): client, toewijzing, product and period.
    pub fn prestatie_key(&self) -> Option<u64> {
        (!self.toewijzingnummer.is_empty() && !self.is_credit).then(|| {
            let product = (self.productcategorie, self.productcode, self.periode_begin, self.periode_eind);
            key(&(self.client, self.gemeente, self.toewijzingnummer, product))
        })
    }

    /// A copy that outlives the slice.
    pub fn keep(&self) -> Kept {
        Kept {
            row: self.row,
            gemeente: self.gemeente.to_owned(),
            agb: self.agb.to_owned(),
            client: self.client,
            referentienummer: self.referentienummer.to_owned(),
            vorig: self.vorig.to_owned(),
            toewijzingnummer: self.toewijzingnummer.to_owned(),
            productcategorie: self.productcategorie.to_owned(),
            productcode: self.productcode.to_owned(),
            periode: (self.periode_begin, self.periode_eind),
            volume_milli: self.volume_milli,
            eenheid: self.eenheid.to_owned(),
            tarief_ct: self.tarief_ct,
            bedrag_ct: self.bedrag_ct,
            is_credit: self.is_credit,
            dagtekening: self.dagtekening,
            identificatie: self.identificatie.to_owned(),
            bron: self.bron.to_owned(),
            regel: self.regel,
        }
    }
}

impl Kept {
    /// Which of two equal lines stays: the earlier dagtekening, then the lower file hash and line. It does not
    /// depend on the order in which files were offered.
    pub fn precedence(&self) -> (i32, &str, i64) {
        (self.dagtekening, &self.bron, self.regel)
    }
}

/// A 64-bit key; hits are compared exactly afterwards.
pub fn key(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Walks over all declaraties of the base tables.
pub fn walk(files: &[PathBuf], mut visit: impl FnMut(&Regel<'_>)) -> Result<u32> {
    let mut row = 0;
    for file in files {
        for_each_slice(file, COLUMNS, |frame| {
            let slice = computing(Slice::of(frame), "de regels over rijen heen")?;
            for index in 0..frame.height() {
                visit(&slice.regel(index, row));
                row += 1;
            }
            Ok(())
        })?;
    }
    Ok(row)
}

/// Fetches whole lines by row number. `rows` must be sorted.
pub fn fetch(files: &[PathBuf], rows: &[u32]) -> Result<BTreeMap<u32, Kept>> {
    let mut out = BTreeMap::new();
    if rows.is_empty() {
        return Ok(out);
    }
    walk(files, |regel| {
        if rows.binary_search(&regel.row).is_ok() {
            out.insert(regel.row, regel.keep());
        }
    })?;
    Ok(out)
}

/// Typed access to the columns of one slice.
struct Slice<'f> {
    texts: Vec<&'f StringChunked>,
    ints: Vec<&'f Int64Chunked>,
    dates: Vec<&'f Int32Chunked>,
}

impl<'f> Slice<'f> {
    fn of(frame: &'f DataFrame) -> PolarsResult<Self> {
        let text = |name: &str| frame.column(name).and_then(Column::str);
        let int = |name: &str| frame.column(name).and_then(Column::i64);
        let date = |name: &str| Ok::<_, polars::error::PolarsError>(frame.column(name)?.date()?.physical());
        let texts = [
            "gemeente", "agb", "referentienummer", "vorig_referentienummer", "toewijzingnummer", "productcategorie",
            "productcode", "eenheid", "debet_credit", "identificatie", "declaratienummer", "bron",
        ];
        let ints = ["client", "volume_milli", "tarief_ct", "bedrag_ct", "regel"];
        let dates = ["periode_begin", "periode_eind", "dagtekening"];
        Ok(Self {
            texts: texts.into_iter().map(text).collect::<PolarsResult<_>>()?,
            ints: ints.into_iter().map(int).collect::<PolarsResult<_>>()?,
            dates: dates.into_iter().map(date).collect::<PolarsResult<_>>()?,
        })
    }

    fn regel(&self, index: usize, row: u32) -> Regel<'f> {
        let text = |at: usize| self.texts[at].get(index).unwrap_or_default();
        let int = |at: usize| self.ints[at].get(index).unwrap_or_default();
        let date = |at: usize| self.dates[at].get(index).unwrap_or(i32::MAX);
        Regel {
            row,
            gemeente: text(0),
            agb: text(1),
            client: int(0),
            referentienummer: text(2),
            vorig: text(3),
            toewijzingnummer: text(4),
            productcategorie: text(5),
            productcode: text(6),
            periode_begin: date(0),
            periode_eind: date(1),
            volume_milli: int(1),
            eenheid: text(7),
            tarief_ct: int(2),
            bedrag_ct: int(3),
            is_credit: text(8) == "C",
            dagtekening: date(2),
            identificatie: text(9),
            declaratienummer: text(10),
            bron: text(11),
            regel: int(4),
        }
    }
}
