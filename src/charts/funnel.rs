//! Rates of peers against their size, with what chance gives at each size.
//!
//! Enters: [`Funnel`] with its limits computed by the caller. Leaves: shapes and a description. A small
//! peer may differ more by chance than a large one: that is what the narrowing lines show. A hidden rate
//! is not drawn; nothing depends on it.

use anyhow::ensure;

use crate::charts::bars::{HIDDEN, decimals_of};
use crate::charts::canvas::{Anchor, Canvas, Point};
use crate::charts::funnel_key::meanings;
use crate::charts::funnel_labels::{Name, Obstacles, place_names};
use crate::charts::funnel_plane::{Plane, clipped, plane_of};
use crate::charts::marks::{self, or};
use crate::charts::theme::{ACCENT, AXIS, INK, LABEL, MARGIN, MUTED, REST, SMALL_LABEL, WIDTH};
use crate::charts::{ChartKind, Drawn, Kind, ensure_finite, font, words};
use crate::dutch;

/// How a funnel is drawn.
pub const KIND: ChartKind = ChartKind {
    name: "trechter",
    question: "Wie verschilt meer van de andere dan toeval verklaart?",
    draw: |kind, canvas, top| match kind {
        Kind::Funnel(funnel) => Some(draw(funnel, canvas, top)),
        _ => None,
    },
};

/// Radius of a dot.
pub(crate) const DOT: f64 = 4.2;
/// Widest name at a dot.
const NAME_MAX: f64 = 210.0;

/// Rates against size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Funnel {
    /// What runs along x: `jeugdigen`.
    pub x_label: String,
    /// What runs along y: `nieuwe maatwerkovereenkomsten per 10.000 jeugdigen`.
    pub y_label: String,
    /// What a dot is, in the plural: `gemeenten`.
    pub dots_label: String,
    /// How x runs; logarithmic when the largest is more than some twenty times the smallest.
    pub x_scale: XScale,
    /// The horizontal line, as a rate.
    pub reference: f64,
    /// Its name at the right end: `regio`.
    pub reference_label: String,
    /// Pairs of limits, narrowest first.
    pub limits: Vec<Limits>,
    /// What the dashed limits are, when there are any: `grenzen zonder verbreding`.
    pub unadjusted_label: String,
    /// What a hollow dot is; `klein aantal` when empty.
    pub small_label: String,
    /// What a square is; `opvallend` when empty.
    pub outside_label: String,
    /// What a diamond is; `uitgelicht` when empty.
    pub highlight_label: String,
    /// The dots; their order does not matter.
    pub dots: Vec<FunnelDot>,
}

/// How the x axis of a funnel runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum XScale {
    /// Evenly, from zero.
    #[default]
    Linear,
    /// By ratio; every x must be above zero.
    Log,
}

/// A lower and an upper limit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// Name at the right end of both: `95%`.
    pub name: String,
    /// Thick instead of thin.
    pub thick: bool,
    /// x, lower and upper limit as rates; x rises. Thirty or more points give smooth lines.
    pub points: Vec<(f64, f64, f64)>,
    /// The same without widening for overdispersion, dashed; empty when there is no widening.
    pub unadjusted: Vec<(f64, f64, f64)>,
}

/// One peer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FunnelDot {
    /// Its name.
    pub name: String,
    /// Its size.
    pub x: f64,
    /// Its rate; `None` is a hidden value, and then nothing of this dot is drawn.
    pub y: Option<f64>,
    /// The rate as written behind the name and in the text alternative; when empty the rate itself.
    pub text: String,
    /// Hollow: a small number.
    pub small: bool,
    /// Named in the figure: outside the 95% limits.
    pub label: bool,
    /// The one the finding is about: a diamond with a bold name.
    pub highlight: bool,
}

impl FunnelDot {
    fn written(&self, decimals: u8) -> String {
        let rate = self.y.map_or_else(|| HIDDEN.to_owned(), |y| dutch::decimal(y, decimals));
        if self.text.is_empty() || self.y.is_none() { rate } else { self.text.clone() }
    }
}

impl Funnel {
    /// Dots with a rate.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (&FunnelDot, f64)> {
        self.dots.iter().filter_map(|dot| Some((dot, dot.y?)))
    }

    fn decimals(&self) -> u8 {
        decimals_of(self.shown().map(|(_, y)| y))
    }
}

