//! Does chance alone flag as few as METHODS.md says?
//!
//! Enters: `--zaden N` (200) and `--regels N` (6,000). Leaves on the screen: of practice regions in which nothing is to
//! be found how many gemeenten and aanbieders are flagged, beside the limit; of the same regions with planted signals how
//! many of those are found. Ends with 1 when a share is over its limit. The walk is that of the program, in process.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use anyhow::{Context as _, Result, bail};
use maatstaf::findings::verdeling::{Aandeel, Evenredig, MAX_Q, Termijn};
use maatstaf::findings::{Context, Judged, Vergelijking, judge};
use maatstaf::metrics::Query;
use maatstaf::practice::{Options, generate};
use maatstaf::region::{Publiek, Region};
use maatstaf::run::{Lees, Rapport, Silent, lees, measure};
use maatstaf::stats::Level;
use maatstaf::typing::pseudonym::Key;

/// The questions that are judged; the others say nothing about gemeenten or aanbieders.
const QUERIES: [&str; 2] = ["maatwerk_nieuw", "coordinatie_loting"];
/// The shares that chance may flag, per level.
const AIMS: [f64; 2] = [0.05, 0.002];
/// Standard errors by which a share may be above its aim.
const SLACK: f64 = 3.0;

/// How far beyond chance something is: 0 within, 1 beyond 95%, 2 beyond 99.8%.
type Flag = usize;

/// What one region showed, by row of the table.
type Seen = BTreeMap<&'static str, Vec<Flag>>;

