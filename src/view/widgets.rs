//! Small parts that panels share: key caps, headings, label chips, rows.

use eframe::egui::{
    self, Align2, Color32, CornerRadius, CursorIcon, FontId, Galley, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, WidgetText, pos2, vec2,
};
use std::sync::Arc;

use super::theme::{Tag, Tokens};
use super::{fonts, letters};

/// A heading over a part of a panel.
pub fn heading_ui(ui: &mut Ui, text: &str, tokens: &Tokens) {
    let text = RichText::new(text.to_uppercase()).font(fonts::sans_strong(11.0)).color(tokens.soft).extra_letter_spacing(0.7);
    ui.add(egui::Label::new(text).selectable(false));
}

pub fn paint_keycap(ui: &Ui, rect: Rect, galley: Arc<Galley>, tokens: &Tokens) {
    ui.painter().rect(rect, CornerRadius::same(4), tokens.field, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    ui.painter().galley(at.min, galley, tokens.soft);
}

/// A key cap that does what its key does.
pub fn keycap_button_ui(ui: &mut Ui, key: &str, words: &str, tokens: &Tokens) -> Response {
    let text = if words.is_empty() { key.to_owned() } else { format!("{key}  {words}") };
    let galley = ui.painter().layout_no_wrap(text, fonts::sans(11.0), tokens.soft);
    let size = galley.size() + vec2(12.0, 7.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let fill = if response.hovered() || response.has_focus() { tokens.hover } else { tokens.field };
    let line = if response.has_focus() { tokens.accent } else { tokens.line };
    ui.painter().rect(rect, CornerRadius::same(4), fill, Stroke::new(1.0, line), StrokeKind::Inside);
    let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    ui.painter().galley(at.min, galley, tokens.soft);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, if words.is_empty() { key } else { words }));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// How high the chip of a label is.
pub const CHIP: f32 = 29.0;
/// What a chip has beside the name: dot and edges, and the cap of its letter.
const CHIP_LEFT: f32 = 19.0;
const CHIP_CAP: f32 = 24.0;
const CHIP_RIGHT: f32 = 7.0;
/// The sizes of a label's name, the first that fits.
const CHIP_FONTS: [f32; 3] = [12.5, 11.75, 11.0];

/// How wide the chip of a label must be for the whole name, at the smallest.
pub fn label_chip_width(ui: &Ui, name: &str, has_key: bool) -> f32 {
    let font = fonts::sans_strong(CHIP_FONTS[CHIP_FONTS.len() - 1]);
    let name = ui.painter().layout_no_wrap(name.to_owned(), font, Color32::PLACEHOLDER);
    (name.size().x + CHIP_LEFT + if has_key { CHIP_CAP } else { CHIP_RIGHT }).ceil()
}

/// A label to choose: dot, name, letter. `is_current` where the mention has it.
pub fn label_chip_ui(ui: &mut Ui, name: &str, key: Option<char>, tag: Tag, is_current: bool, width: f32, tokens: &Tokens) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, CHIP), Sense::click());
    let fill = match (is_current, response.hovered()) {
        (true, _) => tag.tint,
        (false, true) => tokens.hover,
        (false, false) => tokens.field,
    };
    let line = if is_current || response.has_focus() { tag.line } else { tokens.line };
    let painter = ui.painter_at(rect);
    painter.rect(rect, CornerRadius::same(5), fill, Stroke::new(1.0, line), StrokeKind::Inside);
    let dot = Rect::from_center_size(pos2(rect.left() + 11.0, rect.center().y), Vec2::splat(8.0));
    painter.rect_filled(dot, 2.0, tag.line);
    let room = rect.width() - CHIP_LEFT - if key.is_some() { CHIP_CAP } else { CHIP_RIGHT };
    let font = |size| if is_current { fonts::sans_strong(size) } else { fonts::sans(size) };
    let width = |size| painter.layout_no_wrap(name.to_owned(), font(size), tokens.ink).size().x;
    let size = CHIP_FONTS.into_iter().find(|size| width(*size) <= room).unwrap_or(CHIP_FONTS[CHIP_FONTS.len() - 1]);
    let galley = elided(ui, name, font(size), tokens.ink, room);
    painter.galley(pos2(rect.left() + CHIP_LEFT, rect.center().y - galley.size().y / 2.0), galley, tokens.ink);
    if let Some(key) = key {
        let cap = Rect::from_center_size(pos2(rect.right() - 12.5, rect.center().y), vec2(17.0, 18.0));
        let galley = painter.layout_no_wrap(key.to_string(), fonts::sans(10.5), tokens.soft);
        paint_keycap(ui, cap, galley, tokens);
    }
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_current, name));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// One line of text, cut with an ellipsis where it is too long.
pub fn elided(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    elided_rows(ui, text, font, colour, width, 1)
}

