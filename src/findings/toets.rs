//! The numbers a statement rests on: what was seen, what was expected, with which method.
//!
//! Enters: nothing. Leaves: [`Toets`], printed beside every finding, and [`METHODEN`], one line per method.
//! Does not know how a number is computed.

use crate::dutch::list;
use crate::region::{Genoemd, Grondslag, Instelling};

/// A method with its version: a figure that would come out differently gets a higher one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Methode {
    /// Name as printed, in Dutch.
    pub naam: &'static str,
    /// Counts up when the same data would give another outcome.
    pub versie: u32,
    /// Who described it.
    pub bron: &'static str,
}

impl std::fmt::Display for Methode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, versie {} ({})", self.naam, self.versie, self.bron)
    }
}

/// Deviation from an agreed tariff: arithmetic, no statistics.
pub const TARIEF_REGIO: Methode =
    Methode { naam: "vergelijking met het regionale tarief", versie: 1, bron: "productenlijst" };

/// Outliers of unit prices.
pub const PRIJS_Z: Methode = Methode {
    naam: "gewijzigde z op de logaritme van de prijs",
    versie: 2,
    bron: "Iglewicz en Hoaglin 1993",
};

/// One gemeente against the others together.
pub const MAATWERK_ANDEREN: Methode = Methode {
    naam: "exacte toets van een gemeente tegen de andere samen, gegeven het totaal",
    versie: 1,
    bron: "Przyborowski en Wilenski 1940",
};

/// A price that more than half of the others have, and what differs from it.
pub const PRIJS_VAST: Methode = Methode {
    naam: "afwijking van de prijs die meer dan de helft rekent",
    versie: 1,
    bron: "Iglewicz en Hoaglin 1993, bij een MAD van nul",
};

/// Slips of the comma.
pub const KOMMA: Methode = Methode {
    naam: "factor tien, honderd of duizend van de gebruikelijke prijs",
    versie: 1,
    bron: "keuze van maatstaf",
};

/// A count or a term against a setting of the region.
pub const TELLING: Methode =
    Methode { naam: "telling tegen een grens van de regio", versie: 1, bron: "regiobestand" };

/// A share of hits against that of the others.
pub const AANDEEL_ANDEREN: Methode = Methode {
    naam: "exacte toets van een aandeel tegen dat van de anderen samen",
    versie: 1,
    bron: "Fisher 1935; Benjamini en Hochberg 1995",
};

/// Every case of a rule judged by itself.
pub const GEVALLEN: Methode =
    Methode { naam: "beoordeling van elk geval naar de regel", versie: 1, bron: "docs/RULES.md" };

/// What is still to be declared.
pub const KETTING: Methode =
    Methode { naam: "ketenladder op de vertraging van declaraties", versie: 1, bron: "Mack 1993" };

/// A change split into volume, price, mix and correction.
pub const ONTLEDING: Methode = Methode {
    naam: "ontleding in volume, prijs, samenstelling en correctie",
    versie: 1,
    bron: "Laspeyres-volume en Paasche-prijs",
};

/// Zorgcoordinatie against a lottery among those who could have coordinated.
pub const LOTING: Methode = Methode {
    naam: "loting tussen de aanbieders die hadden kunnen coördineren",
    versie: 1,
    bron: "Hong 2013; Benjamini en Hochberg 1995",
};

/// Every method a finding may name; `docs/METHODS.md` describes each.
pub const METHODEN: &[Methode] = &[
    TARIEF_REGIO,
    PRIJS_Z,
    PRIJS_VAST,
    KOMMA,
    MAATWERK_ANDEREN,
    TELLING,
    AANDEEL_ANDEREN,
    GEVALLEN,
    LOTING,
    KETTING,
    ONTLEDING,
];

/// The limit beyond which something is worth a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Drempel {
    /// The limit in words, with its unit.
    pub tekst: String,
    /// Norm or fact.
    pub grondslag: Grondslag,
    /// Document or choice it comes from.
    pub bron: String,
}

impl Drempel {
    /// The limit of a setting; `tekst` says it in words.
    pub fn of<T>(setting: &Instelling<T>, tekst: impl Into<String>) -> Self {
        Self { tekst: tekst.into(), grondslag: setting.grondslag, bron: setting.bron.clone() }
    }

    /// The limits of the settings that a rule names; `None` for a rule that is a plain yes or no.
    pub fn named(settings: &[Genoemd]) -> Option<Self> {
        let first = settings.first()?;
        Some(Self {
            tekst: list(&settings.iter().map(Genoemd::in_woorden).collect::<Vec<_>>()),
            grondslag: first.grondslag,
            bron: first.bron.clone(),
        })
    }

    /// A limit that belongs to the method itself.
    pub fn of_method(tekst: impl Into<String>, bron: impl Into<String>) -> Self {
        Self { tekst: tekst.into(), grondslag: Grondslag::Norm, bron: bron.into() }
    }
}

/// What justifies a statement, as finished Dutch texts with units.
#[derive(Debug, Clone, PartialEq)]
pub struct Toets {
    /// What was measured: "14 overeenkomsten".
    pub waargenomen: String,
    /// What it is held against: "ongeveer 7"; `None` where nothing is expected.
    pub verwacht: Option<String>,
    /// The range that chance or the group leaves: "3 tot en met 12".
    pub bereik: Option<String>,
    /// On how much it rests: "8 gemeenten, 75.200 jeugdigen".
    pub n: String,
    /// The method.
    pub methode: Methode,
    /// The limit; `None` where the statement is a plain count.
    pub drempel: Option<Drempel>,
}

impl Toets {
    /// True when a rule of the region was held against its cases.
    pub fn is_van_regel(&self) -> bool {
        [GEVALLEN, AANDEEL_ANDEREN].contains(&self.methode)
    }

    /// Label and text of every part, in the order of reading.
    pub fn feiten(&self) -> Vec<(&'static str, String)> {
        let drempel = self
            .drempel
            .as_ref()
            .map(|d| format!("{} ({}: {})", d.tekst, d.grondslag, d.bron.trim_end_matches('.')));
        let parts = [
            ("Waargenomen", Some(self.waargenomen.clone())),
            ("Verwacht", self.verwacht.clone()),
            ("Gebruikelijk bereik", self.bereik.clone()),
            ("Berust op", Some(self.n.clone())),
            ("Methode", Some(self.methode.to_string())),
            ("Grens", drempel),
        ];
        parts.into_iter().filter_map(|(label, text)| Some((label, text?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_not_printed() {
        let toets = Toets {
            waargenomen: "3 regels".to_owned(),
            verwacht: None,
            bereik: None,
            n: "40 regels".to_owned(),
            methode: TELLING,
            drempel: Some(Drempel::of_method("vanaf 1", "keuze.")),
        };
        let labels: Vec<&str> = toets.feiten().iter().map(|(label, _)| *label).collect();
        assert_eq!(labels, ["Waargenomen", "Berust op", "Methode", "Grens"]);
        assert_eq!(toets.feiten()[3].1, "vanaf 1 (norm: keuze)");
    }
}
