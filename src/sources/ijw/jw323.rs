//! JW323 (declaratie) → rows of `declaraties`, one per Prestatie.
//!
//! Enters: the walk over one message. Leaves: rows, and the rules that one message decides: TR358, TR101, CS340,
//! TR315, TR316. TR314 and TR416 (the same line again) are judged over all messages together, not here.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::rejects::{HIDDEN, Reject, Rule, excerpt};
use crate::schema;
use crate::sources::ijw::amount::{euro, signed_ct};
use crate::sources::ijw::cells::{Cells, Slot};
use crate::sources::ijw::header;
use crate::sources::ijw::outline;
use crate::sources::ijw::rows::{Layout, Rows, position};
use crate::sources::ijw::rules::{CS340, TR101, TR315, TR316, TR358};
use crate::sources::ijw::walk::{Visitor, walk};
use crate::sources::ijw::{Message, Read, fault_reject, shown_date};
use crate::sources::raw::{RawTable, SourceFile};

const TABLE: &str = "declaraties";

pub(super) static LAYOUT: Layout = Layout {
    table: &schema::DECLARATIES,
    fields: &[
        ("Ontvanger", "gemeente", Slot::Ontvanger),
        ("Afzender", "agb", Slot::Afzender),
        ("Bsn", "client", Slot::Bsn),
        ("DeclaratieNummer", "declaratienummer", Slot::DeclaratieNummer),
        ("ReferentieNummer", "referentienummer", Slot::Referentie),
        ("VorigReferentieNummer", "vorig_referentienummer", Slot::VorigReferentie),
        ("ToewijzingNummer", "toewijzingnummer", Slot::Toewijzing),
        ("ProductCategorie", "productcategorie", Slot::Categorie),
        ("ProductCode", "productcode", Slot::Code),
        ("ProductPeriode/Begindatum", "periode_begin", Slot::PeriodeBegin),
        ("ProductPeriode/Einddatum", "periode_eind", Slot::PeriodeEind),
        ("DeclaratiePeriode/Begindatum", "declaratieperiode_begin", Slot::DeclaratieBegin),
        ("GeleverdVolume", "volume_milli", Slot::Volume),
        ("Eenheid", "eenheid", Slot::Eenheid),
        ("ProductTarief", "tarief_ct", Slot::Tarief),
        ("IngediendBedrag/Bedrag", "bedrag_ct", Slot::Bedrag),
        ("IngediendBedrag/DebetCredit", "debet_credit", Slot::DebetCredit),
        ("BerichtIdentificatie/Dagtekening", "dagtekening", Slot::Dagtekening),
        ("BerichtIdentificatie/Identificatie", "identificatie", Slot::Identificatie),
        ("Bericht", "kanaal", Slot::Kanaal),
    ],
};

/// The elements a Prestatie may leave out.
const OPTIONAL: &[Slot] = &[Slot::VorigReferentie, Slot::Tarief];

/// Reads one JW323; `read` already holds what was noticed before.
pub(super) fn read(bytes: &[u8], message: Message, file: &Arc<SourceFile>, read: Read) -> Read {
    let mut visitor = Declaratie {
        message,
        file,
        read,
        rows: Rows::new(&LAYOUT, file),
        refusal: None,
        total: None,
        line: 0,
        bsns: HashSet::new(),
        is_repeated_client: false,
        credits: Vec::new(),
    };
    let outcome = walk(bytes, message.name, &outline::JW323, &mut visitor);
    let Declaratie { mut read, rows, refusal, total, credits, .. } = visitor;
    let refusal = match outcome {
        Err(fault) => Some(fault_reject(fault, file, TABLE)),
        Ok(()) => refusal.or_else(|| check_total(total.as_ref(), &read, file)),
    };
    if let Some(reject) = refusal {
        read.refuse(reject);
    } else {
        read.tables = rows.finish();
        check_credits(&credits, &mut read, file);
    }
    read
}

struct Declaratie<'a, 'f> {
    message: Message,
    file: &'f SourceFile,
    read: Read,
    rows: Rows,
    /// Set when something in the message makes all of it unusable, while its lines can still be counted.
    refusal: Option<Reject>,
    total: Option<Total>,
    /// Line of the group that was opened last.
    line: u64,
    /// Clients seen, as numbers; what is not a number is left to typing.
    bsns: HashSet<u32>,
    is_repeated_client: bool,
    credits: Vec<Credit<'a>>,
}

/// What the message says its lines add up to.
struct Total {
    line: u64,
    signed_ct: Option<i64>,
}

/// A line that refers to an earlier one.
struct Credit<'a> {
    line: u64,
    vorig_referentie: Cow<'a, str>,
    bedrag_ct: Option<i64>,
}

