//! Exports of Nexis as text: the old form, whose articles begin with `1 of 20 DOCUMENTS`, and that of Nexis Uni, whose
//! articles end with `End of Document`.
//!
//! Both are read from lines, so that the text of an RTF or Word export is read in the same way. The text of an article is
//! its part of the file to the byte; title, outlet, day and what else stands around it become metadata, and what is no part
//! of the story is boilerplate.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::fields::{Field, field_of, is_capital_field, is_rights};
use super::frame::{Frame, Line, lines_of};
use crate::annotation::{Article, ArticleId};
use crate::reading::article::id_of;
use crate::reading::days::day_or_month_in;
use crate::reading::decode::decode;
use crate::reading::details::pattern;
use crate::reading::fault::Trouble;
use crate::reading::incoming::{Incoming, Sink};
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};

pub static READER: Reader = Reader { name: "nexis", what: "articles exported from Nexis as text", endings: &[], knows, read };

fn knows(head: &Head<'_>) -> bool {
    !head.text.starts_with(['<', '{']) && knows_text(&head.text)
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let decoded = decode(input.bytes()?, how.encoding)?;
    hand_out(path, &decoded.text, decoded.encoding, sink);
    Ok(())
}

/// Whether a text, or its beginning, is an export.
pub fn knows_text(text: &str) -> bool {
    let mut bodies = 0;
    let mut fields = 0;
    for line in text.lines().map(str::trim) {
        if marker(line).is_some() || is_end(line) {
            return true;
        }
        bodies += usize::from(line == "Body");
        fields += usize::from(line.starts_with("Length:") || line.starts_with("Load-Date:") || line.starts_with("Documents ("));
    }
    bodies > 0 && fields > 1
}

/// Hands out the articles of an export.
pub fn hand_out(path: &Path, text: &str, encoding: &'static str, sink: &mut Sink<'_>) {
    let lines = lines_of(text);
    let markers: Vec<(usize, (u32, u32))> = lines.iter().enumerate().filter_map(|(i, line)| Some((i, marker(line.text)?))).collect();
    let parts = if markers.is_empty() { parts_by_ends(&lines) } else { parts_by_markers(&lines, &markers) };
    check(&lines, &markers, &parts, sink);
    if let Some(first) = parts.first().map(|part| part.start) {
        tell_cover(&lines[..first], sink);
    }
    let (stem, count) = (id_of(path), parts.len());
    for (i, part) in parts.into_iter().enumerate() {
        if sink.is_cancelled() {
            return;
        }
        let start = lines[part.start].start;
        let last = lines[part.clone()].iter().rev().find(|line| !line.is_blank());
        let part_text = &text[start..last.map_or(start, |line| line.start + line.text.len())];
        let frame = Frame::new(part_text);
        let id = if count == 1 { stem.clone() } else { ArticleId::new(&format!("{stem}-{}", i + 1)) };
        let (article, has_text) = if markers.is_empty() { of_uni(frame, id) } else { of_old(frame, id) };
        let mut incoming = Incoming { number: u32::try_from(i + 1).unwrap_or(u32::MAX), ..Incoming::new(article, encoding) };
        if !has_text {
            incoming.notes.push(Trouble::Partial(format!("article {}: no text was found between its fields; look at it", i + 1)));
        }
        sink.article(incoming);
    }
}

/// `1 of 20 DOCUMENTS`, in six languages.
fn marker(line: &str) -> Option<(u32, u32)> {
    static MARKER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?i:(\d{1,5}) (?:of|von|de|van|di|sur) (\d{1,5}) (?:documents?|dokumente?n?|documenten|documentos?|documenti)|(?:document|dokument|documento) (\d{1,5}) (?:of|von|de|van|di|sur) (\d{1,5}))$",
        )
    });
    if line.len() > 60 || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = MARKER.captures(line)?;
    let number = |a, b| found.get(a).or(found.get(b)).and_then(|digits| digits.as_str().parse().ok());
    Some((number(1, 3)?, number(2, 4)?))
}

