//! Who could have coordinated: from dossiers to draws of a lottery, and why a client takes no part in it.
//!
//! Enters: [`Dossiers`](crate::metrics::Dossiers). Leaves: [`Loting`] for the region or one gemeente,
//! over one quarter or a year. Does not know chance; that is `verdeling`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;

use crate::metrics::{Dossier, DossierRegel};
use crate::period::Kwartaal;

/// Minutes in the unit in which hours are drawn.
pub(super) const KWARTIER: i64 = 15;

/// Over which time is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Termijn {
    /// The quarter of the run.
    Kwartaal,
    /// That quarter and the three before it.
    Jaar,
}

impl Termijn {
    /// First and last quarter.
    pub fn span(self, kwartaal: Kwartaal) -> (Kwartaal, Kwartaal) {
        match self {
            Self::Kwartaal => (kwartaal, kwartaal),
            Self::Jaar => (kwartaal.plus(-3), kwartaal),
        }
    }
}

/// Where it is told who coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Herkomst {
    /// Coordination that was declared.
    Declaraties,
    /// The table `plannen`; it tells no hours of a quarter.
    Plannen,
}

/// Why a client with coordination takes no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reden {
    /// Under a measure nobody else is asked (O06).
    Maatregel,
    /// Only one aanbieder gave care: there was nothing to divide.
    EenAanbieder,
    /// The coordinator gave no other care at the same time, and so was not one of those to choose from (O08).
    GeenAndereZorg,
    /// Several coordinators did exactly as much.
    GelijkeStand,
}

impl Reden {
    /// Behind "bij 3 cliënten …".
    pub fn tekst(self) -> &'static str {
        match self {
            Self::Maatregel => "gold een maatregel waarbij de regio geen zorgcoördinatie vraagt",
            Self::EenAanbieder => "was maar één aanbieder betrokken",
            Self::GeenAndereZorg => "gaf de coördinator zelf geen andere zorg in dezelfde tijd",
            Self::GelijkeStand => "coördineerden twee aanbieders precies even veel",
        }
    }
}

/// One client for whom the lot could have decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trekking {
    /// Positions of the aanbieders that could have coordinated, ascending, with the eurocents of their care.
    pub(super) kandidaten: Vec<(usize, i64)>,
    /// Position of the one that did.
    pub(super) coordinator: usize,
    /// Quarter-hours that the coordinator declared; `None` when they are not known.
    pub(super) kwartieren: Option<u32>,
}

/// The lottery of one part of the region in one term.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Loting {
    /// Every aanbieder that could have coordinated, in order of name.
    pub(super) aanbieders: Vec<String>,
    /// The clients that take part.
    pub(super) trekkingen: Vec<Trekking>,
    /// The clients that do not, by reason.
    pub(super) weggelaten: BTreeMap<Reden, usize>,
    /// Clients with more than one coordinator; the one that did most counts.
    pub(super) meer_coordinatoren: usize,
}

/// What was decided about one client.
pub(super) struct Deelname<'d> {
    gemeente: &'d str,
    meer_coordinatoren: bool,
    uitkomst: Result<Keuze<'d>, Reden>,
}

/// Who could be chosen for a client, and who was.
struct Keuze<'d> {
    kandidaten: BTreeMap<&'d str, i64>,
    coordinator: &'d str,
    kwartieren: Option<u32>,
}

/// Where coordination is looked for, and in which quarters.
pub(super) struct Lezing {
    pub(super) herkomst: Herkomst,
    pub(super) span: (Kwartaal, Kwartaal),
}

impl Lezing {
    /// How many of these quarters the dossiers have.
    pub(super) fn kwartalen(&self, dossiers: &[Dossier]) -> u32 {
        let (first, last) = (self.span.0.to_string(), self.span.1.to_string());
        let known: BTreeSet<&str> = dossiers
            .iter()
            .flatten()
            .map(|regel| regel.kwartaal.as_str())
            .filter(|kwartaal| (first.as_str()..=last.as_str()).contains(kwartaal))
            .collect();
        u32::try_from(known.len()).unwrap_or(u32::MAX)
    }

