//! What the offsets of a file of brat's count, which the words beside them tell.

use std::borrow::Cow;

use super::lines::{GAP, number};
use crate::text::{Offsets, Unit};

/// A `T` line.
pub struct Line<'l> {
    pub id: &'l str,
    pub name: &'l str,
    pub pieces: Vec<(usize, usize)>,
    pub words: &'l str,
}

impl<'l> Line<'l> {
    /// `None` where it is no such line.
    pub fn of(line: &'l str) -> Option<Self> {
        let (id, rest) = line.split_once('\t')?;
        let (data, words) = rest.split_once('\t').unwrap_or((rest, ""));
        let (name, places) = data.split_once(' ')?;
        let piece = |piece: &str| {
            let (start, end) = piece.trim_end().split_once(' ')?;
            Some((start.parse().ok()?, end.parse().ok()?)).filter(|(start, end)| start < end)
        };
        let mut pieces = places.split(';').map(piece).collect::<Option<Vec<(usize, usize)>>>()?;
        pieces.sort_unstable();
        (number(id).is_some() && !name.is_empty()).then_some(Self { id, name, pieces, words })
    }
}

/// What the offsets of a file count: code points of the text as it lies there, or of what a reader made of it that reads
/// A text as a program may have counted it, which is not always as it stands here.
pub struct Counted<'t> {
    text: Cow<'t, str>,
    /// It began with a byte order mark.
    has_mark: bool,
    /// Code points of it at which a line end stands for two characters.
    short_ends: Vec<usize>,
}

impl<'t> Counted<'t> {
    /// As it may have been counted: as it stands, or with each line end as one character, or with a byte order mark.
    pub fn all(plain: &'t str, has_mark: bool) -> Vec<Self> {
        let has_short_ends = plain.contains("\r\n");
        let ways = [(false, false), (false, true), (true, false), (true, true)];
        let ways = ways.into_iter().filter(|(mark, ends)| (has_mark || !mark) && (has_short_ends || !ends));
        ways.map(|(mark, ends)| Self::of(plain, mark, ends)).collect()
    }

    fn of(plain: &'t str, has_mark: bool, has_short_ends: bool) -> Self {
        let mut text = Cow::Borrowed(plain);
        let mut short_ends = Vec::new();
        if has_short_ends {
            let ends = plain.match_indices("\r\n").enumerate();
            let offsets = Offsets::new(plain);
            let mark = usize::from(has_mark);
            short_ends = ends.map(|(before, (at, _))| mark + offsets.from_byte(at, Unit::CodePoints) - before).collect();
            text = plain.replace("\r\n", "\n").into();
        }
        if has_mark {
            text.to_mut().insert(0, '\u{FEFF}');
        }
        Self { text, has_mark, short_ends }
    }
}

/// What the offsets of a file count: code points of the text as it lies there, or of what a reader made of it that reads
/// line ends as one, or does not count a byte order mark.
pub struct Counting<'t> {
    counted: &'t Counted<'t>,
    offsets: Offsets<'t>,
    /// What there is to say of that.
    pub told: Option<&'static str>,
}

impl<'t> Counting<'t> {
    /// The one under which the words of the most mentions stand where they say.
    pub fn best(texts: &'t [Counted<'t>], mentions: &[Line<'_>]) -> Self {
        let mut all: Vec<Self> = texts.iter().map(Self::of).collect();
        let fits = |counting: &Self| mentions.iter().filter(|line| counting.fits(line)).count();
        let best = if all.len() == 1 { 0 } else { (0..all.len()).rev().max_by_key(|i| fits(&all[*i])).unwrap_or(0) };
        all.swap_remove(best)
    }

    fn of(counted: &'t Counted<'t>) -> Self {
        let told = match (counted.has_mark, counted.short_ends.is_empty()) {
            (false, true) => None,
            (false, false) => Some("its offsets count each line end as one, not as the two characters that it has; converted"),
            (true, true) => Some("its offsets count the byte order mark of the text; converted"),
            (true, false) => Some("its offsets count the byte order mark of the text, and each line end as one; converted"),
        };
        Self { counted, offsets: Offsets::new(&counted.text), told }
    }

    /// Whether the words of a line stand where it says. Some programs put the fragments together without a blank.
    pub fn fits(&self, line: &Line<'_>) -> bool {
        let part = |(start, end): &(usize, usize)| self.offsets.span_from(*start, *end, Unit::CodePoints)?.of(&self.counted.text);
        let stands = |words: &str| line.words.trim_end().starts_with(words.trim_end());
        match &line.pieces[..] {
            [piece] => part(piece).is_some_and(|words| stands(words) || words == line.words),
            pieces => {
                let parts: Option<Vec<&str>> = pieces.iter().map(part).collect();
                parts.is_some_and(|parts| stands(&parts.join(GAP)) || parts.concat() == line.words)
            }
        }
    }

    /// Code points of the text; what lies beyond it is what something else was counted in.
    pub fn place(&self, offset: usize) -> usize {
        if offset > self.offsets.len(Unit::CodePoints) {
            return offset;
        }
        offset.saturating_sub(usize::from(self.counted.has_mark)) + self.counted.short_ends.partition_point(|end| *end <= offset)
    }
}
