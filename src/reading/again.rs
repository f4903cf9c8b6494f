//! A source looked at again: whether the file that an article came from has changed, and what it says now.
//!
//! A session may come from anywhere, so what its sources name is looked at with care: only plain files are opened, never
//! devices or pipes, and a path that is not absolute (work that was never saved beside its articles) names nothing.

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::SystemTime;

use super::fault::Trouble;
use super::input::Input;
use super::reader::{How, Reader};
use super::{decode, frame};
use crate::annotation::{Article, Digest, Source};

/// A file from outside. Where this is the same, the content is too, but for programs that hide their changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Glance {
    pub size: u64,
    modified: Option<SystemTime>,
}

/// Looks at a file without opening it.
///
/// # Errors
/// Where it is not there, may not be looked at, or is no plain file.
pub fn glance(path: &Path) -> Result<Glance, Trouble> {
    if !path.is_absolute() {
        return Err(io::Error::from(io::ErrorKind::NotFound).into());
    }
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(Trouble::NoFile);
    }
    Ok(Glance { size: metadata.len(), modified: metadata.modified().ok() })
}

/// Whether a source is not what it was when it was read. One that cannot be read has not changed.
pub fn has_changed(source: &Source) -> bool {
    let path = Path::new(&source.path);
    glance(path).is_ok() && digest_of(path).is_ok_and(|(_, digest)| digest != source.digest)
}

fn digest_of(path: &Path) -> io::Result<(u64, Digest)> {
    Input::open(path)?.finish()
}

/// What the sources of some articles say now, all of them in one file; for each `None` where it has not changed, unless it
/// is read `always`. An encoding that is named decides.
///
/// # Errors
/// [`Trouble`], which says what to do. A source that is gone, empty or no text any more is one, so that nothing is ever
/// taken over from it.
pub fn again(
    path: &Path,
    articles: &[(&Article, &Source)],
    readers: &[&'static Reader],
    how: How<'_>,
    always: bool,
) -> Result<Vec<Result<Option<Article>, Trouble>>, Trouble> {
    glance(path)?;
    let digest = digest_of(path)?;
    let is_as_before = |source: &Source| !always && digest == (source.size, source.digest);
    if articles.iter().all(|(_, source)| is_as_before(source)) {
        return Ok(articles.iter().map(|_| Ok(None)).collect());
    }
    let before = articles.first().map_or("UTF-8", |(_, source)| source.encoding.as_str());
    let kept = if how.encoding.is_none() { encoding_of_before(path, before)? } else { None };
    let read = frame::read(path, readers, How { encoding: how.encoding.or(kept), ..how }, &AtomicBool::new(false));
    let fresh: Vec<Article> = read.articles.into_iter().map(|incoming| incoming.article).collect();
    if fresh.is_empty() {
        return Err(read.troubles.into_iter().next().unwrap_or(Trouble::Empty));
    }
    let find = |(article, source): &(&Article, &Source)| match place_of(article, source, &fresh) {
        _ if is_as_before(source) => Ok(None),
        Some(at) => Ok(Some(fresh[at].clone())),
        None => Err(Trouble::NotInside),
    };
    Ok(articles.iter().map(find).collect())
}

/// Which of the articles in a file is that of before: the one that says the same, else the one of its title, else what stands
/// in its place and shares many words with it.
fn place_of(article: &Article, source: &Source, fresh: &[Article]) -> Option<usize> {
    let number = |fresh: &Article| fresh.source.as_ref().map_or(0, |source| source.number);
    if let (0, [only]) = (source.number, fresh) {
        return (number(only) == 0 || only.text == article.text || is_akin(article, only)).then_some(0);
    }
    // The nearest one first: what is said twice has not changed places.
    let mut near: Vec<usize> = (0..fresh.len()).collect();
    near.sort_by_key(|at| number(&fresh[*at]).abs_diff(source.number));
    let find = |fits: &dyn Fn(&Article) -> bool| near.iter().copied().find(|at| fits(&fresh[*at]));
    find(&|fresh| fresh.text == article.text)
        .or_else(|| find(&|fresh| fresh.meta.title.is_some() && fresh.meta.title == article.meta.title))
        .or_else(|| find(&|fresh| number(fresh) == source.number && is_akin(article, fresh)))
}

/// Whether a third of the words is the same.
fn is_akin(before: &Article, fresh: &Article) -> bool {
    let fresh: HashSet<&str> = fresh.text.split_whitespace().collect();
    let before: HashSet<&str> = before.text.split_whitespace().collect();
    before.intersection(&fresh).count() * 3 >= before.len()
}

/// The encoding that the source had, where the new bytes do not say one themselves: an analyst may have named it because
/// detection was wrong.
fn encoding_of_before<'a>(path: &Path, before: &'a str) -> Result<Option<&'a str>, Trouble> {
    if before.starts_with("UTF-") {
        return Ok(None);
    }
    let mut input = Input::open(path)?;
    let bytes = input.bytes()?;
    if decode::names_itself(bytes) {
        return Ok(None);
    }
    // What is no text at all is not made text by a name.
    decode::decode(bytes, None)?;
    Ok(Some(before))
}

