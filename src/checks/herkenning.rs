//! What a product code means in this region: maatwerk, zorgcoordinatie, base product, tariff.
//!
//! Order of recognition (Z20–Z22): lookup table, character rule, category, register. The word "maatwerk" and
//! category 50 decide nothing unless the region says so. An ambiguous base product is reported, never guessed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::checks::tabel::Tabel;
use crate::region::Region;
use crate::rejects::{Reject, Rule, Severity};
use crate::typing::cells::date_of;

/// The base product of a maatwerk code is ambiguous.
pub(super) const MS009: Rule = Rule {
    code: "MS009",
    severity: Severity::Info,
    title: "basisproduct van maatwerkcode is niet eenduidig",
    explanation: "De code is herkend als maatwerk, maar kan bij meer dan één product van de productenlijst horen. Er is geen basisproduct \
        gekozen; een vergelijking met het regionale tarief blijft achterwege.",
    remedy: "leg het basisproduct vast in de opzoektabel van het regiobestand",
    source: "maatstaf (Z22)",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&MS009];

/// What is known of a code by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Betekenis {
    /// `opzoektabel`, `teken` or `categorie`; empty when the code is not maatwerk by itself.
    pub(super) herkenning: &'static str,
    /// The product it stands for; `None` when that is ambiguous.
    pub(super) basisproduct: Option<String>,
    /// Candidates when ambiguous.
    pub(super) mogelijk: Vec<String>,
    /// Zorgcoordinatie.
    pub(super) is_coordinatie: bool,
}

/// A tariff with its validity in day numbers.
#[allow(clippy::struct_field_names, reason = "the column it comes from has this name")]
struct Tarief {
    van: i32,
    tot: i32,
    tarief_ct: i64,
}

/// The tariffs of one product: unit → tariffs.
type Tarieven = HashMap<String, Vec<Tarief>>;

/// Knows the codes of the region.
pub(super) struct Herkenner<'r> {
    region: &'r Region,
    producten: BTreeSet<String>,
    segmenten: BTreeMap<String, String>,
    coordinatie: BTreeSet<String>,
    opzoek: BTreeMap<&'r str, &'r str>,
    tarieven: HashMap<String, Tarieven>,
    is_valid_from: i32,
    is_valid_to: i32,
}

impl<'r> Herkenner<'r> {
    /// Learns from the region and the product list.
    pub(super) fn new(region: &'r Region, producten: &Tabel) -> Self {
        let opzoek =
            region.maatwerk.opzoektabel.iter().map(|(basis, code)| (code.as_str(), basis.as_str()));
        let day = |date: Option<chrono::NaiveDate>, open| {
            date.map_or(open, crate::typing::cells::day_number)
        };
        let mut out = Self {
            region,
            producten: BTreeSet::new(),
            segmenten: BTreeMap::new(),
            coordinatie: region.coordinatie.codes.iter().cloned().collect(),
            opzoek: opzoek.collect(),
            tarieven: HashMap::new(),
            is_valid_from: day(region.maatwerk.geldig.van, i32::MIN),
            is_valid_to: day(region.maatwerk.geldig.tot, i32::MAX),
        };
        out.learn_producten(producten);
        out.learn_tarieven();
        out
    }

    fn learn_producten(&mut self, producten: &Tabel) {
        for row in 0..producten.n_rows() {
            let code = producten.text("productcode", row).to_owned();
            if self.region.coordinatie.uit_producten
                && producten.bool("is_coordinatie", row) == Some(true)
            {
                self.coordinatie.insert(code.clone());
            }
            let segment = producten.text("segment", row);
            if !segment.is_empty() {
                self.segmenten.insert(code.clone(), segment.to_owned());
            }
            if let Some(tarief_ct) = producten.int("tarief_ct", row) {
                let van = producten.date("geldig_van", row).unwrap_or(i32::MIN);
                let tot = producten.date("geldig_tot", row).unwrap_or(i32::MAX);
                let eenheid = producten.text("eenheid", row).to_owned();
                let of_code = self.tarieven.entry(code.clone()).or_default();
                of_code.entry(eenheid).or_default().push(Tarief { van, tot, tarief_ct });
            }
            self.producten.insert(code);
        }
    }

