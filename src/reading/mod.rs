//! The bytes of a file become an article.

/// The longest file or line that is read, in bytes.
pub const MAX_BYTES: u64 = 100_000_000;
