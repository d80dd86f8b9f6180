//! A Parquet file: its columns, its row groups, and reading a part of them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::pages::{self, Chunk};
use polars::io::mmap::MmapBytesReader;
use polars::prelude::{
    ArrowDataType, DataFrame, ParallelStrategy, ParquetReader, PolarsResult, SerReader,
};

use crate::sources::input::Input;
use crate::sources::spool::{Spool, seekable};

/// Rows read at a time from a large row group.
const SLICE_ROWS: usize = 1 << 17;
/// Bytes of a row group, unpacked, that are read at once.
const MAX_WHOLE: usize = 256 << 20;
/// Bytes a row group may unpack to.
const MAX_GROUP: usize = 8 << 30;
/// Rows in one row group; tools write a million at most.
const MAX_GROUP_ROWS: usize = 64 << 20;
/// Bytes of the description at the end.
const MAX_FOOTER: u64 = 64 << 20;
/// Columns of a table.
const MAX_COLUMNS: usize = 10_000;

/// Why a file cannot be read further; in Dutch, for `found`.
#[derive(Debug)]
pub(super) enum Fault {
    /// Not what its format asks for.
    Damaged(String),
    /// It unpacks to more than can be meant.
    TooLarge(String),
    /// Encrypted.
    Locked,
    /// The operating system refused.
    Unreadable(io::Error),
}

/// A column that can be read.
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    /// Its position in the file.
    pub(super) position: usize,
}

/// Rows that are read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slice {
    offset: usize,
    len: usize,
}

/// An open file.
pub(super) struct Export {
    file: Spool,
    bytes: u64,
    chunks: Vec<Chunk>,
    /// Columns that can be read.
    pub(super) columns: Vec<Column>,
    /// Names of columns that cannot.
    pub(super) unreadable: Vec<String>,
    slices: Vec<Slice>,
}

impl Export {
    /// Reads the description at the end of the file and holds it against the file.
    pub(super) fn open(input: &Input) -> Result<Self, Fault> {
        let mut file = seekable(input).map_err(Fault::Unreadable)?;
        let bytes = look(&mut file)?;
        let copy = file.try_clone().map_err(Fault::Unreadable)?;
        let (schema, groups, chunks) = guarded(|| {
            let mut reader = ParquetReader::new(copy);
            let schema = reader.schema()?;
            let (mut groups, mut chunks) = (Vec::new(), Vec::new());
            for group in &reader.get_metadata()?.row_groups {
                groups.push((group.num_rows(), group.total_byte_size(), group.compressed_size()));
                let rows = i64::try_from(group.num_rows()).unwrap_or(i64::MAX);
                for (column, name) in schema.iter_names().enumerate() {
                    let parts = group.columns_under_root_iter(name).into_iter().flatten();
                    chunks.extend(parts.map(|part| {
                        let (range, values) = (part.byte_range(), part.num_values());
                        Chunk { column, begin: range.start, end: range.end, values, rows }
                    }));
                }
            }
            Ok((schema, groups, chunks))
        })?;
        let (mut columns, mut unreadable) = (Vec::new(), Vec::new());
        for (position, (name, field)) in schema.iter().enumerate() {
            if is_readable(&field.dtype) {
                columns.push(Column { name: name.to_string(), position });
            } else {
                unreadable.push(name.to_string());
            }
        }
        if schema.len() > MAX_COLUMNS {
            return Err(Fault::TooLarge(format!("{} kolommen", schema.len())));
        }
        Ok(Self { file, bytes, columns, unreadable, slices: slices(&groups, bytes)?, chunks })
    }

    /// Holds what these columns say of themselves against the file.
    pub(super) fn check(&mut self, columns: &[usize]) -> Result<(), Fault> {
        let used = self.chunks.iter().filter(|chunk| columns.contains(&chunk.column));
        for chunk in used {
            pages::check(&mut self.file, chunk, self.bytes)?;
        }
        Ok(())
    }

    /// Names of the columns that can be read.
    pub(super) fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    /// Number of columns, those that cannot be read included.
    pub(super) fn n_columns(&self) -> usize {
        self.columns.len() + self.unreadable.len()
    }

    /// True for a table of a dataset of this program: its amounts are cents, and it was made from other files.
    pub(super) fn is_ours(&self) -> bool {
        let has = |name: &str| self.columns.iter().any(|column| column.name == name);
        let has_unit =
            |column: &Column| column.name.ends_with("_ct") || column.name.ends_with("_milli");
        has("bron") && has("regel") && self.columns.iter().any(has_unit)
    }

    /// The parts in which the rows are read.
    pub(super) fn slices(&self) -> Vec<Slice> {
        self.slices.clone()
    }

    /// Reads these columns of a part.
    pub(super) fn read(&mut self, slice: Slice, columns: &[usize]) -> Result<DataFrame, Fault> {
        let file = self.file.try_clone().map_err(Fault::Unreadable)?;
        let mut frame = guarded(|| {
            ParquetReader::new(file)
                .with_projection(Some(columns.to_vec()))
                .with_slice(Some((slice.offset, slice.len)))
                .read_parallel(ParallelStrategy::None)
                .finish()
        })?;
        if frame.height() != slice.len {
            return Err(Fault::Damaged("er zijn minder rijen dan het bestand zegt".to_owned()));
        }
        frame.rechunk_mut();
        // The order of the columns is that of the file, whatever was asked.
        Ok(frame)
    }
}

