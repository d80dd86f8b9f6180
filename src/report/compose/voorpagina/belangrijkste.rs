//! Which findings stand on the first page.

use std::collections::BTreeSet;

use crate::findings::{self, Chapter};
use crate::inventaris::Klasse;
use crate::report::compose::{Input, finding};
use crate::report::document::{Finding, Front};

/// What the report is made for.
const QUESTIONS: [Chapter; 3] = [Chapter::Maatwerk, Chapter::Zorgcoordinatie, Chapter::Kosten];

/// The three questions of the report first, then the rule of the region with the largest interest, then what is left of
/// those questions, and then the rest.
pub(super) fn top(input: &Input<'_>) -> Vec<Finding> {
    // What changed is told by its own chapter: its largest part is mostly one of the other findings.
    let all = input.published.judged().findings.iter();
    let all = all.filter(|finding| finding.chapter != Chapter::Verandering);
    let (rules, own): (Vec<_>, Vec<_>) = all.partition(|finding| finding.toets.is_van_regel());
    let mut seen = BTreeSet::new();
    let (first, rest): (Vec<_>, Vec<_>) = own.into_iter().partition(|f| seen.insert(f.chapter));
    let is_question = |f: &&findings::Finding| QUESTIONS.contains(&f.chapter);
    let (questions, others): (Vec<_>, Vec<_>) = first.into_iter().partition(is_question);
    let mut seen = BTreeSet::new();
    let signalen = &input.published.judged().signalen;
    let is_norm = |finding: &&findings::Finding| {
        let of = signalen.iter().find(|signaal| signaal.cites.first() == finding.cites.first());
        of.is_some_and(|signaal| signaal.regel.klasse == Klasse::Norm)
    };
    let mut rules = rules.into_iter().filter(is_norm).filter(|f| seen.insert(f.chapter));
    let largest_rule = rules.next();
    let in_turn = questions.into_iter().chain(largest_rule).chain(rest).chain(others).chain(rules);
    let mut chosen: Vec<_> = in_turn.take(Front::MAX_FINDINGS).collect();
    chosen.sort_by(|a, b| b.belang_ct.cmp(&a.belang_ct).then_with(|| a.text.cmp(&b.text)));
    chosen.into_iter().map(|f| finding(f, Some(f.chapter.id().to_owned()))).collect()
}
