//! The TOML header of a query, from text to checked fields.
//!
//! Enters: the text of a query file. Leaves: a header of which every field is present, known and consistent.
//! Does not know the SQL below it.

mod params;
mod regel;

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use crate::metrics::param::Param;
use crate::metrics::personen::is_person;
use crate::metrics::query::{Contributor, Kind, Period, Query, QueryError, line_of_field};
use crate::metrics::signaal::{Invloed, Over, Vergelijk};
use crate::metrics::sql::nearest;

const OPEN: &str = "/*---";
const CLOSE: &str = "---*/";

/// The header as it stands in the file.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireHeader {
    title: String,
    question: String,
    why: String,
    kind: Kind,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    levels: Vec<Vec<String>>,
    value: Option<String>,
    unit: Option<String>,
    #[serde(default)]
    contributors: Vec<Contributor>,
    measure: Option<String>,
    denominator: Option<String>,
    samen_met: Option<String>,
    jaar: Option<bool>,
    period: Period,
    #[serde(default)]
    optional: Vec<String>,
    judge: Option<String>,
    regel: Option<String>,
    hoofdstuk: Option<String>,
    invloed: Option<Invloed>,
    geval: Option<Vec<String>>,
    nummer: Option<String>,
    bedrag: Option<String>,
    zin: Option<String>,
    gesprek: Option<String>,
    remedie: Option<String>,
    goed: Option<String>,
    fout: Option<String>,
    drempels: Option<Vec<String>>,
    vergelijk: Option<Vergelijk>,
    over: Option<Over>,
    chart: Option<String>,
    #[serde(default = "yes")]
    rapport: bool,
    owner: String,
    reviewed: toml::value::Datetime,
    #[serde(default)]
    params: BTreeMap<String, Param>,
}

/// A query stands in the report unless it says otherwise.
fn yes() -> bool {
    true
}

/// Finds and reads the header.
pub(super) fn read_header(text: &str, path: &str) -> Result<WireHeader, QueryError> {
    let missing = || {
        QueryError::at(
            path,
            1,
            "de kop ontbreekt; begin het bestand met /*--- en sluit de kop met ---*/",
        )
    };
    let inner = text.trim_start_matches('\u{feff}').strip_prefix(OPEN).ok_or_else(missing)?;
    let (inner, _) = inner.split_once(CLOSE).ok_or_else(missing)?;
    // The text after the opening mark begins on line 1, so lines of the TOML are lines of the file.
    toml::from_str(inner).map_err(|error| {
        let line = error.span().map_or(1, |span| 1 + inner[..span.start].matches('\n').count());
        header_error(path, line, inner, error.message())
    })
}

/// Says in Dutch what serde and TOML say in English.
fn header_error(path: &str, line: usize, inner: &str, raw: &str) -> QueryError {
    let names: Vec<&str> = raw.split('`').skip(1).step_by(2).collect();
    let found = names.first().copied().unwrap_or_default();
    let others = names.iter().skip(1).copied();
    let (line, what) = if raw.starts_with("unknown field") {
        let line = line_of_field(inner, found).max(line);
        (line, format!("onbekend veld '{found}' in de kop{}", nearest(found, others)))
    } else if raw.starts_with("missing field") {
        (1, format!("veld '{found}' ontbreekt in de kop; voeg het toe"))
    } else if raw.starts_with("unknown variant") {
        let choices = others.collect::<Vec<_>>().join(", ");
        (line, format!("onbekende waarde '{found}' in de kop; kies uit: {choices}"))
    } else if raw.starts_with("duplicate key") {
        (line, "dit veld staat twee keer in de kop; haal er een weg".to_owned())
    } else {
        (
            line,
            "de kop is niet te lezen; controleer aanhalingstekens, haken en de soort waarde"
                .to_owned(),
        )
    };
    QueryError::at(path, line, what).with_detail(raw)
}

