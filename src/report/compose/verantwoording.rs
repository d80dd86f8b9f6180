//! Chapter: definitions, settings, inputs and completeness.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::report::compose::cellen::{As, find, value};
use crate::report::compose::{Input, voorpagina};
use crate::report::document::{
    Block, Cell, Definition, FileLink, Kind, Row, Section, Table, TableColumn, Value,
};

#[allow(clippy::unnecessary_wraps, reason = "every chapter has the same shape")]
pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let mut blocks = vec![
        Block::Heading("Begrippen en rekenwijze".to_owned()),
        Block::Definitions(definitions(input)),
        Block::Heading("Instellingen van de regio".to_owned()),
        Block::Table(settings(input)),
        Block::Heading("Afkeur en opmerkingen".to_owned()),
        Block::Table(causes(input)),
    ];
    blocks.push(Block::Heading("Aansluiting per bron".to_owned()));
    blocks.extend(voorpagina::per_source(input).map(Block::Table));
    blocks.push(Block::Heading("Volledigheid".to_owned()));
    blocks.extend(completeness(input));
    blocks.push(Block::Heading("Vragen aan de gegevens".to_owned()));
    blocks.push(Block::Table(queries(input)));
    blocks.push(Block::Heading("Zelf verder werken met de cijfers".to_owned()));
    blocks.push(Block::Files(vec![FileLink {
        path: crate::report::workbook::REPORT.to_owned(),
        text: "Alle tabellen en grafieken van dit rapport als werkmap voor Excel".to_owned(),
    }]));
    Ok(Section {
        id: "verantwoording".to_owned(),
        title: "Verantwoording".to_owned(),
        conclusion: Some(
            "Dezelfde bestanden, instellingen en versie geven dezelfde cijfers, tot op de byte."
                .to_owned(),
        ),
        blocks,
    })
}

/// The same in an edition: how was counted and with which settings; files and rejects are for ICM.
pub(super) fn editie(input: &Input<'_>) -> Section {
    let mut settings = settings(input);
    // A path on the disk of ICM says nothing here.
    settings.source_line.clear();
    Section {
        id: "verantwoording".to_owned(),
        title: "Verantwoording".to_owned(),
        conclusion: Some(
            "De cijfers zijn dezelfde als in het rapport van de regio; van anderen staat er minder in."
                .to_owned(),
        ),
        blocks: vec![
            Block::Heading("Begrippen en rekenwijze".to_owned()),
            Block::Definitions(definitions(input)),
            Block::Heading("Instellingen van de regio".to_owned()),
            Block::Table(settings),
        ],
    }
}

fn definitions(input: &Input<'_>) -> Vec<Definition> {
    let children = children_source(input);
    vec![
        Definition::new(
            "Maatwerkovereenkomst",
            "Een eenmalige lokale overeenkomst met een aanbieder zonder contract, voor één jeugdige. Geteld uit het register.",
        ),
        Definition::new("Kosten van maatwerk", &recognition(input)),
        Definition::new(
            "Periode",
            "Een declaratie hoort bij de maand waarin de zorg begon (productperiode), niet bij de maand waarin zij is ingediend.",
        ),
        Definition::new(
            "Verrekend",
            "Een creditregel en de debetregel die hij terugdraait, tellen allebei niet mee. Een creditregel zonder debetregel telt negatief.",
        ),
        Definition::new("Jeugdigen", &children),
        Definition::new(
            "Cliënten met meer dan één aanbieder",
            "Cliënten voor wie in het kwartaal twee of meer aanbieders zorg declareerden, met of zonder zorgcoördinatie. De vergelijking met loting \
             gaat alleen over cliënten met zorgcoördinatie.",
        ),
        Definition::new(
            "Gini en Hoover",
            "Gini loopt van 0 (iedereen evenveel) tot bijna 1 (alles bij één). Hoover is het deel dat bij een ander zou liggen als iedereen \
             precies evenveel had. Ook als het lot beslist zijn beide boven nul; daarom staat erbij wat loting meestal geeft.",
        ),
        Definition::new("Adres van een cijfer", &address(input)),
        Definition::new(
            "Niet te bepalen",
            "De gegevens ontbreken of zeggen er niets over. Dat is iets anders dan nul.",
        ),
    ]
}

