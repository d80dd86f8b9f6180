//! What is known of a value in a question.

use std::collections::BTreeSet;

use crate::metrics::antwoord::Soort;

/// What can be done with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// A text.
    Tekst,
    /// A whole number.
    Geheel,
    /// A number with decimals.
    Getal,
    /// A date.
    Datum,
    /// True or false.
    JaNee,
    /// `NULL`, that fits anywhere.
    Niets,
}

impl Basis {
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Geheel | Self::Getal | Self::Niets)
    }

    /// True when two values can be compared or take each other's place.
    pub(super) fn fits(self, other: Self) -> bool {
        let both = self.is_number() && other.is_number();
        self == other || both || self == Self::Niets || other == Self::Niets
    }

    /// As a message calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tekst => "een tekst",
            Self::Geheel | Self::Getal => "een getal",
            Self::Datum => "een datum",
            Self::JaNee => "ja of nee",
            Self::Niets => "niets",
        }
    }
}

/// Whether a value points at a person. If it does it may be counted and joined on, and is never shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Persoon {
    Geen,
    /// The one that is counted as a child.
    Client,
    /// Another: a gezin, an account.
    Ander,
}

/// Whether everybody knows which values a column can have. Only of a stored column, not of what is made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bekend {
    Nee,
    /// Outside `intern` rows may be chosen and grouped by it.
    Waarden,
    /// And its different values may be counted.
    Telling,
}

/// What a value is, wherever it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aard {
    pub(super) basis: Basis,
    pub(super) soort: Soort,
    pub(super) persoon: Persoon,
    /// It tells something of one child and may only be shown of a group.
    pub(super) only_grouped: bool,
    /// No category, place, aanbieder or period: outside `intern` nothing is grouped by it.
    pub(super) is_free: bool,
    /// Whether everybody knows which values there can be.
    pub(super) bekend: Bekend,
    /// What a number without a unit of its own was made into: `euro` of cents divided by 100, `uur` of minutes by 60.
    pub(super) eenheid: Option<&'static str>,
    /// Dutch heading.
    pub(super) kop: Option<String>,
}

impl Aard {
    /// True when it points at a person.
    pub(super) fn is_person(&self) -> bool {
        self.persoon != Persoon::Geen
    }

    /// True when everybody knows which values there can be.
    pub(super) fn is_gesloten(&self) -> bool {
        self.bekend != Bekend::Nee
    }

    /// True when outside `intern` its different values may be counted.
    pub(super) fn is_telbaar(&self) -> bool {
        self.is_person() || self.bekend == Bekend::Telling
    }

    /// True when it is what is counted as a child.
    pub(super) fn is_client(&self) -> bool {
        self.persoon == Persoon::Client
    }

    /// A value of which nothing else is known.
    pub(super) fn plain(basis: Basis, soort: Soort) -> Self {
        Self {
            basis,
            soort,
            persoon: Persoon::Geen,
            only_grouped: false,
            is_free: false,
            bekend: Bekend::Nee,
            eenheid: None,
            kop: None,
        }
    }
}

/// What stands literally in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Letterlijk {
    Tekst(String),
    Getal,
}

/// An expression that was read: the SQL that is written for it, and what it is.
#[derive(Debug, Clone)]
pub(super) struct Uitdrukking {
    pub(super) sql: String,
    pub(super) aard: Aard,
    /// Code of the column, when it is a column and nothing else.
    pub(super) column: Option<String>,
    /// Which relations of the FROM it looks at.
    pub(super) relations: BTreeSet<usize>,
    pub(super) literal: Option<Letterlijk>,
    /// True when it is the same in every row.
    pub(super) is_constant: bool,
}

impl Uitdrukking {
    /// Something made of others.
    pub(super) fn made(sql: String, basis: Basis, soort: Soort, of: &[&Self]) -> Self {
        let mut aard = Aard::plain(basis, soort);
        aard.only_grouped = of.iter().any(|part| part.aard.only_grouped);
        aard.is_free = of.iter().any(|part| part.aard.is_free);
        let relations = of.iter().flat_map(|part| part.relations.iter().copied()).collect();
        if basis.is_number() {
            aard.eenheid = same_unit(of);
        }
        let is_constant = !of.is_empty() && of.iter().all(|part| part.is_constant);
        Self { sql, aard, column: None, relations, literal: None, is_constant }
    }

    /// A condition made of others.
    pub(super) fn condition(sql: String, of: &[&Self]) -> Self {
        let mut made = Self::made(sql, Basis::JaNee, Soort::JaNee, of);
        made.aard.is_free = false;
        made
    }
}

/// The unit that all have that are not the same in every row.
fn same_unit(of: &[&Uitdrukking]) -> Option<&'static str> {
    let mut units = of.iter().filter(|part| !part.is_constant).map(|part| part.aard.eenheid);
    let first = units.next()??;
    units.all(|unit| unit == Some(first)).then_some(first)
}
