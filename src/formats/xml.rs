//! XML for the formats that are XML: a tree of elements out of it, and words that may stand in it.
//!
//! Nothing is fetched. What a document type declares is stepped over, so no entity is ever expanded but characters by number and
//! those that HTML has names for, which older editions take from a list that lies elsewhere; another stands in the text as
//! it was written. A file that is cut off or broken gives what stands before
//! the fault.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// As it is written, with its prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// What a file holds.
#[derive(Debug)]
pub struct Document {
    pub root: Element,
    /// Where and why reading ended before the end.
    pub fault: Option<String>,
    /// Entities that stand in the text by their names, since nobody says here what they are.
    pub unknown_entities: usize,
}

/// How deep elements may lie in one another, and how many there may be. What has more is no annotation but an attack on our
/// patience.
const DEEPEST: usize = 500;
const MOST: usize = 4_000_000;

/// # Errors
/// Where there is no element at all.
pub fn parse(text: &str) -> Result<Document, String> {
    let mut reader = Reader::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let (mut count, mut unknown_entities) = (0, 0);
    let fault = loop {
        let stop = match reader.read_event() {
            Ok(Event::Start(_)) if open.len() >= DEEPEST => Some(format!("has more than {DEEPEST} elements inside one another")),
            Ok(Event::Start(_) | Event::Empty(_)) if count >= MOST => Some(format!("has more than {MOST} elements")),
            Ok(Event::Start(start)) => {
                count += 1;
                open.push(element(&start));
                None
            }
            Ok(Event::Empty(start)) => {
                count += 1;
                close(element(&start), &mut open, &mut root);
                None
            }
            Ok(Event::End(_)) => {
                if let Some(done) = open.pop() {
                    close(done, &mut open, &mut root);
                }
                None
            }
            Ok(Event::Text(words)) => {
                put(&mut open, &words.xml10_content().unwrap_or_default());
                None
            }
            Ok(Event::CData(words)) => {
                put(&mut open, &words.xml10_content().unwrap_or_default());
                None
            }
            Ok(Event::GeneralRef(entity)) => {
                let name = entity.decode().unwrap_or_default();
                match (entity.resolve_char_ref(), resolve_predefined_entity(&name)) {
                    (Ok(Some(c)), _) => put(&mut open, c.encode_utf8(&mut [0; 4])),
                    (_, Some(words)) => put(&mut open, words),
                    _ => {
                        unknown_entities += 1;
                        put(&mut open, &format!("&{name};"));
                    }
                }
                None
            }
            Ok(Event::Eof) if open.is_empty() => break None,
            Ok(Event::Eof) => Some(format!("ends inside <{}>", open.last().map_or("", |element| &element.name))),
            Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_)) => None,
            Err(error) => Some(error.to_string()),
        };
        if let Some(why) = stop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
            let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count();
            break Some(format!("line {line}: {why}; what stands before it was read"));
        }
    };
    while let Some(cut) = open.pop() {
        close(cut, &mut open, &mut root);
    }
    let root = root.ok_or_else(|| fault.clone().unwrap_or_else(|| "holds no element".to_owned()))?;
    Ok(Document { root, fault, unknown_entities })
}

fn element(start: &BytesStart<'_>) -> Element {
    let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).filter_map(Result::ok).map(|attribute| {
        let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = attribute.normalized_value(XmlVersion::Explicit1_0);
        (key, value.map_or_else(|_| String::from_utf8_lossy(&attribute.value).into_owned(), std::borrow::Cow::into_owned))
    });
    Element { name, attributes: attributes.collect(), children: Vec::new() }
}

fn close(done: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(Node::Element(done)),
        None => {
            root.get_or_insert(done);
        }
    }
}

fn put(open: &mut [Element], words: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => parent.children.push(Node::Text(words.to_owned())),
    }
}

impl Element {
    /// The name without its prefix.
    pub fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name among the children.
    pub fn child(&self, local: &str) -> Option<&Element> {
        self.elements().find(|element| element.local() == local)
    }

    /// The first element of that name at any depth.
    pub fn find(&self, local: &str) -> Option<&Element> {
        self.all().find(|element| element.local() == local)
    }

    /// This element and all that are in it, in order.
    pub fn all(&self) -> impl Iterator<Item = &Element> {
        let mut next = vec![self];
        std::iter::from_fn(move || {
            let element = next.pop()?;
            let from = next.len();
            next.extend(element.elements());
            next[from..].reverse();
            Some(element)
        })
    }

    /// All text in it.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for element in self.children.iter() {
            match element {
                Node::Text(words) => out.push_str(words),
                Node::Element(inner) => out.push_str(&inner.text()),
            }
        }
        out
    }

    /// All text in it on one line; `None` where it is empty.
    pub fn words(&self) -> Option<String> {
        let words = self.text().split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }
}

/// The text with signs in the place of those that XML 1.0 cannot hold, of the same length in bytes, and how many those are.
pub fn clean(text: &str) -> (String, usize) {
    let mut count = 0;
    let cleaned = text.chars().map(|c| match c {
        '\t' | '\n' | '\r' => c,
        '\u{B}' | '\u{C}' => {
            count += 1;
            ' '
        }
        // No blank, for it may stand at the edge of a mention.
        '\0'..'\u{20}' => {
            count += 1;
            '_'
        }
        '\u{FFFE}' | '\u{FFFF}' => {
            count += 1;
            '\u{FFFD}'
        }
        c => c,
    });
    (cleaned.collect(), count)
}

/// Words as they stand between tags. A carriage return would be read as a line feed.
pub fn between_tags(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out
}

/// Words as they stand in an attribute, where line ends and tabs would be read as blanks. What XML cannot hold is left out.
pub fn in_attribute(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    for c in clean(words).0.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_expanded_or_fetched() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"y\"><!ENTITY z \"&x;&x;\"><!ENTITY f SYSTEM \"file:///etc/hosts\">]>\n<a b='&z;'>&z;&f;&amp;&eacute;&#x1F600;</a>";
        let document = parse(bomb).unwrap();
        assert_eq!((document.root.text().as_str(), document.unknown_entities), ("&z;&f;&é😀", 2));
        assert_eq!(document.root.attribute("b"), Some("&z;"));
        let deep = "<a>".repeat(100_000);
        assert!(parse(&deep).unwrap().fault.is_some_and(|why| why.contains("500 elements inside")));
    }

    #[test]
    fn what_stands_before_a_fault_is_read() {
        let document = parse("<a><b>one</b>\n<b>two").unwrap();
        assert_eq!(
            (document.root.text().as_str(), document.fault.as_deref()),
            ("one\ntwo", Some("line 2: ends inside <b>; what stands before it was read"))
        );
        assert!(parse("<a><b>one</c></a>").unwrap().fault.is_some());
        assert!(parse("").is_err() && parse("words").is_err());
    }

    #[test]
    fn words_come_back_as_they_were() {
        let words = "a<b>&\"'\r\n\r\tc\u{85}\u{2028}😀";
        let document = parse(&format!("<x y=\"{}\">{}</x>", in_attribute(words), between_tags(words))).unwrap();
        assert_eq!((document.root.attribute("y"), document.root.text().as_str()), (Some(words), words));
        let (cleaned, count) = clean("a\u{0}\u{B}\u{FFFE}\n");
        assert_eq!((cleaned.as_str(), count), ("a_ \u{FFFD}\n", 3));
    }
}
