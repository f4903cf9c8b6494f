//! What writing and reading brat's lines have in common.

/// The `format` of what came with brat's lines and is handed back.
pub const TOOL: &str = "brat";

/// Our attribute for the state of a mention.
pub const STATUS: &str = "Status";

/// The type of the remark that holds what brat has no lines for, and what it is put on: an id that no mention has.
pub const REMARK: &str = "Manicule";
pub const NOTHING: &str = "T0";

/// The type of remark that an annotator writes in brat's window.
pub const NOTE: &str = "AnnotatorNotes";

/// What stands between fragments in the words of a `T` line.
pub const GAP: &str = " ";

/// Keys of what is kept of a mention: its id, the fragments of one in pieces (code points from its beginning), and what was
/// said of it under names of others.
pub const ID: &str = "id";
pub const FRAGMENTS: &str = "fragments";
pub const ATTRIBUTE: &str = "A:";
pub const REFERENCE: &str = "N:";
pub const COMMENT: &str = "#:";

/// Where Python parts lines, and the tab, which parts the columns of a line.
pub fn parts_lines(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// On one line, as a column takes it.
pub fn one_line(words: &str) -> String {
    words.split(|c: char| c.is_whitespace() || parts_lines(c)).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A label as brat's types are called. bratly takes letters, digits, `_` and `-` alone.
pub fn type_of(label: &str) -> String {
    label.chars().map(|c| if c.is_alphanumeric() || matches!(c, '_' | '-') { c } else { '_' }).collect()
}

/// The ids that a line speaks of.
pub fn references(data: &str) -> impl Iterator<Item = &str> {
    let data = data.split('\t').next().unwrap_or_default();
    data.split([' ', ':']).filter(|word| number(word).is_some())
}

/// The number of an id such as `T12`.
pub fn number(id: &str) -> Option<u32> {
    let digits = id.strip_prefix(['T', 'E', 'R', 'A', 'M', 'N', '#'])?;
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// Whether the beginning of a file has a line of brat's. One that is empty is beside every text that nobody has marked.
pub fn begin(head: &str) -> bool {
    let is_ours = |line: &str| line.split_once('\t').is_some_and(|(id, _)| id == "*" || number(id).is_some());
    head.trim().is_empty() || head.lines().any(is_ours)
}
