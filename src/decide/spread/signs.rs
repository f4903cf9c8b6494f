//! How likely a decision holds at a place, by what stands there and around it and by what was decided on the name before.
//!
//! The signs are added up as logarithms of odds, in hundredths. They were set from how often spreads of each kind were
//! right on news (`simulate` tells it by verb); what they cannot know, the analyst sees in the row and its reason.

use std::collections::HashMap;

use super::concordance::{Doubt, Intent};
use crate::annotation::{Article, ArticleId, How, Label, Mention, Progress, Score};
use crate::text::{Span, name};

/// What stands at a place where a decision may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stands {
    /// What the decision was made on, suggested alike.
    Same,
    /// The very words under another label.
    OtherLabel,
    /// A mention with other edges: those that the focus had, or a part of the name.
    OtherEdges,
    Nothing,
}

/// How a name was settled where a person has read: in articles marked done, and where it was in focus.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Precedents {
    labels: Vec<(Label, u32)>,
    /// Rejected, or left untagged in an article marked done.
    none: u32,
}

/// Everything that speaks for or against a decision at one place.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Signs<'a> {
    pub stands: Stands,
    /// Whether it is in the article in which the decision was made.
    pub is_here: bool,
    /// Whether another name leads there: the surname after the full name.
    pub is_related: bool,
    /// What the tagger says there under another label, or of what is rejected.
    pub rival: Option<(&'a Label, Score)>,
    /// The words with a capital at its sides, so that it is perhaps a part of a longer name.
    pub before: Option<&'a str>,
    pub after: Option<&'a str>,
    pub precedents: &'a Precedents,
}

impl Precedents {
    /// Counts what was settled on the name `key`, of which these are all mentions and all places in the texts.
    pub fn of(key: &str, mentions: &[(&Article, &Mention)], places: &[(&Article, Span)]) -> Self {
        let mut found = Self::default();
        let mut tagged: HashMap<&ArticleId, Vec<Span>> = HashMap::new();
        for (article, mention) in mentions {
            tagged.entry(&article.id).or_default().push(mention.span);
            let is_read = article.desk.progress == Progress::Done || mention.how == Some(How::Looked);
            if !is_read || mention.is_suggested() || name::key(article.quote(mention.span)) != key {
                continue;
            }
            if mention.is_rejected() {
                found.none += 1;
            } else {
                found.add(&mention.label);
            }
        }
        for (article, place) in places.iter().filter(|(article, _)| article.desk.progress == Progress::Done) {
            let is_tagged = tagged.get(&article.id).is_some_and(|spans| spans.iter().any(|span| span.overlaps(*place)));
            // China in Bank of China says nothing of China.
            if !is_tagged && !article.overlapping(*place).any(|mention| !mention.is_rejected()) {
                found.none += 1;
            }
        }
        found
    }

    fn add(&mut self, label: &Label) {
        match self.labels.iter_mut().find(|(known, _)| known == label) {
            Some((_, n)) => *n += 1,
            None => self.labels.push((label.clone(), 1)),
        }
    }

    /// How often it was settled as the decision says, as a mention with another label, and as none.
    fn counts(&self, intent: &Intent) -> [i32; 3] {
        let all: u32 = self.labels.iter().map(|(_, n)| n).sum();
        let of = |label: &Label| self.labels.iter().find(|(known, _)| known == label).map_or(0, |(_, n)| *n);
        let [same, other, none] = match intent {
            Intent::Is(label) | Intent::Known(label, _) | Intent::Linked(_, label) => [of(label), all - of(label), self.none],
            Intent::Not(_) => [self.none, all, 0],
        };
        [same, other, none].map(|n| n.min(MOST) as i32)
    }

    /// The other label that it was settled under most often.
    fn most_other(&self, intent: &Intent) -> Option<(&Label, u32)> {
        let others = self.labels.iter().filter(|(label, _)| intent.label() != Some(label));
        others.max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0))).map(|(label, n)| (label, *n))
    }
}

/// More precedents than these say no more.
const MOST: u32 = 5;

/// From this score on the tagger is sure.
const SURE: Score = Score::from_thousandths(900);

