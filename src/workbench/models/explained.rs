//! Why the mention in focus is there, where only the tagger can say: asked in the background, shown when it has answered.

use crate::annotation::{ArticleId, MentionId};

/// What is asked: a mention, at a moment of the session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    pub article: ArticleId,
    pub mention: MentionId,
    pub version: (u64, u64),
}

/// One question is under way at a time, however fast the focus moves: what it passes by is never asked.
#[derive(Debug, Default)]
pub struct Explained {
    under_way: Option<Question>,
    answer: Option<(Question, String)>,
}

impl Explained {
    /// Whether this is to be asked now.
    pub fn is_to_ask(&self, question: &Question) -> bool {
        self.under_way.is_none() && self.words(question).is_none()
    }

    pub fn begin(&mut self, question: Question) {
        self.under_way = Some(question);
    }

    /// The words that answer what is under way; `None` gives it up.
    pub fn take(&mut self, words: Option<String>) {
        let question = self.under_way.take();
        self.answer = question.zip(words);
    }

    /// The tagger is another, and so may its answers be.
    pub fn forget(&mut self) {
        self.answer = None;
    }

    /// The tagger's words; `None` until they have come.
    pub fn words(&self, question: &Question) -> Option<&str> {
        self.answer.as_ref().filter(|(of, _)| of == question).map(|(_, words)| words.as_str())
    }
}
