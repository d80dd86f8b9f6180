//! The scripts of `maatstaf aanvullen`: that of bash is sourced and asked in a real bash; of the others it is looked at
//! whether their shell can read them, when it is there.

use std::process::{Command, Stdio};

use crate::job::TestJob;

const PROGRAM: &str = env!("CARGO_BIN_EXE_maatstaf");

fn script(shell: &str) -> String {
    let made = Command::new(PROGRAM).args(["aanvullen", shell]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap()
}

/// What bash offers when Tab is pressed behind the last of these words, cut as bash cuts them.
fn offered(words: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("maatstaf.bash");
    std::fs::write(&path, script("bash")).unwrap();
    let quoted: Vec<String> =
        words.iter().map(|word| format!("'{}'", word.replace('\'', r"'\''"))).collect();
    let last = words.last().unwrap();
    let current = if *last == "=" { "" } else { last };
    let previous = words.iter().rev().nth(1).copied().unwrap_or("maatstaf");
    let asked = format!(
        "source {}\nCOMP_WORDS=('{PROGRAM}' {})\nCOMP_CWORD={}\n\
         complete -p maatstaf >&2\n\
         _maatstaf_waarden '{PROGRAM}' '{}' '{previous}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        path.display(),
        quoted.join(" "),
        words.len(),
        current.replace('\'', r"'\''"),
    );
    let ran = Command::new("bash").args(["--norc", "-c", &asked]).output().unwrap();
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(told.contains("-F _maatstaf_waarden") && told.lines().count() == 1, "{told}");
    let out = String::from_utf8(ran.stdout).unwrap();
    out.lines().filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

#[test]
#[cfg(unix)]
fn bash_completes_commands_options_queries_gemeenten_and_regions() {
    assert_eq!(offered(&["verd"]), ["verdeling"]);
    assert_eq!(offered(&["rapport", "--overs"]), ["--overschrijf"]);
    assert_eq!(offered(&["vraag", "maatwerk_n"]), ["maatwerk_nieuw"]);
    assert_eq!(offered(&["vraag", "maatwerk_nieuw", "--par", "gem"]), ["gemeente="]);
    let par = ["vraag", "maatwerk_nieuw", "--regio", "oefenregio", "--par", "gemeente"];
    assert_eq!(offered(&[&par[..], &["=", "Wil"]].concat()), ["Wilgenoord"]);
    assert_eq!(offered(&[&par[..], &["=", "s-g"]].concat()), [r"\'s-Gravenbroek"]);
    let all = offered(&[&par[..], &["="]].concat());
    assert!(all.len() == 8 && all.contains(&"IJsselhoek".to_owned()), "{all:?}");
    let par = ["vraag", "maatwerk_nieuw", "--par", "gemeente", "="];
    assert_eq!(offered(&[&par[..], &["De"]].concat()), [r"De\ Bilt"]);
    assert_eq!(offered(&["rapport", "map", "--regio", "oo"]), ["oost-veluwe"]);
    assert_eq!(offered(&["uitleg", "TR34"]).first().unwrap(), "TR340");
    assert_eq!(offered(&["regio", "con"]), ["controleer"]);
    // A file is left to bash itself.
    assert!(offered(&["lees", "declarat"]).is_empty());
}

// What bash puts on the line must come back as the word that was meant.
#[test]
#[cfg(unix)]
fn what_bash_completes_is_read_back_as_the_name_itself() {
    let par = ["vraag", "maatwerk_nieuw", "--par", "gemeente", "=", "De"];
    let line = format!("printf '%s|' gemeente={}", offered(&par)[0]);
    let ran = Command::new("bash").args(["--norc", "-c", &line]).output().unwrap();
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), "gemeente=De Bilt|");
}

#[test]
fn every_script_is_one_that_its_shell_can_read() {
    for (shell, program, check) in
        [("bash", "bash", "-n"), ("zsh", "zsh", "-n"), ("fish", "fish", "--no-execute")]
    {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("script");
        std::fs::write(&path, script(shell)).unwrap();
        let there = Command::new(program).arg("--version").stdout(Stdio::null()).status();
        if there.is_err() {
            // Not on this computer; what can be told of its text is told beside the code.
            continue;
        }
        let ran = Command::new(program).arg(check).arg(&path).output().unwrap();
        assert!(ran.status.success(), "{shell}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    let powershell = script("powershell");
    let first = powershell.lines().find(|line| !line.trim().is_empty()).unwrap();
    assert!(first.starts_with("using namespace"), "{first}");
    assert_eq!(powershell.matches('{').count(), powershell.matches('}').count());
}

#[test]
fn a_wrong_shell_is_answered_and_the_help_says_where_the_script_goes() {
    let job = TestJob::new();
    job.run(&["aanvullen", "csh"])
        .refused(2, &["onbekende schil 'csh'", "bash, zsh, fish, powershell"]);
    job.run(&["aanvullen"]).refused(2, &["geen schil gegeven", "maatstaf aanvullen --help"]);
    job.run(&["aanvullen", "--help"])
        .check(0, &["$PROFILE", "~/.zfunc/_maatstaf", "completions/maatstaf.fish"]);
}
