//! The pages: `rapport.html` and `LEESMIJ.html`.
//!
//! Enters: a [`Document`] and the templates. Leaves: whole pages in one file each: style and drawings
//! inside, no script, no request. Does not know where they are written.

mod view;

use minijinja::Value;
use minijinja::value::Serde;

use crate::report::document::Document;
use crate::report::templates::Templates;

/// The report.
///
/// # Errors
/// In Dutch, when a template of the user asks for something that does not exist.
pub fn report(document: &Document, templates: &Templates) -> anyhow::Result<String> {
    templates
        .render("rapport.html", Value::from(Serde(view::report(document, true))))
        .map(keep_euros_together)
}

/// The report as a page by itself: it is mailed, and links to no other file.
///
/// # Errors
/// In Dutch, when a template of the user asks for something that does not exist.
pub fn alone(document: &Document, templates: &Templates) -> anyhow::Result<String> {
    templates
        .render("rapport.html", Value::from(Serde(view::report(document, false))))
        .map(keep_euros_together)
}

/// A sign or a euro sign at the end of a line with its amount on the next is hard to read.
fn keep_euros_together(html: String) -> String {
    let signs = html.replace("− € ", "−\u{a0}€ ").replace("+ € ", "+\u{a0}€ ");
    signs.replace("€ ", "€\u{a0}")
}

/// The page that tells what to open first.
///
/// # Errors
/// In Dutch, when a template of the user asks for something that does not exist.
pub fn leesmij(document: &Document, templates: &Templates) -> anyhow::Result<String> {
    templates
        .render("leesmij.html", Value::from(Serde(view::leesmij(document))))
        .map(keep_euros_together)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Block, NoteKind};
    use crate::report::sample;

    fn page() -> String {
        report(&sample::document(), &Templates::load(None).unwrap()).unwrap()
    }

    /// Values of every attribute `name` in the page, in order.
    fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
        let start = format!(" {name}=\"");
        page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn the_page_asks_nothing_of_the_network_and_runs_nothing() {
        for page in [page(), leesmij(&sample::document(), &Templates::load(None).unwrap()).unwrap()]
        {
            assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
            for wrong in
                ["<script", "<link ", "@import", "url(", "<iframe", "<img", "javascript:", " src="]
            {
                assert!(!page.contains(wrong), "{wrong}");
            }
            let outside = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!outside.contains("http://") && !outside.contains("https://"));
        }
    }

    #[test]
    fn ids_are_unique_and_every_link_inside_the_page_leads_somewhere() {
        let page = page();
        let ids = attributes(&page, "id");
        let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        let links = attributes(&page, "href");
        assert!(links.len() > 10);
        for link in links {
            if let Some(id) = link.strip_prefix('#') {
                assert!(unique.contains(id), "{link}");
            }
        }
        for label in attributes(&page, "aria-labelledby").iter().flat_map(|ids| ids.split(' ')) {
            assert!(unique.contains(label), "{label}");
        }
    }

    #[test]
    fn there_is_one_h1_and_no_heading_level_is_skipped() {
        let page = page();
        let levels: Vec<u32> = page
            .match_indices("<h")
            .filter_map(|(at, _)| page[at + 2..].chars().next().and_then(|c| c.to_digit(10)))
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }

    #[test]
    fn every_table_has_a_caption_and_every_row_a_heading() {
        let page = page();
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
        let rows = page.matches("<tr").count();
        let heads = page.matches("<thead>").count();
        assert_eq!(page.matches("scope=\"row\"").count(), rows - heads);
        assert!(heads > 0 && rows > heads);
    }

    #[test]
    fn hidden_empty_unknown_and_zero_can_be_told_apart() {
        let page = page();
        assert!(page.contains(">•</span><span class=\"vh\">onderdrukt</span>"));
        assert!(page.contains(">–</span><span class=\"vh\">leeg</span>"));
        assert!(page.contains(">niet te bepalen <span class=\"noot\">(a)</span>"));
        assert!(page.contains(">0</td>"));
    }

    #[test]
    fn the_audience_is_on_the_page_and_in_the_margin_of_every_printed_page() {
        let page = page();
        assert!(page.contains("content: \"INTERN – niet delen\""));
        assert!(page.contains(">INTERN – niet delen</p>"));
    }

    #[test]
    fn text_of_a_supplier_cannot_become_markup() {
        let mut document = sample::document();
        let evil = "</style><b onclick=\"x\">&";
        document.banner = evil.to_owned();
        document.sections[0].blocks.push(Block::Paragraph(evil.to_owned()));
        document.sections[0].blocks.push(Block::Note(NoteKind::Fout, evil.to_owned()));
        let page = report(&document, &Templates::load(None).unwrap()).unwrap();
        assert!(!page.contains("<b onclick"));
        assert_eq!(page.matches("</style>").count(), 1);
    }

    #[test]
    fn the_same_document_gives_the_same_page() {
        assert_eq!(page(), page());
    }
}
