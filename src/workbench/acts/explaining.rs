//! Asking the tagger why the mention in focus is there: its words come a moment later, and nothing waits for them.

use std::sync::Arc;

use crate::annotation::Origin;
use crate::workbench::state::State;

/// Asks where the words of the mention in focus are still to come.
pub fn follow(state: &mut State) {
    let (Some(article), Some(mention)) = (state.open_article(), state.focused()) else { return };
    // What any other source gives as its reason needs no looking at the text.
    let is_models = matches!(mention.origin, Origin::Model(_));
    let question = state.question(article, mention);
    if !is_models || !state.explained.is_to_ask(&question) {
        return;
    }
    // No more of the article than that: while somebody else holds it, the next decision has to copy it first.
    let (text, mention, lists) = (article.text.clone(), mention.clone(), state.lists.clone());
    state.explained.begin(question);
    state.start_unseen("Explaining", move |reporter| {
        let words = lists.wait().reason_for(&text, &mention);
        reporter.send(move |state| state.explained.take(Arc::ptr_eq(&lists, &state.lists).then_some(words)));
    });
}
