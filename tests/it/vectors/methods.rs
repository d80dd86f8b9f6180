//! Which methods of the vectors we have, and what we answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maatstaf::stats::calendar::{self, HolidaySet};
use maatstaf::stats::funnel;
use maatstaf::stats::inequality;
use maatstaf::stats::lottery::{self, Draw};
use maatstaf::stats::multiple_testing::benjamini_hochberg;
use maatstaf::stats::overdispersion;
use maatstaf::stats::poisson::{self, Exposure};
use maatstaf::stats::poisson_binomial::{PoissonBinomial, Trial};
use maatstaf::stats::rate;
use maatstaf::stats::robust::{self, ModifiedZ};
use maatstaf::stats::{Computed, Interval, NotComputable, Tails};
use serde_json::Value;

/// One value of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Compared within the tolerance.
    Number(f64),
    /// A name or a date.
    Text(String),
    /// Missing in the input, so missing in the answer.
    Missing,
    /// Where the reference is known to be wrong; our own value was checked when it was made.
    Other,
}

/// What we answer for one field; `Err` = "not computable".
pub(super) type Answer = Computed<Vec<Cell>>;
/// An answer per field; empty when the vector is a variant we do not have.
pub(super) type Answers = BTreeMap<&'static str, Answer>;

/// The fields that are compared.
pub(super) enum Fields {
    /// Every field the vector holds.
    All,
    /// These, where the vector holds them.
    Of(&'static [&'static str]),
}

/// From a vector to the answers.
type Method = fn(&Value) -> Answers;

/// Method, the fields that are compared, and what computes them.
pub(super) const METHODS: &[(&str, Fields, Method)] = &[
    (
        "poisson_rate_exact_garwood",
        Fields::Of(&["rate", "lower95", "upper95", "lower998", "upper998"]),
        rate_exact,
    ),
    (
        "poisson_test_count_vs_expected",
        Fields::Of(&["p_central_double", "p_lower", "p_upper"]),
        poisson_test,
    ),
    ("poisson_rate_ratio_exact", Fields::Of(&["ratio", "lower95", "upper95"]), rate_ratio),
    (
        "funnel_limits_poisson_prediction",
        Fields::Of(&["q025", "q975", "q001", "q999", "interp_count"]),
        prediction_limits,
    ),
    (
        "funnel_overdispersion_sqrt",
        Fields::Of(&["z", "tau2", "od_limits_ll998_ll95_ul95_ul998"]),
        widened_limits,
    ),
    ("winsorise_phi_tau2", Fields::All, dispersion),
    ("poisson_homogeneity_chisq", Fields::All, homogeneity),
    (
        "inequality_indices",
        Fields::Of(&["gini", "gini_corrected", "hoover", "hhi", "lorenz_p", "lorenz_L"]),
        inequality_indices,
    ),
    ("hhi", Fields::Of(&["hhi", "effective_number"]), hhi),
    ("poisson_binomial_pmf_cdf", Fields::Of(&["pmf", "cdf", "mean", "variance"]), poisson_binomial),
    (
        "poisson_binomial_two_sided_p",
        Fields::Of(&["p_lower", "p_upper", "p_double"]),
        poisson_binomial_p,
    ),
    ("hours_generalized_poisson_binomial", Fields::All, hours),
    ("benjamini_hochberg", Fields::All, q_values),
    ("quantile", Fields::Of(&["q"]), quantile),
    ("mad", Fields::Of(&["median", "mad_raw", "mad_scaled_1_4826"]), mad),
    ("modified_z_iglewicz_hoaglin", Fields::Of(&["z_0_6745"]), modified_z),
    ("modified_z_on_log", Fields::All, modified_z_on_log),
    ("tariff_reference_ratio", Fields::All, tariff_reference_ratio),
    ("nl_public_holidays", Fields::All, holidays),
    ("nl_working_days_between", Fields::All, working_days),
    ("nl_add_working_days", Fields::All, add_working_days),
    ("easter_sunday", Fields::All, easter),
    ("koningsdag", Fields::All, koningsdag),
    ("gini_under_equal_chance", Fields::Of(&["mean", "q025", "q975"]), gini_under_equal_chance),
];

