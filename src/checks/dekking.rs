//! Which contract and which agreement cover care on a day.
//!
//! Enters: the contracts and the register, both small. Leaves: the kind of contract and the agreement of one line. That
//! nothing covers it is an answer ([`GEEN`]) only where the table was supplied; a span counts with both its days.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::checks::tabel::Tabel;

/// Nothing covers it.
pub(super) const GEEN: &str = "geen";

/// Kinds of contract, lowest first; any other comes after them.
const SOORTEN: [&str; 3] = ["regulier", "LTA", "afbouw"];

type Map<K, V> = HashMap<K, V, FixedState>;

/// First and last day.
#[derive(Clone, Copy)]
struct Span {
    van: i32,
    tot: i32,
}

impl Span {
    /// Of a row with `ingangsdatum` and `einddatum`; no last day is an open end.
    fn of(tabel: &Tabel, row: usize) -> Self {
        Self {
            van: tabel.date("ingangsdatum", row).unwrap_or(i32::MIN),
            tot: tabel.date("einddatum", row).unwrap_or(i32::MAX),
        }
    }

    fn holds(self, day: i32) -> bool {
        (self.van..=self.tot).contains(&day)
    }

    fn overlaps(self, van: i32, tot: i32) -> bool {
        self.van <= tot && van <= self.tot
    }
}

/// AGB → aanbieder, itself where no name is known: an aanbieder can have several codes.
fn aanbieder(tabel: &Tabel, row: usize, names: &HashMap<String, String>) -> String {
    let agb = tabel.text("agb", row);
    names.get(agb).map_or(agb, String::as_str).to_owned()
}

/// One line of a contract.
struct Contract {
    /// Empty when the contract is about whole segments, or about everything.
    product: String,
    segment: String,
    soort: String,
    span: Span,
}

/// The regional contracts, by aanbieder.
pub(super) struct Contracten {
    is_supplied: bool,
    per_aanbieder: Map<String, Vec<Contract>>,
}

impl Contracten {
    /// Learns from the table.
    pub(super) fn new(contracten: &Tabel, names: &HashMap<String, String>) -> Self {
        let contract = |row| {
            let contract = Contract {
                product: contracten.text("productcode", row).to_owned(),
                segment: contracten.text("segment", row).to_owned(),
                soort: spelled(contracten.text("soort", row)),
                span: Span::of(contracten, row),
            };
            (aanbieder(contracten, row, names), contract)
        };
        let mut all: Vec<(String, Contract)> = (0..contracten.n_rows()).map(contract).collect();
        // The lowest kind first, so that the first that covers is the answer.
        all.sort_by(|(_, a), (_, b)| rank(&a.soort).cmp(&rank(&b.soort)));
        let mut per_aanbieder: Map<String, Vec<Contract>> = HashMap::default();
        for (aanbieder, contract) in all {
            per_aanbieder.entry(aanbieder).or_default().push(contract);
        }
        Self { is_supplied: contracten.n_rows() > 0, per_aanbieder }
    }

    /// What an aanbieder may deliver of a product with this segment; looked up once for many lines.
    pub(super) fn of<'c>(
        &'c self,
        aanbieder: &str,
        product: Option<&str>,
        segment: Option<&str>,
    ) -> Dekking<'c> {
        let Some(product) = product.filter(|_| self.is_supplied) else {
            return Dekking { is_known: false, zeker: Vec::new(), misschien: Vec::new() };
        };
        let (mut zeker, mut misschien) = (Vec::new(), Vec::new());
        for contract in self.per_aanbieder.get(aanbieder).into_iter().flatten() {
            match (contract.product.as_str(), contract.segment.as_str(), segment) {
                ("", "", _) => zeker.push(contract),
                ("", of, Some(segment)) if of == segment => zeker.push(contract),
                ("", _, None) => misschien.push(contract),
                ("", ..) => {}
                (of, ..) if of == product => zeker.push(contract),
                _ => {}
            }
        }
        Dekking { is_known: true, zeker, misschien }
    }
}

/// The contracts of one aanbieder that are about one product.
pub(super) struct Dekking<'c> {
    is_known: bool,
    zeker: Vec<&'c Contract>,
    /// About a segment, while that of the product is not known.
    misschien: Vec<&'c Contract>,
}

