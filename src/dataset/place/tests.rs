use super::*;

const WHOLE: &str = "manifest.json";

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A folder that holds this text.
fn folder(path: &Path, text: &str) {
    fs::create_dir_all(path).unwrap();
    fs::write(path.join(WHOLE), text).unwrap();
}

fn text(path: &Path) -> String {
    fs::read_to_string(path.join(WHOLE)).unwrap()
}

/// Replaces the target by a folder with this text.
fn put(target: &Path, text: &str) {
    let place = Place::claim(target).unwrap();
    fs::write(place.folder().join(WHOLE), text).unwrap();
    place.put(|_| false).unwrap();
}

#[test]
fn a_folder_is_replaced_and_nothing_is_left_beside_it() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("a/b/set");
    put(&target, "1");
    put(&target, "2");
    assert_eq!(text(&target), "2");
    assert_eq!(names(target.parent().unwrap()), ["set"]);
    drop(Place::claim(&target).unwrap());
    assert_eq!(text(&target), "2");
    assert_eq!(names(target.parent().unwrap()), ["set"]);
}

#[test]
fn a_second_run_on_one_target_is_told_so_and_on_another_is_not() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("set");
    let first = Place::claim(&target).unwrap();
    let error = Place::claim(&target).unwrap_err();
    assert!(error.is::<Unsuitable>() && error.to_string().contains("in gebruik"), "{error}");
    let other = Place::claim(&root.path().join("ander")).unwrap();
    drop(other);
    assert!(first.folder().is_dir(), "another run does not touch what is in use");
    drop(first);
    assert_eq!(names(root.path()), [""; 0]);
}

#[test]
fn every_state_a_killed_run_can_leave_is_put_right() {
    // (target, aside, fresh) as left, and what the target must hold after it.
    let states = [
        (None, None, Some("2"), None),
        (Some("1"), None, Some("2"), Some("1")),
        (None, Some("1"), Some("2"), Some("1")),
        (Some("2"), Some("1"), None, Some("2")),
        (None, Some("1"), None, Some("1")),
    ];
    for (at, (target, aside, fresh, expected)) in states.into_iter().enumerate() {
        for is_opened in [false, true] {
            let root = tempfile::tempdir().unwrap();
            let set = root.path().join("set");
            for (name, content) in
                [("set", target), (".maatstaf-set.oud", aside), (".maatstaf-set.nieuw", fresh)]
            {
                if let Some(content) = content {
                    folder(&root.path().join(name), content);
                }
            }
            fs::write(root.path().join(".maatstaf-set.slot"), "").unwrap();
            if is_opened {
                restore(&set);
            }
            if !is_opened || !set.exists() {
                // Another target in the same folder cleans up as well.
                drop(Place::claim(&root.path().join("ander")).unwrap());
            }
            assert_eq!(set.exists().then(|| text(&set)), expected.map(str::to_owned), "{at}");
            drop(Place::claim(&set).unwrap());
            assert_eq!(names(root.path()), expected.map_or(vec![], |_| vec!["set"]), "{at}");
        }
    }
}

#[test]
fn the_only_copy_is_never_removed_for_a_folder_that_is_not_ours() {
    let root = tempfile::tempdir().unwrap();
    let (set, aside) = (root.path().join("set"), root.path().join(".maatstaf-set.oud"));
    folder(&aside, "1");
    fs::create_dir(&set).unwrap();
    fs::write(set.join("brief.docx"), "x").unwrap();
    assert!(Place::claim(&set).is_err());
    assert_eq!((text(&aside).as_str(), names(&set)), ("1", vec!["brief.docx".to_owned()]));
    fs::remove_file(set.join("brief.docx")).unwrap();
    drop(Place::claim(&set).unwrap());
    assert_eq!(text(&set), "1");
}

#[test]
fn a_passing_folder_goes_by_itself_and_a_left_one_with_the_next_run() {
    let root = tempfile::tempdir().unwrap();
    let one = Place::passing(root.path()).unwrap();
    let two = Place::passing(root.path()).unwrap();
    assert_ne!(one.folder(), two.folder());
    put(&one.folder().join("set"), "1");
    assert_eq!(names(one.folder()), ["set"]);
    assert!(Place::claim(&one.folder().join("set")).unwrap().is_passing());
    assert!(!one.is_passing());
    fs::write(one.folder().join("x"), "x").unwrap();
    drop((one, two));
    assert_eq!(names(root.path()), [""; 0]);
    folder(&root.path().join(".maatstaf-tijdelijk-1-0.nieuw"), "x");
    fs::write(root.path().join(".maatstaf-tijdelijk-1-0.slot"), "").unwrap();
    put(&root.path().join("set"), "1");
    assert_eq!(names(root.path()), ["set"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_dots_have_a_name() {
    let root = tempfile::tempdir().unwrap();
    put(&root.path().join("echt/set"), "1");
    let link = root.path().join("link");
    std::os::unix::fs::symlink(root.path().join("echt/set"), &link).unwrap();
    put(&link, "2");
    put(&root.path().join("echt/set/.."), "3");
    assert!(link.is_symlink());
    assert_eq!(names(root.path()), ["echt", "link"]);
    assert_eq!(text(&root.path().join("echt")), "3");
}
