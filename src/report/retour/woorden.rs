//! What an aanbieder can do about a reject, and which cells a rule on a whole row is about.
//!
//! The remedies of the rules speak to the region ("vraag de aanbieder …"); a return file speaks to the aanbieder.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::checks;
use crate::rejects::{Reject, Rule};

/// What a rule asks of an aanbieder.
struct Woord {
    codes: &'static [&'static str],
    /// Columns of `declaraties` of which one is at fault, where the reject names none.
    kolommen: &'static [&'static str],
    /// An order to the aanbieder, without a capital and a full stop; empty where that of the rule will do.
    oplossing: &'static str,
}

const fn woord(
    codes: &'static [&'static str],
    kolommen: &'static [&'static str],
    oplossing: &'static str,
) -> Woord {
    Woord { codes, kolommen, oplossing }
}

const PERIODE: &[&str] = &["periode_begin", "periode_eind"];
const PRESTATIE: &[&str] = &["toewijzingnummer", "productcode", "periode_begin", "periode_eind"];

/// Per rule what differs from its own words.
const WOORDEN: &[Woord] = &[
    woord(
        &["RS037", "CS002", "MS001"],
        &["client"],
        "vul het juiste burgerservicenummer in, met een nul die vooraan kan zijn weggevallen",
    ),
    woord(&["RS036"], &["agb"], "vul de AGB-code van acht cijfers in, met de nullen vooraan"),
    woord(&["RS035", "MS214"], &["gemeente"], "kies de gemeente uit de lijst"),
    woord(
        &["RS012"],
        &["productcode"],
        "vul de productcode in zoals die in de productenlijst van de regio staat",
    ),
    woord(
        &["CS319"],
        &["declaratienummer"],
        "vul het declaratienummer in: één tot twaalf letters of cijfers",
    ),
    woord(&["RS001"], &[], "vul het bedrag in euro's in, zoals 1234,50"),
    woord(&["RS005"], &[], "vul het volume in als getal"),
    woord(&["RS006"], &[], "vul het toewijzingnummer in: een geheel getal"),
    woord(
        &["RS032", "MS212", "MS213", "MS283"],
        &[],
        "vul de datum in als dag-maand-jaar, zoals 31-07-2025",
    ),
    woord(&["MS215"], &["eenheid"], "kies de eenheid uit de lijst"),
    woord(&["MS216"], &[], "vul de waarde in"),
    woord(&["MS217"], &[], "vul het bedrag in, zoals 1234,50"),
    woord(&["MS218", "MS219", "MS281"], &[], "vul het getal in, zoals 1234,5"),
    woord(&["MS221"], &[], "kies ja of nee"),
    woord(&["MS223"], &["debet_credit"], "kies D (debet) of C (credit)"),
    woord(
        &["MS290"],
        &[],
        "laat de twee kolommen Herkomst zoals ze zijn, en declareer een nieuwe regel op de gewone manier",
    ),
    woord(&["MS291"], &[], "u hoeft niets te doen; klopt de eerste regel niet, crediteer die dan"),
    woord(
        &["MS292"],
        &[],
        "vul de waarde opnieuw in, of een streepje (-) als er niets hoort te staan",
    ),
    woord(&["MS225"], &[], "vul het juiste getal in; dit is te groot om te kloppen"),
    woord(&["MS275"], &[], "vul de waarde in; er stond een fout van Excel of een formule"),
    woord(
        &["TR137"],
        &["periode_begin", "periode_eind", "dagtekening"],
        "verbeter de begindatum, de einddatum of de dagtekening",
    ),
    woord(
        &["CS337"],
        PERIODE,
        "zorg dat begin en einde in dezelfde maand liggen; gaat de regel over meer maanden, declareer dan per maand",
    ),
    woord(
        &["CS100"],
        PERIODE,
        "verbeter het jaar; gaat de regel echt over zorg van vóór 2021, overleg dan met de regio",
    ),
    woord(
        &["CD060"],
        &["vorig_referentienummer", "debet_credit"],
        "noem bij een credit het referentienummer van de regel die u terugdraait, en zet er bij een debet een streepje (-)",
    ),
    woord(
        &["CD087"],
        &["tarief_ct", "eenheid"],
        "vul het tarief in; bij de eenheid euro hoort er een streepje (-)",
    ),
    woord(&["CS339"], &["volume_milli", "bedrag_ct"], "maak het bedrag gelijk aan het volume"),
    woord(
        &["TR346"],
        &["volume_milli", "tarief_ct", "bedrag_ct"],
        "verbeter het volume, het tarief of het bedrag: het bedrag is volume maal tarief",
    ),
    woord(
        &["TR384"],
        &["toewijzingnummer"],
        "noem de toewijzing die wel geldt; is die er niet, crediteer dan deze regel en haal de rij hier weg",
    ),
    woord(
        &["TR314"],
        &["referentienummer"],
        "is dit een dubbele regel, haal de rij dan weg; is het nummer verkeerd, vul dan het goede in",
    ),
    woord(
        &["TR389", "TR416"],
        PRESTATIE,
        "is dit een dubbele regel, crediteer hem dan en haal de rij hier weg; is er iets verkeerd ingevuld, verbeter dat dan",
    ),
];

