//! TOML of a user, read with Dutch messages.
//!
//! Enters: text and the path as shown. Leaves: a deserialised value, or one message with file, line and
//! remedy. Does not know what the keys mean; the English text of the TOML library stays inside.

use std::fmt::Display;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use anyhow::anyhow;
use serde::de::DeserializeOwned;

/// A text with the name under which messages mention it.
pub(super) struct Document<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
}

/// One mistake in a file of a user, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    /// First byte of the line it is about.
    pub(super) at: usize,
    /// What it is about, in bytes of the text.
    pub(super) span: Range<usize>,
    /// The key that is missing there, when that is the mistake.
    pub(super) missing: Option<String>,
    /// The key that was meant by one that is not known, as far as can be told.
    pub(super) meant: Option<String>,
    /// File, line and remedy, in Dutch.
    pub(super) text: String,
}

impl Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Mistake {}

impl Document<'_> {
    /// Reads the whole text as `T`.
    pub(super) fn read<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        toml::from_str(self.text).map_err(|error| self.mistake(&error).into())
    }

    /// One message about the line that holds byte `at`.
    pub(super) fn error(&self, at: usize, message: impl Display) -> anyhow::Error {
        let text = format!("{}, regel {}: {message}", self.path, self.line(at));
        Mistake { at, span: at..at, missing: None, meant: None, text }.into()
    }

    /// What the library found wrong, in Dutch.
    pub(super) fn mistake(&self, error: &toml::de::Error) -> Mistake {
        let span = error.span().unwrap_or(0..0);
        let message = error.message();
        let is_missing = message.starts_with("missing field");
        let missing = is_missing.then(|| message.split('`').nth(1).unwrap_or_default().to_owned());
        let text = self.translate(error).to_string();
        let meant = message.starts_with("unknown field").then(|| self.meant(&span, message));
        Mistake { at: span.start, span, missing, meant: meant.flatten(), text }
    }

    fn line(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        line_count(&self.text.as_bytes()[..at])
    }

    fn translate(&self, error: &toml::de::Error) -> anyhow::Error {
        let span = error.span().unwrap_or(0..0);
        let at = span.start.min(self.text.len());
        let excerpt = self.text.get(span).unwrap_or_default();
        let message = error.message();
        let expected = message.rsplit_once(", expected ").map_or("", |(_, expected)| expected);
        let sentence = if message.starts_with("unknown field") {
            unknown("onbekende sleutel", excerpt, expected)
        } else if message.starts_with("unknown variant") {
            unknown("onbekende waarde", excerpt, expected)
        } else if message.starts_with("missing field") {
            missing(message.split('`').nth(1).unwrap_or_default(), excerpt)
        } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
            self.wrong_value(at, excerpt, expected)
        } else if message.starts_with("wanted string") {
            self.wrong_value(at, excerpt, "a string")
        } else if message.starts_with("duplicate key") {
            let key = excerpt.trim_matches(['"', '\'']);
            format!("sleutel \"{key}\" staat hier voor de tweede keer; verwijder er een")
        } else {
            return self.syntax(at, message);
        };
        self.error(at, sentence)
    }

    /// The known key that is nearest to an unknown one.
    fn meant(&self, span: &Range<usize>, message: &str) -> Option<String> {
        let word = self.text.get(span.clone())?.trim_matches(['"', '\'']);
        let (_, expected) = message.rsplit_once(", expected ")?;
        let valid: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        nearest(word, &valid).map(str::to_owned)
    }

    fn wrong_value(&self, at: usize, excerpt: &str, expected: &str) -> String {
        let key =
            self.key_before(at).map_or("de waarde".to_owned(), |key| format!("sleutel \"{key}\""));
        let found: String = excerpt.chars().take_while(|&c| c != '\n').take(40).collect();
        format!("{key} heeft {found}; hier hoort {}", in_dutch(expected))
    }

    /// The key whose value begins at byte `at`, when both stand on one line.
    fn key_before(&self, at: usize) -> Option<String> {
        let begin = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let (before, _) = self.text[begin..at].rsplit_once('=')?;
        let key = before.rsplit([',', '{', '.']).next().unwrap_or_default();
        let key = key.trim().trim_matches(['"', '\'']);
        (!key.is_empty()).then(|| key.to_owned())
    }

    fn syntax(&self, at: usize, message: &str) -> anyhow::Error {
        let line = self.text.lines().nth(self.line(at) - 1).unwrap_or_default();
        let remedy = if has_decimal_comma(line) {
            "schrijf een getal met een punt: 3.5 en niet 3,5"
        } else if ["string", "quote", "missing value", "invalid value"]
            .iter()
            .any(|w| message.contains(w))
        {
            "achter het =-teken hoort een waarde; tekst staat tussen aanhalingstekens"
        } else if message.contains("unclosed") {
            "een haak of aanhalingsteken is niet gesloten"
        } else {
            "controleer aanhalingstekens, haken, het =-teken en datums (jjjj-mm-dd)"
        };
        anyhow!("{}, regel {} is geen geldige TOML; {remedy}", self.path, self.line(at))
    }
}

