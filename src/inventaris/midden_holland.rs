//! Midden-Holland: memo zorgcoördinatie and 1Gezin1Plan (M): its rules in the order of their numbers.

use super::Klasse::{Context, Norm, Proces, Vergelijking};
use super::{Regel, Staat};

pub(super) const REGELS: &[Regel] = &[
    Regel {
        id: "M01",
        klasse: Vergelijking,
        wat: "De zorgcoördinatie wordt evenredig over de aanbieders verdeeld.",
        staat: Staat::Query(&["m01_uren_in_plannen", "coordinatie_uren", "coordinatie_loting"]),
    },
    Regel {
        id: "M02",
        klasse: Context,
        wat: "Voor een evenredige verdeling zorgen de aanbieders zelf.",
        staat: Staat::Context(
            "Wat over de verdeling wordt gevonden, is geschreven als onderwerp voor de aanbieders aan de fysieke overlegtafel, niet als \
             oordeel.",
        ),
    },
    Regel {
        id: "M03",
        klasse: Context,
        wat: "Sinds 2018 hoort zorgcoördinatie bij de gewone declarabele uren en is er geen aparte betaling voor.",
        staat: Staat::Context(
            "Zonder productcode, activiteit op de declaratie of plan met een coördinator is coördinatie niet te herkennen; wat daarvan \
             afhangt, staat dan bij niet te bepalen.",
        ),
    },
    Regel {
        id: "M04",
        klasse: Context,
        wat: "Het systeem van een jeugdige is zijn familie, vrienden en leraren, en zelfstandige professionals met rechtstreeks contact, \
              zoals de huisarts.",
        staat: Staat::Context(
            "Een omschrijving: in declaraties is niet te zien met wie de uren zijn besteed.",
        ),
    },
    Regel {
        id: "M05",
        klasse: Norm,
        wat: "Uren declareren mag zolang de beschikking dat toelaat.",
        staat: Staat::Query(&["m05_boven_beschikking"]),
    },
    Regel {
        id: "M06",
        klasse: Norm,
        wat: "Tot de wijziging mag een extra vergoeding alleen als die vooraf is afgesproken en aan vijf voorwaarden is voldaan.",
        staat: Staat::Query(&["m06_toeslag_zonder_afspraak"]),
    },
    Regel {
        id: "M07",
        klasse: Norm,
        wat: "Na de wijziging kunnen voor buitengewone inzet extra uren worden toegekend, en is er geen extra vergoeding meer.",
        staat: Staat::Query(&["m07_toeslag_na_wijziging"]),
    },
    Regel {
        id: "M08",
        klasse: Vergelijking,
        wat: "Van de wijziging werd een beperkte stijging van de uitgaven van gemeenten verwacht.",
        staat: Staat::Query(&["m08_kosten_na_wijziging"]),
    },
    Regel {
        id: "M09",
        klasse: Vergelijking,
        wat: "Mag zorgcoördinatie niet, dan blijft de kwaliteit achter.",
        staat: Staat::Query(&["m09_zonder_coordinatie"]),
    },
    Regel {
        id: "M10",
        klasse: Norm,
        wat: "Elke dienstverlener werkt volgens 1Gezin1Plan, heeft een aandachtsfunctionaris en heeft een scholingsplan.",
        staat: Staat::Query(&["m10_eisen_1g1p"]),
    },
    Regel {
        id: "M11",
        klasse: Norm,
        wat: "Een zorgcoördinator is geschoold in 1Gezin1Plan en in het voorzitten van een bijeenkomst.",
        staat: Staat::Query(&["m11_coordinatie_zonder_scholing"]),
    },
    Regel {
        id: "M12",
        klasse: Vergelijking,
        wat: "Zorgcoördinatie is gewoon werk en wordt niet groter gemaakt dan nodig.",
        staat: Staat::Query(&["m12_aandeel_coordinatie"]),
    },
    Regel {
        id: "M13",
        klasse: Vergelijking,
        wat: "Buitengewone inzet is inzet die niet in verhouding staat tot de gegeven zorg.",
        staat: Staat::Query(&["m13_niet_in_verhouding"]),
    },
    Regel {
        id: "M14",
        klasse: Context,
        wat: "Ook de regisseur complexe gezinnen, de jeugdbeschermer en het sociaal team kunnen coördineren.",
        staat: Staat::Query(&["m14_wie_coordineert"]),
    },
    Regel {
        id: "M15",
        klasse: Norm,
        wat: "Een regisseur complexe gezinnen is er als een ouder psychiatrische problemen heeft en in behandeling is of gaat, er meer \
              dan één instantie helpt en de hulp dreigt vast te lopen.",
        staat: Staat::NietMeetbaar(
            "Over de gezondheid en behandeling van ouders staat niets in declaraties en registers, en die gegevens horen daar niet in. \
             Meetbaar wordt het pas als de regisseur per gezin zelf vastlegt of aan de voorwaarden is voldaan.",
        ),
    },
    Regel {
        id: "M16",
        klasse: Proces,
        wat: "De betrokkenen bepalen samen hoeveel uren de coördinator nodig heeft.",
        staat: Staat::Query(&["m16_boven_afspraak"]),
    },
    Regel {
        id: "M17",
        klasse: Context,
        wat: "Zorgcoördinatie is erop toezien dat afspraken over de hulp tot stand komen en worden nagekomen.",
        staat: Staat::Context(
            "De omschrijving die het rapport aanhoudt; er valt niets aan te tellen.",
        ),
    },
    Regel {
        id: "M18",
        klasse: Context,
        wat: "Het gezin voert zo veel mogelijk zelf de regie, en elke partij blijft verantwoordelijk voor haar eigen taken.",
        staat: Staat::Context(
            "Een bevinding is een vraag aan de partijen samen en wijst niemand aan als schuldige.",
        ),
    },
    Regel {
        id: "M19",
        klasse: Context,
        wat: "Rond 2016 waren meer dan 400 medewerkers van tientallen organisaties geschoold.",
        staat: Staat::Context(
            "Een getal van toen, zonder register erachter; wie nu geschoold is, staat bij M11.",
        ),
    },
    Regel {
        id: "M20",
        klasse: Context,
        wat: "Wat een waakvlam is en hoever een ondersteuningsplan reikt, is niet vastgesteld.",
        staat: Staat::Context("Zolang dat openligt, rekent het programma er niet mee."),
    },
    Regel {
        id: "M21",
        klasse: Proces,
        wat: "Over de wijziging is tussen oktober 2018 en oktober 2020 aan overlegtafels gesproken en besloten.",
        staat: Staat::NietMeetbaar(
            "Dit zijn data van overleggen, geen gegevens over zorg. De dag waarop de nieuwe tekst inging, staat niet in de bron; is die \
             bekend, zet hem dan in het regiobestand (coordinatie.wijziging) en M06, M07 en M08 worden bepaald.",
        ),
    },
    Regel {
        id: "M22",
        klasse: Context,
        wat: "De afspraken gelden in het contract Toegang, de basisovereenkomst jeugdhulp van 2016, het inkoopkader van 2017 en de \
              deelovereenkomst.",
        staat: Staat::Context(
            "Vanaf wanneer de afspraken gelden, staat in het regiobestand (coordinatie.geldig); welk contract een aanbieder heeft, staat \
             in de tabel contracten.",
        ),
    },
];
