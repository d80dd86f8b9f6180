use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::vergelijking::{Oordeel, Telling, Vergelijking, vergelijk};
use super::zinnen;
use crate::findings::{Chapter, Context, Judged, judge};
use crate::metrics::{Level as Cells, Measured, MeasuredCell, Outcome, Query, Ratio, TOTAAL};
use crate::period::Kwartaal;
use crate::region::{Gemeente, Region};
use crate::stats::overdispersion::{Decision, Overdispersion};
use crate::stats::{Level, NotComputable, Side};

fn telling(naam: &str, aantal: i64, jeugdigen: i64) -> Telling {
    let code = format!("9{:03}", naam.len());
    let cites = vec![format!("{naam}/aantal")];
    Telling {
        code,
        naam: naam.to_owned(),
        aantal,
        laatste: aantal / 2,
        vrije_keuze: 0,
        jeugdigen,
        cites,
    }
}

fn last() -> Kwartaal {
    "2025-K3".parse().unwrap()
}

fn compared(tellingen: Vec<Telling>) -> Result<Vergelijking, NotComputable> {
    vergelijk(last().last_n(4), 0, tellingen, 10)
}

fn five() -> Vec<Telling> {
    vec![
        telling("A", 14, 5_200),
        telling("Be", 30, 21_000),
        telling("Cee", 10, 9_100),
        telling("Deee", 6, 7_400),
        telling("Eeeee", 25, 17_300),
    ]
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found} {expected}");
}

#[test]
fn five_gemeenten_get_the_numbers_of_scipy() {
    let found = compared(five()).unwrap();
    // scipy 1.17: binom.cdf, binom.sf and chi2.ppf on the same counts.
    let expected = [
        (
            26.923_076_923_076_923,
            14.719_096_685_193_453,
            45.172_348_311_222_26,
            6.737_226_277_372_263,
            0.993_878_923_017_942_8,
            0.014_331_042_670_881_415,
        ),
        (
            14.285_714_285_714_286,
            9.638_511_438_771_864,
            20.393_745_426_098_885,
            29.615_384_615_384_617,
            0.572_001_982_342_140_3,
            0.518_100_770_059_963_7,
        ),
        (
            10.989_010_989_010_989,
            5.269_657_907_837_839,
            20.209_182_463_755_802,
            13.408_644_400_785_855,
            0.240_106_374_005_517_01,
            0.848_368_398_950_034_1,
        ),
        (
            8.108_108_108_108_109,
            2.975_532_774_987_636,
            17.647_937_868_268_492,
            11.114_068_441_064_639,
            0.087_847_376_387_063_29,
            0.959_059_929_485_012_8,
        ),
        (
            14.450_867_052_023_12,
            9.351_839_218_398_455,
            21.332_330_461_000_21,
            24.309_133_489_461_36,
            0.599_949_778_184_793_7,
            0.494_011_986_972_751_1,
        ),
    ];
    for (one, (rate, low, high, verwacht, lower, upper)) in found.gemeenten.iter().zip(expected) {
        near(one.per_10000, rate);
        near(one.interval.lower, low);
        near(one.interval.upper, high);
        near(one.verwacht, verwacht);
        near(one.tails.lower, lower);
        near(one.tails.upper, upper);
    }
    near(found.gemeenten[0].elders_per_10000, 12.956_204_379_562_044);
    near(found.spreiding.p, 0.073_358_199_467_323_14);
    near(found.spreiding.phi, 0.805_002_272_797_69);
    assert_eq!(found.spreiding.decision, Decision::TooFewUnits);
    let levels: Vec<Level> = found.gemeenten.iter().map(|one| one.level).collect();
    assert_eq!(levels[0], Level::Beyond95(Side::Above));
    assert_eq!(levels[1..], [Level::Within; 4]);
    let small: Vec<bool> = found.gemeenten.iter().map(|one| one.is_klein).collect();
    assert_eq!(small, [false, false, false, true, false], "6 agreements are few");
}

