//! What went wrong on disk, in Dutch, with a remedy.

use std::io;
use std::path::Path;

/// Puts the place and the remedy in front of a system error; the system's own words stay behind it.
pub(super) fn explain(error: &io::Error, path: &Path) -> anyhow::Error {
    anyhow::anyhow!(error.to_string()).context(told(error, path))
}

/// The same about a file that was named on the command line by itself, not by its folder.
pub(in crate::report) fn explain_file(error: &io::Error, path: &Path) -> anyhow::Error {
    let text = told(error, path).replace("kies met --uit", "kies");
    anyhow::anyhow!(error.to_string()).context(text)
}

fn told(error: &io::Error, path: &Path) -> String {
    let path = path.display();
    match error.kind() {
        _ if is_open_elsewhere(error) => {
            format!(
                "{path} is open in een ander programma; sluit het bestand (bijvoorbeeld in Excel)"
            )
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            format!(
                "de schijf is vol bij het schrijven van {path}; maak ruimte of kies met --uit een andere schijf"
            )
        }
        io::ErrorKind::FileTooLarge => format!(
            "{path} wordt groter dan hier mag; maak ruimte of kies met --uit een andere schijf"
        ),
        io::ErrorKind::PermissionDenied => format!(
            "geen rechten om te schrijven in {path}; kies met --uit een eigen map, en sluit bestanden \
             uit deze map die nog open zijn"
        ),
        io::ErrorKind::ReadOnlyFilesystem => {
            format!(
                "{path} staat op een schijf waarop niet geschreven kan worden; kies met --uit een andere map"
            )
        }
        io::ErrorKind::NotADirectory => {
            format!(
                "een deel van het pad {path} is een bestand en geen map; kies met --uit een andere map"
            )
        }
        io::ErrorKind::InvalidFilename => {
            format!(
                "{path} is hier geen geldige naam; kies met --uit een kortere naam zonder leestekens"
            )
        }
        io::ErrorKind::NotFound => {
            format!(
                "{path} bestaat niet meer; een ander programma heeft de map verplaatst of verwijderd"
            )
        }
        _ => format!("schrijven naar {path} lukt niet; kies met --uit een andere map"),
    }
}

/// Windows: sharing violation (32), lock violation (33). Elsewhere those numbers mean something else.
fn is_open_elsewhere(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::ResourceBusy
        || (cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_missing_right_each_have_their_remedy() {
        let text = |kind: io::ErrorKind| explain(&kind.into(), Path::new("uit")).to_string();
        assert!(text(io::ErrorKind::StorageFull).starts_with("de schijf is vol"));
        assert!(text(io::ErrorKind::FileTooLarge).contains("groter dan hier mag"));
        assert!(text(io::ErrorKind::PermissionDenied).contains("geen rechten"));
        assert!(text(io::ErrorKind::ResourceBusy).contains("Excel"));
    }
}
