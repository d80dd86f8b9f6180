//! Drop-down lists: what may be chosen in a column, and how a stored code is shown beside them.

use std::collections::BTreeMap;

use crate::dutch::sort_key;
use crate::region::Region;
use crate::schema::{Column, Dtype};

/// One list of the hidden sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lijst {
    /// What it is a list of: the heading on the hidden sheet.
    pub(super) naam: &'static str,
    /// What may be chosen.
    pub(super) keuzes: Vec<String>,
    /// Stored code → what is shown; empty where they are the same.
    pub(super) getoond: BTreeMap<String, String>,
}

/// Units of care by their code, in a word that is read as that code.
const EENHEDEN: [(&str, &str); 7] = [
    ("01", "minuut"),
    ("04", "uur"),
    ("14", "etmaal"),
    ("16", "dagdeel"),
    ("82", "stuk"),
    ("83", "euro"),
    ("84", "stuk (inspanning)"),
];

/// The lists of one workbook; those that no column uses are left out of it.
pub(super) struct Lijsten {
    gemeenten: BTreeMap<String, String>,
    producten: Vec<String>,
    gemaakt: Vec<Lijst>,
}

impl Lijsten {
    pub(super) fn new(region: &Region, producten: &[String]) -> Self {
        let names = region.gemeenten.iter().map(|g| (g.code.clone(), g.naam.clone()));
        Self { gemeenten: names.collect(), producten: producten.to_vec(), gemaakt: Vec::new() }
    }

    /// Position of the list of a column among those of the workbook; `None` for a column without one.
    pub(super) fn voor(&mut self, column: &'static Column) -> Option<usize> {
        let lijst = self.lijst(column).filter(|lijst| !lijst.keuzes.is_empty())?;
        let known = self.gemaakt.iter().position(|other| *other == lijst);
        Some(known.unwrap_or_else(|| {
            self.gemaakt.push(lijst);
            self.gemaakt.len() - 1
        }))
    }

    /// The lists that are used.
    pub(super) fn gebruikt(self) -> Vec<Lijst> {
        self.gemaakt
    }

    fn lijst(&self, column: &'static Column) -> Option<Lijst> {
        let plain = |naam, keuzes: Vec<String>| Lijst { naam, keuzes, getoond: BTreeMap::new() };
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Some(match column.dtype {
            Dtype::Gemeente => shown(column.kop(), &self.gemeenten),
            Dtype::Eenheid => {
                let all = EENHEDEN.map(|(code, word)| (code.to_owned(), word.to_owned()));
                shown(column.kop(), &all.into_iter().collect())
            }
            Dtype::Bool => plain("Ja of nee", words(&["ja", "nee"])),
            Dtype::Choice(choices) => {
                plain(column.kop(), choices.iter().map(|choice| choice.word.to_owned()).collect())
            }
            Dtype::Text if column.name == "debet_credit" => plain(column.kop(), words(&["D", "C"])),
            Dtype::Text if column.name == "productcode" => {
                plain(column.kop(), self.producten.clone())
            }
            _ => return None,
        })
    }
}

/// A list of which the words are shown instead of the codes, in Dutch order.
fn shown(naam: &'static str, codes: &BTreeMap<String, String>) -> Lijst {
    let mut keuzes: Vec<String> = codes.values().cloned().collect();
    keuzes.sort_by_cached_key(|word| sort_key(word));
    Lijst { naam, keuzes, getoond: codes.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{DECLARATIES, TABLES};
    use crate::typing::cells::eenheid;

    #[test]
    fn every_word_for_a_unit_is_read_as_its_code() {
        for (code, word) in EENHEDEN {
            assert_eq!(eenheid(word.as_bytes()), Some(code));
        }
    }

    #[test]
    fn columns_with_the_same_choices_share_a_list_and_others_do_not() {
        let region = Region::load("oefenregio", None).unwrap();
        let mut lijsten = Lijsten::new(&region, &["45A04".to_owned()]);
        let gemeente = lijsten.voor(DECLARATIES.column("gemeente"));
        assert_eq!(gemeente, Some(0));
        assert_eq!(lijsten.voor(DECLARATIES.column("productcode")), Some(1));
        assert_eq!(lijsten.voor(DECLARATIES.column("gemeente")), Some(0));
        assert_eq!(lijsten.voor(DECLARATIES.column("bedrag_ct")), None);
        assert_eq!(lijsten.gebruikt()[0].keuzes.len(), region.gemeenten.len());
    }

    #[test]
    fn a_column_of_words_offers_exactly_its_words() {
        let region = Region::load("oefenregio", None).unwrap();
        let mut lijsten = Lijsten::new(&region, &[]);
        let columns = TABLES.iter().flat_map(|table| table.columns);
        let mut n = 0;
        for column in columns {
            let Dtype::Choice(choices) = column.dtype else { continue };
            let at = lijsten.voor(column).unwrap();
            let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
            assert_eq!(lijsten.gemaakt[at].keuzes, words, "{}", column.name);
            n += 1;
        }
        assert!(n > 5);
    }
}
