//! Lines on a toewijzing in the order of the care, until it is too much.
//!
//! Enters: lines of toewijzingen of which the sum is too high. Leaves: hits on the lines from which it is.

use polars::prelude::{DataFrame, PolarsResult};

use crate::checks::cumulatief::{TR322, TR369};
use crate::checks::koppeling_regels::volume;
use crate::checks::omvang::{MINUUT, UUR};
use crate::checks::stroom::{Batch, text};
use crate::checks::texts::Texts;
use crate::checks::treffers::Treffers;
use crate::dutch::euro_ct;
use crate::rejects::{Reject, Rule};
use crate::schema::DECLARATIES;

/// A toewijzing of which the sum is too high.
#[derive(Debug)]
pub(super) struct Over {
    /// Unit of the toewijzing.
    pub(super) eenheid: String,
    /// The most that may be declared, in thousandths; of hours as minutes.
    pub(super) allowed_milli: Option<i64>,
    /// The same in eurocents.
    pub(super) budget_ct: Option<i64>,
}

/// Volume as it adds up: on a toewijzing in hours as minutes; another unit than the toewijzing's does not count.
pub(super) fn in_unit_milli(volume_milli: i64, declared: &str, granted: &str) -> i64 {
    match (declared, granted) {
        (UUR, UUR) => volume_milli * 60,
        (one, other) if one == other || (one, other) == (MINUUT, UUR) => volume_milli,
        _ => 0,
    }
}

/// What is needed of a line to add it up in its place.
pub(super) const LINE: &[&str] =
    &["periode_begin", "dagtekening", "bron", "regel", "volume_milli", "eenheid", "bedrag_ct"];

/// The lines on toewijzingen that are over.
#[derive(Debug, Default)]
pub(super) struct Lines {
    bronnen: Texts,
    rows: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    positie: usize,
    /// Month of care, day of declaring.
    when: (i32, i32),
    bron: u32,
    regel: i64,
    volume_milli: i64,
    bedrag_ct: i64,
}

impl Lines {
    /// These lines of a slice, each with its position in `over`.
    pub(super) fn of(
        frame: &DataFrame,
        over: &[Over],
        rows: impl Iterator<Item = (usize, usize)>,
    ) -> PolarsResult<Self> {
        let batch = Batch(frame);
        let (begin, dagtekening) = (batch.dates("periode_begin")?, batch.dates("dagtekening")?);
        let (bron, eenheid) = (batch.texts("bron")?, batch.texts("eenheid")?);
        let (volume, bedrag) = (batch.ints("volume_milli")?, batch.ints("bedrag_ct")?);
        let regel = batch.ints("regel")?;
        let mut out = Self::default();
        for (row, at) in rows {
            let volume_milli = volume.get(row).unwrap_or_default();
            out.rows.push(Line {
                positie: at,
                when: (
                    begin.physical().get(row).unwrap_or_default(),
                    dagtekening.physical().get(row).unwrap_or(i32::MAX),
                ),
                bron: out.bronnen.number(text(bron, row)),
                regel: regel.get(row).unwrap_or_default(),
                volume_milli: in_unit_milli(volume_milli, text(eenheid, row), &over[at].eenheid),
                bedrag_ct: bedrag.get(row).unwrap_or_default(),
            });
        }
        Ok(out)
    }

    /// Adds those of another slice.
    pub(super) fn add(&mut self, other: Self) {
        let bronnen = self.bronnen.numbers_of(&other.bronnen);
        let rows = other.rows.into_iter();
        self.rows.extend(rows.map(|line| Line { bron: bronnen[line.bron as usize], ..line }));
    }

    /// Adds up in the order of the care; which line goes over does not depend on the order of the files.
    pub(super) fn judge(mut self, over: &[Over], hits: &mut Treffers) {
        let bronnen = &self.bronnen;
        self.rows.sort_by(|a, b| {
            let key = |l: &Line| (l.positie, l.when);
            let place = |l: &Line| (bronnen.text(l.bron), l.regel);
            (key(a), place(a)).cmp(&(key(b), place(b)))
        });
        for of_one in self.rows.chunk_by(|a, b| a.positie == b.positie) {
            let limit = &over[of_one[0].positie];
            let (mut milli, mut ct) = (0_i64, 0_i64);
            for line in of_one {
                milli += line.volume_milli;
                ct += line.bedrag_ct;
                if let Some(most) =
                    limit.allowed_milli.filter(|m| milli > *m && line.volume_milli > 0)
                {
                    let per = if limit.eenheid == UUR { 60 } else { 1 };
                    let texts = [milli / per, most / per].map(volume);
                    hits.add(&TR322, line.hit(&TR322, bronnen, "volume_milli", texts));
                }
                if let Some(most) = limit.budget_ct.filter(|most| ct > *most && line.bedrag_ct > 0)
                {
                    let texts = [ct, most].map(euro_ct);
                    hits.add(&TR369, line.hit(&TR369, bronnen, "bedrag_ct", texts));
                }
            }
        }
    }
}

impl Line {
    fn hit(
        &self,
        rule: &'static Rule,
        bronnen: &Texts,
        column: &str,
        [found, most]: [String; 2],
    ) -> Reject {
        Reject {
            table: DECLARATIES.name.to_owned(),
            column: column.to_owned(),
            found: format!("tot en met deze regel {found}"),
            expected: format!("hooguit {most}"),
            bedrag_ct: Some(self.bedrag_ct),
            ..Reject::new(rule, bronnen.text(self.bron), self.regel.cast_unsigned())
        }
    }
}
