//! What of a page is no article, told by its markup and its words together: notices, readers' talk, boxes of other
//! stories. It is taken out before the article is looked for, so that it can neither take the article's place nor lend it
//! its days and authors.
//!
//! One sign alone decides nothing, for outlets call the article's own frame `paywall` and sections `comment`. Nothing
//! that holds the story's headline is taken, nor what would leave a page without a sentence.

use dom_query::{Document, NodeRef};

use super::leftovers::{self, Leftover};
use super::marks::{CONSENT, OTHERS, SIGN_UP, SLOTS, TALK, has, is_dialog, is_known, names};
use super::survey::{Said, Survey, Tally};

/// Where the story stands, as far as its markup tells.
#[derive(Clone, Copy, Default)]
pub struct Story<'a> {
    pub headline: Option<NodeRef<'a>>,
    /// Whether it says what the page's title says.
    pub is_titled: bool,
    /// The smallest element marked as an article that holds the headline or, without one, the only one on the page.
    pub home: Option<NodeRef<'a>>,
    /// The first sentence after the headline, by its number among the lines.
    pub begins: Option<usize>,
}

/// Finds the story's headline and home.
pub fn story<'a>(document: &'a Document, survey: &Survey, title: &str) -> Story<'a> {
    let Some(body) = document.body() else { return Story::default() };
    let headings: Vec<NodeRef<'a>> = body.descendants_it().filter(|node| node.has_name("h1")).collect();
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_owned).collect()
    };
    // The name of the outlet stands beside the title, and often in a heading of its own.
    let parts = title.split(['|', '–', '—', '·', '»']).flat_map(|part| part.split(" - ")).map(words);
    let of_title = parts.max_by_key(Vec::len).unwrap_or_default();
    let likeness = |node: &NodeRef<'_>| {
        let own = words(&node.text());
        let same = of_title.iter().filter(|word| own.contains(word)).count();
        if own.is_empty() { 0 } else { same * 100 / of_title.len().max(own.len()).max(1) }
    };
    let is_notice = |node: &NodeRef<'_>| survey.tally(node).notice > 0 || in_notice(node);
    let titled = headings.iter().filter(|node| likeness(node) >= 50).max_by_key(|node| likeness(node));
    let headline = titled.or_else(|| headings.iter().find(|node| !is_notice(node))).copied();

    let is_home = |node: &NodeRef<'_>| {
        let is_marked =
            |name: &str, value: &str| node.attr(name).is_some_and(|found| found.to_lowercase().split(' ').any(|word| word == value));
        node.has_name("article")
            || node.has_name("main")
            || is_marked("itemprop", "articlebody")
            || is_marked("role", "main")
            || is_marked("role", "article")
    };
    let has_prose = |node: &NodeRef<'_>| survey.tally(node).prose > 0;
    let home = match headline {
        Some(headline) => headline.ancestors_it(None).find(|node| is_home(node) && has_prose(node)),
        None => None,
    };
    let only = || {
        let mut homes = body.descendants_it().filter(|node| node.is_element() && is_home(node) && has_prose(node));
        let first = homes.next()?;
        homes.all(|other| holds(&first, &other)).then_some(first)
    };
    let from = headline.and_then(|headline| survey.tally(&headline).first);
    let begins = from.and_then(|from| (from + 1..survey.lines.len()).find(|line| survey.lines[*line].is_prose));
    // The headline may stand before its story, never after it.
    let begins_there = |home: &NodeRef<'_>| begins.is_none_or(|line| survey.has_line(home, line));
    Story { headline, is_titled: titled.is_some(), home: home.or_else(|| only().filter(begins_there)), begins }
}

/// A few words beside a field to write in.
fn is_form(tally: Tally) -> bool {
    tally.fields > 0 && tally.words < 80
}

fn in_notice(node: &NodeRef<'_>) -> bool {
    node.ancestors_it(None).any(|above| is_known(&above) || is_dialog(&above))
}

fn holds(outer: &NodeRef<'_>, inner: &NodeRef<'_>) -> bool {
    outer.id == inner.id || inner.ancestors_it(None).any(|above| above.id == outer.id)
}

/// Takes out what is no article.
pub fn prune(document: &Document, survey: &Survey, story: Story<'_>) {
    let Some(body) = document.body() else { return };
    let mut left = survey.tally(&body).prose;
    let pruner = Pruner { survey, story };
    let mut gone: Vec<NodeRef<'_>> = Vec::new();
    let mut next = body.first_child();
    while let Some(node) = next {
        let parts = if node.is_element() { pruner.parts(&node) } else { Vec::new() };
        let prose: usize = parts.iter().map(|part| survey.tally(part).prose).sum();
        // What would leave nothing is the article, whatever it looks like.
        let is_most = story.headline.is_none() && story.home.is_none() && prose * 2 > left;
        let is_gone = !parts.is_empty() && (prose == 0 || prose < left && !is_most);
        if is_gone {
            left -= prose;
            gone.extend(&parts);
        }
        let is_whole = is_gone && parts.iter().any(|part| part.id == node.id);
        next = if is_whole { after(&node, &body) } else { node.first_child().or_else(|| after(&node, &body)) };
    }
    gone.iter().for_each(NodeRef::remove_from_parent);
}

