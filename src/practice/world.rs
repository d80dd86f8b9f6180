//! The fictional region: its gemeenten, products, aanbieders and export files.
//!
//! Enters: nothing. Leaves: constant tables. Everything here is invented; no real aanbieder, tariff or child.

use super::form::{Dialect, Form};

/// A gemeente of the region, or the one outside it.
#[derive(Debug)]
pub(super) struct Gemeente {
    pub(super) code: &'static str,
    pub(super) naam: &'static str,
    /// Share of the children, as a weight.
    pub(super) gewicht: u64,
}

const fn gemeente(code: &'static str, naam: &'static str, gewicht: u64) -> Gemeente {
    Gemeente { code, naam, gewicht }
}

/// Number of gemeenten in the region; the entry after them lies outside it.
pub(super) const REGION: usize = 8;
/// The gemeente outside the region.
pub(super) const OUTSIDE: u32 = 8;
/// The gemeente with more new maatwerkovereenkomsten than chance allows.
pub(super) const DORPSVELD: u32 = 5;
/// The gemeente of which one aanbieder asks far too much for free-price ggz.
pub(super) const IJSSELHOEK: u32 = 4;
/// The gemeente in which one transport price is a hundred times too high.
pub(super) const KLEIN_RHENOY: u32 = 7;

/// The gemeenten.
pub(super) const GEMEENTEN: [Gemeente; REGION + 1] = [
    gemeente("9901", "Wilgenoord", 22),
    gemeente("9902", "Sint-Maartensveen", 16),
    gemeente("9903", "'s-Gravenbroek", 14),
    gemeente("9904", "Nieuw-Aardenhout", 13),
    gemeente("9905", "IJsselhoek", 11),
    gemeente("9906", "Dorpsveld", 10),
    gemeente("9907", "Oosterlinge", 8),
    gemeente("9908", "Klein-Rhenoy", 6),
    gemeente("0363", "buiten de regio", 0),
];

/// A product of the list, a maatwerk code made from one, or a Wmo product.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) code: &'static str,
    pub(super) naam: &'static str,
    pub(super) segment: &'static str,
    /// iJw code list WJ756.
    pub(super) eenheid: &'static str,
    /// Price in eurocents in 2023, 2024 and 2025: regional tariff, or what free prices vary around.
    pub(super) prijs: [i64; 3],
    pub(super) lijst: Lijst,
}

/// What the product list says of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lijst {
    /// With a regional tariff.
    Tarief,
    /// Without: aanbieder and gemeente agree the price.
    VrijePrijs,
    /// Not in the list: maatwerk code or Wmo.
    Buiten,
}

impl Product {
    /// First two characters of the code.
    pub(super) fn categorie(&self) -> &'static str {
        &self.code[..2]
    }
}

const fn product(
    code: &'static str,
    naam: &'static str,
    segment: &'static str,
    eenheid: &'static str,
    prijs: [i64; 3],
) -> Product {
    Product { code, naam, segment, eenheid, prijs, lijst: Lijst::Tarief }
}

const fn free(mut product: Product) -> Product {
    product.lijst = Lijst::VrijePrijs;
    product
}

const fn unlisted(mut product: Product) -> Product {
    product.lijst = Lijst::Buiten;
    product
}

pub(super) const BEGELEIDING: u32 = 0;
pub(super) const BEHANDELING: u32 = 1;
pub(super) const GEZIN_A: u32 = 2;
pub(super) const GEZIN_B: u32 = 3;
pub(super) const SPECIAAL: u32 = 4;
pub(super) const LICHT: u32 = 5;
pub(super) const COORDINATIE_UUR: u32 = 6;
pub(super) const COORDINATIE_MINUUT: u32 = 7;
pub(super) const VERBLIJF: u32 = 8;
pub(super) const GEZINSHUIS: u32 = 9;
pub(super) const PLEEGZORG: u32 = 10;
pub(super) const GGZ: u32 = 11;
pub(super) const GGZ_VRIJ: u32 = 12;
pub(super) const DAGBEHANDELING: u32 = 13;
pub(super) const VERVOER: u32 = 14;
pub(super) const JB: u32 = 15;
pub(super) const JR: u32 = 16;
pub(super) const M_BEHANDELING: u32 = 17;
pub(super) const M_SPECIAAL: u32 = 18;
pub(super) const M_GEZIN: u32 = 19;
pub(super) const M_GEZINSHUIS: u32 = 20;
pub(super) const WMO: u32 = 21;

