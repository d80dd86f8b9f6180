//! What is chosen of a query: its parameters, the cells that are wanted, and the level.
//!
//! Enters: a query and what was asked for (`gemeente=Zeist`). Leaves: [`Keuze`], in which every name is known, or in Dutch
//! what is wrong and what there is. Whether a value occurs is seen afterwards, by `Keuze::waarden`.

mod filter;
mod niveau;

use std::collections::BTreeMap;

use crate::dutch::sort_key;
pub use crate::metrics::keuze::filter::Filter;
use crate::metrics::keuze::niveau::{eerste_niveau, gekozen_niveau};
use crate::metrics::measured::ONBEKEND;
use crate::metrics::param::{ParamSoort, vorm_van};
use crate::metrics::query::{Kind, Period, Query};
use crate::metrics::signaal::OORDEEL;
use crate::metrics::sql::nearest;
use crate::period::Kwartaal;
use crate::schema::normalise_heading;

const GEMEENTE: &str = "gemeente";
const KWARTAAL: &str = "kwartaal";
const AANBIEDER: &str = "aanbieder";
/// Asked for the level without keys.
const TOTAAL: &str = "totaal";

/// One `--par`: a name and the text behind the `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gevraagd {
    /// Name of a parameter or key.
    pub naam: String,
    /// One value, or several with commas between them.
    pub tekst: String,
}

/// Names people use for what the data holds as a code.
pub struct Namen<'a> {
    /// Code and name of every gemeente of the region.
    pub gemeenten: &'a [(String, String)],
    /// Name of the aanbieder by AGB code.
    pub aanbieders: &'a BTreeMap<String, String>,
}

/// What is chosen of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keuze {
    /// Values of the parameters of the header.
    pub params: BTreeMap<String, Vec<String>>,
    /// Keys or columns of which only some values are wanted.
    pub filters: Vec<Filter>,
    /// The quarter of the run that follows from what was asked.
    pub kwartaal: Option<Kwartaal>,
    /// Keys of the level that is shown; empty for a list.
    pub niveau: Vec<String>,
}

/// Sorts out what was asked for. `per` are the keys of the level, when somebody chose one; `is_rijen` when the rows of a
/// signal are asked for instead of its counts.
///
/// # Errors
/// In Dutch: a name or value that is not known, with the nearest one and all there are.
pub fn kies(
    query: &Query,
    gevraagd: &[Gevraagd],
    per: Option<&[String]>,
    is_rijen: bool,
    namen: &Namen<'_>,
) -> Result<Keuze, String> {
    let mut given: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in gevraagd {
        let naam = bekende_naam(query, &one.naam, is_rijen)?;
        given.entry(naam).or_default().push(one.tekst.clone());
    }
    let mut keuze =
        Keuze { params: BTreeMap::new(), filters: Vec::new(), kwartaal: None, niveau: Vec::new() };
    for (naam, gegeven) in given {
        if let Some(param) = query.params.get(naam) {
            let values = gegeven.iter().map(|text| delen(text, &param.soort, namen));
            let values = values.collect::<Result<Vec<_>, _>>()?.concat();
            let wrong =
                |what| format!("parameter '{naam}': {what}\n{}", overzicht(query, is_rijen));
            keuze.params.insert(naam.to_owned(), param.kies(&values).map_err(wrong)?);
            continue;
        }
        let bekend = bekend(query, naam, &gegeven, namen)?;
        if naam == KWARTAAL {
            let quarters = bekend.iter().flatten().filter_map(|text| text.parse().ok());
            keuze.kwartaal = quarters.max();
        }
        if naam != KWARTAAL || has_quarters(query, is_rijen) {
            keuze.filters.push(Filter { naam: naam.to_owned(), gegeven, bekend });
        } else if bekend.is_some_and(|quarters| quarters.len() > 1) {
            let id = &query.id;
            return Err(format!("{id} gaat over één kwartaal tegelijk; kies er een"));
        }
    }
    let is_cells = matches!(query.kind, Kind::Measure | Kind::Signaal) && !is_rijen;
    match per {
        Some(per) if is_cells => keuze.niveau = gekozen_niveau(query, per, &keuze.filters)?,
        Some(_) => return Err("--per hoort bij cijfers; een lijst heeft geen niveaus".to_owned()),
        None if is_cells => keuze.niveau = eerste_niveau(query, &keuze.filters)?,
        None => {}
    }
    Ok(keuze)
}

/// What can be chosen on besides the parameters: keys of figures, columns of rows.
fn sleutels(query: &Query, is_rijen: bool) -> Vec<&str> {
    // The child of a case is only counted, and every case of a list is a hit.
    let is_shown = |name: &&str| !["client", "treffer"].contains(name);
    if query.kind == Kind::List || is_rijen {
        return query.columns.iter().map(String::as_str).filter(is_shown).collect();
    }
    let is_added_up = |key: &&String| query.levels.iter().any(|level| level.contains(key));
    query.keys.iter().filter(is_added_up).map(String::as_str).collect()
}

/// True when the answer itself has quarters, rather than being about one.
fn has_quarters(query: &Query, is_rijen: bool) -> bool {
    sleutels(query, is_rijen).contains(&KWARTAAL)
}

/// The name as the query has it.
fn bekende_naam<'q>(query: &'q Query, naam: &str, is_rijen: bool) -> Result<&'q str, String> {
    let wanted = normalise_heading(naam);
    let mut known: Vec<&str> = query.params.keys().map(String::as_str).collect();
    known.extend(sleutels(query, is_rijen));
    // The quarter of the run can be chosen of everything that looks at quarters.
    if query.period != Period::Alles {
        known.push(KWARTAAL);
    }
    known.iter().find(|name| normalise_heading(name) == wanted).copied().ok_or_else(|| {
        let near = nearest(naam, known.iter().copied());
        format!("{} heeft geen parameter '{naam}'{near}\n{}", query.id, overzicht(query, is_rijen))
    })
}

