//! What a dataset remembers of each file, and the two accounts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::period::{Kwartaal, Maand};
use crate::sources::Reading;

/// Rows and euros of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sum {
    /// Rows.
    pub regels: u64,
    /// Signed eurocents of those rows whose amount could be read.
    pub bedrag_ct: i64,
}

impl Sum {
    /// Adds rows.
    pub fn add(&mut self, other: Self) {
        self.regels += other.regels;
        self.bedrag_ct += other.bedrag_ct;
    }
}

/// The reading account of one file: rows read = accepted + rejected + duplicate + blank + totals + headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadingAccount {
    /// Everything found in the file.
    pub gelezen: Sum,
    /// Rows that went into the dataset.
    pub aanvaard: Sum,
    /// Rows that did not.
    pub afgekeurd: Sum,
    /// Of these, rows whose amount could not be read; they are in no euro sum.
    pub onleesbaar_bedrag: u64,
    /// Rows of a file that was offered before.
    pub dubbel: Sum,
    /// Rows without content.
    pub blanco: u64,
    /// Rows in which the supplier added up; they are no data.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub totaalregels: u64,
    /// Headings that stand again among the rows.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub koppen: u64,
}

/// What hardly any file has is written only where there is some.
fn is_nought<T: Default + PartialEq>(n: &T) -> bool {
    *n == T::default()
}

impl ReadingAccount {
    /// True when rows and cents close.
    pub fn closes(&self) -> bool {
        self.gelezen.regels
            == self.aanvaard.regels
                + self.afgekeurd.regels
                + self.dubbel.regels
                + self.without_data()
            && self.gelezen.bedrag_ct
                == self.aanvaard.bedrag_ct + self.afgekeurd.bedrag_ct + self.dubbel.bedrag_ct
    }

    /// Rows that hold no data: blank, totals, repeated headings.
    pub fn without_data(&self) -> u64 {
        self.blanco + self.totaalregels + self.koppen
    }

    /// The account of the same rows when they are offered once more.
    #[must_use]
    pub fn as_double(&self) -> Self {
        Self {
            gelezen: self.gelezen,
            dubbel: Sum {
                regels: self.gelezen.regels - self.without_data(),
                bedrag_ct: self.gelezen.bedrag_ct,
            },
            blanco: self.blanco,
            totaalregels: self.totaalregels,
            koppen: self.koppen,
            ..Self::default()
        }
    }

    /// Adds another file's account.
    pub fn add(&mut self, other: &Self) {
        self.gelezen.add(other.gelezen);
        self.aanvaard.add(other.aanvaard);
        self.afgekeurd.add(other.afgekeurd);
        self.onleesbaar_bedrag += other.onleesbaar_bedrag;
        self.dubbel.add(other.dubbel);
        self.blanco += other.blanco;
        self.totaalregels += other.totaalregels;
        self.koppen += other.koppen;
    }
}

/// A term of the account of rows: its name, and its number.
pub type Term = (&'static str, fn(&ReadingAccount) -> u64);

impl ReadingAccount {
    /// Terms that hardly any file has: those of which there is something to show.
    pub fn rare_terms(&self) -> Vec<Term> {
        let all: [Term; 2] =
            [("Totaalregels", |a| a.totaalregels), ("Herhaalde koppen", |a| a.koppen)];
        all.into_iter().filter(|(_, of)| of(self) > 0).collect()
    }
}

/// Why an accepted declaratie does or does not count. The names are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Uitkomst {
    /// Counts in the figures.
    Geteld,
    /// In a message that was sent before (same sender, identification and date).
    DubbelBericht,
    /// Equal to an earlier line (TR314, TR389).
    Dubbel,
    /// Refused by the gemeente (JW325).
    Afgewezen,
    /// Refused by a rule that looks across files.
    Afgekeurd,
    /// A debit and its credit, which cancel each other.
    Verrekend,
    /// Another law than the Jeugdwet.
    AndereWet,
    /// A gemeente outside the region.
    BuitenRegio,
}

impl Uitkomst {
    /// Every outcome, in the order in which the account shows them.
    pub const ALL: [Self; 8] = [
        Self::Geteld,
        Self::BuitenRegio,
        Self::AndereWet,
        Self::Verrekend,
        Self::Afgewezen,
        Self::Dubbel,
        Self::DubbelBericht,
        Self::Afgekeurd,
    ];

