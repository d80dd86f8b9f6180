//! The main measures again as plain loops over generated rows, compared with what SQL gives.
//!
//! Nothing here is shared with the code under test but the way a small dataset is written.

use std::collections::{BTreeMap, BTreeSet};

use maatstaf::metrics::{Measured, Query};

use crate::queries::Case;

/// A declaratie with the columns the measures look at.
struct Line {
    gemeente: String,
    aanbieder: String,
    client: i64,
    productcode: String,
    eenheid: String,
    maand: String,
    kwartaal: String,
    bedrag_ct: i64,
    volume_milli: i64,
    minuten: Option<i64>,
    is_maatwerk: bool,
    is_coordinatie: bool,
    boven_tarief_ct: Option<i64>,
}

/// An agreement in one quarter.
struct Agreement {
    gemeente: String,
    kwartaal: String,
    client: i64,
    aanbieder: String,
    is_vrije_keuze: Option<bool>,
    is_nieuw: bool,
    loopt_op_einde: bool,
}

/// What one cell must hold.
#[derive(Default)]
struct Expected {
    value: i64,
    per_client: BTreeMap<i64, i64>,
    per_aanbieder: BTreeMap<String, i64>,
}

/// A fixed row of numbers without visible pattern.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn pick(&mut self, from: &[&str]) -> String {
        let at = usize::try_from(self.below(from.len() as u64)).unwrap();
        from[at].to_owned()
    }

    fn client(&mut self) -> i64 {
        // Pseudonyms fill 64 bits and are negative half of the time.
        let number = i64::try_from(self.below(120)).unwrap();
        (number - 60) * 76_543_210_987_654_321
    }

    fn signed(&mut self, limit: u64) -> i64 {
        let size = i64::try_from(self.below(limit)).unwrap();
        if self.below(12) == 0 { -size } else { size }
    }
}

const GEMEENTEN: &[&str] = &["9001", "9002", "9003"];
const AANBIEDERS: &[&str] = &["De Eik", "De Linde", "De Wilg", "Het/Huis"];
/// The first lies outside the eight quarters of the run, the last after it.
const KWARTALEN: &[&str] =
    &["2023-K3", "2023-K4", "2024-K4", "2025-K1", "2025-K2", "2025-K3", "2025-K4"];

fn lines() -> Vec<Line> {
    let mut numbers = Numbers(11);
    (0..4000)
        .map(|_| {
            let kwartaal = numbers.pick(KWARTALEN);
            let first: u64 = kwartaal[6..].parse::<u64>().unwrap() * 3 - 2;
            let maand = format!("{}-{:02}", &kwartaal[..4], first + numbers.below(3));
            let is_coordinatie = numbers.below(4) == 0;
            Line {
                gemeente: numbers.pick(GEMEENTEN),
                aanbieder: numbers.pick(AANBIEDERS),
                client: numbers.client(),
                productcode: numbers.pick(&["11A01", "11A02", "11B07"]),
                eenheid: numbers.pick(&["01", "04"]),
                maand,
                kwartaal,
                bedrag_ct: numbers.signed(250_000),
                volume_milli: numbers.signed(60_000),
                minuten: (numbers.below(7) > 0).then(|| numbers.signed(3000)),
                is_maatwerk: numbers.below(5) == 0,
                is_coordinatie,
                boven_tarief_ct: (numbers.below(3) > 0).then(|| numbers.signed(3) * 1000),
            }
        })
        .collect()
}

fn agreements() -> Vec<Agreement> {
    let mut numbers = Numbers(7);
    (0..400)
        .map(|_| Agreement {
            // The last gemeente has none, and must be reported with 0.
            gemeente: numbers.pick(&GEMEENTEN[..2]),
            kwartaal: numbers.pick(KWARTALEN),
            client: numbers.client(),
            aanbieder: numbers.pick(AANBIEDERS),
            is_vrije_keuze: [Some(true), Some(false), None]
                [usize::try_from(numbers.below(3)).unwrap()],
            is_nieuw: numbers.below(2) == 0,
            loopt_op_einde: numbers.below(3) > 0,
        })
        .collect()
}

