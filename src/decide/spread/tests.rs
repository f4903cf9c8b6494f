use super::*;
use crate::annotation::{ArticleId, Edit, EntityId, History, How, Label, Scope, Session, Time, Verb};
use crate::decide::names::NamesIndex;
use crate::decide::{Refusal, Stamp, decision, entities};
use crate::dsl;
use crate::text::Span;

fn stamp() -> Stamp {
    Stamp { by: "ada".into(), at: Time(9) }
}

fn is(label: &str) -> Label {
    Label::new(label)
}

/// Performs `edit`, compares the pages, and sees that one undo brings everything back.
#[track_caller]
fn perform(session: &Session, edit: Edit, expect: &[&str]) -> Session {
    let (mut after, mut history) = (session.clone(), History::default());
    history.perform(&mut after, edit).unwrap();
    assert_eq!(dsl::show_all(&after), expect);
    let done = after.clone();
    history.undo(&mut after).unwrap();
    assert_eq!(after, *session, "one undo takes all of it back");
    done
}

/// The decision on the `nth` mention over `words` of the first page, with session scope.
#[track_caller]
fn check(pages: &[&str], words: &str, nth: usize, decision: &Decision, expect: &[&str]) -> Concordance {
    let session = dsl::session(pages);
    let index = NamesIndex::build(&session);
    let (article, mention) = dsl::nth(&session, "a", words, nth);
    let focus = Focus::Mention(article, mention);
    let found = preview(&session, Reach::Session(&index), &focus, decision, &stamp()).unwrap();
    assert!(found.rows.iter().filter(|row| row.is_focus).count() == 1, "{found:#?}");
    perform(&session, apply(&session, &found).unwrap(), expect);
    if pages.len() == 1 {
        let edit = in_article(&session, &focus, decision, &stamp()).unwrap();
        perform(&session, edit, expect);
    }
    found
}

/// The doubts of the unticked rows, in order.
fn doubts(concordance: &Concordance) -> Vec<String> {
    let unticked = concordance.rows.iter().filter(|row| !row.ticked);
    unticked.map(|row| row.doubt.as_ref().map(ToString::to_string).unwrap_or_default()).collect()
}

#[test]
fn a_confirmation_reaches_suggestions_and_untagged_places() {
    let found = check(
        &["[PERSON? Kishida] and Mr. Kishida’s aide", "[PERSON? Mr. Kishida] met [GPE? Kishida], KISHIDA"],
        "Kishida",
        0,
        &Decision::Confirm,
        &["[PERSON! Kishida] and Mr. [PERSON! Kishida]’s aide", "Mr. [PERSON! Kishida] met [PERSON! Kishida], [PERSON! KISHIDA]"],
    );
    assert_eq!(found.rows.len(), 5);
    assert_eq!(found.key, "kishida");
}

#[test]
fn the_focus_is_looked_at_and_the_others_are_spread() {
    let session = dsl::session(&["[ORG? NATO], [ORG? NATO], NATO"]);
    let (article, mention) = dsl::nth(&session, "a", "NATO", 0);
    let edit = in_article(&session, &Focus::Mention(article, mention), &Decision::Confirm, &stamp()).unwrap();
    assert_eq!(edit.describe(), "confirm “NATO” ORG in this article, 3 mentions");
    let after = perform(&session, edit, &["[ORG! NATO], [ORG! NATO], [ORG! NATO]"]);
    let hows: Vec<Option<How>> = after.articles()[0].mentions.iter().map(|mention| mention.how).collect();
    assert_eq!(hows, [Some(How::Looked), Some(How::Spread), Some(How::Spread)]);
}

#[test]
fn a_name_inside_a_longer_mention_is_not_that_name() {
    let found = check(
        &["[GPE? China] and [ORG? Bank of China], [ORG! China Daily], [ORG? Bank of [GPE? China]]"],
        "China",
        0,
        &Decision::Confirm,
        &["[GPE! China] and [ORG? Bank of China], [ORG! China Daily], [ORG? Bank of [GPE? China]]"],
    );
    assert_eq!(doubts(&found), ["inside “Bank of China”", "inside “China Daily”", "inside “Bank of China”"]);
}

#[test]
fn a_longer_name_takes_the_place_of_shorter_suggestions() {
    check(
        &["[ORG? Bank] of [GPE? China]; the [ORG? Bank] of [GPE? China]; the Bank of China"],
        "Bank",
        0,
        &Decision::Correct(Span::new(0, 13), is("ORG")),
        &["[ORG! Bank of China]; the [ORG! Bank of China]; the [ORG! Bank of China]"],
    );
}