impl<'a> Visitor<'a> for Declaratie<'a, '_> {
    fn open(&mut self, group: Slot, line: u64, cells: &mut Cells<'a>) {
        self.line = line;
        match group {
            Slot::Prestaties => {
                let bsn = cells.get(Slot::Bsn).parse::<u32>();
                self.is_repeated_client = bsn.is_ok_and(|bsn| !self.bsns.insert(bsn));
            }
            Slot::Prestatie => cells.clear(OPTIONAL),
            _ => {}
        }
    }

    fn close(&mut self, group: Slot, cells: &mut Cells<'a>) {
        match group {
            Slot::Header => self.header(cells),
            Slot::DeclaratiePeriode => self.period(cells),
            Slot::TotaalIngediend => {
                let (amount, dc) =
                    (cells.get(Slot::TotaalIngediendBedrag), cells.get(Slot::TotaalIngediendDc));
                self.total = Some(Total { line: self.line, signed_ct: signed_ct(amount, dc) });
            }
            Slot::Prestatie => self.prestatie(cells),
            _ => {}
        }
    }
}

impl<'a> Declaratie<'a, '_> {
    fn header(&mut self, cells: &mut Cells<'a>) {
        cells.set(Slot::Kanaal, Cow::Borrowed("ijw"));
        self.refusal = header::take(self.message, cells, self.file, self.line, &mut self.read);
    }

    fn period(&mut self, cells: &Cells<'_>) {
        let (begin, end) = (cells.get(Slot::DeclaratieBegin), cells.get(Slot::DeclaratieEind));
        if !is_calendar_month(begin, end) {
            self.read.rejects.push(Reject {
                table: TABLE.to_owned(),
                column: "DeclaratiePeriode".to_owned(),
                found: format!("{} t/m {}", shown_date(begin), shown_date(end)),
                expected: "eerste t/m laatste dag van één maand".to_owned(),
                ..Reject::new(&CS340, &self.file.path, self.line)
            });
        }
    }

    fn prestatie(&mut self, cells: &Cells<'a>) {
        let bedrag_ct = signed_ct(cells.get(Slot::Bedrag), cells.get(Slot::DebetCredit));
        self.read.count(bedrag_ct);
        if self.is_repeated_client {
            self.read.count_rejected(bedrag_ct);
            self.read.rejects.push(Reject {
                column: "Bsn".to_owned(),
                found: HIDDEN.to_owned(),
                expected: "elke cliënt één keer".to_owned(),
                ..row_reject(&TR101, self.file, self.line, bedrag_ct)
            });
            return;
        }
        if cells.has(Slot::VorigReferentie) {
            let vorig_referentie = cells.to_kept(Slot::VorigReferentie);
            self.credits.push(Credit { line: self.line, vorig_referentie, bedrag_ct });
        }
        self.rows.push(self.line, cells);
    }
}

fn row_reject(rule: &'static Rule, file: &SourceFile, line: u64, bedrag_ct: Option<i64>) -> Reject {
    Reject { table: TABLE.to_owned(), bedrag_ct, ..Reject::new(rule, &file.path, line) }
}

fn is_calendar_month(begin: &str, end: &str) -> bool {
    let (Ok(begin), Ok(end)) = (begin.parse::<NaiveDate>(), end.parse::<NaiveDate>()) else {
        return false;
    };
    begin.day() == 1
        && (begin.year(), begin.month()) == (end.year(), end.month())
        && end.succ_opt().is_some_and(|next| next.day() == 1)
}

/// TR358. An amount that cannot be read is not in the sum, so that the total then fails in sight of everyone.
fn check_total(total: Option<&Total>, read: &Read, file: &SourceFile) -> Option<Reject> {
    let total = total?;
    if total.signed_ct == Some(read.read_ct) && read.unreadable_amounts == 0 {
        return None;
    }
    let mut expected = format!("{} (som van {} regels", euro(read.read_ct), read.rows_read);
    if read.unreadable_amounts > 0 {
        expected.push_str(", waarvan ");
        expected.push_str(&read.unreadable_amounts.to_string());
        expected.push_str(" zonder leesbaar bedrag");
    }
    expected.push(')');
    Some(Reject {
        column: "TotaalIngediendBedrag".to_owned(),
        found: total.signed_ct.map_or_else(|| "geen leesbaar bedrag".to_owned(), euro),
        expected,
        ..row_reject(&TR358, file, total.line, None)
    })
}

