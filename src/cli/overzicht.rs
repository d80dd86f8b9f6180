//! The summary on the screen: how files were read, what was rejected, whether the accounts close.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::checks::oorzaken::{Oorzaak, group};
use crate::dataset::Dataset;
use crate::dataset::manifest::{FileEntry, ReadingAccount, ReportingAccount, Sum, Uitkomst};
use crate::dutch::{count, counted, euro_ct};
use crate::rejects::{Reject, Severity};

/// Files of one kind shown by name before the rest is counted.
const MAX_FILES: usize = 40;
/// What to do next when no file was recognised.
pub(crate) const NOTHING_READ: &str = "Verder: vergelijk de koppen met de handleiding, of zeg met --als welke tabel in het bestand staat\n";

/// "Zo heb ik uw bestanden gelezen." Messages come by the hundred: those that were simply read are told per folder
/// and kind.
pub(crate) fn files(dataset: &Dataset) -> String {
    let mut out = String::from("Zo zijn uw bestanden gelezen\n");
    let entries = &dataset.manifest.bestanden;
    let groups = groups(entries);
    let is_grouped =
        |entry: &FileEntry| group_of(entry).is_some_and(|key| groups.contains_key(&key));
    let named: Vec<&FileEntry> = entries.iter().filter(|entry| !is_grouped(entry)).collect();
    for entry in named.iter().take(MAX_FILES) {
        line(&mut out, &format!("  {}", file_line(entry)));
        if !entry.lezing.unused.is_empty() {
            line(&mut out, &format!("      niet gebruikt: {}", entry.lezing.unused.join(", ")));
        }
        // Of a file that is not used the remark is all there is, and stands beside its name.
        if !entry.lezing.remark.is_empty() && !entry.lezing.table.is_empty() {
            line(&mut out, &format!("      {}", entry.lezing.remark));
        }
        if !entry.lezing.styles.is_empty() && entry.dubbel_van.is_empty() {
            line(&mut out, &format!("      {}", entry.lezing.styles.join(" · ")));
        }
        if !entry.stijl.is_empty() && entry.dubbel_van.is_empty() {
            line(&mut out, &format!("      vast te leggen: {}", freezing(&entry.stijl)));
        }
    }
    if named.len() > MAX_FILES {
        let rest = &named[MAX_FILES..];
        let rows: u64 = rest.iter().map(|e| e.account.gelezen.regels).sum();
        line(
            &mut out,
            &format!(
                "  … en {} andere bestanden met samen {} regels",
                n(rest.len() as u64),
                n(rows)
            ),
        );
    }
    for ((folder, format), (count, rows)) in groups {
        let place = if folder.is_empty() { String::new() } else { format!(" in {folder}") };
        line(&mut out, &format!("  {} × {format}{place}: {} regels", n(count), n(rows)));
    }
    out
}

/// The line with which the region file freezes how a file is written, under its `[[leverancier]]`.
fn freezing(stijl: &BTreeMap<String, String>) -> String {
    let parts: Vec<String> =
        stijl.iter().map(|(kolom, notatie)| format!("{kolom} = \"{notatie}\"")).collect();
    format!("stijl = {{ {} }}", parts.join(", "))
}

/// Folder and kind of a message that was read as it should be; `None` for every other file.
fn group_of(entry: &FileEntry) -> Option<(&str, &str)> {
    let is_usual = entry.dubbel_van.is_empty()
        && !entry.lezing.table.is_empty()
        && entry.account.afgekeurd.regels == 0;
    // Messages are the files without a field separator.
    let is_message = is_usual && entry.lezing.delimiter.is_empty();
    let folder = entry.pad.rsplit_once('/').map_or("", |(folder, _)| folder);
    is_message.then_some((folder, entry.lezing.format.as_str()))
}

/// Number of files and of rows per group; one file alone is told by its name.
fn groups(entries: &[FileEntry]) -> BTreeMap<(&str, &str), (u64, u64)> {
    let mut out: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
    for entry in entries {
        if let Some(key) = group_of(entry) {
            let (count, rows) = out.entry(key).or_default();
            *count += 1;
            *rows += entry.account.gelezen.regels;
        }
    }
    out.retain(|_, (count, _)| *count > 1);
    out
}

fn file_line(entry: &FileEntry) -> String {
    let lezing = &entry.lezing;
    let path = &entry.pad;
    if !entry.dubbel_van.is_empty() {
        return format!("{path} · zelfde inhoud als {}, niet nogmaals geteld", entry.dubbel_van);
    }
    if lezing.table.is_empty() {
        let remark =
            if lezing.remark.is_empty() { "niet gebruikt" } else { lezing.remark.as_str() };
        return format!("{path} · {remark}");
    }
    let delimiter =
        if lezing.delimiter.is_empty() { String::new() } else { format!(", {}", lezing.delimiter) };
    format!(
        "{path} · {}, {}{delimiter} → {}: {} regels",
        lezing.format,
        lezing.encoding,
        lezing.table,
        n(entry.account.gelezen.regels)
    )
}

/// Rejects by cause, with the remedy.
pub(crate) fn rejects(rejects: &[Reject]) -> String {
    let causes = group(rejects);
    if causes.is_empty() {
        return "Er is niets afgekeurd of opgemerkt.\n".to_owned();
    }
    let mut out = String::new();
    for (severity, heading) in [
        (Severity::Fataal, "Afgekeurd: telt niet mee"),
        (Severity::Waarschuwing, "Opgemerkt: kijk ernaar, het rapport gaat door"),
        (Severity::Info, "Ter informatie"),
    ] {
        let of: Vec<&Oorzaak> = causes.iter().filter(|c| c.severity == severity).collect();
        if of.is_empty() {
            continue;
        }
        let causes = counted((of.len() as u64).cast_signed(), "oorzaak", "oorzaken");
        line(&mut out, &format!("{heading} · {causes}"));
        for cause in of {
            cause_lines(&mut out, cause);
        }
    }
    line(&mut out, &format!("Meer over een code: maatstaf uitleg {}", causes[0].code));
    out
}

