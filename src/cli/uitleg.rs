//! `maatstaf uitleg`: what a code means, or the list of codes.

mod regel;

use std::fmt::Write as _;

use crate::checks::lijst::{ZONDER_TOETS, ZonderToets, bereik, gevolg, groepen};
use crate::checks::{all_rules, rule};
use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::fault::{Exit, Fault};
use crate::inventaris;
use crate::metrics::Query;
use crate::region::Region;
use crate::rejects::Rule;

/// Characters on a line of a usual screen.
const WIDTH: usize = 80;
/// Room for the name of a part.
const INDENT: usize = 12;

pub(crate) fn run(args: &args::Uitleg) -> Result<Outcome, Fault> {
    let text = match args.code.as_deref() {
        None => all(),
        Some(code) => one(code, args.regio.as_deref())?,
    };
    Ok(Outcome { text, notes: String::new(), exit: Exit::Done })
}

fn one(code: &str, regio: Option<&str>) -> Result<String, Fault> {
    let wanted = code.trim().to_uppercase();
    // Codes are upper case but for a letter in OP090x4.
    let is_it = |known: &str| known.to_uppercase() == wanted;
    if let Some(rule) = all_rules().iter().find(|rule| is_it(rule.code)) {
        return Ok(explained(rule));
    }
    if let Some(zonder) = ZONDER_TOETS.iter().find(|zonder| is_it(zonder.code)) {
        return Ok(not_judged(zonder));
    }
    if let Some(regel) = inventaris::regel(&wanted) {
        let queries =
            Query::load_all(None).map_err(|error| Fault::new(Exit::Usage, error.into()))?;
        return Ok(regel::explained(regel, &queries, &regions(regio)?));
    }
    let near = nearest(&wanted);
    Err(Fault::usage(format!(
        "onbekende code '{code}'; bedoelde u {near}? Alle codes: maatstaf uitleg"
    )))
}

/// The region that was chosen, else those that come with the program.
fn regions(chosen: Option<&str>) -> Result<Vec<Region>, Fault> {
    let names = chosen.map_or_else(Region::names, |name| vec![name.to_owned()]);
    let load =
        |name: &String| Region::load(name, None).map_err(|error| Fault::new(Exit::Usage, error));
    names.iter().map(load).collect()
}

fn explained(rule: &Rule) -> String {
    let mut out = title(rule.code, rule.title);
    let effect = format!("{}: {}", rule.severity, gevolg(rule.severity));
    for (name, text) in [
        ("Uitleg", rule.explanation),
        ("Ernst", &effect),
        ("Kijkt naar", bereik(rule.code).unwrap_or_default()),
        ("Oplossing", rule.remedy),
        ("Bron", rule.source),
    ] {
        part(&mut out, name, text);
    }
    out
}

fn not_judged(zonder: &ZonderToets) -> String {
    let mut out = title(zonder.code, zonder.wat);
    part(&mut out, "Uitleg", &format!("Geen eigen controle: {}.", zonder.reden));
    for code in codes_in(zonder.reden) {
        part(&mut out, "Zie ook", &format!("maatstaf uitleg {code}"));
    }
    out
}

/// Codes with an explanation that a text names.
fn codes_in(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| rule(word).is_some()).collect()
}

fn all() -> String {
    let mut out = String::new();
    for groep in groepen() {
        wrapped(&mut out, "", 0, &format!("{}: {}", groep.bereik, groep.uitleg));
        for rule in groep.rules {
            wrapped(&mut out, &format!("  {}", rule.code), INDENT, rule.title);
        }
        out.push('\n');
    }
    for document in inventaris::DOCUMENTEN {
        wrapped(&mut out, "", 0, &format!("regels van {}: {}", document.regio, document.titel));
        for regel in document.regels {
            wrapped(&mut out, &format!("  {}", regel.id), INDENT, regel.wat);
        }
        out.push('\n');
    }
    out.push_str("Meer over een code of regel: maatstaf uitleg TR346, maatstaf uitleg Z25\n");
    out
}

/// The code that looks most like it; of equals the first.
fn nearest(wanted: &str) -> &'static str {
    let known = all_rules().into_iter().map(|rule| rule.code);
    let known = known.chain(ZONDER_TOETS.iter().map(|zonder| zonder.code));
    let known = known.chain(inventaris::alle().map(|regel| regel.id));
    let distance = |code: &&str| strsim::damerau_levenshtein(wanted, &code.to_uppercase());
    known.min_by_key(distance).unwrap_or("TR346")
}

fn title(code: &str, text: &str) -> String {
    let mut out = String::new();
    wrapped(&mut out, code, INDENT, text);
    out.push('\n');
    out
}

fn part(out: &mut String, name: &str, text: &str) {
    wrapped(out, name, INDENT, text);
}

/// A text beside its name, broken between words.
pub(crate) fn wrapped(out: &mut String, name: &str, indent: usize, text: &str) {
    let mut line = format!("{name:<indent$}");
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let length = line.chars().count() + usize::from(!is_empty) + word.chars().count();
        if !is_empty && length > WIDTH {
            writeln!(out, "{}", line.trim_end()).expect("a String takes any text");
            line = " ".repeat(indent);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    writeln!(out, "{}", line.trim_end()).expect("a String takes any text");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_within_the_width_of_a_screen() {
        let codes = all_rules().into_iter().map(|rule| rule.code);
        let codes = codes.chain(ZONDER_TOETS.iter().map(|zonder| zonder.code));
        for code in codes.chain(inventaris::alle().map(|regel| regel.id)) {
            let text = one(code, Some("oefenregio")).unwrap();
            assert!(text.starts_with(code), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        }
        assert!(all().lines().all(|line| line.chars().count() <= WIDTH), "{}", all());
    }

    #[test]
    fn a_rule_is_told_with_what_it_does_and_what_to_do() {
        assert_eq!(
            one("ms217", None).unwrap(),
            "MS217       bedrag niet te lezen\n\n\
             Uitleg      Een bedrag heeft hooguit twee decimalen; een punt of komma als\n            \
             duizendtalteken staat tussen groepen van drie cijfers. Er wordt\n            \
             niets geraden.\n\
             Ernst       fataal: telt niet mee; regels en euro's staan in de aansluiting\n\
             Kijkt naar  vakje\n\
             Oplossing   schrijf 1.234,50 of 1234,50\n\
             Bron        maatstaf\n"
        );
    }

    #[test]
    fn what_is_not_judged_says_why_and_where_to_look() {
        let text = one("IV077", None).unwrap();
        assert!(text.contains("maatstaf uitleg TR321") && text.contains("maatstaf uitleg TR322"));
        assert!(one("TR135", None).unwrap().contains("Geen eigen controle"));
    }

    #[test]
    fn an_unknown_code_is_answered_with_the_nearest() {
        let message = one("TR364", None).unwrap_err().message(false);
        assert!(message.contains("bedoelde u TR3"), "{message}");
        assert!(one("ms2177", None).unwrap_err().message(false).contains("bedoelde u MS217?"));
    }
}
