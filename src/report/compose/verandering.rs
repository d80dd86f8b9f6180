//! Chapter: what changed since an earlier quarter.

use anyhow::Result;

use crate::charts::{Amount, Bridge, Chart, Kind as ChartKind};
use crate::dutch::euro_whole;
use crate::findings::verandering::komma_zin;
use crate::findings::{Chapter, Effecten, ProductVerandering, Verandering};
use crate::period::Kwartaal;
use crate::report::compose::cellen::{As, find, value_or_none};
use crate::report::compose::{Input, figure, findings_block, section, source_of, undetermined};
use crate::report::document::{
    Block, Cell, Kind, NoteKind, Row, Section, Table, TableColumn, Value,
};

/// Most products in the table of the largest differences.
const MAX_PRODUCTEN: usize = 15;

const GUIDE: &str = "Volume: meer of minder van hetzelfde, per eenheid van zorg. Prijs: hetzelfde product bij dezelfde aanbieder, met een andere prijs per \
    eenheid. Samenstelling: verschuiving naar duurdere of goedkopere producten en aanbieders, en alles wat nieuw is of is gestopt. Correctie: \
    creditregels waarvan de debetregel niet is gevonden of maar deels is teruggedraaid; wat met zijn debetregel is verrekend, telt in geen van \
    beide kwartalen. De vier zijn samen precies het verschil. Per product staan volume en samenstelling samen onder hoeveelheid.";

pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let found = &input.published.judged().veranderingen;
    let mut blocks = undetermined(input, Chapter::Verandering);
    blocks.extend(findings_block(input, Chapter::Verandering));
    if let Some(why) = &found.uitgesteld {
        blocks.push(Block::Note(NoteKind::LetOp, why.clone()));
    }
    for (one, stem) in found.alle.iter().zip(["verandering", "verandering_jaar"]) {
        blocks.extend(bridge(input, one, stem)?);
        blocks.extend(products(input, one, stem));
    }
    if !found.alle.is_empty() {
        blocks.push(Block::Note(NoteKind::Toelichting, GUIDE.to_owned()));
    }
    Ok(section(input, Chapter::Verandering, "Wat veranderde er", blocks))
}

fn bridge(input: &Input<'_>, one: &Verandering, stem: &str) -> Result<Option<Block>> {
    let kommas = &input.published.judged().kosten.kommas;
    let slip = if one.naar == input.kwartaal { komma_zin(one.naar, kommas) } else { String::new() };
    // In the figure itself: it is pasted elsewhere without the page around it.
    let plain = format!("Kosten van {} naar {}, euro", one.van, one.naar);
    let caption = if slip.is_empty() { plain.clone() } else { format!("{plain}.{slip}") };
    let change = one.verschil_ct();
    let title = match change.signum() {
        0 => format!("Kosten in {} gelijk aan {}", one.naar, one.van),
        sign => format!(
            "Kosten in {} {} {} dan in {}",
            one.naar,
            euro_whole(change.abs()),
            if sign > 0 { "hoger" } else { "lager" },
            one.van
        ),
    };
    let steps = one.delen().into_iter().map(|(name, ct)| Amount::new(name, ct));
    let chart = Chart {
        stem: stem.to_owned(),
        title,
        subtitle: caption.clone(),
        source: source_of(input, "verandering en verandering_volume"),
        kind: ChartKind::Bridge(Bridge {
            start: Amount::new(&one.van.to_string(), one.van_ct),
            steps: steps.collect(),
            end: Amount::new(&one.naar.to_string(), one.naar_ct),
        }),
    };
    let mut data = Table::new(
        &format!("{stem}_gegevens"),
        &plain,
        vec![
            TableColumn::new("Onderdeel", "", Kind::Text),
            TableColumn::new("Bedrag", "", Kind::Cents),
        ],
    );
    let total = |kwartaal: Kwartaal| {
        let name = kwartaal.to_string();
        let cell = find(
            input.published.measure("verandering"),
            &["kwartaal"],
            &[("kwartaal", name.as_str())],
        );
        vec![Cell::text(&name), value_or_none(cell, As::Cents)]
    };
    data.rows.push(Row::new(total(one.van)));
    for (name, ct) in one.delen() {
        data.rows.push(Row::new(vec![Cell::text(name), Cell::new(Value::Cents(ct))]));
    }
    data.rows.push(Row::total(total(one.naar)));
    data.source_line = source_of(input, "verandering en verandering_volume");
    figure(chart, &caption, data)
}

/// The products with the largest differences.
fn products(input: &Input<'_>, one: &Verandering, stem: &str) -> Option<Block> {
    let caption = format!(
        "Grootste verschillen per product, van {} naar {}, grootste eerst",
        one.van, one.naar
    );
    let mut columns = vec![
        TableColumn::new("Product", "", Kind::Code),
        TableColumn::new(&one.van.to_string(), "", Kind::Cents),
        TableColumn::new(&one.naar.to_string(), "", Kind::Cents),
        TableColumn::new("Verschil", "", Kind::Cents),
        TableColumn::new("Door prijs", "", Kind::Cents),
    ];
    if tells_corrections(input) {
        columns.extend(
            ["Door hoeveelheid", "Door correctie"]
                .map(|name| TableColumn::new(name, "", Kind::Cents)),
        );
    } else {
        columns.push(TableColumn::new("Door hoeveelheid en correctie", "", Kind::Cents));
    }
    let mut table = Table::new(&format!("{stem}_producten"), &caption, columns);
    let changed = one.producten.iter().filter(|product| product.van_ct != product.naar_ct);
    let shown: Vec<Row> =
        changed.clone().filter_map(|product| product_row(input, one, product)).collect();
    let n_hidden = changed.count() - shown.len();
    table.rows.extend(shown.into_iter().take(MAX_PRODUCTEN));
    table.source_line = source_of(input, "verandering en verandering_volume");
    table.op_pagina = Some(10);
    if n_hidden > 0 {
        // In its place among the others a hidden product would tell how large it is.
        table.source_line += ". Producten met te weinig kinderen staan er niet bij";
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// The row of a product; `None` when one of its amounts may not be seen.
fn product_row(input: &Input<'_>, one: &Verandering, product: &ProductVerandering) -> Option<Row> {
    let cell = |kwartaal: Kwartaal| {
        let name = kwartaal.to_string();
        let texts = [("productcode", product.productcode.as_str()), ("kwartaal", name.as_str())];
        find(input.published.measure("verandering"), &["productcode", "kwartaal"], &texts)
    };
    let (van, naar) = (cell(one.van), cell(one.naar));
    if van.iter().chain(&naar).any(|cell| cell.value.value().is_none()) {
        return None;
    }
    let effect = |ct: i64| Cell::new(Value::Cents(ct));
    let Effecten { volume_ct, prijs_ct, mix_ct, correctie_ct } = product.effecten;
    let mut cells = vec![
        Cell::text(&product.productcode),
        value_or_none(van, As::Cents),
        value_or_none(naar, As::Cents),
        effect(product.naar_ct - product.van_ct),
        effect(prijs_ct),
    ];
    if tells_corrections(input) {
        cells.extend([effect(volume_ct + mix_ct), effect(correctie_ct)]);
    } else {
        cells.push(effect(volume_ct + mix_ct + correctie_ct));
    }
    Some(Row::new(cells))
}

/// Credits of one product are mostly those of a few children.
fn tells_corrections(input: &Input<'_>) -> bool {
    input.published.minimum().is_none()
}
