//! Which rules of which documents a region has switched on, and the settings that only those rules use.
//!
//! Enters: sections as written. Leaves: [`RegelKeuze`] and a few settings, or the first mistake with its line and
//! remedy. Does not know what a rule looks at.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::inventaris;
use crate::region::checker::Checker;
use crate::region::document::suggestion;
use crate::region::rules::{Geldigheid, ProductRegels};
use crate::region::wire::{Text, WireContract, WireProducten, WireRegels};

/// Groups of product codes that rules know by name.
pub const PRODUCTGROEPEN: [&str; 5] =
    ["consult", "vervoer", "overbrugging", "verblijf", "ambulant"];

/// What a region does with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stand {
    /// Held against the data.
    Controle,
    /// Counted and shown without a judgement.
    Informatief,
    /// Not looked at.
    Uit,
}

impl std::fmt::Display for Stand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Controle => "controle",
            Self::Informatief => "informatief",
            Self::Uit => "uit",
        })
    }
}

/// A rule that the region treats otherwise than its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Afwijking {
    /// What is done with it.
    pub stand: Stand,
    /// When it holds; outside it a rule that is on only informs.
    pub geldig: Geldigheid,
}

/// The rules of a region; without anything set none is on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegelKeuze {
    /// Letters of the documents ([`inventaris::DOCUMENTEN`]) whose rules are on.
    pub bronnen: Vec<char>,
    /// By id, in capitals.
    pub afwijkend: BTreeMap<String, Afwijking>,
}

impl RegelKeuze {
    /// True when no rule of any document is on.
    pub fn is_leeg(&self) -> bool {
        self.bronnen.is_empty() && self.afwijkend.values().all(|one| one.stand == Stand::Uit)
    }

    /// What the region file says of a rule, whatever the day.
    pub fn van(&self, id: &str) -> Stand {
        let id = id.to_ascii_uppercase();
        let is_on = id.chars().next().is_some_and(|letter| self.bronnen.contains(&letter));
        match self.afwijkend.get(&id) {
            Some(afwijking) => afwijking.stand,
            None if is_on => Stand::Controle,
            None => Stand::Uit,
        }
    }

    /// What is done with a rule on a day. `document` is when the document as a whole holds. A rule that is on and does
    /// not hold on that day still informs: what was agreed is worth a look after it ended (O21).
    pub(super) fn stand(&self, id: &str, day: NaiveDate, document: Geldigheid) -> Stand {
        let stand = self.van(id);
        let afwijking = self.afwijkend.get(&id.to_ascii_uppercase());
        let holds = document.holds_on(day) && afwijking.is_none_or(|one| one.geldig.holds_on(day));
        if stand == Stand::Controle && !holds { Stand::Informatief } else { stand }
    }
}

