//! The scan finds what is planted: a search that finds nothing must be able to find something.
//!
//! How the number is written was worked out with Python (`hashlib`, `base64`, `struct`), not with the code that makes the patterns.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use polars::prelude::{Column, DataFrame, NamedFrom as _, ParquetWriter, Series};
use zip::write::SimpleFileOptions;

use super::finder::Finder;
use crate::support::{Place, root};

const NUMBER: &str = "999900006";

/// The number as it could be written, in the words of the guise.
const WRITTEN: &[(&str, &[u8])] = &[
    ("plain", b"999900006"),
    ("reversed", b"600009999"),
    ("in threes", b"999.900.006"),
    ("in threes", b"999 900 006"),
    ("in threes", b"\x39\x39\x39\xc2\xa0\x39\x30\x30\xc2\xa0\x30\x30\x36"),
    ("in threes", b"\x39\x39\x39\xe2\x80\xaf\x39\x30\x30\xe2\x80\xaf\x30\x30\x36"),
    ("as 4-2-3", b"9999.00.006"),
    ("as 4-2-3", b"9999-00-006"),
    ("digit by digit", b"9 9 9 9 0 0 0 0 6"),
    ("as an amount", b"9999000,06"),
    ("as an amount", b"9999000.06"),
    ("as an amount", b"9.999.000,06"),
    ("UTF-16, little endian", b"\x39\x00\x39\x00\x39\x00\x39\x00\x30\x00\x30\x00\x30\x00\x30\x00\x36\x00"),
    ("UTF-16, big endian", b"\x00\x39\x00\x39\x00\x39\x00\x39\x00\x30\x00\x30\x00\x30\x00\x30\x00\x36"),
    ("UTF-32", b"\x39\x00\x00\x00\x39\x00\x00\x00\x39\x00\x00\x00\x39\x00\x00\x00\x30\x00\x00\x00\x30\x00\x00\x00\x30\x00\x00\x00\x30\x00\x00\x00\x36\x00\x00\x00"),
    ("hexadecimal", b"393939393030303036"),
    ("percent-encoded", b"%39%39%39%39%30%30%30%30%36"),
    ("HTML, decimal", b"&#57;&#57;&#57;&#57;&#48;&#48;&#48;&#48;&#54;"),
    ("HTML, hexadecimal", b"&#x39;&#x39;&#x39;&#x39;&#x30;&#x30;&#x30;&#x30;&#x36;"),
    ("JSON escapes", b"\\u0039\\u0039\\u0039\\u0039\\u0030\\u0030\\u0030\\u0030\\u0036"),
    ("base64 with 0 before", b"OTk5OTAwMDA2IGVu"),
    ("base64 with 1 before", b"eDk5OTkwMDAwNiBlbg=="),
    ("base64 with 2 before", b"eHk5OTk5MDAwMDYgZW4="),
    ("base64 with 3 before", b"eHl6OTk5OTAwMDA2IGVu"),
    ("base64 of UTF-16", b"YQA5ADkAOQA5ADAAMAAwADAANgBiAA=="),
    ("8 bytes, little endian", b"\x66\x43\x99\x3b\x00\x00\x00\x00"),
    ("8 bytes, big endian", b"\x00\x00\x00\x00\x3b\x99\x43\x66"),
    ("hexadecimal number", b"0x000000003B994366"),
    ("hexadecimal number", b"000000003b994366"),
    ("md5", b"246a8177bdcdc8a68bf8fb7674f5e42f"),
    ("md5", b"246A8177BDCDC8A68BF8FB7674F5E42F"),
    ("md5 cut off", b"246a8177bdcdc8a6"),
    ("md5 in base64", b"JGqBd73NyKaL+Pt2dPXkLw=="),
    ("md5 as bytes", b"\x24\x6a\x81\x77\xbd\xcd\xc8\xa6\x8b\xf8\xfb\x76\x74\xf5\xe4\x2f"),
    ("md5 as a number", b"-6428662254433899996"),
    ("md5 as a number", b"2624052084182206630"),
    ("sha1", b"da946cd10d2157a31e516616811ef2df94567178"),
    ("sha1", b"DA946CD10D2157A31E516616811EF2DF94567178"),
    ("sha1 cut off", b"da946cd10d2157a3"),
    ("sha1 in base64", b"2pRs0Q0hV6MeUWYWgR7y35RWcXg="),
    ("sha1 as bytes", b"\xda\x94\x6c\xd1\x0d\x21\x57\xa3\x1e\x51\x66\x16\x81\x1e\xf2\xdf\x94\x56\x71\x78"),
    ("sha1 as a number", b"-6676831579321625382"),
    ("sha1 as a number", b"15750333441945720739"),
    ("sha256", b"ffc5e90010757e650bdd68b7ff758cb1676be563e29f5c9676cf3fd52eb502a7"),
    ("sha256", b"FFC5E90010757E650BDD68B7FF758CB1676BE563E29F5C9676CF3FD52EB502A7"),
    ("sha256 cut off", b"ffc5e90010757e65"),
    ("sha256 in base64", b"/8XpABB1fmUL3Wi3/3WMsWdr5WPin1yWds8/1S61Aqc="),
    ("sha256 as bytes", b"\xff\xc5\xe9\x00\x10\x75\x7e\x65\x0b\xdd\x68\xb7\xff\x75\x8c\xb1\x67\x6b\xe5\x63\xe2\x9f\x5c\x96\x76\xcf\x3f\xd5\x2e\xb5\x02\xa7"),
    ("sha256 as a number", b"7313411556491511295"),
    ("sha256 as a number", b"18430393236569030245"),
    ("sha256 of a line", b"fa7cab69be227d4e4747b75365ca8a5292677cee4334d7ab43f56d1591e679a1"),
    ("sha256 of the program's own words", b"d68b6581ca94249beac51b41128f9c956aa5a414e11340c45410463c9a4a9e55"),
];

