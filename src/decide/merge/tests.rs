//! What two people's work on one page comes to.

use super::*;
use crate::annotation::{Edit, Entity, How, Meta, Op, StandingRule, State, Time};
use crate::annotation::{EntityId, Mention};
use crate::decide::decision::{self, add, confirm, link, note, reject, reopen, retype};
use crate::decide::{Refusal, Stamp, article as whole};
use crate::dsl;
use crate::text::Span;

fn stamp(by: &str, at: i64) -> Stamp {
    Stamp { by: by.into(), at: Time(at) }
}

/// Does with the session what a line of words says: `confirm NATO`, `retype NATO GPE`, `add 0..4 ORG`.
fn work(session: &Session, words: &str, stamp: &Stamp) -> Session {
    let mut session = session.clone();
    for line in words.split(';').map(str::trim).filter(|line| !line.is_empty()) {
        let edit = decide(&session, line, stamp).unwrap_or_else(|refusal| panic!("{line}: {refusal}"));
        session.apply(&edit).unwrap();
    }
    session
}

fn decide(session: &Session, line: &str, stamp: &Stamp) -> Result<Edit, Refusal> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (what, with) = rest.rsplit_once('/').unwrap_or((rest, ""));
    let id = ArticleId::new("a");
    let span = || {
        let found = session.article(&id).unwrap();
        let start = found.text.find(what).unwrap();
        Span::new(start, start + what.len())
    };
    let mention = || dsl::nth(session, "a", what, 0).1;
    let how = How::Looked;
    match verb {
        "confirm" => confirm(session, &id, mention(), how, stamp),
        "reject" | "delete" => reject(session, &id, mention(), how, stamp),
        "reopen" => reopen(session, &id, mention(), stamp),
        "retype" => retype(session, &id, mention(), &Label::new(with), how, stamp),
        "add" => add(session, &id, span(), &Label::new(with), how, stamp),
        "link" => link(session, &id, mention(), Some(&EntityId::new(with)), stamp),
        "note" => note(session, &id, mention(), with, stamp),
        "widen" => {
            let start = session.article(&id).unwrap().text.find(with).unwrap();
            decision::move_to(session, &id, mention(), Span::new(start, start + with.len()), how, stamp)
        }
        "title" => whole::describe(session, &id, Meta { title: Some(rest.to_owned()), ..Meta::default() }, stamp),
        "remove" => whole::remove(session, &id, stamp),
        _ => panic!("{line}"),
    }
}

/// Ann decides at 10, Bo at 20, both on `page`; the merge is the same either way and is told with its open conflicts.
#[track_caller]
fn merged(page: &str, ann: &str, bo: &str) -> (String, Vec<String>, Session) {
    let base = dsl::session(&[page]);
    merged_from(&base, &work(&base, ann, &stamp("Ann", 10)), &work(&base, bo, &stamp("Bo", 20)))
}

#[track_caller]
fn merged_from(base: &Session, ann: &Session, bo: &Session) -> (String, Vec<String>, Session) {
    let merged = merge(base, ann, bo);
    assert_eq!(merged, merge(base, bo, ann), "the same, whoever is called ours");
    let session = merged.session;
    for from in [base, ann, bo] {
        let mut made = from.clone();
        made.apply(&edit_to(from, &session)).unwrap();
        assert_eq!(made, session, "the difference makes one of the other");
    }
    let mut open = Vec::new();
    for article in session.articles() {
        for mention in article.mentions.iter().filter(|mention| mention.is_contested()) {
            let words = mention.rivals.iter().map(|rival| told::verdict(article, mention, rival));
            open.push(format!("{}: {}", article.quote(mention.span), words.collect::<Vec<_>>().join(" / ")));
        }
    }
    for conflict in session.conflicts() {
        let told = told::told(&session, conflict);
        open.push(format!("{}: {} / {}", told.about, told.stands, told.other));
    }
    assert_eq!(open.len(), merged.conflicts);
    (dsl::show_all(&session).join(" | "), open, session)
}

fn edit_to(from: &Session, to: &Session) -> Edit {
    crate::decide::terms::edit_of(crate::annotation::Verb::TakeIn, "", None, &Stamp::default(), difference(from, to))
}

