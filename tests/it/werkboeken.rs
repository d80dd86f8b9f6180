//! Workbooks: what a sheet holds, what a hostile one must not do, and that a workbook gives what the same CSV gives.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::support::{Place, derived, export, read};
use crate::werkboek::{
    CHILDREN, as_workbook, children, declaraties, ods, ods_texts, seen, xlsx, xlsx_parts, zipped,
};

#[test]
fn cells_of_every_kind_are_handed_on_as_they_are_shown() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headings = ["bsn", "agb", "ingangsdatum", "einddatum", "uren", "plan_aanwezig", "verslag"];
    for (at, heading) in (0..).zip(headings) {
        sheet.write(0, at, heading).unwrap();
    }
    let date = Format::new().set_num_format("dd-mm-yyyy");
    let zeros = Format::new().set_num_format("00000000");
    let day = ExcelDateTime::from_ymd(2025, 7, 1).unwrap();
    let noon = ExcelDateTime::from_ymd(2025, 12, 31).unwrap().and_hms(12, 30, 0).unwrap();
    sheet.write(1, 0, 999_900_006).unwrap();
    sheet.write_with_format(1, 1, 990_001, &zeros).unwrap();
    sheet.write_with_format(1, 2, &day, &date).unwrap();
    sheet.write_with_format(1, 3, &noon, &date).unwrap();
    sheet.write(1, 4, 0.1 + 0.2).unwrap();
    sheet.write(1, 5, true).unwrap();
    sheet.write(1, 6, "  spaties blijven  ").unwrap();
    let seen = seen(&book.save_to_buffer().unwrap());
    assert_eq!(
        seen.rows,
        [
            "Sheet1!2: =999900006|=00990001|=2025-07-01|=2025-12-31T12:30:00|=0.3|=true|  spaties blijven  "
        ]
    );
    assert_eq!(seen.rejects, [""; 0]);
    let reading = seen.reading.unwrap();
    assert_eq!((reading.format.as_str(), reading.table.as_str()), ("XLSX", "plannen"));
    assert_eq!(reading.sheets, ["Sheet1"]);
}

