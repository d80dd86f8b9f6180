//! Says of a workbook that it is Dutch: the library that makes it says English, and screen readers believe that.
//!
//! Enters: the bytes of a workbook. Leaves: the same with its language. Does not know what is in it.

use std::io::{Cursor, Read as _, Write as _};

use anyhow::Context as _;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The part with the properties of the document.
const PROPERTIES: &str = "docProps/core.xml";
/// Where the texts of charts are.
const CHARTS: &str = "xl/charts/chart";

/// What the library writes, and what it has to be.
const WORDS: [(&str, &str); 3] = [
    ("</cp:coreProperties>", "<dc:language>nl-NL</dc:language></cp:coreProperties>"),
    (" lang=\"en-US\"", " lang=\"nl-NL\""),
    ("<c:lang val=\"en-US\"/>", "<c:lang val=\"nl-NL\"/>"),
];

/// The same workbook in Dutch; parts that hold no language are copied as they are.
///
/// # Errors
/// When the bytes are no workbook: a mistake of this program.
pub(super) fn in_dutch(bytes: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for at in 0..archive.len() {
        let name = archive.by_index(at)?.name()?.into_owned();
        if name != PROPERTIES && !name.starts_with(CHARTS) {
            out.raw_copy_file(archive.by_index_raw(at)?)?;
            continue;
        }
        let mut text = String::new();
        archive.by_index(at)?.read_to_string(&mut text).with_context(|| name.clone())?;
        for (english, dutch) in WORDS {
            text = text.replace(english, dutch);
        }
        out.start_file(name, options)?;
        out.write_all(text.as_bytes())?;
    }
    Ok(out.finish()?.into_inner())
}
