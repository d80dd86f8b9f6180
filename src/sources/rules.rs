//! Rules that a reader of text tables tests: what makes a file or a record unreadable.

use crate::rejects::{Rule, Severity};

const OWN: &str = "maatstaf";

/// A record has another number of fields than the heading.
pub const MS201: Rule = Rule {
    code: "MS201",
    severity: Severity::Fataal,
    title: "regel heeft een ander aantal velden dan de kopregel",
    explanation: "Een regel met te veel of te weinig velden is verschoven: een bedrag kan dan onder een andere kop staan. \
        Zo'n regel telt nergens in mee.",
    remedy: "kijk of een veld zelf een scheidingsteken bevat en zet dat veld tussen aanhalingstekens",
    source: OWN,
};

/// A quoted field does not end, or text follows its closing quote.
pub const MS202: Rule = Rule {
    code: "MS202",
    severity: Severity::Fataal,
    title: "aanhalingsteken niet gesloten",
    explanation: "Een veld begint met een aanhalingsteken dat niet wordt gesloten, of er staat tekst achter het sluitteken. \
        Waar het veld eindigt is dan niet vast te stellen; de regel is afgekeurd en het lezen gaat verder op de volgende regel.",
    remedy: "sluit het aanhalingsteken, of verdubbel een aanhalingsteken dat bij de tekst hoort",
    source: OWN,
};

/// The bytes are not UTF-8.
pub const MS203: Rule = Rule {
    code: "MS203",
    severity: Severity::Fataal,
    title: "tekens niet te lezen",
    explanation: "De regel bevat bytes die in de codering van het bestand (UTF-8 of UTF-16) geen teken zijn. Tekens worden nooit \
        stilzwijgend vervangen.",
    remedy: "sla het bestand in Excel op als 'CSV UTF-8 (door lijstscheidingsteken gescheiden)'",
    source: OWN,
};

/// The file holds no table or message this program knows.
pub const MS204: Rule = Rule {
    code: "MS204",
    severity: Severity::Waarschuwing,
    title: "bestand niet herkend",
    explanation: "De inhoud past bij geen van de tabellen of berichten die maatstaf kent. Er is niets uit gelezen.",
    remedy: "vergelijk de koppen met de handleiding, of leg een afwijkende kop vast onder [kolommen] in maatstaf.toml",
    source: OWN,
};

/// The file is empty.
pub const MS205: Rule = Rule {
    code: "MS205",
    severity: Severity::Waarschuwing,
    title: "bestand is leeg",
    explanation: "Het bestand bevat geen enkele regel met gegevens.",
    remedy: "maak de export opnieuw",
    source: OWN,
};

/// The file could not be opened or read to its end.
pub const MS206: Rule = Rule {
    code: "MS206",
    severity: Severity::Fataal,
    title: "bestand niet te lezen",
    explanation: "Het bestand kon niet worden geopend of niet tot het eind worden gelezen.",
    remedy: "sluit het bestand in Excel en controleer of u het mag lezen",
    source: OWN,
};

/// A character that hardly occurs in Dutch, and often in text that was decoded wrongly.
pub const MS261: Rule = Rule {
    code: "MS261",
    severity: Severity::Waarschuwing,
    title: "tekens die op een verkeerde codering wijzen",
    explanation: "In deze kolom staan tekens die in Nederlandse tekst niet voorkomen, zoals Ã« op de plaats van ë. Dat gebeurt wanneer een \
        programma het bestand in een andere codering heeft gelezen dan waarin het is geschreven. De tekst is overgenomen zoals hij er staat.",
    remedy: "maak de export opnieuw uit het bronsysteem, zonder het bestand tussendoor te openen en op te slaan",
    source: OWN,
};

/// A zip, or a file in it, is damaged.
pub const MS262: Rule = Rule {
    code: "MS262",
    severity: Severity::Fataal,
    title: "zip-bestand beschadigd of niet te openen",
    explanation: "Het zip-bestand, of een bestand erin, is niet heel, of is gemaakt op een manier die maatstaf niet leest. Wat niet heel is, \
        wordt nergens in meegeteld.",
    remedy: "maak het zip-bestand opnieuw, of pak het uit en lever de map aan",
    source: OWN,
};

