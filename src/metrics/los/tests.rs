//! Questions that are answered, and questions that are refused.

mod answers;
mod attacks;
mod catalog;
mod messages;
mod outside;
mod random;

use std::collections::BTreeMap;
use std::fs::{self, File};

use chrono::NaiveDate;
use polars::prelude::{Column, DataFrame, DataType, ParquetWriter};
use tempfile::TempDir;

use crate::metrics::MeasureInput;
use crate::metrics::antwoord::{Tabel, Waarde};
use crate::metrics::los::{LosVraag, Omgeving};
use crate::metrics::query::Query;
use crate::metrics::settings::{SettingColumn, SettingTable};
use crate::metrics::tables;
use crate::region::Publiek;

/// Children are numbers that occur nowhere else.
const KIND: i64 = 777_000_000_000_000;

const DECLARATIES: &str = "\
gemeente,client,gezin,agb,aanbieder,productcode,bedrag_ct,minuten,kwartaal,maand,jaar,is_maatwerk,toewijzingnummer,periode_begin,bron,regel
0355,1,91,01000001,Anker,45A53,1000,60,2025-K3,2025-07,2025,ja,T1,2025-07-01,a.csv,2
0355,1,91,01000001,Anker,45A53,2000,60,2025-K3,2025-08,2025,ja,T1,2025-08-01,a.csv,3
0355,2,91,01000002,Boei,45B01,500,,2025-K3,2025-07,2025,nee,T2,2025-07-15,a.csv,4
0310,3,92,01000002,Boei,45B01,-500,30,2025-K3,2025-09,2025,nee,T3,2025-09-01,a.csv,5
0310,4,93,01000001,Anker,45A53,333,10,2025-K2,2025-06,2025,ja,T4,2025-06-01,a.csv,6
0310,5,,01000002,Boei,45B01,0,0,2025-K2,2025-06,2025,nee,T5,2025-06-01,a.csv,7
";
const TOEWIJZINGEN: &str = "\
gemeente,client,agb,aanbieder,toewijzingnummer,productcode,geboortejaar,ingangsdatum,einddatum,budget_ct,verwijzer,bron,regel
0355,1,01000001,Anker,T1,45A53,2012,2025-01-01,2025-12-31,100000,huisarts,t.csv,2
0355,2,01000002,Boei,T2,45B01,2010,2025-02-01,,50000,gemeente,t.csv,3
0310,3,01000002,Boei,T3,45B01,2012,2025-03-01,2025-08-31,25000,huisarts,t.csv,4
0310,6,01000003,Cirkel,T6,45B01,2015,2025-03-01,,,huisarts,t.csv,5
";
const PRODUCTEN: &str = "\
productcode,naam,segment,bron,regel
45A53,Maatwerk,S1,p.csv,2
45B01,Begeleiding,S2,p.csv,3
";

/// A small dataset.
pub(super) struct Proef {
    folder: TempDir,
    gemeenten: Vec<(String, String)>,
}

/// The small dataset, written to disk.
pub(super) fn proef() -> Proef {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("afgeleid")).unwrap();
    let gemeenten = [("0310", "De Bilt"), ("0355", "Zeist"), ("0518", "'s-Gravenhage")]
        .map(|(code, naam)| (code.to_owned(), naam.to_owned()))
        .to_vec();
    let proef = Proef { folder, gemeenten };
    proef.write("declaraties", DECLARATIES);
    proef.write("toewijzingen", TOEWIJZINGEN);
    proef.write("producten", PRODUCTEN);
    proef
}

impl Proef {
    /// Writes a table of the dataset; columns that are left out are empty.
    pub(super) fn write(&self, name: &str, csv: &str) {
        let mut lines = csv.lines();
        let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
        let query = Query::loose("", &[], "proef");
        let columns = tables::columns(name, &query).unwrap().into_iter().map(|(column, dtype)| {
            let at = heads.iter().position(|head| *head == column);
            let cells = rows.iter().map(|row| at.map(|at| row[at]).filter(|cell| !cell.is_empty()));
            typed(&column, &dtype, &cells.collect::<Vec<_>>())
        });
        let mut frame = DataFrame::new_infer_height(columns.collect()).unwrap();
        let path = self.folder.path().join("afgeleid").join(format!("{name}.parquet"));
        ParquetWriter::new(File::create(path).unwrap()).finish(&mut frame).unwrap();
    }

