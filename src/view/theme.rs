//! Design tokens: every colour of the window, light and dark, and what is derived from them.
//!
//! One place for colour, so that a theme can be judged (and tested) as a whole. The values come from the pictures of
//! the intention; where a contrast computed in the tests said otherwise, the computation won. One accent, vermilion, the
//! rubricator's ink: focus ring, current row, the hand, the main button, nothing else.

use eframe::egui::{self, Color32, CornerRadius, Margin, Stroke, TextStyle, vec2};

use super::fonts;
use crate::annotation::{Label, Scheme};

/// Contrast that WCAG AA asks of text.
const READABLE: f32 = 4.5;

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    pub is_dark: bool,
    /// Behind the article.
    pub page: Color32,
    /// Behind lists, the inspector and bars.
    pub panel: Color32,
    /// Behind text fields and key caps.
    pub field: Color32,
    /// Behind a row or button under the pointer.
    pub hover: Color32,
    /// Rules between things.
    pub line: Color32,
    pub ink: Color32,
    /// Text of second rank; still readable everywhere.
    pub soft: Color32,
    /// Decoration only: too light for text that must be read.
    pub faint: Color32,
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Settled, saved, done.
    pub good: Color32,
    /// Selected article text.
    pub selection: Color32,
    /// A match of the find bar, and the one that is current.
    pub hit: Color32,
    pub hit_current: Color32,
}

pub const LIGHT: Tokens = Tokens {
    is_dark: false,
    page: Color32::from_rgb(0xFB, 0xFA, 0xF6),
    panel: Color32::from_rgb(0xF2, 0xF0, 0xEA),
    field: Color32::from_rgb(0xFD, 0xFC, 0xFA),
    hover: Color32::from_rgb(0xE9, 0xE6, 0xDE),
    line: Color32::from_rgb(0xDF, 0xDB, 0xD1),
    ink: Color32::from_rgb(0x22, 0x25, 0x2A),
    soft: Color32::from_rgb(0x61, 0x65, 0x6C),
    faint: Color32::from_rgb(0xA5, 0xA6, 0xA3),
    accent: Color32::from_rgb(0xC2, 0x41, 0x1F),
    on_accent: Color32::WHITE,
    good: Color32::from_rgb(0x14, 0x70, 0x4F),
    selection: Color32::from_rgb(0xF3, 0xD9, 0xCF),
    hit: Color32::from_rgb(0xF6, 0xEA, 0xA9),
    hit_current: Color32::from_rgb(0xF2, 0xC9, 0x5C),
};

pub const DARK: Tokens = Tokens {
    is_dark: true,
    page: Color32::from_rgb(0x17, 0x19, 0x1C),
    panel: Color32::from_rgb(0x1E, 0x21, 0x25),
    field: Color32::from_rgb(0x17, 0x19, 0x1C),
    hover: Color32::from_rgb(0x29, 0x2D, 0x33),
    line: Color32::from_rgb(0x2E, 0x32, 0x38),
    ink: Color32::from_rgb(0xE3, 0xE1, 0xDA),
    soft: Color32::from_rgb(0x9A, 0x9D, 0xA2),
    faint: Color32::from_rgb(0x62, 0x66, 0x6C),
    accent: Color32::from_rgb(0xFF, 0x7A, 0x55),
    on_accent: Color32::from_rgb(0x1B, 0x12, 0x0E),
    good: Color32::from_rgb(0x71, 0xD3, 0xAA),
    selection: Color32::from_rgb(0x5A, 0x32, 0x27),
    hit: Color32::from_rgb(0x4A, 0x42, 0x17),
    hit_current: Color32::from_rgb(0x73, 0x5C, 0x12),
};

impl Tokens {
    /// The tokens of the theme that is shown.
    pub fn of(ctx: &egui::Context) -> Self {
        match ctx.theme() {
            egui::Theme::Dark => DARK,
            egui::Theme::Light => LIGHT,
        }
    }

