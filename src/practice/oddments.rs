//! What lies about in a folder and is no good: toewijzingen that break a rule of the standard, and files without use.
//!
//! Enters: the plan. Leaves: bytes, and for each planted fault the line on which it stands. No declaratie is about any of
//! it, so no figure depends on it.

use super::calendar::{Day, last_day};
use super::grants::Omvang;
use super::plan::Plan;
use super::world::{self, GEMEENTEN, ZEVENSTER};
use super::xml::{Space, Xml, header};

/// The first bytes of every old Office file.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The name of what is in an old workbook, and in one with a password, as such a file writes it.
const OLD_WORKBOOK: &[u8] = b"W\0o\0r\0k\0b\0o\0o\0k\0";
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// A file that holds nothing a reader can use.
pub(super) struct Useless {
    pub(super) name: &'static str,
    /// Parts, one after the other.
    pub(super) content: &'static [&'static [u8]],
    /// Rule that must say so.
    pub(super) code: &'static str,
}

const fn useless(
    name: &'static str,
    content: &'static [&'static [u8]],
    code: &'static str,
) -> Useless {
    Useless { name, content, code }
}

/// Files of the kinds that people send by mistake.
pub(super) const USELESS: [Useless; 8] = [
    useless(
        "planning.csv",
        &[b"Afspraak;Zaal;Aanwezig\r\nwerkgroep maatwerk;2;7\r\nwerkgroep tarieven;1;4\r\n"],
        "MS204",
    ),
    useless("nog_te_vullen.csv", &[], "MS205"),
    useless("jeugdigen_per_jaar.txt", &[b"gemeente~jaar~jeugdigen\n9901~2021~980\n"], "MS267"),
    useless("met_wachtwoord.xlsx", &[OLD_OFFICE, &[0; 504], ENCRYPTED, &[0; 480]], "MS270"),
    useless("oude_export.xls", &[OLD_OFFICE, &[0; 504], OLD_WORKBOOK, &[0; 496]], "MS271"),
    useless(
        "van_de_website.xls",
        &[b"<html><body><table><tr><td>Bedrag</td></tr></table></body></html>\n"],
        "MS272",
    ),
    useless(
        "afgebroken.xlsx",
        &[
            b"PK\x03\x04\x14\0\0\0\x08\0\0\0\x21\0\0\0\0\0\0\x02\0\0\0\x08\0\0\x13\0\0\0",
            b"[Content_Types].xml",
            &[0x55; 300],
        ],
        "MS273",
    ),
    useless(
        "half.zip",
        &[
            b"PK\x03\x04\x14\0\0\0\x08\0\0\0\x21\0\0\0\0\0\0\x02\0\0\0\x08\0\0\x0f\0\0\0",
            b"declaraties.csv",
            &[0x55; 300],
        ],
        "MS262",
    ),
];

/// Name and content of a zip that stands in another (MS265).
pub(super) const ZIP_IN_ZIP: (&str, &[u8]) = ("oud.zip", b"PK\x03\x04 en verder niets");
/// File name of the zip with a password (MS263).
pub(super) const LOCKED_NAME: &str = "met_wachtwoord.zip";

/// A zip of which the only file says that it has a password.
///
/// # Errors
/// When the zip cannot be made.
pub(super) fn locked_zip() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    super::archive::write_one(&mut bytes, "declaraties.csv", b"niet te lezen\n")?;
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap_or_default();
    // The first bit of the flags.
    bytes[directory + 8] = 1;
    Ok(bytes)
}

/// File name of the toewijzingen in which two notations stand side by side.
pub(super) const MIXED_NAME: &str = "toewijzingen_gemengd.csv";
/// Rules that must speak about those, with the lines of the rows that are rejected.
pub(super) const MIXED_HITS: [(&str, u64); 4] =
    [("MS217", 3), ("MS281", 4), ("MS212", 6), ("MS283", 7)];

/// The content of that file: amounts with a comma and with a point, days and months in front.
pub(super) fn mixed(plan: &Plan) -> String {
    let bsn = plan.bsn(plan.odd_client);
    let agb = world::aanbieder_at(ZEVENSTER).agb[0];
    let rows = [
        ("45A48", "1.500,00", "15-01-2024"),
        ("45B48", "1500.00", "16-01-2024"),
        ("45A90", "1.500", "17-01-2024"),
        ("43A10", "2.500,00", "18-01-2024"),
        ("44A09", "2.600,00", "01-19-2024"),
        ("44A07", "2.700,00", "03-02-2024"),
    ];
    let mut out =
        "gemeente;agb;bsn;toewijzingnummer;productcode;budget;ingangsdatum\r\n".to_owned();
    for (nummer, (product, budget, ingang)) in (960_000_001_u32..).zip(rows) {
        let row = format!("9901;{agb};{bsn};{nummer};{product};{budget};{ingang}\r\n");
        out.push_str(&row);
    }
    out
}

/// An export of which the amounts can be read in two ways; nothing is read from it.
pub(super) const UNDECIDED_NAME: &str = "declaraties_onbeslist.csv";
/// Lines of that export.
pub(super) const UNDECIDED_LINES: u64 = 2;

