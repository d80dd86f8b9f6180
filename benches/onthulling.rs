//! How long does it take to protect what is too small?
//!
//! Enters: nothing, or `jaar` to add the reports with year totals. Leaves on the screen: seconds per set of tables, the best
//! of three, with how many cells are hidden for their size and how many to protect those. Ends with 1 when a set takes
//! longer than its limit or a cell has no proof.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, anyhow};
use maatstaf::disclosure::keten::{Cell, Microlp, Need, Relation, System, protect};
use maatstaf::stats::rng::Rng;

const MINIMUM: i64 = 10;
const SEED: u64 = 20_251_126;

/// Parts in groups: cells 0 to `n`, then the groups when there are more than one, then the total.
struct As {
    n: usize,
    groepen: Vec<Vec<usize>>,
}

impl As {
    fn new(n: usize, n_groepen: usize) -> Self {
        let mut groepen = vec![Vec::new(); n_groepen];
        (0..n).for_each(|part| groepen[part * n_groepen / n].push(part));
        Self { n, groepen }
    }

    fn total(&self) -> usize {
        if self.groepen.len() > 1 { self.n + self.groepen.len() } else { self.n }
    }

    /// Every sum along this side: the whole, and its parts.
    fn sums(&self) -> Vec<(usize, Vec<usize>)> {
        if self.groepen.len() == 1 {
            return vec![(self.total(), (0..self.n).collect())];
        }
        let groups = self.groepen.iter().enumerate();
        let mut out: Vec<_> = groups.map(|(at, parts)| (self.n + at, parts.clone())).collect();
        out.push((self.total(), (self.n..self.total()).collect()));
        out
    }

    /// The parts that a place adds up.
    fn parts(&self, at: usize) -> Vec<usize> {
        match at.checked_sub(self.n) {
            None => vec![at],
            Some(group) if at < self.total() => self.groepen[group].clone(),
            Some(_) => (0..self.n).collect(),
        }
    }

    fn level(&self, at: usize) -> u32 {
        u32::from(at >= self.n) + u32::from(at == self.total() && self.groepen.len() > 1)
    }
}

/// A report: tables over the same rows, with the same totals per row, in quarters and perhaps years.
struct Rapport {
    n_tables: usize,
    n_quarters: usize,
    n_years: usize,
    rows: As,
    columns: As,
    /// Children per table, quarter, row and column.
    leaves: BTreeMap<[usize; 4], i64>,
    /// Number of a cell by table, period, row and column.
    numbers: BTreeMap<[usize; 4], usize>,
    cells: Vec<Cell>,
    relations: Vec<Relation>,
}

impl Rapport {
    fn new((n_tables, n_quarters, n_years): (usize, usize, usize), rows: As, columns: As) -> Self {
        let mut out = Self {
            n_tables,
            n_quarters,
            n_years,
            rows,
            columns,
            leaves: BTreeMap::new(),
            numbers: BTreeMap::new(),
            cells: Vec::new(),
            relations: Vec::new(),
        };
        out.fill(&mut Rng::of(&[SEED]));
        out.relate();
        out
    }

    /// As many children in a row of each table, most of them in few columns.
    fn fill(&mut self, rng: &mut Rng) {
        for quarter in 0..self.n_quarters {
            for row in 0..self.rows.n {
                let all = rng.below(20) * rng.below(20);
                for table in 0..self.n_tables {
                    let mut left = all;
                    for column in 0..self.columns.n {
                        let is_last = column + 1 == self.columns.n;
                        let part = if is_last { left } else { rng.below(left / 2 + 1) };
                        left -= part;
                        let key = [table, quarter, row, column];
                        self.leaves.insert(key, i64::try_from(part).unwrap_or(i64::MAX));
                    }
                }
            }
        }
    }

    fn cell(&mut self, [table, period, row, column]: [usize; 4]) -> usize {
        // The totals per row are one cell in all tables.
        let shared = if column == self.columns.total() { usize::MAX } else { table };
        let key = [shared, period, row, column];
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let mut value = 0;
        for quarter in self.quarters(period) {
            for row in self.rows.parts(row) {
                for column in self.columns.parts(column) {
                    value += self.leaves[&[table, quarter, row, column]];
                }
            }
        }
        let is_year = u32::from(period >= self.n_quarters);
        let level = self.rows.level(row) + self.columns.level(column) + is_year;
        self.cells.push(Cell { value, floor: 1, level, is_frozen: false, is_unseen: false });
        self.numbers.insert(key, self.cells.len() - 1);
        self.cells.len() - 1
    }