impl WireHeader {
    /// Checks the fields against each other; the SQL is looked at later.
    pub(super) fn into_query(mut self, text: &str, path: &str) -> Result<Query, QueryError> {
        let at = |field: &str, what: String| QueryError::at(path, line_of_field(text, field), what);
        self.check_levels(&at)?;
        self.check_rapport(&at)?;
        let rule = regel::take(&mut self, &at)?;
        params::check(&mut self.params, text, path)?;
        let is_measure = self.kind == Kind::Measure;
        let needed = |field: &'static str, value: Option<String>| match value {
            None if is_measure => Err(QueryError::at(
                path,
                1,
                format!("veld '{field}' ontbreekt in de kop; voeg het toe"),
            )),
            Some(_) if !is_measure => Err(at(
                field,
                format!("{} heeft geen veld '{field}'; haal het weg", self.kind.naam()),
            )),
            value => Ok(value.unwrap_or_default()),
        };
        let undated = || at("reviewed", "schrijf een datum als 2026-11-22".to_owned());
        let reviewed = date_of(self.reviewed).ok_or_else(undated)?;
        let value = needed("value", self.value)?;
        let (unit, measure) = (needed("unit", self.unit)?, needed("measure", self.measure)?);
        let mut query = Query {
            id: id_of(path)?.to_owned(),
            path: path.to_owned(),
            value,
            unit,
            measure,
            reviewed,
            title: self.title,
            question: self.question,
            why: self.why,
            kind: self.kind,
            keys: self.keys,
            levels: self.levels,
            contributors: self.contributors,
            denominator: self.denominator,
            samen_met: self.samen_met,
            jaar: self.jaar,
            period: self.period,
            judge: self.judge,
            chart: self.chart,
            in_rapport: self.rapport,
            regel: rule.regel,
            hoofdstuk: rule.hoofdstuk,
            zin: rule.zin,
            signaal: rule.signaal,
            owner: self.owner,
            optional: self.optional,
            params: self.params,
            sql: text.trim_start_matches('\u{feff}').to_owned(),
            tables: Vec::new(),
            columns: Vec::new(),
            bool_keys: Vec::new(),
        };
        if query.kind == Kind::Signaal {
            query.count_cases();
        }
        Ok(query)
    }

    fn check_rapport(&self, at: &dyn Fn(&str, String) -> QueryError) -> Result<(), QueryError> {
        if !self.rapport && (self.regel.is_some() || self.judge.is_some()) {
            let what =
                "wat een regel meet of in het rapport wordt beoordeeld, staat in het rapport";
            return Err(at("rapport", format!("{what}; haal rapport = false weg")));
        }
        Ok(())
    }

    fn check_levels(&self, at: &dyn Fn(&str, String) -> QueryError) -> Result<(), QueryError> {
        if self.kind != Kind::Measure {
            for (field, given) in [
                ("keys", self.kind != Kind::List && !self.keys.is_empty()),
                ("levels", !self.levels.is_empty()),
                ("contributors", !self.contributors.is_empty()),
                ("denominator", self.denominator.is_some()),
                ("samen_met", self.samen_met.is_some()),
                ("jaar", self.jaar.is_some()),
            ] {
                if given {
                    return Err(at(
                        field,
                        format!("{} heeft geen veld '{field}'; haal het weg", self.kind.naam()),
                    ));
                }
            }
            return Ok(());
        }
        if self.keys.is_empty() || self.levels.is_empty() {
            return Err(at(
                "kind",
                "een measure heeft keys en levels nodig; voeg ze toe aan de kop".to_owned(),
            ));
        }
        if let Some(key) = self.keys.iter().find(|key| is_person(key)) {
            let what = format!("'{key}' kan geen sleutel zijn: die wijst een persoon aan");
            return Err(at("keys", format!("{what}; noem client bij contributors")));
        }
        if let Some(value) = self.value.as_deref().filter(|value| is_person(value)) {
            let what = format!("'{value}' kan geen waarde zijn: die wijst een persoon aan");
            return Err(at("value", format!("{what}; tel personen met COUNT(DISTINCT …)")));
        }
        let in_order: Vec<Vec<String>> = (self.levels.iter())
            .map(|level| self.keys.iter().filter(|key| level.contains(key)).cloned().collect())
            .collect();
        for (level, ordered) in self.levels.iter().zip(&in_order) {
            if let Some(key) = level.iter().find(|key| !self.keys.contains(key)) {
                let near = nearest(key, self.keys.iter().map(String::as_str));
                return Err(at(
                    "levels",
                    format!("niveau noemt '{key}', dat niet in keys staat{near}"),
                ));
            }
            if level != ordered {
                let order = ordered.join(", ");
                return Err(at(
                    "levels",
                    format!("schrijf dit niveau in de volgorde van keys: [{order}]"),
                ));
            }
        }
        Ok(())
    }
}