#[test]
fn the_sentence_of_a_gemeente_says_count_rate_interval_others_and_expectation() {
    let found = compared(five()).unwrap();
    assert_eq!(
        zinnen::zin(&found.gemeenten[0], &found),
        "A heeft in de vier kwartalen tot en met 2025-K3 14 nieuwe maatwerkovereenkomsten, waarvan 7 in 2025-K3: 26,9 per 10.000 jeugdigen \
         (met 95% zekerheid tussen 14,7 en 45,2). In de andere gemeenten samen is dat 13,0; bij deze omvang zijn er dan \
         ongeveer 6,7 te verwachten. Dat is opvallend, maar kan toeval zijn. Past het gecontracteerde aanbod bij de vraag?"
    );
    assert_eq!(
        zinnen::zin(&found.gemeenten[1], &found),
        "Be: 30 nieuwe maatwerkovereenkomsten, ongeveer 29,6 te verwachten"
    );
    assert_eq!(
        zinnen::zin(&found.gemeenten[3], &found),
        "Deee: 6 nieuwe maatwerkovereenkomsten, ongeveer 11,1 te verwachten (klein aantal)"
    );
    assert_eq!(
        zinnen::hoeveel(&found),
        "Over de vier kwartalen tot en met 2025-K3 ligt 1 van de 5 gemeenten buiten de grenzen van 95%: A (opvallend, kan toeval zijn). \
         Ook als er niets aan de hand is, ligt er soms een buiten: van 5 gemeenten door toeval gemiddeld minder dan één per keer."
    );
    assert!(zinnen::door_toeval(19).contains("gemiddeld minder dan één"));
    assert!(zinnen::door_toeval(20).contains("gemiddeld hooguit 1 per"));
    assert!(zinnen::door_toeval(21).contains("gemiddeld hooguit 2 per"));
    assert_eq!(
        zinnen::spreiding(&found.spreiding),
        "De gemeenten verschillen onderling niet meer dan toeval geeft."
    );
    let said = |tau2: f64| zinnen::spreiding(&Overdispersion { p: 0.004, tau2, ..found.spreiding });
    assert_eq!(
        said(0.0),
        "Samen verschillen de gemeenten meer dan toeval geeft (zulke verschillen komen door toeval ongeveer 4 op de 1.000 keer voor), en dat \
         komt vooral door de uitersten."
    );
    assert!(
        said(0.2).ends_with("ook zonder de uitersten; voor bredere grenzen zijn het er te weinig.")
    );
    for one in &found.gemeenten {
        assert!(!zinnen::zin(one, &found).to_lowercase().contains("significant"));
    }
}

#[test]
fn a_dominant_gemeente_is_not_compared_with_itself() {
    // 200 of 260 agreements: the mean of the region is nearly its own.
    let mut all = vec![telling("Groot", 200, 40_000)];
    all.extend(["A", "Be", "Cee"].map(|naam| telling(naam, 20, 10_000)));
    let found = compared(all).unwrap();
    let groot = found.gemeenten.iter().find(|one| one.telling.naam == "Groot").unwrap();
    near(groot.verwacht, 80.0);
    assert_eq!(groot.level, Level::Beyond998(Side::Above));
}

#[test]
fn what_cannot_be_compared_has_a_reason() {
    assert_eq!(compared(Vec::new()), Err(NotComputable::NoValues));
    assert_eq!(compared(vec![telling("A", 4, 100)]), Err(NotComputable::SingleValue));
    let none = vec![telling("A", 0, 100), telling("Be", 0, 200)];
    assert_eq!(compared(none), Err(NotComputable::TotalIsZero));
    let without = vec![telling("A", 1, 0), telling("Be", 2, 200)];
    assert_eq!(compared(without), Err(NotComputable::NoDenominator));
}

