//! A document with everything a writer can meet; fictional from the first name to the last figure.

use chrono::NaiveDate;

use crate::charts;
use crate::charts::{Bar, Bars, Chart, Line, Series};
use crate::report::document::{
    Block, Cell, Definition, Document, FigureBlock, FileLink, Finding, Front, Kind, Leesmij,
    NoteKind, Row, Section, Table, TableColumn, Tone, Value, Verdict,
};

/// Fictional gemeenten; one name is as long as they get.
const GEMEENTEN: [&str; 5] = [
    "Achterbroek",
    "Dorpsveen aan de Lange Wetering en Omstreken",
    "'s-Hoevelaken",
    "Molenrade",
    "Waterwolde",
];

const QUARTERS: [&str; 8] =
    ["2023-K4", "2024-K1", "2024-K2", "2024-K3", "2024-K4", "2025-K1", "2025-K2", "2025-K3"];

/// The sample.
pub(crate) fn document() -> Document {
    Document {
        title: "Kwartaalrapport jeugdhulp 2025-K3 – Jeugdregio De Vaart".to_owned(),
        subtitle: "Maatwerk, zorgcoördinatie en kosten van jeugdhulp in vijf gemeenten".to_owned(),
        region: "Jeugdregio De Vaart".to_owned(),
        kwartaal: "2025-K3".parse().unwrap(),
        peildatum: NaiveDate::from_ymd_opt(2025, 10, 30).unwrap(),
        banner: "INTERN – niet delen".to_owned(),
        program: "maatstaf 0.1.0".to_owned(),
        front: front(),
        sections: vec![
            maatwerk(),
            zorgcoordinatie(),
            kosten(),
            aflopend(),
            onbepaald(),
            verantwoording(),
        ],
        werklijsten: Vec::new(),
        leesmij: leesmij(),
    }
}

fn front() -> Front {
    Front {
        purpose: "Dit rapport laat zien hoeveel maatwerk de vijf gemeenten buiten de contracten afspraken, hoe de \
                  zorgcoördinatie over de aanbieders verdeeld was en waar de kosten afwijken. Het is bedoeld voor \
                  het gesprek: een bevinding is een vraag en geen oordeel."
            .to_owned(),
        findings: vec![
            finding("Dorpsveen aan de Lange Wetering en Omstreken maakte 12 nieuwe maatwerkovereenkomsten, 14,2 per \
                     10.000 jeugdigen; bij toeval past 1 tot 8.", "maatwerk", Some("maatwerk_nieuw/0002/2025-K3/aantal")),
            finding("Stichting De Brug coördineerde 61,0% van de uren bij 22,5% van de cliënten.", "zorgcoordinatie", None),
            finding("Bij 3 producten ligt het betaalde tarief boven het regionale tarief; samen € 18.442,10 in dit \
                     kwartaal.", "kosten", Some("tarief_boven_regio/totaal/2025-K3/bedrag_ct")),
        ],
        verdict: Verdict {
            tone: Tone::Goed,
            text: "Alle regels en alle eurocenten zijn verantwoord: beide tellingen sluiten.".to_owned(),
        },
        accounts: vec![reading(), reporting()],
        coverage: vec![
            Block::Paragraph("Van 11 van de 12 verwachte aanbieders zijn declaraties over alle drie de maanden ontvangen.".to_owned()),
            Block::List(vec![
                "Zorggroep Noorderlicht: september 2025 ontbreekt.".to_owned(),
                "De tabel plannen is niet aangeleverd.".to_owned(),
            ]),
        ],
    }
}

fn finding(text: &str, section: &str, address: Option<&str>) -> Finding {
    Finding {
        text: text.to_owned(),
        facts: vec![
            Definition::new("Regel", "Z43"),
            Definition::new("Grondslag", "norm, contract artikel 4"),
            Definition::new("Wie kan er iets aan doen", "gemeente en aanbieder"),
        ],
        section: Some(section.to_owned()),
        addresses: address.map(str::to_owned).into_iter().collect(),
    }
}

fn count(n: i64) -> Cell {
    Cell::new(Value::Int(n))
}

fn cents(ct: i64) -> Cell {
    Cell::new(Value::Cents(ct))
}

