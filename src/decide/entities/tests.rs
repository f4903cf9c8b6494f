use super::*;
use crate::annotation::{ArticleId, Edit, Entity, EntityId, Label, MentionId, Session};
use crate::decide::names::{NameFilter, NameOrder, NamesIndex, Subject, sort_rows};
use crate::decide::{Refusal, Stamp, decision};
use crate::dsl;

fn stamp() -> Stamp {
    Stamp::default()
}

/// Performs an edit and sees that its inverse brings everything back.
#[track_caller]
fn perform(session: &mut Session, edit: &Edit) {
    let before = session.clone();
    session.apply(edit).unwrap();
    let mut undone = session.clone();
    undone.apply(&edit.inverse()).unwrap();
    assert_eq!(undone, before, "one undo takes all of it back");
}

/// Links the mentions over these words to an entity, made by the first.
fn link(session: &mut Session, entity: &str, places: &[(&str, &str)]) {
    for (article, words) in places {
        let (article, mention) = dsl::nth(session, article, words, 0);
        let edit = decision::link(session, &article, mention, Some(&EntityId::new(entity)), &stamp()).unwrap();
        perform(session, &edit);
    }
}

/// Words and entity of every mention that is linked.
fn links(session: &Session) -> Vec<String> {
    let of = |article: &crate::annotation::Article| -> Vec<String> {
        let linked = article.mentions.iter().filter_map(|mention| Some((mention.span, mention.entity.clone()?)));
        linked.map(|(span, entity)| format!("{} {}: {entity}", article.id, article.quote(span))).collect()
    };
    session.articles().iter().flat_map(|article| of(article)).collect()
}

/// `Maarika Oja PERSON: Oja (surname of Maarika Oja)`.
fn gathered(session: &Session) -> Vec<String> {
    let index = NamesIndex::build(session);
    let words = |gathering: &Gathering| {
        let shared = |member: &Member| if member.is_shared { ", shared" } else { "" };
        let members: Vec<String> =
            gathering.members.iter().map(|member| format!("{} ({}{})", member.name, member.reason, shared(member))).collect();
        let known = if gathering.entity.is_some() { "=" } else { "" };
        format!("{known}{} {}: {}", gathering.name, gathering.label, members.join(", "))
    };
    gather(session, &index).iter().map(words).collect()
}

const OJA: [&str; 3] = [
    "[PERSON? Maarika Oja] of the [ORG? Northern Cable Board] ([ORG? NCB]) left. [PERSON? Oja] was sad.",
    "[PERSON? Oja] came back, said [PERSON? M. Oja]. The [ORG? NCB] was glad.",
    "[GPE? Oja] is a river town.",
];

#[test]
fn names_of_one_thing_are_proposed_with_the_reason() {
    let session = dsl::session(&OJA);
    assert_eq!(
        gathered(&session),
        [
            "Maarika Oja PERSON: M. Oja (another form of Maarika Oja), Oja (surname of Maarika Oja)",
            "Northern Cable Board ORG: NCB (in brackets after Northern Cable Board)",
        ]
    );
}

#[test]
fn a_surname_of_two_people_is_shared_and_of_strangers_is_not_given() {
    let pages = ["[PERSON? Maarika Oja], [PERSON? Oja]", "[PERSON? Juhan Oja], [PERSON? Oja]", "[PERSON? Oja]"];
    assert_eq!(
        gathered(&dsl::session(&pages)),
        ["Juhan Oja PERSON: Oja (surname of Juhan Oja, shared)", "Maarika Oja PERSON: Oja (surname of Maarika Oja, shared)"]
    );
    // A first word is given only where an article has both.
    assert_eq!(gathered(&dsl::session(&["[PERSON? Kim Sora]", "[PERSON? Kim]"])), Vec::<String>::new());
    assert_eq!(gathered(&dsl::session(&["[PERSON? Kim Sora], [PERSON? Kim]"])), ["Kim Sora PERSON: Kim (first word of Kim Sora)"]);
    // Two labels are two things.
    assert_eq!(gathered(&dsl::session(&["[PERSON? Ann Reval], [GPE? Reval]"])), Vec::<String>::new());
}

