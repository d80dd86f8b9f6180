//! The rules of the region: what was hit, in a sentence that opens a conversation.
//!
//! Enters: signals ([`crate::metrics::signaal`]) with their cases by verdict, and which rules the region has switched on.
//! Leaves: [`Signaal`], one per rule that could be judged, findings for those with hits, and what could not be told.
//! Does not know what a rule is about.

pub(super) mod lezen;
pub mod naleving;
#[cfg(test)]
mod tests;
mod vergelijking;
pub(super) mod zinnen;

use std::collections::BTreeMap;

use crate::dutch::{count, counted, list, n_of};
use crate::findings::signalen::lezen::Telling;
pub use crate::findings::signalen::vergelijking::Verschil;
use crate::findings::toets::{AANDEEL_ANDEREN, Drempel, GEVALLEN, Toets};
use crate::findings::{Chapter, Conclusion, Context, Finding, Judged, NietTeBepalen};
use crate::inventaris::{self, Klasse, Regel};
use crate::metrics::signaal::{self, Deel, GOED, OORDEEL, SignaalKop, TREFFER};
use crate::metrics::{Measured, Outcome};
use crate::region::{Genoemd, Stand};

/// A rule of the region that was held against the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Signaal {
    /// Id of its query.
    pub query: String,
    /// The rule.
    pub regel: &'static Regel,
    /// What it is about, in a few words.
    pub titel: String,
    /// Chapter of the report.
    pub chapter: Chapter,
    /// Whether a hit is a subject for a conversation, or only information.
    pub stand: Stand,
    /// Cases, singular and plural.
    pub geval: [String; 2],
    /// By what a case is found, in words; the parts of a glued one with ` · ` between them.
    pub nummer: Option<String>,
    /// What the euros are.
    pub bedrag: Option<String>,
    /// Cases that were hit.
    pub treffers: i64,
    /// Cases that were as agreed.
    pub goed: i64,
    /// Cases of which it cannot be told.
    pub onbekend: i64,
    /// Eurocents of the hits.
    pub bedrag_ct: i64,
    /// What is said of the hits, with the question; empty without hits.
    pub zin: String,
    /// Limits it uses.
    pub drempels: Vec<Genoemd>,
    /// Groups whose share of hits differs from that of the others; of a rule that compares.
    pub verschillen: Vec<Verschil>,
    /// Addresses of the figures, the hits first.
    pub cites: Vec<String>,
    /// Addresses of what the sentence names beside them: who has most hits, who differs from the others, and all they
    /// were held against.
    pub zin_cites: Vec<String>,
}

impl Signaal {
    /// Cases that could be judged.
    pub fn beoordeeld(&self) -> i64 {
        self.treffers + self.goed
    }
}

/// Judges every signal of a rule that the region has switched on.
pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    let mut open: BTreeMap<(Chapter, String, String), Vec<&'static str>> = BTreeMap::new();
    for measured in context.measured {
        let Some((kop, regel, chapter)) = of_rule(measured) else { continue };
        let stand = match context.region.stand(regel.id, context.kwartaal.last_day()) {
            // A definition is counted, and nobody is asked about it.
            Stand::Controle if regel.klasse == Klasse::Context => Stand::Informatief,
            stand => stand,
        };
        if stand == Stand::Uit {
            continue;
        }
        match signaal(context, measured, kop, regel, chapter, stand) {
            Ok(Some((signaal, finding))) => {
                judged.findings.extend(finding);
                judged.signalen.push(signaal);
            }
            Ok(None) => {}
            Err((reden, remedie)) => {
                open.entry((chapter, reden, remedie)).or_default().push(regel.id);
            }
        }
    }
    judged.niet_te_bepalen.extend(open.into_iter().map(undetermined));
    judged.naleving = naleving::naleving(context, &judged.signalen);
    for chapter in [Chapter::Proces, Chapter::Aanbieders, Chapter::Signalen] {
        judged.conclusions.extend(conclusion(judged, chapter));
    }
}

