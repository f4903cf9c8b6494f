//! Lines become paragraphs: across lines, columns and pages, with words that were broken at a line's end whole again, and
//! what stands at the head and the foot of every page as a frame.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;
use crate::annotation::ZoneKind;
use crate::reading::details::pattern;
use crate::reading::page::Page;
use crate::text::seam::Seam;

/// The paragraphs of all pages.
pub fn page_of(pages: Vec<Vec<Line>>) -> Page {
    let body = body_size(&pages);
    let pages = with_frames(pages, body);
    let mut flow = Flow { blocks: Vec::new(), page: 0, body };
    for lines in pages {
        flow.page(lines);
    }
    let title = title_of(&flow.blocks, body);
    let mut page = Page::default();
    for (at, block) in flow.blocks.iter().enumerate() {
        let kind = if block.is_frame { Some(ZoneKind::Boilerplate) } else { (Some(at) == title).then_some(ZoneKind::Headline) };
        page.push(block.text.replace('\u{AD}', "").trim(), kind, block.is_row);
    }
    page
}

/// The size of most letters.
fn body_size(pages: &[Vec<Line>]) -> f32 {
    let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
    pages.iter().flatten().for_each(|line| *sizes.entry(tenths(line.size)).or_default() += line.text.len());
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(10.0, |(size, _)| size as f32 / 10.0)
}

fn tenths(length: f32) -> i32 {
    (length * 10.0).round() as i32
}

/// How many lines at the head and at the foot of a page may be those of every page.
const EDGE: usize = 4;

/// Marks lines that stand at the head or the foot of several pages, apart from their numbers, and numbers of pages.
fn with_frames(mut pages: Vec<Vec<Line>>, body: f32) -> Vec<Vec<Line>> {
    let edges: Vec<Vec<(usize, bool)>> = pages.iter().map(|lines| edges_of(lines)).collect();
    // On how many pages a line stands, in any size and in its own.
    let mut counts: BTreeMap<(String, bool, i32), usize> = BTreeMap::new();
    for (lines, edges) in pages.iter().zip(&edges) {
        let of = |(at, is_top): &(usize, bool)| {
            let line = &lines[*at];
            [(key_of(&line.text), *is_top, ANY_SIZE), (key_of(&line.text), *is_top, tenths(line.size))]
        };
        let keys: BTreeSet<_> = edges.iter().flat_map(of).collect();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let least = pages.len().div_ceil(3).max(2);
    for (lines, edges) in pages.iter_mut().zip(&edges) {
        // From inside to outside, for a head may have two lines; the inner one stands apart from the text.
        for (place, (at, is_top)) in edges.iter().enumerate().rev() {
            let is_outermost = place == 0 || edges[place - 1].1 != *is_top;
            let line = &lines[*at];
            let inner = edges[place + 1..].iter().filter(|(_, top)| top == is_top).map(|(at, _)| &lines[*at]);
            let inner = inner.into_iter().find(|inner| (line.y - inner.y).abs() > 0.5 * line.size);
            let is_apart = inner.map_or(lines.len() <= EDGE, |inner| inner.is_frame || (line.y - inner.y).abs() > 1.5 * line.size);
            let is_on = |size: i32| counts.get(&(key_of(&line.text), *is_top, size)).is_some_and(|count| *count >= least);
            let is_common = is_on(ANY_SIZE) && (line.size < 1.15 * body || is_on(tenths(line.size)));
            let is_frame = is_common && is_apart || is_outermost && is_page_number(&line.text);
            lines[*at].is_frame |= is_frame;
        }
    }
    pages
}

const ANY_SIZE: i32 = -1;

/// The lines nearest to the head and to the foot of a page, from outside to inside, and whether each is at the head. Their
/// neighbour inside is one of them.
fn edges_of(lines: &[Line]) -> Vec<(usize, bool)> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*b].y.total_cmp(&lines[*a].y));
    let count = EDGE.min(lines.len());
    let head = order.iter().take(count).map(|at| (*at, true));
    let foot = order.iter().rev().take(count).map(|at| (*at, false));
    head.chain(foot).collect()
}

