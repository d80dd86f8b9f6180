//! Horizontal bars from zero.
//!
//! Enters: [`Bars`], sorted by the caller. Leaves: shapes and a description. A hidden value has a hatched
//! stub of fixed length; nothing drawn depends on it, as a bar length is a figure too.

use crate::charts::canvas::{Anchor, Canvas};
use crate::charts::theme::{
    ACCENT, AXIS, Colour, INK, LABEL, MARGIN, REST, SMALL_LABEL, Type, WHITE, WIDTH,
};
use crate::charts::{ChartKind, Drawn, Kind, ensure_finite, font, words};
use crate::dutch;

/// How bars are drawn.
pub const KIND: ChartKind = ChartKind {
    name: "staven",
    question: "Hoeveel, vergeleken met de andere?",
    draw: |kind, canvas, top| match kind {
        Kind::Bars(bars) => Some(draw(bars, canvas, top)),
        _ => None,
    },
};

/// What stands at a hidden bar.
pub const HIDDEN: &str = "onderdrukt";

/// Widest column of names.
const LABEL_MAX: f64 = 240.0;
/// Widest text at a bar.
const TEXT_MAX: f64 = 170.0;
/// Length of a hidden bar.
const STUB: f64 = 28.0;
/// Space between a bar and its text.
const GAP: f64 = 6.0;
/// From here on bars are set smaller, so that forty fit on a page.
const MANY: usize = 20;

/// Amounts side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bars {
    /// What is measured, in Dutch, for the text alternative: `overeenkomsten`, `euro`.
    pub unit: String,
    /// The bars in the order of drawing. A hidden bar between others tells between which values it
    /// lies: callers put hidden bars last or sort by name.
    pub bars: Vec<Bar>,
    /// What the tick across a bar means, when bars have one: `aandeel in cliënten`.
    pub marker_label: String,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// Name at the left.
    pub label: String,
    /// Length; `None` is a hidden value.
    pub value: Option<f64>,
    /// Value as written at the bar; when empty the value itself. Not used when the value is hidden.
    pub text: String,
    /// True for what the finding is about.
    pub highlight: bool,
    /// A second value, shown as a tick across the bar; not shown when the value is hidden.
    pub marker: Option<f64>,
}

impl Bar {
    /// A plain bar.
    pub fn new(label: &str, value: Option<f64>, text: &str) -> Self {
        Self { label: label.to_owned(), value, text: text.to_owned(), ..Self::default() }
    }

    fn written(&self, decimals: u8) -> String {
        match self.value {
            None => HIDDEN.to_owned(),
            Some(value) if self.text.is_empty() => dutch::decimal(value, decimals),
            Some(_) => self.text.clone(),
        }
    }

    /// The ends of what is drawn: zero, the value and the tick.
    fn extent(&self) -> (f64, f64) {
        let Some(value) = self.value else { return (0.0, 0.0) };
        let marker = self.marker.unwrap_or(0.0);
        (value.min(marker).min(0.0), value.max(marker).max(0.0))
    }
}

/// Decimals of values that have no text of their own: none when all are whole, otherwise one.
pub(crate) fn decimals_of(values: impl IntoIterator<Item = f64>) -> u8 {
    u8::from(values.into_iter().any(|value| value.fract() != 0.0))
}

impl Bars {
    fn decimals(&self) -> u8 {
        decimals_of(self.bars.iter().filter_map(|bar| bar.value))
    }
}

/// Sizes that depend on the number of bars.
#[derive(Clone, Copy)]
struct Measures {
    face: Type,
    thickness: f64,
    pitch: f64,
    label_lines: usize,
}

/// Where zero lies and how long one unit is.
#[derive(Clone, Copy)]
struct Scale {
    zero: f64,
    per_unit: f64,
}

impl Scale {
    fn x(self, value: f64) -> f64 {
        self.zero + value * self.per_unit
    }
}

fn draw(bars: &Bars, canvas: &mut Canvas, top: f64) -> anyhow::Result<Drawn> {
    ensure_finite(bars.bars.iter().flat_map(|bar| [bar.value, bar.marker]).flatten())?;
    if bars.bars.is_empty() {
        let text = "Er zijn geen waarden om te tonen.";
        canvas.text((MARGIN, top + LABEL.size), Anchor::Start, LABEL, text);
        return Ok(Drawn { bottom: top + LABEL.leading(), desc: text.to_owned() });
    }
    let measures = if bars.bars.len() > MANY {
        Measures { face: SMALL_LABEL, thickness: 13.0, pitch: 19.0, label_lines: 1 }
    } else {
        Measures { face: LABEL, thickness: 20.0, pitch: 29.0, label_lines: 2 }
    };
    let top = marker_key(bars, canvas, top);
    let labels: Vec<Vec<String>> = bars.bars.iter().map(|bar| label_lines(bar, measures)).collect();
    let widest = labels.iter().flatten().map(|line| font::width(line, measures.face.bold()));
    let left = MARGIN + widest.fold(0.0, f64::max) + 10.0;
    let scale = scale_of(bars, measures.face, left);
    let mut y = top;
    for (bar, label) in bars.bars.iter().zip(&labels) {
        let height = measures.pitch.max(label.len() as f64 * measures.face.leading() + 6.0);
        let colour =
            if bar.highlight || !bars.bars.iter().any(|bar| bar.highlight) { ACCENT } else { REST };
        let face = if bar.highlight { measures.face.bold() } else { measures.face };
        let middle = y + height / 2.0;
        let label_top = middle - label.len() as f64 * face.leading() / 2.0;
        canvas.lines((left - 10.0, label_top), Anchor::End, face, label);
        draw_bar(
            bar,
            canvas,
            scale,
            Row { middle, thickness: measures.thickness, face, colour, decimals: bars.decimals() },
        );
        y += height;
    }
    canvas.line(&[(scale.zero, top), (scale.zero, y)], INK, 1.0);
    Ok(Drawn { bottom: y, desc: describe(bars) })
}

