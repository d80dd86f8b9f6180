//! The answers of one quarter, over the lines that count.
//!
//! Enters: counted lines. Leaves: sums per gemeente, aanbieder and product, and clients by number of aanbieders.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::agreements::{self, Overeenkomst};
use super::answers::{Sum, recognition};
use super::calendar;
use super::lines::Line;
use super::plan::{Case, Plan};
use super::world::{
    self, AANBIEDERS, COORDINATIE_MINUUT, COORDINATIE_UUR, GEMEENTEN, Lijst, Product, REGION,
};

/// Sums of one quarter.
#[derive(Debug)]
pub(super) struct QuarterSums {
    total: Sum,
    kosten: BTreeMap<u32, i64>,
    /// Per gemeente and way of recognition, eurocents.
    maatwerk: BTreeMap<(u32, &'static str), i64>,
    ambiguous: BTreeMap<u32, i64>,
    /// Per aanbieder: minutes and eurocents.
    coordinatie: BTreeMap<u32, (i64, i64)>,
    /// Per aanbieder and product, eurocents above the regional tariff.
    above: BTreeMap<(u32, u32), i64>,
    /// Per product, gemeente and aanbieder: eurocents and thousandths of the unit.
    prijzen: BTreeMap<(u32, u32, u32), (i64, i64)>,
    /// Per client a bit for each aanbieder that coordinated, and that was involved.
    coordinators: Vec<u32>,
    involved: Vec<u32>,
}

impl QuarterSums {
    pub(super) fn new(clients: usize) -> Self {
        Self {
            total: Sum::default(),
            kosten: BTreeMap::new(),
            maatwerk: BTreeMap::new(),
            ambiguous: BTreeMap::new(),
            coordinatie: BTreeMap::new(),
            above: BTreeMap::new(),
            prijzen: BTreeMap::new(),
            coordinators: vec![0; clients],
            involved: vec![0; clients],
        }
    }

    /// Adds a line that counts.
    pub(super) fn add(&mut self, case: &Case, line: &Line) {
        let bedrag_ct = line.signed_ct();
        let client = case.client as usize;
        self.total.add(bedrag_ct);
        *self.kosten.entry(case.gemeente).or_default() += bedrag_ct;
        self.involved[client] |= 1 << case.aanbieder;
        if let Some(how) = recognition(case.kind, case.product) {
            *self.maatwerk.entry((case.gemeente, how)).or_default() += bedrag_ct;
            if case.product == world::M_GEZIN {
                *self.ambiguous.entry(case.gemeente).or_default() += bedrag_ct;
            }
        }
        if let Some(per_unit) = coordination_minutes(case.product) {
            let sums = self.coordinatie.entry(case.aanbieder).or_default();
            sums.0 += line.volume_milli * per_unit / 1000;
            sums.1 += bedrag_ct;
            self.coordinators[client] |= 1 << case.aanbieder;
        }
        let product = world::product_at(case.product);
        let regional = product.prijs[calendar::year_position(line.month)];
        let over = bedrag_ct - line.volume_milli * regional / 1000;
        if product.lijst == Lijst::Tarief && over > 0 {
            *self.above.entry((case.aanbieder, case.product)).or_default() += over;
        }
        let prijs = self.prijzen.entry((case.product, case.gemeente, case.aanbieder)).or_default();
        prijs.0 += bedrag_ct;
        prijs.1 += line.volume_milli;
    }

    /// The answers of this quarter.
    pub(super) fn answers(&self, plan: &Plan, position: usize) -> Value {
        json!({
            "geteld": self.total,
            "clienten": self.involved.iter().filter(|bits| **bits != 0).count(),
            "kosten_per_gemeente_ct": by_gemeente(&self.kosten),
            "maatwerk": self.maatwerk_answers(plan, position),
            "coordinatie": self.coordination_answers(),
            "clienten_per_aantal_aanbieders": self.by_number_of_aanbieders(|_| true),
            "gecoordineerde_clienten_per_aantal_aanbieders":
                self.by_number_of_aanbieders(|client| self.coordinators[client] != 0),
            "boven_tarief_ct": self.above_answers(),
            "producten": self.product_answers(),
            "vrije_prijzen": self.price_answers(),
        })
    }

