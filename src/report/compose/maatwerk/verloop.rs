//! Maatwerk through eight quarters: of the region, and per gemeente.

use anyhow::Result;

use crate::charts::{Chart, Kind as ChartKind, Line, Series};
use crate::disclosure::{PublishedCell, PublishedMeasure};
use crate::findings::maatwerk::ook_door_maatregel;
use crate::report::compose::cellen::{As, find, gemeente, gemeenten, value};
use crate::report::compose::maatwerk::NO_REGISTER;
use crate::report::compose::{Input, figure_of, source};
use crate::report::document::{Block, Cell, Kind, Row, Table, TableColumn};

/// Eight quarters of the region. Quarters before the register begins stay out: they are unknown, not zero.
pub(super) fn trend(input: &Input<'_>, has_costs: bool) -> Result<Option<Block>> {
    let quarters: Vec<String> = input.kwartaal.last_n(8).iter().map(ToString::to_string).collect();
    let of = |query: &str, k: &str| {
        find(input.published.measure(query), &["kwartaal"], &[("kwartaal", k)])
    };
    let series = |name: &str, query: &str| Series {
        name: name.to_owned(),
        values: quarters
            .iter()
            .map(|k| of(query, k).and_then(|c| c.value.value()).map(|v| v as f64))
            .collect(),
        texts: Vec::new(),
    };
    let caption = format!(
        "Nieuwe en lopende maatwerkovereenkomsten in de regio, acht kwartalen tot en met {}{}",
        input.kwartaal,
        ook_door_maatregel(input.region)
    );
    let chart = Chart {
        stem: "maatwerk_verloop".to_owned(),
        title: "Maatwerkovereenkomsten door de tijd".to_owned(),
        subtitle: caption.clone(),
        source: source(input, "maatwerk_nieuw en maatwerk_lopend"),
        kind: ChartKind::Line(Line {
            unit: "overeenkomsten".to_owned(),
            x: quarters.clone(),
            series: vec![series("nieuw", "maatwerk_nieuw"), series("lopend", "maatwerk_lopend")],
            // The register does not wait for declarations.
            n_provisional: 0,
        }),
    };
    let mut columns = vec![
        TableColumn::new("Kwartaal", "", Kind::Text),
        TableColumn::new("Nieuw", "overeenkomsten", Kind::Count),
        TableColumn::new("Lopend", "overeenkomsten", Kind::Count),
    ];
    if has_costs {
        columns.push(TableColumn::new("Kosten maatwerk", "", Kind::Cents));
    }
    let mut data = Table::new("maatwerk_verloop_gegevens", &caption, columns);
    for k in &quarters {
        let cell = |query: &str, kind: As| {
            of(query, k).map_or_else(|| Cell::unknown(NO_REGISTER), |c| value(c, kind))
        };
        let mut cells = vec![
            Cell::text(k),
            cell("maatwerk_nieuw", As::Count),
            cell("maatwerk_lopend", As::Count),
        ];
        if has_costs {
            cells.push(cell("maatwerk_kosten", As::Cents));
        }
        data.rows.push(Row::new(cells));
    }
    data.source_line = source(input, "maatwerk_nieuw, maatwerk_lopend en maatwerk_kosten");
    figure_of(chart, &caption, data, &[1, 2])
}

pub(super) fn by_quarter(input: &Input<'_>) -> Table {
    let quarters: Vec<String> = input.kwartaal.last_n(8).iter().map(ToString::to_string).collect();
    let mut columns = vec![TableColumn::new("Gemeente", "", Kind::Text)];
    columns.extend(quarters.iter().map(|k| TableColumn::new(k, "", Kind::Count)));
    let caption = format!(
        "Nieuwe maatwerkovereenkomsten per gemeente en kwartaal{}",
        ook_door_maatregel(input.region)
    );
    let mut table = Table::new("maatwerk_nieuw_per_kwartaal", &caption, columns);
    let measure: Option<&PublishedMeasure> = input.published.measure("maatwerk_nieuw");
    let cell = |found: Option<&PublishedCell>| {
        found.map_or_else(|| Cell::unknown(NO_REGISTER), |c| value(c, As::Count))
    };
    for code in gemeenten(input) {
        let mut cells = vec![Cell::text(gemeente(input, &code))];
        cells.extend(quarters.iter().map(|k| {
            cell(find(
                measure,
                &["gemeente", "kwartaal"],
                &[("gemeente", code.as_str()), ("kwartaal", k.as_str())],
            ))
        }));
        table.rows.push(Row::new(cells));
    }
    let mut cells = vec![Cell::text("Regio")];
    cells.extend(
        quarters.iter().map(|k| cell(find(measure, &["kwartaal"], &[("kwartaal", k.as_str())]))),
    );
    table.rows.push(Row::total(cells));
    table.source_line = source(input, "maatwerk_nieuw");
    table
}