/// What the address of a figure is good for; only who has the folder has the manifest.
fn address(input: &Input<'_>) -> String {
    let place = if input.published.gemeente().is_some() {
        "Noem het adres als u ICM een vraag over een cijfer stelt."
    } else {
        "In herkomst/manifest.json staat elk adres met zijn waarde, het aantal jeugdigen erachter en de vraag. Wat het programma daaruit berekent \
         (een oordeel, een verdeling), staat daar ook. De opdracht maatstaf herkomst ADRES --van MAP laat zien waar een getal vandaan komt en rekent het na."
    };
    format!(
        "Naam van de vraag, waarover het gaat, periode en kolom, met een schuine streep ertussen. Onder een tabel staat het adres van het \
         eerste getal dat uit een vraag komt; die van de andere zien er net zo uit. Een getal dat uit andere getallen is berekend heet naar zijn \
         plaats: tabel, naam, regel en kolom. {place}"
    )
}

fn recognition(input: &Input<'_>) -> String {
    let rules = &input.region.maatwerk;
    let mut ways = Vec::new();
    if !rules.opzoektabel.is_empty() {
        ways.push("de opzoektabel van de regio".to_owned());
    }
    if let Some(teken) = rules.teken {
        ways.push(format!("teken {} van de productcode is een {}", teken.positie, teken.teken));
    }
    if !rules.categorieen.is_empty() {
        ways.push(format!("productcategorie {}", crate::dutch::list(&rules.categorieen)));
    }
    if rules.register {
        ways.push(
            "een lopende overeenkomst van deze cliënt met deze aanbieder in het register"
                .to_owned(),
        );
    }
    if ways.is_empty() {
        return "De regio kent geen regel om maatwerk in declaraties te herkennen.".to_owned();
    }
    format!(
        "Een declaratie is maatwerk volgens, in deze volgorde: {}. Het woord maatwerk of categorie 50 alleen beslist niets.",
        ways.join("; ")
    )
}

fn children_source(input: &Input<'_>) -> String {
    let is_supplied =
        input.manifest.bestanden.iter().any(|entry| entry.accounts().contains_key("gemeenten"));
    if is_supplied {
        return "0 tot en met 17 jaar, uit de aangeleverde tabel gemeenten; van het jaar van het kwartaal, of het laatste jaar daarvoor."
            .to_owned();
    }
    match input.region.jeugdigen.first() {
        Some(row) => {
            format!("{}; jaar {}. Een eigen tabel gemeenten gaat voor.", row.bron, row.jaar)
        }
        None => "Er is geen aantal jeugdigen bekend; lever een tabel gemeenten aan.".to_owned(),
    }
}

fn settings(input: &Input<'_>) -> Table {
    let mut table = Table::new(
        "instellingen",
        "Grenzen waarmee is gerekend; norm is afgesproken of gekozen, feit is met cijfers onderbouwd",
        vec![
            TableColumn::new("Instelling", "", Kind::Text),
            TableColumn::new("Waarde", "", Kind::Text),
            TableColumn::new("Grondslag", "", Kind::Text),
            TableColumn::new("Bron", "", Kind::Text),
        ],
    );
    let d = &input.region.drempels;
    let k = &input.region.kosten;
    let days: Vec<String> = d.signaal_dagen.waarde.iter().map(ToString::to_string).collect();
    let decimal = |value: f64| crate::dutch::decimal(value, 1);
    let percent = crate::dutch::percent(d.afkeur_euro_aandeel.waarde, 0);
    let rows = [
        (
            "Opvallende prijs: gewijzigde z boven",
            decimal(d.uitschieter_z.waarde),
            d.uitschieter_z.grondslag,
            &d.uitschieter_z.bron,
        ),
        (
            "Minste aantal prijzen om te vergelijken",
            crate::dutch::count(d.uitschieter_min_n.waarde),
            d.uitschieter_min_n.grondslag,
            &d.uitschieter_min_n.bron,
        ),
        (
            "Aflopend binnen (dagen)",
            days.join(", "),
            d.signaal_dagen.grondslag,
            &d.signaal_dagen.bron,
        ),
        (
            "Grens aan afgekeurde euro's",
            percent,
            d.afkeur_euro_aandeel.grondslag,
            &d.afkeur_euro_aandeel.bron,
        ),
        (
            "Voorlopig als minder is gedeclareerd dan",
            crate::findings::naijl::grens(d.volledigheid_minimum.waarde),
            d.volledigheid_minimum.grondslag,
            &d.volledigheid_minimum.bron,
        ),
        (
            "Afronding van een tarief (eurocent)",
            decimal(k.tarief_tolerantie_ct.waarde),
            k.tarief_tolerantie_ct.grondslag,
            &k.tarief_tolerantie_ct.bron,
        ),
    ];
    for (name, value, ground, source) in rows {
        let cells = [name, &value, &ground.to_string(), source].map(Cell::text);
        table.rows.push(Row::new(cells.to_vec()));
    }
    table.source_line = format!("Regiobestand {}", input.region.path);
    table
}