/// The products. Hourly prices are multiples of four cents, so that a quarter of an hour is a whole amount.
pub(super) const PRODUCTEN: [Product; 22] = [
    product("45A04", "Begeleiding jeugd", "4", "04", [7440, 7736, 7968]),
    product("45A53", "Behandeling jeugd specialistisch", "4", "04", [10440, 10856, 11184]),
    product("45A48", "Gezinsbehandeling aan huis", "4", "04", [8800, 9152, 9428]),
    product("45B48", "Gezinsbehandeling op locatie", "4", "04", [9200, 9568, 9856]),
    product("45A90", "Begeleiding bijzondere doelgroep", "4", "04", [8160, 8488, 8744]),
    product("45A12", "Lichte ambulante hulp", "4", "01", [124, 129, 133]),
    product("45A75", "Zorgcoördinatie", "4", "04", [8200, 8528, 8784]),
    product("45A75", "Zorgcoördinatie", "4", "01", [136, 141, 145]),
    product("43A10", "Verblijf met behandeling", "1", "14", [31200, 32448, 33420]),
    product("44A09", "Gezinshuis", "2", "14", [16800, 17472, 17996]),
    product("44A07", "Pleegzorg", "2", "14", [4600, 4784, 4928]),
    product("54A02", "Jeugd-ggz behandeling", "4", "01", [192, 200, 206]),
    free(product("54A10", "Jeugd-ggz, prijs per afspraak", "4", "01", [186, 193, 199])),
    product("41A11", "Dagbehandeling", "3", "16", [7200, 7488, 7712]),
    free(product("42A03", "Vervoer, prijs per afspraak", "3", "82", [1900, 1976, 2036])),
    product("48A01", "Jeugdbescherming, per maand", "7", "82", [109_000, 113_360, 116_760]),
    product("47A01", "Jeugdreclassering, per maand", "7", "82", [115_000, 119_600, 123_188]),
    unlisted(product("45M53", "", "", "04", [10440, 10856, 11184])),
    unlisted(product("45M91", "", "", "04", [8160, 8488, 8744])),
    unlisted(product("45M48", "", "", "04", [8800, 9152, 9428])),
    unlisted(product("44M09", "", "", "14", [16800, 17472, 17996])),
    unlisted(product("15A01", "", "", "04", [5200, 5408, 5572])),
];

/// The product at a position.
pub(super) fn product_at(position: u32) -> &'static Product {
    &PRODUCTEN[position as usize]
}

/// A file with declaraties, and what is odd about it.
#[derive(Debug)]
pub(super) struct ExportFile {
    /// File name without extension.
    pub(super) stam: &'static str,
    pub(super) form: Form,
    /// Lines after which a blank row stands.
    pub(super) blank_after: Option<u64>,
    /// Lines after which the headings stand again.
    pub(super) headings_after: Option<u64>,
    /// Lines after which a row is hidden.
    pub(super) hidden_after: Option<u64>,
    /// Lines after which a note stands beside the table.
    pub(super) note_after: Option<u64>,
    /// Whether it is delivered a second time under another name.
    pub(super) is_copied: bool,
    /// Eurocents by which its total row is wrong.
    pub(super) total_off_ct: i64,
}

impl ExportFile {
    /// File name.
    pub(super) fn naam(&self) -> String {
        format!("{}{}", self.stam, self.form.extension())
    }
}

const fn export(stam: &'static str, form: Form) -> ExportFile {
    ExportFile {
        stam,
        form,
        blank_after: None,
        headings_after: None,
        hidden_after: None,
        note_after: None,
        is_copied: false,
        total_off_ct: 0,
    }
}

/// The exports; an aanbieder stands in one of them.
pub(super) const EXPORTS: [ExportFile; 6] = [
    ExportFile {
        blank_after: Some(50),
        ..export("declaraties_linde", Form::Text(Dialect::Puntkomma))
    },
    ExportFile {
        hidden_after: Some(100),
        note_after: Some(150),
        ..export("declaraties_sterrenwacht", Form::Workbook)
    },
    ExportFile {
        headings_after: Some(200),
        ..export("declaraties_kruidentuin", Form::Text(Dialect::Komma))
    },
    ExportFile {
        total_off_ct: TOTAL_OFF_CT,
        ..export("declaraties_blauwe_anker", Form::Text(Dialect::Windows))
    },
    ExportFile { is_copied: true, ..export("declaraties_vuurvlinder", Form::TextWorkbook) },
    export("declaraties_nachtegaal", Form::Parquet),
];

/// Eurocents by which a planted total is wrong.
pub(super) const TOTAL_OFF_CT: i64 = 1_000;
/// Positions in [`EXPORTS`].
pub(super) const IN_LINDE: usize = 0;
pub(super) const IN_STERRENWACHT: usize = 1;
pub(super) const IN_KRUIDENTUIN: usize = 2;
pub(super) const IN_ANKER: usize = 3;
pub(super) const IN_NACHTEGAAL: usize = 5;
/// Where the aanbieders that send messages stand in [`Aanbieder::bron`].
pub(super) const MESSAGES: usize = EXPORTS.len();
/// The aanbieder whose messages stand in one zip.
pub(super) const ZIPPED: u32 = ELFENBANKJE;

