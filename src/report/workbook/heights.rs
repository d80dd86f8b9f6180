//! How high a row has to be for wrapped text: programs that do not work it out themselves cut it off.
//!
//! Enters: texts with the width of their column in characters. Leaves: heights in points. Does not know fonts: it
//! counts characters, which are narrower on average than the digit by which Excel measures a column.

/// Height of one line of ordinary letters.
const LINE: f64 = 15.0;
/// Highest row of Excel.
const HIGHEST: f64 = 409.0;
/// So many letters of ordinary text stand in the room of one digit, with something to spare.
const LETTERS: f64 = 1.1;

/// Lines of a text that wraps at whole words in a column of that width.
pub(super) fn lines(text: &str, width: f64) -> usize {
    text.split('\n').map(|line| wrapped(line, (width * LETTERS).floor())).sum()
}

fn wrapped(line: &str, width: f64) -> usize {
    let (mut n, mut used) = (1, 0.0);
    for word in line.split(' ') {
        let length = word.chars().count() as f64;
        if used > 0.0 && used + 1.0 + length > width {
            n += 1;
            used = 0.0;
        }
        // A word longer than the column is broken.
        let mut left = length;
        while left > width.max(1.0) {
            n += 1;
            left -= width.max(1.0);
        }
        used += left + f64::from(u8::from(used > 0.0));
    }
    n
}

/// Height of a row with so many lines; `None` for one line, which needs nothing.
pub(super) fn of_lines(n: usize) -> Option<f64> {
    (n > 1).then(|| (n as f64 * LINE).min(HIGHEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_the_lines_that_its_words_need() {
        assert_eq!(lines("", 10.0), 1);
        assert_eq!(lines("tien teken", 10.0), 1);
        assert_eq!(lines("elf tekens x", 10.0), 2);
        assert_eq!(lines("een\ntwee\ndrie", 10.0), 3);
        assert_eq!(lines("sample-data/berichten_offenbankje", 10.0), 4);
        assert_eq!(of_lines(1), None);
        assert_eq!(of_lines(2), Some(30.0));
        assert_eq!(of_lines(1000), Some(HIGHEST));
    }
}