#[test]
fn an_entity_gathers_what_is_called_as_it_is() {
    let mut session = dsl::session(&OJA);
    link(&mut session, "maarika-oja", &[("a", "Maarika Oja")]);
    assert_eq!(gathered(&session)[1], "=Maarika Oja PERSON: M. Oja (another form of Maarika Oja), Oja (surname of Maarika Oja)");
    link(&mut session, "board", &[("a", "Northern Cable Board")]);
    let board = session.entity(&EntityId::new("board")).unwrap().clone();
    let edit = change::set(&session, &Entity { aliases: vec!["NCB".into(), "Peru".into()], ..board }, &stamp());
    perform(&mut session, &edit.unwrap());
    assert_eq!(gathered(&session)[0], "=Northern Cable Board ORG: NCB (same name)");
}

#[test]
fn every_mention_is_counted_in_one_row() {
    let mut session = dsl::session(&OJA);
    link(&mut session, "ncb", &[("a", "Northern Cable Board"), ("a", "NCB")]);
    let index = NamesIndex::build(&session);
    let mut rows = thing_rows(&session, &index, &gather(&session, &index));
    sort_rows(&mut rows, NameOrder::Name);
    let told: Vec<String> = rows.iter().map(|row| format!("{:?} {} {}", row.subject, row.name, row.mentions)).collect();
    assert_eq!(told, ["Entity(\"ncb\") Northern Cable Board 3", "Proposed(\"maarika oja\") Maarika Oja 5",],);
    assert_eq!(rows.iter().map(|row| row.mentions).sum::<u32>(), 8);
    let is_proposed = NameFilter { is_proposed: true, ..NameFilter::default() };
    assert_eq!(rows.iter().map(|row| is_proposed.admits(row)).collect::<Vec<_>>(), [false, true]);
    assert!(matches!(rows[0].subject, Subject::Entity(_)));
}

#[test]
fn a_mention_is_proposed_what_stands_near_first() {
    let mut session = dsl::session(&["[PERSON? Maarika Oja], [PERSON? Oja]", "[PERSON? Juhan Oja], [PERSON? Oja]"]);
    link(&mut session, "juhan-oja", &[("b", "Juhan Oja")]);
    let index = NamesIndex::build(&session);
    let told = |article: &str, session: &Session, index: &NamesIndex| -> Vec<String> {
        let article = session.article(&ArticleId::new(article)).map(AsRef::as_ref);
        let found = proposals(session, index, "Oja", &Label::new("PERSON"), None, article);
        found.iter().map(|one| format!("{}: {}{}", one.name, one.reason, if one.is_here { ", here" } else { "" })).collect()
    };
    assert_eq!(told("a", &session, &index), ["Maarika Oja: surname of Maarika Oja, here", "Juhan Oja: surname of Juhan Oja"]);
    assert_eq!(told("b", &session, &index), ["Juhan Oja: surname of Juhan Oja, here", "Maarika Oja: surname of Maarika Oja"]);
    // Once linked by this very name, the entity comes first.
    link(&mut session, "juhan-oja", &[("b", "Oja")]);
    let index = NamesIndex::build(&session);
    assert_eq!(told("a", &session, &index)[0], "Juhan Oja: same name");
    let longer = proposals(&session, &index, "Ms. Liina Oja", &Label::new("PERSON"), None, None);
    assert_eq!(longer.last().map(|one| (one.reason.to_string(), one.is_likely)), Some(("longer form of Oja".to_owned(), false)));
    let other = proposals(&session, &index, "Oja", &Label::new("ORG"), None, None);
    assert!(other.iter().all(|one| !one.is_likely), "another label is another thing: {other:?}");
}

#[test]
fn an_entity_is_changed_and_its_faults_are_told() {
    let mut session = dsl::session(&OJA);
    link(&mut session, "maarika-oja", &[("a", "Maarika Oja")]);
    let entity = session.entities().values().next().unwrap().clone();
    assert_eq!((entity.name.as_str(), entity.label.as_str()), ("Maarika Oja", "PERSON"));
    let after = Entity {
        name: " Maarika  Oja ".into(),
        aliases: vec!["Oja".into(), "Maarika Oja".into(), "Oja".into(), " ".into()],
        kb: Some("https://www.wikidata.org/wiki/Q567".into()),
        note: " of the board ".into(),
        ..entity.clone()
    };
    let edit = change::set(&session, &after, &stamp()).unwrap();
    assert_eq!(edit.describe(), "change entity “Maarika Oja”");
    perform(&mut session, &edit);
    let is = session.entity(&entity.id).unwrap().clone();
    assert_eq!(
        (is.name.as_str(), &is.aliases[..], is.kb.as_deref(), is.note.as_str()),
        ("Maarika Oja", &["Oja".to_owned()][..], Some("Q567"), "of the board")
    );
    assert_eq!(change::set(&session, &is, &stamp()), Err(Refusal::Already));
    let fault = |entity: Entity| change::set(&session, &entity, &stamp()).unwrap_err();
    assert_eq!(fault(Entity { name: " ".into(), ..is.clone() }), Refusal::Nameless);
    assert_eq!(fault(Entity { label: "NONSENSE".into(), ..is.clone() }), Refusal::Label("NONSENSE".into()));
    assert!(fault(Entity { kb: Some("567".into()), ..is.clone() }).to_string().contains("Q567"));
}

