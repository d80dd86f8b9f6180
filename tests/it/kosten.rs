//! Prices and tariffs, judged from cases made by hand: what is said, and above all what is not.

use std::fmt::Write as _;

use maatstaf::findings::kosten::{KostenOordeel, Oordeel, Vergelijking};
use maatstaf::findings::{Context, Judged, judge};
use maatstaf::metrics::Query;
use maatstaf::region::Region;

use crate::queries::Case;

/// Everything the program says of these declaraties in 2025-K3.
fn judged(rows: &str) -> Judged {
    let text = format!(
        "\n== declaraties\ngemeente,aanbieder,client,productcode,eenheid,maand,bedrag_ct,volume_milli,regio_tarief_ct,boven_tarief_ct\n{rows}"
    );
    let case = Case::read(&text);
    let measured = case.measure(&Query::load_all(None).unwrap());
    let region = Region::load("oefenregio", None).unwrap();
    judge(&Context {
        region: &region,
        kwartaal: case.kwartaal,
        peildatum: case.peildatum,
        measured: &measured,
    })
}

fn kosten(rows: &str) -> KostenOordeel {
    judged(rows).kosten
}

/// Lines of product 54A10 without a tariff: a price in eurocents for each aanbieder, one hour.
fn prices(prices: &[i64]) -> String {
    let mut rows = String::new();
    for (at, ct) in prices.iter().enumerate() {
        writeln!(rows, "9901,Aanbieder {at:02},{at},54A10,04,2025-07,{ct},1000,,").unwrap();
    }
    rows
}

/// What was said of each price, by the order of the aanbieders.
fn said(kosten: &KostenOordeel) -> Vec<Oordeel> {
    kosten.prijzen[0].prijzen.iter().map(|prijs| prijs.oordeel).collect()
}

const SPREAD: [i64; 9] = [8_000, 8_050, 8_100, 8_150, 8_200, 8_250, 8_300, 8_350, 8_400];

#[test]
fn four_nine_and_ten_prices_are_three_different_things() {
    let four = kosten(&prices(&SPREAD[..4]));
    assert_eq!((four.prijzen.len(), four.niet_vergeleken.te_klein), (0, 1));
    for n in [5, 9] {
        let few = kosten(&prices(&SPREAD[..n]));
        assert_eq!((few.prijzen.len(), few.niet_vergeleken.zonder_referentie), (0, 1), "{n}");
    }
    let ten = kosten(&prices(&[&SPREAD[..], &[20_000]].concat()));
    assert_eq!(ten.niet_vergeleken, maatstaf::findings::kosten::NietVergeleken::default());
    assert_eq!(ten.prijzen[0].vergelijking, Vergelijking::Spreiding);
    let mut expected = vec![Oordeel::Gewoon; 10];
    expected[9] = Oordeel::Opvallend;
    assert_eq!(said(&ten), expected);
    let (low, high) = ten.prijzen[0].band_ct.unwrap();
    assert!(low < 8_000.0 && high > 8_400.0 && high < 20_000.0, "{low} {high}");
}

#[test]
fn a_price_just_within_the_band_is_usual_and_just_outside_is_not() {
    // The median of the logarithms lies between 8225 and 8250 whatever the tenth price above them is.
    let band = kosten(&prices(&[&SPREAD[..], &[20_000]].concat())).prijzen[0].band_ct.unwrap();
    let outside = (8_400..20_000).find(|ct| f64::from(*ct) > band.1).unwrap();
    for (price, expected) in [(outside - 1, Oordeel::Gewoon), (outside, Oordeel::Opvallend)] {
        let found = kosten(&prices(&[&SPREAD[..], &[i64::from(price)]].concat()));
        assert_eq!(said(&found)[9], expected, "{price}");
    }
}

#[test]
fn equal_prices_give_nothing_to_say() {
    let found = kosten(&prices(&[8_300; 12]));
    assert_eq!(found.prijzen[0].vergelijking, Vergelijking::VastTarief);
    assert!(said(&found).iter().all(|oordeel| *oordeel == Oordeel::Gewoon));
    assert!(found.kommas.is_empty());
}

