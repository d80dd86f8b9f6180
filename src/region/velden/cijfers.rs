//! Thresholds of the figures, small numbers and the law.

use crate::region::velden::Nodig::{Verplicht, Zonder};
use crate::region::velden::Soort::{Drempel, Getal, Keuze, Teksten};
use crate::region::velden::{Opzet, Sectie, veld};

pub(super) const SECTIES: &[Sectie] = &[
    Sectie {
        naam: "kosten",
        titel: "Kosten",
        opzet: Opzet::Tabel,
        is_verplicht: true,
        wat: "Wanneer een verschil met het tarief telt, en wanneer kosten hoog zijn.",
        velden: &[
            veld(
                ("tarief_tolerantie_ct", "afronding van het tarief"),
                Drempel("eurocent per eenheid, 0 of meer"),
                Verplicht,
                "{ waarde = 0.5, grondslag = \"norm\", bron = \"een halve eurocent is afronding\" }",
                ("Een kleiner verschil met het regionale tarief is afronding.", "hoofdstuk kosten"),
            ),
            veld(
                ("hoog_factor", "hoge kosten"),
                Drempel("keer de regionale mediaan, 1 of meer"),
                Verplicht,
                "{ waarde = 2.0, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                (
                    "Vanaf zoveel keer zijn kosten per overeenkomst substantieel hoog.",
                    "hoofdstuk maatwerk",
                ),
            ),
        ],
    },
    Sectie {
        naam: "drempels",
        titel: "Drempels",
        opzet: Opzet::Tabel,
        is_verplicht: true,
        wat: "Vanaf wanneer iets opvalt. Elke drempel staat in het rapport naast de bevinding die hem gebruikt.",
        velden: &[
            veld(
                ("uitschieter_z", "uitschieter"),
                Drempel("z, boven 0"),
                Verplicht,
                "{ waarde = 3.5, grondslag = \"norm\", bron = \"Iglewicz en Hoaglin (1993)\" }",
                (
                    "De aangepaste z op de logaritme waarboven een prijs ongewoon is.",
                    "hoofdstuk kosten",
                ),
            ),
            veld(
                ("uitschieter_min_n", "uitschieter vanaf"),
                Drempel("prijzen, 5 of meer"),
                Verplicht,
                "{ waarde = 10, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                (
                    "Hoeveel prijzen een groep minstens heeft voor zo'n uitspraak.",
                    "hoofdstuk kosten",
                ),
            ),
            veld(
                ("signaal_dagen", "signaal vooraf"),
                Drempel("dagen, oplopende lijst"),
                Verplicht,
                "{ waarde = [30, 60, 90], grondslag = \"norm\", bron = \"keuze van de regio\" }",
                (
                    "Hoeveel dagen voor het einde een overeenkomst wordt gemeld.",
                    "hoofdstuk aflopend",
                ),
            ),
            veld(
                ("afkeur_euro_aandeel", "afkeur"),
                Drempel("deel van de euro's, 0 tot en met 1"),
                Verplicht,
                "{ waarde = 0.05, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                (
                    "Is er meer afgekeurd, dan eindigt de opdracht met code 4.",
                    "lees, controleer, rapport",
                ),
            ),
            veld(
                ("klein_aantal", "klein aantal"),
                Drempel("overeenkomsten, boven 0"),
                Verplicht,
                "{ waarde = 10, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                (
                    "Een kleiner aantal overeenkomsten heet klein; minder dan 5 verwacht is altijd klein.",
                    "hoofdstuk maatwerk",
                ),
            ),
            veld(
                ("zonder_declaratie_weken", "zonder declaratie"),
                Drempel("weken, boven 0"),
                Verplicht,
                "{ waarde = 13, grondslag = \"norm\", bron = \"een kwartaal\" }",
                ("Na zoveel weken zonder declaratie staat een overeenkomst op de lijst.", "regels"),
            ),
            veld(
                ("volledigheid_minimum", "volledig vanaf"),
                Drempel("deel van de euro's, 0 tot en met 1"),
                Verplicht,
                "{ waarde = 0.95, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                (
                    "Is er naar verwachting minder van een kwartaal gedeclareerd, dan is het voorlopig en wordt er niets mee vergeleken.",
                    "elk hoofdstuk",
                ),
            ),
        ],
    },
    Sectie {
        naam: "disclosure",
        titel: "Kleine aantallen",
        opzet: Opzet::Tabel,
        is_verplicht: true,
        wat: "Voor wie een rapport is als niemand dat kiest, en wat buiten ICM verborgen blijft.",
        velden: &[
            veld(
                ("publiek", "publiek"),
                Keuze(&["intern", "regio"]),
                Verplicht,
                "\"intern\"",
                (
                    "\"intern\": ICM zelf, aantallen zichtbaar. \"regio\": gemeenten en aanbieders onder elkaar, kleine aantallen verborgen.",
                    "rapport, vraag",
                ),
            ),
            veld(
                ("minimum", "verborgen onder"),
                Getal("kinderen, 5 of meer"),
                Verplicht,
                "10",
                (
                    "Buiten intern is een cijfer met minder kinderen (maar niet nul) verborgen.",
                    "rapport, vraag",
                ),
            ),
        ],
    },
    Sectie {
        naam: "jeugdwet",
        titel: "Jeugdwet",
        opzet: Opzet::Tabel,
        is_verplicht: true,
        wat: "Welke regels niet over jeugdhulp gaan; die tellen niet mee.",
        velden: &[
            veld(
                ("wet_buiten", "andere wetten"),
                Teksten,
                Verplicht,
                "[\"Wmo\"]",
                ("Waarden van de kolom wet die een andere wet zijn.", "welke regels tellen"),
            ),
            veld(
                ("categorieen", "categorieën"),
                Teksten,
                Zonder("leeg: alle"),
                "[\"41\", \"42\", \"43\", \"44\", \"45\"]",
                (
                    "Productcategorieën van de Jeugdwet; een regel van een andere categorie telt niet mee.",
                    "welke regels tellen",
                ),
            ),
        ],
    },
];
