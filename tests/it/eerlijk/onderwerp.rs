//! What was computed about the very thing a statement is about: its gemeente, aanbieder, product or quarter.
//!
//! Nothing here is a pool: the subject follows from the first figure that is cited, or from the name that opens the
//! sentence. The numbers themselves are computed again by the second engine, from the manifest.

use maatstaf::findings::kosten::{Komma, Prijs, PrijsGroep, TariefGeval, half};
use maatstaf::findings::maatwerk::vergelijking::{Oordeel, Vergelijking};
use maatstaf::findings::verdeling::{Aandeel, Evenredig, Geheel, Termijn};
use maatstaf::findings::{Chapter, Judged, Verandering};
use maatstaf::metrics::{ListValue, Outcome};
use maatstaf::region::Stand;

use crate::eerlijk::getallen::Eenheid::{Aantal, Euro, Kans, Per10000, Procent, Uur};
use crate::eerlijk::grond::{Cellen, Grond};
use crate::eerlijk::streken::Streek;

const OORDEEL: &str = "de vergelijking van deze gemeente met de andere";
const LOTING: &str = "de loting over deze aanbieder en deze periode";
const PRIJS: &str = "de prijs en waarmee die vergeleken is";
const TARIEF: &str = "het geval boven het tarief";
const NAIJL: &str = "de schatting van wat nog gedeclareerd wordt";
const VERANDERING: &str = "de ontleding van de verandering";
const LIJST: &str = "de lijst van aflopende overeenkomsten";
/// Every interval and range of the report has the same.
const ZEKERHEID: &str = "de zekerheid van een interval";
const REGELS: &str = "de regels van het hoofdstuk geteld";

/// What is said, and on what it rests.
pub(super) struct Bewering<'a> {
    pub(super) tekst: &'a str,
    pub(super) chapter: Chapter,
    pub(super) cites: Vec<String>,
}

impl Bewering<'_> {
    fn begins_with(&self, query: &str) -> bool {
        self.cites.first().is_some_and(|first| first.split('/').next() == Some(query))
    }

    fn cites_query(&self, query: &str) -> bool {
        self.cites.iter().any(|cite| cite.split('/').next() == Some(query))
    }
}

impl Grond {
    /// Adds what was computed about the subject of a statement.
    pub(super) fn van_onderwerp(
        &mut self,
        bewering: &Bewering<'_>,
        streek: &Streek,
        cellen: &Cellen<'_>,
    ) {
        let judged = &streek.judged;
        match bewering.chapter {
            Chapter::Maatwerk => self.maatwerk(bewering, judged),
            Chapter::Zorgcoordinatie => self.loting(bewering, streek),
            Chapter::Kosten => {
                self.kosten(bewering, judged);
                self.kosten_samen(bewering, streek, cellen);
            }
            Chapter::Naijl => self.naijl(streek),
            Chapter::Verandering => self.verandering(judged),
            Chapter::Aflopend => self.aflopend(streek),
            Chapter::Proces | Chapter::Aanbieders | Chapter::Signalen => {
                self.regels(bewering.chapter, judged);
            }
        }
        for signaal in &judged.signalen {
            // Who differs stands in the sentence of the rule itself.
            if !bewering.begins_with(&signaal.query) {
                continue;
            }
            for verschil in &signaal.verschillen {
                let (hit, n) = (verschil.treffers as f64, verschil.gevallen as f64);
                self.put(Aantal, hit, "wie afwijkt van de anderen");
                self.put(Aantal, n, "wie afwijkt van de anderen");
                self.put(Procent, 100.0 * hit / n, "wie afwijkt van de anderen");
                self.put(Procent, 100.0 * verschil.elders, "wie afwijkt van de anderen");
            }
        }
    }

