//! Does chance alone flag as few as METHODS.md says, and is what is there found?
//!
//! Enters: `--zaden N` (200) and `--regels N` (6,000). Leaves on the screen: of practice regions in which nothing is to
//! be found how many gemeenten and aanbieders are flagged, beside the limit; of as many with planted signals how often
//! those are found; and how large a difference must be to be seen. Ends with 1 when a share is over its limit. The walk
//! is that of the program, in process.

#[path = "calibration/gemeenten.rs"]
mod gemeenten;
#[path = "calibration/power.rs"]
mod power;
#[path = "calibration/walk.rs"]
mod walk;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context as _, Result, bail};
use maatstaf::practice::Options;
use maatstaf::stats::Computed;

use crate::gemeenten::{SETTINGS, Setting};
use crate::power::{EXPECTED, Power, RATIOS};
use crate::walk::{AIMS, Flag, Seen, Walk};

/// Standard errors by which a share may be above its aim.
const SLACK: f64 = 3.0;

fn main() -> Result<ExitCode> {
    let (seeds, regels) = arguments()?;
    let mut out = io::stdout().lock();
    let fair = all_regions(seeds, regels, false)?;
    writeln!(out, "{seeds} practice regions of {regels} lines without signals\n")?;
    let mut is_good = print_fair(&mut out, &fair)?;
    writeln!(out, "\nmore gemeenten, drawn counts\n")?;
    is_good &= print_gemeenten(&mut out)?;
    let planted = all_regions(seeds, regels, true)?;
    writeln!(out, "\n{seeds} practice regions of {regels} lines with planted signals\n")?;
    print_planted(&mut out, &planted)?;
    writeln!(out, "\nChance of being beyond 95% (99.8%), by the true ratio\n")?;
    print_power(&mut out, "gemeente", power::gemeente)?;
    print_power(&mut out, "aanbieder", power::aanbieder)?;
    if !is_good {
        writeln!(
            out,
            "\nover its limit: chance alone is flagged too often, or nothing was judged"
        )?;
    }
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Number of seeds and of lines.
fn arguments() -> Result<(u64, u64)> {
    let (mut seeds, mut regels) = (200, Options::default().regels);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let number = |text: Option<String>| -> Result<u64> {
            text.context("a number is missing")?.parse().context("not a number")
        };
        match word.as_str() {
            "--zaden" => seeds = number(words.next())?,
            "--regels" => regels = number(words.next())?,
            // What cargo itself adds.
            "--bench" => {}
            other => bail!("unknown: {other}; use --zaden N and --regels N"),
        }
    }
    Ok((seeds, regels))
}

/// The seeds from 1 on, on two threads; what they showed in order of the seed.
fn all_regions(seeds: u64, regels: u64, signalen: bool) -> Result<Seen> {
    let next = AtomicU64::new(1);
    let work = || -> Result<Vec<(u64, Seen)>> {
        let walk = Walk::new()?;
        let mut out = Vec::new();
        loop {
            let zaad = next.fetch_add(1, Ordering::Relaxed);
            if zaad > seeds {
                return Ok(out);
            }
            let seen = walk.region(&Options { regels, zaad, signalen });
            out.push((zaad, seen.with_context(|| format!("seed {zaad}"))?));
        }
    };
    let mut all = std::thread::scope(|scope| -> Result<Vec<(u64, Seen)>> {
        let workers = [scope.spawn(work), scope.spawn(work)];
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().unwrap_or_else(|_| bail!("a walk panicked"))?);
        }
        Ok(all)
    })?;
    all.sort_by_key(|(zaad, _)| *zaad);
    let mut together = if signalen { Seen::planted() } else { Seen::fair() };
    for (_, seen) in all {
        together.add_all(seen);
    }
    Ok(together)
}

/// How many of `flags` are at a level or beyond, and the share.
fn at(flags: &[Flag], level: usize) -> (usize, f64) {
    let n = flags.iter().filter(|flag| **flag > level).count();
    (n, n as f64 / flags.len().max(1) as f64)
}

