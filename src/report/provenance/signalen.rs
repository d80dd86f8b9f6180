//! Rules of the region in the manifest: what was judged, who differs, and how far the steps were followed.

use serde_json::{Value, json};

use crate::findings::Judged;
use crate::findings::signalen::naleving::{Naleving, Stappen};
use crate::findings::signalen::{Signaal, Verschil};

/// Every judged rule, and the adherence per gemeente and quarter (`null` where nothing was judged).
pub(super) fn judged(judged: &Judged) -> Value {
    json!({
        "regels": judged.signalen.iter().map(signaal).collect::<Vec<_>>(),
        "naleving": judged.naleving.as_ref().map(naleving),
    })
}

fn signaal(signaal: &Signaal) -> Value {
    let verschil = |verschil: &Verschil| {
        json!({
            "naam": verschil.naam, "treffers": verschil.treffers, "gevallen": verschil.gevallen,
            "elders": verschil.elders, "meer": verschil.is_meer, "q": verschil.q,
        })
    };
    json!({
        "regel": signaal.regel.id, "query": signaal.query, "stand": signaal.stand.to_string(),
        "treffers": signaal.treffers, "goed": signaal.goed, "onbekend": signaal.onbekend,
        "bedrag_ct": signaal.bedrag_ct, "cites": signaal.cites,
        "verschillen": signaal.verschillen.iter().map(verschil).collect::<Vec<_>>(),
    })
}

fn naleving(naleving: &Naleving) -> Value {
    let steps = |steps: &Option<Stappen>| {
        steps.map(|s| json!([s.regels_gevolgd, s.regels, s.gevallen_gevolgd, s.gevallen]))
    };
    let of = |all: &Vec<Option<Stappen>>| all.iter().map(steps).collect::<Vec<_>>();
    let gemeenten: serde_json::Map<String, Value> =
        naleving.gemeenten.iter().map(|(code, all)| (code.clone(), json!(of(all)))).collect();
    json!({
        "kwartalen": naleving.kwartalen.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "gemeenten": gemeenten,
    })
}
