//! The small tables beside the declaraties: register, contracten, producten, aanbieders, gemeenten, maatregelen, plannen.
//!
//! Enters: the plan. Leaves: CSV files with semicolons, UTF-8 with BOM, CRLF, Dutch dates and amounts.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::agreements::register_nummer;
use super::calendar::{self, Day, FULL_MONTHS};
use super::exports::MESSAGES;
use super::form::Dialect;
use super::lines;
use super::notation::{push_euros, unit_word};
use super::plan::{Case, Kind, Plan};
use super::rng::Rng;
use super::world::{
    self, AANBIEDERS, COORDINATIE_MINUUT, COORDINATIE_UUR, GEMEENTEN, JB, JR, KIKKERPOEL,
    KLEIN_RHENOY, Lijst, PRODUCTEN, REGION,
};

/// A table: file name (the name in the schema with `.csv`), headings, and what writes its rows.
pub(super) struct Register {
    pub(super) file: &'static str,
    pub(super) headings: &'static [&'static str],
    rows: fn(&Plan) -> Box<dyn Iterator<Item = Vec<String>> + '_>,
}

/// The table of which the last two rows say different things.
pub(super) const GEMEENTEN_FILE: &str = "gemeenten.csv";
/// The table of which the last row is wrong.
pub(super) const PLANNEN: &str = "plannen.csv";

/// The tables, in the order in which they are written.
pub(super) const REGISTERS: [Register; 7] = [
    Register {
        file: "overeenkomsten.csv",
        headings: &[
            "Overeenkomstnummer",
            "Gemeente",
            "Clientnummer",
            "AGB-code",
            "IBAN",
            "Productcode",
            "Begindatum",
            "Einddatum",
            "Tarief",
            "Eenheid",
            "Volume",
            "Contractwaarde",
            "Ondertekenaar",
            "Getekend op",
            "Ontvangen ICM",
            "Registratiedatum",
            "Motivatie",
            "Reden",
            "Maatregel",
            "Verlenging van",
            "Mochadocs",
        ],
        rows: overeenkomsten,
    },
    Register {
        file: "contracten.csv",
        headings: &[
            "Contract",
            "AGB-code",
            "Productcode",
            "Segment",
            "Contractsoort",
            "Begindatum",
            "Einddatum",
        ],
        rows: contracten,
    },
    Register {
        file: "producten.csv",
        headings: &[
            "Productcode",
            "Omschrijving",
            "Categorie",
            "Segment",
            "Eenheid",
            "Tarief",
            "geldig_van",
            "geldig_tot",
            "is_coordinatie",
            "Basiscode",
        ],
        rows: producten,
    },
    Register {
        file: "aanbieders.csv",
        headings: &["AGB-code", "Naam aanbieder", "KvK nummer"],
        rows: aanbieders,
    },
    Register {
        file: GEMEENTEN_FILE,
        headings: &["Gemeentecode", "Gemeentenaam", "Jaar", "Jeugdigen 0-17"],
        rows: gemeenten,
    },
    Register {
        file: "maatregelen.csv",
        headings: &["Clientnummer", "Soort maatregel", "Begindatum", "Einddatum", "Uitvoerder"],
        rows: maatregelen,
    },
    Register {
        file: PLANNEN,
        headings: &[
            "Clientnummer",
            "Gemeente",
            "Coordinator AGB",
            "Plan aanwezig",
            "Regievoerder",
            "Uren coordinatie",
            "Begindatum",
            "Einddatum",
        ],
        rows: plannen,
    },
];

impl Register {
    /// Writes the table into a folder, and gives the line on which it ends.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn write(&self, plan: &Plan, folder: &Path) -> io::Result<u64> {
        let mut regel = 1;
        let mut out = BufWriter::new(File::create(folder.join(self.file))?);
        write!(out, "\u{feff}{}\r\n", self.headings.join(";"))?;
        for row in (self.rows)(plan) {
            debug_assert_eq!(row.len(), self.headings.len(), "{}", self.file);
            write!(out, "{}\r\n", row.join(";"))?;
            regel += 1;
        }
        out.flush()?;
        Ok(regel)
    }
}

type Rows<'p> = Box<dyn Iterator<Item = Vec<String>> + 'p>;

fn euros(cents: i64) -> String {
    let mut out = String::new();
    push_euros(&mut out, cents, Dialect::Puntkomma);
    out
}

fn day(day: Option<Day>) -> String {
    day.map(Day::dutch).unwrap_or_default()
}

