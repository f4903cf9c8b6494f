//! The wire of newsrooms and agencies: one file a notation.

pub mod anpa;
pub mod day;
pub mod feed;
pub mod highlights;
pub mod iptc7901;
pub mod lines;
pub mod messages;
pub mod newsml;
pub mod newsml_g2;
pub mod ninjs;
pub mod nitf;
pub mod ritzau;
pub mod sgml;
pub mod story;
pub mod together;

#[cfg(test)]
mod tests;
