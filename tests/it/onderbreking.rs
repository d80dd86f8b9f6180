//! Whatever stops a run, and whenever: a dataset is as it was or as it should be, and nothing is left beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Child;
use std::sync::atomic::AtomicBool;
use std::thread::sleep;
use std::time::{Duration, Instant};

use maatstaf::checks::derive;
use maatstaf::dataset::place::Place;
use maatstaf::dataset::stop::Interrupted;
use maatstaf::dataset::{Dataset, Store};

use crate::job::TestJob;
use crate::support::{export, files_below, key, read, region, sample_data};

/// Everything in a dataset.
type Content = BTreeMap<String, Vec<u8>>;

/// A dataset that is added to: how it is before and after, and how long that takes.
struct Adding {
    job: TestJob,
    before: Content,
    after: Content,
    takes: Duration,
}

impl Adding {
    fn new() -> Self {
        let job = TestJob::new();
        let first = sample_data().join("declaraties_linde.csv");
        let words = ["lees", &first.to_string_lossy(), "--regio", "oefenregio", "--naar", "set"];
        job.run(&words).check(0, &[]);
        let before = files_below(&job.place.path("set"));
        copy(&before, &job.place.path("oud"));
        let begin = Instant::now();
        assert_eq!(wait(&mut add(&job)), Some(0));
        let takes = begin.elapsed();
        let after = files_below(&job.place.path("set"));
        assert_ne!(before, after);
        Self { job, before, after, takes }
    }

    /// The dataset as it was before.
    fn reset(&self) {
        fs::remove_dir_all(self.job.place.path("set")).unwrap();
        copy(&self.before, &self.job.place.path("set"));
    }

    /// The dataset is one of the two; true when it is the new one.
    #[track_caller]
    fn is_new(&self, when: &str) -> bool {
        let set = self.job.place.path("set");
        let dataset = Dataset::open(&set).unwrap_or_else(|error| panic!("{when}: {error}"));
        dataset.rejects().unwrap();
        let found = files_below(&set);
        assert!(found == self.before || found == self.after, "{when}: neither old nor new");
        found == self.after
    }

    /// Interrupts a run: it ends as such or was done, and nothing stands beside the datasets. True when it was stopped.
    #[cfg(unix)]
    #[track_caller]
    fn is_interrupted(&self, child: &mut Child, when: &str) -> bool {
        interrupt(child);
        let is_stopped = match wait(child) {
            Some(0) => false,
            Some(130) => true,
            other => panic!("{when}: {other:?}"),
        };
        assert_eq!(self.is_new(when), !is_stopped, "{when}");
        assert_eq!(self.job.names(), ["oud", "set"], "{when}");
        is_stopped
    }

    /// The next run finds nothing of the one before in its way, and leaves nothing.
    #[track_caller]
    fn next_run_is_right(&self, when: &str) {
        assert_eq!(wait(&mut add(&self.job)), Some(0), "{when}");
        assert!(self.is_new(when), "{when}");
        assert_eq!(self.job.names(), ["oud", "set"], "{when}");
    }
}

