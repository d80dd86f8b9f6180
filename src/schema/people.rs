//! What is arranged around a child besides care.

use crate::schema::Dtype::{Agb, Bool, Cent, Client, Date, Gemeente, Int, Milli, Pseudonym, Text};
use crate::schema::Need::{Derived, Heading, Optional, Required};
use crate::schema::choices::{MAATREGEL, UITVOERDER};
use crate::schema::{Table, col};

/// Child protection and probation measures.
pub static MAATREGELEN: Table = Table {
    name: "maatregelen",
    label: "Maatregelen",
    key: &[],
    columns: &[
        col("client", Client, Required, "Cliënt", &["bsn", "clientnummer"]),
        col(
            "soort",
            MAATREGEL,
            Heading,
            "Soort (JB, JR, preventief)",
            &["maatregel", "soort maatregel"],
        ),
        col("ingangsdatum", Date, Required, "Ingangsdatum", &["begindatum", "begin"]),
        col("einddatum", Date, Optional, "Einddatum", &["eind", "einde"]),
        col("uitvoerder", Text, Optional, "Uitvoerder", &["gi", "uitvoerder maatregel"]),
        col(
            "overleg_cjg",
            Bool,
            Optional,
            "Overleg met het CJG gevoerd",
            &["overleg cjg gevoerd", "cjg overleg"],
        ),
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
            Heading,
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
        col(
            "uitvoerder_type",
            UITVOERDER,
            Optional,
            "Wie coördineert (aanbieder, sociaal team, RCG, GI)",
            &["type uitvoerder", "uitvoerder", "soort uitvoerder"],
        ),
        col(
            "uren_afgesproken_milli",
            Milli,
            Optional,
            "Afgesproken uren coördinatie (duizendsten)",
            &["uren afgesproken", "afgesproken uren"],
        ),
        col(
            "toeslag_afgesproken_op",
            Date,
            Optional,
            "Toeslag afgesproken op",
            &["datum afspraak toeslag"],
        ),
        col(
            "voorwaarden",
            Int,
            Optional,
            "Voorwaarden waaraan is voldaan",
            &["aantal voorwaarden", "voorwaarden vervuld"],
        ),
        col(
            "extra_uren_milli",
            Milli,
            Optional,
            "Extra uren coördinatie (duizendsten)",
            &["extra uren"],
        ),
        col("ingangsdatum", Date, Required, "Ingangsdatum", &["begindatum", "begin"]),
        col("einddatum", Date, Optional, "Einddatum", &["eind", "einde"]),
        col("aanbieder", Text, Derived, "Aanbieder", &[]),
    ],
};

/// Personal budgets.
pub static PGB: Table = Table {
    name: "pgb",
    label: "Persoonsgebonden budgetten",
    key: &[],
    columns: &[
        col("gemeente", Gemeente, Required, "Gemeente", &["gemeentecode"]),
        col("client", Client, Required, "Cliënt", &["bsn", "clientnummer", "client id"]),
        col("ingangsdatum", Date, Required, "Ingangsdatum", &["begindatum", "begin", "startdatum"]),
        col("einddatum", Date, Optional, "Einddatum", &["eind", "einde"]),
        // Not plain "bedrag": an export of something else that lacks a column is no list of budgets.
        col(
            "bedrag_ct",
            Cent,
            Required,
            "Pgb-bedrag (eurocent)",
            &["pgb", "pgb bedrag", "bedrag pgb", "pgb budget", "budget pgb", "toegekend pgb"],
        ),
    ],
};
