//! The session file, journal, lock and saves: what is kept, and what faults may do to it.

pub mod disk;
pub mod faults;
mod journals;
mod meddling;
mod moves;
mod session_file;
pub mod sessions;
mod spellings;
