use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::annotation::{Answer, Certificate, Decided, History, Label, Session, Time};
use crate::decide::{Refusal, Stamp};
use crate::dsl;

fn sample(session: &Session, mentions: usize, sentences: usize, seed: u64) -> Certificate {
    draw(session, Asked { mentions, sentences, seed }, "ada", Time(9), &AtomicBool::new(false)).unwrap()
}

/// Thirty articles with forty names; of every tenth the label is wrong, and every eighth sentence has a name that nobody tagged.
fn settled() -> Session {
    let sentence = |i: usize| match i % 8 {
        0 => format!("[ORG! Kelp{i}] left Oslo{i}."),
        1 => format!("[GPE~ May{i}] was late."),
        _ => format!("[{}! Kelp{i}] grew.", if i.is_multiple_of(10) { "GPE" } else { "ORG" }),
    };
    let page = |page: usize| (0..40).map(|i| sentence(page * 40 + i)).collect::<Vec<_>>().join(" ");
    let pages: Vec<String> = (0..30).map(page).collect();
    dsl::session(&pages.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_sample_is_drawn_from_every_stratum_in_proportion_and_is_the_same_for_a_seed() {
    let session = settled();
    let one = sample(&session, 240, 60, 5);
    assert_eq!(one, sample(&session, 240, 60, 5));
    assert_ne!(one.items, sample(&session, 240, 60, 6).items);
    assert_eq!((one.articles, one.sentences, one.mentions()), (30, 1200, 1200));
    let mut drawn: BTreeMap<Option<Label>, usize> = BTreeMap::new();
    for item in &one.items {
        if let Decided::Mention { label, .. } = &item.decided {
            *drawn.entry(label.clone()).or_default() += 1;
        }
    }
    for stratum in &one.strata {
        let due = stratum.size as f64 * 240.0 / 1200.0;
        assert!((drawn[&stratum.label] as f64 - due).abs() <= 1.0, "{stratum:?} {drawn:?}");
    }
    assert_eq!(one.items.iter().filter(|item| item.is_sentence()).count(), 60);
}

#[test]
fn what_is_not_settled_is_not_drawn_and_of_little_all_is() {
    let open = dsl::session(&["[ORG! Kelp] grew. [GPE? Oslo]", "nothing here"]);
    let asked = Asked { mentions: 9, sentences: 9, seed: 1 };
    assert_eq!(draw(&open, asked, "", Time(0), &AtomicBool::new(false)), Err(NothingToDraw::Unsettled));
    assert_eq!(draw(&Session::default(), asked, "", Time(0), &AtomicBool::new(false)), Err(NothingToDraw::Unsettled));
    let settled = dsl::session(&["[ORG! Kelp] grew."]);
    assert_eq!(draw(&settled, asked, "", Time(0), &AtomicBool::new(true)), Err(NothingToDraw::Cancelled));
    let little = dsl::session(&["[ORG! Kelp] grew. Rain fell.", "[GPE? Oslo]"]);
    let all = sample(&little, 9, 9, 1);
    assert_eq!((all.items.len(), all.articles), (3, 1));
    assert_eq!(
        draw(&little, Asked { mentions: 0, sentences: 0, seed: 1 }, "", Time(0), &AtomicBool::new(false)),
        Err(NothingToDraw::Empty)
    );
}

/// Answers as somebody who knows: Kelp is an organisation, Oslo a place.
fn truth(session: &Session, item: &crate::annotation::Item) -> Answer {
    let (article, span) = shown(session, item).unwrap();
    let words = article.quote(span);
    match item.is_sentence() {
        true => {
            let names = [("Kelp", "ORG"), ("Oslo", "GPE")].into_iter().filter(|(name, _)| words.contains(name));
            let mut labels: Vec<Label> = names.map(|(_, label)| Label::new(label)).collect();
            labels.sort();
            Answer::Names(labels)
        }
        false if words.starts_with("May") => Answer::Nothing,
        false => Answer::Label(Label::new("ORG")),
    }
}

#[test]
fn answers_tell_what_is_wrong_and_what_was_missed() {
    let mut session = settled();
    let stamp = Stamp { by: "bo".into(), at: Time(10) };
    let mut history = History::default();
    let drawn = begin(sample(&session, 300, 200, 11), &stamp);
    history.perform(&mut session, drawn).unwrap();
    let certificate = latest(&session).unwrap().clone();
    assert_eq!(Told::of(&certificate).mentions.high, 1.0, "nothing was looked at");
    for (at, item) in certificate.items.iter().enumerate() {
        let said = truth(&session, item);
        let edit = answer(&session, &certificate.id, at, Some(said), &stamp).unwrap();
        history.perform(&mut session, edit).unwrap();
    }
    let told = Told::of(latest(&session).unwrap());
    // Of 1,200 mentions 90 have a wrong label, and 150 of 1,200 sentences miss one.
    let (wrong, missed) = (90.0 / 1200.0, 150.0 / 1200.0);
    assert_eq!((told.answered, told.asked, told.mentions.looked_at), (500, 500, 300));
    assert!(told.mentions.low <= wrong && wrong <= told.mentions.high, "{told:?}");
    assert!(told.sentences.low <= missed && missed <= told.sentences.high, "{told:?}");
    let of = |label: &str| told.by_label.iter().find(|(one, _)| one.as_ref().is_some_and(|one| one.as_str() == label)).unwrap().1;
    assert_eq!((of("GPE").wrong, of("ORG").wrong), (of("GPE").looked_at, 0), "{told:?}");
    assert!(told.missed_by_label.iter().any(|(label, rate)| label.as_str() == "GPE" && rate.wrong > 0));
    assert!(told.mentions.more_for(0.12) == Some(0) && told.mentions.more_for(0.01).is_none(), "{told:?}");
    // What is mended since changes nothing: it speaks of the moment of the draw.
    let edit = crate::decide::article::remove(&session, &certificate.items[0].article.clone(), &stamp).unwrap();
    session.apply(&edit).unwrap();
    assert_eq!(Told::of(latest(&session).unwrap()), told);
    assert_eq!(shown(&session, &certificate.items[0]), None);
}

#[test]
fn an_answer_fits_its_question_and_can_be_taken_back() {
    let mut session = dsl::session(&["[ORG! Kelp] grew."]);
    let stamp = Stamp::default();
    session.apply(&begin(sample(&session, 1, 1, 1), &stamp)).unwrap();
    let id = latest(&session).unwrap().id.clone();
    let say = |session: &Session, item, said| answer(session, &id, item, said, &stamp);
    assert_eq!(say(&session, 1, Some(Answer::Nothing)), Err(Refusal::NoMention), "it is a sentence");
    assert_eq!(say(&session, 7, Some(Answer::Nothing)), Err(Refusal::NoMention));
    assert_eq!(say(&session, 0, Some(Answer::Label("STAR".into()))), Err(Refusal::Label("STAR".into())));
    let said = say(&session, 0, Some(Answer::Edges)).unwrap();
    let before = session.clone();
    session.apply(&said).unwrap();
    assert_eq!(say(&session, 0, Some(Answer::Edges)), Err(Refusal::Already));
    assert_eq!(latest(&session).unwrap().items[0].is_wrong(), Some(true));
    session.apply(&said.inverse()).unwrap();
    assert_eq!(session, before);
}
