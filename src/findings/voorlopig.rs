//! Statements on a provisional quarter say so, whoever made them; and what was computed here, by address.
//!
//! Enters: all judgements. Leaves: the same, marked. Does not know what a statement is about beyond what it cites.

use std::collections::BTreeMap;

use crate::findings::evenredigheid;
use crate::findings::{Chapter, Judged};

/// Adds a warning to every statement that rests on a provisional figure.
pub(super) fn mark(judged: &mut Judged) {
    let Some(naijl) = &judged.naijl else { return };
    // These two are about the matter itself.
    let speaks_of_it = |chapter| matches!(chapter, Chapter::Naijl | Chapter::Verandering);
    // A count of a register with costs beside it for its weight only is not about those costs.
    let warning = |text: &str, cites: &[String]| {
        let of_it = if text.contains('€') { cites } else { &cites[..cites.len().min(1)] };
        let latest = naijl.kwartalen.last().filter(|one| one.is_voorlopig).map(|one| one.kwartaal);
        // The lottery has no cells of its own; it rests on the declarations up to the last quarter.
        let of_address = |address: &String| match address.as_str() {
            evenredigheid::VRAAG => latest,
            address => naijl.voorlopig_in(address),
        };
        let quarter = of_it.iter().filter_map(of_address).max();
        quarter.map(|kwartaal| format!(" Let op: {kwartaal} is voorlopig."))
    };
    for finding in judged.findings.iter_mut().filter(|f| !speaks_of_it(f.chapter)) {
        finding.text.extend(warning(&finding.text, &finding.cites));
    }
    for conclusion in judged.conclusions.iter_mut().filter(|c| !speaks_of_it(c.chapter)) {
        conclusion.text.extend(warning(&conclusion.text, &conclusion.cites));
    }
}

impl Judged {
    /// What was computed from figures, by `subject/of what/name`: completeness as a part of 1, euros in eurocents.
    pub fn derived(&self) -> BTreeMap<String, f64> {
        let mut out = BTreeMap::new();
        for one in self.naijl.iter().flat_map(|naijl| &naijl.kwartalen) {
            let mut put = |name: &str, value: f64| {
                out.insert(format!("naijl/{}/{name}", one.kwartaal), value);
            };
            put("voorlopig", f64::from(u8::from(one.is_voorlopig)));
            if let Ok(expected) = &one.verwachting {
                put("nog_te_komen_ct", expected.nog_te_komen_ct as f64);
                put("volledigheid", expected.volledigheid);
                if let Some((low, high)) = expected.bereik_ct {
                    put("bereik_laag_ct", low as f64);
                    put("bereik_hoog_ct", high as f64);
                }
            }
        }
        for one in &self.veranderingen.alle {
            for (name, ct) in one.delen() {
                out.insert(format!("verandering/{}_{}/{name}_ct", one.van, one.naar), ct as f64);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{Conclusion, Naijl, NaijlKwartaal};

    fn naijl() -> Naijl {
        let quarter = |text: &str, is_voorlopig| NaijlKwartaal {
            kwartaal: text.parse().unwrap(),
            bekend_ct: 100,
            zonder_dagtekening_ct: 0,
            verwachting: Err("te jong".to_owned()),
            is_voorlopig,
        };
        Naijl {
            stand: chrono::NaiveDate::from_ymd_opt(2025, 10, 8).unwrap(),
            maanden: Vec::new(),
            volledigheid: Vec::new(),
            kwartalen: vec![quarter("2025-K2", false), quarter("2025-K3", true)],
            op_declaraties: ["kosten_totaal".to_owned()].into(),
            cites: Vec::new(),
        }
    }

    #[test]
    fn a_figure_is_provisional_by_its_quarter_and_its_source() {
        let k3 = "2025-K3".parse().ok();
        let naijl = naijl();
        let of = |address: &str| naijl.voorlopig_in(address);
        assert_eq!(of("kosten_totaal/9001/2025-K3/bedrag_ct"), k3);
        assert_eq!(of("kosten_totaal/totaal/2023-K4_2025-K3/bedrag_ct"), k3);
        assert_eq!(of("kosten_totaal/9001/2025-K2/bedrag_ct"), None);
        assert_eq!(of("maatwerk_nieuw/9001/2025-K3/aantal"), None, "a register does not wait");
        assert_eq!(of("aflopend"), None);
        assert_eq!(naijl.laatste_volledige(), "2025-K2".parse().ok());
    }

    #[test]
    fn a_statement_on_a_provisional_quarter_says_so_once() {
        let cites = |address: &str| vec![address.to_owned(), address.to_owned()];
        let said_of = |text: &str, cites: Vec<String>, chapter| {
            let conclusion = Conclusion { chapter, text: text.to_owned(), cites };
            let mut judged =
                Judged { naijl: Some(naijl()), conclusions: vec![conclusion], ..Judged::default() };
            mark(&mut judged);
            judged.conclusions.remove(0).text
        };
        let said = |cites, chapter| said_of("Het kostte € 3.", cites, chapter);
        let address = "kosten_totaal/totaal/2025-K3/bedrag_ct";
        let marked = "Het kostte € 3. Let op: 2025-K3 is voorlopig.";
        assert_eq!(said(cites(address), Chapter::Kosten), marked);
        assert_eq!(said(cites(address), Chapter::Naijl), "Het kostte € 3.");
        assert_eq!(
            said(cites("kosten_totaal/totaal/2025-K2/bedrag_ct"), Chapter::Kosten),
            "Het kostte € 3."
        );
    }

    #[test]
    fn a_count_of_a_register_is_not_provisional_by_the_costs_that_give_it_weight() {
        let register = "maatwerk_nieuw/9001/2025-K3/aantal".to_owned();
        let costs = "kosten_totaal/9001/2025-K3/bedrag_ct".to_owned();
        let said = |text: &str, cites: &[&String]| {
            let cites = cites.iter().map(|address| (*address).clone()).collect();
            let conclusion =
                Conclusion { chapter: Chapter::Maatwerk, text: text.to_owned(), cites };
            let mut judged =
                Judged { naijl: Some(naijl()), conclusions: vec![conclusion], ..Judged::default() };
            mark(&mut judged);
            judged.conclusions.remove(0).text.contains("voorlopig")
        };
        assert!(!said("12 nieuwe.", &[&register, &costs]));
        assert!(said("12 nieuwe, € 5.", &[&register, &costs]));
        assert!(said("12 uur.", &[&costs]));
    }
}
