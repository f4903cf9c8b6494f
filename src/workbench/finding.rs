//! Finding on the page: text or a regular expression, steps through matches, all of them tagged at once.

use regex::RegexBuilder;

use super::command::{FindQuery, Step};
use super::ports::Effect;
use super::state::State;
use crate::annotation::{Edit, How, Label, Scope, Verb};
use crate::decide::{Stamp, decision};
use crate::text::Span;

/// What is looked for in the open article, and where it was found.
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

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn leave_article(&mut self) {
        self.matches.clear();
        self.at = None;
    }

    fn search(&mut self, text: &str) {
        self.matches.clear();
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

impl State {
    pub(super) fn find(&mut self, query: FindQuery) {
        if query != self.find.query {
            self.find = Find { query, ..Find::default() };
            self.refresh_find();
        }
    }

    pub(super) fn refresh_find(&mut self) {
        let text = self.open_article_ref().map(|article| article.text.clone());
        if let Some(text) = text {
            self.find.search(&text);
        }
    }

    /// Selects the next or previous match, round the end of the article.
    pub(super) fn find_step(&mut self, step: Step) {
        let n = self.find.matches.len();
        if n == 0 {
            return self.say("Nothing is found");
        }
        let from = self.page.selection.or_else(|| self.focused().map(|mention| mention.span)).unwrap_or_default();
        let at = match (self.find.at, step) {
            (Some(at), Step::On) => (at + 1) % n,
            (Some(at), Step::Back) => (at + n - 1) % n,
            (None, Step::On) => self.find.matches.partition_point(|found| *found < from) % n,
            (None, Step::Back) => (self.find.matches.partition_point(|found| *found < from) + n - 1) % n,
        };
        self.find.at = Some(at);
        let found = self.find.matches[at];
        self.select(Some(found));
        self.effects.push(Effect::Reveal);
    }

    /// Adds a mention on every match that lies in no boilerplate and crosses nothing settled; one edit, one undo.
    pub(super) fn tag_matches(&mut self, label: &Label) {
        let Some(id) = self.page.article.clone() else { return };
        let stamp = self.stamp();
        let mut scratch = self.session().clone();
        let mut ops = Vec::new();
        let mut count = 0;
        for span in self.find.matches.clone() {
            let Some(edit) = self.match_edit(&scratch, span, label, &stamp) else { continue };
            if scratch.apply(&edit).is_ok() {
                ops.extend(edit.ops);
                count += 1;
            }
        }
        if count == 0 {
            return self.say("No match is left to tag: they lie in boilerplate or in settled mentions");
        }
        let what = self.find.query.text.clone();
        let target = Some(crate::annotation::Target { article: id, mention: None });
        let edit =
            Edit { verb: Verb::Add, scope: Scope::Article, target, what, label: Some(label.clone()), by: stamp.by, at: stamp.at, ops };
        self.perform_told(edit);
    }

    fn match_edit(&self, session: &crate::annotation::Session, span: Span, label: &Label, stamp: &Stamp) -> Option<Edit> {
        let article = session.article(self.page.article.as_ref()?)?;
        let is_settled = article.overlapping(span).any(|mention| mention.is_confirmed());
        if is_settled || article.is_boilerplate_at(span.start as usize) {
            return None;
        }
        decision::add(session, &article.id, span, label, How::Spread, stamp).ok()
    }
}
