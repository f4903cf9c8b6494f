//! Where work on each session stopped: the window's own knowledge, kept on this computer and not in the session, which
//! several people may share.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::head::parse_ron;
use super::{Files, SaveError, write_whole};
use crate::annotation::{ArticleId, MentionId, Target};

/// How many sessions are remembered.
const MAX_PLACES: usize = 200;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Places {
    /// The last one first.
    places: Vec<Place>,
}

#[derive(Serialize, Deserialize)]
struct Place {
    session: PathBuf,
    article: ArticleId,
    #[serde(default)]
    mention: Option<MentionId>,
}

/// Where work on a session stopped; `None` where that is not known.
pub fn place_of(files: &dyn Files, list: &Path, session: &Path) -> Option<Target> {
    let session = absolute(session);
    let found = read(files, list).places.into_iter().find(|place| place.session == session)?;
    Some(Target { article: found.article, mention: found.mention })
}

/// Keeps where work on a session stopped.
///
/// # Errors
/// Where the list cannot be written.
pub fn keep_place(files: &dyn Files, list: &Path, session: &Path, place: &Target) -> Result<(), SaveError> {
    let session = absolute(session);
    let mut kept = read(files, list);
    kept.places.retain(|place| place.session != session);
    kept.places.insert(0, Place { session, article: place.article.clone(), mention: place.mention });
    kept.places.truncate(MAX_PLACES);
    let disk = |source| SaveError::Disk { path: list.to_path_buf(), doing: "making its folder", source };
    files.create_folder(list.parent().unwrap_or(Path::new("."))).map_err(disk)?;
    // Paths and ids are words: RON holds them.
    let layout = ron::ser::PrettyConfig::new().new_line("\n").depth_limit(2).extensions(ron::extensions::Extensions::IMPLICIT_SOME);
    write_whole(files, list, (ron::ser::to_string_pretty(&kept, layout).unwrap_or_default() + "\n").as_bytes())
}

/// The list, or an empty one: nobody should be kept from work by where it stopped.
fn read(files: &dyn Files, list: &Path) -> Places {
    let text = files.read(list).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.and_then(|text| parse_ron(&text).ok()).unwrap_or_default()
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::RealFiles;

    #[test]
    fn places_are_kept_for_the_sessions_worked_on_last() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = folder.path().join("new").join("places.ron");
        let place = |n: usize| Target { article: ArticleId::new(&format!("a “{n}”")), mention: Some(MentionId::LEAST) };
        assert_eq!(place_of(&RealFiles, &list, Path::new("/s.ron")), None);
        for n in 0..MAX_PLACES + 1 {
            keep_place(&RealFiles, &list, Path::new(&format!("/{n}.ron")), &place(n)).expect("kept");
        }
        keep_place(&RealFiles, &list, Path::new("/7.ron"), &place(70)).expect("kept");
        assert_eq!(place_of(&RealFiles, &list, Path::new("/7.ron")), Some(place(70)));
        assert_eq!(place_of(&RealFiles, &list, Path::new("/0.ron")), None);
        assert_eq!(read(&RealFiles, &list).places.len(), MAX_PLACES);
        std::fs::write(&list, "(places: [").expect("written");
        keep_place(&RealFiles, &list, Path::new("/8.ron"), &place(8)).expect("a broken list is begun anew");
        assert_eq!(place_of(&RealFiles, &list, Path::new("/8.ron")), Some(place(8)));
    }
}