/// The words, the rule and the chapter of a signal; `None` for every other query.
fn of_rule(measured: &Measured) -> Option<(&SignaalKop, &'static Regel, Chapter)> {
    let query = &measured.query;
    let regel = inventaris::regel(query.regel.as_deref()?)?;
    let chapter = Chapter::of(query.hoofdstuk.as_deref()?)?;
    Some((query.signaal.as_ref()?, regel, chapter))
}

/// Why a rule cannot be judged, and what helps.
type Open = (String, String);

fn signaal(
    context: &Context<'_>,
    measured: &Measured,
    kop: &SignaalKop,
    regel: &'static Regel,
    chapter: Chapter,
    stand: Stand,
) -> Result<Option<(Signaal, Option<Finding>)>, Open> {
    if let Outcome::NotDeterminable { reason } = &measured.outcome {
        return Err((
            reason.clone(),
            "lever die tabel aan; de kolommen staan in de handleiding".to_owned(),
        ));
    }
    let telling = Telling::of(context, measured);
    if telling.treffers + telling.goed == 0 {
        return if telling.onbekend == 0 {
            Ok(None)
        } else {
            Err(all_unknown(context, kop, &telling))
        };
    }
    let verschillen =
        kop.vergelijk.map(|groep| vergelijking::verschillen(context, measured, groep));
    let verschillen = verschillen.unwrap_or_default();
    let drempels: Vec<Genoemd> =
        kop.drempels.iter().filter_map(|key| context.region.drempel(key)).collect();
    let zin = zinnen::zin(kop, &telling, &verschillen, drempels.first());
    let mut zin_cites = zinnen::cites(kop, &telling, &verschillen);
    zin_cites.extend(named(context, measured, kop));
    zin_cites.retain(|_| !zin.is_empty());
    zin_cites.sort();
    zin_cites.dedup();
    let signaal = Signaal {
        query: measured.query.id.clone(),
        regel,
        titel: measured.query.title.clone(),
        chapter,
        stand,
        geval: kop.geval.clone(),
        nummer: kop.nummer.clone(),
        bedrag: kop.bedrag.clone(),
        treffers: telling.treffers,
        goed: telling.goed,
        onbekend: telling.onbekend,
        bedrag_ct: telling.bedrag_ct,
        zin,
        drempels,
        verschillen,
        cites: telling.cites.clone(),
        zin_cites,
    };
    let has_finding = stand == Stand::Controle && !signaal.zin.is_empty();
    let finding = has_finding.then(|| finding(&signaal, kop, &telling));
    Ok(Some((signaal, finding)))
}

fn finding(signaal: &Signaal, kop: &SignaalKop, telling: &Telling) -> Finding {
    let [one, more] = &signaal.geval;
    let unknown = match signaal.onbekend {
        0 => String::new(),
        n => format!("; van {} is het niet te zeggen", count(n)),
    };
    let is_compared = kop.vergelijk.is_some();
    Finding {
        chapter: signaal.chapter,
        text: signaal.zin.clone(),
        belang_ct: signaal.bedrag_ct,
        basis: basis(signaal.regel),
        toets: Toets {
            waargenomen: format!(
                "{} van {}",
                count(signaal.treffers),
                counted(signaal.beoordeeld(), one, more)
            ),
            verwacht: None,
            bereik: None,
            n: format!(
                "{} ({}){unknown}",
                counted(signaal.beoordeeld(), one, more),
                telling.periode
            ),
            methode: if is_compared { AANDEEL_ANDEREN } else { GEVALLEN },
            drempel: Drempel::named(&signaal.drempels),
        },
        invloed: kop.invloed,
        cites: signaal.cites.iter().chain(&signaal.zin_cites).cloned().collect(),
    }
}

/// Addresses of the groups that a sentence names: all of them, for the most is the most of all.
fn named(context: &Context<'_>, measured: &Measured, kop: &SignaalKop) -> Vec<String> {
    let of = |group: &str, is_wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
        let cells = lezen::cells(context, measured, &[group]).into_iter();
        let wanted = cells.filter(|cell| is_wanted(measured.key_of(cell, OORDEEL)));
        wanted.map(|cell| measured.address(cell, signaal::GEVALLEN)).collect()
    };
    let mut out = Vec::new();
    for (deel, group) in [(Deel::MeestGemeente, "gemeente"), (Deel::MeestAanbieder, "aanbieder")] {
        if kop.zin.contains(&deel) {
            out.extend(of(group, &|verdict| verdict == TREFFER));
        }
    }
    if let Some(groep) = kop.vergelijk {
        out.extend(of(groep.key(), &|verdict| [TREFFER, GOED].contains(&verdict)));
    }
    out
}

