//! What every message says about itself.
//!
//! Enters: the cells of the header. Leaves: a [`Header`], and what is wrong with its fixed values. Does not
//! judge codes of gemeenten and aanbieders; that is typing's.

use crate::rejects::{Reject, Severity, excerpt};
use crate::sources::ijw::cells::{Cells, Slot};
use crate::sources::ijw::rules::{CS015, CS025, RS047};
use crate::sources::ijw::{Message, Read};
use crate::sources::raw::SourceFile;

/// The version this program was built for.
const SUBVERSION: u8 = 2;

/// Who sent which message when: names a message among all messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Kind of message.
    pub message: Message,
    /// Code of the sender: a gemeente (four digits) or an aanbieder (AGB, eight digits).
    pub afzender: String,
    /// Code of the receiver.
    pub ontvanger: String,
    /// Identification the sender gave the message, unique per sender and kind of message.
    pub identificatie: String,
    /// Date of the message as written.
    pub dagtekening: String,
}

/// Every message of the standard: name, `BerichtCode`, whether rows are read from it.
pub(super) const MESSAGES: &[(&str, &str, bool)] = &[
    ("JW301", "436", true),
    ("JW302", "437", false),
    ("JW305", "438", false),
    ("JW306", "439", false),
    ("JW307", "440", false),
    ("JW308", "441", false),
    ("JW315", "446", false),
    ("JW316", "447", false),
    ("JW317", "486", false),
    ("JW318", "487", false),
    ("JW319", "488", false),
    ("JW320", "489", false),
    ("JW323", "490", true),
    ("JW325", "491", true),
];

/// Keeps the header that now stands in the cells, with what is noticed about it. Leaves the reject that refuses the
/// file, if there is one: the message can still be counted to its end.
pub(super) fn take(
    message: Message,
    cells: &Cells<'_>,
    file: &SourceFile,
    line: u64,
    read: &mut Read,
) -> Option<Reject> {
    read.header = Some(header(message, cells));
    let (fatal, noticed): (Vec<_>, Vec<_>) = check(message, cells, &file.path, line)
        .into_iter()
        .partition(|reject| reject.severity == Severity::Fataal);
    read.rejects.extend(noticed);
    fatal.into_iter().next()
}

fn header(message: Message, cells: &Cells<'_>) -> Header {
    Header {
        message,
        afzender: cells.get(Slot::Afzender).to_owned(),
        ontvanger: cells.get(Slot::Ontvanger).to_owned(),
        identificatie: cells.get(Slot::Identificatie).to_owned(),
        dagtekening: cells.get(Slot::Dagtekening).to_owned(),
    }
}

/// Fixed values of the header that are not as the message demands.
fn check(message: Message, cells: &Cells<'_>, file: &str, line: u64) -> Vec<Reject> {
    let mut rejects = Vec::new();
    let code = MESSAGES.iter().find(|(name, ..)| *name == message.name).map_or("", |entry| entry.1);
    let found = cells.get(Slot::BerichtCode);
    if found != code {
        rejects.push(Reject {
            column: "BerichtCode".to_owned(),
            found: excerpt(found),
            expected: format!("{code} ({})", message.name),
            ..Reject::new(&RS047, file, line)
        });
    }
    let found = cells.get(Slot::BerichtVersie);
    if found != "3" {
        rejects.push(Reject {
            column: "BerichtVersie".to_owned(),
            found: excerpt(found),
            expected: "3".to_owned(),
            ..Reject::new(&CS025, file, line)
        });
    }
    let found = cells.get(Slot::BerichtSubversie);
    if found != SUBVERSION.to_string() || message.subversion != SUBVERSION {
        rejects.push(Reject {
            column: "BerichtSubversie".to_owned(),
            found: format!("{}, namespace 3_{}", excerpt(found), message.subversion),
            expected: "2, namespace 3_2".to_owned(),
            ..Reject::new(&CS015, file, line)
        });
    }
    rejects
}

/// The whole file when its release is newer than this program.
pub(super) fn unknown_release(message: Message, file: &str) -> Reject {
    Reject {
        found: format!("{} in iJw 3.{}", message.name, message.subversion),
        expected: "iJw 3.0, 3.1 of 3.2".to_owned(),
        ..Reject::new(&CS025, file, 0)
    }
}

#[cfg(test)]
mod tests {
    use crate::sources::ijw::testing::{codes, good_jw323, read_text, with};

    #[test]
    fn the_header_says_who_sent_what_when() {
        let header = read_text(&good_jw323()).header.unwrap();
        assert_eq!(header.message.name, "JW323");
        assert_eq!((header.afzender.as_str(), header.ontvanger.as_str()), ("42420001", "0384"));
        assert_eq!(
            (header.identificatie.as_str(), header.dagtekening.as_str()),
            ("B1", "2025-05-06")
        );
    }

    #[test]
    fn a_code_of_another_message_refuses_the_file_with_its_euros() {
        let read = read_text(&with(&good_jw323(), ">490<", ">491<"));
        assert_eq!(codes(&read), ["RS047"]);
        assert!(read.tables.is_empty());
        assert_eq!((read.rows_rejected, read.rejected_ct), (2, 12_000));
        let reject = &read.rejects[0];
        assert_eq!((reject.line, reject.bedrag_ct), (3, Some(12_000)));
        assert_eq!((reject.found.as_str(), reject.expected.as_str()), ("491", "490 (JW323)"));
    }

    #[test]
    fn another_version_refuses_the_file_and_another_subversion_warns() {
        let good = good_jw323();
        let version = with(&good, "<m:BerichtVersie>3<", "<m:BerichtVersie>2<");
        assert_eq!(codes(&read_text(&version)), ["CS025"]);
        let sub = with(&good, "<m:BerichtSubversie>2<", "<m:BerichtSubversie>1<");
        let read = read_text(&sub);
        assert_eq!((codes(&read), read.tables[0].n_rows()), (vec!["CS015"], 2));
        let read = read_text(&good.replace("ijw/3_2", "ijw/3_0"));
        assert_eq!((codes(&read), read.tables[0].n_rows()), (vec!["CS015"], 2));
        let read = read_text(&good.replace("ijw/3_2", "ijw/3_3"));
        assert_eq!((codes(&read), read.tables.len()), (vec!["CS025"], 0));
    }
}
