//! JW325 (answer to a declaratie) → rows of `antwoorden`.
//!
//! Enters: the walk over one message. Leaves: one row per thing refused (`niveau` prestatie, declaratie or bericht),
//! or one row with `niveau` geheel when all was granted; and TR342. Which declaratie it answers is looked up over
//! all messages together, not here. Totals in `ingediend_ct` and `toegekend_ct` are signed and stand on every row:
//! they belong to the message and may not be added up over rows.

use std::borrow::Cow;
use std::sync::Arc;

use crate::rejects::Reject;
use crate::schema;
use crate::sources::ijw::amount::{euro, signed_ct};
use crate::sources::ijw::cells::{Cells, Slot};
use crate::sources::ijw::header;
use crate::sources::ijw::outline;
use crate::sources::ijw::rows::{Layout, Rows};
use crate::sources::ijw::rules::TR342;
use crate::sources::ijw::walk::{Visitor, walk};
use crate::sources::ijw::{Message, Read, fault_reject};
use crate::sources::raw::SourceFile;

const TABLE: &str = "antwoorden";

/// Retourcode: no error at this level.
const NO_ERROR: &str = "0200";
/// Retourcode: the declaratie is granted whole.
const GRANTED_WHOLE: &str = "8001";

pub(super) static LAYOUT: Layout = Layout {
    table: &schema::ANTWOORDEN,
    fields: &[
        ("Afzender", "gemeente", Slot::Afzender),
        ("Ontvanger", "agb", Slot::Ontvanger),
        ("DeclaratieIdentificatie/Identificatie", "identificatie", Slot::DeclaratieIdentificatie),
        ("DeclaratieIdentificatie/Dagtekening", "dagtekening", Slot::DeclaratieDagtekening),
        ("DeclaratieNummer", "declaratienummer", Slot::DeclaratieNummer),
        ("DeclaratieAntwoord", "niveau", Slot::Niveau),
        ("RetourCodes", "retourcodes", Slot::Retourcodes),
        ("ReferentieNummer", "referentienummer", Slot::Referentie),
        ("Bsn", "client", Slot::Bsn),
        ("IngediendBedrag/Bedrag", "bedrag_ct", Slot::Bedrag),
        ("IngediendBedrag/DebetCredit", "debet_credit", Slot::DebetCredit),
        ("TotaalIngediendBedrag", "ingediend_ct", Slot::IngediendCt),
        ("TotaalToegekendBedrag", "toegekend_ct", Slot::ToegekendCt),
    ],
};

/// What belongs to one prestatie and differs within a client.
const OF_PRESTATIE: [Slot; 4] =
    [Slot::Referentie, Slot::Bedrag, Slot::DebetCredit, Slot::PrestatieRetour];

/// Reads one JW325; `read` already holds what was noticed before.
pub(super) fn read(bytes: &[u8], message: Message, file: &Arc<SourceFile>, read: Read) -> Read {
    let mut visitor = Antwoord {
        message,
        file,
        read,
        rows: Rows::new(&LAYOUT, file),
        refusal: None,
        line: 0,
        answer_line: None,
        prestaties: Vec::new(),
        n_prestaties: 0,
    };
    let outcome = walk(bytes, message.name, &outline::JW325, &mut visitor);
    let Antwoord { mut read, rows, refusal, .. } = visitor;
    match outcome {
        Err(fault) => read.refuse(fault_reject(fault, file, TABLE)),
        Ok(()) => match refusal {
            Some(reject) => read.refuse(reject),
            None => read.tables = rows.finish(),
        },
    }
    // The euros of an answer repeat those of a declaratie: no reject may add them to the account.
    for reject in &mut read.rejects {
        reject.bedrag_ct = None;
    }
    read
}

