//! What can stand at the cursor, of what changes with a region or a query.
//!
//! Enters: the words behind the program up to the cursor, without quotes. Leaves: whole words that begin as the last one
//! does. Knows no shell.

use std::sync::Arc;

use clap::CommandFactory as _;

use crate::checks::all_rules;
use crate::cli::args::Cli;
use crate::inventaris;
use crate::metrics::woordenboek::tabellen;
use crate::metrics::{Kind, Query};
use crate::region::Region;
use crate::schema::normalise_heading;

/// What follows an option that takes a choice.
const KEUZES: &[(&str, &[&str])] = &[
    ("--publiek", &["intern", "regio"]),
    ("--soort", &["bars", "line"]),
    ("--kleur", &["auto", "altijd", "nooit"]),
];

/// Values for the last word; none when the shell knows better.
pub(super) fn waarden(words: &[String]) -> Vec<String> {
    let Some((last, before)) = words.split_last() else { return Vec::new() };
    let Some(command) = before.first().and_then(|word| opdracht(word)) else { return Vec::new() };
    // `--regio=zo` is one word.
    if let Some((option, begun)) =
        last.split_once('=').filter(|(option, _)| option.starts_with("--"))
    {
        let values = van_optie(option, &command, before, begun);
        return values.into_iter().map(|value| format!("{option}={value}")).collect();
    }
    let previous = before.last().map(String::as_str).unwrap_or_default();
    if previous.starts_with("--") && neemt_waarde(previous) {
        return van_optie(previous, &command, before, last);
    }
    if last.starts_with('-') { Vec::new() } else { van_plaats(&command, before, last) }
}

/// The command by its own name; English names are understood too.
fn opdracht(word: &str) -> Option<String> {
    let all = Cli::command();
    let found = all.find_subcommand(word)?;
    Some(found.get_name().to_owned())
}

/// Values of an option.
fn van_optie(option: &str, command: &str, before: &[String], begun: &str) -> Vec<String> {
    if let Some((_, choices)) = KEUZES.iter().find(|(known, _)| *known == option) {
        return beginnend(choices.iter().map(|one| (*one).to_owned()), begun);
    }
    match option {
        "--regio" | "--zoals" => beginnend(Region::names(), begun),
        "--gemeenten" => met_komma(begun, &namen_van_nederland()),
        "--woordenboek" => beginnend(tabellen().into_iter().map(|one| one.naam), begun),
        "--als" if !begun.contains('=') => {
            let tables = crate::schema::TABLES.iter().map(|table| format!("{}=", table.name));
            beginnend(tables, begun)
        }
        "--par" if command == "vraag" => par(before, begun),
        "--per" if command == "vraag" => {
            let levels = gevraagde(before).map(|query| query.levels.clone()).unwrap_or_default();
            let level = |keys: Vec<String>| {
                if keys.is_empty() { "totaal".to_owned() } else { keys.join(",") }
            };
            beginnend(levels.into_iter().map(level), begun)
        }
        _ => Vec::new(),
    }
}

/// Values of a word that is no option, by its place.
fn van_plaats(command: &str, before: &[String], begun: &str) -> Vec<String> {
    // A word behind an option that takes a value is that value; the first loose word is what counts.
    let loose: Vec<&String> = losse(before).collect();
    match (command, loose.as_slice()) {
        ("vraag", []) => {
            let queries = Query::koppen(None).unwrap_or_default();
            let shown = queries.into_iter().filter(|query| query.kind != Kind::Draws);
            beginnend(shown.map(|query| query.id), begun)
        }
        ("uitleg", []) => {
            let codes = all_rules().into_iter().map(|rule| rule.code);
            let codes = codes.chain(inventaris::alle().map(|regel| regel.id));
            beginnend(codes.map(ToOwned::to_owned), begun)
        }
        ("regio", []) => beginnend(["toon", "nieuw", "controleer"].map(ToOwned::to_owned), begun),
        ("regio", [actie]) if ["toon", "controleer"].contains(&actie.as_str()) => {
            beginnend(Region::names(), begun)
        }
        ("aanvullen", []) => {
            beginnend(super::Schil::ALLE.map(|schil| schil.naam().to_owned()), begun)
        }
        _ => Vec::new(),
    }
}

