//! A few answers as they stand on the screen, read by a person.

use super::{vraag, wrong};
use crate::job::TestJob;

#[test]
fn figures_of_a_gemeente() {
    let words = ["jeugdigen_met_hulp", "--par", "kwartaal=2025-K3", "--per", "gemeente,kwartaal"];
    let seen = vraag(&[&words[..], &["--publiek", "regio"]].concat());
    assert_eq!(
        seen.out,
        "\
Jeugdigen met hulp
REGIO – alleen voor gemeenten en aanbieders van deze regio
Hoeveel jeugdigen kregen jeugdhulp, ook per 10.000 jeugdigen van de gemeente?

                                             Jeugdigen per 10.000
Gemeente           Kwartaal   Jeugdigen                 jeugdigen
─────────────────  ────────  ──────────  ────────────────────────
Dorpsveld          2025-K3           31                     950,9
's-Gravenbroek     2025-K3           32                     503,1
Klein-Rhenoy       2025-K3   onderdrukt                onderdrukt
Nieuw-Aardenhout   2025-K3   onderdrukt                onderdrukt
Oosterlinge        2025-K3           23                     861,4
Sint-Maartensveen  2025-K3           37                     735,6
Wilgenoord         2025-K3           59                     766,2
IJsselhoek         2025-K3           23                     474,2

Let op: over 2025-K3 kunnen nog declaraties komen; of het voorlopig is, staat in het rapport
Let op: 2 rijen zijn onderdrukt: er staan minder dan 10 jeugdigen achter, één jeugdige of aanbieder is er het grootste deel van, of zo'n getal zou eruit af te trekken zijn
Bron: 740 aangeleverde bestanden, vraag jeugdigen_met_hulp, Oefenregio, 2025-K3
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

                       Bedrag: gedeclareerd
Oordeel  Gevallen                    (euro)  Jeugdigen  Aanbieders
───────  ────────  ────────────────────────  ─────────  ──────────
goed           31                121.745,52         31           3
treffer         1                  3.037,44          1           1

Let op: over 2025-K3 kunnen nog declaraties komen; of het voorlopig is, staat in het rapport
Bron: 740 aangeleverde bestanden, vraag z25_register_ontbreekt, Oefenregio, 2025-K3
"
    );
    assert!(
        seen.err.starts_with(
            "Verder: de gevallen één voor één: maatstaf vraag z25_register_ontbreekt --dataset "
        ),
        "{}",
        seen.err
    );
    assert!(seen.err.ends_with(" --regels\n"), "{}", seen.err);
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
