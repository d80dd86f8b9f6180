//! Na-ijl and changes, from declared lines to what is said, with cents worked out by hand.

use std::fmt::Write as _;

use maatstaf::findings::{Chapter, Context, Judged, judge};
use maatstaf::metrics::Query;
use maatstaf::region::Region;

use crate::queries::Case;

/// Lines of a case: month of care, product, unit, volume in thousandths, eurocents, dagtekening.
type Line<'a> = (&'a str, &'a str, &'a str, i64, i64, &'a str);

fn judged(kwartaal: &str, lines: &[Line<'_>]) -> Judged {
    let mut text = String::from(
        "\n== declaraties\ngemeente,aanbieder,client,maand,productcode,eenheid,volume_milli,bedrag_ct,dagtekening\n",
    );
    for (maand, productcode, eenheid, volume, bedrag, dagtekening) in lines {
        writeln!(
            text,
            "9001,De Eik,1,{maand},{productcode},{eenheid},{volume},{bedrag},{dagtekening}"
        )
        .unwrap();
    }
    let mut case = Case::read(&text);
    case.kwartaal = kwartaal.parse().unwrap();
    let measured = case.measure(&Query::load_all(None).unwrap());
    let region = Region::load("oefenregio", None).unwrap();
    judge(&Context {
        region: &region,
        kwartaal: case.kwartaal,
        peildatum: case.peildatum,
        measured: &measured,
    })
}

/// Every month from January to September 2025: 900 euro at once, 100 euro a month later, as known on 8 October.
fn year() -> Vec<(String, i64, String)> {
    let mut out = Vec::new();
    for month in 1..=9 {
        out.push((format!("2025-{month:02}"), 90_000, format!("2025-{:02}-08", month + 1)));
        if month < 9 {
            out.push((format!("2025-{month:02}"), 10_000, format!("2025-{:02}-08", month + 2)));
        }
    }
    out
}

fn of_year<'a>(year: &'a [(String, i64, String)], undated: &'a [Line<'a>]) -> Vec<Line<'a>> {
    let line = |one: &'a (String, i64, String)| {
        (one.0.as_str(), "45A53", "04", one.1, one.1, one.2.as_str())
    };
    year.iter().map(line).chain(undated.iter().copied()).collect()
}

#[test]
fn what_is_still_to_come_follows_from_the_months_before() {
    let year = year();
    let found = judged("2025-K3", &of_year(&year, &[]));
    let naijl = found.naijl.as_ref().unwrap();
    assert_eq!(naijl.stand.to_string(), "2025-10-08");
    let run = naijl.kwartaal("2025-K3".parse().unwrap()).unwrap();
    // 900 of 1.000 euro of September: the other 100 come a month later. 2.900 of 3.000 is known.
    assert_eq!((run.bekend_ct, run.is_voorlopig), (290_000, false));
    assert_eq!(run.verwachting.as_ref().unwrap().nog_te_komen_ct, 10_000);
    assert_eq!(
        found.conclusion(Chapter::Naijl).unwrap(),
        "Van de kosten van 2025-K3 is naar schatting 96,7% gedeclareerd. Er komt naar verwachting nog € 100 (tussen € 100 en € 100) bij; \
         stand 8 oktober 2025."
    );
    assert!(found.of(Chapter::Naijl).next().is_none(), "above the setting there is nothing to ask");
}

