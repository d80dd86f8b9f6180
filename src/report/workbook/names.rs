//! Names of sheets: Dutch, readable, unique, and such as Excel accepts.
//!
//! Enters: ids of tables. Leaves: names of at most 31 characters. Does not know what is on a sheet.

use std::collections::BTreeSet;

/// Longest name of a sheet.
const LONGEST: usize = 31;

/// What an id has to write without its accents.
const ACCENTS: [(&str, &str); 2] = [("lient", "liënt"), ("oordin", "oördin")];

/// Names that were given, in lower case: to Excel capitals make no difference.
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Nothing given yet but the names of fixed sheets.
    pub(super) fn new(fixed: &[&str]) -> Self {
        Self(fixed.iter().map(|name| name.to_lowercase()).collect())
    }

    /// A name for the sheet of a table.
    pub(super) fn of_table(&mut self, id: &str) -> String {
        self.give(&words(id))
    }

    /// A name for the sheet of a figure, so that one finds the charts.
    pub(super) fn of_figure(&mut self, stem: &str) -> String {
        self.give(&format!("Fig {}", words(stem).to_lowercase()))
    }

    fn give(&mut self, wanted: &str) -> String {
        let numbered = |n: usize| {
            let tail = if n == 1 { String::new() } else { format!(" {n}") };
            cut(wanted, LONGEST - tail.len()) + &tail
        };
        let name = (1..=usize::MAX).map(numbered).find(|name| self.0.insert(name.to_lowercase()));
        name.expect("numbers do not end")
    }
}

/// `m01_uren_in_plannen` as `M01 uren in plannen`.
fn words(id: &str) -> String {
    let parts: Vec<&str> = id.split(['_', '-']).filter(|part| !part.is_empty()).collect();
    let plain = crate::dutch::capital(&parts.join(" "));
    ACCENTS.iter().fold(plain, |text, (plain, accented)| text.replace(plain, accented))
}

/// The first characters, up to a whole word when there is one.
fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let first: String = text.chars().take(longest + 1).collect();
    let whole = first.rsplit_once(' ').map_or("", |(whole, _)| whole.trim_end());
    if whole.is_empty() { text.chars().take(longest).collect() } else { whole.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_readable_and_no_longer_than_excel_takes() {
        let mut names = Names::new(&["Inhoud"]);
        assert_eq!(names.of_table("m14_wie_coordineert"), "M14 wie coördineert");
        assert_eq!(
            names.of_figure("coordinatie_loting_kwartaal"),
            "Fig coördinatie loting kwartaal"
        );
        let long = "een_erg_lange_naam_die_zo_maar_niet_past_op_een_blad";
        let given = [names.of_table(long), names.of_table(long), names.of_table("inhoud")];
        assert_eq!(given[0], "Een erg lange naam die zo maar");
        assert_eq!(given[1], "Een erg lange naam die zo 2");
        assert_eq!(given[2], "Inhoud 2", "that of a fixed sheet is taken");
        let unbroken = names.of_table(&"x".repeat(60));
        assert_eq!(unbroken.chars().count(), LONGEST);
        for name in given.iter().chain([&unbroken]) {
            rust_xlsxwriter::utility::check_sheet_name(name).unwrap();
        }
    }
}
