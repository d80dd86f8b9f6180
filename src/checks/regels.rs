//! Declaraties as the rules across rows see them: walked in slices, found again by row number.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hash};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use polars::prelude::{
    Column, DataFrame, Int32Chunked, Int64Chunked, PolarsDataType, PolarsError, PolarsResult,
    StringType, polars_err,
};

use crate::dataset::parquet::computing;
use crate::dataset::slices::{Part, side_by_side, side_by_side_where};

/// The columns with which a line is judged; a walk over all lines reads no more.
const JUDGED: &[&str] = &[
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
    "bedrag_ct",
    "debet_credit",
    "dagtekening",
    "identificatie",
    "bron",
    "regel",
];

/// What a line that is compared with others has besides.
const COMPARED: &[&str] = &["volume_milli", "eenheid", "tarief_ct"];

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
    pub(super) bedrag_ct: i64,
    pub(super) is_credit: bool,
    pub(super) dagtekening: i32,
    pub(super) identificatie: &'a str,
    pub(super) bron: &'a str,
    pub(super) regel: i64,
}

/// A declaratie that is kept while others are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) row: u32,
    /// From a file with mended rows.
    pub(super) is_hersteld: bool,
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

    /// The toewijzing the line names; `None` without one.
    pub(super) fn toewijzing_key(&self) -> Option<u64> {
        (!self.toewijzingnummer.is_empty()).then(|| key(&(self.gemeente, self.toewijzingnummer)))
    }

    /// A second hash of the same, as proof.
    pub(super) fn toewijzing_proof(&self) -> u64 {
        proof(&(self.gemeente, self.toewijzingnummer))
    }

    /// What the line is about: client, toewijzing, product and period (TR416).
    pub(super) fn product_key(&self) -> u64 {
        let product =
            (self.productcategorie, self.productcode, self.periode_begin, self.periode_eind);
        key(&(self.client, self.gemeente, self.toewijzingnummer, product))
    }
}

impl Kept {
    /// Which of two equal lines stays: the earlier dagtekening, then one that needed no mending, then the lower file hash
    /// and line. It does not depend on the order in which files were offered.
    pub(super) fn precedence(&self) -> (i32, bool, &str, i64) {
        (self.dagtekening, self.is_hersteld, &self.bron, self.regel)
    }
}

/// A 64-bit key; hits are compared exactly afterwards.
pub(super) fn key(value: &impl Hash) -> u64 {
    foldhash::quality::FixedState::with_seed(0).hash_one(value)
}

/// Another 64-bit key of the same: two values that share both do not occur.
pub(super) fn proof(value: &impl Hash) -> u64 {
    foldhash::quality::FixedState::with_seed(1).hash_one(value)
}

/// Walks over all declaraties of the base tables. `work` sees the lines of a slice, side by side with other slices;
/// `take` gets what it made, in the order of the lines.
pub(super) fn walk<T: Send>(
    files: &[PathBuf],
    stop: &AtomicBool,
    work: impl Fn(&Lines<'_>) -> T + Sync,
    mut take: impl FnMut(T),
) -> Result<()> {
    let work = |first: usize, frame: &DataFrame| {
        Ok(work(&computing(Lines::of(frame, first), "de regels over rijen heen")?))
    };
    side_by_side(files, JUDGED, stop, work, |made| {
        take(made);
        Ok(())
    })
}

/// Fetches whole lines by row number. `rows` must be sorted.
pub(super) fn fetch(
    files: &[PathBuf],
    rows: &[u32],
    stop: &AtomicBool,
) -> Result<BTreeMap<u32, Kept>> {
    let mut out = BTreeMap::new();
    if rows.is_empty() {
        return Ok(out);
    }
    let work = |first: usize, frame: &DataFrame| {
        let lines = computing(Lines::of(frame, first), "de regels over rijen heen")?;
        computing(lines.kept(frame, rows), "de regels over rijen heen")
    };
    // Most slices hold none of a few lines.
    let is_needed = |part: &Part<'_>| {
        let at = rows.partition_point(|row| (*row as usize) < part.rows().start);
        rows.get(at).is_some_and(|row| part.rows().contains(&(*row as usize)))
    };
    let columns = [JUDGED, COMPARED].concat();
    side_by_side_where(files, &columns, stop, is_needed, work, |kept| {
        out.extend(kept.into_iter().map(|line| (line.row, line)));
        Ok(())
    })?;
    Ok(out)
}

