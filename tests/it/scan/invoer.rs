//! Inputs whose client numbers are known: those of the practice region, and files in which they stand in the wrong place.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use polars::prelude::{ParquetReader, SerReader as _};
use zip::write::SimpleFileOptions;

use crate::support::{Place, files_below, jw323, prestatie, sample_data, with};

/// Client numbers in the test range that stand in the files of a folder.
pub(super) fn numbers_in(folder: &Path) -> BTreeSet<String> {
    let mut numbers = BTreeSet::new();
    for bytes in files_below(folder).values() {
        gather(bytes, &mut numbers);
    }
    numbers
}

fn gather(bytes: &[u8], numbers: &mut BTreeSet<String>) {
    if bytes.starts_with(b"PAR1") {
        // A table without clients has no such column, and a broken file no columns at all.
        let frame = ParquetReader::new(Cursor::new(bytes)).finish();
        if let Some(clients) = frame.as_ref().ok().and_then(|frame| frame.column("bsn").ok()) {
            numbers.extend(clients.i64().unwrap().iter().flatten().map(|n| n.to_string()));
        }
    } else if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) {
        for at in 0..archive.len() {
            let mut part = Vec::new();
            // A part with a password tells nothing.
            if archive.by_index(at).is_ok_and(|mut file| file.read_to_end(&mut part).is_ok()) {
                gather(&part, numbers);
            }
        }
    } else {
        let runs = bytes.split(|byte| !byte.is_ascii_digit());
        let runs = runs.filter(|run| matches!(run.len(), 8 | 9) && run.starts_with(b"9999"));
        numbers.extend(runs.map(|run| String::from_utf8_lossy(run).into_owned()));
    }
}

/// Test BSNs that pass the eleven-proof, one after another.
struct Clients {
    next: u32,
    given: BTreeSet<String>,
}

impl Clients {
    fn one(&mut self) -> String {
        let mut digits: Vec<u32>;
        loop {
            self.next += 1;
            digits = self.next.to_string().bytes().map(|byte| u32::from(byte - b'0')).collect();
            let weighed: u32 = digits[..8].iter().zip((2..=9).rev()).map(|(d, w)| d * w).sum();
            if weighed % 11 == digits[8] {
                break;
            }
        }
        let number = self.next.to_string();
        self.given.insert(number.clone());
        number
    }
}

const HEADINGS: [&str; 12] = [
    "gemeente",
    "agb",
    "clientnummer",
    "referentienummer",
    "productcode",
    "begindatum",
    "einddatum",
    "volume",
    "eenheid",
    "tarief",
    "bedrag",
    "dagtekening",
];
const GOOD: [&str; 12] = [
    "9901",
    "99000101",
    "",
    "R",
    "45A04",
    "01-07-2025",
    "31-07-2025",
    "4",
    "uur",
    "12,50",
    "50,00",
    "05-08-2025",
];

/// Columns that are kept as they stand: a number of a line must be found again, and an amount is in the accounts.
/// docs/PRIVACY.md says so.
const KEPT: [&str; 2] = ["referentienummer", "bedrag"];

/// Writes the files; gives the client numbers in them.
pub(super) fn wrong_files(place: &Place) -> BTreeSet<String> {
    let mut clients = Clients { next: 999_960_000, given: BTreeSet::new() };
    place.write("verschoven.csv", shifted(&mut clients));
    place.write("nummers.csv", odd_numbers(&mut clients));
    let one = clients.one();
    // No heading at all, and a number as a heading.
    place.write("zonder_kop.csv", format!("9901;99000101;{one};45A04;50,00\n").repeat(3));
    place.write(
        "nummer_als_kop.csv",
        format!("gemeente;agb;{one};bsn;bedrag\n9901;99000101;x;y;1\n"),
    );
    place.write("aanhaling.csv", with_open_quote(&mut clients));
    messages(place, &mut clients);
    for name in ["declaraties_sterrenwacht.xlsx", "declaraties_nachtegaal.parquet"] {
        let bytes = std::fs::read(sample_data().join(name)).unwrap();
        gather(&bytes, &mut clients.given);
        place.write(&format!("afgebroken_{name}"), &bytes[..bytes.len() / 3 * 2]);
    }
    place.write("pakket.zip", packed());
    clients.given.extend(numbers_in(place.path("").as_path()));
    clients.given
}

