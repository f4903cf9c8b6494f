//! `manicule completions SHELL`: a completion script on stdout.

use std::io::Write as _;

use clap::CommandFactory as _;

use super::Outcome;

#[derive(clap::Args)]
pub struct Args {
    shell: clap_complete::Shell,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    // Through a buffer, for the generator itself panics when the pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Line::command(), "manicule", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}