/// Texts of one column of one slice.
type Texts<'f> = &'f <StringType as PolarsDataType>::Array;

/// Lines that are looked up together: few enough to stay near the processor.
pub(super) const CHUNK: usize = 256;

/// Typed access to the lines of one slice.
pub(super) struct Lines<'f> {
    /// Number of the first over all base files.
    first: u32,
    n: usize,
    gemeente: Texts<'f>,
    agb: Texts<'f>,
    client: &'f Int64Chunked,
    referentienummer: Texts<'f>,
    vorig: Texts<'f>,
    toewijzingnummer: Texts<'f>,
    productcategorie: Texts<'f>,
    productcode: Texts<'f>,
    periode_begin: &'f Int32Chunked,
    periode_eind: &'f Int32Chunked,
    bedrag_ct: &'f Int64Chunked,
    debet_credit: Texts<'f>,
    dagtekening: &'f Int32Chunked,
    identificatie: Texts<'f>,
    bron: Texts<'f>,
    regel: &'f Int64Chunked,
}

impl<'f> Lines<'f> {
    fn of(frame: &'f DataFrame, first: usize) -> PolarsResult<Self> {
        let text =
            |name: &str| Ok::<_, PolarsError>(frame.column(name)?.str()?.downcast_as_array());
        let int = |name: &str| frame.column(name).and_then(Column::i64);
        let date = |name: &str| Ok::<_, PolarsError>(frame.column(name)?.date()?.physical());
        Ok(Self {
            first: u32::try_from(first).map_err(|_| polars_err!(ComputeError: "te veel regels"))?,
            n: frame.height(),
            gemeente: text("gemeente")?,
            agb: text("agb")?,
            client: int("client")?,
            referentienummer: text("referentienummer")?,
            vorig: text("vorig_referentienummer")?,
            toewijzingnummer: text("toewijzingnummer")?,
            productcategorie: text("productcategorie")?,
            productcode: text("productcode")?,
            periode_begin: date("periode_begin")?,
            periode_eind: date("periode_eind")?,
            bedrag_ct: int("bedrag_ct")?,
            debet_credit: text("debet_credit")?,
            dagtekening: date("dagtekening")?,
            identificatie: text("identificatie")?,
            bron: text("bron")?,
            regel: int("regel")?,
        })
    }

    /// Every line of the slice, a few hundred at a time.
    pub(super) fn chunks(&self) -> impl Iterator<Item = Vec<Regel<'f>>> {
        let begins = (0..self.n).step_by(CHUNK);
        begins.map(|at| (at..self.n.min(at + CHUNK)).map(|index| self.regel(index)).collect())
    }

    fn regel(&self, index: usize) -> Regel<'f> {
        let text = |texts: Texts<'f>| texts.get(index).unwrap_or_default();
        let int = |ints: &Int64Chunked| ints.get(index).unwrap_or_default();
        let date = |dates: &Int32Chunked| dates.get(index).unwrap_or(i32::MAX);
        Regel {
            row: self.row(index),
            gemeente: text(self.gemeente),
            agb: text(self.agb),
            client: int(self.client),
            referentienummer: text(self.referentienummer),
            vorig: text(self.vorig),
            toewijzingnummer: text(self.toewijzingnummer),
            productcategorie: text(self.productcategorie),
            productcode: text(self.productcode),
            periode_begin: date(self.periode_begin),
            periode_eind: date(self.periode_eind),
            bedrag_ct: int(self.bedrag_ct),
            is_credit: text(self.debet_credit) == "C",
            dagtekening: date(self.dagtekening),
            identificatie: text(self.identificatie),
            bron: text(self.bron),
            regel: int(self.regel),
        }
    }

    fn row(&self, index: usize) -> u32 {
        self.first + u32::try_from(index).expect("a slice is small")
    }

    /// Copies of those lines of the slice that are among `rows` (sorted), with what they are compared on.
    fn kept(&self, frame: &DataFrame, rows: &[u32]) -> PolarsResult<Vec<Kept>> {
        let volume_milli = frame.column("volume_milli")?.i64()?;
        let eenheid = frame.column("eenheid")?.str()?;
        let tarief_ct = frame.column("tarief_ct")?.i64()?;
        let begin = rows.partition_point(|row| *row < self.first);
        let wanted = rows[begin..].iter().map(|row| (*row - self.first) as usize);
        let kept = |index: usize| {
            let line = self.regel(index);
            Kept {
                row: line.row,
                is_hersteld: false,
                gemeente: line.gemeente.to_owned(),
                agb: line.agb.to_owned(),
                client: line.client,
                referentienummer: line.referentienummer.to_owned(),
                vorig: line.vorig.to_owned(),
                toewijzingnummer: line.toewijzingnummer.to_owned(),
                productcategorie: line.productcategorie.to_owned(),
                productcode: line.productcode.to_owned(),
                periode: (line.periode_begin, line.periode_eind),
                volume_milli: volume_milli.get(index).unwrap_or_default(),
                eenheid: eenheid.get(index).unwrap_or_default().to_owned(),
                tarief_ct: tarief_ct.get(index).unwrap_or_default(),
                bedrag_ct: line.bedrag_ct,
                is_credit: line.is_credit,
                dagtekening: line.dagtekening,
                identificatie: line.identificatie.to_owned(),
                bron: line.bron.to_owned(),
                regel: line.regel,
            }
        };
        Ok(wanted.take_while(|index| *index < self.n).map(kept).collect())
    }
}