    fn maatwerk(&mut self, bewering: &Bewering<'_>, judged: &Judged) {
        let Some(jaar) = &judged.maatwerk else { return };
        let code = bewering.cites.first().and_then(|cite| cite.split('/').nth(1));
        let one = jaar.gemeenten.iter().find(|one| Some(one.telling.code.as_str()) == code);
        if let Some(one) = one.filter(|_| bewering.begins_with("maatwerk_nieuw")) {
            self.oordeel(one, jaar);
        }
    }

    fn oordeel(&mut self, one: &Oordeel, jaar: &Vergelijking) {
        let telling = &one.telling;
        for n in
            [telling.aantal, telling.laatste, telling.vrije_keuze, one.bereik.low, one.bereik.high]
        {
            self.put(Aantal, n as f64, OORDEEL);
        }
        self.put(Aantal, one.verwacht, OORDEEL);
        for rate in [one.per_10000, one.interval.lower, one.interval.upper, one.elders_per_10000] {
            self.put(Per10000, rate, OORDEEL);
        }
        self.aantal(jaar.gemeenten.len(), OORDEEL);
        self.aantal(jaar.kwartalen.len(), OORDEEL);
        let sum = |of: fn(&Oordeel) -> i64| jaar.gemeenten.iter().map(of).sum::<i64>() as f64;
        self.put(Aantal, sum(|one| one.telling.aantal), OORDEEL);
        self.put(Aantal, sum(|one| one.telling.jeugdigen), OORDEEL);
        self.put(Procent, 95.0, ZEKERHEID);
        self.kans(jaar.spreiding.p, OORDEEL);
    }

    /// As people say a chance: at most one, or so many, out of a thousand.
    fn kans(&mut self, p: f64, regel: &'static str) {
        self.put(Kans, if p <= 0.001 { 1.0 } else { p * 1000.0 }, regel);
    }

    fn loting(&mut self, bewering: &Bewering<'_>, streek: &Streek) {
        if !bewering.cites_query("coordinatie_loting") {
            return;
        }
        // The term is in the sentence: the year is told as the quarters up to and with the last.
        let is_year = bewering.tekst.contains("kwartalen tot en met");
        let of_term =
            |one: &&Evenredig| one.gemeente.is_none() && (one.termijn == Termijn::Jaar) == is_year;
        let Some(found) = streek.judged.evenredig.iter().find(of_term) else { return };
        self.aantal(found.clienten, LOTING);
        self.aantal(usize::try_from(found.kwartalen).unwrap(), LOTING);
        let judged = found.delen.iter().filter(|deel| deel.q.is_some());
        self.aantal(judged.count(), LOTING);
        let named =
            found.delen.iter().find(|deel| bewering.tekst.starts_with(deel.aanbieder.as_str()));
        match named {
            Some(deel) => self.aandeel(deel),
            None => self.geheel(found, &found.telling),
        }
    }

    fn geheel(&mut self, found: &Evenredig, geheel: &Geheel) {
        self.aantal(found.opvallend().count(), LOTING);
        for share in [geheel.hoover.waarde, geheel.hoover.toeval.low, geheel.hoover.toeval.high] {
            self.put(Procent, 100.0 * share, LOTING);
        }
        if let Ok(toets) = &geheel.toets {
            self.kans(toets.p, LOTING);
        }
    }

    fn aandeel(&mut self, deel: &Aandeel) {
        self.put(Aantal, deel.waargenomen as f64, LOTING);
        self.aantal(deel.kandidaat_bij, LOTING);
        self.put(Procent, 95.0, ZEKERHEID);
        for chance in [&deel.gelijk, &deel.naar_omvang] {
            for n in [chance.verwacht, chance.bereik.low as f64, chance.bereik.high as f64] {
                self.put(Aantal, n, LOTING);
            }
        }
        if let Some(uren) = &deel.uren {
            for kwartieren in [uren.waargenomen, uren.gelijk.bereik.low, uren.gelijk.bereik.high] {
                // Tenths of an hour, half away from zero, as everywhere.
                self.put(Uur, (kwartieren as f64 * 2.5).round() / 10.0, LOTING);
            }
        }
    }

