//! Paths on the command line become files: folders are searched in order, and never in circles.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::fault::{ReadFault, Trouble};

/// Endings of files that are articles, or many of them, without the full stop.
const ARTICLES: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "jsonl", "ndjson", "xml", "nitf", "rss", "atom", "json", "ninjs", "sgml",
    "sgm", "story", "xmi", "bdocjs", "docx", "docm", "dotx", "odt", "ott", "fodt",
];
/// Endings of files that an analyst takes for articles; they are tried, so that the answer names the converter.
const DOCUMENTS: &[&str] = &["pdf", "doc", "rtf", "epub"];

/// The files that `paths` stand for, in the order given and by name inside folders. A file named outright is taken
/// whatever its ending; inside folders, hidden files and those that are no articles are passed over.
pub fn expand(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<ReadFault>) {
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        search(path, &mut files, &mut faults);
        if files.len() == before && faults.iter().all(|fault| !fault.path.starts_with(path)) {
            faults.push(ReadFault::new(path, Trouble::NothingInFolder));
        }
    }
    (files, faults)
}

/// Depth first without recursion, so that no nesting is too deep.
fn search(root: &Path, files: &mut Vec<PathBuf>, faults: &mut Vec<ReadFault>) {
    let mut seen = HashSet::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(path) = open.pop() {
        if !path.is_dir() {
            files.push(path);
            continue;
        }
        // A link back to a folder already searched would go round for ever.
        if !path.canonicalize().is_ok_and(|real| seen.insert(real)) {
            continue;
        }
        let entries = match std::fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                faults.push(ReadFault::new(&path, error.into()));
                continue;
            }
        };
        let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_wanted(path)).collect();
        inside.sort();
        open.extend(inside.into_iter().rev());
    }
}

/// Whether files that end so are looked for in folders.
pub fn is_article_ending(ending: &str) -> bool {
    ARTICLES.contains(&ending)
}

fn is_wanted(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    if name.starts_with('.') {
        return false;
    }
    // A pipe or a device in a folder is no article, whatever it is called; reading it might never end.
    let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
    let is_packed = extension(path) == "gz";
    let extension = if is_packed { extension(&path.with_extension("")) } else { extension(path) };
    let is_article = is_article_ending(&extension) || DOCUMENTS.contains(&extension.as_str());
    !is_special && (is_article || path.is_dir())
}

/// In lower case, without the full stop.
pub fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}
