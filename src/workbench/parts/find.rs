//! What is looked for in the open article, and where it was found.

use regex::RegexBuilder;

use crate::text::Span;

/// What to look for on the page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FindQuery {
    pub text: String,
    pub regex: bool,
    pub match_case: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Find {
    pub query: FindQuery,
    /// Bytes of the open article, in order.
    pub matches: Vec<Span>,
    /// The match last stepped to.
    pub at: Option<usize>,
    /// Why the expression cannot be used.
    pub fault: Option<String>,
}

/// More matches than this are not marked; nobody steps through them.
const MOST: usize = 20_000;

impl Find {
    pub fn is_on(&self) -> bool {
        !self.query.text.is_empty()
    }

    /// Looks for the same in another text: of an article just opened, or that has changed.
    pub fn turn_to(&mut self, text: Option<&str>) {
        self.matches.clear();
        self.at = None;
        if let Some(text) = text {
            self.search(text);
        }
    }

    fn search(&mut self, text: &str) {
        self.fault = None;
        if !self.is_on() {
            return;
        }
        let pattern = if self.query.regex { self.query.text.clone() } else { regex::escape(&self.query.text) };
        let built = RegexBuilder::new(&pattern).case_insensitive(!self.query.match_case).size_limit(1 << 20).build();
        match built {
            Ok(regex) => {
                let found = regex.find_iter(text).filter(|found| !found.as_str().trim().is_empty());
                self.matches.extend(found.take(MOST).map(|found| Span::from(found.range())));
            }
            Err(error) => self.fault = Some(last_line(&error.to_string())),
        }
    }
}

/// The part of a regex error that says what is wrong, without the drawing of the pattern.
fn last_line(error: &str) -> String {
    error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}
