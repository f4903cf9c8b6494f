//! Tagging again, and reading sources again.

use super::row::{Row, rows};

#[derive(Clone, PartialEq, Debug)]
pub enum Renew {
    Retag,
    RetagAll,
    ApplyRetag,
    /// Read the article’s source again and show what would change.
    Refresh,
    RefreshAll,
    ApplyRefresh,
    /// Read the article's source again in another encoding (a WHATWG name).
    ReadAgain(String),
    /// Bring back what was left out of the open article.
    KeepWhole,
    /// Give a mention of the list of those without a place its place.
    PlaceOrphan(usize),
    /// Let one of them go, or all.
    DropOrphan(Option<usize>),
}

impl Renew {
    pub fn needs_page(&self) -> bool {
        matches!(self, Renew::Refresh | Renew::ReadAgain(_))
    }
}

rows! { Renew
    Article 20 decides "keep-whole" ["Shift+B"] Renew::KeepWhole, "Keep what was left out", "Bring back all of the page that this article was read from, or tag its boilerplate too";
    Article 80 acts "retag" [] Renew::Retag, "Tag again…", "Run the tagger on this article anew; settled mentions stay";
    Article 90 acts "retag-all" [] Renew::RetagAll, "Tag all again…", "Run the tagger on every article anew; settled mentions stay";
    Article 100 acts "refresh" ["Ctrl+R"] Renew::Refresh, "Refresh from source…", "Read the article’s file again and carry its mentions over; shows what changes first";
    Article 110 acts "refresh-all" ["Ctrl+Alt+R"] Renew::RefreshAll, "Refresh all from source…", "Read every article’s file again; shows what changes first";
}
