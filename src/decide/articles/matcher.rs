//! A filter, ready to be asked about article after article.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::days::Days;
use super::facts::Facts;
use super::filter::Filter;
use super::kinds::{Having, Kind, Standing};
use super::term::{Term, What};
use crate::annotation::{Article, ArticleId, Entity, EntityId, Progress, Session};
use crate::decide::copies::Groups;
use crate::text::sought::{Sought, levelled};

/// Two are equal where they admit the same of any articles.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Matcher {
    /// All of them must hold.
    groups: Vec<Group>,
}

/// Of several conditions of one kind one is enough.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Group {
    is_left_out: bool,
    kind: Kind,
    any: Vec<Condition>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Condition {
    Words(Sought),
    State(Standing),
    Label(String),
    Entity(Sought, HashSet<EntityId>),
    Outlet(Sought),
    Day(Days),
    Language(Option<String>),
    Tag(String),
    Note(Sought),
    Has(Having),
    /// One of some articles, by what they are beside others.
    OneOf(HashSet<ArticleId>),
}

impl Matcher {
    /// `copies` are those among the articles that are asked about; an article that stands by itself, as in a stream, has none
    /// ([`Filter::compares`] says whether that is asked).
    pub fn new(filter: &Filter, entities: &BTreeMap<EntityId, Entity>, copies: &Groups) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for Term { is_left_out, what } in filter.terms() {
            let (kind, condition) = (what.kind(), Condition::of(what, entities, copies));
            let shared = groups.iter_mut().find(|group| group.kind == kind && !group.is_left_out && !is_left_out && kind != Kind::Words);
            match shared {
                Some(group) => group.any.push(condition),
                None => groups.push(Group { is_left_out: *is_left_out, kind, any: vec![condition] }),
            }
        }
        // What looks at every mention comes last.
        groups.sort_by_key(|group| group.kind == Kind::Entity);
        Self { groups }
    }

    /// Whether it admits whatever there is.
    pub fn is_all(&self) -> bool {
        self.groups.is_empty()
    }

    pub fn admits(&self, article: &Article, facts: &Facts) -> bool {
        self.groups.iter().all(|group| group.any.iter().any(|condition| condition.holds(article, facts)) != group.is_left_out)
    }
}

impl Condition {
    fn of(what: &What, entities: &BTreeMap<EntityId, Entity>, copies: &Groups) -> Self {
        match what {
            What::Words(text) => Condition::Words(Sought::phrase(text)),
            What::State(standing) => Condition::State(*standing),
            What::Label(label) => Condition::Label(label.clone()),
            What::Entity(text) => {
                let words = Sought::phrase(text);
                let called = |entity: &&Entity| {
                    let mut names = entity.aliases.iter().chain([&entity.name]);
                    entity.id.as_str() == text || names.any(|name| words.is_in(name))
                };
                let ids = entities.values().filter(called).map(|entity| entity.id.clone()).collect();
                Condition::Entity(words, ids)
            }
            What::Outlet(text) => Condition::Outlet(Sought::phrase(text)),
            What::Day(days) => Condition::Day(*days),
            What::Language(tag) if tag.eq_ignore_ascii_case("none") => Condition::Language(None),
            What::Language(tag) => Condition::Language(Some(tag.to_ascii_lowercase())),
            What::Tag(tag) => Condition::Tag(levelled(tag.trim())),
            What::Note(text) => Condition::Note(Sought::phrase(text)),
            What::Has(Having::Copies) => Condition::OneOf(copies.all().iter().flatten().cloned().collect()),
            What::Has(Having::Earlier) => Condition::OneOf(copies.all().iter().flat_map(|group| &group[1..]).cloned().collect()),
            What::Has(having) => Condition::Has(*having),
        }
    }

