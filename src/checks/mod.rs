//! Business rules: on single rows while reading, across rows and tables when a dataset is completed.
//!
//! Enters: typed blocks ([`rows`]) and a store with base tables ([`derive()`]). Leaves: blocks with their rejects,
//! and the derived tables with both accounts. Does not know figures or reports.
//! Adding a rule: one const in the fitting file and its line in that file's `RULES`.

mod afgeleid;
mod antwoord;
mod antwoord_regels;
mod beantwoord;
mod bericht;
mod berichten;
mod categorie;
mod correctie;
mod cumulatief;
mod declaraties;
mod dekking;
mod herindeling;
mod herkenning;
pub mod herstel;
pub mod honderd;
mod jeugdigen;
mod keten;
mod koppeling;
mod koppeling_regels;
mod kruis;
mod kwartalen;
pub mod lijst;
mod naloop;
mod omvang;
pub mod oorzaken;
mod oplopend;
mod regel;
mod regels;
mod ronde;
mod stapeling;
mod stroom;
mod tabel;
mod tabellen;
mod tarief;
mod texts;
mod toegekend;
mod toewijzing;
mod treffers;
mod versies;
pub mod werkdagen;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::AtomicBool;

use anyhow::Result;

use crate::checks::antwoord::Antwoorden;
use crate::checks::correctie::Hersteld;
use crate::checks::declaraties::{Context, Written};
use crate::checks::dekking::{Contracten, Register};
use crate::checks::herkenning::Herkenner;
use crate::checks::keten::Ketens;
use crate::checks::tabel::Tabel;
use crate::checks::tabellen::{aanbieder_names, write_all, write_table, write_toewijzingen};
use crate::checks::toewijzing::report_mixed;
use crate::checks::versies::Versies;
use crate::checks::werkdagen::Werkdagen;
use crate::dataset::Store;
use crate::dataset::manifest::{ReportingAccount, Uitkomst};
use crate::dataset::stop::check_stop;
use crate::period::{Kwartaal, Maand};
use crate::region::Region;
use crate::rejects::{Reject, Rule};
use crate::schema::{
    AANBIEDERS, AANVRAGEN, ANTWOORDEN, BUDGETTEN, CONTRACTEN, DECLARATIES, GEMEENTEN, MAATREGELEN,
    OVEREENKOMSTEN, PGB, PLANNEN, PRODUCTEN, PRODUCTINRICHTING, RAPPORTAGES, TOEWIJZINGEN, Table,
    WACHTTIJDEN,
};
use crate::typing::TypedTable;

/// Every rule of the program, by code.
pub fn all_rules() -> Vec<&'static Rule> {
    let mut out: Vec<&Rule> = lijst::groepen().into_iter().flat_map(|groep| groep.rules).collect();
    out.sort_by_key(|rule| rule.code);
    out
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    all_rules().into_iter().find(|rule| rule.code == code)
}