#[track_caller]
fn check(page: &str, ann: &str, bo: &str, expect: &str, open: &[&str]) -> Session {
    let (shown, told, session) = merged(page, ann, bo);
    assert_eq!((shown.as_str(), told), (expect, open.iter().map(|open| (*open).to_owned()).collect()), "Ann: {ann}, Bo: {bo}");
    session
}

const PAGE: &str = "[PERSON? Oja] met [ORG? NATO] in [GPE? Oslo]";

#[test]
fn decisions_on_different_mentions_come_together() {
    check(PAGE, "confirm Oja; reject Oslo", "retype NATO/GPE", "[PERSON! Oja] met [GPE! NATO] in [GPE~ Oslo]", &[]);
    check(PAGE, "confirm Oja", "", "[PERSON! Oja] met [ORG? NATO] in [GPE? Oslo]", &[]);
    check("[ORG!* NATO] met", "delete NATO", "", "NATO met", &[]);
    check("[ORG! NATO] met Oja", "reopen NATO", "add Oja/PERSON", "[ORG? NATO] met [PERSON!* Oja]", &[]);
}

#[test]
fn one_verdict_by_two_people_is_one_with_the_earlier_time() {
    let session =
        check(PAGE, "retype Oja/ORG; reject NATO", "retype Oja/ORG; reject NATO", "[ORG! Oja] met [ORG~ NATO] in [GPE? Oslo]", &[]);
    let first = &session.articles()[0].mentions[0];
    assert_eq!((first.by.as_deref(), first.at), (Some("Ann"), Some(Time(10))));
    assert_eq!(first.first.as_ref().map(|first| first.label.as_str()), Some("PERSON"), "the suggestion is kept");
    check("Oja met", "add Oja/PERSON", "add Oja/PERSON", "[PERSON!* Oja] met", &[]);
}

#[test]
fn two_verdicts_on_one_mention_stand_against_each_other() {
    let session = check(PAGE, "confirm Oja", "reject Oja", "[PERSON! Oja] met [ORG? NATO] in [GPE? Oslo]", &["Oja: rejected as PERSON"]);
    let rival = &session.articles()[0].mentions[0].rivals[0];
    assert_eq!((rival.by.as_deref(), rival.at, rival.how), (Some("Bo"), Some(Time(20)), Some(How::Looked)));
    assert_eq!(session.articles()[0].open_count(), 3, "it waits like a suggestion");
    check(PAGE, "retype Oja/ORG", "retype Oja/GPE", "[ORG! Oja] met [ORG? NATO] in [GPE? Oslo]", &["Oja: confirmed as GPE"]);
    let wide = "[PERSON? Oja] met [ORG! NATO in Oslo]";
    check(PAGE, "widen NATO/NATO in Oslo", "confirm NATO", wide, &["NATO in Oslo: confirmed as ORG over “NATO”"]);
    check("[ORG! NATO] met", "reopen NATO", "reject NATO", "[ORG~ NATO] met", &["NATO: returned to suggested, as ORG"]);
}

#[test]
fn an_own_mention_deleted_here_and_changed_there_stays() {
    check("[ORG!* NATO] met", "delete NATO", "retype NATO/GPE", "[GPE!* NATO] met", &["NATO: deleted"]);
    check("[ORG!* NATO] met", "delete NATO", "note NATO/which one?", "[ORG!* NATO] met", &["NATO: deleted"]);
}

#[test]
fn two_labels_on_the_same_words_are_two_verdicts() {
    check("Oja met", "add Oja/PERSON", "add Oja/ORG", "[PERSON!* Oja] met", &["Oja: confirmed as ORG"]);
    let two = "[PERSON? [ORG? Oja]] met";
    let base = dsl::session(&[two]);
    let id = |label: &str| base.articles()[0].mentions.iter().find(|mention| mention.label.as_str() == label).unwrap().id;
    let settle = |label, by, at| {
        let mut session = base.clone();
        session.apply(&confirm(&session, &ArticleId::new("a"), id(label), How::Looked, &stamp(by, at)).unwrap()).unwrap();
        session
    };
    let (shown, open, _) = merged_from(&base, &settle("PERSON", "Ann", 10), &settle("ORG", "Bo", 20));
    assert_eq!((shown.as_str(), open), ("[PERSON! Oja] met", vec!["Oja: confirmed as ORG".to_owned()]));
}

