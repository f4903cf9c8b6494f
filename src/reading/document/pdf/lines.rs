//! The lines of a page: what is drawn in a row stands on one line, columns one under the other, and the cells of a table
//! apart.

use super::bidi::{self, Read};
use super::glyphs::Run;

/// A line of a page, as far as it goes without a gap that parts columns; cells of a table have tabs between them.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub is_bold: bool,
    pub is_frame: bool,
}

/// A gap of so many sizes parts columns or cells; one of so many does where blanks are written and none is; one of so many
/// parts words.
const WIDE: f32 = 2.2;
const NARROW: f32 = 0.4;
const BLANK: f32 = 0.17;

/// The lines of a page. What runs another way than most of it follows.
pub fn of(runs: Vec<Run>) -> Vec<Line> {
    let mut lengths = [0; 4];
    runs.iter().for_each(|run| lengths[usize::from(run.turn & 3)] += run.text.len());
    let mut turns = [0_u8, 1, 2, 3];
    turns.sort_by_key(|turn| std::cmp::Reverse(lengths[usize::from(*turn)]));
    let blanks = runs.iter().flat_map(|run| run.text.chars()).filter(|c| *c == ' ').count();
    let is_spaced = blanks * 15 > lengths.iter().sum();
    turns.into_iter().flat_map(|turn| lines_of(runs.iter().filter(|run| run.turn == turn).cloned().collect(), is_spaced)).collect()
}

/// `is_spaced` is whether blanks between words are written, not left.
fn lines_of(runs: Vec<Run>, is_spaced: bool) -> Vec<Line> {
    let (right, left) = runs.iter().map(|run| bidi::count(&run.text)).fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    let is_from_right = right > left;
    let runs = if right > 0 { as_seen(runs, is_from_right) } else { runs };
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let mut last: Option<&Run> = None;
    for run in &runs {
        let is_again = last.is_some_and(|last| {
            last.text == run.text && (last.x0 - run.x0).abs() < 0.3 * run.size && (last.y - run.y).abs() < 0.3 * run.size
        });
        // Letters drawn twice are bold ones.
        if is_again && !run.text.trim().is_empty() {
            continue;
        }
        last = Some(run);
        let open = rows.last_mut().and_then(|row| row.last_mut());
        match open.map(|line| (line.place_of(run, is_spaced), line)) {
            Some((Place::Here, line)) => line.add(run),
            Some((Place::Beside, _)) if run.text.trim().is_empty() => {}
            Some((Place::Beside, _)) => rows.last_mut().into_iter().for_each(|row| row.push(Line::of(run))),
            Some((Place::Below, _)) | None if run.text.trim().is_empty() => {}
            Some((Place::Below, _)) | None => rows.push(vec![Line::of(run)]),
        }
    }
    for line in rows.iter_mut().flatten() {
        line.text = line.text.trim().to_owned();
    }
    if right > 0 {
        put_in_order_of_reading(&mut rows, is_from_right);
    }
    in_order(rows)
}

/// Runs row by row as they stand in it, whichever was drawn first. What is written from the right begins at the right: such a
/// page is laid out as if it were seen in a mirror.
fn as_seen(runs: Vec<Run>, is_from_right: bool) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::with_capacity(runs.len());
    for row in runs.chunk_by(|one, next| (one.y - next.y).abs() <= 0.3 * one.size.min(next.size)) {
        let start = out.len();
        out.extend(row.iter().cloned());
        let row = &mut out[start..];
        if is_from_right {
            for run in row.iter_mut() {
                (run.x0, run.x1, run.text) = (-run.x1, -run.x0, bidi::reversed(&run.text));
            }
        }
        if is_from_right || row.iter().any(|run| run.text.contains(bidi::is_from_right)) {
            row.sort_by(|one, other| one.x0.total_cmp(&other.x0));
        }
    }
    out
}

/// Turns what is seen into what is read. A line runs as its page does, or, on a page that runs from the left, as most of its
/// own letters do.
fn put_in_order_of_reading(rows: &mut [Vec<Line>], is_from_right: bool) {
    let mut lines: Vec<(&mut Line, Vec<Read>)> = Vec::new();
    for line in rows.iter_mut().flatten() {
        let (right, left) = bidi::count(&line.text);
        if right == 0 && !is_from_right {
            continue;
        }
        let seen = if is_from_right { bidi::reversed(&line.text) } else { line.text.clone() };
        let letters = bidi::read(&seen, if is_from_right { right > 0 || left == 0 } else { right > left });
        lines.push((line, letters));
    }
    let lone = lines.iter().map(|(_, letters)| Read::lone_brackets(letters)).fold((0, 0), |sum, lone| (sum.0 + lone.0, sum.1 + lone.1));
    for (line, letters) in lines {
        line.text = Read::text(&letters, lone.1 < lone.0);
    }
}

enum Place {
    Here,
    Beside,
    Below,
}

