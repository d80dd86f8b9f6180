//! What only rules of a region look at, and which rules are on.

use crate::region::velden::Nodig::{Verplicht, Zonder};
use crate::region::velden::Soort::{Datum, Datums, Drempel, JaNee, Keuze, Tabel, Tekst, Teksten};
use crate::region::velden::{Opzet, Sectie, Veld, veld};

pub(super) const SECTIES: &[Sectie] = &[
    Sectie {
        naam: "advies",
        titel: "Advies",
        opzet: Opzet::Tabel,
        is_verplicht: false,
        wat: "Binnen hoeveel werkdagen er advies is over een aanvraag, en wie de doorslag geeft.",
        velden: &[
            veld(
                ("werkdagen_spoed", "bij spoed"),
                Drempel("werkdagen"),
                Verplicht,
                "{ waarde = 2, grondslag = \"norm\", bron = \"werkafspraken\" }",
                ("De termijn bij spoed.", "regels"),
            ),
            veld(
                ("werkdagen", "zonder spoed"),
                Drempel("werkdagen"),
                Verplicht,
                "{ waarde = 5, grondslag = \"norm\", bron = \"werkafspraken\" }",
                ("De gewone termijn.", "regels"),
            ),
            veld(
                ("rollen", "adviseurs"),
                Teksten,
                Verplicht,
                "[\"beleid\", \"icm\"]",
                ("Wie adviseren.", "regels"),
            ),
            veld(
                ("doorslag", "doorslag"),
                Tekst,
                Verplicht,
                "\"beleid\"",
                ("Wiens advies gaat voor als zij verschillen; een van rollen.", "regels"),
            ),
            veld(
                ("vrije_dagen", "vrije dagen"),
                Datums,
                Zonder("alleen weekenden en feestdagen"),
                "[2025-05-30]",
                ("Dagen waarop niemand werkt, naast weekenden en feestdagen.", "werkdagen"),
            ),
        ],
    },
    Sectie {
        naam: "mandaat",
        titel: "Mandaat",
        opzet: Opzet::Tabel,
        is_verplicht: false,
        wat: "Wie een overeenkomst mag tekenen.",
        velden: &[
            veld(
                ("grens_ct", "grens"),
                Drempel("eurocent"),
                Verplicht,
                "{ waarde = 5000000, grondslag = \"norm\", bron = \"mandaatregeling\" }",
                ("Vanaf deze contractwaarde moet een hogere functie tekenen.", "regels"),
            ),
            veld(
                ("op_de_grens", "precies op de grens"),
                Keuze(&["onbepaald", "laag", "hoog"]),
                Verplicht,
                "\"onbepaald\"",
                ("Wie tekent bij precies dit bedrag.", "regels"),
            ),
            veld(
                ("laag", "tot de grens"),
                Teksten,
                Verplicht,
                "[\"teammanager toegang\"]",
                ("Functies die tot de grens tekenen.", "regels"),
            ),
            veld(
                ("hoog", "vanaf de grens"),
                Teksten,
                Verplicht,
                "[\"afdelingsmanager\"]",
                ("Functies die ook daarboven tekenen.", "regels"),
            ),
            veld(
                ("per_gemeente_ct", "eigen grens"),
                Tabel,
                Zonder("overal dezelfde grens"),
                "{ 0355 = { waarde = 7500000, grondslag = \"norm\", bron = \"mandaatregeling Zeist\" } }",
                ("Gemeentecode = eigen grens, een drempel in eurocent.", "regels"),
            ),
            veld(
                ("splits_maanden", "samen binnen"),
                Drempel("maanden"),
                Zonder("niet te bepalen"),
                "{ waarde = 12, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                ("Overeenkomsten binnen zoveel maanden tellen voor de grens samen.", "regels"),
            ),
        ],
    },
    Sectie {
        naam: "evaluatie",
        titel: "Evaluatie",
        opzet: Opzet::Tabel,
        is_verplicht: false,
        wat: "Wanneer de afspraken worden geëvalueerd.",
        velden: &[
            veld(
                ("maanden", "na"),
                Drempel("maanden"),
                Verplicht,
                "{ waarde = 12, grondslag = \"norm\", bron = \"werkafspraken\" }",
                ("Na hoeveel maanden wordt geëvalueerd.", "hoofdstuk proces"),
            ),
            veld(
                ("start", "begonnen op"),
                Datum,
                Zonder("niet bekend"),
                "2025-01-01",
                ("De eerste dag van de afspraken.", "hoofdstuk proces"),
            ),
        ],
    },
    Sectie {
        naam: "kanaal",
        titel: "Kanaal",
        opzet: Opzet::Tabel,
        is_verplicht: false,
        wat: "Langs welke weg declaraties horen binnen te komen.",
        velden: &[veld(
            ("toegestaan", "afgesproken"),
            Teksten,
            Verplicht,
            "[\"ijw\"]",
            ("Waarden van declaraties.kanaal die de gewone weg zijn.", "regels"),
        )],
    },
    Sectie {
        naam: "productgroepen",
        titel: "Productgroepen",
        opzet: Opzet::Vrij,
        is_verplicht: false,
        wat: "Productcodes bij wat zij zijn: consult, vervoer, overbrugging, verblijf, ambulant. Staat een groep er niet, dan telt voor consult, vervoer en overbrugging wat in de productenlijst zo heet; naar verblijf en ambulant wordt nog niet gekeken.",
        velden: &[veld(
            ("<groep>", "groep"),
            Teksten,
            Zonder("wat in de productenlijst zo heet"),
            "[\"42A03\"]",
            ("De productcodes van de groep.", "regels"),
        )],
    },
    Sectie {
        naam: "producten",
        titel: "Landelijke productcodes",
        opzet: Opzet::Tabel,
        is_verplicht: false,
        wat: "Of de regio alleen landelijke productcodes gebruikt.",
        velden: &[
            veld(
                ("landelijk", "alleen landelijke codes"),
                JaNee,
                Zonder("niet bekend"),
                "true",
                ("true: alleen codes van de landelijke lijst.", "regels"),
            ),
            veld(
                ("landelijke_codes", "de lijst"),
                Tabel,
                Zonder("leeg"),
                "{ 45A04 = \"45\" }",
                ("Productcode = categorie; er is geen openbare lijst om in te bouwen.", "regels"),
            ),
        ],
    },
    Sectie {
        naam: "wachttijd",
        titel: "Wachttijd",
        opzet: Opzet::Tabel,
        is_verplicht: false,
        wat: "Hoe lang een jeugdige mag wachten.",
        velden: &[veld(
            ("treeknorm_dagen", "treeknorm"),
            Drempel("dagen"),
            Verplicht,
            "{ waarde = 98, grondslag = \"norm\", bron = \"treeknorm ggz: 14 weken\" }",
            ("Dagen van aanmelding tot start.", "regels"),
        )],
    },
    Sectie {
        naam: "contract",
        titel: "Contract",
        opzet: Opzet::Tabel,
        is_verplicht: false,
        wat: "Of er nieuwe aanbieders bij kunnen.",
        velden: &[veld(
            ("toetreding_gesloten", "toetreding gesloten"),
            Datum,
            Zonder("niet te bepalen"),
            "2022-01-01",
            ("Vanaf deze dag komt er geen aanbieder bij.", "regels"),
        )],
    },
    Sectie {
        naam: "afspraken",
        titel: "Overige afspraken",
        opzet: Opzet::Tabel,
        is_verplicht: false,
        wat: "Termijnen en aantallen uit de afspraken van de regio.",
        velden: &[
            dagen(
                ("indientermijn_dagen", "indienen"),
                "Binnen hoeveel dagen na de zorg wordt gedeclareerd.",
            ),
            dagen(
                ("betaaltermijn_dagen", "betalen"),
                "Binnen hoeveel dagen na het indienen wordt betaald.",
            ),
            veld(
                ("gezin_aanbieders", "aanbieders om een gezin"),
                Drempel("aanbieders"),
                Zonder("niet te bepalen"),
                "{ waarde = 3, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                ("Vanaf zoveel aanbieders tegelijk staat een gezin op de lijst.", "regels"),
            ),
            veld(
                ("controle_regels", "steekproef"),
                Drempel("regels per aanbieder"),
                Zonder("niet te bepalen"),
                "{ waarde = 5, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                ("Hoeveel regels de steekproef voor materiële controle trekt.", "regels"),
            ),
            veld(
                ("stijging_procent", "stijging"),
                Drempel("procent"),
                Zonder("niet te bepalen"),
                "{ waarde = 5, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                ("Een grotere stijging na de wijziging van de afspraken valt op.", "regels"),
            ),
            veld(
                ("plafond_marge_procent", "plafond"),
                Drempel("procent"),
                Zonder("niet te bepalen"),
                "{ waarde = 1, grondslag = \"norm\", bron = \"keuze van de regio\" }",
                ("Hoeveel een aanbieder bij gelijk tempo boven zijn plafond mag komen.", "regels"),
            ),
            dagen(
                ("rapportage_dagen", "halfjaarrapportage"),
                "Binnen hoeveel dagen na een halfjaar de rapportage er is.",
            ),
        ],
    },
    Sectie {
        naam: "toegangen",
        titel: "Toegangen",
        opzet: Opzet::Vrij,
        is_verplicht: false,
        wat: "Welke gemeenten samen een toegang hebben; een gemeente heeft er hooguit een.",
        velden: &[veld(
            ("<naam>", "toegang"),
            Teksten,
            Zonder("niet bekend"),
            "[\"0355\"]",
            ("De gemeentecodes.", "regels"),
        )],
    },
    Sectie {
        naam: "regels",
        titel: "Regels",
        opzet: Opzet::Tabel,
        is_verplicht: false,
        wat: "Welke regels van welke documenten tegen de gegevens worden gehouden; zonder deze sectie geen. De regels staan in RULES.md en in 'maatstaf uitleg'.",
        velden: &[veld(
            ("bronnen", "documenten"),
            Teksten,
            Zonder("geen"),
            "[\"Z\"]",
            (
                "De letters van de documenten waarvan de regels aan staan: Z (Zuidoost-Utrecht), O (Oost-Veluwe), M (Midden-Holland), H (Holland Rijnland).",
                "welke regels worden gesteld",
            ),
        )],
    },
    Sectie {
        naam: "regels.afwijkend",
        titel: "Afwijkende regels",
        opzet: Opzet::Vrij,
        is_verplicht: false,
        wat: "Een regel die anders staat dan zijn document. Een regel die aan staat en in het kwartaal niet geldt, is informatief.",
        velden: &[veld(
            ("<regel>", "regel"),
            Tabel,
            Zonder("zoals zijn document"),
            "{ stand = \"informatief\", geldig = { van = 2026-01-01 } }",
            (
                "De stand: \"controle\" (tegen de gegevens gehouden), \"informatief\" (getoond zonder oordeel) of \"uit\" (niet gesteld), en zo nodig wanneer hij geldt.",
                "welke regels worden gesteld",
            ),
        )],
    },
];

/// A term in days that a region may have agreed on.
const fn dagen(naam: (&'static str, &'static str), wat: &'static str) -> Veld {
    let voorbeeld = "{ waarde = 30, grondslag = \"norm\", bron = \"keuze van de regio\" }";
    veld(naam, Drempel("dagen"), Zonder("niet te bepalen"), voorbeeld, (wat, "regels"))
}
