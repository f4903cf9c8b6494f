//! `-o` replaces a file, as with other programs; what somebody worked on is replaced only where that was said.

use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::formats::{Format, replaced};

#[derive(clap::Args)]
pub struct Replacing {
    /// Write over a session, or over the input itself
    #[arg(long)]
    force: bool,
}

impl Replacing {
    /// # Errors
    /// Where an export to `path` would replace a session or an input, and nobody said so.
    pub fn check(&self, format: &Format, path: &Path, inputs: &[PathBuf]) -> anyhow::Result<()> {
        if self.force || path == Path::new("-") {
            return Ok(());
        }
        let is_input = |there: &Path| {
            let whole = |path: &Path| path.canonicalize().ok();
            whole(there).is_some_and(|there| inputs.iter().any(|input| whole(input).as_ref() == Some(&there)))
        };
        for there in replaced(format, path) {
            if is_input(&there) {
                bail!("{} is the input itself; name another file, or --force writes over it", there.display());
            }
            if there.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) {
                bail!("{} would be replaced, and a session ends so; name another file, or --force writes over it", there.display());
            }
        }
        Ok(())
    }
}
