//! The laws of ARCHITECTURE.md that can be read off the source.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::imports::Imports;

/// Top to bottom: a room imports only rooms below it.
const ROOMS: [&str; 11] = ["cli", "view", "workbench", "quality", "formats", "store", "decide", "tagger", "reading", "annotation", "text"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The lines of code, without comments and without the unit tests at the end of a file.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().take_while(|line| line.trim() != "mod tests {").enumerate();
    lines.map(|(i, line)| (i + 1, line.split("//").next().unwrap_or_default().to_owned())).collect()
}

fn room_of(path: &Path) -> Option<&'static str> {
    let inside = path.strip_prefix(root().join("src")).ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    ROOMS.into_iter().find(|room| *room == first)
}

#[test]
fn every_folder_of_src_is_a_room_and_every_room_is_told_in_the_architecture() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for entry in fs::read_dir(root().join("src")).unwrap().flatten() {
        if entry.path().is_dir() {
            let name = entry.file_name().into_string().unwrap();
            assert!(ROOMS.contains(&name.as_str()), "src/{name} is no room");
        }
    }
    for room in ROOMS {
        assert!(architecture.contains(&format!("`src/{room}/`")), "ARCHITECTURE.md does not tell of src/{room}/");
    }
}

#[test]
fn a_room_imports_only_rooms_below_it() {
    let mut broken = Vec::new();
    let mut imports = 0;
    for path in rust_files(&root().join("src")) {
        let Some(room) = room_of(&path) else { continue };
        let height = ROOMS.iter().position(|other| *other == room).unwrap();
        for (line, code) in code(&path) {
            for (at, _) in code.match_indices("crate::") {
                let name: String = code[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let Some(other) = ROOMS.iter().position(|other| **other == name) else { continue };
                imports += 1;
                if other < height {
                    broken.push(format!("{}:{line}: {room} names {name}", path.display()));
                }
            }
        }
    }
    assert!(imports > 50, "the test has lost its subject");
    assert_eq!(broken, Vec::<String>::new());
}

/// If two files need each other, what they share lies below both.
#[test]
fn no_file_needs_itself_through_others() {
    let imports = Imports::of(&root().join("src"));
    assert!(imports.len() > 500, "the test has lost its subject");
    let circles: Vec<String> = imports.circles().iter().map(|round| format!("{} → {}", round.join(" → "), round[0])).collect();
    assert!(circles.is_empty(), "files that need each other:\n{}", circles.join("\n"));
}

#[test]
fn only_the_view_and_main_name_the_window_library() {
    let mut broken = Vec::new();
    for path in rust_files(&root().join("src")) {
        let may = room_of(&path) == Some("view") || path.ends_with("src/main.rs");
        for (line, code) in code(&path) {
            let names = ["egui::", "eframe::", "rfd::", "use egui", "use eframe", "use rfd"].iter().any(|name| code.contains(name));
            if names && !may {
                broken.push(format!("{}:{line}", path.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn the_pure_rooms_know_no_files_clocks_or_threads() {
    let mut broken = Vec::new();
    for room in ["text", "annotation", "decide"] {
        for path in rust_files(&root().join("src").join(room)) {
            for (line, code) in code(&path) {
                for name in ["std::fs", "std::thread", "SystemTime", "Instant::now", "std::env", "std::net", "println!"] {
                    if code.contains(name) {
                        broken.push(format!("{}:{line}: {name}", path.display()));
                    }
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn nobody_opens_a_socket() {
    for path in rust_files(&root().join("src")) {
        for (line, code) in code(&path) {
            let opens =
                ["std::net", "TcpStream", "TcpListener", "UdpSocket", "UnixStream", "UnixListener"].iter().any(|name| code.contains(name));
            assert!(!opens, "{}:{line}", path.display());
        }
    }
}

#[test]
fn files_stay_readable() {
    for path in rust_files(&root().join("src")).into_iter().filter(|path| !path.ends_with("tests.rs")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.len() < 40_000, "{} has {} bytes: is it two rooms?", path.display(), text.len());
        assert!(text.starts_with("//!"), "{} does not say what it is for", path.display());
    }
}

#[test]
fn nothing_prints_that_panics_at_a_closed_pipe() {
    let files = rust_files(&root().join("src"));
    let printed = files.iter().flat_map(|path| code(path).into_iter().map(move |(number, line)| (path, number, line)));
    for (path, number, line) in printed.filter(|(path, ..)| !path.ends_with("tests.rs")) {
        let is_print = ["println!(", "eprintln!(", "print!(", "eprint!("]
            .iter()
            .any(|name| line.match_indices(name).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')));
        assert!(!is_print, "{}:{number} prints past `cli::tell`, or should write and pass the error on", path.display());
    }
}