/// Walks over the lines that came in a message: agb, identificatie, dagtekening, bron.
pub(super) fn walk_messages(
    files: &[PathBuf],
    stop: &AtomicBool,
    mut visit: impl FnMut(&str, &str, i32, &str),
) -> Result<()> {
    let work = |_: usize, frame: &DataFrame| computing(messages(frame), "de dubbele berichten");
    let columns = ["agb", "identificatie", "dagtekening", "bron"];
    // Exports have no messages.
    let is_needed = |part: &Part<'_>| part.has_any("identificatie");
    side_by_side_where(files, &columns, stop, is_needed, work, |found| {
        for (agb, identificatie, dagtekening, bron) in &found {
            visit(agb, identificatie, *dagtekening, bron);
        }
        Ok(())
    })
}

type Message = (String, String, i32, String);

/// The messages in a slice; lines of one message follow each other.
fn messages(frame: &DataFrame) -> PolarsResult<Vec<Message>> {
    let text = |name: &str| frame.column(name).and_then(Column::str);
    let mut out: Vec<Message> = Vec::new();
    let identificatie = text("identificatie")?;
    if identificatie.null_count() == frame.height() {
        return Ok(out);
    }
    let (agb, bron) = (text("agb")?, text("bron")?);
    let dagtekening = frame.column("dagtekening")?.date()?.physical();
    for row in 0..frame.height() {
        let Some(identificatie) = identificatie.get(row) else { continue };
        let (agb, bron) = (agb.get(row).unwrap_or_default(), bron.get(row).unwrap_or_default());
        let dagtekening = dagtekening.get(row).unwrap_or(i32::MAX);
        let is_last = out.last().is_some_and(|(a, i, d, b)| {
            (a.as_str(), i.as_str(), *d, b.as_str()) == (agb, identificatie, dagtekening, bron)
        });
        if !is_last {
            out.push((agb.to_owned(), identificatie.to_owned(), dagtekening, bron.to_owned()));
        }
    }
    Ok(out)
}

/// Row numbers of the lines with a toewijzing whose key of gemeente and number is among these.
pub(super) fn rows_of_toewijzingen(
    files: &[PathBuf],
    keys: &BTreeSet<u64>,
    stop: &AtomicBool,
) -> Result<Vec<u32>> {
    let mut out = Vec::new();
    let work = |first: usize, frame: &DataFrame| {
        computing(rows_among(frame, first, keys), "de regels over rijen heen")
    };
    let is_needed = |part: &Part<'_>| part.has_any("toewijzingnummer");
    let columns = ["gemeente", "toewijzingnummer"];
    side_by_side_where(files, &columns, stop, is_needed, work, |rows| {
        out.extend(rows);
        Ok(())
    })?;
    Ok(out)
}

fn rows_among(frame: &DataFrame, first: usize, keys: &BTreeSet<u64>) -> PolarsResult<Vec<u32>> {
    let (gemeente, nummer) =
        (frame.column("gemeente")?.str()?, frame.column("toewijzingnummer")?.str()?);
    let is_among = |row: &usize| {
        let key = |nummer: &str| key(&(gemeente.get(*row).unwrap_or_default(), nummer));
        nummer.get(*row).is_some_and(|nummer| keys.contains(&key(nummer)))
    };
    let number = |row: usize| u32::try_from(first + row);
    let rows: Result<Vec<u32>, _> = (0..frame.height()).filter(is_among).map(number).collect();
    rows.map_err(|_| polars_err!(ComputeError: "te veel regels"))
}