    fn quarters(&self, period: usize) -> Vec<usize> {
        match period.checked_sub(self.n_quarters) {
            None => vec![period],
            Some(year) => (year * 4..year * 4 + 4).collect(),
        }
    }

    fn relate(&mut self) {
        let (rows, columns) = (self.rows.sums(), self.columns.sums());
        for table in 0..self.n_tables {
            for period in 0..self.n_quarters + self.n_years {
                for row in 0..=self.rows.total() {
                    for (whole, parts) in &columns {
                        let at = |column: usize| [table, period, row, column];
                        self.sum(at(*whole), parts.iter().map(|part| at(*part)).collect());
                    }
                }
                for column in 0..=self.columns.total() {
                    for (whole, parts) in &rows {
                        let at = |row: usize| [table, period, row, column];
                        self.sum(at(*whole), parts.iter().map(|part| at(*part)).collect());
                    }
                }
                if period >= self.n_quarters {
                    self.relate_year(table, period);
                }
            }
        }
    }

    fn relate_year(&mut self, table: usize, year: usize) {
        for row in 0..=self.rows.total() {
            for column in 0..=self.columns.total() {
                let at = |period: usize| [table, period, row, column];
                let parts = self.quarters(year).into_iter().map(at).collect();
                self.sum(at(year), parts);
            }
        }
    }

    fn sum(&mut self, whole: [usize; 4], parts: Vec<[usize; 4]>) {
        let total = self.cell(whole);
        let parts: Vec<usize> = parts.into_iter().map(|part| self.cell(part)).collect();
        // The totals per row are added up in every table alike.
        let is_shared = whole[3] == self.columns.total() && whole[0] > 0;
        if !is_shared {
            self.relations.push(Relation { total, parts });
        }
    }
}

fn main() -> Result<ExitCode> {
    let with_years = std::env::args().any(|word| word == "jaar");
    let mut out = io::stdout().lock();
    writeln!(out, "| tables | cells | too small | to protect those | seconds | limit |")?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    let report = || (As::new(30, 2), As::new(8, 1));
    let mut sets = vec![
        ("50 × 50, nested both ways", (1, 1, 0), (As::new(50, 5), As::new(50, 5)), 1.0),
        ("50 × 50", (1, 1, 0), (As::new(50, 1), As::new(50, 1)), 1.0),
        ("12 linked tables of 30 × 8, a quarter", (12, 1, 0), report(), 3.0),
        ("12 linked tables of 30 × 8, eight quarters", (12, 8, 0), report(), 3.0),
    ];
    if with_years {
        sets.push(("3 linked tables of 30 × 8, a year", (3, 4, 1), report(), 60.0));
        sets.push(("12 linked tables of 30 × 8, two years", (12, 8, 2), report(), 60.0));
    }
    let mut is_good = true;
    for (name, size, (rows, columns), limit) in sets {
        let rapport = Rapport::new(size, rows, columns);
        let (seconds, line) = measure(rapport, if limit > 10.0 { 1 } else { 3 })?;
        is_good &= seconds <= limit;
        writeln!(out, "| {name} | {line} | {seconds:.2} | {limit} |")?;
    }
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Seconds of the fastest time, and the sizes.
fn measure(rapport: Rapport, times: usize) -> Result<(f64, String)> {
    let system = System::new(rapport.cells, rapport.relations)
        .map_err(|wrong| anyhow!("sum {} does not add up", wrong.relation))?;
    let is_small = |cel: &usize| (1..MINIMUM).contains(&system.value(*cel));
    let small: Vec<usize> = (0..system.cells().len()).filter(is_small).collect();
    let needs: Vec<Need> = small.iter().map(|cel| Need::of_count(&system, *cel, MINIMUM)).collect();
    let mut best = f64::INFINITY;
    let mut line = String::new();
    for _ in 0..times {
        let begin = Instant::now();
        let pattern = protect(&system, small.iter().copied().collect(), &needs, &[], &Microlp);
        best = best.min(begin.elapsed().as_secs_f64());
        let counts = pattern.counts();
        if !pattern.is_proven(&system, &needs) {
            return Err(anyhow!("{} cells have no proof", pattern.failed.len()));
        }
        line = format!("{} | {} | {}", system.cells().len(), counts.n_primary, counts.n_secondary);
    }
    Ok((best, line))
}