#[test]
fn shared_rich_and_inline_texts_are_read_and_reading_aids_are_not() {
    let rich = "<r><t>Aa</t></r><r><t xml:space=\"preserve\">dorp &amp; </t></r><r><t>&#66;eek</t></r><rPh><t>x</t></rPh>";
    let body = format!(
        r#"<sheetData>{CHILDREN}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><f>1+1</f><v>2025</v></c><c r="C2"><f>6*2</f><v>12</v></c></row></sheetData>"#
    );
    let mut parts = xlsx_parts(&[("Blad1", "", &body)], &[]);
    for (name, text) in &mut parts {
        if name == "xl/sharedStrings.xml" {
            *text = format!("<sst><si>{rich}</si></sst>");
        }
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let seen = seen(&zipped(&parts));
    assert_eq!(seen.rows, ["Blad1!2: Aadorp & Beek|2025|=12"]);
    assert_eq!(seen.rejects, ["MS279 Blad1!B2 1 cel in jaar"]);
}

#[test]
fn a_cell_without_a_value_costs_its_row_and_never_becomes_nought() {
    let seen = seen(&children(
        r#"<row r="2"><c r="A2"><v>9901</v></c><c r="B2"><v>2025</v></c><c r="C2" t="e"><v>#N/A</v></c></row>
        <row r="3"><c r="A3"><v>9902</v></c><c r="B3"><v>2025</v></c><c r="C3"><f>SUM(A1)</f></c></row>
        <row r="4"><c r="A4"><v>9903</v></c><c r="B4"><v>2025</v></c><c r="C4"><f>SUM(A1)</f><v></v></c></row>
        <row r="5"><c r="A5"><v>9904</v></c><c r="B5"><v>2025</v></c><c r="C5" t="inlineStr"><is><t>#VERW!</t></is></c></row>
        <row r="6"><c r="A6"><v>9905</v></c><c r="B6"><v>2025</v></c><c r="C6"><v>3</v></c></row>"#,
    ));
    assert_eq!(seen.rows, ["Blad1!6: =9905|=2025|=3"]);
    assert_eq!(
        seen.rejects,
        [
            "MS275 Blad1!C2 #N/B",
            "MS275 Blad1!C3 formule zonder opgeslagen uitkomst",
            "MS275 Blad1!C4 formule zonder opgeslagen uitkomst",
            "MS275 Blad1!C5 #VERW!",
        ]
    );
}

#[test]
fn a_refused_row_keeps_its_euros_and_a_value_that_may_miss_is_only_told() {
    // Column N is the amount, O debet or credit, D the reference, M the tariff.
    let seen = seen(&declaraties(
        &[&[], &[], &[], &[]],
        &[
            ("M2", r#"<c r="@" t="e"><v>#DIV/0!</v></c>"#),
            ("N2", r#"<c r="@"><v>50.000000000000007</v></c>"#),
            ("N3", r#"<c r="@" t="e"><v>#REF!</v></c>"#),
            ("D4", r#"<c r="@" t="e"><v>#N/A</v></c>"#),
            ("D5", r#"<c r="@"><v>1.2345678901234567E+19</v></c>"#),
        ],
    ));
    assert_eq!(seen.rows.len(), 2);
    assert_eq!(
        seen.rejects,
        [
            "MS275 Blad1!M2 #DEEL/0!",
            "MS275 Blad1!N3 #VERW!",
            "MS276 Blad1!D4 #N/B",
            "MS276 Blad1!D5 getal van meer dan 15 cijfers",
        ]
    );
    assert_eq!((seen.counts.rejected, seen.counts.rejected_ct), (2, 5000));
    assert_eq!(seen.counts.rejected_unreadable, 1);
    assert_eq!(seen.rejected_ct[..2], [Some(5000), None]);
    assert!(!seen.rows.join(" ").contains("12345678901234567"));
}

#[test]
fn preambles_blank_rows_repeated_headings_and_totals_are_no_data() {
    let text =
        |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let heading = |row: u32| {
        let cells: String = [("B", "gemeente"), ("C", "jaar"), ("D", "jeugdigen")]
            .iter()
            .map(|(c, name)| text(&format!("{c}{row}"), name))
            .collect();
        format!(r#"<row r="{row}">{cells}</row>"#)
    };
    let data = |row: u32| {
        format!(
            r#"<row r="{row}"><c r="B{row}"><v>990{row}</v></c><c r="C{row}"><v>2025</v></c><c r="D{row}"><v>{row}</v></c></row>"#
        )
    };
    let rows = [
        format!(r#"<row r="1">{}</row><row r="2"/>"#, text("A1", "Jeugdigen op 1 januari")),
        heading(3),
        data(4),
        r#"<row r="5"><c r="B5" s="1"/></row>"#.to_owned(),
        data(7),
        heading(8),
        data(9),
        format!(r#"<row r="10">{}<c r="D10"><v>20</v></c></row>"#, text("B10", "Totaal")),
        r#"<row r="11"/><row r="500000"/>"#.to_owned(),
    ];
    let seen =
        seen(&xlsx(&[("Blad1", "", &format!("<sheetData>{}</sheetData>", rows.concat()))], &[]));
    assert_eq!(
        seen.rows,
        ["Blad1!4: |=9904|=2025|=4", "Blad1!7: |=9907|=2025|=7", "Blad1!9: |=9909|=2025|=9"]
    );
    assert_eq!(seen.totals, ["Blad1!10: |Totaal||=20"]);
    let c = seen.counts;
    assert_eq!((c.rows, c.blank, c.headings, c.totals), (7, 2, 1, 1));
}

#[test]
fn every_sheet_with_a_table_is_read_and_the_others_are_named() {
    let sheet = |year: u32| {
        format!(
            r#"<sheetData>{CHILDREN}<row r="2"><c r="A2"><v>9901</v></c><c r="B2"><v>{year}</v></c><c r="C2"><v>5</v></c></row></sheetData>"#
        )
    };
    let words = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Lees dit eerst</t></is></c></row></sheetData>"#;
    let seen = seen(&xlsx(
        &[
            ("Toelichting", "", words),
            ("2024", "", &sheet(2024)),
            ("Leeg", "", "<sheetData/>"),
            ("2025", r#"state="hidden""#, &sheet(2025)),
        ],
        &[],
    ));
    assert_eq!(seen.rows, ["2024!2: =9901|=2024|=5", "2025!2: =9901|=2025|=5"]);
    assert_eq!(seen.rejects, ["MS278 2025 het hele blad is verborgen"]);
    let reading = seen.reading.unwrap();
    assert_eq!(reading.sheets, ["2024", "2025"]);
    assert_eq!(reading.remark, "blad 'Toelichting' niet gebruikt");
}

#[test]
fn a_sheet_named_after_a_client_is_told_by_its_place() {
    let body = format!(
        r#"<sheetData>{CHILDREN}<row r="2"><c r="A2"><v>9901</v></c><c r="B2"><v>2025</v></c><c r="C2"><f>A1</f></c></row></sheetData>"#
    );
    let seen = seen(&xlsx(
        &[
            ("dossier 999900006", "", &body),
            ("999900018", "", "<sheetData><row><c><v>1</v></c></row></sheetData>"),
        ],
        &[],
    ));
    assert_eq!(seen.rejects, ["MS275 blad 1!C2 formule zonder opgeslagen uitkomst"]);
    let reading = format!("{:?}", seen.reading.unwrap());
    assert!(
        reading.contains("blad 'blad 2' niet gebruikt") && !reading.contains("99990"),
        "{reading}"
    );
}

#[test]
fn hidden_rows_and_columns_are_read_and_told() {
    let body = format!(
        r#"<cols><col min="2" max="2" hidden="1"/><col min="5" max="16384" hidden="1"/></cols><sheetData>{CHILDREN}
        <row r="2" hidden="1"><c r="A2"><v>9901</v></c><c r="B2"><v>2025</v></c><c r="C2"><v>5</v></c></row>
        <row r="3" hidden="true"><c r="A3"><v>9902</v></c><c r="B3"><v>2025</v></c><c r="C3"><v>6</v></c></row></sheetData>"#
    );
    let seen = seen(&xlsx(&[("Blad1", "", &body)], &[]));
    assert_eq!(seen.rows.len(), 2);
    assert_eq!(
        seen.rejects,
        ["MS278 Blad1 1 verborgen kolom", "MS278 Blad1!2 2 rijen verborgen, de eerste is rij 2"]
    );
}

#[test]
fn dates_follow_the_calendar_of_the_workbook() {
    let body = |serial: &str, style: u32| {
        format!(
            r#"<sheetData><row r="1"><c t="inlineStr"><is><t>bsn</t></is></c><c t="inlineStr"><is><t>agb</t></is></c><c t="inlineStr"><is><t>ingangsdatum</t></is></c></row>
            <row r="2"><c><v>999900006</v></c><c><v>99000101</v></c><c s="{style}"><v>{serial}</v></c></row></sheetData>"#
        )
    };
    let first = |serial: &str, style: u32, is_1904: bool| {
        let mut parts = xlsx_parts(&[("Blad1", "", &body(serial, style))], &[]);
        for (_, text) in parts.iter_mut().filter(|_| is_1904) {
            *text = text.replace("<workbookPr/>", r#"<workbookPr date1904="1"/>"#);
        }
        let parts: Vec<(&str, &str)> =
            parts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        seen(&zipped(&parts)).rows[0].rsplit('|').next().unwrap().to_owned()
    };
    assert_eq!(first("45658", 1, false), "=2025-01-01");
    assert_eq!(first("44196", 1, true), "=2025-01-01");
    assert_eq!(first("60", 1, false), "=1900-02-29");
    // Not shown as a date: handed on as it is, but for a calendar that nobody behind this reader knows.
    assert_eq!(first("45658", 0, false), "=45658");
    assert_eq!(first("44196", 0, true), "=2025-01-01");
    assert_eq!(first("1.5", 2, false), "36:00:00");
    assert_eq!(first("355", 3, false), "=0355");
}

#[test]
fn a_large_sheet_comes_in_blocks_that_do_not_overlap() {
    let mut rows = String::new();
    for row in 2..=60_001 {
        let row = format!(
            r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{}</t></is></c><c r="B{row}"><v>2025</v></c><c r="C{row}"><v>{row}</v></c></row>"#,
            "x".repeat(200)
        );
        rows.push_str(&row);
    }
    let seen = seen(&children(&rows));
    assert!(seen.blocks > 1, "{} {:?}", seen.blocks, seen.rejects);
    assert_eq!(seen.rows.len(), 60_000);
    assert!(
        seen.rows[59_999].ends_with("|=2025|=60001")
            && seen.rows[59_999].starts_with("Blad1!60001:")
    );
}

#[test]
fn a_table_may_begin_below_headings_in_two_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    sheet.write(0, 0, "Gemeente").unwrap();
    sheet.merge_range(0, 0, 1, 0, "Gemeente", &bold).unwrap();
    sheet.merge_range(0, 1, 0, 2, "Stand", &bold).unwrap();
    sheet.write(1, 1, "jaar").unwrap();
    sheet.write(1, 2, "jeugdigen").unwrap();
    for (at, value) in (0..).zip([9901, 2025, 12]) {
        sheet.write(2, at, value).unwrap();
    }
    let seen = seen(&book.save_to_buffer().unwrap());
    assert_eq!(seen.rows, ["Sheet1!3: =9901|=2025|=12"]);
}

#[test]
fn an_ods_workbook_is_read_like_any_other() {
    let rows = [
        ods_texts(&["bsn", "agb", "ingangsdatum", "einddatum", "uren", "plan_aanwezig", "verslag"]),
        r#"<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>"#.to_owned(),
        r#"<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="999900006"><text:p>999900006</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="990001"><text:p>00990001</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2025-07-01"><text:p>01-07-25</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2025-12-31T12:30:00"><text:p>x</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="0.30000000000000004"><text:p>0,3</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAAR</text:p></table:table-cell><table:table-cell office:value-type="string"><office:annotation><text:p>een notitie</text:p></office:annotation><text:p>twee<text:s text:c="2"/>delen &amp; <text:span>meer</text:span></text:p></table:table-cell></table:table-row>"#.to_owned(),
        r#"<table:table-row table:visibility="collapse"><table:table-cell office:value-type="float" office:value="999900006"/><table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell><table:table-cell/></table:table-row>"#.to_owned(),
        r#"<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#.to_owned(),
    ];
    let table = format!(r#"<table:table table:name="Plannen">{}</table:table>"#, rows.concat());
    // What another file once held is kept beside the sheets, and is none.
    let kept =
        format!("<table:dde-links><table:dde-link>{table}</table:dde-link></table:dde-links>");
    let seen = seen(&ods(&format!(r#"<table:table table:name="Leeg"/>{table}{kept}"#)));
    let row = "=999900006|=00990001|=2025-07-01|=2025-12-31T12:30:00|=0.3|=true|twee  delen & meer";
    assert_eq!(seen.rows, [format!("Plannen!5: {row}"), format!("Plannen!6: {row}")]);
    assert_eq!(
        seen.rejects,
        ["MS275 Plannen!B7 #DEEL/0!", "MS278 Plannen!7 1 rij verborgen, de eerste is rij 7"]
    );
    assert_eq!((seen.counts.blank, seen.reading.unwrap().format.as_str()), (3, "ODS"));
}

#[test]
fn a_workbook_gives_the_tables_of_the_same_export_as_text() {
    let text = export(&[
        &[("bedrag", "1234,56"), ("volume", "1"), ("tarief", "1234,56")],
        &[
            ("referentienummer", "R2"),
            ("periode_begin", "01-06-2025"),
            ("bedrag", "0,30"),
            ("volume", "0,1"),
            ("tarief", "3"),
        ],
        &[
            ("referentienummer", "R3"),
            ("periode_begin", "01-05-2025"),
            ("periode_eind", "31-02-2025"),
        ],
    ]);
    let place = Place::new();
    let csv = place.write("csv/a.csv", &text);
    // A day that is not there cannot be a date in a workbook either: it is text.
    let book = as_workbook(&text.replace("31-02-2025", "31-02-25"));
    let sheet = place.write("xlsx/a.xlsx", book);
    let tables = |path, name: &str| -> Vec<BTreeMap<String, String>> {
        let dataset = read(&[path], &place.path(name));
        let mut rows = derived(&dataset, "declaraties");
        for row in &mut rows {
            row.remove("bron");
            row.remove("regel");
        }
        rows
    };
    let expected = tables(csv, "een");
    assert_eq!(expected.len(), 2);
    assert_eq!(tables(sheet, "twee"), expected);
}

#[test]
fn a_workbook_may_hold_several_tables_and_each_has_its_account() {
    let sheet = |text: &str| -> String {
        let cell = |cell: &str| format!(r#"<c t="inlineStr"><is><t>{cell}</t></is></c>"#);
        let row =
            |line: &str| format!("<row>{}</row>", line.split(';').map(cell).collect::<String>());
        format!("<sheetData>{}</sheetData>", text.lines().map(row).collect::<String>())
    };
    let lines = export(&[
        &[],
        &[("referentienummer", "R2"), ("periode_begin", "01-06-2025"), ("bsn", "1")],
    ]);
    let children = "gemeente;jaar;jeugdigen\n9901;2025;2000\n9902;2025;x\n9903;2025;40\n";
    let bytes = xlsx(&[("Kinderen", "", &sheet(children)), ("Regels", "", &sheet(&lines))], &[]);
    let place = Place::new();
    place.write("in/a.xlsx", &bytes);
    place.write("in/b.xlsx", &bytes);
    let dataset = read(&[place.path("in")], &place.path("dataset"));
    assert_eq!(dataset.manifest.open_accounts(), [""; 0]);
    assert_eq!(derived(&dataset, "declaraties").len(), 1);
    let [first, second] = dataset.manifest.bestanden.as_slice() else { panic!("two files") };
    assert_eq!(first.lezing.table, "gemeenten, declaraties");
    let told = |table: &str| first.accounts()[table];
    assert_eq!((told("gemeenten").aanvaard.regels, told("gemeenten").afgekeurd.regels), (2, 1));
    assert_eq!(
        (told("declaraties").aanvaard.bedrag_ct, told("declaraties").afgekeurd.regels),
        (5000, 1)
    );
    assert_eq!(second.accounts()["gemeenten"].dubbel.regels, 3);
    assert_eq!(second.dubbel_van, "in/a.xlsx");
    // A rule across files knows the number of a row only; the sheet is told with it.
    let june = [("referentienummer", "R2"), ("periode_begin", "01-06-2025")];
    let twice = sheet(&export(&[&june, &june]));
    place.write("dubbel/c.xlsx", xlsx(&[("K", "", &sheet(children)), ("Dubbel", "", &twice)], &[]));
    let again = read(&[place.path("dubbel")], &place.path("dubbel_dataset"));
    let double = again.rejects().unwrap().into_iter().find(|r| r.code == "TR314").unwrap();
    assert_eq!((double.cell.as_str(), double.line), ("Dubbel!3", 10_000_003));
    let places: Vec<String> = dataset.rejects().unwrap().into_iter().map(|r| r.cell).collect();
    assert!(places.contains(&"Kinderen!C3".to_owned()), "{places:?}");
    assert!(places.contains(&"Regels!C3".to_owned()), "{places:?}");
}

/// What calamine says a cell holds, in our form.
fn by_another(cell: &calamine::Data) -> String {
    use calamine::Data;
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Int(number) => format!("={number}"),
        Data::Float(number) => format!("={}", (number * 1e6).round() / 1e6),
        Data::Bool(value) => format!("={value}"),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
            format!("={}", text.trim_end_matches("T00:00:00"))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_reader_sees_the_same_cells() {
    use calamine::Reader as _;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let formats = ["dd-mm-yyyy", "d mmm yy h:mm", "0.00", "#,##0.00 [$€-413]", "General"];
    let formats = formats.map(|code| Format::new().set_num_format(code));
    for (at, heading) in (0..).zip(["gemeente", "jaar", "jeugdigen", "naam", "los"]) {
        sheet.write(0, at, heading).unwrap();
    }
    let mut state = 1u64;
    let mut next = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for row in 1..400 {
        for column in 0..5 {
            let format = &formats[usize::try_from(next(5)).unwrap()];
            match next(5) {
                0 => sheet.write(row, column, next(2) == 0),
                1 => sheet.write(row, column, format!("tekst & <{}> é €", next(1000))),
                2 if column > 0 => continue,
                3 => sheet.write_with_format(row, column, next(50_000) as f64 + 61.0, format),
                _ => sheet.write(row, column, next(10_000_000) as f64 / 100.0),
            }
            .unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut other = calamine::Xlsx::new(std::io::Cursor::new(bytes.clone())).unwrap();
    let range = other.worksheet_range("Sheet1").unwrap();
    let expected: Vec<String> = (range.rows().zip(1..))
        .skip(1)
        .map(|(row, number)| {
            let cells: Vec<String> = row.iter().map(by_another).collect();
            format!("Sheet1!{number}: {}", cells.join("|"))
        })
        .collect();
    assert_eq!(seen(&bytes).rows, expected);
}
