//! A sheet of shapes in CSS pixels, painted by plotters when its height is known.
//!
//! Enters: shapes. Leaves: the SVG text of plotters. Does not know charts. plotters rounds to whole
//! units, so everything is painted at [`SCALE`] times the size and the view box scales it back; a text
//! is placed on its baseline.

use plotters::backend::SVGBackend;
use plotters::drawing::IntoDrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use crate::charts::font;
use crate::charts::theme::{Colour, MUTED, Type, WHITE};

/// Units of the view box per CSS pixel.
pub const SCALE: f64 = 4.0;

/// A point in CSS pixels from the upper left corner.
pub type Point = (f64, f64);

/// Which end of a text its x is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// x is where the text begins.
    Start,
    /// x is its middle.
    Middle,
    /// x is where the text ends.
    End,
}

/// One thing on the sheet.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Filled rectangle: left, top, right, bottom.
    Rect([f64; 4], Colour),
    /// Open line through points, with its thickness.
    Line(Vec<Point>, Colour, f64),
    /// Filled polygon.
    Area(Vec<Point>, Colour),
    /// Filled disc: middle and radius.
    Disc(Point, f64, Colour),
    /// Text on a baseline.
    Text(Point, Anchor, Type, String),
}

/// The sheet.
#[derive(Debug, Default)]
pub struct Canvas {
    /// In the order of painting.
    pub shapes: Vec<Shape>,
}

impl Canvas {
    /// Filled rectangle between two corners.
    pub fn rect(&mut self, (left, top): Point, (right, bottom): Point, colour: Colour) {
        let sides = [left.min(right), top.min(bottom), left.max(right), top.max(bottom)];
        self.shapes.push(Shape::Rect(sides, colour));
    }

    /// Line through points.
    pub fn line(&mut self, points: &[Point], colour: Colour, thickness: f64) {
        self.shapes.push(Shape::Line(points.to_vec(), colour, thickness));
    }

