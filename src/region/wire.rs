//! A region file as it is written: private shapes, every key known, nothing checked yet.
//!
//! Enters: TOML. Leaves: `Wire…` values with the place of what is checked later. Knows no rule.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};
use toml::Spanned;

use crate::region::afspraken::WireAfspraken;
use crate::region::regels::Stand;
use crate::region::rules::{Evenredigheid, Grondslag, OpDeGrens, Publiek};

/// Text with its place.
pub(super) type Text = Spanned<String>;
/// `[columns]`: table to heading to column.
pub(super) type WireColumns = BTreeMap<Text, BTreeMap<Text, Text>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een regiobestand")]
pub(super) struct WireFile {
    pub(super) region: WireRegion,
    #[serde(default)]
    pub(super) herindelingen: Vec<WireHerindeling>,
    #[serde(default)]
    pub(super) segmenten: BTreeMap<Text, WireSegment>,
    #[serde(default)]
    pub(super) columns: WireColumns,
    pub(super) maatwerk: WireMaatwerk,
    pub(super) coordinatie: WireCoordinatie,
    #[serde(default)]
    pub(super) tarieven: Vec<WireTarief>,
    pub(super) kosten: WireKosten,
    pub(super) drempels: WireDrempels,
    pub(super) disclosure: WireDisclosure,
    pub(super) jeugdwet: WireJeugdwet,
    pub(super) advies: Option<WireAdvies>,
    pub(super) mandaat: Option<WireMandaat>,
    pub(super) evaluatie: Option<WireEvaluatie>,
    pub(super) kanaal: Option<WireKanaal>,
    #[serde(default)]
    pub(super) leverancier: Vec<Spanned<WireLeverancier>>,
    #[serde(default)]
    pub(super) minuten_per_eenheid: BTreeMap<Text, Spanned<i64>>,
    #[serde(default)]
    pub(super) productgroepen: BTreeMap<Text, Vec<Text>>,
    #[serde(default)]
    pub(super) producten: WireProducten,
    pub(super) wachttijd: Option<WireWachttijd>,
    pub(super) contract: Option<WireContract>,
    #[serde(default)]
    pub(super) afspraken: WireAfspraken,
    #[serde(default)]
    pub(super) toegangen: BTreeMap<Text, Vec<Text>>,
    #[serde(default)]
    pub(super) regels: WireRegels,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [region]")]
pub(super) struct WireRegion {
    pub(super) naam: Text,
    pub(super) bron: Text,
    pub(super) gemeenten: Spanned<BTreeMap<Text, Text>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [[herindelingen]]")]
pub(super) struct WireHerindeling {
    pub(super) oud: Text,
    pub(super) naam: Text,
    pub(super) nieuw: Text,
    pub(super) per: Spanned<WireDate>,
    pub(super) bron: Text,
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "een segment { naam = \"…\", geldig = { van = jjjj-mm-dd } }"
)]
pub(super) struct WireSegment {
    pub(super) naam: Text,
    #[serde(default)]
    pub(super) geldig: WireGeldig,
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "een instelling { waarde = …, grondslag = \"norm\" of \"feit\", bron = \"…\" }"
)]
pub(super) struct WireInstelling<T> {
    pub(super) waarde: Spanned<T>,
    pub(super) grondslag: Grondslag,
    pub(super) bron: Text,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, expecting = "een tabel { van = jjjj-mm-dd, tot = jjjj-mm-dd }")]
pub(super) struct WireGeldig {
    pub(super) van: Option<Spanned<WireDate>>,
    pub(super) tot: Option<Spanned<WireDate>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel { positie = 3, teken = \"M\" }")]
pub(super) struct WireTeken {
    pub(super) positie: Spanned<i64>,
    pub(super) teken: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [maatwerk]")]
pub(super) struct WireMaatwerk {
    #[serde(default)]
    pub(super) opzoektabel: BTreeMap<Text, Text>,
    pub(super) teken: Option<WireTeken>,
    #[serde(default)]
    pub(super) categorieen: Vec<Text>,
    pub(super) register: bool,
    #[serde(default)]
    pub(super) uitzondering_maatregel: Vec<Text>,
    #[serde(default)]
    pub(super) contractsoorten_als_gecontracteerd: Vec<Text>,
    #[serde(default)]
    pub(super) verboden: bool,
    pub(super) exemplaar_dagen: Option<WireInstelling<i64>>,
    pub(super) lang_maanden: Option<WireInstelling<i64>>,
    pub(super) max_verlengingen: Option<WireInstelling<i64>>,
    #[serde(default)]
    pub(super) geldig: WireGeldig,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [coordinatie]")]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the region file")]
