//! Workbooks that are broken, of another kind, or mean harm: each is refused with bounded memory and a reason.

use crate::werkboek::{CHILDREN, children, ods, ods_texts, seen, xlsx, xlsx_parts, zipped};

#[test]
fn a_row_that_does_not_stand_where_it_says_is_refused() {
    let good = |row: u32| {
        format!(
            r#"<row r="{row}"><c r="A{row}"><v>9901</v></c><c r="C{row}"><v>5</v></c><c r="B{row}"><v>2025</v></c></row>"#
        )
    };
    let rows = [
        good(2),
        r#"<row r="3"><c r="A3"><v>9901</v></c><c r="A3"><v>9902</v></c></row>"#.to_owned(),
        r#"<row r="4"><c r="A5"><v>9901</v></c></row>"#.to_owned(),
        r#"<row r="5"><c r="XFE5"><v>9901</v></c></row>"#.to_owned(),
        r#"<row r="6"><c r="A6" t="s"><v>7</v></c></row>"#.to_owned(),
        r#"<row r="7"><c r="A7" t="q"><v>7</v></c></row>"#.to_owned(),
        good(3),
        r#"<row r="99999999"><c><v>1</v></c></row>"#.to_owned(),
        r"<row><c><v>9902</v></c><c><v>2025</v></c><c><v>6</v></c></row>".to_owned(),
    ];
    let seen = seen(&children(&rows.concat()));
    assert_eq!(seen.rows, ["Blad1!2: =9901|=2025|=5", "Blad1!8: =9902|=2025|=6"]);
    let told: Vec<&str> = seen.rejects.iter().map(|r| r.split(" een").next().unwrap()).collect();
    assert_eq!(
        told,
        [
            "MS277 Blad1!3 twee cellen met hetzelfde adres",
            "MS277 Blad1!4",
            "MS277 Blad1!5",
            "MS277 Blad1!6",
            "MS277 Blad1!7",
            "MS277 Blad1!7",
            "MS277 Blad1!7",
        ]
    );
}

#[test]
fn what_a_sheet_declares_costs_no_memory() {
    let body = format!(
        r#"<dimension ref="A1:XFD1048576"/><sheetData>{CHILDREN}<row r="2"><c r="A2"><v>9901</v></c><c r="B2"><v>2025</v></c><c r="C2"><v>5</v></c><c r="XFD2"><v>1</v></c></row>
        <row r="1048576"><c r="A1048576"><v>9902</v></c><c r="B1048576"><v>2025</v></c><c r="C1048576"><v>5</v></c></row></sheetData>"#
    );
    let seen = seen(&xlsx(&[("Blad1", "", &body)], &[]));
    assert_eq!(seen.rows.len(), 2);
    assert_eq!(seen.counts.blank, 1_048_573);
    assert_eq!(seen.rejects, ["MS208 Blad1!XFD2 1 cel"]);
}

