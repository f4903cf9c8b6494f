//! IPTC 7901: the messages of dpa, ATS and others, between control characters.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::{date, paragraphs, text_of, year_of};
use super::messages::{hand_out, messages_in};
use super::story::{Story, bare_title};
use crate::annotation::ZoneKind;
use crate::reading::days::month;
use crate::reading::details::{pattern, without_by};
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};

pub static READER: Reader = Reader { name: "iptc7901", what: "messages of a news wire in IPTC 7901", endings: &[], knows, read };

const START: u8 = 1;
const TEXT: u8 = 2;

/// A header of service, number, priority and category, then the start of a text.
fn knows(head: &Head<'_>) -> bool {
    static HEADER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*[a-zA-Z]{2,4}\d{3,4} \d [a-z]{1,3} \d"));
    let start = memchr::memchr(START, &head.bytes[..head.bytes.len().min(200)]);
    let Some(start) = start else { return false };
    let header = String::from_utf8_lossy(&head.bytes[start + 1..head.bytes.len().min(start + 60)]);
    HEADER.is_match(&header) && memchr::memchr(TEXT, head.bytes).is_some()
}

fn read(input: &mut Input<'_>, _: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let (text, encoding) = text_of(input.bytes()?);
    let messages = messages_in(&text);
    hand_out(&messages, (path, encoding), "iptc7901", story, sink)
}

fn story(message: &str) -> Story {
    static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{2})(\d{4})\s+(?:[A-Z]{2,4}\s+)?(\p{L}{3,9})\.?\s+(\d{2}|\d{4})\b"));
    let mut story = Story::default();
    let (head, rest) = message.split_once('\u{2}').unwrap_or(("", message));
    let (text, foot) = rest.split_once('\u{3}').unwrap_or((rest, ""));
    if foot.is_empty() && !rest.contains('\u{3}') {
        story.notes.push(Trouble::Partial("the message is cut off before its end".to_owned()));
    }
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    story.keep("id", lines.next());
    story.keep("slug", lines.next());
    let day = DAY.captures(foot).and_then(|found| date(year_of(&found[4])?, month(&found[3])?, found[1].parse().ok()?));
    story.meta.published = day;
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let paragraphs = paragraphs(&clean);
    let title = paragraphs.iter().take(5).position(|paragraph| paragraph.ends_with('=') && paragraph.len() < 300);
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let is_before = title.is_some_and(|title| i < title);
        let is_byline = title.is_some_and(|title| i == title + 1) && paragraph.len() < 80 && without_by(paragraph) != paragraph.as_str();
        if title == Some(i) {
            story.meta.title = Some(bare_title(paragraph));
            story.push_text(&bare_title(paragraph), Some(ZoneKind::Headline));
        } else if is_before {
            // Takes: `EXTRA`, `1ST LEAD`.
            story.keep("take", Some(paragraph.as_str()));
            story.push_text(paragraph, Some(ZoneKind::Boilerplate));
        } else if is_byline {
            let byline = paragraph.trim_end_matches(['=', ',', ' ']);
            story.meta.byline = Some(without_by(byline).to_owned());
            story.push_text(byline, Some(ZoneKind::Byline));
        } else {
            story.push_text(paragraph, None);
        }
    }
    story
}