fn numbers(value: &Value) -> Vec<f64> {
    let number = |value: &Value| value.as_f64().unwrap();
    value.as_array().map_or_else(|| vec![number(value)], |list| list.iter().map(number).collect())
}

fn whole(value: &Value) -> i64 {
    let number = value.as_f64().unwrap();
    format!("{number:.0}").parse().unwrap()
}

fn one(answer: Computed<f64>) -> Answer {
    answer.map(|number| vec![Cell::Number(number)])
}

fn many(answer: Computed<Vec<f64>>) -> Answer {
    answer.map(|numbers| numbers.into_iter().map(Cell::Number).collect())
}

fn count(answer: i64) -> Answer {
    one(Ok(answer as f64))
}

fn rate_exact(vector: &Value) -> Answers {
    let inputs = &vector["inputs"];
    let (observed, denominator) = (whole(&inputs["count"]), whole(&inputs["denominator"]));
    // Ours is always per 10,000.
    let scale = inputs["per"].as_f64().unwrap() / 10_000.0;
    let limits = |level| {
        let limits = rate::per_10_000_interval(observed, denominator, level)?;
        Ok(Interval { lower: limits.lower * scale, upper: limits.upper * scale })
    };
    BTreeMap::from([
        ("rate", one(rate::per_10_000(observed, denominator).map(|rate| rate * scale))),
        ("lower95", one(limits(0.95).map(|limits| limits.lower))),
        ("upper95", one(limits(0.95).map(|limits| limits.upper))),
        ("lower998", one(limits(0.998).map(|limits| limits.lower))),
        ("upper998", one(limits(0.998).map(|limits| limits.upper))),
    ])
}

/// Both tails and the p, under the names of the vectors.
fn of_tails(tails: Computed<Tails>, p: &'static str) -> Answers {
    BTreeMap::from([
        ("p_lower", one(tails.map(|tails| tails.lower))),
        ("p_upper", one(tails.map(|tails| tails.upper))),
        (p, one(tails.map(|tails| tails.two_sided()))),
    ])
}

fn poisson_test(vector: &Value) -> Answers {
    let inputs = &vector["inputs"];
    let expected = inputs["expected"].as_f64().unwrap();
    of_tails(poisson::tails(whole(&inputs["count"]), expected), "p_central_double")
}

fn rate_ratio(vector: &Value) -> Answers {
    let exposure = |count: &str, denominator: &str| Exposure {
        count: whole(&vector["inputs"][count]),
        denominator: whole(&vector["inputs"][denominator]),
    };
    let found =
        poisson::rate_ratio(exposure("count_a", "denom_a"), exposure("count_b", "denom_b"), 0.95);
    BTreeMap::from([
        ("ratio", one(found.and_then(|found| found.ratio))),
        ("lower95", one(found.map(|found| found.lower))),
        ("upper95", one(found.and_then(|found| found.upper))),
    ])
}

fn prediction_limits(vector: &Value) -> Answers {
    let expected = vector["inputs"]["expected"].as_f64().unwrap();
    let limit = |p: f64| funnel::prediction_limit(expected, p);
    let q = |p: f64| limit(p).map(|limit| vec![Cell::Number(limit.count as f64)]);
    let lines = funnel::prediction_limits(expected).map(|limits| {
        let named = [
            ("p001", limits.lower998),
            ("p025", limits.lower95),
            ("p975", limits.upper95),
            ("p999", limits.upper998),
        ];
        named.into_iter().flat_map(|(p, x)| [Cell::Text(p.to_owned()), Cell::Number(x)]).collect()
    });
    BTreeMap::from([
        ("q025", q(0.025)),
        ("q975", q(0.975)),
        ("q001", q(0.001)),
        ("q999", q(0.999)),
        ("interp_count", lines),
    ])
}