#[test]
fn a_hundred_thousand_columns_are_refused_row_by_row() {
    let wide = format!(r#"<row r="2">{}</row>"#, "<c><v>1</v></c>".repeat(100_000));
    let seen = seen(&children(&wide));
    assert_eq!(seen.rejects, ["MS277 Blad1!2 een cel zonder geldig adres"]);
}

#[test]
fn entities_are_never_expanded() {
    let parts = xlsx_parts(&[("Blad1", "", "<sheetData/>")], &[]);
    let mut parts: Vec<(String, String)> = parts;
    let lol = r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>"#;
    for (name, text) in &mut parts {
        if name.ends_with("sheet1.xml") {
            lol.clone_into(text);
        }
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let seen = seen(&zipped(&parts));
    assert_eq!(seen.rejects, ["MS273 0 xl/worksheets/sheet1.xml heeft een DOCTYPE"]);
}

#[test]
fn elements_without_end_are_refused_before_they_fill_the_memory() {
    let deep = format!("<sheetData>{}", "<x>".repeat(100_000));
    let deep = seen(&xlsx(&[("Blad1", "", &deep)], &[]));
    assert!(deep.rejects[0].starts_with("MS273"), "{:?}", deep.rejects);
    let long = format!("<sheetData><row><c><v>{}</v></c></row></sheetData>", " ".repeat(20 << 20));
    let long = seen(&xlsx(&[("Blad1", "", &long)], &[]));
    assert!(long.rejects[0].starts_with("MS274"), "{:?}", long.rejects);
}

#[test]
fn texts_that_unpack_without_end_are_refused() {
    let million = "y".repeat(1_000_000);
    let shared: Vec<&str> = vec![million.as_str(); 560];
    let seen = seen(&xlsx(&[("Blad1", "", "<sheetData/>")], &shared));
    assert_eq!(seen.rejects, ["MS274 0 de gedeelde teksten worden bij het uitpakken te groot"]);
}

#[test]
fn a_workbook_that_is_not_whole_is_refused_wherever_it_was_cut() {
    let whole = children(
        r#"<row r="2"><c r="A2"><v>9901</v></c><c r="B2"><v>2025</v></c><c r="C2"><v>5</v></c></row>"#,
    );
    assert_eq!(seen(&whole).rows.len(), 1);
    for part in 1..20 {
        let cut = seen(&whole[..whole.len() * part / 20]);
        assert!(
            cut.rows.is_empty() && cut.rejects[0].starts_with("MS273"),
            "{part}: {:?}",
            cut.rejects
        );
    }
    // A byte of the sheet that fell over: the checksum says so before a row counts.
    let needle = b"xl/worksheets/sheet1.xml";
    let at = whole.windows(needle.len()).position(|w| w == needle).unwrap() + needle.len() + 40;
    let mut broken = whole.clone();
    broken[at] ^= 0x10;
    let broken = seen(&broken);
    assert!(
        broken.rows.is_empty() && broken.rejects[0].starts_with("MS273"),
        "{:?}",
        broken.rejects
    );
}

#[test]
fn a_workbook_without_a_known_table_says_what_it_resembles() {
    let body = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>gemeente</t></is></c><c r="B1" t="inlineStr"><is><t>jaar</t></is></c></row></sheetData>"#;
    let seen = seen(&xlsx(&[("Blad1", "", body)], &[]));
    assert!(
        seen.rejects[0].starts_with("MS204 0 blad 'Blad1' lijkt het meest op gemeenten"),
        "{:?}",
        seen.rejects
    );
    assert!(seen.reading.unwrap().table.is_empty());
}

#[test]
fn other_kinds_are_named_with_what_to_do() {
    let ole = |name: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        // The name lies across two pieces in which the file is searched.
        bytes.resize((1 << 20) - 6, 0);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize((1 << 20) + 512, 0);
        bytes
    };
    let one = |bytes: &[u8]| seen(bytes).rejects.join(" ");
    assert_eq!(one(&ole("EncryptedPackage")), "MS270 0 ");
    assert_eq!(one(&ole("Workbook")), "MS271 0 Excel 97-2003 (.xls)");
    assert_eq!(one(&ole("WordDocument")), "MS271 0 een oud Office-bestand, geen werkmap");
    assert_eq!(
        one(b"<html><body><table><tr><td>bedrag</td></tr></table></body></html>"),
        "MS272 0 "
    );
    let xml =
        br#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>"#;
    assert_eq!(one(xml), "MS271 0 XML-werkblad 2003");
    let xlsb = zipped(&[
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.bin"/></Relationships>"#,
        ),
        ("xl/workbook.bin", "x"),
    ]);
    assert_eq!(one(&xlsb), "MS271 0 binaire werkmap (.xlsb)");
    let word = zipped(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>")]);
    assert_eq!(one(&word), "MS271 0 een Word- of PowerPoint-document");
}

#[test]
fn an_ods_workbook_that_repeats_without_end_is_bounded() {
    let heading = ods_texts(&["gemeente", "jaar", "jeugdigen"]);
    let table =
        |rows: &str| ods(&format!(r#"<table:table table:name="T">{heading}{rows}</table:table>"#));
    let many = table(
        r#"<table:table-row table:number-rows-repeated="4000000000"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#,
    );
    assert!(seen(&many).rejects[0].starts_with("MS274"));
    let wide = table(
        r#"<table:table-row><table:table-cell table:number-columns-repeated="4000000000" office:value-type="float" office:value="1"/></table:table-row>"#,
    );
    assert_eq!(seen(&wide).rejects, ["MS277 T!2 een cel zonder geldig adres"]);
    let text = "z".repeat(30_000);
    let heavy = table(&format!(
        r#"<table:table-row><table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>{text}</text:p></table:table-cell></table:table-row>"#
    ));
    assert_eq!(seen(&heavy).rejects, ["MS277 T!2 meer tekst dan in een rij kan zijn bedoeld"]);
}

#[test]
fn a_locked_ods_workbook_is_named() {
    let locked = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "geheim"),
        (
            "META-INF/manifest.xml",
            "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
        ),
    ]);
    assert_eq!(seen(&locked).rejects, ["MS270 0 "]);
    let text =
        zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]);
    assert_eq!(seen(&text).rejects, ["MS271 0 een ander document van LibreOffice"]);
}