/// Of every month 400 euro at once and 600 a month later; of September 450 euro so far.
#[test]
fn a_provisional_quarter_is_said_to_be_so_and_stays_out_of_the_comparison() {
    let mut year = year();
    for (maand, bedrag, _) in &mut year {
        if *bedrag == 10_000 {
            *bedrag = 60_000;
        } else if maand.as_str() == "2025-09" {
            *bedrag = 45_000;
        } else {
            *bedrag = 40_000;
        }
    }
    let found = judged("2025-K3", &of_year(&year, &[]));
    let naijl = found.naijl.as_ref().unwrap();
    let k3 = "2025-K3".parse().unwrap();
    // September: 450 × 1.000/400 = 1.125, so 675 to come; K3: 2.450 of 3.125 is 78,4%.
    let expected = naijl.kwartaal(k3).unwrap().verwachting.clone().unwrap();
    assert_eq!(expected.nog_te_komen_ct, 67_500);
    assert!((expected.volledigheid - 0.784).abs() < 1e-9);
    assert!(naijl.is_voorlopig(k3));
    let finding = found.of(Chapter::Naijl).next().unwrap();
    assert!(finding.text.starts_with("2025-K3 is voorlopig: naar schatting is 78,4% van de kosten gedeclareerd, minder dan de 95%"));
    assert_eq!(finding.belang_ct, 67_500);
    let facts: Vec<&str> = finding.toets.feiten().iter().map(|(label, _)| *label).collect();
    assert_eq!(
        facts,
        ["Waargenomen", "Verwacht", "Gebruikelijk bereik", "Berust op", "Methode", "Grens"]
    );
    let compared = &found.veranderingen.alle[0];
    assert_eq!(
        (compared.van.to_string(), compared.naar.to_string()),
        ("2025-K1".into(), "2025-K2".into())
    );
    let said = found.conclusion(Chapter::Verandering).unwrap();
    assert!(said.ends_with("daarom is 2025-K2 vergeleken."), "{said}");
}

