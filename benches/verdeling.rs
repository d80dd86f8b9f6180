//! How long does it take to judge a large region?
//!
//! Enters: nothing. Leaves on the screen: seconds to judge zorgcoordinatie of 2,000 clients over 150 aanbieders (clients,
//! volume, hours, and the whole by seeded worlds), the best of three. Ends with 1 when that is far above a second.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result};
use maatstaf::findings::{Context, judge};
use maatstaf::metrics::{Dossier, DossierRegel, Dossiers, Measured, Outcome, Query};
use maatstaf::period::Kwartaal;
use maatstaf::region::Region;
use maatstaf::stats::rng::Rng;

const CLIENTEN: u64 = 2_000;
const AANBIEDERS: usize = 150;
/// About a second is the aim; a slower machine or a busy one may take twice that.
const LIMIT_SECONDS: f64 = 2.0;
/// The quarter that is judged.
const KWARTAAL: &str = "2025-K3";
/// Quarters of the year up to it without that quarter itself, so that there is one lottery: that of the year.
const EARLIER: &[&str] = &["2025-K1", "2025-K2"];

fn main() -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    let whole = Region::load("oefenregio", None)?;
    let region_only = Region { gemeenten: Vec::new(), ..Region::load("oefenregio", None)? };
    let few = |rng: &mut Rng| 2 + rng.below(5);
    let all = |_: &mut Rng| AANBIEDERS;
    writeln!(
        out,
        "| 2,000 clients over 150 aanbieders | lotteries | seconds | limit |\n|---|---|---|---|"
    )?;
    let mut is_good = true;
    let mut line = |name: &str, region: &Region, dossiers: Vec<Dossier>, limit: Option<f64>| {
        let (lotteries, seconds) = best_of_three(region, dossiers)?;
        let shown = limit.map_or_else(String::new, |limit| format!("{limit}"));
        is_good &= limit.is_none_or(|limit| seconds <= limit);
        writeln!(out, "| {name} | {lotteries} | {seconds:.2} | {shown} |").context("screen")
    };
    let limit = Some(LIMIT_SECONDS);
    line(
        "2 to 6 who could coordinate per client",
        &region_only,
        dossiers(&whole, EARLIER, few),
        limit,
    )?;
    line(
        "all 150 could coordinate for every client",
        &region_only,
        dossiers(&whole, EARLIER, all),
        limit,
    )?;
    line(
        "2 to 6, with every gemeente, quarter and year",
        &whole,
        dossiers(&whole, &["2025-K2", KWARTAAL], few),
        None,
    )?;
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Clients with the aanbieders that could have coordinated and the one that did, drawn with a fixed seed.
fn dossiers(region: &Region, kwartalen: &[&str], n_of: impl Fn(&mut Rng) -> usize) -> Vec<Dossier> {
    let mut rng = Rng::of(&[20_251]);
    let one = |at: u64| {
        let kwartaal = if at.is_multiple_of(2) { kwartalen[0] } else { kwartalen[1] };
        let n = n_of(&mut rng);
        let gemeente = region.gemeenten[rng.below(region.gemeenten.len())].code.clone();
        let mut left: Vec<usize> = (0..AANBIEDERS).collect();
        let involved: Vec<usize> =
            (0..n).map(|_| left.swap_remove(rng.below(left.len()))).collect();
        let coordinator = involved[rng.below(n)];
        let minuten = 15 * rng.between(1, 208);
        let care: Vec<i64> = involved.iter().map(|_| rng.between(10_000, 900_000)).collect();
        let regel = |(aanbieder, zorg_ct): (&usize, i64)| {
            let coordineert = i64::from(*aanbieder == coordinator);
            DossierRegel {
                kwartaal: kwartaal.to_owned(),
                gemeente: gemeente.clone(),
                aanbieder: format!("Aanbieder {aanbieder:03}"),
                zorg_tegelijk_ct: zorg_ct,
                zorg_ct,
                coordinatie_milli: coordineert * minuten * 1_000,
                coordinatie_minuten: coordineert * minuten,
                zonder_minuten: 0,
                heeft_plan: false,
                heeft_maatregel: false,
            }
        };
        involved.iter().zip(care).map(regel).collect()
    };
    (0..CLIENTEN).map(one).collect()
}

/// Number of lotteries that were judged, and seconds.
fn best_of_three(region: &Region, dossiers: Vec<Dossier>) -> Result<(usize, f64)> {
    let queries = Query::load_all(None)?;
    let query = queries.into_iter().find(|query| query.id == "coordinatie_loting");
    let kwartaal: Kwartaal = KWARTAAL.parse().map_err(anyhow::Error::msg)?;
    let measured = [Measured {
        query: query.context("the query of the lottery is gone")?,
        kwartaal,
        outcome: Outcome::Draws(Dossiers { dossiers, afwezig: Vec::new() }),
        jaar: Vec::new(),
        werklijst: None,
    }];
    let context = Context { region, kwartaal, peildatum: kwartaal.last_day(), measured: &measured };
    let mut best = (0, f64::INFINITY);
    for _ in 0..3 {
        let begin = Instant::now();
        let judged = judge(&context);
        best = (judged.evenredig.len(), best.1.min(begin.elapsed().as_secs_f64()));
    }
    anyhow::ensure!(best.0 > 0, "nothing was judged");
    Ok(best)
}
