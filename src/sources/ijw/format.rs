//! iJw messages as a [`Format`] among the others.
//!
//! Enters: a file that was recognised. Leaves: one block with all of it. Knows nothing of the messages.

use anyhow::Result;

use crate::rejects::Reject;
use crate::sources::archive::Refusal;
use crate::sources::ijw::{Read, read, recognise};
use crate::sources::{Block, Counts, Format, Opened, Reading, Sink};

/// The format of iJw messages.
pub const FORMAT: Format = Format {
    name: "iJw",
    recognises: |head| recognise(head).is_some(),
    read: read_file,
    whole_file: true,
};

fn read_file(opened: &Opened<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let bytes = match opened.input.read_all() {
        Ok(bytes) => bytes,
        Err(error) => {
            let Refusal { rule, reason } = opened.input.refusal(&error);
            let reject = Reject { found: reason, ..Reject::new(rule, &opened.file.path, 0) };
            let file = Some(opened.file.clone());
            return sink(Block { file, rejects: vec![reject], ..Block::default() });
        }
    };
    let name = recognise(&bytes).map_or("", |message| message.name);
    let message = read(&bytes, &opened.file);
    // Only declared euros belong in the account; those of an answer repeat them.
    let is_declaratie = name == "JW323";
    sink(Block {
        file: Some(opened.file.clone()),
        reading: Some(reading(name, &message)),
        counts: Counts {
            rows: message.rows_read,
            read_ct: is_declaratie.then_some(message.read_ct),
            rejected: message.rows_rejected,
            rejected_ct: if is_declaratie { message.rejected_ct } else { 0 },
            rejected_unreadable: if is_declaratie { message.rejected_unreadable } else { 0 },
            ..Counts::default()
        },
        tables: message.tables,
        rejects: message.rejects,
        ..Block::default()
    })
}

fn reading(name: &str, message: &Read) -> Reading {
    let format = format!("iJw {name}");
    let Some(table) = message.tables.first() else {
        return Reading::unused(&format, format!("{name} herkend, geen regels gebruikt"));
    };
    let columns = table
        .headings
        .iter()
        .zip(table.targets.iter())
        .filter_map(|(heading, target)| {
            target.map(|target| (heading.clone(), table.table.columns[target].name.to_owned()))
        })
        .collect();
    Reading {
        table: table.table.name.to_owned(),
        encoding: "UTF-8".to_owned(),
        columns,
        ..Reading::unused(&format, String::new())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use super::*;
    use crate::sources::ijw::testing::{
        BSN_1, answer, client, file, good_jw323, jw325, prestatie, retour, with,
    };
    use crate::sources::input::Input;

    fn block_of(xml: &str) -> Block {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::write(&path, xml).unwrap();
        let aliases = BTreeMap::new();
        let input = Input::File(path);
        let opened = Opened { file: file(), input: &input, aliases: &aliases, table: None };
        let mut blocks = Vec::new();
        let mut sink = |block: Block| {
            blocks.push(block);
            Ok(())
        };
        (FORMAT.read)(&opened, &mut sink).unwrap();
        assert_eq!(blocks.len(), 1);
        blocks.remove(0)
    }

    #[test]
    fn a_message_is_one_block_that_says_how_it_was_read() {
        let block = block_of(&good_jw323());
        let reading = block.reading.unwrap();
        assert_eq!((reading.format.as_str(), reading.table.as_str()), ("iJw JW323", "declaraties"));
        assert!(reading.columns.contains(&("Afzender".to_owned(), "agb".to_owned())));
        assert_eq!((block.counts.rows, block.counts.rejected, block.tables.len()), (2, 0, 1));
    }

    #[test]
    fn a_refused_message_counts_its_rows_and_euros_as_rejected() {
        let block = block_of(&with(&good_jw323(), ">12000<", ">1<"));
        assert_eq!(
            (block.counts.rows, block.counts.rejected, block.counts.rejected_ct),
            (2, 2, 12_000)
        );
        assert_eq!(block.reading.unwrap().remark, "JW323 herkend, geen regels gebruikt");
    }

    #[test]
    fn only_a_declaratie_adds_euros_to_the_account() {
        assert_eq!(block_of(&good_jw323()).counts.read_ct, Some(12_000));
        let lines = [prestatie("R1", 5000, "D", &retour(&["0611"]))];
        let clients = [client(BSN_1, &lines, &retour(&["0200"]))];
        let xml = jw325(&["0200"], &answer(12_000, 7000, &clients, &["0200"]));
        let counts = block_of(&xml).counts;
        assert_eq!((counts.rows, counts.read_ct), (1, None));
        let refused = block_of(&with(&xml, ">491<", ">490<"));
        assert_eq!((refused.counts.rejected, refused.counts.rejected_ct), (1, 0));
        assert_eq!(refused.rejects[0].bedrag_ct, None);
    }

    #[test]
    fn a_file_that_is_gone_is_a_reject() {
        let aliases = BTreeMap::new();
        let path = std::path::Path::new("bestaat-niet.xml");
        let input = Input::File(path.to_path_buf());
        let opened = Opened { file: file(), input: &input, aliases: &aliases, table: None };
        let mut codes = Vec::new();
        let mut sink = |block: Block| {
            codes.extend(block.rejects.into_iter().map(|reject| reject.code));
            Ok(())
        };
        (FORMAT.read)(&opened, &mut sink).unwrap();
        assert_eq!(codes, ["MS206"]);
    }
}
