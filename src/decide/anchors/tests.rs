//! What becomes of mentions when their source changes, told as pages before and after.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::annotation::*;
use crate::decide::{Stamp, decision};
use crate::dsl;
use crate::text::Span;

/// The article of a marked page, and the same source with another text.
fn refreshed(page: &str, text: &str) -> Refreshed {
    refresh::article(&Arc::new(dsl::article("a", page)), &Article::new(ArticleId::new("a"), text))
}

/// A marked page, its source's new text, the page after, and the tally in its four first figures.
#[track_caller]
fn check(page: &str, text: &str, expect: &str, tally: [usize; 4]) -> Refreshed {
    let mut session = dsl::session(&[page]);
    let before = session.clone();
    let after = refresh::article(&session.articles()[0], &Article::new(ArticleId::new("a"), text));
    let edit = refresh::edit(&session, std::slice::from_ref(&after), &Stamp::default()).unwrap();
    let mut history = History::default();
    history.perform(&mut session, edit).unwrap();
    assert_eq!(dsl::show(&session.articles()[0]), expect);
    let found = after.tally;
    assert_eq!([found.exact, found.moved, found.fuzzy, found.orphaned], tally, "exact, moved, fuzzy, orphaned");
    history.undo(&mut session).unwrap();
    assert_eq!(session, before, "one undo takes all of it back");
    after
}

#[test]
fn what_lies_before_a_change_is_exact_and_what_lies_after_has_moved() {
    check(
        "In [GPE! Paris] the ministers met.\n[PERSON! Ann Lee] of [ORG? NATO] spoke at length about it.",
        "In Paris the ministers met.\nIt rained.\nAnn Lee of NATO spoke at length about it.",
        "In [GPE! Paris] the ministers met.\nIt rained.\n[PERSON! Ann Lee] of [ORG? NATO] spoke at length about it.",
        [1, 2, 0, 0],
    );
}

#[test]
fn other_quotation_marks_and_blanks_are_no_change() {
    check(
        "\"We met,\" said [PERSON! Pat O'Brien] of the [ORG! Harbour  Board], a body in [GPE? Cork].",
        "“We met,” said Pat O’Brien of the Harbour Board, a body in Cork.",
        "“We met,” said [PERSON! Pat O’Brien] of the [ORG! Harbour Board], a body in [GPE? Cork].",
        [0, 3, 0, 0],
    );
}

#[test]
fn changed_words_become_a_question_that_remembers_the_decision() {
    let after = check(
        "On Monday [PERSON! Zelensky] flew to [GPE! Oslo] for talks.",
        "On Monday Zelenskyy flew to Oslo for talks.",
        "On Monday [PERSON? Zelenskyy] flew to [GPE! Oslo] for talks.",
        [0, 1, 1, 0],
    );
    let mention = &after.after.mentions[0];
    let was = was(mention).expect("it waits for a person");
    assert_eq!((was.quote.as_str(), was.state, was.how), ("Zelensky", State::Confirmed, Some(How::Looked)));
    let (session, _) = Session::from_parts(Scheme::standard(), [after.after.clone()], [], Vec::new());
    let edit = decision::confirm(&session, &after.after.id, mention.id, How::Looked, &Stamp::default()).unwrap();
    let Some(Op::Mention { after: Some(confirmed), .. }) = edit.ops.last() else { panic!("no mention") };
    assert_eq!((confirmed.state, super::was(confirmed)), (State::Confirmed, None), "one key settles it");
}

#[test]
fn a_name_that_may_have_grown_is_asked_about() {
    check(
        "They left for [GPE! Paris] and said nothing more.",
        "They left for Paris Hilton and said nothing more.",
        "They left for [GPE? Paris] Hilton and said nothing more.",
        [0, 0, 1, 0],
    );
    check(
        "Then [PERSON! Kishida] spoke to the press again.",
        "Then Fumio Kishida spoke to the press again.",
        "Then Fumio [PERSON? Kishida] spoke to the press again.",
        [0, 0, 1, 0],
    );
    check(
        "The ministers met in [GPE! Paris] again.",
        "The ministers met in New Paris again.",
        "The ministers met in New [GPE? Paris] again.",
        [0, 0, 1, 0],
    );
}

