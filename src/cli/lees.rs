//! `maatstaf lees`: exports and messages → dataset.

use crate::cli::args;
use crate::cli::fault::{Exit, Fault};
use crate::cli::job::{self, Reading};
use crate::cli::progress::Screen;
use crate::cli::{Outcome, overzicht};

pub(crate) fn run(args: &args::Lees) -> Result<Outcome, Fault> {
    if args.input.bron.is_empty() && args.input.als.is_empty() {
        return Err(Fault::usage(
            "geen BRON gegeven; noem de bestanden of mappen die gelezen moeten worden".to_owned(),
        ));
    }
    let reading = Reading::new(&args.input, None)?;
    let key = job::kept_key(args.input.sleutel.as_deref())?;
    let mut screen = Screen::new(args.input.screen);
    let result = reading.read(&args.naar, &key, &mut screen);
    screen.done();
    let dataset = result?;
    let mut text = overzicht::summary(&dataset)?;
    let exit = job::exit_of(&dataset, &reading.region);
    let next = format!(
        "Verder: maatstaf rapport --dataset {} --regio {}\n",
        args.naar.display(),
        reading.region.id
    );
    text.push_str(if exit == Exit::Input { overzicht::NOTHING_READ } else { &next });
    let text = if args.input.screen.stil { String::new() } else { text };
    Ok(Outcome { text, notes: String::new(), exit })
}
