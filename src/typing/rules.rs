//! Rules on a single cell. Each is tested in `cells.rs` or `mod.rs` of this folder.

use crate::rejects::{Rule, Severity};

const OWN: &str = "maatstaf";
const IJW: &str = "iJw 3.2";

/// Shortens the consts below: all of them are fatal, because a row is read wholly or not at all.
const fn fatal(
    code: &'static str,
    title: &'static str,
    explanation: &'static str,
    remedy: &'static str,
    source: &'static str,
) -> Rule {
    Rule { code, severity: Severity::Fataal, title, explanation, remedy, source }
}

/// A BSN must have nine digits.
pub const RS037: Rule = fatal(
    "RS037",
    "BSN heeft geen negen cijfers",
    "Een burgerservicenummer bestaat uit precies negen cijfers.",
    "vraag de aanbieder om het juiste nummer; let op een weggevallen voorloopnul",
    IJW,
);
/// A BSN must pass the eleven-proof.
pub const CS002: Rule = fatal(
    "CS002",
    "BSN voldoet niet aan de elfproef",
    "De cijfers van een burgerservicenummer hebben een vaste controlesom; dit nummer bestaat dus niet.",
    "vraag de aanbieder om het juiste nummer",
    IJW,
);
/// A BSN of zeros passes the eleven-proof but belongs to nobody.
pub const MS001: Rule = fatal(
    "MS001",
    "BSN bestaat uit nullen",
    "Het nummer 000000000 doorstaat de elfproef, maar hoort bij niemand.",
    "vraag de aanbieder om het juiste nummer",
    OWN,
);
/// An AGB code must have eight digits.
pub const RS036: Rule = fatal(
    "RS036",
    "AGB-code heeft geen acht cijfers",
    "Een AGB-code bestaat uit precies acht cijfers, met voorloopnullen.",
    "zet de kolom op tekst en vul de voorloopnullen aan",
    IJW,
);
/// A gemeente code must have four digits.
pub const RS035: Rule = fatal(
    "RS035",
    "gemeentecode heeft geen vier cijfers",
    "Een gemeentecode van het CBS bestaat uit precies vier cijfers, met voorloopnullen.",
    "zet de kolom op tekst en vul de voorloopnullen aan",
    IJW,
);
/// A gemeente name that the region does not know.
pub const MS214: Rule = fatal(
    "MS214",
    "gemeente niet herkend",
    "Er staat geen gemeentecode van vier cijfers en ook niet de naam van een gemeente van deze regio.",
    "gebruik de gemeentecode, of schrijf de naam zoals in het regiobestand",
    OWN,
);
/// A product code of one to five characters.
pub const RS012: Rule = fatal(
    "RS012",
    "productcode heeft niet één tot vijf tekens",
    "Een productcode telt één tot vijf tekens.",
    "controleer de productcode in de productenlijst van de regio",
    IJW,
);
/// A declaration number of 1 to 12 letters and digits.
pub const CS319: Rule = fatal(
    "CS319",
    "declaratienummer heeft niet één tot twaalf letters of cijfers",
    "Een declaratienummer in een bericht telt één tot twaalf letters of cijfers.",
    "vraag de aanbieder het bericht opnieuw te maken",
    IJW,
);
/// An amount in a message within its range.
pub const RS001: Rule = fatal(
    "RS001",
    "bedrag in bericht is geen geheel aantal eurocenten",
    "Bedragen in een bericht zijn hele eurocenten van 0 tot en met 99.999.999, zonder teken.",
    "vraag de aanbieder het bericht opnieuw te maken",
    IJW,
);
/// A volume in a message within its range.
pub const RS005: Rule = fatal(
    "RS005",
    "volume in bericht is geen geheel getal",
    "Het geleverde volume in een bericht is een geheel getal van 0 tot en met 99.999.999.",
    "vraag de aanbieder het bericht opnieuw te maken",
    IJW,
);
/// A toewijzing number in a message within its range.
pub const RS006: Rule = fatal(
    "RS006",
    "toewijzingnummer in bericht is geen geheel getal",
    "Een toewijzingnummer in een bericht is een geheel getal van 0 tot en met 999.999.999.",
    "vraag de aanbieder het bericht opnieuw te maken",
    IJW,
);
/// A date in a message.
pub const RS032: Rule = fatal(
    "RS032",
    "datum in bericht bestaat niet",
    "Een datum in een bericht is een bestaande dag, geschreven als jjjj-mm-dd, zonder tijdzone.",
    "vraag de aanbieder het bericht opnieuw te maken",
    IJW,
);
/// A date in an export that does not exist or cannot be read.
pub const MS212: Rule = fatal(
    "MS212",
    "datum niet te lezen of bestaat niet",
    "Gelezen worden 31-12-2025, 31/12/2025, 2025-12-31 en 20251231; een Excel-dagnummer zoals 46022 alleen als de hele kolom zo is. Een dag \
        die niet bestaat, zoals 31-02, wordt niet verschoven.",
    "verbeter de datum in het bronsysteem",
    OWN,
);
/// A date in a year that cannot be meant.
pub const MS213: Rule = fatal(
    "MS213",
    "jaartal kan niet kloppen",
    "Jaren vóór 1900 en na 2199 zijn altijd een tikfout, zoals 0202 voor 2020.",
    "verbeter de datum in het bronsysteem",
    OWN,
);
/// An unknown unit of care.
pub const MS215: Rule = fatal(
    "MS215",
    "eenheid niet bekend",
    "Bekend zijn de codes 01, 04, 14, 16, 82, 83 en 84 en de woorden minuut, uur, etmaal, dagdeel, stuk (82) en euro.",
    "gebruik de code uit de landelijke lijst (WJ756)",
    OWN,
);
/// A required cell is empty.
pub const MS216: Rule = fatal(
    "MS216",
    "verplichte waarde ontbreekt",
    "Zonder deze waarde kan de regel nergens in meetellen.",
    "vul de waarde aan in het bronsysteem en maak de export opnieuw",
    OWN,
);
/// An amount that cannot be read.
pub const MS217: Rule = fatal(
    "MS217",
    "bedrag niet te lezen",
    "Een bedrag heeft hooguit twee decimalen; een punt of komma als duizendtalteken staat tussen groepen van drie cijfers. Er wordt niets geraden.",
    "schrijf 1.234,50 of 1234,50",
    OWN,
);
/// A number that cannot be read.
pub const MS218: Rule = fatal(
    "MS218",
    "getal niet te lezen",
    "Een getal heeft hooguit drie decimalen; een punt of komma als duizendtalteken staat tussen groepen van drie cijfers.",
    "schrijf 1.234,5 of 1234,5",
    OWN,
);
/// Number style of a column cannot be decided.
pub const MS219: Rule = fatal(
    "MS219",
    "getalnotatie niet te bepalen",
    "Alle getallen in deze kolom kunnen op twee manieren worden gelezen: 1.234 is duizendtweehonderdvierendertig of één komma twee. \
        Niets in het bestand geeft de doorslag, en een factor duizend wordt niet gegokt.",
    "leg de notatie vast met --stijl of in het regiobestand, of maak de export opnieuw met twee decimalen",
    OWN,
);
/// A value that should be yes or no.
pub const MS221: Rule = fatal(
    "MS221",
    "geen ja of nee",
    "Gelezen worden ja/nee, j/n, waar/onwaar, true/false en 1/0.",
    "vul ja of nee in",
    OWN,
);
/// A tariff finer than a cent.
pub const MS222: Rule = Rule {
    code: "MS222",
    severity: Severity::Waarschuwing,
    title: "tarief heeft meer dan twee decimalen",
    explanation: "Het tarief is afgerond op hele eurocenten. De controle van bedrag tegen volume maal tarief houdt rekening met die afronding.",
    remedy: "niets, tenzij het tarief verkeerd is overgenomen",
    source: OWN,
};