impl Checker<'_> {
    pub(super) fn regels(&self, wire: WireRegels) -> Result<RegelKeuze> {
        let known: Vec<&str> = inventaris::alle().map(|regel| regel.id).collect();
        self.regels_of(wire, &known)
    }

    /// `known` are the ids there are.
    fn regels_of(&self, wire: WireRegels, known: &[&str]) -> Result<RegelKeuze> {
        let mut keuze = RegelKeuze::default();
        let letters: Vec<String> =
            inventaris::DOCUMENTEN.iter().map(|document| document.letter.to_string()).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        for bron in &wire.bronnen {
            let word = bron.get_ref().trim();
            let letter = letters.contains(&word).then(|| word.chars().next()).flatten();
            match letter {
                Some(letter) if keuze.bronnen.contains(&letter) => {
                    let message =
                        format!("\"{word}\" staat twee keer in de lijst; verwijder er een");
                    return self.wrong(bron.span(), message);
                }
                Some(letter) => keuze.bronnen.push(letter),
                None => {
                    let all = letters.join(", ");
                    let message = format!("er is geen bron \"{word}\"; mogelijk zijn: {all}");
                    return self.wrong(bron.span(), message);
                }
            }
        }
        for (id, afwijking) in wire.afwijkend {
            let name = id.get_ref().trim().to_ascii_uppercase();
            if !known.contains(&name.as_str()) {
                // The letter is seldom what went wrong.
                let of_document: Vec<&str> =
                    known.iter().copied().filter(|id| id.get(..1) == name.get(..1)).collect();
                let near = if of_document.is_empty() { known } else { &of_document };
                let message = format!("er is geen regel \"{name}\"; {}", suggestion(&name, near));
                return self.wrong(id.span(), message);
            }
            let geldig = self.geldig(&afwijking.geldig)?;
            keuze.afwijkend.insert(name, Afwijking { stand: afwijking.stand, geldig });
        }
        Ok(keuze)
    }

    pub(super) fn productgroepen(
        &self,
        wire: BTreeMap<Text, Vec<Text>>,
    ) -> Result<BTreeMap<String, Vec<String>>> {
        let mut out = BTreeMap::new();
        for (groep, codes) in wire {
            let name = groep.get_ref().clone();
            if !PRODUCTGROEPEN.contains(&name.as_str()) {
                let near = suggestion(&name, &PRODUCTGROEPEN);
                let message = format!("er is geen productgroep \"{name}\"; {near}");
                return self.wrong(groep.span(), message);
            }
            out.insert(name, self.product_codes(codes)?);
        }
        Ok(out)
    }

    pub(super) fn producten(&self, wire: WireProducten) -> Result<ProductRegels> {
        let mut landelijke_codes = BTreeMap::new();
        for (code, categorie) in wire.landelijke_codes {
            landelijke_codes.insert(self.product_code(&code)?, self.text(categorie)?);
        }
        Ok(ProductRegels { landelijk: wire.landelijk, landelijke_codes })
    }

    pub(super) fn toetreding(&self, wire: Option<&WireContract>) -> Result<Option<NaiveDate>> {
        let gesloten = wire.and_then(|contract| contract.toetreding_gesloten.as_ref());
        gesloten.map(|date| self.date(date)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::document::Document;

    const KNOWN: [&str; 3] = ["Z31", "Z32", "O02"];

    fn read(text: &str) -> Result<RegelKeuze> {
        let checker = Checker(Document { path: "proef.toml", text });
        checker.regels_of(checker.0.read()?, &KNOWN)
    }

    fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 6, 1).unwrap()
    }

    #[test]
    fn a_rule_is_off_until_its_document_or_the_rule_itself_is_switched_on() {
        let none = RegelKeuze::default();
        let always = Geldigheid::default();
        assert_eq!(none.stand("Z31", day(2025), always), Stand::Uit);
        let keuze = read(
            "bronnen = [\"Z\"]\n[afwijkend]\nZ32 = { stand = \"uit\" }\nO02 = { stand = \"controle\" }",
        )
        .unwrap();
        assert_eq!(keuze.stand("z31", day(2025), always), Stand::Controle);
        assert_eq!(keuze.stand("Z32", day(2025), always), Stand::Uit);
        assert_eq!(keuze.stand("O02", day(2025), always), Stand::Controle);
        assert_eq!(keuze.stand("O03", day(2025), always), Stand::Uit);
    }

    #[test]
    fn a_rule_that_is_on_informs_outside_its_validity_and_that_of_its_document() {
        let keuze = read(
            "bronnen = [\"Z\"]\n[afwijkend]\nz32 = { stand = \"controle\", geldig = { van = 2025-01-01 } }",
        )
        .unwrap();
        let always = Geldigheid::default();
        assert_eq!(keuze.stand("Z32", day(2024), always), Stand::Informatief);
        assert_eq!(keuze.stand("Z32", day(2025), always), Stand::Controle);
        let ended = Geldigheid { van: None, tot: Some(day(2021)) };
        assert_eq!(keuze.stand("Z31", day(2021), ended), Stand::Controle);
        assert_eq!(keuze.stand("Z31", day(2022), ended), Stand::Informatief);
    }

    #[test]
    fn a_mistake_has_its_line_and_the_nearest_id() {
        let check = |text: &str, expected: &str| {
            assert_eq!(
                read(text).unwrap_err().to_string(),
                format!("proef.toml, regel {expected}")
            );
        };
        check("bronnen = [\"Q\"]", "1: er is geen bron \"Q\"; mogelijk zijn: Z, O, M, H");
        check("bronnen = [\"Z\", \"Z\"]", "1: \"Z\" staat twee keer in de lijst; verwijder er een");
        check(
            "\n[afwijkend]\nZ33 = { stand = \"uit\" }",
            "3: er is geen regel \"Z33\"; bedoelde u \"Z31\"?",
        );
        check(
            "[afwijkend]\nZ32 = { stand = \"aan\" }",
            "2: onbekende waarde \"aan\"; mogelijk zijn: controle, informatief, uit",
        );
    }
}
