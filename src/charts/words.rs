//! Dutch sentences that the descriptions of several charts share.
//!
//! Enters: values with their names. Leaves: sentences, without a full stop until they are joined. Does not know charts.

use crate::charts::bars::HIDDEN;
use crate::charts::canvas::clean;
use crate::dutch;

/// Texts joined as sentences, each with one full stop, also when it ends in a name such as `Het Anker B.V.`
pub(crate) fn sentences<T: AsRef<str>>(parts: &[T]) -> String {
    let ended = |part: &T| {
        let text = clean(part.as_ref());
        if text.is_empty() || text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
    };
    let parts: Vec<String> = parts.iter().map(ended).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// A number of marks with its word: `1 rij`, `7 rijen`.
pub(crate) fn counted(n: usize, singular: &str, plural: &str) -> String {
    dutch::counted(i64::try_from(n).expect("a chart has few marks"), singular, plural)
}

/// Highest and lowest of values with their names; nothing without values.
pub(crate) fn extremes(named: &[(f64, String)]) -> Option<String> {
    let highest = named.iter().reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    let lowest = named.iter().reduce(|a, b| if b.0 < a.0 { b } else { a })?;
    Some(if highest.0 > lowest.0 {
        format!("Hoogste: {}; laagste: {}", highest.1, lowest.1)
    } else if named.len() > 1 {
        format!("Alle getoonde waarden zijn gelijk; de eerste: {}", highest.1)
    } else {
        format!("De enige waarde: {}", highest.1)
    })
}

/// How many values are hidden; nothing when none is.
pub(crate) fn hidden(n: usize) -> Option<String> {
    let is = if n == 1 { "is" } else { "zijn" };
    (n > 0).then(|| format!("{} {is} {HIDDEN}", counted(n, "waarde", "waarden")))
}

/// `, in euro`, `, per 10.000 jeugdigen`, or nothing without a unit.
pub(crate) fn in_unit(unit: &str) -> String {
    if unit.is_empty() {
        String::new()
    } else if unit.starts_with("per ") {
        format!(", {unit}")
    } else {
        format!(", in {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_not_in_but_per_its_unit() {
        assert_eq!(in_unit("euro"), ", in euro");
        assert_eq!(in_unit("per 10.000 jeugdigen"), ", per 10.000 jeugdigen");
        assert_eq!(in_unit(""), "");
    }

    #[test]
    fn a_name_with_a_full_stop_ends_its_sentence() {
        assert_eq!(
            sentences(&["Hoogste: Anker B.V.", "Een stip", ""]),
            "Hoogste: Anker B.V. Een stip."
        );
    }

    #[test]
    fn extremes_are_named_once_when_they_are_the_same() {
        let named = |values: &[f64]| -> Vec<(f64, String)> {
            values.iter().zip("ABC".chars()).map(|(v, name)| (*v, name.to_string())).collect()
        };
        assert_eq!(extremes(&named(&[2.0, 3.0, 1.0])).unwrap(), "Hoogste: B; laagste: C");
        assert!(extremes(&named(&[2.0, 2.0])).unwrap().starts_with("Alle getoonde"));
        assert_eq!(extremes(&named(&[2.0])).unwrap(), "De enige waarde: A");
        assert_eq!(extremes(&[]), None);
        assert_eq!((hidden(0), hidden(1)), (None, Some("1 waarde is onderdrukt".to_owned())));
    }
}
