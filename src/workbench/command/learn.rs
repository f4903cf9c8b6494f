//! Learning from the decisions of the session.

use std::path::PathBuf;

use super::row::{Row, rows};

#[derive(Clone, PartialEq, Debug)]
pub enum Learn {
    Now,
    Switch,
    /// Show what learning changed the last time.
    Changes,
    /// Write what was learnt to a file that other sessions can begin with.
    Save(PathBuf),
    /// Begin every session with what such a file holds.
    Bring(PathBuf),
    /// Begin with nothing that was learnt elsewhere.
    LetGo,
}

rows! { Learn
    Decide 205 acts "learn" ["Ctrl+Alt+L"] Learn::Now, "Learn now", "Learn from all that is settled, and renew the suggestions of this article and the others";
    Decide 210 acts "learning-changes" ["Ctrl+Alt+N"] Learn::Changes, "What learning changed…", "The suggestions that came, went or became others when the program last learnt, each with its reason";
    Decide 220 acts "switch-learning" [] Learn::Switch, "Learning on or off", "Whether decisions of this session teach the tagger for the articles not yet read";
    Decide 235 acts "let-go-learning" [] Learn::LetGo, "Let go of learning brought in", "Begin with nothing that was learnt in other sessions; what this session teaches stays";
}