    /// What every client with coordination in these quarters brings.
    pub(super) fn deelnames<'d>(&self, dossiers: &'d [Dossier]) -> Vec<Deelname<'d>> {
        dossiers.iter().filter_map(|dossier| self.deelname(dossier)).collect()
    }

    /// What one client brings; `None` when there was no coordination in these quarters.
    fn deelname<'d>(&self, dossier: &'d Dossier) -> Option<Deelname<'d>> {
        let (first, last) = (self.span.0.to_string(), self.span.1.to_string());
        let regels: Vec<&DossierRegel> = dossier
            .iter()
            .filter(|regel| (first.as_str()..=last.as_str()).contains(&regel.kwartaal.as_str()))
            .collect();
        let gedaan = self.gedaan(&regels);
        let most = gedaan.values().max()?;
        let same: Vec<&str> =
            gedaan.iter().filter(|(_, done)| *done == most).map(|(name, _)| *name).collect();
        let coordinator = same[0];
        let own = regels.iter().filter(|regel| regel.aanbieder == coordinator);
        let gemeente =
            own.max_by_key(|regel| self.weight(regel)).map_or("", |regel| &regel.gemeente);
        Some(Deelname {
            gemeente,
            meer_coordinatoren: gedaan.len() > 1,
            uitkomst: self.kandidaten(&regels, &same),
        })
    }

    /// How much every coordinator of the client did.
    fn gedaan<'d>(&self, regels: &[&'d DossierRegel]) -> BTreeMap<&'d str, (i64, i64)> {
        let mut out: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for regel in regels {
            let done = out.entry(&regel.aanbieder).or_default();
            let (first, second) = self.weight(regel);
            *done = match self.herkomst {
                Herkomst::Declaraties => (done.0 + first, done.1 + second),
                // Of plans the last one counts, however long an earlier one ran.
                Herkomst::Plannen => (*done).max((first, second)),
            };
        }
        out.retain(|_, done| *done > (0, 0));
        out
    }

    /// Minutes that these quarters have.
    fn minuten_in_span(&self) -> i64 {
        let days = self.span.1.last_day().signed_duration_since(self.span.0.first_day()).num_days();
        (days + 1) * 24 * 60
    }

    /// What weighs most first: minutes, then volume; of a plan: whether it is the last.
    fn weight(&self, regel: &DossierRegel) -> (i64, i64) {
        match self.herkomst {
            Herkomst::Declaraties => (regel.coordinatie_minuten, regel.coordinatie_milli),
            Herkomst::Plannen if regel.heeft_plan => (quarter_number(&regel.kwartaal), 0),
            Herkomst::Plannen => (0, 0),
        }
    }

    fn kandidaten<'d>(
        &self,
        regels: &[&'d DossierRegel],
        same: &[&'d str],
    ) -> Result<Keuze<'d>, Reden> {
        if regels.iter().any(|regel| regel.heeft_maatregel) {
            return Err(Reden::Maatregel);
        }
        let &[coordinator] = same else { return Err(Reden::GelijkeStand) };
        let mut kandidaten: BTreeMap<&str, i64> = BTreeMap::new();
        for regel in regels {
            let ct = match self.herkomst {
                Herkomst::Declaraties => regel.zorg_tegelijk_ct,
                Herkomst::Plannen => regel.zorg_ct,
            };
            *kandidaten.entry(&regel.aanbieder).or_default() += ct;
        }
        // Who may be chosen cannot depend on who was: a coordinator without other care is no candidate either.
        kandidaten.retain(|_, ct| *ct > 0);
        if !kandidaten.contains_key(coordinator) {
            return Err(Reden::GeenAndereZorg);
        }
        if kandidaten.len() == 1 {
            return Err(Reden::EenAanbieder);
        }
        let own = || regels.iter().filter(|regel| regel.aanbieder == coordinator);
        let minuten: i64 = own().map(|regel| regel.coordinatie_minuten).sum();
        // More than round the clock is a slip of the pen, and no hours that can be compared.
        let is_possible = minuten <= self.minuten_in_span();
        let is_known = minuten > 0 && is_possible && own().all(|regel| regel.zonder_minuten == 0);
        let kwartieren = (minuten + KWARTIER / 2) / KWARTIER;
        let kwartieren = is_known.then(|| u32::try_from(kwartieren.max(1)).ok()).flatten();
        Ok(Keuze { kandidaten, coordinator, kwartieren })
    }
}

/// The lottery of the whole region (`None`), or of the clients of one gemeente.
pub(super) fn loting(deelnames: &[Deelname<'_>], gemeente: Option<&str>) -> Loting {
    let own = || {
        deelnames.iter().filter(|deelname| gemeente.is_none_or(|code| deelname.gemeente == code))
    };
    let names: BTreeSet<&str> = own()
        .filter_map(|deelname| deelname.uitkomst.as_ref().ok())
        .flat_map(|keuze| keuze.kandidaten.keys().copied())
        .collect();
    let position: BTreeMap<&str, usize> = names.iter().copied().zip(0..).collect();
    let mut out = Loting {
        aanbieders: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Loting::default()
    };
    for deelname in own() {
        match &deelname.uitkomst {
            Err(reden) => *out.weggelaten.entry(*reden).or_default() += 1,
            Ok(one) => {
                out.meer_coordinatoren += usize::from(deelname.meer_coordinatoren);
                out.trekkingen.push(Trekking {
                    kandidaten: one
                        .kandidaten
                        .iter()
                        .map(|(name, ct)| (position[name], *ct))
                        .collect(),
                    coordinator: position[one.coordinator],
                    kwartieren: one.kwartieren,
                });
            }
        }
    }
    out
}

/// Quarters as numbers that count up.
fn quarter_number(kwartaal: &str) -> i64 {
    let day = kwartaal.parse::<Kwartaal>().map(Kwartaal::first_day);
    day.map_or(1, |day| i64::from(day.num_days_from_ce()))
}

#[cfg(test)]
mod tests;
