//! iJw messages (JW323, JW325, JW301) → rows.
//!
//! Enters: the bytes of one file. Leaves: a [`Read`]: blocks of text cells with their line, what could not become a
//! row, and what the reading account needs. Every cell is what the message says, without the white space around it;
//! amounts stay whole eurocents. Knows one message at a time: what needs two of them, or a typed value, stands
//! elsewhere. Names, addresses and remarks are passed over and never stored.
//!
//! A file with a fault in its structure is refused whole. Its records up to the fault are counted as read and
//! rejected, so that the account shows how much is missing; what came after the fault cannot be counted.

mod amount;
mod cells;
mod format;
mod frame;
mod header;
mod jw301;
mod jw323;
mod jw325;
mod lines;
mod namespace;
mod outline;
mod rows;
pub mod rules;
#[cfg(test)]
mod testing;
mod walk;

use std::sync::Arc;

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::rejects::{Reject, Severity, excerpt};
use crate::sources::ijw::rules::{MS253, MS254, OP192, XSD};
use crate::sources::ijw::walk::Fault;
use crate::sources::raw::{RawTable, SourceFile};

pub use format::FORMAT;
pub use header::Header;
pub use rules::RULES;

/// How many first bytes decide on the kind of message.
const HEAD_BYTES: usize = 8 * 1024;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A kind of message in a release of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// Name as people say it: `JW323`.
    pub name: &'static str,
    /// The N of release 3.N, from the namespace.
    pub subversion: u8,
    /// True when rows are read from it.
    pub is_used: bool,
}

/// What one file gave.
#[derive(Debug, Default)]
pub struct Read {
    /// Rows, in blocks; empty when the file is refused or not used.
    pub tables: Vec<RawTable>,
    /// What could not become a row, and what was noticed, in the order of the file.
    pub rejects: Vec<Reject>,
    /// Who sent it; `None` when that could not be read or the message is not used.
    pub header: Option<Header>,
    /// Records found: rows plus [`Read::rows_rejected`].
    pub rows_read: u64,
    /// Records that did not become a row.
    pub rows_rejected: u64,
    /// Signed eurocents of all prestaties found (JW323, JW325) whose amount could be read.
    pub read_ct: i64,
    /// Prestaties found whose amount could not be read.
    pub unreadable_amounts: u64,
    /// The part of `read_ct` that belongs to rejected records.
    pub rejected_ct: i64,
    /// The part of `unreadable_amounts` that belongs to rejected records.
    pub rejected_unreadable: u64,
}

impl Read {
    /// Counts one record, with its amount when it has one that can be read.
    fn count(&mut self, amount_ct: Option<i64>) {
        self.rows_read += 1;
        match amount_ct {
            Some(amount_ct) => self.read_ct = self.read_ct.saturating_add(amount_ct),
            None => self.unreadable_amounts += 1,
        }
    }

    /// Counts a record that was just counted as rejected too.
    fn count_rejected(&mut self, amount_ct: Option<i64>) {
        self.rows_rejected += 1;
        match amount_ct {
            Some(amount_ct) => self.rejected_ct = self.rejected_ct.saturating_add(amount_ct),
            None => self.rejected_unreadable += 1,
        }
    }

    /// Refuses the file: all rows leave, one reject carries all the euros.
    fn refuse(&mut self, mut reject: Reject) {
        self.tables.clear();
        self.rejects.retain(|other| other.severity != Severity::Fataal);
        self.rows_rejected = self.rows_read;
        self.rejected_ct = self.read_ct;
        self.rejected_unreadable = self.unreadable_amounts;
        // Nothing at all could be read: there is no amount, which is not the same as nought.
        reject.bedrag_ct = (self.rows_read > self.unreadable_amounts).then_some(self.read_ct);
        self.rejects.push(reject);
    }
}

/// What kind of message the bytes hold, by root element and namespace, never by file name; looks at the first few
/// kilobytes only. A release after 3.2 is named but not used.
pub fn recognise(head: &[u8]) -> Option<Message> {
    let head = &head[..head.len().min(HEAD_BYTES)];
    if is_utf16(head) {
        // Refused later, but a message all the same: in UTF-16 every second byte of the root tag is zero.
        let narrow: Vec<u8> = head[2..].iter().copied().filter(|byte| *byte != 0).collect();
        return recognise_root(&narrow);
    }
    recognise_root(head)
}

fn is_utf16(head: &[u8]) -> bool {
    head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF")
}

