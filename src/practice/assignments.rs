//! Toewijzingen: as JW301 for the aanbieders with messages, as an export for the others.
//!
//! Enters: the plan. Leaves: the bytes of the messages, and of `toewijzingen.csv`. A JW301 repeats what is still
//! valid, so that only the newest version of a toewijzing tells the truth.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::calendar::Day;
use super::form::Dialect;
use super::grants::{self, Grant};
use super::notation::push_euros;
use super::plan::{Case, Kind, Plan, toewijzingnummer};
use super::rng::Rng;
use super::world::GEMEENTEN;
use super::xml::{Space, Xml, header};

/// A JW301: the toewijzingen of one client at one aanbieder, first as decided, then perhaps as changed.
#[derive(Debug)]
pub(super) struct Assignment<'p> {
    pub(super) plan: &'p Plan,
    /// Serial number.
    pub(super) nummer: u64,
    /// Positions of the cases.
    pub(super) cases: &'p [u32],
}

impl Assignment<'_> {
    fn first(&self) -> &Case {
        self.plan.case(self.cases[0])
    }

    /// Whether a second, newer message follows.
    pub(super) fn changes(&self) -> bool {
        self.first().kind == Kind::Deleted
            || (Rng::of(&[self.plan.zaad, 10, self.nummer]).chance(15) && self.can_shrink())
    }

    fn can_shrink(&self) -> bool {
        let case = self.first();
        case.eind.is_some_and(|eind| eind.month() > case.ingang.month())
    }

    /// Names of the first and the newer message; which of the two sorts first says nothing about their age.
    pub(super) fn file_names(&self) -> [String; 2] {
        let agb = self.first().agb_code();
        let letters = if self.nummer.is_multiple_of(2) { ["a", "b"] } else { ["b", "a"] };
        letters.map(|letter| format!("JW301_{agb}_{:06}{letter}.xml", self.nummer))
    }

    /// The first message; when a newer one follows, the end date of its first toewijzing is still too early.
    pub(super) fn first_message(&self) -> Vec<u8> {
        self.message(1, |xml, position| {
            let case = self.plan.case(position);
            let mut eind = case.eind;
            if self.changes() && position == self.cases[0] && case.kind != Kind::Deleted {
                eind = Some(super::calendar::last_day(case.ingang.month()));
            }
            version(
                xml,
                position,
                &grants::grant(self.plan, position),
                &Version { decided: decided(case), time: "09:30:00", eind, reden: None },
            );
        })
    }

    /// The newer message: the first toewijzing changed or deleted, the others repeated as they were.
    pub(super) fn newer_message(&self) -> Vec<u8> {
        self.message(2, |xml, position| {
            let case = self.plan.case(position);
            let grant = grants::grant(self.plan, position);
            let old =
                Version { decided: decided(case), time: "09:30:00", eind: case.eind, reden: None };
            if position != self.cases[0] {
                return version(xml, position, &grant, &old);
            }
            // The same day, later in the day: only the time tells which one is newer.
            let new = if case.kind == Kind::Deleted {
                Version { time: "16:05:00", eind: Some(case.ingang), reden: Some("13"), ..old }
            } else {
                Version { time: "16:05:00", reden: Some("04"), ..old }
            };
            version(xml, position, &grant, &new);
        })
    }

    fn message(&self, turn: u64, each: impl Fn(&mut Xml, u32)) -> Vec<u8> {
        let case = self.first();
        let gemeente = GEMEENTEN[case.gemeente as usize].code;
        let sent = self.cases.iter().map(|position| decided(self.plan.case(*position))).max();
        let sent = sent.expect("an assignment has cases").iso();
        let identificatie = format!("OT{turn}{:07}", self.nummer);
        let mut xml = Xml::begin("jw301");
        xml.nest("Header", |xml| {
            header(xml, "436", (gemeente, case.agb_code()), (&identificatie, &sent));
        });
        xml.nest("Client", |xml| {
            person(xml, self.plan, case.client);
            xml.nest("ToegewezenProducten", |xml| {
                for position in self.cases {
                    xml.nest("ToegewezenProduct", |xml| each(xml, *position));
                }
            });
        });
        xml.end()
    }
}

/// The day a toewijzing was decided: a few days before it begins.
fn decided(case: &Case) -> Day {
    let (jaar, maand) = super::calendar::year_month(case.ingang.month() - 1);
    Day::new(jaar, maand, 24)
}