fn yes_no(yes: bool) -> String {
    if yes { "ja" } else { "nee" }.to_owned()
}

/// The generated rows as a dataset.
fn case(lines: &[Line], agreements: &[Agreement]) -> Case {
    let row = |cells: &[(&str, String)]| -> BTreeMap<String, String> {
        cells.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect()
    };
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let declaraties = lines.iter().map(|line| {
        row(&[
            ("gemeente", line.gemeente.clone()),
            ("aanbieder", line.aanbieder.clone()),
            ("client", line.client.to_string()),
            ("productcode", line.productcode.clone()),
            ("eenheid", line.eenheid.clone()),
            ("maand", line.maand.clone()),
            ("kwartaal", line.kwartaal.clone()),
            ("bedrag_ct", line.bedrag_ct.to_string()),
            ("volume_milli", line.volume_milli.to_string()),
            ("minuten", number(line.minuten)),
            ("is_maatwerk", yes_no(line.is_maatwerk)),
            ("is_coordinatie", yes_no(line.is_coordinatie)),
            ("boven_tarief_ct", number(line.boven_tarief_ct)),
        ])
    });
    let overeenkomsten = agreements.iter().map(|row_of| {
        row(&[
            ("gemeente", row_of.gemeente.clone()),
            ("kwartaal", row_of.kwartaal.clone()),
            ("client", row_of.client.to_string()),
            ("aanbieder", row_of.aanbieder.clone()),
            ("is_vrije_keuze", row_of.is_vrije_keuze.map(yes_no).unwrap_or_default()),
            ("is_nieuw", yes_no(row_of.is_nieuw)),
            ("loopt_op_einde", yes_no(row_of.loopt_op_einde)),
        ])
    });
    Case {
        kwartaal: "2025-K3".parse().unwrap(),
        peildatum: "2025-10-01".parse().unwrap(),
        gemeenten: GEMEENTEN.iter().map(|code| ((*code).to_owned(), (*code).to_owned())).collect(),
        jeugdigen: Vec::new(),
        settings: Vec::new(),
        tables: BTreeMap::from([
            ("declaraties".to_owned(), declaraties.collect()),
            ("overeenkomsten_per_kwartaal".to_owned(), overeenkomsten.collect()),
        ]),
    }
}

/// Cells of one level, by their key.
#[derive(Default)]
struct Plain(BTreeMap<Vec<String>, Expected>);

impl Plain {
    fn add(&mut self, key: &[&str], client: i64, aanbieder: &str, value: i64) {
        let key = key.iter().map(|&part| part.to_owned()).collect();
        let cell = self.0.entry(key).or_default();
        cell.value += value;
        *cell.per_client.entry(client).or_default() += value;
        *cell.per_aanbieder.entry(aanbieder.to_owned()).or_default() += value;
    }
}

fn two_largest(sums: impl Iterator<Item = i64>) -> [i64; 2] {
    let mut sums: Vec<i64> = sums.filter(|sum| *sum > 0).collect();
    sums.sort_unstable();
    [sums.pop().unwrap_or(0), sums.pop().unwrap_or(0)]
}

#[track_caller]
fn check(measured: &[Measured], id: &str, keys: &[&str], expected: &Plain) {
    let measured = measured.iter().find(|measured| measured.query.id == id).unwrap();
    let level = measured.level(keys).unwrap();
    assert!(expected.0.len() > 2, "{id} {keys:?} has too few cells to say anything");
    let mut seen = BTreeSet::new();
    for cell in &level.cells {
        let key: Vec<String> =
            keys.iter().map(|key| measured.key_of(cell, key).to_owned()).collect();
        let Some(plain) = expected.0.get(&key) else {
            assert_eq!((cell.value, cell.rows), (0, 0), "{id} {key:?}");
            continue;
        };
        assert_eq!(cell.value, plain.value, "{id} {key:?}");
        if let Some(clienten) = cell.clienten {
            assert_eq!(clienten as usize, plain.per_client.len(), "{id} {key:?}");
            assert_eq!(
                cell.top_client,
                two_largest(plain.per_client.values().copied()),
                "{id} {key:?}"
            );
        }
        if let Some(aanbieders) = cell.aanbieders {
            assert_eq!(aanbieders as usize, plain.per_aanbieder.len(), "{id} {key:?}");
            let top = two_largest(plain.per_aanbieder.values().copied());
            assert_eq!(cell.top_aanbieder, top, "{id} {key:?}");
        }
        seen.insert(key);
    }
    assert_eq!(seen.len(), expected.0.len(), "{id} {keys:?} misses cells");
}

