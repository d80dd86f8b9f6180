//! Long lines of a message on a narrow screen: broken between words, below the text and not below its label.
//!
//! Enters: finished text. Leaves: the same words. Does not know what they say; it leaves alone what must stay as it is:
//! a line with a mark under it, a command to copy, and everything that goes to a file.

use std::io::IsTerminal as _;

/// Labels end before this column.
const LABEL: usize = 24;
/// A screen narrower than this gets lines as they are.
const NARROW: usize = 30;

/// Notes as they fit on the screen to which they go.
pub(crate) fn notes(text: String) -> String {
    let stderr = std::io::stderr();
    let width = terminal_size::terminal_size_of(&stderr).map(|(width, _)| usize::from(width.0));
    match width.filter(|_| stderr.is_terminal()) {
        Some(width) => vouw(&text, width),
        None => text,
    }
}

/// A text of which every line is at most so wide, where a space allows it.
pub(crate) fn vouw(text: &str, width: usize) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_marked = |at: usize| lines.get(at + 1).is_some_and(|next| next.trim() == "^");
    let is_kept = |at: usize, line: &str| {
        line.trim_end().chars().count() <= width
            || width < NARROW
            || line.starts_with("Verder:")
            || is_marked(at)
    };
    let mut out = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        if is_kept(at, line) {
            out.push_str(line);
        } else {
            broken(&mut out, line, width);
        }
    }
    out
}

fn broken(out: &mut String, line: &str, width: usize) {
    let indent = indent(line);
    let mut column = 0;
    for (n, word) in line.trim_end().split(' ').enumerate() {
        let length = word.chars().count();
        if n > 0 && column > indent && column + 1 + length > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if n > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    if line.ends_with('\n') {
        out.push('\n');
    }
}

/// The column where the text of a line begins: behind its label, when that is followed by a gap, else a bit to the right.
fn indent(line: &str) -> usize {
    let leading = line.chars().take_while(|c| *c == ' ').count();
    if line.starts_with("LET OP ") {
        return 7;
    }
    let signs: Vec<char> = line.chars().take(LABEL).collect();
    let gap = signs.windows(2).skip(leading).position(|two| two == [' ', ' ']);
    let behind = gap.map(|gap| {
        let begin = leading + gap;
        begin + signs[begin..].iter().take_while(|c| **c == ' ').count()
    });
    behind.filter(|column| *column < LABEL).unwrap_or(leading + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_goes_on_below_its_text() {
        let text = "FOUT  onbekende gemeente in de vraag; bedoelde u Zeist?\nkort\n";
        assert_eq!(
            vouw(text, 32),
            "FOUT  onbekende gemeente in de\n      vraag; bedoelde u Zeist?\nkort\n"
        );
        let field = "  waarom       Een gemeente met veel kosten buiten het contract\n";
        assert_eq!(
            vouw(field, 44),
            "  waarom       Een gemeente met veel kosten\n               buiten het contract\n"
        );
    }

    #[test]
    fn words_are_never_lost_nor_changed() {
        let text = "LET OP een heel lange regel met éénwoorddatnietpastopdezebreedtevandertig tekens\n\n  a\n";
        for width in 30..90 {
            let folded = vouw(text, width);
            let words = |text: &str| text.split_whitespace().map(ToOwned::to_owned).collect();
            let (before, after): (Vec<String>, Vec<String>) = (words(text), words(&folded));
            assert_eq!(before, after, "{width}");
        }
    }

    #[test]
    fn a_mark_stays_under_its_spot_and_a_command_in_one_piece() {
        let text = "      SELECT SUM(bedrg_ct) FROM declaraties WHERE maand = 1\n                 ^\nVerder: maatstaf vraag --woordenboek declaraties\n";
        assert_eq!(vouw(text, 40), text);
    }
}
