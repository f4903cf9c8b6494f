//! Sessions made from a seed, for the benches: the same on every machine, nothing of them from any article.

use std::sync::Arc;

use manicule::annotation::{Article, ArticleId, Label, Mention, MentionId, Origin, Scheme, Score, Session, Zone, ZoneKind};
use manicule::text::Span;

/// A linear congruential generator (Knuth's MMIX constants); its upper bits are good enough for made-up articles.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// A session of so many articles with so many suggested mentions each.
pub fn session(seed: u64, articles: usize, mentions: usize) -> Session {
    let mut dice = Dice::new(seed);
    let articles: Vec<Arc<Article>> = (0..articles).map(|i| Arc::new(article(&mut dice, &format!("article-{i:05}"), mentions))).collect();
    let (session, _) = Session::from_parts(Scheme::standard(), articles, [], Vec::new());
    session
}

/// An article with so many mentions, about a hundred bytes to each.
pub fn article(dice: &mut Dice, id: &str, mentions: usize) -> Article {
    let mut article = Article::new(ArticleId::new(id), "");
    let mut text = format!("The {} talks, part {}\n\n", WORDS[dice.below(WORDS.len())], dice.below(1_000));
    let headline = Span::new(0, text.len() - 2);
    let mut found = Vec::with_capacity(mentions);
    for i in 0..mentions {
        for _ in 0..12 + dice.below(10) {
            text.push_str(WORDS[dice.below(WORDS.len())]);
            text.push(' ');
        }
        let (label, name) = name(dice);
        let start = text.len();
        text.push_str(&name);
        found.push((Span::new(start, text.len()), label));
        text.push_str(match (dice.below(3), i % 8) {
            (_, 7) => ".\n\n",
            (0, _) => ". ",
            _ => " ",
        });
    }
    article.text = text.into();
    article.zones = vec![Zone { span: headline, kind: ZoneKind::Headline }];
    article.meta.outlet = Some("Coastal Herald".to_owned());
    article.meta.published = Some(format!("2026-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)));
    for (span, label) in found {
        let label = Label::new(label);
        let mut mention_id = MentionId::of(&article.id, span, &label);
        while article.mentions.iter().rev().take(4).any(|mention| mention.id == mention_id) {
            mention_id = mention_id.next();
        }
        let mut mention = Mention::suggested(mention_id, span, label, Origin::Rule("bench".into()));
        mention.score = Some(Score::from_thousandths(400 + dice.below(600) as u16));
        article.mentions.push(mention);
    }
    article
}

/// A name that comes back the more often the lower its number, as names in the news do.
fn name(dice: &mut Dice) -> (&'static str, String) {
    let bound = 1 + dice.below(1_500);
    let n = dice.below(bound);
    let (first, second) = (SYLLABLES[n % SYLLABLES.len()], SYLLABLES[n / SYLLABLES.len() % SYLLABLES.len()]);
    let third = SYLLABLES[n / 7 % SYLLABLES.len()].to_lowercase();
    match n % 4 {
        0 => ("PERSON", format!("{first} {second}{third}")),
        1 => ("ORG", format!("{first}{third} {second} Board")),
        2 => ("GPE", format!("{second}{third}")),
        _ => ("NORP", format!("{first}{third}ian")),
    }
}

const SYLLABLES: [&str; 40] = [
    "Bar", "Tol", "Ves", "Kor", "Mir", "Lan", "Dov", "Pel", "Sar", "Tun", "Vik", "Rom", "Ost", "Hel", "Gar", "Fen", "Nor", "Zal", "Jun",
    "Cas", "Bel", "Dor", "Ivo", "Kas", "Lum", "Mon", "Nad", "Orl", "Pra", "Rus", "Sol", "Tam", "Umb", "Vol", "Wes", "Yar", "Zor", "Ald",
    "Bro", "Cle",
];

const WORDS: [&str; 40] = [
    "harbour",
    "cable",
    "ferry",
    "winter",
    "talks",
    "the",
    "of",
    "and",
    "that",
    "was",
    "on",
    "with",
    "ships",
    "which",
    "repair",
    "coast",
    "agreed",
    "said",
    "over",
    "between",
    "market",
    "grain",
    "prices",
    "fell",
    "before",
    "after",
    "storm",
    "sea",
    "under",
    "new",
    "old",
    "plan",
    "long",
    "ministers",
    "crews",
    "would",
    "have",
    "been",
    "mapped",
    "in",
];
