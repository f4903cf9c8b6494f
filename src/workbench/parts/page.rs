//! The open article: what is in focus, selected, under the caret, already seen.

use std::collections::HashMap;

use crate::annotation::{Article, ArticleId, Mention, MentionId, Score};
use crate::text::{Span, steps};

#[derive(Clone, Debug, Default)]
pub struct Page {
    pub article: Option<ArticleId>,
    pub focus: Option<MentionId>,
    /// Bytes of the article's text.
    pub selection: Option<Span>,
    pub caret: Option<Caret>,
    pub shows_rejected: bool,
    /// Which bytes of which article have been on screen.
    seen: HashMap<ArticleId, Vec<Span>>,
    /// The article on which accepting the rest has been asked for once, stepping to what is doubtful.
    pub accept_asked: Option<ArticleId>,
}

/// The caret steps by token; it and what `Shift` extends it over are the selection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Caret {
    /// The token where extending began.
    pub anchor: Span,
    /// The token that moves.
    pub head: Span,
}

impl Caret {
    pub fn at(token: Span) -> Self {
        Self { anchor: token, head: token }
    }

    /// What is selected: from the anchor to the head.
    pub fn selection(self) -> Span {
        Span { start: self.anchor.start.min(self.head.start), end: self.anchor.end.max(self.head.end) }
    }

    /// The caret one token on or back; with `extend` the anchor stays.
    pub fn stepped(self, text: &str, back: bool, extend: bool) -> Option<Self> {
        let head = match back {
            true => steps::previous_token(text, self.head.start as usize)?,
            false => steps::next_token(text, self.head.end as usize)?,
        };
        Some(if extend { Self { head, ..self } } else { Self::at(head) })
    }
}

impl Page {
    /// Puts the caret, and with it the selection.
    pub fn put_caret(&mut self, caret: Caret) {
        self.caret = Some(caret);
        self.selection = Some(caret.selection());
    }

    pub fn drop_selection(&mut self) {
        self.caret = None;
        self.selection = None;
    }

    pub fn close_article(&mut self) {
        self.article = None;
        self.focus = None;
        self.accept_asked = None;
        self.drop_selection();
    }

    /// Remembers that `span` of the open article is on screen.
    pub fn saw(&mut self, span: Span) {
        let Some(article) = &self.article else { return };
        match self.seen.get_mut(article) {
            Some(spans) => add(spans, span),
            None => {
                self.seen.insert(article.clone(), vec![span]);
            }
        }
    }

    /// The article has another text: nothing of it was on screen yet.
    pub fn forget_seen(&mut self, article: &ArticleId) {
        self.seen.remove(article);
    }

    pub fn has_seen(&self, article: &ArticleId, span: Span) -> bool {
        self.seen.get(article).is_some_and(|spans| spans.iter().any(|seen| seen.contains(span)))
    }

    /// Whether accepting the rest of the open article has been asked once and waits for the second press.
    pub fn accept_is_asked(&self) -> bool {
        self.accept_asked.is_some() && self.accept_asked == self.article
    }

    /// What nobody should accept unseen: suggestions never on screen or scored under `doubt`, and whatever is contested.
    pub fn doubtful<'a>(&'a self, article: &'a Article, doubt: Score) -> impl Iterator<Item = &'a Mention> {
        let is_doubtful = move |mention: &&Mention| {
            mention.is_contested() || !self.has_seen(&article.id, mention.span) || mention.score.is_some_and(|score| score < doubt)
        };
        article.mentions.iter().filter(|mention| mention.is_open()).filter(is_doubtful)
    }
}

/// Adds a span to a sorted list of spans that neither overlap nor touch.
fn add(spans: &mut Vec<Span>, span: Span) {
    if spans.iter().any(|seen| seen.contains(span)) {
        return;
    }
    let from = spans.partition_point(|seen| seen.end < span.start);
    let to = spans.partition_point(|seen| seen.start <= span.end);
    let merged = spans[from..to].iter().fold(span, |all, seen| Span { start: all.start.min(seen.start), end: all.end.max(seen.end) });
    spans.splice(from..to, [merged]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_grows_together() {
        let mut page = Page { article: Some(ArticleId::new("a")), ..Page::default() };
        for span in [Span::new(10, 20), Span::new(40, 50), Span::new(20, 30), Span::new(5, 12), Span::new(11, 13)] {
            page.saw(span);
        }
        let id = ArticleId::new("a");
        assert_eq!(page.seen[&id], [Span::new(5, 30), Span::new(40, 50)]);
        assert!(page.has_seen(&id, Span::new(6, 29)));
        assert!(!page.has_seen(&id, Span::new(29, 41)));
        assert!(!page.has_seen(&ArticleId::new("b"), Span::new(6, 7)));
    }
}
