//! Moving about: mentions, articles, caret, panes.

use super::command::Step;
use super::ports::Effect;
use super::state::State;
use super::{Caret, Command, Dialog, Pane, View};
use crate::annotation::{Article, ArticleId, Mention, MentionId};
use crate::text::sentences::sentences;
use crate::text::tokens::tokens_in;
use crate::text::{Span, paragraphs, steps};

impl State {
    /// Opens an article at the first undecided mention; where all are settled, at the first.
    pub(super) fn open_article(&mut self, id: &ArticleId) {
        if self.session().article(id).is_none() {
            return;
        }
        self.page.article = Some(id.clone());
        self.page.drop_selection();
        self.page.accept_asked = None;
        self.find.leave_article();
        self.refresh_find();
        let first = self.open_article_ref().and_then(|article| first_open(article).or_else(|| article.living().next()));
        self.page.focus = first.map(|mention| mention.id);
        self.effects.push(Effect::Reveal);
    }

    /// Opens an article and focuses a mention where it is still there.
    pub(super) fn open_mention(&mut self, article: &ArticleId, mention: Option<MentionId>) {
        if self.page.article.as_ref() != Some(article) {
            self.open_article(article);
        }
        if let Some(id) = mention.filter(|id| self.session().mention(article, *id).is_some()) {
            self.focus(id);
        }
        self.effects.push(Effect::Reveal);
    }

    pub(super) fn open_at(&mut self, article: &ArticleId, span: Span) {
        self.stage.view = View::Review;
        self.open_mention(article, None);
        let at = self.open_article_ref().and_then(|article| article.overlapping(span).find(|mention| mention.span == span));
        match at.map(|mention| mention.id) {
            Some(id) => self.focus(id),
            None => self.select(Some(span)),
        }
    }

    pub(super) fn focus(&mut self, id: MentionId) {
        self.page.focus = Some(id);
        self.page.drop_selection();
        if self.focused().is_some_and(|mention| !mention.is_shown()) {
            self.page.shows_rejected = true;
        }
    }

    /// The next or previous undecided mention; past the end of the article, that of the next article with one.
    pub(super) fn go_open(&mut self, step: Step) {
        if self.page.caret.is_some() {
            return self.go_likely_name(step);
        }
        let here = self.open_article_ref().and_then(|article| self.neighbour(article, step, Mention::is_open)).map(|mention| mention.id);
        if let Some(id) = here {
            return self.focus(id);
        }
        let Some(next) = self.article_with_open(step) else {
            return self.say("Nothing is left to decide in this session");
        };
        self.open_article(&next);
        if step == Step::Back {
            let last = self.open_article_ref().and_then(|article| article.mentions.iter().rev().find(|mention| mention.is_open()));
            self.page.focus = last.map(|mention| mention.id);
        }
    }

    /// After a decision: the next undecided mention of the article, from the top where none follows. Where none is
    /// left the focus stays.
    pub(super) fn advance(&mut self, from: Span) {
        let Some(article) = self.open_article_ref() else { return };
        let is_next = |mention: &&Mention| mention.is_open() && mention.span > from;
        let next = article.mentions.iter().find(is_next).or_else(|| first_open(article)).map(|mention| mention.id);
        match next {
            Some(id) => self.focus(id),
            None => {
                self.keep_focus_near(from);
                self.say_settled();
            }
        }
    }

    /// Where nothing is left to decide: how to go on.
    fn say_settled(&mut self) {
        let (next, done) = (self.key_of(&Command::GoOpen(Step::On)), self.key_of(&Command::AcceptRest));
        let words = match (self.article_with_open(Step::On), self.is_done()) {
            (Some(_), true) => format!("Nothing is left here; {next} goes on in the next article"),
            (Some(_), false) => format!("Nothing is left here; {done} marks the article done and goes on"),
            (None, true) => "Every mention of the session is settled".to_owned(),
            (None, false) => format!("Every mention of the session is settled; {done} marks the article done"),
        };
        self.notices.add(&words, self.ports.clock.now());
    }

    /// The key of a listed command, for sentences.
    pub(super) fn key_of(&self, command: &Command) -> String {
        self.keymap.shown(command)
    }

    /// Keeps the focus on something living where the mention that had it is gone.
    pub(super) fn keep_focus_near(&mut self, span: Span) {
        if self.focused().is_some_and(|mention| self.page.shows_rejected || mention.is_shown()) {
            return;
        }
        let Some(article) = self.open_article_ref() else { return };
        let near = article.living().find(|mention| mention.span >= span).or_else(|| article.living().next_back());
        self.page.focus = near.map(|mention| mention.id);
    }

