//! When the program breaks off: every journal is waited for, and a report is written that holds nothing of any article.
//!
//! The hook runs on the thread that panicked, before it unwinds. What a panic says may quote what was being worked on (a
//! slice off a character's boundary quotes the text), so of a message that was put together at run time only the words
//! are kept that the standard library is known to begin with.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::journal;
use crate::annotation::Time;

/// How long a journal is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// One fault may break many threads; a few reports tell as much as all.
const MAX_REPORTS: u32 = 4;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// What stands beside a report that nobody was told of: a file of its name with this ending.
const UNTOLD: &str = "new";

/// From now on, a panic on any thread waits for the journals and leaves a report in `folder`.
pub fn report_panics(folder: Option<PathBuf>) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        before(info);
        let is_durable = journal::settle_all(PATIENCE);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        if let Some(folder) = folder.as_ref().filter(|_| n < MAX_REPORTS) {
            let told = match write(folder, n, &report(info, is_durable)) {
                Ok(path) => format!("manicule: a report, which holds nothing of any article, is in {}", path.display()),
                Err(error) => format!("manicule: no report could be written to {}: {error}", folder.display()),
            };
            // Nobody may be listening, and this must not break off as well.
            writeln!(io::stderr(), "{told}").ok();
        }
    }));
}

/// The reports that nobody was told of yet. From now on they are told of.
pub fn take_reports(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let marks: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ending| ending == UNTOLD)).collect();
    // Where a mark cannot be removed its report is told of again, which does no harm.
    marks.iter().for_each(|mark| fs::remove_file(mark).unwrap_or_default());
    let mut reports: Vec<PathBuf> = marks.into_iter().map(|mark| mark.with_extension("txt")).filter(|path| path.exists()).collect();
    reports.sort();
    reports
}

fn write(folder: &Path, n: u32, text: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("crash-{}-{}-{n}.txt", now().0, std::process::id()));
    let mut file = fs::File::create(&path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::File::create(path.with_extension(UNTOLD))?;
    Ok(path)
}

fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_secs()).unwrap_or_default())
}

fn report(info: &PanicHookInfo<'_>, is_durable: bool) -> String {
    let thread = std::thread::current();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let payload = info.payload();
    let message = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(fixed), _) => (*fixed).to_owned(),
        (None, Some(made)) => harmless(made),
        (None, None) => LEFT_OUT.to_owned(),
    };
    let journal = if is_durable { "everything decided is on the disk" } else { "the last decisions may not be on the disk" };
    let mut out = format!("Manicule {} broke off at {}\n\n", env!("CARGO_PKG_VERSION"), now());
    let _ = writeln!(out, "platform  {} {}", std::env::consts::OS, std::env::consts::ARCH);
    let _ = writeln!(out, "thread    {}", thread.name().unwrap_or("without a name"));
    let _ = writeln!(out, "place     {place}");
    let _ = writeln!(out, "message   {message}");
    let _ = writeln!(out, "journal   {journal}");
    let _ = writeln!(out, "\nThis report holds nothing of any article.\n\n{}", Backtrace::force_capture());
    out
}

const LEFT_OUT: &str = "left out, for it may quote an article";

/// How messages begin that hold numbers alone up to the first quotation mark.
const KNOWN: [&str; 11] = [
    "index out of bounds: the len is ",
    "range start index ",
    "range end index ",
    "slice index starts at ",
    "byte index ",
    "start byte index ",
    "end byte index ",
    "begin <= end ",
    "called `Option::",
    "called `Result::",
    "assertion `left ",
];

/// What of a message made at run time can quote nothing.
fn harmless(message: &str) -> String {
    let Some(known) = KNOWN.into_iter().find(|known| message.starts_with(known)) else {
        return LEFT_OUT.to_owned();
    };
    let rest = &message[known.len()..];
    let end = rest.find(['`', '\'', '"', '“', '\n']).unwrap_or(rest.len());
    let cut = if end < rest.len() { " …" } else { "" };
    format!("{known}{}{cut}", rest[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_quotes_nothing() {
        let text = "The minister “resigned” on `Monday`";
        let cut = std::panic::catch_unwind(|| text[..14].len()).expect_err("off a boundary");
        let said = cut.downcast_ref::<String>().cloned().unwrap_or_default();
        assert!(said.contains("minister") || said.contains('“'), "the standard library quotes no more: {said}");
        let cases = [
            (said.as_str(), None),
            ("index out of bounds: the len is 3 but the index is 7", Some("index out of bounds: the len is 3 but the index is 7")),
            ("called `Result::unwrap()` on an `Err` value: \"Kishida\"", Some("called `Result::unwrap() …")),
            ("assertion `left == right` failed\n  left: \"Kishida\"", Some("assertion `left == right …")),
            ("Kishida", Some(LEFT_OUT)),
        ];
        for (message, expect) in cases {
            let kept = harmless(message);
            assert!(["minister", "Monday", "resigned", "Kishida"].iter().all(|word| !kept.contains(word)), "{kept}");
            assert!(expect.is_none_or(|expect| kept == expect), "{kept}");
        }
    }

    #[test]
    fn a_report_is_told_of_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let reports = folder.path().join("reports");
        assert!(take_reports(&reports).is_empty());
        write(&reports, 0, "one").expect("written");
        write(&reports, 1, "two").expect("written");
        let told = take_reports(&reports);
        assert_eq!(told.len(), 2);
        assert!(told.iter().all(|path| path.exists() && path.extension().is_some_and(|ending| ending == "txt")), "{told:?}");
        assert!(take_reports(&reports).is_empty());
    }
}
