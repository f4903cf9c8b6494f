//! Lines on stderr. Whoever reads them may have gone (`manicule check s.ron 2>&1 | head`): then they are not told, and that
//! is no fault.

use std::fmt;
use std::io::Write as _;

pub fn line(words: fmt::Arguments<'_>) {
    // Not `eprintln!`, which panics where the pipe is closed.
    writeln!(std::io::stderr().lock(), "{words}").unwrap_or_default();
}

/// As `eprintln!`.
macro_rules! tell {
    ($($words:tt)*) => { $crate::cli::tell::line(format_args!($($words)*)) };
}

pub(super) use tell;