#[test]
fn off_a_fixed_tariff_every_deviation_is_told_in_euros_and_none_has_a_score() {
    let mut of = vec![8_300; 9];
    of.extend([8_301, 8_100, 83_000]);
    let found = judged(&prices(&of));
    let groep = &found.kosten.prijzen[0];
    assert_eq!((groep.vergelijking, groep.midden_ct), (Vergelijking::VastTarief, 8_300.0));
    assert_eq!(
        said(&found.kosten)[9..],
        [Oordeel::Opvallend, Oordeel::Opvallend, Oordeel::Komma(1)]
    );
    assert!(groep.prijzen.iter().all(|prijs| prijs.z.is_none()));
    let euros: Vec<i64> = groep.prijzen[9..].iter().map(|prijs| prijs.boven_midden_ct).collect();
    assert_eq!(euros, [1, -200, 74_700]);
    let texts: Vec<&str> = found.findings.iter().map(|f| f.text.as_str()).collect();
    assert!(texts[0].starts_with("Mogelijk een komma verkeerd: "), "{texts:?}");
    assert!(
        texts[1].contains("€ 81,00 per uur; het vaste tarief lijkt € 83,00 (-2%)"),
        "{texts:?}"
    );
}

#[test]
fn one_aanbieder_is_one_opinion_and_is_not_its_own_middle() {
    // The same price in twelve gemeenten is one price; of one aanbieder nothing can be compared.
    let mut rows = String::new();
    for n in 0..12 {
        writeln!(rows, "99{n:02},De Eik,{n},54A10,04,2025-07,8300,1000,,").unwrap();
    }
    let same = kosten(&rows);
    assert_eq!((same.prijzen.len(), same.niet_vergeleken.te_klein), (0, 1));
    let mut rows = String::new();
    for n in 0..12 {
        let ct = if n == 11 { 20_000 } else { 8_000 + 50 * n };
        writeln!(rows, "99{n:02},De Eik,{n},54A10,04,2025-07,{ct},1000,,").unwrap();
    }
    let own = kosten(&rows);
    assert_eq!(own.prijzen[0].vergelijking, Vergelijking::EenAanbieder);
    assert_eq!(own.niet_vergeleken.een_aanbieder, 1);
    assert!(said(&own).iter().all(|oordeel| *oordeel == Oordeel::Gewoon));
}

#[test]
fn equal_prices_of_an_aanbieder_are_added_up_over_gemeenten() {
    let rows = prices(&SPREAD)
        + "9901,Zes,50,54A10,04,2025-07,40000,2000,,\n9902,Zes,51,54A10,04,2025-08,20000,1000,,\n";
    let found = kosten(&rows);
    let last = found.prijzen[0].prijzen.last().unwrap();
    assert_eq!(
        (last.gemeenten.len(), last.prijs_ct, last.oordeel),
        (2, 20_000, Oordeel::Opvallend)
    );
    assert!((last.volume - 3.0).abs() < 1e-9);
    let above = 60_000.0 - 3.0 * found.prijzen[0].midden_ct;
    assert!((last.boven_midden_ct as f64 - above).abs() <= 0.5);
}

#[test]
fn slips_of_the_comma_are_found_both_ways_and_are_no_price_difference() {
    let low = kosten(&prices(&[&SPREAD[..], &[82]].concat()));
    assert_eq!(said(&low)[9], Oordeel::Komma(-2));
    assert!(low.kommas[0].verschil_ct < 0);
    let high = judged(&prices(&[&SPREAD[..], &[8_200_000]].concat()));
    assert_eq!(said(&high.kosten)[9], Oordeel::Komma(3));
    assert_eq!(high.findings.len(), 1, "told once, and not as a dear price");
    assert!(
        high.findings[0].text.contains("ongeveer duizend keer zo hoog als de gebruikelijke prijs")
    );
}

#[test]
fn credits_and_zeros_do_not_move_a_price() {
    let plain = prices(&SPREAD);
    let with = format!(
        "{plain}9901,Aanbieder 00,0,54A10,04,2025-07,-1234,-1000,,\n9901,Aanbieder 01,1,54A10,04,2025-07,0,5000,,\n\
         9901,Aanbieder 02,2,54A10,04,2025-07,999,0,,\n9901,Aanbieder 09,9,54A10,04,2025-07,20000,1000,,\n"
    );
    let without = kosten(&format!("{plain}9901,Aanbieder 09,9,54A10,04,2025-07,20000,1000,,\n"));
    assert_eq!(kosten(&with).prijzen, without.prijzen);
}

#[test]
fn units_are_never_held_against_each_other() {
    let minutes = prices(&[133, 134, 135, 136, 137]).replace(",04,", ",01,");
    let found = kosten(&(prices(&SPREAD[..5]) + &minutes));
    assert_eq!((found.prijzen.len(), found.niet_vergeleken.zonder_referentie), (0, 2));
}

