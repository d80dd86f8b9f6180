//! The gemeenten of the Netherlands that come with the program, by name or code.
//!
//! Enters: the embedded `regions/jeugdigen.csv`, and what somebody wrote. Leaves: a [`Gemeente`], or what to write instead.
//! Does not know a region.

use crate::region::document::nearest;
use crate::region::embedded_text;
use crate::region::rules::Gemeente;
use crate::schema::normalise_heading;

/// Names that everybody uses and the list does not have.
const OOK: &[(&str, &str)] = &[("Den Haag", "0518"), ("Den Bosch", "0796")];

/// Every gemeente of the list, by code. The list is of 2021: one that came later is not in it.
pub fn gemeentelijst() -> Vec<Gemeente> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .comment(Some(b'#'))
        .from_reader(embedded_text("jeugdigen.csv").as_bytes());
    let rows = reader.records().map(|row| row.expect("a test reads every row of the file"));
    rows.map(|row| Gemeente { code: row[0].to_owned(), naam: row[1].to_owned() }).collect()
}

/// The gemeente that is meant by a name, a code, or `code=naam` for one that is not in the list.
///
/// # Errors
/// In Dutch: what was written, and the nearest name.
pub(super) fn zoek(geschreven: &str, lijst: &[Gemeente]) -> Result<Gemeente, String> {
    let geschreven = geschreven.trim();
    if let Some((code, naam)) = geschreven.split_once('=') {
        let (code, naam) = (code.trim().to_owned(), naam.trim().to_owned());
        if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) && !naam.is_empty() {
            return Ok(Gemeente { code, naam });
        }
        return Err(format!(
            "gemeente '{geschreven}': schrijf code=naam met vier cijfers, bijvoorbeeld 0355=Zeist"
        ));
    }
    let wanted = normalise_heading(geschreven);
    let ook = OOK.iter().find(|(naam, _)| normalise_heading(naam) == wanted);
    let code = ook.map_or(geschreven, |(_, code)| *code);
    let is_it = |one: &&Gemeente| one.code == code || normalise_heading(&one.naam) == wanted;
    if let Some(found) = lijst.iter().find(is_it) {
        return Ok(found.clone());
    }
    let begins: Vec<&str> = (lijst.iter().map(|one| one.naam.as_str()))
        .filter(|naam| wanted.len() > 2 && normalise_heading(naam).starts_with(&wanted))
        .collect();
    let namen: Vec<&str> = lijst.iter().map(|one| one.naam.as_str()).collect();
    let near = match (begins.as_slice(), nearest(geschreven, &namen)) {
        (&[one], _) | ([], Some(one)) => format!("bedoelde u '{one}'?"),
        ([], None) => "controleer de naam.".to_owned(),
        (several, _) => format!("bedoelde u '{}'?", several.join("' of '")),
    };
    Err(format!(
        "gemeente '{geschreven}' staat niet in de lijst van het CBS van 2021; {near} Een andere gemeente schrijft u als code=naam: 1992=Voorne aan Zee"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(written: &str) -> (String, String) {
        let one = zoek(written, &gemeentelijst()).unwrap();
        (one.code, one.naam)
    }

    #[track_caller]
    fn refused(written: &str) -> String {
        zoek(written, &gemeentelijst()).unwrap_err()
    }

    #[test]
    fn a_gemeente_is_found_by_name_code_or_both() {
        let pair = |code: &str, naam: &str| (code.to_owned(), naam.to_owned());
        assert_eq!(found(" zeist "), pair("0355", "Zeist"));
        assert_eq!(found("0355"), pair("0355", "Zeist"));
        assert_eq!(found("s gravenhage"), pair("0518", "'s-Gravenhage"));
        assert_eq!(found("Den Haag"), pair("0518", "'s-Gravenhage"));
        assert_eq!(found("1992 = Voorne aan Zee"), pair("1992", "Voorne aan Zee"));
        assert_eq!(gemeentelijst().len(), 338);
    }

    #[test]
    fn what_is_not_found_is_met_with_what_is_near() {
        assert!(refused("Ziest").contains("bedoelde u 'Zeist'?"));
        let bergen = refused("Bergen");
        assert!(bergen.contains("'Bergen (NH.)' of 'Bergen op Zoom' of 'Bergen (L.)'"), "{bergen}");
        assert!(refused("Kwaakdijk aan de Wetering").contains("controleer de naam"));
        assert!(refused("355=Zeist").contains("vier cijfers"));
    }
}
