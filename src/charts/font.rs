//! The embedded font: its bytes, the width of a text, and lines that fit.
//!
//! Enters: a text and a [`Type`]. Leaves: widths in CSS pixels and lines. Knows only the advance
//! widths of the embedded files (tables `cmap` and `hmtx`); kerning makes a text a little narrower,
//! so a measured text always has room. Liberation Sans has the widths of Arial and Helvetica.

use std::sync::LazyLock;

use crate::charts::theme::Type;

/// Liberation Sans Regular (OFL; licence text beside the file).
pub static REGULAR: &[u8] =
    include_bytes!("../../reports/sjabloon/lettertype/LiberationSans-Regular.ttf");
/// Liberation Sans Bold (OFL; licence text beside the file).
pub static BOLD: &[u8] =
    include_bytes!("../../reports/sjabloon/lettertype/LiberationSans-Bold.ttf");

/// Code points whose widths are kept: Latin, Greek, Cyrillic, punctuation, currency, arrows, signs.
const KEPT: u16 = 0x2300;

static WIDTHS: LazyLock<[Vec<f64>; 2]> = LazyLock::new(|| {
    [REGULAR, BOLD].map(|font| advances(font).expect("the embedded font is a whole TrueType file"))
});

/// Width of a text in CSS pixels.
pub fn width(text: &str, face: Type) -> f64 {
    let widths = &WIDTHS[usize::from(face.bold)];
    // A letter outside the kept range is counted as a full em: never too narrow.
    let em = |letter: char| widths.get(letter as usize).copied().unwrap_or(1.0);
    text.chars().map(em).sum::<f64>() * face.size
}

/// A text over as many lines as it needs; a word wider than a line is broken.
pub fn wrap(text: &str, face: Type, max: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, face) <= max {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut rest = word;
        while width(rest, face) > max {
            let fits = |end: &usize| width(&format!("{}-", &rest[..*end]), face) <= max;
            let mut ends = rest.char_indices().skip(1).map(|(end, _)| end);
            // One letter per line at least, however narrow the line.
            let Some(first) = ends.next() else { break };
            let end = ends.take_while(fits).last().unwrap_or(first);
            lines.push(format!("{}-", &rest[..end]));
            rest = &rest[end..];
        }
        line.push_str(rest);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A text over at most `max_lines` lines; what does not fit is left out in the middle of the last.
pub fn fit(text: &str, face: Type, max: f64, max_lines: usize) -> Vec<String> {
    let mut lines = wrap(text, face, max);
    if lines.len() > max_lines && max_lines > 0 {
        lines.truncate(max_lines - 1);
        // What the kept lines hold, without the hyphens of broken words and without spaces.
        let held = lines.iter().flat_map(|line| line.chars()).filter(|c| !c.is_whitespace());
        let mut held = held.peekable();
        let rest = text.trim_start_matches(|c: char| {
            while held.peek().is_some_and(|next| *next == '-' && c != '-') {
                held.next();
            }
            c.is_whitespace() || held.next_if_eq(&c).is_some()
        });
        let rest: Vec<&str> = rest.split_whitespace().collect();
        let rest = shorten(&rest.join(" "), face, max);
        lines.push(rest);
    }
    lines
}

/// A text with its middle left out: beginning and end tell long names apart.
fn shorten(text: &str, face: Type, max: f64) -> String {
    let letters: Vec<char> = text.chars().collect();
    let with = |n_kept: usize| {
        let n_tail = n_kept * 2 / 5;
        let head: String = letters[..n_kept - n_tail].iter().collect();
        let tail: String = letters[letters.len() - n_tail..].iter().collect();
        format!("{}…{}", head.trim_end(), tail.trim_start())
    };
    (0..letters.len()).rev().map(with).find(|short| width(short, face) <= max).unwrap_or_default()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}

fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let n_tables = usize::from(u16_at(font, 4)?);
    let record = (0..n_tables)
        .map(|i| 12 + 16 * i)
        .find(|at| font.get(*at..at + 4) == Some(tag.as_slice()))?;
    let start = u32_at(font, record + 8)?;
    font.get(start..start + u32_at(font, record + 12)?)
}

/// Advance width in em of the code points below [`KEPT`].
fn advances(font: &[u8]) -> Option<Vec<f64>> {
    let per_em = f64::from(u16_at(table(font, *b"head")?, 18)?);
    let n_metrics = usize::from(u16_at(table(font, *b"hhea")?, 34)?);
    let hmtx = table(font, *b"hmtx")?;
    let cmap = unicode_map(table(font, *b"cmap")?)?;
    (0..KEPT)
        .map(|code| {
            let glyph = usize::from(glyph_of(cmap, code)?);
            let advance = u16_at(hmtx, 4 * glyph.min(n_metrics - 1))?;
            Some(f64::from(advance) / per_em)
        })
        .collect()
}

