//! Files without a name, which nobody finds afterwards but which stood on the disk.

#![cfg(target_os = "linux")]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use super::finder::Finder;
use super::invoer::{numbers_in, packed};
use super::runs::Runs;
use crate::support::Place;

/// What stands in the files without a name that a process has open now.
fn nameless(pid: u32) -> Vec<Vec<u8>> {
    let Ok(open) = fs::read_dir(format!("/proc/{pid}/fd")) else { return Vec::new() };
    let is_gone = |path: &PathBuf| {
        fs::read_link(path).is_ok_and(|target| {
            let target = target.to_string_lossy().into_owned();
            target.starts_with('/') && target.ends_with(" (deleted)")
        })
    };
    let paths = open.flatten().map(|entry| entry.path()).filter(is_gone);
    paths.filter_map(|path| fs::read(path).ok()).collect()
}

#[test]
fn no_client_number_is_in_a_file_without_a_name() {
    let (runs, input) = (Runs::new(), Place::new());
    input.write("pakket.zip", packed());
    let numbers = numbers_in(&input.path(""));
    assert!(numbers.len() > 50, "{}", numbers.len());
    let finder = Finder::new(&numbers);
    // Such a file would be seen.
    let mut own = tempfile::tempfile().unwrap();
    own.write_all(numbers.first().unwrap().as_bytes()).unwrap();
    let seen = nameless(std::process::id());
    assert!(seen.iter().any(|bytes| !finder.find(bytes).is_empty()));
    drop(own);
    // Workbooks and Parquet in an archive have their table of contents at the end, so that they cannot be read as a
    // stream.
    let archive = input.path("pakket.zip").to_string_lossy().into_owned();
    let mut n_looks = 0;
    for n in 0..4 {
        let target = format!("set{n}");
        let words = ["lees", &archive, "--regio", "oefenregio", "--naar", &target];
        let mut child = runs.start(&words);
        while child.try_wait().unwrap().is_none() {
            n_looks += 1;
            for bytes in nameless(child.id()) {
                assert_eq!(finder.find_in(&bytes), [""; 0], "{} bytes", bytes.len());
            }
        }
        assert!(runs.place.path(&target).join("manifest.json").exists());
    }
    assert!(n_looks > 20, "{n_looks}");
}