    fn maatwerk_answers(&self, plan: &Plan, position: usize) -> Value {
        let mut answers = serde_json::Map::new();
        for (gemeente, place) in (0..).zip(&GEMEENTEN[..REGION]) {
            let count = |wanted: &dyn Fn(&Overeenkomst, &Case) -> bool| {
                plan.overeenkomsten
                    .iter()
                    .map(|overeenkomst| (overeenkomst, plan.case(overeenkomst.case)))
                    .filter(|(overeenkomst, case)| {
                        case.gemeente == gemeente && wanted(overeenkomst, case)
                    })
                    .count()
            };
            let is_new =
                |case: &Case| case.ingang.month() / 3 == i32::try_from(position).expect("small");
            let kosten: BTreeMap<&str, i64> = self
                .maatwerk
                .iter()
                .filter(|((g, _), _)| *g == gemeente)
                .map(|((_, how), ct)| (*how, *ct))
                .collect();
            let answer = json!({
                "naam": place.naam,
                "nieuw": count(&|_, case| is_new(case)),
                "nieuw_jr": count(&|overeenkomst, case| is_new(case) && overeenkomst.maatregel == "JR"),
                "lopend": count(&|_, case| agreements::runs_in(case, position)),
                "lopend_jr": count(&|overeenkomst, case| {
                    agreements::runs_in(case, position) && overeenkomst.maatregel == "JR"
                }),
                "lopend_op_einde": count(&|_, case| agreements::runs_at_end(case, position)),
                "kosten_ct": kosten.values().sum::<i64>(),
                "kosten_per_herkenning_ct": kosten,
                "waarvan_dubbelzinnig_ct": self.ambiguous.get(&gemeente).copied().unwrap_or(0),
            });
            answers.insert(place.code.to_owned(), answer);
        }
        Value::Object(answers)
    }

    fn coordination_answers(&self) -> Value {
        let answer = |(aanbieder, (minuten, bedrag_ct)): (&u32, &(i64, i64))| {
            let clienten =
                self.coordinators.iter().filter(|bits| **bits & (1 << aanbieder) != 0).count();
            let naam = world::aanbieder_at(*aanbieder).naam.to_owned();
            (naam, json!({ "minuten": minuten, "clienten": clienten, "bedrag_ct": bedrag_ct }))
        };
        self.coordinatie.iter().map(answer).collect::<serde_json::Map<_, _>>().into()
    }

    fn by_number_of_aanbieders(&self, wanted: impl Fn(usize) -> bool) -> BTreeMap<u32, u64> {
        let mut answers = BTreeMap::new();
        for (client, bits) in self.involved.iter().enumerate() {
            if *bits != 0 && wanted(client) {
                *answers.entry(bits.count_ones()).or_default() += 1;
            }
        }
        answers
    }

    fn above_answers(&self) -> BTreeMap<&str, BTreeMap<String, i64>> {
        let mut answers: BTreeMap<&str, BTreeMap<String, i64>> = BTreeMap::new();
        for ((aanbieder, product), ct) in &self.above {
            let per_product = answers.entry(world::aanbieder_at(*aanbieder).naam).or_default();
            per_product.insert(name_of(world::product_at(*product)), *ct);
        }
        answers
    }

    fn product_answers(&self) -> Value {
        let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for ((product, _, _), (bedrag_ct, volume_milli)) in &self.prijzen {
            let sum = sums.entry(name_of(world::product_at(*product))).or_default();
            sum.0 += bedrag_ct;
            sum.1 += volume_milli;
        }
        let answer = |(naam, (bedrag_ct, volume_milli))| {
            (naam, json!({ "bedrag_ct": bedrag_ct, "volume_duizendsten": volume_milli }))
        };
        sums.into_iter().map(answer).collect::<serde_json::Map<_, _>>().into()
    }

    /// Σ eurocents and Σ volume of the products without a regional tariff, per gemeente and aanbieder.
    fn price_answers(&self) -> Vec<Value> {
        self.prijzen
            .iter()
            .filter(|((product, _, _), _)| world::product_at(*product).lijst == Lijst::VrijePrijs)
            .map(|((product, gemeente, aanbieder), (bedrag_ct, volume_milli))| {
                json!({
                    "product": name_of(world::product_at(*product)),
                    "gemeente": GEMEENTEN[*gemeente as usize].code,
                    "aanbieder": AANBIEDERS[*aanbieder as usize].naam,
                    "bedrag_ct": bedrag_ct,
                    "volume_duizendsten": volume_milli,
                })
            })
            .collect()
    }
}

/// Minutes per unit of a coordination product.
fn coordination_minutes(product: u32) -> Option<i64> {
    match product {
        COORDINATIE_UUR => Some(60),
        COORDINATIE_MINUUT => Some(1),
        _ => None,
    }
}

/// Code and unit, as `45A04/04`.
pub(super) fn name_of(product: &Product) -> String {
    format!("{}/{}", product.code, product.eenheid)
}

fn by_gemeente(sums: &BTreeMap<u32, i64>) -> BTreeMap<&str, i64> {
    sums.iter().map(|(gemeente, ct)| (GEMEENTEN[*gemeente as usize].code, *ct)).collect()
}
