//! Runs that do not get to their end: stopped, killed, out of memory, damaged underneath.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::of_the_sample;
use super::runs::Runs;
use crate::support::{files_below, sample_data};

#[test]
fn no_client_number_is_in_what_a_killed_run_leaves() {
    let (finder, runs) = (of_the_sample(), Runs::new());
    let sample = sample_data().to_string_lossy().into_owned();
    let begin = Instant::now();
    runs.run(&["lees", &sample, "--naar", "set"], 0);
    let takes = begin.elapsed();
    let (mut n_left, mut step) = (0, 0);
    // A quick machine is seldom stopped half-way: until enough runs left something.
    while step < 12 || (n_left < 3 && step < 90) {
        // Each in a place of its own, so that no run clears up what another left.
        let name = format!("map{step}/set");
        std::fs::create_dir_all(runs.place.path(&format!("map{step}"))).unwrap();
        let mut child = runs.start(&["lees", &sample, "--naar", &name, "-v"]);
        sleep(takes * (step * 7 % 30) / 30 + Duration::from_millis(5));
        child.kill().unwrap();
        child.wait().unwrap();
        let left = files_below(&runs.place.path(&format!("map{step}")));
        n_left +=
            usize::from(left.keys().any(|name| name.starts_with(".maatstaf-set.nieuw/basis")));
        step += 1;
    }
    assert!(n_left > 2, "some of these runs should have left something: {n_left}");
    assert_eq!(runs.hits(finder), [""; 0]);
}

#[cfg(unix)]
#[test]
fn no_client_number_is_in_the_words_of_a_run_that_breaks_down() {
    let (finder, runs) = (of_the_sample(), Runs::new());
    let sample = sample_data().to_string_lossy().into_owned();
    runs.run(&["lees", &sample, "--naar", "set"], 0);
    // More processors need more room before anything happens.
    let (mut limit_kb, mut n_done) = (120_000, 0);
    while n_done < 4 && limit_kb < 4_000_000 {
        let target = format!("set{limit_kb}");
        n_done += u32::from(runs.within(limit_kb, &["lees", "-v", &sample, "--naar", &target]));
        if limit_kb % 40_000 == 0 {
            runs.within(limit_kb, &report(&format!("uit{limit_kb}")));
        }
        limit_kb += 20_000;
    }
    // Whether a thread cannot be made or a text cannot be held, is chance.
    let n_broken = runs.n_said("memory allocation of") + runs.n_said("panicked at");
    assert!(n_broken > 3, "{n_broken}");
    assert!(runs.n_said("stack backtrace") > 0);
    damaged(&runs);
    assert_eq!(runs.hits(finder), [""; 0]);
}

/// A report of the dataset, with all that is told about what goes wrong.
#[cfg(unix)]
fn report(uit: &str) -> [&str; 10] {
    let of =
        ["rapport", "-v", "--dataset", "set", "--kwartaal", "2025-K3", "--regio", "oefenregio"];
    let mut words = [""; 10];
    words[..8].copy_from_slice(&of);
    words[8..].copy_from_slice(&["--uit", uit]);
    words
}

/// Reports on a dataset of which bytes were changed.
#[cfg(unix)]
fn damaged(runs: &Runs) {
    let set = files_below(&runs.place.path("set"));
    let mut n_refused = 0;
    for table in ["declaraties", "overeenkomsten", "toewijzingen_per_kwartaal"] {
        let name = format!("set/afgeleid/{table}.parquet");
        let bytes = &set[name.trim_start_matches("set/")];
        let mut wrong = bytes.clone();
        let middle = wrong.len() / 2;
        for at in (middle - 900..middle + 900).step_by(7) {
            wrong[at] ^= 0x55;
        }
        runs.place.write(&name, wrong);
        runs.ask(&report(&format!("beschadigd_{table}")));
        n_refused += usize::from(runs.last().contains("FOUT"));
        runs.place.write(&name, bytes);
    }
    assert!(n_refused > 0);
}
