//! Rows of a chart with a name at the left and words at the right, and the axis under them.
//!
//! Enters: the texts of the rows. Leaves: where each row lies and what is left in the middle for marks.
//! Does not know the marks.

use crate::charts::axis;
use crate::charts::canvas::{Anchor, Canvas};
use crate::charts::font;
use crate::charts::funnel_plane::names_below;
use crate::charts::theme::{AXIS, GRID, LABEL, MARGIN, MUTED, SMALL_LABEL, Type, WIDTH};
use crate::dutch;

/// Widest column of names.
const NAME_MAX: f64 = 220.0;
/// Widest column of values.
const VALUE_MAX: f64 = 130.0;
/// Widest column of remarks: with room for two lines, and with room for one.
const NOTE_MAX: [f64; 2] = [118.0, 140.0];
/// From here on rows are set smaller, so that forty fit on a page.
const MANY: usize = 20;
/// Length of the hatched stub of a hidden value.
const STUB: f64 = 28.0;

/// What a row says beside its marks.
pub(crate) struct RowText {
    /// Name at the left.
    pub(crate) name: String,
    /// The value as written.
    pub(crate) value: String,
    /// A remark at the right.
    pub(crate) note: String,
    /// Bold: the row asks for attention.
    pub(crate) bold: bool,
}

/// Where the rows lie.
pub(crate) struct Rows {
    /// Left edge of the marks.
    pub(crate) left: f64,
    /// Right edge of the marks.
    pub(crate) right: f64,
    /// Top of the first row.
    pub(crate) top: f64,
    /// Bottom of the last row.
    pub(crate) bottom: f64,
    /// Middle of each row.
    pub(crate) middles: Vec<f64>,
    /// Size of the marks against those of few rows.
    pub(crate) size: f64,
    /// Lowest and highest value with a place.
    range: (f64, f64),
    ticks: Vec<f64>,
}

