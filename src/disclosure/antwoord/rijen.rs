//! Rows as they are: lists and the hits of a signal one by one. For ICM only.

use crate::disclosure::antwoord::{Cel, Delen, Gekozen};
use crate::disclosure::published::{List, Shown};
use crate::dutch::capital;
use crate::metrics::antwoord::{Kolom, Soort, Waarde};
use crate::metrics::kolommen::{kolom, soort_van};
use crate::metrics::signaal::BEDRAG;
use crate::metrics::{ListValue, Query};

impl Delen {
    /// Rows that this audience may not see, not even how many there are: such a row is the case of one child.
    pub(super) fn verborgen(&mut self) {
        let kop = "Rijen".to_owned();
        self.kolommen =
            vec![Kolom { naam: "rijen".to_owned(), kop, soort: Soort::Tekst, is_sleutel: false }];
        self.rijen = vec![vec![Cel { waarde: Shown::Hidden, adres: None }]];
        self.opmerkingen.insert(
            0,
            "elke rij gaat over één jeugdige en is daarom alleen voor ICM zelf; kies --publiek intern als u dat bent"
                .to_owned(),
        );
    }

    /// The rows that are wanted, with the columns in which at least one has something.
    pub(super) fn lijst(&mut self, query: &Query, list: &List, gekozen: &Gekozen<'_>) {
        let wanted: Vec<&Vec<ListValue>> =
            list.rows.iter().filter(|row| is_wanted(row, list, gekozen)).collect();
        for (at, naam) in list.columns.iter().enumerate() {
            let values: Vec<&ListValue> = wanted.iter().filter_map(|row| row.get(at)).collect();
            let is_nothing = |value: &&ListValue| match value {
                ListValue::Empty => true,
                // A rule that is not about money has no amounts, rather than amounts of nought.
                ListValue::Int(0) => naam == BEDRAG && query.signaal.is_some(),
                _ => false,
            };
            if !values.is_empty() && values.iter().all(is_nothing) {
                continue;
            }
            let soort = soort_van(naam, values.iter().copied());
            let is_sleutel =
                query.keys.contains(naam) || ["gemeente", "aanbieder"].contains(&naam.as_str());
            let mut column = kolom(naam, soort, is_sleutel);
            match (naam.as_str(), &query.signaal) {
                ("geval", Some(kop)) => {
                    column.kop = kop.nummer.as_deref().map_or(column.kop, capital);
                }
                (BEDRAG, Some(kop)) => {
                    let what = kop.bedrag.as_deref();
                    column.kop = what.map_or(column.kop, |what| format!("Bedrag: {what}"));
                }
                _ => {}
            }
            self.kolommen.push(column);
            self.rijen.resize_with(wanted.len(), Vec::new);
            for (row, value) in self.rijen.iter_mut().zip(values) {
                row.push(Cel { waarde: Shown::Value(Waarde::from(value)), adres: None });
            }
        }
    }
}

fn is_wanted(row: &[ListValue], list: &List, gekozen: &Gekozen<'_>) -> bool {
    gekozen.waarden.iter().all(|(naam, values)| {
        let at = list.columns.iter().position(|column| column == naam);
        let text = at.and_then(|at| row.get(at)).map(ListValue::tekst);
        text.is_some_and(|text| values.contains(&text))
    })
}
