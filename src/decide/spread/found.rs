//! Places that were looked for, as rows to be ticked and decided on.

use super::concordance::{Concordance, Doubt, Intent, Row};
use super::context::context;
use crate::annotation::{Article, Edit, Label, Mention, Scope, Session, State, Verb};
use crate::decide::terms::{Stamp, edit_of};
use crate::text::sought::levelled;
use crate::text::{Span, paragraphs};

/// The order in which places are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// That of the articles, and in each that of reading.
    #[default]
    Reading,
    /// By the words before, from the place backwards.
    Before,
    /// By the words from the place on.
    After,
}

/// A row for each place (an article's position in the session, bytes). What is a mention already, is boilerplate or lies in or
/// across what a person settled comes unticked.
pub fn rows_of(session: &Session, places: &[(usize, Span)], order: Order) -> Vec<Row> {
    let row = |(at, span): &(usize, Span)| session.articles().get(*at).map(|article| row_of(article, *span));
    let mut rows: Vec<Row> = places.iter().filter_map(row).collect();
    let text = |row: &Row| session.article(&row.article).map_or("", |article| &article.text);
    match order {
        Order::Reading => {}
        Order::Before => rows.sort_by_cached_key(|row| {
            let before = Span { start: row.context.start, end: row.becomes.start };
            let words = levelled(before.of(text(row)).unwrap_or_default());
            words.split_whitespace().rev().map(str::to_owned).collect::<Vec<_>>()
        }),
        Order::After => rows.sort_by_cached_key(|row| {
            let on = Span { start: row.becomes.start, end: row.context.end };
            levelled(on.of(text(row)).unwrap_or_default()).split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        }),
    }
    rows
}

fn row_of(article: &Article, span: Span) -> Row {
    let span = paragraphs::trim(&article.text, span).unwrap_or(span);
    let here = || article.overlapping(span).filter(|mention| mention.span == span);
    let mention = here().find(|mention| !mention.is_rejected()).or_else(|| here().next());
    let doubt = doubt(article, span, mention);
    Row {
        article: article.id.clone(),
        span,
        becomes: span,
        context: context(&article.text, span),
        mention: mention.map(|mention| mention.id),
        state: mention.map(|mention| mention.state),
        label: mention.map(|mention| mention.label.clone()),
        is_focus: false,
        ticked: doubt.is_none(),
        because: None,
        odds: None,
        doubt,
    }
}

fn doubt(article: &Article, span: Span, mention: Option<&Mention>) -> Option<Doubt> {
    match mention.map(|mention| (mention.state, &mention.label)) {
        Some((State::Confirmed, label)) => return Some(Doubt::Confirmed(label.clone())),
        Some((State::Rejected, _)) => return Some(Doubt::Rejected),
        Some((State::Suggested, _)) => return None,
        None => {}
    }
    let words = |mention: &Mention| article.quote(mention.span).to_owned();
    let living = || article.overlapping(span).filter(|mention| !mention.is_rejected());
    if let Some(longer) = living().find(|mention| mention.span.contains(span)) {
        return Some(Doubt::InsideLonger(words(longer)));
    }
    if let Some(other) = living().find(|mention| mention.is_confirmed()) {
        return Some(Doubt::Overlaps(words(other)));
    }
    article.is_boilerplate_at(span.start as usize).then_some(Doubt::Boilerplate)
}

impl Concordance {
    /// Places that were found by `key`; nothing is decided on them yet.
    pub fn of_found(key: &str, rows: Vec<Row>) -> Self {
        let edit = edit_of(Verb::Add, key, None, &Stamp::default(), Vec::new());
        Self { scope: Scope::Session, key: key.to_owned(), rows, intent: Intent::Not(None), edit }
    }

