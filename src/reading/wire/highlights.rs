//! The `.story` files of a well-known collection for summaries: a text, then blocks of `@highlight`. They tell neither title
//! nor day; what the page wrote around the byline is frame.

use super::lines::text_of;
use super::story::Story;
use crate::annotation::ZoneKind;
use crate::reading::article::id_of;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};

pub static READER: Reader = Reader { name: "story", what: "a story with highlights", endings: &["story"], knows, read };

fn knows(head: &Head<'_>) -> bool {
    head.text.lines().any(|line| line.trim() == "@highlight")
}

fn read(input: &mut Input<'_>, _: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let (text, encoding) = text_of(input.bytes()?);
    let (body, highlights) = text.split_once("@highlight").unwrap_or((&text, ""));
    let lines: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut story = Story::default();
    let mut at = 0;
    if lines.first() == Some(&"By .") {
        let is_time = |line: &str| line.contains(':') && line.contains(|c: char| c.is_ascii_digit()) && line.len() < 40;
        let is_frame = |line: &str| matches!(line, "By ." | "|" | "." | "PUBLISHED:" | "UPDATED:" | "Last updated at") || is_time(line);
        at = lines.iter().take(12).rposition(|line| is_frame(line)).map_or(0, |last| last + 1);
        let name: Vec<&str> = lines[..at].iter().copied().filter(|line| !is_frame(line)).map(|line| line.trim_end_matches(" .")).collect();
        story.meta.byline = Some(name.join(", ")).filter(|name| !name.is_empty());
        if let Some(name) = story.meta.byline.clone() {
            story.push_text(&format!("By {name}"), Some(ZoneKind::Byline));
        }
    }
    lines[at..].iter().for_each(|line| story.push_text(line, None));
    let points: Vec<&str> = highlights.lines().map(str::trim).filter(|line| !matches!(*line, "" | "@highlight")).collect();
    story.keep("highlights", Some(points.join("\n")));
    if story.is_empty() {
        return Err(Trouble::NoText);
    }
    sink.article(story.into_incoming(id_of(path), 0, "story", encoding));
    Ok(())
}
