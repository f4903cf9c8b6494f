//! A journal is replayed as far as it makes sense, and what was done can be undone to the beginning.
//!
//! Each line of the input becomes a record with a number and a sum that fit, unless it begins with `!`; so the fuzzer need
//! not guess sums, and still meets damage.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use manicule::annotation::{Digest, Session, Time};
use manicule::store::journal::replay;
use manicule::store::{SourcePaths, read};

const FILE: &[u8] = include_bytes!("../seeds/session/small.ron");

static SESSION: LazyLock<Session> = LazyLock::new(|| read(FILE, &SourcePaths::unchanged()).expect("the seed is a session").saved.session);

fuzz_target!(|data: &[u8]| {
    let mut journal = Vec::new();
    let head =
        [br#"{"journal":{"format":1}}"#.to_vec(), format!(r#"{{"checkpoint":{{"file":"{}","after":0}}}}"#, Digest::of(FILE)).into_bytes()];
    let lines = data.split(|byte| *byte == b'\n').map(<[u8]>::to_vec);
    for (number, line) in head.into_iter().chain(lines).enumerate() {
        if let Some(raw) = line.strip_prefix(b"!") {
            journal.extend_from_slice(raw);
        } else {
            let body = [number.to_string().as_bytes(), b" ", &line].concat();
            journal.extend_from_slice(format!("{:08x} ", crc32fast::hash(&body)).as_bytes());
            journal.extend_from_slice(&body);
        }
        journal.push(b'\n');
    }
    let mut replay = replay(&journal, Digest::of(FILE), SESSION.clone(), &SourcePaths::unchanged(), Time(0));
    while let Ok(Some(_)) = replay.history.undo(&mut replay.session) {}
    if replay.history.next_undo().is_none() && replay.recovered > 0 {
        assert!(replay.session == *SESSION, "undo goes back to the file");
    }
});