/// At most `rows` lines of text, the last cut with an ellipsis.
pub fn elided_rows(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32, rows: usize) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, colour, width.max(1.0));
    job.wrap.max_rows = rows;
    // One line uses all its room; several break between words.
    job.wrap.break_anywhere = rows == 1;
    job.break_on_newline = false;
    letters::in_order(ui, job)
}

const BUTTON: f32 = 30.0;

/// A row of buttons. Rows begin as high as a control is; begun as high as these buttons, they all stand on one line.
pub fn buttons_ui<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = BUTTON;
        ui.horizontal_wrapped(add).inner
    })
    .inner
}

/// The main button of a dialog.
pub fn main_button_ui(ui: &mut Ui, text: &str, is_enabled: bool, tokens: &Tokens) -> Response {
    let text = RichText::new(text).font(fonts::sans_strong(13.0)).color(tokens.on_accent);
    let button = egui::Button::new(text).fill(tokens.accent).stroke(Stroke::NONE).min_size(vec2(84.0, BUTTON));
    ui.horizontal(|ui| ui.add_enabled(is_enabled, button)).inner
}

/// The main button with the key that presses it.
pub fn main_key_button_ui(ui: &mut Ui, text: &str, key: &str, is_enabled: bool, tokens: &Tokens) -> Response {
    let words = RichText::new(text).font(fonts::sans_strong(13.0)).color(tokens.on_accent);
    let key = RichText::new(key).font(fonts::sans(11.0)).color(tokens.on_accent);
    let button = egui::Button::new(words).shortcut_text(key).fill(tokens.accent).stroke(Stroke::NONE).min_size(vec2(84.0, BUTTON));
    ui.horizontal(|ui| ui.add_enabled(is_enabled, button)).inner.accessible_name(text)
}

/// Any other button of a dialog.
pub fn button_ui(ui: &mut Ui, text: &str) -> Response {
    // A row of its own, so that the words stand in the middle of the button.
    let response = ui.horizontal(|ui| ui.add(egui::Button::new(text).min_size(vec2(72.0, BUTTON)))).inner;
    is_pressed(&response);
    response
}

/// The button that Enter presses, ringed while it does; screen readers are told the key.
pub fn mark_entered(ui: &Ui, response: &Response, is_free: bool, tokens: &Tokens) {
    if !is_free || !response.enabled() {
        return;
    }
    ui.painter().rect_stroke(response.rect.expand(3.0), CornerRadius::same(7), Stroke::new(2.0, tokens.accent), StrokeKind::Inside);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut("Enter"));
}

/// Whether a button was pressed; while it has the focus, Enter presses it rather than the main button of its dialog.
pub fn is_pressed(button: &Response) -> bool {
    if button.has_focus() {
        button.ctx.data_mut(|data| data.insert_temp(focused_button(), button.id));
    }
    button.clicked()
}

/// Whether a button has the focus that Enter presses itself.
pub fn has_focused_button(ctx: &egui::Context) -> bool {
    let button: Option<egui::Id> = ctx.data(|data| data.get_temp(focused_button()));
    button.is_some() && ctx.memory(|memory| memory.focused()) == button
}

fn focused_button() -> egui::Id {
    egui::Id::unique("button in focus")
}

