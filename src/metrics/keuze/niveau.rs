//! Which level of a query is shown.

use std::collections::BTreeSet;

use crate::metrics::keuze::{Filter, TOTAAL};
use crate::metrics::query::{Kind, Query};
use crate::metrics::signaal::OORDEEL;
use crate::metrics::sql::nearest;
use crate::schema::normalise_heading;

/// The first level of the header that has every key that is chosen on.
pub(super) fn eerste_niveau(query: &Query, filters: &[Filter]) -> Result<Vec<String>, String> {
    let fits = |level: &&Vec<String>| filters.iter().all(|filter| level.contains(&filter.naam));
    query.levels.iter().find(fits).cloned().ok_or_else(|| {
        let names: Vec<&str> = filters.iter().map(|filter| filter.naam.as_str()).collect();
        format!("{} is niet uitgerekend per {}\n{}", query.id, names.join(" en "), niveaus(query))
    })
}

/// The level with exactly these keys; of a signal the verdict goes without saying.
pub(super) fn gekozen_niveau(
    query: &Query,
    per: &[String],
    filters: &[Filter],
) -> Result<Vec<String>, String> {
    let is_total = per.len() == 1 && normalise_heading(&per[0]) == TOTAAL;
    let mut wanted = BTreeSet::new();
    for key in per.iter().filter(|_| !is_total) {
        let known =
            query.keys.iter().find(|known| normalise_heading(known) == normalise_heading(key));
        let Some(known) = known else {
            let near = nearest(key, query.keys.iter().map(String::as_str));
            return Err(format!(
                "{} heeft geen sleutel '{key}'{near}\n{}",
                query.id,
                niveaus(query)
            ));
        };
        wanted.insert(known.as_str());
    }
    if query.kind == Kind::Signaal {
        wanted.insert(OORDEEL);
    }
    let is_it = |level: &&Vec<String>| {
        level.len() == wanted.len() && level.iter().all(|key| wanted.contains(key.as_str()))
    };
    let Some(level) = query.levels.iter().find(is_it) else {
        let asked = per.join(",");
        return Err(format!("{} is niet uitgerekend per {asked}\n{}", query.id, niveaus(query)));
    };
    if let Some(filter) = filters.iter().find(|filter| !level.contains(&filter.naam)) {
        let naam = &filter.naam;
        return Err(format!(
            "om op {naam} te kiezen moet {naam} ook in --per staan\n{}",
            niveaus(query)
        ));
    }
    Ok(level.clone())
}

/// The levels there are, as `--per` writes them.
fn niveaus(query: &Query) -> String {
    let text = |level: &Vec<String>| {
        let keys: Vec<&str> = (level.iter().map(String::as_str))
            .filter(|key| query.kind != Kind::Signaal || *key != OORDEEL)
            .collect();
        if keys.is_empty() { TOTAAL.to_owned() } else { keys.join(",") }
    };
    let levels: Vec<String> = query.levels.iter().map(text).collect();
    format!("      niveaus voor --per: {}", levels.join(" | "))
}
