//! The checked rules of a region, as the rest of the program reads them.
//!
//! Enters: nothing. Leaves: plain structs with public fields. Does not know TOML, nor what a rule is used for.

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// What a threshold rests on (domain rule H30); printed beside every finding that uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grondslag {
    /// Chosen or agreed, not yet supported by figures.
    Norm,
    /// Supported by figures.
    Feit,
}

impl std::fmt::Display for Grondslag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Norm => "norm",
            Self::Feit => "feit",
        })
    }
}

/// A threshold with its ground and source, so that no number is used without saying where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instelling<T> {
    /// The number; its unit is in the name of the field that holds the setting.
    pub waarde: T,
    /// Norm or fact.
    pub grondslag: Grondslag,
    /// Document or choice it comes from, in Dutch.
    pub bron: String,
}

/// The span in which a rule holds; an open side is `None`. Both days belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Geldigheid {
    /// First day, or from always.
    pub van: Option<NaiveDate>,
    /// Last day, or until further notice.
    pub tot: Option<NaiveDate>,
}

impl Geldigheid {
    /// True when the rule holds on that day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.van.is_none_or(|van| van <= day) && self.tot.is_none_or(|tot| day <= tot)
    }
}

/// A gemeente of the region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gemeente {
    /// Four digits, as text.
    pub code: String,
    /// Name as it is printed.
    pub naam: String,
}

/// A gemeente that was merged into one of the region. Its code stays right for care before the merger, and counts for
/// the new gemeente in every figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Herindeling {
    /// Code that ended, four digits.
    pub oud: String,
    /// Name that ended, as exports may still write it.
    pub naam: String,
    /// Code of the gemeente it is part of now; one of the region.
    pub nieuw: String,
    /// First day of the new gemeente.
    pub per: NaiveDate,
    /// Where this comes from.
    pub bron: String,
}

/// A segment of the care that a region buys (H01).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Number or short name, as the product list writes it.
    pub nummer: String,
    /// Name as it is printed.
    pub naam: String,
    /// When it is in use (H02).
    pub geldig: Geldigheid,
}

/// Children of one gemeente in one year, shipped with the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jeugdigen {
    /// Four digits, as text.
    pub gemeente: String,
    /// Calendar year.
    pub jaar: i32,
    /// Children of 0 up to and including 17.
    pub aantal: i64,
    /// Source and way of computing, in Dutch.
    pub bron: String,
}

/// Recognition by one character: `45A53` on contract, `45M53` as maatwerk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TekenRegel {
    /// Position in the product code, 1-based.
    pub positie: usize,
    /// The character that stands there in a maatwerk code.
    pub teken: char,
}

/// How maatwerk is recognised and counted. Order of recognition: opzoektabel, teken, categorie, register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaatwerkRegels {
    /// Base product to maatwerk code; no maatwerk code occurs twice, so that it reads backwards as well.
    pub opzoektabel: BTreeMap<String, String>,
    /// The character rule, when the region has one.
    pub teken: Option<TekenRegel>,
    /// Product categories that are maatwerk; empty = the category decides nothing.
    pub categorieen: Vec<String>,
    /// A declaration that matches an agreement in the register is maatwerk.
    pub register: bool,
    /// Measures under which the choice of aanbieder is free: shown apart, not compared (Z04).
    pub uitzondering_maatregel: Vec<String>,
    /// Kinds of contract (`contracten.soort`) that make an aanbieder contracted (Z07, Z08).
    pub contractsoorten_als_gecontracteerd: Vec<String>,
    /// A maatwerk code is an error in this region.
    pub verboden: bool,
    /// Days within which ICM has a signed copy (Z41).
    pub exemplaar_dagen: Option<Instelling<i64>>,
    /// An agreement of more than this many months is long at its start (Z62).
    pub lang_maanden: Option<Instelling<i64>>,
    /// Most renewals of one agreement (Z45).
    pub max_verlengingen: Option<Instelling<i64>>,
    /// When these rules hold.
    pub geldig: Geldigheid,
}

