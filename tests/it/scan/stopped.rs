//! Runs that do not get to their end: stopped, killed, out of memory, damaged underneath.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::all_numbers;
use super::finder::Finder;
use super::runs::Runs;
use crate::support::{files_below, sample_data};

#[test]
fn no_client_number_is_in_what_a_killed_run_leaves() {
    let (finder, runs) = (Finder::new(&all_numbers()), Runs::new());
    let sample = sample_data().to_string_lossy().into_owned();
    let begin = Instant::now();
    runs.run(&["lees", &sample, "--naar", "set"], 0);
    let takes = begin.elapsed();
    let mut n_left = 0;
    for step in 0..12 {
        // Each in a place of its own, so that no run clears up what another left.
        let name = format!("map{step}/set");
        std::fs::create_dir_all(runs.place.path(&format!("map{step}"))).unwrap();
        let mut child = runs.start(&["lees", &sample, "--naar", &name, "-v"]);
        sleep(takes * step / 12 + Duration::from_millis(5));
        child.kill().unwrap();
        child.wait().unwrap();
        let left = files_below(&runs.place.path(&format!("map{step}")));
        n_left +=
            usize::from(left.keys().any(|name| name.starts_with(".maatstaf-set.nieuw/basis")));
    }
    assert!(n_left > 2, "most of these runs should have left something: {n_left}");
    assert_eq!(runs.hits(&finder), [""; 0]);
}

#[cfg(unix)]
#[test]
fn no_client_number_is_in_the_words_of_a_run_that_breaks_down() {
    let (finder, runs) = (Finder::new(&all_numbers()), Runs::new());
    let sample = sample_data().to_string_lossy().into_owned();
    runs.run(&["lees", &sample, "--naar", "set"], 0);
    for limit_kb in (140_000..340_000).step_by(16_000) {
        runs.within(limit_kb, &["lees", "-v", &sample, "--naar", &format!("set{limit_kb}")]);
        let target = format!("uit{limit_kb}");
        let report = ["rapport", "-v", "--dataset", "set", "--kwartaal", "2025-K3"];
        let more = ["--regio", "oefenregio", "--uit", &target];
        runs.within(limit_kb, &[&report[..], &more].concat());
    }
    assert!(runs.n_said("memory allocation of") > 0);
    assert!(runs.n_said("panicked at") > 0);
    assert!(runs.n_said("stack backtrace") > 0);
    damaged(&runs);
    assert_eq!(runs.hits(&finder), [""; 0]);
}

/// Reports on a dataset of which bytes were changed.
#[cfg(unix)]
fn damaged(runs: &Runs) {
    let set = files_below(&runs.place.path("set"));
    let tables =
        set.iter().filter(|(name, bytes)| name.starts_with("afgeleid/") && bytes.len() > 4_000);
    let mut n_refused = 0;
    for (name, bytes) in tables {
        let mut wrong = bytes.clone();
        let middle = wrong.len() / 2;
        for at in (middle - 400..middle + 400).step_by(7) {
            wrong[at] ^= 0x55;
        }
        runs.place.write(&format!("set/{name}"), wrong);
        runs.ask(&[
            "rapport",
            "-v",
            "--dataset",
            "set",
            "--regio",
            "oefenregio",
            "--kwartaal",
            "2025-K3",
            "--proef",
        ]);
        runs.ask(&["vraag", "kosten_totaal", "--dataset", "set", "-v"]);
        n_refused += usize::from(runs.last().contains("FOUT"));
        runs.place.write(&format!("set/{name}"), bytes);
    }
    assert!(n_refused > 0);
}
