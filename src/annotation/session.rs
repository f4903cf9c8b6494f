//! The session: scheme, articles with their mentions, entities, standing rules. State only; history lives beside it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{
    Answer, Article, ArticleId, Certificate, Conflict, Dismissal, Entity, EntityId, FreshIds, Label, Mention, MentionId, Op, Scheme, Stale,
    StandingRule,
};
use crate::text::Span;

/// Everything that a session file holds. Read through the methods; changed only by [`Session::apply`].
///
/// A clone is cheap (articles are shared until one of the two changes), so a worker can save or search a clone while
/// the analyst goes on.
#[derive(Clone, Debug, Default)]
pub struct Session {
    scheme: Arc<Scheme>,
    articles: Vec<Arc<Article>>,
    positions: HashMap<ArticleId, usize>,
    entities: BTreeMap<EntityId, Entity>,
    rules: Vec<StandingRule>,
    conflicts: Vec<Conflict>,
    dismissals: BTreeMap<Arc<str>, Dismissal>,
    certificates: BTreeMap<Arc<str>, Arc<Certificate>>,
}

impl Default for Scheme {
    fn default() -> Self {
        Self::standard()
    }
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        self.scheme == other.scheme
            && self.articles == other.articles
            && self.entities == other.entities
            && self.rules == other.rules
            && self.conflicts == other.conflicts
            && self.dismissals == other.dismissals
            && self.certificates == other.certificates
    }
}

impl Session {
    pub fn new(scheme: Scheme) -> Self {
        Self { scheme: Arc::new(scheme), ..Self::default() }
    }

    /// A session as a file holds it. Articles whose id repeats an earlier one are returned instead of being taken in.
    pub fn from_parts(
        scheme: Scheme,
        articles: impl IntoIterator<Item = Arc<Article>>,
        entities: impl IntoIterator<Item = Entity>,
        rules: Vec<StandingRule>,
    ) -> (Self, Vec<Arc<Article>>) {
        let mut session = Self::new(scheme);
        let mut repeated = Vec::new();
        for article in articles {
            if session.positions.contains_key(&article.id) {
                repeated.push(article);
                continue;
            }
            session.positions.insert(article.id.clone(), session.articles.len());
            session.articles.push(article);
        }
        session.entities = entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
        session.rules = rules;
        (session, repeated)
    }

    pub fn scheme(&self) -> &Arc<Scheme> {
        &self.scheme
    }

