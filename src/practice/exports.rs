//! The files with declaraties: which form each has, and what is odd about it.
//!
//! Enters: nothing. Leaves: constant tables.

use super::form::{Dialect, Form};
use super::world::ELFENBANKJE;

/// A file with declaraties, and what is odd about it.
#[derive(Debug)]
pub(super) struct ExportFile {
    /// File name without extension.
    pub(super) stam: &'static str,
    pub(super) form: Form,
    /// Lines after which a blank row stands.
    pub(super) blank_after: Option<u64>,
    /// Lines after which the headings stand again.
    pub(super) headings_after: Option<u64>,
    /// Lines after which a row is hidden.
    pub(super) hidden_after: Option<u64>,
    /// Lines after which a note stands beside the table.
    pub(super) note_after: Option<u64>,
    /// Whether it is delivered a second time under another name.
    pub(super) is_copied: bool,
    /// Eurocents by which its total row is wrong.
    pub(super) total_off_ct: i64,
}

impl ExportFile {
    /// File name.
    pub(super) fn naam(&self) -> String {
        format!("{}{}", self.stam, self.form.extension())
    }
}

const fn export(stam: &'static str, form: Form) -> ExportFile {
    ExportFile {
        stam,
        form,
        blank_after: None,
        headings_after: None,
        hidden_after: None,
        note_after: None,
        is_copied: false,
        total_off_ct: 0,
    }
}

/// The exports; an aanbieder stands in one of them.
pub(super) const EXPORTS: [ExportFile; 6] = [
    ExportFile {
        blank_after: Some(50),
        ..export("declaraties_linde", Form::Text(Dialect::Puntkomma))
    },
    ExportFile {
        hidden_after: Some(100),
        note_after: Some(150),
        ..export("declaraties_sterrenwacht", Form::Workbook)
    },
    ExportFile {
        headings_after: Some(200),
        ..export("declaraties_kruidentuin", Form::Text(Dialect::Komma))
    },
    ExportFile {
        total_off_ct: TOTAL_OFF_CT,
        ..export("declaraties_blauwe_anker", Form::Text(Dialect::Windows))
    },
    ExportFile { is_copied: true, ..export("declaraties_vuurvlinder", Form::TextWorkbook) },
    export("declaraties_nachtegaal", Form::Parquet),
];

/// Eurocents by which a planted total is wrong.
pub(super) const TOTAL_OFF_CT: i64 = 1_000;
/// Positions in [`EXPORTS`].
pub(super) const IN_LINDE: usize = 0;
pub(super) const IN_STERRENWACHT: usize = 1;
pub(super) const IN_KRUIDENTUIN: usize = 2;
pub(super) const IN_ANKER: usize = 3;
pub(super) const IN_NACHTEGAAL: usize = 5;
/// Where the aanbieders that send messages stand in [`super::world::Aanbieder::bron`].
pub(super) const MESSAGES: usize = EXPORTS.len();
/// The aanbieder whose messages stand in one zip.
pub(super) const ZIPPED: u32 = ELFENBANKJE;
