//! The tables of settings of one region.

use chrono::{Datelike, NaiveDate};

use crate::checks::werkdagen::Werkdagen;
use crate::metrics::settings::{
    LANDELIJKE_CODES, PRODUCTGROEPEN, SettingColumn, SettingTable, days_since_1970,
};
use crate::period::Kwartaal;
use crate::region::{Instelling, OpDeGrens, Region};

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
        ("stijging_procent", threshold(afspraken.stijging_procent.as_ref())),
        ("plafond_marge_procent", threshold(afspraken.plafond_marge_procent.as_ref())),
        ("rapportage_dagen", threshold(afspraken.rapportage_dagen.as_ref())),
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
    use crate::metrics::settings::{ONLY_WHEN_GIVEN, SETTINGS, setting_columns};

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
