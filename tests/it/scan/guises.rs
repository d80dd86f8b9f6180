//! What a number can look like when it is written down.

use super::digests::{base64, hex, md5, sha1, sha256};

/// One way of writing a number: what it is called, and its bytes.
pub(super) type Guise = (&'static str, Vec<u8>);

/// Every way of writing a number that the scan looks for. None is shorter than eight bytes, so that chance makes none.
pub(super) fn guises(number: &str) -> Vec<Guise> {
    let short = number.trim_start_matches('0');
    let mut out = Vec::new();
    for text in [number, short] {
        out.extend(spelt(text));
        out.extend(encoded(text));
        out.extend(hashed(text));
    }
    let value: u64 = number.parse().unwrap();
    out.push(("8 bytes, little endian", value.to_le_bytes().to_vec()));
    out.push(("8 bytes, big endian", value.to_be_bytes().to_vec()));
    out.push(("hexadecimal number", format!("{value:016x}").into_bytes()));
    out.push(("hexadecimal number", format!("{value:016X}").into_bytes()));
    out.sort();
    out.dedup();
    out
}

/// The digits themselves, with whatever stands between them.
fn spelt(text: &str) -> Vec<Guise> {
    let mut out =
        vec![("plain", text.as_bytes().to_vec()), ("reversed", text.bytes().rev().collect())];
    for between in [" ", ".", "-", ",", "'", "_", "/", "\u{a0}", "\u{202f}", "&nbsp;"] {
        // In threes from the right, as 4-2-3, and as an amount of which the last two are cents.
        let threes = grouped(text, between);
        out.push(("in threes", threes.into_bytes()));
        let (front, last) = text.split_at(text.len() - 3);
        let (front, middle) = front.split_at(front.len() - 2);
        out.push(("as 4-2-3", [front, middle, last].join(between).into_bytes()));
        let single: Vec<String> = text.chars().map(String::from).collect();
        out.push(("digit by digit", single.join(between).into_bytes()));
    }
    let (euros, cents) = text.split_at(text.len() - 2);
    for (euros, comma) in
        [(euros.to_owned(), ','), (euros.to_owned(), '.'), (grouped(euros, "."), ',')]
    {
        out.push(("as an amount", format!("{euros}{comma}{cents}").into_bytes()));
    }
    out
}

fn grouped(text: &str, between: &str) -> String {
    let mut out = String::new();
    for (at, digit) in text.chars().enumerate() {
        if at > 0 && (text.len() - at).is_multiple_of(3) {
            out.push_str(between);
        }
        out.push(digit);
    }
    out
}

/// The digits in another encoding.
fn encoded(text: &str) -> Vec<Guise> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let each = |to: fn(u8) -> String| text.bytes().map(to).collect::<String>().into_bytes();
    let mut out = vec![
        ("UTF-16, little endian", wide.clone()),
        ("UTF-16, big endian", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("UTF-32", text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
        ("hexadecimal", hex(text.as_bytes()).into_bytes()),
        ("percent-encoded", each(|byte| format!("%{byte:02x}"))),
        ("HTML, decimal", each(|byte| format!("&#{byte};"))),
        ("HTML, hexadecimal", each(|byte| format!("&#x{byte:x};"))),
        ("JSON escapes", each(|byte| format!("\\u{byte:04x}"))),
    ];
    out.extend(in_base64(text.as_bytes()).map(|bytes| ("base64", bytes)));
    out.extend(in_base64(&wide).map(|bytes| ("base64 of UTF-16", bytes)));
    out
}

/// The letters that these bytes always give inside base64, wherever they begin.
fn in_base64(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..3).map(move |before| {
        let all = base64(&[&vec![0; before][..], bytes, &[0; 3]].concat()).into_bytes();
        let from = (8 * before).div_ceil(6);
        let to = 8 * (before + bytes.len()) / 6;
        all[from..to].to_vec()
    })
}

/// Digests without a key, whole or cut off at 64 bits: anyone can make the list of all BSNs with them.
fn hashed(text: &str) -> Vec<Guise> {
    let mut out = Vec::new();
    for (name, digest) in digests(text) {
        let first = &digest[..8];
        out.push((name, hex(first).into_bytes()));
        out.push((name, hex(first).to_uppercase().into_bytes()));
        out.push((name, base64(&digest).into_bytes()[..12].to_vec()));
        out.push((name, first.to_vec()));
        out.push((name, first.iter().rev().copied().collect()));
        for value in as_values(&digest) {
            out.push((name, value.to_string().into_bytes()));
            out.push((name, value.cast_unsigned().to_string().into_bytes()));
        }
    }
    // A digest that happens to be a small number is not looked for as such.
    out.retain(|(_, bytes)| bytes.len() >= 8);
    out
}

fn digests(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut out = Vec::new();
    // The last two as the program names the kind of number before it makes a pseudonym.
    for message in
        [text.to_owned(), format!("{text}\n"), format!("bsn:{text}"), format!("client:{text}")]
    {
        out.push(("MD5", md5(message.as_bytes())));
        out.push(("SHA-1", sha1(message.as_bytes())));
        out.push(("SHA-256", sha256(message.as_bytes())));
    }
    out
}

fn as_values(digest: &[u8]) -> [i64; 2] {
    let first: [u8; 8] = digest[..8].try_into().unwrap();
    [i64::from_le_bytes(first), i64::from_be_bytes(first)]
}

/// Every whole number that a column could hold instead of this one: itself, as eurocents, as thousandths, as a digest.
pub(super) fn values(number: &str) -> Vec<i64> {
    let own: i64 = number.parse().unwrap();
    let digests = digests(number).into_iter().flat_map(|(_, digest)| as_values(&digest));
    [own, own * 100, own * 1_000]
        .into_iter()
        .flat_map(|value| [value, -value])
        .chain(digests)
        .collect()
}
