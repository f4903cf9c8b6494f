//! Why the mention in focus is there: the tagger is asked in the background, and nothing waits for its words.

use std::sync::Arc;

use manicule::annotation::{Mention, Origin, Session};
use manicule::workbench::{Decide, File, Go, Screen, Step, Workbench};

use crate::support::held::Held;

const TEXT: &str = "Late on Monday the Marrowby Harbour Council met Nora Quarrel of Dunlow Shipping.\n\n\
    Mr Quarrel told the Velden Port Authority and the Council to wait.\n";

/// A workbench with an article whose mentions the model found, and the work that it waits for.
fn slow() -> (Workbench, Arc<Held>) {
    let (mut state, held) = Held::workbench(Session::default());
    state.run(File::Paste(TEXT.to_owned()));
    while state.open_article().is_none_or(|article| article.mentions.is_empty()) {
        assert!(held.waiting() > 0, "the article is never tagged");
        held.run();
        state.poll();
    }
    held.settle(&mut state);
    (state, held)
}

fn why(state: &Workbench) -> String {
    let (article, mention) = (state.open_article().unwrap(), state.focused().unwrap());
    state.why(article, mention)
}

fn is_models(mention: &Mention) -> bool {
    matches!(mention.origin, Origin::Model(_))
}

/// Moves to the next mention that the model found.
fn next_of_model(state: &mut Workbench) {
    for _ in 0..TEXT.len() {
        state.run(Go::Mention(Step::On));
        if state.focused().is_some_and(is_models) {
            return;
        }
    }
    panic!("the model found nothing: {:?}", state.open_article().map(|article| &article.mentions));
}

#[test]
fn the_general_reason_stands_until_the_tagger_has_answered() {
    let (mut state, held) = slow();
    next_of_model(&mut state);
    let mention = state.focused().unwrap().clone();
    assert_eq!(why(&state), state.lists().reason(&mention.origin), "nothing has been asked yet");
    assert_eq!(held.waiting(), 1);
    assert_eq!(state.jobs.told().count(), 0, "the bar below does not flicker");
    held.settle(&mut state);
    assert_eq!(why(&state), state.tagger().reason_for(&state.open_article().unwrap().text, &mention));
    assert!(why(&state).contains("most of all for"), "{}", why(&state));
    // What a decision leaves in focus is asked for anew, once.
    state.run(Decide::SetNote("asked".to_owned()));
    state.run(Go::CaretMode);
    assert!(held.waiting() <= 1);
    held.settle(&mut state);
    assert!(why(&state).contains("most of all for"), "{}", why(&state));
}

#[test]
fn what_the_focus_passes_by_is_not_asked() {
    let (mut state, held) = slow();
    let mut seen = std::collections::BTreeSet::new();
    (0..6).for_each(|_| {
        next_of_model(&mut state);
        seen.insert(state.focused().unwrap().id);
    });
    assert!(seen.len() > 1, "there is something to pass by");
    assert_eq!(held.waiting(), 1, "one question is under way, however fast the focus moves");
    let mention = state.focused().unwrap().clone();
    held.run();
    state.poll();
    assert_eq!(held.waiting(), 1, "then the one that is looked at now");
    held.settle(&mut state);
    assert_eq!(why(&state), state.tagger().reason_for(&state.open_article().unwrap().text, &mention));
}

#[test]
fn an_answer_of_lists_that_are_no_longer_in_force_is_given_up() {
    let (mut state, held) = slow();
    next_of_model(&mut state);
    assert_eq!(held.waiting(), 1);
    let mut settings = state.settings().clone();
    settings.lists_off.insert("companies".to_owned());
    state.run(Screen::Set(Box::new(settings)));
    held.run();
    state.poll();
    let mention = state.focused().unwrap().clone();
    assert_eq!(why(&state), state.lists().reason(&mention.origin), "what the other lists said is not shown");
    assert_eq!(held.waiting(), 1, "and these are asked");
    held.settle(&mut state);
    assert_eq!(why(&state), state.tagger().reason_for(&state.open_article().unwrap().text, &mention));
}
