//! What a frame of the window costs: reading, scrolling, deciding; everything but the graphics card's share.
//!
//! Keys go in as egui's events, shapes come out tessellated. Criterion keeps an eye on the means; what a person feels is
//! the slow frame now and then, so each line also tells the median, the 99th percentile and the longest frame.
//!
//! Of these, frames into which another program broke are left out, where the system tells it. `cargo bench --bench frames`,
//! or with `-- WORD` for some of them.

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::App as _;
use eframe::egui::{self, Event, Key, Modifiers, RawInput, Rect, pos2, vec2};
use manicule::annotation::{Scheme, Session, Time};
use manicule::tagger::Tagger;
use manicule::view::App;
use manicule::workbench::{Decide, Dialog, Go, Ports, Screen, Threads, View, Workbench};

/// A stopwatch that knows whether the frame was its own: another program may have had the processor in between.
struct Clock(Instant, Option<u64>);

impl Clock {
    fn start() -> Self {
        let taken = Self::taken();
        Self(Instant::now(), taken)
    }

    /// How long it took, and whether it was not broken into.
    fn took(&self) -> (Duration, bool) {
        let took = self.0.elapsed();
        (took, Self::taken() == self.1)
    }

    /// How often the processor was taken from this thread, where the system tells it (Linux).
    fn taken() -> Option<u64> {
        let status = std::fs::read_to_string("/proc/thread-self/status").ok()?;
        status.lines().find_map(|line| line.strip_prefix("nonvoluntary_ctxt_switches:"))?.trim().parse().ok()
    }
}

/// How long a frame took, and whether nothing broke into it.
type Took = (Duration, bool);

/// A window that is only counted, never shown.
struct Window {
    app: App,
    ctx: egui::Context,
    frame: eframe::Frame,
    now: f64,
}

impl Window {
    fn open(session: Session) -> Self {
        let ctx = egui::Context::default();
        // What runs beside the window does so here too: done at once, it would count as the frame's own work.
        let ports = Ports { spawn: Arc::new(Threads), ..Ports::still(Time(1_700_000_000)) };
        let state = Workbench::new(session, Tagger::standard(), ports);
        let app = App::new(state, &ctx);
        let mut window = Self { app, ctx, frame: eframe::Frame::_new_kittest(), now: 0.0 };
        // Fonts, heights of all blocks, the index of names.
        for _ in 0..40 {
            window.draw(Vec::new());
        }
        while !window.app.workbench.running().is_empty() {
            std::thread::sleep(Duration::from_millis(10));
            window.draw(Vec::new());
        }
        window
    }

    /// Draws one frame and answers how long it took.
    fn draw(&mut self, events: Vec<Event>) -> Took {
        self.now += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            time: Some(self.now),
            focused: true,
            events,
            ..RawInput::default()
        };
        let start = Clock::start();
        let mut output = self.ctx.run_ui(input, |ui| {
            self.app.logic(ui.ctx(), &mut self.frame);
            self.app.ui(ui, &mut self.frame);
        });
        let shapes = std::mem::take(&mut output.shapes);
        std::hint::black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
        let took = start.took();
        output.drop_without_applying_deltas();
        took
    }

    fn press(&mut self, key: Key) -> Took {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
        self.draw(vec![event(true), event(false)])
    }

    fn scroll(&mut self, points: f32) -> Took {
        let at = Event::PointerMoved(pos2(600.0, 400.0));
        let wheel = Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Trackpad,
            modifiers: Modifiers::NONE,
        };
        self.draw(vec![at, wheel])
    }
}

/// Runs `one` as a bench, and tells the distribution of its frames.
fn bench(c: &mut Criterion, name: &str, mut one: impl FnMut(u64) -> Took) {
    let mut frames = Vec::new();
    let mut count = 0;
    c.bench_function(name, |bencher| {
        bencher.iter_custom(|n| {
            (0..n)
                .map(|_| {
                    count += 1;
                    let (took, is_own) = one(count);
                    frames.extend(is_own.then_some(took));
                    took
                })
                .sum()
        });
    });
    frames.sort();
    let at = |share: f64| frames.get((frames.len() as f64 * share) as usize).or(frames.last()).map_or(0.0, |took| took.as_secs_f64() * 1e3);
    if !frames.is_empty() {
        println!("{name}: {} frames, median {:.2} ms, p99 {:.2} ms, longest {:.2} ms", frames.len(), at(0.5), at(0.99), at(1.0));
    }
}

fn corpus(c: &mut Criterion) {
    let mut window = Window::open(support::session(1, 1_000, 50));
    bench(c, "corpus/reading", |_| window.draw(Vec::new()));
    bench(c, "corpus/scrolling", |i| window.scroll(if i / 40 % 2 == 0 { -37.0 } else { 37.0 }));
    bench(c, "corpus/deciding", |i| window.press([Key::Space, Key::X, Key::O, Key::Tab][i as usize % 4]));
    let articles: Vec<_> = window.app.workbench.session().articles().iter().map(|article| article.id.clone()).collect();
    bench(c, "corpus/another article", |i| {
        window.app.workbench.run(Go::ToArticle(articles[i as usize * 7 % articles.len()].clone()));
        window.draw(Vec::new())
    });
    window.app.workbench.run(Screen::Show(View::Names));
    bench(c, "corpus/names, reading", |_| window.draw(Vec::new()));
    // Up again before the last row, where a key would do nothing.
    bench(c, "corpus/names, from row to row", |i| window.press(if i / 400 % 2 == 0 { Key::ArrowRight } else { Key::ArrowLeft }));
    bench(c, "corpus/names, deciding", |i| window.press(if i % 2 == 0 { Key::Space } else { Key::ArrowRight }));
    window.app.workbench.run(Screen::Show(View::Review));
    window.app.workbench.run(Decide::Confirm(manicule::annotation::Scope::Session));
    if window.app.workbench.stage.dialog == Some(Dialog::Concordance) {
        bench(c, "corpus/concordance", |i| window.press(if i / 20 % 2 == 0 { Key::ArrowDown } else { Key::ArrowUp }));
    }
}

fn long_article(c: &mut Criterion) {
    let article = support::article(&mut support::Dice::new(2), "long", 10_000);
    assert!(article.text.len() >= 1_000_000, "{}", article.text.len());
    let (session, _) = Session::from_parts(Scheme::standard(), [article.into()], [], Vec::new());
    let mut window = Window::open(session);
    bench(c, "long article/reading", |_| window.draw(Vec::new()));
    bench(c, "long article/scrolling", |i| window.scroll(if i / 400 % 2 == 0 { -53.0 } else { 53.0 }));
    bench(c, "long article/deciding", |i| window.press([Key::Space, Key::X, Key::O, Key::Tab][i as usize % 4]));
    bench(c, "long article/paging", |i| window.press(if i / 100 % 2 == 0 { Key::PageDown } else { Key::PageUp }));
}

criterion_group! { name = frames; config = Criterion::default().sample_size(30).measurement_time(Duration::from_secs(4)); targets = corpus, long_article }
criterion_main!(frames);