    fn kosten(&mut self, bewering: &Bewering<'_>, judged: &Judged) {
        let first = bewering.cites.first();
        let is_it = |cites: &[String]| first.is_some() && cites.first() == first;
        for geval in judged.kosten.boven_tarief.iter().filter(|geval| is_it(&geval.cites)) {
            self.tarief(geval);
        }
        for komma in judged.kosten.kommas.iter().filter(|komma| is_it(&komma.cites)) {
            self.komma(komma);
        }
        for groep in &judged.kosten.prijzen {
            for prijs in groep.prijzen.iter().filter(|prijs| is_it(&prijs.cites)) {
                self.prijs(groep, prijs);
            }
        }
    }

    fn tarief(&mut self, geval: &TariefGeval) {
        self.euro(geval.boven_ct, TARIEF);
        let (low, high) = geval.tarief_ct.unwrap_or_default();
        self.euro(low, TARIEF);
        self.euro(high, TARIEF);
        if let Some(ct) = geval.prijs_ct {
            self.put(Euro, ct.round() / 100.0, TARIEF);
        }
        for share in geval.erboven.iter().chain(&geval.aandeel) {
            self.put(Procent, 100.0 * share, TARIEF);
        }
    }

    fn komma(&mut self, komma: &Komma) {
        self.euro(komma.prijs_ct, PRIJS);
        self.put(Euro, komma.gewoon_ct.round() / 100.0, PRIJS);
        self.euro(komma.verschil_ct, PRIJS);
        self.aantal(komma.gemeenten.len(), PRIJS);
        if let Some(n) = komma.n {
            self.aantal(n, PRIJS);
        }
        // `tien keer zo hoog` has the number as a word.
        self.aantal(10, "de factor van een verschoven komma");
    }

    fn prijs(&mut self, groep: &PrijsGroep, prijs: &Prijs) {
        self.euro(prijs.prijs_ct, PRIJS);
        self.euro(prijs.boven_midden_ct, PRIJS);
        let (low, high) = groep.band_ct.unwrap_or_default();
        for ct in [groep.midden_ct, low, high] {
            self.put(Euro, ct.round() / 100.0, PRIJS);
        }
        self.put(Procent, 100.0 * (prijs.prijs_ct as f64 / groep.midden_ct - 1.0), PRIJS);
        if let Some(z) = prijs.z {
            self.put(Aantal, z, PRIJS);
        }
        self.aantal(prijs.gemeenten.len(), PRIJS);
        self.aantal(groep.prijzen.len(), PRIJS);
        self.aantal(groep.n_aanbieders(), PRIJS);
    }

    /// The conclusion of the chapter: everything above the tariff, and over how much of the costs.
    fn kosten_samen(&mut self, bewering: &Bewering<'_>, streek: &Streek, cellen: &Cellen<'_>) {
        if !bewering.cites_query("kosten_totaal") {
            return;
        }
        let kosten = &streek.judged.kosten;
        let above: Vec<i64> =
            kosten.boven_tarief.iter().map(|geval| geval.boven_ct.max(0)).collect();
        self.euro(above.iter().sum(), TARIEF);
        self.euro(kosten.boven_tarief.iter().map(|geval| geval.komma_ct).sum(), TARIEF);
        let total = |query: &str| -> f64 {
            let cites = bewering.cites.iter().filter(|cite| cite.split('/').next() == Some(query));
            cites.filter_map(|cite| cellen.get(cite)).map(|cel| cel.waarde).sum()
        };
        let share = 100.0 * total("kosten_met_tarief") / total("kosten_totaal");
        self.put(Procent, share, "het ene geciteerde cijfer als deel van het andere");
        let dear = kosten.prijzen.iter().filter(|groep| groep.is_compared());
        let dear: Vec<i64> =
            dear.flat_map(|groep| groep.opvallend().map(|prijs| prijs.boven_midden_ct)).collect();
        for amounts in [above, dear] {
            let n = amounts.iter().filter(|ct| **ct > 0).count();
            if let Some(few) = half(&amounts).filter(|_| n > 2) {
                self.aantal(few, "hoeveel gevallen de helft zijn");
                self.aantal(n, "hoeveel gevallen de helft zijn");
            }
        }
    }