#[test]
fn a_wrong_edge_is_moved_wherever_it_is_the_same() {
    check(
        &["[PERSON? Defense Secretary Austin] left. [PERSON? Defense Secretary Austin] came, [PERSON? Austin] too"],
        "Defense Secretary Austin",
        0,
        &Decision::Correct(Span::new(18, 24), is("PERSON")),
        &["Defense Secretary [PERSON! Austin] left. Defense Secretary [PERSON! Austin] came, [PERSON! Austin] too"],
    );
}

#[test]
fn what_a_person_settled_is_left_alone() {
    let found = check(
        &["[ORG? Amazon]", "[LOC! Amazon] and [ORG~ Amazon] and [ORG! Amazon]"],
        "Amazon",
        0,
        &Decision::Confirm,
        &["[ORG! Amazon]", "[LOC! Amazon] and [ORG~ Amazon] and [ORG! Amazon]"],
    );
    assert_eq!(doubts(&found), ["confirmed as LOC", "rejected before", "so already"]);
}

#[test]
fn a_row_ticked_by_hand_is_reached_whatever_speaks_against_it() {
    let session = dsl::session(&["[ORG? Amazon]", "[LOC! Amazon] and [ORG~ Amazon] in the [LOC? Amazon Basin]"]);
    let index = NamesIndex::build(&session);
    let (article, mention) = dsl::nth(&session, "a", "Amazon", 0);
    let focus = Focus::Mention(article, mention);
    let mut found = preview(&session, Reach::Session(&index), &focus, &Decision::Confirm, &stamp()).unwrap();
    (0..found.rows.len()).for_each(|row| found.tick(row, true));
    assert_eq!(found.ticked_count(), 4);
    let edit = apply(&session, &found).unwrap();
    perform(&session, edit, &["[ORG! Amazon]", "[ORG! Amazon] and [ORG! Amazon] in the [ORG! Amazon] Basin"]);
    (0..found.rows.len()).for_each(|row| found.tick(row, false));
    assert_eq!(found.ticked_count(), 1, "the focus stays ticked");
}

#[test]
fn lower_case_comes_unticked() {
    let found = check(
        &["[PRODUCT? Apple] is no apple, APPLE is"],
        "Apple",
        0,
        &Decision::Retype(is("ORG")),
        &["[ORG! Apple] is no apple, [ORG! APPLE] is"],
    );
    assert_eq!(doubts(&found), ["lower case"]);
}

#[test]
fn a_rejection_reaches_suggestions_of_its_label() {
    let found = check(
        &["[PERSON? May] be, [PERSON? May] not", "on [DATE? May] 1, [PERSON! May] and May"],
        "May",
        0,
        &Decision::Reject,
        &["[PERSON~ May] be, [PERSON~ May] not", "on [DATE? May] 1, [PERSON! May] and May"],
    );
    assert_eq!(doubts(&found), ["suggested as DATE", "confirmed as PERSON"]);
}

#[test]
fn a_link_reaches_mentions_of_the_label_in_any_state() {
    let id = EntityId::new("nato");
    let mut session = dsl::session(&["[ORG? NATO]", "[ORG! NATO], [ORG~ NATO], [EVENT? NATO]"]);
    let index = NamesIndex::build(&session);
    let (article, mention) = dsl::nth(&session, "a", "NATO", 0);
    let focus = Focus::Mention(article, mention);
    let found = preview(&session, Reach::Session(&index), &focus, &Decision::Link(Some(id.clone())), &stamp()).unwrap();
    assert_eq!(doubts(&found), ["rejected before", "suggested as EVENT"]);
    let before = session.clone();
    let edit = apply(&session, &found).unwrap();
    session.apply(&edit).unwrap();
    let linked: Vec<bool> = session.articles().iter().flat_map(|article| &article.mentions).map(|m| m.entity.is_some()).collect();
    assert_eq!(linked, [true, true, false, false]);
    assert!(session.articles()[0].mentions[0].is_suggested(), "a link does not confirm");
    session.apply(&edit.inverse()).unwrap();
    assert_eq!(session, before);
}