#[cfg(test)]
mod tests {
    use super::super::table::READERS;
    use super::*;
    use crate::annotation::ArticleId;

    fn source(path: &Path, bytes: &[u8], encoding: &str) -> Source {
        Source {
            path: path.to_string_lossy().into_owned(),
            size: bytes.len() as u64,
            digest: Digest::of(bytes),
            encoding: encoding.to_owned(),
            number: 0,
        }
    }

    fn again(source: &Source, how: How<'_>, always: bool) -> Result<Option<Article>, Trouble> {
        let before = Article::new(ArticleId::new("a"), "The talks began.");
        super::again(Path::new(&source.path), &[(&before, source)], READERS, how, always)?.swap_remove(0)
    }

    #[test]
    fn a_source_is_read_when_it_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "The talks began.").unwrap();
        let source = source(&path, b"The talks began.", "UTF-8");
        assert_eq!(again(&source, How::default(), false).unwrap(), None);
        std::fs::write(&path, "The talks ended.").unwrap();
        let read = again(&source, How::default(), false).unwrap().expect("it has changed");
        assert_eq!((&*read.text, read.source.unwrap().digest), ("The talks ended.", Digest::of(b"The talks ended.")));
        std::fs::write(&path, "").unwrap();
        assert!(matches!(again(&source, How::default(), false), Err(Trouble::Empty)), "nothing is taken over from an empty file");
        std::fs::remove_file(&path).unwrap();
        assert!(
            matches!(again(&source, How::default(), false), Err(Trouble::Unreadable(error)) if error.kind() == io::ErrorKind::NotFound)
        );
    }

    #[test]
    fn the_encoding_of_before_holds_unless_the_bytes_say_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let source = source(&path, b"old", "ISO-8859-2");
        let text = "Wałęsa mówił w Gdańsku.";
        let (bytes, ..) = encoding_rs::ISO_8859_2.encode(text);
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(&*again(&source, How::default(), false).unwrap().unwrap().text, text);
        std::fs::write(&path, text).unwrap();
        let read = again(&source, How::default(), false).unwrap().unwrap();
        assert_eq!((&*read.text, read.source.unwrap().encoding.as_str()), (text, "UTF-8"));
        let read = again(&source, How { encoding: Some("windows-1252"), ..How::default() }, true).unwrap().unwrap();
        assert_eq!(read.source.unwrap().encoding, "windows-1252", "what is asked for decides");
        std::fs::write(&path, [0, 1, 2, 3, 0, 5].repeat(50)).unwrap();
        assert!(matches!(again(&source, How::default(), false), Err(Trouble::Binary(_))));
    }

    #[test]
    fn only_plain_files_are_opened() {
        for path in ["/dev/zero", "/", "relative.txt", ""] {
            assert!(again(&source(Path::new(path), b"", "UTF-8"), How::default(), false).is_err(), "{path}");
        }
    }
}