/// An aanbieder.
#[derive(Debug)]
pub(super) struct Aanbieder {
    pub(super) naam: &'static str,
    pub(super) agb: &'static [&'static str],
    /// Position in [`EXPORTS`], or [`MESSAGES`].
    pub(super) bron: usize,
    /// Chance to be chosen in a gemeente it serves; 0 when only the plan for maatwerk chooses it.
    pub(super) gewicht: u64,
    /// First and last gemeente served.
    pub(super) bereik: (u32, u32),
    /// Products with their weights; empty without a contract.
    pub(super) producten: &'static [(u32, u64)],
    /// `regulier`, `LTA` or `afbouw`; empty without a contract.
    pub(super) contract: &'static str,
}

impl Aanbieder {
    /// Whether it can be asked to coordinate.
    pub(super) fn coordinates(&self) -> bool {
        !matches!(self.producten.first(), Some((VERVOER | JB, _)) | None)
    }

    /// Whether it works in a gemeente.
    pub(super) fn serves(&self, gemeente: u32) -> bool {
        self.gewicht > 0 && (self.bereik.0..=self.bereik.1).contains(&gemeente)
    }
}

const ALL: (u32, u32) = (0, 7);

const fn contracted(
    naam: &'static str,
    agb: &'static [&'static str],
    bron: usize,
    gewicht: u64,
    producten: &'static [(u32, u64)],
) -> Aanbieder {
    Aanbieder { naam, agb, bron, gewicht, bereik: ALL, producten, contract: "regulier" }
}

const fn contracted_as(mut aanbieder: Aanbieder, contract: &'static str) -> Aanbieder {
    aanbieder.contract = contract;
    aanbieder
}

const fn only_in(mut aanbieder: Aanbieder, bereik: (u32, u32)) -> Aanbieder {
    aanbieder.bereik = bereik;
    aanbieder
}

const fn uncontracted(naam: &'static str, agb: &'static [&'static str], bron: usize) -> Aanbieder {
    Aanbieder { naam, agb, bron, gewicht: 0, bereik: ALL, producten: &[], contract: "" }
}

/// Far too much coordination.
pub(super) const LINDE: u32 = 0;
pub(super) const WOLKENVELD: u32 = 1;
pub(super) const NACHTEGAAL: u32 = 3;
pub(super) const REGENBOOGBRUG: u32 = 5;
pub(super) const KIKKERPOEL: u32 = 6;
pub(super) const WEIDEVOGEL: u32 = 7;
/// Above the regional tariff for begeleiding in 2025.
pub(super) const ANKER: u32 = 8;
pub(super) const GANZEPAS: u32 = 9;
pub(super) const VUURTOREN: u32 = 10;
/// Above the regional tariff for lichte hulp, in messages.
pub(super) const ZEVENSTER: u32 = 11;
/// Jeugdhuis Elfenbankje and Kliniek Maanzaad send messages.
pub(super) const ELFENBANKJE: u32 = 12;
pub(super) const MAANZAAD: u32 = 13;
pub(super) const VEERPOORT: u32 = 14;
pub(super) const KLAPROOS: u32 = 15;
pub(super) const VUURVLINDER: u32 = 16;
pub(super) const ZONNEDAUW: u32 = 17;

/// The aanbieders.
pub(super) const AANBIEDERS: [Aanbieder; 18] = [
    contracted(
        "De Linde",
        &["99000101", "99000102"],
        0,
        30,
        &[(BEGELEIDING, 5), (BEHANDELING, 3), (SPECIAAL, 2)],
    ),
    contracted(
        "Wolkenveld Ambulant",
        &["99000201"],
        0,
        11,
        &[(BEGELEIDING, 4), (GEZIN_A, 3), (GGZ_VRIJ, 2)],
    ),
    contracted_as(
        contracted("Huize Sterrenwacht", &["99000301"], 1, 4, &[(VERBLIJF, 3), (GEZINSHUIS, 2)]),
        "afbouw",
    ),
    contracted(
        "Brigade Nachtegaal",
        &["99000401"],
        IN_NACHTEGAAL,
        10,
        &[(BEGELEIDING, 3), (BEHANDELING, 3), (GEZIN_B, 2)],
    ),
    contracted("Pleegzorg Kruidentuin", &["99000501"], 2, 6, &[(PLEEGZORG, 1)]),
    contracted(
        "Praktijk Regenboogbrug",
        &["99000601", "99000602"],
        2,
        10,
        &[(GGZ, 5), (GGZ_VRIJ, 3)],
    ),
    contracted("Dagcentrum Kikkerpoel", &["99000701"], 2, 6, &[(DAGBEHANDELING, 4), (VERVOER, 1)]),
    contracted(
        "Team Weidevogel",
        &["99000801"],
        2,
        8,
        &[(BEGELEIDING, 3), (GEZIN_A, 1), (GEZIN_B, 2)],
    ),
    contracted("Het Blauwe Anker", &["99000901"], 3, 10, &[(BEGELEIDING, 6), (BEHANDELING, 4)]),
    only_in(contracted("Vervoer Ganzepas", &["99001001"], 3, 4, &[(VERVOER, 1)]), (0, 6)),
    contracted("GI De Vuurtoren", &["99001101"], 3, 4, &[(JB, 3), (JR, 1)]),
    only_in(
        contracted(
            "Zorggroep Zevenster",
            &["99001201"],
            MESSAGES,
            34,
            &[(LICHT, 6), (BEHANDELING, 2)],
        ),
        (0, 2),
    ),
    only_in(
        contracted(
            "Jeugdhuis Elfenbankje",
            &["99001301"],
            MESSAGES,
            34,
            &[(LICHT, 5), (BEGELEIDING, 3), (GEZINSHUIS, 1)],
        ),
        (3, 5),
    ),
    contracted_as(
        only_in(contracted("Kliniek Maanzaad", &["99001401"], MESSAGES, 34, &[(GGZ, 1)]), (6, 7)),
        "LTA",
    ),
    uncontracted("Zorghuis Veerpoort", &["99001501"], 1),
    uncontracted("Buitenhof De Klaproos", &["99001601"], 2),
    uncontracted("Atelier Vuurvlinder", &["99001701"], 4),
    uncontracted("Boerderij Zonnedauw", &["99001801"], IN_NACHTEGAAL),
];

/// The aanbieder at a position.
pub(super) fn aanbieder_at(position: u32) -> &'static Aanbieder {
    &AANBIEDERS[position as usize]
}

