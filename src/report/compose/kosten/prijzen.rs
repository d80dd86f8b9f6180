//! Unit prices: the strip plot and the table of what stands out.

use anyhow::Result;

use crate::charts::{Chart, Dot, Kind as ChartKind, Strip, StripRow};
use crate::dutch::{count, counted, n_of};
use crate::findings::PrijsGroep;
use crate::findings::kosten::{
    MAX_GEMEENTEN, Oordeel, Prijs, Vergelijking, cumulative, eenheid_naam,
};
use crate::report::compose::cellen::gemeente;
use crate::report::compose::{Input, figure, source};
use crate::report::document::{Block, Cell, Kind, Row, Table, TableColumn, Value};

/// Products in one figure; more is unreadable, and the rest is in the tables.
const MAX_ROWS: usize = 8;
const QUERIES: &str = "prijs_per_aanbieder en prijs_per_aanbieder_volume";

/// Groups in which something stands out, the largest euros first; with none, there is nothing to draw.
fn notable<'p>(input: &'p Input<'_>) -> Vec<&'p PrijsGroep> {
    let is_notable =
        |groep: &&PrijsGroep| groep.prijzen.iter().any(|prijs| prijs.oordeel != Oordeel::Gewoon);
    let mut groups: Vec<&PrijsGroep> =
        input.published.judged().kosten.prijzen.iter().filter(is_notable).collect();
    groups.sort_by_key(|groep| std::cmp::Reverse(at_stake_ct(groep)));
    groups.truncate(MAX_ROWS);
    groups
}

fn at_stake_ct(groep: &PrijsGroep) -> i64 {
    let flagged = groep.prijzen.iter().filter(|prijs| prijs.oordeel != Oordeel::Gewoon);
    flagged.map(|prijs| prijs.boven_midden_ct.abs()).sum()
}

/// Names of up to three gemeenten, else their number.
pub(super) fn places(input: &Input<'_>, codes: &[String]) -> String {
    if codes.len() > MAX_GEMEENTEN {
        return format!("{} gemeenten", count(n_of(codes.len())));
    }
    let names: Vec<&str> = codes.iter().map(|code| gemeente(input, code)).collect();
    names.join(", ")
}

/// One name or a number: a label in a figure has little room.
fn where_short(input: &Input<'_>, codes: &[String]) -> String {
    match codes {
        [one] => gemeente(input, one).to_owned(),
        several => format!("{} gemeenten", count(n_of(several.len()))),
    }
}

/// What is said of a price, in the figure and in the tables; what follows the colon is how it was compared.
fn said(groep: &PrijsGroep, prijs: &Prijs) -> Option<&'static str> {
    match (prijs.oordeel, groep.vergelijking) {
        (Oordeel::Gewoon, _) => None,
        (Oordeel::Komma(_), _) => Some("mogelijk een komma verkeerd"),
        (Oordeel::Opvallend, Vergelijking::Referentie) => Some("boven het regionale tarief"),
        (Oordeel::Opvallend, Vergelijking::VastTarief) => {
            Some("opvallende prijs: wijkt af van het vaste tarief")
        }
        (Oordeel::Opvallend, Vergelijking::Spreiding | Vergelijking::EenAanbieder) => {
            Some("opvallende prijs: buiten de gebruikelijke band")
        }
    }
}

/// The finding of the figure: how many stand out, and as what.
fn title(groups: &[&PrijsGroep]) -> String {
    let prices = || groups.iter().flat_map(|groep| groep.prijzen.iter().map(|one| (*groep, one)));
    let all: Vec<&str> = prices().filter_map(|(groep, prijs)| said(groep, prijs)).collect();
    let of = |words: &str| n_of(all.iter().filter(|said| said.starts_with(words)).count());
    let parts = [
        (of("opvallende prijs"), "opvallende prijs", "opvallende prijzen"),
        (of("boven het"), "boven het regionale tarief", "boven het regionale tarief"),
        (of("mogelijk"), "mogelijk een komma verkeerd", "mogelijk een komma verkeerd"),
    ];
    let parts = parts.iter().filter(|(n, ..)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, one, more)| counted(*n, one, more)).collect();
    format!("{} bij {}", parts.join(", "), counted(n_of(groups.len()), "product", "producten"))
}

/// Every price of the products in which one stands out.
pub(super) fn strip(input: &Input<'_>) -> Result<Option<Block>> {
    let groups = notable(input);
    let caption = format!(
        "Prijs per eenheid per product: elke stip is een prijs van een aanbieder, {}",
        input.kwartaal
    );
    let chart = Chart {
        stem: "prijs_per_aanbieder".to_owned(),
        title: title(&groups),
        subtitle: caption.clone(),
        source: source(input, QUERIES),
        kind: ChartKind::Strip(Strip {
            unit: "euro per eenheid".to_owned(),
            dot_label: "prijs van een aanbieder".to_owned(),
            size_label: "volume".to_owned(),
            rows: groups.iter().map(|groep| strip_row(input, groep)).collect(),
            ..Strip::default()
        }),
    };
    let mut data = price_table("prijs_per_aanbieder_gegevens", &caption);
    data.columns.extend([
        TableColumn::new("Volume", "", Kind::Decimal(2)),
        TableColumn::new("Mediaan", "euro", Kind::Decimal(2)),
        TableColumn::new("Gebruikelijk vanaf", "euro", Kind::Decimal(2)),
        TableColumn::new("Gebruikelijk tot", "euro", Kind::Decimal(2)),
    ]);
    for groep in &groups {
        data.rows.extend(groep.prijzen.iter().map(|prijs| strip_data(input, groep, prijs)));
    }
    data.without_empty_columns();
    data.source_line = source(input, QUERIES);
    figure(chart, &caption, data)
}

