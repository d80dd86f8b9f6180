//! `maatstaf regio`: the regions there are, and the check of a region file.

use std::fmt::Write as _;

use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::dutch::{count, date_long, list, n_of};
use crate::region::{Instelling, Region};

/// Room for the name of a part.
const INDENT: usize = 18;

pub(crate) fn run(args: &args::Regio) -> Result<Outcome, Fault> {
    let text = match (args.actie.as_deref(), args.bestand.as_deref()) {
        (None, _) => all()?,
        (Some("controleer" | "check"), Some(name)) => return checked(name),
        (Some("controleer" | "check"), None) => {
            let text =
                "geen BESTAND gegeven; schrijf bijvoorbeeld maatstaf regio controleer eigen.toml";
            return Err(Fault::usage(text.to_owned()));
        }
        (Some(other), _) => {
            let remedy = if other.to_lowercase().starts_with("contr") {
                "bedoelde u 'controleer'?".to_owned()
            } else {
                format!("schrijf maatstaf regio controleer {other}")
            };
            return Err(Fault::usage(format!("onbekende actie '{other}'; {remedy}")));
        }
    };
    Ok(Outcome { text, notes: String::new(), exit: Exit::Done })
}

/// Every region that is built in.
fn all() -> Result<String, Fault> {
    let mut out = String::from("Ingebouwde regio's\n");
    for name in Region::names() {
        let region = Region::load(&name, None).or_exit(Exit::Internal)?;
        let n = count(n_of(region.gemeenten.len()));
        line(&mut out, &name, &format!("{}, {n} gemeenten", region.naam));
    }
    out.push_str("Een eigen regiobestand kan ook: --regio pad/naam.toml\n");
    out.push_str("Verder: maatstaf regio controleer NAAM of BESTAND\n");
    Ok(out)
}

/// One region file: what it sets, or all that is wrong with it.
fn checked(name: &str) -> Result<Outcome, Fault> {
    let (text, shown) = Region::text_of(name).or_exit(Exit::Usage)?;
    let mistakes = Region::mistakes(&text, &shown);
    if !mistakes.is_empty() {
        let lines: Vec<String> =
            mistakes.iter().map(|mistake| format!("FOUT  {mistake}\n")).collect();
        let n = lines.len();
        let verdict = if n == 1 { "1 fout".to_owned() } else { format!("{n} fouten") };
        let notes = format!(
            "{}FOUT  {verdict} in {shown}; verbeter ze en controleer opnieuw\n",
            lines.concat()
        );
        return Ok(Outcome { text: String::new(), notes, exit: Exit::Usage });
    }
    let region = Region::parse(&text, &shown).or_exit(Exit::Usage)?;
    Ok(Outcome { text: summary(&region, name), notes: String::new(), exit: Exit::Done })
}

/// What a region sets, in words.
fn summary(region: &Region, name: &str) -> String {
    let mut out = format!("{}: {}\n", region.path, region.naam);
    let gemeenten: Vec<String> =
        region.gemeenten.iter().map(|g| format!("{} {}", g.code, g.naam)).collect();
    line(&mut out, "gemeenten", &gemeenten.join(", "));
    let cbs = count(n_of(region.jeugdigen.len()));
    line(
        &mut out,
        "jeugdigen",
        &format!("ingebouwd voor {cbs} van deze gemeenten; een eigen tabel gaat voor"),
    );
    for (table, headings) in &region.aliases {
        let n = headings.len();
        let unit = if n == 1 { "eigen kop" } else { "eigen koppen" };
        line(&mut out, &format!("tabel {table}"), &format!("{n} {unit}"));
    }
    line(&mut out, "maatwerk", &maatwerk(region));
    line(&mut out, "zorgcoördinatie", &coordinatie(region));
    if !region.tarieven.is_empty() {
        let n = count(n_of(region.tarieven.len()));
        line(
            &mut out,
            "tarieven",
            &format!("{n} voor producten zonder regel in de productenlijst"),
        );
    }
    drempels(&mut out, region);
    afspraken(&mut out, region);
    for leverancier in &region.leveranciers {
        let stijl =
            leverancier.stijl.iter().map(|one| format!("{} {}", one.kolom, one.notatie.tekst()));
        let stijl: Vec<String> = stijl.collect();
        let text = format!(
            "{}, herkend aan {}: {}",
            leverancier.naam,
            leverancier.herkenning(),
            stijl.join(", ")
        );
        line(&mut out, "leverancier", &text);
    }
    writeln!(out, "OK     het regiobestand klopt\nVerder: maatstaf rapport BRON… --regio {name}")
        .expect("a String takes any text");
    out
}

fn maatwerk(region: &Region) -> String {
    let regels = &region.maatwerk;
    let mut by = Vec::new();
    if !regels.opzoektabel.is_empty() {
        by.push(format!("een opzoektabel ({} codes)", regels.opzoektabel.len()));
    }
    if let Some(teken) = &regels.teken {
        by.push(format!("een {} op plaats {} van de productcode", teken.teken, teken.positie));
    }
    if !regels.categorieen.is_empty() {
        by.push(format!("categorie {}", list(&regels.categorieen)));
    }
    if regels.register {
        by.push("het register van overeenkomsten".to_owned());
    }
    if by.is_empty() {
        "niet te herkennen".to_owned()
    } else {
        format!("herkend aan {}", list(&by))
    }
}

fn coordinatie(region: &Region) -> String {
    let regels = &region.coordinatie;
    let mut by = Vec::new();
    if !regels.codes.is_empty() {
        by.push(format!("productcode {}", list(&regels.codes)));
    }
    if regels.uit_producten {
        by.push("de productenlijst".to_owned());
    }
    match &regels.reden_niet {
        Some(reden) => format!("niet te bepalen: {reden}"),
        None => format!("herkend aan {}", list(&by)),
    }
}

