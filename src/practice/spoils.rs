//! Messages that are wrong: each fault in a message of its own.
//!
//! Enters: a good message. Leaves: the same with one thing changed, and what must be found of it. The change never adds
//! or removes a line of the file.

use super::calendar::{self, Day};
use super::lines::{Fate, Line};

/// What is wrong with a message or its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spoil {
    Doctype,
    OtherEncoding,
    OtherElement,
    OtherCode,
    OtherVersion,
    OlderSubversion,
    ByteOrderMark,
    BrokenMonth,
    LongNumber,
    TarifWithComma,
    VolumeWithComma,
    NumberWithLetter,
    ImpossibleDay,
    TwoMonths,
    TooOld,
    DebitWithPrevious,
    NoTarif,
    EurosWithoutVolume,
    NothingInHours,
    NothingCredited,
    DeclaredAhead,
    CreditedTwice,
    ClientTwice,
    AnswerToUnknownLine,
    AnswerThatDoesNotAddUp,
    AnswerToUnknownMessage,
    AnswerWithOtherClient,
    AnswerWithOtherNumber,
    IdentificationTwice,
    NumberTwice,
}

/// What becomes of the lines of such a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// Nothing can be read with certainty.
    Lost,
    /// This fate, and these rules on each line.
    Fate(Fate, &'static [&'static str]),
}

impl Spoil {
    /// Every fault.
    pub(super) const ALL: [Self; 30] = [
        Self::Doctype,
        Self::OtherEncoding,
        Self::OtherElement,
        Self::OtherCode,
        Self::OtherVersion,
        Self::OlderSubversion,
        Self::ByteOrderMark,
        Self::BrokenMonth,
        Self::LongNumber,
        Self::TarifWithComma,
        Self::VolumeWithComma,
        Self::NumberWithLetter,
        Self::ImpossibleDay,
        Self::TwoMonths,
        Self::TooOld,
        Self::DebitWithPrevious,
        Self::NoTarif,
        Self::EurosWithoutVolume,
        Self::NothingInHours,
        Self::NothingCredited,
        Self::DeclaredAhead,
        Self::CreditedTwice,
        Self::ClientTwice,
        Self::AnswerToUnknownLine,
        Self::AnswerThatDoesNotAddUp,
        Self::AnswerToUnknownMessage,
        Self::AnswerWithOtherClient,
        Self::AnswerWithOtherNumber,
        Self::IdentificationTwice,
        Self::NumberTwice,
    ];

