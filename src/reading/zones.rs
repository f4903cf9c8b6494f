//! Zones of an article by the look of its lines: headline, byline, dateline, caption, credit, boilerplate.
//!
//! A line is judged by its words (the leftovers that web pages leave in copied text are few and well known) and by its
//! form (a paragraph of body text ends with a full stop, a title or a menu does not), never by what stands somewhere
//! before it. What is doubtful stays body: text that is tagged needlessly costs a key, text that is not tagged may be
//! overlooked.

use std::borrow::Cow;
use std::ops::Range;

use super::days::day_in;
use super::details;
use super::language;
use super::leftovers::{self, Leftover};
use crate::annotation::{Meta, Zone, ZoneKind};
use crate::text::Span;
use crate::text::flow::Flow;

/// The zones of `text` other than body, in order. `known` are those that markup told; they hold as they are.
pub fn find(text: &str, known: &[Zone]) -> Vec<Zone> {
    let lines: Vec<Line<'_>> = lines_of(text);
    let mut kinds: Vec<Option<ZoneKind>> = lines.iter().map(|line| kind_known(line, known)).collect();
    mark_leftovers(&lines, &mut kinds);
    mark_tails(&lines, &mut kinds);
    mark_captions_and_credits(&lines, &mut kinds);
    let first_body = mark_head(&lines, &mut kinds);

    let mut zones: Vec<Zone> = Vec::new();
    let mut last_line = None;
    for (i, (line, kind)) in lines.iter().zip(&kinds).enumerate() {
        if let Some(kind) = *kind {
            match zones.last_mut().filter(|zone| zone.kind == kind && last_line == i.checked_sub(1)) {
                Some(zone) => zone.span.end = line.span.end,
                None => zones.push(Zone { span: line.span, kind }),
            }
            last_line = Some(i);
        } else if let Some(dateline) = dateline(text, line).filter(|_| first_body == Some(i)) {
            zones.push(Zone { span: dateline, kind: ZoneKind::Dateline });
        }
    }
    zones
}

/// Fills in what the zones say of the article, title, byline, date and outlet, and in which language it is, where that is not
/// known yet.
pub fn complete_meta(text: &str, zones: &[Zone], meta: &mut Meta) {
    let flow = Flow::of(text);
    let of_kind = |kind| zones.iter().filter(move |zone| zone.kind == kind && zone.span.of(text).is_some());
    let as_read = |zone: &Zone| flow.flowed(text, zone.span).map_or_else(|| text[zone.span.range()].to_owned(), |flowed| flowed.text);
    let lines = |kind| {
        let lines = of_kind(kind).flat_map(|zone| as_read(zone).lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>());
        lines.filter(|line| !line.is_empty())
    };
    if meta.title.is_none() {
        let title = lines(ZoneKind::Headline).next();
        meta.title = title.map(|title| title.chars().filter(|c| !c.is_control()).collect());
    }
    if meta.byline.is_none() {
        let byline = lines(ZoneKind::Byline).find(|line| leftovers::is_byline(line));
        meta.byline = byline.map(|line| details::without_by(&line).to_owned());
    }
    if meta.published.is_none() {
        meta.published = lines(ZoneKind::Byline).find_map(|line| day_in(&line));
    }
    if meta.outlet.is_none() {
        meta.outlet = lines(ZoneKind::Boilerplate).find_map(|line| details::outlet_in(&line));
    }
    let said = meta.language.take().map(|said| language::tag_of(&said)).filter(|tag| !tag.is_empty());
    meta.language = said.or_else(|| language::of(text, zones).map(str::to_owned));
}

struct Line<'t> {
    span: Span,
    /// As it reads, where it is a paragraph that is broken into lines.
    text: Cow<'t, str>,
    words: usize,
    /// Ends as a sentence does.
    has_stop: bool,
    /// A blank line stands before it.
    is_apart: bool,
    leftover: Option<Leftover>,
}

impl Line<'_> {
    /// Could stand over a few lines.
    fn is_heading(&self) -> bool {
        self.is_title() && self.words <= 8
    }

    /// Reads like a title: short, and without a full stop.
    fn is_title(&self) -> bool {
        !self.has_stop && self.words <= 30 && !self.text.ends_with([':', ',', ';'])
    }
}

