//! The messages (JW323) of the derived declaraties, one after another.
//!
//! Enters: both derived tables. Leaves: what rules make of the messages in each slice. Lines of exports are in no message: slices
//! without one are not read, and in a slice only the columns that name a message.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use polars::prelude::{DataFrame, PolarsResult};

use crate::checks::stroom::{Batch, text};
use crate::dataset::manifest::Uitkomst;
use crate::dataset::parquet::computing;
use crate::dataset::slices::{Part, side_by_side_where};

const COLUMNS: [&str; 7] =
    ["agb", "identificatie", "dagtekening", "declaratienummer", "bron", "regel", "bedrag_ct"];

/// Lines of one message that follow each other: all of it, or a piece when it goes on in another slice or table. Empty text
/// stands for null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bericht<'f> {
    pub(super) agb: &'f str,
    pub(super) identificatie: &'f str,
    pub(super) dagtekening: i32,
    pub(super) declaratienummer: &'f str,
    pub(super) bron: &'f str,
    /// The message was in another file before.
    pub(super) is_again: bool,
    /// Lowest line.
    pub(super) regel: i64,
    /// Cents of all lines.
    pub(super) bedrag_ct: i64,
    /// Some line was not refused by an answer.
    pub(super) is_used: bool,
}

/// Walks past the messages of both tables, what counts and what does not. `work` sees the messages of a slice, side by side with
/// other slices; `take` gets what it made, in the order of the lines.
pub(super) fn walk<T: Send>(
    [declaraties, others]: [&Path; 2],
    stop: &AtomicBool,
    work: impl Fn(&[Bericht<'_>]) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let made =
        |_: usize, slice: &DataFrame| Ok(work(&computing(berichten(slice), "de berichten")?));
    let is_needed = |part: &Part<'_>| part.has_any("identificatie");
    let with_outcome = [COLUMNS.as_slice(), &["uitkomst"]].concat();
    for (path, columns) in [(declaraties, COLUMNS.as_slice()), (others, with_outcome.as_slice())] {
        side_by_side_where(&[path.to_path_buf()], columns, stop, is_needed, made, &mut take)?;
    }
    Ok(())
}

/// The messages in a slice.
fn berichten(slice: &DataFrame) -> PolarsResult<Vec<Bericht<'_>>> {
    let batch = Batch(slice);
    let (agb, bron) = (batch.texts("agb")?, batch.texts("bron")?);
    let identificatie = batch.texts("identificatie")?;
    let nummer = batch.texts("declaratienummer")?;
    let dagtekening = batch.dates("dagtekening")?.physical();
    let (regel, bedrag) = (batch.ints("regel")?, batch.ints("bedrag_ct")?);
    // Only of lines that do not count it says why.
    let uitkomst = batch.texts("uitkomst").ok();
    let mut out: Vec<Bericht<'_>> = Vec::new();
    for row in 0..slice.height() {
        let Some(identificatie) = identificatie.get(row) else { continue };
        let uitkomst = uitkomst.map_or("", |values| text(values, row));
        let one = Bericht {
            agb: text(agb, row),
            identificatie,
            dagtekening: dagtekening.get(row).unwrap_or(i32::MAX),
            declaratienummer: text(nummer, row),
            bron: text(bron, row),
            is_again: uitkomst == Uitkomst::DubbelBericht.name(),
            regel: regel.get(row).unwrap_or_default(),
            bedrag_ct: bedrag.get(row).unwrap_or_default(),
            is_used: uitkomst != Uitkomst::Afgewezen.name(),
        };
        match out.last_mut() {
            Some(last) if last.is_of(&one) => last.add(&one),
            _ => out.push(one),
        }
    }
    Ok(out)
}

impl Bericht<'_> {
    /// True for lines of one message in one file.
    fn is_of(&self, other: &Self) -> bool {
        let names = |one: &Self| (one.dagtekening, one.is_again);
        names(self) == names(other)
            && self.identificatie == other.identificatie
            && self.declaratienummer == other.declaratienummer
            && self.agb == other.agb
            && self.bron == other.bron
    }

    fn add(&mut self, other: &Self) {
        self.regel = self.regel.min(other.regel);
        self.bedrag_ct += other.bedrag_ct;
        self.is_used |= other.is_used;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_message_are_one_and_anything_else_begins_another() {
        let one = Bericht {
            agb: "01234567",
            identificatie: "7",
            dagtekening: 20_000,
            declaratienummer: "D7",
            bron: "a",
            is_again: false,
            regel: 5,
            bedrag_ct: 100,
            is_used: false,
        };
        let others = [
            Bericht { agb: "76543210", ..one },
            Bericht { identificatie: "8", ..one },
            Bericht { dagtekening: 20_001, ..one },
            Bericht { declaratienummer: "", ..one },
            Bericht { bron: "b", ..one },
            Bericht { is_again: true, ..one },
        ];
        assert!(others.iter().all(|other| !one.is_of(other)));
        let next = Bericht { regel: 3, bedrag_ct: -30, is_used: true, ..one };
        assert!(one.is_of(&next));
        let mut both = one;
        both.add(&next);
        assert_eq!(both, Bericht { regel: 3, bedrag_ct: 70, is_used: true, ..one });
    }
}
