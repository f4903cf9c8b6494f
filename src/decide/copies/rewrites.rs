//! Stories made from a seed, and rewrites of them as outlets make them: cuts, another lead, other captions, changed figures.
//!
//! What is no copy is in it too: stories on one matter that share a quotation and a paragraph of background, notices that stand
//! under all articles of an outlet, tables that come every day with other figures, and roundups.

use std::sync::Arc;

use crate::annotation::{Article, ArticleId, Session, Zone, ZoneKind};
use crate::text::Span;

/// Knuth's MMIX generator.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const WHO: [&str; 24] = [
    "the harbour master",
    "a spokeswoman",
    "the minister",
    "two fishermen",
    "the court",
    "her lawyer",
    "the board",
    "residents",
    "the union",
    "a witness",
    "the mayor",
    "the bank",
    "engineers",
    "the regulator",
    "a neighbour",
    "the coach",
    "investigators",
    "the farmers",
    "the airline",
    "a nurse",
    "the archive",
    "the choir",
    "police",
    "the owner",
];
const DID: [&str; 24] = [
    "said",
    "denied",
    "announced",
    "confirmed",
    "doubted",
    "warned",
    "argued",
    "recalled",
    "found",
    "decided",
    "hoped",
    "feared",
    "wrote",
    "testified",
    "predicted",
    "admitted",
    "insisted",
    "complained",
    "reported",
    "promised",
    "guessed",
    "explained",
    "noted",
    "claimed",
];
const WHAT: [&str; 32] = [
    "ferry",
    "bridge",
    "harvest",
    "levy",
    "tunnel",
    "school",
    "licence",
    "strike",
    "orchard",
    "reactor",
    "choir",
    "pipeline",
    "ballot",
    "museum",
    "cable",
    "dam",
    "hospital",
    "tariff",
    "glacier",
    "market",
    "quarry",
    "verdict",
    "budget",
    "satellite",
    "railway",
    "lake",
    "vaccine",
    "film",
    "forest",
    "loan",
    "mine",
    "stadium",
];
const HOW: [&str; 24] = [
    "would reopen",
    "had cost more",
    "was closed",
    "should be sold",
    "might fail",
    "came too late",
    "was never inspected",
    "is safe",
    "had been moved",
    "needs repair",
    "will be doubled",
    "fell short",
    "was a mistake",
    "drew crowds",
    "belongs to nobody",
    "was stolen",
    "grew again",
    "had to wait",
    "lost its roof",
    "was paid for",
    "is under water",
    "could be shared",
    "was praised",
    "must be tested",
];
const WHEN: [&str; 16] = [
    "before winter",
    "after the storm",
    "by noon",
    "within weeks",
    "last spring",
    "at dawn",
    "for good",
    "in two steps",
    "without notice",
    "once more",
    "under guard",
    "against advice",
    "on the island",
    "near the border",
    "for the first time",
    "as planned",
];

/// A sentence of nine to nineteen words, with a figure in every third.
fn sentence(dice: &mut Dice) -> String {
    let figure = if dice.below(3) == 0 { format!(" {} of {}", dice.below(900) + 10, dice.below(9000) + 1000) } else { String::new() };
    let more = if dice.below(2) == 0 { format!(", and {} {} it {}", dice.of(&WHO), dice.of(&DID), dice.of(&HOW)) } else { String::new() };
    let name = |dice: &mut Dice| dice.of(&["Kelpo", "Varna Reed", "Tamsin Orl", "Dovik", "Marlo Pell", "Sarnath", "Ostmir", "Lumen Fray"]);
    format!(
        "{} of {} {} that the {} of the {} {}{figure} {}{more}.",
        dice.of(&WHO),
        name(dice),
        dice.of(&DID),
        dice.of(&WHAT),
        dice.of(&WHAT),
        dice.of(&HOW),
        dice.of(&WHEN),
    )
}

fn sentences(dice: &mut Dice, n: usize) -> Vec<String> {
    (0..n).map(|_| sentence(dice)).collect()
}

/// A story as an outlet prints it: sentences, and a caption.
struct Printed {
    body: Vec<String>,
    caption: String,
}

impl Printed {
    fn article(&self, at: usize) -> Arc<Article> {
        let body = self.body.chunks(2).map(|paragraph| paragraph.join(" ")).collect::<Vec<_>>().join("\n\n");
        let text = format!("{}\n\n{body}", self.caption);
        let mut article = Article::new(ArticleId::new(&format!("a{at:05}")), text);
        article.zones = vec![Zone { span: Span::new(0, self.caption.len()), kind: ZoneKind::Caption }];
        Arc::new(article)
    }
}

/// A story as another outlet rewrites it.
fn rewrite(dice: &mut Dice, story: &[String]) -> Printed {
    let mut body = story.to_vec();
    // Cut from the end, to a half at most, and a sentence out of the middle.
    let kept = body.len() - dice.below(body.len() / 2 + 1);
    body.truncate(kept);
    if body.len() > 6 && dice.below(2) == 0 {
        body.remove(2 + dice.below(body.len() - 3));
    }
    if dice.below(2) == 0 {
        let lead = sentence(dice);
        body[0] = lead;
    }
    // Figures change in a third of the sentences that have some.
    for sentence in &mut body {
        if dice.below(3) == 0 {
            *sentence = sentence
                .split(' ')
                .map(|word| if word.parse::<u32>().is_ok() { "77".to_owned() } else { word.to_owned() })
                .collect::<Vec<_>>()
                .join(" ");
        }
    }
    Printed { body, caption: sentence(dice) }
}

/// A session of `n` articles, in a mixed order, and for each which story it tells.
pub fn corpus(seed: u64, n: usize) -> (Session, Vec<usize>) {
    let mut dice = Dice(seed);
    let mut printed: Vec<(usize, Printed)> = Vec::new();
    let notice = sentences(&mut dice, 3);
    let mut background = sentences(&mut dice, 4);
    let mut story = 0;
    while printed.len() < n {
        story += 1;
        if story % 5 == 0 {
            background = sentences(&mut dice, 4);
        }
        let n_sentences = 8 + dice.below(30);
        let mut told = sentences(&mut dice, n_sentences);
        match dice.below(8) {
            // What stands in several stories on the matter, and under all of an outlet.
            0 | 1 => told.extend(background.iter().cloned()),
            2 => told.extend(notice.iter().cloned()),
            // A table of the day.
            3 => {
                let row = |dice: &mut Dice, what: &&str| {
                    format!("{what} closed at {} points, {} up, {} lots.", dice.below(9000), dice.below(90), dice.below(900))
                };
                told = WHAT.iter().map(|what| row(&mut dice, what)).collect();
            }
            // Three stories in brief.
            4 if printed.len() > 3 => {
                let others: Vec<String> = printed.iter().rev().take(3).flat_map(|(_, other)| other.body.iter().take(5).cloned()).collect();
                told.extend(others);
            }
            _ => {}
        }
        let copies = [1, 1, 2, 3, 6][dice.below(5)];
        printed.push((story, Printed { body: told.clone(), caption: sentence(&mut dice) }));
        for _ in 1..copies {
            printed.push((story, rewrite(&mut dice, &told)));
        }
    }
    printed.truncate(n);
    for at in (1..printed.len()).rev() {
        printed.swap(at, dice.below(at + 1));
    }
    let articles = printed.iter().enumerate().map(|(at, (_, printed))| printed.article(at));
    let (session, _) = Session::from_parts(crate::annotation::Scheme::standard(), articles, [], Vec::new());
    (session, printed.into_iter().map(|(story, _)| story).collect())
}