#[test]
fn above_the_tariff_has_its_price_its_ratio_and_its_euros() {
    let found = judged(
        "9901,De Eik,1,45A04,04,2025-07,18000,2000,8000,2000\n9901,De Eik,2,45A04,04,2025-08,8000,1000,8000,0\n",
    );
    let geval = &found.kosten.boven_tarief[0];
    assert_eq!((geval.boven_ct, geval.komma_ct, geval.tarief_ct), (2_000, 0, Some((8_000, 8_000))));
    assert!((geval.prijs_ct.unwrap() - 9_000.0).abs() < 1e-9);
    assert!((geval.erboven.unwrap() - 0.125).abs() < 1e-12);
    assert!(found.kosten.prijzen[0].vergelijking == Vergelijking::Referentie);
    let text = &found.findings[0].text;
    assert!(
        text.contains("gemiddeld € 90,00 per uur waar het tarief € 80,00 is (+12,5%)"),
        "{text}"
    );
}

#[test]
fn a_slip_against_the_tariff_is_taken_out_of_what_is_above_it() {
    let found = judged(
        "9901,De Eik,1,45A04,04,2025-07,18000,2000,8000,2000\n9901,De Eik,2,45A04,04,2025-08,160000,2000,8000,144000\n\
         9901,De Linde,3,45A04,04,2025-08,800,10000,8000,0\n",
    );
    let geval = &found.kosten.boven_tarief[0];
    assert_eq!((geval.boven_ct, geval.komma_ct), (2_000, 144_000));
    assert!((geval.prijs_ct.unwrap() - 9_000.0).abs() < 1e-6, "{:?}", geval.prijs_ct);
    let slips: Vec<(i32, i64)> =
        found.kosten.kommas.iter().map(|komma| (komma.macht, komma.verschil_ct)).collect();
    assert_eq!(slips, [(1, 144_000), (-2, -79_200)]);
    let conclusion = found.conclusion(maatstaf::findings::Chapter::Kosten).unwrap();
    assert!(conclusion.starts_with(
        "In 2025-K3 is € 20 boven het regionale tarief gedeclareerd. Daarbuiten staat € 1.440"
    ));
}

#[test]
fn only_a_slip_above_the_tariff_leaves_nothing_dearer() {
    let found = judged("9901,De Eik,2,45A04,04,2025-08,160000,2000,8000,144000\n");
    assert_eq!(found.kosten.boven_tarief[0].boven_ct, 0);
    assert_eq!(found.kosten.boven_tarief[0].prijs_ct, None);
    let conclusion = found.conclusion(maatstaf::findings::Chapter::Kosten).unwrap();
    assert!(conclusion.starts_with("In 2025-K3 is niets boven het regionale tarief gedeclareerd."));
    assert_eq!(
        found.findings.iter().filter(|f| f.text.contains("Is daar een afspraak over")).count(),
        0
    );
}

#[test]
fn the_order_is_by_euros_and_half_of_the_excess_is_told() {
    let mut rows = String::new();
    for (who, ct) in [("A", 1_000), ("B", 9_000), ("C", 2_000), ("D", 3_000)] {
        let bedrag_ct = 80_000 + ct;
        writeln!(rows, "9901,{who},1,45A04,04,2025-07,{bedrag_ct},10000,8000,{ct}").unwrap();
    }
    let found = judged(&rows);
    let order: Vec<&str> =
        found.kosten.boven_tarief.iter().map(|geval| geval.aanbieder.as_str()).collect();
    assert_eq!(order, ["B", "D", "C", "A"]);
    let conclusion = found.conclusion(maatstaf::findings::Chapter::Kosten).unwrap();
    assert!(
        conclusion.ends_with(
            "1 van de 4 gevallen is alleen al de helft van het meerdere boven het tarief."
        )
    );
}

#[test]
fn half_of_what_is_above_the_middle_is_told_too_and_what_is_below_does_not_count() {
    let mut of = vec![8_300; 10];
    of.extend([20_000, 21_000, 22_000, 4_000]);
    let found = judged(&prices(&of));
    let conclusion = found.conclusion(maatstaf::findings::Chapter::Kosten);
    assert_eq!(conclusion, None, "without any tariff the chapter has no such sentence");
    let rows = prices(&of) + "9901,De Eik,1,45A04,04,2025-07,18000,2000,8000,2000\n";
    let found = judged(&rows);
    let conclusion = found.conclusion(maatstaf::findings::Chapter::Kosten).unwrap();
    let told =
        "2 van de 3 opvallende prijzen zijn samen de helft van het meerdere boven het midden.";
    assert!(conclusion.ends_with(told), "{conclusion}");
}
