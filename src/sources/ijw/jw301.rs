//! JW301 (toewijzing) → rows of `toewijzingen`, one per `ToegewezenProduct`.
//!
//! Enters: the walk over one message. Leaves: rows, and the rules that one toewijzing decides. A JW301 repeats
//! earlier ones: which version is the newest is decided over all messages together, not here.

use std::borrow::Cow;
use std::sync::Arc;

use crate::rejects::{Reject, Rule, excerpt};
use crate::schema;
use crate::sources::ijw::cells::{Cells, Slot};
use crate::sources::ijw::header;
use crate::sources::ijw::outline;
use crate::sources::ijw::rows::{Layout, Rows};
use crate::sources::ijw::rules::{CD041, CD075, CD076, CD077, CD078, CD079, CS335, CS336, CS338};
use crate::sources::ijw::walk::{Visitor, walk};
use crate::sources::ijw::{Message, Read, fault_reject, shown_date};
use crate::sources::raw::SourceFile;

const TABLE: &str = "toewijzingen";

/// `DatumGebruik`: day, month and year are all unknown.
const UNKNOWN_DATE: &str = "3";

pub(super) static LAYOUT: Layout = Layout {
    table: &schema::TOEWIJZINGEN,
    fields: &[
        ("Afzender", "gemeente", Slot::Afzender),
        ("Ontvanger", "agb", Slot::Ontvanger),
        ("Bsn", "client", Slot::Bsn),
        ("Geboortedatum/Datum", "geboortejaar", Slot::Geboortedatum),
        ("JuridischeStatus", "juridische_status", Slot::JuridischeStatus),
        ("ToewijzingNummer", "toewijzingnummer", Slot::Toewijzing),
        ("ReferentieAanbieder", "referentie_aanbieder", Slot::ReferentieAanbieder),
        ("Product/Categorie", "productcategorie", Slot::Categorie),
        ("Product/Code", "productcode", Slot::Code),
        ("Toewijzingsdatum", "toewijzingsdatum", Slot::Toewijzingsdatum),
        ("Toewijzingstijd", "toewijzingstijd", Slot::Toewijzingstijd),
        ("Ingangsdatum", "ingangsdatum", Slot::Ingangsdatum),
        ("Einddatum", "einddatum", Slot::Einddatum),
        ("RedenWijziging", "reden_wijziging", Slot::RedenWijziging),
        ("Omvang/Volume", "volume_milli", Slot::Volume),
        ("Omvang/Eenheid", "eenheid", Slot::Eenheid),
        ("Omvang/Frequentie", "frequentie", Slot::Frequentie),
        ("Budget", "budget_ct", Slot::Budget),
    ],
};

/// The elements a `ToegewezenProduct` may leave out.
const OPTIONAL: &[Slot] = &[
    Slot::ReferentieAanbieder,
    Slot::Categorie,
    Slot::Code,
    Slot::Einddatum,
    Slot::RedenWijziging,
    Slot::Volume,
    Slot::Eenheid,
    Slot::Frequentie,
    Slot::Budget,
];

/// Reads one JW301; `read` already holds what was noticed before.
pub(super) fn read(bytes: &[u8], message: Message, file: &Arc<SourceFile>, read: Read) -> Read {
    let rows = Rows::new(&LAYOUT, file);
    let mut visitor = Toewijzing { message, file, read, rows, refusal: None, line: 0 };
    let outcome = walk(bytes, message.name, &outline::JW301, &mut visitor);
    let Toewijzing { mut read, rows, refusal, .. } = visitor;
    match outcome {
        Err(fault) => read.refuse(fault_reject(fault, file, TABLE)),
        Ok(()) => match refusal {
            Some(reject) => read.refuse(reject),
            None => read.tables = rows.finish(),
        },
    }
    // A toewijzing has no amount: there are no euros to account for.
    for reject in &mut read.rejects {
        reject.bedrag_ct = None;
    }
    read
}

struct Toewijzing<'f> {
    message: Message,
    file: &'f SourceFile,
    read: Read,
    rows: Rows,
    refusal: Option<Reject>,
    /// Line of the group that was opened last.
    line: u64,
}

impl<'a> Visitor<'a> for Toewijzing<'_> {
    fn open(&mut self, group: Slot, line: u64, cells: &mut Cells<'a>) {
        self.line = line;
        if group == Slot::Product {
            cells.clear(OPTIONAL);
        }
    }

    fn close(&mut self, group: Slot, cells: &mut Cells<'a>) {
        match group {
            Slot::Header => {
                self.refusal =
                    header::take(self.message, cells, self.file, self.line, &mut self.read);
            }
            Slot::Product => {
                if cells.get(Slot::DatumGebruik) == UNKNOWN_DATE {
                    cells.set(Slot::Geboortedatum, Cow::Borrowed(""));
                }
                self.read.rows_read += 1;
                self.check(cells);
                self.rows.push(self.line, cells);
            }
            _ => {}
        }
    }
}

