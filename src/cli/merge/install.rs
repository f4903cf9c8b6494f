//! `manicule merge --install`: makes the program the merge driver of sessions in one git repository.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::cli::{Outcome, WrongUse};

const ATTRIBUTE: &str = "*.ron merge=manicule";

/// Writes the driver into the repository's configuration and the attribute into its own list, neither of which is part
/// of what it shares.
pub fn run(is_agreed: bool) -> anyhow::Result<Outcome> {
    let top = git(&["rev-parse", "--show-toplevel"]).context("manicule merge --install is for the git repository that one stands in")?;
    let attributes = PathBuf::from(git(&["rev-parse", "--git-path", "info/attributes"])?);
    let driver = driver(&std::env::current_exe().context("the program does not know where it lies")?);
    let mut out = std::io::stdout();
    writeln!(out, "In the repository {top} these lines make Manicule merge sessions:")?;
    writeln!(out, "  git config merge.manicule.name \"sessions of Manicule\"")?;
    writeln!(out, "  git config merge.manicule.driver \"{driver}\"")?;
    writeln!(out, "  {}: {ATTRIBUTE}", attributes.display())?;
    if !is_agreed && !asked()? {
        writeln!(out, "Nothing was written")?;
        return Ok(Outcome::Done);
    }
    git(&["config", "merge.manicule.name", "sessions of Manicule"])?;
    git(&["config", "merge.manicule.driver", &driver])?;
    add_line(&attributes)?;
    writeln!(out, "Written. Every other clone needs the same once")?;
    Ok(Outcome::Done)
}

/// The command line that git hands to a shell.
fn driver(program: &Path) -> String {
    // The shell that git brings on Windows takes forward slashes.
    let program = if cfg!(windows) { program.display().to_string().replace('\\', "/") } else { program.display().to_string() };
    format!("'{}' merge %O %A %B", program.replace('\'', "'\\''").replace('%', "%%"))
}

fn asked() -> anyhow::Result<bool> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Err(WrongUse::new("nobody can be asked without a terminal; --yes writes the lines unasked").into());
    }
    let mut out = std::io::stdout();
    write!(out, "Write them? [y/N] ")?;
    out.flush()?;
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn add_line(attributes: &Path) -> anyhow::Result<()> {
    let context = || format!("{} cannot be written", attributes.display());
    let before = match std::fs::read_to_string(attributes) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(context),
    };
    if before.lines().any(|line| line.trim() == ATTRIBUTE) {
        return Ok(());
    }
    if let Some(folder) = attributes.parent() {
        std::fs::create_dir_all(folder).with_context(context)?;
    }
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    std::fs::write(attributes, format!("{before}{gap}{ATTRIBUTE}\n")).with_context(context)
}

fn git(args: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git").args(args).output().context("git cannot be run")?;
    if !output.status.success() {
        bail!("git {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_shell_reads_the_path_as_it_is() {
        let driver = driver(Path::new("/opt/it's 100%/manicule"));
        assert_eq!(driver, r"'/opt/it'\''s 100%%/manicule' merge %O %A %B");
    }

    #[test]
    fn the_attribute_is_written_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("info").join("attributes");
        add_line(&path).expect("written");
        std::fs::write(&path, "*.txt text\n*.ron merge=manicule").expect("written");
        add_line(&path).expect("nothing to write");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "*.txt text\n*.ron merge=manicule");
        std::fs::write(&path, "*.txt text").expect("written");
        add_line(&path).expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "*.txt text\n*.ron merge=manicule\n");
    }
}
