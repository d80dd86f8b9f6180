//! The answer to a loose question: rows with who stands behind them, of which small ones are hidden.

use crate::disclosure::antwoord::{Antwoord, Blik, Cel, Delen, Rand};
use crate::disclosure::published::Shown;
use crate::dutch::{counted, n_of};
use crate::metrics::antwoord::{Kolom, Rij, Soort, Tabel};

impl Antwoord {
    /// The answer to a loose question. Outside `intern` a row with few children behind it keeps its place when its keys
    /// are of a closed set that everybody knows, and is left out when the key itself could tell of whom it is.
    /// A table that was not supplied gives the reason in Dutch instead of rows. `naam` is `vraag`, or that of its file.
    pub fn van_los(
        tabel: Result<Tabel, String>,
        (naam, sql): (&str, &str),
        blik: &Blik<'_>,
        rand: Rand,
    ) -> Self {
        let (tabel, reason) = match tabel {
            Ok(tabel) => (tabel, None),
            Err(reason) => {
                let (kolommen, rijen) = (Vec::new(), Vec::new());
                (Tabel { kolommen, rijen, sleutels_gesloten: true }, Some(reason))
            }
        };
        let Tabel { kolommen, rijen, sleutels_gesloten } = tabel;
        let is_small = |rij: &Rij| {
            let grens = blik.grens();
            grens.is_some_and(|grens| rij.kinderen.is_some_and(|n| (1..grens).contains(&n)))
        };
        let mut delen = Delen {
            naam: naam.to_owned(),
            titel: titel(naam),
            vraag: sql.trim().to_owned(),
            kolommen,
            rijen: Vec::new(),
            opmerkingen: rand.opmerkingen,
            bron: rand.bron,
            grafiek: None,
            publiek: blik.publiek,
            is_los: true,
            n_weggelaten: 0,
        };
        if let Some(reason) = reason {
            delen.niet_te_bepalen(("antwoord", "Antwoord", Soort::Tekst), &reason);
            return Self { delen };
        }
        let mut n_hidden = 0_usize;
        for rij in rijen {
            let is_small = is_small(&rij);
            if is_small && !sleutels_gesloten {
                delen.n_weggelaten += 1;
                continue;
            }
            n_hidden += usize::from(is_small);
            delen.rijen.push(cellen(rij, &delen.kolommen, is_small));
        }
        delen.verborgen_rijen(n_of(n_hidden), blik);
        if delen.n_weggelaten > 0 {
            let rows = counted(n_of(delen.n_weggelaten), "rij is", "rijen zijn");
            delen.opmerkingen.push(format!(
                "{rows} weggelaten: er staan minder dan {} jeugdigen achter",
                blik.minimum
            ));
        }
        Self { delen }
    }
}

fn titel(naam: &str) -> String {
    if naam == "vraag" {
        "Antwoord op uw vraag".to_owned()
    } else {
        format!("Antwoord op {naam}.sql")
    }
}

fn cellen(rij: Rij, kolommen: &[Kolom], is_small: bool) -> Vec<Cel> {
    let cel = |(waarde, kolom): (_, &Kolom)| {
        let is_hidden = is_small && !kolom.is_sleutel;
        let waarde = if is_hidden { Shown::Hidden } else { Shown::Value(waarde) };
        Cel { waarde, adres: None }
    };
    rij.waarden.into_iter().zip(kolommen).map(cel).collect()
}
