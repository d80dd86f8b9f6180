//! Charts that Excel draws itself from the cells beside them: bars and lines. They paste into Word editable.
//!
//! Enters: a sheet with its figure. Leaves: a [`Chart`], or nothing for what Excel cannot draw. A hidden or
//! unknown cell is a word, which Excel would draw as nought: in its place the chart points to an empty cell, and
//! the chart says who is missing. Where it does so the file holds no copy of the values either.

use rust_xlsxwriter::{
    Chart, ChartAxis, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartSeries, ChartSolidFill, ChartType,
};

use crate::charts::theme::{self, ACCENT, Colour, GRID, INK, MUTED, REST, WHITE};
use crate::charts::{Bar, Bars, Kind, Line};
use crate::dutch;
use crate::report::document::{FigureBlock, Kind as Column, Value};
use crate::report::workbook::body;
use crate::report::workbook::cells::Cells;
use crate::report::workbook::plan::Sheet;
use crate::report::workbook::styles::colour;

/// Pixels: width of every chart, and of a bar with what is around it.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 400;
const BAR: u32 = 30;
const AROUND: u32 = 150;
const HIGHEST: u32 = 1300;
/// Said of a line with holes.
const GAPS: &str = "Waar de lijn onderbroken is, is de waarde onderdrukt of niet te bepalen";

/// The chart of a figure that says from which columns it is drawn.
pub(super) fn chart(sheet: &Sheet<'_>, figure: &FigureBlock) -> Option<Chart> {
    if figure.columns().is_empty() {
        return None;
    }
    let cells = Cells { sheet: &sheet.name, table: &sheet.table };
    let mut chart = match figure.figure().kind() {
        Some(Kind::Bars(of)) => bars(&cells, of, figure),
        Some(Kind::Line(of)) => line(&cells, of, figure),
        _ => return None,
    };
    let mut font = ChartFont::new();
    font.set_size(12).set_color(colour(INK));
    chart.title().set_name(figure.title()).set_font(&font);
    Some(chart)
}

/// How a chart writes the numbers of a column: shorter than the table does.
fn form(kind: Column) -> &'static str {
    match kind {
        Column::Cents => "\"€\" #,##0",
        Column::Share => "0%",
        Column::Hours | Column::Decimal(_) => "#,##0.0",
        _ => "#,##0",
    }
}

fn small(of: Colour) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(9).set_color(colour(of)).unset_bold();
    font
}

/// Bars from nought, the first row on top, the value at each.
fn bars(cells: &Cells<'_>, bars: &Bars, figure: &FigureBlock) -> Chart {
    let column = figure.columns()[0];
    let kind = cells.table.columns[column].kind;
    let mut chart = Chart::new(ChartType::Bar);
    let mut series = match figure.columns().get(1) {
        Some(second) => {
            let heading = |at: usize| body::headings(cells.table)[at].clone();
            vec![
                filled(cells.series(&heading(column), column, |_| true), ACCENT),
                filled(cells.series(&heading(*second), *second, |_| true), REST),
            ]
        }
        None => by_look(cells, bars, column),
    };
    for one in &mut series {
        let mut label = rust_xlsxwriter::ChartDataLabel::new();
        label.show_value().set_num_format(form(kind)).set_font(&small(INK));
        one.set_gap(40).set_data_label(&label);
        if figure.columns().len() == 1 {
            one.set_overlap(100);
        }
        chart.push_series(one);
    }
    legend(&mut chart, figure.columns().len() > 1);
    let n_bars = u32::try_from(cells.rows().count()).unwrap_or(u32::MAX);
    let bar = if figure.columns().len() > 1 { BAR + BAR / 2 } else { BAR };
    chart
        .set_width(WIDTH)
        .set_height(n_bars.saturating_mul(bar).saturating_add(AROUND).min(HIGHEST));
    // Of lying bars the upright axis has the names; turned round, its other end is at the foot.
    chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max).set_font(&small(INK));
    chart.y_axis().set_major_gridlines(false);
    let mut name = vec![dutch::capital(&bars.unit)];
    for missing in figure.columns().iter().flat_map(|column| cells.missing(*column)) {
        if !name.contains(&missing) {
            name.push(missing);
        }
    }
    name.retain(|part| !part.is_empty());
    amounts(chart.x_axis(), cells, figure.columns(), name.join(" · "));
    chart.x_axis().set_major_gridlines(false);
    chart
}

