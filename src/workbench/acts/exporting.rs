//! Handing the annotations on, in the background, with what could not be carried told afterwards; and what would be written,
//! while that is chosen.

use std::path::PathBuf;

use crate::annotation::{Origin, Session};
use crate::decide::articles::narrowed;
use crate::decide::certificate::latest;
use crate::formats::{self, ExportFault, Extent, Format, Grouped, LabelMap, Options, StateFilter, Stop};
use crate::workbench::command::{ExportAs, ExportLabels, ExportStates};
use crate::workbench::models::{Asked, Exported, Previewed, Replacing};
use crate::workbench::parts::{Dialog, count};
use crate::workbench::state::State;

/// Writes an export; where a file is there that it would replace, that is asked first, unless it is `sure`.
pub fn export(state: &mut State, how: &ExportAs, path: PathBuf, sure: bool) {
    let Some(format) = format(state, how) else { return };
    state.close_dialog();
    let (session, lists, how) = (state.session().clone(), state.lists.clone(), how.clone());
    state.start("Exporting", move |reporter| {
        let there = if sure { Vec::new() } else { formats::replaced(format, &path) };
        if !there.is_empty() {
            return reporter.send(move |state| state.ask(Asked { replacing: Replacing::Export(how, path), there }));
        }
        lists.wait();
        let reason = |origin: &Origin| lists.reason(origin);
        let options = match options(&session, &how) {
            Ok(options) => Options { reason: Some(&reason), ..options },
            Err(why) => return reporter.send(move |state| state.problem(why)),
        };
        let progress = |done, total| reporter.progress(done, total);
        let report =
            formats::export(narrowed(&session, &how.articles).articles(), format, &options, &path, &progress, reporter.cancel_flag());
        reporter.send(move |state| {
            take_exported(state, report.map(|report| Exported { path, format, grouped: Grouped::of(&report.losses), report }))
        });
    });
}

/// Shows what an export would write, as long as it is looked at.
pub fn preview(state: &mut State, how: ExportAs) {
    let Some(format) = format(state, &how) else { return };
    let previewed = Previewed::begun(how.clone(), state.version());
    let (cancel, version) = (previewed.cancel_flag(), previewed.version);
    state.dialogs.previewed = Some(previewed);
    let (session, lists) = (state.session().clone(), state.lists.clone());
    state.start("Looking at the export", move |reporter| {
        lists.wait();
        let reason = |origin: &Origin| lists.reason(origin);
        let show = |preview: Result<formats::Preview, String>| {
            let how = how.clone();
            reporter.send(move |state| {
                if let Some(shown) = state.dialogs.previewed.as_mut().filter(|shown| shown.is_of(&how, version)) {
                    match preview {
                        Ok(preview) => shown.preview = preview,
                        Err(fault) => shown.fault = Some(fault),
                    }
                }
            });
        };
        let options = match options(&session, &how) {
            Ok(options) => Options { reason: Some(&reason), ..options },
            Err(why) => return show(Err(why)),
        };
        match formats::preview(narrowed(&session, &how.articles).articles(), format, &options, &cancel, &|first| show(Ok(first.clone()))) {
            Ok(preview) => show(Ok(preview)),
            Err(Stop::Cancelled) => {}
            Err(stop) => show(Err(stop.to_string())),
        }
    });
}

fn format(state: &mut State, how: &ExportAs) -> Option<&'static Format> {
    let format = formats::named(&how.format);
    if format.is_none() {
        state.problem(format!("There is no format {:?}", how.format));
    }
    format
}

/// # Errors
/// What is wrong with the list of labels.
fn options<'s>(session: &'s Session, how: &ExportAs) -> Result<Options<'s>, String> {
    let state = match how.states {
        ExportStates::Confirmed => StateFilter::Confirmed,
        ExportStates::Suggested => StateFilter::Suggested,
        ExportStates::All => StateFilter::All,
    };
    let labels = match &how.labels {
        ExportLabels::AsHere => LabelMap::default(),
        ExportLabels::Conll => LabelMap::conll(session.scheme()),
        ExportLabels::Listed(list) => LabelMap::parse(&list.replace(',', "\n")).map_err(|bad| format!("Labels, {bad}"))?,
    };
    let certificate = latest(session);
    Ok(Options { state, labels, entities: Some(session.entities()), certificate, is_anonymous: how.is_anonymous, ..Options::default() })
}

fn take_exported(state: &mut State, exported: Result<Exported, ExportFault>) {
    match exported {
        Ok(exported) => {
            state.dialogs.kept = None;
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
