//! What an export costs: 1,000 articles with 45,000 mentions to every format of the table, the time and the memory beyond the
//! session.
//!
//! Each format is written by a process of its own, so that none pays for what another left behind. The memory is the kernel's
//! own count of the process's peak (`VmHWM`), reset once the session is there; where the platform has none, only the time is
//! told. `cargo bench --bench exports -- FORMAT…` writes these alone.

mod support;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use manicule::annotation::{Article, How, Origin, Session, State, Time};
use manicule::formats::{FORMATS, Options, StateFilter, export, named};

const ARTICLES: usize = 1_000;
const MENTIONS: usize = 45;

/// What the process is told by its parent.
const ONE: &str = "--one-format";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [flag, name] = &args[..]
        && flag == ONE
    {
        return one(name);
    }
    println!("{:<16} {:>8} {:>12} {:>9}", "format", "seconds", "MB beyond", "MB out");
    for format in FORMATS.iter().filter(|format| format.writer.is_some() && (args.is_empty() || args.iter().any(|arg| arg == format.name)))
    {
        let program = std::env::current_exe().expect("the bench has a path");
        let told = Command::new(program).args([ONE, format.name]).output().expect("the bench can be started again");
        assert!(told.status.success(), "{format}: {}", String::from_utf8_lossy(&told.stderr));
        print!("{}", String::from_utf8_lossy(&told.stdout));
    }
}

/// Half of the mentions were looked at, as in a session that is worked on.
fn session() -> Session {
    let session = support::session(11, ARTICLES, MENTIONS);
    let settled = |article: &Arc<Article>| {
        let mut article = Article::clone(article);
        for mention in article.mentions.iter_mut().step_by(2) {
            mention.state = State::Confirmed;
            (mention.how, mention.at, mention.by) = (Some(How::Looked), Some(Time(1_790_000_000)), Some("R. Holm".into()));
        }
        Arc::new(article)
    };
    Session::from_parts(session.scheme().as_ref().clone(), session.articles().iter().map(settled), [], Vec::new()).0
}

fn one(name: &str) {
    let format = named(name).expect("a format of the table");
    let session = session();
    let folder = tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("the build folder can be written");
    let path = folder.path().join("out");
    let reason = |origin: &Origin| origin.to_string();
    let options = Options { state: StateFilter::All, entities: Some(session.entities()), reason: Some(&reason), ..Options::default() };
    let before = memory();
    let begun = Instant::now();
    let report = export(session.articles(), format, &options, &path, &|_, _| (), &AtomicBool::new(false)).expect("there is room");
    let seconds = begun.elapsed().as_secs_f64();
    let beyond = before.and_then(|before| Some(memory_peak()? - before)).map_or("–".to_owned(), |mb| format!("{mb:.0}"));
    assert!(report.articles == ARTICLES);
    println!("{name:<16} {seconds:>8.2} {beyond:>12} {:>9.1}", size(&path) as f64 / 1e6);
}

/// Bytes of a file, or of all files of a folder.
fn size(path: &Path) -> u64 {
    let metadata = path.metadata().expect("it was written");
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|entry| entry.metadata().map_or(0, |file| file.len())).sum(),
        Err(_) => metadata.len(),
    }
}

/// What the process holds now, in MB; its peak begins anew here.
fn memory() -> Option<f64> {
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    status("VmRSS:")
}

fn memory_peak() -> Option<f64> {
    status("VmHWM:")
}

fn status(key: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}
