//! The tags of a page, found in one walk without building anything: enough to tell whether a parser can bear their
//! attributes, and to read the words of a page that none can bear.

/// A tag with more attributes than this is none that anybody wrote. The time that parsers take grows with their square.
const MAX_ATTRIBUTES: usize = 2000;

/// Elements that hold no markup up to their end tag, and no text for reading.
const RAW: &[&str] = &["script", "style", "textarea", "xmp", "iframe", "noembed", "noframes"];

pub fn have_few_attributes(html: &str) -> bool {
    Tags::of(html).all(|tag| tag.attributes <= MAX_ATTRIBUTES)
}

/// A tag, a comment or the end of the page, with the text that stands before it.
#[derive(Debug, Default)]
pub struct Tag<'h> {
    pub before: &'h str,
    /// In small letters; empty for what is no tag.
    name: String,
    is_end: bool,
    /// It ends in a slash of its own, which makes `svg` and `math` their own ends.
    is_closed: bool,
    attributes: usize,
}

/// Everything in a page, tag by tag; scripts, styles and their like are passed over.
pub struct Tags<'h> {
    rest: &'h str,
    /// How much of it is the page's title, in which nothing is a tag.
    title: usize,
    /// How many `svg` and `math` are open. In them a script is an element as any other.
    foreign: usize,
}

impl<'h> Tags<'h> {
    pub fn of(html: &'h str) -> Self {
        Self { rest: html, title: 0, foreign: 0 }
    }

    /// Keeps account of `svg` and `math`, and passes over what is neither markup nor text for reading.
    fn enter(&mut self, tag: &Tag<'h>) {
        let name = tag.name.as_str();
        if matches!(name, "svg" | "math") {
            self.foreign = if tag.is_end { self.foreign.saturating_sub(1) } else { self.foreign + usize::from(!tag.is_closed) };
        } else if tag.is_end || self.foreign > 0 {
            // Holds markup, if anything.
        } else if name == "title" {
            self.title = self.rest.len() - from_end_tag(self.rest, name).len();
        } else if RAW.contains(&name) {
            self.rest = from_end_tag(self.rest, name);
        }
    }
}

impl<'h> Iterator for Tags<'h> {
    type Item = Tag<'h>;

    fn next(&mut self) -> Option<Tag<'h>> {
        if self.rest.is_empty() {
            return None;
        }
        let title = std::mem::take(&mut self.title);
        let Some(at) = self.rest[title..].find('<') else {
            return Some(Tag { before: std::mem::take(&mut self.rest), ..Tag::default() });
        };
        let (before, after) = (&self.rest[..title + at], &self.rest[title + at + 1..]);
        let mut tag = Tag { before, is_end: after.starts_with('/'), ..Tag::default() };
        let named = &after[usize::from(tag.is_end)..];
        if named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, inner) = named.split_at(named.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(named.len()));
            tag.name = name.to_ascii_lowercase();
            self.rest = tag.attributes(inner);
            self.enter(&tag);
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
            let from = at;
            at = skip(at, |byte| is_blank(byte) || byte == b'/');
            match bytes.get(at) {
                None => return "",
                Some(b'>') => {
                    // A slash before `from` belongs to a value.
                    self.is_closed = bytes[from..at].ends_with(b"/");
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
        check("1 < 2 <3<!doctype html '>'><!-- <b> --><!--><i/></ x><br/", "1 << 0> 2 << 0>3< 0>'>< 0>< 0><i 0/>< 0><br 0>");
        check("<!-- a --!>b<!--->c<!-- -- -->d<!--", "< 0>b< 0>c< 0>d< 0>");
        check("<title>a <b></i></title>c<title>d<e>", "<title 0>a <b></i></title 0>c<title 0>d<e>< 0>");
        check("<a b=c/><a b=c /><a b='c'/>", "<a 1><a 1/><a 1/>");
        check("<script>if(a<b)\"</p>\"</Script x>z<style>", "<script 0></script 1>z<style 0>");
        check(
            "<svg><path d=1 /><script><g/></script><desc><b/></svg><path/>",
            "<svg 0><path 1/><script 0><g 0/></script 0><desc 0><b 0/></svg 0><path 0/>",
        );
    }

    #[test]
    fn attributes_are_counted_in_tags_alone() {
        let many = "a='>'".repeat(3000);
        assert!(!have_few_attributes(&format!("<p {many}>")));
        assert!(!have_few_attributes(&format!("<textarea><!--</textarea><p {many}>")));
        assert!(have_few_attributes(&format!("<!-- <p {many}> -->")));
        assert!(have_few_attributes(&format!("<title><p {many}></title>")));
    }
}
