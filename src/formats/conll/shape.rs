//! Which columns a file has, and what its lines are.

use super::tags::{self, ARTICLE_MARK};

/// What is known of a file's columns before it is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Token first, tag last, between blanks or tabs.
    Columns { by_tabs: bool },
    /// The tag first, the token last, as the MIT corpora have it.
    Reversed,
    /// Number, token, and two tags: an outer and an inner one, as GermEval has it.
    Numbered,
    /// Ten columns between tabs, entities in the last.
    Universal,
}

/// Whether a text is columns; by its first rows.
pub fn is_columns(head: &str) -> bool {
    head.starts_with(ARTICLE_MARK) || shape(head).is_some_and(|shape| is_sure(head, shape))
}

/// Enough rows that can be nothing else: every one with a tag, and one at least of a mention.
fn is_sure(head: &str, shape: Shape) -> bool {
    // The last line may be cut.
    let mut rows = rows(head, shape).collect::<Vec<_>>();
    rows.pop();
    match shape {
        Shape::Universal => rows.len() >= 2,
        Shape::Columns { by_tabs } => {
            let last = |row: &&str| cells(row, by_tabs).pop().unwrap_or_default().to_owned();
            rows.len() >= 4 && rows.iter().all(|row| tags::is_tag(&last(row))) && rows.iter().any(|row| last(row) != "O")
        }
        Shape::Reversed | Shape::Numbered => rows.len() >= 4,
    }
}

fn rows(text: &str, shape: Shape) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with(ARTICLE_MARK));
    lines.filter(move |line| remark(line, shape).is_none()).take(200)
}

/// The shape of a text, by its first rows.
pub fn shape(text: &str) -> Option<Shape> {
    let any = Shape::Columns { by_tabs: false };
    let rows: Vec<&str> = rows(text, any).collect();
    let first = rows.first()?;
    let by_tabs = rows.iter().all(|row| row.contains('\t'));
    let is_number = |cell: &str| cell.split(['-', '.']).all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if by_tabs && rows.iter().all(|row| row.split('\t').count() == 10) && is_number(first.split('\t').next()?) {
        return Some(Shape::Universal);
    }
    let all = |is: &dyn Fn(&[&str]) -> bool| rows.iter().all(|row| is(&cells(row, by_tabs)));
    if by_tabs && all(&|cells| cells.len() == 4 && is_number(cells[0]) && tags::is_tag(cells[2]) && tags::is_tag(cells[3])) {
        return Some(Shape::Numbered);
    }
    if all(&|cells| cells.len() == 2 && tags::is_tag(cells[0])) && !all(&|cells| cells.len() == 2 && tags::is_tag(cells[1])) {
        return Some(Shape::Reversed);
    }
    // A line may be damaged; one of plain words ends with a tag by chance alone.
    let tagged =
        rows.iter().map(|row| cells(row, by_tabs)).filter(|cells| cells.len() >= 2 && tags::is_tag(cells[cells.len() - 1])).count();
    (tagged * 2 > rows.len()).then_some(Shape::Columns { by_tabs })
}

/// The columns of a row.
pub fn cells(line: &str, by_tabs: bool) -> Vec<&str> {
    if by_tabs {
        return line.split('\t').map(str::trim).collect();
    }
    // Python's own blanks: a no-break space is part of a token that somebody wrote with one.
    line.split([' ', '\t']).filter(|cell| !cell.is_empty()).collect()
}

/// What a line says that is no row: `# key = value`, or `#begin document`.
pub fn remark(line: &str, shape: Shape) -> Option<&str> {
    let words = line.strip_prefix('#')?;
    let is_row = match shape {
        Shape::Columns { .. } | Shape::Reversed => {
            cells(line, line.contains('\t')).last().is_some_and(|cell| tags::is_tag(cell)) && !words.contains(" = ")
        }
        Shape::Numbered | Shape::Universal => false,
    };
    (!is_row).then(|| words.trim())
}