/// Numbers without pattern, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

/// A text of which a few pieces were changed, doubled or left out.
fn damaged(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(4) {
        let (at, len) = (dice.below(bytes.len()), 1 + dice.below(30));
        let end = (at + len).min(bytes.len());
        match dice.below(4) {
            0 => bytes[at] = b"<>&\"/09AZ= \n"[dice.below(12)],
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => bytes.swap(at, end - 1),
        }
        if bytes.is_empty() {
            bytes.push(b'<');
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn no_damage_to_the_parts_of_a_workbook_brings_the_reader_down() {
    let rows: Vec<String> = (2..12)
        .map(|row| {
            format!(
                r#"<row r="{row}"><c r="A{row}" t="s"><v>1</v></c><c r="B{row}" s="1"><v>45658</v></c><c r="C{row}"><f>1+1</f><v>{row}.5</v></c></row>"#
            )
        })
        .collect();
    let rows = rows.concat();
    let body =
        format!("<cols><col min=\"1\" max=\"2\"/></cols><sheetData>{CHILDREN}{rows}</sheetData>");
    let parts = xlsx_parts(&[("Blad1", "", &body)], &["een", "twee"]);
    let mut dice = Dice(7);
    let (mut read, mut refused) = (0, 0);
    for round in 0..600 {
        let hurt = 1 + round % (parts.len() - 1);
        let text = damaged(&parts[hurt].1, &mut dice);
        let hurt: Vec<(&str, &str)> = (0..)
            .zip(&parts)
            .map(|(at, (name, good))| {
                (name.as_str(), if at == hurt { text.as_str() } else { good })
            })
            .collect();
        // What is read adds up: `seen` looks.
        let seen = seen(&zipped(&hurt));
        read += usize::from(!seen.rows.is_empty());
        refused += usize::from(!seen.rejects.is_empty());
    }
    assert!(read > 40 && refused > 100, "{read} {refused}");
}

#[test]
fn no_damage_to_an_ods_workbook_brings_the_reader_down() {
    let rows = r#"<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="float" office:value="9901"><text:p>9901</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="date" office:date-value="2025-07-01"/></table:table-row>"#;
    let good = format!(
        r#"<table:table table:name="T">{}{rows}{rows}</table:table>"#,
        ods_texts(&["gemeente", "jaar", "jeugdigen"])
    );
    let mut dice = Dice(11);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..400 {
        let seen = seen(&ods(&damaged(&good, &mut dice)));
        read += usize::from(!seen.rows.is_empty());
        refused += usize::from(!seen.rejects.is_empty());
    }
    assert!(read > 25 && refused > 50, "{read} {refused}");
}
