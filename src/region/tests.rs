//! The shipped regions, and what a user sees when a region file is wrong.

use chrono::NaiveDate;

use super::*;

const OEFEN: &str = include_str!("../../regions/oefenregio.toml");

/// The message after one replacement in the oefenregio.
#[track_caller]
fn message(from: &str, to: &str) -> String {
    assert_eq!(OEFEN.matches(from).count(), 1, "{from}");
    let text = OEFEN.replace(from, to);
    format!("{:#}", Region::parse(&text, "regions/proef.toml").unwrap_err())
}

/// The line of the oefenregio that holds `part`.
#[track_caller]
fn line_of(part: &str) -> usize {
    OEFEN.lines().position(|line| line.contains(part)).unwrap() + 1
}

#[track_caller]
fn check(from: &str, to: &str, at_line: usize, expected: &str) {
    assert_eq!(message(from, to), format!("regions/proef.toml, regel {at_line}: {expected}"));
}

#[test]
fn every_region_that_is_built_in_passes_its_own_check() {
    assert_eq!(
        Region::names(),
        ["holland-rijnland", "midden-holland", "oefenregio", "oost-veluwe", "zou"]
    );
    for name in Region::names() {
        let region = Region::load(&name, None).unwrap();
        assert_eq!(region.id, name);
        assert_eq!(region.path, format!("ingebouwd: {name}.toml"));
        assert_eq!(region.sha256.len(), 64);
        assert_eq!(region.disclosure.publiek, Publiek::Intern);
    }
}

#[test]
fn zou_has_the_m_rule_five_gemeenten_and_says_why_zorgcoordinatie_is_not_determined() {
    let zou = Region::load("ZOU", None).unwrap();
    assert_eq!(zou.gemeenten.len(), 5);
    assert_eq!(zou.jeugdigen.len(), 5);
    assert_eq!(zou.maatwerk.teken, Some(TekenRegel { positie: 3, teken: 'M' }));
    assert_eq!(zou.maatwerk.uitzondering_maatregel, ["JR"]);
    assert!(zou.coordinatie.codes.is_empty());
    assert!(zou.coordinatie.reden_niet.unwrap().contains("Dit verandert als"));
    assert_eq!(zou.minuten_per_eenheid.get("04"), Some(&60));
    assert_eq!(zou.minuten_per_eenheid.get("16"), None);
}

#[test]
fn oost_veluwe_has_a_cap_that_holds_until_the_end_of_2021_and_no_maatwerk() {
    let region = Region::load("oost-veluwe", None).unwrap();
    assert_eq!(region.jeugdigen.len(), 8);
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    assert!(region.coordinatie.geldig.holds_on(day(2021, 12, 31)));
    assert!(!region.coordinatie.geldig.holds_on(day(2022, 1, 1)));
    assert_eq!(region.coordinatie.max_uren.unwrap().waarde, 52);
    assert!(!region.maatwerk.is_recognisable());
}

#[test]
fn midden_holland_has_no_product_for_coordination_and_no_maatwerk() {
    let region = Region::load("midden-holland", None).unwrap();
    assert_eq!((region.gemeenten.len(), region.jeugdigen.len()), (5, 5));
    assert!(region.coordinatie.codes.is_empty() && !region.coordinatie.uit_producten);
    assert_eq!(region.coordinatie.evenredigheid, Evenredigheid::Gesprek);
    assert!(region.coordinatie.reden_niet.unwrap().contains("niet apart herkenbaar"));
    assert!(!region.maatwerk.is_recognisable());
}

