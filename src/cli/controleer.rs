//! `maatstaf controleer`: read and check only; nothing is kept.

use crate::cli::args;
use crate::cli::fault::{Exit, Fault};
use crate::cli::job::{self, Reading};
use crate::cli::progress::Screen;
use crate::cli::{Outcome, overzicht};
use crate::region::Region;

pub(crate) fn run(args: &args::Controleer) -> Result<Outcome, Fault> {
    if args.input.bron.is_empty() && args.input.als.is_empty() {
        return Err(Fault::usage(
            "geen BRON gegeven; noem de bestanden of mappen die gecontroleerd moeten worden"
                .to_owned(),
        ));
    }
    let reading = Reading::new(&args.input, Some(Region::without()))?;
    let key = job::passing_key(args.input.sleutel.as_deref())?;
    let folder = job::passing_folder(None)?;
    let mut screen = Screen::new(args.input.screen);
    let result = reading.read(&folder.folder().join("dataset"), &key, &mut screen);
    screen.done();
    let dataset = result?;
    let mut text = overzicht::summary(&dataset)?;
    let exit = job::exit_of(&dataset, &reading.region);
    let next = "Verder: maatstaf rapport BRON… --regio REGIO\n";
    text.push_str(if exit == Exit::Input { overzicht::NOTHING_READ } else { next });
    let text = if args.input.screen.stil { String::new() } else { text };
    Ok(Outcome { text, notes: String::new(), exit })
}