    fn holds(&self, article: &Article, facts: &Facts) -> bool {
        match self {
            Condition::Words(words) => [&facts.title, &facts.outlet, &facts.id].iter().any(|text| words.are_in(text)),
            Condition::State(standing) => stands(*standing, article, facts),
            Condition::Label(label) => facts.labels.iter().any(|other| other.as_str().eq_ignore_ascii_case(label)),
            Condition::Entity(words, ids) => article.living().any(|mention| {
                mention.entity.as_ref().is_some_and(|entity| ids.contains(entity)) || words.is_in(article.quote(mention.span))
            }),
            Condition::Outlet(words) => words.are_in(&facts.outlet),
            Condition::Day(days) => days.hold(facts.day),
            Condition::Language(tag) => facts.language == *tag,
            Condition::Tag(tag) => article.desk.tags.iter().any(|other| levelled(other.trim()) == *tag),
            Condition::Note(words) => facts.has_note() && words.are_in(&facts.notes),
            Condition::Has(Having::Note) => facts.has_note(),
            Condition::Has(Having::Open) => facts.open > 0,
            Condition::Has(Having::Rejected) => facts.rejected > 0,
            Condition::Has(Having::Copies | Having::Earlier) => false,
            Condition::OneOf(ids) => ids.contains(&article.id),
        }
    }
}

fn stands(standing: Standing, article: &Article, facts: &Facts) -> bool {
    let is_open = facts.progress == Progress::Open;
    match standing {
        Standing::Open => is_open,
        Standing::New => is_open && !facts.is_begun,
        Standing::Begun => is_open && facts.is_begun,
        Standing::Done => facts.progress == Progress::Done,
        Standing::Aside => facts.progress == Progress::SetAside,
        Standing::Flagged => article.desk.flagged,
        Standing::Contested => facts.contested > 0,
    }
}

/// The same session with only the articles that a filter admits.
#[must_use]
pub fn narrowed(session: &Session, filter: &Filter) -> Session {
    if filter.is_empty() {
        return session.clone();
    }
    let matcher = Matcher::new(filter, session.entities(), &copies_for(filter, session));
    let is_in = |article: &&Arc<Article>| matcher.admits(article, &Facts::of(article));
    session.with_articles(session.articles().iter().filter(is_in).cloned())
}

