//! The files of queries: those in the program, and those of a folder that adds and overrides.
//!
//! Enters: a folder or nothing. Leaves: queries that are whole and checked, or only their headers, where a list is all
//! that is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::metrics::header::read_header;
use crate::metrics::query::{Contributor, JEUGDIGEN, Kind, Query, QueryError, shared_level};
use crate::metrics::sql::nearest;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries");

/// Text of a query file with how it is shown, by the name of the file.
type Texts = BTreeMap<String, (String, String)>;

impl Query {
    /// The built-in queries, added to and overridden by the `*.sql` files of `extra`; sorted by id.
    pub fn load_all(extra: Option<&Path>) -> Result<Vec<Arc<Self>>, QueryError> {
        let texts = texts(extra)?;
        let queries = texts
            .values()
            .map(|(shown, text)| Self::parse(text, shown).map(Arc::new))
            .collect::<Result<Vec<_>, _>>()?;
        for query in &queries {
            check_denominator(query, &queries)?;
        }
        Ok(queries)
    }

    /// One query with the queries it is divided by, sorted by id; the others are not looked at. `None` when there is
    /// no query of that id.
    pub fn load(id: &str, extra: Option<&Path>) -> Result<Option<Vec<Arc<Self>>>, QueryError> {
        let texts = texts(extra)?;
        let Some((shown, text)) = texts.get(&format!("{id}.sql")) else { return Ok(None) };
        let query = Self::parse(text, shown)?;
        with_denominators(query, &texts).map(Some)
    }

    /// A query of the user's own file, with the queries it is divided by.
    pub fn load_own(
        text: &str,
        shown_path: &str,
        extra: Option<&Path>,
    ) -> Result<Vec<Arc<Self>>, QueryError> {
        with_denominators(Self::parse(text, shown_path)?, &texts(extra)?)
    }

    /// True for a query of the program itself, word for word: it was run on every dataset of the tests.
    pub(crate) fn is_built_in(&self) -> bool {
        // By its text and not by its place: a report keeps the queries it was made with in a folder of its own.
        let name = format!("{}.sql", self.id);
        let mut files = BUILT_IN.files().chain(BUILT_IN.dirs().flat_map(Dir::files));
        files.any(|file| {
            file.path().file_name().is_some_and(|one| one == name.as_str())
                && file.contents_utf8() == Some(self.sql.as_str())
        })
    }

    /// True for somebody's own measure over tables about children that does not name them among its contributors.
    pub fn hides_children(&self) -> bool {
        let is_about = |table: &&str| {
            let columns = crate::schema::table(table).map_or(&[][..], |table| table.columns);
            columns.iter().any(|column| column.dtype == crate::schema::Dtype::Client)
        };
        self.kind == Kind::Measure
            && !self.contributors.contains(&Contributor::Client)
            && self.canonical_tables().iter().any(is_about)
            && !self.is_built_in()
    }

    /// The text of a file with SQL.
    pub fn read_text(path: &Path) -> Result<String, QueryError> {
        let shown = path.display().to_string().replace('\\', "/");
        fs::read_to_string(path).map_err(|error| {
            QueryError::at(&shown, 0, "niet te lezen als tekst; bewaar het bestand als UTF-8")
                .with_detail(error)
        })
    }

    /// Every query by its header alone, sorted by id. The SQL below it is not looked at.
    pub fn koppen(extra: Option<&Path>) -> Result<Vec<Self>, QueryError> {
        let one =
            |(shown, text): &(String, String)| read_header(text, shown)?.into_query(text, shown);
        texts(extra)?.values().map(one).collect()
    }
}

