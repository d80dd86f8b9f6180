//! The queries there are, with their question.

use std::fmt::Write as _;

use crate::cli::Outcome;
use crate::cli::fault::{Exit, Fault};
use crate::cli::vraag::bron::Bron;
use crate::cli::vraag::opties::{Opties, quoted};
use crate::cli::vraag::tekst::naast;
use crate::dutch::{counted, n_of};
use crate::findings::Chapter;
use crate::inventaris::{self, DOCUMENTEN};
use crate::metrics::{Kind, Query};
use crate::region::{Region, Stand};

const OTHERS: &str = "Andere vragen";

const EXAMPLES: &str = "\
Voorbeelden:
  maatstaf vraag maatwerk_nieuw --par kwartaal=2025-K3
  maatstaf vraag kosten_totaal --per gemeente --csv kosten.csv
  maatstaf vraag \"SELECT productcode, SUM(bedrag_ct) AS bedrag_ct FROM declaraties GROUP BY productcode\"
  maatstaf vraag --woordenboek declaraties
";

/// Lists the queries.
pub(super) fn run(opties: &Opties, breedte: Option<usize>) -> Result<Outcome, Fault> {
    check_options(opties)?;
    let mut queries = Query::koppen(opties.queries.as_deref()).map_err(Fault::definition)?;
    queries.retain(|query| query.kind != Kind::Draws);
    if opties.json.is_some() {
        return Ok(Outcome { text: json(&queries), notes: String::new(), exit: Exit::Done });
    }
    // Where a dataset is at hand, what its region did not agree on is left out; the list is of use without one too.
    let region = Bron::open(opties).ok().map(|bron| bron.region);
    let n_before = queries.len();
    if let Some(region) = &region {
        queries.retain(|query| is_on(query, region));
    }
    let mut text = String::new();
    for (title, group) in groups(&queries) {
        let rows: Vec<(String, String)> =
            group.iter().map(|query| (query.id.clone(), told(query))).collect();
        write!(text, "{title}\n{}\n", naast(&rows, breedte)).expect("a String takes any text");
    }
    let n_off = n_before - queries.len();
    if let Some(region) = region.filter(|_| n_off > 0) {
        let hidden = counted(n_of(n_off), "vraag hoort", "vragen horen");
        writeln!(
            text,
            "{hidden} bij regels die in {} uit staan; de hele lijst: maatstaf vraag --json\n",
            region.naam
        )
        .expect("a String takes any text");
    }
    Ok(Outcome { text: text + EXAMPLES, notes: String::new(), exit: Exit::Done })
}

/// Options that say what to do with an answer do not fit a list.
fn check_options(opties: &Opties) -> Result<(), Fault> {
    let given = [
        ("--par", !opties.par.is_empty()),
        ("--per", opties.per.is_some()),
        ("--regels", opties.regels),
        ("--csv", opties.csv.is_some()),
        ("--xlsx", opties.xlsx.is_some()),
        ("--grafiek", opties.grafiek.is_some()),
    ];
    if let Some(Some(path)) = [&opties.csv, &opties.json].into_iter().flatten().next() {
        let named = quoted(&path.display().to_string());
        let option = if opties.csv.is_some() { "--csv" } else { "--json" };
        return Err(Fault::usage(format!(
            "er is geen vraag genoemd; bedoelde u: maatstaf vraag {named} {option}"
        )));
    }
    match given.iter().find(|(_, is_given)| *is_given) {
        Some((option, _)) => Err(Fault::usage(format!(
            "bij {option} hoort een vraag; schrijf bijvoorbeeld: maatstaf vraag maatwerk_nieuw {option} …"
        ))),
        None => Ok(()),
    }
}

/// True for a query that no rule stands behind, or one that the region has on.
fn is_on(query: &Query, region: &Region) -> bool {
    query.regel.as_deref().is_none_or(|id| region.regels.van(id) != Stand::Uit)
}

fn told(query: &Query) -> String {
    match (query.kind, &query.regel) {
        (Kind::List, Some(regel)) => format!("{regel}: {} (lijst)", query.question),
        (Kind::List, None) => format!("{} (lijst)", query.question),
        (_, Some(regel)) => format!("{regel}: {}", query.question),
        (_, None) => query.question.clone(),
    }
}

/// Queries under one heading.
type Groep<'q> = (String, Vec<&'q Query>);

/// Chapters of the report first, then what belongs to no chapter, then the rules of each document by id.
fn groups(queries: &[Query]) -> Vec<Groep<'_>> {
    let free = || queries.iter().filter(|query| query.regel.is_none());
    let mut out: Vec<Groep<'_>> = Vec::new();
    for chapter in Chapter::ALL {
        let of_chapter = free().filter(|query| of(query) == Some(chapter));
        out.push((chapter.naam().to_owned(), of_chapter.collect()));
    }
    out.push((OTHERS.to_owned(), free().filter(|query| of(query).is_none()).collect()));
    for document in DOCUMENTEN {
        let is_of = |query: &&Query| {
            let regel = query.regel.as_deref().and_then(inventaris::regel);
            regel.and_then(inventaris::document).is_some_and(|one| one.letter == document.letter)
        };
        let mut group: Vec<&Query> = queries.iter().filter(is_of).collect();
        group.sort_by_key(|query| (query.regel.clone(), query.id.clone()));
        out.push((format!("Regels van {}", document.regio), group));
    }
    out.retain(|(_, group)| !group.is_empty());
    out
}

fn of(query: &Query) -> Option<Chapter> {
    query.judge.as_deref().or(query.hoofdstuk.as_deref()).and_then(Chapter::of)
}

/// The same for a machine.
fn json(queries: &[Query]) -> String {
    let kind = |query: &Query| match query.kind {
        Kind::List => "lijst",
        Kind::Signaal => "signaal",
        Kind::Measure | Kind::Draws => "cijfers",
    };
    let one = |(groep, query): (&String, &Query)| {
        let params: serde_json::Map<String, serde_json::Value> = (query.params.iter())
            .map(|(name, param)| {
                let of = serde_json::json!({
                    "type": param.soort.naam(),
                    "standaard": param.default,
                    "toegestaan": param.allowed,
                });
                (name.clone(), of)
            })
            .collect();
        serde_json::json!({
            "naam": query.id,
            "groep": groep,
            "titel": query.title,
            "vraag": query.question,
            "waarom": query.why,
            "soort": kind(query),
            "regel": query.regel,
            "sleutels": query.keys,
            "niveaus": query.levels,
            "eenheid": query.unit,
            "periode": query.period.name(),
            "parameters": params,
        })
    };
    let groups = groups(queries);
    let all =
        groups.iter().flat_map(|(title, group)| group.iter().map(move |query| (title, *query)));
    let all: Vec<serde_json::Value> = all.map(one).collect();
    format!("{:#}\n", serde_json::Value::from(all))
}
