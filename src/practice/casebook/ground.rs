//! What is clean in a region: its products, the rows a dossier consists of, and what stands in a row nobody speaks of.
//!
//! Enters: `gevallen/basis.toml`, `gevallen/regio/<id>.toml` and the region itself. Leaves: [`Ground`].

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use toml::{Table, Value};

use crate::period::Kwartaal;
use crate::region::Region;

use super::GEVALLEN;
use super::complete;
use super::rows::{self, Row};
use super::rule::{self, RuleFile, Written};

/// The rows that are clean in every region.
pub(super) const BASIS: &str = "basis.toml";

/// Name of the row that is meant when a case names none.
pub(super) const ZORG: &str = "zorg";

type Values = BTreeMap<String, String>;

/// A clean region.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) id: String,
    /// Codes of the gemeenten; cases take turns, those `buiten_beurt` only have cases that name them.
    pub(super) gemeenten: Vec<String>,
    pub(super) kwartaal: Kwartaal,
    /// Letter of the rules that are planted here.
    letter: String,
    /// Dossier of a case that names none.
    pub(super) dossier: String,
    /// Words that stand for something of the region.
    pub(super) woorden: Values,
    /// Per table: what stands in a row nobody speaks of.
    rij: BTreeMap<String, Values>,
    pub(super) producten: Vec<Values>,
    pub(super) dossiers: BTreeMap<String, Vec<Written>>,
    /// By dossier and rule: what is hit in every case that begins with it.
    pub(super) ook: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Tables in which every aanbieder of a case has a row.
    pub(super) per_aanbieder: Vec<String>,
    /// Tables in which every product that an aanbieder declares has a row.
    pub(super) per_product: Vec<String>,
    vast: Vec<Written>,
}

fn table(name: &str) -> anyhow::Result<Table> {
    let file = GEVALLEN.get_file(name).with_context(|| missing(name))?;
    toml::from_str(file.contents_utf8().unwrap_or_default()).with_context(|| name.to_owned())
}

fn missing(file: &str) -> String {
    let known = super::case_regions().join(", ");
    let regio = file.trim_start_matches("regio/").trim_end_matches(".toml");
    format!("voor {regio} zijn er geen oefengevallen; die zijn er voor {known}")
}

impl Ground {
    /// Reads what is clean in a region.
    ///
    /// # Errors
    /// When nothing is known of the region, or a definition is wrong.
    pub(super) fn of(region: &Region) -> anyhow::Result<Self> {
        let name = format!("regio/{}.toml", region.id);
        let own = table(&name)?;
        let mut rij = BTreeMap::new();
        let mut common = table(BASIS)?;
        add_rows(&mut rij, &mut common).context(BASIS)?;
        rule::none_left(&common).context(BASIS)?;
        Self::read(region, own, rij).context(name)
    }

    fn read(
        region: &Region,
        mut own: Table,
        mut rij: BTreeMap<String, Values>,
    ) -> anyhow::Result<Self> {
        add_rows(&mut rij, &mut own)?;
        let mut text = |key: &str| {
            rule::take_text(&mut own, key)?.with_context(|| format!("de sleutel {key} ontbreekt"))
        };
        let kwartaal = text("kwartaal")?.parse().map_err(anyhow::Error::msg)?;
        let (letter, dossier) = (text("letter")?, text("standaard")?);
        let woorden = match own.remove("woorden") {
            Some(Value::Table(words)) => rule::values(words)?,
            _ => Values::new(),
        };
        let rows = |tables: Vec<Table>| tables.into_iter().map(rule::values).collect();
        let producten: anyhow::Result<Vec<Values>> =
            rows(rule::take_tables(&mut own, "producten")?);
        let apart = rule::take_list(&mut own, "buiten_beurt")?;
        let codes = region.gemeenten.iter().map(|gemeente| gemeente.code.clone());
        let out = Self {
            id: region.id.clone(),
            gemeenten: codes.filter(|code| !apart.contains(code)).collect(),
            kwartaal,
            letter,
            dossier,
            woorden,
            rij,
            producten: producten?,
            dossiers: dossiers(&mut own)?,
            ook: of_dossiers(&mut own)?,
            per_aanbieder: rule::take_list(&mut own, "per_aanbieder")?,
            per_product: rule::take_list(&mut own, "per_product")?,
            vast: written(rule::take_tables(&mut own, "vast")?)?,
        };
        rule::none_left(&own)?;
        Ok(out)
    }

