//! What of an answer a chart shows: which column tells the rows apart, which holds the figures.
//!
//! Enters: an [`Antwoord`]. Leaves: a [`Shape`], from which bars and lines are made. Does not know how they are drawn.

use crate::charts::{self, Chart};
use crate::disclosure::Antwoord;
use crate::dutch;
use crate::metrics::antwoord::Soort;
use crate::report::antwoord::{Gemeenten, banner, tabel};
use crate::report::document::{Cell, Kind, Row, Table, TableColumn, Value};
use crate::report::shown;

/// Between the keys that together name a bar or a line.
const JOINED: &str = " · ";
/// More names than these are counted instead.
const MANY: usize = 5;

/// What of an answer is drawn.
pub(super) struct Shape {
    pub(super) table: Table,
    /// Columns that tell the rows apart.
    pub(super) keys: Vec<usize>,
    /// The column that holds a quarter, month or year, when it tells rows apart.
    pub(super) period: Option<usize>,
    /// The figures.
    pub(super) value: usize,
    /// What holds for every row: `2025-K3`.
    pub(super) fixed: Vec<String>,
    names: Vec<String>,
    stem: String,
    banner: &'static str,
    remarks: Vec<String>,
}

/// What a chart says beside its values.
#[derive(Default)]
pub(super) struct Told {
    /// Who has the highest figure.
    pub(super) highest: Option<String>,
    /// From when to when.
    pub(super) period: Option<String>,
    /// What could not be drawn.
    pub(super) notes: Vec<String>,
}

/// Only who wrote the question can add a number to it.
fn without_numbers(antwoord: &Antwoord) -> &'static str {
    if antwoord.is_los() {
        "er is geen kolom met getallen om te tekenen; vraag er een op, bijvoorbeeld COUNT(*) AS aantal"
    } else {
        "deze vraag geeft een lijst zonder getallen: er valt niets te tekenen; --xlsx of --csv schrijft de lijst"
    }
}

impl Shape {
    /// Which columns are which.
    ///
    /// # Errors
    /// In Dutch, when there is nothing to draw.
    pub(super) fn of(antwoord: &Antwoord, gemeenten: Gemeenten<'_>) -> Result<Self, String> {
        let table = tabel::with_names(antwoord, gemeenten);
        if table.rows.is_empty() {
            return Err("er zijn geen rijen om te tekenen".to_owned());
        }
        let kolommen = antwoord.kolommen();
        let columns = || 0..kolommen.len();
        let is_number = |at: &usize| table.columns[*at].kind.is_number();
        let value = columns().find(|at| !kolommen[*at].is_sleutel && is_number(at));
        let value = value.ok_or_else(|| without_numbers(antwoord))?;
        let mut names: Vec<usize> = columns().filter(|at| kolommen[*at].is_sleutel).collect();
        if names.is_empty() {
            names = columns().filter(|at| !is_number(at)).collect();
        }
        let varies = |at: &usize| {
            let mut texts = table.rows.iter().map(|row| &row.cells[*at].value);
            let first = texts.next();
            texts.any(|text| Some(text) != first)
        };
        let (mut keys, fixed): (Vec<usize>, Vec<usize>) = names.into_iter().partition(varies);
        let mut fixed: Vec<String> =
            fixed.iter().map(|at| text(&table, &table.rows[0], *at)).collect();
        if keys.is_empty() && table.rows.len() == 1 {
            keys = columns().filter(|at| kolommen[*at].is_sleutel).collect();
            fixed.clear();
        }
        let is_period = |at: &&usize| {
            matches!(kolommen[**at].soort, Soort::Kwartaal | Soort::Maand)
                || table.columns[**at].kind == Kind::Year
        };
        let period = keys.iter().find(is_period).copied().filter(varies);
        Ok(Self {
            keys,
            period,
            value,
            fixed,
            names: kolommen.iter().map(|kolom| kolom.naam.clone()).collect(),
            stem: tabel::stem(antwoord),
            banner: banner(antwoord),
            remarks: antwoord.opmerkingen().to_vec(),
            table,
        })
    }

    /// What the figures are.
    pub(super) fn heading(&self) -> String {
        shown::heading(&self.table.columns[self.value])
    }