    /// That the ticked places of a search become mentions with this label, or, without one, that none is a mention.
    #[must_use]
    pub fn decided(&self, label: Option<&Label>, stamp: &Stamp) -> Self {
        let is_tagged = |row: &Row| row.ticked && row.mention.is_some();
        let verb = match label {
            None => Verb::Reject,
            Some(_) if self.rows.iter().any(is_tagged) => Verb::Retype,
            Some(_) => Verb::Add,
        };
        let intent = label.map_or(Intent::Not(None), |label| Intent::Is(label.clone()));
        let edit = edit_of(verb, &self.key, label.cloned(), stamp, Vec::new());
        Self { intent, edit: Edit { scope: Scope::Session, ..edit }, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::apply;
    use super::*;
    use crate::decide::seek::{Seeker, Sought};
    use crate::dsl;
    use crate::text::pattern::Query;

    fn found(session: &Session, text: &str, order: Order) -> Concordance {
        let seeker = Seeker::new(session, &Sought::Text(Query::plain(text))).expect("it can be looked for");
        let in_one = |(at, article): (usize, &std::sync::Arc<Article>)| {
            seeker.places(article).into_iter().map(move |span| (at, span)).collect::<Vec<_>>()
        };
        let places: Vec<_> = session.articles().iter().enumerate().flat_map(in_one).collect();
        Concordance::of_found(text, rows_of(session, &places, order))
    }

    const PAGES: [&str; 2] =
        ["Old [ORG? NATO] met [ORG! NATO] and [ORG~ NATO].", "The [GPE! NATO base] of NATO; [GPE? a NATO city], nato."];

    #[test]
    fn what_is_settled_or_part_of_another_name_comes_unticked_with_the_reason() {
        let mut session = dsl::session(&PAGES);
        let b = crate::annotation::ArticleId::new("b");
        let zone =
            crate::decide::article::set_zone(&session, &b, Span::new(36, 40), crate::annotation::ZoneKind::Boilerplate, &Stamp::default());
        session.apply(&zone.expect("a zone")).expect("it fits");
        let told: Vec<String> = found(&session, "nato", Order::Reading)
            .rows
            .iter()
            .map(|row| format!("{} {}", row.ticked, row.doubt.as_ref().map(ToString::to_string).unwrap_or_default()))
            .collect();
        let expect =
            ["true ", "false confirmed as ORG", "false rejected before", "false inside “NATO base”", "true ", "false inside “a NATO city”"];
        assert_eq!(told[..6], expect);
        assert_eq!(told[6], "false in boilerplate");
    }

    #[test]
    fn what_is_ticked_becomes_mentions_or_none_with_one_edit() {
        let session = dsl::session(&PAGES);
        let places = found(&session, "NATO", Order::Reading);
        let after = |decided: &Concordance| {
            let mut session = session.clone();
            let edit = apply(&session, decided).expect("something changes");
            session.apply(&edit).expect("it fits");
            (dsl::show_all(&session), edit.describe())
        };
        let (pages, told) = after(&places.decided(Some(&"FAC".into()), &Stamp::default()));
        assert_eq!(pages[0], "Old [FAC! NATO] met [ORG! NATO] and [ORG~ NATO].");
        assert_eq!(pages[1], "The [GPE! NATO base] of [FAC! NATO]; [GPE? a NATO city], [FAC! nato].");
        assert_eq!(told, "retype “NATO” FAC everywhere, 3 mentions");
        let (pages, told) = after(&places.decided(None, &Stamp::default()));
        assert_eq!(pages[0], "Old [ORG~ NATO] met [ORG! NATO] and [ORG~ NATO].");
        assert_eq!(pages[1], PAGES[1], "what is no mention is none to reject");
        assert_eq!(told, "reject “NATO” everywhere");
    }

    #[test]
    fn places_are_sorted_by_what_stands_before_or_after() {
        let session = dsl::session(&["the big port closed", "an old port burned", "The Big port Art"]);
        let order = |order| found(&session, "port", order).rows.iter().map(|row| row.article.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!([Order::Reading, Order::Before, Order::After].map(order), ["a b c", "a c b", "c b a"]);
    }
}
