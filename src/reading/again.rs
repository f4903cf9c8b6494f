//! A source looked at again: whether the file that an article came from has changed, and what it says now.
//!
//! A session may come from anywhere, so what its sources name is looked at with care: only plain files are opened, never
//! devices or pipes, and a path that is not absolute (work that was never saved beside its articles) names nothing.

use std::io;
use std::path::Path;
use std::time::SystemTime;

use super::{How, MAX_BYTES, Trouble, decode, extension, looks_like_html, read_bytes};
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
    let is_read = glance(path).is_ok_and(|glance| glance.size < MAX_BYTES);
    is_read && super::bytes_of(path).is_ok_and(|bytes| Digest::of(&bytes) != source.digest)
}

/// What a source says now; `None` where it has not changed, unless it is read `always`. An encoding that is named decides.
///
/// # Errors
/// [`Trouble`], which says what to do. A source that is gone, empty or no text any more is one, so that nothing is ever
/// taken over from it.
pub fn again(source: &Source, how: How<'_>, always: bool) -> Result<Option<Article>, Trouble> {
    let encoding = how.encoding;
    let path = Path::new(&source.path);
    let Glance { size, .. } = glance(path)?;
    if size >= MAX_BYTES {
        return Err(Trouble::TooBig(size / 1_000_000));
    }
    let bytes = super::bytes_of(path)?;
    if !always && bytes.len() as u64 == source.size && Digest::of(&bytes) == source.digest {
        return Ok(None);
    }
    let kept = if encoding.is_none() { encoding_of_before(path, &bytes, &source.encoding)? } else { None };
    read_bytes(path, &bytes, How { encoding: encoding.or(kept), ..how }).map(Some)
}

/// The encoding that the source had, where the new bytes do not say one themselves: an analyst may have named it because
/// detection was wrong.
fn encoding_of_before<'a>(path: &Path, bytes: &[u8], before: &'a str) -> Result<Option<&'a str>, Trouble> {
    let is_html = matches!(extension(path).as_str(), "html" | "htm" | "xhtml") || looks_like_html(bytes);
    if decode::names_itself(bytes, is_html) || before.starts_with("UTF-") {
        return Ok(None);
    }
    // What is no text at all is not made text by a name.
    decode::decode(bytes, None)?;
    Ok(Some(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &Path, bytes: &[u8], encoding: &str) -> Source {
        Source {
            path: path.to_string_lossy().into_owned(),
            size: bytes.len() as u64,
            digest: Digest::of(bytes),
            encoding: encoding.to_owned(),
        }
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
