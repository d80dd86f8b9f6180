//! Headings → canonical columns, and from those the kind of table.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::schema::{self, Column, HERKOMST_BESTAND, HERKOMST_REGEL, REDEN, TABLES, Table};
use crate::sources::Aliases;

/// Per table, per column: every heading by which it is known, as it is compared; best first.
static KNOWN: LazyLock<Vec<Vec<Vec<String>>>> = LazyLock::new(|| {
    let names = |column: &Column| {
        let names = std::iter::once(&column.name).chain(column.aliases);
        names.map(|name| schema::normalise_heading(name)).collect()
    };
    TABLES.iter().map(|table| table.columns.iter().map(names).collect()).collect()
});

/// The same headings together: nearly every row of data has none of them.
static ALL_KNOWN: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| KNOWN.iter().flatten().flatten().map(String::as_str).collect());

/// The headings of a return file, as they are compared, in the order of the columns.
static KOPPEN: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let kop = |column: &Column| schema::normalise_heading(column.kop());
    TABLES.iter().map(|table| table.columns.iter().map(kop).collect()).collect()
});

/// Where the headings stand that make a sheet a correction of rejected rows: file, line.
pub fn origin(headings: &[String]) -> Option<(usize, usize)> {
    let at = |name| {
        let name = schema::normalise_heading(name);
        headings.iter().position(|heading| schema::normalise_heading(heading) == name)
    };
    at(HERKOMST_BESTAND).zip(at(HERKOMST_REGEL))
}

/// True for a heading of a return file that names no column.
pub fn is_of_correction(heading: &str) -> bool {
    let heading = schema::normalise_heading(heading);
    let is_it = |name: &&str| schema::normalise_heading(name) == heading;
    [HERKOMST_BESTAND, HERKOMST_REGEL, REDEN].iter().any(is_it)
}

/// The table a row of headings belongs to, with per heading the column it fills.
#[derive(Debug)]
pub struct Match {
    /// The table.
    pub table: &'static Table,
    /// Per heading the position in `table.columns`.
    pub targets: Vec<Option<usize>>,
    /// A heading that stands twice where a column is needed: which of the two holds is not guessed.
    pub twice: Option<String>,
}

impl Match {
    fn n_used(&self) -> usize {
        self.targets.iter().flatten().count()
    }

    /// Required columns for which no heading was found.
    pub fn missing(&self) -> Vec<&'static str> {
        let filled = |position: usize| self.targets.contains(&Some(position));
        let columns = self.table.columns.iter().enumerate();
        columns
            .filter(|(i, c)| c.need.is_heading_required() && !filled(*i))
            .map(|(_, c)| c.label)
            .collect()
    }
}

/// What the headings say.
#[derive(Debug)]
pub enum Recognised {
    /// One table fits best.
    Table(Match),
    /// None fits; the nearest tables with what they lack, best first, at most three.
    None(Vec<Match>),
}

/// Matches headings with every table; the one with all required columns and most headings used wins.
/// `forced` leaves only that table. Tables that only messages fill are never guessed from headings.
pub fn recognise(headings: &[String], aliases: &Aliases, forced: Option<&str>) -> Recognised {
    let normalised = normalise(headings);
    if origin(headings).is_some() {
        return correction(&Row::new(headings, normalised), aliases, forced);
    }
    let is_known = |heading: &String| {
        ALL_KNOWN.contains(heading.as_str())
            || aliases.values().any(|columns| columns.contains_key(heading))
    };
    if !normalised.iter().any(is_known) {
        return Recognised::None(Vec::new());
    }
    let row = Row::new(headings, normalised);
    let fits = |(_, table): &(usize, &&Table)| match forced {
        Some(name) => table.name == name,
        None => table.name != schema::ANTWOORDEN.name,
    };
    let tables = TABLES.iter().enumerate().filter(fits);
    let mut matches: Vec<Match> =
        tables.map(|(at, table)| match_table(table, (&KNOWN[at], &[]), &row, aliases)).collect();
    matches.retain(|m| m.n_used() > 0);
    matches.sort_by_key(|m| (m.missing().len(), usize::MAX - m.n_used()));
    // A tie between two complete tables is no recognition: a guess could count money twice.
    let complete: Vec<&Match> = matches.iter().filter(|m| m.missing().is_empty()).collect();
    let is_clear = match complete.as_slice() {
        [] => false,
        [only] => only.twice.is_none(),
        [first, second, ..] => first.twice.is_none() && first.n_used() > second.n_used(),
    };
    let is_clear = is_clear && (forced.is_some() || !is_rather_another(complete[0], &matches));
    if is_clear {
        return Recognised::Table(matches.swap_remove(0));
    }
    matches.truncate(3);
    Recognised::None(matches)
}