    pub(super) fn go_mention(&mut self, step: Step) {
        if self.page.caret.is_some() {
            return self.move_caret(step, false);
        }
        let shows_rejected = self.page.shows_rejected;
        let is_shown = |mention: &Mention| shows_rejected || mention.is_shown();
        let next = self.open_article_ref().and_then(|article| self.neighbour(article, step, is_shown)).map(|mention| mention.id);
        if let Some(id) = next {
            self.focus(id);
        }
    }

    pub(super) fn go_article(&mut self, step: Step) {
        let articles = self.session().articles();
        let at = self.page.article.as_ref().and_then(|id| self.session().position(id));
        let next = match (at, step) {
            (None, _) => articles.first(),
            (Some(at), Step::On) => articles.get(at + 1),
            (Some(at), Step::Back) => at.checked_sub(1).and_then(|at| articles.get(at)),
        };
        if let Some(id) = next.map(|article| article.id.clone()) {
            self.open_article(&id);
        }
    }

    /// The nearest article in a direction, round the end, that has an undecided mention.
    pub(super) fn article_with_open(&self, step: Step) -> Option<ArticleId> {
        let articles = self.session().articles();
        let n = articles.len();
        let at = self.page.article.as_ref().and_then(|id| self.session().position(id)).unwrap_or(0);
        let order = (1..=n).map(|i| match step {
            Step::On => (at + i) % n,
            Step::Back => (at + n - i % n) % n,
        });
        order.map(|i| &articles[i]).find(|article| article.open_count() > 0).map(|article| article.id.clone())
    }

    /// Puts the caret on the token at the focus, or on the first one of the article.
    pub(super) fn enter_caret(&mut self) {
        let Some(article) = self.open_article_ref() else { return };
        let from = self.page.selection.or_else(|| self.focused().map(|mention| mention.span)).unwrap_or_default();
        if let Some(token) = steps::token_at(&article.text, from.start as usize) {
            self.page.put_caret(Caret::at(token));
        }
    }

    pub(super) fn move_caret(&mut self, step: Step, extend: bool) {
        let (Some(article), Some(caret)) = (self.open_article_ref(), self.page.caret) else { return };
        if let Some(next) = caret.stepped(&article.text, step == Step::Back, extend) {
            self.page.put_caret(next);
        }
    }

    /// Puts the caret on the token at a byte of the article.
    pub(super) fn place_caret(&mut self, offset: usize) {
        let token = self.open_article_ref().and_then(|article| steps::token_at(&article.text, offset));
        if let Some(token) = token {
            self.page.put_caret(Caret::at(token));
        }
    }

    /// Selects the next run of words that looks like a name, that nothing living covers and that was not rejected as it
    /// stands, round the end of the article.
    pub(super) fn go_likely_name(&mut self, step: Step) {
        let Some(article) = self.open_article_ref() else { return };
        let from = self.place();
        let (before, after) = (Span::new(0, from.start as usize), Span::new(from.end as usize, article.text.len()));
        let (first, then) = if step == Step::On { (after, before) } else { (before, after) };
        let Some(span) = self.likely_name(article, first, step).or_else(|| self.likely_name(article, then, step)) else {
            return self.say("No other untagged words here look like a name");
        };
        let anchor = steps::token_at(&article.text, span.start as usize).unwrap_or(span);
        let head = steps::previous_token(&article.text, span.end as usize).unwrap_or(span);
        self.page.put_caret(Caret { anchor, head });
        self.page.selection = Some(span);
    }

    fn likely_name(&self, article: &Article, part: Span, step: Step) -> Option<Span> {
        let names = self.tagger().likely_names(&article.text, part);
        let is_free = |span: &Span| {
            let mut over = article.overlapping(*span);
            part.contains(*span)
                && !article.is_boilerplate_at(span.start as usize)
                && over.all(|mention| mention.is_rejected() && mention.span != *span)
        };
        match step {
            Step::On => names.into_iter().find(is_free),
            Step::Back => names.into_iter().rev().find(is_free),
        }
    }

    pub(super) fn select(&mut self, span: Option<Span>) {
        self.page.caret = None;
        self.page.selection = span.filter(|span| {
            let text = self.open_article_ref().map(|article| &*article.text);
            text.is_some_and(|text| span.of(text).is_some_and(|words| !words.trim().is_empty()))
        });
    }

