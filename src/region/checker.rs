//! What every part of a region file has in common: text, codes, dates, settings.
//!
//! Enters: values as written, with their place. Leaves: checked values, or the mistake with its line and
//! remedy. Does not know which section asks.

use std::ops::Range;

use anyhow::Result;
use chrono::NaiveDate;
use toml::Spanned;

use crate::region::document::Document;
use crate::region::rules::{Geldigheid, Instelling};
use crate::region::wire::{Text, WireDate, WireGeldig, WireInstelling};

/// Checks parts of one file.
pub(super) struct Checker<'a>(pub(super) Document<'a>);

impl Checker<'_> {
    pub(super) fn wrong<T>(
        &self,
        span: Range<usize>,
        message: impl std::fmt::Display,
    ) -> Result<T> {
        Err(self.0.error(span.start, message))
    }

    /// Text that is not empty, trimmed.
    pub(super) fn text(&self, text: Text) -> Result<String> {
        let trimmed = text.get_ref().trim();
        if trimmed.is_empty() {
            return self.wrong(text.span(), "hier staat lege tekst; vul de tekst in");
        }
        Ok(trimmed.to_owned())
    }

    /// A list of texts, none of which is empty or occurs twice.
    pub(super) fn texts(&self, list: Vec<Text>) -> Result<Vec<String>> {
        let mut out: Vec<String> = Vec::new();
        for item in list {
            let span = item.span();
            let text = self.text(item)?;
            if out.contains(&text) {
                return self.wrong(
                    span,
                    format!("\"{text}\" staat twee keer in de lijst; verwijder er een"),
                );
            }
            out.push(text);
        }
        Ok(out)
    }

    pub(super) fn gemeente_code(&self, code: &Text) -> Result<String> {
        let digits = code.get_ref();
        if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let message = format!(
                "gemeentecode \"{digits}\" heeft geen vier cijfers; schrijf bijvoorbeeld 0344"
            );
            return self.wrong(code.span(), message);
        }
        Ok(digits.clone())
    }

    pub(super) fn product_code(&self, code: &Text) -> Result<String> {
        let letters = code.get_ref();
        let fits = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        if letters.is_empty() || !letters.bytes().all(fits) {
            let message =
                format!("productcode \"{letters}\" mag alleen hoofdletters en cijfers hebben");
            return self.wrong(code.span(), message);
        }
        Ok(letters.clone())
    }

    pub(super) fn product_codes(&self, codes: Vec<Text>) -> Result<Vec<String>> {
        for code in &codes {
            self.product_code(code)?;
        }
        self.texts(codes)
    }

    pub(super) fn date(&self, wire: &Spanned<WireDate>) -> Result<NaiveDate> {
        let text = &wire.get_ref().0;
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) if text.len() == 10 => Ok(date),
            _ => {
                let message = format!(
                    "\"{text}\" is geen bestaande datum; schrijf jjjj-mm-dd, zoals 2025-01-31"
                );
                self.wrong(wire.span(), message)
            }
        }
    }

    pub(super) fn dates(&self, wire: &[Spanned<WireDate>]) -> Result<Vec<NaiveDate>> {
        wire.iter().map(|date| self.date(date)).collect()
    }

    pub(super) fn geldig(&self, wire: &WireGeldig) -> Result<Geldigheid> {
        let van = wire.van.as_ref().map(|date| self.date(date)).transpose()?;
        let tot = wire.tot.as_ref().map(|date| self.date(date)).transpose()?;
        if let (Some(from), Some(until), Some(place)) = (van, tot, &wire.tot)
            && until < from
        {
            return self.wrong(
                place.span(),
                format!("tot ({until}) ligt voor van ({from}); wissel de datums om"),
            );
        }
        Ok(Geldigheid { van, tot })
    }

    pub(super) fn instelling<T>(
        &self,
        wire: WireInstelling<T>,
        holds: impl Fn(&T) -> bool,
        expected: &str,
    ) -> Result<Instelling<T>> {
        if !holds(wire.waarde.get_ref()) {
            return self.wrong(
                wire.waarde.span(),
                format!("waarde past hier niet; hier hoort {expected}"),
            );
        }
        let bron = self.text(wire.bron)?;
        Ok(Instelling { waarde: wire.waarde.into_inner(), grondslag: wire.grondslag, bron })
    }

    pub(super) fn positive(&self, wire: WireInstelling<i64>) -> Result<Instelling<i64>> {
        self.instelling(wire, |&n| n > 0, "een geheel getal boven 0")
    }

    pub(super) fn optional(
        &self,
        wire: Option<WireInstelling<i64>>,
    ) -> Result<Option<Instelling<i64>>> {
        wire.map(|wire| self.positive(wire)).transpose()
    }

    pub(super) fn unit(&self, unit: &Text, valid: &[&str]) -> Result<()> {
        if valid.contains(&unit.get_ref().as_str()) {
            return Ok(());
        }
        let message = format!(
            "eenheid \"{}\" kan hier niet; mogelijk zijn: {}",
            unit.get_ref(),
            valid.join(", ")
        );
        self.wrong(unit.span(), message)
    }
}
