//! A story of the wire while it is made: paragraphs with the names that are marked in them, and what is known of it.

use super::day::day_of;
use super::lines::notebook_at;
use crate::annotation::{Article, ArticleId, Extra, Label, Mention, MentionId, Meta, Origin, Zone, ZoneKind};
use crate::reading::fault::Trouble;
use crate::reading::incoming::Incoming;
use crate::reading::page::Page;
use crate::reading::zones;
use crate::text::Span;
use crate::text::paragraphs::trim;

/// Words in a row, and which of them are marked as names.
#[derive(Default, Debug)]
pub struct Words {
    pub text: String,
    marks: Vec<(usize, usize, &'static str, Option<String>)>,
}

impl Words {
    /// Adds text, whose white space is one blank.
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            // Blanks that hold words together stay.
            if !c.is_ascii_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    /// What was added since `from` is marked as a name, without its blanks, its possessive ending and the stops after it.
    pub fn mark(&mut self, from: usize, label: &'static str, value: Option<String>) {
        let Some(span) = trim(&self.text, Span::new(from.min(self.text.len()), self.text.len())) else { return };
        let words = &self.text[span.range()];
        let bare = ["'s", "’s", "'", "’", ",", ";"].iter().fold(words, |words, ending| words.strip_suffix(ending).unwrap_or(words));
        let start = span.start as usize;
        if !bare.is_empty() && self.marks.last().is_none_or(|(_, end, ..)| *end <= start) {
            self.marks.push((start, start + bare.len(), label, value));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

#[derive(Default)]
pub struct Story {
    text: String,
    zones: Vec<Zone>,
    mentions: Vec<(Span, &'static str, Option<String>)>,
    pub meta: Meta,
    extras: Vec<Extra>,
    pub notes: Vec<Trouble>,
}

impl Story {
    /// Adds a paragraph.
    pub fn push(&mut self, words: &Words, kind: Option<ZoneKind>) {
        self.add(words, kind, "\n\n");
    }

    /// Adds a line on the one after the last, such as an item of a list.
    pub fn push_line(&mut self, words: &Words, kind: Option<ZoneKind>) {
        self.add(words, kind, "\n");
    }

    pub fn push_text(&mut self, text: &str, kind: Option<ZoneKind>) {
        let mut words = Words::default();
        words.push(text);
        self.push(&words, kind);
    }

    /// Adds all blocks of a page, with what is known of them.
    pub fn push_page(&mut self, page: &Page) {
        if page.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let base = self.text.len();
        self.text.push_str(page.text());
        let moved = |zone: &Zone| Zone { span: Span::new(base + zone.span.start as usize, base + zone.span.end as usize), ..*zone };
        // Its own headline is that of a part.
        self.zones.extend(page.hints().iter().filter(|zone| zone.kind != ZoneKind::Headline).map(moved));
    }

    fn add(&mut self, words: &Words, kind: Option<ZoneKind>, gap: &str) {
        let cut = words.text.len() - words.text.trim_start().len();
        let text = words.text.trim();
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(gap);
        }
        let base = self.text.len();
        self.text.push_str(text);
        self.zones.extend(kind.map(|kind| Zone { span: Span::new(base, self.text.len()), kind }));
        let inside = words.marks.iter().filter(|(start, end, ..)| *start >= cut && *end <= cut + text.len());
        self.mentions
            .extend(inside.map(|(start, end, label, value)| (Span::new(base + start - cut, base + end - cut), *label, value.clone())));
    }

    /// What is only to be kept, such as the story's id.
    pub fn keep(&mut self, key: &str, value: Option<impl Into<String>>) {
        let Some(value) = value.map(Into::into).filter(|value| !value.is_empty()) else { return };
        if self.extras.iter().all(|extra| extra.key != key) {
            self.extras.push(Extra { format: "wire".to_owned(), key: key.to_owned(), value });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a paragraph stands in the story as it is.
    pub fn has(&self, paragraph: &str) -> bool {
        !paragraph.is_empty() && self.text.split("\n\n").any(|block| block == paragraph)
    }

    /// The article, of a number in its file. `tool` is told as the origin of its mentions.
    pub fn into_incoming(mut self, id: ArticleId, number: u32, tool: &str, encoding: &'static str) -> Incoming {
        self.leave_out_notebook();
        self.leave_out_second_dateline();
        self.mark_sign_off();
        self.tell_hold();
        self.zones.sort_by_key(|zone| zone.span);
        let mut article = Article::new(id, self.text.as_str());
        article.zones = zones::find(&self.text, &self.zones);
        article.meta = self.meta;
        zones::complete_meta(&article.text, &article.zones, &mut article.meta);
        article.extras = self.extras;
        for (span, label, value) in self.mentions {
            if article.is_boilerplate_at(span.start as usize) {
                continue;
            }
            let label = Label::new(label);
            let first = MentionId::of(&article.id, span, &label);
            let taken = |id: &MentionId| article.mentions.iter().any(|mention| mention.id == *id);
            let id = std::iter::successors(Some(first), |id| Some(id.next())).find(|id| !taken(id)).unwrap_or(first);
            let mut mention = Mention::suggested(id, span, label, Origin::Import(tool.into()));
            mention.value = value.map(Into::into);
            article.mentions.push(mention);
        }
        article.mentions.sort_by(Mention::reading_order);
        Incoming { number, notes: self.notes, ..Incoming::new(article, encoding) }
    }

    /// What is for editors alone ends the story.
    fn leave_out_notebook(&mut self) {
        let paragraphs: Vec<String> = self.text.split("\n\n").map(str::to_owned).collect();
        let Some(at) = notebook_at(&paragraphs).filter(|at| *at > 0) else { return };
        let count = match paragraphs.len() - at {
            1 => "1 paragraph".to_owned(),
            n => format!("{n} paragraphs"),
        };
        self.notes.push(Trouble::Told(format!("what is not for publication was left out: {count}")));
        let end = paragraphs[..at].iter().map(|paragraph| paragraph.len() + 2).sum::<usize>() - 2;
        self.cut(end, self.text.len());
    }

    /// Agencies say place and agency in a field, in the first paragraph, or in both.
    fn leave_out_second_dateline(&mut self) {
        let Some(line) = self.zones.iter().find(|zone| zone.kind == ZoneKind::Dateline).map(|zone| zone.span) else { return };
        let own = |text: &str| text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')').to_lowercase();
        let said = own(&self.text[line.range()]);
        let Some(next) = self.text[line.end as usize..].strip_prefix("\n\n") else { return };
        let first = next.split('\n').next().unwrap_or_default().to_lowercase();
        let is_again = first.strip_prefix(&said).is_some_and(|rest| !said.is_empty() && !rest.starts_with(char::is_alphanumeric));
        if is_again {
            self.cut(line.start as usize, line.end as usize + 2);
        }
    }

    /// Takes a part of the text out; what is marked in it is gone with it.
    fn cut(&mut self, start: usize, end: usize) {
        self.text.replace_range(start..end, "");
        let is_out = |span: Span| (span.start as usize) < end && (span.end as usize) > start;
        let moved = |span: Span| {
            let by = if (span.start as usize) < end { 0 } else { (end - start) as u32 };
            Span { start: span.start - by, end: span.end - by }
        };
        self.zones.retain(|zone| !is_out(zone.span));
        self.mentions.retain(|(span, ..)| !is_out(*span));
        self.zones.iter_mut().for_each(|zone| zone.span = moved(zone.span));
        self.mentions.iter_mut().for_each(|(span, ..)| *span = moved(*span));
    }

    /// The last line of an agency's story is its mark, no text; so is a line that only parts.
    fn mark_sign_off(&mut self) {
        self.zones.sort_by_key(|zone| zone.span);
        let zones = &self.zones;
        let is_known = |span: Span| {
            let at = zones.partition_point(|zone| zone.span.end <= span.start);
            zones.get(at).is_some_and(|zone| zone.span.start < span.end)
        };
        let mut lines = Vec::new();
        let mut at = 0;
        for line in self.text.split('\n') {
            lines.extend((!line.is_empty()).then(|| Span::new(at, at + line.len())));
            at += line.len() + 1;
        }
        let is_rule = |span: &Span| {
            let line = &self.text[span.range()];
            line.len() > 1 && line.chars().all(|c| matches!(c, '_' | '*' | '#'))
        };
        // Who else worked on it may stand behind its end.
        let own = lines.iter().skip(1).rev().find(|line| !is_known(**line));
        let sign_off = own.filter(|line| is_sign_off(&self.text[line.range()])).copied();
        let marks: Vec<Span> = lines.into_iter().filter(|line| Some(*line) == sign_off || is_rule(line) && !is_known(*line)).collect();
        self.zones.extend(marks.into_iter().map(|span| Zone { span, kind: ZoneKind::Boilerplate }));
    }

    /// Says until when the agency holds it back.
    fn tell_hold(&mut self) {
        let said = self.extras.iter().find(|extra| extra.key == "release").and_then(|extra| day_of(&extra.value));
        let is_later = |day: &String| self.meta.published.as_ref().is_none_or(|published| day > published);
        if let Some(day) = said.filter(is_later) {
            self.notes.push(Trouble::Partial(format!("the agency holds this story back until {day}")));
        }
    }
}

/// `gr/bp`: who wrote and who read it, but no names.
pub fn is_initials(byline: &str) -> bool {
    let is_part = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    byline.contains('/') && byline.split('/').all(is_part)
}

/// `ends`, `##`, `/ritzau/`, `==Kyodo`, `dpa wsz jln npr`, `(SDA/sj)`, `AAP RTV ar`.
pub fn is_sign_off(line: &str) -> bool {
    let line = line.trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_short = words.len() <= 5 && line.len() <= 40 && !line.ends_with(['.', '!', '?', '"', '”', '»']);
    if !is_short || words.is_empty() {
        return false;
    }
    let is_mark = line.chars().all(|c| matches!(c, '#' | '_' | '*' | '-' | '=' | ' ' | '.' | '—'));
    let is_end = matches!(
        line.to_lowercase().trim_matches(['-', '/', '*', ' ', '(', ')']),
        "ends" | "end" | "ende" | "fin" | "more" | "end it" | "mf" | "reuter"
    );
    let is_wrapped = (line.starts_with('/') && line.ends_with('/'))
        || line.starts_with("==")
        || (line.starts_with('(') && line.contains('/') && line.ends_with(')'));
    // An agency, then the initials of who wrote and who read it.
    let is_initials = |word: &&str| word.len() <= 3 && word.chars().all(|c| c.is_ascii_lowercase() || c == '/');
    let agency = words[0];
    let is_agency = (2..=6).contains(&agency.len())
        && (agency.chars().all(|c| c.is_ascii_uppercase()) || matches!(agency, "dpa" | "afp" | "apa" | "ats" | "sda" | "ap"));
    let is_signed = words.len() >= 2
        && is_agency
        && words[1..].iter().any(is_initials)
        && words[1..].iter().all(|word| is_initials(word) || word.chars().all(|c| c.is_ascii_uppercase()));
    is_mark || is_end || is_wrapped || is_signed
}

/// A title without the flags that desks put on it: `>>>ANSA/Talks end`, `Talks end =`, `URGENT Talks end`.
pub fn bare_title(title: &str) -> String {
    let mut bare = title.trim();
    loop {
        let before = bare;
        bare = bare.trim_start_matches(['*', '>', '+', '=', '#']).trim_end_matches(['=', '+', '*']).trim();
        for flag in
            ["ANSA/", "PR /", "PR/", "URGENT:", "URGENT", "(URGENT)", "(Achtung)", "EILMELDUNG:", "FLASH:", "FLASH", "ALERT:", "ADVISORY:"]
        {
            let rest = bare.strip_prefix(flag).or_else(|| bare.strip_suffix(flag)).map(str::trim);
            bare = rest.filter(|rest| !rest.is_empty() && rest.chars().any(char::is_lowercase)).unwrap_or(bare);
        }
        if bare == before {
            return bare.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_agencies_are_no_text() {
        for line in ["ends", "ENDS", "##", "___", "/ritzau/", "==Kyodo", "AAP RTV ar", "dpa wsz jln npr", "(SDA/sj)", "- END -"] {
            assert!(is_sign_off(line), "{line}");
        }
        for line in ["The talks ended.", "NATO", "AP said so", "He left", "Nobody knows", "EU leaders met in Graz", "“It ends”", ""] {
            assert!(!is_sign_off(line), "{line}");
        }
    }

    #[test]
    fn what_is_for_editors_or_said_twice_is_left_out() {
        let mut story = Story::default();
        for (text, kind) in [
            ("Hafen öffnet", Some(ZoneKind::Headline)),
            ("GRAZ (dpa) -", Some(ZoneKind::Dateline)),
            ("Graz (dpa) - Marta Lind sprach.", None),
            ("___", None),
            ("Es regnete, sagte sie.", None),
            ("dpa wsz jln", None),
            ("Mit Material von Ewa Lis", Some(ZoneKind::Credit)),
            ("* * * *", None),
            ("# dpa-Notizblock", None),
            ("Marta Lind, +43 1 234", None),
        ] {
            let mut words = Words::default();
            words.push(text);
            let name = text.find("Marta Lind");
            if let Some(at) = name {
                words.text.truncate(at);
                words.push("Marta Lind");
                words.mark(at, "PERSON", None);
                words.push(&text[at + "Marta Lind".len()..]);
            }
            story.push(&words, kind);
        }
        story.meta.published = Some("2021-03-04".to_owned());
        story.keep("release", Some("20210306T000000Z"));
        let incoming = story.into_incoming(ArticleId::new("a"), 0, "nitf", "UTF-8");
        let article = &incoming.article;
        assert_eq!(
            &*article.text,
            "Hafen öffnet\n\nGraz (dpa) - Marta Lind sprach.\n\n___\n\nEs regnete, sagte sie.\n\ndpa wsz jln\n\nMit Material von Ewa Lis"
        );
        let of = |kind| article.zones.iter().filter(|zone| zone.kind == kind).map(|zone| article.quote(zone.span)).collect::<Vec<_>>();
        assert_eq!(of(ZoneKind::Boilerplate), ["___", "dpa wsz jln"]);
        assert_eq!((of(ZoneKind::Dateline), of(ZoneKind::Credit)), (vec!["Graz (dpa) -"], vec!["Mit Material von Ewa Lis"]));
        assert_eq!(article.mentions.iter().map(|mention| article.quote(mention.span)).collect::<Vec<_>>(), ["Marta Lind"]);
        let told: Vec<String> = incoming.notes.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["what is not for publication was left out: 3 paragraphs", "the agency holds this story back until 2021-03-06"]);
    }

    #[test]
    fn initials_are_no_names() {
        assert!(is_initials("gr/bp") && is_initials("jln/wsz/npr"));
        assert!(!is_initials("Ewa Lis") && !is_initials("dpa") && !is_initials("Anna Ek/TT") && !is_initials("/ritzau/"));
    }

    #[test]
    fn titles_lose_the_flags_of_desks() {
        for (title, bare) in [
            (">>>ANSA/Talks end in Graz", "Talks end in Graz"),
            ("Talks end in Graz =", "Talks end in Graz"),
            ("Talks end  in Graz+", "Talks end in Graz"),
            ("URGENT Talks end", "Talks end"),
            ("Talks end (Achtung)", "Talks end"),
            ("* PR / Kelp Board opens", "Kelp Board opens"),
            ("URGENT", "URGENT"),
            ("C++ turns forty", "C++ turns forty"),
        ] {
            assert_eq!(bare_title(title), bare);
        }
    }

    #[test]
    fn names_are_marked_without_what_clings_to_them() {
        let mut words = Words::default();
        words.push("Then  ");
        for (name, label) in [("Marta Lind's", "PERSON"), (" Graz, ", "GPE"), ("the Reyls’", "PERSON"), ("", "ORG")] {
            let from = words.text.len();
            words.push(name);
            words.mark(from, label, None);
            words.push(" and ");
        }
        let mut story = Story::default();
        story.push_text("Talks end", Some(ZoneKind::Headline));
        story.push(&words, None);
        let article = story.into_incoming(ArticleId::new("a"), 0, "nitf", "UTF-8").article;
        let told: Vec<String> =
            article.mentions.iter().map(|mention| format!("{} {}", mention.label, article.quote(mention.span))).collect();
        assert_eq!(told, ["PERSON Marta Lind", "GPE Graz", "PERSON the Reyls"]);
        assert!(article.mentions.iter().all(|mention| mention.is_suggested() && mention.origin == Origin::Import("nitf".into())));
    }
}
