//! Every sentence against the figures it cites: no number is told that is not one of them, or follows from them by a
//! rule that has a name.

use std::collections::BTreeSet;

use maatstaf::dutch::date_long;
use maatstaf::findings::toets::Toets;
use maatstaf::inventaris;
use maatstaf::metrics::signaal::Deel;
use maatstaf::region::Stand;

use crate::eerlijk::getallen::{Getal, anders, lees};
use crate::eerlijk::grond::{Cel, Cellen, Grond, beschreven};
use crate::eerlijk::onderwerp::Bewering;
use crate::eerlijk::streken::{self, Streek};

/// A sentence with everything it may be held to.
struct Zin<'a> {
    bewering: Bewering<'a>,
    /// The facts and the basis that stand beside a finding.
    naast: Option<(&'a Toets, &'a str)>,
    /// What the texts of a rule and its document say themselves.
    regel: Vec<String>,
}

/// Everything that is said of a region with citations.
fn zinnen(streek: &Streek) -> Vec<Zin<'_>> {
    let judged = &streek.judged;
    let of_query = |cites: &[String]| -> Vec<String> {
        let query = cites.first().and_then(|cite| cite.split('/').next()).unwrap_or_default();
        words_of_rule(streek, query)
    };
    let findings = judged.findings.iter().map(|found| Zin {
        bewering: Bewering {
            tekst: &found.text,
            chapter: found.chapter,
            cites: found.cites.clone(),
        },
        naast: Some((&found.toets, found.basis.as_str())),
        regel: of_query(&found.cites),
    });
    let conclusions = judged.conclusions.iter().map(|one| Zin {
        bewering: Bewering { tekst: &one.text, chapter: one.chapter, cites: one.cites.clone() },
        naast: None,
        regel: Vec::new(),
    });
    let overviews = judged.overzichten.iter().filter(|one| !one.zin.is_empty()).map(|one| Zin {
        bewering: Bewering { tekst: &one.zin, chapter: one.chapter, cites: one.cites.clone() },
        naast: None,
        regel: words_of_rule(streek, &one.query),
    });
    // Of a rule that is only information there is no finding; its sentence is told all the same.
    let informs =
        judged.signalen.iter().filter(|one| one.stand == Stand::Informatief && !one.zin.is_empty());
    let informs = informs.map(|one| Zin {
        bewering: Bewering {
            tekst: &one.zin,
            chapter: one.chapter,
            cites: one.cites.iter().chain(&one.zin_cites).cloned().collect(),
        },
        naast: None,
        regel: words_of_rule(streek, &one.query),
    });
    findings.chain(conclusions).chain(overviews).chain(informs).collect()
}

/// The words of the rule of a query: those of its header, of the document and of the settings it uses.
fn words_of_rule(streek: &Streek, query: &str) -> Vec<String> {
    let Some(measured) = streek.measured.iter().find(|one| one.query.id == query) else {
        return Vec::new();
    };
    let query = &measured.query;
    let rule = query.regel.as_deref().and_then(inventaris::regel);
    let document = rule.and_then(inventaris::document).map(|document| document.titel.to_owned());
    let literal = |delen: &[Deel]| -> Vec<String> {
        let text = |deel: &Deel| match deel {
            Deel::Tekst(text) => Some(text.clone()),
            Deel::Keuze(one, more) => Some(format!("{one} {more}")),
            _ => None,
        };
        delen.iter().filter_map(text).collect()
    };
    let mut out: Vec<String> =
        rule.map(|rule| rule.wat.to_owned()).into_iter().chain(document).collect();
    if let Some(kop) = &query.signaal {
        out.extend(literal(&kop.zin));
        out.extend(kop.geval.clone());
        out.push(kop.gesprek.clone());
        let settings = kop.drempels.iter().filter_map(|key| streek.region.drempel(key));
        out.extend(settings.map(|setting| setting.in_woorden()));
    }
    out.extend(literal(query.zin.as_deref().unwrap_or_default()));
    out
}

/// Names in the keys of the cited figures.
fn names(cellen: &[&Cel<'_>], streek: &Streek) -> Vec<String> {
    let keys = cellen.iter().flat_map(|cel| cel.cell.key.iter().cloned());
    let gemeenten = streek.region.gemeenten.iter().map(|gemeente| gemeente.naam.clone());
    let parts = streek.judged.evenredig.iter().flat_map(|one| &one.delen);
    keys.chain(gemeenten).chain(parts.map(|deel| deel.aanbieder.clone())).collect()
}

impl Zin<'_> {
    /// By what each number of a text may be told; what is told by nothing comes back.
    fn tegen(&self, text: &str, grond: &Grond, names: &[String]) -> Vec<Getal> {
        let literal: Vec<Getal> =
            self.regel.iter().flat_map(|text| lees(text, names).getallen).collect();
        let told = lees(text, names).getallen;
        told.into_iter()
            .filter(|getal| grond.regel(getal).is_none() && !literal.contains(getal))
            .collect()
    }

    /// What the cited figures and the subject allow.
    fn grond(&self, streek: &Streek, cellen: &Cellen<'_>, cited: &[&Cel<'_>]) -> Grond {
        let mut grond = Grond::van_cellen(cited);
        grond.van_onderwerp(&self.bewering, streek, cellen);
        grond
    }
}

/// Calls with every sentence of every region and the figures it may be held to.
fn voor_elke(mut look: impl FnMut(&Streek, &Cellen<'_>, &Zin<'_>)) {
    for streek in streken::all() {
        let cellen = Cellen::of(streek);
        for zin in zinnen(streek) {
            look(streek, &cellen, &zin);
        }
    }
}

