//! The numbers that a reader finds in a Dutch text, each with its unit.
//!
//! Quarters, dates, codes and names are no numbers; they are taken out first and given apart.

use maatstaf::dutch::decimal;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Eenheid {
    Aantal,
    Euro,
    Procent,
    Per10000,
    Uur,
    /// So many times out of a thousand.
    Kans,
}

/// A number as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Getal {
    /// As written, without sign: `1.234,5`.
    pub(super) tekst: String,
    pub(super) eenheid: Eenheid,
    /// True for below zero, false for a plus; `None` without a sign.
    pub(super) onder_nul: Option<bool>,
}

/// A text taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Gelezen {
    pub(super) getallen: Vec<Getal>,
    /// `2025-K3`, as often as it stands there.
    pub(super) kwartalen: Vec<String>,
    /// `22 oktober 2025`.
    pub(super) dagen: Vec<String>,
}

/// A value that may be told, and the rule by which.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Feit {
    pub(super) eenheid: Eenheid,
    pub(super) waarde: f64,
    pub(super) regel: &'static str,
}

impl Feit {
    pub(super) fn new(eenheid: Eenheid, waarde: f64, regel: &'static str) -> Self {
        Self { eenheid, waarde, regel }
    }

    /// True when this is the number, rounded to the decimals it is written with.
    pub(super) fn is(&self, getal: &Getal) -> bool {
        let decimals = getal.tekst.split_once(',').map_or(0, |(_, behind)| behind.len());
        let decimals = u8::try_from(decimals).unwrap();
        let fits = self.eenheid == getal.eenheid
            // Of a range the unit stands behind the last number only, and a rate is told again without.
            || decimals > 0
                && getal.eenheid == Eenheid::Aantal
                && matches!(self.eenheid, Eenheid::Per10000 | Eenheid::Uur);
        let is_signed = matches!(self.eenheid, Eenheid::Euro | Eenheid::Procent | Eenheid::Aantal);
        let is_opposite = is_signed
            && getal
                .onder_nul
                .is_some_and(|under| self.waarde != 0.0 && under != (self.waarde < 0.0));
        // What is not all, or not none, is not rounded to it.
        let is_end = getal.eenheid == Eenheid::Procent
            && ["0", "0,0", "100", "100,0"].contains(&getal.tekst.as_str());
        let is_exact = (self.waarde - self.waarde.round()).abs() < 1e-9;
        fits && !is_opposite
            && (!is_end || is_exact)
            && decimal(self.waarde.abs(), decimals) == getal.tekst
    }
}

const WOORDEN: [(&str, &str); 11] = [
    ("twee", "2"),
    ("drie", "3"),
    ("vier", "4"),
    ("vijf", "5"),
    ("zes", "6"),
    ("zeven", "7"),
    ("acht", "8"),
    ("negen", "9"),
    ("tien", "10"),
    ("elf", "11"),
    ("twaalf", "12"),
];

const MAANDEN: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// Takes a text apart; `namen` are keys of the data, which may hold digits.
pub(super) fn lees(text: &str, namen: &[String]) -> Gelezen {
    let mut text = text.to_owned();
    let mut namen: Vec<&String> = namen.iter().filter(|naam| is_naam(naam)).collect();
    namen.sort_by_key(|naam| std::cmp::Reverse(naam.len()));
    for naam in namen {
        text = text.replace(naam.as_str(), " ¤ ");
    }
    let mut out = Gelezen::default();
    let mut rest = text.as_str();
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let used = if before.is_alphanumeric() {
            // Inside a word or a code.
            0
        } else if first.is_ascii_digit() {
            out.cijfers(rest, &text[..text.len() - rest.len()])
        } else {
            out.woord(rest)
        };
        let used = used.max(first.len_utf8());
        before = rest[..used].chars().next_back().unwrap_or(' ');
        rest = &rest[used..];
    }
    out
}

impl Gelezen {
    /// Reads what begins with a digit; gives how much of the text that was.
    fn cijfers(&mut self, rest: &str, before: &str) -> usize {
        if let Some(kwartaal) = rest.get(..7).filter(|text| is_kwartaal(text)) {
            self.kwartalen.push(kwartaal.to_owned());
            return 7;
        }
        if let Some(dag) = dag(rest) {
            self.dagen.push(dag.to_owned());
            return dag.len();
        }
        let tekst = getal(rest);
        let after = &rest[tekst.len()..];
        let is_code = after.starts_with(char::is_alphabetic);
        let is_unit = tekst == "10.000" && before.ends_with("per ");
        if is_code || is_unit || kans_na(before, tekst) {
            return tekst.len();
        }
        let is_euro = before.ends_with("€ ");
        let eenheid = if is_euro {
            Eenheid::Euro
        } else if kans_voor(before, after) {
            Eenheid::Kans
        } else {
            let of_tail = [
                ("%", Eenheid::Procent),
                (" procent", Eenheid::Procent),
                (" uur", Eenheid::Uur),
                (" per 10.000", Eenheid::Per10000),
            ];
            of_tail
                .into_iter()
                .find(|(tail, _)| after.starts_with(tail))
                .map_or(Eenheid::Aantal, |(_, eenheid)| eenheid)
        };
        let sign = if is_euro { before.trim_end_matches("€ ").trim_end() } else { before };
        let is_word = |text: &str| text.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let onder_nul = match sign.chars().next_back() {
            Some('+') => Some(false),
            Some('−') => Some(true),
            Some('-') if !is_word(&sign[..sign.len() - 1]) => Some(true),
            _ => None,
        };
        self.getallen.push(Getal { tekst: tekst.to_owned(), eenheid, onder_nul });
        tekst.len()
    }