/// TR315 and TR316, over the rows that stayed.
fn check_credits(credits: &[Credit<'_>], read: &mut Read, file: &SourceFile) {
    if credits.is_empty() {
        return;
    }
    let mut by_reference: BTreeMap<&[u8], u64> = BTreeMap::new();
    for credit in credits {
        *by_reference.entry(credit.vorig_referentie.as_bytes()).or_default() += 1;
    }
    let in_message = references(&read.tables, &by_reference);
    for credit in credits {
        let key = credit.vorig_referentie.as_bytes();
        let mut push = |rule, expected: &str| {
            read.rejects.push(Reject {
                column: "VorigReferentieNummer".to_owned(),
                found: excerpt(&credit.vorig_referentie),
                expected: expected.to_owned(),
                ..row_reject(rule, file, credit.line, credit.bedrag_ct)
            });
        };
        if by_reference[key] > 1 {
            push(&TR315, "elk nummer één keer");
        }
        if in_message.contains(key) {
            push(&TR316, "een regel uit een eerder bericht");
        }
    }
}

/// Which of the wanted references are those of a row.
fn references<'t>(tables: &'t [RawTable], wanted: &BTreeMap<&[u8], u64>) -> HashSet<&'t [u8]> {
    let column = position(&LAYOUT, Slot::Referentie);
    tables
        .iter()
        .flat_map(|table| (0..table.n_rows()).map(move |row| table.cell(row, column)))
        .filter(|reference| wanted.contains_key(*reference))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rejects::Severity;
    use crate::sources::ijw::testing::{
        BSN_1, BSN_2, cell, client, codes, good_jw323, jw323, prestatie, read_text, with,
    };

    fn one_client(total: u64, dc: &str, prestaties: &[String]) -> Read {
        read_text(&jw323(total, dc, &[client(BSN_1, prestaties, "")]))
    }

    #[test]
    fn every_prestatie_is_a_row_with_what_stands_above_it() {
        let read = read_text(&good_jw323());
        let table = &read.tables[0];
        assert_eq!((read.rows_read, table.n_rows(), read.read_ct), (2, 2, 12_000));
        assert!(table.is_message);
        assert_eq!((table.line(0), table.line(1)), (9, 12));
        let row = |column| cell(table, 1, column);
        assert_eq!(row("gemeente"), "0384");
        assert_eq!(row("agb"), "42420001");
        assert_eq!(row("client"), BSN_2);
        assert_eq!(row("declaratienummer"), "DN1");
        assert_eq!(row("referentienummer"), "R2");
        assert_eq!(row("vorig_referentienummer"), "");
        assert_eq!(row("toewijzingnummer"), "10072");
        assert_eq!(row("productcategorie"), "45");
        assert_eq!(row("productcode"), "45A03");
        assert_eq!(
            (row("periode_begin"), row("periode_eind")),
            ("2025-04-01".into(), "2025-04-30".into())
        );
        assert_eq!(row("declaratieperiode_begin"), "2025-04-01");
        assert_eq!((row("volume_milli"), row("eenheid")), ("4".into(), "04".into()));
        assert_eq!((row("tarief_ct"), row("bedrag_ct")), ("1250".into(), "7000".into()));
        assert_eq!((row("debet_credit"), row("kanaal")), ("D".into(), "ijw".into()));
        assert_eq!((row("dagtekening"), row("identificatie")), ("2025-05-06".into(), "B1".into()));
    }

    #[test]
    fn an_element_left_out_does_not_keep_the_value_of_the_line_before() {
        let bare =
            with(&prestatie("R2", 1, "D", ""), "<m:ProductTarief>1250</m:ProductTarief>", "");
        let read = one_client(4999, "C", &[prestatie("R1,R0", 5000, "C", ""), bare]);
        assert_eq!(codes(&read), [""; 0]);
        assert_eq!(cell(&read.tables[0], 1, "tarief_ct"), "");
        assert_eq!(cell(&read.tables[0], 1, "vorig_referentienummer"), "");
    }

    #[test]
    fn a_total_is_debit_minus_credit_with_its_sign() {
        let lines = [prestatie("R1", 5000, "D", ""), prestatie("R2,R0", 7000, "C", "")];
        let read = one_client(2000, "C", &lines);
        assert_eq!((codes(&read), read.read_ct), (vec![], -2000));
        assert_eq!(codes(&one_client(2000, "D", &lines)), ["TR358"]);
        let zero = [prestatie("R1", 5000, "D", ""), prestatie("R2,R0", 5000, "C", "")];
        assert_eq!(codes(&one_client(0, "D", &zero)), [""; 0]);
    }

    #[test]
    fn a_wrong_total_sends_all_rows_out_with_one_reject_that_carries_the_euros() {
        let read =
            read_text(&with(&good_jw323(), "<ijw:TotaalBedrag>12000", "<ijw:TotaalBedrag>12001"));
        assert!(read.tables.is_empty());
        assert_eq!((read.rows_read, read.rows_rejected), (2, 2));
        assert_eq!((read.read_ct, read.rejected_ct), (12_000, 12_000));
        assert_eq!(read.rejects.len(), 1);
        let reject = &read.rejects[0];
        assert_eq!((reject.code.as_str(), reject.severity), ("TR358", Severity::Fataal));
        assert_eq!((reject.line, reject.bedrag_ct), (9, Some(12_000)));
        assert_eq!(
            (reject.found.as_str(), reject.expected.as_str()),
            ("€ 120,01", "€ 120,00 (som van 2 regels)")
        );
    }

    #[test]
    fn an_amount_that_cannot_be_read_is_counted_apart_and_fails_the_total() {
        let broken = with(&prestatie("R2", 1, "D", ""), "<ijw:Bedrag>1<", "<ijw:Bedrag>1,00<");
        let read = one_client(5000, "D", &[prestatie("R1", 5000, "D", ""), broken]);
        assert_eq!(codes(&read), ["TR358"]);
        assert_eq!((read.read_ct, read.unreadable_amounts, read.rejected_unreadable), (5000, 1, 1));
        assert!(read.rejects[0].expected.contains("1 zonder leesbaar bedrag"));
    }

    #[test]
    fn the_declaration_period_is_one_calendar_month() {
        let cases = [
            ("2025-04-01", "2025-04-30", true),
            ("2024-02-01", "2024-02-29", true),
            ("2025-02-01", "2025-02-28", true),
            ("2024-02-01", "2024-02-28", false),
            ("2025-04-02", "2025-04-30", false),
            ("2025-04-01", "2025-05-31", false),
            ("2025-04-01", "2026-04-30", false),
            ("2025-04-01", "2025-04-31", false),
        ];
        for (begin, end, is_right) in cases {
            assert_eq!(is_calendar_month(begin, end), is_right, "{begin} {end}");
        }
        let read = read_text(&with(
            &good_jw323(),
            "<ijw:Einddatum>2025-04-30",
            "<ijw:Einddatum>2025-06-30",
        ));
        assert_eq!((codes(&read), read.tables[0].n_rows()), (vec!["CS340"], 2));
        assert_eq!(read.rejects[0].found, "2025-04-01 t/m 2025-06-30");
        let read =
            read_text(&with(&good_jw323(), "<ijw:Einddatum>2025-04-30", "<ijw:Einddatum>20250430"));
        assert_eq!(read.rejects[0].found, format!("2025-04-01 t/m {HIDDEN}"));
    }

    #[test]
    fn two_credits_for_one_line_are_noticed_once_each() {
        let lines = [
            prestatie("R1,R0", 100, "C", ""),
            prestatie("R2,R0", 100, "C", ""),
            prestatie("R3,R9", 1, "C", ""),
        ];
        let read = one_client(201, "C", &lines);
        assert_eq!(codes(&read), ["TR315", "TR315"]);
        assert_eq!((read.rejects[0].line, read.rejects[1].line), (9, 11));
        assert_eq!(read.rejects[0].bedrag_ct, Some(-100));
        assert_eq!(read.tables[0].n_rows(), 3);
    }

    #[test]
    fn a_credit_for_a_line_of_the_same_message_is_noticed_wherever_that_line_stands() {
        let lines = [prestatie("R2,R1", 100, "C", ""), prestatie("R1", 100, "D", "")];
        let read = one_client(0, "D", &lines);
        assert_eq!((codes(&read), read.rejects[0].line), (vec!["TR316"], 9));
        assert_eq!(read.rejects[0].found, "R1");
        assert_eq!(read.tables[0].n_rows(), 2);
    }

    #[test]
    fn the_lines_of_a_client_that_comes_back_leave_and_its_first_lines_stay() {
        let clients = [
            client(BSN_1, &[prestatie("R1", 100, "D", "")], ""),
            client(BSN_2, &[prestatie("R2", 10, "D", "")], ""),
            client(BSN_1, &[prestatie("R3", 5, "D", ""), prestatie("R4,R0", 1, "C", "")], ""),
        ];
        let read = read_text(&jw323(114, "D", &clients));
        assert_eq!(codes(&read), ["TR101", "TR101"]);
        assert_eq!((read.rows_read, read.rows_rejected, read.tables[0].n_rows()), (4, 2, 2));
        assert_eq!((read.read_ct, read.rejected_ct), (114, 4));
        let amounts: Vec<_> = read.rejects.iter().map(|reject| reject.bedrag_ct).collect();
        assert_eq!(amounts, [Some(5), Some(-1)]);
        assert_eq!(
            (read.rejects[0].column.as_str(), read.rejects[0].found.as_str()),
            ("Bsn", HIDDEN)
        );
        // A refused file has one reject for its euros, not two.
        let read = read_text(&jw323(115, "D", &clients));
        assert_eq!((codes(&read), read.rows_rejected, read.rejected_ct), (vec!["TR358"], 4, 114));
    }
}
