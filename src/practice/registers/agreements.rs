//! What was agreed with aanbieders: maatwerkovereenkomsten and contracten.

use super::{Rows, day, made, word, yes};
use crate::practice::agreements::register_nummer;
use crate::practice::columns::Value;
use crate::practice::exports::MESSAGES;
use crate::practice::lines;
use crate::practice::notation::unit_word;
use crate::practice::plan::Plan;
use crate::practice::population::birth_day;
use crate::practice::rng::Rng;
use crate::practice::world::{
    self, AANBIEDERS, COORDINATIE_MINUUT, COORDINATIE_UUR, GEMEENTEN, KIKKERPOEL, Product,
};

pub(super) const OVEREENKOMSTEN: &[&str] = &[
    "Overeenkomstnummer",
    "Gemeente",
    "Clientnummer",
    "Geboortedatum",
    "AGB-code",
    "IBAN",
    "Productcode",
    "Begindatum",
    "Einddatum",
    "Tarief",
    "Eenheid",
    "Volume",
    "Contractwaarde",
    "Ondertekenaar",
    "Getekend op",
    "Ontvangen ICM",
    "Registratiedatum",
    "Motivatie",
    "Reden",
    "Maatregel",
    "Verlenging van",
    "Mochadocs",
    "Soort hulp",
    "Verblijf",
];

pub(super) const CONTRACTEN: &[&str] =
    &["Contract", "AGB-code", "Productcode", "Segment", "Contractsoort", "Begindatum", "Einddatum"];

pub(super) fn overeenkomsten(plan: &Plan) -> Rows<'_> {
    Box::new((0..plan.overeenkomsten.len()).map(move |position| overeenkomst(plan, position)))
}

fn overeenkomst(plan: &Plan, position: usize) -> Vec<Value> {
    let overeenkomst = &plan.overeenkomsten[position];
    let case = plan.case(overeenkomst.case);
    let product = world::product_at(case.product);
    let mut rng = Rng::of(&[plan.zaad, 12, position as u64]);
    let tarief = lines::tarief_ct(plan, case, case.ingang.month());
    let months = case.eind.map_or(12, |eind| i64::from(eind.month() - case.ingang.month() + 1));
    let volume = if product.eenheid == "14" { 31 * months } else { 14 * months };
    let functie = ["teammanager toegang", "afdelingsmanager"][rng.below(2)];
    let signed = case.ingang.plus(u64::try_from(rng.between(0, 20)).expect("not negative"));
    let received = signed.plus(u64::try_from(rng.between(1, 25)).expect("not negative"));
    let motivated = !rng.chance(15);
    vec![
        made(register_nummer(position)),
        word(GEMEENTEN[case.gemeente as usize].naam),
        Value::Whole(i64::from(plan.bsn(case.client))),
        Value::Day(birth_day(plan, case.client)),
        word(case.agb_code()),
        made(iban(case.aanbieder)),
        word(product.code),
        Value::Day(case.ingang),
        day(case.eind),
        Value::Cents(tarief),
        word(unit_word(product.eenheid)),
        made(volume.to_string()),
        Value::Cents(tarief * volume),
        word(functie),
        Value::Day(signed),
        Value::Day(received),
        Value::Day(received.plus(2)),
        word(if motivated { "vastgelegd in het dossier" } else { "" }),
        word(overeenkomst.reden),
        word(overeenkomst.maatregel),
        overeenkomst.vorige.map(register_nummer).map_or(Value::Empty, made),
        made(format!("OEF-{:05}", 10_000 + position)),
        word(hulptype(product)),
        yes(is_verblijf(product)),
    ]
}

/// Kind of help of a product.
pub(super) fn hulptype(product: &Product) -> &'static str {
    match (product.categorie(), product.eenheid) {
        ("44", _) => "gezinshuis",
        (_, "14") => "instelling",
        _ => "ambulant",
    }
}

/// Whether a child stays the night.
pub(super) fn is_verblijf(product: &Product) -> bool {
    product.eenheid == "14"
}

/// An account at a bank that does not exist, with check digits that are right.
pub(in crate::practice) fn iban(aanbieder: u32) -> String {
    let account = format!("OEFN{:010}", 99_000_000 + aanbieder);
    let digits: String = format!("{account}NL00")
        .chars()
        .map(|c| c.to_digit(36).expect("letters and digits").to_string())
        .collect();
    let rest = digits.bytes().fold(0_u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("NL{:02}{account}", 98 - rest)
}

pub(super) fn contracten(_: &Plan) -> Rows<'_> {
    Box::new((0_u32..).zip(&AANBIEDERS).filter(|(_, a)| !a.contract.is_empty()).flat_map(
        |(position, aanbieder)| {
            let coordination =
                if aanbieder.bron == MESSAGES { COORDINATIE_MINUUT } else { COORDINATIE_UUR };
            let mut offered: Vec<u32> =
                aanbieder.producten.iter().map(|(product, _)| *product).collect();
            offered.extend(aanbieder.coordinates().then_some(coordination));
            let eind = match aanbieder.contract {
                "afbouw" => "31-12-2025",
                _ if position == KIKKERPOEL => "15-11-2025",
                _ => "31-12-2026",
            };
            let pairs = (1..).zip(aanbieder.agb).flat_map(move |(nth, agb)| {
                offered.clone().into_iter().map(move |p| (nth, agb, p))
            });
            pairs.map(move |(nth, agb, product): (u32, _, _)| {
                let product = world::product_at(product);
                vec![
                    made(format!("C-{:02}{nth:02}", position + 1)),
                    word(agb),
                    word(product.code),
                    word(product.segment),
                    word(aanbieder.contract),
                    word("01-01-2023"),
                    word(eind),
                ]
            })
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_passes_the_97_proof() {
        let text = iban(3);
        let turned = format!("{}{}", &text[4..], &text[..4]);
        let digits: String = turned.chars().map(|c| c.to_digit(36).unwrap().to_string()).collect();
        assert_eq!(digits.bytes().fold(0, |rest, d| (rest * 10 + u32::from(d - b'0')) % 97), 1);
    }
}