#[test]
fn holland_rijnland_has_segments_a_merger_and_one_channel() {
    let region = Region::load("holland-rijnland", None).unwrap();
    assert_eq!((region.gemeenten.len(), region.jeugdigen.len()), (12, 12));
    let names: Vec<&str> = region.segmenten.iter().map(|segment| segment.naam.as_str()).collect();
    assert_eq!((names.len(), names[0], names[6]), (7, "Behandeling met verblijf", "Veiligheid"));
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let holds = |at: usize, day| region.segmenten[at].geldig.holds_on(day);
    assert!(holds(4, day(2021, 8, 1)) && !holds(3, day(2021, 12, 31)) && holds(3, day(2022, 1, 1)));
    let merged = region.herindeling("0576").unwrap();
    assert_eq!((merged.nieuw.as_str(), merged.per), ("0575", day(2019, 1, 1)));
    assert!(region.has_gemeente("0576") && !region.has_gemeente("0513"));
    assert!(region.gemeente_names().any(|pair| pair == ("0576", "Noordwijkerhout")));
    assert!(region.maatwerk.verboden && !region.maatwerk.is_recognisable());
    assert_eq!(region.kanalen, ["ijw"]);
}

#[test]
fn a_merger_names_a_code_once_and_a_gemeente_of_the_region() {
    let line = line_of("oud = \"9909\"");
    check(
        "oud = \"9909\"",
        "oud = \"9901\"",
        line,
        "gemeente 9901 staat al in dit bestand; een opgeheven gemeente staat er één keer, en niet in [region.gemeenten]",
    );
    assert!(
        message("nieuw = \"9908\"", "nieuw = \"0999\"").contains("0999 hoort niet bij deze regio")
    );
    assert!(message("per = 2024-01-01", "per = 2024-13-01").contains("regel"));
}

#[test]
fn the_practice_region_has_no_real_gemeente_and_its_aliases_are_normalised() {
    let region = Region::load("oefenregio", None).unwrap();
    assert_eq!(region.gemeenten.len(), 8);
    assert!(region.jeugdigen.is_empty());
    assert_eq!(region.aliases["declaraties"]["nummerzorgaanbieder"], "agb");
    assert_eq!(region.maatwerk.opzoektabel["45A90"], "45M91");
    assert_eq!(region.minuten_per_eenheid.get("16"), Some(&240));
}

#[test]
fn an_unknown_key_gives_file_line_and_the_nearest_key() {
    let line = line_of("[drempels]");
    check(
        "[drempels]",
        "[drempls]",
        line,
        "onbekende sleutel \"drempls\"; bedoelde u \"drempels\"?",
    );
    let line = line_of("klein_aantal");
    let expected = "onbekende sleutel \"klein_aantl\"; bedoelde u \"klein_aantal\"?";
    check("klein_aantal =", "klein_aantl =", line, expected);
    let line = line_of("minimum = 10");
    let expected = "onbekende sleutel \"a`b, expected c\"; mogelijk zijn: publiek, minimum";
    check("minimum = 10", "\"a`b, expected c\" = 5", line, expected);
    let expected = "onbekende sleutel \"afronding\"; mogelijk zijn: publiek, minimum";
    check("minimum = 10", "afronding = 5", line, expected);
}

#[test]
fn a_missing_key_is_named_with_its_place() {
    let line = line_of("[disclosure]");
    let expected =
        "in [disclosure] ontbreekt de sleutel \"minimum\"; voeg een regel toe: minimum = …";
    check("minimum = 10\n", "", line, expected);
    let line = line_of("klein_aantal");
    check(
        "klein_aantal = { waarde = 10, grondslag = \"norm\",",
        "klein_aantal = { waarde = 10,",
        line,
        "in deze tabel ontbreekt de sleutel \"grondslag\"; voeg toe: grondslag = …",
    );
    let found = message("[jeugdwet]\nwet_buiten = [\"Wmo\"]\n", "");
    assert!(found.contains("het onderdeel [jeugdwet] ontbreekt"), "{found}");
}

