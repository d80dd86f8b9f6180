//! The figures of a query with a name: the cells of one level, each with all that is known of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::disclosure::antwoord::sleutels::{sleutel, sleutelwaarde, volgorde};
use crate::disclosure::antwoord::{Antwoord, Blik, Cel, Delen, Rand};
use crate::disclosure::published::{PublishedCell, PublishedMeasure, PublishedOutcome, Shown};
use crate::disclosure::tonen::Gezien;
use crate::dutch;
use crate::metrics::antwoord::{Kolom, Soort, Waarde};
use crate::metrics::kolommen::van_eenheid;
use crate::metrics::signaal::BEDRAG;
use crate::metrics::{JEUGDIGEN, Measured, Query};

const CLIENTEN: &str = "clienten";
const AANBIEDERS: &str = "aanbieders";
const PER_10000: &str = "per_10000";
const AANDEEL: &str = "aandeel";

/// What is wanted of a query.
#[derive(Debug, Clone, Copy)]
pub struct Gekozen<'a> {
    /// Keys of the level.
    pub niveau: &'a [String],
    /// Per key or column the values that are wanted; a key that is absent keeps all.
    pub waarden: &'a BTreeMap<String, BTreeSet<String>>,
    /// The hits of a signal one by one, instead of its counts.
    pub is_rijen: bool,
}

impl Antwoord {
    /// The answer of a query with a name, as far as its audience may see it: the same cells with the same protection as
    /// in the report.
    /// `None` when there is no query of that id.
    pub fn van_query(
        gezien: &Gezien<'_>,
        id: &str,
        gekozen: &Gekozen<'_>,
        blik: &Blik<'_>,
        rand: Rand,
    ) -> Option<Self> {
        let (at, measured) = gezien.zoek(id)?;
        let published = gezien.measure(at);
        let query = &measured.query;
        let mut delen = Delen {
            naam: query.id.clone(),
            titel: query.title.clone(),
            vraag: query.question.clone(),
            kolommen: Vec::new(),
            rijen: Vec::new(),
            opmerkingen: rand.opmerkingen,
            bron: rand.bron,
            grafiek: query.chart.clone(),
            publiek: blik.publiek,
            is_los: false,
            n_weggelaten: 0,
        };
        match &published.outcome {
            PublishedOutcome::NotDeterminable(reason) => {
                let (soort, kop) = van_eenheid(&query.unit);
                let column = match query.value.as_str() {
                    "" => ("antwoord", "Antwoord", Soort::Tekst),
                    naam => (naam, kop.as_str(), soort),
                };
                delen.niet_te_bepalen(column, reason);
            }
            _ if gekozen.is_rijen => match &published.werklijst {
                Some(list) => delen.lijst(query, list, gekozen),
                None => delen.verborgen(),
            },
            PublishedOutcome::List(list) => delen.lijst(query, list, gekozen),
            PublishedOutcome::Withheld => delen.verborgen(),
            PublishedOutcome::Cells(_) => delen.cellen(measured, &published, gekozen, blik),
        }
        Some(Self { delen })
    }
}

impl Delen {
    /// Nothing can be said: one cell that says so, and why. Never a 0.
    pub(super) fn niet_te_bepalen(
        &mut self,
        (naam, kop, soort): (&str, &str, Soort),
        reason: &str,
    ) {
        let (naam, kop) = (naam.to_owned(), kop.to_owned());
        self.kolommen = vec![Kolom { naam, kop, soort, is_sleutel: false }];
        let waarde = Shown::Unknown(reason.to_owned());
        self.rijen = vec![vec![Cel { waarde, adres: None }]];
    }

    fn cellen(
        &mut self,
        measured: &Measured,
        published: &PublishedMeasure,
        gekozen: &Gekozen<'_>,
        blik: &Blik<'_>,
    ) {
        let query = &measured.query;
        let level: Vec<&str> = gekozen.niveau.iter().map(String::as_str).collect();
        let is_wanted = |cell: &&PublishedCell| {
            let fits = |(key, values): (&String, &BTreeSet<String>)| {
                values.contains(published.key(cell, key))
            };
            gekozen.waarden.iter().all(fits)
        };
        let cells: Vec<&PublishedCell> = published.level(&level).iter().filter(is_wanted).collect();
        let keys: Vec<Kolom> =
            level.iter().map(|key| sleutel(key, query, published, &cells)).collect();
        let figures = figures(query, &cells);
        let mut rows: Vec<Vec<Cel>> = Vec::with_capacity(cells.len());
        for cell in &cells {
            let mut row: Vec<Cel> = (keys.iter())
                .map(|kolom| Cel {
                    waarde: Shown::Value(sleutelwaarde(kolom, published.key(cell, &kolom.naam))),
                    adres: None,
                })
                .collect();
            row.extend(figures.iter().map(|figure| figure.cel(cell, query.in_rapport)));
            rows.push(row);
        }
        rows.sort_by_cached_key(|row| volgorde(row, &keys, blik));
        let n_hidden = cells.iter().filter(|cell| cell.value == Shown::Hidden).count();
        self.verborgen_rijen(dutch::n_of(n_hidden), blik);
        self.kolommen = keys;
        self.kolommen.extend(figures.into_iter().map(|figure| figure.kolom));
        self.rijen = rows;
    }

    /// Says how many rows are hidden and by which rule.
    pub(super) fn verborgen_rijen(&mut self, n: i64, blik: &Blik<'_>) {
        if n > 0 {
            let rows = dutch::counted(n, "rij is", "rijen zijn");
            self.opmerkingen.push(format!(
                "{rows} onderdrukt: er staan minder dan {} jeugdigen achter, één jeugdige of aanbieder is er het grootste deel van, of zo'n getal zou eruit af te trekken zijn",
                blik.minimum
            ));
        }
    }
}