    fn omgeving(&self, publiek: Publiek) -> Omgeving<'_> {
        Omgeving { gemeenten: &self.gemeenten, publiek, minimum: 10 }
    }

    /// Reads and asks.
    #[track_caller]
    pub(super) fn ask(&self, sql: &str, publiek: Publiek) -> Tabel {
        let read = LosVraag::lees(sql, "de vraag", &self.omgeving(publiek));
        let vraag = read.unwrap_or_else(|error| panic!("{sql}\n{error}\n{:?}", error.detail));
        let settings = [SettingTable {
            name: "regio".to_owned(),
            columns: (crate::metrics::settings::setting_columns("regio").unwrap().iter())
                .map(|(name, kind)| ((*name).to_owned(), one_row(*kind)))
                .collect(),
        }];
        let params = BTreeMap::new();
        let input = MeasureInput {
            dataset: self.folder.path(),
            kwartaal: "2025-K3".parse().unwrap(),
            peildatum: NaiveDate::from_ymd_opt(2025, 10, 30).unwrap(),
            gemeenten: &self.gemeenten,
            jeugdigen: &[],
            settings: &settings,
            met_jaar: false,
            params: &params,
        };
        let answer = vraag.antwoord(&input);
        let answer = answer.unwrap_or_else(|error| {
            panic!("{sql}\n{error}\n{:?}\n{}", error.detail, vraag.gelezen.sql)
        });
        answer.unwrap_or_else(|reason| panic!("{sql}\n{reason}"))
    }

    /// The message with which a question is refused.
    #[track_caller]
    pub(super) fn refusal(&self, sql: &str, publiek: Publiek) -> String {
        match LosVraag::lees(sql, "de vraag", &self.omgeving(publiek)) {
            Ok(vraag) => panic!("niet geweigerd: {sql}\n{}", vraag.gelezen.sql),
            Err(error) => error.message,
        }
    }
}

fn one_row(kind: crate::metrics::settings::SettingType) -> SettingColumn {
    use crate::metrics::settings::SettingType::{Bool, Date, Int, Text};
    match kind {
        Text => SettingColumn::Text(vec![Some("x".to_owned())]),
        Int => SettingColumn::Int(vec![Some(7)]),
        Bool => SettingColumn::Bool(vec![Some(true)]),
        Date => SettingColumn::Date(vec![NaiveDate::from_ymd_opt(2025, 10, 30)]),
    }
}

fn typed(name: &str, dtype: &DataType, cells: &[Option<&str>]) -> Column {
    let pseudonym = matches!(name, "client" | "gezin" | "iban");
    let whole = |cell: &str| cell.parse::<i64>().unwrap() + if pseudonym { KIND } else { 0 };
    match dtype {
        DataType::Int64 => {
            let values: Vec<Option<i64>> = cells.iter().map(|cell| cell.map(whole)).collect();
            Column::new(name.into(), values)
        }
        DataType::Boolean => {
            let values: Vec<Option<bool>> =
                cells.iter().map(|cell| cell.map(|cell| cell == "ja")).collect();
            Column::new(name.into(), values)
        }
        DataType::Date => {
            let values: Vec<Option<NaiveDate>> =
                cells.iter().map(|cell| cell.map(|cell| cell.parse().unwrap())).collect();
            Column::new(name.into(), values)
        }
        _ => Column::new(name.into(), cells),
    }
}

/// An answer as text: a line of names, then a line per row.
pub(super) fn text(tabel: &Tabel) -> String {
    let mut out: Vec<String> =
        vec![tabel.kolommen.iter().map(|kolom| kolom.naam.as_str()).collect::<Vec<_>>().join("|")];
    for rij in &tabel.rijen {
        let mut cells: Vec<String> = rij.waarden.iter().map(cell).collect();
        if let Some(kinderen) = rij.kinderen {
            cells.push(format!("({kinderen})"));
        }
        out.push(cells.join("|"));
    }
    out.join("\n")
}

fn cell(value: &Waarde) -> String {
    match value {
        Waarde::Leeg => "-".to_owned(),
        Waarde::Tekst(text) => text.clone(),
        Waarde::Geheel(number) => number.to_string(),
        Waarde::Getal(number) => format!("{number:?}"),
        Waarde::Datum(day) => day.to_string(),
        Waarde::JaNee(true) => "ja".to_owned(),
        Waarde::JaNee(false) => "nee".to_owned(),
    }
}