#[test]
fn the_next_decision_settles_what_is_contested() {
    let (_, _, session) = merged(PAGE, "retype Oja/ORG", "retype Oja/GPE");
    let done = |words: &str, expect: &str| {
        let settled = work(&session, words, &stamp("Cy", 30));
        assert_eq!(open_conflicts(&settled), 0, "{words}");
        assert!(dsl::show_all(&settled)[0].starts_with(expect), "{words}");
    };
    done("confirm Oja", "[ORG! Oja]");
    done("reject Oja", "[ORG~ Oja]");
    done("retype Oja/GPE", "[GPE! Oja]");
    done("reopen Oja", "[PERSON? Oja]");
    let (article, mention) = dsl::nth(&session, "a", "Oja", 0);
    let mut taken = session.clone();
    taken.apply(&settle::take_rival(&session, &article, mention, 0, &stamp("Cy", 30)).unwrap()).unwrap();
    assert!(dsl::show_all(&taken)[0].starts_with("[GPE! Oja]"));
    assert_eq!((open_conflicts(&taken), taken.articles()[0].mentions[0].by.as_deref()), (0, Some("Cy")));
    assert_eq!(confirm(&taken, &article, mention, How::Looked, &stamp("Cy", 30)), Err(Refusal::Already));
}

#[test]
fn accepting_the_rest_leaves_what_is_contested() {
    let (_, _, session) = merged(PAGE, "confirm Oja", "reject Oja");
    let id = ArticleId::new("a");
    let mut after = session.clone();
    after.apply(&whole::accept_rest(&session, &id, &stamp("Cy", 30)).unwrap()).unwrap();
    assert_eq!(dsl::show_all(&after), ["[PERSON! Oja] met [ORG! NATO] in [GPE! Oslo]"]);
    assert_eq!((after.articles()[0].open_count(), after.articles()[0].desk.progress), (1, crate::annotation::Progress::Open));
    assert_eq!(whole::accept_rest(&after, &id, &stamp("Cy", 30)), Err(Refusal::Contested(1)));
    let (_, _, session) = merged(PAGE, "link NATO/nato", "link NATO/nato-hq");
    let mut after = session.clone();
    after.apply(&whole::accept_rest(&session, &id, &stamp("Cy", 30)).unwrap()).unwrap();
    assert_eq!(dsl::show_all(&after), ["[PERSON! Oja] met [ORG? NATO] in [GPE! Oslo]"]);
}

#[test]
fn links_and_notes_join_verdicts() {
    let session = check(PAGE, "confirm NATO", "link NATO/nato", "[PERSON? Oja] met [ORG! NATO] in [GPE? Oslo]", &[]);
    assert_eq!(session.articles()[0].mentions[1].entity, Some(EntityId::new("nato")));
    check(PAGE, "link NATO/nato", "link NATO/nato-hq", PAGE, &["NATO: suggested as ORG, linked to nato-hq"]);
    let session = check(PAGE, "note NATO/which?", "note NATO/since 1949", PAGE, &[]);
    assert_eq!(session.articles()[0].mentions[1].note.as_deref(), Some("since 1949; which?"));
}

#[test]
fn suggestions_give_way_to_the_decisions_of_the_other_side() {
    let page = "the [ORG? [ORG? Bank] of [GPE? China]]";
    check(page, "confirm Bank of China", "note Bank/x", "the [ORG! Bank of China]", &["the suggestion “Bank” in “a”: gone / noted “x”"]);
    check(page, "confirm Bank of China", "confirm China", "the [ORG! Bank of [GPE! China]]", &[]);
    let base = dsl::session(&["the Bank of China"]);
    let tagged = dsl::session(&["the Bank of [GPE? China]"]);
    let (shown, open, _) = merged_from(&base, &work(&base, "add Bank of China/ORG", &stamp("Ann", 10)), &tagged);
    assert_eq!((shown.as_str(), open.len()), ("the [ORG!* Bank of China]", 0));
    // What stood side by side on one page stays.
    check(
        "the [ORG! Bank of [GPE? China]] in [GPE? Oslo]",
        "confirm Oslo",
        "note Oslo/x",
        "the [ORG! Bank of [GPE? China]] in [GPE! Oslo]",
        &[],
    );
}

