//! Statements on costs: what is above the tariff, what is unusual, and what is probably a slip of the comma.

use crate::dutch::{count, counted, decimal, euro_ct, euro_whole, list, n_of, percent};
use crate::findings::figures::whole_cents;
use crate::findings::kosten::{
    Komma, KostenOordeel, MAX_FINDINGS, Prijs, PrijsGroep, TariefGeval, Tegen, Vergelijking,
    eenheid_naam,
};
use crate::findings::toets::{Drempel, KOMMA, PRIJS_VAST, PRIJS_Z, TARIEF_REGIO, Toets};
use crate::findings::{Chapter, Context, Finding, Invloed};

/// Gemeenten named in a sentence; more is a number.
pub(crate) const MAX_GEMEENTEN: usize = 3;

/// Statements of every kind, the largest amounts of each.
pub(super) fn findings(context: &Context<'_>, kosten: &KostenOordeel) -> Vec<Finding> {
    let above = kosten.boven_tarief.iter().filter(|geval| geval.boven_ct > 0);
    let mut found: Vec<Finding> =
        above.take(MAX_FINDINGS).map(|geval| above_tarief(context, geval)).collect();
    let compared = kosten.prijzen.iter().filter(|groep| groep.is_compared());
    let mut unusual: Vec<(&PrijsGroep, &Prijs)> =
        compared.flat_map(|groep| groep.opvallend().map(move |prijs| (groep, prijs))).collect();
    unusual.sort_by(|(_, a), (_, b)| {
        let euros = |prijs: &Prijs| prijs.boven_midden_ct.abs();
        euros(b).cmp(&euros(a)).then_with(|| a.cites.cmp(&b.cites))
    });
    let unusual = unusual.iter().take(MAX_FINDINGS);
    found.extend(unusual.map(|(groep, prijs)| unusual_price(context, groep, prijs)));
    found.extend(kosten.kommas.iter().take(MAX_FINDINGS).map(|komma| slip(context, komma)));
    found
}

fn rounded(ct: f64) -> String {
    euro_ct(whole_cents(ct))
}

/// The tariff, or from which to which it went in the quarter.
fn tarief_text(geval: &TariefGeval) -> Option<String> {
    let (low, high) = geval.tarief_ct?;
    Some(if low == high { euro_ct(low) } else { format!("{} tot {}", euro_ct(low), euro_ct(high)) })
}

fn above_text(context: &Context<'_>, geval: &TariefGeval) -> String {
    let price = match (geval.prijs_ct, tarief_text(geval), geval.erboven) {
        (Some(prijs), Some(tarief), Some(erboven)) => format!(
            ": gemiddeld {} per {} waar het tarief {tarief} is (+{})",
            rounded(prijs),
            eenheid_naam(&geval.eenheid),
            percent(erboven, 1)
        ),
        _ => String::new(),
    };
    // With slips of the comma left out of the amount, the share of the whole would be another one.
    let share = geval.aandeel.filter(|_| geval.komma_ct == 0).map_or_else(String::new, |share| {
        format!(
            " Dat is {} van wat deze aanbieder voor dit product declareerde.",
            percent(share, 1)
        )
    });
    format!(
        "{} declareerde in {} voor product {} {} boven het regionale tarief{price}.{share} Is daar een afspraak over?",
        geval.aanbieder,
        context.kwartaal,
        geval.productcode,
        euro_whole(geval.boven_ct),
    )
}

fn above_tarief(context: &Context<'_>, geval: &TariefGeval) -> Finding {
    let tolerance = &context.region.kosten.tarief_tolerantie_ct;
    let eenheid = eenheid_naam(&geval.eenheid);
    Finding {
        chapter: Chapter::Kosten,
        text: above_text(context, geval),
        belang_ct: geval.boven_ct,
        basis: "Regionaal tarief uit de productenlijst, voor dezelfde eenheid en geldig op de dag van de zorg."
            .to_owned(),
        toets: Toets {
            waargenomen: geval
                .prijs_ct
                .map_or_else(|| euro_whole(geval.boven_ct), |ct| format!("{} per {eenheid}", rounded(ct))),
            verwacht: tarief_text(geval).map(|tarief| format!("{tarief} per {eenheid}")),
            bereik: None,
            n: format!("alle regels van deze aanbieder voor dit product in {}", context.kwartaal),
            methode: TARIEF_REGIO,
            drempel: Some(Drempel::of(
                tolerance,
                format!("meer dan {} eurocent per eenheid", decimal(tolerance.waarde, 1)),
            )),
        },
        invloed: Invloed::Beide,
        cites: geval.cites.clone(),
    }
}

/// Where a price is asked: up to three names, else a number.
fn places(context: &Context<'_>, codes: &[String]) -> String {
    if codes.is_empty() {
        return String::new();
    }
    if codes.len() > MAX_GEMEENTEN {
        return format!(" in {} gemeenten", count(n_of(codes.len())));
    }
    let names: Vec<&str> = codes.iter().map(|code| context.gemeente(code)).collect();
    format!(" in {}", list(&names))
}

fn rests_on(groep: &PrijsGroep) -> String {
    // Prices of one aanbieder are not as many opinions: say whose they are.
    format!(
        "{} van {}",
        counted(n_of(groep.prijzen.len()), "prijs", "prijzen"),
        counted(n_of(groep.n_aanbieders()), "aanbieder", "aanbieders")
    )
}