/// A price with what the figure shows of it and of its product.
fn strip_data(input: &Input<'_>, groep: &PrijsGroep, prijs: &Prijs) -> Row {
    let mut row = price_row(input, groep, prijs, None);
    let euros = |ct: f64| Value::Decimal(ct / 100.0);
    let (low, high) = groep.band_ct.unzip();
    let drawn = [
        Some(Value::Decimal(prijs.volume)),
        Some(euros(groep.mediaan_ct)),
        low.map(euros),
        high.map(euros),
    ];
    row.cells.extend(drawn.map(|value| Cell::new(value.unwrap_or(Value::Empty))));
    row
}

fn strip_row(input: &Input<'_>, groep: &PrijsGroep) -> StripRow {
    let euros = |ct: f64| ct / 100.0;
    let dot = |prijs: &Prijs| Dot {
        value: euros(prijs.prijs_ct as f64),
        size: prijs.volume,
        flagged: (prijs.oordeel != Oordeel::Gewoon)
            .then(|| format!("{} ({})", prijs.aanbieder, where_short(input, &prijs.gemeenten))),
    };
    let has_tarief = groep.vergelijking == Vergelijking::Referentie;
    StripRow {
        label: format!("{} per {}", groep.productcode, eenheid_naam(&groep.eenheid)),
        dots: groep.prijzen.iter().map(dot).collect(),
        reference: has_tarief.then_some(euros(groep.midden_ct)),
        // A fixed tariff is the median; the remark says so.
        median: Some(euros(groep.mediaan_ct)),
        band: groep.band_ct.map(|(low, high)| (euros(low), euros(high))),
        note: match groep.vergelijking {
            Vergelijking::VastTarief => "vast tarief".to_owned(),
            Vergelijking::EenAanbieder => "één aanbieder".to_owned(),
            Vergelijking::Referentie | Vergelijking::Spreiding => String::new(),
        },
    }
}

fn price_table(id: &str, caption: &str) -> Table {
    Table::new(
        id,
        caption,
        vec![
            TableColumn::new("Product", "", Kind::Code),
            TableColumn::new("Eenheid", "", Kind::Text),
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Prijs per eenheid", "", Kind::Cents),
            TableColumn::new("Gebruikelijk", "euro", Kind::Decimal(2)),
            TableColumn::new("Hoger dan gebruikelijk", "%", Kind::Decimal(1)),
            TableColumn::new("Gewijzigde z", "", Kind::Decimal(1)),
            TableColumn::new("Verschil over het kwartaal", "", Kind::Cents),
            TableColumn::new("Deel van alles erboven, opgeteld vanaf de grootste", "", Kind::Share),
            TableColumn::new("Wat opvalt", "", Kind::Text),
        ],
    )
}

fn price_row(input: &Input<'_>, groep: &PrijsGroep, prijs: &Prijs, cumulated: Option<f64>) -> Row {
    let z = match (prijs.z, groep.vergelijking) {
        (Some(z), _) => Cell::new(Value::Decimal(z)),
        (None, Vergelijking::Referentie) => {
            Cell::unknown("regionaal tarief: vergeleken met de afspraak, niet met elkaar")
        }
        (None, _) => Cell::unknown("vast tarief: er is geen spreiding om mee te vergelijken"),
    };
    let said = said(groep, prijs).map_or_else(|| Cell::new(Value::Empty), Cell::text);
    let mut row = Row::new(vec![
        Cell::text(&groep.productcode),
        Cell::text(eenheid_naam(&groep.eenheid)),
        Cell::text(&prijs.aanbieder),
        Cell::text(&places(input, &prijs.gemeenten)),
        Cell::new(Value::Cents(prijs.prijs_ct)),
        Cell::new(Value::Decimal(groep.midden_ct / 100.0)),
        Cell::new(Value::Decimal(100.0 * (prijs.prijs_ct as f64 / groep.midden_ct - 1.0))),
        z,
        Cell::new(Value::Cents(prijs.boven_midden_ct)),
        Cell::new(cumulated.map_or(Value::Empty, Value::Share)),
        said,
    ]);
    row.highlight = prijs.oordeel != Oordeel::Gewoon;
    row
}

/// Prices that stand out among each other, the largest euros first; suspected slips stand in a table of their own.
pub(super) fn table(input: &Input<'_>) -> Option<Block> {
    let compared =
        input.published.judged().kosten.prijzen.iter().filter(|groep| groep.is_compared());
    let mut found: Vec<(&PrijsGroep, &Prijs)> =
        compared.flat_map(|groep| groep.opvallend().map(move |prijs| (groep, prijs))).collect();
    if found.is_empty() {
        return None;
    }
    found.sort_by(|(_, a), (_, b)| {
        let euros = |prijs: &Prijs| prijs.boven_midden_ct.abs();
        euros(b).cmp(&euros(a)).then_with(|| a.cites.cmp(&b.cites))
    });
    let caption =
        format!("Opvallende prijzen per eenheid, grootste bedrag eerst, {}", input.kwartaal);
    let mut table = price_table("opvallende_prijzen", &caption);
    let excess: Vec<i64> = found.iter().map(|(_, prijs)| prijs.boven_midden_ct).collect();
    let mut shares = cumulative(&excess).into_iter();
    for (groep, prijs) in found {
        // What is below has no part in the excess.
        let share = if prijs.boven_midden_ct > 0 { shares.next() } else { None };
        let mut row = price_row(input, groep, prijs, share);
        row.highlight = false;
        table.rows.push(row);
    }
    table.source_line = source(input, QUERIES);
    Some(Block::Table(table))
}