#[test]
fn an_added_name_is_tagged_everywhere_but_in_articles_marked_done() {
    let mut session = dsl::session(&["The Hague and The Hague", "in The Hague", "the Hague group"]);
    let done = crate::annotation::Desk { progress: crate::annotation::Progress::Done, ..Default::default() };
    let edit = crate::decide::article::mark(&session, &ArticleId::new("b"), done, &stamp()).unwrap();
    session.apply(&edit).unwrap();
    let index = NamesIndex::build(&session);
    let focus = Focus::Words(ArticleId::new("a"), Span::new(0, 9));
    let found = preview(&session, Reach::Session(&index), &focus, &Decision::Add(is("GPE")), &stamp()).unwrap();
    assert_eq!(doubts(&found), ["left untagged in an article marked done"]);
    let edit = apply(&session, &found).unwrap();
    assert_eq!((edit.verb, edit.scope), (Verb::Add, Scope::Session));
    perform(&session, edit, &["[GPE!* The Hague] and [GPE! The Hague]", "in The Hague", "the [GPE! Hague] group"]);
}

#[test]
fn boilerplate_is_not_reached() {
    use crate::annotation::{Zone, ZoneKind};
    let mut article = dsl::article("a", "[ORG? NATO] Read More NATO");
    article.zones = vec![Zone { span: Span::new(5, 19), kind: ZoneKind::Boilerplate }];
    let mention = article.mentions[0].id;
    let (session, _) = Session::from_parts(crate::annotation::Scheme::standard(), [std::sync::Arc::new(article)], [], Vec::new());
    let edit = in_article(&session, &Focus::Mention(ArticleId::new("a"), mention), &Decision::Confirm, &stamp()).unwrap();
    perform(&session, edit, &["[ORG! NATO] Read More NATO"]);
}

#[test]
fn widening_takes_the_last_decision_to_the_article_and_then_to_the_session() {
    let mut session = dsl::session(&["[ORG? NATO], NATO", "[ORG? NATO]"]);
    let (article, mention) = dsl::nth(&session, "a", "NATO", 0);
    let first = decide(&session, &Focus::Mention(article, mention), &Decision::Confirm, How::Looked, &stamp()).unwrap();
    session.apply(&first).unwrap();
    let found = widen(&session, Reach::Article, &first, &stamp()).unwrap();
    assert!(found.rows.iter().all(|row| !row.is_focus), "the focus is settled already");
    let second = apply(&session, &found).unwrap();
    session = perform(&session, second.clone(), &["[ORG! NATO], [ORG! NATO]", "[ORG? NATO]"]);
    let index = NamesIndex::build(&session);
    let third = apply(&session, &widen(&session, Reach::Session(&index), &second, &stamp()).unwrap()).unwrap();
    session = perform(&session, third.clone(), &["[ORG! NATO], [ORG! NATO]", "[ORG! NATO]"]);
    let nothing = apply(&session, &widen(&session, Reach::Session(&index), &third, &stamp()).unwrap());
    assert_eq!(nothing, Err(Refusal::Already));
}

#[test]
fn a_rejection_an_addition_and_a_deletion_can_be_widened() {
    let mut session = dsl::session(&["[PERSON? May], [PERSON? May]"]);
    let (article, mention) = dsl::nth(&session, "a", "May", 0);
    let edit = decide(&session, &Focus::Mention(article.clone(), mention), &Decision::Reject, How::Looked, &stamp()).unwrap();
    session.apply(&edit).unwrap();
    let wide = apply(&session, &widen(&session, Reach::Article, &edit, &stamp()).unwrap()).unwrap();
    perform(&session, wide, &["[PERSON~ May], [PERSON~ May]"]);

    let mut session = dsl::session(&["NATO, [ORG!* NATO], NATO"]);
    let (article, mention) = dsl::nth(&session, "a", "NATO", 0);
    let edit = decide(&session, &Focus::Mention(article.clone(), mention), &Decision::Reject, How::Looked, &stamp()).unwrap();
    session.apply(&edit).unwrap();
    assert_eq!(edit.verb, Verb::Delete);
    let found = widen(&session, Reach::Article, &edit, &stamp()).unwrap();
    assert_eq!(found.ticked_count(), 0);

    let edit = crate::decide::decision::add(&session, &article, Span::new(0, 4), &is("ORG"), How::Looked, &stamp()).unwrap();
    session.apply(&edit).unwrap();
    let wide = apply(&session, &widen(&session, Reach::Article, &edit, &stamp()).unwrap()).unwrap();
    perform(&session, wide, &["[ORG!* NATO], [ORG! NATO], [ORG! NATO]"]);
}

