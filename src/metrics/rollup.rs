//! From contributions to cells: value, distinct contributors and the two largest, for every level.
//!
//! Enters: columns of numbers, keys as codes whose order is the order of their texts. Leaves: cells sorted by key.
//! Does not know polars, and no order here depends on the value of a pseudonym.

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator, ParallelSliceMut};

use crate::metrics::measured::{Level, MeasuredCell, TOTAAL};

/// Texts as codes: equal codes are equal texts, and a smaller code is an earlier text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Coded {
    /// One code per row.
    pub(super) codes: Vec<u32>,
    /// The text of each code, sorted.
    pub(super) texts: Vec<String>,
}

/// Rows of one query in columns of equal length.
pub(super) struct Contributions {
    /// Names of the keys.
    pub(super) names: Vec<String>,
    /// One column per key.
    pub(super) keys: Vec<Coded>,
    /// Value per row.
    pub(super) values: Vec<i64>,
    /// Pseudonym per row, [`NOBODY`] when unknown; `None` when clients do not contribute.
    pub(super) clients: Option<Vec<i64>>,
    /// Code per row, `u32::MAX` when unknown; `None` when aanbieders do not contribute.
    pub(super) aanbieders: Option<Vec<u32>>,
}

/// What is known of the contributors of one group.
#[derive(Clone, Copy, Default)]
struct Tally {
    distinct: u32,
    top: [i64; 2],
    current: u32,
    running: i64,
}

/// Stands for a client that is not known.
pub(super) const NOBODY: i64 = i64::MIN;

/// Above this many possible cells, keys are numbered by sorting instead of through a table.
const TABLE_LIMIT: u64 = 1 << 23;

/// Rolls the contributions up to every level.
pub(super) fn roll_up(rows: &Contributions, levels: &[Vec<String>]) -> Vec<Level> {
    // A contributor is numbered in the order of its appearance in the rows that are together his.
    let clients = rows.clients.as_ref().map(|ids| Grouped::of_clients(ids));
    let aanbieders = rows.aanbieders.as_ref().map(|codes| Grouped::of_codes(codes));
    levels
        .par_iter()
        .map(|level| roll_up_level(rows, level, clients.as_ref(), aanbieders.as_ref()))
        .collect()
}

/// Rolls up the cases, and lays their euros beside them.
pub(super) fn roll_up_with(
    mut rows: Contributions,
    amounts: Vec<i64>,
    levels: &[Vec<String>],
) -> Vec<Level> {
    let mut counted = roll_up(&rows, levels);
    rows.values = amounts;
    rows.clients = None;
    rows.aanbieders = None;
    // The same rows under the same keys: the cells stand in the same order.
    for (level, euros) in counted.iter_mut().zip(roll_up(&rows, levels)) {
        for (cell, euro) in level.cells.iter_mut().zip(euros.cells) {
            cell.bedrag_ct = Some(euro.value);
        }
    }
    counted
}

fn roll_up_level(
    rows: &Contributions,
    level: &[String],
    clients: Option<&Grouped>,
    aanbieders: Option<&Grouped>,
) -> Level {
    let kept: Vec<bool> = rows.names.iter().map(|name| level.contains(name)).collect();
    let keys: Vec<&Coded> =
        rows.keys.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(key, _)| key).collect();
    let groups = Groups::new(&keys, rows.values.len());
    let mut sums = vec![(0_i64, 0_u32, 0_u32); groups.n];
    for (row, (group, value)) in groups.of_row.iter().zip(&rows.values).enumerate() {
        let sum = &mut sums[*group as usize];
        sum.0 += value;
        sum.1 += 1;
        sum.2 = u32::try_from(row).expect("a result has fewer than 4 billion rows");
    }
    let by_client = clients.map(|order| order.tally(&groups, &rows.values));
    let by_aanbieder = aanbieders.map(|order| order.tally(&groups, &rows.values));
    let cells = (sums.iter().enumerate())
        .map(|(group, (value, n_rows, example))| MeasuredCell {
            key: (rows.keys.iter().zip(&kept))
                .map(|(key, kept)| {
                    if *kept {
                        key.texts[key.codes[*example as usize] as usize].clone()
                    } else {
                        TOTAAL.to_owned()
                    }
                })
                .collect(),
            value: *value,
            bedrag_ct: None,
            clienten: by_client.as_ref().map(|tallies| tallies[group].distinct),
            aanbieders: by_aanbieder.as_ref().map(|tallies| tallies[group].distinct),
            top_client: by_client.as_ref().map_or([0; 2], |tallies| tallies[group].top),
            top_aanbieder: by_aanbieder.as_ref().map_or([0; 2], |tallies| tallies[group].top),
            rows: *n_rows,
            ratio: None,
        })
        .collect();
    Level { keys: level.to_vec(), cells }
}

