//! Names of files beside another.

use std::path::{Path, PathBuf};

use super::files::Files;

/// The path with something added to its file name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(suffix);
    path.with_file_name(name)
}

/// The first of `NAME.SUFFIX-1`, `-2`, … that is not there.
pub(super) fn free_beside(files: &dyn Files, path: &Path, suffix: &str) -> PathBuf {
    let numbered = (1u32..=u32::MAX).map(|n| beside(path, &format!("{suffix}-{n}")));
    numbered.into_iter().find(|path| !files.exists(path)).unwrap_or_else(|| beside(path, suffix))
}
