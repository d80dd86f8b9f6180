//! Names with a text beside them, broken between words.

/// Narrower than this a text stands below its name.
const BESIDE: usize = 60;
/// Between a name and its text.
const GAP: usize = 2;

/// Lines of names with their texts: beside each other, or below where the screen is narrow. `breedte` is that of the
/// screen; without one nothing is broken.
pub(super) fn naast(rows: &[(String, String)], breedte: Option<usize>) -> String {
    let longest = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let indent = 2 + longest + GAP;
    let is_beside = breedte.is_none_or(|width| width >= BESIDE && width >= indent * 2);
    let mut out = String::new();
    for (name, text) in rows {
        let (first, indent) = if is_beside {
            (format!("  {name:<longest$}{}", " ".repeat(GAP)), indent)
        } else {
            (format!("  {name}\n      "), 6)
        };
        out.push_str(&gebroken(&first, text, indent, breedte));
    }
    out
}

/// A text behind its beginning, broken between words so that every next line stands under the first.
pub(super) fn gebroken(first: &str, text: &str, indent: usize, breedte: Option<usize>) -> String {
    let mut out = String::from(first);
    let mut used = indent;
    let mut is_first = true;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !is_first && breedte.is_some_and(|width| used + 1 + length > width) {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            used = indent;
            is_first = true;
        }
        if !is_first {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
        is_first = false;
    }
    let trimmed = out.trim_end().len();
    out.truncate(trimmed);
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<(String, String)> {
        let row = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        vec![
            row("een", "Wat is dit voor vraag, en waar gaat hij over?"),
            row("langere_naam", "Kort."),
        ]
    }

    #[test]
    fn texts_stand_beside_their_names_and_under_each_other() {
        assert_eq!(
            naast(&rows(), None),
            "  een           Wat is dit voor vraag, en waar gaat hij over?\n  langere_naam  Kort.\n"
        );
        assert_eq!(
            naast(&rows(), Some(60)),
            "  een           Wat is dit voor vraag, en waar gaat hij\n                over?\n  langere_naam  Kort.\n"
        );
    }

    #[test]
    fn on_a_narrow_screen_they_stand_below() {
        let text = naast(&rows(), Some(30));
        assert_eq!(
            text,
            "  een\n      Wat is dit voor vraag,\n      en waar gaat hij over?\n  langere_naam\n      Kort.\n"
        );
        assert!(text.lines().all(|line| line.chars().count() <= 30));
    }
}