fn columns(list: &[(&str, &str, Kind)]) -> Vec<TableColumn> {
    list.iter().map(|(label, unit, kind)| TableColumn::new(label, unit, *kind)).collect()
}

fn reading() -> Table {
    let columns = columns(&[
        ("Bestand", "", Kind::Text),
        ("Gelezen", "regels", Kind::Count),
        ("Gebruikt", "regels", Kind::Count),
        ("Afgekeurd", "regels", Kind::Count),
        ("Bedrag gelezen", "", Kind::Cents),
        ("Bedrag gebruikt", "", Kind::Cents),
        ("Bedrag afgekeurd", "", Kind::Cents),
    ]);
    let mut table = Table::new("telling_lezen", "Van bestand naar gebruikte regels", columns);
    for (file, read, rejected) in [
        (
            "aanleveringen/2025/derde_kwartaal/declaraties_jeugdhulp_de_vaart_definitief_v2.csv",
            12_404,
            412,
        ),
        ("map/jw323/bericht_0001.xml", 1_240, 0),
    ] {
        let (all, off) = (read * 11_234, rejected * 9_251);
        let cells = vec![
            Cell::text(file),
            count(read),
            count(read - rejected),
            count(rejected),
            cents(all),
            cents(all - off),
            cents(off),
        ];
        table.rows.push(Row::new(cells));
    }
    let cells = vec![
        Cell::text("Totaal"),
        count(13_644),
        count(13_232),
        count(412),
        cents(153_276_696),
        cents(149_465_284),
        cents(3_811_412),
    ];
    table.rows.push(Row::total(cells));
    table.source_line =
        "Bron: alle aangeleverde bestanden, met SHA-256 in herkomst/manifest.json.".to_owned();
    table
}

fn reporting() -> Table {
    let columns = columns(&[
        ("Waar bleef het", "", Kind::Text),
        ("Regels", "", Kind::Count),
        ("Bedrag", "", Kind::Cents),
    ]);
    let mut table = Table::new("telling_rapport", "Van gebruikte regels naar dit rapport", columns);
    for (label, n, ct) in [
        ("In dit rapport", 12_991, 146_000_012),
        ("Buiten de periode", 200, 3_000_000),
        ("Buiten de regio", 0, 0),
        ("Weggevallen tegen een creditregel", 41, 465_272),
    ] {
        table.rows.push(Row::new(vec![Cell::text(label), count(n), cents(ct)]));
    }
    table.rows.push(Row::total(vec![Cell::text("Totaal"), count(13_232), cents(149_465_284)]));
    table
}

fn maatwerk() -> Section {
    Section {
        id: "maatwerk".to_owned(),
        title: "Maatwerk per gemeente".to_owned(),
        conclusion: Some(
            "In het derde kwartaal van 2025 maakten vijf gemeenten 31 nieuwe maatwerkovereenkomsten, 4 meer dan in \
             het tweede kwartaal; één gemeente valt buiten wat bij toeval past."
                .to_owned(),
        ),
        blocks: vec![
            figure(bars_chart(), "Nieuwe maatwerkovereenkomsten per gemeente, 2025-K3, n = 31.", bars_data()),
            Block::Paragraph("Jeugdreclassering is apart gehouden, omdat de gemeente daar de aanbieder niet kiest.".to_owned()),
            Block::Heading("Acht kwartalen".to_owned()),
            figure(line_chart(), "Lopende maatwerkovereenkomsten per kwartaal in de hele regio; het laatste kwartaal is voorlopig.", line_data()),
            Block::Table(wide()),
        ],
    }
}

fn figure(chart: Chart, caption: &str, data: Table) -> Block {
    let figure = charts::draw(&chart).unwrap();
    let block = FigureBlock::new(figure, caption, data).unwrap();
    Block::Figure(Box::new(block.drawn_from(&[1]).unwrap()))
}

fn chart(stem: &str, title: &str, kind: charts::Kind) -> Chart {
    Chart {
        stem: stem.to_owned(),
        title: title.to_owned(),
        subtitle: "Aantal overeenkomsten, 2025-K3, n = 31".to_owned(),
        source: format!("Bron: register maatwerk · {stem}"),
        kind,
    }
}

