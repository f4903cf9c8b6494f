//! What the disk costs: a decision until it is durable, opening and saving, at three sizes of session.
//!
//! Articles are as long as those of news, about 4 kB with 40 mentions. A durable decision waits for the disk's own fsync,
//! which is measured beside it.

mod support;

use std::fs::{File, OpenOptions};
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use manicule::annotation::{How, Time};
use manicule::decide::{Stamp, decision};
use manicule::store::journal::OnFault;
use manicule::store::{Intent, Opened, Owner, RealFiles, Saved, SourcePaths, Surroundings, write};

const SIZES: [usize; 3] = [10, 1_000, 10_000];
const MENTIONS: usize = 40;

/// Beside the build, so that it is a disk and no memory.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-bench");
    std::fs::create_dir_all(&folder).expect("the build folder can be written");
    folder
}

fn session_file(articles: usize) -> PathBuf {
    let path = folder().join(format!("{articles}.ron"));
    let saved = Saved { session: support::session(7, articles, MENTIONS), ..Saved::default() };
    std::fs::write(&path, write(&saved, &SourcePaths::beside(&path))).expect("there is room");
    std::fs::remove_file(path.with_extension("ron.journal")).ok();
    path
}

fn open(path: &Path, intent: Intent) -> Opened {
    let owner = Owner::this_process("bench", Time(0));
    let around = Surroundings { files: Arc::new(RealFiles), owner, waker: Arc::new(|| {}), unsaved_folder: None, on_fault: OnFault::Stop };
    Opened::open(path, intent, around).expect("a sound session")
}

/// What a group of one record costs the disk itself.
fn fsync(c: &mut Criterion) {
    let path = folder().join("fsync");
    File::create(&path).expect("there is room");
    let mut file = OpenOptions::new().append(true).open(&path).expect("it was made");
    c.bench_function("the disk's own fsync of 600 bytes", |b| {
        b.iter(|| {
            file.write_all(&[b'x'; 600]).expect("there is room");
            file.sync_data().expect("a working disk");
        });
    });
}

fn decisions(c: &mut Criterion) {
    for articles in SIZES {
        let path = session_file(articles);
        let mut opened = open(&path, Intent::Work);
        let id = opened.saved.session.articles()[articles / 2].id.clone();
        let mention = opened.saved.session.articles()[articles / 2].mentions[MENTIONS / 2].id;
        let stamp = Stamp::default();
        // Confirmed and taken back in turn.
        let mut decide = move |waits: bool| {
            let edit = decision::confirm(&opened.saved.session, &id, mention, How::Looked, &stamp);
            let number = match edit {
                Ok(edit) => {
                    opened.history.perform(&mut opened.saved.session, edit.clone()).expect("it fits");
                    opened.home.edited(&edit)
                }
                Err(_) => {
                    opened.history.undo(&mut opened.saved.session).expect("it fits");
                    opened.home.undone(Time(0))
                }
            };
            if waits {
                opened.home.journal().expect("open for work").wait(number).expect("a working disk");
            }
        };
        c.bench_function(&format!("a durable decision, {articles} articles"), |b| b.iter(|| decide(true)));
        c.bench_function(&format!("a decision handed to the journal, {articles} articles"), |b| b.iter(|| decide(false)));
    }
}

fn files(c: &mut Criterion) {
    let mut group = c.benchmark_group("files");
    group.sample_size(10);
    for articles in [1_000, 10_000] {
        let path = session_file(articles);
        group.bench_function(format!("open, {articles} articles"), |b| b.iter(|| black_box(open(&path, Intent::Read))));
        let opened = open(&path, Intent::Work);
        group.bench_function(format!("what a save takes from the interface, {articles} articles"), |b| {
            b.iter(|| opened.home.save_job(opened.saved.clone(), 0, false).expect("it has a name"));
        });
        group.bench_function(format!("save, {articles} articles"), |b| {
            b.iter(|| opened.home.save_job(opened.saved.clone(), 0, true).expect("it has a name").run().expect("there is room"));
        });
    }
    group.finish();
}

criterion_group!(benches, fsync, decisions, files);
criterion_main!(benches);