/// Scores of the units, and their widened limits as ratios.
fn widened_limits(vector: &Value) -> Answers {
    let inputs = &vector["inputs"];
    let expected = numbers(&inputs["expected"]);
    let observed = inputs["observed"].as_array().unwrap().iter().map(whole);
    let scores: Vec<_> = observed
        .zip(&expected)
        .map(|(observed, expected)| overdispersion::root_score(observed, *expected).unwrap())
        .collect();
    let z: Vec<f64> = scores.iter().map(|score| score.z).collect();
    let s: Vec<f64> = scores.iter().map(|score| score.s).collect();
    let trim = inputs["trim_by"].as_f64().unwrap();
    let tau2 = overdispersion::dispersion(&z, &s, trim).map(|found| found.tau2);
    let limits = tau2.and_then(|tau2| {
        let rows: Computed<Vec<_>> =
            expected.iter().map(|e| funnel::widened_limits(*e, tau2)).collect();
        let ratios = |(limits, e): (funnel::FunnelLimits, &f64)| {
            let spread = (0.25 / e + tau2).sqrt();
            // The reference squares a bound below zero, and its line bounces up again.
            let lower = |limit: f64, width: f64| {
                if 1.0 - width * spread >= 0.0 {
                    return Cell::Number(limit / e);
                }
                assert!(limit == 0.0, "a bound below zero gave {limit}");
                Cell::Other
            };
            let upper = |limit: f64| Cell::Number(limit / e);
            [
                lower(limits.lower998, 3.090_232),
                lower(limits.lower95, 1.959_964),
                upper(limits.upper95),
                upper(limits.upper998),
            ]
        };
        Ok(rows?.into_iter().zip(&expected).flat_map(ratios).collect())
    });
    BTreeMap::from([
        ("z", many(Ok(z))),
        ("tau2", one(tau2)),
        ("od_limits_ll998_ll95_ul95_ul998", limits),
    ])
}

fn dispersion(vector: &Value) -> Answers {
    let inputs = &vector["inputs"];
    let (z, s) = (numbers(&inputs["z"]), numbers(&inputs["s"]));
    let found = overdispersion::dispersion(&z, &s, inputs["trim_by"].as_f64().unwrap());
    BTreeMap::from([
        ("winsorised", many(found.clone().map(|found| found.winsorised))),
        ("phi", one(found.clone().map(|found| found.phi))),
        ("tau2", one(found.map(|found| found.tau2))),
    ])
}

fn homogeneity(vector: &Value) -> Answers {
    let list = |name: &str| vector["inputs"][name].as_array().unwrap().iter().map(whole);
    let units: Vec<Exposure> = list("count")
        .zip(list("denominator"))
        .map(|(count, denominator)| Exposure { count, denominator })
        .collect();
    let found = overdispersion::homogeneity(&units);
    BTreeMap::from([
        ("statistic", one(found.map(|found| found.statistic))),
        ("df", one(found.map(|found| found.degrees as f64))),
        ("p", one(found.map(|found| found.p))),
    ])
}

fn inequality_indices(vector: &Value) -> Answers {
    let x = numbers(&vector["inputs"]["x"]);
    let lorenz = inequality::lorenz(&x);
    let units = lorenz.clone().map(|points| points.iter().map(|point| point.units).collect());
    let total = lorenz.map(|points| points.iter().map(|point| point.total).collect());
    BTreeMap::from([
        ("gini", one(inequality::gini(&x))),
        ("gini_corrected", one(inequality::gini_corrected(&x))),
        ("hoover", one(inequality::hoover(&x))),
        ("hhi", one(inequality::concentration(&x).map(|c| c.hhi))),
        ("lorenz_p", many(units)),
        ("lorenz_L", many(total)),
    ])
}

fn hhi(vector: &Value) -> Answers {
    let found = inequality::concentration(&numbers(&vector["inputs"]["x"]));
    BTreeMap::from([
        ("hhi", one(found.map(|c| c.hhi))),
        ("effective_number", one(found.map(|c| c.effective_number))),
    ])
}