/// A debet/credit mark that is not known.
pub const MS223: Rule = fatal(
    "MS223",
    "debet of credit niet herkend",
    "Gelezen worden D, debet, C, CR en credit. Een ander teken wordt niet als debet geteld, want dan kan een terugboeking het bedrag \
        verdubbelen.",
    "vul D of C in",
    OWN,
);
/// A volume finer than a thousandth.
pub const MS224: Rule = Rule {
    code: "MS224",
    severity: Severity::Waarschuwing,
    title: "volume heeft meer dan drie decimalen",
    explanation: "Het volume is afgerond op duizendsten van de eenheid.",
    remedy: "niets, tenzij het volume verkeerd is overgenomen",
    source: OWN,
};
/// An amount, tariff or volume beyond anything that can be meant.
pub const MS225: Rule = fatal(
    "MS225",
    "getal te groot",
    "Een bedrag of tarief boven een miljard euro, of een volume boven honderd miljoen eenheden, is altijd een fout: een kolom is \
        verschoven of een nummer staat in de verkeerde kolom.",
    "controleer of de kolommen van de export kloppen",
    OWN,
);

/// A word that is none of those a column knows.
pub const MS226: Rule = Rule {
    code: "MS226",
    severity: Severity::Waarschuwing,
    title: "woord niet herkend",
    explanation: "In deze kolom staat een van een paar vaste woorden; welke, staat bij de kolommen in de handleiding. Dit is er geen van. De \
        waarde telt als leeg: wat ervan afhangt, is voor deze regel niet te bepalen.",
    remedy: "gebruik een van de woorden uit de handleiding",
    source: OWN,
};