impl<'c> Dekking<'c> {
    /// The lowest kind that holds on the first day of a period, else on a later day of it: a line is a month, and a
    /// contract may begin within it. [`GEEN`] when none does; `None` when that cannot be told.
    pub(super) fn soort(&self, van: i32, tot: i32) -> Option<&'c str> {
        let holds = |contract: &&&Contract| contract.span.holds(van);
        let touches = |contract: &&&Contract| contract.span.overlaps(van, tot);
        match self.zeker.iter().find(holds).or_else(|| self.zeker.iter().find(touches)) {
            _ if !self.is_known => None,
            Some(contract) => Some(&contract.soort),
            None if self.misschien.iter().any(|one| touches(&one)) => None,
            None => Some(GEEN),
        }
    }
}

/// A kind in our spelling, where it is one of ours.
fn spelled(soort: &str) -> String {
    let known = SOORTEN.iter().find(|known| known.eq_ignore_ascii_case(soort));
    known.map_or(soort, |known| known).to_owned()
}

/// The place of a kind, then its name: no order of input changes the answer.
fn rank(soort: &str) -> (usize, &str) {
    (SOORTEN.iter().position(|known| *known == soort).unwrap_or(SOORTEN.len()), soort)
}

/// An agreement in the register.
struct Overeenkomst {
    maatwerk_id: String,
    aanbieder: String,
    product: String,
    span: Span,
}

/// The register of maatwerkovereenkomsten, by client.
pub(super) struct Register {
    is_supplied: bool,
    per_client: Map<i64, Vec<Overeenkomst>>,
}

impl Register {
    /// Learns from the table.
    pub(super) fn new(overeenkomsten: &Tabel, names: &HashMap<String, String>) -> Self {
        let overeenkomst = |row| {
            let overeenkomst = Overeenkomst {
                maatwerk_id: overeenkomsten.text("maatwerk_id", row).to_owned(),
                aanbieder: aanbieder(overeenkomsten, row, names),
                product: overeenkomsten.text("productcode", row).to_owned(),
                span: Span::of(overeenkomsten, row),
            };
            Some((overeenkomsten.int("client", row)?, overeenkomst))
        };
        let mut all: Vec<(i64, Overeenkomst)> =
            (0..overeenkomsten.n_rows()).filter_map(overeenkomst).collect();
        // The newest first; of two that began on one day the lower number.
        all.sort_by(|(_, a), (_, b)| {
            b.span.van.cmp(&a.span.van).then_with(|| a.maatwerk_id.cmp(&b.maatwerk_id))
        });
        let mut per_client: Map<i64, Vec<Overeenkomst>> = HashMap::default();
        for (client, overeenkomst) in all {
            per_client.entry(client).or_default().push(overeenkomst);
        }
        Self { is_supplied: overeenkomsten.n_rows() > 0, per_client }
    }

    /// The agreement of a client with an aanbieder that runs on a day, [`GEEN`] when none does; `None` without a
    /// register. Of several that run, one about this product goes before the others.
    pub(super) fn overeenkomst(
        &self,
        client: i64,
        aanbieder: &str,
        codes: [Option<&str>; 2],
        day: i32,
    ) -> Option<&str> {
        if !self.is_supplied {
            return None;
        }
        let Some(all) = self.per_client.get(&client) else { return Some(GEEN) };
        let running = || all.iter().filter(|o| o.aanbieder == aanbieder && o.span.holds(day));
        let is_about = |o: &&Overeenkomst| codes.contains(&Some(o.product.as_str()));
        let found = running().find(is_about).or_else(|| running().next());
        Some(found.map_or(GEEN, |overeenkomst| &overeenkomst.maatwerk_id))
    }

    /// As [`Register::overeenkomst`], for a period in which the agreement may begin after the first day.
    pub(super) fn in_periode(
        &self,
        client: i64,
        aanbieder: &str,
        codes: [Option<&str>; 2],
        (van, tot): (i32, i32),
    ) -> Option<&str> {
        let at_first = self.overeenkomst(client, aanbieder, codes, van)?;
        if at_first != GEEN {
            return Some(at_first);
        }
        let all = self.per_client.get(&client).map_or(&[][..], Vec::as_slice);
        let mut touching =
            all.iter().filter(|o| o.aanbieder == aanbieder && o.span.overlaps(van, tot));
        Some(touching.next().map_or(GEEN, |overeenkomst| &overeenkomst.maatwerk_id))
    }
}

#[cfg(test)]
mod tests;
