//! Mail, and what is packed as mail is: newsletters, alerts, pages that a browser saved in one file.

pub mod eml;
pub mod mhtml;
pub mod parts;

#[cfg(test)]
mod tests;
