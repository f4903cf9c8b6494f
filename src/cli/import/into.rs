//! The other end of `import`: a session that is there already and takes the articles in.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::super::session::{open_to_read, open_to_work, save_and_close, who_decides};
use crate::annotation::{Article, Entity, Scheme, Session};
use crate::decide::Stamp;
use crate::decide::intake::{Asked, Comparison, Known, take_in};
use crate::workbench::{Clock as _, SystemClock};

/// Puts suggestions into an article.
pub type TagOne<'a> = dyn Fn(&Scheme, &mut Article) + Sync + 'a;

/// How a session takes articles in.
pub struct Intake<'a> {
    pub session: &'a Path,
    /// Whether it is only told what would change.
    pub is_preview: bool,
    pub is_json: bool,
    /// Whoever decides; without it, the name in the settings.
    pub by: Option<String>,
    pub asked: Asked<'a>,
    /// Tags articles that are new.
    pub tag: Option<&'a TagOne<'a>>,
}

/// What came of it.
pub struct TakenIn {
    pub told: Comparison,
    /// Whether other programs changed the session file meanwhile, which was told.
    pub was_changed: bool,
}

impl Intake<'_> {
    /// # Errors
    /// Where the session cannot be opened, for changes where any are to be made, or not be written.
    pub fn run(self, mut articles: Vec<Article>, entities: &[Entity]) -> anyhow::Result<TakenIn> {
        let by = self.by.as_deref().unwrap_or_default();
        let mut opened = if self.is_preview { open_to_read(self.session)? } else { open_to_work(self.session, by, Arc::new(|| {}))? };
        if let Some(tag) = self.tag {
            tag_new(&opened.saved.session, &mut articles, tag);
        }
        let stamp = Stamp { by: who_decides(self.by, &opened.saved), at: SystemClock.now() };
        let (edit, told) = take_in(&opened.saved.session, &articles, entities, self.asked, &stamp);
        if let Some(edit) = edit.filter(|_| !self.is_preview) {
            opened.history.perform(&mut opened.saved.session, edit.clone())?;
            opened.home.edited(&edit);
        }
        // Told only once it is so.
        let was_changed = save_and_close(opened, None)?;
        let mut out = std::io::stdout().lock();
        if self.is_json {
            writeln!(out, "{}", serde_json::to_string_pretty(&told)?)?;
        } else {
            told.lines().iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
        Ok(TakenIn { told, was_changed })
    }
}

fn tag_new(session: &Session, articles: &mut [Article], tag: &(dyn Fn(&Scheme, &mut Article) + Sync)) {
    use rayon::prelude::*;
    let known = Known::of(session);
    articles.par_iter_mut().filter(|article| !known.has(article)).for_each(|article| tag(session.scheme(), article));
}