#[test]
fn a_value_of_the_wrong_kind_is_quoted_with_what_belongs_there() {
    let expected =
        "sleutel \"minimum\" heeft \"tien\"; hier hoort een geheel getal, zonder aanhalingstekens";
    check("minimum = 10", "minimum = \"tien\"", line_of("minimum = 10"), expected);
    let expected = "sleutel \"hoog_factor\" heeft 2; hier hoort een instelling { waarde = …, \
                    grondslag = \"norm\" of \"feit\", bron = \"…\" }";
    let from =
        "hoog_factor = { waarde = 2.0, grondslag = \"norm\", bron = \"keuze van maatstaf\" }";
    check(from, "hoog_factor = 2", line_of("hoog_factor"), expected);
    let expected = "onbekende waarde \"gesprk\"; bedoelde u \"gesprek\"?";
    check("\"gesprek\"", "\"gesprk\"", line_of("evenredigheid"), expected);
    let expected =
        "sleutel \"register\" heeft \"ja\"; hier hoort true of false, zonder aanhalingstekens";
    check("register = true", "register = \"ja\"", line_of("register = true"), expected);
}

#[test]
fn dates_must_exist_and_follow_each_other() {
    let line = line_of("start = 2025");
    let expected = "\"2025-02-30\" is geen bestaande datum; schrijf jjjj-mm-dd, zoals 2025-01-31";
    check("start = 2025-01-01", "start = \"2025-02-30\"", line, expected);
    let found = message("start = 2025-01-01", "start = 01-01-2025");
    assert!(found.starts_with(&format!("regions/proef.toml, regel {line}")), "{found}");
    assert!(found.contains("jjjj-mm-dd"), "{found}");
    let geldig = "register = true\ngeldig = { van = 2025-01-01, tot = 2024-12-31 }";
    let expected = "tot (2024-12-31) ligt voor van (2025-01-01); wissel de datums om";
    check("register = true", geldig, line_of("register = true") + 1, expected);
}

#[test]
fn codes_and_the_opzoektabel_are_checked() {
    let line = line_of("9901 =");
    let expected = "gemeentecode \"991\" heeft geen vier cijfers; schrijf bijvoorbeeld 0344";
    check("9901 =", "991 =", line, expected);
    let line = line_of("opzoektabel");
    let expected = "in de opzoektabel hoort maatwerkcode \"45M91\" bij \"45A90\" en bij \"45B90\"; \
                    geef elk basisproduct een eigen maatwerkcode";
    check("{ 45A90 = \"45M91\" }", "{ 45A90 = \"45M91\", 45B90 = \"45M91\" }", line, expected);
    let expected = "sleutel \"45A90\" staat hier voor de tweede keer; verwijder er een";
    check("{ 45A90 = \"45M91\" }", "{ 45A90 = \"45M91\", 45A90 = \"45M92\" }", line, expected);
    let expected = "productcode \"45 a75\" mag alleen hoofdletters en cijfers hebben";
    check("codes = [\"45A75\"]", "codes = [\"45 a75\"]", line_of("codes ="), expected);
    let found = message("codes = [\"45A75\"]", "codes = []");
    assert!(found.contains("reden_niet"), "{found}");
}

#[test]
fn thresholds_outside_their_range_are_refused() {
    let expected = "minimum 4 is te laag; kies 5 of meer, zodat niemand herkenbaar is";
    check("minimum = 10", "minimum = 4", line_of("minimum = 10"), expected);
    let expected = "waarde past hier niet; hier hoort een aandeel van 0 tot en met 1, zoals 0.05";
    check("waarde = 0.05", "waarde = 5", line_of("afkeur_euro_aandeel"), expected);
    let expected = "waarde past hier niet; hier hoort een aandeel van 0 tot en met 1, zoals 0.95";
    check("waarde = 0.95", "waarde = 95", line_of("volledigheid_minimum"), expected);
    let expected = "waarde past hier niet; hier hoort een getal boven 0";
    check("waarde = 3.5", "waarde = nan", line_of("uitschieter_z"), expected);
    let expected = "waarde past hier niet; hier hoort een lijst van dagen, oplopend en boven 0, zoals [30, 60, 90]";
    check("[30, 60, 90]", "[90, 60]", line_of("signaal_dagen"), expected);
    let expected = "eenheid \"04\" kan hier niet; mogelijk zijn: 14, 16";
    check("16 = 240", "04 = 45", line_of("16 = 240"), expected);
}

