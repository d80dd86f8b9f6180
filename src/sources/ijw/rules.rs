//! Rules on iJw messages that need one message only: one const each.
//!
//! Enters: nothing. Leaves: [`RULES`]. Rules that need several messages, a toewijzing or a typed row
//! (TR314, TR416, CD060, CS003, TR346 …) do not stand here.

use crate::rejects::{Rule, Severity};

const OWN: &str = "maatstaf";

/// The file is not XML, or stops halfway.
pub const MS251: Rule = Rule {
    code: "MS251",
    severity: Severity::Fataal,
    title: "bericht is geen goede XML",
    explanation: "Het bestand is afgebroken of de opbouw klopt niet. Wat er nog meer in had moeten staan is \
        niet te weten, en daarom telt het hele bestand niet mee.",
    remedy: "vraag het bericht opnieuw op; verander het niet met de hand",
    source: OWN,
};

/// The file declares a document type or uses an entity of its own.
pub const MS252: Rule = Rule {
    code: "MS252",
    severity: Severity::Fataal,
    title: "bericht bevat een DOCTYPE of een eigen entiteit",
    explanation: "Met een DOCTYPE of een entiteit kan een bestand gegevens van buiten binnenhalen. Een \
        iJw-bericht heeft die nooit nodig. Het hele bestand telt niet mee.",
    remedy: "ga na waar het bestand vandaan komt en vraag het bericht opnieuw op",
    source: OWN,
};

/// The file is not UTF-8, or says it is not.
pub const MS253: Rule = Rule {
    code: "MS253",
    severity: Severity::Fataal,
    title: "bericht is geen UTF-8",
    explanation: "Een iJw-bericht is altijd UTF-8. Dit bestand noemt een andere tekenset of bevat bytes die \
        geen UTF-8 zijn. Tekens worden niet geraden: het hele bestand telt niet mee.",
    remedy: "vraag het bericht opnieuw op; bewaar het niet met een tekstverwerker",
    source: "iJw 3.2, OP192",
};

/// A message of a kind from which nothing is read.
pub const MS254: Rule = Rule {
    code: "MS254",
    severity: Severity::Info,
    title: "bericht herkend, wordt niet gebruikt",
    explanation: "maatstaf leest JW323 (declaratie), JW325 (antwoord) en JW301 (toewijzing). De andere \
        iJw-berichten zijn voor de cijfers niet nodig.",
    remedy: "u hoeft niets te doen",
    source: OWN,
};

/// Order, required, unknown and repeated elements.
pub const XSD: Rule = Rule {
    code: "XSD",
    severity: Severity::Fataal,
    title: "bericht heeft niet de opbouw van de standaard",
    explanation: "Een element ontbreekt, staat op de verkeerde plaats, komt te vaak voor, is leeg of hoort er \
        niet. Zo'n bericht wordt in het berichtenverkeer geweigerd; het hele bestand telt niet mee.",
    remedy: "vraag het bericht opnieuw op bij de afzender",
    source: "iJw 3.2, XSD van het bericht en basisschema",
};

/// A byte order mark before the message.
pub const OP192: Rule = Rule {
    code: "OP192",
    severity: Severity::Waarschuwing,
    title: "bericht begint met een BOM",
    explanation: "De standaard schrijft UTF-8 zonder byte order mark voor. Het bericht is toch gelezen.",
    remedy: "meld het aan de leverancier van het bestand; aan de cijfers verandert niets",
    source: "iJw 3.2, OP192",
};

/// The message code contradicts the kind of message.
pub const RS047: Rule = Rule {
    code: "RS047",
    severity: Severity::Fataal,
    title: "berichtcode hoort bij een ander bericht",
    explanation: "De BerichtCode in de header past niet bij het soort bericht. Het hele bestand telt niet mee.",
    remedy: "vraag het bericht opnieuw op bij de afzender",
    source: "iJw 3.2, RS047",
};

/// A release this program does not know.
pub const CS025: Rule = Rule {
    code: "CS025",
    severity: Severity::Fataal,
    title: "versie van de standaard wordt niet gelezen",
    explanation: "maatstaf leest iJw 3.0, 3.1 en 3.2. In een andere versie kan hetzelfde element iets anders \
        betekenen; het hele bestand telt niet mee.",
    remedy: "kijk of er een nieuwere versie van maatstaf is",
    source: "iJw 3.2, CS025",
};