/// Takes a key that went down; held, it decides nothing: it may be the key that opened the dialog.
pub fn take_struck(ctx: &egui::Context, modifiers: egui::Modifiers, wanted: egui::Key) -> bool {
    let mut is_struck = false;
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let egui::Event::Key { key, pressed: true, repeat, modifiers: held, .. } = event else { return true };
            let is_it = *key == wanted && held.matches_exact(modifiers);
            is_struck |= is_it && !repeat;
            !is_it
        });
    });
    is_struck
}

/// A list that drops down to choose from; beside each choice what it is called elsewhere, in small. The arrow keys choose,
/// Space drops it down; a click or Enter closes it, and the focus stays. Answers whether another one was chosen.
pub fn drop_down_ui(ui: &mut Ui, name: &str, at: &mut usize, choices: &[(&str, &str)], width: f32, tokens: &Tokens) -> bool {
    let before = *at;
    let shown = choices.get(*at).map_or("", |(title, _)| title);
    let id = ui.make_persistent_id(egui::IdSalt::new(name));
    let is_open = egui::ComboBox::is_open(ui.ctx(), id);
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    if is_open || ui.memory(|memory| memory.has_focus(id)) {
        if pressed(egui::Key::ArrowUp) {
            *at = at.saturating_sub(1).min(choices.len().saturating_sub(1));
        }
        if pressed(egui::Key::ArrowDown) {
            *at = at.saturating_add(1).min(choices.len().saturating_sub(1));
        }
    }
    let is_entered = is_open && pressed(egui::Key::Enter);
    let is_stepped = *at != before;
    let combo = egui::ComboBox::from_id_salt(name).selected_text(shown).width(width);
    let combo = combo.height(320.0).show_ui(ui, |ui| {
        for (i, (title, elsewhere)) in choices.iter().enumerate() {
            let small = RichText::new(*elsewhere).font(fonts::sans(11.0)).color(tokens.soft);
            let response = ui.add(egui::Button::selectable(i == *at, *title).shortcut_text(small));
            if response.clicked() {
                *at = i;
            }
            if i == *at && (is_stepped || !is_open) {
                response.scroll_to_me(None);
            }
            if response.clicked() || is_entered {
                ui.close();
            }
        }
    });
    let response = combo.response.accessible_name(name);
    if *at != before || is_entered {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    *at != before
}

/// A box to tick.
pub fn checkbox_ui(ui: &mut Ui, is_ticked: &mut bool, words: impl Into<WidgetText>) -> Response {
    outlined_ui(ui, |ui| ui.checkbox(is_ticked, words.into()))
}

/// The box of a row that is ticked as a whole, or not.
pub fn tick_ui(ui: &Ui, at: egui::Pos2, is_ticked: bool, tokens: &Tokens) {
    let square = egui::Rect::from_center_size(at, vec2(14.0, 14.0));
    let radius = egui::CornerRadius::same(3);
    if !is_ticked {
        ui.painter().rect_stroke(square, radius, egui::Stroke::new(1.0, tokens.soft), egui::StrokeKind::Inside);
        return;
    }
    ui.painter().rect_filled(square, radius, tokens.good);
    let tick = [(3.0, 7.5), (6.0, 10.5), (11.0, 4.0)].map(|(x, y)| square.min + vec2(x, y));
    let ink = if tokens.is_dark { egui::Color32::BLACK } else { egui::Color32::WHITE };
    ui.painter().line(tick.to_vec(), egui::Stroke::new(1.6, ink));
}

/// One of several to choose.
pub fn radio_ui<T: PartialEq>(ui: &mut Ui, chosen: &mut T, choice: T, words: impl Into<WidgetText>) -> Response {
    outlined_ui(ui, |ui| ui.radio_value(chosen, choice, words.into()))
}

/// What has no words inside is told by its outline: darker than that of buttons and fields.
pub fn outlined_ui<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = Tokens::of(ui.ctx());
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for (widget, fill) in [(&mut widgets.inactive, tokens.field), (&mut widgets.hovered, tokens.hover)] {
            widget.bg_fill = fill;
            widget.bg_stroke.color = tokens.soft;
        }
        add(ui)
    })
    .inner
}