/// An account number whose check digits are wrong.
pub const MS227: Rule = Rule {
    code: "MS227",
    severity: Severity::Waarschuwing,
    title: "rekeningnummer voldoet niet aan de controle van een IBAN",
    explanation: "Een IBAN heeft een landcode, twee controlecijfers en een nummer; die moeten samen de 97-proef doorstaan. Het nummer wordt als \
        pseudoniem bewaard zoals het er staat.",
    remedy: "controleer het rekeningnummer in het register; er staat een tikfout in, of het is geen IBAN",
    source: OWN,
};

/// Codes that lost their leading zeros.
pub const MS280: Rule = Rule {
    code: "MS280",
    severity: Severity::Waarschuwing,
    title: "voorloopnullen aangevuld",
    explanation: "Een code met een vaste lengte (gemeentecode, AGB-code, BSN, productcategorie, KvK-nummer) was te kort en bestond alleen uit \
        cijfers. Een rekenblad haalt nullen aan het begin weg; die zijn weer aangevuld. Getoond wordt de eerste waarde.",
    remedy: "zet de kolom op tekst voordat u de export opslaat, en kijk of de waarden kloppen",
    source: OWN,
};
/// A number that two styles of its column can read.
pub const MS281: Rule = fatal(
    "MS281",
    "getal kan op twee manieren worden gelezen",
    "In deze kolom staan getallen met een decimale komma en getallen met een decimale punt door elkaar. Van een getal als 1.234 is dan niet \
        te zeggen of het duizendtweehonderdvierendertig is of één komma twee.",
    "maak de export opnieuw in één notatie, of leg de notatie vast met --stijl",
    OWN,
);
/// A frozen style that the file contradicts.
pub const MS282: Rule = Rule {
    code: "MS282",
    severity: Severity::Waarschuwing,
    title: "vastgelegde stijl past niet bij het bestand",
    explanation: "In het regiobestand of met --stijl is vastgelegd hoe deze kolom is geschreven, maar er staan waarden in die alleen op een \
        andere manier te lezen zijn. De stijl is niet gewijzigd; die waarden zijn afgekeurd.",
    remedy: "kijk of de leverancier anders is gaan schrijven, en pas dan de stijl in het regiobestand aan",
    source: OWN,
};
/// A date that two styles of its column can read.
pub const MS283: Rule = fatal(
    "MS283",
    "datum kan op twee manieren worden gelezen",
    "In deze kolom staan datums met de dag vooraan en datums met de maand vooraan door elkaar. Van 03-04-2025 is dan niet te zeggen of het \
        3 april is of 4 maart.",
    "maak de export opnieuw in één notatie, of leg de notatie vast met --stijl",
    OWN,
);

/// A text of a rejected row that was not kept, and is not written again.
pub const MS292: Rule = fatal(
    "MS292",
    "een nummer van de afgekeurde regel is niet bewaard en niet opnieuw ingevuld",
    "In dit vakje van de afgekeurde regel stond een nummer dat een BSN kan zijn. Zo'n nummer wordt niet bewaard, en kan dus niet worden \
        overgenomen in de herstelde regel.",
    "vul het vakje in de herstelde regel opnieuw in, of zet er een streepje (-) als er geen nummer is",
    OWN,
);

/// Every rule of this file.
pub const RULES: &[&Rule] = &[
    &RS037, &CS002, &MS001, &RS036, &RS035, &MS214, &RS012, &CS319, &RS001, &RS005, &RS006, &RS032,
    &MS212, &MS213, &MS215, &MS216, &MS217, &MS218, &MS219, &MS221, &MS222, &MS223, &MS224, &MS225,
    &MS226, &MS227, &MS280, &MS281, &MS282, &MS283, &MS292,
];
