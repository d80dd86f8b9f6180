//! Maatwerk and zorgcoordinatie.

use crate::region::velden::Nodig::{Verplicht, Zonder};
use crate::region::velden::Soort::{Datum, Drempel, Geldig, JaNee, Keuze, Tabel, Tekst, Teksten};
use crate::region::velden::{Opzet, Sectie, veld};

pub(super) const SECTIES: &[Sectie] = &[
    Sectie {
        naam: "maatwerk",
        titel: "Maatwerk",
        opzet: Opzet::Tabel,
        is_verplicht: true,
        wat: "Waaraan een maatwerkovereenkomst in een declaratie is te herkennen. De eerste die past beslist: opzoektabel, teken, categorieen, register. Is er niets ingesteld, dan is maatwerk in declaraties niet te bepalen.",
        velden: &[
            veld(
                ("opzoektabel", "opzoektabel"),
                Tabel,
                Zonder("leeg"),
                "{ 45A90 = \"45M91\" }",
                (
                    "Basisproduct = maatwerkcode. Geen maatwerkcode twee keer.",
                    "herkennen van maatwerk",
                ),
            ),
            veld(
                ("teken", "teken"),
                Tabel,
                Zonder("geen teken"),
                "{ positie = 3, teken = \"M\" }",
                (
                    "Dit teken op deze plaats van de productcode (geteld vanaf 1). Is er een productenlijst, dan telt de code alleen als het basisproduct daarin staat; zijn er meer, dan blijft het basisproduct open (MS009) en wordt geen tarief vergeleken.",
                    "herkennen van maatwerk",
                ),
            ),
            veld(
                ("categorieen", "categorieën"),
                Teksten,
                Zonder("leeg: de categorie beslist niets"),
                "[\"50\"]",
                ("Productcategorieën die op zichzelf maatwerk zijn.", "herkennen van maatwerk"),
            ),
            veld(
                ("register", "register"),
                JaNee,
                Verplicht,
                "true",
                (
                    "true: een regel van een cliënt en AGB-code met een overeenkomst in het register die op de eerste dag loopt, is maatwerk.",
                    "herkennen van maatwerk",
                ),
            ),
            veld(
                ("uitzondering_maatregel", "vrije keuze bij"),
                Teksten,
                Zonder("leeg"),
                "[\"JR\"]",
                (
                    "Maatregelen waarbij de keuze van aanbieder vrij is; die overeenkomsten staan apart.",
                    "hoofdstuk maatwerk",
                ),
            ),
            veld(
                ("contractsoorten_als_gecontracteerd", "telt als contract"),
                Teksten,
                Zonder("leeg"),
                "[\"regulier\", \"LTA\", \"afbouw\"]",
                (
                    "Waarden van contracten.soort waarmee een aanbieder gecontracteerd is.",
                    "regels over maatwerk en contract",
                ),
            ),
            veld(
                ("verboden", "maatwerkcode verboden"),
                JaNee,
                Zonder("false"),
                "true",
                ("true: een maatwerkcode is in deze regio een fout.", "regel H04"),
            ),
            veld(
                ("exemplaar_dagen", "getekend exemplaar"),
                Drempel("dagen"),
                Zonder("niet te bepalen"),
                "{ waarde = 30, grondslag = \"norm\", bron = \"werkafspraken\" }",
                ("Binnen hoeveel dagen ICM het getekende exemplaar heeft.", "regels"),
            ),
            veld(
                ("lang_maanden", "langjarig"),
                Drempel("maanden"),
                Zonder("niet te bepalen"),
                "{ waarde = 12, grondslag = \"norm\", bron = \"werkafspraken\" }",
                ("Een overeenkomst van meer maanden is bij het begin al lang.", "regels"),
            ),
            veld(
                ("max_verlengingen", "verlengingen"),
                Drempel("keer"),
                Zonder("niet te bepalen"),
                "{ waarde = 2, grondslag = \"norm\", bron = \"werkafspraken\" }",
                ("Hoe vaak een overeenkomst hooguit wordt verlengd.", "regels"),
            ),
            veld(
                ("geldig", "geldig"),
                Geldig,
                Zonder("altijd"),
                "{ van = 2024-01-01 }",
                (
                    "Wanneer maatwerk zo wordt herkend, naar de eerste dag van de productperiode; daarbuiten zijn de regels van document Z informatief.",
                    "herkennen van maatwerk; regels Z",
                ),
            ),
        ],
    },
    Sectie {
        naam: "coordinatie",
        titel: "Zorgcoördinatie",
        opzet: Opzet::Tabel,
        is_verplicht: true,
        wat: "Welke zorg zorgcoördinatie is, en wat daarover is afgesproken.",
        velden: &[
            veld(
                ("codes", "productcodes"),
                Teksten,
                Verplicht,
                "[\"45A75\"]",
                (
                    "Productcodes die zorgcoördinatie zijn; mag leeg zijn ([]), dan is reden_niet nodig.",
                    "herkennen van zorgcoördinatie",
                ),
            ),
            veld(
                ("uit_producten", "ook uit de productenlijst"),
                JaNee,
                Verplicht,
                "true",
                (
                    "true: producten met is_coordinatie = ja in de productenlijst tellen ook.",
                    "herkennen van zorgcoördinatie",
                ),
            ),
            veld(
                ("uit_plannen", "ook uit de plannen"),
                JaNee,
                Verplicht,
                "false",
                ("true: de tabel plannen telt ook. Wordt nog niet gebruikt.", "nog niet gebruikt"),
            ),
            veld(
                ("evenredigheid", "gelijke verdeling"),
                Keuze(&["gesprek", "informatief", "geen"]),
                Verplicht,
                "\"informatief\"",
                (
                    "\"gesprek\": een gelijke verdeling is een doel, en een afwijking een onderwerp voor gesprek. \"informatief\": getoond zonder oordeel. \"geen\": geen bevinding.",
                    "hoofdstuk zorgcoördinatie",
                ),
            ),
            veld(
                ("term", "term"),
                Tekst,
                Verplicht,
                "\"zorgcoördinatie\"",
                ("Het woord dat deze regio gebruikt.", "teksten van het rapport"),
            ),
            veld(
                ("reden_niet", "waarom niet"),
                Tekst,
                Zonder("geen; verplicht als codes leeg is"),
                "\"De afspraken noemen geen productcode.\"",
                (
                    "Waarom de regio het niet kan zeggen en wat dat verandert; staat in het rapport bij niet te bepalen.",
                    "hoofdstuk zorgcoördinatie",
                ),
            ),
            veld(
                ("max_uren", "hoogste aantal uren"),
                Drempel("uur per toewijzing"),
                Zonder("niet te bepalen"),
                "{ waarde = 52, grondslag = \"norm\", bron = \"afspraken\" }",
                ("De meeste uren per toewijzing.", "regels"),
            ),
            veld(
                ("looptijd_maanden", "looptijd daarbij"),
                Drempel("maanden"),
                Zonder("niet te bepalen"),
                "{ waarde = 12, grondslag = \"norm\", bron = \"afspraken\" }",
                ("De looptijd waar max_uren bij hoort.", "regels"),
            ),
            veld(
                ("pro_rata", "naar rato"),
                JaNee,
                Zonder("false"),
                "true",
                ("true: een kortere toewijzing heeft naar rato minder uren.", "regels"),
            ),
            veld(
                ("uitgesloten_maatregel", "niet bij maatregel"),
                Teksten,
                Zonder("leeg"),
                "[\"JB\", \"JR\"]",
                (
                    "Maatregelen (maatregelen.soort) waarbij niemand wordt gevraagd te coördineren; die cliënten doen niet mee in de vergelijking met een loting.",
                    "hoofdstuk zorgcoördinatie",
                ),
            ),
            veld(
                ("geen_kandidaat", "maakt geen kandidaat"),
                Teksten,
                Zonder("leeg"),
                "[\"42A03\"]",
                (
                    "Productcodes die een aanbieder geen kandidaat voor coördinatie maken, zoals vervoer.",
                    "hoofdstuk zorgcoördinatie",
                ),
            ),
            veld(
                ("ander_product_vereist", "ander product vereist"),
                JaNee,
                Zonder("false"),
                "true",
                (
                    "true: wie coördineert geeft de cliënt ook andere zorg. In de vergelijking met een loting telt een coördinator zonder andere zorg nooit mee, wat hier ook staat.",
                    "regels",
                ),
            ),
            veld(
                ("max_aanbieders_tegelijk", "coördinatoren tegelijk"),
                Drempel("aanbieders"),
                Zonder("niet te bepalen"),
                "{ waarde = 1, grondslag = \"norm\", bron = \"afspraken\" }",
                ("Hoeveel aanbieders hooguit tegelijk voor één cliënt coördineren.", "regels"),
            ),
            veld(
                ("min_aanbieders", "vanaf zoveel aanbieders"),
                Drempel("aanbieders"),
                Zonder("niet te bepalen"),
                "{ waarde = 2, grondslag = \"norm\", bron = \"afspraken\" }",
                (
                    "Hoeveel aanbieders er minstens om een cliënt zijn als er wordt gecoördineerd.",
                    "regels",
                ),
            ),
            veld(
                ("wijziging", "wijziging"),
                Datum,
                Zonder("niet te bepalen"),
                "2025-01-01",
                ("De eerste dag waarop extra uren in de plaats komen van een toeslag.", "regels"),
            ),
            veld(
                ("toeslag_voorwaarden", "voorwaarden toeslag"),
                Drempel("voorwaarden"),
                Zonder("niet te bepalen"),
                "{ waarde = 5, grondslag = \"norm\", bron = \"afspraken\" }",
                ("Aan hoeveel voorwaarden een toeslag moet voldoen.", "regels"),
            ),
            veld(
                ("verhouding_procent", "in verhouding tot de zorg"),
                Drempel("procent van de uren zorg"),
                Zonder("niet te bepalen"),
                "{ waarde = 100, grondslag = \"norm\", bron = \"afspraken\" }",
                ("Meer coördinatie dan dit is niet in verhouding.", "regels"),
            ),
            veld(
                ("aandeel_uren_procent", "aandeel van de uren"),
                Drempel("procent van alle uren"),
                Zonder("niet te bepalen"),
                "{ waarde = 34, grondslag = \"norm\", bron = \"afspraken\" }",
                ("Een cliënt met een groter aandeel coördinatie komt op de lijst.", "regels"),
            ),
            veld(
                ("zonder_coordinatie_aanbieders", "verwacht vanaf"),
                Drempel("aanbieders"),
                Zonder("niet te bepalen"),
                "{ waarde = 3, grondslag = \"norm\", bron = \"afspraken\" }",
                ("Vanaf zoveel aanbieders om een cliënt wordt coördinatie verwacht.", "regels"),
            ),
            veld(
                ("geldig", "geldig"),
                Geldig,
                Zonder("altijd"),
                "{ van = 2019-01-01, tot = 2021-12-31 }",
                (
                    "Wanneer deze afspraken gelden; daarbuiten zijn de regels van de documenten O en M informatief.",
                    "regels O en M",
                ),
            ),
        ],
    },
];