    fn naijl(&mut self, streek: &Streek) {
        let Some(naijl) = &streek.judged.naijl else { return };
        let limit = streek.region.drempels.volledigheid_minimum.waarde;
        self.put(Procent, 100.0 * limit, "een drempel van de regio");
        self.aantal(naijl.maanden.len(), NAIJL);
        self.euro(naijl.maanden.iter().filter_map(|maand| maand.bekend_ct.last()).sum(), NAIJL);
        for one in naijl.kwartalen.iter().filter(|one| one.kwartaal == streek.kwartaal) {
            self.euro(one.bekend_ct, NAIJL);
            let Ok(expected) = &one.verwachting else { continue };
            self.put(Procent, 100.0 * expected.volledigheid, NAIJL);
            let (low, high) = expected.bereik_ct.unwrap_or_default();
            for ct in [expected.nog_te_komen_ct, low, high] {
                self.euro(ct, NAIJL);
                self.euro(one.bekend_ct + ct, NAIJL);
            }
        }
    }

    fn verandering(&mut self, judged: &Judged) {
        let Some(first) = judged.veranderingen.alle.first() else { return };
        for one in &judged.veranderingen.alle {
            self.euro(one.verschil_ct(), VERANDERING);
        }
        self.van_een_verandering(first);
        for sign in [1, -1] {
            let kommas = judged.kosten.kommas.iter().map(|komma| komma.verschil_ct);
            self.euro(
                kommas.filter(|ct| ct.signum() == sign).sum(),
                "wat mogelijk een verschoven komma is",
            );
        }
    }

    fn van_een_verandering(&mut self, one: &Verandering) {
        for (_, ct) in one.delen() {
            self.euro(ct, VERANDERING);
        }
        self.euro(one.naar_ct, VERANDERING);
        self.euro(one.naar_ct - one.effecten.prijs_ct, VERANDERING);
        let most = one.producten.iter().max_by_key(|product| product.effecten.prijs_ct.abs());
        if let Some(product) = most {
            self.euro(product.effecten.prijs_ct, VERANDERING);
        }
        self.aantal(one.producten.len(), VERANDERING);
        self.aantal(one.n_aanbieders, VERANDERING);
    }

    fn aflopend(&mut self, streek: &Streek) {
        let found = streek.measured.iter().find(|measured| measured.query.id == "aflopend");
        let Some(Outcome::List { columns, rows }) = found.map(|one| &one.outcome) else {
            return;
        };
        let at = columns.iter().position(|column| column == "dagen_tot_einde").unwrap();
        let days: Vec<i64> = rows
            .iter()
            .filter_map(|row| match row[at] {
                ListValue::Int(days) => Some(days),
                _ => None,
            })
            .collect();
        self.aantal(days.len(), LIJST);
        for limit in &streek.region.drempels.signaal_dagen.waarde {
            self.put(Aantal, f64::from(u32::try_from(*limit).unwrap()), "een drempel van de regio");
            self.aantal(days.iter().filter(|day| *day <= limit).count(), LIJST);
        }
    }

    fn regels(&mut self, chapter: Chapter, judged: &Judged) {
        let of = judged
            .signalen
            .iter()
            .filter(|signaal| signaal.chapter == chapter && signaal.stand == Stand::Controle);
        let all: Vec<_> = of.collect();
        self.aantal(all.len(), REGELS);
        self.aantal(all.iter().filter(|signaal| !signaal.zin.is_empty()).count(), REGELS);
    }
}
