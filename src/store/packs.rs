//! Lists and rules of the analyst's own on the disk: `.ron` files in the folder `lists` beside the session, which travel
//! with it, and in a folder of the settings, which hold for every session.
//!
//! A file that is wrong is told with line and remedy and left out, as is a single rule; everything else is used.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::names::beside;
use super::{Files, SaveError, write_whole};
use crate::tagger::rules::{Pack, PackError};

/// The folder beside a session, and in the settings folder where no other is set.
pub const PACK_FOLDER: &str = "lists";
/// The file that new rules and lists are put into.
pub const OWN_FILE: &str = "own.ron";

/// A file of lists and rules.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnPack {
    pub path: PathBuf,
    /// As it is written, what is wrong included.
    pub pack: Pack,
    /// What of it can be used.
    pub sound: Pack,
    pub faults: Vec<PackError>,
}

/// Everything that the folders hold.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OwnPacks {
    pub packs: Vec<OwnPack>,
    /// Files that could not be read at all.
    pub unread: Vec<PackError>,
}

impl OwnPacks {
    /// Reads every `.ron` file of the folders, in their order and that of the names. A folder that is not there holds
    /// none. Names that an earlier file has given, or that are `taken` already, are faults.
    pub fn read(files: &dyn Files, folders: &[PathBuf], taken: &BTreeSet<String>) -> Self {
        let mut out = Self::default();
        let mut taken = taken.clone();
        for folder in folders {
            let listed = files.list(folder);
            if let Err(error) = &listed
                && error.kind() != io::ErrorKind::NotFound
            {
                out.unread.push(PackError::Unreadable { file: folder.display().to_string(), why: error.to_string() });
            }
            for path in listed.unwrap_or_default() {
                if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) {
                    out.read_file(files, path, &mut taken);
                }
            }
        }
        out
    }

    fn read_file(&mut self, files: &dyn Files, path: PathBuf, taken: &mut BTreeSet<String>) {
        let file = path.display().to_string();
        let unreadable = |why: String| PackError::Unreadable { file: file.clone(), why };
        let source = files.read(&path).map_err(|error| unreadable(error.to_string()));
        let source = source.and_then(|bytes| {
            let no_text = |_| unreadable("it is no text in UTF-8; save it as such".to_owned());
            String::from_utf8(bytes).map_err(no_text)
        });
        match source.and_then(|source| Pack::read(&file, &source).map(|pack| (pack, source))) {
            Ok((pack, source)) => {
                let faults = pack.faults(&file, &source, taken);
                let sound = pack.sound(&faults, taken);
                taken.extend(sound.ids().map(str::to_owned));
                self.packs.push(OwnPack { path, pack, sound, faults });
            }
            Err(fault) => self.unread.push(fault),
        }
    }

    /// What can be used of all files.
    pub fn sound(&self) -> Vec<Pack> {
        self.packs.iter().map(|own| own.sound.clone()).collect()
    }

    /// Everything that is wrong, in the order of the files.
    pub fn faults(&self) -> impl Iterator<Item = &PackError> {
        self.unread.iter().chain(self.packs.iter().flat_map(|own| &own.faults))
    }

    /// The file that holds a rule or list.
    pub fn of(&self, id: &str) -> Option<&OwnPack> {
        self.packs.iter().find(|own| own.pack.ids().any(|other| other == id))
    }
}

/// Writes a file of lists and rules; the file as it was stays beside it as `.bak`, for its comments.
///
/// # Errors
/// Where the folder cannot be made or written.
pub fn write_pack(files: &dyn Files, path: &Path, pack: &Pack) -> Result<(), SaveError> {
    let disk = |doing| move |source| SaveError::Disk { path: path.to_path_buf(), doing, source };
    files.create_folder(path.parent().unwrap_or(Path::new("."))).map_err(disk("making its folder"))?;
    if let Ok(before) = files.read(path) {
        write_whole(files, &beside(path, ".bak"), &before)?;
    }
    write_whole(files, path, pack.text().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::RealFiles;

    fn write(folder: &Path, name: &str, text: &str) {
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
    }

    #[test]
    fn what_is_sound_is_used_and_the_rest_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let (mine, ours) = (folder.path().join("mine"), folder.path().join("ours"));
        write(
            &mine,
            "a.ron",
            "(pack: \"a\", rules: [\n(id: \"good\", label: \"ORG\", pattern: \"Kelp\"),\n(id: \"bad\", label: \"ORG\", pattern: \"(\"),\n])",
        );
        write(&mine, "broken.ron", "(\n  pack: \"b\",\n  rulez: [],\n)");
        write(&mine, "notes.txt", "not a pack");
        write(
            &ours,
            "a.ron",
            "(pack: \"c\", lists: [(id: \"good\", label: \"GPE\", names: [\"Reval\"]),\n(id: \"towns\", label: \"GPE\", names: [\"Reval\", \"!\"])])",
        );
        let taken = BTreeSet::from(["countries".to_owned()]);
        let read = OwnPacks::read(&RealFiles, &[folder.path().join("none"), mine, ours], &taken);
        let ids: Vec<Vec<String>> = read.sound().iter().map(|pack| pack.ids().map(str::to_owned).collect()).collect();
        assert_eq!(ids, [vec!["good".to_owned()], vec!["towns".to_owned()]]);
        let faults: Vec<String> = read.faults().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 4, "{faults:#?}");
        for (fault, words) in faults.iter().zip([
            "broken.ron, line 3:",
            "a.ron, line 3: the pattern of rule bad",
            "a.ron, line 1: good is already",
            "a.ron, line 2: \"!\" of list towns",
        ]) {
            assert!(fault.contains(words), "{fault}");
        }
        assert_eq!(read.of("bad").map(|own| own.path.ends_with("mine/a.ron")), Some(true));
    }

    #[test]
    fn a_written_pack_is_read_again_and_the_file_before_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lists").join(OWN_FILE);
        let pack = Pack::parse("x", "(pack: \"own\", lists: [(id: \"towns\", label: \"GPE\", names: [\"Reval\"])])").unwrap();
        write_pack(&RealFiles, &path, &pack).unwrap();
        let read = OwnPacks::read(&RealFiles, &[folder.path().join("lists")], &BTreeSet::new());
        assert_eq!((read.sound(), read.packs[0].path.clone()), (vec![pack.clone()], path.clone()));
        write_pack(&RealFiles, &path, &Pack::default()).unwrap();
        assert_eq!(std::fs::read_to_string(path.with_file_name("own.ron.bak")).unwrap(), pack.text());
    }
}
