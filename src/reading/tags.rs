//! The tags of a page, found in one walk without building anything: enough to tell whether the parsers can bear the page,
//! and to read its words where they cannot.
//!
//! The time that parsers take grows with the square of how deep elements lie in one another, and of how many attributes a
//! tag has. Where it is doubtful what a parser would see, more is counted rather than less.

/// Elements nested deeper than this are no article.
const MAX_DEPTH: usize = 512;

/// A tag with more attributes than this is none that anybody wrote.
const MAX_ATTRIBUTES: usize = 2000;

/// Elements that need no end, or end by themselves.
const EMPTY: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "p", "li", "source", "track", "wbr"];

/// Elements of SVG and MathML with HTML inside.
const WITH_HTML: &[&str] = &["foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"];

/// Whether a page can be given to a parser.
pub fn can_be_parsed(html: &str) -> bool {
    let mut depth = 0usize;
    Tags::of(html).all(|tag| {
        if tag.is_end {
            depth = depth.saturating_sub(1);
        } else if !tag.name.is_empty() && !tag.is_closed && !EMPTY.contains(&tag.name.as_str()) {
            depth += 1;
        }
        depth <= MAX_DEPTH && tag.attributes <= MAX_ATTRIBUTES
    })
}

/// A tag, a comment or the end of the page, with the text that stands before it.
#[derive(Debug, Default)]
pub struct Tag<'h> {
    pub before: &'h str,
    /// In small letters; empty for what is no tag.
    name: String,
    is_end: bool,
    /// It is its own end.
    is_closed: bool,
    attributes: usize,
}

/// Everything in a page, tag by tag; scripts and styles are passed over.
pub struct Tags<'h> {
    rest: &'h str,
    /// How many `svg` and `math` are open. In them a script is an element as any other.
    foreign: usize,
    /// Whether one of them may hold HTML, where no element is its own end.
    has_html: bool,
}

impl<'h> Tags<'h> {
    pub fn of(html: &'h str) -> Self {
        Self { rest: html, foreign: 0, has_html: false }
    }

    /// Keeps account of `svg` and `math`, and passes over what is no text for reading.
    fn enter(&mut self, tag: &mut Tag<'h>) {
        let name = tag.name.as_str();
        if matches!(name, "svg" | "math") {
            self.foreign = if tag.is_end { self.foreign.saturating_sub(1) } else { self.foreign + usize::from(!tag.is_closed) };
            self.has_html &= self.foreign > 0;
        } else if self.foreign > 0 {
            self.has_html |= WITH_HTML.contains(&name);
        } else if matches!(name, "script" | "style") && !tag.is_end {
            self.rest = from_end_tag(self.rest, name);
        }
        tag.is_closed &= self.foreign > 0 && !self.has_html;
    }
}

impl<'h> Iterator for Tags<'h> {
    type Item = Tag<'h>;

    fn next(&mut self) -> Option<Tag<'h>> {
        if self.rest.is_empty() {
            return None;
        }
        let Some((before, after)) = self.rest.split_once('<') else {
            return Some(Tag { before: std::mem::take(&mut self.rest), ..Tag::default() });
        };
        let mut tag = Tag { before, is_end: after.starts_with('/'), ..Tag::default() };
        let named = &after[usize::from(tag.is_end)..];
        if named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, inner) = named.split_at(named.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(named.len()));
            tag.name = name.to_ascii_lowercase();
            self.rest = tag.attributes(inner);
            self.enter(&mut tag);
        } else if let Some(comment) = after.strip_prefix("!--") {
            (tag.is_end, self.rest) = (false, after_comment(comment));
        } else if after.starts_with(['!', '?', '/']) {
            (tag.is_end, self.rest) = (false, after.split_once('>').map_or("", |(_, rest)| rest));
        } else {
            (tag.before, self.rest) = self.rest.split_at(before.len() + 1);
        }
        Some(tag)
    }
}

