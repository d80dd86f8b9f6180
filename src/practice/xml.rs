//! A plain writer of iJw messages: two namespaces, tabs, CRLF, UTF-8 without BOM.
//!
//! Enters: element names and values that need no escaping (codes, numbers, dates). Leaves: bytes, and the line reached.

use std::fmt::{Display, Write};

/// A message being written.
#[derive(Debug)]
pub(super) struct Xml {
    text: String,
    prefix: &'static str,
    depth: usize,
    next_line: u64,
}

/// Which of the two namespaces an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// The message itself.
    Bericht,
    /// The shared schema.
    Basis,
}

const NAMESPACE: &str = "http://www.istandaarden.nl/ijw/3_2";

impl Xml {
    /// Begins a message such as `jw323`.
    pub(super) fn begin(prefix: &'static str) -> Self {
        let mut xml = Self { text: String::with_capacity(4096), prefix, depth: 0, next_line: 1 };
        xml.line(&format_args!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        xml.line(&format_args!(
            "<{prefix}:Bericht xmlns:ijw=\"{NAMESPACE}/basisschema/schema\" xmlns:{prefix}=\"{NAMESPACE}/{prefix}/schema\">"
        ));
        xml.depth = 1;
        xml
    }

    /// Line on which the next element will stand, 1-based.
    pub(super) fn next_line(&self) -> u64 {
        self.next_line
    }

    /// An element with others inside.
    pub(super) fn nest(&mut self, tag: &str, inside: impl FnOnce(&mut Self)) {
        self.nest_in(self.prefix, tag, inside);
    }

    /// As [`Xml::nest`], for an element of the shared schema.
    pub(super) fn nest_basis(&mut self, tag: &str, inside: impl FnOnce(&mut Self)) {
        self.nest_in("ijw", tag, inside);
    }

    fn nest_in(&mut self, prefix: &str, tag: &str, inside: impl FnOnce(&mut Self)) {
        self.line(&format_args!("<{prefix}:{tag}>"));
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line(&format_args!("</{prefix}:{tag}>"));
    }

    /// An element with a value.
    pub(super) fn leaf(&mut self, space: Space, tag: &str, value: impl Display) {
        let prefix = if space == Space::Basis { "ijw" } else { self.prefix };
        self.line(&format_args!("<{prefix}:{tag}>{value}</{prefix}:{tag}>"));
    }

    /// The finished message.
    pub(super) fn end(mut self) -> Vec<u8> {
        self.depth = 0;
        let prefix = self.prefix;
        self.line(&format_args!("</{prefix}:Bericht>"));
        self.text.into_bytes()
    }

    fn line(&mut self, content: &std::fmt::Arguments<'_>) {
        for _ in 0..self.depth {
            self.text.push('\t');
        }
        self.text.write_fmt(*content).expect("writing to memory cannot fail");
        self.text.push_str("\r\n");
        self.next_line += 1;
    }
}

/// The header every message begins with, up to and including the version of the XSD.
pub(super) fn header(xml: &mut Xml, code: &str, between: (&str, &str), bericht: (&str, &str)) {
    let (afzender, ontvanger) = between;
    let (identificatie, dagtekening) = bericht;
    xml.leaf(Space::Bericht, "BerichtCode", code);
    xml.leaf(Space::Bericht, "BerichtVersie", 3);
    xml.leaf(Space::Bericht, "BerichtSubversie", 2);
    xml.leaf(Space::Bericht, "Afzender", afzender);
    xml.leaf(Space::Bericht, "Ontvanger", ontvanger);
    xml.nest("BerichtIdentificatie", |xml| {
        xml.leaf(Space::Basis, "Identificatie", identificatie);
        xml.leaf(Space::Basis, "Dagtekening", dagtekening);
    });
    xsd_version(xml, "XsdVersie");
}

/// The versions of the two schemas, under a name of choice.
pub(super) fn xsd_version(xml: &mut Xml, tag: &str) {
    xml.nest(tag, |xml| {
        xml.leaf(Space::Basis, "BasisschemaXsdVersie", "1.0.0");
        xml.leaf(Space::Basis, "BerichtXsdVersie", "1.0.0");
    });
}
