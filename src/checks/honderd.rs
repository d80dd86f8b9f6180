//! Euros where cents should be, or the other way: seen over a whole file.

use crate::checks::regel::TR346;
use crate::dutch::euro_ct;
use crate::rejects::{Reject, Rule, Severity};
use crate::schema::DECLARATIES;
use crate::typing::TypedTable;

/// Amounts that are a hundred times too large or too small.
pub(super) const MS006: Rule = Rule {
    code: "MS006",
    severity: Severity::Waarschuwing,
    title: "bedragen lijken euro's in plaats van centen, of andersom",
    explanation: "In bijna het hele bestand is het bedrag ongeveer honderd keer volume maal tarief, of een honderdste daarvan. Dan staat de ene \
        kolom in euro's en de andere in centen.",
    remedy: "maak de export opnieuw met bedrag en tarief allebei in euro's",
    source: "maatstaf",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&MS006];

/// How lines of one file differ from volume times tariff.
#[derive(Debug, Clone, Default)]
pub struct Honderd {
    /// Lines with an amount, a volume and a tariff.
    n: u64,
    /// Of these, the amount is some hundred times as large.
    times: u64,
    /// Of these, it is some hundredth.
    part: u64,
    /// Amount and volume times tariff of the first that differs so, in cents.
    example: Option<(i64, i64)>,
}

/// Nine lines in ten: other faults may stand between them.
const SHARE_PERCENT: u64 = 90;

impl Honderd {
    /// Adds the lines of a block. In messages the unit is fixed, so that these say nothing.
    pub fn add(&mut self, typed: &TypedTable<'_>) {
        if typed.raw.table.name != DECLARATIES.name || typed.raw.is_message {
            return;
        }
        let of = |name| typed.ints(name);
        let (Some(bedrag), Some(volume), Some(tarief)) =
            (of("bedrag_ct"), of("volume_milli"), of("tarief_ct"))
        else {
            return;
        };
        let has_hits = typed.rejects.iter().any(|reject| reject.code == TR346.code);
        for ((bedrag, volume), tarief) in bedrag.iter().zip(volume).zip(tarief) {
            let (Some(bedrag), Some(volume), Some(tarief)) = (bedrag, volume, tarief) else {
                continue;
            };
            self.n += 1;
            if has_hits {
                self.compare(*bedrag, i128::from(*volume) * i128::from(*tarief));
            }
        }
    }

    fn compare(&mut self, bedrag_ct: i64, expected_milli_ct: i128) {
        let found = i128::from(bedrag_ct) * 1000;
        let is_near = |a: i128, b: i128| b != 0 && (a - b).abs() * 100 <= b.abs();
        let (is_times, is_part) =
            (is_near(found, expected_milli_ct * 100), is_near(found * 100, expected_milli_ct));
        self.times += u64::from(is_times);
        self.part += u64::from(is_part);
        if is_times || is_part {
            let expected_ct = i64::try_from(expected_milli_ct / 1000).unwrap_or(i64::MAX);
            self.example.get_or_insert((bedrag_ct, expected_ct));
        }
    }

    /// Adds what a later block holds.
    pub fn merge(&mut self, later: &Self) {
        self.n += later.n;
        self.times += later.times;
        self.part += later.part;
        self.example = self.example.or(later.example);
    }

    /// The warning about a file, when nearly all its lines differ so.
    pub fn judge(&self, path: &str) -> Option<Reject> {
        let is_most = |n: u64| n > 0 && n * 100 >= self.n * SHARE_PERCENT;
        let (bedrag_ct, expected_ct) = self.example?;
        (is_most(self.times) || is_most(self.part)).then(|| Reject {
            table: DECLARATIES.name.to_owned(),
            found: format!("bedrag {}", euro_ct(bedrag_ct)),
            expected: format!("volume maal tarief is {}", euro_ct(expected_ct)),
            ..Reject::new(&MS006, path, 0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(lines: &[(i64, i64)]) -> Option<(String, String)> {
        let mut sum = Honderd::default();
        for (bedrag_ct, expected_ct) in lines {
            let mut one = Honderd { n: 1, ..Honderd::default() };
            one.compare(*bedrag_ct, i128::from(*expected_ct) * 1000);
            sum.merge(&one);
        }
        sum.judge("a.csv").map(|reject| (reject.found, reject.expected))
    }

    #[test]
    fn a_file_is_judged_by_nearly_all_its_lines_and_never_by_a_few() {
        let euros = judged(&[(500_000, 5000), (125_000, 1250), (0, 0)]);
        assert_eq!(euros, None, "two of three is not nearly all");
        let euros = judged(&[(500_000, 5000), (125_010, 1250)]).unwrap();
        assert_eq!(euros, ("bedrag € 5.000,00".into(), "volume maal tarief is € 50,00".into()));
        assert!(
            judged(&[(50, 5000), (-12, -1250), (-13, -1250)]).is_none(),
            "12 and 13 are 4% off"
        );
        assert!(judged(&[(50, 5000), (-100, -10_000)]).is_some());
        assert_eq!(judged(&[(5000, 5000), (500_000, 5000)]), None);
        assert_eq!(judged(&[]), None);
    }
}
