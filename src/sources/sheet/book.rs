//! The table of contents of an XLSX workbook: its sheets, its texts, how it shows numbers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::formats::{self, Shown};
use super::package::{Fault, MAX_PART, Package, attribute, push_text};

/// Sheets a workbook may have; beyond this it is no workbook of a person.
const MAX_SHEETS: usize = 2000;
/// Bytes of text a workbook may share between its cells: they are all in memory.
const MAX_SHARED: usize = 512 << 20;

/// A sheet as the workbook names it.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Name on the tab.
    pub(super) name: String,
    /// Where its cells are.
    pub(super) part: String,
    /// True when the user does not see its tab.
    pub(super) is_hidden: bool,
}

/// What the cells of all sheets refer to.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Sheets in the order of their tabs.
    pub(super) sheets: Vec<Sheet>,
    /// True when days are counted from 1904.
    pub(super) is_1904: bool,
    /// How each cell style shows numbers.
    pub(super) shown: Vec<Shown>,
    /// Texts that cells share.
    pub(super) shared: Shared,
}

/// Texts that cells refer to by number.
#[derive(Debug, Default)]
pub(super) struct Shared {
    text: String,
    ends: Vec<usize>,
}

impl Shared {
    fn end(&mut self) {
        let begin = self.ends.last().copied().unwrap_or(0);
        if self.text[begin..].contains("_x") {
            let text = unescaped(&self.text[begin..]).into_owned();
            self.text.truncate(begin);
            self.text.push_str(&text);
        }
        self.ends.push(self.text.len());
    }

    /// The text of that number.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let begin = if at == 0 { 0 } else { self.ends[at - 1] };
        self.text.get(begin..end)
    }
}

/// Characters that XML cannot hold are written as `_x000D_` in these files.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    let mut rest = text;
    let mut out = String::new();
    while let Some(at) = rest.find("_x") {
        let tail = &rest[at..];
        let is_code = |code: &&str| {
            code.bytes().all(|byte| byte.is_ascii_hexdigit())
                && tail.as_bytes()[6..].starts_with(b"_")
        };
        let code = tail.get(2..6).filter(is_code);
        let number = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(c) = number.and_then(char::from_u32) {
            out.push_str(&rest[..at]);
            out.push(c);
            rest = &tail[7..];
        } else {
            out.push_str(&rest[..at + 2]);
            rest = &tail[2..];
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A part the workbook refers to.
struct Relation {
    kind: String,
    part: String,
}

/// Where the workbook itself is, by the word of the package.
pub(super) fn workbook_part(package: &mut Package) -> Result<String, Fault> {
    if !package.has("_rels/.rels") {
        return Ok("xl/workbook.xml".to_owned());
    }
    let relations = relations(package, "_rels/.rels", "")?;
    let office = relations.into_values().find(|relation| relation.kind == "officeDocument");
    Ok(office.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.part))
}

/// Reads what stands outside the sheets.
pub(super) fn read(package: &mut Package, workbook: &str) -> Result<Book, Fault> {
    let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", workbook));
    let rels = format!("{folder}/_rels/{name}.rels");
    let relations = relations(package, &rels, folder)?;
    let mut book = sheets(package, workbook, &relations)?;
    let part_of = |kind: &str| {
        let found = relations.values().find(|relation| relation.kind == kind);
        found.map(|relation| relation.part.clone())
    };
    if let Some(part) = part_of("styles").filter(|part| package.has(part)) {
        book.shown = formats::read(package, &part)?;
    }
    if let Some(part) = part_of("sharedStrings").filter(|part| package.has(part)) {
        book.shared = shared(package, &part)?;
    }
    Ok(book)
}

fn relations(
    package: &mut Package,
    part: &str,
    folder: &str,
) -> Result<BTreeMap<String, Relation>, Fault> {
    let mut out = BTreeMap::new();
    let mut xml = package.xml(part, MAX_PART)?;
    loop {
        match xml.next()? {
            Event::Start(start) | Event::Empty(start)
                if start.local_name().as_ref() == "Relationship" =>
            {
                let (Some(id), Some(kind), Some(target)) = (
                    attribute(&start, "Id"),
                    attribute(&start, "Type"),
                    attribute(&start, "Target"),
                ) else {
                    continue;
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                if out.len() > MAX_SHEETS * 2 {
                    return Err(too_many_sheets());
                }
                out.insert(id, Relation { kind, part: resolved(folder, &target) });
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// No sheet may be left out in silence.
pub(super) fn too_many_sheets() -> Fault {
    Fault::TooLarge("er zijn meer bladen dan in een werkmap kan zijn bedoeld".to_owned())
}

/// A target is relative to the folder of what refers to it, or begins with `/`.
fn resolved(folder: &str, target: &str) -> String {
    let full = match target.strip_prefix('/') {
        Some(full) => full.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in full.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn sheets(
    package: &mut Package,
    workbook: &str,
    relations: &BTreeMap<String, Relation>,
) -> Result<Book, Fault> {
    let mut book = Book::default();
    let mut xml = package.xml(workbook, MAX_PART)?;
    loop {
        match xml.next()? {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "workbookPr" => {
                    let flag = attribute(&start, "date1904");
                    book.is_1904 = matches!(flag.as_deref(), Some("1" | "true" | "on"));
                }
                "sheet" if book.sheets.len() >= MAX_SHEETS => return Err(too_many_sheets()),
                "sheet" => {
                    let relation = attribute(&start, "id").and_then(|id| relations.get(&id));
                    // Charts have tabs too.
                    if let Some(relation) = relation.filter(|r| r.kind == "worksheet") {
                        book.sheets.push(Sheet {
                            name: attribute(&start, "name").unwrap_or_default(),
                            part: relation.part.clone(),
                            is_hidden: attribute(&start, "state").is_some_and(|s| s != "visible"),
                        });
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(book),
            _ => {}
        }
    }
}

/// All shared texts; of one in several scripts or fonts the parts are joined, reading aids left out.
fn shared(package: &mut Package, part: &str) -> Result<Shared, Fault> {
    let mut out = Shared::default();
    let (mut is_text, mut is_aid) = (false, false);
    let mut xml = package.xml(part, MAX_PART)?;
    loop {
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => is_text = !is_aid,
                "rPh" => is_aid = true,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "t" => is_text = false,
                "rPh" => is_aid = false,
                "si" => out.end(),
                _ => {}
            },
            Event::Empty(empty) if empty.local_name().as_ref() == "si" => {
                out.end();
            }
            Event::Eof => return Ok(out),
            event if is_text => push_text(&event, &mut out.text),
            _ => {}
        }
        if out.text.len() + out.ends.len() * size_of::<usize>() > MAX_SHARED {
            let text = "de gedeelde teksten worden bij het uitpakken te groot";
            return Err(Fault::TooLarge(text.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_cannot_hold_are_given_back() {
        assert_eq!(unescaped("a_x000D_b"), "a\rb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        for text in ["a_xb", "_x12_", "_xZZZZ_", "_x", "_xD800_", "_x00é0_", "_x+00D_"] {
            assert_eq!(unescaped(text), text);
        }
    }

    #[test]
    fn targets_are_resolved_within_the_package() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolved("", "./xl/workbook.xml"), "xl/workbook.xml");
    }
}