/// What the finding is about apart from the rest, each a series of its own so that it keeps its colour.
fn by_look(cells: &Cells<'_>, bars: &Bars, column: usize) -> Vec<ChartSeries> {
    let is_marked = |row: usize| {
        let name = &cells.table.rows[row].cells[cells.table.row_header()].value;
        let of_name = |bar: &&Bar| *name == Value::Text(bar.label.clone());
        let bar = bars.bars.iter().find(of_name).or_else(|| bars.bars.get(row));
        bar.is_some_and(|bar| bar.highlight)
    };
    let n_marked = cells.rows().filter(|(at, _)| is_marked(*at)).count();
    if n_marked == 0 || n_marked == cells.rows().count() {
        return vec![filled(cells.series(&bars.unit, column, |_| true), ACCENT)];
    }
    let rest = cells.series("overige", column, |row| !is_marked(row));
    let marked = cells.series("uitgelicht", column, is_marked);
    vec![filled(rest, REST), filled(marked, ACCENT)]
}

fn filled(mut series: ChartSeries, of: Colour) -> ChartSeries {
    let mut fill = ChartSolidFill::new();
    fill.set_color(colour(of));
    series.set_format(ChartFormat::new().set_solid_fill(&fill));
    series
}

/// The axis of the values, from nought unless there are values below it.
fn amounts(axis: &mut ChartAxis, cells: &Cells<'_>, columns: &[usize], name: String) {
    let is_below = |column: usize| {
        cells.rows().any(|(_, row)| match row.cells[column].value {
            Value::Int(n) | Value::Cents(n) => n < 0,
            Value::Share(number) | Value::Decimal(number) => number < 0.0,
            _ => false,
        })
    };
    let mut grid = ChartLine::new();
    grid.set_color(colour(GRID)).set_width(0.75);
    axis.set_name(name.as_str()).set_name_font(&small(MUTED)).set_font(&small(MUTED));
    axis.set_num_format(form(cells.table.columns[columns[0]].kind));
    axis.set_major_gridlines_line(&grid);
    if !columns.iter().any(|column| is_below(*column)) {
        axis.set_min(0);
    }
}

/// Marks that differ in form, so that lines are told apart without colour.
const MARKS: [ChartMarkerType; 5] = [
    ChartMarkerType::Circle,
    ChartMarkerType::Diamond,
    ChartMarkerType::Square,
    ChartMarkerType::Triangle,
    ChartMarkerType::X,
];

/// Lines through time; what is provisional is dashed.
fn line(cells: &Cells<'_>, line: &Line, figure: &FigureBlock) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    let sure = cells.rows().count().saturating_sub(line.n_provisional);
    let columns = || figure.columns().iter().zip(&line.series).enumerate();
    let look = |at: usize| Look {
        colour: theme::palette(line.series.len())[at % MARKS.len()],
        mark: MARKS[at % MARKS.len()],
    };
    for (at, (column, one)) in columns() {
        let range = cells.values(*column, |row| row < sure);
        look(at).draw(cells.fill(chart.add_series(), &one.name, &range), false);
    }
    if line.n_provisional > 0 {
        for (at, (column, one)) in columns() {
            // From the last sure point on, so that the line goes on.
            let range = cells.values(*column, |row| row + 1 >= sure);
            let series = cells.fill(chart.add_series(), &one.name, &range);
            series.delete_from_legend(true);
            look(at).draw(series, true);
        }
    }
    let dashes = if line.n_provisional > 0 { "Gestippeld is voorlopig" } else { "" };
    let is_broken = figure.columns().iter().any(|column| !cells.missing(*column).is_empty());
    let gaps = if is_broken { GAPS } else { "" };
    let said: Vec<&str> = [dashes, gaps].into_iter().filter(|part| !part.is_empty()).collect();
    if !said.is_empty() {
        chart.x_axis().set_name(&said.join(" · ")).set_name_font(&small(MUTED));
    }
    legend(&mut chart, line.series.len() > 1);
    chart.set_width(WIDTH).set_height(HEIGHT);
    chart.x_axis().set_font(&small(INK));
    amounts(chart.y_axis(), cells, figure.columns(), dutch::capital(&line.unit));
    chart
}

/// How one line looks.
struct Look {
    colour: Colour,
    mark: ChartMarkerType,
}

impl Look {
    fn draw(&self, series: &mut ChartSeries, is_dashed: bool) {
        let mut line = ChartLine::new();
        line.set_color(colour(self.colour)).set_width(2.25);
        if is_dashed {
            line.set_dash_type(ChartLineDashType::Dash);
        }
        let mut fill = ChartSolidFill::new();
        fill.set_color(colour(if is_dashed { WHITE } else { self.colour }));
        let mut edge = ChartLine::new();
        edge.set_color(colour(self.colour));
        let mut marker = ChartMarker::new();
        marker
            .set_type(self.mark)
            .set_size(7)
            .set_format(ChartFormat::new().set_solid_fill(&fill).set_border(&edge));
        series.set_format(ChartFormat::new().set_line(&line)).set_marker(&marker);
    }
}

/// What the colours mean, when there is more than one to tell apart.
fn legend(chart: &mut Chart, is_shown: bool) {
    if is_shown {
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&small(INK));
    } else {
        chart.legend().set_hidden();
    }
}
