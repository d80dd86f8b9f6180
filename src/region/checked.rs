//! From the wire to rules: everything TOML itself cannot promise, section by section.
//!
//! Enters: sections as written. Leaves: rules, or the first mistake with its line and remedy. Does not know
//! where the file came from.

use std::collections::BTreeMap;

use anyhow::Result;
use toml::Spanned;

use crate::region::checker::Checker;
use crate::region::columns::Aliases;
use crate::region::document::suggestion;
use crate::region::rules::{
    AdviesRegels, CoordinatieRegels, DisclosureRegels, Drempels, EvaluatieRegels, Gemeente,
    JeugdwetRegels, KostenRegels, MaatwerkRegels, MandaatRegels, Tarief, TekenRegel,
};
use crate::region::stijl::{Leverancier, Stijl};
use crate::region::wire::{
    Text, WireAdvies, WireCoordinatie, WireDisclosure, WireDrempels, WireEvaluatie, WireJeugdwet,
    WireKosten, WireLeverancier, WireMaatwerk, WireMandaat, WireTarief, WireTeken,
};
use crate::schema::normalise_heading;

/// Below this count of children nothing may be shown outside the region's own desk, whatever a file says.
const MINIMUM_FLOOR: i64 = 5;
/// Fewer values than this carry no outlier statement (median and MAD mean nothing there).
const OUTLIER_FLOOR: i64 = 5;
/// Units of time of iJw code list WJ756 whose length is national.
const NATIONAL_MINUTES: [(&str, i64); 2] = [("01", 1), ("04", 60)];
/// Units of time of which only a region can say how long they are.
const REGIONAL_UNITS: [&str; 2] = ["14", "16"];
/// All units of iJw code list WJ756.
const UNITS: [&str; 7] = ["01", "04", "14", "16", "82", "83", "84"];

