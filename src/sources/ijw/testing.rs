//! Small messages for the tests of this folder, changed by plain text replacement.

use std::sync::Arc;

use crate::sources::ijw::{Read, read};
use crate::sources::raw::{RawTable, SourceFile};

/// Two clients from the range that never belongs to a person.
pub(super) const BSN_1: &str = "999900006";
pub(super) const BSN_2: &str = "999900018";

/// A file that stands for the bytes of a test.
pub(super) fn file() -> Arc<SourceFile> {
    Arc::new(SourceFile { path: "bericht.xml".to_owned(), sha256: "0".repeat(64), bytes: 0 })
}

/// Reads a message of a test.
pub(super) fn read_text(xml: &str) -> Read {
    read(xml.as_bytes(), &file())
}

/// The codes of all rejects.
pub(super) fn codes(read: &Read) -> Vec<&str> {
    read.rejects.iter().map(|reject| reject.code.as_str()).collect()
}

/// Replaces a text that must be there.
#[track_caller]
pub(super) fn with(xml: &str, old: &str, new: &str) -> String {
    assert!(xml.contains(old), "{old} is not in the message");
    xml.replacen(old, new, 1)
}

/// One cell of the first block by the name of its canonical column.
#[track_caller]
pub(super) fn cell(table: &RawTable, row: usize, column: &str) -> String {
    let target = table.table.position(column);
    let raw = table.targets.iter().position(|t| *t == target).expect("the column is filled");
    String::from_utf8(table.cell(row, raw).to_vec()).unwrap()
}

/// A message with its header; `more` is what a header of this kind has besides.
pub(super) fn message(name: &str, code: &str, more: &str, body: &str) -> String {
    let ns = name.to_lowercase();
    let (from, to) = if name == "JW323" { ("42420001", "0384") } else { ("0384", "42420001") };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<m:Bericht xmlns:ijw="http://www.istandaarden.nl/ijw/3_2/basisschema/schema" xmlns:m="http://www.istandaarden.nl/ijw/3_2/{ns}/schema">
<m:Header>
<m:BerichtCode>{code}</m:BerichtCode><m:BerichtVersie>3</m:BerichtVersie><m:BerichtSubversie>2</m:BerichtSubversie>
<m:Afzender>{from}</m:Afzender><m:Ontvanger>{to}</m:Ontvanger>
<m:BerichtIdentificatie><ijw:Identificatie>B1</ijw:Identificatie><ijw:Dagtekening>2025-05-06</ijw:Dagtekening></m:BerichtIdentificatie>
<m:XsdVersie><ijw:BasisschemaXsdVersie>1.0.0</ijw:BasisschemaXsdVersie><ijw:BerichtXsdVersie>1.0.0</ijw:BerichtXsdVersie></m:XsdVersie>
{more}</m:Header>
{body}
</m:Bericht>
"#
    )
}

/// A prestatie of `bedrag` cents; `reference` may be followed by `,` and the reference it credits.
pub(super) fn prestatie(reference: &str, bedrag: u64, dc: &str, codes: &str) -> String {
    let (reference, previous) = reference.split_once(',').unwrap_or((reference, ""));
    let previous = if previous.is_empty() {
        String::new()
    } else {
        format!("<ijw:VorigReferentieNummer>{previous}</ijw:VorigReferentieNummer>")
    };
    format!(
        "<m:Prestatie>\n<m:ProductReferentie><ijw:ReferentieNummer>{reference}</ijw:ReferentieNummer>{previous}\
         </m:ProductReferentie><m:ToewijzingNummer>10072</m:ToewijzingNummer>\
         <m:ProductCategorie>45</m:ProductCategorie><m:ProductCode>45A03</m:ProductCode>\
         <m:ProductPeriode><ijw:Begindatum>2025-04-01</ijw:Begindatum><ijw:Einddatum>2025-04-30</ijw:Einddatum>\
         </m:ProductPeriode><m:GeleverdVolume>4</m:GeleverdVolume><m:Eenheid>04</m:Eenheid>\
         <m:ProductTarief>1250</m:ProductTarief><m:IngediendBedrag><ijw:Bedrag>{bedrag}</ijw:Bedrag>\
         <ijw:DebetCredit>{dc}</ijw:DebetCredit></m:IngediendBedrag>{codes}</m:Prestatie>\n"
    )
}

/// A client of a declaratie or an answer.
pub(super) fn client(bsn: &str, prestaties: &[String], codes: &str) -> String {
    format!(
        "<m:Client><m:Bsn>{bsn}</m:Bsn><m:Prestaties>{}</m:Prestaties>{codes}</m:Client>\n",
        prestaties.concat()
    )
}

