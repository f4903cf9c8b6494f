//! What an export costs: 1,000 articles with 45,000 mentions to every format of the table, the time and the memory beyond the
//! session.
//!
//! Each format is written by a process of its own, so that none pays for what another left behind.
//! `cargo bench --bench exports -- FORMAT…` writes these alone.

#[path = "support/cost.rs"]
mod cost;
mod support;
#[path = "support/worked.rs"]
mod worked;

use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use manicule::annotation::Origin;
use manicule::formats::{FORMATS, Options, StateFilter, export, named};

/// What the process is told by its parent.
const ONE: &str = "--one-format";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [flag, name] = &args[..]
        && flag == ONE
    {
        return one(name);
    }
    println!("{:<16} {} {:>9}", "format", cost::COLUMNS, "MB out");
    for format in FORMATS.iter().filter(|format| format.writer.is_some() && (args.is_empty() || args.iter().any(|arg| arg == format.name)))
    {
        let program = std::env::current_exe().expect("the bench has a path");
        let told = Command::new(program).args([ONE, format.name]).output().expect("the bench can be started again");
        assert!(told.status.success(), "{format}: {}", String::from_utf8_lossy(&told.stderr));
        print!("{}", String::from_utf8_lossy(&told.stdout));
    }
}

fn one(name: &str) {
    let format = named(name).expect("a format of the table");
    let session = worked::session();
    let folder = tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("the build folder can be written");
    let path = folder.path().join("out");
    let reason = |origin: &Origin| origin.to_string();
    let options = Options { state: StateFilter::All, entities: Some(session.entities()), reason: Some(&reason), ..Options::default() };
    let write = || export(session.articles(), format, &options, &path, &|_, _| (), &AtomicBool::new(false)).expect("there is room");
    let (cost, report) = cost::of(write);
    assert!(report.articles == worked::ARTICLES);
    println!("{name:<16} {cost} {:>9.1}", size(&path) as f64 / 1e6);
}

/// Bytes of a file, or of all files of a folder.
fn size(path: &Path) -> u64 {
    let metadata = path.metadata().expect("it was written");
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|entry| entry.metadata().map_or(0, |file| file.len())).sum(),
        Err(_) => metadata.len(),
    }
}
