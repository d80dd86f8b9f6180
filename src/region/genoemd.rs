//! A setting of the region by its key, as a rule names it: `advies.werkdagen`.
//!
//! Enters: the text of the region file, which is checked. Leaves: value, ground and source in Dutch. Knows no key by
//! name, so that a new setting can be named by a rule at once.

use chrono::NaiveDate;
use toml::Value;

use crate::dutch::{count, date_long, decimal, euro_ct, list};
use crate::region::Region;
use crate::region::rules::Grondslag;

/// What stands around the value of a setting, so that it reads as a limit; a key that is not here is shown with its key.
const WOORDEN: &[(&str, &str, &str)] = &[
    ("advies.werkdagen", "binnen ", " werkdagen"),
    ("advies.werkdagen_spoed", "binnen ", " werkdagen bij spoed"),
    ("advies.doorslag", "de doorslag geeft ", ""),
    ("afspraken.betaaltermijn_dagen", "binnen ", " dagen betaald"),
    ("afspraken.controle_regels", "", " regels per aanbieder"),
    ("afspraken.gezin_aanbieders", "vanaf ", " aanbieders"),
    ("afspraken.indientermijn_dagen", "binnen ", " dagen ingediend"),
    ("afspraken.plafond_marge_procent", "meer dan ", " procent boven het plafond"),
    ("afspraken.rapportage_dagen", "na ", " dagen"),
    ("afspraken.stijging_procent", "meer dan ", " procent"),
    ("contract.toetreding_gesloten", "gesloten per ", ""),
    ("coordinatie.aandeel_uren_procent", "meer dan ", " procent van de uren"),
    ("coordinatie.looptijd_maanden", "looptijd ", " maanden"),
    ("coordinatie.max_aanbieders_tegelijk", "hooguit ", " tegelijk"),
    ("coordinatie.max_uren", "hooguit ", " uur"),
    ("coordinatie.min_aanbieders", "vanaf ", " aanbieders"),
    ("coordinatie.toeslag_voorwaarden", "", " voorwaarden"),
    ("coordinatie.verhouding_procent", "meer dan ", " procent van de zorg"),
    ("coordinatie.wijziging", "tekst gewijzigd per ", ""),
    ("coordinatie.zonder_coordinatie_aanbieders", "vanaf ", " aanbieders"),
    ("drempels.signaal_dagen", "", " dagen vooraf"),
    ("drempels.zonder_declaratie_weken", "na ", " weken"),
    ("kanaal.toegestaan", "via ", ""),
    ("kosten.hoog_factor", "vanaf ", " keer"),
    ("maatwerk.contractsoorten_als_gecontracteerd", "als contract telt: ", ""),
    ("maatwerk.exemplaar_dagen", "binnen ", " dagen"),
    ("maatwerk.lang_maanden", "langer dan ", " maanden"),
    ("maatwerk.max_verlengingen", "hooguit ", " verlengingen"),
    ("maatwerk.teken.teken", "het teken ", ""),
    ("maatwerk.uitzondering_maatregel", "maatregel ", ""),
    ("maatwerk.verboden", "niet toegestaan: ", ""),
    ("mandaat.grens_ct", "vanaf ", ""),
    ("mandaat.op_de_grens", "precies op de grens: ", ""),
    ("mandaat.splits_maanden", "binnen ", " maanden"),
    ("wachttijd.treeknorm_dagen", "hooguit ", " dagen"),
];

impl Genoemd {
    /// The limit in words with its unit.
    pub fn in_woorden(&self) -> String {
        match WOORDEN.iter().find(|(key, ..)| *key == self.sleutel) {
            Some((_, before, after)) => format!("{before}{}{after}", self.waarde),
            None => format!("{} ({})", self.waarde, self.sleutel),
        }
    }
}

/// A setting with its value in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genoemd {
    /// Key in the region file.
    pub sleutel: String,
    /// The value as it is printed.
    pub waarde: String,
    /// Norm or fact; a setting without a ground of its own is a norm.
    pub grondslag: Grondslag,
    /// Document or choice it comes from.
    pub bron: String,
}

impl Region {
    /// The setting of this key; `None` when the region does not have it.
    pub fn drempel(&self, key: &str) -> Option<Genoemd> {
        let file: toml::Table = self.text.parse().ok()?;
        let mut value = &Value::Table(file);
        for part in key.split('.') {
            value = value.as_table()?.get(part)?;
        }
        let setting = value.as_table();
        let of = |name: &str| setting.and_then(|table| table.get(name));
        let text = |name: &str| of(name).and_then(Value::as_str);
        let grondslag =
            if text("grondslag") == Some("feit") { Grondslag::Feit } else { Grondslag::Norm };
        Some(Genoemd {
            sleutel: key.to_owned(),
            waarde: words(key, of("waarde").unwrap_or(value))?,
            grondslag,
            // A bare value has no source of its own; the document of the region may say nothing about it.
            bron: text("bron").unwrap_or("regiobestand").to_owned(),
        })
    }
}

/// A value in words; `None` for a table without a value.
pub(super) fn words(key: &str, value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) => text.clone(),
        Value::Integer(ct) if key.ends_with("_ct") => euro_ct(*ct),
        Value::Integer(n) => count(*n),
        Value::Float(number) => {
            decimal(*number, 2).trim_end_matches('0').trim_end_matches(',').to_owned()
        }
        Value::Boolean(yes) => if *yes { "ja" } else { "nee" }.to_owned(),
        Value::Datetime(written) => date_long(date(written)?),
        Value::Array(values) => {
            list(&values.iter().map(|value| words(key, value)).collect::<Option<Vec<_>>>()?)
        }
        Value::Table(_) => return None,
    })
}

fn date(written: &toml::value::Datetime) -> Option<NaiveDate> {
    let date = written.date?;
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_found_by_its_key_with_its_ground_and_source() {
        let region = Region::load("oefenregio", None).unwrap();
        let found = region.drempel("mandaat.grens_ct").unwrap();
        assert_eq!((found.waarde.as_str(), found.grondslag), ("€ 50.000,00", Grondslag::Norm));
        assert_eq!(found.bron, "afspraken oefenregio");
        assert_eq!(region.drempel("drempels.uitschieter_z").unwrap().waarde, "3,5");
        assert_eq!(region.drempel("kanaal.toegestaan").unwrap().waarde, "ijw en export");
        assert_eq!(region.drempel("evaluatie.start").unwrap().waarde, "1 januari 2025");
        assert_eq!(region.drempel("kanaal.toegestaan").unwrap().bron, "regiobestand");
        assert_eq!((region.drempel("mandaat"), region.drempel("mandaat.grens")), (None, None));
        let words = |key: &str| region.drempel(key).unwrap().in_woorden();
        assert_eq!(words("advies.werkdagen_spoed"), "binnen 2 werkdagen bij spoed");
        assert_eq!(words("disclosure.minimum"), "10 (disclosure.minimum)");
        // A key that was renamed would lose its words in silence.
        let known = |key: &str| {
            Region::names()
                .iter()
                .any(|name| Region::load(name, None).unwrap().drempel(key).is_some())
        };
        for (key, ..) in WOORDEN {
            assert!(known(key) || *key == "coordinatie.wijziging", "{key}");
        }
    }
}
