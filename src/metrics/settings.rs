//! Settings of the region as small tables, so that SQL can use them.
//!
//! Enters: a region, the quarter and the reference date. Leaves: [`SettingTable`]s, all of them always there but a list
//! that nobody gave. Does not
//! know which query reads which.

use chrono::{Datelike, NaiveDate};
use polars::prelude::{Column, DataFrame, DataType};

use crate::checks::werkdagen::Werkdagen;
use crate::period::Kwartaal;
use crate::region::{Instelling, OpDeGrens, Region};

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

/// Every table of settings of a region.
pub fn settings(region: &Region, kwartaal: Kwartaal, peildatum: NaiveDate) -> Vec<SettingTable> {
    let longest = longest(region);
    let mut out = vec![regio(region, kwartaal, peildatum), SettingTable::signaaldagen(longest)];
    let coordinatie = &region.coordinatie;
    out.extend([
        texts("geen_kandidaat_producten", &coordinatie.geen_kandidaat),
        texts("uitgesloten_maatregelen", &coordinatie.uitgesloten_maatregel),
        texts("vrije_maatregelen", &region.maatwerk.uitzondering_maatregel),
        texts("contractsoorten", &region.maatwerk.contractsoorten_als_gecontracteerd),
        texts("kanalen", &region.kanalen),
        mandaat_functies(region),
        mandaat_per_gemeente(region),
        segmenten(region),
    ]);
    let gemeenten = region.gemeenten.iter().map(|one| (one.code.clone(), one.naam.clone()));
    let toegangen = region.afspraken.toegangen.iter();
    let toegangen = toegangen.map(|(gemeente, toegang)| (gemeente.clone(), toegang.clone()));
    out.extend([pairs("gemeenten_regio", gemeenten), pairs("toegangen", toegangen)]);
    let codes = region.producten.landelijke_codes.iter();
    let codes = codes.map(|(code, categorie)| (code.clone(), categorie.clone()));
    let given = [pairs(LANDELIJKE_CODES, codes), productgroepen(region)];
    out.extend(given.into_iter().filter(|table| !table.is_empty()));
    out
}

fn longest(region: &Region) -> i64 {
    region.drempels.signaal_dagen.waarde.last().copied().unwrap_or_default()
}

fn texts(name: &str, values: &[String]) -> SettingTable {
    let values = values.iter().cloned().map(Some).collect();
    SettingTable::list(name, vec![SettingColumn::Text(values)])
}

fn pairs(name: &str, pairs: impl Iterator<Item = (String, String)>) -> SettingTable {
    let (one, two) = pairs.map(|(one, two)| (Some(one), Some(two))).unzip();
    SettingTable::list(name, vec![SettingColumn::Text(one), SettingColumn::Text(two)])
}

fn mandaat_functies(region: &Region) -> SettingTable {
    let of = |functies: &[String], niveau: &str| -> Vec<(String, String)> {
        functies.iter().map(|functie| (functie.clone(), niveau.to_owned())).collect()
    };
    let all = region.mandaat.iter().flat_map(|mandaat| {
        [of(&mandaat.laag, "laag"), of(&mandaat.hoog, "hoog")].into_iter().flatten()
    });
    pairs("mandaat_functies", all)
}

fn mandaat_per_gemeente(region: &Region) -> SettingTable {
    let all = region.mandaat.iter().flat_map(|mandaat| &mandaat.per_gemeente_ct);
    let (gemeenten, grenzen) =
        all.map(|(gemeente, grens)| (Some(gemeente.clone()), Some(grens.waarde))).unzip();
    let columns = vec![SettingColumn::Text(gemeenten), SettingColumn::Int(grenzen)];
    SettingTable::list("mandaat_per_gemeente", columns)
}

fn segmenten(region: &Region) -> SettingTable {
    let all = || region.segmenten.iter();
    let columns = vec![
        SettingColumn::Text(all().map(|one| Some(one.nummer.clone())).collect()),
        SettingColumn::Text(all().map(|one| Some(one.naam.clone())).collect()),
        SettingColumn::Int(all().map(|one| one.geldig.van.map(days_since_1970)).collect()),
        SettingColumn::Int(all().map(|one| one.geldig.tot.map(days_since_1970)).collect()),
    ];
    SettingTable::list("segmenten", columns)
}