/// The content of that export: whole thousands, or amounts with three decimals.
pub(super) fn undecided(plan: &Plan) -> String {
    let bsn = plan.bsn(plan.odd_client);
    let agb = world::aanbieder_at(ZEVENSTER).agb[0];
    let row = |maand: u32, bedrag: &str| {
        format!("9901;{agb};{bsn};45A53;01-{maand:02}-2024;28-{maand:02}-2024;1;uur;{bedrag}\r\n")
    };
    format!(
        "gemeente;agb;bsn;productcode;begindatum;einddatum;volume;eenheid;bedrag\r\n{}{}",
        row(3, "1.234"),
        row(4, "2.468")
    )
}

/// File name of the message that is no declaratie, answer or toewijzing.
pub(super) const START_NAME: &str = "JW305_99001201_900001.xml";
/// File name of the JW301 with faults.
pub(super) const ASSIGNMENT_NAME: &str = "JW301_99001201_900001.xml";

/// Number of the first toewijzing of that message.
const FIRST_NUMBER: u32 = 950_000_001;

/// A toewijzing that breaks a rule.
struct Odd {
    code: &'static str,
    /// Empty when there is none.
    categorie: &'static str,
    product: &'static str,
    has_end: bool,
    reden: &'static str,
    omvang: Option<Omvang>,
    budget: bool,
}

const PLAIN: Odd = Odd {
    code: "",
    categorie: "",
    product: "",
    has_end: false,
    reden: "",
    omvang: None,
    budget: false,
};

/// One toewijzing per rule, each of another product, so that none lies on top of another.
const ODD: [Odd; 9] = [
    Odd { code: "CD041", categorie: "45", product: "45A04", ..PLAIN },
    Odd { code: "CD075", categorie: "54", budget: true, ..PLAIN },
    Odd { code: "CD076", categorie: "45", product: "45A53", omvang: Some((2, "04", 2)), ..PLAIN },
    Odd {
        code: "CD077",
        categorie: "44",
        has_end: true,
        omvang: Some((2, "14", 4)),
        budget: true,
        ..PLAIN
    },
    Odd {
        code: "CD078",
        categorie: "45",
        product: "45A48",
        has_end: true,
        omvang: Some((2, "04", 4)),
        budget: true,
        ..PLAIN
    },
    Odd { code: "CD079", has_end: true, ..PLAIN },
    Odd { code: "CS335", categorie: "41", has_end: true, reden: "13", ..PLAIN },
    Odd { code: "CS336", categorie: "42", has_end: true, reden: "01", ..PLAIN },
    Odd { code: "CS338", categorie: "43", product: "43A10", omvang: Some((1, "14", 1)), ..PLAIN },
];

/// A JW301 with a toewijzing for each of these rules, and the line of each.
pub(super) fn assignment(plan: &Plan) -> (Vec<u8>, Vec<(&'static str, u64)>) {
    let begin = Day::new(2025, 1, 1);
    let mut places = Vec::new();
    let mut xml = Xml::begin("jw301");
    begin_message(&mut xml, "436", "OT39000001");
    xml.nest("Client", |xml| {
        super::assignments::person(xml, plan, plan.odd_client);
        xml.nest("ToegewezenProducten", |xml| {
            for (nummer, odd) in (FIRST_NUMBER..).zip(&ODD) {
                places.push((odd.code, xml.next_line()));
                xml.nest("ToegewezenProduct", |xml| odd.write(xml, nummer, begin));
            }
        });
    });
    (xml.end(), places)
}

impl Odd {
    fn write(&self, xml: &mut Xml, nummer: u32, begin: Day) {
        xml.leaf(Space::Bericht, "ToewijzingNummer", nummer);
        if !self.categorie.is_empty() {
            xml.nest("Product", |xml| {
                xml.leaf(Space::Basis, "Categorie", self.categorie);
                if !self.product.is_empty() {
                    xml.leaf(Space::Basis, "Code", self.product);
                }
            });
        }
        xml.leaf(Space::Bericht, "Toewijzingsdatum", "2024-12-20");
        xml.leaf(Space::Bericht, "Toewijzingstijd", "09:30:00");
        xml.leaf(Space::Bericht, "Ingangsdatum", begin.iso());
        if self.has_end {
            xml.leaf(Space::Bericht, "Einddatum", last_day(begin.month()).iso());
        }
        if !self.reden.is_empty() {
            xml.leaf(Space::Bericht, "RedenWijziging", self.reden);
        }
        if let Some((volume, eenheid, frequentie)) = self.omvang {
            xml.nest("Omvang", |xml| {
                xml.leaf(Space::Basis, "Volume", volume);
                xml.leaf(Space::Basis, "Eenheid", eenheid);
                xml.leaf(Space::Basis, "Frequentie", frequentie);
            });
        }
        if self.budget {
            xml.leaf(Space::Bericht, "Budget", 500_000);
        }
    }
}

/// A message that care has begun: known, and not used.
pub(super) fn start() -> Vec<u8> {
    let mut xml = Xml::begin("jw305");
    begin_message(&mut xml, "438", "OS39000001");
    xml.end()
}

fn begin_message(xml: &mut Xml, code: &str, identificatie: &str) {
    let agb = world::aanbieder_at(ZEVENSTER).agb[0];
    xml.nest("Header", |xml| {
        header(xml, code, (GEMEENTEN[0].code, agb), (identificatie, "2024-12-20"));
    });
}
