//! Declaraties against the newest version of their toewijzing: each line, and all lines on one together.
//!
//! Enters: both derived tables. Leaves: hits. One walk over the lines per part of the toewijzingen serves both. Lines of another
//! client than the toewijzing are for TR304 and not judged here.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use polars::prelude::{
    DataFrame, DateChunked, Int64Chunked, PolarsResult, StringChunked, polars_err,
};

use crate::checks::cumulatief::Overs;
use crate::checks::koppeling_regels::{CHECKS, Paar};
use crate::checks::regels::CHUNK;
use crate::checks::ronde::Hit;
use crate::checks::stroom::{Batch, text};
use crate::checks::toegekend::{Deel, Toegekenden};
use crate::checks::treffers::Treffers;
use crate::dataset::parquet::computing;
use crate::dataset::slices::{Part, side_by_side_where};
use crate::rejects::{Reject, excerpt};
use crate::schema::DECLARATIES;

/// Columns of a declaratie that are held against the toewijzing.
const COLUMNS: &[&str] = &[
    "gemeente",
    "toewijzingnummer",
    "client",
    "identificatie",
    "productcategorie",
    "productcode",
    "periode_begin",
    "periode_eind",
    "volume_milli",
    "eenheid",
    "bedrag_ct",
    "bron",
    "regel",
];

/// Judges every declaratie that has a toewijzing.
pub(super) fn check(
    declaraties: &Path,
    toewijzingen: &Path,
    stop: &AtomicBool,
    hits: &mut Treffers,
) -> Result<()> {
    let files = [declaraties.to_path_buf()];
    let mut overs = Overs::default();
    for deel in Deel::all(toewijzingen)? {
        let toegekend = Toegekenden::load(toewijzingen, deel, stop)?;
        let work = |first: usize, frame: &DataFrame| {
            computing(judge(first, frame, &toegekend), "de declaraties bij hun toewijzing")
        };
        let names_one = |part: &Part<'_>| part.has_any("toewijzingnummer");
        let mut lines = Vec::new();
        side_by_side_where(&files, COLUMNS, stop, names_one, work, |found| {
            found.hits.into_iter().for_each(|(rule, hit)| hits.add(rule, hit));
            lines.extend(found.lines);
            Ok(())
        })?;
        overs.take(&toegekend, &lines);
    }
    overs.report(declaraties, stop, hits)
}

/// What a slice says.
#[derive(Default)]
struct Found {
    hits: Vec<Hit>,
    /// Row number of every line with a toewijzing, and the position of that.
    lines: Vec<(u32, u32)>,
}

/// Judges the lines of a slice, and adds them to what is declared on their toewijzingen.
fn judge(first: usize, frame: &DataFrame, toegekend: &Toegekenden) -> PolarsResult<Found> {
    let regels = Regels::of(frame)?;
    let number =
        |n: usize| u32::try_from(n).map_err(|_| polars_err!(ComputeError: "te veel regels"));
    let mut out = Found::default();
    for begin in (0..frame.height()).step_by(CHUNK) {
        let end = frame.height().min(begin + CHUNK);
        let named: Vec<_> = (begin..end).map(|row| regels.named(row)).collect();
        for (line, at) in toegekend.find_all(&named) {
            regels.judge(begin + line, toegekend, at, &mut out.hits);
            out.lines.push((number(first + begin + line)?, number(at)?));
        }
    }
    Ok(out)
}

/// The columns of a slice.
struct Regels<'f> {
    gemeente: &'f StringChunked,
    nummer: &'f StringChunked,
    client: &'f Int64Chunked,
    identificatie: &'f StringChunked,
    categorie: &'f StringChunked,
    code: &'f StringChunked,
    eenheid: &'f StringChunked,
    volume_milli: &'f Int64Chunked,
    bedrag_ct: &'f Int64Chunked,
    periode: [&'f DateChunked; 2],
    bron: &'f StringChunked,
    regel: &'f Int64Chunked,
}

impl<'f> Regels<'f> {
    fn of(frame: &'f DataFrame) -> PolarsResult<Self> {
        let batch = Batch(frame);
        Ok(Self {
            gemeente: batch.texts("gemeente")?,
            nummer: batch.texts("toewijzingnummer")?,
            client: batch.ints("client")?,
            identificatie: batch.texts("identificatie")?,
            categorie: batch.texts("productcategorie")?,
            code: batch.texts("productcode")?,
            eenheid: batch.texts("eenheid")?,
            volume_milli: batch.ints("volume_milli")?,
            bedrag_ct: batch.ints("bedrag_ct")?,
            periode: [batch.dates("periode_begin")?, batch.dates("periode_eind")?],
            bron: batch.texts("bron")?,
            regel: batch.ints("regel")?,
        })
    }

    /// Gemeente, number and client of the toewijzing a line names.
    fn named(&self, row: usize) -> Option<(&'f str, &'f str, i64)> {
        Some((self.gemeente.get(row)?, self.nummer.get(row)?, self.client.get(row)?))
    }

    /// Judges a line against its toewijzing.
    fn judge(&self, row: usize, toegekend: &Toegekenden, at: usize, hits: &mut Vec<Hit>) {
        let volume_milli = self.volume_milli.get(row).unwrap_or_default();
        let bedrag_ct = self.bedrag_ct.get(row);
        let eenheid = text(self.eenheid, row);
        toegekend.declare(at, volume_milli, eenheid, bedrag_ct.unwrap_or_default());
        let paar = self.paar(row, toegekend, at);
        for check in CHECKS {
            let Some((found, expected)) = (check.breaks)(&paar) else { continue };
            let line = self.regel.get(row).unwrap_or_default().cast_unsigned();
            let hit = Reject {
                table: DECLARATIES.name.to_owned(),
                column: check.column.to_owned(),
                found: excerpt(&found),
                expected: excerpt(&expected),
                bedrag_ct,
                ..Reject::new(check.rule, text(self.bron, row), line)
            };
            hits.push((check.rule, hit));
        }
    }

    fn paar<'p>(&self, row: usize, toegekend: &'p Toegekenden, at: usize) -> Paar<'p>
    where
        'f: 'p,
    {
        let one = toegekend.get(at);
        let [categorie, code, eenheid] = toegekend.product(one);
        let day = |values: &DateChunked| values.physical().get(row).unwrap_or_default();
        Paar {
            is_message: self.identificatie.get(row).is_some(),
            categorie: [text(self.categorie, row), categorie],
            code: [text(self.code, row), code],
            eenheid: [text(self.eenheid, row), eenheid],
            volume_milli: [self.volume_milli.get(row), one.volume_milli],
            periode: self.periode.map(day).into(),
            ingangsdatum: one.ingangsdatum.unwrap_or(i32::MIN),
            einddatum: one.einddatum,
            frequentie: toegekend.frequentie(one),
        }
    }
}