    /// The unit at the axis: shares are drawn in percent.
    pub(super) fn unit(&self) -> String {
        match self.kind() {
            Kind::Share => format!("{} (%)", self.table.columns[self.value].label),
            _ => self.heading(),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.table.columns[self.value].kind
    }

    /// The keys of a row that are not left out, as one name.
    pub(super) fn name(&self, row: &Row, without: Option<usize>) -> String {
        let keys = self.keys.iter().filter(|at| Some(**at) != without);
        keys.map(|at| text(&self.table, row, *at)).collect::<Vec<_>>().join(JOINED)
    }

    /// What to ask so that the rows fit in one picture: one value of a key when that is enough.
    pub(super) fn advice(&self, keys: &[usize], fits: impl Fn(&[&Row]) -> bool) -> String {
        let less = "met --per splitst u minder ver uit";
        for at in keys {
            let texts = || self.table.rows.iter().map(|row| text(&self.table, row, *at));
            // The last quarter says more than the first.
            let wanted = if self.period == Some(*at) { texts().max() } else { texts().next() };
            let Some(wanted) = wanted else { continue };
            let rows = self.table.rows.iter().zip(texts());
            let chosen: Vec<&Row> =
                rows.filter(|(_, text)| *text == wanted).map(|(row, _)| row).collect();
            if fits(&chosen) {
                let name = &self.names[*at];
                let quoted = if wanted.contains(' ') {
                    format!("\"{name}={wanted}\"")
                } else {
                    format!("{name}={wanted}")
                };
                return format!("kies er minder, bijvoorbeeld met --par {quoted}; {less}");
            }
        }
        format!("kies er minder met meer dan één --par; {less}")
    }

    /// The figure of a row as it is drawn and as it is written; `None` when there is none to draw.
    pub(super) fn figure(&self, row: &Row) -> Option<(f64, String)> {
        figure(&row.cells[self.value], self.kind())
    }

    /// The chart around the values. A picture travels alone: for whom it is, and what is to know, stands at its foot.
    pub(super) fn chart(&self, told: Told, kind: charts::Kind) -> Chart {
        let caption = &self.table.caption;
        let mut subtitle = vec![self.heading() + &self.per()];
        subtitle.extend(self.fixed.iter().cloned());
        subtitle.extend(told.period);
        let mut foot = vec![self.banner.to_owned()];
        foot.extend(told.notes);
        foot.extend(self.remarks.iter().cloned());
        foot.push(self.table.source_line.clone());
        let foot = foot.iter().map(|part| part.trim().trim_end_matches('.'));
        let foot: Vec<&str> = foot.filter(|part| !part.is_empty()).collect();
        Chart {
            stem: self.stem.clone(),
            title: told
                .highest
                .map_or_else(|| caption.clone(), |highest| format!("{caption}: {highest}")),
            subtitle: subtitle.join(", "),
            source: foot.join(". "),
            kind,
        }
    }

    /// ` per gemeente en product`: what the names of bars and lines are; that of a time speaks for itself.
    fn per(&self) -> String {
        let keys = self.keys.iter().filter(|at| self.period != Some(**at));
        let names: Vec<String> =
            keys.map(|at| in_sentence(&self.table.columns[*at].label)).collect();
        if names.is_empty() { String::new() } else { format!(" per {}", dutch::list(&names)) }
    }

    /// The table that stands beside the chart.
    pub(super) fn data(&self, columns: Vec<TableColumn>, rows: Vec<Row>) -> Table {
        let mut data = Table::new(&self.stem, &self.table.caption, columns);
        data.rows = rows;
        data.source_line.clone_from(&self.table.source_line);
        data
    }
}

/// A heading inside a sentence: `AGB-code` keeps its capitals.
fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}

/// What a cell shows.
pub(super) fn text(table: &Table, row: &Row, at: usize) -> String {
    shown::text(&row.cells[at].value, table.columns[at].kind)
}

fn figure(cell: &Cell, kind: Kind) -> Option<(f64, String)> {
    let written = shown::text(&cell.value, kind);
    let number = match &cell.value {
        Value::Cents(cents) => return Some((*cents as f64 / 100.0, dutch::euro_ct(*cents))),
        Value::Int(minuten) if kind == Kind::Hours => *minuten as f64 / 60.0,
        Value::Int(n) => *n as f64,
        Value::Share(share) => share * 100.0,
        Value::Decimal(number) => *number,
        Value::Text(_) | Value::Date(_) | Value::Hidden | Value::Empty | Value::Unknown { .. } => {
            return None;
        }
    };
    number.is_finite().then_some((number, written))
}

/// `word: a, b en c`, or how many when there are more than a few; nothing of nobody.
pub(super) fn note(word: &str, names: &[String]) -> Option<String> {
    match names.len() {
        0 => None,
        n if n <= MANY => Some(format!("{word}: {}", dutch::list(names))),
        n => Some(format!("{word}: {}", dutch::counted(dutch::n_of(n), "waarde", "waarden"))),
    }
}

/// The one name with the highest figure, as the end of a title; none when another is as high.
pub(super) fn highest<'a>(
    figures: impl Iterator<Item = (&'a str, f64, &'a str)> + Clone,
) -> Option<String> {
    let top = figures.clone().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let is_alone = figures.clone().filter(|one| one.1 >= top.1).count() == 1;
    let is_above = top.1 > 0.0 && figures.count() > 1;
    (is_alone && is_above).then(|| format!("{} het hoogst, met {}", top.0, top.2))
}
