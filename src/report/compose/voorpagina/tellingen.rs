//! Both accounts as tables: what was read, and what of that counts in this report.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::manifest::{FileEntry, ReadingAccount, Sum, Term, Uitkomst};
use crate::dutch::{capital, counted};
use crate::report::compose::Input;
use crate::report::compose::voorlopig::naam;
use crate::report::document::{Cell, Kind, Row, Table, TableColumn, Value};

/// What was read, all sources together: rows and euros add up in one glance.
pub(super) fn reading(input: &Input<'_>) -> Table {
    let (files, total) = groups_total(input);
    let rare = total.rare_terms();
    let names = TERMS[1..].iter().chain(&rare).map(|(name, _)| name.to_lowercase());
    let caption =
        format!("Aansluiting van het lezen: gelezen = {}", names.collect::<Vec<_>>().join(" + "));
    let mut table = Table::new(
        "telling_lezen",
        &caption,
        vec![
            TableColumn::new("Lezen", "", Kind::Text),
            TableColumn::new("Regels", "", Kind::Count),
            TableColumn::new("Bedrag van de declaraties", "", Kind::Cents),
        ],
    );
    let with_euros = |name: &str, sum: Sum| {
        let rows = Cell::new(Value::Int(sum.regels.cast_signed()));
        Row::new(vec![Cell::text(name), rows, amount(input, sum)])
    };
    table.rows = vec![
        with_euros("Aanvaard", total.aanvaard),
        with_euros("Afgekeurd", total.afgekeurd),
        with_euros("Dubbel", total.dubbel),
    ];
    for (name, of) in TERMS[4..].iter().chain(&rare) {
        let rows = Cell::new(Value::Int(of(&total).cast_signed()));
        table.rows.push(Row::new(vec![Cell::text(name), rows, Cell::new(Value::Empty)]));
    }
    let mut sum = with_euros("Gelezen", total.gelezen);
    sum.is_total = true;
    table.rows.push(sum);
    table.source_line = format!(
        "{}.{} Per bron staat de aansluiting in het hoofdstuk Verantwoording.",
        counted(files.cast_signed(), "aangeleverd bestand", "aangeleverde bestanden"),
        unreadable(total.onleesbaar_bedrag)
    );
    table
}

/// Rejected lines of which the amount is not in the euros.
fn unreadable(regels: u64) -> String {
    match regels {
        0 => String::new(),
        n => format!(
            " Van {} is het bedrag niet te lezen; dat telt bij geen enkel bedrag mee.",
            counted(n.cast_signed(), "afgekeurde regel", "afgekeurde regels")
        ),
    }
}

/// The same per source, in rows and in euros.
pub(in crate::report::compose) fn per_source(input: &Input<'_>) -> [Table; 2] {
    [rows_table(input), euros_table(input)]
}

/// Exports by name, messages per folder and kind: hundreds of files are no reading matter.
fn groups(input: &Input<'_>) -> BTreeMap<String, (u64, ReadingAccount)> {
    let mut out: BTreeMap<String, (u64, ReadingAccount)> = BTreeMap::new();
    for entry in &input.manifest.bestanden {
        let (n, account) = out.entry(group_of(entry)).or_default();
        *n += 1;
        account.add(&entry.account);
    }
    out
}

fn group_of(entry: &FileEntry) -> String {
    if entry.lezing.format.starts_with("iJw") {
        let folder = entry.pad.rsplit_once('/').map_or("", |(folder, _)| folder);
        let what = if entry.lezing.table.is_empty() {
            "geweigerde en niet gebruikte berichten"
        } else {
            entry.lezing.format.as_str()
        };
        return format!("{folder}: {what}");
    }
    entry.pad.clone()
}

/// Terms that every account has.
const TERMS: [Term; 5] = [
    ("Gelezen", |a| a.gelezen.regels),
    ("Aanvaard", |a| a.aanvaard.regels),
    ("Afgekeurd", |a| a.afgekeurd.regels),
    ("Dubbel", |a| a.dubbel.regels),
    ("Leeg", |a| a.blanco),
];

