//! `maatstaf verifieer`: whether a report still follows from its files.

use std::fmt::Write as _;

use serde_json::json;

use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::cli::gelezen::{self, Geen, Gelezen};
use crate::cli::job::{self, STOP};
use crate::cli::progress::Screen;
use crate::dutch::{counted, n_of};
use crate::run::{Nareken, herhaal};
use crate::trace::bronnen::Wat;
use crate::trace::rapportmap::Rapportmap;
use crate::trace::verschil::{self, Verschil};

pub(crate) fn run(args: &args::Verifieer) -> Result<Outcome, Fault> {
    let rapport = Rapportmap::open(&args.map).or_exit(Exit::Usage)?;
    let mut screen = Screen::new(args.screen);
    let result = compare(args, &rapport, &mut screen);
    screen.done();
    let (mut found, opmerking) = result?;
    // What explains most comes first; of one cause, what was seen without computing.
    found.sort_by_key(|one| one.oorzaak);
    let notes = opmerking.filter(|_| !args.screen.stil).unwrap_or_default();
    Ok(Outcome { notes, ..told(args, &rapport, &found) })
}

/// Every difference. Files that are gone are an error; files that changed are a difference, and nothing is computed from
/// them.
fn compare(
    args: &args::Verifieer,
    rapport: &Rapportmap,
    screen: &mut Screen,
) -> Result<(Vec<Verschil>, Option<String>), Fault> {
    let on_disk = verschil::op_schijf(&rapport.map).or_exit(Exit::Input)?;
    let mut found = verschil::van_map(rapport, &on_disk);
    let gelezen = match gelezen::gelezen(rapport, &args.bron, screen) {
        Ok(gelezen) => gelezen,
        Err(Geen::Fout(fault)) => return Err(fault),
        Err(Geen::Anders(all)) if all.iter().any(|one| one.wat == Wat::Ontbreekt) => {
            return Err(gelezen::fault(&all));
        }
        Err(Geen::Anders(all)) => {
            found.extend(verschil::van_invoer(&all));
            return Ok((found, None));
        }
    };
    let again = again(rapport, &gelezen, screen)?;
    found.extend(verschil::van_herhaling(rapport, &on_disk, &again.bestanden, &again.manifest));
    Ok((found, gelezen.opmerking()))
}

fn again(
    rapport: &Rapportmap,
    gelezen: &Gelezen,
    screen: &mut Screen,
) -> Result<crate::run::Herhaald, Fault> {
    let exit = job::exit_of(&gelezen.dataset, &rapport.regio);
    let place = job::passing_folder(None)?;
    let nareken = Nareken { rapport, dataset: &gelezen.dataset, stop: &STOP };
    let ends = (exit as u8, exit == Exit::Rejects);
    herhaal(&nareken, &place.folder().join("r"), ends, screen).or_exit(Exit::Internal)
}

fn told(args: &args::Verifieer, rapport: &Rapportmap, found: &[Verschil]) -> Outcome {
    let exit = if found.is_empty() { Exit::Done } else { Exit::Verify };
    let n_files = n_of(rapport.herkomst.outputs.len() + 1);
    let text = if args.json {
        let value = json!({"map": rapport.map.display().to_string(), "bestanden": n_files, "gelijk": found.is_empty(), "verschillen": found});
        format!("{value:#}\n")
    } else {
        in_words(args, rapport, found, n_files)
    };
    let is_silent = args.screen.stil && found.is_empty() && !args.json;
    Outcome { text: if is_silent { String::new() } else { text }, notes: String::new(), exit }
}

fn in_words(
    args: &args::Verifieer,
    rapport: &Rapportmap,
    found: &[Verschil],
    n_files: i64,
) -> String {
    let map = rapport.map.display();
    let Some(first) = found.first() else {
        return format!(
            "OK     {map} volgt uit zijn bestanden: {} opnieuw gemaakt, alle gelijk tot op de byte\nVerder: open {}\n",
            counted(n_files, "bestand", "bestanden"),
            rapport.map.join("LEESMIJ.html").display()
        );
    };
    let mut out = format!(
        "FOUT  {map} volgt niet meer uit zijn bestanden: {}\n      oorzaak: {}\n      {}\n",
        counted(n_of(found.len()), "verschil", "verschillen"),
        first.oorzaak.tekst(),
        line(first)
    );
    if rapport.herkomst.version != env!("CARGO_PKG_VERSION") {
        let now = env!("CARGO_PKG_VERSION");
        writeln!(out, "      gemaakt met maatstaf {}, dit is {now}", rapport.herkomst.version)
            .expect("a String takes any text");
    }
    writeln!(out, "      oplossing: {}", first.oorzaak.oplossing())
        .expect("a String takes any text");
    if args.screen.verbose {
        for one in &found[1..] {
            writeln!(out, "      {} ({})", line(one), one.oorzaak.tekst())
                .expect("a String takes any text");
        }
    } else if found.len() > 1 {
        writeln!(out, "Verder: maatstaf verifieer {map} -v toont alle verschillen")
            .expect("a String takes any text");
    }
    out
}

fn line(one: &Verschil) -> String {
    if one.wat.starts_with(&one.bestand) {
        one.wat.clone()
    } else {
        format!("{}: {}", one.bestand, one.wat)
    }
}