/// `at` = the positions of pmf and cdf; without it all of them.
fn poisson_binomial(vector: &Value) -> Answers {
    let inputs = &vector["inputs"];
    let chances = match inputs["k"].as_array() {
        Some(_) => numbers(&inputs["k"]).into_iter().map(|k| 1.0 / k).collect(),
        None => numbers(&inputs["p"]),
    };
    let found = PoissonBinomial::new(&chances).unwrap();
    let at: Vec<i64> = match vector["expected"]["at"].as_array() {
        Some(at) => at.iter().map(whole).collect(),
        None => (0..=i64::try_from(chances.len()).unwrap()).collect(),
    };
    BTreeMap::from([
        ("pmf", many(Ok(at.iter().map(|sum| found.pmf(*sum)).collect()))),
        ("cdf", many(Ok(at.iter().map(|sum| found.tails(*sum).lower).collect()))),
        ("mean", one(Ok(found.mean()))),
        ("variance", one(Ok(found.variance()))),
    ])
}

fn poisson_binomial_p(vector: &Value) -> Answers {
    let inputs = &vector["inputs"];
    let found = PoissonBinomial::new(&numbers(&inputs["p"]));
    of_tails(found.map(|found| found.tails(whole(&inputs["observed"]))), "p_double")
}

fn hours(vector: &Value) -> Answers {
    let inputs = &vector["inputs"];
    let trials: Vec<Trial> = numbers(&inputs["eligible_k"])
        .into_iter()
        .zip(inputs["quarter_hours"].as_array().unwrap())
        .map(|(k, step)| Trial { chance: 1.0 / k, step: u32::try_from(whole(step)).unwrap() })
        .collect();
    let found = PoissonBinomial::with_steps(&trials).unwrap();
    let mut answers =
        of_tails(Ok(found.tails(whole(&inputs["observed_quarter_hours"]))), "p_double");
    answers.extend([
        ("mean", one(Ok(found.mean()))),
        ("variance", one(Ok(found.variance()))),
        ("q025", count(found.range95().low)),
        ("q975", count(found.range95().high)),
    ]);
    answers
}

fn q_values(vector: &Value) -> Answers {
    let p: Vec<Option<f64>> =
        vector["inputs"]["p"].as_array().unwrap().iter().map(Value::as_f64).collect();
    let cell = |q: Option<f64>| q.map_or(Cell::Missing, Cell::Number);
    let q = benjamini_hochberg(&p).map(|q| q.into_iter().map(cell).collect());
    BTreeMap::from([("q", q)])
}

fn quantile(vector: &Value) -> Answers {
    let inputs = &vector["inputs"];
    if inputs["type"] != 7 {
        return Answers::new();
    }
    let x = numbers(&inputs["x"]);
    let q = numbers(&inputs["probs"]).into_iter().map(|p| robust::quantile(&x, p)).collect();
    BTreeMap::from([("q", many(q))])
}

fn mad(vector: &Value) -> Answers {
    let found = robust::mad(&numbers(&vector["inputs"]["x"]));
    BTreeMap::from([
        ("median", one(found.map(|mad| mad.median))),
        ("mad_raw", one(found.map(|mad| mad.raw))),
        ("mad_scaled_1_4826", one(found.map(|mad| mad.scaled()))),
    ])
}

/// Median and scores; a fixed value has no scores, which no vector expects as a number.
fn scores(found: Computed<ModifiedZ>) -> (Answer, Answer) {
    match found {
        Ok(ModifiedZ::Scores { median, z }) => (one(Ok(median)), many(Ok(z))),
        Ok(ModifiedZ::Fixed { .. }) => {
            (Err(NotComputable::SingleValue), Err(NotComputable::SingleValue))
        }
        Err(reason) => (Err(reason), Err(reason)),
    }
}