fn main() -> Result<ExitCode> {
    let (seeds, regels) = arguments()?;
    let mut out = io::stdout().lock();
    let fair = all_regions(seeds, regels, false)?;
    writeln!(out, "{seeds} practice regions of {regels} lines without signals\n")?;
    let is_good = print_fair(&mut out, &fair)?;
    let planted = all_regions(seeds, regels, true)?;
    writeln!(out, "\n{seeds} practice regions of {regels} lines with planted signals\n")?;
    print_planted(&mut out, &planted)?;
    if !is_good {
        writeln!(out, "\nover its limit: chance alone is flagged too often")?;
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

/// Every seed from 1 on, on two threads; what they showed in order of the seed.
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
    let done: Vec<Result<Vec<(u64, Seen)>>> = std::thread::scope(|scope| {
        let workers = [scope.spawn(work), scope.spawn(work)];
        workers.map(|worker| worker.join().unwrap_or_else(|_| bail!("a walk panicked"))).into()
    });
    let mut all: Vec<(u64, Seen)> =
        done.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    all.sort_by_key(|(zaad, _)| *zaad);
    let mut together = Seen::new();
    for (row, flags) in all.into_iter().flat_map(|(_, seen)| seen) {
        together.entry(row).or_default().extend(flags);
    }
    Ok(together)
}

/// What every region shares.
struct Walk {
    region: Region,
    queries: Vec<Arc<Query>>,
}

impl Walk {
    fn new() -> Result<Self> {
        let mut queries = Query::load_all(None)?;
        queries.retain(|query| QUERIES.contains(&query.id.as_str()));
        Ok(Self { region: Region::load("oefenregio", None)?, queries })
    }

    /// Files, dataset, figures, judgement; without a report.
    fn region(&self, options: &Options) -> Result<Seen> {
        let place = tempfile::tempdir()?;
        let files = place.path().join("in");
        generate(options, &files)?;
        let stop = AtomicBool::new(false);
        let read = Lees {
            inputs: std::slice::from_ref(&files),
            target: &place.path().join("dataset"),
            region: &self.region,
            aliases: &self.region.aliases,
            forced: &BTreeMap::new(),
            stijlen: &[],
            key: &Key::new([7; 32]),
            stop: &stop,
        };
        let dataset = lees(&read, &mut Silent)?;
        let kwartaal = dataset.manifest.last_full_quarter().context("no whole quarter")?;
        let job = Rapport {
            region: &self.region,
            kwartaal,
            peildatum: kwartaal.last_day(),
            publiek: Publiek::Intern,
            queries: &self.queries,
            templates: None,
            command: &[],
            exit: 0,
            is_above_threshold: false,
            only: None,
            stop: &stop,
        };
        let measured = measure(&job, &dataset, &mut Silent)?;
        let context = Context {
            region: &self.region,
            kwartaal,
            peildatum: job.peildatum,
            measured: &measured,
        };
        let judged = judge(&context);
        if options.signalen { planted(&judged, &files) } else { Ok(fair(&judged)) }
    }
}

fn of_level(level: Level) -> Flag {
    match level {
        Level::Within => 0,
        Level::Beyond95(_) => 1,
        Level::Beyond998(_) => 2,
    }
}

/// A doubled smaller tail is below twice a level's tail exactly when that tail is below it.
fn of_p(p: f64) -> Flag {
    AIMS.iter().filter(|aim| p < **aim).count()
}

/// The lotteries of the region, with the name of their term.
fn regional(judged: &Judged) -> impl Iterator<Item = (&Evenredig, usize)> {
    judged.evenredig.iter().filter(|one| one.gemeente.is_none()).map(|one| (one, term(one)))
}

fn term(one: &Evenredig) -> usize {
    usize::from(one.termijn == Termijn::Kwartaal)
}

/// Every verdict of a region without signals.
fn fair(judged: &Judged) -> Seen {
    let mut seen = Seen::new();
    let mut add = |row: &'static str, flags: Vec<Flag>| seen.entry(row).or_default().extend(flags);
    let levels = |one: &Vergelijking| one.gemeenten.iter().map(|g| of_level(g.level)).collect();
    let compared = [&judged.maatwerk, &judged.maatwerk_kwartaal];
    for (row, one) in
        ["gemeenten, maatwerk, year", "gemeenten, maatwerk, quarter"].into_iter().zip(compared)
    {
        add(row, one.as_ref().map(levels).unwrap_or_default());
    }
    for (one, term) in regional(judged) {
        let clients = one.beoordeeld().map(|deel| of_p(deel.gelijk.p)).collect();
        add(["aanbieders, clients, year", "aanbieders, clients, quarter"][term], clients);
        let hours = one.beoordeeld().filter_map(|deel| deel.uren).map(|uren| of_p(uren.gelijk.p));
        add(["aanbieders, hours, year", "aanbieders, hours, quarter"][term], hours.collect());
        let whole = one.telling.toets.ok().map(|toets| of_p(toets.p));
        add(
            ["all aanbieders at once, clients, year", "all aanbieders at once, clients, quarter"]
                [term],
            whole.into_iter().collect(),
        );
        let whole = one.uren.as_ref().and_then(|uren| uren.toets.ok()).map(|toets| of_p(toets.p));
        add(
            ["all aanbieders at once, hours, year", "all aanbieders at once, hours, quarter"][term],
            whole.into_iter().collect(),
        );
        let named = one.beoordeeld().any(is_named);
        add(
            [
                "regions in which q names an aanbieder, year",
                "regions in which q names an aanbieder, quarter",
            ][term],
            vec![usize::from(named)],
        );
    }
    for one in judged.evenredig.iter().filter(|one| one.gemeente.is_some()) {
        let clients = one.beoordeeld().map(|deel| of_p(deel.gelijk.p)).collect();
        add(
            [
                "aanbieders within a gemeente, clients, year",
                "aanbieders within a gemeente, clients, quarter",
            ][term(one)],
            clients,
        );
    }
    seen
}

fn is_named(deel: &Aandeel) -> bool {
    deel.gelijk.q.is_some_and(|q| q < MAX_Q)
}

/// The verdicts on what was planted.
fn planted(judged: &Judged, files: &Path) -> Result<Seen> {
    let answers: serde_json::Value =
        serde_json::from_slice(&fs::read(files.join("antwoorden.json"))?)?;
    let findings = &answers["bevindingen"];
    let code = findings["maatwerk_boven_toeval"]["gemeente"].as_str().context("no gemeente")?;
    let name = findings["coordinatie_ver_boven_verwachting"].as_str().context("no aanbieder")?;
    let mut seen = Seen::new();
    let compared = [&judged.maatwerk, &judged.maatwerk_kwartaal];
    for (row, one) in
        ["gemeente, maatwerk, year", "gemeente, maatwerk, quarter"].into_iter().zip(compared)
    {
        let found = one.as_ref().and_then(|one| one.van(code));
        seen.insert(row, vec![found.map_or(0, |found| of_level(found.level))]);
    }
    for (one, term) in regional(judged) {
        // One that could not be judged was not found.
        let deel = one.beoordeeld().find(|deel| deel.aanbieder == name);
        let clients = deel.map_or(0, |deel| of_p(deel.gelijk.p));
        seen.insert(
            ["aanbieder, clients, year", "aanbieder, clients, quarter"][term],
            vec![clients],
        );
        let hours = deel.and_then(|deel| deel.uren).map_or(0, |uren| of_p(uren.gelijk.p));
        seen.insert(["aanbieder, hours, year", "aanbieder, hours, quarter"][term], vec![hours]);
        let named = usize::from(deel.is_some_and(is_named));
        seen.insert(
            ["aanbieder named by q, year", "aanbieder named by q, quarter"][term],
            vec![named],
        );
    }
    Ok(seen)
}

/// How many of `flags` are at a level or beyond, and the share.
fn at(flags: &[Flag], level: usize) -> (usize, f64) {
    let n = flags.iter().filter(|flag| **flag > level).count();
    (n, n as f64 / flags.len().max(1) as f64)
}

/// False when a share is over its limit, or when there was nothing to judge.
fn print_fair(out: &mut impl io::Write, seen: &Seen) -> Result<bool> {
    writeln!(out, "| verdicts | n | beyond 95% | share | limit | beyond 99.8% | share | limit |")?;
    writeln!(out, "|---|---|---|---|---|---|---|---|")?;
    let mut is_good = !seen.is_empty();
    for (row, flags) in seen {
        write!(out, "| {row} | {} |", flags.len())?;
        is_good &= !flags.is_empty();
        for (level, aim) in AIMS.into_iter().enumerate() {
            let (n, share) = at(flags, level);
            let limit = aim + SLACK * (aim * (1.0 - aim) / flags.len().max(1) as f64).sqrt();
            is_good &= share <= limit;
            write!(out, " {n} | {:.2}% | {:.2}% |", 100.0 * share, 100.0 * limit)?;
        }
        writeln!(out)?;
    }
    Ok(is_good)
}

fn print_planted(out: &mut impl io::Write, seen: &Seen) -> Result<()> {
    writeln!(out, "| planted | n | beyond 95% | share | beyond 99.8% | share |")?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    for (row, flags) in seen {
        write!(out, "| {row} | {} |", flags.len())?;
        for level in 0..AIMS.len() {
            let (n, share) = at(flags, level);
            write!(out, " {n} | {:.1}% |", 100.0 * share)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