#[test]
fn an_article_removed_here_and_worked_on_there_stays() {
    let session = check(PAGE, "remove", "confirm Oja", "[PERSON! Oja] met [ORG? NATO] in [GPE? Oslo]", &["“a”: worked on / removed"]);
    let settled = |edit: Result<Edit, Refusal>| {
        let mut session = session.clone();
        session.apply(&edit.unwrap()).unwrap();
        (session.articles().len(), open_conflicts(&session))
    };
    assert_eq!(settled(settle::keep(&session, 0, &stamp("Cy", 30))), (1, 0));
    assert_eq!(settled(settle::take(&session, 0, &stamp("Cy", 30))), (0, 0));
    check(PAGE, "remove", "", "", &[]);
}

#[test]
fn what_is_said_of_an_article_merges_field_by_field() {
    let base = dsl::session(&[PAGE]);
    let with = |meta: Meta| {
        let mut session = base.clone();
        session.apply(&whole::describe(&session, &ArticleId::new("a"), meta, &Stamp::default()).unwrap()).unwrap();
        session
    };
    let title = |title: &str| Some(title.to_owned());
    let one = with(Meta { title: title("Ministers meet"), outlet: title("The Post"), ..Meta::default() });
    let two = with(Meta { title: title("Ministers part"), byline: title("Bo Kask"), ..Meta::default() });
    let (_, open, session) = merged_from(&base, &one, &two);
    assert_eq!(open, ["the details of “Ministers meet”: title Ministers meet / title Ministers part"]);
    let meta = &session.articles()[0].meta;
    assert_eq!((meta.outlet.as_deref(), meta.byline.as_deref()), (Some("The Post"), Some("Bo Kask")));
    let mut taken = session.clone();
    taken.apply(&settle::take(&session, 0, &Stamp::default()).unwrap()).unwrap();
    assert_eq!((taken.articles()[0].title(), open_conflicts(&taken)), ("Ministers part", 0));
}

#[test]
fn articles_added_on_both_sides_are_all_there() {
    let with = |texts: &[(&str, &str)]| {
        let articles = texts.iter().map(|(id, page)| Arc::new(dsl::article(id, page)));
        Session::from_parts(crate::annotation::Scheme::standard(), articles, [], Vec::new()).0
    };
    let base = with(&[("m", "one")]);
    let (shown, open, session) = merged_from(&base, &with(&[("m", "one"), ("z", "three")]), &with(&[("m", "one"), ("b", "two")]));
    assert_eq!((shown.as_str(), open.len()), ("one | two | three", 0));
    assert_eq!(session.position(&ArticleId::new("z")), Some(2));
    let (shown, open, _) =
        merged_from(&base, &with(&[("m", "one"), ("x", "[ORG! NATO] met")]), &with(&[("m", "one"), ("x", "[ORG~ NATO] met")]));
    assert_eq!((shown.as_str(), open), ("one | [ORG! NATO] met", vec!["NATO: rejected as ORG".to_owned()]));
    let (shown, open, session) = merged_from(&base, &with(&[("m", "one"), ("x", "this")]), &with(&[("m", "one"), ("x", "that")]));
    assert_eq!((shown.as_str(), open.len()), ("one | that | this", 0));
    assert_eq!(session.position(&ArticleId::new("x-2")), Some(2));
    assert_eq!(merge(&with(&[]), &with(&[("x", "this")]), &with(&[("x", "that")])).told.len(), 1, "it is told");
}

