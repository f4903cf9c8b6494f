//! XML of newsrooms: read with bounds, whatever stands in its document type.
//!
//! A document type is stepped over and nothing that it names is loaded. Its own internal entities are expanded once, within
//! a bound, and the names that HTML gives to letters are known, for feeds and wires use them without saying so.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::decode::decode_html;
use super::fault::Trouble;
use super::incoming::Sink;
use super::input::Input;
use super::letters::letter;
use super::reader::How;

/// Beyond so many nodes a document is no news.
const MAX_NODES: u32 = 5_000_000;

/// How many times as long entities may make a document.
const MAX_GROWTH: usize = 3;

/// Elements deeper than this are not entered.
pub const MAX_DEPTH: usize = 200;

/// The text of a document, ready to be parsed.
pub struct Xml {
    pub text: String,
    pub encoding: &'static str,
    /// What there is to say of its bytes, and that it was cut off.
    notes: Vec<Trouble>,
}

impl Xml {
    /// A document that is cut off is closed where it ends, so that what is there is read.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn of(input: &mut Input<'_>, how: How<'_>) -> Result<Self, Trouble> {
        let decoded = decode_html(input.bytes()?, how.encoding)?;
        let mut notes = decoded.told();
        let mut text = prepared(&decoded.text);
        if let Some(closed) = closed(&text) {
            notes.push(Trouble::Partial("is cut off before its end; what is there was read, ask for the rest".to_owned()));
            text = closed;
        }
        Ok(Self { text, encoding: decoded.encoding, notes })
    }

    /// Says what there is to say of the file.
    pub fn tell(&mut self, sink: &mut Sink<'_>) {
        self.notes.drain(..).for_each(|note| sink.tell(note));
    }

    /// The tree of the document.
    ///
    /// # Errors
    /// Where it is no XML: cut off, or damaged, with its place.
    pub fn parse(&self) -> Result<Document<'_>, Trouble> {
        parse(&self.text)
    }
}

/// # Errors
/// Where it is no XML, with its place.
pub fn parse(text: &str) -> Result<Document<'_>, Trouble> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    if depth(text) > 4 * MAX_DEPTH {
        return Err(Trouble::Partial(format!("is XML whose elements lie more than {} deep in one another; it is no news", 4 * MAX_DEPTH)));
    }
    Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        Trouble::Partial(format!("is damaged XML at line {}, column {} ({error}); ask for it again", place.row, place.col))
    })
}

/// A document that ends while elements are open, with those closed; `None` for any other, damaged ones among them.
fn closed(text: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    let mut whole = None;
    while let Some(next) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        let rest = &text[at + next..];
        let after = |mark: &str| rest.find(mark).map(|end| end + mark.len());
        let end = match rest {
            _ if rest.starts_with("<!--") => after("-->"),
            _ if rest.starts_with("<![CDATA[") => after("]]>"),
            _ if rest.starts_with("<?") => after("?>"),
            _ => end_of_tag(rest),
        };
        let Some(end) = end else {
            let is_text = rest.starts_with("<![CDATA[");
            whole = Some(if is_text { format!("{text}]]>") } else { text[..at + next].to_owned() });
            break;
        };
        let tag = rest.get(1..end - 1).unwrap_or_default();
        if let Some(name) = tag.strip_prefix('/') {
            // What closes no open element is damage, and told with its place.
            if open.pop() != Some(name.trim_end()) {
                return None;
            }
        } else if !tag.starts_with(['!', '?']) && !tag.ends_with('/') {
            open.push(tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default());
        }
        at += next + end;
    }
    if open.is_empty() || open.len() > MAX_DEPTH {
        return None;
    }
    let mut whole = whole.unwrap_or_else(|| text.to_owned());
    while let Some(name) = open.pop() {
        whole.push_str(&format!("</{name}>"));
    }
    Some(whole)
}

/// Where a tag ends; a bracket in the value of an attribute ends none.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// How deep elements lie in one another, about.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) => {
                let end = memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end);
                if bytes[..end].last() != Some(&b'/') {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
        }
    }
    deepest
}

/// A document without its document type, and with its entities expanded.
pub fn prepared(text: &str) -> String {
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']);
    let (text, own) = without_doctype(text);
    expanded(&text, &own)
}

