//! The program as it runs for a user, with everything it says and leaves kept for the scan.

use std::cell::RefCell;
use std::process::{Child, Command, Stdio};

use super::finder::Finder;
use crate::support::{Place, files_below};

const PROGRAM: &str = env!("CARGO_BIN_EXE_maatstaf");

/// Runs in one folder. The key and temporary files are in it too.
pub(super) struct Runs {
    pub(super) place: Place,
    said: RefCell<Vec<(String, Vec<u8>)>>,
}

impl Runs {
    pub(super) fn new() -> Self {
        let place = Place::new();
        std::fs::create_dir_all(place.path("tijdelijk")).unwrap();
        Self { place, said: RefCell::default() }
    }

    /// Through a shell that first sets this limit of memory in kB; true when the run came to its end.
    #[cfg(unix)]
    pub(super) fn within(&self, limit_kb: u32, words: &[&str]) -> bool {
        let script = format!("ulimit -v {limit_kb}; exec \"$0\" \"$@\"");
        let mut command = self.command("bash");
        command.args(["-c", &script, PROGRAM]).args(words);
        self.keep(command, words).1 == Some(0)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.place.path("")).env("RUST_BACKTRACE", "1");
        for name in ["XDG_DATA_HOME", "LOCALAPPDATA"] {
            command.env(name, self.place.path("thuis"));
        }
        for name in ["TMPDIR", "TMP", "TEMP"] {
            command.env(name, self.place.path("tijdelijk"));
        }
        command
    }

    fn keep(&self, mut command: Command, words: &[&str]) -> (String, Option<i32>) {
        let output = command.output().unwrap();
        let all = [&output.stdout[..], b"\n", &output.stderr].concat();
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        self.said.borrow_mut().push((words.join(" "), all));
        (out, output.status.code())
    }

    /// A run that ends this way; gives what is on stdout.
    #[track_caller]
    pub(super) fn run(&self, words: &[&str], exit: i32) -> String {
        let (out, ended) = self.keep(self.with(words), words);
        assert_eq!(ended, Some(exit), "{}", self.last());
        out
    }

    /// A run of which the end does not matter: what is asked may be refused.
    pub(super) fn ask(&self, words: &[&str]) {
        self.keep(self.with(words), words);
    }

    fn with(&self, words: &[&str]) -> Command {
        let mut command = self.command(PROGRAM);
        command.args(words);
        command
    }

    /// A run that goes on while the test does other things.
    pub(super) fn start(&self, words: &[&str]) -> Child {
        self.with(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// What the last run said.
    pub(super) fn last(&self) -> String {
        let said = self.said.borrow();
        let (words, all) = said.last().unwrap();
        format!("{words}\n{}", String::from_utf8_lossy(all))
    }

    /// How many runs said this.
    pub(super) fn n_said(&self, text: &str) -> usize {
        let said = self.said.borrow();
        said.iter().filter(|(_, all)| String::from_utf8_lossy(all).contains(text)).count()
    }

    /// True when a file of this kind was left.
    pub(super) fn has_left(&self, ending: &str) -> bool {
        files_below(&self.place.path("")).keys().any(|name| name.ends_with(ending))
    }

    /// Everything said and left in which a number stands.
    pub(super) fn hits(&self, finder: &Finder) -> Vec<String> {
        let mut out = finder.find_below(&self.place.path(""));
        for (words, all) in self.said.borrow().iter() {
            out.extend(finder.find(all).into_iter().map(|one| format!("{words}: {one}")));
        }
        out
    }
}
