//! Which mentions overlap a span, without walking past all that lie before it.

use crate::annotation::Mention;
use crate::text::Span;

/// Mentions of one article, ready for many questions. Making it is linear, a question logarithmic plus its answer
/// (as long as mentions do not nest without end).
pub struct Overlaps<'m> {
    mentions: Vec<&'m Mention>,
    /// For every mention, how far it and those before it reach.
    reach: Vec<u32>,
}

impl<'m> Overlaps<'m> {
    /// `mentions` in reading order.
    pub fn new(mentions: impl IntoIterator<Item = &'m Mention>) -> Self {
        let mentions: Vec<&Mention> = mentions.into_iter().collect();
        let reach = mentions
            .iter()
            .scan(0, |end, mention| {
                *end = mention.span.end.max(*end);
                Some(*end)
            })
            .collect();
        Self { mentions, reach }
    }

    /// The mentions that share at least one byte with `span`, in reading order.
    pub fn over(&self, span: Span) -> impl Iterator<Item = &'m Mention> + '_ {
        let end = self.mentions.partition_point(|mention| mention.span.start < span.end);
        let start = self.reach.partition_point(|reach| *reach <= span.start).min(end);
        self.mentions[start..end].iter().copied().filter(move |mention| mention.span.overlaps(span))
    }
}
