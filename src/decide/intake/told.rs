//! How annotations from elsewhere compare with what is here, for people: counts by kind, and the first places of each.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::annotation::{Article, Label, Mention};
use crate::text::{Offsets, Unit};

/// What the tags of known articles become.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Taking {
    /// Suggestions, whatever they were.
    #[default]
    Suggestions,
    /// What they were: decisions or suggestions.
    Decisions,
}

/// What a tag from elsewhere is to what stands in its place here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It says what is decided or suggested here.
    Agrees,
    /// It decides what is only suggested here.
    Settles,
    /// Nothing stands in its place.
    Comes,
    /// It comes in the place of other suggestions of the tagger's.
    Replaces,
    /// The same words are decided on here, with another label.
    OtherLabel,
    /// Words that overlap its own are decided on here.
    OtherEdges,
    /// One of both is rejected.
    OtherVerdict,
    /// It is a rejection, and suggestions are asked for.
    Unsaid,
    /// Its label is none of the scheme.
    Unlabelled,
    /// It is here alone: a decision on an article of the import that the import has not.
    OnlyHere,
}

impl Kind {
    pub const ALL: [Kind; 10] = [
        Kind::Agrees,
        Kind::Settles,
        Kind::Comes,
        Kind::Replaces,
        Kind::OtherLabel,
        Kind::OtherEdges,
        Kind::OtherVerdict,
        Kind::Unsaid,
        Kind::Unlabelled,
        Kind::OnlyHere,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Kind::Agrees => "say what stands here",
            Kind::Settles => "settle what is only suggested here",
            Kind::Comes => "come where nothing stands",
            Kind::Replaces => "come in the place of other suggestions",
            Kind::OtherLabel => "have another label here",
            Kind::OtherEdges => "have other edges here",
            Kind::OtherVerdict => "were rejected by one of both",
            Kind::Unsaid => "are rejections, which no suggestion can say",
            Kind::Unlabelled => "have labels that the scheme has not, and are left out",
            Kind::OnlyHere => "are decided here and not there",
        }
    }

    /// Whether what stands here and what comes cannot both be right.
    pub fn is_conflict(self) -> bool {
        matches!(self, Kind::OtherLabel | Kind::OtherEdges | Kind::OtherVerdict)
    }
}

/// How often a kind was met, and where first.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Met {
    pub count: usize,
    pub first: Vec<String>,
}

/// How many places of a kind are told.
const FIRST: usize = 5;

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Comparison {
    pub new_articles: usize,
    /// Mentions in them.
    pub new_mentions: usize,
    pub known_articles: usize,
    /// Labels that come with the import.
    pub new_labels: Vec<Label>,
    /// Tags of the known articles.
    pub kinds: BTreeMap<Kind, Met>,
}

impl Comparison {
    pub fn count(&self, kind: Kind) -> usize {
        self.kinds.get(&kind).map_or(0, |met| met.count)
    }

    pub fn conflicts(&self) -> usize {
        Kind::ALL.into_iter().filter(|kind| kind.is_conflict()).map(|kind| self.count(kind)).sum()
    }

    /// Counts a tag of `article`; `here` is what stands in its place.
    pub fn met(&mut self, kind: Kind, article: &Article, tag: &Mention, here: Option<&Mention>) {
        let met = self.kinds.entry(kind).or_default();
        met.count += 1;
        if met.first.len() < FIRST {
            let place = |mention: &Mention| {
                let (start, end) = Offsets::new(&article.text).span_to(mention.span, Unit::CodePoints);
                let quote = article.quote(mention.span).split_whitespace().collect::<Vec<_>>().join(" ");
                format!("{} {} “{}” at {start}..{end}", mention.state.as_str(), mention.label, cut(&quote))
            };
            let here = here.map(|here| format!("; here {}", place(here))).unwrap_or_default();
            met.first.push(format!("“{}”: {}{here}", cut(article.title()), place(tag)));
        }
    }

    /// A line for each kind that was met: how many, which, and the first places.
    pub fn lines(&self) -> Vec<String> {
        let line = |(kind, met): (&Kind, &Met)| {
            let more = if met.count > met.first.len() { format!("; and {} more", met.count - met.first.len()) } else { String::new() };
            // What agrees needs no look.
            let places = if *kind == Kind::Agrees { String::new() } else { format!(": {}{more}", met.first.join("; ")) };
            format!("{} {}{places}", met.count, kind.words())
        };
        self.kinds.iter().map(line).collect()
    }
}

/// Enough of some words to know them by.
fn cut(words: &str) -> String {
    match words.char_indices().nth(48) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}
