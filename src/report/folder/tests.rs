use super::*;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// An output as an earlier run left it.
fn earlier(target: &Path) {
    let mut output = Output::create(target, false).unwrap();
    output.put("rapport.html", b"oud").unwrap();
    let manifest = serde_json::json!({ "outputs": output.files() }).to_string();
    output.put(MANIFEST, manifest.as_bytes()).unwrap();
    output.finish().unwrap();
}

#[test]
fn a_finished_folder_holds_every_file_and_nothing_is_left_beside_it() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("2025-k3");
    let mut output = Output::create(&target, false).unwrap();
    output.put("tabellen/b.csv", b"b").unwrap();
    output.put("LEESMIJ.html", b"").unwrap();
    assert!(!target.exists());
    let files = output.finish().unwrap();
    assert_eq!(fs::read(target.join("tabellen/b.csv")).unwrap(), b"b");
    assert_eq!(names(root.path()), ["2025-k3"]);
    assert_eq!(files[0].path, "LEESMIJ.html");
    assert_eq!(files[0].sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(files[1].bytes, 1);
}

#[test]
fn a_folder_that_is_not_finished_leaves_nothing_not_even_its_parents() {
    let root = tempfile::tempdir().unwrap();
    let mut output = Output::create(&root.path().join("a/b/2025-k3"), false).unwrap();
    output.put("rapport.html", b"half").unwrap();
    drop(output);
    assert!(names(root.path()).is_empty());
}

#[test]
fn an_existing_folder_is_refused_with_the_option_that_replaces_it() {
    let root = tempfile::tempdir().unwrap();
    let error = Output::create(root.path(), false).unwrap_err().to_string();
    assert!(error.contains("--overschrijf"), "{error}");
    let file = root.path().join("bestand");
    fs::write(&file, "x").unwrap();
    assert!(Output::create(&file, true).unwrap_err().to_string().contains("geen gewone map"));
    assert!(Output::create(Path::new("/"), true).is_err());
}

#[test]
fn a_folder_of_someone_else_is_never_replaced() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("mijn-werk");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("brief.docx"), "x").unwrap();
    let error = Output::create(&target, true).unwrap_err().to_string();
    assert!(error.contains("niet door maatstaf"), "{error}");
    assert_eq!(names(&target), ["brief.docx"]);
}

#[test]
fn a_file_that_a_user_put_between_the_outputs_is_not_lost() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("uit");
    earlier(&target);
    fs::write(target.join("notitie.docx"), "x").unwrap();
    let error = Output::create(&target, true).unwrap_err().to_string();
    assert!(error.contains("notitie.docx"), "{error}");
    fs::remove_file(target.join("notitie.docx")).unwrap();
    fs::write(target.join("Thumbs.db"), "x").unwrap();
    Output::create(&target, true).unwrap();
}

#[test]
fn an_earlier_output_and_an_empty_folder_are_replaced_whole() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("uit");
    earlier(&target);
    let mut output = Output::create(&target, true).unwrap();
    output.put("nieuw.html", b"nieuw").unwrap();
    assert_eq!(names(&target), ["herkomst", "rapport.html"]);
    output.finish().unwrap();
    assert_eq!(names(&target), ["nieuw.html"]);
    assert_eq!(names(root.path()), ["uit"]);

    let empty = root.path().join("leeg");
    fs::create_dir(&empty).unwrap();
    Output::create(&empty, true).unwrap().finish().unwrap();
}

#[test]
fn a_folder_that_appears_during_the_run_is_not_overwritten() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("uit");
    let output = Output::create(&target, false).unwrap();
    fs::create_dir(&target).unwrap();
    assert!(output.finish().is_err());
    assert_eq!(names(root.path()), ["uit"]);
}

#[test]
fn two_runs_beside_each_other_do_not_meet() {
    let root = tempfile::tempdir().unwrap();
    let mut one = Output::create(&root.path().join("een"), false).unwrap();
    let mut two = Output::create(&root.path().join("twee"), false).unwrap();
    one.put("a.csv", b"1").unwrap();
    two.put("a.csv", b"2").unwrap();
    one.finish().unwrap();
    two.finish().unwrap();
    assert_eq!(fs::read(root.path().join("een/a.csv")).unwrap(), b"1");
}

#[test]
fn names_that_differ_between_systems_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let mut output = Output::create(&root.path().join("uit"), false).unwrap();
    for name in [
        "", "/a", "a/../b", "A.csv", "é.csv", "a b.csv", "nul.csv", "a/.b", "a\\b", "com1.csv",
        "a.",
    ] {
        assert!(output.put(name, b"").is_err(), "{name}");
    }
    output.put("gemeenten/0355_zeist.html", b"").unwrap();
    assert!(output.put("gemeenten/0355_zeist.html", b"").is_err());
}

#[test]
fn a_path_that_windows_cannot_open_is_refused_with_a_remedy() {
    let root = tempfile::tempdir().unwrap();
    let mut output = Output::create(&root.path().join("uit"), false).unwrap();
    let error = output.put(&format!("{}.csv", "a".repeat(190)), b"").unwrap_err().to_string();
    assert!(error.contains("korter pad"), "{error}");
}
