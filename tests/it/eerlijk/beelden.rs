//! The figures of the five reports as a reader has them: description, data, and the manifest beside them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::{Arc, LazyLock};

use serde_json::Value;

use crate::eerlijk::getallen::{Eenheid, Feit, lees};
use crate::eerlijk::streken::{self, Streek};
use crate::support::{Place, files_below};

type Rij = BTreeMap<String, String>;

/// A figure of a report.
pub(super) struct Beeld {
    pub(super) streek: &'static Streek,
    pub(super) stem: String,
    pub(super) desc: String,
    pub(super) koppen: Vec<String>,
    rijen: Vec<Rij>,
    pub(super) manifest: Arc<Value>,
    /// Every table of the report, for what a caption takes from there.
    tabellen: Arc<BTreeMap<String, Vec<Rij>>>,
}

/// Every figure of the five reports.
pub(super) fn beelden() -> &'static [Beeld] {
    static MADE: LazyLock<Vec<Beeld>> =
        LazyLock::new(|| streken::all().iter().flat_map(of_streek).collect());
    &MADE
}

/// Makes the report as a user does, and reads it back.
fn of_streek(streek: &'static Streek) -> Vec<Beeld> {
    let place = Place::new();
    let (input, uit) = (streek.input.to_string_lossy(), place.path("uit"));
    let (kwartaal, uit_text) = (streek.kwartaal.to_string(), uit.to_string_lossy());
    let words = [
        "maatstaf",
        "rapport",
        &input,
        "--regio",
        streek.naam,
        "--kwartaal",
        &kwartaal,
        "--stil",
        "--uit",
        &uit_text,
    ];
    let outcome = maatstaf::cli::run(words.map(OsString::from));
    assert!(uit.exists(), "{}{}", outcome.text, outcome.notes);
    let files = files_below(&uit);
    let text = |name: &str| {
        let bytes = files.get(name).unwrap_or_else(|| panic!("{}: no {name}", streek.naam));
        let text = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}');
        text.replace("\r\n", "\n")
    };
    let manifest = Arc::new(serde_json::from_str(&text("herkomst/manifest.json")).unwrap());
    let names = files.keys().filter(|name| name.starts_with("tabellen/"));
    let tabellen = names.map(|name| {
        let id = name.trim_start_matches("tabellen/").trim_end_matches(".csv");
        (id.to_owned(), rows(&text(name)).1)
    });
    let tabellen = Arc::new(tabellen.collect());
    // A number, a colon and the title; the files; the description; an empty line.
    let alt = text("figuren/alt-teksten.txt");
    let figures = alt.split("\n\n").filter(|part| part.starts_with("Figuur "));
    let beeld = |part: &str| {
        let mut lines = part.trim().splitn(3, '\n');
        let mut next = || lines.next().unwrap().trim().to_owned();
        let (_, paths, desc) = (next(), next(), next());
        let stem = paths.split(".png").next().unwrap().to_owned();
        let (koppen, rijen) = rows(&text(&format!("figuren/{stem}.csv")));
        Beeld {
            streek,
            stem,
            desc,
            koppen,
            rijen,
            manifest: Arc::clone(&manifest),
            tabellen: Arc::clone(&tabellen),
        }
    };
    figures.map(beeld).collect()
}

/// Headings and rows of a CSV file.
fn rows(text: &str) -> (Vec<String>, Vec<Rij>) {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    let lines: Vec<Vec<String>> = reader
        .records()
        .map(|line| line.unwrap().iter().map(ToOwned::to_owned).collect())
        .collect();
    let (heading, lines) = lines.split_first().unwrap();
    let row = |line: &Vec<String>| heading.iter().cloned().zip(line.iter().cloned()).collect();
    (heading.clone(), lines.iter().map(row).collect())
}

impl Beeld {
    /// For a message.
    pub(super) fn van(&self) -> String {
        format!("{} {}", self.streek.naam, self.stem)
    }

    pub(super) fn heeft(&self, column: &str) -> bool {
        self.koppen.iter().any(|own| own == column)
    }

    /// The rows that are drawn; the sum under them is not.
    pub(super) fn rijen(&self) -> impl Iterator<Item = &Rij> {
        let first = self.koppen[0].clone();
        self.rijen.iter().filter(move |row| row[&first] != "Regio")
    }