#[test]
fn aliases_name_an_existing_table_and_column() {
    let line = line_of("[columns.");
    let expected = "onbekende tabel \"declaratie\"; bedoelde u \"declaraties\"?";
    check("[columns.declaraties]", "[columns.declaratie]", line, expected);
    let expected = "tabel declaraties heeft geen kolom \"bedrag_cent\"; bedoelde u \"bedrag_ct\"?";
    check("= \"agb\"", "= \"bedrag_cent\"", line + 1, expected);
    let found = message("= \"agb\"", "= \"is_maatwerk\"");
    assert!(found.contains("heeft geen kolom \"is_maatwerk\""), "{found}");
    let found = message("= \"agb\"", "= \"agb\"\n\"nummer  ZORGAANBIEDER\" = \"kanaal\"");
    assert!(found.contains("staat er ook voor kolom"), "{found}");
}

#[test]
fn broken_toml_is_reported_in_dutch() {
    let line = line_of("naam = \"Oefenregio\"");
    for to in ["naam = \"Oefenregio", "naam = Oefenregio", "naam =", "naam \"Oefenregio\"", "[naam"]
    {
        let found = message("naam = \"Oefenregio\"", to);
        assert!(found.contains(" is geen geldige TOML; "), "{to}: {found}");
        assert!(found.starts_with(&format!("regions/proef.toml, regel {line}")), "{to}: {found}");
    }
    let found = message("waarde = 3.5", "waarde = 3,5");
    assert!(found.ends_with("schrijf een getal met een punt: 3.5 en niet 3,5"), "{found}");
}

/// Words of the TOML library and of serde that would betray a message that was not translated.
const ENGLISH: [&str; 9] = [
    "expected",
    "invalid",
    "unknown",
    "missing",
    "field",
    "string",
    "struct",
    "unclosed",
    "TOML parse",
];

#[test]
fn no_single_damaged_place_leaks_english_or_panics() {
    let mut n_errors = 0;
    for (at, _) in OEFEN.char_indices().step_by(7) {
        for damage in ["", "\"", "]", "{", "=", ",", "\n", "é", "9", "\u{0}"] {
            let rest = OEFEN[at..].chars().next().map_or(at, |c| at + c.len_utf8());
            let text = format!("{}{damage}{}", &OEFEN[..at], &OEFEN[rest..]);
            if let Err(error) = Region::parse(&text, "p.toml") {
                let found = error.to_string();
                assert!(found.starts_with("p.toml, regel "), "{found}");
                assert!(!ENGLISH.iter().any(|word| found.contains(word)), "{found}");
                assert!(!found.contains('\n'), "{found}");
                n_errors += 1;
            }
        }
    }
    assert!(n_errors > 500, "{n_errors}");
}

#[test]
fn an_unknown_region_gives_the_nearest_name_and_the_list() {
    let found = Region::load("oefenregi", None).unwrap_err().to_string();
    assert!(found.contains("bedoelde u \"oefenregio\"?"), "{found}");
    assert!(
        found.contains("Er zijn: holland-rijnland, midden-holland, oefenregio, oost-veluwe, zou."),
        "{found}"
    );
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("eigenregio.toml"), OEFEN).unwrap();
    let found = Region::load("eigenregi", Some(folder.path())).unwrap_err().to_string();
    assert!(found.contains("bedoelde u \"eigenregio\"?"), "{found}");
    let found = Region::load("friesland", None).unwrap_err().to_string();
    assert_eq!(found.matches("zou").count(), 1, "{found}");
}

#[test]
fn a_file_beside_the_data_goes_before_the_one_that_is_built_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zou.toml");
    std::fs::write(&path, OEFEN).unwrap();
    assert_eq!(Region::load("zou", Some(folder.path())).unwrap().naam, "Oefenregio");
    assert_eq!(Region::load(path.to_str().unwrap(), None).unwrap().id, "zou");
    assert_eq!(Region::load("oost-veluwe", Some(folder.path())).unwrap().gemeenten.len(), 8);
}

