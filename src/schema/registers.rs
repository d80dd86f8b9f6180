//! Aanbieders and gemeenten, and what is kept about them; the answers to declaraties.

use crate::schema::Dtype::{Agb, Bool, Cent, Client, Date, Gemeente, Int, Text};
use crate::schema::Need::{Derived, Heading, Optional, Required};
use crate::schema::choices::INSCHRIJVING;
use crate::schema::{Table, col};

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
        col(
            "werkwijze_1g1p",
            Bool,
            Optional,
            "Werkt volgens 1Gezin1Plan",
            &["1gezin1plan", "werkwijze 1gezin1plan"],
        ),
        col("aandachtsfunctionaris", Bool, Optional, "Heeft een aandachtsfunctionaris", &[]),
        col("scholingsplan", Bool, Optional, "Heeft een scholingsplan", &[]),
        col(
            "geschoold_1g1p",
            Int,
            Optional,
            "Medewerkers geschoold in 1Gezin1Plan",
            &["geschoold 1gezin1plan"],
        ),
        col(
            "geschoold_voorzitten",
            Int,
            Optional,
            "Medewerkers geschoold in voorzitten",
            &["geschoold voorzitten overleg"],
        ),
        col(
            "inschrijving",
            INSCHRIJVING,
            Optional,
            "Uitkomst van de inschrijving",
            &["uitkomst inschrijving", "gunning"],
        ),
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

/// Budget ceilings per aanbieder and year.
pub static BUDGETTEN: Table = Table {
    name: "budgetten",
    label: "Budgetten",
    key: &["agb", "jaar", "segment"],
    columns: &[
        col("agb", Agb, Required, "AGB-code", &["agb code", "aanbieder agb"]),
        col("jaar", Int, Required, "Jaar", &["kalenderjaar", "budgetjaar"]),
        col("segment", Text, Optional, "Segment", &["perceel"]),
        col(
            "plafond_ct",
            Cent,
            Required,
            "Budgetplafond (eurocent)",
            &["plafond", "budgetplafond", "budget", "budgetplafond_ct"],
        ),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
    ],
};

/// Products that are set up for an aanbieder in the system of the gemeente, so that they can be granted.
pub static PRODUCTINRICHTING: Table = Table {
    name: "productinrichting",
    label: "Productinrichting",
    key: &["agb", "productcode", "ingangsdatum"],
    columns: &[
        col("agb", Agb, Required, "AGB-code", &["agb code", "aanbieder agb"]),
        col("productcode", Text, Required, "Productcode", &["product code", "product"]),
        col("ingangsdatum", Date, Required, "Ingangsdatum", &["begindatum", "ingericht vanaf"]),
        col("einddatum", Date, Optional, "Einddatum", &["eind", "einde", "ingericht tot"]),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
    ],
};

/// Half-yearly reports of aanbieders.
pub static RAPPORTAGES: Table = Table {
    name: "rapportages",
    label: "Rapportages van aanbieders",
    key: &["agb", "jaar", "halfjaar"],
    columns: &[
        col("agb", Agb, Required, "AGB-code", &["agb code", "aanbieder agb"]),
        col("jaar", Int, Required, "Jaar", &["rapportagejaar"]),
        col("halfjaar", Int, Required, "Halfjaar (1 of 2)", &["half jaar"]),
        col(
            "ontvangen_op",
            Date,
            Optional,
            "Ontvangen op",
            &["ontvangstdatum", "datum ontvangst", "ontvangen"],
        ),
        col("klachten", Int, Optional, "Aantal klachten", &["aantal klachten"]),
        col(
            "cto_uitgevoerd",
            Bool,
            Optional,
            "Cliënttevredenheidsonderzoek uitgevoerd",
            &["cto", "clienttevredenheidsonderzoek"],
        ),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
    ],
};

/// From the request for care to its start.
pub static WACHTTIJDEN: Table = Table {
    name: "wachttijden",
    label: "Wachttijden",
    key: &[],
    columns: &[
        col("agb", Agb, Required, "AGB-code", &["agb code", "aanbieder agb"]),
        col("gemeente", Gemeente, Optional, "Gemeente", &["gemeentecode"]),
        col("segment", Text, Optional, "Segment", &["perceel"]),
        col("productcode", Text, Optional, "Productcode", &["product code", "product"]),
        col("client", Client, Optional, "Cliënt", &["bsn", "clientnummer", "client id"]),
        col(
            "aanmelddatum",
            Date,
            Required,
            "Aanmelddatum",
            &["aangemeld op", "datum aanmelding", "aanmelding"],
        ),
        col(
            "startdatum",
            Date,
            Heading,
            "Startdatum",
            &["start zorg", "datum start zorg", "start hulp", "datum start", "gestart op"],
        ),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
        col("kwartaal", Text, Derived, "Kwartaal van de start, anders van de aanmelding", &[]),
        col("wachtdagen", Int, Derived, "Wachttijd (dagen)", &[]),
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
