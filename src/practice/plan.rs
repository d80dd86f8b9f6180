//! The plan of a practice region: who receives which care, from whom and when.
//!
//! Enters: a seed and a number of lines. Leaves: [`Plan`], from which every file and every answer is made.
//! Does not know how a file looks.

use std::collections::BTreeMap;

use super::Options;
use super::agreements::{self, Overeenkomst};
use super::calendar::{self, Day};
use super::exports::MESSAGES;
use super::faults::{self, Plant};
use super::grants::Misfit;
use super::population;
use super::special;
use super::spoils::Spoil;
use super::world;

/// Why a stretch of care is in the plan; decides what becomes of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ordinary care; only these lines may be chosen for a planted fault.
    Regular,
    /// Zorgcoordinatie.
    Coordination,
    /// Care that makes sure a price exists for a pair of gemeente and aanbieder.
    Guaranteed,
    /// Care under a maatwerkovereenkomst of the register.
    Maatwerk,
    /// Maatwerk code without an overeenkomst in the register.
    Unregistered,
    /// Wmo care that does not belong in a report on youth care.
    Wmo,
    /// Care for a gemeente outside the region.
    Outside,
    /// Care that does not fit its toewijzing.
    Misgranted(Misfit),
    /// Declared in a message of its own that is wrong.
    Spoiled(Spoil),
    /// Toewijzing that was deleted (reason 13) while care was declared on it.
    Deleted,
    /// Declared in a message of which the total is wrong.
    WrongTotal,
    /// Declared in a message that was cut off.
    Truncated,
    /// Declared in a message that was refused as a whole.
    RefusedMessage,
}

/// One toewijzing: a client, an aanbieder, a product and a period; one line for each month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    /// Position of the client.
    pub(super) client: u32,
    pub(super) gemeente: u32,
    pub(super) aanbieder: u32,
    /// Position in the AGB codes of the aanbieder.
    pub(super) agb: u32,
    pub(super) product: u32,
    /// First month declared.
    pub(super) first: i32,
    /// Last month declared; before `first` when nothing is declared.
    pub(super) last: i32,
    pub(super) ingang: Day,
    pub(super) eind: Option<Day>,
    pub(super) kind: Kind,
    /// Whether a fault is planted in one of its months.
    pub(super) planted: bool,
}

impl Case {
    /// A toewijzing of whole months in which every month is declared.
    pub(super) fn months(
        holder: (u32, u32),
        aanbieder: u32,
        product: u32,
        months: (i32, i32),
        kind: Kind,
    ) -> Self {
        Self {
            client: holder.0,
            gemeente: holder.1,
            aanbieder,
            agb: 0,
            product,
            first: months.0,
            last: months.1,
            ingang: calendar::first_day(months.0),
            eind: Some(calendar::last_day(months.1)),
            kind,
            planted: false,
        }
    }

    /// Whether a month is declared.
    pub(super) fn covers(&self, month: i32) -> bool {
        (self.first..=self.last).contains(&month)
    }

    /// Number of months declared.
    pub(super) fn n_months(&self) -> u64 {
        u64::try_from(self.last - self.first + 1).unwrap_or(0)
    }

    /// The AGB code under which it is declared.
    pub(super) fn agb_code(&self) -> &'static str {
        world::aanbieder_at(self.aanbieder).agb[self.agb as usize]
    }

    /// Whether it is declared in messages.
    pub(super) fn in_messages(&self) -> bool {
        world::aanbieder_at(self.aanbieder).bron == MESSAGES
    }
}

/// Number of a toewijzing: unique over the whole region.
pub(super) fn toewijzingnummer(case: u32) -> u32 {
    100_001 + case
}

/// A toewijzing of the export that no case belongs to: declared on by another client (TR304).
#[derive(Debug, Clone, Copy)]
pub(super) struct LooseToewijzing {
    /// Its number.
    pub(super) nummer: u32,
    /// The case whose product, aanbieder and gemeente it copies.
    pub(super) like: u32,
    /// The client it was really meant for.
    pub(super) client: u32,
    /// The AGB code it was really meant for, when it is another.
    pub(super) agb: Option<&'static str>,
    /// Rule that its own row breaks.
    pub(super) odd: Option<&'static str>,
}

