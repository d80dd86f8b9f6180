//! New region files.

use super::*;

fn text(gemeenten: &[&str], zoals: Option<&str>) -> anyhow::Result<String> {
    let gemeenten: Vec<String> = gemeenten.iter().map(|&one| one.to_owned()).collect();
    let zoals = zoals.map(|name| Region::load(name, None).unwrap());
    Nieuw { naam: "Foodvallei \"Oost\"", gemeenten: &gemeenten, zoals: zoals.as_ref() }.tekst()
}

#[test]
fn a_new_file_is_right_at_once_and_explains_every_field() {
    let text = text(&["zeist", "0312", "Den Haag"], None).unwrap();
    let region = Region::parse(&text, "foodvallei.toml").unwrap();
    assert_eq!(region.naam, "Foodvallei \"Oost\"");
    let namen: Vec<&str> = region.gemeenten.iter().map(|one| one.naam.as_str()).collect();
    assert_eq!(namen, ["Bunnik", "Zeist", "'s-Gravenhage"]);
    assert!(region.regels.is_leeg() && !region.maatwerk.register);
    assert!(text.lines().all(|line| line.chars().count() <= 200), "too wide");
    for sectie in secties() {
        assert!(text.contains(&format!("[{}", sectie.naam)), "{}", sectie.naam);
        for veld in sectie.velden.iter().filter(|veld| !veld.naam.starts_with('<')) {
            assert!(
                text.lines().any(|line| line
                    .trim_start_matches('#')
                    .starts_with(&format!("{} =", veld.naam))),
                "{}.{}",
                sectie.naam,
                veld.naam
            );
        }
    }
}

// Whoever takes away every # before a key has a file with every field in it, and that is right too.
#[test]
fn every_example_behind_a_hash_is_right_when_the_hash_goes() {
    let text = text(&["0355", "0575=Noordwijk", "0310"], None).unwrap();
    let uncommented = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && !rest.starts_with(' ') => rest.to_owned(),
        _ => line.to_owned(),
    };
    let filled: Vec<String> = text.lines().map(uncommented).collect();
    let filled = filled.join("\n");
    assert!(filled.contains("\n[mandaat]") && filled.contains("\n[[leverancier]]"));
    let mistakes = Region::mistakes(&filled, "alles.toml");
    assert!(mistakes.is_empty(), "{mistakes:#?}\n{filled}");
}

#[test]
fn a_file_like_another_has_its_settings_and_its_own_gemeenten() {
    for name in Region::names() {
        let zoals = Region::load(&name, None).unwrap();
        let same = Region::parse(&text(&[], Some(&name)).unwrap(), "x.toml").unwrap();
        assert_eq!(same.gemeenten, zoals.gemeenten, "{name}");
        let own = Region::parse(&text(&["Zeist"], Some(&name)).unwrap(), "x.toml").unwrap();
        assert_eq!(own.gemeenten.len(), 1);
        for other in [same, own] {
            assert_eq!(other.maatwerk, zoals.maatwerk, "{name}");
            assert_eq!(other.coordinatie, zoals.coordinatie, "{name}");
            assert_eq!(other.drempels, zoals.drempels, "{name}");
            assert_eq!(other.regels, zoals.regels, "{name}");
            assert_eq!(other.leveranciers, zoals.leveranciers, "{name}");
            assert_eq!(other.aliases, zoals.aliases, "{name}");
            assert_eq!(other.productgroepen, zoals.productgroepen, "{name}");
        }
    }
}

#[test]
fn what_is_missing_or_wrong_is_told() {
    let refused = |gemeenten: &[&str]| text(gemeenten, None).unwrap_err().to_string();
    assert!(refused(&[]).contains("--gemeenten \"Zeist,Bunnik\""));
    assert!(refused(&["Ziest"]).contains("bedoelde u 'Zeist'?"));
    assert!(refused(&["Zeist", "0355"]).contains("twee keer"));
}

#[test]
fn a_file_that_is_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nieuw.toml");
    bewaar(&path, "een").unwrap();
    assert!(bewaar(&path, "twee").unwrap_err().to_string().contains("bestaat al"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "een");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(bewaar(&folder.path().join("weg/nieuw.toml"), "x").is_err());
}
