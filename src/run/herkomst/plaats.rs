//! A number by its place in a table of the report, made again.

use anyhow::Result;
use serde_json::Value;

use crate::checks::oorzaken;
use crate::findings::Chapter;
use crate::report::compose::{Input, compose};
use crate::report::csv;
use crate::report::document::{Document, Row, column_names, is_place};
use crate::run::Progress;
use crate::run::herkomst::{Nareken, nareken_alles};
use crate::trace::rapportmap::Rapportmap;
use crate::trace::spoor::{Nagerekend, Spoor};

/// How a run ends of which more was rejected than the region accepts.
const REJECTS: u8 = 4;

/// The report as a document, made again; without what is only in the folder.
///
/// # Errors
/// When a definition in the report cannot be used, or the dataset cannot be read.
pub fn document(job: &Nareken<'_>, progress: &mut dyn Progress) -> Result<Document> {
    let rapport = job.rapport;
    let published = nareken_alles(job, progress)?;
    let causes = oorzaken::group(&job.dataset.rejects()?);
    compose(&Input {
        published: &published,
        manifest: &job.dataset.manifest,
        causes: &causes,
        retouren: &[],
        region: &rapport.regio,
        kwartaal: rapport.kwartaal,
        peildatum: rapport.peildatum,
        is_above_threshold: rapport.herkomst.exit_code == REJECTS,
        only: rapport.is_verdeling().then_some(Chapter::Zorgcoordinatie),
    })
}

/// The origin of the number at a place; without a dataset only what its file says.
pub(super) fn spoor(
    rapport: &Rapportmap,
    address: &str,
    waarde: &Value,
    job: Option<&Nareken<'_>>,
    progress: &mut dyn Progress,
) -> Result<Spoor> {
    let mut spoor = Spoor::van_plaats(rapport, address, waarde);
    let Some(job) = job else { return Ok(spoor) };
    let document = document(job, progress)?;
    let parts: Vec<&str> = address.split('/').collect();
    let [begin, name, row, column] = parts.as_slice() else { return Ok(spoor) };
    let Some(table) = document.table_at(begin, name) else {
        spoor.nagerekend = Nagerekend::Anders("geen tabel met deze naam".to_owned());
        return Ok(spoor);
    };
    spoor.titel.clone_from(&table.caption);
    spoor.vraag.clone_from(&table.source_line);
    let at = column_names(&csv::headings(table)).iter().position(|known| known == column);
    let row = row.parse::<usize>().ok().and_then(|n| table.rows.get(n.checked_sub(1)?));
    let (Some(at), Some(row)) = (at, row) else {
        spoor.nagerekend = Nagerekend::Anders("geen cel op deze plaats".to_owned());
        return Ok(spoor);
    };
    let heading = csv::headings(table).swap_remove(at);
    spoor.filters =
        vec![("rij".to_owned(), row_name(table.row_header(), row)), ("kolom".to_owned(), heading)];
    let now = csv::cell(&row.cells[at], table.columns[at].kind);
    let is_same = waarde.as_str() == Some(now.as_str());
    spoor.nagerekend = if is_same { Nagerekend::Gelijk } else { Nagerekend::Anders(now) };
    spoor.rust_op = rust_op(at, row);
    Ok(spoor)
}

fn row_name(header: usize, row: &Row) -> String {
    match &row.cells[header].value {
        crate::report::document::Value::Text(text) => text.clone(),
        _ => String::new(),
    }
}

/// The figure in the cell itself, else those it stands beside.
fn rust_op(at: usize, row: &Row) -> Vec<String> {
    let is_figure = |address: &&String| !is_place(address);
    if let Some(own) = row.cells[at].address.as_ref().filter(is_figure) {
        return vec![own.clone()];
    }
    let all = row.cells.iter().filter_map(|cell| cell.address.as_ref());
    all.filter(is_figure).cloned().collect()
}