#[test]
fn decisions_go_along_with_a_changed_source() {
    let base = dsl::session(&["There the minister [PERSON? Oja] met [ORG? NATO]"]);
    let onto = |text: &str| {
        let before = &base.articles()[0];
        let after = crate::decide::anchors::refresh::article(before, &Article::new(before.id.clone(), text));
        let mut session = base.clone();
        session.apply(&crate::decide::anchors::refresh::edit(&base, &[after], &Stamp::default()).unwrap()).unwrap();
        session
    };
    let decided = work(&base, "confirm Oja; add met/EVENT", &stamp("Bo", 20));
    let (shown, open, _) = merged_from(&base, &onto("Yesterday the minister Oja met NATO"), &decided);
    assert_eq!((shown.as_str(), open.len()), ("Yesterday the minister [PERSON! Oja] [EVENT!* met] [ORG? NATO]", 0));
    let (shown, open, session) = merged_from(&base, &onto("Yesterday the minister Oja met NATO"), &onto("Today the minister Oja met NATO"));
    assert_eq!(shown, "Today the minister [PERSON? Oja] met [ORG? NATO] | Yesterday the minister [PERSON? Oja] met [ORG? NATO]");
    assert_eq!(open, ["the text of “a”: the text that it has / the text of \"a-2\""]);
    for (edit, text) in
        [(settle::keep(&session, 0, &Stamp::default()), "Today"), (settle::take(&session, 0, &Stamp::default()), "Yesterday")]
    {
        let mut settled = session.clone();
        settled.apply(&edit.unwrap()).unwrap();
        assert_eq!((settled.articles().len(), open_conflicts(&settled)), (1, 0));
        assert!(settled.article(&ArticleId::new("a")).unwrap().text.starts_with(text));
    }
}

fn with_known(base: &Session, entities: &[Entity], rules: &[StandingRule]) -> Session {
    let articles = base.articles().iter().cloned();
    Session::from_parts((**base.scheme()).clone(), articles, entities.iter().cloned(), rules.to_vec()).0
}

fn entity(id: &str, name: &str, aliases: &[&str]) -> Entity {
    let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
    Entity { id: EntityId::new(id), name: name.to_owned(), label: "ORG".into(), aliases, kb: None, note: String::new() }
}

fn rule(name: &str, verdict: Verdict, at: i64) -> StandingRule {
    StandingRule { name: name.to_owned(), verdict, off: false, note: String::new(), by: "Ann".into(), at: Time(at) }
}

#[test]
fn entities_unite_and_what_is_linked_stays() {
    let page = dsl::session(&[PAGE]);
    let base = with_known(&page, &[entity("nato", "NATO", &["OTAN"])], &[]);
    let ours = with_known(&page, &[entity("nato", "NATO", &["OTAN", "Alliance"]), entity("un", "UN", &[])], &[]);
    let mut theirs = entity("nato", "Nato", &["OTAN", "the Alliance"]);
    theirs.kb = Some("Q7184".to_owned());
    let (_, open, session) = merged_from(&base, &ours, &with_known(&page, &[theirs], &[]));
    let nato = session.entity(&EntityId::new("nato")).unwrap();
    assert_eq!((nato.name.as_str(), nato.kb.as_deref(), nato.aliases.len()), ("Nato", Some("Q7184"), 3));
    assert_eq!((session.entities().len(), open.len()), (2, 0));
    let (_, open, _) =
        merged_from(&base, &with_known(&page, &[entity("nato", "N.", &[])], &[]), &with_known(&page, &[entity("nato", "O.", &[])], &[]));
    assert_eq!(open, ["the entity “N.”: name N. / name O."]);
    let removed = with_known(&page, &[], &[]);
    let (_, open, session) = merged_from(&base, &removed, &work(&base, "link NATO/nato", &stamp("Bo", 20)));
    assert_eq!(open, ["the entity “NATO”: changed or in use / removed"]);
    let mut taken = session.clone();
    taken.apply(&settle::take(&session, 0, &Stamp::default()).unwrap()).unwrap();
    assert_eq!((taken.entities().len(), taken.articles()[0].mentions[1].entity.as_ref()), (0, None));
}