#[test]
fn lines_without_a_dagtekening_are_counted_apart_and_too_many_leave_no_answer() {
    let year = year();
    let few: [Line<'_>; 1] = [("2025-08", "45A53", "04", 1_000, 5_000, "")];
    let found = judged("2025-K3", &of_year(&year, &few));
    let run = found.naijl.unwrap().kwartaal("2025-K3".parse().unwrap()).unwrap().clone();
    assert_eq!((run.bekend_ct, run.zonder_dagtekening_ct), (290_000, 5_000));
    let many: [Line<'_>; 1] = [("2025-08", "45A53", "04", 1_000, 290_001, "")];
    let found = judged("2025-K3", &of_year(&year, &many));
    let reason = reason_of(&found, Chapter::Naijl);
    assert_eq!(reason, "van te weinig euro's is de dagtekening bekend");
}

fn reason_of(found: &Judged, chapter: Chapter) -> &str {
    let of = found.niet_te_bepalen.iter().find(|one| one.chapter == chapter);
    of.map_or("", |one| one.reason.as_str())
}

#[test]
fn too_short_a_history_and_no_dagtekening_at_all_are_not_determinable() {
    let year = year();
    let short: Vec<Line<'_>> =
        of_year(&year, &[]).into_iter().filter(|line| line.0 > "2025-06").collect();
    let reason = judged("2025-K3", &short);
    assert!(reason_of(&reason, Chapter::Naijl).starts_with("er zijn 3 maanden van zorg bekend"));
    let none: Vec<Line<'_>> = of_year(&year, &[])
        .into_iter()
        .map(|line| (line.0, line.1, line.2, line.3, line.4, ""))
        .collect();
    let found = judged("2025-K3", &none);
    assert_eq!(reason_of(&found, Chapter::Naijl), "geen enkele declaratie heeft een dagtekening");
    assert!(found.naijl.is_none());
}

/// Three months of each quarter, so that the quarters can be compared.
fn quarters<'a>(before: &[Line<'a>], after: &[Line<'a>]) -> Vec<Line<'a>> {
    let months = ["2025-04", "2025-05", "2025-07", "2025-08"];
    let fill = months.map(|maand| (maand, "11Z00", "82", 0, 0, ""));
    before.iter().chain(after).copied().chain(fill).collect()
}

#[test]
fn a_change_is_volume_price_mix_and_correction_to_the_cent() {
    let before: [Line<'_>; 3] = [
        ("2025-06", "45A53", "04", 10_000, 100_000, ""),
        // Ten hours of another product, in minutes: one volume with the hours.
        ("2025-06", "45A04", "01", 600_000, 50_000, ""),
        ("2025-06", "44A09", "14", 4_000, 80_000, ""),
    ];
    let after: [Line<'_>; 5] = [
        ("2025-09", "45A53", "04", 16_000, 176_000, ""),
        ("2025-09", "45A04", "01", 480_000, 40_000, ""),
        ("2025-09", "44A09", "14", 5_000, 100_000, ""),
        // New: a unit that was not there before.
        ("2025-09", "54A02", "82", 1_000, 7_000, ""),
        ("2025-09", "45A53", "04", -1_000, -3_333, ""),
    ];
    let found = judged("2025-K3", &quarters(&before, &after));
    let one = &found.veranderingen.alle[0];
    assert_eq!((one.van_ct, one.naar_ct), (230_000, 319_667));
    // Time: 20 hours became 24, so 1.500 × 0,2 = 300 euro; days: 4 became 5, so 800 × 0,25 = 200 euro.
    assert_eq!(one.effecten.volume_ct, 30_000 + 20_000);
    // 45A53 went from 100 to 110 an hour, over 16 hours.
    assert_eq!(one.effecten.prijs_ct, 16_000);
    assert_eq!(one.effecten.correctie_ct, -3_333);
    // Time: 660 euro more, of which 300 volume and 160 price; and the new product.
    assert_eq!(one.effecten.mix_ct, 20_000 + 7_000);
    assert_eq!(one.effecten.som_ct(), one.verschil_ct());
    let product = one.producten.iter().find(|product| product.productcode == "45A53").unwrap();
    assert_eq!((product.van_ct, product.naar_ct), (100_000, 172_667));
    assert_eq!((product.effecten.prijs_ct, product.effecten.correctie_ct), (16_000, -3_333));
    let said = found.conclusion(Chapter::Verandering).unwrap();
    assert!(said.starts_with("De kosten van 2025-K3 waren € 3.197, € 897 hoger dan in 2025-K2: volume + € 500, prijs + € 160"), "{said}");
    let finding = found.of(Chapter::Verandering).next().unwrap();
    assert_eq!(finding.belang_ct, 16_000);
    assert_eq!(finding.toets.n, "5 producten bij 1 aanbieder");
}

#[test]
fn without_an_earlier_quarter_the_change_is_not_determinable() {
    let year = year();
    let only: Vec<Line<'_>> =
        of_year(&year, &[]).into_iter().filter(|line| line.0 > "2025-06").collect();
    let found = judged("2025-K3", &only);
    assert!(found.veranderingen.alle.is_empty());
    let reason = reason_of(&found, Chapter::Verandering);
    assert_eq!(reason, "er zijn geen declaraties over 2025-04, 2025-05 en 2025-06");
    assert_eq!(found.conclusion(Chapter::Verandering), None);
}

#[test]
fn the_same_care_written_in_hours_instead_of_minutes_changed_by_its_price_only() {
    let before: [Line<'_>; 1] = [("2025-06", "45A53", "01", 600_000, 60_000, "")];
    let after: [Line<'_>; 1] = [("2025-09", "45A53", "04", 10_000, 61_000, "")];
    let found = judged("2025-K3", &quarters(&before, &after));
    let delen = [("volume", 0), ("prijs", 1_000), ("samenstelling", 0), ("correctie", 0)];
    assert_eq!(found.veranderingen.alle[0].delen(), delen);
}

#[test]
fn a_correction_of_a_few_children_goes_up_in_the_mix_and_the_sum_stays() {
    let before: [Line<'_>; 1] = [("2025-06", "45A53", "04", 10_000, 60_000, "")];
    let after: [Line<'_>; 2] = [
        ("2025-09", "45A53", "04", 10_000, 61_000, ""),
        ("2025-09", "45A53", "04", -1_000, -6_100, ""),
    ];
    let found = judged("2025-K3", &quarters(&before, &after));
    let hidden = "verandering/totaal/totaal/totaal/ja/2025-K3/bedrag_ct".to_owned();
    assert_eq!(found.veranderingen.alle[0].correctie_cites, std::slice::from_ref(&hidden));
    let left = found.without(&[hidden].into());
    let one = &left.veranderingen.alle[0];
    assert_eq!(one.delen()[2], ("samenstelling en correctie", -6_100));
    assert_eq!(one.delen().iter().map(|(_, ct)| ct).sum::<i64>(), one.verschil_ct());
    assert_eq!(left.conclusion(Chapter::Verandering), None, "its sentence told the correction");
}
