//! Rules on one declaratie and its toewijzing.

use crate::checks::omvang::{
    Frequentie, MINUUT, Omvang, Periode, UUR, is_maandbegin, is_maandeinde,
};
use crate::checks::regel::day;
use crate::rejects::{Rule, Severity};

const IJW: &str = "iJw 3.2";

/// Not before the toewijzing.
pub(super) const TR307: Rule = Rule {
    code: "TR307",
    severity: Severity::Waarschuwing,
    title: "productperiode begint vóór de toewijzing",
    explanation: "De zorg begint voordat de nieuwste versie van de toewijzing ingaat (OP279). De regel telt mee.",
    remedy: "vraag de aanbieder of de toewijzing en de periode bij elkaar horen",
    source: IJW,
};
/// Not after the toewijzing.
pub(super) const TR308: Rule = Rule {
    code: "TR308",
    severity: Severity::Waarschuwing,
    title: "productperiode loopt door na de toewijzing",
    explanation: "De zorg eindigt na de einddatum van de nieuwste versie van de toewijzing (OP368). De regel telt mee.",
    remedy: "ga na of de toewijzing is verlengd en lever die versie aan; vraag het anders de aanbieder",
    source: IJW,
};
/// Begins where a month or the toewijzing begins.
pub(super) const TR387: Rule = Rule {
    code: "TR387",
    severity: Severity::Waarschuwing,
    title: "productperiode begint niet op de eerste dag van de maand of de toewijzing",
    explanation: "In een bericht is de productperiode de kalendermaand, voor zover de toewijzing dan loopt (IV089). Het is niet de dag waarop \
        de zorg begon.",
    remedy: "meld het aan de aanbieder; aan de cijfers per maand verandert niets",
    source: IJW,
};
/// Ends where a month or the toewijzing ends.
pub(super) const TR388: Rule = Rule {
    code: "TR388",
    severity: Severity::Waarschuwing,
    title: "productperiode eindigt niet op de laatste dag van de maand of de toewijzing",
    explanation: "In een bericht is de productperiode de kalendermaand, voor zover de toewijzing dan loopt (IV089). Het is niet de dag waarop \
        de zorg eindigde.",
    remedy: "meld het aan de aanbieder; aan de cijfers per maand verandert niets",
    source: IJW,
};
/// The category that was granted.
pub(super) const TR339: Rule = Rule {
    code: "TR339",
    severity: Severity::Waarschuwing,
    title: "productcategorie is een andere dan toegewezen",
    explanation: "Noemt de toewijzing een productcategorie, dan declareert de aanbieder diezelfde categorie (OP302).",
    remedy: "vraag de aanbieder welke toewijzing bedoeld is",
    source: IJW,
};
/// The product that was granted.
pub(super) const TR340: Rule = Rule {
    code: "TR340",
    severity: Severity::Waarschuwing,
    title: "productcode is een andere dan toegewezen",
    explanation: "Noemt de toewijzing een productcode, dan declareert de aanbieder diezelfde code (OP302). Een toewijzing zonder code laat \
        meer codes toe (IV075); die worden hier niet genoemd.",
    remedy: "vraag de aanbieder welke toewijzing bedoeld is",
    source: IJW,
};
/// The unit that was granted.
pub(super) const TR341: Rule = Rule {
    code: "TR341",
    severity: Severity::Waarschuwing,
    title: "eenheid is een andere dan toegewezen",
    explanation: "De eenheid is die van de toewijzing. Alleen een toewijzing in uren (04) mag in minuten (01) worden gedeclareerd (OP267).",
    remedy: "vraag de aanbieder in de toegewezen eenheid te declareren",
    source: IJW,
};
/// Not more than was granted for the period.
pub(super) const TR321: Rule = Rule {
    code: "TR321",
    severity: Severity::Waarschuwing,
    title: "meer gedeclareerd dan in deze periode is toegewezen",
    explanation: "Het volume is hoger dan de omvang van de toewijzing voor deze periode toelaat. Per week telt elke week die wordt geraakt \
        (IV077), per maand ook een gebroken maand (IV078); bij betaling per stuk (82) telt een week in de maand van haar zondag (IV076).",
    remedy: "leg de afspraak over de omvang naast de declaratie en vraag de aanbieder om uitleg",
    source: IJW,
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] =
    &[&TR307, &TR308, &TR387, &TR388, &TR339, &TR340, &TR341, &TR321];