/// Words behind the command that are no option and no value of one.
fn losse(before: &[String]) -> impl Iterator<Item = &String> {
    let behind = before.iter().skip(1);
    behind
        .zip(before.iter())
        .filter(|(word, previous)| {
            let is_value =
                previous.starts_with("--") && !previous.contains('=') && neemt_waarde(previous);
            !word.starts_with('-') && !is_value
        })
        .map(|(word, _)| word)
}

/// True for an option behind which a value comes.
fn neemt_waarde(option: &str) -> bool {
    const VLAGGEN: &[&str] = &[
        "--regels",
        "--overschrijf",
        "--stil",
        "--uitgebreid",
        "--proef",
        "--help",
        "--json",
        "--csv",
    ];
    !VLAGGEN.contains(&option)
}

/// The query that is asked.
fn gevraagde(before: &[String]) -> Option<Arc<Query>> {
    let name = losse(before).next()?;
    let queries = Query::load(name, None).ok()??;
    queries.into_iter().find(|query| query.id == *name)
}

/// `name=` of what can be chosen, or the values behind it.
fn par(before: &[String], begun: &str) -> Vec<String> {
    let query = gevraagde(before);
    let Some((name, value)) = begun.split_once('=') else {
        let mut names: Vec<String> = match &query {
            Some(query) => query.params.keys().chain(&query.keys).cloned().collect(),
            None => ["gemeente", "kwartaal", "aanbieder"].map(ToOwned::to_owned).into(),
        };
        names.sort();
        names.dedup();
        return beginnend(names.into_iter().map(|name| format!("{name}=")), begun);
    };
    let param = query.as_ref().and_then(|query| query.params.get(name));
    let values = match (name, param) {
        (_, Some(param)) if param.allowed.is_some() => param.allowed.clone().unwrap_or_default(),
        ("gemeente", _) => gemeenten(before),
        _ if query.as_ref().is_some_and(|query| query.bool_keys.iter().any(|key| key == name)) => {
            ["ja", "nee"].map(ToOwned::to_owned).into()
        }
        _ => Vec::new(),
    };
    met_komma(value, &values).into_iter().map(|value| format!("{name}={value}")).collect()
}

/// Names of the gemeenten of the region that is chosen, else of every region that is built in.
fn gemeenten(before: &[String]) -> Vec<String> {
    let glued = before.iter().find_map(|word| word.strip_prefix("--regio="));
    let apart = before.iter().position(|word| word == "--regio").and_then(|at| before.get(at + 1));
    let chosen = glued.or(apart.map(String::as_str)).map(ToOwned::to_owned);
    let names = chosen.map_or_else(Region::names, |name| vec![name]);
    let regions = names.iter().filter_map(|name| Region::load(name, None).ok());
    let mut out: Vec<String> =
        regions.flat_map(|region| region.gemeenten).map(|gemeente| gemeente.naam).collect();
    out.sort_by_key(|name| crate::dutch::sort_key(name));
    out.dedup();
    out
}

fn namen_van_nederland() -> Vec<String> {
    crate::region::gemeentelijst().into_iter().map(|one| one.naam).collect()
}

/// The values that begin as the last of a row with commas does, each behind what is there already.
fn met_komma(begun: &str, values: &[String]) -> Vec<String> {
    let (there, last) = match begun.rsplit_once(',') {
        Some((there, last)) => (format!("{there},"), last),
        None => (String::new(), begun),
    };
    let values = beginnend(values.iter().cloned(), last);
    values.into_iter().map(|value| format!("{there}{value}")).collect()
}