fn bar(label: &str, value: Option<f64>, highlight: bool) -> Bar {
    Bar { label: label.to_owned(), value, text: String::new(), highlight, marker: None }
}

fn bars_chart() -> Chart {
    let values = [Some(9.0), Some(12.0), Some(6.0), Some(0.0), None];
    let bars = std::iter::zip(GEMEENTEN, values)
        .map(|(name, value)| bar(name, value, value == Some(12.0)))
        .collect();
    let kind = charts::Kind::Bars(Bars {
        unit: "overeenkomsten".to_owned(),
        bars,
        marker_label: String::new(),
    });
    chart("maatwerk_nieuw", "Dorpsveen sloot 12 van de 31 nieuwe overeenkomsten", kind)
}

fn bars_data() -> Table {
    let columns =
        columns(&[("Gemeente", "", Kind::Text), ("Nieuw", "overeenkomsten", Kind::Count)]);
    let mut table = Table::new("maatwerk_nieuw", "Nieuwe maatwerkovereenkomsten, 2025-K3", columns);
    for (name, cell) in std::iter::zip(
        GEMEENTEN,
        [count(9), count(12), count(6), count(0), Cell::new(Value::Hidden)],
    ) {
        table
            .rows
            .push(Row::new(vec![Cell::text(name), cell.at("maatwerk_nieuw/0001/2025-K3/aantal")]));
    }
    table
}

fn line_chart() -> Chart {
    let values = [21.0, 24.0, 22.0, 27.0, 30.0, 29.0, 27.0, 31.0].map(Some).to_vec();
    let series = vec![Series { name: "Regio".to_owned(), values, texts: Vec::new() }];
    let x = QUARTERS.map(str::to_owned).to_vec();
    let kind =
        charts::Kind::Line(Line { unit: "overeenkomsten".to_owned(), x, series, n_provisional: 1 });
    chart("maatwerk_lopend", "Het aantal lopende overeenkomsten steeg van 21 naar 31", kind)
}

fn line_data() -> Table {
    let columns =
        columns(&[("Kwartaal", "", Kind::Text), ("Lopend", "overeenkomsten", Kind::Count)]);
    let mut table =
        Table::new("maatwerk_lopend", "Lopende maatwerkovereenkomsten per kwartaal", columns);
    for (quarter, n) in std::iter::zip(QUARTERS, [21, 24, 22, 27, 30, 29, 27, 31]) {
        table.rows.push(Row::new(vec![Cell::text(quarter), count(n)]));
    }
    table
}

/// Twelve columns, every kind of cell.
fn wide() -> Table {
    let columns = columns(&[
        ("Code", "", Kind::Code),
        ("Gemeente", "", Kind::Text),
        ("Jeugdigen", "", Kind::Count),
        ("Nieuw", "overeenkomsten", Kind::Count),
        ("Lopend", "overeenkomsten", Kind::Count),
        ("Per 10.000 jeugdigen", "", Kind::Decimal(1)),
        ("Kosten", "", Kind::Cents),
        ("Aandeel in kosten", "", Kind::Share),
        ("Coördinatie", "", Kind::Hours),
        ("Aanbieders", "", Kind::Count),
        ("Eerste einddatum", "", Kind::Date),
        ("Reden niet in te kopen", "", Kind::Text),
    ]);
    let mut table = Table::new("maatwerk_overzicht", "Maatwerk per gemeente, 2025-K3", columns);
    for (n, name) in (1_i64..).zip(GEMEENTEN) {
        let mut row = wide_row(n, name);
        row.highlight = n == 2;
        table.rows.push(row);
    }
    table.rows[3].cells[5] =
        Cell::unknown("het aantal jeugdigen van Molenrade ontbreekt in de tabel gemeenten");
    table.rows[3].cells[8] =
        Cell::unknown("geen tabel plannen aangeleverd; lever haar aan om dit te kunnen bepalen");
    table.rows[4].cells[8] =
        Cell::unknown("geen tabel plannen aangeleverd; lever haar aan om dit te kunnen bepalen");
    table.rows[3].cells[3] = count(0);
    table.rows[4].cells[3] = Cell::new(Value::Hidden);
    table.rows[4].cells[6] = Cell::new(Value::Hidden);
    table.rows[3].cells[10] = Cell::new(Value::Empty);
    let mut total = wide_row(9, "Regio");
    total.cells[0] = Cell::new(Value::Empty);
    total.is_total = true;
    table.rows.push(total);
    table.source_line =
        "Bron: register maatwerk en declaraties; jeugdigen: CBS, 1 januari 2025.".to_owned();
    table
}

