//! Rules that need one declaratie and nothing else.
//!
//! Rules of the message standard hold for messages only; an export gets the rules whose fields it has, and may
//! be older than the standard.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use crate::rejects::{Rule, Severity};
use crate::schema::{DECLARATIES, TOEWIJZINGEN};
use crate::typing::TypedTable;
use crate::typing::cells::date_of;
use crate::typing::rules::MS222;

const IJW: &str = "iJw 3.2";

/// Begin before end, and not declared before it happened.
pub(super) const TR137: Rule = Rule {
    code: "TR137",
    severity: Severity::Fataal,
    title: "einddatum ligt vóór de begindatum of ná de dagtekening",
    explanation: "De productperiode eindigt voordat zij begint, of loopt door na de dag waarop de declaratie is gemaakt.",
    remedy: "vraag de aanbieder om de juiste periode",
    source: IJW,
};
/// One calendar month.
pub(super) const CS337: Rule = Rule {
    code: "CS337",
    severity: Severity::Fataal,
    title: "productperiode valt niet binnen één kalendermaand",
    explanation: "In een bericht hoort elke prestatie bij één kalendermaand (OP367).",
    remedy: "vraag de aanbieder de prestatie per maand te declareren",
    source: IJW,
};
/// Not before the standard existed.
pub(super) const CS100: Rule = Rule {
    code: "CS100",
    severity: Severity::Fataal,
    title: "periode ligt vóór 1 januari 2021",
    explanation: "Berichten van deze versie gaan over perioden vanaf 1 januari 2021.",
    remedy: "lever oudere declaraties aan als export",
    source: IJW,
};
/// A credit names its debit.
pub(super) const CD060: Rule = Rule {
    code: "CD060",
    severity: Severity::Fataal,
    title: "vorig referentienummer past niet bij debet of credit",
    explanation: "Een creditregel noemt het referentienummer van de regel die hij terugdraait; een debetregel noemt er geen.",
    remedy: "vraag de aanbieder het bericht opnieuw te maken",
    source: IJW,
};
/// A tariff, except where the amount is the volume.
pub(super) const CD087: Rule = Rule {
    code: "CD087",
    severity: Severity::Fataal,
    title: "tarief ontbreekt, of staat bij eenheid 83",
    explanation: "Bij elke eenheid hoort een tarief, behalve bij 83 (euro's): daar is het volume zelf het bedrag.",
    remedy: "vraag de aanbieder het bericht opnieuw te maken",
    source: IJW,
};
/// Unit 83: amount is volume.
pub(super) const CS339: Rule = Rule {
    code: "CS339",
    severity: Severity::Fataal,
    title: "bedrag is niet gelijk aan het volume bij eenheid 83",
    explanation: "Bij eenheid 83 (euro's) is het geleverde volume het bedrag in eurocenten.",
    remedy: "vraag de aanbieder om het juiste bedrag",
    source: IJW,
};
/// Amount is volume times tariff.
pub(super) const TR346: Rule = Rule {
    code: "TR346",
    severity: Severity::Fataal,
    title: "bedrag is niet volume maal tarief",
    explanation: "Het bedrag hoort gelijk te zijn aan volume maal tarief. Bij minuten is het tarief een afgerond uurtarief; \
        dan mag het verschil een halve cent per minuut zijn (IV081).",
    remedy: "vraag de aanbieder welk van de drie niet klopt",
    source: IJW,
};
/// Volume and amount belong together.
pub(super) const MS004: Rule = Rule {
    code: "MS004",
    severity: Severity::Waarschuwing,
    title: "volume nul met een bedrag, of een bedrag nul met volume",
    explanation: "Zorg zonder bedrag of een bedrag zonder zorg telt mee, maar vertekent de prijs per eenheid.",
    remedy: "vraag de aanbieder wat er geleverd is",
    source: "maatstaf",
};
/// A whole hour is the least.
pub(super) const MS005: Rule = Rule {
    code: "MS005",
    severity: Severity::Waarschuwing,
    title: "minder dan één uur gedeclareerd in uren",
    explanation: "In een bericht worden uren per maand afgerond op hele uren, met één uur als minimum (IV079).",
    remedy: "vraag de aanbieder in minuten te declareren of af te ronden",
    source: "maatstaf (IV079)",
};
/// Amount nought is a debit.
pub(super) const CS325: Rule = Rule {
    code: "CS325",
    severity: Severity::Waarschuwing,
    title: "bedrag nul is als credit gemerkt",
    explanation: "Een bedrag van nul hoort debet te zijn.",
    remedy: "niets; de regel telt mee",
    source: IJW,
};
/// Not declared ahead.
pub(super) const TR319: Rule = Rule {
    code: "TR319",
    severity: Severity::Waarschuwing,
    title: "productperiode ligt na de declaratieperiode",
    explanation: "Een declaratie gaat over de eigen maand of een eerdere, niet over een latere (OP280).",
    remedy: "vraag de aanbieder of de maand klopt",
    source: IJW,
};
/// Not older than five years.
pub(super) const TR335: Rule = Rule {
    code: "TR335",
    severity: Severity::Waarschuwing,
    title: "productperiode ligt meer dan vijf jaar vóór de dagtekening",
    explanation: "Declareren kan tot vijf jaar na de zorg.",
    remedy: "vraag de aanbieder of het jaar klopt",
    source: IJW,
};
/// A toewijzing ends after it begins.
pub(super) const CS003: Rule = Rule {
    code: "CS003",
    severity: Severity::Waarschuwing,
    title: "einddatum van de toewijzing ligt vóór de ingangsdatum",
    explanation: "De toewijzing heeft geen geldige dag.",
    remedy: "verbeter de toewijzing in het bronsysteem",
    source: IJW,
};

