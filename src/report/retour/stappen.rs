//! What the reader of a return file does, step by step.

use crate::dutch::{list, n_of, plural};
use crate::report::retour::verdelen::{Deel, Ontvanger};
use crate::report::retour::werkboek::ELDERS;
use crate::report::retour::{Blad, Kolom};
use crate::schema::Dtype;

/// The steps, in order.
pub(super) fn stappen(aan: &Ontvanger, deel: &Deel<'_>, bladen: &[Blad]) -> Vec<String> {
    let mut out = if bladen.is_empty() { Vec::new() } else { verbeteren(bladen) };
    if !deel.los.is_empty() {
        out.push(match aan {
            Ontvanger::Aanbieder(_) => format!(
                "Kijk op het blad '{ELDERS}' wat u daar per regel kunt doen. Moet een regel opnieuw worden aangeleverd, stuur dan alleen die \
                 regel, op de gewone manier."
            ),
            Ontvanger::Regio => {
                format!("Kijk op het blad '{ELDERS}' wat u daar per regel of bestand kunt doen.")
            }
        });
    }
    out.extend(match aan {
        Ontvanger::Aanbieder(_) => terugsturen(bladen),
        Ontvanger::Regio => opnieuw_lezen(bladen),
    });
    out
}

fn kolommen(bladen: &[Blad]) -> impl Iterator<Item = &Kolom> {
    bladen.iter().flat_map(|blad| &blad.kolommen)
}

/// True when a client number must be filled in.
fn vraagt_client(bladen: &[Blad]) -> bool {
    kolommen(bladen).any(|kolom| kolom.heeft_fout && kolom.van.dtype == Dtype::Client)
}

/// What to do on the sheets with rows.
fn verbeteren(bladen: &[Blad]) -> Vec<String> {
    let names: Vec<String> = bladen.iter().map(|blad| format!("'{}'", blad.naam)).collect();
    let sheets = plural(n_of(names.len()), "het blad", "de bladen");
    let mut out = vec![
        format!("Open {sheets} {}. Elke rij is één regel die niet te gebruiken was.", list(&names)),
        "Lees in de eerste kolom wat er mis is. De cel die niet klopt is gekleurd, heeft een dikke rand en een notitie met uitleg."
            .to_owned(),
        "Verbeter alleen gekleurde cellen. Verschijnt er een lijst, kies daar dan uit.".to_owned(),
        "Hoort er in een gekleurde cel niets te staan? Zet er dan een streepje (-) in. Een lege cel betekent: zoals het was."
            .to_owned(),
    ];
    if vraagt_client(bladen) {
        out.push(
            "Vul het nummer van de cliënt alleen in waar die cel gekleurd is. Laat de cel anders leeg: wij weten dan nog om wie het gaat."
                .to_owned(),
        );
    } else if kolommen(bladen).any(|kolom| kolom.van.dtype == Dtype::Client) {
        let text = "Laat de kolom met de cliënt leeg: wij weten nog om wie het gaat.";
        out.push(text.to_owned());
    }
    out.push(
        "Hoort een regel er niet te zijn, bijvoorbeeld omdat hij dubbel is? Haal dan de hele rij weg."
            .to_owned(),
    );
    out.push(
        "Laat de koppen en de laatste twee kolommen staan: daarmee vinden wij de regel terug. Voeg geen rijen toe."
            .to_owned(),
    );
    out
}

/// How the file comes back without anybody else reading it.
fn terugsturen(bladen: &[Blad]) -> Vec<String> {
    let mut out = vec![
        "Verbeter de fout ook in uw eigen administratie, anders komt hij een volgende keer terug."
            .to_owned(),
    ];
    if bladen.is_empty() {
        return out;
    }
    let holds = if vraagt_client(bladen) {
        "De regels gaan over kinderen en u vult er cliëntnummers in."
    } else {
        "Er staan geen cliëntnummers in, maar de regels gaan wel over kinderen."
    };
    out.push(format!(
        "Bewaar het bestand als Excel-werkmap en stuur het terug langs de beveiligde weg die u met de regio hebt afgesproken, dus niet met \
         gewone e-mail. {holds}"
    ));
    out.push(
        "Wij lezen het bestand daarna opnieuw in. U stuurt dus niet ook nog een nieuwe export met dezelfde regels."
            .to_owned(),
    );
    out
}

fn opnieuw_lezen(bladen: &[Blad]) -> Vec<String> {
    let mut out = vec![
        "Verbeter de fout ook in het register of het bestand zelf, anders komt hij een volgende keer terug."
            .to_owned(),
    ];
    if !bladen.is_empty() {
        out.push(
            "Bewaar deze werkmap op een plek waar alleen u bij kunt: de regels gaan over kinderen."
                .to_owned(),
        );
        out.push("Lees haar opnieuw in met: maatstaf lees BESTAND --naar DATASET.".to_owned());
    }
    out
}