    pub(super) fn select_word(&mut self, offset: usize) {
        let word = self.open_article_ref().and_then(|article| steps::token_at(&article.text, offset));
        self.select(word);
    }

    pub(super) fn select_sentence(&mut self, offset: usize) {
        let sentence = self.open_article_ref().and_then(|article| {
            let line = paragraphs::lines(&article.text).find(|line| line.end as usize >= offset)?;
            let tokens = tokens_in(&article.text, line);
            let spans = sentences(&article.text, &tokens).into_iter().filter_map(|range| {
                let (first, last) = (tokens.get(range.start)?, tokens.get(range.end.checked_sub(1)?)?);
                Some(Span { start: first.span.start, end: last.span.end })
            });
            spans.into_iter().find(|span| span.end as usize > offset)
        });
        self.select(sentence);
    }

    /// Says where a command belongs that means nothing here.
    pub(super) fn say_where(&mut self, what: &str, view: View) {
        let key = self.key_of(&Command::Show(view));
        self.say(format!("That acts on {what}; {key} goes there"));
    }

    /// `Esc`: closes what lies on top, one thing at a time.
    pub(super) fn leave(&mut self) {
        if self.stage.dialog.is_some() {
            return self.close_dialog();
        }
        if self.page.selection.is_some() || self.page.caret.is_some() {
            return self.page.drop_selection();
        }
        if self.notices.dismiss() {
            return;
        }
        self.stage.pane = Pane::Page;
    }

    pub(super) fn close_dialog(&mut self) {
        self.stage.dialog = None;
        // Whoever turns from a question stays, also where another one came over it: a save later on must not quit after all.
        self.pending = None;
        self.concordance = None;
        self.card = None;
        self.retagging = None;
        self.sources.refreshing = None;
    }

    pub(super) fn open_dialog(&mut self, dialog: Dialog) {
        if dialog == Dialog::Card {
            return self.open_card_in_focus();
        }
        if dialog == Dialog::Link && self.stage.view == View::Names && self.queue.at.is_none() {
            return self.say("No name is in focus");
        }
        let needs_mention = dialog == Dialog::Note || dialog == Dialog::Link && self.stage.view != View::Names;
        let needs_article = matches!(dialog, Dialog::Details | Dialog::Find);
        if needs_mention && self.focused().is_none() {
            return self.say("No mention is in focus");
        }
        if needs_article && self.page.article.is_none() {
            return self.say("No article is open");
        }
        if dialog == Dialog::TagMatches && self.find.matches.is_empty() {
            let key = self.key_of(&Command::Open(Dialog::Find));
            return self.say(format!("Nothing was looked for, or nothing found; {key} opens the find bar"));
        }
        self.stage.dialog = Some(dialog);
        match dialog {
            Dialog::Orphans => self.list_orphans(),
            Dialog::Conflicts => self.list_disputes(),
            _ => {}
        }
    }

    /// The nearest mention after or before where the analyst is that fits. Mentions of one span are told apart by their
    /// order, so that each can be reached.
    fn neighbour<'a>(&self, article: &'a Article, step: Step, fits: impl Fn(&Mention) -> bool) -> Option<&'a Mention> {
        let from = self.place();
        let focused = self.page.focus.filter(|_| self.page.selection.is_none());
        let at = focused.and_then(|id| article.mentions.iter().position(|mention| mention.id == id));
        let mentions = &article.mentions;
        match step {
            Step::On => {
                let after = at.map_or_else(|| mentions.partition_point(|mention| mention.span < from), |at| at + 1);
                mentions[after..].iter().find(|mention| fits(mention))
            }
            Step::Back => {
                let before = at.unwrap_or_else(|| mentions.partition_point(|mention| mention.span < from));
                mentions[..before].iter().rev().find(|mention| fits(mention))
            }
        }
    }

    /// Where the analyst is on the page: the selection, else the mention in focus, else the top.
    pub(super) fn place(&self) -> Span {
        self.page.selection.or_else(|| self.focused().map(|mention| mention.span)).unwrap_or_default()
    }
}

impl Command {
    /// Whether the command moves about rather than changes something.
    pub fn is_motion(&self) -> bool {
        matches!(self, Command::GoOpen(_) | Command::GoMention(_) | Command::GoArticle(_) | Command::MoveCaret(_) | Command::SelectCaret(_))
    }
}

fn first_open(article: &Article) -> Option<&Mention> {
    article.mentions.iter().find(|mention| mention.is_open())
}