    /// Reads a word; one of a number is that number.
    fn woord(&mut self, rest: &str) -> usize {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let found = WOORDEN.iter().find(|(word, _)| *word == &rest[..end]);
        self.getallen.extend(found.map(|(_, digits)| Getal {
            tekst: (*digits).to_owned(),
            eenheid: Eenheid::Aantal,
            onder_nul: None,
        }));
        end
    }
}

fn is_kwartaal(text: &str) -> bool {
    let digit = |at: usize| text.as_bytes()[at].is_ascii_digit();
    text.len() == 7 && (0..4).all(digit) && &text[4..6] == "-K" && digit(6)
}

/// `22 oktober 2025` or `22-10-2025` at the begin of a text.
fn dag(rest: &str) -> Option<&str> {
    let mut parts = rest.splitn(3, ' ');
    let (day, month) = (parts.next()?, parts.next()?);
    let year: String =
        parts.next().unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    if day.len() <= 2 && MAANDEN.contains(&month) && year.len() == 4 {
        return rest.get(..day.len() + month.len() + 6);
    }
    let short = rest.get(..10)?;
    let is_short = short
        .char_indices()
        .all(|(at, c)| if [2, 5].contains(&at) { c == '-' } else { c.is_ascii_digit() });
    is_short.then_some(short)
}

/// The digits at the begin of a text, with points between thousands and a decimal comma.
fn getal(rest: &str) -> &str {
    let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    while rest[end..].starts_with('.') && digits(end + 1) == 3 {
        end += 4;
    }
    if rest[end..].starts_with(',') {
        let behind = digits(end + 1);
        end += if behind > 0 { 1 + behind } else { 0 };
    }
    &rest[..end]
}

/// Before and after a number of times out of a thousand.
fn kans_voor(before: &str, after: &str) -> bool {
    (before.ends_with("ongeveer ") || before.ends_with("hooguit "))
        && after.starts_with(" op de 1.000 keer")
}

/// The thousand of such a number.
fn kans_na(before: &str, tekst: &str) -> bool {
    tekst == "1.000" && before.ends_with(" op de ")
}

/// The same number with another last digit.
pub(super) fn anders(getal: &Getal) -> Getal {
    let mut tekst = getal.tekst.clone();
    let last = tekst.pop().and_then(|digit| digit.to_digit(10)).unwrap();
    tekst.push(char::from_digit((last + 3) % 10, 10).unwrap());
    Getal { tekst, ..getal.clone() }
}

/// A name of a gemeente, an aanbieder or a product: not a bare number or a letter, which could be anything.
fn is_naam(key: &str) -> bool {
    key.chars().count() > 3 && key.contains(char::is_alphabetic) && key != "totaal"
}

#[test]
fn numbers_are_read_with_their_units() {
    use Eenheid::{Aantal, Euro, Kans, Per10000, Procent, Uur};
    let namen = ["54A10".to_owned(), "Huis O01-1".to_owned(), "12".to_owned()];
    let of = |text: &str| -> Vec<(String, Eenheid)> {
        lees(text, &namen).getallen.into_iter().map(|one| (one.tekst, one.eenheid)).collect()
    };
    let is = |text: &str, want: &[(&str, Eenheid)]| {
        let want: Vec<(String, Eenheid)> =
            want.iter().map(|(text, unit)| ((*text).to_owned(), *unit)).collect();
        assert_eq!(of(text), want, "{text}");
    };
    is(
        "In 2025-K3 was 12,8% van € 1.072.523 voor 45A04 en 54A10.",
        &[("12,8", Procent), ("1.072.523", Euro)],
    );
    is("398,8 per 10.000 jeugdigen, 12 in totaal", &[("398,8", Per10000), ("12", Aantal)]);
    is("zulke verschillen komen hooguit 1 op de 1.000 keer voor", &[("1", Kans)]);
    is("Huis O01-1 deed 140,3 tot 315,3 uur", &[("140,3", Aantal), ("315,3", Uur)]);
    is("1Gezin1Plan op 22 oktober 2025, alle drie", &[("3", Aantal)]);
    is("57 procent van de 1.234.567", &[("57", Procent), ("1.234.567", Aantal)]);
    let signs: Vec<Option<bool>> = lees("+141% − € 64 -12,5 + € 3 5 K2-3", &[])
        .getallen
        .into_iter()
        .map(|one| one.onder_nul)
        .collect();
    assert_eq!(signs, [Some(false), Some(true), Some(true), Some(false), None, None]);
    assert_eq!(lees("tot 2025-K3 en 3 mei 2025", &[]).dagen, ["3 mei 2025"]);
}

#[test]
fn a_fact_is_a_number_only_when_it_rounds_to_it_in_its_own_unit() {
    let told = |text: &str| lees(text, &[]).getallen.remove(0);
    let euro = Feit::new(Eenheid::Euro, -64_532.06, "cel");
    assert!(euro.is(&told("− € 64.532")) && euro.is(&told("€ 64.532,06")));
    assert!(
        !euro.is(&told("+ € 64.532")) && !euro.is(&told("64.532")) && !euro.is(&told("€ 64.533"))
    );
    let part = Feit::new(Eenheid::Procent, 99.7, "cel");
    assert!(part.is(&told("99,7%")) && !part.is(&told("100%")) && !part.is(&told("99,6%")));
    assert!(Feit::new(Eenheid::Procent, 100.0, "cel").is(&told("100%")));
    assert!(Feit::new(Eenheid::Per10000, 92.6, "cel").is(&told("92,6")));
    assert!(!Feit::new(Eenheid::Per10000, 92.6, "cel").is(&told("93")));
}
