//! The templates of the pages: embedded in the program, to be overridden per file by a folder.
//!
//! Enters: optionally a folder of the user. Leaves: [`Templates`], which fills a template with values.
//! Does not know what the values mean.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use anyhow::bail;
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value};

/// Name and text of every template. A list and not the whole folder: the fonts of the charts lie there
/// too and would be in the program twice.
static EMBEDDED: [(&str, &str); 4] = [
    ("delen.html", include_str!("../../reports/sjabloon/delen.html")),
    ("leesmij.html", include_str!("../../reports/sjabloon/leesmij.html")),
    ("rapport.html", include_str!("../../reports/sjabloon/rapport.html")),
    ("stijl.css", include_str!("../../reports/sjabloon/stijl.css")),
];

/// A template that its author must change: place and cause, in Dutch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError(String);

impl std::fmt::Display for TemplateError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for TemplateError {}

/// Templates, parsed and ready.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    /// Where each template came from, for messages.
    origin: BTreeMap<String, String>,
    /// Text of the templates of the user, by name.
    own: BTreeMap<String, String>,
}

impl Templates {
    /// The embedded templates, each replaced by the file of the same name in `folder` where there is one.
    ///
    /// # Errors
    /// In Dutch, with file and line: when the folder holds no template, cannot be read, or one does not parse.
    pub fn load(folder: Option<&Path>) -> anyhow::Result<Self> {
        let mut sources = BTreeMap::new();
        let mut origin = BTreeMap::new();
        for (name, text) in EMBEDDED {
            sources.insert(name.to_owned(), text.to_owned());
            origin.insert(name.to_owned(), format!("ingebouwd: {name}"));
        }
        if let Some(folder) = folder {
            override_from(folder, &mut sources, &mut origin)?;
        }
        let is_own = |(name, text): &(&String, &String)| {
            !EMBEDDED.iter().any(|(known, own)| known == name && own == text)
        };
        let own = sources.iter().filter(is_own).map(|(name, text)| (name.clone(), text.clone()));
        let own = own.collect();
        let mut templates = Self { environment: environment(), origin, own };
        for (name, source) in sources {
            // A style sheet is full of braces and is not a template.
            let source =
                if is_style(&name) { format!("{{% raw %}}{source}{{% endraw %}}") } else { source };
            if let Err(error) = templates.environment.add_template_owned(name.clone(), source) {
                return Err(templates.explain(error, &name));
            }
        }
        Ok(templates)
    }

    /// The templates that are not those of the program, by name: with them the same pages can be made again.
    pub fn own(&self) -> &BTreeMap<String, String> {
        &self.own
    }

    /// Fills the template called `name`.
    ///
    /// # Errors
    /// In Dutch, with file and line, when the template asks for something that does not exist.
    pub fn render(&self, name: &str, values: Value) -> anyhow::Result<String> {
        self.environment
            .get_template(name)
            .and_then(|template| template.render(values))
            .map_err(|error| self.explain(error, name))
    }

    /// Place, cause and the line itself; the engine's own words stay behind it.
    fn explain(&self, error: minijinja::Error, fallback: &str) -> anyhow::Error {
        // The innermost error knows the place: an include or a macro wraps it.
        let mut inner: &minijinja::Error = &error;
        while let Some(deeper) = std::error::Error::source(inner)
            && let Some(deeper) = deeper.downcast_ref::<minijinja::Error>()
        {
            inner = deeper;
        }
        let name = inner.name().unwrap_or(fallback);
        let mut text = format!("sjabloon {}", self.origin.get(name).map_or(name, String::as_str));
        if let Some(line) = inner.line() {
            write!(text, ", regel {line}").expect("a text takes every text");
        }
        write!(text, ": {}", cause(inner.kind())).expect("a text takes every text");
        let detail = anyhow::anyhow!(inner.to_string());
        detail.context(TemplateError(text))
    }
}

/// Strict, so that a misspelt name is an error and not a blank.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().expect("the usual marks stay as they are"));
    // The default also escapes `/`, which makes every link unreadable in the source.
    environment.set_formatter(|out, state, value| {
        if matches!(state.auto_escape(), AutoEscape::None) || value.is_safe() {
            return write!(out, "{value}").map_err(minijinja::Error::from);
        }
        out.write_str(&escape(&value.to_string())).map_err(minijinja::Error::from)
    });
    environment
}