/// No more of a person than the schema demands, and all of it invented.
pub(super) fn person(xml: &mut Xml, plan: &Plan, client: u32) {
    let mut rng = Rng::of(&[plan.zaad, 11, u64::from(client)]);
    let born =
        Day::new(rng.month(2008, 2021), u32::try_from(rng.between(1, 12)).expect("a month"), 1);
    xml.leaf(Space::Bericht, "Bsn", plan.bsn(client));
    xml.nest("Geboortedatum", |xml| xml.leaf(Space::Basis, "Datum", born.iso()));
    xml.leaf(Space::Bericht, "Geslacht", 0);
    xml.nest("Naam", |xml| {
        xml.nest_basis("Geslachtsnaam", |xml| xml.leaf(Space::Basis, "Achternaam", "Oefenkind"));
        xml.leaf(Space::Basis, "NaamGebruik", 1);
    });
    xml.nest("Contactgegevens", |xml| {
        xml.nest("Contact", |xml| xml.leaf(Space::Bericht, "Soort", "01"));
    });
}

/// What differs between two versions of one toewijzing.
#[derive(Debug, Clone, Copy)]
struct Version {
    decided: Day,
    time: &'static str,
    eind: Option<Day>,
    reden: Option<&'static str>,
}

fn version(xml: &mut Xml, position: u32, grant: &Grant, version: &Version) {
    xml.leaf(Space::Bericht, "ToewijzingNummer", toewijzingnummer(position));
    xml.nest("Product", |xml| {
        xml.leaf(Space::Basis, "Categorie", grant.categorie);
        xml.leaf(Space::Basis, "Code", grant.code);
    });
    xml.leaf(Space::Bericht, "Toewijzingsdatum", version.decided.iso());
    xml.leaf(Space::Bericht, "Toewijzingstijd", version.time);
    xml.leaf(Space::Bericht, "Ingangsdatum", grant.ingang.iso());
    if let Some(eind) = version.eind {
        xml.leaf(Space::Bericht, "Einddatum", eind.iso());
    }
    if let Some(reden) = version.reden {
        xml.leaf(Space::Bericht, "RedenWijziging", reden);
    }
    if let Some((volume, eenheid, frequentie)) = grant.omvang {
        xml.nest("Omvang", |xml| {
            xml.leaf(Space::Basis, "Volume", volume);
            xml.leaf(Space::Basis, "Eenheid", eenheid);
            xml.leaf(Space::Basis, "Frequentie", frequentie);
        });
    }
}

/// Headings of the export of toewijzingen.
pub(super) const HEADINGS: [&str; 13] = [
    "Gemeente",
    "AGB-code",
    "Clientnummer",
    "Toewijzingnummer",
    "Categorie",
    "Productcode",
    "Toewijzingsdatum",
    "Ingangsdatum",
    "Einddatum",
    "Volume",
    "Eenheid",
    "Frequentie",
    "Budget",
];

/// Where a rule must speak: its code and the line of the file.
pub(super) type Places = Vec<(&'static str, u64)>;

/// The toewijzingen of the aanbieders that send exports, the newest version of each; gives the rows that are wrong.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write_export(plan: &Plan, mut out: impl Write) -> io::Result<Places> {
    write!(out, "\u{feff}{}\r\n", HEADINGS.join(";"))?;
    let mut places = Places::new();
    let mut row = String::new();
    let mut regel = 1;
    for (position, case) in (0..).zip(&plan.cases) {
        if !case.in_messages() {
            let whose = (toewijzingnummer(position), case.client, case.agb_code());
            push_row(&mut row, plan, whose, &grants::grant(plan, position), case);
            out.write_all(row.as_bytes())?;
            regel += 1;
        }
    }
    for loose in &plan.loose {
        let case = plan.case(loose.like);
        let whose = (loose.nummer, loose.client, loose.agb.unwrap_or(case.agb_code()));
        let mut grant = grants::grant(plan, loose.like);
        if loose.odd == Some("CS003") {
            grant.eind = Some(Day { jaar: grant.ingang.jaar - 1, dag: 1, ..grant.ingang });
        }
        push_row(&mut row, plan, whose, &grant, case);
        out.write_all(row.as_bytes())?;
        regel += 1;
        places.extend(loose.odd.map(|code| (code, regel)));
    }
    out.flush()?;
    Ok(places)
}

fn push_row(row: &mut String, plan: &Plan, whose: (u32, u32, &str), grant: &Grant, case: &Case) {
    let mut budget = String::new();
    if let Some(cents) = grant.budget_ct {
        push_euros(&mut budget, cents, Dialect::Puntkomma);
    }
    let omvang = match grant.omvang {
        Some((volume, eenheid, frequentie)) => format!("{volume};{eenheid};{frequentie}"),
        None => ";;".to_owned(),
    };
    row.clear();
    write!(
        row,
        "{};{};{};{};{};{};{};{};{};{omvang};{budget}\r\n",
        GEMEENTEN[case.gemeente as usize].code,
        whose.2,
        plan.bsn(whose.1),
        whose.0,
        grant.categorie,
        grant.code,
        decided(case).dutch(),
        grant.ingang.dutch(),
        grant.eind.map(Day::dutch).unwrap_or_default(),
    )
    .expect("writing to memory cannot fail");
}
