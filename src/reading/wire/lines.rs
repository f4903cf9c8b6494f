//! Text wires: what the notations of the telegraph share.

use crate::reading::days::month;

/// The text of a wire message, whose control characters are no sign that it is none.
pub fn text_of(bytes: &[u8]) -> (String, &'static str) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), "UTF-8"),
        Err(_) => (encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), "windows-1252"),
    }
}

/// Lines that run on are one paragraph; one begins after a blank line, or where a line is indented.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_new = true;
    for line in text.split('\n') {
        let words: Vec<&str> = line.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty()).collect();
        let is_indented = line.starts_with('\t') || line.starts_with("   ");
        match paragraphs.last_mut().filter(|_| !is_new && !is_indented) {
            _ if words.is_empty() => {}
            Some(last) => {
                last.push(' ');
                last.push_str(&words.join(" "));
            }
            None => paragraphs.push(words.join(" ")),
        }
        is_new = words.is_empty();
    }
    paragraphs
}

/// Where what is not for publication begins, among paragraphs.
pub fn notebook_at(paragraphs: &[String]) -> Option<usize> {
    let at = paragraphs.iter().position(|paragraph| {
        let lower = paragraph.to_lowercase();
        let is_heading = lower.starts_with('#') && (lower.contains("notebook") || lower.contains("notizblock"));
        is_heading || lower.starts_with("the following information is not") || lower.starts_with("die folgenden informationen sind nicht")
    })?;
    let is_rule = |paragraph: &String| paragraph.starts_with('*') && paragraph.chars().all(|c| matches!(c, '*' | ' '));
    Some(if at > 0 && is_rule(&paragraphs[at - 1]) { at - 1 } else { at })
}

/// A year of two digits.
pub fn year_of(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(if year < 60 { 2000 + year } else { 1900 + year }),
        4 => Some(year),
        _ => None,
    }
}

pub fn date(year: i16, month: i8, day: i8) -> Option<String> {
    jiff::civil::Date::new(year, month, day).ok().map(|date| date.to_string())
}

/// Month and day of a dateline such as `TOKYO, Dec. 9 Kyodo -`.
pub fn dateline_day(text: &str) -> Option<(i8, i8)> {
    let head: String = text.chars().take(90).collect();
    let words: Vec<&str> = head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).find_map(|pair| {
        let of = |name: &str, day: &str| Some((month(name)?, day.parse::<i8>().ok().filter(|day| (1..=31).contains(day))?));
        of(pair[0], pair[1]).or_else(|| of(pair[1], pair[0]))
    })
}