/// Text inside an element or a quoted attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

fn is_style(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "css")
}

fn override_from(
    folder: &Path,
    sources: &mut BTreeMap<String, String>,
    origin: &mut BTreeMap<String, String>,
) -> anyhow::Result<()> {
    let known: Vec<String> = sources.keys().cloned().collect();
    let mut found = false;
    for name in &known {
        let path = folder.join(name);
        if !path.is_file() {
            continue;
        }
        let shown = path.display();
        let bytes =
            std::fs::read(&path).with_context(|| format!("sjabloon {shown} is niet te lezen"))?;
        let Ok(text) = String::from_utf8(bytes) else {
            bail!("sjabloon {shown} is geen UTF-8; sla het bestand opnieuw op als UTF-8");
        };
        sources.insert(name.clone(), text.trim_start_matches('\u{FEFF}').to_owned());
        origin.insert(name.clone(), shown.to_string());
        found = true;
    }
    if !found {
        bail!("in de map {} staat geen sjabloon; verwacht: {}", folder.display(), known.join(", "));
    }
    Ok(())
}

/// What went wrong, in Dutch.
fn cause(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::SyntaxError => {
            "de schrijfwijze klopt niet (een haakje, aanhalingsteken of end… ontbreekt)"
        }
        ErrorKind::UndefinedError => "deze naam bestaat niet in het verslag",
        ErrorKind::UnknownFilter => "dit filter bestaat niet",
        ErrorKind::UnknownFunction => "deze functie bestaat niet",
        ErrorKind::UnknownTest => "deze toets (is …) bestaat niet",
        ErrorKind::UnknownMethod => "deze methode bestaat niet",
        ErrorKind::TemplateNotFound => "het sjabloon dat hier wordt aangeroepen bestaat niet",
        ErrorKind::BadInclude => "het sjabloon dat hier wordt ingevoegd is fout",
        _ => "kan niet worden ingevuld",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(name: &str, text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        folder
    }

    #[test]
    fn the_embedded_templates_parse() {
        Templates::load(None).unwrap();
    }

    #[test]
    fn a_template_that_does_not_parse_is_named_with_its_line() {
        let folder = folder_with("rapport.html", "een\n{% if %}\n");
        let error = Templates::load(Some(folder.path())).unwrap_err().to_string();
        assert!(error.contains("rapport.html, regel 2: de schrijfwijze"), "{error}");
        assert!(Templates::load(Some(folder.path())).unwrap_err().is::<TemplateError>());
    }

    #[test]
    fn a_misspelt_name_is_named_with_its_line() {
        let folder = folder_with("leesmij.html", "\n\n{{ titel }}\n");
        let templates = Templates::load(Some(folder.path())).unwrap();
        let error =
            templates.render("leesmij.html", minijinja::context! {}).unwrap_err().to_string();
        assert!(error.contains("leesmij.html, regel 3: deze naam bestaat niet"), "{error}");
    }

    #[test]
    fn a_folder_without_templates_is_refused_with_the_names_it_may_hold() {
        let folder = folder_with("iets-anders.html", "");
        let error = Templates::load(Some(folder.path())).unwrap_err().to_string();
        assert!(error.contains("leesmij.html, rapport.html, stijl.css"), "{error}");
    }

    #[test]
    fn values_are_escaped_and_a_style_sheet_is_left_alone() {
        let folder =
            folder_with("leesmij.html", "<a title=\"{{ x }}\">{% include 'stijl.css' %}</a>");
        std::fs::write(folder.path().join("stijl.css"), "a{{b}}").unwrap();
        let templates = Templates::load(Some(folder.path())).unwrap();
        let page =
            templates.render("leesmij.html", minijinja::context! { x => "\"<b>&/'" }).unwrap();
        assert_eq!(page, "<a title=\"&quot;&lt;b&gt;&amp;/&#39;\">a{{b}}</a>");
    }
}
