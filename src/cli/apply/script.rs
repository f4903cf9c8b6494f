//! The language of scripts: one decision a line, told by article and span in code points.

use crate::annotation::{ArticleId, EntityId, Label, Scope};

/// What a line asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Order {
    On(Place, Deed),
    /// The decision on a mention goes to every mention of its name.
    Spread(Place, Scope),
    Add(ArticleId, Points, Label),
    AcceptRest(ArticleId),
    /// Does what a finding of the consistency check proposes; the finding is told by its key.
    Fix(String),
    /// It is right as it stands.
    Dismiss(String),
    /// What is settled in an article goes to its copies.
    Transfer(ArticleId),
    Undo,
    Redo,
}

/// A mention, told by where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub article: ArticleId,
    pub points: Points,
    /// Which of several that share the span.
    pub label: Option<Label>,
}

/// A span in code points, end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Points {
    pub start: usize,
    pub end: usize,
}

/// What is done to a mention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Deed {
    Confirm,
    /// Also for `delete`: of the analyst's own mention nothing stays.
    Reject,
    Retype(Label),
    Move(Points),
    /// `None` takes the link away.
    Link(Option<EntityId>),
}

/// Why a line is no order.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    #[error("{0:?} is no verb; these are: confirm reject retype move add delete link spread accept-rest transfer fix dismiss undo redo")]
    Verb(String),
    #[error("{0} is missing; the line is: {1}")]
    Missing(&'static str, &'static str),
    #[error("{0:?} is too much; the line is: {1}")]
    TooMuch(String, &'static str),
    #[error("{0:?} is no span; one is START..END in code points, such as 14..27")]
    Span(String),
    #[error("{0:?} is no scope; these are: article session")]
    Scope(String),
    #[error("the string that begins at column {0} is no JSON string; a quotation mark inside is \\\", a backslash \\\\")]
    Text(usize),
}

/// Reads a line; `None` where it is blank or a comment.
///
/// # Errors
/// [`Fault`], which says how the line should look.
pub fn parse(line: &str) -> Result<Option<Order>, Fault> {
    let words = words(line)?;
    let Some((verb, rest)) = words.split_first() else {
        return Ok(None);
    };
    let form = form(verb).ok_or_else(|| Fault::Verb(verb.clone()))?;
    let mut rest = Rest { words: rest, form };
    let order = match verb.as_str() {
        "undo" => Order::Undo,
        "redo" => Order::Redo,
        "accept-rest" => Order::AcceptRest(rest.article()?),
        "transfer" => Order::Transfer(rest.article()?),
        "fix" => Order::Fix(rest.word("the finding")?),
        "dismiss" => Order::Dismiss(rest.word("the finding")?),
        "add" => Order::Add(rest.article()?, rest.points()?, Label::new(&rest.word("LABEL")?)),
        verb => on_a_mention(verb, &mut rest)?,
    };
    rest.end()?;
    Ok(Some(order))
}

fn on_a_mention(verb: &str, rest: &mut Rest<'_>) -> Result<Order, Fault> {
    let (article, points) = (rest.article()?, rest.points()?);
    let needed = if matches!(verb, "confirm" | "reject" | "delete") { 0 } else { 1 };
    let label = if rest.words.len() > needed { Some(Label::new(&rest.word("LABEL")?)) } else { None };
    let deed = match verb {
        "confirm" => Deed::Confirm,
        "retype" => Deed::Retype(Label::new(&rest.word("LABEL")?)),
        "move" => Deed::Move(rest.points()?),
        "link" => Deed::Link(Some(rest.word("ENTITY")?).filter(|id| !id.is_empty()).map(|id| EntityId::new(&id))),
        "spread" => return Ok(Order::Spread(Place { article, points, label }, scope(rest.word("article or session")?)?)),
        // Rejecting the analyst's own mention deletes it, and deleting a machine's rejects it.
        _ => Deed::Reject,
    };
    Ok(Order::On(Place { article, points, label }, deed))
}

/// How a line with this verb looks.
fn form(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "confirm" => "confirm ART S..E [LABEL]",
        "reject" => "reject ART S..E [LABEL]",
        "delete" => "delete ART S..E [LABEL]",
        "retype" => "retype ART S..E [LABEL] NEWLABEL",
        "move" => "move ART S..E [LABEL] S2..E2",
        "add" => "add ART S..E LABEL",
        "link" => "link ART S..E [LABEL] ENTITY",
        "spread" => "spread ART S..E [LABEL] article|session",
        "accept-rest" => "accept-rest ART",
        "transfer" => "transfer ART",
        "fix" => "fix FINDING",
        "dismiss" => "dismiss FINDING",
        "undo" => "undo",
        "redo" => "redo",
        _ => return None,
    })
}

fn scope(word: String) -> Result<Scope, Fault> {
    match word.as_str() {
        "article" => Ok(Scope::Article),
        "session" => Ok(Scope::Session),
        _ => Err(Fault::Scope(word)),
    }
}