/// A declaratie and its toewijzing; of a pair the first is the declaratie's. Empty text stands for null.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paar<'a> {
    pub(super) is_message: bool,
    pub(super) categorie: [&'a str; 2],
    pub(super) code: [&'a str; 2],
    pub(super) eenheid: [&'a str; 2],
    pub(super) volume_milli: [Option<i64>; 2],
    pub(super) periode: Periode,
    pub(super) ingangsdatum: i32,
    pub(super) einddatum: Option<i32>,
    pub(super) frequentie: Option<Frequentie>,
}

/// A rule on a pair: `None` when it holds, else found and expected in words.
pub(super) struct PaarCheck {
    pub(super) rule: &'static Rule,
    pub(super) column: &'static str,
    pub(super) breaks: fn(&Paar<'_>) -> Option<(String, String)>,
}

pub(super) const CHECKS: &[PaarCheck] = &[
    PaarCheck {
        rule: &TR307,
        column: "periode_begin",
        breaks: |p| {
            (p.periode.0 < p.ingangsdatum)
                .then(|| (day(p.periode.0), format!("vanaf {}", day(p.ingangsdatum))))
        },
    },
    PaarCheck {
        rule: &TR308,
        column: "periode_eind",
        breaks: |p| {
            p.einddatum
                .filter(|eind| p.periode.1 > *eind)
                .map(|eind| (day(p.periode.1), format!("tot en met {}", day(eind))))
        },
    },
    PaarCheck {
        rule: &TR387,
        column: "periode_begin",
        breaks: |p| {
            let begin = p.periode.0;
            // Before the toewijzing is TR307.
            let is_edge = is_maandbegin(begin) || begin <= p.ingangsdatum;
            (p.is_message && !is_edge).then(|| (day(begin), String::new()))
        },
    },
    PaarCheck {
        rule: &TR388,
        column: "periode_eind",
        breaks: |p| {
            let eind = p.periode.1;
            // After the toewijzing is TR308.
            let is_edge = is_maandeinde(eind) || p.einddatum.is_some_and(|last| eind >= last);
            (p.is_message && !is_edge).then(|| (day(eind), String::new()))
        },
    },
    PaarCheck { rule: &TR339, column: "productcategorie", breaks: |p| other(p.categorie) },
    PaarCheck { rule: &TR340, column: "productcode", breaks: |p| other(p.code) },
    PaarCheck {
        rule: &TR341,
        column: "eenheid",
        breaks: |p| if p.eenheid == [MINUUT, UUR] { None } else { other(p.eenheid) },
    },
    PaarCheck { rule: &TR321, column: "volume_milli", breaks: too_much },
];

/// Two texts that are both there and differ.
fn other([found, expected]: [&str; 2]) -> Option<(String, String)> {
    (!found.is_empty() && !expected.is_empty() && found != expected)
        .then(|| (found.to_owned(), expected.to_owned()))
}

fn too_much(p: &Paar<'_>) -> Option<(String, String)> {
    let [Some(volume_milli), Some(granted_milli)] = p.volume_milli else { return None };
    let omvang = Omvang {
        volume_milli: granted_milli,
        eenheid: p.eenheid[1],
        frequentie: p.frequentie?,
        looptijd: (p.ingangsdatum, p.einddatum),
    };
    let per_unit = units_per(p.eenheid)?;
    let allowed = omvang.per_prestatie_milli(p.periode)?.checked_mul(per_unit)?;
    (volume_milli > allowed).then(|| (volume(volume_milli), format!("hooguit {}", volume(allowed))))
}

/// How many of the declared unit go in one of the toewijzing; `None` when they cannot be compared.
pub(super) fn units_per([declared, granted]: [&str; 2]) -> Option<i64> {
    match (declared, granted) {
        (MINUUT, UUR) => Some(60),
        (one, other) if one == other => Some(1),
        _ => None,
    }
}

/// Thousandths as a number in Dutch.
pub(super) fn volume(milli: i64) -> String {
    let decimals = match milli % 1000 {
        0 => 0,
        rest if rest % 100 == 0 => 1,
        rest if rest % 10 == 0 => 2,
        _ => 3,
    };
    crate::dutch::decimal(milli as f64 / 1000.0, decimals)
}
