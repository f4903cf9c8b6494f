//! A page as a test writes it: `[PERSON? Angela Merkel] met [ORG! NATO]`.
//!
//! `?` is suggested, `!` confirmed, `~` rejected; a `*` after it says that the mention is the analyst's own. Mentions
//! nest. The unit tests of the library include this very file, so that every test reads alike.

use std::sync::Arc;

use manicule::annotation::{Article, ArticleId, How, Label, Mention, MentionId, Origin, Scheme, Session, State, Time};
use manicule::text::Span;

/// An article out of marked text. Machine mentions come from the rule `dsl`; settled ones were looked at.
#[track_caller]
pub fn article(id: &str, marked: &str) -> Article {
    let mut article = Article::new(ArticleId::new(id), "");
    let mut text = String::new();
    let mut open: Vec<(usize, &str, &str)> = Vec::new();
    let mut mentions: Vec<(Span, &str, &str)> = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        if let Some((label, state, after)) = opening(rest) {
            open.push((text.len(), label, state));
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match (c, open.pop()) {
            (']', Some((start, label, state))) => mentions.push((Span::new(start, text.len()), label, state)),
            (c, last) => {
                open.extend(last);
                text.push(c);
            }
        }
    }
    assert!(open.is_empty(), "a mention is not closed in {marked:?}");
    article.text = Arc::from(text);
    for (span, label, state) in mentions {
        let mention = mention(&article, span, &Label::new(label), state);
        article.mentions.push(mention);
    }
    article.mentions.sort_by(Mention::reading_order);
    article
}

/// A session with the standard scheme and the articles `a`, `b`, `c`, ….
#[track_caller]
pub fn session(marked: &[&str]) -> Session {
    let articles = marked.iter().zip('a'..).map(|(marked, id)| Arc::new(article(&id.to_string(), marked)));
    let (session, repeated) = Session::from_parts(Scheme::standard(), articles, [], Vec::new());
    assert!(repeated.is_empty(), "a test has at most 26 articles");
    session
}

/// The article as marked text. A mention that crosses another is told after ` + `, as brackets cannot cross.
pub fn show(article: &Article) -> String {
    let mut out = String::new();
    let mut crossing = String::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    for mention in &article.mentions {
        while let Some(end) = open.pop_if(|end| *end <= mention.span.start as usize) {
            out.push_str(&article.text[at..end]);
            out.push(']');
            at = end;
        }
        if open.last().is_some_and(|end| *end < mention.span.end as usize) {
            crossing.push_str(&format!(" + [{} {}]", mark(mention), article.quote(mention.span)));
            continue;
        }
        out.push_str(&article.text[at..mention.span.start as usize]);
        at = mention.span.start as usize;
        out.push_str(&format!("[{} ", mark(mention)));
        open.push(mention.span.end as usize);
    }
    while let Some(end) = open.pop() {
        out.push_str(&article.text[at..end]);
        out.push(']');
        at = end;
    }
    out.push_str(&article.text[at..]);
    out + &crossing
}

/// Every article of the session as marked text.
pub fn show_all(session: &Session) -> Vec<String> {
    session.articles().iter().map(|article| show(article)).collect()
}

/// The mention of article `article` that covers exactly `words`, the `nth` (from 0) of them.
#[track_caller]
pub fn nth(session: &Session, article: &str, words: &str, nth: usize) -> (ArticleId, MentionId) {
    let id = ArticleId::new(article);
    let found = session.article(&id).unwrap_or_else(|| panic!("no article {article}"));
    let mut with_words = found.mentions.iter().filter(|mention| found.quote(mention.span) == words);
    let mention = with_words.nth(nth).unwrap_or_else(|| panic!("no mention {words:?} in {}", show(found)));
    (id, mention.id)
}

fn mark(mention: &Mention) -> String {
    let state = match mention.state {
        State::Suggested => '?',
        State::Confirmed => '!',
        State::Rejected => '~',
    };
    let own = if mention.origin.is_machine() { "" } else { "*" };
    format!("{}{state}{own}", mention.label)
}

fn mention(article: &Article, span: Span, label: &Label, state: &str) -> Mention {
    let mut id = MentionId::of(&article.id, span, label);
    while article.mention(id).is_some() {
        id = id.next();
    }
    let origin = if state.ends_with('*') { Origin::Analyst } else { Origin::Rule("dsl".into()) };
    let mut mention = Mention::suggested(id, span, label.clone(), origin);
    mention.state = match state.chars().next() {
        Some('!') => State::Confirmed,
        Some('~') => State::Rejected,
        _ => State::Suggested,
    };
    if mention.is_settled() {
        (mention.how, mention.at) = (Some(How::Looked), Some(Time(0)));
    }
    mention
}

/// `[LABEL? ` at the start of `rest`: the label, the state's marks, what follows.
fn opening(rest: &str) -> Option<(&str, &str, &str)> {
    let inner = rest.strip_prefix('[')?;
    let label_end = inner.find(|c: char| !c.is_ascii_uppercase() && c != '_').filter(|end| *end > 0)?;
    let state_end = label_end + inner[label_end..].find(' ')?;
    let state = &inner[label_end..state_end];
    matches!(state.trim_end_matches('*'), "?" | "!" | "~").then(|| (&inner[..label_end], state, &inner[state_end + 1..]))
}

#[test]
fn a_marked_page_survives_the_way_in_and_out() {
    let marked = "[PERSON? Angela Merkel] met [ORG~ the [GPE! Bank] of [GPE!* China]] [sic] today";
    let article = article("a", marked);
    assert_eq!(&*article.text, "Angela Merkel met the Bank of China [sic] today");
    assert_eq!(show(&article), marked);
}
