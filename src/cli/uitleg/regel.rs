//! `maatstaf uitleg Z25`: a rule of a region, with examples and the limits that are in force.

use std::sync::Arc;

use crate::cli::uitleg::{part, title};
use crate::dutch::list;
use crate::findings::regels::{queries_of, staat, wat_ermee};
use crate::inventaris::{self, Regel, Staat};
use crate::metrics::Query;
use crate::region::{Genoemd, Region, Stand};
use crate::schema;

/// The text about a rule for these regions: one that was chosen, else every region that comes with the program.
pub(super) fn explained(regel: &Regel, queries: &[Arc<Query>], regions: &[Region]) -> String {
    let own = queries_of(regel, queries);
    let titel = own.first().map(|query| query.title.as_str());
    let mut out = title(regel.id, titel.unwrap_or(regel.wat));
    if titel.is_some() {
        part(&mut out, "Afspraak", regel.wat);
    }
    let document = inventaris::document(regel).map_or("", |document| document.titel);
    part(&mut out, "Bron", &format!("{document} ({})", regel.klasse.naam()));
    let ermee = wat_ermee(regel, queries);
    part(&mut out, "Staat", &format!("{}: {ermee}", staat(regel, queries)));
    for query in &own {
        told(&mut out, query);
    }
    let is_asked = !matches!(regel.staat, Staat::NietMeetbaar(_) | Staat::Context(_));
    for region in regions.iter().filter(|_| is_asked) {
        let words = in_force(regel, &own, region);
        part(&mut out, "Regio", &format!("{}: {words}", region.naam));
    }
    out
}

/// What the header of a query says, beside its SQL.
fn told(out: &mut String, query: &Query) {
    part(out, "Vraag", &query.question);
    part(out, "Waarom", &query.why);
    part(out, "Nodig", &nodig(query));
    let Some(kop) = &query.signaal else { return };
    part(out, "Goed", &kop.goed);
    part(out, "Treffer", &kop.fout);
    part(out, "Gesprek", &kop.gesprek);
    part(out, "Oplossing", &kop.remedie);
    part(out, "Invloed", kop.invloed.label());
}

/// The tables it reads, as people call them.
fn nodig(query: &Query) -> String {
    let base = |name: &String| name.trim_end_matches("_per_kwartaal").to_owned();
    let mut names: Vec<String> = query.tables.iter().map(base).collect();
    names.sort_unstable();
    names.dedup();
    let known = names.iter().filter_map(|name| schema::table(name));
    list(&known.map(|table| table.label.to_lowercase()).collect::<Vec<_>>())
}

/// Whether the rule is on there, and with which limits.
fn in_force(regel: &Regel, own: &[&Query], region: &Region) -> String {
    // Without data there is no quarter: the rule as the file has it, and when it holds.
    let stand = region.regels.van(regel.id);
    if stand == Stand::Uit {
        return "staat uit".to_owned();
    }
    let keys = own.iter().filter_map(|query| query.signaal.as_ref()).flat_map(|kop| &kop.drempels);
    let mut limits: Vec<String> = keys
        .map(|key| match region.drempel(key) {
            Some(Genoemd { waarde, grondslag, bron, .. }) => {
                format!("{key} = {waarde} ({grondslag}: {})", bron.trim_end_matches('.'))
            }
            None => format!("{key} is niet vastgelegd"),
        })
        .collect();
    limits.sort_unstable();
    limits.dedup();
    let limits = limits.join("; ");
    if limits.is_empty() { stand.to_string() } else { format!("{stand}; {limits}") }
}
