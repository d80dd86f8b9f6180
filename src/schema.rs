//! The canonical tables: the dictionary of the program.
//!
//! Enters: nothing. Leaves: [`TABLES`], every table with its columns, types, Dutch labels, units and
//! the headings suppliers are known to use. Does not know where a table comes from or what is asked of it.
//!
//! A column is wholly Dutch and ASCII; the label is the only place where the display form stands.

use polars::prelude::DataType;

/// How a value is stored after typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dtype {
    /// Free or coded text, trimmed.
    Text,
    /// Four-digit gemeente code; a supplier may also write the name.
    Gemeente,
    /// Eight-digit AGB code.
    Agb,
    /// Unit of care, iJw code list WJ756 (`01`, `04`, `14`, `16`, `82`, `83`, `84`); words are accepted.
    Eenheid,
    /// Whole number.
    Int,
    /// Number with at most three decimals, stored as thousandths.
    Milli,
    /// Money, stored as whole eurocents.
    Cent,
    /// Calendar date, stored as days since 1970-01-01.
    Date,
    /// Yes or no.
    Bool,
    /// BSN or client number: replaced at typing by a keyed pseudonym (64 bits in an `i64`).
    Client,
    /// Another identifier of a person or account (gezin, IBAN): keyed pseudonym.
    Pseudonym,
    /// Free text of which only "filled or not" is kept.
    Filled,
    /// Birth date, of which only the year is kept.
    BirthYear,
}

impl Dtype {
    /// How a column of this type is stored in the dataset.
    pub fn storage(self) -> DataType {
        match self {
            Self::Text | Self::Gemeente | Self::Agb | Self::Eenheid => DataType::String,
            Self::Int
            | Self::Milli
            | Self::Cent
            | Self::Client
            | Self::Pseudonym
            | Self::BirthYear => DataType::Int64,
            Self::Date => DataType::Date,
            Self::Bool | Self::Filled => DataType::Boolean,
        }
    }
}

/// Whether a supplier must, may or cannot give a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Without this column the table cannot be read, and a row without the value is a reject.
    Required,
    /// Switches on what needs it; null otherwise.
    Optional,
    /// Made by us; never read from a file.
    Derived,
}

/// One column of a canonical table.
#[derive(Debug)]
pub struct Column {
    /// Name in the dataset, in SQL and as the first heading that is recognised.
    pub name: &'static str,
    /// Storage type.
    pub dtype: Dtype,
    /// Whether a supplier must give it.
    pub need: Need,
    /// Dutch display form.
    pub label: &'static str,
    /// Headings of known exports, compared without case, accents, spaces and punctuation.
    pub aliases: &'static [&'static str],
}

impl Column {
    /// True when a raw value of this column can identify a person, so that it is never shown anywhere.
    pub fn is_person(&self) -> bool {
        matches!(self.dtype, Client | Pseudonym | Filled | BirthYear)
    }
}

/// One canonical table.
#[derive(Debug)]
pub struct Table {
    /// Name in the dataset and in SQL.
    pub name: &'static str,
    /// Dutch display form.
    pub label: &'static str,
    /// Columns that together name a row; empty when rows have no key of their own.
    pub key: &'static [&'static str],
    /// All columns but the provenance pair `bron`, `regel`, which every row carries.
    pub columns: &'static [Column],
}

impl Table {
    /// Position of a column in [`Table::columns`].
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The column of that name.
    ///
    /// # Panics
    /// When the table has no such column: a mistake in this program, not in a file.
    pub fn column(&self, name: &str) -> &'static Column {
        let position = self.position(name).expect("the column is in the schema");
        &self.columns[position]
    }
}

/// The table of that name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

/// A heading or alias reduced to what is compared: lower case, letters and digits only, accents dropped.
pub fn normalise_heading(heading: &str) -> String {
    heading
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ä' => 'a',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ò' | 'ó' | 'ô' | 'ö' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            other => other,
        })
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

