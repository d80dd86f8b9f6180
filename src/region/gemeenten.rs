//! Gemeenten of a region, those that were merged into them, and its segments.
//!
//! Enters: sections as written. Leaves: rules, or the first mistake with its line and remedy. Does not know which table
//! a code stands in.

use std::collections::BTreeMap;

use anyhow::Result;
use toml::Spanned;

use crate::region::checker::Checker;
use crate::region::document::suggestion;
use crate::region::rules::{Gemeente, Herindeling, Segment};
use crate::region::wire::{Text, WireHerindeling, WireSegment};

impl Checker<'_> {
    pub(super) fn gemeenten(&self, wire: Spanned<BTreeMap<Text, Text>>) -> Result<Vec<Gemeente>> {
        if wire.get_ref().is_empty() {
            return self.wrong(
                wire.span(),
                "de regio heeft geen gemeenten; schrijf regels als 0344 = \"Naam\"",
            );
        }
        let mut gemeenten: Vec<Gemeente> = Vec::new();
        for (code, naam) in wire.into_inner() {
            let span = naam.span();
            let gemeente = Gemeente { code: self.gemeente_code(&code)?, naam: self.text(naam)? };
            if gemeenten.iter().any(|other| other.naam == gemeente.naam) {
                let message =
                    format!("gemeente \"{}\" staat er twee keer; verwijder er een", gemeente.naam);
                return self.wrong(span, message);
            }
            gemeenten.push(gemeente);
        }
        Ok(gemeenten)
    }

    pub(super) fn herindelingen(
        &self,
        wire: Vec<WireHerindeling>,
        gemeenten: &[Gemeente],
    ) -> Result<Vec<Herindeling>> {
        let codes: Vec<&str> = gemeenten.iter().map(|gemeente| gemeente.code.as_str()).collect();
        let mut out: Vec<Herindeling> = Vec::new();
        for one in wire {
            let (oud_at, nieuw_at) = (one.oud.span(), one.nieuw.span());
            let (oud, nieuw) = (self.gemeente_code(&one.oud)?, self.gemeente_code(&one.nieuw)?);
            if codes.contains(&oud.as_str()) || out.iter().any(|other| other.oud == oud) {
                let message = format!(
                    "gemeente {oud} staat al in dit bestand; een opgeheven gemeente staat er één keer, en niet in [region.gemeenten]"
                );
                return self.wrong(oud_at, message);
            }
            if !codes.contains(&nieuw.as_str()) {
                let message = format!(
                    "gemeente {nieuw} hoort niet bij deze regio; {}",
                    suggestion(&nieuw, &codes)
                );
                return self.wrong(nieuw_at, message);
            }
            let (naam, bron) = (self.text(one.naam)?, self.text(one.bron)?);
            out.push(Herindeling { oud, naam, nieuw, per: self.date(&one.per)?, bron });
        }
        Ok(out)
    }

    pub(super) fn segmenten(&self, wire: BTreeMap<Text, WireSegment>) -> Result<Vec<Segment>> {
        let mut out = Vec::new();
        for (nummer, segment) in wire {
            out.push(Segment {
                nummer: self.text(nummer)?,
                naam: self.text(segment.naam)?,
                geldig: self.geldig(&segment.geldig)?,
            });
        }
        Ok(out)
    }
}
