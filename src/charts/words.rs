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

/// More names than this share an extreme in a number.
const MOST_NAMED: usize = 3;

/// A name with its value: `Zeist (27,0)`; `Zeist met 12 (368,1 per 10.000)` when the value has parentheses of its own.
pub(crate) fn named(name: &str, written: &str) -> String {
    if written.contains('(') {
        format!("{name} met {written}")
    } else {
        format!("{name} ({written})")
    }
}

/// Highest and lowest of values with their names, all that share it; nothing without values.
pub(crate) fn extremes(named: &[(f64, String)]) -> Option<String> {
    let highest = named.iter().map(|(value, _)| *value).reduce(f64::max)?;
    let lowest = named.iter().map(|(value, _)| *value).reduce(f64::min)?;
    let (_, first) = named.first()?;
    let all = |is_wanted: &dyn Fn(f64) -> bool| {
        listed(named.iter().filter(|(value, _)| is_wanted(*value)))
    };
    Some(if highest > lowest {
        format!(
            "Hoogste: {}; laagste: {}",
            all(&|value| value >= highest),
            all(&|value| value <= lowest)
        )
    } else if named.len() > 1 {
        format!("Alle getoonde waarden zijn gelijk; de eerste: {first}")
    } else {
        format!("De enige waarde: {first}")
    })
}

/// Names joined; of many the first, and how many others.
fn listed<'n>(named: impl Iterator<Item = &'n (f64, String)>) -> String {
    let names: Vec<&str> = named.map(|(_, name)| name.as_str()).collect();
    match names.as_slice() {
        [first, .., _] if names.len() > MOST_NAMED => {
            format!("{first} en {} andere", names.len() - 1)
        }
        few => dutch::list(few),
    }
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
            values.iter().zip("ABCDE".chars()).map(|(v, name)| (*v, name.to_string())).collect()
        };
        assert_eq!(extremes(&named(&[2.0, 3.0, 1.0])).unwrap(), "Hoogste: B; laagste: C");
        assert!(extremes(&named(&[2.0, 2.0])).unwrap().starts_with("Alle getoonde"));
        assert_eq!(extremes(&named(&[2.0])).unwrap(), "De enige waarde: A");
        assert_eq!(extremes(&named(&[2.0, 0.0, 0.0])).unwrap(), "Hoogste: A; laagste: B en C");
        let many = extremes(&named(&[2.0, 0.0, 0.0, 0.0, 0.0])).unwrap();
        assert_eq!(many, "Hoogste: A; laagste: B en 3 andere");
        assert_eq!(extremes(&[]), None);
        assert_eq!((hidden(0), hidden(1)), (None, Some("1 waarde is onderdrukt".to_owned())));
    }
}
