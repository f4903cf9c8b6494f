//! ANPA-1312: the messages of AP, AAP and Kyodo, whose lines of their own begin with `^` and end with `<`.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::{date, dateline_day, paragraphs, text_of, year_of};
use super::messages::{hand_out, messages_in};
use super::story::{Story, bare_title};
use crate::annotation::ZoneKind;
use crate::reading::details::{pattern, without_by};
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};

pub static READER: Reader = Reader { name: "anpa1312", what: "messages of a news wire in ANPA-1312", endings: &[], knows, read };

/// The signs that begin a message, or a text whose first line of its own follows.
fn knows(head: &Head<'_>) -> bool {
    let start = &head.bytes[..head.bytes.len().min(400)];
    let is_called = start.windows(2).any(|pair| pair == [0x16, 0x01]) || start.windows(2).any(|pair| pair == [0x16, 0x16]);
    let is_slugged = start.contains(&2) && start.windows(2).any(|pair| pair == b"\n^" || pair == [2, b'^']);
    (is_called || is_slugged) && head.bytes.contains(&2)
}

fn read(input: &mut Input<'_>, _: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let (text, encoding) = text_of(input.bytes()?);
    let messages = messages_in(&text);
    let messages = if messages.is_empty() { vec![text.as_str()] } else { messages };
    hand_out(&messages, (path, encoding), "anpa1312", story, sink)
}

fn story(message: &str) -> Story {
    static FOOT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?m)^\s*([A-Z]{2,4})-(?:[A-Z]{2}-|\d{2}:\d{2}-)(\d{1,2})-(\d{1,2})-(\d{2,4})(?:\s+\d{4}\s?[A-Z]{2,4})?[ \t\r]*\n?")
    });
    let mut story = Story::default();
    let (head, rest) = message.split_once('\u{2}').unwrap_or(("", message));
    let end = rest.find(['\u{3}', '\u{4}', '\u{c}']).unwrap_or(rest.len());
    if end == rest.len() && !head.is_empty() {
        story.notes.push(Trouble::Partial("the message is cut off before its end".to_owned()));
    }
    let mut text = rest[..end].to_owned();
    let foot = FOOT.captures_iter(rest).last();
    if let Some(foot) = foot.as_ref().and_then(|foot| foot.get(0)) {
        text = text.replacen(foot.as_str(), "", 1);
    }
    let mut own = Vec::new();
    let mut body = String::new();
    for line in text.split('\n') {
        match line.trim_end().trim_start_matches(['\u{10}', '\r']).strip_prefix('^') {
            Some(line) => own.push(line.trim_end_matches(['<', '=', '>']).trim().to_owned()),
            // What goes on from a line of its own ends with its sign too.
            None if own.last().is_some() && body.trim().is_empty() && line.trim_end().ends_with('<') => {
                own.iter_mut()
                    .last()
                    .into_iter()
                    .for_each(|last| *last = format!("{last} {}", line.trim_end().trim_end_matches('<').trim()));
            }
            None => {
                body.push_str(line);
                body.push('\n');
            }
        }
    }
    let mut is_titled = false;
    for (i, line) in own.iter().map(|line| plain(line)).enumerate() {
        if line.is_empty() {
            continue;
        }
        let is_slug = i == 0 && (!line.contains(' ') || line.starts_with("BC-") || line.contains(',') && own.len() > 1);
        if is_slug {
            story.keep("slug", Some(line.as_str()));
        } else if without_by(&line) != line {
            story.meta.byline = Some(without_by(&line).to_owned());
            story.push_text(&line, Some(ZoneKind::Byline));
        } else if !is_titled && !line.starts_with("Eds:") {
            is_titled = true;
            story.meta.title = Some(bare_title(&line));
            story.push_text(&bare_title(&line), Some(ZoneKind::Headline));
        } else {
            // Notes to editors, numbers of photos, the writer's bureau.
            story.push_text(&line, Some(ZoneKind::Boilerplate));
        }
    }
    let paragraphs: Vec<String> = paragraphs(&plain(&body)).into_iter().filter(|paragraph| !paragraph.is_empty()).collect();
    if let Some(foot) = foot {
        story.meta.published = day_of(&foot, paragraphs.first().map_or("", String::as_str));
        story.meta.outlet = match &foot[1] {
            "AP" => Some("AP".to_owned()),
            "KWS" => Some("Kyodo".to_owned()),
            "AAP" => Some("AAP".to_owned()),
            _ => None,
        };
    }
    for paragraph in &paragraphs {
        let is_mark = paragraph.chars().all(|c| matches!(c, '_' | '—' | '-' | '*' | ' '));
        story.push_text(paragraph, is_mark.then_some(ZoneKind::Boilerplate));
    }
    story
}

/// `AP-WF-11-13-13 1509GMT` tells the month first, `KWS-21:37-09-12-18` the day: where both can be, the dateline decides.
fn day_of(foot: &regex::Captures<'_>, first: &str) -> Option<String> {
    let (a, b): (i8, i8) = (foot[2].parse().ok()?, foot[3].parse().ok()?);
    let year = year_of(&foot[4])?;
    let month_first = match dateline_day(first) {
        Some(day) if day == (a, b) => true,
        Some(day) if day == (b, a) => false,
        _ if a > 12 => false,
        _ if b > 12 => true,
        _ => &foot[1] != "KWS",
    };
    if month_first { date(year, a, b) } else { date(year, b, a) }
}

/// The signs of the wire as they are meant.
fn plain(text: &str) -> String {
    let text = text.replace("``", "“").replace("''", "”").replace('{', "½").replace('\u{10}', "\u{A0}");
    let is_sign = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = text.chars().filter(is_sign).collect();
    // One alone between words; several are a mark of their own.
    text.replace(" _ ", " — ")
}