impl Signs<'_> {
    /// The probability that the decision holds here, and what speaks most against it where that is under a half.
    pub fn weigh(&self, intent: &Intent) -> (Score, Option<Doubt>) {
        let is_rejection = matches!(intent, Intent::Not(_));
        let base = match self.stands {
            Stands::Same if is_rejection => 150,
            Stands::Same => 290,
            Stands::OtherEdges => 220,
            Stands::OtherLabel => 150,
            Stands::Nothing => 90,
        };
        let [same, other, none] = self.precedents.counts(intent);
        let is_sure = self.rival.is_some_and(|(_, score)| score >= SURE);
        let sides = match self.stands {
            Stands::Same => [0, -30],
            Stands::Nothing => [-130, -350],
            Stands::OtherEdges | Stands::OtherLabel => [-80, -160],
        };
        let against = [
            if self.before.is_some() { sides[0] } else { 0 },
            if self.after.is_some() { sides[1] } else { 0 },
            if is_sure { -170 } else { 0 },
            -90 * other,
            -90 * none,
            if self.is_related { -60 } else { 0 },
        ];
        let sum = base + if self.is_here { 150 } else { 0 } + 50 * same + against.iter().sum::<i32>();
        let odds = Score::from_ratio(1.0 / (1.0 + (-f64::from(sum) / 100.0).exp()));
        (odds, (sum < 0).then(|| self.doubt(intent, &against)))
    }

    /// What speaks most against it, in words.
    fn doubt(&self, intent: &Intent, against: &[i32; 6]) -> Doubt {
        let worst = (0..against.len()).min_by_key(|at| against[*at]).unwrap_or_default();
        let doubt = match worst {
            0 => self.before.map(|word| Doubt::Part(word.to_owned())),
            1 => self.after.map(|word| Doubt::Part(word.to_owned())),
            2 => self.rival.map(|(label, _)| Doubt::SureOf(label.clone())),
            3 => self.precedents.most_other(intent).map(|(label, n)| Doubt::Settled(label.clone(), n)),
            4 => Some(Doubt::LeftBefore(self.precedents.none)),
            _ => None,
        };
        doubt.unwrap_or(Doubt::Unlikely)
    }
}

/// The words with a capital right before and after a span, where a capital says something.
pub(super) fn neighbours(text: &str, span: Span) -> (Option<&str>, Option<&str>) {
    (before(text, span), after(text, span))
}

fn before(text: &str, span: Span) -> Option<&str> {
    let rest = text.get(..span.start as usize)?.strip_suffix([' ', '\u{a0}', '-'])?;
    let start = rest
        .rfind(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .map_or(0, |at| at + rest[at..].chars().next().map_or(0, char::len_utf8));
    let (earlier, word) = rest.split_at(start);
    // At the beginning of a sentence, or of a line, every word has one.
    let is_inside = earlier.ends_with([' ', '\u{a0}', '-'])
        && earlier.trim_end().ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-'));
    (is_inside && word.starts_with(char::is_uppercase)).then_some(word)
}

fn after(text: &str, span: Span) -> Option<&str> {
    let rest = text.get(span.end as usize..)?.strip_prefix([' ', '\u{a0}', '-'])?;
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    rest.starts_with(char::is_uppercase).then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_at_the_side_is_one_where_it_says_something() {
        let sides = |text: &str| {
            let at = text.find("Kelp").unwrap();
            let (before, after) = neighbours(text, Span::new(at, at + 4));
            (before.map(str::to_owned), after.map(str::to_owned))
        };
        let is = |word: &str| Some(word.to_owned());
        assert_eq!(sides("we met North Kelp Board"), (is("North"), is("Board")));
        assert_eq!(sides("We left. But Kelp said"), (None, None));
        assert_eq!(sides("But Kelp, Inc."), (None, None));
        assert_eq!(sides("Kelp"), (None, None));
        assert_eq!(sides("of Ōe-Kelp-Ōe"), (is("Ōe"), is("Ōe")));
    }

    #[test]
    fn every_sign_moves_the_odds_its_way() {
        let label = Label::new("ORG");
        let nothing = Precedents::default();
        let plain = Signs {
            stands: Stands::Nothing,
            is_here: false,
            is_related: false,
            rival: None,
            before: None,
            after: None,
            precedents: &nothing,
        };
        let intent = Intent::Is(label.clone());
        let odds = |signs: &Signs<'_>| signs.weigh(&intent).0;
        let with =
            |labels: &[(&str, u32)], none| Precedents { labels: labels.iter().map(|(label, n)| (Label::new(label), *n)).collect(), none };
        let (as_is, as_other, as_none) = (with(&[("ORG", 2)], 0), with(&[("GPE", 2)], 0), with(&[], 2));
        let base = odds(&plain);
        for more in [
            Signs { is_here: true, ..plain.clone() },
            Signs { stands: Stands::Same, ..plain.clone() },
            Signs { precedents: &as_is, ..plain.clone() },
        ] {
            assert!(odds(&more) > base, "{more:?}");
        }
        let place = Label::new("GPE");
        for (less, words) in [
            (Signs { after: Some("Board"), ..plain.clone() }, "part of a longer name, with “Board”"),
            (Signs { before: Some("North"), ..plain.clone() }, "part of a longer name, with “North”"),
            (Signs { precedents: &as_other, ..plain.clone() }, "settled as GPE before, 2 times"),
            (Signs { precedents: &as_none, ..plain.clone() }, "no name before, 2 times"),
            (Signs { rival: Some((&place, Score::MAX)), ..plain.clone() }, "here the tagger is sure of GPE"),
        ] {
            let (odds, doubt) = less.weigh(&intent);
            assert!(odds < base, "{less:?}");
            assert_eq!(doubt.map(|doubt| doubt.to_string()).as_deref(), Some(words), "{less:?}");
        }
    }
}
