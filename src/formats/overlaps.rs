//! Which of overlapping mentions stay where a format has no two on one word.

use std::collections::BTreeMap;

use crate::annotation::{Label, Mention};

/// Who wins; chosen by the user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// The longest first, then the earlier, then by label.
    #[default]
    Longest,
    /// What begins first; of two that begin together, the longer.
    Outermost,
    /// By the order of these labels, those not named last; within one label the longest.
    ByLabel(Vec<Label>),
}

impl Policy {
    /// As it is typed: `longest`, `outermost`, or labels in their order between commas.
    pub fn from_name(name: &str) -> Self {
        match name {
            "longest" => Policy::Longest,
            "outermost" => Policy::Outermost,
            labels => Policy::ByLabel(labels.split(',').map(str::trim).filter(|label| !label.is_empty()).map(Label::new).collect()),
        }
    }

    /// Why a mention that stood behind another is not written.
    pub fn why(&self) -> &'static str {
        match self {
            Policy::Longest => "overlaps a longer one, and the format has no two on one word",
            Policy::Outermost => "overlaps one that begins before it, and the format has no two on one word",
            Policy::ByLabel(_) => "overlaps one whose label goes first, and the format has no two on one word",
        }
    }

    /// The mentions that can stand side by side, in reading order, and the others, each with the one that it stood behind.
    pub fn flatten(&self, mentions: Vec<Mention>) -> (Vec<Mention>, Vec<(Mention, Mention)>) {
        let mut order = mentions;
        let rank = |mention: &Mention| match self {
            Policy::ByLabel(labels) => labels.iter().position(|label| *label == mention.label).unwrap_or(labels.len()),
            Policy::Longest | Policy::Outermost => 0,
        };
        match self {
            Policy::Outermost => order.sort_by(Mention::reading_order),
            Policy::Longest | Policy::ByLabel(_) => {
                order.sort_by(|a, b| (rank(a), b.span.len(), a.span, &a.label, a.id).cmp(&(rank(b), a.span.len(), b.span, &b.label, b.id)))
            }
        }
        let mut kept: BTreeMap<u32, Mention> = BTreeMap::new();
        let mut behind = Vec::new();
        for mention in order {
            // The kept ones lie apart, so only the last that begins before this one's end can touch it.
            let other = kept.range(..mention.span.end).next_back().map(|(_, other)| other);
            match other.filter(|other| other.span.overlaps(mention.span)) {
                Some(other) => behind.push((mention, other.clone())),
                None => {
                    kept.insert(mention.span.start, mention);
                }
            }
        }
        (kept.into_values().collect(), behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{ArticleId, MentionId, Origin};
    use crate::text::Span;

    #[track_caller]
    fn check(policy: &str, spans: &[(usize, usize, &str)], expect: &[(usize, usize)]) {
        let mention = |&(start, end, label): &(usize, usize, &str)| {
            let (span, label) = (Span::new(start, end), Label::new(label));
            Mention::suggested(MentionId::of(&ArticleId::new("a"), span, &label), span, label, Origin::Analyst)
        };
        let (kept, behind) = Policy::from_name(policy).flatten(spans.iter().map(mention).collect());
        let found: Vec<_> = kept.iter().map(|mention| (mention.span.start as usize, mention.span.end as usize)).collect();
        assert_eq!(found, expect, "{policy}");
        assert_eq!(kept.len() + behind.len(), spans.len(), "{policy}");
    }

    #[test]
    fn each_policy_keeps_what_it_says() {
        // A short one that begins first crosses a long one; a third is nested in the long one.
        let crossing = [(0, 4, "GPE"), (3, 12, "ORG"), (8, 12, "PERSON"), (12, 14, "DATE")];
        check("longest", &crossing, &[(3, 12), (12, 14)]);
        check("outermost", &crossing, &[(0, 4), (8, 12), (12, 14)]);
        check("PERSON,GPE", &crossing, &[(0, 4), (8, 12), (12, 14)]);
        check("DATE, ORG", &crossing, &[(3, 12), (12, 14)]);
        check("outermost", &[(0, 4, "GPE"), (0, 9, "ORG")], &[(0, 9)]);
    }
}