fn recognise_root(head: &[u8]) -> Option<Message> {
    let mut reader = Reader::from_reader(head);
    loop {
        let root = match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => root,
            Event::Eof => return None,
            _ => continue,
        };
        if root.local_name().as_ref() != "Bericht" {
            return None;
        }
        let uri = namespace::own_namespace(&root)?;
        let (subversion, family) = namespace::parse(&uri)?;
        let (name, _, is_used) =
            header::MESSAGES.iter().find(|(name, ..)| name.to_ascii_lowercase() == family)?;
        return Some(Message { name, subversion, is_used: *is_used && subversion <= 2 });
    }
}

/// Reads one message. Never fails: what is wrong stands in the rejects.
pub fn read(bytes: &[u8], file: &Arc<SourceFile>) -> Read {
    let mut read = Read::default();
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let Some(message) = recognise(body) else {
        read.refuse(Reject {
            expected: "een iJw-bericht".to_owned(),
            ..Reject::new(&XSD, &file.path, 0)
        });
        return read;
    };
    if is_utf16(body) {
        read.refuse(Reject {
            found: "UTF-16".to_owned(),
            expected: "UTF-8".to_owned(),
            ..Reject::new(&MS253, &file.path, 1)
        });
        return read;
    }
    if body.len() < bytes.len() {
        read.rejects.push(Reject {
            found: "BOM".to_owned(),
            expected: "geen BOM".to_owned(),
            ..Reject::new(&OP192, &file.path, 1)
        });
    }
    match message.name {
        "JW323" if message.is_used => jw323::read(body, message, file, read),
        "JW325" if message.is_used => jw325::read(body, message, file, read),
        "JW301" if message.is_used => jw301::read(body, message, file, read),
        _ => not_used(message, file, read),
    }
}

fn not_used(message: Message, file: &Arc<SourceFile>, mut read: Read) -> Read {
    if message.subversion > 2 {
        read.refuse(header::unknown_release(message, &file.path));
    } else {
        read.rejects.push(Reject {
            found: format!("{} herkend, wordt niet gebruikt", message.name),
            ..Reject::new(&MS254, &file.path, 0)
        });
    }
    read
}

/// A fault as a reject of the whole file.
fn fault_reject(fault: Fault, file: &SourceFile, table: &str) -> Reject {
    Reject {
        table: table.to_owned(),
        column: fault.element,
        found: fault.found,
        expected: fault.expected,
        ..Reject::new(fault.rule, &file.path, fault.line)
    }
}

