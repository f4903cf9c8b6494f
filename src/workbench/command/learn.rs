//! Learning from the decisions of the session.

use super::row::{Row, rows};

#[derive(Clone, PartialEq, Debug)]
pub enum Learn {
    Now,
    Switch,
    /// Show what learning changed the last time.
    Changes,
}

rows! { Learn
    Decide 205 acts "learn" ["Ctrl+Alt+L"] Learn::Now, "Learn now", "Learn from all that is settled, and renew the suggestions of this article and the others";
    Decide 210 acts "learning-changes" ["Ctrl+Alt+N"] Learn::Changes, "What learning changed…", "The suggestions that came, went or became others when the program last learnt, each with its reason";
    Decide 220 acts "switch-learning" [] Learn::Switch, "Learning on or off", "Whether decisions of this session teach the tagger for the articles not yet read";
}
