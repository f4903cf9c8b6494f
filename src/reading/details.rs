//! What an article's own words say of it: byline, date of publication, outlet.

use std::sync::LazyLock;

use regex::Regex;

/// The day a text names, as `2023-07-11`, if it names one in full: ISO 8601, `July 11, 2023`, `11 July 2023`. Numbers
/// alone (`9/3/2024`) are read only where day and month cannot be confused.
pub fn date_in(text: &str) -> Option<String> {
    let iso = ISO.captures(text).and_then(|m| day(m[1].parse().ok()?, m[2].parse().ok()?, m[3].parse().ok()?));
    let worded = || MONTH_DAY.captures(text).and_then(|m| day(m[3].parse().ok()?, month(&m[1])?, m[2].parse().ok()?));
    let british = || DAY_MONTH.captures(text).and_then(|m| day(m[3].parse().ok()?, month(&m[2])?, m[1].parse().ok()?));
    let numbers = || {
        let m = NUMBERS.captures(text)?;
        let (a, b, year): (i8, i8, i16) = (m[1].parse().ok()?, m[2].parse().ok()?, m[3].parse().ok()?);
        match (a > 12, b > 12) {
            (true, false) => day(year, b, a),
            (false, true) => day(year, a, b),
            _ if a == b => day(year, a, b),
            _ => None,
        }
    };
    iso.or_else(worded).or_else(british).or_else(numbers)
}

static ISO: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{4})-(\d{2})-(\d{2})(?:\b|T)"));
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\p{L}{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})\b"));
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{1,2})(?:st|nd|rd|th)?\s(\p{L}{3,9})\.?,?\s(\d{4})\b"));
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b"));
static BY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?is:by[:\s]\s*(.+))$"));
static COPYRIGHT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:©|\([cC]\)|Copyright)\s*(?:©\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)[\s,]+(?:by\s+)?(\p{Lu}[^.|·•\n]{1,60}?)(?:\s+(?:Ltd|Inc|LLC|plc|GmbH)\b)?\s*(?:[.|·•]|All rights|\s{2,}|$)",
    )
});

pub(super) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this room are constants, and a test compiles each")
}

fn day(year: i16, month: i8, day: i8) -> Option<String> {
    jiff::civil::Date::new(year, month, day).ok().filter(|_| (1400..=2200).contains(&year)).map(|date| date.to_string())
}

fn month(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let name = name.to_lowercase();
    let at = MONTHS.iter().position(|month| *month == name || (name.len() >= 3 && name.len() <= 4 && month.starts_with(&name)))?;
    i8::try_from(at + 1).ok()
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
    fn days_named_in_full() {
        for text in ["2024-09-04T07:15:00Z", "Sept. 4, 2024, 7:15 a.m.", "Published: 4 September 2024", "on the 4th Sep, 2024"] {
            assert_eq!(date_in(text).as_deref(), Some("2024-09-04"), "{text}");
        }
        assert_eq!(date_in("13/9/2024").as_deref(), Some("2024-09-13"));
        for text in ["9/3/2024", "Mayor 4, 2024", "February 30, 2024", "2024", "in May 2024", ""] {
            assert_eq!(date_in(text), None, "{text}");
        }
    }

    #[test]
    fn outlets_and_authors() {
        assert_eq!(outlet_in("© 2024 The Harbour Courier Ltd. All rights reserved.   About").as_deref(), Some("The Harbour Courier"));
        assert_eq!(outlet_in("Copyright 2019-2021 by Kyiv Post").as_deref(), Some("Kyiv Post"));
        assert_eq!(outlet_in("The copyright office said 2019 was busy."), None);
        assert_eq!(without_by("By Ann Lee"), "Ann Lee");
        assert_eq!(without_by("Byron Lee"), "Byron Lee");
    }
}