    /// Whether a rule is planted in this region.
    pub(super) fn holds(&self, rule: &RuleFile) -> bool {
        if rule.regios.is_empty() {
            return rule.regel.starts_with(&self.letter);
        }
        rule.regios.contains(&self.id)
    }

    /// What stands in a row of a table that nobody speaks of.
    pub(super) fn clean(&self, tabel: &str) -> Values {
        self.rij.get(tabel).cloned().unwrap_or_default()
    }

    /// The product with a code; a maatwerk code is the product it was made from.
    pub(super) fn product(&self, code: &str) -> Option<&Values> {
        let has = |wanted: &str| {
            self.producten.iter().find(|product| {
                product.get("productcode").is_some_and(|own| alike(own, wanted, code))
            })
        };
        has(code).or_else(|| has("*").filter(|_| code.get(2..3) == Some("M")))
    }

    /// Whether a code itself stands in the list of products.
    pub(super) fn lists(&self, code: &str) -> bool {
        self.producten.iter().any(|product| product.get("productcode").is_some_and(|c| c == code))
    }

    /// Rows that belong to no case: the products, and what the region file adds.
    ///
    /// # Errors
    /// When such a row does not fit its table.
    pub(super) fn fixed(&self) -> anyhow::Result<Vec<Row>> {
        let products = self.producten.iter().map(|values| Written {
            tabel: "producten".to_owned(),
            rij: None,
            values: values.clone(),
        });
        products.chain(self.vast.iter().cloned()).map(|row| complete::loose(self, row)).collect()
    }
}

/// Whether a product has the wanted code, or with `*` differs from a maatwerk code in its third character only.
fn alike(own: &str, wanted: &str, maatwerk: &str) -> bool {
    if wanted != "*" {
        return own == wanted;
    }
    own.get(..2) == maatwerk.get(..2) && own.get(3..) == maatwerk.get(3..)
}

fn add_rows(rij: &mut BTreeMap<String, Values>, file: &mut Table) -> anyhow::Result<()> {
    let Some(Value::Table(tables)) = file.remove("rij") else { return Ok(()) };
    for (tabel, row) in tables {
        let Value::Table(row) = row else { bail!("rij.{tabel} is geen rij") };
        let values = rows::by_name(&tabel, &rule::values(row)?);
        rij.entry(tabel).or_default().extend(values);
    }
    Ok(())
}

fn dossiers(own: &mut Table) -> anyhow::Result<BTreeMap<String, Vec<Written>>> {
    // A case may bring everything itself.
    let mut out = BTreeMap::from([("geen".to_owned(), Vec::new())]);
    if let Some(Value::Table(mut all)) = own.remove("dossier") {
        let names: Vec<String> = all.keys().cloned().collect();
        for name in names {
            out.insert(name.clone(), written(rule::take_tables(&mut all, &name)?)?);
        }
    }
    Ok(out)
}

fn of_dossiers(own: &mut Table) -> anyhow::Result<BTreeMap<String, BTreeMap<String, Vec<String>>>> {
    let Some(Value::Table(all)) = own.remove("ook") else { return Ok(BTreeMap::new()) };
    let one = |(dossier, rules): (String, Value)| {
        let Value::Table(rules) = rules else { bail!("ook.{dossier} is geen tabel") };
        Ok((dossier, rule::hits(rules)?))
    };
    all.into_iter().map(one).collect()
}

fn written(rows: Vec<Table>) -> anyhow::Result<Vec<Written>> {
    rows.into_iter()
        .map(|mut row| {
            let tabel = rule::take_text(&mut row, "tabel")?.context("een rij noemt haar tabel")?;
            rule::written(&tabel, row)
        })
        .collect()
}

/// Gives every case of every rule its own number.
pub(super) fn number(rules: &mut [RuleFile]) -> u32 {
    rules.iter_mut().fold(1, |first, rule| first + rule.number(first)) - 1
}
