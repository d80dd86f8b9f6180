//! Settings of the region as small tables, so that SQL can use them.
//!
//! Enters: a region, the quarter and the reference date. Leaves: [`SettingTable`]s, all of them always there but a list
//! that nobody gave. Does not know which query reads which.

mod of_region;

use chrono::NaiveDate;
use polars::prelude::{Column, DataFrame, DataType};

pub use of_region::settings;

/// A small table of region settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingTable {
    /// Name in SQL.
    pub name: String,
    /// Columns of equal length.
    pub columns: Vec<(String, SettingColumn)>,
}

/// The values of one column of a [`SettingTable`]; `None` is a setting the region does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingColumn {
    /// Texts and codes.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Int(Vec<Option<i64>>),
    /// Yes or no.
    Bool(Vec<Option<bool>>),
    /// Dates.
    Date(Vec<Option<NaiveDate>>),
}

/// What a column of a [`SettingTable`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingType {
    /// [`SettingColumn::Text`].
    Text,
    /// [`SettingColumn::Int`].
    Int,
    /// [`SettingColumn::Bool`].
    Bool,
    /// [`SettingColumn::Date`].
    Date,
}

use SettingType::{Bool, Date, Int, Text};

/// The columns of a table of settings, with what they hold.
pub type SettingColumns = &'static [(&'static str, SettingType)];

/// The one row with every setting that is a single value.
const REGIO: SettingColumns = &[
    ("kwartaal", Text),
    ("kwartaal_begin", Date),
    ("kwartaal_eind", Date),
    ("peildatum", Date),
    ("jaar", Int),
    ("max_uren", Int),
    ("looptijd_maanden", Int),
    ("pro_rata", Bool),
    ("ander_product_vereist", Bool),
    ("max_aanbieders_tegelijk", Int),
    ("min_aanbieders", Int),
    ("coordinatie_van", Date),
    ("coordinatie_tot", Date),
    ("wijziging", Date),
    ("toeslag_voorwaarden", Int),
    ("verhouding_procent", Int),
    ("aandeel_uren_procent", Int),
    ("zonder_coordinatie_aanbieders", Int),
    ("werkdagen_spoed", Int),
    ("werkdagen", Int),
    ("doorslag", Text),
    ("advies_voorbij_spoed", Date),
    ("advies_voorbij", Date),
    ("mandaat_grens_ct", Int),
    ("op_de_grens", Text),
    ("splits_maanden", Int),
    ("langste_signaal_dagen", Int),
    ("zonder_declaratie_weken", Int),
    ("evaluatie_start", Date),
    ("evaluatie_maanden", Int),
    ("exemplaar_dagen", Int),
    ("lang_maanden", Int),
    ("max_verlengingen", Int),
    ("treeknorm_dagen", Int),
    ("toetreding_gesloten", Date),
    ("maatwerk_verboden", Bool),
    ("codes_landelijk", Bool),
    ("hoog_factor_procent", Int),
    ("indientermijn_dagen", Int),
    ("betaaltermijn_dagen", Int),
    ("gezin_aanbieders", Int),
    ("controle_regels", Int),
    ("stijging_procent", Int),
    ("plafond_marge_procent", Int),
    ("rapportage_dagen", Int),
];

/// Every table of settings.
///
/// `signaaldagen` holds every number of days from 0 to the longest signal term, so that a query needs no range.
/// `segmenten.van_dag` and `tot_dag` are days since 1970-01-01.
pub const SETTINGS: &[(&str, SettingColumns)] = &[
    ("regio", REGIO),
    ("signaaldagen", &[("dagen", Int)]),
    ("geen_kandidaat_producten", &[("productcode", Text)]),
    ("uitgesloten_maatregelen", &[("maatregel", Text)]),
    ("vrije_maatregelen", &[("maatregel", Text)]),
    ("contractsoorten", &[("soort", Text)]),
    ("mandaat_functies", &[("functie", Text), ("niveau", Text)]),
    ("mandaat_per_gemeente", &[("gemeente", Text), ("grens_ct", Int)]),
    ("kanalen", &[("kanaal", Text)]),
    ("segmenten", &[("segment", Text), ("naam", Text), ("van_dag", Int), ("tot_dag", Int)]),
    ("gemeenten_regio", &[("gemeente", Text), ("naam", Text)]),
    (PRODUCTGROEPEN, &[("groep", Text), ("productcode", Text)]),
    ("toegangen", &[("gemeente", Text), ("toegang", Text)]),
    (LANDELIJKE_CODES, &[("productcode", Text), ("productcategorie", Text)]),
];