/// A q-value has one limit; everything else has two levels.
fn has_level(row: &str, level: usize) -> bool {
    level == 0 || !row.contains("q < ")
}

/// The largest share of `n` that may be flagged.
fn limit(aim: f64, n: usize) -> f64 {
    aim + SLACK * (aim * (1.0 - aim) / n.max(1) as f64).sqrt()
}

/// False when a share is over its limit, or when there was nothing to judge.
fn print_fair(out: &mut impl Write, seen: &Seen) -> Result<bool> {
    writeln!(out, "| verdicts | n | beyond 95% | share | limit | beyond 99.8% | share | limit |")?;
    writeln!(out, "|---|---|---|---|---|---|---|---|")?;
    let mut is_good = true;
    for (row, flags) in &seen.0 {
        write!(out, "| {row} | {} |", flags.len())?;
        is_good &= !flags.is_empty();
        for (level, aim) in AIMS.into_iter().enumerate() {
            if !has_level(row, level) {
                write!(out, " | | |")?;
                continue;
            }
            let (n, share) = at(flags, level);
            let limit = limit(aim, flags.len());
            is_good &= share <= limit;
            write!(out, " {n} | {:.2}% | {:.2}% |", 100.0 * share, 100.0 * limit)?;
        }
        writeln!(out)?;
    }
    Ok(is_good)
}

/// False when gemeenten that do not differ are flagged too often.
fn print_gemeenten(out: &mut impl Write) -> Result<bool> {
    writeln!(
        out,
        "| gemeenten | expected | true spread | n | beyond 95% | beyond 99.8% | widened regions |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    let mut is_good = true;
    for (number, setting) in (0..).zip(&SETTINGS) {
        let Setting { gemeenten, expected, spread } = setting;
        let shown = gemeenten::shown(setting, number)?;
        let [at_95, at_998] = [0, 1].map(|level| at(&shown.flags, level).1);
        let n = shown.flags.len();
        if *spread == 0.0 {
            is_good &= at_95 <= limit(AIMS[0], n) && at_998 <= limit(AIMS[1], n);
        }
        let widened = 100.0 * shown.widened as f64 * *gemeenten as f64 / n as f64;
        write!(out, "| {gemeenten} | {expected} | {spread} | {n} |")?;
        writeln!(out, " {:.2}% | {:.2}% | {widened:.0}% |", 100.0 * at_95, 100.0 * at_998)?;
    }
    Ok(is_good)
}

fn print_planted(out: &mut impl Write, seen: &Seen) -> Result<()> {
    writeln!(out, "| planted | n | beyond 95% | beyond 99.8% |")?;
    writeln!(out, "|---|---|---|---|")?;
    for (row, flags) in &seen.0 {
        write!(out, "| {row} | {} |", flags.len())?;
        for level in 0..AIMS.len() {
            if has_level(row, level) {
                write!(out, " {:.1}% |", 100.0 * at(flags, level).1)?;
            } else {
                write!(out, " |")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A table of chances per expected number (rows) and ratio (columns).
fn print_power(
    out: &mut impl Write,
    name: &str,
    power: impl Fn(i64, f64) -> Computed<Power>,
) -> Result<()> {
    let ratios: Vec<String> = RATIOS.iter().map(|ratio| format!("× {ratio} |")).collect();
    writeln!(out, "| {name}, expected | {}", ratios.join(" "))?;
    writeln!(out, "|---{}|", "|---".repeat(RATIOS.len()))?;
    for expected in EXPECTED {
        write!(out, "| {expected} |")?;
        for ratio in RATIOS {
            let [at_95, at_998] = power(expected, ratio)?;
            write!(out, " {:.1}% ({:.1}%) |", 100.0 * at_95, 100.0 * at_998)?;
        }
        writeln!(out)?;
    }
    writeln!(out)?;
    Ok(())
}