/// The stem of the file, which is the name of the query.
fn id_of(path: &str) -> Result<&str, QueryError> {
    let id = Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if id.is_empty() || !id.chars().all(fits) {
        let what = "gebruik in de bestandsnaam alleen kleine letters, cijfers en _";
        return Err(QueryError::at(path, 0, what));
    }
    Ok(id)
}

fn date_of(written: toml::value::Datetime) -> Option<NaiveDate> {
    let date = written.date.filter(|_| written.time.is_none())?;
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"/*---
title = "t"
question = "q"
why = "w"
kind = "measure"
keys = ["gemeente", "kwartaal"]
levels = [["gemeente", "kwartaal"], ["kwartaal"]]
value = "bedrag_ct"
unit = "eurocent"
measure = "kosten"
period = "kwartaal"
owner = "ICM"
reviewed = 2026-11-22
---*/
SELECT gemeente, kwartaal, bedrag_ct FROM declaraties
"#;

    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        assert!(GOOD.contains(from));
        let error = Query::parse(&GOOD.replace(from, to), "queries/proef.sql").unwrap_err();
        assert_eq!(error.message, format!("queries/proef.sql{expected}"), "{:?}", error.detail);
    }

    #[test]
    fn the_example_itself_is_accepted() {
        let query = Query::parse(GOOD, "queries/proef.sql").unwrap();
        assert_eq!(query.reviewed.to_string(), "2026-11-22");
        assert!(Query::parse(&format!("\u{feff}{GOOD}"), "queries/proef.sql").is_ok());
    }

    #[test]
    fn fields_are_known_complete_and_of_the_right_kind() {
        check("keys =", "kyes =", ":6: onbekend veld 'kyes' in de kop; bedoelde u 'keys'?");
        check("why = \"w\"\n", "", ":1: veld 'why' ontbreekt in de kop; voeg het toe");
        check("unit = \"eurocent\"\n", "", ":1: veld 'unit' ontbreekt in de kop; voeg het toe");
        check(
            "\"measure\"",
            "\"maat\"",
            ":5: onbekende waarde 'maat' in de kop; kies uit: measure, list, draws, signaal",
        );
        check(
            "owner = \"ICM\"",
            "owner = ICM",
            ":12: de kop is niet te lezen; controleer aanhalingstekens, haken en de soort waarde",
        );
        check("2026-11-22", "2026-11-22T10:00:00", ":13: schrijf een datum als 2026-11-22");
        check(
            "why = \"w\"",
            "title = \"w\"",
            ":4: dit veld staat twee keer in de kop; haal er een weg",
        );
        check(
            "/*---",
            "/*",
            ":1: de kop ontbreekt; begin het bestand met /*--- en sluit de kop met ---*/",
        );
    }

    #[test]
    fn what_the_report_judges_is_in_the_report() {
        let only_asked = GOOD.replace("owner", "rapport = false\nowner");
        assert!(!Query::parse(&only_asked, "queries/proef.sql").unwrap().in_rapport);
        assert!(Query::parse(GOOD, "queries/proef.sql").unwrap().in_rapport);
        let judged = "rapport = false\njudge = \"kosten\"\nowner";
        let what = "wat een regel meet of in het rapport wordt beoordeeld, staat in het rapport";
        check("owner", judged, &format!(":12: {what}; haal rapport = false weg"));
    }

    #[test]
    fn levels_are_keys_in_the_order_of_the_keys() {
        let order = ":7: schrijf dit niveau in de volgorde van keys: [gemeente, kwartaal]";
        check("[[\"gemeente\", \"kwartaal\"]", "[[\"kwartaal\", \"gemeente\"]", order);
        let unknown = ":7: niveau noemt 'kwartal', dat niet in keys staat; bedoelde u 'kwartaal'?";
        check("[\"kwartaal\"]]", "[\"kwartal\"]]", unknown);
    }

    #[test]
    fn a_list_shows_no_person_and_has_no_measure() {
        let list = GOOD
            .lines()
            .filter(|line| {
                !["levels", "value", "unit", "measure"].iter().any(|f| line.starts_with(f))
            })
            .map(|line| line.replace("\"measure\"", "\"list\"") + "\n")
            .collect::<String>();
        assert!(Query::parse(&list, "queries/proef.sql").is_ok());
        let error =
            Query::parse(&list.replace(", bedrag_ct", ", client"), "proef.sql").unwrap_err();
        assert!(error.message.contains("een lijst toont geen kolom 'client'"), "{error}");
    }
}