/// A figure of a cell: its column, and which of the values it is.
struct Figure {
    kolom: Kolom,
    of: Of,
}

#[derive(Clone, Copy)]
enum Of {
    Value,
    Bedrag,
    Ratio { is_minuten: bool },
    Clienten,
    Aanbieders,
}

/// The figures that at least one of the cells has.
fn figures(query: &Query, cells: &[&PublishedCell]) -> Vec<Figure> {
    let (soort, kop) = van_eenheid(&query.unit);
    let column = |naam: &str, kop: &str, soort| Kolom {
        naam: naam.to_owned(),
        kop: kop.to_owned(),
        soort,
        is_sleutel: false,
    };
    let mut out = vec![Figure { kolom: column(&query.value, &kop, soort), of: Of::Value }];
    let any = |has: &dyn Fn(&PublishedCell) -> bool| cells.iter().any(|cell| has(cell));
    // A rule that is not about money has no amounts, rather than amounts of nought.
    let bedrag = query.signaal.as_ref().and_then(|kop| kop.bedrag.as_deref());
    let is_amount = |cell: &PublishedCell| match cell.bedrag_ct {
        Some(Shown::Value(ct)) => ct != 0 || bedrag.is_some(),
        Some(_) => bedrag.is_some(),
        None => false,
    };
    if any(&is_amount) {
        let kop = bedrag.map_or_else(|| "Bedrag".to_owned(), |what| format!("Bedrag: {what}"));
        out.push(Figure { kolom: column(BEDRAG, &kop, Soort::Eurocent), of: Of::Bedrag });
    }
    if any(&|cell| cell.ratio.is_some()) {
        out.push(ratio(query, &kop, soort));
    }
    // A value that counts the children itself is not told twice.
    let is_twice = cells.iter().all(|cell| cell.clienten.as_ref() == Some(&cell.value));
    // Cases of which nobody knows the child are not cases of no children.
    let has_children = |cell: &PublishedCell| match cell.clienten {
        Some(Shown::Value(0)) => query.signaal.is_none(),
        Some(_) => true,
        None => false,
    };
    if any(&has_children) && !(query.counts_children() && is_twice) {
        let kolom = column(CLIENTEN, "Jeugdigen", Soort::Aantal);
        out.push(Figure { kolom, of: Of::Clienten });
    }
    let has_aanbieders = query.contributors.iter().any(|one| one.column() == "aanbieder");
    if has_aanbieders {
        let kolom = column(AANBIEDERS, "Aanbieders", Soort::Aantal);
        out.push(Figure { kolom, of: Of::Aanbieders });
    }
    out
}

fn ratio(query: &Query, kop: &str, soort: Soort) -> Figure {
    let is_rate = query.denominator.as_deref() == Some(JEUGDIGEN);
    let is_minuten = is_rate && soort == Soort::Minuten;
    let (naam, kop, soort) = match soort {
        _ if !is_rate => (AANDEEL, "Aandeel".to_owned(), Soort::Aandeel),
        Soort::Minuten => (PER_10000, "Uren per 10.000 jeugdigen".to_owned(), Soort::Getal(1)),
        Soort::Eurocent => (PER_10000, format!("{kop} per 10.000 jeugdigen"), Soort::Eurocent),
        _ => (PER_10000, format!("{kop} per 10.000 jeugdigen"), Soort::Getal(1)),
    };
    let kolom = Kolom { naam: naam.to_owned(), kop, soort, is_sleutel: false };
    Figure { kolom, of: Of::Ratio { is_minuten } }
}

impl Figure {
    /// `has_adres`: the figures of this query are in a report, where `herkomst` finds them.
    fn cel(&self, cell: &PublishedCell, has_adres: bool) -> Cel {
        let adres = self.adres(cell).filter(|_| has_adres);
        Cel { waarde: self.waarde(cell), adres }
    }

    /// Who stands behind a figure is told beside it, and has no address of its own.
    fn adres(&self, cell: &PublishedCell) -> Option<String> {
        match self.of {
            Of::Value => Some(cell.address.clone()),
            Of::Bedrag => cell.bedrag_address.clone(),
            Of::Ratio { .. } => cell.ratio_address.clone(),
            Of::Clienten | Of::Aanbieders => None,
        }
    }

    fn waarde(&self, cell: &PublishedCell) -> Shown<Waarde> {
        let whole = |value: &Shown<i64>| value.map(Waarde::Geheel);
        match self.of {
            Of::Value => whole(&cell.value),
            Of::Bedrag => cell.bedrag_ct.as_ref().map_or(LEEG, whole),
            Of::Clienten => cell.clienten.as_ref().map_or(LEEG, whole),
            Of::Aanbieders => match cell.aanbieders {
                Some(n) => Shown::Value(Waarde::Geheel(n)),
                None if cell.value == Shown::Hidden => Shown::Hidden,
                None => LEEG,
            },
            Of::Ratio { is_minuten } => cell.ratio.as_ref().map_or(LEEG, |ratio| {
                ratio.map(|value| self.quotient(if is_minuten { value / 60.0 } else { value }))
            }),
        }
    }

    /// Money is whole cents, whatever it is divided by.
    #[allow(clippy::cast_possible_truncation, reason = "a float above i64 is held at its end")]
    fn quotient(&self, value: f64) -> Waarde {
        match self.kolom.soort {
            Soort::Eurocent => Waarde::Geheel(value.round() as i64),
            _ => Waarde::Getal(value),
        }
    }
}

const LEEG: Shown<Waarde> = Shown::Value(Waarde::Leeg);
