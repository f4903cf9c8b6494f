//! A corpus made from a seed, in which everything is settled in one way, and faults of every kind planted into it.
//!
//! What must not be told of is in it too: people and places that share a name, two people of one name who are told apart,
//! titles and compounds beside names, a rejected name, names that are common words as well.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::annotation::{
    Article, ArticleId, Entity, EntityId, How, Label, Mention, MentionId, Origin, Scheme, Session, Standing, State, Time,
};
use crate::text::Span;

/// A fault that was planted, by the kind that ought to find it.
pub struct Fault {
    pub kind: &'static str,
    pub article: ArticleId,
    pub span: Span,
}

/// Knuth's MMIX generator.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

const SYLLABLES: [&str; 32] = [
    "bar", "tol", "ves", "kor", "mir", "lan", "dov", "pel", "sar", "tun", "vik", "rom", "ost", "hel", "gar", "fen", "nor", "zal", "jun",
    "cas", "bel", "dor", "ivo", "kas", "lum", "mon", "nad", "orl", "pra", "rus", "sol", "tam",
];
const FILLERS: [&str; 20] = [
    "harbour", "cable", "ferry", "winter", "talks", "with", "ships", "which", "repair", "coast", "agreed", "over", "market", "grain",
    "prices", "fell", "before", "storm", "under", "rope",
];

/// A thing that articles speak of.
#[derive(Clone)]
struct Thing {
    name: String,
    label: &'static str,
    entity: Option<String>,
}

/// Some words of an article and what is tagged of them.
#[derive(Clone)]
struct Bit {
    lead: &'static str,
    words: String,
    tail: &'static str,
    label: &'static str,
    entity: Option<String>,
    value: Option<String>,
    state: Option<State>,
    /// The lead or the tail belongs to the mention.
    is_wide: bool,
    /// A second mention: how many bytes of the words it leaves out at the start, and how many it takes behind them.
    second: Option<(usize, usize)>,
    /// The thing that it speaks of; faults come to each once at most.
    thing: usize,
    fault: Option<&'static str>,
}

impl Bit {
    /// With what stands before and behind it.
    fn written(&self) -> String {
        format!("{}{}{}", self.lead, self.words, self.tail)
    }
}

fn word(n: usize, salt: usize) -> String {
    let (a, b, c) = (n % 32, (n / 32 + salt) % 32, (n / 7 + salt * 3) % 32);
    let word = format!("{}{}{}", SYLLABLES[a], SYLLABLES[b], SYLLABLES[c]);
    word[..1].to_uppercase() + &word[1..]
}

fn things() -> Vec<Thing> {
    let mut things = Vec::new();
    for n in 0..300 {
        let (first, last) = (word(n, 5), word(n + 400, 11));
        let entity = (n % 2 == 0).then(|| format!("person-{n}"));
        things.push(Thing { name: format!("{first} {last}"), label: "PERSON", entity });
    }
    for n in 0..200 {
        let name = format!("{} {} Board", word(n + 900, 3), word(n + 1300, 7));
        things.push(Thing { name, label: "ORG", entity: (n % 4 == 0).then(|| format!("org-{n}")) });
    }
    for n in 0..150 {
        // Every tenth place is called as a person by surname.
        let name = if n % 10 == 0 { word(n + 400, 11) } else { word(n + 2000, 13) };
        things.push(Thing { name, label: "GPE", entity: (n % 10 == 0).then(|| format!("place-{n}")) });
    }
    things
}

/// The session and what was planted: `faults` of every kind in turn.
pub fn corpus(seed: u64, articles: usize, faults: usize) -> (Session, Vec<Fault>) {
    let mut dice = Dice(seed);
    let things = things();
    let mut pages: Vec<Vec<Bit>> = (0..articles).map(|_| page(&mut dice, &things)).collect();
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    for thing in &things {
        if let Some(id) = &thing.entity {
            entities.insert(id.clone(), entity(id, &thing.name, thing.label));
        }
    }
    // Two people of one name, told apart by who they are.
    let (mut one, mut other) = (entity("twin-1", "Bela Toltam", "PERSON"), entity("twin-2", "Bela Toltam", "PERSON"));
    (one.kb, other.kb) = (Some("Q1".to_owned()), Some("Q2".to_owned()));
    entities.extend([("twin-1".to_owned(), one), ("twin-2".to_owned(), other)]);
    for (at, page) in pages.iter_mut().enumerate().filter(|(at, _)| at % 50 < 2) {
        let entity = Some(format!("twin-{}", at % 50 + 1));
        page.push(Bit { entity, ..bit(usize::MAX, "Bela Toltam", "PERSON") });
    }
    plant(&mut dice, &mut pages, &mut entities, faults);
    let mut planted = Vec::new();
    let articles: Vec<Arc<Article>> = pages.iter().enumerate().map(|(at, page)| Arc::new(article(at, page, &mut planted))).collect();
    let mut scheme = Scheme::standard();
    scheme.labels.iter_mut().filter(|def| def.name.as_str() == "LANGUAGE").for_each(|def| def.standing = Standing::Retired);
    let (session, _) = Session::from_parts(scheme, articles, entities.into_values(), Vec::new());
    (session, planted)
}

