//! The PNG of a figure, at twice the size.
//!
//! Enters: a [`Figure`]. Leaves: PNG bytes, drawn from that very SVG with the embedded font only, so that
//! every machine makes the same picture. The text alternative travels along as PNG text.

use std::sync::{Arc, LazyLock};

use anyhow::Context;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use crate::charts::Figure;
use crate::charts::font;

/// Pixels of the picture per CSS pixel.
pub const PIXELS: f32 = 2.0;

/// Signature and header chunk of a PNG; texts go right after it.
const HEADER_END: usize = 8 + 25;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(font::REGULAR.to_vec());
    fonts.load_font_data(font::BOLD.to_vec());
    fonts.set_sans_serif_family("Liberation Sans");
    Arc::new(fonts)
});

/// Draws the PNG.
///
/// # Errors
/// When the picture is too large for memory.
pub fn png(figure: &Figure) -> anyhow::Result<Vec<u8>> {
    let options = Options {
        font_family: "Liberation Sans".to_owned(),
        fontdb: FONTS.clone(),
        ..Options::default()
    };
    let place = || format!("figuur {}", figure.stem());
    let tree = Tree::from_str(figure.svg(), &options).with_context(place)?;
    let size = tree.size().to_int_size().scale_by(PIXELS).with_context(place)?;
    let mut pixels = Pixmap::new(size.width(), size.height()).with_context(place)?;
    resvg::render(&tree, Transform::from_scale(PIXELS, PIXELS), &mut pixels.as_mut());
    let mut bytes = pixels.encode_png().with_context(place)?;
    let texts =
        [text_chunk("Title", figure.title()), text_chunk("Description", figure.desc())].concat();
    bytes.splice(HEADER_END..HEADER_END, texts);
    Ok(bytes)
}

/// An uncompressed `iTXt` chunk in Dutch (PNG specification, 11.3.3.4).
fn text_chunk(keyword: &str, text: &str) -> Vec<u8> {
    let mut body = b"iTXt".to_vec();
    body.extend(keyword.bytes());
    body.extend(b"\0\0\0nl\0\0");
    body.extend(text.bytes());
    let length = u32::try_from(body.len() - 4).expect("a description is short");
    let mut chunk = length.to_be_bytes().to_vec();
    let check = crc32(&body);
    chunk.extend(body);
    chunk.extend(check.to_be_bytes());
    chunk
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::draw;
    use crate::charts::samples;

    #[test]
    fn the_picture_is_twice_the_size_and_the_same_every_time() {
        let figure = draw(&samples::bars(5)).unwrap();
        let bytes = png(&figure).unwrap();
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        let (width, height) = figure.size();
        assert_eq!((number(16), number(20)), (2 * width, 2 * height));
        assert_eq!(bytes, png(&figure).unwrap());
    }

    #[test]
    fn the_text_alternative_travels_with_the_picture() {
        let figure = draw(&samples::bars(3)).unwrap();
        let bytes = png(&figure).unwrap();
        let text = figure.desc().as_bytes();
        assert!(bytes.windows(text.len()).any(|part| part == text));
        // The checksum of an empty IEND chunk is known.
        assert_eq!(crc32(b"IEND"), 0xAE42_6082);
    }

    #[test]
    fn letters_are_drawn_with_the_embedded_font() {
        let one = draw(&samples::titled("Wit")).unwrap();
        let other = draw(&samples::titled("Zwart")).unwrap();
        let dark = |figure: &Figure| png(figure).unwrap().len();
        assert_ne!(dark(&one), dark(&other));
    }
}