fn unusual_price(context: &Context<'_>, groep: &PrijsGroep, prijs: &Prijs) -> Finding {
    let is_fixed = groep.vergelijking == Vergelijking::VastTarief;
    let usual = if is_fixed { "het vaste tarief lijkt" } else { "gebruikelijk is" };
    let direction = if prijs.boven_midden_ct < 0 { "minder" } else { "meer" };
    let part = prijs.prijs_ct as f64 / groep.midden_ct - 1.0;
    let sign = if part > 0.0 { "+" } else { "" };
    let text = format!(
        "Voor product {} rekende {}{} {} per {}; {usual} {} ({sign}{}). Over het kwartaal is dat {} {direction}. \
         Komt dat door een andere eenheid, een toeslag of een afspraak?",
        groep.productcode,
        prijs.aanbieder,
        places(context, &prijs.gemeenten),
        euro_ct(prijs.prijs_ct),
        eenheid_naam(&groep.eenheid),
        rounded(groep.midden_ct),
        percent(part, 0),
        euro_whole(prijs.boven_midden_ct.abs())
    );
    Finding {
        chapter: Chapter::Kosten,
        text,
        belang_ct: prijs.boven_midden_ct.abs(),
        basis: "Bedrag gedeeld door volume over het kwartaal, zonder credits en nullen; gelijke prijzen van één aanbieder tellen één keer."
            .to_owned(),
        toets: price_test(context, groep, prijs),
        invloed: Invloed::Beide,
        cites: cites_of(groep, prijs),
    }
}

/// The price it is about first, then every price it was held against.
fn cites_of(groep: &PrijsGroep, prijs: &Prijs) -> Vec<String> {
    prijs.cites.iter().chain(&groep.cites).cloned().collect()
}

fn price_test(context: &Context<'_>, groep: &PrijsGroep, prijs: &Prijs) -> Toets {
    let drempels = &context.region.drempels;
    let tolerance = &context.region.kosten.tarief_tolerantie_ct;
    let eenheid = eenheid_naam(&groep.eenheid);
    let enough = count(drempels.uitschieter_min_n.waarde);
    let z = prijs.z.map(|z| format!(" (z {})", decimal(z, 1))).unwrap_or_default();
    let (methode, drempel) = match groep.vergelijking {
        Vergelijking::VastTarief => (
            PRIJS_VAST,
            Drempel::of(
                tolerance,
                format!(
                    "meer dan {} eurocent van de prijs die meer dan de helft rekent, bij ten minste {enough} prijzen",
                    decimal(tolerance.waarde, 1)
                ),
            ),
        ),
        _ => (
            PRIJS_Z,
            Drempel::of(
                &drempels.uitschieter_z,
                format!(
                    "z boven {} bij ten minste {enough} prijzen",
                    decimal(drempels.uitschieter_z.waarde, 1)
                ),
            ),
        ),
    };
    Toets {
        waargenomen: format!("{} per {eenheid}{z}", euro_ct(prijs.prijs_ct)),
        verwacht: Some(format!("{} per {eenheid}", rounded(groep.midden_ct))),
        bereik: groep.band_ct.map(|(low, high)| format!("{} tot {}", rounded(low), rounded(high))),
        n: rests_on(groep),
        methode,
        drempel: Some(drempel),
    }
}

/// A number of places of the comma as a reader says it.
fn times(macht: i32) -> &'static str {
    match macht {
        1 => "tien keer zo hoog",
        2 => "honderd keer zo hoog",
        3 => "duizend keer zo hoog",
        -1 => "een tiende",
        -2 => "een honderdste",
        _ => "een duizendste",
    }
}

fn slip_text(context: &Context<'_>, komma: &Komma) -> String {
    let against = match komma.tegen {
        Tegen::Tarief => "het regionale tarief",
        Tegen::Midden => "de gebruikelijke prijs",
    };
    let than = if komma.macht > 0 { "als " } else { "van " };
    format!(
        "Mogelijk een komma verkeerd: voor product {} rekende {}{} {} per {}, ongeveer {} {than}{against} ({}). \
         Als prijsverschil telt dit niet mee. Is het een verschoven komma, dan scheelt dat in {} {}. Klopt de invoer?",
        komma.productcode,
        komma.aanbieder,
        places(context, &komma.gemeenten),
        euro_ct(komma.prijs_ct),
        eenheid_naam(&komma.eenheid),
        times(komma.macht),
        rounded(komma.gewoon_ct),
        context.kwartaal,
        euro_whole(komma.verschil_ct.abs()),
    )
}

fn slip(context: &Context<'_>, komma: &Komma) -> Finding {
    let eenheid = eenheid_naam(&komma.eenheid);
    let n = komma.n.map_or_else(
        || format!("regels van deze aanbieder met deze prijs in {}", context.kwartaal),
        |n| counted(n_of(n), "prijs", "prijzen"),
    );
    Finding {
        chapter: Chapter::Kosten,
        text: slip_text(context, komma),
        belang_ct: komma.verschil_ct.abs(),
        basis: "Een prijs die ongeveer tien, honderd of duizend keer zo hoog of zo laag is als gewoon, is eerder een verschoven komma dan een afspraak."
            .to_owned(),
        toets: Toets {
            waargenomen: format!("{} per {eenheid}", euro_ct(komma.prijs_ct)),
            verwacht: Some(format!("{} per {eenheid}", rounded(komma.gewoon_ct))),
            bereik: None,
            n,
            methode: KOMMA,
            drempel: Some(Drempel::of_method(
                "8 tot 12,5 keer, 80 tot 125 keer of 800 tot 1.250 keer zo hoog of zo laag",
                "keuze van maatstaf",
            )),
        },
        invloed: Invloed::Aanbieder,
        cites: komma.cites.clone(),
    }
}
