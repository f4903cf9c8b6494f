//! What fields of a line of JSONL have in common.

use std::borrow::Cow;

/// Where something lies and what it is called there.
pub fn triple<'w>(start: Option<usize>, end: Option<usize>, word: &'w str, key: &str) -> Result<(usize, usize, &'w str), String> {
    let number = |number: Option<usize>, name: &str| number.ok_or(format!("has no whole number {name:?}"));
    let (start, end) = (number(start, "start")?, number(end, "end")?);
    if word.trim().is_empty() { Err(format!("has no {key:?}")) } else { Ok((start, end, word)) }
}

/// A list as it is, or out of the text that it is packed in; an empty text is none.
pub fn unpacked(json: &str) -> Cow<'_, str> {
    if json == NOTHING_PACKED {
        return Cow::Borrowed("[]");
    }
    match json.starts_with('"').then(|| serde_json::from_str(json)) {
        Some(Ok(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(json),
    }
}

/// A list that is packed in a text and has no items.
pub const NOTHING_PACKED: &str = "\"\"";

/// Why a field cannot be read.
pub fn field_fault(place: &str, error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = match words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words) {
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => {
            "half of a surrogate pair, such as \\ud83d alone, is no character; write both halves or the character itself"
        }
        words => words,
    };
    format!("is no valid JSON ({place}: {words})")
}