    /// Straight line in dashes of `dash` pixels with gaps of the same length.
    pub fn dashed(
        &mut self,
        from: Point,
        to: Point,
        colour: Colour,
        (thickness, dash): (f64, f64),
    ) {
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let at = |along: f64| {
            let part = (along / length).min(1.0);
            (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
        };
        let mut along = 0.0;
        while along < length {
            self.line(&[at(along), at(along + dash)], colour, thickness);
            along += 2.0 * dash;
        }
    }

    /// The same along a line with corners: the dashes go on around them.
    pub fn dashed_path(&mut self, points: &[Point], colour: Colour, (thickness, dash): (f64, f64)) {
        let mut drawn: Vec<Point> = points.first().copied().into_iter().collect();
        let (mut is_dash, mut left) = (true, dash);
        for pair in points.windows(2) {
            let (mut from, to) = (pair[0], pair[1]);
            let mut length = (to.0 - from.0).hypot(to.1 - from.1);
            while length > left {
                let part = left / length;
                from = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
                drawn.push(from);
                if is_dash {
                    self.line(&drawn, colour, thickness);
                }
                drawn = vec![from];
                length -= left;
                (is_dash, left) = (!is_dash, dash);
            }
            left -= length;
            drawn.push(to);
        }
        if is_dash && drawn.len() > 1 {
            self.line(&drawn, colour, thickness);
        }
    }

    /// Filled polygon.
    pub fn area(&mut self, points: Vec<Point>, colour: Colour) {
        self.shapes.push(Shape::Area(points, colour));
    }

    /// Filled disc.
    pub fn disc(&mut self, middle: Point, radius: f64, colour: Colour) {
        self.shapes.push(Shape::Disc(middle, radius, colour));
    }

    /// One line of text.
    pub fn text(&mut self, at: Point, anchor: Anchor, face: Type, text: &str) {
        let clean = clean(text);
        if !clean.is_empty() {
            self.shapes.push(Shape::Text(at, anchor, face, clean));
        }
    }

    /// One line of text on a white ground, where grid lines would run through it.
    pub fn text_on_white(&mut self, at: Point, anchor: Anchor, face: Type, text: &str) {
        let [left, top, right, bottom] = text_box(at, anchor, face, &clean(text));
        self.rect((left - 1.0, top - 1.0), (right + 1.0, bottom), WHITE);
        self.text(at, anchor, face, text);
    }

    /// Lines of text from a top edge down; gives the bottom edge.
    pub fn lines(&mut self, (x, top): Point, anchor: Anchor, face: Type, lines: &[String]) -> f64 {
        let mut bottom = top;
        for line in lines {
            self.text((x, bottom + face.size), anchor, face, line);
            bottom += face.leading();
        }
        bottom
    }

    /// An outlined rectangle with slanted lines: a value that is not shown.
    pub fn hatched(&mut self, (left, top): Point, (right, bottom): Point) {
        let height = bottom - top;
        let mut foot = left - height;
        while foot < right {
            // The slanted line from (foot, bottom) to (foot + height, top), cut at the sides.
            let from = foot.max(left);
            let to = (foot + height).min(right);
            if to > from {
                self.line(
                    &[(from, bottom - (from - foot)), (to, bottom - (to - foot))],
                    MUTED,
                    1.0,
                );
            }
            foot += 5.0;
        }
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        self.line(&corners, MUTED, 1.0);
    }

    /// The boxes of all texts so far.
    pub fn text_boxes(&self) -> Vec<[f64; 4]> {
        let boxes = self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(at, anchor, face, text) => Some(text_box(*at, *anchor, *face, text)),
            _ => None,
        });
        boxes.collect()
    }

    /// Paints the sheet.
    pub fn paint(&self, width: f64, height: f64) -> anyhow::Result<String> {
        let mut svg = String::new();
        {
            let size = (units(width).unsigned_abs(), units(height).unsigned_abs());
            let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            let paper = [(0, 0), pixel((width, height))];
            root.draw(&Rectangle::new(paper, rgb(WHITE).filled()))?;
            for shape in &self.shapes {
                match shape {
                    Shape::Rect([left, top, right, bottom], colour) => {
                        let corners = [pixel((*left, *top)), pixel((*right, *bottom))];
                        root.draw(&Rectangle::new(corners, rgb(*colour).filled()))?;
                    }
                    Shape::Line(points, colour, thickness) => {
                        root.draw(&PathElement::new(pixels(points), stroke(*colour, *thickness)))?;
                    }
                    Shape::Area(points, colour) => {
                        root.draw(&Polygon::new(pixels(points), rgb(*colour).filled()))?;
                    }
                    Shape::Disc(middle, radius, colour) => {
                        let style = rgb(*colour).filled();
                        root.draw(&Circle::new(pixel(*middle), units(*radius), style))?;
                    }
                    Shape::Text(at, anchor, face, text) => {
                        let style = text_style(*anchor, *face);
                        root.draw(&Text::new(text.as_str(), pixel(*at), style))?;
                    }
                }
            }
            root.present()?;
        }
        Ok(svg)
    }
}