    /// Names in the table, which may hold digits.
    pub(super) fn namen(&self) -> Vec<String> {
        let cells = self.rijen.iter().flat_map(|row| row.values());
        cells.filter(|cell| getal_van(cell).is_none() && !cell.contains(" tot ")).cloned().collect()
    }

    /// Everything a description may tell, with the rule by which.
    pub(super) fn feiten(&self) -> Vec<Feit> {
        let mut out = Vec::new();
        for row in &self.rijen {
            for (heading, cell) in row {
                match getal_van(cell) {
                    Some(value) => out.extend(in_eenheid(heading, value)),
                    // `14 tot en met 27`
                    None => out.extend(lees(cell, &[]).getallen.into_iter().filter_map(|getal| {
                        let value = getal_van(&getal.tekst.replace('.', ""))?;
                        Some(Feit::new(Eenheid::Aantal, value, "een bereik in een cel"))
                    })),
                }
            }
        }
        self.tellen(&mut out);
        self.optellen(&mut out);
        self.afleiden(&mut out);
        out
    }

    /// Rows, columns, and rows that have the same word.
    fn tellen(&self, out: &mut Vec<Feit>) {
        let mut put = |n: usize, regel| out.push(Feit::new(Eenheid::Aantal, n as f64, regel));
        put(self.rijen().count(), "het aantal rijen");
        for heading in &self.koppen {
            let mut words: BTreeMap<&str, usize> = BTreeMap::new();
            for row in self.rijen().filter(|row| getal_van(&row[heading]).is_none()) {
                *words.entry(row[heading].as_str()).or_default() += 1;
            }
            put(
                words.keys().filter(|word| !word.is_empty()).count(),
                "verschillende woorden in een kolom",
            );
            for n in words.values() {
                put(*n, "rijen met hetzelfde woord");
            }
            // Judged, and out of the ordinary.
            let told = words
                .iter()
                .filter(|(word, _)| !["", "binnen toeval", "te weinig cliënten"].contains(word));
            put(told.map(|(_, n)| n).sum(), "rijen die opvallen");
            let judged = words.iter().filter(|(word, _)| **word != "te weinig cliënten");
            put(judged.map(|(_, n)| n).sum(), "rijen waarover iets te zeggen is");
        }
        if self.stem.starts_with("verandering") {
            put(self.rijen().count() - 2, "de stappen tussen begin en eind");
        }
        if self.stem == "coordinatie_lorenz" {
            put(self.rijen().count() - 1, "de stappen van de curve");
        }
        for heading in &self.koppen {
            let values: Vec<f64> =
                self.rijen().filter_map(|row| getal_van(&row[heading])).collect();
            for end in [f64::max, f64::min] {
                let Some(value) = values.iter().copied().reduce(end) else { continue };
                let equal = values.iter().filter(|own| (**own - value).abs() < 1e-9).count();
                put(equal - 1, "de anderen met dezelfde hoogste of laagste waarde");
            }
        }
    }

    /// Columns added up, two columns together, and the last against the first.
    fn optellen(&self, out: &mut Vec<Feit>) {
        for heading in &self.koppen {
            let values: Vec<f64> =
                self.rijen().filter_map(|row| getal_van(&row[heading])).collect();
            let [first, .., last] = values.as_slice() else { continue };
            let total: f64 = values.iter().sum();
            out.extend(in_eenheid(heading, total));
            out.extend(in_eenheid(heading, last - first));
            if self.stem == "betrokken_aanbieders" {
                out.extend(in_eenheid(heading, total - first));
            }
        }
        if self.stem == "naijl_verloop" {
            for row in self.rijen() {
                let parts = ["Gedeclareerd (euro)", "Nog te verwachten (euro)"];
                let sum = parts.iter().map(|part| getal_van(&row[*part])).sum::<Option<f64>>();
                out.extend(sum.into_iter().flat_map(|sum| in_eenheid("(euro)", sum)));
            }
        }
    }