impl Checker<'_> {
    pub(super) fn maatwerk(&self, wire: WireMaatwerk) -> Result<MaatwerkRegels> {
        Ok(MaatwerkRegels {
            opzoektabel: self.opzoektabel(&wire.opzoektabel)?,
            teken: wire.teken.map(|teken| self.teken(&teken)).transpose()?,
            categorieen: self.texts(wire.categorieen)?,
            register: wire.register,
            uitzondering_maatregel: self.texts(wire.uitzondering_maatregel)?,
            contractsoorten_als_gecontracteerd: self
                .texts(wire.contractsoorten_als_gecontracteerd)?,
            verboden: wire.verboden,
            exemplaar_dagen: self.optional(wire.exemplaar_dagen)?,
            lang_maanden: self.optional(wire.lang_maanden)?,
            max_verlengingen: self.optional(wire.max_verlengingen)?,
            geldig: self.geldig(&wire.geldig)?,
        })
    }

    fn opzoektabel(&self, wire: &BTreeMap<Text, Text>) -> Result<BTreeMap<String, String>> {
        let mut bases: BTreeMap<&str, &str> = BTreeMap::new();
        let mut out = BTreeMap::new();
        for (basis, code) in wire {
            let (basis_code, maatwerk_code) = (self.product_code(basis)?, self.product_code(code)?);
            if basis_code == maatwerk_code {
                let message = format!(
                    "in de opzoektabel is \"{basis_code}\" zijn eigen maatwerkcode; vul de maatwerkcode in"
                );
                return self.wrong(code.span(), message);
            }
            if let Some(other) = bases.insert(code.get_ref(), basis.get_ref()) {
                let message = format!(
                    "in de opzoektabel hoort maatwerkcode \"{maatwerk_code}\" bij \"{other}\" en bij \
                     \"{basis_code}\"; geef elk basisproduct een eigen maatwerkcode"
                );
                return self.wrong(code.span(), message);
            }
            out.insert(basis_code, maatwerk_code);
        }
        Ok(out)
    }

    fn teken(&self, wire: &WireTeken) -> Result<TekenRegel> {
        let positie = usize::try_from(*wire.positie.get_ref()).unwrap_or(0);
        if positie == 0 {
            return self.wrong(
                wire.positie.span(),
                "positie telt vanaf 1; schrijf bijvoorbeeld positie = 3",
            );
        }
        let mut letters = wire.teken.get_ref().chars();
        match (letters.next(), letters.next()) {
            (Some(teken), None) if teken.is_ascii_uppercase() || teken.is_ascii_digit() => {
                Ok(TekenRegel { positie, teken })
            }
            _ => self
                .wrong(wire.teken.span(), "teken is één hoofdletter of cijfer, bijvoorbeeld \"M\""),
        }
    }

    pub(super) fn coordinatie(&self, wire: WireCoordinatie) -> Result<CoordinatieRegels> {
        let place = wire.codes.span();
        let codes = self.product_codes(wire.codes.into_inner())?;
        let reden_niet = wire.reden_niet.map(|reden| self.text(reden)).transpose()?;
        if codes.is_empty() && reden_niet.is_none() {
            let message = "zonder productcodes is zorgcoördinatie niet te herkennen; geef codes, \
                           of schrijf in reden_niet waarom niet en wat dat zou veranderen";
            return self.wrong(place, message);
        }
        Ok(CoordinatieRegels {
            codes,
            uit_producten: wire.uit_producten,
            uit_plannen: wire.uit_plannen,
            evenredigheid: wire.evenredigheid,
            max_uren: self.optional(wire.max_uren)?,
            looptijd_maanden: self.optional(wire.looptijd_maanden)?,
            pro_rata: wire.pro_rata,
            uitgesloten_maatregel: self.texts(wire.uitgesloten_maatregel)?,
            geen_kandidaat: self.texts(wire.geen_kandidaat)?,
            ander_product_vereist: wire.ander_product_vereist,
            max_aanbieders_tegelijk: self.optional(wire.max_aanbieders_tegelijk)?,
            min_aanbieders: self.optional(wire.min_aanbieders)?,
            wijziging: wire.wijziging.as_ref().map(|date| self.date(date)).transpose()?,
            toeslag_voorwaarden: self.optional(wire.toeslag_voorwaarden)?,
            verhouding_procent: self.optional(wire.verhouding_procent)?,
            aandeel_uren_procent: self.optional(wire.aandeel_uren_procent)?,
            zonder_coordinatie_aanbieders: self.optional(wire.zonder_coordinatie_aanbieders)?,
            term: self.text(wire.term)?,
            geldig: self.geldig(&wire.geldig)?,
            reden_niet,
        })
    }

    pub(super) fn tarieven(&self, wire: Vec<WireTarief>) -> Result<Vec<Tarief>> {
        wire.into_iter().map(|tarief| self.tarief(tarief)).collect()
    }

    fn tarief(&self, wire: WireTarief) -> Result<Tarief> {
        if *wire.tarief_ct.get_ref() <= 0 {
            return self
                .wrong(wire.tarief_ct.span(), "tarief_ct is een bedrag in eurocenten, boven 0");
        }
        self.unit(&wire.eenheid, &UNITS)?;
        Ok(Tarief {
            productcode: self.product_code(&wire.productcode)?,
            eenheid: wire.eenheid.into_inner(),
            tarief_ct: wire.tarief_ct.into_inner(),
            geldig: self.geldig(&wire.geldig)?,
            bron: self.text(wire.bron)?,
        })
    }

    pub(super) fn kosten(&self, wire: WireKosten) -> Result<KostenRegels> {
        let tolerance = "een aantal eurocenten van 0 of meer";
        Ok(KostenRegels {
            tarief_tolerantie_ct: self.instelling(
                wire.tarief_tolerantie_ct,
                |&ct| is_at_least(ct, 0.0),
                tolerance,
            )?,
            hoog_factor: self.instelling(
                wire.hoog_factor,
                |&factor| is_at_least(factor, 1.0),
                "een getal vanaf 1",
            )?,
        })
    }

    pub(super) fn drempels(&self, wire: WireDrempels) -> Result<Drempels> {
        let ascending = |days: &Vec<i64>| {
            days.first().is_some_and(|&day| day > 0) && days.is_sorted_by(|a, b| a < b)
        };
        let min_n = format!("een geheel getal vanaf {OUTLIER_FLOOR}");
        Ok(Drempels {
            uitschieter_z: self.instelling(
                wire.uitschieter_z,
                |&z| z.is_finite() && z > 0.0,
                "een getal boven 0",
            )?,
            uitschieter_min_n: self.instelling(
                wire.uitschieter_min_n,
                |&n| n >= OUTLIER_FLOOR,
                &min_n,
            )?,
            signaal_dagen: self.instelling(
                wire.signaal_dagen,
                ascending,
                "een lijst van dagen, oplopend en boven 0, zoals [30, 60, 90]",
            )?,
            afkeur_euro_aandeel: self.instelling(
                wire.afkeur_euro_aandeel,
                |share| (0.0..=1.0).contains(share),
                "een aandeel van 0 tot en met 1, zoals 0.05",
            )?,
            klein_aantal: self.positive(wire.klein_aantal)?,
            zonder_declaratie_weken: self.positive(wire.zonder_declaratie_weken)?,
            volledigheid_minimum: self.instelling(
                wire.volledigheid_minimum,
                |share| (0.0..=1.0).contains(share),
                "een aandeel van 0 tot en met 1, zoals 0.95",
            )?,
        })
    }

    pub(super) fn disclosure(&self, wire: &WireDisclosure) -> Result<DisclosureRegels> {
        let minimum = *wire.minimum.get_ref();
        if minimum < MINIMUM_FLOOR {
            let message = format!(
                "minimum {minimum} is te laag; kies {MINIMUM_FLOOR} of meer, zodat niemand herkenbaar is"
            );
            return self.wrong(wire.minimum.span(), message);
        }
        Ok(DisclosureRegels { publiek: wire.publiek, minimum })
    }

    pub(super) fn jeugdwet(&self, wire: WireJeugdwet) -> Result<JeugdwetRegels> {
        Ok(JeugdwetRegels {
            wet_buiten: self.texts(wire.wet_buiten)?,
            categorieen: self.texts(wire.categorieen)?,
        })
    }

    pub(super) fn advies(&self, wire: WireAdvies) -> Result<AdviesRegels> {
        let rollen = self.texts(wire.rollen)?;
        let doorslag = wire.doorslag.get_ref();
        if !rollen.contains(doorslag) {
            let valid: Vec<&str> = rollen.iter().map(String::as_str).collect();
            let message =
                format!("\"{doorslag}\" staat niet in rollen; {}", suggestion(doorslag, &valid));
            return self.wrong(wire.doorslag.span(), message);
        }
        Ok(AdviesRegels {
            werkdagen_spoed: self.positive(wire.werkdagen_spoed)?,
            werkdagen: self.positive(wire.werkdagen)?,
            doorslag: doorslag.clone(),
            vrije_dagen: self.dates(&wire.vrije_dagen)?,
            rollen,
        })
    }

    pub(super) fn mandaat(
        &self,
        wire: WireMandaat,
        gemeenten: &[Gemeente],
    ) -> Result<MandaatRegels> {
        let mut per_gemeente_ct = BTreeMap::new();
        for (code, grens_ct) in wire.per_gemeente_ct {
            let digits = self.gemeente_code(&code)?;
            if !gemeenten.iter().any(|gemeente| gemeente.code == digits) {
                let message = format!(
                    "gemeente {digits} hoort niet bij deze regio; controleer de code in [region.gemeenten]"
                );
                return self.wrong(code.span(), message);
            }
            per_gemeente_ct.insert(digits, self.positive(grens_ct)?);
        }
        Ok(MandaatRegels {
            grens_ct: self.positive(wire.grens_ct)?,
            op_de_grens: wire.op_de_grens,
            laag: self.texts(wire.laag)?,
            hoog: self.texts(wire.hoog)?,
            per_gemeente_ct,
            splits_maanden: self.optional(wire.splits_maanden)?,
        })
    }

    pub(super) fn evaluatie(&self, wire: WireEvaluatie) -> Result<EvaluatieRegels> {
        Ok(EvaluatieRegels {
            start: wire.start.as_ref().map(|date| self.date(date)).transpose()?,
            maanden: self.positive(wire.maanden)?,
        })
    }

    pub(super) fn leveranciers(
        &self,
        wire: Vec<Spanned<WireLeverancier>>,
        aliases: &Aliases,
    ) -> Result<Vec<Leverancier>> {
        wire.into_iter().map(|one| self.leverancier(one, aliases)).collect()
    }

    fn leverancier(
        &self,
        wire: Spanned<WireLeverancier>,
        aliases: &Aliases,
    ) -> Result<Leverancier> {
        let place = wire.span();
        let wire = wire.into_inner();
        if wire.bestand.is_none() && wire.koppen.is_empty() {
            let message = "hieraan is een bestand van deze leverancier niet te herkennen; geef bestand (zoals \
                           \"zorg*.csv\") of koppen";
            return self.wrong(place, message);
        }
        if wire.stijl.get_ref().is_empty() {
            let message = "stijl is leeg; schrijf bijvoorbeeld stijl = { bedrag = \"1.234,56\" }";
            return self.wrong(wire.stijl.span(), message);
        }
        let mut stijlen = Vec::new();
        for (kolom, tekst) in wire.stijl.get_ref() {
            match Stijl::lees(kolom.get_ref(), tekst.get_ref(), aliases) {
                Ok(stijl) => stijlen.push(stijl),
                Err(message) => return self.wrong(kolom.span(), message),
            }
        }
        let bestand = wire.bestand.map(|bestand| self.pattern(bestand)).transpose()?;
        let koppen = self.texts(wire.koppen)?;
        Ok(Leverancier {
            naam: self.text(wire.naam)?,
            bestand,
            koppen: koppen.iter().map(|kop| normalise_heading(kop)).collect(),
            stijl: stijlen,
        })
    }

    fn pattern(&self, bestand: Text) -> Result<glob::Pattern> {
        let place = bestand.span();
        let text = self.text(bestand)?;
        match glob::Pattern::new(&text) {
            Ok(pattern) if !text.contains(['/', '\\']) => Ok(pattern),
            _ => self.wrong(
                place,
                "bestand is een naam zonder map, met * voor wat verschilt: \"zorg*.csv\"",
            ),
        }
    }

    pub(super) fn minuten(
        &self,
        wire: BTreeMap<Text, Spanned<i64>>,
    ) -> Result<BTreeMap<String, i64>> {
        let mut minutes: BTreeMap<String, i64> =
            NATIONAL_MINUTES.iter().map(|&(unit, minutes)| (unit.to_owned(), minutes)).collect();
        for (unit, length) in wire {
            self.unit(&unit, &REGIONAL_UNITS)?;
            if *length.get_ref() <= 0 {
                return self
                    .wrong(length.span(), "een eenheid duurt een geheel aantal minuten boven 0");
            }
            minutes.insert(unit.into_inner(), length.into_inner());
        }
        Ok(minutes)
    }
}

fn is_at_least(value: f64, least: f64) -> bool {
    value.is_finite() && value >= least
}
