//! The program's own sources of suggestions, one file each: what they are made of lies in the engines beside this
//! folder (`gazetteer`, `rules`, `names`, `dates`, `model`).

pub mod dates;
pub mod learned;
pub mod lists;
pub mod model;
pub mod names;
pub mod own;
pub mod rules;
