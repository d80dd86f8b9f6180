//! The text alternative of a chart, as long as Excel takes.
//!
//! Enters: a [`FigureBlock`]. Leaves: at most 255 characters: the finding, then as many whole sentences of the
//! description as fit, and where the rest is. Does not know how a chart is drawn.

use crate::report::document::FigureBlock;

/// Longest text alternative of Excel, in UTF-16 units.
const LONGEST: usize = 255;

/// Where everything stands.
const REST: &str = "De hele beschrijving staat op het blad Toelichting.";

/// The text alternative of a chart or picture.
pub(super) fn of(figure: &FigureBlock) -> String {
    short(figure.title(), figure.caption(), figure.alt())
}

fn short(title: &str, caption: &str, description: &str) -> String {
    if length(description) <= LONGEST {
        return description.to_owned();
    }
    let ended = |text: &str| {
        let text = text.trim().trim_end_matches('.');
        if text.ends_with(['!', '?']) { text.to_owned() } else { format!("{text}.") }
    };
    // What the picture shows says more than the caption, which stands above the table.
    let rest = description.replacen(&ended(title), "", 1).replacen(&ended(caption), "", 1);
    let mut text = fitted(&ended(title), LONGEST - length(REST) - 1);
    for sentence in rest.split_inclusive(". ").map(|sentence| ended(sentence.trim())) {
        if sentence != "." && length(&text) + length(&sentence) + length(REST) + 2 <= LONGEST {
            text = format!("{text} {sentence}");
        }
    }
    format!("{text} {REST}")
}

/// The first words that fit.
fn fitted(text: &str, longest: usize) -> String {
    let mut out = text.to_owned();
    while length(&out) > longest {
        let shorter = out.trim_end_matches('…').trim_end().rsplit_once(' ');
        out = shorter.map_or_else(String::new, |(first, _)| format!("{first}…"));
    }
    out
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_description_stays_whole_and_a_long_one_keeps_whole_sentences() {
        let title = "Dorpsveen sloot 12 van de 31 overeenkomsten";
        let whole = format!("{title}. Nieuw, 2025-K3. Hoogste: Dorpsveen (12).");
        assert_eq!(short(title, "Nieuw, 2025-K3", &whole), whole);
        let caption = "Nieuwe overeenkomsten per gemeente, ".repeat(6);
        let long = format!(
            "{title}. {}. Hoogste: Dorpsveen (12); laagste: Aa (1). De cijfers staan in de tabel.",
            caption.trim()
        );
        let text = short(title, caption.trim(), &long);
        assert!(length(&text) <= LONGEST, "{text}");
        assert!(text.starts_with(title) && text.ends_with(REST), "{text}");
        assert!(text.contains(" Hoogste: Dorpsveen (12); laagste: Aa (1). "), "{text}");
        let text = short(&"woord ".repeat(80), "c", &"zin ".repeat(100));
        assert!(length(&text) <= LONGEST && text.contains('…'), "{text}");
    }
}
