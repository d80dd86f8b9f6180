//! One pass over the XML of a message, held against its outline.
//!
//! Enters: the bytes of one file without byte order mark, and the outline of the message. Leaves: the text of
//! kept elements in [`Cells`] and a call at the begin and end of each named group; or one [`Fault`], after which
//! nothing of the file may be used. Does not know what a text means.
//!
//! Beyond what the XML reader tests itself: one root, nothing left open, no document type, no entity but the five
//! of XML, at most [`MAX_DEPTH`] levels, UTF-8 throughout.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};

use crate::rejects::Rule;
use crate::rejects::excerpt;
use crate::sources::ijw::cells::{Cells, Slot};
use crate::sources::ijw::frame::Frame;
use crate::sources::ijw::lines::Lines;
use crate::sources::ijw::namespace::Namespaces;
use crate::sources::ijw::outline::{Content, Node};
use crate::sources::ijw::rules::{MS251, MS252, MS253, XSD};

/// Messages are eight levels deep; more than this is an attack or damage.
pub(super) const MAX_DEPTH: usize = 64;

/// Why a whole file is refused.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) rule: &'static Rule,
    pub(super) line: u64,
    pub(super) element: String,
    pub(super) found: String,
    pub(super) expected: String,
}

/// Hears of the groups of a message that carry a slot.
pub(super) trait Visitor<'a> {
    /// A group begins on this line (1-based).
    fn open(&mut self, group: Slot, line: u64, cells: &mut Cells<'a>);
    /// A group ends; its texts are in the cells.
    fn close(&mut self, group: Slot, cells: &mut Cells<'a>);
}

/// Walks a message of the given name ("JW323") along its outline.
pub(super) fn walk<'a>(
    bytes: &'a [u8],
    message: &'static str,
    root: &'static Node,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Fault> {
    let mut walker = Walker {
        lines: Lines::new(bytes),
        namespaces: Namespaces::new(message),
        frames: vec![Frame::new(Slot::Unused, std::slice::from_ref(root))],
        depth: 0,
        skipped_at: 0,
        leaf: None,
        text: Cow::Borrowed(""),
        cells: Cells::new(),
        at: 0,
        visitor,
    };
    let mut reader = Reader::from_reader(bytes);
    loop {
        walker.at = to_offset(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Start(event)) => walker.start(&event)?,
            Ok(Event::End(_)) => walker.end()?,
            Ok(Event::Text(event)) => walker.text(event.into_inner())?,
            Ok(Event::Empty(event)) => {
                walker.start(&event)?;
                walker.end()?;
            }
            Ok(Event::CData(event)) => walker.text(event.into_inner())?,
            Ok(Event::GeneralRef(event)) => walker.reference(&event)?,
            Ok(Event::Decl(event)) => walker.declaration(&event)?,
            Ok(Event::DocType(_)) => {
                return Err(walker.fault(&MS252, "", "DOCTYPE", "een bericht zonder DOCTYPE"));
            }
            Ok(Event::Comment(_) | Event::PI(_)) => {}
            Ok(Event::Eof) => return walker.finish(bytes.len()),
            Err(error) => {
                return Err(walker.broken(&error, to_offset(reader.error_position())));
            }
        }
    }
}

fn to_offset(position: u64) -> usize {
    usize::try_from(position).expect("the file is in memory")
}

struct Walker<'a, 'v, V> {
    lines: Lines<'a>,
    namespaces: Namespaces,
    frames: Vec<Frame>,
    depth: usize,
    /// Depth of the skipped element we are in; 0 when in none.
    skipped_at: usize,
    leaf: Option<&'static Node>,
    text: Cow<'a, str>,
    cells: Cells<'a>,
    /// Where the current event begins.
    at: usize,
    visitor: &'v mut V,
}

