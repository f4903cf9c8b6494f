//! Sessions to test with: one that uses every field, and random ones.

use std::sync::Arc;

use manicule::annotation::*;
use manicule::store::Saved;
use manicule::text::Span;
use proptest::prelude::*;

/// A session in which every field of the format is used once.
pub fn full() -> Saved {
    let scheme = small_scheme();
    let text = "SUMMIT IN TALLINN\r\nMayor Zoë Pärn met “NATO” chief\u{a0}on 3 May.\n\nRead More\t\u{200f}☞ 安倍\n";
    let mut article = Article::new(ArticleId::new("summit in \"Tallinn\""), text);
    article.meta = Meta {
        title: Some("Summit".to_owned()),
        byline: Some(String::new()),
        outlet: Some("The Wire".to_owned()),
        published: Some("2026-05-04".to_owned()),
        language: Some("en".to_owned()),
        url: Some("https://example.org/a".to_owned()),
    };
    article.source = Some(Source {
        path: "corpus/summit.txt".to_owned(),
        size: 99,
        digest: Digest::of(b"bytes"),
        encoding: "UTF-8".to_owned(),
        number: 0,
    });
    article.desk =
        Desk { progress: Progress::SetAside, flagged: true, tags: vec!["port".to_owned(), "a, b".to_owned()], note: "call".to_owned() };
    let extra = Extra { format: "brat".to_owned(), key: "R1".to_owned(), value: "Located Arg1:T1".to_owned() };
    article.extras = vec![extra.clone()];
    article.zones = vec![Zone { span: Span::new(0, 17), kind: ZoneKind::Headline }];
    let at = |quote: &str| {
        let start = text.find(quote).expect("a quote of the text");
        Span::new(start, start + quote.len())
    };
    let id = |quote: &str, label: &str| MentionId::of(&article.id, at(quote), &Label::new(label));
    let name = Mention {
        state: State::Confirmed,
        how: Some(How::AcceptedRest),
        score: Some(Score::from_thousandths(870)),
        first: Some(First { span: at("Mayor Zoë Pärn"), label: Label::new("ORG") }),
        entity: Some(EntityId::new("zoe-parn")),
        note: Some("mayor since 2024".into()),
        by: Some("Ann".into()),
        at: Some(Time(1_778_000_000)),
        extras: vec![extra],
        ..Mention::suggested(id("Zoë Pärn", "PERSON"), at("Zoë Pärn"), Label::new("PERSON"), Origin::Rule("title-name".into()))
    };
    let date = Mention {
        value: Some("2026-05-03".into()),
        score: Some(Score::MAX),
        ..Mention::suggested(id("3 May", "DATE"), at("3 May"), Label::new("DATE"), Origin::Model("1".into()))
    };
    let nato = Mention {
        state: State::Rejected,
        how: Some(How::Looked),
        rivals: vec![
            Rival {
                state: State::Confirmed,
                span: at("“NATO” chief"),
                label: Label::new("PERSON"),
                entity: Some(EntityId::new("zoe-parn")),
                how: Some(How::Spread),
                by: Some("Bo".into()),
                at: Some(Time(1_778_000_002)),
            },
            Rival { state: State::Suggested, span: at("NATO"), label: Label::new("ORG"), entity: None, how: None, by: None, at: None },
        ],
        ..Mention::suggested(
            id("NATO", "ORG"),
            at("NATO"),
            Label::new("ORG"),
            Origin::Gazetteer { list: "alliances".into(), entry: "NATO/OTAN".into() },
        )
    };
    let abe = Mention::suggested(id("安倍", "PERSON"), at("安倍"), Label::new("PERSON"), Origin::Analyst);
    article.mentions = vec![name, nato, date, abe];
    let conflicts = conflicts(&article, &scheme);
    let empty = Article::new(ArticleId::new("empty"), "");
    let entity = Entity {
        id: EntityId::new("zoe-parn"),
        name: "Zoë Pärn".to_owned(),
        label: Label::new("PERSON"),
        aliases: vec!["Z. Pärn".to_owned(), "“Zoë”".to_owned()],
        kb: Some("Q1".to_owned()),
        note: "line\nend".to_owned(),
    };
    let rules = vec![
        StandingRule {
            name: "Read More".to_owned(),
            verdict: Verdict::Never,
            off: true,
            note: "furniture".to_owned(),
            by: "Ann".into(),
            at: Time(1_778_000_001),
        },
        StandingRule {
            name: "NATO".to_owned(),
            verdict: Verdict::Always(Label::new("ORG")),
            off: false,
            note: String::new(),
            by: "".into(),
            at: Time(0),
        },
    ];
    let (session, _) = Session::from_parts(scheme, [Arc::new(article), Arc::new(empty)], [entity], rules);
    Saved { session: session.with_conflicts(conflicts), ..Saved::default() }
}