/// Everything that is decided before the first byte is written.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) zaad: u64,
    /// Whether deviations and faults are planted.
    pub(super) signalen: bool,
    /// Lines asked for, at least [`super::MINIMUM_REGELS`].
    pub(super) regels: u64,
    pub(super) cases: Vec<Case>,
    /// Gemeente per client.
    pub(super) clients: Vec<u32>,
    pub(super) bsns: Vec<u32>,
    pub(super) overeenkomsten: Vec<Overeenkomst>,
    pub(super) plants: BTreeMap<(u32, i32), Plant>,
    pub(super) loose: Vec<LooseToewijzing>,
    /// Client of the toewijzingen that nothing is declared on.
    pub(super) odd_client: u32,
}

impl Plan {
    /// Decides everything.
    ///
    /// # Errors
    /// When the region is too small to hold every planted fault.
    pub(super) fn new(options: &Options) -> anyhow::Result<Self> {
        let regels = options.regels.max(super::MINIMUM_REGELS);
        let mut plan = Self {
            zaad: options.zaad,
            signalen: options.signalen,
            regels,
            cases: Vec::with_capacity(usize::try_from(regels / 4)?),
            clients: Vec::new(),
            bsns: world::test_bsns(),
            overeenkomsten: Vec::new(),
            plants: BTreeMap::new(),
            loose: Vec::new(),
            odd_client: 0,
        };
        population::settle(&mut plan);
        special::guarantee_prices(&mut plan);
        agreements::conclude(&mut plan);
        special::add_exceptions(&mut plan);
        if plan.signalen {
            faults::plant(&mut plan)?;
        }
        plan.odd_client = plan.add_client(0);
        faults::add_odd_toewijzingen(&mut plan)?;
        Ok(plan)
    }

    /// A client nobody else is.
    pub(super) fn add_client(&mut self, gemeente: u32) -> u32 {
        let position = u32::try_from(self.clients.len()).expect("a few thousand clients");
        self.clients.push(gemeente);
        position
    }

    /// Adds a case and gives its position.
    pub(super) fn add(&mut self, case: Case) -> u32 {
        let position = u32::try_from(self.cases.len()).expect("fewer cases than lines");
        self.cases.push(case);
        position
    }

    /// The case at a position.
    pub(super) fn case(&self, position: u32) -> &Case {
        &self.cases[position as usize]
    }

    /// The BSN of a client, shuffled over the test range.
    pub(super) fn bsn(&self, client: u32) -> u32 {
        let n = self.bsns.len();
        self.bsns[(client as usize * 3_571 + 11) % n]
    }

    /// Positions of the cases that pass a test, in order.
    pub(super) fn cases_where(&self, wanted: impl Fn(&Case) -> bool) -> Vec<u32> {
        (0..)
            .zip(&self.cases)
            .filter(|(_, case)| wanted(case))
            .map(|(position, _)| position)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn clients_keep_their_own_bsn_whatever_the_size() {
        for regels in [3_000, 200_000] {
            let plan = Plan::new(&Options { regels, zaad: 3, ..Options::default() }).unwrap();
            let n = u32::try_from(plan.clients.len()).unwrap();
            let bsns: BTreeSet<u32> = (0..n).map(|client| plan.bsn(client)).collect();
            assert_eq!(bsns.len(), plan.clients.len());
            assert!(bsns.iter().all(|bsn| world::passes_eleven_proof(*bsn)));
            assert!(bsns.iter().all(|bsn| (999_900_006..=999_999_990).contains(bsn)));
        }
    }

    #[test]
    fn the_number_of_lines_is_about_what_was_asked() {
        for regels in [6_000_u64, 100_000] {
            let plan = Plan::new(&Options { regels, ..Options::default() }).unwrap();
            let lines: u64 = plan.cases.iter().map(Case::n_months).sum();
            assert!(lines.abs_diff(regels) < regels / 20, "{lines} for {regels}");
        }
    }
}