#[test]
fn other_titles_and_neighbours_leave_a_name_what_it_is() {
    let keeps = |before: &str, after: &str| {
        let plain = after.replace(['[', ']'], "").replace("PERSON! ", "").replace("ORG! ", "");
        let found = refreshed(before, &plain);
        assert_eq!((dsl::show(&found.after), found.tally.exact + found.tally.moved), (after.to_owned(), 1));
    };
    keeps(
        "Japanese Prime Minister [PERSON! Fumio Kishida] will attend the talks.",
        "Japan’s Premier [PERSON! Fumio Kishida] will attend the talks.",
    );
    keeps("Then Minister [PERSON! Kishida] spoke to the press.", "Then President [PERSON! Kishida] spoke to the press.");
    keeps("Then [PERSON! Kishida] spoke to the press.", "Then Mr. [PERSON! Kishida] spoke to the press.");
    keeps("The Oslo [ORG! Harbour Board] Tuesday told reporters.", "The Oslo [ORG! Harbour Board] Wednesday told reporters.");
}

#[test]
fn a_removed_sentence_leaves_orphans_that_are_kept() {
    let after = check(
        "The talks went on. [PERSON! Bo Ek] of [ORG? SAS] left early for [GPE~ Home]. Nobody minded at all.",
        "The talks went on. Nobody minded at all.",
        "The talks went on. Nobody minded at all.",
        [0, 0, 0, 2],
    );
    assert_eq!(after.tally.dropped, 1, "a suggestion that nobody touched needs no question");
    let listed: Vec<Orphan> = orphans(&after.after).map(|(_, orphan)| orphan).collect();
    assert_eq!(listed.iter().map(|orphan| orphan.quote.as_str()).collect::<Vec<_>>(), ["Bo Ek", "Home"]);
    assert_eq!((listed[0].before.as_str(), listed[0].after.as_str()), ("The talks went on.", "of SAS left early for Home. Nobody"));
    assert_eq!(listed[0].mention.state, State::Confirmed);
}

#[test]
fn the_same_name_elsewhere_does_not_take_an_orphans_place() {
    check(
        "[ORG! NATO] agreed to the plan on Monday.\nLater [ORG! NATO] said it would pay for it all.",
        "NATO agreed to the plan on Monday.",
        "[ORG! NATO] agreed to the plan on Monday.",
        [1, 0, 0, 1],
    );
}

#[test]
fn a_moved_paragraph_takes_its_mentions_along() {
    let first = "The mayor of [GPE! Aqaba], [PERSON! Omar Nasser], had not slept for two days and said so.";
    let plain = "The mayor of Aqaba, Omar Nasser, had not slept for two days and said so.";
    let rest = "One.\nThe port of Suez closed.\nHotels sent their guests home.\nNobody knew for how long it would be.";
    check(&format!("{first}\n{rest}"), &format!("{rest}\n{plain}"), &format!("{rest}\n{first}"), [0, 2, 0, 0]);
}

#[test]
fn orphans_return_when_their_words_do() {
    let page = "It began in spring. The envoy, [PERSON! Ann Lee] of the board, had left it all to others. Then it ended.";
    let gone = refreshed(page, "It began in spring. Then it ended.");
    assert_eq!((gone.tally.orphaned, gone.after.mentions.len()), (1, 0));
    let text = &dsl::article("a", page).text.to_string();
    let back = refresh::article(&gone.after, &Article::new(ArticleId::new("a"), text.as_str()));
    assert_eq!(back.tally.returned, 1);
    assert_eq!(dsl::show(&back.after), page);
    assert_eq!(orphans(&back.after).count(), 0);
    assert_eq!(back.after.mentions[0], dsl::article("a", page).mentions[0], "as it was, to the id");
}

