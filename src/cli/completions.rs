//! `manicule completions SHELL`: a completion script on stdout.

use std::io::Write as _;

use super::outcome::Outcome;

#[derive(clap::Args)]
pub struct Args {
    shell: clap_complete::Shell,
}

/// Of everything that `line` knows.
pub fn run(args: Args, line: &mut clap::Command) -> anyhow::Result<Outcome> {
    // Through a buffer, for the generator itself panics when the pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, line, "manicule", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}
