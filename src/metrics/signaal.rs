//! Queries of `kind = "signaal"`: one rule of a region, asked of every case it can be about.
//!
//! Enters: the header fields of a rule, and the rows of its SQL: one case each, with a verdict that may be unknown.
//! Leaves: [`SignaalKop`], the sentence in parts ([`Deel`]), and contributions by verdict. Does not know whether a
//! region has the rule switched on, nor what its words mean.

use polars::prelude::{DataFrame, DataType, PlSmallStr, Schema};

use crate::metrics::extract::{self, Unusable};
use crate::metrics::query::{Period, Query, QueryError};
use crate::metrics::rollup::{Coded, Contributions};
use crate::metrics::sql::nearest;

/// Key of a signal that holds the verdict.
pub const OORDEEL: &str = "oordeel";
/// Verdict: the rule is hit.
pub const TREFFER: &str = "treffer";
/// Verdict: looked at, and as agreed.
pub const GOED: &str = "goed";
/// Name of the value of a signal: the number of cases.
pub const GEVALLEN: &str = "gevallen";
/// Name of the amount beside it.
pub const BEDRAG: &str = "bedrag_ct";

/// Columns that the SELECT of a signal returns, with their types; others are for the work list.
pub(super) const COLUMNS: &[(&str, DataType)] = &[
    ("gemeente", DataType::String),
    ("aanbieder", DataType::String),
    ("client", DataType::Int64),
    ("kwartaal", DataType::String),
    ("geval", DataType::String),
    ("treffer", DataType::Boolean),
    (BEDRAG, DataType::Int64),
];

/// Keys of a signal, in the order of its address.
const KEYS: [&str; 4] = [OORDEEL, "gemeente", "aanbieder", "kwartaal"];

/// What is added up of every signal.
const LEVELS: [&[&str]; 3] = [&[OORDEEL], &[OORDEEL, "gemeente"], &[OORDEEL, "aanbieder"]];

/// What is added up of a signal that looks further back: quarter by quarter, to show how it went.
const QUARTERLY: [&[&str]; 3] = [
    &[OORDEEL, "kwartaal"],
    &[OORDEEL, "gemeente", "kwartaal"],
    &[OORDEEL, "aanbieder", "kwartaal"],
];

/// Chapters of the report that a rule can belong to, by the name of the header.
pub const HOOFDSTUKKEN: [&str; 7] =
    ["maatwerk", "zorgcoordinatie", "kosten", "aflopend", "proces", "aanbieders", "signalen"];

/// Who can change what a rule is about (H31).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Invloed {
    /// The gemeente.
    Gemeente,
    /// The aanbieder.
    Aanbieder,
    /// Both.
    Beide,
    /// Neither of them.
    Geen,
    /// ICM itself.
    Icm,
}

impl Invloed {
    /// As printed.
    pub fn label(self) -> &'static str {
        match self {
            Self::Gemeente => "gemeente",
            Self::Aanbieder => "aanbieder",
            Self::Beide => "gemeente en aanbieder",
            Self::Geen => "geen van beide",
            Self::Icm => "ICM",
        }
    }
}

/// Between whom the share of hits is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vergelijk {
    /// Every gemeente against the others together.
    Gemeente,
    /// Every aanbieder against the others together.
    Aanbieder,
}

impl Vergelijk {
    /// Key of the cells that are compared.
    pub fn key(self) -> &'static str {
        match self {
            Self::Gemeente => "gemeente",
            Self::Aanbieder => "aanbieder",
        }
    }
}

/// What a rule says besides its SQL; texts in Dutch.
#[derive(Debug, Clone, PartialEq)]
pub struct SignaalKop {
    /// Who can change it.
    pub invloed: Invloed,
    /// What one case is, singular and plural.
    pub geval: [String; 2],
    /// What the column `geval` holds: "overeenkomst"; its parts with ` · ` between them where it is glued together.
    pub nummer: Option<String>,
    /// What the euros are: "contractwaarde"; `None` of a rule that is not about money.
    pub bedrag: Option<String>,
    /// The sentence when there are hits.
    pub zin: Vec<Deel>,
    /// The question for the conversation.
    pub gesprek: String,
    /// What to do about it.
    pub remedie: String,
    /// An example that is as agreed.
    pub goed: String,
    /// An example that is hit.
    pub fout: String,
    /// Settings of the region it uses, by their key in the region file.
    pub drempels: Vec<String>,
    /// Between whom the share of hits is compared.
    pub vergelijk: Option<Vergelijk>,
    /// The period the cases are about, when the SQL reads more to judge them.
    pub over: Option<Over>,
}