/// Both ends of the file must say what it is, and its description must hold together.
fn look(file: &mut Spool) -> Result<u64, Fault> {
    let mut first = [0; 4];
    let mut last = [0; 4];
    let bytes = file.seek(SeekFrom::End(0)).map_err(Fault::Unreadable)?;
    if bytes < 12 {
        return Err(Fault::Damaged("het bestand is te kort".to_owned()));
    }
    file.seek(SeekFrom::End(-4)).map_err(Fault::Unreadable)?;
    file.read_exact(&mut last).map_err(Fault::Unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(Fault::Unreadable)?;
    file.read_exact(&mut first).map_err(Fault::Unreadable)?;
    match (&first, &last) {
        (b"PARE", _) | (_, b"PARE") => return Err(Fault::Locked),
        (_, b"PAR1") => {}
        _ => return Err(Fault::Damaged("het bestand houdt te vroeg op".to_owned())),
    }
    hold_footer(file, bytes).map(|()| bytes)
}

/// The description at the end must hold together.
fn hold_footer(file: &mut Spool, bytes: u64) -> Result<(), Fault> {
    let broken = || Fault::Damaged("de inhoudsopgave klopt niet".to_owned());
    let mut len = [0; 4];
    file.seek(SeekFrom::End(-8)).map_err(Fault::Unreadable)?;
    file.read_exact(&mut len).map_err(Fault::Unreadable)?;
    let len = u64::from(u32::from_le_bytes(len));
    let begin = bytes.checked_sub(len + 8).ok_or_else(broken)?;
    if len > MAX_FOOTER {
        return Err(Fault::TooLarge("de inhoudsopgave is te groot".to_owned()));
    }
    let mut footer = Vec::new();
    file.seek(SeekFrom::Start(begin)).map_err(Fault::Unreadable)?;
    file.by_ref().take(len).read_to_end(&mut footer).map_err(Fault::Unreadable)?;
    if pages::footer_holds(&footer) { Ok(()) } else { Err(broken()) }
}

impl MmapBytesReader for Spool {
    fn to_file(&self) -> Option<&File> {
        match self {
            Self::File(file) => Some(file),
            Self::Memory(_) => None,
        }
    }

    fn to_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::File(_) => None,
            Self::Memory(bytes) => Some(bytes.get_ref()),
        }
    }
}

/// Runs the library; whatever goes wrong in it is a fault of the file.
fn guarded<T>(run: impl FnOnce() -> PolarsResult<T>) -> Result<T, Fault> {
    let damaged = || Fault::Damaged("de inhoud klopt niet met de inhoudsopgave".to_owned());
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) | Err(_) => Err(damaged()),
    }
}

/// Parts of at most a row group, small groups whole, large ones in slices.
fn slices(groups: &[(usize, usize, usize)], bytes: u64) -> Result<Vec<Slice>, Fault> {
    let mut out = Vec::new();
    let mut offset = 0usize;
    for (rows, unpacked, packed) in groups {
        if u64::try_from(*packed).unwrap_or(u64::MAX) > bytes {
            return Err(Fault::Damaged("het bestand is kleiner dan het zegt".to_owned()));
        }
        if *unpacked > MAX_GROUP || *rows > MAX_GROUP_ROWS {
            return Err(Fault::TooLarge("een deel is groter dan kan zijn bedoeld".to_owned()));
        }
        let step =
            if *unpacked <= MAX_WHOLE && *rows <= SLICE_ROWS * 8 { *rows } else { SLICE_ROWS };
        let mut done = 0;
        while done < *rows {
            let len = step.min(rows - done);
            out.push(Slice { offset: offset + done, len });
            done += len;
        }
        offset = offset.saturating_add(*rows);
    }
    Ok(out)
}

/// Kinds of values that can be written as one cell.
fn is_readable(kind: &ArrowDataType) -> bool {
    use ArrowDataType as Kind;
    match kind {
        Kind::Boolean
        | Kind::Int8
        | Kind::Int16
        | Kind::Int32
        | Kind::Int64
        | Kind::UInt32
        | Kind::UInt64
        | Kind::Float32
        | Kind::Float64
        | Kind::Date32
        | Kind::Timestamp(..)
        | Kind::Decimal(..)
        | Kind::Time32(_)
        | Kind::Time64(_)
        | Kind::Utf8
        | Kind::LargeUtf8
        | Kind::Utf8View
        | Kind::Binary
        | Kind::LargeBinary
        | Kind::BinaryView
        | Kind::Null => true,
        Kind::Dictionary(_, values, _) => is_readable(values),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_read_whole_and_large_ones_in_slices() {
        let part = |offset, len| Slice { offset, len };
        let cut = slices(&[(10, 100, 100), (0, 0, 0), (5, 100, 100)], 1000).unwrap();
        assert_eq!(cut, [part(0, 10), part(10, 5)]);
        let large = slices(&[(SLICE_ROWS + 1, MAX_WHOLE + 1, 10)], 1000).unwrap();
        assert_eq!(large, [part(0, SLICE_ROWS), part(SLICE_ROWS, 1)]);
    }

    #[test]
    fn what_a_file_says_of_itself_is_held_against_it() {
        assert!(matches!(slices(&[(1, 10, 2000)], 1000), Err(Fault::Damaged(_))));
        assert!(matches!(slices(&[(1, usize::MAX, 10)], 1000), Err(Fault::TooLarge(_))));
        assert!(matches!(slices(&[(usize::MAX, 10, 10)], 1000), Err(Fault::TooLarge(_))));
    }
}