/// These queries with all of `all` that tell something of their figures, or that they are divided by; sorted by id. Outside
/// ICM their figures are protected together, as in a report.
pub fn verwanten(wanted: &[Arc<Query>], all: &[Arc<Query>]) -> Vec<Arc<Query>> {
    let mut out: BTreeMap<String, Arc<Query>> =
        wanted.iter().map(|query| (query.id.clone(), query.clone())).collect();
    loop {
        let is_next = |query: &&Arc<Query>| {
            let tells = |one: &Arc<Query>| {
                let is_below = one.denominator.as_ref() == Some(&query.id);
                is_below || (query.in_rapport && one.is_verwant(query))
            };
            !out.contains_key(&query.id) && out.values().any(tells)
        };
        let next: Vec<Arc<Query>> = all.iter().filter(is_next).cloned().collect();
        if next.is_empty() {
            return out.into_values().collect();
        }
        out.extend(next.into_iter().map(|query| (query.id.clone(), query)));
    }
}

/// A query, and each query that it or its denominator is divided by.
fn with_denominators(query: Query, texts: &Texts) -> Result<Vec<Arc<Query>>, QueryError> {
    let mut seen = BTreeSet::from([query.id.clone()]);
    let mut queries = vec![Arc::new(query)];
    let mut at = 0;
    while let Some(query) = queries.get(at).cloned() {
        let below = query.denominator.as_deref().filter(|id| *id != JEUGDIGEN);
        if let Some(id) = below.filter(|id| !seen.contains(*id)) {
            let Some((shown, text)) = texts.get(&format!("{id}.sql")) else {
                return Err(unknown_denominator(&query, id, texts));
            };
            seen.insert(id.to_owned());
            queries.push(Arc::new(Query::parse(text, shown)?));
        }
        at += 1;
    }
    for query in &queries {
        check_denominator(query, &queries)?;
    }
    // A zero that a denominator is given depends on the order in which they are completed: the same as in a report.
    queries.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(queries)
}

fn unknown_denominator(query: &Query, id: &str, texts: &Texts) -> QueryError {
    let names = texts.keys().filter_map(|name| name.strip_suffix(".sql")).chain([JEUGDIGEN]);
    let what = format!("onbekende noemer '{id}'{}", nearest(id, names));
    QueryError::at(&query.path, query.line_of("denominator"), what)
}

fn texts(extra: Option<&Path>) -> Result<Texts, QueryError> {
    let mut texts = Texts::new();
    let below = BUILT_IN.dirs().flat_map(Dir::files);
    for file in BUILT_IN.files().chain(below) {
        let Some(path) = file.path().to_str().filter(|name| is_sql(name)) else { continue };
        let shown = format!("queries/{}", path.replace('\\', "/"));
        let name = shown.rsplit('/').next().unwrap_or(&shown);
        let text = file
            .contents_utf8()
            .ok_or_else(|| QueryError::at(&shown, 0, "dit bestand is geen UTF-8"))?;
        texts.insert(name.to_owned(), (shown.clone(), text.to_owned()));
    }
    if let Some(folder) = extra {
        add_folder(folder, &mut texts)?;
    }
    Ok(texts)
}

fn is_sql(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "sql")
}

fn add_folder(folder: &Path, texts: &mut Texts) -> Result<(), QueryError> {
    let shown = folder.display().to_string();
    let unreadable = |error: std::io::Error| {
        QueryError::at(&shown, 0, "deze map met queries is niet te lezen; controleer het pad")
            .with_detail(error)
    };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            add_folder(&path, texts)?;
            continue;
        }
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if !is_sql(name) {
            continue;
        }
        let shown = path.display().to_string().replace('\\', "/");
        let text = Query::read_text(&path)?;
        texts.insert(name.to_owned(), (shown, text));
    }
    Ok(())
}