    /// Line and tint of a label whose line colour on a light page is `colour` (`#RRGGBB`; anything else is grey).
    pub fn tag(&self, colour: &str) -> Tag {
        let light = parse_hex(colour).unwrap_or(Color32::from_rgb(0x51, 0x5D, 0x6B));
        if let Some((_, line, tint, dark_tint)) = FAMILIES.iter().find(|family| family.0 == light) {
            return if self.is_dark { Tag { line: *line, tint: *dark_tint } } else { Tag { line: light, tint: *tint } };
        }
        let toward = if self.is_dark { Color32::WHITE } else { Color32::BLACK };
        let line = steps(light, toward).find(|line| contrast(*line, self.page) >= READABLE + 0.5).unwrap_or(self.ink);
        let strongest = if self.is_dark { 0.30 } else { 0.18 };
        let tint = steps(mix(self.page, line, strongest), self.page).find(|tint| contrast(self.ink, *tint) >= 7.0);
        Tag { line, tint: tint.unwrap_or(self.page) }
    }
}

/// How the mentions of a label are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Underlines, ticks, dots and the label's name.
    pub line: Color32,
    /// Behind confirmed words.
    pub tint: Color32,
}

/// Light line, dark line, light tint, dark tint of the families that the standard scheme uses.
const FAMILIES: [(Color32, Color32, Color32, Color32); 6] = [
    family(0x2A62A8, 0x8FBCF2, 0xDCE7F5, 0x1F3550),
    family(0x9A5A00, 0xF0B763, 0xFAE7CB, 0x46320F),
    family(0x14704F, 0x71D3AA, 0xD5EDE2, 0x12402F),
    family(0x70459B, 0xC9A2EE, 0xE9DFF2, 0x3A2750),
    family(0xA8325F, 0xF193B5, 0xF6DBE5, 0x4C1E31),
    family(0x515D6B, 0xB4C0CD, 0xE4E8ED, 0x2C343D),
];

const fn family(line: u32, dark_line: u32, tint: u32, dark_tint: u32) -> (Color32, Color32, Color32, Color32) {
    (rgb(line), rgb(dark_line), rgb(tint), rgb(dark_tint))
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// The tags of a scheme, looked up by label while a page is drawn.
pub struct Tags {
    known: Vec<(Label, Tag)>,
    other: Tag,
}

impl Tags {
    pub fn of(tokens: &Tokens, scheme: &Scheme) -> Self {
        let known = scheme.labels.iter().map(|def| (def.name.clone(), tokens.tag(&def.colour))).collect();
        Self { known, other: tokens.tag("") }
    }

    pub fn get(&self, label: &Label) -> Tag {
        self.known.iter().find(|(name, _)| name == label).map_or(self.other, |(_, tag)| *tag)
    }
}

/// `#RRGGBB`.
pub fn parse_hex(colour: &str) -> Option<Color32> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    u32::from_str_radix(hex, 16).ok().map(rgb)
}

pub fn to_hex(colour: Color32) -> String {
    format!("#{:02X}{:02X}{:02X}", colour.r(), colour.g(), colour.b())
}

/// `share` of `b` in `a`, in gamma space, as one mixes paint by eye.
pub fn mix(a: Color32, b: Color32, share: f32) -> Color32 {
    let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u8;
    Color32::from_rgb(channel(a.r(), b.r()), channel(a.g(), b.g()), channel(a.b(), b.b()))
}

/// From `from` to `to` in small steps.
fn steps(from: Color32, to: Color32) -> impl Iterator<Item = Color32> {
    (0..=20u8).map(move |step| mix(from, to, f32::from(step) / 20.0))
}

/// Contrast ratio of WCAG 2.1, 1 to 21.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Color32) -> f32 {
    let linear = |channel: u8| {
        let c = f32::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
}

/// Gives egui's own widgets the look of the tokens, in both themes.
pub fn install(ctx: &egui::Context) {
    ctx.style_mut_of(egui::Theme::Light, |style| dress(style, &LIGHT));
    ctx.style_mut_of(egui::Theme::Dark, |style| dress(style, &DARK));
}

