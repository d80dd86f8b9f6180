//! `maatstaf herkomst`: where a number of a report comes from.

use serde_json::json;

use crate::cli::args;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::cli::gelezen::{self, Geen, Gelezen};
use crate::cli::job::STOP;
use crate::cli::progress::Screen;
use crate::cli::{Outcome, scherm, vouwen};
use crate::region::Publiek;
use crate::run::{self, Nareken, Oorsprong};
use crate::trace::adres::{self, Gevonden, Tak};
use crate::trace::rapportmap::Rapportmap;
use crate::trace::spoor::Spoor;
use crate::trace::{tekst, werkboek};

pub(crate) fn run(args: &args::Herkomst) -> Result<Outcome, Fault> {
    let rapport = Rapportmap::open(&args.van).or_exit(Exit::Usage)?;
    let words = args.adres.as_deref().unwrap_or_default();
    let found = adres::zoek(&adres::alles(&rapport, words), &rapport.regio, words);
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
        text = format!("{text}\nVerder: maatstaf herkomst \"{}\" --van {van}\n", first.adres);
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
    may_write(args, rapport)?;
    let (gelezen, fault) = match gelezen::gelezen(rapport, &args.bron, screen) {
        Ok(gelezen) => (Some(gelezen), None),
        Err(Geen::Anders(afwijkingen)) => (None, Some(gelezen::fault(&afwijkingen))),
        Err(Geen::Fout(fault)) => return Err(fault),
    };
    let job =
        gelezen.as_ref().map(|gelezen| Nareken { rapport, dataset: &gelezen.dataset, stop: &STOP });
    let Oorsprong { spoor, rijen } =
        run::spoor(rapport, address, job.as_ref(), screen).or_exit(Exit::Usage)?;
    let text = if args.json {
        let value = serde_json::to_value(&spoor).map_err(anyhow::Error::from);
        format!("{:#}\n", value.or_exit(Exit::Internal)?)
    } else {
        let told = tekst::spoor(&spoor) + &next(args, rapport, &spoor);
        match scherm::scherm(scherm::Kleur::Nooit).breedte {
            Some(breedte) => vouwen::vouw(&told, breedte),
            None => told,
        }
    };
    if let Some(path) = args.regels.as_ref().filter(|_| gelezen.is_some()) {
        if rijen.is_empty() {
            return Err(Fault::usage(format!(
                "achter {address} staan geen rijen van een bestand; kies een van de adressen waarop het rust"
            )));
        }
        let bytes = werkboek::werkboek(rapport, &spoor, &rijen).or_exit(Exit::Usage)?;
        werkboek::schrijf(path, &bytes, args.overschrijf).or_exit(Exit::Usage)?;
    }
    let opmerking = gelezen.as_ref().and_then(Gelezen::opmerking).filter(|_| !args.screen.stil);
    let Some(fault) = fault else {
        return Ok(Outcome { notes: opmerking.unwrap_or_default(), ..done(text) });
    };
    Ok(Outcome { text, notes: fault.message(args.screen.verbose), exit: fault.exit })
}

/// Rows are for ICM only, and a file that stands there stays.
fn may_write(args: &args::Herkomst, rapport: &Rapportmap) -> Result<(), Fault> {
    let Some(path) = &args.regels else { return Ok(()) };
    if rapport.publiek != Publiek::Intern {
        return Err(Fault::usage(format!(
            "dit rapport is gemaakt voor publiek {}: achter een getal kan één jeugdige staan, en rijen zijn alleen voor intern; gebruik een rapport met --publiek intern",
            rapport.publiek
        )));
    }
    if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
        return Err(Fault::usage(format!(
            "{} is geen naam voor een werkmap; schrijf bijvoorbeeld --regels rijen.xlsx",
            path.display()
        )));
    }
    if path.exists() && !args.overschrijf {
        return Err(Fault::usage(format!(
            "{} bestaat al; kies een andere naam, of vervang het met --overschrijf",
            path.display()
        )));
    }
    Ok(())
}

/// What the reader can do now.
fn next(args: &args::Herkomst, rapport: &Rapportmap, spoor: &Spoor) -> String {
    let van = rapport.map.display();
    if let Some(path) = args.regels.as_ref().filter(|_| spoor.rijen.is_some()) {
        return format!("\nVerder: open {} in Excel\n", path.display());
    }
    let below = spoor.rust_op.first().or(spoor.noemer.as_ref().and_then(|one| one.adres.as_ref()));
    match below {
        _ if spoor.rijen.is_some() => format!(
            "\nVerder: maatstaf herkomst \"{}\" --van {van} --regels rijen.xlsx\n",
            spoor.adres
        ),
        Some(below) => format!("\nVerder: maatstaf herkomst \"{below}\" --van {van}\n"),
        None => format!("\nVerder: maatstaf verifieer {van}\n"),
    }
}