fn draw(funnel: &Funnel, canvas: &mut Canvas, top: f64) -> anyhow::Result<Drawn> {
    check(funnel)?;
    if funnel.shown().next().is_none() {
        return Ok(marks::nothing(canvas, top));
    }
    let top = marks::key(canvas, top, &meanings(funnel));
    let plane = plane_of(funnel, canvas, top);
    let mut lines = draw_limits(funnel, canvas, &plane);
    let (from, to) =
        ((plane.left, plane.y(funnel.reference)), (plane.right, plane.y(funnel.reference)));
    canvas.line(&[from, to], INK, 1.5);
    lines.push((from, to));
    plane.end_names(funnel, canvas);
    draw_dots(funnel, canvas, &plane);
    let n_unnamed = name_dots(funnel, canvas, &plane, lines);
    let notes = notes(funnel, n_unnamed);
    let mut bottom = plane.below;
    for note in &notes {
        let lines = font::wrap(note, AXIS, WIDTH - 2.0 * MARGIN);
        bottom = canvas.lines((MARGIN, bottom + 6.0), Anchor::Start, AXIS, &lines);
    }
    Ok(Drawn { bottom, desc: describe(funnel, &notes) })
}

fn check(funnel: &Funnel) -> anyhow::Result<()> {
    let limits = funnel.limits.iter().flat_map(|limits| [&limits.points, &limits.unadjusted]);
    let of_limits: Vec<f64> =
        limits.clone().flatten().flat_map(|(x, low, high)| [*x, *low, *high]).collect();
    let of_dots: Vec<f64> = funnel.shown().flat_map(|(dot, y)| [dot.x, y]).collect();
    let values = || of_limits.iter().chain(&of_dots).copied().chain([funnel.reference]);
    ensure_finite(values())?;
    ensure!(values().all(|value| value >= 0.0), "een trechter kent geen waarden onder nul");
    for points in limits {
        ensure!(
            points.windows(2).all(|pair| pair[0].0 < pair[1].0),
            "de grenzen van een trechter moeten van links naar rechts oplopen"
        );
        ensure!(
            points.iter().all(|(_, low, high)| low <= high),
            "een ondergrens van een trechter ligt boven de bovengrens"
        );
        let log_fits = funnel.x_scale == XScale::Linear || points.iter().all(|point| point.0 > 0.0);
        ensure!(log_fits, "op een logaritmische as is nul geen plaats");
    }
    let log_fits = funnel.x_scale == XScale::Linear || funnel.shown().all(|(dot, _)| dot.x > 0.0);
    ensure!(log_fits, "op een logaritmische as is nul geen plaats");
    Ok(())
}

/// Draws the limits; gives the lines that no name may cross.
fn draw_limits(funnel: &Funnel, canvas: &mut Canvas, plane: &Plane) -> Vec<(Point, Point)> {
    let mut drawn = Vec::new();
    let sides = [|p: &(f64, f64, f64)| (p.0, p.1), |p: &(f64, f64, f64)| (p.0, p.2)];
    for limits in &funnel.limits {
        for (points, dashed) in [(&limits.unadjusted, true), (&limits.points, false)] {
            for side in sides {
                let side: Vec<Point> = points.iter().map(side).collect();
                for part in clipped(&side, plane.y_high) {
                    let path: Vec<Point> = part.iter().map(|point| plane.at(*point)).collect();
                    let thickness = if limits.thick { 2.5 } else { 1.25 };
                    if dashed {
                        canvas.dashed_path(&path, MUTED, (thickness * 0.8, 4.0));
                    } else {
                        canvas.line(&path, MUTED, thickness);
                    }
                    drawn.extend(path.windows(2).map(|pair| (pair[0], pair[1])));
                }
            }
        }
    }
    drawn
}

/// The highlighted dots last, so that nothing lies over them.
fn draw_dots(funnel: &Funnel, canvas: &mut Canvas, plane: &Plane) {
    for highlighted in [false, true] {
        for (dot, y) in funnel.shown().filter(|(dot, _)| dot.highlight == highlighted) {
            let at = plane.at((dot.x, y));
            match (dot.highlight, dot.label, dot.small) {
                (true, _, small) => marks::diamond(canvas, at, 5.0, small),
                (false, true, small) => marks::square(canvas, at, DOT, (ACCENT, small)),
                (false, false, true) => marks::ring(canvas, at, DOT, REST),
                (false, false, false) => marks::dot(canvas, at, DOT, REST),
            }
        }
    }
}

