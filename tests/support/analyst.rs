//! An analyst out of a random generator: decides, adds, describes and removes, as a person might.

use std::sync::Arc;

use manicule::annotation::{
    Answer, Article, ArticleId, Certificate, Decided, Desk, Dismissal, Edit, EntityId, How, Item, Label, MentionId, Meta, Op, Origin,
    PlaceMark, Progress, Scope, Score, Session, StandingRule, Time, Verb, Verdict, ZoneKind,
};
use manicule::decide::anchors::refresh;
use manicule::decide::labels::{self, SchemeChange};
use manicule::decide::merge::settle;
use manicule::decide::{Refusal, Stamp, article, certificate, decision, entities, retag};
use manicule::tagger::Suggestion;
use manicule::text::{Span, tokens};

use super::dsl;

/// SplitMix64: the same numbers on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.roll(from.len());
        from.get(at)
    }
}

pub struct Analyst {
    pub name: &'static str,
    pub dice: Dice,
    pub now: i64,
}

const LABELS: [&str; 5] = ["PERSON", "ORG", "GPE", "LOC", "EVENT"];
const NAMES: [&str; 6] = ["Oja", "Harbour Board", "Tallinn", "Kelp Trust", "Mara Lindqvist", "Oslo"];
const WORDS: [&str; 6] = ["met", "left", "in", "said that", "and", "again"];

/// Some pages with suggestions, for a session to begin from.
pub fn pages(dice: &mut Dice) -> Session {
    let pages: Vec<String> = (0..2 + dice.roll(3)).map(|_| page(dice)).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    dsl::session(&pages)
}

fn page(dice: &mut Dice) -> String {
    let mut words = Vec::new();
    for _ in 0..3 + dice.roll(6) {
        let name = NAMES[dice.roll(NAMES.len())];
        let label = LABELS[dice.roll(3)];
        words.push(match dice.roll(5) {
            0 => name.to_owned(),
            1 => format!("[{label}! {name}]"),
            2 => format!("[ORG? {name} of [GPE? Tallinn]]"),
            _ => format!("[{label}? {name}]"),
        });
        words.push(WORDS[dice.roll(WORDS.len())].to_owned());
    }
    words.join(" ")
}

impl Analyst {
    pub fn stamp(&self) -> Stamp {
        Stamp { by: self.name.into(), at: Time(self.now) }
    }

    /// One thing done, where it can be done.
    pub fn work(&mut self, session: &mut Session) -> Option<Verb> {
        self.now += self.dice.roll(3) as i64;
        let edit = self.edit(session).ok()?;
        session.apply(&edit).unwrap();
        Some(edit.verb)
    }

    /// Settles everything that is open, one way or another.
    pub fn settle(&mut self, session: &mut Session) -> usize {
        let mut settled = 0;
        while !session.conflicts().is_empty() {
            let stamp = self.stamp();
            let taken = if self.dice.roll(2) == 0 { settle::take(session, 0, &stamp) } else { settle::keep(session, 0, &stamp) };
            // What the conflict is about may have left with another one.
            let edit = taken.or_else(|_| settle::keep(session, 0, &stamp)).unwrap();
            session.apply(&edit).unwrap();
            settled += 1;
        }
        while let Some((article, mention)) = contested(session) {
            self.now += 1;
            let stamp = self.stamp();
            let one = match self.dice.roll(3) {
                0 => settle::take_rival(session, &article, mention, 0, &stamp),
                1 => decision::reject(session, &article, mention, How::Looked, &stamp),
                _ => decision::confirm(session, &article, mention, How::Looked, &stamp),
            };
            let edit = one.or_else(|_| decision::confirm(session, &article, mention, How::Looked, &stamp)).unwrap();
            session.apply(&edit).unwrap();
            settled += 1;
        }
        settled
    }