/// Rows put in groups of equal keys, numbered in the order of the keys.
struct Groups {
    of_row: Vec<u32>,
    n: usize,
}

impl Groups {
    fn new(keys: &[&Coded], n_rows: usize) -> Self {
        let mut combined = vec![0_u64; n_rows];
        let mut possible = 1_u64;
        for key in keys {
            let n_texts = key.texts.len().max(1) as u64;
            if possible.checked_mul(n_texts).is_none() {
                let groups = Self::number(&combined, possible);
                combined = groups.of_row.iter().map(|group| u64::from(*group)).collect();
                possible = groups.n as u64;
            }
            for (number, code) in combined.iter_mut().zip(&key.codes) {
                *number = *number * n_texts + u64::from(*code);
            }
            possible *= n_texts;
        }
        Self::number(&combined, possible)
    }

    /// Gives the numbers that occur a dense number in the same order.
    fn number(combined: &[u64], possible: u64) -> Self {
        let as_index = |number: u64| usize::try_from(number).expect("below the limit of the table");
        if possible <= TABLE_LIMIT {
            let mut table = vec![0_u32; as_index(possible)];
            for number in combined {
                table[as_index(*number)] = 1;
            }
            let mut n = 0;
            for entry in &mut table {
                let occurs = *entry;
                *entry = n;
                n += occurs;
            }
            let of_row = combined.iter().map(|number| table[as_index(*number)]).collect();
            return Self { of_row, n: n as usize };
        }
        let mut occurring = combined.to_vec();
        occurring.par_sort_unstable();
        occurring.dedup();
        let of_row = combined
            .iter()
            .map(|number| {
                let place = occurring.partition_point(|other| other < number);
                u32::try_from(place).expect("a result has fewer than 4 billion rows")
            })
            .collect();
        Self { of_row, n: occurring.len() }
    }
}

/// Rows ordered so that those of one contributor stand together.
struct Grouped {
    /// Row numbers.
    order: Vec<u32>,
    /// Per place in `order` the number of the contributor, from 1; 0 is unknown.
    contributor: Vec<u32>,
}

impl Grouped {
    fn of_clients(ids: &[i64]) -> Self {
        let mut pairs: Vec<(i64, u32)> = ids.iter().copied().zip(0..).collect();
        pairs.par_sort_unstable();
        let mut number = 0;
        let mut last = NOBODY;
        let contributor = pairs
            .iter()
            .map(|(id, _)| {
                if *id != last {
                    number += 1;
                    last = *id;
                }
                number
            })
            .collect();
        Self { order: pairs.iter().map(|(_, row)| *row).collect(), contributor }
    }

    fn of_codes(codes: &[u32]) -> Self {
        let mut pairs: Vec<(u32, u32)> =
            codes.iter().map(|code| code.wrapping_add(1)).zip(0..).collect();
        pairs.par_sort_unstable();
        let (contributor, order) = pairs.into_iter().unzip();
        Self { order, contributor }
    }

    /// Distinct contributors and the two largest sums of every group, in one walk along the contributors.
    fn tally(&self, groups: &Groups, values: &[i64]) -> Vec<Tally> {
        let mut tallies = vec![Tally { current: u32::MAX, ..Tally::default() }; groups.n];
        for (row, contributor) in self.order.iter().zip(&self.contributor) {
            let row = *row as usize;
            let tally = &mut tallies[groups.of_row[row] as usize];
            if tally.current != *contributor {
                tally.close();
                tally.current = *contributor;
                tally.running = 0;
            }
            tally.running += values[row];
        }
        for tally in &mut tallies {
            tally.close();
        }
        tallies
    }
}

