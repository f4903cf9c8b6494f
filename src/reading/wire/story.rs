//! A story of the wire while it is made: paragraphs with the names that are marked in them, and what is known of it.

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
        self.mark_sign_off();
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

    /// The last line of an agency's story is its mark, no text.
    fn mark_sign_off(&mut self) {
        let start = self.text.rfind('\n').map_or(0, |at| at + 1);
        if start > 0 && is_sign_off(&self.text[start..]) && self.zones.last().is_none_or(|zone| (zone.span.end as usize) <= start) {
            self.zones.push(Zone { span: Span::new(start, self.text.len()), kind: ZoneKind::Boilerplate });
        }
    }
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
        "ends" | "end" | "ende" | "fin" | "more" | "end it" | "mf"
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