    fn edit(&mut self, session: &Session) -> Result<Edit, Refusal> {
        let stamp = self.stamp();
        let dice = &mut self.dice;
        let Some(open) = dice.pick(session.articles()).cloned() else { return Ok(self.added(session)) };
        let id = &open.id;
        let mention = dice.pick(&open.mentions).map(|mention| mention.id);
        let label = Label::new(LABELS[dice.roll(LABELS.len())]);
        let what = dice.roll(100);
        match (what, mention) {
            (0..16, Some(mention)) => decision::confirm(session, id, mention, How::Looked, &stamp),
            (16..28, Some(mention)) => decision::reject(session, id, mention, How::Looked, &stamp),
            (28..36, Some(mention)) => decision::retype(session, id, mention, &label, How::Looked, &stamp),
            (36..42, Some(mention)) => {
                let span = some_words(dice, &open);
                decision::move_to(session, id, mention, span, How::Looked, &stamp)
            }
            (42..46, Some(mention)) => decision::reopen(session, id, mention, &stamp),
            (46..54, _) => {
                let span = some_words(dice, &open);
                decision::add(session, id, span, &label, How::Looked, &stamp)
            }
            (54..60, Some(mention)) => {
                let entity = EntityId::new(["oja", "board", "tallinn"][dice.roll(3)]);
                let entity = Some(&entity).filter(|_| dice.roll(5) > 0);
                decision::link(session, id, mention, entity, &stamp)
            }
            (60..64, Some(mention)) => decision::note(session, id, mention, ["which?", "see 2019", ""][dice.roll(3)], &stamp),
            (64..67, _) => article::accept_rest(session, id, &stamp),
            (67..69, _) => article::remove(session, id, &stamp),
            (69..73, _) => Ok(self.added(session)),
            (73..78, _) => {
                let note = ["", "wire copy", "call back"][dice.roll(3)].to_owned();
                let progress = [Progress::Open, Progress::Done, Progress::SetAside][dice.roll(3)];
                let tags = NAMES.iter().filter(|_| dice.roll(4) == 0).map(|name| (*name).to_owned()).collect();
                article::mark(session, id, Desk { progress, flagged: dice.roll(2) == 0, tags, note }, &stamp)
            }
            (78..82, _) => {
                let title = Some(["Ministers meet", "Harbour closes", "No talks"][dice.roll(3)].to_owned());
                let outlet = [None, Some("The Post".to_owned())][dice.roll(2)].clone();
                article::describe(session, id, Meta { title, outlet, ..open.meta.clone() }, &stamp)
            }
            (82..84, _) => {
                let kind = [ZoneKind::Boilerplate, ZoneKind::Caption, ZoneKind::Body][dice.roll(3)];
                article::set_zone(session, id, some_words(dice, &open), kind, &stamp)
            }
            (84..89, _) => self.entity(session),
            (89..93, _) => Ok(self.rule(session)),
            (93..94, _) => self.label(session),
            (94..95, _) if dice.roll(2) == 0 => Ok(self.certificate(session)),
            (94..95, _) => Ok(self.dismissal(session)),
            (95..98, _) => {
                let suggestions: Vec<Suggestion> = (0..4).map(|_| suggestion(dice, &open)).collect();
                retag::retag(session, &[(id.clone(), suggestions)], &stamp).map(|(edit, _)| edit)
            }
            _ => {
                let text = format!("{} {}", ["Update:", "Correction:"][dice.roll(2)], open.text);
                let fresh = Article::new(id.clone(), text);
                refresh::edit(session, &[refresh::article(&open, &fresh)], &stamp)
            }
        }
    }

    fn added(&mut self, session: &Session) -> Edit {
        let page = page(&mut self.dice);
        let id = session.fresh_article_id(["wire", "briefing", "letter"][self.dice.roll(3)]);
        let after = Some(Arc::new(dsl::article(id.as_str(), &page)));
        let at = self.dice.roll(session.articles().len() + 1);
        self.told(Verb::AddArticles, Op::Article { at, before: None, after })
    }

    fn entity(&mut self, session: &Session) -> Result<Edit, Refusal> {
        let (stamp, dice) = (self.stamp(), &mut self.dice);
        let ids: Vec<EntityId> = session.entities().keys().cloned().collect();
        let Some(id) = dice.pick(&ids).cloned() else {
            return entities::change::set(session, &entities::change::new(session, NAMES[dice.roll(6)], &"ORG".into()), &stamp);
        };
        let other = dice.pick(&ids).cloned().unwrap_or_else(|| id.clone());
        match dice.roll(4) {
            0 => entities::change::remove(session, &id, &stamp),
            1 => entities::change::merge(session, &id, &other, &stamp),
            _ => {
                let mut entity = session.entity(&id).unwrap().clone();
                match dice.roll(4) {
                    0 => entity.name = NAMES[dice.roll(6)].to_owned(),
                    1 => entity.kb = [None, Some("Q1".to_owned()), Some("Q2".to_owned())][dice.roll(3)].clone(),
                    2 => entity.note = ["", "the younger", "of the board"][dice.roll(3)].to_owned(),
                    _ => entity.aliases.push(NAMES[dice.roll(6)].to_owned()),
                }
                entities::change::set(session, &entity, &stamp)
            }
        }
    }

    fn rule(&mut self, session: &Session) -> Edit {
        let (stamp, dice) = (self.stamp(), &mut self.dice);
        let name = NAMES[dice.roll(6)];
        let rules = session.rules();
        let at = rules.iter().position(|rule| rule.name == name);
        let verdict = if dice.roll(2) == 0 { Verdict::Never } else { Verdict::Always(LABELS[dice.roll(5)].into()) };
        let made = StandingRule {
            name: name.to_owned(),
            verdict,
            off: dice.roll(4) == 0,
            note: String::new(),
            by: stamp.by.clone(),
            at: stamp.at,
        };
        let after = Some(made).filter(|_| at.is_none() || dice.roll(3) > 0);
        let op = Op::Rule { at: at.unwrap_or(rules.len()), before: at.map(|at| rules[at].clone()), after };
        self.told(Verb::EditRule, op)
    }

