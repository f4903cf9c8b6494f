//! A hyphenated word that is tagged whole in one place and in part in another: U.S.-led, Franco-Baltic.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Place, Step, times};
use super::ground::{Ground, Seen};
use crate::annotation::Label;
use crate::text::Span;

#[derive(Default)]
struct Ways<'a, 's> {
    whole: Vec<&'a Seen<'s>>,
    /// Each with the span of the whole word, and which bytes of that are tagged.
    parts: Vec<(&'a Seen<'s>, Span, Span)>,
}

pub fn find(ground: &Ground<'_>) -> Vec<Finding> {
    let mut ways: BTreeMap<(String, &Label), Ways<'_, '_>> = BTreeMap::new();
    for seen in ground.seen.iter().filter(|seen| seen.is_name()) {
        if let Some(whole) = whole_word(seen) {
            let inner = Span { start: seen.mention.span.start - whole.start, end: seen.mention.span.end - whole.start };
            let word = seen.article.quote(whole).to_lowercase();
            ways.entry((word, &seen.mention.label)).or_default().parts.push((seen, whole, inner));
        }
    }
    // Whole ones matter only where parts are tagged elsewhere.
    for seen in ground.seen.iter().filter(|seen| seen.is_name() && seen.words().contains('-')) {
        if let Some(ways) = ways.get_mut(&(seen.words().to_lowercase(), &seen.mention.label)) {
            ways.whole.push(seen);
        }
    }
    ways.iter().filter_map(|((word, label), ways)| finding(word, label, ways)).collect()
}

fn finding(word: &str, label: &Label, ways: &Ways<'_, '_>) -> Option<Finding> {
    let (whole, parts) = (ways.whole.len(), ways.parts.len());
    let first = ways.whole.first()?;
    // Of as many of both the part is the name.
    let is_whole = whole > parts;
    let words = format!("“{}” is tagged {} whole and {} in part", first.words(), times(whole), times(parts));
    let inner: BTreeSet<Span> = ways.parts.iter().map(|(_, _, inner)| *inner).collect();
    let inner = inner.first().filter(|_| inner.len() == 1).copied();
    let is_sure = whole != parts && (is_whole || inner.is_some());
    let place = |seen: &Seen<'_>, span: Option<Span>| {
        let place = Place::of(seen.article, seen.mention);
        match span.filter(|_| is_sure) {
            Some(span) => place.with(Step::Move(span)),
            None => place,
        }
    };
    let part_of = |seen: &Seen<'_>| {
        inner.map(|inner| Span { start: seen.mention.span.start + inner.start, end: seen.mention.span.start + inner.end })
    };
    let places = match is_whole {
        true => ways.parts.iter().map(|(seen, whole, _)| place(seen, Some(*whole))).collect(),
        false => ways.whole.iter().map(|seen| place(seen, part_of(seen))).collect(),
    };
    let beside: Vec<Place> = match is_whole {
        true => ways.whole.iter().map(|seen| Place::of(seen.article, seen.mention)).collect(),
        false => ways.parts.iter().map(|(seen, ..)| Place::of(seen.article, seen.mention)).collect(),
    };
    let remedy = is_sure.then(|| if is_whole { "take the whole word" } else { "leave the other part out" }.to_owned());
    Some(Finding::new("hyphens", &format!("{word} {label}"), first.words(), words, places).beside(beside).mended_by(remedy))
}

/// On either side of a mention a hyphenated word is looked at no further than this, in bytes.
const LONGEST: usize = 60;

/// The hyphenated word that a mention is only a part of.
fn whole_word(seen: &Seen<'_>) -> Option<Span> {
    let text = &*seen.article.text;
    let (start, end) = (seen.mention.span.start as usize, seen.mention.span.end as usize);
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let behind = text.get(end..text.floor_char_boundary(end + LONGEST + 1))?.strip_prefix('-').and_then(|rest| {
        let len = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        (len > 0 && rest[..len].starts_with(char::is_alphanumeric)).then_some(end + 1 + len)
    });
    let far = text.ceil_char_boundary(start.saturating_sub(LONGEST + 1));
    let before = text.get(far..start)?.strip_suffix('-').and_then(|rest| {
        let from = rest.rfind(|c| !is_part(c)).map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
        rest[from..].ends_with(char::is_alphanumeric).then_some(far + from)
    });
    if behind.is_none() && before.is_none() {
        return None;
    }
    let whole = Span::new(before.unwrap_or(start), behind.unwrap_or(end));
    let word = whole.of(text)?.trim_end_matches('-');
    Some(Span { end: whole.start + word.len() as u32, ..whole })
}