impl<'a, V: Visitor<'a>> Walker<'a, '_, V> {
    fn start(&mut self, event: &BytesStart<'_>) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault(
                &MS251,
                "",
                "te veel niveaus in elkaar",
                "ten hoogste 64 niveaus",
            ));
        }
        if self.skipped_at > 0 {
            return Ok(());
        }
        if self.namespaces.enter(event, self.depth).is_err() {
            return Err(self.fault(&MS251, "", "attribuut niet te lezen", "geldige XML"));
        }
        let (space, name) = self.namespaces.resolve(event.name().0);
        if let Some(leaf) = self.leaf {
            let expected = format!("alleen tekst in {}", leaf.name);
            return Err(self.fault(&XSD, name, name, &expected));
        }
        let frame = self.frames.last_mut().expect("the document frame is never popped");
        let node = match frame.step(name, space) {
            Ok(node) => node,
            Err(expected) => return Err(self.fault(&XSD, name, name, &expected)),
        };
        match node.content {
            Content::Leaf => self.leaf = Some(node),
            Content::Skipped => self.skipped_at = self.depth,
            Content::Group(children) => {
                self.frames.push(Frame::new(node.slot, children));
                if node.slot != Slot::Unused {
                    let line = self.lines.at(self.at);
                    self.visitor.open(node.slot, line, &mut self.cells);
                }
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Fault> {
        let depth = self.depth;
        self.depth -= 1;
        self.namespaces.leave(depth);
        if self.skipped_at > 0 {
            if self.skipped_at == depth {
                self.skipped_at = 0;
            }
        } else if let Some(leaf) = self.leaf.take() {
            self.end_leaf(leaf)?;
        } else {
            let frame = self.frames.pop().expect("the reader pairs begin and end");
            if let Some(name) = frame.missing() {
                return Err(self.fault(&XSD, name, "", &format!("element {name}")));
            }
            if frame.slot != Slot::Unused {
                self.visitor.close(frame.slot, &mut self.cells);
            }
        }
        Ok(())
    }

    fn end_leaf(&mut self, leaf: &'static Node) -> Result<(), Fault> {
        let text = match std::mem::take(&mut self.text) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
            Cow::Owned(text) => Cow::Owned(text.trim_ascii().to_owned()),
        };
        if text.is_empty() {
            return Err(self.fault(&XSD, leaf.name, "leeg element", "een waarde, of geen element"));
        }
        match leaf.slot {
            Slot::Unused => {}
            slot if leaf.is_repeated => self.cells.append(slot, &text),
            slot => self.cells.set(slot, text),
        }
        Ok(())
    }

    fn text(&mut self, text: Cow<'a, str>) -> Result<(), Fault> {
        if self.leaf.is_some() {
            if self.text.is_empty() {
                self.text = text;
            } else {
                self.text.to_mut().push_str(&text);
            }
        } else if self.skipped_at == 0 && !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            // The text itself is not shown: nobody knows what it is.
            self.at += text.len() - text.trim_ascii_start().len();
            let rule = if self.depth == 0 { &MS251 } else { &XSD };
            return Err(self.fault(rule, "", "tekst tussen de elementen", "alleen elementen"));
        }
        Ok(())
    }

    fn reference(&mut self, event: &BytesRef<'_>) -> Result<(), Fault> {
        let known = match &**event {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "apos" => Some('\''),
            "quot" => Some('"'),
            _ => match event.resolve_char_ref() {
                Ok(Some(known)) => Some(known),
                Ok(None) => None,
                Err(_) => {
                    return Err(self.fault(&MS251, "", "onbekend tekennummer", "geldige XML"));
                }
            },
        };
        let Some(known) = known else {
            let found = format!("&{};", excerpt(event));
            return Err(self.fault(&MS252, "", &found, "een bericht zonder eigen entiteiten"));
        };
        if self.skipped_at > 0 {
            return Ok(());
        }
        self.text(Cow::Owned(known.to_string()))
    }

    fn declaration(&mut self, event: &BytesDecl<'_>) -> Result<(), Fault> {
        match event.encoding() {
            None => Ok(()),
            Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
            Some(Ok(name)) => Err(self.fault(&MS253, "", &name, "UTF-8")),
            Some(Err(_)) => {
                Err(self.fault(&MS251, "", "XML-declaratie niet te lezen", "geldige XML"))
            }
        }
    }

    fn finish(mut self, end: usize) -> Result<(), Fault> {
        self.at = end;
        if self.depth > 0 {
            return Err(self.fault(
                &MS251,
                "",
                "einde van het bestand",
                "het slot van het bericht",
            ));
        }
        if self.frames[0].missing().is_some() {
            return Err(self.fault(&MS251, "", "geen enkel element", "een iJw-bericht"));
        }
        Ok(())
    }

    fn fault(&mut self, rule: &'static Rule, element: &str, found: &str, expected: &str) -> Fault {
        Fault {
            rule,
            line: self.lines.at(self.at),
            element: excerpt(element),
            found: excerpt(found),
            expected: expected.to_owned(),
        }
    }

    /// The reader's own errors, in Dutch and with their place.
    fn broken(&mut self, error: &Error, error_at: usize) -> Fault {
        if let Error::Encoding(quick_xml::encoding::EncodingError::Utf8(cause)) = error {
            self.at += cause.valid_up_to();
            return self.fault(&MS253, "", "bytes die geen UTF-8 zijn", "UTF-8");
        }
        self.at = error_at.max(self.at);
        match error {
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                let expected = format!("</{}>", excerpt(expected));
                self.fault(&MS251, "", &format!("</{found}>"), &expected)
            }
            Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
                self.fault(&MS251, "", &format!("</{found}>"), "geen slotelement zonder begin")
            }
            Error::IllFormed(IllFormedError::UnclosedReference) => {
                self.fault(&MS251, "", "los &-teken", "&amp;")
            }
            Error::Syntax(_) => {
                self.fault(&MS251, "", "afgebroken element", "een element dat wordt gesloten")
            }
            _ => self.fault(&MS251, "", "onleesbare opbouw", "geldige XML"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MAX_DEPTH;
    use crate::sources::ijw::read;
    use crate::sources::ijw::testing::{
        BSN_1, cell, client, codes, file, good_jw323, jw301, jw323, prestatie, read_text, with,
    };

    /// The one fatal reject of a message: code, line, element, found, expected.
    #[track_caller]
    fn refused(xml: &str) -> (String, u64, String, String, String) {
        let read = read_text(xml);
        assert!(read.tables.is_empty(), "rows of a refused file");
        assert_eq!(read.rejects.len(), 1, "{:?}", read.rejects);
        assert_eq!(read.rows_rejected, read.rows_read);
        assert_eq!(read.rejected_ct, read.read_ct);
        let reject = read.rejects.into_iter().next().unwrap();
        (reject.code, reject.line, reject.column, reject.found, reject.expected)
    }

    #[track_caller]
    fn check(xml: &str, code: &str, line: u64, element: &str, found: &str, expected: &str) {
        let strings =
            (code.to_owned(), line, element.to_owned(), found.to_owned(), expected.to_owned());
        assert_eq!(refused(xml), strings);
    }

    #[test]
    fn a_message_cut_off_anywhere_is_refused_whole() {
        let xml = good_jw323();
        let whole = xml.trim_end().len();
        for end in 0..whole {
            let read = read(&xml.as_bytes()[..end], &file());
            assert!(read.tables.is_empty(), "cut at {end}");
            assert_eq!(read.rows_read, read.rows_rejected, "cut at {end}");
            assert_eq!(read.rejects.len(), 1, "cut at {end}");
        }
        assert_eq!(codes(&read_text(&xml[..whole])), [""; 0]);
    }

    #[test]
    fn a_truncated_message_names_the_last_line_and_counts_what_was_there() {
        let xml = good_jw323();
        let end = xml.find("</m:Prestaties></m:Client>\n<m:Client>").unwrap();
        let read = read_text(&xml[..end]);
        let reject = &read.rejects[0];
        assert_eq!((reject.code.as_str(), reject.line), ("MS251", 11));
        assert_eq!((read.rows_read, read.rows_rejected, read.read_ct), (1, 1, 5000));
        assert_eq!(reject.bedrag_ct, Some(5000));
    }

    #[test]
    fn a_damaged_byte_never_panics_and_the_counts_still_agree() {
        for xml in [good_jw323(), jw301("", "")] {
            for at in 0..xml.len() {
                for byte in *b"<>&/\"\xFF\0" {
                    let mut bytes = xml.as_bytes().to_vec();
                    bytes[at] = byte;
                    let read = read(&bytes, &file());
                    let rows: usize =
                        read.tables.iter().map(crate::sources::raw::RawTable::n_rows).sum();
                    assert_eq!(read.rows_read, rows as u64 + read.rows_rejected, "{byte} at {at}");
                }
            }
        }
    }

    #[test]
    fn damage_is_named_in_dutch_with_its_line() {
        let good = good_jw323();
        let wrong_end = with(&good, "</m:Header>", "</m:Hoofd>");
        check(&wrong_end, "MS251", 8, "", "</m:Hoofd>", "</m:Header>");
        let lone = with(&good, "<ijw:Identificatie>B1<", "<ijw:Identificatie>B & 1<");
        check(&lone, "MS251", 6, "", "los &-teken", "&amp;");
        let after = good.clone() + "tekst";
        check(&after, "MS251", 17, "", "tekst tussen de elementen", "alleen elementen");
        let second = good.clone() + "<m:Bericht/>";
        assert_eq!(refused(&second).0, "XSD");
        let unclosed = good.clone() + "<!-- ";
        check(&unclosed, "MS251", 17, "", "afgebroken element", "een element dat wordt gesloten");
        let attribute = with(&good, "<m:Clienten>", "<m:Clienten a=1>");
        check(&attribute, "MS251", 9, "", "attribuut niet te lezen", "geldige XML");
        let number = with(&good, "B1<", "&#xFFFFFFFF;<");
        check(&number, "MS251", 6, "", "onbekend tekennummer", "geldige XML");
    }

    #[test]
    fn a_document_type_and_entities_are_refused() {
        let good = good_jw323();
        let none = "een bericht zonder DOCTYPE";
        let dtd = r#"<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/hostname">]><m:Bericht"#;
        check(&with(&good, "<m:Bericht", dtd), "MS252", 2, "", "DOCTYPE", none);
        let entity = with(&good, "B1<", "&x;<");
        check(&entity, "MS252", 6, "", "&x;", "een bericht zonder eigen entiteiten");
        let skipped = with(&jw301("", ""), "Geheime tekst", "&x;");
        assert_eq!(refused(&skipped).0, "MS252");
    }

    #[test]
    fn an_encoding_other_than_utf_8_is_refused() {
        let good = good_jw323();
        let declared = with(&good, "UTF-8", "ISO-8859-1");
        check(&declared, "MS253", 1, "", "ISO-8859-1", "UTF-8");
        assert!(read_text(&with(&good, "UTF-8", "utf-8")).rejects.is_empty());
        let mut bytes = with(&good, "DN1", "D?1").into_bytes();
        let at = bytes.windows(3).position(|three| three == b"D?1").unwrap();
        bytes[at + 1] = 0xE9;
        let read = read(&bytes, &file());
        assert_eq!((codes(&read), read.rejects[0].line), (vec!["MS253"], 9));
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(good.encode_utf16().flat_map(u16::to_le_bytes));
        let read = crate::sources::ijw::read(&wide, &file());
        assert_eq!((codes(&read), read.rejects[0].found.as_str()), (vec!["MS253"], "UTF-16"));
    }

    #[test]
    fn more_than_sixty_four_levels_are_refused() {
        let deep = |n: usize| {
            let nested = "<m:X>".repeat(n) + &"</m:X>".repeat(n);
            with(&jw301("", ""), "Geheime tekst", &nested)
        };
        // Commentaar itself is the third level.
        assert_eq!(codes(&read_text(&deep(MAX_DEPTH - 3))), ["CD079"]);
        assert_eq!(refused(&deep(MAX_DEPTH - 2)).0, "MS251");
        assert_eq!(refused(&deep(10_000)).3, "te veel niveaus in elkaar");
    }

    #[test]
    fn the_structure_of_the_standard_is_kept_to() {
        let good = good_jw323();
        let unknown = with(&good, "<m:Eenheid>", "<m:Korting>1</m:Korting><m:Eenheid>");
        check(&unknown, "XSD", 10, "Korting", "Korting", "element Eenheid");
        let missing = with(&good, "<m:ToewijzingNummer>10072</m:ToewijzingNummer>", "");
        check(
            &missing,
            "XSD",
            10,
            "ProductCategorie",
            "ProductCategorie",
            "element ToewijzingNummer",
        );
        let cut = with(
            &good,
            "<ijw:DebetCredit>D</ijw:DebetCredit></m:IngediendBedrag>",
            "</m:IngediendBedrag>",
        );
        check(&cut, "XSD", 10, "DebetCredit", "", "element DebetCredit");
        let twice = with(&good, "<m:Eenheid>", "<m:Eenheid>04</m:Eenheid><m:Eenheid>");
        check(&twice, "XSD", 10, "Eenheid", "Eenheid", "één keer Eenheid");
        let order = with(&good, "<m:DeclaratieNummer>DN1</m:DeclaratieNummer>", "");
        let order = with(
            &order,
            "</m:DeclaratiePeriode>",
            "</m:DeclaratiePeriode><m:DeclaratieNummer>DN1</m:DeclaratieNummer>",
        );
        check(
            &order,
            "XSD",
            9,
            "DeclaratiePeriode",
            "DeclaratiePeriode",
            "element DeclaratieNummer",
        );
        let extra = with(&good, "</m:Prestatie>", "<m:Meer>1</m:Meer></m:Prestatie>");
        check(&extra, "XSD", 10, "Meer", "Meer", "geen element meer");
    }

    #[test]
    fn empty_elements_and_stray_content_are_refused_without_showing_it() {
        let good = good_jw323();
        let empty = "een waarde, of geen element";
        let bare = with(&good, "<m:ProductTarief>1250</m:ProductTarief>", "<m:ProductTarief/>");
        check(&bare, "XSD", 10, "ProductTarief", "leeg element", empty);
        let blank = with(&good, ">DN1<", "> <");
        check(&blank, "XSD", 9, "DeclaratieNummer", "leeg element", empty);
        let text = with(&good, "<m:Eenheid>", "Jan Jansen<m:Eenheid>");
        check(&text, "XSD", 10, "", "tekst tussen de elementen", "alleen elementen");
        let nested = with(&good, ">DN1<", ">DN1<m:X>1</m:X><");
        check(&nested, "XSD", 9, "X", "X", "alleen tekst in DeclaratieNummer");
        let number = with(&good, "<m:Eenheid>", "<m:_999900006>1</m:_999900006><m:Eenheid>");
        assert_eq!(refused(&number).3, crate::rejects::HIDDEN);
    }

    #[test]
    fn any_prefix_will_do_and_the_family_must_be_right() {
        let good = good_jw323();
        let other = good.replace("ijw:", "b:").replace("xmlns:ijw", "xmlns:b").replace("m:", "jw:");
        let other = other.replace("xmlns:m", "xmlns:jw");
        assert_eq!(codes(&read_text(&other)), [""; 0]);
        let default = good.replace("<m:", "<").replace("</m:", "</").replace("xmlns:m=", "xmlns=");
        assert_eq!(read_text(&default).rows_read, 2);
        let ns = r#" xmlns:z="http://www.istandaarden.nl/ijw/3_2/basisschema/schema""#;
        let own = with(
            &good,
            "<ijw:Identificatie>B1</ijw:Identificatie>",
            &format!("<z:Identificatie{ns}>B1</z:Identificatie>"),
        );
        assert_eq!(codes(&read_text(&own)), [""; 0]);
        let out_of_scope =
            with(&own, "<ijw:Dagtekening>2025-05-06</ijw:", "<z:Dagtekening>2025-05-06</z:");
        assert_eq!(refused(&out_of_scope).2, "Dagtekening");
        let family = good.replace("ijw:Identificatie", "m:Identificatie");
        check(&family, "XSD", 6, "Identificatie", "Identificatie", "element Identificatie");
    }

    #[test]
    fn a_cell_in_pieces_is_put_together_and_white_space_around_it_falls_away() {
        let line = prestatie("R1", 5000, "D", "");
        let line = with(&line, ">45A03<", ">\n 4<!-- x -->5&#65;<![CDATA[0]]>&amp; <");
        let read = read_text(&jw323(5000, "D", &[client(BSN_1, &[line], "")]));
        assert_eq!(codes(&read), [""; 0]);
        assert_eq!(cell(&read.tables[0], 0, "productcode"), "45A0&");
    }
}