fn regio(region: &Region, kwartaal: Kwartaal, peildatum: NaiveDate) -> SettingTable {
    let mut columns = of_run(kwartaal, peildatum);
    columns.extend(of_coordinatie(region));
    columns.extend(of_process(region, peildatum));
    columns.extend(of_maatwerk(region));
    columns.extend(of_afspraken(region));
    let columns = columns.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    SettingTable { name: "regio".to_owned(), columns }
}

/// A column of the one row.
type Cell = (&'static str, SettingColumn);

fn text(value: Option<String>) -> SettingColumn {
    SettingColumn::Text(vec![value])
}

fn date(value: Option<NaiveDate>) -> SettingColumn {
    SettingColumn::Date(vec![value])
}

fn yes(value: Option<bool>) -> SettingColumn {
    SettingColumn::Bool(vec![value])
}

fn number(value: Option<i64>) -> SettingColumn {
    SettingColumn::Int(vec![value])
}

fn threshold(value: Option<&Instelling<i64>>) -> SettingColumn {
    number(value.map(|setting| setting.waarde))
}

fn of_run(kwartaal: Kwartaal, peildatum: NaiveDate) -> Vec<Cell> {
    vec![
        ("kwartaal", text(Some(kwartaal.to_string()))),
        ("kwartaal_begin", date(Some(kwartaal.first_day()))),
        ("kwartaal_eind", date(Some(kwartaal.last_day()))),
        ("peildatum", date(Some(peildatum))),
        ("jaar", number(Some(i64::from(kwartaal.first_day().year())))),
    ]
}

fn of_coordinatie(region: &Region) -> Vec<Cell> {
    let regels = &region.coordinatie;
    vec![
        ("max_uren", threshold(regels.max_uren.as_ref())),
        ("looptijd_maanden", threshold(regels.looptijd_maanden.as_ref())),
        ("pro_rata", yes(Some(regels.pro_rata))),
        ("ander_product_vereist", yes(Some(regels.ander_product_vereist))),
        ("max_aanbieders_tegelijk", threshold(regels.max_aanbieders_tegelijk.as_ref())),
        ("min_aanbieders", threshold(regels.min_aanbieders.as_ref())),
        ("coordinatie_van", date(regels.geldig.van)),
        ("coordinatie_tot", date(regels.geldig.tot)),
        ("wijziging", date(regels.wijziging)),
        ("toeslag_voorwaarden", threshold(regels.toeslag_voorwaarden.as_ref())),
        ("verhouding_procent", threshold(regels.verhouding_procent.as_ref())),
        ("aandeel_uren_procent", threshold(regels.aandeel_uren_procent.as_ref())),
        ("zonder_coordinatie_aanbieders", threshold(regels.zonder_coordinatie_aanbieders.as_ref())),
    ]
}

fn of_process(region: &Region, peildatum: NaiveDate) -> Vec<Cell> {
    let (advies, mandaat) = (region.advies.as_ref(), region.mandaat.as_ref());
    let op_de_grens = mandaat.map(|one| match one.op_de_grens {
        OpDeGrens::Onbepaald => "onbepaald",
        OpDeGrens::Laag => "laag",
        OpDeGrens::Hoog => "hoog",
    });
    let evaluatie = region.evaluatie.as_ref();
    let werkdagen = Werkdagen::of(region);
    let voorbij = |termijn: Option<&Instelling<i64>>| {
        date(termijn.and_then(|termijn| werkdagen.voorbij(peildatum, termijn.waarde)))
    };
    let weken = &region.drempels.zonder_declaratie_weken;
    vec![
        ("werkdagen_spoed", threshold(advies.map(|one| &one.werkdagen_spoed))),
        ("werkdagen", threshold(advies.map(|one| &one.werkdagen))),
        ("doorslag", text(advies.map(|one| one.doorslag.clone()))),
        ("advies_voorbij_spoed", voorbij(advies.map(|one| &one.werkdagen_spoed))),
        ("advies_voorbij", voorbij(advies.map(|one| &one.werkdagen))),
        ("mandaat_grens_ct", threshold(mandaat.map(|one| &one.grens_ct))),
        ("op_de_grens", text(op_de_grens.map(str::to_owned))),
        ("splits_maanden", threshold(mandaat.and_then(|one| one.splits_maanden.as_ref()))),
        ("langste_signaal_dagen", number(Some(longest(region)))),
        ("zonder_declaratie_weken", threshold(Some(weken))),
        ("evaluatie_start", date(evaluatie.and_then(|one| one.start))),
        ("evaluatie_maanden", threshold(evaluatie.map(|one| &one.maanden))),
    ]
}

fn of_afspraken(region: &Region) -> Vec<Cell> {
    let afspraken = &region.afspraken;
    vec![
        ("indientermijn_dagen", threshold(afspraken.indientermijn_dagen.as_ref())),
        ("betaaltermijn_dagen", threshold(afspraken.betaaltermijn_dagen.as_ref())),
        ("gezin_aanbieders", threshold(afspraken.gezin_aanbieders.as_ref())),
        ("controle_regels", threshold(afspraken.controle_regels.as_ref())),
    ]
}

fn of_maatwerk(region: &Region) -> Vec<Cell> {
    let regels = &region.maatwerk;
    vec![
        ("exemplaar_dagen", threshold(regels.exemplaar_dagen.as_ref())),
        ("lang_maanden", threshold(regels.lang_maanden.as_ref())),
        ("max_verlengingen", threshold(regels.max_verlengingen.as_ref())),
        ("treeknorm_dagen", threshold(region.treeknorm_dagen.as_ref())),
        ("toetreding_gesloten", date(region.toetreding_gesloten)),
        ("maatwerk_verboden", yes(Some(regels.verboden))),
        ("codes_landelijk", yes(region.producten.landelijk)),
        ("hoog_factor_procent", number(percent(region.kosten.hoog_factor.waarde))),
    ]
}

/// A factor in whole percents; `None` for one that has no such number.
fn percent(factor: f64) -> Option<i64> {
    format!("{:.0}", factor * 100.0).parse().ok()
}

fn productgroepen(region: &Region) -> SettingTable {
    let of = |(groep, codes): (&String, &Vec<String>)| -> Vec<(String, String)> {
        codes.iter().map(|code| (groep.clone(), code.clone())).collect()
    };
    pairs(PRODUCTGROEPEN, region.productgroepen.iter().flat_map(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Vec<SettingTable> {
        let region = Region::load(name, None).unwrap();
        let peildatum = NaiveDate::from_ymd_opt(2025, 10, 30).unwrap();
        settings(&region, "2025-K3".parse().unwrap(), peildatum)
    }

    #[test]
    fn every_table_has_the_columns_that_are_planned_for() {
        for table in of("oefenregio") {
            let planned = setting_columns(&table.name).unwrap();
            let empty = SettingTable::empty(&table.name).unwrap();
            assert_eq!(table.columns.len(), planned.len(), "{}", table.name);
            for ((found, planned), empty) in table.columns.iter().zip(planned).zip(&empty.columns) {
                assert_eq!(found.0, planned.0, "{}", table.name);
                let kind = std::mem::discriminant(&found.1);
                assert_eq!(kind, std::mem::discriminant(&empty.1), "{}", found.0);
            }
            let frame = table.frame().unwrap();
            let planned: Vec<_> = planned.iter().map(|(_, kind)| kind.storage()).collect();
            assert_eq!(frame.dtypes(), planned, "{}", table.name);
        }
    }

    #[test]
    fn every_table_is_there_but_a_list_that_nobody_gave() {
        let names: Vec<String> = of("zou").into_iter().map(|table| table.name).collect();
        let is_given = |name: &str| ONLY_WHEN_GIVEN.iter().all(|(list, _)| *list != name);
        for (name, _) in SETTINGS {
            let n = names.iter().filter(|known| known == name).count();
            assert_eq!(n, usize::from(is_given(name)), "{name}");
        }
        assert!(of("oefenregio").iter().any(|table| table.name == PRODUCTGROEPEN));
    }

    #[test]
    fn what_a_region_does_not_set_is_null_and_never_zero() {
        let cell = |region: &str, column: &str| {
            let regio = of(region).swap_remove(0);
            regio.columns.into_iter().find(|(name, _)| name == column).unwrap().1
        };
        assert_eq!(cell("zou", "max_uren"), SettingColumn::Int(vec![None]));
        assert_eq!(cell("oefenregio", "max_uren"), SettingColumn::Int(vec![Some(52)]));
        assert_eq!(cell("oost-veluwe", "mandaat_grens_ct"), SettingColumn::Int(vec![None]));
        assert_eq!(cell("zou", "hoog_factor_procent"), SettingColumn::Int(vec![Some(200)]));
        let tot = NaiveDate::from_ymd_opt(2021, 12, 31);
        assert_eq!(cell("oost-veluwe", "coordinatie_tot"), SettingColumn::Date(vec![tot]));
        assert_eq!(cell("midden-holland", "op_de_grens"), SettingColumn::Text(vec![None]));
    }
}