fn modified_z(vector: &Value) -> Answers {
    let (_, z) = scores(robust::modified_z(&numbers(&vector["inputs"]["x"])));
    BTreeMap::from([("z_0_6745", z)])
}

fn modified_z_on_log(vector: &Value) -> Answers {
    let (median, z) = scores(robust::modified_z_on_log(&numbers(&vector["inputs"]["tariff"])));
    BTreeMap::from([("median_tariff", median), ("z", z)])
}

fn tariff_reference_ratio(vector: &Value) -> Answers {
    let reference = vector["inputs"]["reference"].as_f64().unwrap();
    let found: Computed<Vec<_>> = numbers(&vector["inputs"]["tariff"])
        .into_iter()
        .map(|t| robust::reference_ratio(t, reference))
        .collect();
    let field = |pick: fn(&robust::ReferenceRatio) -> f64| {
        many(found.clone().map(|ratios| ratios.iter().map(pick).collect()))
    };
    BTreeMap::from([
        ("ratio", field(|r| r.ratio)),
        ("log_ratio", field(|r| r.log_ratio)),
        ("pct", field(|r| r.percent)),
    ])
}

const SETS: [(&str, HolidaySet); 3] = [
    ("atw", HolidaySet::Atw),
    ("python_public", HolidaySet::Public),
    ("office_no_good_friday_lustrum_5may", HolidaySet::Office),
];

fn year(vector: &Value) -> i32 {
    i32::try_from(whole(&vector["inputs"]["year"])).unwrap()
}

fn day(value: &Value) -> NaiveDate {
    value.as_str().unwrap().parse().unwrap()
}

fn text(date: NaiveDate) -> Cell {
    Cell::Text(date.to_string())
}

fn holidays(vector: &Value) -> Answers {
    let set = match vector["inputs"]["set"].as_str().unwrap() {
        "python-holidays public+optional" => HolidaySet::Atw,
        "python-holidays public" => HolidaySet::Public,
        _ => return Answers::new(),
    };
    let found = calendar::holidays(year(vector), set).map(|days| {
        let pair = |day: &calendar::Holiday| [text(day.date), Cell::Text(day.name.to_owned())];
        days.iter().flat_map(pair).collect()
    });
    BTreeMap::from([("dates", found)])
}

fn working_days(vector: &Value) -> Answers {
    let (start, end) = (day(&vector["inputs"]["start"]), day(&vector["inputs"]["end"]));
    let found = |set| one(calendar::working_days_between(start, end, set).map(f64::from));
    SETS.map(|(name, set)| (name, found(set))).into()
}

fn add_working_days(vector: &Value) -> Answers {
    let n = u32::try_from(whole(&vector["inputs"]["n"])).unwrap();
    let start = day(&vector["inputs"]["start"]);
    let found = |set| calendar::add_working_days(start, n, set).map(|date| vec![text(date)]);
    SETS.map(|(name, set)| (name, found(set))).into()
}

fn easter(vector: &Value) -> Answers {
    BTreeMap::from([("date", calendar::easter_sunday(year(vector)).map(|date| vec![text(date)]))])
}

fn koningsdag(vector: &Value) -> Answers {
    BTreeMap::from([("date", calendar::koningsdag(year(vector)).map(|date| vec![text(date)]))])
}

fn gini_under_equal_chance(vector: &Value) -> Answers {
    let size = |name: &str| usize::try_from(whole(&vector["inputs"][name])).unwrap();
    let (n_events, n_units) = (size("events"), size("providers"));
    let chances = (0..n_units).map(|unit| (unit, 1.0 / n_units as f64)).collect();
    let draws = vec![Draw { weight: 1, chances }; n_events];
    let mut observed = vec![0; n_units];
    observed[0] = n_events as u64;
    let gini = lottery::null_world(&draws, &observed, 19_999, 1).map(|world| world.gini);
    BTreeMap::from([
        ("mean", one(gini.map(|gini| gini.mean))),
        ("q025", one(gini.map(|gini| gini.low))),
        ("q975", one(gini.map(|gini| gini.high))),
    ])
}
