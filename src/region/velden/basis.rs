//! What a region is, and how its exports are written.

use crate::region::velden::Nodig::{Verplicht, Zonder};
use crate::region::velden::Soort::{Datum, Geldig, Getal, Tabel, Tekst, Teksten};
use crate::region::velden::{Opzet, Sectie, veld};

pub(super) const SECTIES: &[Sectie] = &[
    Sectie {
        naam: "region",
        titel: "De regio",
        opzet: Opzet::Tabel,
        is_verplicht: true,
        wat: "Hoe de regio heet en waar haar afspraken staan.",
        velden: &[
            veld(
                ("naam", "naam"),
                Tekst,
                Verplicht,
                "\"Zuidoost-Utrecht\"",
                ("De naam zoals die in het rapport staat.", "titel van het rapport"),
            ),
            veld(
                ("bron", "bron"),
                Tekst,
                Verplicht,
                "\"Werkafspraken maatwerk, versie 2025\"",
                ("De documenten waar de afspraken uit komen.", "verantwoording van het rapport"),
            ),
        ],
    },
    Sectie {
        naam: "region.gemeenten",
        titel: "Gemeenten",
        opzet: Opzet::Vrij,
        is_verplicht: true,
        wat: "De gemeenten van de regio, minstens één. Exports mogen de code of de naam gebruiken. Regels van andere gemeenten worden gelezen en tellen niet mee (buiten de regio).",
        velden: &[veld(
            ("<code>", "gemeente"),
            Tekst,
            Verplicht,
            "\"Zeist\"",
            (
                "De CBS-code van vier cijfers, met de naam zoals die in het rapport staat.",
                "elke tabel met gemeenten",
            ),
        )],
    },
    Sectie {
        naam: "herindelingen",
        titel: "Herindelingen",
        opzet: Opzet::Lijst,
        is_verplicht: false,
        wat: "Een gemeente die is opgegaan in een gemeente van de regio. De oude code blijft goed en telt in elk cijfer mee voor de nieuwe gemeente, ook in kwartalen van ervoor. Regels en toewijzingen worden gekoppeld onder de code waarmee zij zijn aangeleverd. Begint zorg op of na deze dag nog met de oude code, dan is dat een waarschuwing (MS245). Een gemeente die over meer gemeenten is verdeeld, kan hier niet staan.",
        velden: &[
            veld(
                ("oud", "oude code"),
                Tekst,
                Verplicht,
                "\"0576\"",
                (
                    "De vier cijfers van de opgeheven gemeente; niet een van [region.gemeenten].",
                    "gemeente van elke regel",
                ),
            ),
            veld(
                ("naam", "oude naam"),
                Tekst,
                Verplicht,
                "\"Noordwijkerhout\"",
                (
                    "De naam ervan; exports mogen code of naam gebruiken.",
                    "herkennen van de gemeente",
                ),
            ),
            veld(
                ("nieuw", "nieuwe code"),
                Tekst,
                Verplicht,
                "\"0575\"",
                (
                    "De code van de gemeente waar zij nu bij hoort; een van [region.gemeenten].",
                    "gemeente van elke regel",
                ),
            ),
            veld(
                ("per", "per"),
                Datum,
                Verplicht,
                "2019-01-01",
                ("De eerste dag van de nieuwe gemeente.", "MS245; aantal jeugdigen van ervoor"),
            ),
            veld(
                ("bron", "bron"),
                Tekst,
                Verplicht,
                "\"gemeentelijke indeling van het CBS\"",
                ("Waar dit vandaan komt.", "uitleg"),
            ),
        ],
    },
    Sectie {
        naam: "segmenten",
        titel: "Segmenten",
        opzet: Opzet::Vrij,
        is_verplicht: false,
        wat: "De segmenten (percelen) van de inkoop, bij het nummer of de korte naam die de productenlijst in de kolom segment heeft.",
        velden: &[veld(
            ("<nummer>", "segment"),
            Tabel,
            Zonder("geen segmenten"),
            "{ naam = \"Ambulante jeugdhulp\", geldig = { van = 2022-01-01 } }",
            (
                "De naam van het segment, en wanneer het in gebruik is.",
                "tabellen naar segment, kosten per cliënt",
            ),
        )],
    },
    Sectie {
        naam: "columns",
        titel: "Eigen koppen",
        opzet: Opzet::Vrij,
        is_verplicht: false,
        wat: "Koppen in exports die maatstaf niet kent, per tabel: [columns.declaraties], [columns.toewijzingen] enzovoort. Hoofdletters, accenten, spaties en leestekens in een kop tellen niet mee. De tabellen en kolommen staan in de handleiding. Gebruik dit voor koppen van de hele regio, en maatstaf.toml voor die van één map.",
        velden: &[veld(
            ("<tabel>", "eigen koppen"),
            Tabel,
            Zonder("alleen de koppen die maatstaf kent"),
            "{ \"Nummer zorgaanbieder\" = \"agb\" }",
            (
                "De kop zoals die in het bestand staat, met de kolom die het is.",
                "lezen van de bestanden",
            ),
        )],
    },
    Sectie {
        naam: "leverancier",
        titel: "Leveranciers",
        opzet: Opzet::Lijst,
        is_verplicht: false,
        wat: "Hoe een leverancier van exports getallen en datums schrijft, zodat dat niet elke keer hoeft te worden uitgezocht. De regel om hier te plakken staat bij elk gelezen bestand achter 'vast te leggen'. Een vastgelegde stijl wordt nooit stil veranderd: wat er niet mee te lezen is, wordt afgekeurd (MS282). --stijl op de opdrachtregel gaat voor.",
        velden: &[
            veld(
                ("naam", "naam"),
                Tekst,
                Verplicht,
                "\"Zorgpakket\"",
                (
                    "De naam, zoals die achter het gelezen bestand staat.",
                    "overzicht van wat is gelezen",
                ),
            ),
            veld(
                ("bestand", "bestand"),
                Tekst,
                Zonder("elk bestand; dan is koppen nodig"),
                "\"zorgpakket_*.csv\"",
                (
                    "De naam van het bestand zonder map; * staat voor wat verschilt.",
                    "herkennen van de leverancier",
                ),
            ),
            veld(
                ("koppen", "koppen"),
                Teksten,
                Zonder("geen; dan is bestand nodig"),
                "[\"Nummer zorgaanbieder\", \"Te betalen\"]",
                (
                    "Koppen die er allemaal moeten zijn. Passen er meer leveranciers, dan telt de eerste.",
                    "herkennen van de leverancier",
                ),
            ),
            veld(
                ("stijl", "stijl"),
                Tabel,
                Verplicht,
                "{ bedrag = \"1.234,56\", periode_begin = \"dd-mm-jjjj\" }",
                (
                    "Per kolom hoe die is geschreven. Getallen: \"1.234,56\" of \"1,234.56\". Datums: \"dd-mm-jjjj\", \"mm-dd-jjjj\" of \"dagnummer\" (46022, zoals Excel dagen telt). jjjj-mm-dd heeft geen stijl nodig.",
                    "lezen van getallen en datums",
                ),
            ),
        ],
    },
    Sectie {
        naam: "minuten_per_eenheid",
        titel: "Minuten per eenheid",
        opzet: Opzet::Vrij,
        is_verplicht: false,
        wat: "Hoeveel minuten een etmaal (14) of een dagdeel (16) is. Van minuut en uur is dat bekend. Zonder dit zijn uren in die eenheden niet te berekenen.",
        velden: &[veld(
            ("<eenheid>", "eenheid"),
            Getal("minuten"),
            Zonder("niet om te rekenen"),
            "240",
            ("De code van de eenheid, met het aantal minuten.", "uren zorgcoördinatie en zorg"),
        )],
    },
    Sectie {
        naam: "tarieven",
        titel: "Tarieven",
        opzet: Opzet::Lijst,
        is_verplicht: false,
        wat: "Een regionaal tarief voor een product dat geen regel heeft in de aangeleverde productenlijst.",
        velden: &[
            veld(
                ("productcode", "productcode"),
                Tekst,
                Verplicht,
                "\"45A53\"",
                ("Hoofdletters en cijfers.", "tariefvergelijking"),
            ),
            veld(
                ("eenheid", "eenheid"),
                Tekst,
                Verplicht,
                "\"04\"",
                ("\"01\", \"04\", \"14\", \"16\", \"82\", \"83\" of \"84\".", "tariefvergelijking"),
            ),
            veld(
                ("tarief_ct", "tarief"),
                Getal("eurocent per eenheid, boven 0"),
                Verplicht,
                "9250",
                ("Het tarief in hele eurocenten.", "tariefvergelijking"),
            ),
            veld(
                ("geldig", "geldig"),
                Geldig,
                Zonder("altijd"),
                "{ van = 2025-01-01, tot = 2025-12-31 }",
                ("Wanneer het tarief geldt.", "tariefvergelijking"),
            ),
            veld(
                ("bron", "bron"),
                Tekst,
                Verplicht,
                "\"tarievenlijst 2025\"",
                ("Waar het tarief staat.", "uitleg"),
            ),
        ],
    },
];