#[test]
fn rules_merge_by_name() {
    let page = dsl::session(&[PAGE]);
    let with = |rules: &[StandingRule]| with_known(&page, &[], rules);
    let always = |label: &str| Verdict::Always(label.into());
    let base = with(&[rule("Oja", always("PERSON"), 1)]);
    let (_, open, session) = merged_from(
        &base,
        &with(&[rule("Oja", always("PERSON"), 1), rule("NATO", always("ORG"), 9)]),
        &with(&[rule("May", Verdict::Never, 5)]),
    );
    assert_eq!(session.rules().iter().map(|rule| rule.name.as_str()).collect::<Vec<_>>(), ["May", "NATO"]);
    assert!(open.is_empty());
    let (_, open, session) = merged_from(&with(&[]), &with(&[rule("Oja", always("ORG"), 9)]), &with(&[rule("oja", Verdict::Never, 5)]));
    assert_eq!(open, ["the standing rule on “oja”: verdict never / verdict always ORG"], "the earlier one stands");
    let mut taken = session.clone();
    taken.apply(&settle::take(&session, 0, &Stamp::default()).unwrap()).unwrap();
    assert_eq!((taken.rules().len(), &taken.rules()[0].verdict), (1, &always("ORG")));
}

#[test]
fn labels_merge_by_name_and_share_no_key() {
    let page = dsl::session(&[PAGE]);
    let with = |labels: &[(&str, char, &str)]| {
        let mut scheme = (**page.scheme()).clone();
        for (name, key, colour) in labels {
            let def = crate::annotation::LabelDef {
                name: (*name).into(),
                key: Some(*key),
                colour: (*colour).to_owned(),
                ..scheme.labels[0].clone()
            };
            match scheme.labels.iter_mut().find(|def| def.name.as_str() == *name) {
                Some(known) => known.colour.clone_from(&def.colour),
                None => scheme.labels.push(def),
            }
        }
        Session::from_parts(scheme, page.articles().iter().cloned(), [], Vec::new()).0
    };
    let (one, two) = (with(&[("SHIP", 'Z', "#112233")]), with(&[("TREATY", 'Z', "#445566")]));
    let merged = merge(&page, &one, &two);
    assert_eq!(merged.session.scheme().by_name("SHIP").unwrap().key, Some('Z'));
    assert_eq!(merged.session.scheme().by_name("TREATY").unwrap().key, None);
    assert_eq!((merged.told.len(), merged.conflicts), (1, 0), "{:?}", merged.told);
    let (_, open, _) = merged_from(&page, &with(&[("ORG", 'O', "#112233")]), &with(&[("ORG", 'O', "#445566")]));
    assert_eq!(open, ["the label ORG: colour #112233 / colour #445566"]);
}

#[test]
fn a_conflict_that_one_side_settled_is_settled() {
    let (_, _, open) = merged(PAGE, "remove", "confirm Oja");
    let mut settled = open.clone();
    settled.apply(&settle::keep(&open, 0, &stamp("Cy", 30)).unwrap()).unwrap();
    let other = work(&open, "confirm NATO", &stamp("Bo", 40));
    let (shown, open, _) = merged_from(&open, &settled, &other);
    assert_eq!((shown.as_str(), open.len()), ("[PERSON! Oja] met [ORG! NATO] in [GPE? Oslo]", 0));
    let (_, _, contested) = merged(PAGE, "confirm Oja", "reject Oja");
    let settled = work(&contested, "confirm Oja", &stamp("Cy", 30));
    let other = work(&contested, "note Oja/who?", &stamp("Bo", 40));
    let (_, open, _) = merged_from(&contested, &settled, &other);
    assert!(open.is_empty());
}

#[test]
fn a_suggestion_never_stands_against_a_decision() {
    let base = dsl::session(&["Oja met"]);
    let (ours, theirs) = (dsl::session(&["[PERSON? Oja] met"]), dsl::session(&["[PERSON! Oja] met"]));
    let (shown, open, session) = merged_from(&base, &ours, &theirs);
    assert_eq!((shown.as_str(), open.len()), ("[PERSON! Oja] met", 0));
    let mention: &Mention = &session.articles()[0].mentions[0];
    assert_eq!(mention.state, State::Confirmed);
    let op = Op::Mention { article: ArticleId::new("a"), before: None, after: Some(mention.clone()) };
    assert_eq!(difference(&base, &session), vec![op], "the difference is told mention by mention");
}
