//! Midden-IJssel/Oost-Veluwe: Regie en zorgcoördinatie (O): its rules in the order of their numbers.

use super::Klasse::{Context, Norm, Proces, Vergelijking};
use super::{Regel, Staat};

pub(super) const REGELS: &[Regel] = &[
    Regel {
        id: "O01",
        klasse: Context,
        wat: "Zorgcoördinatie in vrijwillig kader heeft een eigen product: 45A75.",
        staat: Staat::Query(&["coordinatie_uren", "coordinatie_clienten"]),
    },
    Regel {
        id: "O02",
        klasse: Norm,
        wat: "Een toewijzing voor zorgcoördinatie van een jaar telt hooguit 52 uur.",
        staat: Staat::Query(&["o02_uren_boven_maximum", "o02_toegekend_boven_maximum"]),
    },
    Regel {
        id: "O03",
        klasse: Norm,
        wat: "Meer uren in een week mag, zolang het maximum van de toewijzing niet wordt overschreden.",
        staat: Staat::Onderdeel(
            "O02 telt de uren van de hele toewijzing bij elkaar; hoe die over weken en maanden zijn verdeeld, maakt niet uit.",
        ),
    },
    Regel {
        id: "O04",
        klasse: Context,
        wat: "Of het maximum kleiner is bij een toewijzing die korter dan een jaar duurt, is niet afgesproken.",
        staat: Staat::Query(&["o04_korte_toewijzing"]),
    },
    Regel {
        id: "O05",
        klasse: Vergelijking,
        wat: "Bij een tweede toewijzing binnen het jaar begint het maximum van 52 uur opnieuw.",
        staat: Staat::Query(&["o05_tweede_toewijzing"]),
    },
    Regel {
        id: "O06",
        klasse: Norm,
        wat: "Loopt er een maatregel van jeugdbescherming of jeugdreclassering, dan is er geen apart product zorgcoördinatie: de kosten \
              zitten in het tarief van de gecertificeerde instelling.",
        staat: Staat::Query(&["o06_bij_maatregel"]),
    },
    Regel {
        id: "O07",
        klasse: Norm,
        wat: "Preventieve jeugdbescherming door een gecertificeerde instelling telt als vrijwillig.",
        staat: Staat::Onderdeel(
            "O06 telt alleen de maatregelen die het regiobestand uitsluit; preventieve jeugdbescherming hoort daar niet bij.",
        ),
    },
    Regel {
        id: "O08",
        klasse: Norm,
        wat: "Zorgcoördinatie is alleen voor een aanbieder die dezelfde jeugdige in die tijd ook andere zorg geeft.",
        staat: Staat::Query(&["o08_zonder_ander_product"]),
    },
    Regel {
        id: "O09",
        klasse: Norm,
        wat: "Eén aanbieder krijgt de opdracht om te coördineren.",
        staat: Staat::Query(&["o09_twee_coordinatoren"]),
    },
    Regel {
        id: "O10",
        klasse: Vergelijking,
        wat: "Zorgcoördinatie past als twee of meer aanbieders of andere professionals bij het gezin betrokken zijn.",
        staat: Staat::Query(&["o10_een_aanbieder_zichtbaar"]),
    },
    Regel {
        id: "O11",
        klasse: Context,
        wat: "De andere criteria zijn dat coördinatie nodig is, en of er een maatregel loopt; dat laatste leidt juist niet tot het \
              product.",
        staat: Staat::Context(
            "Het rapport vraagt bij O06 en O10 naar de reden; of coördinatie nodig was, oordeelt het niet.",
        ),
    },
    Regel {
        id: "O12",
        klasse: Proces,
        wat: "Er is een gezinsplan of ondersteuningsplan; een integraal uitvoeringsplan maken is de eerste taak van de coördinator.",
        staat: Staat::Query(&["o12_zonder_plan"]),
    },
    Regel {
        id: "O13",
        klasse: Norm,
        wat: "Voert de lokale toegang zelf de regie, dan is het product niet van toepassing.",
        staat: Staat::Query(&["o13_toegang_voert_regie"]),
    },
    Regel {
        id: "O14",
        klasse: Context,
        wat: "Met de toegang is het CJG of wijkteam bedoeld, niet de huisarts of medisch specialist.",
        staat: Staat::Query(&["o14_medische_verwijzing"]),
    },
    Regel {
        id: "O15",
        klasse: Vergelijking,
        wat: "De regie blijft waar het kan bij het gezin en zijn netwerk.",
        staat: Staat::Query(&["o15_coordinatie_bij_meer_aanbieders"]),
    },
    Regel {
        id: "O16",
        klasse: Vergelijking,
        wat: "Over de verdeling van de coördinatie over aanbieders is niets afgesproken; ze wordt alleen getoond.",
        staat: Staat::Query(&["coordinatie_uren"]),
    },
    Regel {
        id: "O17",
        klasse: Context,
        wat: "Bij een maatregel ligt de regie altijd bij de gecertificeerde instelling, die afstemt met de toegang; ook over het \
              afschalen wordt gesproken.",
        staat: Staat::Context(
            "Een jeugdige met een maatregel doet niet mee in de vergelijking van wie coördineert; wat er is afgestemd, staat niet in de \
             gegevens.",
        ),
    },
    Regel {
        id: "O18",
        klasse: Vergelijking,
        wat: "Is er meer of minder nodig dan wat is ingezet, dan wordt dat gemeld.",
        staat: Staat::Query(&["o18_gebruikte_tijd", "o18_toegewezen_tijd"]),
    },
    Regel {
        id: "O19",
        klasse: Context,
        wat: "Loopt het vast, dan is er contact met de toegang van een van de acht gemeenten.",
        staat: Staat::Query(&["o19_coordinatie_per_gemeente", "o19_gemeente_zonder_coordinatie"]),
    },
    Regel {
        id: "O20",
        klasse: Context,
        wat: "Dezelfde werkwijze geldt voor de matchcoördinatie van de Verwijsindex.",
        staat: Staat::Context("De Verwijsindex valt buiten de gegevens die een regio aanlevert."),
    },
    Regel {
        id: "O21",
        klasse: Norm,
        wat: "Het product hoort bij de raamovereenkomst van 2019 tot en met 2021.",
        staat: Staat::Query(&["o21_buiten_looptijd"]),
    },
    Regel {
        id: "O22",
        klasse: Context,
        wat: "De toegang heeft per gemeente een eigen naam, zoals CJG Apeldoorn, CJG Epe of het Baken in Lochem.",
        staat: Staat::Context(
            "Het rapport noemt de gemeente en spreekt van de toegang; namen en telefoonnummers van mensen staan nergens in het programma.",
        ),
    },
    Regel {
        id: "O23",
        klasse: Context,
        wat: "Een coördinator heeft vijf taken: het plan, het coördineren, aanspreekpunt zijn voor het gezin en voor de gemeente, en \
              tijdig contact zoeken.",
        staat: Staat::Context(
            "Welke taak is gedaan, staat niet in een declaratie; het rapport telt alleen de uren. Het plan zelf is O12.",
        ),
    },
];
