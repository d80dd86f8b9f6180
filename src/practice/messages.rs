//! Declaraties as messages: JW323 per aanbieder, gemeente and month, and the JW325 that answers it.
//!
//! Enters: lines of one message. Leaves: the bytes of both messages, and the line of each prestatie.

use super::calendar;
use super::lines::{Fate, Line};
use super::plan::Plan;
use super::world::{self, GEMEENTEN};
use super::xml::{Space, Xml, header, xsd_version};

/// A declaration that goes out as one message.
#[derive(Debug)]
pub(super) struct Message {
    /// Serial number; makes identification and declaration number unique.
    pub(super) nummer: u64,
    pub(super) gemeente: u32,
    pub(super) agb: &'static str,
    pub(super) declared: i32,
    /// Sorted by client.
    pub(super) lines: Vec<Line>,
    /// Cents by which the total in the message is wrong; 0 in a good one.
    pub(super) total_off: i64,
    /// Months by which the declaratieperiode is off; 0 in a good one.
    pub(super) shift: i32,
}

impl Message {
    /// Name that says what it is, without a client.
    pub(super) fn file_name(&self, berichtsoort: &str) -> String {
        let (jaar, maand) = calendar::year_month(self.declared);
        let gemeente = GEMEENTEN[self.gemeente as usize].code;
        format!("{berichtsoort}_{}_{gemeente}_{jaar}-{maand:02}_{:05}.xml", self.agb, self.nummer)
    }

    /// Signed total in eurocents, as it should be.
    pub(super) fn total_ct(&self) -> i64 {
        self.lines.iter().map(Line::signed_ct).sum()
    }

    fn identificatie(&self) -> String {
        format!("OR{:08}", self.nummer)
    }

    fn dagtekening(&self) -> String {
        self.lines.iter().map(|line| line.dagtekening).max().expect("a message has lines").iso()
    }

    fn declaratienummer(&self) -> String {
        format!("DN{:08}", self.nummer)
    }
}

/// The JW323 and, for each line of the message in turn, the file line on which its prestatie begins.
pub(super) fn jw323(plan: &Plan, message: &Message) -> (Vec<u8>, Vec<u64>) {
    let mut xml = Xml::begin("jw323");
    let mut begins = Vec::with_capacity(message.lines.len());
    let gemeente = GEMEENTEN[message.gemeente as usize].code;
    let dagtekening = message.dagtekening();
    xml.nest("Header", |xml| {
        header(xml, "490", (message.agb, gemeente), (&message.identificatie(), &dagtekening));
    });
    xml.nest("Declaratie", |xml| {
        xml.leaf(Space::Bericht, "DeclaratieNummer", message.declaratienummer());
        xml.nest("DeclaratiePeriode", |xml| {
            xml.leaf(
                Space::Basis,
                "Begindatum",
                calendar::first_day(message.declared + message.shift).iso(),
            );
            xml.leaf(
                Space::Basis,
                "Einddatum",
                calendar::last_day(message.declared + message.shift).iso(),
            );
        });
        xml.leaf(Space::Bericht, "DeclaratieDagtekening", &dagtekening);
        total(xml, "TotaalIngediendBedrag", message.total_ct() + message.total_off);
        let each = |xml: &mut Xml, line: &Line| {
            // The element itself was opened on the line before.
            begins.push(xml.next_line() - 1);
            prestatie(xml, plan, line);
        };
        clienten(xml, plan, &message.lines, each, |_| ());
    });
    (xml.end(), begins)
}

fn total(xml: &mut Xml, tag: &str, cents: i64) {
    xml.nest(tag, |xml| {
        xml.leaf(Space::Basis, "TotaalBedrag", cents.abs());
        xml.leaf(Space::Basis, "DebetCredit", if cents < 0 { "C" } else { "D" });
    });
}

