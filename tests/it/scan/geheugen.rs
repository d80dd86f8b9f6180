//! Files without a name, which nobody finds afterwards but which stood on the disk.

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::fs;

    use crate::scan::finder::Finder;
    use crate::scan::invoer::{numbers_in, packed};
    use crate::scan::runs::Runs;
    use crate::support::Place;

    /// What stands in the files without a name that a run has open now.
    fn nameless(pid: u32) -> Vec<Vec<u8>> {
        let Ok(open) = fs::read_dir(format!("/proc/{pid}/fd")) else { return Vec::new() };
        let is_gone = |path: &std::path::PathBuf| {
            fs::read_link(path).is_ok_and(|target| {
                let target = target.to_string_lossy().into_owned();
                target.starts_with('/')
                    && target.ends_with(" (deleted)")
                    && !target.starts_with("/memfd")
            })
        };
        let paths = open.flatten().map(|entry| entry.path()).filter(is_gone);
        paths.filter_map(|path| fs::read(path).ok()).filter(|bytes| !bytes.is_empty()).collect()
    }

    #[test]
    fn no_client_number_is_in_a_file_without_a_name() {
        let (runs, input) = (Runs::new(), Place::new());
        input.write("pakket.zip", packed());
        let numbers = numbers_in(&input.path(""));
        assert!(numbers.len() > 50, "{}", numbers.len());
        let finder = Finder::new(&numbers);
        let archive = input.path("pakket.zip").to_string_lossy().into_owned();
        let mut seen: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        for n in 0..30 {
            let words = ["lees", &archive, "--regio", "oefenregio", "--naar", &format!("set{n}")];
            let mut child = runs.start(&words);
            while child.try_wait().unwrap().is_none() {
                for bytes in nameless(child.id()) {
                    seen.insert(bytes.len(), bytes);
                }
            }
            if seen.len() > 1 {
                break;
            }
        }
        assert!(!seen.is_empty(), "workbooks in an archive are unpacked somewhere");
        for bytes in seen.values() {
            assert_eq!(finder.find_in(bytes), [""; 0], "{} bytes", bytes.len());
        }
    }
}
