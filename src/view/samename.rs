//! The same name elsewhere, and what was decided on it before.

use eframe::egui::Ui;

use super::caps::{caps_ui, command_cap_ui, line_ui};
use super::scene::{Scene, count};
use super::widgets::{heading_ui, soft};
use crate::annotation::{Article, ArticleId, Mention, MentionId, Scope};
use crate::text::seam::one_line;
use crate::text::{Span, name};
use crate::workbench::{Command, Decide, Go};

/// The other mentions of one name, kept until focus or session change.
#[derive(Default)]
pub struct SameName {
    found_for: Option<(ArticleId, MentionId, (u64, u64), bool)>,
    lines: Vec<Line>,
    here: usize,
    elsewhere: usize,
    articles: usize,
    confirmed: Vec<(String, usize)>,
    rejected: usize,
    note: Option<String>,
}

struct Line {
    article: ArticleId,
    span: Span,
    before: String,
    name: String,
    after: String,
    place: String,
}

/// More lines than this would push everything else away.
const SHOWN: usize = 8;
/// Bytes of context on either side.
const CONTEXT: usize = 36;

pub fn same_name_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, mention: &Mention, same: &mut SameName, out: &mut Vec<Command>) {
    let key = (article.id.clone(), mention.id, scene.state.version(), scene.state.names().is_some());
    if same.found_for.as_ref() != Some(&key) {
        *same = find(scene, article, mention);
        same.found_for = Some(key);
    }
    heading_ui(ui, "Same name", &scene.tokens);
    let elsewhere = match same.elsewhere {
        0 => String::new(),
        n => format!(", {n} in {}", count(same.articles, "other article")),
    };
    // Of a name with one mention there is nothing to be decided besides this one.
    let is_only = same.here + same.elsewhere <= 1;
    let words = if is_only { "Only here".to_owned() } else { format!("{} here{elsewhere}", same.here) };
    ui.label(soft(words, &scene.tokens));
    if let Some(words) = before_words(same) {
        ui.label(soft(words, &scene.tokens));
    }
    if let Some(note) = &same.note {
        ui.label(soft(format!("Note left: “{note}”"), &scene.tokens));
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for line in &same.lines {
            if line_ui(ui, scene, [&line.before, &line.name, &line.after], &line.place) {
                out.push(Command::Go(Go::At(line.article.clone(), line.span)));
            }
        }
    });
    if is_only {
        return;
    }
    ui.add_space(2.0);
    caps_ui(ui, |ui| {
        command_cap_ui(ui, scene, Command::Decide(Decide::Confirm(Scope::Article)), "here", out);
        command_cap_ui(ui, scene, Command::Decide(Decide::Confirm(Scope::Session)), "everywhere", out);
    });
}

/// `Decided before: ORG 11, GPE 2, rejected 1.`
fn before_words(same: &SameName) -> Option<String> {
    let mut parts: Vec<String> = same.confirmed.iter().map(|(label, n)| format!("{label} {n}")).collect();
    if same.rejected > 0 {
        parts.push(format!("rejected {}", same.rejected));
    }
    (!parts.is_empty()).then(|| format!("Decided before: {}.", parts.join(", ")))
}

/// Every mention of the name: from the index of names where it is ready, else those of the open article.
fn find(scene: &Scene<'_>, open: &Article, mention: &Mention) -> SameName {
    let mut same = SameName::default();
    let key = name::key(open.quote(mention.span));
    let session = scene.state.session();
    let found: Vec<(&Article, &Mention)> = match scene.state.names() {
        Some(index) => index.mentions(session, &key),
        None => open.mentions.iter().filter(|other| name::key(open.quote(other.span)) == key).map(|other| (open, other)).collect(),
    };
    let mut last = None;
    // Those of this article first: the analyst can see them.
    let (here, elsewhere): (Vec<_>, Vec<_>) = found.into_iter().partition(|(article, _)| article.id == open.id);
    for (article, other) in here.into_iter().chain(elsewhere) {
        let is_here = article.id == open.id;
        let is_this = is_here && other.id == mention.id;
        count_one(&mut same, other, is_this);
        if other.is_rejected() {
            continue;
        }
        if is_here {
            same.here += 1;
        } else {
            same.elsewhere += 1;
            same.articles += usize::from(last != Some(&article.id));
            last = Some(&article.id);
        }
        if !is_this && same.lines.len() < SHOWN {
            same.lines.push(line(article, other.span, is_here));
        }
    }
    same.confirmed.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    same
}

fn count_one(same: &mut SameName, other: &Mention, is_this: bool) {
    if is_this {
        return;
    }
    if other.is_rejected() {
        same.rejected += 1;
    } else if other.is_confirmed() {
        match same.confirmed.iter_mut().find(|(label, _)| *label == other.label.as_str()) {
            Some((_, n)) => *n += 1,
            None => same.confirmed.push((other.label.to_string(), 1)),
        }
    }
    if same.note.is_none() {
        same.note = other.note.as_deref().map(str::to_owned);
    }
}

fn line(article: &Article, span: Span, is_here: bool) -> Line {
    let text = &*article.text;
    let from = text.ceil_char_boundary((span.start as usize).saturating_sub(CONTEXT));
    let to = text.floor_char_boundary((span.end as usize + CONTEXT).min(text.len()));
    let before = &text[from..span.start as usize];
    // Whole words of the same line, as many as fit.
    let before = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    let before = if from > 0 { before.split_once(' ').map_or(before, |(_, rest)| rest) } else { before };
    let after = &text[span.end as usize..to];
    let after = after.split_once('\n').map_or(after, |(line, _)| line);
    let tail = tail(before, 20);
    Line {
        article: article.id.clone(),
        span,
        before: tail.to_owned(),
        name: one_line(article.quote(span)),
        after: after.to_owned(),
        place: if is_here { "here".to_owned() } else { article.title().split_whitespace().collect::<Vec<_>>().join(" ") },
    }
}

/// The last words of `text` that take at most `width` places; a letter of a script without spaces takes two.
fn tail(text: &str, width: usize) -> &str {
    let mut used = 0;
    let fits = |c: &char| {
        used += if (*c as u32) < 0x2E80 { 1 } else { 2 };
        used <= width
    };
    let kept: usize = text.chars().rev().take_while(fits).map(char::len_utf8).sum();
    let tail = &text[text.len() - kept..];
    // Not from the middle of a word, where there are words.
    match tail.split_once(' ') {
        Some((_, rest)) if kept < text.len() => rest,
        _ => tail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_cut_at_words_and_wide_letters_count_twice() {
        assert_eq!(tail("the board was drafted by the ", 20), "was drafted by the ");
        assert_eq!(tail("the board was drafted by the ", 18), "drafted by the ");
        assert_eq!(tail("short ", 20), "short ");
        assert_eq!(tail("開かれる北大西洋条約機構（", 8), "約機構（");
    }
}