/// Test BSNs: the numbers 999900006 to 999999990 that pass the eleven-proof, reserved for tests.
pub(super) fn test_bsns() -> Vec<u32> {
    (999_900_006..=999_999_990).filter(|bsn| passes_eleven_proof(*bsn)).collect()
}

/// The eleven-proof of a BSN: 9d1+8d2+…+2d8−d9 is a multiple of 11.
pub(super) fn passes_eleven_proof(bsn: u32) -> bool {
    let mut rest = bsn / 10;
    let mut sum = -i64::from(bsn % 10);
    for factor in 2..=9 {
        sum += factor * i64::from(rest % 10);
        rest /= 10;
    }
    sum % 11 == 0
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_of_positions_point_at_what_they_name() {
        assert_eq!(product_at(M_GEZIN).code, "45M48");
        assert_eq!(product_at(GGZ_VRIJ).code, "54A10");
        assert_eq!(product_at(WMO).code, "15A01");
        assert_eq!(aanbieder_at(NACHTEGAAL).bron, IN_NACHTEGAAL);
        assert_eq!(aanbieder_at(WEIDEVOGEL).bron, IN_KRUIDENTUIN);
        assert_eq!(aanbieder_at(ELFENBANKJE).naam, "Jeugdhuis Elfenbankje");
        assert_eq!(aanbieder_at(VUURTOREN).naam, "GI De Vuurtoren");
        assert_eq!(aanbieder_at(ZEVENSTER).bron, MESSAGES);
        assert!(EXPORTS[aanbieder_at(VUURVLINDER).bron].is_copied);
        assert_eq!(aanbieder_at(ZONNEDAUW).naam, "Boerderij Zonnedauw");
        assert_eq!(aanbieder_at(GANZEPAS).naam, "Vervoer Ganzepas");
        assert_eq!(GEMEENTEN[DORPSVELD as usize].naam, "Dorpsveld");
        assert_eq!(GEMEENTEN[KLEIN_RHENOY as usize].naam, "Klein-Rhenoy");
    }

    #[test]
    fn every_agb_code_is_fictional_and_used_once() {
        let all: Vec<&str> = AANBIEDERS.iter().flat_map(|a| a.agb.iter().copied()).collect();
        assert!(all.iter().all(|agb| agb.len() == 8 && agb.starts_with("99")));
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn test_bsns_pass_the_eleven_proof_and_their_neighbours_do_not() {
        let bsns = test_bsns();
        assert_eq!(bsns.first(), Some(&999_900_006));
        assert_eq!(bsns.last(), Some(&999_999_990));
        assert!(bsns.len() > 9_000);
        assert!(!passes_eleven_proof(999_900_007));
    }
}
