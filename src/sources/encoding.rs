//! Bytes of a text file → UTF-8.
//!
//! Enters: bytes as they pass by while a file is hashed. Leaves: its [`Encoding`], and later a stream of UTF-8.
//! Nothing is replaced: what cannot be decoded stays a byte that is no UTF-8, so that its row is refused.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How a text file writes its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, or ASCII, which is a part of it.
    #[default]
    Utf8,
    /// What Windows programs write in Western Europe.
    Windows1252,
    /// Two bytes per character, the low one first.
    Utf16Le,
    /// Two bytes per character, the high one first.
    Utf16Be,
}

impl Encoding {
    /// As it is told to the user.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1252 => "windows-1252",
            Self::Utf16Le => "UTF-16",
            Self::Utf16Be => "UTF-16 (BE)",
        }
    }

    fn decoder(self) -> Option<Decoder> {
        let encoding = match self {
            Self::Utf8 => return None,
            Self::Windows1252 => WINDOWS_1252,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        };
        Some(encoding.new_decoder_with_bom_removal())
    }

    /// The bytes of `inner` as UTF-8. UTF-8 itself is passed on untouched, with its byte order mark.
    pub fn decode(self, inner: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        match self.decoder() {
            None => inner,
            Some(decoder) => Box::new(Decoded {
                inner,
                decoder: Some(decoder),
                input: Vec::new(),
                output: Vec::new(),
                at: 0,
            }),
        }
    }
}