/// Lines grouped by client: `each` writes one line, `after` what a client ends with.
fn clienten(
    xml: &mut Xml,
    plan: &Plan,
    lines: &[Line],
    mut each: impl FnMut(&mut Xml, &Line),
    after: impl Fn(&mut Xml),
) {
    xml.nest("Clienten", |xml| {
        for of_client in lines.chunk_by(|a, b| plan.case(a.case).client == plan.case(b.case).client)
        {
            xml.nest("Client", |xml| {
                xml.leaf(Space::Bericht, "Bsn", plan.bsn(plan.case(of_client[0].case).client));
                xml.nest("Prestaties", |xml| {
                    for line in of_client {
                        xml.nest("Prestatie", |xml| each(xml, line));
                    }
                });
                after(xml);
            });
        }
    });
}

fn prestatie(xml: &mut Xml, plan: &Plan, line: &Line) {
    let product = world::product_at(plan.case(line.case).product);
    xml.nest("ProductReferentie", |xml| {
        xml.leaf(Space::Basis, "ReferentieNummer", line.referentie.text());
        if let Some(vorige) = line.vorige {
            xml.leaf(Space::Basis, "VorigReferentieNummer", vorige.text());
        }
    });
    xml.leaf(Space::Bericht, "ToewijzingNummer", line.toewijzing);
    xml.leaf(Space::Bericht, "ProductCategorie", product.categorie());
    xml.leaf(Space::Bericht, "ProductCode", product.code);
    xml.nest("ProductPeriode", |xml| {
        xml.leaf(Space::Basis, "Begindatum", line.begin.iso());
        xml.leaf(Space::Basis, "Einddatum", line.eind.iso());
    });
    xml.leaf(Space::Bericht, "GeleverdVolume", line.volume_milli / 1000);
    xml.leaf(Space::Bericht, "Eenheid", product.eenheid);
    xml.leaf(
        Space::Bericht,
        "ProductTarief",
        line.tarief_ct.expect("only an export leaves the tarief out"),
    );
    xml.nest("IngediendBedrag", |xml| {
        xml.leaf(Space::Basis, "Bedrag", line.bedrag_ct);
        xml.leaf(Space::Basis, "DebetCredit", if line.vorige.is_some() { "C" } else { "D" });
    });
}

/// The JW325: all accepted, some prestaties refused, or the message refused as a whole (`0001`).
pub(super) fn jw325(plan: &Plan, message: &Message) -> Vec<u8> {
    let refused: Vec<Line> =
        message.lines.iter().filter(|line| line.retourcode.is_some()).copied().collect();
    let whole = message
        .lines
        .iter()
        .all(|line| line.fate == Fate::RefusedByGemeente && line.retourcode.is_none());
    let mut xml = Xml::begin("jw325");
    answer_header(&mut xml, message, if whole { "0001" } else { "0200" });
    if whole {
        return xml.end();
    }
    xml.nest("DeclaratieAntwoord", |xml| {
        let off: i64 = refused.iter().map(Line::signed_ct).sum();
        xml.leaf(Space::Bericht, "DeclaratieNummer", message.declaratienummer());
        total(xml, "TotaalIngediendBedrag", message.total_ct());
        total(xml, "TotaalToegekendBedrag", message.total_ct() - off);
        if !refused.is_empty() {
            let each = |xml: &mut Xml, line: &Line| {
                prestatie(xml, plan, line);
                retourcode(xml, line.retourcode.expect("only refused lines are answered"));
            };
            clienten(xml, plan, &refused, each, |xml| retourcode(xml, "0200"));
        }
        retourcode(xml, if refused.is_empty() { "8001" } else { "0200" });
    });
    xml.end()
}

fn answer_header(xml: &mut Xml, message: &Message, code: &str) {
    let gemeente = GEMEENTEN[message.gemeente as usize].code;
    let answered = calendar::first_day(message.declared + 1).plus(11).iso();
    let identificatie = format!("OA{:08}", message.nummer);
    xml.nest("Header", |xml| {
        header(xml, "491", (gemeente, message.agb), (&identificatie, &answered));
        xml.nest("DeclaratieIdentificatie", |xml| {
            xml.leaf(Space::Basis, "Identificatie", message.identificatie());
            xml.leaf(Space::Basis, "Dagtekening", message.dagtekening());
        });
        xsd_version(xml, "XsdVersieDeclaratie");
        retourcode(xml, code);
    });
}

fn retourcode(xml: &mut Xml, code: &str) {
    xml.nest("RetourCodes", |xml| xml.leaf(Space::Bericht, "RetourCode", code));
}
