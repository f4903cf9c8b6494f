//! A rule or list of the analyst's own as it is written, on its way into its file.

use std::path::PathBuf;
use std::sync::Arc;

use crate::tagger::rules::{NameList, Rule};

/// A rule or list to be kept.
#[derive(Clone, PartialEq, Debug)]
pub struct Keeping {
    /// Its name in the file so far; `None` where it is new.
    pub was: Option<Arc<str>>,
    pub written: Written,
    /// The folder that a new one goes to; one of those that are looked in.
    pub folder: Option<PathBuf>,
}

/// A rule or list as it was written, to be put into a file.
#[derive(Clone, PartialEq, Debug)]
pub enum Written {
    Rule(Rule),
    List(NameList),
}

impl Written {
    pub fn id(&self) -> &str {
        match self {
            Written::Rule(rule) => &rule.id,
            Written::List(list) => &list.id,
        }
    }
}
