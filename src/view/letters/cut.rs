//! How a text is cut before it is laid out, so that what a stretch comes to can be counted.

use std::ops::Range;

use eframe::egui::Galley;
use eframe::egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat, TextWrapping};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_segmentation::UnicodeSegmentation as _;

/// The sections of a text. Most texts are one.
#[derive(Clone, PartialEq, Debug)]
pub struct Cut {
    /// The text with its brackets turned where it runs from the right; bytes stay where they are.
    turned: Option<String>,
    /// Where sections end, but for the last.
    ends: Vec<u32>,
    chars: usize,
    /// Whether any stretch may come to other glyphs than its characters.
    is_odd: bool,
}

impl Cut {
    /// Each stretch of a script whose glyphs may not be its characters stands by itself: within one word and one direction.
    pub fn new(text: &str) -> Self {
        Self::by(text, base_level(text), &|c| is_odd(c))
    }

    /// The same for a line whose direction is known.
    pub(super) fn along(text: &str, base: Level) -> Self {
        Self::by(text, base, &|c| is_odd(c))
    }

    /// For a text that did not add up: every stretch that is not ASCII stands by itself.
    pub(super) fn close(text: &str) -> Self {
        Self::by(text, base_level(text), &|c| !c.is_ascii())
    }

    fn by(text: &str, base: Level, is_odd: &dyn Fn(char) -> bool) -> Self {
        let chars = text.chars().count();
        if chars == text.len() || !text.chars().any(is_odd) {
            return Self { turned: None, ends: Vec::new(), chars, is_odd: false };
        }
        let levels = has_right_to_left(text).then(|| levels(text, base));
        let level = |at: usize| levels.as_ref().map_or(Level::ltr(), |levels| levels[at]);
        let mut ends = Vec::new();
        let mut turned = String::with_capacity(text.len());
        let mut last = None;
        for (at, cluster) in text.grapheme_indices(true) {
            let is_blank = cluster.chars().all(char::is_whitespace);
            let kind = (cluster.chars().any(is_odd) && !is_blank).then(|| level(at));
            if last.is_some_and(|last| last != kind) {
                ends.push(at as u32);
            }
            last = Some(kind);
            let mirrored = Some(cluster).filter(|_| level(at).is_rtl()).and_then(mirrored);
            turned.push_str(mirrored.unwrap_or(cluster));
        }
        Self { turned: levels.map(|_| turned), ends, chars, is_odd: true }
    }

    /// Whether nothing had to be cut.
    pub(super) fn is_whole(&self) -> bool {
        !self.is_odd
    }

    pub(super) fn job(&self, text: &str, format: &TextFormat, wrap: TextWrapping) -> LayoutJob {
        let whole = LayoutJob::single_section(text.to_owned(), format.clone());
        self.applied(LayoutJob { wrap, break_on_newline: false, ..whole })
    }

    /// A job of the same text with its sections cut further.
    pub(super) fn applied(&self, mut job: LayoutJob) -> LayoutJob {
        if self.ends.is_empty() && self.turned.is_none() {
            return job;
        }
        if let Some(turned) = &self.turned {
            job.text.clone_from(turned);
        }
        let mut sections = Vec::with_capacity(job.sections.len() + self.ends.len());
        for section in job.sections {
            let (mut start, end) = (section.byte_range.start.0, section.byte_range.end.0);
            let first = self.ends.partition_point(|cut| *cut as usize <= start);
            let cuts = self.ends[first..].iter().map(|cut| *cut as usize).take_while(|cut| *cut < end);
            for until in cuts.chain([end]) {
                let leading_space = if start == section.byte_range.start.0 { section.leading_space } else { 0.0 };
                let byte_range = ByteIndex(start)..ByteIndex(until);
                sections.push(LayoutSection { leading_space, byte_range, format: section.format.clone() });
                start = until;
            }
        }
        job.sections = sections;
        job
    }

    /// Whether a galley may have the glyphs of this cut: only stretches that were cut out may come to more.
    pub(super) fn adds_up(&self, galley: &Galley) -> bool {
        self.is_odd || galley.rows.iter().map(|row| row.glyphs.len()).sum::<usize>() == self.chars
    }
}

/// Scripts of which a stretch may come to other glyphs than its characters: those that run from the right, those with
/// vowels of several parts, and everything that is not known to be plain.
fn is_odd(c: char) -> bool {
    let is_plain = matches!(c as u32,
        0..0x0590 | 0x10A0..0x1200 | 0x13A0..0x1680 | 0x1C80..0x1CC0 | 0x1E00..0x3000 | 0x3000..0xA4D0
        | 0xAC00..0xD7B0 | 0xE000..0xFB1D | 0xFE00..0xFE70 | 0xFF00..0xFFF0 | 0x20000..0x40000);
    !is_plain
}

pub(super) fn is_right_to_left(c: char) -> bool {
    c as u32 >= 0x0590 && matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// Whether a text has words that run from the right.
pub fn has_right_to_left(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_right_to_left)
}

/// The direction that most letters have: a single name in the first place turns no line round.
pub(super) fn base_level(text: &str) -> Level {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (right, all) = letters.fold((0, 0), |(right, all), c| (right + usize::from(is_right_to_left(c)), all + 1));
    if right * 2 > all { Level::rtl() } else { Level::ltr() }
}

/// The level of every byte, as the bidirectional algorithm has them.
pub(super) fn levels(text: &str, base: Level) -> Vec<Level> {
    BidiInfo::new(text, Some(base)).levels
}

/// The direction of the first letter: words of the window with a name in them stay what they are.
pub(super) fn first_level(text: &str) -> Level {
    if text.chars().find(|c| c.is_alphabetic()).is_some_and(is_right_to_left) { Level::rtl() } else { Level::ltr() }
}

/// What stands for a bracket where text runs from the right; as many bytes long.
fn mirrored(cluster: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 8] = [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»"), ("‹", "›"), ("≤", "≥"), ("⟨", "⟩")];
    PAIRS.iter().find_map(|(open, close)| match cluster {
        _ if cluster == *open => Some(*close),
        _ if cluster == *close => Some(*open),
        _ => None,
    })
}

/// The bytes of each section of a job, in order.
pub(super) fn sections(job: &LayoutJob) -> impl Iterator<Item = (Range<usize>, &TextFormat)> {
    job.sections.iter().map(|section| (section.byte_range.start.0..section.byte_range.end.0, &section.format))
}
