//! ZOU, its procedure: advice, motivation, mandate, registration and evaluation (Z30–Z49, Z70–Z72).

use super::Klasse::{Context, Norm, Proces, Vergelijking};
use super::{Regel, Staat};

pub(super) const REGELS: &[Regel] = &[
    Regel {
        id: "Z30",
        klasse: Norm,
        wat: "De beleidsadviseur en ICM adviseren elk binnen twee werkdagen bij spoed, en anders binnen vijf.",
        staat: Staat::Query(&["z30_adviestermijn", "z30_op_tijd", "z30_werkdagen"]),
    },
    Regel {
        id: "Z31",
        klasse: Proces,
        wat: "Het aanvraagformulier gaat tegelijk naar de beleidsadviseur en ICM.",
        staat: Staat::Query(&["z31_formulier_gelijktijdig"]),
    },
    Regel {
        id: "Z32",
        klasse: Vergelijking,
        wat: "Of het spoed is, staat uitdrukkelijk bij de aanvraag.",
        staat: Staat::Query(&["z32_spoed", "z32_spoed_niet_vermeld"]),
    },
    Regel {
        id: "Z33",
        klasse: Proces,
        wat: "Verschillen de beleidsadviseur en ICM van advies, dan geeft het advies van de beleidsadviseur de doorslag.",
        staat: Staat::Query(&["z33_verschil_van_advies", "z33_besluit_tegen_advies"]),
    },
    Regel {
        id: "Z34",
        klasse: Vergelijking,
        wat: "De gemeente beslist zelf, ook als het advies negatief is.",
        staat: Staat::Query(&["z34_ondanks_negatief_advies"]),
    },
    Regel {
        id: "Z35",
        klasse: Norm,
        wat: "Een negatief advies noemt welk gecontracteerd aanbod er wel is.",
        staat: Staat::Query(&["z35_alternatief_ontbreekt"]),
    },
    Regel {
        id: "Z36",
        klasse: Proces,
        wat: "Bij een positief advies geeft ICM de te gebruiken code, en waar nodig het tarief.",
        staat: Staat::Query(&["z36_code_of_tarief_ontbreekt"]),
    },
    Regel {
        id: "Z37",
        klasse: Norm,
        wat: "Waarom het regionale aanbod tekortschiet, wordt vastgelegd.",
        staat: Staat::Query(&["z37_motivatie_ontbreekt"]),
    },
    Regel {
        id: "Z38",
        klasse: Norm,
        wat: "Onder de mandaatgrens tekent de coördinator of teammanager van de toegang, daarboven de afdelingsmanager; het mandaat van \
              de gemeente zelf gaat voor.",
        staat: Staat::Query(&["z38_mandaat"]),
    },
    Regel {
        id: "Z39",
        klasse: Vergelijking,
        wat: "Overeenkomsten die na elkaar onder de mandaatgrens blijven en samen daarboven komen, verdienen een blik.",
        staat: Staat::Query(&["z39_splitsing"]),
    },
    Regel {
        id: "Z40",
        klasse: Vergelijking,
        wat: "Op een overeenkomst wordt niet meer gedeclareerd dan de overeengekomen waarde.",
        staat: Staat::Query(&["z40_boven_contractwaarde"]),
    },
    Regel {
        id: "Z41",
        klasse: Proces,
        wat: "Nadat de overeenkomst naar de aanbieder is gegaan, krijgt ICM een getekend exemplaar.",
        staat: Staat::Query(&["z41_getekend_exemplaar"]),
    },
    Regel {
        id: "Z42",
        klasse: Proces,
        wat: "ICM registreert de overeenkomst in Mochadocs met de einddatum als signaal.",
        staat: Staat::Query(&["z42_einddatum_ontbreekt"]),
    },
    Regel {
        id: "Z43",
        klasse: Norm,
        wat: "ICM meldt de gemeente welke overeenkomsten binnenkort aflopen.",
        staat: Staat::Query(&["aflopend", "z43_loopt_af"]),
    },
    Regel {
        id: "Z44",
        klasse: Norm,
        wat: "Na de einddatum wordt geen zorg meer gegeven, of er is een vervolg afgesproken.",
        staat: Staat::Query(&["z44_zorg_na_einddatum"]),
    },
    Regel {
        id: "Z45",
        klasse: Vergelijking,
        wat: "Een lokale overeenkomst is eenmalig; hoe vaak is verlengd en hoe lang de hulp al duurt, is een signaal.",
        staat: Staat::Query(&["z45_verlengd"]),
    },
    Regel {
        id: "Z46",
        klasse: Norm,
        wat: "Maatwerk wordt via Zorgned gedeclareerd; daarvan wordt alleen bij zeer hoge uitzondering afgeweken.",
        staat: Staat::Query(&["z46_buiten_berichtenverkeer", "z46_kosten_per_kanaal"]),
    },
    Regel {
        id: "Z47",
        klasse: Proces,
        wat: "Na een jaar wordt geëvalueerd; of de afspraken worden nageleefd, staat dan op de agenda.",
        staat: Staat::Onderdeel(
            "hoofdstuk proces: per gemeente en kwartaal het deel van de beoordeelde stappen dat volgens afspraak ging",
        ),
    },
    Regel {
        id: "Z48",
        klasse: Context,
        wat: "De afspraken van 2017 verwaterden; daarom telt niet alleen de stand, maar ook het verloop.",
        staat: Staat::Onderdeel("hoofdstuk proces: dezelfde naleving over acht kwartalen"),
    },
    Regel {
        id: "Z49",
        klasse: Context,
        wat: "Gegevens van een jeugdige gaan niet over de mail en niet over de tafel, behalve het Zorgned-nummer langs een veilige weg.",
        staat: Staat::Context(
            "geldt voor het programma zelf: een rapport noemt geen nummer, naam of geboortedatum, en kleine aantallen worden afgeschermd",
        ),
    },
    Regel {
        id: "Z70",
        klasse: Norm,
        wat: "Een aanbieder zonder contract voldoet aan acht kwaliteitseisen, en dat wordt vastgelegd.",
        staat: Staat::Query(&["z70_kwaliteitseisen", "z70_ontbrekende_eis"]),
    },
    Regel {
        id: "Z71",
        klasse: Norm,
        wat: "Bij een advies doet ICM zes toetsen, van een eerdere inschrijving tot het tarief.",
        staat: Staat::Query(&["z71_icm_toetsen", "z71_ontbrekende_toets"]),
    },
    Regel {
        id: "Z72",
        klasse: Context,
        wat: "Aanbieders met een contract zijn getoetst op fraude, geld, veiligheid, deskundigheid, medezeggenschap en klachten.",
        staat: Staat::Context(
            "zegt waarom hulp buiten het contract telt; het rapport legt dat bij het maatwerk uit",
        ),
    },
];
