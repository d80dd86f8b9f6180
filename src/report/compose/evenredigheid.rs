//! Part of the chapter on zorgcoordinatie: what was seen beside what a fair lottery would have given.

mod tabellen;

use anyhow::Result;

use crate::charts::{Chart, Kind as ChartKind, Lorenz, RangeRow, Ranges, Verdict};
use crate::dutch::{count, counted, decimal, n_of, percent};
use crate::findings::Chapter;
use crate::findings::evenredigheid::{
    VRAAG, geheel, in_woorden, regio, uren, weggelaten, zin_aanbieder, zin_regio,
};
use crate::findings::verdeling::{Aandeel, Evenredig, MIN_VERWACHT, Oordeel, Termijn};
use crate::report::compose::evenredigheid::tabellen::{clients_table, per_gemeente};
use crate::report::compose::{Input, figure, source};
use crate::report::document::{Block, Cell, Kind, NoteKind, Row, Table, TableColumn, Value};

/// Everything about the lottery; nothing when nobody says who coordinates.
pub(super) fn blocks(input: &Input<'_>) -> Result<Vec<Block>> {
    let judged = input.published.judged();
    let mut out = Vec::new();
    let Some(quarter) = regio(judged, Termijn::Kwartaal).or_else(|| regio(judged, Termijn::Jaar))
    else {
        return Ok(out);
    };
    out.push(Block::Heading("Verdeeld als bij loting?".to_owned()));
    for termijn in [Termijn::Kwartaal, Termijn::Jaar] {
        let Some(evenredig) = regio(judged, termijn) else { continue };
        if termijn == Termijn::Jaar {
            out.push(Block::Paragraph(zin_regio(evenredig, input.kwartaal)));
        }
        out.extend(clients(input, evenredig)?);
    }
    if let Some(evenredig) = regio(judged, Termijn::Jaar).filter(|one| one.uren.is_some()) {
        out.extend(hours(input, evenredig)?);
    }
    out.extend(curve(input, quarter)?);
    out.extend(per_gemeente(input));
    out.extend(left_out(input, quarter));
    if let Some(evenredig) = regio(judged, Termijn::Jaar) {
        out.extend(in_sentences(input, evenredig));
    }
    out.push(Block::Note(NoteKind::Toelichting, guide(quarter)));
    Ok(out)
}

/// The aanbieders in words, without those that a finding above tells of.
fn in_sentences(input: &Input<'_>, evenredig: &Evenredig) -> Vec<Block> {
    let found = || input.published.judged().of(Chapter::Zorgcoordinatie);
    let zin = |deel: &Aandeel| zin_aanbieder(deel, evenredig, input.kwartaal);
    let all: Vec<String> = evenredig.delen.iter().map(zin).collect();
    let n = all.len();
    let rest: Vec<String> =
        all.into_iter().filter(|zin| !found().any(|one| one.text.starts_with(zin))).collect();
    let title =
        if rest.len() < n { "De andere aanbieders in woorden" } else { "Per aanbieder in woorden" };
    if rest.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading(title.to_owned()), Block::List(rest)]
}

fn guide(evenredig: &Evenredig) -> String {
    let hours = evenredig.mediaan_kwartieren.map_or_else(String::new, |median| {
        format!(
            " Uren volgen uit hoe zwaar een situatie is: de helft van de cliënten had {} uur of minder, en één zware cliënt kan het beeld \
             bepalen. Lees ze als beschrijving.",
            decimal(median / 4.0, 1)
        )
    });
    format!(
        "Per cliënt is bekend welke aanbieders zorg gaven in de maanden met zorgcoördinatie. Elk van hen had een gelijke kans om te \
         coördineren; als tweede berekening een kans naar de omvang van zijn zorg voor die cliënt. Daaruit volgt hoe vaak elke aanbieder \
         coördinator zou zijn als het lot had beslist, en tussen welke aantallen dat in 95 van de 100 lotingen ligt. Zijn er minder dan {} te \
         verwachten en kan het door toeval ook nul zijn, dan zeggen we niets. Buiten de balk is nog niet opvallend: bij veel aanbieders valt er \
         door toeval altijd wel een buiten; de q-waarde houdt daar rekening mee (opvallend is een q onder 0,05). Wat de een vaker doet, doen anderen minder vaak: begin bij wie meer doet.          Afwijken van loting is geen fout: er kunnen afspraken zijn.{hours}",
        decimal(MIN_VERWACHT, 0)
    )
}

