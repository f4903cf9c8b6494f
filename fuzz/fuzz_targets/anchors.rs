//! Mentions are carried over any change of a text, and none comes to stand on other words unseen.
//!
//! The input is the old text, a byte 0x1E, the new one; `[` and `]` in the old one mark mentions.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use manicule::annotation::{Article, ArticleId, Label, Mention, MentionId, Origin, State};
use manicule::decide::anchors::{orphans, refresh, same_words, was};
use manicule::text::Span;

fuzz_target!(|data: &[u8]| {
    let Ok(data) = std::str::from_utf8(data) else { return };
    let Some((marked, new)) = data.split_once('\u{1E}') else { return };
    let old = article(marked);
    let after = refresh::article(&Arc::new(old.clone()), &Article::new(old.id.clone(), new));
    let tally = after.tally;
    assert_eq!(tally.exact + tally.moved + tally.fuzzy + tally.orphaned + tally.dropped, old.mentions.len());
    assert_eq!(tally.orphaned, orphans(&after.after).count());
    for mention in &after.after.mentions {
        let before = old.mention(mention.id).expect("a carried mention keeps its id");
        assert!(!after.after.quote(mention.span).is_empty());
        match was(mention) {
            Some(_) => assert_eq!(mention.state, State::Suggested),
            None => assert!(same_words(old.quote(before.span), after.after.quote(mention.span))),
        }
    }
    for zone in &after.after.zones {
        assert!(zone.span.of(new).is_some());
    }
});

fn article(marked: &str) -> Article {
    let mut text = String::new();
    let (mut open, mut spans) = (Vec::new(), Vec::new());
    for c in marked.chars() {
        match c {
            '[' => open.push(text.len()),
            ']' => spans.extend(open.pop().map(|start| Span::new(start, text.len()))),
            c => text.push(c),
        }
    }
    let mut article = Article::new(ArticleId::new("a"), text);
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        let label = Label::new(if span.start % 2 == 0 { "ORG" } else { "PERSON" });
        let mut id = MentionId::of(&article.id, span, &label);
        while article.mention(id).is_some() {
            id = id.next();
        }
        let state = State::ALL[span.end as usize % 3];
        article.mentions.push(Mention { state, ..Mention::suggested(id, span, label, Origin::Rule("seed".into())) });
    }
    article.mentions.sort_by(Mention::reading_order);
    article.zones = manicule::reading::zones::find(&article.text, &[]);
    article
}