fn copy(content: &Content, folder: &Path) {
    for (name, bytes) in content {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The run that is to be stopped: the whole practice region is added.
fn add(job: &TestJob) -> Child {
    let sample = sample_data();
    job.start(&["lees", &sample.to_string_lossy(), "--naar", "set", "--stil"])
}

/// What Ctrl-C does.
#[cfg(unix)]
fn interrupt(child: &Child) {
    let pid = child.id().to_string();
    drop(std::process::Command::new("kill").args(["-INT", &pid]).output().unwrap());
}

fn wait(child: &mut Child) -> Option<i32> {
    child.wait().unwrap().code()
}

/// Removes what a killed run left, as any next run in this folder does.
fn other_run(job: &TestJob) {
    drop(Place::claim(&job.place.path("ander")).unwrap());
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_the_old_or_the_new_dataset() {
    let adding = Adding::new();
    let (steps, mut n_old) = (18, 0);
    for step in 0..=steps {
        adding.reset();
        let when = format!("after {step}/{steps} of {:?}", adding.takes);
        let mut child = add(&adding.job);
        sleep(adding.takes * step / steps);
        child.kill().unwrap();
        wait(&mut child);
        n_old += u32::from(!adding.is_new(&when));
        if step % 6 == 0 {
            adding.next_run_is_right(&when);
        } else {
            other_run(&adding.job);
            assert_eq!(adding.job.names(), ["oud", "set"], "{when}");
            adding.is_new(&when);
        }
    }
    assert!(n_old > steps / 4, "most of these runs should have been stopped: {n_old}");
}

#[test]
fn a_run_that_is_killed_when_a_file_appears_leaves_the_old_or_the_new_dataset() {
    let adding = Adding::new();
    for name in [
        ".maatstaf-set.slot",
        ".maatstaf-set.nieuw",
        ".maatstaf-set.nieuw/basis/declaraties",
        ".maatstaf-set.nieuw/basis/antwoorden",
        ".maatstaf-set.nieuw/afgeleid",
        ".maatstaf-set.nieuw/afkeur_kruis.jsonl",
        ".maatstaf-set.nieuw/manifest.json",
        ".maatstaf-set.oud",
    ] {
        for _ in 0..2 {
            adding.reset();
            let mut child = add(&adding.job);
            let path = adding.job.place.path(name);
            while !path.exists() && child.try_wait().unwrap().is_none() {}
            child.kill().unwrap();
            wait(&mut child);
            adding.is_new(name);
        }
        adding.next_run_is_right(name);
    }
}

#[test]
fn a_run_that_is_killed_before_there_is_a_dataset_leaves_none() {
    let job = TestJob::new();
    let mut child = add(&job);
    let made = job.place.path(".maatstaf-set.nieuw/basis");
    while !made.exists() && child.try_wait().unwrap().is_none() {}
    child.kill().unwrap();
    wait(&mut child);
    assert!(!job.place.path("set").exists());
    job.run(&["rapport", "--dataset", "set", "--regio", "oefenregio"])
        .refused(3, &["de map set bestaat niet", "maatstaf lees"]);
    assert_eq!(wait(&mut add(&job)), Some(0));
    assert_eq!(job.names(), ["set"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_at_any_moment_ends_the_run_and_leaves_nothing_beside_the_dataset() {
    let adding = Adding::new();
    let (steps, mut n_stopped) = (10, 0);
    for step in 1..=steps {
        adding.reset();
        let when = format!("after {step}/{steps} of {:?}", adding.takes);
        let mut child = add(&adding.job);
        // Before the program has begun there is nobody to hear the signal.
        while adding.job.names().len() < 3 && child.try_wait().unwrap().is_none() {}
        sleep(adding.takes * (step - 1) / steps);
        n_stopped += u32::from(adding.is_interrupted(&mut child, &when));
    }
    assert!(n_stopped > 0);
}

#[cfg(unix)]
#[test]
fn ctrl_c_during_the_rules_across_files_ends_the_run_and_leaves_nothing_beside_the_dataset() {
    let adding = Adding::new();
    let made = adding.job.place.path(".maatstaf-set.nieuw/afgeleid");
    // On a busy machine the run can be done before the signal is there.
    let is_stopped = (0..20).any(|n| {
        adding.reset();
        let mut child = add(&adding.job);
        while !made.exists() && child.try_wait().unwrap().is_none() {}
        adding.is_interrupted(&mut child, &format!("try {n}"))
    });
    assert!(is_stopped);
}

#[test]
fn the_rules_across_files_make_no_table_when_the_run_is_to_stop() {
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    let target = job.place.path("set");
    read(&[job.place.path("a.csv")], &target);
    let before = files_below(&target);
    let region = region();
    let mut store = Store::create(&target, &key().mark(), &region.id).unwrap();
    let error = derive(&mut store, &region, &AtomicBool::new(true)).unwrap_err();
    assert!(error.is::<Interrupted>(), "{error}");
    assert_eq!(store.written("declaraties"), None);
    derive(&mut store, &region, &AtomicBool::new(false)).unwrap();
    assert!(store.written("declaraties").is_some());
    drop(store);
    assert_eq!(files_below(&target), before);
    assert_eq!(job.names(), ["a.csv", "set"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_during_a_report_leaves_no_report() {
    let job = TestJob::new();
    let sample = sample_data().to_string_lossy().into_owned();
    let mut child = job.start(&["rapport", &sample, "--uit", "uit", "--stil"]);
    let made = job.place.path(".maatstaf-uit.nieuw");
    while !made.exists() && child.try_wait().unwrap().is_none() {}
    interrupt(&child);
    assert_eq!(wait(&mut child), Some(130));
    assert_eq!(job.names(), [""; 0]);
}

#[test]
fn a_kill_between_the_two_renames_is_put_right_by_whoever_comes_next() {
    let adding = Adding::new();
    let report = |name: &str| {
        let words = ["rapport", "--dataset", "set", "--regio", "oefenregio", "--uit", name];
        adding.job.run(&words).check(0, &[]);
        let files = files_below(&adding.job.place.path(name));
        // The manifest holds the command, and with it this name.
        let files: Content =
            files.into_iter().filter(|(path, _)| path != "herkomst/manifest.json").collect();
        fs::remove_dir_all(adding.job.place.path(name)).unwrap();
        files
    };
    adding.reset();
    let expected = report("een");
    let set = adding.job.place.path("set");
    let between = || {
        adding.reset();
        fs::rename(&set, adding.job.place.path(".maatstaf-set.oud")).unwrap();
        copy(&adding.after, &adding.job.place.path(".maatstaf-set.nieuw"));
        fs::write(adding.job.place.path(".maatstaf-set.slot"), "").unwrap();
        assert!(!set.exists());
    };
    between();
    assert_eq!(report("twee"), expected);
    assert!(!adding.is_new("after a report"));
    between();
    assert!(!adding.is_new("opened"));
    between();
    adding.next_run_is_right("between the renames");
}

#[test]
fn of_two_runs_on_one_dataset_the_second_stops_at_once() {
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    let words = ["lees", "a.csv", "--regio", "oefenregio", "--naar", "set"];
    job.run(&words).check(0, &[]);
    let before = files_below(&job.place.path("set"));
    let first = Place::claim(&job.place.path("set")).unwrap();
    let begin = Instant::now();
    job.run(&words).refused(2, &["set is op dit moment in gebruik", "wacht tot die klaar is"]);
    assert!(begin.elapsed() < Duration::from_secs(5));
    job.run(&["rapport", "a.csv", "--dataset", "set", "--regio", "oefenregio"])
        .refused(2, &["in gebruik"]);
    // Reading it, and another dataset beside it, are free.
    let report = ["rapport", "--dataset", "set", "--regio", "oefenregio", "--uit", "uit"];
    job.run(&[&report[..], &["--kwartaal", "2025-K3"]].concat())
        .check(0, &["rapport over 2025-K3"]);
    job.run(&["lees", "a.csv", "--regio", "oefenregio", "--naar", "set2"]).check(0, &[]);
    assert!(first.folder().is_dir());
    drop(first);
    assert_eq!(files_below(&job.place.path("set")), before);
    job.run(&words).check(0, &[]);
    assert_eq!(job.names(), ["a.csv", "set", "set2", "uit"]);
}

#[test]
fn many_runs_at_once_give_what_one_gives() {
    let job = TestJob::new().file("a.csv", export(&[&[]]));
    let words = ["lees", "a.csv", "--regio", "oefenregio", "--naar", "set", "--stil"];
    let mut running: Vec<Child> = (0..6).map(|_| job.start(&words)).collect();
    let ends: Vec<Option<i32>> = running.iter_mut().map(wait).collect();
    assert!(ends.iter().all(|end| matches!(end, Some(0 | 2))) && ends.contains(&Some(0)));
    let keys = files_below(&job.place.path("thuis"));
    assert_eq!(keys.len(), 1, "one key and nothing half made: {:?}", keys.keys());
    assert_eq!(keys.values().next().unwrap().len(), 65);
    assert_eq!(job.names(), ["a.csv", "set"]);
    let dataset = Dataset::open(&job.place.path("set")).unwrap();
    assert_eq!(dataset.manifest.totals().0.aanvaard.regels, 1);
}

#[test]
fn a_report_on_a_dataset_that_was_replaced_meanwhile_is_refused() {
    let job = TestJob::new()
        .file("a.csv", export(&[&[]]))
        .file("b.csv", export(&[&[("referentienummer", "R2"), ("periode_begin", "02-07-2025")]]));
    let set = job.place.path("set");
    let opened = read(&[job.place.path("a.csv")], &set);
    opened.check_current().unwrap();
    read(&[job.place.path("b.csv")], &set);
    let error = opened.check_current().unwrap_err().to_string();
    assert!(error.contains("vernieuwd") && error.contains("opnieuw"), "{error}");
    fs::remove_dir_all(&set).unwrap();
    assert!(opened.check_current().is_err());
}