/// An older release of the standard.
pub const CS015: Rule = Rule {
    code: "CS015",
    severity: Severity::Waarschuwing,
    title: "bericht is van een andere subversie dan 3.2",
    explanation: "Het bericht is gelezen alsof het iJw 3.2 is. De opbouw van JW301, JW323 en JW325 is voor zover \
        bekend in 3.0 en 3.1 gelijk.",
    remedy: "let bij oude berichten op codes die later zijn vervallen",
    source: "iJw 3.2, CS015",
};

/// The total does not equal the sum of the lines.
pub const TR358: Rule = Rule {
    code: "TR358",
    severity: Severity::Fataal,
    title: "totaal van de declaratie klopt niet met de regels",
    explanation: "TotaalIngediendBedrag moet gelijk zijn aan de debetregels min de creditregels. Klopt dat niet, \
        dan mist er iets of is er iets veranderd, en is geen enkele regel te vertrouwen: het hele bestand telt \
        niet mee.",
    remedy: "vraag de aanbieder om de declaratie zoals die is ingediend",
    source: "iJw 3.2, TR358",
};

/// The declaration period is not one month.
pub const CS340: Rule = Rule {
    code: "CS340",
    severity: Severity::Waarschuwing,
    title: "declaratieperiode is niet één hele kalendermaand",
    explanation: "Een declaratie gaat over één hele kalendermaand. De regels tellen mee op hun productperiode.",
    remedy: "meld het aan de aanbieder",
    source: "iJw 3.2, CS340",
};

/// Two credits in one message for the same line.
pub const TR315: Rule = Rule {
    code: "TR315",
    severity: Severity::Waarschuwing,
    title: "zelfde vorig referentienummer twee keer in één bericht",
    explanation: "Een regel kan maar één keer worden gecrediteerd. Twee regels in dit bericht verwijzen naar \
        dezelfde eerdere regel.",
    remedy: "vraag de aanbieder welke van de twee creditregels bedoeld is",
    source: "iJw 3.2, TR315",
};

/// A credit for a line of the same message.
pub const TR316: Rule = Rule {
    code: "TR316",
    severity: Severity::Waarschuwing,
    title: "creditregel verwijst naar een regel in hetzelfde bericht",
    explanation: "Een regel en de credit daarvan horen niet in één bericht: een regel kan pas worden \
        gecrediteerd als die eerder is ingediend en niet is afgewezen.",
    remedy: "vraag de aanbieder waarom de regel in hetzelfde bericht is ingediend en gecrediteerd",
    source: "iJw 3.2, TR316",
};

/// One client occurs twice in a message.
pub const TR101: Rule = Rule {
    code: "TR101",
    severity: Severity::Fataal,
    title: "cliënt staat twee keer in één bericht",
    explanation: "Binnen een declaratie staat elke cliënt één keer, met al zijn regels. Staat een cliënt er vaker \
        in, dan zijn de regels misschien dubbel. De eerste keer telt mee, de regels van een volgende keer niet.",
    remedy: "vraag de aanbieder of de regels bij de tweede keer dezelfde zijn",
    source: "iJw 3.2, TR101",
};

/// The rejected lines do not explain the difference.
pub const TR342: Rule = Rule {
    code: "TR342",
    severity: Severity::Waarschuwing,
    title: "afgewezen regels verklaren het verschil niet",
    explanation: "In een antwoord op een declaratie is de som van de afgewezen regels gelijk aan ingediend min \
        toegekend. Hier is dat niet zo. De afgewezen regels zijn verwerkt zoals ze er staan.",
    remedy: "vraag de gemeente om het antwoord opnieuw te maken",
    source: "iJw 3.2, TR342",
};

/// Omvang goes with a product code.
pub const CD041: Rule = Rule {
    code: "CD041",
    severity: Severity::Waarschuwing,
    title: "omvang en productcode horen bij elkaar",
    explanation: "Een toewijzing met een productcode heeft een omvang; zonder productcode is er geen omvang.",
    remedy: "vraag de gemeente om de toewijzing te herstellen",
    source: "iJw 3.2, CD041",
};

