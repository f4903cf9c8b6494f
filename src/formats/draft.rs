//! An article as a reader of a format puts it together: mentions by the offsets and words that the file gives, each once,
//! and what had to be mended told.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::loss::shorten;
use super::placing::Placer;
use crate::annotation::{Article, ArticleId, Digest, Entity, EntityId, FreshIds, How, Label, Mention, MentionId, Origin, State};
use crate::reading::{self, Note};
use crate::text::{Offsets, Span, Unit};

pub struct Draft<'t> {
    pub article: Article,
    pub entities: BTreeMap<EntityId, Entity>,
    /// What was left out or mended.
    pub notes: Vec<Note>,
    has_id: bool,
    placer: Placer<'t>,
    ids: FreshIds,
    /// Where a span with a label stands among the mentions.
    seen: HashMap<(Span, Label), usize>,
}

/// A mention as a file gives it.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    pub start: usize,
    pub end: usize,
    /// Its words, where the file has them; they decide.
    pub quote: Option<&'a str>,
    pub label: &'a str,
    pub state: State,
    pub origin: Origin,
}

impl<'t> Draft<'t> {
    /// `unit` is what offsets should count. Without an id the article gets one from its text.
    pub fn new(id: Option<&str>, text: &'t Arc<str>, unit: Unit) -> Self {
        let given = id.filter(|id| !id.trim().is_empty()).map(str::to_owned);
        let has_id = given.is_some();
        let id = given.unwrap_or_else(|| id_of_text(text));
        Self {
            article: Article::new(ArticleId::new(&id), text.clone()),
            entities: BTreeMap::new(),
            notes: Vec::new(),
            has_id,
            placer: Placer::new(text, unit),
            ids: FreshIds::default(),
            seen: HashMap::new(),
        }
    }

    pub fn offsets(&self) -> &Offsets<'t> {
        &self.placer.offsets
    }

    /// Tells of something that is left out or mended.
    pub fn note(&mut self, note: impl Into<Note>) {
        self.notes.push(note.into());
    }

    /// Adds a mention; one that lies nowhere, or is there already, is told instead.
    pub fn add(&mut self, found: Found<'_>) -> Option<&mut Mention> {
        let (span, note) = match self.placer.place(found.start, found.end, found.quote) {
            Ok(placed) => placed,
            Err(why) => {
                let words = found.quote.map(|quote| format!(" “{}”", shorten(quote))).unwrap_or_default();
                let what = format!("{}{words}", found.label);
                self.note(Note { what, why: format!("{why}; it is left out"), span: None, is_missing: true });
                return None;
            }
        };
        let words = self.article.text.clone();
        let words = span.of(&words).unwrap_or_default();
        let told = |why: String, is_missing| {
            let what = format!("{} “{}”", found.label, shorten(words));
            Note { what, why, span: Some(span), is_missing }
        };
        self.notes.extend(note.map(|note| told(note, false)));
        let label = match label_of(found.label) {
            Some(label) => label,
            None => {
                self.note(told("it has no label and is left out".to_owned(), true));
                return None;
            }
        };
        if label.as_str() != found.label {
            self.note(told(format!("labels hold no blanks here; it is called {label}"), false));
        }
        if let Some(at) = self.seen.get(&(span, label.clone())) {
            // That a person has taken a suggestion over is no news.
            if found.state != State::Suggested || self.article.mentions[*at].is_suggested() {
                self.note(told("stands twice in the file and is taken once".to_owned(), false));
            }
            return None;
        }
        let id = self.ids.take(MentionId::of(&self.article.id, span, &label));
        self.seen.insert((span, label.clone()), self.article.mentions.len());
        let mut mention = Mention::suggested(id, span, label, found.origin);
        mention.state = found.state;
        mention.how = (found.state != State::Suggested).then_some(How::Imported);
        self.article.mentions.push(mention);
        self.article.mentions.last_mut()
    }

    /// The thing that a mention is linked to, as far as a file tells of it.
    pub fn link(&mut self, id: EntityId, label: &Label, name: &str, kb: Option<&str>) {
        let new =
            || Entity { id: id.clone(), name: name.to_owned(), label: label.clone(), aliases: Vec::new(), kb: None, note: String::new() };
        let entity = self.entities.entry(id.clone()).or_insert_with(new);
        entity.kb = entity.kb.take().or_else(|| kb.filter(|kb| !kb.is_empty()).map(str::to_owned));
    }

    pub fn finish(mut self) -> Drafted {
        self.article.mentions.sort_by(Mention::reading_order);
        Drafted {
            article: self.article,
            entities: self.entities.into_values().collect(),
            notes: self.notes,
            has_id: self.has_id,
            has_zones: false,
        }
    }
}

/// An article that was read, with what there is to say of that.
#[derive(Debug)]
pub struct Drafted {
    pub article: Article,
    pub entities: Vec<Entity>,
    pub notes: Vec<Note>,
    /// Whether the file gave it its id.
    pub has_id: bool,
    /// Whether the file told its zones. Where it does not, they may be looked for.
    pub has_zones: bool,
}

impl Drafted {
    /// With zones that are looked for where the file tells none.
    pub fn with_zones(mut self) -> Self {
        if !self.has_zones {
            reading::find_zones(&mut self.article, &[]);
            self.has_zones = true;
        }
        self
    }

    /// The article, where nothing is to be said of how it was read.
    ///
    /// # Errors
    /// The first thing that there is to say.
    pub fn untold(self) -> Result<Article, String> {
        match self.notes.first() {
            Some(note) => Err(note.to_string()),
            None => Ok(self.article),
        }
    }

    /// State, label and words of each mention.
    #[cfg(test)]
    pub fn shown(&self) -> Vec<String> {
        let article = &self.article;
        article.mentions.iter().map(|one| format!("{} {} {}", one.state.as_str(), one.label, article.quote(one.span))).collect()
    }
}

/// A label as it may be called here; `None` where it says nothing.
fn label_of(name: &str) -> Option<Label> {
    let name = name.trim();
    let is_odd = |c: char| c.is_whitespace() || c.is_control();
    (!name.is_empty()).then(|| Label::new(&name.replace(is_odd, "_")))
}

/// What an article is called that has no id: the same text has the same one wherever it stands, so that files which were
/// worked on side by side do not claim the same ids for other articles.
pub fn id_of_text(text: &str) -> String {
    let mut id = Digest::of(text.as_bytes()).to_string();
    id.truncate(12);
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mention_is_taken_once_and_what_is_odd_is_told() {
        let text: Arc<str> = "Ann Lee met Bo".into();
        let mut draft = Draft::new(None, &text, Unit::CodePoints);
        let found =
            |start, end, label| Found { start, end, quote: None, label, state: State::Confirmed, origin: Origin::Import("x".into()) };
        assert!(draft.add(found(0, 7, "PERSON")).is_some());
        assert!(draft.add(found(0, 8, "PERSON")).is_none(), "the same but for a blank");
        assert!(draft.add(found(0, 7, "Full Name")).is_some_and(|mention| mention.label.as_str() == "Full_Name"));
        assert!(draft.add(found(0, 99, "PERSON")).is_none());
        assert!(draft.add(found(12, 14, " ")).is_none());
        let drafted = draft.finish();
        assert_eq!((drafted.article.mentions.len(), drafted.article.id.as_str().len()), (2, 12));
        let told = ["stands twice", "is called Full_Name", "does not lie", "no label"];
        assert!(told.iter().all(|told| drafted.notes.iter().any(|note| note.to_string().contains(told))), "{:?}", drafted.notes);
        assert_eq!(drafted.article.mentions[0].how, Some(How::Imported));
    }
}
