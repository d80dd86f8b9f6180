//! Rules that the readers of workbooks and Parquet test: what makes a file, a row or a cell unusable.

use crate::rejects::{Rule, Severity};

const OWN: &str = "maatstaf";

const fn fatal(
    code: &'static str,
    title: &'static str,
    explanation: &'static str,
    remedy: &'static str,
) -> Rule {
    Rule { code, severity: Severity::Fataal, title, explanation, remedy, source: OWN }
}

/// Locked with a password.
pub const MS270: Rule = fatal(
    "MS270",
    "bestand met een wachtwoord",
    "Het bestand is met een wachtwoord versleuteld. Er is niets uit gelezen.",
    "open het bestand met het wachtwoord, haal het wachtwoord weg en sla het opnieuw op",
);

/// A kind of workbook this program does not read.
pub const MS271: Rule = fatal(
    "MS271",
    "soort werkmap die niet wordt gelezen",
    "Gelezen worden werkmappen als .xlsx, .xlsm en .ods. Oude of andere soorten (.xls, .xlsb, XML-werkblad 2003) niet; de naam van \
        het bestand zegt daarover niet altijd de waarheid. Er is niets uit gelezen.",
    "open het bestand in Excel en sla het op als 'Excel-werkmap (.xlsx)'",
);

/// A web page, often under the name of a workbook.
pub const MS272: Rule = fatal(
    "MS272",
    "webpagina in plaats van een werkmap",
    "Het bestand bevat HTML. Sommige systemen geven een webpagina de naam van een Excel-bestand. Er is niets uit gelezen.",
    "open het bestand in Excel en sla het op als 'Excel-werkmap (.xlsx)', of vraag een export als CSV",
);

/// A workbook or Parquet file that is not whole.
pub const MS273: Rule = fatal(
    "MS273",
    "bestand is beschadigd",
    "Het bestand is niet heel of klopt niet met zijn eigen inhoudsopgave. Wat erachter staat is niet gelezen.",
    "haal het bestand opnieuw op, of open het in Excel, controleer het en sla het opnieuw op",
);

/// Unpacks to more than can be meant.
pub const MS274: Rule = fatal(
    "MS274",
    "bestand wordt bij het uitpakken te groot",
    "Het bestand wordt uitgepakt groter dan een echte werkmap kan zijn. Er wordt niet verder gelezen, zodat de computer niet \
        vastloopt.",
    "maak de export opnieuw; lukt dat niet, splits haar dan in kleinere bestanden",
);

/// A cell that matters has no value that can be relied on.
pub const MS275: Rule = fatal(
    "MS275",
    "cel zonder bruikbare waarde",
    "De cel bevat een fout van Excel (zoals #N/B), een formule zonder opgeslagen uitkomst, of een nummer van meer dan 15 cijfers \
        waarvan Excel de laatste cijfers heeft weggegooid. Zonder deze waarde kan de regel verkeerd worden geteld.",
    "herstel de cel, sla de werkmap in Excel op en lees haar opnieuw in",
);

/// A cell that may be empty has no value that can be relied on.
pub const MS276: Rule = Rule {
    code: "MS276",
    severity: Severity::Waarschuwing,
    title: "cel zonder bruikbare waarde, leeg gelezen",
    explanation: "De cel bevat een fout van Excel (zoals #N/B), een formule zonder opgeslagen uitkomst, of een nummer van meer dan 15 \
        cijfers waarvan Excel de laatste cijfers heeft weggegooid. De kolom mag leeg zijn; de regel telt mee zonder deze waarde.",
    remedy: "herstel de cel, sla de werkmap in Excel op en lees haar opnieuw in",
    source: OWN,
};

/// A row whose cells do not stand where they say.
pub const MS277: Rule = fatal(
    "MS277",
    "rij van een werkblad klopt niet",
    "De rij heeft cellen zonder geldig adres, twee cellen op één plaats of veel te veel tekst. Onder welke kop een waarde hoort is dan \
        niet zeker.",
    "open de werkmap in Excel, controleer de rij en sla de werkmap opnieuw op",
);

/// Something the user does not see was read.
pub const MS278: Rule = Rule {
    code: "MS278",
    severity: Severity::Waarschuwing,
    title: "verborgen deel van een werkblad is meegelezen",
    explanation: "Een verborgen blad, verborgen rijen of verborgen kolommen zijn gelezen als alle andere. Rijen kunnen ook verborgen zijn \
        door een filter.",
    remedy: "haal de rijen weg als ze niet mee mogen tellen; anders is er niets te doen",
    source: OWN,
};

/// Numbers that are text.
pub const MS279: Rule = Rule {
    code: "MS279",
    severity: Severity::Info,
    title: "getallen of datums als tekst in een werkblad",
    explanation: "In een kolom met getallen of datums staan cellen die als tekst zijn opgeslagen. Ze zijn gelezen zoals in een \
        tekstbestand: de notatie is per kolom vastgesteld.",
    remedy: "controleer de notatie die bij het bestand is gemeld",
    source: OWN,
};

/// Cells beside the table.
pub const MS208: Rule = Rule {
    code: "MS208",
    severity: Severity::Info,
    title: "cellen zonder kop niet gebruikt",
    explanation: "Naast of onder de tabel staan cellen in een kolom zonder kop. Ze zijn niet gebruikt; de rijen zelf wel.",
    remedy: "zet een kop boven de kolom als de waarden mee moeten tellen",
    source: OWN,
};

/// Every rule of this file.
pub const RULES: &[&Rule] =
    &[&MS208, &MS270, &MS271, &MS272, &MS273, &MS274, &MS275, &MS276, &MS277, &MS278, &MS279];