#[test]
fn what_was_not_decided_cannot_be_widened() {
    let session = dsl::session(&["[ORG? NATO]"]);
    let (article, mention) = dsl::nth(&session, "a", "NATO", 0);
    assert_eq!(of_settled(&session, Reach::Article, &article, mention, None, &stamp()), Err(Refusal::Undecided));
    let note = decision::note(&session, &article, mention, "x", &stamp()).unwrap();
    assert_eq!(widen(&session, Reach::Article, &note, &stamp()), Err(Refusal::Undecided));
    assert_eq!(decision_of(&note), None);
}

#[test]
fn the_last_decision_is_known_for_repeating() {
    let session = dsl::session(&["[ORG? NATO] [PERSON? May]"]);
    let (article, mention) = dsl::nth(&session, "a", "NATO", 0);
    let focus = Focus::Mention(article, mention);
    for decision in [Decision::Confirm, Decision::Reject, Decision::Retype(is("GPE")), Decision::Link(Some(EntityId::new("nato")))] {
        let edit = decide(&session, &focus, &decision, How::Looked, &stamp()).unwrap();
        assert_eq!(decision_of(&edit), Some((decision, Scope::Mention)));
    }
}

#[test]
fn the_context_is_the_line_as_far_as_it_lies_near() {
    let long = "é".repeat(200);
    let session = dsl::session(&[&format!("One line\n{long} [ORG? NATO] met\r\nlast line")]);
    let (article, mention) = dsl::nth(&session, "a", "NATO", 0);
    let found = preview(&session, Reach::Article, &Focus::Mention(article, mention), &Decision::Confirm, &stamp()).unwrap();
    let context = session.articles()[0].quote(found.rows[0].context);
    assert!(context.starts_with('é') && context.ends_with("NATO met"), "{context}");
    assert!(context.len() <= 2 * 140 + 4 + 2);
}

#[test]
fn a_place_that_was_rejected_after_a_spread_is_not_tagged_again() {
    let mut session = dsl::session(&["[PERSON? May]. May it be", "May"]);
    let (article, mention) = dsl::nth(&session, "a", "May", 0);
    let edit = in_article(&session, &Focus::Mention(article.clone(), mention), &Decision::Confirm, &stamp()).unwrap();
    session = perform(&session, edit, &["[PERSON! May]. [PERSON! May] it be", "May"]);
    let (_, harm) = dsl::nth(&session, "a", "May", 1);
    session.apply(&decision::reject(&session, &article, harm, How::Looked, &stamp()).unwrap()).unwrap();
    let found = of_settled(&session, Reach::Article, &article, mention, None, &stamp()).unwrap();
    assert_eq!(doubts(&found), ["rejected before"]);
}

#[test]
fn a_place_before_another_capital_comes_unticked() {
    let found = check(
        &["[GPE? China] and China Daily, China. Daily", "China Daily"],
        "China",
        0,
        &Decision::Confirm,
        &["[GPE! China] and China Daily, [GPE! China]. Daily", "China Daily"],
    );
    assert_eq!(doubts(&found), ["“Daily” follows", "“Daily” follows"]);
}

#[test]
fn a_name_is_decided_on_without_a_mention_in_focus() {
    let pages = ["[ORG? Amazon], [ORG? Amazon], [LOC? Amazon]", "Amazon, [ORG? AMAZON]"];
    let session = dsl::session(&pages);
    let index = NamesIndex::build(&session);
    let decide = |decision| of_name(&session, &index, "amazon", &decision, &stamp());
    let found = decide(Decision::Confirm).unwrap();
    assert_eq!(doubts(&found), ["suggested as LOC"]);
    let expect = ["[ORG! Amazon], [ORG! Amazon], [LOC? Amazon]", "[ORG! Amazon], [ORG! AMAZON]"];
    let after = perform(&session, apply(&session, &found).unwrap(), &expect);
    assert!(after.articles().iter().flat_map(|article| &article.mentions).all(|mention| mention.how != Some(How::Looked)));
    let expect = ["[LOC! Amazon], [LOC! Amazon], [LOC! Amazon]", "[LOC! Amazon], [LOC! AMAZON]"];
    perform(&session, apply(&session, &decide(Decision::Retype(is("LOC"))).unwrap()).unwrap(), &expect);
    let expect = ["[ORG~ Amazon], [ORG~ Amazon], [LOC~ Amazon]", "Amazon, [ORG~ AMAZON]"];
    perform(&session, apply(&session, &decide(Decision::Reject).unwrap()).unwrap(), &expect);
    assert_eq!(decide(Decision::Retype(is("CARDINAL"))), Err(Refusal::Label(is("CARDINAL"))));
    assert_eq!(of_name(&session, &index, "nobody", &Decision::Confirm, &stamp()), Err(Refusal::NoMention));
}

