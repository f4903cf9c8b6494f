//! What is looked for in texts: words as they stand, whole words, or a regular expression.

use regex::{Regex, RegexBuilder};

use super::Span;
use super::seam::is_unspaced_letter;

/// What is typed to find something, and how it is meant.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    pub text: String,
    pub regex: bool,
    pub match_case: bool,
    /// What begins or ends within a word is not found.
    pub whole_words: bool,
}

/// A query, ready to be looked for.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
    whole_words: bool,
}

/// Why an expression cannot be used, in words without the drawing of the pattern.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadPattern(String);

/// In bytes: what an expression may become. Larger ones are refused, so that none takes a machine's memory.
const LARGEST: usize = 1 << 20;

impl Query {
    /// Text as it is typed, in whatever case.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// # Errors
    /// The expression is none, or too large.
    pub fn pattern(&self) -> Result<Pattern, BadPattern> {
        let pattern = if self.regex { self.text.clone() } else { regex::escape(&self.text) };
        let built = RegexBuilder::new(&pattern).case_insensitive(!self.match_case).size_limit(LARGEST).build();
        let regex = built.map_err(|error| BadPattern(last_line(&error.to_string())))?;
        Ok(Pattern { regex, whole_words: self.whole_words })
    }
}

impl Pattern {
    /// Where it stands (bytes), in order, without overlaps. What is blank all over is no match.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Span> + 't {
        let found = self.regex.find_iter(text).filter(|found| !found.as_str().trim().is_empty());
        found.map(|found| Span::from(found.range())).filter(|span| !self.whole_words || is_whole(text, *span))
    }
}

/// Whether neither edge of `span` parts a word.
fn is_whole(text: &str, span: Span) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (before, inside, after) = (&text[..span.start as usize], span.of(text).unwrap_or_default(), &text[span.end as usize..]);
    let parts = |left: Option<char>, right: Option<char>| is_letter(left) && is_letter(right) && !is_between_words(left, right);
    !parts(before.chars().next_back(), inside.chars().next()) && !parts(inside.chars().next_back(), after.chars().next())
}

/// In scripts without blanks every letter may begin a word.
fn is_between_words(left: Option<char>, right: Option<char>) -> bool {
    [left, right].into_iter().flatten().all(is_unspaced_letter)
}

/// The part of a regex error that says what is wrong.
fn last_line(error: &str) -> String {
    error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found<'t>(query: &Query, text: &'t str) -> Vec<&'t str> {
        let pattern = query.pattern().expect("it can be looked for");
        pattern.places(text).map(|span| span.of(text).expect("on characters")).collect()
    }

    #[test]
    fn text_is_found_in_whatever_case_and_expressions_are_none_unless_they_are_meant() {
        let text = "NATO met. Nato's men (a.b) left; senators stayed.";
        assert_eq!(found(&Query::plain("nato"), text), ["NATO", "Nato", "nato"]);
        assert_eq!(found(&Query { match_case: true, ..Query::plain("NATO") }, text), ["NATO"]);
        assert_eq!(found(&Query { whole_words: true, ..Query::plain("nato") }, text), ["NATO", "Nato"]);
        assert_eq!(found(&Query::plain("a.b"), text), ["a.b"]);
        assert_eq!(found(&Query { regex: true, ..Query::plain(r"\bs\w+") }, text), ["senators", "stayed"]);
        assert_eq!(found(&Query { regex: true, ..Query::plain(r"\s*") }, "a b"), [""; 0]);
    }

    #[test]
    fn a_whole_word_ends_where_one_ends_in_every_script() {
        let whole = |text: &str| Query { whole_words: true, ..Query::plain(text) };
        for (query, text, n) in [
            ("port", "Port, airport, ports; port-side", 2),
            ("Zoë", "Zoë Zoës", 1),
            ("東京", "東京都の東京", 2),
            ("Θεσσαλονίκη", "η Θεσσαλονίκη.", 1),
            ("met.", "He met. Metal", 1),
            ("a b", "a b ab", 1),
        ] {
            assert_eq!(found(&whole(query), text).len(), n, "{query} in {text}");
        }
    }

    #[test]
    fn what_is_no_expression_and_what_would_be_too_large_is_refused_in_words() {
        for text in ["(", r"(\w{500}){500}", "a{2000}{2000}"] {
            let fault = Query { regex: true, ..Query::plain(text) }.pattern().expect_err(text).to_string();
            assert!(!fault.is_empty() && !fault.contains('\n'), "{fault:?}");
        }
    }
}