impl Toewijzing<'_> {
    fn warn(&mut self, rule: &'static Rule, column: &str, found: &str, expected: &str) {
        self.read.rejects.push(Reject {
            table: TABLE.to_owned(),
            column: column.to_owned(),
            found: found.to_owned(),
            expected: expected.to_owned(),
            ..Reject::new(rule, &self.file.path, self.line)
        });
    }

    fn check(&mut self, cells: &Cells<'_>) {
        self.check_size(cells);
        self.check_dates(cells);
        self.check_codes(cells);
    }

    /// What is granted: a product with a size, a product, or a budget.
    fn check_size(&mut self, cells: &Cells<'_>) {
        let (has_product, has_code) = (cells.has(Slot::Categorie), cells.has(Slot::Code));
        let (has_size, has_budget) = (cells.has(Slot::Volume), cells.has(Slot::Budget));
        if has_code && !has_size {
            self.warn(&CD041, "Omvang", "productcode zonder omvang", "een omvang");
        } else if has_size && !has_code && !has_budget {
            self.warn(&CD041, "Omvang", "omvang zonder productcode", "een productcode");
        }
        // One breach, two rules: with a code the size is right, without one the budget is.
        if has_size && has_budget && has_code {
            self.warn(&CD078, "Budget", "omvang en budget", "alleen een omvang");
        } else if has_size && has_budget {
            self.warn(&CD077, "Omvang", "omvang en budget", "alleen een budget");
        }
        if !has_product && !has_budget {
            self.warn(
                &CD079,
                "Product",
                "geen product en geen budget",
                "een product of een budget",
            );
        }
    }

    fn check_dates(&mut self, cells: &Cells<'_>) {
        let (begin, end) = (cells.get(Slot::Ingangsdatum), cells.get(Slot::Einddatum));
        if end.is_empty() {
            if cells.has(Slot::Budget) {
                self.warn(&CD075, "Einddatum", "", "een einddatum");
            }
            if cells.get(Slot::Frequentie) == "2" {
                self.warn(&CD076, "Einddatum", "", "een einddatum");
            }
        }
        if cells.get(Slot::RedenWijziging) == "13" && begin != end {
            self.warn(&CS335, "Einddatum", &shown_date(end), &shown_date(begin));
        }
    }

    fn check_codes(&mut self, cells: &Cells<'_>) {
        if cells.get(Slot::RedenWijziging) == "01" {
            self.warn(&CS336, "RedenWijziging", "01", "een andere reden");
        }
        let (unit, frequency) = (cells.get(Slot::Eenheid), cells.get(Slot::Frequentie));
        let is_coarse = matches!(unit, "14" | "16" | "83" | "84");
        if is_coarse && !matches!(frequency, "2" | "4" | "6") {
            let found = format!("frequentie {} bij eenheid {unit}", excerpt(frequency));
            self.warn(&CS338, "Frequentie", &found, "2, 4 of 6");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::sources::ijw::testing::{BSN_1, cell, codes, jw301, read_text, with};

    const PRODUCT: &str =
        "<m:Product><ijw:Categorie>45</ijw:Categorie><ijw:Code>45A03</ijw:Code></m:Product>";
    const CATEGORY: &str = "<m:Product><ijw:Categorie>45</ijw:Categorie></m:Product>";
    const END: &str = "<m:Einddatum>2025-12-31</m:Einddatum>";
    const BUDGET: &str = "<m:Budget>500000</m:Budget>";

    fn size(unit: &str, frequency: &str) -> String {
        format!(
            "<m:Omvang><ijw:Volume>2</ijw:Volume><ijw:Eenheid>{unit}</ijw:Eenheid>\
             <ijw:Frequentie>{frequency}</ijw:Frequentie></m:Omvang>"
        )
    }

    fn reason(code: &str) -> String {
        format!("<m:RedenWijziging>{code}</m:RedenWijziging>")
    }

    #[test]
    fn a_toewijzing_is_a_row_without_name_or_address() {
        let reference = "<m:ReferentieAanbieder>V1</m:ReferentieAanbieder>";
        let xml = jw301(
            &format!("{reference}{PRODUCT}"),
            &format!("{END}{}{}", reason("04"), size("04", "2")),
        );
        let read = read_text(&xml);
        assert_eq!((codes(&read), read.rows_read, read.read_ct), (vec![], 1, 0));
        let table = &read.tables[0];
        assert_eq!(table.line(0), 10);
        for (column, text) in [
            ("gemeente", "0384"),
            ("agb", "42420001"),
            ("client", BSN_1),
            ("geboortejaar", "2010-02-14"),
            ("juridische_status", "01"),
            ("toewijzingnummer", "300201"),
            ("referentie_aanbieder", "V1"),
            ("productcategorie", "45"),
            ("productcode", "45A03"),
            ("toewijzingsdatum", "2025-04-01"),
            ("toewijzingstijd", "12:34:56"),
            ("ingangsdatum", "2025-04-01"),
            ("einddatum", "2025-12-31"),
            ("reden_wijziging", "04"),
            ("volume_milli", "2"),
            ("eenheid", "04"),
            ("frequentie", "2"),
            ("budget_ct", ""),
        ] {
            assert_eq!(cell(table, 0, column), text, "{column}");
        }
        let all: Vec<u8> =
            (0..table.headings.len()).flat_map(|i| table.cell(0, i).to_vec()).collect();
        let all = String::from_utf8(all).unwrap();
        assert!(!all.contains("Proef") && !all.contains("Geheime"));
    }

    #[test]
    fn an_unknown_birth_date_gives_no_year() {
        let known = "<ijw:Datum>2010-02-14</ijw:Datum>";
        for (usage, text) in [("2", "2010-02-14"), ("3", "")] {
            let marked = format!("{known}<ijw:DatumGebruik>{usage}</ijw:DatumGebruik>");
            let read = read_text(&with(&jw301(CATEGORY, ""), known, &marked));
            assert_eq!(cell(&read.tables[0], 0, "geboortejaar"), text);
        }
    }

    #[test]
    fn every_variant_of_the_standard_passes() {
        for (product, rest) in [
            (PRODUCT, format!("{END}{}", size("04", "2"))),
            (PRODUCT, size("01", "1")),
            (PRODUCT, size("16", "6")),
            (CATEGORY, String::new()),
            (CATEGORY, format!("{END}{BUDGET}")),
            ("", format!("{END}{BUDGET}")),
            (
                PRODUCT,
                format!("<m:Einddatum>2025-04-01</m:Einddatum>{}{}", reason("13"), size("04", "4")),
            ),
        ] {
            assert_eq!(codes(&read_text(&jw301(product, &rest))), [""; 0], "{product} {rest}");
        }
    }

    #[test]
    fn each_breach_of_a_toewijzing_is_noticed_and_the_row_stays() {
        for (product, rest, code) in [
            (PRODUCT, String::new(), "CD041"),
            (CATEGORY, size("04", "4"), "CD041"),
            (CATEGORY, BUDGET.to_owned(), "CD075"),
            (PRODUCT, size("04", "2"), "CD076"),
            (CATEGORY, format!("{END}{}{BUDGET}", size("04", "4")), "CD077"),
            (PRODUCT, format!("{END}{}{BUDGET}", size("04", "4")), "CD078"),
            ("", END.to_owned(), "CD079"),
            (CATEGORY, format!("{END}{}", reason("13")), "CS335"),
            (CATEGORY, reason("13"), "CS335"),
            (CATEGORY, format!("{END}{}", reason("01")), "CS336"),
            (PRODUCT, size("14", "1"), "CS338"),
        ] {
            let read = read_text(&jw301(product, &rest));
            assert_eq!(
                (codes(&read), read.tables[0].n_rows()),
                (vec![code], 1),
                "{product} {rest}"
            );
            assert_eq!((read.rejects[0].line, read.rejects[0].bedrag_ct), (10, None));
        }
    }

    #[test]
    fn a_toewijzing_does_not_keep_what_the_one_before_it_had() {
        let full = jw301(PRODUCT, &format!("{END}{}{}", reason("04"), size("04", "2")));
        let begin = full.find("<m:ToegewezenProduct>").unwrap();
        let end = full.find("</m:ToegewezenProducten>").unwrap();
        let bare = jw301(CATEGORY, "");
        let bare = &bare[bare.find("<m:ToegewezenProduct>").unwrap()
            ..bare.find("</m:ToegewezenProducten>").unwrap()];
        let read =
            read_text(&format!("{}{}{bare}{}", &full[..begin], &full[begin..end], &full[end..]));
        assert_eq!((codes(&read), read.rows_read), (vec![], 2));
        for column in
            ["productcode", "einddatum", "reden_wijziging", "volume_milli", "eenheid", "frequentie"]
        {
            assert_eq!(cell(&read.tables[0], 1, column), "", "{column}");
        }
    }
}