#[test]
fn a_name_that_is_given_the_label_that_it_has_is_confirmed() {
    let session = dsl::session(&["[ORG? Castellan], [ORG? Castellan], [PERSON? Castellan]", "Castellan"]);
    let index = NamesIndex::build(&session);
    let mut found = of_name(&session, &index, "castellan", &Decision::Retype(is("ORG")), &stamp()).unwrap();
    assert_eq!(found.verb(), Verb::Retype, "the third one changes");
    let at = found.rows.iter().position(|row| row.label == Some(is("PERSON"))).unwrap();
    found.tick(at, false);
    assert_eq!(found.verb(), Verb::Confirm);
    assert_eq!(apply(&session, &found).unwrap().answer(), "Confirmed “Castellan” ORG everywhere, 3 mentions");
    found.tick(at, true);
    assert_eq!(apply(&session, &found).unwrap().answer(), "Retyped “Castellan” ORG everywhere, 4 mentions");
}

#[test]
fn a_full_name_takes_its_shorter_names_along_where_it_stands() {
    let pages = [
        "[PERSON? Maarika Oja] spoke. [PERSON? Oja] left; Oja, said Ann.",
        "[PERSON? Oja] is another, perhaps",
        "[PERSON? Maarika Oja] and [PERSON? Juhan Oja]: [PERSON? Oja] wept",
    ];
    let found = check(
        &pages,
        "Maarika Oja",
        0,
        &Decision::Confirm,
        &[
            "[PERSON! Maarika Oja] spoke. [PERSON! Oja] left; [PERSON! Oja], said Ann.",
            "[PERSON? Oja] is another, perhaps",
            "[PERSON! Maarika Oja] and [PERSON? Juhan Oja]: [PERSON? Oja] wept",
        ],
    );
    assert_eq!(doubts(&found), ["perhaps Juhan Oja"]);
    let because: Vec<String> = found.rows.iter().filter_map(|row| row.because.as_ref()).map(ToString::to_string).collect();
    assert_eq!(because, ["surname of Maarika Oja"; 3]);
    // In the article nothing is shown first, so only the name itself is reached.
    let session = dsl::session(&pages);
    let (article, mention) = dsl::nth(&session, "a", "Maarika Oja", 0);
    let edit = in_article(&session, &Focus::Mention(article, mention), &Decision::Confirm, &stamp()).unwrap();
    assert_eq!(edit.mention_count(), 1);
}

#[test]
fn what_is_linked_to_another_thing_is_left_alone() {
    let mut session = dsl::session(&["[PERSON? Oja]", "[PERSON? Oja], [PERSON? Oja]"]);
    let (article, other) = dsl::nth(&session, "b", "Oja", 0);
    let edit = decision::link(&session, &article, other, Some(&EntityId::new("juhan-oja")), &stamp()).unwrap();
    session.apply(&edit).unwrap();
    let index = NamesIndex::build(&session);
    let (article, mention) = dsl::nth(&session, "a", "Oja", 0);
    let focus = Focus::Mention(article, mention);
    for decision in [Decision::Confirm, Decision::Reject, Decision::Retype(is("ORG"))] {
        let found = preview(&session, Reach::Session(&index), &focus, &decision, &stamp()).unwrap();
        assert_eq!(doubts(&found), ["linked to juhan-oja"], "{decision:?}");
    }
}