fn wide_row(n: i64, name: &str) -> Row {
    let whole = n as f64;
    let at =
        |cell: Cell, column: &str| cell.at(&format!("maatwerk_overzicht/000{n}/2025-K3/{column}"));
    Row::new(vec![
        Cell::text(&format!("000{n}")),
        Cell::text(name),
        at(count(8_451 * n), "jeugdigen"),
        at(count(3 * n), "nieuw"),
        at(count(7 * n), "lopend"),
        at(Cell::new(Value::Decimal(14.25 / whole)), "per_10000"),
        at(cents(-1_234_567 + 9_871_234 * n), "bedrag_ct"),
        at(Cell::new(Value::Share(whole / 15.0)), "aandeel"),
        at(count(754 * n), "minuten"),
        at(count(n), "aanbieders"),
        Cell::new(Value::Date(NaiveDate::from_ymd_opt(2025, 12, 31).unwrap())),
        Cell::text("geen passend aanbod binnen het contract, en wachttijd langer dan de treeknorm"),
    ])
}

fn zorgcoordinatie() -> Section {
    Section {
        id: "zorgcoordinatie".to_owned(),
        title: "Zorgcoördinatie".to_owned(),
        conclusion: Some("De uren zijn ongelijk verdeeld: één aanbieder coördineerde 61,0% van de uren bij 22,5% van de cliënten.".to_owned()),
        blocks: vec![
            figure(hours_chart(), "Uren zorgcoördinatie per aanbieder; het streepje is het aandeel dat bij de cliënten past.", hours_data()),
            Block::Note(NoteKind::LetOp, "Van Zorggroep Noorderlicht ontbreekt september 2025; haar uren vallen hoger uit.".to_owned()),
        ],
    }
}

const AANBIEDERS: [(&str, i64); 4] = [
    ("Stichting De Brug", 73_200),
    ("Zorggroep Noorderlicht", 21_600),
    ("Coöperatie voor Gezinsbegeleiding, Ambulante Hulp en Dagbehandeling U.A.", 14_430),
    ("Praktijk Wilgenroos", 0),
];

fn hours_chart() -> Chart {
    let bars = AANBIEDERS
        .iter()
        .map(|(name, min)| bar(name, Some(*min as f64 / 60.0), *min > 70_000))
        .collect();
    let kind =
        charts::Kind::Bars(Bars { unit: "uur".to_owned(), bars, marker_label: String::new() });
    chart("coordinatie_uren", "Stichting De Brug coördineerde 61,0% van de uren", kind)
}

fn hours_data() -> Table {
    let columns = columns(&[("Aanbieder", "", Kind::Text), ("Uren", "", Kind::Hours)]);
    let mut table =
        Table::new("coordinatie_uren", "Uren zorgcoördinatie per aanbieder, 2025-K3", columns);
    for (name, minuten) in AANBIEDERS {
        table.rows.push(Row::new(vec![Cell::text(name), count(minuten)]));
    }
    table
}