/// The rule with its document.
fn basis(regel: &Regel) -> String {
    let titel = inventaris::document(regel).map_or("", |document| document.titel);
    format!("Regel {} ({}): {} Bron: {titel}", regel.id, regel.klasse.naam(), regel.wat)
}

/// Cases there are, and of none of them it can be told.
fn all_unknown(context: &Context<'_>, kop: &SignaalKop, telling: &Telling) -> Open {
    let lacks = kop.drempels.iter().find(|key| context.region.drempel(key).is_none());
    if let Some(key) = lacks {
        let remedie = format!("leg {key} vast in het regiobestand");
        return (format!("de regio heeft geen waarde voor {key}"), remedie);
    }
    let [one, more] = &kop.geval;
    let reden =
        format!("bij {} ontbreekt wat ervoor nodig is", counted(telling.onbekend, one, more));
    (
        reden,
        "vul de kolommen aan waar deze regel naar kijkt (maatstaf uitleg met de code)".to_owned(),
    )
}

/// One remark for all rules of a chapter that lack the same.
fn undetermined(
    ((chapter, reason, remedy), ids): ((Chapter, String, String), Vec<&'static str>),
) -> NietTeBepalen {
    // A rule of two queries is one rule.
    let mut ids = ids.as_slice().to_vec();
    ids.dedup();
    let n = n_of(ids.len());
    let question = match ids.as_slice() {
        [id] => {
            let wat = inventaris::regel(id).map_or("", |regel| regel.wat);
            format!("Regel {id}: {wat}")
        }
        _ => format!("{} regels van de regio ({}).", count(n), list(&ids)),
    };
    NietTeBepalen { chapter, question, reason, remedy }
}

/// The rules that a question without an answer is about; none when it is a question of the report itself.
pub fn regels_in(question: &str) -> Vec<&str> {
    if let Some((id, _)) = question.strip_prefix("Regel ").and_then(|rest| rest.split_once(':')) {
        return vec![id];
    }
    let Some((_, ids)) = question.split_once(" regels van de regio (") else { return Vec::new() };
    let ids = ids.trim_end_matches(['.', ')']);
    ids.split(", ").flat_map(|part| part.split(" en ")).collect()
}

/// How many rules of a chapter were judged and how many have hits.
fn conclusion(judged: &Judged, chapter: Chapter) -> Option<Conclusion> {
    let of = |signaal: &&Signaal| signaal.chapter == chapter && signaal.stand == Stand::Controle;
    let all: Vec<&Signaal> = judged.signalen.iter().filter(of).collect();
    if all.is_empty() {
        return None;
    }
    let hit: Vec<&&Signaal> = all.iter().filter(|signaal| !signaal.zin.is_empty()).collect();
    let judged_n =
        counted(n_of(all.len()), "regel kon worden beoordeeld", "regels konden worden beoordeeld");
    let most = hit.iter().max_by_key(|signaal| (signaal.bedrag_ct, signaal.treffers));
    let text = match most {
        None => format!("{judged_n}; geen daarvan geeft aanleiding tot een vraag."),
        Some(most) => format!(
            "{judged_n}; {} aanleiding tot een vraag, {} het meest bij '{}' ({}).",
            counted(n_of(hit.len()), "geeft", "geven"),
            if most.bedrag_ct > 0 { "in euro's" } else { "in aantal" },
            most.titel,
            if most.bedrag_ct > 0 {
                crate::dutch::euro_whole(most.bedrag_ct)
            } else {
                counted(most.treffers, &most.geval[0], &most.geval[1])
            }
        ),
    };
    let counts = all.iter().filter_map(|signaal| signaal.cites.first());
    let euros = most.and_then(|signaal| signaal.cites.get(1));
    let cites = counts.chain(euros).cloned().collect();
    Some(Conclusion { chapter, text, cites })
}
