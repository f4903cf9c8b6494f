//! The Certify view: a random sample of what is settled is drawn, and answered by somebody who does not see what was decided.

use crate::annotation::{Answer, Scope};
use crate::decide::certificate::{Asked, answer, begin, draw};
use crate::workbench::command::{Certify, Command, Decide, Go, Step};
use crate::workbench::parts::{View, sentence};
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Certify) {
    match command {
        Certify::Draw(mentions, sentences) => draw_sample(state, mentions, sentences),
        Certify::Said => said(state),
        Certify::Tell => state.certifying.is_asked_for = true,
    }
}

/// Takes a command over that means something else of a question than on the page. Hands back what it does not know.
pub fn run_in_view(state: &mut State, command: Command) -> Option<Command> {
    let at = state.certifying.at;
    let is_sentence = state.certifying.item(state.session()).map(|(_, item)| item.is_sentence());
    match (command, is_sentence) {
        (Command::Go(Go::Undecided(Step::On) | Go::Mention(Step::On)), Some(_)) => state.certifying.go(at + 1),
        (Command::Go(Go::Undecided(Step::Back) | Go::Mention(Step::Back)), Some(_)) => state.certifying.go(at.saturating_sub(1)),
        (Command::Decide(Decide::Label(label, Scope::Mention)), Some(false)) => take(state, Answer::Label(label)),
        (Command::Decide(Decide::Label(label, Scope::Mention)), Some(true)) => state.certifying.draft.push(label),
        (Command::Decide(Decide::Reject(_)), Some(false)) => take(state, Answer::Nothing),
        (Command::Decide(Decide::MoveEdge(..)), Some(false)) => take(state, Answer::Edges),
        (Command::Decide(Decide::Confirm(_) | Decide::AcceptRest), Some(true)) => said(state),
        (Command::Decide(Decide::Reopen), Some(true)) => drop(state.certifying.draft.pop()),
        (Command::Decide(Decide::Confirm(_)), Some(false)) => {
            state.say("A letter says which label the words have, X that they are no name")
        }
        (command, _) => return Some(command),
    }
    None
}

fn draw_sample(state: &mut State, mentions: usize, sentences: usize) {
    let (session, stamp) = (state.session().clone(), state.stamp());
    let asked = Asked { mentions, sentences, seed: stamp.at.0 as u64 };
    state.start("Drawing a sample", move |reporter| {
        let drawn = draw(&session, asked, &stamp.by, stamp.at, reporter.cancel_flag());
        reporter.send(move |state| match drawn {
            Ok(certificate) => {
                if state.perform(begin(certificate, &stamp)) {
                    state.show(View::Certify);
                }
            }
            Err(nothing) => state.say(sentence(&nothing.to_string())),
        });
    });
}

/// The labels that were said are those of all names in the sentence.
fn said(state: &mut State) {
    if state.certifying.item(state.session()).is_some_and(|(_, item)| item.is_sentence()) {
        let mut labels = state.certifying.draft.clone();
        labels.sort();
        take(state, Answer::Names(labels));
    }
}

fn take(state: &mut State, said: Answer) {
    let (at, stamp) = (state.certifying.at, state.stamp());
    let Some(id) = state.certifying.item(state.session()).map(|(certificate, _)| certificate.id.clone()) else { return };
    let edit = answer(state.session(), &id, at, Some(said), &stamp);
    match edit {
        // The same once more is an answer too.
        Err(crate::decide::Refusal::Already) => {}
        edit => {
            let Some(edit) = state.accepted(edit) else { return };
            if !state.perform(edit) {
                return;
            }
        }
    }
    state.refresh_view();
    let session = state.work.session();
    state.certifying.advance(session);
    if state.certifying.told().answered == state.certifying.told().asked {
        state.say("Every question is answered; the certificate stands in the session, in the HTML report and in `manicule certify`");
    }
}