/// A correction may leave out any column, for what it leaves out is known: the table with most headings is meant.
fn correction(row: &Row<'_>, aliases: &Aliases, forced: Option<&str>) -> Recognised {
    let fits = |(_, table): &(usize, &&Table)| forced.is_none_or(|name| table.name == name);
    let tables = TABLES.iter().enumerate().filter(fits);
    let names = |at: usize| (KNOWN[at].as_slice(), KOPPEN[at].as_slice());
    let mut matches: Vec<Match> =
        tables.map(|(at, table)| match_table(table, names(at), row, aliases)).collect();
    matches.retain(|m| m.n_used() > 0);
    matches.sort_by_key(|m| (usize::MAX - m.n_used(), m.missing().len()));
    let is_clear = match matches.as_slice() {
        [] => false,
        [only] => only.twice.is_none(),
        [first, second, ..] => {
            let rank = |m: &Match| (usize::MAX - m.n_used(), m.missing().len());
            first.twice.is_none() && rank(first) < rank(second)
        }
    };
    if is_clear {
        return Recognised::Table(matches.swap_remove(0));
    }
    matches.truncate(3);
    Recognised::None(matches)
}

/// Tables of which every required heading is one that many exports have.
const ORDINARY: [&str; 2] = ["plannen", "productinrichting"];

/// Whether headings that make up such an ordinary table are rather those of another one that lacks a column: then its
/// supplier is told what is missing, instead of being taken for something else.
fn is_rather_another(found: &Match, all: &[Match]) -> bool {
    ORDINARY.contains(&found.table.name) && all.iter().any(|other| other.n_used() > found.n_used())
}

/// Headings as they are compared. Those of CBS `StatLine` carry the number of their subject behind them
/// (`"RegioS";"Perioden";"Jeugdigen_1"`), which is no part of the name.
fn normalise(headings: &[String]) -> Vec<String> {
    let mut out: Vec<String> = headings.iter().map(|h| schema::normalise_heading(h)).collect();
    if is_statline(&out) {
        for (heading, normalised) in headings.iter().zip(&mut out) {
            if let Some((name, number)) = heading.trim().rsplit_once('_')
                && !number.is_empty()
                && number.bytes().all(|b| b.is_ascii_digit())
            {
                *normalised = schema::normalise_heading(name);
            }
        }
    }
    out
}

/// True for the normalised headings of a table as CBS `StatLine` gives it.
pub(super) fn is_statline(normalised: &[String]) -> bool {
    ["regios", "perioden"].iter().all(|name| normalised.iter().any(|heading| heading == name))
}

/// A row of headings, prepared for looking them up.
struct Row<'h> {
    headings: &'h [String],
    normalised: Vec<String>,
    /// First position of each, and how often it stands there.
    places: HashMap<String, (usize, usize)>,
}

impl<'h> Row<'h> {
    fn new(headings: &'h [String], normalised: Vec<String>) -> Self {
        let mut places: HashMap<String, (usize, usize)> = HashMap::new();
        for (at, heading) in normalised.iter().enumerate() {
            places.entry(heading.clone()).or_insert((at, 0)).1 += 1;
        }
        Self { headings, normalised, places }
    }
}

