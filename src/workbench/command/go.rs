//! Moving about on the page and among articles.

use super::row::{Row, rows};
use super::terms::Step;
use crate::annotation::{ArticleId, MentionId};
use crate::text::Span;

#[derive(Clone, PartialEq, Debug)]
pub enum Go {
    Undecided(Step),
    Mention(Step),
    Article(Step),
    ToMention(MentionId),
    ToArticle(ArticleId),
    /// Open an article at a mention or place.
    At(ArticleId, Span),
    CaretMode,
    MoveCaret(Step),
    SelectCaret(Step),
    /// To the line above or below; the view says which byte lies there.
    PlaceCaret(usize),
    LikelyName(Step),
    Select(Option<Span>),
    SelectWord(usize),
    SelectSentence(usize),
    ToggleRejected,
    Copy,
}

impl Go {
    pub fn needs_page(&self) -> bool {
        use Go as G;
        let is_there = |go: &Go| matches!(go, G::Undecided(_) | G::Mention(_) | G::CaretMode | G::MoveCaret(_) | G::SelectCaret(_));
        is_there(self) || matches!(self, G::LikelyName(_) | G::ToggleRejected | G::Copy)
    }
}

rows! { Go
    Edit 40 acts "copy" ["Ctrl+C"] Go::Copy, "Copy", "Copy the selected text, or the words of the mention in focus";
    Go 10 acts "next-open" ["Tab"] Go::Undecided(Step::On), "Next undecided", "Go to the next undecided mention";
    Go 20 acts "previous-open" ["Shift+Tab"] Go::Undecided(Step::Back), "Previous undecided", "Go to the undecided mention before";
    Go 30 acts "next-mention" ["→"] Go::Mention(Step::On), "Next mention", "Go to the next mention of any state";
    Go 40 acts "previous-mention" ["←"] Go::Mention(Step::Back), "Previous mention", "Go to the mention before, of any state";
    Go 50 acts "caret" ["I"] Go::CaretMode, "Caret", "Move by tokens to add a mention: arrows move, Shift selects, Tab steps to likely names";
    Go 70 acts "next-article" ["Ctrl+PageDown"] Go::Article(Step::On), "Next article", "Open the next article of the list";
    Go 80 acts "previous-article" ["Ctrl+PageUp"] Go::Article(Step::Back), "Previous article", "Open the article before";
    Article 30 acts "show-rejected" ["V"] Go::ToggleRejected, "Show rejected", "Show or hide rejected mentions";
}
