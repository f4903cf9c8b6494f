//! The zones of a changed article: carried where the text was carried, found anew where it is new.
//!
//! So what an analyst has flipped stays flipped, and a new paragraph or a new block of leftovers is seen for what it is.

use super::place::Anchors;
use crate::annotation::{Zone, ZoneKind};
use crate::text::Span;

/// The zones of the new text, from those of the old one and those that were `found` in the new one.
pub fn carried(anchors: &Anchors<'_>, old: &[Zone], found: &[Zone]) -> Vec<Zone> {
    let new = &anchors.new;
    let mut kinds: Vec<ZoneKind> = Vec::with_capacity(new.spans.len());
    for line in &new.lines {
        let of_token = |token: usize| anchors.alignment.old_of(token).map(|old_token| kind_at(old, anchors.old.spans[old_token].start));
        let known: Vec<Option<ZoneKind>> = line.clone().map(of_token).collect();
        let is_carried = known.iter().flatten().count() * 2 >= known.len();
        let mut last = known.iter().flatten().next().copied();
        for (token, kind) in line.clone().zip(known) {
            last = kind.or(last);
            let found = || kind_at(found, new.spans[token].start);
            kinds.push(last.filter(|_| is_carried).unwrap_or_else(found));
        }
    }
    runs(&kinds, |token| new.spans[token])
}

fn kind_at(zones: &[Zone], at: u32) -> ZoneKind {
    let after = zones.partition_point(|zone| zone.span.start <= at);
    let zone = after.checked_sub(1).map(|i| zones[i]);
    zone.filter(|zone| at < zone.span.end).map_or(ZoneKind::Body, |zone| zone.kind)
}

/// Neighbours of one kind are one zone; body is none.
fn runs(kinds: &[ZoneKind], span_of: impl Fn(usize) -> Span) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    let mut last = ZoneKind::Body;
    for (token, kind) in kinds.iter().copied().enumerate() {
        let span = span_of(token);
        match zones.last_mut().filter(|_| kind == last && kind != ZoneKind::Body) {
            Some(zone) => zone.span.end = span.end,
            None if kind != ZoneKind::Body => zones.push(Zone { span, kind }),
            None => {}
        }
        last = kind;
    }
    zones
}
