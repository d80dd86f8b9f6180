//! Where everything on a strip plot stands: the scale, the swarm of dots, the names under it.
//!
//! Enters: rows of prices. Leaves: places. Draws nothing.

use crate::charts::canvas::Point;
use crate::charts::font;
use crate::charts::strip::{Strip, StripRow};
use crate::charts::theme::{LABEL, MARGIN, SMALL_LABEL, SOURCE, Type, WIDTH};

/// Smallest price with a place on the axis: less is written as € 0,00.
pub(crate) const HALF_CENT: f64 = 0.005;
/// Widest column of names.
const LABEL_MAX: f64 = 190.0;
/// The remark under a name.
pub(crate) const NOTE: Type = SOURCE;
/// Widest name of a flagged price.
const FLAG_MAX: f64 = 230.0;
/// Half the height in which the dots of a product lie.
pub(crate) const HALF: f64 = 16.0;
/// Height of one line of names under the dots.
pub(crate) const LANE: f64 = 14.0;
/// Most lines of names under the dots of one product.
const MAX_LANES: usize = 8;
/// Smallest radius of a dot.
const SMALLEST: f64 = 2.0;
/// Largest radius of a dot; smaller where a product has many, so that they stay apart.
const LARGEST: [(usize, f64); 3] = [(30, 7.0), (120, 5.0), (usize::MAX, 3.5)];
/// Below this ratio between the highest and the lowest price the axis is widened, so that small
/// differences look small.
const NARROWEST: f64 = 1.6;

/// The logarithmic scale.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Largest volume, and the radius of its dot.
    largest: (f64, f64),
}

impl Scale {
    pub(crate) fn x(&self, value: f64) -> f64 {
        let part = (value.ln() - self.low.ln()) / (self.high.ln() - self.low.ln());
        self.left + part * (self.right - self.left)
    }

    fn radius(&self, size: f64) -> f64 {
        let (volume, radius) = self.largest;
        let part = if volume > 0.0 { (size.max(0.0) / volume).min(1.0).sqrt() } else { 0.0 };
        SMALLEST + (radius - SMALLEST) * part
    }
}

/// A row laid out, before it is drawn.
pub(crate) struct Placed {
    pub(crate) label: Vec<String>,
    pub(crate) note: Vec<String>,
    pub(crate) dots: Vec<(Point, f64)>,
    pub(crate) flags: Vec<Flag>,
    pub(crate) n_lanes: usize,
    pub(crate) n_unnamed: usize,
}

/// A flagged price with the place of its name.
pub(crate) struct Flag {
    pub(crate) x: f64,
    pub(crate) radius: f64,
    pub(crate) name: String,
    /// Line of names, left edge of the name, and whether a line to the dot has a free way.
    pub(crate) place: Option<(usize, f64, bool)>,
}

/// The scale that holds every price; `None` without a price above zero.
pub(crate) fn scale_of(strip: &Strip) -> Option<Scale> {
    let dots = strip.rows.iter().flat_map(|row| &row.dots);
    let fixed = strip.rows.iter().flat_map(|row| [row.reference, row.median]).flatten();
    let values = dots.clone().map(|dot| dot.value).chain(fixed).filter(|value| *value >= HALF_CENT);
    let low = values.clone().reduce(f64::min)?;
    let high = values.reduce(f64::max)?;
    // Room at both ends; one single price stands in the middle of a range around it.
    let room = (high / low).powf(0.06).max((NARROWEST * low / high).sqrt());
    let most = strip.rows.iter().map(|row| row.dots.len()).max().unwrap_or_default();
    let (_, radius) =
        LARGEST.into_iter().find(|(n, _)| most <= *n).expect("the last takes any number");
    let label = |row: &StripRow| font::fit(&row.label, LABEL, LABEL_MAX, 2);
    let widest = strip.rows.iter().flat_map(label).map(|line| font::width(&line, LABEL));
    let notes = strip.rows.iter().flat_map(|row| font::fit(&row.note, NOTE, LABEL_MAX, 2));
    let widest = widest.chain(notes.map(|line| font::width(&line, NOTE)));
    Some(Scale {
        left: MARGIN + widest.fold(0.0, f64::max) + 16.0,
        right: WIDTH - MARGIN,
        low: low / room,
        high: high * room,
        largest: (dots.map(|dot| dot.size).fold(0.0, f64::max), radius),
    })
}

