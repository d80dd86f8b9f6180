//! One run of the program as a user starts it, with what it left.

use std::process::{Child, Command, Output, Stdio};

use crate::support::{Place, sample_data};

const PROGRAM: &str = env!("CARGO_BIN_EXE_maatstaf");

/// One run in a folder of its own.
pub(crate) struct TestJob {
    pub(crate) place: Place,
}

/// What a run left.
pub(crate) struct Seen {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) exit: i32,
}

impl TestJob {
    pub(crate) fn new() -> Self {
        Self { place: Place::new() }
    }

    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.place.write(name, bytes);
        self
    }

    pub(crate) fn folder(self, name: &str) -> Self {
        std::fs::create_dir_all(self.place.path(name)).unwrap();
        self
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        // The key of `lees` is made here, and temporary folders too: nothing outside is touched.
        command.current_dir(self.place.path("")).env("XDG_DATA_HOME", self.place.path("thuis"));
        command.env("LOCALAPPDATA", self.place.path("thuis")).env("TMPDIR", self.place.path(""));
        command
    }

    /// A text that a run left behind.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.place.path(name)).unwrap()
    }

    #[track_caller]
    pub(crate) fn run(&self, words: &[&str]) -> Seen {
        Seen::of(&self.command(PROGRAM).args(words).output().unwrap())
    }

    /// A run that goes on while the test does other things; what it says is not kept.
    pub(crate) fn start(&self, words: &[&str]) -> Child {
        let mut command = self.command(PROGRAM);
        command.args(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// A run of which the largest memory is seen as well, in MB; nought where the system does not tell.
    #[track_caller]
    pub(crate) fn measured(&self, words: &[&str]) -> (Seen, u64) {
        let mut command = self.command(PROGRAM);
        let command = command.args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        let status = format!("/proc/{}/status", child.id());
        let watch = std::thread::spawn(move || {
            let mut peak_kb = 0;
            while let Ok(text) = std::fs::read_to_string(&status) {
                let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
                let Some(line) = line else { break };
                let kb = line.trim().trim_end_matches(" kB").parse().unwrap();
                peak_kb = u64::max(peak_kb, kb);
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            peak_kb / 1024
        });
        let seen = Seen::of(&child.wait_with_output().unwrap());
        (seen, watch.join().unwrap())
    }

    /// Through a shell, where `$P` is the program and `$S` the practice region.
    #[cfg(unix)]
    #[track_caller]
    pub(crate) fn shell(&self, script: &str) -> Seen {
        let mut command = self.command("bash");
        Seen::of(
            &command
                .env("P", PROGRAM)
                .env("S", sample_data())
                .args(["-c", script])
                .output()
                .unwrap(),
        )
    }

    /// Names in the folder but for the key.
    pub(crate) fn names(&self) -> Vec<String> {
        self.place.names().into_iter().filter(|name| name != "thuis").collect()
    }
}

impl Seen {
    #[track_caller]
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let seen = Self {
            out: text(&output.stdout),
            err: text(&output.stderr),
            exit: output.status.code().expect("ends by itself"),
        };
        for part in [&seen.out, &seen.err] {
            assert_dutch(part);
        }
        seen
    }

    /// The exit code, and words that must be in the message.
    #[track_caller]
    pub(crate) fn check(&self, exit: i32, words: &[&str]) -> &Self {
        let all = format!("{}{}", self.out, self.err);
        assert_eq!(self.exit, exit, "{all}");
        for word in words {
            assert!(all.contains(word), "{word} is not in:\n{all}");
        }
        self
    }

    /// An error: a message on stderr that begins as it should, and no result.
    #[track_caller]
    pub(crate) fn refused(&self, exit: i32, words: &[&str]) {
        self.check(exit, words);
        assert!(self.err.lines().last().unwrap_or_default().starts_with("FOUT  "), "{}", self.err);
        assert_eq!(self.out, "");
    }
}

/// Words of libraries and of the compiler that no user should meet.
#[track_caller]
fn assert_dutch(text: &str) {
    let lower = text.to_lowercase();
    for word in [
        "panicked",
        "os error",
        "no such file",
        "unexpected",
        "invalid",
        "failed",
        "usage:",
        "cannot",
        "not found",
        "required",
        "the following",
        "error:",
        "unwrap",
        "rust_backtrace",
        "default:",
        "possible values",
        "options:",
        "commands:",
        "arguments:",
        "print help",
        "too large",
        "permission denied",
        "is a directory",
        "missing field",
    ] {
        assert!(!lower.contains(word), "'{word}' in:\n{text}");
    }
}