#[test]
fn a_link_makes_the_entity_that_comes_with_it() {
    let session = dsl::session(&["[PERSON? Oja], [PERSON? Oja]", "[PERSON! Oja]"]);
    let index = NamesIndex::build(&session);
    let (article, mention) = dsl::nth(&session, "a", "Oja", 0);
    let entity = entities::change::new(&session, "Maarika Oja", &is("PERSON"));
    let focus = Focus::Mention(article, mention);
    let found = preview(&session, Reach::Session(&index), &focus, &Decision::Create(entity), &stamp()).unwrap();
    let edit = apply(&session, &found).unwrap();
    let after = perform(&session, edit.clone(), &["[PERSON? Oja], [PERSON? Oja]", "[PERSON! Oja]"]);
    assert_eq!(after.entity(&EntityId::new("maarika-oja")).map(|entity| entity.name.as_str()), Some("Maarika Oja"));
    assert!(after.articles().iter().flat_map(|article| &article.mentions).all(|mention| mention.entity.is_some()));
    assert_eq!(decision_of(&edit), Some((Decision::Link(Some(EntityId::new("maarika-oja"))), Scope::Session)));
}

#[test]
fn a_thing_is_confirmed_with_all_its_names_and_linked() {
    let session = dsl::session(&["[PERSON? Maarika Oja], [PERSON! Oja], [GPE? Oja]", "[PERSON? Oja], Maarika Oja"]);
    let index = NamesIndex::build(&session);
    let thing = entities::change::new(&session, "Maarika Oja", &is("PERSON"));
    let parts = [Part::of("maarika oja"), Part::of("oja")];
    let found = of_names(&session, &index, &parts, Some(&thing), &Decision::Confirm, &stamp()).unwrap();
    assert_eq!(doubts(&found), ["suggested as GPE"]);
    let expect = ["[PERSON! Maarika Oja], [PERSON! Oja], [GPE? Oja]", "[PERSON! Oja], [PERSON! Maarika Oja]"];
    let after = perform(&session, apply(&session, &found).unwrap(), &expect);
    let linked = after.articles().iter().flat_map(|article| &article.mentions).filter(|mention| mention.entity.is_some());
    assert_eq!(linked.count(), 4);
    assert_eq!(after.articles()[0].mentions[1].how, Some(How::Looked), "what was confirmed keeps how it came about");
    let index = NamesIndex::build(&after);
    let thing = after.entity(&thing.id).unwrap();
    let retyped = of_names(&after, &index, &parts, Some(thing), &Decision::Retype(is("ORG")), &stamp()).unwrap();
    let mut after = after.clone();
    after.apply(&apply(&after, &retyped).unwrap()).unwrap();
    assert_eq!(after.entity(&thing.id).unwrap().label, is("ORG"), "the thing has the label too");
    let rejected = of_names(&session, &index, &parts, Some(thing), &Decision::Reject, &stamp()).unwrap();
    assert_eq!(rejected.ticked_count(), 3, "what was confirmed stays");
}

#[test]
fn a_name_that_another_thing_may_have_is_ticked_only_where_this_one_is_meant() {
    let session = dsl::session(&["[PERSON? Maarika Oja], [PERSON? Oja]", "[PERSON? Oja]"]);
    let index = NamesIndex::build(&session);
    let thing = entities::change::new(&session, "Maarika Oja", &is("PERSON"));
    let only = Some(([ArticleId::new("a")].into(), "Juhan Oja".to_owned()));
    let parts = [Part::of("maarika oja"), Part { only, ..Part::of("oja") }];
    let found = of_names(&session, &index, &parts, Some(&thing), &Decision::Confirm, &stamp()).unwrap();
    assert_eq!(doubts(&found), ["perhaps Juhan Oja"]);
}

#[test]
fn a_rejection_everywhere_leaves_alone_what_the_tagger_is_sure_of() {
    use crate::annotation::Score;
    let mut articles = [dsl::article("a", "[PERSON? May]"), dsl::article("b", "[PERSON? May], [PERSON? May]")];
    for (mention, score) in articles.iter_mut().flat_map(|article| &mut article.mentions).zip([510, 440, 960]) {
        mention.score = Some(Score::from_thousandths(score));
    }
    let (session, _) = Session::from_parts(crate::annotation::Scheme::standard(), articles.map(std::sync::Arc::new), [], Vec::new());
    let index = NamesIndex::build(&session);
    let (article, mention) = dsl::nth(&session, "a", "May", 0);
    let focus = Focus::Mention(article, mention);
    let found = preview(&session, Reach::Session(&index), &focus, &Decision::Reject, &stamp()).unwrap();
    assert_eq!(doubts(&found), ["sure here, 0.96"]);
    // Where a name as such is called none, no score speaks for it.
    assert_eq!(of_name(&session, &index, "may", &Decision::Reject, &stamp()).unwrap().ticked_count(), 3);
}
