//! Paths on the command line become files: folders are searched in order, and never in circles.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::fault::{ReadFault, Trouble};

/// Endings of files that are articles, or many of them, without the full stop.
const ARTICLES: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "jsonl", "ndjson", "xml", "nitf", "rss", "atom", "json", "ninjs", "sgml",
    "sgm", "story", "xmi", "bdocjs", "docx", "docm", "dotx", "odt", "ott", "fodt", "rtf", "eml", "mhtml", "mht", "pdf", "epub", "zip",
    "warc",
];
/// Endings of files that an analyst takes for articles; they are tried, so that the answer names the converter.
const DOCUMENTS: &[&str] = &["doc"];

/// The files that `paths` stand for, in the order given and by name inside folders. A file named outright is taken
/// whatever its ending; inside folders, hidden files are passed over, and those that are no articles, which is told.
pub fn expand(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<ReadFault>) {
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        let passed_over = search(path, &mut files, &mut faults);
        if files.len() == before && faults.iter().all(|fault| !fault.path.starts_with(path)) {
            faults.push(ReadFault::new(path, Trouble::NothingInFolder));
        }
        faults.extend(told_of(&passed_over).map(|words| ReadFault::new(path, Trouble::Told(words))));
    }
    (files, faults)
}

/// Depth first without recursion, so that no nesting is too deep. Answers with the files that are no articles.
fn search(root: &Path, files: &mut Vec<PathBuf>, faults: &mut Vec<ReadFault>) -> Vec<PathBuf> {
    let mut seen = HashSet::new();
    let mut passed_over = Vec::new();
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
        let inside = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| !is_hidden(path));
        let (mut inside, others): (Vec<PathBuf>, Vec<PathBuf>) = inside.partition(|path| is_wanted(path));
        inside.sort();
        open.extend(inside.into_iter().rev());
        passed_over.extend(others.into_iter().filter(|path| !is_company(path)));
    }
    passed_over
}

/// `passed over 2 files that are no articles: notes.bin, port.png`; of many, how many have which ending.
fn told_of(passed_over: &[PathBuf]) -> Option<String> {
    /// So many are named.
    const NAMED: usize = 4;
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut names: Vec<String> = passed_over.iter().map(name).collect();
    names.sort();
    if names.len() > NAMED {
        let mut endings: BTreeMap<String, usize> = BTreeMap::new();
        passed_over.iter().for_each(|path| *endings.entry(extension(path)).or_default() += 1);
        let mut endings: Vec<(String, usize)> = endings.into_iter().collect();
        endings.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let rest: usize = endings.iter().skip(NAMED).map(|(_, n)| n).sum();
        let ending =
            |(ending, n): &(String, usize)| if ending.is_empty() { format!("{n} without ending") } else { format!("{n} .{ending}") };
        names = endings.iter().take(NAMED).map(ending).collect();
        names.extend((rest > 0).then(|| format!("{rest} others")));
    }
    let files = if passed_over.len() == 1 { "file that is no article" } else { "files that are no articles" };
    (!names.is_empty()).then(|| format!("passed over {} {files}: {}", passed_over.len(), names.join(", ")))
}

/// Whether files that end so are looked for in folders.
pub fn is_article_ending(ending: &str) -> bool {
    ARTICLES.contains(&ending)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// A session and what lies beside it, and what is read with a text: marks and settings of brat, annotations of a W3C folder.
fn is_company(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    matches!(extension(path).as_str(), "ann" | "conf" | "jsonld") || name.split('.').skip(1).any(|part| part.eq_ignore_ascii_case("ron"))
}

/// Whether files that end so are tried: they hold articles, or an analyst takes them for such.
pub fn is_looked_for(ending: &str) -> bool {
    is_article_ending(ending) || DOCUMENTS.contains(&ending)
}

fn is_wanted(path: &Path) -> bool {
    // A pipe or a device in a folder is no article, whatever it is called; reading it might never end.
    let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
    let is_packed = extension(path) == "gz";
    let extension = if is_packed { extension(&path.with_extension("")) } else { extension(path) };
    !is_special && (is_looked_for(&extension) || path.is_dir())
}

/// In lower case, without the full stop.
pub fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}
