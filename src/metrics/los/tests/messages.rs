//! What is said of a question that cannot be asked: `messages.txt`, in which every question begins with `> `.
//!
//! A new question stands there with an empty answer first; what is said is put there after a person has read it.

use std::fs;
use std::path::Path;

use super::proef;
use crate::metrics::los::LosVraag;
use crate::region::Publiek::Intern;

#[test]
fn every_message_is_dutch_and_points_at_the_spot() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/metrics/los/tests/messages.txt");
    let expected = fs::read_to_string(&path).unwrap();
    let proef = proef();
    let mut found = Vec::new();
    for block in expected.split("\n\n").filter(|block| block.starts_with("> ")) {
        let asked: Vec<&str> = block
            .lines()
            .take_while(|line| line.starts_with("> "))
            .map(|line| &line[2..])
            .collect();
        let bron = if asked.len() > 1 { "map/eigen.sql" } else { "de vraag" };
        let read = LosVraag::lees(&asked.join("\n"), bron, &proef.omgeving(Intern));
        let said = read.map_or_else(|error| error.message, |_| "(kan)".to_owned());
        found.push(format!("> {}\n{said}", asked.join("\n> ")));
    }
    let found = format!("{}\n", found.join("\n\n"));
    assert_eq!(found.trim_end(), expected.trim_end());
}