    /// Rule on the JW323 as a whole.
    pub(super) fn on_message(self) -> Option<&'static str> {
        Some(match self {
            Self::Doctype => "MS252",
            Self::OtherEncoding => "MS253",
            Self::OtherElement => "XSD",
            Self::OtherCode => "RS047",
            Self::OtherVersion => "CS025",
            Self::OlderSubversion => "CS015",
            Self::ByteOrderMark => "OP192",
            Self::BrokenMonth => "CS340",
            Self::IdentificationTwice => "TR056",
            Self::NumberTwice => "TR333",
            _ => return None,
        })
    }

    /// Rule on the JW325 as a whole.
    pub(super) fn on_answer(self) -> Option<&'static str> {
        Some(match self {
            Self::AnswerToUnknownLine => "TR366",
            Self::AnswerThatDoesNotAddUp => "TR342",
            Self::AnswerToUnknownMessage => "TR337",
            Self::AnswerWithOtherClient => "TR367",
            Self::AnswerWithOtherNumber => "TR376",
            _ => return None,
        })
    }

    /// Whether the rule tells how many euros the message is about.
    pub(super) fn tells_amount(self) -> bool {
        matches!(
            self,
            Self::OtherCode
                | Self::OtherVersion
                | Self::IdentificationTwice
                | Self::NumberTwice
                | Self::AnswerWithOtherClient
        )
    }

    /// What becomes of the lines.
    pub(super) fn lines(self) -> Lines {
        let rejected = |codes| Lines::Fate(Fate::RowRejected, codes);
        match self {
            Self::Doctype | Self::OtherEncoding | Self::OtherElement => Lines::Lost,
            Self::OtherCode | Self::OtherVersion => Lines::Fate(Fate::FileRejected, &[]),
            Self::OlderSubversion
            | Self::ByteOrderMark
            | Self::BrokenMonth
            | Self::AnswerToUnknownLine
            | Self::AnswerToUnknownMessage
            | Self::AnswerWithOtherNumber
            | Self::IdentificationTwice
            | Self::NumberTwice => Lines::Fate(Fate::Counted, &[]),
            Self::LongNumber => rejected(&["CS319"]),
            Self::TarifWithComma => rejected(&["RS001"]),
            Self::VolumeWithComma => rejected(&["RS005"]),
            Self::NumberWithLetter => rejected(&["RS006"]),
            Self::ImpossibleDay => rejected(&["RS032"]),
            Self::TwoMonths => rejected(&["CS337"]),
            Self::TooOld => rejected(&["CS100"]),
            Self::DebitWithPrevious => rejected(&["CD060"]),
            Self::NoTarif => rejected(&["CD087"]),
            Self::EurosWithoutVolume => rejected(&["CS339"]),
            Self::ClientTwice => rejected(&["TR101"]),
            Self::NothingInHours => Lines::Fate(Fate::Counted, &["MS005"]),
            Self::NothingCredited => Lines::Fate(Fate::LooseCredit, &["CS325", "MS005", "TR323"]),
            Self::DeclaredAhead => Lines::Fate(Fate::Counted, &["TR319"]),
            Self::CreditedTwice => Lines::Fate(Fate::LooseCredit, &["TR315", "TR323"]),
            Self::AnswerThatDoesNotAddUp | Self::AnswerWithOtherClient => {
                Lines::Fate(Fate::RefusedByGemeente, &["JW325"])
            }
        }
    }

    /// The line with what is wrong about it, as far as it is the line.
    pub(super) fn line(self, line: Line) -> Line {
        let (fate, codes) = match self.lines() {
            Lines::Fate(fate, codes) => (fate, codes),
            Lines::Lost => (Fate::FileRejected, &[][..]),
        };
        let line = Line { fate, codes, ..line };
        let refused = Some("9340");
        match self {
            Self::TwoMonths => {
                let before = calendar::first_day(line.month - 1);
                Line { begin: Day { dag: 28, ..before }, ..line }
            }
            Self::TooOld => {
                let then = |day: Day| Day { jaar: 2020, dag: day.dag.min(28), ..day };
                Line { begin: then(line.begin), eind: then(line.eind), ..line }
            }
            Self::NothingInHours => Line { volume_milli: 0, bedrag_ct: 0, ..line },
            Self::NothingCredited => {
                let vorige = Some(line.referentie.unknown());
                Line { volume_milli: 0, bedrag_ct: 0, vorige, ..line }
            }
            Self::CreditedTwice => Line { vorige: Some(line.referentie.unknown()), ..line },
            Self::AnswerToUnknownLine
            | Self::AnswerThatDoesNotAddUp
            | Self::AnswerWithOtherClient => Line { retourcode: refused, ..line },
            _ => line,
        }
    }

    /// Months by which the declaratieperiode is moved.
    pub(super) fn shift(self) -> i32 {
        if self == Self::DeclaredAhead { -1 } else { 0 }
    }

    /// The JW323 with its fault.
    pub(super) fn message(self, good: String) -> String {
        match self {
            Self::Doctype => good.replacen("?>\r\n", "?><!DOCTYPE Bericht>\r\n", 1),
            Self::OtherEncoding => good.replacen("UTF-8", "ISO-8859-1", 1),
            Self::OtherElement => good.replace("ProductCategorie>", "Categorie>"),
            Self::OtherCode => good.replacen(">490<", ">491<", 1),
            Self::OtherVersion => good.replacen("BerichtVersie>3<", "BerichtVersie>4<", 1),
            Self::OlderSubversion => good.replacen("Subversie>2<", "Subversie>1<", 1),
            Self::ByteOrderMark => format!("\u{feff}{good}"),
            // The first begin in a message is that of the declaratieperiode.
            Self::BrokenMonth => good.replacen("-01</ijw:Begindatum>", "-02</ijw:Begindatum>", 1),
            Self::LongNumber => good.replacen("DeclaratieNummer>DN", "DeclaratieNummer>DN-", 1),
            Self::TarifWithComma => good.replace("ProductTarief>1", "ProductTarief>1,"),
            Self::VolumeWithComma => {
                good.replace("<jw323:GeleverdVolume>", "<jw323:GeleverdVolume>0,")
            }
            Self::NumberWithLetter => {
                good.replace("<jw323:ToewijzingNummer>", "<jw323:ToewijzingNummer>T")
            }
            Self::ImpossibleDay => {
                let end = good.rfind("</ijw:Einddatum>").expect("a prestatie has an end");
                format!("{}32{}", &good[..end - 2], &good[end..])
            }
            Self::DebitWithPrevious => good.replace(
                "</ijw:ReferentieNummer>",
                "</ijw:ReferentieNummer><ijw:VorigReferentieNummer>R9</ijw:VorigReferentieNummer>",
            ),
            Self::NoTarif => without_tarif(&good),
            Self::EurosWithoutVolume => {
                without_tarif(&good).replace(">04</jw323:Eenheid>", ">83</jw323:Eenheid>")
            }
            Self::ClientTwice => client_twice(&good),
            // Those of the very first message, which is of the same aanbieder.
            Self::IdentificationTwice => with_number(good, "Identificatie>OR", FIRST_MESSAGE),
            Self::NumberTwice => with_number(good, "DeclaratieNummer>DN", FIRST_MESSAGE),
            _ => good,
        }
    }

    /// The JW325 with its fault.
    pub(super) fn answer(self, good: String) -> String {
        match self {
            Self::AnswerToUnknownLine => {
                good.replace("V0</ijw:ReferentieNummer>", "V9</ijw:ReferentieNummer>")
            }
            Self::AnswerThatDoesNotAddUp => {
                let at = good.rfind("<ijw:TotaalBedrag>").expect("an answer has two totals");
                let (before, rest) = good.split_at(at);
                format!("{before}{}", rest.replacen("TotaalBedrag>", "TotaalBedrag>1", 1))
            }
            Self::AnswerToUnknownMessage => good.replacen(">OR", ">OX", 1),
            Self::AnswerWithOtherClient => with_number(good, "<jw325:Bsn>", OTHER_BSN),
            Self::AnswerWithOtherNumber => {
                good.replacen("DeclaratieNummer>DN", "DeclaratieNummer>DX", 1)
            }
            _ => good,
        }
    }
}

