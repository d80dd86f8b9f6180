//! What was agreed with aanbieders: one by one, in contracts, and what the region pays for what.

use crate::schema::Dtype::{
    Agb, BirthYear, Bool, Cent, Client, Date, Eenheid, Filled, Gemeente, Int, Milli, Pseudonym,
    Text,
};
use crate::schema::Need::{Derived, Optional, Required, Typed};
use crate::schema::choices::{HULPTYPE, MAATREGEL};
use crate::schema::{Table, col};

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
        col("geboortejaar", BirthYear, Optional, "Geboortejaar", &["geboortedatum"]),
        col("wordt_18", Text, Typed, "Kwartaal van de achttiende verjaardag", &[]),
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
        col("maatregel", MAATREGEL, Optional, "Maatregel (JB, JR, preventief)", &["kader"]),
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
        col("hulptype", HULPTYPE, Optional, "Soort hulp", &["soort hulp", "type hulp"]),
        col("is_verblijf", Bool, Optional, "Met verblijf", &["verblijf"]),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
        col(
            "is_vrije_keuze",
            Bool,
            Derived,
            "Volgt uit een maatregel waarbij de keuze van de aanbieder vrij is",
            &[],
        ),
        col(
            "contract_soort",
            Text,
            Derived,
            "Soort van het contract dat bij ingang geldt ('geen' zonder contract)",
            &[],
        ),
        col("basisproduct", Text, Derived, "Basisproduct", &[]),
        col("regio_tarief_ct", Int, Derived, "Regionaal tarief bij ingang (eurocent)", &[]),
        col(
            "keten_nummer",
            Int,
            Derived,
            "Eerdere overeenkomsten waar deze een verlenging van is",
            &[],
        ),
        col("keten_begin", Date, Derived, "Ingangsdatum van de eerste daarvan", &[]),
        col(
            "keten_volledig",
            Bool,
            Derived,
            "Alle eerdere overeenkomsten staan in het register",
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