struct Antwoord<'a, 'f> {
    message: Message,
    file: &'f SourceFile,
    read: Read,
    rows: Rows,
    refusal: Option<Reject>,
    /// Line of the group that was opened last.
    line: u64,
    /// Line of the `DeclaratieAntwoord`, once it has begun.
    answer_line: Option<u64>,
    /// Prestaties of the client being read: its own codes come after them.
    prestaties: Vec<(u64, [Cow<'a, str>; 4])>,
    n_prestaties: u64,
}

impl<'a> Visitor<'a> for Antwoord<'a, '_> {
    fn open(&mut self, group: Slot, line: u64, cells: &mut Cells<'a>) {
        self.line = line;
        match group {
            Slot::DeclaratieAntwoord => self.answer_line = Some(line),
            Slot::Client => cells.clear(&[Slot::ClientRetour]),
            Slot::Prestatie => cells.clear(&[Slot::PrestatieRetour]),
            _ => {}
        }
    }

    fn close(&mut self, group: Slot, cells: &mut Cells<'a>) {
        match group {
            Slot::Header => self.header(cells),
            Slot::Prestatie => {
                self.prestaties.push((self.line, OF_PRESTATIE.map(|slot| cells.to_kept(slot))));
            }
            Slot::Client => self.client(cells),
            Slot::DeclaratieAntwoord => self.answer(cells),
            Slot::Bericht if self.answer_line.is_none() => self.message_row(cells),
            _ => {}
        }
    }
}

impl<'a> Antwoord<'a, '_> {
    fn header(&mut self, cells: &mut Cells<'a>) {
        self.refusal = header::take(self.message, cells, self.file, self.line, &mut self.read);
    }

    /// The refused lines of one client, with the client's own codes behind those of the line.
    fn client(&mut self, cells: &mut Cells<'a>) {
        set_totals(cells);
        let of_client: Vec<String> =
            specific(cells.get(Slot::ClientRetour)).map(str::to_owned).collect();
        cells.set(Slot::Niveau, Cow::Borrowed("prestatie"));
        for (line, texts) in std::mem::take(&mut self.prestaties) {
            for (slot, text) in OF_PRESTATIE.into_iter().zip(texts) {
                cells.set(slot, text);
            }
            let codes = cells.to_kept(Slot::PrestatieRetour);
            cells.set(Slot::Retourcodes, codes);
            for code in &of_client {
                cells.append(Slot::Retourcodes, code);
            }
            self.read.count(signed_ct(cells.get(Slot::Bedrag), cells.get(Slot::DebetCredit)));
            self.n_prestaties += 1;
            self.rows.push(line, cells);
        }
        // A row about the whole that may follow is about no client and no line.
        cells.clear(&[Slot::Bsn]);
        cells.clear(&OF_PRESTATIE);
    }

    fn answer(&mut self, cells: &mut Cells<'a>) {
        set_totals(cells);
        let codes = cells.to_kept(Slot::DeclaratieRetour);
        if specific(cells.get(Slot::HeaderRetour)).next().is_some() {
            self.message_row(cells);
        } else if specific(&codes).next().is_some() {
            self.whole_row("declaratie", codes, cells);
        } else {
            if self.n_prestaties == 0 {
                self.whole_row("geheel", codes, cells);
            }
            self.check_difference(cells);
        }
    }

    fn message_row(&mut self, cells: &mut Cells<'a>) {
        let codes = cells.to_kept(Slot::HeaderRetour);
        self.whole_row("bericht", codes, cells);
    }

    /// A row about the message or the declaratie as a whole; it has no amount of its own.
    fn whole_row(&mut self, niveau: &'static str, codes: Cow<'a, str>, cells: &mut Cells<'a>) {
        cells.set(Slot::Niveau, Cow::Borrowed(niveau));
        cells.set(Slot::Retourcodes, codes);
        self.read.rows_read += 1;
        self.rows.push(self.answer_line.unwrap_or(self.line), cells);
    }

    /// TR342.
    fn check_difference(&mut self, cells: &Cells<'_>) {
        let difference = ingediend(cells).zip(toegekend(cells)).map(|(a, b)| a - b);
        if difference == Some(self.read.read_ct) && self.read.unreadable_amounts == 0 {
            return;
        }
        let expected = difference.map_or_else(|| "leesbare totalen".to_owned(), euro);
        self.read.rejects.push(Reject {
            table: TABLE.to_owned(),
            column: "TotaalToegekendBedrag".to_owned(),
            found: format!("{} in {} regels", euro(self.read.read_ct), self.n_prestaties),
            expected,
            ..Reject::new(&TR342, &self.file.path, self.answer_line.unwrap_or(self.line))
        });
    }
}

/// Codes that say more than "no error here" or "granted whole".
fn specific(codes: &str) -> impl Iterator<Item = &str> {
    codes.split(' ').filter(|code| !code.is_empty() && *code != NO_ERROR && *code != GRANTED_WHOLE)
}

fn ingediend(cells: &Cells<'_>) -> Option<i64> {
    signed_ct(cells.get(Slot::TotaalIngediendBedrag), cells.get(Slot::TotaalIngediendDc))
}

fn toegekend(cells: &Cells<'_>) -> Option<i64> {
    signed_ct(cells.get(Slot::TotaalToegekendBedrag), cells.get(Slot::TotaalToegekendDc))
}

/// The totals with their sign; one that cannot be read stays as written, for typing to refuse.
fn set_totals(cells: &mut Cells<'_>) {
    for (total, written, slot) in [
        (ingediend(cells), Slot::TotaalIngediendBedrag, Slot::IngediendCt),
        (toegekend(cells), Slot::TotaalToegekendBedrag, Slot::ToegekendCt),
    ] {
        let text = total.map_or_else(|| cells.get(written).to_owned(), |ct| ct.to_string());
        cells.set(slot, Cow::Owned(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::ijw::testing::{
        BSN_1, BSN_2, answer, cell, client, codes, jw325, prestatie, read_text, retour, with,
    };

    fn column(read: &Read, name: &str) -> Vec<String> {
        let rows =
            read.tables.iter().flat_map(|table| (0..table.n_rows()).map(move |row| (table, row)));
        rows.map(|(table, row)| cell(table, row, name)).collect()
    }

    #[test]
    fn a_declaratie_granted_whole_is_one_row() {
        let read = read_text(&jw325(&["0200"], &answer(12_000, 12_000, &[], &["8001"])));
        assert_eq!(codes(&read), [""; 0]);
        assert_eq!(
            (column(&read, "niveau"), column(&read, "retourcodes")),
            (vec!["geheel".into()], vec!["8001".into()])
        );
        assert_eq!(
            (column(&read, "gemeente"), column(&read, "agb")),
            (vec!["0384".into()], vec!["42420001".into()])
        );
        assert_eq!(
            (column(&read, "identificatie"), column(&read, "dagtekening")),
            (vec!["D9".into()], vec!["2025-05-06".into()])
        );
        assert_eq!(
            (column(&read, "ingediend_ct"), column(&read, "toegekend_ct")),
            (vec!["12000".into()], vec!["12000".into()])
        );
        assert_eq!(
            (column(&read, "client"), column(&read, "bedrag_ct")),
            (vec![String::new()], vec![String::new()])
        );
        assert_eq!((read.rows_read, read.read_ct, read.unreadable_amounts), (1, 0, 0));
        assert_eq!(read.tables[0].line(0), 9);
    }

    #[test]
    fn a_message_refused_in_its_header_is_one_row_without_amounts() {
        let read = read_text(&jw325(&["0001", "8848"], ""));
        assert_eq!(
            (column(&read, "niveau"), column(&read, "retourcodes")),
            (vec!["bericht".into()], vec!["0001 8848".into()])
        );
        assert_eq!(
            (column(&read, "ingediend_ct"), column(&read, "declaratienummer")),
            (vec![String::new()], vec![String::new()])
        );
        let read = read_text(&jw325(&["0200"], ""));
        assert_eq!(column(&read, "niveau"), ["bericht"]);
    }

    #[test]
    fn a_declaratie_refused_as_a_whole_is_one_row() {
        let read = read_text(&jw325(&["0200"], &answer(12_000, 0, &[], &["9333"])));
        assert_eq!(codes(&read), [""; 0]);
        assert_eq!(
            (column(&read, "niveau"), column(&read, "retourcodes")),
            (vec!["declaratie".into()], vec!["9333".into()])
        );
        assert_eq!(column(&read, "toegekend_ct"), ["0"]);
    }

    #[test]
    fn refused_lines_are_rows_with_their_own_codes_and_those_of_their_client() {
        let clients = [
            client(
                BSN_1,
                &[
                    prestatie("R1", 5000, "D", &retour(&["9339", "9340"])),
                    prestatie("R2", 100, "C", &retour(&["0611"])),
                ],
                &retour(&["0200"]),
            ),
            client(BSN_2, &[prestatie("R3", 20, "D", &retour(&["0233"]))], &retour(&["9384"])),
        ];
        let read = read_text(&jw325(&["0200"], &answer(9920, 5000, &clients, &["0200"])));
        assert_eq!(codes(&read), [""; 0]);
        assert_eq!(column(&read, "niveau"), ["prestatie"; 3]);
        assert_eq!(column(&read, "retourcodes"), ["9339 9340", "0611", "0233 9384"]);
        assert_eq!(column(&read, "referentienummer"), ["R1", "R2", "R3"]);
        assert_eq!(column(&read, "client"), [BSN_1, BSN_1, BSN_2]);
        assert_eq!(column(&read, "debet_credit"), ["D", "C", "D"]);
        assert_eq!(column(&read, "ingediend_ct"), ["9920"; 3]);
        assert_eq!((read.rows_read, read.read_ct), (3, 4920));
        let lines: Vec<u64> = (0..3).map(|row| read.tables[0].line(row)).collect();
        assert_eq!(lines, [9, 11, 14]);
    }

    #[test]
    fn refused_lines_that_do_not_explain_the_difference_are_noticed() {
        let clients =
            [client(BSN_1, &[prestatie("R1", 5000, "D", &retour(&["0611"]))], &retour(&["0200"]))];
        let body = answer(12_000, 8000, &clients, &["0200"]);
        let read = read_text(&jw325(&["0200"], &body));
        assert_eq!((codes(&read), read.rejects[0].line), (vec!["TR342"], 9));
        assert_eq!(
            (read.rejects[0].found.as_str(), read.rejects[0].expected.as_str()),
            ("€ 50,00 in 1 regels", "€ 40,00")
        );
        assert_eq!(read.tables[0].n_rows(), 1);
        let unreadable =
            with(&jw325(&["0200"], &body), "<ijw:TotaalBedrag>8000<", "<ijw:TotaalBedrag>80,00<");
        let read = read_text(&unreadable);
        assert_eq!(read.rejects[0].expected, "leesbare totalen");
        assert_eq!(column(&read, "toegekend_ct"), ["80,00"]);
        let silent = read_text(&jw325(&["0200"], &answer(12_000, 8000, &[], &["0200"])));
        assert_eq!(
            (codes(&silent), column(&silent, "niveau")),
            (vec!["TR342"], vec!["geheel".into()])
        );
    }

    #[test]
    fn totals_carry_their_sign() {
        let body = answer(500, 500, &[], &["8001"]).replace(">D<", ">C<");
        let read = read_text(&jw325(&["0200"], &body));
        assert_eq!(
            (column(&read, "ingediend_ct"), column(&read, "toegekend_ct")),
            (vec!["-500".into()], vec!["-500".into()])
        );
    }
}
