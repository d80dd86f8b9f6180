//! Requests for maatwerk: the form, the advices, and the decision.

use super::agreements::{hulptype, is_verblijf};
use super::{Rows, day, made, word, yes};
use crate::practice::agreements::{Overeenkomst, register_nummer};
use crate::practice::calendar::Day;
use crate::practice::columns::Value;
use crate::practice::lines;
use crate::practice::notation::unit_word;
use crate::practice::plan::{Case, Plan};
use crate::practice::population::birth_day;
use crate::practice::rng::Rng;
use crate::practice::world::{self, GEMEENTEN};

pub(super) const AANVRAGEN: &[&str] = &[
    "Aanvraagnummer",
    "Gemeente",
    "Clientnummer",
    "Geboortedatum",
    "Ontvangen beleid",
    "Ontvangen ICM",
    "Spoed",
    "Soort hulp",
    "Verblijf",
    "Check Jeugdwet",
    "Kader",
    "Maatregel",
    "CJG overleg",
    "PGB verkend",
    "Reden geen PGB",
    "Reden niet gecontracteerde aanbieder",
    "AGB-code",
    "Productcode",
    "Gevraagd tarief",
    "Eenheid",
    "Begindatum",
    "Einddatum",
    "Advies beleid",
    "Datum advies beleid",
    "Advies ICM",
    "Datum advies ICM",
    "Besluit",
    "Datum besluit",
    "Alternatief genoemd",
    "Code ICM",
    "Tarief ICM",
    "Overeenkomstnummer",
    "Route",
    "Wet",
    "SKJ",
    "Hulpverleningsplan",
    "Kwaliteitssysteem",
    "Methodiek",
    "VOG",
    "Meldcode",
    "Calamiteiten",
    "Vertrouwenspersoon",
    "Toets inschrijving",
    "Toets bereidheid",
    "Toets andere regio",
    "Toets kwaliteit",
    "Toets fraude",
    "Toets tarief",
];

/// Days between a request and the care it is about.
const AHEAD: u64 = 24;

/// A request for every overeenkomst, and after every sixth one that was refused.
pub(super) fn aanvragen(plan: &Plan) -> Rows<'_> {
    Box::new((0_usize..).zip(&plan.overeenkomsten).flat_map(move |(position, overeenkomst)| {
        let granted = request(plan, position, overeenkomst, true);
        let refused = (position % 6 == 5).then(|| request(plan, position, overeenkomst, false));
        std::iter::once(granted).chain(refused)
    }))
}

/// What is right or forgotten in one request.
struct Luck {
    rng: Rng,
    signalen: bool,
}

impl Luck {
    /// Whether something is forgotten; never where nothing may be found.
    fn fails(&mut self, percent: u64) -> bool {
        self.rng.chance(percent) && self.signalen
    }

    fn filled(&mut self, percent: u64) -> Value {
        word(if self.fails(percent) { "" } else { "zie het dossier" })
    }

    fn done(&mut self, percent: u64) -> Value {
        yes(!self.fails(percent))
    }
}

fn request(plan: &Plan, position: usize, about: &Overeenkomst, is_granted: bool) -> Vec<Value> {
    let case = plan.case(about.case);
    let rng = Rng::of(&[plan.zaad, 26, position as u64, u64::from(is_granted)]);
    let mut luck = Luck { rng, signalen: plan.signalen };
    let letter = if is_granted { "" } else { "-B" };
    let mut row = vec![made(format!("AV-{:04}{letter}", position + 1))];
    add_child(&mut row, plan, case, is_granted, &mut luck);
    let received = working_day(before(case.ingang, AHEAD));
    let is_spoed = luck.rng.chance(20);
    let later = if luck.fails(12) { 2 } else { 0 };
    row.push(Value::Day(received));
    row.push(Value::Day(working_day(received.plus(later))));
    row.push(yes(is_spoed));
    add_form(&mut row, case, about, &mut luck);
    add_care(&mut row, plan, case);
    add_advice(&mut row, plan, case, (received, is_spoed, is_granted), &mut luck);
    row.push(if is_granted { made(register_nummer(position)) } else { Value::Empty });
    let is_stay = is_verblijf(world::product_at(case.product));
    row.push(word(if is_stay && !luck.fails(25) { "KNOOPpunt" } else { "regulier" }));
    row.push(word("Jeugdwet"));
    for percent in [2, 2, 3, 1, 6, 1, 1, 1] {
        row.push(luck.done(percent));
    }
    for percent in [2, 3, 4, 2, 5, 2] {
        row.push(luck.filled(percent));
    }
    row
}