pub(super) struct WireCoordinatie {
    pub(super) codes: Spanned<Vec<Text>>,
    pub(super) uit_producten: bool,
    pub(super) uit_plannen: bool,
    pub(super) evenredigheid: Evenredigheid,
    pub(super) max_uren: Option<WireInstelling<i64>>,
    pub(super) looptijd_maanden: Option<WireInstelling<i64>>,
    #[serde(default)]
    pub(super) pro_rata: bool,
    #[serde(default)]
    pub(super) uitgesloten_maatregel: Vec<Text>,
    #[serde(default)]
    pub(super) geen_kandidaat: Vec<Text>,
    #[serde(default)]
    pub(super) ander_product_vereist: bool,
    pub(super) max_aanbieders_tegelijk: Option<WireInstelling<i64>>,
    pub(super) min_aanbieders: Option<WireInstelling<i64>>,
    pub(super) wijziging: Option<Spanned<WireDate>>,
    pub(super) toeslag_voorwaarden: Option<WireInstelling<i64>>,
    pub(super) verhouding_procent: Option<WireInstelling<i64>>,
    pub(super) aandeel_uren_procent: Option<WireInstelling<i64>>,
    pub(super) zonder_coordinatie_aanbieders: Option<WireInstelling<i64>>,
    pub(super) term: Text,
    #[serde(default)]
    pub(super) geldig: WireGeldig,
    pub(super) reden_niet: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [[tarieven]]")]
pub(super) struct WireTarief {
    pub(super) productcode: Text,
    pub(super) eenheid: Text,
    pub(super) tarief_ct: Spanned<i64>,
    #[serde(default)]
    pub(super) geldig: WireGeldig,
    pub(super) bron: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [kosten]")]
pub(super) struct WireKosten {
    pub(super) tarief_tolerantie_ct: WireInstelling<f64>,
    pub(super) hoog_factor: WireInstelling<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [drempels]")]
pub(super) struct WireDrempels {
    pub(super) uitschieter_z: WireInstelling<f64>,
    pub(super) uitschieter_min_n: WireInstelling<i64>,
    pub(super) signaal_dagen: WireInstelling<Vec<i64>>,
    pub(super) afkeur_euro_aandeel: WireInstelling<f64>,
    pub(super) klein_aantal: WireInstelling<i64>,
    pub(super) zonder_declaratie_weken: WireInstelling<i64>,
    pub(super) volledigheid_minimum: WireInstelling<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [disclosure]")]
pub(super) struct WireDisclosure {
    pub(super) publiek: Publiek,
    pub(super) minimum: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [jeugdwet]")]
pub(super) struct WireJeugdwet {
    pub(super) wet_buiten: Vec<Text>,
    #[serde(default)]
    pub(super) categorieen: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [advies]")]
pub(super) struct WireAdvies {
    pub(super) werkdagen_spoed: WireInstelling<i64>,
    pub(super) werkdagen: WireInstelling<i64>,
    pub(super) rollen: Vec<Text>,
    pub(super) doorslag: Text,
    #[serde(default)]
    pub(super) vrije_dagen: Vec<Spanned<WireDate>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [mandaat]")]
pub(super) struct WireMandaat {
    pub(super) grens_ct: WireInstelling<i64>,
    pub(super) op_de_grens: OpDeGrens,
    pub(super) laag: Vec<Text>,
    pub(super) hoog: Vec<Text>,
    #[serde(default)]
    pub(super) per_gemeente_ct: BTreeMap<Text, WireInstelling<i64>>,
    pub(super) splits_maanden: Option<WireInstelling<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [evaluatie]")]
pub(super) struct WireEvaluatie {
    pub(super) maanden: WireInstelling<i64>,
    pub(super) start: Option<Spanned<WireDate>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [kanaal]")]
pub(super) struct WireKanaal {
    pub(super) toegestaan: Vec<Text>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, expecting = "een tabel [producten]")]
pub(super) struct WireProducten {
    pub(super) landelijk: Option<bool>,
    #[serde(default)]
    pub(super) landelijke_codes: BTreeMap<Text, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [wachttijd]")]
pub(super) struct WireWachttijd {
    pub(super) treeknorm_dagen: WireInstelling<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [contract]")]
pub(super) struct WireContract {
    pub(super) toetreding_gesloten: Option<Spanned<WireDate>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, expecting = "een tabel [regels]")]
pub(super) struct WireRegels {
    #[serde(default)]
    pub(super) bronnen: Vec<Text>,
    #[serde(default)]
    pub(super) afwijkend: BTreeMap<Text, WireAfwijking>,
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "een tabel { stand = \"informatief\", geldig = { van = jjjj-mm-dd } }"
)]
pub(super) struct WireAfwijking {
    pub(super) stand: Stand,
    #[serde(default)]
    pub(super) geldig: WireGeldig,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "een tabel [[leverancier]]")]
pub(super) struct WireLeverancier {
    pub(super) naam: Text,
    pub(super) bestand: Option<Text>,
    #[serde(default)]
    pub(super) koppen: Vec<Text>,
    pub(super) stijl: Spanned<BTreeMap<Text, Text>>,
}

/// A date as written, with or without quotes; whether it exists is checked later.
pub(super) struct WireDate(pub(super) String);

impl<'de> Deserialize<'de> for WireDate {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor)
    }
}

struct DateVisitor;

impl<'de> Visitor<'de> for DateVisitor {
    type Value = WireDate;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("een datum (jjjj-mm-dd)")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<WireDate, E> {
        Ok(WireDate(text.to_owned()))
    }

    // The TOML library hands a date without quotes over as a map of its own making.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WireDate, A::Error> {
        let access = de::value::MapAccessDeserializer::new(map);
        toml::value::Datetime::deserialize(access).map(|date| WireDate(date.to_string()))
    }
}
