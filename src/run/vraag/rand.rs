//! What is said around an answer: where it comes from, and what of the data the reader must know.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Dataset;
use crate::dataset::manifest::Manifest;
use crate::disclosure::Rand;
use crate::dutch::{counted, date_short, list, month_name, n_of};
use crate::metrics::keuze::Keuze;
use crate::metrics::los::LosVraag;
use crate::metrics::{Measured, Query};
use crate::period::{Kwartaal, Maand};
use crate::region::Stand;
use crate::run::vraag::{KWARTAAL, Vraag};
use crate::schema::DECLARATIES;

const ALLES: &str = "alles in de dataset";

/// Around the answer of a query with a name.
pub(super) fn van_query(
    job: &Vraag<'_>,
    measured: &Measured,
    keuze: &Keuze,
    waarden: &BTreeMap<String, BTreeSet<String>>,
    dataset: &Dataset,
) -> Rand {
    let query = &measured.query;
    let mut parts = vec![naam(query)];
    parts.extend(keuzen(query, keuze, job.gemeenten));
    parts.push(job.region.naam.clone());
    parts.push(periode(measured, waarden));
    if query.hangt_af_van_peildatum() {
        parts.push(peildatum(job));
    }
    Rand { bron: bron(dataset, &parts), opmerkingen: opmerkingen(job, measured, waarden, dataset) }
}

fn opmerkingen(
    job: &Vraag<'_>,
    measured: &Measured,
    waarden: &BTreeMap<String, BTreeSet<String>>,
    dataset: &Dataset,
) -> Vec<String> {
    let query = &measured.query;
    let regel = query.regel.as_deref();
    let off = regel.filter(|id| job.region.stand(id, job.kwartaal.last_day()) == Stand::Uit);
    let off = off.map(|id| {
        format!("regel {id} staat uit in {}: dit staat niet in het rapport", job.region.naam)
    });
    let mut out: Vec<String> = off.into_iter().collect();
    if measured.reason().is_some() || !reads_declaraties(&query.tables) {
        return out;
    }
    let Some(gegevens) = Gegevens::of(&dataset.manifest) else { return out };
    let span = query.period.span(measured.kwartaal);
    let chosen = waarden.get(KWARTAAL).filter(|chosen| !chosen.is_empty());
    let is_seen = |kwartaal: Kwartaal| {
        span.is_none_or(|(first, last)| (first..=last).contains(&kwartaal))
            && chosen.is_none_or(|chosen| chosen.contains(&kwartaal.to_string()))
    };
    let is_early = |kwartaal: Kwartaal| kwartaal < gegevens.eerste && is_seen(kwartaal);
    // No span is longer than eight quarters.
    let begins_before = span.is_some_and(|(first, _)| (0..8).any(|n| is_early(first.plus(n))));
    out.extend(begins_before.then(|| gegevens.begin()));
    out.extend(gegevens.einde(is_seen));
    out
}

/// Around the answer to a loose question. `opmerkingen` are what is to be said before the rest.
pub(super) fn van_los(
    job: &Vraag<'_>,
    vraag: &LosVraag,
    sql: &str,
    mut opmerkingen: Vec<String>,
    dataset: &Dataset,
) -> Rand {
    let mut parts = vec![
        format!("tabel {}", list(vraag.tabellen())),
        job.region.naam.clone(),
        ALLES.to_owned(),
    ];
    if vraag.hangt_af_van_peildatum() {
        parts.push(peildatum(job));
    }
    let gegevens = Gegevens::of(&dataset.manifest);
    if let Some(gegevens) = gegevens.filter(|_| reads_declaraties(vraag.tabellen())) {
        let named = genoemd(sql);
        let begins_before = named.first().is_some_and(|first| *first < gegevens.eerste);
        opmerkingen.extend(begins_before.then(|| gegevens.begin()));
        opmerkingen.extend(gegevens.einde(|kwartaal| reikt_tot(sql, &named, kwartaal)));
    }
    Rand { bron: bron(dataset, &parts), opmerkingen }
}

/// Files, and what was done with them.
fn bron(dataset: &Dataset, parts: &[String]) -> String {
    let n = n_of(dataset.manifest.bestanden.len());
    let files = counted(n, "aangeleverd bestand", "aangeleverde bestanden");
    format!("Bron: {files}, {}", parts.join(", "))
}

/// A query that somebody wrote or changed is not one of the program.
fn naam(query: &Query) -> String {
    if query.is_built_in() {
        format!("vraag {}", query.id)
    } else {
        format!("eigen vraag {}", query.path)
    }
}

fn peildatum(job: &Vraag<'_>) -> String {
    format!("peildatum {}", date_short(job.peildatum))
}

/// The values of the parameters of the header, chosen or not: the figures depend on them.
fn keuzen(query: &Query, keuze: &Keuze, gemeenten: &[(String, String)]) -> Vec<String> {
    let told = |text: &String| {
        let known = gemeenten.iter().find(|(code, _)| code == text);
        known.map_or_else(|| text.clone(), |(_, name)| name.clone())
    };
    let one = |(name, param): (&String, &crate::metrics::Param)| {
        let values = keuze.params.get(name).or(param.default.as_ref())?;
        let texts: Vec<String> = match param.soort.naam() {
            "gemeente" => values.iter().map(told).collect(),
            _ => values.iter().map(|value| param.soort.toon(value)).collect(),
        };
        Some(format!("{name} {}", list(&texts)))
    };
    query.params.iter().filter_map(one).collect()
}

