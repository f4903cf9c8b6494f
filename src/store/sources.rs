//! The files that a session's articles came from, looked at again.
//!
//! Here they are only read; what becomes of the mentions of one that has changed is decided in
//! [`anchors`](crate::decide::anchors).

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::annotation::{Article, ArticleId, Session, Source};
use crate::reading::{self, Glance, How, Omitted, Reader, Trouble};

/// An article and what was found where it came from.
#[derive(Debug)]
pub struct Looked {
    pub article: Arc<Article>,
    pub found: Found,
}

#[derive(Debug)]
pub enum Found {
    /// It came from no file: it was pasted, or streamed in.
    NoSource,
    Unchanged,
    /// What the source says now, boxed as it is a whole article.
    Changed(Box<Article>),
    Missing,
    Unreadable(Arc<Trouble>),
}

/// Looks at the sources of articles, in their order; a file that many came from is read once. An encoding that is named, and
/// the wish for whole pages, have them read whether they have changed or not. When cancelled, those that were not looked at
/// are left out.
pub fn look(
    session: &Session,
    articles: &[ArticleId],
    readers: &[&'static Reader],
    how: How<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
    cancel: &AtomicBool,
) -> Vec<Looked> {
    let articles: Vec<&Arc<Article>> = articles.iter().filter_map(|id| session.article(id)).collect();
    let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, article) in articles.iter().enumerate() {
        files.entry(article.source.as_ref().map_or("", |source| &source.path)).or_default().push(i);
    }
    let done = AtomicUsize::new(0);
    let look = |(path, places): (&str, Vec<usize>)| {
        let found = if cancel.load(Ordering::Relaxed) { Vec::new() } else { found(path, &places, &articles, readers, how) };
        progress(done.fetch_add(places.len(), Ordering::Relaxed) + places.len(), articles.len());
        places.into_iter().zip(found).collect::<Vec<_>>()
    };
    let mut looked: Vec<(usize, Found)> = files.into_par_iter().flat_map_iter(look).collect();
    looked.sort_by_key(|(place, _)| *place);
    looked.into_iter().map(|(place, found)| Looked { article: articles[place].clone(), found }).collect()
}

/// What was found of the articles at `places`, which all came from `path`.
fn found(path: &str, places: &[usize], articles: &[&Arc<Article>], readers: &[&'static Reader], how: How<'_>) -> Vec<Found> {
    let of_file: Vec<(&Article, &Source)> =
        places.iter().filter_map(|place| Some((&**articles[*place], articles[*place].source.as_ref()?))).collect();
    if of_file.is_empty() {
        return places.iter().map(|_| Found::NoSource).collect();
    }
    let is_asked = how.encoding.is_some() || how.is_whole;
    let is_whole = how.is_whole || of_file.iter().any(|(article, _)| Omitted::is_nothing(article));
    match reading::again(Path::new(path), &of_file, readers, How { is_whole, ..how }, is_asked) {
        Ok(found) => found.into_iter().map(Found::of).collect(),
        Err(trouble) => {
            let trouble = Arc::new(trouble);
            places.iter().map(|_| Found::without(trouble.clone())).collect()
        }
    }
}

impl Found {
    fn of(read: Result<Option<Article>, Trouble>) -> Self {
        match read {
            Ok(None) => Found::Unchanged,
            Ok(Some(fresh)) => Found::Changed(Box::new(fresh)),
            Err(trouble) => Self::without(Arc::new(trouble)),
        }
    }

    fn without(trouble: Arc<Trouble>) -> Self {
        match &*trouble {
            Trouble::Unreadable(error) if error.kind() == io::ErrorKind::NotFound => Found::Missing,
            _ => Found::Unreadable(trouble),
        }
    }
}

/// Remembers how sources looked from outside, so that looking again and again costs next to nothing.
#[derive(Clone, Debug, Default)]
pub struct Glances {
    seen: HashMap<String, (Glance, bool)>,
}

impl Glances {
    /// The articles whose source has changed, in their order. A file is read only where it looks otherwise than the last
    /// time. One that is gone has not changed.
    pub fn changed(&mut self, session: &Session, cancel: &AtomicBool) -> Vec<ArticleId> {
        let mut changed = Vec::new();
        for article in session.articles().iter().take_while(|_| !cancel.load(Ordering::Relaxed)) {
            let Some(source) = &article.source else { continue };
            let Ok(glance) = reading::glance(Path::new(&source.path)) else { continue };
            let key = format!("{}\n{}", source.digest, source.path);
            let known = self.seen.get(&key).filter(|(seen, _)| *seen == glance).map(|(_, is_changed)| *is_changed);
            let is_changed = known.unwrap_or_else(|| glance.size != source.size || reading::has_changed(source));
            self.seen.insert(key, (glance, is_changed));
            if is_changed {
                changed.push(article.id.clone());
            }
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Scheme;

    #[test]
    fn changes_are_noticed_and_what_is_gone_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        let article = |name: &str| {
            std::fs::write(file(name), format!("The talks of {name} began.")).unwrap();
            Arc::new(reading::read_file(&file(name), reading::How::default()).unwrap())
        };
        let articles = ["a.txt", "b.txt", "c.txt"].map(article);
        let (session, _) = Session::from_parts(Scheme::standard(), articles, [], Vec::new());
        let (mut glances, cancel) = (Glances::default(), AtomicBool::new(false));
        assert_eq!(glances.changed(&session, &cancel), []);
        std::fs::write(file("b.txt"), "The talks of b.txt ended.").unwrap();
        std::fs::remove_file(file("c.txt")).unwrap();
        for _ in 0..2 {
            assert_eq!(glances.changed(&session, &cancel), [ArticleId::new("b")]);
        }
        let ids: Vec<ArticleId> = session.articles().iter().map(|article| article.id.clone()).collect();
        let looked = look(&session, &ids, reading::READERS, How::default(), &|_, _| {}, &cancel);
        let found: Vec<&Found> = looked.iter().map(|looked| &looked.found).collect();
        assert!(matches!(found[..], [Found::Unchanged, Found::Changed(_), Found::Missing]), "{found:?}");
    }
}
