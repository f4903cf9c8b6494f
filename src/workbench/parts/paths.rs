//! Paths as they come in: dropped, typed, pasted.

use std::path::{Path, PathBuf};

/// Whether a path names a session rather than an article.
pub fn is_session(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"))
}

/// The files that a pasted text names and nothing else: `file://` addresses with percent escapes, as file managers copy them,
/// or absolute paths, each on a line.
pub fn pasted_paths(text: &str) -> Option<Vec<PathBuf>> {
    // What some file managers write before the addresses.
    const MARKS: [&str; 3] = ["x-special/nautilus-clipboard", "copy", "cut"];
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let named = lines.iter().position(|line| !MARKS.contains(line))?;
    lines[named..].iter().map(|line| pasted_path(line)).collect()
}

fn pasted_path(line: &str) -> Option<PathBuf> {
    let Some(address) = line.strip_prefix("file://") else {
        let is_path = line.starts_with('/') && line[1..].contains('/') && line.len() < 4096;
        return is_path.then(|| PathBuf::from(line));
    };
    let path = address.strip_prefix("localhost").unwrap_or(address);
    let path = path.strip_prefix('/').map(|_| path)?;
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = escape.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    path_of_bytes(bytes)
}

#[cfg(unix)]
fn path_of_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    Some(PathBuf::from(std::ffi::OsString::from_vec(bytes)))
}

/// `file:///C:/a.txt`
#[cfg(not(unix))]
fn path_of_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    let path = String::from_utf8(bytes).ok()?;
    Some(PathBuf::from(path.strip_prefix('/').filter(|rest| rest.get(1..2) == Some(":")).unwrap_or(&path)))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_file_managers_copy_is_files() {
        let check = |text: &str, expected: Option<&[&str]>| {
            let paths = pasted_paths(text);
            let told: Option<Vec<&str>> = paths.as_ref().map(|paths| paths.iter().filter_map(|path| path.to_str()).collect());
            assert_eq!(told.as_deref(), expected, "{text:?}");
        };
        check("file:///home/ann/a.txt", Some(&["/home/ann/a.txt"]));
        check("file:///home/ann/caf%C3%A9%20noir.txt\r\nfile://localhost/b%25.html\r\n", Some(&["/home/ann/café noir.txt", "/b%.html"]));
        check("# copied\nfile:///a/b\n", Some(&["/a/b"]));
        check("x-special/nautilus-clipboard\ncopy\nfile:///a/b\nfile:///a/c\n", Some(&["/a/b", "/a/c"]));
        check("copy\nfile:///a/100%", Some(&["/a/100%"]));
        check("/home/ann/a b.txt\n/home/ann/c.txt", Some(&["/home/ann/a b.txt", "/home/ann/c.txt"]));
        for text in [
            "",
            "copy",
            "/",
            "He left.",
            "file://server/share/a.txt",
            "file:///a/b\nHe left.",
            "See file:///a/b",
            "/and so on",
            "https://example.org/a",
        ] {
            check(text, None);
        }
    }
}