/// Names the dots that ask for it, the highlighted and the farthest from the line first.
fn name_dots(
    funnel: &Funnel,
    canvas: &mut Canvas,
    plane: &Plane,
    lines: Vec<(Point, Point)>,
) -> usize {
    let around = |(x, y): Point, r: f64| [x - r, y - r, x + r, y + r];
    let radius = |dot: &FunnelDot| if dot.highlight { 8.0 } else { DOT + 1.0 };
    let dots = funnel.shown().map(|(dot, y)| around(plane.at((dot.x, y)), radius(dot))).collect();
    let obstacles = Obstacles { dots, lines, frame: plane.frame() };
    let mut wanted: Vec<(&FunnelDot, f64)> =
        funnel.shown().filter(|(dot, _)| dot.label || dot.highlight).collect();
    let far = |y: f64| (y - funnel.reference).abs();
    wanted.sort_by(|(a, y), (b, z)| {
        let rank = b.highlight.cmp(&a.highlight).then(far(*z).total_cmp(&far(*y)));
        rank.then_with(|| a.name.cmp(&b.name))
    });
    let small = if wanted.len() > 8 { SMALL_LABEL } else { LABEL };
    let names = wanted.into_iter().map(|(dot, y)| {
        let face = if dot.highlight { small.bold() } else { small };
        let rate = dot.written(funnel.decimals());
        let room = NAME_MAX - font::width(&rate, face) - 14.0;
        let name = font::fit(&dot.name, face, room, 1).concat();
        Name {
            at: plane.at((dot.x, y)),
            radius: radius(dot),
            text: format!("{name} ({rate})"),
            face,
        }
    });
    place_names(canvas, &names.collect::<Vec<_>>(), obstacles)
}

fn notes(funnel: &Funnel, n_unnamed: usize) -> Vec<String> {
    let unnamed = (n_unnamed > 0).then(|| {
        let what = words::counted(n_unnamed, "stip staat", "stippen staan");
        format!("{what} zonder naam in de figuur; zie de tabel.")
    });
    let hidden = words::hidden(funnel.dots.len() - funnel.shown().count())
        .map(|hidden| format!("{hidden} en niet getekend."));
    unnamed.into_iter().chain(hidden).collect()
}

fn describe(funnel: &Funnel, notes: &[String]) -> String {
    let shown: Vec<(&FunnelDot, f64)> = funnel.shown().collect();
    let decimals = funnel.decimals();
    let named = |dot: &FunnelDot| words::named(&dot.name, &dot.written(decimals));
    let all = |keep: fn(&FunnelDot) -> bool| -> Vec<String> {
        shown.iter().filter(|(dot, _)| keep(dot)).map(|(dot, _)| named(dot)).collect()
    };
    let dots = or(&funnel.dots_label, "stippen");
    let mut said = vec![
        format!(
            "Trechterdiagram met {}: {} tegen {}",
            words::counted(shown.len(), dots, dots),
            funnel.y_label,
            funnel.x_label
        ),
        format!(
            "De lijn {} ligt op {}",
            or(&funnel.reference_label, "in het midden"),
            dutch::decimal(funnel.reference, 1)
        ),
    ];
    let values = shown.iter().map(|(dot, y)| (*y, named(dot)));
    said.extend(words::extremes(&values.collect::<Vec<_>>()));
    let highlighted = all(|dot| dot.highlight);
    let labelled = all(|dot| dot.label);
    // The same names twice tell nothing.
    let labelled = if labelled == highlighted { Vec::new() } else { labelled };
    for (what, names) in [
        ("Uitgelicht", highlighted),
        ("Met naam in de figuur", labelled),
        (or(&funnel.small_label, "Klein aantal"), all(|dot| dot.small)),
    ] {
        if !names.is_empty() {
            said.push(format!("{what}: {}", dutch::list(&names)));
        }
    }
    said.extend(notes.iter().map(|note| note.trim_end_matches('.').to_owned()));
    words::sentences(&said)
}