#[test]
fn an_orphan_is_placed_or_let_go_and_each_is_one_undo() {
    let page = "It was [PERSON! Ann Lee] who came to the door that day.";
    let gone = refreshed(page, "Once the envoy stood there.");
    let orphan = orphans(&gone.after).next().expect("an orphan").1;
    let (before, _) = Session::from_parts(Scheme::standard(), [gone.after.clone()], [], Vec::new());
    let id = ArticleId::new("a");
    for (edit, expect) in [
        (orphan::place(&before, &id, &orphan, Span::new(9, 14), &Stamp::default()), "Once the [PERSON! envoy] stood there."),
        (orphan::drop_all(&before, &[(id.clone(), orphan.clone())], &Stamp::default()), "Once the envoy stood there."),
    ] {
        let mut session = before.clone();
        let mut history = History::default();
        history.perform(&mut session, edit.unwrap()).unwrap();
        assert_eq!(dsl::show(&session.articles()[0]), expect);
        assert_eq!(orphans(&session.articles()[0]).count(), 0);
        history.undo(&mut session).unwrap();
        assert_eq!(session, before);
    }
}

#[test]
fn zones_go_with_the_text_and_new_text_brings_its_own() {
    let mut old = dsl::article("a", "Head line\nRead this too\nA body line of some words.");
    old.zones =
        vec![Zone { span: Span::new(0, 9), kind: ZoneKind::Headline }, Zone { span: Span::new(10, 23), kind: ZoneKind::Boilerplate }];
    let mut fresh = Article::new(ArticleId::new("a"), "Head line\nRead this too\nAdvertisement\nA body line of some words.");
    fresh.zones =
        vec![Zone { span: Span::new(0, 23), kind: ZoneKind::Headline }, Zone { span: Span::new(24, 37), kind: ZoneKind::Boilerplate }];
    let after = refresh::article(&Arc::new(old), &fresh).after;
    let shown: Vec<_> = after.zones.iter().map(|zone| (&after.text[zone.span.range()], zone.kind)).collect();
    assert_eq!(shown, [("Head line", ZoneKind::Headline), ("Read this too\nAdvertisement", ZoneKind::Boilerplate)]);
}

#[test]
fn a_done_article_opens_again_where_something_waits() {
    let mut old = dsl::article("a", "It was [PERSON! Ann] who came to the door that day.");
    old.desk.progress = Progress::Done;
    let of = |text: &str| refresh::article(&Arc::new(old.clone()), &Article::new(ArticleId::new("a"), text)).after.desk.progress;
    assert_eq!(of("Yes: it was Ann who came to the door that day."), Progress::Done);
    assert_eq!(of("It was Anne who came to the door that day."), Progress::Open);
}

#[test]
fn many_mentions_on_one_span_are_looked_for_once() {
    let mut old = dsl::article("a", "It was [PERSON! Ann] who came to the door that day. Then Bob went.");
    let one = old.mentions[0].clone();
    let mut id = one.id;
    old.mentions = (0..20_000)
        .map(|_| {
            id = id.next();
            Mention { id, ..one.clone() }
        })
        .collect();
    for text in ["First it was Ann who came to the door that day.", "It was Anne who came to the door that day.", "Nothing."] {
        let tally = refresh::article(&Arc::new(old.clone()), &Article::new(ArticleId::new("a"), text)).tally;
        assert_eq!(tally.exact + tally.moved + tally.fuzzy + tally.orphaned, 20_000);
    }
}

/// A long page with names, and the sentences that it is made of.
fn story(n: usize) -> (Vec<String>, String) {
    let names = ["Liis Tamme", "Pat O'Brien", "the Harbour Board", "Castellan", "Port Vell", "Omar Nasser", "Freeland", "the Ledger"];
    let verbs = ["met", "wrote to", "left", "thanked", "waited for", "spoke of"];
    let sentence = |i: usize| {
        let (a, b) = (names[i % names.len()], names[(i * 3 + 1) % names.len()]);
        format!(
            "[PERSON! {a}] {} [ORG! {b}] on day {i}, \"as agreed\", and the {} went on.",
            verbs[i % verbs.len()],
            ["talks", "rain", "work"][i % 3]
        )
    };
    let lines: Vec<String> = (0..n).map(|i| format!("{} {}", sentence(2 * i), sentence(2 * i + 1))).collect();
    let text = lines.join("\n\n");
    (lines, text)
}

