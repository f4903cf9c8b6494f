//! Handing the annotations on, in the background, with what could not be carried told afterwards.

use std::path::PathBuf;

use super::command::{ExportAs, ExportStates};
use super::deciding::count;
use super::state::{Message, State};
use crate::formats::{self, ExportFault, Extent, Format, Grouped, Options, Report, StateFilter};

/// An export that was written, with its loss report.
#[derive(Clone, Debug)]
pub struct Exported {
    pub path: PathBuf,
    pub format: &'static Format,
    pub report: Report,
    pub grouped: Grouped,
}

impl State {
    pub(super) fn export(&mut self, how: &ExportAs, path: PathBuf) {
        let Some(format) = formats::named(&how.format) else {
            return self.problem(format!("There is no format {:?}", how.format));
        };
        self.stage.dialog = None;
        let session = self.session().clone();
        let lists = self.lists.clone();
        let is_anonymous = how.is_anonymous;
        let state = match how.states {
            ExportStates::Confirmed => StateFilter::Confirmed,
            ExportStates::Suggested => StateFilter::Suggested,
            ExportStates::All => StateFilter::All,
        };
        self.start("Exporting", move |reporter| {
            lists.wait();
            let reason = |origin: &crate::annotation::Origin| lists.reason(origin);
            let entities = Some(session.entities());
            let options = Options { state, entities, reason: Some(&reason), is_anonymous, ..Options::default() };
            let progress = |done, total| reporter.progress(done, total);
            let report = formats::export(session.articles(), format, &options, &path, &progress, reporter.cancel_flag());
            reporter.send(Message::Exported(report.map(|report| Exported { path, format, grouped: Grouped::of(&report.losses), report })));
        });
    }

    pub(super) fn take_exported(&mut self, exported: Result<Exported, ExportFault>) {
        match exported {
            Ok(exported) => {
                let report = &exported.report;
                let mut told = format!("Wrote {} to {}", count(report.written, "mention"), exported.path.display());
                if report.left_out.total() > 0 {
                    told.push_str(&format!("; left out {}", report.left_out));
                }
                // What a format has no place for at all stands in the list, but is no reason to open it.
                let losses = report.losses.iter().filter(|loss| loss.extent != Extent::Field).count();
                if losses > 0 {
                    told.push_str(&format!("; {} could not be carried whole", count(losses, "thing")));
                }
                self.say(told);
                let has_losses = losses > 0;
                self.exported = Some(exported);
                if has_losses {
                    self.stage.dialog = Some(super::Dialog::Losses);
                }
            }
            Err(ExportFault::Cancelled) => self.say("Cancelled; nothing was written"),
            Err(fault) => self.problem(fault.to_string()),
        }
    }
}
