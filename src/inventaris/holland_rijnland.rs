//! Holland Rijnland: Voortgang Inkoop Jeugdhulp (H): its rules in the order of their numbers.

use super::{Klasse, Regel, Staat};

pub(super) const REGELS: &[Regel] = &[
    Regel {
        id: "H01",
        klasse: Klasse::Context,
        wat: "Zeven segmenten vervangen de vier oude categorieën.",
        staat: Staat::Query(&["h01_segmenten"]),
    },
    Regel {
        id: "H02",
        klasse: Klasse::Norm,
        wat: "De segmenten gelden vanaf 1 januari 2022, Onderwijs vanaf het schooljaar 2021-2022; daarna heeft elke code een segment.",
        staat: Staat::Query(&["h02_segment_leverdatum", "h01_segmenten"]),
    },
    Regel {
        id: "H03",
        klasse: Klasse::Proces,
        wat: "De besluiten komen op 1 juli 2021, na hooguit 22 bijeenkomsten tussen 1 februari en 1 april 2021.",
        staat: Staat::NietMeetbaar(
            "Dit gaat over vergaderingen en besluiten van 2021; geen enkele aangeleverde tabel zegt daar iets over. Het is geschiedenis en wordt niet \
             meer meetbaar.",
        ),
    },
    Regel {
        id: "H04",
        klasse: Klasse::Norm,
        wat: "Er wordt alleen met iJw-berichten en landelijke productcodes gewerkt, binnen de termijnen voor declareren en betalen.",
        staat: Staat::Query(&[
            "h04_maatwerkcode",
            "h04_landelijke_categorie",
            "h04_landelijke_code",
            "h04_buiten_ijw",
            "h04_kanaal",
            "h04_indientermijn",
            "h04_betaaltermijn",
        ]),
    },
    Regel {
        id: "H05",
        klasse: Klasse::Context,
        wat: "Zorgcoördinatie gaat over aanbieders heen; er is nu een product coördinatie.",
        staat: Staat::Query(&[
            "coordinatie_uren",
            "coordinatie_clienten",
            "h05_coordinatie_een_aanbieder",
        ]),
    },
    Regel {
        id: "H06",
        klasse: Klasse::Vergelijking,
        wat: "Expertise is op tijd beschikbaar; daarvoor is er het product consult en advies.",
        staat: Staat::Query(&["h06_consult_niet_gebruikt", "h06_consult_gebruik"]),
    },
    Regel {
        id: "H07",
        klasse: Klasse::Vergelijking,
        wat: "De inzet wordt per gezin gebundeld: één gezin, één plan, één jeugdhulpaanbieder.",
        staat: Staat::Query(&["h07_drie_aanbieders", "betrokken_aanbieders"]),
    },
    Regel {
        id: "H08",
        klasse: Klasse::Vergelijking,
        wat: "Hulp wordt lichter waar dat kan, in een doorgaande lijn.",
        staat: Staat::Query(&["h08_afschalen", "h08_opschalen", "h08_stromen"]),
    },
    Regel {
        id: "H09",
        klasse: Klasse::Vergelijking,
        wat: "De segmenten werken op elkaar in: verblijf wordt kleiner als er genoeg ambulante hulp is.",
        staat: Staat::Query(&["h09_ambulant", "h09_ambulant_en_verblijf"]),
    },
    Regel {
        id: "H10",
        klasse: Klasse::Vergelijking,
        wat: "Budgetplafonds worden doelmatig benut, naar vraag en niet naar gewoonte.",
        staat: Staat::Query(&["h10_budget"]),
    },
    Regel {
        id: "H11",
        klasse: Klasse::Vergelijking,
        wat: "Er is zicht op het PGB; groeit ambulante hulp doordat PGB's worden afgebouwd, dan is het doel niet gemist.",
        staat: Staat::Query(&["h11_pgb_naast_ambulant", "h11_pgb_en_natura"]),
    },
    Regel {
        id: "H12",
        klasse: Klasse::Norm,
        wat: "Jeugdigen wachten niet langer op hulp dan de treeknorm.",
        staat: Staat::Query(&["h12_wachttijd"]),
    },
    Regel {
        id: "H13",
        klasse: Klasse::Proces,
        wat: "Aanbieders leveren elk halfjaar een rapportage, met klachten en een cliënttevredenheidsonderzoek.",
        staat: Staat::Query(&["h13_halfjaarrapportage", "h13_klachten_en_cto"]),
    },
    Regel {
        id: "H14",
        klasse: Klasse::Vergelijking,
        wat: "Er zijn verantwoording en materiële controles.",
        staat: Staat::Query(&["h14_steekproef"]),
    },
    Regel {
        id: "H15",
        klasse: Klasse::Norm,
        wat: "Tarieven en hun indexering liggen vast.",
        staat: Staat::Query(&["h15_tarief_volgend_jaar", "h15_indexering", "tarief_boven_regio"]),
    },
    Regel {
        id: "H16",
        klasse: Klasse::Vergelijking,
        wat: "De bekostiging moet uitstroom en resultaat belonen.",
        staat: Staat::Query(&["h16_uitstroom", "h16_duur"]),
    },
    Regel {
        id: "H17",
        klasse: Klasse::Context,
        wat: "Aanbieders houden een nog te bepalen percentage vrij voor vernieuwing.",
        staat: Staat::Context(
            "De bron laat het percentage open. Er is geen instelling voor en er wordt niets mee berekend; staat er ooit een getal, dan is het een \
             vergelijking met de jaarrekening van de aanbieder, die niet wordt aangeleverd.",
        ),
    },
    Regel {
        id: "H18",
        klasse: Klasse::Vergelijking,
        wat: "Contracten in meer segmenten worden aangemoedigd, zonder veel administratie.",
        staat: Staat::Query(&["h18_meer_segmenten"]),
    },
    Regel {
        id: "H19",
        klasse: Klasse::Norm,
        wat: "De toetreding van aanbieders is gesloten, of gaat tussentijds open.",
        staat: Staat::Query(&["h19_nieuwe_aanbieder"]),
    },
    Regel {
        id: "H20",
        klasse: Klasse::Context,
        wat: "Er zijn geschiktheidseisen en drempels voor aanbieders.",
        staat: Staat::Context(
            "De bron noemt de eisen niet. Ze worden bij de inkoop getoetst, niet in de declaraties; het rapport zegt er niets over.",
        ),
    },
    Regel {
        id: "H21",
        klasse: Klasse::Context,
        wat: "Voor het segment Veiligheid zijn er vijf toegangen, met overal dezelfde afspraken.",
        staat: Staat::Query(&["h21_toegangen"]),
    },
    Regel {
        id: "H22",
        klasse: Klasse::Context,
        wat: "Vastgelegd wordt wie overbruggingszorg levert.",
        staat: Staat::Query(&["h22_overbrugging"]),
    },
    Regel {
        id: "H23",
        klasse: Klasse::Vergelijking,
        wat: "Vervoer is een eigen onderwerp van de inkoop.",
        staat: Staat::Query(&["h23_vervoer"]),
    },
    Regel {
        id: "H24",
        klasse: Klasse::Vergelijking,
        wat: "De overgang naar de Wmo en de volwassen-ggz rond 18 jaar is geregeld.",
        staat: Staat::Query(&["h24_wordt_18"]),
    },
    Regel {
        id: "H25",
        klasse: Klasse::Context,
        wat: "Er wordt gestuurd aan de voorkant (gericht verwijzen en toetsen) en aan de achterkant (resultaat per casus en per aanbieder).",
        staat: Staat::Context(
            "De indeling van het rapport volgt dit: eerst wat er is toegekend en loopt, dan wat het kostte en opleverde. Resultaten per casus worden \
             niet aangeleverd.",
        ),
    },
    Regel {
        id: "H26",
        klasse: Klasse::Context,
        wat: "Contracten kunnen worden bijgestuurd, bijvoorbeeld met een dashboard van zorgpaden.",
        staat: Staat::Context(
            "Het rapport is zo'n terugkerend overzicht; de stromen tussen segmenten (H08) laten de zorgpaden zien.",
        ),
    },
    Regel {
        id: "H27",
        klasse: Klasse::Proces,
        wat: "Er is een uniforme werkwijze met één verwijsdocument en plannen.",
        staat: Staat::NietMeetbaar(
            "Een werkwijze en een verwijsdocument staan in geen aangeleverde tabel. Meetbaar wordt het als de toegangen vastleggen of het \
             verwijsdocument is gebruikt, en dat aanleveren.",
        ),
    },
    Regel {
        id: "H28",
        klasse: Klasse::Vergelijking,
        wat: "Het segment Veiligheid hangt af van wat er in de andere segmenten gebeurt.",
        staat: Staat::Query(&["h28_veiligheid_na_ambulant"]),
    },
    Regel {
        id: "H29",
        klasse: Klasse::Context,
        wat: "Er komt een gezamenlijke begrippenlijst; in de bron is zij nog leeg.",
        staat: Staat::Context(
            "maatstaf legt zijn eigen begrippen uit in het rapport en in de handleiding, en gebruikt het woord dat de regio zelf gebruikt.",
        ),
    },
    Regel {
        id: "H30",
        klasse: Klasse::Context,
        wat: "Een doel mag op een norm rusten zolang feiten ontbreken, en wordt later bijgesteld.",
        staat: Staat::Onderdeel(
            "Elke drempel in het regiobestand heeft een grondslag (norm of feit) en een bron; die staan in het rapport naast elke bevinding die de \
             drempel gebruikt.",
        ),
    },
    Regel {
        id: "H31",
        klasse: Klasse::Context,
        wat: "Het kernbeding is prijs, prestatie en kwaliteit; randvoorwaarden worden ingedeeld naar wie er invloed op heeft.",
        staat: Staat::Onderdeel(
            "Bij elke bevinding en elk signaal staat wie er invloed op heeft: gemeente, aanbieder, beide of geen.",
        ),
    },
    Regel {
        id: "H32",
        klasse: Klasse::Gegevens,
        wat: "Zonder aangeleverde informatie is het kernbeding niet te toetsen.",
        staat: Staat::Query(&["h32_ontbrekende_maanden", "volledigheid"]),
    },
    Regel {
        id: "H33",
        klasse: Klasse::Context,
        wat: "Er is vooralsnog geen taakgerichte bekostiging: het gaat om prijs maal aantal.",
        staat: Staat::Query(&["h33_zonder_prijs_en_aantal"]),
    },
];
