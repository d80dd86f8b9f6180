//! Archives as they come, and as they come from somebody who means harm.

use std::io::Write as _;
use std::path::PathBuf;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

/// A zip of these entries.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn placed(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.zip");
    std::fs::write(&path, bytes).unwrap();
    (dir, path)
}

fn opened(bytes: &[u8], limits: &Limits) -> Result<Option<Content>, Refusal> {
    let (_dir, path) = placed(bytes);
    open(&path, &bytes[..bytes.len().min(4096)], limits)
}

fn text(entry: &Entry) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    entry.open()?.read_to_end(&mut out)?;
    Ok(out)
}

#[test]
fn entries_are_read_side_by_side_small_and_large() {
    let large: Vec<u8> = (0..5 * SMALL).map(|i| (i * i % 251) as u8).collect();
    let bytes = zipped(&[("a.csv", b"een"), ("map/b.csv", &large), ("c.csv", b"")]);
    let content = opened(&bytes, &LIMITS).unwrap().unwrap();
    let names: Vec<&str> = content.entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a.csv", "map/b.csv", "c.csv"]);
    let mut first = content.entries[1].1.open().unwrap();
    let mut head = [0; 100];
    first.read_exact(&mut head).unwrap();
    assert_eq!(text(&content.entries[0].1).unwrap(), b"een");
    assert_eq!(text(&content.entries[1].1).unwrap(), large);
    let mut rest = Vec::new();
    first.read_to_end(&mut rest).unwrap();
    assert_eq!([head.as_slice(), &rest].concat(), large);
    assert_eq!(text(&content.entries[2].1).unwrap(), b"");
}

#[test]
fn a_name_is_only_shown() {
    let names = [
        "../../etc/x.csv",
        "/y.csv",
        "C:\\map\\z.csv",
        "__MACOSX/q",
        ".git/k",
        "a/~$b.xlsx",
        "w\n.csv",
    ];
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, b"x".as_slice())).collect();
    let content = opened(&zipped(&entries), &LIMITS).unwrap().unwrap();
    let shown: Vec<&str> = content.entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(shown, ["../../etc/x.csv", "y.csv", "C:/map/z.csv", "w?.csv"]);
}

#[test]
fn a_workbook_is_no_archive() {
    for part in ["[Content_Types].xml", "mimetype"] {
        assert!(
            opened(&zipped(&[("x", b"x"), (part, b"x")]), &LIMITS).unwrap().is_none(),
            "{part}"
        );
    }
    let half = zipped(&[("[Content_Types].xml", b"x")]);
    assert!(opened(&half[..half.len() - 30], &LIMITS).unwrap().is_none());
}

#[test]
fn what_is_damaged_or_too_large_is_refused_before_it_is_read() {
    let zeros = vec![b'0'; 100_000];
    let good = zipped(&[("a.csv", b"een"), ("b.csv", &zeros)]);
    let code = |bytes: &[u8], limits: &Limits| opened(bytes, limits).unwrap_err().rule.code;
    for end in [4, 30, good.len() / 2, good.len() - 1] {
        assert_eq!(code(&good[..end], &LIMITS), "MS262", "{end}");
    }
    assert_eq!(code(&good, &Limits { entries: 1, ..LIMITS }), "MS264");
    assert_eq!(code(&good, &Limits { bytes: 100_000, ..LIMITS }), "MS264");
    assert_eq!(code(&good, &Limits { free: 10, ..LIMITS }), "MS264");
    assert!(opened(&good, &Limits { free: 10, ratio: 1000, ..LIMITS }).is_ok());
    assert_eq!(code(&zipped(&[]), &LIMITS), "MS205");
    assert_eq!(code(&zipped(&[("map/", b"")]), &LIMITS), "MS205");
}

/// Changes the bytes that follow each mark.
fn patched(bytes: &[u8], mark: &[u8], at: usize, new: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let places: Vec<usize> = memchr::memmem::find_iter(bytes, mark).collect();
    assert!(!places.is_empty());
    for place in places {
        out[place + at..place + at + new.len()].copy_from_slice(new);
    }
    out
}

const CENTRAL: &[u8] = b"PK\x01\x02";

#[test]
fn an_entry_gives_what_it_promised_or_an_error() {
    let good = zipped(&[("a.csv", b"gemeente;jaar;jeugdigen\n9901;2025;12\n")]);
    // A smaller size than the content has, a larger one, another checksum, an unknown way of packing.
    let faults: [(usize, &[u8]); 4] =
        [(24, &5u32.to_le_bytes()), (24, &500u32.to_le_bytes()), (16, b"abcd"), (10, &[14, 0])];
    let large: Vec<u8> = (0..2 * SMALL).map(|i| (i % 7) as u8).collect();
    let large = zipped(&[("a.csv", &large)]);
    for (good, at, new) in
        faults.iter().flat_map(|(at, new)| [(&good, *at, *new), (&large, *at, *new)])
    {
        let content = opened(&patched(good, CENTRAL, at, new), &LIMITS).unwrap().unwrap();
        assert!(text(&content.entries[0].1).is_err(), "{at} {new:?}");
    }
    let content =
        opened(&patched(&large, CENTRAL, 24, &(3 * 1024 * 1024_u32).to_le_bytes()), &LIMITS);
    assert!(text(&content.unwrap().unwrap().entries[0].1).is_err());
}

#[test]
fn an_entry_with_a_password_is_named() {
    let good = zipped(&[("a.csv", b"x"), ("b.csv", b"y")]);
    let locked = patched(&good, CENTRAL, 8, &[1, 0]);
    let content = opened(&locked, &LIMITS).unwrap().unwrap();
    assert!(content.entries.is_empty());
    let refused = content.refused.unwrap();
    assert_eq!((refused.rule.code, refused.reason.as_str()), ("MS263", "a.csv en 1 andere"));
}

#[test]
fn a_directory_that_names_millions_is_not_read() {
    let mut bytes = zipped(&[("a.csv", b"x")]);
    let end = memchr::memmem::rfind(&bytes, b"PK\x05\x06").unwrap();
    let mut large = b"PK\x06\x06".to_vec();
    large.resize(56, 0);
    large[32..40].copy_from_slice(&50_000_000u64.to_le_bytes());
    let offset = end as u64;
    let mut locator = b"PK\x06\x07\0\0\0\0".to_vec();
    locator.extend_from_slice(&offset.to_le_bytes());
    locator.extend_from_slice(&1u32.to_le_bytes());
    bytes.splice(end..end, large.into_iter().chain(locator));
    assert_eq!(opened(&bytes, &LIMITS).unwrap_err().rule.code, "MS264");
}