fn dress(style: &mut egui::Style, tokens: &Tokens) {
    style.text_styles = [
        (TextStyle::Small, fonts::sans(11.5)),
        (TextStyle::Body, fonts::sans(13.0)),
        (TextStyle::Button, fonts::sans(13.0)),
        (TextStyle::Heading, fonts::sans_strong(15.0)),
        (TextStyle::Monospace, egui::FontId::monospace(12.5)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(9.0, 4.0);
    spacing.interact_size.y = 24.0;
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(20);
    spacing.scroll.floating = true;
    spacing.scroll.bar_width = 7.0;
    spacing.scroll.floating_width = 4.0;
    spacing.scroll.foreground_color = false;
    spacing.scroll.dormant_handle_opacity = 0.5;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.6;
    style.animation_time = 0.08;
    style.url_in_tooltip = true;

    let visuals = &mut style.visuals;
    visuals.dark_mode = tokens.is_dark;
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(tokens.soft);
    visuals.panel_fill = tokens.panel;
    visuals.window_fill = tokens.panel;
    visuals.window_stroke = Stroke::new(1.0, tokens.line);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.extreme_bg_color = tokens.field;
    visuals.text_edit_bg_color = Some(tokens.field);
    visuals.faint_bg_color = mix(tokens.panel, tokens.line, 0.35);
    visuals.code_bg_color = tokens.hover;
    visuals.hyperlink_color = tokens.ink;
    visuals.warn_fg_color = tokens.accent;
    visuals.error_fg_color = tokens.accent;
    visuals.selection.bg_fill = tokens.selection;
    visuals.selection.stroke = Stroke::new(1.0, tokens.accent);
    visuals.text_cursor.stroke = Stroke::new(1.5, tokens.accent);
    // A blinking cursor repaints for ever; idle must be idle.
    visuals.text_cursor.blink = false;
    visuals.popup_shadow.color = Color32::from_black_alpha(if tokens.is_dark { 90 } else { 28 });
    visuals.window_shadow.color = Color32::from_black_alpha(if tokens.is_dark { 110 } else { 36 });
    visuals.disabled_alpha = 0.45;

    let radius = CornerRadius::same(5);
    let widgets = &mut visuals.widgets;
    for (widget, fill, line, text) in [
        (&mut widgets.noninteractive, tokens.panel, tokens.line, tokens.ink),
        (&mut widgets.inactive, tokens.field, tokens.line, tokens.ink),
        (&mut widgets.hovered, tokens.hover, tokens.faint, tokens.ink),
        (&mut widgets.active, tokens.hover, tokens.accent, tokens.ink),
        (&mut widgets.open, tokens.hover, tokens.line, tokens.ink),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    // What fills the handles of scroll bars.
    widgets.inactive.bg_fill = mix(tokens.panel, tokens.faint, 0.5);
    widgets.hovered.bg_fill = mix(tokens.panel, tokens.faint, 0.7);
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [Tokens; 2] = [LIGHT, DARK];

    #[test]
    fn text_is_readable_on_everything_it_stands_on() {
        for t in THEMES {
            for back in [t.page, t.panel, t.field, t.hover, t.selection, t.hit, t.hit_current] {
                assert!(contrast(t.ink, back) >= READABLE, "ink on {back:?}: {}", contrast(t.ink, back));
            }
            for back in [t.page, t.panel, t.field, t.hover] {
                assert!(contrast(t.soft, back) >= READABLE, "soft on {back:?}: {}", contrast(t.soft, back));
            }
            assert!(contrast(t.on_accent, t.accent) >= READABLE, "{}", contrast(t.on_accent, t.accent));
            assert!(contrast(t.accent, t.page) >= READABLE && contrast(t.good, t.panel) >= READABLE);
        }
    }

    #[test]
    fn every_tint_carries_text_and_every_line_is_seen() {
        let scheme = Scheme::standard();
        // Colours an analyst may choose are derived, however light, dark or loud they are.
        let chosen = ["#FFFF00", "#000000", "#FFFFFF", "#00FF00", "#0000FF", "#FF0000", "#808080", "not a colour"];
        for t in THEMES {
            for colour in scheme.labels.iter().map(|def| def.colour.as_str()).chain(chosen) {
                let tag = t.tag(colour);
                assert!(contrast(t.ink, tag.tint) >= READABLE, "{colour} tint: {}", contrast(t.ink, tag.tint));
                assert!(contrast(tag.line, t.page) >= READABLE, "{colour} line: {}", contrast(tag.line, t.page));
            }
        }
    }

    #[test]
    fn hex_colours_survive_the_way_out_and_back() {
        assert_eq!(parse_hex("#2A62A8").map(to_hex).as_deref(), Some("#2A62A8"));
        assert_eq!(parse_hex("2A62A8"), None);
    }
}