/// First day of care that a message of this version may be about (CS100).
const FIRST_DAY: i32 = 18_628;
/// Years after which care may no longer be declared (TR335).
const YEARS_TO_DECLARE: i32 = 5;

/// One declaratie as the rules see it.
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own about the line")]
struct Regel<'a> {
    begin: i32,
    eind: i32,
    volume_milli: i64,
    tarief_ct: Option<i64>,
    bedrag_ct: i64,
    eenheid: &'a str,
    is_credit: bool,
    has_vorig: bool,
    /// The tariff was finer than a cent (MS222).
    is_tarief_rounded: bool,
    dagtekening: Option<i32>,
    declaratieperiode_begin: Option<i32>,
    is_message: bool,
}

/// A rule on one declaratie: `None` when it holds, else found and expected in words.
struct RegelCheck {
    rule: &'static Rule,
    only_messages: bool,
    breaks: fn(&Regel<'_>) -> Option<(String, String)>,
}

const CHECKS: &[RegelCheck] = &[
    RegelCheck {
        rule: &TR137,
        only_messages: false,
        breaks: |r| {
            let found = || format!("{} tot en met {}", day(r.begin), day(r.eind));
            let late = r.dagtekening.filter(|d| r.eind > *d);
            match late {
                _ if r.eind < r.begin => Some((found(), String::new())),
                Some(d) => Some((found(), format!("uiterlijk {}", day(d)))),
                None => None,
            }
        },
    },
    RegelCheck {
        rule: &CS337,
        only_messages: true,
        breaks: |r| {
            let month = |d: i32| date_of(d).map(|d| (d.year(), d.month()));
            (month(r.begin) != month(r.eind))
                .then(|| (format!("{} tot en met {}", day(r.begin), day(r.eind)), String::new()))
        },
    },
    RegelCheck {
        rule: &CS100,
        only_messages: true,
        breaks: |r| (r.begin < FIRST_DAY).then(|| (day(r.begin), "vanaf 2021-01-01".to_owned())),
    },
    RegelCheck {
        rule: &CD060,
        only_messages: true,
        breaks: |r| (r.is_credit != r.has_vorig).then(|| (String::new(), String::new())),
    },
    RegelCheck {
        rule: &CD087,
        only_messages: true,
        breaks: |r| {
            ((r.eenheid == "83") == r.tarief_ct.is_some()).then(|| (String::new(), String::new()))
        },
    },
    RegelCheck {
        rule: &CS339,
        only_messages: true,
        breaks: |r| {
            (r.eenheid == "83" && r.bedrag_ct * 1000 != r.volume_milli)
                .then(|| (euros(r.bedrag_ct), euros(r.volume_milli / 1000)))
        },
    },
    RegelCheck { rule: &TR346, only_messages: false, breaks: volume_times_tarief },
    RegelCheck {
        rule: &MS004,
        only_messages: false,
        breaks: |r| {
            ((r.volume_milli == 0) != (r.bedrag_ct == 0))
                .then(|| (euros(r.bedrag_ct), String::new()))
        },
    },
    RegelCheck {
        rule: &MS005,
        only_messages: true,
        breaks: |r| {
            (r.eenheid == "04" && r.volume_milli.abs() < 1000)
                .then(|| (String::new(), String::new()))
        },
    },
    RegelCheck {
        rule: &CS325,
        only_messages: true,
        breaks: |r| (r.is_credit && r.bedrag_ct == 0).then(|| (String::new(), String::new())),
    },
    RegelCheck {
        rule: &TR319,
        only_messages: false,
        breaks: |r| {
            let month = |d: i32| date_of(d).map(|d| (d.year(), d.month()));
            r.declaratieperiode_begin
                .filter(|d| month(r.begin) > month(*d))
                .map(|d| (day(r.begin), format!("uiterlijk de maand van {}", day(d))))
        },
    },
    RegelCheck {
        rule: &TR335,
        only_messages: false,
        breaks: |r| {
            let limit =
                r.dagtekening.and_then(date_of).and_then(|d| years_before(d, YEARS_TO_DECLARE));
            let limit = limit.map(crate::typing::cells::day_number);
            limit
                .filter(|limit| r.eind < *limit)
                .map(|limit| (day(r.eind), format!("vanaf {}", day(limit))))
        },
    },
];

fn years_before(date: NaiveDate, years: i32) -> Option<NaiveDate> {
    // 29 February falls back to the 28th.
    date.with_year(date.year() - years)
        .or_else(|| NaiveDate::from_ymd_opt(date.year() - years, 2, 28))
}

/// The tolerance is the rounding that could have happened: of the amount to a cent, of an hourly tariff to a
/// tariff per minute (IV081), of a tariff finer than a cent (MS222), of a volume that an export writes with at most
/// three decimals.
fn volume_times_tarief(r: &Regel<'_>) -> Option<(String, String)> {
    let tarief_ct = r.tarief_ct.filter(|_| r.eenheid != "83")?;
    // Typing bounds each number, but not their product.
    let expected_milli_ct = i128::from(r.volume_milli) * i128::from(tarief_ct);
    let found_milli_ct = i128::from(r.bedrag_ct) * 1000;
    let is_rounded = r.eenheid == "01" || r.is_tarief_rounded;
    let per_unit = if is_rounded { i128::from(r.volume_milli.abs()) / 2 } else { 0 };
    let is_whole = r.volume_milli % 1000 == 0;
    let rounding = if is_whole && !is_rounded { 0 } else { 500 };
    let differs = (found_milli_ct - expected_milli_ct).abs() > per_unit + rounding;
    let expected_ct = i64::try_from((expected_milli_ct + 500).div_euclid(1000)).unwrap_or(i64::MAX);
    differs.then(|| (euros(r.bedrag_ct), euros(expected_ct)))
}

/// A day as `2025-07-31`; empty when there is no such day.
pub(super) fn day(day_number: i32) -> String {
    date_of(day_number).map(|date| date.to_string()).unwrap_or_default()
}

fn euros(ct: i64) -> String {
    crate::dutch::euro_ct(ct)
}

/// Tests every rule of this file on a block.
pub(super) fn check(typed: &mut TypedTable<'_>) {
    if typed.raw.table.name == DECLARATIES.name {
        check_declaraties(typed);
    } else if typed.raw.table.name == TOEWIJZINGEN.name && !typed.raw.is_message {
        check_toewijzingen(typed);
    }
}

fn check_declaraties(typed: &mut TypedTable<'_>) {
    let mut hits = Vec::new();
    let rounded = typed.rows_hit_by(&MS222);
    if let Some(kolommen) = Kolommen::of(typed) {
        for row in (0..typed.n_rows()).filter(|row| !typed.is_fatal(*row)) {
            let Some(regel) = kolommen.regel(row, typed.is_of_message(row)) else { continue };
            let regel = Regel { is_tarief_rounded: rounded.contains(&row), ..regel };
            for check in CHECKS.iter().filter(|check| !check.only_messages || regel.is_message) {
                if let Some((found, expected)) = (check.breaks)(&regel) {
                    hits.push((row, check.rule, found, expected));
                    if check.rule.severity == Severity::Fataal {
                        break;
                    }
                }
            }
        }
    }
    for (row, rule, found, expected) in hits {
        typed.fault_row(row, rule, found, expected);
    }
}

type Texts<'t> = &'t [Option<Cow<'t, str>>];

/// The columns the rules look at, found once per block. Optional ones are empty when the file lacks them.
struct Kolommen<'t> {
    begin: &'t [Option<i32>],
    eind: &'t [Option<i32>],
    volume_milli: &'t [Option<i64>],
    tarief_ct: &'t [Option<i64>],
    bedrag_ct: &'t [Option<i64>],
    eenheid: Texts<'t>,
    debet_credit: Texts<'t>,
    vorig: Texts<'t>,
    dagtekening: &'t [Option<i32>],
    declaratieperiode_begin: &'t [Option<i32>],
}

impl<'t> Kolommen<'t> {
    fn of(typed: &'t TypedTable<'_>) -> Option<Self> {
        Some(Self {
            begin: typed.dates("periode_begin")?,
            eind: typed.dates("periode_eind")?,
            volume_milli: typed.ints("volume_milli")?,
            tarief_ct: typed.ints("tarief_ct").unwrap_or_default(),
            bedrag_ct: typed.ints("bedrag_ct")?,
            eenheid: typed.texts("eenheid")?,
            debet_credit: typed.texts("debet_credit")?,
            vorig: typed.texts("vorig_referentienummer").unwrap_or_default(),
            dagtekening: typed.dates("dagtekening").unwrap_or_default(),
            declaratieperiode_begin: typed.dates("declaratieperiode_begin").unwrap_or_default(),
        })
    }

