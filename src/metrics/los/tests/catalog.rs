//! The dictionary of loose questions is that of the queries.

use crate::metrics::los::catalog;
use crate::metrics::los::types::Basis;
use crate::metrics::query::Query;
use crate::metrics::tables;
use polars::prelude::DataType;

#[test]
fn every_table_and_column_of_a_query_can_be_asked_and_no_other() {
    let known = tables::names(&Query::loose("", &[], "proef"));
    assert_eq!(catalog::names().len(), known.len());
    for name in known {
        let ours = catalog::columns(&name).unwrap();
        let all = ours.iter().map(|veld| veld.naam.as_str()).collect::<Vec<_>>().join(" ");
        let theirs = tables::columns(&name, &Query::loose(&all, &[], "proef")).unwrap();
        let of = |dtype: &DataType| match dtype {
            DataType::String => Basis::Tekst,
            DataType::Int64 => Basis::Geheel,
            DataType::Boolean => Basis::JaNee,
            DataType::Date => Basis::Datum,
            other => panic!("{name}: {other}"),
        };
        let mut ours: Vec<(String, Basis)> =
            ours.into_iter().map(|veld| (veld.naam, veld.aard.basis)).collect();
        let mut theirs: Vec<(String, Basis)> =
            theirs.into_iter().map(|(column, dtype)| (column, of(&dtype))).collect();
        ours.sort_by(|a, b| a.0.cmp(&b.0));
        theirs.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(ours, theirs, "{name}");
    }
}

#[test]
fn every_person_column_of_the_schema_is_one_here() {
    for table in crate::schema::TABLES {
        let columns = catalog::columns(table.name).unwrap();
        for column in table.columns {
            let is_person = matches!(
                column.dtype,
                crate::schema::Dtype::Client | crate::schema::Dtype::Pseudonym
            );
            let veld = columns.iter().find(|veld| veld.naam == column.name).unwrap();
            assert_eq!(veld.aard.is_person(), is_person, "{}.{}", table.name, column.name);
        }
    }
}
