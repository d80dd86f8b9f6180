//! The known answers: what a reader of the files must find, added up from the plan while the files are written.
//!
//! Enters: each line with the place where it was written. Leaves: `antwoorden.json`. Uses the plan only: never a file,
//! never the program that reads them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::calendar::{self, FULL_QUARTERS};
use super::form::Form;
use super::lines::{Fate, Line};
use super::plan::{Kind, Plan};
use super::quarters::QuarterSums;

/// Rule on a total row that does not agree with the rows above it.
const WRONG_TOTAL: &str = "MS260";

/// Rule on care that is declared in a later month: one remark about all messages together.
const LATE: &str = "OP354";

/// Rows and signed eurocents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Sum {
    pub(super) regels: u64,
    pub(super) bedrag_ct: i64,
}

impl Sum {
    pub(super) fn add(&mut self, bedrag_ct: i64) {
        self.regels += 1;
        self.bedrag_ct += bedrag_ct;
    }
}

/// What a file with declaraties holds.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct FileTotal {
    #[serde(skip)]
    pub(super) naam: String,
    /// Sum of the amounts as they are written, credits as well.
    #[serde(skip)]
    geschreven_ct: i64,
    /// Records, without headings and blank lines.
    pub(super) regels: u64,
    /// Signed sum of the amounts that can be read.
    pub(super) bedrag_ct: i64,
    /// Records of which the amount cannot be read with certainty.
    pub(super) zonder_bedrag: u64,
    pub(super) lege_regels: u64,
    /// Headings that stand again among the records.
    pub(super) herhaalde_koppen: u64,
    /// Rows that add up the others.
    pub(super) totaalregels: u64,
}

/// One place where a rule must speak.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Hit {
    pub(super) bestand: String,
    /// Line in the file on which the record begins; 0 for the whole file.
    pub(super) regel: u64,
    pub(super) referentie: Option<String>,
    pub(super) bedrag_ct: Option<i64>,
}

/// Everything that is known beforehand.
#[derive(Debug)]
pub(super) struct Ledger<'p> {
    plan: &'p Plan,
    files: Vec<FileTotal>,
    hits: BTreeMap<&'static str, Vec<Hit>>,
    sums: BTreeMap<&'static str, Sum>,
    /// Lines of messages that were declared in a later month.
    late: Sum,
    pub(super) quarters: Vec<QuarterSums>,
}