/// Those that begin with what is typed: as it stands but for its case, else without the sign in front (`'s-Gravenhage`), else
/// without accents and signs.
fn beginnend(values: impl IntoIterator<Item = String>, begun: &str) -> Vec<String> {
    let values: Vec<String> = values.into_iter().collect();
    let lower = begun.to_lowercase();
    let plain = normalise_heading(begun);
    let ways: [&dyn Fn(&str) -> bool; 3] = [
        &|value| value.to_lowercase().starts_with(&lower),
        &|value| value.trim_start_matches('\'').to_lowercase().starts_with(&lower),
        &|value| !plain.is_empty() && normalise_heading(value).starts_with(&plain),
    ];
    let found = ways
        .iter()
        .map(|fits| values.iter().filter(|value| fits(value)).cloned().collect::<Vec<String>>());
    found.into_iter().find(|some| !some.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &[&str], expected: &[&str]) {
        let words: Vec<String> = line.iter().map(|&word| word.to_owned()).collect();
        assert_eq!(waarden(&words), expected, "{line:?}");
    }

    #[track_caller]
    fn has(line: &[&str], expected: &str) {
        let words: Vec<String> = line.iter().map(|&word| word.to_owned()).collect();
        let found = waarden(&words);
        assert!(found.iter().any(|value| value == expected), "{line:?}: {found:?}");
    }

    #[test]
    fn queries_regions_codes_and_shells_are_known() {
        check(&["vraag", "maatwerk_n"], &["maatwerk_nieuw"]);
        check(&["query", "leeftij"], &["leeftijden"]);
        check(&["vraag", "--stil", "leeftij"], &["leeftijden"]);
        has(&["vraag", ""], "kosten_totaal");
        check(&["vraag", "coordinatie_lot"], &[]);
        check(&["uitleg", "z2"], &["Z20", "Z21", "Z22", "Z23", "Z24", "Z25", "Z26", "Z27", "Z28"]);
        check(&["rapport", "map", "--regio", "z"], &["zou"]);
        check(&["rapport", "map", "--regio=oost"], &["--regio=oost-veluwe"]);
        check(&["regio", "toon", "mid"], &["midden-holland"]);
        check(&["regio", "t"], &["toon"]);
        check(&["aanvullen", "po"], &["powershell"]);
        check(&["rapport", "--publiek", ""], &["intern", "regio"]);
        check(&["lees", "--als", "toew"], &["toewijzingen="]);
        has(&["regio", "nieuw", "x", "--gemeenten", "Ede,Barn"], "Ede,Barneveld");
    }

    #[test]
    fn a_gemeente_of_the_region_is_completed_behind_its_name() {
        check(&["vraag", "maatwerk_nieuw", "--par", "ge"], &["gemeente="]);
        check(&["vraag", "jeugdigen_met_hulp", "--par", "p"], &["productcode="]);
        check(&["vraag", "maatwerk_nieuw", "--par", "gemeente=de b"], &["gemeente=De Bilt"]);
        check(
            &["vraag", "maatwerk_nieuw", "--regio", "zou", "--par", "gemeente=Zeist,B"],
            &["gemeente=Zeist,Bunnik"],
        );
        check(
            &["vraag", "--regio", "oefenregio", "--par", "gemeente=s-"],
            &["gemeente='s-Gravenbroek"],
        );
        check(&["vraag", "kosten_totaal", "--per", "k"], &["kwartaal"]);
        check(&["vraag", "kosten_totaal", "--per", "gemeente,"], &["gemeente,kwartaal"]);
    }

    #[test]
    fn what_the_shell_knows_better_is_left_to_it() {
        for line in [
            &["rap"][..],
            &["rapport", "ex"],
            &["rapport", "--"],
            &["weg", "x"],
            &[],
            &["vraag", "--csv", "x"],
        ] {
            check(line, &[]);
        }
    }
}