fn is_in_run(kwartaal: &str) -> bool {
    kwartaal != "2023-K3" && kwartaal != "2025-K4"
}

fn measured(lines: &[Line], agreements: &[Agreement]) -> Vec<Measured> {
    case(lines, agreements).measure(&Query::load_all(None).unwrap())
}

#[test]
fn counts_of_agreements_are_those_of_plain_loops() {
    let agreements = agreements();
    let measured = measured(&[], &agreements);
    for id in ["maatwerk_nieuw", "maatwerk_lopend"] {
        let (mut fine, mut coarse) = (Plain::default(), Plain::default());
        for row in agreements.iter().filter(|row| is_in_run(&row.kwartaal)) {
            if (id == "maatwerk_nieuw" && row.is_nieuw)
                || (id == "maatwerk_lopend" && row.loopt_op_einde)
            {
                let vrij = yes_no(row.is_vrije_keuze == Some(true));
                fine.add(&[&row.gemeente, &vrij, &row.kwartaal], row.client, &row.aanbieder, 1);
                coarse.add(&[&row.kwartaal], row.client, &row.aanbieder, 1);
            }
        }
        check(&measured, id, &["gemeente", "is_vrije_keuze", "kwartaal"], &fine);
        check(&measured, id, &["kwartaal"], &coarse);
    }
    let nieuw = measured.iter().find(|measured| measured.query.id == "maatwerk_nieuw").unwrap();
    let cells = &nieuw.level(&["gemeente", "kwartaal"]).unwrap().cells;
    let of_last = cells.iter().filter(|cell| nieuw.key_of(cell, "gemeente") == "9003");
    assert_eq!(of_last.map(|cell| cell.value).collect::<Vec<_>>(), [0; 8]);
}

