//! Tagging again: run in the background, shown as a difference, applied as one edit.

use std::sync::Arc;

use rayon::prelude::*;

use super::Dialog;
use super::deciding::count;
use super::state::{Message, State};
use crate::annotation::{Article, ArticleId, Scheme};
use crate::decide::Refusal;
use crate::decide::retag::{self, Difference};
use crate::tagger::{Context, Suggestion, Tagger};

/// New suggestions that wait for the analyst's word.
#[derive(Debug)]
pub struct Retagging {
    pub(super) tagged: Vec<(ArticleId, Vec<Suggestion>)>,
    pub difference: Difference,
}

/// Why articles were tagged again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// Asked for: the difference is shown first.
    Asked,
    /// A zone came back into the article: its suggestions simply come.
    Zone,
}

/// How many articles are tagged between two looks at the progress.
const BATCH: usize = 64;

/// Suggestions for one article as it stands.
pub(super) fn suggest(tagger: &Tagger, article: &Article, scheme: &Scheme) -> Vec<Suggestion> {
    let meta = &article.meta;
    let context = Context { scheme, zones: &article.zones, published: meta.published.as_deref(), language: meta.language.as_deref() };
    tagger.suggest(&article.text, &context)
}

impl State {
    /// Tags the open article, or all of them, and shows what would change.
    pub(super) fn retag(&mut self, all: bool) {
        let ids: Vec<ArticleId> = match all {
            true => self.session().articles().iter().map(|article| article.id.clone()).collect(),
            false => self.page.article.iter().cloned().collect(),
        };
        self.tag_again(ids, Purpose::Asked);
    }

    /// Brings the suggestions of a zone that is body again.
    pub(super) fn retag_zone(&mut self, article: &ArticleId) {
        self.tag_again(vec![article.clone()], Purpose::Zone);
    }

    fn tag_again(&mut self, ids: Vec<ArticleId>, purpose: Purpose) {
        let session = self.session().clone();
        let lists = self.lists.clone();
        self.start("Tagging", move |reporter| {
            let mut tagged = Vec::with_capacity(ids.len());
            let mut fault = None;
            for batch in ids.chunks(BATCH) {
                reporter.progress(tagged.len(), ids.len());
                if reporter.is_cancelled() {
                    return;
                }
                let articles = batch.par_iter().filter_map(|id| session.article(id));
                let suggest = |article: &Arc<Article>| Ok((article.id.clone(), lists.suggest(article, session.scheme())?));
                let found: Vec<Result<_, String>> = articles.map(suggest).collect();
                for one in found {
                    match one {
                        Ok(one) => tagged.push(one),
                        Err(why) => fault = fault.or(Some(why)),
                    }
                }
            }
            if let Some(why) = fault {
                let n = count(ids.len() - tagged.len(), "article");
                reporter.send(Message::Problem(format!("{why}. Such articles keep what they had: {n}")));
            }
            reporter.send(Message::Tagged(purpose, tagged));
        });
    }

    pub(super) fn take_tagged(&mut self, purpose: Purpose, mut tagged: Vec<(ArticleId, Vec<Suggestion>)>) {
        // An article may have been removed while it was being tagged.
        tagged.retain(|(id, _)| self.session().article(id).is_some());
        match retag::retag(self.session(), &tagged, &self.stamp()) {
            Ok((edit, _)) if purpose == Purpose::Zone => {
                self.perform(edit);
            }
            Ok((_, difference)) => {
                self.retagging = Some(Retagging { tagged, difference });
                self.stage.dialog = Some(Dialog::Retag);
            }
            Err(Refusal::Already) if purpose == Purpose::Asked => self.say("The tagger says what it said before"),
            Err(_) => {}
        }
    }

    /// Takes the new suggestions over; what was settled since they were made stays settled.
    pub(super) fn apply_retag(&mut self) {
        self.stage.dialog = None;
        let Some(mut retagging) = self.retagging.take() else { return };
        retagging.tagged.retain(|(id, _)| self.session().article(id).is_some());
        match retag::retag(self.session(), &retagging.tagged, &self.stamp()) {
            Ok((edit, difference)) => {
                let from = self.place();
                if self.perform(edit) {
                    self.keep_focus_near(from);
                    self.say(format!("{difference}"));
                }
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }
}