/// One conflict of every kind.
fn conflicts(article: &Article, scheme: &Scheme) -> Vec<Conflict> {
    let id = || article.id.clone();
    let marked = Mention { note: Some("who?".into()), ..article.mentions[3].clone() };
    let entity = Entity {
        id: EntityId::new("zoe-parn"),
        name: "Zoe Parn".to_owned(),
        label: Label::new("ORG"),
        aliases: Vec::new(),
        kb: None,
        note: String::new(),
    };
    let rule = StandingRule {
        name: "NATO".to_owned(),
        verdict: Verdict::Never,
        off: false,
        note: String::new(),
        by: "Bo".into(),
        at: Time(1_778_000_003),
    };
    vec![
        Conflict::Removed(id()),
        Conflict::Text { article: id(), other: ArticleId::new("empty") },
        Conflict::Meta { article: id(), other: Meta { title: Some("Summit, “day two”".to_owned()), ..Meta::default() } },
        Conflict::Zones { article: id(), other: vec![Zone { span: Span::new(0, 6), kind: ZoneKind::Dateline }] },
        Conflict::Desk { article: id(), other: Desk { progress: Progress::Done, ..article.desk.clone() } },
        Conflict::Mention { article: id(), other: marked },
        Conflict::Label { label: Label::new("ORG"), other: Some(LabelDef { key: None, ..scheme.labels[1].clone() }) },
        Conflict::Label { label: Label::new("GPE"), other: None },
        Conflict::Entity { id: EntityId::new("zoe-parn"), other: Some(entity) },
        Conflict::Entity { id: EntityId::new("zoe-parn"), other: None },
        Conflict::Rule { name: "NATO".into(), other: Some(rule) },
        Conflict::Rule { name: "Read More".into(), other: None },
    ]
}

/// A scheme of its own, so that the golden file does not change with the standard one.
fn small_scheme() -> Scheme {
    let label = |name: &str, key| LabelDef { key, ..LabelDef::plain(Label::new(name)) };
    let person = LabelDef {
        guideline: "People.".to_owned(),
        details: "“Whole” names.".to_owned(),
        conll: Some("PER".to_owned()),
        ..label("PERSON", Some('P'))
    };
    let place = LabelDef { standing: Standing::Retired, ..label("GPE", Some('\'')) };
    let organisation = LabelDef { nests: true, ..label("ORG", Some('O')) };
    let date = LabelDef { standing: Standing::Off, absolute_only: true, ..label("DATE", None) };
    Scheme { name: "Small".to_owned(), labels: vec![person, organisation, place, date] }
}

/// Random work: odd ids, odd texts, mentions anywhere on character boundaries.
pub fn any_saved() -> impl Strategy<Value = Saved> {
    let texts = prop::collection::vec(any_text(), 0..5);
    (texts, any_text(), prop::option::of(any_text())).prop_flat_map(|(texts, analyst, kb)| {
        let picks = texts.iter().map(|_| prop::collection::vec((any::<u32>(), any::<u32>(), 0..3usize, any_text(), 0..=1000u16), 0..8));
        let picks: Vec<_> = picks.collect();
        (Just(texts), Just(analyst), Just(kb), picks).prop_map(|(texts, analyst, kb, picks)| build(&texts, analyst, kb, &picks))
    })
}

type Pick = (u32, u32, usize, String, u16);

fn build(texts: &[String], analyst: String, kb: Option<String>, picks: &[Vec<Pick>]) -> Saved {
    let articles = texts.iter().zip(picks).enumerate().map(|(i, (text, picks))| {
        let mut article = Article::new(ArticleId::new(&format!("{}{i}", text.chars().take(3).collect::<String>())), text.as_str());
        article.meta.title = kb.clone();
        for pick in picks {
            add(&mut article, pick);
        }
        article.mentions.sort_by(Mention::reading_order);
        Arc::new(article)
    });
    let entity = Entity {
        id: EntityId::new(&analyst),
        name: analyst.clone(),
        label: Label::new("ORG"),
        aliases: texts.to_vec(),
        kb: kb.clone(),
        note: analyst.clone(),
    };
    let (session, _) = Session::from_parts(Scheme::standard(), articles, [entity], Vec::new());
    Saved { session, ..Saved::default() }
}

fn add(article: &mut Article, (from, to, state, note, score): &Pick) {
    let ends: Vec<usize> = article.text.char_indices().map(|(at, _)| at).chain([article.text.len()]).collect();
    let (a, b) = (ends[*from as usize % ends.len()], ends[*to as usize % ends.len()]);
    if a >= b {
        return;
    }
    let (span, label) = (Span::new(a, b), Label::new(["ORG", "PERSON", "DATE"][*state]));
    let mut id = MentionId::of(&article.id, span, &label);
    while article.mention(id).is_some() {
        id = id.next();
    }
    article.mentions.push(Mention {
        state: State::ALL[*state],
        score: Some(Score::from_thousandths(*score)),
        note: Some(note.as_str().into()),
        first: (*state == 1).then(|| First { span, label: Label::new("LOC") }),
        ..Mention::suggested(id, span, label, Origin::Alias(note.as_str().into()))
    });
}

/// Text with everything that a file format trips over.
pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "(?s).{0,40}",
        "[a-zA-Z .,]{0,80}",
        "([\\\\\"'\r\n\t\0#(),:é𠮷\u{feff}\u{202e}\u{85}\u{301}\u{e000}]|\n\\(article: \"){0,20}",
        "\\PC{0,200}\n(.{0,30}\n){0,5}",
    ]
}
