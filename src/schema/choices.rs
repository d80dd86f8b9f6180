//! Columns that hold one of a few words, with the other ways in which these are written.

use crate::schema::{Dtype, normalise_heading};

/// One word of such a column.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// As it is stored and shown.
    pub word: &'static str,
    /// Other spellings, compared like headings.
    pub also: &'static [&'static str],
}

/// The stored spelling of what somebody wrote; `None` when it is none of the words.
pub fn chosen(choices: &'static [Choice], written: &str) -> Option<&'static str> {
    let wanted = normalise_heading(written);
    let is_it = |text: &&str| normalise_heading(text) == wanted;
    let found =
        choices.iter().find(|choice| std::iter::once(&choice.word).chain(choice.also).any(&is_it));
    found.map(|choice| choice.word)
}

const fn choice(word: &'static str, also: &'static [&'static str]) -> Choice {
    Choice { word, also }
}

/// Kinds of help, as the decision form of ZOU names them.
pub(super) const HULPTYPE: Dtype = Dtype::Choice(&[
    choice("ambulant", &["ambulante hulp", "ambulante jeugdhulp"]),
    choice("pleegzorg", &[]),
    choice("gezinshuis", &["gezinshuizen"]),
    choice("ouder-kindhuis", &["ouder en kindhuis", "moeder kindhuis"]),
    choice("instelling", &["residentieel", "verblijf in een instelling"]),
]);
/// Voluntary, or imposed by a judge.
pub(super) const KADER: Dtype = Dtype::Choice(&[
    choice("vrijwillig", &["vrijwillig kader"]),
    choice("gedwongen", &["gedwongen kader"]),
]);
/// Measures of child protection and probation, and that there is none.
pub(super) const MAATREGEL: Dtype = Dtype::Choice(&[
    choice("geen", &["nee", "geen maatregel"]),
    choice("JB", &["jeugdbescherming", "ots", "ondertoezichtstelling", "vots", "voogdij"]),
    choice("JR", &["jeugdreclassering"]),
    choice("preventief", &["preventieve jb", "preventieve jeugdbescherming", "drang"]),
]);
/// Advice.
pub(super) const ADVIES: Dtype =
    Dtype::Choice(&[choice("positief", &["akkoord"]), choice("negatief", &["niet akkoord"])]);
/// Decision.
pub(super) const BESLUIT: Dtype = Dtype::Choice(&[
    choice("toegekend", &["toekenning", "toekennen", "verleend"]),
    choice("afgewezen", &["afwijzing", "afwijzen"]),
]);
/// The way of a request.
pub(super) const ROUTE: Dtype = Dtype::Choice(&[
    choice("KNOOPpunt", &["knooppunt jeugdhulp", "knooppunt verblijf"]),
    choice("regulier", &[]),
]);
/// Who coordinates.
pub(super) const UITVOERDER: Dtype = Dtype::Choice(&[
    choice("aanbieder", &["jeugdhulpaanbieder", "zorgaanbieder"]),
    choice("sociaal team", &["toegang", "lokaal team", "lokale toegang", "wijkteam", "cjg"]),
    choice("RCG", &[]),
    choice("GI", &["gecertificeerde instelling"]),
]);
/// How the registration of an aanbieder with the region ended.
pub(super) const INSCHRIJVING: Dtype = Dtype::Choice(&[
    choice("gegund", &["gecontracteerd"]),
    choice("niet gegund", &["afgewezen"]),
    choice("niet ingeschreven", &["geen inschrijving"]),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_in_every_spelling_and_no_other() {
        let Dtype::Choice(hulp) = HULPTYPE else { panic!("a list of words") };
        assert_eq!(chosen(hulp, " Ouder-Kindhuis"), Some("ouder-kindhuis"));
        assert_eq!(chosen(hulp, "OUDERKINDHUIS"), Some("ouder-kindhuis"));
        assert_eq!(chosen(hulp, "ambulante hulp"), Some("ambulant"));
        assert_eq!(chosen(hulp, "anders"), None);
    }
}
