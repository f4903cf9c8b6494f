//! The mark on a mention whose words have changed under it: what it was, until a person looks at it. A decision takes it off.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::annotation::{Extra, How, Mention, State, Time};
use crate::text::Span;

/// The format of the extras that are the program's own.
pub(super) const FORMAT: &str = "manicule";
const CARRIED: &str = "carried";

/// Longer quotes are cut; such a mention is placed by hand.
pub(super) const LONGEST_QUOTE: usize = 300;

/// What a mention was before its words changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Was {
    pub quote: String,
    pub state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<How>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

pub(super) fn cut(text: &str) -> String {
    text[..text.floor_char_boundary(LONGEST_QUOTE)].to_owned()
}

/// What a mention was whose words have changed under it and that nobody has looked at since.
pub fn was(mention: &Mention) -> Option<Was> {
    let extra = mention.extras.iter().find(|extra| is_mark(extra))?;
    serde_json::from_str(&extra.value).ok()
}

/// Whether an extra marks a mention that waits for a person. A decision takes it off.
pub fn is_mark(extra: &Extra) -> bool {
    extra.format == FORMAT && extra.key == CARRIED
}

/// `mention` on changed words: suggested, with what it was.
pub(super) fn to_confirm(mention: &Mention, span: Span, quote: &str) -> Mention {
    let was = was(mention).unwrap_or_else(|| Was {
        quote: cut(quote),
        state: mention.state,
        how: mention.how,
        by: mention.by.clone(),
        at: mention.at,
    });
    let mut carried = Mention { span, state: State::Suggested, how: None, by: None, at: None, ..mention.clone() };
    carried.extras.retain(|extra| !is_mark(extra));
    let value = serde_json::to_string(&was).unwrap_or_default();
    carried.extras.push(Extra { format: FORMAT.to_owned(), key: CARRIED.to_owned(), value });
    carried
}
