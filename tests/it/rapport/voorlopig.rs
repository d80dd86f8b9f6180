//! A quarter that is not complete, from end to end: the first month after the practice region's last quarter.

use crate::rapport::{Report, shown};
use crate::support::sample_data;

/// The report of a quarter of which one thin month was declared.
fn report() -> Report {
    Report::make(&[&shown(&sample_data()), "--kwartaal", "2025-K4"])
}

#[test]
fn a_provisional_quarter_is_marked_wherever_its_figures_stand_and_compared_with_nothing() {
    let report = report();
    let page = report.page("rapport.html");
    let coverage = &page[page.find("Wat is er, en wat ontbreekt?|").unwrap()..];
    let note = "2025-K4 is voorlopig: het is te vroeg voor een schatting. Cijfers uit declaraties";
    assert!(coverage.find(note).is_some_and(|at| at < 300), "{}", &coverage[..600]);
    for marked in [
        "Telt mee in 2025-K4 (voorlopig)",
        "Kosten per product, 2025-K4 (voorlopig)",
        "kosten_per_product en volume_per_product, Oefenregio. Let op: 2025-K4 is voorlopig",
        "daarom is 2025-K3 vergeleken.",
    ] {
        assert!(page.contains(marked), "{marked}");
    }
    assert!(page.contains("De kosten van 2025-K3 waren € "));
    assert!(!page.contains("dan in 2025-K4"), "nothing is compared with it");
    let kosten = report.text("figuren/naijl_verloop.csv");
    assert!(kosten.contains("2025-K4 (voorlopig);"), "{kosten}");
    assert!(kosten.contains("niet te bepalen") && kosten.contains(";voorlopig"), "{kosten}");
    let texts = report.text("figuren/alt-teksten.txt");
    assert!(texts.contains("De laatste periode is voorlopig"), "{texts}");
    assert!(report.text("figuren/naijl_verloop.svg").contains(">voorlopig<"));
    let derived = report.manifest()["derived"].clone();
    assert_eq!(derived["naijl/2025-K4/voorlopig"], 1.0);
    assert_eq!(derived.get("naijl/2025-K4/volledigheid"), None, "unknown is no number");
}

#[test]
fn a_register_does_not_wait_for_declarations() {
    let report = report();
    let register = report.text("tabellen/maatwerk_nieuw_per_kwartaal.csv");
    assert!(register.contains(";2025-K4") && !register.contains("voorlopig"), "{register}");
}
