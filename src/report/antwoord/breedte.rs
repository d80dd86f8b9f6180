//! How many columns of a screen a text takes, and how it is broken over lines.
//!
//! Enters: texts. Leaves: widths and lines. Does not know tables. What steers a screen is taken out: a file of someone
//! else must not move the cursor.

/// Marks on the letter before them, and signs that are not seen.
const NONE: [(u32, u32); 9] = [
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x200B, 0x200D),
    (0x20D0, 0x20FF),
    (0x2060, 0x2064),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
];

/// Letters that take two columns (East Asian Width W and F of Unicode, by block).
const TWO: [(u32, u32); 13] = [
    (0x1100, 0x115F),
    (0x2E80, 0x303E),
    (0x3041, 0x33FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0xA4CF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFF60),
    (0xFFE0, 0xFFE6),
    (0x1F300, 0x1FAFF),
    (0x20000, 0x3FFFD),
];

/// Columns that one letter takes.
fn of_letter(letter: char) -> usize {
    let code = u32::from(letter);
    let is_in = |ranges: &[(u32, u32)]| ranges.iter().any(|(a, b)| (*a..=*b).contains(&code));
    match code {
        0..0x300 => 1,
        _ if is_in(&NONE) => 0,
        _ if is_in(&TWO) => 2,
        _ => 1,
    }
}

/// Columns that a text takes.
pub(super) fn of(text: &str) -> usize {
    text.chars().map(of_letter).sum()
}

/// The text on one line without anything that steers a screen or turns the direction of reading.
pub(super) fn plain(text: &str) -> String {
    let is_turn = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    let letters = text.chars().filter(|c| !is_turn(*c));
    let spaced = letters
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c });
    spaced.collect::<String>().trim().to_owned()
}

/// Lines of at most `width` columns, broken at spaces; a longer word is broken itself.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() || of(line) + 1 + of(word) <= width {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
        while lines.last().is_some_and(|line| of(line) > width) {
            let long = lines.pop().unwrap_or_default();
            let (first, rest) = broken(&long, width);
            lines.push(first.to_owned());
            lines.push(rest.to_owned());
        }
    }
    lines.retain(|line| !line.is_empty());
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// As many letters as fit, at least one with its marks, and the rest.
fn broken(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, letter) in text.char_indices() {
        used += of_letter(letter);
        if used > width && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Columns of the longest word.
pub(super) fn longest_word(text: &str) -> usize {
    text.split(' ').map(of).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_take_no_room_of_their_own_and_wide_letters_take_two() {
        assert_eq!(of("coördinatie’s"), 13);
        assert_eq!(of("coo\u{308}rdinatie"), 11);
        assert_eq!(of("语言"), 4);
        assert_eq!(of("😀"), 2);
        assert_eq!(of("e\u{301}\u{200B}"), 1);
    }

    #[test]
    fn what_steers_a_screen_is_gone_and_words_stay() {
        assert_eq!(plain("a\u{1b}[31mrood\r\nb\tc\u{202E}d"), "a [31mrood  b cd");
        assert_eq!(plain("’s-Gravenhage"), "’s-Gravenhage");
    }

    #[test]
    fn lines_are_no_wider_than_asked_and_lose_no_letter() {
        let text = "zorgcoördinatie voor meer dan één 语言语言语言 aanbieder";
        for width in 1..60 {
            let lines = wrapped(text, width);
            let fits = |line: &String| of(line) <= width || line.chars().count() == 1;
            assert!(lines.iter().all(fits), "{width}: {lines:?}");
            let letters = |text: &str| text.replace(' ', "");
            assert_eq!(letters(&lines.concat()), letters(text));
        }
        assert_eq!(wrapped("een twee drie", 8), ["een twee", "drie"]);
        assert_eq!(wrapped("", 8), [""]);
    }
}