const fn col(
    name: &'static str,
    dtype: Dtype,
    need: Need,
    label: &'static str,
    aliases: &'static [&'static str],
) -> Column {
    Column { name, dtype, need, label, aliases }
}

use Dtype::{
    Agb, BirthYear, Bool, Cent, Client, Date, Eenheid, Filled, Gemeente, Int, Milli, Pseudonym,
    Text,
};
use Need::{Derived, Optional, Required};

/// Declared care: one row per client, toewijzing, product and month.
pub static DECLARATIES: Table = Table {
    name: "declaraties",
    label: "Declaraties",
    key: &["agb", "referentienummer"],
    columns: &[
        col(
            "gemeente",
            Gemeente,
            Required,
            "Gemeente",
            &["gemeentecode", "gemeente code", "ontvanger", "cbs code"],
        ),
        col(
            "agb",
            Agb,
            Required,
            "AGB-code",
            &[
                "agb code",
                "aanbieder agb",
                "agbcode aanbieder",
                "zorgaanbieder agb",
                "afzender",
                "agb aanbieder",
            ],
        ),
        col(
            "client",
            Client,
            Required,
            "Cliënt",
            &[
                "bsn",
                "clientnummer",
                "burgerservicenummer",
                "client id",
                "clientnr",
                "zorgned nummer",
            ],
        ),
        col("gezin", Pseudonym, Optional, "Gezin", &["gezinsnummer", "gezin id"]),
        col(
            "declaratienummer",
            Text,
            Optional,
            "Declaratienummer",
            &["declaratie nummer", "factuurnummer"],
        ),
        col(
            "referentienummer",
            Text,
            Optional,
            "Referentienummer",
            &["referentie nummer", "regelnummer aanbieder", "referentie"],
        ),
        col(
            "vorig_referentienummer",
            Text,
            Optional,
            "Vorig referentienummer",
            &["vorigreferentienummer", "referentie vorige", "oorspronkelijk referentienummer"],
        ),
        col(
            "toewijzingnummer",
            Text,
            Optional,
            "Toewijzingnummer",
            &["toewijzingsnummer", "toewijzing nr", "toewijzing", "beschikkingsregelnummer"],
        ),
        col(
            "productcategorie",
            Text,
            Optional,
            "Productcategorie",
            &["product categorie", "categorie"],
        ),
        col(
            "productcode",
            Text,
            Required,
            "Productcode",
            &["product code", "product", "voorzieningcode"],
        ),
        col(
            "periode_begin",
            Date,
            Required,
            "Begin productperiode",
            &[
                "begindatum",
                "productperiode begin",
                "begin periode",
                "startdatum",
                "begindatum productperiode",
                "productperiode van",
            ],
        ),
        col(
            "periode_eind",
            Date,
            Required,
            "Einde productperiode",
            &[
                "einddatum",
                "productperiode eind",
                "eind periode",
                "einddatum productperiode",
                "productperiode tot",
                "productperiode tot en met",
            ],
        ),
        col(
            "declaratieperiode_begin",
            Date,
            Optional,
            "Begin declaratieperiode",
            &["declaratieperiode", "declaratie maand"],
        ),
        col(
            "volume_milli",
            Milli,
            Required,
            "Volume (duizendsten van de eenheid)",
            &["volume", "geleverd volume", "aantal", "geleverdvolume"],
        ),
        col("eenheid", Eenheid, Required, "Eenheid", &["eenheidcode", "eenheid code"]),
        col(
            "tarief_ct",
            Cent,
            Optional,
            "Tarief (eurocent)",
            &["tarief", "producttarief", "product tarief", "tarief per eenheid"],
        ),
        col(
            "bedrag_ct",
            Cent,
            Required,
            "Bedrag (eurocent)",
            &[
                "bedrag",
                "ingediend bedrag",
                "ingediendbedrag",
                "declaratiebedrag",
                "bedrag incl",
                "gedeclareerd bedrag",
            ],
        ),
        col("debet_credit", Text, Optional, "Debet of credit", &["debetcredit", "d/c", "dc"]),
        col(
            "dagtekening",
            Date,
            Optional,
            "Dagtekening",
            &["declaratiedagtekening", "indiendatum", "factuurdatum", "datum ingediend"],
        ),
        col(
            "identificatie",
            Text,
            Optional,
            "Identificatie van het bericht",
            &["berichtidentificatie"],
        ),
        col("wet", Text, Optional, "Wet", &["domein"]),
        col("kanaal", Text, Optional, "Kanaal", &["aanleverkanaal"]),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
        col("basisproduct", Text, Derived, "Basisproduct", &[]),
        col("maand", Text, Derived, "Maand", &[]),
        col("kwartaal", Text, Derived, "Kwartaal", &[]),
        col("jaar", Int, Derived, "Jaar", &[]),
        col("minuten", Int, Derived, "Minuten", &[]),
        col("status", Text, Derived, "Status (ingediend, toegekend, afgewezen)", &[]),
        col("is_maatwerk", Bool, Derived, "Is maatwerk", &[]),
        col("maatwerk_herkenning", Text, Derived, "Waaraan het maatwerk is herkend", &[]),
        col("is_coordinatie", Bool, Derived, "Is zorgcoördinatie", &[]),
        col("segment", Text, Derived, "Segment", &[]),
        col("regio_tarief_ct", Int, Derived, "Regionaal tarief (eurocent)", &[]),
        col("boven_tarief_ct", Int, Derived, "Bedrag boven het regionale tarief (eurocent)", &[]),
    ],
};

