//! Who could have coordinated for whom: from rows per client to dossiers without a client.
//!
//! Enters: what SQL returns for a query of `kind = "draws"`. Leaves: [`Dossiers`], sorted by what is in them, so that
//! neither a pseudonym nor its order goes beyond this point. Does not know what is fair.

use polars::prelude::{
    BooleanChunked, DataFrame, DataType, Int64Chunked, PolarsResult, StringChunked,
};

use crate::metrics::measured::ONBEKEND;

/// The columns of a lottery and their types.
pub(super) const COLUMNS: &[(&str, DataType)] = &[
    ("gemeente", DataType::String),
    ("kwartaal", DataType::String),
    ("client", DataType::Int64),
    ("aanbieder", DataType::String),
    ("zorg_tegelijk_ct", DataType::Int64),
    ("zorg_ct", DataType::Int64),
    ("coordinatie_milli", DataType::Int64),
    ("coordinatie_minuten", DataType::Int64),
    ("zonder_minuten", DataType::Int64),
    ("heeft_plan", DataType::Boolean),
    ("heeft_maatregel", DataType::Boolean),
];

/// What one aanbieder did for one client in one quarter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DossierRegel {
    /// Quarter, `2025-K3`.
    pub kwartaal: String,
    /// Gemeente code.
    pub gemeente: String,
    /// The aanbieder.
    pub aanbieder: String,
    /// Eurocents of other care in the months in which the client had coordination.
    pub zorg_tegelijk_ct: i64,
    /// Eurocents of other care in the quarter.
    pub zorg_ct: i64,
    /// Net volume of coordination, in thousandths of whatever unit.
    pub coordinatie_milli: i64,
    /// Net minutes of coordination.
    pub coordinatie_minuten: i64,
    /// Lines of coordination in a unit that is no time.
    pub zonder_minuten: i64,
    /// A plan names this aanbieder as coordinator.
    pub heeft_plan: bool,
    /// The client had a measure under which nobody is asked to coordinate.
    pub heeft_maatregel: bool,
}

/// Everything about one client, without the client.
pub type Dossier = Vec<DossierRegel>;

/// All clients with coordination, declared or in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dossiers {
    /// One per client, sorted by content.
    pub dossiers: Vec<Dossier>,
    /// Tables that could have said more but were not supplied, as people call them.
    pub afwezig: Vec<String>,
}

/// Takes the columns apart and puts the rows of one client together.
pub(super) fn dossiers(frame: &DataFrame, afwezig: Vec<String>) -> PolarsResult<Dossiers> {
    let columns = Columns::of(frame)?;
    let mut rows: Vec<(i64, DossierRegel)> =
        (0..frame.height()).map(|row| (columns.client(row), columns.regel(row))).collect();
    rows.sort_unstable();
    let mut dossiers: Vec<Dossier> = rows
        .chunk_by(|a, b| a.0 == b.0)
        .map(|rows| rows.iter().map(|(_, regel)| regel.clone()).collect())
        .collect();
    dossiers.sort_unstable();
    Ok(Dossiers { dossiers, afwezig })
}

/// The columns of the frame in their types.
struct Columns {
    client: Int64Chunked,
    texts: [StringChunked; 3],
    numbers: [Int64Chunked; 5],
    flags: [BooleanChunked; 2],
}

impl Columns {
    fn of(frame: &DataFrame) -> PolarsResult<Self> {
        let number = |name: &str| frame.column(name)?.cast(&DataType::Int64)?.i64().cloned();
        let text = |name: &str| frame.column(name)?.cast(&DataType::String)?.str().cloned();
        let flag = |name: &str| frame.column(name)?.bool().cloned();
        Ok(Self {
            client: number("client")?,
            texts: [text("kwartaal")?, text("gemeente")?, text("aanbieder")?],
            numbers: [
                number("zorg_tegelijk_ct")?,
                number("zorg_ct")?,
                number("coordinatie_milli")?,
                number("coordinatie_minuten")?,
                number("zonder_minuten")?,
            ],
            flags: [flag("heeft_plan")?, flag("heeft_maatregel")?],
        })
    }

    fn client(&self, row: usize) -> i64 {
        self.client.get(row).unwrap_or_default()
    }

    fn regel(&self, row: usize) -> DossierRegel {
        let text = |at: usize| self.texts[at].get(row).unwrap_or(ONBEKEND).to_owned();
        let number = |at: usize| self.numbers[at].get(row).unwrap_or_default();
        let flag = |at: usize| self.flags[at].get(row).unwrap_or_default();
        DossierRegel {
            kwartaal: text(0),
            gemeente: text(1),
            aanbieder: text(2),
            zorg_tegelijk_ct: number(0),
            zorg_ct: number(1),
            coordinatie_milli: number(2),
            coordinatie_minuten: number(3),
            zonder_minuten: number(4),
            heeft_plan: flag(0),
            heeft_maatregel: flag(1),
        }
    }
}