/// A total with its sign.
pub(super) fn total(name: &str, bedrag: u64, dc: &str) -> String {
    format!(
        "<m:{name}><ijw:TotaalBedrag>{bedrag}</ijw:TotaalBedrag><ijw:DebetCredit>{dc}</ijw:DebetCredit></m:{name}>"
    )
}

/// Retourcodes of any level.
pub(super) fn retour(codes: &[&str]) -> String {
    let codes = codes.join("</m:RetourCode><m:RetourCode>");
    format!("<m:RetourCodes><m:RetourCode>{codes}</m:RetourCode></m:RetourCodes>")
}

/// A JW323 with these clients.
pub(super) fn jw323(total_bedrag: u64, dc: &str, clients: &[String]) -> String {
    let body = format!(
        "<m:Declaratie><m:DeclaratieNummer>DN1</m:DeclaratieNummer>\
         <m:DeclaratiePeriode><ijw:Begindatum>2025-04-01</ijw:Begindatum><ijw:Einddatum>2025-04-30</ijw:Einddatum>\
         </m:DeclaratiePeriode><m:DeclaratieDagtekening>2025-05-05</m:DeclaratieDagtekening>{}\
         <m:Clienten>{}</m:Clienten></m:Declaratie>",
        total("TotaalIngediendBedrag", total_bedrag, dc),
        clients.concat()
    );
    message("JW323", "490", "", &body)
}

/// A JW323 that is right: one line for each of two clients, € 50 and € 70.
pub(super) fn good_jw323() -> String {
    let clients = [
        client(BSN_1, &[prestatie("R1", 5000, "D", "")], ""),
        client(BSN_2, &[prestatie("R2", 7000, "D", "")], ""),
    ];
    jw323(12_000, "D", &clients)
}

/// A JW325; without a body the `DeclaratieAntwoord` is absent.
pub(super) fn jw325(header_codes: &[&str], body: &str) -> String {
    let more = format!(
        "<m:DeclaratieIdentificatie><ijw:Identificatie>D9</ijw:Identificatie>\
         <ijw:Dagtekening>2025-05-06</ijw:Dagtekening></m:DeclaratieIdentificatie>\
         <m:XsdVersieDeclaratie><ijw:BasisschemaXsdVersie>1.0.0</ijw:BasisschemaXsdVersie>\
         <ijw:BerichtXsdVersie>1.0.0</ijw:BerichtXsdVersie></m:XsdVersieDeclaratie>{}",
        retour(header_codes)
    );
    message("JW325", "491", &more, body)
}

/// A `DeclaratieAntwoord` with debit totals.
pub(super) fn answer(ingediend: u64, toegekend: u64, clients: &[String], codes: &[&str]) -> String {
    let clients = if clients.is_empty() {
        String::new()
    } else {
        format!("<m:Clienten>{}</m:Clienten>", clients.concat())
    };
    format!(
        "<m:DeclaratieAntwoord><m:DeclaratieNummer>DN1</m:DeclaratieNummer>{}{}{clients}{}</m:DeclaratieAntwoord>",
        total("TotaalIngediendBedrag", ingediend, "D"),
        total("TotaalToegekendBedrag", toegekend, "D"),
        retour(codes)
    )
}

/// A JW301 with one `ToegewezenProduct` whose optional elements are given.
pub(super) fn jw301(product: &str, after_begin: &str) -> String {
    let body = format!(
        "<m:Client><m:Bsn>{BSN_1}</m:Bsn><m:Geboortedatum><ijw:Datum>2010-02-14</ijw:Datum></m:Geboortedatum>\
         <m:Geslacht>1</m:Geslacht><m:Naam><ijw:Geslachtsnaam><ijw:Achternaam>Proef</ijw:Achternaam>\
         </ijw:Geslachtsnaam></m:Naam><m:JuridischeStatus>01</m:JuridischeStatus>\
         <m:Commentaar>Geheime tekst</m:Commentaar><m:Contactgegevens><m:Contact><m:Soort>03</m:Soort></m:Contact>\
         </m:Contactgegevens><m:ToegewezenProducten>\n<m:ToegewezenProduct>\
         <m:ToewijzingNummer>300201</m:ToewijzingNummer>{product}<m:Toewijzingsdatum>2025-04-01</m:Toewijzingsdatum>\
         <m:Toewijzingstijd>12:34:56</m:Toewijzingstijd><m:Ingangsdatum>2025-04-01</m:Ingangsdatum>{after_begin}\
         </m:ToegewezenProduct>\n</m:ToegewezenProducten></m:Client>"
    );
    message("JW301", "436", "", &body)
}
