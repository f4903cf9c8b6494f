//! How the elements of a page become lines: blocks stand apart, a break ends a line, cells are kept apart, and what runs
//! inside a line runs on without a blank.

use dom_query::NodeRef;

use super::marks;
use super::page::Page;
use crate::annotation::ZoneKind;

/// Elements that are no text of an article. What stands over letters to tell how they are spoken would part a name.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select", "textarea", "svg", "math",
    "iframe", "object", "video", "audio", "canvas", "head", "dialog", "menu", "rt", "rp",
];

/// Elements that a browser shows no words of.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "video", "audio", "canvas", "head", "datalist", "select",
    "textarea", "rt", "rp",
];

/// Elements that run inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements that the parts of a byline stand in.
const PARTS: &[&str] = &["a", "span", "cite", "time"];

pub fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

pub fn is_skipped(name: &str) -> bool {
    SKIPPED.contains(&name)
}

/// Whether a browser shows nothing of an element.
pub fn is_unseen(node: &NodeRef<'_>, name: &str) -> bool {
    let is_hidden = || {
        let style = node.attr("style").map(|style| style.to_ascii_lowercase().replace(' ', "")).unwrap_or_default();
        style.contains("display:none") || style.contains("visibility:hidden") || node.has_attr("hidden")
    };
    UNSEEN.contains(&name) || is_hidden()
}

/// A step of the walk through a tree.
pub enum Step<'a> {
    Text(&'a str),
    Enter(&'a NodeRef<'a>, &'a str),
    Leave(&'a NodeRef<'a>, &'a str),
}

/// Goes through everything under `root` in order; what `enters` says no to is passed over. A loop, not a recursion: pages
/// nest as they like.
pub fn steps(root: &NodeRef<'_>, enters: impl Fn(&NodeRef<'_>, &str) -> bool, mut step: impl FnMut(Step<'_>)) {
    let mut node = root.first_child();
    while let Some(here) = node {
        let mut next = None;
        if here.is_text() {
            step(Step::Text(&here.text()));
        } else if here.is_element() {
            let name = here.node_name().unwrap_or_default();
            if enters(&here, &name) {
                step(Step::Enter(&here, &name));
                next = here.first_child();
                if next.is_none() {
                    step(Step::Leave(&here, &name));
                }
            }
        }
        let mut up = here;
        while next.is_none() {
            if let Some(sibling) = up.next_sibling() {
                next = Some(sibling);
                break;
            }
            match up.parent().filter(|parent| parent.id != root.id) {
                Some(parent) => {
                    step(Step::Leave(&parent, &parent.node_name().unwrap_or_default()));
                    up = parent;
                }
                None => break,
            }
        }
        node = next;
    }
}

/// The text under `root`, block by block.
pub fn walk(root: &NodeRef<'_>, page: &mut Page) {
    walk_all(root, page, |_, name| !is_skipped(name));
}

/// As [`walk`], also of what is usually no text of an article, as far as a browser shows it.
pub fn walk_whole(root: &NodeRef<'_>, page: &mut Page) {
    walk_all(root, page, |node, name| !is_unseen(node, name));
}

fn walk_all(root: &NodeRef<'_>, page: &mut Page, enters: impl Fn(&NodeRef<'_>, &str) -> bool) {
    let mut line = Line::default();
    let mut bylines = usize::from(marks::is_byline(root));
    let mut after_link = false;
    steps(root, enters, |step| {
        // The parts of a byline are words of their own, and so are two links.
        let is_part = |name: &str| bylines > 0 && PARTS.contains(&name) || after_link && name == "a";
        match &step {
            Step::Enter(_, name) | Step::Leave(_, name) if is_part(name) => line.part(),
            _ => {}
        }
        after_link = matches!(step, Step::Leave(_, "a"));
        match &step {
            Step::Text(_) => {}
            Step::Enter(node, _) => bylines += usize::from(marks::is_byline(node)),
            Step::Leave(node, _) => bylines -= usize::from(marks::is_byline(node)),
        }
        line.step(&step, page);
    });
    line.flush(page);
}

/// The line that is being read, white space collapsed as a browser does.
#[derive(Default)]
pub struct Line {
    text: String,
    captions: usize,
    headings: usize,
    items: usize,
    /// Whether what follows begins a word.
    is_parted: bool,
}

impl Line {
    fn step(&mut self, step: &Step<'_>, page: &mut Page) {
        match *step {
            Step::Text(text) => self.push(text),
            Step::Enter(_, "br") => self.end(),
            Step::Enter(_, "td" | "th") => self.cell(),
            Step::Enter(_, name) if !is_inline(name) => {
                self.flush(page);
                self.enter(name);
            }
            Step::Leave(_, name) if !is_inline(name) && !matches!(name, "br" | "td" | "th") => {
                self.flush(page);
                self.leave(name);
                if matches!(name, "ul" | "ol" | "dl") {
                    page.part();
                }
            }
            Step::Enter(..) | Step::Leave(..) => {}
        }
    }

    fn part(&mut self) {
        self.is_parted = true;
    }

    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            if std::mem::take(&mut self.is_parted) && c.is_alphanumeric() && self.text.ends_with(char::is_alphanumeric) {
                self.text.push(' ');
            }
            if !c.is_ascii_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                self.text.push(' ');
            }
        }
    }

    fn end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
    }

    /// Cells of a row stand on one line, a tab between them.
    fn cell(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() {
            self.text.push('\t');
        }
    }

    fn enter(&mut self, name: &str) {
        if let Some(place) = self.place(name) {
            *place += 1;
        }
    }

    fn leave(&mut self, name: &str) {
        if let Some(place) = self.place(name) {
            *place = place.saturating_sub(1);
        }
    }

    fn place(&mut self, name: &str) -> Option<&mut usize> {
        Some(match name {
            "figcaption" | "caption" => &mut self.captions,
            "h1" => &mut self.headings,
            "li" | "dt" | "dd" => &mut self.items,
            _ => return None,
        })
    }

    pub fn flush(&mut self, page: &mut Page) {
        let text = std::mem::take(&mut self.text);
        let kind = match (self.captions, self.headings) {
            (1.., _) => Some(ZoneKind::Caption),
            (_, 1..) if page.is_empty() => Some(ZoneKind::Headline),
            _ => None,
        };
        page.push(text.trim(), kind, self.items > 0);
    }
}
