//! ZOU, what maatwerk is and costs: scope and exceptions, the product code, comparisons (Z01–Z13, Z20–Z28, Z50–Z62).

use super::Klasse::{Context, Gegevens, Norm, Proces, Vergelijking};
use super::{Regel, Staat};

pub(super) const REGELS: &[Regel] = &[
    Regel {
        id: "Z01",
        klasse: Context,
        wat: "Een eenmalig lokaal contract is de uitzondering: nee, tenzij het regionale aanbod niet past.",
        staat: Staat::Query(&["maatwerk_nieuw", "maatwerk_lopend"]),
    },
    Regel {
        id: "Z02",
        klasse: Norm,
        wat: "Een maatwerkovereenkomst is er voor één jeugdige of een ouder met kind, bij een aanbieder zonder contract.",
        staat: Staat::Query(&["z02_een_jeugdige", "z02_gecontracteerd"]),
    },
    Regel {
        id: "Z03",
        klasse: Gegevens,
        wat: "De regio bestaat uit vijf gemeenten; wat bij een andere gemeente hoort, telt niet mee.",
        staat: Staat::Onderdeel(
            "de aansluiting: declaraties van een gemeente die niet in het regiobestand staat, krijgen de uitkomst buiten de regio \
             en worden met aantal en bedrag genoemd",
        ),
    },
    Regel {
        id: "Z04",
        klasse: Norm,
        wat: "Bij jeugdreclassering kiest de jeugdreclasseerder zelf de aanbieder; zulk maatwerk telt niet als keuze van de gemeente.",
        staat: Staat::Query(&["z04_vrije_keuze", "maatwerk_nieuw", "maatwerk_lopend"]),
    },
    Regel {
        id: "Z05",
        klasse: Norm,
        wat: "Bij jeugdbescherming overlegt de gecertificeerde instelling met de CJG-consulent, en gaat een gecontracteerde aanbieder voor.",
        staat: Staat::Query(&["z05_overleg_jb"]),
    },
    Regel {
        id: "Z06",
        klasse: Norm,
        wat: "In vrijwillig kader kiest de gemeente; willen ouders geen gecontracteerde hulp, dan is een PGB de eerste weg.",
        staat: Staat::Query(&["z06_pgb_verkend"]),
    },
    Regel {
        id: "Z07",
        klasse: Norm,
        wat: "Aanbieders van het landelijk transitiearrangement gelden als gecontracteerd.",
        staat: Staat::Query(&["z07_landelijk_contract"]),
    },
    Regel {
        id: "Z08",
        klasse: Norm,
        wat: "Voor verblijf bij een aanbieder die eerder was gecontracteerd, kan het afbouwcontract worden verlengd.",
        staat: Staat::Query(&["z08_afbouwcontract"]),
    },
    Regel {
        id: "Z09",
        klasse: Context,
        wat: "Komt een jeugdige met verblijf over door het woonplaatsbeginsel, dan mag maatwerk als dat in zijn belang is.",
        staat: Staat::Query(&["z09_woonplaatsbeginsel"]),
    },
    Regel {
        id: "Z10",
        klasse: Proces,
        wat: "Een aanvraag voor verblijf gaat via het KNOOPpunt Verblijf.",
        staat: Staat::Query(&["z10_knooppunt_verblijf"]),
    },
    Regel {
        id: "Z11",
        klasse: Context,
        wat: "Maatwerk ontstaat door zorg die al liep, een verwijzer die een aanbieder noemt, een machtiging van de rechter, of een \
              aanbieder die zich inschreef zonder gunning.",
        staat: Staat::Query(&["z11_redenen"]),
    },
    Regel {
        id: "Z12",
        klasse: Context,
        wat: "De werkafspraken geven voorbeelden uit de Jeugdwet en de Wmo; dit rapport gaat over de Jeugdwet.",
        staat: Staat::Onderdeel(
            "de aansluiting: declaraties van een andere wet krijgen de uitkomst buiten de Jeugdwet en worden met aantal en bedrag genoemd",
        ),
    },
    Regel {
        id: "Z13",
        klasse: Proces,
        wat: "Bij elke aanvraag wordt nagegaan of de hulp onder de Jeugdwet valt.",
        staat: Staat::Query(&["z13_jeugdwet"]),
    },
    Regel {
        id: "Z20",
        klasse: Norm,
        wat: "De maatwerkcode is de regionale code met op de derde plaats een M: 45A53 wordt 45M53.",
        staat: Staat::Query(&["z20_zonder_maatwerkcode", "z21_herkenning"]),
    },
    Regel {
        id: "Z21",
        klasse: Norm,
        wat: "Een opzoektabel noemt de codes die van die regel afwijken; zij gaat voor.",
        staat: Staat::Query(&["z21_herkenning"]),
    },
    Regel {
        id: "Z22",
        klasse: Gegevens,
        wat: "Een maatwerkcode kan bij meer dan één product horen; er wordt dan niets gekozen.",
        staat: Staat::Toets(&["MS009"]),
    },
    Regel {
        id: "Z23",
        klasse: Norm,
        wat: "Iedereen voert codes op dezelfde manier in: een gewone code hoort bij een aanbieder met een regionaal contract.",
        staat: Staat::Query(&["z23_zonder_contract"]),
    },
    Regel {
        id: "Z24",
        klasse: Norm,
        wat: "Iedereen voert codes op dezelfde manier in: een maatwerkcode hoort niet bij een aanbieder die voor dat product een contract heeft.",
        staat: Staat::Query(&["z24_maatwerk_met_contract"]),
    },
    Regel {
        id: "Z25",
        klasse: Norm,
        wat: "ICM registreert alle maatwerkovereenkomsten van de regio op één plaats.",
        staat: Staat::Query(&["z25_register_ontbreekt"]),
    },
    Regel {
        id: "Z26",
        klasse: Gegevens,
        wat: "Op een overeenkomst die loopt, wordt na verloop van tijd gedeclareerd.",
        staat: Staat::Query(&["z26_zonder_declaratie"]),
    },
    Regel {
        id: "Z27",
        klasse: Gegevens,
        wat: "Let bij een overeenkomst op de AGB-code en het rekeningnummer: één aanbieder, één rekening.",
        staat: Staat::Query(&["z27_rekeningnummers"]),
    },
    Regel {
        id: "Z28",
        klasse: Gegevens,
        wat: "De backoffice richt de aanbieder in met de productcodes voordat er wordt gedeclareerd.",
        staat: Staat::Query(&["z28_niet_ingericht"]),
    },
    Regel {
        id: "Z50",
        klasse: Vergelijking,
        wat: "ICM begint een gesprek als een gemeente meer maatwerk heeft dan de andere gemeenten.",
        staat: Staat::Query(&["maatwerk_nieuw", "maatwerk_lopend"]),
    },
    Regel {
        id: "Z51",
        klasse: Vergelijking,
        wat: "ICM begint een gesprek als de kosten van maatwerk substantieel hoog zijn.",
        staat: Staat::Query(&["z51_kosten_per_overeenkomst", "maatwerk_kosten"]),
    },
    Regel {
        id: "Z52",
        klasse: Vergelijking,
        wat: "Het regionale product en tarief zijn het begin van het gesprek over een tarief; maatwerk is soms duurder.",
        staat: Staat::Query(&["z52_tarief_register", "tarief_boven_regio"]),
    },
    Regel {
        id: "Z53",
        klasse: Gegevens,
        wat: "Een tarief geldt per uur, per dagdeel of per etmaal.",
        staat: Staat::Query(&["z53_eenheden"]),
    },
    Regel {
        id: "Z54",
        klasse: Vergelijking,
        wat: "Levert een aanbieder zonder contract in meer dan één gemeente, dan is inschrijven de gewone weg.",
        staat: Staat::Query(&["z54_meer_gemeenten"]),
    },
    Regel {
        id: "Z55",
        klasse: Vergelijking,
        wat: "Een aanbieder die zich inschreef en niet is gegund, komt niet vanzelf via maatwerk terug.",
        staat: Staat::Query(&["z55_niet_gegund"]),
    },
    Regel {
        id: "Z56",
        klasse: Vergelijking,
        wat: "Het beleid is om het aantal aanbieders beperkt te houden.",
        staat: Staat::Query(&["z56_alleen_maatwerk"]),
    },
    Regel {
        id: "Z57",
        klasse: Vergelijking,
        wat: "Een leemte in het regionale aanbod wordt zichtbaar in het maatwerk.",
        staat: Staat::Query(&["z57_leemte"]),
    },
    Regel {
        id: "Z58",
        klasse: Vergelijking,
        wat: "Heeft een aanbieder ook een contract voor andere producten, dan telt het hele beeld.",
        staat: Staat::Query(&["z58_heel_beeld"]),
    },
    Regel {
        id: "Z59",
        klasse: Vergelijking,
        wat: "Tekorten blijken pas achteraf, omdat declaraties laat komen en gegevens niet volledig zijn.",
        staat: Staat::Query(&["naijl", "naijl_stand", "volledigheid", "maatwerk_kosten"]),
    },
    Regel {
        id: "Z60",
        klasse: Context,
        wat: "De hulp is ambulant, of verblijf in pleegzorg, een gezinshuis, een ouder-kindhuis of een instelling.",
        staat: Staat::Query(&["z60_hulptype", "z60_hulptype_kosten"]),
    },
    Regel {
        id: "Z61",
        klasse: Vergelijking,
        wat: "Denk bij een jeugdige van 17 vooruit aan zorg voor volwassenen, zeker bij hulp die lang duurt.",
        staat: Staat::Query(&["z61_wordt_achttien"]),
    },
    Regel {
        id: "Z62",
        klasse: Vergelijking,
        wat: "De vraag bij een aanvraag is of zij langjarig is.",
        staat: Staat::Query(&["z62_langjarig"]),
    },
];
