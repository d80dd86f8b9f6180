//! Where an answer goes: the screen, or files in one or more forms.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::charts;
use crate::cli::Outcome;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::cli::scherm::scherm;
use crate::cli::vraag::opties::{Opties, quoted};
use crate::disclosure::Antwoord;
use crate::report::antwoord as vormen;
use crate::report::bestand::Bestand;

/// Set while files are being written.
static WRITING: AtomicBool = AtomicBool::new(false);

/// True while files are being written: they are finished before the program ends.
pub(super) fn is_writing() -> bool {
    WRITING.load(Ordering::SeqCst)
}

/// A form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vorm {
    Csv,
    Json,
    Xlsx,
    Svg,
    Png,
}

impl Vorm {
    /// The option that asks for it.
    fn optie(self) -> &'static str {
        match self {
            Self::Csv => "--csv",
            Self::Json => "--json",
            Self::Xlsx => "--xlsx",
            Self::Svg | Self::Png => "--grafiek",
        }
    }
}

/// The forms that were asked for, looked at before anything is computed.
pub(super) struct Uitvoer {
    bestanden: Vec<(Vorm, Bestand)>,
    /// What goes to stdout; `None` for the table.
    op_scherm: Option<Vorm>,
}

impl Uitvoer {
    /// Checks the names of the files, and that none is there already.
    pub(super) fn of(opties: &Opties) -> Result<Self, Fault> {
        let mut asked: Vec<(Vorm, &Path)> = Vec::new();
        let mut op_scherm = Vec::new();
        for (vorm, option) in [(Vorm::Csv, &opties.csv), (Vorm::Json, &opties.json)] {
            match option {
                None => {}
                Some(None) => op_scherm.push(vorm),
                Some(Some(path)) => asked.push((named(path, vorm, opties)?, path)),
            }
        }
        if op_scherm.len() > 1 {
            let text =
                "op het scherm past één vorm; noem een bestand, bijvoorbeeld --csv antwoord.csv";
            return Err(Fault::usage(text.to_owned()));
        }
        if let Some(path) = &opties.xlsx {
            asked.push((named(path, Vorm::Xlsx, opties)?, path));
        }
        if let Some(path) = &opties.grafiek {
            asked.push((named(path, Vorm::Svg, opties)?, path));
        } else if let Some(soort) = &opties.soort {
            return Err(Fault::usage(format!(
                "--soort hoort bij een grafiek; schrijf erbij: --grafiek antwoord.svg --soort {soort}"
            )));
        }
        let bestanden = asked.into_iter().map(|(vorm, path)| {
            Bestand::new(path, opties.overschrijf).map(|bestand| (vorm, bestand))
        });
        let bestanden = bestanden.collect::<anyhow::Result<Vec<_>>>().or_exit(Exit::Usage)?;
        Ok(Self { bestanden, op_scherm: op_scherm.pop() })
    }

    /// Writes the files, and gives what goes to the screen. `verder` is the next useful command.
    pub(super) fn put(
        &self,
        antwoord: &Antwoord,
        opties: &Opties,
        gemeenten: &[(String, String)],
        verder: &str,
    ) -> Result<Outcome, Fault> {
        // Every form is made before the first is written: of an answer that cannot be drawn there is nothing.
        let made = self.bestanden.iter().map(|(vorm, bestand)| {
            bytes(*vorm, antwoord, opties, gemeenten).map(|bytes| (bestand, bytes))
        });
        let made = made.collect::<Result<Vec<_>, Fault>>()?;
        let mut notes = String::new();
        WRITING.store(!made.is_empty(), Ordering::SeqCst);
        for (bestand, bytes) in &made {
            if let Err(error) = bestand.put(bytes) {
                WRITING.store(false, Ordering::SeqCst);
                return Err(Fault::new(Exit::Internal, error));
            }
            writeln!(notes, "OK     geschreven: {}", bestand.path().display())
                .expect("a String takes any text");
        }
        WRITING.store(false, Ordering::SeqCst);
        let text = match self.op_scherm {
            Some(Vorm::Json) => vormen::json(antwoord, gemeenten),
            Some(_) => String::from_utf8(vormen::csv(antwoord, gemeenten)).unwrap_or_default(),
            None if made.is_empty() => vormen::scherm(antwoord, &scherm(opties.kleur), gemeenten),
            None => String::new(),
        };
        if !verder.is_empty() {
            writeln!(notes, "Verder: {verder}").expect("a String takes any text");
        }
        if opties.screen.stil {
            notes.clear();
        }
        Ok(Outcome { text, notes, exit: Exit::Done })
    }
}

fn bytes(
    vorm: Vorm,
    antwoord: &Antwoord,
    opties: &Opties,
    gemeenten: &[(String, String)],
) -> Result<Vec<u8>, Fault> {
    let figure =
        || vormen::figuur(antwoord, opties.soort.as_deref(), gemeenten).map_err(Fault::usage);
    match vorm {
        Vorm::Csv => Ok(vormen::csv(antwoord, gemeenten)),
        Vorm::Json => Ok(vormen::json(antwoord, gemeenten).into_bytes()),
        Vorm::Xlsx => vormen::xlsx(antwoord, gemeenten).or_exit(Exit::Internal),
        Vorm::Svg => Ok(figure()?.svg().as_bytes().to_vec()),
        Vorm::Png => charts::png(&figure()?).or_exit(Exit::Internal),
    }
}

/// The form that the ending of a file says, when that is the one of its option.
fn named(path: &Path, vorm: Vorm, opties: &Opties) -> Result<Vorm, Fault> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let by_ending = match ending.as_deref() {
        Some("csv") => Some(Vorm::Csv),
        Some("json") => Some(Vorm::Json),
        Some("xlsx") => Some(Vorm::Xlsx),
        Some("svg") => Some(Vorm::Svg),
        Some("png") => Some(Vorm::Png),
        _ => None,
    };
    if let Some(found) = by_ending.filter(|found| found.optie() == vorm.optie()) {
        return Ok(found);
    }
    let shown = path.display();
    let option = vorm.optie();
    // `--csv NAAM` takes the name of the question for that of a file.
    if by_ending.is_none() && ending.is_none() && opties.naam.is_none() {
        return Err(Fault::usage(format!(
            "'{shown}' is geen bestandsnaam; bedoelde u: maatstaf vraag {} {option}",
            quoted(&shown.to_string())
        )));
    }
    let remedy = match by_ending {
        Some(found) => format!("bedoelde u {} {shown}?", found.optie()),
        None => format!("schrijf bijvoorbeeld {option} {}", example(path, vorm).display()),
    };
    Err(Fault::usage(format!("{option} schrijft geen '{shown}'; {remedy}")))
}

fn example(path: &Path, vorm: Vorm) -> PathBuf {
    path.with_extension(match vorm {
        Vorm::Csv => "csv",
        Vorm::Json => "json",
        Vorm::Xlsx => "xlsx",
        Vorm::Svg => "svg",
        Vorm::Png => "png",
    })
}
