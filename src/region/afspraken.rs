//! Terms and counts that some regions agreed on, and which gemeenten share a toegang.
//!
//! Enters: the sections `[afspraken]` and `[toegangen]` as written. Leaves: [`Afspraken`], or the first mistake with
//! its line and remedy. Does not know which rule uses what.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Deserialize;

use crate::region::checker::Checker;
use crate::region::rules::{Gemeente, Instelling};
use crate::region::wire::{Text, WireInstelling};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, expecting = "een tabel [afspraken]")]
pub(super) struct WireAfspraken {
    indientermijn_dagen: Option<WireInstelling<i64>>,
    betaaltermijn_dagen: Option<WireInstelling<i64>>,
    gezin_aanbieders: Option<WireInstelling<i64>>,
    controle_regels: Option<WireInstelling<i64>>,
    stijging_procent: Option<WireInstelling<i64>>,
    plafond_marge_procent: Option<WireInstelling<i64>>,
    rapportage_dagen: Option<WireInstelling<i64>>,
}

/// What a region agreed on besides maatwerk and zorgcoordinatie; `None` is a setting it does not have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Afspraken {
    /// Days after the care within which it is declared (H04).
    pub indientermijn_dagen: Option<Instelling<i64>>,
    /// Days after the declaration within which it is paid (H04).
    pub betaaltermijn_dagen: Option<Instelling<i64>>,
    /// From this many aanbieders around one family at the same time it is listed (H07).
    pub gezin_aanbieders: Option<Instelling<i64>>,
    /// Lines per aanbieder in the sample for material control (H14).
    pub controle_regels: Option<Instelling<i64>>,
    /// From more than this percentage on a rise of the costs after the change of text is listed (M08).
    pub stijging_procent: Option<Instelling<i64>>,
    /// Percentage above a plafond that the pace of the year may reach before it is listed (H10).
    pub plafond_marge_procent: Option<Instelling<i64>>,
    /// Days after a half-year within which its report is delivered (H13).
    pub rapportage_dagen: Option<Instelling<i64>>,
    /// Code of a gemeente to the name of its toegang (H21).
    pub toegangen: BTreeMap<String, String>,
}

impl Checker<'_> {
    pub(super) fn afspraken(
        &self,
        wire: WireAfspraken,
        toegangen: &BTreeMap<Text, Vec<Text>>,
        gemeenten: &[Gemeente],
    ) -> Result<Afspraken> {
        Ok(Afspraken {
            indientermijn_dagen: self.optional(wire.indientermijn_dagen)?,
            betaaltermijn_dagen: self.optional(wire.betaaltermijn_dagen)?,
            gezin_aanbieders: self.optional(wire.gezin_aanbieders)?,
            controle_regels: self.optional(wire.controle_regels)?,
            stijging_procent: self.optional(wire.stijging_procent)?,
            plafond_marge_procent: self.optional(wire.plafond_marge_procent)?,
            rapportage_dagen: self.optional(wire.rapportage_dagen)?,
            toegangen: self.toegangen(toegangen, gemeenten)?,
        })
    }

    /// Every gemeente of the region has at most one toegang.
    fn toegangen(
        &self,
        wire: &BTreeMap<Text, Vec<Text>>,
        gemeenten: &[Gemeente],
    ) -> Result<BTreeMap<String, String>> {
        let mut out: BTreeMap<String, String> = BTreeMap::new();
        for (toegang, codes) in wire {
            for code in codes {
                let written = code.get_ref();
                if !gemeenten.iter().any(|gemeente| gemeente.code == *written) {
                    let message = format!(
                        "gemeente \"{written}\" staat niet in [region.gemeenten]; gebruik een code die daar staat"
                    );
                    return self.wrong(code.span(), message);
                }
                if let Some(other) = out.insert(written.clone(), toegang.get_ref().clone()) {
                    let message = format!(
                        "gemeente \"{written}\" hoort al bij toegang \"{other}\"; noem haar één keer"
                    );
                    return self.wrong(code.span(), message);
                }
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::document::Document;

    #[derive(Deserialize)]
    struct WireProef {
        #[serde(default)]
        afspraken: WireAfspraken,
        #[serde(default)]
        toegangen: BTreeMap<Text, Vec<Text>>,
    }

    fn read(text: &str) -> Result<Afspraken> {
        let checker = Checker(Document { path: "proef.toml", text });
        let wire: WireProef = checker.0.read()?;
        let gemeenten = [("9001", "Aadorp"), ("9002", "Beekdal")];
        let gemeenten: Vec<Gemeente> = (gemeenten.iter())
            .map(|(code, naam)| Gemeente { code: (*code).to_owned(), naam: (*naam).to_owned() })
            .collect();
        checker.afspraken(wire.afspraken, &wire.toegangen, &gemeenten)
    }

    #[test]
    fn what_is_absent_is_not_set_and_a_gemeente_knows_its_toegang() {
        let text = "[afspraken]\ngezin_aanbieders = { waarde = 3, grondslag = \"norm\", bron = \"keuze\" }\n\
                    [toegangen]\n\"Aa en Beek\" = [\"9001\", \"9002\"]";
        let afspraken = read(text).unwrap();
        assert_eq!(afspraken.gezin_aanbieders.unwrap().waarde, 3);
        assert_eq!(afspraken.controle_regels, None);
        assert_eq!(afspraken.toegangen["9002"], "Aa en Beek");
    }

    #[test]
    fn a_mistake_has_its_line_and_remedy() {
        let check = |text: &str, expected: &str| {
            let found = read(text).unwrap_err().to_string();
            assert_eq!(found, format!("proef.toml, regel {expected}"));
        };
        check(
            "[toegangen]\nA = [\"9003\"]",
            "2: gemeente \"9003\" staat niet in [region.gemeenten]; gebruik een code die daar staat",
        );
        check(
            "[toegangen]\nA = [\"9001\"]\nB = [\"9001\"]",
            "3: gemeente \"9001\" hoort al bij toegang \"A\"; noem haar één keer",
        );
    }
}
