//! Characters that tell of a wrong encoding, counted per column. Nothing is changed: they are shown.

use crate::rejects::Reject;
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

    /// One remark per column in which something was found.
    pub(super) fn rejects(&self, path: &str, table: &str, headings: &[String]) -> Vec<Reject> {
        let columns = headings.iter().zip(&self.0);
        let one = |(heading, doubt): (&String, &Option<Doubt>)| {
            let doubt = doubt.as_ref()?;
            let unit = if doubt.n_cells == 1 { "cel" } else { "cellen" };
            Some(Reject {
                table: table.to_owned(),
                column: heading.clone(),
                found: format!("{} {unit}, de eerste met {}", doubt.n_cells, doubt.sample),
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
        let mut doubts = Doubts::new(3);
        let targets = [Some(0), None, Some(1)];
        for (line, row) in [(2, ["a", "Ã«", "b"]), (3, ["Ã©", "", "x"]), (4, ["Ã«", "", "x"])]
        {
            doubts.look(line, row.as_slice(), &targets);
        }
        let headings = ["A", "B", "C"].map(str::to_owned);
        let found = doubts.rejects("x.csv", "gemeenten", &headings);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].column.as_str()), (3, "A"));
        assert_eq!(found[0].found, "2 cellen, de eerste met \"Ã©\"");
    }
}
