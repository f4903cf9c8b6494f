//! What reading costs: 1,000 articles with 45,000 mentions from a session and from files of the formats that other programs
//! read too.
//!
//! Each file is read by a process of its own. `peers.py` beside this file has the same files written by `--write FOLDER`, and
//! read by `--read NAME PATH` and by the usual Python reader of each, in turn, and tells the ratios.

#[path = "support/cost.rs"]
mod cost;
mod support;
#[path = "support/worked.rs"]
mod worked;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use manicule::annotation::{Mention, Session, Time};
use manicule::formats::{Container, Format, Options, StateFilter, export, named, read_paths};
use manicule::reading::How;
use manicule::store::journal::OnFault;
use manicule::store::{Intent, Opened, Owner, RealFiles, Saved, SourcePaths, Surroundings, write};

const SESSION: &str = "session";

/// Formats as `FORMATS` has them, and a session.
const NAMES: [&str; 7] = [SESSION, "jsonl", "conll", "docbin", "brat", "labelstudio", "xmi"];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--write", folder] => write_all(Path::new(folder)),
        ["--read", name, path] => read_one(name, Path::new(path)),
        _ => table(),
    }
}

fn table() {
    let folder = tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("the build folder can be written");
    write_all(folder.path());
    println!("{:<12} {}  articles  mentions", "format", cost::COLUMNS);
    for name in NAMES {
        let program = std::env::current_exe().expect("the bench has a path");
        let told = Command::new(program).args(["--read", name]).arg(path_in(folder.path(), name)).output().expect("it can be started");
        assert!(told.status.success(), "{name}: {}", String::from_utf8_lossy(&told.stderr));
        print!("{name:<12} {}", String::from_utf8_lossy(&told.stdout));
    }
}

/// A file `NAME.ending`, or a folder `NAME`.
fn path_in(folder: &Path, name: &str) -> PathBuf {
    let is_folder = |format: &&Format| matches!(format.writer.as_ref().map(|writer| &writer.container), Some(Container::Folder { .. }));
    match named(name) {
        Some(format) if is_folder(&format) => folder.join(name),
        Some(format) => folder.join(name).with_extension(format.extension),
        None => folder.join(name).with_extension("ron"),
    }
}

fn write_all(folder: &Path) {
    let session = worked::session();
    for name in NAMES {
        let path = path_in(folder, name);
        match named(name) {
            Some(format) => {
                let options = Options { state: StateFilter::All, ..Options::default() };
                export(session.articles(), format, &options, &path, &|_, _| (), &AtomicBool::new(false)).expect("there is room");
            }
            None => {
                let saved = Saved { session: session.clone(), ..Saved::default() };
                std::fs::write(&path, write(&saved, &SourcePaths::beside(&path))).expect("there is room");
            }
        }
    }
}

fn read_one(name: &str, path: &Path) {
    let (cost, (articles, mentions)) = if name == SESSION {
        let (cost, session) = cost::of(|| opened(path));
        (cost, (session.articles().len(), mentions(session.articles().iter().map(|article| &article.mentions))))
    } else {
        let (cost, read) = cost::of(|| read_paths(&[path.to_path_buf()], How::default(), &|_, _| (), &AtomicBool::new(false)));
        (cost, (read.articles.len(), mentions(read.articles.iter().map(|article| &article.mentions))))
    };
    println!("{cost} {articles:>9} {mentions:>9}");
}

fn opened(path: &Path) -> Session {
    let owner = Owner::this_process("bench", Time(0));
    let around = Surroundings { files: Arc::new(RealFiles), owner, waker: Arc::new(|| {}), unsaved_folder: None, on_fault: OnFault::Stop };
    Opened::open(path, Intent::Read, around).expect("a sound session").saved.session
}

fn mentions<'a>(of: impl Iterator<Item = &'a Vec<Mention>>) -> usize {
    of.map(Vec::len).sum()
}
