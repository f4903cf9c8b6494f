//! The window: drawing only. Reads state, returns commands.
//!
//! One file per panel; functions that draw end in `_ui`. The one room besides `main` that names egui, eframe and rfd.

pub mod fonts;
pub mod icon;
pub mod page;
pub mod theme;