pub(crate) fn place(row: &StripRow, scale: Scale) -> Placed {
    let positive = || row.dots.iter().filter(|dot| dot.value >= HALF_CENT);
    let mut flags: Vec<Flag> = positive()
        .filter_map(|dot| {
            let name = font::fit(dot.flagged.as_ref()?, SMALL_LABEL, FLAG_MAX, 1).concat();
            Some(Flag { x: scale.x(dot.value), radius: scale.radius(dot.size), name, place: None })
        })
        .collect();
    flags.sort_by(|a, b| a.x.total_cmp(&b.x).then_with(|| a.name.cmp(&b.name)));
    let n_lanes = name_lanes(&mut flags, scale);
    let plain = positive().filter(|dot| dot.flagged.is_none());
    Placed {
        label: font::fit(&row.label, LABEL, LABEL_MAX, 2),
        note: font::fit(&row.note, NOTE, LABEL_MAX, 2),
        dots: swarm(plain.map(|dot| (scale.x(dot.value), dot.size)), scale),
        n_unnamed: flags.iter().filter(|flag| flag.place.is_none()).count(),
        flags,
        n_lanes,
    }
}

/// Spreads the dots around the middle of the row so that they touch as little as possible. Dots on the
/// same half pixel become one dot of their total size, so that a million lines stay one picture.
fn swarm(dots: impl Iterator<Item = (f64, f64)>, scale: Scale) -> Vec<(Point, f64)> {
    let mut dots: Vec<(f64, f64)> = dots.map(|(x, size)| ((x * 2.0).round() / 2.0, size)).collect();
    dots.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
    dots.dedup_by(|later, kept| {
        let same = dots_share_place(later.0, kept.0);
        if same {
            kept.1 += later.1;
        }
        same
    });
    let mut placed: Vec<(Point, f64)> = Vec::with_capacity(dots.len());
    for (x, size) in dots {
        let radius = scale.radius(size);
        let touches = |y: f64| {
            let near = placed
                .iter()
                .rev()
                .take_while(|((other, _), _)| x - other < 2.0 * scale.largest.1 + 1.0);
            near.map(|((ox, oy), or)| (radius + or + 0.5 - (x - ox).hypot(y - oy)).max(0.0))
                .sum::<f64>()
        };
        let reach = HALF - radius;
        let steps = (0..=16).map(|step| f64::from(step / 2 + step % 2) / 8.0 * reach);
        let sides = steps.enumerate().map(|(i, y)| if i % 2 == 0 { y } else { -y });
        let best = sides.fold((f64::INFINITY, 0.0), |best, y| {
            let cost = touches(y);
            if cost < best.0 - 1e-9 { (cost, y) } else { best }
        });
        placed.push(((x, best.1), radius));
    }
    placed
}

fn dots_share_place(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.25
}

/// Gives each flag the first line of names with room, its name centred, to the right or to the left of
/// the dot. A line to the dot is drawn when no other name is in its way.
fn name_lanes(flags: &mut [Flag], scale: Scale) -> usize {
    let mut lanes: Vec<Vec<(f64, f64)>> = Vec::new();
    let free = |lane: Option<&Vec<(f64, f64)>>, (from, to): (f64, f64)| {
        lane.is_none_or(|taken| taken.iter().all(|(a, b)| to + 6.0 <= *a || from >= *b + 6.0))
    };
    for flag in flags.iter_mut() {
        let width = font::width(&flag.name, SMALL_LABEL);
        let at = [flag.x - width / 2.0, flag.x - 4.0, flag.x - width + 4.0]
            .map(|left| left.clamp(scale.left, (scale.right - width).max(scale.left)));
        let way = |lanes: &[Vec<(f64, f64)>], lane: usize| {
            (0..lane).all(|above| free(lanes.get(above), (flag.x - 1.0, flag.x + 1.0)))
        };
        let options =
            || (0..MAX_LANES).flat_map(|lane| at.into_iter().map(move |left| (lane, left)));
        let fits = |(lane, left): &(usize, f64)| free(lanes.get(*lane), (*left, *left + width));
        let place = options()
            .filter(fits)
            .find(|(lane, _)| way(&lanes, *lane))
            .map(|(lane, left)| (lane, left, true))
            .or_else(|| options().find(fits).map(|(lane, left)| (lane, left, false)));
        if let Some((lane, left, open)) = place {
            lanes.resize_with(lanes.len().max(lane + 1), Vec::new);
            lanes[lane].push((left, left + width));
            if open {
                lanes[..lane].iter_mut().for_each(|above| above.push((flag.x - 1.0, flag.x + 1.0)));
            }
        }
        flag.place = place;
    }
    lanes.len()
}

pub(crate) fn row_height(row: &Placed) -> f64 {
    let names = row.n_lanes as f64 * LANE;
    let dots = 2.0 * HALF + 12.0 + if row.n_lanes > 0 { names + 4.0 } else { 0.0 };
    dots.max(names_height(row) + 10.0)
}

/// Height of the name with its remark.
pub(crate) fn names_height(row: &Placed) -> f64 {
    row.label.len() as f64 * LABEL.leading() + row.note.len() as f64 * NOTE.leading()
}