/// `End of Document`, in six languages.
fn is_end(line: &str) -> bool {
    let line = line.to_lowercase();
    matches!(
        line.as_str(),
        "end of document"
            | "ende des dokuments"
            | "ende dokument"
            | "fin du document"
            | "einde van document"
            | "einde van het document"
            | "fin del documento"
            | "fine del documento"
            | "fine documento"
    )
}

fn parts_by_markers(lines: &[Line<'_>], markers: &[(usize, (u32, u32))]) -> Vec<Range<usize>> {
    let ends = markers.iter().skip(1).map(|(i, _)| *i).chain([lines.len()]);
    markers.iter().zip(ends).map(|((start, _), end)| *start..end).collect()
}

fn parts_by_ends(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (i, _) in lines.iter().enumerate().filter(|(_, line)| is_end(line.text)) {
        parts.push(start..i + 1);
        start = i + 1;
    }
    if lines[start..].iter().any(|line| is_body(line.text)) {
        parts.push(start..lines.len());
    } else if let Some(last) = parts.last_mut() {
        // A line such as the number of the last page.
        last.end = lines.len();
    }
    for part in &mut parts {
        part.start = lines[part.clone()].iter().position(|line| !line.is_blank()).map_or(part.start, |at| part.start + at);
    }
    if let Some(first) = parts.first_mut() {
        first.start = after_cover(lines, first.clone());
    }
    parts
}

/// The text alone follows.
fn is_body(line: &str) -> bool {
    matches!(
        line.trim_end_matches(':'),
        "Body" | "BODY" | "Volltext" | "Textkörper" | "Corps" | "Texte intégral" | "Cuerpo" | "Corpo" | "Tekst"
    )
}

/// Where the first article of Nexis Uni begins: its title, which stands over its outlet and its day, and in the list of the
/// cover.
fn after_cover(lines: &[Line<'_>], first: Range<usize>) -> usize {
    let body = first.clone().find(|i| is_body(lines[*i].text)).unwrap_or(first.end);
    let Some(day) = (first.start..body).rev().find(|i| is_day_line(lines[*i].text)) else { return first.start };
    let before = |from: usize| (first.start..from).rev().find(|i| !lines[*i].is_blank());
    let Some(outlet) = before(day) else { return first.start };
    let Some(mut title) = before(outlet) else { return outlet };
    let listed: Vec<String> = lines[first.start..title].iter().filter_map(|line| listed_title(line.text)).collect();
    let mut words = lines[title].text.to_owned();
    for i in (first.start..title).rev().take(4) {
        let is_whole = |words: &String| listed.iter().any(|title| title == words);
        if is_whole(&words) || lines[i].is_blank() || listed_title(lines[i].text).is_some() {
            break;
        }
        words = format!("{} {words}", lines[i].text);
        // Without blank lines between them, what stands over it is taken only where the list has it.
        if is_whole(&words) || lines[title + 1].is_blank() {
            title = i;
        }
    }
    title
}

/// `12. Port strike ends`
fn listed_title(line: &str) -> Option<String> {
    let (number, title) = line.split_once(". ")?;
    (number.len() <= 4 && number.parse::<u32>().is_ok()).then(|| title.trim().to_owned())
}

/// A line that tells a day and little else.
fn is_day_line(line: &str) -> bool {
    line.len() <= 70
        && field_of(line).is_none()
        && !is_rights(line)
        && line.split_whitespace().count() <= 9
        && day_or_month_in(line).is_some()
}

/// What the file says of how many articles it holds, held against what was found.
fn check(lines: &[Line<'_>], markers: &[(usize, (u32, u32))], parts: &[Range<usize>], sink: &mut Sink<'_>) {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (_, (number, of)) in markers {
        match runs.last_mut().filter(|(all, numbers)| all == of && numbers.last().is_some_and(|last| last < number)) {
            Some((_, numbers)) => numbers.push(*number),
            None => runs.push((*of, vec![*number])),
        }
    }
    for (of, numbers) in &runs {
        let missing: Vec<String> = (1..=*of).filter(|n| !numbers.contains(n)).map(|n| n.to_string()).collect();
        if !missing.is_empty() {
            let shown = missing[..missing.len().min(20)].join(", ");
            let told = format!("says that it holds {of} articles, and {} were found; missing: {shown}", numbers.len());
            sink.tell(Trouble::Partial(told));
        }
    }
    let announced = lines.iter().take(200).find_map(|line| {
        let count = line.text.strip_prefix("Documents (").or_else(|| line.text.strip_prefix("Dokumente ("))?;
        count.strip_suffix(')')?.parse::<usize>().ok()
    });
    if let Some(announced) = announced.filter(|announced| markers.is_empty() && *announced != parts.len()) {
        sink.tell(Trouble::Partial(format!("says that it holds {announced} articles, and {} were found", parts.len())));
    }
}

fn tell_cover(cover: &[Line<'_>], sink: &mut Sink<'_>) {
    let lines: Vec<&str> = cover.iter().map(|line| line.text).filter(|line| !line.is_empty()).collect();
    if let Some(first) = lines.first() {
        let first: String = first.chars().take(60).collect();
        sink.tell(Trouble::Told(format!("the cover page was left out: {} lines from “{first}” on", lines.len())));
    }
}

/// An article of the old form; and whether it has a text.
fn of_old(mut frame: Frame<'_>, id: ArticleId) -> (Article, bool) {
    frame.boilerplate(0);
    let head: Vec<usize> = (1..frame.lines.len()).filter(|i| !frame.lines[*i].is_blank()).take(12).collect();
    let mut at = frame.next(1);
    if let Some(day) = head.iter().copied().find(|i| is_day_line(frame.lines[*i].text)) {
        let outlet: Vec<&str> = (at..day).map(|i| frame.lines[i].text).filter(|line| !line.is_empty() && !is_rights(line)).collect();
        frame.meta.outlet = Some(outlet.join(" ")).filter(|outlet| !outlet.is_empty());
        frame.meta.published = day_or_month_in(frame.lines[day].text);
        let edition = frame.blank(day);
        (at..edition).for_each(|i| frame.boilerplate(i));
        let words = frame.words(day + 1..edition);
        frame.keep("edition", &words);
        at = frame.next(edition);
    }
    if at < frame.lines.len() && field_of(frame.lines[at].text).is_none() {
        let end = frame.blank(at);
        frame.title(at..end);
        at = frame.next(end);
    }
    let ahead: Vec<usize> = (at..frame.lines.len()).filter(|i| !frame.lines[*i].is_blank()).take(40).collect();
    let length = ahead.iter().copied().find(|i| matches!(field_of(frame.lines[*i].text), Some((Field::Length, _))));
    while at < frame.lines.len() {
        match field_of(frame.lines[at].text) {
            Some((Field::Body, value)) => {
                at = frame.field(at, Field::Body, value);
                at = frame.next(at);
                break;
            }
            Some((field, value)) if is_head(field) || length.is_some_and(|length| at < length) => {
                at = frame.field(at, field, value);
                at = frame.next(at);
            }
            // A subhead, between the title and the length.
            None if length.is_some_and(|length| at < length) => {
                let end = frame.blank(at);
                frame.title(at..end);
                at = frame.next(end);
            }
            _ => break,
        }
    }
    let tail = tail_of(&frame, at);
    mark_tail(&mut frame, tail);
    let has_text = (at..tail).any(|i| !frame.lines[i].is_blank());
    (frame.into_article(id), has_text)
}

fn is_head(field: Field) -> bool {
    matches!(field, Field::Byline | Field::Section | Field::Length | Field::Dateline | Field::Highlight | Field::Edition)
}

/// Where the fields after the text begin: blocks that are nothing else, up to the end.
fn tail_of(frame: &Frame<'_>, body: usize) -> usize {
    let is_tail = |text: &str| {
        let is_known = |(field, _)| matches!(field, Field::Language | Field::Graphic | Field::Other);
        field_of(text).is_some_and(is_known) || is_capital_field(text) || is_rights(text)
    };
    let mut tail = frame.lines.len();
    while let Some(last) = (body..tail).rev().find(|i| !frame.lines[*i].is_blank()) {
        let first = (body..=last).rev().take_while(|i| !frame.lines[*i].is_blank()).last().unwrap_or(last);
        if !is_tail(frame.lines[first].text) {
            break;
        }
        tail = first;
    }
    // One that is told in several paragraphs hides those before it.
    let begins = ["LOAD-DATE:", "GRAPHIC:", "GRAFIK:", "LANGUAGE:", "SPRACHE:", "LANGUE:", "PUBLICATION-TYPE:"];
    let first = (body..tail).find(|i| begins.iter().any(|name| frame.lines[*i].text.starts_with(name)));
    first.unwrap_or(tail)
}

fn mark_tail(frame: &mut Frame<'_>, tail: usize) {
    let mut at = tail;
    while at < frame.lines.len() {
        let text = frame.lines[at].text;
        at = match field_of(text) {
            Some((field, value)) => frame.field(at, field, value),
            None => {
                frame.boilerplate(at);
                at + 1
            }
        };
    }
}

/// An article of Nexis Uni; and whether it has a text.
fn of_uni(mut frame: Frame<'_>, id: ArticleId) -> (Article, bool) {
    let count = frame.lines.len();
    let body = (0..count).find(|i| is_body(frame.lines[*i].text));
    let head_end = body.unwrap_or(count.min(60));
    let day = (0..head_end).find(|i| is_day_line(frame.lines[*i].text));
    let mut at = 0;
    if let Some(day) = day {
        let outlet = (0..day).rev().find(|i| !frame.lines[*i].is_blank()).unwrap_or(0);
        if outlet < day {
            frame.boilerplate(outlet);
            frame.meta.outlet = Some(frame.words(outlet..outlet + 1));
        }
        frame.title(0..outlet);
        frame.meta.published = day_or_month_in(frame.lines[day].text);
        frame.boilerplate(day);
        at = day + 1;
    }
    while at < head_end {
        let text = frame.lines[at].text;
        at = match field_of(text) {
            Some((field, value)) => frame.field(at, field, value),
            None if text.is_empty() || body.is_some() || is_rights(text) => {
                if !text.is_empty() && !is_rights(text) {
                    frame.keep("edition", text);
                }
                frame.boilerplate(at);
                at + 1
            }
            None => break,
        };
    }
    if let Some(body) = body {
        frame.boilerplate(body);
        at = body + 1;
    }
    let tail = (at..count).find(|i| is_uni_tail(frame.lines[*i].text)).unwrap_or(count);
    let mut is_caption = false;
    let mut i = tail;
    while i < count {
        let text = frame.lines[i].text;
        if matches!(text, "Graphic" | "Grafik" | "Graphique" | "Gráfico" | "Grafico" | "Afbeelding") {
            is_caption = true;
        } else if is_uni_tail(text) || field_of(text).is_some() || is_end(text) {
            is_caption = false;
        } else if is_caption {
            frame.mark(i, 0, crate::annotation::ZoneKind::Caption);
            i += 1;
            continue;
        }
        i = match field_of(text) {
            Some((field, value)) => frame.field(i, field, value),
            None => {
                frame.boilerplate(i);
                i + 1
            }
        };
    }
    let has_text = (at..tail).any(|i| !frame.lines[i].is_blank());
    (frame.into_article(id), has_text)
}

fn is_uni_tail(line: &str) -> bool {
    let alone =
        ["Classification", "Klassifizierung", "Clasificación", "Classificazione", "Classificatie", "Graphic", "Grafik", "Graphique"];
    alone.contains(&line) || line.starts_with("Load-Date:") || is_end(line)
}
