//! What looks like a workbook and is none that is read: each kind is named, with what to do about it.

use std::io::Read;
use std::sync::Arc;

use anyhow::Result;

use super::rules::{MS270, MS271, MS272};
use crate::rejects::{Reject, Rule};
use crate::sources::rules::MS206;
use crate::sources::{Block, Format, Opened, Reading, Sink, gather};

/// Old Office files, and locked new ones, which lie in such a file too.
pub const OLE: Format = Format {
    name: "oude werkmap",
    recognises: |head| head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
    read: refuse_ole,
    whole_file: false,
};

/// XML as Excel 2003 wrote it.
pub const XML_2003: Format = Format {
    name: "XML-werkblad 2003",
    recognises: |head| {
        let text = beginning(head);
        text.starts_with('<')
            && text.contains("urn:schemas-microsoft-com:office:spreadsheet")
            && text.contains("<workbook")
    },
    read: |opened, sink| refuse(opened, sink, &MS271, "XML-werkblad 2003"),
    whole_file: false,
};

/// Web pages, which some systems call `.xls`.
pub const HTML: Format = Format {
    name: "HTML",
    recognises: |head| {
        let text = beginning(head);
        text.starts_with('<')
            && ["<html", "<!doctype html", "<table"].iter().any(|tag| text.contains(tag))
    },
    read: |opened, sink| refuse(opened, sink, &MS272, ""),
    whole_file: false,
};

/// Bytes at the beginning that tell what kind of document it is.
const BEGINNING: usize = 2048;

/// The beginning in lower case without byte order mark; UTF-16 is narrowed.
fn beginning(head: &[u8]) -> String {
    let head = &head[..head.len().min(BEGINNING)];
    let is_wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let plain: Vec<u8> = match head.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None if is_wide => head[2..].iter().copied().filter(|byte| *byte != 0).collect(),
        None => head.to_vec(),
    };
    String::from_utf8_lossy(&plain).trim_start().to_lowercase()
}

fn refuse(
    opened: &Opened<'_>,
    sink: &mut Sink<'_>,
    rule: &'static Rule,
    found: &str,
) -> Result<()> {
    let reject = Reject { found: found.to_owned(), ..Reject::new(rule, &opened.file.path, 0) };
    sink(Block {
        file: Some(Arc::clone(&opened.file)),
        rejects: vec![reject],
        reading: Some(Reading::unused("werkmap", rule.title.to_owned())),
        ..Block::default()
    })
}

fn refuse_ole(opened: &Opened<'_>, sink: &mut Sink<'_>) -> Result<()> {
    match names_in(opened) {
        Ok(Names { is_locked: true, .. }) => refuse(opened, sink, &MS270, ""),
        Ok(Names { is_workbook: true, .. }) => refuse(opened, sink, &MS271, "Excel 97-2003 (.xls)"),
        Ok(_) => refuse(opened, sink, &MS271, "een oud Office-bestand, geen werkmap"),
        Err(error) => refuse(opened, sink, &MS206, gather::reason(&error)),
    }
}

#[derive(Default)]
struct Names {
    is_locked: bool,
    is_workbook: bool,
}

/// Looks for the names of streams that tell a locked workbook from an old one, wherever in the file they are listed.
fn names_in(opened: &Opened<'_>) -> std::io::Result<Names> {
    let (locked, workbook, book) = (wide("EncryptedPackage"), wide("Workbook"), wide("Book\0"));
    let mut file = opened.input.open()?;
    let mut window = Vec::new();
    let mut names = Names::default();
    loop {
        let n = file.by_ref().take(1 << 20).read_to_end(&mut window)?;
        let has = |name: &[u8]| memchr::memmem::find(&window, name).is_some();
        names.is_locked |= has(&locked);
        names.is_workbook |= has(&workbook) || has(&book);
        if n == 0 || names.is_locked {
            return Ok(names);
        }
        // A name may lie across two pieces.
        let keep = window.len().min(64);
        window.drain(..window.len() - keep);
    }
}

/// Text as these files write names.
fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_what_is_in_them() {
        let page = b"\xEF\xBB\xBF\r\n<HTML><body><table><tr><td>bedrag</td></tr></table>";
        assert!((HTML.recognises)(page) && !(XML_2003.recognises)(page));
        let sheet = b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
            <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
        assert!((XML_2003.recognises)(sheet) && !(HTML.recognises)(sheet));
        for other in [&b"gemeente;jaar\n"[..], b"<Bericht/>", b"", b"PK\x03\x04"] {
            assert!(!(HTML.recognises)(other) && !(XML_2003.recognises)(other));
            assert!(!(OLE.recognises)(other));
        }
    }
}