/// Granted care: the newest version of each toewijzing.
pub static TOEWIJZINGEN: Table = Table {
    name: "toewijzingen",
    label: "Toewijzingen",
    key: &["gemeente", "toewijzingnummer"],
    columns: &[
        col("gemeente", Gemeente, Required, "Gemeente", &["gemeentecode", "afzender"]),
        col("agb", Agb, Required, "AGB-code", &["agb code", "aanbieder agb", "ontvanger"]),
        col(
            "client",
            Client,
            Required,
            "Cliënt",
            &["bsn", "clientnummer", "burgerservicenummer", "client id"],
        ),
        col("gezin", Pseudonym, Optional, "Gezin", &["gezinsnummer"]),
        col("geboortejaar", BirthYear, Optional, "Geboortejaar", &["geboortedatum"]),
        col(
            "toewijzingnummer",
            Text,
            Required,
            "Toewijzingnummer",
            &["toewijzingsnummer", "toewijzing nr", "toewijzing"],
        ),
        col(
            "referentie_aanbieder",
            Text,
            Optional,
            "Referentie aanbieder",
            &["referentieaanbieder"],
        ),
        col(
            "productcategorie",
            Text,
            Optional,
            "Productcategorie",
            &["categorie", "product categorie"],
        ),
        col("productcode", Text, Optional, "Productcode", &["product code", "product"]),
        col("toewijzingsdatum", Date, Optional, "Toewijzingsdatum", &["datum toewijzing"]),
        col("toewijzingstijd", Text, Optional, "Toewijzingstijd", &["tijd toewijzing"]),
        col("ingangsdatum", Date, Required, "Ingangsdatum", &["begindatum", "startdatum"]),
        col("einddatum", Date, Optional, "Einddatum", &["eind", "geldig tot"]),
        col("reden_wijziging", Text, Optional, "Reden wijziging", &["redenwijziging"]),
        col(
            "volume_milli",
            Milli,
            Optional,
            "Volume (duizendsten van de eenheid)",
            &["volume", "omvang", "aantal"],
        ),
        col("eenheid", Eenheid, Optional, "Eenheid", &[]),
        col("frequentie", Text, Optional, "Frequentie", &[]),
        col("budget_ct", Cent, Optional, "Budget (eurocent)", &["budget"]),
        col("juridische_status", Text, Optional, "Juridische status", &["juridischestatus"]),
        col("verwijzer", Text, Optional, "Verwijzer", &["verwijzer type"]),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
    ],
};

