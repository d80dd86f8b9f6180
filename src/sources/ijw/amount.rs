//! Money in a message: whole eurocents with a `D` or `C` beside it.
//!
//! Enters: two texts. Leaves: signed cents, or nothing when they cannot be read. Does not judge the size
//! beyond what the standard's widest amount allows.

/// The widest amount of the standard has twelve digits (totals, RS040).
const MAX_DIGITS: usize = 12;

/// Signed cents: `C` is negative.
pub(super) fn signed_ct(amount: &str, debet_credit: &str) -> Option<i64> {
    if amount.is_empty()
        || amount.len() > MAX_DIGITS
        || !amount.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let cents: i64 = amount.parse().ok()?;
    match debet_credit {
        "D" => Some(cents),
        "C" => Some(-cents),
        _ => None,
    }
}

/// Cents as people read them: `€ 1.234,56`.
pub(super) fn euro(cents: i64) -> String {
    crate::dutch::euro_ct(cents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_is_negative_and_anything_but_digits_is_not_an_amount() {
        assert_eq!(signed_ct("5000", "D"), Some(5000));
        assert_eq!(signed_ct("5000", "C"), Some(-5000));
        assert_eq!(signed_ct("999999999999", "D"), Some(999_999_999_999));
        for (amount, dc) in
            [("", "D"), ("50,00", "D"), ("-5", "D"), ("5", "d"), ("1000000000000", "D")]
        {
            assert_eq!(signed_ct(amount, dc), None, "{amount} {dc}");
        }
    }

    #[test]
    fn euros_are_written_the_dutch_way() {
        assert_eq!(euro(79_000), "€ 790,00");
        assert_eq!(euro(-123_456_789), "− € 1.234.567,89");
        assert_eq!(euro(0), "€ 0,00");
        assert_eq!(euro(100_000), "€ 1.000,00");
    }
}