/// A client number in each column in turn, and one too few and one too many fields.
fn shifted(clients: &mut Clients) -> String {
    let mut out = HEADINGS.join(";") + "\n";
    let mut add = |cells: &[String]| out += &(cells.join(";") + "\n");
    for (at, heading) in HEADINGS.iter().enumerate() {
        let mut cells = GOOD.map(str::to_owned);
        cells[2] = clients.one();
        cells[3] = format!("R{at}");
        if !KEPT.contains(heading) {
            cells[at] = clients.one();
        }
        add(&cells);
        let mut moved = cells.to_vec();
        moved.remove(at);
        add(&moved);
        moved.insert(at, clients.one());
        moved.insert(at, "x".to_owned());
        add(&moved);
    }
    out
}

/// Numbers that are no BSN, as people write them.
fn odd_numbers(clients: &mut Clients) -> String {
    let mut out = HEADINGS.join(";") + "\n";
    let good = clients.one();
    let (front, last) = good.split_at(6);
    let spaced = format!("{} {} {last}", &front[..3], &front[3..]);
    // A digit lost in front, one that fails the eleven-proof, ten digits, and a number of a back office.
    let odd = ["084937261", "84937261", "999960001", "9999600017", "K-99996001"];
    clients.given.extend(["084937261", "999960001", "9999600017", "99996001"].map(str::to_owned));
    for number in
        odd.into_iter().map(str::to_owned).chain([spaced, format!("{good}.0"), format!("'{good}")])
    {
        let mut cells = GOOD.map(str::to_owned);
        cells[2] = number;
        cells[3] = String::new();
        out += &(cells.join(";") + "\n");
    }
    out
}

/// A quote that is never closed swallows the rows behind it.
fn with_open_quote(clients: &mut Clients) -> String {
    let mut out = HEADINGS.join(";") + "\n";
    for at in 0..4 {
        let mut cells = GOOD.map(str::to_owned);
        cells[2] = clients.one();
        cells[3] = if at == 1 { "\"R1".to_owned() } else { format!("R{at}") };
        out += &(cells.join(";") + "\n");
    }
    out
}

/// A message that breaks off in a number, one of a kind that is not read, and one with a number in the wrong element.
fn messages(place: &Place, clients: &mut Clients) {
    let (one, two) = (clients.one(), clients.one());
    let good = jw323(10_000, &[(&one, prestatie("R1")), (&two, prestatie("R2"))]);
    let at = good.rfind(&two).unwrap() + 9;
    place.write("afgebroken.xml", &good[..at]);
    place.write("JW321.xml", good.replace("JW323", "JW321").replace("jw323", "jw321"));
    let three = clients.one();
    for (name, old, new) in [
        ("eenheid.xml", "<m:Eenheid>04<".to_owned(), format!("<m:Eenheid>{three}<")),
        ("volume.xml", "<m:GeleverdVolume>4<".to_owned(), format!("<m:GeleverdVolume>{three}x<")),
        (
            "datum.xml",
            "<ijw:Begindatum>2025-07-01<".to_owned(),
            format!("<ijw:Begindatum>{three}<"),
        ),
        ("element.xml", "<m:Bsn>".to_owned(), format!("<m:Nr{three}>1</m:Nr{three}><m:Bsn>")),
        ("bsn.xml", format!("<m:Bsn>{one}"), format!("<m:Bsn>{one}7")),
        ("code.xml", "<m:BerichtCode>490<".to_owned(), format!("<m:BerichtCode>{three}<")),
    ] {
        place.write(name, with(&good, &old, &new));
    }
}

/// What is in an archive is unpacked to be read.
pub(super) fn packed() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in [
        "declaraties_sterrenwacht.xlsx",
        "declaraties_vuurvlinder.xlsx",
        "declaraties_nachtegaal.parquet",
        "declaraties_linde.csv",
    ] {
        let bytes = std::fs::read(sample_data().join(name)).unwrap();
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
