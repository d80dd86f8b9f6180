//! Every query against a small case made by hand: `tests/queries/<id>.case`.
//!
//! A case is text: blocks `== <table>` with CSV rows under a heading, then `== expect <level>` blocks with what
//! must come out. Columns that a block leaves out are empty; a derived yes-or-no column that is left out is "nee".
//! `UPDATE_EXPECT=1` writes what came out into the case; a person reads the difference.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use maatstaf::metrics::settings::{
    ONLY_WHEN_GIVEN, SETTINGS, SettingColumn, SettingTable, SettingType, setting_columns,
};
use maatstaf::metrics::{
    Jeugdigen, Level, ListValue, MeasureInput, Measured, MeasuredCell, Outcome, Query, QueryError,
    measure,
};
use maatstaf::period::{Kwartaal, Maand};
use maatstaf::schema::{Dtype, Need, PER_KWARTAAL, table};
use polars::prelude::{Column, DataFrame, DataType, ParquetWriter};

use crate::support::update_expect;

/// Rows of one block, by heading.
type Rows = Vec<BTreeMap<String, String>>;

/// A small dataset with what is asked of it.
pub(crate) struct Case {
    pub(crate) kwartaal: Kwartaal,
    pub(crate) peildatum: NaiveDate,
    pub(crate) gemeenten: Vec<(String, String)>,
    pub(crate) jeugdigen: Vec<Jeugdigen>,
    pub(crate) settings: Vec<SettingTable>,
    pub(crate) tables: BTreeMap<String, Rows>,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn rows_of(block: &str) -> Rows {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(block.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = headings.iter().zip(record.iter());
        cells.map(|(heading, cell)| (heading.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

impl Case {
    /// Reads the blocks of a case; what is expected is left alone.
    pub(crate) fn read(text: &str) -> Self {
        let mut case = Self {
            kwartaal: "2025-K3".parse().unwrap(),
            peildatum: NaiveDate::from_ymd_opt(2025, 10, 1).unwrap(),
            gemeenten: Vec::new(),
            jeugdigen: Vec::new(),
            settings: Vec::new(),
            tables: BTreeMap::new(),
        };
        for block in text.split("\n== ").skip(1) {
            let (name, block) = block.split_once('\n').unwrap_or((block, ""));
            match name.trim() {
                name if name.starts_with("expect") => {}
                "gemeenten" => case.add_gemeenten(rows_of(block)),
                "signaaldagen" => {
                    let longest = rows_of(block)[0]["langste"].parse().unwrap();
                    case.settings.push(SettingTable::signaaldagen(longest));
                }
                name if setting_columns(name).is_some() => {
                    case.settings.push(setting(name, &rows_of(block)));
                }
                name => {
                    case.tables.insert(name.to_owned(), rows_of(block));
                }
            }
        }
        case.add_settings();
        case
    }

    /// What a case does not name is empty, and of `regio` not set; only the run itself is known.
    fn add_settings(&mut self) {
        let run = [
            ("kwartaal", self.kwartaal.to_string()),
            ("kwartaal_begin", self.kwartaal.first_day().to_string()),
            ("kwartaal_eind", self.kwartaal.last_day().to_string()),
            ("peildatum", self.peildatum.to_string()),
            ("jaar", self.kwartaal.year().to_string()),
        ];
        let run = run.map(|(name, value)| (name.to_owned(), value)).into();
        for (name, _) in SETTINGS {
            // A list of codes and a term that nobody gave are not known.
            let is_unknown =
                *name == "signaaldagen" || ONLY_WHEN_GIVEN.iter().any(|(list, _)| list == name);
            if !is_unknown && !self.settings.iter().any(|table| table.name == *name) {
                let rows = if *name == "regio" { vec![BTreeMap::clone(&run)] } else { Vec::new() };
                self.settings.push(setting(name, &rows));
            }
        }
        let regio = self.settings.iter_mut().find(|table| table.name == "regio").unwrap();
        let empty = setting("regio", &vec![run]);
        for ((_, of_case), (_, of_run)) in regio.columns.iter_mut().zip(empty.columns) {
            let is_set = !matches!(of_case, SettingColumn::Text(v) if v == &[None])
                && !matches!(of_case, SettingColumn::Int(v) if v == &[None])
                && !matches!(of_case, SettingColumn::Date(v) if v == &[None]);
            if !is_set {
                *of_case = of_run;
            }
        }
    }

    fn add_gemeenten(&mut self, rows: Rows) {
        for row in rows {
            let pair = (row["gemeente"].clone(), row["naam"].clone());
            if !self.gemeenten.contains(&pair) {
                self.gemeenten.push(pair);
            }
            if let (Ok(jaar), Ok(aantal)) = (row["jaar"].parse(), row["jeugdigen"].parse()) {
                self.jeugdigen.push(Jeugdigen { gemeente: row["gemeente"].clone(), jaar, aantal });
            }
        }
    }

    /// Writes the tables to Parquet and runs the real code.
    pub(crate) fn measure(&self, queries: &[Arc<Query>]) -> Vec<Measured> {
        let dataset = tempfile::tempdir().unwrap();
        self.write(dataset.path());
        self.measure_in(dataset.path(), queries, &BTreeMap::new()).unwrap()
    }

    fn measure_in(
        &self,
        dataset: &Path,
        queries: &[Arc<Query>],
        params: &BTreeMap<String, Vec<String>>,
    ) -> Result<Vec<Measured>, QueryError> {
        let input = MeasureInput {
            dataset,
            kwartaal: self.kwartaal,
            peildatum: self.peildatum,
            gemeenten: &self.gemeenten,
            jeugdigen: &self.jeugdigen,
            settings: &self.settings,
            met_jaar: false,
            params,
        };
        measure(queries, &input, |_| ())
    }

    /// Writes `afgeleid/<table>.parquet` for every table of the case.
    fn write(&self, dataset: &Path) {
        let derived = dataset.join("afgeleid");
        fs::create_dir_all(&derived).unwrap();
        for (name, rows) in &self.tables {
            let columns = columns_of(name);
            for heading in rows.first().into_iter().flat_map(BTreeMap::keys) {
                assert!(columns.iter().any(|(known, ..)| known == heading), "{heading} in {name}");
            }
            let columns = (columns.iter())
                .map(|(column, dtype, derived)| typed(name, column, *dtype, *derived, rows))
                .collect();
            let mut frame = DataFrame::new(rows.len(), columns).unwrap();
            let file = File::create(derived.join(format!("{name}.parquet"))).unwrap();
            ParquetWriter::new(file).finish(&mut frame).unwrap();
        }
    }
}

/// A table of settings from the rows of a block; an empty cell and a column that is left out are not set.
fn setting(name: &str, rows: &Rows) -> SettingTable {
    let known = setting_columns(name).unwrap();
    for heading in rows.first().into_iter().flat_map(BTreeMap::keys) {
        assert!(known.iter().any(|(column, _)| column == heading), "{heading} in {name}");
    }
    let columns = known.iter().map(|(column, kind)| {
        let cells = rows.iter().map(|row| row.get(*column).filter(|cell| !cell.is_empty()));
        let values = match kind {
            SettingType::Text => {
                SettingColumn::Text(cells.map(Option::<&String>::cloned).collect())
            }
            SettingType::Int => {
                SettingColumn::Int(cells.map(|c| c.map(|c| c.parse().unwrap())).collect())
            }
            SettingType::Bool => SettingColumn::Bool(cells.map(|c| c.map(|c| c == "ja")).collect()),
            SettingType::Date => {
                SettingColumn::Date(cells.map(|c| c.map(|c| c.parse().unwrap())).collect())
            }
        };
        ((*column).to_owned(), values)
    });
    SettingTable { name: name.to_owned(), columns: columns.collect() }
}

/// Name, type and "made by us" of every column of a table in the dataset.
fn columns_of(name: &str) -> Vec<(&'static str, Dtype, bool)> {
    let quarterly = PER_KWARTAAL.iter().find(|(derived, _)| *derived == name);
    let is_not_counted = name == "declaraties_niet_geteld";
    let name = if is_not_counted { "declaraties" } else { name };
    let base =
        table(quarterly.map_or(name, |(_, base)| base)).unwrap_or_else(|| panic!("table {name}"));
    let mut columns: Vec<_> =
        base.columns.iter().map(|c| (c.name, c.dtype, c.need == Need::Derived)).collect();
    if quarterly.is_some() {
        columns.push(("kwartaal", Dtype::Text, true));
        columns.extend(["is_nieuw", "loopt_op_einde", "eindigt"].map(|c| (c, Dtype::Bool, true)));
    }
    columns.extend(is_not_counted.then_some(("uitkomst", Dtype::Text, true)));
    columns.extend([("bron", Dtype::Text, true), ("regel", Dtype::Int, true)]);
    columns
}

fn typed(table: &str, column: &str, dtype: Dtype, is_derived: bool, rows: &Rows) -> Column {
    let cells = (0_i64..).zip(rows).map(|(at, row)| match row.get(column) {
        Some(cell) => Some(cell.clone()).filter(|cell| !cell.is_empty()),
        None if column == "regel" => Some((at + 2).to_string()),
        None if table.starts_with("declaraties") => from_maand(column, row),
        None => None,
    });
    let name = column.into();
    match dtype {
        Dtype::Bool | Dtype::Filled => {
            let default = is_derived.then_some(false);
            let values: Vec<Option<bool>> =
                cells.map(|cell| cell.map_or(default, |cell| Some(cell == "ja"))).collect();
            Column::new(name, values)
        }
        Dtype::Date => {
            let epoch = NaiveDate::default();
            let days = |cell: String| {
                let date: NaiveDate = cell.parse().unwrap();
                i32::try_from(date.signed_duration_since(epoch).num_days()).unwrap()
            };
            let values: Vec<Option<i32>> = cells.map(|cell| cell.map(days)).collect();
            Column::new(name, values).cast(&DataType::Date).unwrap()
        }
        Dtype::Text | Dtype::Gemeente | Dtype::Agb | Dtype::Eenheid | Dtype::Choice(_) => {
            Column::new(name, cells.collect::<Vec<Option<String>>>())
        }
        _ => {
            let number =
                |cell: String| cell.parse::<i64>().unwrap_or_else(|_| panic!("{column}: {cell}"));
            Column::new(name, cells.map(|cell| cell.map(number)).collect::<Vec<Option<i64>>>())
        }
    }
}

/// Calendar columns of a declaratie follow from its month.
fn from_maand(column: &str, row: &BTreeMap<String, String>) -> Option<String> {
    let maand: Maand = row.get("maand")?.parse().ok()?;
    match column {
        "kwartaal" => Some(maand.kwartaal().to_string()),
        "jaar" => Some(maand.kwartaal().year().to_string()),
        _ => None,
    }
}

/// What came out, as `== expect` blocks.
fn render(measured: &Measured) -> String {
    let mut text = String::new();
    match &measured.outcome {
        Outcome::NotDeterminable { reason } => {
            writeln!(text, "== expect\nniet te bepalen: {reason}").unwrap();
        }
        Outcome::List { columns, rows } => {
            writeln!(text, "== expect\n{}", columns.join(",")).unwrap();
            for row in rows {
                let cells: Vec<String> = row.iter().map(list_cell).collect();
                writeln!(text, "{}", cells.join(",")).unwrap();
            }
        }
        Outcome::Draws(dossiers) => {
            let columns = "dossier,kwartaal,gemeente,aanbieder,zorg_tegelijk_ct,zorg_ct,coordinatie_milli,\
                           coordinatie_minuten,zonder_minuten,heeft_plan,heeft_maatregel";
            writeln!(text, "== expect\nafwezig: {}\n{columns}", dossiers.afwezig.join(" "))
                .unwrap();
            for (at, regel) in dossiers
                .dossiers
                .iter()
                .enumerate()
                .flat_map(|(at, d)| d.iter().map(move |r| (at + 1, r)))
            {
                let yes = |flag| if flag { "ja" } else { "nee" };
                writeln!(
                    text,
                    "{at},{},{},{},{},{},{},{},{},{},{}",
                    regel.kwartaal,
                    regel.gemeente,
                    regel.aanbieder,
                    regel.zorg_tegelijk_ct,
                    regel.zorg_ct,
                    regel.coordinatie_milli,
                    regel.coordinatie_minuten,
                    regel.zonder_minuten,
                    yes(regel.heeft_plan),
                    yes(regel.heeft_maatregel)
                )
                .unwrap();
            }
        }
        Outcome::Cells(levels) if measured.werklijst.is_some() => {
            render_signal(measured, levels, &mut text);
        }
        Outcome::Cells(levels) => {
            for level in levels {
                let value = &measured.query.value;
                let keys = level.keys.join(",");
                let columns = "clienten,aanbieders,top_client,top_aanbieder,bijdragen,verhouding";
                writeln!(text, "== expect {keys}\n{keys},{value},{columns}").unwrap();
                for cell in &level.cells {
                    let names = level.keys.iter().map(|key| measured.key_of(cell, key));
                    let keys: Vec<&str> = names.collect();
                    writeln!(text, "{},{}", keys.join(","), cell_text(cell)).unwrap();
                }
            }
        }
    }
    text
}

/// A signal: its cases by verdict, and its hits one by one.
fn render_signal(measured: &Measured, levels: &[Level], text: &mut String) {
    for level in levels {
        render_verdicts(measured, level, text);
    }
    let werklijst = measured.werklijst.as_ref().unwrap();
    writeln!(text, "== expect werklijst\n{}", werklijst.columns.join(",")).unwrap();
    for row in &werklijst.rows {
        let cells: Vec<String> = row.iter().map(list_cell).collect();
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
}

/// Cases of a signal by verdict, with their euros and who stands behind them.
fn render_verdicts(measured: &Measured, level: &Level, text: &mut String) {
    let keys = level.keys.join(",");
    writeln!(text, "== expect {keys}\n{keys},gevallen,bedrag_ct,clienten,aanbieders").unwrap();
    for cell in &level.cells {
        let keys: Vec<&str> = level.keys.iter().map(|key| measured.key_of(cell, key)).collect();
        let count = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        writeln!(
            text,
            "{},{},{},{},{}",
            keys.join(","),
            cell.value,
            cell.bedrag_ct.unwrap(),
            count(cell.clienten),
            count(cell.aanbieders)
        )
        .unwrap();
    }
}

fn cell_text(cell: &MeasuredCell) -> String {
    let count = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let top = |of: Option<u32>, top: [i64; 2]| {
        of.map(|_| format!("{} {}", top[0], top[1])).unwrap_or_default()
    };
    let ratio = cell.ratio.as_ref().map(|ratio| {
        let of = ratio.noemer.map(|n| format!(" van {n}")).unwrap_or_default();
        let year = ratio.jaar.map(|jaar| format!(" in {jaar}")).unwrap_or_default();
        match &ratio.outcome {
            Ok(quotient) => format!("{} {quotient:.4}{of}{year}", ratio.column),
            Err(reason) => {
                format!("{} niet te bepalen: {}", ratio.column, reason.replace(',', ";"))
            }
        }
    });
    [
        cell.value.to_string(),
        count(cell.clienten),
        count(cell.aanbieders),
        top(cell.clienten, cell.top_client),
        top(cell.aanbieders, cell.top_aanbieder),
        cell.rows.to_string(),
        ratio.unwrap_or_default(),
    ]
    .join(",")
}

fn list_cell(value: &ListValue) -> String {
    match value {
        ListValue::Text(text) => text.clone(),
        ListValue::Int(number) => number.to_string(),
        ListValue::Date(date) => date.to_string(),
        ListValue::Bool(yes) => if *yes { "ja" } else { "nee" }.to_owned(),
        ListValue::Empty => String::new(),
    }
}

/// The query with the queries its denominator needs.
fn with_denominator(id: &str, all: &[Arc<Query>]) -> Vec<Arc<Query>> {
    let find = |id: &str| all.iter().find(|query| query.id == id).cloned();
    let query = find(id).unwrap_or_else(|| panic!("no query for case {id}"));
    let below = query.denominator.as_deref().and_then(find);
    std::iter::once(query).chain(below).collect()
}

/// The queries as they stand in the folder, so that one can be worked on without building the program.
fn all_queries() -> Vec<Arc<Query>> {
    Query::load_all(Some(&folder("queries"))).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_query_can_be_read() {
    let files = crate::support::files_below(&folder("queries"));
    let wrong: Vec<String> = (files.iter())
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "sql"))
        .filter_map(|(name, bytes)| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let error = Query::parse(&text, name).err()?;
            Some(format!("{error} {:?}", error.detail))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_query_gives_what_its_case_expects() {
    let all = all_queries();
    let mut wrong = Vec::new();
    for query in &all {
        let path = folder("tests/queries").join(format!("{}.case", query.id));
        let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} has no case", query.id));
        let measured = Case::read(&format!("\n{text}")).measure(&with_denominator(&query.id, &all));
        let at = text.find("== expect").unwrap_or(text.len());
        let found = render(&measured[0]);
        if text[at..] == found {
            continue;
        }
        if update_expect() {
            fs::write(&path, format!("{}{found}", &text[..at])).unwrap();
        } else {
            wrong.push(format!("{}: expected\n{}found\n{found}", query.id, &text[at..]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_belongs_to_a_query() {
    let all = all_queries();
    for entry in fs::read_dir(folder("tests/queries")).unwrap() {
        let path = entry.unwrap().path();
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(all.iter().any(|query| query.id == id), "{id} has a case but no query");
    }
}

#[test]
fn without_any_table_every_query_is_not_determinable_and_none_is_zero() {
    let all = all_queries();
    for measured in Case::read("").measure(&all) {
        let reason = measured.reason().unwrap_or_else(|| panic!("{}", measured.query.id));
        assert!(reason.starts_with("geen ") && reason.ends_with(" aangeleverd"), "{reason}");
    }
}

#[test]
fn every_cell_of_every_case_has_its_own_address() {
    let all = all_queries();
    let mut seen = std::collections::BTreeSet::new();
    for query in &all {
        let path = folder("tests/queries").join(format!("{}.case", query.id));
        let text = fs::read_to_string(path).unwrap();
        let measured = Case::read(&format!("\n{text}")).measure(&with_denominator(&query.id, &all));
        for cell in measured[0].levels().iter().flat_map(|level| &level.cells) {
            let address = measured[0].address(cell, &query.value);
            assert!(seen.insert(address.clone()), "{address} occurs twice");
        }
    }
    assert!(seen.contains("maatwerk_kosten/9001/2025-K3/bedrag_ct"));
}

// The example is what the program makes, byte for byte; so what is not in its manifest was not computed.
#[test]
fn what_only_vraag_asks_is_computed_by_no_report() {
    let manifest = fs::read(folder("reports/voorbeeld/herkomst/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let told = manifest["queries"].as_object().unwrap();
    let (asked, reported): (Vec<_>, Vec<_>) =
        all_queries().into_iter().partition(|query| !query.in_rapport);
    assert!(asked.len() >= 8 && asked.iter().all(|query| query.path.contains("/vragen/")));
    for query in asked {
        assert!(!told.contains_key(&query.id), "{} is in the report", query.id);
    }
    assert!(reported.iter().any(|query| told.contains_key(&query.id)));
}

const OWN_QUERY: &str = r#"/*---
title = "t"
question = "q"
why = "w"
kind = "measure"
keys = ["gemeente"]
levels = [["gemeente"]]
value = "minuten"
unit = "minuten"
measure = "m"
period = "alles"
owner = "ICM"
reviewed = 2026-11-22
[params.gemeente]
type = "gemeente"
allowed = ["9001", "9002"]
---*/
SELECT gemeente, minuten FROM declaraties WHERE gemeente IN (SELECT waarde FROM par_gemeente)
"#;

const OWN_ROWS: &str = "\n== declaraties\ngemeente,maand,minuten\n9001,2025-07,1\n9002,2020-01,2\n";

#[test]
fn a_parameter_that_is_not_given_holds_every_value() {
    let query = [Arc::new(Query::parse(OWN_QUERY, "eigen.sql").unwrap())];
    let case = Case::read(OWN_ROWS);
    let dataset = tempfile::tempdir().unwrap();
    case.write(dataset.path());
    let ask = |values: &[&str]| {
        let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
        let given = (!values.is_empty()).then(|| ("gemeente".to_owned(), values));
        case.measure_in(dataset.path(), &query, &given.into_iter().collect())
    };
    let cells = |values: &[&str]| ask(values).unwrap()[0].levels()[0].cells.len();
    assert_eq!((cells(&[]), cells(&["9002"])), (2, 1));
    let error = ask(&["9003"]).unwrap_err().message;
    let expected = "parameter 'gemeente': '9003' kan niet; kies uit: 9001, 9002";
    assert_eq!(error, format!("eigen.sql: {expected}"));
}

#[test]
fn an_empty_value_makes_a_measure_not_determinable_instead_of_zero() {
    let query = [Arc::new(Query::parse(OWN_QUERY, "eigen.sql").unwrap())];
    let case = Case::read(&format!("{OWN_ROWS}9001,2025-08,\n"));
    let measured = case.measure(&query);
    assert_eq!(measured[0].reason(), Some("1 bijdragen van query eigen hebben geen waarde"));
}

#[test]
fn sums_that_do_not_fit_are_not_determinable_instead_of_wrong() {
    let query = [Arc::new(Query::parse(OWN_QUERY, "eigen.sql").unwrap())];
    let rows = format!("{OWN_ROWS}9001,2025-08,{}\n", i64::MAX);
    let measured = Case::read(&rows).measure(&query);
    assert_eq!(measured[0].reason(), Some("de som van minuten is te groot om mee te rekenen"));
}

#[test]
fn a_damaged_table_is_named_in_dutch() {
    let all = Query::load_all(None).unwrap();
    let dataset = tempfile::tempdir().unwrap();
    let derived = dataset.path().join("afgeleid");
    fs::create_dir_all(&derived).unwrap();
    fs::write(derived.join("declaraties.parquet"), "geen parquet").unwrap();
    let case = Case::read("");
    let queries = with_denominator("kosten_totaal", &all);
    let error = case.measure_in(dataset.path(), &queries, &BTreeMap::new()).unwrap_err();
    let expected =
        "tabel 'declaraties' van de dataset is niet te lezen; maak de dataset opnieuw met lees";
    assert_eq!(error.message, format!("queries/kosten_totaal.sql: {expected}"));
    assert!(error.detail.is_some());
}

const BEGIN: &str = "<!-- begin: gemaakt uit de koppen -->\n";
const END: &str = "<!-- einde -->";

#[test]
fn the_table_in_the_readme_is_made_from_the_headers() {
    let path = folder("queries/README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let mut list = String::from(
        "| query | vraag | sleutels | waarde | periode | per |\n|---|---|---|---|---|---|\n",
    );
    for query in all_queries() {
        let keys = query.keys.join(", ");
        let per = query.denominator.as_deref().unwrap_or_default();
        let value = if query.value.is_empty() { "lijst" } else { &query.value };
        let (keys, value) = match &query.regel {
            Some(regel) if query.signaal.is_some() => (format!("regel {regel}"), "signaal"),
            _ => (keys, value),
        };
        let period = query.period.name();
        let file = query.path.rsplit("queries/").next().unwrap();
        writeln!(
            list,
            "| [`{}`]({file}) | {} | {keys} | {value} | {period} | {per} |",
            query.id, query.question,
        )
        .unwrap();
    }
    let expected = format!("{before}{BEGIN}{list}{END}{after}");
    if update_expect() && text != expected {
        fs::write(&path, expected).unwrap();
    } else {
        assert_eq!(text, expected, "run with UPDATE_EXPECT=1");
    }
}
