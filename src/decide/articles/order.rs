//! The order of the list of articles.

use std::cmp::Ordering;

use super::facts::Facts;
use crate::annotation::Progress;

/// What articles are sorted by. Those of which it is not known come last, whichever way round; ties stay as they came.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ArticleOrder {
    /// As they came into the session.
    #[default]
    Came,
    Title,
    Outlet,
    /// The earliest first.
    Day,
    Language,
    /// The least settled first, then what is set aside, then what is done.
    Progress,
    /// The most open mentions first.
    Open,
    /// The most wrong suggestions to be expected first.
    Doubt,
    /// The longest first.
    Length,
}

impl ArticleOrder {
    pub const ALL: [ArticleOrder; 9] = [
        ArticleOrder::Came,
        ArticleOrder::Title,
        ArticleOrder::Outlet,
        ArticleOrder::Day,
        ArticleOrder::Language,
        ArticleOrder::Progress,
        ArticleOrder::Open,
        ArticleOrder::Doubt,
        ArticleOrder::Length,
    ];

    /// What comes first, in words.
    pub fn words(self) -> &'static str {
        match self {
            ArticleOrder::Came => "as they came",
            ArticleOrder::Title => "by title",
            ArticleOrder::Outlet => "by outlet",
            ArticleOrder::Day => "by day",
            ArticleOrder::Language => "by language",
            ArticleOrder::Progress => "least settled first",
            ArticleOrder::Open => "most open first",
            ArticleOrder::Doubt => "most doubtful first",
            ArticleOrder::Length => "longest first",
        }
    }

    /// Which of two articles comes first: each with its place in the session. The order is total.
    pub fn compare(self, is_reversed: bool, a: (usize, &Facts), b: (usize, &Facts)) -> Ordering {
        let turn = |ordering: Ordering| if is_reversed { ordering.reverse() } else { ordering };
        let ((at, a), (other_at, b)) = (a, b);
        let said = |a: &str, b: &str| a.is_empty().cmp(&b.is_empty()).then_with(|| turn(a.cmp(b)));
        let by = match self {
            ArticleOrder::Came => turn(at.cmp(&other_at)),
            ArticleOrder::Title => said(&a.title, &b.title),
            ArticleOrder::Outlet => said(&a.outlet, &b.outlet),
            ArticleOrder::Day => a.day.is_none().cmp(&b.day.is_none()).then_with(|| turn(a.day.cmp(&b.day))),
            ArticleOrder::Language => said(a.language.as_deref().unwrap_or_default(), b.language.as_deref().unwrap_or_default()),
            ArticleOrder::Progress => turn(by_progress(a, b)),
            ArticleOrder::Open => turn(b.open.cmp(&a.open)),
            ArticleOrder::Doubt => turn(b.doubt.cmp(&a.doubt)),
            ArticleOrder::Length => turn(b.length.cmp(&a.length)),
        };
        by.then_with(|| at.cmp(&other_at))
    }
}

fn by_progress(a: &Facts, b: &Facts) -> Ordering {
    let rank = |facts: &Facts| match facts.progress {
        Progress::Open => 0,
        Progress::SetAside => 1,
        Progress::Done => 2,
    };
    // Shares compared without dividing; where there is nothing, all of it is settled.
    let cross = |one: &Facts, other: &Facts| u64::from(one.settled()) * u64::from(other.mentions);
    let share = match (a.mentions, b.mentions) {
        (0, _) | (_, 0) => (a.mentions == 0).cmp(&(b.mentions == 0)),
        _ => cross(a, b).cmp(&cross(b, a)),
    };
    rank(a).cmp(&rank(b)).then(share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Article, Meta, Score};
    use crate::dsl;

    fn sorted(order: ArticleOrder, is_reversed: bool) -> String {
        let pages = [
            "[ORG! Northgate] paid [MONEY? $5], [MONEY? $6] and [MONEY? $7].",
            "[PERSON? Ann] left.",
            "[GPE! Oslo] was quiet for a very long time, and then for another very long time that was longer still.",
            "Nothing.",
        ];
        let mut articles: Vec<Article> = dsl::session(&pages).articles().iter().map(|article| (**article).clone()).collect();
        let some = |text: &str| Some(text.to_owned());
        articles[0].meta = Meta { title: some("Émile"), published: some("2026-11-03"), language: some("fr"), ..Meta::default() };
        articles[1].meta = Meta { title: some("dawn"), outlet: some("Courier"), published: some("2026"), ..Meta::default() };
        articles[2].meta = Meta { title: some("Zebra"), outlet: some("Bay News"), language: some("en"), ..Meta::default() };
        articles[1].mentions[0].score = Some(Score::from_ratio(0.25));
        articles[0].mentions[1].score = Some(Score::from_ratio(0.75));
        articles[1].desk.progress = Progress::Done;
        let facts: Vec<Facts> = articles.iter().map(Facts::of).collect();
        let mut places: Vec<usize> = (0..facts.len()).collect();
        places.sort_by(|a, b| order.compare(is_reversed, (*a, &facts[*a]), (*b, &facts[*b])));
        places.into_iter().map(|at| articles[at].id.as_str().to_owned()).collect()
    }

    #[test]
    fn articles_are_sorted_by_everything_either_way_round() {
        let rows = [
            (ArticleOrder::Came, "abcd", "dcba"),
            (ArticleOrder::Title, "dbac", "cabd"),
            (ArticleOrder::Outlet, "cbad", "bcad"),
            (ArticleOrder::Day, "bacd", "abcd"),
            (ArticleOrder::Language, "cabd", "acbd"),
            (ArticleOrder::Progress, "acdb", "bdca"),
            (ArticleOrder::Open, "abcd", "cdba"),
            (ArticleOrder::Doubt, "bacd", "cdab"),
            (ArticleOrder::Length, "cabd", "dbac"),
        ];
        for (order, on, back) in rows {
            assert_eq!((sorted(order, false).as_str(), sorted(order, true).as_str()), (on, back), "{}", order.words());
        }
    }
}
