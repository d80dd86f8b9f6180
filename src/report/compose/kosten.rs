//! Chapter: costs out of line.

mod apart;
mod clienten;
mod prijzen;
mod tarief;

use anyhow::Result;

use crate::disclosure::{PublishedCell, PublishedMeasure, Shown};
use crate::dutch::{count, counted, decimal, n_of};
use crate::findings::Chapter;
use crate::findings::kosten::{MIN_REFERENTIE, eenheid_naam};
use crate::report::compose::cellen::{As, clienten as clients, find, in_quarter, value};
use crate::report::compose::{Input, findings_block, section, source, undetermined};
use crate::report::document::{
    Block, Cell, Kind, NoteKind, Row, Section, Table, TableColumn, Value,
};

pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let mut blocks = undetermined(input, Chapter::Kosten);
    blocks.extend(findings_block(input, Chapter::Kosten));
    blocks.extend(tarief::bars(input)?);
    blocks.extend(tarief::table(input));
    blocks.extend(prijzen::strip(input)?);
    blocks.extend(prijzen::table(input));
    blocks.push(Block::Note(NoteKind::Toelichting, guide(input)));
    blocks.extend(apart::slips(input));
    blocks.extend(apart::credits(input));
    blocks.extend(clienten::blocks(input));
    blocks.extend(products(input));
    Ok(section(input, Chapter::Kosten, "Kosten en uitschieters", blocks))
}

fn guide(input: &Input<'_>) -> String {
    let drempels = &input.region.drempels;
    format!(
        "Een prijs is het bedrag gedeeld door het volume, per product en eenheid over het kwartaal, zonder credits en nullen. Vraagt een \
         aanbieder in meer gemeenten dezelfde prijs, dan telt die één keer. Wat een regionaal tarief heeft, wordt daarmee vergeleken. Van de \
         rest worden alleen producten met ten minste {} prijzen onderling vergeleken: opvallend is een gewijzigde z boven {} op de logaritme \
         van de prijs ({}); die z zegt hoe ver een prijs van de mediaan ligt, gemeten met de spreiding van de prijzen. Rekent meer dan de helft dezelfde prijs, dan is dat het vaste tarief en staat elke afwijking in euro's. Een \
         opvallende prijs is een vraag, geen fout.{}",
        count(drempels.uitschieter_min_n.waarde),
        decimal(drempels.uitschieter_z.waarde, 1),
        drempels.uitschieter_z.grondslag,
        not_compared(input)
    )
}

/// Products without a tariff that were not compared, in sentences.
fn not_compared(input: &Input<'_>) -> String {
    let left_out = input.published.judged().kosten.niet_vergeleken;
    let products = |n: usize| counted(n_of(n), "product", "producten");
    let below = input.region.drempels.uitschieter_min_n.waarde - 1;
    let five = n_of(MIN_REFERENTIE);
    let parts = [
        (
            left_out.zonder_referentie,
            format!(
                " Van {} zijn er {five} tot en met {below} prijzen: dat is te weinig om ze onderling te vergelijken, en een regionaal tarief \
                 ontbreekt.",
                products(left_out.zonder_referentie)
            ),
        ),
        (
            left_out.te_klein,
            format!(
                " Van {} zonder regionaal tarief zijn er minder dan {five} prijzen; daarover zegt dit rapport niets.",
                products(left_out.te_klein)
            ),
        ),
        (
            left_out.een_aanbieder,
            format!(
                " Van {} komen alle prijzen van één aanbieder: er is niemand om mee te vergelijken.",
                products(left_out.een_aanbieder)
            ),
        ),
    ];
    parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, text)| text).collect()
}

/// Aanbieder, product and unit in a quarter.
const LINE_KEYS: [&str; 4] = ["aanbieder", "productcode", "eenheid", "kwartaal"];
/// Product and unit in a quarter.
const PRODUCT_KEYS: [&str; 3] = ["productcode", "eenheid", "kwartaal"];

/// Cost, volume and price per product.
fn products(input: &Input<'_>) -> Option<Block> {
    let mut cells = in_quarter(input, "kosten_per_product", &PRODUCT_KEYS);
    if cells.is_empty() {
        return None;
    }
    cells.sort_by_key(|(_, cell)| std::cmp::Reverse(cell.value.value().unwrap_or(i64::MIN)));
    let caption = format!("Kosten per product, {}", input.kwartaal);
    let mut table = Table::new(
        "kosten_per_product",
        &caption,
        vec![
            TableColumn::new("Product", "", Kind::Code),
            TableColumn::new("Eenheid", "", Kind::Text),
            TableColumn::new("Kosten", "", Kind::Cents),
            TableColumn::new("Volume", "eenheden", Kind::Decimal(1)),
            TableColumn::new("Prijs per eenheid", "euro", Kind::Decimal(2)),
            TableColumn::new("Cliënten", "", Kind::Count),
        ],
    );
    table.rows.extend(cells.into_iter().map(|(measure, cell)| product(input, measure, cell)));
    table.source_line = source(input, "kosten_per_product en volume_per_product");
    Some(Block::Table(table))
}

fn product(input: &Input<'_>, measure: &PublishedMeasure, cell: &PublishedCell) -> Row {
    let texts = PRODUCT_KEYS.map(|key| (key, measure.key(cell, key)));
    let milli = find(input.published.measure("volume_per_product"), &PRODUCT_KEYS, &texts);
    let volume = match milli.map(|cell| &cell.value) {
        Some(Shown::Value(milli)) => Cell::new(Value::Decimal(*milli as f64 / 1000.0)),
        Some(Shown::Hidden) => Cell::new(Value::Hidden),
        _ => Cell::unknown("geen volume bekend"),
    };
    let price = match (cell.value.value(), milli.and_then(|cell| cell.value.value())) {
        (Some(ct), Some(milli)) if milli > 0 => {
            Cell::new(Value::Decimal(ct as f64 * 10.0 / milli as f64))
        }
        (Some(_), Some(_)) => Cell::unknown("het volume is nul"),
        _ => Cell::new(Value::Hidden),
    };
    Row::new(vec![
        Cell::text(measure.key(cell, "productcode")),
        Cell::text(eenheid_naam(measure.key(cell, "eenheid"))),
        value(cell, As::Cents),
        volume,
        price,
        clients(Some(cell)),
    ])
}