    pub fn articles(&self) -> &[Arc<Article>] {
        &self.articles
    }

    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.position(id).map(|at| &self.articles[at])
    }

    pub fn position(&self, id: &ArticleId) -> Option<usize> {
        self.positions.get(id).copied()
    }

    pub fn mention(&self, article: &ArticleId, id: MentionId) -> Option<&Mention> {
        self.article(article)?.mention(id)
    }

    pub fn entities(&self) -> &BTreeMap<EntityId, Entity> {
        &self.entities
    }

    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.entities.get(id)
    }

    pub fn rules(&self) -> &[StandingRule] {
        &self.rules
    }

    /// What two people changed differently and no mention can hold, until a person settles it.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The same session with these conflicts, as a file or a merge brings it.
    #[must_use]
    pub fn with_conflicts(self, conflicts: Vec<Conflict>) -> Self {
        Self { conflicts, ..self }
    }

    /// What the consistency check is not to tell again, by the finding.
    pub fn dismissals(&self) -> &BTreeMap<Arc<str>, Dismissal> {
        &self.dismissals
    }

    /// The same session with these dismissals, as a file or a merge brings them.
    #[must_use]
    pub fn with_dismissals(self, dismissals: impl IntoIterator<Item = Dismissal>) -> Self {
        let dismissals = dismissals.into_iter().map(|dismissal| (dismissal.finding.clone(), dismissal)).collect();
        Self { dismissals, ..self }
    }

    /// Random samples of what was settled, with what was said of them, by their ids.
    pub fn certificates(&self) -> &BTreeMap<Arc<str>, Arc<Certificate>> {
        &self.certificates
    }

    /// The same session with these certificates, as a file or a merge brings them.
    #[must_use]
    pub fn with_certificates(self, certificates: impl IntoIterator<Item = Certificate>) -> Self {
        let certificates = certificates.into_iter().map(|certificate| (certificate.id.clone(), Arc::new(certificate))).collect();
        Self { certificates, ..self }
    }

    /// The same session with these articles in the place of its own. One whose id repeats an earlier one is left out.
    #[must_use]
    pub fn with_articles(&self, articles: impl IntoIterator<Item = Arc<Article>>) -> Self {
        let (session, _) = Self::from_parts(Scheme { name: String::new(), labels: Vec::new() }, articles, [], Vec::new());
        Self { articles: session.articles, positions: session.positions, ..self.clone() }
    }

    /// How many mentions of the whole session a person must still decide on. Linear in the mentions.
    pub fn open_count(&self) -> usize {
        self.articles.iter().map(|article| article.open_count()).sum()
    }

    /// An id for a new mention that no mention of the article has.
    pub fn fresh_mention_id(&self, article: &Article, span: Span, label: &Label) -> MentionId {
        let id = MentionId::of(&article.id, span, label);
        match article.mention(id) {
            Some(_) => FreshIds::beside(article.mentions.iter().map(|mention| mention.id)).take(id),
            None => id,
        }
    }

    /// `stem`, or `stem-2`, `stem-3`, … so that no article of the session has it.
    pub fn fresh_article_id(&self, stem: &str) -> ArticleId {
        let stem = if stem.trim().is_empty() { "article" } else { stem.trim() };
        let first = ArticleId::new(stem);
        if !self.positions.contains_key(&first) {
            return first;
        }
        let mut n = 2u64;
        loop {
            let id = ArticleId::new(&format!("{stem}-{n}"));
            if !self.positions.contains_key(&id) {
                return id;
            }
            n += 1;
        }
    }

    pub(super) fn apply_op(&mut self, op: &Op) -> Result<(), Stale> {
        match op {
            Op::Article { at, before, after } => self.put_article(*at, before.as_ref(), after.as_ref()),
            Op::Mention { article, before, after } => self.put_mention(article, before.as_ref(), after.as_ref()),
            Op::Meta { article, before, after } => {
                let article = self.article_mut(article, |article| article.meta == *before, "metadata")?;
                article.meta = after.clone();
                Ok(())
            }
            Op::Zones { article, before, after } => {
                let article = self.article_mut(article, |article| article.zones == *before, "list of zones")?;
                article.zones.clone_from(after);
                Ok(())
            }
            Op::Desk { article, before, after } => {
                let article = self.article_mut(article, |article| article.desk == *before, "article’s mark")?;
                article.desk = after.clone();
                Ok(())
            }
            Op::Extras { article, before, after } => {
                let article = self.article_mut(article, |article| article.extras == *before, "article’s extras")?;
                article.extras.clone_from(after);
                Ok(())
            }
            Op::Scheme { before, after } => {
                expect(self.scheme == *before, "scheme")?;
                self.scheme = after.clone();
                Ok(())
            }
            Op::Entity { before, after } => self.put_entity(before.as_ref(), after.as_ref()),
            Op::Rule { at, before, after } => put_at(&mut self.rules, *at, before.as_ref(), after.as_ref(), "standing rule"),
            Op::Conflict { at, before, after } => put_at(&mut self.conflicts, *at, before.as_ref(), after.as_ref(), "conflict"),
            Op::Dismissal { before, after } => self.put_dismissal(before.as_ref(), after.as_ref()),
            Op::Certificate { before, after } => self.put_certificate(before.as_ref(), after.as_ref()),
            Op::Answer { certificate, item, before, after } => self.put_answer(certificate, *item, before.as_ref(), after.as_ref()),
        }
    }

    fn article_mut(&mut self, id: &ArticleId, holds: impl Fn(&Article) -> bool, what: &'static str) -> Result<&mut Article, Stale> {
        let at = self.position(id).ok_or_else(|| Stale::NoArticle(id.clone()))?;
        expect(holds(&self.articles[at]), what)?;
        Ok(Arc::make_mut(&mut self.articles[at]))
    }

    fn put_article(&mut self, at: usize, before: Option<&Arc<Article>>, after: Option<&Arc<Article>>) -> Result<(), Stale> {
        if let Some(after) = after {
            let is_same = before.is_some_and(|before| before.id == after.id);
            if !is_same && self.positions.contains_key(&after.id) {
                return Err(Stale::ArticleExists(after.id.clone()));
            }
            after.mentions.iter().try_for_each(|mention| check_span(after, mention))?;
        }
        put_at(&mut self.articles, at, before, after, "article")?;
        if let Some(before) = before {
            self.positions.remove(&before.id);
        }
        let moved = if before.is_some() && after.is_some() { at..at + 1 } else { at..self.articles.len() };
        for i in moved {
            self.positions.insert(self.articles[i].id.clone(), i);
        }
        Ok(())
    }

    fn put_mention(&mut self, id: &ArticleId, before: Option<&Mention>, after: Option<&Mention>) -> Result<(), Stale> {
        let at = self.position(id).ok_or_else(|| Stale::NoArticle(id.clone()))?;
        let article = &self.articles[at];
        let mismatch = |mention: &Mention| Stale::Mention(id.clone(), mention.id);
        let found = before.map(|before| find(article, before).ok_or_else(|| mismatch(before))).transpose()?;
        if let Some(after) = after {
            check_span(article, after)?;
            let keeps_id = before.is_some_and(|before| before.id == after.id);
            if !keeps_id && article.mention(after.id).is_some() {
                return Err(mismatch(after));
            }
        }
        let article = Arc::make_mut(&mut self.articles[at]);
        if let (Some(found), Some(after)) = (found, after)
            && article.mentions[found].reading_order(after).is_eq()
        {
            article.mentions[found] = after.clone();
            return Ok(());
        }
        if let Some(found) = found {
            article.mentions.remove(found);
        }
        if let Some(after) = after {
            let place = article.mentions.partition_point(|other| other.reading_order(after).is_lt());
            article.mentions.insert(place, after.clone());
        }
        Ok(())
    }

    /// Many ops on the mentions of one article at once: as one by one, but in a time that grows hardly faster than their
    /// number. Applies all or nothing.
    pub(super) fn apply_mention_run(&mut self, ops: &[Op]) -> Result<(), Stale> {
        let Some(Op::Mention { article: id, .. }) = ops.first() else { return Ok(()) };
        let at = self.position(id).ok_or_else(|| Stale::NoArticle(id.clone()))?;
        let article = &self.articles[at];
        let place = |mention: &Mention| (mention.span, mention.label.clone(), mention.id);
        let mut mentions: BTreeMap<(Span, Label, MentionId), Mention> =
            article.mentions.iter().map(|mention| (place(mention), mention.clone())).collect();
        let mut ids: HashSet<MentionId> = article.mentions.iter().map(|mention| mention.id).collect();
        for op in ops {
            let Op::Mention { before, after, .. } = op else { continue };
            let mismatch = |mention: &Mention| Stale::Mention(id.clone(), mention.id);
            if let Some(before) = before {
                let found = mentions.remove(&place(before)).filter(|found| found == before);
                found.ok_or_else(|| mismatch(before))?;
                ids.remove(&before.id);
            }
            if let Some(after) = after {
                check_span(article, after)?;
                if !ids.insert(after.id) {
                    return Err(mismatch(after));
                }
                mentions.insert(place(after), after.clone());
            }
        }
        Arc::make_mut(&mut self.articles[at]).mentions = mentions.into_values().collect();
        Ok(())
    }

    fn put_entity(&mut self, before: Option<&Entity>, after: Option<&Entity>) -> Result<(), Stale> {
        let Some(id) = before.or(after).map(|entity| &entity.id) else {
            return Ok(());
        };
        expect(self.entities.get(id) == before, "entity")?;
        expect(after.is_none_or(|after| after.id == *id), "entity’s id")?;
        match after {
            Some(after) => self.entities.insert(id.clone(), after.clone()),
            None => self.entities.remove(id),
        };
        Ok(())
    }

    fn put_dismissal(&mut self, before: Option<&Dismissal>, after: Option<&Dismissal>) -> Result<(), Stale> {
        let Some(finding) = before.or(after).map(|dismissal| &dismissal.finding) else {
            return Ok(());
        };
        expect(self.dismissals.get(finding) == before, "dismissal")?;
        expect(after.is_none_or(|after| after.finding == *finding), "dismissal’s finding")?;
        match after {
            Some(after) => self.dismissals.insert(finding.clone(), after.clone()),
            None => self.dismissals.remove(finding),
        };
        Ok(())
    }

    fn put_certificate(&mut self, before: Option<&Certificate>, after: Option<&Certificate>) -> Result<(), Stale> {
        let Some(id) = before.or(after).map(|certificate| &certificate.id) else {
            return Ok(());
        };
        expect(self.certificates.get(id).map(AsRef::as_ref) == before, "certificate")?;
        expect(after.is_none_or(|after| after.id == *id), "certificate’s id")?;
        match after {
            Some(after) => self.certificates.insert(id.clone(), Arc::new(after.clone())),
            None => self.certificates.remove(id),
        };
        Ok(())
    }

    fn put_answer(&mut self, id: &str, item: usize, before: Option<&Answer>, after: Option<&Answer>) -> Result<(), Stale> {
        let asked = self.certificates.get(id).and_then(|certificate| certificate.items.get(item));
        let asked = asked.ok_or(Stale::Differs("certificate"))?;
        expect(asked.answer.as_ref() == before && after.is_none_or(|after| asked.takes(after)), "answer")?;
        if let Some(certificate) = self.certificates.get_mut(id) {
            Arc::make_mut(certificate).items[item].answer = after.cloned();
        }
        Ok(())
    }
}

