//! Exports of press archives: many articles in one file, each in a frame of fields.

pub mod europresse;
pub mod factiva;
pub mod fields;
pub mod frame;
pub mod nexis;
pub mod nexis_page;
pub mod page;
pub mod proquest;

#[cfg(test)]
mod tests;