/// The period the cases are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// The quarter of the report.
    Kwartaal,
}

/// A part of the sentence of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deel {
    /// Words as they are.
    Tekst(String),
    /// `{n}`: the hits with what a case is.
    Treffers,
    /// `{n#}`: the bare number of hits.
    Aantal,
    /// `{n?is|zijn}`: a word by the number of hits.
    Keuze(String, String),
    /// `{van}`: cases that could be judged.
    Beoordeeld,
    /// `{onbekend}`: cases that could not.
    Onbekend,
    /// `{aandeel}`: hits as a part of the judged cases.
    Aandeel,
    /// `{bedrag}`: euros of the hits.
    Bedrag,
    /// `{clienten}`: children behind the hits.
    Clienten,
    /// `{aanbieders}`: aanbieders behind the hits.
    Aanbieders,
    /// `{gemeenten}`: number of gemeenten with hits.
    Gemeenten,
    /// `{meest_gemeente}`: the gemeente with most hits.
    MeestGemeente,
    /// `{meest_aanbieder}`: the aanbieder with most hits.
    MeestAanbieder,
    /// `{drempel}`: the first setting it uses.
    Drempel,
    /// `{totaal}`, of a measure: everything together, with its unit.
    Totaal,
    /// `{grootste}`, of a measure: the largest cell by name.
    Grootste,
    /// `{grootste_aandeel}`, of a measure: that cell as a part of the total.
    GrootsteAandeel,
    /// `{n_cellen}`, of a measure: number of cells.
    Cellen,
}

/// The placeholders of a measure.
const OF_MEASURES: [(&str, Deel); 4] = [
    ("totaal", Deel::Totaal),
    ("grootste", Deel::Grootste),
    ("grootste_aandeel", Deel::GrootsteAandeel),
    ("n_cellen", Deel::Cellen),
];

/// The placeholders of a signal without a choice in them.
const OF_SIGNALS: [(&str, Deel); 12] = [
    ("n", Deel::Treffers),
    ("n#", Deel::Aantal),
    ("van", Deel::Beoordeeld),
    ("onbekend", Deel::Onbekend),
    ("aandeel", Deel::Aandeel),
    ("bedrag", Deel::Bedrag),
    ("clienten", Deel::Clienten),
    ("aanbieders", Deel::Aanbieders),
    ("gemeenten", Deel::Gemeenten),
    ("meest_gemeente", Deel::MeestGemeente),
    ("meest_aanbieder", Deel::MeestAanbieder),
    ("drempel", Deel::Drempel),
];

/// Cuts the sentence of a signal, or of a measure, into its parts; an error says in Dutch what is wrong with it.
pub(super) fn zin(text: &str, is_signal: bool) -> Result<Vec<Deel>, String> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            out.push(Deel::Tekst(before.to_owned()));
        }
        let (name, behind) =
            after.split_once('}').ok_or("een { in de zin wordt niet gesloten; sluit hem met }")?;
        out.push(deel(name, is_signal)?);
        rest = behind;
    }
    if rest.contains('}') {
        return Err("in de zin staat een } zonder {".to_owned());
    }
    if !rest.is_empty() {
        out.push(Deel::Tekst(rest.to_owned()));
    }
    Ok(out)
}

fn deel(name: &str, is_signal: bool) -> Result<Deel, String> {
    if let Some(words) = name.strip_prefix("n?").filter(|_| is_signal) {
        let (one, more) =
            words.split_once('|').ok_or("schrijf een keuze als {n?enkelvoud|meervoud}")?;
        return Ok(Deel::Keuze(one.to_owned(), more.to_owned()));
    }
    let known = if is_signal { OF_SIGNALS.as_slice() } else { OF_MEASURES.as_slice() };
    let found = known.iter().find(|(known, _)| *known == name);
    found.map(|(_, deel)| deel.clone()).ok_or_else(|| {
        let near = nearest(name, known.iter().map(|(known, _)| *known));
        format!("onbekende plaatshouder '{{{name}}}' in de zin{near}")
    })
}