fn entity(id: &str, name: &str, label: &str) -> Entity {
    let (id, label) = (EntityId::new(id), Label::new(label));
    Entity { id, name: name.to_owned(), label, aliases: Vec::new(), kb: None, note: String::new() }
}

fn bit(thing: usize, words: &str, label: &'static str) -> Bit {
    Bit {
        lead: "",
        words: words.to_owned(),
        tail: "",
        label,
        entity: None,
        value: None,
        state: Some(State::Confirmed),
        is_wide: false,
        second: None,
        thing,
        fault: None,
    }
}

/// A dozen names, some of them again, and what must not be told of.
fn page(dice: &mut Dice, things: &[Thing]) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut chosen = BTreeSet::new();
    for _ in 0..6 {
        let at = dice.below(things.len());
        if !chosen.insert(at) {
            continue;
        }
        let thing = &things[at];
        let mut first = Bit { entity: thing.entity.clone(), ..bit(at, &thing.name, thing.label) };
        (first.lead, first.tail) = match (thing.label, dice.below(4)) {
            ("PERSON", 0 | 1) => ("Mr. ", ""),
            ("ORG", 0 | 1) => ("the ", ""),
            ("GPE", 0 | 1) => ("", "-led"),
            (_, 2) => ("", "’s"),
            _ => ("", ""),
        };
        bits.push(first.clone());
        let surname = || thing.name.rsplit(' ').next().unwrap_or_default().to_owned();
        match (thing.label, dice.below(3)) {
            ("PERSON", 0 | 1) => bits.push(Bit { words: surname(), lead: "", tail: "", ..first }),
            (_, 0) => bits.push(Bit { lead: "", tail: "", ..first }),
            _ => {}
        }
    }
    if dice.below(3) == 0 {
        let day = 1 + dice.below(28);
        bits.push(Bit { value: Some(format!("2026-03-{day:02}")), ..bit(usize::MAX - 1 - day, &format!("March {day}"), "DATE") });
    }
    // Common words that begin a sentence, a name that was rejected, one that is a common word too.
    match dice.below(4) {
        0 => bits.push(Bit { state: Some(State::Rejected), ..bit(usize::MAX, "Premier Hall", "FAC") }),
        1 => bits.push(Bit { state: None, ..bit(usize::MAX, "Premier Hall", "FAC") }),
        2 => bits.push(bit(usize::MAX, "Rope", "PRODUCT")),
        _ => bits.push(Bit { state: None, ..bit(usize::MAX, "Rope", "PRODUCT") }),
    }
    bits
}

const KINDS: [&str; 12] = [
    "labels-here",
    "labels-across",
    "untagged",
    "edges",
    "hyphens",
    "unlinked",
    "entity-twice",
    "entity-mixed",
    "dates",
    "nested",
    "crossing",
    "retired",
];

