//! Rows → the compressed pages of a Parquet file, without the file.
//!
//! Encoding is most of the work of writing. Done apart from the file, it is done by the core that made the rows,
//! while others make the next ones; what is left for the one that writes is bytes in order.

use anyhow::Result;
use polars::prelude::{CompatLevel, DataFrame, PolarsResult, SchemaRef};
use polars_parquet::write::{
    CompressedPage, CompressionOptions, Encoding, StatisticsOptions, Version, WriteOptions,
    array_to_columns, compress, get_dtype_encoding, to_parquet_schema,
};

use crate::dataset::parquet::{SLICE_ROWS, computing};

/// Rows as they will stand in a file.
pub struct Encoded {
    /// Columns of the rows; a file has one schema.
    pub(super) schema: SchemaRef,
    /// Row groups, in order.
    pub(super) groups: Vec<Group>,
}

/// One row group.
pub(super) struct Group {
    pub(super) rows: usize,
    /// Pages per column.
    pub(super) columns: Vec<Vec<CompressedPage>>,
}

impl Encoded {
    /// Number of rows.
    pub fn rows(&self) -> u64 {
        self.groups.iter().map(|group| group.rows as u64).sum()
    }
}

/// How every file of a dataset is written. LZ4 opens a page without the set-up that zstd needs for each (a tenth of
/// the time of `lees`), for half as much space again. Nothing looks for a range of values, so minima and maxima would
/// only cost time.
const OPTIONS: WriteOptions = WriteOptions {
    statistics: StatisticsOptions {
        min_value: false,
        max_value: false,
        distinct_count: false,
        null_count: true,
        binary_statistics_truncate_length: None,
    },
    version: Version::V1,
    compression: CompressionOptions::Lz4Raw,
    data_page_size: None,
};

/// Columns that differ on nearly every row: looking for what repeats in them is in vain. So it is in a column without any
/// value, of which exports have many.
const DIFFERENT: &[&str] = &["referentienummer", "regel"];

/// Encodes and compresses rows. A row group is what a later walk has in memory at once, so many rows become several.
///
/// # Errors
/// Never for columns of the schema.
pub fn encode(frame: &DataFrame) -> Result<Encoded> {
    let mut groups = Vec::new();
    let mut offset = 0;
    while offset < frame.height() {
        let mut slice = frame.slice(i64::try_from(offset).unwrap_or(i64::MAX), SLICE_ROWS);
        slice.rechunk_mut();
        groups.extend(computing(group(&slice), "een tabel")?);
        offset += slice.height();
    }
    Ok(Encoded { schema: frame.schema().clone(), groups })
}

fn group(frame: &DataFrame) -> PolarsResult<Vec<Group>> {
    let batches = frame.iter_chunks(CompatLevel::newest(), false);
    let mut out = Vec::new();
    for batch in batches.filter(|batch| !batch.is_empty()) {
        let schema = to_parquet_schema(batch.schema())?;
        let mut columns = Vec::new();
        let fields = batch.columns().iter().zip(schema.fields()).zip(batch.schema().iter_values());
        for ((array, field), from) in fields {
            let is_empty = array.null_count() == array.len();
            let encoding = if is_empty || DIFFERENT.contains(&from.name.as_str()) {
                vec![Encoding::Plain]
            } else {
                get_dtype_encoding(&from.dtype)
            };
            for pages in array_to_columns(array, field.clone(), OPTIONS, &encoding)? {
                let pages = pages.map(|page| Ok(compress(page?, Vec::new(), OPTIONS.compression)?));
                columns.push(pages.collect::<PolarsResult<Vec<CompressedPage>>>()?);
            }
        }
        out.push(Group { rows: batch.len(), columns });
    }
    Ok(out)
}