fn cause_lines(out: &mut String, cause: &Oorzaak) {
    let prefix = match cause.severity {
        Severity::Fataal => "FOUT  ",
        Severity::Waarschuwing => "LET OP",
        Severity::Info => "INFO  ",
    };
    let amount = cause.bedrag_ct.map(|ct| format!(", {}", euro_ct(ct))).unwrap_or_default();
    let unit = if cause.regels == 1 { "regel" } else { "regels" };
    line(
        out,
        &format!("  {prefix} {} {} · {} {unit}{amount}", cause.code, cause.title, n(cause.regels)),
    );
    let example = &cause.example;
    let mut place = String::new();
    if !example.file.is_empty() {
        place = format!("bijvoorbeeld {}", example.file);
    }
    if example.cell.starts_with("rij ") {
        write!(place, ", {}", example.cell).expect("a String takes any text");
    } else if !example.cell.is_empty() {
        write!(place, ", cel {}", example.cell).expect("a String takes any text");
    } else if example.line > 0 {
        write!(place, ", regel {}", n(example.line)).expect("a String takes any text");
    }
    if !example.column.is_empty() {
        write!(place, ", \"{}\"", example.column).expect("a String takes any text");
    }
    for part in [(&example.found, "gevonden"), (&example.expected, "verwacht")] {
        if !part.0.is_empty() {
            write!(place, " · {}: {}", part.1, part.0).expect("a String takes any text");
        }
    }
    if !place.is_empty() {
        line(
            out,
            &format!("         {}", place.trim_start_matches(", ").trim_start_matches(" · ")),
        );
    }
    line(out, &format!("         oplossing: {}", cause.remedy));
}

/// Both accounts.
pub(crate) fn accounts(dataset: &Dataset) -> String {
    if !dataset.manifest.has_content() {
        // Nought is nought would close too, and reassure where nothing was read.
        return "FOUT   er is niets gelezen: in geen enkel bestand is een tabel of een bericht herkend\n"
            .to_owned();
    }
    let (reading, reporting) = dataset.manifest.totals();
    let hersteld = dataset.manifest.hersteld();
    let mut out = String::from("Aansluiting                          regels              euro\n");
    for (label, sum) in reading_lines(&reading) {
        account_line(&mut out, label, sum);
        if label == REJECTED && hersteld.regels > 0 {
            account_line(&mut out, "    waarvan vervangen", hersteld);
        }
    }
    if reading.onleesbaar_bedrag > 0 {
        let text = format!(
            "  van {} afgekeurde regels is het bedrag niet te lezen",
            n(reading.onleesbaar_bedrag)
        );
        line(&mut out, &text);
    }
    if reporting.aanvaard.regels > 0 {
        line(&mut out, "");
        for (label, sum) in reporting_lines(&reporting) {
            account_line(&mut out, label, sum);
            let hersteld = dataset.manifest.hersteld_kruis();
            if label == Uitkomst::Afgekeurd.label() && hersteld.regels > 0 {
                account_line(&mut out, "    waarvan vervangen", hersteld);
            }
        }
    }
    let open = dataset.manifest.open_accounts();
    let verdict = if open.is_empty() {
        "OK     de telling sluit, op de regel en op de cent".to_owned()
    } else {
        format!("FOUT   de telling sluit niet bij: {}", open.join(", "))
    };
    line(&mut out, &verdict);
    out
}

const REJECTED: &str = "  afgekeurd";

/// Label and amount of each line of the reading account.
pub(crate) fn reading_lines(account: &ReadingAccount) -> Vec<(&'static str, Sum)> {
    let blank = Sum { regels: account.blanco, bedrag_ct: 0 };
    let mut out = vec![
        ("gelezen", account.gelezen),
        ("  aanvaard", account.aanvaard),
        (REJECTED, account.afgekeurd),
        ("  dubbel bestand", account.dubbel),
        ("  leeg", blank),
    ];
    for (label, regels) in
        [("  totaalregels", account.totaalregels), ("  herhaalde koppen", account.koppen)]
    {
        if regels > 0 {
            out.push((label, Sum { regels, bedrag_ct: 0 }));
        }
    }
    out
}

/// Label and amount of each line of the reporting account.
pub(crate) fn reporting_lines(account: &ReportingAccount) -> Vec<(&'static str, Sum)> {
    let mut out = vec![("declaraties aanvaard", account.aanvaard)];
    for uitkomst in Uitkomst::ALL {
        let sum = account.uitkomsten.get(&uitkomst).copied().unwrap_or_default();
        if sum.regels > 0 || uitkomst == Uitkomst::Geteld {
            out.push((uitkomst.label(), sum));
        }
    }
    out
}

fn account_line(out: &mut String, label: &str, sum: Sum) {
    line(out, &format!("  {label:<28} {:>11} {:>17}", n(sum.regels), euro_ct(sum.bedrag_ct)));
}

fn n(value: u64) -> String {
    count(value.cast_signed())
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Everything a command that reads tells at its end.
pub(crate) fn summary(dataset: &Dataset) -> Result<String, crate::cli::Fault> {
    use crate::cli::fault::{Exit, OrExit as _};
    let found = dataset.rejects().or_exit(Exit::Internal)?;
    Ok(format!("{}\n{}\n{}\n", files(dataset), rejects(&found), accounts(dataset)))
}
