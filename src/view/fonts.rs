//! The faces: Charis SIL for reading and names, Inter for the interface; both under the Open Font License.
//!
//! They are embedded so that a page looks the same on every machine. Scripts that they lack come from the fonts of the
//! system, which eframe asks for when a glyph is missing.

use std::sync::Arc;

use eframe::egui::{self, FontData, FontDefinitions, FontFamily, FontId};

const SERIF: &str = "Charis SIL";
const SERIF_BOLD: &str = "Charis SIL Bold";
const SERIF_ITALIC: &str = "Charis SIL Italic";
const SANS: &str = "Inter";
const SANS_MEDIUM: &str = "Inter Medium";
const SANS_STRONG: &str = "Inter SemiBold";

/// Article text and names.
pub fn serif(size: f32) -> FontId {
    named(SERIF, size)
}

/// Headlines.
pub fn serif_bold(size: f32) -> FontId {
    named(SERIF_BOLD, size)
}

/// Captions' and quotes' second voice.
pub fn serif_italic(size: f32) -> FontId {
    named(SERIF_ITALIC, size)
}

/// The interface.
pub fn sans(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

pub fn sans_medium(size: f32) -> FontId {
    named(SANS_MEDIUM, size)
}

/// Headings, chips and what is current.
pub fn sans_strong(size: f32) -> FontId {
    named(SANS_STRONG, size)
}

fn named(name: &str, size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(name.into()))
}

/// Adds the faces to `ctx`. Each family falls back on Inter and then on what egui brings along (arrows, symbols).
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    let files: [(&str, &'static [u8]); 6] = [
        (SERIF, include_bytes!("../../assets/fonts/CharisSIL-Regular.ttf")),
        (SERIF_BOLD, include_bytes!("../../assets/fonts/CharisSIL-Bold.ttf")),
        (SERIF_ITALIC, include_bytes!("../../assets/fonts/CharisSIL-Italic.ttf")),
        (SANS, include_bytes!("../../assets/fonts/Inter-Regular.otf")),
        (SANS_MEDIUM, include_bytes!("../../assets/fonts/Inter-Medium.otf")),
        (SANS_STRONG, include_bytes!("../../assets/fonts/Inter-SemiBold.otf")),
    ];
    let bundled = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let mut chain = vec![name.to_owned()];
        if name != SANS {
            chain.push(SANS.to_owned());
        }
        chain.extend(bundled.iter().cloned());
        let family = if name == SANS { FontFamily::Proportional } else { FontFamily::Name(name.into()) };
        fonts.families.insert(family, chain);
    }
    ctx.set_fonts(fonts);
}
