//! The two files that explain a practice region: `antwoorden.json` and `README.md`.
//!
//! Enters: the ledger. Leaves: text.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::agreements::{self, PEILDATUM, register_nummer};
use super::answers::Ledger;
use super::calendar::{self, FULL_QUARTERS};
use super::exports::EXPORTS;
use super::plan::{Kind, Plan, toewijzingnummer};
use super::world::{self, GEMEENTEN, LINDE};

/// Rules that only warn: their lines stay in the figures.
const WARNINGS: &[&str] = &[
    "CD041", "CD075", "CD076", "CD077", "CD078", "CD079", "CS003", "CS015", "CS325", "CS335",
    "CS336", "CS338", "CS340", "MS002", "MS003", "MS004", "MS005", "MS007", "MS204", "MS205",
    "MS208", "MS222", "MS224", "MS254", "MS260", "MS261", "MS276", "MS278", "MS279", "MS280",
    "OP192", "OP354", "OP366", "TR056", "TR302", "TR304", "TR307", "TR308", "TR315", "TR316",
    "TR319", "TR321", "TR322", "TR323", "TR332", "TR333", "TR337", "TR338", "TR339", "TR340",
    "TR341", "TR342", "TR366", "TR367", "TR369", "TR376", "TR381", "TR387", "TR388", "TR390",
];

/// What each account of `reken` means, and what was decided where the rules leave room.
const NOTES: [&str; 10] = [
    "geteld = aanvaard na afkeur, verrekening van debet met credit, afwijzing in JW325, buiten de regio en Wmo; de maand is die van het begin van de productperiode",
    "gelezen = som van alle andere rekeningen in reken; een bedrag dat niet te lezen is telt als 0 en staat in zonder_bedrag van het bestand",
    "het afgebroken bericht (MS251) staat niet in totalen en niet in reken: er is geen regel met zekerheid te lezen",
    "losse_credit = TR323, OP366 en de tweede credit van TR390; zij staan apart omdat de regels alleen een waarschuwing voorschrijven, en vallen buiten het laatste kwartaal",
    "TR316: debet en credit staan in hetzelfde bericht; beide staan bij verrekend (samen 0 euro)",
    "MS007: het nummer staat niet in de toewijzingen, dus dezelfde regels staan ook bij TR338",
    "maatwerk met 45M48 is herkend aan het teken; het basisproduct is dubbelzinnig (45A48 of 45B48)",
    "boven_tarief_ct vergelijkt bedrag met volume maal regionaal tarief van de maand; maatwerk blijft altijd onder het tarief",
    "lopend = loopt op een dag van het kwartaal; lopend_op_einde = loopt op de laatste dag; nieuw = ingangsdatum in het kwartaal, met verlengingen en met JR (nieuw_jr apart genoemd)",
    "JW325: regel is de regel van de prestatie in het JW323",
];

/// The content of `antwoorden.json`.
pub(super) fn answers(
    plan: &Plan,
    ledger: &Ledger<'_>,
    registers: &BTreeMap<String, u64>,
) -> Value {
    let severity: serde_json::Map<String, Value> = ledger
        .hits()
        .keys()
        .map(|code| {
            (
                (*code).to_owned(),
                json!(if WARNINGS.contains(code) { "waarschuwing" } else { "fataal" }),
            )
        })
        .collect();
    let quarters: serde_json::Map<String, Value> = (0..FULL_QUARTERS)
        .map(|position| {
            (calendar::quarter_name(position), ledger.quarters[position].answers(plan, position))
        })
        .collect();
    json!({
        "over": "bekende antwoorden van de oefenregio, opgeteld uit het plan van de generator",
        "zaad": plan.zaad,
        "regels": plan.regels,
        "peildatum": PEILDATUM.iso(),
        "laatste_kwartaal": calendar::quarter_name(FULL_QUARTERS - 1),
        "toelichting": NOTES,
        "totalen": ledger.files(),
        "registers": registers,
        "reken": ledger.sums(),
        "afkeur": ledger.hits(),
        "ernst": severity,
        "bevindingen": findings(plan),
        "kwartalen": quarters,
    })
}