    /// What it is called in the accounts.
    pub fn label(self) -> &'static str {
        match self {
            Self::Geteld => "  telt mee",
            Self::DubbelBericht => "  bericht nogmaals verstuurd",
            Self::Dubbel => "  dubbele regel",
            Self::Afgewezen => "  afgewezen door de gemeente",
            Self::Afgekeurd => "  afgekeurd over bestanden",
            Self::Verrekend => "  verrekend met een credit",
            Self::AndereWet => "  andere wet",
            Self::BuitenRegio => "  buiten de regio",
        }
    }

    /// The name stored in the dataset.
    pub fn name(self) -> &'static str {
        match self {
            Self::Geteld => "geteld",
            Self::DubbelBericht => "dubbel_bericht",
            Self::Dubbel => "dubbel",
            Self::Afgewezen => "afgewezen",
            Self::Afgekeurd => "afgekeurd",
            Self::Verrekend => "verrekend",
            Self::AndereWet => "andere_wet",
            Self::BuitenRegio => "buiten_regio",
        }
    }
}

/// The reporting account of one file: accepted declaraties = the sum of all outcomes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportingAccount {
    /// Accepted declaraties, counted again from what was written.
    pub aanvaard: Sum,
    /// Per outcome.
    pub uitkomsten: BTreeMap<Uitkomst, Sum>,
    /// Counted lines per month of the product period, written `2025-07`.
    pub maanden: BTreeMap<String, Sum>,
}

impl ReportingAccount {
    /// True when rows and cents close, and the months add up to what counts.
    pub fn closes(&self) -> bool {
        let total = |sums: &mut dyn Iterator<Item = &Sum>| {
            let mut out = Sum::default();
            sums.for_each(|sum| out.add(*sum));
            out
        };
        let counted = self.uitkomsten.get(&Uitkomst::Geteld).copied().unwrap_or_default();
        total(&mut self.uitkomsten.values()) == self.aanvaard
            && total(&mut self.maanden.values()) == counted
    }

    /// Adds another file's account.
    pub fn add(&mut self, other: &Self) {
        self.aanvaard.add(other.aanvaard);
        for (uitkomst, sum) in &other.uitkomsten {
            self.uitkomsten.entry(*uitkomst).or_default().add(*sum);
        }
        for (maand, sum) in &other.maanden {
            self.maanden.entry(maand.clone()).or_default().add(*sum);
        }
    }
}

/// One file as it was offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path as shown.
    pub pad: String,
    /// SHA-256 of the content.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
    /// How it was read.
    pub lezing: Reading,
    /// The reading account.
    pub account: ReadingAccount,
    /// The reading account per table, of a workbook that holds several; else empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub per_tabel: BTreeMap<String, ReadingAccount>,
    /// Per table, what of its rejected rows has a mended row in its place.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hersteld: BTreeMap<String, Sum>,
    /// What of its accepted declaraties that a rule across files rejected has a mended row in its place.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub hersteld_kruis: Sum,
    /// True for a file with mended rows: it holds no messages or exports of its own.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub is_herstel: bool,
    /// Path of the earlier file with the same content, empty when this is the first.
    pub dubbel_van: String,
    /// Notation per column, as it can be frozen in the region file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stijl: BTreeMap<String, String>,
}

impl FileEntry {
    /// The account of every table this file holds.
    pub fn accounts(&self) -> BTreeMap<&str, &ReadingAccount> {
        if !self.per_tabel.is_empty() {
            return self
                .per_tabel
                .iter()
                .map(|(table, account)| (table.as_str(), account))
                .collect();
        }
        let is_used = !self.lezing.table.is_empty();
        is_used.then_some((self.lezing.table.as_str(), &self.account)).into_iter().collect()
    }
}

/// The memory of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this form.
    pub vorm: u32,
    /// Program that wrote it.
    pub programma: String,
    /// Mark of the key, so that another key is noticed before two pseudonyms of one client meet.
    pub sleutel_kenmerk: String,
    /// SHA-256 of the region file with which the derived tables were made.
    pub regio_sha256: String,
    /// Name of the region.
    pub regio: String,
    /// Files, by path.
    pub bestanden: Vec<FileEntry>,
    /// Reporting account per file, by first 16 digits of the hash.
    pub rapportage: BTreeMap<String, ReportingAccount>,
    /// What the user said about reading beside the region, of all runs together.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub opdracht: Opdracht,
}

/// What a user said about reading beside the region file: with it the same files are read the same way again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Opdracht {
    /// Table by path as shown, of `--als`.
    #[serde(default)]
    pub als: BTreeMap<String, String>,
    /// Headings of `maatstaf.toml`: table, then normalised heading to column.
    #[serde(default)]
    pub kolommen: BTreeMap<String, BTreeMap<String, String>>,
    /// Notations of `--stijl`, as written.
    #[serde(default)]
    pub stijl: BTreeSet<String>,
}

impl Opdracht {
    /// True when the region file says it all.
    pub fn is_empty(&self) -> bool {
        is_nought(self)
    }

    /// Adds what another run was told.
    pub fn add(&mut self, other: Self) {
        self.als.extend(other.als);
        for (table, columns) in other.kolommen {
            self.kolommen.entry(table).or_default().extend(columns);
        }
        self.stijl.extend(other.stijl);
    }
}

/// Version of the form of the manifest.
pub const FORM: u32 = 2;

