//! The session file, journal, lock and saves: what is kept, and what faults may do to it.

mod session_file;
pub mod sessions;