#[test]
fn a_page_scraped_again_keeps_nearly_everything_without_a_question() {
    let (lines, page) = story(20);
    let mut plain: Vec<String> = lines.iter().map(|line| dsl::article("x", line).text.replace('"', "”").replace('\'', "’")).collect();
    plain.insert(7, "A new paragraph tells of Bo Ek, who had not been asked before and had much to say.".to_owned());
    let cut = plain[3].find(". ").unwrap();
    plain[3].truncate(cut + 1);
    let tally = refreshed(&page, &plain.join("\r\n\r\n")).tally;
    assert_eq!((tally.exact + tally.moved, tally.fuzzy, tally.orphaned), (78, 0, 2), "{tally}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// However a text is cut and pasted, every mention is accounted for, and what is carried without a question covers its
    /// words.
    #[test]
    fn no_mention_comes_to_stand_on_other_words_unseen(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..5u8, "[A-Za-z’ .é岸\n]{0,12}"), 0..12),
        states in any::<u64>(),
    ) {
        let (_, page) = story(6);
        let mut old = dsl::article("a", &page);
        for (i, mention) in old.mentions.iter_mut().enumerate() {
            mention.state = State::ALL[(states >> (2 * (i % 32))) as usize % 3];
        }
        let mut text = old.text.to_string();
        for (at, to, kind, words) in edits {
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (a, b) = (*at.get(&boundaries), *to.get(&boundaries));
            let (a, b) = (a.min(b), a.max(b).min(text.ceil_char_boundary(a.min(b) + 60)));
            match kind {
                0 => text.replace_range(a..b, ""),
                1 => text.insert_str(a, &words),
                2 => text.replace_range(a..b, &words),
                3 => { let moved = text[a..b].to_owned(); text.replace_range(a..b, ""); text.push_str(&moved); }
                _ => text = text.replace('"', "“"),
            }
        }
        check_laws(&old, &text)?;
    }

    #[test]
    fn any_two_texts_can_be_laid_side_by_side(old in "(?s).{0,80}", new in "(?s).{0,80}", cuts in prop::collection::vec((0..80usize, 0..80usize), 0..6)) {
        let mut article = Article::new(ArticleId::new("a"), old.as_str());
        for (a, b) in cuts {
            let (a, b) = (old.floor_char_boundary(a), old.floor_char_boundary(b));
            if a < b {
                let (span, label) = (Span::new(a, b), Label::new("ORG"));
                let mut id = MentionId::of(&article.id, span, &label);
                while article.mention(id).is_some() {
                    id = id.next();
                }
                article.mentions.push(Mention::suggested(id, span, label, Origin::Analyst));
            }
        }
        article.mentions.sort_by(Mention::reading_order);
        check_laws(&article, &new)?;
    }
}

fn check_laws(old: &Article, text: &str) -> Result<(), TestCaseError> {
    let after = refresh::article(&Arc::new(old.clone()), &Article::new(old.id.clone(), text));
    let tally = after.tally;
    prop_assert_eq!(tally.exact + tally.moved + tally.fuzzy + tally.orphaned + tally.dropped, old.mentions.len());
    prop_assert_eq!(tally.exact + tally.moved + tally.fuzzy, after.after.mentions.len());
    prop_assert_eq!(tally.orphaned, orphans(&after.after).count());
    for mention in &after.after.mentions {
        let before = old.mention(mention.id).expect("a carried mention keeps its id");
        prop_assert!(!after.after.quote(mention.span).is_empty());
        if was(mention).is_some() {
            prop_assert_eq!(mention.state, State::Suggested);
            continue;
        }
        prop_assert!(same_words(old.quote(before.span), after.after.quote(mention.span)));
        prop_assert_eq!(&Mention { span: before.span, ..mention.clone() }, before);
    }
    let (mut session, _) = Session::from_parts(Scheme::standard(), [after.before.clone()], [], Vec::new());
    let start = session.clone();
    let edit = refresh::edit(&session, &[after], &Stamp::default()).unwrap();
    session.apply(&edit).unwrap();
    session.apply(&edit.inverse()).unwrap();
    prop_assert_eq!(session, start);
    Ok(())
}
