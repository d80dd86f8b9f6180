//! Progress on the screen: a bar on a terminal, a line per phase elsewhere.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::args;
use crate::run::Progress;

/// Shows progress on stderr.
pub(crate) struct Screen {
    bar: ProgressBar,
    is_terminal: bool,
    shown: args::Screen,
    rows: u64,
    rejected: u64,
}

impl Screen {
    pub(crate) fn new(shown: args::Screen) -> Self {
        Self {
            bar: ProgressBar::hidden(),
            is_terminal: std::io::stderr().is_terminal(),
            shown,
            rows: 0,
            rejected: 0,
        }
    }

    /// Takes the bar off the screen before anything else is written.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Screen {
    fn phase(&mut self, name: &str, size: u64) {
        self.bar.finish_and_clear();
        if self.shown.stil {
            return;
        }
        if !self.is_terminal {
            tell(name);
            return;
        }
        let template = if size > 0 {
            "{msg} {bar:30} {percent}% nog {eta} · {prefix}"
        } else {
            "{msg} {spinner} {prefix}"
        };
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar = ProgressBar::with_draw_target(Some(size.max(1)), ProgressDrawTarget::stderr())
            .with_style(style);
        self.bar.set_message(name.to_owned());
        self.bar.enable_steady_tick(std::time::Duration::from_millis(200));
    }

    fn step(&mut self, name: &str) {
        self.bar.set_prefix(name.to_owned());
        if self.shown.verbose && !self.shown.stil && !self.is_terminal {
            tell(&format!("  {name}"));
        }
    }

    fn advance(&mut self, bytes: u64, rows: u64, rejected: u64) {
        self.rows += rows;
        self.rejected += rejected;
        let count = |n: u64| crate::dutch::count(n.cast_signed());
        self.bar.set_prefix(format!(
            "{} regels, {} afgekeurd",
            count(self.rows),
            count(self.rejected)
        ));
        self.bar.inc(bytes);
    }
}

fn tell(name: &str) {
    use std::io::Write as _;
    // A closed stderr is no reason to stop.
    drop(writeln!(std::io::stderr(), "{name} …"));
}
