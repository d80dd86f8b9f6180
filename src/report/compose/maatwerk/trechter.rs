//! The funnel of gemeenten: rates against size, with what chance gives at each size.

use anyhow::Result;

use crate::charts::{Chart, Funnel, FunnelDot, Kind as ChartKind, Limits, XScale};
use crate::dutch::{counted, decimal};
use crate::findings::maatwerk::vergelijking::{Oordeel, Vergelijking};
use crate::findings::maatwerk::{zinnen, zonder_door_maatregel};
use crate::report::compose::{Input, figure, source};
use crate::report::document::{Block, Cell, Kind, Row, Table, TableColumn, Value as CellValue};
use crate::stats::Computed;
use crate::stats::funnel::{FunnelLimits, prediction_limits, widened_limits};
use crate::stats::overdispersion::Decision;

/// The query everything here comes from.
pub(super) const QUERY: &str = "maatwerk_nieuw";
/// What a diamond is, here and among the intervals.
pub(super) const BUITEN: &str = "opvallend: buiten de grenzen van 95%";
/// Points of a limit.
const POINTS: u32 = 80;
/// A larger ratio of sizes than this needs a logarithmic axis.
const LOG_FROM: f64 = 20.0;

fn title(jaar: &Vergelijking) -> String {
    let n = jaar.gemeenten.len();
    match jaar.opvallend().count() {
        0 => format!("Geen van de {n} gemeenten ligt buiten de grenzen van 95%"),
        1 => format!("1 van de {n} gemeenten ligt buiten de grenzen van 95%"),
        found => format!("{found} van de {n} gemeenten liggen buiten de grenzen van 95%"),
    }
}

/// Measure, period, n and what is left out.
pub(super) fn subtitle(input: &Input<'_>, jaar: &Vergelijking) -> String {
    let n: i64 = jaar.gemeenten.iter().map(|one| one.telling.aantal).sum();
    format!(
        "Nieuwe maatwerkovereenkomsten per 10.000 jeugdigen, {}, {}{}",
        zinnen::periode(jaar),
        counted(n, "overeenkomst", "overeenkomsten"),
        zonder_door_maatregel(input.region)
    )
}

/// A computed number with its address.
pub(super) fn number(jaar: &Vergelijking, one: &Oordeel, value: f64, column: &str) -> Cell {
    Cell::new(CellValue::Decimal(value)).at(&jaar.address(&one.telling.code, column))
}

pub(super) fn funnel(input: &Input<'_>, jaar: &Vergelijking) -> Result<Option<Block>> {
    let sizes = jaar.gemeenten.iter().map(|one| one.telling.jeugdigen as f64);
    let smallest = sizes.clone().fold(f64::INFINITY, f64::min);
    let largest = sizes.fold(0.0, f64::max);
    let is_log = largest > smallest * LOG_FROM;
    let span = if is_log {
        (smallest / 1.1, largest * 1.1)
    } else {
        // Left of every gemeente the limits of less than one agreement jump up and down.
        (smallest / 2.0, largest * 1.05)
    };
    let chart = Chart {
        stem: "maatwerk_trechter".to_owned(),
        title: title(jaar),
        subtitle: subtitle(input, jaar),
        source: source(input, QUERY),
        kind: ChartKind::Funnel(Funnel {
            x_label: "jeugdigen".to_owned(),
            y_label: "nieuwe maatwerkovereenkomsten per 10.000 jeugdigen".to_owned(),
            dots_label: "gemeenten".to_owned(),
            x_scale: if is_log { XScale::Log } else { XScale::Linear },
            reference: jaar.per_10000,
            reference_label: "regio".to_owned(),
            limits: limits(jaar, span, is_log),
            highlight_label: BUITEN.to_owned(),
            dots: jaar.gemeenten.iter().map(|one| dot(input, one)).collect(),
            ..Funnel::default()
        }),
    };
    let caption = format!(
        "{}. {} {}",
        subtitle(input, jaar),
        zinnen::door_toeval(jaar.gemeenten.len()),
        zinnen::spreiding(&jaar.spreiding)
    );
    figure(chart, &caption, data(input, jaar))
}