/// The next node in order that does not lie in `node`.
fn after<'a>(node: &NodeRef<'a>, root: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut here = *node;
    loop {
        if here.id == root.id {
            return None;
        }
        if let Some(sibling) = here.next_sibling() {
            return Some(sibling);
        }
        here = here.parent()?;
    }
}

struct Pruner<'a> {
    survey: &'a Survey,
    story: Story<'a>,
}

impl<'a> Pruner<'a> {
    /// What goes because of `node`: itself, or what follows it where it is a heading.
    fn parts(&self, node: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
        let name = node.node_name().unwrap_or_default();
        let is_block = matches!(
            &*name,
            "div"
                | "section"
                | "aside"
                | "form"
                | "dialog"
                | "ul"
                | "ol"
                | "dl"
                | "table"
                | "header"
                | "footer"
                | "article"
                | "main"
                | "nav"
                | "p"
                | "fieldset"
                | "blockquote"
        ) || name.contains('-');
        let holds_story = [self.story.headline, self.story.home].into_iter().flatten().any(|own| holds(node, &own));
        if is_block && !holds_story && self.is_no_article(node, &name) {
            return vec![*node];
        }
        if matches!(&*name, "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "div" | "summary" | "legend") {
            return self.under_heading(node);
        }
        Vec::new()
    }

    fn is_no_article(&self, node: &NodeRef<'a>, name: &str) -> bool {
        let tally = self.survey.tally(node);
        // Buttons to share it and labels of advertisement are a few words.
        let is_slot = || tally.words < 40 && tally.links + tally.words > 0 && !self.begins_in(node) && has(&names(node), SLOTS);
        // Text that stands beside the article is never read, and must not be taken for it.
        let is_beside = || name == "aside" && self.story.begins.is_some() && !self.begins_in(node);
        is_known(node)
            || is_slot()
            || is_beside()
            || self.is_notice(node, name, tally)
            || self.is_talk(node, tally)
            || self.is_box(node, tally)
            || self.is_list_of_titles(node, name, tally)
            || self.is_pointer(node, tally)
    }

    fn is_outside(&self, node: &NodeRef<'a>) -> bool {
        self.story.home.is_some_and(|home| !holds(&home, node))
    }

    /// Whether the story's first sentence stands in an element, as far as that is known.
    fn begins_in(&self, node: &NodeRef<'a>) -> bool {
        self.story.begins.is_some_and(|line| self.survey.has_line(node, line))
    }

    fn is_notice(&self, node: &NodeRef<'a>, name: &str, tally: Tally) -> bool {
        let said = tally.notice + tally.prose;
        if is_dialog(node) && (self.is_outside(node) || tally.controls > 0 || tally.notice * 3 >= said) {
            return true;
        }
        let marks = names(node);
        let consent = has(&marks, CONSENT);
        let is_marked = consent || has(&marks, SIGN_UP);
        let speaks = tally.notice > 0 && tally.notice * 3 >= said;
        let is_asking = tally.words < 150 && (tally.fields > 0 || tally.controls > 0 && !self.begins_in(node));
        // Whoever asks for an address wants something of the reader.
        if is_form(tally) && self.story.begins.is_some() && !self.begins_in(node) {
            return true;
        }
        if is_marked && (speaks || is_asking || self.is_outside(node)) {
            return true;
        }
        if consent && self.story.headline.is_some() && tally.notice > 0 {
            return true;
        }
        // By its words alone: nearly all of it speaks to the reader, or half of it beside buttons; all of that is not in one
        // part of it, which then is the notice, and no article follows.
        let after = self.after_notice(node);
        let is_over = after == 0 || after == 1 && tally.controls > 0;
        let is_all = |part: Tally| part.notice == tally.notice && part.controls == tally.controls;
        let is_one = || node.element_children().iter().any(|part| is_all(self.survey.tally(part)));
        let is_most = tally.notice * 4 >= said * 3 || (tally.controls > 0 && tally.notice * 2 >= said);
        name != "p" && tally.notice > 0 && is_most && is_over && !is_one()
    }

    /// How many sentences of an element come after its last notice.
    fn after_notice(&self, node: &NodeRef<'a>) -> usize {
        self.survey.lines_in(node).iter().rev().take_while(|line| !line.is_notice).filter(|line| line.is_prose).count()
    }

