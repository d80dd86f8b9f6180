//! Every rule, provoked by the smallest files that do so, through the whole walk from files to dataset.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use maatstaf::checks::all_rules;

use crate::support::{
    BSN_1, BSN_2, PRODUCT, Place, export, jw301, jw323, jw323_of, jw325, line_with, message,
    omvang, prestatie, read, toewijzingen, with,
};
use crate::werkboek::{CHILDREN, declaraties, xlsx};

/// Where a rule must speak.
enum At {
    /// About a file as a whole.
    File(&'static str),
    /// On the line of a file that holds this text.
    Text(&'static str, &'static str),
    /// On this line.
    Line(&'static str, u64),
    /// About no file.
    Nowhere,
}

/// The smallest files that provoke a rule.
struct Case {
    code: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    at: At,
    /// Other rules that cannot but speak too.
    also: &'static [&'static str],
}

fn case(code: &'static str, at: At, files: &[(&'static str, &str)]) -> Case {
    let files = files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    Case { code, files, at, also: &[] }
}

/// A zip of these entries, changed.
fn zipped(
    code: &'static str,
    at: At,
    entries: &[(&str, &str)],
    change: &dyn Fn(&mut Vec<u8>),
) -> Case {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in entries {
        let options = options.compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    change(&mut bytes);
    Case { code, files: vec![("a.zip", bytes)], at, also: &[] }
}

/// One export of which the second of two lines is wrong.
fn cell(code: &'static str, changes: &[(&str, &str)]) -> Case {
    let changes: Vec<(&str, &str)> = [("referentienummer", "R2"), ("periode_begin", "01-06-2025")]
        .into_iter()
        .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name))
        .chain(changes.iter().copied())
        .collect();
    case(code, At::Line("a.csv", 3), &[("a.csv", &export(&[&[], &changes]))])
}

/// One message with a single prestatie in which a text is replaced.
fn in_message(code: &'static str, old: &str, new: &str) -> Case {
    case(
        code,
        At::Text("m.xml", "<m:Prestatie>"),
        &[("m.xml", &with(&jw323_of(&["R1"]), old, new))],
    )
}

/// One toewijzing in a message.
fn granted(code: &'static str, product: &str, rest: &str) -> Case {
    case(code, At::Text("t.xml", "<m:ToegewezenProduct>"), &[("t.xml", &jw301(1, product, rest))])
}

fn reading() -> Vec<Case> {
    let good = export(&[&[]]);
    // UTF-8 but for one byte: what is wholly windows-1252 is read as such.
    let mut wide = with(&export(&[&[("productcode", "45?04")]]), "dagtekening", "dagtekening;éé");
    wide = wide.replace("05-08-2025\n", "05-08-2025;\n");
    let mut wide = wide.into_bytes();
    let at = wide.iter().position(|b| *b == b'?').unwrap();
    wide[at] = 0xEB;
    let doubtful = export(&[&[("productcode", "4Ã«A")]]);
    let ambiguous = export(&[&[("volume", "1"), ("tarief", ""), ("bedrag", "1.234")]]);
    vec![
        case("MS201", At::Line("a.csv", 3), &[("a.csv", &format!("{good}9901;99000101\n"))]),
        case("MS202", At::Line("a.csv", 3), &[("a.csv", &format!("{good}9901;\"99000101;x\n"))]),
        Case { code: "MS203", files: vec![("a.csv", wide)], at: At::Line("a.csv", 2), also: &[] },
        case(
            "MS260",
            At::Line("a.csv", 3),
            &[("a.csv", &format!("{good}{}50,01;;\n", ";".repeat(13)))],
        ),
        case("MS261", At::Line("a.csv", 2), &[("a.csv", &doubtful)]),
        zipped("MS262", At::File("a.zip"), &[("b.csv", &good)], &|bytes| {
            bytes.truncate(bytes.len() - 9);
        }),
        zipped("MS263", At::File("a.zip"), &[("b.csv", &good)], &|bytes| {
            let directory = memchr::memmem::find(bytes, b"PK\x01\x02").unwrap();
            bytes[directory + 8] = 1;
        }),
        zipped("MS264", At::File("a.zip"), &[("b.csv", &good)], &|bytes| {
            let directory = memchr::memmem::find(bytes, b"PK\x01\x02").unwrap();
            bytes[directory + 24..directory + 28].copy_from_slice(&4_000_000_000u32.to_le_bytes());
        }),
        zipped(
            "MS265",
            At::File("a.zip/b.zip"),
            &[("b.zip", "PK\u{3}\u{4} en verder niets")],
            &|_| {},
        ),
        case(
            "MS269",
            At::Line("g.csv", 2),
            &[("g.csv", "gemeente;jaar;jeugdigen\n9901;2024;12\n9901;2024;13\n")],
        ),
        case("MS267", At::File("a.csv"), &[("a.csv", "gemeente~jaar~jeugdigen\n9901~2025~12\n")]),
        case("MS204", At::File("a.csv"), &[("a.csv", "kleur;maat\nrood;3\n")]),
        case("MS205", At::File("a.csv"), &[("a.csv", "")]),
        case("MS002", At::File("b.csv"), &[("a.csv", &good), ("b.csv", &good)]),
        case("MS219", At::File("a.csv"), &[("a.csv", &ambiguous)]),
    ]
}