impl MaatwerkRegels {
    /// False when nothing is switched on: maatwerk is then "niet te bepalen".
    pub fn is_recognisable(&self) -> bool {
        !self.opzoektabel.is_empty()
            || self.teken.is_some()
            || !self.categorieen.is_empty()
            || self.register
    }
}

/// What an even division of zorgcoordinatie means in the region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evenredigheid {
    /// A goal: a subject for the talk between aanbieders (M01).
    Gesprek,
    /// Shown without a judgement (O16).
    Informatief,
    /// Not shown.
    Geen,
}

/// How zorgcoordinatie is recognised and limited.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the region file")]
pub struct CoordinatieRegels {
    /// Product codes that are zorgcoordinatie.
    pub codes: Vec<String>,
    /// `producten.is_coordinatie` counts as well.
    pub uit_producten: bool,
    /// The table `plannen` counts as well.
    pub uit_plannen: bool,
    /// What an even division means here.
    pub evenredigheid: Evenredigheid,
    /// Most hours per toewijzing (O02).
    pub max_uren: Option<Instelling<i64>>,
    /// Length in months of the toewijzing to which `max_uren` belongs.
    pub looptijd_maanden: Option<Instelling<i64>>,
    /// A shorter toewijzing has proportionally fewer hours (O04).
    pub pro_rata: bool,
    /// Measures under which the product is not allowed (O06).
    pub uitgesloten_maatregel: Vec<String>,
    /// Product codes that make nobody a coordinator: who only drives a child to care is not asked.
    pub geen_kandidaat: Vec<String>,
    /// The coordinator must deliver another product to the same client at the same time (O08).
    pub ander_product_vereist: bool,
    /// Most aanbieders that coordinate for one client at the same time (O09).
    pub max_aanbieders_tegelijk: Option<Instelling<i64>>,
    /// Fewest aanbieders around a client for coordination to be expected; attention, not a norm (O10).
    pub min_aanbieders: Option<Instelling<i64>>,
    /// First day on which extra hours replace the extra fee (M06, M07).
    pub wijziging: Option<NaiveDate>,
    /// Conditions of an extra fee (M06).
    pub toeslag_voorwaarden: Option<Instelling<i64>>,
    /// Hours of coordination above this percentage of the hours of care are out of proportion (M13).
    pub verhouding_procent: Option<Instelling<i64>>,
    /// Coordination above this percentage of all hours of a client is listed (M12).
    pub aandeel_uren_procent: Option<Instelling<i64>>,
    /// From this many aanbieders around a client some coordination is expected (M09).
    pub zonder_coordinatie_aanbieders: Option<Instelling<i64>>,
    /// The word this region uses.
    pub term: String,
    /// When these rules hold.
    pub geldig: Geldigheid,
    /// Why the region cannot tell, and what would change it; always given when `codes` is empty.
    pub reden_niet: Option<String>,
}

/// A regional tariff for a product that has no row in `producten`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tarief {
    /// Product code.
    pub productcode: String,
    /// Unit of care (iJw code list WJ756).
    pub eenheid: String,
    /// Eurocents per unit.
    pub tarief_ct: i64,
    /// When it holds.
    pub geldig: Geldigheid,
    /// Where it comes from.
    pub bron: String,
}

/// Settings of the cost questions.
#[derive(Debug, Clone, PartialEq)]
pub struct KostenRegels {
    /// A difference of at most this many eurocents per unit is rounding, no deviation.
    pub tarief_tolerantie_ct: Instelling<f64>,
    /// Costs per agreement from this many times the regional median are "substantieel hoog" (Z51).
    pub hoog_factor: Instelling<f64>,
}

