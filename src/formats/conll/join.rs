//! Tokens become text again, as people write it: which of them stand together without a blank.

/// The text of a sentence's tokens, and where each begins and ends in it, in bytes. `glued`: no blank behind that token,
/// where the file says so.
pub fn join(tokens: &[&str], glued: impl Fn(usize) -> Option<bool>) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut places = Vec::with_capacity(tokens.len());
    let mut quotes = Quotes::default();
    for (i, token) in tokens.iter().enumerate() {
        let before = i.checked_sub(1).map(|before| tokens[before]);
        let is_opening = quotes.take(token);
        let stand_together = match before {
            None => true,
            Some(before) => glued(i - 1).unwrap_or_else(|| quotes.opened_before || no_blank(before, token, is_opening)),
        };
        if !stand_together {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(token);
        places.push((start, text.len()));
    }
    (text, places)
}

/// Straight quotation marks open and close in turns.
#[derive(Default)]
struct Quotes {
    is_open: [bool; 2],
    /// The last token opened one.
    opened: bool,
    /// The one before it did.
    opened_before: bool,
}

impl Quotes {
    /// Whether the token opens a quotation.
    fn take(&mut self, token: &str) -> bool {
        self.opened_before = self.opened;
        let which = match token {
            "\"" => Some(0),
            "'" => Some(1),
            _ => None,
        };
        self.opened = which.is_some_and(|which| {
            self.is_open[which] = !self.is_open[which];
            self.is_open[which]
        });
        self.opened
    }
}

/// Whether no blank stands between two tokens.
fn no_blank(before: &str, token: &str, is_opening: bool) -> bool {
    let first = token.chars().next().unwrap_or(' ');
    let last = before.chars().next_back().unwrap_or(' ');
    let rest = &token[first.len_utf8()..];
    let is_quote = matches!(token, "\"" | "'") && !is_opening;
    is_quote
        || matches!(token, "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "}" | "%" | "…" | "”" | "’" | "»" | "''" | "n't" | "N'T")
        || "’'".contains(first) && rest.chars().next().is_some_and(char::is_alphabetic) && rest.chars().count() <= 2
        || matches!(before, "(" | "[" | "{" | "$" | "£" | "€" | "“" | "‘" | "«" | "``" | "#" | "@")
        // What was cut at the edge of a mention.
        || before.chars().nth(1).is_some() && matches!(last, '-' | '/') && first.is_alphanumeric()
        || matches!(first, '-' | '/') && rest.starts_with(char::is_alphanumeric)
        || is_wide(last) && is_wide(first)
        || before.len() > 1 && is_mark_only(token)
}

fn is_mark_only(token: &str) -> bool {
    token.chars().all(unicode_normalization::char::is_combining_mark)
}

/// Letters and marks of scripts that write no blanks between words.
fn is_wide(c: char) -> bool {
    is_unspaced(c) || matches!(c as u32, 0x3001..=0x303F | 0xFF01..=0xFF65)
}

/// Scripts that write no blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3040..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_the_text_that_people_write() {
        for text in [
            "\"We won't go,\" said Mr. O'Hara (42) of St. John's, \"not for $5 or 10%.\"",
            "“No”, she said: it’s 1996-08-30; why?",
            "大阪は東京、「京都」。",
            "the U.S.-led alliance",
        ] {
            let tokens: Vec<&str> = match text {
                t if t.starts_with('"') => {
                    "\" We wo n't go , \" said Mr. O'Hara ( 42 ) of St. John 's , \" not for $ 5 or 10 % . \"".split(' ').collect()
                }
                t if t.starts_with('“') => "“ No ” , she said : it ’s 1996-08-30 ; why ?".split(' ').collect(),
                t if t.starts_with("the") => "the U.S. -led alliance".split(' ').collect(),
                _ => "大 阪 は 東京 、 「 京都 」 。".split(' ').collect(),
            };
            let (joined, places) = join(&tokens, |_| None);
            assert_eq!(joined, text);
            assert!(places.iter().zip(&tokens).all(|((start, end), token)| joined[*start..*end] == **token));
        }
        assert_eq!(join(&["a", ",", "b"], |i| Some(i == 1)).0, "a ,b", "what the file says goes first");
    }
}