/// An end date is required with a budget.
pub const CD075: Rule = Rule {
    code: "CD075",
    severity: Severity::Waarschuwing,
    title: "toewijzing met budget zonder einddatum",
    explanation: "Een budget geldt voor de hele duur van de toewijzing. Zonder einddatum is niet te zeggen hoe \
        lang het budget moet duren.",
    remedy: "vraag de gemeente om de einddatum",
    source: "iJw 3.2, CD075",
};

/// An end date is required with a weekly frequency.
pub const CD076: Rule = Rule {
    code: "CD076",
    severity: Severity::Waarschuwing,
    title: "toewijzing per week zonder einddatum",
    explanation: "Bij frequentie 2 (per week) is de einddatum verplicht.",
    remedy: "vraag de gemeente om de einddatum",
    source: "iJw 3.2, CD076",
};

/// No Omvang beside a budget.
pub const CD077: Rule = Rule {
    code: "CD077",
    severity: Severity::Waarschuwing,
    title: "omvang gevuld naast een budget",
    explanation: "Een toewijzing zonder productcode heeft een budget of geen van beide. Een omvang hoort daar \
        niet bij.",
    remedy: "vraag de gemeente wat er is toegewezen: een omvang of een budget",
    source: "iJw 3.2, CD077",
};

/// No budget beside an Omvang.
pub const CD078: Rule = Rule {
    code: "CD078",
    severity: Severity::Waarschuwing,
    title: "budget gevuld naast een omvang",
    explanation: "Een toewijzing met een productcode heeft een omvang. Een budget hoort daar niet bij.",
    remedy: "vraag de gemeente wat er is toegewezen: een omvang of een budget",
    source: "iJw 3.2, CD078",
};

/// A product or a budget.
pub const CD079: Rule = Rule {
    code: "CD079",
    severity: Severity::Waarschuwing,
    title: "toewijzing zonder product en zonder budget",
    explanation: "Een toewijzing noemt een product of een budget. Ontbreken ze allebei, dan is niet te zeggen wat \
        er is toegewezen.",
    remedy: "vraag de gemeente om de toewijzing te herstellen",
    source: "iJw 3.2, CD079",
};

/// A deletion ends on its first day.
pub const CS335: Rule = Rule {
    code: "CS335",
    severity: Severity::Waarschuwing,
    title: "verwijderde toewijzing met een duur",
    explanation: "Bij reden wijziging 13 (verwijderd) is de einddatum gelijk aan de ingangsdatum.",
    remedy: "vraag de gemeente of de toewijzing is verwijderd of beëindigd",
    source: "iJw 3.2, CS335",
};

/// A reason that was dropped.
pub const CS336: Rule = Rule {
    code: "CS336",
    severity: Severity::Waarschuwing,
    title: "reden wijziging 01 is vervallen",
    explanation: "Reden wijziging 01 wordt niet meer gebruikt; 13 (verwijderd) en 14 (administratieve correctie) \
        kwamen ervoor in de plaats.",
    remedy: "vraag de gemeente of de toewijzing is verwijderd of verbeterd",
    source: "iJw 3.2, CS336",
};

/// Units that are not given per day.
pub const CS338: Rule = Rule {
    code: "CS338",
    severity: Severity::Waarschuwing,
    title: "frequentie past niet bij de eenheid",
    explanation: "Bij eenheid 14 (etmaal), 16 (dagdeel), 83 (euro's) en 84 (stuks, inspanning) is de frequentie \
        2, 4 of 6.",
    remedy: "vraag de gemeente om de toewijzing te herstellen",
    source: "iJw 3.2, CS338 en CS343",
};

/// Every rule of this folder.
pub const RULES: &[&Rule] = &[
    &MS251, &MS252, &MS253, &MS254, &XSD, &OP192, &RS047, &CS025, &CS015, &TR358, &CS340, &TR315,
    &TR316, &TR101, &TR342, &CD041, &CD075, &CD076, &CD077, &CD078, &CD079, &CS335, &CS336, &CS338,
];