/// The Windows Unicode sub-table (platform 3, encoding 1, format 4) of `cmap`.
fn unicode_map(cmap: &[u8]) -> Option<&[u8]> {
    let n_records = usize::from(u16_at(cmap, 2)?);
    (0..n_records).map(|i| 4 + 8 * i).find_map(|record| {
        let map = cmap.get(u32_at(cmap, record + 4)?..)?;
        let wanted =
            (u16_at(cmap, record)?, u16_at(cmap, record + 2)?, u16_at(map, 0)?) == (3, 1, 4);
        wanted.then_some(map)
    })
}

/// The glyph of a code point, 0 when the font has none (OpenType specification, `cmap` format 4).
fn glyph_of(map: &[u8], code: u16) -> Option<u16> {
    let twice = usize::from(u16_at(map, 6)?);
    let segment =
        (0..twice).step_by(2).find(|at| u16_at(map, 14 + at).is_some_and(|end| end >= code))?;
    let start = u16_at(map, 16 + twice + segment)?;
    if code < start {
        return Some(0);
    }
    let delta = u16_at(map, 16 + 2 * twice + segment)?;
    let offset_at = 16 + 3 * twice + segment;
    let offset = usize::from(u16_at(map, offset_at)?);
    if offset == 0 {
        return Some(code.wrapping_add(delta));
    }
    let glyph = u16_at(map, offset_at + offset + 2 * usize::from(code - start))?;
    Some(if glyph == 0 { 0 } else { glyph.wrapping_add(delta) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::theme::LABEL;

    const TEN: Type = Type { size: 10.0, ..LABEL };

    #[test]
    fn widths_are_those_of_arial() {
        // Arial: digit 1139, space 569, i 455, M 1706, euro 1139 of 2048.
        for (text, units) in
            [("0", 1139.0), (" ", 569.0), ("i", 455.0), ("M", 1706.0), ("€", 1139.0)]
        {
            assert!((width(text, TEN) - units / 204.8).abs() < 1e-9, "{text}");
        }
        assert!(width("Mm", TEN.bold()) > width("Mm", TEN));
        assert!((width("é", TEN) - width("e", TEN)).abs() < 1e-9);
        assert!((width("日", TEN) - 10.0).abs() < 1e-9);
    }

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let text = "Regionaal Samenwerkingsverband Jeugdhulpaanbieders Noordoost";
        let lines = wrap(text, TEN, 120.0);
        assert!(lines.iter().all(|line| width(line, TEN) <= 120.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert!(wrap("  ", TEN, 100.0).is_empty());
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_with_a_hyphen() {
        let lines = wrap("op Onbreekbarenaamzonderspaties", TEN, 60.0);
        assert!(lines.iter().all(|line| width(line, TEN) <= 60.0), "{lines:?}");
        assert_eq!(lines[0], "op");
        assert_eq!(lines.join("").replace('-', ""), "opOnbreekbarenaamzonderspaties");
        assert_eq!(wrap("heel", TEN, 19.0), ["heel"]);
    }

    #[test]
    fn a_text_that_is_cut_says_so() {
        let lines = fit("een twee drie vier vijf zes zeven", TEN, 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].contains('…') && width(&lines[1], TEN) <= 60.0, "{lines:?}");
        assert!(lines[1].ends_with("ven"), "{lines:?}");
        assert_eq!(fit("kort", TEN, 60.0, 2), ["kort"]);
    }

    #[test]
    fn the_last_line_goes_on_where_the_one_before_it_ended() {
        let names =
            ["jeugd- en opvoedhulp in een gezinshuis", "Onbreekbarenaamzonderspaties en meer"];
        for (name, first) in names.into_iter().zip(["jeugd- en", "Onbreekbare-"]) {
            let lines = fit(name, TEN, 62.0, 2);
            assert_eq!(lines[0], first);
            let (head, tail) = lines[1].split_once('…').unwrap();
            let next = &name[first.trim_end_matches('-').len()..];
            assert!(
                next.trim_start_matches(['-', ' ']).starts_with(head) && name.ends_with(tail),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn a_broken_font_is_no_font() {
        assert!(advances(&REGULAR[..1000]).is_none());
        assert!(advances(b"").is_none());
    }
}