#[test]
fn sums_of_declaraties_are_those_of_plain_loops() {
    let lines = lines();
    let measured = measured(&lines, &[]);
    let mut plain: BTreeMap<&str, Plain> = BTreeMap::new();
    for line in lines.iter().filter(|line| is_in_run(&line.kwartaal)) {
        let (who, by) = (line.client, line.aanbieder.as_str());
        let mut add =
            |name, key: &[&str], value| plain.entry(name).or_default().add(key, who, by, value);
        let product = [line.productcode.as_str(), &line.eenheid, &line.kwartaal];
        add("totaal", &[&line.gemeente, &line.kwartaal], line.bedrag_ct);
        add("product", &product, line.bedrag_ct);
        add("volume", &product, line.volume_milli);
        add("maanden", &[by, &line.maand], 1);
        if line.is_maatwerk {
            add("maatwerk", &[&line.gemeente, &line.kwartaal], line.bedrag_ct);
            add("maatwerk alles", &[&line.gemeente], line.bedrag_ct);
        }
        // Credits and zeros have no price; they are counted apart.
        let has_price = line.bedrag_ct > 0 && line.volume_milli > 0;
        if line.kwartaal == "2025-K3" && has_price {
            let key = [product[0], product[1], &line.gemeente, by, product[2]];
            add("prijs", &key, line.bedrag_ct);
            add("prijs volume", &key, line.volume_milli);
        } else if line.kwartaal == "2025-K3" {
            let soort = match line.bedrag_ct {
                ..0 => "credit",
                0 => "bedrag nul",
                1.. => "volume nul",
            };
            add("apart", &[soort, by, product[0], product[2]], 1);
            add("apart bedrag", &[soort, by, product[0], product[2]], line.bedrag_ct);
        }
        if let (true, Some(minuten)) = (line.is_coordinatie, line.minuten) {
            add("uren", &[by, &line.kwartaal], minuten);
        }
        if let Some(boven) = line.boven_tarief_ct.filter(|boven| *boven != 0) {
            add("boven", &[by, product[0], product[1], product[2]], boven);
            add("boven alles", &[&line.kwartaal], boven);
        }
    }
    let product = ["productcode", "eenheid", "kwartaal"];
    let prijs = ["productcode", "eenheid", "gemeente", "aanbieder", "kwartaal"];
    check(&measured, "kosten_totaal", &["gemeente", "kwartaal"], &plain["totaal"]);
    check(&measured, "kosten_per_product", &product, &plain["product"]);
    check(&measured, "volume_per_product", &product, &plain["volume"]);
    check(&measured, "volledigheid", &["aanbieder", "maand"], &plain["maanden"]);
    check(&measured, "maatwerk_kosten", &["gemeente", "kwartaal"], &plain["maatwerk"]);
    check(&measured, "maatwerk_kosten", &["gemeente"], &plain["maatwerk alles"]);
    check(&measured, "prijs_per_aanbieder", &prijs, &plain["prijs"]);
    check(&measured, "prijs_per_aanbieder_volume", &prijs, &plain["prijs volume"]);
    let apart = ["soort", "aanbieder", "productcode", "kwartaal"];
    check(&measured, "credit_en_nul", &apart, &plain["apart"]);
    check(&measured, "credit_en_nul_bedrag", &apart, &plain["apart bedrag"]);
    check(&measured, "coordinatie_uren", &["aanbieder", "kwartaal"], &plain["uren"]);
    let boven = ["aanbieder", "productcode", "eenheid", "kwartaal"];
    check(&measured, "tarief_boven_regio", &boven, &plain["boven"]);
    check(&measured, "tarief_boven_regio", &["kwartaal"], &plain["boven alles"]);
}

#[test]
fn clients_per_aanbieder_are_those_of_plain_loops() {
    let lines = lines();
    let measured = measured(&lines, &[]);
    // Volume per client, quarter and aanbieder: of all care, and of coordination alone.
    let mut care: BTreeMap<(i64, &str), BTreeMap<&str, i64>> = BTreeMap::new();
    let mut coordination: BTreeMap<(i64, &str, &str), i64> = BTreeMap::new();
    for line in lines.iter().filter(|line| is_in_run(&line.kwartaal)) {
        let of_client = care.entry((line.client, &line.kwartaal)).or_default();
        *of_client.entry(&line.aanbieder).or_default() += line.volume_milli;
        if line.is_coordinatie {
            let key = (line.client, line.kwartaal.as_str(), line.aanbieder.as_str());
            *coordination.entry(key).or_default() += line.volume_milli;
        }
    }
    let (mut counts, mut clients, mut coordinated) =
        (Plain::default(), Plain::default(), Plain::default());
    for ((client, kwartaal), aanbieders) in &care {
        let involved: Vec<&str> =
            aanbieders.iter().filter(|(_, volume)| **volume > 0).map(|(name, _)| *name).collect();
        let number = ["", "1", "2", "3", "4+"][involved.len()];
        for (at, aanbieder) in involved.iter().enumerate() {
            if at == 0 {
                counts.add(&[number, kwartaal], *client, "", 1);
            }
            clients.add(&[aanbieder, &yes_no(involved.len() > 1), kwartaal], *client, aanbieder, 1);
        }
    }
    for ((client, kwartaal, aanbieder), volume) in &coordination {
        if *volume > 0 {
            coordinated.add(&[aanbieder, kwartaal], *client, aanbieder, 1);
        }
    }
    check(&measured, "betrokken_aanbieders", &["aantal_aanbieders", "kwartaal"], &counts);
    check(
        &measured,
        "clienten_per_aanbieder",
        &["aanbieder", "meer_aanbieders", "kwartaal"],
        &clients,
    );
    check(&measured, "coordinatie_clienten", &["aanbieder", "kwartaal"], &coordinated);
}
