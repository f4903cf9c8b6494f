//! Deciding from the page: which mention is meant, what is decided, where the focus goes next.

use super::command::{Edge, Step};
use super::state::State;
use crate::annotation::{ArticleId, Edit, EntityId, How, Label, Mention, MentionId, Progress, Scope, Score, ZoneKind};
use crate::decide::{Refusal, article, decision};
use crate::text::{Span, paragraphs, steps};

/// The last decision, for repeating it and for widening it.
#[derive(Clone, PartialEq, Debug)]
pub struct LastDecision {
    pub verdict: Verdict,
    pub article: ArticleId,
    pub mention: MentionId,
    /// How far it has been carried.
    pub scope: Scope,
}

/// What was decided, apart from on what.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    Confirm,
    Reject,
    Label(Label),
}

impl State {
    /// Decides the mention in focus, or with a label adds the selection.
    pub(super) fn decide(&mut self, verdict: Verdict) {
        match (self.page.selection, &verdict) {
            (Some(span), Verdict::Label(label)) => return self.add(span, &label.clone()),
            (Some(_), _) => return self.say("A selection takes a label’s letter; Esc drops it"),
            (None, _) => {}
        }
        let Some((article, mention)) = self.target() else { return self.say("No mention is in focus") };
        let from = self.focused().map(|mention| mention.span).unwrap_or_default();
        let stamp = self.stamp();
        let edit = match &verdict {
            Verdict::Confirm => decision::confirm(self.session(), &article, mention, How::Looked, &stamp),
            Verdict::Reject => decision::reject(self.session(), &article, mention, How::Looked, &stamp),
            Verdict::Label(label) => decision::retype(self.session(), &article, mention, label, How::Looked, &stamp),
        };
        match edit {
            Ok(edit) => {
                if self.perform(edit) {
                    self.last = Some(LastDecision { verdict, article, mention, scope: Scope::Mention });
                    self.advance(from);
                }
            }
            Err(Refusal::Already) => self.advance(from),
            Err(refusal) => self.refuse(&refusal),
        }
    }

    /// Adds the selection as a mention and leaves the focus on it, so that its edges can be moved.
    fn add(&mut self, span: Span, label: &Label) {
        let Some(article) = self.page.article.clone() else { return };
        let edit = decision::add(self.session(), &article, span, label, How::Looked, &self.stamp());
        let Some(edit) = self.accept_edit(edit) else { return };
        let mention = edit.target.as_ref().and_then(|target| target.mention);
        let caret = self.page.caret;
        if !self.perform(edit) {
            return;
        }
        if let Some(mention) = mention {
            self.focus(mention);
            self.last = Some(LastDecision { verdict: Verdict::Label(label.clone()), article, mention, scope: Scope::Mention });
        }
        // In caret mode the next Tab goes on to the next likely name.
        if let Some(caret) = caret {
            self.page.put_caret(caret);
        }
    }

    /// Moves an edge of the selection, or of the mention in focus, by one token.
    pub(super) fn move_edge(&mut self, edge: Edge, step: Step) {
        if let (Some(_), Edge::End) = (self.page.caret, edge) {
            return self.move_caret(step, true);
        }
        let Some(article) = self.open_article_ref() else { return };
        let Some(span) = self.page.selection.or_else(|| self.focused().map(|mention| mention.span)) else {
            return self.say("No mention is in focus");
        };
        let moved = match edge {
            Edge::Start => steps::start_moved(&article.text, span, step == Step::Back),
            Edge::End => steps::end_moved(&article.text, span, step == Step::Back),
        };
        let Some(moved) = moved else { return self.say("The edge cannot go further") };
        if self.page.selection.is_some() {
            return self.select(Some(moved));
        }
        let Some((article, mention)) = self.target() else { return };
        let edit = decision::move_to(self.session(), &article, mention, moved, How::Looked, &self.stamp());
        if let Some(edit) = self.accept_edit(edit) {
            self.perform(edit);
        }
    }

    /// The last decision again, on the mention in focus or the selection.
    pub(super) fn repeat(&mut self) {
        match self.last.clone() {
            Some(last) => self.decide(last.verdict),
            None => self.say("Nothing has been decided yet that could be repeated"),
        }
    }

    pub(super) fn reopen(&mut self) {
        let Some((article, mention)) = self.target() else { return self.say("No mention is in focus") };
        let from = self.focused().map(|mention| mention.span).unwrap_or_default();
        let edit = decision::reopen(self.session(), &article, mention, &self.stamp());
        if let Some(edit) = self.accept_edit(edit) {
            self.perform(edit);
            self.keep_focus_near(from);
        }
    }

    pub(super) fn link(&mut self, entity: Option<&EntityId>) {
        let Some((article, mention)) = self.target() else { return };
        let edit = decision::link(self.session(), &article, mention, entity, &self.stamp());
        if let Some(edit) = self.accept_edit(edit) {
            self.perform(edit);
        }
    }

    pub(super) fn set_note(&mut self, note: &str) {
        let Some((article, mention)) = self.target() else { return };
        let edit = decision::note(self.session(), &article, mention, note, &self.stamp());
        if let Some(edit) = self.accept_edit(edit) {
            self.perform(edit);
        }
    }

