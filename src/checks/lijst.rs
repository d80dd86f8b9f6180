//! All rules in one list: what each looks at, and what of the national list is not judged, with the reason.
//!
//! Enters: the consts of the rules. Leaves: the same by kind, and as the text of `docs/RULES.md`.

use std::fmt::Write as _;

use crate::checks::{
    antwoord, antwoord_regels, berichten, categorie, correctie, cumulatief, herindeling,
    herkenning, herstel, honderd, jeugdigen, koppeling_regels, naloop, regel, stapeling, tarief,
    toewijzing,
};
use crate::dutch::capital;
use crate::rejects::{Rule, Severity};
use crate::sources;
use crate::typing;

/// Rules that look at the same thing.
#[derive(Debug)]
pub struct Groep {
    /// What they look at, in Dutch: "één regel".
    pub bereik: &'static str,
    /// What that means, in one Dutch sentence.
    pub uitleg: &'static str,
    /// The rules, by code.
    pub rules: Vec<&'static Rule>,
}

/// A rule of the national list that has no code of its own here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZonderToets {
    /// National code.
    pub code: &'static str,
    /// What the rule asks, in Dutch.
    pub wat: &'static str,
    /// Why it is not judged under this code, in Dutch; names the code under which it is, where there is one.
    pub reden: &'static str,
}

fn groep(bereik: &'static str, uitleg: &'static str, slices: &[&[&'static Rule]]) -> Groep {
    let mut rules = slices.concat();
    rules.sort_by_key(|rule| rule.code);
    Groep { bereik, uitleg, rules }
}

/// Every rule, by what it looks at.
pub fn groepen() -> Vec<Groep> {
    vec![
        groep(
            "bestand",
            "Is het bestand te lezen en in regels te knippen?",
            &[sources::rules::RULES, sources::sheet::RULES, typing::control::RULES],
        ),
        groep(
            "bericht",
            "Klopt één iJw-bericht met de standaard, los van andere berichten?",
            &[sources::ijw::RULES],
        ),
        groep("vakje", "Is de waarde in één vakje te lezen?", &[typing::rules::RULES]),
        groep("regel", "Past alles op één regel bij elkaar?", &[regel::RULES, honderd::RULES]),
        groep(
            "herstelde regel",
            "Bij welke afgekeurde regel hoort een regel uit een bestand met herstelde regels?",
            &[herstel::RULES],
        ),
        groep(
            "regels onderling",
            "Dubbele regels, credits en aantallen die elkaar tegenspreken, over alle bestanden heen.",
            &[correctie::RULES, jeugdigen::RULES],
        ),
        groep(
            "toewijzing",
            "Declaraties naast de nieuwste versie van hun toewijzing, en toewijzingen naast elkaar.",
            &[toewijzing::RULES, koppeling_regels::RULES, cumulatief::RULES, stapeling::RULES],
        ),
        groep(
            "contract en productenlijst",
            "Declaraties naast de tabellen contracten en producten, en codes naast het regiobestand.",
            &[tarief::RULES, categorie::RULES, herkenning::RULES, herindeling::RULES],
        ),
        groep(
            "berichten onderling",
            "Nummers van berichten, antwoorden van de gemeente, en hoe laat er wordt gedeclareerd.",
            &[berichten::RULES, antwoord::RULES, antwoord_regels::RULES, naloop::RULES],
        ),
    ]
}

/// What the rule looks at.
pub fn bereik(code: &str) -> Option<&'static str> {
    let has = |groep: &Groep| groep.rules.iter().any(|rule| rule.code == code);
    groepen().iter().find(|groep| has(groep)).map(|groep| groep.bereik)
}

/// What a rule does with what it hits, in Dutch.
pub fn gevolg(severity: Severity) -> &'static str {
    match severity {
        Severity::Fataal => "telt niet mee; regels en euro's staan in de aansluiting",
        Severity::Waarschuwing => "telt mee; kijk ernaar",
        Severity::Info => "goed om te weten; aan de cijfers verandert niets",
    }
}

const fn zonder(code: &'static str, wat: &'static str, reden: &'static str) -> ZonderToets {
    ZonderToets { code, wat, reden }
}

