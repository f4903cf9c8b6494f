//! What is known of an article at one moment: counted and levelled once, so that ten thousand are looked through at every key.

use super::days::Day;
use crate::annotation::{Article, How, Label, Mention, Progress};
use crate::reading::language;
use crate::text::sought::levelled;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// In every state.
    pub mentions: u32,
    /// Those that a person must still decide on.
    pub open: u32,
    pub contested: u32,
    pub rejected: u32,
    /// Whether somebody has decided something here, rather than an import or a rule.
    pub is_begun: bool,
    /// How many of the suggestions are expected to be wrong, by their scores, in thousandths.
    pub doubt: u32,
    /// Bytes of the text.
    pub length: u32,
    pub progress: Progress,
    pub day: Option<Day>,
    /// A language's tag without what follows it.
    pub language: Option<String>,
    /// Of mentions that are not rejected, each once.
    pub labels: Vec<Label>,
    // Levelled, as what is looked for is.
    pub(super) title: String,
    pub(super) outlet: String,
    pub(super) id: String,
    /// The note on the article and those on its mentions.
    pub(super) notes: String,
}

impl Facts {
    /// Linear in the mentions.
    pub fn of(article: &Article) -> Self {
        let count = |is_it: fn(&Mention) -> bool| article.mentions.iter().filter(|mention| is_it(mention)).count() as u32;
        let doubt = |mention: &Mention| mention.score.map_or(0, |score| 1000_u32.saturating_sub(u32::from(score.thousandths())));
        let mut labels: Vec<Label> = Vec::new();
        for mention in article.living() {
            if !labels.contains(&mention.label) {
                labels.push(mention.label.clone());
            }
        }
        let notes = article.mentions.iter().filter_map(|mention| mention.note.as_deref()).chain([article.desk.note.as_str()]);
        let notes: Vec<&str> = notes.filter(|note| !note.trim().is_empty()).collect();
        let meta = &article.meta;
        Self {
            mentions: article.mentions.len() as u32,
            open: count(Mention::is_open),
            contested: count(Mention::is_contested),
            rejected: count(Mention::is_rejected),
            is_begun: article.mentions.iter().any(|mention| matches!(mention.how, Some(How::Looked | How::Spread | How::AcceptedRest))),
            doubt: article.mentions.iter().filter(|mention| mention.is_suggested()).map(doubt).sum(),
            length: u32::try_from(article.text.len()).unwrap_or(u32::MAX),
            progress: article.desk.progress,
            day: meta.published.as_deref().and_then(Day::of_published),
            language: language::primary(article),
            labels,
            title: levelled(article.title()),
            outlet: levelled(meta.outlet.as_deref().unwrap_or_default()),
            id: levelled(article.id.as_str()),
            notes: levelled(&notes.join("\n")),
        }
    }

    /// How many mentions are settled.
    pub fn settled(&self) -> u32 {
        self.mentions - self.open
    }

    /// Whether there is a note, on the article or on a mention.
    pub fn has_note(&self) -> bool {
        !self.notes.is_empty()
    }
}
