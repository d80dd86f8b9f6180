//! `maatstaf herkomst`: where a number of a report comes from.

use serde_json::json;

use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::cli::gelezen::{self, Geen};
use crate::cli::job::STOP;
use crate::cli::progress::Screen;
use crate::run::{self, Nareken};
use crate::trace::adres::{self, Gevonden, Tak};
use crate::trace::rapportmap::Rapportmap;
use crate::trace::tekst;

pub(crate) fn run(args: &args::Herkomst) -> Result<Outcome, Fault> {
    let rapport = Rapportmap::open(&args.van).or_exit(Exit::Usage)?;
    let found = adres::zoek(&rapport, args.adres.as_deref().unwrap_or_default());
    let found = found.map_err(|error| Fault::usage(tekst::onbekend(&error, &rapport)))?;
    match found {
        Gevonden::Onder(tot, takken) => Ok(below(args, &rapport, &tot, &takken)),
        Gevonden::Getal(address) => {
            let mut screen = Screen::new(args.screen);
            let result = one(args, &rapport, &address, &mut screen);
            screen.done();
            result
        }
    }
}

/// What is under a part of an address.
fn below(args: &args::Herkomst, rapport: &Rapportmap, tot: &str, takken: &[Tak]) -> Outcome {
    if args.json {
        let all: Vec<_> = (takken.iter())
            .map(|tak| json!({"adres": tak.adres, "aantal": tak.aantal, "waarde": tak.waarde}))
            .collect();
        return done(format!("{:#}\n", json!({"onder": tot, "takken": all})));
    }
    let mut text = tekst::onder(rapport, tot, takken);
    if let Some(first) = takken.first() {
        let van = rapport.map.display();
        text += &format!("\nVerder: maatstaf herkomst \"{}\" --van {van}\n", first.adres);
    }
    done(text)
}

fn done(text: String) -> Outcome {
    Outcome { text, notes: String::new(), exit: Exit::Done }
}

/// One number. Without its files the report itself still tells a lot; that it could not be computed again is an error.
fn one(
    args: &args::Herkomst,
    rapport: &Rapportmap,
    address: &str,
    screen: &mut Screen,
) -> Result<Outcome, Fault> {
    let (gelezen, fault) = match gelezen::gelezen(rapport, &args.bron, screen) {
        Ok(gelezen) => (Some(gelezen), None),
        Err(Geen::Anders(afwijkingen)) => (None, Some(gelezen::fault(&afwijkingen))),
        Err(Geen::Fout(fault)) => return Err(fault),
    };
    let job =
        gelezen.as_ref().map(|gelezen| Nareken { rapport, dataset: &gelezen.dataset, stop: &STOP });
    let spoor = run::spoor(rapport, address, job.as_ref(), screen).or_exit(Exit::Usage)?;
    let text = if args.json {
        let value = serde_json::to_value(&spoor).map_err(anyhow::Error::from);
        format!("{:#}\n", value.or_exit(Exit::Internal)?)
    } else {
        let van = rapport.map.display();
        let next =
            format!("\nVerder: maatstaf herkomst \"{address}\" --van {van} --regels rijen.xlsx\n");
        tekst::spoor(&spoor) + &next
    };
    let Some(fault) = fault else { return Ok(done(text)) };
    Ok(Outcome { text, notes: fault.message(args.screen.verbose), exit: fault.exit })
}
