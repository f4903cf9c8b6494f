//! One name with and without what stands before or behind it: a title, “the”, a possessive ending.
//!
//! Only where the same word stands at both, once inside the mention and once just outside, do edges differ: Reed without a
//! title does not speak against Mr. Reed.

use std::collections::BTreeMap;

use super::finding::{Finding, Place, Step, flat, times};
use super::ground::{Ground, Name, Seen};
use crate::annotation::Label;
use crate::text::{Span, name};

/// What may be part of a mention beside the name itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extra {
    The,
    Title,
    Ending,
}

impl Extra {
    fn words(self) -> &'static str {
        match self {
            Extra::The => "“the”",
            Extra::Title => "the title",
            Extra::Ending => "the possessive ending",
        }
    }

    fn id(self) -> &'static str {
        match self {
            Extra::The => "the",
            Extra::Title => "title",
            Extra::Ending => "ending",
        }
    }
}

/// Mentions with an extra inside and just outside, each with the span that the other way would give it.
#[derive(Default)]
struct Ways<'a, 's> {
    inside: Vec<(&'a Seen<'s>, Span)>,
    outside: Vec<(&'a Seen<'s>, Span)>,
}

pub fn find(ground: &Ground<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for name in &ground.names {
        // Names that never have anything beside the core in them cannot differ.
        if !ground.of_name(name).any(|seen| seen.core.len() < seen.mention.span.len()) {
            continue;
        }
        let mut ways: BTreeMap<(&Label, Extra), Ways<'_, '_>> = BTreeMap::new();
        for seen in ground.of_name(name) {
            for extra in [inside_before(seen), inside_behind(seen)].into_iter().flatten() {
                ways.entry((&seen.mention.label, extra.0)).or_default().inside.push((seen, extra.1));
            }
            for extra in [outside_before(name, seen), outside_behind(seen)].into_iter().flatten() {
                ways.entry((&seen.mention.label, extra.0)).or_default().outside.push((seen, extra.1));
            }
        }
        out.extend(ways.iter().filter_map(|((label, extra), ways)| finding(name, label, *extra, ways)));
    }
    out
}

fn finding(name: &Name<'_>, label: &Label, extra: Extra, ways: &Ways<'_, '_>) -> Option<Finding> {
    let (inside, outside) = (ways.inside.len(), ways.outside.len());
    if inside == 0 || outside == 0 {
        return None;
    }
    // As most have it; of as many, without: that is how the guidelines want it.
    let is_in = inside > outside;
    let (odd, usual) = if is_in { (&ways.outside, &ways.inside) } else { (&ways.inside, &ways.outside) };
    let (with, without) = (times(inside), times(outside));
    let words = format!("“{}” is tagged {with} with {} and {without} without", flat(name.surface), extra.words());
    let places = odd.iter().map(|(seen, span)| Place::of(seen.article, seen.mention).with(Step::Move(*span))).collect();
    let about = format!("{} {label} {}", name.key, extra.id());
    let remedy = format!("{} {}", if is_in { "take in" } else { "leave out" }, extra.words());
    let beside = usual.iter().map(|(seen, _)| Place::of(seen.article, seen.mention));
    Some(Finding::new("edges", &about, name.surface, words, places).beside(beside).mended_by(Some(remedy)))
}

fn inside_before(seen: &Seen<'_>) -> Option<(Extra, Span)> {
    let lead = seen.words().get(..seen.core.start as usize)?;
    let extra = kind_of(lead)?;
    Some((extra, Span { start: seen.mention.span.start + seen.core.start, end: seen.mention.span.end }))
}

fn inside_behind(seen: &Seen<'_>) -> Option<(Extra, Span)> {
    let tail = seen.words().get(seen.core.end as usize..)?;
    let span = Span { start: seen.mention.span.start, end: seen.mention.span.start + seen.core.end };
    is_possessive(tail).then_some((Extra::Ending, span))
}

/// What a title or “the” before a name is; `None` for nothing but a quotation mark.
fn kind_of(lead: &str) -> Option<Extra> {
    let lead = lead.trim();
    if lead.is_empty() || !lead.chars().any(char::is_alphabetic) {
        return None;
    }
    Some(if lead.eq_ignore_ascii_case("the") { Extra::The } else { Extra::Title })
}

fn is_possessive(tail: &str) -> bool {
    let mut chars = tail.chars();
    matches!(chars.next(), Some('\'' | '’')) && matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

/// No title has more bytes than this.
const LONGEST: usize = 40;

/// The word before a mention, where the name with it would still be the same name.
fn outside_before(name: &Name<'_>, seen: &Seen<'_>) -> Option<(Extra, Span)> {
    if seen.core.start > 0 {
        return None;
    }
    let start = seen.mention.span.start as usize;
    let text = &*seen.article.text;
    let far = text.ceil_char_boundary(start.saturating_sub(LONGEST));
    let before = text.get(far..start)?.strip_suffix(' ')?;
    let word = before.rfind(char::is_whitespace).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let extra = kind_of(&before[word..])?;
    let span = Span::new(far + word, seen.mention.span.end as usize);
    let (key, core) = name::of(span.of(&seen.article.text)?);
    (key == name.key && core.start > 0).then_some((extra, span))
}

fn outside_behind(seen: &Seen<'_>) -> Option<(Extra, Span)> {
    let end = seen.mention.span.end as usize;
    let after = seen.article.text.get(end..)?;
    let len: usize = after.chars().take(2).map(char::len_utf8).sum();
    is_possessive(after).then(|| (Extra::Ending, Span::new(seen.mention.span.start as usize, end + len)))
}
