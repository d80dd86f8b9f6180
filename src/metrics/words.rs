//! SQL cut into words, so that forbidden ones can be found and every message has a line.
//!
//! Enters: SQL text. Leaves: names and signs with their line. Does not know grammar; strings and comments are dropped.

/// A name or a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// As written, without quotes.
    pub(super) text: &'a str,
    /// Line in the file, 1-based.
    pub(super) line: usize,
    /// True when it stood between quotes for names.
    pub(super) quoted: bool,
}

impl Word<'_> {
    /// True when it is this keyword or sign.
    pub(super) fn is(&self, text: &str) -> bool {
        !self.quoted && self.text.eq_ignore_ascii_case(text)
    }

    /// True for a name, false for a sign.
    pub(super) fn is_name(&self) -> bool {
        self.quoted || self.text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    }
}

/// All names and signs of a text, in order.
pub(super) fn words(sql: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = sql[at..].chars().next() {
        let rest = &sql[at..];
        let (length, word) = match first {
            '\'' => (quoted_length(rest, '\''), None),
            '"' | '`' => {
                let length = quoted_length(rest, first);
                let inner = rest[1..length].strip_suffix(first).unwrap_or(&rest[1..length]);
                (length, Some((inner, true)))
            }
            '-' if rest.starts_with("--") => (rest.find('\n').unwrap_or(rest.len()), None),
            '/' if rest.starts_with("/*") => {
                (rest[2..].find("*/").map_or(rest.len(), |end| end + 4), None)
            }
            c if c.is_whitespace() => (c.len_utf8(), None),
            c if c.is_alphanumeric() || c == '_' => {
                let is_inside = |c: char| c.is_alphanumeric() || c == '_';
                let length = rest.find(|c: char| !is_inside(c)).unwrap_or(rest.len());
                (length, Some((&rest[..length], false)))
            }
            c => (c.len_utf8(), Some((&rest[..c.len_utf8()], false))),
        };
        if let Some((text, quoted)) = word {
            found.push(Word { text, line, quoted });
        }
        line += rest[..length].matches('\n').count();
        at += length;
    }
    found
}

/// Length of a quoted text including both quotes; a doubled quote stands for itself.
fn quoted_length(rest: &str, quote: char) -> usize {
    let bytes = rest.as_bytes();
    let quote = quote as u8;
    let mut at = 1;
    while at < bytes.len() {
        if bytes[at] == quote {
            if bytes.get(at + 1) == Some(&quote) {
                at += 1;
            } else {
                return at + 1;
            }
        }
        at += 1;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_are_no_words_and_lines_are_counted() {
        let sql = "/* a\nb */ SELECT 'it''s; DELETE' -- drop\nFROM \"tabel x\"";
        let found: Vec<(&str, usize, bool)> =
            words(sql).iter().map(|word| (word.text, word.line, word.quoted)).collect();
        assert_eq!(found, [("SELECT", 2, false), ("FROM", 3, false), ("tabel x", 3, true)]);
    }

    #[test]
    fn an_open_quote_ends_with_the_text() {
        assert_eq!(words("SELECT 'x").len(), 1);
        assert_eq!(words("SELECT \"").len(), 2);
        assert_eq!(words("é'é").len(), 1);
    }
}
