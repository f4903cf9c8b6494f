//! Arguments in; the window, or one subcommand, out; an exit code at the end.

use std::process::ExitCode;

use manicule::cli::{self, Request, WindowArgs};
use manicule::store::{Folders, report_panics};

fn main() -> ExitCode {
    #[cfg(feature = "window")]
    cli::log_to_stderr(manicule::view::chooser::hear);
    #[cfg(not(feature = "window"))]
    cli::log_to_stderr(|_| {});
    report_panics(Folders::of_platform().as_ref().map(Folders::reports));
    match cli::parse(std::env::args_os()) {
        Ok(Request::Command(command)) => {
            cli::break_if_asked();
            cli::finish(command.run())
        }
        Ok(Request::Window(args)) => cli::finish(open_window(args)),
        Err(error) => error.exit(),
    }
}

#[cfg(feature = "window")]
fn open_window(args: WindowArgs) -> anyhow::Result<cli::Outcome> {
    use manicule::annotation::Session;
    use manicule::tagger::Tagger;
    use manicule::view;
    use manicule::workbench::{File, Ports, Screen, View, Workbench};

    // Lists, rules and model load while the desktop makes the window; whoever needs them first waits for the rest.
    std::thread::spawn(|| drop(Tagger::standard()));
    let theme = args.theme.map(|theme| match theme {
        cli::Theme::Light => eframe::egui::Theme::Light,
        cli::Theme::Dark => eframe::egui::Theme::Dark,
    });
    let size = args.size.map(|size| (f32::from(size.width), f32::from(size.height)));
    let is_picture = args.screenshot.is_some();
    let options = view::Options { size, theme, screenshot: args.screenshot.clone(), breaks_after: cli::break_after() };
    view::run(options, move |waker| {
        // A picture depends on what it shows and on nothing else: no settings, no clock, no work of before.
        let ports = if is_picture { Ports::for_picture() } else { Ports::real(waker, "") };
        let mut workbench = Workbench::new(Session::default(), Tagger::standard(), ports);
        workbench.load_settings();
        match (args.session.is_none() && args.paths.is_empty(), is_picture) {
            (false, _) => workbench.begin(args.session, args.paths),
            (true, true) => workbench.run(File::Sample),
            (true, false) => workbench.begin_as_before(),
        }
        if !is_picture {
            workbench.offer_leftovers();
        }
        let view = args.view.map(|view| match view {
            cli::ViewName::Review => View::Review,
            cli::ViewName::Names => View::Names,
            cli::ViewName::Overview => View::Overview,
            cli::ViewName::Rules => View::Rules,
            cli::ViewName::History => View::History,
            cli::ViewName::Check => View::Check,
            cli::ViewName::Certify => View::Certify,
        });
        if let Some(view) = view {
            workbench.run(Screen::Show(view));
        }
        workbench
    })?;
    Ok(cli::Outcome::Done)
}

#[cfg(not(feature = "window"))]
fn open_window(_args: WindowArgs) -> anyhow::Result<cli::Outcome> {
    Err(cli::WrongUse::new("this build has no window; give a subcommand, see manicule --help").into())
}