/// The quarters that were chosen, else the period of the header, in words.
fn periode(measured: &Measured, waarden: &BTreeMap<String, BTreeSet<String>>) -> String {
    if let Some(chosen) = waarden.get(KWARTAAL).filter(|chosen| !chosen.is_empty()) {
        return list(&chosen.iter().collect::<Vec<_>>());
    }
    match measured.query.period.span(measured.kwartaal) {
        Some((first, last)) if first == last => last.to_string(),
        Some((first, last)) => format!("{first} tot en met {last}"),
        None => ALLES.to_owned(),
    }
}

fn reads_declaraties(tables: &[String]) -> bool {
    tables.iter().any(|table| table.starts_with(DECLARATIES.name))
}

/// Which months the declaraties are about.
struct Gegevens {
    maanden: BTreeSet<Maand>,
    eerste: Kwartaal,
    /// The last quarter of which every month is there.
    heel: Option<Kwartaal>,
}

impl Gegevens {
    /// `None` when there are no declaraties.
    fn of(manifest: &Manifest) -> Option<Self> {
        let (_, reporting) = manifest.totals();
        let maanden: BTreeSet<Maand> =
            reporting.maanden.keys().filter_map(|maand| maand.parse().ok()).collect();
        let eerste = maanden.first()?.kwartaal();
        Some(Self { maanden, eerste, heel: manifest.last_full_quarter() })
    }

    /// Nothing is known of what lies before; that is not the same as none.
    fn begin(&self) -> String {
        let eerste = self.eerste;
        format!("de gegevens beginnen in {eerste}: over de kwartalen daarvoor is niets bekend")
    }

    /// What is said of the last quarters that the answer reaches: some have not all their months, and of the last that has,
    /// more may come. Whether that one is provisional follows from how long declarations took before, which is the work of a
    /// report.
    fn einde(&self, is_seen: impl Fn(Kwartaal) -> bool) -> Vec<String> {
        let later = self.maanden.iter().map(|maand| maand.kwartaal());
        let later: BTreeSet<Kwartaal> =
            later.filter(|one| self.heel.is_none_or(|heel| *one > heel)).collect();
        let partly = later.into_iter().filter(|one| is_seen(*one)).map(|kwartaal| {
            let months = kwartaal.months().into_iter().filter(|one| self.maanden.contains(one));
            let months: Vec<&str> = months.map(|maand| month_name(maand.of_year())).collect();
            format!("{kwartaal} is nog niet heel: er zijn declaraties over {}", list(&months))
        });
        let heel = self.heel.filter(|heel| is_seen(*heel)).map(|kwartaal| {
            format!(
                "over {kwartaal} kunnen nog declaraties komen; of het voorlopig is, staat in het rapport"
            )
        });
        partly.chain(heel).collect()
    }
}

/// The quarters that a text names, each as `2025-K3`.
fn genoemd(sql: &str) -> BTreeSet<Kwartaal> {
    const LONG: usize = "2025-K3".len();
    let places = sql.char_indices().filter(|(_, c)| c.is_ascii_digit());
    places.filter_map(|(at, _)| sql.get(at..at + LONG)?.parse().ok()).collect()
}

/// False for a question that only looks at quarters before this one: it names some, all earlier, and compares with
/// nothing that could reach further.
fn reikt_tot(sql: &str, named: &BTreeSet<Kwartaal>, kwartaal: Kwartaal) -> bool {
    let is_further = |word: &str| word.eq_ignore_ascii_case("not");
    let words = sql.split(|c: char| !c.is_alphanumeric() && c != '_');
    let goes_on = sql.contains(['>', '!']) || words.into_iter().any(is_further);
    named.last().is_none_or(|last| *last >= kwartaal) || goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kwartaal(text: &str) -> Kwartaal {
        text.parse().unwrap()
    }

    #[test]
    fn a_question_about_earlier_quarters_does_not_reach_a_later_one() {
        let reaches = |sql: &str| reikt_tot(sql, &genoemd(sql), kwartaal("2025-K3"));
        assert!(reaches("SELECT COUNT(*) AS n FROM declaraties"));
        assert!(reaches("… WHERE kwartaal = '2025-K3'"));
        assert!(reaches("… WHERE kwartaal >= '2024-K1'"));
        assert!(reaches("… WHERE kwartaal <> '2024-K1'"));
        assert!(reaches("… WHERE kwartaal NOT IN ('2024-K1')"));
        assert!(reaches("… BETWEEN '2024-K1' AND '2025-K4'"));
        assert!(!reaches("… WHERE kwartaal = '2024-K1'"));
        assert!(!reaches("… WHERE kwartaal IN ('2024-K1', '2024-K2') AND productcode = '45A53'"));
    }

    #[test]
    fn the_end_of_the_data_is_told_as_far_as_the_answer_reaches() {
        let months = ["2025-07", "2025-08", "2025-09", "2025-10", "2025-11"];
        let gegevens = Gegevens {
            maanden: months.iter().map(|maand| maand.parse().unwrap()).collect(),
            eerste: kwartaal("2025-K3"),
            heel: Some(kwartaal("2025-K3")),
        };
        let all = gegevens.einde(|_| true);
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[0],
            "2025-K4 is nog niet heel: er zijn declaraties over oktober en november"
        );
        assert!(all[1].starts_with("over 2025-K3 kunnen nog declaraties komen"));
        assert_eq!(gegevens.einde(|one| one == kwartaal("2025-K3")), all[1..]);
        assert_eq!(gegevens.einde(|one| one < kwartaal("2025-K3")), [""; 0]);
    }
}
