//! Sessions, articles and exports as files.

use std::path::PathBuf;

use super::row::{Row, rows};
use super::terms::ExportAs;
use crate::decide::intake::Taking;

#[derive(Clone, PartialEq, Debug)]
pub enum File {
    New,
    /// The session that the program carries, to try things on.
    Sample,
    Open(PathBuf),
    Add(Vec<PathBuf>),
    Paste(String),
    /// Choose an article of those that would come in, or leave it out; all of them where none is named.
    Choose(Option<usize>, bool),
    /// Take in what was chosen.
    TakeComing,
    /// Show what was told of what was read last.
    ReadingNotes,
    Save,
    SaveTo(PathBuf),
    Export(ExportAs, PathBuf),
    /// Show what such an export would write.
    Preview(ExportAs),
    /// Write over what is there; only that question leads here.
    Replace,
    /// Compare annotations of articles that are here in another way: what they become, and whether new labels are added.
    CompareGiven(Taking, bool),
    /// Take them over.
    TakeGiven,
    ImportLabels(PathBuf),
    ExportLabels(PathBuf),
    Quit,
    /// Go on without saving; only the question that `Quit`, `New` and `OpenSession` ask leads here.
    GoOnUnsaved,
    /// Lay over the session what was decided on another version of it; only that question leads here.
    TakeOffered,
    /// Take up work that an earlier run left unsaved, or that was discarded; its journal.
    Restore(PathBuf),
    /// Ask whether to discard such work.
    AskDiscard(PathBuf),
    /// Discard what was asked about.
    Discard,
    /// Look into the folder of a path that is being typed.
    LookInto(PathBuf),
    Cancel,
    ForgetRecent,
}

rows! { File
    File 10 acts "new" ["Ctrl+N"] File::New, "New session", "Begin an empty session";
    File 40 acts "save" ["Ctrl+S"] File::Save, "Save", "Write the session to its file";
    File 100 acts "quit" ["Ctrl+Q"] File::Quit, "Quit", "Close the window; asks if something is unsaved";
    File 38 acts "reading-notes" [] File::ReadingNotes, "What was told of the reading", "What the files that were added last left to say: encodings guessed, parts left out, what was not understood";
    View 160 acts "cancel" [] File::Cancel, "Cancel running work", "Stop reading, tagging or exporting";
    Help 30 acts "sample" [] File::Sample, "Open the sample session", "Try everything on the articles that the program carries";
}