/// The child is that of the overeenkomst; a refused request is about another one, who is in care already.
fn add_child(row: &mut Vec<Value>, plan: &Plan, case: &Case, is_granted: bool, luck: &mut Luck) {
    let mut client = case.client;
    if !is_granted {
        let same: Vec<u32> = (0..)
            .zip(&plan.clients)
            .filter(|(client, gemeente)| **gemeente == case.gemeente && *client != case.client)
            .map(|(client, _)| client)
            .take(50)
            .collect();
        client = same[luck.rng.below(same.len())];
    }
    row.push(word(GEMEENTEN[case.gemeente as usize].naam));
    row.push(Value::Whole(i64::from(plan.bsn(client))));
    row.push(Value::Day(birth_day(plan, client)));
}

fn add_form(row: &mut Vec<Value>, case: &Case, about: &Overeenkomst, luck: &mut Luck) {
    let product = world::product_at(case.product);
    let is_forced = !about.maatregel.is_empty();
    row.push(word(hulptype(product)));
    row.push(yes(is_verblijf(product)));
    row.push(luck.done(4));
    row.push(word(if is_forced { "gedwongen" } else { "vrijwillig" }));
    row.push(word(if is_forced { about.maatregel } else { "geen" }));
    row.push(if about.maatregel == "JB" { luck.done(20) } else { Value::Empty });
    row.push(if is_forced { Value::Empty } else { luck.done(6) });
    row.push(if is_forced { Value::Empty } else { luck.filled(9) });
    row.push(luck.filled(8));
}

fn add_care(row: &mut Vec<Value>, plan: &Plan, case: &Case) {
    let product = world::product_at(case.product);
    row.push(word(case.agb_code()));
    row.push(word(product.code));
    row.push(Value::Cents(lines::tarief_ct(plan, case, case.ingang.month())));
    row.push(word(unit_word(product.eenheid)));
    row.push(Value::Day(case.ingang));
    row.push(day(case.eind));
}

fn add_advice(
    row: &mut Vec<Value>,
    plan: &Plan,
    case: &Case,
    (received, is_spoed, is_granted): (Day, bool, bool),
    luck: &mut Luck,
) {
    let advice = |row: &mut Vec<Value>, is_positive: bool, luck: &mut Luck| {
        let soon = received.plus(if is_spoed { 1 } else { 1 + luck.rng.below(2) as u64 });
        let given = if luck.fails(15) { soon.plus(9) } else { soon };
        row.push(word(if is_positive { "positief" } else { "negatief" }));
        row.push(Value::Day(working_day(given)));
    };
    advice(row, is_granted, luck);
    let differs = luck.fails(10);
    advice(row, is_granted != differs, luck);
    row.push(word(if is_granted { "toegekend" } else { "afgewezen" }));
    row.push(Value::Day(working_day(received.plus(12))));
    row.push(if is_granted { Value::Empty } else { luck.done(20) });
    let named = is_granted && !luck.fails(12);
    let product = world::product_at(case.product);
    let tarief = lines::tarief_ct(plan, case, case.ingang.month());
    row.push(if named { word(product.code) } else { Value::Empty });
    row.push(if named { Value::Cents(tarief) } else { Value::Empty });
}

/// The day `n` days sooner.
fn before(day: Day, n: u64) -> Day {
    use chrono::Datelike;
    let date = day.date() - chrono::Days::new(n);
    Day::new(date.year(), date.month(), date.day())
}

/// The same day, or the Monday after it.
fn working_day(day: Day) -> Day {
    use chrono::{Datelike, Weekday};
    match day.date().weekday() {
        Weekday::Sat => day.plus(2),
        Weekday::Sun => day.plus(1),
        _ => day,
    }
}
