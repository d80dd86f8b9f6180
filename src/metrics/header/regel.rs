//! Header fields with which a query says which rule of a region it measures, and in which words.

use crate::inventaris;
use crate::metrics::header::WireHeader;
use crate::metrics::query::{Kind, QueryError};
use crate::metrics::signaal::{Deel, HOOFDSTUKKEN, SignaalKop, zin};
use crate::metrics::sql::nearest;

/// What a query says about its rule.
#[derive(Default)]
pub(super) struct Regelvelden {
    pub(super) regel: Option<String>,
    pub(super) hoofdstuk: Option<String>,
    pub(super) zin: Option<Vec<Deel>>,
    pub(super) signaal: Option<SignaalKop>,
}

type At<'a> = &'a dyn Fn(&str, String) -> QueryError;

/// Takes the fields out of the header and checks them against each other.
pub(super) fn take(header: &mut WireHeader, at: At<'_>) -> Result<Regelvelden, QueryError> {
    let is_signal = header.kind == Kind::Signaal;
    if let (Some(chart), true) = (&header.chart, is_signal) {
        return Err(at("chart", format!("een signaal heeft geen grafiek '{chart}'; haal dat weg")));
    }
    let regel = header.regel.take();
    if regel.is_none() && !is_signal {
        return without(header, at);
    }
    let regel = regel.ok_or_else(|| missing(at, "regel"))?;
    if inventaris::regel(&regel).is_none() {
        let near = nearest(&regel, inventaris::alle().map(|known| known.id));
        let what = format!("regel '{regel}' staat niet in de lijst van regels{near}");
        return Err(at("regel", what));
    }
    let hoofdstuk = header.hoofdstuk.take().ok_or_else(|| missing(at, "hoofdstuk"))?;
    if !HOOFDSTUKKEN.contains(&hoofdstuk.as_str()) {
        let choices = HOOFDSTUKKEN.join(", ");
        let what = format!("onbekend hoofdstuk '{hoofdstuk}'; kies uit: {choices}");
        return Err(at("hoofdstuk", what));
    }
    let parts = header.zin.take().map(|text| zin(&text, is_signal).map_err(|what| at("zin", what)));
    let parts = parts.transpose()?;
    let mut out =
        Regelvelden { regel: Some(regel), hoofdstuk: Some(hoofdstuk), ..Default::default() };
    if is_signal {
        let parts = parts.ok_or_else(|| missing(at, "zin"))?;
        out.signaal = Some(kop(header, parts, at)?);
    } else {
        out.zin = parts;
    }
    Ok(out)
}

fn kop(header: &mut WireHeader, zin: Vec<Deel>, at: At<'_>) -> Result<SignaalKop, QueryError> {
    let needed = |field: &str, value: Option<String>| value.ok_or_else(|| missing(at, field));
    let geval = header.geval.take().ok_or_else(|| missing(at, "geval"))?;
    let geval: [String; 2] = geval
        .try_into()
        .map_err(|_| at("geval", "schrijf geval = [\"enkelvoud\", \"meervoud\"]".to_owned()))?;
    let gesprek = needed("gesprek", header.gesprek.take())?;
    if !gesprek.trim_end().ends_with('?') {
        let what = "gesprek is een vraag voor het gesprek; eindig met een vraagteken".to_owned();
        return Err(at("gesprek", what));
    }
    Ok(SignaalKop {
        invloed: header.invloed.ok_or_else(|| missing(at, "invloed"))?,
        geval,
        nummer: header.nummer.take(),
        bedrag: header.bedrag.take(),
        zin,
        gesprek,
        remedie: needed("remedie", header.remedie.take())?,
        goed: needed("goed", header.goed.take())?,
        fout: needed("fout", header.fout.take())?,
        drempels: header.drempels.take().ok_or_else(|| missing(at, "drempels"))?,
        vergelijk: header.vergelijk,
        over: header.over,
    })
}

fn missing(at: At<'_>, field: &str) -> QueryError {
    at("kind", format!("veld '{field}' ontbreekt in de kop; voeg het toe"))
}

/// A query without a rule has none of its words.
fn without(header: &WireHeader, at: At<'_>) -> Result<Regelvelden, QueryError> {
    let given = [
        ("hoofdstuk", header.hoofdstuk.is_some()),
        ("zin", header.zin.is_some()),
        ("invloed", header.invloed.is_some()),
        ("geval", header.geval.is_some()),
        ("nummer", header.nummer.is_some()),
        ("bedrag", header.bedrag.is_some()),
        ("gesprek", header.gesprek.is_some()),
        ("remedie", header.remedie.is_some()),
        ("drempels", header.drempels.is_some()),
        ("vergelijk", header.vergelijk.is_some()),
        ("over", header.over.is_some()),
    ];
    match given.iter().find(|(_, is_given)| *is_given) {
        Some((field, _)) => Err(at(
            field,
            format!("veld '{field}' hoort bij een regel; noem in regel welke dat is"),
        )),
        None => Ok(Regelvelden::default()),
    }
}
