//! A page looked over before anything is chosen: its lines, who holds them, and what each element holds in all.

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};

use super::leftovers::{self, Leftover};
use super::walk::{self, Step};

/// A line of a page, as a browser shows it.
pub struct Said {
    /// The block that it stands in.
    pub block: NodeId,
    pub text: String,
    pub is_notice: bool,
    /// Reads like a sentence of an article.
    pub is_prose: bool,
    /// Half of it or more is a link.
    pub is_link: bool,
    /// What heads a part of the page: "Related", "Comments".
    pub leftover: Option<Leftover>,
}

/// What an element holds.
#[derive(Clone, Copy, Default, Debug)]
pub struct Tally {
    /// Words of sentences that are no notice, and not a link in all.
    pub prose: usize,
    /// Words of notices.
    pub notice: usize,
    /// All words, and those inside links.
    pub words: usize,
    pub linked: usize,
    pub links: usize,
    /// Lines that are links, as titles of other pages are.
    pub titles: usize,
    /// Buttons to answer a reader, and lines that say who talks or how long ago.
    pub replies: usize,
    pub talk: usize,
    /// Buttons and fields, and the fields among them.
    pub controls: usize,
    pub fields: usize,
    /// Its first and its last line, by number.
    pub first: Option<usize>,
    pub last: Option<usize>,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.prose += other.prose;
        self.notice += other.notice;
        self.words += other.words;
        self.linked += other.linked;
        self.links += other.links;
        self.titles += other.titles;
        self.replies += other.replies;
        self.talk += other.talk;
        self.controls += other.controls;
        self.fields += other.fields;
        self.first = self.first.or(other.first);
        self.last = other.last.or(self.last);
    }
}

pub struct Survey {
    pub lines: Vec<Said>,
    tallies: HashMap<NodeId, Tally>,
}

impl Survey {
    pub fn of(document: &Document) -> Self {
        let mut survey = Self { lines: Vec::new(), tallies: HashMap::new() };
        let Some(body) = document.body() else { return survey };
        let mut blocks = vec![body.id];
        let mut open = Open::default();
        walk::steps(
            &body,
            |node, name| !walk::is_unseen(node, name),
            |step| match step {
                Step::Text(text) => open.push(text),
                Step::Enter(_, "br") => open.push(" "),
                Step::Enter(node, name) => {
                    open.links += usize::from(name == "a");
                    open.link_depth += usize::from(name == "a");
                    if matches!(name, "button" | "input") {
                        let is_field = name == "input" && node.attr("type").is_none_or(|kind| matches!(&*kind, "email" | "text" | "tel"));
                        let tally = survey.tallies.entry(node.id).or_default();
                        tally.controls += 1;
                        tally.fields += usize::from(is_field);
                    }
                    if !walk::is_inline(name) {
                        survey.end(&mut open, &blocks);
                        blocks.push(node.id);
                    }
                }
                Step::Leave(_, "br") => {}
                Step::Leave(node, name) => {
                    open.link_depth -= usize::from(name == "a" && open.link_depth > 0);
                    if !walk::is_inline(name) {
                        survey.end(&mut open, &blocks);
                        blocks.pop();
                    }
                    survey.hand_up(node);
                }
            },
        );
        survey.end(&mut open, &blocks);
        survey
    }

    fn end(&mut self, open: &mut Open, blocks: &[NodeId]) {
        let Open { text, linked, links, .. } = std::mem::take(open).keep(open);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(block) = blocks.last().copied().filter(|_| !text.is_empty()) else { return };
        let words = leftovers::word_count(&text);
        let linked = linked.min(words);
        let is_notice = leftovers::is_notice(&text);
        let is_link = linked * 2 >= words;
        let is_prose = !is_notice && !is_link && words >= 4 && leftovers::has_stop(&text);
        let line = Some(self.lines.len());
        let of = |fits: bool| if fits { words } else { 0 };
        let is_reply = leftovers::is_reply(&text);
        let tally = Tally {
            prose: of(is_prose),
            notice: of(is_notice),
            words,
            linked,
            links,
            titles: usize::from(is_link),
            replies: usize::from(is_reply),
            talk: usize::from(!is_reply && leftovers::is_talk(&text)),
            first: line,
            last: line,
            ..Tally::default()
        };
        self.tallies.entry(block).or_default().add(tally);
        let leftover = if text.len() <= 60 { leftovers::of_line(&text) } else { None };
        self.lines.push(Said { block, text, is_notice, is_prose, is_link, leftover });
    }

    /// What an element holds its parent holds too.
    fn hand_up(&mut self, node: &NodeRef<'_>) {
        let Some(tally) = self.tallies.get(&node.id).copied() else { return };
        if let Some(parent) = node.parent() {
            self.tallies.entry(parent.id).or_default().add(tally);
        }
    }

    /// Whether an element holds a line, told by its number.
    pub fn has_line(&self, node: &NodeRef<'_>, line: usize) -> bool {
        let Tally { first, last, .. } = self.tally(node);
        first.is_some_and(|first| first <= line) && last.is_some_and(|last| line <= last)
    }

    pub fn lines_in(&self, node: &NodeRef<'_>) -> &[Said] {
        self.range(node).map_or(&[], |range| &self.lines[range])
    }

    /// The lines of an element, by number.
    pub fn range(&self, node: &NodeRef<'_>) -> Option<std::ops::Range<usize>> {
        let tally = self.tally(node);
        Some(tally.first?..tally.last? + 1)
    }

    pub fn tally(&self, node: &NodeRef<'_>) -> Tally {
        self.tallies.get(&node.id).copied().unwrap_or_default()
    }
}

/// The line that is being gathered.
#[derive(Default)]
struct Open {
    text: String,
    linked: usize,
    links: usize,
    link_depth: usize,
}

impl Open {
    fn push(&mut self, text: &str) {
        if self.link_depth > 0 {
            self.linked += text.split_whitespace().count();
        }
        self.text.push_str(text);
    }

    /// What goes on over the end of a line: the link that is open.
    fn keep(self, next: &mut Open) -> Self {
        next.link_depth = self.link_depth;
        self
    }
}
