//! What writing and reading brat's lines have in common.

use std::collections::BTreeSet;

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

/// A label as brat's types are called. brat and bratly take the letters and digits of ASCII, `_` and `-` alone.
pub fn type_of(label: &str) -> String {
    label.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') { c } else { '_' }).collect()
}

/// Sections of brat's `annotation.conf`.
pub const RELATIONS: &str = "relations";
pub const EVENTS: &str = "events";
pub const ATTRIBUTES: &str = "attributes";

/// What a line that is kept uses and `annotation.conf` has to declare: its section, its name, and the roles or the value that
/// it has there. Triggers of events are declared as what they are marked with.
pub fn declares<'l>(id: &str, data: &'l str) -> Option<(&'static str, &'l str, Vec<&'l str>)> {
    let mut words = data.split('\t').next()?.split_whitespace();
    let first = words.next()?;
    let roles = |words: &mut dyn Iterator<Item = &'l str>| words.filter_map(|word| Some(word.split_once(':')?.0)).collect();
    match id.chars().next()? {
        'R' => Some((RELATIONS, first, roles(&mut words))),
        '*' => Some((RELATIONS, first, Vec::new())),
        'E' => Some((EVENTS, first.split(':').next()?, roles(&mut words))),
        'A' | 'M' => Some((ATTRIBUTES, first, words.skip(1).collect())),
        _ => None,
    }
}

/// A line of `annotation.conf`: what the name may be put on or join, with the values or roles that it was used with.
pub fn declaration(section: &str, name: &str, used_with: &BTreeSet<String>) -> String {
    let used: Vec<&str> = used_with.iter().map(String::as_str).collect();
    match section {
        ATTRIBUTES if used.is_empty() => format!("{name}\tArg:<ANY>"),
        ATTRIBUTES => format!("{name}\tArg:<ANY>, Value:{}", used.join("|")),
        RELATIONS if used.is_empty() => format!("{name}\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive"),
        RELATIONS => format!("{name}\t{}", used.iter().map(|role| format!("{role}:<ANY>")).collect::<Vec<_>>().join(", ")),
        // A number behind a role only tells several of its kind apart; none has to be there.
        _ => {
            let roles: BTreeSet<&str> = used.iter().map(|role| role.trim_end_matches(|c: char| c.is_ascii_digit())).collect();
            format!("{name}\t{}", roles.iter().map(|role| format!("{role}*:<ANY>")).collect::<Vec<_>>().join(", "))
        }
    }
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
