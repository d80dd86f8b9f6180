//! The four shells: the script of clap with a question to the program in front of it, and how each writes an answer.
//!
//! Enters: the definition of the command line, or values. Leaves: text for that shell.

use clap::Command;
use clap_complete::{Shell, generate};

use crate::cli::aanvullen::waarden::waarden;

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Schil {
    /// GNU bash, from version 4.
    Bash,
    /// zsh.
    Zsh,
    /// fish.
    Fish,
    /// PowerShell, also the one of Windows.
    PowerShell,
}

/// Asks the program first. A value that ends in `=` is not followed by a space. In bash `=` ends a word, so that only what
/// stands behind it comes back. What nobody can tell is a file.
const BASH: &str = r#"
_maatstaf_waarden() {
    local waarden
    waarden=$("${COMP_WORDS[0]}" __aanvullen bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [[ -n "$waarden" ]]; then
        mapfile -t COMPREPLY <<< "$waarden"
        [[ "${COMPREPLY[0]}" == *= ]] && compopt -o nospace 2>/dev/null
        return 0
    fi
    COMPREPLY=()
    if [[ "$2" == -* || "$3" == -* || $COMP_CWORD -eq 1 ]]; then
        _maatstaf "$@"
    fi
    return 0
}

complete -F _maatstaf_waarden -o bashdefault -o default maatstaf
"#;

/// The function of clap gets another name, and this one stands in its place.
const ZSH: &str = r#"
_maatstaf() {
    local uitvoer
    local -a waarden
    uitvoer=$("${words[1]}" __aanvullen zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    if [[ -n "$uitvoer" ]]; then
        waarden=("${(@f)uitvoer}")
        if [[ "${waarden[1]}" == *= ]]; then
            compadd -U -S '' -- "${waarden[@]}"
        else
            compadd -U -- "${waarden[@]}"
        fi
        return 0
    fi
    _maatstaf_vast "$@"
}
"#;

const FISH: &str = r"
function __maatstaf_waarden
    set -l woorden (commandline -opc)
    $woorden[1] __aanvullen fish $woorden[2..-1] (commandline -ct | string unescape) 2>/dev/null
end
complete -c maatstaf -f -n 'count (__maatstaf_waarden) >/dev/null' -a '(__maatstaf_waarden)'
";

const POWERSHELL: &str = r"
    $woorden = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is [StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
    if ($wordToComplete -eq '') { $woorden += '-' }
    $waarden = @(& $commandAst.GetCommandName() __aanvullen powershell $woorden 2>$null)
    if ($waarden.Count -gt 0) {
        return $waarden | ForEach-Object {
            [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_)
        }
    }
";

impl Schil {
    /// Every shell.
    pub(super) const ALLE: [Self; 4] = [Self::Bash, Self::Zsh, Self::Fish, Self::PowerShell];

    /// As it is typed.
    pub(super) fn naam(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::PowerShell => "powershell",
        }
    }

    /// The shell of that name.
    pub(super) fn van(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let word = if word == "pwsh" { "powershell" } else { &word };
        Self::ALLE.into_iter().find(|schil| schil.naam() == word)
    }

    /// The script.
    pub(super) fn script(self, command: &mut Command) -> String {
        let shell = match self {
            Self::Bash => Shell::Bash,
            Self::Zsh => Shell::Zsh,
            Self::Fish => Shell::Fish,
            Self::PowerShell => Shell::PowerShell,
        };
        let mut bytes = Vec::new();
        generate(shell, command, "maatstaf", &mut bytes);
        let fixed = String::from_utf8_lossy(&bytes).into_owned();
        match self {
            Self::Bash => fixed + BASH,
            Self::Zsh => {
                let renamed = fixed.replacen("\n_maatstaf() {", "\n_maatstaf_vast() {", 1);
                let (before, start) =
                    renamed.rsplit_once("\nif [ \"$funcstack[1]\"").unwrap_or((&renamed, ""));
                format!("{before}{ZSH}\nif [ \"$funcstack[1]\"{start}")
            }
            Self::Fish => fixed + FISH,
            Self::PowerShell => {
                let parameters = "param($wordToComplete, $commandAst, $cursorPosition)\n";
                fixed.replacen(parameters, &format!("{parameters}{POWERSHELL}"), 1)
            }
        }
    }

    /// Values for the words up to the cursor, one per line, as this shell wants to read them.
    pub(super) fn antwoord(self, words: &[String]) -> String {
        let found = match self {
            Self::Bash => bash(words),
            Self::Zsh | Self::Fish => waarden(words),
            Self::PowerShell => powershell(words),
        };
        found.into_iter().map(|value| value + "\n").collect()
    }
}

/// Bash hands over words with their quotes, and `=` as a word of its own.
fn bash(words: &[String]) -> Vec<String> {
    let mut glued: Vec<String> = Vec::new();
    let mut behind = 0;
    for (at, word) in words.iter().enumerate() {
        let joins = word == "=" || at > 0 && words[at - 1] == "=";
        match glued.last_mut().filter(|last| joins && last.contains(|c: char| c.is_alphanumeric()))
        {
            Some(last) => {
                if at + 1 == words.len() {
                    behind = if word == "=" { last.len() + 1 } else { last.len() };
                }
                last.push_str(word);
            }
            None => glued.push(word.clone()),
        }
    }
    let quote =
        words.last().and_then(|word| word.chars().next()).filter(|c| ['"', '\''].contains(c));
    let plain: Vec<String> = glued.iter().map(|word| without_quotes(word)).collect();
    let escaped = |value: String| match quote {
        Some(_) => value,
        None => escape(&value),
    };
    waarden(&plain)
        .into_iter()
        .filter_map(|value| value.get(behind..).map(ToOwned::to_owned))
        .map(escaped)
        .collect()
}

/// A word without the quotes and backslashes of a shell; between quotes the other kind of quote is a letter.
fn without_quotes(word: &str) -> String {
    let mut out = String::new();
    let mut open = None;
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        match (c, open) {
            ('\\', None | Some('"')) => out.extend(chars.next()),
            ('"' | '\'', None) => open = Some(c),
            (c, Some(quote)) if c == quote => open = None,
            (c, _) => out.push(c),
        }
    }
    out
}

/// A word as bash reads it back.
fn escape(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        if !(c.is_alphanumeric() || "=,._-/:".contains(c)) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// PowerShell wants quotes around what has a space or a sign in it. A new word is asked for with a `-`, because it leaves
/// out an empty one.
fn powershell(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if words.last().is_some_and(|word| word == "-") {
        words.pop();
        words.push(String::new());
    }
    let is_plain = |c: char| c.is_alphanumeric() || "=._-/:".contains(c);
    let quoted = |value: String| {
        if value.chars().all(is_plain) { value } else { format!("'{}'", value.replace('\'', "''")) }
    };
    waarden(&words).into_iter().map(quoted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(schil: Schil, line: &[&str], expected: &str) {
        let words: Vec<String> = line.iter().map(|&word| word.to_owned()).collect();
        assert_eq!(schil.antwoord(&words), expected, "{line:?}");
    }

    #[test]
    fn every_shell_gets_a_name_with_a_space_or_a_quote_as_it_reads_it() {
        let ask = ["vraag", "maatwerk_nieuw", "--regio", "oefenregio", "--par"];
        let bash =
            |rest: &[&str], expected| check(Schil::Bash, &[&ask[..], rest].concat(), expected);
        bash(&["gemeente", "=", "s-g"], "\\'s-Gravenbroek\n");
        bash(&["gemeente", "=", "\"'s"], "'s-Gravenbroek\n");
        bash(&["gemeente", "=", "Wil"], "Wilgenoord\n");
        bash(&["gemeente=Wil"], "gemeente=Wilgenoord\n");
        bash(&["gem"], "gemeente=\n");
        check(Schil::Bash, &["vraag", "--par", "gemeente", "=", "De\\ B"], "De\\ Bilt\n");
        check(Schil::Bash, &["rapport", "--regio", "=", "z"], "zou\n");
        check(Schil::Fish, &["vraag", "--par", "gemeente=de b"], "gemeente=De Bilt\n");
        check(Schil::PowerShell, &["vraag", "--par", "gemeente=de b"], "'gemeente=De Bilt'\n");
        let quote = [&ask[..], &["gemeente=s-g"]].concat();
        check(Schil::PowerShell, &quote, "'gemeente=''s-Gravenbroek'\n");
        check(Schil::Zsh, &quote, "gemeente='s-Gravenbroek\n");
        check(Schil::PowerShell, &["rapport", "--publiek", "-"], "intern\nregio\n");
    }

    #[test]
    fn every_equals_sign_is_answered_with_what_stands_behind_it() {
        let line = ["vraag", "maatwerk_nieuw", "--regio", "zou", "--par", "gemeente", "="];
        let words: Vec<String> = line.iter().map(|&word| word.to_owned()).collect();
        let found = Schil::Bash.antwoord(&words);
        assert!(found.lines().any(|value| value == "Zeist"), "{found}");
        assert!(found.lines().any(|value| value == "De\\ Bilt"), "{found}");
    }

    #[test]
    fn every_script_asks_the_program_and_knows_the_commands() {
        use clap::CommandFactory as _;
        for schil in Schil::ALLE {
            let script = schil.script(&mut crate::cli::args::Cli::command());
            let question = format!("__aanvullen {}", schil.naam());
            assert!(script.contains(&question), "{schil:?}");
            for word in ["oefenregio", "overschrijf", "woordenboek"] {
                assert!(script.contains(word), "{schil:?}: {word}");
            }
        }
        let zsh = Schil::Zsh.script(&mut crate::cli::args::Cli::command());
        assert_eq!(zsh.matches("\n_maatstaf() {").count(), 1);
        assert_eq!(zsh.matches("\n_maatstaf_vast() {").count(), 1);
    }
}