#[test]
fn a_file_that_cannot_be_read_says_so_in_dutch() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("geen.toml");
    let found = Region::load(path.to_str().unwrap(), None).unwrap_err().to_string();
    assert!(found.ends_with("geen.toml bestaat niet; controleer de naam en de map"), "{found}");
    std::fs::write(&path, b"# regel 1\n# caf\xe9\n").unwrap();
    let found = Region::load(path.to_str().unwrap(), None).unwrap_err().to_string();
    assert!(found.contains("geen.toml, regel 2: ") && found.contains("UTF-8"), "{found}");
    std::fs::create_dir(folder.path().join("map.toml")).unwrap();
    let found = Region::load(&format!("{}/map.toml", folder.path().display()), None).unwrap_err();
    assert!(found.to_string().ends_with("is een map; geef een bestand op"), "{found}");
}

#[test]
fn every_mistake_is_told_at_once_with_its_line() {
    let wrong = [
        ("[kosten]", "[kostne]"),
        ("minimum = 10", "minimum = 3"),
        ("publiek = \"intern\"", "publiek = \"inter\""),
        (
            "uitschieter_z = { waarde = 3.5, grondslag",
            "uitschieter_z = { waarde = \"veel\", grondslag",
        ),
        (
            "klein_aantal = { waarde = 10, grondslag = \"norm\", bron = \"keuze van maatstaf\" }\n",
            "\n",
        ),
        ("9903 =", "993 ="),
        ("stijl = { bedrag = \"1.234,56\"", "stijl = { bedrga = \"1.234,56\""),
        ("doorslag = \"beleid\"", "doorslag = \"icn\""),
    ];
    let text = wrong.iter().fold(OEFEN.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    let found = Region::mistakes(&text, "proef.toml");
    let expected = [
        ("993 =", "gemeentecode \"993\" heeft geen vier cijfers"),
        ("bedrga", "bedoelde u \"bedrag\"?"),
        ("[kostne]", "bedoelde u \"kosten\"?"),
        ("[drempels]", "ontbreekt de sleutel \"klein_aantal\""),
        ("\"veel\"", "sleutel \"waarde\" heeft \"veel\""),
        ("publiek = \"inter\"", "bedoelde u \"intern\"?"),
        ("minimum = 3", "minimum 3 is te laag"),
        ("doorslag = \"icn\"", "bedoelde u \"icm\"?"),
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for ((part, words), message) in expected.iter().zip(&found) {
        let line = text.lines().position(|line| line.contains(part)).unwrap() + 1;
        assert!(message.starts_with(&format!("proef.toml, regel {line}")), "{message}: {part}");
        assert!(message.contains(words), "{message}");
    }
    assert_eq!(Region::mistakes(OEFEN, "proef.toml"), [""; 0]);
}

#[test]
fn a_line_that_is_no_toml_is_told_and_every_part_that_is_missing() {
    let text = OEFEN.replace("register = true", "register 1");
    let found = Region::mistakes(&text, "proef.toml");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found.iter().all(|message| message.contains("geen geldige TOML")), "{found:#?}");
    assert_eq!(Region::mistakes("", "leeg.toml").len(), 7, "one per part that every region has");
}

#[test]
fn a_supplier_needs_something_to_be_known_by_and_a_style() {
    let line = line_of("[[leverancier]]");
    let bestand = "bestand = \"zorgpakket_*.csv\"\n";
    check(
        bestand,
        "\n",
        line,
        "hieraan is een bestand van deze leverancier niet te herkennen; geef bestand (zoals \"zorg*.csv\") of koppen",
    );
    let line = line_of("zorgpakket_*.csv");
    check(
        bestand,
        "bestand = \"map/z.csv\"\n",
        line,
        "bestand is een naam zonder map, met * voor wat verschilt: \"zorg*.csv\"",
    );
    let line = line_of("stijl = {");
    check(
        "{ bedrag = \"1.234,56\", ",
        "{ bedrag = \"1.234\", ",
        line,
        "onbekende stijl \"1.234\"; mogelijk zijn: \"1.234,56\", \"1,234.56\"",
    );
}

#[test]
fn the_rules_of_a_region_are_those_of_its_document_and_inform_after_their_validity() {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let stand = |region: &str, id: &str, day| Region::load(region, None).unwrap().stand(id, day);
    assert_eq!(stand("zou", "Z25", day(2025, 9, 30)), Stand::Controle);
    assert_eq!(stand("zou", "O02", day(2025, 9, 30)), Stand::Uit);
    assert_eq!(stand("oost-veluwe", "O02", day(2021, 12, 31)), Stand::Controle);
    assert_eq!(stand("oost-veluwe", "O02", day(2022, 1, 1)), Stand::Informatief);
    assert_eq!(stand("midden-holland", "M09", day(2025, 9, 30)), Stand::Controle);
    assert_eq!(stand("holland-rijnland", "H04", day(2025, 9, 30)), Stand::Controle);
    assert_eq!(stand("oefenregio", "H04", day(2025, 9, 30)), Stand::Uit);
    for letter in ["Z25", "O02", "M09", "H10"] {
        assert_eq!(stand("oefenregio", letter, day(2025, 9, 30)), Stand::Controle, "{letter}");
    }
    assert_eq!(Region::without().stand("Z25", day(2025, 9, 30)), Stand::Uit);
}

#[test]
fn settings_of_the_rules_are_read_and_what_a_region_does_not_have_is_not_set() {
    let oefen = Region::load("oefenregio", None).unwrap();
    assert_eq!(oefen.productgroepen["vervoer"], ["42A03"]);
    assert_eq!(oefen.treeknorm_dagen.map(|days| days.waarde), Some(98));
    assert_eq!(oefen.toetreding_gesloten, NaiveDate::from_ymd_opt(2025, 1, 1));
    assert_eq!(oefen.producten.landelijk, Some(false));
    assert_eq!(oefen.advies.unwrap().vrije_dagen, [NaiveDate::from_ymd_opt(2025, 5, 30).unwrap()]);
    let holland = Region::load("holland-rijnland", None).unwrap();
    assert_eq!(holland.producten.landelijk, Some(true));
    assert!(holland.producten.landelijke_codes.is_empty() && holland.productgroepen.is_empty());
    let midden = Region::load("midden-holland", None).unwrap().coordinatie;
    assert_eq!((midden.wijziging, midden.toeslag_voorwaarden.map(|n| n.waarde)), (None, Some(5)));
}

#[test]
fn a_mistake_in_a_setting_of_the_rules_is_told_with_its_line() {
    let line = line_of("vervoer = [\"42A03\"]");
    check(
        "vervoer = [\"42A03\"]",
        "vervoor = [\"42A03\"]",
        line,
        "er is geen productgroep \"vervoor\"; bedoelde u \"vervoer\"?",
    );
    check(
        "vervoer = [\"42A03\"]",
        "vervoer = [\"42a03\"]",
        line,
        "productcode \"42a03\" mag alleen hoofdletters en cijfers hebben",
    );
    check(
        "toetreding_gesloten = 2025-01-01",
        "toetreding_gesloten = \"2025-02-30\"",
        line_of("toetreding_gesloten"),
        "\"2025-02-30\" is geen bestaande datum; schrijf jjjj-mm-dd, zoals 2025-01-31",
    );
    let treeknorm = line_of("treeknorm_dagen");
    check(
        "treeknorm_dagen = { waarde = 98",
        "treeknorm_dagen = { waarde = 0",
        treeknorm,
        "waarde past hier niet; hier hoort een geheel getal boven 0",
    );
    check(
        "O16 = { stand = \"uit\" }",
        "O99 = { stand = \"uit\" }",
        line_of("O16 = {"),
        "er is geen regel \"O99\"; bedoelde u \"O09\"?",
    );
}