#[test]
fn a_gemeente_without_agreements_has_a_rate_of_zero_with_an_upper_limit() {
    let found = compared(vec![telling("A", 0, 1_000), telling("Be", 9, 3_000)]).unwrap();
    let one = &found.gemeenten[0];
    assert_eq!((one.per_10000, one.interval.lower, one.level), (0.0, 0.0, Level::Within));
    near(one.interval.upper, 36.888_794_541_139_36);
    assert!(one.is_klein);
}

#[test]
fn ten_gemeenten_that_differ_more_than_chance_have_wider_limits() {
    let counts = [2, 40, 11, 35, 5, 28, 50, 9, 3, 44, 31, 18];
    let all = counts.iter().enumerate().map(|(i, n)| telling(&"x".repeat(i + 1), *n, 1_000));
    let found = compared(all.collect()).unwrap();
    assert_eq!(found.spreiding.decision, Decision::Widened);
    let most = found.gemeenten.iter().find(|one| one.telling.aantal == 50).unwrap();
    assert_eq!((most.tails.level(), most.level), (Level::Beyond998(Side::Above), Level::Within));
    // Computed by tests/second_engine/maatwerk.py, which shares nothing with this program.
    near(found.spreiding.phi, 13.797_712_527_969_29);
    near(found.spreiding.tau2, 0.152_739_674_244_695_14);
    assert_eq!((most.bereik.low, most.bereik.high), (1, 66));
    let least = found.gemeenten.iter().find(|one| one.telling.aantal == 2).unwrap();
    assert_eq!((least.bereik.low, least.bereik.high, least.level), (2, 79, Level::Within));
    near(least.interval.upper, 72.246_876_677_239_6);
    assert!(zinnen::spreiding(&found.spreiding).contains("verbreed"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_gemeenten_changes_nothing(
        counts in proptest::collection::vec((0_i64..60, 200_i64..60_000), 2..14),
        turn in 1_usize..13,
    ) {
        let mut all: Vec<Telling> = (1..)
            .zip(&counts)
            .map(|(i, (n, jeugdigen))| telling(&"y".repeat(i), *n, *jeugdigen))
            .collect();
        let first = compared(all.clone());
        let turn = turn % all.len();
        all.rotate_left(turn);
        all.reverse();
        prop_assert_eq!(&compared(all), &first);
        if let Ok(found) = first {
            for one in &found.gemeenten {
                let is_inside = (one.bereik.low..=one.bereik.high).contains(&one.telling.aantal);
                prop_assert_eq!(is_inside, !one.valt_op());
                prop_assert!(one.interval.lower <= one.per_10000 && one.per_10000 <= one.interval.upper);
            }
        }
    }
}

/// A cell of the register: gemeente, free choice, quarter, agreements, children.
type Cell<'c> = (&'c str, &'c str, &'c str, i64, Result<i64, &'c str>);

fn measured(cells: &[Cell<'_>]) -> Measured {
    let queries = Query::load_all(None).unwrap();
    let query = queries.into_iter().find(|query| query.id == "maatwerk_nieuw").unwrap();
    let cell = |key: [&str; 3], value: i64, jeugdigen: Result<i64, &str>| MeasuredCell {
        key: key.map(str::to_owned).into(),
        value,
        bedrag_ct: None,
        clienten: Some(u32::try_from(value).unwrap()),
        aanbieders: None,
        top_client: [0; 2],
        top_aanbieder: [0; 2],
        rows: 1,
        ratio: Some(Ratio {
            column: "per_10000",
            noemer: jeugdigen.ok(),
            jaar: jeugdigen.ok().map(|_| 2025),
            outcome: jeugdigen.map(|n| value as f64 * 10_000.0 / n as f64).map_err(str::to_owned),
        }),
    };
    let of_level = |one: &Cell<'_>| cell([one.0, one.1, one.2], one.3, one.4);
    let total: i64 = cells.iter().filter(|one| one.2 == "2025-K3").map(|one| one.3).sum();
    let keys = ["gemeente", "is_vrije_keuze", "kwartaal"].map(str::to_owned);
    let levels = vec![
        Cells { keys: keys.to_vec(), cells: cells.iter().map(of_level).collect() },
        Cells {
            keys: vec!["kwartaal".to_owned()],
            cells: vec![cell([TOTAAL, TOTAAL, "2025-K3"], total, Ok(1))],
        },
    ];
    Measured {
        query,
        kwartaal: last(),
        outcome: Outcome::Cells(levels),
        jaar: Vec::new(),
        werklijst: None,
    }
}

fn judged(cells: &[Cell<'_>]) -> Judged {
    let mut region = Region::load("oefenregio", None).unwrap();
    region.gemeenten = [("9901", "Aadorp"), ("9902", "Beekdal"), ("9903", "Ceedorp")]
        .map(|(code, naam)| Gemeente { code: code.to_owned(), naam: naam.to_owned() })
        .into();
    let peildatum = NaiveDate::from_ymd_opt(2025, 10, 30).unwrap();
    let measured = [measured(cells)];
    judge(&Context { region: &region, kwartaal: last(), peildatum, measured: &measured })
}

/// Aadorp far above the others in the two quarters the register knows; three with a free choice beside that.
const TWO_QUARTERS: [Cell<'static>; 8] = [
    ("9901", "nee", "2025-K2", 4, Ok(1_000)),
    ("9901", "nee", "2025-K3", 16, Ok(1_000)),
    ("9901", "ja", "2025-K3", 3, Ok(1_000)),
    ("9902", "nee", "2025-K2", 6, Ok(4_000)),
    ("9902", "nee", "2025-K3", 5, Ok(4_000)),
    ("9902", "ja", "2025-K3", 0, Ok(4_000)),
    ("9903", "nee", "2025-K2", 7, Ok(5_000)),
    ("9903", "nee", "2025-K3", 4, Ok(5_000)),
];

#[test]
fn free_choices_stand_apart_and_a_short_register_is_said() {
    let judged = judged(&TWO_QUARTERS);
    let jaar = judged.maatwerk.as_ref().unwrap();
    let aadorp = jaar.van("9901").unwrap();
    assert_eq!((aadorp.telling.aantal, aadorp.telling.vrije_keuze), (20, 3));
    near(aadorp.verwacht, 22.0 / 9.0);
    assert_eq!(aadorp.level, Level::Beyond998(Side::Above));
    assert_eq!((jaar.kwartalen.len(), jaar.ontbrekend), (2, 2));
    assert!(zinnen::korter(jaar).contains("begint in 2025-K2"));
    let text = &judged.findings[0].text;
    assert!(text.contains("in de twee kwartalen tot en met 2025-K3 20 nieuwe"), "{text}");
    assert!(text.contains("20 nieuwe maatwerkovereenkomsten, waarvan 16 in 2025-K3:"), "{text}");
    assert!(
        text.ends_with(
            "Daarnaast zijn er 3 met vrije keuze van aanbieder door een maatregel; die tellen hier niet mee. \
             Past het gecontracteerde aanbod bij de vraag?"
        ),
        "{text}"
    );
    assert!(
        aadorp.is_klein && !text.contains("klein aantal"),
        "far beyond chance one more or less changes nothing: {text}"
    );
    let second = &judged.findings[1].text;
    assert!(
        second.starts_with("Ceedorp")
            && second.contains("Zonder Aadorp in de vergelijking ligt het binnen"),
        "{second}"
    );
    assert_eq!(judged.findings.len(), 2);
    assert_eq!(judged.findings[0].cites[0], "maatwerk_nieuw/9901/nee/2025-K3/aantal");
    let quarter = judged.maatwerk_kwartaal.as_ref().unwrap();
    assert_eq!((quarter.kwartalen.len(), quarter.van("9901").unwrap().telling.aantal), (1, 16));
    assert!(zinnen::hoeveel(quarter).starts_with("In 2025-K3 liggen 2 van de 3 gemeenten"));
}

#[test]
fn a_hidden_cell_of_any_gemeente_takes_the_whole_comparison_along() {
    let addresses = [
        "maatwerk_nieuw/9903/nee/2025-K2/aantal",
        "maatwerk_nieuw/9902/ja/2025-K3/aantal",
        "maatwerk_nieuw/9901/nee/2025-K3/aantal",
    ];
    for address in addresses {
        let left = judged(&TWO_QUARTERS).without(&BTreeSet::from([address.to_owned()]));
        assert_eq!(left.maatwerk, None, "{address}");
        assert_eq!(left.of(Chapter::Maatwerk).count(), 0, "{address}");
        assert_eq!(left.maatwerk_kwartaal.is_none(), address.contains("2025-K3"), "{address}");
    }
}

#[test]
fn a_register_of_one_quarter_is_compared_once() {
    let only: Vec<Cell<'_>> = TWO_QUARTERS.into_iter().filter(|cell| cell.2 == "2025-K3").collect();
    let judged = judged(&only);
    assert_eq!(judged.maatwerk.as_ref().unwrap().kwartalen, [last()]);
    assert_eq!(judged.maatwerk_kwartaal, None);
}

/// The reasons why the comparison cannot be made, or not of all.
fn reasons(judged: &Judged) -> Vec<&str> {
    let of = |n: &&crate::findings::NietTeBepalen| n.question == super::vergelijking::QUESTION;
    judged.niet_te_bepalen.iter().filter(of).map(|n| n.reason.as_str()).collect()
}

#[test]
fn a_gemeente_without_children_stays_out_and_is_named() {
    let mut cells = TWO_QUARTERS;
    for cell in cells.iter_mut().filter(|cell| cell.0 == "9903") {
        cell.4 = Err("0 jeugdigen in 2025");
    }
    let found = judged(&cells);
    assert_eq!(
        reasons(&found),
        ["1 gemeente blijft buiten de vergelijking: Ceedorp (0 jeugdigen in 2025)"]
    );
    assert_eq!(found.maatwerk.unwrap().gemeenten.len(), 2);
    for cell in cells.iter_mut().filter(|cell| cell.0 == "9902") {
        cell.4 = Err("geen aantal jeugdigen bekend");
    }
    let found = judged(&cells);
    assert_eq!(found.maatwerk, None);
    assert_eq!(reasons(&found).len(), 2);
    assert!(reasons(&found)[1].ends_with("het zijn er 1"), "{:?}", reasons(&found));
}

#[test]
fn without_agreements_or_before_the_register_there_is_no_comparison_and_a_reason() {
    let none: Vec<Cell<'_>> =
        TWO_QUARTERS.into_iter().map(|cell| (cell.0, cell.1, cell.2, 0, cell.4)).collect();
    let found = judged(&none);
    assert_eq!((found.maatwerk.is_none(), found.maatwerk_kwartaal.is_none()), (true, true));
    assert_eq!(
        reasons(&found),
        ["er zijn in deze kwartalen geen overeenkomsten om te vergelijken"]
    );
    let earlier: Vec<Cell<'_>> =
        TWO_QUARTERS.into_iter().filter(|cell| cell.2 == "2025-K2").collect();
    let found = judged(&earlier);
    assert_eq!(found.maatwerk, None);
    assert_eq!(reasons(&found), ["het register zegt niets over dit kwartaal"]);
}

#[test]
fn the_region_says_which_count_is_small() {
    let small = |klein_aantal: i64| {
        let found = vergelijk(last().last_n(4), 0, five(), klein_aantal).unwrap();
        let of = |one: &Oordeel| one.is_klein.then(|| one.telling.code.clone());
        found.gemeenten.iter().filter_map(of).collect::<Vec<_>>()
    };
    let at_ten = small(10);
    // Below an expectation of five a count is small whatever the region says; above all counts every one is.
    assert!(small(1).len() < at_ten.len() && at_ten.len() < 5, "{at_ten:?}");
    assert_eq!(small(1_000).len(), 5);
}