const LANDELIJKE_CODES: &str = "landelijke_codes";
const PRODUCTGROEPEN: &str = "productgroepen";

/// Lists that say nothing when they are empty, for then nobody gave them: name, and what it is in words.
pub const ONLY_WHEN_GIVEN: &[(&str, &str)] = &[
    (LANDELIJKE_CODES, "landelijke productcodes (in het regiobestand)"),
    (PRODUCTGROEPEN, "productgroepen (in het regiobestand)"),
];

/// The columns of a table of settings; `None` when there is no such table.
pub fn setting_columns(name: &str) -> Option<SettingColumns> {
    SETTINGS.iter().find(|(known, _)| *known == name).map(|(_, columns)| *columns)
}

impl SettingType {
    /// How it is stored.
    pub(super) fn storage(self) -> DataType {
        match self {
            Text => DataType::String,
            Int => DataType::Int64,
            Bool => DataType::Boolean,
            Date => DataType::Date,
        }
    }

    /// A column without rows.
    fn empty(self) -> SettingColumn {
        match self {
            Text => SettingColumn::Text(Vec::new()),
            Int => SettingColumn::Int(Vec::new()),
            Bool => SettingColumn::Bool(Vec::new()),
            Date => SettingColumn::Date(Vec::new()),
        }
    }
}

impl SettingTable {
    /// A list that holds nothing; `None` when there is no such table.
    pub fn empty(name: &str) -> Option<Self> {
        let columns = setting_columns(name)?.iter();
        let columns = columns.map(|(column, kind)| ((*column).to_owned(), kind.empty())).collect();
        Some(Self { name: name.to_owned(), columns })
    }

    /// Table `signaaldagen`: every number of days from 0 to the longest signal term of the region.
    pub fn signaaldagen(longest: i64) -> Self {
        Self::list("signaaldagen", vec![SettingColumn::Int((0..=longest).map(Some).collect())])
    }

    /// True when it has no rows.
    fn is_empty(&self) -> bool {
        self.columns.iter().all(|(_, values)| match values {
            SettingColumn::Text(values) => values.is_empty(),
            SettingColumn::Int(values) => values.is_empty(),
            SettingColumn::Bool(values) => values.is_empty(),
            SettingColumn::Date(values) => values.is_empty(),
        })
    }

    /// A table with these columns, in the order of [`SETTINGS`].
    fn list(name: &str, values: Vec<SettingColumn>) -> Self {
        let names = setting_columns(name).unwrap_or_default().iter();
        let columns = names.map(|(column, _)| (*column).to_owned()).zip(values).collect();
        Self { name: name.to_owned(), columns }
    }

    /// As the engine sees it.
    pub(super) fn frame(&self) -> Option<DataFrame> {
        let column = |(name, values): &(String, SettingColumn)| {
            let name = name.as_str().into();
            match values {
                SettingColumn::Text(values) => Column::new(name, values),
                SettingColumn::Int(values) => Column::new(name, values),
                SettingColumn::Bool(values) => Column::new(name, values),
                SettingColumn::Date(values) => Column::new(
                    name,
                    values.iter().map(|day| day.map(day_number)).collect::<Vec<_>>(),
                )
                .cast(&DataType::Date)
                .unwrap_or_default(),
            }
        };
        DataFrame::new_infer_height(self.columns.iter().map(column).collect()).ok()
    }
}

/// Days since 1970-01-01.
fn day_number(day: NaiveDate) -> i32 {
    i32::try_from(days_since_1970(day)).unwrap_or_default()
}

fn days_since_1970(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}
