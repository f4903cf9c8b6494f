//! What would be written in the place of a file that holds something, while that is asked about.

use std::path::{Path, PathBuf};

use crate::workbench::command::ExportAs;

/// Something to be written, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Replacing {
    Export(ExportAs, PathBuf),
    Session(PathBuf),
    Labels(PathBuf),
    Names(PathBuf),
    Learned(PathBuf),
}

impl Replacing {
    pub fn path(&self) -> &Path {
        match self {
            Replacing::Export(_, path)
            | Replacing::Session(path)
            | Replacing::Labels(path)
            | Replacing::Names(path)
            | Replacing::Learned(path) => path,
        }
    }

    /// What it is, as a question calls it.
    pub fn what(&self) -> &'static str {
        match self {
            Replacing::Export(..) => "the export",
            Replacing::Session(_) => "the session",
            Replacing::Labels(_) => "the labels",
            Replacing::Names(_) => "the names",
            Replacing::Learned(_) => "what was learnt",
        }
    }
}

/// A question whether something is written over what is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    pub replacing: Replacing,
    /// The files that would go.
    pub there: Vec<PathBuf>,
}
