//! The rules of the regions in words: what was agreed, and what the program does with it.
//!
//! Enters: the inventory and the headers of the queries. Leaves: the second half of `docs/RULES.md`, and per rule what
//! `maatstaf uitleg` tells. Does not know data.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::inventaris::{DOCUMENTEN, Document, Regel, Staat};
use crate::metrics::Query;

/// What the program does with a rule, in a Dutch sentence or two.
pub fn wat_ermee(regel: &Regel, queries: &[Arc<Query>]) -> String {
    match regel.staat {
        Staat::Query(ids) => {
            let told = ids.iter().map(|id| match find(id, queries) {
                Some(query) => format!("{} ({id})", query.title),
                None => (*id).to_owned(),
            });
            told.collect::<Vec<_>>().join("; ")
        }
        Staat::Toets(codes) => format!("getoetst bij het lezen: {}", codes.join(", ")),
        Staat::Onderdeel(text) | Staat::Context(text) | Staat::NietMeetbaar(text) => {
            text.to_owned()
        }
    }
}

/// The state of a rule in one word.
pub fn staat(regel: &Regel, queries: &[Arc<Query>]) -> &'static str {
    match regel.staat {
        Staat::Query(ids) => {
            let is_check = |id: &&str| find(id, queries).is_some_and(|q| q.signaal.is_some());
            if ids.iter().any(is_check) { "controle" } else { "cijfer" }
        }
        Staat::Toets(_) => "controle",
        Staat::Onderdeel(_) => "cijfer",
        Staat::Context(_) => "context",
        Staat::NietMeetbaar(_) => "niet meetbaar",
    }
}

/// The queries of a rule, as far as they exist.
pub fn queries_of<'q>(regel: &Regel, queries: &'q [Arc<Query>]) -> Vec<&'q Query> {
    let Staat::Query(ids) = regel.staat else { return Vec::new() };
    ids.iter().filter_map(|id| find(id, queries)).collect()
}

fn find<'q>(id: &str, queries: &'q [Arc<Query>]) -> Option<&'q Query> {
    queries.iter().find(|query| query.id == id).map(AsRef::as_ref)
}

/// The second half of `docs/RULES.md`.
pub fn markdown(queries: &[Arc<Query>]) -> String {
    let mut out = String::from(
        "\n# Regels van de regio's\n\n\
         Elke afspraak uit de documenten van de vier regio's, met wat het programma ermee doet. Een regio zet de regels van een document aan \
         met `[regels]` in haar regiobestand, en kan er een uitzetten of alleen ter informatie tonen ([REGIONS.md](REGIONS.md)). Uitleg met \
         voorbeelden en de grenzen die gelden: `maatstaf uitleg Z25`.\n\n\
         *controle*: gevallen worden stuk voor stuk beoordeeld. *cijfer*: het rapport telt of meet. *context*: een begrip of een woordkeus. \
         *niet meetbaar*: geen gegevens kunnen het zeggen.\n",
    );
    for document in DOCUMENTEN {
        chapter(&mut out, document, queries);
    }
    out
}

fn chapter(out: &mut String, document: &Document, queries: &[Arc<Query>]) {
    let Document { letter, regio, titel, regels } = document;
    write!(
        out,
        "\n## {letter}: {regio}\n\n{titel}.\n\n\
         | regel | soort | wat is afgesproken | staat | wat het programma doet | grenzen | wie kan het beïnvloeden |\n|---|---|---|---|---|---|---|\n"
    )
    .expect("a String takes any text");
    for regel in *regels {
        let own = queries_of(regel, queries);
        let heads = || own.iter().filter_map(|query| query.signaal.as_ref());
        let mut limits: Vec<&str> =
            heads().flat_map(|kop| kop.drempels.iter().map(String::as_str)).collect();
        limits.sort_unstable();
        limits.dedup();
        let limits: Vec<String> = limits.iter().map(|key| format!("`{key}`")).collect();
        let who = heads().next().map_or("", |kop| kop.invloed.label());
        let cells = [
            regel.id,
            regel.klasse.naam(),
            regel.wat,
            staat(regel, queries),
            &wat_ermee(regel, queries),
            &limits.join(", "),
            who,
        ];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        writeln!(out, "| {} |", cells.join(" | ")).expect("a String takes any text");
    }
}
