//! What a question may name: tables and columns, with what each column holds.
//!
//! Enters: a name. Leaves: the columns of that table. Does not know what is asked.

use crate::metrics::antwoord::Soort;
use crate::metrics::los::gesloten::bekend;
use crate::metrics::los::types::{Aard, Basis, Persoon};
use crate::metrics::settings::{SETTINGS, SettingType, setting_columns};
use crate::metrics::tables::{ENDING, VERREKEND};
use crate::schema::{Column, DECLARATIES, Dtype, PER_KWARTAAL, TABLES, table};

/// Texts that are a category, a place, an aanbieder or a period; by any other text nothing is grouped outside `intern`.
const GROUPS: &[&str] = &[
    "aanbieder",
    "activiteit",
    "basiscode",
    "basisproduct",
    "contract_soort",
    "debet_credit",
    "doorslag",
    "frequentie",
    "functie",
    "gemeente_naam",
    "groep",
    "icm_code",
    "juridische_status",
    "kanaal",
    "kwartaal",
    "maand",
    "maatregel",
    "maatwerk_herkenning",
    "naam",
    "niveau",
    "ondertekenaar_functie",
    "op_de_grens",
    "productcategorie",
    "productcode",
    "reden_code",
    "reden_wijziging",
    "retourcodes",
    "segment",
    "soort",
    "status",
    "toegang",
    "verwijzer",
    "wet",
    "wordt_18",
];

/// Whole numbers that are a period.
const PERIODS: &[&str] = &["jaar", "halfjaar"];

/// Texts that only look like a number, or name one thing.
const CODES: &[&str] = &[
    "basiscode",
    "basisproduct",
    "declaratienummer",
    "icm_code",
    "identificatie",
    "kvk",
    "productcategorie",
    "productcode",
    "reden_code",
    "referentie_aanbieder",
    "referentienummer",
    "retourcodes",
    "toewijzingnummer",
    "vorig_referentienummer",
];

/// A column of a table that a question may name.
#[derive(Debug, Clone)]
pub(super) struct Veld {
    pub(super) naam: String,
    pub(super) aard: Aard,
    /// False for a column that only exists when it is named, and so is not in `SELECT *`.
    pub(super) is_stored: bool,
}

/// The names of all tables, sorted as people think of them.
pub(super) fn names() -> Vec<&'static str> {
    let canonical = TABLES.iter().map(|table| table.name);
    let quarterly = PER_KWARTAAL.iter().map(|(name, _)| *name);
    let settings = SETTINGS.iter().map(|(name, _)| *name);
    canonical.chain(quarterly).chain([VERREKEND]).chain(settings).collect()
}

/// The columns of a table, `None` when there is no such table.
pub(super) fn columns(name: &str) -> Option<Vec<Veld>> {
    if let Some(settings) = setting_columns(name) {
        let stored = settings.iter().map(|(name, kind)| setting(name, *kind));
        return Some(with_days(stored.collect()));
    }
    let quarterly = PER_KWARTAAL.iter().find(|(derived, _)| *derived == name);
    let base = if name == VERREKEND { DECLARATIES.name } else { name };
    let base = table(quarterly.map_or(base, |(_, base)| base))?;
    let mut found: Vec<Veld> = base.columns.iter().map(canonical).collect();
    let mut add = |naam: &str, basis, soort, is_free, kop: &str| {
        let bekend = bekend(naam, basis == Basis::JaNee);
        let kop = Some(kop.to_owned());
        let aard = Aard { is_free, bekend, kop, ..Aard::plain(basis, soort) };
        found.push(Veld { naam: naam.to_owned(), aard, is_stored: true });
    };
    if quarterly.is_some() {
        add("kwartaal", Basis::Tekst, Soort::Kwartaal, false, "Kwartaal");
        add("is_nieuw", Basis::JaNee, Soort::JaNee, false, "Is nieuw");
        add("loopt_op_einde", Basis::JaNee, Soort::JaNee, false, "Loopt op het einde");
        add("eindigt", Basis::JaNee, Soort::JaNee, false, "Eindigt");
    }
    if ENDING.contains(&name) {
        add("dagen_tot_einde", Basis::Geheel, Soort::Aantal, true, "Dagen tot het einde");
    }
    add("bron", Basis::Tekst, Soort::Tekst, true, "Bestand");
    add("regel", Basis::Geheel, Soort::Aantal, true, "Regel in het bestand");
    Some(with_days(found))
}

