//! Opens the window, or draws it once into a picture.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};

use anyhow::Context as _;
use eframe::egui::{self, ColorImage, IconData, ViewportBuilder, ViewportCommand};

use super::{App, icon};
use crate::workbench::{Waker, Workbench};

/// How the window is opened.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Width and height in points.
    pub size: Option<(f32, f32)>,
    pub theme: Option<egui::Theme>,
    /// Draw once into this PNG file and exit.
    pub screenshot: Option<PathBuf>,
    /// When the interface thread is to break off, to see what then becomes of the work.
    pub breaks_after: Option<std::time::Duration>,
}

/// Runs the window until it is closed. `make` gets what wakes the window from other threads.
///
/// # Errors
/// Where there is no display, or the picture cannot be written.
pub fn run(options: Options, make: impl FnOnce(Waker) -> Workbench) -> anyhow::Result<()> {
    let (width, height) = options.size.unwrap_or((1280.0, 800.0));
    let side = 64;
    let icon = IconData { rgba: icon::rgba(side), width: side as u32, height: side as u32 };
    let viewport = ViewportBuilder::default()
        .with_title("Manicule")
        .with_app_id("manicule")
        .with_icon(icon)
        .with_inner_size([width, height])
        .with_min_inner_size([480.0, 360.0]);
    let native = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let (sender, receiver) = channel();
    // A picture is light unless it is asked for dark, whatever the desktop prefers.
    let theme = options.theme.or(options.screenshot.is_some().then_some(egui::Theme::Light));
    let picture = options.screenshot.clone();
    let opened = Arc::new(AtomicBool::new(false));
    let has_opened = opened.clone();
    let result = eframe::run_native(
        "manicule",
        native,
        Box::new(move |creation| {
            has_opened.store(true, Ordering::Relaxed);
            let ctx = creation.egui_ctx.clone();
            if let Some(theme) = theme {
                ctx.set_theme(theme);
            }
            let waker: Waker = Arc::new({
                let ctx = ctx.clone();
                move || ctx.request_repaint()
            });
            let mut app = App::new(make(waker), &ctx);
            app.has_own_theme = theme.is_some();
            if picture.is_none() {
                app.follow_desktop(&ctx);
            }
            app.breaks_at = options.breaks_after.map(|after| std::time::Instant::now() + after);
            Ok(match picture {
                Some(path) => Box::new(Picture { app, path, shot: Shot::Settling(0), frames: 0, sender }),
                None => Box::new(app),
            })
        }),
    );
    result
        .map_err(|error| anyhow::anyhow!("{error}"))
        .context(if opened.load(Ordering::Relaxed) {
            "the display is gone, and the window with it; every decision that was made is in the journal, which is read when the session is opened again"
        } else {
            "the window cannot be opened; subcommands work without one, see manicule --help"
        })?;
    finish(&receiver, options.screenshot.as_deref())
}

fn finish(receiver: &Receiver<anyhow::Result<()>>, picture: Option<&Path>) -> anyhow::Result<()> {
    match (picture, receiver.try_recv()) {
        (Some(path), Err(_)) => anyhow::bail!("{}: the window was closed before it was drawn", path.display()),
        (_, Ok(result)) => result,
        (None, Err(_)) => Ok(()),
    }
}

/// The window on its way to a picture.
struct Picture {
    app: App,
    path: PathBuf,
    shot: Shot,
    frames: u32,
    sender: std::sync::mpsc::Sender<anyhow::Result<()>>,
}

enum Shot {
    /// Frames in which nothing was under way.
    Settling(u8),
    Asked(Receiver<Arc<ColorImage>>),
    Done,
}

/// Fonts of the system arrive within a few frames of the first.
const SETTLED: u8 = 6;

impl eframe::App for Picture {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.app.logic(ctx, frame);
        self.shot = match std::mem::replace(&mut self.shot, Shot::Done) {
            Shot::Settling(n) if n >= SETTLED => {
                let (sender, receiver) = channel();
                ctx.request_screenshot(move |image| {
                    sender.send(image).ok();
                });
                Shot::Asked(receiver)
            }
            Shot::Settling(n) => Shot::Settling(if self.app.is_busy() { 0 } else { n + 1 }),
            Shot::Asked(receiver) => match receiver.try_recv() {
                Ok(image) => {
                    self.sender.send(write(&self.path, &image)).ok();
                    self.app.close(ctx);
                    Shot::Done
                }
                Err(_) => Shot::Asked(receiver),
            },
            Shot::Done => Shot::Done,
        };
        ctx.request_repaint();
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.app.ui(ui, frame);
    }

    /// Neither the pointer nor the clock has a part in the picture; every frame is a second later, so that whatever
    /// moves has come to rest.
    fn raw_input_hook(&mut self, _: &egui::Context, input: &mut egui::RawInput) {
        input.events.retain(|event| !matches!(event, egui::Event::PointerMoved(_) | egui::Event::MouseMoved(_)));
        input.time = Some(f64::from(self.frames));
        input.focused = true;
        self.frames += 1;
    }
}

impl App {
    /// Whether background work is under way.
    pub fn is_busy(&self) -> bool {
        !self.workbench.running().is_empty()
    }

    /// Closes without asking.
    pub fn close(&mut self, ctx: &egui::Context) {
        self.is_closing = true;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }
}

fn write(path: &Path, image: &ColorImage) -> anyhow::Result<()> {
    let file = File::create(path).with_context(|| format!("{}: the picture cannot be written", path.display()))?;
    let [width, height] = image.size;
    let mut encoder = png::Encoder::new(BufWriter::new(file), width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
    let mut writer = encoder.write_header().with_context(|| format!("{}: the picture cannot be written", path.display()))?;
    writer.write_image_data(&pixels).with_context(|| format!("{}: the picture cannot be written", path.display()))?;
    Ok(())
}
