//! The colours of the pages: text that can be read, borders that can be seen, and nothing told by colour alone.
//!
//! Contrast is that of WCAG 2.2: 4.5 for text (1.4.3), 3 for what outlines a control or carries a meaning (1.4.11). The
//! colours of charts are held to the same in `src/charts/theme.rs`.

use std::collections::{BTreeMap, BTreeSet};

use maatstaf::charts::theme;

use crate::support::root;

const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;

/// Lines between rows and terms: nothing is told by them, so nothing is asked of them.
const DECORATION: [&str; 1] = ["--lijn"];

/// Colours that the system of the reader chooses.
const SYSTEM: [&str; 5] = ["CanvasText", "Canvas", "Highlight", "HighlightText", "LinkText"];

/// Red, green and blue, 0 to 255.
type Kleur = [u8; 3];

/// A declaration with the rule it stands in.
struct Regel {
    selector: String,
    property: String,
    value: String,
}

/// The style of the pages, with what the templates add to it.
fn style() -> String {
    let read =
        |name: &str| std::fs::read_to_string(root().join("reports/sjabloon").join(name)).unwrap();
    let mut out = read("stijl.css");
    for name in ["delen.html", "rapport.html", "leesmij.html"] {
        let html = read(name);
        for part in html.split("<style>").skip(1) {
            out += part.split("</style>").next().unwrap();
        }
        assert!(
            !html.contains(" style=\""),
            "{name}: a style outside the style sheet is not tested"
        );
    }
    let mut kept = String::new();
    let mut rest = out.as_str();
    while let Some((before, behind)) = rest.split_once("/*") {
        kept += before;
        rest = behind.split_once("*/").unwrap().1;
    }
    kept + rest
}

/// Every declaration, also of rules inside rules.
fn rules(css: &str) -> Vec<Regel> {
    let mut out = Vec::new();
    let mut selectors: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut declare = |selectors: &[String], text: &str| {
        if let Some((property, value)) = text.split_once(':') {
            out.push(Regel {
                selector: selectors.join(" "),
                property: property.trim().to_owned(),
                value: value.trim().to_owned(),
            });
        }
    };
    for c in css.chars() {
        match c {
            '{' => selectors.push(std::mem::take(&mut text).trim().to_owned()),
            ';' => declare(&selectors, &std::mem::take(&mut text)),
            '}' => {
                declare(&selectors, &std::mem::take(&mut text));
                selectors.pop();
            }
            c => text.push(c),
        }
    }
    out
}