impl Tag<'_> {
    /// Counts the attributes of the tag that goes on with `inner`, as the standard of HTML cuts them. Answers what comes
    /// after the tag.
    fn attributes<'i>(&mut self, inner: &'i str) -> &'i str {
        let bytes = inner.as_bytes();
        let skip = |from: usize, is_passed: fn(u8) -> bool| {
            bytes.get(from..).and_then(|rest| rest.iter().position(|byte| !is_passed(*byte))).map_or(bytes.len(), |len| from + len)
        };
        let mut at = 0;
        loop {
            at = skip(at, |byte| is_blank(byte) || byte == b'/');
            match bytes.get(at) {
                None => return "",
                Some(b'>') => {
                    self.is_closed = at > 0 && bytes[at - 1] == b'/';
                    return &inner[at + 1..];
                }
                Some(_) => self.attributes += 1,
            }
            // A name may begin with an equals sign.
            at = skip(at + 1, |byte| !is_blank(byte) && !matches!(byte, b'/' | b'>' | b'='));
            let equals = skip(at, is_blank);
            if bytes.get(equals) != Some(&b'=') {
                continue;
            }
            at = skip(equals + 1, is_blank);
            at = match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => memchr::memchr(*quote, &bytes[at + 1..]).map_or(bytes.len(), |len| at + len + 2),
                _ => skip(at, |byte| !is_blank(byte) && byte != b'>'),
            };
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// What follows a comment that goes on with `inner`.
fn after_comment(inner: &str) -> &str {
    if let Some(rest) = inner.strip_prefix('>').or_else(|| inner.strip_prefix("->")) {
        return rest;
    }
    let mut rest = inner;
    while let Some(at) = rest.find("--") {
        let end = &rest[at + 2..];
        if let Some(after) = end.strip_prefix('>').or_else(|| end.strip_prefix("!>")) {
            return after;
        }
        rest = &rest[at + 1..];
    }
    ""
}

/// Text from the end tag of `name` on.
fn from_end_tag<'h>(text: &'h str, name: &str) -> &'h str {
    let is_it = |at: &usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    let end = text.match_indices("</").map(|(at, _)| at).find(is_it);
    &text[end.unwrap_or(text.len())..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let told = |tag: Tag<'_>| {
            let (end, closed) = (if tag.is_end { "/" } else { "" }, if tag.is_closed { "/" } else { "" });
            format!("{}<{end}{} {}{closed}>", tag.before, tag.name, tag.attributes)
        };
        assert_eq!(Tags::of(html).map(told).collect::<String>(), expected);
    }

    #[test]
    fn tags_are_cut_as_browsers_cut_them() {
        check("a<P class='b>c' id = d e>f</p >", "a<p 3>f</p 0>");
        check("<a b=\"<i>\"c==d /e><x =\">y", "<a 3><x 1>y< 0>");
        check("1 < 2 <3<!doctype html '>'><!-- <b> --><!--><i/></ x><br/", "1 << 0> 2 << 0>3< 0>'>< 0>< 0><i 0>< 0><br 0>");
        check("<!-- a --!>b<!--->c<!-- -- -->d<!--", "< 0>b< 0>c< 0>d< 0>");
        check("<script>if(a<b)\"</p>\"</Script x>z<style>", "<script 0></script 1>z<style 0>");
        check(
            "<svg><path d=1 /><script><g/></script><desc><b/></svg><path/>",
            "<svg 0><path 1/><script 0><g 0/></script 0><desc 0><b 0></svg 0><path 0>",
        );
    }

    #[test]
    fn pages_that_parsers_cannot_bear_are_known() {
        assert!(!can_be_parsed(&"<div>".repeat(1000)));
        assert!(!can_be_parsed(&"<div a=\"</div>\">".repeat(1000)));
        assert!(!can_be_parsed(&format!("<p {}>", "a='>'".repeat(3000))));
        assert!(!can_be_parsed(&format!("<!--<p a=\"-->{}", "<b>".repeat(1000))));
        assert!(!can_be_parsed(&format!("<svg><script>{}", "<b>".repeat(1000))));
        assert!(can_be_parsed(&format!("<script>{}</script>", "for(i=0;i<n;i++)x();".repeat(1000))));
        assert!(can_be_parsed(&format!("<svg>{}</svg>", "<path d='M0 0'/>".repeat(1000))));
        assert!(can_be_parsed(&"<div><p class=x>a</div><!-- <div> -->".repeat(1000)));
    }
}