impl Line {
    fn of(run: &Run) -> Self {
        let Run { text, x0, x1, y, size, is_bold, is_frame, .. } = run;
        Self { text: text.clone(), x0: *x0, x1: *x1, y: *y, size: *size, is_bold: *is_bold, is_frame: *is_frame }
    }

    fn place_of(&self, run: &Run, is_spaced: bool) -> Place {
        let (tall, small) = (self.size.max(run.size), self.size.min(run.size));
        let gap = run.x0 - self.x1;
        // The points of a letter stand over it, not behind it.
        let is_point = run.text.chars().all(is_point);
        if (self.y - run.y).abs() > 0.5 * tall || gap < -0.4 * small - 1.0 && !is_point {
            Place::Below
        } else if gap < WIDE * tall
            && (self.is_mark() || !is_spaced || gap < NARROW * tall || self.ends_blank() || run.text.starts_with([' ', '\u{A0}']))
        {
            Place::Here
        } else {
            Place::Beside
        }
    }

    fn ends_blank(&self) -> bool {
        self.text.ends_with([' ', '\u{A0}'])
    }

    /// The mark or the number of an item, whose words stand apart from it.
    fn is_mark(&self) -> bool {
        let mark = self.text.trim();
        mark.chars().count() <= 4 && mark.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric())
    }

    fn add(&mut self, run: &Run) {
        if !self.is_note_mark(run) {
            let is_apart = run.x0 - self.x1 > BLANK * self.size.min(run.size);
            let unspaced = self.text.chars().next_back().is_some_and(is_unspaced) && run.text.chars().next().is_some_and(is_unspaced);
            if is_apart && !unspaced && !self.ends_blank() && !run.text.starts_with([' ', '\u{A0}']) {
                self.text.push(' ');
            }
            for c in run.text.chars() {
                if c != ' ' || !self.text.ends_with(' ') {
                    self.text.push(c);
                }
            }
            self.is_bold &= run.is_bold || run.text.trim().is_empty();
            self.is_frame &= run.is_frame;
        }
        self.x1 = self.x1.max(run.x1);
        if run.size > 1.2 * self.size {
            (self.size, self.y) = (run.size, run.y);
        }
    }

    /// The raised number behind a word that leads to a note.
    fn is_note_mark(&self, run: &Run) -> bool {
        let is_raised = run.size < 0.8 * self.size && run.y > self.y + 0.2 * self.size;
        let mark = run.text.trim();
        let is_mark =
            !mark.is_empty() && mark.len() <= 6 && mark.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | ',' | ' '));
        let word = self.text.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        is_raised && is_mark && word.chars().filter(|c| c.is_alphabetic()).count() >= 3
    }

    /// A row on one line.
    fn of_row(row: Vec<Line>) -> Option<Line> {
        let mut cells = row.into_iter();
        let mut line = cells.next()?;
        for cell in cells {
            line.text.push('\t');
            line.text.push_str(&cell.text);
            line.x1 = line.x1.max(cell.x1);
            line.is_bold &= cell.is_bold;
            line.is_frame &= cell.is_frame;
        }
        Some(line)
    }
}

/// A vowel of Hebrew or Arabic.
fn is_point(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}')
}

/// Letters of scripts that put no blank between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}' | '\u{E00}'..='\u{EFF}')
}

/// So many rows one under the other, of so many letters a cell, are columns of text and no table.
const FEWEST_ROWS: usize = 4;
const LONG_CELL: usize = 22;

/// Rows as lines. Where a program draws columns row by row, each column is read by itself.
fn in_order(rows: Vec<Vec<Line>>) -> Vec<Line> {
    let mut out = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some(first) = rows.next() {
        if first.len() < 2 {
            out.extend(Line::of_row(first));
            continue;
        }
        let starts: Vec<f32> = first.iter().map(|line| line.x0).collect();
        let mut block = vec![first];
        while let Some(row) = rows.next_if(|row| row.iter().all(|line| column_of(line, &starts).is_some())) {
            block.push(row);
        }
        let full = block.iter().filter(|row| row.len() == starts.len()).count();
        let cells = block.iter().map(Vec::len).sum::<usize>().max(1);
        let letters: usize = block.iter().flatten().map(|line| line.text.chars().count()).sum();
        if full >= FEWEST_ROWS && letters / cells >= LONG_CELL {
            let mut columns: Vec<Vec<Line>> = starts.iter().map(|_| Vec::new()).collect();
            for line in block.into_iter().flatten() {
                if let Some(at) = column_of(&line, &starts) {
                    columns[at].push(line);
                }
            }
            out.extend(columns.into_iter().flatten());
        } else {
            out.extend(block.into_iter().filter_map(Line::of_row));
        }
    }
    out
}

/// The column that a line begins in and does not leave.
fn column_of(line: &Line, starts: &[f32]) -> Option<usize> {
    let at = starts.iter().position(|start| (line.x0 - start).abs() < 2.0 * line.size)?;
    starts.get(at + 1).is_none_or(|next| line.x1 < *next).then_some(at)
}