fn overeenkomsten(plan: &Plan) -> Rows<'_> {
    Box::new((0..plan.overeenkomsten.len()).map(move |position| {
        let overeenkomst = &plan.overeenkomsten[position];
        let case = plan.case(overeenkomst.case);
        let product = world::product_at(case.product);
        let mut rng = Rng::of(&[plan.zaad, 12, position as u64]);
        let tarief = lines::tarief_ct(plan, case, case.ingang.month());
        let months = case.eind.map_or(12, |eind| i64::from(eind.month() - case.ingang.month() + 1));
        let volume = if product.eenheid == "14" { 30 * months } else { 10 * months };
        let functie = ["teammanager toegang", "afdelingsmanager"][rng.below(2)];
        let signed = case.ingang.plus(u64::try_from(rng.between(0, 20)).expect("not negative"));
        let received = signed.plus(u64::try_from(rng.between(1, 25)).expect("not negative"));
        let motivated = !rng.chance(15);
        vec![
            register_nummer(position),
            GEMEENTEN[case.gemeente as usize].naam.to_owned(),
            plan.bsn(case.client).to_string(),
            case.agb_code().to_owned(),
            iban(case.aanbieder),
            product.code.to_owned(),
            case.ingang.dutch(),
            day(case.eind),
            euros(tarief),
            unit_word(product.eenheid).to_owned(),
            volume.to_string(),
            euros(tarief * volume),
            functie.to_owned(),
            signed.dutch(),
            received.dutch(),
            received.plus(2).dutch(),
            if motivated { "vastgelegd in het dossier".to_owned() } else { String::new() },
            overeenkomst.reden.to_owned(),
            overeenkomst.maatregel.to_owned(),
            overeenkomst.vorige.map(register_nummer).unwrap_or_default(),
            format!("OEF-{:05}", 10_000 + position),
        ]
    }))
}

/// An account at a bank that does not exist, with check digits that are right.
pub(super) fn iban(aanbieder: u32) -> String {
    let account = format!("OEFN{:010}", 99_000_000 + aanbieder);
    let digits: String = format!("{account}NL00")
        .chars()
        .map(|c| c.to_digit(36).expect("letters and digits").to_string())
        .collect();
    let rest = digits.bytes().fold(0_u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("NL{:02}{account}", 98 - rest)
}

fn contracten(_: &Plan) -> Rows<'_> {
    Box::new((0_u32..).zip(&AANBIEDERS).filter(|(_, a)| !a.contract.is_empty()).flat_map(
        |(position, aanbieder)| {
            let coordination =
                if aanbieder.bron == MESSAGES { COORDINATIE_MINUUT } else { COORDINATIE_UUR };
            let mut offered: Vec<u32> =
                aanbieder.producten.iter().map(|(product, _)| *product).collect();
            offered.extend(aanbieder.coordinates().then_some(coordination));
            let eind = match aanbieder.contract {
                "afbouw" => "31-12-2025",
                _ if position == KIKKERPOEL => "15-11-2025",
                _ => "31-12-2026",
            };
            let pairs = (1..).zip(aanbieder.agb).flat_map(move |(nth, agb)| {
                offered.clone().into_iter().map(move |p| (nth, agb, p))
            });
            pairs.map(move |(nth, agb, product)| {
                let product = world::product_at(product);
                vec![
                    format!("C-{:02}{nth:02}", position + 1),
                    (*agb).to_owned(),
                    product.code.to_owned(),
                    product.segment.to_owned(),
                    aanbieder.contract.to_owned(),
                    "01-01-2023".to_owned(),
                    eind.to_owned(),
                ]
            })
        },
    ))
}

fn producten(_: &Plan) -> Rows<'_> {
    Box::new(PRODUCTEN.iter().filter(|product| product.lijst != Lijst::Buiten).flat_map(
        |product| {
            (2023..).zip(product.prijs).map(move |(jaar, prijs)| {
                vec![
                    product.code.to_owned(),
                    product.naam.to_owned(),
                    product.categorie().to_owned(),
                    product.segment.to_owned(),
                    unit_word(product.eenheid).to_owned(),
                    if product.lijst == Lijst::Tarief { euros(prijs) } else { String::new() },
                    format!("01-01-{jaar}"),
                    format!("31-12-{jaar}"),
                    if product.code == PRODUCTEN[COORDINATIE_UUR as usize].code {
                        "ja"
                    } else {
                        "nee"
                    }
                    .to_owned(),
                    String::new(),
                ]
            })
        },
    ))
}

fn aanbieders(_: &Plan) -> Rows<'_> {
    Box::new((1..).zip(&AANBIEDERS).flat_map(|(position, aanbieder)| {
        aanbieder.agb.iter().map(move |agb| {
            vec![(*agb).to_owned(), aanbieder.naam.to_owned(), format!("9900{position:04}")]
        })
    }))
}

/// Children per gemeente such that 12 percent of them were in care in 2024; without signals exactly by the weights
/// with which maatwerk is drawn, for else chance in the number in care would look like a difference.
fn gemeenten(plan: &Plan) -> Rows<'_> {
    let mut in_care = vec![false; plan.clients.len()];
    for case in &plan.cases {
        in_care[case.client as usize] |= case.first <= 14 && case.last >= 3;
    }
    let mut clients = [0_usize; REGION];
    for (client, gemeente) in plan.clients.iter().enumerate() {
        if in_care[client] && (*gemeente as usize) < REGION {
            clients[*gemeente as usize] += 1;
        }
    }
    let planned = (0..REGION).flat_map(move |gemeente| {
        let in_2024 = if plan.signalen {
            clients[gemeente] * 100 / 12
        } else {
            let per_weight = plan.clients.len() / 20;
            usize::try_from(GEMEENTEN[gemeente].gewicht).expect("a small weight") * per_weight
        };
        (2022..).zip([985, 992, 1000, 1006]).map(move |(jaar, permille): (i32, usize)| {
            vec![
                GEMEENTEN[gemeente].code.to_owned(),
                GEMEENTEN[gemeente].naam.to_owned(),
                jaar.to_string(),
                (in_2024 * permille / 1000).to_string(),
            ]
        })
    });
    // Two numbers for one gemeente in a year that no figure is about (MS269).
    let twice = [900, 950].map(|children: usize| {
        let place = &GEMEENTEN[KLEIN_RHENOY as usize];
        [place.code, place.naam, "2021"]
            .map(str::to_owned)
            .into_iter()
            .chain([children.to_string()])
            .collect()
    });
    Box::new(planned.chain(twice))
}