/// Of the national list: what is judged under another code, and what is not judged.
pub const ZONDER_TOETS: &[ZonderToets] = &[
    zonder(
        "BSN",
        "nummers uit de testreeks (9999…) wijzen op verzonnen gegevens",
        "een nummer is na het lezen vervangen door een pseudoniem; de reeks wordt niet onthouden",
    ),
    zonder(
        "PB5.2",
        "taakgerichte contracten kennen geen declaraties per cliënt",
        "in de gegevens niet te zien; totalen zijn daardoor een ondergrens",
    ),
    zonder("CS343", "frequentie bij eenheid 84", "getoetst onder CS338"),
    zonder("IV081", "bedrag bij minuten met een uurtarief", "verwerkt in TR346 en TR418"),
    zonder("IV076", "volume per week bij output", "verwerkt in TR321 en TR322"),
    zonder("IV077", "volume per week", "verwerkt in TR321 en TR322"),
    zonder("IV078", "volume per maand", "verwerkt in TR321 en TR322"),
    zonder(
        "IV087",
        "een geheel afgewezen bericht geldt als niet verstuurd",
        "verwerkt: de regels krijgen de uitkomst afgewezen",
    ),
    zonder(
        "OP003",
        "cliënten die buiten het berichtenverkeer blijven",
        "in de gegevens niet te zien; totalen zijn daardoor een ondergrens",
    ),
    zonder(
        "OP087",
        "een JW301 herhaalt wat nog geldt",
        "verwerkt: de nieuwste versie telt (IV013)",
    ),
    zonder(
        "OP090x4",
        "antwoord binnen tien werkdagen",
        "de dag van het antwoord wordt niet bewaard; per regel staat in de dataset of er een antwoord is (status)",
    ),
    zonder("OP191", "commentaar kan persoonsgegevens bevatten", "commentaar wordt nooit gelezen"),
    zonder("OP259", "geen stapeling van toewijzingen", "getoetst onder TR302"),
    zonder(
        "OP264",
        "trajectbekostiging: één bedrag in de laatste maand",
        "mag; een uitschieter is dan geen fout",
    ),
    zonder("OP267", "eenheid als toegewezen", "getoetst onder TR341"),
    zonder("OP271", "startbericht op tijd", "startberichten (JW305) worden niet gelezen"),
    zonder("OP272", "stopbericht op tijd", "stopberichten (JW307) worden niet gelezen"),
    zonder("OP275", "toewijzingnummer uniek per gemeente", "getoetst onder TR332"),
    zonder("OP276", "niet declareren op een verwijderde toewijzing", "getoetst onder TR384"),
    zonder("OP279", "productperiode binnen de toewijzing", "getoetst onder TR307 en TR308"),
    zonder("OP280", "productperiode niet na de declaratieperiode", "getoetst onder TR319"),
    zonder("OP283", "referentienummer uniek", "getoetst onder TR314"),
    zonder(
        "OP284",
        "opeenvolgende declaratieperioden",
        "een maand zonder zorg mag; het rapport toont de regels per aanbieder en maand",
    ),
    zonder(
        "OP286",
        "een geheel afgewezen bericht wordt niet verwerkt",
        "verwerkt: de regels krijgen de uitkomst afgewezen",
    ),
    zonder("OP302", "categorie en code als toegewezen", "getoetst onder TR339 en TR340"),
    zonder("OP349", "declaratienummer uniek", "getoetst onder TR333"),
    zonder("OP360", "hooguit één credit per debetregel", "getoetst onder TR390"),
    zonder(
        "OP364",
        "start en stop zijn geen voorwaarde om te declareren",
        "verwerkt: startberichten en stopberichten hebben geen invloed op de cijfers",
    ),
    zonder("OP365", "volume binnen de omvang", "getoetst onder TR321 en TR322"),
    zonder("OP367", "productperiode binnen één maand", "getoetst onder CS337"),
    zonder("OP368", "productperiode binnen de toewijzing", "getoetst onder TR307 en TR308"),
    zonder(
        "IV013",
        "de nieuwste versie van een toewijzing geldt",
        "verwerkt bij het lezen van toewijzingen",
    ),
    zonder("IV046", "gemeentecode geldig op de ingangsdatum", "zie TR378"),
    zonder(
        "IV075",
        "bij een toewijzing zonder code zijn meer codes gewoon",
        "mag; TR340 kijkt alleen naar toewijzingen met een code",
    ),
    zonder("IV079", "hele uren, met één uur als minimum", "getoetst onder MS005"),
    zonder(
        "IV089",
        "de productperiode is de maand binnen de toewijzing",
        "getoetst onder TR387 en TR388",
    ),
    zonder("IV090", "later declareren", "geteld onder OP354"),
    zonder("IV091", "een credit is gelijk aan de debetregel", "getoetst onder TR323 en OP366"),
    zonder("RS017", "vorm van het declaratienummer", "getoetst onder CS319"),
    zonder(
        "RS034",
        "tijd zonder tijdzone",
        "de tijd van een toewijzing dient alleen om versies op volgorde te zetten",
    ),
    zonder("RS040", "totaalbedrag binnen de grenzen", "getoetst onder RS001"),
    zonder(
        "TR019",
        "startbericht bij een bekende toewijzing",
        "startberichten (JW305) worden niet gelezen",
    ),
    zonder(
        "TR134",
        "datums niet na de dagtekening",
        "voor de productperiode getoetst onder TR137; de dagtekening van een JW301 wordt niet bewaard",
    ),
    zonder(
        "TR135",
        "dagtekening niet in de toekomst",
        "het programma kent de dag van vandaag niet, zodat dezelfde bestanden altijd hetzelfde geven",
    ),
    zonder(
        "TR318",
        "opeenvolgende declaratieperioden",
        "een maand zonder zorg mag; het rapport toont de regels per aanbieder en maand",
    ),
    zonder(
        "TR326",
        "één lopende start per toewijzing",
        "startberichten (JW305) worden niet gelezen",
    ),
    zonder(
        "TR378",
        "gemeentecode geldig op de ingangsdatum",
        "voor herindelingen in het regiobestand getoetst onder MS245; verder niet te bepalen zonder lijst van gemeenten met begin- en einddatum, en een code buiten de regio staat in de aansluiting",
    ),
    zonder("TR382", "stopbericht hoort bij een start", "stopberichten (JW307) worden niet gelezen"),
    zonder("TR413", "na een tijdelijke stop", "stopberichten (JW307) worden niet gelezen"),
    zonder("TR414", "na een tijdelijke stop", "stopberichten (JW307) worden niet gelezen"),
    zonder("TR415", "na een tijdelijke stop", "stopberichten (JW307) worden niet gelezen"),
];