/// Small controls at the right end of a row, drawn from the left: Tab goes through them as the eye does. How wide they are
/// is known from the frame before; where they change, the frame is drawn again.
pub fn right_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let id = ui.unique_id().with("right");
    let width: f32 = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let place = room.with_min_x((room.right() - width).max(room.left()));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let used = ui.scope_builder(egui::UiBuilder::new().max_rect(place).layout(layout), add).response.rect.width();
    if (used - width).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, used));
        ui.ctx().request_discard("a row that ends at the right has another width");
    }
}

/// Text of second rank.
pub fn soft(text: impl Into<String>, tokens: &Tokens) -> RichText {
    RichText::new(text).color(tokens.soft)
}

/// A labelled one-line field over the whole width; its hint is slanted, so that no example looks like a value.
pub fn field_ui(ui: &mut Ui, name: &str, value: &mut String, hint: &str, tokens: &Tokens) -> Response {
    let label = ui.label(RichText::new(name).font(fonts::sans_medium(12.0)).color(tokens.soft));
    let hint = RichText::new(hint).color(tokens.faint).italics();
    let mut letters = letters::field(None, letters::Lines::One);
    let edit = egui::TextEdit::singleline(value).layouter(&mut letters).hint_text(hint).desired_width(f32::INFINITY).margin(vec2(8.0, 6.0));
    ui.add(edit).labelled_by(label.id)
}

/// A thin line across the panel.
pub fn rule_ui(ui: &mut Ui, tokens: &Tokens) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, tokens.line);
}

/// A key, drawn as a cap. Decoration: what it does has a control of its own.
pub fn keycap_ui(ui: &mut Ui, text: &str, tokens: &Tokens) -> Response {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), fonts::sans(11.0), tokens.soft);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(10.0, 5.0), Sense::hover());
    paint_keycap(ui, rect, galley, tokens);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// Whether a key went down, alone. Held, it decides nothing: it may be the key that opened the dialog.
pub fn is_struck(ui: &Ui, wanted: egui::Key) -> bool {
    let is_press = |event: &egui::Event| {
        let egui::Event::Key { key, pressed: true, repeat: false, modifiers, .. } = event else { return false };
        *key == wanted && modifiers.is_none()
    };
    ui.input(|input| input.events.iter().any(is_press))
}

/// A filter to choose, round as the states of the picture.
pub fn chip_ui(ui: &mut Ui, text: &str, is_current: bool, tokens: &Tokens) -> egui::Response {
    let font = if is_current { fonts::sans_strong(12.5) } else { fonts::sans(12.5) };
    let colour = if is_current { tokens.ink } else { tokens.soft };
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, colour);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(22.0, 10.0), Sense::click());
    let fill = if is_current || response.hovered() { tokens.hover } else { tokens.page };
    let line = if response.has_focus() { tokens.accent } else { tokens.line };
    let stroke = egui::Stroke::new(1.0, line);
    ui.painter().rect(rect, rect.height() / 2.0, fill, stroke, egui::StrokeKind::Inside);
    let at = egui::Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    ui.painter().galley(at.min, galley, colour);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_current, text));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Something that holds until it is taken off by a click: its words, as much of them as there is room for, and a cross.
pub fn tag_chip_ui(ui: &mut Ui, text: &str, tokens: &Tokens) -> egui::Response {
    let room = (ui.available_width() - 34.0).clamp(40.0, 520.0);
    let galley = elided(ui, text, fonts::sans_medium(11.5), tokens.ink, room);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(32.0, 8.0), Sense::click());
    let fill = if response.hovered() || response.has_focus() { tokens.hover } else { tokens.field };
    let line = if response.has_focus() { tokens.accent } else { tokens.line };
    ui.painter().rect(rect, rect.height() / 2.0, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    let at = Align2::LEFT_CENTER.anchor_size(rect.left_center() + vec2(10.0, 0.0), galley.size());
    ui.painter().galley(at.min, galley, tokens.ink);
    let cross = Rect::from_center_size(rect.right_center() - vec2(12.0, 0.0), Vec2::splat(7.0));
    for ends in [[cross.left_top(), cross.right_bottom()], [cross.left_bottom(), cross.right_top()]] {
        ui.painter().line_segment(ends, Stroke::new(1.3, tokens.soft));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{text}: take it off")));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// On one line: every run of white space is one blank.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
