//! What deciding costs in a session of 1,000 articles and 50,000 mentions: the index, the preview of a decision in the
//! whole session, applying and undoing it, the rows of the table of names and of things.
//!
//! Figures to reach: first rows of a preview within 50 ms, apply and undo within 50 ms each.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use manicule::annotation::{How, State};
use manicule::decide::articles::ArticleOrder;
use manicule::decide::consistency::check;
use manicule::decide::decision::confirm;
use manicule::decide::names::{NameFilter, NameOrder, NamesIndex, name_rows};
use manicule::decide::spread::{self, Decision, Focus, Reach};
use manicule::decide::{Stamp, entities};
use manicule::workbench::{ArticleList, CopiesFound, ListOf, Wanted};

#[allow(dead_code)]
mod support;

fn decisions(c: &mut Criterion) {
    let session = support::session(7, 1_000, 50);
    let index = NamesIndex::build(&session);
    let mut group = c.benchmark_group("1,000 articles, 50,000 mentions");
    group.sample_size(20);
    group.bench_function("build the index", |b| b.iter(|| NamesIndex::build(&session)));

    // The most frequent name: the heaviest decision there is.
    let rows = name_rows(&index, &NameFilter::default(), NameOrder::Mentions);
    let key = rows[0].keys[0].clone();
    let (article, mention) = index.mentions(&session, &key)[0];
    let focus = Focus::Mention(article.id.clone(), mention.id);
    println!("the most frequent name has {} mentions in {} articles", rows[0].mentions, rows[0].articles);
    let preview =
        || spread::preview(&session, Reach::Session(&index), &focus, &Decision::Confirm, &Stamp::default()).expect("it can be confirmed");
    group.bench_function("preview in the session", |b| b.iter(preview));
    let found = preview();
    group.bench_function("make the edit", |b| b.iter(|| spread::apply(&session, &found).expect("it applies")));
    let edit = spread::apply(&session, &found).expect("it applies");
    println!("the edit reaches {} mentions", edit.mention_count());
    // The clone shares its articles with the original, as it does while a save is under way: the dearest case.
    group.bench_function("apply", |b| {
        b.iter_batched(|| session.clone(), |mut session| session.apply(&edit).map(|()| session), BatchSize::LargeInput)
    });
    let mut after = session.clone();
    after.apply(&edit).expect("it applies");
    let inverse = edit.inverse();
    group.bench_function("undo", |b| {
        b.iter_batched(|| after.clone(), |mut session| session.apply(&inverse).map(|()| session), BatchSize::LargeInput)
    });
    group.bench_function("follow in the index, there and back", |b| {
        let mut index = NamesIndex::build(&session);
        b.iter(|| {
            index.update(&edit);
            index.revert(&edit);
        });
    });
    group.bench_function("rows of names", |b| b.iter(|| name_rows(&index, &NameFilter::default(), NameOrder::default())));
    group.bench_function("gather things", |b| b.iter(|| entities::gather(&session, &index)));
    let gatherings = entities::gather(&session, &index);
    println!("{} names, {} gatherings", rows.len(), gatherings.len());
    group.bench_function("rows of things", |b| b.iter(|| entities::thing_rows(&session, &index, &gatherings)));
    let short = rows.iter().find(|row| !row.name.contains(' ')).expect("there is a short name");
    let label = short.labels[0].0.clone();
    group.bench_function("propose for a mention", |b| {
        b.iter(|| entities::proposals(&session, &index, &short.name, &label, None, Some(article)))
    });
    group.finish();
}

/// Figure to reach: 2 s over 10,000 articles and 500,000 mentions.
fn consistency(c: &mut Criterion) {
    let made = support::session(7, 10_000, 50);
    let settled = made.articles().iter().map(|article| {
        let mut article = (**article).clone();
        article.mentions.iter_mut().for_each(|mention| mention.state = State::Confirmed);
        Arc::new(article)
    });
    let session = made.with_articles(settled);
    let mut group = c.benchmark_group("10,000 articles, 500,000 mentions");
    group.sample_size(10);
    let check = || check(&session, &AtomicBool::new(false), &|_, _| {}).expect("nobody cancels it");
    println!("{} findings", check().findings.len());
    group.bench_function("check consistency", |b| b.iter(check));
    group.finish();
}

/// Figure to reach: a small part of a frame after every decision, whatever is asked for and however it is sorted.
fn listing(c: &mut Criterion) {
    let session = support::session(7, 10_000, 50);
    let mut group = c.benchmark_group("the list of 10,000 articles, 500,000 mentions");
    group.sample_size(10);
    let (mut wanted, copies) = (Wanted::default(), CopiesFound::default());
    group.bench_function("look at all of them", |b| {
        b.iter(|| {
            ArticleList::default().refresh(ListOf { session: &session, version: (0, 0), wanted: &wanted, current: None, copies: &copies })
        })
    });
    for (typed, order) in [("", ArticleOrder::Came), ("has:open state:open", ArticleOrder::Doubt), ("entity:bank", ArticleOrder::Title)] {
        wanted.ask(typed);
        wanted.order = order;
        let (mut list, mut decided, mut version) = (ArticleList::default(), session.clone(), 0);
        list.refresh(ListOf { session: &decided, version: (0, version), wanted: &wanted, current: None, copies: &copies });
        let article = &session.articles()[5_000];
        let edit = confirm(&session, &article.id, article.mentions[0].id, How::Looked, &Stamp::default()).expect("it is suggested");
        let edits = [edit.clone(), edit.inverse()];
        group.bench_function(format!("find anew after a decision: {typed:?} {}", order.words()), |b| {
            b.iter(|| {
                decided.apply(&edits[version as usize % 2]).expect("it applies");
                version += 1;
                list.refresh(ListOf {
                    session: &decided,
                    version: (0, version),
                    wanted: &wanted,
                    current: Some(&article.id),
                    copies: &copies,
                });
            })
        });
    }
    let mut list = ArticleList::default();
    for typed in ["budget", "label:ORG -tag:wire", "entity:bank"] {
        let mut is_on = false;
        group.bench_function(format!("type {typed:?}"), |b| {
            b.iter(|| {
                is_on = !is_on;
                wanted.ask(if is_on { typed } else { "x" });
                list.refresh(ListOf { session: &session, version: (0, 0), wanted: &wanted, current: None, copies: &copies });
            })
        });
    }
    group.finish();
}

criterion_group!(benches, decisions, consistency, listing);
criterion_main!(benches);