/// More causes than this are for the CSV; the largest come first.
const CAUSES_ON_PAGE: usize = 20;

fn causes(input: &Input<'_>) -> Table {
    let mut table = Table::new(
        "afkeur_per_oorzaak",
        "Afgekeurde en opgemerkte regels per oorzaak",
        vec![
            TableColumn::new("Code", "", Kind::Code),
            TableColumn::new("Oorzaak", "", Kind::Text),
            TableColumn::new("Gevolg", "", Kind::Text),
            TableColumn::new("Regels", "", Kind::Count),
            TableColumn::new("Bedrag", "", Kind::Cents),
            TableColumn::new("Oplossing", "", Kind::Text),
        ],
    );
    table.op_pagina = Some(CAUSES_ON_PAGE);
    for cause in input.causes {
        let effect = match cause.severity {
            crate::rejects::Severity::Fataal => "telt niet mee",
            crate::rejects::Severity::Waarschuwing => "opgemerkt",
            crate::rejects::Severity::Info => "ter informatie",
        };
        table.rows.push(Row::new(vec![
            Cell::text(&cause.code),
            Cell::text(&cause.title),
            Cell::text(effect),
            Cell::new(Value::Int(cause.regels.cast_signed())),
            Cell::new(match cause.bedrag_ct {
                Some(_) if input.is_small(cause.regels) => Value::Hidden,
                Some(ct) => Value::Cents(ct),
                None => Value::Empty,
            }),
            Cell::text(&cause.remedy),
        ]));
    }
    if input.published.minimum().is_none() {
        table.source_line = format!("Alle regels staan in {}.", crate::report::REJECTS);
    }
    let hersteld = input.manifest.hersteld().regels;
    if hersteld > 0 {
        let rows = crate::dutch::counted(hersteld.cast_signed(), "regel", "regels");
        let text = format!("Niet meegeteld: {rows} met een herstelde regel in de plaats.");
        let parts = [table.source_line, text];
        table.source_line =
            parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    }
    table
}

/// Lines per aanbieder and month of the quarter.
fn completeness(input: &Input<'_>) -> Option<Block> {
    let measure =
        input.published.measure("volledigheid").filter(|measure| measure.reason().is_none())?;
    let months: Vec<String> = input.kwartaal.months().iter().map(ToString::to_string).collect();
    let mut columns = vec![TableColumn::new("Aanbieder", "", Kind::Text)];
    columns.extend(months.iter().map(|maand| TableColumn::new(maand, "regels", Kind::Count)));
    let caption = format!("Declaratieregels per aanbieder en maand van {}", input.kwartaal);
    let mut table = Table::new("volledigheid", &caption, columns);
    let keys = ["aanbieder", "maand"];
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for cell in measure.level(&keys) {
        let name = measure.key(cell, "aanbieder");
        names.insert(crate::dutch::sort_key(name), name);
    }
    for name in names.values() {
        let mut cells = vec![Cell::text(name)];
        for maand in &months {
            let found =
                find(Some(measure), &keys, &[("aanbieder", name), ("maand", maand.as_str())]);
            cells.push(
                found.map_or_else(|| Cell::new(Value::Int(0)), |cell| value(cell, As::Count)),
            );
        }
        table.rows.push(Row::new(cells));
    }
    "Vraag volledigheid; regels die meetellen.".clone_into(&mut table.source_line);
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

fn queries(input: &Input<'_>) -> Table {
    let mut table = Table::new(
        "vragen",
        "De vragen waaruit de cijfers komen; de volledige tekst staat in herkomst/sql",
        vec![
            TableColumn::new("Naam", "", Kind::Code),
            TableColumn::new("Vraag", "", Kind::Text),
            TableColumn::new("Uitkomst", "", Kind::Text),
        ],
    );
    // What measures a rule of the region stands in the table of rules of its chapter.
    let is_rule = |id: &str| {
        let judged = input.published.judged();
        judged.signalen.iter().any(|signaal| signaal.query == id)
            || judged.overzichten.iter().any(|overzicht| overzicht.query == id)
    };
    for measure in input.published.measures().filter(|measure| !is_rule(&measure.id)) {
        let outcome = measure.reason().map_or("berekend", |_| "niet te bepalen");
        let cells = [measure.id.as_str(), measure.question.as_str(), outcome].map(Cell::text);
        table.rows.push(Row::new(cells.to_vec()));
    }
    table
}
