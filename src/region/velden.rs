//! Every field of a region file: what it means, in which form it is written, what holds without it and where it is used.
//!
//! Enters: nothing. Leaves: `SECTIES` and [`VORMEN`], in the order in which a file is written. `regio toon`, `regio nieuw`
//! and docs/REGIONS.md are made of these; a test compares them with what the reader of a region file accepts.

mod afspraken;
mod basis;
mod cijfers;
mod maatwerk;

use std::fmt;

/// A section of a region file.
#[derive(Debug)]
pub struct Sectie {
    /// As between the brackets.
    pub naam: &'static str,
    /// As people call it.
    pub titel: &'static str,
    /// How it is written.
    pub opzet: Opzet,
    /// True when a file without it is refused.
    pub is_verplicht: bool,
    /// What stands in it, in Dutch sentences.
    pub wat: &'static str,
    /// Its fields, in the order in which they are written.
    pub velden: &'static [Veld],
}

/// How a section is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opzet {
    /// `[naam]` with the keys of its fields.
    Tabel,
    /// `[[naam]]`, as often as needed.
    Lijst,
    /// `[naam]` with keys of the region itself; its one field says what these are.
    Vrij,
}

/// A key of a section.
#[derive(Debug)]
pub struct Veld {
    /// The key; of a free section between `<` and `>` what the key is.
    pub naam: &'static str,
    /// Short Dutch name.
    pub kop: &'static str,
    /// Form of the value.
    pub soort: Soort,
    /// Whether it must be there.
    pub nodig: Nodig,
    /// A value as it is written behind the `=`.
    pub voorbeeld: &'static str,
    /// What it means, in Dutch sentences.
    pub wat: &'static str,
    /// Which part of the program looks at it; rules of a region that name it are found elsewhere.
    pub gebruik: &'static str,
}

/// Form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soort {
    /// Text.
    Tekst,
    /// One of these words.
    Keuze(&'static [&'static str]),
    /// A list of texts.
    Teksten,
    /// Yes or no.
    JaNee,
    /// A date.
    Datum,
    /// A list of dates.
    Datums,
    /// A whole number in this unit.
    Getal(&'static str),
    /// A number in this unit, with its ground and source.
    Drempel(&'static str),
    /// When something holds.
    Geldig,
    /// A small table of its own.
    Tabel,
}

impl fmt::Display for Soort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tekst => f.write_str("tekst"),
            Self::Keuze(words) => write!(f, "een van: {}", words.join(", ")),
            Self::Teksten => f.write_str("lijst van teksten"),
            Self::JaNee => f.write_str("true (ja) of false (nee)"),
            Self::Datum => f.write_str("datum, jjjj-mm-dd"),
            Self::Datums => f.write_str("lijst van datums"),
            Self::Getal(unit) => write!(f, "getal: {unit}"),
            Self::Drempel(unit) => write!(f, "drempel: {unit}"),
            Self::Geldig => f.write_str("geldigheid"),
            Self::Tabel => f.write_str("tabel"),
        }
    }
}

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nodig {
    /// A section without it is refused.
    Verplicht,
    /// What holds without it.
    Zonder(&'static str),
}

/// A form of value that returns, with its keys.
#[derive(Debug)]
pub struct VormVanWaarde {
    /// As [`Soort`] calls it.
    pub naam: &'static str,
    /// An example.
    pub voorbeeld: &'static str,
    /// Keys and what they mean.
    pub sleutels: &'static [(&'static str, &'static str)],
}

/// Forms that return.
pub const VORMEN: &[VormVanWaarde] = &[
    VormVanWaarde {
        naam: "drempel",
        voorbeeld: "{ waarde = 30, grondslag = \"norm\", bron = \"werkafspraken 2025, blz. 4\" }",
        sleutels: &[
            ("waarde", "het getal, met een punt als het geen geheel getal is: 0.05"),
            (
                "grondslag",
                "\"norm\" (afgesproken of gekozen) of \"feit\" (onderbouwd met cijfers); staat in het rapport",
            ),
            ("bron", "waar het getal vandaan komt; staat in het rapport"),
        ],
    },
    VormVanWaarde {
        naam: "geldigheid",
        voorbeeld: "{ van = 2019-01-01, tot = 2021-12-31 }",
        sleutels: &[
            ("van", "eerste dag; weggelaten: altijd al"),
            ("tot", "laatste dag, die dag hoort erbij; weggelaten: tot nader order"),
        ],
    },
];

/// Every section, in the order in which a file is written.
pub fn secties() -> impl Iterator<Item = &'static Sectie> {
    [basis::SECTIES, maatwerk::SECTIES, cijfers::SECTIES, afspraken::SECTIES].into_iter().flatten()
}

/// Short constructor: a list of fields reads as a table.
const fn veld(
    (naam, kop): (&'static str, &'static str),
    soort: Soort,
    nodig: Nodig,
    voorbeeld: &'static str,
    (wat, gebruik): (&'static str, &'static str),
) -> Veld {
    Veld { naam, kop, soort, nodig, voorbeeld, wat, gebruik }
}

#[cfg(test)]
mod tests;