fn dot(input: &Input<'_>, one: &Oordeel) -> FunnelDot {
    FunnelDot {
        name: one.telling.naam.clone(),
        x: one.telling.jeugdigen as f64,
        y: Some(one.per_10000),
        text: decimal(one.per_10000, 1),
        small: one.is_klein,
        label: one.valt_op() || input.is_eigen(&one.telling.code),
        // The same mark as in the figure of intervals; how far out it is, the lines show.
        highlight: one.valt_op(),
    }
}

/// A hollow mark in words.
pub(super) fn opmerking(one: &Oordeel) -> Cell {
    if one.is_klein { Cell::text("klein aantal") } else { Cell::new(CellValue::Empty) }
}

/// The line through the figure: all gemeenten together, as wide as the rows above.
pub(super) fn regio(jaar: &Vergelijking, n_behind: usize) -> Row {
    let jeugdigen: i64 = jaar.gemeenten.iter().map(|one| one.telling.jeugdigen).sum();
    let rate = CellValue::Decimal(jaar.per_10000);
    let mut cells = vec![
        Cell::text("Regio"),
        Cell::new(CellValue::Int(jeugdigen)),
        Cell::new(rate).at(&jaar.address("totaal", "per_10000")),
    ];
    cells.extend((0..n_behind).map(|_| Cell::new(CellValue::Empty)));
    Row::total(cells)
}

fn data(input: &Input<'_>, jaar: &Vergelijking) -> Table {
    let columns = vec![
        TableColumn::new("Gemeente", "", Kind::Text),
        TableColumn::new("Jeugdigen", "", Kind::Count),
        TableColumn::new("Per 10.000 jeugdigen", "", Kind::Decimal(1)),
        TableColumn::new("Oordeel", "", Kind::Text),
        TableColumn::new("Opmerking", "", Kind::Text),
    ];
    let mut data = Table::new("maatwerk_trechter_gegevens", &subtitle(input, jaar), columns);
    for one in &jaar.gemeenten {
        let jeugdigen = jaar.address(&one.telling.code, "jeugdigen");
        data.rows.push(Row::new(vec![
            Cell::text(&one.telling.naam),
            Cell::new(CellValue::Int(one.telling.jeugdigen)).at(&jeugdigen),
            number(jaar, one, one.per_10000, "per_10000"),
            Cell::text(one.woord()),
            opmerking(one),
        ]));
    }
    data.rows.push(regio(jaar, 2));
    data.source_line = source(input, QUERY);
    data
}

/// The lines of 95% and 99.8% around all gemeenten together; where they are widened the others dashed.
fn limits(jaar: &Vergelijking, (from, to): (f64, f64), is_log: bool) -> Vec<Limits> {
    let is_widened = jaar.spreiding.decision == Decision::Widened;
    let at = |i: u32| {
        let part = f64::from(i) / f64::from(POINTS - 1);
        if is_log { from * (to / from).powf(part) } else { from + (to - from) * part }
    };
    let line = |of: &dyn Fn(f64) -> Computed<FunnelLimits>,
                pick: fn(&FunnelLimits) -> (f64, f64)| {
        // A rate without agreements has no limits, and then there is nothing compared.
        let point = |i: u32| {
            let x = at(i);
            let drawn = of(x * jaar.per_10000 / 10_000.0).ok()?.drawn(10_000.0 / x);
            let (lower, upper) = pick(&drawn);
            // Where not even one is expected the upper line can run below 0.
            Some((x, lower, upper.max(lower)))
        };
        (0..POINTS).filter_map(point).collect::<Vec<_>>()
    };
    let widened = |expected: f64| widened_limits(expected, jaar.spreiding.tau2);
    let one = |name: &str, thick: bool, pick: fn(&FunnelLimits) -> (f64, f64)| {
        let exact = line(&prediction_limits, pick);
        let (points, unadjusted) =
            if is_widened { (line(&widened, pick), exact) } else { (exact, Vec::new()) };
        Limits { name: name.to_owned(), thick, points, unadjusted }
    };
    vec![
        one("95%", false, |limits| (limits.lower95, limits.upper95)),
        one("99,8%", true, |limits| (limits.lower998, limits.upper998)),
    ]
}