fn expect(holds: bool, what: &'static str) -> Result<(), Stale> {
    if holds { Ok(()) } else { Err(Stale::Differs(what)) }
}

/// The place of exactly this mention, found by reading order.
fn find(article: &Article, mention: &Mention) -> Option<usize> {
    let at = article.mentions.binary_search_by(|other| other.reading_order(mention)).ok()?;
    (article.mentions[at] == *mention).then_some(at)
}

fn check_span(article: &Article, mention: &Mention) -> Result<(), Stale> {
    let is_sound = mention.span.of(&article.text).is_some_and(|quote| !quote.is_empty());
    if is_sound { Ok(()) } else { Err(Stale::Span(article.id.clone(), mention.span.start, mention.span.end)) }
}

fn put_at<T: Clone + PartialEq>(
    list: &mut Vec<T>,
    at: usize,
    before: Option<&T>,
    after: Option<&T>,
    what: &'static str,
) -> Result<(), Stale> {
    match (before, after) {
        (None, None) => {}
        (None, Some(after)) if at <= list.len() => list.insert(at, after.clone()),
        (None, Some(_)) => return Err(Stale::Position(at)),
        (Some(before), after) => {
            expect(list.get(at) == Some(before), what)?;
            match after {
                Some(after) => list[at] = after.clone(),
                None => {
                    list.remove(at);
                }
            }
        }
    }
    Ok(())
}