/// A date has eight digits and would be taken for a client number.
fn shown_date(text: &str) -> String {
    if text.parse::<NaiveDate>().is_ok() { text.to_owned() } else { excerpt(text) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::sources::ijw::testing::{BSN_1, BSN_2, codes, file, good_jw323, read_text, with};

    /// The published samples, kept beside the project because they carry no licence.
    fn samples() -> Option<PathBuf> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = root.join("../shared/reference/ijw/samples");
        if !found.is_dir() {
            println!("overgeslagen: geen voorbeeldberichten naast het project");
            return None;
        }
        Some(found)
    }

    fn sample(folder: &Path, name: &str) -> Vec<u8> {
        std::fs::read(folder.join(format!("{name}.xml"))).unwrap()
    }

    #[test]
    fn a_message_is_known_by_its_root_and_namespace_only() {
        let good = good_jw323();
        let known = Message { name: "JW323", subversion: 2, is_used: true };
        assert_eq!(recognise(good.as_bytes()), Some(known));
        let old = good.replace("3_2", "3_0");
        assert_eq!(recognise(old.as_bytes()), Some(Message { subversion: 0, ..known }));
        let newer = good.replace("3_2", "3_3");
        let newer = recognise(newer.as_bytes());
        assert_eq!(newer, Some(Message { subversion: 3, is_used: false, ..known }));
        let commented = with(&good, "<m:Bericht", "<!-- x --><?a b?>\n<m:Bericht");
        assert_eq!(recognise(commented.as_bytes()), Some(known));
        let marked = [BOM, good.as_bytes()].concat();
        assert_eq!(recognise(&marked), Some(known));
        let quoted = good.replace('"', "'");
        assert_eq!(recognise(quoted.as_bytes()), Some(known));
        for other in [
            good.replace("m:Bericht", "m:Declaratie"),
            good.replace("ijw/3_2", "iwmo/3_2"),
            good.replace("jw323", "jw303"),
            good.replace("xmlns:m", "xmlns:n"),
            "gemeente;agb;bsn\n0384;42420001;".to_owned(),
            "<html></html>".to_owned(),
            String::new(),
        ] {
            assert_eq!(recognise(other.as_bytes()), None, "{}", &other[..other.len().min(60)]);
        }
    }

    #[test]
    fn a_byte_order_mark_is_noticed_and_read_past() {
        let read = read(&[BOM, good_jw323().as_bytes()].concat(), &file());
        assert_eq!((codes(&read), read.tables[0].line(0)), (vec!["OP192"], 9));
    }

    #[test]
    fn every_other_message_is_named_and_not_used() {
        for (name, _, is_used) in header::MESSAGES {
            let xml = good_jw323().replace("jw323", &name.to_lowercase());
            let message = recognise(xml.as_bytes()).unwrap();
            assert_eq!((message.name, message.is_used), (*name, *is_used));
            if !is_used {
                let read = read_text(&xml);
                assert_eq!((codes(&read), read.tables.len()), (vec!["MS254"], 0));
                assert_eq!(read.rejects[0].severity, Severity::Info);
                assert_eq!(read.rejects[0].found, format!("{name} herkend, wordt niet gebruikt"));
            }
        }
        assert_eq!(header::MESSAGES.len(), 14);
    }

    #[test]
    fn bytes_that_are_no_message_are_refused() {
        assert_eq!(codes(&read_text("geen xml")), ["XSD"]);
        assert_eq!(codes(&read_text("")), ["XSD"]);
    }

    #[test]
    fn rules_have_their_own_code_and_all_texts() {
        let codes: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), RULES.len());
        for rule in RULES {
            for text in [rule.title, rule.explanation, rule.remedy, rule.source] {
                assert!(!text.is_empty() && !text.contains("  "), "{}: {text}", rule.code);
            }
            assert!(rule.explanation.ends_with('.') && !rule.title.ends_with('.'), "{}", rule.code);
        }
    }

    #[test]
    fn all_published_samples_are_recognised() {
        let Some(folder) = samples() else { return };
        for (name, _, is_used) in header::MESSAGES {
            let bytes = sample(&folder, name);
            let message = recognise(&bytes).unwrap();
            assert_eq!(message, Message { name, subversion: 2, is_used: *is_used });
            let read = read(&bytes, &file());
            let shown = format!("{:?}", read.rejects);
            assert!(!shown.contains(BSN_1) && !shown.contains(BSN_2), "{name}");
        }
    }

    #[test]
    fn the_published_declaratie_gives_five_rows_of_790_euros() {
        let Some(folder) = samples() else { return };
        let read = read(&sample(&folder, "JW323"), &file());
        assert_eq!((codes(&read), read.rows_read, read.read_ct), (vec![], 5, 79_000));
        assert_eq!(
            (read.tables[0].n_rows(), read.rows_rejected, read.unreadable_amounts),
            (5, 0, 0)
        );
        assert_eq!(read.header.unwrap().identificatie, "765432198");
    }

    #[test]
    fn the_published_answer_gives_three_refused_lines_that_add_up() {
        let Some(folder) = samples() else { return };
        let read = read(&sample(&folder, "JW325"), &file());
        assert_eq!((codes(&read), read.rows_read, read.read_ct), (vec![], 3, -24_000));
        assert_eq!(testing::cell(&read.tables[0], 1, "retourcodes"), "9339 9340 9341");
        assert_eq!(testing::cell(&read.tables[0], 0, "ingediend_ct"), "-58000");
    }

    #[test]
    fn the_published_toewijzing_gives_two_rows() {
        let Some(folder) = samples() else { return };
        let read = read(&sample(&folder, "JW301"), &file());
        assert_eq!((codes(&read), read.rows_read, read.tables[0].n_rows()), (vec![], 2, 2));
        assert_eq!(testing::cell(&read.tables[0], 1, "productcode"), "55A12");
    }

    #[test]
    fn no_reject_shows_a_client_number_wherever_it_stands() {
        let good = good_jw323();
        // The number in the place of every other text of the message, and of an element name.
        let mut texts: Vec<(usize, usize)> = Vec::new();
        for (at, _) in good.match_indices('>') {
            let end = good[at..].find('<').map_or(at, |length| at + length);
            if end > at + 1 {
                texts.push((at + 1, end));
            }
        }
        assert!(texts.len() > 40);
        for (begin, end) in texts {
            let xml = format!("{}{BSN_1}{}", &good[..begin], &good[end..]);
            let shown = format!("{:?}", read_text(&xml).rejects);
            assert!(!shown.contains(BSN_1), "{shown}");
        }
        for name in ["m:Eenheid", "m:Header", "m:Prestatie", "m:Bsn"] {
            let xml = good.replace(name, &format!("m:B{BSN_1}"));
            let shown = format!("{:?}", read_text(&xml).rejects);
            assert!(!shown.contains(BSN_1) && shown.len() > 10, "{shown}");
        }
    }
}
