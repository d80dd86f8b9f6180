//! Rows and rejects → sheets: which columns, which cells are at fault, and in which words.

use std::collections::BTreeMap;

use crate::dataset::afgekeurd::AfgekeurdeRij;
use crate::dutch::capital;
use crate::rejects::{HIDDEN, Reject};
use crate::report::retour::keuzes::Lijsten;
use crate::report::retour::koppen::Koppen;
use crate::report::retour::verdelen::Kapot;
use crate::report::retour::{Blad, Cel, Elders, Inhoud, Kolom, Rij, woorden};
use crate::schema::{Column, TABLES, Table};

/// Characters of what is wrong with one row; more than that nobody reads in a cell.
const MAX_REDEN: usize = 1_000;

/// What is wrong with the columns of one row: position → the rejects on it.
type Fouten<'a> = BTreeMap<usize, Vec<&'a Reject>>;

/// One sheet per table that has rows, in the order of the schema.
pub(super) fn bladen(
    rijen: &[Kapot<'_>],
    koppen: &Koppen<'_>,
    lijsten: &mut Lijsten,
    is_aanbieder: bool,
) -> Vec<Blad> {
    let of = |table: &'static Table| {
        let here: Vec<&Kapot<'_>> =
            rijen.iter().filter(|kapot| kapot.rij.table.name == table.name).collect();
        (!here.is_empty()).then(|| blad(table, &here, koppen, lijsten, is_aanbieder))
    };
    TABLES.iter().copied().filter_map(of).collect()
}

fn blad(
    table: &'static Table,
    rijen: &[&Kapot<'_>],
    koppen: &Koppen<'_>,
    lijsten: &mut Lijsten,
    is_aanbieder: bool,
) -> Blad {
    let fouten: Vec<Fouten<'_>> = rijen.iter().map(|kapot| fouten(table, kapot, koppen)).collect();
    let has_value = |at: usize| rijen.iter().any(|kapot| kapot.rij.waarden[at].is_some());
    let is_fault = |at: usize| {
        let name = table.columns[at].name;
        fouten.iter().any(|of| of.contains_key(&at))
            || rijen.iter().any(|kapot| kapot.rij.niet_bewaard.contains(&name))
    };
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|at| {
            let need = table.columns[*at].need;
            need.is_supplied() && (need.is_heading_required() || has_value(*at) || is_fault(*at))
        })
        .collect();
    let kolommen = shown.iter().map(|at| {
        let kolom = &table.columns[*at];
        Kolom { van: kolom, lijst: lijsten.voor(kolom), heeft_fout: is_fault(*at) }
    });
    let kolommen = kolommen.collect();
    let rijen = rijen.iter().zip(&fouten).map(|(kapot, fouten)| Rij {
        reden: reden(table, kapot, fouten, is_aanbieder),
        cellen: shown.iter().map(|at| cel(kapot.rij, *at, fouten, is_aanbieder)).collect(),
        bestand: kapot.rij.file.clone(),
        regel: kapot.rij.regel,
    });
    Blad { naam: naam(table), kolommen, rijen: rijen.collect() }
}

/// Name of the sheet of a table.
fn naam(table: &Table) -> String {
    table.label.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect()
}

fn fouten<'a>(table: &Table, kapot: &Kapot<'a>, koppen: &Koppen<'_>) -> Fouten<'a> {
    let mut out = Fouten::new();
    for reject in &kapot.rejects {
        if let Some(at) = koppen.positie(table, reject) {
            out.entry(at).or_default().push(*reject);
        } else {
            let names = woorden::kolommen(reject).iter();
            for at in names.filter_map(|name| table.position(name)) {
                out.entry(at).or_default().push(*reject);
            }
        }
    }
    out
}

