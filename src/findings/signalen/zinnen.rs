//! The sentence of a rule with its figures filled in.

use crate::dutch::{count, counted, decimal, euro_whole, percent};
use crate::findings::signalen::lezen::Telling;
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
    let most = |groups: &[(String, i64)]| {
        groups
            .first()
            .map_or_else(|| "onbekend".to_owned(), |(name, n)| format!("{name} ({})", count(*n)))
    };
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
        Deel::Gemeenten => {
            counted(crate::dutch::n_of(telling.per_gemeente.len()), "gemeente", "gemeenten")
        }
        Deel::MeestGemeente => most(&telling.per_gemeente),
        Deel::MeestAanbieder => most(&telling.per_aanbieder),
        // Figures of a measure do not pass the check of a header.
        Deel::Totaal | Deel::Grootste | Deel::GrootsteAandeel | Deel::Cellen => String::new(),
        Deel::Drempel => drempel.map_or_else(String::new, |drempel| drempel.waarde.clone()),
    }
}

/// A share in words: `57 procent`.
fn aandeel(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "geen".to_owned();
    }
    format!("{} procent", decimal(part as f64 * 100.0 / whole as f64, 0))
}

fn vergeleken(verschil: &Verschil) -> String {
    format!(
        "{}: {} van {} ({}), elders {}; dat is {} dan toeval verklaart.",
        verschil.naam,
        count(verschil.treffers),
        count(verschil.gevallen),
        percent(verschil.treffers as f64 / verschil.gevallen as f64, 0),
        percent(verschil.elders, 0),
        if verschil.is_meer { "meer" } else { "minder" }
    )
}

/// A sentence may begin with a figure or a name; a word gets its capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