fn canonical(column: &Column) -> Veld {
    let name = column.name;
    let (basis, soort) = match column.dtype {
        Dtype::Text => (Basis::Tekst, text(name)),
        Dtype::Choice(_) => (Basis::Tekst, Soort::Tekst),
        Dtype::Gemeente => (Basis::Tekst, Soort::Gemeente),
        Dtype::Agb | Dtype::Eenheid => (Basis::Tekst, Soort::Code),
        Dtype::Int | Dtype::Client | Dtype::Pseudonym | Dtype::BirthYear => {
            (Basis::Geheel, number(name))
        }
        Dtype::Milli => (Basis::Geheel, Soort::Duizendste),
        Dtype::Cent => (Basis::Geheel, Soort::Eurocent),
        Dtype::Date => (Basis::Datum, Soort::Datum),
        Dtype::Bool | Dtype::Filled => (Basis::JaNee, Soort::JaNee),
    };
    let is_free = match column.dtype {
        Dtype::Text => !GROUPS.contains(&name),
        Dtype::Int => !PERIODS.contains(&name),
        Dtype::Milli | Dtype::Cent | Dtype::Date | Dtype::Client | Dtype::Pseudonym => true,
        _ => false,
    };
    let aard = Aard {
        persoon: match column.dtype {
            Dtype::Client => Persoon::Client,
            Dtype::Pseudonym => Persoon::Ander,
            _ => Persoon::Geen,
        },
        only_grouped: column.dtype == Dtype::BirthYear || name == "wordt_18",
        is_free,
        bekend: bekend(name, column.dtype == Dtype::Bool),
        kop: Some(column.kop().to_owned()),
        ..Aard::plain(basis, soort)
    };
    Veld { naam: name.to_owned(), aard, is_stored: true }
}

fn setting(name: &str, kind: SettingType) -> Veld {
    let (basis, soort) = match kind {
        SettingType::Text if name == "gemeente" => (Basis::Tekst, Soort::Gemeente),
        SettingType::Text => (Basis::Tekst, text(name)),
        SettingType::Int => (Basis::Geheel, number(name)),
        SettingType::Bool => (Basis::JaNee, Soort::JaNee),
        SettingType::Date => (Basis::Datum, Soort::Datum),
    };
    let aard = Aard { bekend: bekend(name, basis == Basis::JaNee), ..Aard::plain(basis, soort) };
    Veld { naam: name.to_owned(), aard, is_stored: true }
}

fn text(name: &str) -> Soort {
    match name {
        "maand" => Soort::Maand,
        "kwartaal" | "wordt_18" => Soort::Kwartaal,
        _ if CODES.contains(&name) || name.ends_with("_id") => Soort::Code,
        _ => Soort::Tekst,
    }
}

fn number(name: &str) -> Soort {
    match name {
        "minuten" => Soort::Minuten,
        "jaar" | "geboortejaar" => Soort::Jaar,
        _ if name.ends_with("_ct") => Soort::Eurocent,
        _ if name.ends_with("_milli") => Soort::Duizendste,
        _ => Soort::Aantal,
    }
}

/// The columns with, for each date, its day as a number and its quarter.
fn with_days(mut columns: Vec<Veld>) -> Vec<Veld> {
    let mut made = Vec::new();
    for date in columns.iter().filter(|column| column.aard.basis == Basis::Datum) {
        let kop = date.aard.kop.clone().unwrap_or_else(|| date.naam.clone());
        let mut add = |behind: &str, basis, soort, is_free, what: &str| {
            let kop = Some(format!("{kop} ({what})"));
            let aard = Aard { is_free, kop, ..Aard::plain(basis, soort) };
            made.push(Veld { naam: format!("{}_{behind}", date.naam), aard, is_stored: false });
        };
        add("dag", Basis::Geheel, Soort::Aantal, true, "dag sinds 1970");
        add("kwartaal", Basis::Tekst, Soort::Kwartaal, false, "kwartaal");
    }
    columns.extend(made);
    columns
}
