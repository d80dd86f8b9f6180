//! LEESMIJ: how the run ended, what to open, what was rejected, what to do next.
//!
//! Enters: the input of the report. Leaves: what only `LEESMIJ.html` tells. Does not know what is in the files it names.

mod retour;

use crate::checks::oorzaken::Oorzaak;
use crate::dataset::manifest::{Sum, Uitkomst};
use crate::dutch::{counted, euro_ct};
use crate::rejects::Severity;
use crate::report::compose::voorpagina::{unread_block, verdict};
use crate::report::compose::{Input, editie};
use crate::report::document::{Block, Definition, FileLink, Leesmij};

pub(super) fn leesmij(input: &Input<'_>) -> Leesmij {
    let rejected = input.manifest.totals().0.afgekeurd.regels;
    let causes = worst_causes(input);
    let mut blocks = unread_block(input);
    if rejected > 0 && !causes.is_empty() {
        blocks.push(Block::Heading("Meest voorkomende oorzaken van afkeur".to_owned()));
        blocks.push(Block::List(causes));
    }
    Leesmij {
        verdict: verdict(input),
        counts: counts(input),
        blocks,
        files: files(input),
        edities: editie::links(input),
        next_steps: next_steps(input),
    }
}

/// True when the audience may see rows of single children.
fn sees_rows(input: &Input<'_>) -> bool {
    input.published.minimum().is_none()
}

fn counts(input: &Input<'_>) -> Vec<Definition> {
    let (reading, reporting) = input.manifest.totals();
    let counted_sum = reporting.uitkomsten.get(&Uitkomst::Geteld).copied().unwrap_or_default();
    let pair = |sum: Sum| {
        let rows = counted(sum.regels.cast_signed(), "regel", "regels");
        if input.is_small(sum.regels) {
            rows
        } else {
            format!("{rows}, {}", euro_ct(sum.bedrag_ct))
        }
    };
    let mut counts = vec![
        Definition::new("Gelezen", &pair(reading.gelezen)),
        Definition::new("Afgekeurd bij het lezen", &pair(reading.afgekeurd)),
    ];
    let hersteld = input.manifest.hersteld();
    if hersteld.regels > 0 {
        counts.push(Definition::new(
            "Waarvan vervangen door een teruggestuurde regel",
            &pair(hersteld),
        ));
    }
    counts.push(Definition::new("Telt mee, alle kwartalen", &pair(counted_sum)));
    counts
}

/// Files that other parts of the program put in the folder.
fn files(input: &Input<'_>) -> Vec<FileLink> {
    let link = |path: &str, text: &str| FileLink { path: path.to_owned(), text: text.to_owned() };
    let book = "alle tabellen en grafieken om in Excel mee verder te werken";
    let mut files = vec![link(crate::report::workbook::REPORT, book)];
    if sees_rows(input) {
        files.push(link(crate::report::REJECTS, "alle afgekeurde en opgemerkte regels"));
        files.extend(retour::links(input));
        files.push(link("herkomst/bestanden.csv", "de aansluiting per bestand"));
    }
    files.push(link("herkomst/manifest.json", "waar elk cijfer vandaan komt"));
    files
}

fn next_steps(input: &Input<'_>) -> Vec<String> {
    let mut steps = vec!["Open rapport.html en lees de eerste bladzijde.".to_owned()];
    if sees_rows(input) {
        let rejects = crate::report::REJECTS;
        steps.push(format!("Kijk in {rejects} welke regels zijn afgekeurd of opgemerkt."));
        steps.extend(retour::steps(input));
        if input.published.measures().any(|measure| measure.werklijst.is_some()) {
            let text =
                "Open de map werklijsten: per regel van de regio de gevallen om over te praten.";
            steps.push(text.to_owned());
        }
    }
    if input.only.is_none() {
        let text = "Stuur elke gemeente alleen haar eigen bestand uit de map gemeenten.";
        steps.push(text.to_owned());
    }
    steps.push(
        "Plak een figuur uit de map figuren in uw eigen stuk; de tekst voor wie hem niet ziet staat in figuren/alt-teksten.txt."
            .to_owned(),
    );
    steps
}

/// The fatal causes with the most rows, each with its remedy.
fn worst_causes(input: &Input<'_>) -> Vec<String> {
    let fatal = input.causes.iter().filter(|cause| cause.severity == Severity::Fataal);
    let line = |cause: &Oorzaak| {
        let rows = counted(cause.regels.cast_signed(), "regel", "regels");
        let euros = cause.bedrag_ct.filter(|_| !input.is_small(cause.regels));
        let euros = euros.map(|ct| format!(", {}", euro_ct(ct))).unwrap_or_default();
        format!("{}: {} ({rows}{euros}). Oplossing: {}.", cause.code, cause.title, cause.remedy)
    };
    fatal.take(5).map(line).collect()
}