/// The number, its eurocents, its thousandths below nought, and the beginning of its SHA-256.
const VALUES: [i64; 4] = [999_900_006, 99_990_000_600, -999_900_006_000, 7_313_411_556_491_511_295];

fn finder() -> Finder {
    Finder::new(&BTreeSet::from([NUMBER.to_owned(), "084937261".to_owned()]))
}

/// The bytes in the middle of others.
fn amid(around: &[u8], planted: &[u8]) -> Vec<u8> {
    let (before, after) = around.split_at(around.len() / 2);
    [before, b" ", planted, b" ", after].concat()
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn table(column: Column) -> Vec<u8> {
    let mut frame = DataFrame::new_infer_height(vec![column]).unwrap();
    let mut out = Vec::new();
    ParquetWriter::new(&mut out).finish(&mut frame).unwrap();
    out
}

#[test]
fn a_number_that_is_planted_is_found_in_every_guise_and_every_kind_of_file() {
    let finder = finder();
    let page = std::fs::read(root().join("reports/voorbeeld/rapport.html")).unwrap();
    let picture =
        std::fs::read(root().join("reports/voorbeeld/figuren/maatwerk_nieuw.png")).unwrap();
    assert_eq!(finder.find_in(&page), [""; 0]);
    assert_eq!(finder.find_in(&picture), [""; 0]);
    for (guise, written) in WRITTEN {
        for bytes in [
            amid(&page, written),
            amid(&picture, written),
            archive(&[("xl/sharedStrings.xml", &amid(b"<si><t>x</t></si>", written))]),
            archive(&[("binnen.zip", &archive(&[("a.txt", written)]))]),
        ] {
            let found = finder.find_in(&bytes);
            assert!(found.iter().any(|one| one.contains(NUMBER)), "{guise}: {found:?}");
        }
    }
    // The number that loses its nought.
    for text in ["084937261", "84937261", "84.937.261", "0849372,61"] {
        assert!(finder.find(text.as_bytes())[0].contains("084937261"), "{text}");
    }
}

#[test]
fn a_number_in_a_column_of_parquet_is_found_whatever_it_is_stored_as() {
    let finder = finder();
    for value in VALUES {
        let column = Series::new("aantal".into(), &[1_i64, value, 3]);
        assert!(!finder.find_in(&table(column.into())).is_empty(), "{value}");
    }
    for column in [
        Series::new("naam".into(), &["De Linde", "cliënt 9999.00.006"]),
        Series::new("klein".into(), &[1_i32, 999_900_006]),
        Series::new("zonder_teken".into(), &[1_u32, 999_900_006]),
        Series::new("gebroken".into(), &[0.5_f64, 999_900_006.0]),
    ] {
        let name = column.name().to_string();
        assert!(!finder.find_in(&table(column.into())).is_empty(), "{name}");
    }
    let clean = Series::new("aantal".into(), &[1_i64, 999_900_007, 99_990_000]);
    assert_eq!(finder.find_in(&table(clean.into())), [""; 0]);
}

#[test]
fn a_number_in_a_name_is_found_and_what_cannot_be_looked_into_is_told() {
    let (finder, place) = (finder(), Place::new());
    place.write("map/999900006.txt", "niets");
    place.write("map/goed.txt", "niets");
    assert_eq!(finder.find_below(&place.path("")), ["map/999900006.txt: 999900006 (plain)"]);
    let zipped = archive(&[("999900006.xml", b"")]);
    assert_eq!(finder.find_in(&zipped).len(), 1);
    assert_eq!(finder.find_in(b"%PDF-1.7 niets").len(), 1);
    assert_eq!(finder.find_in(b"\x1f\x8b niets").len(), 1);
    let chunk = b"\x89PNG\r\n\x1a\n\0\0\0\x01zTXtx\0\0\0\0";
    assert_eq!(finder.find_in(chunk).len(), 1);
}
