//! A bar on a terminal, nothing in a pipe.

use super::tell::tell;
use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

pub struct Progress(ProgressBar);

impl Progress {
    /// For work whose end is not known. `to_file`: whether stdout is free of the output.
    pub fn of_stream(to_file: bool) -> Self {
        let is_shown = to_file || !std::io::stdout().is_terminal();
        let bar = Self::bar(is_shown, ProgressBar::no_length());
        bar.set_style(style("{spinner} {pos} articles  {elapsed}  {per_sec}"));
        Self(bar)
    }

    /// For work in a known number of steps.
    pub fn of_steps() -> Self {
        let bar = Self::bar(true, ProgressBar::new(0));
        bar.set_style(style("{wide_bar} {pos}/{len}  {eta}"));
        Self(bar)
    }

    fn bar(is_shown: bool, bar: ProgressBar) -> ProgressBar {
        // indicatif itself draws nothing where stderr is no terminal.
        bar.set_draw_target(if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
        bar
    }

    pub fn set(&self, done: usize) {
        self.0.set_position(done as u64);
    }

    pub fn set_of(&self, done: usize, total: usize) {
        self.0.set_length(total as u64);
        self.set(done);
    }

    /// A line on stderr that the bar does not run over.
    pub fn say(&self, message: &str) {
        self.0.suspend(|| tell!("manicule: {message}"));
    }

    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
