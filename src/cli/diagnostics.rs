//! What the program says of itself on stderr, and a way to see it break off.

use std::io::Write as _;
use std::time::Duration;

use log::{LevelFilter, Log, Metadata, Record};

/// Sends what is logged to stderr: faults, or with `MANICULE_LOG=debug` (or `warn`, `info`, `trace`) more.
pub fn log_to_stderr(ear: fn(&Record<'_>)) {
    EAR.set(ear).ok();
    let level = std::env::var("MANICULE_LOG").ok().and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::Error);
    // Fails only where a log is there already.
    if log::set_logger(&Stderr).is_ok() {
        log::set_max_level(level);
    }
}

/// Who listens too.
static EAR: std::sync::OnceLock<fn(&Record<'_>)> = std::sync::OnceLock::new();

struct Stderr;

impl Log for Stderr {
    /// Other crates say much of themselves below warnings.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("manicule") || metadata.level() <= log::Level::Warn
    }

    fn log(&self, record: &Record<'_>) {
        if let Some(ear) = EAR.get() {
            ear(record);
        }
        if self.enabled(record.metadata()) {
            // Nobody may be listening.
            writeln!(std::io::stderr(), "{}: {}", record.target(), record.args()).ok();
        }
    }

    fn flush(&self) {}
}

/// After how many seconds the program is to break off: set in `MANICULE_BREAK` to see what then becomes of the work.
pub fn break_after() -> Option<Duration> {
    let seconds: f32 = std::env::var("MANICULE_BREAK").ok()?.parse().ok()?;
    Duration::try_from_secs_f32(seconds).ok()
}

/// Breaks a subcommand off, where that is asked for.
///
/// # Panics
/// Where `MANICULE_BREAK` is set; that is its purpose.
pub fn break_if_asked() {
    if break_after().is_some() {
        let why = "MANICULE_BREAK";
        panic!("{why} asks for it");
    }
}
