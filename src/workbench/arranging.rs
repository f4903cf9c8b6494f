//! Changing what surrounds the mentions: an article's metadata, the labels of the scheme.

use std::path::{Path, PathBuf};

use super::deciding::count;
use super::state::{Message, State};
use crate::annotation::{Meta, Scheme};
use crate::decide::article;
use crate::decide::labels::{self, SchemeChange};
use crate::store::{read_scheme, write_scheme, write_whole};

impl State {
    pub(super) fn describe_article(&mut self, meta: Meta) {
        let Some(id) = self.page.article.clone() else { return };
        if let Ok(edit) = article::describe(self.session(), &id, meta, &self.stamp()) {
            self.perform(edit);
        }
    }

    /// Takes over a changed scheme where it is sound. Answers whether anything changed.
    pub(super) fn change_scheme(&mut self, change: &SchemeChange) -> bool {
        match labels::change(self.session(), change, &self.stamp()) {
            Ok(Some(edit)) => {
                let from = self.place();
                let words = edit.answer();
                let done = self.perform(edit);
                if done {
                    self.say(words);
                    self.keep_focus_near(from);
                }
                done
            }
            Ok(None) => false,
            Err(fault) => {
                self.problem(format!("The labels are not changed: {fault}"));
                false
            }
        }
    }

    pub(super) fn import_scheme(&mut self, path: PathBuf) {
        self.close_dialog();
        let files = self.ports.around.files.clone();
        self.start("Reading labels", move |reporter| {
            let read = files.read(&path).map_err(|error| error.to_string());
            let scheme = read.and_then(|bytes| read_scheme(&bytes).map_err(|fault| fault.to_string()));
            reporter.send(match scheme {
                Ok(scheme) => Message::Scheme(path, scheme),
                Err(why) => Message::Problem(format!("{}: {why}", path.display())),
            });
        });
    }

    /// Takes over the labels of a file, and says which of the session's it lacks.
    pub(super) fn take_scheme(&mut self, path: &Path, scheme: Scheme) {
        let n = scheme.labels.len();
        let change = SchemeChange::taken_over(self.session(), scheme);
        let kept: Vec<&str> = change.scheme.labels[n..].iter().map(|def| def.name.as_str()).collect();
        let kept =
            if kept.is_empty() { String::new() } else { format!("; kept but not offered, as mentions have them: {}", kept.join(", ")) };
        if self.change_scheme(&change) {
            self.say(format!("Took over {} from {}{kept}", count(n, "label"), path.display()));
        } else {
            self.say(format!("The labels of {} are those of the session", path.display()));
        }
    }

    pub(super) fn export_scheme(&mut self, path: PathBuf) {
        self.close_dialog();
        let path = if path.extension().is_none() { path.with_extension("ron") } else { path };
        let (text, files) = (write_scheme(self.session().scheme()), self.ports.around.files.clone());
        self.start("Writing labels", move |reporter| {
            reporter.send(match write_whole(&*files, &path, text.as_bytes()) {
                Ok(()) => Message::Told(format!("Wrote the labels to {}", path.display())),
                Err(error) => Message::Problem(error.to_string()),
            });
        });
    }
}