fn rows_table(input: &Input<'_>) -> Table {
    let (files, total) = groups_total(input);
    let terms: Vec<Term> = TERMS.into_iter().chain(total.rare_terms()).collect();
    let parts: Vec<String> = terms[1..].iter().map(|(name, _)| name.to_lowercase()).collect();
    let caption =
        format!("Aansluiting van het lezen per bron, regels: gelezen = {}", parts.join(" + "));
    let mut columns = vec![
        TableColumn::new("Bron", "", Kind::Text),
        TableColumn::new("Bestanden", "", Kind::Count),
    ];
    columns.extend(terms.iter().map(|(name, _)| TableColumn::new(name, "", Kind::Count)));
    let mut table = Table::new("telling_regels", &caption, columns);
    let cells = |name: &str, n: u64, a: &ReadingAccount| {
        let int = |value: u64| Cell::new(Value::Int(value.cast_signed()));
        let counts = std::iter::once(n).chain(terms.iter().map(|(_, of)| of(a)));
        std::iter::once(Cell::text(name)).chain(counts.map(int)).collect::<Vec<_>>()
    };
    for (name, (n, account)) in groups(input) {
        table.rows.push(Row::new(cells(&name, n, &account)));
    }
    table.rows.push(Row::total(cells("Samen", files, &total)));
    if input.sees_files() {
        "Per bestand staat de aansluiting in herkomst/bestanden.csv."
            .clone_into(&mut table.source_line);
    }
    table
}

/// Number of files and the account of all groups together.
fn groups_total(input: &Input<'_>) -> (u64, ReadingAccount) {
    let mut out = (0, ReadingAccount::default());
    for (n, account) in groups(input).into_values() {
        out.0 += n;
        out.1.add(&account);
    }
    out
}

fn euros_table(input: &Input<'_>) -> Table {
    let mut table = Table::new(
        "telling_euro",
        "Aansluiting van het lezen per bron, euro's van de declaraties: gelezen = aanvaard + afgekeurd + dubbel",
        vec![
            TableColumn::new("Bron", "", Kind::Text),
            TableColumn::new("Gelezen", "", Kind::Cents),
            TableColumn::new("Aanvaard", "", Kind::Cents),
            TableColumn::new("Afgekeurd", "", Kind::Cents),
            TableColumn::new("Dubbel", "", Kind::Cents),
            TableColumn::new("Bedrag onleesbaar", "regels", Kind::Count),
        ],
    );
    let cells = |name: &str, a: &ReadingAccount| {
        let cents = |sum: Sum| amount(input, sum);
        let sums = [a.gelezen, a.aanvaard, a.afgekeurd, a.dubbel].map(cents);
        let unreadable = Cell::new(Value::Int(a.onleesbaar_bedrag.cast_signed()));
        std::iter::once(Cell::text(name)).chain(sums).chain([unreadable]).collect::<Vec<_>>()
    };
    let mut total = ReadingAccount::default();
    for (name, (_, account)) in groups(input) {
        if account.gelezen.bedrag_ct != 0 || account.onleesbaar_bedrag > 0 {
            total.add(&account);
            table.rows.push(Row::new(cells(&name, &account)));
        }
    }
    table.rows.push(Row::total(cells("Samen", &total)));
    table
}

/// Euros of an account; those of a few lines can be those of one child.
fn amount(input: &Input<'_>, sum: Sum) -> Cell {
    Cell::new(if input.is_small(sum.regels) { Value::Hidden } else { Value::Cents(sum.bedrag_ct) })
}

/// From the accepted declaraties to the quarter of the report.
pub(super) fn reporting(input: &Input<'_>) -> Table {
    let (_, account) = input.manifest.totals();
    let mut table = Table::new(
        "telling_rapport",
        "Aansluiting van het rapport: van aanvaarde declaraties naar dit kwartaal",
        vec![
            TableColumn::new("Declaraties", "", Kind::Text),
            TableColumn::new("Regels", "", Kind::Count),
            TableColumn::new("Bedrag", "", Kind::Cents),
        ],
    );
    let row = |label: &str, sum: Sum| {
        Row::new(vec![
            Cell::text(label),
            Cell::new(Value::Int(sum.regels.cast_signed())),
            amount(input, sum),
        ])
    };
    let months: BTreeSet<String> =
        input.kwartaal.months().iter().map(ToString::to_string).collect();
    let (mut inside, mut outside) = (Sum::default(), Sum::default());
    for (maand, sum) in &account.maanden {
        if months.contains(maand) { inside.add(*sum) } else { outside.add(*sum) }
    }
    table.rows.push(row(&format!("Telt mee in {}", naam(input, input.kwartaal)), inside));
    table.rows.push(row("Telt mee in een ander kwartaal", outside));
    for uitkomst in Uitkomst::ALL.into_iter().filter(|uitkomst| *uitkomst != Uitkomst::Geteld) {
        let sum = account.uitkomsten.get(&uitkomst).copied().unwrap_or_default();
        if sum.regels > 0 {
            table.rows.push(row(&capital(uitkomst.label().trim()), sum));
        }
    }
    let mut total = row("Aanvaard bij het lezen", account.aanvaard);
    total.is_total = true;
    table.rows.push(total);
    "Een declaratie hoort bij het kwartaal waarin de zorg begon (productperiode)."
        .clone_into(&mut table.source_line);
    table
}