/// The words after the verb that were not taken yet.
struct Rest<'w> {
    words: &'w [String],
    form: &'static str,
}

impl Rest<'_> {
    fn word(&mut self, what: &'static str) -> Result<String, Fault> {
        let (word, rest) = self.words.split_first().ok_or(Fault::Missing(what, self.form))?;
        self.words = rest;
        Ok(word.clone())
    }

    fn article(&mut self) -> Result<ArticleId, Fault> {
        Ok(ArticleId::new(&self.word("the article")?))
    }

    fn points(&mut self) -> Result<Points, Fault> {
        let word = self.word("the span")?;
        let numbers = word.split_once("..").and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
        let (start, end) = numbers.ok_or(Fault::Span(word))?;
        Ok(Points { start, end })
    }

    fn end(&self) -> Result<(), Fault> {
        self.words.first().map_or(Ok(()), |word| Err(Fault::TooMuch(word.clone(), self.form)))
    }
}

/// The words of a line, which blanks part; one that begins with a quotation mark is a JSON string. None in a comment.
fn words(line: &str) -> Result<Vec<String>, Fault> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    if rest.starts_with('#') {
        return Ok(words);
    }
    while !rest.is_empty() {
        let len = match rest.strip_prefix('"') {
            Some(_) => {
                let column = line[..line.len() - rest.len()].chars().count() + 1;
                let mut strings = serde_json::Deserializer::from_str(rest).into_iter::<String>();
                words.push(strings.next().and_then(Result::ok).ok_or(Fault::Text(column))?);
                let len = strings.byte_offset();
                if !rest[len..].is_empty() && !rest[len..].starts_with(char::is_whitespace) {
                    return Err(Fault::Text(column));
                }
                len
            }
            None => {
                let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
                words.push(rest[..len].to_owned());
                len
            }
        };
        rest = rest[len..].trim_start();
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(article: &str, start: usize, end: usize, label: Option<&str>) -> Place {
        Place { article: ArticleId::new(article), points: Points { start, end }, label: label.map(Label::new) }
    }

    #[test]
    fn every_verb_is_read() {
        let label = Label::new("ORG");
        let cases = [
            ("confirm a 0..4", Order::On(place("a", 0, 4, None), Deed::Confirm)),
            ("  reject  a\t0..4 GPE \r", Order::On(place("a", 0, 4, Some("GPE")), Deed::Reject)),
            ("delete a 0..4", Order::On(place("a", 0, 4, None), Deed::Reject)),
            ("retype a 0..4 ORG", Order::On(place("a", 0, 4, None), Deed::Retype(label.clone()))),
            ("retype a 0..4 GPE ORG", Order::On(place("a", 0, 4, Some("GPE")), Deed::Retype(label.clone()))),
            ("move a 0..4 GPE 2..9", Order::On(place("a", 0, 4, Some("GPE")), Deed::Move(Points { start: 2, end: 9 }))),
            (r#"add "two \"words\"" 0..4 ORG"#, Order::Add(ArticleId::new("two \"words\""), Points { start: 0, end: 4 }, label)),
            ("link a 0..4 nato", Order::On(place("a", 0, 4, None), Deed::Link(Some(EntityId::new("nato"))))),
            (r#"link a 0..4 ORG """#, Order::On(place("a", 0, 4, Some("ORG")), Deed::Link(None))),
            ("spread a 0..4 session", Order::Spread(place("a", 0, 4, None), Scope::Session)),
            ("accept-rest 東京", Order::AcceptRest(ArticleId::new("東京"))),
            ("transfer 東京", Order::Transfer(ArticleId::new("東京"))),
            (r#"fix "untagged:kelp board""#, Order::Fix("untagged:kelp board".to_owned())),
            ("dismiss untagged:kelp", Order::Dismiss("untagged:kelp".to_owned())),
            ("undo", Order::Undo),
            ("redo", Order::Redo),
        ];
        for (line, order) in cases {
            assert_eq!(parse(line), Ok(Some(order)), "{line}");
        }
        for line in ["", "   ", "# confirm a 0..4", "  #"] {
            assert_eq!(parse(line), Ok(None), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_how_it_should_be() {
        let cases = [
            ("confrim a 0..4", "\"confrim\" is no verb; these are: confirm"),
            ("confirm a", "the span is missing; the line is: confirm ART S..E [LABEL]"),
            ("confirm a 0-4", "\"0-4\" is no span"),
            ("confirm a 0..4 ORG GPE", "\"GPE\" is too much"),
            ("retype a 0..4", "LABEL is missing"),
            ("spread a 0..4 corpus", "\"corpus\" is no scope"),
            ("add \"a 0..4 ORG", "column 5"),
            ("add \"a\"b 0..4 ORG", "column 5"),
            ("undo 3", "\"3\" is too much"),
        ];
        for (line, told) in cases {
            let fault = parse(line).expect_err(line).to_string();
            assert!(fault.contains(told), "{line}: {fault}");
        }
    }
}