/// Rules on single rows. Amounts get their sign first: every rule sees a credit as negative.
pub fn rows(mut typed: TypedTable<'_>) -> TypedTable<'_> {
    typed.sign();
    regel::check(&mut typed);
    typed
}

/// Completes a dataset: judges across rows and tables, writes the derived tables, fills the reporting account.
///
/// # Errors
/// When the disk refuses, or with `Interrupted` soon after `stop` is set: between its steps, and inside them between two slices.
pub fn derive(store: &mut Store, region: &Region, stop: &AtomicBool) -> Result<()> {
    check_stop(stop)?;
    let load = |table: &'static Table| Tabel::load(table, &store.base(table.name)?);
    let (aanbieders, producten) = (load(&AANBIEDERS)?, load(&PRODUCTEN)?);
    let mut late = Vec::new();
    let overeenkomsten = herindeling::current(region, load(&OVEREENKOMSTEN)?, &mut late)?;
    let (maatregelen, contracten) = (load(&MAATREGELEN)?, load(&CONTRACTEN)?);
    let names = aanbieder_names(&aanbieders);
    let toewijzingen = Versies::collapse(&store.base(TOEWIJZINGEN.name)?, stop)?;
    let mut antwoorden = Antwoorden::load(&store.base(ANTWOORDEN.name)?)?;
    let files = store.base(DECLARATIES.name)?;
    let folder = store.folder().to_path_buf();
    let herstel = Hersteld::of(&store.manifest.bestanden, store.vervangen());
    let mut verdicts =
        correctie::judge(&files, &folder, &mut antwoorden, &toewijzingen, &herstel, stop)?;
    verdicts.rejects.extend(antwoorden.unmatched());
    // Only which rows are the newest is needed from here on; the table itself may be large.
    verdicts.rejects.extend(report_mixed(&toewijzingen));
    let Versies { is_newest, .. } = toewijzingen;
    let context = Context {
        region,
        herkenner: Herkenner::new(region, &producten),
        contracten: Contracten::new(&contracten, &names),
        register: Register::new(&overeenkomsten, &names),
        antwoorden: &antwoorden,
        uitkomsten: &verdicts.uitkomsten,
        aanbieders: &names,
        stop,
    };
    let Written { accounts, ambiguous, rejects } = declaraties::write(store, &files, &context)?;
    verdicts.rejects.extend(herkenning::ambiguous(&ambiguous));
    verdicts.rejects.extend(rejects);
    let last = last_quarter(&accounts);
    late.extend(write_toewijzingen(store, &is_newest, last, &names, region, stop)?);
    write_agreements(store, &overeenkomsten, &maatregelen, last, &context)?;
    write_all(store, &maatregelen, last, &|_, _| Vec::new())?;
    check_stop(stop)?;
    write_others(store, region, last, (&names, &mut late))?;
    let gemeenten = load_from(store, &GEMEENTEN)?;
    let (rows, contradicted) = jeugdigen::judge(&gemeenten);
    write_table(store, &gemeenten, &rows, last, &|_, _| Vec::new())?;
    verdicts.rejects.extend(contradicted);
    verdicts.rejects.extend(late);
    verdicts.rejects.extend(kruis::check(store, region, stop)?);
    check_stop(stop)?;
    finish_rejects(store, verdicts.rejects)?;
    store.manifest.rapportage = accounts;
    store.manifest.regio.clone_from(&region.id);
    store.manifest.regio_sha256.clone_from(&region.sha256);
    Ok(())
}

/// The register, with what follows from measures, products and renewals.
fn write_agreements(
    store: &Store,
    overeenkomsten: &Tabel,
    maatregelen: &Tabel,
    last: Option<Kwartaal>,
    context: &Context<'_, '_>,
) -> Result<()> {
    let free = free_choice(overeenkomsten, maatregelen, context.region);
    let ketens = Ketens::of(overeenkomsten);
    let derive = |tabel: &Tabel, rows: &[usize]| {
        let by = (&context.contracten, &context.herkenner, context.aanbieders);
        let mut columns = vec![
            afgeleid::aanbieder(tabel, rows, context.aanbieders),
            afgeleid::flags("is_vrije_keuze", rows, &free),
        ];
        columns.extend(afgeleid::product(tabel, rows, by));
        columns.extend(ketens.columns(rows));
        columns
    };
    write_all(store, overeenkomsten, last, &derive)
}

/// The tables of which every row stands by itself.
fn write_others(
    store: &Store,
    region: &Region,
    last: Option<Kwartaal>,
    (names, late): (&HashMap<String, String>, &mut Vec<Reject>),
) -> Result<()> {
    let werkdagen = Werkdagen::of(region);
    let tables: [&'static Table; 10] = [
        &CONTRACTEN,
        &PLANNEN,
        &AANVRAGEN,
        &PGB,
        &BUDGETTEN,
        &WACHTTIJDEN,
        &PRODUCTINRICHTING,
        &RAPPORTAGES,
        &PRODUCTEN,
        &AANBIEDERS,
    ];
    for table in tables {
        let tabel = herindeling::current(region, load_from(store, table)?, late)?;
        let derive = |tabel: &Tabel, rows: &[usize]| {
            let mut columns = match table.name {
                name if name == AANVRAGEN.name => afgeleid::aanvragen(tabel, rows, &werkdagen),
                name if name == WACHTTIJDEN.name => afgeleid::wachttijden(tabel, rows),
                _ => Vec::new(),
            };
            if table.position("aanbieder").is_some_and(|at| !table.columns[at].need.is_supplied()) {
                columns.push(afgeleid::aanbieder(tabel, rows, names));
            }
            columns
        };
        write_all(store, &tabel, last, &derive)?;
    }
    Ok(())
}

fn load_from(store: &Store, table: &'static Table) -> Result<Tabel> {
    Tabel::load(table, &store.base(table.name)?)
}

/// The last quarter in which declared care begins; open agreements are followed until then.
fn last_quarter(accounts: &BTreeMap<String, ReportingAccount>) -> Option<Kwartaal> {
    let all = accounts.values().flat_map(|account| account.maanden.keys());
    all.filter_map(|text| text.parse::<Maand>().ok()).max().map(Maand::kwartaal)
}

/// Agreements that follow from a measure under which the aanbieder is chosen freely (Z04): as the register says,
/// else when such a measure runs at the start.
fn free_choice(overeenkomsten: &Tabel, maatregelen: &Tabel, region: &Region) -> Vec<bool> {
    let is_free = |soort: &str| {
        region.maatwerk.uitzondering_maatregel.iter().any(|free| free.eq_ignore_ascii_case(soort))
    };
    let mut spans: HashMap<i64, Vec<(i32, i32)>> = HashMap::new();
    for row in (0..maatregelen.n_rows()).filter(|row| is_free(maatregelen.text("soort", *row))) {
        let Some(client) = maatregelen.int("client", row) else { continue };
        let from = maatregelen.date("ingangsdatum", row).unwrap_or(i32::MIN);
        let to = maatregelen.date("einddatum", row).unwrap_or(i32::MAX);
        spans.entry(client).or_default().push((from, to));
    }
    (0..overeenkomsten.n_rows())
        .map(|row| {
            let said = overeenkomsten.text("maatregel", row);
            let begin = overeenkomsten.date("ingangsdatum", row).unwrap_or_default();
            let client = overeenkomsten.int("client", row).unwrap_or_default();
            let runs = || {
                spans
                    .get(&client)
                    .is_some_and(|s| s.iter().any(|(a, b)| (*a..=*b).contains(&begin)))
            };
            if said.is_empty() { runs() } else { is_free(said) }
        })
        .collect()
}

/// Gives rejects across rows the path of their file, and stores them in a fixed order.
fn finish_rejects(store: &mut Store, mut rejects: Vec<Reject>) -> Result<()> {
    let paths = store.manifest.paths();
    for reject in &mut rejects {
        if let Some(path) = paths.get(reject.file.as_str()) {
            if reject.line > 0 {
                reject.bron.clone_from(&reject.file);
            }
            (*path).clone_into(&mut reject.file);
        }
        if let Some(label) = label(reject) {
            label.clone_into(&mut reject.column);
        }
    }
    rejects.sort_by(|a, b| {
        (&a.file, a.line, &a.code, &a.found).cmp(&(&b.file, b.line, &b.code, &b.found))
    });
    store.cross_rejects(&rejects)
}

/// What people call the column of a reject; a rule across files knows it by our name only. The unit in which we keep
/// it says nothing about what is shown.
fn label(reject: &Reject) -> Option<&'static str> {
    let table = crate::schema::table(&reject.table)?;
    let label = table.columns[table.position(&reject.column)?].label;
    Some(label.split_once(" (").map_or(label, |(name, _)| name))
}

/// Outcomes of the reporting account that are a refusal by a rule, for the summary of rejects.
pub fn is_refusal(uitkomst: Uitkomst) -> bool {
    matches!(uitkomst, Uitkomst::Dubbel | Uitkomst::Afgekeurd)
}
