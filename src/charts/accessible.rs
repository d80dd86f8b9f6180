//! Makes the SVG of plotters a picture that a screen reader can name.
//!
//! Enters: the SVG of the canvas, a stem, a title and a description. Leaves: one `svg` element with
//! `role="img"`, title and description, Dutch as its language, and a view box that scales. No XML
//! declaration, so that it can stand inside HTML; ids begin with the stem, so that several can.

use std::fmt::Write;

use crate::charts::canvas::{SCALE, clean};
use crate::charts::theme::FONT_FAMILY;

/// What belongs to the picture as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Wrapping<'a> {
    /// File stem; begins every id.
    pub stem: &'a str,
    /// Short name.
    pub title: &'a str,
    /// Text alternative.
    pub desc: &'a str,
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
}

/// Puts the drawing inside an accessible root element.
pub fn wrap(drawing: &str, with: Wrapping<'_>) -> String {
    let body = drawing.split_once('>').map_or("", |(_, rest)| rest).trim();
    // Said once on the root, or by default. A quote inside a text is escaped, so only tags can match.
    let body = body
        .replace(r#" opacity="1""#, "")
        .replace(r#" dy="-0.5ex""#, "")
        .replace(r#" font-family="sans-serif""#, "")
        .replace(r#" text-anchor="start""#, "")
        .replace(r#" stroke="none""#, "")
        .replace(" \"/>", "\"/>")
        .replace("\n</text>", "</text>");
    let (stem, (width, height)) = (with.stem, with.size);
    let mut svg = String::with_capacity(body.len() + 1000);
    write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {} {}" role="img" aria-labelledby="{stem}-titel {stem}-desc" lang="nl" font-family="{FONT_FAMILY}">"#,
        width * SCALE,
        height * SCALE,
    )
    .expect("writing to a text cannot fail");
    write!(
        svg,
        "\n<title id=\"{stem}-titel\">{}</title>\n<desc id=\"{stem}-desc\">{}</desc>\n{}\n",
        escape(&clean(with.title)),
        escape(&clean(with.desc)),
        whole_sizes(&body.replace("\">\n", "\">")),
    )
    .expect("writing to a text cannot fail");
    svg
}

/// Type sizes as whole numbers: plotters divides and leaves `52.00000000000001`.
fn whole_sizes(body: &str) -> String {
    let attribute = " font-size=\"";
    let mut parts = body.split(attribute);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (size, rest) = part.split_once('"').unwrap_or((part, ""));
        let size: f64 = size.parse().expect("plotters writes a number");
        write!(whole, "{attribute}{}\"{rest}", size.round())
            .expect("writing to a text cannot fail");
    }
    whole
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
