//! What happens to one block: typing and the rules on single rows.

use crate::checks;
use crate::dataset::manifest::{ReadingAccount, Sum};
use crate::rejects::Reject;
use crate::schema::DECLARATIES;
use crate::sources::{Block, Reading};
use crate::typing::styles::Styles;
use crate::typing::{Finished, Typer};

/// What is gathered about one file.
#[derive(Default)]
pub(super) struct FileState {
    pub(super) reading: Option<Reading>,
    pub(super) account: ReadingAccount,
    pub(super) styles: Option<Styles>,
    /// The rest of the file could not be read.
    pub(super) is_cut_off: bool,
}

impl FileState {
    pub(super) fn take(&mut self, block: Done) {
        self.account.add(&block.account);
        if let Some(reading) = block.reading {
            self.reading = Some(reading);
        }
    }
}

/// A block after typing and the rules on single rows.
pub(super) struct Done {
    pub(super) tables: Vec<(&'static str, Finished)>,
    pub(super) rejects: Vec<Reject>,
    pub(super) account: ReadingAccount,
    pub(super) reading: Option<Reading>,
    pub(super) n_bytes: u64,
}

/// Types and checks one block; pure, so that blocks can be done side by side.
pub(super) fn work(typer: &Typer<'_>, block: Block, styles: Option<&Styles>) -> Done {
    let mut account = ReadingAccount {
        gelezen: Sum { regels: block.counts.rows, bedrag_ct: 0 },
        aanvaard: Sum::default(),
        afgekeurd: Sum { regels: block.counts.rejected, bedrag_ct: block.counts.rejected_ct },
        onleesbaar_bedrag: block.counts.rejected_unreadable,
        dubbel: Sum::default(),
        blanco: block.counts.blank,
        totaalregels: block.counts.totals,
        koppen: block.counts.headings,
    };
    let mut reading = block.reading;
    let mut rejects = block.rejects;
    let mut tables = Vec::new();
    let mut read_ct = block.counts.rejected_ct;
    let mut n_bytes = 0;
    for raw in &block.tables {
        let own = Styles::decide_if_absent(styles, raw);
        if let Some(reading) = &mut reading {
            reading.styles = own.describe(&raw.headings);
        }
        n_bytes += (raw.n_bytes() + raw.n_rows() * raw.headings.len()) as u64;
        let mut finished = checks::rows(typer.type_block(raw, &own)).finish();
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
    Done { tables, rejects, account, reading, n_bytes }
}