impl<'p> Ledger<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        let quarters = (0..=FULL_QUARTERS).map(|_| QuarterSums::new(plan.clients.len())).collect();
        Self {
            plan,
            files: Vec::new(),
            hits: BTreeMap::new(),
            sums: BTreeMap::new(),
            late: Sum::default(),
            quarters,
        }
    }

    /// Begins a file and gives the number under which its lines are added.
    pub(super) fn open(&mut self, naam: String) -> usize {
        self.files.push(FileTotal { naam, ..FileTotal::default() });
        self.files.len() - 1
    }

    /// A line, where it stands.
    pub(super) fn add(&mut self, file: usize, regel: u64, line: &Line) {
        let readable = line.cell_fault.is_none_or(super::faults::CellFault::keeps_amount);
        let bedrag_ct = readable.then(|| line.signed_ct());
        let total = &mut self.files[file];
        total.regels += 1;
        total.bedrag_ct += bedrag_ct.unwrap_or(0);
        total.geschreven_ct += if readable { line.bedrag_ct } else { 0 };
        total.zonder_bedrag += u64::from(!readable);
        for code in line.codes {
            // What is told while a file is read knows no amount yet.
            let bedrag_ct = bedrag_ct.filter(|_| !["MS261", "MS276"].contains(code));
            let hit = Hit {
                bestand: total.naam.clone(),
                regel,
                referentie: Some(line.referentie.text()),
                bedrag_ct,
            };
            self.hits.entry(code).or_default().push(hit);
        }
        self.sums.entry("gelezen").or_default().add(bedrag_ct.unwrap_or(0));
        self.sums.entry(account(line.fate)).or_default().add(bedrag_ct.unwrap_or(0));
        let case = self.plan.case(line.case);
        let is_in_figures = matches!(line.fate, Fate::Counted | Fate::LooseCredit);
        if is_in_figures && case.in_messages() && line.declared > line.month {
            self.late.add(line.signed_ct());
        }
        if line.fate == Fate::Counted {
            self.quarters[calendar::quarter(line.month)].add(case, line);
        }
    }

    /// A blank line in a file.
    pub(super) fn add_blank(&mut self, file: usize) {
        self.files[file].lege_regels += 1;
    }

    /// What the total row says: the sum of the column in text, the sum with credits negative in a workbook.
    pub(super) fn total_ct(&self, file: usize, form: Form) -> i64 {
        match form {
            Form::Text(_) => self.files[file].geschreven_ct,
            _ => self.files[file].bedrag_ct,
        }
    }

    /// A code that lost its zeros; told once per file, at the first.
    pub(super) fn add_lost_zeros(&mut self, file: usize, regel: u64) {
        let bestand = self.files[file].naam.clone();
        let told = self.hits.entry("MS280").or_default();
        if !told.iter().any(|hit| hit.bestand == bestand) {
            told.push(Hit { bestand, regel, referentie: None, bedrag_ct: None });
        }
    }

    /// Headings that stand again.
    pub(super) fn add_headings(&mut self, file: usize) {
        self.files[file].herhaalde_koppen += 1;
    }

    /// A row that adds up the others, and is wrong by some eurocents.
    pub(super) fn add_total(&mut self, file: usize, regel: u64, off_ct: i64) {
        self.files[file].totaalregels += 1;
        if off_ct != 0 {
            let bestand = self.files[file].naam.clone();
            let hit = Hit { bestand, regel, referentie: None, bedrag_ct: Some(off_ct) };
            self.hits.entry(WRONG_TOTAL).or_default().push(hit);
        }
    }

    /// The whole of a file that is the same as one before it.
    pub(super) fn add_copy(&mut self, original: usize, naam: String) {
        let copy = FileTotal { naam: naam.clone(), ..self.files[original].clone() };
        for account in ["gelezen", "dubbel"] {
            let sum = self.sums.entry(account).or_default();
            sum.regels += copy.regels;
            sum.bedrag_ct += copy.bedrag_ct;
        }
        let bedrag_ct = Some(copy.bedrag_ct);
        self.files.push(copy);
        self.add_file_hit("MS002", naam, bedrag_ct);
    }

    /// A file that a rule refuses as a whole.
    pub(super) fn add_file_hit(
        &mut self,
        code: &'static str,
        bestand: String,
        bedrag_ct: Option<i64>,
    ) {
        self.hits.entry(code).or_default().push(Hit {
            bestand,
            regel: 0,
            referentie: None,
            bedrag_ct,
        });
    }

    /// A row without an amount that a rule speaks about.
    pub(super) fn add_place(&mut self, code: &'static str, bestand: &str, regel: u64) {
        let hit = Hit { bestand: bestand.to_owned(), regel, referentie: None, bedrag_ct: None };
        self.hits.entry(code).or_default().push(hit);
    }

    /// A file with lines of which no amount can be read.
    pub(super) fn add_unreadable(&mut self, code: &'static str, naam: &str, regels: u64) {
        let total = FileTotal {
            naam: naam.to_owned(),
            regels,
            zonder_bedrag: regels,
            ..FileTotal::default()
        };
        self.files.push(total);
        for account in ["gelezen", account(Fate::FileRejected)] {
            self.sums.entry(account).or_default().regels += regels;
        }
        self.add_file_hit(code, naam.to_owned(), None);
    }

    /// Adds what can only be said of all files together.
    pub(super) fn close(&mut self) {
        if self.late.regels > 0 {
            let bedrag_ct = Some(self.late.bedrag_ct);
            self.add_file_hit(LATE, String::new(), bedrag_ct);
        }
    }

    /// Signed eurocents of a file so far.
    pub(super) fn file_ct(&self, file: usize) -> i64 {
        self.files[file].bedrag_ct
    }

    /// Per code: places, in the order of the files.
    pub(super) fn hits(&self) -> &BTreeMap<&'static str, Vec<Hit>> {
        &self.hits
    }

    /// Per account: rows and eurocents.
    pub(super) fn sums(&self) -> &BTreeMap<&'static str, Sum> {
        &self.sums
    }

    /// Per file: what it holds.
    pub(super) fn files(&self) -> BTreeMap<&str, &FileTotal> {
        self.files.iter().map(|file| (file.naam.as_str(), file)).collect()
    }
}

fn account(fate: Fate) -> &'static str {
    match fate {
        Fate::Counted => "geteld",
        Fate::RowRejected => "afgekeurd_rij",
        Fate::FileRejected => "afgekeurd_bestand",
        Fate::CrossRejected => "afgekeurd_over_rijen",
        Fate::Netted => "verrekend",
        Fate::LooseCredit => "losse_credit",
        Fate::RefusedByGemeente => "afgewezen_jw325",
        Fate::OutsideRegion => "buiten_regio",
        Fate::Wmo => "wmo",
    }
}

/// How maatwerk must be recognised, or `None` for ordinary care.
pub(super) fn recognition(kind: Kind, product: u32) -> Option<&'static str> {
    match (kind, product) {
        (Kind::Maatwerk, super::world::M_SPECIAAL) => Some("opzoektabel"),
        (Kind::Maatwerk, super::world::BEGELEIDING) => Some("register"),
        (Kind::Maatwerk | Kind::Unregistered, _) => Some("teken"),
        _ => None,
    }
}