fn without_doctype(text: &str) -> (String, BTreeMap<String, String>) {
    let mut own = BTreeMap::new();
    // What stands later is text of an article.
    let head = &text[..text.floor_char_boundary(1 << 16)];
    let Some(start) = head.find("<!DOCTYPE").or_else(|| head.find("<!doctype")) else { return (text.to_owned(), own) };
    let rest = &text[start..];
    let end = rest.find('>').unwrap_or(rest.len());
    let (subset, end) = match rest.find('[').filter(|open| *open < end) {
        Some(open) => {
            let close = rest[open..].find("]>").map(|close| open + close).or_else(|| {
                let close = rest[open..].find(']')?;
                Some(open + close)
            });
            let close = close.unwrap_or(rest.len());
            let end = rest[close..].find('>').map_or(rest.len(), |end| close + end + 1);
            (&rest[open..close], end)
        }
        None => ("", (end + 1).min(rest.len())),
    };
    for entity in subset.split("<!ENTITY").skip(1) {
        let entity = entity.trim_start();
        let Some((name, value)) = entity.split_once(char::is_whitespace).filter(|(name, _)| *name != "%") else { continue };
        let value = value.trim_start();
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
        if let Some(end) = value[1..].find(quote) {
            own.insert(name.to_owned(), value[1..=end].to_owned());
        }
    }
    (format!("{}{}", &text[..start], &rest[end..]), own)
}

/// Entities become what they stand for; those of XML itself stay, and what is marked as no markup stays as it is.
fn expanded(text: &str, own: &BTreeMap<String, String>) -> String {
    const OPEN: &str = "<![CDATA[";
    let mut out = String::with_capacity(text.len());
    let mut room = MAX_GROWTH * text.len();
    let mut rest = text;
    while let Some(open) = rest.find(OPEN) {
        expand(&rest[..open], own, &mut room, &mut out);
        let end = rest[open..].find("]]>").map_or(rest.len(), |end| open + end);
        out.push_str(&rest[open..end]);
        rest = &rest[end..];
    }
    expand(rest, own, &mut room, &mut out);
    // Characters that XML does not allow would cost the whole document.
    if out.chars().any(is_forbidden) { out.chars().map(|c| if is_forbidden(c) { ' ' } else { c }).collect() } else { out }
}

fn expand(text: &str, own: &BTreeMap<String, String>, room: &mut usize, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.as_bytes()[..rest.len().min(40)].iter().position(|byte| *byte == b';');
        let name = end.and_then(|end| rest.get(1..end)).unwrap_or_default();
        let is_own = matches!(name, "amp" | "lt" | "gt" | "quot" | "apos");
        let is_number = name.strip_prefix('#').is_some_and(|number| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok()
                .and_then(char::from_u32)
                .is_some_and(|c| matches!(c, '\t' | '\n' | '\r') || c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        });
        match (own.get(name), letter(name)) {
            // What stands in an entity is not expanded again, so nothing can go in circles.
            (Some(value), _) if value.len() <= *room => {
                *room -= value.len();
                out.push_str(&escaped(value));
                rest = &rest[name.len() + 2..];
            }
            (None, Some(letter)) => {
                out.push_str(letter);
                rest = &rest[name.len() + 2..];
            }
            _ if is_own || is_number => {
                out.push('&');
                rest = &rest[1..];
            }
            // A lone mark, or a name that nobody knows: it stays as it stands.
            _ => {
                out.push_str("&amp;");
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

fn is_forbidden(c: char) -> bool {
    (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// The value of an entity, whose own references stay as they stand.
fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace("&amp;#", "&#")
}

pub fn name<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

pub fn children<'a, 'd: 'a>(node: Node<'a, 'd>, wanted: &'static str) -> impl Iterator<Item = Node<'a, 'd>> + use<'a, 'd> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == wanted)
}

pub fn child<'a, 'd: 'a>(node: Node<'a, 'd>, wanted: &'static str) -> Option<Node<'a, 'd>> {
    children(node, wanted).next()
}

/// The first element that is reached by these names, one in another.
pub fn path<'a, 'd: 'a>(node: Node<'a, 'd>, names: &[&'static str]) -> Option<Node<'a, 'd>> {
    names.iter().try_fold(node, |node, name| child(node, name))
}

/// The first element of a name, however deep.
pub fn find<'a, 'd: 'a>(node: Node<'a, 'd>, wanted: &str) -> Option<Node<'a, 'd>> {
    node.descendants().find(|inside| inside.is_element() && inside.tag_name().name() == wanted)
}

/// An attribute that is not blank.
pub fn attribute<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    let value = node.attributes().find(|attribute| attribute.name() == wanted)?.value().trim();
    (!value.is_empty()).then_some(value)
}

/// All words of an element on one line, with a blank where an element ends; `None` where there are none.
pub fn line_in(node: Node<'_, '_>) -> Option<String> {
    let texts: Vec<&str> = node.descendants().filter(|inside| inside.is_text()).filter_map(|inside| inside.text()).collect();
    let joined = texts.join(" ");
    let words: Vec<&str> = joined.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
