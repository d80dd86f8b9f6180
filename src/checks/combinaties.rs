//! From combinations of values that are wrong to the lines that have them.

use polars::prelude::{DataFrame, LazyFrame, PolarsResult};

use crate::checks::stroom::{Batch, columns, right_is_smaller, text};
use crate::checks::treffers::Treffers;
use crate::rejects::{Reject, Rule, excerpt};
use crate::schema::DECLARATIES;

/// The lines of these combinations; `verwacht` says what they should be.
pub(super) fn with_lines(declaraties: LazyFrame, wanted: LazyFrame, key: &[&str]) -> LazyFrame {
    declaraties.select(columns(&[key, &["bedrag_ct", "bron", "regel"]].concat())).join(
        wanted,
        columns(key),
        columns(key),
        right_is_smaller(),
    )
}

/// Adds a hit per line.
pub(super) fn push_lines(
    frame: &DataFrame,
    (rule, column): (&'static Rule, &str),
    found: impl Fn(usize) -> String,
    hits: &mut Treffers,
) -> PolarsResult<()> {
    let batch = Batch(frame);
    let (bron, regel, bedrag) =
        (batch.texts("bron")?, batch.ints("regel")?, batch.ints("bedrag_ct")?);
    let verwacht = batch.texts("verwacht")?;
    for row in 0..frame.height() {
        let line = regel.get(row).unwrap_or_default().cast_unsigned();
        let hit = Reject {
            table: DECLARATIES.name.to_owned(),
            column: column.to_owned(),
            found: excerpt(&found(row)),
            expected: excerpt(text(verwacht, row)),
            bedrag_ct: bedrag.get(row),
            ..Reject::new(rule, text(bron, row), line)
        };
        hits.add(rule, hit);
    }
    Ok(())
}
