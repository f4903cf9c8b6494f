//! Handing the annotations on, in the background, with what could not be carried told afterwards.

use std::path::PathBuf;

use crate::annotation::Origin;
use crate::formats::{self, ExportFault, Extent, Grouped, Options, StateFilter};
use crate::workbench::command::{ExportAs, ExportStates};
use crate::workbench::models::Exported;
use crate::workbench::parts::{Dialog, count};
use crate::workbench::state::State;

pub fn export(state: &mut State, how: &ExportAs, path: PathBuf) {
    let Some(format) = formats::named(&how.format) else {
        return state.problem(format!("There is no format {:?}", how.format));
    };
    state.stage.dialog = None;
    let session = state.session().clone();
    let lists = state.lists.clone();
    let is_anonymous = how.is_anonymous;
    let states = match how.states {
        ExportStates::Confirmed => StateFilter::Confirmed,
        ExportStates::Suggested => StateFilter::Suggested,
        ExportStates::All => StateFilter::All,
    };
    state.start("Exporting", move |reporter| {
        lists.wait();
        let reason = |origin: &Origin| lists.reason(origin);
        let entities = Some(session.entities());
        let options = Options { state: states, entities, reason: Some(&reason), is_anonymous, ..Options::default() };
        let progress = |done, total| reporter.progress(done, total);
        let report = formats::export(session.articles(), format, &options, &path, &progress, reporter.cancel_flag());
        reporter.send(move |state| {
            take_exported(state, report.map(|report| Exported { path, format, grouped: Grouped::of(&report.losses), report }))
        });
    });
}

fn take_exported(state: &mut State, exported: Result<Exported, ExportFault>) {
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
            state.say(told);
            let has_losses = losses > 0;
            state.dialogs.exported = Some(exported);
            if has_losses {
                state.stage.dialog = Some(Dialog::Losses);
            }
        }
        Err(ExportFault::Cancelled) => state.say("Cancelled; nothing was written"),
        Err(fault) => state.problem(fault.to_string()),
    }
}
