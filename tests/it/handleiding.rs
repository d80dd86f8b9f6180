//! The manual says what happens: its commands are run in the order in which they stand, and what it shows of the screen
//! is what the screen shows. A fence `powershell` is a command, the fence `uitvoer` after it shows lines of its output,
//! `…` alone for lines left out; `uitvoer code 4` says how it ends. A fence `sql naam.sql` or `toml naam.toml` is a file.
//! Other documents are followed in the same way.

use std::collections::BTreeSet;
use std::fs;

use crate::job::TestJob;
use crate::support::root;

/// What a fenced block asks of the test.
enum Block {
    /// A file with a name, for the commands after it.
    File {
        name: String,
        text: String,
    },
    Command(Vec<String>),
    Shown {
        lines: Vec<String>,
        exit: i32,
    },
}

#[test]
fn every_command_of_the_manual_does_what_the_manual_shows() {
    let (n_commands, wrong) = followed(&manual(), &TestJob::new());
    assert!(n_commands >= 5, "only {n_commands} commands in the manual are run");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_link_and_picture_of_the_manual_leads_somewhere() {
    let manual = manual();
    let anchors: BTreeSet<String> =
        manual.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
    let targets: Vec<&str> =
        manual.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(manual.contains("![") && targets.len() > 20, "a manual without pictures or links");
    for target in targets {
        match target.strip_prefix('#') {
            Some(heading) => assert!(anchors.contains(heading), "no heading for #{heading}"),
            None => assert!(root().join("docs").join(target).is_file(), "{target} is not there"),
        }
    }
}

/// Does what a document says, in the order in which it stands: how many commands there were, and what went otherwise.
pub(crate) fn followed(document: &str, job: &TestJob) -> (usize, Vec<String>) {
    let mut last = None;
    let (mut n_commands, mut wrong) = (0, Vec::new());
    for (number, block) in blocks(document) {
        match block {
            Block::File { name, text } => {
                job.place.write(&name, text);
            }
            Block::Command(lines) => {
                for line in lines {
                    let words = words(&line);
                    let words: Vec<&str> = words.iter().map(String::as_str).collect();
                    last = Some((line, job.run(&words)));
                    n_commands += 1;
                }
            }
            Block::Shown { lines, exit } => {
                let (command, seen) = last.as_ref().unwrap();
                let screen = format!("{}{}", seen.err, seen.out);
                if let Some(missing) = first_not_there(&lines, &screen) {
                    wrong.push(format!("line {number}, {command}: not shown: {missing}\n{screen}"));
                }
                if seen.exit != exit {
                    wrong.push(format!("line {number}, {command}: ends with {}", seen.exit));
                }
            }
        }
    }
    (n_commands, wrong)
}

fn manual() -> String {
    fs::read_to_string(root().join("docs/HANDLEIDING.md")).unwrap()
}

/// The blocks of the test, with the line on which each begins.
fn blocks(manual: &str) -> Vec<(usize, Block)> {
    let mut out = Vec::new();
    let mut lines = manual.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
        let inside: Vec<String> = inside.map(ToOwned::to_owned).collect();
        if kind == "powershell" {
            out.push((number + 1, Block::Command(inside)));
        } else if let Some((_, name)) = kind.split_once(' ').filter(|(kind, _)| *kind != "uitvoer")
        {
            let text = inside.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
            out.push((number + 1, Block::File { name: name.to_owned(), text }));
        } else if let Some(exit) = kind.strip_prefix("uitvoer") {
            let exit = exit.trim().strip_prefix("code ").map_or(0, |code| code.parse().unwrap());
            out.push((number + 1, Block::Shown { lines: inside, exit }));
        }
    }
    out
}

/// The words of a command as PowerShell hands them over, with the folders of this machine.
#[track_caller]
fn words(line: &str) -> Vec<String> {
    let rest = line.strip_prefix(".\\maatstaf ").unwrap_or_else(|| panic!("not a command: {line}"));
    let mut out = vec![String::new()];
    let mut is_quoted = false;
    for c in rest.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => out.push(String::new()),
            '\\' => out.last_mut().unwrap().push('/'),
            c => out.last_mut().unwrap().push(c),
        }
    }
    out.retain(|word| !word.is_empty());
    out
}

/// The first line that does not come after those before it; `…` stands for any number of lines.
fn first_not_there(lines: &[String], screen: &str) -> Option<String> {
    let mut shown = screen.lines().map(str::trim_end);
    let mut may_skip = true;
    for line in lines {
        let line = line.trim_end().replace('\\', "/");
        if line.trim() == "…" {
            may_skip = true;
            continue;
        }
        let found = if may_skip {
            shown.any(|one| one == line)
        } else {
            shown.next().is_some_and(|one| one == line)
        };
        if !found {
            return Some(line);
        }
        may_skip = false;
    }
    None
}

/// The anchor that a heading gets on the pages where the manual is read.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}