    fn regel(&self, row: usize, is_message: bool) -> Option<Regel<'t>> {
        Some(Regel {
            begin: self.begin[row]?,
            eind: self.eind[row]?,
            volume_milli: self.volume_milli[row]?,
            tarief_ct: self.tarief_ct.get(row).copied().flatten(),
            bedrag_ct: self.bedrag_ct[row]?,
            eenheid: self.eenheid[row].as_deref()?,
            is_credit: self.debet_credit[row].as_deref() == Some("C"),
            has_vorig: self.vorig.get(row).is_some_and(Option::is_some),
            is_tarief_rounded: false,
            dagtekening: self.dagtekening.get(row).copied().flatten(),
            declaratieperiode_begin: self.declaratieperiode_begin.get(row).copied().flatten(),
            is_message,
        })
    }
}

fn check_toewijzingen(typed: &mut TypedTable<'_>) {
    let rows = 0..typed.n_rows();
    let date = |name: &str, row: usize| typed.dates(name).and_then(|values| values[row]);
    let broken: Vec<(usize, i32, i32)> = rows
        .filter_map(|row| Some((row, date("ingangsdatum", row)?, date("einddatum", row)?)))
        .filter(|(_, begin, eind)| eind < begin)
        .collect();
    for (row, begin, eind) in broken {
        typed.fault_row(row, &CS003, day(eind), format!("vanaf {}", day(begin)));
    }
}

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[
    &TR137, &CS337, &CS100, &CD060, &CD087, &CS339, &TR346, &MS004, &MS005, &CS325, &TR319, &TR335,
    &CS003,
];

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Regel<'static> = Regel {
        begin: 20_270,
        eind: 20_298,
        volume_milli: 4000,
        tarief_ct: Some(1250),
        bedrag_ct: 5000,
        eenheid: "04",
        is_credit: false,
        has_vorig: false,
        is_tarief_rounded: false,
        dagtekening: Some(20_310),
        declaratieperiode_begin: None,
        is_message: true,
    };

    #[track_caller]
    fn breaks(regel: &Regel<'_>, expect: &[&str]) {
        let codes: Vec<&str> =
            CHECKS.iter().filter(|c| (c.breaks)(regel).is_some()).map(|c| c.rule.code).collect();
        assert_eq!(codes, expect);
    }

    #[test]
    fn a_good_line_breaks_nothing() {
        breaks(&GOOD, &[]);
    }

    #[test]
    fn each_rule_is_provoked_by_one_change() {
        breaks(&Regel { eind: 20_269, dagtekening: None, ..GOOD }, &["TR137", "CS337"]);
        breaks(&Regel { dagtekening: Some(20_290), ..GOOD }, &["TR137"]);
        breaks(&Regel { eind: 20_305, ..GOOD }, &["CS337"]);
        breaks(
            &Regel { begin: FIRST_DAY - 1, eind: FIRST_DAY - 1, dagtekening: None, ..GOOD },
            &["CS100"],
        );
        breaks(&Regel { is_credit: true, ..GOOD }, &["CD060"]);
        breaks(&Regel { has_vorig: true, ..GOOD }, &["CD060"]);
        breaks(&Regel { tarief_ct: None, ..GOOD }, &["CD087"]);
        breaks(&Regel { eenheid: "83", ..GOOD }, &["CD087", "CS339"]);
        breaks(&Regel { eenheid: "83", tarief_ct: None, volume_milli: 5_000_000, ..GOOD }, &[]);
        breaks(&Regel { bedrag_ct: 5001, ..GOOD }, &["TR346"]);
        breaks(&Regel { volume_milli: 0, ..GOOD }, &["TR346", "MS004", "MS005"]);
        breaks(&Regel { volume_milli: 500, bedrag_ct: 625, ..GOOD }, &["MS005"]);
        let zero =
            Regel { is_credit: true, has_vorig: true, tarief_ct: Some(0), bedrag_ct: 0, ..GOOD };
        breaks(&zero, &["MS004", "CS325"]);
        breaks(&Regel { declaratieperiode_begin: Some(20_200), ..GOOD }, &["TR319"]);
        breaks(
            &Regel { begin: 18_700, eind: 18_708, dagtekening: Some(20_600), ..GOOD },
            &["TR335"],
        );
    }

    #[test]
    fn minutes_may_differ_by_the_rounding_of_the_tariff_only() {
        // 90 minutes at 96,25 an hour: 144,375 euro; the tariff in the message is 1,60.
        let minutes = Regel {
            eenheid: "01",
            volume_milli: 90_000,
            tarief_ct: Some(160),
            bedrag_ct: 14_438,
            ..GOOD
        };
        breaks(&minutes, &[]);
        breaks(&Regel { bedrag_ct: 14_400 + 46, ..minutes }, &["TR346"]);
        // An export writes 1,5 hours: half a cent of rounding and no more.
        breaks(&Regel { volume_milli: 1500, tarief_ct: Some(1251), bedrag_ct: 1877, ..GOOD }, &[]);
        breaks(
            &Regel { volume_milli: 1500, tarief_ct: Some(1251), bedrag_ct: 1878, ..GOOD },
            &["TR346"],
        );
    }

    #[test]
    fn a_tariff_finer_than_a_cent_may_differ_by_half_a_cent_per_unit() {
        // 4 hours at 12,505: 50,02; the tariff is kept as 12,51.
        let fine =
            Regel { tarief_ct: Some(1251), bedrag_ct: 5002, is_tarief_rounded: true, ..GOOD };
        breaks(&fine, &[]);
        breaks(&Regel { bedrag_ct: 5001, ..fine }, &["TR346"]);
        breaks(&Regel { is_tarief_rounded: false, ..fine }, &["TR346"]);
    }

    #[test]
    fn a_credit_obeys_the_same_arithmetic() {
        let credit = Regel {
            is_credit: true,
            has_vorig: true,
            volume_milli: -4000,
            bedrag_ct: -5000,
            ..GOOD
        };
        breaks(&credit, &[]);
    }
}
