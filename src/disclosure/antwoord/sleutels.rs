//! What names a row of figures: its keys as columns, and the order in which they stand.

use crate::disclosure::antwoord::{Blik, Cel};
use crate::disclosure::published::{PublishedCell, PublishedMeasure, Shown};
use crate::dutch;
use crate::metrics::antwoord::{Kolom, Soort, Waarde};
use crate::metrics::kolommen::{is_bekend, kolom, soort};
use crate::metrics::{ONBEKEND, Query};

/// A key as a column. A name that the dictionary does not know holds numbers where every cell has one.
pub(super) fn sleutel(
    key: &str,
    query: &Query,
    published: &PublishedMeasure,
    cells: &[&PublishedCell],
) -> Kolom {
    let texts = || cells.iter().map(|cell| published.key(cell, key));
    let is_number = |text: &str| text == ONBEKEND || text.parse::<i64>().is_ok();
    let has_numbers = texts().all(is_number) && texts().any(|text| text != ONBEKEND);
    let named = soort(key);
    let soort = match named {
        _ if query.bool_keys.iter().any(|known| known == key) => {
            let is_flag = texts().all(|text| text == "ja" || text == "nee");
            if is_flag { Soort::JaNee } else { Soort::Tekst }
        }
        named if named.is_getal() => {
            if has_numbers {
                named
            } else {
                Soort::Tekst
            }
        }
        Soort::Tekst if !is_bekend(key) && has_numbers => Soort::Aantal,
        Soort::JaNee | Soort::Datum => Soort::Tekst,
        named => named,
    };
    kolom(key, soort, true)
}

pub(super) fn sleutelwaarde(kolom: &Kolom, text: &str) -> Waarde {
    match (kolom.soort, text) {
        (soort, text) if soort.is_getal() => text.parse().map_or(Waarde::Leeg, Waarde::Geheel),
        (Soort::JaNee, text) => Waarde::JaNee(text == "ja"),
        (_, text) => Waarde::Tekst(text.to_owned()),
    }
}

/// Rows by their keys: gemeenten by name, numbers by size.
pub(super) fn volgorde(row: &[Cel], keys: &[Kolom], blik: &Blik<'_>) -> Vec<(i64, String)> {
    let of = |(cel, kolom): (&Cel, &Kolom)| match &cel.waarde {
        Shown::Value(Waarde::Geheel(n)) => (*n, String::new()),
        Shown::Value(Waarde::Tekst(code)) if kolom.soort == Soort::Gemeente => {
            let known = blik.gemeenten.iter().find(|(known, _)| known == code);
            (0, dutch::sort_key(known.map_or(code, |(_, name)| name)))
        }
        Shown::Value(Waarde::Tekst(text)) => (0, text.clone()),
        Shown::Value(Waarde::JaNee(yes)) => (i64::from(!yes), String::new()),
        _ => (i64::MAX, String::new()),
    };
    row.iter().zip(keys).map(of).collect()
}
