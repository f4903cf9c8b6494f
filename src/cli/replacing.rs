//! A file that holds something is replaced only where that was said.

use std::path::Path;

use anyhow::bail;

use crate::formats::{Format, replaced};

#[derive(clap::Args)]
pub struct Replacing {
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

impl Replacing {
    /// # Errors
    /// Where an export to `path` would replace a file, and nobody said so.
    pub fn check(&self, format: &Format, path: &Path) -> anyhow::Result<()> {
        let is_stream = path == Path::new("-");
        match replaced(format, path).first().filter(|_| !self.force && !is_stream) {
            Some(there) => bail!("{} is there already; --force replaces it", there.display()),
            None => Ok(()),
        }
    }
}