impl Rows {
    /// Place of a value; what lies outside the axis is put at its end.
    pub(crate) fn x(&self, value: f64) -> f64 {
        let part = (value - self.range.0) / (self.range.1 - self.range.0);
        self.left + part.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// Highest value with a place.
    pub(crate) fn highest(&self) -> f64 {
        self.range.1
    }

    /// Hatched, at a fixed place: there is a value, but it is not shown.
    pub(crate) fn hidden(&self, canvas: &mut Canvas, middle: f64) {
        let half = 8.0 * self.size;
        canvas.hatched((self.left, middle - half), (self.left + STUB, middle + half));
    }

    /// Names the ticks and the axis; gives the bottom.
    pub(crate) fn axis(&self, canvas: &mut Canvas, unit: &str) -> f64 {
        let decimals = axis::decimals(&self.ticks);
        let places: Vec<(f64, String)> = self
            .ticks
            .iter()
            .map(|tick| (self.x(*tick), dutch::decimal(*tick, decimals)))
            .collect();
        for (x, _) in &places {
            canvas.line(&[(*x, self.bottom), (*x, self.bottom + 4.0)], MUTED, 1.0);
        }
        names_below(canvas, &places, self.bottom);
        let lines = font::fit(unit, AXIS, WIDTH - 2.0 * MARGIN, 2);
        let widest = lines.iter().map(|line| font::width(line, AXIS)).fold(0.0, f64::max);
        // Right-aligned with the axis as long as it stays on the sheet.
        let right = self.right.max(MARGIN + widest);
        canvas.lines((right, self.bottom + 22.0), Anchor::End, AXIS, &lines)
    }
}

/// Sizes that depend on the number of rows.
struct Measures {
    face: Type,
    pitch: f64,
    lines: usize,
    note: f64,
    size: f64,
}

impl Measures {
    fn of(n_rows: usize) -> Self {
        if n_rows > MANY {
            Self { face: SMALL_LABEL, pitch: 19.0, lines: 1, note: NOTE_MAX[1], size: 0.75 }
        } else {
            Self { face: LABEL, pitch: 30.0, lines: 2, note: NOTE_MAX[0], size: 1.0 }
        }
    }
}

/// Texts cut to lines that fit their columns.
struct Fitted {
    name: Vec<String>,
    value: String,
    note: Vec<String>,
    face: Type,
}

/// The columns of words: their texts and where they stand.
struct Columns {
    rows: Vec<Fitted>,
    head: Vec<String>,
    name_right: f64,
    value_left: f64,
    value_right: f64,
    note_left: f64,
}

fn columns_of(rows: &[RowText], head: &str, measures: &Measures) -> Columns {
    let bold = measures.face.bold();
    let fitted: Vec<Fitted> = rows
        .iter()
        .map(|row| Fitted {
            name: font::fit(&row.name, bold, NAME_MAX, measures.lines),
            value: font::fit(&row.value, bold, VALUE_MAX, 1).concat(),
            note: font::fit(&row.note, bold, measures.note, measures.lines),
            face: if row.bold { bold } else { measures.face },
        })
        .collect();
    let widest = |texts: &mut dyn Iterator<Item = &String>| {
        texts.map(|text| font::width(text, bold)).fold(0.0, f64::max)
    };
    let head = font::fit(head, AXIS, VALUE_MAX, 2);
    let heads = head.iter().map(|line| font::width(line, AXIS)).fold(0.0, f64::max);
    let names = widest(&mut fitted.iter().flat_map(|row| &row.name));
    let values = widest(&mut fitted.iter().map(|row| &row.value)).max(heads);
    let notes = widest(&mut fitted.iter().flat_map(|row| &row.note));
    let note_left = WIDTH - MARGIN - notes;
    let value_right = if notes > 0.0 { note_left - 12.0 } else { WIDTH - MARGIN };
    Columns {
        rows: fitted,
        head,
        name_right: MARGIN + names,
        value_left: value_right - values,
        value_right,
        note_left,
    }
}

/// Lays out the rows, writes their texts and draws the grid. `range` is what the axis has to hold, `head`
/// stands above the values and `whole` keeps the ticks whole.
pub(crate) fn lay_rows(
    canvas: &mut Canvas,
    top: f64,
    rows: &[RowText],
    range: (f64, f64),
    (head, whole): (&str, bool),
) -> Rows {
    let measures = Measures::of(rows.len());
    let columns = columns_of(rows, head, &measures);
    let below_head =
        canvas.lines((columns.value_right, top), Anchor::End, AXIS, &columns.head) + 2.0;
    let ticks = axis::linear(range.0, range.1, 4.0, whole);
    let mut laid = Rows {
        left: columns.name_right + 14.0,
        right: columns.value_left - 14.0,
        top: below_head,
        bottom: below_head,
        middles: Vec::new(),
        size: measures.size,
        range: (ticks[0], ticks[ticks.len() - 1]),
        ticks,
    };
    for row in &columns.rows {
        let n_lines = row.name.len().max(row.note.len());
        let height = measures.pitch.max(n_lines as f64 * row.face.leading() + 6.0);
        let middle = laid.bottom + height / 2.0;
        let top_of = |n: usize| middle - n as f64 * row.face.leading() / 2.0;
        let name_at = (columns.name_right + 2.0, top_of(row.name.len()));
        canvas.lines(name_at, Anchor::End, row.face, &row.name);
        let value_at = (columns.value_right, middle + row.face.size * 0.36);
        canvas.text(value_at, Anchor::End, row.face, &row.value);
        let note_at = (columns.note_left, top_of(row.note.len()));
        canvas.lines(note_at, Anchor::Start, row.face, &row.note);
        laid.middles.push(middle);
        laid.bottom += height;
    }
    grid(canvas, &laid);
    laid
}

fn grid(canvas: &mut Canvas, rows: &Rows) {
    for tick in &rows.ticks {
        let x = rows.x(*tick);
        canvas.line(&[(x, rows.top), (x, rows.bottom)], GRID, 1.0);
    }
    for middle in &rows.middles {
        canvas.line(&[(rows.left, *middle), (rows.right, *middle)], GRID, 0.75);
    }
    canvas.line(&[(rows.left, rows.bottom), (rows.right, rows.bottom)], MUTED, 1.0);
}