fn van(code: &str) -> Option<&'static Woord> {
    WOORDEN.iter().find(|woord| woord.codes.contains(&code))
}

/// Every rule by its code: thousands of rows ask for a few of them.
static RULES: LazyLock<BTreeMap<&'static str, &'static Rule>> =
    LazyLock::new(|| checks::all_rules().into_iter().map(|rule| (rule.code, rule)).collect());

/// The line that says what is wrong.
pub(super) fn titel(code: &str) -> &'static str {
    RULES.get(code).map_or("", |rule| rule.title)
}

/// What the reader of the workbook can do.
pub(super) fn oplossing(code: &str, is_aanbieder: bool) -> &'static str {
    let own = van(code).map(|woord| woord.oplossing).filter(|_| is_aanbieder);
    own.or_else(|| RULES.get(code).map(|rule| rule.remedy)).unwrap_or_default()
}

/// Columns of which one is at fault, for a reject that names none.
pub(super) fn kolommen(reject: &Reject) -> &'static [&'static str] {
    van(&reject.code).map_or(&[], |woord| woord.kolommen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rejects::Severity;
    use crate::schema::DECLARATIES;

    #[test]
    fn every_rule_named_here_exists_and_so_do_its_columns() {
        for woord in WOORDEN {
            for code in woord.codes {
                let rule = checks::rule(code).unwrap_or_else(|| panic!("{code}"));
                assert_eq!(rule.severity, Severity::Fataal, "{code}");
            }
            for name in woord.kolommen {
                assert!(DECLARATIES.position(name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn an_aanbieder_is_spoken_to_and_not_about() {
        // What a row of an aanbieder can be rejected for.
        let bereiken = ["vakje", "regel", "regels onderling", "toewijzing", "herstelde regel"];
        let groepen = checks::lijst::groepen();
        let of_rows = groepen.iter().filter(|groep| bereiken.contains(&groep.bereik));
        let mut n = 0;
        for rule in of_rows.flat_map(|groep| &groep.rules) {
            if rule.severity == Severity::Fataal && rule.code != "MS269" {
                let text = oplossing(rule.code, true);
                for word in ["aanbieder", "regiobestand", "bronsysteem", "--", "leverancier"] {
                    assert!(!text.contains(word), "{}: {text}", rule.code);
                }
                n += 1;
            }
        }
        assert!(n > 30, "{n}");
    }

    #[test]
    fn a_rule_on_a_whole_row_says_which_cells_to_look_at() {
        let whole = ["TR137", "CS337", "CS100", "CD060", "CD087", "CS339", "TR346"];
        for code in whole {
            assert!(van(code).is_some_and(|woord| !woord.kolommen.is_empty()), "{code}");
        }
    }
}
