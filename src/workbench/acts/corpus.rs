//! Finding in the whole session: places listed while one types, ticked, and decided on together.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use crate::annotation::{ArticleId, Label, Session};
use crate::decide::articles::{Mark, mark_all};
use crate::decide::seek::{Seeker, Sought};
use crate::decide::spread::{self, Concordance, Order, rows_of};
use crate::text::Span;
use crate::workbench::models::{Corpus, Places, Search};
use crate::workbench::parts::count;
use crate::workbench::state::State;

/// Looks for something in every article that the filter leaves, unless it is what is looked for already.
pub fn look(state: &mut State, sought: Sought, order: Order) {
    let search = Search { sought, order, version: state.version(), revision: state.articles.revision() };
    if state.corpus.search() == Some(&search) {
        return;
    }
    if matches!(&search.sought, Sought::Text(query) if query.is_empty()) {
        return state.corpus.clear();
    }
    let cancel = state.corpus.begin(search.clone());
    let session = state.narrowed();
    state.start_unseen("Finding", move |reporter| {
        let is_cancelled = || cancel.load(Ordering::Relaxed) || reporter.is_cancelled();
        if let Some(found) = find(&session, &search, &is_cancelled) {
            reporter.send(move |state| state.corpus.take(&search, found));
        }
    });
}

/// Articles looked through before it is asked whether anybody waits.
const BATCH: usize = 512;

/// `None` where nobody waits for it any more.
fn find(session: &Session, search: &Search, is_cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Result<Places, String>> {
    let seeker = match Seeker::new(session, &search.sought) {
        Ok(seeker) => seeker,
        Err(fault) => return Some(Err(fault.to_string())),
    };
    let mut places: Vec<(usize, Span)> = Vec::new();
    let (mut total, mut articles) = (0, 0);
    for (n, batch) in session.articles().chunks(BATCH).enumerate() {
        let found: Vec<Vec<Span>> =
            batch.par_iter().map(|article| if is_cancelled() { Vec::new() } else { seeker.places(article) }).collect();
        if is_cancelled() {
            return None;
        }
        for (i, found) in found.into_iter().enumerate() {
            total += found.len();
            articles += usize::from(!found.is_empty());
            let room = Corpus::MOST - places.len();
            places.extend(found.into_iter().take(room).map(|span| (n * BATCH + i, span)));
        }
    }
    let key = match &search.sought {
        Sought::Text(query) => query.text.clone(),
        Sought::Names(entity) => session.entity(entity).map_or_else(|| entity.to_string(), |entity| entity.name.clone()),
        Sought::Near { label, other, .. } => format!("{label} near {other}"),
    };
    let rows = Concordance::of_found(&key, rows_of(session, &places, search.order));
    Some(Ok(Places { rows, total, articles }))
}

pub fn tick(state: &mut State, row: usize, ticked: bool) {
    if let Some(places) = &mut state.corpus.places {
        places.rows.tick(row, ticked);
    }
}

/// The ticked places become mentions with this label, or, without one, what is a mention among them is rejected.
pub fn decide(state: &mut State, label: Option<&Label>) {
    let stamp = state.stamp();
    let Some(places) = ticked(state) else { return };
    let edit = spread::apply(state.session(), &places.decided(label, &stamp));
    let Some(edit) = state.accepted(edit) else { return };
    state.perform_told(edit);
    look_again(state);
}

/// Flags the articles of the ticked places.
pub fn flag(state: &mut State) {
    let stamp = state.stamp();
    let Some(places) = ticked(state) else { return };
    let ids: BTreeSet<ArticleId> = places.rows.iter().filter(|row| row.ticked).map(|row| row.article.clone()).collect();
    let edit = mark_all(state.session(), &ids, &Mark::Flag(true), &stamp);
    let Some(edit) = state.accepted(edit) else { return };
    let n = edit.ops.len();
    if state.perform(edit) {
        state.say(format!("Flagged {}. One undo takes it back", count(n, "article")));
    }
    look_again(state);
}

/// What is ticked, where all that was found can be decided on; else says why not.
fn ticked(state: &mut State) -> Option<Concordance> {
    let places = state.corpus.places.as_ref()?;
    let (total, n) = (places.total, places.rows.ticked_count());
    if total > places.rows.rows.len() {
        state.say(format!("{total} places are too many to be decided on together; look for something narrower"));
        return None;
    }
    if n == 0 {
        state.say("Nothing is ticked");
        return None;
    }
    Some(places.rows.clone())
}

fn look_again(state: &mut State) {
    if let Some(search) = state.corpus.search().cloned() {
        look(state, search.sought, search.order);
    }
}