fn maatregelen(plan: &Plan) -> Rows<'_> {
    let row = |client: u32, soort: &str, case: &Case| {
        let uitvoerder = "GI De Vuurtoren".to_owned();
        vec![
            plan.bsn(client).to_string(),
            soort.to_owned(),
            case.ingang.dutch(),
            day(case.eind),
            uitvoerder,
        ]
    };
    let declared = plan.cases.iter().filter_map(move |case| match case.product {
        JB => Some(row(case.client, "JB", case)),
        JR => Some(row(case.client, "JR", case)),
        _ => None,
    });
    let agreed =
        plan.overeenkomsten.iter().filter(|o| !o.maatregel.is_empty()).map(move |overeenkomst| {
            let case = plan.case(overeenkomst.case);
            row(case.client, overeenkomst.maatregel, case)
        });
    let voluntary = plan
        .cases
        .iter()
        .filter(|case| case.kind == Kind::Coordination)
        .step_by(23)
        .map(move |case| row(case.client, "preventief", case));
    Box::new(declared.chain(agreed).chain(voluntary))
}

fn plannen(plan: &Plan) -> Rows<'_> {
    let planned = (0_u64..).zip(&plan.cases).filter(|(_, case)| case.kind == Kind::Coordination);
    let rows = planned.map(move |(position, case)| {
        let mut rng = Rng::of(&[plan.zaad, 13, position]);
        let regie = ["gezin", "aanbieder", "lokale toegang"][rng.weighted(&[6, 4, 1])];
        let eind = case.eind.filter(|eind| eind.month() < FULL_MONTHS);
        vec![
            plan.bsn(case.client).to_string(),
            GEMEENTEN[case.gemeente as usize].code.to_owned(),
            case.agb_code().to_owned(),
            if rng.chance(90) { "ja" } else { "nee" }.to_owned(),
            regie.to_owned(),
            rng.between(10, 52).to_string(),
            calendar::first_day(case.first).dutch(),
            day(eind),
        ]
    });
    Box::new(rows.chain(std::iter::once(unclear_plan(plan))))
}

/// A plan of which it is not clear whether it is there (MS221); the last row.
fn unclear_plan(plan: &Plan) -> Vec<String> {
    let texts = ["9901", "99000101", "misschien", "gezin", "12", "01-01-2024", ""];
    let mut row: Vec<String> = texts.map(str::to_owned).into();
    row.insert(0, plan.bsn(plan.odd_client).to_string());
    row
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::schema;

    fn targets(table: &str, headings: &[&str], unused: &[&str]) {
        let columns = schema::table(table).unwrap().columns;
        let mut seen = BTreeSet::new();
        for heading in headings.iter().filter(|heading| !unused.contains(heading)) {
            let wanted = schema::normalise_heading(heading);
            let hit = columns.iter().find(|column| {
                std::iter::once(&column.name)
                    .chain(column.aliases)
                    .any(|name| schema::normalise_heading(name) == wanted)
            });
            let column = hit.unwrap_or_else(|| panic!("{heading} is no heading of {table}"));
            assert!(
                seen.insert(column.name),
                "{heading} and another heading are both {}",
                column.name
            );
        }
        for column in columns.iter().filter(|column| column.need.is_heading_required()) {
            assert!(seen.contains(column.name), "{} is missing from {table}", column.name);
        }
    }

    #[test]
    fn every_heading_is_known_to_the_schema_and_no_required_column_is_missing() {
        for register in &REGISTERS {
            targets(register.file.trim_end_matches(".csv"), register.headings, &[]);
        }
        targets("toewijzingen", &super::super::assignments::HEADINGS, &[]);
        for form in super::super::MonthForm::ALL {
            if let super::super::MonthForm::Table(form) = form {
                let headings: Vec<&str> =
                    super::super::columns::columns(form).iter().map(|(_, h)| *h).collect();
                targets("declaraties", &headings, &["opmerking"]);
            }
        }
    }

    #[test]
    fn an_iban_passes_the_97_proof() {
        let text = iban(3);
        let turned = format!("{}{}", &text[4..], &text[..4]);
        let digits: String = turned.chars().map(|c| c.to_digit(36).unwrap().to_string()).collect();
        assert_eq!(digits.bytes().fold(0, |rest, d| (rest * 10 + u32::from(d - b'0')) % 97), 1);
    }
}