fn key_of(text: &str) -> String {
    let mut key = String::new();
    for c in text.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || !key.ends_with('#') {
            key.push(c);
        }
    }
    key
}

/// `12`, `– 12 –`, `Page 3 of 10`, and what browsers write over and under a page that they print.
fn is_page_number(text: &str) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?i:[-–—|\s]*(?:page|seite|pagina|página|pág\.|p\.|s\.|str\.)?\s*\d{1,4}(?:\s*(?:of|von|de|sur|di|van|z|/)\s*\d{1,4})?[-–—|\s]*)$|^(?:https?|file)://\S+\s+\d+/\d+$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}\b.*$",
        )
    });
    text.len() < 300 && NUMBER.is_match(text.trim())
}

#[derive(Debug)]
struct Block {
    text: String,
    size: f32,
    is_bold: bool,
    is_frame: bool,
    /// A row of a table, or an item of a list: the next one stands on the line after it.
    is_row: bool,
    first: f32,
    x0: f32,
    x1: f32,
    y: f32,
    last_x1: f32,
    step: Option<f32>,
    lines: usize,
    page: usize,
}

struct Flow {
    blocks: Vec<Block>,
    page: usize,
    body: f32,
}

/// How far back the paragraph may stand that goes on after a column, a box or a note.
const BACK: usize = 5;

impl Flow {
    fn page(&mut self, lines: Vec<Line>) {
        // How far the lines go that begin in one place; what is indented is of the same column.
        let mut edges: BTreeMap<i32, f32> = BTreeMap::new();
        let column = |line: &Line| (line.x0 / 12.0).round() as i32;
        for line in lines.iter().filter(|line| !line.text.contains('\t')) {
            let edge = edges.entry(column(line)).or_insert(line.x1);
            *edge = edge.max(line.x1);
        }
        let edge_of = |line: &Line| {
            let at = column(line);
            (at - 5..=at + 1).filter_map(|at| edges.get(&at)).fold(line.x1, |edge, other| edge.max(*other))
        };
        for line in lines.iter().filter(|line| !line.text.is_empty()) {
            let edge = edge_of(line);
            match self.place_of(line, edge) {
                Some(at) => self.blocks[at].add(line, self.page),
                None => self.blocks.push(Block::of(line, self.page)),
            }
        }
        self.page += 1;
    }

    /// The paragraph that goes on in a line.
    fn place_of(&self, line: &Line, edge: f32) -> Option<usize> {
        if line.text.contains('\t') || is_item(&line.text) {
            return None;
        }
        let last = self.blocks.len().checked_sub(1)?;
        let block = &self.blocks[last];
        if block.page == self.page && block.goes_on_below(line, edge, self.body) {
            return Some(last);
        }
        let is_elsewhere = block.page != self.page || line.y > block.y - 0.3 * line.size || line.x0 > block.x1;
        if !is_elsewhere && !is_frame_between(&self.blocks, last) {
            return None;
        }
        (0..=last).rev().take(BACK).find(|at| self.blocks[*at].goes_on_elsewhere(line, self.page))
    }
}

/// Whether the last block is a frame, which a paragraph may reach over.
fn is_frame_between(blocks: &[Block], last: usize) -> bool {
    blocks[last].is_frame
}

/// Begins with the mark of an item.
fn is_item(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|c| matches!(c, '•' | '‣' | '▪' | '◦' | '●' | '■' | '–' | '-')) && letters.next() == Some(' ')
}

impl Block {
    fn of(line: &Line, page: usize) -> Self {
        let Line { text, x0, x1, y, size, is_bold, is_frame } = line.clone();
        let is_row = text.contains('\t') || is_item(&text);
        Self { text, size, is_bold, is_frame, is_row, first: x0, x0, x1, y, last_x1: x1, step: None, lines: 1, page }
    }

    fn add(&mut self, line: &Line, page: usize) {
        if self.is_initial(line) {
            self.text.push_str(&line.text);
            (self.size, self.y) = (line.size, line.y);
        } else {
            Seam::join(&mut self.text, &line.text);
        }
        if self.page == page && line.y < self.y {
            self.step = Some(self.y - line.y).filter(|step| *step < 3.0 * self.size).or(self.step);
            self.x0 = if self.lines == 1 { line.x0 } else { self.x0.min(line.x0) };
            self.x1 = self.x1.max(line.x1);
        } else {
            (self.x0, self.x1) = (line.x0, line.x1);
        }
        (self.y, self.last_x1, self.page) = (line.y, line.x1, page);
        self.lines += 1;
    }