/// The register of maatwerkovereenkomsten.
pub static OVEREENKOMSTEN: Table = Table {
    name: "overeenkomsten",
    label: "Maatwerkovereenkomsten (register)",
    key: &["maatwerk_id"],
    columns: &[
        col(
            "maatwerk_id",
            Text,
            Required,
            "Nummer van de overeenkomst",
            &[
                "overeenkomst",
                "overeenkomstnummer",
                "maatwerknummer",
                "contractnummer",
                "maatwerkovereenkomst",
            ],
        ),
        col("gemeente", Gemeente, Required, "Gemeente", &["gemeentecode"]),
        col("client", Client, Required, "Cliënt", &["bsn", "clientnummer", "client id"]),
        col("gezin", Pseudonym, Optional, "Gezin", &["gezinsnummer"]),
        col("agb", Agb, Required, "AGB-code", &["agb code", "aanbieder agb"]),
        col("iban", Pseudonym, Optional, "IBAN", &["rekeningnummer"]),
        col("productcode", Text, Optional, "Productcode", &["product code", "product"]),
        col("ingangsdatum", Date, Required, "Ingangsdatum", &["begindatum", "begin", "startdatum"]),
        col("einddatum", Date, Optional, "Einddatum", &["eind", "einde", "afloopdatum"]),
        col("tarief_ct", Cent, Optional, "Tarief (eurocent)", &["tarief"]),
        col("eenheid", Eenheid, Optional, "Eenheid", &[]),
        col("volume_milli", Milli, Optional, "Volume (duizendsten van de eenheid)", &["volume"]),
        col(
            "contractwaarde_ct",
            Cent,
            Optional,
            "Contractwaarde (eurocent)",
            &["contractwaarde", "waarde", "totale waarde"],
        ),
        col(
            "ondertekenaar_functie",
            Text,
            Optional,
            "Functie ondertekenaar",
            &["ondertekenaar", "getekend door"],
        ),
        col(
            "ondertekendatum",
            Date,
            Optional,
            "Datum ondertekening",
            &["getekend op", "datum ondertekening"],
        ),
        col("ontvangst_icm", Date, Optional, "Ontvangen door ICM", &["ontvangen icm"]),
        col("registratiedatum", Date, Optional, "Registratiedatum", &["geregistreerd op"]),
        col("motivatie", Filled, Optional, "Motivatie vastgelegd", &["motivering", "toelichting"]),
        col("reden_code", Text, Optional, "Reden", &["reden"]),
        col("maatregel", Text, Optional, "Maatregel (JB, JR, preventief)", &["kader"]),
        col(
            "vorige_maatwerk_id",
            Text,
            Optional,
            "Vorige overeenkomst",
            &["verlenging van", "vorige overeenkomst"],
        ),
        col(
            "mochadocs_ref",
            Text,
            Optional,
            "Verwijzing in Mochadocs",
            &["mochadocs", "mochadocs nummer"],
        ),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
        col(
            "is_vrije_keuze",
            Bool,
            Derived,
            "Volgt uit een maatregel waarbij de keuze van de aanbieder vrij is",
            &[],
        ),
    ],
};

/// Regional contracts.
pub static CONTRACTEN: Table = Table {
    name: "contracten",
    label: "Contracten",
    key: &["contract_id", "productcode"],
    columns: &[
        col(
            "contract_id",
            Text,
            Required,
            "Contractnummer",
            &["contractnummer", "contract", "contractnr"],
        ),
        col("agb", Agb, Required, "AGB-code", &["agb code", "aanbieder agb"]),
        col("productcode", Text, Optional, "Productcode", &["product code", "product"]),
        col("segment", Text, Optional, "Segment", &["perceel"]),
        col(
            "soort",
            Text,
            Required,
            "Soort (regulier, LTA, afbouw)",
            &["contractsoort", "soort contract"],
        ),
        col("ingangsdatum", Date, Required, "Ingangsdatum", &["begindatum", "begin"]),
        col("einddatum", Date, Optional, "Einddatum", &["eind", "einde"]),
        col("tarief_ct", Cent, Optional, "Tarief (eurocent)", &["tarief"]),
        col(
            "budgetplafond_ct",
            Cent,
            Optional,
            "Budgetplafond (eurocent)",
            &["budgetplafond", "plafond"],
        ),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
    ],
};

