//! A session file is refused or read; what was read is written, read again equal and without repairs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use manicule::store::{SourcePaths, read, write};

fuzz_target!(|data: &[u8]| {
    let paths = SourcePaths::unchanged();
    let Ok(reading) = read(data, &paths) else { return };
    let written = write(&reading.saved, &paths);
    let again = read(written.as_bytes(), &paths).expect("what is written can be read");
    assert_eq!(again.repairs, []);
    // Who worked on it and where they stopped is their own affair, and is not written.
    assert_eq!(again.saved.session, reading.saved.session);
    assert_eq!(write(&again.saved, &paths), written);
});
