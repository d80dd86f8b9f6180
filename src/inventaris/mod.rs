//! What the four regions agreed on: every rule of their documents, by id, with what the program does with it.
//!
//! Enters: nothing. Leaves: [`alle`], in the order of the documents. A rule that is measured names the query or the
//! code that does so; the others say why not. Does not know data, nor which region has a rule switched on.

mod holland_rijnland;
mod midden_holland;
mod oost_veluwe;
mod zou;
mod zou_maatwerk;
mod zou_proces;

/// What kind of statement a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Klasse {
    /// A number or a yes or no in the document.
    Norm,
    /// A comparison; the document gives no number, so that any limit is a setting.
    Vergelijking,
    /// What the data must be like for the other rules to mean something.
    Gegevens,
    /// A step or a term of a procedure.
    Proces,
    /// A definition or a choice of words; nothing to hold data against.
    Context,
}

impl Klasse {
    /// As printed.
    pub fn naam(self) -> &'static str {
        match self {
            Self::Norm => "norm",
            Self::Vergelijking => "vergelijking",
            Self::Gegevens => "gegevens",
            Self::Proces => "proces",
            Self::Context => "context",
        }
    }
}

/// What the program does with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staat {
    /// Asked of the data by these queries.
    Query(&'static [&'static str]),
    /// Tested while reading, under these codes.
    Toets(&'static [&'static str]),
    /// Part of a larger answer of the report; says which.
    Onderdeel(&'static str),
    /// Only words or a dimension; says what the program does with it.
    Context(&'static str),
    /// No data can tell; says why, and what would change that.
    NietMeetbaar(&'static str),
}

/// One rule of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regel {
    /// A letter for the document, and a number: `Z25`.
    pub id: &'static str,
    /// Kind of statement.
    pub klasse: Klasse,
    /// What was agreed, in one Dutch sentence.
    pub wat: &'static str,
    /// What the program does with it.
    pub staat: Staat,
}

/// A document with its rules.
#[derive(Debug, Clone, Copy)]
pub struct Document {
    /// The letter with which its rules begin.
    pub letter: char,
    /// Region it holds for.
    pub regio: &'static str,
    /// Title and date.
    pub titel: &'static str,
    /// Its rules, in the order of their numbers.
    pub regels: &'static [Regel],
}

/// The documents of the four regions.
pub const DOCUMENTEN: &[Document] = &[
    Document {
        letter: 'Z',
        regio: "Zuidoost-Utrecht",
        titel: "Werkafspraken lokale maatwerkovereenkomsten regio ZOU - Jeugdhulp (zonder datum)",
        regels: zou::REGELS,
    },
    Document {
        letter: 'O',
        regio: "Midden-IJssel/Oost-Veluwe",
        titel: "Regie en zorgcoördinatie; doen wat nodig is volgens 1 plan (09-07-2019)",
        regels: oost_veluwe::REGELS,
    },
    Document {
        letter: 'M',
        regio: "Midden-Holland",
        titel: "Memo zorgcoördinatie (30-09-2020) en uitgangspunten 1Gezin1Plan, bijlage 2 (2016)",
        regels: midden_holland::REGELS,
    },
    Document {
        letter: 'H',
        regio: "Holland Rijnland",
        titel: "Voortgang Inkoop Jeugdhulp Holland Rijnland (04-01-2021)",
        regels: holland_rijnland::REGELS,
    },
];

/// Every rule, in the order of the documents.
pub fn alle() -> impl Iterator<Item = &'static Regel> {
    DOCUMENTEN.iter().flat_map(|document| document.regels)
}

/// The rule of an id, whatever its case.
pub fn regel(id: &str) -> Option<&'static Regel> {
    alle().find(|regel| regel.id.eq_ignore_ascii_case(id))
}

/// The document a rule is from.
pub fn document(regel: &Regel) -> Option<&'static Document> {
    DOCUMENTEN.iter().find(|document| regel.id.starts_with(document.letter))
}