fn plant(dice: &mut Dice, pages: &mut [Vec<Bit>], entities: &mut BTreeMap<String, Entity>, faults: usize) {
    let mut often: BTreeMap<usize, usize> = BTreeMap::new();
    let mut written: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for bit in pages.iter().flatten() {
        *often.entry(bit.thing).or_default() += 1;
        *written.entry((bit.thing, bit.written())).or_default() += 1;
    }
    let mut touched = BTreeSet::new();
    let mut planted = 0;
    while planted < faults {
        let kind = KINDS[planted % KINDS.len()];
        let at = dice.below(pages.len());
        let i = dice.below(pages[at].len());
        let bit = &pages[at][i];
        let is_name = bit.thing < usize::MAX / 2 && !touched.contains(&bit.thing);
        let is_date = kind == "dates" && bit.label == "DATE" && bit.fault.is_none();
        let here = pages[at].iter().filter(|other| other.thing == bit.thing);
        let (of_thing, again) = (here.clone().count(), here.filter(|other| other.words == bit.words).count());
        // The name by itself tells what is meant.
        let is_whole = bit.words.contains(' ') || bit.label == "GPE" && bit.entity.is_none();
        let has_counterpart = written[&(bit.thing, bit.written())] > 1;
        let fits = (is_name || is_date)
            && often[&bit.thing] >= 4
            && bit.state == Some(State::Confirmed)
            && match kind {
                "labels-here" => again > 1 && is_whole && bit.entity.is_none(),
                "labels-across" => of_thing == 1 && is_whole && bit.entity.is_none(),
                "untagged" => is_whole && bit.lead.is_empty() && bit.tail != "-led",
                "edges" => has_counterpart && (!bit.lead.is_empty() || bit.tail == "’s"),
                "hyphens" => has_counterpart && bit.tail == "-led" && bit.entity.is_none(),
                "unlinked" => {
                    bit.entity.is_some() && of_thing > 1 && (!bit.words.contains(' ') || bit.label == "ORG") && bit.label != "GPE"
                }
                "entity-twice" => bit.entity.is_some() && is_whole && of_thing == 1,
                "entity-mixed" => bit.entity.is_some() && is_whole && bit.label == "PERSON" && bit.thing > 0,
                "dates" => bit.value.is_some(),
                "nested" | "crossing" => bit.label == "ORG",
                _ => is_whole,
            };
        if !fits {
            continue;
        }
        let lonely = entities.get("person-0").map(|entity| entity.id.to_string());
        let bit = &mut pages[at][i];
        touched.insert(bit.thing);
        planted += 1;
        bit.fault = Some(kind);
        match kind {
            "labels-here" | "labels-across" => bit.label = "EVENT",
            "untagged" => bit.state = None,
            "edges" | "hyphens" => bit.is_wide = true,
            "unlinked" => bit.entity = None,
            "entity-twice" => {
                let id = format!("{}-2", bit.entity.clone().unwrap_or_default());
                entities.insert(id.clone(), entity(&id, &bit.words, bit.label));
                bit.entity = Some(id);
            }
            "entity-mixed" => bit.entity = lonely,
            "dates" => bit.value = Some("2026-02-30".to_owned()),
            "nested" => bit.second = Some((bit.words.rfind(' ').map_or(0, |at| at + 1), 0)),
            "crossing" => bit.second = Some((bit.words.rfind(' ').map_or(0, |at| at + 1), 4)),
            _ => bit.label = "LANGUAGE",
        }
    }
}

fn article(number: usize, page: &[Bit], planted: &mut Vec<Fault>) -> Article {
    let id = ArticleId::new(&format!("article-{number:04}"));
    let mut text = String::from("Talks on the coast\n\n");
    let mut mentions = Vec::new();
    for (i, bit) in page.iter().enumerate() {
        text.push_str("Then ");
        for n in 0..3 {
            text.push_str(FILLERS[(number * 3 + i * 5 + n * 7) % FILLERS.len()]);
            text.push(' ');
        }
        let lead = text.len();
        text.push_str(bit.lead);
        let start = text.len();
        text.push_str(&bit.words);
        let end = text.len();
        text.push_str(bit.tail);
        let tail = text.len();
        text.push_str(" said so again.\n");
        let span = if bit.is_wide { Span::new(lead, tail) } else { Span::new(start, end) };
        if let Some(state) = bit.state {
            mentions.push((span, bit, state));
        }
        let second = bit.second.map(|(skip, take)| Span::new(start + skip, if take > 0 { tail + take } else { end }));
        if let Some(second) = second {
            mentions.push((second, bit, State::Confirmed));
        }
        planted.extend(bit.fault.map(|kind| Fault { kind, article: id.clone(), span: second.unwrap_or(span) }));
    }
    let mut article = Article::new(id, text);
    for (span, bit, state) in mentions {
        let label = Label::new(bit.label);
        let mut id = MentionId::of(&article.id, span, &label);
        while article.mention(id).is_some() {
            id = id.next();
        }
        let mut mention = Mention::suggested(id, span, label, Origin::Rule("planted".into()));
        (mention.state, mention.how, mention.at) = (state, Some(How::Looked), Some(Time(0)));
        mention.entity = bit.entity.as_deref().map(EntityId::new);
        mention.value = bit.value.as_deref().map(Into::into);
        article.mentions.push(mention);
    }
    article.mentions.sort_by(Mention::reading_order);
    article
}