    fn is_like(&self, line: &Line) -> bool {
        let ratio = line.size / self.size.max(0.1);
        (0.9..1.12).contains(&ratio) && self.is_bold == line.is_bold && self.is_frame == line.is_frame && !self.text.contains('\t')
    }

    /// A large letter that begins the word of the first line.
    fn is_initial(&self, line: &Line) -> bool {
        let is_letter = self.lines == 1 && self.text.chars().count() == 1 && self.text.starts_with(char::is_uppercase);
        is_letter && self.size > 1.6 * line.size && (line.x0 - self.x1).abs() < line.size && line.text.starts_with(char::is_lowercase)
    }

    /// Whether a line is the next one of this paragraph, in the same column.
    fn goes_on_below(&self, line: &Line, edge: f32, body: f32) -> bool {
        if self.is_initial(line) {
            return true;
        }
        let step = self.y - line.y;
        let most = self.step.map_or(1.75 * line.size, |step| 1.25 * step + 0.5);
        let overlaps = line.x0 < self.x1 && line.x1 > self.x0.min(self.first);
        if !self.is_like(line) || step < 0.5 * line.size || step > most || !overlaps {
            return false;
        }
        let middle = |x0: f32, x1: f32| (x0 + x1) / 2.0;
        let is_centred =
            (middle(self.x0, self.x1) - middle(line.x0, line.x1)).abs() < 0.6 * line.size && (line.x0 - self.x0).abs() > 0.6 * line.size;
        // Lines of a title may be centred under one another; elsewhere each is one by itself.
        if is_centred {
            return line.size > 1.15 * body;
        }
        let is_indented = !self.is_row && line.x0 > self.x0 + 0.7 * line.size && self.last_x1 > edge - 6.0 * line.size;
        let room = edge - self.x0.min(line.x0);
        let is_short = self.last_x1 < edge - 0.12 * room && !line.text.starts_with(char::is_lowercase);
        let is_alone = is_short && self.last_x1 < edge - 0.5 * room;
        !(is_indented && ends(&self.text) || is_alone || is_short && (self.is_row || ends(&self.text)))
    }

    /// Whether a line at the head of another column or page, or after a box, goes on with what this paragraph began.
    fn goes_on_elsewhere(&self, line: &Line, page: usize) -> bool {
        if self.is_frame || line.is_frame || !self.is_like(line) || self.is_row || page > self.page + 1 {
            return false;
        }
        let is_broken = self.text.ends_with(['-', '\u{2010}', '\u{AD}']);
        let is_open = !ends(&self.text);
        let is_full = self.last_x1 > self.x1 - 1.5 * self.size;
        is_broken || is_open && line.text.starts_with(char::is_lowercase) || is_open && is_full && self.lines >= 3
    }
}

/// Whether a text ends as a sentence does.
fn ends(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '“', '»', '…', ')', '。', '」', '』', '！', '？'])
}

/// The block whose letters are the largest of those that the first page begins with.
fn title_of(blocks: &[Block], body: f32) -> Option<usize> {
    let head: Vec<usize> =
        (0..blocks.len()).filter(|at| blocks[*at].page == 0 && !blocks[*at].is_frame && !blocks[*at].is_row).take(6).collect();
    let largest = head.iter().copied().max_by(|a, b| blocks[*a].size.total_cmp(&blocks[*b].size).then(b.cmp(a)))?;
    let is_long = |at: &usize| blocks[*at].text.len() > 250;
    let is_title = blocks[largest].size >= 1.2 * body && !is_long(&largest) && !head.iter().take_while(|at| **at < largest).any(is_long);
    is_title.then_some(largest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_known() {
        for text in ["12", "– 3 –", "Page 3 of 10", "Seite 4", "3 / 7", "https://quay.example/a 1/3", "11/27/26, 10:44 PM Harbour opens"]
        {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["12 ships sank", "Page one", "In 2021", ""] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