/// The copies in a session, where a filter asks for them.
pub fn copies_for(filter: &Filter, session: &Session) -> Groups {
    let find = || Groups::find(session, &AtomicBool::new(false), &|_, _| {});
    filter.compares().then(find).flatten().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Desk, How, Mention, Meta, Rival, Score, State};
    use crate::dsl;

    /// Five articles that differ in everything that can be asked.
    fn session() -> Session {
        let pages = [
            "[ORG! Northgate Bank] paid [MONEY? $5].",
            "[PERSON? Zoë Pärn] left [GPE? Oslo].",
            "[ORG~ Budget] day",
            "The ferry to Kelpo was late again on Monday.",
            "The ferry to Kelpo was late again on Monday.",
        ];
        let mut articles: Vec<Article> = dsl::session(&pages).articles().iter().map(|article| (**article).clone()).collect();
        let meta = |title: &str, outlet: &str, published: &str, language: &str| {
            let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            Meta { title: some(title), outlet: some(outlet), published: some(published), language: some(language), ..Meta::default() }
        };
        articles[0].meta = meta("Budget talks end", "Harbour Courier", "2026-11-03", "en-GB");
        articles[1].meta = meta("Der Haushalt", "Courier", "2026-10-31T08:00:00Z", "DE");
        articles[2].meta = meta("Quiet", "", "2026", "");
        articles[0].desk = Desk { flagged: true, tags: vec!["Follow-up".to_owned()], ..Desk::default() };
        articles[1].desk = Desk { progress: Progress::SetAside, note: "Ask the bank".to_owned(), ..Desk::default() };
        articles[2].desk = Desk { progress: Progress::Done, tags: vec!["wire".to_owned()], ..Desk::default() };
        articles[0].mentions[0].entity = Some(EntityId::new("ngb"));
        articles[0].mentions[1].note = Some("whose money".into());
        articles[0].mentions[1].score = Some(Score::from_ratio(0.7));
        let contested = articles[1].mentions[1].clone();
        let Mention { span, label, .. } = contested;
        let rival = Rival { state: State::Rejected, span, label, entity: None, how: Some(How::Looked), by: None, at: None };
        articles[1].mentions[1].rivals = vec![rival];
        let bank = Entity {
            id: EntityId::new("ngb"),
            name: "NGB Holding".to_owned(),
            label: "ORG".into(),
            aliases: vec!["The Northern".to_owned()],
            kb: None,
            note: String::new(),
        };
        let scheme = dsl::session(&[]).scheme().as_ref().clone();
        Session::from_parts(scheme, articles.into_iter().map(Arc::new), [bank], Vec::new()).0
    }

    fn found(filter: &str) -> String {
        let filter: Filter = filter.parse().unwrap_or_else(|fault| panic!("{filter}: {fault}"));
        narrowed(&session(), &filter).articles().iter().map(|article| article.id.as_str().to_owned()).collect()
    }

    #[test]
    fn every_term_finds_what_it_says() {
        let rows = [
            ("", "abcde"),
            ("budget", "a"),
            ("BUDGET courier", "a"),
            ("\"budget end\"", ""),
            ("courier", "ab"),
            ("b", "ab"),
            ("state:open", "ade"),
            ("state:new", "de"),
            ("state:begun", "a"),
            ("state:done", "c"),
            ("state:aside", "b"),
            ("state:flagged", "a"),
            ("state:contested", "b"),
            ("label:org", "a"),
            ("label:MONEY label:PERSON", "ab"),
            ("entity:northern", "a"),
            ("entity:ngb", "a"),
            ("entity:\"zoe parn\"", "b"),
            ("entity:budget", ""),
            ("outlet:\"Harbour Courier\"", "a"),
            ("outlet:courier", "ab"),
            ("day:2026-11", "ac"),
            ("day:2026-10..2026-11-02", "bc"),
            ("day:none", "de"),
            ("lang:en", "a"),
            ("lang:de lang:none", "bcde"),
            ("tag:follow-up", "a"),
            ("tag:follow", ""),
            ("note:bank", "b"),
            ("note:money", "a"),
            ("has:note", "ab"),
            ("has:open", "ab"),
            ("has:rejected", "c"),
            ("has:copies", "de"),
            ("has:earlier", "e"),
        ];
        for (filter, expect) in rows {
            assert_eq!(found(filter), expect, "{filter}");
        }
    }

    #[test]
    fn kinds_must_all_hold_of_one_kind_any_and_words_all() {
        let rows = [
            ("state:done state:aside", "bc"),
            ("state:done state:aside lang:de", "b"),
            ("outlet:courier label:ORG", "a"),
            ("courier talks", "a"),
            ("courier nowhere", ""),
            ("-courier", "cde"),
            ("-state:done -state:aside", "ade"),
            ("courier -state:flagged", "b"),
            ("-has:copies -courier", "c"),
            ("-has:earlier -courier", "cd"),
            ("state:open -state:new", "a"),
        ];
        for (filter, expect) in rows {
            assert_eq!(found(filter), expect, "{filter}");
        }
    }

    #[test]
    fn left_out_is_the_opposite_for_every_term() {
        let all = found("");
        for filter in
            ["budget", "state:open", "label:ORG", "entity:bank", "outlet:courier", "day:2026", "lang:de", "tag:wire", "has:earlier"]
        {
            let (with, without) = (found(filter), found(&format!("-{filter}")));
            let mut both: Vec<char> = with.chars().chain(without.chars()).collect();
            both.sort_unstable();
            assert_eq!(both.into_iter().collect::<String>(), all, "{filter}");
        }
    }
}
