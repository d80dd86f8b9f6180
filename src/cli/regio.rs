//! `maatstaf regio`: the regions there are, what one sets, a new one, and the check of a region file.

pub(crate) mod opties;
mod tonen;

use std::path::PathBuf;

use crate::cli::Outcome;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::cli::regio::opties::{Actie, Nieuw, Regio};
use crate::dutch::{count, n_of};
use crate::region::Region;
use crate::region::nieuw;
use crate::schema::normalise_heading;

/// Room for the name of a part.
const INDENT: usize = 18;
/// The actions, as they are taught.
const ACTIES: [&str; 3] = ["toon", "nieuw", "controleer"];

pub(crate) fn run(args: &Regio) -> Result<Outcome, Fault> {
    match &args.actie {
        Some(Actie::Toon(toon)) => {
            let name = needed(toon.naam.as_deref(), "NAAM", "maatstaf regio toon zou")?;
            let region = Region::load(name, None).or_exit(Exit::Usage)?;
            let text = if toon.json { tonen::json(&region) } else { shown(&region, name) };
            Ok(done(text))
        }
        Some(Actie::Nieuw(new)) => made(new),
        Some(Actie::Controleer(args)) => {
            let example = "maatstaf regio controleer eigen.toml";
            checked(needed(args.bestand.as_deref(), "BESTAND", example)?)
        }
        None => match args.ander.first() {
            Some(other) => Err(unknown(other)),
            None => Ok(done(all()?)),
        },
    }
}

fn done(text: String) -> Outcome {
    Outcome { text, notes: String::new(), exit: Exit::Done }
}

fn needed<'a>(given: Option<&'a str>, what: &str, example: &str) -> Result<&'a str, Fault> {
    given
        .ok_or_else(|| Fault::usage(format!("geen {what} gegeven; schrijf bijvoorbeeld {example}")))
}

/// What stands where an action belongs: a slip of the pen, or the region itself.
fn unknown(other: &str) -> Fault {
    let word = other.to_lowercase();
    let distance = |actie: &&str| {
        let begins = actie.starts_with(&word) || word.starts_with(&actie[..3]);
        if begins && word.len() > 2 { 1 } else { strsim::damerau_levenshtein(&word, actie) }
    };
    let near = ACTIES.into_iter().min_by_key(distance).filter(|actie| distance(actie) <= 3);
    let is_region = Region::names().contains(&word);
    let remedy = match near {
        Some(actie) if !is_region => format!("bedoelde u 'maatstaf regio {actie}'?"),
        _ if is_region => format!("schrijf maatstaf regio toon {other}"),
        _ => format!("schrijf maatstaf regio toon {other}, of maatstaf regio controleer {other}"),
    };
    Fault::usage(format!("onbekende actie '{other}'; {remedy}"))
}

/// Every region that is built in.
fn all() -> Result<String, Fault> {
    let mut out = String::from("Ingebouwde regio's\n");
    for name in Region::names() {
        let region = Region::load(&name, None).or_exit(Exit::Internal)?;
        let n = count(n_of(region.gemeenten.len()));
        line(&mut out, &name, &format!("{}, {n} gemeenten", region.naam));
    }
    out.push_str("Een eigen regiobestand kan ook: --regio pad/naam.toml\n");
    out.push_str(
        "Verder: maatstaf regio toon NAAM · maatstaf regio nieuw NAAM --gemeenten \"Zeist,Bunnik\" · maatstaf regio controleer BESTAND\n",
    );
    Ok(out)
}

/// What a region sets, and where to go from there.
fn shown(region: &Region, name: &str) -> String {
    let rest = format!(
        "\nVerder: maatstaf uitleg Z25 --regio {name} · maatstaf rapport BRON… --regio {name}\n"
    );
    tonen::text(region) + &rest
}

/// One region file: what it sets, or all that is wrong with it.
fn checked(name: &str) -> Result<Outcome, Fault> {
    let (text, path) = Region::text_of(name).or_exit(Exit::Usage)?;
    let mistakes = Region::mistakes(&text, &path);
    if !mistakes.is_empty() {
        let lines: Vec<String> =
            mistakes.iter().map(|mistake| format!("FOUT  {mistake}\n")).collect();
        let n = lines.len();
        let verdict = if n == 1 { "1 fout".to_owned() } else { format!("{n} fouten") };
        let notes = format!(
            "{}FOUT  {verdict} in {path}; verbeter ze en controleer opnieuw\n",
            lines.concat()
        );
        return Ok(Outcome { text: String::new(), notes, exit: Exit::Usage });
    }
    let region = Region::parse(&text, &path).or_exit(Exit::Usage)?;
    let verdict =
        format!("\nOK     het regiobestand klopt\nVerder: maatstaf rapport BRON… --regio {name}\n");
    Ok(done(tonen::text(&region) + &verdict))
}

/// A new region file to fill in.
fn made(args: &Nieuw) -> Result<Outcome, Fault> {
    let example = "maatstaf regio nieuw foodvallei --gemeenten \"Ede,Barneveld\"";
    let name = needed(args.naam.as_deref(), "NAAM", example)?.trim();
    let stem = stem(name);
    if stem.is_empty() {
        return Err(Fault::usage(format!("'{name}' is geen naam; schrijf bijvoorbeeld {example}")));
    }
    if args.naar.is_none() && Region::names().contains(&stem) {
        let what = format!(
            "'{stem}' is een ingebouwde regio; kies een andere naam, of begin ermee: maatstaf regio nieuw eigen-naam --zoals {stem}"
        );
        return Err(Fault::usage(what));
    }
    let zoals = args.zoals.as_deref().map(|name| Region::load(name, None)).transpose();
    let zoals = zoals.or_exit(Exit::Usage)?;
    let new = nieuw::Nieuw { naam: name, gemeenten: &args.gemeenten, zoals: zoals.as_ref() };
    let text = new.tekst().or_exit(Exit::Usage)?;
    let path = args.naar.clone().unwrap_or_else(|| PathBuf::from(format!("{stem}.toml")));
    nieuw::bewaar(&path, &text).or_exit(Exit::Usage)?;
    let shown = path.display();
    Ok(done(format!(
        "OK     {shown} is gemaakt, met uitleg bij elk veld\n\
         Verder: vul het in en controleer het met maatstaf regio controleer {shown}\n"
    )))
}

/// The name of the file: what can stand in any file name.
fn stem(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(normalise_heading);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// What stands above every telling of a region.
fn head(region: &Region) -> String {
    format!("{}: {}\n", region.path, region.naam)
}

fn line(out: &mut String, name: &str, text: &str) {
    out.push_str("  ");
    out.push_str(name);
    let gap = INDENT.saturating_sub(name.chars().count()).max(1);
    out.push_str(&" ".repeat(gap));
    out.push_str(text);
    out.push('\n');
}
