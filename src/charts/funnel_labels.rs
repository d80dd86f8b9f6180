//! Names at dots in a plane: beside the dot, or farther off with a line to it.
//!
//! Enters: the names with their dots, and what is in the way. Leaves: texts that touch no other text, dot
//! or line. Does not know what the dots mean.

use crate::charts::canvas::{Anchor, Canvas, Point, crosses, overlap, text_box};
use crate::charts::theme::{MUTED, Type};

/// Distances from the dot to try; from the second on with a line to the dot.
const RINGS: [f64; 9] = [4.0, 14.0, 24.0, 36.0, 50.0, 66.0, 84.0, 104.0, 130.0];
/// Directions in degrees, best first; zero is to the right and ninety is down.
const DIRECTIONS: [f64; 24] = [
    0.0, 180.0, -90.0, 90.0, -45.0, 45.0, -135.0, 135.0, -22.0, 22.0, -158.0, 158.0, -68.0, 68.0,
    -112.0, 112.0, -10.0, 10.0, -170.0, 170.0, -33.0, 33.0, -147.0, 147.0,
];

/// A name and its dot.
pub(crate) struct Name {
    /// Middle of the dot.
    pub(crate) at: Point,
    /// Its radius.
    pub(crate) radius: f64,
    /// What to write.
    pub(crate) text: String,
    /// How.
    pub(crate) face: Type,
}

/// What names may not touch.
pub(crate) struct Obstacles {
    /// Boxes of all dots.
    pub(crate) dots: Vec<[f64; 4]>,
    /// Straight parts of lines.
    pub(crate) lines: Vec<(Point, Point)>,
    /// Left, top, right, bottom of where names may stand.
    pub(crate) frame: [f64; 4],
}

/// A place for a name: its box, and the line to its dot when it stands farther off.
struct Place {
    at: Point,
    anchor: Anchor,
    bounds: [f64; 4],
    leader: Option<(Point, Point)>,
}

/// What is in the way, with the names placed so far.
struct Taken {
    obstacles: Obstacles,
    texts: Vec<[f64; 4]>,
    leaders: Vec<(Point, Point)>,
}

impl Taken {
    /// True when a name at that place touches no dot, no other name and no line to one.
    fn leaves_room(&self, name: &Name, place: &Place) -> bool {
        let [left, top, right, bottom] = place.bounds;
        let frame = self.obstacles.frame;
        let is_inside =
            left >= frame[0] && top >= frame[1] && right <= frame[2] && bottom <= frame[3];
        let padded = [left - 3.0, top - 2.0, right + 3.0, bottom + 2.0];
        let mut boxes = self.texts.iter().chain(&self.obstacles.dots);
        is_inside
            && !boxes.any(|other| overlap(*other, padded))
            && !self.leaders.iter().any(|(from, to)| crosses(padded, *from, *to))
            && place.leader.is_none_or(|line| self.way_is_free(line, name))
    }

    /// True when a line from a dot runs through no other dot, no text and no other such line.
    fn way_is_free(&self, (from, to): (Point, Point), name: &Name) -> bool {
        let (x, y) = name.at;
        let holds = |[left, top, right, bottom]: &[f64; 4]| {
            (*left..=*right).contains(&x) && (*top..=*bottom).contains(&y)
        };
        let others = self.obstacles.dots.iter().filter(|bounds| !holds(bounds));
        !self.texts.iter().chain(others).any(|bounds| crosses(*bounds, from, to))
            && !self.leaders.iter().any(|other| meet((from, to), *other))
    }

    /// True when no line of the figure runs through the name.
    fn is_off_lines(&self, place: &Place) -> bool {
        !self.obstacles.lines.iter().any(|(from, to)| crosses(place.bounds, *from, *to))
    }
}

/// Places the names in the given order; gives how many found no place.
pub(crate) fn place_names(canvas: &mut Canvas, names: &[Name], obstacles: Obstacles) -> usize {
    let mut taken = Taken { obstacles, texts: canvas.text_boxes(), leaders: Vec::new() };
    let mut n_unnamed = 0;
    for name in names {
        let places: Vec<Place> = RINGS
            .iter()
            .flat_map(|ring| DIRECTIONS.map(|turn| place(name, *ring, turn)))
            .filter(|place| taken.leaves_room(name, place))
            .collect();
        let off_lines = places.iter().find(|place| taken.is_off_lines(place));
        // Better across a line on white than not named at all.
        let Some(place) = off_lines.or(places.first()) else {
            n_unnamed += 1;
            continue;
        };
        if let Some((from, to)) = place.leader {
            canvas.line(&[from, to], MUTED, 0.75);
            taken.leaders.push((from, to));
        }
        if off_lines.is_some() {
            canvas.text(place.at, place.anchor, name.face, &name.text);
        } else {
            canvas.text_on_white(place.at, place.anchor, name.face, &name.text);
        }
        taken.texts.push(place.bounds);
    }
    n_unnamed
}

