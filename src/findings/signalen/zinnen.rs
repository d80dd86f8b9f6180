//! The sentence of a rule with its figures filled in.

use crate::dutch::{capital, count, counted, euro_whole, list, n_of, percent_part};
use crate::findings::signalen::lezen::{Groep, Telling};
use crate::findings::signalen::vergelijking::Verschil;
use crate::metrics::signaal::{Deel, SignaalKop};
use crate::region::Genoemd;

/// What is said: nothing without hits, and of a rule that compares nothing when nobody differs.
pub(super) fn zin(
    kop: &SignaalKop,
    telling: &Telling,
    verschillen: &[Verschil],
    drempel: Option<&Genoemd>,
) -> String {
    if telling.treffers == 0 || (kop.vergelijk.is_some() && verschillen.is_empty()) {
        return String::new();
    }
    let mut out: String =
        kop.zin.iter().map(|deel| tekst(deel, &kop.geval, telling, drempel)).collect();
    let is_told = kop.zin.contains(&Deel::Onbekend);
    if telling.onbekend > 0 && !is_told {
        out.extend([" Van ", &count(telling.onbekend), " is het niet te zeggen."]);
    }
    for verschil in verschillen {
        out.push(' ');
        out.push_str(&vergeleken(verschil));
    }
    out.push(' ');
    out.push_str(&kop.gesprek);
    capital(&out)
}

fn tekst(deel: &Deel, geval: &[String; 2], telling: &Telling, drempel: Option<&Genoemd>) -> String {
    let n = telling.treffers;
    match deel {
        Deel::Tekst(text) => text.clone(),
        Deel::Treffers => counted(n, &geval[0], &geval[1]),
        Deel::Aantal => count(n),
        Deel::Keuze(one, more) => if n == 1 { one } else { more }.clone(),
        Deel::Beoordeeld => count(n + telling.goed),
        Deel::Onbekend => count(telling.onbekend),
        Deel::Aandeel => aandeel(n, n + telling.goed),
        Deel::Bedrag => euro_whole(telling.bedrag_ct),
        Deel::Clienten => counted(telling.clienten, "jeugdige", "jeugdigen"),
        Deel::Aanbieders => counted(telling.aanbieders, "aanbieder", "aanbieders"),
        Deel::Gemeenten => counted(n_of(telling.per_gemeente.len()), "gemeente", "gemeenten"),
        Deel::MeestGemeente => most(&telling.per_gemeente, "gemeenten"),
        Deel::MeestAanbieder => most(&telling.per_aanbieder, "aanbieders"),
        // Figures of a measure do not pass the check of a header.
        Deel::Totaal | Deel::Grootste | Deel::GrootsteAandeel | Deel::Cellen => String::new(),
        Deel::Drempel => drempel.map_or_else(String::new, |drempel| drempel.waarde.clone()),
    }
}

/// More than so many that share the first place are counted and not named.
const MAX_FIRST: usize = 3;

/// Who has most hits, by name; all of them when they are equal, so that nobody stands out by the alphabet.
fn most(groups: &[Groep], what: &str) -> String {
    let Some(top) = groups.first().map(|groep| groep.treffers) else {
        return "onbekend".to_owned();
    };
    let first: Vec<&str> = first(groups).map(|groep| groep.naam.as_str()).collect();
    match first.as_slice() {
        [name] => format!("{name} ({})", count(top)),
        names if names.len() <= MAX_FIRST => format!("{} (elk {})", list(names), count(top)),
        names => format!("{} {what} (elk {})", count(n_of(names.len())), count(top)),
    }
}

/// Those with most hits.
fn first(groups: &[Groep]) -> impl Iterator<Item = &Groep> {
    let top = groups.first().map(|groep| groep.treffers);
    groups.iter().filter(move |groep| Some(groep.treffers) == top)
}

/// Addresses of the numbers per gemeente and aanbieder that the sentence tells.
pub(super) fn cites(kop: &SignaalKop, telling: &Telling, verschillen: &[Verschil]) -> Vec<String> {
    let of_deel = |deel: &Deel| match deel {
        Deel::MeestGemeente => telling.per_gemeente.as_slice(),
        Deel::MeestAanbieder => telling.per_aanbieder.as_slice(),
        _ => &[],
    };
    let most = kop.zin.iter().flat_map(|deel| first(of_deel(deel))).map(|one| one.address.clone());
    most.chain(verschillen.iter().flat_map(|verschil| verschil.cites.clone())).collect()
}

/// A share in words: `57 procent`. What is not all, or not none, is not rounded to it.
pub(in crate::findings) fn aandeel(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "geen".to_owned();
    }
    percent_part(part as f64 / whole as f64).replace('%', " procent")
}

fn vergeleken(verschil: &Verschil) -> String {
    format!(
        "{}: {} van {} ({}), elders {}; dat is {} dan toeval verklaart.",
        verschil.naam,
        count(verschil.treffers),
        count(verschil.gevallen),
        percent_part(verschil.treffers as f64 / verschil.gevallen as f64),
        percent_part(verschil.elders),
        if verschil.is_meer { "meer" } else { "minder" }
    )
}