/// The text of `docs/RULES.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Controles bij het lezen\n\n\
         Deze lijst is gemaakt uit het programma (`UPDATE_EXPECT=1 cargo it rules`) en een test houdt haar actueel. Hetzelfde op het \
         scherm: `maatstaf uitleg CODE`.\n\n\
         *fataal*: de regel telt niet mee. *waarschuwing*: de regel telt mee, maar kijk ernaar. *info*: goed om te weten. Een waarschuwing \
         of info verandert nooit een cijfer.\n",
    );
    for groep in groepen() {
        write!(out, "\n## {}\n\n{}\n\n", capital(groep.bereik), groep.uitleg)
            .expect("a String takes any text");
        out.push_str("| code | ernst | wat is er | uitleg | wat doet u | bron |\n|---|---|---|---|---|---|\n");
        for rule in &groep.rules {
            let Rule { code, severity, title, explanation, remedy, source } = rule;
            let cells = [*code, &severity.to_string(), *title, *explanation, *remedy, *source];
            row(&mut out, &cells);
        }
    }
    out.push_str(
        "\n## Zonder eigen toets\n\n\
         Uit de landelijke lijst: wat onder een andere code wordt getoetst, en wat niet wordt getoetst, met de reden.\n\n\
         | code | wat de regel vraagt | waarom hier niet |\n|---|---|---|\n",
    );
    let mut rest = ZONDER_TOETS.to_vec();
    rest.sort_by_key(|zonder| zonder.code);
    for ZonderToets { code, wat, reden } in rest {
        row(&mut out, &[code, wat, reden]);
    }
    out
}

fn row(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    writeln!(out, "| {} |", cells.join(" | ")).expect("a String takes any text");
}