    fn is_talk(&self, node: &NodeRef<'a>, tally: Tally) -> bool {
        let marks = names(node);
        let is_comment = node.attr("itemtype").is_some_and(|kind| kind.ends_with("/Comment"));
        !self.begins_in(node) && (is_comment || has(&marks, TALK) && tally.words > 0 || self.is_answered(node, tally))
    }

    /// Whether readers talk here, whatever stands over it: what each wrote, how long ago, and the button to answer.
    fn is_answered(&self, node: &NodeRef<'a>, tally: Tally) -> bool {
        const LINES_EACH: usize = 6;
        tally.replies > 0 && tally.talk > 0 && self.survey.lines_in(node).len() <= tally.replies * LINES_EACH
    }

    fn is_box(&self, node: &NodeRef<'a>, tally: Tally) -> bool {
        let marks = names(node);
        let is_headed = tally.first.is_some_and(|line| self.survey.lines[line].leftover == Some(Leftover::Tail));
        let is_linked = tally.links > 0 && tally.linked * 3 >= tally.words || tally.links >= 2 && tally.prose * 2 < tally.words;
        if self.begins_in(node) && !(has(&marks, OTHERS) && is_headed && is_linked) {
            return false;
        }
        if has(&marks, OTHERS) && (is_headed || is_linked || (self.is_outside(node) && tally.links > 0)) {
            return true;
        }
        is_headed && is_linked && !node.has_name("p")
    }

    /// Titles of other pages, each a link, with days and a heading that nobody can know in all its wordings. Names that link
    /// somewhere are shorter, and may be the article's.
    fn is_list_of_titles(&self, node: &NodeRef<'a>, name: &str, tally: Tally) -> bool {
        const TITLE: usize = 4;
        let is_short = tally.linked < tally.titles * TITLE;
        if name == "table" || tally.titles < 2 || is_short || tally.prose > 0 || self.begins_in(node) {
            return false;
        }
        let lines = self.survey.lines_in(node);
        let is_small = |line: &Said, most: usize| leftovers::word_count(&line.text) <= most;
        let is_day = |line: &Said| is_small(line, 3) || leftovers::is_date_line(&line.text);
        lines.iter().enumerate().all(|(i, line)| line.is_link || is_day(line) || i == 0 && is_small(line, 8))
    }

    /// A word or a few, a colon, and the title of another page.
    fn is_pointer(&self, node: &NodeRef<'a>, tally: Tally) -> bool {
        let [line] = self.survey.lines_in(node) else { return false };
        let before = line.text.split_once(": ").map(|(before, _)| leftovers::word_count(before));
        tally.links == 1 && tally.linked >= 4 && before.is_some_and(|before| before <= 5 && before + tally.linked == tally.words)
    }

    /// What stands under a heading such as "Related" or "Comments": the whole of the block that it begins, else the lists and
    /// blocks that follow it; paragraphs that follow are the article's.
    fn under_heading(&self, node: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
        let tally = self.survey.tally(node);
        let Some(first) = tally.first else { return Vec::new() };
        let line = &self.survey.lines[first];
        let is_talk = line.leftover == Some(Leftover::Talk);
        if tally.words > 8 || line.block != node.id || !(is_talk || line.leftover == Some(Leftover::Tail)) {
            return Vec::new();
        }
        let holds_story = |node: &NodeRef<'a>| [self.story.headline, self.story.home].into_iter().flatten().any(|own| holds(node, &own));
        if let Some(parent) = node.parent()
            && !parent.has_name("body")
            && self.survey.tally(&parent).first == Some(first)
            && !holds_story(&parent)
            && self.story.headline.is_some()
            && !self.begins_in(&parent)
        {
            return vec![parent];
        }
        let is_heading =
            |node: &NodeRef<'a>| node.node_name().is_some_and(|name| matches!(&*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
        let mut parts = vec![*node];
        let mut next = node.next_sibling();
        while let Some(here) = next {
            next = here.next_sibling();
            if !here.is_element() {
                continue;
            }
            let tally = self.survey.tally(&here);
            let is_list = here.node_name().is_some_and(|name| matches!(&*name, "ul" | "ol" | "dl" | "div" | "section" | "article"));
            let is_other = tally.links > 0 && tally.linked * 3 >= tally.words;
            // A subhead may be worded so; one that counts what follows is none.
            let is_counted = line.text.contains(|c: char| c.is_ascii_digit());
            let goes_on = if is_talk {
                !is_heading(&here) && (is_counted || !here.has_name("p"))
            } else {
                is_other && (is_list || here.has_name("p")) || tally.words == 0
            };
            if !goes_on || holds_story(&here) {
                break;
            }
            parts.push(here);
        }
        parts
    }
}
