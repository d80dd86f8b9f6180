//! The chart of a sheet: of Excel itself where Excel has such a chart, else the picture.
//!
//! Enters: a sheet with its figure. Leaves: the chart beside or below the table. Does not know values.

use rust_xlsxwriter::{Image, ObjectMovement, Worksheet};

use crate::charts;
use crate::report::document::{FigureBlock, Table};
use crate::report::workbook::plan::Sheet;
use crate::report::workbook::{alt, body, native, widths};

/// A wider table has its chart below it: beside it nobody would see it, and print would become too small.
const WIDE: f64 = 75.0;

/// Space between table and chart, in pixels.
const GAP: u32 = 24;

/// True when the chart of this table stands below it.
pub(super) fn is_below(table: &Table) -> bool {
    widths::whole(table) > WIDE
}

/// Puts the chart on its sheet.
///
/// # Errors
/// When the picture cannot be made: a mistake of this program.
pub(super) fn insert(
    worksheet: &mut Worksheet,
    sheet: &Sheet<'_>,
    figure: &FigureBlock,
) -> anyhow::Result<()> {
    let (row, column, x, y) = if is_below(&sheet.table) {
        (body::FIRST + u32::try_from(sheet.table.rows.len())?, 0, 0, GAP)
    } else {
        (body::FIRST, body::last_column(&sheet.table) + 1, GAP, 0)
    };
    let text = alt::of(figure);
    if let Some(mut chart) = native::chart(sheet, figure) {
        chart.set_alt_text(text).set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
        chart.set_name(figure.stem());
        worksheet.insert_chart_with_offset(row, column, &chart, x, y)?;
        return Ok(());
    }
    let (width, height) = figure.figure().size();
    let picture = Image::new_from_buffer(&charts::png(figure.figure())?)?
        .set_scale_to_size(width, height, true)
        .set_alt_text(text)
        .set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    worksheet.insert_image_with_offset(row, column, &picture, x, y)?;
    Ok(())
}
