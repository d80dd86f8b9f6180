//! A few answers as they stand on the screen, read by a person.

use super::{vraag, wrong};
use crate::job::TestJob;

#[test]
fn figures_of_a_gemeente() {
    let seen = vraag(&["maatwerk_nieuw", "--per", "gemeente", "--publiek", "regio"]);
    assert_eq!(
        seen.out,
        "\
Nieuwe maatwerkovereenkomsten
REGIO – alleen voor gemeenten en aanbieders van deze regio
Hoeveel maatwerkovereenkomsten begonnen er per gemeente en kwartaal?

Gemeente           Overeenkomsten  Overeenkomsten per 10.000 jeugdigen   Jeugdigen  Aanbieders
─────────────────  ──────────────  ───────────────────────────────────  ──────────  ──────────
Dorpsveld                      20                                613,5          20           4
's-Gravenbroek         onderdrukt                           onderdrukt  onderdrukt  onderdrukt
Klein-Rhenoy           onderdrukt                           onderdrukt  onderdrukt  onderdrukt
Nieuw-Aardenhout       onderdrukt                           onderdrukt  onderdrukt  onderdrukt
Oosterlinge            onderdrukt                           onderdrukt  onderdrukt  onderdrukt
Sint-Maartensveen      onderdrukt                           onderdrukt  onderdrukt  onderdrukt
Wilgenoord                     18                                233,8          17           4
IJsselhoek             onderdrukt                           onderdrukt  onderdrukt  onderdrukt

Let op: 6 rijen zijn onderdrukt: er staan minder dan 10 jeugdigen achter
Bron: 740 aangeleverde bestanden, vraag maatwerk_nieuw, Oefenregio, 2023-K4 tot en met 2025-K3
"
    );
}

#[test]
fn a_signal_by_verdict() {
    let seen = vraag(&["z25_register_ontbreekt", "--per", "totaal"]);
    assert_eq!(
        seen.out,
        "\
Maatwerk gedeclareerd zonder overeenkomst in het register
INTERN – niet delen
Voor welke zorg met een maatwerkcode staat geen overeenkomst in het register?

Oordeel  Gevallen  Bedrag: gedeclareerd (euro)  Jeugdigen  Aanbieders
───────  ────────  ───────────────────────────  ─────────  ──────────
goed           31                   121.745,52         31           3
treffer         1                     3.037,44          1           1

Let op: over 2025-K3 kunnen nog declaraties komen; of het voorlopig is, staat in het rapport
Bron: 740 aangeleverde bestanden, vraag z25_register_ontbreekt, Oefenregio, 2025-K3
"
    );
    assert_eq!(
        seen.err,
        "Verder: de gevallen één voor één: maatstaf vraag z25_register_ontbreekt --regels\n"
    );
}

#[test]
fn what_can_be_chosen() {
    let seen = vraag(&["maatwerk_nieuw", "--par", "vrij=ja"]);
    assert_eq!(
        seen.err,
        "\
FOUT  maatwerk_nieuw heeft geen parameter 'vrij'
      te kiezen met --par:
      gemeente        naam of code
      is_vrije_keuze  ja of nee
      kwartaal        als 2025-K3
"
    );
    wrong(
        &["z25_register_ontbreekt", "--par", "oordeel=goed", "--regels"],
        &["geen parameter 'oordeel'"],
    );
}

#[test]
fn the_quarter_of_a_question_about_one_quarter_is_chosen_too() {
    let seen = vraag(&["z25_register_ontbreekt", "--par", "kwartaal=2025-K2"]);
    seen.check(0, &["Oefenregio, 2025-K2"]);
    assert_eq!(seen.out, vraag(&["z25_register_ontbreekt", "--kwartaal", "2025-K2"]).out);
    wrong(
        &["z25_register_ontbreekt", "--par", "kwartaal=2025-K2,2025-K3"],
        &["gaat over één kwartaal tegelijk"],
    );
    let rows = vraag(&["z25_register_ontbreekt", "--regels", "--par", "productcode=45M53"]);
    rows.check(0, &["45M53"]);
}

#[test]
fn help_leads_with_two_examples() {
    let seen = TestJob::new().run(&["vraag", "--help"]);
    seen.check(
        0,
        &["maatstaf vraag maatwerk_nieuw --par gemeente=Zeist", "SELECT gemeente", "--woordenboek"],
    );
    assert_eq!(TestJob::new().run(&["query", "--help"]).out, seen.out);
}