    /// Tariffs of the region file hold only for products that the product list does not have.
    fn learn_tarieven(&mut self) {
        for tarief in
            self.region.tarieven.iter().filter(|t| !self.producten.contains(&t.productcode))
        {
            let day = |date: Option<chrono::NaiveDate>, open| {
                date.map_or(open, crate::typing::cells::day_number)
            };
            let van = day(tarief.geldig.van, i32::MIN);
            let tot = day(tarief.geldig.tot, i32::MAX);
            let of_code = self.tarieven.entry(tarief.productcode.clone()).or_default();
            let of_unit = of_code.entry(tarief.eenheid.clone()).or_default();
            of_unit.push(Tarief { van, tot, tarief_ct: tarief.tarief_ct });
        }
    }

    /// What a code means by itself.
    pub(super) fn betekenis(&self, productcode: &str, categorie: &str) -> Betekenis {
        let rules = &self.region.maatwerk;
        let is_coordinatie = self.coordinatie.contains(productcode);
        let own = || Some(productcode.to_owned());
        if let Some(basis) = self.opzoek.get(productcode) {
            let basisproduct = Some((*basis).to_owned());
            return Betekenis {
                herkenning: "opzoektabel",
                basisproduct,
                is_coordinatie,
                ..Betekenis::default()
            };
        }
        if let Some(mogelijk) = self.by_character(productcode) {
            let basisproduct = if mogelijk.len() == 1 { mogelijk.first().cloned() } else { None };
            return Betekenis { herkenning: "teken", basisproduct, mogelijk, is_coordinatie };
        }
        let herkenning =
            if rules.categorieen.iter().any(|c| c == categorie) { "categorie" } else { "" };
        Betekenis { herkenning, basisproduct: own(), is_coordinatie, ..Betekenis::default() }
    }

    /// Base products of a code with the maatwerk character; `None` when it has none, or when the product list
    /// shows that no product can be behind it.
    fn by_character(&self, productcode: &str) -> Option<Vec<String>> {
        let rule = self.region.maatwerk.teken?;
        let at = rule.positie.checked_sub(1)?;
        let pattern: Vec<char> = productcode.chars().collect();
        if pattern.get(at) != Some(&rule.teken) {
            return None;
        }
        if self.producten.is_empty() {
            return Some(Vec::new());
        }
        let fits = |code: &&String| {
            let other: Vec<char> = code.chars().collect();
            other.len() == pattern.len()
                && other[at] != rule.teken
                && other.iter().zip(&pattern).enumerate().all(|(i, (a, b))| i == at || a == b)
        };
        let bases: Vec<String> = self.producten.iter().filter(fits).cloned().collect();
        (!bases.is_empty()).then_some(bases)
    }

    /// True when the maatwerk rules of the region hold on that day.
    pub(super) fn is_valid(&self, day: i32) -> bool {
        (self.is_valid_from..=self.is_valid_to).contains(&day)
    }

    /// The regional tariff of a product on a day, in eurocents per unit.
    pub(super) fn tarief_ct(&self, product: &str, eenheid: &str, day: i32) -> Option<i64> {
        let tarieven = self.tarieven.get(product)?.get(eenheid)?;
        tarieven.iter().rev().find(|t| (t.van..=t.tot).contains(&day)).map(|t| t.tarief_ct)
    }

    /// The segment of a product.
    pub(super) fn segment(&self, product: &str) -> Option<&str> {
        self.segmenten.get(product).map(String::as_str)
    }
}

/// One hit per code whose base product is ambiguous: code → the products it may stand for.
pub(super) fn ambiguous(codes: &BTreeMap<String, Vec<String>>) -> Vec<Reject> {
    let hit = |(code, mogelijk): (&String, &Vec<String>)| Reject {
        table: crate::schema::DECLARATIES.name.to_owned(),
        column: "productcode".to_owned(),
        found: code.clone(),
        expected: mogelijk.join(" of "),
        ..Reject::new(&MS009, "", 0)
    };
    codes.iter().map(hit).collect()
}

/// What a day belongs to.
#[derive(Debug, Clone)]
pub(super) struct Dag {
    /// `2025-07`
    pub(super) maand: String,
    /// `2025-K3`
    pub(super) kwartaal: String,
    /// 2025
    pub(super) jaar: i64,
}

impl Dag {
    /// Of a day number.
    pub(super) fn of(day: i32) -> Self {
        let date = date_of(day).expect("typing accepts existing days only");
        let maand = crate::period::Maand::of(date);
        let kwartaal = maand.kwartaal();
        Self {
            maand: maand.to_string(),
            kwartaal: kwartaal.to_string(),
            jaar: i64::from(kwartaal.year()),
        }
    }
}
