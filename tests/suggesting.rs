//! What every source of suggestions keeps, whatever it is made of (`tagger::source`): the program's own, the analyst's lists
//! and rules, a command from outside; and that several are on at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use manicule::annotation::{Article, ArticleId, Origin, Scheme};
use manicule::decide::Stamp;
use manicule::decide::learning::Learning;
use manicule::formats::Pipe;
use manicule::reading::from_text;
use manicule::tagger::rules::Pack;
use manicule::tagger::source::{Candidate, Fault, Source, Standing};
use manicule::tagger::{Context, Tagger};
use rayon::prelude::*;

use crate::support::{dsl, gold};

const PACK: &str = r##"(
    pack: "mine",
    rules: [(id: "vessels", label: "PRODUCT", pattern: r"\bMV (?<m>\p{Lu}\w+)", reason: "a ship’s name after MV")],
    lists: [(id: "boards", label: "ORG", names: ["Kelp Board"]), (id: "no-names", never: true, names: ["May"])],
)"##;

/// A command that takes the first three letters of every article for an organisation.
const COMMAND: &str = r#"while IFS= read -r line; do
    head=${line%%'"entities":[]'*}
    tail=${line#*'"entities":[]'}
    printf '%s"entities":[[0,3,"ORG"]]%s\n' "$head" "$tail"
done"#;

fn pipe(script: &str) -> (tempfile::TempDir, Arc<Pipe>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tagger.sh");
    std::fs::write(&file, script).unwrap();
    (folder, Arc::new(Pipe::new(&format!("sh '{}'", file.display())).unwrap()))
}

fn articles() -> Vec<Article> {
    let odd = [
        "MV Esmeralda met the Kelp Board in May.",
        "Ōe Kenzaburō 大江 met Ms. O’Hara‑Lindqvist 🙂 at 9 a.m. on Friday.\r\n\r\nSaid «Ёлкин»: 12 km for $5m\u{2028}and 3%.",
        "No names here at all.",
        "ΟΔΥΣΣΕΑΣ\tשלום עולם\tالقاهرة\tRiga 2019",
    ];
    let gold = gold::all().into_iter().map(|gold| gold.text);
    let texts = odd.into_iter().map(str::to_owned).chain(gold).enumerate();
    texts.map(|(at, text)| from_text(ArticleId::new(&format!("a{at}")), &text)).collect()
}

/// What two articles teach in which the Kelp Board met.
fn learnt(plain: &Arc<Tagger>) -> Learning {
    let mut session = dsl::session(&["The [ORG! Kelp Board] met.", "Nobody met the [ORG! Kelp Board]."]);
    for id in ["a", "b"].map(ArticleId::new) {
        let edit = manicule::decide::article::accept_rest(&session, &id, &Stamp::default()).unwrap();
        session.apply(&edit).unwrap();
    }
    let mut learning = Learning::default();
    assert_eq!(learning.follow(plain, &session, &|| false), Some(2));
    learning
}

/// Every source with all that it says of an article, in the order of the table.
fn voices(tagger: &Tagger, article: &Article, is_cancelled: &dyn Fn() -> bool) -> Vec<Result<Vec<Candidate>, Fault>> {
    let scheme = Scheme::standard();
    let context = Context { published: Some("2024-10-08"), ..Context::of(article, &scheme) };
    let mut asked = tagger.asked(&article.text, &context).within(&context, Some(article), is_cancelled);
    let ask = |source: &Arc<dyn Source>| {
        let said = source.suggest(&asked);
        asked.hear(source.standing(), said.as_deref().unwrap_or_default());
        said
    };
    tagger.sources().iter().map(ask).collect()
}

fn said(tagger: &Tagger, article: &Article) -> Vec<Vec<Candidate>> {
    voices(tagger, article, &|| false).into_iter().map(|said| said.unwrap()).collect()
}

#[cfg(unix)]
#[test]
fn every_source_keeps_the_contract() {
    let (_folder, pipe) = pipe(COMMAND);
    let own = [Pack::parse("mine.ron", PACK).unwrap()];
    let plain = Arc::new(Tagger::standard().with(&own, &BTreeSet::new()).beside(pipe));
    let tagger = plain.taught(learnt(&plain).learned(), &BTreeSet::new());
    let articles = articles();
    let first: Vec<Vec<Vec<Candidate>>> = articles.iter().map(|article| said(&tagger, article)).collect();
    let mut speaks = vec![0; tagger.sources().len()];
    let mut parts: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (article, said) in articles.iter().zip(&first) {
        for (at, one) in said.iter().enumerate().flat_map(|(at, said)| said.iter().map(move |one| (at, one))) {
            let source = &tagger.sources()[at];
            speaks[at] += 1;
            // Offsets.
            let words = one.span.of(&article.text);
            assert!(words.is_some_and(|words| !words.is_empty()), "{source:?}: {one:?}");
            // Where it came from is told, by its own source.
            let reason = tagger.reason(&one.origin);
            assert!(reason.contains(' ') && !reason.starts_with("the rule "), "{reason}");
            if let Origin::Rule(id) | Origin::Gazetteer { list: id, .. } | Origin::Model(id) = &one.origin {
                parts.entry(at).or_default().insert(id.to_string());
            }
        }
    }
    assert!(speaks.iter().all(|n| *n > 0), "every source has something to say: {speaks:?}");
    for (at, ids) in &parts {
        let source = &tagger.sources()[*at];
        let known: BTreeSet<String> = source.parts().iter().map(|part| part.id.to_string()).collect();
        assert!(source.standing() == Standing::Word || ids.is_subset(&known), "{source:?} tells parts that it does not list");
    }
    // Determinism: asked again, in another order, and on several threads.
    let mut again: Vec<(usize, Vec<Vec<Candidate>>)> =
        (0..articles.len()).rev().collect::<Vec<_>>().into_par_iter().map(|at| (at, said(&tagger, &articles[at]))).collect();
    again.sort_by_key(|(at, _)| *at);
    assert!(again.into_iter().map(|(_, said)| said).eq(first), "the same article got another answer");
}

#[cfg(unix)]
#[test]
fn whoever_is_cancelled_ends_soon() {
    let (_folder, slow) = pipe("sleep 60");
    let tagger = Tagger::standard().beside(slow);
    let article = from_text(ArticleId::new("a"), "Kelp Board met.");
    let voices = voices(&tagger, &article, &|| true);
    assert!(voices.iter().all(|said| matches!(said, Ok(_) | Err(Fault::Cancelled))), "{voices:?}");
    assert_eq!(voices.last(), Some(&Err(Fault::Cancelled)), "who takes long looks whether anybody waits");
    assert_eq!(tagger.suggest_for(&article, &Scheme::standard(), &|| true), Err(Fault::Cancelled));
}

#[cfg(unix)]
#[test]
fn a_source_that_fails_is_told_and_the_next_article_is_asked_about() {
    let (folder, failing) = pipe("exit 3");
    let tagger = Tagger::standard().beside(failing);
    let article = from_text(ArticleId::new("a"), "Nora Hale met the Kelp Board.");
    let scheme = Scheme::standard();
    let fault = tagger.suggest_for(&article, &scheme, &|| false).unwrap_err();
    assert!(matches!(&fault, Fault::Failed(why) if why.contains("has ended without an answer")), "{fault:?}");
    std::fs::write(folder.path().join("tagger.sh"), COMMAND).unwrap();
    assert!(!tagger.suggest_for(&article, &scheme, &|| false).unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn several_sources_are_on_at_once_and_each_suggestion_tells_its_own() {
    let (_folder, pipe) = pipe(COMMAND);
    let own = [Pack::parse("mine.ron", PACK).unwrap()];
    let tagger = Tagger::standard().with(&own, &BTreeSet::new()).beside(pipe);
    let article = from_text(ArticleId::new("a"), "Zix said on 4 March 2020 that Nora Hale had met the Kelp Board in Lithuania.");
    let found = tagger.suggest_for(&article, &Scheme::standard(), &|| false).unwrap();
    let told: Vec<String> = found.iter().map(|one| format!("{} {}", article.quote(one.span), one.origin)).collect();
    for (name, origin) in [
        ("Zix", "model:sh tagger.sh"),
        ("4 March 2020", "rule:date"),
        ("Kelp Board", "gazetteer:boards"),
        ("Lithuania", "gazetteer:countries"),
    ] {
        assert!(told.iter().any(|one| one.starts_with(&format!("{name} {origin}"))), "{name} by {origin}: {told:?}");
    }
}

#[test]
fn what_is_switched_off_is_silent_whichever_source_it_belongs_to() {
    let standard = Tagger::standard();
    let ids: BTreeSet<String> = standard.parts().iter().map(|part| part.id.to_string()).collect();
    let none = standard.with(&[], &ids);
    let scheme = Scheme::standard();
    for article in articles() {
        let found = none.suggest(&article.text, &Context::of(&article, &scheme));
        let told = found.iter().find(|one| !matches!(one.origin, Origin::Model(_) | Origin::Alias(_)));
        assert_eq!(told, None);
    }
}