fn match_table(
    table: &'static Table,
    (known, koppen): (&[Vec<String>], &[String]),
    row: &Row<'_>,
    aliases: &Aliases,
) -> Match {
    let extra = aliases.get(table.name);
    let mut targets = vec![None; row.headings.len()];
    let mut twice = None;
    for (position, column) in table.columns.iter().enumerate() {
        if !column.need.is_supplied() {
            continue;
        }
        let by_region = extra.and_then(|map| {
            row.normalised.iter().position(|h| map.get(h).is_some_and(|name| name == column.name))
        });
        // A return file names its columns in one way.
        let by_kop = || Some(row.places.get(koppen.get(position)?)?.0);
        // The schema's own order decides when a file has two headings for one column.
        let by_schema = || known[position].iter().find_map(|name| Some(row.places.get(name)?.0));
        if let Some(index) = by_region.or_else(by_kop).or_else(by_schema)
            && targets[index].is_none()
        {
            targets[index] = Some(position);
            let n_same = row.places.get(&row.normalised[index]).map_or(0, |(_, n)| *n);
            if n_same > 1 {
                twice = Some(row.headings[index].clone());
            }
        }
    }
    Match { table, targets, twice }
}

/// The sentence for a file that no table fits.
pub fn guesses(matches: &[Match]) -> String {
    if matches.is_empty() {
        return "geen enkele kop is bekend".to_owned();
    }
    let parts: Vec<String> = matches
        .iter()
        .map(|m| {
            let missing = m.missing();
            if let Some(heading) = &m.twice {
                format!("{} (de kop \"{heading}\" staat er twee keer)", m.table.name)
            } else if missing.is_empty() {
                format!("{} (past even goed als een andere tabel)", m.table.name)
            } else {
                format!("{} (mist: {})", m.table.name, missing.join(", "))
            }
        })
        .collect();
    format!("lijkt het meest op {}", parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(text: &str) -> Vec<String> {
        text.split(';').map(str::to_owned).collect()
    }

    #[track_caller]
    fn kind(text: &str) -> &'static str {
        match recognise(&headings(text), &Aliases::new(), None) {
            Recognised::Table(m) => m.table.name,
            Recognised::None(_) => "geen",
        }
    }

    #[test]
    fn tables_are_told_apart_by_their_headings() {
        let base = "Gemeente;AGB-code;Bsn;Productcode;Begindatum;Einddatum;Volume;Eenheid;Bedrag";
        assert_eq!(kind(base), "declaraties");
        assert_eq!(kind("maatwerk_id;gemeente;client;agb;begin;einde;motivatie"), "overeenkomsten");
        assert_eq!(kind("client;agb;begin;einde;uren;plan"), "plannen");
        assert_eq!(kind("Contractnummer;AGB;Productcode;Soort;Begin"), "contracten");
        assert_eq!(kind("GemeenteCode;Jaar;Jeugdigen"), "gemeenten");
        assert_eq!(kind("foo;bar"), "geen");
    }

    #[test]
    fn tables_with_ordinary_headings_are_known_and_others_are_not_taken_for_them() {
        assert_eq!(kind("AGB;Productcode;Ingericht vanaf;Ingericht tot"), "productinrichting");
        assert_eq!(kind("agb;productcode;ingangsdatum;einddatum"), "productinrichting");
        assert_eq!(kind("agb;jaar;segment;plafond"), "budgetten");
        assert_eq!(kind("agb;jaar;halfjaar;ontvangen op;klachten;cto"), "rapportages");
        assert_eq!(kind("agb;gemeente;client;aanmelddatum;startdatum"), "wachttijden");
        assert_eq!(kind("gemeente;bsn;begindatum;einddatum;pgb-bedrag"), "pgb");
        assert_eq!(kind("aanvraag_id;gemeente;client;agb;ingangsdatum;maatwerk_id"), "aanvragen");
        assert_eq!(kind("client;agb;uitvoerder_type;begindatum"), "plannen");
        // Each lacks one column of its own.
        for lacking in [
            "Gemeente;AGB-code;Bsn;Productcode;Begindatum;Einddatum;Eenheid;Bedrag",
            "Contractnummer;AGB;Productcode;Begin;Einde;Tarief;Segment",
            "Gemeente;AGB;Bsn;Productcode;Begindatum;Einddatum;Volume;Eenheid;Toewijzingsdatum",
            "Gemeente;Bsn;Begindatum;Einddatum;Bedrag",
        ] {
            assert_eq!(kind(lacking), "geen", "{lacking}");
        }
    }

    #[test]
    fn a_return_file_is_known_by_its_headings_of_origin_whatever_else_it_lacks() {
        let origin = [HERKOMST_BESTAND, HERKOMST_REGEL, REDEN].map(str::to_owned);
        for table in TABLES {
            let supplied = || table.columns.iter().filter(|column| column.need.is_supplied());
            let heads: Vec<String> =
                origin.iter().cloned().chain(supplied().map(|c| c.kop().to_owned())).collect();
            let Recognised::Table(found) = recognise(&heads, &Aliases::new(), None) else {
                panic!("{} is not recognised", table.name)
            };
            assert_eq!(found.table.name, table.name);
            let expected: Vec<Option<usize>> = [None; 3]
                .into_iter()
                .chain(supplied().map(|column| table.position(column.name)))
                .collect();
            assert_eq!(found.targets, expected, "{}", table.name);
            // Each by itself as well, when the table is given.
            for column in supplied() {
                let heads = [origin[0].clone(), origin[1].clone(), column.kop().to_owned()];
                let Recognised::Table(found) = recognise(&heads, &Aliases::new(), Some(table.name))
                else {
                    panic!("{} of {}", column.kop(), table.name)
                };
                assert_eq!(found.targets, [None, None, table.position(column.name)]);
            }
        }
        assert_eq!(kind("Herkomst bestand;Herkomst regel;Volume;Bedrag;Eenheid"), "declaraties");
        assert_eq!(kind("Herkomst bestand;Volume;Bedrag;Eenheid"), "geen");
        assert_eq!(kind("Herkomst bestand;Herkomst regel"), "geen");
    }

    #[test]
    fn an_alias_of_the_region_is_used_before_the_schema() {
        let mut aliases = Aliases::new();
        aliases
            .entry("gemeenten".into())
            .or_default()
            .insert("kinderen".into(), "jeugdigen".into());
        let heads = headings("gemeente;jaar;Kinderen");
        assert!(matches!(recognise(&heads, &aliases, None), Recognised::Table(_)));
    }

    #[test]
    fn what_is_missing_is_said() {
        let Recognised::None(matches) =
            recognise(&headings("Gemeente;AGB;Bsn;Productcode;Volume"), &Aliases::new(), None)
        else {
            panic!("should not be recognised")
        };
        assert!(guesses(&matches).contains("mist"), "{}", guesses(&matches));
    }

    #[test]
    fn subjects_of_statline_are_known_without_their_number() {
        assert_eq!(kind("ID;RegioS;Perioden;Jeugdigen_1"), "gemeenten");
        assert_eq!(kind("ID;RegioS;Perioden;JongerenTot18Jaar_12;Inwoners_1"), "gemeenten");
        assert_eq!(kind("gemeente;jaar;Jeugdigen_1"), "geen");
    }

    #[test]
    fn a_heading_that_stands_twice_is_not_guessed() {
        let Recognised::None(matches) =
            recognise(&headings("gemeente;jaar;jeugdigen;Jeugdigen"), &Aliases::new(), None)
        else {
            panic!("should not be recognised")
        };
        assert!(guesses(&matches).contains("twee keer"), "{}", guesses(&matches));
    }
}
