//! Characters that tell of a wrong encoding, counted per column. Nothing is changed: they are shown.

use crate::rejects::{HIDDEN, Reject};
use crate::schema::Table;
use crate::sources::grid::Cells;
use crate::sources::rules::MS261;

/// Doubtful cells of one file.
#[derive(Debug)]
pub(super) struct Doubts(Vec<Option<Doubt>>);

#[derive(Debug, Clone)]
struct Doubt {
    n_cells: u64,
    line: u64,
    sample: String,
}

impl Doubts {
    /// For a file with so many columns.
    pub(super) fn new(n_columns: usize) -> Self {
        Self(vec![None; n_columns])
    }

    /// Looks at a row of which the text is UTF-8; columns that are not used are passed over.
    pub(super) fn look<R: Cells + ?Sized>(
        &mut self,
        line: u64,
        row: &R,
        targets: &[Option<usize>],
    ) {
        for (at, doubt) in self.0.iter_mut().enumerate() {
            let cell = row.cell(at);
            if targets[at].is_none() || cell.is_ascii() {
                continue;
            }
            let Some(sample) = std::str::from_utf8(cell).ok().and_then(doubtful) else { continue };
            let doubt = doubt.get_or_insert_with(|| Doubt { n_cells: 0, line, sample });
            doubt.n_cells += 1;
        }
    }

    /// One remark per column in which something was found. Of a person nothing is shown, not even two letters.
    pub(super) fn rejects(
        &self,
        path: &str,
        table: &Table,
        headings: &[String],
        targets: &[Option<usize>],
    ) -> Vec<Reject> {
        let columns = headings.iter().zip(targets).zip(&self.0);
        let one = |((heading, target), doubt): ((&String, &Option<usize>), &Option<Doubt>)| {
            let doubt = doubt.as_ref()?;
            let unit = if doubt.n_cells == 1 { "cel" } else { "cellen" };
            let is_person = target.is_some_and(|at| table.columns[at].is_person());
            let sample = if is_person { HIDDEN } else { doubt.sample.as_str() };
            Some(Reject {
                table: table.name.to_owned(),
                column: heading.clone(),
                found: format!("{} {unit}, de eerste met {sample}", doubt.n_cells),
                ..Reject::new(&MS261, path, doubt.line)
            })
        };
        columns.filter_map(one).collect()
    }
}

/// The first character, or pair, that has no place in Dutch text; it is too short to tell anything of a person.
fn doubtful(text: &str) -> Option<String> {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_pair = match c {
            // UTF-8 that was read as windows-1252, and written again: ë becomes Ã«, € becomes â‚¬.
            'Ã' => is_half(next),
            'Â' => ('\u{a0}'..='\u{bf}').contains(&next),
            'â' => matches!(next, '‚' | '€'),
            _ => false,
        };
        if is_pair {
            return Some(format!("\"{c}{next}\""));
        }
        let is_sign = ('\u{80}'..='\u{9f}').contains(&c) || c == '\u{fffd}';
        if is_sign {
            return Some(format!("teken U+{:04X}", u32::from(c)));
        }
    }
    None
}

/// What the second byte of a character looks like in windows-1252: a sign, and no letter.
fn is_half(c: char) -> bool {
    ('\u{80}'..='\u{bf}').contains(&c)
        || matches!(
            c,
            '€' | '‚' | 'ƒ' | '„' | '…' | '†' | '‡' | 'ˆ' | '‰' | '‹' | '\u{2018}'
                ..='\u{201d}' | '•' | '–' | '—' | '˜' | '™' | '›'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_wrong_encoding_are_seen_and_dutch_is_not() {
        for (text, expected) in [
            ("ZoÃ«", "\"Ã«\""),
            ("Ã‰Ã©n", "\"Ã‰\""),
            ("â‚¬ 12", "\"â‚\""),
            ("5\u{c2}\u{a0}uur", "\"\u{c2}\u{a0}\""),
            ("x\u{81}", "teken U+0081"),
            ("caf\u{fffd}", "teken U+FFFD"),
        ] {
            assert_eq!(doubtful(text).as_deref(), Some(expected), "{text}");
        }
        for text in
            ["Zoë", "€ 12,50", "’s-Gravenhage", "São Tomé", "ÃO", "crème brûlée", "5\u{a0}uur"]
        {
            assert_eq!(doubtful(text), None, "{text}");
        }
    }

    #[test]
    fn each_column_is_told_once_with_its_first_line() {
        let table = &crate::schema::DECLARATIES;
        let at = |name| table.position(name);
        let mut doubts = Doubts::new(4);
        let targets = [at("productcode"), None, at("agb"), at("client")];
        let rows = [["a", "Ã«", "b", "c"], ["Ã©", "", "x", "Ã©"], ["Ã«", "", "x", "c"]];
        for (line, row) in (2..).zip(rows) {
            doubts.look(line, row.as_slice(), &targets);
        }
        let headings = ["A", "B", "C", "D"].map(str::to_owned);
        let found: Vec<(u64, String, String)> = doubts
            .rejects("x.csv", table, &headings, &targets)
            .into_iter()
            .map(|reject| (reject.line, reject.column, reject.found))
            .collect();
        let told = |column: &str, text: &str| (3, column.to_owned(), text.to_owned());
        assert_eq!(
            found,
            [
                told("A", "2 cellen, de eerste met \"Ã©\""),
                told("D", "1 cel, de eerste met [verborgen]")
            ]
        );
    }
}