/// Everything that can be chosen, a line each.
fn overzicht(query: &Query, is_rijen: bool) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for (name, param) in &query.params {
        let mut text = param.soort.vorm().to_owned();
        if let Some(allowed) = &param.allowed {
            text = format!("{text}; kies uit: {}", allowed.join(", "));
        }
        match &param.default {
            Some(default) => text = format!("{text}; zonder keuze: {}", default.join(", ")),
            None => text.push_str("; zonder keuze: alles"),
        }
        lines.push((name.clone(), text));
    }
    let has_quarter = query.period != Period::Alles && !has_quarters(query, is_rijen);
    let quarter = has_quarter.then_some(KWARTAAL);
    for key in sleutels(query, is_rijen).into_iter().chain(quarter) {
        if query.params.contains_key(key) {
            continue;
        }
        let is_flag = query.bool_keys.iter().any(|known| known == key);
        let text = match key {
            _ if is_flag => "ja of nee",
            OORDEEL if query.kind == Kind::Signaal => "treffer, goed of onbekend",
            key => vorm_van(key),
        };
        lines.push((key.to_owned(), text.to_owned()));
    }
    if lines.is_empty() {
        return "      er valt niets te kiezen".to_owned();
    }
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let line = |(name, text): &(String, String)| format!("      {name:<width$}  {text}");
    let lines: Vec<String> = lines.iter().map(line).collect();
    format!("      te kiezen met --par:\n{}", lines.join("\n"))
}

/// The values of a parameter: one, or several with commas between them.
fn delen(text: &str, soort: &ParamSoort, namen: &Namen<'_>) -> Result<Vec<String>, String> {
    match soort.naam() {
        GEMEENTE => split(text).map(|part| gemeente(part, namen.gemeenten)).collect(),
        AANBIEDER if is_whole_name(text, namen) => Ok(vec![aanbieder(text, namen)]),
        AANBIEDER => Ok(split(text).map(|part| aanbieder(part, namen)).collect()),
        _ => Ok(split(text).map(ToOwned::to_owned).collect()),
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// A name with a comma in it is one name.
fn is_whole_name(text: &str, namen: &Namen<'_>) -> bool {
    let wanted = normalise_heading(text);
    namen.aanbieders.values().any(|name| normalise_heading(name) == wanted)
}

/// The name of an aanbieder that may be given by its AGB code; what is not known stays as it is.
fn aanbieder(text: &str, namen: &Namen<'_>) -> String {
    let text = text.trim();
    if let Some(name) = namen.aanbieders.get(text) {
        return name.clone();
    }
    let wanted = normalise_heading(text);
    let named = namen.aanbieders.values().find(|name| normalise_heading(name) == wanted);
    named.map_or_else(|| text.to_owned(), Clone::clone)
}

/// The code of a gemeente by its name, in any case and with or without accents, or by that code.
///
/// # Errors
/// In Dutch, with the nearest name and all there are.
pub fn gemeente(text: &str, gemeenten: &[(String, String)]) -> Result<String, String> {
    let wanted = normalise_heading(text);
    if wanted == ONBEKEND {
        return Ok(ONBEKEND.to_owned());
    }
    let is_it =
        |(code, name): &&(String, String)| code == text.trim() || normalise_heading(name) == wanted;
    gemeenten.iter().find(is_it).map(|(code, _)| code.clone()).ok_or_else(|| {
        let near = nearest(text, gemeenten.iter().map(|(_, name)| name.as_str()));
        let mut all: Vec<&str> = gemeenten.iter().map(|(_, name)| name.as_str()).collect();
        all.sort_by_cached_key(|name| sort_key(name));
        let all = all.join(", ");
        format!("onbekende gemeente '{text}'{near}\n      gemeenten van de regio: {all}")
    })
}

/// The values of a key of which all that can be are known beforehand.
fn bekend(
    query: &Query,
    naam: &str,
    gegeven: &[String],
    namen: &Namen<'_>,
) -> Result<Option<Vec<String>>, String> {
    let parts = || gegeven.iter().flat_map(|text| split(text));
    let is_flag = query.bool_keys.iter().any(|key| key == naam);
    let read = |soort: &ParamSoort| {
        let one = |part: &str| match part {
            ONBEKEND if is_flag => Ok(ONBEKEND.to_owned()),
            part => soort.lees(part),
        };
        parts().map(one).collect::<Result<Vec<_>, _>>()
    };
    let values = match naam {
        GEMEENTE => {
            parts().map(|part| gemeente(part, namen.gemeenten)).collect::<Result<_, _>>()?
        }
        KWARTAAL | "maand" => {
            let all = read(&ParamSoort::Kolom(naam.to_owned()));
            all.map_err(|what| format!("parameter '{naam}': {what}"))?
        }
        _ if is_flag => {
            read(&ParamSoort::JaNee).map_err(|what| format!("parameter '{naam}': {what}"))?
        }
        AANBIEDER => {
            let whole = |text: &String| aanbieder(text, namen);
            let is_code = |text: &&String| namen.aanbieders.contains_key(text.trim());
            let is_known = |text: &String| is_whole_name(text, namen) || is_code(&text);
            if !gegeven.iter().all(is_known) {
                return Ok(None);
            }
            gegeven.iter().map(whole).collect()
        }
        _ => return Ok(None),
    };
    if values.is_empty() {
        return Err(format!("parameter '{naam}': er staat geen waarde achter het ="));
    }
    Ok(Some(values))
}
