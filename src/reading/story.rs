//! Which blocks of a page are its article: what Readability chose, held against where the markup says that the story
//! stands.
//!
//! Readability decides by length and punctuation. It takes a long notice for the article where the story is short, and
//! leaves single paragraphs out; where the page says plainly which element is its article, neither may happen.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};

use super::page::Page;
use super::prune::{self, Story};
use super::survey::{Said, Survey};
use super::walk;
use super::{leftovers, marks};

/// A body shorter than this is none that Readability is sure of, in bytes.
const SHORT: usize = 200;

/// The article's body; `survey` is of the same document. `found` is what Readability chose of the same page.
pub fn body(document: &Document, survey: &Survey, found: Page, title: &str) -> Page {
    let story = prune::story(document, survey, title);
    let Some(home) = story.home.or_else(|| around(story, survey)) else {
        return or_all(document, found);
    };
    let mut own = Page::default();
    walk::walk(&home, &mut own);
    let is_sure = story.home.is_some();
    let (in_own, in_found) = (Bare::of(&own), Bare::of(&found));
    let shared = own.blocks().filter(|block| in_found.has(block)).count();
    if shared == 0 || found.text().len() < SHORT {
        // Another block of the page, or too little.
        let is_more = own.text().len() > found.text().len() || shared == 0;
        return if own.is_empty() || !is_more { or_all(document, found) } else { own };
    }
    let is_in_own = found.blocks().all(|block| in_own.has(block));
    let missing = if is_in_own { missing(&home, survey, &in_found, is_sure) } else { HashSet::new() };
    if missing.is_empty() {
        return found;
    }
    own.only(|block| in_found.has(block) || missing.contains(&bare(block)))
}

/// Where no element is marked: the smallest that holds the headline of the page's title and a sentence after it.
fn around<'a>(story: Story<'a>, survey: &Survey) -> Option<NodeRef<'a>> {
    /// Fewer words are no story but a motto.
    const FEW: usize = 8;
    let headline = story.headline.filter(|_| story.is_titled)?;
    let begins = story.begins?;
    headline.ancestors_it(None).find(|node| survey.has_line(node, begins) && survey.tally(node).prose >= FEW)
}

/// Too little for a readable article: the page as it is, without what frames it.
fn or_all(document: &Document, found: Page) -> Page {
    if found.text().len() >= SHORT {
        return found;
    }
    let mut all = Page::default();
    if let Some(root) = document.body() {
        walk::walk(&root, &mut all);
    }
    if all.text().len() > 2 * found.text().len() { all } else { found }
}

/// The sentences of the story's home that were not chosen, but for those in blocks that are no text of an article. Where the
/// home is a guess, those alone that stand between sentences that were, in the same element.
fn missing(home: &NodeRef<'_>, survey: &Survey, chosen: &Bare, is_sure: bool) -> HashSet<String> {
    let lines = survey.lines_in(home);
    let is_chosen: Vec<bool> = lines.iter().map(|line| chosen.has(&line.text)).collect();
    let first = is_chosen.iter().position(|is_chosen| *is_chosen).unwrap_or(0);
    let sentence = |i: &usize| lines[*i].is_prose && is_chosen[*i];
    let last = (0..lines.len()).rev().find(sentence).map_or(0, |last| last + 1);
    let range = match is_sure {
        true if home.has_name("article") => 0..lines.len(),
        true => first..lines.len(),
        false => first.min(last)..last,
    };
    let parent = |line: &Said| NodeRef::new(line.block, home.tree).parent().map(|parent| parent.id);
    let parents: HashSet<_> = (0..lines.len()).filter(sentence).filter_map(|i| parent(&lines[i])).collect();
    let is_beside = |line: &Said| is_sure || parent(line).is_some_and(|parent| parents.contains(&parent));
    let is_text = |block| {
        let block = NodeRef::new(block, home.tree);
        let within = block.ancestors_it(None).take_while(|above| above.id != home.id);
        !std::iter::once(block).chain(within).any(|node| {
            let name = node.node_name().unwrap_or_default();
            walk::is_skipped(&name) || matches!(&*name, "figure" | "figcaption" | "table" | "li") || marks::is_apart(&node)
        })
    };
    let left_out = range.filter(|i| lines[*i].is_prose && !is_chosen[*i]).map(|i| &lines[i]);
    left_out.filter(|line| is_beside(line) && is_text(line.block)).map(|line| bare(&line.text)).collect()
}

/// Whether a page says less than half of an article's paragraphs.
pub fn lacks(page: &Page, paragraphs: &[String]) -> bool {
    let words = |line: &String| leftovers::word_count(line);
    let said = Bare::of(page);
    let all: usize = paragraphs.iter().map(words).sum();
    let there: usize = paragraphs.iter().filter(|line| said.has(line)).map(words).sum();
    there * 2 < all
}

/// Whether an element holds a text, whatever its breaks.
pub fn has(node: &NodeRef<'_>, text: &str) -> bool {
    bare(&node.text()).contains(&bare(text))
}

/// A text without its blanks, in which blocks are looked for whatever their breaks became.
pub struct Bare(String);

impl Bare {
    pub fn of(page: &Page) -> Self {
        Self(page.blocks().map(bare).collect())
    }

    pub fn has(&self, block: &str) -> bool {
        memchr::memmem::find(self.0.as_bytes(), bare(block).as_bytes()).is_some()
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