/// The words of a judgement, as short as a table and a chart need.
fn in_kort(oordeel: Oordeel) -> &'static str {
    match oordeel {
        Oordeel::TeWeinig => "te weinig cliënten",
        Oordeel::BinnenToeval => "binnen toeval",
        Oordeel::Meer => "meer dan toeval verklaart",
        Oordeel::Minder => "minder dan toeval verklaart",
        Oordeel::NaarOmvang => "naar omvang binnen toeval",
        Oordeel::Ertussen => "tussen gelijk en omvang",
    }
}

fn verdict(oordeel: Oordeel) -> Verdict {
    match oordeel {
        Oordeel::TeWeinig => Verdict::Withheld,
        Oordeel::BinnenToeval | Oordeel::NaarOmvang | Oordeel::Ertussen => Verdict::Within,
        Oordeel::Meer | Oordeel::Minder => Verdict::Flagged,
    }
}

/// Part of names of files and anchors.
fn suffix(termijn: Termijn) -> &'static str {
    match termijn {
        Termijn::Kwartaal => "kwartaal",
        Termijn::Jaar => "jaar",
    }
}

/// Seen and expected numbers of clients, as chart and table.
fn clients(input: &Input<'_>, evenredig: &Evenredig) -> Result<Option<Block>> {
    let term = in_woorden(evenredig, input.kwartaal);
    let caption = format!(
        "Bij hoeveel cliënten elke aanbieder coördineerde, naast wat loting meestal geeft, {term} ({})",
        counted(n_of(evenredig.clienten), "cliënt", "cliënten")
    );
    let rows = evenredig.delen.iter().map(|deel| RangeRow {
        label: deel.aanbieder.clone(),
        observed: Some(deel.waargenomen as f64),
        expected: Some(deel.gelijk.verwacht),
        range: Some((deel.gelijk.bereik.low as f64, deel.gelijk.bereik.high as f64)),
        text: count(deel.waargenomen),
        note: match deel.oordeel {
            Oordeel::BinnenToeval => String::new(),
            other => in_kort(other).to_owned(),
        },
        verdict: verdict(deel.oordeel),
    });
    let chart = Chart {
        stem: format!("coordinatie_loting_{}", suffix(evenredig.termijn)),
        title: title(evenredig),
        subtitle: caption.clone(),
        source: source(input, VRAAG),
        kind: ChartKind::Ranges(Ranges {
            unit: "cliënten bij wie deze aanbieder coördineerde".to_owned(),
            range_label: "wat loting meestal geeft (95 van de 100 keer)".to_owned(),
            flagged_label: "meer of minder dan toeval verklaart".to_owned(),
            rows: rows.collect(),
            ..Ranges::default()
        }),
    };
    figure(chart, &caption, clients_table(input, evenredig, &caption))
}

fn title(evenredig: &Evenredig) -> String {
    let (n, judged) = (evenredig.opvallend().count(), evenredig.beoordeeld().count());
    match (n, judged) {
        (_, 0) => "Te weinig cliënten om per aanbieder iets te zeggen".to_owned(),
        (0, _) => format!(
            "Geen van de {} met genoeg cliënten coördineert vaker of minder vaak dan toeval verklaart",
            counted(n_of(judged), "aanbieder", "aanbieders")
        ),
        _ => format!(
            "{} van de {} met genoeg cliënten {} vaker of minder vaak dan toeval verklaart",
            count(n_of(n)),
            counted(n_of(judged), "aanbieder", "aanbieders"),
            if n == 1 { "coördineert" } else { "coördineren" }
        ),
    }
}

/// Seen and expected hours.
fn hours(input: &Input<'_>, evenredig: &Evenredig) -> Result<Option<Block>> {
    let caption = format!(
        "Uren zorgcoördinatie van elke aanbieder, naast wat loting meestal geeft als alle uren van een cliënt met zijn coördinator meegaan, \
         {} ({})",
        in_woorden(evenredig, input.kwartaal),
        counted(n_of(evenredig.clienten_met_uren), "cliënt", "cliënten")
    );
    let mut table = Table::new(
        "coordinatie_loting_uren_gegevens",
        &caption,
        vec![
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Uren", "", Kind::Hours),
            TableColumn::new("Verwacht", "uren", Kind::Decimal(1)),
            TableColumn::new("Meestal", "uren", Kind::Text),
        ],
    );
    let mut rows = Vec::new();
    for deel in &evenredig.delen {
        let Some(hours) = &deel.uren else { continue };
        let (low, high) = (hours.gelijk.bereik.low, hours.gelijk.bereik.high);
        let in_hours = |kwartieren: i64| kwartieren as f64 / 4.0;
        rows.push(RangeRow {
            label: deel.aanbieder.clone(),
            observed: Some(in_hours(hours.waargenomen)),
            expected: Some(hours.gelijk.verwacht / 4.0),
            range: Some((in_hours(low), in_hours(high))),
            text: uren(hours.waargenomen),
            // Hours follow from how heavy a case is: described, not judged.
            note: String::new(),
            verdict: Verdict::Within,
        });
        table.rows.push(Row::new(vec![
            Cell::text(&deel.aanbieder),
            Cell::new(Value::Int(hours.waargenomen * 15)),
            Cell::new(Value::Decimal(hours.gelijk.verwacht / 4.0)),
            Cell::text(&format!("{} tot {}", uren(low), uren(high))),
        ]));
    }
    table.source_line = source(input, VRAAG);
    let chart = Chart {
        stem: "coordinatie_loting_uren".to_owned(),
        title: "Uren zorgcoördinatie naast wat loting meestal geeft".to_owned(),
        subtitle: caption.clone(),
        source: source(input, VRAAG),
        kind: ChartKind::Ranges(Ranges {
            unit: "uren zorgcoördinatie".to_owned(),
            range_label: "wat loting meestal geeft (95 van de 100 keer)".to_owned(),
            not_judged: "Uren worden beschreven en niet vergeleken met een grens".to_owned(),
            rows,
            ..Ranges::default()
        }),
    };
    figure(chart, &caption, table)
}