/// Place and look of one bar.
struct Row {
    middle: f64,
    thickness: f64,
    face: Type,
    colour: Colour,
    decimals: u8,
}

fn draw_bar(bar: &Bar, canvas: &mut Canvas, scale: Scale, row: Row) {
    let (top, bottom) = (row.middle - row.thickness / 2.0, row.middle + row.thickness / 2.0);
    let baseline = row.middle + row.face.size * 0.36;
    let written = font::fit(&bar.written(row.decimals), row.face, TEXT_MAX, 1).concat();
    let Some(value) = bar.value else {
        canvas.hatched((scale.zero, top), (scale.zero + STUB, bottom));
        canvas.text((scale.zero + STUB + GAP, baseline), Anchor::Start, row.face, &written);
        return;
    };
    // A value that is not zero stays visible beside a huge one.
    let length = if value == 0.0 { 0.0 } else { (value * scale.per_unit).abs().max(1.5) };
    let end = scale.zero + length.copysign(value);
    if length > 0.0 {
        canvas.rect((scale.zero, top), (end, bottom), row.colour);
    }
    let (mut first, mut last) = (end.min(scale.zero), end.max(scale.zero));
    if let Some(marker) = bar.marker {
        let x = scale.x(marker);
        canvas.rect((x - 2.5, top - 3.0), (x + 2.5, bottom + 3.0), WHITE);
        canvas.rect((x - 1.25, top - 3.0), (x + 1.25, bottom + 3.0), INK);
        // The text stays at the bar unless the tick is in its way.
        let room = 2.0 * GAP + font::width(&written, row.face);
        if x + 2.5 > first - room && x - 2.5 < last + room {
            (first, last) = (first.min(x - 2.5), last.max(x + 2.5));
        }
    }
    if value < 0.0 {
        canvas.text((first - GAP, baseline), Anchor::End, row.face, &written);
    } else {
        canvas.text((last + GAP, baseline), Anchor::Start, row.face, &written);
    }
}

fn label_lines(bar: &Bar, measures: Measures) -> Vec<String> {
    font::fit(&bar.label, measures.face.bold(), LABEL_MAX, measures.label_lines)
}

fn scale_of(bars: &Bars, face: Type, left: f64) -> Scale {
    let decimals = bars.decimals();
    let room = |negative: bool| {
        bars.bars
            .iter()
            .filter(|bar| bar.value.is_some_and(|value| value < 0.0) == negative)
            .map(|bar| {
                let stub = if bar.value.is_none() { STUB } else { 0.0 };
                font::width(&bar.written(decimals), face.bold()).min(TEXT_MAX) + GAP + 3.0 + stub
            })
            .fold(0.0, f64::max)
    };
    let low = bars.bars.iter().map(|bar| bar.extent().0).fold(0.0, f64::min);
    let high = bars.bars.iter().map(|bar| bar.extent().1).fold(0.0, f64::max);
    let (room_left, room_right) = (room(true), room(false));
    let available = WIDTH - MARGIN - left - room_left - room_right;
    let per_unit = if high > low { available / (high - low) } else { 0.0 };
    Scale { zero: left + room_left - low * per_unit, per_unit }
}

/// Says what the tick across the bars means; gives the top of the bars.
fn marker_key(bars: &Bars, canvas: &mut Canvas, top: f64) -> f64 {
    if bars.marker_label.is_empty() || bars.bars.iter().all(|bar| bar.marker.is_none()) {
        return top;
    }
    canvas.rect((MARGIN + 2.0, top), (MARGIN + 4.5, top + 14.0), INK);
    let lines =
        font::fit(&format!("= {}", bars.marker_label), AXIS, WIDTH - 2.0 * MARGIN - 12.0, 2);
    canvas.lines((MARGIN + 12.0, top - 1.0), Anchor::Start, AXIS, &lines).max(top + 14.0) + 8.0
}

fn describe(bars: &Bars) -> String {
    let known: Vec<(&Bar, f64)> =
        bars.bars.iter().filter_map(|bar| Some((bar, bar.value?))).collect();
    let unit = if bars.unit.is_empty() { String::new() } else { format!(", in {}", bars.unit) };
    let n_bars = i64::try_from(bars.bars.len()).expect("a chart has few bars");
    let mut said =
        vec![format!("Staafdiagram met {}{unit}", dutch::counted(n_bars, "staaf", "staven"))];
    let named = |(bar, _): &(&Bar, f64)| words::named(&bar.label, &bar.written(bars.decimals()));
    let values = known.iter().map(|one| (one.1, named(one)));
    said.extend(words::extremes(&values.collect::<Vec<_>>()));
    let marked: Vec<String> = known.iter().filter(|(bar, _)| bar.highlight).map(named).collect();
    if !marked.is_empty() {
        said.push(format!("Uitgelicht: {}", dutch::list(&marked)));
    }
    let n_hidden = bars.bars.len() - known.len();
    if n_hidden > 0 {
        let n_hidden = i64::try_from(n_hidden).expect("a chart has few bars");
        let is = dutch::plural(n_hidden, "is", "zijn");
        said.push(format!("{} {is} {HIDDEN}", dutch::counted(n_hidden, "waarde", "waarden")));
    }
    if !bars.marker_label.is_empty() {
        said.push(format!("Een streep door de staaf toont: {}", bars.marker_label));
    }
    words::sentences(&said)
}
