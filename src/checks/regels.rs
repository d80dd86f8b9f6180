//! Declaraties as the rules across rows see them: walked in slices, found again by row number.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};
use std::path::PathBuf;

use anyhow::Result;
use polars::prelude::{Column, DataFrame, Int32Chunked, Int64Chunked, PolarsResult, StringChunked};

use crate::dataset::parquet::{computing, for_each_slice, n_rows};

/// The columns a rule across rows may compare.
const COLUMNS: &[&str] = &[
    "gemeente",
    "agb",
    "client",
    "referentienummer",
    "vorig_referentienummer",
    "toewijzingnummer",
    "productcategorie",
    "productcode",
    "periode_begin",
    "periode_eind",
    "volume_milli",
    "eenheid",
    "tarief_ct",
    "bedrag_ct",
    "debet_credit",
    "dagtekening",
    "identificatie",
    "declaratienummer",
    "bron",
    "regel",
];

/// A declaratie, borrowed from a slice. Empty text stands for null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_field_names, reason = "the column it comes from has this name")]
pub(super) struct Regel<'a> {
    /// Position over all base files, from 0.
    pub(super) row: u32,
    pub(super) gemeente: &'a str,
    pub(super) agb: &'a str,
    pub(super) client: i64,
    pub(super) referentienummer: &'a str,
    pub(super) vorig: &'a str,
    pub(super) toewijzingnummer: &'a str,
    pub(super) productcategorie: &'a str,
    pub(super) productcode: &'a str,
    pub(super) periode_begin: i32,
    pub(super) periode_eind: i32,
    pub(super) volume_milli: i64,
    pub(super) eenheid: &'a str,
    pub(super) tarief_ct: i64,
    pub(super) bedrag_ct: i64,
    pub(super) is_credit: bool,
    pub(super) dagtekening: i32,
    pub(super) identificatie: &'a str,
    pub(super) declaratienummer: &'a str,
    pub(super) bron: &'a str,
    pub(super) regel: i64,
}

/// A declaratie that is kept while others are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) row: u32,
    pub(super) gemeente: String,
    pub(super) agb: String,
    pub(super) client: i64,
    pub(super) referentienummer: String,
    pub(super) vorig: String,
    pub(super) toewijzingnummer: String,
    pub(super) productcategorie: String,
    pub(super) productcode: String,
    pub(super) periode: (i32, i32),
    pub(super) volume_milli: i64,
    pub(super) eenheid: String,
    pub(super) tarief_ct: i64,
    pub(super) bedrag_ct: i64,
    pub(super) is_credit: bool,
    pub(super) dagtekening: i32,
    pub(super) identificatie: String,
    pub(super) bron: String,
    pub(super) regel: i64,
}

impl Regel<'_> {
    /// Names the line among those of its aanbieder (OP283); `None` without a referentienummer.
    pub(super) fn referentie_key(&self) -> Option<u64> {
        (!self.referentienummer.is_empty()).then(|| key(&(self.agb, self.referentienummer)))
    }

    /// The line a credit takes back.
    pub(super) fn vorig_key(&self) -> Option<u64> {
        (!self.vorig.is_empty()).then(|| key(&(self.agb, self.vorig)))
    }

    /// What the line is about: client, toewijzing, product and period (TR416).
    pub(super) fn product_key(&self) -> u64 {
        let product =
            (self.productcategorie, self.productcode, self.periode_begin, self.periode_eind);
        key(&(self.client, self.gemeente, self.toewijzingnummer, product))
    }

    /// A copy that outlives the slice.
    pub(super) fn keep(&self) -> Kept {
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
    pub(super) fn precedence(&self) -> (i32, &str, i64) {
        (self.dagtekening, &self.bron, self.regel)
    }
}

/// A 64-bit key; hits are compared exactly afterwards.
pub(super) fn key(value: &impl Hash) -> u64 {
    foldhash::quality::FixedState::with_seed(0).hash_one(value)
}

/// A hasher for what is a hash already.
#[derive(Default)]
pub(super) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only `u64` keys are used; anything else still gets a hash.
        self.0 = key(&bytes);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A map by [`key`].
pub(super) type KeyMap<T> = HashMap<u64, T, BuildHasherDefault<Same>>;

/// Number of declaraties in the base tables.
pub(super) fn count(files: &[PathBuf]) -> Result<usize> {
    files.iter().map(|file| n_rows(file)).sum()
}

/// Walks over all declaraties of the base tables.
pub(super) fn walk(files: &[PathBuf], mut visit: impl FnMut(&Regel<'_>)) -> Result<u32> {
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

/// Walks over the lines that came in a message: agb, identificatie, dagtekening, bron.
pub(super) fn walk_messages(
    files: &[PathBuf],
    mut visit: impl FnMut(&str, &str, i32, &str),
) -> Result<()> {
    for file in files {
        for_each_slice(file, &["agb", "identificatie", "dagtekening", "bron"], |frame| {
            let columns = || -> PolarsResult<_> {
                let text = |name: &str| frame.column(name).and_then(Column::str);
                let date = frame.column("dagtekening")?.date()?.physical();
                Ok((text("agb")?, text("identificatie")?, date, text("bron")?))
            };
            let (agb, identificatie, dagtekening, bron) =
                computing(columns(), "de dubbele berichten")?;
            for row in 0..frame.height() {
                if let Some(identificatie) = identificatie.get(row) {
                    let agb = agb.get(row).unwrap_or_default();
                    let dagtekening = dagtekening.get(row).unwrap_or(i32::MAX);
                    visit(agb, identificatie, dagtekening, bron.get(row).unwrap_or_default());
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Walks over the toewijzing of every line: row number, gemeente, number.
pub(super) fn walk_toewijzingen(
    files: &[PathBuf],
    mut visit: impl FnMut(u32, &str, &str),
) -> Result<()> {
    let mut row = 0;
    for file in files {
        for_each_slice(file, &["gemeente", "toewijzingnummer"], |frame| {
            let text = |name: &str| frame.column(name).and_then(Column::str);
            let columns =
                || -> PolarsResult<_> { Ok((text("gemeente")?, text("toewijzingnummer")?)) };
            let (gemeente, nummer) = computing(columns(), "de toewijzingen")?;
            for index in 0..frame.height() {
                visit(
                    row,
                    gemeente.get(index).unwrap_or_default(),
                    nummer.get(index).unwrap_or_default(),
                );
                row += 1;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Fetches whole lines by row number. `rows` must be sorted.
pub(super) fn fetch(files: &[PathBuf], rows: &[u32]) -> Result<BTreeMap<u32, Kept>> {
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
        let date = |name: &str| {
            Ok::<_, polars::error::PolarsError>(frame.column(name)?.date()?.physical())
        };
        let texts = [
            "gemeente",
            "agb",
            "referentienummer",
            "vorig_referentienummer",
            "toewijzingnummer",
            "productcategorie",
            "productcode",
            "eenheid",
            "debet_credit",
            "identificatie",
            "declaratienummer",
            "bron",
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
