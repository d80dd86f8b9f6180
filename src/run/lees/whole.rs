//! A file counts whole or not at all.
//!
//! When a file changed while it was read, or broke off, the rows before that point are as good as any, and still they
//! are half of something: a sum over them would look right and be wrong. They leave with the reason and their euros.

use anyhow::Result;

use super::FileReader;
use super::work::FileState;
use crate::dataset::manifest::{ReadingAccount, Sum};
use crate::dutch::counted;
use crate::rejects::{Reject, Rule, Severity};
use crate::sources::Reading;
use crate::sources::hashed::Hashed;
use crate::sources::raw::SourceFile;
use crate::sources::rules::{MS246, MS247};

impl FileReader<'_, '_> {
    /// Why nothing of a file may count, with what was found; `None` when it was read whole.
    pub(super) fn broken(
        &self,
        one: &Hashed,
        state: &FileState,
    ) -> Option<(&'static Rule, String)> {
        if let Some(change) = self.stamps.change(&one.candidate.path) {
            return Some((&MS246, change.to_owned()));
        }
        let n = i64::try_from(state.account.aanvaard.regels).unwrap_or(i64::MAX);
        let found = || format!("{} ervoor", counted(n, "regel", "regels"));
        (!state.cut_off.is_empty() && n > 0).then(|| (&MS247, found()))
    }

    /// Moves everything that was accepted of a file to what was rejected, and tells why.
    pub(super) fn refuse_whole(
        &mut self,
        file: &SourceFile,
        rule: &'static Rule,
        found: &str,
        state: &mut FileState,
    ) -> Result<()> {
        let account = &mut state.account;
        let accepted = std::mem::take(&mut account.aanvaard);
        account.afgekeurd.add(accepted);
        for of_table in state.per_tabel.values_mut() {
            let accepted = std::mem::take(&mut of_table.aanvaard);
            of_table.afgekeurd.add(accepted);
        }
        let table =
            state.reading.as_ref().map_or_else(String::new, |reading| reading.table.clone());
        let bedrag_ct = (accepted != Sum::default()).then_some(accepted.bedrag_ct);
        let found = found.to_owned();
        self.store.reject(&[Reject { table, found, bedrag_ct, ..Reject::new(rule, &file.path, 0) }])
    }

    /// Remembers a file under its hash; one that did not count has none, so that it is read again when it is whole.
    pub(super) fn remember_as(
        &mut self,
        file: &SourceFile,
        is_whole: bool,
        reading: Reading,
        account: ReadingAccount,
    ) {
        if is_whole {
            self.remember(file, reading, account);
        } else {
            let unread = SourceFile { sha256: String::new(), ..file.clone() };
            self.remember(&unread, reading, account);
        }
    }
}

/// True for a reject that says that the rest of the file could not be read.
pub(super) fn cuts_off(reject: &Reject) -> bool {
    reject.severity == Severity::Fataal && reject.line == 0
}