/// Number of the first message of all.
const FIRST_MESSAGE: &str = "00000001";
/// A test number of no client in a message of its own.
const OTHER_BSN: &str = "999900006";

/// The text with another number behind the first `before`.
fn with_number(good: String, before: &str, number: &str) -> String {
    let begin = good.find(before).expect("every message has it") + before.len();
    format!("{}{number}{}", &good[..begin], &good[begin + number.len()..])
}

fn without_tarif(good: &str) -> String {
    let (open, close) = ("<jw323:ProductTarief>", "</jw323:ProductTarief>");
    let begin = good.find(open).expect("a prestatie has a tarief");
    let end = good.find(close).expect("an element ends") + close.len();
    format!("{}{}", &good[..begin], &good[end..])
}

/// Ends the client before its second prestatie and begins it again, all on the line where that prestatie begins.
fn client_twice(good: &str) -> String {
    let bsn = "<jw323:Bsn>";
    let begin = good.find(bsn).expect("a client has a number");
    let number = &good[begin..begin + good[begin..].find("\r\n").expect("a line ends")];
    let second = good.rfind("<jw323:Prestatie>").expect("there are two");
    format!(
        "{}</jw323:Prestaties></jw323:Client><jw323:Client>{number}<jw323:Prestaties>{}",
        &good[..second],
        &good[second..]
    )
}