/// The product list with regional tariffs and their validity.
pub static PRODUCTEN: Table = Table {
    name: "producten",
    label: "Producten en tarieven",
    key: &["productcode", "eenheid", "geldig_van"],
    columns: &[
        col("productcode", Text, Required, "Productcode", &["code", "product code"]),
        col("naam", Text, Required, "Naam", &["omschrijving", "productnaam"]),
        col("productcategorie", Text, Optional, "Productcategorie", &["categorie"]),
        col("segment", Text, Optional, "Segment", &["perceel"]),
        col("eenheid", Eenheid, Required, "Eenheid", &[]),
        col("tarief_ct", Cent, Optional, "Tarief (eurocent)", &["tarief", "regionaal tarief"]),
        col("geldig_van", Date, Required, "Geldig van", &["ingangsdatum", "vanaf"]),
        col("geldig_tot", Date, Optional, "Geldig tot en met", &["einddatum", "tot en met"]),
        col("is_coordinatie", Bool, Optional, "Is zorgcoördinatie", &["zorgcoordinatie"]),
        col("basiscode", Text, Optional, "Basiscode", &["basisproduct"]),
    ],
};

/// AGB codes grouped into aanbieders.
pub static AANBIEDERS: Table = Table {
    name: "aanbieders",
    label: "Aanbieders",
    key: &["agb"],
    columns: &[
        col("agb", Agb, Required, "AGB-code", &["agb code"]),
        col(
            "aanbieder",
            Text,
            Required,
            "Aanbieder",
            &["naam", "aanbieder naam", "naam aanbieder"],
        ),
        col("kvk", Text, Optional, "KvK-nummer", &["kvk nummer"]),
    ],
};

/// Children per gemeente and year.
pub static GEMEENTEN: Table = Table {
    name: "gemeenten",
    label: "Gemeenten en jeugdigen",
    key: &["gemeente", "jaar"],
    columns: &[
        col("gemeente", Gemeente, Required, "Gemeente", &["gemeentecode", "regios"]),
        col("gemeente_naam", Text, Optional, "Naam gemeente", &["gemeentenaam", "naam"]),
        col("jaar", Int, Required, "Jaar", &["perioden", "peiljaar"]),
        col(
            "jeugdigen",
            Int,
            Required,
            "Jeugdigen 0-17 jaar",
            &[
                "jeugdigen 0 17",
                "aantal jeugdigen",
                "jeugdigen 0 tot 18 jaar",
                "jeugdigen tot 18 jaar",
                "jongeren 0 tot 18 jaar",
                "jongeren tot 18 jaar",
                "inwoners 0 tot 18 jaar",
                "inwoners tot 18 jaar",
                "bevolking 0 tot 18 jaar",
            ],
        ),
    ],
};

/// Child protection and probation measures.
pub static MAATREGELEN: Table = Table {
    name: "maatregelen",
    label: "Maatregelen",
    key: &[],
    columns: &[
        col("client", Client, Required, "Cliënt", &["bsn", "clientnummer"]),
        col(
            "soort",
            Text,
            Required,
            "Soort (JB, JR, preventief)",
            &["maatregel", "soort maatregel"],
        ),
        col("ingangsdatum", Date, Required, "Ingangsdatum", &["begindatum", "begin"]),
        col("einddatum", Date, Optional, "Einddatum", &["eind", "einde"]),
        col("uitvoerder", Text, Optional, "Uitvoerder", &["gi", "uitvoerder maatregel"]),
    ],
};