#[test]
fn every_number_in_a_sentence_is_cited_or_follows_by_a_named_rule() {
    let mut wrong = Vec::new();
    let (mut told, mut noticed, mut changed) = (0, 0, 0);
    voor_elke(|streek, cellen, zin| {
        let cited = cellen.geciteerd(&zin.bewering.cites);
        let names = names(&cited, streek);
        let grond = zin.grond(streek, cellen, &cited);
        let tekst = zin.bewering.tekst;
        let left = zin.tegen(tekst, &grond, &names);
        if !left.is_empty() {
            let known = beschreven(&grond);
            wrong.push(format!("{}: {tekst}\n  {left:?}\n    {known}", streek.naam));
        }
        let numbers = lees(tekst, &names).getallen;
        told += numbers.len();
        // Another number in its place would be noticed; one digit is too often that of a neighbour.
        for getal in numbers.into_iter().filter(|one| one.tekst.len() > 1) {
            changed += 1;
            noticed += usize::from(grond.regel(&anders(&getal)).is_none());
        }
    });
    assert!(wrong.is_empty(), "{} sentences:\n{}", wrong.len(), wrong.join("\n"));
    assert!(told > 600, "{told}");
    assert!(noticed * 100 > changed * 95, "{noticed} of {changed}");
}

#[test]
fn every_number_in_the_facts_beside_a_finding_follows_from_what_it_cites() {
    let mut wrong = Vec::new();
    let mut told = 0;
    voor_elke(|streek, cellen, zin| {
        let Some((toets, basis)) = zin.naast else { return };
        let cited = cellen.geciteerd(&zin.bewering.cites);
        let names = names(&cited, streek);
        let grond = zin.grond(streek, cellen, &cited);
        let parts = [
            Some(&toets.waargenomen),
            toets.verwacht.as_ref(),
            toets.bereik.as_ref(),
            Some(&toets.n),
        ];
        for text in parts.into_iter().flatten().map(String::as_str).chain([basis]) {
            told += lees(text, &names).getallen.len();
            let left = zin.tegen(text, &grond, &names);
            if !left.is_empty() {
                let known = beschreven(&grond);
                wrong.push(format!("{}: {text}\n  {left:?}\n    {known}", streek.naam));
            }
        }
    });
    assert!(wrong.is_empty(), "{} facts:\n{}", wrong.len(), wrong.join("\n"));
    assert!(told > 600, "{told}");
}

#[test]
fn every_quarter_and_day_that_is_told_is_one_of_the_figures() {
    voor_elke(|streek, cellen, zin| {
        let cited = cellen.geciteerd(&zin.bewering.cites);
        let spans = cited.iter().filter_map(|cel| cel.measured.query.period.span(streek.kwartaal));
        let ends = spans.flat_map(|(first, last)| [first.to_string(), last.to_string()]);
        let keys = cited.iter().map(|cel| cel.measured.key_of(cel.cell, "kwartaal").to_owned());
        let quarters: BTreeSet<String> =
            ends.chain(keys).chain([streek.kwartaal.to_string()]).collect();
        let days: Vec<String> = std::iter::once(streek.peildatum)
            .chain(streek.judged.naijl.as_ref().map(|naijl| naijl.stand))
            .map(date_long)
            // A day that the region has set.
            .chain(zin.regel.iter().flat_map(|text| lees(text, &[]).dagen))
            .collect();
        let facts = zin
            .naast
            .map_or_else(String::new, |(toets, _)| format!("{} {}", toets.waargenomen, toets.n));
        let told = lees(&format!("{} {facts}", zin.bewering.tekst), &names(&cited, streek));
        for kwartaal in told.kwartalen {
            assert!(quarters.contains(&kwartaal), "{kwartaal}: {}", zin.bewering.tekst);
        }
        for dag in told.dagen {
            assert!(days.contains(&dag), "{dag}: {}", zin.bewering.tekst);
        }
    });
}

#[test]
fn whoever_is_named_is_named_by_a_figure_that_is_cited() {
    let mut named = 0;
    voor_elke(|streek, cellen, zin| {
        let cited = cellen.geciteerd(&zin.bewering.cites);
        let is_cited =
            |name: &str| cited.iter().any(|cel| cel.cell.key.iter().any(|key| key == name));
        // The lottery has no cells; whoever it is about took part in it.
        let is_drawn = |name: &str| {
            zin.bewering.cites.iter().any(|cite| cite == "coordinatie_loting")
                && streek
                    .judged
                    .evenredig
                    .iter()
                    .any(|one| one.delen.iter().any(|deel| deel.aanbieder == name))
        };
        for gemeente in &streek.region.gemeenten {
            if names_it(zin.bewering.tekst, &gemeente.naam, &streek.region.naam) {
                named += 1;
                let known = is_cited(&gemeente.code) || is_cited(&gemeente.naam);
                assert!(known, "{}: {}", gemeente.naam, zin.bewering.tekst);
            }
        }
        let all = cellen.alle().map(|cel| cel.measured.key_of(cel.cell, "aanbieder"));
        for aanbieder in all.collect::<BTreeSet<_>>() {
            if !["totaal", "onbekend"].contains(&aanbieder)
                && names_it(zin.bewering.tekst, aanbieder, &streek.region.naam)
            {
                named += 1;
                let known = is_cited(aanbieder) || is_drawn(aanbieder);
                assert!(known, "{aanbieder}: {}", zin.bewering.tekst);
            }
        }
    });
    assert!(named > 40, "{named}");
}

/// True when a text has the name as whole words, outside the name of the region.
fn names_it(text: &str, name: &str, region: &str) -> bool {
    let text = text.replace(region, " ");
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-');
    let found = text.match_indices(name);
    found.into_iter().any(|(at, _)| {
        is_edge(text[..at].chars().next_back()) && is_edge(text[at + name.len()..].chars().next())
    })
}
