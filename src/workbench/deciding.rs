//! Deciding from the page: which mention is meant, what is decided, where the focus goes next.

use super::Command;
use super::command::{Edge, Step};
use super::state::State;
use crate::annotation::{ArticleId, Edit, How, Mention, MentionId, Progress, Scope, ZoneKind};
use crate::decide::spread::{self, Decision, Focus, Reach};
use crate::decide::{Refusal, article, decision};
use crate::text::{Span, paragraphs, steps};

impl State {
    /// Decides the mention in focus, or with a label the selected words. In the article every mention of the name
    /// follows at once; in the session every place is shown first.
    pub(super) fn decide(&mut self, decision: Decision, scope: Scope) {
        let Some(focus) = self.decided_on(&decision) else { return };
        let stamp = self.stamp();
        let edit = match scope {
            Scope::Mention => spread::decide(self.session(), &focus, &decision, How::Looked, &stamp),
            Scope::Article => spread::in_article(self.session(), &focus, &decision, &stamp),
            Scope::Session => return self.preview(&focus, &decision),
        };
        let from = self.place();
        match (edit, focus) {
            (Ok(edit), Focus::Mention(..)) => {
                if self.perform_told(edit) {
                    self.advance(from);
                }
            }
            (Ok(edit), Focus::Words(..)) => self.perform_addition(edit),
            (Err(Refusal::Already), _) => self.advance(from),
            (Err(refusal), _) => self.refuse(&refusal),
        }
    }

    /// What a decision is made on now; says why where there is nothing.
    fn decided_on(&mut self, decision: &Decision) -> Option<Focus> {
        let takes_words = matches!(decision, Decision::Add(_) | Decision::Retype(_));
        match (self.page.selection, self.target()) {
            (Some(span), _) if takes_words => Some(Focus::Words(self.page.article.clone()?, span)),
            (Some(_), _) => {
                self.say("A selection takes a label’s letter; Esc drops it");
                None
            }
            (None, Some((article, mention))) => Some(Focus::Mention(article, mention)),
            (None, None) => {
                self.say("No mention is in focus");
                None
            }
        }
    }

    /// Performs an addition and leaves the focus on the new mention, so that its edges can be moved.
    fn perform_addition(&mut self, edit: Edit) {
        let mention = edit.target.as_ref().and_then(|target| target.mention);
        let caret = self.page.caret;
        if !self.perform_told(edit) {
            return;
        }
        if let Some(mention) = mention {
            self.focus(mention);
        }
        // In caret mode the next Tab goes on to the next likely name.
        if let Some(caret) = caret {
            self.page.put_caret(caret);
        }
    }

    /// Performs a decision and tells how many mentions it reached where that is more than one.
    pub(super) fn perform_told(&mut self, edit: Edit) -> bool {
        let answer = edit.answer();
        let reached = edit.mention_count();
        let done = self.perform(edit);
        if done && reached > 1 {
            self.say(format!("{answer}. One undo takes all of it back"));
        }
        done
    }

    /// Carries the last decision to the article, or from there to the session.
    pub(super) fn widen(&mut self) {
        let stamp = self.stamp();
        let Some(last) = self.history.next_undo().cloned() else { return self.say("Nothing has been decided yet") };
        if last.scope == Scope::Mention {
            let rows = spread::widen(self.session(), Reach::Article, &last, &stamp);
            match rows.and_then(|rows| spread::apply(self.session(), &rows)) {
                Ok(edit) => {
                    let from = self.place();
                    if self.perform_told(edit) && self.focused().is_none_or(crate::annotation::Mention::is_settled) {
                        self.advance(from);
                    }
                    return;
                }
                Err(Refusal::Undecided) => return self.refuse(&Refusal::Undecided),
                // Nothing else in the article: the session is what is left.
                Err(_) => {}
            }
        }
        self.preview_widened(&last);
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
        let Some(moved) = moved.filter(|moved| article.reach_of(span).contains(*moved)) else {
            return self.say("The edge cannot go further: a name does not reach past its paragraph");
        };
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
        let last = self.history.done().rev().find_map(spread::decision_of);
        match last {
            Some((decision, Scope::Session)) => self.decide(decision, Scope::Mention),
            Some((decision, scope)) => self.decide(decision, scope),
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

    pub(super) fn set_note(&mut self, note: &str) {
        let Some((article, mention)) = self.target() else { return };
        let edit = decision::note(self.session(), &article, mention, note, &self.stamp());
        if let Some(edit) = self.accept_edit(edit) {
            self.perform(edit);
        }
    }

    /// Steps to the first suggestion that nobody should accept unseen; asked twice in a row, accepts everything and says
    /// how much of it was unseen.
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
            let key = self.key_of(&Command::AcceptRest);
            let n = count(doubtful.len(), "mention");
            return self
                .say(format!("{n} to look at first: never on screen, doubtful, or contested. {key} again accepts all that is left"));
        }
        let edit = article::accept_rest(self.session(), &id, &self.stamp());
        let Some(edit) = self.accept_edit(edit) else { return };
        let accepted = edit.mention_count();
        if !self.perform(edit) {
            return;
        }
        if let Some(first) = self.open_article_ref().and_then(|open| open.mentions.iter().find(|mention| mention.is_contested())) {
            let id = first.id;
            self.focus(id);
            return self.say("Accepted the rest; what two people decided differently waits for you");
        }
        let told = if unseen > 0 { format!(", {unseen} of them never on screen") } else { String::new() };
        let accepted = if accepted > 0 { format!("Accepted {}{told}; the", count(accepted, "suggestion")) } else { "The".to_owned() };
        self.say(format!("{accepted} article is done"));
        self.page.accept_asked = None;
        match self.article_with_open(Step::On) {
            Some(next) => self.open_article(&next),
            None => self.say(format!("{accepted} article is done. Every article is settled")),
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
                self.retag_zone(&id);
            }
        }
    }

    pub(super) fn toggle_flag(&mut self) {
        let Some(open) = self.open_article_ref() else { return };
        let mut desk = open.desk.clone();
        desk.flagged = !desk.flagged;
        self.mark(desk);
    }

    /// Marks the article done or set aside, or takes that mark off again.
    pub(super) fn toggle_progress(&mut self, progress: Progress) {
        let Some(open) = self.open_article_ref() else { return self.say("No article is open") };
        let mut desk = open.desk.clone();
        desk.progress = if desk.progress == progress { Progress::Open } else { progress };
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
        let what = edit.what.clone();
        if self.perform(edit) {
            self.say(format!("Removed “{what}” from the session; its file stays as it is"));
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

    pub(super) fn refuse(&mut self, refusal: &Refusal) {
        self.say(sentence(&refusal.to_string()));
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

/// With a capital at the beginning.
pub(super) fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn line_at(text: &str, offset: usize) -> Option<Span> {
    let line = paragraphs::lines(text).find(|line| line.end as usize >= offset)?;
    paragraphs::trim(text, line)
}