/// 1Gezin1Plan: who coordinates, and for how long.
pub static PLANNEN: Table = Table {
    name: "plannen",
    label: "Gezinsplannen",
    key: &[],
    columns: &[
        col("client", Client, Required, "Cliënt", &["bsn", "clientnummer"]),
        col("gezin", Pseudonym, Optional, "Gezin", &["gezinsnummer"]),
        col("gemeente", Gemeente, Optional, "Gemeente", &["gemeentecode"]),
        col(
            "agb",
            Agb,
            Required,
            "AGB-code van de coördinator",
            &["coordinator agb", "agb coordinator", "zorgcoordinator agb"],
        ),
        col("plan_aanwezig", Bool, Optional, "Plan aanwezig", &["plan"]),
        col("regievoerder", Text, Optional, "Regievoerder", &["regie"]),
        col(
            "uren_milli",
            Milli,
            Optional,
            "Uren coördinatie (duizendsten)",
            &["uren", "uren coordinatie"],
        ),
        col("ingangsdatum", Date, Required, "Ingangsdatum", &["begindatum", "begin"]),
        col("einddatum", Date, Optional, "Einddatum", &["eind", "einde"]),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
    ],
};

/// Answers to declarations (JW325): what the gemeente refused.
pub static ANTWOORDEN: Table = Table {
    name: "antwoorden",
    label: "Antwoorden op declaraties",
    key: &[],
    columns: &[
        col("gemeente", Gemeente, Required, "Gemeente", &[]),
        col("agb", Agb, Required, "AGB-code", &[]),
        col(
            "identificatie",
            Text,
            Required,
            "Identificatie van de declaratie",
            &["declaratie identificatie"],
        ),
        col(
            "dagtekening",
            Date,
            Required,
            "Dagtekening van de declaratie",
            &["declaratie dagtekening"],
        ),
        col("declaratienummer", Text, Optional, "Declaratienummer", &[]),
        col("niveau", Text, Required, "Niveau (bericht, declaratie, prestatie, geheel)", &[]),
        col("retourcodes", Text, Required, "Retourcodes", &["retourcode"]),
        col("referentienummer", Text, Optional, "Referentienummer", &[]),
        col("client", Client, Optional, "Cliënt", &["bsn"]),
        col("bedrag_ct", Cent, Optional, "Bedrag (eurocent)", &["bedrag"]),
        col("debet_credit", Text, Optional, "Debet of credit", &[]),
        col("ingediend_ct", Cent, Optional, "Totaal ingediend (eurocent)", &[]),
        col("toegekend_ct", Cent, Optional, "Totaal toegekend (eurocent)", &[]),
    ],
};

/// Every canonical table, in the order in which people think of them.
pub static TABLES: &[&Table] = &[
    &DECLARATIES,
    &TOEWIJZINGEN,
    &OVEREENKOMSTEN,
    &CONTRACTEN,
    &PRODUCTEN,
    &AANBIEDERS,
    &GEMEENTEN,
    &MAATREGELEN,
    &PLANNEN,
    &ANTWOORDEN,
];

/// Derived tables with one row per quarter touched: their name and the table they are made from.
pub static PER_KWARTAAL: &[(&str, &str)] = &[
    ("overeenkomsten_per_kwartaal", "overeenkomsten"),
    ("toewijzingen_per_kwartaal", "toewijzingen"),
    ("maatregelen_per_kwartaal", "maatregelen"),
    ("plannen_per_kwartaal", "plannen"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_one_table_never_name_two_columns() {
        for table in TABLES {
            let mut seen = std::collections::BTreeMap::new();
            for column in table.columns {
                for heading in std::iter::once(&column.name).chain(column.aliases) {
                    if let Some(other) = seen.insert(normalise_heading(heading), column.name) {
                        assert_eq!(other, column.name, "{} in {}", heading, table.name);
                    }
                }
            }
        }
    }

    #[test]
    fn headings_are_compared_without_case_accents_and_spaces() {
        assert_eq!(normalise_heading(" Zorgcoördinator AGB "), "zorgcoordinatoragb");
    }

    #[test]
    fn keys_exist() {
        for table in TABLES {
            for key in table.key {
                assert!(table.position(key).is_some(), "{key} in {}", table.name);
            }
        }
    }
}