/// A colour as `#fff` or `#ffffff`; nothing with a fourth part, which is a shadow that fades.
fn hex(text: &str) -> Option<Kleur> {
    let digits = text.strip_prefix('#')?;
    let wide: String = match digits.len() {
        3 => digits.chars().flat_map(|c| [c, c]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let part = |at: usize| u8::from_str_radix(&wide[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// WCAG 2.2, relative luminance.
fn light(kleur: Kleur) -> f64 {
    let linear = kleur.map(|part| {
        let c = f64::from(part) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: Kleur, b: Kleur) -> f64 {
    let (a, b) = (light(a) + 0.05, light(b) + 0.05);
    a.max(b) / a.min(b)
}

/// What the declarations of a style make of colours.
#[derive(Default)]
struct Kleuren {
    names: BTreeMap<String, Kleur>,
    /// Solid grounds on which something stands.
    grounds: BTreeSet<Kleur>,
    /// Text, with the rule.
    texts: Vec<(Kleur, String)>,
    /// Outlines and borders that mean something, with the rule.
    lines: Vec<(Kleur, String)>,
    /// Colours of a declaration of which it is not known what it colours.
    unknown: Vec<String>,
}

impl Kleuren {
    fn of(rules: &[Regel]) -> Self {
        let named = rules.iter().filter(|rule| rule.property.starts_with("--"));
        let names = named.filter_map(|rule| Some((rule.property.clone(), hex(&rule.value)?)));
        let mut out = Self { names: names.collect(), ..Self::default() };
        for rule in rules.iter().filter(|rule| !rule.property.starts_with("--")) {
            out.add(rule);
        }
        out
    }

    /// The colours in a value, by the name or the number they have there.
    fn colours(&self, value: &str) -> Vec<(String, Kleur)> {
        let words = value.split([' ', ',', '(', ')', '!']);
        let colour = |word: &str| {
            let kleur = hex(word).or_else(|| self.names.get(word).copied())?;
            Some((word.to_owned(), kleur))
        };
        words.filter_map(colour).collect()
    }

    fn add(&mut self, rule: &Regel) {
        let found = self.colours(&rule.value);
        let place = format!("{} {{ {}: {} }}", rule.selector, rule.property, rule.value);
        let is_gradient = rule.value.contains("gradient(");
        match rule.property.as_str() {
            _ if found.is_empty() => {}
            "color" => {
                self.texts.extend(found.into_iter().map(|(_, kleur)| (kleur, place.clone())));
            }
            // Shadows at the edge of a table run from the ground to the ground.
            "background" | "background-color" if !is_gradient => {
                self.grounds.extend(found.into_iter().map(|(_, kleur)| kleur));
            }
            "background" => {
                let is_paper = |(_, kleur): &(String, Kleur)| *kleur == [255; 3];
                assert!(found.iter().all(is_paper), "{place}");
            }
            "outline" | "border-color" | "border" | "box-shadow" => self.add_lines(found, &place),
            property if property.starts_with("border-") => self.add_lines(found, &place),
            _ => self.unknown.push(place),
        }
    }

    fn add_lines(&mut self, found: Vec<(String, Kleur)>, place: &str) {
        let told = found.into_iter().filter(|(name, _)| !DECORATION.contains(&name.as_str()));
        self.lines.extend(told.map(|(_, kleur)| (kleur, place.to_owned())));
    }
}

#[test]
fn contrast_is_measured_as_wcag_does() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    assert_eq!((hex("#fff"), hex("#0002"), hex("#15427")), (Some([255; 3]), None, None));
    let css =
        ":root { --a: #767676; } p { color: var(--a) } @media x { a { border: 1px solid #ccc; } }";
    let found = Kleuren::of(&rules(css));
    assert_eq!(found.texts.len(), 1);
    assert_eq!(found.lines[0].1, "@media x a { border: 1px solid #ccc }");
}

#[test]
fn text_can_be_read_and_lines_can_be_seen_on_every_ground() {
    let rules = rules(&style());
    let found = Kleuren::of(&rules);
    assert_eq!(found.unknown, [""; 0], "say here what these colours are for");
    let (light_grounds, dark_grounds): (Vec<Kleur>, Vec<Kleur>) =
        found.grounds.iter().partition(|ground| light(**ground) > 0.4);
    assert!(light_grounds.len() >= 3 && !dark_grounds.is_empty() && found.texts.len() > 10);
    for (kleur, place) in &found.texts {
        // Light text stands on dark grounds only, and the rule that makes it light makes the ground dark.
        let grounds = if light(*kleur) > 0.4 { &dark_grounds } else { &light_grounds };
        for ground in grounds {
            assert!(contrast(*kleur, *ground) >= TEXT, "{place} on {ground:?}");
        }
        if light(*kleur) > 0.4 {
            let selector = place.split(" {").next().unwrap();
            let is_own = |rule: &Regel| rule.selector == selector && rule.property == "background";
            assert!(rules.iter().any(is_own), "{place}: on which ground?");
        }
    }
    assert!(found.lines.len() > 6, "{}", found.lines.len());
    for (kleur, place) in &found.lines {
        for ground in &light_grounds {
            assert!(contrast(*kleur, *ground) >= MARK, "{place} on {ground:?}");
        }
    }
}

#[test]
fn every_colour_word_is_a_name_of_ours_or_of_the_system() {
    for rule in rules(&style()) {
        if !["color", "background", "background-color", "border-color"]
            .contains(&rule.property.as_str())
        {
            continue;
        }
        let is_known = |word: &str| {
            word.is_empty()
                || word.starts_with('#')
                || word.starts_with("--")
                || ["var", "none", "inherit", "transparent", "light"].contains(&word)
                || SYSTEM.contains(&word)
                || word.starts_with(|c: char| c.is_ascii_digit() || c == '.')
                || rule.value.contains("gradient(")
        };
        let words = rule.value.split([' ', ',', '(', ')', '!']);
        let odd: Vec<&str> = words.filter(|word| !is_known(word)).collect();
        let odd: Vec<&str> = odd.into_iter().filter(|word| *word != "important").collect();
        assert_eq!(odd, [""; 0], "{} {{ {}: {} }}", rule.selector, rule.property, rule.value);
    }
}

#[test]
fn a_remark_a_warning_and_a_fault_differ_in_form_as_well() {
    let rules = rules(&style());
    let value = |selector: &str, property: &str| {
        let found =
            rules.iter().find(|rule| rule.selector == selector && rule.property == property);
        found.map(|rule| rule.value.as_str())
    };
    // Red and brown are hardly apart for who sees no green: a fault has a frame, what is unknown a dashed line.
    assert!(value(".fout", "border").is_some_and(|border| border.contains("solid")));
    assert_eq!(value(".onbepaald", "border-left-style"), Some("dashed"));
    assert_eq!(value(".letop", "border"), None);
}

#[test]
fn the_pages_and_the_charts_have_the_same_accent() {
    let found = Kleuren::of(&rules(&style()));
    let theme::Colour(red, green, blue) = theme::ACCENT;
    assert_eq!(found.names["--accent"], [red, green, blue]);
}