fn place(name: &Name, ring: f64, turn: f64) -> Place {
    let (sin, cos) = turn.to_radians().sin_cos();
    let (x, y) = name.at;
    let reach = name.radius + ring;
    let anchor = match cos {
        cos if cos > 0.3 => Anchor::Start,
        cos if cos < -0.3 => Anchor::End,
        _ => Anchor::Middle,
    };
    // Above and below the dot the text stands clear of it; at the sides it is centred.
    let drop = name.face.size * (0.265 + 0.475 * sin);
    let at = (x + cos * reach, y + sin * reach + drop);
    let bounds = text_box(at, anchor, name.face, &name.text);
    let near = (x.clamp(bounds[0], bounds[2]), y.clamp(bounds[1], bounds[3]));
    let length = (near.0 - x).hypot(near.1 - y);
    let leader = (ring > RINGS[0] && length > name.radius).then(|| {
        let step = |part: f64| (x + (near.0 - x) * part, y + (near.1 - y) * part);
        (step((name.radius / length).min(1.0)), step((length - 2.0).max(0.0) / length))
    });
    Place { at, anchor, bounds, leader }
}

/// True when two lines to dots cross each other.
fn meet((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let side = |from: Point, to: Point, of: Point| {
        (to.0 - from.0) * (of.1 - from.1) - (to.1 - from.1) * (of.0 - from.0)
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::canvas::Shape;
    use crate::charts::theme::LABEL;

    fn name(x: f64, y: f64, text: &str) -> Name {
        Name { at: (x, y), radius: 5.0, text: text.to_owned(), face: LABEL }
    }

    fn with(dots: Vec<[f64; 4]>, lines: Vec<(Point, Point)>) -> Obstacles {
        Obstacles { dots, lines, frame: [0.0, 0.0, 400.0, 200.0] }
    }

    #[test]
    fn a_lone_name_stands_beside_its_dot() {
        let mut canvas = Canvas::default();
        let dots = vec![[95.0, 95.0, 105.0, 105.0]];
        assert_eq!(place_names(&mut canvas, &[name(100.0, 100.0, "Zeist")], with(dots, vec![])), 0);
        assert_eq!(canvas.shapes.len(), 1);
        assert!(canvas.text_boxes()[0][0] > 105.0);
    }

    #[test]
    fn names_of_one_spot_are_moved_apart_and_off_the_line() {
        let mut canvas = Canvas::default();
        let names: Vec<Name> =
            (0..6).map(|i| name(200.0, 100.0, &format!("Gemeente {i}"))).collect();
        let line = ((0.0, 100.0), (400.0, 100.0));
        let dots = vec![[195.0, 95.0, 205.0, 105.0]];
        assert_eq!(place_names(&mut canvas, &names, with(dots, vec![line])), 0);
        let boxes = canvas.text_boxes();
        for (i, a) in boxes.iter().enumerate() {
            assert!(!crosses(*a, line.0, line.1));
            assert!(boxes[i + 1..].iter().all(|b| !overlap(*a, *b)));
        }
        assert!(canvas.shapes.iter().any(|shape| matches!(shape, Shape::Line(..))));
    }

    #[test]
    fn lines_that_cross_are_seen() {
        let line = ((0.0, 0.0), (10.0, 10.0));
        assert!(meet(line, ((0.0, 10.0), (10.0, 0.0))));
        assert!(!meet(line, ((0.0, 10.0), (4.0, 6.0))));
        assert!(!meet(line, ((1.0, 0.0), (11.0, 10.0))));
    }

    #[test]
    fn a_name_without_room_is_counted() {
        let mut canvas = Canvas::default();
        let small = Obstacles { frame: [90.0, 90.0, 110.0, 110.0], ..with(vec![], vec![]) };
        assert_eq!(place_names(&mut canvas, &[name(100.0, 100.0, "Zeist")], small), 1);
        assert!(canvas.shapes.is_empty());
    }
}
