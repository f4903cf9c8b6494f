//! Where an article's source lies, told relative to the session in files and absolutely in memory.
//!
//! A session and its articles often travel together (a repository, a stick, a shared folder); a path relative to the
//! session survives that. Inside the program a path must mean the same wherever the session is saved, so it is absolute
//! there. The conversion is of words only: no file is touched.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// Converts source paths at the border between memory and a session's files.
#[derive(Clone, Debug, Default)]
pub struct SourcePaths {
    /// The session's folder, absolute and without `.` and `..`; `None` for a session that has no file.
    folder: Option<PathBuf>,
    /// What relative paths in memory are relative to.
    here: Option<PathBuf>,
}

impl SourcePaths {
    /// For a session file at `file`. Paths that are relative count from the process's working folder.
    pub fn beside(file: &Path) -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let folder = level(&here.join(file)).parent().map(Path::to_path_buf);
        Self { folder, here: Some(here) }
    }

    /// For work without a file: paths are absolute in its journal too.
    pub fn unsaved() -> Self {
        Self { folder: None, here: std::env::current_dir().ok() }
    }

    /// For a session inside the program: paths stay as they are.
    pub fn unchanged() -> Self {
        Self::default()
    }

    /// From memory to a file: relative to the session's folder where the two share more than a root, with `/`.
    pub fn outward<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let Some(here) = self.here.as_ref().filter(|_| !path.is_empty()) else {
            return Cow::Borrowed(path);
        };
        let path = level(&here.join(path));
        Cow::Owned(with_slashes(&self.folder.as_ref().map_or(path.clone(), |folder| relative(&path, folder))))
    }

    /// From a file to memory: absolute, with `/`.
    pub fn inward<'p>(&self, path: &'p str) -> Cow<'p, str> {
        match &self.folder {
            Some(folder) if !path.is_empty() => Cow::Owned(with_slashes(&level(&folder.join(path)))),
            _ => Cow::Borrowed(path),
        }
    }
}

/// The path without `.` and with every `..` taken at its word.
fn level(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

fn relative(path: &Path, folder: &Path) -> PathBuf {
    let shared = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let is_kin = path.components().take(shared).any(|part| matches!(part, Component::Normal(_)));
    if !is_kin {
        return path.to_path_buf();
    }
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

fn with_slashes(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_source_is_told_relative_to_its_session() {
        let paths = SourcePaths::beside(Path::new("/home/ann/desk/summit.ron"));
        let cases = [
            ("/home/ann/desk/corpus/a.txt", "corpus/a.txt"),
            ("/home/ann/./news/x/../b.html", "../news/b.html"),
            ("/mnt/stick/c.md", "/mnt/stick/c.md"),
        ];
        for (memory, file) in cases {
            assert_eq!(paths.outward(memory), file);
            assert_eq!(paths.outward(&paths.inward(file)), file, "the way in and out again");
        }
        assert_eq!(SourcePaths::unchanged().outward("a/../b"), "a/../b");
    }
}
