//! What there is: products, aanbieders, gemeenten, and what is set up in the back office.

use std::collections::BTreeSet;

use super::{Rows, made, word, yes};
use crate::practice::columns::Value;
use crate::practice::notation::unit_word;
use crate::practice::plan::{Kind, Plan};
use crate::practice::rng::Rng;
use crate::practice::world::{
    self, AANBIEDERS as ALL, COORDINATIE_UUR, GEMEENTEN as PLACES, KLEIN_RHENOY, Lijst,
    PRODUCTEN as LIST, REGION,
};

pub(super) const PRODUCTEN: &[&str] = &[
    "Productcode",
    "Omschrijving",
    "Categorie",
    "Segment",
    "Eenheid",
    "Tarief",
    "geldig_van",
    "geldig_tot",
    "is_coordinatie",
    "Basiscode",
];

pub(super) const AANBIEDERS: &[&str] = &[
    "AGB-code",
    "Naam aanbieder",
    "KvK nummer",
    "Werkwijze 1Gezin1Plan",
    "Aandachtsfunctionaris",
    "Scholingsplan",
    "Geschoold 1Gezin1Plan",
    "Geschoold voorzitten overleg",
    "Uitkomst inschrijving",
];

pub(super) const GEMEENTEN: &[&str] = &["Gemeentecode", "Gemeentenaam", "Jaar", "Jeugdigen 0-17"];

pub(super) const PRODUCTINRICHTING: &[&str] = &["AGB-code", "Productcode", "Ingericht vanaf"];

pub(super) fn producten(_: &Plan) -> Rows<'_> {
    Box::new(LIST.iter().filter(|product| product.lijst != Lijst::Buiten).flat_map(|product| {
        (2023..).zip(product.prijs).map(move |(jaar, prijs): (i32, _)| {
            vec![
                word(product.code),
                word(product.naam),
                word(product.categorie()),
                word(product.segment),
                word(unit_word(product.eenheid)),
                if product.lijst == Lijst::Tarief { Value::Cents(prijs) } else { Value::Empty },
                made(format!("01-01-{jaar}")),
                made(format!("31-12-{jaar}")),
                yes(product.code == LIST[COORDINATIE_UUR as usize].code),
                Value::Empty,
            ]
        })
    }))
}

pub(super) fn aanbieders(plan: &Plan) -> Rows<'_> {
    let (zaad, signalen) = (plan.zaad, plan.signalen);
    Box::new((1_i64..).zip(&ALL).flat_map(move |(position, aanbieder)| {
        let mut rng = Rng::of(&[zaad, 22, position.unsigned_abs()]);
        let mut lacks = |percent| signalen && rng.chance(percent);
        let (werkwijze, functionaris, scholing) = (!lacks(10), !lacks(20), !lacks(15));
        let trained = if lacks(15) { 0 } else { 2 + position % 5 };
        let chairs = if lacks(15) { 0 } else { 1 + position % 3 };
        let is_last = position.unsigned_abs() == ALL.len() as u64;
        let outcome = match (aanbieder.contract, is_last) {
            ("", true) => "niet gegund",
            ("", false) => "niet ingeschreven",
            _ => "gegund",
        };
        aanbieder.agb.iter().map(move |agb| {
            vec![
                word(agb),
                word(aanbieder.naam),
                made(format!("9900{position:04}")),
                yes(werkwijze),
                yes(functionaris),
                yes(scholing),
                Value::Whole(trained),
                Value::Whole(chairs),
                word(outcome),
            ]
        })
    }))
}

/// Children per gemeente such that 12 percent of them were in care in 2024; without signals exactly by the weights
/// with which maatwerk is drawn, for else chance in the number in care would look like a difference.
pub(super) fn gemeenten(plan: &Plan) -> Rows<'_> {
    let mut in_care = vec![false; plan.clients.len()];
    for case in &plan.cases {
        in_care[case.client as usize] |= case.first <= 14 && case.last >= 3;
    }
    let mut clients = [0_usize; REGION];
    for (client, gemeente) in plan.clients.iter().enumerate() {
        if in_care[client] && (*gemeente as usize) < REGION {
            clients[*gemeente as usize] += 1;
        }
    }
    let planned = (0..REGION).flat_map(move |gemeente| {
        let in_2024 = if plan.signalen {
            clients[gemeente] * 100 / 12
        } else {
            let per_weight = plan.clients.len() / 20;
            usize::try_from(PLACES[gemeente].gewicht).expect("a small weight") * per_weight
        };
        (2022..).zip([985, 992, 1000, 1006]).map(move |(jaar, permille): (i32, usize)| {
            vec![
                word(PLACES[gemeente].code),
                word(PLACES[gemeente].naam),
                made(jaar.to_string()),
                made((in_2024 * permille / 1000).to_string()),
            ]
        })
    });
    // Two numbers for one gemeente in a year that no figure is about (MS269).
    let twice = [900, 950].map(|children| {
        let place = &PLACES[KLEIN_RHENOY as usize];
        vec![word(place.code), word(place.naam), word("2021"), Value::Whole(children)]
    });
    Box::new(planned.chain(twice))
}

/// Every product of every aanbieder that declares it; of one maatwerk code somebody forgot it.
pub(super) fn productinrichting(plan: &Plan) -> Rows<'_> {
    let of_case = |case: &crate::practice::plan::Case| {
        (case.agb_code(), world::product_at(case.product).code)
    };
    let of_kind = |wanted: fn(Kind) -> bool| -> BTreeSet<(&'static str, &'static str)> {
        plan.cases.iter().filter(|case| wanted(case.kind)).map(of_case).collect()
    };
    let mut set_up = of_kind(|kind| kind != Kind::Wmo);
    if plan.signalen {
        let registered = of_kind(|kind| kind == Kind::Maatwerk);
        if let Some(forgotten) = registered.last() {
            set_up.remove(forgotten);
        }
    }
    Box::new(set_up.into_iter().map(|(agb, code)| vec![word(agb), word(code), word("01-01-2023")]))
}