    /// A finding is found right, seen again with another place, or looked at again.
    fn dismissal(&mut self, session: &Session) -> Edit {
        let (Stamp { by, at }, dice) = (self.stamp(), &mut self.dice);
        let finding: Arc<str> = format!("labels-across:{}", NAMES[dice.roll(6)].to_lowercase()).into();
        let before = session.dismissals().get(&finding).cloned();
        let mark = PlaceMark::of(&ArticleId::new("wire"), "", Span::default(), LABELS[dice.roll(5)]);
        let places = before.iter().flat_map(|before| &before.places).copied().chain([mark]).collect();
        let after = Dismissal { finding, words: "two labels".to_owned(), places, by, at };
        let after = Some(after).filter(|_| before.is_none() || dice.roll(3) > 0);
        self.told(Verb::Dismiss, Op::Dismissal { before, after })
    }

    /// A sample is drawn, or a question of one answered, anew or no longer.
    fn certificate(&mut self, session: &Session) -> Edit {
        let (stamp, dice) = (self.stamp(), &mut self.dice);
        let samples: Vec<Arc<Certificate>> = session.certificates().values().cloned().collect();
        let Some(sample) = dice.pick(&samples).filter(|sample| !sample.items.is_empty()) else {
            let item = |n: usize| Item {
                article: ArticleId::new("wire"),
                points: (n as u32, n as u32 + 4),
                mark: PlaceMark::of(&ArticleId::new("wire"), "", Span::default(), ""),
                decided: Decided::Mention { label: Some(LABELS[n].into()), how: How::Looked },
                answer: None,
            };
            let id = ["0a0a0a0a", "0b0b0b0b"][dice.roll(2)].into();
            let items = (0..3).map(item).collect();
            let Stamp { by, at } = stamp.clone();
            let after = Certificate { id, seed: 1, articles: 1, sentences: 0, strata: Vec::new(), items, by, at };
            return certificate::begin(after, &stamp);
        };
        let item = dice.roll(sample.items.len());
        let said = [None, Some(Answer::Nothing), Some(Answer::Label(LABELS[dice.roll(5)].into()))][dice.roll(3)].clone();
        let op = Op::Answer { certificate: sample.id.clone(), item, before: sample.items[item].answer.clone(), after: said };
        self.told(Verb::Certify, op)
    }

    fn label(&mut self, session: &Session) -> Result<Edit, Refusal> {
        let mut scheme = (**session.scheme()).clone();
        let at = self.dice.roll(scheme.labels.len());
        match self.dice.roll(3) {
            0 => scheme.labels[at].colour = ["#112233", "#445566"][self.dice.roll(2)].to_owned(),
            1 => scheme.labels[at].guideline = ["ask Liis", "as in the handbook"][self.dice.roll(2)].to_owned(),
            _ => {
                let name = ["SHIP", "TREATY"][self.dice.roll(2)];
                if scheme.by_name(name).is_none() {
                    let def = manicule::annotation::LabelDef { name: name.into(), key: None, ..scheme.labels[0].clone() };
                    scheme.labels.push(def);
                }
            }
        }
        let change = SchemeChange { scheme, ..SchemeChange::default() };
        labels::change(session, &change, &self.stamp()).ok().flatten().ok_or(Refusal::Already)
    }

    fn told(&self, verb: Verb, op: Op) -> Edit {
        let Stamp { by, at } = self.stamp();
        Edit { verb, scope: Scope::Session, target: None, what: String::new(), label: None, by, at, ops: vec![op] }
    }
}

fn some_words(dice: &mut Dice, article: &Article) -> Span {
    let tokens: Vec<Span> = tokens::tokens(&article.text).iter().map(|token| token.span).collect();
    let first = dice.roll(tokens.len());
    let last = (first + dice.roll(3)).min(tokens.len() - 1);
    Span { start: tokens[first].start, end: tokens[last].end }
}

fn suggestion(dice: &mut Dice, article: &Article) -> Suggestion {
    let score = Score::from_thousandths(dice.roll(1000) as u16);
    let span = some_words(dice, article);
    Suggestion { span, label: Label::new(LABELS[dice.roll(5)]), score, origin: Origin::Rule("again".into()), value: None }
}

fn contested(session: &Session) -> Option<(ArticleId, MentionId)> {
    let of = |article: &Arc<Article>| article.mentions.iter().find(|mention| mention.is_contested()).map(|mention| mention.id);
    session.articles().iter().find_map(|article| Some((article.id.clone(), of(article)?)))
}
