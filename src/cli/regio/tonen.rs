//! What a region sets, for the screen and as JSON.

use std::fmt::Write as _;

use crate::cli::regio::{head, line};
use crate::cli::uitleg::wrapped;
use crate::dutch::{count, n_of};
use crate::inventaris::{DOCUMENTEN, Document, Staat};
use crate::region::{Region, Stand};

/// Room for the name of a setting.
const INDENT: usize = 30;

/// Everything the file sets, section by section, and the rules that are on.
pub(super) fn text(region: &Region) -> String {
    let mut out = head(region);
    let cbs = count(n_of(region.jeugdigen.len()));
    let jeugdigen = format!("ingebouwd voor {cbs} van deze gemeenten; een eigen tabel gaat voor");
    line(&mut out, "jeugdigen", &jeugdigen);
    for one in region.ingesteld() {
        writeln!(out, "\n{} [{}]", one.sectie.titel, one.sectie.naam)
            .expect("a String takes any text");
        for (kop, value) in one.regels {
            setting(&mut out, &kop, &value);
        }
    }
    out.push_str("\nRegels die aan staan\n");
    let rules: Vec<(String, String)> =
        DOCUMENTEN.iter().flat_map(|one| rules(region, one)).collect();
    if rules.is_empty() {
        setting(&mut out, "geen", "zet in [regels] van welke documenten de regels gelden");
    }
    for (kop, ids) in rules {
        setting(&mut out, &kop, &ids);
    }
    out
}

fn setting(out: &mut String, kop: &str, value: &str) {
    wrapped(out, &format!("  {kop}  "), INDENT, value);
}

/// Rules of a document by what is done with them; a document that is not on is left out.
fn rules(region: &Region, document: &Document) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for stand in [Stand::Controle, Stand::Informatief, Stand::Uit] {
        let ids: Vec<&str> = ids(region, document, stand).collect();
        let is_told = stand != Stand::Uit || region.regels.bronnen.contains(&document.letter);
        if is_told && !ids.is_empty() {
            out.push((format!("{} {stand}", document.regio), ids.join(", ")));
        }
    }
    out
}

/// Rules that are measured, whatever the day; the others are only words.
fn ids<'r>(
    region: &'r Region,
    document: &Document,
    stand: Stand,
) -> impl Iterator<Item = &'static str> + use<'r> {
    let measured = |staat: Staat| !matches!(staat, Staat::Context(_) | Staat::NietMeetbaar(_));
    let rules = document.regels.iter().filter(move |regel| measured(regel.staat));
    rules.map(|regel| regel.id).filter(move |id| region.regels.van(id) == stand)
}

/// The same for a program: the keys are those of the region file.
pub(super) fn json(region: &Region) -> String {
    let of = |stand| {
        let rules = DOCUMENTEN.iter().flat_map(|document| ids(region, document, stand));
        rules.collect::<Vec<_>>()
    };
    let told = serde_json::json!({
        "naam": region.naam,
        "bestand": region.path,
        "sha256": region.sha256,
        "regiobestand": region.als_json(),
        "regels": { "controle": of(Stand::Controle), "informatief": of(Stand::Informatief) },
    });
    format!("{told:#}\n")
}
