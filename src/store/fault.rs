//! What can be wrong with a session file: faults that keep it closed, and repairs that open it.
//!
//! Every one names the line and what to do. The file's own name is added by whoever knows it.

use std::fmt;

/// Why a file cannot be opened as a session. The file is left as it is.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    #[error(
        "the file is no text in UTF-8: byte {0} cannot be read; a session file is never in another encoding, so restore it from a copy"
    )]
    Encoding(usize),
    #[error("the file is empty; restore it from a copy, such as the .bak file beside it")]
    Empty,
    #[error(
        "this is no session of Manicule: it does not begin with `(format: `; articles are opened by their own endings (.txt, .md, .html, .jsonl)"
    )]
    NoSession,
    #[error("the file is of format {0}, and this version of Manicule knows formats up to {1}; open it with a newer version")]
    Newer(u32, u32),
    #[error("line {line}, column {column}: {what}; correct the line in a text editor, or restore the file from a copy")]
    Malformed { line: usize, column: usize, what: String },
    #[error("there is no format {0}; the first is 1")]
    NoFormat(u32),
    #[error("{by} left a conflict here (lines {first} to {last}){}; {}", and_more(*more), settling(by))]
    Unmerged { by: &'static str, first: usize, last: usize, more: usize },
    #[error(
        "this is not the session itself but a pointer of git LFS to it ({0} bytes, which were not fetched); run `git lfs pull` in its folder"
    )]
    Pointer(u64),
}

fn and_more(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => " and one more further down".to_owned(),
        n => format!(" and {n} more further down"),
    }
}

/// How to settle what a merge of lines left.
fn settling(by: &str) -> &'static str {
    match by {
        "jj" => "settle it with `jj resolve --tool manicule`, as `manicule merge --help` tells",
        _ => {
            "settle it with `manicule merge --install` and then `git checkout --merge` on the file, or take one side with `git checkout --ours` or `--theirs`"
        }
    }
}

impl Fault {
    /// The line (1-based) that is at fault, where one is.
    pub fn line(&self) -> Option<usize> {
        match self {
            Fault::Malformed { line, .. } => Some(*line),
            Fault::Unmerged { first, .. } => Some(*first),
            _ => None,
        }
    }

    /// What is wrong and what to do, for where [`line`](Self::line) is told beside it.
    pub fn in_its_line(&self) -> (String, String) {
        let told = match self {
            Fault::Malformed { line, .. } => self.to_string().trim_start_matches(&format!("line {line}, ")).to_owned(),
            _ => self.to_string(),
        };
        let (what, remedy) = told.split_once("; ").unwrap_or((told.as_str(), "restore the file from a copy"));
        (what.to_owned(), remedy.to_owned())
    }
}

/// Something that was put right while a file was read. The file itself changes only when the session is saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repair {
    /// 1-based.
    pub line: usize,
    /// What was wrong and what was done about it.
    pub what: String,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}
