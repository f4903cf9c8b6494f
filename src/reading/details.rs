//! What an article's own words say of it: byline, date of publication, outlet.

use std::sync::LazyLock;

use regex::Regex;

static BY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?is:by[:\s]\s*(.+))$"));
static COPYRIGHT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:©|\([cC]\)|Copyright)\s*(?:©\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)[\s,]+(?:by\s+)?(\p{Lu}[^.|·•\n]{1,60}?)(?:\s+(?:Ltd|Inc|LLC|plc|GmbH)\b)?\s*(?:[.|·•]|All rights|\s{2,}|$)",
    )
});

pub(super) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this room are constants, and a test compiles each")
}

/// A text on one line; `None` where it is blank.
pub fn text_of(text: Option<&str>) -> Option<String> {
    let words: Vec<&str> = text?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// A byline without its "By".
pub fn without_by(line: &str) -> &str {
    BY.captures(line).and_then(|m| m.get(1)).map_or(line, |name| name.as_str()).trim()
}

/// The outlet that a line of copyright names.
pub fn outlet_in(line: &str) -> Option<String> {
    COPYRIGHT.captures(line).map(|m| m[1].trim().trim_end_matches(',').to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_and_authors() {
        assert_eq!(outlet_in("© 2024 The Harbour Courier Ltd. All rights reserved.   About").as_deref(), Some("The Harbour Courier"));
        assert_eq!(outlet_in("Copyright 2019-2021 by Kyiv Post").as_deref(), Some("Kyiv Post"));
        assert_eq!(outlet_in("The copyright office said 2019 was busy."), None);
        assert_eq!(without_by("By Ann Lee"), "Ann Lee");
        assert_eq!(without_by("Byron Lee"), "Byron Lee");
    }
}
