//! Arguments in; the window, or one subcommand, out; an exit code at the end.

use std::process::ExitCode;

use manicule::cli::{self, Request, WindowArgs};

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(Request::Command(command)) => cli::finish(command.run()),
        Ok(Request::Window(args)) => cli::finish(open_window(args)),
        Err(error) => error.exit(),
    }
}

#[cfg(feature = "window")]
fn open_window(_args: WindowArgs) -> anyhow::Result<cli::Outcome> {
    Err(cli::WrongUse::new("the window is not there yet; give a subcommand, see manicule --help").into())
}

#[cfg(not(feature = "window"))]
fn open_window(_args: WindowArgs) -> anyhow::Result<cli::Outcome> {
    Err(cli::WrongUse::new("this build has no window; give a subcommand, see manicule --help").into())
}
