//! Folders that go round in circles or hold what is no file.

use std::path::{Path, PathBuf};

use manicule::reading::{Trouble, expand};

fn names(files: &[PathBuf], root: &Path) -> Vec<String> {
    files.iter().map(|path| path.strip_prefix(root).unwrap().display().to_string()).collect()
}

#[test]
fn an_empty_folder_says_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("a/b/c")).unwrap();
    std::fs::write(folder.path().join("a/picture.png"), "").unwrap();
    let (files, faults) = expand(&[folder.path().to_path_buf()]);
    assert!(files.is_empty());
    let troubles: Vec<&Trouble> = faults.iter().map(|fault| &fault.trouble).collect();
    assert!(matches!(troubles[..], [Trouble::NothingInFolder, Trouble::Told(words)] if words.ends_with("picture.png")), "{faults:?}");
}

#[cfg(unix)]
#[test]
fn links_in_circles_end_and_pipes_are_passed_over() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir_all(root.join("a/b")).unwrap();
    std::fs::write(root.join("a/one.txt"), "Ann").unwrap();
    std::fs::write(root.join("a/b/two.txt"), "Bo").unwrap();
    for (to, from) in [(".", "a/b/self"), ("../..", "a/b/up"), ("loop-b", "loop-a"), ("loop-a", "loop-b")] {
        symlink(to, root.join(from)).unwrap();
    }
    symlink("/dev/zero", root.join("a/endless.txt")).unwrap();
    symlink("nowhere.txt", root.join("a/gone.txt")).unwrap();
    let has_pipe = std::process::Command::new("mkfifo").arg(root.join("a/pipe.txt")).status().is_ok_and(|status| status.success());
    let (files, _) = expand(&[root.to_path_buf()]);
    let found = names(&files, root);
    // A link that leads nowhere is tried, so that the answer names it.
    assert_eq!(found, ["a/b/two.txt", "a/gone.txt", "a/one.txt"], "a pipe was there: {has_pipe}");
}

#[test]
fn a_deep_folder_is_searched_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let deep: PathBuf = std::iter::repeat_n("d", 400).collect();
    std::fs::create_dir_all(folder.path().join(&deep)).unwrap();
    std::fs::write(folder.path().join(&deep).join("a.txt"), "Ann").unwrap();
    let (files, faults) = expand(&[folder.path().to_path_buf()]);
    assert_eq!((files.len(), faults.len()), (1, 0));
}
