//! What several subcommands are given in the same form.

use clap::ValueEnum;

use crate::annotation::State;
use crate::formats::{FORMATS, Format, named};

/// A format as it is typed.
#[derive(Clone, Copy, Debug)]
pub struct FormatName(pub &'static Format);

#[derive(Debug, thiserror::Error)]
#[error("known formats: {}", FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(" "))]
pub struct NoFormat;

impl std::str::FromStr for FormatName {
    type Err = NoFormat;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        named(s).map(Self).ok_or(NoFormat)
    }
}

/// What an entity that says nothing of its state is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum StateName {
    Suggested,
    Confirmed,
}

impl StateName {
    pub fn state(self) -> State {
        match self {
            StateName::Suggested => State::Suggested,
            StateName::Confirmed => State::Confirmed,
        }
    }
}

/// A day as ISO 8601 has it.
pub fn day(text: &str) -> Result<String, String> {
    let day: jiff::civil::Date = text.parse().map_err(|_| "a day is written like 2024-10-08".to_owned())?;
    Ok(day.to_string())
}

/// Sets the number of threads; without one, all cores work.
pub fn use_threads(count: Option<usize>) {
    if let Some(count) = count {
        // Fails only where the pool was built already, and then it works with what it has.
        rayon::ThreadPoolBuilder::new().num_threads(count).build_global().unwrap_or_default();
    }
}