/// Thresholds of findings and of the run.
#[derive(Debug, Clone, PartialEq)]
pub struct Drempels {
    /// Modified z from which a unit price is unusual.
    pub uitschieter_z: Instelling<f64>,
    /// Fewest lines in a group for an outlier statement.
    pub uitschieter_min_n: Instelling<i64>,
    /// Days before the end at which an agreement is signalled, ascending; the last is "binnenkort" (Z43).
    pub signaal_dagen: Instelling<Vec<i64>>,
    /// Share (0–1) of the euros that may be rejected before the run ends with exit code 4.
    pub afkeur_euro_aandeel: Instelling<f64>,
    /// Below this count a figure is labelled "klein aantal".
    pub klein_aantal: Instelling<i64>,
    /// Weeks after the start after which an agreement without declarations is listed (Z26).
    pub zonder_declaratie_weken: Instelling<i64>,
    /// Share (0–1) of the euros that must be declared, by expectation, for a quarter not to be provisional.
    pub volledigheid_minimum: Instelling<f64>,
}

/// For whom the output is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Publiek {
    /// ICM itself: counts shown, banner on every page.
    Intern,
    /// Gemeenten and aanbieders among themselves: protected.
    Regio,
    /// Everyone: protected and rounded.
    Openbaar,
}

impl std::fmt::Display for Publiek {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Intern => "intern",
            Self::Regio => "regio",
            Self::Openbaar => "openbaar",
        })
    }
}

/// The small-number rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisclosureRegels {
    /// Default audience.
    pub publiek: Publiek,
    /// Counts of children from 1 up to this number are hidden outside `intern`; never below 5.
    pub minimum: i64,
}

/// What belongs to the Jeugdwet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JeugdwetRegels {
    /// Values of the column `wet` that are another law (Z12).
    pub wet_buiten: Vec<String>,
    /// Product categories that belong to the Jeugdwet; empty = all.
    pub categorieen: Vec<String>,
}

/// Terms for advice on a request (Z30–Z33).
#[derive(Debug, Clone, PartialEq)]
pub struct AdviesRegels {
    /// Working days for an urgent request.
    pub werkdagen_spoed: Instelling<i64>,
    /// Working days for any other request.
    pub werkdagen: Instelling<i64>,
    /// Who advises.
    pub rollen: Vec<String>,
    /// Whose advice prevails on disagreement; one of `rollen`.
    pub doorslag: String,
    /// Days on which nobody works, besides weekends and the holidays of the government.
    pub vrije_dagen: Vec<NaiveDate>,
}

/// What the mandate asks of a contract value that is exactly on the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OpDeGrens {
    /// The source does not say.
    Onbepaald,
    /// The lower function may sign.
    Laag,
    /// The higher function must sign.
    Hoog,
}

/// Who may sign (Z38).
#[derive(Debug, Clone, PartialEq)]
pub struct MandaatRegels {
    /// Contract value in eurocents above which a higher function must sign.
    pub grens_ct: Instelling<i64>,
    /// The value exactly on the limit.
    pub op_de_grens: OpDeGrens,
    /// Functions (`overeenkomsten.ondertekenaar_functie`) that may sign below the limit.
    pub laag: Vec<String>,
    /// Functions that may sign above it.
    pub hoog: Vec<String>,
    /// Gemeente code to its own limit in eurocents, where the local scheme differs.
    pub per_gemeente_ct: BTreeMap<String, Instelling<i64>>,
    /// Months within which consecutive agreements are added up (Z39).
    pub splits_maanden: Option<Instelling<i64>>,
}

/// When the agreements of the region are evaluated (Z47).
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluatieRegels {
    /// Months after the start.
    pub maanden: Instelling<i64>,
    /// Start of the agreements, when known.
    pub start: Option<NaiveDate>,
}

/// Which product codes the region works with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductRegels {
    /// Only codes of the national list (H04); `None` when the region does not say.
    pub landelijk: Option<bool>,
    /// National product code to its category, when the region gives the list.
    pub landelijke_codes: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_days_of_a_validity_belong_to_it_and_an_open_side_has_no_end() {
        let day = |d| NaiveDate::from_ymd_opt(2021, 12, d).unwrap();
        let geldig = Geldigheid { van: Some(day(2)), tot: Some(day(30)) };
        assert!(geldig.holds_on(day(2)) && geldig.holds_on(day(30)));
        assert!(!geldig.holds_on(day(1)) && !geldig.holds_on(day(31)));
        assert!(Geldigheid::default().holds_on(day(1)));
    }
}
