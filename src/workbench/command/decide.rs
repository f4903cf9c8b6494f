//! What is decided on mentions.

use super::row::{Row, rows};
use super::terms::{Edge, Step};
use crate::annotation::{Label, Scope};

#[derive(Clone, PartialEq, Debug)]
pub enum Decide {
    Confirm(Scope),
    Reject(Scope),
    /// Retype the mention in focus, or add the selection.
    Label(Label, Scope),
    MoveEdge(Edge, Step),
    Widen,
    Repeat,
    /// Tick or untick a row of the concordance.
    TickRow(usize, bool),
    Apply,
    AcceptRest,
    Reopen,
    SetNote(String),
    /// Give the mention in focus the verdict that stands against its own.
    TakeOther,
    /// Settle one thing of the list of conflicts: keep what stands, or take what the other side has.
    Settle(usize, bool),
    /// Show what a conflict of the list is about.
    GoDispute(usize),
}

impl Decide {
    /// Whether it acts on the article on the page, and so only while the page is shown.
    pub fn needs_page(&self) -> bool {
        !matches!(self, Decide::TickRow(..) | Decide::Apply | Decide::Settle(..) | Decide::GoDispute(_))
    }
}

rows! { Decide
    Decide 10 decides "confirm" ["Space"] Decide::Confirm(Scope::Mention), "Confirm", "Confirm the mention in focus and go to the next undecided one";
    Decide 20 decides "reject" ["X"] Decide::Reject(Scope::Mention), "Reject", "Reject the mention in focus and go on";
    Decide 30 decides "confirm-article" ["Shift+Space" "Alt+Enter"] Decide::Confirm(Scope::Article), "Confirm in this article", "Confirm every mention of this name in the article";
    Decide 40 decides "reject-article" ["Shift+X"] Decide::Reject(Scope::Article), "Reject in this article", "Reject every mention of this name in the article";
    Decide 50 decides "confirm-session" ["Ctrl+Shift+Space" "Ctrl+Alt+Enter"] Decide::Confirm(Scope::Session), "Confirm everywhere…", "Confirm this name in the whole session; shows every place first";
    Decide 60 decides "reject-session" ["Ctrl+Shift+X"] Decide::Reject(Scope::Session), "Reject everywhere…", "Reject this name in the whole session; shows every place first";
    Decide 70 decides "widen" ["+" "="] Decide::Widen, "Widen the last decision", "Carry the last decision to the article; again: to the session";
    Decide 80 decides "repeat" ["."] Decide::Repeat, "Repeat the last decision", "Decide the mention in focus, or the selection, as the last one";
    Decide 90 decides "start-back" ["Alt+←"] Decide::MoveEdge(Edge::Start, Step::Back), "Start edge back", "Move the start of the mention or selection one token back";
    Decide 100 decides "start-on" ["Alt+→"] Decide::MoveEdge(Edge::Start, Step::On), "Start edge on", "Move the start of the mention or selection one token on";
    Decide 110 decides "end-back" ["Shift+←"] Decide::MoveEdge(Edge::End, Step::Back), "End edge back", "Move the end of the mention or selection one token back";
    Decide 120 decides "end-on" ["Shift+→"] Decide::MoveEdge(Edge::End, Step::On), "End edge on", "Move the end of the mention or selection one token on";
    Decide 130 decides "reopen" ["Backspace"] Decide::Reopen, "Take the decision back", "Delete your own mention; return a settled one to suggested";
    Decide 140 decides "take-other" ["Q"] Decide::TakeOther, "Take the other verdict", "Where two people decided differently: take what stands against this";
    Decide 200 decides "accept-rest" ["Ctrl+Enter"] Decide::AcceptRest, "Accept the rest", "Accept what is still suggested here, mark the article done, go to the next";
}
