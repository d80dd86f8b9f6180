//! What happens to one block: typing and the rules on single rows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::stijlen::{FileStyles, Place};
use crate::checks;
use crate::checks::herstel::{Herstel, Overgenomen};
use crate::checks::honderd::Honderd;
use crate::dataset::manifest::{ReadingAccount, Sum};
use crate::rejects::{Reject, Severity};
use crate::schema::DECLARATIES;
use crate::sources::raw::RawTable;
use crate::sources::{Block, Counts, Reading};
use crate::typing::control::{Control, Part, Refused, Values};
use crate::typing::seen::Seen;
use crate::typing::styles::{Frozen, Styles};
use crate::typing::{Finished, TypedTable, Typer};

/// What is gathered about one file.
#[derive(Default)]
pub(super) struct FileState {
    pub(super) reading: Option<Reading>,
    pub(super) account: ReadingAccount,
    /// The same per table: a workbook may hold several.
    pub(super) per_tabel: BTreeMap<&'static str, ReadingAccount>,
    pub(super) styles: FileStyles,
    pub(super) honderd: Honderd,
    pub(super) control: Control,
    /// Why the rest of the file could not be read.
    pub(super) cut_off: Vec<Reject>,
    /// What its mended rows came in the place of.
    pub(super) overgenomen: Overgenomen,
}

impl FileState {
    /// Adds a block; gives what its totals say against the rows above them.
    pub(super) fn take(&mut self, block: Done) -> Vec<Reject> {
        self.account.add(&block.account);
        if let Some(table) = block.table {
            self.per_tabel.entry(table).or_default().add(&block.account);
        }
        self.honderd.merge(&block.honderd);
        if let Some(reading) = block.reading {
            self.reading = Some(reading);
        }
        block.control.into_iter().flat_map(|part| self.control.take(part)).collect()
    }
}

/// A block after typing and the rules on single rows.
pub(super) struct Done {
    /// The file it is from.
    pub(super) bron: String,
    /// The table its counts are about; a block of a workbook holds rows of one sheet.
    pub(super) table: Option<&'static str>,
    pub(super) tables: Vec<(&'static str, Finished)>,
    pub(super) rejects: Vec<Reject>,
    pub(super) account: ReadingAccount,
    pub(super) reading: Option<Reading>,
    pub(super) n_bytes: u64,
    /// Per table what typing noticed, with the place of its styles.
    pub(super) seen: Vec<(Place, Vec<Seen>)>,
    pub(super) honderd: Honderd,
    /// What the totals of the supplier are held against.
    pub(super) control: Vec<Part>,
}

/// Types and checks one block; pure, so that blocks can be done side by side. `places` says per table where its styles
/// are; without it the tables are messages, which have one style. `herstel` is for files with mended rows.
pub(super) fn work(
    typer: &Typer<'_>,
    block: Block,
    styles: Option<(&FileStyles, &[Place])>,
    mut herstel: Option<(&Herstel, &mut Overgenomen)>,
) -> Done {
    let mut account = opening(&block.counts);
    let bron = block.bron().to_owned();
    let table = block.tables.first().map(|raw| raw.table.name);
    let mut reading = block.reading;
    let mut rejects = block.rejects;
    let refused = refused_lines(&rejects);
    let mut control = Vec::new();
    let mut tables = Vec::new();
    let mut read_ct = block.counts.rejected_ct;
    let mut n_bytes = 0;
    let (mut seen, mut honderd) = (Vec::new(), Honderd::default());
    for (at, raw) in block.tables.iter().enumerate() {
        let place = styles.map(|(styles, places)| (styles, places[at]));
        let own = match place {
            Some((styles, place)) => Cow::Borrowed(styles.of(place)),
            None => Cow::Owned(Styles::decide(raw, &Frozen::default())),
        };
        if let Some(reading) = &mut reading {
            reading.styles = own.describe(&raw.headings);
        }
        n_bytes += (raw.n_bytes() + raw.n_rows() * raw.headings.len()) as u64;
        let totals = block.totals.iter().find(|total| is_of(total, raw));
        let mut typed = typer.type_block(raw, &own);
        if let Some((herstel, overgenomen)) = &mut herstel {
            herstel.mend(&mut typed, overgenomen);
        }
        let (typed, part) = controlled(typed, totals, &own, &refused);
        control.extend(part);
        honderd.add(&typed);
        seen.extend(place.map(|(_, place)| (place, typed.seen.clone())));
        let mut finished = typed.finish();
        rejects.append(&mut finished.rejects);
        account
            .aanvaard
            .add(Sum { regels: finished.n_accepted(), bedrag_ct: finished.accepted_ct });
        account.afgekeurd.add(Sum { regels: finished.n_rejected, bedrag_ct: finished.rejected_ct });
        account.onleesbaar_bedrag += finished.unreadable;
        if raw.table.name == DECLARATIES.name {
            read_ct += finished.accepted_ct + finished.rejected_ct;
        }
        tables.push((raw.table.name, finished));
    }
    // Messages are added up by their reader as well, which makes the account a check between two readings.
    account.gelezen.bedrag_ct = block.counts.read_ct.unwrap_or(read_ct);
    Done { bron, table, tables, rejects, account, reading, n_bytes, seen, honderd, control }
}

/// The account before any row was typed: what only the reader could see.
fn opening(counts: &Counts) -> ReadingAccount {
    ReadingAccount {
        gelezen: Sum { regels: counts.rows, bedrag_ct: 0 },
        aanvaard: Sum::default(),
        afgekeurd: Sum { regels: counts.rejected, bedrag_ct: counts.rejected_ct },
        onleesbaar_bedrag: counts.rejected_unreadable,
        dubbel: Sum::default(),
        blanco: counts.blank,
        totaalregels: counts.totals,
        koppen: counts.headings,
    }
}

/// Rows after the rules on single rows, and of an export what its totals are held against: a total may be of the
/// amounts as written or with credits negative.
fn controlled<'r>(
    typed: TypedTable<'r>,
    totals: Option<&RawTable>,
    styles: &Styles,
    refused: &[Refused],
) -> (TypedTable<'r>, Option<Part>) {
    let raw = typed.raw;
    let written = (!raw.is_message).then(|| Values::written(&typed));
    let typed = checks::rows(typed);
    let part = written.map(|mut values| {
        values.signed(&typed);
        Part::new(raw, &values, totals, styles, refused)
    });
    (typed, part)
}

/// Lines that could not become a row, in order.
fn refused_lines(rejects: &[Reject]) -> Vec<Refused> {
    let is_row = |reject: &&Reject| reject.severity == Severity::Fataal && reject.line > 0;
    let refused = |reject: &Reject| Refused { line: reject.line, bedrag_ct: reject.bedrag_ct };
    let mut lines: Vec<Refused> = rejects.iter().filter(is_row).map(refused).collect();
    // A row may be refused for several cells; one of them may know the amount.
    lines.sort_unstable_by(|a, b| (a.line, b.bedrag_ct).cmp(&(b.line, a.bedrag_ct)));
    lines.dedup_by_key(|refused| refused.line);
    lines
}

/// True when a row of totals stands below these rows.
fn is_of(total: &RawTable, raw: &RawTable) -> bool {
    total.table.name == raw.table.name && total.place == raw.place
}