/// The line on which the byte after `before` stands, 1-based.
fn line_count(before: &[u8]) -> usize {
    before.split(|&byte| byte == b'\n').count()
}

fn has_decimal_comma(line: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit();
    !line.contains('[')
        && line.as_bytes().windows(3).any(|w| digit(w[0]) && w[1] == b',' && digit(w[2]))
}

/// `expected` names everything that is valid there, each between backticks.
fn unknown(what: &str, excerpt: &str, expected: &str) -> String {
    let word = excerpt.trim_matches(['"', '\'']);
    let valid: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    format!("{what} \"{word}\"; {}", suggestion(word, &valid))
}

fn missing(key: &str, excerpt: &str) -> String {
    if excerpt.starts_with('{') {
        format!("in deze tabel ontbreekt de sleutel \"{key}\"; voeg toe: {key} = …")
    } else if excerpt.starts_with('[') {
        format!("in {excerpt} ontbreekt de sleutel \"{key}\"; voeg een regel toe: {key} = …")
    } else {
        format!("het onderdeel [{key}] ontbreekt; voeg het toe, zie regions/oefenregio.toml")
    }
}

fn in_dutch(expected: &str) -> &str {
    match expected {
        "a string" => "tekst tussen aanhalingstekens",
        "a boolean" => "true of false, zonder aanhalingstekens",
        "f64" => "een getal, zonder aanhalingstekens en met een punt als decimaalteken",
        "i64" | "i32" | "u32" | "u64" | "usize" => "een geheel getal, zonder aanhalingstekens",
        "a sequence" => "een lijst tussen [ en ]",
        "a character" => "één teken tussen aanhalingstekens",
        "a map" => "een tabel: { sleutel = waarde }",
        // The wire structs describe themselves in Dutch.
        own if own.starts_with("een ") => own,
        _ => "een ander soort waarde; zie regions/oefenregio.toml",
    }
}

/// `bedoelde u "x"?`, or all that is valid when nothing is near.
pub(super) fn suggestion(word: &str, valid: &[&str]) -> String {
    match nearest(word, valid) {
        Some(near) => format!("bedoelde u \"{near}\"?"),
        None => format!("mogelijk zijn: {}", valid.join(", ")),
    }
}

/// The valid word that is nearest to what was written, when one is near enough.
pub(super) fn nearest<'a>(word: &str, valid: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(2);
    // A word that was broken off (tarief for tarief_ct) is as near as one wrong letter.
    let distance = |option: &str| {
        let broken_off = option.starts_with(&word) && word.len() > 2;
        if broken_off { 1 } else { strsim::damerau_levenshtein(&word, &option.to_lowercase()) }
    };
    valid
        .iter()
        .map(|option| (distance(option), *option))
        .filter(|(distance, option)| *distance <= limit && *distance < option.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, option)| option)
}

/// A path as it is shown: `/` between folders.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The text of a file of the user.
pub(super) fn read_text(path: &Path) -> anyhow::Result<String> {
    let name = shown(path);
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow!("{name} bestaat niet; controleer de naam en de map"),
        ErrorKind::PermissionDenied => {
            anyhow!("{name} mag niet worden gelezen; controleer de rechten op het bestand")
        }
        ErrorKind::IsADirectory => anyhow!("{name} is een map; geef een bestand op"),
        _ => anyhow!("{name} kan niet worden gelezen; controleer of de schijf bereikbaar is"),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = line_count(good);
        anyhow!("{name}, regel {line}: hier staat een teken dat geen UTF-8 is; sla het bestand op als UTF-8")
    })
}
