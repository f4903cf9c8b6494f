//! What a merge of lines leaves in a file that it could not merge.

use super::Fault;

/// `fault`, or its cause where the file holds conflict markers. A session never has a line that begins as they do: its
/// texts stand in quotation marks.
pub fn named(fault: Fault, text: &str) -> Fault {
    let is_mark =
        |line: &str, mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']));
    let mut lines = text.lines().zip(1..);
    let Some((_, first)) = lines.by_ref().find(|(line, _)| is_mark(line, "<<<<<<<")) else { return fault };
    let mut last = first;
    let mut by = "git";
    for (line, number) in lines.by_ref() {
        last = number;
        if is_mark(line, "%%%%%%%") || is_mark(line, "+++++++") {
            by = "jj";
        }
        if is_mark(line, ">>>>>>>") {
            break;
        }
    }
    let more = lines.filter(|(line, _)| is_mark(line, "<<<<<<<")).count();
    Fault::Unmerged { by, first, last, more }
}