impl Manifest {
    /// Rejected rows that have a mended row in their place, over all files and tables.
    pub fn hersteld(&self) -> Sum {
        let mut out = Sum::default();
        let sums = self.bestanden.iter().flat_map(|entry| entry.hersteld.values());
        sums.for_each(|sum| out.add(*sum));
        out
    }

    /// Accepted declaraties rejected across files that have a mended row in their place, over all files.
    pub fn hersteld_kruis(&self) -> Sum {
        let mut out = Sum::default();
        self.bestanden.iter().for_each(|entry| out.add(entry.hersteld_kruis));
        out
    }

    /// False when of all files that were offered none was recognised.
    pub fn has_content(&self) -> bool {
        self.bestanden.iter().any(|entry| !entry.lezing.table.is_empty())
    }

    /// Path of a file by the `bron` of its rows: the first that was read.
    pub fn path_of(&self, bron: &str) -> &str {
        let is_it =
            |entry: &&FileEntry| entry.sha256.starts_with(bron) && entry.dubbel_van.is_empty();
        self.bestanden.iter().find(is_it).map_or("", |entry| entry.pad.as_str())
    }

    /// Path of every file that was read, by the `bron` of its rows.
    pub fn paths(&self) -> HashMap<String, String> {
        let read = self
            .bestanden
            .iter()
            .filter(|entry| entry.dubbel_van.is_empty() && entry.sha256.len() >= 16);
        read.map(|entry| (entry.sha256[..16].to_owned(), entry.pad.clone())).collect()
    }

    /// Both accounts over all files.
    pub fn totals(&self) -> (ReadingAccount, ReportingAccount) {
        let mut reading = ReadingAccount::default();
        self.bestanden.iter().for_each(|entry| reading.add(&entry.account));
        let mut reporting = ReportingAccount::default();
        self.rapportage.values().for_each(|account| reporting.add(account));
        (reading, reporting)
    }

    /// The last quarter whose three months all occur among the counted declaraties.
    pub fn last_full_quarter(&self) -> Option<Kwartaal> {
        let (_, reporting) = self.totals();
        let months: BTreeSet<Maand> =
            reporting.maanden.keys().filter_map(|maand| maand.parse().ok()).collect();
        let is_full =
            |kwartaal: &Kwartaal| kwartaal.months().iter().all(|maand| months.contains(maand));
        months.iter().rev().map(|maand| maand.kwartaal()).find(is_full)
    }

    /// Files or totals of which an account does not close; empty when the promise holds.
    pub fn open_accounts(&self) -> Vec<String> {
        let reading = self.bestanden.iter().filter(|e| !e.account.closes()).map(|e| e.pad.clone());
        let reporting = self
            .rapportage
            .iter()
            .filter(|(_, a)| !a.closes())
            .map(|(bron, _)| self.path_of(bron).to_owned());
        // What typing accepted and what the derived tables hold are counted apart.
        let differs = self.bestanden.iter().filter(|entry| {
            let accounts = entry.accounts();
            let declaraties = accounts.get(crate::schema::DECLARATIES.name);
            entry.dubbel_van.is_empty()
                && declaraties.is_some_and(|account| {
                    // A file that was not read whole has no hash, and no rows either.
                    let bron = entry.sha256.get(..16).unwrap_or_default();
                    self.rapportage.get(bron).map(|a| a.aanvaard).unwrap_or_default()
                        != account.aanvaard
                })
        });
        let mut out: Vec<String> =
            reading.chain(reporting).chain(differs.map(|e| e.pad.clone())).collect();
        out.sort();
        out.dedup();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_closes_to_the_row_and_the_cent() {
        let sum = |regels, bedrag_ct| Sum { regels, bedrag_ct };
        let mut account = ReadingAccount {
            gelezen: sum(10, 1000),
            aanvaard: sum(6, 900),
            afgekeurd: sum(2, 40),
            onleesbaar_bedrag: 1,
            dubbel: sum(1, 60),
            blanco: 1,
            ..ReadingAccount::default()
        };
        assert!(account.closes());
        account.gelezen.bedrag_ct += 1;
        assert!(!account.closes());
        account.gelezen = sum(11, 1000);
        assert!(!account.closes());
    }

    #[test]
    fn outcomes_must_add_up_to_what_was_accepted() {
        let mut account =
            ReportingAccount { aanvaard: Sum { regels: 2, bedrag_ct: 5 }, ..Default::default() };
        account.uitkomsten.insert(Uitkomst::Geteld, Sum { regels: 1, bedrag_ct: 5 });
        account.maanden.insert("2025-07".into(), Sum { regels: 1, bedrag_ct: 5 });
        assert!(!account.closes());
        account.uitkomsten.insert(Uitkomst::Verrekend, Sum { regels: 1, bedrag_ct: 0 });
        assert!(account.closes());
    }
}
