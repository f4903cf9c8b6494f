//! What a screen reader says aloud of what just happened: the mention that came into focus, a decision and what comes
//! next, the word under the caret, what is selected, and every answer.
//!
//! The page has the keys all the while, so nothing would be said by itself. One node that nobody sees is a live region;
//! for each thing to say there is a new one, so that the same words are said again when they are meant again.

use eframe::egui::{self, Id, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::scene::Scene;
use crate::annotation::{ArticleId, Edit, MentionId, Time, Verb};
use crate::text::Span;
use crate::workbench::{Caret, NoticeKind, View};

#[derive(Default)]
pub struct Spoken {
    last: Option<Seen>,
    words: String,
    /// How many things have been said.
    count: u64,
}

/// What is compared with the frame before.
#[derive(Clone, PartialEq)]
struct Seen {
    view: View,
    article: Option<ArticleId>,
    focus: Option<MentionId>,
    /// Where the mention in focus lies.
    span: Option<Span>,
    caret: Option<Caret>,
    selection: Option<Span>,
    revision: u64,
    answer: Option<(String, Time)>,
}

impl Seen {
    fn of(scene: &Scene<'_>) -> Self {
        let state = scene.state;
        let answer = state.notices.latest().filter(|notice| notice.kind == NoticeKind::Done);
        Self {
            view: state.stage.view,
            article: state.page.article.clone(),
            focus: state.page.focus,
            span: state.focused().map(|mention| mention.span),
            caret: state.page.caret,
            selection: state.page.selection,
            revision: state.history().revision(),
            answer: answer.map(|notice| (notice.text.clone(), notice.at)),
        }
    }
}

/// Puts what is to be said into the tree; draw it after everything else.
pub fn spoken_ui(ui: &Ui, scene: &Scene<'_>, spoken: &mut Spoken) {
    let seen = Seen::of(scene);
    if spoken.last.as_ref() != Some(&seen) {
        let words = words(scene, spoken.last.as_ref(), &seen);
        if !words.is_empty() {
            spoken.words = words;
            spoken.count += 1;
        }
        spoken.last = Some(seen);
    }
    if spoken.words.is_empty() {
        return;
    }
    let screen = ui.ctx().content_rect();
    let corner = Rect::from_min_size(screen.left_bottom() - vec2(0.0, 1.0), vec2(1.0, 1.0));
    let id = Id::unique(("spoken", spoken.count));
    ui.interact(corner, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Log, true, &spoken.words));
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(egui::accesskit::Live::Polite));
}

fn words(scene: &Scene<'_>, last: Option<&Seen>, seen: &Seen) -> String {
    let done = last.and_then(|last| done(scene, last, seen)).unwrap_or_default();
    // What an undo leads back to does not come next.
    let is_undo = scene
        .state
        .notices
        .latest()
        .and_then(|notice| notice.change)
        .is_some_and(|change| change.revision == seen.revision && !change.can_undo);
    let is_next = !is_undo && last.is_some_and(|last| last.revision != seen.revision);
    let on_page = if seen.view == View::Review { on_page(scene, last, seen, is_next) } else { String::new() };
    match (done.is_empty(), on_page.is_empty()) {
        (false, false) => format!("{done}; {on_page}"),
        (true, _) => on_page,
        (_, true) => done,
    }
}

/// What was done since: the answer that was given, else what was decided.
fn done(scene: &Scene<'_>, last: &Seen, seen: &Seen) -> Option<String> {
    let answer = seen.answer.as_ref().filter(|answer| last.answer.as_ref() != Some(answer));
    let decided = || scene.state.history().next_undo().filter(|_| seen.revision > last.revision).map(decided);
    // Quotation marks are read out by some.
    Some(answer.map(|(text, _)| text.clone()).or_else(decided)?.replace(['“', '”'], ""))
}

/// `Rejected “Reiko Hanamori”`: with the label only where the decision is about it.
fn decided(edit: &Edit) -> String {
    let answer = edit.answer();
    match &edit.label {
        Some(label) if !matches!(edit.verb, Verb::Retype | Verb::Add) => answer.replacen(&format!("” {label}"), "”", 1),
        _ => answer,
    }
}

/// What the page looks at now, where that is something else. `is_next` after a decision.
fn on_page(scene: &Scene<'_>, last: Option<&Seen>, seen: &Seen, is_next: bool) -> String {
    let Some(article) = scene.state.open_article() else { return String::new() };
    let is_new = |same: fn(&Seen, &Seen) -> bool| last.is_none_or(|last| last.view != seen.view || !same(last, seen));
    let mut parts = Vec::new();
    let is_other_article = is_new(|a, b| a.article == b.article);
    if is_other_article {
        parts.push(format!("article {}", one_line(article.title())));
    }
    if let Some(selection) = seen.selection {
        if is_new(|a, b| (a.selection, a.caret) == (b.selection, b.caret)) {
            let under = seen.caret.map(|caret| one_line(article.quote(caret.head)));
            let is_more = seen.caret.is_none_or(|caret| caret.selection() != caret.head);
            parts.extend(under);
            parts.extend(is_more.then(|| format!("selected {}", one_line(article.quote(selection)))));
        }
    } else if let Some(mention) = scene.state.focused() {
        let quote = one_line(article.quote(mention.span));
        if is_other_article || is_new(|a, b| a.focus == b.focus) {
            parts.push(match is_next {
                true => format!("next: {} {quote}", mention.label),
                false if mention.is_contested() => format!("{} {quote}, {}, contested", mention.label, mention.state.as_str()),
                false => format!("{} {quote}, {}", mention.label, mention.state.as_str()),
            });
        } else if is_new(|a, b| a.span == b.span) {
            parts.push(format!("now {quote}"));
        }
    }
    parts.join("; ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
