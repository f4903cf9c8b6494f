//! The chip that names a mention: key, label, state, score. It lies where no letter is.

use eframe::egui::{Align2, Color32, CornerRadius, Rect, Ui, pos2, vec2};

use super::super::theme::{Tag, Tokens};
use super::super::{fonts, icon};
use super::sheet::{Page, margin};
use super::shown::{Shown, ShownMention};
use super::{geometry, minimap};
use crate::annotation::{How, Mention, State};

/// The chip and the pointing hand of the mention in focus.
pub fn focus_ui(ui: &Ui, page: &Page<'_>, shown: &Shown<'_>, mention: &ShownMention<'_>, tokens: &Tokens) {
    chip_ui(ui, page, shown, mention, tokens.accent, tokens.on_accent);
    // The hand in the margin points at the row, as readers have drawn it for eight hundred years.
    let Some(piece) = mention.pieces.first() else { return };
    let space = margin(shown.column.left(), ui.clip_rect());
    let size = vec2(26.0, 18.0);
    if space.width() > size.x + 8.0 {
        let centre = pos2(space.right() - size.x / 2.0 - 6.0, piece.rect.center().y);
        icon::paint(ui.painter(), Rect::from_center_size(centre, size), tokens.accent);
    }
}

/// The chip of a mention under the pointer.
pub fn hover_ui(ui: &Ui, page: &Page<'_>, shown: &Shown<'_>, mention: &ShownMention<'_>, tag: Tag, tokens: &Tokens) {
    chip_ui(ui, page, shown, mention, tag.line, if tokens.is_dark { tokens.page } else { Color32::WHITE });
}

fn chip_ui(ui: &Ui, page: &Page<'_>, shown: &Shown<'_>, mention: &ShownMention<'_>, ground: Color32, text: Color32) {
    let Some(first) = mention.pieces.first() else { return };
    let words = words(page, mention.mention);
    let painter = ui.painter();
    let top = first.rect.top();
    // In the white between two rows only a small chip fits; where the row above is short or missing, a larger one.
    for (size, height) in [(11.0, 17.0), (9.2, 11.0)] {
        let galley = painter.layout_no_wrap(words.clone(), fonts::sans_strong(size), text);
        let width = galley.size().x + 12.0;
        // Whole, and clear of the strip beside the page.
        let left = (first.rect.left() - 4.0).min(ui.clip_rect().right() - minimap::ROOM - width);
        let rect = Rect::from_min_max(pos2(left, top - height), pos2(left + width, top));
        let is_last_try = height < 13.0;
        let is_free =
            shown.blocks.iter().all(|block| !geometry::has_letters(&block.letters.galley, rect.translate(-block.origin.to_vec2())));
        if is_free || is_last_try {
            painter.rect_filled(rect, CornerRadius { nw: 3, ne: 3, sw: 0, se: if width < first.rect.width() { 0 } else { 3 } }, ground);
            let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
            painter.galley(at.min, galley, text);
            return;
        }
    }
}

/// `O  ORG · suggested 0.91`.
fn words(page: &Page<'_>, mention: &Mention) -> String {
    let key = page.scheme.get(&mention.label).and_then(|def| def.key);
    let key = key.map(|key| format!("{key}  ")).unwrap_or_default();
    let contested = if mention.is_contested() { ", contested" } else { "" };
    format!("{key}{} · {}{contested}", mention.label, state_words(mention))
}

/// What state a mention is in and how it came about: `suggested 0.91`, `confirmed everywhere`.
pub fn state_words(mention: &Mention) -> String {
    let how = match mention.how {
        Some(How::Spread) => " with its name",
        Some(How::AcceptedRest) => " with the rest",
        Some(How::Rule) => " by a rule",
        Some(How::Imported) => " on import",
        Some(How::Transferred) => " from a copy",
        Some(How::Looked) | None => "",
    };
    match (mention.state, mention.score) {
        (State::Suggested, Some(score)) => format!("suggested {score}"),
        (state, _) => format!("{}{how}", state.as_str()),
    }
}