    /// Steps to the first suggestion that nobody should accept unseen; asked again, accepts everything and says how
    /// much of it was unseen.
    pub(super) fn accept_rest(&mut self) {
        let Some(open) = self.open_article_ref() else { return self.say("No article is open") };
        let id = open.id.clone();
        let doubt = self.doubt_threshold();
        let doubtful: Vec<MentionId> = self.page.doubtful(open, doubt).map(|mention| mention.id).collect();
        let unseen = open.mentions.iter().filter(|mention| mention.is_suggested() && !self.page.has_seen(&id, mention.span)).count();
        let first_asked = self.page.accept_asked.as_ref() != Some(&id);
        if let (true, Some(first)) = (first_asked, doubtful.first()) {
            self.focus(*first);
            self.page.accept_asked = Some(id);
            return self
                .say(format!("{} to look at first: unseen or doubtful. Again accepts them all", count(doubtful.len(), "suggestion")));
        }
        let edit = article::accept_rest(self.session(), &id, &self.stamp());
        let Some(edit) = self.accept_edit(edit) else { return };
        let accepted = edit.mention_count();
        if !self.perform(edit) {
            return;
        }
        let told = if unseen > 0 { format!(", {unseen} of them never on screen") } else { String::new() };
        self.say(format!("Accepted {}{told}; the article is done", count(accepted, "suggestion")));
        self.page.accept_asked = None;
        match self.article_with_open(Step::On) {
            Some(next) => self.open_article(&next),
            None => self.say(format!("Accepted {}{told}. Every article is settled", count(accepted, "suggestion"))),
        }
    }

    /// Turns the selection, or the paragraph at the focus, into boilerplate or back into body.
    pub(super) fn flip_zone(&mut self) {
        let Some(open) = self.open_article_ref() else { return };
        let at = self.page.selection.or_else(|| self.focused().map(|mention| mention.span)).unwrap_or_default();
        let Some(span) = self.page.selection.filter(|_| self.page.caret.is_none()).or_else(|| line_at(&open.text, at.start as usize))
        else {
            return self.say("There is no text here");
        };
        let kind = if open.is_boilerplate_at(span.start as usize) { ZoneKind::Body } else { ZoneKind::Boilerplate };
        self.set_zone(span, kind);
    }

    pub(super) fn set_zone(&mut self, span: Span, kind: ZoneKind) {
        let Some(id) = self.page.article.clone() else { return };
        let edit = article::set_zone(self.session(), &id, span, kind, &self.stamp());
        let Some(edit) = self.accept_edit(edit) else { return };
        if self.perform(edit) {
            self.keep_focus_near(span);
            if kind != ZoneKind::Boilerplate {
                self.retag_quietly(&id);
            }
        }
    }

    pub(super) fn toggle_flag(&mut self) {
        let Some(open) = self.open_article_ref() else { return };
        let mut desk = open.desk.clone();
        desk.flagged = !desk.flagged;
        self.mark(desk);
    }

    pub(super) fn mark(&mut self, desk: crate::annotation::Desk) {
        let Some(id) = self.page.article.clone() else { return };
        let edit = article::mark(self.session(), &id, desk, &self.stamp());
        if let Some(edit) = self.accept_edit(edit) {
            self.perform(edit);
        }
    }

    pub(super) fn remove_article(&mut self) {
        let Some(id) = self.page.article.clone() else { return };
        let at = self.session().position(&id).unwrap_or(0);
        let edit = article::remove(self.session(), &id, &self.stamp());
        let Some(edit) = self.accept_edit(edit) else { return };
        if self.perform(edit) {
            self.page.close_article();
            let articles = self.session().articles();
            let next = articles.get(at).or(articles.last()).map(|article| article.id.clone());
            if let Some(next) = next {
                self.open_article(&next);
            }
        }
    }

    /// Whether accepting the rest of the open article has been asked once and waits for the second press.
    pub fn accept_is_asked(&self) -> bool {
        self.page.accept_asked.is_some() && self.page.accept_asked == self.page.article
    }

    /// Whether the open article is marked done.
    pub fn is_done(&self) -> bool {
        self.open_article_ref().is_some_and(|article| article.desk.progress == Progress::Done)
    }

    fn accept_edit(&mut self, edit: Result<Edit, Refusal>) -> Option<Edit> {
        match edit {
            Ok(edit) => Some(edit),
            Err(refusal) => {
                self.refuse(&refusal);
                None
            }
        }
    }

    fn refuse(&mut self, refusal: &Refusal) {
        let text = refusal.to_string();
        let mut chars = text.chars();
        let sentence = chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>());
        self.say(sentence.unwrap_or_default());
    }

    pub(super) fn doubt_threshold(&self) -> Score {
        Score::from_thousandths(500)
    }

    /// The mention in focus, where it is not hidden.
    pub(super) fn target(&self) -> Option<(ArticleId, MentionId)> {
        let article = self.page.article.clone()?;
        self.focused().map(|mention: &Mention| (article, mention.id))
    }
}

/// `3 suggestions`, `1 suggestion`.
pub(super) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn line_at(text: &str, offset: usize) -> Option<Span> {
    let line = paragraphs::lines(text).find(|line| line.end as usize >= offset)?;
    paragraphs::trim(text, line)
}
