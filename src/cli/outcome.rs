//! How a command went, and what the exit code says of it.

use super::tell::tell;
use std::process::ExitCode;

/// How a command that ran to its end went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Done,
    /// Something was found, or a part failed; every case has been named on stderr.
    Findings,
}

impl Outcome {
    /// [`Outcome::Findings`] if there were any.
    pub fn of(has_findings: bool) -> Self {
        if has_findings { Outcome::Findings } else { Outcome::Done }
    }
}

/// Arguments that do not fit together in a way that the parser cannot see. Exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongUse(String);

impl WrongUse {
    pub fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

/// The exit code; an error is told on stderr here and nowhere else.
pub fn finish(result: anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // Whoever read our output has seen enough (`manicule tag … | head`).
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell!("manicule: {}", in_words(&error));
            ExitCode::from(if error.is::<WrongUse>() { 2 } else { 1 })
        }
    }
}

/// The error and its causes, without those that it has told already.
fn in_words(error: &anyhow::Error) -> String {
    let mut words = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !words.contains(&cause) {
            words = format!("{words}: {cause}");
        }
    }
    words
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_tells_each_cause_once() {
        let error = anyhow::Error::from(std::io::Error::other("the disk is full")).context("a.ron cannot be written: the disk is full");
        assert_eq!(in_words(&error), "a.ron cannot be written: the disk is full");
        let error = anyhow::Error::from(std::io::Error::other("the disk is full")).context("a.ron cannot be written");
        assert_eq!(in_words(&error), "a.ron cannot be written: the disk is full");
    }
}
