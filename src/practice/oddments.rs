//! What lies about in a folder and is no good: toewijzingen that break a rule of the standard, and files without use.
//!
//! Enters: the plan. Leaves: bytes, and for each planted fault the line on which it stands. No declaratie is about any of
//! it, so no figure depends on it.

use super::calendar::{Day, last_day};
use super::grants::Omvang;
use super::plan::Plan;
use super::world::{self, GEMEENTEN, ZEVENSTER};
use super::xml::{Space, Xml, header};

/// A file that holds nothing a reader can use: name, content, code of the rule that must say so.
pub(super) const USELESS: [(&str, &str, &str); 2] = [
    (
        "planning.csv",
        "Afspraak;Zaal;Aanwezig\r\nwerkgroep maatwerk;2;7\r\nwerkgroep tarieven;1;4\r\n",
        "MS204",
    ),
    ("nog_te_vullen.csv", "", "MS205"),
];

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