/// A denominator must exist, look at the same quarters and have each level it is asked for.
fn check_denominator(query: &Query, all: &[Arc<Query>]) -> Result<(), QueryError> {
    let Some(id) = query.denominator.as_deref().filter(|id| *id != JEUGDIGEN) else {
        return Ok(());
    };
    let line = query.line_of("denominator");
    let wrong = |what: String| Err(QueryError::at(&query.path, line, what));
    let Some(below) = all.iter().find(|other| other.id == id) else {
        let names = all.iter().map(|other| other.id.as_str()).chain([JEUGDIGEN]);
        return wrong(format!("onbekende noemer '{id}'{}", nearest(id, names)));
    };
    if below.id == query.id || below.kind != Kind::Measure {
        return wrong(format!(
            "'{id}' kan geen noemer zijn; kies een andere query met kind = \"measure\""
        ));
    }
    if query.in_rapport && !below.in_rapport {
        return wrong(format!(
            "noemer '{id}' staat niet in het rapport; haal daar rapport = false weg, of zet het ook hier"
        ));
    }
    if below.period != query.period {
        return wrong(format!(
            "noemer '{id}' kijkt naar een andere periode: {}",
            below.period.name()
        ));
    }
    for level in &query.levels {
        let shared = shared_level(level, below);
        if !below.levels.contains(&shared) {
            let level = shared.join(", ");
            return wrong(format!(
                "noemer '{id}' heeft geen niveau [{level}]; voeg dat toe aan levels"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_queries_are_sorted_and_complete() {
        let ids: Vec<String> =
            Query::load_all(None).unwrap().iter().map(|query| query.id.clone()).collect();
        assert!(ids.is_sorted());
        for id in
            ["maatwerk_nieuw", "maatwerk_kosten", "coordinatie_uren", "aflopend", "volledigheid"]
        {
            assert!(ids.iter().any(|known| known == id), "{id}");
        }
    }

    #[test]
    fn a_folder_adds_and_overrides_and_its_denominators_are_checked() {
        let folder = tempfile::tempdir().unwrap();
        let own = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let all = Query::load_all(None).unwrap();
        let find = |id: &str| all.iter().find(|query| query.id == id).unwrap();
        let (kosten, total) = (find("maatwerk_kosten"), find("kosten_totaal"));
        own("maatwerk_kosten.sql", &kosten.sql.replace("Kosten maatwerk", "Eigen titel"));
        own("aa_eigen.sql", &kosten.sql);
        own("lees.md", "geen query");
        let with_own = Query::load_all(Some(folder.path())).unwrap();
        assert_eq!(with_own.len(), all.len() + 1);
        assert_eq!(with_own[0].id, "aa_eigen");
        assert!(with_own.iter().any(|query| query.title == "Eigen titel"));

        let error = |from: &str, to: &str| {
            own("aa_eigen.sql", &kosten.sql.replace(from, to));
            Query::load_all(Some(folder.path())).unwrap_err().message
        };
        let message = error("\"kosten_totaal\"", "\"kosten_totaa\"");
        assert!(
            message.ends_with("onbekende noemer 'kosten_totaa'; bedoelde u 'kosten_totaal'?"),
            "{message}"
        );
        assert!(error("\"acht_kwartalen\"", "\"kwartaal\"").contains("andere periode"));
        assert!(error("\"kosten_totaal\"", "\"aflopend\"").contains("kan geen noemer zijn"));
        assert!(error("\"kosten_totaal\"", "\"coordinatie_uren\"").contains("geen niveau"));
        // What a report judges cannot be left out of it; the judge goes first.
        let judged = |line: &&str| !line.starts_with("judge") && !line.starts_with("chart");
        let total: String = total.sql.split_inclusive('\n').filter(judged).collect();
        own("kosten_totaal.sql", &total.replace("owner ", "rapport = false\nowner "));
        own("aa_eigen.sql", &kosten.sql);
        let message = Query::load_all(Some(folder.path())).unwrap_err().message;
        assert!(message.contains("noemer 'kosten_totaal' staat niet in het rapport"), "{message}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = Query::load_all(Some(Path::new("bestaat/niet"))).unwrap_err();
        assert_eq!(
            error.message,
            "bestaat/niet: deze map met queries is niet te lezen; controleer het pad"
        );
    }
}
