//! The command line, by the real program: what is typed, what is answered, what is on the disk afterwards.

mod apply;
mod check;
mod crash;
mod exports;
mod find;
mod imports;
mod inputs;
mod large;
mod learn;
mod lines;
mod log;
mod meddling;
mod merge;
mod pipes;
mod refresh;
mod sessions;
mod tag;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use manicule::store::journal::OnFault;
use manicule::store::{Intent, Opened, Owner, RealFiles, Saved, SourcePaths, Surroundings, write};
use tempfile::TempDir;

use super::support::dsl;

/// A folder with the session `s.ron` in it.
pub struct Desk {
    pub folder: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Desk {
    /// A session of the pages `a`, `b`, ….
    #[track_caller]
    pub fn new(pages: &[&str]) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let saved = Saved { session: dsl::session(pages), ..Saved::default() };
        std::fs::write(desk.session(), write(&saved, &SourcePaths::beside(&desk.session()))).unwrap();
        // Where Linux and where macOS look for settings.
        for folder in ["home/config/manicule", "home/Library/Application Support/manicule"] {
            std::fs::create_dir_all(desk.file(folder)).unwrap();
            std::fs::write(desk.file(folder).join("settings.ron"), "(analyst: \"Ann\")").unwrap();
        }
        desk
    }

    pub fn session(&self) -> PathBuf {
        self.file("s.ron")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program in the folder, not started yet. It keeps its own files in the folder too.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_manicule"));
        command.args(args).current_dir(&self.folder);
        for (variable, folder) in [("HOME", "home"), ("XDG_DATA_HOME", "home/data"), ("XDG_CONFIG_HOME", "home/config")] {
            command.env(variable, self.file(folder));
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end.
    #[track_caller]
    pub fn run(&self, args: &[&str], input: &str) -> Ran {
        let mut child = self.command(args).spawn().unwrap();
        // A program that reads nothing has closed its end.
        child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The session as it would be opened, with what its journal holds.
    #[track_caller]
    pub fn open(&self) -> Opened {
        open(&self.session(), Intent::Read)
    }

    #[track_caller]
    pub fn pages(&self) -> Vec<String> {
        dsl::show_all(&self.open().saved.session)
    }
}

#[track_caller]
pub fn open(path: &Path, intent: Intent) -> Opened {
    let owner = Owner { owner: "Bob".to_owned(), host: "desk".to_owned(), pid: 1, at: manicule::annotation::Time(0) };
    let around = Surroundings {
        files: std::sync::Arc::new(RealFiles),
        owner,
        waker: std::sync::Arc::new(|| {}),
        unsaved_folder: None,
        on_fault: OnFault::Retry,
    };
    Opened::open(path, intent, around).unwrap()
}