fn lines_of(text: &str) -> Vec<Line<'_>> {
    let flow = Flow::of(text);
    let mut end = 0;
    let line = |span: Span| {
        let text_before = &text[end..span.start as usize];
        let is_apart = end == 0 || text_before.matches('\n').nth(1).is_some();
        end = span.end as usize;
        let inner = match flow.flowed(text, span) {
            Some(flowed) => Cow::Owned(flowed.text),
            None => Cow::Borrowed(span.of(text).unwrap_or_default()),
        };
        let words = leftovers::word_count(&inner);
        Line { span, words, has_stop: leftovers::has_stop(&inner), is_apart, leftover: leftovers::of_line(&inner), text: inner }
    };
    flow.paragraphs(text).map(line).collect()
}

fn kind_known(line: &Line<'_>, known: &[Zone]) -> Option<ZoneKind> {
    let at = known.partition_point(|zone| zone.span.end <= line.span.start);
    known.get(at).filter(|zone| zone.span.overlaps(line.span)).map(|zone| zone.kind)
}

/// Leftovers inside the article: single lines, and the teasers after "Read more".
fn mark_leftovers(lines: &[Line<'_>], kinds: &mut [Option<ZoneKind>]) {
    for i in 0..lines.len() {
        if kinds[i].is_some() || lines[i].leftover.is_none() {
            continue;
        }
        kinds[i] = Some(ZoneKind::Boilerplate);
        let is_pitch = lines[i].leftover == Some(Leftover::Notice) && i > 1 && !lines[i].is_apart && lines[i - 1].is_heading();
        if is_pitch && (lines[i - 1].is_apart || kinds[i - 2] == Some(ZoneKind::Boilerplate)) {
            kinds[i - 1] = kinds[i - 1].or(Some(ZoneKind::Boilerplate));
        }
        if lines[i].leftover == Some(Leftover::Teaser) {
            let teasers = lines[i + 1..].iter().take(MAX_TEASERS).take_while(|line| !line.is_apart && line.is_title());
            let count = teasers.count();
            for kind in &mut kinds[i + 1..i + 1 + count] {
                *kind = kind.or(Some(ZoneKind::Boilerplate));
            }
        }
    }
}

/// How many lines after "Read more" can belong to it.
const MAX_TEASERS: usize = 4;

/// The titles under "Related articles" and "Most read", with the words that stand under each, and the talk under
/// "Comments". A line is never a leftover for what stands somewhere before it: each of these is told by its own form too,
/// and the first that is not ends them.
fn mark_tails(lines: &[Line<'_>], kinds: &mut [Option<ZoneKind>]) {
    let mut i = 0;
    while i < lines.len() {
        let end = match lines[i].leftover {
            Some(Leftover::Tail) => titles_end(lines, i),
            Some(Leftover::Talk) => talk_end(lines, i),
            _ => i + 1,
        };
        for kind in &mut kinds[i + 1..end] {
            *kind = kind.or(Some(ZoneKind::Boilerplate));
        }
        i = end;
    }
}

/// How many titles can stand under one heading.
const MAX_TITLES: usize = 15;

/// Where the titles under the heading at `start` end.
fn titles_end(lines: &[Line<'_>], start: usize) -> usize {
    let is_item = |line: &Line<'_>| line.is_title() && line.words <= 20;
    let mut titles = 0;
    let mut after_title = false;
    for (i, line) in lines.iter().enumerate().skip(start + 1) {
        let next = lines.get(i + 1);
        let goes_on = if line.leftover == Some(Leftover::Talk) {
            false
        } else if line.leftover.is_some() || leftovers::is_date_line(&line.text) {
            true
        } else if is_item(line) && titles < MAX_TITLES {
            // A title on its own before a paragraph is a subhead of the article.
            let is_subhead = line.is_apart && titles > 0 && next.is_none_or(|next| next.is_apart && !is_item(next));
            titles += 1;
            after_title = true;
            !is_subhead
        } else {
            // Words under a title, in a text whose paragraphs stand apart.
            let is_blurb = after_title && !line.is_apart && lines[start].is_apart;
            after_title = false;
            is_blurb && next.is_none_or(|next| next.is_apart || is_item(next) || next.leftover.is_some())
        };
        if !goes_on {
            return i;
        }
    }
    lines.len()
}

/// How many lines after a mark of readers' talk the next one must stand, at most.
const MAX_TALK: usize = 4;

/// Where the talk of readers under the heading at `start` ends: after the last line that only such talk has.
fn talk_end(lines: &[Line<'_>], start: usize) -> usize {
    let mut end = start + 1;
    for (i, line) in lines.iter().enumerate().skip(start + 1) {
        if i > end + MAX_TALK {
            break;
        }
        if leftovers::is_talk(&line.text) {
            end = i + 1;
        }
    }
    end
}

fn mark_captions_and_credits(lines: &[Line<'_>], kinds: &mut [Option<ZoneKind>]) {
    for (line, kind) in lines.iter().zip(kinds.iter_mut()).filter(|(_, kind)| kind.is_none()) {
        if line.words <= 40 && leftovers::is_credit(&line.text) {
            *kind = Some(ZoneKind::Credit);
        } else if line.words <= 90 && leftovers::is_caption(&line.text) {
            *kind = Some(ZoneKind::Caption);
        }
    }
}

/// Headline, standfirst, byline and date before the first paragraph. Answers where that is.
fn mark_head(lines: &[Line<'_>], kinds: &mut [Option<ZoneKind>]) -> Option<usize> {
    let open: Vec<usize> = (0..lines.len()).filter(|i| kinds[*i] != Some(ZoneKind::Boilerplate)).collect();
    let is_known = |i: usize, kinds: &[Option<ZoneKind>]| kinds[i].is_some();
    let byline_at = (0..open.len().min(5)).find(|k| leftovers::is_byline(&lines[open[*k]].text));
    let mut k = 0;
    let mut has_headline = false;
    let mut has_byline = false;
    while k < open.len().min(10) {
        let (i, line) = (open[k], &lines[open[k]]);
        if is_known(i, kinds) {
            has_headline |= kinds[i] == Some(ZoneKind::Headline);
            k += 1;
            continue;
        }
        let is_last = k + 1 == open.len();
        if leftovers::is_byline(&line.text) || (line.words <= 14 && leftovers::is_date_line(&line.text)) {
            kinds[i] = Some(ZoneKind::Byline);
            has_byline = true;
        } else if is_last || has_byline {
            break;
        } else if line.is_title() || (line.words <= 45 && byline_at.is_some_and(|at| k < at)) {
            // Only one line may follow the headline without a byline after it: a standfirst, not a subhead.
            let goes_with_headline = byline_at.is_some_and(|at| k < at) || !line.is_apart;
            if has_headline && !goes_with_headline {
                break;
            }
            kinds[i] = Some(ZoneKind::Headline);
            has_headline = true;
        } else {
            break;
        }
        k += 1;
    }
    open.get(k).copied()
}

/// `PALDISKI, Estonia — ` at the beginning of the first paragraph.
fn dateline(text: &str, line: &Line<'_>) -> Option<Span> {
    let Range { start, end } = leftovers::dateline(&line.text)?;
    let base = line.span.start as usize;
    // Only in a paragraph that reads otherwise than it stands is it anywhere else.
    let flowed = Flow::of(text).flowed(text, line.span);
    Some(flowed.map_or(Span::new(base + start, base + end), |flowed| flowed.stored(Span::new(start, end))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines marked with the first letter of their kind; body has none.
    #[track_caller]
    fn check(marked: &str) {
        let (mut text, mut expected) = (String::new(), Vec::new());
        for line in marked.lines() {
            let (kind, words) = line.split_once('|').unwrap_or(("", line));
            text.push_str(words);
            text.push('\n');
            if !words.trim().is_empty() {
                expected.push(format!("{kind}|{words}"));
            }
        }
        let zones = find(&text, &[]);
        let of_line = |line: &Line<'_>| {
            let zone = zones.iter().find(|zone| zone.kind != ZoneKind::Dateline && zone.span.overlaps(line.span));
            let name = zone.map_or("", |zone| &zone.kind.as_str()[..2]);
            format!("{name}|{}", line.text)
        };
        let found: Vec<_> = lines_of(&text).iter().map(of_line).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_page_with_everything_on_it() {
        check(
            "bo|Skip to main content
he|Minister Opens Bridge Over the Vell
he|A decade late, and a third over budget
by|By Ann Lee
by|Sept. 4, 2024, 7:15 a.m.
bo|Share on Facebook

PORT VELL, Freeland — The minister opened the bridge on Monday, a decade after the first stone was laid.

bo|Read More
bo|Bridge Costs Rise Again
bo|9/3/2024

He thanked the builders, their families and the fishermen whose boats had carried the first of the steel.

ca|The bridge at night. (Bo Ek/AFP via Getty Images)

What remains

The road on the far bank is not finished, and lorries will use the ferry until spring comes again.

cr|Bo Ek contributed to this report.

bo|Related articles
bo|Ferry Runs Aground
bo|The captain had been asleep for an hour, an inquiry was told on Tuesday by three sailors.
bo|Most popular
bo|Never Miss A Story
bo|We use our own and third party cookies to understand how this site is used by those who read it every day.
bo|© 2024 The Harbour Courier Ltd. All rights reserved.
",
        );
    }

    #[test]
    fn paragraphs_end_a_tail() {
        check(
            "he|Talks End

The two sides met for a third day in the capital, and parted without a word to the press.

bo|Related articles
bo|What the talks are about

They are to meet again in May, a spokesman said, though neither side would name a place for it.

Nobody expects much, and the hotels have already given their rooms to a congress of dentists.",
        );
    }

    /// A line is a leftover by itself: whatever stands before them, short paragraphs stay.
    #[test]
    fn nothing_is_grey_for_what_stands_before_it() {
        let story = "Bergen opens a pier on Sunday. Marta Lind is glad.

Boats leave at 8 p.m.

“We will sail,” said Lind.

Her rival spoke in Graz.

Kelp, tar, rope

Northgate Bank paid for it.";
        for notice in [
            "bo|Sign up for the Quay, our letter by Nora Hale: what you need before six, in your inbox.",
            "bo|We use cookies to count visits to this website and to remember your settings.",
            "bo|By signing up you accept our terms and our privacy policy. You can leave at any time.",
            "bo|Subscribe to our newsletter",
            "bo|Enter your e-mail address",
            "bo|© 2024 The Quay. All rights reserved.",
            "bo|Comments (14)   Log in to join the conversation",
            "bo|Never miss a story",
            "bo|Melden Sie sich für unseren Newsletter an.",
            "bo|Inscrivez-vous à la lettre du soir.",
            "bo|Para seguir leyendo hace falta una cuenta.",
            "bo|Мы используем файлы cookie, чтобы сайт работал.",
            "bo|Related articles\nbo|Ferry aground off Oslo\nbo|Whale seen",
            "bo|Most read",
        ] {
            check(&format!("he|Pier opens\n\n{notice}\n\n{story}"));
            check(&format!(
                "he|Pier opens\n\nBergen opens a pier, and the mayor said on Monday that it would not be the last.\n\n{notice}\n\n{story}"
            ));
        }
        // Also where paragraphs do not stand apart.
        check(&format!("he|Pier opens\nbo|Subscribe to our newsletter\n{}", story.replace("\n\n", "\n")));
    }

    #[test]
    fn readers_talk_is_told_by_its_marks() {
        check(
            "he|Pier opens

Bergen opens a pier on Sunday. Marta Lind is glad.

bo|Comments (2)
bo|Otto
bo|3 hours ago
bo|Nobody asked us here in the bay.
bo|Reply
bo|Eva
bo|Quite so.
bo|Reply · 3

Northgate Bank paid for it.",
        );
        check("he|Pier opens\n\nBergen opens a pier on Sunday.\n\nbo|Comments\n\nThe minister made none. He left by boat.");
    }

    #[test]
    fn text_without_furniture_is_all_body() {
        check(
            "KLANG: The allegation is untrue, the former minister said on Monday, and he would say so in court.\n\nHidden gem\n\nThe valley lies two hours south of the city, and few who visit the coast ever see it.",
        );
        check("One line only");
        check("");
    }

    #[test]
    fn the_dateline_is_a_zone_of_its_own() {
        let text = "Head\n\nPALDISKI, Estonia (Reuters) — From the cliff the tanker looks like any other ship.";
        let zones = find(text, &[]);
        let dateline = zones.iter().find(|zone| zone.kind == ZoneKind::Dateline).map(|zone| &text[zone.span.range()]);
        assert_eq!(dateline, Some("PALDISKI, Estonia (Reuters) —"));
    }

    #[test]
    fn meta_comes_from_the_zones() {
        let text = "Talks End\nBy Ann Lee\nPublished July 11, 2023\n\nThe talks ended on Tuesday after four hours of silence and one of shouting.\n\n© 2023 Kyiv Post. All rights reserved.";
        let zones = find(text, &[]);
        let mut meta = Meta::default();
        complete_meta(text, &zones, &mut meta);
        assert_eq!(meta.title.as_deref(), Some("Talks End"));
        assert_eq!(meta.byline.as_deref(), Some("Ann Lee"));
        assert_eq!(meta.published.as_deref(), Some("2023-07-11"));
        assert_eq!(meta.outlet.as_deref(), Some("Kyiv Post"));
    }
}
