//! The numbers behind the judgements on zorgcoordinatie, for `herkomst/manifest.json`: what a second engine can compute again.
//!
//! Enters: judgements that may be seen. Leaves: JSON. Does not know sentences.

use serde_json::{Value, json};

use crate::findings::verdeling::{
    Aandeel, Evenredig, Geheel, MetToeval, Oordeel, TegenToeval, Termijn,
};

/// Every part of the region, quarter and year, against a fair lottery.
pub(super) fn judged(all: &[Evenredig]) -> Vec<Value> {
    all.iter().map(one).collect()
}

fn one(evenredig: &Evenredig) -> Value {
    let weggelaten: serde_json::Map<String, Value> = evenredig
        .weggelaten
        .iter()
        .map(|(reden, n)| (format!("{reden:?}").to_lowercase(), json!(n)))
        .collect();
    json!({
        "gemeente": evenredig.gemeente,
        "termijn": match evenredig.termijn { Termijn::Kwartaal => "kwartaal", Termijn::Jaar => "jaar" },
        "clienten": evenredig.clienten,
        "clienten_met_uren": evenredig.clienten_met_uren,
        "meer_coordinatoren": evenredig.meer_coordinatoren,
        "weggelaten": weggelaten,
        "telling": geheel(&evenredig.telling),
        "uren": evenredig.uren.as_ref().map(geheel),
        "delen": evenredig.delen.iter().map(deel).collect::<Vec<_>>(),
    })
}

fn geheel(geheel: &Geheel) -> Value {
    let toets = geheel.toets.as_ref();
    json!({
        "statistic": toets.ok().map(|toets| toets.statistic),
        "p": toets.ok().map(|toets| toets.p),
        "unknown": toets.err().map(ToString::to_string),
        "hoover": met_toeval(&geheel.hoover),
        "gini": met_toeval(&geheel.gini),
        "effectief_aantal": geheel.effectief_aantal,
    })
}

fn met_toeval(one: &MetToeval) -> Value {
    json!({"value": one.waarde, "chance": [one.toeval.low, one.toeval.mean, one.toeval.high]})
}

fn deel(deel: &Aandeel) -> Value {
    json!({
        "aanbieder": deel.aanbieder,
        "kandidaat_bij": deel.kandidaat_bij,
        "omvang_ct": deel.omvang_ct,
        "waargenomen": deel.waargenomen,
        "gelijk": tegen(&deel.gelijk),
        "q": deel.q,
        "naar_omvang": tegen(&deel.naar_omvang),
        "uren": deel.uren.map(|uren| json!({"kwartieren": uren.waargenomen, "gelijk": tegen(&uren.gelijk)})),
        "oordeel": match deel.oordeel {
            Oordeel::TeWeinig => "te weinig",
            Oordeel::BinnenToeval => "binnen toeval",
            Oordeel::Meer => "meer",
            Oordeel::Minder => "minder",
            Oordeel::NaarOmvang => "naar omvang",
            Oordeel::Ertussen => "ertussen",
        },
    })
}

fn tegen(chance: &TegenToeval) -> Value {
    json!({
        "verwacht": chance.verwacht,
        "bereik": [chance.bereik.low, chance.bereik.high],
        "p": chance.p,
    })
}
