//! What lies in the folder of a path that is being typed, so that the rest of it can be offered.

use std::path::PathBuf;

use crate::store::Files;

/// A folder as it was last looked into.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Folder {
    /// As it stands in the path that is typed.
    pub path: PathBuf,
    /// Files and folders in it, in order; a folder's name ends in `/`.
    pub names: Vec<String>,
}

/// More names are not kept: nobody reads them, and typing on leaves fewer.
const KEPT: usize = 10_000;

impl Folder {
    /// Looks into a folder. One that cannot be read has nothing in it.
    pub fn read(files: &dyn Files, path: PathBuf) -> Self {
        let name = |entry: PathBuf| {
            let name = entry.file_name()?.to_str()?.to_owned();
            Some(if entry.is_dir() { format!("{name}/") } else { name })
        };
        let mut names: Vec<String> = files.list(&path).unwrap_or_default().into_iter().take(KEPT).filter_map(name).collect();
        names.sort_by_cached_key(|name| name.to_lowercase());
        Self { path, names }
    }

    /// The names that begin like `begun`; hidden ones only where that begins with a dot.
    pub fn beginning<'a>(&'a self, begun: &str) -> impl Iterator<Item = &'a str> {
        let wanted = begun.to_lowercase();
        let shows_hidden = begun.starts_with('.');
        let fits = move |name: &&str| name.to_lowercase().starts_with(&wanted) && (shows_hidden || !name.starts_with('.'));
        self.names.iter().map(String::as_str).filter(fits)
    }
}

/// A typed path in two: the folder as far as it is written, with its `/`, and the beginning of a name in it.
pub fn split(typed: &str) -> (&str, &str) {
    typed.rfind('/').map_or(("", typed), |at| typed.split_at(at + 1))
}

/// What all the names begin with.
pub fn common<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<String> {
    let first = names.next()?.to_owned();
    let shared = |first: String, name: &str| {
        let n = first.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
        first.chars().take(n).collect()
    };
    Some(names.fold(first, shared))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_offered_by_how_they_begin() {
        let names = [".hidden", "Ähre.txt", "articles/", "Archive/", "arctic.html"].map(str::to_owned).to_vec();
        let folder = Folder { path: PathBuf::new(), names };
        let check = |begun: &str, expected: &[&str]| assert_eq!(folder.beginning(begun).collect::<Vec<_>>(), expected, "{begun}");
        check("ar", &["articles/", "Archive/", "arctic.html"]);
        check("ä", &["Ähre.txt"]);
        check(".", &[".hidden"]);
        check("", &["Ähre.txt", "articles/", "Archive/", "arctic.html"]);
        check("x", &[]);
        assert_eq!(common(["arctic.html", "articles/"].into_iter()).as_deref(), Some("ar"));
        assert_eq!(common(std::iter::empty()), None);
    }

    #[test]
    fn a_path_is_parted_where_its_last_name_begins() {
        assert_eq!(split("~/news/ar"), ("~/news/", "ar"));
        assert_eq!(split("work"), ("", "work"));
    }
}