    /// What follows from the table by arithmetic, and what a caption takes from beside it.
    fn afleiden(&self, out: &mut Vec<Feit>) {
        let mut put = |eenheid, value, regel| out.push(Feit::new(eenheid, value, regel));
        match self.stem.as_str() {
            "maatwerk_trechter" | "maatwerk_intervallen" => {
                let count = |row: &Rij| {
                    let of = |name: &str| getal_van(&row[name]).unwrap();
                    (of("Per 10.000 jeugdigen") * of("Jeugdigen") / 10_000.0).round()
                };
                let total: f64 = self.rijen().map(count).sum();
                put(Eenheid::Aantal, total, "cijfer maal jeugdigen, opgeteld");
                put(Eenheid::Procent, 95.0, "de zekerheid van een interval");
                // `de vier kwartalen tot en met`: how many, the second engine counts.
                let quarters = self.manifest["judged"].as_object().unwrap().iter();
                let of_all =
                    quarters.filter(|(name, _)| name.starts_with("maatwerk_oordeel/totaal/"));
                for (_, judged) in of_all {
                    let n = judged["kwartalen"].as_array().unwrap().len();
                    put(Eenheid::Aantal, n as f64, "de kwartalen van de vergelijking");
                }
            }
            "coordinatie_lorenz"
            | "coordinatie_loting_jaar"
            | "coordinatie_loting_kwartaal"
            | "coordinatie_loting_uren" => {
                self.van_loting(out);
            }
            "verandering" | "verandering_jaar" => {
                let slips = self.tabellen.get("mogelijk_komma_verkeerd").into_iter().flatten();
                let euros =
                    slips.filter_map(|row| getal_van(&row["Verschil over het kwartaal (euro)"]));
                put(Eenheid::Euro, euros.sum(), "de tabel van verschoven komma's");
            }
            _ => {}
        }
    }

    /// The numbers of the lottery that the manifest has beside the figure: clients, quarters and measures of division.
    fn van_loting(&self, out: &mut Vec<Feit>) {
        let is_year = self.desc.contains("kwartalen tot en met");
        let parts = self.manifest["verdeling"].as_array().unwrap().iter();
        let wanted = if is_year { "jaar" } else { "kwartaal" };
        let found =
            parts.into_iter().find(|part| part["gemeente"].is_null() && part["termijn"] == wanted);
        let Some(part) = found else { panic!("{}: {}", self.van(), self.manifest["verdeling"]) };
        let quarters = self.streek.judged.evenredig.iter().map(|one| one.kwartalen).max().unwrap();
        out.push(Feit::new(Eenheid::Aantal, f64::from(quarters), "de kwartalen van de loting"));
        let mut put = |eenheid, value: &Value, times: f64| {
            let value = value.as_f64().unwrap() * times;
            out.push(Feit::new(eenheid, value, "de loting in het manifest"));
        };
        put(Eenheid::Aantal, &part["clienten"], 1.0);
        put(Eenheid::Aantal, &part["clienten_met_uren"], 1.0);
        for whole in [&part["telling"], &part["uren"]].into_iter().filter(|whole| !whole.is_null())
        {
            for measure in ["hoover", "gini"] {
                for value in [
                    &whole[measure]["value"],
                    &whole[measure]["chance"][0],
                    &whole[measure]["chance"][2],
                ] {
                    put(Eenheid::Aantal, value, 1.0);
                    put(Eenheid::Procent, value, 100.0);
                }
            }
            put(Eenheid::Aantal, &whole["effectief_aantal"], 1.0);
        }
    }
}

/// A number as the CSV writes it.
pub(super) fn getal_van(cell: &str) -> Option<f64> {
    cell.replace(',', ".").parse().ok()
}

/// One value in every unit that a description may give it.
pub(super) fn feiten_van(value: f64) -> Vec<Feit> {
    [Eenheid::Aantal, Eenheid::Euro, Eenheid::Per10000, Eenheid::Uur]
        .map(|eenheid| Feit::new(eenheid, value, "een cel"))
        .to_vec()
}

/// A cell in the units in which its heading says it is.
fn in_eenheid(heading: &str, value: f64) -> Vec<Feit> {
    let one = |eenheid, value| Feit::new(eenheid, value, "een cel, of cellen opgeteld");
    if heading.contains("(euro)") {
        // A line in euros writes no euro sign at every point.
        return vec![one(Eenheid::Euro, value), one(Eenheid::Aantal, value)];
    }
    if heading.contains("aandeel van 1") {
        return vec![one(Eenheid::Procent, 100.0 * value)];
    }
    if heading.contains("10.000") {
        return vec![one(Eenheid::Per10000, value)];
    }
    if heading.contains("(uur)") {
        return vec![one(Eenheid::Uur, value)];
    }
    vec![one(Eenheid::Aantal, value)]
}
