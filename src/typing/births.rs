//! A birth date becomes a year and the quarter of turning eighteen; the day is gone when this is done.

use std::borrow::Cow;

use chrono::Datelike;

use crate::period::Kwartaal;
use crate::rejects::Rule;
use crate::typing::cells::{self, DayOrder};
use crate::typing::columns::ColumnReader;
use crate::typing::rules::MS212;

/// Years, and quarters.
type Births<'r> = (Vec<Option<i64>>, Vec<Option<Cow<'r, str>>>);

/// Years of birth, and the quarters in which these children turn eighteen; a year alone tells no quarter.
pub(super) fn births<'r>(reader: &mut ColumnReader<'r>) -> Births<'r> {
    let read = reader.dates(birth).into_iter();
    read.map(|birth| match birth {
        Some((year, quarter)) => (Some(year), quarter.map(Cow::Owned)),
        None => (None, None),
    })
    .unzip()
}

/// The year of a birth date, and the quarter of the eighteenth birthday. Nothing else of the date is kept.
fn birth(cell: &[u8], order: DayOrder) -> Result<(i64, Option<String>), &'static Rule> {
    if let (4, Some(year)) = (cell.len(), cells::digits(cell, 2199)) {
        return Ok((year, None));
    }
    let date = cells::date(cell, order).map_err(|_| &MS212)?;
    let date = cells::date_of(date).ok_or(&MS212)?;
    let year = i64::from(date.year());
    let quarter = Kwartaal::of(date).to_string();
    // "2008-K1" without its year; a leap day stays in its quarter.
    let wordt_18 = quarter.split_once('-').map(|(_, k)| format!("{}-{k}", year + 18));
    Ok((year, wordt_18))
}