/// A text on one line without characters that XML forbids.
pub fn clean(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// Left, top, right and bottom of a text as it is drawn.
pub fn text_box((x, baseline): Point, anchor: Anchor, face: Type, text: &str) -> [f64; 4] {
    let width = font::width(text, face);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    [left, baseline - 0.74 * face.size, left + width, baseline + 0.21 * face.size]
}

/// True when two boxes have a part in common.
pub fn overlap(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// True when a straight line runs through a box.
pub fn crosses([left, top, right, bottom]: [f64; 4], from: Point, to: Point) -> bool {
    // The part of the line inside the box, as a range of 0..1 along it (Liang and Barsky).
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    for (step, near, far) in
        [(dx, left - from.0, right - from.0), (dy, top - from.1, bottom - from.1)]
    {
        if step == 0.0 {
            if near > 0.0 || far < 0.0 {
                return false;
            }
        } else {
            let (a, b) = (near / step, far / step);
            enter = enter.max(a.min(b));
            leave = leave.min(a.max(b));
        }
    }
    enter <= leave
}

#[allow(clippy::cast_possible_truncation, reason = "the cast saturates and a sheet is far smaller")]
fn units(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
}

fn pixel((x, y): Point) -> (i32, i32) {
    (units(x), units(y))
}

fn pixels(points: &[Point]) -> Vec<(i32, i32)> {
    points.iter().map(|point| pixel(*point)).collect()
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn stroke(colour: Colour, thickness: f64) -> ShapeStyle {
    rgb(colour).stroke_width(units(thickness).unsigned_abs())
}

fn text_style(anchor: Anchor, face: Type) -> TextStyle<'static> {
    let horizontal = match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    // plotters divides by 1.24 what it was given. Family and exact size are settled on the root element
    // and in `accessible`.
    let size = f64::from(units(face.size)) * 1.24;
    let font = ("sans-serif", size).into_font();
    let style = if face.bold { FontStyle::Bold } else { FontStyle::Normal };
    let pos = Pos::new(horizontal, VPos::Bottom);
    TextStyle { font: font.style(style), color: rgb(face.colour).to_backend_color(), pos }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::theme::{INK, LABEL};

    #[test]
    fn shapes_come_out_at_four_times_their_size() {
        let mut canvas = Canvas::default();
        canvas.rect((30.0, 5.0), (10.0, 15.0), INK);
        canvas.text((10.0, 20.0), Anchor::End, LABEL, "a\u{0}\n b");
        let svg = canvas.paint(100.0, 50.0).unwrap();
        assert!(svg.contains(r#"x="40" y="20" width="80" height="40""#), "{svg}");
        assert!(svg.contains(r#"font-size="52"#) && svg.contains("a b"), "{svg}");
    }

    #[test]
    fn a_line_through_a_box_is_seen() {
        let square = [10.0, 10.0, 20.0, 20.0];
        assert!(crosses(square, (0.0, 0.0), (30.0, 30.0)));
        assert!(crosses(square, (0.0, 15.0), (30.0, 15.0)));
        assert!(!crosses(square, (0.0, 25.0), (30.0, 25.0)));
        assert!(!crosses(square, (0.0, 15.0), (9.0, 15.0)));
        assert!(!crosses(square, (0.0, 15.0), (15.0, 0.0)));
    }

    #[test]
    fn hatching_stays_inside_its_box() {
        let mut canvas = Canvas::default();
        canvas.hatched((10.0, 10.0), (38.0, 30.0));
        assert!(canvas.shapes.len() > 6);
        for shape in &canvas.shapes {
            let Shape::Line(points, ..) = shape else { panic!("only lines") };
            assert!(
                points.iter().all(|(x, y)| (10.0..=38.0).contains(x) && (10.0..=30.0).contains(y))
            );
        }
    }

    #[test]
    fn dashes_go_on_around_a_corner() {
        let mut canvas = Canvas::default();
        let corner = [(0.0, 0.0), (3.0, 0.0), (3.0, 20.0)];
        canvas.dashed_path(&corner, INK, (1.0, 5.0));
        let lengths = canvas.shapes.iter().map(|shape| {
            let Shape::Line(points, ..) = shape else { panic!("only lines") };
            points.windows(2).map(|p| (p[1].0 - p[0].0).hypot(p[1].1 - p[0].1)).sum::<f64>()
        });
        let lengths: Vec<f64> = lengths.collect();
        // 23 pixels: dash, gap, dash, gap, and the first three pixels of a dash.
        assert_eq!(lengths.len(), 3);
        assert!((lengths[0] - 5.0).abs() < 1e-9 && (lengths[2] - 3.0).abs() < 1e-9, "{lengths:?}");
    }

    #[test]
    fn dashes_cover_the_line_and_stop_at_its_end() {
        let mut canvas = Canvas::default();
        canvas.dashed((0.0, 0.0), (25.0, 0.0), INK, (1.0, 5.0));
        assert_eq!(canvas.shapes.len(), 3);
        let Some(Shape::Line(points, ..)) = canvas.shapes.last() else { panic!("a line") };
        assert_eq!(points[1], (25.0, 0.0));
    }
}