/// One workbook of two lines, of which a cell of the second is written otherwise.
fn in_sheet(code: &'static str, line: u64, address: &str, xml: &str) -> Case {
    let june = [("referentienummer", "R2"), ("periode_begin", "01-06-2025")];
    let files = vec![("a.xlsx", declaraties(&[&[], &june], &[(address, xml)]))];
    Case { code, files, at: At::Line("a.xlsx", line), also: &[] }
}

fn workbooks() -> Vec<Case> {
    let whole = |code, bytes: Vec<u8>| Case {
        code,
        files: vec![("a.xlsx", bytes)],
        at: At::File("a.xlsx"),
        also: &[],
    };
    let ole = |name: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let good = declaraties(&[&[]], &[]);
    let long = format!("<sheetData><row><c><v>{}</v></c></row></sheetData>", " ".repeat(20 << 20));
    let hidden = format!(
        r#"<sheetData>{CHILDREN}<row r="2" hidden="1"><c r="A2"><v>9901</v></c><c r="B2"><v>2025</v></c><c r="C2"><v>2000</v></c></row></sheetData>"#
    );
    vec![
        whole("MS270", ole("EncryptedPackage")),
        whole("MS271", ole("Workbook")),
        whole("MS272", b"<html><table><tr><td>bedrag</td></tr></table></html>".to_vec()),
        whole("MS273", good[..good.len() - 30].to_vec()),
        whole("MS274", xlsx(&[("Blad1", "", &long)], &[])),
        in_sheet("MS275", 3, "N3", r#"<c r="@" t="e"><v>#REF!</v></c>"#),
        in_sheet("MS276", 3, "D3", r#"<c r="@" t="e"><v>#N/A</v></c>"#),
        in_sheet("MS277", 3, "B3", r#"<c r="A3"><v>99000101</v></c>"#),
        in_sheet("MS279", 3, "N3", r#"<c r="@" t="inlineStr"><is><t>50,00</t></is></c>"#),
        in_sheet("MS208", 3, "P3", r#"<c r="@" s="1"><v>45874</v></c><c r="Z3"><v>1</v></c>"#),
        Case {
            code: "MS278",
            files: vec![("a.xlsx", xlsx(&[("Blad1", "", &hidden)], &[]))],
            at: At::Line("a.xlsx", 2),
            also: &[],
        },
    ]
}

fn cells() -> Vec<Case> {
    vec![
        cell("RS037", &[("bsn", "99990000")]),
        cell("CS002", &[("bsn", "999900007")]),
        cell("MS001", &[("bsn", "000000000")]),
        cell("RS036", &[("agb", "9900010x")]),
        cell("RS035", &[("gemeente", "99011")]),
        cell("MS214", &[("gemeente", "Nergenshuizen")]),
        cell("RS012", &[("productcode", "45A043")]),
        cell("MS212", &[("periode_begin", "31-02-2025")]),
        cell("MS213", &[("periode_begin", "01-01-0202")]),
        cell("MS215", &[("eenheid", "week")]),
        cell("MS216", &[("volume", "")]),
        cell("MS217", &[("bedrag", "12.34,5")]),
        cell("MS218", &[("volume", "4x")]),
        cell("MS222", &[("tarief", "12,505"), ("bedrag", "50,02")]),
        cell("MS223", &[("debet_credit", "tegoed")]),
        cell("MS224", &[("volume", "4,00001")]),
        cell("MS225", &[("bedrag", "9000000000000,00"), ("tarief", "")]),
        case(
            "MS221",
            At::Line("p.csv", 2),
            &[(
                "p.csv",
                &format!(
                    "bsn;agb;ingangsdatum;plan_aanwezig\n{BSN_1};99000101;01-07-2025;misschien\n"
                ),
            )],
        ),
        case(
            "MS226",
            At::Line("p.csv", 2),
            &[(
                "p.csv",
                &format!(
                    "bsn;agb;ingangsdatum;uitvoerder_type\n{BSN_1};99000101;01-07-2025;buurman\n"
                ),
            )],
        ),
        case(
            "MS227",
            At::Line("o.csv", 2),
            &[(
                "o.csv",
                &format!(
                    "maatwerk_id;gemeente;bsn;agb;iban;ingangsdatum\n\
                     MW-1;9901;{BSN_1};99000101;NL92 ABNA 0417 1643 00;01-07-2025\n"
                ),
            )],
        ),
        in_message("CS319", ">DN1<", ">DN-1<"),
        in_message("RS001", ">1250<", ">12,50<"),
        in_message("RS005", "<m:GeleverdVolume>4<", "<m:GeleverdVolume>4,5<"),
        in_message("RS006", ">10001<", ">T1<"),
        in_message(
            "RS032",
            "<ijw:Einddatum>2025-07-31</ijw:Einddatum></m:ProductPeriode>",
            "<ijw:Einddatum>2025-07-32</ijw:Einddatum></m:ProductPeriode>",
        ),
    ]
}

/// How a file is written, and what contradicts it.
fn notations() -> Vec<Case> {
    let r2 = ("referentienummer", "R2");
    let ambiguous = [("referentienummer", "R3"), ("volume", "100"), ("bedrag", "1.250")];
    let numbers = export(&[&[], &[r2, ("bedrag", "50.00")], &ambiguous]);
    let dates = export(&[
        &[("periode_begin", "15-07-2025")],
        &[r2, ("periode_begin", "07-15-2025")],
        &[("referentienummer", "R3"), ("periode_begin", "03-07-2025")],
    ]);
    let frozen = export(&[&[("bedrag", "50.00")]]);
    let euros = export(&[&[("bedrag", "5000,00")]]);
    vec![
        cell("MS280", &[("gemeente", "991")]),
        Case { also: &["MS217"], ..case("MS281", At::Line("a.csv", 4), &[("a.csv", &numbers)]) },
        Case { also: &["MS212"], ..case("MS283", At::Line("a.csv", 4), &[("a.csv", &dates)]) },
        Case {
            also: &["MS217"],
            ..case("MS282", At::Line("zorgpakket_a.csv", 2), &[("zorgpakket_a.csv", &frozen)])
        },
        Case { also: &["TR346"], ..case("MS006", At::File("a.csv"), &[("a.csv", &euros)]) },
    ]
}

fn rows() -> Vec<Case> {
    let period = "<ijw:Begindatum>2025-07-01</ijw:Begindatum><ijw:Einddatum>2025-07-31</ijw:Einddatum></m:ProductPeriode>";
    let other = |begin: &str, eind: &str| {
        format!(
            "<ijw:Begindatum>{begin}</ijw:Begindatum><ijw:Einddatum>{eind}</ijw:Einddatum></m:ProductPeriode>"
        )
    };
    let tarief = "<m:ProductTarief>1250</m:ProductTarief>";
    let nothing =
        jw323(0, &[(BSN_1, with(&with(&prestatie("R1"), ">4<", ">0<"), ">5000<", ">0<"))]);
    let credit = with(&with(&prestatie("R2<R1"), ">4<", ">0<"), ">5000<", ">0<");
    let credit = jw323(0, &[(BSN_1, with(&credit, "<m:Eenheid>04", "<m:Eenheid>01"))]);
    let euros = with(&with(&jw323_of(&["R1"]), tarief, ""), "<m:Eenheid>04", "<m:Eenheid>83");
    let backwards =
        with(&toewijzingen(&[("T1", "99000101", BSN_1, "")]), "31-12-2025", "31-12-2024");
    vec![
        cell("TR137", &[("periode_begin", "20-07-2025"), ("periode_eind", "10-07-2025")]),
        cell("TR346", &[("bedrag", "50,01")]),
        cell("MS004", &[("volume", "0"), ("tarief", "")]),
        cell(
            "TR319",
            &[("periode_begin", "01-07-2025"), ("declaratieperiode_begin", "01-06-2025")],
        ),
        cell("TR335", &[("periode_begin", "01-07-2020"), ("periode_eind", "31-07-2020")]),
        in_message("CS337", period, &other("2025-06-30", "2025-07-31")),
        in_message("CS100", period, &other("2020-12-01", "2020-12-31")),
        in_message(
            "CD060",
            "</ijw:ReferentieNummer>",
            "</ijw:ReferentieNummer><ijw:VorigReferentieNummer>R9</ijw:VorigReferentieNummer>",
        ),
        in_message("CD087", tarief, ""),
        case("CS339", At::Text("m.xml", "<m:Prestatie>"), &[("m.xml", &euros)]),
        case("MS005", At::Text("m.xml", "<m:Prestatie>"), &[("m.xml", &nothing)]),
        Case {
            also: &["TR323"],
            ..case("CS325", At::Text("m.xml", "<m:Prestatie>"), &[("m.xml", &credit)])
        },
        case("CS003", At::Line("t.csv", 2), &[("t.csv", &backwards)]),
    ]
}

fn messages() -> Vec<Case> {
    let good = jw323_of(&["R1"]);
    let half = good[..good.find("</m:Prestaties>").unwrap()].to_owned();
    let doctype = with(
        &good,
        "<m:Bericht",
        "<!DOCTYPE b [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<m:Bericht",
    );
    let twice = jw323(10_000, &[(BSN_1, prestatie("R1")), (BSN_1, prestatie("R2"))]);
    let month = "<m:DeclaratiePeriode><ijw:Begindatum>2025-07-0";
    vec![
        case("MS251", At::Line("m.xml", half.lines().count() as u64 + 1), &[("m.xml", &half)]),
        case("MS252", At::Text("m.xml", "<!DOCTYPE"), &[("m.xml", &doctype)]),
        case("MS253", At::Line("m.xml", 1), &[("m.xml", &with(&good, "UTF-8", "ISO-8859-1"))]),
        case("MS254", At::File("m.xml"), &[("m.xml", &message("JW305", "438", "", ""))]),
        case(
            "XSD",
            At::Text("m.xml", "<m:Prestatie>"),
            &[("m.xml", &with(&good, "<m:Eenheid>04</m:Eenheid>", ""))],
        ),
        case("OP192", At::Line("m.xml", 1), &[("m.xml", &format!("\u{feff}{good}"))]),
        case("RS047", At::Line("m.xml", 3), &[("m.xml", &with(&good, ">490<", ">491<"))]),
        case("CS025", At::Line("m.xml", 3), &[("m.xml", &with(&good, "Versie>3<", "Versie>4<"))]),
        case(
            "CS015",
            At::Line("m.xml", 3),
            &[("m.xml", &with(&good, "Subversie>2<", "Subversie>1<"))],
        ),
        case(
            "TR358",
            At::Text("m.xml", "<m:TotaalIngediend"),
            &[("m.xml", &with(&good, "TotaalBedrag>5000<", "TotaalBedrag>5001<"))],
        ),
        case(
            "CS340",
            At::Text("m.xml", month),
            &[("m.xml", &with(&good, &format!("{month}1"), &format!("{month}2")))],
        ),
        Case {
            also: &["TR323"],
            ..case("TR315", At::Text("m.xml", "R2"), &[("m.xml", &jw323_of(&["R2<R1", "R3<R1"]))])
        },
        Case {
            also: &["OP366"],
            ..case("TR316", At::Text("m.xml", "R2"), &[("m.xml", &jw323_of(&["R1", "R2<R1"]))])
        },
        case("TR101", At::Text("m.xml", "R2"), &[("m.xml", &twice)]),
        Case {
            also: &["TR337"],
            ..case(
                "TR342",
                At::Text("a.xml", "<m:DeclaratieAntwoord>"),
                &[(
                    "a.xml",
                    &with(&jw325("B1", 5000, &["R1"]), "TotaalBedrag>0<", "TotaalBedrag>1<"),
                )],
            )
        },
    ]
}

fn assignments() -> Vec<Case> {
    let category = "<m:Product><ijw:Categorie>45</ijw:Categorie></m:Product>";
    let end = "<m:Einddatum>2025-12-31</m:Einddatum>";
    let budget = "<m:Budget>500000</m:Budget>";
    let reason = |code: &str| format!("<m:RedenWijziging>{code}</m:RedenWijziging>");
    vec![
        granted("CD041", PRODUCT, ""),
        granted("CD075", category, budget),
        granted("CD076", PRODUCT, &omvang("04", "2")),
        granted("CD077", category, &format!("{end}{}{budget}", omvang("04", "4"))),
        granted("CD078", PRODUCT, &format!("{end}{}{budget}", omvang("04", "4"))),
        granted("CD079", "", end),
        granted("CS335", category, &format!("{end}{}", reason("13"))),
        granted("CS336", category, &format!("{end}{}", reason("01"))),
        granted("CS338", PRODUCT, &omvang("14", "1")),
    ]
}

/// Rules that look across rows and files.
fn across() -> Vec<Case> {
    let june: &[(&str, &str)] = &[("periode_begin", "01-06-2025"), ("periode_eind", "30-06-2025")];
    let t7 = ("toewijzingnummer", "T7");
    let credit = |reference: &'static str| {
        [("referentienummer", reference), ("vorig_referentienummer", "R1"), ("bedrag", "-50,00")]
    };
    let (one, two) = (credit("C1"), credit("C2"));
    let partly = [
        ("referentienummer", "C1"),
        ("vorig_referentienummer", "R1"),
        ("volume", "2"),
        ("bedrag", "-25,00"),
    ];
    let bare = [("referentienummer", "")];
    let bare_june = [("referentienummer", ""), june[0], june[1]];
    let again = [("referentienummer", "R2"), t7, ("dagtekening", "06-08-2025")];
    let alike = with(&jw323_of(&["R1", "R2"]), ">10002<", ">10001<");
    let other_client =
        [("bsn", BSN_2), ("referentienummer", "R2"), t7, ("dagtekening", "06-08-2025")];
    vec![
        case("TR314", At::Line("a.csv", 3), &[("a.csv", &export(&[&[], june]))]),
        case("TR389", At::Line("a.csv", 3), &[("a.csv", &export(&[&[t7], &again]))]),
        case("TR416", At::Text("m.xml", "R2"), &[("m.xml", &alike)]),
        case("TR323", At::Line("a.csv", 2), &[("a.csv", &export(&[&one]))]),
        cell("MS245", &[("gemeente", "9909")]),
        case(
            "MS010",
            At::Line("a.csv", 2),
            &[("a.csv", &export(&[&bare])), ("b.csv", &export(&[&bare, &bare_june]))],
        ),
        case("TR390", At::Line("a.csv", 4), &[("a.csv", &export(&[&[], &one, &two]))]),
        case("OP366", At::Line("a.csv", 3), &[("a.csv", &export(&[&[], &partly]))]),
        case("MS007", At::Line("a.csv", 2), &[("a.csv", &export(&[&[t7], &other_client]))]),
        case(
            "TR337",
            At::Text("a.xml", "<m:DeclaratieAntwoord>"),
            &[("a.xml", &jw325("B1", 5000, &[]))],
        ),
        case(
            "TR366",
            At::Text("a.xml", "R9"),
            &[("a.xml", &jw325("B1", 5000, &["R9"])), ("m.xml", &jw323_of(&["R1"]))],
        ),
    ]
}

/// Declaraties against toewijzingen, and the product list.
fn against() -> Vec<Case> {
    let agb = "99000101";
    let declared = export(&[&[("toewijzingnummer", "T7")]]);
    let with_toewijzing = |code, rows: &[(&str, &str, &str, &str)]| {
        case(code, At::Line("a.csv", 2), &[("a.csv", &declared), ("t.csv", &toewijzingen(rows))])
    };
    let numbers: Vec<String> = (0..100).map(|i| format!("U{i}")).collect();
    let lines: Vec<[(&str, &str); 2]> = numbers
        .iter()
        .map(|n| [("referentienummer", n.as_str()), ("toewijzingnummer", n.as_str())])
        .collect();
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(<[_; 2]>::as_slice).collect();
    let producten = "productcode;naam;eenheid;geldig_van;tarief\n45A48;een;uur;01-01-2025;12,50\n45B48;twee;uur;01-01-2025;12,50\n";
    vec![
        with_toewijzing("TR338", &[("T1", agb, BSN_1, "")]),
        with_toewijzing("TR304", &[("T7", agb, BSN_2, "")]),
        with_toewijzing("MS003", &[("T7", "99000102", BSN_1, ""), ("T8", agb, BSN_1, "")]),
        with_toewijzing("TR384", &[("T7", agb, BSN_1, "13")]),
        case(
            "TR332",
            At::Line("t.csv", 3),
            &[("t.csv", &toewijzingen(&[("T7", agb, BSN_1, ""), ("T7", agb, BSN_2, "")]))],
        ),
        case(
            "MS008",
            At::Nowhere,
            &[("a.csv", &export(&lines)), ("t.csv", &toewijzingen(&[("T1", agb, BSN_1, "")]))],
        ),
        case(
            "MS009",
            At::Nowhere,
            &[("a.csv", &export(&[&[("productcode", "45M48")]])), ("p.csv", producten)],
        ),
    ]
}

/// A prestatie of four hours in July against a toewijzing that fits, in which one thing is changed on either side.
fn granted_otherwise() -> Vec<Case> {
    let size = |volume: u32, frequentie: &str| {
        with(&omvang("04", frequentie), "Volume>2<", &format!("Volume>{volume}<"))
    };
    let against = |code, declared: &str, granted: &str| {
        case(code, At::Text("m.xml", "<m:Prestatie>"), &[("m.xml", declared), ("t.xml", granted)])
    };
    let good = jw323_of(&["R1"]);
    let end = "<m:Einddatum>2025-12-31</m:Einddatum>";
    let fits = jw301(10_001, PRODUCT, &size(4, "4"));
    let ends = jw301(10_001, PRODUCT, &format!("{end}{}", size(4, "4")));
    let category = "<m:Product><ijw:Categorie>45</ijw:Categorie></m:Product>";
    let budget = jw301(10_001, category, &format!("{end}<m:Budget>4999</m:Budget>"));
    vec![
        against("TR307", &good, &with(&fits, "2025-01-01", "2025-07-02")),
        against("TR308", &good, &with(&ends, "2025-12-31", "2025-07-30")),
        against("TR387", &in_period(&good, "2025-07-02", "2025-07-31"), &fits),
        against("TR388", &in_period(&good, "2025-07-01", "2025-07-30"), &fits),
        against("TR339", &good, &with(&fits, "Categorie>45<", "Categorie>46<")),
        against("TR340", &good, &with(&fits, "Code>45A04<", "Code>45A05<")),
        against("TR341", &good, &with(&fits, "Eenheid>04<", "Eenheid>01<")),
        against("TR321", &good, &jw301(10_001, PRODUCT, &size(3, "4"))),
        against("TR322", &good, &jw301(10_001, PRODUCT, &size(3, "6"))),
        against("TR369", &good, &budget),
        case(
            "TR302",
            At::Line("t.csv", 3),
            &[(
                "t.csv",
                &toewijzingen(&[("T1", "99000101", BSN_1, ""), ("T2", "99000101", BSN_1, "")]),
            )],
        ),
    ]
}

/// Against the contracts and the product list, and messages among each other.
fn agreed_otherwise() -> Vec<Case> {
    let good = jw323_of(&["R1"]);
    let contract = |product: &str, tarief: &str| {
        format!(
            "contract;agb;productcode;contractsoort;begindatum;tarief\nC1;99000101;{product};regulier;01-01-2025;{tarief}\n"
        )
    };
    let declared = export(&[&[]]);
    let producten = "productcode;naam;categorie;eenheid;geldig_van\n45A04;een;46;uur;01-01-2025\n";
    let later = |other: &str| {
        let again = with(
            &jw323_of(&["R2"]),
            "2025-08-05</ijw:Dagtekening>",
            "2025-08-06</ijw:Dagtekening>",
        );
        with(&again, other, other.replace('1', "2").as_str())
    };
    let answer = jw325("B1", 5000, &["R1"]);
    let late = with(
        &with(&good, "<ijw:Begindatum>2025-07-01", "<ijw:Begindatum>2025-08-01"),
        "<ijw:Einddatum>2025-07-31",
        "<ijw:Einddatum>2025-08-31",
    );
    let late = late.replace("2025-08-05<", "2025-09-05<");
    vec![
        case(
            "TR418",
            At::Line("a.csv", 2),
            &[("a.csv", &declared), ("c.csv", &contract("45A04", "12,00"))],
        ),
        case("MS230", At::Nowhere, &[("a.csv", &declared), ("c.csv", &contract("45A05", "12,50"))]),
        case(
            "TR381",
            At::Text("m.xml", "<m:Prestatie>"),
            &[("m.xml", &good), ("p.csv", producten)],
        ),
        case(
            "TR056",
            At::Text("n.xml", "<m:Prestatie>"),
            &[("m.xml", &good), ("n.xml", &later(">DN1<"))],
        ),
        case(
            "TR333",
            At::Text("n.xml", "<m:Prestatie>"),
            &[("m.xml", &good), ("n.xml", &later(">B1<"))],
        ),
        case(
            "TR367",
            At::Text("a.xml", "R1"),
            &[("m.xml", &good), ("a.xml", &with(&answer, BSN_1, BSN_2))],
        ),
        case(
            "TR376",
            At::Text("a.xml", "R1"),
            &[("m.xml", &good), ("a.xml", &with(&answer, ">DN1<", ">DN2<"))],
        ),
        case("OP354", At::Nowhere, &[("m.xml", &late)]),
    ]
}

/// A message of July in which the period of the prestatie is another.
fn in_period(message: &str, begin: &str, eind: &str) -> String {
    let period = |begin: &str, eind: &str| {
        format!(
            "<m:ProductPeriode><ijw:Begindatum>{begin}</ijw:Begindatum><ijw:Einddatum>{eind}</ijw:Einddatum>"
        )
    };
    with(message, &period("2025-07-01", "2025-07-31"), &period(begin, eind))
}

/// An export of which the second line is wrong, and a file with mended rows.
fn mends(code: &'static str, line: u64, wrong: &[(&str, &str)], rows: &str) -> Case {
    let wrong: Vec<(&str, &str)> = [("referentienummer", "R2"), ("bedrag", "x")]
        .into_iter()
        .chain(wrong.iter().copied())
        .collect();
    let mended = format!("Herkomst bestand;Herkomst regel;Bedrag;Volume;Eenheid\n{rows}");
    let files = [("a.csv", export(&[&[], &wrong])), ("b.csv", mended)];
    let files = files.map(|(name, text)| (name, text.into_bytes())).into();
    Case { code, files, at: At::Line("b.csv", line), also: &["MS217"] }
}

fn mended() -> Vec<Case> {
    let good = "a.csv;3;50,00;4;uur\n";
    vec![
        mends("MS290", 2, &[], "a.csv;2;50,00;4;uur\n"),
        mends("MS291", 3, &[], &good.repeat(2)),
        case(
            "MS293",
            At::Line("a.csv", 3),
            &[
                ("a.csv", &export(&[&[], &[("periode_begin", "01-06-2025")]])),
                (
                    "b.csv",
                    "Herkomst bestand;Herkomst regel;Referentienummer;Volume\na.csv;3;R2;4\n",
                ),
            ],
        ),
        mends("MS292", 2, &[("vorig_referentienummer", BSN_1)], good),
    ]
}

fn all_cases() -> Vec<Case> {
    [
        reading(),
        workbooks(),
        cells(),
        notations(),
        rows(),
        messages(),
        assignments(),
        across(),
        against(),
        granted_otherwise(),
        agreed_otherwise(),
        mended(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What went differently from what the case says; empty when it holds.
fn judge(case: &Case) -> String {
    let place = Place::new();
    for (name, bytes) in &case.files {
        place.write(&format!("in/{name}"), bytes);
    }
    let dataset = read(&[place.path("in")], &place.path("dataset"));
    let open = dataset.manifest.open_accounts();
    let rejects = dataset.rejects().unwrap();
    let bytes_of = |file: &str| &case.files.iter().find(|(name, _)| *name == file).unwrap().1;
    let (file, line) = match case.at {
        At::File(file) => (file, 0),
        At::Line(file, line) => (file, line),
        At::Text(file, text) => (file, line_with(bytes_of(file), text)),
        At::Nowhere => ("", 0),
    };
    let file = if file.is_empty() { String::new() } else { format!("in/{file}") };
    let is_there = rejects.iter().any(|r| r.code == case.code && r.file == file && r.line == line);
    let others: Vec<&str> = rejects
        .iter()
        .map(|r| r.code.as_str())
        .filter(|code| *code != case.code && !case.also.contains(code))
        .collect();
    if is_there && others.is_empty() && open.is_empty() {
        return String::new();
    }
    let found: Vec<String> =
        rejects.iter().map(|r| format!("{}@{}:{}", r.code, r.file, r.line)).collect();
    format!("{} at {file}:{line}: found {found:?}, open accounts {open:?}\n", case.code)
}

#[test]
fn every_rule_speaks_at_its_place_and_alone() {
    let wrong: String = all_cases().iter().map(judge).collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Every change of the cases above is a breach; the same files without it are not.
#[test]
fn a_prestatie_that_fits_its_toewijzing_is_not_named() {
    let size = with(&omvang("04", "4"), "Volume>2<", "Volume>4<");
    let fits = jw301(10_001, PRODUCT, &format!("<m:Einddatum>2025-07-31</m:Einddatum>{size}"));
    let total = with(&fits, "Frequentie>4<", "Frequentie>6<");
    let in_minutes =
        with(&with(&jw323_of(&["R1"]), "Volume>4<", "Volume>240<"), "Eenheid>04<", "Eenheid>01<");
    let in_minutes = with(&in_minutes, "Tarief>1250<", "Tarief>21<");
    for (declared, granted) in [
        (jw323_of(&["R1"]), &fits),
        (jw323_of(&["R1"]), &total),
        (in_minutes.clone(), &fits),
        (in_minutes, &total),
    ] {
        let place = Place::new();
        place.write("in/m.xml", &declared);
        place.write("in/t.xml", granted);
        let dataset = read(&[place.path("in")], &place.path("dataset"));
        let found: Vec<String> = dataset.rejects().unwrap().into_iter().map(|r| r.code).collect();
        assert_eq!(found, [""; 0], "{declared}");
    }
}

/// Two declaraties of four hours on a toewijzing of six, two stacked toewijzingen, and one number for two messages: the
/// later ones are named, whichever comes first and however the files are offered.
#[test]
fn which_row_is_named_follows_from_its_days_and_not_from_the_order_of_files() {
    let place = Place::new();
    let six = with(&omvang("04", "6"), "Volume>2<", "Volume>6<");
    let july = jw323_of(&["R1"]);
    let august = jw323_of(&["R2"])
        .replace("2025-07-01", "2025-08-01")
        .replace("2025-07-31", "2025-08-31")
        .replace("2025-08-05", "2025-09-05")
        .replace(">10002<", ">10001<");
    let granted = jw301(10_001, PRODUCT, &six);
    let later =
        with(&with(&granted, ">10001<", ">10003<"), "Ingangsdatum>2025-01", "Ingangsdatum>2025-05");
    let files = [
        place.write("in/a.xml", august),
        place.write("in/b.xml", july),
        place.write("in/c.xml", granted),
        place.write("in/d.xml", later),
    ];
    let found = |dataset: &maatstaf::dataset::Dataset| -> Vec<(String, String, u64, String)> {
        let rejects = dataset.rejects().unwrap().into_iter();
        rejects.map(|r| (r.code, r.file, r.regels, r.found)).collect()
    };
    let whole = found(&read(&files, &place.path("alles")));
    let named: Vec<(&str, &str)> = whole.iter().map(|r| (r.0.as_str(), r.1.as_str())).collect();
    assert_eq!(
        named,
        [("TR056", "a.xml"), ("TR322", "a.xml"), ("TR333", "a.xml"), ("TR302", "d.xml")]
    );
    assert_eq!(whole[1].3, "tot en met deze regel 8");
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        let target = place.path(&format!("{order:?}"));
        let mut last = Vec::new();
        for file in order {
            last = found(&read(std::slice::from_ref(&files[file]), &target));
        }
        assert_eq!(last, whole, "{order:?}");
    }
}

#[test]
fn every_rule_has_a_case() {
    let cases: BTreeSet<&str> = all_cases().iter().map(|case| case.code).collect();
    let rules: BTreeSet<&str> = all_rules().iter().map(|rule| rule.code).collect();
    // A file that exists and cannot be read takes a link, one that changes somebody who changes it, and one that breaks
    // off a damaged workbook: they have tests of their own, below and in `vijandig`.
    let elsewhere = ["MS206", "MS246", "MS247"];
    let without: Vec<&&str> =
        rules.difference(&cases).filter(|code| !elsewhere.contains(*code)).collect();
    assert!(without.is_empty(), "rules without a case: {without:?}");
    let unknown: Vec<&&str> = cases.difference(&rules).collect();
    assert!(unknown.is_empty(), "cases without a rule: {unknown:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_named_and_does_not_hide_the_others() {
    let place = Place::new();
    place.write("in/b.csv", export(&[&[]]));
    std::os::unix::fs::symlink(place.path("weg.csv"), place.path("in/a.csv")).unwrap();
    let dataset = read(&[place.path("in")], &place.path("dataset"));
    let rejects = dataset.rejects().unwrap();
    assert_eq!(rejects.len(), 1);
    assert_eq!(
        (rejects[0].code.as_str(), rejects[0].file.as_str(), rejects[0].line),
        ("MS206", "in/a.csv", 0)
    );
    assert_eq!(dataset.manifest.totals().1.aanvaard.regels, 1);
    // When it can be read later on, it is no longer named.
    std::fs::remove_file(place.path("in/a.csv")).unwrap();
    place.write("in/a.csv", export(&[&[("referentienummer", "R2"), ("agb", "99000202")]]));
    let dataset = read(&[place.path("in")], &place.path("dataset"));
    assert_eq!(dataset.rejects().unwrap(), []);
    assert_eq!(dataset.manifest.totals().1.aanvaard.regels, 2);
}

#[test]
fn codes_are_unique_and_every_rule_explains_itself() {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for rule in all_rules() {
        assert_eq!(seen.insert(rule.code, rule.title), None, "{} twice", rule.code);
        for text in [rule.title, rule.explanation, rule.remedy, rule.source] {
            assert!(
                !text.trim().is_empty() && !text.contains("  ") && !text.contains('\n'),
                "{}: {text}",
                rule.code
            );
        }
        assert!(
            rule.explanation.ends_with('.') && rule.explanation.len() > rule.title.len() / 2,
            "{}",
            rule.code
        );
        assert!(!rule.title.ends_with('.') && !rule.remedy.ends_with('.'), "{}", rule.code);
        for word in [" the ", " is not ", " must ", " missing"] {
            let all = format!("{} {} {}", rule.title, rule.explanation, rule.remedy);
            assert!(!all.contains(word), "{}: {all}", rule.code);
        }
    }
}

#[test]
fn a_message_sent_again_with_other_content_is_listed_once_and_counts_once() {
    let place = Place::new();
    place.write("in/a.xml", jw323_of(&["R1"]));
    place.write("in/b.xml", jw323_of(&["R1", "R2"]));
    let dataset = read(&[place.path("in")], &place.path("dataset"));
    let codes: Vec<String> = dataset.rejects().unwrap().into_iter().map(|r| r.code).collect();
    assert_eq!(codes, ["MS002"]);
    let (_, reporting) = dataset.manifest.totals();
    let label = |name: &str| {
        let found = reporting.uitkomsten.iter().find(|(uitkomst, _)| uitkomst.name() == name);
        found.map_or(0, |(_, sum)| sum.regels)
    };
    assert_eq!(label("geteld") + label("dubbel_bericht"), 3);
    assert!(label("dubbel_bericht") > 0 && label("dubbel") == 0);
}