#[test]
fn what_another_tool_calls_it_stays_until_it_is_changed() {
    let mut session = dsl::session(&OJA);
    link(&mut session, "maarika-oja", &[("a", "Maarika Oja")]);
    let entity = session.entities().values().next().unwrap().clone();
    let foreign = Entity { kb: Some("geo:77".into()), ..entity.clone() };
    session
        .apply(&crate::decide::terms::edit_of(
            crate::annotation::Verb::EditEntity,
            "",
            None,
            &stamp(),
            vec![crate::annotation::Op::Entity { before: Some(entity), after: Some(foreign.clone()) }],
        ))
        .unwrap();
    let edit = change::set(&session, &Entity { note: "x".into(), ..foreign.clone() }, &stamp()).unwrap();
    perform(&mut session, &edit);
    assert_eq!(session.entity(&foreign.id).unwrap().kb.as_deref(), Some("geo:77"));
}

#[test]
fn two_entities_become_one_and_one_becomes_two() {
    let mut session = dsl::session(&OJA);
    link(&mut session, "maarika-oja", &[("a", "Maarika Oja"), ("a", "Oja")]);
    link(&mut session, "m-oja", &[("b", "M. Oja"), ("b", "Oja")]);
    let (one, other) = (EntityId::new("maarika-oja"), EntityId::new("m-oja"));
    let apart = session.clone();
    let edit = change::merge(&session, &other, &one, &stamp()).unwrap();
    assert_eq!(edit.describe(), "merge “M. Oja into Maarika Oja”, 2 mentions");
    perform(&mut session, &edit);
    assert_eq!(links(&session), ["a Maarika Oja: maarika-oja", "a Oja: maarika-oja", "b Oja: maarika-oja", "b M. Oja: maarika-oja"]);
    assert_eq!(session.entities().len(), 1);
    assert_eq!(session.entity(&one).unwrap().aliases, ["M. Oja"]);
    assert_eq!(change::merge(&apart, &one, &one, &stamp()), Err(Refusal::Already));
    assert_eq!(change::merge(&apart, &one, &EntityId::new("x"), &stamp()), Err(Refusal::NoEntity(EntityId::new("x"))));

    let chosen: Vec<(ArticleId, MentionId)> = [("b", "M. Oja"), ("b", "Oja")].map(|(a, words)| dsl::nth(&session, a, words, 0)).into();
    let edit = change::split(&session, &one, &chosen, "M. Oja", &stamp()).unwrap();
    perform(&mut session, &edit);
    assert_eq!(links(&session), links(&apart), "split again as it was");
    assert_eq!(session.entity(&one).unwrap().aliases, Vec::<String>::new(), "the alias went with them");
    let all: Vec<_> = [("a", "Maarika Oja"), ("a", "Oja")].map(|(a, words)| dsl::nth(&session, a, words, 0)).into();
    assert_eq!(change::split(&session, &one, &all, "X", &stamp()), Err(Refusal::NothingStays));
    assert_eq!(change::split(&session, &one, &chosen, "X", &stamp()), Err(Refusal::NoMention));
}

#[test]
fn mentions_are_unlinked_and_an_entity_is_removed() {
    let mut session = dsl::session(&OJA);
    link(&mut session, "maarika-oja", &[("a", "Maarika Oja"), ("a", "Oja")]);
    let id = EntityId::new("maarika-oja");
    let edit = change::unlink(&session, &id, &[dsl::nth(&session, "a", "Oja", 0)], &stamp()).unwrap();
    perform(&mut session, &edit);
    assert_eq!(links(&session), ["a Maarika Oja: maarika-oja"]);
    let edit = change::remove(&session, &id, &stamp()).unwrap();
    perform(&mut session, &edit);
    assert_eq!((links(&session).len(), session.entities().len()), (0, 0));
    assert_eq!(dsl::show_all(&session), OJA, "the mentions stay");
}