impl Tally {
    /// Takes the contributor that is complete into account; an unknown one has a sum but is nobody.
    fn close(&mut self) {
        if self.current == u32::MAX {
            return;
        }
        self.distinct += u32::from(self.current != 0);
        if self.running > self.top[0] {
            self.top = [self.running, self.top[0]];
        } else if self.running > self.top[1] {
            self.top[1] = self.running;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(cells: &[&str]) -> Coded {
        let mut texts: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        texts.sort();
        texts.dedup();
        let code =
            |cell: &&str| u32::try_from(texts.iter().position(|t| t == cell).unwrap()).unwrap();
        Coded { codes: cells.iter().map(code).collect(), texts }
    }

    fn level(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn contributors_are_counted_once_and_unknown_ones_are_nobody() {
        let rows = Contributions {
            names: level(&["k"]),
            keys: vec![coded(&["b", "a", "b", "b", "a"])],
            values: vec![5, -3, 7, 4, 2],
            clients: Some(vec![9, 9, -1, 9, NOBODY]),
            aanbieders: Some(vec![0, 0, 1, 1, u32::MAX]),
        };
        let levels = roll_up(&rows, &[level(&["k"]), level(&[])]);
        let cell = &levels[0].cells[1];
        assert_eq!((cell.key[0].as_str(), cell.value, cell.rows), ("b", 16, 3));
        assert_eq!((cell.clienten, cell.top_client), (Some(2), [9, 7]));
        assert_eq!((cell.aanbieders, cell.top_aanbieder), (Some(2), [11, 5]));
        let cell = &levels[0].cells[0];
        assert_eq!((cell.value, cell.clienten, cell.top_client), (-1, Some(1), [2, 0]));
        let total = &levels[1].cells;
        assert_eq!((total.len(), total[0].key[0].as_str(), total[0].value), (1, TOTAAL, 15));
        assert_eq!((total[0].clienten, total[0].aanbieders), (Some(2), Some(2)));
    }

    #[test]
    fn cells_are_the_same_whatever_the_pseudonyms_and_the_order_of_the_rows() {
        let rows = |clients: [i64; 4], order: [usize; 4]| {
            let keys = order.map(|at| ["a", "a", "b", "a"][at]);
            Contributions {
                names: level(&["k"]),
                keys: vec![coded(&keys)],
                values: order.map(|at| [1, 2, 4, 8][at]).to_vec(),
                clients: Some(order.map(|at| clients[at]).to_vec()),
                aanbieders: None,
            }
        };
        let levels = [level(&["k"])];
        let expected = roll_up(&rows([1, 2, 3, 1], [0, 1, 2, 3]), &levels);
        assert_eq!(expected[0].cells[0].top_client, [9, 2]);
        assert_eq!(roll_up(&rows([70, -5, 0, 70], [0, 1, 2, 3]), &levels), expected);
        assert_eq!(roll_up(&rows([70, -5, 0, 70], [3, 2, 0, 1]), &levels), expected);
    }

    #[test]
    fn many_possible_cells_are_numbered_in_the_same_order_as_few() {
        let combined = [7_u64, 3, u64::MAX, 3, 0];
        let groups = Groups::number(&combined, u64::MAX);
        assert_eq!((groups.of_row, groups.n), (vec![2, 1, 3, 1, 0], 4));
        let small = [7_u64, 3, 9, 3, 0];
        assert_eq!(Groups::number(&small, 10).of_row, Groups::number(&small, u64::MAX).of_row);
    }

    #[test]
    fn more_combinations_than_fit_a_number_still_give_every_cell() {
        let texts: Vec<String> = (0..70_000).map(|n| format!("{n:05}")).collect();
        let key = || Coded { codes: vec![69_999, 0, 69_999], texts: texts.clone() };
        let keys: Vec<Coded> = (0..5).map(|_| key()).collect();
        let groups = Groups::new(&keys.iter().collect::<Vec<_>>(), 3);
        assert_eq!((groups.of_row, groups.n), (vec![1, 0, 1], 2));
    }

    #[test]
    fn no_rows_give_no_cells() {
        let rows = Contributions {
            names: level(&["k"]),
            keys: vec![coded(&[])],
            values: Vec::new(),
            clients: Some(Vec::new()),
            aanbieders: None,
        };
        assert!(
            roll_up(&rows, &[level(&["k"]), level(&[])]).iter().all(|level| level.cells.is_empty())
        );
    }
}