fn drempels(out: &mut String, region: &Region) {
    let drempels = &region.drempels;
    let days: Vec<String> = drempels.signaal_dagen.waarde.iter().map(ToString::to_string).collect();
    for (name, value, grond) in [
        (
            "uitschieter",
            format!(
                "z vanaf {}, bij {} waarden of meer",
                drempels.uitschieter_z.waarde, drempels.uitschieter_min_n.waarde
            ),
            grond(&drempels.uitschieter_z),
        ),
        (
            "aflopend",
            format!("{} dagen voor het einde", list(&days)),
            grond(&drempels.signaal_dagen),
        ),
        (
            "afkeur",
            format!(
                "meer dan {}% van de euro's geeft code 4",
                drempels.afkeur_euro_aandeel.waarde * 100.0
            ),
            grond(&drempels.afkeur_euro_aandeel),
        ),
        (
            "voorlopig",
            format!(
                "kwartaal waarvan minder dan {}% is gedeclareerd",
                drempels.volledigheid_minimum.waarde * 100.0
            ),
            grond(&drempels.volledigheid_minimum),
        ),
    ] {
        line(out, name, &format!("{} ({grond})", value.replace('.', ",")));
    }
    let disclosure = &region.disclosure;
    let text = format!(
        "publiek {}; buiten intern verborgen onder {} kinderen",
        disclosure.publiek, disclosure.minimum
    );
    line(out, "kleine aantallen", &text);
}

/// The rules that are on, and the settings that only rules use.
fn afspraken(out: &mut String, region: &Region) {
    line(out, "regels", &regels(region));
    for (groep, codes) in &region.productgroepen {
        line(out, &format!("groep {groep}"), &list(codes));
    }
    if region.producten.landelijk == Some(true) {
        let n = region.producten.landelijke_codes.len();
        let known = if n == 0 {
            "er is geen lijst, dus alleen maatwerkcodes vallen op".to_owned()
        } else {
            format!("de lijst heeft {} codes", count(n_of(n)))
        };
        line(out, "productcodes", &format!("alleen landelijke; {known}"));
    }
    for (name, setting, unit) in grenzen(region) {
        if let Some(setting) = setting {
            line(out, name, &format!("{} {unit} ({})", setting.waarde, grond(setting)));
        }
    }
    let days =
        [("wijziging", region.coordinatie.wijziging), ("gesloten", region.toetreding_gesloten)];
    for (name, day) in days {
        if let Some(day) = day {
            line(out, name, &format!("vanaf {}", date_long(day)));
        }
    }
}

/// A name, a setting the region may have, and the unit behind its number.
type Grens<'r> = (&'static str, Option<&'r Instelling<i64>>, &'static str);

/// The limits that only rules use.
fn grenzen(region: &Region) -> [Grens<'_>; 16] {
    let (coordinatie, maatwerk) = (&region.coordinatie, &region.maatwerk);
    let (mandaat, afspraken) = (region.mandaat.as_ref(), &region.afspraken);
    [
        ("toeslag", coordinatie.toeslag_voorwaarden.as_ref(), "voorwaarden"),
        ("verhouding", coordinatie.verhouding_procent.as_ref(), "procent van de uren zorg"),
        ("aandeel uren", coordinatie.aandeel_uren_procent.as_ref(), "procent van alle uren"),
        ("coördinatie vanaf", coordinatie.zonder_coordinatie_aanbieders.as_ref(), "aanbieders"),
        ("exemplaar", maatwerk.exemplaar_dagen.as_ref(), "dagen tot ICM het heeft"),
        ("langjarig", maatwerk.lang_maanden.as_ref(), "maanden; langer is langjarig"),
        ("verlengingen", maatwerk.max_verlengingen.as_ref(), "keer, hooguit"),
        ("splitsen", mandaat.and_then(|one| one.splits_maanden.as_ref()), "maanden opgeteld"),
        ("wachttijd", region.treeknorm_dagen.as_ref(), "dagen"),
        ("indienen", afspraken.indientermijn_dagen.as_ref(), "dagen na de zorg"),
        ("betalen", afspraken.betaaltermijn_dagen.as_ref(), "dagen na indienen"),
        ("gezin", afspraken.gezin_aanbieders.as_ref(), "aanbieders of meer"),
        ("steekproef", afspraken.controle_regels.as_ref(), "regels per aanbieder"),
        ("stijging", afspraken.stijging_procent.as_ref(), "procent na de wijziging"),
        ("plafond", afspraken.plafond_marge_procent.as_ref(), "procent erboven"),
        ("rapportage", afspraken.rapportage_dagen.as_ref(), "dagen na het halfjaar"),
    ]
}

fn regels(region: &Region) -> String {
    let keuze = &region.regels;
    if keuze.bronnen.is_empty() && keuze.afwijkend.is_empty() {
        return "geen; zet in [regels] welke bronnen gelden".to_owned();
    }
    let bronnen: Vec<String> = keuze.bronnen.iter().map(char::to_string).collect();
    let mut out = format!("van bron {}", list(&bronnen));
    for (id, afwijking) in &keuze.afwijkend {
        write!(out, "; {id} {}", afwijking.stand).expect("a String takes any text");
    }
    out
}

/// What a threshold rests on.
fn grond<T>(instelling: &Instelling<T>) -> &str {
    &instelling.bron
}

fn line(out: &mut String, name: &str, text: &str) {
    out.push_str("  ");
    out.push_str(name);
    let gap = INDENT.saturating_sub(name.chars().count()).max(1);
    out.push_str(&" ".repeat(gap));
    out.push_str(text);
    out.push('\n');
}