/// Without the mark that UTF-8 may begin with.
pub fn strip_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// UTF-16 by its byte order mark, or by the noughts that every second byte of Latin text is.
pub fn utf16_of(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xff, 0xfe, rest @ ..] if !rest.starts_with(&[0, 0]) => return Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let n_pairs = head.len() / 2;
    let noughts = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (noughts(0), noughts(1));
    let is_most = |n: usize| n_pairs > 1 && n * 10 >= n_pairs * 7;
    let is_few = |n: usize| n * 100 <= n_pairs;
    match (even, odd) {
        _ if is_most(odd) && is_few(even) => Some(Encoding::Utf16Le),
        _ if is_most(even) && is_few(odd) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// The beginning of a text as UTF-8, for deciding what it is.
pub fn head_text(head: &[u8]) -> Vec<u8> {
    let Some(encoding) = utf16_of(head) else { return strip_bom(head).to_vec() };
    let mut out = Vec::new();
    let copied = head.to_vec();
    // Reading from memory cannot fail.
    match encoding.decode(Box::new(io::Cursor::new(copied))).read_to_end(&mut out) {
        Ok(_) => out,
        Err(_) => Vec::new(),
    }
}

/// Sees every byte of a file once and tells in what encoding it is.
#[derive(Debug, Default)]
pub struct Detector {
    utf16: Option<Encoding>,
    has_bom: bool,
    has_begun: bool,
    /// The beginning of a character that goes on in the next bytes.
    carry: Vec<u8>,
    /// Characters of more than one byte.
    n_wide: u64,
    /// Places that are no UTF-8.
    n_wrong: u64,
}

impl Detector {
    /// The next bytes of the file.
    pub fn feed(&mut self, bytes: &[u8]) {
        if !self.has_begun {
            self.has_begun = true;
            self.has_bom = bytes.starts_with(b"\xef\xbb\xbf");
            self.utf16 = utf16_of(&bytes[..bytes.len().min(64 * 1024)]);
        }
        if self.utf16.is_some() || self.is_decided() {
            return;
        }
        let mut rest = bytes;
        while let Some(lead) = self.carry.first()
            && let Some((next, more)) = rest.split_first()
            && self.carry.len() < char_len(*lead)
            && is_continuation(*next)
        {
            self.carry.push(*next);
            rest = more;
        }
        if !rest.is_empty() {
            let carry = std::mem::take(&mut self.carry);
            self.count(&carry);
            let whole = rest.len() - open_tail(rest);
            self.count(&rest[..whole]);
            self.carry.extend_from_slice(&rest[whole..]);
        }
    }

    /// So much is wrong that the rest need not be looked at.
    fn is_decided(&self) -> bool {
        self.n_wrong > 10_000 && self.n_wrong > 10 * self.n_wide
    }

    fn count(&mut self, bytes: &[u8]) {
        let leads = |text: &str| text.bytes().filter(|b| *b >= 0xc0).count() as u64;
        // Looking for what is wrong is slower than seeing that nothing is.
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.n_wide += leads(text);
            return;
        }
        for chunk in bytes.utf8_chunks() {
            self.n_wide += leads(chunk.valid());
            self.n_wrong += u64::from(!chunk.invalid().is_empty());
        }
    }

    /// The encoding. Chance makes next to no valid characters of several bytes, so that a file with many of them is
    /// UTF-8 with some damage, and a file with few or none is not UTF-8 at all.
    pub fn finish(mut self) -> Encoding {
        let carry = std::mem::take(&mut self.carry);
        self.count(&carry);
        match self.utf16 {
            Some(encoding) => encoding,
            None if self.has_bom || self.n_wrong == 0 || self.n_wide > self.n_wrong => {
                Encoding::Utf8
            }
            None => Encoding::Windows1252,
        }
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

fn char_len(lead: u8) -> usize {
    match lead {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf7 => 4,
        _ => 1,
    }
}

/// Length of a character at the end that is not complete.
fn open_tail(bytes: &[u8]) -> usize {
    let tail = bytes.iter().rev().take(3).position(|byte| !is_continuation(*byte));
    let Some(back) = tail else { return 0 };
    let lead = bytes[bytes.len() - 1 - back];
    if char_len(lead) > back + 1 { back + 1 } else { 0 }
}

/// A stream that is decoded as it is read.
struct Decoded {
    inner: Box<dyn Read + Send>,
    /// Gone when the end was decoded.
    decoder: Option<Decoder>,
    input: Vec<u8>,
    output: Vec<u8>,
    at: usize,
}

/// Bytes decoded at a time.
const BLOCK: usize = 64 * 1024;

impl Decoded {
    /// Decodes one block more; a character cut in two by its edge waits in the decoder.
    fn next_block(&mut self) -> io::Result<()> {
        self.input.clear();
        let n = self.inner.by_ref().take(BLOCK as u64).read_to_end(&mut self.input)?;
        let is_last = n < BLOCK;
        self.output.clear();
        self.at = 0;
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        let mut from = 0;
        let mut room = [0u8; 4096];
        loop {
            let (result, n_read, n_written) =
                decoder.decode_to_utf8_without_replacement(&self.input[from..], &mut room, is_last);
            from += n_read;
            self.output.extend_from_slice(&room[..n_written]);
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                // No UTF-8: the row it stands in will be refused.
                DecoderResult::Malformed(..) => self.output.push(0xff),
            }
        }
        if is_last {
            self.decoder = None;
        }
        Ok(())
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.output.len() && self.decoder.is_some() {
            self.next_block()?;
        }
        let n = buffer.len().min(self.output.len() - self.at);
        buffer[..n].copy_from_slice(&self.output[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(bytes: &[u8], step: usize) -> Encoding {
        let mut detector = Detector::default();
        bytes.chunks(step).for_each(|chunk| detector.feed(chunk));
        detector.finish()
    }

    fn decoded(encoding: Encoding, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        encoding.decode(Box::new(io::Cursor::new(bytes.to_vec()))).read_to_end(&mut out).unwrap();
        out
    }

    fn utf16(text: &str, is_big: bool) -> Vec<u8> {
        let pair = |unit: u16| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(pair).collect()
    }

    const TEXT: &str = "naam;plaats\r\nZoë;’s-Gravenhage € 1\r\n";

    #[test]
    fn an_encoding_does_not_depend_on_where_the_bytes_are_cut() {
        let (cp1252, _, _) = WINDOWS_1252.encode(TEXT);
        for step in 1..12 {
            assert_eq!(detect(TEXT.as_bytes(), step), Encoding::Utf8, "{step}");
            assert_eq!(detect("😀;x\n".as_bytes(), step), Encoding::Utf8, "{step}");
            assert_eq!(detect(&cp1252, step), Encoding::Windows1252, "{step}");
            assert_eq!(detect(b"abc\xc3", step), Encoding::Windows1252, "{step}");
        }
        assert_eq!(detect(b"", 1), Encoding::Utf8);
    }

    #[test]
    fn utf16_is_seen_with_and_without_its_mark() {
        for is_big in [false, true] {
            let expected = if is_big { Encoding::Utf16Be } else { Encoding::Utf16Le };
            let bare = utf16(TEXT, is_big);
            let marked = utf16(&format!("\u{feff}{TEXT}"), is_big);
            for bytes in [bare, marked] {
                assert_eq!(detect(&bytes, 4096), expected);
                assert_eq!(decoded(expected, &bytes), TEXT.as_bytes());
                assert_eq!(head_text(&bytes), TEXT.as_bytes());
            }
        }
    }

    #[test]
    fn a_damaged_utf8_file_stays_utf8() {
        assert_eq!(detect("é é é".as_bytes(), 99), Encoding::Utf8);
        assert_eq!(detect(b"\xc3\xa9 \xc3\xa9 \xe9", 99), Encoding::Utf8);
        assert_eq!(detect(b"\xef\xbb\xbfabc \xe9", 99), Encoding::Utf8);
    }

    #[test]
    fn a_character_on_the_edge_of_a_block_stays_whole() {
        for n in BLOCK / 2 - 3..BLOCK / 2 + 3 {
            let text = "x".repeat(n) + "😀é";
            assert_eq!(decoded(Encoding::Utf16Le, &utf16(&text, false)), text.as_bytes(), "{n}");
        }
        let (bytes, _, _) = WINDOWS_1252.encode(TEXT);
        assert_eq!(decoded(Encoding::Windows1252, &bytes), TEXT.as_bytes());
    }

    #[test]
    fn half_a_pair_is_not_replaced_but_stays_unreadable() {
        let mut bytes = utf16("a;b\nc", false);
        bytes.extend_from_slice(&[0x3d, 0xd8, b'd', 0]);
        let out = decoded(Encoding::Utf16Le, &bytes);
        assert_eq!(out, b"a;b\nc\xffd");
    }
}