fn kosten() -> Section {
    let columns = columns(&[
        ("Product", "", Kind::Code),
        ("Naam", "", Kind::Text),
        ("Betaald", "euro per uur", Kind::Cents),
        ("Regionaal", "euro per uur", Kind::Cents),
        ("Verschil", "euro dit kwartaal", Kind::Cents),
    ]);
    let mut table =
        Table::new("tarief_boven_regio", "Tarieven boven het regionale tarief, 2025-K3", columns);
    for (code, name, paid, regional) in [
        ("50A01", "Begeleiding individueel", 9_240, 8_412),
        ("0300", "Behandeling", 12_150, 11_999),
    ] {
        let cells = vec![
            Cell::text(code),
            Cell::text(name),
            cents(paid),
            cents(regional),
            cents((paid - regional) * 733),
        ];
        table.rows.push(Row::new(cells));
    }
    Section {
        id: "kosten".to_owned(),
        title: "Kosten en uitschieters".to_owned(),
        conclusion: Some(
            "Twee producten werden boven het regionale tarief betaald, samen € 7.176,07."
                .to_owned(),
        ),
        blocks: vec![
            Block::Table(table),
            Block::Findings(vec![finding(
                "Begeleiding individueel werd € 8,28 per uur boven het regionale tarief betaald.",
                "kosten",
                None,
            )]),
        ],
    }
}

fn aflopend() -> Section {
    let columns = columns(&[
        ("Overeenkomst", "", Kind::Code),
        ("Einddatum", "", Kind::Date),
        ("Dagen", "", Kind::Count),
    ]);
    Section {
        id: "aflopend".to_owned(),
        title: "Aflopende overeenkomsten".to_owned(),
        conclusion: Some("Binnen 90 dagen na de peildatum loopt geen overeenkomst af.".to_owned()),
        blocks: vec![Block::Table(Table::new(
            "aflopend",
            "Overeenkomsten die binnen 90 dagen aflopen",
            columns,
        ))],
    }
}

fn onbepaald() -> Section {
    Section {
        id: "niet-te-bepalen".to_owned(),
        title: "Niet te bepalen".to_owned(),
        conclusion: None,
        blocks: vec![Block::Note(
            NoteKind::NietTeBepalen,
            "Wie de zorg coördineerde in Molenrade: de tabel plannen is niet aangeleverd. Lever haar aan om dit te bepalen.".to_owned(),
        )],
    }
}

fn verantwoording() -> Section {
    Section {
        id: "verantwoording".to_owned(),
        title: "Verantwoording".to_owned(),
        conclusion: None,
        blocks: vec![
            Block::Definitions(vec![
                Definition::new(
                    "Maatwerkovereenkomst",
                    "Een eenmalige afspraak van een gemeente met een aanbieder zonder contract.",
                ),
                Definition::new(
                    "Peildatum",
                    "De dag waarop het rapport terugkijkt: 30 dagen na het einde van het kwartaal.",
                ),
            ]),
            Block::Note(
                NoteKind::Toelichting,
                "Kleine aantallen zijn zichtbaar, want dit exemplaar is intern.".to_owned(),
            ),
            Block::Files(vec![FileLink {
                path: "afkeur/afkeur.csv".to_owned(),
                text: "Alle afgekeurde regels".to_owned(),
            }]),
        ],
    }
}

fn leesmij() -> Leesmij {
    let columns = columns(&[
        ("Oorzaak", "", Kind::Text),
        ("Regels", "", Kind::Count),
        ("Bedrag", "", Kind::Cents),
        ("Zo lost u het op", "", Kind::Text),
    ]);
    let mut table = Table::new("afkeur_oorzaken", "Afgekeurde regels per oorzaak", columns);
    table.rows.push(Row::new(vec![
        Cell::text("MS217 bedrag niet te lezen"),
        count(411),
        cents(3_800_000),
        Cell::text("schrijf 1.234,50 of 12,34"),
    ]));
    Leesmij {
        verdict: Verdict {
            tone: Tone::LetOp,
            text: "Het rapport is compleet; 412 van de 13.644 regels zijn niet gebruikt."
                .to_owned(),
        },
        counts: vec![
            Definition::new("Bestanden gelezen", "2"),
            Definition::new("Regels gelezen", "13.644"),
            Definition::new("Bedrag in het rapport", "€ 1.460.000,12"),
        ],
        blocks: vec![Block::Table(table)],
        files: vec![FileLink {
            path: "afkeur/afkeur.csv".to_owned(),
            text: "De afgekeurde regels".to_owned(),
        }],
        edities: Vec::new(),
        next_steps: vec![
            "Open het rapport en begin bij 'In het kort'.".to_owned(),
            "Herstel de afgekeurde regels bij de bron.".to_owned(),
        ],
    }
}