/// Keys and levels of every signal.
pub(super) fn shape(period: Period) -> (Vec<String>, Vec<Vec<String>>) {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let levels = if period == Period::AchtKwartalen { QUARTERLY } else { LEVELS };
    (owned(&KEYS), levels.iter().map(|level| owned(level)).collect())
}

/// The SELECT returns the fixed columns, each of its type.
pub(super) fn check_columns(query: &Query, schema: &Schema) -> Result<(), QueryError> {
    for (name, dtype) in COLUMNS {
        let wrong = |what: String| Err(QueryError::at(&query.path, query.line_of("kind"), what));
        let Some(found) = schema.get(name) else {
            let near = nearest(name, schema.iter_names().map(PlSmallStr::as_str));
            return wrong(format!("de SELECT van een signaal geeft geen kolom '{name}'{near}"));
        };
        if found != dtype && !(*name == BEDRAG && found.is_integer()) {
            let called = match dtype {
                DataType::String => "een tekst",
                DataType::Boolean => "ja of nee",
                _ => "een geheel getal",
            };
            return wrong(format!("kolom '{name}' van een signaal moet {called} zijn"));
        }
    }
    Ok(())
}

/// Columns that are shown in the work list, in the order of the SELECT: all but the child and the verdict.
pub(super) fn worklist_columns(query: &Query) -> Vec<String> {
    let is_shown = |name: &&String| !["client", "treffer"].contains(&name.as_str());
    query.columns.iter().filter(is_shown).cloned().collect()
}

/// One contribution per case, by verdict; and the same with its euros.
pub(super) fn contributions(frame: &DataFrame) -> Result<(Contributions, Vec<i64>), Unusable> {
    let amounts = frame.column(BEDRAG)?.cast(&DataType::Int64)?;
    let amounts: Vec<i64> = amounts.i64()?.iter().map(Option::unwrap_or_default).collect();
    let largest: i128 = amounts.iter().map(|ct| i128::from(ct.unsigned_abs())).sum();
    if i64::try_from(largest).is_err() {
        return Err(Unusable::Reason(format!("de som van {BEDRAG} is te groot om mee te rekenen")));
    }
    let clients = frame.column("client")?;
    let clients = clients.i64()?.iter().map(|client| client.unwrap_or(extract::NOBODY)).collect();
    let mut keys = vec![verdicts(frame)?];
    for key in &KEYS[1..] {
        keys.push(extract::coded(frame.column(key)?.as_materialized_series())?);
    }
    let rows = Contributions {
        names: KEYS.iter().map(|&name| name.to_owned()).collect(),
        keys,
        values: vec![1; frame.height()],
        clients: Some(clients),
        aanbieders: Some(extract::aanbieders(frame)?),
    };
    Ok((rows, amounts))
}

/// The verdict of every case, as a key; what cannot be told is `onbekend`.
fn verdicts(frame: &DataFrame) -> Result<Coded, Unusable> {
    let texts = [GOED, extract::ONBEKEND, TREFFER].map(ToOwned::to_owned).to_vec();
    let code = |verdict| match verdict {
        Some(false) => 0,
        None => 1,
        Some(true) => 2,
    };
    let codes = frame.column("treffer")?.bool()?.iter().map(code).collect();
    Ok(Coded { codes, texts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_into_words_and_figures() {
        let text = "Bij {n} van de {van} {n?ontbreekt|ontbreken} iets ({bedrag}).";
        let delen = zin(text, true).unwrap();
        let words = |text: &str| Deel::Tekst(text.to_owned());
        assert_eq!(
            delen,
            [
                words("Bij "),
                Deel::Treffers,
                words(" van de "),
                Deel::Beoordeeld,
                words(" "),
                Deel::Keuze("ontbreekt".to_owned(), "ontbreken".to_owned()),
                words(" iets ("),
                Deel::Bedrag,
                words(")."),
            ]
        );
    }

    #[test]
    fn a_mistake_in_a_sentence_is_named() {
        let error = |text| zin(text, true).unwrap_err();
        assert_eq!(
            error("{aandel}"),
            "onbekende plaatshouder '{aandel}' in de zin; bedoelde u 'aandeel'?"
        );
        assert!(error("a {n").contains("niet gesloten"));
        assert!(error("a } b").contains("zonder {"));
        assert_eq!(zin("{totaal}", false), Ok(vec![Deel::Totaal]));
        assert!(error("{totaal}").contains("onbekende plaatshouder"));
        assert!(error("{n?is}").contains("enkelvoud|meervoud"));
    }
}