/// What is planted to be found; nothing of it is there without signals.
const SIGNALS: [&str; 4] = [
    "maatwerk_boven_toeval",
    "coordinatie_ver_boven_verwachting",
    "boven_regionaal_tarief",
    "ongewone_prijs",
];

fn findings(plan: &Plan) -> Value {
    let mut found = all_findings(plan);
    if !plan.signalen {
        for name in SIGNALS {
            found[name] = Value::Null;
        }
    }
    found
}

fn all_findings(plan: &Plan) -> Value {
    let prijs = |product: u32| super::quarters::name_of(world::product_at(product));
    let naam = |aanbieder: u32| world::aanbieder_at(aanbieder).naam;
    json!({
        "maatwerk_boven_toeval": { "gemeente": GEMEENTEN[world::DORPSVELD as usize].code, "kwartaal": "2025-K3" },
        "coordinatie_ver_boven_verwachting": naam(LINDE),
        "boven_regionaal_tarief": [
            { "aanbieder": naam(world::ANKER), "product": prijs(world::BEGELEIDING), "vanaf": "2025-01-01", "per_eenheid_ct": 888 },
            { "aanbieder": naam(world::ZEVENSTER), "product": prijs(world::LICHT), "vanaf": "2023-10-01", "per_eenheid_ct": 9 },
        ],
        "ongewone_prijs": [
            { "product": prijs(world::GGZ_VRIJ), "aanbieder": naam(world::REGENBOOGBRUG), "gemeente": "9905", "factor": 2.4 },
            { "product": prijs(world::VERVOER), "aanbieder": naam(world::GANZEPAS), "gemeente": "9908", "factor": 100 },
        ],
        "aflopend": endings(plan),
        "jr_apart": plan.overeenkomsten.iter().enumerate().filter(|(_, o)| o.maatregel == "JR")
            .map(|(position, _)| register_nummer(position)).collect::<Vec<_>>(),
        "zonder_einddatum": plan.overeenkomsten.iter().enumerate()
            .filter(|(_, o)| plan.case(o.case).eind.is_none())
            .map(|(position, _)| register_nummer(position)).collect::<Vec<_>>(),
        "maatwerkcode_zonder_register": plan.cases_where(|case| case.kind == Kind::Unregistered).iter()
            .map(|case| toewijzingnummer(*case)).collect::<Vec<_>>(),
        "verwijderde_toewijzing": plan.cases_where(|case| case.kind == Kind::Deleted).iter()
            .map(|case| toewijzingnummer(*case)).collect::<Vec<_>>(),
        "dubbelzinnig": { "code": "45M48", "basis": ["45A48", "45B48"] },
        "opzoektabel": { "45A90": "45M91" },
        "contracten_aflopend": [
            { "aanbieder": naam(world::KIKKERPOEL), "einddatum": "2025-11-15" },
            { "aanbieder": "Huize Sterrenwacht", "einddatum": "2025-12-31" },
        ],
    })
}

/// Overeenkomsten that end from the peildatum on, per period of 30, 60 and 90 days (each holds the one before it).
fn endings(plan: &Plan) -> Value {
    let within = |days: i64| -> Vec<String> {
        plan.overeenkomsten
            .iter()
            .enumerate()
            .filter(|(_, overeenkomst)| {
                plan.case(overeenkomst.case)
                    .eind
                    .is_some_and(|eind| (0..=days).contains(&agreements::days_left(eind)))
            })
            .map(|(position, _)| register_nummer(position))
            .collect()
    };
    json!({ "peildatum": PEILDATUM.iso(), "30": within(30), "60": within(60), "90": within(90) })
}

/// The content of `README.md`.
pub(super) fn readme(plan: &Plan) -> String {
    if !plan.signalen {
        return format!(
            "# Oefenregio zonder signalen\n\nVerzonnen, met {} regels en zaad {}. Er is niets geplant: wat een rapport hierover opmerkt, is toeval.\n",
            plan.regels, plan.zaad
        );
    }
    let exports: Vec<String> = EXPORTS
        .iter()
        .map(|export| format!("| `{}` | {} |", export.naam(), export.form.description()))
        .collect();
    include_str!("leesmij.md")
        .replace("{exports}", &exports.join("\n"))
        .replace("{regels}", &plan.regels.to_string())
        .replace("{zaad}", &plan.zaad.to_string())
}
