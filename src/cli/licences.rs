//! `manicule licences`: whose work is in this binary and under which terms.

use std::io::Write as _;

use super::outcome::Outcome;

#[derive(clap::Args)]
pub struct Args {}

/// Everything that the program carries and that has terms of its own, with those terms.
const TEXTS: [(&str, &str); 9] = [
    ("Manicule, under either of two licences: MIT", include_str!("../../LICENSE-MIT")),
    ("Manicule, under either of two licences: Apache 2.0", include_str!("../../LICENSE-APACHE")),
    ("The lists of names", include_str!("../../assets/gazetteers/NOTICE.md")),
    ("The lists of names: sources under the MIT licence", include_str!("../../assets/gazetteers/licences/MIT.txt")),
    ("The lists of names: Unicode CLDR", include_str!("../../assets/gazetteers/licences/Unicode-3.0.txt")),
    ("The model, a work of its own under CC BY-SA 4.0", include_str!("../../assets/model/README.md")),
    ("Charis SIL, the serif face", include_str!("../../assets/fonts/OFL-CharisSIL.txt")),
    ("Inter, the sans face", include_str!("../../assets/fonts/OFL-Inter.txt")),
    ("The crates that the program is built from", CRATES),
];

const CRATES: &str = "Each crate comes under its own licence, all of them permissive; `Cargo.lock` lists the crates, and
`cargo tree --format \"{p} {l}\"` in the source folder prints the licence of each.
";

pub fn run(_args: Args) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    for (title, text) in TEXTS {
        writeln!(out, "{title}\n{}\n\n{}\n", "=".repeat(title.chars().count()), text.trim())?;
    }
    Ok(Outcome::Done)
}
