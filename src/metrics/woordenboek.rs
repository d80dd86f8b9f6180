//! The tables a question may read, with what every column holds: for who writes a question.
//!
//! Enters: nothing. Leaves: [`TabelUitleg`] per table. The names and types are those the engine gets; the words are those
//! of the dictionary ([`crate::schema`]).

use polars::prelude::DataType;

use crate::metrics::antwoord::Soort;
use crate::metrics::kolommen;
use crate::metrics::settings::SETTINGS;
use crate::metrics::tables;
use crate::schema::{Column, Dtype, PER_KWARTAAL, TABLES, Table, table};

/// A table with its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabelUitleg {
    /// Name in SQL.
    pub naam: String,
    /// What its rows are, in Dutch.
    pub label: String,
    /// Where it comes from.
    pub herkomst: Herkomst,
    /// Columns in the order of `SELECT *`.
    pub kolommen: Vec<KolomUitleg>,
}

/// Where a table comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Herkomst {
    /// From the files of the supplier; absent when those were not supplied.
    Dataset,
    /// From another table of the dataset, a row per quarter it touches.
    PerKwartaal,
    /// From the region file; always there.
    Regio,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KolomUitleg {
    /// Name in SQL.
    pub naam: String,
    /// What its values are, in Dutch.
    pub inhoud: &'static str,
    /// Dutch label.
    pub label: String,
    /// True when it can point at a person: it may be counted and joined on, never shown.
    pub is_persoon: bool,
}

/// Every table a question may read.
pub fn tabellen() -> Vec<TabelUitleg> {
    let canonical =
        TABLES.iter().map(|table| of_dataset(table.name, table.label, Herkomst::Dataset));
    let netted = (tables::VERREKEND, "Declaraties die met hun credit wegvallen");
    let netted = of_dataset(netted.0, netted.1, Herkomst::Dataset);
    let quarterly = PER_KWARTAAL.iter().map(|(name, base)| {
        let label = table(base).map_or(*base, |table| table.label);
        of_dataset(name, &format!("{label}, een rij per kwartaal"), Herkomst::PerKwartaal)
    });
    let settings = SETTINGS.iter().map(|(name, columns)| {
        let columns = columns.iter().map(|(name, kind)| column(None, name, &kind.storage()));
        TabelUitleg {
            naam: (*name).to_owned(),
            label: "Instelling van de regio".to_owned(),
            herkomst: Herkomst::Regio,
            kolommen: columns.collect(),
        }
    });
    canonical.chain([netted]).chain(quarterly).chain(settings).collect()
}

fn of_dataset(name: &str, label: &str, herkomst: Herkomst) -> TabelUitleg {
    let base = tables::base(name).and_then(table);
    let stored = tables::stored(name).unwrap_or_default();
    let columns = stored.iter().map(|(name, dtype)| column(base, name, dtype));
    TabelUitleg {
        naam: name.to_owned(),
        label: label.to_owned(),
        herkomst,
        kolommen: columns.collect(),
    }
}

fn column(base: Option<&Table>, name: &str, dtype: &DataType) -> KolomUitleg {
    let known = base.and_then(|table| table.columns.iter().find(|column| column.name == name));
    KolomUitleg {
        naam: name.to_owned(),
        inhoud: inhoud(known, name, dtype),
        label: known.map_or_else(|| made(name), |column| column.label.to_owned()),
        is_persoon: known
            .is_some_and(|column| matches!(column.dtype, Dtype::Client | Dtype::Pseudonym)),
    }
}

/// The label of a column that no supplier gives.
fn made(name: &str) -> String {
    match name {
        "bron" => "Bestand waar de rij uit komt".to_owned(),
        "regel" => "Regel in dat bestand".to_owned(),
        "kwartaal" => "Kwartaal".to_owned(),
        "is_nieuw" => "Begint in dit kwartaal".to_owned(),
        "loopt_op_einde" => "Loopt op de laatste dag van dit kwartaal".to_owned(),
        "eindigt" => "Eindigt in dit kwartaal".to_owned(),
        "dagen_tot_einde" => "Dagen van de peildatum tot de einddatum".to_owned(),
        other => kolommen::kop(other),
    }
}

/// What the values are, with their unit.
fn inhoud(known: Option<&Column>, name: &str, dtype: &DataType) -> &'static str {
    let of_name = kolommen::soort(name);
    match (known.map(|column| column.dtype), dtype) {
        (Some(Dtype::Client | Dtype::Pseudonym), _) => "pseudoniem",
        (Some(Dtype::Filled), _) => "ja of nee: ingevuld",
        (Some(Dtype::BirthYear), _) => "jaar",
        (Some(Dtype::Choice(_)), _) => "keuze uit woorden",
        (Some(Dtype::Agb | Dtype::Eenheid), _) => "code",
        (_, DataType::Boolean) => "ja of nee",
        (_, DataType::Date) => "datum",
        (_, DataType::String) => match of_name {
            Soort::Gemeente => "code van vier cijfers",
            Soort::Kwartaal => "kwartaal, 2025-K3",
            Soort::Maand => "maand, 2025-07",
            _ => "tekst",
        },
        _ => match of_name {
            Soort::Eurocent => "eurocenten",
            Soort::Minuten => "minuten",
            Soort::Duizendste => "duizendsten",
            _ => "geheel getal",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_table_is_told() {
        let all = tabellen();
        assert!(all.len() > 30);
        for tabel in &all {
            assert!(!tabel.kolommen.is_empty(), "{}", tabel.naam);
            for kolom in &tabel.kolommen {
                assert!(!kolom.label.trim().is_empty(), "{}.{}", tabel.naam, kolom.naam);
            }
        }
    }

    #[test]
    fn persons_are_marked_and_units_are_told() {
        let all = tabellen();
        let tabel = all.iter().find(|tabel| tabel.naam == "declaraties").unwrap();
        let kolom = |naam: &str| tabel.kolommen.iter().find(|kolom| kolom.naam == naam).unwrap();
        assert!(kolom("client").is_persoon);
        assert!(!kolom("gemeente").is_persoon);
        assert_eq!(kolom("bedrag_ct").inhoud, "eurocenten");
        assert_eq!(kolom("minuten").inhoud, "minuten");
        assert_eq!(kolom("kwartaal").inhoud, "kwartaal, 2025-K3");
        let per_kwartaal = all.iter().find(|t| t.naam == "toewijzingen_per_kwartaal").unwrap();
        assert!(per_kwartaal.kolommen.iter().any(|kolom| kolom.naam == "is_nieuw"));
    }
}