/// The Lorenz curve with the curves of fair lotteries.
fn curve(input: &Input<'_>, evenredig: &Evenredig) -> Result<Option<Block>> {
    let (geheel, what) = geheel(evenredig);
    let caption = format!(
        "Lorenzcurve van de {what} over {} die hadden kunnen coördineren, met de band van loting, {}",
        counted(n_of(evenredig.delen.len()), "aanbieder", "aanbieders"),
        in_woorden(evenredig, input.kwartaal)
    );
    let band: Vec<(f64, f64, f64)> =
        geheel.band.iter().map(|p| (p.units, p.total.low, p.total.high)).collect();
    let level = |one: &crate::findings::verdeling::MetToeval, decimals: u8| {
        format!(
            "{} (bij loting {} tot {})",
            decimal(one.waarde, decimals),
            decimal(one.toeval.low, decimals),
            decimal(one.toeval.high, decimals)
        )
    };
    let chart = Chart {
        stem: "coordinatie_lorenz".to_owned(),
        title: format!(
            "Ongelijkheid van de {what}: {}; als het lot beslist {} tot {}",
            percent(geheel.hoover.waarde, 0),
            percent(geheel.hoover.toeval.low, 0),
            percent(geheel.hoover.toeval.high, 0)
        ),
        subtitle: caption.clone(),
        source: source(input, VRAAG),
        kind: ChartKind::Lorenz(Lorenz {
            points: geheel.lorenz.iter().map(|point| (point.units, point.total)).collect(),
            x_label: "aandeel van de aanbieders".to_owned(),
            y_label: format!("aandeel van de {what}"),
            summary: vec![
                format!("Gini: {}", level(&geheel.gini, 2)),
                format!("Hoover: {}", level(&geheel.hoover, 2)),
                format!("Effectief aantal aanbieders: {}", decimal(geheel.effectief_aantal, 1)),
            ],
            band,
        }),
    };
    let mut data = Table::new(
        "coordinatie_lorenz_gegevens",
        &caption,
        vec![
            TableColumn::new("Aandeel van de aanbieders, oplopend", "", Kind::Share),
            TableColumn::new(&format!("Aandeel van de {what}"), "", Kind::Share),
            TableColumn::new("Bij loting, laag", "", Kind::Share),
            TableColumn::new("Bij loting, hoog", "", Kind::Share),
        ],
    );
    let share = |value: f64| Cell::new(Value::Share(value));
    data.rows = geheel
        .lorenz
        .iter()
        .zip(&geheel.band)
        .map(|(point, chance)| {
            let cells = [point.units, point.total, chance.total.low, chance.total.high];
            Row::new(cells.map(share).to_vec())
        })
        .collect();
    data.source_line = source(input, VRAAG);
    figure(chart, &caption, data)
}

/// Who is not in the lottery, and why.
fn left_out(input: &Input<'_>, evenredig: &Evenredig) -> Vec<Block> {
    let mut lines = weggelaten(evenredig);
    if input.published.judged().zonder_maatregelen {
        lines.push(
            "De tabel maatregelen is niet aangeleverd; cliënten met een maatregel zijn dus niet weggelaten."
                .to_owned(),
        );
    }
    if lines.is_empty() {
        return Vec::new();
    }
    let term = in_woorden(evenredig, input.kwartaal);
    vec![Block::Heading(format!("Wie niet meetelt, {term}")), Block::List(lines)]
}