/// Files in a zip are encrypted.
pub const MS263: Rule = Rule {
    code: "MS263",
    severity: Severity::Fataal,
    title: "zip-bestand met een wachtwoord",
    explanation: "In het zip-bestand staan bestanden die met een wachtwoord zijn beveiligd. Die zijn niet gelezen; bestanden zonder \
        wachtwoord uit hetzelfde zip-bestand wel.",
    remedy: "pak het zip-bestand uit en lever de map aan",
    source: OWN,
};

/// A zip that unpacks to more than any region has.
pub const MS264: Rule = Rule {
    code: "MS264",
    severity: Severity::Fataal,
    title: "zip-bestand wordt uitgepakt te groot",
    explanation: "Het zip-bestand bevat meer dan maatstaf wil uitpakken: meer dan 20 GB, meer dan 200.000 bestanden, of inhoud die meer dan \
        200 keer zo groot is als het zip-bestand zelf. Zo'n bestand kan een computer laten vastlopen; er is niets uit gelezen.",
    remedy: "ga na waar het bestand vandaan komt; is het goed, pak het dan uit en lever de map aan",
    source: OWN,
};

/// A zip within a zip.
pub const MS265: Rule = Rule {
    code: "MS265",
    severity: Severity::Fataal,
    title: "zip-bestand in een zip-bestand",
    explanation: "Een zip-bestand dat in een ander zip-bestand zit, wordt niet geopend.",
    remedy: "pak het buitenste zip-bestand uit en lever de map aan",
    source: OWN,
};

/// The heading fits, but with a separator that is not read.
pub const MS267: Rule = Rule {
    code: "MS267",
    severity: Severity::Fataal,
    title: "scheidingsteken niet ondersteund",
    explanation: "De koppen zijn herkend, maar staan gescheiden door een teken of een reeks tekens die maatstaf niet leest. Gelezen worden \
        puntkomma, komma, tab, verticale streep, en een teken dat met sep= op de eerste regel staat. Er is niets uit overgenomen.",
    remedy: "maak de export opnieuw met een puntkomma als scheidingsteken",
    source: OWN,
};

/// The file is not what it was when it was hashed.
pub const MS246: Rule = Rule {
    code: "MS246",
    severity: Severity::Fataal,
    title: "bestand is veranderd terwijl het werd gelezen",
    explanation: "Een ander programma schreef in het bestand, verving het of haalde het weg. Wat er is gelezen kan de helft zijn van wat er had \
        moeten staan; er telt niets van mee.",
    remedy: "wacht tot de export klaar is, sluit andere programma's en lees het bestand opnieuw",
    source: OWN,
};

/// Reading ended before the file did.
pub const MS247: Rule = Rule {
    code: "MS247",
    severity: Severity::Fataal,
    title: "bestand is maar voor een deel te lezen",
    explanation: "Het lezen is afgebroken voor het eind van het bestand; de reden staat er apart bij. Een half bestand geeft cijfers die lijken \
        te kloppen en het niet doen. Daarom tellen ook de regels ervoor niet mee.",
    remedy: "haal het bestand opnieuw op en lees het nog een keer",
    source: OWN,
};

/// The same content was offered before.
pub const MS002: Rule = Rule {
    code: "MS002",
    severity: Severity::Waarschuwing,
    title: "zelfde bestand of bericht nogmaals aangeleverd",
    explanation: "De inhoud is gelijk aan een eerder bestand, of het bericht heeft dezelfde afzender, identificatie en \
        dagtekening. Het is één keer geteld; de regels staan in de aansluiting als dubbel.",
    remedy: "haal het dubbele bestand weg als het per ongeluk is meegekomen",
    source: "maatstaf (OP283, TR056)",
};

/// Every rule of this file.
pub const RULES: &[&Rule] = &[
    &MS201, &MS202, &MS203, &MS204, &MS205, &MS206, &MS261, &MS262, &MS263, &MS264, &MS265, &MS267,
    &MS246, &MS247, &MS002,
];