/// What is wrong with a row, one line per reject, with the column it is about.
fn reden(table: &Table, kapot: &Kapot<'_>, fouten: &Fouten<'_>, is_aanbieder: bool) -> String {
    let mut lines = Vec::new();
    for reject in &kapot.rejects {
        let at = fouten.iter().filter(|(_, of)| of.iter().any(|one| std::ptr::eq(*one, *reject)));
        let names: Vec<&str> = at.map(|(at, _)| table.columns[*at].kop()).collect();
        let names = crate::dutch::list(&names);
        let where_at = if names.is_empty() { String::new() } else { format!("{names}: ") };
        let title = woorden::titel(&reject.code);
        let wanted = woorden::oplossing(&reject.code, is_aanbieder);
        let line = format!("{where_at}{title}. {}. ({})", capital(wanted), reject.code);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    for name in &kapot.rij.niet_bewaard {
        let kop = table.column(name).kop();
        lines.push(format!("{kop}: {NIET_BEWAARD}"));
    }
    let text = lines.join("\n");
    if text.chars().count() <= MAX_REDEN {
        return text;
    }
    text.chars().take(MAX_REDEN).chain(['…']).collect()
}

/// Why a cell is empty that was filled.
const NIET_BEWAARD: &str = "er stond een nummer dat een burgerservicenummer kan zijn; daarom is het niet bewaard. Vul de waarde opnieuw in, of een streepje (-) als er \
     niets hoort te staan.";

fn cel(rij: &AfgekeurdeRij, at: usize, fouten: &Fouten<'_>, is_aanbieder: bool) -> Cel {
    let column = &rij.table.columns[at];
    let gelezen = rij.waarden[at].clone().map(Inhoud::Gelezen);
    if let Some(rejects) = fouten.get(&at) {
        let gevonden = || rejects.iter().find_map(|reject| gevonden(column, reject));
        return Cel {
            waarde: gelezen.or_else(|| gevonden().map(Inhoud::Gevonden)),
            noot: noot(rejects, is_aanbieder),
        };
    }
    let is_lost = rij.niet_bewaard.contains(&column.name);
    let noot = if is_lost { capital(NIET_BEWAARD) } else { String::new() };
    Cel { waarde: gelezen, noot }
}

/// What stood in the cell, where the reject is about this cell alone and it may be shown.
fn gevonden(column: &Column, reject: &Reject) -> Option<String> {
    let is_shown = !column.is_person()
        && !reject.column.is_empty()
        && !reject.found.is_empty()
        && reject.found != HIDDEN;
    is_shown.then(|| reject.found.clone())
}

/// What the note on a cell says.
fn noot(rejects: &[&Reject], is_aanbieder: bool) -> String {
    let one = |reject: &&Reject| {
        let mut lines =
            vec![format!("{} ({})", capital(woorden::titel(&reject.code)), reject.code)];
        if reject.column.is_empty() {
            lines.push("Een van de gekleurde cellen in deze rij klopt niet.".to_owned());
        }
        for (label, text) in [("Er stond", &reject.found), ("Verwacht", &reject.expected)] {
            if !text.is_empty() && text != HIDDEN {
                lines.push(format!("{label}: {text}"));
            }
        }
        let wanted = woorden::oplossing(&reject.code, is_aanbieder);
        lines.push(format!("Wat te doen: {wanted}."));
        lines.join("\n")
    };
    let mut texts: Vec<String> = rejects.iter().map(one).collect();
    texts.dedup();
    texts.join("\n\n")
}

/// What never became a row, by place.
pub(super) fn elders(los: &[&Reject], is_aanbieder: bool) -> Vec<Elders> {
    let one = |reject: &&Reject| Elders {
        bestand: reject.file.clone(),
        plaats: match (reject.line, reject.cell.as_str()) {
            (_, cell) if !cell.is_empty() => cell.to_owned(),
            (0, _) => String::new(),
            (line, _) => format!("regel {line}"),
        },
        wat: format!("{} ({})", capital(woorden::titel(&reject.code)), reject.code),
        oplossing: capital(woorden::oplossing(&reject.code, is_aanbieder)),
        bedrag_ct: reject.bedrag_ct,
    };
    los.iter().map(one).collect()
}
