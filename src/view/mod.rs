//! The window: drawing only. Reads the workbench's state, returns commands.
//!
//! One file per panel; functions that draw end in `_ui`. The one room besides `main` that names egui, eframe and rfd.

mod app;
mod articles;
mod attention;
mod caps;
mod certify;
mod check;
pub mod chooser;
mod concordance;
mod cut;
mod desktop;
mod dialogs;
mod entity;
mod filter;
mod findbar;
pub mod fonts;
mod history;
pub mod icon;
mod inspector;
mod interval;
mod keys;
mod letters;
mod lines;
mod menus;
mod names;
mod narrowing;
mod notices;
mod overview;
pub mod page;
mod panes;
mod resting;
mod review;
mod rules;
mod run;
mod samename;
mod scene;
mod sides;
mod spoken;
mod status;
mod table;
pub mod theme;
mod topbar;
mod views;
mod welcome;
mod widgets;

pub use app::App;
pub use run::{Options, run};
